/* Expressions: compile, print, compile the print, run with and without what they read. */
#include "core/expr/expr.h"
#include "core/value/json.h"

#include <stdlib.h>
#include <string.h>

static const char data_text[] = "{\"a\":1,\"b\":\"text\",\"c\":[1,\"2\",{\"d\":null}],\"o\":{\"a\":{\"b\":[true]},\"k\":\"a\"},"
	"\"n\":null,\"z\":0,\"big\":1e300}";

static struct value wxs(void *user, unsigned number)
{
	return *(struct value *)user;
}

static struct value call(void *user, uint32_t function, const struct value *args, size_t count)
{
	return count ? value_ref(args[count - 1]) : value_number(function);
}

/* What was printed means the same. */
static void check_print(struct expr_pool *pool, const struct expr *expr, const struct expr_scope *scope)
{
	struct expr_place place = {STR("again"), 1, 1};
	struct strbuf once = {0}, twice = {0};
	expr_print(expr, &once);
	const struct expr *again = expr_compile(pool, strbuf_str(&once), 0, scope, place, NULL);
	if (again) {
		expr_print(again, &twice);
		if (!str_eq(strbuf_str(&once), strbuf_str(&twice))) {
			abort();
		}
	}
	strbuf_finish(&once);
	strbuf_finish(&twice);
}

static void run(const struct expr *expr, struct value data, struct value *module)
{
	struct value slots[2] = {value_get_text(data, "c"), value_number(1)};
	struct expr_env env = {data, slots, wxs, call, module};
	struct strbuf text = {0};
	struct value value = expr_run(expr, &env);
	json_write(value, &text);
	value_to_text(value, &text);
	value_unref(value);
	strbuf_finish(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct expr_pool pool;
	struct diag_list diags = {0};
	const struct expr_scope index = {NULL, STR("index"), EXPR_SLOT, 1}, item = {&index, STR("item"), EXPR_SLOT, 0},
		module_scope = {&item, STR("m"), EXPR_MODULE, 0};
	struct expr_place place = {STR("fuzz.wxml"), 1, 1};
	struct value data = value_undefined(), module = value_object_new(1);
	json_parse(str_of(data_text), &data, NULL);
	value_object_set_text(&module, "f", value_function(3));
	expr_pool_init(&pool);
	for (unsigned mode = 0; mode < 2; mode++) {
		struct str text = {size > 1 ? (const char *)bytes + 1 : "", size > 1 ? size - 1 : 0};
		const struct expr *expr = mode ? expr_compile_object(&pool, text, &module_scope, place, &diags)
			: expr_compile(&pool, text, size ? bytes[0] & 1 : 0, &module_scope, place, &diags);
		if (expr) {
			const struct expr_read *reads;
			expr_reads(expr, &reads);
			expr_is_path(expr);
			if (!mode) {
				check_print(&pool, expr, &module_scope);
			}
			run(expr, data, &module);
			run(expr, value_undefined(), &module);
		}
	}
	expr_pool_finish(&pool);
	diag_list_finish(&diags);
	value_unref(data);
	value_unref(module);
	return 0;
}
