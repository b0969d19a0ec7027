/* The caret and the selection of a text that a person edits: where they stand in its lines, and their picture. Offsets are
 * bytes of the text that the line element, which holds nothing but one text node, shows. */
#ifndef MINA_COMPONENT_CARET_H
#define MINA_COMPONENT_CARET_H

#include "runtime/component/component.h"

/* An element that paints them over its place; the component that has the shadow tree gives the colour (cursor-color). */
struct node *caret_create(struct node *line);
void caret_set(struct node *caret, bool on, size_t from, size_t to);
/* In page coordinates, as it is scrolled; no width. False: the text has no boxes. */
bool caret_place(const struct node *line, size_t at, struct rect *ret_rect);
/* The place nearest to a point of the page. */
size_t caret_nearest(const struct node *line, struct point page);

#endif
