/* setData paths. */
#include "core/value/json.h"
#include "core/value/path.h"
#include "harness/test.h"

/* One block: data, then one "path = JSON" a line; shows the data after each. */
static void set_line(struct value *data, struct str line, struct strbuf *out)
{
	size_t cut = str_find(line, STR(" = "));
	struct path path;
	struct value item;
	const char *error;
	CHECK(cut != SIZE_MAX);
	if (json_parse(str_slice(line, cut + 3, line.len), &item, NULL)) {
		CHECK(!"JSON");
		return;
	}
	if (path_parse(str_slice(line, 0, cut), &path, &error)) {
		strbuf_printf(out, "error: %s\n", error);
		value_unref(item);
		return;
	}
	struct value old = value_ref(*data);
	struct strbuf before = {0}, after = {0};
	json_write(old, &before);
	if (path_set(data, &path, value_ref(item))) {
		strbuf_add_text(out, "too far: ");
	}
	json_write(old, &after);
	CHECK(str_eq(strbuf_str(&before), strbuf_str(&after)));
	json_write(*data, out);
	strbuf_add_char(out, '\n');
	strbuf_finish(&before);
	strbuf_finish(&after);
	value_unref(old);
	value_unref(item);
	path_finish(&path);
}

static void golden_block(const struct test_block *block, struct strbuf *out)
{
	struct value data = value_undefined();
	CHECK(json_parse(block->section(block, "data"), &data, NULL) == 0);
	struct str rest = block->section(block, "set"), line;
	while (str_split(&rest, '\n', &line)) {
		set_line(&data, line, out);
	}
	value_unref(data);
}

static void golden(void)
{
	test_dat("path.dat", golden_block);
}

static void only_the_spine_is_copied(void)
{
	struct value data, before;
	struct path path;
	CHECK(json_parse(STR("{\"a\":{\"b\":[{\"c\":1},{\"c\":2}]},\"d\":{}}"), &data, NULL) == 0);
	CHECK(path_parse(STR("a.b[1].c"), &path, NULL) == 0);
	before = value_ref(data);
	CHECK(path_set(&data, &path, value_number(3)) == 0);
	CHECK(value_identical(value_get_text(data, "d"), value_get_text(before, "d")));
	struct value old_list = value_get_text(value_get_text(before, "a"), "b");
	struct value new_list = value_get_text(value_get_text(data, "a"), "b");
	CHECK(!value_identical(old_list, new_list));
	CHECK(value_identical(value_at(old_list, 0), value_at(new_list, 0)));
	CHECK_NUM(path_get(data, &path).number, 3);
	CHECK_NUM(path_get(before, &path).number, 2);
	value_unref(before);
	struct value_array *same = new_list.array; // nobody else holds it now: edited in place
	CHECK(path_set(&data, &path, value_number(4)) == 0);
	CHECK(value_get_text(value_get_text(data, "a"), "b").array == same);
	path_finish(&path);
	value_unref(data);
}

static void a_moved_path_keeps_its_names(void)
{
	struct path path, moved;
	CHECK(path_parse(STR("list[12].na\\.me"), &path, NULL) == 0);
	moved = path;
	CHECK_NUM(moved.segments.len, 3);
	CHECK_STR(moved.segments.at[0].key, "list");
	CHECK(moved.segments.at[1].is_index);
	CHECK_NUM(moved.segments.at[1].index, 12);
	CHECK_STR(moved.segments.at[2].key, "na.me");
	path_finish(&moved);
}

static void endless_paths_are_refused(void)
{
	struct strbuf text = {0};
	struct path path;
	for (int i = 0; i < 100000; i++) {
		strbuf_add_text(&text, "a.");
	}
	CHECK(path_parse(strbuf_str(&text), &path, NULL) == 1);
	strbuf_finish(&text);
	struct value data = value_null();
	CHECK(path_parse(STR("a[900000][900000]"), &path, NULL) == 0);
	CHECK(path_set(&data, &path, value_null()) == 1);
	CHECK(data.type == VALUE_NULL);
	path_finish(&path);
}

static const struct test_case cases[] = {
	{"golden", golden},
	{"only_the_spine_is_copied", only_the_spine_is_copied},
	{"a_moved_path_keeps_its_names", a_moved_path_keeps_its_names},
	{"endless_paths_are_refused", endless_paths_are_refused},
};

TEST_MAIN(cases)
