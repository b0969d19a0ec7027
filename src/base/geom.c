/* Rectangle and matrix arithmetic. */
#include "base/geom.h"

struct rect rect_intersect(struct rect a, struct rect b)
{
	float x = float_max(a.x, b.x), y = float_max(a.y, b.y);
	float right = float_min(rect_right(a), rect_right(b));
	float bottom = float_min(rect_bottom(a), rect_bottom(b));
	if (right <= x || bottom <= y) {
		return (struct rect){x, y, 0, 0};
	}
	return (struct rect){x, y, right - x, bottom - y};
}

struct rect rect_union(struct rect a, struct rect b)
{
	if (rect_empty(a)) {
		return b;
	}
	if (rect_empty(b)) {
		return a;
	}
	float x = float_min(a.x, b.x), y = float_min(a.y, b.y);
	float right = float_max(rect_right(a), rect_right(b));
	float bottom = float_max(rect_bottom(a), rect_bottom(b));
	return (struct rect){x, y, right - x, bottom - y};
}

struct rect rect_inset(struct rect r, struct insets by)
{
	return (struct rect){r.x + by.left, r.y + by.top, float_max(0, r.width - by.left - by.right),
		float_max(0, r.height - by.top - by.bottom)};
}

struct rect rect_move(struct rect r, float dx, float dy)
{
	return (struct rect){r.x + dx, r.y + dy, r.width, r.height};
}

bool matrix_is_identity(struct matrix m)
{
	return m.a == 1 && m.b == 0 && m.c == 0 && m.d == 1 && m.e == 0 && m.f == 0;
}

struct matrix matrix_multiply(struct matrix o, struct matrix i)
{
	return (struct matrix){
		o.a * i.a + o.c * i.b,
		o.b * i.a + o.d * i.b,
		o.a * i.c + o.c * i.d,
		o.b * i.c + o.d * i.d,
		o.a * i.e + o.c * i.f + o.e,
		o.b * i.e + o.d * i.f + o.f,
	};
}

struct matrix matrix_translate(float x, float y)
{
	return (struct matrix){1, 0, 0, 1, x, y};
}

struct matrix matrix_scale(float x, float y)
{
	return (struct matrix){x, 0, 0, y, 0, 0};
}

struct matrix matrix_rotate(float radians)
{
	float c = cosf(radians), s = sinf(radians);
	return (struct matrix){c, s, -s, c, 0, 0};
}

struct point matrix_apply(struct matrix m, struct point p)
{
	return (struct point){m.a * p.x + m.c * p.y + m.e, m.b * p.x + m.d * p.y + m.f};
}

struct rect matrix_bounds(struct matrix m, struct rect r)
{
	struct point corners[4] = {
		matrix_apply(m, (struct point){r.x, r.y}),
		matrix_apply(m, (struct point){rect_right(r), r.y}),
		matrix_apply(m, (struct point){r.x, rect_bottom(r)}),
		matrix_apply(m, (struct point){rect_right(r), rect_bottom(r)}),
	};
	float left = corners[0].x, right = left, top = corners[0].y, bottom = top;
	for (int i = 1; i < 4; i++) {
		left = float_min(left, corners[i].x);
		right = float_max(right, corners[i].x);
		top = float_min(top, corners[i].y);
		bottom = float_max(bottom, corners[i].y);
	}
	return (struct rect){left, top, right - left, bottom - top};
}

bool matrix_invert(struct matrix m, struct matrix *ret_inverse)
{
	double det = (double)m.a * m.d - (double)m.b * m.c;
	if (!isfinite(det) || fabs(det) < 1e-12) {
		return false;
	}
	*ret_inverse = (struct matrix){
		(float)(m.d / det),
		(float)(-m.b / det),
		(float)(-m.c / det),
		(float)(m.a / det),
		(float)(((double)m.c * m.f - (double)m.d * m.e) / det),
		(float)(((double)m.b * m.e - (double)m.a * m.f) / det),
	};
	return true;
}
