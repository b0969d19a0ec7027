/* What movable-area hands on to the movable-views in it. */
#ifndef MINA_COMPONENT_MOVABLE_H
#define MINA_COMPONENT_MOVABLE_H

#include "runtime/component/list.h"

/* A finger for scaling; true: it takes part in a pinch. */
bool movable_finger(struct component_host *host, struct node *node, const struct component_touch *touch);

#endif
