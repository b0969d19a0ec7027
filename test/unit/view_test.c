/* The view layer: after any change, the styles are those of a fresh cascade. */
#include "harness/test.h"

#include "runtime/view/view.h"

#include <string.h>

static const struct wxss_env env = {.width = 375, .height = 667, .dpr = 2, .root_font_size = 16};

struct page {
	struct view *view;
	struct sheet *sheet, *defaults;
	const struct sheet *sheets[1];
	struct sheet_scope scope;
	double now;
};

static void page_init(struct page *page, struct str style)
{
	*page = (struct page){0};
	page->defaults = sheet_parse(STR("defaults"), STR("page, view { display: block }"), NULL, NULL);
	page->sheet = sheet_parse(STR("page.wxss"), style, NULL, NULL);
	page->sheets[0] = page->sheet;
	page->scope = (struct sheet_scope){.sheets = page->sheets, .count = 1};
	struct view_config config = {.path = STR("pages/a"), .scope = &page->scope, .defaults = page->defaults, .env = env,
		.shaper = text_shaper_fixed()};
	page->view = view_create(&config);
}

static void page_finish(struct page *page)
{
	view_destroy(page->view);
	sheet_destroy(page->sheet);
	sheet_destroy(page->defaults);
}

static void page_frame(struct page *page)
{
	page->now += 17;
	view_frame(page->view, page->now);
}

/* --- a fresh cascade beside it --- */

static void print_styles(const struct style *style, const struct style *before, const struct style *after, struct strbuf *out)
{
	style_print(style, out);
	const struct style *pseudo[] = {before, after};
	for (size_t i = 0; i < ARRAY_LEN(pseudo); i++) {
		if (pseudo[i]) {
			strbuf_add_text(out, i ? "::after\n" : "::before\n");
			style_print(pseudo[i], out);
		}
	}
}

/* Of a text, only what is inherited counts. */
static bool same_text(struct cascade *fresh, const struct node *node, const struct style *parent)
{
	struct style *own = cascade_anonymous(fresh, node->style), *inherited = cascade_anonymous(fresh, parent);
	struct strbuf is = {0}, should = {0};
	style_print(own, &is);
	style_print(inherited, &should);
	bool same = str_eq(strbuf_str(&is), strbuf_str(&should));
	if (!same) {
		test_fail(__FILE__, __LINE__, "text restyled:\n%s\nfresh:\n%s", is.at, should.at);
	}
	strbuf_finish(&is);
	strbuf_finish(&should);
	style_unref(own);
	style_unref(inherited);
	return same;
}

static bool same_below(struct cascade *fresh, struct node *node, const struct style *parent)
{
	bool same = true;
	if (node->kind == NODE_TEXT) {
		return same_text(fresh, node, parent);
	}
	struct style *style = cascade_element(fresh, node, parent);
	struct style *before = cascade_pseudo(fresh, node, style, false), *after = cascade_pseudo(fresh, node, style, true);
	struct strbuf is = {0}, should = {0};
	print_styles(node->style, node->before_style, node->after_style, &is);
	print_styles(style, before, after, &should);
	if (!str_eq(strbuf_str(&is), strbuf_str(&should))) {
		struct strbuf tree = {0};
		node_dump(node, &tree);
		test_fail(__FILE__, __LINE__, "restyled:\n%s\nfresh:\n%s\nof %s", is.at, should.at, tree.at);
		strbuf_finish(&tree);
		same = false;
	}
	strbuf_finish(&is);
	strbuf_finish(&should);
	for (struct node *child = node_flat_first(node); child && same; child = node_flat_next(child)) {
		same = same_below(fresh, child, style);
	}
	style_unref(style);
	style_unref(before);
	style_unref(after);
	return same;
}

static bool same_as_fresh(struct page *page)
{
	struct cascade *fresh = cascade_create(&env, page->defaults);
	bool same = same_below(fresh, view_root(page->view), NULL);
	cascade_destroy(fresh);
	return same;
}

/* --- random pages --- */

static uint32_t next_random(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 8;
}

static const char *pick(uint32_t *seed, const char *const *list, size_t count)
{
	return list[next_random(seed) % count];
}
#define PICK(seed, list) pick(seed, list, ARRAY_LEN(list))

static const char *const selectors[] = {".a", ".b", ".c", ".b .c", ".a > .b", ".a + .b", ".a ~ .c", ".c:first-child", ".a:last-child .b",
	"view:nth-child(2n)", ".b:empty", ".b:empty + .a", ".b:empty ~ .a .c", ":not(.a) > .c", ".a.b .c::before", ".c::after", "[k] .b",
	"[k=\"1\"]", ".a:active .b", ".b:hover", ".c:only-child", ".b:nth-last-child(2)", ".a:nth-of-type(2) + .c .b", "#i .a", "#i",
	".a:nth-child(2 of .b)", ".a:nth-last-child(1 of .c)", ".c:disabled > .a", ".a + .b + .c", "view > view > .b", ".b:not(:first-child)",
	"[class~=\"a\"] .c", ".a:not(.b) .c", ".a:is(.b, .c) > view", ".c:focus .a", ".c:focus-within > .b", "[data-d] .c", "[data-d=\"x\"]",
	".a:first-child ~ .b", ".b:only-child .a", "page > .a", ".a .b .c"};
static const char *const declarations[] = {"color: red", "color: blue", "width: 10px", "z-index: 3", "display: none", "display: flex",
	"font-size: 1.5em", "content: \"x\"", "opacity: .5", "color: inherit", "--v: 3px", "margin: var(--v, 1px)", "line-height: 2",
	"visibility: hidden", "width: inherit"};
static const char *const class_lists[] = {"", "a", "b", "c", "a b", "b c", "a c", "a b c", "d"};

static void make_sheet(uint32_t *seed, struct strbuf *out)
{
	for (size_t i = 2 + next_random(seed) % 10; i > 0; i--) {
		strbuf_printf(out, "%s { ", PICK(seed, selectors));
		for (size_t k = 1 + next_random(seed) % 2; k > 0; k--) {
			strbuf_printf(out, "%s; ", PICK(seed, declarations));
		}
		strbuf_add_text(out, "}\n");
	}
}

/* A random node of the page; below the root unless there is none. */
static struct node *some_node(struct page *page, uint32_t *seed, bool element)
{
	struct node *nodes[256], *root = view_root(page->view);
	size_t count = 0;
	for (struct node *node = root; node && count < ARRAY_LEN(nodes);) {
		if (node->kind == NODE_ELEMENT || (!element && node->kind == NODE_TEXT)) {
			nodes[count++] = node;
		}
		if (node->first) {
			node = node->first;
			continue;
		}
		while (node != root && !node->next) {
			node = node->parent;
		}
		node = node == root ? NULL : node->next;
	}
	return nodes[next_random(seed) % count];
}

static struct node *new_node(struct page *page, uint32_t *seed)
{
	struct tree *tree = view_tree(page->view);
	struct node *node;
	if (next_random(seed) % 5 == 0) {
		node = node_create(tree, NODE_TEXT, 0);
		struct value text = value_string(next_random(seed) % 2 ? STR("x") : STR(""));
		node_set_text(node, text);
		value_unref(text);
	} else {
		node = node_create(tree, NODE_ELEMENT, atom_of("view"));
		node->scope = view_root(page->view)->scope;
		node_set_classes(node, str_of(PICK(seed, class_lists)));
	}
	return node;
}

static void insert_somewhere(struct page *page, uint32_t *seed, struct node *node)
{
	struct node *parent = some_node(page, seed, true), *before = parent->first;
	for (const struct node *up = parent; up; up = up->parent) {
		if (up == node) {
			return; // not into itself
		}
	}
	for (size_t skip = next_random(seed) % 4; skip > 0 && before; skip--) {
		before = before->next;
	}
	if (before != node) {
		node_insert(parent, node, before);
	}
}

static void change(struct page *page, uint32_t *seed)
{
	struct node *root = view_root(page->view), *node = some_node(page, seed, true);
	struct value number = value_number(next_random(seed) % 3), text;
	switch (next_random(seed) % 11) {
	case 0:
	case 1:
	case 2:
		node_set_classes(node, str_of(PICK(seed, class_lists)));
		break;
	case 3:
	case 4:
		insert_somewhere(page, seed, new_node(page, seed));
		break;
	case 5:
		node = some_node(page, seed, false);
		if (node != root) {
			node_remove(node);
			node_destroy(node);
		}
		break;
	case 6:
		if (node != root) {
			insert_somewhere(page, seed, node);
		}
		break;
	case 7:
		node_set_attr(node, atom_of("k"), next_random(seed) % 2 ? number : value_undefined());
		break;
	case 8:
		node_set_id(node, next_random(seed) % 2 ? STR("i") : STR(""));
		break;
	case 9:
		node_set_state(node, next_random(seed) % 2 ? NODE_HOVER : NODE_DISABLED, next_random(seed) % 2);
		break;
	default:
		node = some_node(page, seed, false);
		text = value_string(next_random(seed) % 2 ? STR("x") : STR(""));
		if (node->kind == NODE_TEXT) {
			node_set_text(node, text);
		} else {
			node_set_data(node, STR("d"), text);
		}
		value_unref(text);
	}
}

static void restyle(void)
{
	for (uint32_t start = 1; start <= 60; start++) {
		uint32_t seed = start * 7919;
		struct strbuf sheet = {0};
		struct page page;
		make_sheet(&seed, &sheet);
		page_init(&page, strbuf_str(&sheet));
		for (int i = 0; i < 12; i++) {
			insert_somewhere(&page, &seed, new_node(&page, &seed));
		}
		page_frame(&page);
		bool same = same_as_fresh(&page);
		for (int i = 0; i < 30 && same; i++) {
			for (size_t k = 1 + next_random(&seed) % 3; k > 0; k--) {
				change(&page, &seed);
			}
			page_frame(&page);
			same = same_as_fresh(&page);
		}
		if (!same) {
			test_fail(__FILE__, __LINE__, "seed %u, sheet\n%s", start, sheet.at);
		}
		page_finish(&page);
		strbuf_finish(&sheet);
		if (!same) {
			return;
		}
	}
}

/* What did not change keeps its very style. */
static void nothing_in_vain(void)
{
	struct page page;
	page_init(&page, STR(".on { color: red } .row { width: 10px } .row:active { opacity: .5 } .deep .row { z-index: 1 }"));
	struct node *rows[20], *root = view_root(page.view);
	struct style *styles[20];
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		rows[i] = node_create(view_tree(page.view), NODE_ELEMENT, atom_of("view"));
		rows[i]->scope = root->scope;
		node_set_classes(rows[i], STR("row"));
		node_insert(root, rows[i], NULL);
	}
	page_frame(&page);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		styles[i] = rows[i]->style;
	}
	node_set_classes(rows[3], STR("row on"));
	node_set_state(root, NODE_HOVER, true);
	CHECK(!(root->dirty & NODE_DIRTY_SUBTREE_STYLE));
	CHECK(!(rows[3]->dirty & NODE_DIRTY_SUBTREE_STYLE));
	page_frame(&page);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		CHECK((rows[i]->style == styles[i]) == (i != 3));
		CHECK(rows[i]->dirty == 0);
	}
	node_set_classes(root, STR("deep"));
	CHECK(root->dirty & NODE_DIRTY_SUBTREE_STYLE);
	page_frame(&page);
	CHECK(rows[0]->style != styles[0]);
	page_finish(&page);
}

static const struct test_case cases[] = {{"restyle", restyle}, {"nothing_in_vain", nothing_in_vain}};

TEST_MAIN(cases)
