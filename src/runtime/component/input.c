/* <input>: one line of text with a placeholder. The host's keyboard types; the text is kept in
 * inner elements, so that fonts, colours and lines are the style sheet's. */
#include "runtime/component/list.h"

static const struct schema attributes[] = {
	{"value", SCHEMA_STRING, .doc = "content"},
	{"name", SCHEMA_STRING, .doc = "its key in a form's values"},
	{"type", SCHEMA_STRING, .fallback = "\"text\"", .choices = "text|number|idcard|digit|safe-password|nickname"},
	{"password", SCHEMA_BOOL, .fallback = "false"},
	{"placeholder", SCHEMA_STRING},
	{"placeholder-style", SCHEMA_STRING},
	{"placeholder-class", SCHEMA_STRING, .fallback = "\"input-placeholder\""},
	{"disabled", SCHEMA_BOOL, .fallback = "false"},
	{"maxlength", SCHEMA_NUMBER, .fallback = "140", .doc = "UTF-16 units; -1: unlimited"},
	{"cursor-spacing", SCHEMA_NUMBER, .fallback = "0"},
	{"auto-focus", SCHEMA_BOOL, .fallback = "false"},
	{"focus", SCHEMA_BOOL, .fallback = "false"},
	{"confirm-type", SCHEMA_STRING, .fallback = "\"done\"", .choices = "send|search|next|go|done", .since = "1.1.0"},
	{"confirm-hold", SCHEMA_BOOL, .fallback = "false", .since = "1.1.0"},
	{"cursor", SCHEMA_NUMBER, .since = "1.5.0"},
	{"selection-start", SCHEMA_NUMBER, .fallback = "-1", .since = "1.9.0"},
	{"selection-end", SCHEMA_NUMBER, .fallback = "-1", .since = "1.9.0"},
	{"adjust-position", SCHEMA_BOOL, .fallback = "true", .since = "1.9.90"},
	{0},
};

struct field {
	struct strbuf text;
	int cursor; // UTF-16 units
	bool focused;
	struct node *line, *hint; // inner elements, each with one text node
};

static struct node *add_inner(struct node *parent, const char *tag)
{
	struct node *element = node_create(parent->tree, NODE_ELEMENT, atom_of(tag));
	node_insert(parent, element, NULL);
	return element;
}

static void created(struct component_host *host, struct node *node)
{
	struct field *field = mem_alloc(sizeof(*field));
	node->state_data = field;
	struct node *wrapper = add_inner(node_attach_shadow(node), "mina-input-wrapper");
	field->hint = add_inner(wrapper, "mina-input-placeholder");
	field->line = add_inner(wrapper, "mina-input-line");
	field->hint->scope = node->scope; // placeholder-class is the page's class
	node_insert(field->hint, node_create(node->tree, NODE_TEXT, 0), NULL);
	node_insert(field->line, node_create(node->tree, NODE_TEXT, 0), NULL);
}

static void destroyed(struct component_host *host, struct node *node)
{
	struct field *field = node->state_data;
	strbuf_finish(&field->text);
	mem_free(field);
	node->state_data = NULL;
}

static void set_text(struct node *element, struct value text)
{
	node_set_text(element->first, text);
	value_unref(text);
}

/* A password is shown as one dot a code point. An empty line keeps its height by a zero-width space. */
static void show(struct node *node)
{
	struct field *field = node->state_data;
	struct str text = strbuf_str(&field->text);
	struct strbuf shown = {0};
	if (component_flag(node, "password")) {
		for (size_t pos = 0; pos < text.len;) {
			str_utf8_next(text, &pos);
			strbuf_add_text(&shown, "\u2022");
		}
	} else {
		strbuf_add(&shown, text);
	}
	if (!shown.len) {
		strbuf_add_text(&shown, "\u200b");
	}
	set_text(field->line, value_take(&shown));
	struct strbuf hint = {0};
	value_to_text(node_attr_text(node, "placeholder"), &hint);
	set_text(field->hint, value_take(&hint));
	node_set_attr(field->hint, atom_of("hidden"), text.len ? value_bool(true) : value_undefined());
	struct str given = component_text(node, "placeholder-class");
	field->hint->scope = node->scope;
	node_set_classes(field->hint, given.len ? given : STR("input-placeholder"));
	node_set_style(field->hint, node_attr_text(node, "placeholder-style"));
}

/* Cuts at maxlength UTF-16 units, never inside a character. */
static struct str cut(const struct node *node, struct str text)
{
	double max = component_number(node, "maxlength", 140);
	size_t units = 0, pos = 0;
	while (max >= 0 && pos < text.len) {
		size_t before = pos;
		units += str_utf8_next(text, &pos) > 0xffff ? 2 : 1;
		if ((double)units > max) {
			return str_slice(text, 0, before);
		}
	}
	return text;
}

static void changed(struct component_host *host, struct node *node, atom_t name)
{
	struct field *field = node->state_data;
	struct str which = atom_str(name);
	if (!name || str_is(which, "value")) {
		struct value value = node_attr_text(node, "value");
		strbuf_clear(&field->text);
		if (!value_is_nullish(value)) {
			struct strbuf text = {0};
			value_to_text(value, &text);
			strbuf_add(&field->text, cut(node, strbuf_str(&text)));
			strbuf_finish(&text);
		}
		field->cursor = (int)str_utf16_len(strbuf_str(&field->text));
	}
	node_set_state(node, NODE_DISABLED, component_flag(node, "disabled"));
	show(node);
	bool asks = component_flag(node, "focus") || (!name && component_flag(node, "auto-focus"));
	if ((!name || str_is(which, "focus")) && asks != field->focused) {
		host->focus(host, asks ? node : NULL);
	}
}

static struct value detail_of(const struct field *field, bool cursor)
{
	struct value detail = value_object_new(2);
	value_object_set_text(&detail, "value", value_string(strbuf_str(&field->text)));
	if (cursor) {
		value_object_set_text(&detail, "cursor", value_number(field->cursor));
	}
	return detail;
}

static void typed(struct component_host *host, struct node *node, struct str text, int cursor)
{
	struct field *field = node->state_data;
	struct strbuf next = {0};
	strbuf_add(&next, cut(node, text));
	strbuf_finish(&field->text);
	field->text = next;
	field->cursor = int_min(cursor, (int)str_utf16_len(strbuf_str(&next)));
	show(node);
	host->emit(host, node, "input", detail_of(field, true));
}

static void confirmed(struct component_host *host, struct node *node)
{
	host->emit(host, node, "confirm", detail_of(node->state_data, false));
	if (!component_flag(node, "confirm-hold")) {
		host->focus(host, NULL);
	}
}

static void focused(struct component_host *host, struct node *node, bool on)
{
	struct field *field = node->state_data;
	field->focused = on;
	host->emit(host, node, on ? "focus" : "blur", detail_of(field, false));
}

static void tapped(struct component_host *host, struct node *node, const struct component_tap *tap)
{
	if (!component_flag(node, "disabled")) {
		host->focus(host, node);
	}
}

static struct value value(struct component_host *host, const struct node *node)
{
	const struct field *field = node->state_data;
	return value_string(strbuf_str(&field->text));
}

static void reset(struct component_host *host, struct node *node)
{
	struct field *field = node->state_data;
	strbuf_clear(&field->text);
	field->cursor = 0;
	show(node);
}

const struct component component_input = {
	.tag = "input",
	.doc = "A line of text that a person types (输入框).",
	.attributes = attributes,
	.events = "input|focus|blur|confirm|keyboardheightchange",
	.style = "input { display: block; height: 1.4rem; min-height: 1.4rem; overflow: hidden; white-space: nowrap }\n"
		"mina-input-wrapper { display: flex; position: relative; width: 100%; height: 100%; flex-direction: column;"
		" justify-content: center }\n"
		/* As wide as HTML's where its content decides, and as narrow as need be. */
		"mina-input-wrapper::after { content: '00000000000000000000'; height: 0; overflow: hidden; visibility: hidden;"
		" word-break: break-all; white-space: normal; text-indent: 0 }\n"
		"mina-input-line { display: block; flex: none; width: 100%; white-space: pre; overflow: hidden }\n"
		"mina-input-placeholder { display: block; position: absolute; left: 0; width: 100%; color: gray;"
		" overflow: hidden; white-space: pre; pointer-events: none }\n",
	.flags = COMPONENT_CONTROL,
	.created = created,
	.destroyed = destroyed,
	.changed = changed,
	.tapped = tapped,
	.typed = typed,
	.confirmed = confirmed,
	.focused = focused,
	.value = value,
	.reset = reset,
};
