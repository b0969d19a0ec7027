/* One box in one space. The caches are here: a box that was not touched is neither measured nor
 * laid out twice in the same space. */
#include "core/layout/layout.h"

static bool same(float a, float b)
{
	return a == b || (a != a && b != b);
}

/* Does anything that the box's layout does depend on the containing block's height? */
static bool reads_height(const struct box *box)
{
	const struct style *s = box->style;
	return box_is_plain(box) || box->kind == BOX_REPLACED || length_has_percent(s->height) || length_has_percent(s->min_height)
		|| length_has_percent(s->max_height) || s->aspect_ratio > 0 || box->kind == BOX_TABLE || box->kind == BOX_TABLE_ROW;
}

static bool same_space(const struct box *box, const struct space *a, const struct space *b)
{
	return a->width == b->width && same(a->set_width, b->set_width) && same(a->set_height, b->set_height)
		&& a->shrink == b->shrink && a->definite == b->definite && a->drop == b->drop
		&& (same(a->height, b->height) || (!reads_height(box) && !box->inline_root));
}

static bool meets_floats(const struct box *box, const struct flow *flow)
{
	return box->flags & FLAG_FLOATS
		|| (flow && (flow->bfc->lines_left >= 0 || float_below(flow->bfc, CLEAR_BOTH) > flow->y));
}

static void lay_out(struct layout *layout, struct box *box, const struct space *space, struct flow *flow)
{
	switch (box->kind) {
	case BOX_FLEX:
		flex_layout(layout, box, space);
		break;
	case BOX_GRID:
		grid_layout(layout, box, space);
		break;
	case BOX_TABLE:
		table_layout(layout, box, space);
		break;
	case BOX_REPLACED: {
		struct size size = size_replaced(layout, box, space);
		box->rect.width = size.width;
		box->rect.height = size.height;
		break;
	}
	default:
		block_layout(layout, box, space, flow);
	}
}

/* `space` may not change a box that clean: its own entry point, caches aside. */
static void place_fresh(struct layout *layout, struct box *box, const struct space *space, struct flow *flow)
{
	struct cell *cell = cell_of(box);
	layout->laid++;
	cell->outcome = (struct outcome){.first_baseline = NAN, .last_baseline = NAN};
	size_edges(box, space->width);
	box->padding.top += space->drop;
	bool in_flow = !block_is_context(box);
	bool floats_before = in_flow && flow && (flow->bfc->floats.len || flow->bfc->lines_left >= 0);
	size_t count = in_flow && flow ? flow->bfc->floats.len : 0;
	lay_out(layout, box, space, in_flow ? flow : NULL);
	bool floats = floats_before || (in_flow && flow && flow->bfc->floats.len > count);
	box->flags = floats ? box->flags | FLAG_FLOATS : box->flags & ~(unsigned)FLAG_FLOATS;
	cell->outcome.size = (struct size){box->rect.width, box->rect.height};
	box->baseline = cell->outcome.first_baseline;
	positioned_layout_all(layout, box);
	overflow_compute(layout, box);
	cell->space = *space;
	cell->laid = true;
	if (!floats) {
		struct measure *measure = &cell->measures[cell->measure_next];
		measure->space = *space;
		measure->outcome = cell->outcome;
		cell->measure_next = (cell->measure_next + 1) % LAYOUT_MEASURES;
		cell->measure_count = (unsigned)int_min((int)cell->measure_count + 1, LAYOUT_MEASURES);
	}
}

void place_box(struct layout *layout, struct box *box, const struct space *space, struct flow *flow)
{
	struct cell *cell = cell_of(box);
	if (box->flags & FLAG_QUEUED) {
		cell_forget_layout(box);
	}
	if (cell->laid && same_space(box, space, &cell->space) && !meets_floats(box, flow)) {
		size_edges(box, space->width);
		box->padding.top += space->drop;
		return;
	}
	place_fresh(layout, box, space, flow);
}

/* In a context that nothing else is in: what matters is whether floats reach out of the box. */
static void place_alone(struct layout *layout, struct box *box, const struct space *space)
{
	struct bfc bfc = {.lowest_top = -LAYOUT_LIMIT, .lines_left = -1};
	struct flow flow = {&bfc, 0, 0};
	place_fresh(layout, box, space, &flow);
	vec_finish(&bfc.floats);
}

struct outcome place_measure(struct layout *layout, struct box *box, const struct space *space)
{
	struct cell *cell = cell_of(box);
	if (box->flags & FLAG_QUEUED) {
		cell_forget_layout(box);
	}
	for (unsigned i = 0; i < cell->measure_count; i++) {
		if (same_space(box, space, &cell->measures[i].space)) {
			return cell->measures[i].outcome;
		}
	}
	place_alone(layout, box, space);
	return cell->outcome;
}

static bool same_rect(struct rect a, struct rect b)
{
	return a.x == b.x && a.y == b.y && a.width == b.width && a.height == b.height;
}

static bool same_strut(struct strut a, struct strut b)
{
	return a.positive == b.positive && a.negative == b.negative;
}

static bool same_outcome(const struct outcome *a, const struct outcome *b)
{
	return a->size.width == b->size.width && a->size.height == b->size.height && same(a->first_baseline, b->first_baseline)
		&& same(a->last_baseline, b->last_baseline) && same_strut(a->bottom, b->bottom) && same_rect(a->overflow, b->overflow);
}

bool place_again(struct layout *layout, struct box *box)
{
	struct cell *cell = cell_of(box);
	if (!cell->laid || box->flags & (FLAG_FLOATS | FLAG_ESCAPES)) {
		cell_forget_layout(box);
		return true;
	}
	struct cell before = *cell;
	cell_forget_layout(box);
	if (before.extent.min == before.extent.min) {
		struct extent extent = size_extent(layout, box);
		if (extent.min != before.extent.min || extent.max != before.extent.max) {
			return true;
		}
	}
	for (unsigned i = 0; i < before.measure_count; i++) {
		const struct measure *measure = &before.measures[i];
		if (!same_space(box, &measure->space, &before.space)) {
			struct outcome outcome = place_measure(layout, box, &measure->space);
			if (!same_outcome(&outcome, &measure->outcome)) {
				return true;
			}
		}
	}
	if (!cell->laid || !same_space(box, &before.space, &cell->space)) {
		place_alone(layout, box, &before.space);
	}
	if (!same_outcome(&cell->outcome, &before.outcome) || box->flags & (FLAG_FLOATS | FLAG_ESCAPES)) {
		return true;
	}
	return block_in_flow(box)
		&& (block_is_empty(box) != before.empty || !same_strut(block_top(box, before.space.width), before.top));
}

/* The root stands in the initial containing block like a block in <html>: its margins collapse
 * with its children's, and percentage heights mean the viewport's. */
void place_root(struct layout *layout)
{
	struct box *root = layout->root;
	struct size port = layout->viewport;
	struct space space = {port.width, port.height, NAN, NAN, false, false};
	struct bfc bfc = {.lowest_top = -LAYOUT_LIMIT, .lines_left = -1};
	size_edges(root, port.width);
	struct strut top = block_is_context(root) ? strut_add((struct strut){0}, root->margin.top) : block_top(root, port.width);
	root->rect.x = root->margin.left;
	root->rect.y = strut_sum(top);
	struct flow flow = {&bfc, root->rect.x, root->rect.y};
	place_box(layout, root, &space, &flow);
	vec_finish(&bfc.floats);
	/* Laid out before its own position was known to be the origin of fixed boxes. */
	positioned_layout_all(layout, root);
	overflow_compute(layout, root);
}
