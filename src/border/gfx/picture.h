/* Inside of pictures, between the decoders and the cache. Inside gfx only. */
#ifndef MINA_GFX_PICTURE_H
#define MINA_GFX_PICTURE_H

#include "border/gfx/image.h"

#include <cairo.h>

enum { PICTURE_PIXELS_MAX = 64 << 20 };

/* A new ARGB32 surface; *ret_pixels and *ret_stride for writing. NULL: too large or no memory. */
cairo_surface_t *picture_surface(long width, long height, uint8_t **ret_pixels, int *ret_stride);
/* Rows of straight BGRA become premultiplied. */
void picture_premultiply(uint8_t *pixels, int width, int height, int stride);

/* gif.c, bmp.c */
enum gfx_image_outcome gif_decode(struct str bytes, cairo_surface_t **ret_surface);
enum gfx_image_outcome bmp_decode(struct str bytes, cairo_surface_t **ret_surface);

/* svg.c */
struct svg;
bool svg_is(struct str bytes);
enum gfx_image_outcome svg_decode(struct str bytes, struct svg **ret_svg, struct size *ret_size);
void svg_draw(const struct svg *svg, cairo_surface_t *surface, int width, int height);
void svg_destroy(struct svg *svg); // NULL is fine

#endif
