/* Points, rectangles and 2D affine matrices, in CSS px (float) unless a name says otherwise. */
#ifndef MINA_BASE_GEOM_H
#define MINA_BASE_GEOM_H

#include "base/base.h"

struct point {
	float x, y;
};

struct size {
	float width, height;
};

struct rect {
	float x, y, width, height;
};

struct insets {
	float top, right, bottom, left;
};

/* x' = a x + c y + e, y' = b x + d y + f, as CSS matrix(a, b, c, d, e, f). */
struct matrix {
	float a, b, c, d, e, f;
};

static inline float rect_right(struct rect r) { return r.x + r.width; }
static inline float rect_bottom(struct rect r) { return r.y + r.height; }
/* No NaN, and nothing beyond the limit. */
static inline struct rect rect_bounded(struct rect r, float limit)
{
	return (struct rect){r.x == r.x ? float_clamp(r.x, -limit, limit) : 0, r.y == r.y ? float_clamp(r.y, -limit, limit) : 0,
		r.width == r.width ? float_clamp(r.width, 0, 2 * limit) : 0, r.height == r.height ? float_clamp(r.height, 0, 2 * limit) : 0};
}
static inline bool rect_empty(struct rect r) { return !(r.width > 0 && r.height > 0); }
static inline bool rect_contains(struct rect r, struct point p)
{
	return p.x >= r.x && p.y >= r.y && p.x < r.x + r.width && p.y < r.y + r.height;
}
struct rect rect_intersect(struct rect a, struct rect b); // empty: width and height 0
struct rect rect_union(struct rect a, struct rect b);     // an empty side is ignored
struct rect rect_inset(struct rect r, struct insets by);
struct rect rect_move(struct rect r, float dx, float dy);

#define MATRIX_IDENTITY ((struct matrix){1, 0, 0, 1, 0, 0})
bool matrix_is_identity(struct matrix m);
/* The result maps p to outer(inner(p)). */
struct matrix matrix_multiply(struct matrix outer, struct matrix inner);
struct matrix matrix_translate(float x, float y);
struct matrix matrix_scale(float x, float y);
struct matrix matrix_rotate(float radians);
struct point matrix_apply(struct matrix m, struct point p);
struct rect matrix_bounds(struct matrix m, struct rect r);
bool matrix_invert(struct matrix m, struct matrix *ret_inverse); // false: singular

#endif
