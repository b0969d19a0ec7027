/* <view>: a block, and what it looks like while pressed. */
#include "runtime/component/list.h"

static const struct schema attributes[] = {
	{"hover-class", SCHEMA_STRING, .fallback = "\"none\"", .doc = "class while pressed; none: no effect"},
	{"hover-stop-propagation", SCHEMA_BOOL, .fallback = "false", .since = "1.5.0", .doc = "ancestors do not look pressed"},
	{"hover-start-time", SCHEMA_NUMBER, .fallback = "50", .doc = "ms until the class is set"},
	{"hover-stay-time", SCHEMA_NUMBER, .fallback = "400", .doc = "ms the class stays after release"},
	{0},
};

const struct component component_view = {
	.tag = "view",
	.doc = "A block container (视图容器).",
	.attributes = attributes,
	.style = "view { display: block }\n",
	.flags = COMPONENT_HOVER,
	.hover_start_ms = 50,
	.hover_stay_ms = 400,
};
