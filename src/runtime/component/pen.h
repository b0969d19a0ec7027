/* Words that components which draw themselves share. Colours are 0xRRGGBBAA. */
#ifndef MINA_COMPONENT_PEN_H
#define MINA_COMPONENT_PEN_H

#include "runtime/component/component.h"

enum pen_align { PEN_LEFT, PEN_CENTER, PEN_RIGHT };

void pen_fill(struct gfx_canvas *canvas, struct rect rect, color_t color, float radius);
void pen_disc(struct gfx_canvas *canvas, struct point middle, float radius, color_t color);
void pen_polygon(struct gfx_canvas *canvas, const struct point *points, size_t count, color_t color);
void pen_lines(struct gfx_canvas *canvas, const struct point *points, size_t count, float width, color_t color);
float pen_text_width(const struct component_host *host, struct str text, float size);
/* One line, its middle at at.y; what is wider than `width` (0: any) is cut off with an ellipsis. */
void pen_text(const struct component_host *host, struct gfx_canvas *canvas, struct str text, float size, color_t color, struct point at,
	enum pen_align align, float width);
/* "01:05", "1:01:05" */
void pen_time(double seconds, struct strbuf *out);
/* Where all of a picture comes to lie in a box: "fill", "cover", else it is contained. */
struct rect pen_fit(struct str how, struct size natural, struct rect box);
struct rect pen_middle(struct rect box, float width, float height); // that size, around the same middle

#endif
