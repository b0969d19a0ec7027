/* <text>: inline text whose line feeds break lines. What `space` and `decode` ask for is done to what its text nodes show. */
#include "runtime/component/list.h"

static const struct schema attributes[] = {
	{"selectable", SCHEMA_BOOL, .fallback = "false", .since = "1.1.0", .doc = "a person may select the text"},
	{"user-select", SCHEMA_BOOL, .fallback = "false", .since = "2.12.1", .doc = "as selectable, and inline-block"},
	{"space", SCHEMA_STRING, .choices = "ensp|emsp|nbsp", .since = "1.4.0", .doc = "shows consecutive spaces, this wide"},
	{"decode", SCHEMA_BOOL, .fallback = "false", .since = "1.4.0", .doc = "decodes &nbsp; &lt; &gt; &amp; &apos; &ensp; &emsp;"},
	{0},
};

/* What decode knows; what comes out is not decoded again. */
static size_t read_entity(struct str text, struct str *ret_shown)
{
	static const char *const entities[][2] = {{"&nbsp;", "\u00a0"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}, {"&apos;", "'"},
		{"&quot;", "\""}, {"&ensp;", "\u2002"}, {"&emsp;", "\u2003"}};
	for (size_t i = 0; i < ARRAY_LEN(entities); i++) {
		if (str_starts(text, str_of(entities[i][0]))) {
			*ret_shown = str_of(entities[i][1]);
			return strlen(entities[i][0]);
		}
	}
	return 0;
}

static struct str space_of(const struct node *node)
{
	struct str space = component_text(node, "space");
	return str_is(space, "ensp") ? STR("\u2002") : str_is(space, "emsp") ? STR("\u2003") : str_is(space, "nbsp") ? STR("\u00a0")
		: (struct str){0};
}

static bool rewrite(const struct node *node, struct str text, struct strbuf *out)
{
	struct str space = space_of(node);
	bool decode = component_flag(node, "decode");
	if (!space.len && !decode) {
		return false;
	}
	for (size_t pos = 0; pos < text.len;) {
		struct str shown = str_slice(text, pos, pos + 1);
		size_t len = decode && text.at[pos] == '&' ? read_entity(str_slice(text, pos, text.len), &shown) : 0;
		strbuf_add(out, space.len && !len && text.at[pos] == ' ' ? space : shown);
		pos += len ? len : 1;
	}
	return true;
}

static void changed(struct component_host *host, struct node *node, atom_t name)
{
	for (struct node *child = name ? node_flat_first(node) : NULL; child; child = node_flat_next(child)) {
		if (child->kind == NODE_TEXT) {
			node_mark(child, NODE_DIRTY_LAYOUT | NODE_DIRTY_BOX);
		}
	}
}

/* white-space: pre-line is what the framework's own H5 style has. */
const struct component component_text_row = {
	.tag = "text",
	.doc = "Text; the only element whose text can be selected.",
	.attributes = attributes,
	.style = "text { white-space: pre-line }\n"
		"text[user-select] { display: inline-block }\n",
	.changed = changed,
	.rewrite = rewrite,
};
