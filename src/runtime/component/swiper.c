/* <swiper>: slides of which one, or some, are seen; a finger, the clock or `current` moves them.
 *
 * The slides stand side by side in a frame, each moved by whole widths; the frame is moved by
 * `position`, in slides. With `circular` a slide stands at that of its places which is nearest to
 * what is seen, so the row has no end. */
#include "runtime/component/list.h"

static const struct schema attributes[] = {
	{"indicator-dots", SCHEMA_BOOL, .fallback = "false", .doc = "shows a dot a slide"},
	{"indicator-color", SCHEMA_COLOR, .fallback = "\"rgba(0, 0, 0, .3)\"", .since = "1.1.0"},
	{"indicator-active-color", SCHEMA_COLOR, .fallback = "\"#000000\"", .since = "1.1.0"},
	{"autoplay", SCHEMA_BOOL, .fallback = "false"},
	{"current", SCHEMA_NUMBER, .fallback = "0", .doc = "index of the first slide seen; acts when it changes"},
	{"current-item-id", SCHEMA_STRING, .fallback = "\"\"", .since = "1.9.0", .doc = "the item-id of the first slide seen"},
	{"interval", SCHEMA_NUMBER, .fallback = "5000", .doc = "ms from one step of autoplay to the next"},
	{"duration", SCHEMA_NUMBER, .fallback = "500", .doc = "ms that a slide takes"},
	{"circular", SCHEMA_BOOL, .fallback = "false", .doc = "the first follows the last; with more slides than are seen"},
	{"vertical", SCHEMA_BOOL, .fallback = "false"},
	{"previous-margin", SCHEMA_STRING, .fallback = "\"0px\"", .since = "1.9.0", .doc = "how much of the slide before is seen"},
	{"next-margin", SCHEMA_STRING, .fallback = "\"0px\"", .since = "1.9.0"},
	{"snap-to-edge", SCHEMA_BOOL, .fallback = "false", .since = "2.12.1", .doc = "the first and last slide leave no empty margin"},
	{"display-multiple-items", SCHEMA_NUMBER, .fallback = "1", .since = "1.9.0", .doc = "slides seen at once"},
	{"skip-hidden-item-layout", SCHEMA_BOOL, .fallback = "false", .since = "1.9.0"},
	{"easing-function", SCHEMA_STRING, .fallback = "\"default\"", .since = "2.6.5",
		.choices = "default|linear|easeInCubic|easeOutCubic|easeInOutCubic"},
	{0},
};

#define FLICK 0.3 // CSS px per ms from which a finger throws a slide, however short its way

struct swiper {
	struct node *slides, *frame, *dots; // inner elements
	VEC(slot_id) items;
	int current, seen;   // the first slide seen, and how many
	bool circular, vertical, arranged;
	double position;     // of the frame, in slides
	double base;         // where the latest move began
	bool moving, touched, dragged;
	double from, to, began; // of a move
	const char *source;  // whose it is
	double turn_at;      // of autoplay; INFINITY: never
	double shift;        // CSS px, the last that "transition" told
};

static struct node *add_inner(struct node *parent, const char *tag)
{
	struct node *element = node_create(parent->tree, NODE_ELEMENT, atom_of(tag));
	node_insert(parent, element, NULL);
	return element;
}

static void created(struct component_host *host, struct node *node)
{
	struct swiper *swiper = mem_alloc(sizeof(*swiper));
	node->state_data = swiper;
	swiper->turn_at = INFINITY;
	struct node *wrapper = add_inner(node_attach_shadow(node), "mina-swiper-wrapper");
	swiper->slides = add_inner(wrapper, "mina-swiper-slides");
	swiper->frame = add_inner(swiper->slides, "mina-swiper-frame");
	node_insert(swiper->frame, node_create(node->tree, NODE_SLOT, atom_of("slot")), NULL);
	swiper->dots = add_inner(wrapper, "mina-swiper-dots");
}

static void destroyed(struct component_host *host, struct node *node)
{
	struct swiper *swiper = node->state_data;
	vec_finish(&swiper->items);
	mem_free(swiper);
	node->state_data = NULL;
}

static int count_of(const struct swiper *swiper)
{
	return (int)swiper->items.len;
}

static int wrap(int index, int count)
{
	return count > 0 ? ((index % count) + count) % count : 0;
}

static struct node *item_at(const struct node *node, int index)
{
	const struct swiper *swiper = node->state_data;
	return slot_get(&node->tree->ids, swiper->items.at[index]);
}

/* ---- what is seen ---- */

static void style(struct node *node, struct strbuf *text, void (*set)(struct node *node, struct value text))
{
	struct value value = value_take(text);
	set(node, value);
	value_unref(value);
}

/* A margin with its unit; a text that is no length is none. */
static double margin_of(const struct component_host *host, const struct node *node, const char *name)
{
	return component_length(host, node, name, 0);
}

/* The frame's place, in slides: at an end `snap-to-edge` pulls the margin in. */
static double shown_position(const struct component_host *host, const struct node *node)
{
	const struct swiper *swiper = node->state_data;
	double last = int_max(0, count_of(swiper) - swiper->seen);
	struct box *box = swiper->frame->box;
	if (swiper->circular || !component_flag(node, "snap-to-edge") || !box || last <= 0) {
		return swiper->position;
	}
	struct rect rect = box_padding_rect(box);
	double page = swiper->vertical ? rect.height : rect.width;
	double near = fmax(0, 1 - swiper->position), far = fmax(0, swiper->position - (last - 1));
	double shift = fmin(near, 1) * margin_of(host, node, "previous-margin") - fmin(far, 1) * margin_of(host, node, "next-margin");
	return page > 0 ? swiper->position + shift / page : swiper->position;
}

static void place(struct component_host *host, struct node *node)
{
	struct swiper *swiper = node->state_data;
	int count = count_of(swiper);
	struct strbuf text = {0};
	double middle = swiper->position + (swiper->seen - 1) / 2.0;
	for (int i = 0; i < count; i++) {
		double at = swiper->circular ? i + count * floor((middle - i) / count + 0.5) : i;
		strbuf_printf(&text, "position:absolute;width:100%%;height:100%%;transform:translate(%g%%,%g%%) translateZ(0)",
			swiper->vertical ? 0 : at * 100, swiper->vertical ? at * 100 : 0);
		struct node *item = item_at(node, i);
		if (item) {
			style(item, &text, node_set_placed_style);
		}
		strbuf_clear(&text);
	}
	double shown = -100 * shown_position(host, node), share = 100.0 / swiper->seen;
	strbuf_printf(&text, "width:%.9g%%;height:%.9g%%;transform:translate(%.9g%%,%.9g%%) translateZ(0)", swiper->vertical ? 100 : share,
		swiper->vertical ? share : 100, swiper->vertical ? 0 : shown, swiper->vertical ? shown : 0);
	style(swiper->frame, &text, node_set_style);
}

static void show_dots(struct node *node)
{
	struct swiper *swiper = node->state_data;
	int count = component_flag(node, "indicator-dots") ? count_of(swiper) : 0, have = 0;
	swiper->dots->scope = node->scope; // its parts have the names by which pages restyle them
	node_set_classes(swiper->dots, swiper->vertical ? STR("wx-swiper-dots wx-swiper-dots-vertical") : STR("wx-swiper-dots wx-swiper-dots-horizontal"));
	for (struct node *dot = swiper->dots->first; dot; have++) {
		struct node *next = dot->next;
		if (have >= count) {
			node_remove(dot);
			node_destroy(dot);
		}
		dot = next;
	}
	for (; have < count; have++) {
		add_inner(swiper->dots, "mina-swiper-dot")->scope = node->scope;
	}
	struct node *dot = swiper->dots->first;
	for (int i = 0; i < count && dot; i++, dot = dot->next) {
		bool active = wrap(i - swiper->current, count) < swiper->seen && (swiper->circular || i >= swiper->current);
		node_set_classes(dot, active ? STR("wx-swiper-dot wx-swiper-dot-active") : STR("wx-swiper-dot"));
		struct str color = component_text(node, active ? "indicator-active-color" : "indicator-color");
		struct strbuf text = {0};
		strbuf_add_text(&text, "background:");
		strbuf_add(&text, color.len ? color : active ? STR("#000000") : STR("rgba(0,0,0,.3)"));
		style(dot, &text, node_set_style);
	}
}

/* ---- events ---- */

static void tell(struct component_host *host, struct node *node, const char *event)
{
	struct swiper *swiper = node->state_data;
	struct node *item = swiper->current < count_of(swiper) ? item_at(node, swiper->current) : NULL;
	struct value detail = value_object_new(3);
	value_object_set_text(&detail, "current", value_number(swiper->current));
	value_object_set_text(&detail, "currentItemId", value_string(item ? component_text(item, "item-id") : STR("")));
	value_object_set_text(&detail, "source", value_text(swiper->source ? swiper->source : ""));
	host->emit(host, node, event, detail);
}

/* How far the slides stand from where this move began. */
static void tell_shift(struct component_host *host, struct node *node)
{
	struct swiper *swiper = node->state_data;
	struct rect rect = swiper->frame->box ? box_padding_rect(swiper->frame->box) : (struct rect){0};
	double by = swiper->position - swiper->base;
	double shift = round(by * (swiper->vertical ? rect.height : rect.width) * 100) / 100;
	if (shift != swiper->shift) {
		swiper->shift = shift;
		struct value detail = value_object_new(2);
		value_object_set_text(&detail, "dx", value_number(swiper->vertical ? 0 : shift));
		value_object_set_text(&detail, "dy", value_number(swiper->vertical ? shift : 0));
		host->emit(host, node, "transition", detail);
	}
}

/* ---- moves ---- */

static void plan(struct component_host *host, struct node *node)
{
	struct swiper *swiper = node->state_data;
	host->wake(host, node, swiper->moving ? host->now : swiper->turn_at);
}

static void plan_turn(struct component_host *host, struct node *node)
{
	struct swiper *swiper = node->state_data;
	bool plays = component_flag(node, "autoplay") && !swiper->touched && count_of(swiper) > swiper->seen;
	swiper->turn_at = plays ? host->now + fmax(1, component_number(node, "interval", 5000)) : INFINITY;
	plan(host, node);
}

static void arrive(struct component_host *host, struct node *node)
{
	struct swiper *swiper = node->state_data;
	int count = count_of(swiper);
	swiper->moving = false;
	swiper->position = swiper->circular && count ? swiper->to - count * floor(swiper->to / count) : swiper->to;
	place(host, node);
	tell(host, node, "animationfinish");
	swiper->base = swiper->position;
	swiper->shift = 0;
}

/* The last place that a slide may take at the beginning of what is seen. */
static int last_of(const struct swiper *swiper)
{
	return int_max(0, count_of(swiper) - (swiper->circular ? 1 : swiper->seen));
}

/* To a place in slides, which may lie beyond the ends of a circular row. */
static void go(struct component_host *host, struct node *node, double to, int current, const char *source)
{
	struct swiper *swiper = node->state_data;
	bool turned = current != swiper->current;
	swiper->source = source;
	swiper->current = current;
	swiper->from = swiper->position;
	swiper->to = to;
	swiper->began = host->now;
	swiper->moving = true;
	show_dots(node);
	plan(host, node);
	if (turned) {
		tell(host, node, "change");
	}
}

/* The nearest way to that slide. */
static void go_to(struct component_host *host, struct node *node, int current, const char *source)
{
	struct swiper *swiper = node->state_data;
	int count = count_of(swiper);
	double to = int_min(current, last_of(swiper));
	if (swiper->circular && count) {
		to += count * floor((swiper->position - to) / count + 0.5);
	}
	go(host, node, to, current, source);
}

static void jump(struct component_host *host, struct node *node, int current)
{
	struct swiper *swiper = node->state_data;
	swiper->current = current;
	swiper->moving = false;
	swiper->position = swiper->base = int_min(current, last_of(swiper));
	swiper->shift = 0;
	show_dots(node);
	place(host, node);
}

static double eased(const struct node *node, double t)
{
	struct str name = component_text(node, "easing-function");
	if (str_is(name, "linear")) {
		return t;
	}
	if (str_is(name, "easeInCubic")) {
		return t * t * t;
	}
	if (str_is(name, "easeOutCubic")) {
		return 1 - pow(1 - t, 3);
	}
	if (str_is(name, "easeInOutCubic")) {
		return t < 0.5 ? 4 * t * t * t : 1 - pow(2 - 2 * t, 3) / 2;
	}
	return t * (2 - t);
}

static void advance(struct component_host *host, struct node *node, bool settle)
{
	struct swiper *swiper = node->state_data;
	double duration = fmax(0, component_number(node, "duration", 500));
	double t = duration > 0 && !settle ? (host->now - swiper->began) / duration : 1;
	if (t < 1) {
		swiper->position = swiper->from + (swiper->to - swiper->from) * eased(node, fmax(0, t));
		place(host, node);
		tell_shift(host, node);
		return;
	}
	swiper->position = swiper->to;
	tell_shift(host, node);
	arrive(host, node);
}

static void woken(struct component_host *host, struct node *node, bool settle)
{
	struct swiper *swiper = node->state_data;
	if (swiper->moving) {
		advance(host, node, settle);
	}
	if (!settle && host->now >= swiper->turn_at) {
		int next = swiper->current + 1, last = last_of(swiper);
		plan_turn(host, node);
		if (swiper->circular) {
			double to = swiper->moving ? round(swiper->to) + 1 : round(swiper->position) + 1;
			go(host, node, to, wrap(next, count_of(swiper)), "autoplay");
		} else {
			go_to(host, node, next > last ? 0 : next, "autoplay");
		}
	}
	plan(host, node);
}

/* ---- what it is given ---- */

/* The index that `current` or `current-item-id` asks for. */
static int wanted(const struct node *node, bool by_id)
{
	const struct swiper *swiper = node->state_data;
	struct str ident = component_text(node, "current-item-id");
	for (int i = 0; by_id && ident.len && i < count_of(swiper); i++) {
		struct node *item = item_at(node, i);
		if (item && str_eq(component_text(item, "item-id"), ident)) {
			return i;
		}
	}
	return by_id && ident.len ? swiper->current : (int)float_clamp((float)component_number(node, "current", 0), 0, 1e6F);
}

static void configure(struct component_host *host, struct node *node)
{
	struct swiper *swiper = node->state_data;
	int count = count_of(swiper);
	swiper->vertical = component_flag(node, "vertical");
	swiper->seen = int_max(1, (int)float_clamp((float)component_number(node, "display-multiple-items", 1), 1, 1e4F));
	swiper->circular = component_flag(node, "circular") && count > swiper->seen;
	struct strbuf text = {0};
	strbuf_printf(&text, swiper->vertical ? "top:%gpx;bottom:%gpx" : "left:%gpx;right:%gpx", margin_of(host, node, "previous-margin"),
		margin_of(host, node, "next-margin"));
	style(swiper->slides, &text, node_set_style);
}

static void changed(struct component_host *host, struct node *node, atom_t name)
{
	struct swiper *swiper = node->state_data;
	struct str which = atom_str(name);
	int seen = swiper->seen;
	configure(host, node);
	if (!name || !swiper->arranged) {
		return; // its slides are not here yet
	}
	bool by_id = str_is(which, "current-item-id");
	int count = count_of(swiper), to = count ? int_min(wanted(node, by_id), count - 1) : 0;
	if ((str_is(which, "current") || by_id) && to != swiper->current) {
		if (!swiper->touched) {
			go_to(host, node, to, "");
			plan_turn(host, node);
		}
	} else if (str_is(which, "autoplay") || str_is(which, "interval") || str_is(which, "circular") || seen != swiper->seen) {
		plan_turn(host, node);
	}
	show_dots(node);
	place(host, node);
}

/* Its slides as they are now. True: they are others than before. */
static bool collect(struct node *node)
{
	struct swiper *swiper = node->state_data;
	size_t count = 0;
	bool other = false;
	for (struct node *child = node_flat_first(swiper->frame); child; child = node_flat_next(child)) {
		if (child->component != &component_swiper_item) {
			continue;
		}
		if (count < swiper->items.len && swiper->items.at[count] != child->id) {
			swiper->items.at[count] = child->id;
			other = true;
		} else if (count >= swiper->items.len) {
			vec_push(&swiper->items, child->id);
			other = true;
		}
		count++;
	}
	for (; swiper->items.len > count; other = true) {
		vec_remove(&swiper->items, swiper->items.len - 1);
	}
	return other;
}

static void laid_out(struct component_host *host, struct node *node)
{
	struct swiper *swiper = node->state_data;
	bool had = swiper->items.len > 0;
	if (!collect(node)) {
		if (component_flag(node, "snap-to-edge")) {
			place(host, node);
		}
		return;
	}
	int count = count_of(swiper);
	configure(host, node);
	bool by_id = component_text(node, "current-item-id").len > 0;
	int current = had ? swiper->current : wanted(node, by_id);
	swiper->arranged = count > 0;
	bool cut = had && count && current >= count;
	jump(host, node, count ? int_min(current, count - 1) : 0);
	plan_turn(host, node);
	if (cut) {
		swiper->source = "";
		tell(host, node, "change");
	}
}

/* ---- fingers ---- */

/* Beyond an end of the row a slide follows a finger less and less, half its width at most. */
static double resisted(double over)
{
	return over / (1 + 2 * over);
}

static void drag(struct node *node, double by)
{
	struct swiper *swiper = node->state_data;
	double last = last_of(swiper);
	swiper->from -= by; // where it would be without the ends
	swiper->position = swiper->from;
	if (!swiper->circular && swiper->from < 0) {
		swiper->position = -resisted(-swiper->from);
	} else if (!swiper->circular && swiper->from > last) {
		swiper->position = last + resisted(swiper->from - last);
	}
}

static void let_go(struct component_host *host, struct node *node, double speed)
{
	struct swiper *swiper = node->state_data;
	int count = count_of(swiper);
	double to = round(swiper->position);
	if (fabs(speed) > FLICK) {
		to = speed < 0 ? floor(swiper->position) + 1 : ceil(swiper->position) - 1;
	}
	swiper->dragged = false;
	if (!swiper->circular) {
		to = fmin(fmax(to, 0), last_of(swiper));
	}
	go(host, node, to, swiper->circular ? wrap((int)to, count) : (int)to, "touch");
}

static bool touched(struct component_host *host, struct node *node, const struct component_touch *touch)
{
	struct swiper *swiper = node->state_data;
	struct rect rect = swiper->frame->box ? box_padding_rect(swiper->frame->box) : (struct rect){0};
	double page = swiper->vertical ? rect.height : rect.width, by = swiper->vertical ? touch->by.y : touch->by.x;
	switch (touch->phase) {
	case COMPONENT_TOUCH_START:
		swiper->touched = true;
		plan_turn(host, node);
		return false;
	case COMPONENT_TOUCH_PAN:
		if (swiper->dragged || page <= 0 || count_of(swiper) <= swiper->seen
			|| (fabsf(touch->by.y) > fabsf(touch->by.x)) != swiper->vertical) {
			return false;
		}
		swiper->dragged = true;
		swiper->base = swiper->moving ? swiper->base : swiper->position;
		swiper->moving = false;
		swiper->from = swiper->position;
		return true;
	case COMPONENT_TOUCH_MOVE:
		if (swiper->dragged && page > 0) {
			drag(node, by / page);
			place(host, node);
			tell_shift(host, node);
		}
		return true;
	case COMPONENT_TOUCH_END:
	case COMPONENT_TOUCH_CANCEL:
		swiper->touched = false;
		if (swiper->dragged) {
			let_go(host, node, swiper->vertical ? touch->velocity.y : touch->velocity.x);
		}
		plan_turn(host, node);
		return true;
	}
	return false;
}

/* swipeTo [index] */
static bool asked(struct component_host *host, struct node *node, struct str what, struct value with, struct value *ret)
{
	struct swiper *swiper = node->state_data;
	double to = value_to_number(value_at(with, 0));
	if (!str_is(what, "swipeTo")) {
		return false;
	}
	if (to >= 0 && to < count_of(swiper)) {
		go_to(host, node, (int)to, "");
		plan_turn(host, node);
	}
	return true;
}

const struct component component_swiper = {
	.tag = "swiper",
	.doc = "Slides, of which one is seen at a time (滑块视图容器). Only swiper-item stands in it.",
	.attributes = attributes,
	.events = "change|transition|animationfinish",
	.style = "swiper { display: block; height: 150px }\n"
		"mina-swiper-wrapper { display: block; overflow: hidden; position: relative; width: 100%; height: 100%;"
		" transform: translateZ(0) }\n"
		"mina-swiper-slides { display: block; position: absolute; left: 0; top: 0; right: 0; bottom: 0 }\n"
		"mina-swiper-frame { display: block; position: absolute; left: 0; top: 0; width: 100%; height: 100% }\n"
		"mina-swiper-dots { display: block; position: absolute; font-size: 0; left: 50%; bottom: 10px; text-align: center;"
		" white-space: nowrap; transform: translate(-50%, 0) }\n"
		"mina-swiper-dots.wx-swiper-dots-vertical { left: auto; bottom: auto; right: 10px; top: 50%;"
		" transform: translate(0, -50%) }\n"
		"mina-swiper-dot { display: inline-block; width: 8px; height: 8px; border-radius: 50%; margin-right: 8px }\n"
		".wx-swiper-dots-vertical mina-swiper-dot { display: block; margin: 0 0 9px }\n"
		"mina-swiper-dots mina-swiper-dot:last-child { margin: 0 }\n",
	.created = created,
	.destroyed = destroyed,
	.changed = changed,
	.woken = woken,
	.laid_out = laid_out,
	.touched = touched,
	.asked = asked,
};
