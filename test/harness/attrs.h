/* For comparing trees: the order of an element's attributes says nothing, since one that was
 * undefined for a while comes last. */
#ifndef MINA_TEST_ATTRS_H
#define MINA_TEST_ATTRS_H

#include "core/tree/node.h"

static inline void attrs_sort(struct node *node)
{
	for (size_t i = 1; i < node->attrs.len; i++) {
		for (size_t k = i; k > 0 && node->attrs.at[k].name < node->attrs.at[k - 1].name; k--) {
			struct node_attr attr = node->attrs.at[k];
			node->attrs.at[k] = node->attrs.at[k - 1];
			node->attrs.at[k - 1] = attr;
		}
	}
}

#endif
