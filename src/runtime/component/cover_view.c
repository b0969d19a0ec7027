/* <cover-view>: text and boxes above what other hosts draw outside of the page; here nothing is, and it is a view with the
 * documented defaults. */
#include "runtime/component/list.h"

static const struct schema attributes[] = {
	{"scroll-top", SCHEMA_NUMBER, .since = "2.1.0", .doc = "offset where overflow-y is scroll, CSS px"},
	{"marker-id", SCHEMA_STRING, .since = "2.12.0", .doc = "of the map's marker whose callout it is"},
	{0},
};

struct cover {
	double to; // NAN: nothing waits
};

static void created(struct component_host *host, struct node *node)
{
	struct cover *cover = mem_alloc(sizeof(*cover));
	cover->to = NAN;
	node->state_data = cover;
}

static void destroyed(struct component_host *host, struct node *node)
{
	mem_free(node->state_data);
	node->state_data = NULL;
}

static void changed(struct component_host *host, struct node *node, atom_t name)
{
	struct cover *cover = node->state_data;
	if (!name || str_is(atom_str(name), "scroll-top")) {
		cover->to = component_length(host, node, "scroll-top", NAN);
	}
}

static void laid_out(struct component_host *host, struct node *node)
{
	struct cover *cover = node->state_data;
	if (!isnan(cover->to) && node->box && node->box->scrolls) {
		host->scroll(host, node, (struct point){node->scroll.x, (float)cover->to}, false);
		cover->to = NAN;
	}
}

const struct component component_cover_view = {
	.tag = "cover-view",
	.since = "1.4.0",
	.doc = "A view above native components (覆盖在原生组件之上的文本视图).",
	.attributes = attributes,
	.style = "cover-view { display: block; line-height: 1.2; white-space: nowrap }\n",
	.created = created,
	.destroyed = destroyed,
	.changed = changed,
	.laid_out = laid_out,
};
