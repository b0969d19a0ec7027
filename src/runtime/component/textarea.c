/* <textarea>: lines of text; as high as they are with auto-height. */
#include "runtime/component/field.h"
#include "runtime/component/list.h"

static const struct schema attributes[] = {
	FIELD_ATTRIBUTES("\"textarea-placeholder\""),
	{"auto-height", SCHEMA_BOOL, .fallback = "false", .doc = "as high as its lines; its own height does not count"},
	{"fixed", SCHEMA_BOOL, .fallback = "false", .doc = "for one in position: fixed; it always scrolls with what it is in here"},
	{"show-confirm-bar", SCHEMA_BOOL, .fallback = "true", .since = "1.6.0", .doc = "a bar with 完成 on the keyboard"},
	{"disable-default-padding", SCHEMA_BOOL, .fallback = "false", .since = "2.10.0", .doc = "of iOS; there is none here"},
	{"confirm-type", SCHEMA_STRING, .fallback = "\"return\"", .choices = "send|search|next|go|done|return", .since = "2.13.0"},
	{"confirm-hold", SCHEMA_BOOL, .fallback = "false", .since = "2.16.0", .doc = "the confirm key leaves the keyboard"},
	{"adjust-keyboard-to", SCHEMA_STRING, .fallback = "\"cursor\"", .choices = "cursor|bottom", .since = "2.16.1",
		.doc = "what the keyboard leaves to be seen"},
	{0},
};

static void created(struct component_host *host, struct node *node)
{
	struct node *wrapper = node_create(node->tree, NODE_ELEMENT, atom_of("mina-textarea-wrapper"));
	node_insert(node_attach_shadow(node), wrapper, NULL);
	field_create(node, wrapper, true);
}

static void changed(struct component_host *host, struct node *node, atom_t name)
{
	if (!name || str_is(atom_str(name), "auto-height")) {
		struct value style = component_flag(node, "auto-height") ? value_text("height:auto") : value_undefined();
		node_set_placed_style(node, style);
		value_unref(style);
	}
	field_changed(host, node, name);
}

static struct value keyboard(struct component_host *host, const struct node *node)
{
	struct value data = field_keyboard(host, node), bar = node_attr_text(node, "show-confirm-bar");
	value_object_set_text(&data, "showConfirmBar", value_bool(value_is(bar, VALUE_UNDEFINED) || value_to_bool(bar)));
	return data;
}

/* As long as the text is, which is not what the area shows of it. */
static void laid_out(struct component_host *host, struct node *node)
{
	struct field *field = node->state_data;
	field_laid_out(host, node);
	const struct box *box = field->line->box;
	if (!box || !box->line_count || ((int)box->line_count == field->lines && box->rect.height == field->height)) {
		return;
	}
	bool other = (int)box->line_count != field->lines;
	field->lines = (int)box->line_count;
	field->height = box->rect.height;
	if (other) {
		struct value detail = value_object_new(4);
		value_object_set_text(&detail, "height", value_number(field->height));
		value_object_set_text(&detail, "heightRpx", value_number(field->height * 750 / float_max(1, host->viewport.width)));
		value_object_set_text(&detail, "lineCount", value_number(field->lines));
		value_object_set_text(&detail, "lineHeight", value_number(box->lines[0].rect.height));
		host->emit(host, node, "linechange", detail);
	}
}

const struct component component_textarea = {
	.tag = "textarea",
	.doc = "Lines of text that a person types (多行输入框).",
	.attributes = attributes,
	.events = FIELD_EVENTS "|linechange",
	.style = "textarea { display: block; position: relative; width: 300px; height: 150px; word-break: break-all }\n"
		"mina-textarea-wrapper { display: block; position: relative; width: 100%; height: 100% }\n"
		"mina-textarea-area { display: block; width: 100%; height: 100%; overflow-x: hidden; overflow-y: auto }\n"
		"mina-textarea-text { display: block; white-space: pre-wrap }\n"
		"mina-textarea-placeholder { display: block; position: absolute; left: 0; top: 0; width: 100%; color: gray;"
		" overflow: hidden; white-space: pre-wrap; word-break: break-all; pointer-events: none }\n",
	.flags = COMPONENT_CONTROL,
	.created = created,
	.destroyed = field_destroyed,
	.changed = changed,
	.tapped = field_tapped,
	.laid_out = laid_out,
	.typed = field_typed,
	.confirmed = field_confirmed,
	.focused = field_focused,
	.keyboard = keyboard,
	.lift = field_lift,
	.asked = field_asked,
	.value = field_value,
	.reset = field_reset,
};
