/* The flat tree and the siblings: walking with shadow trees put in, slots filled, and groups
 * dissolved. Each step looks only at what lies between two items. */
#include "core/tree/node.h"

static bool is_item(const struct node *node)
{
	return (node->kind == NODE_ELEMENT && !node->hollow) || node->kind == NODE_TEXT;
}

/* Is it, by whatever way, below the root? */
static bool is_attached(const struct node *node)
{
	const struct node *up = node;
	while (up->parent || up->host) {
		up = up->parent ? up->parent : up->host;
	}
	return up == node->tree->root;
}

/* The displaced one behind `node`; NULL: the first. */
static struct node *next_displaced(const struct tree *tree, const struct node *node)
{
	size_t i = 0;
	while (node && i < tree->displaced.len && tree->displaced.at[i] != node->id) {
		i++;
	}
	for (i += node != NULL; i < tree->displaced.len; i++) {
		struct node *next = slot_get(&tree->ids, tree->displaced.at[i]);
		if (next && is_attached(next)) {
			return next;
		}
	}
	return NULL;
}

/* The first item that the node stands for: itself, or something inside a group or slot. */
static const struct node *enter(const struct node *node)
{
	if (is_item(node)) {
		return node->displaced ? NULL : node;
	}
	for (size_t i = 0; i < node->shown.len; i++) {
		const struct node *hit = enter(node->shown.at[i]);
		if (hit) {
			return hit;
		}
	}
	if (node->shown.len) {
		return NULL;
	}
	const struct node *container = node->shadow ? node->shadow : node;
	for (const struct node *child = container->first; child; child = child->next) {
		const struct node *hit = enter(child);
		if (hit) {
			return hit;
		}
	}
	return NULL;
}

static const struct node *first_below(const struct node *node)
{
	if (node->kind == NODE_TEXT) {
		return NULL;
	}
	if (!is_item(node)) {
		return enter(node);
	}
	const struct node *container = node->shadow ? node->shadow : node;
	for (const struct node *child = container->first; child; child = child->next) {
		const struct node *hit = enter(child);
		if (hit) {
			return hit;
		}
	}
	return NULL;
}

struct node *node_flat_first(const struct node *node)
{
	const struct node *first = first_below(node);
	return !first && node->tree->root == node ? next_displaced(node->tree, NULL) : (struct node *)first;
}

/* A light child that no slot shows is outside the flat tree. */
static bool is_hidden(const struct node *node)
{
	return !node->assigned && node_slot_host(node);
}

static struct node *next_beside(const struct node *node)
{
	for (const struct node *cur = node; cur; ) {
		const struct node *hit = NULL;
		if (cur->assigned) {
			const struct node *slot = cur->assigned;
			for (size_t i = cur->shown_at + 1; i < slot->shown.len && !hit; i++) {
				hit = enter(slot->shown.at[i]);
			}
			cur = slot;
		} else {
			if (is_hidden(cur)) {
				return NULL;
			}
			for (const struct node *next = cur->next; next && !hit; next = next->next) {
				hit = enter(next);
			}
			cur = cur->parent;
		}
		if (hit) {
			return (struct node *)hit;
		}
		if (cur && cur->kind == NODE_SHADOW_ROOT && cur->host->hollow) {
			cur = cur->host;
		}
		if (!cur || is_item(cur) || cur->kind == NODE_SHADOW_ROOT) {
			return NULL;
		}
	}
	return NULL;
}

struct node *node_flat_next(const struct node *node)
{
	if (node->displaced) {
		return next_displaced(node->tree, node);
	}
	struct node *next = next_beside(node);
	bool last = !next && node->tree->displaced.len && node_flat_parent(node) == node->tree->root;
	return last ? next_displaced(node->tree, NULL) : next;
}

/* `hollow`: hollow hosts count, and displaced nodes are where they came from. */
static struct node *parent_of(const struct node *node, bool hollow)
{
	const struct node *cur = node;
	if (node->displaced && !hollow) {
		return is_attached(node) ? node->tree->root : NULL;
	}
	while (cur) {
		if (cur->kind == NODE_SHADOW_ROOT) {
			if (hollow || !cur->host->hollow) {
				return cur->host;
			}
			cur = cur->host;
		}
		if (cur->assigned) {
			cur = cur->assigned;
			continue;
		}
		const struct node *parent = cur->parent;
		if (parent && parent->kind == NODE_ELEMENT) {
			return parent->shadow ? NULL : (struct node *)parent;
		}
		/* A slot's own children step back when something is assigned to it. */
		if (parent && parent->kind == NODE_SLOT && parent->shown.len) {
			return NULL;
		}
		cur = parent;
	}
	return NULL;
}

struct node *node_flat_parent(const struct node *node)
{
	return parent_of(node, false);
}

struct node *node_event_parent(const struct node *node)
{
	return parent_of(node, true);
}

/* The element nearest to one end of a group, or the node itself. */
static const struct node *enter_element(const struct node *node, bool from_end)
{
	if (node->kind == NODE_ELEMENT) {
		return node;
	}
	if (node->kind != NODE_GROUP) {
		return NULL;
	}
	const struct node *child = from_end ? node->last : node->first;
	for (; child; child = from_end ? child->prev : child->next) {
		const struct node *hit = enter_element(child, from_end);
		if (hit) {
			return hit;
		}
	}
	return NULL;
}

static struct node *sibling(const struct node *node, bool before)
{
	for (const struct node *cur = node; cur; cur = cur->parent) {
		const struct node *next = before ? cur->prev : cur->next;
		for (; next; next = before ? next->prev : next->next) {
			const struct node *hit = enter_element(next, before);
			if (hit) {
				return (struct node *)hit;
			}
		}
		if (!cur->parent || cur->parent->kind != NODE_GROUP) {
			return NULL;
		}
	}
	return NULL;
}

struct node *node_sibling_before(const struct node *node)
{
	return sibling(node, true);
}

struct node *node_sibling_after(const struct node *node)
{
	return sibling(node, false);
}

struct node *node_scope_parent(const struct node *node)
{
	struct node *up = node->parent;
	while (up && (up->kind == NODE_GROUP || up->kind == NODE_SLOT)) {
		up = up->parent;
	}
	bool built_in = up && up->kind == NODE_SHADOW_ROOT && up->host->component && !up->host->instance;
	return built_in ? up->host : up;
}
