/* Block formatting: CSS 2.1 chapters 8.3.1 (collapsing margins), 9.4 and 10.3.3. Margins above a
 * box are known before it is laid out, so its place among floats is too. */
#include "core/layout/layout.h"

struct walk { // through the children of one block container
	struct layout *layout;
	struct box *box;
	struct flow flow;        // of `box` in the context it lives in, or its own
	float left, width;       // content box
	float percent_height;    // NAN: indefinite
	float y;                 // bottom of what is placed, from the border box
	float before_clamp;      // the same when lines were cut off
	struct strut pending;    // margins below y
	bool at_start;           // margins still go out through the top
};

bool block_is_context(const struct box *box)
{
	if ((box->kind != BOX_BLOCK && box->kind != BOX_TABLE_CELL) || box->kind == BOX_TABLE_CELL) {
		return true;
	}
	if (box->out_of_flow || box->inline_level || box->scrolls) {
		return true;
	}
	const struct box *parent = box->parent;
	if (parent && (parent->kind == BOX_FLEX || parent->kind == BOX_GRID)) {
		return true;
	}
	return !box_is_plain(box)
		&& (box->style->display == DISPLAY_WEBKIT_BOX || box->style->display == DISPLAY_WEBKIT_INLINE_BOX);
}

bool block_in_flow(const struct box *box)
{
	return box->parent && (box->parent->kind == BOX_BLOCK || box->parent->kind == BOX_TABLE_CELL) && !box->out_of_flow
		&& !box->inline_level && !box->parent->inline_root;
}

static bool is_zero(struct length length)
{
	return length.kind != LENGTH_FIXED || (length.px == 0 && length.percent == 0);
}

static bool has_edge(const struct box *box, enum side side)
{
	return !box_is_plain(box) && (!is_zero(box->style->padding[side]) || box->style->border[side].width > 0);
}

/* Can percentages of a height mean something here? Where only a layout would tell: yes. */
static bool base_height_is_known(const struct box *box)
{
	for (const struct box *up = box->parent; up; up = up->parent) {
		if (box_is_plain(up)) {
			continue;
		}
		if (!up->parent) {
			return !length_is_auto(up->style->height);
		}
		if (!block_in_flow(up) || (up->style->height.kind == LENGTH_FIXED && !length_has_percent(up->style->height))) {
			return true;
		}
		if (!length_has_percent(up->style->height)) {
			return false;
		}
	}
	return true;
}

static bool adds_height(const struct box *box, struct length height)
{
	return !is_zero(height) && (!length_has_percent(height) || base_height_is_known(box));
}

bool block_is_empty(const struct box *box)
{
	if (block_is_context(box) || has_edge(box, SIDE_TOP) || has_edge(box, SIDE_BOTTOM)) {
		return false;
	}
	if (!box_is_plain(box)) {
		const struct style *s = box->style;
		if (adds_height(box, s->height) || adds_height(box, s->min_height) || s->aspect_ratio > 0) {
			return false;
		}
	}
	if (box->inline_root) {
		return !inline_has_content(box);
	}
	bool floats = false;
	for (const struct box *child = box->first; child; child = child->next) {
		floats |= box_is_float(child);
		bool cleared = floats && !child->out_of_flow && !box_is_plain(child) && child->style->clear != CLEAR_NONE;
		if (cleared || (!child->out_of_flow && !block_is_empty(child))) {
			return false;
		}
	}
	return true;
}

/* Do margins of its first children go out through its top? */
static bool opens_above(const struct box *box)
{
	return !block_is_context(box) && !has_edge(box, SIDE_TOP);
}

/* The width of its content, as far as that is known without a layout: for percentages of margins. */
static float content_width(const struct box *box, float base)
{
	if (box_is_plain(box)) {
		return base;
	}
	const struct style *s = box->style;
	float width = size_resolve(box, s->width, base, false), max = size_resolve(box, s->max_width, base, false);
	width = width == width ? width : base - margins_x(box);
	width = max == max ? float_min(width, max) : width;
	return float_max(0, width - edges_x(box));
}

/* Its margin above, joined by those of its first children. */
static struct strut strut_above(struct box *box, float base)
{
	size_edges(box, base);
	struct strut strut = strut_add((struct strut){0}, box->margin.top);
	if (opens_above(box) && !box->inline_root) {
		bool floats = false;
		for (struct box *child = box->first; child; child = child->next) {
			if (child->out_of_flow) {
				floats |= box_is_float(child);
				continue;
			}
			if (floats && child->style->clear != CLEAR_NONE) {
				break;
			}
			strut = strut_join(strut, block_top(child, content_width(box, base)));
			if (!block_is_empty(child)) {
				break;
			}
		}
	}
	return strut;
}

struct strut block_top(struct box *box, float base)
{
	struct strut strut = strut_above(box, base);
	return block_is_empty(box) ? strut_add(strut, box->margin.bottom) : strut;
}

void block_auto_margins(struct box *box, float room)
{
	if (box_is_plain(box)) {
		return;
	}
	const struct style *s = box->style;
	bool left = length_is_auto(s->margin[SIDE_LEFT]), right = length_is_auto(s->margin[SIDE_RIGHT]);
	float spare = float_max(0, room - box->rect.width - margins_x(box));
	if (left && right) {
		box->margin.left = snap(spare / 2);
		box->margin.right = spare - box->margin.left;
	} else if (left) {
		box->margin.left = spare;
	} else if (right) {
		box->margin.right = spare;
	}
}

void block_shift_relative(struct box *box, float width, float height)
{
	if (box->pseudo == BOX_ANONYMOUS || box->style->position != POSITION_RELATIVE || box->kind == BOX_TEXT) {
		return;
	}
	const struct length *inset = box->style->inset;
	const float base[] = {height, width, height, width};
	float value[4];
	for (int i = 0; i < 4; i++) {
		bool known = inset[i].kind == LENGTH_FIXED && (inset[i].percent == 0 || base[i] == base[i]);
		value[i] = known ? snap(inset[i].percent != 0 ? length_resolve(inset[i], base[i]) : inset[i].px) : NAN;
	}
	float dx = value[SIDE_LEFT] == value[SIDE_LEFT] ? value[SIDE_LEFT] : value[SIDE_RIGHT] == value[SIDE_RIGHT] ? -value[SIDE_RIGHT] : 0;
	float dy = value[SIDE_TOP] == value[SIDE_TOP] ? value[SIDE_TOP] : value[SIDE_BOTTOM] == value[SIDE_BOTTOM] ? -value[SIDE_BOTTOM] : 0;
	box->rect.x = snap(box->rect.x + dx);
	box->rect.y = snap(box->rect.y + dy);
}

static float walk_bottom(const struct walk *walk)
{
	return walk->at_start ? walk->y : walk->y + strut_sum(walk->pending);
}

/* A context of its own does not let floats in: it stands beside them or below. */
static void place_beside(struct walk *walk, struct box *child, const struct space *space, float *y)
{
	float start = walk->flow.x + walk->left;
	size_edges(child, space->width);
	for (int tries = 0; tries < 1000; tries++) {
		/* Of its border box: margins may lie under floats. */
		float left = start + child->margin.left, right = start + walk->width - child->margin.right;
		float_edges(walk->flow.bfc, walk->flow.y + *y, 1, &left, &right);
		float room = float_max(0, right - left) + margins_x(child);
		struct space narrow = *space;
		narrow.width = float_max(0, room);
		bool automatic = length_is_auto(child->style->width) && child->kind != BOX_REPLACED && child->kind != BOX_TABLE;
		place_box(walk->layout, child, automatic ? &narrow : space, NULL);
		size_edges(child, space->width);
		bool fits = child->rect.width <= right - left + 0.01f;
		float next = float_next_edge(walk->flow.bfc, walk->flow.y + *y) - walk->flow.y;
		if (fits || next <= *y) {
			float margin = child->margin.left;
			block_auto_margins(child, room);
			child->rect.x = left - walk->flow.x + child->margin.left - margin;
			return;
		}
		*y = next;
	}
}

/* CSS 2.1, 9.5.2: below the floats that it clears. True: it was moved, margins do not collapse. */
static bool clear_floats(const struct walk *walk, const struct box *child, float *y)
{
	if (box_is_plain(child) || child->style->clear == CLEAR_NONE) {
		return false;
	}
	float below = float_below(walk->flow.bfc, child->style->clear) - walk->flow.y;
	if (below <= *y) {
		return false;
	}
	*y = below;
	return true;
}

static void walk_block(struct walk *walk, struct box *child)
{
	struct cell *cell = cell_of(child);
	cell->top = block_top(child, walk->width);
	cell->empty = block_is_empty(child);
	struct strut above = strut_join(walk->pending, cell->top);
	/* An empty one stands where it would if its own margins did not meet. */
	float y = walk->at_start ? walk->y : walk->y + strut_sum(strut_join(walk->pending, strut_above(child, walk->width)));
	bool cleared = clear_floats(walk, child, &y);
	if (cleared) {
		walk->at_start = false;
		walk->y = y;
		above = strut_add((struct strut){0}, child->margin.bottom);
	}
	struct space space = {walk->width, walk->percent_height, NAN, NAN, false, false};
	if (block_is_context(child) && float_below(walk->flow.bfc, CLEAR_BOTH) > walk->flow.y + y) {
		place_beside(walk, child, &space, &y);
	} else {
		struct flow flow = {walk->flow.bfc, walk->flow.x + walk->left + child->margin.left, walk->flow.y + y};
		place_box(walk->layout, child, &space, &flow);
		block_auto_margins(child, walk->width);
		child->rect.x = walk->left + child->margin.left;
	}
	child->rect.y = y;
	struct cell *own = cell_of(walk->box);
	if (own->outcome.first_baseline != own->outcome.first_baseline) {
		own->outcome.first_baseline = y + cell->outcome.first_baseline;
	}
	bool clipped = child->scrolls && child->kind == BOX_BLOCK; // ends at its edge
	if (clipped || cell->outcome.last_baseline == cell->outcome.last_baseline) {
		own->outcome.last_baseline = y + (clipped ? child->rect.height : cell->outcome.last_baseline);
	}
	if (cell->empty) {
		walk->pending = walk->at_start ? (struct strut){0} : above;
	} else {
		walk->y = y + child->rect.height;
		bool alone = child->kind != BOX_BLOCK || block_is_context(child); // no margin goes out of it
		walk->pending = alone ? strut_add((struct strut){0}, child->margin.bottom) : cell->outcome.bottom;
		walk->at_start = false;
	}
	block_shift_relative(child, walk->width, walk->percent_height);
}

static void walk_children(struct walk *walk)
{
	struct bfc *bfc = walk->flow.bfc;
	for (struct box *child = walk->box->first; child; child = child->next) {
		if (bfc->lines_left == 0 && !child->out_of_flow) {
			walk->before_clamp = walk->before_clamp == walk->before_clamp ? walk->before_clamp : walk_bottom(walk);
			bfc->clamped = true;
		}
		if (box_is_positioned(child)) {
			bool inside = child->style->inline_origin;
			float x = inside ? line_empty_start(walk->box->style, walk->left, walk->width) : walk->left;
			positioned_set_static(walk->layout, child, x, walk_bottom(walk));
		} else if (child->out_of_flow) {
			float_place(walk->layout, child, &walk->flow, walk_bottom(walk), walk->left, walk->width, walk->percent_height);
			block_shift_relative(child, walk->width, walk->percent_height);
		} else {
			walk_block(walk, child);
		}
	}
}

/* Lets the last margin go on below a block of automatic height. */
static bool opens_below(const struct box *box, const struct space *space)
{
	return !block_is_context(box) && !has_edge(box, SIDE_BOTTOM) && space->set_height != space->set_height
		&& (box_is_plain(box) || size_definite_height(box, space) != size_definite_height(box, space));
}

static void finish_height(struct walk *walk, const struct space *space, bool own_context)
{
	struct box *box = walk->box;
	struct cell *cell = cell_of(box);
	bool open = opens_below(box, space);
	bool drop = !block_is_context(box) && !has_edge(box, SIDE_BOTTOM) && !open; // a height of its own: it goes on nowhere
	float bottom = open || walk->at_start || drop ? walk->y : walk->y + strut_sum(walk->pending);
	if (walk->before_clamp == walk->before_clamp) {
		bottom = walk->before_clamp;
	}
	if (own_context) {
		float floats = float_below(walk->flow.bfc, CLEAR_BOTH);
		bottom = floats > -LAYOUT_LIMIT ? float_max(bottom, floats - walk->flow.y) : bottom;
	}
	box->rect.height = size_height(box, space, bottom + box->border.bottom + box->padding.bottom);
	/* A minimum or maximum height that shows keeps them apart, too. */
	bool limited = open && box->rect.height != snap(bottom + box->border.bottom + box->padding.bottom);
	struct strut below = open && !limited ? walk->pending : (struct strut){0};
	cell->outcome.bottom = strut_add(below, box->margin.bottom);
}

void block_layout(struct layout *layout, struct box *box, const struct space *space, struct flow *flow)
{
	box->rect.width = size_width(layout, box, space);
	struct bfc own = {.lowest_top = -LAYOUT_LIMIT, .lines_left = -1};
	bool own_context = block_is_context(box) || !flow;
	if (!box_is_plain(box) && block_is_context(box) && box->style->box_orient_vertical && box->style->line_clamp > 0
		&& (box->style->display == DISPLAY_WEBKIT_BOX || box->style->display == DISPLAY_WEBKIT_INLINE_BOX)) {
		own.lines_left = box->style->line_clamp;
	}
	struct walk walk = {
		.layout = layout,
		.box = box,
		.flow = own_context ? (struct flow){&own, 0, 0} : *flow,
		.left = box->border.left + box->padding.left,
		.width = float_max(0, box->rect.width - edges_x(box)),
		.percent_height = size_definite_height(box, space),
		.y = box->border.top + box->padding.top,
		.before_clamp = NAN,
		.at_start = opens_above(box),
	};
	box->flags &= ~(unsigned)FLAG_CLAMPED;
	if (box->inline_root) {
		struct rect content = {walk.left, walk.y, walk.width, 0};
		float height = inline_layout(layout, box, content, walk.percent_height, &walk.flow);
		walk.at_start = walk.at_start && height == 0;
		walk.y += height;
	} else {
		walk_children(&walk);
	}
	box->flags |= own.clamped ? FLAG_CLAMPED : 0;
	finish_height(&walk, space, own_context);
	vec_finish(&own.floats);
}

struct extent block_extent(struct layout *layout, struct box *box)
{
	struct extent extent = {0};
	float left = 0, right = 0; // widths of the floats beside each other
	for (struct box *child = box->first; child; child = child->next) {
		if (box_is_positioned(child)) {
			continue;
		}
		struct extent own = size_contribution(layout, child);
		extent.min = float_max(extent.min, own.min);
		if (box_is_float(child)) {
			if (child->style->clear != CLEAR_NONE) {
				left = right = 0;
			}
			*(child->style->float_side == FLOAT_LEFT ? &left : &right) += own.max;
			extent.max = float_max(extent.max, left + right);
			continue;
		}
		if (child->style->clear != CLEAR_NONE) {
			left = right = 0;
		}
		float beside = block_is_context(child) ? left + right : 0;
		extent.max = float_max(extent.max, own.max + beside);
		left = right = 0;
	}
	return extent;
}
