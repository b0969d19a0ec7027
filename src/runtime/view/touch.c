/* Fingers: touch lists, tap, longpress, pan, pull-down, and what looks pressed. Limits are those
 * of framework.md section 6: longpress after 350 ms; a tap is a release without a pan. */
#include "runtime/view/inside.h"

#define LONG_PRESS_MS 350
#define SLOP 10.0f         // CSS px a finger may wander and still tap
#define TRAIL_MS 100 // of a finger's way, for its speed
#define PULL_DISTANCE 60.0f // CSS px down from the top that refresh

/* CSS px per ms over its last tenth of a second; nothing when it stood still before it left. */
static struct point velocity_of(const struct finger *finger)
{
	unsigned kept = finger->trail_count < ARRAY_LEN(finger->trail) ? finger->trail_count : ARRAY_LEN(finger->trail);
	const struct trail *last = &finger->trail[(finger->trail_count - 1) % ARRAY_LEN(finger->trail)], *first = last;
	for (unsigned i = 1; i < kept; i++) {
		const struct trail *step = &finger->trail[(finger->trail_count - 1 - i) % ARRAY_LEN(finger->trail)];
		if (last->time - step->time > TRAIL_MS) {
			break;
		}
		first = step;
	}
	float passed = (float)(last->time - first->time);
	return passed > 0 ? (struct point){(last->at.x - first->at.x) / passed, (last->at.y - first->at.y) / passed} : (struct point){0};
}

static struct finger *find_finger(struct view *view, int id)
{
	for (int i = 0; i < VIEW_TOUCHES_MAX; i++) {
		if (view->fingers[i].state != FINGER_UP && view->fingers[i].id == id) {
			return &view->fingers[i];
		}
	}
	return NULL;
}

static struct value touch_value(const struct view *view, const struct finger *finger)
{
	struct value touch = value_object_new(8);
	float top = view->tree.root->scroll.y;
	value_object_set_text(&touch, "identifier", value_number(finger->id));
	value_object_set_text(&touch, "pageX", value_number(finger->at.x));
	value_object_set_text(&touch, "pageY", value_number(finger->at.y + top));
	value_object_set_text(&touch, "clientX", value_number(finger->at.x));
	value_object_set_text(&touch, "clientY", value_number(finger->at.y));
	value_object_set_text(&touch, "force", value_number(1));
	const struct node *target = view_node(view, finger->target);
	if (target && target->parent && target->parent->host) { // an inner part of a component
		target = target->parent->host;
	}
	if (target && target->component && target->component->flags & COMPONENT_POINTS) {
		struct rect rect = view_client_rect(view, target);
		value_object_set_text(&touch, "x", value_number(finger->at.x - rect.x));
		value_object_set_text(&touch, "y", value_number(finger->at.y - rect.y));
	}
	return touch;
}

/* `without`: the finger that has just left the screen is in changedTouches only. */
static struct value touch_list(const struct view *view, const struct finger *only, const struct finger *without)
{
	struct value list = value_array_new(1);
	for (int i = 0; i < VIEW_TOUCHES_MAX; i++) {
		const struct finger *finger = &view->fingers[i];
		if (finger->state != FINGER_UP && finger != without && (!only || finger == only)) {
			value_array_push(&list, touch_value(view, finger));
		}
	}
	return list;
}

/* touches and changed are consumed. */
static void tell_touch(struct view *view, struct node *target, const struct finger *finger, const char *type, struct value touches,
	struct value changed)
{
	struct value detail = value_object_new(2);
	value_object_set_text(&detail, "x", value_number(finger->start.x));
	value_object_set_text(&detail, "y", value_number(finger->start.y + view->tree.root->scroll.y));
	struct view_event event = {type, detail, touches, changed, true, true};
	view_dispatch(view, target, &event);
	value_unref(touches);
	value_unref(changed);
}

static void tell(struct view *view, const struct finger *finger, const char *type, bool gone)
{
	struct node *target = view_node(view, finger->target);
	if (target) {
		tell_touch(view, target, finger, type, touch_list(view, NULL, gone ? finger : NULL), touch_list(view, finger, NULL));
	}
}

void view_touch_tap(struct view *view, struct node *node, struct point page)
{
	struct point at = {page.x, page.y - view->tree.root->scroll.y};
	struct finger finger = {.state = FINGER_DOWN, .target = node->id, .start = at, .at = at};
	struct value changed = value_array_new(1);
	value_array_push(&changed, touch_value(view, &finger));
	tell_touch(view, node, &finger, "tap", touch_list(view, NULL, NULL), changed);
}

/* The pressed class of a node: its attribute, or the component's default. 0: none. */
static atom_t hover_class(const struct node *node)
{
	struct str name = component_text(node, "hover-class");
	if (!name.len && node->component->hover_class) {
		name = str_of(node->component->hover_class);
	}
	return str_is(name, "none") || component_flag(node, "disabled") ? 0 : atom_intern(name);
}

static void show_hover(struct view *view, struct hover *hover, bool on)
{
	struct node *node = view_node(view, hover->node);
	hover->shown = on;
	if (!node) {
		return;
	}
	struct strbuf classes = {0};
	for (size_t i = 0; i < node->classes.len; i++) {
		if (node->classes.at[i] != hover->class_name) {
			strbuf_add(&classes, atom_str(node->classes.at[i]));
			strbuf_add_char(&classes, ' ');
		}
	}
	if (on) {
		strbuf_add(&classes, atom_str(hover->class_name));
	}
	node_set_classes(node, strbuf_str(&classes));
	strbuf_finish(&classes);
}

/* Plans the pressed look from the target outwards until someone stops it. */
static void plan_hover(struct view *view, struct node *target)
{
	for (struct node *node = target; node; node = node_flat_parent(node)) {
		if (node->kind == NODE_ELEMENT) {
			node_set_state(node, NODE_HOVER, true);
		}
		if (!node->component || !(node->component->flags & COMPONENT_HOVER)) {
			continue;
		}
		atom_t name = hover_class(node);
		if (name) {
			double delay = component_number(node, "hover-start-time", node->component->hover_start_ms);
			struct hover hover = {node->id, name, view->now + delay, NAN, false};
			vec_push(&view->hovers, hover);
		}
		if (component_flag(node, "hover-stop-propagation")) {
			break;
		}
	}
}

static void end_hover(struct view *view, struct node *target, bool cancelled)
{
	for (struct node *node = target; node; node = node_flat_parent(node)) {
		node_set_state(node, NODE_HOVER, false);
	}
	for (size_t i = view->hovers.len; i > 0; i--) {
		struct hover *hover = &view->hovers.at[i - 1];
		struct node *node = view_node(view, hover->node);
		if (!node || (cancelled && !hover->shown)) {
			vec_remove(&view->hovers, i - 1);
			continue;
		}
		double stay = cancelled ? 0 : component_number(node, "hover-stay-time", node->component->hover_stay_ms);
		if (isnan(hover->off_at)) {
			hover->off_at = fmax(view->now, hover->on_at) + stay;
		}
	}
}

void view_touch_forget(struct view *view, slot_id node)
{
	for (size_t i = view->hovers.len; i > 0; i--) {
		if (view->hovers.at[i - 1].node == node) {
			vec_remove(&view->hovers, i - 1);
		}
	}
}

/* Does anything on the way out listen? Then a long press takes the tap's place. */
static bool anyone_binds(const struct node *target, const char *type)
{
	atom_t event = atom_of(type);
	for (const struct node *node = target; node; node = node_flat_parent(node)) {
		for (size_t i = 0; i < node->binds.len; i++) {
			if (node->binds.at[i].event == event) {
				return true;
			}
		}
	}
	return false;
}

static bool takes(struct view *view, struct node *node, const struct finger *finger, enum component_touch_phase phase, struct point by)
{
	if (!node->component || !node->component->touched) {
		return false;
	}
	struct component_touch touch = {phase, finger->id, finger->start, finger->at, by, {0, 0}};
	if (phase == COMPONENT_TOUCH_END) {
		touch.velocity = velocity_of(finger);
	}
	return node->component->touched(&view->host, node, &touch);
}

/* The component whose inner box that scroller is; NULL: none. */
static struct node *component_around(const struct node *scroller)
{
	return scroller && scroller->parent && scroller->parent->kind == NODE_SHADOW_ROOT ? scroller->parent->host : NULL;
}

static void trace(struct finger *finger, double time)
{
	finger->trail[finger->trail_count++ % ARRAY_LEN(finger->trail)] = (struct trail){finger->at, time};
}

static void start(struct view *view, struct finger *finger, const struct view_touch *touch)
{
	struct node *root = view->tree.root;
	struct node *given = touch->target ? view_node(view, touch->target) : NULL;
	struct node *target = given ? given : root->box ? hit_test(root->box, touch->at) : NULL;
	while (target && target->kind != NODE_ELEMENT) {
		target = node_flat_parent(target);
	}
	target = target ? target : root;
	*finger = (struct finger){.state = FINGER_DOWN, .id = touch->id, .target = target->id, .start = touch->at,
		.at = touch->at, .start_time = touch->time};
	trace(finger, touch->time);
	view_scroll_hold(view, target);
	tell(view, finger, "touchstart", false);
	plan_hover(view, target);
	for (struct node *node = view_node(view, finger->target); node; node = node_flat_parent(node)) {
		if (takes(view, node, finger, COMPONENT_TOUCH_START, (struct point){0}) && !finger->owner) {
			finger->owner = node->id;
		}
	}
}

static bool catches(const struct node *node, atom_t type)
{
	for (size_t i = 0; i < node->binds.len; i++) {
		if (node->binds.at[i].event == type && node->binds.at[i].flags & NODE_BIND_CATCH) {
			return true;
		}
	}
	return false;
}

/* Who has a finger that begins to move: from the target outwards the first component that wants it, or box that can scroll that way. Who
 * catches touchmove keeps the components around it, and all scrolling, from it. */
static void begin_pan(struct view *view, struct finger *finger, struct point by)
{
	struct node *target = view_node(view, finger->target), *scroller = NULL;
	atom_t type = atom_of("touchmove");
	finger->horizontal = fabsf(by.x) > fabsf(by.y);
	finger->state = FINGER_MOVED;
	if (target) {
		end_hover(view, target, true);
	}
	atom_t way = atom_of(finger->horizontal ? "htouchmove" : "vtouchmove"); // movable-view's: who catches it catches touchmove, too
	bool caught = false;
	for (struct node *node = target; node; node = node_flat_parent(node)) {
		caught = caught || catches(node, type) || catches(node, way);
	}
	scroller = target && !caught ? view_scroller_at(view, target, finger->horizontal, finger->horizontal ? -by.x : -by.y) : NULL;
	struct node *around = component_around(scroller), *last = around ? around : scroller; // a built-in before its own
	for (struct node *node = target; node && (!last || node != node_flat_parent(last)); node = node_flat_parent(node)) {
		if (takes(view, node, finger, COMPONENT_TOUCH_PAN, by)) {
			finger->owner = node->id;
			return;
		}
		if (catches(node, type) || catches(node, way)) {
			return;
		}
	}
	if (caught) {
		return;
	}
	bool page = !scroller && !finger->horizontal && !view->config.no_scroll;
	finger->scroller = scroller ? scroller->id : 0;
	finger->state = scroller || page ? FINGER_PAN : FINGER_MOVED;
	finger->pulling = page && by.y > 0 && view->config.pull_down && view_scroll_top(view) <= 0;
}

static void move(struct view *view, struct finger *finger, const struct view_touch *touch)
{
	struct point by = {touch->at.x - finger->at.x, touch->at.y - finger->at.y};
	struct point total = {touch->at.x - finger->start.x, touch->at.y - finger->start.y};
	if (by.x == 0 && by.y == 0) {
		return;
	}
	finger->at = touch->at;
	trace(finger, touch->time);
	tell(view, finger, "touchmove", false);
	if ((finger->state == FINGER_DOWN || finger->state == FINGER_PRESSED) && hypotf(total.x, total.y) > SLOP) {
		if (finger->owner) {
			struct node *target = view_node(view, finger->target);
			finger->state = FINGER_MOVED;
			if (target) {
				end_hover(view, target, true);
			}
		} else {
			begin_pan(view, finger, total);
			by = total;
		}
	}
	struct node *owner = finger->owner ? view_node(view, finger->owner) : NULL;
	if (owner) {
		takes(view, owner, finger, COMPONENT_TOUCH_MOVE, by);
	}
	if (finger->state == FINGER_PAN && !finger->pulling) {
		struct node *scroller = finger->scroller ? view_node(view, finger->scroller) : NULL;
		view_scroll_by(view, scroller, finger->horizontal ? -by.x : 0, finger->horizontal ? 0 : -by.y);
		struct node *around = component_around(scroller);
		if (around) {
			takes(view, around, finger, COMPONENT_TOUCH_MOVE, by);
		}
	}
}

/* The nearest component around the target that does something with a tap. A child's catch does not
 * keep it from that: bindings and behaviour are apart, as in WeChat. */
static void tap_component(struct view *view, struct node *target, const struct finger *finger)
{
	struct component_tap tap = {{finger->at.x, finger->at.y + view->tree.root->scroll.y}, target};
	slot_id focus = view->focus;
	for (struct node *node = target; node; node = node_flat_parent(node)) {
		if (node->component && node->component->tapped) {
			node->component->tapped(&view->host, node, &tap);
			if (view->focus == node->id) {
				return;
			}
			break;
		}
	}
	bool holds = focus && view_focused(view) && component_flag(view_focused(view), "hold-keyboard");
	if (focus && view->focus == focus && !holds) { // a tap elsewhere takes the keyboard away
		view->host.focus(&view->host, NULL);
	}
}

/* Does the component around what it has scrolled take care of the rest? */
static bool ends_scroll(struct view *view, struct finger *finger)
{
	struct node *around = component_around(finger->scroller ? view_node(view, finger->scroller) : NULL);
	return around && takes(view, around, finger, COMPONENT_TOUCH_END, (struct point){0});
}

/* What goes on when the finger is gone: its component hears of it, or what it scrolled glides on. */
static void release(struct view *view, struct finger *finger, double time, bool cancelled)
{
	trace(finger, time);
	struct node *owner = finger->owner ? view_node(view, finger->owner) : NULL;
	struct node *target = view_node(view, finger->target);
	if (owner) {
		takes(view, owner, finger, cancelled ? COMPONENT_TOUCH_CANCEL : COMPONENT_TOUCH_END, (struct point){0});
	} else if (finger->state == FINGER_PAN && !finger->pulling && !cancelled && !ends_scroll(view, finger)) {
		struct point speed = velocity_of(finger);
		speed = finger->horizontal ? (struct point){-speed.x, 0} : (struct point){0, -speed.y};
		view_scroll_fling(view, finger->scroller ? view_node(view, finger->scroller) : NULL, speed);
	}
	for (struct node *node = target; node; node = node_flat_parent(node)) {
		if (node != owner) {
			takes(view, node, finger, COMPONENT_TOUCH_CANCEL, (struct point){0});
		}
	}
}

/* Is it inside of a component that tells its own taps? */
static bool owns_taps(const struct node *target)
{
	const struct node *root = target;
	while (root->parent) {
		root = root->parent;
	}
	const struct node *host = root->kind == NODE_SHADOW_ROOT ? root->host : NULL;
	return host && host->component && host->component->flags & COMPONENT_OWN_TAPS;
}

static void end(struct view *view, struct finger *finger, double time, bool cancelled)
{
	struct node *target = view_node(view, finger->target);
	tell(view, finger, cancelled ? "touchcancel" : "touchend", true);
	enum finger_state state = finger->state;
	if (finger->pulling && !cancelled && finger->at.y - finger->start.y >= PULL_DISTANCE && !view->pulled) {
		view->pulled = true;
		struct view_call call = {.kind = VIEW_PULL_DOWN};
		view_push_call(view, &call);
	}
	if (target) {
		end_hover(view, target, cancelled);
	}
	if (!cancelled && state == FINGER_DOWN && target && !owns_taps(target)) {
		tell(view, finger, "tap", true);
	}
	struct finger last = *finger;
	finger->state = FINGER_UP;
	release(view, &last, time, cancelled);
	target = view_node(view, last.target);
	if (!cancelled && target && (state == FINGER_DOWN || state == FINGER_PRESSED)) {
		tap_component(view, target, &last);
	}
}

void view_touch(struct view *view, const struct view_touch *touch)
{
	view->now = fmax(view->now, touch->time);
	view->host.now = view->now;
	if (!isfinite(touch->at.x) || !isfinite(touch->at.y)) {
		return;
	}
	struct finger *finger = find_finger(view, touch->id);
	if (touch->phase == VIEW_TOUCH_START) {
		if (finger) { // its end was lost
			end(view, finger, touch->time, true);
		}
		for (int i = 0; !finger && i < VIEW_TOUCHES_MAX; i++) {
			finger = view->fingers[i].state == FINGER_UP ? &view->fingers[i] : NULL;
		}
		if (finger) {
			start(view, finger, touch);
		}
	} else if (finger && touch->phase == VIEW_TOUCH_MOVE) {
		move(view, finger, touch);
	} else if (finger) {
		finger->at = touch->at;
		end(view, finger, touch->time, touch->phase == VIEW_TOUCH_CANCEL);
	}
	view_ask_frame(view);
}

void view_touch_tick(struct view *view)
{
	for (int i = 0; i < VIEW_TOUCHES_MAX; i++) {
		struct finger *finger = &view->fingers[i];
		if (finger->state == FINGER_DOWN && view->now - finger->start_time >= LONG_PRESS_MS) {
			struct node *target = view_node(view, finger->target);
			bool bound = target && anyone_binds(target, "longpress");
			finger->state = bound ? FINGER_PRESSED : FINGER_DOWN;
			finger->start_time = bound ? finger->start_time : INFINITY;
			tell(view, finger, "longpress", false);
			tell(view, finger, "longtap", false);
		}
	}
	for (size_t i = 0; i < view->hovers.len;) {
		struct hover *hover = &view->hovers.at[i];
		if (!hover->shown && view->now >= hover->on_at) {
			show_hover(view, hover, true);
		}
		if (view->now >= hover->off_at) {
			show_hover(view, hover, false);
			vec_remove(&view->hovers, i);
		} else {
			i++;
		}
	}
}

double view_touch_due(const struct view *view)
{
	double due = INFINITY;
	for (int i = 0; i < VIEW_TOUCHES_MAX; i++) {
		if (view->fingers[i].state == FINGER_DOWN) {
			due = fmin(due, view->fingers[i].start_time + LONG_PRESS_MS);
		}
	}
	for (size_t i = 0; i < view->hovers.len; i++) {
		const struct hover *hover = &view->hovers.at[i];
		due = fmin(due, hover->shown ? due : hover->on_at);
		due = isnan(hover->off_at) ? due : fmin(due, hover->off_at);
	}
	return due;
}

/* Into the middle of every scroller around it that does not show it, from within. */
static void bring_into_view(struct view *view, const struct node *target)
{
	for (struct node *node = node_flat_parent(target); node && node != view->tree.root; node = node_flat_parent(node)) {
		struct point max = node->box && node->box->scrolls ? box_scroll_max(node->box) : (struct point){0};
		if (max.x <= 0 && max.y <= 0) {
			continue;
		}
		struct rect port = box_page_rect(node->box, true), rect = box_page_rect(target->box, true);
		struct point by = {rect.x + rect.width / 2 - port.x, rect.y + rect.height / 2 - port.y};
		if (by.x < 0 || by.x >= port.width || by.y < 0 || by.y >= port.height) {
			view_scroll_by(view, node, by.x - port.width / 2, by.y - port.height / 2);
		}
	}
}

bool view_tap_selector(struct view *view, struct str selector, double now)
{
	struct node *node = NULL;
	if (!selector_query(view->tree.root, selector, &node, 1) || !node->box) {
		return false;
	}
	bring_into_view(view, node);
	struct rect rect = box_page_rect(node->box, true);
	float middle = rect.y + rect.height / 2 - view_scroll_top(view);
	if (middle < 0 || middle >= view->config.env.height) {
		view_scroll_to(view, rect.y + rect.height / 2 - view->config.env.height / 2, 0, now);
	}
	rect.y -= view_scroll_top(view);
	struct point at = {rect.x + rect.width / 2, rect.y + rect.height / 2};
	struct view_touch touch = {0, VIEW_TOUCH_START, at, now};
	view_touch(view, &touch);
	touch.phase = VIEW_TOUCH_END;
	view_touch(view, &touch);
	return true;
}
