/* <navigator>: a tap opens a page. */
#include "runtime/component/list.h"

static const struct schema attributes[] = {
	{"url", SCHEMA_STRING, .doc = "page in this mini program, relative or absolute"},
	{"open-type", SCHEMA_STRING, .fallback = "\"navigate\"",
		.choices = "navigate|redirect|switchTab|reLaunch|navigateBack|exit"},
	{"delta", SCHEMA_NUMBER, .fallback = "1", .doc = "pages to go back, for navigateBack"},
	{"target", SCHEMA_STRING, .fallback = "\"self\"", .choices = "self|miniProgram", .since = "2.0.7"},
	{"app-id", SCHEMA_STRING, .since = "2.0.7"},
	{"path", SCHEMA_STRING, .since = "2.0.7"},
	{"extra-data", SCHEMA_OBJECT, .since = "2.0.7"},
	{"version", SCHEMA_STRING, .since = "2.0.7"},
	{"hover-class", SCHEMA_STRING, .fallback = "\"navigator-hover\"", .doc = "class while pressed; none: no effect"},
	{"hover-stop-propagation", SCHEMA_BOOL, .fallback = "false", .since = "1.5.0"},
	{"hover-start-time", SCHEMA_NUMBER, .fallback = "50", .doc = "ms"},
	{"hover-stay-time", SCHEMA_NUMBER, .fallback = "600", .doc = "ms"},
	{0},
};

static void tapped(struct component_host *host, struct node *node, const struct component_tap *tap)
{
	struct str open_type = component_text(node, "open-type");
	struct value data = value_object_new(4);
	value_object_set_text(&data, "openType", open_type.len ? value_string(open_type) : value_text("navigate"));
	value_object_set_text(&data, "url", value_string(component_text(node, "url")));
	value_object_set_text(&data, "delta", value_number(component_number(node, "delta", 1)));
	if (str_is(component_text(node, "target"), "miniProgram")) {
		value_object_set_text(&data, "target", value_text("miniProgram"));
		value_object_set_text(&data, "appId", value_string(component_text(node, "app-id")));
		value_object_set_text(&data, "path", value_string(component_text(node, "path")));
		value_object_set_text(&data, "extraData", value_ref(node_attr_text(node, "extra-data")));
	}
	host->intent(host, node, "navigate", data);
}

const struct component component_navigator = {
	.tag = "navigator",
	.doc = "A link to a page (页面链接).",
	.attributes = attributes,
	.events = "success|fail|complete",
	.style = "navigator { display: block }\n"
		".navigator-hover { background-color: rgba(0, 0, 0, 0.1); opacity: 0.7 }\n",
	.flags = COMPONENT_HOVER,
	.hover_class = "navigator-hover",
	.hover_start_ms = 50,
	.hover_stay_ms = 600,
	.tapped = tapped,
};
