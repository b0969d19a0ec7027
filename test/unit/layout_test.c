/* Layout: golden box trees with the fixed measurer, incremental updates, bounds. */
#include "core/layout/hit.h"
#include "core/layout/layout.h"
#include "core/wxss/cascade.h"
#include "harness/test.h"

struct page {
	struct tree tree;
	struct sheet *defaults, *sheet;
	const struct sheet *sheets[1];
	struct sheet_scope scope;
	struct cascade *cascade;
	struct layout *layout;
	struct size viewport;
};

static void on_free(void *user, struct node *node)
{
	struct page *page = user;
	layout_forget(page->layout, node);
	style_unref(node->style);
	style_unref(node->before_style);
	style_unref(node->after_style);
	node->style = node->before_style = node->after_style = NULL;
}

/* `image` is replaced; its attributes width, height and ratio are its intrinsic size. */
static bool replaced(void *user, const struct node *node, struct intrinsic *ret)
{
	if (node->tag != atom_of("image")) {
		return false;
	}
	struct value width = node_attr_text(node, "width"), height = node_attr_text(node, "height"), ratio = node_attr_text(node, "ratio");
	ret->width = value_is(width, VALUE_NUMBER) ? (float)width.number : NAN;
	ret->height = value_is(height, VALUE_NUMBER) ? (float)height.number : NAN;
	ret->ratio = value_is(ratio, VALUE_NUMBER) ? (float)ratio.number : 0;
	return true;
}

static void page_init(struct page *page, struct str style)
{
	*page = (struct page){.viewport = {400, 600}};
	tree_init(&page->tree);
	page->tree.on_free = on_free;
	page->tree.user = page;
	page->defaults = sheet_parse(STR("defaults"), STR("page { display: block; font-size: 20px; line-height: 1.5 } "
		"view { display: block } image { display: inline-block }"), NULL, NULL);
	page->sheet = sheet_parse(STR("test"), style, NULL, NULL);
	page->sheets[0] = page->sheet;
	page->scope = (struct sheet_scope){page->sheets, 1, false};
	struct wxss_env env = {.width = 400, .height = 600, .dpr = 2, .root_font_size = 16};
	page->cascade = cascade_create(&env, page->defaults);
	page->layout = layout_create(text_shaper_fixed(), (struct layout_ops){replaced, NULL});
	page->tree.root = node_create(&page->tree, NODE_ELEMENT, atom_of("page"));
	page->tree.root->scope = &page->scope;
}

static void page_finish(struct page *page)
{
	tree_finish(&page->tree);
	layout_destroy(page->layout);
	cascade_destroy(page->cascade);
	sheet_destroy(page->sheet);
	sheet_destroy(page->defaults);
}

static void mark_difference(struct node *node, const struct style *before, const struct style *after)
{
	unsigned marks = before && after ? style_difference(before, after)
		: before != after ? NODE_DIRTY_BOX | NODE_DIRTY_LAYOUT : 0;
	node_mark(node, marks & ~(unsigned)NODE_DIRTY_SUBTREE_STYLE);
}

static void swap(struct node *node, struct style **slot, struct style *style)
{
	mark_difference(node, *slot, style);
	style_unref(*slot);
	*slot = style;
}

static void restyle(struct page *page, struct node *node, const struct style *parent)
{
	if (node->kind == NODE_TEXT) {
		swap(node, &node->style, style_ref(parent));
		return;
	}
	swap(node, &node->style, cascade_element(page->cascade, node, parent));
	swap(node, &node->before_style, cascade_pseudo(page->cascade, node, node->style, false));
	swap(node, &node->after_style, cascade_pseudo(page->cascade, node, node->style, true));
	for (struct node *child = node_flat_first(node); child; child = node_flat_next(child)) {
		restyle(page, child, node->style);
	}
}

static struct box *page_run(struct page *page)
{
	restyle(page, page->tree.root, NULL);
	return layout_run(page->layout, page->tree.root, page->viewport);
}

static void clear_marks(struct node *node)
{
	node->dirty = 0;
	for (struct node *child = node_flat_first(node); child; child = node_flat_next(child)) {
		clear_marks(child);
	}
}

static struct node *add_text(struct node *parent, struct str text)
{
	struct node *node = node_create(parent->tree, NODE_TEXT, 0);
	struct value value = value_string(text);
	node_set_text(node, value);
	value_unref(value);
	node_insert(parent, node, NULL);
	return node;
}

static struct node *add_element(struct page *page, struct node *parent, struct str tag)
{
	struct node *node = node_create(parent->tree, NODE_ELEMENT, atom_intern(tag));
	node->scope = &page->scope;
	node_insert(parent, node, NULL);
	return node;
}

static void add_attribute(struct node *node, struct str word)
{
	size_t equals = str_find_char(word, '=');
	if (equals == SIZE_MAX) {
		return;
	}
	struct str name = str_slice(word, 0, equals), text = str_slice(word, equals + 1, word.len);
	double number;
	struct value value = str_to_number(text, &number) ? value_number(number) : value_string(text);
	if (str_is(name, "style")) {
		node_set_style(node, value);
	} else {
		node_set_attr(node, atom_intern(name), value);
	}
	value_unref(value);
}

/* "tag.class.class attr=1 style=..." or a quoted text (\n is a line feed). The style is the rest of the line. */
static struct node *add_line(struct page *page, struct node *parent, struct str line)
{
	if (line.at[0] == '"') {
		struct strbuf text = {0};
		for (size_t i = 1; i + 1 < line.len; i++) {
			bool feed = line.at[i] == '\\' && line.at[i + 1] == 'n';
			strbuf_add_char(&text, feed ? '\n' : line.at[i]);
			i += feed;
		}
		struct node *node = add_text(parent, strbuf_str(&text));
		strbuf_finish(&text);
		return node;
	}
	struct str rest = line, head, word;
	str_split(&rest, ' ', &head);
	size_t dot = str_find_char(head, '.');
	struct node *node = add_element(page, parent, str_slice(head, 0, size_min(dot, head.len)));
	if (dot != SIZE_MAX) {
		struct strbuf classes = {0};
		for (size_t i = dot; i < head.len; i++) {
			strbuf_add_char(&classes, head.at[i] == '.' ? ' ' : head.at[i]);
		}
		node_set_classes(node, strbuf_str(&classes));
		strbuf_finish(&classes);
	}
	while (rest.len) {
		if (str_starts(rest, STR("style="))) {
			add_attribute(node, rest);
			break;
		}
		if (!str_split(&rest, ' ', &word)) {
			break;
		}
		add_attribute(node, word);
	}
	return node;
}

#define TREE_DEPTH 64

static void build(struct page *page, struct str text)
{
	struct node *open[TREE_DEPTH] = {page->tree.root};
	struct str line;
	while (str_split(&text, '\n', &line)) {
		size_t depth = 0;
		while (depth * 2 < line.len && line.at[depth * 2] == ' ') {
			depth++;
		}
		struct str item = str_trim(line);
		if (item.len && depth + 1 < TREE_DEPTH) {
			open[depth + 1] = add_line(page, open[depth], item);
		}
	}
}

static void run_block(const struct test_block *block, struct strbuf *out)
{
	struct page page;
	page_init(&page, block->section(block, "style"));
	build(&page, block->section(block, "tree"));
	layout_dump(page_run(&page), out);
	page_finish(&page);
}

static void golden(void)
{
	test_dat("layout.dat", run_block);
}

/* What an updated layout shows is what a new one would. */
static void check_fresh(struct page *page)
{
	struct strbuf updated = {0}, fresh = {0};
	layout_dump(page_run(page), &updated);
	clear_marks(page->tree.root);
	layout_destroy(page->layout);
	page->layout = layout_create(text_shaper_fixed(), (struct layout_ops){replaced, NULL});
	layout_dump(page_run(page), &fresh);
	CHECK_STR(strbuf_str(&updated), fresh.at ? fresh.at : "");
	strbuf_finish(&updated);
	strbuf_finish(&fresh);
}

static unsigned seed;

static unsigned next_random(unsigned below)
{
	seed = seed * 1103515245 + 12345;
	return (seed >> 16) % below;
}

static struct node *random_node(struct node *root)
{
	struct node *all[400];
	size_t count = 0;
	for (struct node *node = root; node && count < ARRAY_LEN(all);) {
		all[count++] = node;
		if (node->first) {
			node = node->first;
			continue;
		}
		while (node && node != root && !node->next) {
			node = node->parent;
		}
		node = node == root ? NULL : node ? node->next : NULL;
	}
	return all[next_random((unsigned)count)];
}

static void mutate(struct page *page)
{
	static const char *texts[] = {"", " ", "word", "some longer text here", "你好世界"};
	static const char *styles[] = {"", "display: none", "display: flex", "display: inline", "width: 50px", "height: 40px",
		"position: absolute; top: 5px", "position: relative; left: 3px", "margin: 7px 3px", "float: left", "display: inline-block",
		"padding: 4px", "overflow: hidden", "flex: 1", "display: flex; flex-direction: column", "clear: both",
		"position: fixed; right: 0", "display: contents", "text-align: center; line-height: 40px", "display: table"};
	struct node *root = page->tree.root, *node = random_node(root);
	unsigned what = next_random(6);
	if (node->kind == NODE_TEXT) {
		struct value text = value_text(texts[next_random(ARRAY_LEN(texts))]);
		node_set_text(node, text);
		value_unref(text);
	} else if (what < 3) {
		struct value style = value_text(styles[next_random(ARRAY_LEN(styles))]);
		node_set_style(node, style);
		value_unref(style);
	} else if (what == 3) {
		struct node *made = add_element(page, node, STR("view"));
		add_text(made, str_of(texts[next_random(ARRAY_LEN(texts))]));
	} else if (what == 4 && node != root) {
		node_remove(node);
		node_destroy(node);
	} else if (node != root) {
		struct node *to = random_node(root);
		for (struct node *up = to; up; up = up->parent) {
			if (up == node) {
				return;
			}
		}
		if (to->kind == NODE_ELEMENT && to->first != node) {
			node_insert(to, node, next_random(2) ? to->first : NULL);
		}
	}
}

/* Random changes to the tree of each golden block, several between two layouts. */
static void run_mutations(const struct test_block *block, struct strbuf *out)
{
	struct page page;
	page_init(&page, block->section(block, "style"));
	build(&page, block->section(block, "tree"));
	layout_dump(page_run(&page), out);
	clear_marks(page.tree.root);
	for (int i = 0; i < 40; i++) {
		for (unsigned k = 0; k <= next_random(3); k++) {
			mutate(&page);
		}
		if (next_random(3) == 0) {
			check_fresh(&page);
		} else {
			page_run(&page);
			clear_marks(page.tree.root);
		}
	}
	page_finish(&page);
}

static void updates(void)
{
	for (seed = 1; seed < 4; seed++) {
		unsigned start = seed;
		test_dat("layout.dat", run_mutations);
		seed = start;
	}
}

static const struct test_case cases[] = {
	{"updates", updates},
	{"golden", golden},
};

TEST_MAIN(cases)
