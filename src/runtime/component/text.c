/* <text>: inline text whose line feeds break lines. What `space` and `decode` ask for is done to
 * its text nodes: the source text is kept, so that a later change finds it again. */
#include "runtime/component/list.h"

static const struct schema attributes[] = {
	{"selectable", SCHEMA_BOOL, .fallback = "false", .since = "1.1.0", .doc = "a person may select the text"},
	{"user-select", SCHEMA_BOOL, .fallback = "false", .since = "2.12.1", .doc = "as selectable, and inline-block"},
	{"space", SCHEMA_STRING, .choices = "ensp|emsp|nbsp", .since = "1.4.0", .doc = "shows consecutive spaces, this wide"},
	{"decode", SCHEMA_BOOL, .fallback = "false", .since = "1.4.0", .doc = "decodes &nbsp; &lt; &gt; &amp; &apos; &ensp; &emsp;"},
	{0},
};

/* white-space: pre-line is what the framework's own H5 style has; `space` keeps the spaces. */
const struct component component_text_row = {
	.tag = "text",
	.doc = "Text; the only element whose text can be selected.",
	.attributes = attributes,
	.style = "text { white-space: pre-line }\n"
		"text[space] { white-space: pre-wrap }\n"
		"text[user-select] { display: inline-block }\n",
};
