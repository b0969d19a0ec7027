/* The JSON reader and writer. */
#include "base/diag.h"
#include "core/value/json.h"
#include "harness/test.h"

static void golden_block(const struct test_block *block, struct strbuf *out)
{
	struct value v;
	struct json_error error;
	struct str text = block->section(block, "json");
	if (json_parse(text, &v, &error)) {
		int line, column;
		diag_place(text, error.offset, &line, &column);
		strbuf_printf(out, "%d:%d: %s\n", line, column, error.text);
		return;
	}
	json_write(v, out);
	strbuf_add_char(out, '\n');
	value_unref(v);
}

static void golden(void)
{
	test_dat("json.dat", golden_block);
}

static void check_number(const char *text, double want)
{
	struct value v = value_undefined();
	CHECK(json_parse(str_of(text), &v, NULL) == 0);
	CHECK_NUM(v.number, want);
}

static void numbers_are_exact(void)
{
	check_number("0.1", 0.1);
	check_number("123456789012345", 123456789012345.0);
	check_number("9007199254740993", 9007199254740993.0);
	check_number("1e22", 1e22);
	check_number("1e23", 1e23);
	check_number("1.7976931348623157e308", 1.7976931348623157e308);
	check_number("4.9e-324", 4.9e-324);
	check_number("0.000000000000000000000000123", 1.23e-25);
	check_number("1e99999", INFINITY);
	check_number("-1e-99999", -0.0);
	check_number("39.908823", 39.908823);
}

static void undefined_and_functions_as_stringify(void)
{
	struct value object = value_object_new(2), array = value_array_new(2);
	struct strbuf out = {0};
	value_array_push(&array, value_undefined());
	value_array_push(&array, value_function(1));
	value_array_push(&array, value_number(NAN));
	value_object_set_text(&object, "gone", value_undefined());
	value_object_set_text(&object, "call", value_function(1));
	value_object_set_text(&object, "list", array);
	json_write(object, &out);
	CHECK_STR(strbuf_str(&out), "{\"list\":[null,null,null]}");
	strbuf_clear(&out);
	json_write(value_undefined(), &out);
	CHECK_NUM(out.len, 0);
	json_write_pretty(object, 2, &out);
	CHECK_STR(strbuf_str(&out), "{\n  \"list\": [\n    null,\n    null,\n    null\n  ]\n}");
	strbuf_finish(&out);
	value_unref(object);
}

static void equal_keys_share_their_text(void)
{
	struct value list;
	CHECK(json_parse(STR("[{\"name\":1},{\"name\":2}]"), &list, NULL) == 0);
	struct value a = value_key_value(value_at(list, 0), 0), b = value_key_value(value_at(list, 1), 0);
	CHECK(a.string == b.string);
	value_unref(list);
}

static void depth_is_bounded(void)
{
	struct strbuf text = {0};
	for (int i = 0; i < 100000; i++) {
		strbuf_add_text(&text, "[");
	}
	struct json_error error;
	struct value v;
	CHECK(json_parse(strbuf_str(&text), &v, &error) == 1);
	CHECK_NUM(error.offset, JSON_DEPTH_MAX);
	strbuf_finish(&text);
}

static const struct test_case cases[] = {
	{"golden", golden},
	{"numbers_are_exact", numbers_are_exact},
	{"undefined_and_functions_as_stringify", undefined_and_functions_as_stringify},
	{"equal_keys_share_their_text", equal_keys_share_their_text},
	{"depth_is_bounded", depth_is_bounded},
};

TEST_MAIN(cases)
