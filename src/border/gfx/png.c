// Surfaces to PNG (fast settings) and JPEG.
#include "border/gfx/png.h"

#include "border/gfx/cairo.h"
#include "base/mem.h"

#include <png.h>
#include <setjmp.h>
#include <string.h>
#include <turbojpeg.h>

static void png_write_out(png_structp png, png_bytep data, size_t len)
{
	strbuf_add(png_get_io_ptr(png), (struct str){(const char *)data, len});
}

static void png_no_flush(png_structp png)
{
	UNUSED(png);
}

static bool is_opaque(const uint8_t *pixels, size_t stride, int width, int height)
{
	for (int y = 0; y < height; y++) {
		const uint8_t *row = pixels + (size_t)y * stride;
		for (int x = 0; x < width; x++) {
			if (row[x * 4 + 3] != 255) {
				return false;
			}
		}
	}
	return true;
}

/* Premultiplied BGRA to RGB or straight RGBA. */
static void convert_row(const uint8_t *from, uint8_t *to, int width, bool opaque)
{
	for (int x = 0; x < width; x++, from += 4) {
		unsigned alpha = from[3];
		for (int i = 2; i >= 0; i--) {
			*to++ = (uint8_t)(alpha == 255 ? from[i] : alpha ? size_min((from[i] * 255u + alpha / 2) / alpha, 255) : 0);
		}
		if (!opaque) {
			*to++ = (uint8_t)alpha;
		}
	}
}

bool gfx_png_encode(const struct gfx_surface *surface, struct strbuf *out)
{
	size_t stride, before = out->len;
	const uint8_t *pixels = gfx_surface_pixels(surface, &stride);
	int width = gfx_surface_width(surface), height = gfx_surface_height(surface);
	bool opaque = is_opaque(pixels, stride, width, height);
	uint8_t *row = mem_alloc((size_t)width * 4);
	png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
	png_infop info = png ? png_create_info_struct(png) : NULL;
	if (!info || setjmp(png_jmpbuf(png))) {
		png_destroy_write_struct(&png, &info);
		mem_free(row);
		out->len = before;
		return false;
	}
	png_set_write_fn(png, out, png_write_out, png_no_flush);
	png_set_IHDR(png, info, (unsigned)width, (unsigned)height, 8, opaque ? PNG_COLOR_TYPE_RGB : PNG_COLOR_TYPE_RGBA,
		PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
	png_set_compression_level(png, 1);
	png_set_filter(png, 0, PNG_FILTER_SUB);
	png_write_info(png, info);
	for (int y = 0; y < height; y++) {
		convert_row(pixels + (size_t)y * stride, row, width, opaque);
		png_write_row(png, row);
	}
	png_write_end(png, NULL);
	png_destroy_write_struct(&png, &info);
	mem_free(row);
	return true;
}

bool gfx_jpeg_encode(const struct gfx_surface *surface, int quality, struct strbuf *out)
{
	size_t stride;
	const uint8_t *pixels = gfx_surface_pixels(surface, &stride);
	tjhandle encoder = tjInitCompress();
	unsigned char *data = NULL;
	unsigned long len = 0;
	bool ok = encoder && tjCompress2(encoder, pixels, gfx_surface_width(surface), (int)stride, gfx_surface_height(surface), TJPF_BGRX,
		&data, &len, TJSAMP_420, int_max(1, int_min(quality, 100)), TJFLAG_FASTDCT) == 0;
	if (ok) {
		strbuf_add(out, (struct str){(const char *)data, len});
	}
	tjFree(data);
	if (encoder) {
		tjDestroy(encoder);
	}
	return ok;
}
