/* Box generation: walks the marked part of the flat tree and brings the boxes in line with it.
 * Boxes of children that stay what they were are kept with all that is below them. */
#include "core/layout/layout.h"

struct wanted { // what a node's principal box has to be
	bool none, contents; // no box; `contents`: but its children have
	enum box_kind kind;
	bool inline_level, out_of_flow, positioned;
};

struct build {
	struct layout *layout;
	struct box *limbo; // holds the boxes of children while their parent is filled again; or NULL
};

static bool node_below(struct build *build, struct node *node, struct box *parent, int depth);
static void gather(struct build *build, struct node *node, struct box *box, int depth, box_list *list);

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool text_is_blank(struct str text, const struct style *style)
{
	if (style->white_space != WHITE_SPACE_NORMAL && style->white_space != WHITE_SPACE_NOWRAP) {
		return false;
	}
	for (size_t i = 0; i < text.len; i++) {
		if (!is_space(text.at[i])) {
			return false;
		}
	}
	return true;
}

static struct str node_text(const struct node *node)
{
	return node_shown_text(node);
}

static void want_display(enum display display, struct wanted *wanted)
{
	static const struct {
		enum display display;
		enum box_kind kind;
		bool inline_level;
	} rows[] = {
		{DISPLAY_INLINE, BOX_INLINE, true},
		{DISPLAY_INLINE_BLOCK, BOX_BLOCK, true},
		{DISPLAY_FLEX, BOX_FLEX, false},
		{DISPLAY_INLINE_FLEX, BOX_FLEX, true},
		{DISPLAY_GRID, BOX_GRID, false},
		{DISPLAY_INLINE_GRID, BOX_GRID, true},
		{DISPLAY_TABLE, BOX_TABLE, false},
		{DISPLAY_INLINE_TABLE, BOX_TABLE, true},
		{DISPLAY_TABLE_ROW, BOX_TABLE_ROW, false},
		{DISPLAY_TABLE_CELL, BOX_TABLE_CELL, false},
		{DISPLAY_WEBKIT_BOX, BOX_FLEX, false},
		{DISPLAY_WEBKIT_INLINE_BOX, BOX_FLEX, true},
	};
	wanted->kind = BOX_BLOCK;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		if (rows[i].display == display) {
			wanted->kind = rows[i].kind;
			wanted->inline_level = rows[i].inline_level;
		}
	}
}

/* CSS 2.1, 9.7, and blockification by flex and grid containers. */
static struct wanted want_style(const struct style *style, const struct box *parent)
{
	struct wanted wanted = {0};
	if (style->display == DISPLAY_NONE) {
		wanted.none = true;
		return wanted;
	}
	if (style->display == DISPLAY_CONTENTS && parent) {
		wanted.contents = true;
		return wanted;
	}
	want_display(style->display, &wanted);
	bool webkit_box = style->display == DISPLAY_WEBKIT_BOX || style->display == DISPLAY_WEBKIT_INLINE_BOX;
	if (webkit_box && style->box_orient_vertical && style->line_clamp > 0) {
		wanted.kind = BOX_BLOCK;
	}
	bool absolute = style->position == POSITION_ABSOLUTE || style->position == POSITION_FIXED;
	bool item = parent && (parent->kind == BOX_FLEX || parent->kind == BOX_GRID);
	bool floats = style->float_side != FLOAT_NONE && !item;
	wanted.out_of_flow = parent && (absolute || floats);
	wanted.positioned = parent && absolute;
	if (!parent || wanted.out_of_flow || item) {
		wanted.inline_level = false;
		if (wanted.kind == BOX_INLINE || wanted.kind == BOX_TABLE_ROW || wanted.kind == BOX_TABLE_CELL) {
			wanted.kind = BOX_BLOCK;
		}
	}
	return wanted;
}

static struct wanted want(struct build *build, const struct node *node, const struct box *parent, struct intrinsic *ret)
{
	if (!node->style) {
		return (struct wanted){.none = true};
	}
	if (node->kind == NODE_TEXT) {
		return (struct wanted){.none = node_text(node).len == 0, .kind = BOX_TEXT, .inline_level = true};
	}
	struct wanted wanted = want_style(node->style, parent);
	struct layout *layout = build->layout;
	if (!wanted.none && !wanted.contents && layout->ops.replaced && layout->ops.replaced(layout->ops.user, node, ret)) {
		wanted.inline_level = wanted.inline_level || (wanted.kind == BOX_INLINE);
		wanted.kind = BOX_REPLACED;
	}
	return wanted;
}

/* Does the box that is there do? An inline box that was split by a block is still that inline. */
static bool matches(const struct node *node, const struct wanted *wanted)
{
	const struct box *box = node->box;
	if (!box || wanted->none || wanted->contents) {
		return !box && (wanted->none || wanted->contents);
	}
	if (box->out_of_flow != wanted->out_of_flow || box_is_positioned(box) != wanted->positioned) {
		return false;
	}
	if (node->kind == NODE_TEXT) {
		return ((box->flags & FLAG_BLANK) != 0) == text_is_blank(node_text(node), node->style);
	}
	if (box->flags & FLAG_SPLIT) {
		return wanted->kind == BOX_INLINE;
	}
	return box->kind == wanted->kind && box->inline_level == wanted->inline_level;
}

/* The children's boxes go to limbo; anonymous and pseudo boxes go away. */
static void to_limbo(struct layout *layout, struct box *box, struct box *limbo)
{
	while (box->first) {
		struct box *child = box->first;
		if (child->pseudo == BOX_ELEMENT) {
			cell_unlink(child);
			cell_append(limbo, child);
			continue;
		}
		if (child->pseudo == BOX_ANONYMOUS) {
			to_limbo(layout, child, limbo);
		}
		cell_free(layout, child);
	}
}

static void fill(struct build *build, struct node *node, struct box *box, int depth)
{
	struct layout *layout = build->layout;
	struct cell limbo = {0};
	limbo.box.parent = box; // for the depths of what is queued meanwhile
	limbo.box.flags = FLAG_QUEUED; // and is never queued itself
	struct build inner = {layout, &limbo.box};
	enum box_kind kind = box->kind;
	cell_drop_root_lines(layout, box);
	to_limbo(layout, box, &limbo.box);
	if (box->flags & FLAG_SPLIT) {
		box->flags &= ~(unsigned)FLAG_SPLIT;
		box->kind = BOX_INLINE;
		box->inline_level = true;
	}
	unsigned holding = box->flags & (FLAG_HOLDS_ABSOLUTE | FLAG_HOLDS_FIXED);
	box_list list = {0};
	gather(&inner, node, box, depth, &list);
	structure_fill(layout, box, &list);
	vec_finish(&list);
	if (box->kind != kind) {
		cell_set_style(layout, box, box->style); // holds other positioned boxes as a block than inline
		if ((box->flags & (FLAG_HOLDS_ABSOLUTE | FLAG_HOLDS_FIXED)) != holding) {
			cell_reset_positioned(layout, box);
		}
	}
	while (limbo.box.first) {
		cell_free(layout, limbo.box.first);
	}
	if (box->parent || box == layout->root) {
		cell_queue(layout, box);
	}
}

static void add_pseudo(struct build *build, struct node *node, struct box *parent, bool after, box_list *list)
{
	struct style *style = after ? node->after_style : node->before_style;
	if (!style || style->content_kind == CONTENT_NONE || style->content_kind == CONTENT_NORMAL) {
		return;
	}
	struct wanted wanted = want_style(style, parent);
	if (wanted.none || wanted.contents) {
		return;
	}
	enum box_pseudo pseudo = after ? BOX_AFTER : BOX_BEFORE;
	struct box *box = cell_create(build->layout, node, pseudo, wanted.kind);
	box->inline_level = wanted.inline_level;
	box->out_of_flow = wanted.out_of_flow;
	cell_set_style(build->layout, box, style);
	box_list inner = {0};
	if (style->content_kind == CONTENT_TEXT && style->content.len) {
		struct box *text = cell_create(build->layout, node, pseudo, BOX_TEXT);
		text->inline_level = true;
		cell_set_style(build->layout, text, style);
		text->flags |= text_is_blank(style->content, style) ? FLAG_BLANK : 0;
		vec_push(&inner, text);
	}
	structure_fill(build->layout, box, &inner);
	vec_finish(&inner);
	if (parent->node != node) { // display: contents
		cell_set_loose(build->layout, box);
	}
	vec_push(list, box);
}

static struct box *make(struct build *build, struct node *node, const struct wanted *wanted, int depth)
{
	struct layout *layout = build->layout;
	struct box *box = cell_create(layout, node, BOX_ELEMENT, wanted->kind);
	box->inline_level = wanted->inline_level;
	box->out_of_flow = wanted->out_of_flow;
	if (depth == 0) {
		layout->root = box;
	}
	cell_set_style(layout, box, node->style);
	node->box = box;
	if (node->kind == NODE_TEXT) {
		box->flags |= text_is_blank(node_text(node), node->style) ? FLAG_BLANK : 0;
	} else if (box->kind != BOX_REPLACED) {
		struct build inner = {layout, NULL};
		box_list list = {0};
		gather(&inner, node, box, depth, &list);
		structure_fill(layout, box, &list);
		vec_finish(&list);
	}
	return box;
}

static void clean(struct node *node)
{
	node->dirty &= ~(unsigned)(NODE_DIRTY_BOX | NODE_DIRTY_LAYOUT);
}

static void add_node(struct build *build, struct node *node, struct box *parent, int depth, box_list *list)
{
	struct layout *layout = build->layout;
	struct intrinsic intrinsic = {NAN, NAN, 0};
	struct wanted wanted = want(build, node, parent, &intrinsic);
	if (depth >= LAYOUT_DEPTH_MAX) {
		wanted = (struct wanted){.none = true};
	}
	if (node->box && build->limbo && node->box->parent == build->limbo && matches(node, &wanted)) {
		node_below(build, node, parent, depth);
		cell_unlink(node->box);
		vec_push(list, node->box);
		return;
	}
	if (node->box) {
		cell_free(layout, node->box);
	}
	if (wanted.contents) {
		gather(build, node, parent, depth, list);
	} else if (!wanted.none) {
		struct box *box = make(build, node, &wanted, depth);
		cell_of(box)->intrinsic = intrinsic;
		vec_push(list, box);
	}
	clean(node);
}

static void gather(struct build *build, struct node *node, struct box *box, int depth, box_list *list)
{
	add_pseudo(build, node, box, false, list);
	for (struct node *child = node_flat_first(node); child; child = node_flat_next(child)) {
		add_node(build, child, box, depth + 1, list);
	}
	add_pseudo(build, node, box, true, list);
}

/* Calls `each` for the pseudo-element and anonymous boxes that belong to `node` alone. */
static void each_own(struct layout *layout, struct box *box, struct node *node,
	void (*each)(struct layout *layout, struct box *box, struct node *node))
{
	for (struct box *child = box->first, *next; child; child = next) {
		next = child->next;
		if (child->node == node && child->pseudo != BOX_ELEMENT) {
			each(layout, child, node);
			each_own(layout, child, node, each);
		}
	}
}

static void refresh_own(struct layout *layout, struct box *box, struct node *node)
{
	if (box->pseudo == BOX_ANONYMOUS) {
		cell_set_style(layout, box, anonymous_style(layout, box->parent, box->style->display));
		return;
	}
	const struct style *style = box->pseudo == BOX_BEFORE ? node->before_style : node->after_style;
	if (style) {
		cell_set_style(layout, box, style);
	}
}

static void relayout_own(struct layout *layout, struct box *box, struct node *node)
{
	cell_drop_lines(layout, box);
	cell_forget_layout(box);
	cell_queue(layout, box);
}

static bool pseudo_differs(const struct box *box, const struct node *node)
{
	bool before = false, after = false;
	const struct style *styles[] = {node->before_style, node->after_style};
	for (const struct box *child = box->first; child; child = child->next) {
		const struct box *at = child;
		while (at && at->pseudo == BOX_ANONYMOUS && at->first) {
			at = child == box->first ? at->first : at->last;
		}
		if (at->node == node && (at->pseudo == BOX_BEFORE || at->pseudo == BOX_AFTER)) {
			bool is_after = at->pseudo == BOX_AFTER;
			*(is_after ? &after : &before) = true;
			if (at->style != styles[is_after]) {
				return true;
			}
		}
	}
	bool wants_before = styles[0] && styles[0]->content_kind > CONTENT_NONE && styles[0]->display != DISPLAY_NONE;
	bool wants_after = styles[1] && styles[1]->content_kind > CONTENT_NONE && styles[1]->display != DISPLAY_NONE;
	return before != wants_before || after != wants_after;
}

/* The new style and what hangs on it. True: the children have to be put in again. */
static bool refresh(struct build *build, struct node *node, struct box *box, unsigned dirty)
{
	struct layout *layout = build->layout;
	bool again = dirty & (NODE_DIRTY_LAYOUT | NODE_DIRTY_BOX) && (node->before_style || node->after_style || box->first)
		&& node->kind == NODE_ELEMENT && pseudo_differs(box, node);
	bool moved = box->style->position != node->style->position;
	if (box->style != node->style) {
		cell_set_style(layout, box, node->style);
	}
	each_own(layout, box, node, refresh_own);
	if (!(dirty & (NODE_DIRTY_LAYOUT | NODE_DIRTY_BOX))) {
		return false;
	}
	each_own(layout, box, node, relayout_own);
	cell_drop_root_lines(layout, box);
	cell_queue(layout, box);
	if (moved) {
		positioned_unregister(box); // it finds its containing block anew
	}
	if (box->parent && node->kind == NODE_ELEMENT && (moved || dirty & NODE_DIRTY_LAYOUT)) {
		cell_queue(layout, box->parent); // its margins, order, grow: what the parent reads
	}
	return again;
}

static bool has_boxes(const struct node *node, int depth)
{
	for (struct node *child = node_flat_first(node); child && depth < LAYOUT_DEPTH_MAX; child = node_flat_next(child)) {
		if (child->box || (child->style && child->style->display == DISPLAY_CONTENTS && has_boxes(child, depth + 1))) {
			return true;
		}
	}
	return false;
}

/* Marked children, one by one. True: the parent has to put its children in again. */
static bool children_below(struct build *build, struct node *node, struct box *parent, int depth)
{
	bool again = false;
	for (struct node *child = node_flat_first(node); child; child = node_flat_next(child)) {
		again |= child->dirty && node_below(build, child, parent, depth + 1);
	}
	return again;
}

static bool holds_inline(const struct box *box)
{
	if (box->kind == BOX_INLINE || box->inline_root) {
		return true;
	}
	for (const struct box *child = box->first; child; child = child->next) {
		if (child->pseudo == BOX_ANONYMOUS) {
			return true;
		}
	}
	return false;
}

static bool has_loose(const struct layout *layout, const struct node *node)
{
	for (const struct cell *cell = layout->loose; cell; cell = cell->next_loose) {
		if (cell->box.node == node) {
			return true;
		}
	}
	return false;
}

/* The pseudo-elements of an element with `display: contents`. True: there are some. */
static bool refresh_loose(struct layout *layout, struct node *node)
{
	for (struct cell *cell = layout->loose; cell; cell = cell->next_loose) {
		struct box *box = &cell->box;
		const struct style *style = box->pseudo == BOX_BEFORE ? node->before_style : node->after_style;
		if (box->node == node && style) {
			cell_set_style(layout, box, style);
			each_own(layout, box, node, refresh_own);
		}
	}
	return node->before_style || node->after_style || has_loose(layout, node);
}

/* Brings one node up to date. True: its parent has to put its children in again. */
static bool node_below(struct build *build, struct node *node, struct box *parent, int depth)
{
	unsigned dirty = node->dirty;
	if (!dirty || depth >= LAYOUT_DEPTH_MAX) {
		return false;
	}
	struct intrinsic intrinsic = {NAN, NAN, 0};
	struct wanted wanted = want(build, node, parent, &intrinsic);
	struct box *box = node->box;
	if (!box && node->kind == NODE_TEXT) { // left out as white space between blocks
		bool again = !wanted.none && (holds_inline(parent) || !text_is_blank(node_text(node), node->style));
		clean(node);
		return again;
	}
	if (!matches(node, &wanted)) {
		return true;
	}
	if (wanted.contents) {
		bool loose = refresh_loose(build->layout, node);
		bool again = (dirty & NODE_DIRTY_BOX) || (loose && dirty & NODE_DIRTY_LAYOUT) || children_below(build, node, parent, depth);
		clean(node);
		return again;
	}
	if (wanted.none) {
		bool again = has_boxes(node, depth) || has_loose(build->layout, node);
		clean(node);
		return again;
	}
	enum box_kind kind = box->kind;
	cell_of(box)->intrinsic = intrinsic;
	bool again = refresh(build, node, box, dirty);
	if (node->kind == NODE_ELEMENT && box->kind != BOX_REPLACED) {
		if (again || dirty & NODE_DIRTY_BOX || (dirty & NODE_DIRTY_CHILD && children_below(build, node, box, depth))) {
			fill(build, node, box, depth);
		}
	}
	clean(node);
	return box->kind != kind;
}

void build_update(struct layout *layout, struct node *root)
{
	struct build build = {layout, NULL};
	struct intrinsic intrinsic = {NAN, NAN, 0};
	struct wanted wanted = want(&build, root, NULL, &intrinsic);
	if (root->box && (root->box != layout->root || !matches(root, &wanted))) {
		cell_free(layout, root->box);
	}
	if (!root->box) {
		if (layout->root) {
			cell_free(layout, layout->root);
		}
		if (!wanted.none) {
			struct box *box = make(&build, root, &wanted, 0);
			cell_of(box)->intrinsic = intrinsic;
			cell_queue(layout, box);
		}
		clean(root);
		return;
	}
	node_below(&build, root, NULL, 0);
}
