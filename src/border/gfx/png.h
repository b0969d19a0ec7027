/* Surfaces to picture files. */
#ifndef MINA_GFX_PNG_H
#define MINA_GFX_PNG_H

#include "base/str.h"

struct gfx_surface;

/* Lent pixels, as a surface has them. */
struct gfx_pixels {
	const uint8_t *at;
	size_t stride; // bytes
	int width, height;
};

/* Appended to out. False: out of a library's means; out is unchanged. Opaque surfaces become RGB. */
bool gfx_png_encode(const struct gfx_surface *surface, struct strbuf *out);
bool gfx_jpeg_encode(const struct gfx_surface *surface, int quality, struct strbuf *out); // quality 1 to 100
bool gfx_png_encode_pixels(const struct gfx_pixels *pixels, struct strbuf *out);
bool gfx_jpeg_encode_pixels(const struct gfx_pixels *pixels, int quality, struct strbuf *out);

#endif
