/* A style sheet and a tree ("style", a line "#tree", the indented tree of unit/scene.h): laid out at
 * several sizes, hit, taken apart and laid out again. No box is NaN or without end; what is hit is an
 * element of the tree. */
#include "core/layout/hit.h"
#include "core/layout/layout.h"
#include "core/layout/text.h"

#include "../unit/scene.h"

#include <stdlib.h>

#define TREE_MARK "#tree\n"
#define NODES_MAX 400

static void check(bool holds)
{
	if (!holds) {
		abort();
	}
}

static void check_rect(struct rect rect)
{
	const float all[] = {rect.x, rect.y, rect.width, rect.height};
	for (int i = 0; i < 4; i++) {
		check(isfinite(all[i]));
	}
	check(rect.width >= 0 && rect.height >= 0);
}

static void check_box(const struct box *box)
{
	check_rect(box->rect);
	check_rect(box_page_rect(box, true));
	check(isfinite(box->content.width) && isfinite(box->content.height));
	struct point most = box_scroll_max(box);
	check(most.x >= 0 && most.y >= 0);
	struct rect covered;
	if (box_covers(box, &covered)) {
		check_rect(covered);
	}
	for (size_t i = 0; i < box->line_count; i++) {
		check_rect(box->lines[i].rect);
		for (size_t k = 0; k < box->lines[i].count; k++) {
			const struct fragment *fragment = &box->lines[i].fragments[k];
			check_rect(fragment->rect);
			check(!fragment->run || (fragment->from <= fragment->to && fragment->to <= fragment->run->text.len));
		}
	}
	for (const struct box *child = box->first; child; child = child->next) {
		check(child->parent == box);
		check_box(child);
	}
}

static void hit_points(const struct box *root, struct size viewport)
{
	for (int i = 0; i <= 4; i++) {
		for (int k = 0; k <= 4; k++) {
			struct point at = {viewport.width * (float)i / 4, viewport.height * (float)k / 4};
			const struct node *node = hit_test(root, at);
			check(!node || node->kind == NODE_ELEMENT);
		}
	}
}

static void look(struct scene *scene, struct size viewport)
{
	scene->root = layout_run(scene->layout, scene->tree.root, viewport);
	if (!scene->root) {
		return;
	}
	struct strbuf dump = {0};
	layout_dump(scene->root, &dump);
	check_box(scene->root);
	hit_points(scene->root, viewport);
	strbuf_finish(&dump);
}

static struct node *nth_node(struct node *root, size_t n)
{
	struct node *node = root;
	for (; n > 0 && node; n--) {
		if (node->first) {
			node = node->first;
			continue;
		}
		while (node && !node->next) {
			node = node->parent;
		}
		node = node ? node->next : NULL;
	}
	return node;
}

/* Takes nodes out, by numbers from the input, and moves others to the page's front. */
static void take_apart(struct scene *scene, const uint8_t *data, size_t size)
{
	for (size_t i = 0; i < size && i < 6; i++) {
		struct node *node = nth_node(scene->tree.root, data[size - 1 - i] % 32);
		if (!node || node == scene->tree.root) {
			continue;
		}
		if (i % 2) {
			node_remove(node);
			node_destroy(node);
		} else if (scene->tree.root->first != node) {
			node_insert(scene->tree.root, node, scene->tree.root->first);
		}
		if (i % 3 == 2) {
			look(scene, (struct size){375, 667});
		}
	}
}

static size_t count_lines(struct str text)
{
	size_t count = 0;
	for (size_t i = 0; i < text.len; i++) {
		count += text.at[i] == '\n';
	}
	return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str input = {(const char *)data, size}, tree = {"", 0};
	size_t mark = str_find(input, STR(TREE_MARK));
	if (mark != SIZE_MAX) {
		tree = str_slice(input, mark + sizeof(TREE_MARK) - 1, size);
		input = str_slice(input, 0, mark);
	}
	if (count_lines(tree) > NODES_MAX) {
		return 0;
	}
	struct scene scene;
	scene_init(&scene, text_shaper_fixed(), (struct size){375, 667}, 2, input, tree);
	look(&scene, (struct size){375, 667});
	look(&scene, (struct size){0, 0});
	look(&scene, (struct size){1e9F, 33.3F});
	take_apart(&scene, data, size);
	look(&scene, (struct size){120, 50});
	scene_finish(&scene);
	return 0;
}
