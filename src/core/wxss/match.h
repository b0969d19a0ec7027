/* Does a selector match a node? */
#ifndef MINA_WXSS_MATCH_H
#define MINA_WXSS_MATCH_H

#include "core/tree/node.h"
#include "core/wxss/selector.h"

struct wxss_match {
	const struct node *host; // what :host means; NULL in a page's sheets
	int budget; // steps left: bounds what a crafted selector costs
	/* Rules of that scope look at nodes of other trees, too, as what their external classes make of them: ancestors are those
	 * of all trees, and a node of another tree has its outer classes only. NULL: they stay in their tree. */
	const struct sheet_scope *outer;
};

bool wxss_match_selector(const struct wxss_selector *selector, const struct node *node, const struct node *host);
bool wxss_match_outer(const struct wxss_selector *selector, const struct node *node, const struct node *host,
	const struct sheet_scope *outer);

/* Names of the ancestors as a set of bits, through shadow borders. */
struct wxss_filter {
	uint64_t bits[4];
};
void wxss_filter_fill(struct wxss_filter *filter, const struct node *node);
static inline bool wxss_filter_passes(const struct wxss_filter *filter, const struct wxss_selector *selector)
{
	for (unsigned i = 0; i < selector->hash_count; i++) {
		unsigned hash = selector->hashes[i];
		if (!(filter->bits[hash >> 6] >> (hash & 63) & 1)) {
			return false;
		}
	}
	return true;
}

/* An attribute's text as selectors and attr() see it: id, class, data-* and the others. False when
 * it is absent; false and null count as absent. */
bool wxss_node_attribute(const struct node *node, atom_t name, struct strbuf *out);

#endif
