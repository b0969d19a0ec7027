/* Boxes: what layout makes of styled nodes. All positions are CSS px (float), relative to the
 * parent box's border-box origin, before scroll offsets and transforms. Boxes live in the arena
 * of their `struct layout` and are rebuilt for subtrees that ask for it. */
#ifndef MINA_LAYOUT_BOX_H
#define MINA_LAYOUT_BOX_H

#include "base/geom.h"
#include "core/layout/text.h"
#include "core/tree/node.h"
#include "core/wxss/style.h"

enum box_kind {
	BOX_BLOCK,        // block container: block children, or (inline_root) only lines
	BOX_FLEX,
	BOX_GRID,
	BOX_TABLE, BOX_TABLE_ROW, BOX_TABLE_CELL,
	BOX_INLINE,       // a span: its fragments lie in the lines of the nearest inline root
	BOX_TEXT,         // text of one node: its fragments are in lines
	BOX_REPLACED,     // image, canvas, input...: the component paints the content box
};

enum box_pseudo {
	BOX_ELEMENT,
	BOX_BEFORE,
	BOX_AFTER,
	BOX_ANONYMOUS,
};

/* A part of a line: a piece of text, of a span, or an atomic inline box. */
struct fragment {
	struct box *box;          // BOX_TEXT, BOX_INLINE or an atomic inline-level box
	struct rect rect;         // relative to the inline root's border box
	float baseline;           // y of the baseline in that frame, text only
	struct text_run *run;     // text: which run, and which bytes of it; owned by the box
	size_t from, to;
	float extra_space;        // justify: added where text_expands_at()
	bool ellipsis;            // draw "…" behind `to`
	bool first, last;         // first / last fragment of a span: has its start / end edge
};

struct line {
	struct rect rect;         // the line box, relative to the inline root's border box
	float baseline;
	struct fragment *fragments;
	size_t count;
};

struct box {
	enum box_kind kind;
	enum box_pseudo pseudo;
	struct node *node;        // element or text; for pseudo and anonymous boxes the element they belong to
	const struct style *style; // borrowed from the node, or from the layout's arena for anonymous boxes
	struct box *parent, *first, *last, *prev, *next;
	struct box *containing;   // of a positioned box: its containing block, else NULL
	struct box *positioned;   // first absolutely positioned or fixed box that this box contains
	struct box *next_positioned; // containing->positioned list
	struct rect rect;         // border box
	struct insets margin, border, padding; // used values
	struct size content;      // scrollable overflow area, from the padding box's origin
	struct line *lines;       // inline root: its lines
	size_t line_count;
	float baseline;           // first baseline from the border box's top, NAN: none
	bool inline_root;         // children are inline level
	bool inline_level;
	bool out_of_flow;         // float or positioned
	bool scrolls;             // overflow clips (hidden, scroll or auto)
	struct point sticky;      // shift of a sticky box at the current scroll
	float ink;                // see box_covers()
	unsigned flags;           // layout's own
	void *cache;              // layout's own measure cache
};

/* What a replaced element says of itself; filled by the component through layout_ops. */
struct intrinsic {
	float width, height; // CSS px; NAN when there is none
	float ratio;         // width / height, 0: none
};

struct layout_ops {
	/* Is this element replaced (paints itself, children ignored)? Fills *ret and returns true. */
	bool (*replaced)(void *user, const struct node *node, struct intrinsic *ret);
	void *user;
};

struct layout;

struct layout *layout_create(struct text_shaper shaper, struct layout_ops ops);
void layout_destroy(struct layout *layout); // clears node->box of what it still holds
/* Lays the tree out for a viewport of that size: makes boxes where NODE_DIRTY_BOX asks, lays out
 * where NODE_DIRTY_LAYOUT asks, clears both marks. The root element (page) takes at least the
 * viewport's height. Returns the root box; node->box is the principal box of each element.
 * Never yields NaN or infinite rectangles. */
struct box *layout_run(struct layout *layout, struct node *root, struct size viewport);
/* The node is about to be freed: forgets its boxes. */
void layout_forget(struct layout *layout, struct node *node);

/* The border box in page coordinates: scroll offsets of ancestors applied; transforms applied as bounds when asked. */
struct rect box_page_rect(const struct box *box, bool transforms);
/* From the box's own coordinates to the page's: offsets, scroll, transforms. */
struct matrix box_page_matrix(const struct box *box);
struct matrix box_transform(const struct box *box); // its own transform, around its origin
struct rect box_padding_rect(const struct box *box); // relative to the border box's origin
/* All that the box and what is below it can paint, relative to its border box, before its own
 * transform and scroll: its overflow area, widened by the farthest shadow, outline or overhang among
 * them. False: layout cannot tell (something sticks, moves by itself or hangs on an outer box). */
bool box_covers(const struct box *box, struct rect *ret_rect);
/* The largest scroll offset of a scroll container. */
struct point box_scroll_max(const struct box *box);

#endif
