/* Brings computed styles up to date: walks only what is marked, from the page down the flat tree,
 * and turns each style's difference into layout, box and paint marks. */
#include "runtime/view/inside.h"

#define DEPTH_MAX 1200 // deeper nodes keep no style, and so no box

static bool assign_slots_of(struct node *node)
{
	if (node->shadow && (node->dirty & NODE_DIRTY_BOX || node->shadow->dirty & NODE_DIRTY_BOX)) {
		node_assign_slots(node, false);
		return true;
	}
	return false;
}

/* Replaces *slot by `style` (a reference is consumed, NULL is none) and gives the marks that the
 * change asks for. */
static unsigned replace(struct style **slot, struct style *style)
{
	struct style *before = *slot;
	unsigned difference = 0;
	if (before != style) {
		difference = before && style ? style_difference(before, style) : NODE_DIRTY_BOX | NODE_DIRTY_LAYOUT | NODE_DIRTY_PAINT;
	}
	*slot = style;
	style_unref(before);
	return difference;
}

static unsigned restyle_element(struct view *view, struct node *node, const struct style *parent)
{
	struct style *before = node->style ? style_ref(node->style) : NULL;
	struct style *style = cascade_element(view->cascade, node, parent);
	if (before && before->transition_count | style->transition_count) {
		view_motion_start_transitions(view, node, before, style);
	}
	if (style->animation_count || view->motions.len) {
		style = view_motion_apply(view, node, style);
	}
	bool fresh = before == NULL;
	unsigned marks = replace(&node->style, style);
	if (fresh) {
		marks |= NODE_DIRTY_SUBTREE_STYLE;
	}
	style_unref(before);
	marks |= replace(&node->before_style, cascade_pseudo(view->cascade, node, node->style, false));
	marks |= replace(&node->after_style, cascade_pseudo(view->cascade, node, node->style, true));
	return marks;
}

static void restyle_node(struct view *view, struct node *node, const struct style *parent, bool force, int depth)
{
	if (node->kind == NODE_TEXT) {
		if (force || !node->style) {
			unsigned marks = replace(&node->style, style_ref(parent));
			if (marks) {
				node_mark(node, marks & ~(unsigned)NODE_DIRTY_SUBTREE_STYLE);
			}
		}
		return;
	}
	bool slots = assign_slots_of(node);
	unsigned dirty = node->dirty;
	bool below = (dirty & NODE_DIRTY_SUBTREE_STYLE) != 0 || slots;
	if (force || dirty & (NODE_DIRTY_STYLE | NODE_DIRTY_SUBTREE_STYLE) || !node->style) {
		unsigned marks = restyle_element(view, node, parent);
		below |= (marks & NODE_DIRTY_SUBTREE_STYLE) != 0;
		marks &= ~(unsigned)NODE_DIRTY_SUBTREE_STYLE;
		if (marks) {
			node_mark(node, marks);
		}
	}
	if (depth >= DEPTH_MAX || (!below && !(dirty & (NODE_DIRTY_CHILD | NODE_DIRTY_BOX)))) {
		return;
	}
	/* New or gone children shift :first-child and its kin of those that stay. */
	bool positions = dirty & NODE_DIRTY_BOX && cascade_has_sibling_rules(view->cascade);
	bool after_changed = false;
	for (struct node *child = node_flat_first(node); child; child = node_flat_next(child)) {
		bool child_force = below || positions || after_changed;
		after_changed |= child->dirty & NODE_DIRTY_STYLE && cascade_has_sibling_rules(view->cascade);
		restyle_node(view, child, node->style, child_force, depth + 1);
	}
}

bool view_restyle(struct view *view)
{
	struct node *root = view->tree.root;
	bool force = (root->dirty & NODE_DIRTY_SUBTREE_STYLE) != 0;
	restyle_node(view, root, NULL, force, 0);
	return true;
}
