/* <mina-screen>: the part of a player that paints itself. It fills its component, below what the page puts into that, and
 * asks the component for everything: its row's paint() and looks() are called with the component's node. */
#ifndef MINA_COMPONENT_SCREEN_H
#define MINA_COMPONENT_SCREEN_H

#include "runtime/component/component.h"

/* Gives a node that was just created a shadow tree with a screen, and above it the page's children. */
struct node *screen_create(struct node *node);
/* A point of the page in the screen's own coordinates, 0 0 its top left corner; *ret_size (may be NULL) its size. False: it has no box. */
bool screen_point(const struct node *screen, struct point page, struct point *ret_point, struct size *ret_size);
struct size screen_size(const struct node *screen);

#endif
