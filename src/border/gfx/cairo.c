// Walks a display list and draws it with Cairo: scopes here, each kind of item in its own file.
#include "border/gfx/painter.h"

#include <string.h>

enum { SIDE_MAX = 16384, PIXELS_MAX = 64 << 20, SCOPES_MAX = 4096 };

/* Surfaces */

struct gfx_surface *gfx_surface_create(int width, int height)
{
	if (width < 1 || height < 1 || width > SIDE_MAX || height > SIDE_MAX || (long)width * height > PIXELS_MAX) {
		return NULL;
	}
	cairo_surface_t *cairo = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height);
	if (cairo_surface_status(cairo) != CAIRO_STATUS_SUCCESS) {
		cairo_surface_destroy(cairo);
		return NULL;
	}
	struct gfx_surface *surface = mem_alloc(sizeof(*surface));
	*surface = (struct gfx_surface){.cairo = cairo, .width = width, .height = height};
	return surface;
}

void gfx_surface_destroy(struct gfx_surface *surface)
{
	if (surface) {
		cairo_surface_destroy(surface->cairo);
		paint_cells_finish(&surface->shown);
		mem_free(surface);
	}
}

int gfx_surface_width(const struct gfx_surface *surface)
{
	return surface->width;
}

int gfx_surface_height(const struct gfx_surface *surface)
{
	return surface->height;
}

const uint8_t *gfx_surface_pixels(const struct gfx_surface *surface, size_t *ret_stride)
{
	cairo_surface_flush(surface->cairo);
	*ret_stride = (size_t)cairo_image_surface_get_stride(surface->cairo);
	return cairo_image_surface_get_data(surface->cairo);
}

void gfx_surface_get_rgba(const struct gfx_surface *surface, int x, int y, int width, int height, uint8_t *ret_rgba)
{
	size_t stride;
	const uint8_t *pixels = gfx_surface_pixels(surface, &stride);
	for (int row = 0; row < height; row++) {
		for (int column = 0; column < width; column++, ret_rgba += 4) {
			long sx = (long)x + column, sy = (long)y + row;
			uint32_t word = 0;
			if (sx >= 0 && sy >= 0 && sx < surface->width && sy < surface->height) {
				memcpy(&word, pixels + (size_t)sy * stride + (size_t)sx * 4, 4);
			}
			unsigned alpha = word >> 24;
			for (int i = 0; i < 3; i++) {
				unsigned part = word >> (16 - 8 * i) & 255;
				ret_rgba[i] = (uint8_t)(alpha ? size_min((part * 255 + alpha / 2) / alpha, 255) : 0);
			}
			ret_rgba[3] = (uint8_t)alpha;
		}
	}
}

void gfx_surface_put_rgba(struct gfx_surface *surface, int x, int y, int width, int height, const uint8_t *rgba)
{
	size_t stride;
	uint8_t *pixels = (uint8_t *)(uintptr_t)gfx_surface_pixels(surface, &stride);
	for (int row = 0; row < height; row++) {
		for (int column = 0; column < width; column++, rgba += 4) {
			long sx = (long)x + column, sy = (long)y + row;
			if (sx < 0 || sy < 0 || sx >= surface->width || sy >= surface->height) {
				continue;
			}
			uint32_t alpha = rgba[3], word = alpha << 24;
			for (int i = 0; i < 3; i++) {
				word |= (rgba[i] * alpha + 127) / 255 << (16 - 8 * i);
			}
			memcpy(pixels + (size_t)sy * stride + (size_t)sx * 4, &word, 4);
		}
	}
	cairo_surface_mark_dirty(surface->cairo);
	paint_cells_finish(&surface->shown);
}

void gfx_context_finish(struct gfx_context *context)
{
	gfx_cache_destroy(context->cache);
	context->cache = NULL;
}

/* Shapes */

struct rect painter_snap_rect(const struct painter *p, struct rect r)
{
	float x = roundf(r.x * p->dpr), y = roundf(r.y * p->dpr);
	return (struct rect){x, y, roundf(rect_right(r) * p->dpr) - x, roundf(rect_bottom(r) * p->dpr) - y};
}

struct rounded painter_snap(const struct painter *p, const struct rounded *shape)
{
	struct rounded out = {.rect = painter_snap_rect(p, shape->rect)};
	for (int i = 0; i < 4; i++) {
		out.radius_x[i] = shape->radius_x[i] * p->dpr;
		out.radius_y[i] = shape->radius_y[i] * p->dpr;
	}
	return out;
}

void painter_path_rect(cairo_t *cr, struct rect r)
{
	cairo_rectangle(cr, (double)r.x, (double)r.y, (double)r.width, (double)r.height);
}

/* Control points of a quarter ellipse lie this part of the radius before its end. */
#define KAPPA 0.44771525

void painter_path_rounded(cairo_t *cr, const struct rounded *s)
{
	if (rounded_is_rect(s)) {
		painter_path_rect(cr, s->rect);
		return;
	}
	double x0 = (double)s->rect.x, y0 = (double)s->rect.y, x1 = (double)rect_right(s->rect), y1 = (double)rect_bottom(s->rect);
	const float *rx = s->radius_x, *ry = s->radius_y;
	double k = KAPPA;
	cairo_new_sub_path(cr);
	cairo_move_to(cr, x0 + (double)rx[0], y0);
	cairo_line_to(cr, x1 - (double)rx[1], y0);
	cairo_curve_to(cr, x1 - (double)rx[1] * k, y0, x1, y0 + (double)ry[1] * k, x1, y0 + (double)ry[1]);
	cairo_line_to(cr, x1, y1 - (double)ry[2]);
	cairo_curve_to(cr, x1, y1 - (double)ry[2] * k, x1 - (double)rx[2] * k, y1, x1 - (double)rx[2], y1);
	cairo_line_to(cr, x0 + (double)rx[3], y1);
	cairo_curve_to(cr, x0 + (double)rx[3] * k, y1, x0, y1 - (double)ry[3] * k, x0, y1 - (double)ry[3]);
	cairo_line_to(cr, x0, y0 + (double)ry[0]);
	cairo_curve_to(cr, x0, y0 + (double)ry[0] * k, x0 + (double)rx[0] * k, y0, x0 + (double)rx[0], y0);
	cairo_close_path(cr);
}

void painter_set_color(cairo_t *cr, color_t c)
{
	cairo_set_source_rgba(cr, (c >> 24) / 255.0, (c >> 16 & 255) / 255.0, (c >> 8 & 255) / 255.0, (c & 255) / 255.0);
}

cairo_matrix_t matrix_to_cairo(struct matrix m)
{
	return (cairo_matrix_t){.xx = (double)m.a, .yx = (double)m.b, .xy = (double)m.c, .yy = (double)m.d, .x0 = (double)m.e,
		.y0 = (double)m.f};
}

/* Items */

static void draw_color(struct painter *p, const struct paint_item *item)
{
	struct rounded shape = painter_snap(p, &item->shape);
	if (rect_empty(shape.rect)) {
		return;
	}
	painter_set_color(p->cr, item->color);
	painter_path_rounded(p->cr, &shape);
	cairo_fill(p->cr);
}

static void draw_replaced(struct painter *p, const struct paint_item *item)
{
	if (!p->context->replaced) {
		return;
	}
	struct rounded shape = painter_snap(p, &item->shape);
	cairo_save(p->cr);
	painter_path_rounded(p->cr, &shape);
	cairo_clip(p->cr);
	cairo_scale(p->cr, (double)p->dpr, (double)p->dpr);
	struct gfx_canvas *canvas = gfx_canvas_on(p);
	p->context->replaced(p->context->user, canvas, item);
	gfx_canvas_destroy(canvas);
	cairo_restore(p->cr);
}

static void draw_item(struct painter *p, const struct paint_item *item)
{
	switch (item->kind) {
	case PAINT_COLOR:
		draw_color(p, item);
		break;
	case PAINT_IMAGE:
		painter_image(p, item);
		break;
	case PAINT_GRADIENT:
		painter_gradient(p, item);
		break;
	case PAINT_BORDER:
		painter_border(p, item);
		break;
	case PAINT_SHADOW:
		painter_shadow(p, item);
		break;
	case PAINT_TEXT:
		painter_text(p, item);
		break;
	case PAINT_TEXT_LINE:
		painter_text_line(p, item);
		break;
	case PAINT_REPLACED:
		draw_replaced(p, item);
		break;
	default:
		break;
	}
}

/* Scopes */

/* Page rectangle in whole device px. */
static void clip_device(struct painter *p, struct rect bounds)
{
	cairo_matrix_t matrix;
	cairo_get_matrix(p->cr, &matrix);
	cairo_identity_matrix(p->cr);
	double x0 = floor((double)(bounds.x * p->dpr)), y0 = floor((double)(bounds.y * p->dpr));
	double x1 = ceil((double)(rect_right(bounds) * p->dpr)), y1 = ceil((double)(rect_bottom(bounds) * p->dpr));
	cairo_rectangle(p->cr, x0, y0, x1 - x0, y1 - y0);
	cairo_clip(p->cr);
	cairo_set_matrix(p->cr, &matrix);
}

/* A transform that Cairo could not undo, of scales upon scales, would end all drawing: what it holds
 * is not seen. */
static void apply_transform(struct painter *p, struct matrix m)
{
	m.e *= p->dpr;
	m.f *= p->dpr;
	cairo_matrix_t own = matrix_to_cairo(m), whole, inverse;
	cairo_get_matrix(p->cr, &whole);
	cairo_matrix_multiply(&whole, &own, &whole);
	inverse = whole;
	if (isfinite(whole.x0 + whole.y0) && cairo_matrix_invert(&inverse) == CAIRO_STATUS_SUCCESS) {
		cairo_set_matrix(p->cr, &whole);
	} else {
		cairo_new_path(p->cr);
		cairo_clip(p->cr);
	}
}

static void open_scope(struct painter *p, const struct paint_item *item)
{
	cairo_save(p->cr);
	if (item->kind == PAINT_PUSH_CLIP) {
		struct rounded shape = painter_snap(p, &item->shape);
		painter_path_rounded(p->cr, &shape);
		cairo_clip(p->cr);
	} else if (item->kind == PAINT_PUSH_TRANSFORM) {
		apply_transform(p, item->transform);
	} else {
		if (item->kind == PAINT_PUSH_GROUP) {
			clip_device(p, item->bounds);
		}
		cairo_push_group(p->cr);
	}
}

static void close_scope(struct painter *p, const struct paint_item *item)
{
	if (item->kind == PAINT_PUSH_GROUP) {
		if (item->group.filter_count) {
			filter_apply(cairo_get_group_target(p->cr), item->group.filters, item->group.filter_count, p->dpr);
		}
		cairo_pop_group_to_source(p->cr);
		cairo_paint_with_alpha(p->cr, (double)item->group.opacity);
	} else if (item->kind == PAINT_MASK) {
		cairo_pop_group_to_source(p->cr);
		cairo_set_operator(p->cr, CAIRO_OPERATOR_DEST_IN);
		cairo_paint(p->cr);
	}
	cairo_restore(p->cr);
}

/* Index of the POP that belongs to items[at]. */
static size_t matching_pop(const struct display_list *list, size_t at)
{
	size_t depth = 0;
	for (size_t i = at; i < list->items.len; i++) {
		enum paint_kind kind = list->items.at[i].kind;
		depth += kind <= PAINT_PUSH_GROUP || kind == PAINT_MASK;
		depth -= kind == PAINT_POP;
		if (!depth) {
			return i;
		}
	}
	return list->items.len;
}

static bool touches(struct rect a, struct rect b)
{
	return a.x < rect_right(b) && b.x < rect_right(a) && a.y < rect_bottom(b) && b.y < rect_bottom(a);
}

static void draw_all(struct painter *p, const struct display_list *list, struct rect area)
{
	const struct paint_item **scopes = mem_alloc_array(SCOPES_MAX, sizeof(*scopes));
	size_t depth = 0;
	area = rect_inset(area, (struct insets){-1, -1, -1, -1});
	for (size_t i = 0; i < list->items.len; i++) {
		const struct paint_item *item = &list->items.at[i];
		if (item->kind == PAINT_POP) {
			if (depth) {
				close_scope(p, scopes[--depth]);
			}
		} else if (item->kind < PAINT_POP || item->kind == PAINT_MASK) {
			bool skip = item->kind != PAINT_MASK && item->kind != PAINT_PUSH_TRANSFORM && !touches(item->bounds, area);
			if (skip || depth == SCOPES_MAX) {
				i = matching_pop(list, i);
			} else {
				open_scope(p, item);
				scopes[depth++] = item;
			}
		} else if (touches(item->bounds, area)) {
			draw_item(p, item);
		}
	}
	while (depth) {
		close_scope(p, scopes[--depth]);
	}
	mem_free(scopes);
}

static bool contains(struct rect outer, struct rect inner)
{
	return outer.x <= inner.x && outer.y <= inner.y && rect_right(outer) >= rect_right(inner) && rect_bottom(outer) >= rect_bottom(inner);
}

/* A filter looks at its neighbours: what it covers is drawn as a whole or not at all. */
static struct rect whole_filters(const struct display_list *list, struct rect area)
{
	for (size_t i = 0; i < list->items.len; i++) {
		const struct paint_item *item = &list->items.at[i];
		bool filter = item->kind == PAINT_PUSH_GROUP && item->group.filter_count;
		if (filter && touches(item->bounds, area) && !contains(area, item->bounds)) {
			area = rect_union(area, item->bounds);
			i = (size_t)-1; // those before may touch it now; each time one more is inside
		}
	}
	return area;
}

static void draw(struct gfx_surface *surface, const struct display_list *list, float dpr, const struct rect *damage,
	size_t damage_count, struct gfx_context *context)
{
	struct rect all = {0, 0, (float)surface->width / dpr, (float)surface->height / dpr};
	size_t count = damage ? damage_count : 1;
	struct painter p = {.cr = cairo_create(surface->cairo), .dpr = dpr, .context = context};
	cairo_set_tolerance(p.cr, 0.1);
	for (size_t i = 0; i < count; i++) {
		struct rect area = damage ? rect_intersect(whole_filters(list, damage[i]), all) : all;
		if (rect_empty(area)) {
			continue;
		}
		cairo_save(p.cr);
		clip_device(&p, area);
		cairo_set_operator(p.cr, CAIRO_OPERATOR_SOURCE);
		painter_set_color(p.cr, list->canvas);
		cairo_paint(p.cr);
		cairo_set_operator(p.cr, CAIRO_OPERATOR_OVER);
		draw_all(&p, list, area);
		cairo_restore(p.cr);
	}
	cairo_destroy(p.cr);
	cairo_surface_flush(surface->cairo);
}

void gfx_draw(struct gfx_surface *surface, const struct display_list *list, float dpr, const struct rect *damage,
	size_t damage_count, struct gfx_context *context)
{
	paint_cells_finish(&surface->shown);
	draw(surface, list, dpr, damage, damage_count, context);
}

void gfx_show(struct gfx_surface *surface, const struct display_list *list, float dpr, struct gfx_context *context)
{
	enum { RECTS_MAX = 8 };
	struct rect rects[RECTS_MAX];
	unsigned supplies = (context->fonts ? gfx_fonts_version(context->fonts) : 0) + (context->images ? gfx_image_cache_version(context->images) : 0);
	float width = (float)surface->width / dpr, height = (float)surface->height / dpr;
	bool covered = fabsf(list->size.width - width) * dpr < 1 && fabsf(list->size.height - height) * dpr < 1;
	if (surface->shown_dpr != dpr || surface->shown_supplies != supplies || !covered) {
		paint_cells_finish(&surface->shown);
	}
	bool known = surface->shown.hashes != NULL;
	size_t count = paint_damage(&surface->shown, list, rects, RECTS_MAX);
	surface->shown_dpr = dpr;
	surface->shown_supplies = supplies;
	if (!known) {
		draw(surface, list, dpr, NULL, 0, context);
	} else if (count) {
		draw(surface, list, dpr, rects, count, context);
	}
}
