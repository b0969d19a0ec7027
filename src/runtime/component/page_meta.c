/* <page-meta>: properties of the page that stand in its template: the root font size and a style. */
#include "runtime/component/list.h"

/* The reader's text size as WeUI's values assume it (unsourced). */
#define SYSTEM_FONT_SIZE 17

static const struct schema attributes[] = {
	{"root-font-size", SCHEMA_STRING, .since = "2.9.0", .doc = "of rem: \"20px\", or system"},
	{"page-font-size", SCHEMA_STRING, .since = "2.11.0"},
	{"page-style", SCHEMA_STRING, .since = "2.9.0", .doc = "style of the page element"},
	{"background-color", SCHEMA_COLOR, .since = "2.9.0"},
	{"background-text-style", SCHEMA_STRING, .since = "2.9.0"},
	{"root-background-color", SCHEMA_COLOR, .since = "2.9.0"},
	{"scroll-top", SCHEMA_STRING, .since = "2.9.0"},
	{"scroll-duration", SCHEMA_NUMBER, .since = "2.9.0"},
	{0},
};

static void changed(struct component_host *host, struct node *node, atom_t name)
{
	struct str size = component_text(node, "root-font-size");
	double px = str_is(size, "system") ? SYSTEM_FONT_SIZE : component_length(host, node, "root-font-size", 16);
	host->page_meta(host, (float)fmax(1, fmin(px, 200)), node_attr_text(node, "page-style"));
}

const struct component component_page_meta = {
	.tag = "page-meta",
	.since = "2.9.0",
	.doc = "Properties of the page (页面属性配置节点); the first node of a page.",
	.attributes = attributes,
	.events = "resize|scroll|scrolldone",
	.style = "page-meta { display: none }\n",
	.changed = changed,
};
