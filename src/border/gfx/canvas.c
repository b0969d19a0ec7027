// The drawing interface of components and of the canvas component's 2D context.
#include "border/gfx/painter.h"

#include <string.h>

enum { SAVES_MAX = 1000, DASHES_MAX = 64 };

struct canvas_state {
	color_t color;            // of the source, when it is one
	cairo_pattern_t *source;  // referenced; NULL: color
	struct size band;         // of a pattern that repeats along one axis: its length on the other, else 0
	float alpha;
	enum gfx_operator op;
	struct box_shadow shadow;
};

struct gfx_canvas {
	cairo_t *cr;
	struct gfx_context *context;
	cairo_matrix_t base;  // transform of unit px
	float scale;          // device px per unit, for lengths that shadows need
	VEC(struct canvas_state) states;
};

static const cairo_operator_t operators[26];

static struct canvas_state *state(struct gfx_canvas *canvas)
{
	return &vec_last(&canvas->states);
}

static struct gfx_canvas *canvas_new(cairo_t *cr, struct gfx_context *context, float scale)
{
	struct gfx_canvas *canvas = mem_alloc(sizeof(*canvas));
	canvas->cr = cr;
	canvas->context = context;
	canvas->scale = scale;
	cairo_get_matrix(cr, &canvas->base);
	vec_push(&canvas->states, ((struct canvas_state){.color = 0x000000FF, .alpha = 1}));
	cairo_set_line_width(cr, 1);
	cairo_new_path(cr);
	return canvas;
}

struct gfx_canvas *gfx_canvas_on(struct painter *p)
{
	return canvas_new(cairo_reference(p->cr), p->context, p->dpr);
}

struct gfx_canvas *gfx_canvas_create(struct gfx_surface *surface, struct gfx_context *context, float scale)
{
	paint_cells_finish(&surface->shown);
	cairo_t *cr = cairo_create(surface->cairo);
	cairo_scale(cr, (double)scale, (double)scale);
	return canvas_new(cr, context, scale);
}

void gfx_canvas_destroy(struct gfx_canvas *canvas)
{
	if (!canvas) {
		return;
	}
	while (canvas->states.len > 1) {
		gfx_canvas_restore(canvas);
	}
	cairo_pattern_destroy(state(canvas)->source);
	cairo_new_path(canvas->cr);
	cairo_destroy(canvas->cr);
	vec_finish(&canvas->states);
	mem_free(canvas);
}

void gfx_canvas_save(struct gfx_canvas *canvas)
{
	if (canvas->states.len >= SAVES_MAX) {
		return;
	}
	cairo_save(canvas->cr);
	struct canvas_state copy = *state(canvas);
	if (copy.source) {
		cairo_pattern_reference(copy.source);
	}
	vec_push(&canvas->states, copy);
}

void gfx_canvas_restore(struct gfx_canvas *canvas)
{
	if (canvas->states.len > 1) {
		cairo_pattern_destroy(state(canvas)->source);
		canvas->states.len--;
		cairo_restore(canvas->cr);
	}
}

/* Transforms: a singular one would put the Cairo context into its error state for good. */

static bool usable(const cairo_matrix_t *m)
{
	double det = m->xx * m->yy - m->xy * m->yx;
	return isfinite(det) && fabs(det) > 1e-12 && isfinite(m->x0) && isfinite(m->y0);
}

void gfx_canvas_transform(struct gfx_canvas *canvas, struct matrix matrix)
{
	cairo_matrix_t own = matrix_to_cairo(matrix), now, next;
	cairo_get_matrix(canvas->cr, &now);
	cairo_matrix_multiply(&next, &own, &now);
	if (usable(&next)) {
		cairo_set_matrix(canvas->cr, &next);
	}
}

void gfx_canvas_set_transform(struct gfx_canvas *canvas, struct matrix matrix)
{
	cairo_matrix_t own = matrix_to_cairo(matrix), next;
	cairo_matrix_multiply(&next, &own, &canvas->base);
	if (usable(&next)) {
		cairo_set_matrix(canvas->cr, &next);
	}
}

struct matrix gfx_canvas_get_transform(const struct gfx_canvas *canvas)
{
	cairo_matrix_t now, inverse = canvas->base, out;
	cairo_get_matrix(canvas->cr, &now);
	if (cairo_matrix_invert(&inverse) != CAIRO_STATUS_SUCCESS) {
		return MATRIX_IDENTITY;
	}
	cairo_matrix_multiply(&out, &now, &inverse);
	return (struct matrix){(float)out.xx, (float)out.yx, (float)out.xy, (float)out.yy, (float)out.x0, (float)out.y0};
}

/* Path */

static bool finite4(float a, float b, float c, float d)
{
	return isfinite(a) && isfinite(b) && isfinite(c) && isfinite(d) && fabsf(a) < 1e7f && fabsf(b) < 1e7f && fabsf(c) < 1e7f
		&& fabsf(d) < 1e7f;
}

void gfx_canvas_begin(struct gfx_canvas *canvas)
{
	cairo_new_path(canvas->cr);
}

void gfx_canvas_move_to(struct gfx_canvas *canvas, float x, float y)
{
	if (finite4(x, y, 0, 0)) {
		cairo_move_to(canvas->cr, (double)x, (double)y);
	}
}

void gfx_canvas_line_to(struct gfx_canvas *canvas, float x, float y)
{
	if (finite4(x, y, 0, 0)) {
		cairo_line_to(canvas->cr, (double)x, (double)y);
	}
}

void gfx_canvas_curve_to(struct gfx_canvas *canvas, float x1, float y1, float x2, float y2, float x, float y)
{
	if (finite4(x1, y1, x2, y2) && finite4(x, y, 0, 0)) {
		cairo_curve_to(canvas->cr, (double)x1, (double)y1, (double)x2, (double)y2, (double)x, (double)y);
	}
}

void gfx_canvas_quad_to(struct gfx_canvas *canvas, float x1, float y1, float x, float y)
{
	double x0 = (double)x1, y0 = (double)y1;
	if (!finite4(x1, y1, x, y)) {
		return;
	}
	if (cairo_has_current_point(canvas->cr)) {
		cairo_get_current_point(canvas->cr, &x0, &y0);
	}
	cairo_curve_to(canvas->cr, x0 + ((double)x1 - x0) * 2 / 3, y0 + ((double)y1 - y0) * 2 / 3,
		(double)(x + (x1 - x) * 2 / 3), (double)(y + (y1 - y) * 2 / 3), (double)x, (double)y);
}

/* HTML canvas: a sweep of a full turn or more is one full turn. */
static void add_arc(cairo_t *cr, double x, double y, double r, double from, double to, bool back)
{
	double sweep = back ? from - to : to - from;
	if (sweep >= 2 * M_PI) {
		to = back ? from - 2 * M_PI : from + 2 * M_PI;
	} else if (sweep < 0) {
		sweep = fmod(sweep, 2 * M_PI) + 2 * M_PI;
		to = back ? from - sweep : from + sweep;
	}
	if (back) {
		cairo_arc_negative(cr, x, y, r, from, to);
	} else {
		cairo_arc(cr, x, y, r, from, to);
	}
}

void gfx_canvas_arc(struct gfx_canvas *canvas, float x, float y, float radius, float from, float to, bool counterclockwise)
{
	if (finite4(x, y, radius, from) && finite4(to, 0, 0, 0) && radius >= 0) {
		add_arc(canvas->cr, (double)x, (double)y, (double)radius, (double)from, (double)to, counterclockwise);
	}
}

void gfx_canvas_ellipse(struct gfx_canvas *canvas, float x, float y, float rx, float ry, float rotation, float from, float to,
	bool counterclockwise)
{
	if (!finite4(x, y, rx, ry) || !finite4(rotation, from, to, 0) || !(rx > 1e-4f) || !(ry > 1e-4f)) {
		return;
	}
	cairo_matrix_t matrix;
	cairo_get_matrix(canvas->cr, &matrix);
	cairo_translate(canvas->cr, (double)x, (double)y);
	cairo_rotate(canvas->cr, (double)rotation);
	cairo_scale(canvas->cr, (double)rx, (double)ry);
	add_arc(canvas->cr, 0, 0, 1, (double)from, (double)to, counterclockwise);
	cairo_set_matrix(canvas->cr, &matrix);
}

void gfx_canvas_arc_to(struct gfx_canvas *canvas, float x1, float y1, float x2, float y2, float radius)
{
	if (!finite4(x1, y1, x2, y2) || !finite4(radius, 0, 0, 0) || radius < 0) {
		return;
	}
	double x0 = (double)x1, y0 = (double)y1, px = (double)x1, py = (double)y1, r = (double)radius;
	if (cairo_has_current_point(canvas->cr)) {
		cairo_get_current_point(canvas->cr, &x0, &y0);
	}
	double ax = x0 - px, ay = y0 - py, bx = (double)x2 - px, by = (double)y2 - py;
	double la = hypot(ax, ay), lb = hypot(bx, by), cross = ax * by - ay * bx;
	if (la < 1e-9 || lb < 1e-9 || fabs(cross) < 1e-9 || r == 0) {
		cairo_line_to(canvas->cr, px, py);
		return;
	}
	double angle = acos(fmin(fmax((ax * bx + ay * by) / (la * lb), -1), 1)), reach = r / tan(angle / 2);
	double tx = px + ax / la * reach, ty = py + ay / la * reach, ux = px + bx / lb * reach, uy = py + by / lb * reach;
	double side = cross > 0 ? 1 : -1; // of the centre, seen along the first edge
	double cx = tx - side * ay / la * r, cy = ty + side * ax / la * r;
	cairo_line_to(canvas->cr, tx, ty);
	double from = atan2(ty - cy, tx - cx), to = atan2(uy - cy, ux - cx);
	if (cross > 0) {
		cairo_arc_negative(canvas->cr, cx, cy, r, from, to);
	} else {
		cairo_arc(canvas->cr, cx, cy, r, from, to);
	}
}

void gfx_canvas_rect(struct gfx_canvas *canvas, struct rect rect)
{
	if (finite4(rect.x, rect.y, rect.width, rect.height)) {
		painter_path_rect(canvas->cr, rect);
	}
}

void gfx_canvas_rounded(struct gfx_canvas *canvas, const struct rounded *shape)
{
	if (finite4(shape->rect.x, shape->rect.y, shape->rect.width, shape->rect.height)) {
		painter_path_rounded(canvas->cr, shape);
	}
}

void gfx_canvas_close(struct gfx_canvas *canvas)
{
	cairo_close_path(canvas->cr);
}

/* Ink: a shape drawn with the current paint, and before it with the shadow's. */

enum ink_kind { INK_FILL, INK_STROKE, INK_TEXT, INK_SURFACE };

struct ink {
	enum ink_kind kind;
	bool even_odd;
	struct label label;
	cairo_surface_t *surface;
	struct rect source, target; // source in the surface's px
};

static void set_source(struct gfx_canvas *canvas, float alpha)
{
	const struct canvas_state *s = state(canvas);
	if (s->source) {
		cairo_set_source(canvas->cr, s->source);
	} else {
		color_t c = s->color;
		cairo_set_source_rgba(canvas->cr, (c >> 24) / 255.0, (c >> 16 & 255) / 255.0, (c >> 8 & 255) / 255.0,
			(c & 255) / 255.0 * (double)alpha);
	}
}

static void ink_surface(cairo_t *cr, const struct ink *ink, float alpha)
{
	struct rect s = ink->source, t = ink->target;
	cairo_save(cr);
	cairo_translate(cr, (double)t.x, (double)t.y);
	cairo_rectangle(cr, 0, 0, (double)t.width, (double)t.height);
	cairo_clip(cr);
	cairo_scale(cr, (double)(t.width / s.width), (double)(t.height / s.height));
	cairo_set_source_surface(cr, ink->surface, -(double)s.x, -(double)s.y);
	cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_GOOD);
	cairo_pattern_set_extend(cairo_get_source(cr), CAIRO_EXTEND_PAD);
	cairo_paint_with_alpha(cr, (double)alpha);
	cairo_restore(cr);
}

/* To where the source is, when it repeats along one axis. The path stays. */
static void clip_band(cairo_t *cr, struct size band)
{
	enum { FAR = 100000 };
	cairo_path_t *path = cairo_copy_path(cr);
	cairo_new_path(cr);
	cairo_rectangle(cr, band.width > 0 ? 0 : -FAR, band.height > 0 ? 0 : -FAR, band.width > 0 ? (double)band.width : 2 * FAR,
		band.height > 0 ? (double)band.height : 2 * FAR);
	cairo_clip(cr);
	cairo_append_path(cr, path);
	cairo_path_destroy(path);
}

/* Into a group first, when alpha comes on top of a source, and when an operator has to meet the whole at once:
 * it may also take away what lies around. */
static void ink_draw(struct gfx_canvas *canvas, const struct ink *ink, float alpha)
{
	cairo_t *cr = canvas->cr;
	struct canvas_state *s = state(canvas);
	bool own = ink->kind == INK_SURFACE, banded = s->source && !own && (s->band.width > 0 || s->band.height > 0);
	bool piecewise = (own || ink->kind == INK_TEXT) && cairo_get_operator(cr) != CAIRO_OPERATOR_OVER;
	bool grouped = (s->source && alpha < 1 && !own) || piecewise || banded;
	float all = alpha;
	if (grouped) {
		cairo_push_group(cr);
		cairo_set_operator(cr, CAIRO_OPERATOR_OVER);
		alpha = 1;
		if (banded) {
			clip_band(cr, s->band);
		}
	}
	set_source(canvas, alpha);
	switch (ink->kind) {
	case INK_FILL:
		cairo_set_fill_rule(cr, ink->even_odd ? CAIRO_FILL_RULE_EVEN_ODD : CAIRO_FILL_RULE_WINDING);
		cairo_fill_preserve(cr);
		break;
	case INK_STROKE:
		cairo_stroke_preserve(cr);
		break;
	case INK_TEXT: {
		struct label label = ink->label;
		label.color = s->color;
		label.source = s->source;
		label.alpha = alpha;
		cairo_path_t *path = cairo_copy_path(cr);
		label_draw(cr, canvas->context->fonts, &label);
		cairo_new_path(cr);
		cairo_append_path(cr, path);
		cairo_path_destroy(path);
		break;
	}
	case INK_SURFACE:
		ink_surface(cr, ink, alpha);
		break;
	}
	if (grouped) {
		cairo_pop_group_to_source(cr);
		cairo_paint_with_alpha(cr, (double)all);
	}
}

/* What of a context counts for ink: the transform, moved by (x, y) device px, the path and the line. */
static void copy_pen(cairo_t *from, cairo_t *to, double x, double y)
{
	cairo_matrix_t matrix;
	double dashes[DASHES_MAX], offset;
	cairo_get_matrix(from, &matrix);
	matrix.x0 += x;
	matrix.y0 += y;
	cairo_set_matrix(to, &matrix);
	cairo_path_t *path = cairo_copy_path(from);
	cairo_append_path(to, path);
	cairo_path_destroy(path);
	cairo_set_tolerance(to, cairo_get_tolerance(from));
	cairo_set_line_width(to, cairo_get_line_width(from));
	cairo_set_line_cap(to, cairo_get_line_cap(from));
	cairo_set_line_join(to, cairo_get_line_join(from));
	cairo_set_miter_limit(to, cairo_get_miter_limit(from));
	cairo_get_dash(from, dashes, &offset);
	cairo_set_dash(to, dashes, cairo_get_dash_count(from), offset);
}

/* The alpha of the ink, moved, blurred and coloured. Offsets ignore the transform, as canvas says. What throws it
 * may lie outside of the surface or the clip: the ink is drawn where its shadow falls, with room for the blur. */
static void ink_shadow(struct gfx_canvas *canvas, const struct ink *ink)
{
	cairo_t *cr = canvas->cr;
	const struct box_shadow shadow = state(canvas)->shadow;
	double sigma = (double)(shadow.blur * canvas->scale / 2), pad = ceil(fmin(sigma * 3, 1500)) + 1, x0, y0, x1, y1;
	double dx = (double)(shadow.x * canvas->scale), dy = (double)(shadow.y * canvas->scale);
	cairo_save(cr);
	cairo_identity_matrix(cr);
	cairo_clip_extents(cr, &x0, &y0, &x1, &y1);
	cairo_restore(cr);
	x0 = floor(x0) - pad;
	y0 = floor(y0) - pad;
	if (x1 <= x0 + pad || y1 <= y0 + pad || fabs(dx) + fabs(dy) > 1e6) {
		return;
	}
	cairo_surface_t *mask = cairo_image_surface_create(CAIRO_FORMAT_A8, (int)ceil(x1 + pad - x0), (int)ceil(y1 + pad - y0));
	if (cairo_surface_status(mask) == CAIRO_STATUS_SUCCESS) {
		struct gfx_canvas copy = *canvas;
		copy.cr = cairo_create(mask);
		copy_pen(cr, copy.cr, dx - x0, dy - y0);
		ink_draw(&copy, ink, state(canvas)->alpha);
		cairo_destroy(copy.cr);
		cairo_surface_flush(mask);
		blur_pixels(cairo_image_surface_get_data(mask), cairo_image_surface_get_width(mask), cairo_image_surface_get_height(mask),
			cairo_image_surface_get_stride(mask), 1, (float)sigma);
		cairo_surface_mark_dirty(mask);
		cairo_matrix_t matrix;
		cairo_get_matrix(cr, &matrix);
		cairo_identity_matrix(cr);
		painter_set_color(cr, shadow.color);
		cairo_mask_surface(cr, mask, x0, y0);
		cairo_set_matrix(cr, &matrix);
	}
	cairo_surface_destroy(mask);
}

static void ink_paint(struct gfx_canvas *canvas, const struct ink *ink)
{
	const struct canvas_state *s = state(canvas);
	cairo_set_operator(canvas->cr, operators[s->op]);
	if (s->op == GFX_COPY) {
		cairo_set_operator(canvas->cr, CAIRO_OPERATOR_CLEAR);
		cairo_paint(canvas->cr);
		cairo_set_operator(canvas->cr, CAIRO_OPERATOR_OVER);
	}
	bool offset = s->shadow.blur > 0 || s->shadow.x != 0 || s->shadow.y != 0;
	if ((s->shadow.color & 255) && offset) {
		ink_shadow(canvas, ink);
	}
	ink_draw(canvas, ink, s->alpha);
	cairo_set_operator(canvas->cr, CAIRO_OPERATOR_OVER);
}

void gfx_canvas_fill(struct gfx_canvas *canvas, bool even_odd)
{
	ink_paint(canvas, &(struct ink){.kind = INK_FILL, .even_odd = even_odd});
}

void gfx_canvas_stroke(struct gfx_canvas *canvas)
{
	ink_paint(canvas, &(struct ink){.kind = INK_STROKE});
}

void gfx_canvas_clip(struct gfx_canvas *canvas, bool even_odd)
{
	cairo_set_fill_rule(canvas->cr, even_odd ? CAIRO_FILL_RULE_EVEN_ODD : CAIRO_FILL_RULE_WINDING);
	cairo_clip_preserve(canvas->cr);
}

/* Points of these questions know no transform. */
static void point_to_user(struct gfx_canvas *canvas, float x, float y, double *ret_x, double *ret_y)
{
	*ret_x = (double)x;
	*ret_y = (double)y;
	cairo_matrix_transform_point(&canvas->base, ret_x, ret_y);
	cairo_device_to_user(canvas->cr, ret_x, ret_y);
}

bool gfx_canvas_in_path(struct gfx_canvas *canvas, float x, float y, bool even_odd)
{
	cairo_set_fill_rule(canvas->cr, even_odd ? CAIRO_FILL_RULE_EVEN_ODD : CAIRO_FILL_RULE_WINDING);
	double at_x, at_y;
	point_to_user(canvas, x, y, &at_x, &at_y);
	return cairo_in_fill(canvas->cr, at_x, at_y);
}

bool gfx_canvas_in_stroke(struct gfx_canvas *canvas, float x, float y)
{
	double at_x, at_y;
	point_to_user(canvas, x, y, &at_x, &at_y);
	return cairo_in_stroke(canvas->cr, at_x, at_y);
}

/* Paint */

static void take_source(struct gfx_canvas *canvas, cairo_pattern_t *source)
{
	cairo_pattern_destroy(state(canvas)->source);
	state(canvas)->source = source;
	state(canvas)->band = (struct size){0};
}

void gfx_canvas_set_color(struct gfx_canvas *canvas, color_t color)
{
	take_source(canvas, NULL);
	state(canvas)->color = color;
}

/* From a place to itself a gradient paints nothing. */
static void take_gradient(struct gfx_canvas *canvas, cairo_pattern_t *pattern, bool nowhere, const struct gradient_stop *stops, size_t count)
{
	for (size_t i = 0; i < count && !nowhere; i++) {
		gradient_add_stop(pattern, (double)float_clamp(stops[i].at.percent, 0, 1), stops[i].color);
	}
	take_source(canvas, pattern);
}

void gfx_canvas_set_linear(struct gfx_canvas *canvas, float x0, float y0, float x1, float y1,
	const struct gradient_stop *stops, size_t count)
{
	if (finite4(x0, y0, x1, y1)) {
		take_gradient(canvas, cairo_pattern_create_linear((double)x0, (double)y0, (double)x1, (double)y1), x0 == x1 && y0 == y1,
			stops, count);
	}
}

void gfx_canvas_set_radial(struct gfx_canvas *canvas, float x0, float y0, float r0, float x1, float y1, float r1,
	const struct gradient_stop *stops, size_t count)
{
	if (finite4(x0, y0, x1, y1) && finite4(r0, r1, 0, 0) && r0 >= 0 && r1 >= 0) {
		take_gradient(canvas, cairo_pattern_create_radial((double)x0, (double)y0, (double)r0, (double)x1, (double)y1, (double)r1),
			x0 == x1 && y0 == y1 && r0 == r1, stops, count);
	}
}

void gfx_canvas_set_pattern(struct gfx_canvas *canvas, struct gfx_image *image, bool repeat_x, bool repeat_y)
{
	struct size size = gfx_image_size(image);
	cairo_surface_t *surface = gfx_image_at(image, (int)ceilf(size.width), (int)ceilf(size.height));
	if (surface) {
		cairo_pattern_t *pattern = cairo_pattern_create_for_surface(surface);
		cairo_pattern_set_extend(pattern, repeat_x || repeat_y ? CAIRO_EXTEND_REPEAT : CAIRO_EXTEND_NONE);
		take_source(canvas, pattern);
		state(canvas)->band = (struct size){repeat_y && !repeat_x ? size.width : 0, repeat_x && !repeat_y ? size.height : 0};
	}
}

void gfx_canvas_set_surface_pattern(struct gfx_canvas *canvas, struct gfx_surface *surface, float unit, bool repeat_x, bool repeat_y)
{
	cairo_surface_t *copy = cairo_surface_create_similar_image(surface->cairo, CAIRO_FORMAT_ARGB32, surface->width, surface->height);
	cairo_t *cr = cairo_create(copy);
	cairo_set_source_surface(cr, surface->cairo, 0, 0);
	cairo_set_operator(cr, CAIRO_OPERATOR_SOURCE);
	cairo_paint(cr);
	cairo_destroy(cr);
	cairo_pattern_t *pattern = cairo_pattern_create_for_surface(copy);
	cairo_surface_destroy(copy);
	cairo_matrix_t matrix;
	cairo_matrix_init_scale(&matrix, 1 / (double)unit, 1 / (double)unit);
	cairo_pattern_set_matrix(pattern, &matrix);
	cairo_pattern_set_extend(pattern, repeat_x || repeat_y ? CAIRO_EXTEND_REPEAT : CAIRO_EXTEND_NONE);
	take_source(canvas, pattern);
	state(canvas)->band = (struct size){repeat_y && !repeat_x ? (float)surface->width * unit : 0, repeat_x && !repeat_y ? (float)surface->height * unit : 0};
}

void gfx_canvas_set_alpha(struct gfx_canvas *canvas, float alpha)
{
	state(canvas)->alpha = alpha >= 0 && alpha <= 1 ? alpha : state(canvas)->alpha;
}

void gfx_canvas_set_operator(struct gfx_canvas *canvas, enum gfx_operator op)
{
	state(canvas)->op = (size_t)op < ARRAY_LEN(operators) ? op : GFX_SOURCE_OVER;
}

void gfx_canvas_set_line(struct gfx_canvas *canvas, float width, enum gfx_cap cap, enum gfx_join join, float miter_limit)
{
	static const cairo_line_cap_t caps[] = {CAIRO_LINE_CAP_BUTT, CAIRO_LINE_CAP_ROUND, CAIRO_LINE_CAP_SQUARE};
	static const cairo_line_join_t joins[] = {CAIRO_LINE_JOIN_MITER, CAIRO_LINE_JOIN_ROUND, CAIRO_LINE_JOIN_BEVEL};
	if (finite4(width, miter_limit, 0, 0) && width > 0) {
		cairo_set_line_width(canvas->cr, (double)width);
	}
	cairo_set_line_cap(canvas->cr, caps[(size_t)cap % ARRAY_LEN(caps)]);
	cairo_set_line_join(canvas->cr, joins[(size_t)join % ARRAY_LEN(joins)]);
	if (miter_limit > 0 && isfinite(miter_limit)) {
		cairo_set_miter_limit(canvas->cr, (double)miter_limit);
	}
}

void gfx_canvas_set_dash(struct gfx_canvas *canvas, const float *lengths, size_t count, float offset)
{
	double dashes[DASHES_MAX], sum = 0;
	if (count > DASHES_MAX || !isfinite(offset)) {
		return;
	}
	for (size_t i = 0; i < count; i++) {
		if (!(lengths[i] >= 0) || !isfinite(lengths[i])) {
			return;
		}
		dashes[i] = (double)lengths[i];
		sum += dashes[i];
	}
	cairo_set_dash(canvas->cr, dashes, sum > 0 ? (int)count : 0, (double)offset);
}

void gfx_canvas_set_shadow(struct gfx_canvas *canvas, struct box_shadow shadow)
{
	if (finite4(shadow.x, shadow.y, shadow.blur, 0)) {
		state(canvas)->shadow = shadow;
	}
}

/* Text and pictures */

void gfx_canvas_text(struct gfx_canvas *canvas, const struct text_run *run, size_t from, size_t to, struct point origin)
{
	if (canvas->context->fonts && run && from < to && to <= run->text.len) {
		struct ink ink = {.kind = INK_TEXT, .label = {.run = run, .from = from, .to = to, .x = origin.x, .y = origin.y, .scale = 1}};
		ink_paint(canvas, &ink);
	}
}

float gfx_canvas_line_text(struct gfx_canvas *canvas, struct str text, const struct style *style, struct point origin)
{
	if (!canvas->context->fonts) {
		return 0;
	}
	struct text_shaper shaper = gfx_fonts_shaper(canvas->context->fonts);
	struct text_run *run = shaper.shape(shaper.user, text, style);
	float width = run->width;
	gfx_canvas_text(canvas, run, 0, run->text.len, origin);
	shaper.unref(shaper.user, run);
	return width;
}

void gfx_canvas_text_path(struct gfx_canvas *canvas, const struct text_run *run, struct point origin)
{
	if (canvas->context->fonts && run && finite4(origin.x, origin.y, 0, 0)) {
		struct label label = {.run = run, .to = run->text.len, .x = origin.x, .y = origin.y, .scale = 1};
		label_path(canvas->cr, canvas->context->fonts, &label);
	}
}

/* Cairo's path, in device px: what happens to the transform in between does not move it. */
struct gfx_path *gfx_canvas_take_path(struct gfx_canvas *canvas)
{
	cairo_matrix_t now;
	cairo_get_matrix(canvas->cr, &now);
	cairo_identity_matrix(canvas->cr);
	cairo_path_t *path = cairo_copy_path(canvas->cr);
	cairo_set_matrix(canvas->cr, &now);
	cairo_new_path(canvas->cr);
	return (struct gfx_path *)(void *)path;
}

void gfx_canvas_put_path(struct gfx_canvas *canvas, struct gfx_path *path)
{
	cairo_matrix_t now;
	cairo_new_path(canvas->cr);
	if (path) {
		cairo_get_matrix(canvas->cr, &now);
		cairo_identity_matrix(canvas->cr);
		cairo_append_path(canvas->cr, (cairo_path_t *)(void *)path);
		cairo_set_matrix(canvas->cr, &now);
		cairo_path_destroy((cairo_path_t *)(void *)path);
	}
}

static void paint_surface(struct gfx_canvas *canvas, cairo_surface_t *surface, struct rect source, struct rect target)
{
	if (!finite4(source.x, source.y, source.width, source.height) || !finite4(target.x, target.y, target.width, target.height)
		|| rect_empty(source) || rect_empty(target)) {
		return;
	}
	cairo_path_t *path = cairo_copy_path(canvas->cr);
	cairo_new_path(canvas->cr);
	struct ink ink = {.kind = INK_SURFACE, .surface = surface, .source = source, .target = target};
	ink_paint(canvas, &ink);
	cairo_new_path(canvas->cr);
	cairo_append_path(canvas->cr, path);
	cairo_path_destroy(path);
}

void gfx_canvas_image(struct gfx_canvas *canvas, struct gfx_image *image, struct rect source, struct rect target)
{
	struct size size = gfx_image_size(image);
	if (rect_empty(source)) {
		source = (struct rect){0, 0, size.width, size.height};
	}
	if (rect_empty(source) || rect_empty(target) || !finite4(target.x, target.y, target.width, target.height)) {
		return;
	}
	/* The whole picture at the scale at which its part will show, on whole device px. */
	double sx = (double)(target.width / source.width), sy = (double)(target.height / source.height), zero = 0, unit_x = 1, unit_y = 1;
	cairo_user_to_device_distance(canvas->cr, &unit_x, &zero);
	unit_x = hypot(unit_x, zero);
	zero = 0;
	cairo_user_to_device_distance(canvas->cr, &zero, &unit_y);
	unit_y = hypot(unit_y, zero);
	double width = round((double)size.width * sx * unit_x), height = round((double)size.height * sy * unit_y);
	if (!(width >= 1) || !(height >= 1)) {
		return;
	}
	width = fmin(width, 8192);
	height = fmin(height, 8192);
	cairo_surface_t *surface = gfx_image_at(image, (int)width, (int)height);
	if (surface) {
		float kx = (float)cairo_image_surface_get_width(surface) / size.width;
		float ky = (float)cairo_image_surface_get_height(surface) / size.height;
		struct rect part = {source.x * kx, source.y * ky, source.width * kx, source.height * ky};
		paint_surface(canvas, surface, part, target);
	}
}

void gfx_canvas_surface(struct gfx_canvas *canvas, struct gfx_surface *surface, struct rect source, struct rect target)
{
	if (rect_empty(source)) {
		source = (struct rect){0, 0, (float)surface->width, (float)surface->height};
	}
	paint_surface(canvas, surface->cairo, source, target);
}

void gfx_canvas_clear(struct gfx_canvas *canvas, struct rect rect)
{
	if (!finite4(rect.x, rect.y, rect.width, rect.height)) {
		return;
	}
	cairo_path_t *path = cairo_copy_path(canvas->cr);
	cairo_new_path(canvas->cr);
	painter_path_rect(canvas->cr, rect);
	cairo_set_operator(canvas->cr, CAIRO_OPERATOR_CLEAR);
	cairo_fill(canvas->cr);
	cairo_set_operator(canvas->cr, CAIRO_OPERATOR_OVER);
	cairo_append_path(canvas->cr, path);
	cairo_path_destroy(path);
}

static const cairo_operator_t operators[26] = {
	CAIRO_OPERATOR_OVER, CAIRO_OPERATOR_IN, CAIRO_OPERATOR_OUT, CAIRO_OPERATOR_ATOP, CAIRO_OPERATOR_DEST_OVER,
	CAIRO_OPERATOR_DEST_IN, CAIRO_OPERATOR_DEST_OUT, CAIRO_OPERATOR_DEST_ATOP, CAIRO_OPERATOR_ADD, CAIRO_OPERATOR_OVER,
	CAIRO_OPERATOR_XOR, CAIRO_OPERATOR_MULTIPLY, CAIRO_OPERATOR_SCREEN, CAIRO_OPERATOR_OVERLAY, CAIRO_OPERATOR_DARKEN,
	CAIRO_OPERATOR_LIGHTEN, CAIRO_OPERATOR_COLOR_DODGE, CAIRO_OPERATOR_COLOR_BURN, CAIRO_OPERATOR_HARD_LIGHT,
	CAIRO_OPERATOR_SOFT_LIGHT, CAIRO_OPERATOR_DIFFERENCE, CAIRO_OPERATOR_EXCLUSION, CAIRO_OPERATOR_HSL_HUE,
	CAIRO_OPERATOR_HSL_SATURATION, CAIRO_OPERATOR_HSL_COLOR, CAIRO_OPERATOR_HSL_LUMINOSITY,
};
