// Uncompressed BMP of 8, 24 or 32 bits a pixel.
#include "border/gfx/picture.h"

#include <stdlib.h>
#include <string.h>

static uint32_t get32(const uint8_t *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

enum gfx_image_outcome bmp_decode(struct str bytes, cairo_surface_t **ret_surface)
{
	const uint8_t *in = (const uint8_t *)bytes.at;
	if (bytes.len < 54 || get32(in + 14) < 40) {
		return GFX_IMAGE_BROKEN;
	}
	long width = (int32_t)get32(in + 18), signed_height = (int32_t)get32(in + 22), height = labs(signed_height);
	unsigned depth = in[28];
	size_t data = get32(in + 10), table = 14 + (size_t)get32(in + 14);
	uint32_t compression = get32(in + 30);
	if (width < 1 || height < 1 || (depth != 8 && depth != 24 && depth != 32) || (compression && compression != 3)) {
		return GFX_IMAGE_BROKEN;
	}
	size_t row_len = ((size_t)width * depth / 8 + 3) & ~(size_t)3;
	uint8_t *pixels;
	int stride;
	cairo_surface_t *surface = picture_surface(width, height, &pixels, &stride);
	if (!surface) {
		return GFX_IMAGE_TOO_LARGE;
	}
	for (long y = 0; y < height; y++) {
		size_t from = data + (size_t)(signed_height < 0 ? y : height - 1 - y) * row_len;
		for (long x = 0; x < width; x++) {
			size_t at = from + (size_t)x * depth / 8;
			if (at > bytes.len || bytes.len - at < depth / 8) {
				break;
			}
			const uint8_t *p = in + at;
			if (depth == 8) {
				size_t entry = table + (size_t)*p * 4;
				if (entry + 4 > bytes.len) {
					break;
				}
				p = in + entry;
			}
			uint32_t word = 0xFF000000u | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];
			memcpy(pixels + y * stride + x * 4, &word, 4);
		}
	}
	cairo_surface_mark_dirty(surface);
	*ret_surface = surface;
	return GFX_IMAGE_OK;
}
