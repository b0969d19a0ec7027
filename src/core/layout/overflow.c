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
		rect = rect_bounded(matrix_bounds(box_transform(child), rect), LAYOUT_LIMIT);
	}
	return rect_move(rect, child->rect.x, child->rect.y);
}

static void add_positioned(struct rect *all, const struct layout *layout, const struct box *box, float dx, float dy)
{
	for (const struct box *held = box->positioned; held; held = held->next_positioned) {
		if (held->style->position == POSITION_FIXED && box == layout->root) {
			continue; // does not scroll
		}
		struct rect rect = rect_move(child_extent(held), dx, dy);
		for (const struct box *up = held->parent; up && up != box; up = up->parent) {
			rect = rect_move(rect, up->rect.x, up->rect.y);
		}
		if (rect.width > 0 && rect.height > 0) {
			add(all, rect);
		}
	}
}

/* A box's own children and what is positioned by it; positioned children of others are not its. */
static void add_children(struct rect *all, const struct layout *layout, const struct box *box, float dx, float dy)
{
	add_positioned(all, layout, box, dx, dy);
	for (size_t i = 0; i < box->line_count; i++) {
		if (box->lines[i].rect.width > 0) {
			add(all, rect_move(box->lines[i].rect, dx, dy));
		}
	}
	for (const struct box *child = box->first; child; child = child->next) {
		if (box_is_positioned(child)) {
			continue;
		}
		if (child->kind == BOX_INLINE || child->kind == BOX_TEXT) {
			if (child->rect.width > 0) {
				add(all, rect_move(child->rect, dx, dy));
			}
			add_children(all, layout, child, dx + child->rect.x, dy + child->rect.y);
			continue;
		}
		struct rect rect = child_extent(child);
		if (rect.width > 0 && rect.height > 0) {
			add(all, rect_move(rect, dx, dy));
		}
	}
}

/* The bottom and right padding of a scroll container count behind its in-flow content. */
static void add_end_padding(struct rect *all, const struct box *box)
{
	float right = 0, bottom = 0;
	for (const struct box *child = box->inline_root ? NULL : box->first; child; child = child->next) {
		if (!child->out_of_flow && child->rect.width > 0 && child->rect.height > 0) {
			right = float_max(right, rect_right(child->rect) + child->margin.right);
			bottom = float_max(bottom, rect_bottom(child->rect) + child->margin.bottom);
		}
	}
	for (size_t i = 0; i < box->line_count; i++) {
		right = float_max(right, rect_right(box->lines[i].rect));
		bottom = float_max(bottom, rect_bottom(box->lines[i].rect));
	}
	if (right > 0 || bottom > 0) {
		add(all, (struct rect){0, 0, right + box->padding.right, bottom + box->padding.bottom});
	}
}

void overflow_compute(struct layout *layout, struct box *box)
{
	struct cell *cell = cell_of(box);
	struct rect all = {0, 0, box->rect.width, box->rect.height};
	struct rect inside = box_padding_rect(box);
	add_children(&all, layout, box, 0, 0);
	cell->outcome.overflow = all;
	if (box->scrolls || box == layout->root) {
		add_children(&inside, layout, box, 0, 0);
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

/* --- ink --- */

/* How far beyond its border box, or a text's line, one box of that style paints. */
static float style_reach(const struct style *style)
{
	float reach = 1.5f * style->font_size; // glyphs hang over, an ellipsis stands behind
	float outside = style->outline.style ? style->outline.width + float_max(style->outline_offset, 0) : 0, filters = 0;
	for (size_t i = 0; i < style->shadow_count; i++) {
		const struct box_shadow *s = &style->shadows[i];
		outside = s->inset ? outside : float_max(outside, float_max(fabsf(s->x), fabsf(s->y)) + s->blur + float_max(s->spread, 0));
	}
	for (size_t i = 0; i < style->text_shadow_count; i++) {
		const struct box_shadow *s = &style->text_shadows[i];
		reach = float_max(reach, 1.5f * style->font_size + float_max(fabsf(s->x), fabsf(s->y)) + 2 * s->blur);
	}
	for (size_t i = 0; i < style->filter_count; i++) {
		const struct filter_step *f = &style->filters[i];
		filters += f->kind == FILTER_BLUR ? 3 * f->amount
			: f->kind == FILTER_DROP_SHADOW ? float_max(fabsf(f->shadow.x), fabsf(f->shadow.y)) + 3 * f->shadow.blur : 0;
	}
	return float_max(reach, outside) + filters;
}

/* How much larger a transform makes what it moves. */
static float magnification(const struct box *box)
{
	if (!box->style->transform_count) {
		return 1;
	}
	struct matrix m = box_transform(box);
	return float_max(1, float_max(hypotf(m.a, m.c), hypotf(m.b, m.d)) * 1.5f);
}

static void raise_ink(struct box *box, float ink)
{
	for (; box && !(box->ink >= ink); box = box->parent) {
		box->ink = ink;
		ink = box->style ? ink * magnification(box) : ink;
	}
}

static bool sticks(const struct style *style)
{
	return style->position == POSITION_STICKY;
}

void overflow_note_ink(struct box *box, const struct style *before)
{
	const struct style *style = box->style;
	bool own = box->pseudo != BOX_ANONYMOUS;
	raise_ink(box, style_reach(style));
	if (own && (sticks(style) || (before && before != style && (before->transform_count || style->transform_count)))) {
		/* It moves without a new layout of what is around it. */
		raise_ink(box->parent, INFINITY);
		box->flags |= FLAG_MOVES;
	}
}

void overflow_note_child(struct box *parent, const struct box *child)
{
	raise_ink(parent, child->flags & FLAG_MOVES ? INFINITY : child->ink * (child->style ? magnification(child) : 1));
}

bool box_covers(const struct box *box, struct rect *ret_rect)
{
	const struct rect *overflow = &cell_of(box)->outcome.overflow;
	if (!(box->ink < INFINITY) || box->flags & FLAG_ESCAPES || !cell_of(box)->laid) {
		return false;
	}
	*ret_rect = (struct rect){overflow->x - box->ink, overflow->y - box->ink, overflow->width + 2 * box->ink,
		overflow->height + 2 * box->ink};
	return true;
}
