/* WXML: any text compiles without harm and renders; an update gives the same tree as a fresh
 * rendering of the new data; what is printed is a fixed point and renders the same. The first two
 * lines may be JSON, the data before and after; the rest is the template. */
#include "../harness/attrs.h"
#include "core/value/json.h"
#include "core/wxml/instance.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What every template is rendered with as well: names that the corpus uses. */
static const char *const usual[] = {
	"{\"a\": [{\"k\": 1, \"t\": \"x\"}, {\"k\": 2, \"t\": \"y\"}, {\"k\": 3}], \"b\": true, \"c\": {\"d\": \"e\"}, \"n\": \"one\"}",
	"{\"a\": [{\"k\": 3, \"t\": \"x\"}, {\"k\": 1, \"t\": \"x\"}, {\"k\": 1, \"t\": \"z\"}], \"b\": false, \"c\": \"text\", \"n\": \"two\"}",
	"{\"a\": \"abc\", \"b\": 3, \"c\": [\"q\", \"r\", \"p\", 1], \"n\": \"two\"}",
	"{\"a\": {\"k\": 1, \"l\": [1, 2]}, \"b\": 0, \"c\": [\"p\", \"q\", \"r\"], \"n\": 7}",
	"{\"a\": [], \"c\": [\"r\", \"p\"]}",
};

#define NODES_MAX 3000 // so that endless recursion ends soon

struct view {
	struct tree tree;
	struct diag_list diags;
	struct wxml_render *render;
};

static bool load(void *user, struct str path, struct str *ret_text)
{
	*ret_text = *(struct str *)user;
	return str_is(path, "a.wxml") || str_is(path, "b.wxml");
}

static struct value call(void *user, uint32_t function, const struct value *args, size_t count)
{
	(void)user;
	return count > function ? value_ref(args[function]) : value_number((double)count);
}

static struct value module(void *user, struct str file, struct str name)
{
	(void)file;
	(void)name;
	return *(struct value *)user;
}

static void view_init(struct view *view, const struct wxml_program *program, struct value *exports)
{
	*view = (struct view){0};
	struct wxml_render_ops ops = {.wxs_call = call, .wxs_module = module, .user = exports, .diags = &view->diags};
	tree_init(&view->tree);
	view->tree.root = node_create(&view->tree, NODE_ELEMENT, atom_of("page"));
	view->render = wxml_render_create(program, view->tree.root, &ops);
	view->render->live_max = NODES_MAX;
}

/* Then what is left out depends on what was there before. */
static bool is_cut(const struct view *view)
{
	for (size_t i = 0; i < view->diags.items.len; i++) {
		if (str_find(str_of(view->diags.items.at[i].text), STR("left out")) != SIZE_MAX) {
			return true;
		}
	}
	return false;
}

/* The same fields by name. */
static void sort_fields(struct value *object)
{
	struct value left = value_unshared(value_ref(*object)), all = value_object_new(value_count(left));
	while (value_count(left)) {
		size_t least = 0;
		for (size_t i = 1; i < value_count(left); i++) {
			least = str_compare(value_key(left, i), value_key(left, least)) < 0 ? i : least;
		}
		struct value key = value_ref(value_key_value(left, least));
		value_object_set(&all, value_str(key), value_ref(value_entry(left, least)));
		value_object_remove(&left, value_str(key));
		value_unref(key);
	}
	value_unref(left);
	value_unref(*object);
	*object = all;
}

/* Attributes, marks and dataset: their order says nothing. */
static void sort_attrs(struct node *node)
{
	attrs_sort(node);
	for (size_t i = 0; i < 2; i++) {
		struct value *object = i ? &node->marks : &node->dataset;
		if (object->type == VALUE_OBJECT) {
			sort_fields(object);
		}
	}
	for (struct node *child = node->first; child; child = child->next) {
		sort_attrs(child); // no deeper than a render's limit
	}
}

static void view_run(struct view *view, struct value data, struct strbuf *out)
{
	wxml_render_run(view->render, data, NULL, 0);
	strbuf_clear(out);
	sort_attrs(view->tree.root);
	node_dump(view->tree.root, out);
}

static bool is_text(struct str line)
{
	return str_starts(str_trim(line), STR("\""));
}

/* Texts that stand side by side, apart by a comment or a stray tag, are one when printed. */
static void join_texts(struct strbuf *dump)
{
	struct strbuf out = {0};
	struct str rest = strbuf_str(dump), line, before = {0};
	while (str_split(&rest, '\n', &line)) {
		size_t indent = str_find_char(line, '"');
		if (is_text(line) && is_text(before) && indent == str_find_char(before, '"')) {
			out.len -= 2;
			strbuf_add(&out, str_slice(line, indent + 1, line.len));
		} else {
			strbuf_add(&out, line);
		}
		strbuf_add_char(&out, '\n');
		before = line;
	}
	strbuf_finish(dump);
	*dump = out;
}

static void require_same(struct strbuf *is, struct strbuf *should)
{
	if (!str_eq(strbuf_str(is), strbuf_str(should))) {
		abort();
	}
}

static void view_finish(struct view *view)
{
	wxml_render_destroy(view->render);
	if (view->tree.root->first) {
		abort();
	}
	tree_finish(&view->tree);
	diag_list_finish(&view->diags);
}

static void check_updates(const struct wxml_program *program, const struct wxml_program *printed, const struct value *data,
	size_t count, struct value *exports)
{
	struct view updated;
	struct strbuf is = {0}, should = {0};
	view_init(&updated, program, exports);
	for (size_t i = 0; i < count; i++) {
		struct view fresh;
		view_init(&fresh, i == 0 ? printed : program, exports);
		view_run(&updated, data[i], &is);
		view_run(&fresh, data[i], &should);
		if (i == 0) {
			join_texts(&is);
			join_texts(&should);
		}
		if (!is_cut(&updated) && !is_cut(&fresh)) {
			require_same(&is, &should);
		}
		view_finish(&fresh);
	}
	view_finish(&updated);
	strbuf_finish(&is);
	strbuf_finish(&should);
}

static void check(struct str text, const struct value *data, size_t count, struct value *exports)
{
	struct diag_list diags = {0};
	struct strbuf once = {0}, twice = {0};
	struct wxml_set *set = wxml_set_create((struct wxml_loader){load, &text}, &diags);
	const struct wxml_program *program = wxml_set_get(set, STR("a.wxml"));
	wxml_program_print(program, &once);
	struct str spelled = strbuf_str(&once);
	struct wxml_set *again = wxml_set_create((struct wxml_loader){load, &spelled}, &diags);
	const struct wxml_program *printed = wxml_set_get(again, STR("a.wxml"));
	wxml_program_print(printed, &twice);
	require_same(&once, &twice);
	check_updates(program, printed, data, count, exports);
	wxml_set_destroy(set);
	wxml_set_destroy(again);
	strbuf_finish(&once);
	strbuf_finish(&twice);
	diag_list_finish(&diags);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct str text = {(const char *)bytes, size};
	struct value data[ARRAY_LEN(usual) + 2] = {0}, exports = value_object_new(2);
	size_t count = 0;
	value_object_set_text(&exports, "f", value_function(0));
	value_object_set_text(&exports, "g", value_function(1));
	while (count < 2) {
		size_t end = str_find_char(text, '\n');
		if (end == SIZE_MAX || json_parse(str_slice(text, 0, end), &data[count], NULL) != 0) {
			break;
		}
		text = str_slice(text, end + 1, text.len);
		count++;
	}
	for (size_t i = 0; i < ARRAY_LEN(usual); i++) {
		if (json_parse(str_of(usual[i]), &data[count++], NULL) != 0) {
			abort();
		}
	}
	if (str_utf8_valid(text)) {
		check(text, data, count, &exports);
	}
	for (size_t i = 0; i < count; i++) {
		value_unref(data[i]);
	}
	value_unref(exports);
	return 0;
}
