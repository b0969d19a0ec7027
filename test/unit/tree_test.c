/* Nodes: links, slots, the flat walk, marks. */
#include "core/tree/node.h"
#include "harness/test.h"

struct world {
	struct tree tree;
	int frames, freed;
};

static void on_dirty(void *user)
{
	((struct world *)user)->frames++;
}

static void on_free(void *user, struct node *node)
{
	CHECK(!node->first && !node->shadow);
	((struct world *)user)->freed++;
}

static void world_init(struct world *w)
{
	*w = (struct world){0};
	tree_init(&w->tree);
	w->tree.on_dirty = on_dirty;
	w->tree.on_free = on_free;
	w->tree.user = w;
	w->tree.root = node_create(&w->tree, NODE_ELEMENT, atom_of("page"));
}

static void world_finish(struct world *w)
{
	tree_finish(&w->tree);
	atom_reset();
}

static struct node *add(struct node *parent, enum node_kind kind, const char *tag)
{
	struct node *node = node_create(parent->tree, kind, tag ? atom_of(tag) : 0);
	node_insert(parent, node, NULL);
	return node;
}

static struct node *add_text(struct node *parent, const char *text)
{
	struct node *node = add(parent, NODE_TEXT, NULL);
	struct value v = value_text(text);
	node_set_text(node, v);
	value_unref(v);
	return node;
}

static void flat_text(const struct node *node, struct strbuf *out)
{
	strbuf_add(out, node->kind == NODE_TEXT ? value_str(node->text) : atom_str(node->tag));
	if (!node_flat_first(node)) {
		return;
	}
	strbuf_add_char(out, '(');
	for (struct node *child = node_flat_first(node); child; child = node_flat_next(child)) {
		CHECK(node_flat_parent(child) == node);
		flat_text(child, out);
		if (node_flat_next(child)) {
			strbuf_add_char(out, ' ');
		}
	}
	strbuf_add_char(out, ')');
}

static void check_flat(const struct node *node, const char *want)
{
	struct strbuf out = {0};
	flat_text(node, &out);
	CHECK_STR(strbuf_str(&out), want);
	strbuf_finish(&out);
}

static void clean(struct node *node)
{
	node->dirty = 0;
	for (struct node *child = node->first; child; child = child->next) {
		clean(child);
	}
	if (node->shadow) {
		clean(node->shadow);
	}
}

static void insertion_and_order(void)
{
	struct world w;
	world_init(&w);
	struct node *a = add(w.tree.root, NODE_ELEMENT, "a"), *c = add(w.tree.root, NODE_ELEMENT, "c");
	struct node *b = node_create(&w.tree, NODE_ELEMENT, atom_of("b"));
	node_insert(w.tree.root, b, c);
	check_flat(w.tree.root, "page(a b c)");
	node_insert(w.tree.root, a, NULL);
	check_flat(w.tree.root, "page(b c a)");
	node_insert(b, c, NULL);
	check_flat(w.tree.root, "page(b(c) a)");
	node_remove(b);
	node_destroy(b);
	CHECK_NUM(w.freed, 2);
	check_flat(w.tree.root, "page(a)");
	world_finish(&w);
}

static void groups_are_transparent(void)
{
	struct world w;
	world_init(&w);
	struct node *root = w.tree.root;
	add(add(add(root, NODE_GROUP, NULL), NODE_GROUP, NULL), NODE_GROUP, NULL);
	struct node *a = add(root, NODE_ELEMENT, "a");
	struct node *group = add(root, NODE_GROUP, NULL), *inner = add(group, NODE_GROUP, NULL);
	add_text(inner, "t");
	struct node *b = add(inner, NODE_ELEMENT, "b"), *c = add(group, NODE_ELEMENT, "c");
	add(root, NODE_GROUP, NULL);
	struct node *d = add(root, NODE_ELEMENT, "d");
	check_flat(root, "page(a t b c d)");
	CHECK(node_sibling_before(a) == NULL && node_sibling_after(a) == b);
	CHECK(node_sibling_before(b) == a && node_sibling_after(b) == c);
	CHECK(node_sibling_after(c) == d && node_sibling_before(d) == c && node_sibling_after(d) == NULL);
	CHECK(node_scope_parent(b) == root && node_scope_parent(root) == NULL);
	struct strbuf out = {0};
	node_dump(root, &out);
	CHECK_STR(strbuf_str(&out), "page\n  a\n  \"t\"\n  b\n  c\n  d\n");
	strbuf_finish(&out);
	world_finish(&w);
}

/* <host><x slot="s"/>text<group><y/></group></host> with #shadow: <top><slot name=s/></top><slot/> */
static struct node *make_host(struct world *w)
{
	struct node *host = add(w->tree.root, NODE_ELEMENT, "host");
	struct node *shadow = node_attach_shadow(host);
	struct node *top = add(shadow, NODE_ELEMENT, "top");
	node_set_slot_name(add(top, NODE_SLOT, "slot"), atom_of("s"));
	add(shadow, NODE_SLOT, "slot");
	node_set_slot_name(add(host, NODE_ELEMENT, "x"), atom_of("s"));
	add_text(host, "text");
	add(add(host, NODE_GROUP, NULL), NODE_ELEMENT, "y");
	return host;
}

static void slots_show_light_children(void)
{
	struct world w;
	world_init(&w);
	struct node *host = make_host(&w), *x = host->first, *y = host->last->first;
	check_flat(w.tree.root, "page(host(top))");
	CHECK(node_flat_parent(x) == NULL && node_flat_next(x) == NULL);
	CHECK(node_slot_host(x) == host && node_slot_host(y) == host && node_slot_host(host) == NULL);
	node_assign_slots(host, true);
	check_flat(w.tree.root, "page(host(top(x) text y))");
	CHECK(node_sibling_after(x) == y);
	node_assign_slots(host, false);
	check_flat(w.tree.root, "page(host(top(x text y)))");
	node_assign_slots(host, true);
	node_remove(host->last);
	struct node *group = y->parent;
	check_flat(w.tree.root, "page(host(top(x) text))");
	CHECK(y->assigned == NULL);
	node_destroy(group);
	struct node *slot = host->shadow->last;
	node_remove(slot);
	node_destroy(slot);
	check_flat(w.tree.root, "page(host(top(x)))");
	CHECK(x->next->assigned == NULL);
	world_finish(&w);
}

static void a_slot_passes_a_slot_on(void)
{
	struct world w;
	world_init(&w);
	struct node *outer = add(w.tree.root, NODE_ELEMENT, "outer");
	struct node *inner = add(node_attach_shadow(outer), NODE_ELEMENT, "inner");
	add_text(add(node_attach_shadow(inner), NODE_SLOT, "slot"), "fallback");
	check_flat(w.tree.root, "page(outer(inner(fallback)))");
	add(inner, NODE_SLOT, "slot");
	node_assign_slots(inner, false);
	check_flat(w.tree.root, "page(outer(inner))");
	add(outer, NODE_ELEMENT, "a");
	add(outer, NODE_ELEMENT, "b");
	node_assign_slots(outer, false);
	check_flat(w.tree.root, "page(outer(inner(a b)))");
	clean(w.tree.root);
	node_set_id(outer->first, STR("id"));
	CHECK(inner->dirty == NODE_DIRTY_CHILD && outer->dirty == NODE_DIRTY_CHILD);
	CHECK(w.tree.root->dirty == NODE_DIRTY_CHILD);
	world_finish(&w);
}

static void marks_go_up_and_ask_for_one_frame(void)
{
	struct world w;
	world_init(&w);
	struct node *group = add(w.tree.root, NODE_GROUP, NULL), *a = add(group, NODE_ELEMENT, "a");
	struct node *text = add_text(a, "x");
	clean(w.tree.root);
	w.frames = 0;
	struct value y = value_text("y");
	node_set_text(text, y);
	node_set_text(text, y);
	CHECK(text->dirty == (NODE_DIRTY_LAYOUT | NODE_DIRTY_BOX));
	CHECK(a->dirty == NODE_DIRTY_CHILD && group->dirty == 0 && w.tree.root->dirty == NODE_DIRTY_CHILD);
	CHECK_NUM(w.frames, 1);
	CHECK(node_set_attr(a, atom_of("k"), y));
	CHECK(!node_set_attr(a, atom_of("k"), y));
	CHECK(a->dirty & NODE_DIRTY_STYLE);
	CHECK_NUM(w.frames, 1);
	clean(w.tree.root);
	node_set_classes(a, STR(""));
	CHECK(a->dirty == 0);
	node_remove(group);
	CHECK(w.tree.root->dirty == NODE_DIRTY_BOX);
	CHECK_NUM(w.frames, 2);
	clean(w.tree.root);
	clean(group);
	node_insert(w.tree.root, group, NULL);
	CHECK(w.tree.root->dirty == (NODE_DIRTY_BOX | NODE_DIRTY_CHILD));
	CHECK(a->dirty == (NODE_DIRTY_ALL | NODE_DIRTY_SUBTREE_STYLE));
	clean(w.tree.root);
	node_insert(w.tree.root, group, NULL);
	CHECK(a->dirty == NODE_DIRTY_STYLE);
	value_unref(y);
	world_finish(&w);
}

static void assignment_marks_what_is_new(void)
{
	struct world w;
	world_init(&w);
	struct node *host = make_host(&w), *top = host->shadow->first, *x = host->first;
	node_assign_slots(host, true);
	clean(w.tree.root);
	w.frames = 0;
	node_assign_slots(host, true);
	CHECK_NUM(w.frames, 0);
	node_assign_slots(host, false);
	CHECK(x->dirty == 0 && x->next->dirty == (NODE_DIRTY_ALL | NODE_DIRTY_SUBTREE_STYLE));
	CHECK(top->dirty == (NODE_DIRTY_BOX | NODE_DIRTY_CHILD));
	CHECK(host->dirty == (NODE_DIRTY_BOX | NODE_DIRTY_CHILD));
	CHECK_NUM(w.frames, 1);
	world_finish(&w);
}

static void classes_and_data(void)
{
	struct world w;
	world_init(&w);
	struct node *root = w.tree.root;
	node_set_classes(root, STR("  a\tb \n c"));
	CHECK_NUM(root->classes.len, 3);
	CHECK(node_has_class(root, atom_of("b")));
	node_set_classes(root, STR("a b"));
	CHECK(!node_has_class(root, atom_of("c")));
	node_set_data(root, STR("k"), value_number(1));
	struct value shared = value_ref(root->dataset);
	node_set_data(root, STR("k"), value_number(2));
	node_set_data(root, STR("gone"), value_undefined());
	CHECK_NUM(value_get_text(shared, "k").number, 1);
	CHECK_NUM(value_get_text(root->dataset, "k").number, 2);
	value_unref(shared);
	node_set_mark(root, STR("m"), value_bool(true));
	struct value handler = value_text("onTap");
	node_set_bind(root, atom_of("tap"), NODE_BIND_CAPTURE | NODE_BIND_CATCH, handler);
	node_set_bind(root, atom_of("tap"), 0, handler);
	node_set_bind(root, atom_of("scroll"), 0, handler);
	node_set_bind(root, atom_of("scroll"), 0, value_undefined());
	node_set_style(root, handler);
	node_set_attr(root, atom_of("value"), value_bool(true));
	node_set_id(root, STR("top"));
	value_unref(handler);
	struct strbuf out = {0};
	node_dump(root, &out);
	CHECK_STR(strbuf_str(&out),
		"page#top.a.b style=\"onTap\" value=true data-k=2 mark:m=true capture-catch:tap=onTap bind:tap=onTap\n");
	strbuf_finish(&out);
	world_finish(&w);
}

static void dataset_names(void)
{
	static const char *const rows[][2] = {
		{"alpha-beta", "alphaBeta"}, {"alphaBeta", "alphabeta"}, {"a-1", "a-1"}, {"x-Y-z", "xYZ"}, {"a-", "a-"},
		{"a--b", "a-B"}, {"", ""},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct strbuf out = {0};
		node_dataset_key(str_of(rows[i][0]), &out);
		CHECK_STR(strbuf_str(&out), rows[i][1]);
		strbuf_finish(&out);
	}
}

static void a_thousand_rows_and_a_deep_tree(void)
{
	struct world w;
	world_init(&w);
	struct node *host = add(w.tree.root, NODE_ELEMENT, "host");
	add(node_attach_shadow(host), NODE_SLOT, "slot");
	struct node *list = add(host, NODE_GROUP, NULL);
	for (int i = 0; i < 1000; i++) {
		add(add(list, NODE_GROUP, NULL), NODE_ELEMENT, "row");
	}
	node_assign_slots(host, false);
	int count = 0;
	for (struct node *row = node_flat_first(host); row; row = node_flat_next(row)) {
		count++;
	}
	CHECK_NUM(count, 1000);
	struct node *deep = w.tree.root;
	for (int i = 0; i < 100000; i++) {
		deep = add(deep, NODE_ELEMENT, "view");
	}
	node_remove(list);
	node_destroy(list);
	CHECK(node_flat_first(host) == NULL);
	world_finish(&w);
}

static const struct test_case cases[] = {
	{"insertion_and_order", insertion_and_order},
	{"groups_are_transparent", groups_are_transparent},
	{"slots_show_light_children", slots_show_light_children},
	{"a_slot_passes_a_slot_on", a_slot_passes_a_slot_on},
	{"marks_go_up_and_ask_for_one_frame", marks_go_up_and_ask_for_one_frame},
	{"assignment_marks_what_is_new", assignment_marks_what_is_new},
	{"classes_and_data", classes_and_data},
	{"dataset_names", dataset_names},
	{"a_thousand_rows_and_a_deep_tree", a_thousand_rows_and_a_deep_tree},
};

TEST_MAIN(cases)
