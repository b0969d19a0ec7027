/* Which slot of a component's shadow tree shows which light child of its host. */
#include "core/tree/assign.h"

typedef VEC(struct node *) node_vec;

struct sharing {
	struct node *slot;
	node_vec nodes;
};

typedef VEC(struct sharing) sharing_vec;

static void drop_one(struct node *node)
{
	struct node *slot = node->assigned;
	if (!slot) {
		return;
	}
	struct node *owner = node_flat_parent(slot);
	vec_remove(&slot->shown, node->shown_at);
	for (size_t i = node->shown_at; i < slot->shown.len; i++) {
		slot->shown.at[i]->shown_at = i;
	}
	node->assigned = NULL;
	if (owner) {
		node_mark(owner, NODE_DIRTY_BOX);
	}
}

void assign_drop(struct node *node)
{
	drop_one(node);
	if (node->kind == NODE_GROUP) {
		for (struct node *child = node->last; child; child = child->prev) { // cheapest at the end
			assign_drop(child);
		}
	}
}

void assign_release(struct node *slot)
{
	for (size_t i = 0; i < slot->shown.len; i++) {
		slot->shown.at[i]->assigned = NULL;
	}
	slot->shown.len = 0;
}

struct node *node_slot_host(const struct node *node)
{
	struct node *up = node->parent;
	while (up && up->kind == NODE_GROUP) {
		up = up->parent;
	}
	return up && up->kind == NODE_ELEMENT && up->shadow ? up : NULL;
}

static atom_t slot_attribute(const struct node *node)
{
	if (node->kind != NODE_SLOT) {
		return node->slot_name;
	}
	struct str name = value_str(node_attr_text(node, "slot"));
	return name.len ? atom_intern(name) : 0;
}

/* All slots of a shadow tree, in tree order; shadow trees inside it have their own. */
static void find_slots(struct node *root, sharing_vec *slots)
{
	for (struct node *cur = root; cur;) {
		if (cur->kind == NODE_SLOT) {
			struct sharing sharing = {.slot = cur};
			vec_push(slots, sharing);
		}
		if (cur->first) {
			cur = cur->first;
			continue;
		}
		while (cur != root && !cur->next) {
			cur = cur->parent;
		}
		cur = cur == root ? NULL : cur->next;
	}
}

static struct sharing *slot_for(sharing_vec *slots, const struct node *node, bool multiple)
{
	if (!multiple) {
		return slots->len ? &slots->at[0] : NULL;
	}
	atom_t name = slot_attribute(node);
	for (size_t i = 0; i < slots->len; i++) {
		if (slots->at[i].slot->slot_name == name) {
			return &slots->at[i];
		}
	}
	return NULL;
}

static void share_out(struct node *parent, sharing_vec *slots, bool multiple)
{
	for (struct node *child = parent->first; child; child = child->next) {
		if (child->kind == NODE_GROUP) {
			share_out(child, slots, multiple);
			continue;
		}
		struct sharing *sharing = slot_for(slots, child, multiple);
		if (sharing) {
			vec_push(&sharing->nodes, child);
		} else {
			drop_one(child);
		}
	}
}

static bool is_unchanged(const struct sharing *sharing)
{
	const struct node *slot = sharing->slot;
	if (slot->shown.len != sharing->nodes.len) {
		return false;
	}
	for (size_t i = 0; i < slot->shown.len; i++) {
		if (slot->shown.at[i] != sharing->nodes.at[i]) {
			return false;
		}
	}
	return true;
}

/* What a node newly inherits from, and where its boxes go, is all new. */
static void mark_shown(struct node *node)
{
	const unsigned all = NODE_DIRTY_ALL | NODE_DIRTY_SUBTREE_STYLE;
	if (node->kind != NODE_SLOT) {
		node_mark(node, all);
		return;
	}
	for (struct node *item = node_flat_first(node); item; item = node_flat_next(item)) {
		if (node_flat_parent(item) != node_flat_parent(node)) {
			break;
		}
		node_mark(item, all);
	}
}

static void apply(struct sharing *sharing)
{
	struct node *slot = sharing->slot;
	VEC(struct node *) fresh = {0};
	for (size_t i = 0; i < sharing->nodes.len; i++) {
		struct node *node = sharing->nodes.at[i];
		if (node->assigned != slot) {
			drop_one(node);
			vec_push(&fresh, node);
		}
	}
	assign_release(slot);
	for (size_t i = 0; i < sharing->nodes.len; i++) {
		struct node *node = sharing->nodes.at[i];
		node->assigned = slot;
		node->shown_at = i;
		vec_push(&slot->shown, node);
	}
	node_mark(slot, NODE_DIRTY_BOX);
	for (size_t i = 0; i < fresh.len; i++) {
		mark_shown(fresh.at[i]);
	}
	vec_finish(&fresh);
}

void node_assign_slots(struct node *host, bool multiple)
{
	sharing_vec slots = {0};
	if (!host->shadow) {
		return;
	}
	find_slots(host->shadow, &slots);
	share_out(host, &slots, multiple);
	for (size_t i = 0; i < slots.len; i++) {
		if (!is_unchanged(&slots.at[i])) {
			apply(&slots.at[i]);
		}
		vec_finish(&slots.at[i].nodes);
	}
	vec_finish(&slots);
}
