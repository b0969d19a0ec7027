/* Where boxes are on the page: offsets, scrolling, transforms. */
#include "core/layout/layout.h"

struct rect box_padding_rect(const struct box *box)
{
	return rect_inset((struct rect){0, 0, box->rect.width, box->rect.height}, box->border);
}

struct point box_scroll_max(const struct box *box)
{
	struct rect port = box_padding_rect(box);
	return (struct point){float_max(0, box->content.width - port.width), float_max(0, box->content.height - port.height)};
}

struct matrix box_transform(const struct box *box)
{
	const struct style *s = box->style;
	bool none = box->pseudo == BOX_ANONYMOUS || box->kind == BOX_INLINE || box->kind == BOX_TEXT || !s->transform_count;
	if (none) {
		return MATRIX_IDENTITY;
	}
	struct point origin = {length_resolve(s->origin_x, box->rect.width), length_resolve(s->origin_y, box->rect.height)};
	struct matrix m = matrix_translate(origin.x, origin.y);
	for (size_t i = 0; i < s->transform_count; i++) {
		const struct transform_step *step = &s->transforms[i];
		struct matrix own = step->matrix;
		if (step->kind == TRANSFORM_TRANSLATE) {
			own = matrix_translate(length_resolve(step->x, box->rect.width), length_resolve(step->y, box->rect.height));
		}
		m = matrix_multiply(m, own);
	}
	return matrix_multiply(m, matrix_translate(-origin.x, -origin.y));
}

static bool is_root(const struct box *box)
{
	return !box->parent;
}

/* A positioned box does not scroll with what lies between it and its containing block; the page
 * itself scrolls only what is fixed, in page coordinates. */
static struct matrix to_page(const struct box *box, bool transforms)
{
	struct matrix m = MATRIX_IDENTITY;
	const struct box *still = NULL; // scrolling counts again from this one on
	for (const struct box *at = box; at; at = at->parent) {
		if (at != box && at->scrolls && at->node && !is_root(at) && (!still || still == at)) {
			m = matrix_multiply(matrix_translate(-at->node->scroll.x, -at->node->scroll.y), m);
		}
		still = still == at ? NULL : still;
		if (transforms) {
			m = matrix_multiply(box_transform(at), m);
		}
		m = matrix_multiply(matrix_translate(at->rect.x + at->sticky.x, at->rect.y + at->sticky.y), m);
		if (at->containing && !still) {
			still = at->containing;
			bool fixed = at->style->position == POSITION_FIXED && is_root(still) && still->node;
			if (fixed) {
				m = matrix_multiply(matrix_translate(still->node->scroll.x, still->node->scroll.y), m);
			}
		}
	}
	return m;
}

struct matrix box_page_matrix(const struct box *box)
{
	return to_page(box, true);
}

/* CSSOM View: the union of its parts that have an area. Spans and texts cover what they are, blocks the whole width. */
struct rect box_own_rect(const struct box *box)
{
	struct rect own = {0, 0, box->rect.width, box->rect.height};
	if (!(box->flags & FLAG_SPLIT)) {
		return own;
	}
	own = (struct rect){0};
	for (const struct box *child = box->first; child; child = child->next) {
		if (child->out_of_flow) {
			continue;
		}
		struct rect part = {0, child->rect.y, box->rect.width, child->rect.height};
		if (child->flags & FLAG_SPLIT) {
			part = rect_move(box_own_rect(child), child->rect.x, child->rect.y);
		} else if (child->pseudo == BOX_ANONYMOUS && child->inline_root) {
			part = (struct rect){0};
			for (const struct box *inside = child->first; inside; inside = inside->next) {
				struct rect piece = rect_move(inside->rect, child->rect.x, child->rect.y);
				part = inside->out_of_flow ? part : rect_union(part, piece);
			}
		}
		own = rect_union(own, part);
	}
	return rect_empty(own) ? (struct rect){0} : own;
}

struct rect box_page_rect(const struct box *box, bool transforms)
{
	struct rect rect = box_own_rect(box);
	return rect_bounded(matrix_bounds(to_page(box, transforms), rect), 1e9F); // scales upon scales
}
