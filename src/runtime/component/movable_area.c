/* <movable-area>: where movable-views move. With scale-area two fingers anywhere in it scale them. */
#include "runtime/component/movable.h"

static const struct schema attributes[] = {
	{"scale-area", SCHEMA_BOOL, .fallback = "false", .since = "1.9.90", .doc = "fingers anywhere in the area scale its movable-views"},
	{0},
};

/* Is the finger on that view itself, which then hears of it anyway? */
static bool touches(const struct node *view, struct point at)
{
	struct point page = {at.x, at.y + view->tree->root->scroll.y};
	return view->box && rect_contains(box_page_rect(view->box, true), page);
}

static bool touched(struct component_host *host, struct node *node, const struct component_touch *touch)
{
	bool taken = false;
	if (!component_flag(node, "scale-area")) {
		return false;
	}
	for (struct node *child = node_flat_first(node); child; child = node_flat_next(child)) {
		if (child->component == &component_movable_view && !touches(child, touch->start)) {
			taken = movable_finger(host, child, touch) || taken;
		}
	}
	return taken;
}

const struct component component_movable_area = {
	.tag = "movable-area",
	.since = "1.2.0",
	.doc = "Where movable-views can move (可移动区域); needs a width and a height.",
	.attributes = attributes,
	.style = "movable-area { display: block; width: 10px; height: 10px; position: relative }\n",
	.touched = touched,
};
