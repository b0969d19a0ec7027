/* WXSS: sheets in normal form, computed styles of small trees, motion, queries. */
#include "harness/test.h"

#include "core/wxss/cascade.h"
#include "core/wxss/property.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

/* ---- a small world ---- */

struct world {
	struct tree tree;
	struct cascade *cascade;
	struct sheet *defaults, *sheet, *component;
	const struct sheet *sheets[1], *component_sheets[1];
	struct sheet_scope scope, component_scope;
};

static const struct wxss_env test_env = {375, 667, 2, 16, false, {20, 0, 34, 0}};

static void on_free(void *user, struct node *node)
{
	style_unref(node->style);
	node->style = NULL;
}

static void set_attr(struct node *node, struct str name, struct str text)
{
	struct value value = text.at ? value_string(text) : value_bool(true);
	if (str_starts(name, STR("data-"))) {
		struct strbuf key = {0};
		node_dataset_key(str_slice(name, 5, name.len), &key);
		node_set_data(node, strbuf_str(&key), value);
		strbuf_finish(&key);
	} else if (str_is(name, "style")) {
		node_set_style(node, value);
	} else if (str_is(name, "state")) {
		node_set_state(node, str_is(text, "hover") ? NODE_HOVER : str_is(text, "focus") ? NODE_FOCUS
			: str_is(text, "checked") ? NODE_CHECKED : NODE_DISABLED, true);
	} else {
		node_set_attr(node, atom_intern(name), value);
	}
	value_unref(value);
}

/* tag#id.class.class name=value name="a value" */
static struct node *make_node(struct world *world, struct str line, struct sheet_scope *scope)
{
	size_t end = 0;
	while (end < line.len && line.at[end] != ' ' && line.at[end] != '#' && line.at[end] != '.') {
		end++;
	}
	struct node *node = node_create(&world->tree, NODE_ELEMENT, atom_intern(str_slice(line, 0, end)));
	struct strbuf classes = {0};
	node->scope = scope;
	while (end < line.len && line.at[end] != ' ') {
		char mark = line.at[end];
		size_t from = ++end;
		while (end < line.len && line.at[end] != ' ' && line.at[end] != '#' && line.at[end] != '.') {
			end++;
		}
		if (mark == '#') {
			node_set_id(node, str_slice(line, from, end));
		} else {
			strbuf_add(&classes, str_slice(line, from, end));
			strbuf_add_char(&classes, ' ');
		}
	}
	node_set_classes(node, strbuf_str(&classes));
	strbuf_finish(&classes);
	while (end < line.len) {
		size_t from = ++end;
		while (end < line.len && line.at[end] != ' ' && line.at[end] != '=') {
			end++;
		}
		struct str name = str_slice(line, from, end), text = {0};
		if (end < line.len && line.at[end] == '=') {
			char stop = end + 1 < line.len && line.at[end + 1] == '"' ? '"' : ' ';
			from = end += stop == '"' ? 2 : 1;
			while (end < line.len && line.at[end] != stop) {
				end++;
			}
			text = (struct str){line.at + from, end - from};
			end += stop == '"';
		}
		if (name.len) {
			set_attr(node, name, text);
		}
	}
	return node;
}

/* Indented by tabs; a line "//shadow" starts the shadow tree of its parent. */
static void make_tree(struct world *world, struct str text)
{
	struct node *stack[32] = {0};
	struct str line;
	while (str_split(&text, '\n', &line)) {
		size_t depth = 0;
		while (depth < line.len && line.at[depth] == '\t' && depth < 30) {
			depth++;
		}
		line = str_slice(line, depth, line.len);
		if (!line.len) {
			continue;
		}
		struct node *parent = depth ? stack[depth - 1] : NULL;
		if (str_is(line, "//shadow")) {
			stack[depth] = node_attach_shadow(parent);
			stack[depth]->scope = &world->component_scope;
			continue;
		}
		struct sheet_scope *scope = parent && parent->scope == &world->component_scope ? &world->component_scope : &world->scope;
		struct node *node;
		if (str_starts(line, STR("\""))) {
			node = node_create(&world->tree, NODE_TEXT, 0);
			struct value value = value_string(str_slice(line, 1, line.len));
			node_set_text(node, value);
			value_unref(value);
		} else {
			node = make_node(world, line, scope);
		}
		stack[depth] = node;
		if (parent) {
			node_insert(parent, node, NULL);
		} else {
			world->tree.root = node;
		}
	}
}

static void style_below(struct world *world, struct node *node, const struct style *parent)
{
	const struct style *own = parent;
	if (node->kind == NODE_ELEMENT) {
		style_unref(node->style);
		node->style = cascade_element(world->cascade, node, parent);
		own = node->style;
	}
	if (node->shadow) {
		style_below(world, node->shadow, own);
	}
	for (struct node *child = node->first; child; child = child->next) {
		style_below(world, child, own);
	}
}

static void world_open(struct world *world, struct str defaults, struct str sheet, struct str component, struct str tree,
	const struct wxss_env *env)
{
	memset(world, 0, sizeof(*world));
	tree_init(&world->tree);
	world->tree.on_free = on_free;
	world->defaults = sheet_parse(STR("defaults.wxss"), defaults, NULL, NULL);
	world->sheet = sheet_parse(STR("pages/a.wxss"), sheet, NULL, NULL);
	world->component = sheet_parse(STR("components/c.wxss"), component, NULL, NULL);
	world->sheets[0] = world->sheet;
	world->component_sheets[0] = world->component;
	world->scope = (struct sheet_scope){world->sheets, 1, false};
	world->component_scope = (struct sheet_scope){world->component_sheets, 1, world->component_sheets[0]};
	world->cascade = cascade_create(env, world->defaults);
	make_tree(world, tree);
	if (world->tree.root) {
		style_below(world, world->tree.root, NULL);
	}
}

static void world_close(struct world *world)
{
	tree_finish(&world->tree);
	cascade_destroy(world->cascade);
	sheet_destroy(world->defaults);
	sheet_destroy(world->sheet);
	sheet_destroy(world->component);
}

static struct node *find(struct world *world, struct str selector)
{
	struct node *node = NULL;
	return selector_query(world->tree.root, selector, &node, 1) ? node : NULL;
}

/* ---- golden: sheets ---- */

static bool load(void *user, struct str from, struct str path, struct str *ret_path, struct str *ret_text)
{
	const struct test_block *block = user;
	*ret_path = path;
	*ret_text = str_is(path, "b.wxss") ? block->section(block, "import") : STR("");
	return str_is(path, "b.wxss");
}

static void run_sheet(const struct test_block *block, struct strbuf *out)
{
	struct sheet_loader loader = {load, (void *)block};
	struct diag_list diags = {0};
	struct sheet *sheet = sheet_parse(STR("pages/a.wxss"), block->section(block, "sheet"), &loader, &diags);
	sheet_print(sheet, out);
	struct sheet *again = sheet_parse(STR("pages/a.wxss"), strbuf_str(out), NULL, NULL);
	struct strbuf second = {0};
	sheet_print(again, &second);
	CHECK_STR(strbuf_str(&second), out->at ? out->at : "");
	for (size_t i = 0; i < diags.items.len; i++) {
		diag_print(&diags.items.at[i], out);
		strbuf_add_char(out, '\n');
	}
	strbuf_finish(&second);
	diag_list_finish(&diags);
	sheet_destroy(sheet);
	sheet_destroy(again);
}

static void test_sheets(void) { test_dat("wxss.dat", run_sheet); }

/* ---- golden: computed styles ---- */

static void print_pseudo(struct world *world, const struct node *node, bool after, struct strbuf *out)
{
	struct style *style = cascade_pseudo(world->cascade, node, node->style, after);
	if (style) {
		strbuf_add_text(out, after ? "::after\n" : "::before\n");
		style_print(style, out);
		style_unref(style);
	}
}

static void run_cascade(const struct test_block *block, struct strbuf *out)
{
	struct world world;
	struct wxss_env env = test_env;
	env.dark = block->section(block, "dark").len > 0;
	world_open(&world, block->section(block, "defaults"), block->section(block, "sheet"), block->section(block, "component"),
		block->section(block, "tree"), &env);
	struct str nodes = block->section(block, "nodes"), selector;
	while (str_split(&nodes, '\n', &selector)) {
		struct node *node = find(&world, selector);
		strbuf_printf(out, "[" STR_FMT "]\n", STR_ARG(selector));
		if (!node) {
			strbuf_add_text(out, "not found\n");
			continue;
		}
		style_print(node->style, out);
		print_pseudo(&world, node, false, out);
		print_pseudo(&world, node, true, out);
	}
	world_close(&world);
}

static void test_cascade(void) { test_dat("cascade.dat", run_cascade); }

/* ---- tables ---- */

static void test_order(void)
{
	for (int i = 1; i < PROPERTY_COUNT; i++) {
		CHECK(str_compare(str_of(wxss_properties[i - 1].name), str_of(wxss_properties[i].name)) < 0);
		CHECK(wxss_property_find(str_of(wxss_properties[i].name)) == (enum wxss_property_id)i);
	}
	for (int i = 2; i < KW_COUNT; i++) {
		CHECK(str_compare(str_of(wxss_keyword_text(i - 1)), str_of(wxss_keyword_text(i))) < 0);
		CHECK(wxss_keyword_find(str_of(wxss_keyword_text(i))) == (enum wxss_keyword)i);
	}
	CHECK(wxss_property_find(STR("-webkit-transform")) == PROPERTY_transform);
	CHECK(wxss_property_find(STR("WIDTH")) == PROPERTY_width);
	CHECK(wxss_property_find(STR("nonsense")) == PROPERTY_NONE);
	CHECK_STR(str_of(wxss_property_nearest(STR("heigth"))), "height");
}

/* ---- sharing, differences ---- */

static unsigned difference_of(const char *a, const char *b)
{
	struct world world;
	struct strbuf sheet = {0};
	strbuf_printf(&sheet, ".a { %s } .b { %s }", a, b);
	world_open(&world, STR(""), strbuf_str(&sheet), STR(""), STR("page\n\tview.a\n\tview.b"), &test_env);
	unsigned difference = style_difference(world.tree.root->first->style, world.tree.root->last->style);
	CHECK(style_difference(world.tree.root->last->style, world.tree.root->first->style) == difference);
	world_close(&world);
	strbuf_finish(&sheet);
	return difference;
}

static void test_difference(void)
{
	CHECK(difference_of("width: 1px", "width: 1px") == 0);
	CHECK(difference_of("width: 1px", "width: 2px") == (NODE_DIRTY_LAYOUT | NODE_DIRTY_PAINT));
	CHECK(difference_of("background-color: red", "background-color: #f00") == 0);
	CHECK(difference_of("background: red", "background: blue") == NODE_DIRTY_PAINT);
	CHECK(difference_of("transform: rotate(1deg)", "transform: rotate(2deg)") == NODE_DIRTY_PAINT);
	CHECK(difference_of("transform: rotate(1deg)", "") == (NODE_DIRTY_LAYOUT | NODE_DIRTY_PAINT));
	CHECK(difference_of("box-shadow: 0 0 1px red", "box-shadow: 0 0 1px red") == 0);
	CHECK(difference_of("background: url(a.png)", "background: url(a.png)") == 0);
	CHECK(difference_of("background: url(a.png)", "background: url(b.png)") == NODE_DIRTY_PAINT);
	CHECK(difference_of("background: linear-gradient(red, blue)", "background: linear-gradient(red, green)") == NODE_DIRTY_PAINT);
	CHECK(difference_of("animation: a 1s", "animation: a 1s") == 0);
	CHECK(difference_of("animation: a 1s", "animation: a 2s") == NODE_DIRTY_PAINT);
	CHECK(difference_of("--x: 1", "--x: 1") == 0);
	CHECK(difference_of("--x: 1", "--x: 2") == NODE_DIRTY_SUBTREE_STYLE);
	CHECK(difference_of("font-family: \"A\", b", "font-family: A, b") & NODE_DIRTY_SUBTREE_STYLE);
	CHECK(difference_of("font-size: 10px", "font-size: 11px") & NODE_DIRTY_SUBTREE_STYLE);
	CHECK(difference_of("display: flex", "display: block") & NODE_DIRTY_BOX);
	CHECK(difference_of("display: flex", "display: block") & NODE_DIRTY_SUBTREE_STYLE);
}

static void test_sharing(void)
{
	struct world world;
	struct strbuf tree = {0};
	strbuf_add_text(&tree, "page\n");
	for (int i = 0; i < 100; i++) {
		strbuf_add_text(&tree, "\tview.row\n\t\ttext.title style=\"color: red\"\n");
	}
	world_open(&world, STR(""), STR(".row { width: 1px } .title { --x: 1; height: calc(var(--x) * 2px) }"), STR(""),
		strbuf_str(&tree), &test_env);
	struct node *first = world.tree.root->first, *last = world.tree.root->last;
	CHECK(first->style == last->style);
	CHECK(first->first->style == last->first->style);
	CHECK_NUM(first->first->style->height.px, 2);
	CHECK(first->first->style->color == 0xff0000ff);
	struct style *text = cascade_anonymous(world.cascade, first->first->style);
	CHECK(text->color == 0xff0000ff && text->height.kind == LENGTH_AUTO);
	style_unref(text);
	CHECK(!(cascade_demands(world.cascade) & CASCADE_SIBLINGS));
	struct wxss_env env = test_env;
	env.width = 750;
	cascade_set_env(world.cascade, &env);
	world_close(&world);
	strbuf_finish(&tree);
}

/* Are the first children of .a and .b one style? */
static bool children_shared(const char *sheet)
{
	struct world world;
	world_open(&world, STR(""), str_of(sheet), STR(""), STR("page\n\tview.a\n\t\ttext.c\n\tview.b\n\t\ttext.c"), &test_env);
	const struct node *a = world.tree.root->first, *b = world.tree.root->last;
	bool shared = a->first->style == b->first->style;
	CHECK(a->style != b->style);
	struct cascade *fresh = cascade_create(&test_env, NULL);
	struct style *alone = cascade_element(fresh, b->first, b->style);
	CHECK(style_difference(alone, b->first->style) == 0);
	style_unref(alone);
	cascade_destroy(fresh);
	world_close(&world);
	return shared;
}

/* Parents that pass on the same may differ otherwise. */
static void test_heirs(void)
{
	CHECK(children_shared(".a { width: 1px } .c { margin: 1em }"));
	CHECK(children_shared(".a { --x: 1; width: 1px } .b { --x: 1 } .c { width: var(--x)px }"));
	CHECK(children_shared(".a { background: red } .c { color: blue }"));
	CHECK(!children_shared(".a { width: 1px } .c { width: inherit }"));
	CHECK(!children_shared(".a { font-family: a } .b { font-family: b }"));
	CHECK(!children_shared(".a { text-shadow: 1px 1px red } .c { width: 1px }"));
	CHECK(!children_shared(".a { font-size: 20px } .c { width: 1em; font-size: 10px }"));
	CHECK(!children_shared(".a { display: flex }"));
	CHECK(!children_shared(".a { --x: 1 } .b { --x: 2 }"));
	CHECK(!children_shared(".a { color: red } .c { border: 1px solid; color: blue }"));
}

static unsigned demands_of(const char *sheet)
{
	struct world world;
	world_open(&world, STR("swiper + swiper { display: none }"), str_of(sheet), STR(""), STR("page\n\tview.a\n\t\tview.b\n\tview.c"), &test_env);
	unsigned demands = cascade_demands(world.cascade);
	CHECK((cascade_demands(world.cascade) & CASCADE_SIBLINGS) == ((demands & CASCADE_SIBLINGS) != 0));
	world_close(&world);
	return demands;
}

/* Only the rules that names of the page lead to make restyling reach further. */
static void test_demands(void)
{
	CHECK(demands_of(".a .b { top: 1px } .c:not(.d) > .x { top: 1px }") == 0);
	CHECK(demands_of(".x + .y { top: 1px } .x:first-child { top: 1px }") == 0);
	CHECK(demands_of(".a + .c { top: 1px }") == CASCADE_SIBLINGS);
	CHECK(demands_of(".x ~ view { top: 1px }") == CASCADE_SIBLINGS);
	CHECK(demands_of(".a:last-child { top: 1px }") == CASCADE_POSITIONS);
	CHECK(demands_of(".x .a:not(:nth-child(2)) { top: 1px }") == CASCADE_POSITIONS);
	CHECK(demands_of(".a:nth-last-child(2 of .b) { top: 1px }") == (CASCADE_SIBLINGS | CASCADE_SIBLINGS_BEFORE | CASCADE_POSITIONS));
	CHECK(demands_of(".x + .a .b { top: 1px }") == (CASCADE_SIBLINGS | CASCADE_SIBLINGS_BELOW));
	CHECK(demands_of(".a:first-child > .b { top: 1px }") == (CASCADE_POSITIONS | CASCADE_SIBLINGS_BELOW));
	CHECK(demands_of(".a:empty { top: 1px }") == CASCADE_CHILDREN);
	CHECK(demands_of(".a:empty + .c { top: 1px }") == (CASCADE_CHILDREN | CASCADE_SIBLINGS));
	CHECK(demands_of(".a:focus-within { top: 1px }") == CASCADE_FOCUS_WITHIN);
}

/* ---- motion ---- */

static void check_at(struct world *world, double time, const char *property, const char *want, bool want_running)
{
	struct node *node = world->tree.root->first;
	struct strbuf out = {0};
	bool running = false;
	struct style *style = cascade_animate(world->cascade, node, node->style, 0, time, &running);
	if (style) {
		CHECK(style_print_property(style, str_of(property), &out));
	}
	if (!str_is(strbuf_str(&out), want) || running != want_running) {
		test_fail(__FILE__, __LINE__, "%s at %g is " STR_FMT ", expected %s", property, time, STR_ARG(strbuf_str(&out)), want);
	}
	style_unref(style);
	strbuf_finish(&out);
}

static void animate(const char *sheet, double time, const char *property, const char *want, bool want_running)
{
	struct world world;
	world_open(&world, STR(""), str_of(sheet), STR(""), STR("page\n\tview.a"), &test_env);
	check_at(&world, time, property, want, want_running);
	world_close(&world);
}

static void test_animation(void)
{
	const char *spin = ".a { animation: s 1s linear infinite } @keyframes s { to { transform: rotate(360deg) } }";
	animate(spin, 0, "transform", "rotate(0deg)", true);
	animate(spin, 250, "transform", "rotate(90deg)", true);
	animate(spin, 1500, "transform", "rotate(180deg)", true);
	const char *fade = ".a { animation: f 1s linear 500ms both } @keyframes f { from { opacity: 0 } 50% { opacity: .8 } to { opacity: 1 } }";
	animate(fade, 0, "opacity", "0", true);
	animate(fade, 750, "opacity", "0.4", true);
	animate(fade, 1000, "opacity", "0.8", true);
	animate(fade, 9000, "opacity", "1", false);
	const char *back = ".a { animation: b 1s linear 2 alternate; width: 10px } @keyframes b { to { width: 20px } }";
	animate(back, 1250, "width", "17.5px", true);
	animate(back, 2000, "width", "", false);
	animate(".a { animation: none-such 1s }", 10, "width", "", false);
	const char *jump = ".a { animation: j 1s steps(2) infinite; margin-top: 0 } @keyframes j { to { margin-top: 10px } }";
	animate(jump, 600, "margin-top", "5px", true);
	const char *color = ".a { animation: c 1s linear infinite; color: red } @keyframes c { 100% { color: blue } }";
	animate(color, 500, "color", "rgb(128, 0, 128)", true);
	const char *move = ".a { animation: m 1s linear infinite; background: url(a.png) 0 0 } @keyframes m { to { background-position: 100px 0 } }";
	animate(move, 250, "background-position-x", "25px", true);
	animate(move, 250, "background-image", "url(\"/pages/a.png\")", true);
	const char *scale = ".a { animation: k 1s linear infinite } "
		"@keyframes k { 0% { transform: translate(-50%, -50%) scale(0) } to { transform: translate(-50%, -50%) } }";
	animate(scale, 500, "transform", "translate(-50%, -50%) scale(0.5, 0.5)", true);
}

static void test_transition(void)
{
	struct world world;
	world_open(&world, STR(""), STR(".a { width: 10px; color: red; transition: width 1s, -webkit-transform 1s } .b { width: 20px; color: blue;"
		" transform: rotate(90deg) }"), STR(""), STR("page\n\tview.a\n\tview.b"), &test_env);
	const struct style *a = world.tree.root->first->style, *b = world.tree.root->last->style;
	CHECK(a->transition_count == 2);
	struct style *mixed = cascade_mix(world.cascade, a, b, &a->transitions[0], 0.25f);
	CHECK_NUM(mixed->width.px, 12.5);
	CHECK(mixed->color == 0x0000ffff);
	struct style *both = cascade_mix(world.cascade, a, mixed, &a->transitions[1], 0.5f);
	CHECK_NUM(both->width.px, 12.5);
	CHECK(both->transform_count == 1 && fabsf(both->transforms[0].args[0] - 0.7853982f) < 1e-5f);
	style_unref(mixed);
	style_unref(both);
	world_close(&world);
	struct timing linear = {TIMING_CUBIC, 0, 0, 1, 1, 0}, ease = {TIMING_CUBIC, 0.25f, 0.1f, 0.25f, 1, 0};
	CHECK_NUM(timing_apply(linear, 0.3f), 0.3f);
	CHECK(fabsf(timing_apply(ease, 0.5f) - 0.8024f) < 0.001f);
	CHECK_NUM(timing_apply((struct timing){.kind = TIMING_STEPS_END, .steps = 4}, 0.6f), 0.5);
	CHECK_NUM(timing_apply((struct timing){.kind = TIMING_STEPS_START, .steps = 4}, 0.6f), 0.75);
}

/* ---- queries, fonts ---- */

static size_t count_of(struct world *world, const char *selector)
{
	return selector_query(world->tree.root, str_of(selector), NULL, 0);
}

static void test_query(void)
{
	struct world world;
	world_open(&world, STR(""), STR(""), STR(""),
		STR("page\n\tview#a.x\n\t\ttext.y data-id=7\n\t\ttext\n\tcomp.c\n\t\t//shadow\n\t\t\tview.y\n\t\ttext.y"), &test_env);
	CHECK_NUM(count_of(&world, ".y"), 2);
	CHECK_NUM(count_of(&world, ".c >>> .y"), 2);
	CHECK_NUM(count_of(&world, ".x >>> .y"), 1);
	CHECK_NUM(count_of(&world, "#a > text"), 2);
	CHECK_NUM(count_of(&world, "#a, .c"), 2);
	CHECK_NUM(count_of(&world, "[data-id='7']"), 1);
	CHECK_NUM(count_of(&world, "page"), 1);
	CHECK_NUM(count_of(&world, "text:not(.y)"), 1);
	CHECK_NUM(count_of(&world, "view:nth-child(1)"), 1);
	CHECK_NUM(count_of(&world, ".x +"), 0);
	CHECK_NUM(count_of(&world, ""), 0);
	world_close(&world);
}

static void test_fonts(void)
{
	struct sheet *sheet = sheet_parse(STR("a/b.wxss"), STR("@font-face { font-family: 'icon'; src: url(f.eot); src: url('f.eot?#x') format('eot'),"
		" url(f.woff2) format('woff2'), url(f.ttf); font-weight: bold } @font-face { font-family: x }"), NULL, NULL);
	struct font_face face;
	CHECK(sheet_font_face(sheet, 0, &face));
	CHECK_STR(face.family, "icon");
	CHECK_STR(face.url, "/a/f.woff2");
	CHECK_NUM(face.weight, 700);
	CHECK(!sheet_font_face(sheet, 1, &face));
	sheet_destroy(sheet);
}

static const struct test_case cases[] = {
	{"sheets", test_sheets},
	{"cascade", test_cascade},
	{"order", test_order},
	{"difference", test_difference},
	{"sharing", test_sharing},
	{"heirs", test_heirs},
	{"demands", test_demands},
	{"animation", test_animation},
	{"transition", test_transition},
	{"query", test_query},
	{"fonts", test_fonts},
};

TEST_MAIN(cases)
