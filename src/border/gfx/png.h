/* Surfaces to picture files. */
#ifndef MINA_GFX_PNG_H
#define MINA_GFX_PNG_H

#include "base/str.h"

struct gfx_surface;

/* Appended to out. False: out of a library's means; out is unchanged. Opaque surfaces become RGB. */
bool gfx_png_encode(const struct gfx_surface *surface, struct strbuf *out);
bool gfx_jpeg_encode(const struct gfx_surface *surface, int quality, struct strbuf *out); // quality 1 to 100

#endif
