/* Any text as a sheet over a small tree, then (behind zero bytes) as style="" and as a selector:
 * printing is a fixed point, styles are finite, and shared or not they are the same. */
#include "core/wxss/cascade.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct world {
	struct tree tree;
	struct sheet *sheet;
	const struct sheet *sheets[1];
	struct sheet_scope page, component;
	struct cascade *cascade, *fresh; // fresh: forgets what it shares
};

static const struct wxss_env wide_env = {375, 667, 2, 16, false, {20, 0, 34, 0}};

static void on_free(void *user, struct node *node)
{
	UNUSED(user);
	style_unref(node->style);
	node->style = NULL;
}

static struct node *add(struct world *world, struct node *parent, const char *tag, const char *classes, struct sheet_scope *scope)
{
	struct node *node = node_create(&world->tree, NODE_ELEMENT, atom_of(tag));
	node->scope = scope;
	node_set_classes(node, str_of(classes));
	if (parent) {
		node_insert(parent, node, NULL);
	} else {
		world->tree.root = node;
	}
	return node;
}

static void make_tree(struct world *world, struct str style)
{
	struct sheet_scope *page = &world->page;
	struct node *root = add(world, NULL, "page", "", page), *a = add(world, root, "view", "a b", page);
	struct value text = value_string(style), yes = value_bool(true), three = value_number(3);
	node_set_id(a, STR("x"));
	node_set_style(a, text);
	node_set_data(a, STR("x"), three);
	add(world, a, "text", "c", page);
	node_set_style(add(world, a, "text", "c d", page), text);
	node_set_attr(add(world, a, "input", "e", page), atom_of("disabled"), yes);
	struct node *host = add(world, root, "comp", "c", page), *shadow = node_attach_shadow(host);
	shadow->scope = &world->component;
	add(world, shadow, "view", "a", &world->component);
	node_set_state(add(world, root, "view", "b", page), NODE_HOVER | NODE_FOCUS, true);
	add(world, root, "view", "b", page);
	value_unref(text);
}

static void check_length(struct length length) { assert(isfinite(length.px) && isfinite(length.percent)); }

static void check_style(const struct style *style)
{
	check_length(style->width);
	check_length(style->height);
	check_length(style->flex_basis);
	check_length(style->text_indent);
	for (int i = 0; i < 4; i++) {
		check_length(style->margin[i]);
		check_length(style->padding[i]);
		check_length(style->inset[i]);
		check_length(style->radius_x[i]);
		assert(style->padding[i].px >= 0 || style->padding[i].percent != 0);
		assert(isfinite(style->border[i].width) && style->border[i].width >= 0);
	}
	for (size_t i = 0; i < style->transform_count; i++) {
		const float *m = &style->transforms[i].matrix.a;
		for (int k = 0; k < 6; k++) {
			assert(isfinite(m[k]));
		}
	}
	assert(isfinite(style->font_size) && style->font_size >= 0 && style->opacity >= 0 && style->opacity <= 1);
	assert(isfinite(style->letter_spacing) && isfinite(style->line_height.value) && isfinite(style->flex_grow));
	struct strbuf out = {0};
	style_print(style, &out);
	strbuf_finish(&out);
}

static void move(struct world *world, const struct node *node, const struct style *style)
{
	static const double times[] = {-1, 0, 130, 500, 99999};
	for (size_t i = 0; i < size_min(style->animation_count, 3); i++) {
		for (size_t k = 0; k < ARRAY_LEN(times); k++) {
			bool running;
			struct style *moved = cascade_animate(world->cascade, node, style, i, times[k], &running);
			if (moved) {
				check_style(moved);
			}
			style_unref(moved);
		}
	}
}

static void style_element(struct world *world, struct node *node, const struct style *parent)
{
	style_unref(node->style);
	node->style = cascade_element(world->cascade, node, parent);
	cascade_set_env(world->fresh, &wide_env);
	struct style *again = cascade_element(world->fresh, node, parent);
	assert(style_difference(node->style, again) == 0);
	style_unref(again);
	check_style(node->style);
	for (int after = 0; after < 2; after++) {
		struct style *pseudo = cascade_pseudo(world->cascade, node, node->style, after);
		if (pseudo) {
			check_style(pseudo);
		}
		style_unref(pseudo);
	}
	move(world, node, node->style);
	const struct transition all = {.property = atom_of("all"), .duration = 1};
	if (parent) {
		struct style *mixed = cascade_mix(world->cascade, parent, node->style, &all, 0.3f);
		check_style(mixed);
		style_unref(mixed);
	}
}

static void style_below(struct world *world, struct node *node, const struct style *parent)
{
	if (node->kind == NODE_ELEMENT) {
		style_element(world, node, parent);
		parent = node->style;
	}
	if (node->shadow) {
		style_below(world, node->shadow, parent);
	}
	for (struct node *child = node->first; child; child = child->next) {
		style_below(world, child, parent);
	}
}

static void check_print(const struct sheet *sheet)
{
	struct strbuf once = {0}, twice = {0};
	sheet_print(sheet, &once);
	struct sheet *again = sheet_parse(STR("a.wxss"), strbuf_str(&once), NULL, NULL);
	sheet_print(again, &twice);
	assert(str_eq(strbuf_str(&once), strbuf_str(&twice)));
	sheet_destroy(again);
	strbuf_finish(&once);
	strbuf_finish(&twice);
}

static struct str take_piece(struct str *text)
{
	size_t zero = str_find_char(*text, '\0');
	struct str piece = zero == SIZE_MAX ? *text : str_slice(*text, 0, zero);
	*text = zero == SIZE_MAX ? (struct str){0} : str_slice(*text, zero + 1, text->len);
	return piece;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = {(const char *)data, size}, sheet = take_piece(&text), style = take_piece(&text);
	struct diag_list diags = {0};
	struct world world = {.sheet = sheet_parse(STR("a.wxss"), sheet, NULL, &diags)};
	struct node *found[4];
	check_print(world.sheet);
	tree_init(&world.tree);
	world.tree.on_free = on_free;
	world.sheets[0] = world.sheet;
	world.page = (struct sheet_scope){world.sheets, 1, false};
	world.component = (struct sheet_scope){world.sheets, 1, world.sheet};
	world.cascade = cascade_create(&wide_env, NULL);
	world.fresh = cascade_create(&wide_env, NULL);
	make_tree(&world, style);
	style_below(&world, world.tree.root, NULL);
	selector_query(world.tree.root, text, found, ARRAY_LEN(found));
	tree_finish(&world.tree);
	cascade_destroy(world.cascade);
	cascade_destroy(world.fresh);
	sheet_destroy(world.sheet);
	diag_list_finish(&diags);
	return 0;
}
