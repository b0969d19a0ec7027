/* How layout measures and breaks text without knowing a font library: gfx/text.c implements this
 * with Pango, layout/text.c with fixed widths for tests. */
#ifndef MINA_LAYOUT_TEXT_H
#define MINA_LAYOUT_TEXT_H

#include "core/wxss/style.h"

struct text_metrics { // CSS px
	float ascent, descent; // of the font at this size, both positive
	float x_height;
};

/* A shaped piece of text in one style: immutable, reference-counted by the shaper, which caches
 * it. `user` data belongs to the shaper. */
struct text_run {
	unsigned refs;
	struct str text;          // UTF-8, owned by the run
	struct text_metrics metrics;
	float width;              // of the whole run, letter spacing included
	/* x[i]: advance up to byte i (size text.len + 1). Inside a cluster it repeats the cluster's start. */
	float *x;
	/* breaks[i] (size text.len + 1), enum text_break: may a line break before byte i? */
	uint8_t *breaks;
};

enum text_break {
	TEXT_BREAK_NONE = 0,
	TEXT_BREAK_CLUSTER = 1, // between graphemes: only for break-all / break-word
	TEXT_BREAK_ALLOWED = 2, // a soft wrap opportunity (UAX 14)
	TEXT_BREAK_MUST = 3,    // after a preserved line feed
};

struct text_shaper {
	/* A new reference. White space was already collapsed by the caller; only font_*, letter_spacing,
	 * word_spacing, word_break and color-free fields of style are read. */
	struct text_run *(*shape)(void *user, struct str text, const struct style *style);
	void (*unref)(void *user, struct text_run *run);
	struct text_metrics (*metrics)(void *user, const struct style *style);
	void *user;
};

/* Justified text: does the line's extra space go between the characters before and behind byte `at`?
 * It goes behind spaces and on both sides of CJK characters. 0 < at <= text.len */
bool text_expands_at(struct str text, size_t at);

/* The measurer of tests: every code point is half an em wide, CJK (>= U+2E80) one em; ascent 0.8 em, descent 0.2 em. */
struct text_shaper text_shaper_fixed(void);

#endif
