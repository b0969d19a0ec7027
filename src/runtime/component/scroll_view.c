/* <scroll-view>: a box that scrolls. Its children live in an inner element that does not inherit
 * the author's display, so that `display: flex` on a scroll-view does not lay them in a row, as in
 * WeChat; enable-flex asks for that. */
#include "runtime/component/list.h"
#include "runtime/component/scroll_refresher.h"

static const struct schema attributes[] = {
	{"scroll-x", SCHEMA_BOOL, .fallback = "false"},
	{"scroll-y", SCHEMA_BOOL, .fallback = "false", .doc = "needs a fixed height"},
	{"upper-threshold", SCHEMA_NUMBER, .fallback = "50", .doc = "CSS px from the start: scrolltoupper"},
	{"lower-threshold", SCHEMA_NUMBER, .fallback = "50", .doc = "CSS px from the end: scrolltolower"},
	{"scroll-top", SCHEMA_NUMBER, .doc = "offset, CSS px; acts when it changes"},
	{"scroll-left", SCHEMA_NUMBER},
	{"scroll-into-view", SCHEMA_STRING, .doc = "id of a descendant; wins over scroll-top"},
	{"scroll-with-animation", SCHEMA_BOOL, .fallback = "false"},
	{"enable-back-to-top", SCHEMA_BOOL, .fallback = "false"},
	{"enhanced", SCHEMA_BOOL, .fallback = "false", .since = "2.12.0", .doc = "has a ScrollViewContext"},
	{"enable-flex", SCHEMA_BOOL, .fallback = "false", .since = "2.7.3"},
	{"scroll-anchoring", SCHEMA_BOOL, .fallback = "false", .since = "2.8.2"},
	{"refresher-enabled", SCHEMA_BOOL, .fallback = "false", .since = "2.10.1", .doc = "can be pulled down from its top"},
	{"refresher-threshold", SCHEMA_NUMBER, .fallback = "45", .since = "2.10.1", .doc = "CSS px of pull that refresh"},
	{"refresher-default-style", SCHEMA_STRING, .fallback = "\"black\"", .choices = "black|white|none", .since = "2.10.1"},
	{"refresher-background", SCHEMA_COLOR, .fallback = "\"#FFF\"", .since = "2.10.1"},
	{"refresher-triggered", SCHEMA_BOOL, .fallback = "false", .since = "2.10.1", .doc = "false closes it again"},
	{"bounces", SCHEMA_BOOL, .fallback = "true", .since = "2.12.0", .doc = "enhanced, iOS: nothing bounces here"},
	{"show-scrollbar", SCHEMA_BOOL, .fallback = "true", .since = "2.12.0", .doc = "enhanced: scrollbars are never drawn here"},
	{"paging-enabled", SCHEMA_BOOL, .fallback = "false", .since = "2.12.0", .doc = "enhanced: stops at whole pages of its size"},
	{"fast-deceleration", SCHEMA_BOOL, .fallback = "false", .since = "2.12.0", .doc = "enhanced: glides a shorter way"},
	{0},
};

struct scroller {
	struct node *inner;   // the element that scrolls; in the host's shadow tree
	struct point pending; // what scroll-top and scroll-left asked for; NAN: nothing
	bool into_view;       // scroll-into-view waits for a layout
	bool at_start, at_end; // inside a threshold: the event has been told
	bool dragged;          // by a finger; told if enhanced
	struct refresher refresher;
};

static void created(struct component_host *host, struct node *node)
{
	struct scroller *scroller = mem_alloc(sizeof(*scroller));
	scroller->pending = (struct point){NAN, NAN};
	scroller->at_start = true;
	node->state_data = scroller;
	struct node *shadow = node_attach_shadow(node);
	scroller->inner = node_create(node->tree, NODE_ELEMENT, atom_of("mina-scroll-box"));
	struct node *content = node_create(node->tree, NODE_ELEMENT, atom_of("mina-scroll-content"));
	node_insert(shadow, scroller->inner, NULL);
	node_insert(scroller->inner, content, NULL);
	node_insert(content, node_create(node->tree, NODE_SLOT, atom_of("slot")), NULL);
	refresher_create(&scroller->refresher, shadow, scroller->inner);
}

static void destroyed(struct component_host *host, struct node *node)
{
	mem_free(node->state_data);
	node->state_data = NULL;
}

static void copy_flag(struct node *from, struct node *to, const char *name)
{
	node_set_attr(to, atom_of(name), component_flag(from, name) ? value_bool(true) : value_undefined());
}

static void changed(struct component_host *host, struct node *node, atom_t name)
{
	struct scroller *scroller = node->state_data;
	struct str which = atom_str(name);
	copy_flag(node, scroller->inner, "scroll-x");
	copy_flag(node, scroller->inner, "scroll-y");
	copy_flag(node, scroller->inner->first, "enable-flex");
	if (!name || str_is(which, "scroll-top")) {
		scroller->pending.y = (float)component_length(host, node, "scroll-top", NAN);
	}
	if (!name || str_is(which, "scroll-left")) {
		scroller->pending.x = (float)component_length(host, node, "scroll-left", NAN);
	}
	if (!name || str_is(which, "scroll-into-view")) {
		scroller->into_view = component_text(node, "scroll-into-view").len > 0;
	}
	refresher_changed(&scroller->refresher, host, node, name);
	if (!isnan(scroller->pending.x) || !isnan(scroller->pending.y) || scroller->into_view) {
		node_mark(scroller->inner, NODE_DIRTY_LAYOUT);
	}
}

static struct node *find_id(struct node *node, atom_t ident)
{
	for (struct node *child = node_flat_first(node); child; child = node_flat_next(child)) {
		struct node *hit = child->kind == NODE_ELEMENT && child->ident == ident ? child : find_id(child, ident);
		if (hit) {
			return hit;
		}
	}
	return NULL;
}

static void laid_out(struct component_host *host, struct node *node)
{
	struct scroller *scroller = node->state_data;
	struct node *inner = scroller->inner;
	if (!inner->box) {
		return;
	}
	struct point to = inner->scroll;
	to.x = isnan(scroller->pending.x) ? to.x : scroller->pending.x;
	to.y = isnan(scroller->pending.y) ? to.y : scroller->pending.y;
	if (scroller->into_view) {
		atom_t ident = atom_find(component_text(node, "scroll-into-view"));
		struct node *target = ident ? find_id(inner, ident) : NULL;
		if (target && target->box) {
			struct rect at = box_page_rect(target->box, false), port = box_page_rect(inner->box, false);
			to.x = component_flag(node, "scroll-x") ? inner->scroll.x + at.x - port.x : to.x;
			to.y = component_flag(node, "scroll-y") ? inner->scroll.y + at.y - port.y : to.y;
		}
	}
	scroller->pending = (struct point){NAN, NAN};
	scroller->into_view = false;
	if (to.x != inner->scroll.x || to.y != inner->scroll.y) {
		host->scroll(host, inner, to, component_flag(node, "scroll-with-animation"));
	}
}

static void emit_edge(struct component_host *host, struct node *node, const char *event, const char *direction)
{
	struct value detail = value_object_new(1);
	value_object_set_text(&detail, "direction", value_text(direction));
	host->emit(host, node, event, detail);
}

static void scrolled(struct component_host *host, struct node *node, struct node *inner, struct point by)
{
	struct scroller *scroller = node->state_data;
	if (inner != scroller->inner || !inner->box) {
		return;
	}
	struct rect port = box_padding_rect(inner->box);
	struct value detail = value_object_new(6);
	value_object_set_text(&detail, "scrollLeft", value_number(inner->scroll.x));
	value_object_set_text(&detail, "scrollTop", value_number(inner->scroll.y));
	value_object_set_text(&detail, "scrollHeight", value_number(float_max(inner->box->content.height, port.height)));
	value_object_set_text(&detail, "scrollWidth", value_number(float_max(inner->box->content.width, port.width)));
	value_object_set_text(&detail, "deltaX", value_number(-by.x));
	value_object_set_text(&detail, "deltaY", value_number(-by.y));
	host->emit(host, node, "scroll", detail);
	bool vertical = component_flag(node, "scroll-y");
	struct point max = box_scroll_max(inner->box);
	float at = vertical ? inner->scroll.y : inner->scroll.x, end = vertical ? max.y : max.x;
	bool at_start = at <= component_length(host, node, "upper-threshold", 50);
	bool at_end = at >= end - component_length(host, node, "lower-threshold", 50);
	if (at_start && !scroller->at_start) {
		emit_edge(host, node, "scrolltoupper", vertical ? "top" : "left");
	}
	if (at_end && !scroller->at_end) {
		emit_edge(host, node, "scrolltolower", vertical ? "bottom" : "right");
	}
	scroller->at_start = at_start;
	scroller->at_end = at_end;
}

/* ---- fingers ---- */

static void tell_drag(struct component_host *host, struct node *node, const char *event, const struct component_touch *touch)
{
	struct scroller *scroller = node->state_data;
	struct value detail = value_object_new(3);
	value_object_set_text(&detail, "scrollTop", value_number(scroller->inner->scroll.y));
	value_object_set_text(&detail, "scrollLeft", value_number(scroller->inner->scroll.x));
	if (touch->phase == COMPONENT_TOUCH_END) {
		struct value velocity = value_object_new(2);
		value_object_set_text(&velocity, "x", value_number(touch->velocity.x));
		value_object_set_text(&velocity, "y", value_number(touch->velocity.y));
		value_object_set_text(&detail, "velocity", velocity);
	}
	host->emit(host, node, event, detail);
}

static float page_after(float offset, float page, float velocity)
{
	float at = page > 0 ? offset / page : 0;
	return page * (fabsf(velocity) < 0.3F ? roundf(at) : velocity < 0 ? floorf(at) + 1 : ceilf(at) - 1);
}

/* Where what a finger has thrown comes to rest, if this component says so. */
static bool throw_it(struct component_host *host, struct node *node, const struct component_touch *touch)
{
	struct scroller *scroller = node->state_data;
	struct node *inner = scroller->inner;
	if (component_flag(node, "paging-enabled") && inner->box) {
		struct rect port = box_padding_rect(inner->box);
		struct point to = inner->scroll;
		to.x = component_flag(node, "scroll-x") ? page_after(to.x, port.width, touch->velocity.x) : to.x;
		to.y = component_flag(node, "scroll-y") ? page_after(to.y, port.height, touch->velocity.y) : to.y;
		host->scroll(host, inner, to, true);
		return true;
	}
	if (component_flag(node, "fast-deceleration")) {
		host->fling(host, inner, (struct point){-touch->velocity.x / 3, -touch->velocity.y / 3});
		return true;
	}
	return false;
}

/* It pulls its refresher by itself; what the view scrolls for it, it only hears of. */
static bool touched(struct component_host *host, struct node *node, const struct component_touch *touch)
{
	struct scroller *scroller = node->state_data;
	bool enhanced = component_flag(node, "enhanced"), over = touch->phase == COMPONENT_TOUCH_END || touch->phase == COMPONENT_TOUCH_CANCEL;
	if (touch->phase == COMPONENT_TOUCH_PAN) {
		scroller->refresher.held = touch->by.y > fabsf(touch->by.x) && scroller->inner->scroll.y <= 0
			&& refresher_can_pull(&scroller->refresher, node);
		return scroller->refresher.held;
	}
	if (scroller->refresher.held) {
		double back = touch->phase == COMPONENT_TOUCH_MOVE ? refresher_drag(&scroller->refresher, host, node, touch->by.y) : 0;
		if (back > 0) {
			host->scroll(host, scroller->inner, (struct point){scroller->inner->scroll.x, scroller->inner->scroll.y + (float)back}, false);
		}
		if (over) {
			refresher_let_go(&scroller->refresher, host, node, touch->phase == COMPONENT_TOUCH_CANCEL);
		}
		return true;
	}
	if (touch->phase == COMPONENT_TOUCH_MOVE) {
		if (enhanced) {
			tell_drag(host, node, scroller->dragged ? "dragging" : "dragstart", touch);
		}
		scroller->dragged = true;
	} else if (over && scroller->dragged) {
		scroller->dragged = false;
		if (enhanced) {
			tell_drag(host, node, "dragend", touch);
		}
		return enhanced && touch->phase == COMPONENT_TOUCH_END && throw_it(host, node, touch);
	}
	return false;
}

static void woken(struct component_host *host, struct node *node, bool settle)
{
	struct scroller *scroller = node->state_data;
	refresher_woken(&scroller->refresher, host, node, settle);
}

/* scrollTo [{top, left, duration, animated}] or [x, y]; scrollIntoView [selector] is the view's */
static bool asked(struct component_host *host, struct node *node, struct str what, struct value with, struct value *ret)
{
	struct scroller *scroller = node->state_data;
	struct value first = value_at(with, 0);
	bool object = value_is(first, VALUE_OBJECT);
	double x = value_to_number(object ? value_get_text(first, "left") : first);
	double y = value_to_number(object ? value_get_text(first, "top") : value_at(with, 1));
	struct value animated = value_get_text(first, "animated");
	if (!str_is(what, "scrollTo")) {
		return false;
	}
	struct point to = {isfinite(x) ? (float)x : scroller->inner->scroll.x, isfinite(y) ? (float)y : scroller->inner->scroll.y};
	host->scroll(host, scroller->inner, to, object && (value_is(animated, VALUE_UNDEFINED) || value_to_bool(animated)));
	return true;
}

const struct component component_scroll_view = {
	.tag = "scroll-view",
	.doc = "A scrollable area (可滚动视图区域).",
	.attributes = attributes,
	.events = "scroll|scrolltoupper|scrolltolower|dragstart|dragging|dragend|refresherpulling|refresherrefresh|refresherrestore"
		"|refresherabort",
	.style = "scroll-view { display: block; width: 100% }\n"
		"mina-scroll-refresher { display: flex; width: 100%; overflow: hidden;"
		" align-items: flex-end; justify-content: center }\n"
		"mina-scroll-dot { display: block; width: 6px; height: 6px; margin: 0 4px 20px; border-radius: 50%;"
		" background: rgba(0, 0, 0, .3) }\n"
		"mina-scroll-box { display: block; position: relative; width: 100%; height: 100%; max-height: inherit;"
		" overflow: hidden }\n"
		"mina-scroll-box[scroll-x] { overflow-x: auto; overflow-y: hidden }\n"
		"mina-scroll-box[scroll-y] { overflow-y: auto; overflow-x: hidden }\n"
		"mina-scroll-box[scroll-x][scroll-y] { overflow: auto }\n"
		"mina-scroll-content { display: block; width: 100%; height: 100% }\n"
		"mina-scroll-content[enable-flex] { display: inherit; flex-direction: inherit; flex-wrap: inherit;"
		" justify-content: inherit; align-items: inherit; align-content: inherit }\n",
	.created = created,
	.destroyed = destroyed,
	.changed = changed,
	.laid_out = laid_out,
	.scrolled = scrolled,
	.touched = touched,
	.woken = woken,
	.asked = asked,
};
