/* A page from a few lines, for tests of what lies above layout: style sheet, indented tree, boxes.
 *     view.a.b style="left: 2px" scroll=10
 *       "text"
 * Tags are view, text, image (replaced: width=, height=). Included by one test program at a time. */
#ifndef MINA_TEST_SCENE_H
#define MINA_TEST_SCENE_H

#include "core/layout/box.h"
#include "core/wxss/cascade.h"

struct scene {
	struct tree tree;
	struct sheet *defaults, *sheet;
	const struct sheet *sheets[1];
	struct sheet_scope scope;
	struct cascade *cascade;
	struct layout *layout;
	struct box *root;
};

static void scene_on_free(void *user, struct node *node)
{
	struct scene *scene = user;
	layout_forget(scene->layout, node);
	style_unref(node->style);
	style_unref(node->before_style);
	style_unref(node->after_style);
	node->style = node->before_style = node->after_style = NULL;
}

static bool scene_replaced(void *user, const struct node *node, struct intrinsic *ret)
{
	if (node->tag != atom_of("image")) {
		return false;
	}
	struct value width = node_attr_text(node, "width"), height = node_attr_text(node, "height");
	ret->width = value_is(width, VALUE_NUMBER) ? (float)width.number : NAN;
	ret->height = value_is(height, VALUE_NUMBER) ? (float)height.number : NAN;
	ret->ratio = 0;
	return true;
}

static void scene_set_attribute(struct node *node, struct str name, struct str text)
{
	double number;
	struct value value = str_to_number(text, &number) ? value_number(number) : value_string(text);
	if (str_is(name, "style")) {
		node_set_style(node, value);
	} else if (str_is(name, "scroll")) {
		node->scroll.y = value_is(value, VALUE_NUMBER) ? float_clamp((float)number, 0, 1e6F) : 0;
	} else {
		node_set_attr(node, atom_intern(name), value);
	}
	value_unref(value);
}

/* name=word name="several words" */
static void scene_attributes(struct node *node, struct str rest)
{
	for (;;) {
		rest = str_trim(rest);
		size_t equals = str_find_char(rest, '=');
		if (equals == SIZE_MAX) {
			return;
		}
		struct str name = str_slice(rest, 0, equals);
		rest = str_slice(rest, equals + 1, rest.len);
		char end = rest.len && rest.at[0] == '"' ? '"' : ' ';
		rest = end == '"' ? str_slice(rest, 1, rest.len) : rest;
		size_t len = size_min(str_find_char(rest, end), rest.len);
		scene_set_attribute(node, name, str_slice(rest, 0, len));
		rest = str_slice(rest, size_min(len + 1, rest.len), rest.len);
	}
}

static struct node *scene_add_line(struct scene *scene, struct node *parent, struct str line)
{
	struct node *node;
	if (line.at[0] == '"') {
		node = node_create(&scene->tree, NODE_TEXT, 0);
		struct value text = value_string(str_slice(line, 1, line.len - 1));
		node_set_text(node, text);
		value_unref(text);
	} else {
		size_t end = size_min(str_find_char(line, ' '), line.len);
		struct str head = str_slice(line, 0, end), tag;
		str_split(&head, '.', &tag);
		node = node_create(&scene->tree, NODE_ELEMENT, atom_intern(tag));
		node->scope = &scene->scope;
		char classes[200] = {0};
		for (size_t i = 0; i < size_min(head.len, sizeof(classes) - 1); i++) {
			classes[i] = head.at[i] == '.' ? ' ' : head.at[i];
		}
		node_set_classes(node, str_of(classes));
		scene_attributes(node, str_slice(line, end, line.len));
	}
	node_insert(parent, node, NULL);
	return node;
}

static void scene_add_tree(struct scene *scene, struct str text)
{
	struct node *parents[64] = {scene->tree.root};
	struct str line;
	while (str_split(&text, '\n', &line)) {
		size_t depth = 0;
		while (depth * 2 + 1 < line.len && line.at[depth * 2] == ' ') {
			depth++;
		}
		line = str_trim(line);
		while (depth > 0 && (depth > 62 || !parents[depth] || parents[depth]->kind == NODE_TEXT)) {
			depth--; // of whatever stands around it
		}
		if (line.len) {
			parents[depth + 1] = scene_add_line(scene, parents[depth], line);
			for (size_t i = depth + 2; i < 64; i++) {
				parents[i] = NULL;
			}
		}
	}
}

static void scene_restyle(struct scene *scene, struct node *node, const struct style *parent)
{
	if (node->kind == NODE_TEXT) {
		node->style = style_ref(parent);
		return;
	}
	node->style = cascade_element(scene->cascade, node, parent);
	node->before_style = cascade_pseudo(scene->cascade, node, node->style, false);
	node->after_style = cascade_pseudo(scene->cascade, node, node->style, true);
	for (struct node *child = node_flat_first(node); child; child = node_flat_next(child)) {
		scene_restyle(scene, child, node->style);
	}
}

static void scene_init(struct scene *scene, struct text_shaper shaper, struct size viewport, float dpr, struct str style,
	struct str tree)
{
	*scene = (struct scene){0};
	tree_init(&scene->tree);
	scene->tree.on_free = scene_on_free;
	scene->tree.user = scene;
	scene->defaults = sheet_parse(STR("defaults"), STR("page { display: block } view { display: block } "
		"image { display: inline-block }"), NULL, NULL);
	scene->sheet = sheet_parse(STR("test"), style, NULL, NULL);
	scene->sheets[0] = scene->sheet;
	scene->scope = (struct sheet_scope){scene->sheets, 1, false};
	struct wxss_env env = {.width = viewport.width, .height = viewport.height, .dpr = dpr, .root_font_size = 16};
	scene->cascade = cascade_create(&env, scene->defaults);
	scene->layout = layout_create(shaper, (struct layout_ops){scene_replaced, NULL});
	scene->tree.root = node_create(&scene->tree, NODE_ELEMENT, atom_of("page"));
	scene->tree.root->scope = &scene->scope;
	scene_add_tree(scene, tree);
	scene_restyle(scene, scene->tree.root, NULL);
	scene->root = layout_run(scene->layout, scene->tree.root, viewport);
}

static void scene_finish(struct scene *scene)
{
	tree_finish(&scene->tree);
	layout_destroy(scene->layout);
	cascade_destroy(scene->cascade);
	sheet_destroy(scene->sheet);
	sheet_destroy(scene->defaults);
}

#endif
