/* Scrollable overflow (css-overflow-3, 2.2): what a box covers with all it holds, and what a scroll
 * container can scroll to. */
#include "core/layout/layout.h"

static void add(struct rect *all, struct rect more)
{
	float right = float_max(rect_right(*all), rect_right(more)), bottom = float_max(rect_bottom(*all), rect_bottom(more));
	all->x = float_min(all->x, more.x);
	all->y = float_min(all->y, more.y);
	all->width = right - all->x;
	all->height = bottom - all->y;
}

static struct rect child_extent(const struct box *child)
{
	const struct cell *cell = cell_of(child);
	struct rect rect = {0, 0, child->rect.width, child->rect.height};
	if (!child->scrolls) {
		rect = cell->outcome.overflow;
	}
	if (child->style->transform_count && !box_is_plain(child) && child->kind != BOX_INLINE) {
		rect = matrix_bounds(box_transform(child), rect);
	}
	return rect_move(rect, child->rect.x, child->rect.y);
}

/* A box's own children and what is positioned by it; positioned children of others are not its. */
static void add_children(struct rect *all, const struct box *box, float dx, float dy)
{
	for (const struct box *child = box->first; child; child = child->next) {
		if (box_is_positioned(child)) {
			continue;
		}
		if (child->kind == BOX_INLINE || child->kind == BOX_TEXT) {
			if (child->rect.width > 0) {
				add(all, rect_move(child->rect, dx, dy));
			}
			add_children(all, child, dx + child->rect.x, dy + child->rect.y);
			continue;
		}
		struct rect rect = child_extent(child);
		if (rect.width > 0 || rect.height > 0) {
			add(all, rect_move(rect, dx, dy));
		}
	}
}

static void add_positioned(struct rect *all, const struct layout *layout, const struct box *box)
{
	for (const struct box *held = box->positioned; held; held = held->next_positioned) {
		if (held->style->position == POSITION_FIXED && box == layout->root) {
			continue; // does not scroll
		}
		struct rect rect = child_extent(held);
		for (const struct box *up = held->parent; up && up != box; up = up->parent) {
			rect = rect_move(rect, up->rect.x, up->rect.y);
		}
		if (rect.width > 0 && rect.height > 0) {
			add(all, rect);
		}
	}
}

/* The bottom and right padding of a scroll container count behind its in-flow content. */
static void add_end_padding(struct rect *all, const struct box *box)
{
	float right = 0, bottom = 0;
	for (const struct box *child = box->first; child; child = child->next) {
		if (!box_is_positioned(child)) {
			right = float_max(right, rect_right(child->rect) + (box->inline_root ? 0 : child->margin.right));
			bottom = float_max(bottom, rect_bottom(child->rect) + (box->inline_root ? 0 : child->margin.bottom));
		}
	}
	for (size_t i = 0; i < box->line_count; i++) {
		bottom = float_max(bottom, rect_bottom(box->lines[i].rect));
	}
	if (bottom > 0) {
		add(all, (struct rect){0, 0, box->kind == BOX_BLOCK ? 0 : right + box->padding.right, bottom + box->padding.bottom});
	}
}

void overflow_compute(struct layout *layout, struct box *box)
{
	struct cell *cell = cell_of(box);
	struct rect all = {0, 0, box->rect.width, box->rect.height};
	struct rect inside = box_padding_rect(box);
	add_children(&all, box, 0, 0);
	add_positioned(&all, layout, box);
	cell->outcome.overflow = all;
	if (box->scrolls || box == layout->root) {
		add_children(&inside, box, 0, 0);
		add_positioned(&inside, layout, box);
		add_end_padding(&inside, box);
	} else {
		inside = all;
	}
	float right = float_max(rect_right(inside) - box->border.left, 0), bottom = float_max(rect_bottom(inside) - box->border.top, 0);
	if (inside.width == box->rect.width && inside.height == box->rect.height) {
		right = box->rect.width - box->border.left - box->border.right;
		bottom = box->rect.height - box->border.top - box->border.bottom;
	}
	box->content = (struct size){float_max(0, right), float_max(0, bottom)};
}
