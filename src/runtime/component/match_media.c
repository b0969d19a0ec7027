/* <match-media>: shows what is in it while the page has a certain size. */
#include "runtime/component/list.h"

static const struct schema attributes[] = {
	{"min-width", SCHEMA_NUMBER, .doc = "of the page, CSS px"},
	{"max-width", SCHEMA_NUMBER},
	{"width", SCHEMA_NUMBER},
	{"min-height", SCHEMA_NUMBER},
	{"max-height", SCHEMA_NUMBER},
	{"height", SCHEMA_NUMBER},
	{"orientation", SCHEMA_STRING, .choices = "landscape|portrait"},
	{0},
};

/* What is not asked for fits. */
static bool fits_number(const struct node *node, const char *min, const char *max, const char *exact, double number)
{
	double wanted = component_number(node, exact, NAN);
	return component_number(node, min, -INFINITY) <= number && number <= component_number(node, max, INFINITY)
		&& (isnan(wanted) || wanted == number);
}

static bool fits(const struct component_host *host, const struct node *node)
{
	struct size page = host->viewport;
	struct str orientation = component_text(node, "orientation");
	bool landscape = page.width > page.height;
	bool turned = str_is(orientation, "landscape") ? landscape : str_is(orientation, "portrait") ? !landscape : true;
	return turned && fits_number(node, "min-width", "max-width", "width", page.width)
		&& fits_number(node, "min-height", "max-height", "height", page.height);
}

static void look(struct component_host *host, struct node *node)
{
	struct value style = value_text(fits(host, node) ? "" : "display:none");
	node_set_style(node->shadow->first, style);
	value_unref(style);
}

static void created(struct component_host *host, struct node *node)
{
	struct node *inner = node_create(node->tree, NODE_ELEMENT, atom_of("mina-media"));
	node_insert(node_attach_shadow(node), inner, NULL);
	node_insert(inner, node_create(node->tree, NODE_SLOT, atom_of("slot")), NULL);
}

static void changed(struct component_host *host, struct node *node, atom_t name)
{
	look(host, node);
}

const struct component component_match_media = {
	.tag = "match-media",
	.since = "2.11.1",
	.doc = "Shows what is in it while the page's size fits (媒体查询匹配检测节点).",
	.attributes = attributes,
	.style = "match-media { display: block }\n"
		"mina-media { display: contents }\n",
	.created = created,
	.changed = changed,
	.laid_out = look,
};
