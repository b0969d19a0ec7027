/* Faces, the choice of a face for a character, and glyph pictures: what text.c and the drawing
 * share. Inside gfx only. */
#ifndef MINA_GFX_FONT_H
#define MINA_GFX_FONT_H

#include "base/map.h"
#include "base/vec.h"
#include "border/gfx/text.h"

#include <fontconfig/fontconfig.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include <hb.h>

struct font_face {
	char *family;       // of @font-face, or the file's path
	int weight;
	bool italic, color; // color: bitmap emoji
	bool unused;        // replaced by a later @font-face of the same name; runs may still hold it
	void *bytes;        // owned file bytes, NULL when mapped
	hb_blob_t *blob;
	hb_font_t *hb;      // scaled to font units
	FT_Face ft;
	float upem, ascent, descent, x_height; // font units
	float strike;       // bitmap faces: px per em of the strike
	bool halt;          // has half-width alternates of CJK punctuation
	unsigned ft_size;   // 26.6 size last set on ft
};

/* Which faces serve a family list at one weight and slant, best first. */
struct font_choice {
	unsigned faces[8]; // indices into gfx_fonts.faces
	size_t count;
	unsigned base;     // the default face, which takes characters that nobody has
};

struct gfx_run_glyph {
	uint32_t glyph, cluster; // cluster: byte offset in the run's text
	uint16_t face;
	float x, y;              // pen position in CSS px from the run's start, y down
};

struct gfx_run {
	struct text_run run;
	struct gfx_run_glyph *glyphs; // by x
	size_t glyph_count;
	float font_size;
	int weight;
	bool italic;
	bool cached;
	uint32_t hash;
	char *key;
	size_t key_len, cost;
	struct gfx_run *chain, *newer, *older; // bucket and age lists of the cache
};

struct glyph_image {
	uint64_t key_face, key_glyph; // see glyph.c
	int left, top, width, height; // device px from the pen position; top is upward
	uint8_t *pixels;              // A8, or premultiplied BGRA when the face is coloured; NULL when empty
	struct glyph_image *next;
};

struct glyph_cache {
	struct glyph_image **buckets;
	size_t count, bytes;
};

struct gfx_fonts {
	FT_Library ft;
	FcConfig *config; // made on first need
	bool config_failed, system_fonts, emoji_tried;
	VEC(struct font_face *) faces;
	VEC(char *) families;  // those that pages brought, lower case, for a quick no
	struct map choices;    // family|weight|italic -> struct font_choice
	struct map missing;    // characters for which fontconfig had nothing
	unsigned base_regular, base_bold; // faces of the default family; UINT32_MAX until opened
	unsigned emoji;                   // UINT32_MAX: none
	struct gfx_run **buckets;
	struct gfx_run *newest, *oldest;
	size_t run_count, run_cost, live_runs;
	unsigned version;
	struct strbuf key;
	struct glyph_cache glyphs;
	uint8_t *gamma;        // 8 tables of 256, see glyph.c
	hb_buffer_t *buffer;
};

#define FONT_NONE UINT32_MAX

/* font.c */
void font_open_base(struct gfx_fonts *fonts);
void font_close_all(struct gfx_fonts *fonts);
/* Valid until the next call that adds a face. */
const struct font_choice *font_choose(struct gfx_fonts *fonts, const struct style *style);
/* The face for one character of a choice; falls back to the rest of the set. */
unsigned font_for_char(struct gfx_fonts *fonts, const struct font_choice *choice, uint32_t c, bool emoji);
bool font_has_char(const struct font_face *face, uint32_t c);
/* bytes becomes the face's. FONT_NONE: not a font. */
unsigned font_add_bytes(struct gfx_fonts *fonts, void *bytes, size_t len, struct str family, int weight, bool italic);
/* woff.c: a new SFNT from WOFF bytes (mem_free), or NULL. */
void *woff_unpack(struct str bytes, size_t *ret_len);

/* break.c */
void text_find_breaks(struct str text, enum word_break word_break, uint8_t *ret_breaks);

/* glyph.c: size in device px; sub: quarter px to the right. Borrowed until the next call. */
const struct glyph_image *glyph_get(struct gfx_fonts *fonts, unsigned face, uint32_t glyph, float size, int sub,
	bool bold, bool italic);
bool glyph_is_bold(const struct font_face *face, int weight);
bool glyph_is_italic(const struct font_face *face, bool italic);
/* The outline at a size, for text under a rotation: calls back with px, y down. */
struct glyph_sink {
	void (*move)(void *user, float x, float y);
	void (*line)(void *user, float x, float y);
	void (*curve)(void *user, float x1, float y1, float x2, float y2, float x, float y);
	void *user;
};
void glyph_outline(struct gfx_fonts *fonts, unsigned face, uint32_t glyph, float size, bool bold, bool italic,
	const struct glyph_sink *sink);
/* Coverage to alpha for a text colour, 256 entries, as the reference renderer corrects contrast. */
const uint8_t *glyph_gamma(struct gfx_fonts *fonts, color_t color);
void glyph_cache_finish(struct glyph_cache *cache);

/* The engine's own fonts and no others; owned by the caller. NULL: they cannot be read. */
FcConfig *font_config_new(void);

#endif
