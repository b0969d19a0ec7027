/* Absolutely positioned and fixed boxes (CSS 2.1, 10.3.7 and 10.6.4), and sticky shifts. */
#include "core/layout/layout.h"

#define ROUNDS_MAX 8

void positioned_unregister(struct box *box)
{
	if (!box->containing) {
		return;
	}
	for (struct box **at = &box->containing->positioned; *at; at = &(*at)->next_positioned) {
		if (*at == box) {
			*at = box->next_positioned;
			break;
		}
	}
	box->containing = box->next_positioned = NULL;
}

void positioned_register(struct layout *layout, struct box *box)
{
	if (box->containing) {
		return;
	}
	unsigned flag = box->style->position == POSITION_FIXED ? FLAG_HOLDS_FIXED : FLAG_HOLDS_ABSOLUTE;
	struct box *up = box->parent;
	while (up->parent && !(up->flags & flag)) {
		up->flags |= FLAG_ESCAPES;
		up = up->parent;
	}
	box->containing = up;
	struct box **end = &up->positioned;
	while (*end) {
		end = &(*end)->next_positioned;
	}
	*end = box; // behind those that it may lie in
}

void positioned_set_static(struct layout *layout, struct box *box, float x, float y)
{
	positioned_register(layout, box);
	struct cell *cell = cell_of(box);
	cell->at = (struct point){snap(x), snap(y)};
	cell->at_align = (struct point){0, 0};
}

struct axis { // one direction of a positioned box
	float start, end;           // insets; NAN: auto
	float margin_start, margin_end;
	bool auto_start, auto_end;  // margins
	float room;                 // of the containing block
	float at, align;            // static position in the containing block, when both insets are auto
};

static float resolve_inset(struct length length, float base)
{
	return length.kind == LENGTH_FIXED ? snap(length_resolve(length, base)) : NAN;
}

/* The room for an automatic size. */
static float axis_available(const struct axis *axis)
{
	float room = axis->room - axis->margin_start - axis->margin_end;
	if (axis->start != axis->start && axis->end != axis->end) {
		float behind = axis->room - axis->at;
		room -= axis->align == 0 ? axis->at : axis->align == 1 ? behind : axis->room - 2 * float_min(axis->at, behind);
		return float_max(0, room);
	}
	room -= axis->start == axis->start ? axis->start : 0;
	room -= axis->end == axis->end ? axis->end : 0;
	return float_max(0, room);
}

/* Border-box position; automatic margins centre a box between two insets. */
static float axis_place(struct axis *axis, float size)
{
	bool start = axis->start == axis->start, end = axis->end == axis->end;
	if (start && end) {
		float spare = axis->room - axis->start - axis->end - size - axis->margin_start - axis->margin_end;
		if (axis->auto_start && axis->auto_end) {
			axis->margin_start = spare < 0 ? 0 : snap(spare / 2);
			axis->margin_end = spare - axis->margin_start;
		} else if (axis->auto_start) {
			axis->margin_start = spare;
		} else if (axis->auto_end) {
			axis->margin_end = spare;
		}
		return axis->start + axis->margin_start;
	}
	if (start) {
		return axis->start + axis->margin_start;
	}
	if (end) {
		return axis->room - axis->end - axis->margin_end - size;
	}
	float outer = size + axis->margin_start + axis->margin_end;
	return axis->at - axis->align * outer + axis->margin_start;
}

/* The frame of the containing block: its padding box, or the viewport, from the border box of
 * `containing`. */
static struct rect containing_rect(struct layout *layout, const struct box *containing, const struct box *box)
{
	bool fixed = box->style->position == POSITION_FIXED;
	unsigned flag = fixed ? FLAG_HOLDS_FIXED : FLAG_HOLDS_ABSOLUTE;
	if (containing == layout->root && !(containing->flags & flag)) {
		return (struct rect){-containing->rect.x, -containing->rect.y, layout->viewport.width, layout->viewport.height};
	}
	return box_padding_rect(containing);
}

static struct point offset_in(const struct box *box, const struct box *outer)
{
	struct point at = {0, 0};
	for (; box != outer && box; box = box->parent) {
		at.x += box->rect.x;
		at.y += box->rect.y;
	}
	return at;
}

static void layout_one(struct layout *layout, struct box *containing, struct box *box)
{
	struct rect frame = containing_rect(layout, containing, box);
	struct cell *cell = cell_of(box);
	const struct style *s = box->style;
	struct point parent = offset_in(box->parent, containing);
	size_edges(box, frame.width);
	struct axis x = {resolve_inset(s->inset[SIDE_LEFT], frame.width), resolve_inset(s->inset[SIDE_RIGHT], frame.width),
		box->margin.left, box->margin.right, length_is_auto(s->margin[SIDE_LEFT]), length_is_auto(s->margin[SIDE_RIGHT]),
		frame.width, cell->at.x + parent.x - frame.x, cell->at_align.x};
	struct axis y = {resolve_inset(s->inset[SIDE_TOP], frame.height), resolve_inset(s->inset[SIDE_BOTTOM], frame.height),
		box->margin.top, box->margin.bottom, length_is_auto(s->margin[SIDE_TOP]), length_is_auto(s->margin[SIDE_BOTTOM]),
		frame.height, cell->at.y + parent.y - frame.y, cell->at_align.y};
	struct space space = {frame.width, frame.height, NAN, NAN, true, true};
	bool replaced = box->kind == BOX_REPLACED;
	bool ratio = s->aspect_ratio > 0;
	if (length_is_auto(s->height) && !replaced && !ratio && y.start == y.start && y.end == y.end && box->kind != BOX_TABLE) {
		space.set_height = size_clamp_height(box, axis_available(&y), frame.height);
	}
	if (!replaced && length_is_auto(s->width) && !(ratio && s->height.kind == LENGTH_FIXED)) {
		float room = axis_available(&x);
		if (x.start == x.start && x.end == x.end && box->kind != BOX_TABLE) {
			space.set_width = size_clamp_width(layout, box, room, frame.width);
		} else {
			struct extent extent = size_extent_here(layout, box);
			space.set_width = size_clamp_width(layout, box, float_max(extent.min, float_min(extent.max, room)), frame.width);
		}
	}
	place_box(layout, box, &space, NULL);
	float left = axis_place(&x, box->rect.width), top = axis_place(&y, box->rect.height);
	box->margin = (struct insets){y.margin_start, x.margin_end, y.margin_end, x.margin_start};
	box->rect.x = snap(left + frame.x - parent.x);
	box->rect.y = snap(top + frame.y - parent.y);
}

void positioned_layout_all(struct layout *layout, struct box *containing)
{
	/* One may lie in another and be registered, or moved, by its layout. */
	bool changed = containing->positioned;
	for (int round = 0; changed && round < ROUNDS_MAX; round++) {
		changed = false;
		for (struct box *box = containing->positioned; box; box = box->next_positioned) {
			struct rect before = box->rect;
			layout_one(layout, containing, box);
			changed |= before.x != box->rect.x || before.y != box->rect.y || before.width != box->rect.width
				|| before.height != box->rect.height;
		}
	}
	for (struct box *child = containing->first; child; child = child->next) {
		if (child->kind == BOX_INLINE) { // spans are laid out with their root
			positioned_layout_all(layout, child);
		}
	}
}
