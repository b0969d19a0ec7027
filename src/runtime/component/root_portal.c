/* <root-portal>: what is in it stands at the end of the page, out of everything that is around it. */
#include "runtime/component/list.h"

static const struct schema attributes[] = {
	{"enable", SCHEMA_BOOL, .fallback = "true", .doc = "false: it stays where it is"},
	{0},
};

static void changed(struct component_host *host, struct node *node, atom_t name)
{
	struct value enable = node_attr_text(node, "enable");
	node_set_displaced(node, value_is(enable, VALUE_UNDEFINED) || value_to_bool(enable));
}

const struct component component_root_portal = {
	.tag = "root-portal",
	.since = "2.25.2",
	.doc = "Takes its content out of the page (根部入口).",
	.attributes = attributes,
	.style = "root-portal { display: contents }\n",
	.changed = changed,
};
