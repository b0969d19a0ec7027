/* Values: ownership, objects, JavaScript's conversions. */
#include "core/value/json.h"
#include "core/value/value.h"
#include "harness/test.h"

static struct value parse(const char *text)
{
	struct value v = value_undefined();
	CHECK(json_parse(str_of(text), &v, NULL) == 0);
	return v;
}

static void check_json(struct value v, const char *want)
{
	struct strbuf out = {0};
	json_write(v, &out);
	CHECK_STR(strbuf_str(&out), want);
	strbuf_finish(&out);
}

static void check_text(struct value v, const char *want)
{
	struct strbuf out = {0};
	value_to_text(v, &out);
	CHECK_STR(strbuf_str(&out), want);
	strbuf_finish(&out);
	value_unref(v);
}

static void objects_keep_order(void)
{
	struct value object = value_object_new(0);
	value_object_set_text(&object, "b", value_number(1));
	value_object_set_text(&object, "a", value_number(2));
	value_object_set_text(&object, "b", value_number(3));
	check_json(object, "{\"b\":3,\"a\":2}");
	CHECK(value_object_remove(&object, STR("b")));
	CHECK(!value_object_remove(&object, STR("b")));
	check_json(object, "{\"a\":2}");
	value_unref(object);
}

static void many_keys_are_found(void)
{
	struct value object = value_object_new(0);
	for (int i = 0; i < 1000; i++) {
		struct strbuf key = {0};
		strbuf_printf(&key, "key%d", i);
		value_object_set(&object, strbuf_str(&key), value_number(i));
		CHECK_NUM(value_get(object, strbuf_str(&key)).number, i);
		strbuf_finish(&key);
	}
	CHECK_NUM(value_count(object), 1000);
	CHECK(value_get_text(object, "key1000").type == VALUE_UNDEFINED);
	CHECK(value_object_remove(&object, STR("key500")));
	CHECK(!value_has(object, STR("key500")));
	CHECK_NUM(value_get_text(object, "key999").number, 999);
	CHECK_STR(value_key(object, 500), "key501");
	value_unref(object);
}

static void an_edit_of_a_shared_value_copies(void)
{
	struct value first = parse("{\"a\":[1,2],\"b\":\"x\"}");
	struct value second = value_unshared(value_ref(first));
	CHECK(!value_identical(first, second));
	CHECK(value_identical(value_get_text(first, "a"), value_get_text(second, "a")));
	value_object_set_text(&second, "b", value_bool(true));
	check_json(first, "{\"a\":[1,2],\"b\":\"x\"}");
	check_json(second, "{\"a\":[1,2],\"b\":true}");
	CHECK(value_identical(second, value_unshared(second)));
	value_unref(first);
	value_unref(second);
}

static void arrays_are_set_and_taken(void)
{
	struct value array = value_array_new(0);
	value_array_set(&array, 2, value_text("c"));
	check_json(array, "[null,null,\"c\"]");
	struct value c = value_array_take(&array, 2);
	CHECK_STR(value_str(c), "c");
	CHECK(value_array_take(&array, 9).type == VALUE_UNDEFINED);
	value_array_push(&array, c);
	CHECK_NUM(value_len(array), 4);
	CHECK(value_at(array, 4).type == VALUE_UNDEFINED);
	value_unref(array);
}

static void numbers_as_javascript_reads_them(void)
{
	static const struct {
		const char *text;
		double number;
	} rows[] = {
		{"", 0}, {" 12\n", 12}, {"0x1F", 31}, {"0b101", 5}, {"0o17", 15}, {"-.5e1", -5}, {"+3", 3},
		{"\xc2\xa0 7\xe3\x80\x80", 7}, {"-Infinity", -INFINITY},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct value v = value_text(rows[i].text);
		CHECK_NUM(value_to_number(v), rows[i].number);
		value_unref(v);
	}
	static const char *const none[] = {"12px", "0x", "0xg", "1 2", "inf", "-0x1"};
	for (size_t i = 0; i < ARRAY_LEN(none); i++) {
		struct value v = value_text(none[i]);
		CHECK(isnan(value_to_number(v)));
		value_unref(v);
	}
	CHECK_NUM(value_to_number(value_null()), 0);
	CHECK(isnan(value_to_number(value_undefined())));
	struct value one = parse("[\"5\"]");
	CHECK_NUM(value_to_number(one), 5);
	value_unref(one);
}

static void texts_as_javascript_prints_them(void)
{
	check_text(parse("[1,[2,null],\"x\"]"), "1,2,,x");
	check_text(parse("{}"), "[object Object]");
	check_text(value_number(1e21), "1e+21");
	check_text(value_number(-0.0), "0");
	check_text(value_undefined(), "undefined");
	check_text(value_function(3), "[function Function]");
}

static void truth(void)
{
	CHECK(!value_to_bool(value_number(NAN)));
	CHECK(!value_to_bool(value_null()));
	struct value empty = value_text(""), array = value_array_new(0);
	CHECK(!value_to_bool(empty));
	CHECK(value_to_bool(array));
	value_unref(empty);
	value_unref(array);
}

static void equality(void)
{
	struct value a = parse("{\"x\":[1,{\"y\":null}],\"z\":\"s\"}"), b = parse("{\"z\":\"s\",\"x\":[1,{\"y\":null}]}");
	struct value c = parse("{\"z\":\"s\",\"x\":[1,{\"y\":0}]}");
	CHECK(value_equal(a, b));
	CHECK(!value_equal(a, c));
	CHECK(!value_identical(a, b));
	CHECK(value_identical(value_number(NAN), value_number(NAN)));
	value_unref(a);
	value_unref(b);
	value_unref(c);
}

static void depth_is_harmless(void)
{
	struct value v = value_null();
	for (int i = 0; i < 300000; i++) {
		struct value outer = i % 2 ? value_array_new(1) : value_object_new(1);
		if (i % 2) {
			value_array_push(&outer, v);
		} else {
			value_object_set_text(&outer, "k", v);
		}
		v = outer;
	}
	struct strbuf out = {0};
	json_write(v, &out);
	value_to_text(v, &out);
	CHECK(out.len > VALUE_DEPTH_MAX && out.len < 10 * VALUE_DEPTH_MAX);
	strbuf_finish(&out);
	value_unref(v);
}

static void a_taken_buffer_is_empty(void)
{
	struct strbuf buf = {0};
	strbuf_add_text(&buf, "text");
	struct value v = value_take(&buf);
	CHECK(buf.at == NULL && buf.len == 0);
	CHECK_STR(value_str(v), "text");
	CHECK(value_str(v).at[4] == 0);
	value_unref(v);
	CHECK(value_str(value_null()).len == 0);
}

static const struct test_case cases[] = {
	{"objects_keep_order", objects_keep_order},
	{"many_keys_are_found", many_keys_are_found},
	{"an_edit_of_a_shared_value_copies", an_edit_of_a_shared_value_copies},
	{"arrays_are_set_and_taken", arrays_are_set_and_taken},
	{"numbers_as_javascript_reads_them", numbers_as_javascript_reads_them},
	{"texts_as_javascript_prints_them", texts_as_javascript_prints_them},
	{"truth", truth},
	{"equality", equality},
	{"depth_is_harmless", depth_is_harmless},
	{"a_taken_buffer_is_empty", a_taken_buffer_is_empty},
};

TEST_MAIN(cases)
