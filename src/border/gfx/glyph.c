// Glyph pictures: coverage masks at quarter-pixel offsets, unhinted, as Skia draws them; emoji strikes; outlines.
#include "border/gfx/font.h"

#include <string.h>

#include FT_OUTLINE_H

enum { GLYPH_BUCKETS = 4096, GLYPH_BYTES_MAX = 16 << 20, GAMMA_LEVELS = 8 };

/* Reference values of Chromium's Linux build. */
#define TEXT_CONTRAST 0.2f
#define TEXT_GAMMA 1.2f

bool glyph_is_bold(const struct font_face *face, int weight)
{
	return weight >= 600 && face->weight < 600 && !face->color;
}

bool glyph_is_italic(const struct font_face *face, bool italic)
{
	return italic && !face->italic && !face->color;
}

void glyph_cache_finish(struct glyph_cache *cache)
{
	for (size_t i = 0; cache->buckets && i < GLYPH_BUCKETS; i++) {
		for (struct glyph_image *image = cache->buckets[i], *next; image; image = next) {
			next = image->next;
			mem_free(image->pixels);
			mem_free(image);
		}
	}
	mem_free(cache->buckets);
	*cache = (struct glyph_cache){0};
}

/* Rasterizing */

static void set_size(struct font_face *face, float size)
{
	unsigned want = (unsigned)lroundf(float_clamp(size, 0.1f, 4000) * 64);
	if (face->ft_size != want && FT_IS_SCALABLE(face->ft)) {
		FT_Set_Char_Size(face->ft, (FT_F26Dot6)want, (FT_F26Dot6)want, 72, 72);
		face->ft_size = want;
	}
}

/* Skia's fake bold: from 1/24 em of extra weight at 9 px to 1/32 at 36 px. */
static FT_Pos bold_extra(float size)
{
	float t = float_clamp((size - 9) / (36 - 9), 0, 1);
	return (FT_Pos)lroundf(size * (1 / 24.0f + t * (1 / 32.0f - 1 / 24.0f)) * 64);
}

static bool load_outline(struct font_face *face, uint32_t glyph, float size, bool bold, bool italic)
{
	set_size(face, size);
	if (FT_Load_Glyph(face->ft, glyph, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP | FT_LOAD_NO_AUTOHINT)
		|| face->ft->glyph->format != FT_GLYPH_FORMAT_OUTLINE) {
		return false;
	}
	FT_Outline *outline = &face->ft->glyph->outline;
	if (bold) {
		FT_Outline_Embolden(outline, bold_extra(size));
	}
	if (italic) {
		FT_Matrix slant = {0x10000, 0x4000, 0, 0x10000};
		FT_Outline_Transform(outline, &slant);
	}
	return outline->n_points > 0;
}

static void draw_outline(struct gfx_fonts *fonts, struct font_face *face, int sub, struct glyph_image *image)
{
	FT_Outline *outline = &face->ft->glyph->outline;
	FT_Outline_Translate(outline, sub * 16, 0);
	FT_BBox box;
	FT_Outline_Get_CBox(outline, &box);
	long left = box.xMin >> 6, right = (box.xMax + 63) >> 6, bottom = box.yMin >> 6, top = (box.yMax + 63) >> 6;
	if (right <= left || top <= bottom || right - left > 4096 || top - bottom > 4096) {
		return;
	}
	image->left = (int)left;
	image->top = (int)top;
	image->width = (int)(right - left);
	image->height = (int)(top - bottom);
	image->pixels = mem_alloc((size_t)image->width * (size_t)image->height);
	FT_Outline_Translate(outline, -left * 64, -bottom * 64);
	FT_Bitmap bitmap = {.rows = (unsigned)image->height, .width = (unsigned)image->width, .pitch = image->width,
		.buffer = image->pixels, .num_grays = 256, .pixel_mode = FT_PIXEL_MODE_GRAY};
	FT_Outline_Get_Bitmap(fonts->ft, outline, &bitmap);
}

/* Mean of the source pixels under each target pixel. */
static void shrink_strike(const FT_Bitmap *from, struct glyph_image *to)
{
	to->pixels = mem_alloc((size_t)to->width * (size_t)to->height * 4);
	for (int y = 0; y < to->height; y++) {
		int y0 = (int)((long)y * from->rows / to->height), y1 = int_max((int)((long)(y + 1) * from->rows / to->height), y0 + 1);
		for (int x = 0; x < to->width; x++) {
			int x0 = (int)((long)x * from->width / to->width), x1 = int_max((int)((long)(x + 1) * from->width / to->width), x0 + 1);
			unsigned sum[4] = {0}, count = (unsigned)((y1 - y0) * (x1 - x0));
			for (int sy = y0; sy < y1; sy++) {
				for (int sx = x0; sx < x1; sx++) {
					const uint8_t *p = from->buffer + (ptrdiff_t)sy * from->pitch + sx * 4;
					for (int i = 0; i < 4; i++) {
						sum[i] += p[i];
					}
				}
			}
			for (int i = 0; i < 4; i++) {
				to->pixels[((size_t)y * (size_t)to->width + (size_t)x) * 4 + (size_t)i] = (uint8_t)(sum[i] / count);
			}
		}
	}
}

static void draw_strike(struct font_face *face, uint32_t glyph, float size, struct glyph_image *image)
{
	if (FT_Load_Glyph(face->ft, glyph, FT_LOAD_COLOR | FT_LOAD_NO_HINTING)
		|| face->ft->glyph->bitmap.pixel_mode != FT_PIXEL_MODE_BGRA || !face->ft->glyph->bitmap.rows) {
		return;
	}
	const FT_GlyphSlot slot = face->ft->glyph;
	float scale = size / face->strike;
	int width = (int)lroundf((float)slot->bitmap.width * scale), height = (int)lroundf((float)slot->bitmap.rows * scale);
	if (width < 1 || height < 1 || width > 2048 || height > 2048) {
		return;
	}
	image->left = (int)lroundf((float)slot->bitmap_left * scale);
	image->top = (int)lroundf((float)slot->bitmap_top * scale);
	image->width = width;
	image->height = height;
	shrink_strike(&slot->bitmap, image);
}

const struct glyph_image *glyph_get(struct gfx_fonts *fonts, unsigned index, uint32_t glyph, float size, int sub,
	bool bold, bool italic)
{
	struct glyph_cache *cache = &fonts->glyphs;
	struct font_face *face = fonts->faces.at[index];
	uint64_t key_face = (uint64_t)index << 32 | (uint32_t)lroundf(float_clamp(size, 0.1f, 4000) * 64);
	uint64_t key_glyph = (uint64_t)glyph << 8 | (unsigned)(face->color ? 0 : sub) << 2 | (unsigned)bold << 1 | (unsigned)italic;
	uint64_t mixed = (key_face * 0x9E3779B97F4A7C15u) ^ (key_glyph * 0xC2B2AE3D27D4EB4Fu);
	size_t bucket = (size_t)(mixed >> 40) % GLYPH_BUCKETS;
	if (!cache->buckets) {
		cache->buckets = mem_alloc_array(GLYPH_BUCKETS, sizeof(*cache->buckets));
	}
	for (struct glyph_image *image = cache->buckets[bucket]; image; image = image->next) {
		if (image->key_face == key_face && image->key_glyph == key_glyph) {
			return image;
		}
	}
	if (cache->bytes > GLYPH_BYTES_MAX) {
		glyph_cache_finish(cache);
		cache->buckets = mem_alloc_array(GLYPH_BUCKETS, sizeof(*cache->buckets));
	}
	struct glyph_image *image = mem_alloc(sizeof(*image));
	image->key_face = key_face;
	image->key_glyph = key_glyph;
	if (face->color) {
		draw_strike(face, glyph, size, image);
	} else if (load_outline(face, glyph, size, bold, italic)) {
		draw_outline(fonts, face, sub, image);
	}
	image->next = cache->buckets[bucket];
	cache->buckets[bucket] = image;
	cache->count++;
	cache->bytes += sizeof(*image) + (size_t)image->width * (size_t)image->height * (face->color ? 4 : 1);
	return image;
}

/* Outlines */

struct outline_walk {
	const struct glyph_sink *sink;
	FT_Vector at;
};

static int walk_move(const FT_Vector *to, void *user)
{
	struct outline_walk *walk = user;
	walk->sink->move(walk->sink->user, to->x / 64.0f, -to->y / 64.0f);
	walk->at = *to;
	return 0;
}

static int walk_line(const FT_Vector *to, void *user)
{
	struct outline_walk *walk = user;
	walk->sink->line(walk->sink->user, to->x / 64.0f, -to->y / 64.0f);
	walk->at = *to;
	return 0;
}

static int walk_cubic(const FT_Vector *c1, const FT_Vector *c2, const FT_Vector *to, void *user)
{
	struct outline_walk *walk = user;
	walk->sink->curve(walk->sink->user, c1->x / 64.0f, -c1->y / 64.0f, c2->x / 64.0f, -c2->y / 64.0f, to->x / 64.0f,
		-to->y / 64.0f);
	walk->at = *to;
	return 0;
}

static int walk_conic(const FT_Vector *c, const FT_Vector *to, void *user)
{
	struct outline_walk *walk = user;
	FT_Vector c1 = {(walk->at.x + 2 * c->x) / 3, (walk->at.y + 2 * c->y) / 3};
	FT_Vector c2 = {(to->x + 2 * c->x) / 3, (to->y + 2 * c->y) / 3};
	return walk_cubic(&c1, &c2, to, user);
}

void glyph_outline(struct gfx_fonts *fonts, unsigned face, uint32_t glyph, float size, bool bold, bool italic,
	const struct glyph_sink *sink)
{
	struct font_face *f = fonts->faces.at[face];
	if (f->color || !load_outline(f, glyph, size, bold, italic)) {
		return;
	}
	static const FT_Outline_Funcs funcs = {walk_move, walk_line, walk_conic, walk_cubic, 0, 0};
	struct outline_walk walk = {.sink = sink};
	FT_Outline_Decompose(&f->ft->glyph->outline, &funcs, &walk);
}

/* Contrast: the mask is bent so that a linear blend looks as one in the display's gamma would,
 * with the background guessed as the opposite of the text's luminance. */
static void fill_gamma(uint8_t table[256], float src)
{
	float dst = 1 - src;
	float lin_src = powf(src, TEXT_GAMMA), lin_dst = powf(dst, TEXT_GAMMA);
	float contrast = TEXT_CONTRAST * lin_dst;
	for (int i = 0; i < 256; i++) {
		float raw = (float)i / 255;
		float alpha = raw + (1 - raw) * contrast * raw;
		if (fabsf(dst - src) >= 1 / 256.0f) {
			float out = powf(lin_src * alpha + lin_dst * (1 - alpha), 1 / TEXT_GAMMA);
			alpha = (out - dst) / (src - dst);
		}
		table[i] = (uint8_t)lroundf(float_clamp(alpha, 0, 1) * 255);
	}
}

const uint8_t *glyph_gamma(struct gfx_fonts *fonts, color_t color)
{
	if (!fonts->gamma) {
		fonts->gamma = mem_alloc_array(GAMMA_LEVELS, 256);
		for (int i = 0; i < GAMMA_LEVELS; i++) {
			fill_gamma(fonts->gamma + i * 256, (float)i / (GAMMA_LEVELS - 1));
		}
	}
	float r = powf((float)(color >> 24) / 255, TEXT_GAMMA), g = powf((float)(color >> 16 & 255) / 255, TEXT_GAMMA);
	float b = powf((float)(color >> 8 & 255) / 255, TEXT_GAMMA);
	float luma = powf(0.2126f * r + 0.7152f * g + 0.0722f * b, 1 / TEXT_GAMMA);
	int level = (int)(luma * 255 + 0.5f) >> 5;
	return fonts->gamma + int_min(level, GAMMA_LEVELS - 1) * 256;
}
