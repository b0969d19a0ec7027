/* <swiper-item>: one slide; the swiper places it (swiper.c). */
#include "runtime/component/list.h"

static const struct schema attributes[] = {
	{"item-id", SCHEMA_STRING, .fallback = "\"\"", .since = "1.9.0", .doc = "what current-item-id names"},
	{"skip-hidden-item-layout", SCHEMA_BOOL, .fallback = "false", .since = "1.9.0"},
	{0},
};

const struct component component_swiper_item = {
	.tag = "swiper-item",
	.doc = "One slide of a swiper, as large as it.",
	.attributes = attributes,
	.style = "swiper-item { display: block; overflow: hidden; position: absolute; width: 100%; height: 100% }\n",
};
