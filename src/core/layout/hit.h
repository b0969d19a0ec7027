/* A point to the node under it: paint order from the top, clips, scroll, transforms, radius,
 * pointer-events and visibility respected. */
#ifndef MINA_LAYOUT_HIT_H
#define MINA_LAYOUT_HIT_H

#include "core/layout/box.h"

/* The element under a point of the page area (CSS px, viewport coordinates), or NULL. */
struct node *hit_test(const struct box *root, struct point at);

#endif
