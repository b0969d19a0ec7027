// Pictures: which format bytes are in, decoding by the libraries, and the sizes they are kept at.
#include "border/gfx/image.h"

#include "base/mem.h"
#include "border/gfx/painter.h"
#include "border/gfx/picture.h"

#include <png.h>
#include <string.h>
#include <turbojpeg.h>
#include <webp/decode.h>

enum { VARIANTS_MAX = 6, VARIANT_PIXELS_MAX = 8 << 20 };

struct variant {
	int width, height;
	unsigned used;
	cairo_surface_t *surface;
};

struct gfx_image {
	unsigned refs;
	const char *format;
	struct size size;
	cairo_surface_t *surface; // at the natural size; NULL for SVG
	struct svg *svg;
	struct variant variants[VARIANTS_MAX];
	unsigned clock;
};

/* Surfaces */

cairo_surface_t *picture_surface(long width, long height, uint8_t **ret_pixels, int *ret_stride)
{
	if (width < 1 || height < 1 || width > 32767 || height > 32767 || width * height > PICTURE_PIXELS_MAX) {
		return NULL;
	}
	cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, (int)width, (int)height);
	if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS) {
		cairo_surface_destroy(surface);
		return NULL;
	}
	*ret_pixels = cairo_image_surface_get_data(surface);
	*ret_stride = cairo_image_surface_get_stride(surface);
	return surface;
}

void picture_premultiply(uint8_t *pixels, int width, int height, int stride)
{
	for (int y = 0; y < height; y++) {
		uint8_t *p = pixels + (ptrdiff_t)y * stride;
		for (int x = 0; x < width; x++, p += 4) {
			unsigned alpha = p[3];
			if (alpha < 255) {
				p[0] = (uint8_t)((p[0] * alpha + 127) / 255);
				p[1] = (uint8_t)((p[1] * alpha + 127) / 255);
				p[2] = (uint8_t)((p[2] * alpha + 127) / 255);
			}
		}
	}
}

/* Decoders: each makes a surface or says why not */

typedef enum gfx_image_outcome (*decode_fn)(struct str bytes, cairo_surface_t **ret_surface);

static enum gfx_image_outcome png_decode(struct str bytes, cairo_surface_t **ret_surface)
{
	png_image png;
	memset(&png, 0, sizeof(png));
	png.version = PNG_IMAGE_VERSION;
	if (!png_image_begin_read_from_memory(&png, bytes.at, bytes.len)) {
		return GFX_IMAGE_BROKEN;
	}
	png.format = PNG_FORMAT_BGRA;
	uint8_t *pixels;
	int stride;
	cairo_surface_t *surface = picture_surface((long)png.width, (long)png.height, &pixels, &stride);
	if (!surface) {
		png_image_free(&png);
		return GFX_IMAGE_TOO_LARGE;
	}
	int width = (int)png.width, height = (int)png.height;
	if (!png_image_finish_read(&png, NULL, pixels, stride, NULL)) {
		png_image_free(&png);
		cairo_surface_destroy(surface);
		return GFX_IMAGE_BROKEN;
	}
	picture_premultiply(pixels, width, height, stride);
	cairo_surface_mark_dirty(surface);
	*ret_surface = surface;
	return GFX_IMAGE_OK;
}

/* The orientation tag of an EXIF block, 1 to 8; 1 when there is none. */
static int exif_orientation(const uint8_t *at, size_t len)
{
	for (size_t pos = 2; pos + 4 <= len && at[pos] == 0xFF;) {
		size_t size = (size_t)at[pos + 2] << 8 | at[pos + 3];
		if (at[pos + 1] == 0xDA || size < 2 || pos + 2 + size > len) {
			return 1;
		}
		const uint8_t *tiff = at + pos + 10;
		if (at[pos + 1] == 0xE1 && size >= 22 && !memcmp(at + pos + 4, "Exif\0\0", 6)) {
			bool big = tiff[0] == 'M';
#define GET16(o) (big ? (size_t)tiff[o] << 8 | tiff[(o) + 1] : (size_t)tiff[(o) + 1] << 8 | tiff[o])
			size_t room = size - 8, ifd = big ? GET16(6) : GET16(4);
			if (ifd + 2 > room) {
				return 1;
			}
			size_t count = GET16(ifd);
			for (size_t i = 0; i < count && ifd + 2 + i * 12 + 12 <= room; i++) {
				size_t entry = ifd + 2 + i * 12;
				if (GET16(entry) == 0x0112) {
					size_t value = GET16(entry + 8);
					return value >= 1 && value <= 8 ? (int)value : 1;
				}
			}
#undef GET16
			return 1;
		}
		pos += 2 + size;
	}
	return 1;
}

static cairo_surface_t *turn_surface(cairo_surface_t *from, int orientation)
{
	int w = cairo_image_surface_get_width(from), h = cairo_image_surface_get_height(from), stride;
	bool swap = orientation >= 5;
	uint8_t *pixels;
	cairo_surface_t *to = picture_surface(swap ? h : w, swap ? w : h, &pixels, &stride);
	if (!to) {
		return from;
	}
	static const struct matrix turns[9] = {{1, 0, 0, 1, 0, 0}, {1, 0, 0, 1, 0, 0}, {-1, 0, 0, 1, 1, 0}, {-1, 0, 0, -1, 1, 1},
		{1, 0, 0, -1, 0, 1}, {0, 1, 1, 0, 0, 0}, {0, 1, -1, 0, 1, 0}, {0, -1, -1, 0, 1, 1}, {0, -1, 1, 0, 0, 1}};
	cairo_matrix_t m = matrix_to_cairo(turns[orientation]);
	m.x0 *= swap ? h : w;
	m.y0 *= swap ? w : h;
	cairo_t *cr = cairo_create(to);
	cairo_set_matrix(cr, &m);
	cairo_set_source_surface(cr, from, 0, 0);
	cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_NEAREST);
	cairo_paint(cr);
	cairo_destroy(cr);
	cairo_surface_destroy(from);
	return to;
}

static enum gfx_image_outcome jpeg_decode(struct str bytes, cairo_surface_t **ret_surface)
{
	tjhandle decoder = tjInitDecompress();
	int width = 0, height = 0, sampling = 0, space = 0, stride;
	uint8_t *pixels;
	const unsigned char *data = (const unsigned char *)bytes.at;
	if (!decoder || tjDecompressHeader3(decoder, data, bytes.len, &width, &height, &sampling, &space)) {
		tjDestroy(decoder);
		return GFX_IMAGE_BROKEN;
	}
	cairo_surface_t *surface = picture_surface(width, height, &pixels, &stride);
	if (!surface) {
		tjDestroy(decoder);
		return GFX_IMAGE_TOO_LARGE;
	}
	int failed = tjDecompress2(decoder, data, bytes.len, pixels, width, stride, height, TJPF_BGRA, 0);
	if (failed && tjGetErrorCode(decoder) != TJERR_WARNING) {
		tjDestroy(decoder);
		cairo_surface_destroy(surface);
		return GFX_IMAGE_BROKEN;
	}
	tjDestroy(decoder);
	cairo_surface_mark_dirty(surface);
	int orientation = exif_orientation(data, bytes.len);
	*ret_surface = orientation > 1 ? turn_surface(surface, orientation) : surface;
	return GFX_IMAGE_OK;
}

static enum gfx_image_outcome webp_decode(struct str bytes, cairo_surface_t **ret_surface)
{
	WebPBitstreamFeatures features;
	const uint8_t *data = (const uint8_t *)bytes.at;
	if (WebPGetFeatures(data, bytes.len, &features) != VP8_STATUS_OK || features.has_animation) {
		return GFX_IMAGE_BROKEN;
	}
	uint8_t *pixels;
	int stride;
	cairo_surface_t *surface = picture_surface(features.width, features.height, &pixels, &stride);
	if (!surface) {
		return GFX_IMAGE_TOO_LARGE;
	}
	if (!WebPDecodeBGRAInto(data, bytes.len, pixels, (size_t)stride * (size_t)features.height, stride)) {
		cairo_surface_destroy(surface);
		return GFX_IMAGE_BROKEN;
	}
	if (features.has_alpha) {
		picture_premultiply(pixels, features.width, features.height, stride);
	}
	cairo_surface_mark_dirty(surface);
	*ret_surface = surface;
	return GFX_IMAGE_OK;
}

/* Variants */

static cairo_surface_t *make_variant(const struct gfx_image *image, int width, int height)
{
	uint8_t *pixels;
	int stride;
	cairo_surface_t *surface = picture_surface(width, height, &pixels, &stride);
	if (!surface) {
		return NULL;
	}
	if (image->svg) {
		svg_draw(image->svg, surface, width, height);
		return surface;
	}
	cairo_t *cr = cairo_create(surface);
	cairo_scale(cr, (double)width / (double)image->size.width, (double)height / (double)image->size.height);
	cairo_set_source_surface(cr, image->surface, 0, 0);
	cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_GOOD);
	cairo_pattern_set_extend(cairo_get_source(cr), CAIRO_EXTEND_PAD);
	cairo_set_operator(cr, CAIRO_OPERATOR_SOURCE);
	cairo_paint(cr);
	cairo_destroy(cr);
	return surface;
}

cairo_surface_t *gfx_image_at(struct gfx_image *image, int width, int height)
{
	if (image->surface && width == (int)image->size.width && height == (int)image->size.height) {
		return image->surface;
	}
	struct variant *slot = &image->variants[0];
	for (int i = 0; i < VARIANTS_MAX; i++) {
		struct variant *variant = &image->variants[i];
		if (variant->surface && variant->width == width && variant->height == height) {
			variant->used = ++image->clock;
			return variant->surface;
		}
		slot = variant->used < slot->used ? variant : slot;
	}
	if (image->surface && (long)width * height > VARIANT_PIXELS_MAX) {
		return image->surface;
	}
	cairo_surface_t *surface = make_variant(image, width, height);
	if (!surface) {
		return image->surface;
	}
	cairo_surface_destroy(slot->surface);
	*slot = (struct variant){width, height, ++image->clock, surface};
	return surface;
}

/* Exported */

static decode_fn find_decoder(struct str bytes, const char **ret_format)
{
	struct row {
		const char *format, *magic;
		size_t len;
		decode_fn decode;
	};
	static const struct row rows[] = {
		{"png", "\x89PNG\r\n\x1a\n", 8, png_decode}, {"jpeg", "\xFF\xD8\xFF", 3, jpeg_decode}, {"gif", "GIF8", 4, gif_decode},
		{"bmp", "BM", 2, bmp_decode},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		if (bytes.len >= rows[i].len && !memcmp(bytes.at, rows[i].magic, rows[i].len)) {
			*ret_format = rows[i].format;
			return rows[i].decode;
		}
	}
	if (bytes.len >= 12 && !memcmp(bytes.at, "RIFF", 4) && !memcmp(bytes.at + 8, "WEBP", 4)) {
		*ret_format = "webp";
		return webp_decode;
	}
	return NULL;
}

enum gfx_image_outcome gfx_image_decode(struct str bytes, struct gfx_image **ret_image)
{
	struct gfx_image *image = mem_alloc(sizeof(*image));
	image->refs = 1;
	decode_fn decode = find_decoder(bytes, &image->format);
	enum gfx_image_outcome outcome = GFX_IMAGE_UNKNOWN;
	if (decode) {
		outcome = decode(bytes, &image->surface);
		if (outcome == GFX_IMAGE_OK) {
			image->size = (struct size){(float)cairo_image_surface_get_width(image->surface),
				(float)cairo_image_surface_get_height(image->surface)};
		}
	} else if (bytes.len && svg_is(bytes)) {
		outcome = svg_decode(bytes, &image->svg, &image->size);
		image->format = "svg";
	}
	if (outcome != GFX_IMAGE_OK) {
		mem_free(image);
		return outcome;
	}
	*ret_image = image;
	return GFX_IMAGE_OK;
}

void gfx_image_unref(struct gfx_image *image)
{
	if (!image || --image->refs) {
		return;
	}
	for (int i = 0; i < VARIANTS_MAX; i++) {
		cairo_surface_destroy(image->variants[i].surface);
	}
	cairo_surface_destroy(image->surface);
	svg_destroy(image->svg);
	mem_free(image);
}

struct size gfx_image_size(const struct gfx_image *image)
{
	return image->size;
}

const char *gfx_image_format(const struct gfx_image *image)
{
	return image->format;
}
