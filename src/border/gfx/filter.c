// Filters (Filter Effects 1) on a group's pixels.
#include "border/gfx/painter.h"

#include <string.h>

/* R' = m[0] R + m[1] G + m[2] B + m[3], ... on straight colours 0..255. */
struct color_matrix {
	float m[3][4];
};

static struct color_matrix matrix_saturate(float s)
{
	return (struct color_matrix){{
		{0.213f + 0.787f * s, 0.715f - 0.715f * s, 0.072f - 0.072f * s, 0},
		{0.213f - 0.213f * s, 0.715f + 0.285f * s, 0.072f - 0.072f * s, 0},
		{0.213f - 0.213f * s, 0.715f - 0.715f * s, 0.072f + 0.928f * s, 0},
	}};
}

static struct color_matrix matrix_sepia(float amount)
{
	float k = 1 - float_clamp(amount, 0, 1);
	return (struct color_matrix){{
		{0.393f + 0.607f * k, 0.769f - 0.769f * k, 0.189f - 0.189f * k, 0},
		{0.349f - 0.349f * k, 0.686f + 0.314f * k, 0.168f - 0.168f * k, 0},
		{0.272f - 0.272f * k, 0.534f - 0.534f * k, 0.131f + 0.869f * k, 0},
	}};
}

static struct color_matrix matrix_hue(float angle)
{
	float c = cosf(angle), s = sinf(angle);
	return (struct color_matrix){{
		{0.213f + c * 0.787f - s * 0.213f, 0.715f - c * 0.715f - s * 0.715f, 0.072f - c * 0.072f + s * 0.928f, 0},
		{0.213f - c * 0.213f + s * 0.143f, 0.715f + c * 0.285f + s * 0.140f, 0.072f - c * 0.072f - s * 0.283f, 0},
		{0.213f - c * 0.213f - s * 0.787f, 0.715f - c * 0.715f + s * 0.715f, 0.072f + c * 0.928f + s * 0.072f, 0},
	}};
}

static struct color_matrix matrix_linear(float slope, float offset)
{
	return (struct color_matrix){{{slope, 0, 0, offset}, {0, slope, 0, offset}, {0, 0, slope, offset}}};
}

static bool step_matrix(const struct filter_step *step, struct color_matrix *ret)
{
	float amount = step->amount, part = float_clamp(amount, 0, 1);
	switch (step->kind) {
	case FILTER_BRIGHTNESS:
		*ret = matrix_linear(float_max(amount, 0), 0);
		return true;
	case FILTER_CONTRAST:
		*ret = matrix_linear(float_max(amount, 0), 127.5f * (1 - float_max(amount, 0)));
		return true;
	case FILTER_GRAYSCALE:
		*ret = matrix_saturate(1 - part);
		return true;
	case FILTER_SATURATE:
		*ret = matrix_saturate(float_max(amount, 0));
		return true;
	case FILTER_INVERT:
		*ret = matrix_linear(1 - 2 * part, 255 * part);
		return true;
	case FILTER_SEPIA:
		*ret = matrix_sepia(amount);
		return true;
	case FILTER_HUE_ROTATE:
		*ret = matrix_hue(amount);
		return true;
	default:
		return false;
	}
}

struct pixels {
	uint8_t *at;
	int width, height, stride;
};

static void apply_matrix(const struct pixels *p, const struct color_matrix *c)
{
	for (int y = 0; y < p->height; y++) {
		uint8_t *row = p->at + (ptrdiff_t)y * p->stride;
		for (int x = 0; x < p->width; x++, row += 4) {
			float alpha = row[3];
			if (alpha == 0) {
				continue;
			}
			float rgb[3] = {row[2] * 255 / alpha, row[1] * 255 / alpha, row[0] * 255 / alpha};
			for (int i = 0; i < 3; i++) {
				const float *m = c->m[i];
				float v = float_clamp(m[0] * rgb[0] + m[1] * rgb[1] + m[2] * rgb[2] + m[3], 0, 255);
				row[2 - i] = (uint8_t)(v * alpha / 255 + 0.5f);
			}
		}
	}
}

static void apply_opacity(const struct pixels *p, float opacity)
{
	unsigned scale = (unsigned)lroundf(float_clamp(opacity, 0, 1) * 256);
	for (int y = 0; y < p->height; y++) {
		uint8_t *row = p->at + (ptrdiff_t)y * p->stride;
		for (int i = 0; i < p->width * 4; i++) {
			row[i] = (uint8_t)(row[i] * scale >> 8);
		}
	}
}

static void apply_drop_shadow(cairo_surface_t *surface, const struct pixels *p, const struct box_shadow *shadow, float dpr)
{
	cairo_surface_t *mask = cairo_image_surface_create(CAIRO_FORMAT_A8, p->width, p->height);
	uint8_t *to = cairo_image_surface_get_data(mask);
	int stride = cairo_image_surface_get_stride(mask);
	for (int y = 0; to && y < p->height; y++) {
		for (int x = 0; x < p->width; x++) {
			to[(ptrdiff_t)y * stride + x] = p->at[(ptrdiff_t)y * p->stride + x * 4 + 3];
		}
	}
	if (to) {
		blur_pixels(to, p->width, p->height, stride, 1, shadow->blur * dpr);
	}
	cairo_surface_mark_dirty(mask);
	cairo_surface_mark_dirty(surface);
	double dx = 0, dy = 0;
	cairo_surface_get_device_offset(surface, &dx, &dy);
	cairo_t *cr = cairo_create(surface);
	cairo_set_operator(cr, CAIRO_OPERATOR_DEST_OVER);
	painter_set_color(cr, shadow->color);
	cairo_mask_surface(cr, mask, (double)roundf(shadow->x * dpr) - dx, (double)roundf(shadow->y * dpr) - dy);
	cairo_destroy(cr);
	cairo_surface_flush(surface);
	cairo_surface_destroy(mask);
}

void filter_apply(cairo_surface_t *surface, const struct filter_step *filters, size_t count, float dpr)
{
	if (cairo_surface_get_type(surface) != CAIRO_SURFACE_TYPE_IMAGE || cairo_image_surface_get_format(surface) != CAIRO_FORMAT_ARGB32) {
		return;
	}
	cairo_surface_flush(surface);
	struct pixels p = {cairo_image_surface_get_data(surface), cairo_image_surface_get_width(surface),
		cairo_image_surface_get_height(surface), cairo_image_surface_get_stride(surface)};
	for (size_t i = 0; p.at && i < count; i++) {
		struct color_matrix matrix;
		if (step_matrix(&filters[i], &matrix)) {
			apply_matrix(&p, &matrix);
		} else if (filters[i].kind == FILTER_OPACITY) {
			apply_opacity(&p, filters[i].amount);
		} else if (filters[i].kind == FILTER_BLUR) {
			blur_pixels(p.at, p.width, p.height, p.stride, 4, filters[i].amount * dpr);
		} else if (filters[i].kind == FILTER_DROP_SHADOW) {
			apply_drop_shadow(surface, &p, &filters[i].shadow, dpr);
		}
	}
	cairo_surface_mark_dirty(surface);
}
