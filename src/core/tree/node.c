/* Nodes: life, links, and dirty marks. */
#include "core/tree/node.h"

#include "core/tree/assign.h"

#define ALL_NEW (NODE_DIRTY_ALL | NODE_DIRTY_SUBTREE_STYLE)

void tree_init(struct tree *tree)
{
	*tree = (struct tree){0};
}

void tree_finish(struct tree *tree)
{
	node_destroy(tree->root);
	tree->root = NULL;
	vec_finish(&tree->hosts);
	vec_finish(&tree->displaced);
	slot_table_finish(&tree->ids);
}

struct node *node_create(struct tree *tree, enum node_kind kind, atom_t tag)
{
	struct node *node = mem_alloc(sizeof(*node));
	node->kind = kind;
	node->tree = tree;
	node->tag = tag;
	node->dirty = ALL_NEW;
	node->id = slot_add(&tree->ids, node);
	return node;
}

static void wait_for_slots(struct node *host);

struct node *node_attach_shadow(struct node *host)
{
	assert(host->kind == NODE_ELEMENT && !host->shadow);
	for (struct node *child = host->first; child; child = child->next) {
		assign_drop(child); // light children are hidden until they are assigned
	}
	host->shadow = node_create(host->tree, NODE_SHADOW_ROOT, 0);
	host->shadow->host = host;
	node_mark(host, NODE_DIRTY_BOX | NODE_DIRTY_LAYOUT);
	wait_for_slots(host);
	return host->shadow;
}

static void unlink_node(struct node *node)
{
	struct node *parent = node->parent;
	if (node->host) {
		node->host->shadow = NULL;
		node->host = NULL;
	}
	if (!parent) {
		return;
	}
	*(node->prev ? &node->prev->next : &parent->first) = node->next;
	*(node->next ? &node->next->prev : &parent->last) = node->prev;
	node->parent = node->prev = node->next = NULL;
}

static void link_node(struct node *parent, struct node *node, struct node *before)
{
	node->parent = parent;
	node->next = before;
	node->prev = before ? before->prev : parent->last;
	*(node->prev ? &node->prev->next : &parent->first) = node;
	*(before ? &before->prev : &parent->last) = node;
}

static void free_node(struct node *node)
{
	struct tree *tree = node->tree;
	if (tree->on_free) {
		tree->on_free(tree->user, node);
	}
	for (size_t i = node->displaced ? tree->displaced.len : 0; i > 0; i--) {
		if (tree->displaced.at[i - 1] == node->id) {
			vec_remove(&tree->displaced, i - 1);
		}
	}
	assign_drop(node);
	assign_release(node);
	unlink_node(node);
	slot_remove(&tree->ids, node->id);
	for (size_t i = 0; i < node->attrs.len; i++) {
		value_unref(node->attrs.at[i].value);
	}
	for (size_t i = 0; i < node->binds.len; i++) {
		value_unref(node->binds.at[i].handler);
	}
	value_unref(node->dataset);
	value_unref(node->marks);
	value_unref(node->written);
	value_unref(node->text);
	value_unref(node->inline_style);
	value_unref(node->script_style);
	value_unref(node->placed_style);
	value_unref(node->hint_style);
	value_unref(node->shown_text);
	vec_finish(&node->script_classes);
	vec_finish(&node->classes);
	vec_finish(&node->outer_classes);
	vec_finish(&node->attrs);
	vec_finish(&node->binds);
	vec_finish(&node->shown);
	mem_free(node);
}

/* Leaves first, without recursion: a tree can be as deep as the program's data. A shadow tree
 * goes before the light children, so that these need not be taken out of slots one by one. */
void node_destroy(struct node *node)
{
	assert(!node || !node->parent);
	for (struct node *cur = node; cur;) {
		while (cur->shadow || cur->first) {
			cur = cur->shadow ? cur->shadow : cur->first;
		}
		struct node *above = cur == node ? NULL : cur->host ? cur->host : cur->parent;
		if (cur->tree->root == cur) {
			cur->tree->root = NULL;
		}
		free_node(cur);
		cur = above;
	}
}

static void set_dirty(struct node *node, unsigned dirty)
{
	unsigned before = node->dirty;
	node->dirty |= dirty;
	if (!before && node->tree->root == node && node->tree->on_dirty) {
		node->tree->on_dirty(node->tree->user);
	}
}

static bool is_item(const struct node *node)
{
	return (node->kind == NODE_ELEMENT && !node->hollow) || node->kind == NODE_TEXT;
}

void node_mark(struct node *node, unsigned dirty)
{
	if (!is_item(node)) {
		node = node_flat_parent(node);
	}
	if (!node || !dirty) {
		return;
	}
	set_dirty(node, dirty);
	struct node *up = node_flat_parent(node);
	while (up && !(up->dirty & NODE_DIRTY_CHILD)) {
		set_dirty(up, NODE_DIRTY_CHILD);
		up = node_flat_parent(up);
	}
}

/* Marks the elements and texts that a group or slot stands for; anything else itself. */
static void mark_items(struct node *node, unsigned dirty)
{
	if (is_item(node)) {
		node_mark(node, dirty);
		return;
	}
	if (node->shadow) {
		mark_items(node->shadow, dirty);
		return;
	}
	for (size_t i = 0; i < node->shown.len; i++) {
		mark_items(node->shown.at[i], dirty);
	}
	if (node->shown.len == 0) {
		for (struct node *child = node->first; child; child = child->next) {
			mark_items(child, dirty);
		}
	}
}

static void wait_for_slots(struct node *host)
{
	if (!host->slots_waiting) {
		host->slots_waiting = true;
		vec_push(&host->tree->hosts, host->id);
	}
	node_mark(host, NODE_DIRTY_BOX);
}

/* A slot came or goes. */
static void tell_host(struct node *slot)
{
	const struct node *up = slot;
	while (up->parent) {
		up = up->parent;
	}
	if (up->kind == NODE_SHADOW_ROOT && up->host) {
		wait_for_slots(up->host);
	}
}

void node_ask_slots(struct node *node)
{
	struct node *host = node_slot_host(node);
	if (node->kind == NODE_SLOT) {
		tell_host(node);
	}
	if (host) {
		wait_for_slots(host);
	}
}

void tree_assign_slots(struct tree *tree)
{
	for (size_t i = 0; i < tree->hosts.len; i++) {
		struct node *host = slot_get(&tree->ids, tree->hosts.at[i]);
		if (host) {
			host->slots_waiting = false;
			node_assign_slots(host, host->multiple_slots);
		}
	}
	vec_clear(&tree->hosts);
}

/* The element whose boxes change when something is put into `parent`. */
static struct node *box_owner(struct node *parent)
{
	if (parent->kind == NODE_ELEMENT) {
		return parent->shadow || parent->hollow ? NULL : parent;
	}
	return node_flat_parent(parent);
}

/* Displaced nodes may come or go with it. */
static void mark_displaced(struct node *node)
{
	struct tree *tree = node->tree;
	if (tree->displaced.len && tree->root && tree->root != node) {
		node_mark(tree->root, NODE_DIRTY_BOX);
	}
}

void node_insert(struct node *parent, struct node *node, struct node *before)
{
	assert(parent->kind != NODE_TEXT && node->kind != NODE_SHADOW_ROOT && node != before);
	assert(!before || before->parent == parent);
	struct node *old = node->parent ? node_flat_parent(node) : NULL;
	if (node->parent) {
		node_remove(node);
	}
	link_node(parent, node, before);
	mark_displaced(node);
	struct node *owner = box_owner(parent);
	struct node *host = node_slot_host(node);
	if (node->kind == NODE_SLOT) {
		tell_host(node);
	}
	if (host) {
		wait_for_slots(host);
	} else if (owner) {
		node_mark(owner, NODE_DIRTY_BOX);
	}
	/* Moved below the same element: it inherits the same, only its position is new. */
	mark_items(node, owner && owner == old ? NODE_DIRTY_STYLE : ALL_NEW);
}

void node_remove(struct node *node)
{
	if (!node->parent) {
		return;
	}
	mark_displaced(node);
	struct node *owner = node_flat_parent(node);
	if (!owner) {
		owner = box_owner(node->parent);
	}
	if (owner) {
		node_mark(owner, NODE_DIRTY_BOX);
	}
	if (node->kind == NODE_SLOT || node->kind == NODE_GROUP) {
		tell_host(node);
	}
	assign_drop(node);
	unlink_node(node);
}
