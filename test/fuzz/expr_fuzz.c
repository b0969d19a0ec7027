/* Expressions: any text compiles and runs without harm; its normal spelling is a fixed point and
 * has the same value; what is not read does not matter. */
#include "core/expr/expr.h"
#include "core/value/json.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char data_text[] = "{\"a\": {\"b\": [1, 2, {\"c\": \"x\"}], \"d\": null, \"x\": {}}, \"b\": \"text\\ud83d\\ude00\", \"c\": 3.5,"
	"\"d\": [[1, 2], [3, \"4\"], {\"a\": 1}], \"i\": 1, \"f\": false, \"t\": true, \"n\": null, \"s\": \"12\", \"z\": 0}";

static struct value call(void *user, uint32_t function, const struct value *args, size_t count)
{
	(void)user;
	return count > function ? value_ref(args[function]) : value_number((double)count);
}

static struct value module(void *user, unsigned number)
{
	return number == 1 ? *(struct value *)user : value_undefined();
}

static struct value run(const struct expr *expr, struct value data, const struct value *slots, struct value *exports)
{
	return expr_run(expr, &(struct expr_env){data, slots, module, call, exports});
}

/* Only those keys of the data that the expression says it reads. */
static struct value read_only(const struct expr *expr, struct value data)
{
	struct value some = value_object_new(4);
	const struct expr_read *reads;
	size_t count = expr_reads(expr, &reads);
	for (size_t i = 0; i < count; i++) {
		if (!reads[i].is_slot && value_has(data, reads[i].root)) {
			value_object_set(&some, reads[i].root, value_ref(value_get(data, reads[i].root)));
		}
	}
	return some;
}

static void require(bool condition)
{
	if (!condition) {
		abort();
	}
}

/* Normal spelling has more parentheses, and how deep they may be is limited. */
static bool is_deep(struct str spelled)
{
	int depth = 0, deepest = 0;
	for (size_t i = 0; i < spelled.len; i++) {
		char c = spelled.at[i];
		depth += (c == '(' || c == '[' || c == '{') - (c == ')' || c == ']' || c == '}');
		deepest = int_max(deepest, depth);
	}
	return deepest > 90;
}

static const struct expr *compile(struct expr_pool *pool, struct str text, bool object, const struct expr_scope *scope,
	struct diag_list *diags)
{
	struct expr_place place = {STR("a"), 1, 1};
	return object ? expr_compile_object(pool, text, scope, place, diags) : expr_compile(pool, text, 0, scope, place, diags);
}

static void check(struct str text, bool object, struct value data, struct value *exports)
{
	struct expr_scope index = {NULL, STR("index"), EXPR_SLOT, 1};
	struct expr_scope item = {&index, STR("item"), EXPR_SLOT, 0};
	struct expr_scope scope = {&item, STR("m"), EXPR_MODULE, 1};
	struct value slots[] = {value_get_text(data, "d"), value_number(2)};
	struct expr_pool pool;
	struct diag_list diags = {0}, again_diags = {0};
	expr_pool_init(&pool);
	const struct expr *expr = compile(&pool, text, object, &scope, &diags);
	if (expr) {
		struct value value = run(expr, data, slots, exports);
		struct value some = read_only(expr, data), less = run(expr, some, slots, exports);
		struct strbuf once = {0}, twice = {0};
		require(value_equal(value, less));
		expr_print(expr, &once);
		const struct expr *again = compile(&pool, strbuf_str(&once), object, &scope, &again_diags);
		require(again && (again_diags.items.len == 0 || is_deep(strbuf_str(&once))));
		expr_print(again, &twice);
		struct value same = run(again, data, slots, exports);
		if (!is_deep(strbuf_str(&once))) {
			require(str_eq(strbuf_str(&once), strbuf_str(&twice)));
			require(value_equal(value, same));
		}
		strbuf_finish(&once);
		strbuf_finish(&twice);
		value_unref(value);
		value_unref(some);
		value_unref(less);
		value_unref(same);
		value_unref(run(expr, value_undefined(), slots, exports));
	}
	expr_pool_finish(&pool);
	diag_list_finish(&diags);
	diag_list_finish(&again_diags);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct str text = {(const char *)bytes, size};
	if (!str_utf8_valid(text)) {
		return 0;
	}
	struct value data = value_undefined(), exports = value_object_new(2);
	value_object_set_text(&exports, "f", value_function(0));
	value_object_set_text(&exports, "g", value_function(1));
	require(json_parse(str_of(data_text), &data, NULL) == 0);
	struct strbuf inside = {0};
	strbuf_printf(&inside, "{{" STR_FMT "}}", STR_ARG(text));
	check(text, false, data, &exports);
	check(text, true, data, &exports);
	check(strbuf_str(&inside), false, data, &exports);
	check(strbuf_str(&inside), true, data, &exports);
	strbuf_finish(&inside);
	value_unref(data);
	value_unref(exports);
	return 0;
}
