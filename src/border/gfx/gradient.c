// Gradients: CSS Images 3, chapter 3, and conic ones of level 4.
#include "border/gfx/painter.h"

#include <string.h>

enum { STOPS_MAX = 256, CONIC_SIDE_MAX = 2048, MIX_STEPS = 12 };

struct stop {
	double at;
	color_t color;
};

void gradient_add_stop(cairo_pattern_t *pattern, double at, color_t c)
{
	cairo_pattern_add_color_stop_rgba(pattern, at, (c >> 24) / 255.0, (c >> 16 & 255) / 255.0, (c >> 8 & 255) / 255.0,
		(c & 255) / 255.0);
}

/* Used stops (CSS Images 3, 3.4.3): ends filled in, never going back, the rest spread evenly. `length` in local px. */
static size_t used_stops(const struct style_image *image, double length, float dpr, struct stop *stops)
{
	size_t count = size_min(image->stop_count, STOPS_MAX);
	double last = -INFINITY;
	for (size_t i = 0; i < count; i++) {
		struct length at = image->stops[i].at;
		stops[i].color = image->stops[i].color;
		stops[i].at = NAN;
		if (!length_is_auto(at)) {
			double place = (double)at.percent + (length > 0 ? (double)(at.px * dpr) / length : 0);
			stops[i].at = isfinite(place) ? fmin(fmax(place, -1e5), 1e5) : 0;
		} else if (i == 0) {
			stops[i].at = 0;
		} else if (i + 1 == count) {
			stops[i].at = fmax(1, last);
		}
		if (!isnan(stops[i].at)) {
			stops[i].at = last = fmax(stops[i].at, last);
		}
	}
	for (size_t i = 1; i < count; i++) {
		if (!isnan(stops[i].at)) {
			continue;
		}
		size_t end = i;
		while (isnan(stops[end].at)) {
			end++;
		}
		for (size_t k = i; k < end; k++) {
			stops[k].at = stops[i - 1].at + (stops[end].at - stops[i - 1].at) * (double)(k - i + 1) / (double)(end - i + 1);
		}
	}
	return count;
}

/* Mixed premultiplied, as CSS asks. */
static color_t mix_colors(color_t a, color_t b, double t)
{
	double aa = (a & 255) / 255.0, ba = (b & 255) / 255.0, alpha = aa + (ba - aa) * t;
	color_t out = (color_t)lround(alpha * 255);
	for (int shift = 8; shift <= 24; shift += 8) {
		double va = (a >> shift & 255) * aa, vb = (b >> shift & 255) * ba;
		double v = alpha > 0 ? (va + (vb - va) * t) / alpha : 0;
		out |= (color_t)lround(fmin(v, 255)) << shift;
	}
	return out;
}

/* Stops at (at - from) / span. Between different alphas steps are put in, because Cairo mixes straight colours;
 * what is clear has no colour of its own there. */
static void put_stops(cairo_pattern_t *pattern, const struct stop *stops, size_t count, double from, double span)
{
	for (size_t i = 0; i < count; i++) {
		double at = (stops[i].at - from) / span;
		color_t a = stops[i].color, b = i + 1 < count ? stops[i + 1].color : a;
		gradient_add_stop(pattern, at, a);
		if ((a & 255) != (b & 255) && stops[i + 1].at > stops[i].at) {
			double next = (stops[i + 1].at - from) / span;
			gradient_add_stop(pattern, at, a & 255 ? a : b & ~255u);
			for (int k = 1; k < MIX_STEPS; k++) {
				double t = (double)k / MIX_STEPS;
				gradient_add_stop(pattern, at + (next - at) * t, mix_colors(a, b, t));
			}
			gradient_add_stop(pattern, next, b & 255 ? b : a & ~255u);
		}
	}
}

static void angle_line(const struct style_image *image, struct rect area, double *ret_dx, double *ret_dy)
{
	double w = (double)area.width, h = (double)area.height, angle = (double)image->angle;
	if (image->corner == GRADIENT_TO_CORNER) {
		if (image->to_x && image->to_y) { // the 50 % line runs through the other two corners
			angle = atan2(image->to_x * h, -image->to_y * w);
		} else {
			angle = atan2(image->to_x, -image->to_y);
		}
	}
	double length = fabs(w * sin(angle)) + fabs(h * cos(angle));
	*ret_dx = sin(angle) * length / 2;
	*ret_dy = -cos(angle) * length / 2;
}

static cairo_pattern_t *solid_pattern(color_t c)
{
	return cairo_pattern_create_rgba((c >> 24) / 255.0, (c >> 16 & 255) / 255.0, (c >> 8 & 255) / 255.0, (c & 255) / 255.0);
}

/* Stops that repeat without any length between them are the last one's colour (CSS Images 3, 3.6). */
static bool repeats_nothing(const struct style_image *image, const struct stop *stops, size_t count)
{
	return image->repeating && stops[count - 1].at - stops[0].at <= 1e-6;
}

static cairo_pattern_t *linear_pattern(const struct style_image *image, struct rect area, float dpr)
{
	double dx, dy, x = (double)(area.x + area.width / 2), y = (double)(area.y + area.height / 2);
	angle_line(image, area, &dx, &dy);
	struct stop stops[STOPS_MAX];
	size_t count = used_stops(image, 2 * hypot(dx, dy), dpr, stops);
	if (repeats_nothing(image, stops, count)) {
		return solid_pattern(stops[count - 1].color);
	}
	double from = stops[0].at, span = fmax(stops[count - 1].at - from, 1e-6);
	double x0 = x - dx + 2 * dx * from, y0 = y - dy + 2 * dy * from;
	cairo_pattern_t *pattern = cairo_pattern_create_linear(x0, y0, x0 + 2 * dx * span, y0 + 2 * dy * span);
	put_stops(pattern, stops, count, from, span);
	cairo_pattern_set_extend(pattern, image->repeating ? CAIRO_EXTEND_REPEAT : CAIRO_EXTEND_PAD);
	return pattern;
}

static double center_of(struct length l, float size, float dpr)
{
	return length_is_auto(l) ? (double)size / 2 : (double)(l.px * dpr + l.percent * size);
}

/* True: an ellipse without height, which shows its last colour alone (CSS Images 3, 3.2.3). */
static bool radial_radii(const struct style_image *image, struct rect area, float dpr, double cx, double cy, double *ret_rx,
	double *ret_ry)
{
	double w = (double)area.width, h = (double)area.height;
	double left = fabs(cx), right = fabs(w - cx), top = fabs(cy), bottom = fabs(h - cy);
	bool far = image->radial_size == RADIAL_FARTHEST_CORNER || image->radial_size == RADIAL_FARTHEST_SIDE;
	double rx = far ? fmax(left, right) : fmin(left, right), ry = far ? fmax(top, bottom) : fmin(top, bottom);
	bool corner = image->radial_size == RADIAL_FARTHEST_CORNER || image->radial_size == RADIAL_CLOSEST_CORNER;
	if (image->radial_size == RADIAL_LENGTHS) {
		rx = (double)(image->radius_x.px * dpr) + (double)image->radius_x.percent * w;
		ry = image->circle || length_is_auto(image->radius_y) ? rx
			: (double)(image->radius_y.px * dpr) + (double)image->radius_y.percent * h;
	} else if (image->circle) {
		rx = ry = corner ? hypot(rx, ry) : far ? fmax(rx, ry) : fmin(rx, ry);
	} else if (corner) { // the ellipse of the sides' ratio through the corner
		rx *= M_SQRT2;
		ry *= M_SQRT2;
	}
	*ret_rx = fmax(rx, 0.01);
	*ret_ry = fmax(ry, 0.01);
	return rx > 0 && ry <= 0;
}

static cairo_pattern_t *radial_pattern(const struct style_image *image, struct rect area, float dpr)
{
	double cx = center_of(image->center_x, area.width, dpr), cy = center_of(image->center_y, area.height, dpr), rx, ry;
	bool flat = radial_radii(image, area, dpr, cx, cy, &rx, &ry);
	struct stop stops[STOPS_MAX];
	size_t count = used_stops(image, rx, dpr, stops);
	if (repeats_nothing(image, stops, count) || flat) {
		return solid_pattern(stops[count - 1].color);
	}
	double span = fmax(stops[count - 1].at - stops[0].at, 1e-6);
	double turns = image->repeating ? ceil(fmax(-stops[0].at, 0) / span) : 0; // Cairo takes no negative radius
	for (size_t i = 0; i < count; i++) {
		stops[i].at += turns * span;
	}
	double from = stops[0].at;
	cairo_pattern_t *pattern = NULL;
	if (from < 0 && !image->repeating) { // stops before 0 are pulled in
		double end = fmax(stops[count - 1].at, 1e-6);
		pattern = cairo_pattern_create_radial(0, 0, 0, 0, 0, rx * end);
		for (size_t i = 0; i < count; i++) {
			bool crosses = i + 1 < count && stops[i].at < 0 && stops[i + 1].at > 0;
			if (crosses) {
				double t = -stops[i].at / (stops[i + 1].at - stops[i].at);
				stops[i] = (struct stop){0, mix_colors(stops[i].color, stops[i + 1].color, t)};
			}
			stops[i].at = fmax(stops[i].at, 0);
		}
		put_stops(pattern, stops, count, 0, end);
	} else {
		from = fmax(from, 0);
		pattern = cairo_pattern_create_radial(0, 0, rx * from, 0, 0, rx * (from + span));
		put_stops(pattern, stops, count, from, span);
	}
	cairo_matrix_t matrix;
	cairo_matrix_init_scale(&matrix, 1, rx / ry);
	cairo_matrix_translate(&matrix, -(double)area.x - cx, -(double)area.y - cy);
	cairo_pattern_set_matrix(pattern, &matrix);
	cairo_pattern_set_extend(pattern, image->repeating ? CAIRO_EXTEND_REPEAT : CAIRO_EXTEND_PAD);
	return pattern;
}

static color_t color_at(const struct stop *stops, size_t count, double t, bool repeating)
{
	double first = stops[0].at, last = stops[count - 1].at;
	if (repeating && last > first) {
		t = first + fmod(fmod(t - first, last - first) + (last - first), last - first);
	}
	if (t < first) {
		return stops[0].color;
	}
	for (size_t i = 1; i < count; i++) {
		if (t < stops[i].at) {
			return mix_colors(stops[i - 1].color, stops[i].color, (t - stops[i - 1].at) / (stops[i].at - stops[i - 1].at));
		}
	}
	return stops[count - 1].color;
}

static uint32_t premultiply(color_t c)
{
	uint32_t a = c & 255, r = ((c >> 24) * a + 127) / 255, g = ((c >> 16 & 255) * a + 127) / 255, b = ((c >> 8 & 255) * a + 127) / 255;
	return a << 24 | r << 16 | g << 8 | b;
}

/* Cairo has none: painted point by point into a picture of the area. */
static cairo_pattern_t *conic_pattern(const struct style_image *image, struct rect area, float dpr)
{
	int width = (int)float_clamp(ceilf(area.width), 1, CONIC_SIDE_MAX), height = (int)float_clamp(ceilf(area.height), 1, CONIC_SIDE_MAX);
	struct stop stops[STOPS_MAX];
	size_t count = used_stops(image, 0, dpr, stops);
	if (repeats_nothing(image, stops, count)) {
		return solid_pattern(stops[count - 1].color);
	}
	enum { TABLE = 2048 };
	uint32_t *table = mem_alloc_array(TABLE, sizeof(*table));
	for (int i = 0; i < TABLE; i++) {
		table[i] = premultiply(color_at(stops, count, (i + 0.5) / TABLE, image->repeating));
	}
	cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height);
	uint8_t *pixels = cairo_image_surface_get_data(surface);
	int stride = cairo_image_surface_get_stride(surface);
	double cx = center_of(image->center_x, area.width, dpr), cy = center_of(image->center_y, area.height, dpr);
	for (int y = 0; pixels && y < height; y++) {
		for (int x = 0; x < width; x++) {
			double turn = (atan2(x + 0.5 - cx, cy - y - 0.5) - (double)image->angle) / (2 * M_PI);
			int at = (int)((turn - floor(turn)) * TABLE);
			memcpy(pixels + (ptrdiff_t)y * stride + (ptrdiff_t)x * 4, &table[int_min(at, TABLE - 1)], 4);
		}
	}
	mem_free(table);
	cairo_surface_mark_dirty(surface);
	cairo_pattern_t *pattern = cairo_pattern_create_for_surface(surface);
	cairo_surface_destroy(surface);
	cairo_matrix_t matrix;
	cairo_matrix_init_translate(&matrix, -(double)area.x, -(double)area.y);
	cairo_pattern_set_matrix(pattern, &matrix);
	cairo_pattern_set_extend(pattern, CAIRO_EXTEND_PAD);
	return pattern;
}

cairo_pattern_t *gradient_pattern(const struct style_image *image, struct rect area, float dpr)
{
	if (!image->stop_count || rect_empty(area)) {
		return solid_pattern(0);
	}
	switch (image->kind) {
	case IMAGE_LINEAR:
		return linear_pattern(image, area, dpr);
	case IMAGE_RADIAL:
		return radial_pattern(image, area, dpr);
	case IMAGE_CONIC:
		return conic_pattern(image, area, dpr);
	default:
		return solid_pattern(0);
	}
}

static bool covers(struct rect outer, struct rect inner)
{
	return outer.x <= inner.x && outer.y <= inner.y && rect_right(outer) >= rect_right(inner) && rect_bottom(outer) >= rect_bottom(inner);
}

void painter_gradient(struct painter *p, const struct paint_item *item)
{
	struct rounded shape = painter_snap(p, &item->shape);
	struct rect tile = painter_snap_rect(p, item->gradient.tile);
	bool single = covers(tile, shape.rect)
		|| (item->gradient.repeat_x == REPEAT_NO_REPEAT && item->gradient.repeat_y == REPEAT_NO_REPEAT);
	if (rect_empty(tile) || rect_empty(shape.rect)) {
		return;
	}
	if (single) {
		cairo_pattern_t *pattern = gradient_pattern(item->gradient.image, tile, p->dpr);
		cairo_save(p->cr);
		if (!covers(tile, shape.rect)) {
			painter_path_rect(p->cr, tile);
			cairo_clip(p->cr);
		}
		cairo_set_source(p->cr, pattern);
		painter_path_rounded(p->cr, &shape);
		cairo_fill(p->cr);
		cairo_restore(p->cr);
		cairo_pattern_destroy(pattern);
		return;
	}
	if (tile.width > 4096 || tile.height > 4096) {
		return;
	}
	cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, (int)tile.width, (int)tile.height);
	cairo_t *cr = cairo_create(surface);
	cairo_pattern_t *pattern = gradient_pattern(item->gradient.image, (struct rect){0, 0, tile.width, tile.height}, p->dpr);
	cairo_set_source(cr, pattern);
	cairo_paint(cr);
	cairo_pattern_destroy(pattern);
	cairo_destroy(cr);
	painter_tile_surface(p, surface, item);
	cairo_surface_destroy(surface);
}
