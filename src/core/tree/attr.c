/* What a node carries: setters that compare before they change and mark. */
#include "core/tree/node.h"

static size_t find_attr(const struct node *node, atom_t name)
{
	for (size_t i = 0; i < node->attrs.len; i++) {
		if (node->attrs.at[i].name == name) {
			return i;
		}
	}
	return SIZE_MAX;
}

/* Replaces *slot; false when it already was that value. */
static bool replace(struct value *slot, struct value value)
{
	if (value_identical(*slot, value)) {
		return false;
	}
	struct value old = *slot;
	*slot = value_ref(value);
	value_unref(old);
	return true;
}

static bool reaches(const struct node *node, atom_t name, unsigned state)
{
	const struct tree *tree = node->tree;
	return !tree->reaches || tree->reaches(tree->user, name, state);
}

/* The element's own style is to be made again, and what is below it when rules look from there. */
static void mark_style(struct node *node, bool below)
{
	node_mark(node, NODE_DIRTY_STYLE | (below ? (unsigned)NODE_DIRTY_SUBTREE_STYLE : 0));
}

bool node_set_attr(struct node *node, atom_t name, struct value value)
{
	size_t at = find_attr(node, name);
	if (value.type == VALUE_UNDEFINED) {
		if (at == SIZE_MAX) {
			return false;
		}
		struct value old = node->attrs.at[at].value;
		vec_remove(&node->attrs, at);
		value_unref(old);
	} else if (at == SIZE_MAX) {
		struct node_attr attr = {name, value_ref(value)};
		vec_push(&node->attrs, attr);
	} else if (!replace(&node->attrs.at[at].value, value)) {
		return false;
	}
	mark_style(node, reaches(node, name, 0));
	return true;
}

struct value node_attr(const struct node *node, atom_t name)
{
	size_t at = find_attr(node, name);
	return at == SIZE_MAX ? value_undefined() : node->attrs.at[at].value;
}

struct value node_attr_text(const struct node *node, const char *name)
{
	atom_t atom = atom_find(str_of(name));
	return atom ? node_attr(node, atom) : value_undefined();
}

void node_set_id(struct node *node, struct str id)
{
	atom_t ident = id.len ? atom_intern(id) : 0;
	if (node->ident != ident) {
		mark_style(node, reaches(node, ident, 0) || reaches(node, node->ident, 0) || reaches(node, atom_of("id"), 0));
		node->ident = ident;
	}
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Cuts the next class name off *rest. */
static bool next_class(struct str *rest, struct str *ret_name)
{
	*rest = str_trim(*rest);
	size_t len = 0;
	while (len < rest->len && !is_space(rest->at[len])) {
		len++;
	}
	*ret_name = str_slice(*rest, 0, len);
	*rest = str_slice(*rest, len, rest->len);
	return len > 0;
}

void node_set_classes(struct node *node, struct str text)
{
	struct str rest = text, name;
	size_t count = 0;
	bool changed = false, below = false;
	while (next_class(&rest, &name)) {
		atom_t atom = atom_intern(name), before = count < node->classes.len ? node->classes.at[count] : 0;
		if (before != atom) {
			changed = true;
			below = below || reaches(node, atom, 0) || (before && reaches(node, before, 0));
			if (before) {
				node->classes.at[count] = atom;
			} else {
				vec_push(&node->classes, atom);
			}
		}
		count++;
	}
	for (size_t i = count; i < node->classes.len; i++) {
		changed = true;
		below = below || reaches(node, node->classes.at[i], 0);
	}
	if (changed) {
		node->classes.len = count;
		for (size_t i = 0; i < node->script_classes.len; i++) {
			atom_t name_of = node->script_classes.at[i];
			below = below || reaches(node, name_of, 0);
			vec_push(&node->classes, name_of);
		}
		mark_style(node, below || reaches(node, atom_of("class"), 0));
	}
}

static void drop_class(struct node *node, atom_t name)
{
	for (size_t i = node->classes.len; i-- > 0;) {
		if (node->classes.at[i] == name) {
			vec_remove(&node->classes, i);
		}
	}
	for (size_t i = node->script_classes.len; i-- > 0;) {
		if (node->script_classes.at[i] == name) {
			vec_remove(&node->script_classes, i);
		}
	}
}

void node_set_script_class(struct node *node, atom_t name, bool on)
{
	if (node_has_class(node, name) == on) {
		return;
	}
	if (on) {
		vec_push(&node->classes, name);
		vec_push(&node->script_classes, name);
	} else {
		drop_class(node, name);
	}
	mark_style(node, reaches(node, name, 0) || reaches(node, atom_of("class"), 0));
}

void node_set_script_style(struct node *node, struct value text)
{
	if (replace(&node->script_style, text)) {
		mark_style(node, reaches(node, atom_of("style"), 0));
	}
}

void node_set_placed_style(struct node *node, struct value text)
{
	if (replace(&node->placed_style, text)) {
		mark_style(node, false);
	}
}

void node_set_hint_style(struct node *node, struct value text)
{
	if (replace(&node->hint_style, text)) {
		mark_style(node, false);
	}
}

void node_set_outer_classes(struct node *node, const struct node_class *classes, size_t count)
{
	bool same = count == node->outer_classes.len;
	for (size_t i = 0; same && i < count; i++) {
		same = classes[i].name == node->outer_classes.at[i].name && classes[i].scope == node->outer_classes.at[i].scope;
	}
	if (same) {
		return;
	}
	vec_clear(&node->outer_classes);
	for (size_t i = 0; i < count; i++) {
		vec_push(&node->outer_classes, classes[i]);
	}
	mark_style(node, true);
}

bool node_has_class(const struct node *node, atom_t name)
{
	for (size_t i = 0; i < node->classes.len; i++) {
		if (node->classes.at[i] == name) {
			return true;
		}
	}
	return false;
}

void node_set_style(struct node *node, struct value text)
{
	if (replace(&node->inline_style, text)) {
		mark_style(node, reaches(node, atom_of("style"), 0));
	}
}

static bool set_entry(struct value *object, struct str key, struct value value)
{
	if (value_identical(value_get(*object, key), value)) {
		return false;
	}
	*object = object->type == VALUE_OBJECT ? value_unshared(*object) : value_object_new(4);
	if (value.type == VALUE_UNDEFINED) {
		value_object_remove(object, key);
	} else {
		value_object_set(object, key, value_ref(value));
	}
	return true;
}

void node_set_data(struct node *node, struct str key, struct value value)
{
	if (set_entry(&node->dataset, key, value)) {
		mark_style(node, reaches(node, atom_of("data-"), 0));
	}
}

void node_set_mark(struct node *node, struct str key, struct value value)
{
	set_entry(&node->marks, key, value);
}

void node_set_text(struct node *node, struct value text)
{
	bool empty = value_str(node->text).len == 0;
	if (replace(&node->text, text)) {
		node_mark(node, NODE_DIRTY_LAYOUT | NODE_DIRTY_BOX);
		struct node *parent = empty != (value_str(text).len == 0) ? node_flat_parent(node) : NULL;
		if (parent) {
			node_mark(parent, NODE_DIRTY_BOX); // :empty
		}
	}
}

struct str node_shown_text(const struct node *node)
{
	return value_str(value_is(node->shown_text, VALUE_STRING) ? node->shown_text : node->text);
}

void node_set_bind(struct node *node, atom_t event, unsigned flags, struct value handler)
{
	for (size_t i = 0; i < node->binds.len; i++) {
		struct node_bind *bind = &node->binds.at[i];
		if (bind->event != event || bind->flags != flags) {
			continue;
		}
		if (handler.type != VALUE_UNDEFINED) {
			replace(&bind->handler, handler);
			return;
		}
		value_unref(bind->handler);
		vec_remove(&node->binds, i);
		return;
	}
	if (handler.type != VALUE_UNDEFINED) {
		struct node_bind bind = {event, flags, value_ref(handler)};
		vec_push(&node->binds, bind);
	}
}

void node_set_displaced(struct node *node, bool on)
{
	struct tree *tree = node->tree;
	if (node->displaced == on) {
		return;
	}
	node_mark(node, NODE_DIRTY_BOX);
	struct node *before = node_flat_parent(node);
	for (size_t i = tree->displaced.len; i > 0; i--) {
		if (tree->displaced.at[i - 1] == node->id || !slot_get(&tree->ids, tree->displaced.at[i - 1])) {
			vec_remove(&tree->displaced, i - 1);
		}
	}
	node->displaced = on;
	if (on) {
		vec_push(&tree->displaced, node->id);
	}
	struct node *after = node_flat_parent(node);
	if (before) {
		node_mark(before, NODE_DIRTY_BOX);
	}
	if (after) {
		node_mark(after, NODE_DIRTY_BOX);
	}
	node_mark(node, NODE_DIRTY_ALL | NODE_DIRTY_SUBTREE_STYLE);
}

void node_set_slot_name(struct node *node, atom_t name)
{
	name = atom_str(name).len ? name : 0;
	if (node->slot_name != name) {
		node->slot_name = name;
		node_ask_slots(node);
	}
}

void node_set_state(struct node *node, unsigned bit, bool on)
{
	unsigned state = on ? node->state | bit : node->state & ~bit;
	if (state != node->state) {
		node->state = state;
		mark_style(node, reaches(node, 0, bit));
	}
}

/* Upper case is lowered first, then "-x" becomes "X". */
void node_dataset_key(struct str text, struct strbuf *out)
{
	bool up = false;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];
		if (c >= 'A' && c <= 'Z') {
			c = (char)(c + 32);
		}
		if (c == '-' && i + 1 < text.len) {
			if (up) {
				strbuf_add_char(out, '-');
			}
			up = true;
			continue;
		}
		if (up) {
			if (c >= 'a' && c <= 'z') {
				c = (char)(c - 32);
			} else {
				strbuf_add_char(out, '-');
			}
		}
		strbuf_add_char(out, c);
		up = false;
	}
}
