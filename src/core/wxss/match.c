/* Matches selectors from right to left. */
#include "core/wxss/match.h"

#include "core/wxss/cascade.h"

#define MATCH_STEPS_MAX 20000
#define WALK_DEPTH_MAX 512
#define CLASS_TEXT_MAX 256

static bool match_complex(struct wxss_match *m, const struct wxss_selector *selector, const struct node *node);

/* ---- attributes ---- */

static bool add_value(struct value value, struct strbuf *out)
{
	if (value_is_nullish(value) || (value.type == VALUE_BOOL && !value.boolean)) {
		return false;
	}
	if (value.type != VALUE_BOOL) { // a valueless attribute is true, its text ""
		value_to_text(value, out);
	}
	return true;
}

static bool add_class(const struct node *node, struct strbuf *out)
{
	for (size_t i = 0; i < node->classes.len; i++) {
		strbuf_add_text(out, i ? " " : "");
		strbuf_add(out, atom_str(node->classes.at[i]));
	}
	return node->classes.len > 0;
}

static bool add_data(const struct node *node, struct str name, struct strbuf *out)
{
	struct strbuf key = {0};
	node_dataset_key(str_slice(name, 5, name.len), &key);
	bool found = add_value(value_get(node->dataset, strbuf_str(&key)), out);
	strbuf_finish(&key);
	return found;
}

bool wxss_node_attribute(const struct node *node, atom_t name, struct strbuf *out)
{
	struct str text = atom_str(name);
	if (str_is(text, "class")) {
		return add_class(node, out);
	}
	if (str_is(text, "id")) {
		strbuf_add(out, atom_str(node->ident));
		return node->ident != 0;
	}
	if (str_is(text, "style")) {
		return add_value(node->inline_style, out);
	}
	if (str_starts(text, STR("data-"))) {
		return add_data(node, text, out);
	}
	return add_value(node_attr(node, name), out);
}

static bool has_part(struct str text, struct str part, bool nocase)
{
	for (size_t i = 0; i + part.len <= text.len; i++) {
		struct str piece = str_slice(text, i, i + part.len);
		if (nocase ? str_eq_nocase(piece, part) : str_eq(piece, part)) {
			return true;
		}
	}
	return false;
}

static bool has_word(struct str text, struct str word, bool nocase)
{
	struct str piece;
	while (str_split(&text, ' ', &piece)) {
		if (nocase ? str_eq_nocase(piece, word) : str_eq(piece, word)) {
			return true;
		}
	}
	return false;
}

static bool compare_attr(const struct wxss_simple *simple, struct str text)
{
	struct str value = simple->value;
	size_t n = value.len;
	bool nocase = simple->nocase, longer = text.len >= n;
	struct str head = longer ? str_slice(text, 0, n) : text, tail = longer ? str_slice(text, text.len - n, text.len) : text;
	switch (simple->op) {
	case ATTR_EQUAL: return nocase ? str_eq_nocase(text, value) : str_eq(text, value);
	case ATTR_WORD: return n && has_word(text, value, nocase);
	case ATTR_DASH:
		return (nocase ? str_eq_nocase(head, value) : str_eq(head, value)) && (text.len == n || (longer && text.at[n] == '-'));
	case ATTR_PREFIX: return n && (nocase ? str_eq_nocase(head, value) : str_eq(head, value));
	case ATTR_SUFFIX: return n && (nocase ? str_eq_nocase(tail, value) : str_eq(tail, value));
	case ATTR_CONTAINS: return n && has_part(text, value, nocase);
	default: return true;
	}
}

/* Without a copy when it is one class; the usual [class*=" icon-"] asks every element. */
static bool match_class_text(const struct wxss_simple *simple, const struct node *node)
{
	char text[CLASS_TEXT_MAX];
	size_t len = 0;
	for (size_t i = 0; i < node->classes.len; i++) {
		struct str name = atom_str(node->classes.at[i]);
		if (node->classes.len == 1) {
			return compare_attr(simple, name);
		}
		if (len + name.len + 1 > sizeof(text)) {
			struct strbuf all = {0};
			bool match = add_class(node, &all) && compare_attr(simple, strbuf_str(&all));
			strbuf_finish(&all);
			return match;
		}
		if (i > 0) {
			text[len++] = ' ';
		}
		memcpy(text + len, name.at, name.len);
		len += name.len;
	}
	return node->classes.len > 0 && compare_attr(simple, (struct str){text, len});
}

static bool match_value(const struct wxss_simple *simple, struct value value)
{
	if (value.type == VALUE_STRING) { // the usual case, without a copy
		return compare_attr(simple, value_str(value));
	}
	if (value.type == VALUE_BOOL && simple->op != ATTR_PRESENT) {
		return compare_attr(simple, value.boolean ? STR("true") : STR("false")) || (value.boolean && compare_attr(simple, STR("")));
	}
	struct strbuf text = {0};
	bool match = add_value(value, &text) && compare_attr(simple, strbuf_str(&text));
	strbuf_finish(&text);
	return match;
}

static bool match_attr(const struct wxss_simple *simple, const struct node *node)
{
	switch (simple->place) {
	case ATTR_CLASS: return match_class_text(simple, node);
	case ATTR_ID: return node->ident != 0 && compare_attr(simple, atom_str(node->ident));
	case ATTR_STYLE: return match_value(simple, node->inline_style);
	case ATTR_DATA: return node->dataset.type == VALUE_OBJECT && match_value(simple, value_get(node->dataset, simple->key));
	default: break;
	}
	if (!node->attrs.len) {
		return false;
	}
	struct value value = node_attr(node, simple->name);
	return simple->op == ATTR_PRESENT ? value_to_bool(value) : match_value(simple, value);
}

/* ---- structure ---- */

static bool counts(struct wxss_match *m, const struct wxss_simple *simple, const struct node *node, const struct node *sibling)
{
	if (simple->of_type) {
		return sibling->tag == node->tag;
	}
	for (size_t i = 0; simple->list && i < simple->list->count; i++) {
		if (match_complex(m, &simple->list->at[i], sibling)) {
			return true;
		}
	}
	return !simple->list;
}

static const struct node *sibling_on(const struct node *node, bool after)
{
	return after ? node_sibling_after(node) : node_sibling_before(node);
}

static bool match_nth(struct wxss_match *m, const struct wxss_simple *simple, const struct node *node)
{
	if (simple->only) {
		for (int side = 0; side < 2; side++) {
			for (const struct node *s = sibling_on(node, side); s; s = sibling_on(s, side)) {
				if (counts(m, simple, node, s)) {
					return false;
				}
			}
		}
		return true;
	}
	if (simple->list && !counts(m, simple, node, node)) {
		return false;
	}
	int index = 1;
	for (const struct node *s = sibling_on(node, simple->last); s; s = sibling_on(s, simple->last)) {
		index += counts(m, simple, node, s);
		if (simple->a == 0 && index > simple->b) {
			return false;
		}
	}
	int rest = index - simple->b;
	return simple->a == 0 ? rest == 0 : rest % simple->a == 0 && rest / simple->a >= 0;
}

static bool is_empty(const struct node *node)
{
	for (const struct node *child = node_flat_first(node); child; child = node_flat_next(child)) {
		if (child->kind != NODE_TEXT || value_str(child->text).len) {
			return false;
		}
	}
	return true;
}

static bool holds_focus(const struct node *node, int depth)
{
	if (node->state & NODE_FOCUS) {
		return true;
	}
	if (depth > WALK_DEPTH_MAX) {
		return false;
	}
	for (const struct node *child = node->first; child; child = child->next) {
		if (holds_focus(child, depth + 1)) {
			return true;
		}
	}
	return node->shadow && holds_focus(node->shadow, depth + 1);
}

static bool is_root(const struct node *node)
{
	const struct node *parent = node_scope_parent(node);
	return !parent || (parent->kind != NODE_ELEMENT && parent->kind != NODE_SHADOW_ROOT);
}

static bool match_any(struct wxss_match *m, const struct wxss_selector_list *list, const struct node *node)
{
	for (size_t i = 0; i < list->count; i++) {
		if (match_complex(m, &list->at[i], node)) {
			return true;
		}
	}
	return false;
}

/* :host(.x): the list looks at the host from outside, as an ordinary element. */
static bool match_host(struct wxss_match *m, const struct wxss_simple *simple, const struct node *node)
{
	if (node != m->host) {
		return false;
	}
	if (!simple->list) {
		return true;
	}
	struct wxss_match outside = {NULL, m->budget, NULL};
	bool match = match_any(&outside, simple->list, node);
	m->budget = outside.budget;
	return match;
}

static bool has_class(const struct wxss_match *m, const struct node *node, atom_t name)
{
	if (m->outer && node->scope != m->outer) {
		for (size_t i = 0; i < node->outer_classes.len; i++) {
			if (node->outer_classes.at[i].name == name && node->outer_classes.at[i].scope == m->outer) {
				return true;
			}
		}
		return false;
	}
	for (size_t i = 0; i < node->classes.len; i++) {
		if (node->classes.at[i] == name) {
			return true;
		}
	}
	return false;
}

static bool match_simple(struct wxss_match *m, const struct wxss_simple *simple, const struct node *node)
{
	switch (simple->kind) {
	case SIMPLE_TYPE: return node->tag == simple->name;
	case SIMPLE_ID: return node->ident == simple->name;
	case SIMPLE_CLASS: return has_class(m, node, simple->name);
	case SIMPLE_ATTR: return match_attr(simple, node);
	case SIMPLE_STATE: return (node->state & simple->bits) != 0;
	case SIMPLE_NOT_STATE: return !(node->state & simple->bits);
	case SIMPLE_FOCUS_WITHIN: return holds_focus(node, 0);
	case SIMPLE_ROOT: return is_root(node);
	case SIMPLE_EMPTY: return is_empty(node);
	case SIMPLE_NTH: return match_nth(m, simple, node);
	case SIMPLE_NOT: return !match_any(m, simple->list, node);
	case SIMPLE_IS: return match_any(m, simple->list, node);
	case SIMPLE_HOST: return match_host(m, simple, node);
	default: return false;
	}
}

/* A host is nothing to its own sheet but :host. */
static bool match_compound(struct wxss_match *m, const struct wxss_compound *compound, const struct node *node)
{
	bool host = m->host == node, named = false;
	for (size_t i = 0; i < compound->count; i++) {
		named = named || compound->simples[i].kind == SIMPLE_HOST;
		if (!match_simple(m, &compound->simples[i], node)) {
			return false;
		}
	}
	return named || !host;
}

static const struct node *parent_of(const struct wxss_match *m, const struct node *node, bool deep)
{
	if (node == m->host) {
		return NULL;
	}
	const struct node *parent = node_scope_parent(node);
	if (parent && parent->kind == NODE_SHADOW_ROOT) {
		return parent->host == m->host || deep || m->outer ? parent->host : NULL;
	}
	return parent && parent->kind == NODE_ELEMENT ? parent : NULL;
}

/* Do compounds[i] and those left of it match, when compounds[i] is to match `node`? */
static bool match_from(struct wxss_match *m, const struct wxss_selector *selector, size_t i, const struct node *node)
{
	if (--m->budget < 0 || !match_compound(m, &selector->compounds[i], node)) {
		return false;
	}
	if (i + 1 == selector->count) {
		return true;
	}
	enum wxss_combinator combinator = selector->compounds[i].combinator;
	bool once = combinator == COMBINATOR_CHILD || combinator == COMBINATOR_NEXT;
	bool sibling = combinator == COMBINATOR_NEXT || combinator == COMBINATOR_SUBSEQUENT, deep = combinator == COMBINATOR_DEEP;
	do {
		node = !sibling ? parent_of(m, node, deep) : node == m->host ? NULL : node_sibling_before(node);
		if (node && match_from(m, selector, i + 1, node)) {
			return true;
		}
	} while (node && !once && m->budget > 0);
	return false;
}

static bool match_complex(struct wxss_match *m, const struct wxss_selector *selector, const struct node *node)
{
	return selector->pseudo == PSEUDO_NONE && match_from(m, selector, 0, node);
}

bool wxss_match_selector(const struct wxss_selector *selector, const struct node *node, const struct node *host)
{
	struct wxss_match m = {host, MATCH_STEPS_MAX, NULL};
	return match_from(&m, selector, 0, node);
}

bool wxss_match_outer(const struct wxss_selector *selector, const struct node *node, const struct node *host,
	const struct sheet_scope *outer)
{
	struct wxss_match m = {host, MATCH_STEPS_MAX, outer};
	return match_from(&m, selector, 0, node);
}

static void add_bit(struct wxss_filter *filter, enum wxss_simple_kind kind, atom_t name)
{
	unsigned hash = wxss_selector_hash(kind, name);
	filter->bits[hash >> 6] |= (uint64_t)1 << (hash & 63);
}

void wxss_filter_fill(struct wxss_filter *filter, const struct node *node)
{
	memset(filter, 0, sizeof(*filter));
	for (const struct node *up = node_scope_parent(node); up;) {
		if (up->kind == NODE_SHADOW_ROOT) {
			up = up->host;
			continue;
		}
		add_bit(filter, SIMPLE_TYPE, up->tag);
		if (up->ident) {
			add_bit(filter, SIMPLE_ID, up->ident);
		}
		for (size_t i = 0; i < up->classes.len; i++) {
			add_bit(filter, SIMPLE_CLASS, up->classes.at[i]);
		}
		up = node_scope_parent(up);
	}
}

/* ---- queries ---- */

struct query {
	const struct wxss_selector_list *list;
	struct node **nodes;
	size_t count, max;
	bool deep;
};

static void visit(struct query *query, struct node *node)
{
	if (node->kind != NODE_ELEMENT) {
		return;
	}
	for (size_t i = 0; i < query->list->count; i++) {
		const struct wxss_selector *selector = &query->list->at[i];
		if (selector->pseudo == PSEUDO_NONE && wxss_match_selector(selector, node, NULL)) {
			if (query->count < query->max) {
				query->nodes[query->count] = node;
			}
			query->count++;
			return;
		}
	}
}

/* The next node in tree order below root; into shadow trees when asked to. */
static struct node *next_below(const struct node *root, struct node *node, bool deep)
{
	if (deep && node->shadow) {
		return node->shadow;
	}
	if (node->first) {
		return node->first;
	}
	while (node != root) {
		if (node->next) {
			return node->next;
		}
		if (node->kind == NODE_SHADOW_ROOT) { // back from a shadow tree: the host's own children
			node = node->host;
			if (node->first) {
				return node->first;
			}
			continue;
		}
		node = node->parent;
		if (!node) {
			return NULL;
		}
	}
	return NULL;
}

size_t selector_query(struct node *root, struct str selector, struct node **ret_nodes, size_t max)
{
	struct arena arena;
	struct wxss_selector_list list;
	const char *error;
	arena_init(&arena);
	struct query query = {.list = &list, .nodes = ret_nodes, .max = max};
	if (wxss_selector_parse(selector, &arena, &list, &error)) {
		for (size_t i = 0; i < list.count; i++) {
			query.deep = query.deep || list.at[i].deep;
		}
		if (root->kind == NODE_ELEMENT && !root->parent) { // `page`
			visit(&query, root);
		}
		for (struct node *node = next_below(root, root, false); node; node = next_below(root, node, query.deep)) {
			visit(&query, node);
		}
	}
	arena_finish(&arena);
	return query.count;
}
