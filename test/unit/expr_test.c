/* Expressions of {{ }}: values, what is read, normal spelling, diagnostics, limits. */
#include "harness/test.h"

#include "base/diag.h"
#include "core/expr/expr.h"
#include "core/value/json.h"

#include <string.h>

static const struct expr_place place = {{"a.wxml", 6}, 1, 1};

struct world {
	struct expr_pool pool;
	struct diag_list diags;
	struct expr_env env;
	struct value slots[2];
	struct expr_scope item, index, module;
};

static struct value wxs(void *user, unsigned number)
{
	return number == 7 ? *(struct value *)user : value_undefined();
}

/* The module's functions: 1 adds its arguments, anything else counts them. */
static struct value call(void *user, uint32_t function, const struct value *args, size_t count)
{
	double sum = 0;
	for (size_t i = 0; i < count; i++) {
		sum += function == 1 ? value_to_number(args[i]) : 1;
	}
	return value_number(sum);
}

static struct value module_new(void)
{
	struct value module = value_object_new(4);
	value_object_set_text(&module, "add", value_function(1));
	value_object_set_text(&module, "count", value_function(2));
	value_object_set_text(&module, "pi", value_number(3));
	return module;
}

static void world_init(struct world *world, struct str data, struct value *module)
{
	*world = (struct world){.index = {NULL, STR("index"), EXPR_SLOT, 1}};
	world->item = (struct expr_scope){&world->index, STR("item"), EXPR_SLOT, 0};
	world->module = (struct expr_scope){&world->item, STR("m"), EXPR_MODULE, 7};
	expr_pool_init(&world->pool);
	struct value all = value_undefined();
	if (data.len) {
		CHECK(json_parse(data, &all, NULL) == 0);
	}
	world->slots[0] = value_ref(value_get_text(all, "$item"));
	world->slots[1] = value_ref(value_get_text(all, "$index"));
	world->env = (struct expr_env){all, world->slots, wxs, call, module};
}

static void world_finish(struct world *world)
{
	value_unref(world->env.data);
	value_unref(world->slots[0]);
	value_unref(world->slots[1]);
	expr_pool_finish(&world->pool);
	diag_list_finish(&world->diags);
}

static void print_value(struct value value, struct strbuf *out)
{
	switch (value.type) {
	case VALUE_UNDEFINED:
		strbuf_add_text(out, "undefined");
		break;
	case VALUE_NUMBER:
		value_to_text(value, out); // NaN, Infinity
		break;
	case VALUE_FUNCTION:
		strbuf_add_text(out, "function");
		break;
	default:
		json_write(value, out);
	}
}

static void print_diags(const struct diag_list *diags, struct strbuf *out)
{
	for (size_t i = 0; i < diags->items.len; i++) {
		diag_print(&diags->items.at[i], out);
		strbuf_add_char(out, '\n');
	}
}

/* One expression a line, or one in all (#whole): "text -> value". */
static void run_values(const struct test_block *block, struct strbuf *out)
{
	struct value module = module_new();
	struct world world;
	world_init(&world, block->section(block, "data"), &module);
	bool objects = block->section(block, "object").len > 0, whole = block->section(block, "whole").len > 0;
	struct str rest = block->section(block, objects ? "object" : whole ? "whole" : "text"), line;
	unsigned flags = block->section(block, "node").len ? EXPR_NODE : 0;
	while (str_split(&rest, whole ? '\0' : '\n', &line)) {
		const struct expr *expr = objects ? expr_compile_object(&world.pool, line, &world.module, place, &world.diags)
			: expr_compile(&world.pool, line, flags, &world.module, place, &world.diags);
		strbuf_add(out, line);
		strbuf_add_text(out, " -> ");
		if (expr) {
			struct value value = expr_run(expr, &world.env);
			print_value(value, out);
			value_unref(value);
		} else {
			strbuf_add_text(out, "(literal)");
		}
		strbuf_add_char(out, '\n');
	}
	print_diags(&world.diags, out);
	world_finish(&world);
	value_unref(module);
}

/* "text -> (normal spelling) reads a.b, $0.c"; normal spelling is a fixed point. */
static void run_reads(const struct test_block *block, struct strbuf *out)
{
	struct world world;
	world_init(&world, STR(""), NULL);
	struct str rest = block->section(block, "text"), line;
	while (str_split(&rest, '\n', &line)) {
		const struct expr *expr = expr_compile(&world.pool, line, 0, &world.module, place, &world.diags);
		struct strbuf once = {0}, twice = {0};
		expr_print(expr, &once);
		const struct expr *again = expr_compile(&world.pool, strbuf_str(&once), 0, &world.module, place, &world.diags);
		expr_print(again, &twice);
		CHECK_STR(strbuf_str(&once), twice.at);
		strbuf_printf(out, STR_FMT " -> %s reads", STR_ARG(line), once.at);
		const struct expr_read *reads;
		size_t count = expr_reads(expr, &reads);
		for (size_t i = 0; i < count; i++) {
			strbuf_add_text(out, i ? ", " : " ");
			if (reads[i].is_slot) {
				strbuf_printf(out, "$%u", reads[i].slot);
			}
			strbuf_add(out, reads[i].root);
			for (size_t k = 0; k < reads[i].count; k++) {
				strbuf_printf(out, "." STR_FMT, STR_ARG(reads[i].steps[k]));
			}
		}
		strbuf_add_text(out, expr_is_path(expr) ? " (path)\n" : "\n");
		strbuf_finish(&once);
		strbuf_finish(&twice);
	}
	print_diags(&world.diags, out);
	world_finish(&world);
}

static void run_block(const struct test_block *block, struct strbuf *out)
{
	if (str_starts(block->name, STR("reads"))) {
		run_reads(block, out);
	} else {
		run_values(block, out);
	}
}

static void golden(void)
{
	test_dat("expr.dat", run_block);
}

/* `unit` repeated inside of {{ }}: compiles or is refused, and runs, without a crash. */
static void check_deep(const char *before, const char *middle, const char *after, size_t times)
{
	struct world world;
	struct strbuf text = {0};
	world_init(&world, STR("{\"a\": 1}"), NULL);
	strbuf_add_text(&text, "{{");
	for (size_t i = 0; i < times; i++) {
		strbuf_add_text(&text, before);
	}
	strbuf_add_text(&text, middle);
	for (size_t i = 0; i < times; i++) {
		strbuf_add_text(&text, after);
	}
	strbuf_add_text(&text, "}}");
	const struct expr *expr = expr_compile(&world.pool, strbuf_str(&text), 0, NULL, place, &world.diags);
	CHECK(expr != NULL);
	value_unref(expr_run(expr, &world.env));
	struct strbuf out = {0};
	expr_print(expr, &out);
	strbuf_finish(&out);
	strbuf_finish(&text);
	world_finish(&world);
}

static void limits(void)
{
	static const size_t times[] = {3, 60, 300, 5000, 100000};
	for (size_t i = 0; i < ARRAY_LEN(times); i++) {
		check_deep("(", "a", ")", times[i]);
		check_deep("!", "a", "", times[i]);
		check_deep("-", "a", "", times[i]);
		check_deep("[", "a", "]", times[i]);
		check_deep("{b:", "a", "}", times[i]);
		check_deep("a?", "1", ":2", times[i]);
		check_deep("a?1:", "2", "", times[i]);
		check_deep("a+", "a", "", times[i]);
		check_deep("a[", "a", "]", times[i]);
		check_deep("", "a", ".b", times[i]);
		check_deep("a,", "a", "", times[i]);
		check_deep("...", "a", "", times[i]);
		check_deep("f(", "a", ")", times[i]);
	}
}

/* The value of a lone {{x}} keeps its type and is the very same. */
static void identity(void)
{
	struct world world;
	world_init(&world, STR("{\"list\": [1, {\"a\": 2}]}"), NULL);
	const struct expr *expr = expr_compile(&world.pool, STR("{{list[1]}}"), 0, NULL, place, &world.diags);
	struct value value = expr_run(expr, &world.env);
	CHECK(value_identical(value, value_at(value_get_text(world.env.data, "list"), 1)));
	value_unref(value);
	CHECK(expr_compile(&world.pool, STR("no braces } } { {"), 0, NULL, place, &world.diags) == NULL);
	CHECK(world.diags.items.len == 0);
	world_finish(&world);
}

static void closing(void)
{
	static const struct {
		const char *text;
		size_t end;
	} rows[] = {
		{"{{a}}b", 5}, {"{{'}}'}}", 8}, {"{{\"}}\"}}", 8}, {"{{{a: 1}}}", 10}, {"{{a", SIZE_MAX}, {"{{'a}}", 6},
		{"{{a {{b}}", SIZE_MAX}, {"{{ '\\'}}' }}", 12}, {"{{{a:{b:1}}}}", 13},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		size_t end = expr_close(str_of(rows[i].text), 2);
		if (end != rows[i].end) {
			test_fail(__FILE__, __LINE__, "%s closes at %zu, expected %zu", rows[i].text, end, rows[i].end);
		}
	}
}

static void pool_strings(void)
{
	struct expr_pool pool;
	expr_pool_init(&pool);
	struct value one = expr_pool_string(&pool, STR("same")), two = expr_pool_string(&pool, STR("same"));
	CHECK(value_identical(one, two));
	CHECK(value_str(one).at == value_str(two).at);
	expr_pool_finish(&pool);
}

static const struct test_case cases[] = {
	{"golden", golden}, {"limits", limits}, {"identity", identity}, {"closing", closing}, {"pool_strings", pool_strings},
};

TEST_MAIN(cases)
