/* What an element says (innerText), and what it is written as (WXML). */
#include "door/automation/command.h"

/* --- text, as innerText has it (HTML, 3.2.7): lines of blocks, white space as it is shown --- */

struct speech {
	struct strbuf *out;
	size_t start;
	bool space;   // one is due before the next word
	bool line;    // a line end is due
	bool kept;    // white space stays
};

static void say_char(struct speech *speech, char c)
{
	bool begun = speech->out->len > speech->start;
	if (speech->line && begun) {
		strbuf_add_char(speech->out, '\n');
	} else if (speech->space && begun && !speech->line && speech->out->at[speech->out->len - 1] != '\n') {
		strbuf_add_char(speech->out, ' ');
	}
	speech->line = speech->space = false;
	strbuf_add_char(speech->out, c);
}

static void say(struct speech *speech, struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];
		bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
		if (blank && !speech->kept) {
			speech->space = true;
		} else {
			say_char(speech, c);
		}
	}
}

static bool keeps_space(const struct node *node)
{
	const struct style *style = node->style;
	return style && (style->white_space == WHITE_SPACE_PRE || style->white_space == WHITE_SPACE_PRE_WRAP
		|| style->white_space == WHITE_SPACE_BREAK_SPACES || style->white_space == WHITE_SPACE_PRE_LINE);
}

static bool is_block(const struct node *node)
{
	enum display display = node->style ? node->style->display : DISPLAY_BLOCK;
	return display != DISPLAY_INLINE && display != DISPLAY_INLINE_BLOCK && display != DISPLAY_INLINE_FLEX
		&& display != DISPLAY_INLINE_GRID && display != DISPLAY_CONTENTS && display != DISPLAY_WEBKIT_INLINE_BOX;
}

static void speak(void *user, struct node *node)
{
	struct speech *speech = user;
	if (node->kind == NODE_TEXT) {
		say(speech, value_str(node->text));
		return;
	}
	bool mute = (node->style && node->style->display == DISPLAY_NONE)
		|| (node->component && (node->component->flags & COMPONENT_REPLACED || node->component->typed));
	if (mute) {
		return;
	}
	bool block = is_block(node), kept = speech->kept;
	speech->line = speech->line || block;
	speech->kept = keeps_space(node) || str_is(atom_str(node->tag), "text");
	automation_children(node, speak, speech);
	speech->kept = kept;
	speech->line = speech->line || block;
}

void automation_text(struct node *node, struct strbuf *out)
{
	struct speech speech = {.out = out, .start = out->len, .kept = keeps_space(node) || str_is(atom_str(node->tag), "text")};
	if (node->component && node->component->typed) {
		return;
	}
	automation_children(node, speak, &speech);
}

/* --- markup --- */

static void escape(struct str text, bool attribute, struct strbuf *out)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];
		switch (c) {
		case '&':
			strbuf_add_text(out, "&amp;");
			break;
		case '<':
			strbuf_add_text(out, attribute ? "<" : "&lt;");
			break;
		case '>':
			strbuf_add_text(out, attribute ? ">" : "&gt;");
			break;
		case '"':
			strbuf_add_text(out, attribute ? "&quot;" : "\"");
			break;
		default:
			strbuf_add_char(out, c);
		}
	}
}

static void attribute(const char *prefix, struct str name, struct value value, struct strbuf *out)
{
	struct strbuf text = {0};
	bool none = value_is_nullish(value) || value_is(value, VALUE_FUNCTION) || (value_is(value, VALUE_BOOL) && !value.boolean);
	if (none) {
		return;
	}
	strbuf_printf(out, " %s" STR_FMT "=\"", prefix, STR_ARG(name));
	if (value_is(value, VALUE_OBJECT) || value_is(value, VALUE_ARRAY)) {
		json_write(value, &text);
	} else if (!value_is(value, VALUE_BOOL)) {
		value_to_text(value, &text);
	}
	escape(strbuf_str(&text), true, out);
	strbuf_add_char(out, '"');
	strbuf_finish(&text);
}

/* "alphaBeta" as "alpha-beta" */
static void dashed(struct str key, struct strbuf *out)
{
	for (size_t i = 0; i < key.len; i++) {
		bool upper = key.at[i] >= 'A' && key.at[i] <= 'Z';
		strbuf_add_text(out, upper ? "-" : "");
		strbuf_add_char(out, upper ? (char)(key.at[i] + 32) : key.at[i]);
	}
}

static void open_tag(const struct node *node, struct strbuf *out)
{
	strbuf_printf(out, "<" STR_FMT, STR_ARG(atom_str(node->tag)));
	if (node->ident) {
		escape(STR(" id=\""), false, out);
		escape(atom_str(node->ident), true, out);
		strbuf_add_char(out, '"');
	}
	for (size_t i = 0; i < node->classes.len; i++) {
		strbuf_add_text(out, i ? " " : " class=\"");
		escape(atom_str(node->classes.at[i]), true, out);
	}
	strbuf_add_text(out, node->classes.len ? "\"" : "");
	attribute("", STR("style"), value_str(node->inline_style).len ? node->inline_style : value_undefined(), out);
	for (size_t i = 0; i < node->attrs.len; i++) {
		attribute("", atom_str(node->attrs.at[i].name), node->attrs.at[i].value, out);
	}
	for (size_t i = 0; i < value_count(node->dataset); i++) {
		struct strbuf key = {0};
		dashed(value_key(node->dataset, i), &key);
		attribute("data-", strbuf_str(&key), value_entry(node->dataset, i), out);
		strbuf_finish(&key);
	}
	strbuf_add_char(out, '>');
}

static void write_node(void *user, struct node *node)
{
	struct strbuf *out = user;
	if (node->kind == NODE_TEXT) {
		escape(value_str(node->text), false, out);
		return;
	}
	automation_wxml(node, true, out);
}

void automation_wxml(struct node *node, bool outer, struct strbuf *out)
{
	if (outer) {
		open_tag(node, out);
	}
	automation_children(node, write_node, out);
	if (outer) {
		strbuf_printf(out, "</" STR_FMT ">", STR_ARG(atom_str(node->tag)));
	}
}
