/* <movable-view>: moves and scales inside its movable-area, by fingers and by x, y and scale-value.
 *
 * x and y are the shift of the unscaled box from its place, CSS px; it scales around its middle.
 * What moves it without a finger is a critically damped spring or a constant deceleration; both are
 * functions of the time since they began, so a frame more or less changes nothing. */
#include "runtime/component/movable.h"

static const struct schema attributes[] = {
	{"direction", SCHEMA_STRING, .fallback = "\"none\"", .choices = "all|vertical|horizontal|none", .since = "1.2.0"},
	{"inertia", SCHEMA_BOOL, .fallback = "false", .since = "1.2.0", .doc = "moves on when the finger has gone"},
	{"out-of-bounds", SCHEMA_BOOL, .fallback = "false", .since = "1.2.0", .doc = "may be dragged beyond the area; springs back"},
	{"x", SCHEMA_NUMBER, .since = "1.2.0", .doc = "number, px or rpx; kept inside the area; acts when it changes"},
	{"y", SCHEMA_NUMBER, .since = "1.2.0"},
	{"damping", SCHEMA_NUMBER, .fallback = "20", .since = "1.2.0", .doc = "how fast x, y and the way back are; more is faster"},
	{"friction", SCHEMA_NUMBER, .fallback = "2", .since = "1.2.0", .doc = "how soon inertia ends; 0 or less is the default"},
	{"disabled", SCHEMA_BOOL, .fallback = "false", .since = "1.9.90"},
	{"scale", SCHEMA_BOOL, .fallback = "false", .since = "1.9.90", .doc = "two fingers scale it"},
	{"scale-min", SCHEMA_NUMBER, .fallback = "0.5", .since = "1.9.90"},
	{"scale-max", SCHEMA_NUMBER, .fallback = "10", .since = "1.9.90"},
	{"scale-value", SCHEMA_NUMBER, .fallback = "1", .since = "1.9.90"},
	{"animation", SCHEMA_BOOL, .fallback = "true", .since = "2.1.0", .doc = "x, y and scale-value move it by and by"},
	{0},
};

#define SPRING 0.474e-3    // per ms and damping: the square root of 9/40, the stiffness a damping of 1 stands for
#define DECELERATION 0.5e-3 // CSS px per ms² and friction
#define REST 0.05          // CSS px from where a spring has arrived
#define PULL 100.0         // CSS px beyond its area that a finger gets it at most

struct axis {
	double at, low, high; // CSS px
	double from, speed, to; // of a motion
};

enum motion { REST_MOTION, SPRING_MOTION, FRICTION_MOTION };

struct held { // a finger on it
	int id;
	struct point at;
};

struct movable {
	struct axis axes[2]; // x, y
	double scale;
	enum motion motion;
	double began, from_scale, to_scale;
	const char *source;
	bool placed, dragged, pinched;
	double raw[2];       // where a drag would be without bounds
	struct held fingers[2];
	int finger_count;
	double pinch_from, pinch_scale; // distance and scale when the second finger came
};

static void created(struct component_host *host, struct node *node)
{
	struct movable *movable = mem_alloc(sizeof(*movable));
	movable->scale = movable->to_scale = 1;
	movable->source = "";
	node->state_data = movable;
}

static void destroyed(struct component_host *host, struct node *node)
{
	mem_free(node->state_data);
	node->state_data = NULL;
}

/* ---- where it may be ---- */

static bool moves(const struct node *node, int axis)
{
	struct str way = component_text(node, "direction");
	return str_is(way, "all") || str_is(way, axis ? "vertical" : "horizontal");
}

static double clamp(double number, double low, double high)
{
	return fmin(fmax(number, low), high);
}

static double allowed_scale(const struct node *node, double scale)
{
	double low = fmax(component_number(node, "scale-min", 0.5), 0.1), high = component_number(node, "scale-max", 10);
	return clamp(scale, low, fmax(low, fmin(high, 10)));
}

/* It stays in its area, or, when it is larger, keeps the area in it. */
static void measure(struct node *node)
{
	struct movable *movable = node->state_data;
	const struct node *area = node_flat_parent(node);
	if (!node->box || !area || !area->box) {
		return;
	}
	struct rect port = box_padding_rect(area->box), own = node->box->rect;
	double room[2] = {port.width, port.height}, size[2] = {own.width, own.height};
	double place[2] = {own.x - port.x, own.y - port.y};
	for (int i = 0; i < 2; i++) {
		double grown = (movable->scale - 1) * size[i] / 2;
		double near = grown - place[i], far = room[i] - size[i] - place[i] - grown;
		movable->axes[i].low = fmin(near, far);
		movable->axes[i].high = fmax(near, far);
	}
}

static double bounded(const struct axis *axis, double to)
{
	return clamp(to, axis->low, axis->high);
}

static double rounded(double number)
{
	return round(number * 100) / 100;
}

static void show(struct node *node)
{
	struct movable *movable = node->state_data;
	struct strbuf text = {0};
	strbuf_printf(&text, "transform:translateX(%gpx) translateY(%gpx) translateZ(0px) scale(%g);transform-origin:center",
		rounded(movable->axes[0].at), rounded(movable->axes[1].at), movable->scale);
	struct value style = value_take(&text);
	node_set_placed_style(node, style);
	value_unref(style);
}

static struct value place_of(const struct movable *movable)
{
	struct value detail = value_object_new(3);
	value_object_set_text(&detail, "x", value_number(rounded(movable->axes[0].at)));
	value_object_set_text(&detail, "y", value_number(rounded(movable->axes[1].at)));
	return detail;
}

/* Puts it there and tells who listens. */
static void put(struct component_host *host, struct node *node, double x, double y, double scale, const char *source)
{
	struct movable *movable = node->state_data;
	bool moved = rounded(x) != rounded(movable->axes[0].at) || rounded(y) != rounded(movable->axes[1].at);
	bool scaled = rounded(scale) != rounded(movable->scale);
	movable->axes[0].at = x;
	movable->axes[1].at = y;
	movable->scale = scale;
	if (!moved && !scaled) {
		return;
	}
	show(node);
	if (moved) {
		struct value detail = place_of(movable);
		value_object_set_text(&detail, "source", value_text(source));
		host->emit(host, node, "change", detail);
	}
	if (scaled) {
		struct value detail = place_of(movable);
		value_object_set_text(&detail, "scale", value_number(rounded(scale)));
		host->emit(host, node, "scale", detail);
	}
}

/* ---- motion ---- */

static void begin(struct component_host *host, struct node *node, enum motion motion, const char *source)
{
	struct movable *movable = node->state_data;
	movable->motion = motion;
	movable->began = host->now;
	movable->source = source;
	movable->from_scale = movable->to_scale = movable->scale;
	for (int i = 0; i < 2; i++) {
		movable->axes[i].from = movable->axes[i].at;
	}
	host->wake(host, node, host->now);
}

static void spring_to(struct component_host *host, struct node *node, double x, double y, const char *source)
{
	struct movable *movable = node->state_data;
	begin(host, node, SPRING_MOTION, source);
	movable->axes[0].to = x;
	movable->axes[1].to = y;
	movable->axes[0].speed = movable->axes[1].speed = 0;
}

/* Where the spring has it after `passed` ms; true: it has come to rest. */
static bool spring_at(const struct axis *axis, double rate, double passed, double *ret_at)
{
	double away = axis->from - axis->to, left = (away + (axis->speed + rate * away) * passed) * exp(-rate * passed);
	*ret_at = axis->to + left;
	return fabs(left) < REST && rate * passed > 1;
}

static void advance_spring(struct component_host *host, struct node *node, bool settle)
{
	struct movable *movable = node->state_data;
	double damping = component_number(node, "damping", 20), passed = fmax(0, host->now - movable->began), at[2];
	double rate = SPRING * (damping > 0 ? damping : 20), scale = movable->to_scale;
	bool rest = spring_at(&movable->axes[0], rate, passed, &at[0]);
	rest = spring_at(&movable->axes[1], rate, passed, &at[1]) && rest;
	struct axis grow = {.from = movable->from_scale * 10, .to = movable->to_scale * 10};
	double tenths;
	rest = (spring_at(&grow, rate, passed, &tenths) && rest) || settle;
	if (rest) {
		at[0] = movable->axes[0].to;
		at[1] = movable->axes[1].to;
		movable->motion = REST_MOTION;
	} else {
		scale = tenths / 10;
	}
	put(host, node, at[0], at[1], scale, movable->source);
}

static void advance_friction(struct component_host *host, struct node *node, bool settle)
{
	struct movable *movable = node->state_data;
	double friction = component_number(node, "friction", 2), passed = fmax(0, host->now - movable->began), at[2];
	double speed = hypot(movable->axes[0].speed, movable->axes[1].speed), slow = DECELERATION * (friction > 0 ? friction : 2);
	double ends = speed / slow, t = settle ? ends : fmin(passed, ends), way = speed * t - slow * t * t / 2;
	bool beyond = false;
	for (int i = 0; i < 2; i++) {
		struct axis *axis = &movable->axes[i];
		at[i] = axis->from + (speed > 0 ? axis->speed / speed * way : 0);
		beyond = beyond || at[i] != bounded(axis, at[i]);
	}
	bool springs = beyond && component_flag(node, "out-of-bounds") && !settle;
	double x = bounded(&movable->axes[0], at[0]), y = bounded(&movable->axes[1], at[1]);
	double left = speed > 0 ? fmax(0, speed - slow * t) / speed : 0;
	put(host, node, x, y, movable->scale, "friction");
	if (springs) { // it runs into the edge with the speed that it still has
		double rest[2] = {movable->axes[0].speed * left, movable->axes[1].speed * left};
		spring_to(host, node, x, y, "out-of-bounds");
		movable->axes[0].speed = rest[0];
		movable->axes[1].speed = rest[1];
	} else if (t >= ends || (x != at[0] && y != at[1])) {
		movable->motion = REST_MOTION;
	}
}

static void woken(struct component_host *host, struct node *node, bool settle)
{
	struct movable *movable = node->state_data;
	if (movable->motion == SPRING_MOTION) {
		advance_spring(host, node, settle);
	} else if (movable->motion == FRICTION_MOTION) {
		advance_friction(host, node, settle);
	}
	if (movable->motion != REST_MOTION) {
		host->wake(host, node, host->now);
	}
}

/* ---- what it is given ---- */

/* Goes to where the attributes want it. */
static void go(struct component_host *host, struct node *node, double x, double y, double scale)
{
	struct movable *movable = node->state_data;
	double before = movable->scale;
	movable->scale = scale;
	measure(node);
	movable->scale = before;
	x = bounded(&movable->axes[0], x);
	y = bounded(&movable->axes[1], y);
	struct value animated = node_attr_text(node, "animation");
	if (value_is(animated, VALUE_UNDEFINED) || value_to_bool(animated)) {
		spring_to(host, node, x, y, "");
		movable->to_scale = scale;
	} else {
		movable->motion = REST_MOTION;
		put(host, node, x, y, scale, "");
	}
}

static void changed(struct component_host *host, struct node *node, atom_t name)
{
	struct movable *movable = node->state_data;
	struct str which = atom_str(name);
	node_set_state(node, NODE_DISABLED, component_flag(node, "disabled"));
	if (!name) {
		movable->scale = movable->to_scale = allowed_scale(node, component_number(node, "scale-value", 1));
		movable->axes[0].at = component_length(host, node, "x", 0);
		movable->axes[1].at = component_length(host, node, "y", 0);
		show(node);
		return;
	}
	if (!movable->placed || movable->dragged) {
		return;
	}
	bool x = str_is(which, "x"), y = str_is(which, "y"), moving = movable->motion == SPRING_MOTION;
	double to[2] = {moving ? movable->axes[0].to : movable->axes[0].at, moving ? movable->axes[1].to : movable->axes[1].at};
	if (x || y) {
		to[x ? 0 : 1] = component_length(host, node, x ? "x" : "y", 0);
		go(host, node, to[0], to[1], moving ? movable->to_scale : movable->scale);
	} else if (str_starts(which, STR("scale-"))) {
		bool value = str_is(which, "scale-value");
		go(host, node, to[0], to[1], allowed_scale(node, value ? component_number(node, "scale-value", 1) : movable->scale));
	}
}

static void laid_out(struct component_host *host, struct node *node)
{
	struct movable *movable = node->state_data;
	if (!node->box || movable->dragged || movable->motion != REST_MOTION) {
		return;
	}
	measure(node);
	double x = bounded(&movable->axes[0], movable->axes[0].at), y = bounded(&movable->axes[1], movable->axes[1].at);
	if (!movable->placed) {
		movable->placed = true;
		movable->axes[0].at = x;
		movable->axes[1].at = y;
		show(node);
	} else {
		put(host, node, x, y, movable->scale, "");
	}
}

/* ---- fingers ---- */

static double spread(const struct movable *movable)
{
	return hypot(movable->fingers[0].at.x - movable->fingers[1].at.x, movable->fingers[0].at.y - movable->fingers[1].at.y);
}

static struct held *finger_of(struct movable *movable, int id)
{
	for (int i = 0; i < movable->finger_count; i++) {
		if (movable->fingers[i].id == id) {
			return &movable->fingers[i];
		}
	}
	return NULL;
}

static void scale_to(struct component_host *host, struct node *node, double scale)
{
	struct movable *movable = node->state_data;
	double before = movable->scale;
	movable->scale = allowed_scale(node, scale);
	measure(node);
	scale = movable->scale;
	movable->scale = before;
	put(host, node, bounded(&movable->axes[0], movable->axes[0].at), bounded(&movable->axes[1], movable->axes[1].at), scale, "");
}

bool movable_finger(struct component_host *host, struct node *node, const struct component_touch *touch)
{
	struct movable *movable = node->state_data;
	struct held *held = finger_of(movable, touch->id);
	bool scales = component_flag(node, "scale") && !component_flag(node, "disabled");
	if (touch->phase == COMPONENT_TOUCH_START) {
		if (!held && movable->finger_count < 2) {
			movable->fingers[movable->finger_count++] = (struct held){touch->id, touch->at};
		}
		movable->pinched = movable->pinched || (scales && movable->finger_count == 2);
		if (movable->pinched) {
			movable->motion = REST_MOTION;
			movable->pinch_from = spread(movable);
			movable->pinch_scale = movable->scale;
		}
		return movable->pinched && finger_of(movable, touch->id);
	}
	if (held && touch->phase != COMPONENT_TOUCH_END && touch->phase != COMPONENT_TOUCH_CANCEL) {
		held->at = touch->at;
		if (movable->pinched && movable->finger_count == 2 && movable->pinch_from > 1) {
			scale_to(host, node, movable->pinch_scale * spread(movable) / movable->pinch_from);
		}
		return movable->pinched;
	}
	if (held) {
		bool pinched = movable->pinched;
		*held = movable->fingers[--movable->finger_count];
		movable->pinched = movable->pinched && movable->finger_count > 0;
		return pinched;
	}
	return false;
}

static bool begin_drag(struct component_host *host, struct node *node, const struct component_touch *touch)
{
	struct movable *movable = node->state_data;
	bool upright = fabsf(touch->by.y) > fabsf(touch->by.x);
	if (component_flag(node, "disabled") || !movable->placed || movable->dragged || !moves(node, upright)) {
		return false;
	}
	movable->motion = REST_MOTION;
	movable->dragged = true;
	measure(node);
	for (int i = 0; i < 2; i++) {
		movable->raw[i] = movable->axes[i].at;
	}
	return true;
}

static void drag(struct component_host *host, struct node *node, const struct component_touch *touch)
{
	struct movable *movable = node->state_data;
	double by[2] = {touch->by.x, touch->by.y}, at[2];
	bool free = component_flag(node, "out-of-bounds"), beyond = false;
	for (int i = 0; i < 2; i++) {
		struct axis *axis = &movable->axes[i];
		movable->raw[i] += moves(node, i) ? by[i] : 0;
		at[i] = bounded(axis, movable->raw[i]);
		double over = movable->raw[i] - at[i];
		if (free && over != 0) {
			beyond = true;
			at[i] += over / (1 + fabs(over) / PULL);
		}
	}
	put(host, node, at[0], at[1], movable->scale, beyond ? "touch-out-of-bounds" : "touch");
}

static void let_go(struct component_host *host, struct node *node, const struct component_touch *touch)
{
	struct movable *movable = node->state_data;
	movable->dragged = false;
	double x = bounded(&movable->axes[0], movable->axes[0].at), y = bounded(&movable->axes[1], movable->axes[1].at);
	if (x != movable->axes[0].at || y != movable->axes[1].at) {
		spring_to(host, node, x, y, "out-of-bounds");
	} else if (component_flag(node, "inertia") && touch->phase == COMPONENT_TOUCH_END) {
		begin(host, node, FRICTION_MOTION, "friction");
		movable->axes[0].speed = moves(node, 0) ? touch->velocity.x : 0;
		movable->axes[1].speed = moves(node, 1) ? touch->velocity.y : 0;
	}
}

static bool touched(struct component_host *host, struct node *node, const struct component_touch *touch)
{
	struct movable *movable = node->state_data;
	bool pinched = movable_finger(host, node, touch);
	switch (touch->phase) {
	case COMPONENT_TOUCH_START:
		movable->motion = movable->motion == FRICTION_MOTION ? REST_MOTION : movable->motion;
		return pinched;
	case COMPONENT_TOUCH_PAN:
		host->emit(host, node, fabsf(touch->by.y) > fabsf(touch->by.x) ? "vtouchmove" : "htouchmove", value_object_new(0));
		return pinched || begin_drag(host, node, touch);
	case COMPONENT_TOUCH_MOVE:
		if (movable->dragged && !pinched) {
			drag(host, node, touch);
		}
		return true;
	case COMPONENT_TOUCH_END:
	case COMPONENT_TOUCH_CANCEL:
		if (movable->dragged && movable->finger_count == 0) {
			let_go(host, node, touch);
		}
		return true;
	}
	return false;
}

/* moveTo [x, y]; translate [] -> {x, y} */
static bool asked(struct component_host *host, struct node *node, struct str what, struct value with, struct value *ret)
{
	struct movable *movable = node->state_data;
	if (str_is(what, "translate")) {
		*ret = place_of(movable);
		return true;
	}
	double x = value_to_number(value_at(with, 0)), y = value_to_number(value_at(with, 1));
	if (str_is(what, "moveTo") && isfinite(x) && isfinite(y)) {
		go(host, node, x, y, movable->scale);
		return true;
	}
	return false;
}

const struct component component_movable_view = {
	.tag = "movable-view",
	.since = "1.2.0",
	.doc = "Can be dragged and scaled in its movable-area (可移动的视图容器).",
	.attributes = attributes,
	.events = "change|scale|htouchmove|vtouchmove",
	.style = "movable-view { display: inline-block; width: 10px; height: 10px; position: absolute; top: 0; left: 0 }\n",
	.created = created,
	.destroyed = destroyed,
	.changed = changed,
	.woken = woken,
	.laid_out = laid_out,
	.touched = touched,
	.asked = asked,
};
