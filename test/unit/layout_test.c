/* Layout: golden box trees with the fixed measurer, incremental updates, bounds. */
#include "core/layout/hit.h"
#include "core/layout/layout.h"
#include "core/wxss/cascade.h"
#include "harness/test.h"

#include <stdlib.h>

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

/* Under each "x y": the tag and classes of the element that a touch there finds. */
static void run_points(const struct test_block *block, struct strbuf *out)
{
	struct page page;
	page_init(&page, block->section(block, "style"));
	build(&page, block->section(block, "tree"));
	struct box *root = page_run(&page);
	struct str points = block->section(block, "points"), line, first;
	while (str_split(&points, '\n', &line)) {
		double x, y;
		struct str rest = line;
		bool good = str_split(&rest, ' ', &first) && str_to_number(first, &x) && str_to_number(rest, &y);
		const struct node *node = good ? hit_test(root, (struct point){(float)x, (float)y}) : NULL;
		strbuf_add(out, line);
		strbuf_add_text(out, ": ");
		strbuf_add_text(out, node ? atom_text(node->tag) : good ? "nothing" : "no point");
		for (size_t i = 0; node && i < node->classes.len; i++) {
			strbuf_add_char(out, '.');
			strbuf_add(out, atom_str(node->classes.at[i]));
		}
		strbuf_add_char(out, '\n');
	}
	page_finish(&page);
}

static void hits(void)
{
	test_dat("hit.dat", run_points);
}

/* --- what an updated layout shows is what a new one would --- */

static unsigned seed;

static unsigned next_random(unsigned below)
{
	seed = seed * 1103515245 + 12345;
	return (seed >> 16) % below;
}

static const char *any_of(const char *const *texts, size_t count)
{
	return texts[next_random((unsigned)count)];
}

#define ANY_OF(texts) any_of(texts, ARRAY_LEN(texts))

static const char *any_text(void)
{
	static const char *const texts[] = {"", " ", "word", "some longer text here", "\xe4\xbd\xa0\xe5\xa5\xbd\xe4\xb8\x96\xe7\x95\x8c",
		" both ends ", "two\nlines"};
	return ANY_OF(texts);
}

static const char *any_declaration(void)
{
	static const char *const declarations[] = {"display: none", "display: flex", "display: inline", "display: block",
		"display: inline-block", "display: inline-flex", "display: contents", "display: table-cell", "display: grid",
		"width: 50px", "width: 50%", "width: 120px", "width: max-content", "max-width: 60px", "min-width: 80px", "height: 40px",
		"height: 50%", "min-height: 30px", "max-height: 35px", "aspect-ratio: 2", "box-sizing: border-box",
		"position: absolute", "position: absolute; top: 5px; left: 10%", "position: absolute; right: 0; bottom: 0",
		"position: relative", "position: relative; left: 3px; top: 10%", "position: fixed; right: 0", "position: sticky; top: 0",
		"transform: translate(5px, 50%)", "margin: 7px 3px", "margin: auto", "margin-top: -5px", "margin-bottom: 12px",
		"padding: 4px", "padding: 0 5%", "border: 1px solid", "border-top: 3px solid", "float: left", "float: right", "clear: both",
		"overflow: hidden", "overflow: scroll", "flex: 1", "flex: none", "flex: 0 1 30px", "flex-direction: column",
		"flex-direction: row-reverse", "flex-wrap: wrap", "align-items: center", "align-items: baseline", "align-self: flex-end",
		"justify-content: space-between", "justify-content: center", "order: 1", "gap: 4px", "text-align: center",
		"line-height: 40px", "line-height: normal", "font-size: 10px", "font-size: 30px", "white-space: nowrap",
		"white-space: pre-wrap", "word-break: break-all", "text-overflow: ellipsis", "vertical-align: middle",
		"vertical-align: top", "text-indent: 10px", "letter-spacing: 1px",
		"display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2", "visibility: hidden"};
	return ANY_OF(declarations);
}

static void set_any_style(struct node *node)
{
	struct strbuf style = {0};
	for (unsigned count = next_random(4); count > 0; count--) {
		strbuf_printf(&style, "%s%s", style.len ? "; " : "", any_declaration());
	}
	struct value value = value_string(strbuf_str(&style));
	node_set_style(node, value);
	value_unref(value);
	strbuf_finish(&style);
}

static void set_any_class(struct node *node)
{
	static const char *const classes[] = {"", "", "before", "after", "before after"};
	node_set_classes(node, str_of(ANY_OF(classes)));
}

static const char random_sheet[] = ".before::before { content: \"x\"; margin: 2px } .after::after { content: \"\"; display: block; clear: both }";

static struct node *add_any(struct page *page, struct node *parent)
{
	static const char *const tags[] = {"view", "view", "view", "text", "image"};
	if (next_random(3) == 0) {
		return add_text(parent, str_of(any_text()));
	}
	struct node *node = add_element(page, parent, str_of(ANY_OF(tags)));
	if (node->tag == atom_of("image")) {
		add_attribute(node, STR("width=30"));
		add_attribute(node, next_random(2) ? STR("height=20") : STR("ratio=1.5"));
	}
	set_any_style(node);
	set_any_class(node);
	return node;
}

static size_t list_nodes(struct node *root, struct node **all, size_t max)
{
	size_t count = 0;
	for (struct node *node = root; node && count < max;) {
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
	return count;
}

static struct node *random_node(struct node *root)
{
	struct node *all[400];
	return all[next_random((unsigned)list_nodes(root, all, ARRAY_LEN(all)))];
}

static struct node *random_element(struct node *root)
{
	struct node *node = random_node(root);
	return node->kind == NODE_TEXT || node->tag == atom_of("image") ? node->parent : node;
}

static bool is_in(const struct node *node, const struct node *outer)
{
	while (node && node != outer) {
		node = node->parent;
	}
	return node;
}

static void move_node(struct node *root, struct node *node)
{
	struct node *to = next_random(2) ? node->parent : random_element(root);
	if (is_in(to, node)) {
		return;
	}
	struct node *before = to->first;
	for (unsigned steps = next_random(4); before && steps > 0; steps--) {
		before = before->next;
	}
	if (before != node) {
		node_insert(to, node, before);
	}
}

static void mutate(struct page *page)
{
	struct node *root = page->tree.root, *node = random_node(root);
	unsigned what = next_random(8);
	if (what == 0) {
		add_any(page, random_element(root));
	} else if (what == 1 && node != root) {
		node_remove(node);
		node_destroy(node);
	} else if (what == 2 && node != root) {
		move_node(root, node);
	} else if (node->kind == NODE_TEXT) {
		struct value text = value_text(any_text());
		node_set_text(node, text);
		value_unref(text);
	} else if (what == 3 && node != root) {
		set_any_class(node);
	} else {
		set_any_style(node);
	}
}

static void write_text(struct strbuf *out, struct str text)
{
	strbuf_add_char(out, '"');
	for (size_t i = 0; i < text.len; i++) {
		strbuf_add(out, text.at[i] == '\n' ? STR("\\n") : str_slice(text, i, i + 1));
	}
	strbuf_add_text(out, "\"\n");
}

/* In the form that build() reads. */
static void write_tree(const struct node *parent, int depth, struct strbuf *out)
{
	for (const struct node *node = parent->first; node; node = node->next) {
		for (int i = 0; i < depth; i++) {
			strbuf_add_text(out, "  ");
		}
		if (node->kind == NODE_TEXT) {
			write_text(out, value_str(node->text));
			continue;
		}
		strbuf_add_text(out, atom_text(node->tag));
		for (size_t i = 0; i < node->classes.len; i++) {
			strbuf_printf(out, ".%s", atom_text(node->classes.at[i]));
		}
		for (size_t i = 0; i < node->attrs.len; i++) {
			strbuf_printf(out, " %s=", atom_text(node->attrs.at[i].name));
			strbuf_add_number(out, node->attrs.at[i].value.number);
		}
		struct str style = value_str(node->inline_style);
		if (style.len) {
			strbuf_printf(out, " style=" STR_FMT, STR_ARG(style));
		}
		strbuf_add_char(out, '\n');
		write_tree(node, depth + 1, out);
	}
}

static void dump_fresh(struct str style, struct str tree, struct value root_style, struct size viewport, struct strbuf *out)
{
	struct page page;
	page_init(&page, style);
	page.viewport = viewport;
	node_set_style(page.tree.root, root_style);
	build(&page, tree);
	layout_dump(page_run(&page), out);
	page_finish(&page);
}

/* True: box for box the same. */
static bool check_fresh(struct page *page, struct str style, const struct strbuf *before)
{
	struct strbuf updated = {0}, fresh = {0}, tree = {0};
	layout_dump(page_run(page), &updated);
	write_tree(page->tree.root, 0, &tree);
	dump_fresh(style, strbuf_str(&tree), page->tree.root->inline_style, page->viewport, &fresh);
	bool same = str_eq(strbuf_str(&updated), strbuf_str(&fresh));
	if (!same) {
		test_fail(__FILE__, __LINE__, "page style=" STR_FMT "\nbefore:\n%safter:\n%supdated:\n%sfresh:\n%s",
			STR_ARG(value_str(page->tree.root->inline_style)), before->len ? before->at : "", tree.len ? tree.at : "",
			updated.len ? updated.at : "", fresh.len ? fresh.at : "");
	}
	strbuf_finish(&updated);
	strbuf_finish(&fresh);
	strbuf_finish(&tree);
	return same;
}

#define TREE_LARGEST 60

static bool run_changes(struct page *page, struct str style, int rounds)
{
	struct strbuf before = {0};
	bool same = check_fresh(page, style, &before);
	for (int i = 0; i < rounds && same; i++) {
		strbuf_clear(&before);
		write_tree(page->tree.root, 0, &before);
		for (unsigned count = 1 + next_random(3); count > 0; count--) {
			struct node *all[TREE_LARGEST + 1];
			if (list_nodes(page->tree.root, all, ARRAY_LEN(all)) <= TREE_LARGEST) {
				mutate(page);
			}
		}
		if (next_random(8) == 0) {
			page->viewport.width = next_random(2) ? 400 : 120;
		}
		same = check_fresh(page, style, &before);
	}
	strbuf_finish(&before);
	return same;
}

/* Trees of random nodes with random styles, and random changes to them. */
static void random_updates(void)
{
	const char *seeds = getenv("LAYOUT_SEEDS");
	unsigned last = seeds ? (unsigned)atoi(seeds) : 60;
	for (unsigned start = 1; start <= last; start++) {
		seed = start * 7919;
		struct page page;
		page_init(&page, str_of(random_sheet));
		for (unsigned count = 3 + next_random(20); count > 0; count--) {
			add_any(&page, random_element(page.tree.root));
		}
		if (!run_changes(&page, str_of(random_sheet), 25)) {
			test_fail(__FILE__, __LINE__, "seed %u", start);
		}
		page_finish(&page);
	}
}

/* Random changes to the tree of each golden block. */
static void change_block(const struct test_block *block, struct strbuf *out)
{
	struct page page;
	page_init(&page, block->section(block, "style"));
	build(&page, block->section(block, "tree"));
	run_changes(&page, block->section(block, "style"), 8);
	page_finish(&page);
	strbuf_add(out, block->section(block, "expected"));
}

static void golden_updates(void)
{
	seed = 1;
	test_dat("layout.dat", change_block);
}

static const struct test_case cases[] = {
	{"golden", golden},
	{"touches", hits},
	{"updates of golden trees", golden_updates},
	{"updates of random trees", random_updates},
};

TEST_MAIN(cases)
