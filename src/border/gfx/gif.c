// The first picture of a GIF (GIF89a), on its logical screen.
#include "border/gfx/picture.h"

#include "base/mem.h"

#include <string.h>

enum { CODES = 4096 };

struct gif {
	const uint8_t *at;
	size_t len, pos;
	int width, height;
	const uint8_t *global, *local; // colour tables, NULL when absent
	size_t global_len, local_len;  // colours
	int transparent;               // index, -1: none
};

struct frame {
	int left, top, width, height;
	bool interlaced;
};

static unsigned get16(const struct gif *g, size_t pos)
{
	return (unsigned)g->at[pos] | (unsigned)g->at[pos + 1] << 8;
}

static bool has(const struct gif *g, size_t count)
{
	return g->len - g->pos >= count;
}

static bool read_screen(struct gif *g)
{
	if (g->len < 13 || (memcmp(g->at, "GIF87a", 6) && memcmp(g->at, "GIF89a", 6))) {
		return false;
	}
	g->width = (int)get16(g, 6);
	g->height = (int)get16(g, 8);
	unsigned flags = g->at[10];
	g->pos = 13;
	if (flags & 0x80) {
		g->global_len = (size_t)2 << (flags & 7);
		if (!has(g, g->global_len * 3)) {
			return false;
		}
		g->global = g->at + g->pos;
		g->pos += g->global_len * 3;
	}
	return true;
}

static void skip_blocks(struct gif *g)
{
	while (has(g, 1)) {
		size_t len = g->at[g->pos++];
		g->pos += size_min(len, g->len - g->pos);
		if (!len) {
			return;
		}
	}
}

/* Up to and with the first image descriptor. */
static bool find_frame(struct gif *g, struct frame *frame)
{
	while (has(g, 1)) {
		unsigned kind = g->at[g->pos++];
		if (kind == 0x21 && has(g, 1)) {
			unsigned label = g->at[g->pos++];
			if (label == 0xF9 && has(g, 6) && g->at[g->pos] >= 4) {
				g->transparent = g->at[g->pos + 1] & 1 ? g->at[g->pos + 4] : -1;
			}
			skip_blocks(g);
		} else if (kind == 0x2C && has(g, 9)) {
			*frame = (struct frame){(int)get16(g, g->pos), (int)get16(g, g->pos + 2), (int)get16(g, g->pos + 4),
				(int)get16(g, g->pos + 6), (g->at[g->pos + 8] & 0x40) != 0};
			unsigned flags = g->at[g->pos + 8];
			g->pos += 9;
			if (flags & 0x80) {
				g->local_len = (size_t)2 << (flags & 7);
				if (!has(g, g->local_len * 3)) {
					return false;
				}
				g->local = g->at + g->pos;
				g->pos += g->local_len * 3;
			}
			return frame->width > 0 && frame->height > 0;
		} else {
			return false;
		}
	}
	return false;
}

/* Bits of the data sub-blocks, low first. */
struct bits {
	struct gif *gif;
	size_t block; // bytes left in the block
	uint32_t hold;
	unsigned count;
};

static int next_code(struct bits *b, unsigned size)
{
	while (b->count < size) {
		struct gif *g = b->gif;
		if (!b->block) {
			if (!has(g, 1) || !(b->block = g->at[g->pos++])) {
				return -1;
			}
		}
		if (!has(g, 1)) {
			return -1;
		}
		b->hold |= (uint32_t)g->at[g->pos++] << b->count;
		b->count += 8;
		b->block--;
	}
	int code = (int)(b->hold & ((1u << size) - 1));
	b->hold >>= size;
	b->count -= size;
	return code;
}

/* LZW into indices; what is missing stays 0. Returns how many came. */
static size_t decode_lzw(struct gif *g, uint8_t *out, size_t count)
{
	if (!has(g, 1)) {
		return 0;
	}
	unsigned least = g->at[g->pos++];
	if (least < 2 || least > 8) {
		return 0;
	}
	uint16_t prefix[CODES];
	uint8_t suffix[CODES], stack[CODES];
	int clear = 1 << least, free_code = clear + 2, previous = -1;
	unsigned size = least + 1;
	uint8_t first = 0;
	struct bits bits = {.gif = g};
	size_t done = 0;
	for (int i = 0; i < clear; i++) {
		prefix[i] = 0;
		suffix[i] = (uint8_t)i;
	}
	while (done < count) {
		int code = next_code(&bits, size), at = code;
		size_t depth = 0;
		if (code < 0 || code == clear + 1) {
			break;
		}
		if (code == clear) {
			size = least + 1;
			free_code = clear + 2;
			previous = -1;
			continue;
		}
		if (code > free_code || (code == free_code && previous < 0)) {
			break;
		}
		if (code == free_code) {
			stack[depth++] = first;
			at = previous;
		}
		while (at >= clear && depth < CODES - 1) {
			stack[depth++] = suffix[at];
			at = prefix[at];
		}
		first = suffix[at];
		stack[depth++] = first;
		while (depth && done < count) {
			out[done++] = stack[--depth];
		}
		if (previous >= 0 && free_code < CODES) {
			prefix[free_code] = (uint16_t)previous;
			suffix[free_code++] = first;
			size += free_code == 1 << size && size < 12;
		}
		previous = code;
	}
	return done;
}

static int interlaced_row(int row, int height)
{
	static const int start[4] = {0, 4, 2, 1}, step[4] = {8, 8, 4, 2};
	for (int pass = 0; pass < 4; pass++) {
		int rows = (height - start[pass] + step[pass] - 1) / step[pass];
		if (row < rows) {
			return start[pass] + row * step[pass];
		}
		row -= int_max(rows, 0);
	}
	return height - 1;
}

static void put_pixels(const struct gif *g, const struct frame *frame, const uint8_t *indices, size_t count, uint8_t *pixels, int stride)
{
	const uint8_t *table = g->local ? g->local : g->global;
	size_t colors = g->local ? g->local_len : g->global_len;
	for (size_t i = 0; i < count && table; i++) {
		int row = (int)(i / (size_t)frame->width), column = (int)(i % (size_t)frame->width);
		int y = frame->top + (frame->interlaced ? interlaced_row(row, frame->height) : row), x = frame->left + column;
		if (x >= g->width || y >= g->height || indices[i] >= colors || (int)indices[i] == g->transparent) {
			continue;
		}
		const uint8_t *c = table + (size_t)indices[i] * 3;
		uint32_t word = 0xFF000000u | (uint32_t)c[0] << 16 | (uint32_t)c[1] << 8 | c[2];
		memcpy(pixels + (ptrdiff_t)y * stride + (ptrdiff_t)x * 4, &word, 4);
	}
}

enum gfx_image_outcome gif_decode(struct str bytes, cairo_surface_t **ret_surface)
{
	struct gif g = {.at = (const uint8_t *)bytes.at, .len = bytes.len, .transparent = -1};
	struct frame frame;
	if (!read_screen(&g) || !find_frame(&g, &frame)) {
		return GFX_IMAGE_BROKEN;
	}
	if (!g.width || !g.height) {
		g.width = frame.width;
		g.height = frame.height;
	}
	if ((long)frame.width * frame.height > PICTURE_PIXELS_MAX) {
		return GFX_IMAGE_TOO_LARGE;
	}
	uint8_t *pixels;
	int stride;
	cairo_surface_t *surface = picture_surface(g.width, g.height, &pixels, &stride);
	if (!surface) {
		return GFX_IMAGE_TOO_LARGE;
	}
	size_t count = (size_t)frame.width * (size_t)frame.height;
	uint8_t *indices = mem_alloc(count);
	count = decode_lzw(&g, indices, count);
	put_pixels(&g, &frame, indices, count, pixels, stride);
	mem_free(indices);
	cairo_surface_mark_dirty(surface);
	*ret_surface = surface;
	return GFX_IMAGE_OK;
}
