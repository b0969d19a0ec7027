/* Slot assignment, as far as node.c needs it: who is shown where stays true when nodes go. */
#ifndef MINA_TREE_ASSIGN_H
#define MINA_TREE_ASSIGN_H

#include "core/tree/node.h"

/* The node, or what a group stands for, is taken out of the slots that show it. */
void assign_drop(struct node *node);
/* A slot that ends: what it showed is unassigned. */
void assign_release(struct node *slot);

#endif
