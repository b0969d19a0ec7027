/* <button>: its look by type, size and state, and what a tap asks the app for. */
#include "runtime/component/form.h"
#include "runtime/component/list.h"

static const struct schema attributes[] = {
	{"size", SCHEMA_STRING, .fallback = "\"default\"", .choices = "default|mini"},
	{"type", SCHEMA_STRING, .fallback = "\"default\"", .choices = "primary|default|warn"},
	{"plain", SCHEMA_BOOL, .fallback = "false", .doc = "hollow, transparent background"},
	{"disabled", SCHEMA_BOOL, .fallback = "false"},
	{"loading", SCHEMA_BOOL, .fallback = "false", .doc = "a turning circle before the label"},
	{"form-type", SCHEMA_STRING, .choices = "submit|reset", .doc = "what a tap does to the form around it"},
	{"open-type", SCHEMA_STRING,
		.choices = "contact|share|getPhoneNumber|getUserInfo|launchApp|openSetting|feedback|chooseAvatar|getRealtimePhoneNumber",
		.choices_since = "1.1.0|1.2.0|1.2.0|1.3.0|1.9.5|2.0.7|2.1.0|2.21.2|2.24.4",
		.since = "1.1.0", .doc = "open capability"},
	{"hover-class", SCHEMA_STRING, .fallback = "\"button-hover\"", .doc = "class while pressed; none: no effect"},
	{"hover-stop-propagation", SCHEMA_BOOL, .fallback = "false", .since = "1.5.0"},
	{"hover-start-time", SCHEMA_NUMBER, .fallback = "20", .doc = "ms"},
	{"hover-stay-time", SCHEMA_NUMBER, .fallback = "70", .doc = "ms"},
	{"lang", SCHEMA_STRING, .fallback = "\"en\"", .choices = "en|zh_CN|zh_TW", .since = "1.3.0"},
	{"session-from", SCHEMA_STRING, .since = "1.4.0"},
	{"send-message-title", SCHEMA_STRING, .since = "1.5.0"},
	{"send-message-path", SCHEMA_STRING, .since = "1.5.0"},
	{"send-message-img", SCHEMA_STRING, .since = "1.5.0"},
	{"show-message-card", SCHEMA_BOOL, .fallback = "false", .since = "1.5.0"},
	{"app-parameter", SCHEMA_STRING, .since = "1.9.5"},
	{0},
};

/* An open type with what the attributes say to it. */
static void ask(struct component_host *host, struct node *node, struct str open_type)
{
	static const char *const told[][2] = {{"lang", "lang"}, {"sessionFrom", "session-from"}, {"messageTitle", "send-message-title"},
		{"messagePath", "send-message-path"}, {"messageImg", "send-message-img"}, {"showMessageCard", "show-message-card"},
		{"appParameter", "app-parameter"}};
	struct value data = value_object_new(2);
	value_object_set_text(&data, "openType", value_string(open_type));
	for (size_t i = 0; i < ARRAY_LEN(told); i++) {
		struct value given = node_attr_text(node, told[i][1]);
		if (!value_is(given, VALUE_UNDEFINED)) {
			value_object_set_text(&data, told[i][0], value_ref(given));
		}
	}
	host->intent(host, node, "open", data);
}

/* A form around the button gets the tap's meaning; an open type goes to the host. */
static void tapped(struct component_host *host, struct node *node, const struct component_tap *tap)
{
	if (component_flag(node, "disabled")) {
		return;
	}
	struct str open_type = component_text(node, "open-type");
	if (open_type.len) {
		ask(host, node, open_type);
	}
	struct value form_type = node_attr_text(node, "form-type");
	if (!value_str(form_type).len) {
		form_type = node_attr_text(node, "formType");
	}
	if (value_str(form_type).len) {
		form_press(host, node, value_str(form_type));
	}
}

/* Sources: doc (attributes, hover), uni and weui for the values; primary is unsourced. */
static const char style[] =
	"button { position: relative; display: block; margin-left: auto; margin-right: auto; padding-left: 14px;"
	" padding-right: 14px; box-sizing: border-box; font-size: 18px; text-align: center; text-decoration: none;"
	" line-height: 2.55555556; border-radius: 5px; overflow: hidden; color: #000; background-color: #f8f8f8 }\n"
	"button::after { content: ' '; width: 200%; height: 200%; position: absolute; top: 0; left: 0;"
	" border: 1px solid rgba(0,0,0,.2); transform: scale(.5); transform-origin: 0 0; box-sizing: border-box;"
	" border-radius: 10px }\n"
	"button[type=primary] { color: #fff; background-color: #1aad19 }\n"
	"button[type=warn] { color: #fff; background-color: #e64340 }\n"
	"button[disabled] { color: rgba(255,255,255,.6) }\n"
	"button[disabled]:not([type]), button[disabled][type=default] { color: rgba(0,0,0,.3); background-color: #f7f7f7 }\n"
	"button[disabled][type=primary] { background-color: #9ed99d }\n"
	"button[disabled][type=warn] { background-color: #ec8b89 }\n"
	"button[plain] { color: #353535; border: 1px solid #353535; background-color: transparent }\n"
	"button[plain][type=primary] { color: #1aad19; border-color: #1aad19; background-color: transparent }\n"
	"button[plain][type=warn] { color: #e64340; border-color: #e64340 }\n"
	"button[plain][disabled] { color: rgba(0,0,0,.2); border-color: rgba(0,0,0,.2) }\n"
	"button[plain]::after { border-width: 0 }\n"
	"button[size=mini] { display: inline-block; line-height: 2.3; font-size: 13px; padding: 0 1.34em }\n"
	"button[loading]::before { content: ' '; display: inline-block; width: 18px; height: 18px; vertical-align: middle;"
	" box-sizing: border-box; border: 2px solid currentColor; border-right-color: transparent; border-radius: 50%;"
	" animation: wx-button-loading 1s steps(12, end) infinite }\n"
	"@keyframes wx-button-loading { from { transform: rotate(0deg) } to { transform: rotate(360deg) } }\n"
	".button-hover { background-color: rgba(0, 0, 0, 0.1); opacity: 0.7 }\n";

static const char style_v2[] =
	"button { font-weight: 700; font-size: 17px; line-height: 1.41176471; padding: 8px 24px; border-radius: 4px;"
	" color: #06ae56; background-color: #f2f2f2 }\n"
	"button:not([size=mini]) { width: 184px }\n"
	"button::after { border-width: 0 }\n"
	"button[type=primary] { color: #fff; background-color: #07c160 }\n"
	"button[type=warn] { color: #fa5151; background-color: #f2f2f2 }\n"
	"button[disabled], button[disabled][type] { color: rgba(0,0,0,.18); background-color: rgba(0,0,0,.03) }\n"
	"button[plain], button[plain][type] { background-color: transparent }\n"
	"button[plain][type=primary] { color: #06ae56; border-color: #06ae56 }\n"
	"button[size=mini] { font-size: 16px; line-height: 2; padding: 0 12px }\n";

const struct component component_button = {
	.tag = "button",
	.doc = "A button (按钮), the only way to several open capabilities such as share (转发).",
	.attributes = attributes,
	.events = "getuserinfo|contact|getphonenumber|getrealtimephonenumber|error|opensetting|launchapp|chooseavatar",
	.style = style,
	.style_v2 = style_v2,
	.flags = COMPONENT_HOVER | COMPONENT_CONTROL | COMPONENT_MUTE | COMPONENT_TAPS,
	.hover_class = "button-hover",
	.hover_start_ms = 20,
	.hover_stay_ms = 70,
	.tapped = tapped,
};
