/* The bitmap of a canvas and the commands that draw on it: what a 2D context of a script records. Owned by whoever made it.
 *
 * Commands are one list: a command's name, then the list of its arguments, as its function in drawing.c reads them. A paint is a
 * colour as CSS writes it, or ["linear", x0, y0, x1, y1, [offset, colour, ...]], ["radial", x0, y0, r0, x1, y1, r1, [...]],
 * ["pattern", picture, repetition]. A picture is an address, or the number of another bitmap. What makes no sense draws nothing; a list
 * that breaks off is done up to there. */
#ifndef MINA_GFX_DRAWING_H
#define MINA_GFX_DRAWING_H

#include "border/gfx/image.h"
#include "core/layout/text.h"
#include "core/value/value.h"

struct gfx_drawing;
struct gfx_fonts;
struct gfx_surface;

/* Where pictures come from. Lent; NULL: it is not there. */
struct gfx_drawing_pictures {
	struct gfx_image *(*image)(void *user, struct str url);
	struct gfx_drawing *(*drawing)(void *user, double number);
	void *user;
};

/* width, height: units of its coordinates; scale: device px per unit. Sides are held to what can be drawn. `fonts` is borrowed. */
struct gfx_drawing *gfx_drawing_create(float width, float height, float scale, struct gfx_fonts *fonts);
void gfx_drawing_destroy(struct gfx_drawing *drawing);
/* Another size, or the same: it is empty, and all is as at the beginning. scale 0: as it was. */
void gfx_drawing_resize(struct gfx_drawing *drawing, float width, float height, float scale);
struct size gfx_drawing_size(const struct gfx_drawing *drawing);
struct gfx_surface *gfx_drawing_surface(struct gfx_drawing *drawing); // lent
unsigned gfx_drawing_version(const struct gfx_drawing *drawing);      // changes when it may look different
void gfx_drawing_run(struct gfx_drawing *drawing, struct value commands, const struct gfx_drawing_pictures *pictures);
/* In the current path, or in one of its own (commands; undefined: the current one)? */
bool gfx_drawing_in_path(struct gfx_drawing *drawing, struct value path, float x, float y, bool stroke, bool even_odd);
/* A part of it as straight RGBA, scaled to `columns` x `rows` px; outside of it is transparent. */
void gfx_drawing_read(struct gfx_drawing *drawing, struct rect part, int columns, int rows, uint8_t *ret_rgba);
/* The way back: replaces what is there. */
void gfx_drawing_write(struct gfx_drawing *drawing, struct rect part, int columns, int rows, const uint8_t *rgba);
/* A part of it as a file, scaled: "png", or "jpg" of a quality from 1 to 100. False: it cannot be made. */
bool gfx_drawing_encode(struct gfx_drawing *drawing, struct rect part, int columns, int rows, bool jpeg, int quality, struct strbuf *out);

struct gfx_text_measure { // as TextMetrics has them
	float width, left, right, ascent, descent, font_ascent, font_descent;
};
/* `font` as a context's font has it: "italic bold 14px/20px sans-serif". */
struct gfx_text_measure gfx_drawing_measure(struct gfx_fonts *fonts, struct str font, struct str text);
/* font.c of it: false leaves *ret_style as it is. */
bool gfx_drawing_font(struct str font, struct style *ret_style);

#endif
