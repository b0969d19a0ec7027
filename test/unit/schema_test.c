/* Schema rows: problems, defaults, the sentence for a failed call. */
#include "core/value/json.h"
#include "core/value/schema.h"
#include "harness/test.h"

static const struct schema item_rows[] = {
	{"pagePath", SCHEMA_STRING, SCHEMA_REQUIRED},
	{"text", SCHEMA_STRING},
	{NULL},
};
static const struct schema any_text[] = {{"*", SCHEMA_STRING}, {NULL}};
static const struct schema rows[] = {
	{"url", SCHEMA_STRING, SCHEMA_REQUIRED},
	{"method", SCHEMA_STRING, .fallback = "\"GET\"", .choices = "GET|POST|PUT"},
	{"timeout", SCHEMA_NUMBER, .fallback = "60000"},
	{"mask", SCHEMA_BOOL, .fallback = "false"},
	{"color", SCHEMA_COLOR},
	{"list", SCHEMA_ARRAY, .fields = item_rows},
	{"names", SCHEMA_ARRAY, .item = SCHEMA_STRING},
	{"header", SCHEMA_OBJECT, SCHEMA_MAP, .fields = any_text},
	{"success", SCHEMA_FUNCTION},
	{NULL},
};

static void print_problem(void *user, const struct schema_problem *p)
{
	static const char *const kinds[] = {"wrong type", "missing", "not a choice", "unknown key"};
	struct strbuf *out = user;
	strbuf_printf(out, "%s: %s", kinds[p->kind], p->path);
	if (p->kind == SCHEMA_WRONG_TYPE) {
		strbuf_printf(out, " is %s", value_type_name(p->found.type));
	}
	if (p->nearest) {
		strbuf_printf(out, ", perhaps %s", p->nearest);
	}
	strbuf_add_char(out, '\n');
}

static void golden_block(const struct test_block *block, struct strbuf *out)
{
	struct value v = value_undefined();
	CHECK(json_parse(block->section(block, "json"), &v, NULL) == 0);
	bool good = schema_check(rows, v, print_problem, out);
	strbuf_printf(out, "%s\nfilled: ", good ? "good" : "bad");
	struct value filled = schema_fill(rows, v);
	json_write(filled, out);
	strbuf_add_text(out, "\ncall: ");
	if (!schema_call_error(rows, v, out)) {
		strbuf_add_text(out, "ok");
	}
	strbuf_add_char(out, '\n');
	value_unref(filled);
	value_unref(v);
}

static void golden(void)
{
	test_dat("schema.dat", golden_block);
}

static void versions(void)
{
	CHECK_NUM(schema_version_compare(STR("1.9.90"), STR("1.9.9")), 1);
	CHECK_NUM(schema_version_compare(STR("1.9.90"), STR("2.0.0")), -1);
	CHECK_NUM(schema_version_compare(STR("2.0"), STR("2.0.0")), 0);
	CHECK_NUM(schema_version_compare(STR(""), STR("0.0.1")), -1);
	CHECK_NUM(schema_version_compare(STR("x.y"), STR("")), 0);
}

static const struct test_case cases[] = {
	{"golden", golden},
	{"versions", versions},
};

TEST_MAIN(cases)
