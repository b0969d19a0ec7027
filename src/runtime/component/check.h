/* What checkbox and radio share: a box with a tick in a shadow tree, and the group around them. */
#ifndef MINA_COMPONENT_CHECK_H
#define MINA_COMPONENT_CHECK_H

#include "runtime/component/component.h"

struct check {
	struct node *box; // the element that looks checked
	bool on;
};

/* A box that shows what the node's state_data, a struct check at its beginning, says. */
struct node *check_box_create(struct node *node, bool round);
void check_created(struct node *node, bool round);
void check_destroyed(struct component_host *host, struct node *node);
void check_set(struct node *node, bool on);
bool check_is_on(const struct node *node);
/* The attribute "value" as the group's event tells it: a text, "" when there is none. New. */
struct value check_value(const struct node *node);
/* The nearest ancestor with that tag, or NULL. */
struct node *check_group(const struct node *node, const char *tag);
/* Calls each for every component of that tag below the node. */
void check_each(const struct node *node, const char *tag, void (*each)(void *user, struct node *node), void *user);

#endif
