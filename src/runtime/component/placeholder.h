/* What stands where the developer tool, too, shows a grey box with a name: things that only WeChat's own servers fill. */
#ifndef MINA_COMPONENT_PLACEHOLDER_H
#define MINA_COMPONENT_PLACEHOLDER_H

#include "runtime/component/component.h"

/* The component's inner tree: a box with that text. */
void placeholder_create(struct node *node, struct str text);
/* {errCode, errMsg}, new. */
struct value placeholder_error(int code, const char *text);

#endif
