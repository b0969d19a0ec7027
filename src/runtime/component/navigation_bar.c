/* <navigation-bar>: the navigation bar's looks as a child of page-meta; what it has no attribute for stays as it is. */
#include "runtime/component/list.h"

static const struct schema attributes[] = {
	{"title", SCHEMA_STRING},
	{"loading", SCHEMA_BOOL, .fallback = "false"},
	{"front-color", SCHEMA_STRING, .choices = "#ffffff|#000000"},
	{"background-color", SCHEMA_COLOR},
	{"color-animation-duration", SCHEMA_NUMBER, .fallback = "0", .doc = "ms until the colours are there"},
	{"color-animation-timing-func", SCHEMA_STRING, .fallback = "\"linear\"", .choices = "linear|easeIn|easeOut|easeInOut"},
	{0},
};

static void changed(struct component_host *host, struct node *node, atom_t name)
{
	static const char *const names[][2] = {{"title", "title"}, {"loading", "loading"}, {"front-color", "frontColor"},
		{"background-color", "backgroundColor"}, {"color-animation-duration", "duration"},
		{"color-animation-timing-func", "timingFunc"}};
	struct value data = value_object_new(ARRAY_LEN(names));
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct value value = node_attr_text(node, names[i][0]);
		if (!value_is_nullish(value)) {
			value_object_set_text(&data, names[i][1], value_ref(value));
		}
	}
	host->intent(host, node, "navigationBar", data);
}

const struct component component_navigation_bar = {
	.tag = "navigation-bar",
	.since = "2.9.0",
	.doc = "The navigation bar, in page-meta (页面导航条配置节点).",
	.attributes = attributes,
	.style = "navigation-bar { display: none }\n",
	.changed = changed,
};
