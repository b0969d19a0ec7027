/* A small drawing interface over a surface: built-in components paint themselves with it, and the
 * canvas component's 2D context is made of it. Units are CSS px of the current transform, y down;
 * angles are radians, clockwise. A path is given in the coordinates that hold when each point is
 * added. Nothing fails: what makes no sense (a NaN, a negative radius) draws nothing. */
#ifndef MINA_GFX_CANVAS_H
#define MINA_GFX_CANVAS_H

#include "core/paint/list.h"

struct gfx_canvas;
struct gfx_context;
struct gfx_image;
struct gfx_surface;

enum gfx_cap { GFX_CAP_BUTT, GFX_CAP_ROUND, GFX_CAP_SQUARE };
enum gfx_join { GFX_JOIN_MITER, GFX_JOIN_ROUND, GFX_JOIN_BEVEL };
enum gfx_operator { GFX_SOURCE_OVER, GFX_SOURCE_IN, GFX_SOURCE_OUT, GFX_SOURCE_ATOP, GFX_DESTINATION_OVER, GFX_DESTINATION_IN,
	GFX_DESTINATION_OUT, GFX_DESTINATION_ATOP, GFX_LIGHTER, GFX_COPY, GFX_XOR, GFX_MULTIPLY, GFX_SCREEN, GFX_OVERLAY, GFX_DARKEN,
	GFX_LIGHTEN, GFX_COLOR_DODGE, GFX_COLOR_BURN, GFX_HARD_LIGHT, GFX_SOFT_LIGHT, GFX_DIFFERENCE, GFX_EXCLUSION, GFX_HUE,
	GFX_SATURATION, GFX_COLOR, GFX_LUMINOSITY }; // as globalCompositeOperation orders and names them

/* For drawing outside of a frame (the canvas component's own surface). scale: device px per unit.
 * The canvas borrows all three. */
struct gfx_canvas *gfx_canvas_create(struct gfx_surface *surface, struct gfx_context *context, float scale);
void gfx_canvas_destroy(struct gfx_canvas *canvas);

void gfx_canvas_save(struct gfx_canvas *canvas);
void gfx_canvas_restore(struct gfx_canvas *canvas); // nothing without a save
void gfx_canvas_transform(struct gfx_canvas *canvas, struct matrix matrix);     // multiplies
void gfx_canvas_set_transform(struct gfx_canvas *canvas, struct matrix matrix); // replaces
struct matrix gfx_canvas_get_transform(const struct gfx_canvas *canvas);

void gfx_canvas_begin(struct gfx_canvas *canvas); // empties the path
void gfx_canvas_move_to(struct gfx_canvas *canvas, float x, float y);
void gfx_canvas_line_to(struct gfx_canvas *canvas, float x, float y);
void gfx_canvas_curve_to(struct gfx_canvas *canvas, float x1, float y1, float x2, float y2, float x, float y);
void gfx_canvas_quad_to(struct gfx_canvas *canvas, float x1, float y1, float x, float y);
void gfx_canvas_arc(struct gfx_canvas *canvas, float x, float y, float radius, float from, float to, bool counterclockwise);
void gfx_canvas_ellipse(struct gfx_canvas *canvas, float x, float y, float rx, float ry, float rotation, float from, float to,
	bool counterclockwise);
void gfx_canvas_arc_to(struct gfx_canvas *canvas, float x1, float y1, float x2, float y2, float radius);
void gfx_canvas_rect(struct gfx_canvas *canvas, struct rect rect);
void gfx_canvas_rounded(struct gfx_canvas *canvas, const struct rounded *shape);
void gfx_canvas_close(struct gfx_canvas *canvas);

/* The path as it is, taken off and put back: between the two another is made. NULL is no path. */
struct gfx_path;
struct gfx_path *gfx_canvas_take_path(struct gfx_canvas *canvas);
void gfx_canvas_put_path(struct gfx_canvas *canvas, struct gfx_path *path); // consumes it

/* All keep the path. */
void gfx_canvas_fill(struct gfx_canvas *canvas, bool even_odd);
void gfx_canvas_stroke(struct gfx_canvas *canvas);
void gfx_canvas_clip(struct gfx_canvas *canvas, bool even_odd);
/* x, y before all transforms. */
bool gfx_canvas_in_path(struct gfx_canvas *canvas, float x, float y, bool even_odd);
bool gfx_canvas_in_stroke(struct gfx_canvas *canvas, float x, float y);

/* Paint of fills, strokes and text until set again. */
void gfx_canvas_set_color(struct gfx_canvas *canvas, color_t color);
void gfx_canvas_set_linear(struct gfx_canvas *canvas, float x0, float y0, float x1, float y1,
	const struct gradient_stop *stops, size_t count); // stops[].at.percent: 0 to 1
void gfx_canvas_set_radial(struct gfx_canvas *canvas, float x0, float y0, float r0, float x1, float y1, float r1,
	const struct gradient_stop *stops, size_t count);
void gfx_canvas_set_pattern(struct gfx_canvas *canvas, struct gfx_image *image, bool repeat_x, bool repeat_y);
/* What a surface shows now; unit: its pixels' size. */
void gfx_canvas_set_surface_pattern(struct gfx_canvas *canvas, struct gfx_surface *surface, float unit, bool repeat_x, bool repeat_y);
void gfx_canvas_set_alpha(struct gfx_canvas *canvas, float alpha); // times what is drawn
void gfx_canvas_set_operator(struct gfx_canvas *canvas, enum gfx_operator op);
void gfx_canvas_set_line(struct gfx_canvas *canvas, float width, enum gfx_cap cap, enum gfx_join join, float miter_limit);
void gfx_canvas_set_dash(struct gfx_canvas *canvas, const float *lengths, size_t count, float offset);
/* Of everything that is drawn from now on; colour with alpha 0: none. */
void gfx_canvas_set_shadow(struct gfx_canvas *canvas, struct box_shadow shadow);

/* origin: start of the baseline. */
void gfx_canvas_text(struct gfx_canvas *canvas, const struct text_run *run, size_t from, size_t to, struct point origin);
/* A whole line in one style, shaped by the context's fonts; returns its width. NULL text style fields as in struct style. */
float gfx_canvas_line_text(struct gfx_canvas *canvas, struct str text, const struct style *style, struct point origin);
void gfx_canvas_text_path(struct gfx_canvas *canvas, const struct text_run *run, struct point origin); // adds outlines
/* source in the picture's natural px; an empty one means all of it. */
void gfx_canvas_image(struct gfx_canvas *canvas, struct gfx_image *image, struct rect source, struct rect target);
void gfx_canvas_surface(struct gfx_canvas *canvas, struct gfx_surface *surface, struct rect source, struct rect target);
void gfx_canvas_clear(struct gfx_canvas *canvas, struct rect rect); // to transparent

#endif
