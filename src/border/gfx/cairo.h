/* Drawing display lists into surfaces of device pixels. Cairo stays behind this header. */
#ifndef MINA_GFX_CAIRO_H
#define MINA_GFX_CAIRO_H

#include "border/gfx/canvas.h"
#include "border/gfx/image.h"
#include "border/gfx/text.h"
#include "core/paint/list.h"

/* Pixels: 32-bit native words 0xAARRGGBB, premultiplied. */
struct gfx_surface;

/* Transparent. NULL when a side is below 1 or above 16384, or the whole above 64 Mpx. */
struct gfx_surface *gfx_surface_create(int width, int height);
void gfx_surface_destroy(struct gfx_surface *surface);
int gfx_surface_width(const struct gfx_surface *surface);
int gfx_surface_height(const struct gfx_surface *surface);
/* For reading; *ret_stride in bytes. */
const uint8_t *gfx_surface_pixels(const struct gfx_surface *surface, size_t *ret_stride);
/* Rows of straight (not premultiplied) RGBA bytes, as canvas ImageData has them. Out of range reads 0. */
void gfx_surface_get_rgba(const struct gfx_surface *surface, int x, int y, int width, int height, uint8_t *ret_rgba);
void gfx_surface_put_rgba(struct gfx_surface *surface, int x, int y, int width, int height, const uint8_t *rgba);

struct gfx_cache; // masks of shadows

/* What drawing needs beside the list. Set fonts and images (borrowed), leave the rest zero. */
struct gfx_context {
	struct gfx_fonts *fonts;         // NULL: no text
	struct gfx_image_cache *images;  // NULL: no pictures
	/* Paints a PAINT_REPLACED item: canvas in CSS px of the item's coordinates, clipped to its shape. */
	void (*replaced)(void *user, struct gfx_canvas *canvas, const struct paint_item *item);
	void *user;
	struct gfx_cache *cache;         // gfx's own
};

void gfx_context_finish(struct gfx_context *context);

/* Draws the list, dpr device px per CSS px, from the surface's top left. damage (viewport px, CSS):
 * only there; NULL with count 0: everywhere. What was there before is replaced by list->canvas. */
void gfx_draw(struct gfx_surface *surface, const struct display_list *list, float dpr, const struct rect *damage,
	size_t damage_count, struct gfx_context *context);

/* The same from what the surface shows by the last gfx_show(): draws only where the list looks different.
 * Everything, when somebody else drew there since, or fonts or pictures came. */
void gfx_show(struct gfx_surface *surface, const struct display_list *list, float dpr, struct gfx_context *context);

#endif
