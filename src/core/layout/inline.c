/* The inline formatting context: line after line down an inline root, around floats. */
#include "core/layout/layout.h"

struct inline_walk {
	struct layout *layout;
	struct box *root;
	struct rect content;
	float percent_height, y;
	struct flow *flow;
	size_t floats_done;         // items before it are placed or wait
	VEC(struct box *) waiting;  // floats that stand below the line
};

static void lay_out_atomics(struct inline_walk *walk)
{
	struct cell *cell = cell_of(walk->root);
	for (size_t i = 0; i < cell->item_count; i++) {
		struct box *box = cell->items[i].box;
		if (cell->items[i].kind == ITEM_OPEN) {
			size_edges(box, walk->content.width);
		} else if (cell->items[i].kind == ITEM_ATOMIC) {
			struct space space = {walk->content.width, walk->percent_height, NAN, NAN, true, false};
			place_box(walk->layout, box, &space, NULL);
		}
	}
}

static void place_float(struct inline_walk *walk, struct box *box, float y)
{
	float_place(walk->layout, box, walk->flow, y, walk->content.x, walk->content.width, walk->percent_height);
	block_shift_relative(box, walk->content.width, walk->percent_height);
}

/* The room for a line at walk->y, in the root's frame. */
static void room(const struct inline_walk *walk, float height, float *ret_left, float *ret_width)
{
	float left = walk->flow->x + walk->content.x, right = left + walk->content.width;
	float_edges(walk->flow->bfc, walk->flow->y + walk->y, height, &left, &right);
	*ret_left = left - walk->flow->x;
	*ret_width = float_max(0, right - left);
}

static bool on_float(struct break_line *line, size_t item)
{
	struct inline_walk *walk = line->user;
	if (item < walk->floats_done) {
		return false;
	}
	walk->floats_done = item + 1;
	struct box *box = cell_of(walk->root)->items[item].box;
	struct space space = {walk->content.width, walk->percent_height, NAN, NAN, true, false};
	float width = place_measure(walk->layout, box, &space).size.width;
	size_edges(box, walk->content.width);
	width += margins_x(box);
	if (walk->waiting.len || (line->any && line->solid + width > line->available)) { // none before an earlier one
		vec_push(&walk->waiting, box);
		return false;
	}
	float before, after, left;
	room(walk, 1, &left, &before);
	place_float(walk, box, walk->y);
	room(walk, 1, &left, &after);
	line->available -= before - after;
	return true;
}

/* Of the first line, percentages of that width; none where the box around has lines before. */
static float resolve_indent(const struct box *root, float width)
{
	struct length indent = root->style->text_indent;
	const struct box *parent = root->parent;
	if (root->pseudo == BOX_ANONYMOUS && root->prev && (parent->kind == BOX_BLOCK || parent->kind == BOX_TABLE_CELL)) {
		return 0;
	}
	return indent.kind == LENGTH_FIXED ? snap(length_resolve(indent, width)) : 0;
}

static bool at_end(const struct inline_walk *walk, struct cursor cursor)
{
	const struct cell *cell = cell_of(walk->root);
	for (size_t i = cursor.item; i < cell->item_count; i++) {
		if (cell->items[i].kind == ITEM_TEXT || cell->items[i].kind == ITEM_ATOMIC) {
			return false;
		}
	}
	return true;
}

static float baseline_of(const struct line *line)
{
	return line->baseline;
}

/* Takes one line of the clamp's allowance. True: it was the last and something is behind it. */
static bool take_clamped(struct inline_walk *walk, struct cursor end)
{
	struct bfc *bfc = walk->flow->bfc;
	if (bfc->lines_left < 0 || --bfc->lines_left > 0 || at_end(walk, end)) {
		return false;
	}
	bfc->clamped = true;
	return true;
}

/* One line; *cursor moves behind it. True: nothing more may follow. */
static bool walk_line(struct inline_walk *walk, struct line_flow *lines, struct cursor *cursor, bool first)
{
	struct break_line line = {.layout = walk->layout, .root = walk->root, .on_float = on_float, .user = walk};
	float indent = first ? resolve_indent(walk->root, walk->content.width) : 0, left, width;
	for (int tries = 0;; tries++) {
		room(walk, 1, &left, &width);
		line.available = width - indent;
		break_line_run(&line, *cursor);
		float next = float_next_edge(walk->flow->bfc, walk->flow->y + walk->y) - walk->flow->y;
		room(walk, 1, &left, &width);
		bool fits = !line.last || !line.spilled || line.solid <= line.available + 0.02f;
		if (fits || width >= walk->content.width || next <= walk->y || tries > 1000) {
			break;
		}
		walk->y = next; // not even the first word fits beside the floats
	}
	struct line_range range = {*cursor, line.end, left, walk->y, width, indent, line.solid, line.forced, false};
	range.last = range.last || at_end(walk, line.end);
	bool stop = false;
	if (line.any || line.forced) {
		stop = range.clamp = take_clamped(walk, line.end);
		walk->y = snap(walk->y + line_add(lines, &range));
	} else {
		line_skip(lines, &range);
	}
	for (size_t i = 0; i < walk->waiting.len; i++) {
		place_float(walk, walk->waiting.at[i], walk->y);
	}
	vec_clear(&walk->waiting);
	*cursor = line.end;
	return stop;
}

/* What the clamp cut off has a place all the same, below the last line. */
static void place_rest(struct inline_walk *walk, struct cursor cursor)
{
	const struct cell *cell = cell_of(walk->root);
	for (size_t i = cursor.item; i < cell->item_count; i++) {
		struct box *box = cell->items[i].box;
		if (cell->items[i].kind == ITEM_FLOAT && i >= walk->floats_done) {
			place_float(walk, box, walk->y);
		} else if (cell->items[i].kind == ITEM_POSITIONED) {
			positioned_set_static(walk->layout, box, walk->content.x, walk->y);
		} else if (cell->items[i].kind == ITEM_ATOMIC) {
			box->rect.x = walk->content.x;
			box->rect.y = walk->y;
		}
	}
}

float inline_layout(struct layout *layout, struct box *root, struct rect content, float percent_height, struct flow *flow)
{
	inline_collect(layout, root);
	struct cell *cell = cell_of(root);
	struct inline_walk walk = {layout, root, content, percent_height, content.y, flow, 0, {0}};
	lay_out_atomics(&walk);
	struct line_flow lines = {.layout = layout, .root = root, .content = content};
	lines.content.height = percent_height;
	line_begin(&lines);
	struct cursor cursor = {0};
	bool first = true;
	if (flow->bfc->lines_left == 0) {
		flow->bfc->clamped = true;
		place_rest(&walk, cursor);
		cursor.item = cell->item_count;
	}
	while (cursor.item < cell->item_count) {
		bool stop = walk_line(&walk, &lines, &cursor, first);
		first = false;
		if (stop) {
			place_rest(&walk, cursor);
			break;
		}
	}
	line_finish(&lines);
	if (root->line_count) {
		cell->outcome.first_baseline = baseline_of(&root->lines[0]);
		cell->outcome.last_baseline = baseline_of(&root->lines[root->line_count - 1]);
	}
	vec_finish(&walk.waiting);
	return walk.y - content.y;
}

static float widest(struct layout *layout, struct box *root, enum break_mode mode)
{
	struct break_line line = {.layout = layout, .root = root, .mode = mode};
	float result = 0, first = resolve_indent(root, 0);
	struct cursor cursor = {0};
	while (cursor.item < cell_of(root)->item_count) {
		line.available = 0;
		break_line_run(&line, cursor);
		result = float_max(result, line.solid + (line.any ? first : 0));
		result = mode == BREAK_MIN ? float_max(result, line.available) : result; // of its floats
		first = 0;
		cursor = line.end;
	}
	return result;
}

struct extent inline_extent(struct layout *layout, struct box *root)
{
	inline_collect(layout, root);
	const struct cell *cell = cell_of(root);
	for (size_t i = 0; i < cell->item_count; i++) {
		if (cell->items[i].kind == ITEM_OPEN) {
			size_edges(cell->items[i].box, 0);
		}
	}
	return (struct extent){widest(layout, root, BREAK_MIN), widest(layout, root, BREAK_MAX)};
}
