/* What the files that draw share: a Cairo context whose unit is the device px of the current
 * transform ("local px": CSS px times dpr), so that edges can be snapped. Inside gfx only. */
#ifndef MINA_GFX_PAINTER_H
#define MINA_GFX_PAINTER_H

#include "border/gfx/cairo.h"
#include "border/gfx/font.h"

#include <cairo.h>

struct gfx_surface {
	cairo_surface_t *cairo;
	int width, height;
	struct paint_cells shown; // by gfx_show(); nothing when anything else drew
	float shown_dpr;
	unsigned shown_supplies;  // version of fonts and pictures
};

struct painter {
	cairo_t *cr;
	float dpr;
	struct gfx_context *context;
};

/* A rounded rectangle in local px, its edges on whole px. */
struct rounded painter_snap(const struct painter *p, const struct rounded *shape);
struct rect painter_snap_rect(const struct painter *p, struct rect rect);
void painter_path_rounded(cairo_t *cr, const struct rounded *shape); // adds
void painter_path_rect(cairo_t *cr, struct rect rect);
void painter_set_color(cairo_t *cr, color_t color);
cairo_matrix_t matrix_to_cairo(struct matrix m);

/* border.c */
void painter_border(struct painter *p, const struct paint_item *item);
/* shadow.c */
void painter_shadow(struct painter *p, const struct paint_item *item);
void gfx_cache_destroy(struct gfx_cache *cache);
/* Gaussian blur in place; sigma in px. bpp 1 or 4. */
void blur_pixels(uint8_t *pixels, int width, int height, int stride, int bpp, float sigma);
/* gradient.c: owner destroys; area in local px. */
cairo_pattern_t *gradient_pattern(const struct style_image *image, struct rect area, float dpr);
void painter_gradient(struct painter *p, const struct paint_item *item);
/* The stops of a canvas gradient. */
void gradient_add_stop(cairo_pattern_t *pattern, double at, color_t color);
/* tile.c: an image layer. */
void painter_image(struct painter *p, const struct paint_item *item);
void painter_tile_surface(struct painter *p, cairo_surface_t *surface, const struct paint_item *item);
/* label.c: glyphs. origin in local px; scale: local px per CSS px of the run. */
struct label {
	const struct text_run *run;
	size_t from, to;
	float x, y, scale, extra_space, blur;
	color_t color;      // for the gamma; the source too unless `source`
	cairo_pattern_t *source;
	float alpha;
};
void label_draw(cairo_t *cr, struct gfx_fonts *fonts, const struct label *label);
void label_path(cairo_t *cr, struct gfx_fonts *fonts, const struct label *label);
void painter_text(struct painter *p, const struct paint_item *item);
void painter_text_line(struct painter *p, const struct paint_item *item);
/* filter.c: a group's pixels in place. dpr scales lengths. */
void filter_apply(cairo_surface_t *surface, const struct filter_step *filters, size_t count, float dpr);
/* image.c: the picture at a size in device px, lent until the picture goes. NULL: cannot be drawn. */
cairo_surface_t *gfx_image_at(struct gfx_image *image, int width, int height);
/* canvas.c: a canvas on a painter's context for the time of a call. */
struct gfx_canvas *gfx_canvas_on(struct painter *p);

#endif
