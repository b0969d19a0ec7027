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

static bool is_opaque(const struct gfx_pixels *pixels)
{
	for (int y = 0; y < pixels->height; y++) {
		const uint8_t *row = pixels->at + (size_t)y * pixels->stride;
		for (int x = 0; x < pixels->width; x++) {
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

static struct gfx_pixels pixels_of(const struct gfx_surface *surface)
{
	struct gfx_pixels pixels = {.width = gfx_surface_width(surface), .height = gfx_surface_height(surface)};
	pixels.at = gfx_surface_pixels(surface, &pixels.stride);
	return pixels;
}

static bool encode_png(const struct gfx_pixels *pixels, const bool opaque, struct strbuf *out)
{
	size_t before = out->len;
	uint8_t *row = mem_alloc((size_t)pixels->width * 4);
	png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
	png_infop info = png ? png_create_info_struct(png) : NULL;
	if (!info || setjmp(png_jmpbuf(png))) {
		png_destroy_write_struct(&png, &info);
		mem_free(row);
		out->len = before;
		return false;
	}
	png_set_write_fn(png, out, png_write_out, png_no_flush);
	png_set_IHDR(png, info, (unsigned)pixels->width, (unsigned)pixels->height, 8, opaque ? PNG_COLOR_TYPE_RGB : PNG_COLOR_TYPE_RGBA,
		PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
	png_set_compression_level(png, 1);
	png_set_filter(png, 0, PNG_FILTER_SUB);
	png_write_info(png, info);
	for (int y = 0; y < pixels->height; y++) {
		convert_row(pixels->at + (size_t)y * pixels->stride, row, pixels->width, opaque);
		png_write_row(png, row);
	}
	png_write_end(png, NULL);
	png_destroy_write_struct(&png, &info);
	mem_free(row);
	return true;
}

bool gfx_png_encode_pixels(const struct gfx_pixels *pixels, struct strbuf *out)
{
	return encode_png(pixels, is_opaque(pixels), out);
}

bool gfx_png_encode(const struct gfx_surface *surface, struct strbuf *out)
{
	struct gfx_pixels pixels = pixels_of(surface);
	return gfx_png_encode_pixels(&pixels, out);
}

bool gfx_jpeg_encode(const struct gfx_surface *surface, int quality, struct strbuf *out)
{
	struct gfx_pixels pixels = pixels_of(surface);
	return gfx_jpeg_encode_pixels(&pixels, quality, out);
}

bool gfx_jpeg_encode_pixels(const struct gfx_pixels *pixels, int quality, struct strbuf *out)
{
	tjhandle encoder = tjInitCompress();
	unsigned char *data = NULL;
	unsigned long len = 0;
	bool ok = encoder && tjCompress2(encoder, pixels->at, pixels->width, (int)pixels->stride, pixels->height, TJPF_BGRX,
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
