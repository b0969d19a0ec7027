/* Elements by selectors, and the tree as it is shown. */
#include "door/automation/command.h"

#include "core/wxss/match.h"

#define FOUND_MAX 20000

/* --- the tree as it is shown --- */

static void enter(struct node *node, automation_visit visit, void *user)
{
	if (node->kind == NODE_ELEMENT || node->kind == NODE_TEXT) {
		visit(user, node);
		return;
	}
	for (size_t i = 0; i < node->shown.len; i++) {
		enter(node->shown.at[i], visit, user);
	}
	for (struct node *child = node->first; child && !node->shown.len; child = child->next) {
		enter(child, visit, user);
	}
}

void automation_children(struct node *node, automation_visit visit, void *user)
{
	struct node *container = node->shadow && !node->component ? node->shadow : node;
	for (struct node *child = container->first; child; child = child->next) {
		enter(child, visit, user);
	}
}

struct value automation_describe(const struct node *node)
{
	struct value element = value_object_new(3);
	struct strbuf text = {0};
	strbuf_printf(&text, "%u", node->id);
	value_object_set_text(&element, "elementId", value_take(&text));
	value_object_set_text(&element, "tagName", value_string(atom_str(node->tag)));
	if (node->instance) {
		strbuf_printf(&text, "%u", node->instance);
		value_object_set_text(&element, "nodeId", value_take(&text));
	}
	if (str_is(atom_str(node->tag), "video")) {
		value_object_set_text(&element, "videoId", value_string(atom_str(node->ident)));
	}
	return element;
}

/* --- selectors --- */

struct search {
	const struct wxss_selector_list *list;
	const struct node *home; // the tree to look in: its root; NULL: all that are shown
	bool all;
	VEC(struct node *) found;
};

static const struct node *root_of(const struct node *node)
{
	while (node->parent) {
		node = node->parent;
	}
	return node;
}

static bool matches(const struct wxss_selector_list *list, const struct node *node)
{
	for (size_t i = 0; i < list->count; i++) {
		if (list->at[i].pseudo == PSEUDO_NONE && wxss_match_selector(&list->at[i], node, NULL)) {
			return true;
		}
	}
	return false;
}

static void visit(void *user, struct node *node)
{
	struct search *search = user;
	if (node->kind != NODE_ELEMENT || search->found.len >= FOUND_MAX || (!search->all && search->found.len)) {
		return;
	}
	if ((!search->home || root_of(node) == search->home) && matches(search->list, node)) {
		vec_push(&search->found, node);
	}
	automation_children(node, visit, search);
}

/* "a b" as "a >>> b": ancestors of all trees. */
static void deepen(struct str selector, struct strbuf *out)
{
	char quote = 0;
	int depth = 0;
	for (size_t i = 0; i < selector.len; i++) {
		char c = selector.at[i];
		quote = quote ? (c == quote ? 0 : quote) : (c == '"' || c == '\'') ? c : 0;
		depth += quote ? 0 : (c == '(' || c == '[') - (c == ')' || c == ']');
		char before = out->len ? out->at[out->len - 1] : ',', after = i + 1 < selector.len ? selector.at[i + 1] : ',';
		bool between = c == ' ' && !quote && !depth && !strchr(" ,>+~", before) && !strchr(" ,>+~", after);
		strbuf_add_text(out, between ? " >>>" : "");
		strbuf_add_char(out, c);
	}
}

static size_t look(struct node *root, struct str selector, bool all, const struct node *home, struct node ***ret_nodes)
{
	struct arena arena;
	struct wxss_selector_list list;
	const char *error;
	struct search search = {.list = &list, .home = home, .all = all};
	arena_init(&arena);
	if (wxss_selector_parse(selector, &arena, &list, &error)) {
		if (root->kind == NODE_ELEMENT && !root->parent && matches(&list, root)) { // `page`
			vec_push(&search.found, root);
		}
		automation_children(root, visit, &search);
	}
	arena_finish(&arena);
	*ret_nodes = search.found.at;
	return search.found.len;
}

/* First in the tree whose template asks; then in all that is shown below it; then with ancestors of all trees. */
size_t automation_find(struct node *root, struct str selector, bool all, struct node ***ret_nodes)
{
	const struct node *home = root->instance && root->shadow ? root->shadow : root_of(root);
	struct strbuf deep = {0};
	size_t count = look(root, selector, all, home, ret_nodes);
	if (!count) {
		count = look(root, selector, all, NULL, ret_nodes);
	}
	if (!count) {
		deepen(str_trim(selector), &deep);
		count = look(root, strbuf_str(&deep), all, NULL, ret_nodes);
	}
	strbuf_finish(&deep);
	return count;
}
