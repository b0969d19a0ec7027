// Text: glyph masks put together into one mask per stretch, so that glyphs stand at quarter pixels
// (Cairo itself only knows whole ones) and the mask can be bent for contrast.
#include "border/gfx/painter.h"

#include <string.h>

enum { MASK_SIDE_MAX = 8192 };

struct placed {
	const struct gfx_run_glyph *glyph;
	float x, y; // pen position, px of the drawing size
};

struct placed_list {
	struct placed *at;
	size_t count;
};

/* The label's glyphs in drawing px relative to its origin. Owner frees. */
static struct placed_list place_glyphs(const struct label *label, float scale)
{
	const struct gfx_run *run = CONTAINER_OF((struct text_run *)(uintptr_t)label->run, struct gfx_run, run);
	struct placed_list list = {.at = mem_alloc_array(run->glyph_count + 1, sizeof(*list.at))};
	float start = run->run.x[label->from];
	size_t seen = label->from, gaps = 0;
	for (size_t i = 0; i < run->glyph_count; i++) {
		const struct gfx_run_glyph *glyph = &run->glyphs[i];
		if (glyph->cluster < label->from || glyph->cluster >= label->to) {
			continue;
		}
		if (glyph->cluster < seen) { // from right to left
			seen = label->from;
			gaps = 0;
		}
		while (label->extra_space != 0 && seen < glyph->cluster) {
			gaps += text_expands_at(run->run.text, ++seen);
		}
		float extra = (float)gaps * label->extra_space;
		list.at[list.count++] = (struct placed){glyph, (glyph->x - start + extra) * scale, glyph->y * scale};
	}
	return list;
}

/* Sharp drawing: no rotation, no uneven scale */

struct mask {
	uint8_t *pixels;
	int left, top, width, height, stride; // device px
};

static void add_glyph(struct mask *mask, const struct glyph_image *image, int x, int y)
{
	int left = x + image->left - mask->left, top = y - image->top - mask->top;
	int x0 = int_max(left, 0), x1 = int_min(left + image->width, mask->width);
	int y0 = int_max(top, 0), y1 = int_min(top + image->height, mask->height);
	for (int row = y0; row < y1; row++) {
		const uint8_t *from = image->pixels + (ptrdiff_t)(row - top) * image->width - left;
		uint8_t *to = mask->pixels + (ptrdiff_t)row * mask->stride;
		for (int column = x0; column < x1; column++) {
			unsigned sum = (unsigned)to[column] + from[column];
			to[column] = (uint8_t)(sum > 255 ? 255 : sum);
		}
	}
}

struct sharp {
	cairo_t *cr;
	struct gfx_fonts *fonts;
	const struct label *label;
	const struct gfx_run *run;
	float size, x, y; // device px
	struct placed_list glyphs;
	double clip[4];
};

static const struct glyph_image *sharp_glyph(const struct sharp *s, size_t i, int *ret_x, int *ret_y)
{
	const struct placed *placed = &s->glyphs.at[i];
	const struct font_face *face = s->fonts->faces.at[placed->glyph->face];
	float x = s->x + placed->x + 0.125f, y = s->y + placed->y;
	if (!(fabsf(x) < 1e6f) || !(fabsf(y) < 1e6f)) {
		return NULL;
	}
	*ret_x = (int)floorf(x);
	*ret_y = (int)floorf(y + 0.5f);
	int sub = int_min((int)((x - floorf(x)) * 4), 3);
	const struct glyph_image *image = glyph_get(s->fonts, placed->glyph->face, placed->glyph->glyph, s->size, sub,
		glyph_is_bold(face, s->run->weight), glyph_is_italic(face, s->run->italic));
	return image->pixels ? image : NULL;
}

static bool is_color(const struct sharp *s, size_t i)
{
	return s->fonts->faces.at[s->glyphs.at[i].glyph->face]->color;
}

/* Device px that the label may touch and that are not clipped. False: none. */
static bool mask_bounds(const struct sharp *s, int pad, struct mask *mask)
{
	int box[4] = {INT32_MAX, INT32_MAX, INT32_MIN, INT32_MIN}, x, y;
	for (size_t i = 0; i < s->glyphs.count; i++) {
		const struct glyph_image *image = is_color(s, i) ? NULL : sharp_glyph(s, i, &x, &y);
		if (image) {
			box[0] = int_min(box[0], x + image->left);
			box[1] = int_min(box[1], y - image->top);
			box[2] = int_max(box[2], x + image->left + image->width);
			box[3] = int_max(box[3], y - image->top + image->height);
		}
	}
	if (box[0] >= box[2]) {
		return false;
	}
	box[0] = int_max(box[0] - pad, (int)floor(s->clip[0]) - pad);
	box[1] = int_max(box[1] - pad, (int)floor(s->clip[1]) - pad);
	box[2] = int_min(box[2] + pad, (int)ceil(s->clip[2]) + pad);
	box[3] = int_min(box[3] + pad, (int)ceil(s->clip[3]) + pad);
	*mask = (struct mask){NULL, box[0], box[1], box[2] - box[0], box[3] - box[1], 0};
	return mask->width > 0 && mask->height > 0 && mask->width <= MASK_SIDE_MAX && mask->height <= MASK_SIDE_MAX;
}

static void bend_mask(struct mask *mask, const uint8_t *table)
{
	size_t count = (size_t)mask->stride * (size_t)mask->height;
	for (size_t i = 0; i < count; i++) {
		mask->pixels[i] = table[mask->pixels[i]];
	}
}

static void paint_mask(const struct sharp *s, const struct mask *mask)
{
	const struct label *label = s->label;
	cairo_surface_t *surface = cairo_image_surface_create_for_data(mask->pixels, CAIRO_FORMAT_A8, mask->width, mask->height, mask->stride);
	if (label->source) {
		cairo_set_source(s->cr, label->source);
	} else {
		color_t c = label->color;
		cairo_set_source_rgba(s->cr, (c >> 24) / 255.0, (c >> 16 & 255) / 255.0, (c >> 8 & 255) / 255.0,
			(c & 255) / 255.0 * (double)label->alpha);
	}
	cairo_matrix_t matrix;
	cairo_get_matrix(s->cr, &matrix);
	cairo_identity_matrix(s->cr);
	cairo_mask_surface(s->cr, surface, mask->left, mask->top);
	cairo_set_matrix(s->cr, &matrix);
	cairo_surface_destroy(surface);
}

static void paint_sharp_mask(const struct sharp *s)
{
	struct mask mask;
	float sigma = s->label->blur / 2;
	int pad = sigma > 0.1f ? (int)ceilf(float_min(sigma, 500) * 3) + 1 : 0, x, y;
	if (!mask_bounds(s, pad, &mask)) {
		return;
	}
	mask.stride = cairo_format_stride_for_width(CAIRO_FORMAT_A8, mask.width);
	mask.pixels = mem_alloc((size_t)mask.stride * (size_t)mask.height);
	for (size_t i = 0; i < s->glyphs.count; i++) {
		const struct glyph_image *image = is_color(s, i) ? NULL : sharp_glyph(s, i, &x, &y);
		if (image) {
			add_glyph(&mask, image, x, y);
		}
	}
	if (pad) {
		blur_pixels(mask.pixels, mask.width, mask.height, mask.stride, 1, sigma);
	} else if (!s->label->source) {
		bend_mask(&mask, glyph_gamma(s->fonts, s->label->color));
	}
	paint_mask(s, &mask);
	mem_free(mask.pixels);
}

static void paint_emoji(const struct sharp *s)
{
	cairo_matrix_t matrix;
	cairo_get_matrix(s->cr, &matrix);
	cairo_identity_matrix(s->cr);
	for (size_t i = 0; i < s->glyphs.count; i++) {
		int x, y;
		const struct glyph_image *image = is_color(s, i) ? sharp_glyph(s, i, &x, &y) : NULL;
		if (!image) {
			continue;
		}
		cairo_surface_t *surface = cairo_image_surface_create_for_data(image->pixels, CAIRO_FORMAT_ARGB32, image->width,
			image->height, image->width * 4);
		cairo_set_source_surface(s->cr, surface, x + image->left, y - image->top);
		cairo_paint_with_alpha(s->cr, (double)s->label->alpha * (s->label->color & 255) / 255.0);
		cairo_set_source_rgb(s->cr, 0, 0, 0);
		cairo_surface_destroy(surface);
	}
	cairo_set_matrix(s->cr, &matrix);
}

static void draw_sharp(struct sharp *s)
{
	cairo_matrix_t matrix;
	cairo_get_matrix(s->cr, &matrix);
	cairo_identity_matrix(s->cr);
	cairo_clip_extents(s->cr, &s->clip[0], &s->clip[1], &s->clip[2], &s->clip[3]);
	cairo_set_matrix(s->cr, &matrix);
	if (s->clip[2] <= s->clip[0] || s->clip[3] <= s->clip[1]) {
		return;
	}
	bool emoji = false;
	for (size_t i = 0; i < s->glyphs.count; i++) {
		emoji = emoji || is_color(s, i);
	}
	paint_sharp_mask(s);
	if (emoji && !(s->label->blur > 0)) {
		paint_emoji(s);
	}
}

/* Outlines */

struct outline {
	cairo_t *cr;
	double x, y;
};

static void outline_move(void *user, float x, float y)
{
	struct outline *o = user;
	cairo_close_path(o->cr);
	cairo_move_to(o->cr, o->x + (double)x, o->y + (double)y);
}

static void outline_line(void *user, float x, float y)
{
	struct outline *o = user;
	cairo_line_to(o->cr, o->x + (double)x, o->y + (double)y);
}

static void outline_curve(void *user, float x1, float y1, float x2, float y2, float x, float y)
{
	struct outline *o = user;
	cairo_curve_to(o->cr, o->x + (double)x1, o->y + (double)y1, o->x + (double)x2, o->y + (double)y2, o->x + (double)x,
		o->y + (double)y);
}

void label_path(cairo_t *cr, struct gfx_fonts *fonts, const struct label *label)
{
	const struct gfx_run *run = CONTAINER_OF((struct text_run *)(uintptr_t)label->run, struct gfx_run, run);
	struct placed_list list = place_glyphs(label, label->scale);
	/* Outlines come at a size that FreeType's 26.6 units hold well, and are scaled down. */
	float size = 256, shrink = run->font_size * label->scale / size;
	for (size_t i = 0; i < list.count && shrink > 0; i++) {
		const struct gfx_run_glyph *glyph = list.at[i].glyph;
		const struct font_face *face = fonts->faces.at[glyph->face];
		cairo_save(cr);
		cairo_translate(cr, (double)(label->x + list.at[i].x), (double)(label->y + list.at[i].y));
		cairo_scale(cr, (double)shrink, (double)shrink);
		struct outline outline = {.cr = cr};
		const struct glyph_sink sink = {outline_move, outline_line, outline_curve, &outline};
		cairo_new_sub_path(cr);
		glyph_outline(fonts, glyph->face, glyph->glyph, size, glyph_is_bold(face, run->weight),
			glyph_is_italic(face, run->italic), &sink);
		cairo_restore(cr);
	}
	mem_free(list.at);
}

void label_draw(cairo_t *cr, struct gfx_fonts *fonts, const struct label *label)
{
	const struct gfx_run *run = CONTAINER_OF((struct text_run *)(uintptr_t)label->run, struct gfx_run, run);
	cairo_matrix_t m;
	cairo_get_matrix(cr, &m);
	float scale = label->scale * (float)m.xx;
	bool sharp = fabs(m.xy) < 1e-6 && fabs(m.yx) < 1e-6 && m.xx > 0 && fabs(m.xx - m.yy) < 1e-4 && run->font_size * scale < 500;
	if (label->to <= label->from || !(run->font_size > 0) || !isfinite(label->x + label->y)) {
		return;
	}
	if (!sharp) {
		cairo_new_path(cr);
		label_path(cr, fonts, label);
		if (label->source) {
			cairo_set_source(cr, label->source);
		} else {
			painter_set_color(cr, label->color);
		}
		cairo_fill(cr);
		return;
	}
	double x = (double)label->x, y = (double)label->y;
	cairo_user_to_device(cr, &x, &y);
	struct label at_device = *label;
	at_device.blur = label->blur * scale;
	struct sharp s = {.cr = cr, .fonts = fonts, .label = &at_device, .run = run, .size = run->font_size * scale, .x = (float)x,
		.y = (float)y, .glyphs = place_glyphs(label, scale)};
	draw_sharp(&s);
	mem_free(s.glyphs.at);
}

void painter_text(struct painter *p, const struct paint_item *item)
{
	if (!p->context->fonts || !item->text.run) {
		return;
	}
	struct label label = {.run = item->text.run, .from = item->text.from, .to = item->text.to, .x = item->text.origin.x * p->dpr,
		.y = item->text.origin.y * p->dpr, .scale = p->dpr, .extra_space = item->text.extra_space, .blur = item->text.blur,
		.color = item->text.color, .alpha = 1};
	label_draw(p->cr, p->context->fonts, &label);
	if (!item->text.ellipsis) {
		return;
	}
	struct text_shaper shaper = gfx_fonts_shaper(p->context->fonts);
	struct text_run *dots = shaper.shape(shaper.user, STR("\u2026"), item->text.style);
	label.x += (item->text.run->x[item->text.to] - item->text.run->x[item->text.from]) * p->dpr;
	label.run = dots;
	label.from = 0;
	label.to = dots->text.len;
	label_draw(p->cr, p->context->fonts, &label);
	shaper.unref(shaper.user, dots);
}

void painter_text_line(struct painter *p, const struct paint_item *item)
{
	float thickness = float_max(roundf(item->line.rect.height * p->dpr), 1);
	struct rect r = {item->line.rect.x * p->dpr, roundf(item->line.rect.y * p->dpr), item->line.rect.width * p->dpr, thickness};
	cairo_t *cr = p->cr;
	painter_set_color(cr, item->line.color);
	if (item->line.style == BORDER_STYLE_DASHED || item->line.style == BORDER_STYLE_DOTTED) {
		bool dotted = item->line.style == BORDER_STYLE_DOTTED;
		const double dash[2] = {(double)thickness * (dotted ? 1 : 3), (double)thickness * (dotted ? 1 : 2)};
		cairo_save(cr);
		cairo_set_dash(cr, dash, 2, 0);
		cairo_set_line_width(cr, (double)thickness);
		cairo_move_to(cr, (double)r.x, (double)(r.y + thickness / 2));
		cairo_line_to(cr, (double)rect_right(r), (double)(r.y + thickness / 2));
		cairo_stroke(cr);
		cairo_restore(cr);
		return;
	}
	painter_path_rect(cr, r);
	if (item->line.style == BORDER_STYLE_DOUBLE) {
		painter_path_rect(cr, rect_move(r, 0, thickness * 2));
	}
	cairo_fill(cr);
}
