/* HTML fragments to nodes. */
#include "harness/test.h"

#include "core/html/html.h"
#include "core/value/json.h"

static void print_nodes(struct value list, int depth, struct strbuf *out)
{
	for (size_t i = 0; i < value_len(list); i++) {
		struct value node = value_at(list, i), attrs = value_get_text(node, "attrs");
		strbuf_printf(out, "%*s", depth * 2, "");
		struct str name = value_str(value_get_text(node, "name"));
		if (!name.len) {
			struct strbuf text = {0};
			html_decode(value_str(value_get_text(node, "text")), &text);
			json_write_string(strbuf_str(&text), out);
			strbuf_finish(&text);
		}
		strbuf_add(out, name);
		for (size_t k = 0; k < value_count(attrs); k++) {
			strbuf_printf(out, " " STR_FMT "=", STR_ARG(value_key(attrs, k)));
			json_write(value_entry(attrs, k), out);
		}
		strbuf_add_char(out, '\n');
		print_nodes(value_get_text(node, "children"), depth + 1, out);
	}
}

static void run_block(const struct test_block *block, struct strbuf *out)
{
	struct value nodes = html_parse(block->section(block, "html"));
	print_nodes(nodes, 0, out);
	value_unref(nodes);
}

static void fragments(void)
{
	test_dat("html.dat", run_block);
}

static size_t depth_of(struct value list)
{
	size_t deepest = 0;
	for (size_t i = 0; i < value_len(list); i++) {
		deepest = size_max(deepest, depth_of(value_get_text(value_at(list, i), "children")));
	}
	return value_len(list) ? deepest + 1 : 0;
}

static void limits(void)
{
	struct strbuf deep = {0}, wide = {0};
	for (int i = 0; i < 5000; i++) {
		strbuf_add_text(&deep, "<div>");
	}
	for (int i = 0; i < HTML_NODES_MAX * 2; i++) {
		strbuf_add_text(&wide, "<br>");
	}
	struct value nodes = html_parse(strbuf_str(&deep)), many = html_parse(strbuf_str(&wide));
	CHECK_NUM(depth_of(nodes), HTML_DEPTH_MAX + 1);
	CHECK_NUM(value_len(many), HTML_NODES_MAX);
	value_unref(nodes);
	value_unref(many);
	strbuf_finish(&deep);
	strbuf_finish(&wide);
}

static const struct test_case cases[] = {
	{"fragments", fragments}, {"limits", limits},
};

TEST_MAIN(cases)
