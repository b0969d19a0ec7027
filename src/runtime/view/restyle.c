/* Brings computed styles up to date: walks only what is marked, from the page down the flat tree,
 * and turns each style's difference into layout, box and paint marks. */
#include "runtime/view/inside.h"

#define DEPTH_MAX 1200 // deeper nodes keep no style, and so no box

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

static void ask_picture(struct view *view, const struct style_image *image)
{
	struct size size;
	bool far = image->kind == IMAGE_URL && (str_starts(image->url, STR("http:")) || str_starts(image->url, STR("https:")));
	if (far && view->config.images) {
		view->host.picture(&view->host, image->url, &size);
	}
}

/* Pictures that come over the network are asked for as soon as a style names them: when a frame is
 * drawn it is late. */
static void ask_pictures(struct view *view, const struct style *style)
{
	if (!style || style->display == DISPLAY_NONE) {
		return;
	}
	for (size_t i = 0; i < style->background_count; i++) {
		ask_picture(view, &style->backgrounds[i].image);
	}
	ask_picture(view, &style->mask_image);
}

static unsigned restyle_element(struct view *view, struct node *node, const struct style *parent)
{
	struct style *before = node->style ? style_ref(node->style) : NULL;
	struct style *style = cascade_element(view->cascade, node, parent);
	if (before && (style->transition_count || view->motions.len)) {
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
	if (style != before) {
		ask_pictures(view, style);
	}
	style_unref(before);
	marks |= replace(&node->before_style, view_motion_pseudo(view, node, cascade_pseudo(view->cascade, node, node->style, false), false));
	marks |= replace(&node->after_style, view_motion_pseudo(view, node, cascade_pseudo(view->cascade, node, node->style, true), true));
	ask_pictures(view, node->before_style);
	ask_pictures(view, node->after_style);
	return marks;
}

enum reach { REACH_MARKED, REACH_SELF, REACH_BELOW }; // how much is to be styled again

static void restyle_node(struct view *view, struct node *node, const struct style *parent, enum reach reach, int depth);

/* Does the child count as changed for the rules that look at it from its siblings? */
static bool child_changed(unsigned demands, const struct node *child)
{
	return child->kind == NODE_ELEMENT
		&& (child->dirty & NODE_DIRTY_STYLE || (demands & CASCADE_CHILDREN && child->dirty & NODE_DIRTY_BOX));
}

/* `around`: the element that the text stands in. */
static void rewrite_text(const struct node *around, struct node *node)
{
	bool may = around->component && around->component->rewrite;
	if (!(node->dirty & (NODE_DIRTY_LAYOUT | NODE_DIRTY_BOX)) || (!may && value_is(node->shown_text, VALUE_UNDEFINED))) {
		return;
	}
	struct strbuf text = {0};
	bool other = may && around->component->rewrite(around, value_str(node->text), &text);
	value_unref(node->shown_text);
	node->shown_text = other ? value_take(&text) : value_undefined();
	strbuf_finish(&text);
}

/* `dirty`: the node's marks before its own style was made again. */
static void restyle_children(struct view *view, struct node *node, unsigned dirty, enum reach reach, int depth)
{
	unsigned demands = cascade_demands(view->cascade);
	enum reach beside = demands & CASCADE_SIBLINGS_BELOW ? REACH_BELOW : REACH_SELF;
	bool came = dirty & NODE_DIRTY_BOX && demands & (CASCADE_SIBLINGS | CASCADE_POSITIONS);
	bool changed = false;
	if (demands & CASCADE_SIBLINGS_BEFORE) {
		for (struct node *child = node_flat_first(node); child && !came; child = node_flat_next(child)) {
			came = child_changed(demands, child);
		}
	}
	for (struct node *child = node_flat_first(node); child; child = node_flat_next(child)) {
		enum reach own = came || changed ? beside : REACH_MARKED;
		changed = changed || (demands & CASCADE_SIBLINGS && child_changed(demands, child));
		if (child->kind == NODE_TEXT) {
			rewrite_text(node, child);
		}
		restyle_node(view, child, node->style, reach > own ? reach : own, depth + 1);
	}
}

static void restyle_text(struct node *node, const struct style *parent, enum reach reach)
{
	if (reach != REACH_MARKED || !node->style) {
		unsigned marks = replace(&node->style, style_ref(parent));
		if (marks) {
			node_mark(node, marks & ~(unsigned)NODE_DIRTY_SUBTREE_STYLE);
		}
	}
}

static bool wants_style(const struct view *view, const struct node *node, enum reach reach)
{
	bool emptied = node->dirty & NODE_DIRTY_BOX && cascade_demands(view->cascade) & CASCADE_CHILDREN;
	return reach != REACH_MARKED || emptied || !node->style || node->dirty & (NODE_DIRTY_STYLE | NODE_DIRTY_SUBTREE_STYLE);
}

static void restyle_node(struct view *view, struct node *node, const struct style *parent, enum reach reach, int depth)
{
	if (node->kind == NODE_TEXT) {
		restyle_text(node, parent, reach);
		return;
	}
	unsigned dirty = node->dirty;
	bool below = reach == REACH_BELOW || (dirty & NODE_DIRTY_SUBTREE_STYLE) != 0;
	unsigned marks = wants_style(view, node, reach) ? restyle_element(view, node, parent) : 0;
	bool inherited = marks & NODE_DIRTY_SUBTREE_STYLE;
	marks &= ~(unsigned)NODE_DIRTY_SUBTREE_STYLE;
	if (marks) {
		node_mark(node, marks);
	}
	reach = below ? REACH_BELOW : inherited ? REACH_SELF : REACH_MARKED;
	if (depth < DEPTH_MAX && (reach != REACH_MARKED || dirty & (NODE_DIRTY_CHILD | NODE_DIRTY_BOX))) {
		restyle_children(view, node, dirty, reach, depth);
	}
}

bool view_restyle(struct view *view)
{
	tree_assign_slots(&view->tree);
	restyle_node(view, view->tree.root, NULL, REACH_MARKED, 0);
	return true;
}
