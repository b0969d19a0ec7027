// WOFF 1 (W3C WOFF File Format 1.0) to the SFNT that FreeType and HarfBuzz read.
#include "border/gfx/font.h"

#include <string.h>
#include <zlib.h>

enum { WOFF_TABLES_MAX = 256, SFNT_MAX = 64 << 20 };

static uint32_t get32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static void put16(uint8_t *p, unsigned v)
{
	p[0] = (uint8_t)(v >> 8);
	p[1] = (uint8_t)v;
}

static void put32(uint8_t *p, uint32_t v)
{
	put16(p, v >> 16);
	put16(p + 2, v & 0xFFFF);
}

static void write_header(uint8_t *out, uint32_t flavor, unsigned tables)
{
	unsigned log = 0;
	while ((2u << log) <= tables) {
		log++;
	}
	put32(out, flavor);
	put16(out + 4, tables);
	put16(out + 6, 16u << log);
	put16(out + 8, log);
	put16(out + 10, tables * 16 - (16u << log));
}

void *woff_unpack(struct str bytes, size_t *ret_len)
{
	const uint8_t *in = (const uint8_t *)bytes.at;
	if (bytes.len < 44 || get32(in) != 0x774F4646) {
		return NULL;
	}
	unsigned tables = (unsigned)in[12] << 8 | in[13];
	if (!tables || tables > WOFF_TABLES_MAX || bytes.len < 44 + (size_t)tables * 20) {
		return NULL;
	}
	size_t total = 12 + (size_t)tables * 16;
	for (unsigned i = 0; i < tables; i++) {
		const uint8_t *row = in + 44 + (size_t)i * 20;
		size_t offset = get32(row + 4), packed = get32(row + 8), full = get32(row + 12);
		if (offset > bytes.len || packed > bytes.len - offset || packed > full || full > SFNT_MAX) {
			return NULL;
		}
		total += (full + 3) & ~(size_t)3;
		if (total > SFNT_MAX) {
			return NULL;
		}
	}
	uint8_t *out = mem_alloc(total);
	write_header(out, get32(in + 4), tables);
	size_t at = 12 + (size_t)tables * 16;
	for (unsigned i = 0; i < tables; i++) {
		const uint8_t *row = in + 44 + (size_t)i * 20;
		size_t packed = get32(row + 8), full = get32(row + 12);
		uint8_t *entry = out + 12 + (size_t)i * 16;
		memcpy(entry, row, 4);
		put32(entry + 4, get32(row + 16));
		put32(entry + 8, (uint32_t)at);
		put32(entry + 12, (uint32_t)full);
		uLongf got = (uLongf)full;
		if (packed == full) {
			memcpy(out + at, in + get32(row + 4), full);
		} else if (uncompress(out + at, &got, in + get32(row + 4), (uLong)packed) != Z_OK || got != full) {
			mem_free(out);
			return NULL;
		}
		at += (full + 3) & ~(size_t)3;
	}
	*ret_len = total;
	return out;
}
