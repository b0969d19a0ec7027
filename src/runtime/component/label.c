/* <label>: a tap on it is a tap on the control it stands for: the one named by `for`, else the
 * first inside. */
#include "runtime/component/list.h"

static const struct schema attributes[] = {
	{"for", SCHEMA_STRING, .doc = "id of the control"},
	{0},
};

static bool is_control(const struct node *node)
{
	return node->component && (node->component->flags & COMPONENT_CONTROL);
}

static const struct node *root_of(const struct node *node)
{
	while (node->parent) {
		node = node->parent;
	}
	return node;
}

/* ident 0: any control. An id is one of the label's own template. */
static struct node *find(const struct node *label, struct node *node, atom_t ident)
{
	for (struct node *child = node_flat_first(node); child; child = node_flat_next(child)) {
		bool fits = is_control(child) && (!ident || (child->ident == ident && root_of(child) == root_of(label)));
		struct node *hit = fits ? child : find(label, child, ident);
		if (hit) {
			return hit;
		}
	}
	return NULL;
}

static void tapped(struct component_host *host, struct node *node, const struct component_tap *tap)
{
	struct str name = component_text(node, "for");
	atom_t ident = name.len ? atom_find(name) : 0;
	struct node *control = name.len && !ident ? NULL : find(node, name.len ? node->tree->root : node, ident);
	if (control && control->component->flags & COMPONENT_TAPS && !component_flag(control, "disabled")) {
		host->tap(host, control, tap);
	}
	if (control && control->component->tapped) {
		control->component->tapped(host, control, tap);
	}
}

const struct component component_label = {
	.tag = "label",
	.doc = "Text that belongs to a control (标签).",
	.attributes = attributes,
	.tapped = tapped,
};
