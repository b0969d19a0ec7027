/* <share-element>: a part of the page that would fly over to the one of the same key when the page changes. Pages change
 * without motion here: it is a box. */
#include "runtime/component/list.h"

static const struct schema attributes[] = {
	{"key", SCHEMA_STRING, .doc = "those of one key belong together"},
	{"transform", SCHEMA_BOOL, .fallback = "false", .doc = "it moves with the page's change"},
	{"duration", SCHEMA_NUMBER, .fallback = "300", .doc = "ms"},
	{"easing-function", SCHEMA_STRING, .fallback = "\"ease-out\""},
	{0},
};

const struct component component_share_element = {
	.tag = "share-element",
	.since = "2.16.0",
	.doc = "A part that two pages share (共享元素).",
	.attributes = attributes,
	.style = "share-element { display: block }\n",
};
