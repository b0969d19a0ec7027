/* Floats: CSS 2.1 chapter 9.5. All positions here are in the frame of the context's root. */
#include "core/layout/layout.h"

void float_edges(const struct bfc *bfc, float y, float height, float *left, float *right)
{
	float bottom = y + float_max(height, 1.0f / 64);
	for (size_t i = 0; i < bfc->floats.len; i++) {
		const struct float_box *f = &bfc->floats.at[i];
		if (f->rect.y >= bottom || rect_bottom(f->rect) <= y) {
			continue;
		}
		if (f->side == FLOAT_LEFT) {
			*left = float_max(*left, rect_right(f->rect));
		} else {
			*right = float_min(*right, f->rect.x);
		}
	}
}

float float_below(const struct bfc *bfc, enum clear_side clear)
{
	float bottom = -LAYOUT_LIMIT;
	for (size_t i = 0; i < bfc->floats.len; i++) {
		const struct float_box *f = &bfc->floats.at[i];
		if (clear == CLEAR_BOTH || (clear == CLEAR_LEFT) == (f->side == FLOAT_LEFT)) {
			bottom = float_max(bottom, rect_bottom(f->rect));
		}
	}
	return bottom;
}

float float_next_edge(const struct bfc *bfc, float y)
{
	float next = LAYOUT_LIMIT;
	for (size_t i = 0; i < bfc->floats.len; i++) {
		float bottom = rect_bottom(bfc->floats.at[i].rect);
		next = bottom > y ? float_min(next, bottom) : next;
	}
	return next < LAYOUT_LIMIT ? next : y;
}

void float_place(struct layout *layout, struct box *box, struct flow *frame, float y, float left, float width, float height)
{
	struct bfc *bfc = frame->bfc;
	struct space space = {width, height, NAN, NAN, true, false};
	place_box(layout, box, &space, NULL);
	struct size outer = {float_max(0, box->rect.width + margins_x(box)), float_max(0, box->rect.height + margins_y(box))};
	float top = float_max(frame->y + y, bfc->lowest_top);
	float cleared = box->style->clear == CLEAR_NONE ? -LAYOUT_LIMIT : float_below(bfc, box->style->clear);
	top = float_max(top, cleared);
	float from = frame->x + left, to = from + width;
	for (size_t tries = 0; tries <= bfc->floats.len; tries++) {
		float l = from, r = to;
		float_edges(bfc, top, outer.height, &l, &r);
		bool alone = l <= from && r >= to;
		if (alone || outer.width <= r - l + 0.01f) {
			from = l;
			to = r;
			break;
		}
		float next = float_next_edge(bfc, top);
		if (next <= top) {
			break;
		}
		top = next;
	}
	bool on_left = box->style->float_side == FLOAT_LEFT;
	struct float_box made = {{on_left ? from : to - outer.width, top, outer.width, outer.height}, box->style->float_side};
	vec_push(&bfc->floats, made);
	bfc->lowest_top = float_max(bfc->lowest_top, top);
	box->rect.x = made.rect.x - frame->x + box->margin.left;
	box->rect.y = made.rect.y - frame->y + box->margin.top;
}
