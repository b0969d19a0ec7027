/* The display list: what is painted, in which order, and what differs between two of them. */
#include "harness/test.h"

#include "core/paint/list.h"

#include "scene.h"

static bool image_size(void *user, struct str url, struct size *ret_size)
{
	(void)user;
	*ret_size = (struct size){40, 20};
	return !str_starts(url, STR("none"));
}

static uint32_t replaced_hash(void *user, const struct node *node)
{
	(void)user;
	return (uint32_t)value_to_number(node_attr_text(node, "looks"));
}

static const struct paint_ops ops = {image_size, replaced_hash, NULL};
static const struct size viewport = {200, 150};

static void run_block(const struct test_block *block, struct strbuf *out)
{
	struct scene scene;
	struct display_list list;
	scene_init(&scene, text_shaper_fixed(), viewport, 2, block->section(block, "style"), block->section(block, "tree"));
	display_list_init(&list);
	paint_build(&list, scene.root, viewport, &ops);
	paint_trace(&list, out);
	display_list_finish(&list);
	scene_finish(&scene);
}

static void golden(void)
{
	test_dat("paint.dat", run_block);
}

static size_t damage_of(const char *before, const char *after, const char *style, struct rect *rects, size_t max)
{
	struct scene one, two;
	struct display_list a, b;
	scene_init(&one, text_shaper_fixed(), viewport, 2, str_of(style), str_of(before));
	scene_init(&two, text_shaper_fixed(), viewport, 2, str_of(style), str_of(after));
	display_list_init(&a);
	display_list_init(&b);
	paint_build(&a, one.root, viewport, &ops);
	paint_build(&b, two.root, viewport, &ops);
	struct paint_cells shown = {0};
	CHECK_NUM(paint_damage(&shown, &a, rects, max), 1);
	CHECK(rects[0].x == 0 && rects[0].y == 0 && rects[0].width == viewport.width && rects[0].height == viewport.height);
	size_t count = paint_damage(&shown, &b, rects, max);
	paint_cells_finish(&shown);
	display_list_finish(&a);
	display_list_finish(&b);
	scene_finish(&one);
	scene_finish(&two);
	return count;
}

static void damage(void)
{
	static const char style[] = ".a { height: 20px; background: red } .b { height: 20px; background: blue } .far { margin-top: 100px }";
	struct rect rects[4];
	CHECK_NUM(damage_of("view.a", "view.a", style, rects, 4), 0);
	CHECK_NUM(damage_of("view.a", "view.b", style, rects, 4), 1);
	CHECK(rects[0].x == 0 && rects[0].y == 0 && rects[0].width == 200 && rects[0].height == 64);
	CHECK_NUM(damage_of("view.a\nview.a.far", "view.a\nview.b.far", style, rects, 4), 1);
	CHECK(rects[0].y == 64 && rects[0].height == 86);
	CHECK_NUM(damage_of("view.a style=\"width: 10px\"\nview.a.far", "view.b style=\"width: 10px\"\nview.b.far", style, rects, 4), 2);
	CHECK_NUM(damage_of("view.a style=\"width: 10px\"\nview.a.far", "view.b style=\"width: 10px\"\nview.b.far", style, rects, 1), 1);
	CHECK(rects[0].y == 0 && rects[0].height == 150);
	CHECK_NUM(damage_of("image looks=1", "image looks=2", style, rects, 4), 1);
	CHECK_NUM(damage_of("view.a style=\"opacity: .5\"", "view.a style=\"opacity: .6\"", style, rects, 4), 1);
	CHECK_NUM(damage_of("view.a style=\"visibility: hidden\"", "view.b style=\"visibility: hidden\"", style, rects, 4), 0);
	CHECK_NUM(damage_of("view\n  \"a\"", "view\n  \"b\"", style, rects, 4), 1);
}

/* What lies outside of the viewport is no part of the list, however long the page. */
static void out_of_sight(void)
{
	struct strbuf tree = {0};
	for (int i = 0; i < 2000; i++) {
		strbuf_add_text(&tree, "view.row\n  view.in\n    \"text\"\n");
	}
	struct scene scene;
	struct display_list list;
	scene_init(&scene, text_shaper_fixed(), viewport, 2,
		STR(".row { background: red; padding: 5px } .in { box-shadow: 0 0 4px #000 }"), strbuf_str(&tree));
	display_list_init(&list);
	for (int i = 0; i < 5; i++) {
		scene.tree.root->scroll.y = (float)i * 1000;
		display_list_clear(&list);
		paint_build(&list, scene.root, viewport, &ops);
		CHECK(list.items.len > 3 && list.items.len < 100);
	}
	display_list_finish(&list);
	scene_finish(&scene);
	strbuf_finish(&tree);
}

static void nothing_to_paint(void)
{
	struct display_list list;
	struct rect rect;
	display_list_init(&list);
	paint_build(&list, NULL, (struct size){0, 0}, NULL);
	CHECK_NUM(list.items.len, 0);
	struct paint_cells shown = {0};
	CHECK_NUM(paint_damage(&shown, &list, &rect, 1), 0);
	paint_cells_finish(&shown);
	display_list_finish(&list);
}

static const struct test_case cases[] = {
	{"golden", golden}, {"damage", damage}, {"out_of_sight", out_of_sight}, {"nothing_to_paint", nothing_to_paint},
};

TEST_MAIN(cases)
