/* What templates render, as JSON: a line of standard input is {"files": {path: text}, "main": path, "data": [...]},
 * and a line of standard output the tree for each of the data, one render updated from one to the next.
 * test/e2e/wcc_test.py compares it with what the official compiler makes of the same. */
#include "core/value/json.h"
#include "core/wxml/wxml.h"

#include <math.h>
#include <stdio.h>

static bool load(void *user, struct str path, struct str *ret_text)
{
	struct value text = value_get(*(struct value *)user, path);
	*ret_text = value_str(text);
	return text.type == VALUE_STRING;
}

/* JSON, and {"$": name} for what JSON has no word for. */
static void write_value(struct value v, struct strbuf *out)
{
	bool object = v.type == VALUE_OBJECT, first = true;
	if (v.type == VALUE_ARRAY) {
		strbuf_add_char(out, '[');
		for (size_t i = 0; i < value_len(v); i++) {
			strbuf_add_text(out, i ? "," : "");
			write_value(value_at(v, i), out);
		}
		strbuf_add_char(out, ']');
	} else if (object) {
		strbuf_add_char(out, '{');
		for (size_t i = 0; i < value_count(v); i++) {
			if (value_entry(v, i).type == VALUE_UNDEFINED) {
				continue;
			}
			strbuf_add_text(out, first ? "" : ",");
			first = false;
			json_write_string(value_key(v, i), out);
			strbuf_add_char(out, ':');
			write_value(value_entry(v, i), out);
		}
		strbuf_add_char(out, '}');
	} else if (v.type == VALUE_UNDEFINED || v.type == VALUE_FUNCTION || (v.type == VALUE_NUMBER && !isfinite(v.number))) {
		strbuf_add_text(out, "{\"$\":\"");
		value_to_text(v, out);
		strbuf_add_text(out, "\"}");
	} else {
		json_write(v, out);
	}
}

static void write_field(const char *name, struct value v, struct strbuf *out)
{
	if (v.type != VALUE_UNDEFINED) {
		strbuf_printf(out, ",\"%s\":", name);
		write_value(v, out);
	}
}

static void write_text_field(const char *name, atom_t atom, struct strbuf *out)
{
	if (atom) {
		strbuf_printf(out, ",\"%s\":", name);
		json_write_string(str_of(atom_text(atom)), out);
	}
}

static void write_binds(const struct node *node, struct strbuf *out)
{
	strbuf_add_text(out, ",\"bind\":{");
	for (size_t i = 0; i < node->binds.len; i++) {
		const struct node_bind *bind = &node->binds.at[i];
		strbuf_printf(out, "%s\"%s%s:%s\":", i ? "," : "", bind->flags & NODE_BIND_CAPTURE ? "capture-" : "",
			bind->flags & NODE_BIND_CATCH ? "catch" : bind->flags & NODE_BIND_MUT ? "mut-bind" : "bind", atom_text(bind->event));
		write_value(bind->handler, out);
	}
	strbuf_add_char(out, '}');
}

static void write_element(const struct node *node, struct strbuf *out)
{
	strbuf_add_text(out, "{\"tag\":");
	json_write_string(str_of(atom_text(node->tag)), out);
	write_text_field("id", node->ident, out);
	write_text_field(node->kind == NODE_SLOT ? "name" : "slot", node->slot_name, out);
	write_field("style", node->inline_style, out);
	write_field("data", node->dataset, out);
	write_field("mark", node->marks, out);
	write_binds(node, out);
	strbuf_add_text(out, ",\"class\":[");
	for (size_t i = 0; i < node->classes.len; i++) {
		strbuf_add_text(out, i ? "," : "");
		json_write_string(str_of(atom_text(node->classes.at[i])), out);
	}
	strbuf_add_text(out, "],\"attr\":{");
	for (size_t i = 0; i < node->attrs.len; i++) {
		strbuf_add_text(out, i ? "," : "");
		json_write_string(str_of(atom_text(node->attrs.at[i].name)), out);
		strbuf_add_char(out, ':');
		write_value(node->attrs.at[i].value, out);
	}
	strbuf_add_char(out, '}');
}

/* The nodes below, groups seen through, behind an opening bracket. */
static void write_children(const struct node *node, bool *first, struct strbuf *out)
{
	for (const struct node *child = node->first; child; child = child->next) {
		if (child->kind == NODE_GROUP) {
			write_children(child, first, out);
			continue;
		}
		strbuf_add_text(out, *first ? "" : ",");
		*first = false;
		if (child->kind == NODE_TEXT) {
			write_value(child->text, out);
			continue;
		}
		bool first_below = true;
		write_element(child, out);
		strbuf_add_text(out, ",\"children\":[");
		write_children(child, &first_below, out);
		strbuf_add_text(out, "]}");
	}
}

static void run_case(struct value test, struct strbuf *out)
{
	struct value files = value_get_text(test, "files"), data = value_get_text(test, "data");
	struct wxml_set *set = wxml_set_create((struct wxml_loader){load, &files}, NULL);
	const struct wxml_program *program = wxml_set_get(set, value_str(value_get_text(test, "main")));
	struct tree tree;
	struct wxml_render_ops ops = {0};
	tree_init(&tree);
	tree.root = node_create(&tree, NODE_ELEMENT, atom_of("page"));
	struct wxml_render *render = wxml_render_create(program, tree.root, &ops);
	strbuf_add_char(out, '[');
	for (size_t i = 0; i < value_len(data); i++) {
		bool first = true;
		wxml_render_run(render, value_at(data, i), NULL, 0);
		strbuf_add_text(out, i ? ",[" : "[");
		write_children(tree.root, &first, out);
		strbuf_add_char(out, ']');
	}
	strbuf_add_text(out, "]\n");
	wxml_render_destroy(render);
	tree_finish(&tree);
	wxml_set_destroy(set);
}

int main(void)
{
	struct strbuf line = {0}, out = {0};
	for (int c = getchar(); c != EOF; c = getchar()) {
		if (c != '\n') {
			strbuf_add_char(&line, (char)c);
			continue;
		}
		struct value test = value_undefined();
		if (json_parse(strbuf_str(&line), &test, NULL)) {
			fprintf(stderr, "a line is not JSON\n");
			return 1;
		}
		run_case(test, &out);
		fwrite(out.at, 1, out.len, stdout);
		value_unref(test);
		line.len = out.len = 0;
	}
	strbuf_finish(&line);
	strbuf_finish(&out);
	return 0;
}
