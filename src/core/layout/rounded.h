/* Rounded rectangles: the corners that border-radius gives to the edges of a box (CSS Backgrounds 3,
 * chapter 5). Paint draws and clips by them, the hit test asks them. */
#ifndef MINA_LAYOUT_ROUNDED_H
#define MINA_LAYOUT_ROUNDED_H

#include "core/layout/box.h"

struct rounded { // radii in px, already reduced so that neighbours fit
	struct rect rect;
	float radius_x[4], radius_y[4]; // by enum corner
};

/* The border edge of a box with that style. */
struct rounded rounded_of_style(const struct style *style, struct rect border_box);

/* The edge that lies inside by these widths: padding or content edge. */
struct rounded rounded_inset(struct rounded shape, struct insets by);

bool rounded_is_rect(const struct rounded *shape);
bool rounded_contains(const struct rounded *shape, struct point at);

#endif
