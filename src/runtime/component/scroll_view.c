/* <scroll-view>: a box that scrolls. Its children live in an inner element that does not inherit
 * the author's display, so that `display: flex` on a scroll-view does not lay them in a row, as in
 * WeChat; enable-flex asks for that. */
#include "runtime/component/list.h"

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
	{0},
};

struct scroller {
	struct node *inner;   // the element that scrolls; in the host's shadow tree
	struct point pending; // what scroll-top and scroll-left asked for; NAN: nothing
	bool into_view;       // scroll-into-view waits for a layout
	bool at_start, at_end; // inside a threshold: the event has been told
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

const struct component component_scroll_view = {
	.tag = "scroll-view",
	.doc = "A scrollable area (可滚动视图区域).",
	.attributes = attributes,
	.events = "scroll|scrolltoupper|scrolltolower",
	.style = "scroll-view { display: block; width: 100% }\n"
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
};
