/* <input>: one line of text with a placeholder. */
#include "runtime/component/field.h"
#include "runtime/component/list.h"

static const struct schema attributes[] = {
	FIELD_ATTRIBUTES("\"input-placeholder\""),
	{"type", SCHEMA_STRING, .fallback = "\"text\"", .choices = "text|number|idcard|digit|safe-password|nickname",
		.choices_since = "||||2.18.0|2.21.2", .doc = "which keyboard"},
	{"password", SCHEMA_BOOL, .fallback = "false"},
	{"confirm-type", SCHEMA_STRING, .fallback = "\"done\"", .choices = "send|search|next|go|done", .since = "1.1.0",
		.doc = "what the keyboard's key at the lower right says, for type text"},
	{"confirm-hold", SCHEMA_BOOL, .fallback = "false", .since = "1.1.0", .doc = "the confirm key leaves the keyboard"},
	{"always-embed", SCHEMA_BOOL, .fallback = "false", .since = "2.10.4", .doc = "it always is in the page here"},
	{"safe-password-cert-path", SCHEMA_STRING, .since = "2.18.0"},
	{"safe-password-length", SCHEMA_NUMBER, .since = "2.18.0"},
	{"safe-password-time-stamp", SCHEMA_NUMBER, .since = "2.18.0"},
	{"safe-password-nonce", SCHEMA_STRING, .since = "2.18.0"},
	{"safe-password-salt", SCHEMA_STRING, .since = "2.18.0"},
	{"safe-password-custom-hash", SCHEMA_STRING, .since = "2.18.0"},
	{0},
};

static void created(struct component_host *host, struct node *node)
{
	struct node *wrapper = node_create(node->tree, NODE_ELEMENT, atom_of("mina-input-wrapper"));
	node_insert(node_attach_shadow(node), wrapper, NULL);
	field_create(node, wrapper, false);
}

/* A nickname (昵称) is looked at by the platform when it is done. */
static void focused(struct component_host *host, struct node *node, bool on)
{
	field_focused(host, node, on);
	if (!on && str_is(component_text(node, "type"), "nickname") && field_text(node).len) {
		struct value data = value_object_new(1);
		value_object_set_text(&data, "nickname", value_string(field_text(node)));
		host->intent(host, node, "nickname", data);
	}
}

static void answered(struct component_host *host, struct node *node, struct value answer)
{
	bool pass = value_to_bool(value_get_text(answer, "pass")), timeout = value_to_bool(value_get_text(answer, "timeout"));
	if (!pass && !timeout) {
		field_set_text(host, node, STR(""), -1);
	}
	struct value detail = value_object_new(2);
	value_object_set_text(&detail, "pass", value_bool(pass));
	value_object_set_text(&detail, "timeout", value_bool(timeout));
	host->emit(host, node, "nicknamereview", detail);
}

const struct component component_input = {
	.tag = "input",
	.doc = "A line of text that a person types (输入框).",
	.attributes = attributes,
	.events = FIELD_EVENTS "|nicknamereview",
	.style = "input { display: block; height: 1.4rem; min-height: 1.4rem; overflow: hidden; white-space: nowrap }\n"
		"mina-input-wrapper { display: flex; position: relative; width: 100%; height: 100%; flex-direction: column;"
		" justify-content: center }\n"
		/* As wide as HTML's where its content decides, and as narrow as need be. */
		"mina-input-wrapper::after { content: '00000000000000000000'; height: 0; overflow: hidden; visibility: hidden;"
		" word-break: break-all; white-space: normal; text-indent: 0 }\n"
		"mina-input-line { display: block; flex: none; width: 100%; white-space: pre; overflow: hidden }\n"
		"mina-input-placeholder { display: block; position: absolute; left: 0; width: 100%; color: gray;"
		" overflow: hidden; white-space: pre; pointer-events: none }\n"
		"mina-field-caret { display: block; position: absolute; left: 0; top: 0; width: 100%; height: 100%;"
		" pointer-events: none }\n"
		"mina-field-aside { display: block; position: absolute; width: 0; height: 0; overflow: hidden }\n",
	.flags = COMPONENT_CONTROL,
	.created = created,
	.destroyed = field_destroyed,
	.changed = field_changed,
	.tapped = field_tapped,
	.laid_out = field_laid_out,
	.typed = field_typed,
	.confirmed = field_confirmed,
	.focused = focused,
	.keyboard = field_keyboard,
	.lift = field_lift,
	.asked = field_asked,
	.answered = answered,
	.value = field_value,
	.reset = field_reset,
};
