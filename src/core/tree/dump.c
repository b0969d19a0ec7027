/* The tree as text, for golden tests and for people. */
#include "core/tree/node.h"

#include "core/value/json.h"

static void dump_value(struct value v, struct strbuf *out)
{
	if (v.type == VALUE_UNDEFINED || v.type == VALUE_FUNCTION) {
		strbuf_add_text(out, v.type == VALUE_FUNCTION ? "function" : "undefined");
	} else {
		json_write(v, out);
	}
}

static void dump_object(const char *prefix, struct value object, struct strbuf *out)
{
	for (size_t i = 0; i < value_count(object); i++) {
		strbuf_printf(out, " %s" STR_FMT "=", prefix, STR_ARG(value_key(object, i)));
		dump_value(value_entry(object, i), out);
	}
}

static void dump_bind(const struct node_bind *bind, struct strbuf *out)
{
	const char *verb = bind->flags & NODE_BIND_CATCH ? "catch" : bind->flags & NODE_BIND_MUT ? "mut-bind" : "bind";
	strbuf_printf(out, " %s%s:%s=" STR_FMT, bind->flags & NODE_BIND_CAPTURE ? "capture-" : "", verb,
		atom_text(bind->event), STR_ARG(value_str(bind->handler)));
}

static void dump_element(const struct node *node, struct strbuf *out)
{
	strbuf_add_text(out, atom_text(node->tag));
	if (node->ident) {
		strbuf_printf(out, "#%s", atom_text(node->ident));
	}
	for (size_t i = 0; i < node->classes.len; i++) {
		strbuf_printf(out, ".%s", atom_text(node->classes.at[i]));
	}
	if (node->slot_name) {
		strbuf_printf(out, node->kind == NODE_SLOT ? " name=%s" : " slot=%s", atom_text(node->slot_name));
	}
	if (!value_is_nullish(node->inline_style)) {
		strbuf_add_text(out, " style=");
		dump_value(node->inline_style, out);
	}
	for (size_t i = 0; i < node->attrs.len; i++) {
		strbuf_printf(out, " %s=", atom_text(node->attrs.at[i].name));
		dump_value(node->attrs.at[i].value, out);
	}
	dump_object("data-", node->dataset, out);
	dump_object("mark:", node->marks, out);
	for (size_t i = 0; i < node->binds.len; i++) {
		dump_bind(&node->binds.at[i], out);
	}
}

static void dump_line(const struct node *node, int depth, struct strbuf *out)
{
	for (int i = 0; i < depth; i++) {
		strbuf_add_text(out, "  ");
	}
	if (node->kind == NODE_TEXT) {
		dump_value(node->text, out);
	} else if (node->kind == NODE_SHADOW_ROOT) {
		strbuf_add_text(out, "#shadow");
	} else {
		dump_element(node, out);
	}
	strbuf_add_char(out, '\n');
}

/* Without recursion, as node_destroy. */
void node_dump(const struct node *top, struct strbuf *out)
{
	int depth = 0;
	for (const struct node *cur = top; cur;) {
		int own = cur->kind != NODE_GROUP;
		if (own) {
			dump_line(cur, depth, out);
		}
		const struct node *down = cur->shadow ? cur->shadow : cur->first;
		if (down) {
			depth += own;
			cur = down;
			continue;
		}
		while (cur != top) {
			const struct node *above = cur->host ? cur->host : cur->parent;
			const struct node *next = cur->host ? cur->host->first : cur->next;
			if (next) {
				cur = next;
				break;
			}
			depth -= above->kind != NODE_GROUP;
			cur = above;
		}
		if (cur == top) {
			break;
		}
	}
}
