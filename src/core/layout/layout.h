/* What the files of this folder share of a layout; nobody else includes this. Each `struct box` is
 * the head of a `struct cell`, which keeps what layout itself needs: the space it was last laid
 * out in, what came out, and measures in other spaces, so that clean boxes are not laid out again. */
#ifndef MINA_LAYOUT_LAYOUT_H
#define MINA_LAYOUT_LAYOUT_H

#include "base/vec.h"
#include "core/layout/box.h"

#define LAYOUT_DEPTH_MAX 400 // deeper elements get no box
#define LAYOUT_LIMIT 1e6f    // px; nothing is larger or further away
#define LAYOUT_MEASURES 3
#define LAYOUT_QUEUE (4 * LAYOUT_DEPTH_MAX + 8) // anonymous boxes stand between elements

enum box_flag {
	FLAG_SPLIT = 1 << 0,     // an inline element that holds blocks: laid out as a plain block
	FLAG_QUEUED = 1 << 1,    // in the queue of what has to be laid out again
	FLAG_FLOATS = 1 << 2,    // floats reach in or out: not to be laid out alone
	FLAG_ESCAPES = 1 << 3,   // a positioned box below has its containing block further out
	FLAG_BLANK = 1 << 4,     // text: nothing but collapsible white space
	FLAG_HOLDS_ABSOLUTE = 1 << 5,
	FLAG_HOLDS_FIXED = 1 << 6,
	FLAG_CLAMPED = 1 << 7,   // lines behind it were cut off by -webkit-line-clamp
	FLAG_LOOSE = 1 << 9,     // a pseudo-element's of an element that has no box: on layout->loose
	FLAG_MOVES = 1 << 8,     // its transform changed once, or it sticks: it paints where its parents do not know
};

/* What a parent gives a child to lay itself out in. */
struct space {
	float width, height;         // content box of the containing block; height NAN: indefinite
	float set_width, set_height; // border box, decided by the parent; NAN: the child's own affair
	bool shrink;                 // an automatic width fits the content
	bool definite;               // set_height counts as definite for percentages below
	float drop;                  // table cell: its content begins that much lower
};

struct strut { // adjoining vertical margins
	float positive, negative;
};

struct outcome { // all that a parent can see of a laid out child, but for its extents
	struct size size;
	float first_baseline, last_baseline; // from the border box's top; NAN: none
	struct strut bottom;                 // margins that go on collapsing behind it
	struct rect overflow;                // what it covers with its descendants, from its border box
};

struct extent { // min-content and max-content widths
	float min, max;
};

struct measure {
	struct space space;
	struct outcome outcome;
};

enum inline_kind {
	ITEM_TEXT,
	ITEM_OPEN,
	ITEM_CLOSE,
	ITEM_ATOMIC,
	ITEM_FLOAT,
	ITEM_POSITIONED,
};

struct inline_item {
	enum inline_kind kind;
	struct box *box;
};

struct cell {
	struct box box; // first
	struct style *style; // the reference behind box.style
	struct cell *next_queued, *next_loose;
	struct text_run *run; // text: collapsed and shaped
	struct inline_item *items; // inline root: its content in order; NULL: not collected
	size_t item_count;
	struct fragment *fragments; // inline root: behind all lines
	bool laid;
	struct space space; // of the latest layout
	struct outcome outcome;
	struct measure measures[LAYOUT_MEASURES];
	unsigned measure_count, measure_next;
	struct extent extent; // border box; min NAN: not known
	struct strut top;     // margins that its parent collapsed above it
	bool empty;           // its margins collapse through it
	/* A positioned box without insets: where it would stand, from its parent's border box; align is
	 * 0, 0.5 or 1 of its own size. */
	struct point at, at_align;
	struct intrinsic intrinsic; // replaced
};

struct float_box {
	struct rect rect; // margin box
	enum float_side side;
};

/* A block formatting context; positions are from the border box of its root. */
struct bfc {
	VEC(struct float_box) floats;
	float lowest_top; // a float does not stand above an earlier one
	int lines_left;   // -webkit-line-clamp; negative: no limit
	bool clamped;     // content was cut off
};

struct flow { // where a block stands in its formatting context
	struct bfc *bfc;
	float x, y; // of its border box
};

struct anonymous { // a style of anonymous boxes, shared by those of one parent style
	struct style style;
	struct style *parent; // a reference: lends its texts and arrays
};

struct layout {
	struct text_shaper shaper;
	struct layout_ops ops;
	struct size viewport;
	struct box *root;
	struct cell *queue[LAYOUT_QUEUE]; // by depth
	int queue_deepest;
	struct cell *loose;       // boxes whose node does not lead to them
	struct anonymous *latest; // most texts in a row have the same parent style
	size_t live;              // boxes
	unsigned laid;            // boxes laid out by the latest run, for tests
};

static inline struct cell *cell_of(const struct box *box) { return (struct cell *)(uintptr_t)box; }

/* Lengths are multiples of 1/64 px, as in Blink; text widths are rounded up. */
static inline float snap(float v)
{
	return !(v > -LAYOUT_LIMIT) ? (v != v ? 0 : -LAYOUT_LIMIT) : v > LAYOUT_LIMIT ? LAYOUT_LIMIT : (float)(int)(v * 64) / 64;
}
static inline float snap_up(float v) { return snap(ceilf(float_clamp(v, -LAYOUT_LIMIT, LAYOUT_LIMIT) * 64 - 0.001f) / 64); }
static inline float snap_near(float v) { return snap(floorf(float_clamp(v, -LAYOUT_LIMIT, LAYOUT_LIMIT) * 64 + 0.5f) / 64); }
static inline float edges_x(const struct box *b) { return b->border.left + b->border.right + b->padding.left + b->padding.right; }
static inline float edges_y(const struct box *b) { return b->border.top + b->border.bottom + b->padding.top + b->padding.bottom; }
static inline float margins_x(const struct box *b) { return b->margin.left + b->margin.right; }
static inline float margins_y(const struct box *b) { return b->margin.top + b->margin.bottom; }
static inline float strut_sum(struct strut s) { return s.positive + s.negative; }
static inline struct strut strut_add(struct strut s, float margin)
{
	return (struct strut){float_max(s.positive, margin), float_min(s.negative, margin)};
}
static inline struct strut strut_join(struct strut a, struct strut b)
{
	return (struct strut){float_max(a.positive, b.positive), float_min(a.negative, b.negative)};
}
static inline bool box_is_positioned(const struct box *b) // absolutely
{
	return b->out_of_flow && b->kind != BOX_TEXT
		&& (b->style->position == POSITION_ABSOLUTE || b->style->position == POSITION_FIXED);
}
static inline bool box_is_float(const struct box *b) { return b->out_of_flow && !box_is_positioned(b); }
/* Boxes whose own style does not size them. */
static inline bool box_is_plain(const struct box *b) { return b->pseudo == BOX_ANONYMOUS || b->flags & FLAG_SPLIT; }

/* box.c: what an element covers, from its own border box's corner: less than that when it is FLAG_SPLIT */
struct rect box_own_rect(const struct box *box);

/* anonymous.c */
/* For a box in `around`. */
const struct style *anonymous_style(struct layout *layout, const struct box *around, enum display display);
void anonymous_unref(struct layout *layout, const struct style *style);

/* cell.c: life and links of boxes */
struct box *cell_create(struct layout *layout, struct node *node, enum box_pseudo pseudo, enum box_kind kind);
/* Takes the style over from the node (a new reference); `style` of an anonymous box is consumed. */
void cell_set_style(struct layout *layout, struct box *box, const struct style *style);
void cell_append(struct box *parent, struct box *box);
void cell_unlink(struct box *box);
/* What is positioned below finds its containing block anew. */
void cell_reset_positioned(struct layout *layout, struct box *box);
void cell_set_loose(struct layout *layout, struct box *box);
void cell_free(struct layout *layout, struct box *box); // and all below; unlinks it
void cell_drop_lines(struct layout *layout, struct box *box); // and what was collected
void cell_drop_root_lines(struct layout *layout, struct box *box); // of the inline root that the box lies in
void cell_forget_layout(struct box *box); // caches
/* The box (or the inline root it lies in) has to be laid out again. */
void cell_queue(struct layout *layout, struct box *box);

/* structure.c: puts boxes into a box: anonymous boxes around what cannot stand side by side */
typedef VEC(struct box *) box_list;
void structure_fill(struct layout *layout, struct box *box, box_list *list);

/* build.c: brings the box tree in line with the node tree; queues what has to be laid out. */
void build_update(struct layout *layout, struct node *root);

/* place.c: one box in one space, through the caches. */
void place_box(struct layout *layout, struct box *box, const struct space *space, struct flow *flow);
struct outcome place_measure(struct layout *layout, struct box *box, const struct space *space);
/* Lays a box out again in its old spaces; true: a parent can see a difference. */
bool place_again(struct layout *layout, struct box *box);
void place_root(struct layout *layout);

/* size.c */
void size_edges(struct box *box, float base); // margin (auto: 0), border, padding; base: width for percentages
float size_width(struct layout *layout, struct box *box, const struct space *space); // border box
/* The border-box height when the content makes it `automatic` (border box) high. */
float size_height(const struct box *box, const struct space *space, float automatic);
/* Content-box height that percentages below resolve against; NAN: indefinite. */
float size_definite_height(const struct box *box, const struct space *space);
/* A fixed length as a border-box size along an axis; NAN: not definite. */
float size_resolve(const struct box *box, struct length length, float base, bool vertical);
float size_clamp_width(struct layout *layout, struct box *box, float width, float base);
float size_clamp_height(const struct box *box, float height, float base);
struct extent size_extent(struct layout *layout, struct box *box);       // of the content; border box
struct extent size_extent_here(struct layout *layout, struct box *box);  // the same with the edges that the box has now
struct extent size_contribution(struct layout *layout, struct box *box); // margin box, as the parent counts it
struct size size_replaced(struct layout *layout, struct box *box, const struct space *space); // border box

/* block.c */
void block_layout(struct layout *layout, struct box *box, const struct space *space, struct flow *flow);
bool block_is_context(const struct box *box); // a formatting context of its own
struct strut block_top(struct box *box, float base); // its collapsed margins above; needs no layout
bool block_is_empty(const struct box *box);
bool block_in_flow(const struct box *box); // a block-level child whose margins may collapse
/* Shifts a relatively positioned box that stands in a container of that content size. */
void block_shift_relative(struct box *box, float width, float height);
/* Automatic left and right margins of a block in that much room. */
void block_auto_margins(struct box *box, float room);
struct extent block_extent(struct layout *layout, struct box *box); // of the content

/* float.c */
void float_edges(const struct bfc *bfc, float y, float height, float *left, float *right); // narrows
float float_below(const struct bfc *bfc, enum clear_side clear); // bottom of the floats; -LAYOUT_LIMIT: none
float float_next_edge(const struct bfc *bfc, float y);           // the next lower bottom edge; y: none
/* Lays a float out and puts it at y or below, between left and right (in the context's frame). Its
 * rect becomes relative to `frame`. */
void float_place(struct layout *layout, struct box *box, struct flow *frame, float y, float left, float width, float height);

/* collect.c */
void inline_collect(struct layout *layout, struct box *root);
bool inline_has_content(const struct box *root); // would there be a line?

/* inline.c: lines of an inline root, from the content box's top left corner. Returns their height. */
float inline_layout(struct layout *layout, struct box *root, struct rect content, float percent_height, struct flow *flow);
struct extent inline_extent(struct layout *layout, struct box *root);

/* break.c: where lines end */
enum break_mode { BREAK_LAYOUT, BREAK_MIN, BREAK_MAX };
struct cursor { size_t item, at; }; // at: byte of a text item
struct break_line {
	struct layout *layout;
	struct box *root;
	enum break_mode mode;
	float available; // set by the caller; floats on the line narrow it
	float x;         // advance so far
	float solid;     // without hanging spaces at the end
	bool any;        // there is text, an atomic box, or an edge
	bool forced;     // ended by a line feed
	bool spilled;    // content that wraps did not fit: such a line goes below floats, as in Blink
	struct cursor start, end, gap, best;
	float gap_solid, best_solid; // solid up to there
	bool has_best;
	uint32_t before; // the last character; 0: none
	const struct box *last; // the last content
	/* A float that stands on the line: place it now (true) or after the line (false). */
	bool (*on_float)(struct break_line *line, size_t item);
	void *user;
};
void break_line_run(struct break_line *line, struct cursor start);
float inline_edge_start(const struct box *span); // margin, border and padding
float inline_edge_end(const struct box *span);
bool inline_has_edge(const struct box *span, enum side side); // it makes a line even if the rest is empty
bool text_keeps_spaces(const struct style *style);
bool text_wraps(const struct style *style);

/* line.c: puts what is between two cursors on a line */
struct line_flow {
	struct layout *layout;
	struct box *root;
	struct rect content; // of the root; its height is what percentages mean, or NAN
	VEC(struct fragment) fragments;
	VEC(struct line) lines; // fragments: index, until line_finish
	VEC(struct box *) open; // spans that the next line begins inside of
};
struct line_range {
	struct cursor from, to;
	float left, y, available, indent;
	float solid;
	bool last;   // of its paragraph: not justified
	bool clamp;  // ends in an ellipsis whatever fits
};
float line_add(struct line_flow *flow, const struct line_range *range); // returns its height
/* Where an empty line of that block begins, in the room from `left` on. */
float line_empty_start(const struct style *style, float left, float width);
void line_begin(struct line_flow *flow); // before the first line
void line_skip(struct line_flow *flow, const struct line_range *range); // no line box: nothing to show
void line_finish(struct line_flow *flow); // hands the lines to the root, sets the rects of inline boxes

/* flex.c, grid.c, table.c */
void flex_layout(struct layout *layout, struct box *box, const struct space *space);
struct extent flex_extent(struct layout *layout, struct box *box);
bool flex_is_row(const struct style *style);
void grid_layout(struct layout *layout, struct box *box, const struct space *space);
struct extent grid_extent(struct layout *layout, struct box *box);
void table_layout(struct layout *layout, struct box *box, const struct space *space);
struct extent table_extent(struct layout *layout, struct box *box);

/* positioned.c */
void positioned_register(struct layout *layout, struct box *box); // finds its containing block
void positioned_unregister(struct box *box);
void positioned_layout_all(struct layout *layout, struct box *containing);
void positioned_set_static(struct layout *layout, struct box *box, float x, float y); // from its parent's border box

/* overflow.c */
/* The box's style came, or went from `before` (may be NULL) to what it is: how far it paints, which
 * never shrinks. */
void overflow_note_ink(struct box *box, const struct style *before);
void overflow_note_child(struct box *parent, const struct box *child); // was put in
void overflow_compute(struct layout *layout, struct box *box);

/* dump.c */
void layout_dump(const struct box *root, struct strbuf *out); // one line a box, indented: the golden tests' format

#endif
