// Background pictures: one tile or many.
#include "border/gfx/painter.h"

enum { TILES_MAX = 20000, TILE_SIDE_MAX = 8192 };

struct axis {
	double at, step, end; // first tile at or before the start of the shape
};

static struct axis make_axis(float tile_at, float tile_len, float step, enum repeat repeat, float from, float to)
{
	struct axis axis = {(double)tile_at, (double)float_max(step, 1), (double)to};
	if (repeat == REPEAT_NO_REPEAT) {
		axis.end = axis.at + 0.5;
		return axis;
	}
	axis.at += floor(((double)from - axis.at - (double)tile_len + (double)step) / axis.step) * axis.step;
	if (axis.at + (double)tile_len <= (double)from) {
		axis.at += axis.step;
	}
	return axis;
}

static void paint_tile(cairo_t *cr, cairo_surface_t *surface, double x, double y, double width, double height)
{
	double sx = width / cairo_image_surface_get_width(surface), sy = height / cairo_image_surface_get_height(surface);
	cairo_save(cr);
	cairo_translate(cr, x, y);
	cairo_rectangle(cr, 0, 0, width, height);
	cairo_scale(cr, sx, sy);
	cairo_set_source_surface(cr, surface, 0, 0);
	cairo_pattern_set_extend(cairo_get_source(cr), CAIRO_EXTEND_PAD);
	cairo_pattern_set_filter(cairo_get_source(cr), sx == 1 && sy == 1 ? CAIRO_FILTER_FAST : CAIRO_FILTER_GOOD);
	cairo_fill(cr);
	cairo_restore(cr);
}

/* Whole tiles side by side are one pattern. */
static bool paint_pattern(struct painter *p, cairo_surface_t *surface, const struct paint_item *item, const struct rounded *shape,
	struct rect tile)
{
	bool repeats = item->image.repeat_x != REPEAT_NO_REPEAT && item->image.repeat_y != REPEAT_NO_REPEAT;
	bool gapless = item->image.step.width <= item->image.tile.width && item->image.step.height <= item->image.tile.height;
	bool whole = (int)tile.width == cairo_image_surface_get_width(surface) && (int)tile.height == cairo_image_surface_get_height(surface);
	float drift = fabsf(item->image.tile.width * p->dpr - tile.width) + fabsf(item->image.tile.height * p->dpr - tile.height);
	if (!repeats || !gapless || !whole || drift > 0.01f) {
		return false;
	}
	cairo_set_source_surface(p->cr, surface, (double)tile.x, (double)tile.y);
	cairo_pattern_set_extend(cairo_get_source(p->cr), CAIRO_EXTEND_REPEAT);
	cairo_pattern_set_filter(cairo_get_source(p->cr), CAIRO_FILTER_BILINEAR);
	painter_path_rounded(p->cr, shape);
	cairo_fill(p->cr);
	return true;
}

void painter_tile_surface(struct painter *p, cairo_surface_t *surface, const struct paint_item *item)
{
	struct rounded shape = painter_snap(p, &item->shape);
	struct rect tile = painter_snap_rect(p, item->image.tile);
	if (rect_empty(tile) || paint_pattern(p, surface, item, &shape, tile)) {
		return; // a scale of 0 would end all drawing
	}
	cairo_save(p->cr);
	painter_path_rounded(p->cr, &shape);
	cairo_clip(p->cr);
	double x0, y0, x1, y1;
	cairo_clip_extents(p->cr, &x0, &y0, &x1, &y1);
	float step_x = item->image.step.width * p->dpr, step_y = item->image.step.height * p->dpr;
	struct axis ax = make_axis(tile.x, tile.width, step_x, item->image.repeat_x, (float)x0, (float)x1);
	struct axis ay = make_axis(tile.y, tile.height, step_y, item->image.repeat_y, (float)y0, (float)y1);
	double count = ((ax.end - ax.at) / ax.step + 1) * ((ay.end - ay.at) / ay.step + 1);
	if (count < TILES_MAX) {
		for (double y = ay.at; y < ay.end; y += ay.step) {
			for (double x = ax.at; x < ax.end; x += ax.step) {
				paint_tile(p->cr, surface, round(x), round(y), (double)tile.width, (double)tile.height);
			}
		}
	}
	cairo_restore(p->cr);
}

void painter_image(struct painter *p, const struct paint_item *item)
{
	struct gfx_image *image = NULL;
	struct rect tile = painter_snap_rect(p, item->image.tile);
	if (!p->context->images || gfx_image_cache_get(p->context->images, item->image.image->url, &image) != 1) {
		return;
	}
	int width = (int)float_clamp(tile.width, 1, TILE_SIDE_MAX), height = (int)float_clamp(tile.height, 1, TILE_SIDE_MAX);
	cairo_surface_t *surface = gfx_image_at(image, width, height);
	if (surface && !rect_empty(item->shape.rect)) {
		painter_tile_surface(p, surface, item);
	}
}
