/* The engine's fonts and the text shaper over them (HarfBuzz and FreeType). A `struct gfx_fonts`
 * is made once by the program and outlives everything that shapes or draws. It holds the engine's
 * own set, found by name (Noto Sans CJK SC for whatever family a page asks for, Noto Sans for
 * scripts that it lacks, Noto Color Emoji), or the machine's fonts when asked, and the faces that
 * pages bring along by @font-face. Runs are cached by text and font; the cache is bounded. */
#ifndef MINA_GFX_TEXT_H
#define MINA_GFX_TEXT_H

#include "core/layout/text.h"

struct gfx_fonts;

struct gfx_fonts_options {
	bool system_fonts; // ask the machine's fontconfig for the families that pages name
};

/* options may be NULL. Never fails; without any font on the machine all text has width but no ink. */
struct gfx_fonts *gfx_fonts_create(const struct gfx_fonts_options *options);
void gfx_fonts_destroy(struct gfx_fonts *fonts);

/* The bytes of a TrueType, OpenType, WOFF or WOFF2 file, copied. 0: later shaping finds the family; 1: not a
 * font that can be read. weight 0 is 400. The same family, weight and slant again replaces the first. */
int gfx_fonts_add(struct gfx_fonts *fonts, struct str family, struct str bytes, int weight, bool italic);
unsigned gfx_fonts_version(const struct gfx_fonts *fonts); // changes when the same text may look otherwise

/* user is `fonts`. Held runs are refs: the shaper's unref gives them back before fonts are destroyed. */
struct text_shaper gfx_fonts_shaper(struct gfx_fonts *fonts);

#endif
