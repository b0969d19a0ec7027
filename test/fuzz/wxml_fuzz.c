/* WXML: any text compiles without harm and renders; an update gives the same tree as a fresh
 * rendering of the new data. The first line may be JSON: the data; the rest is the template. */
#include "core/value/json.h"
#include "core/wxml/wxml.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool load(void *user, struct str path, struct str *ret_text)
{
	*ret_text = *(struct str *)user;
	return str_is(path, "a.wxml") || str_is(path, "b.wxml");
}

static void dump(const struct wxml_program *program, struct value first, struct value second, struct strbuf *out)
{
	struct tree tree = {0};
	tree_init(&tree);
	tree.root = node_create(&tree, NODE_ELEMENT, atom_of("page"));
	struct wxml_render_ops ops = {0};
	struct wxml_render *render = wxml_render_create(program, tree.root, &ops);
	wxml_render_run(render, first, NULL, 0);
	wxml_render_run(render, second, NULL, 0);
	node_dump(tree.root, out);
	wxml_render_destroy(render);
	tree_finish(&tree);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct str text = {(const char *)bytes, size};
	struct value before = value_undefined(), after = value_undefined();
	size_t end = str_find_char(text, '\n');
	if (end != SIZE_MAX && json_parse(str_slice(text, 0, end), &before, NULL) == 0) {
		text = str_slice(text, end + 1, text.len);
		end = str_find_char(text, '\n');
		if (end != SIZE_MAX && json_parse(str_slice(text, 0, end), &after, NULL) == 0) {
			text = str_slice(text, end + 1, text.len);
		}
	}
	if (str_utf8_valid(text)) {
		struct diag_list diags = {0};
		struct wxml_set *set = wxml_set_create((struct wxml_loader){load, &text}, &diags);
		const struct wxml_program *program = wxml_set_get(set, STR("a.wxml"));
		struct strbuf updated = {0}, fresh = {0};
		dump(program, before, after, &updated);
		dump(program, after, after, &fresh);
		if (!str_eq(strbuf_str(&updated), strbuf_str(&fresh))) {
			abort();
		}
		strbuf_finish(&updated);
		strbuf_finish(&fresh);
		wxml_set_destroy(set);
		diag_list_finish(&diags);
	}
	value_unref(before);
	value_unref(after);
	return 0;
}
