/* Boxes one by one: making, linking, freeing, and the queue of those to be laid out again. */
#include "core/layout/layout.h"

struct box *cell_create(struct layout *layout, struct node *node, enum box_pseudo pseudo, enum box_kind kind)
{
	struct cell *cell = mem_alloc(sizeof(*cell));
	cell->box.kind = kind;
	cell->box.pseudo = pseudo;
	cell->box.node = node;
	cell->box.baseline = NAN;
	cell->extent.min = NAN;
	layout->live++;
	return &cell->box;
}

static bool holds_fixed(const struct box *box)
{
	const struct style *style = box->style;
	return style->transform_count > 0 || style->perspective > 0 || style->filter_count > 0;
}

static unsigned holding_flags(const struct box *box)
{
	if (box->pseudo == BOX_ANONYMOUS || box->kind == BOX_TEXT) {
		return 0;
	}
	bool fixed = holds_fixed(box) && box->kind != BOX_INLINE;
	bool absolute = fixed || box->style->position != POSITION_STATIC;
	return (fixed ? FLAG_HOLDS_FIXED : 0u) | (absolute ? FLAG_HOLDS_ABSOLUTE : 0u);
}

void cell_reset_positioned(struct layout *layout, struct box *box)
{
	for (struct box *child = box->first; child; child = child->next) {
		if (box_is_positioned(child)) {
			positioned_unregister(child);
			cell_queue(layout, box);
		}
		cell_reset_positioned(layout, child);
	}
}

static void unref_style(struct layout *layout, struct cell *cell)
{
	if (cell->box.pseudo == BOX_ANONYMOUS) {
		anonymous_unref(layout, cell->style);
	} else {
		style_unref(cell->style);
	}
}

void cell_set_style(struct layout *layout, struct box *box, const struct style *style)
{
	struct cell *cell = cell_of(box);
	bool fresh = !cell->style;
	struct style *kept = box->pseudo == BOX_ANONYMOUS ? (struct style *)(uintptr_t)style : style_ref(style);
	box->style = kept;
	overflow_note_ink(box, cell->style);
	unref_style(layout, cell);
	cell->style = kept;
	bool boxy = box->kind != BOX_INLINE && box->kind != BOX_TEXT && !box_is_plain(box);
	box->scrolls = boxy && box != layout->root && style->overflow_x != OVERFLOW_VISIBLE
		&& (style->overflow_x != OVERFLOW_CLIP || style->overflow_y != OVERFLOW_CLIP);
	unsigned holding = holding_flags(box), mask = FLAG_HOLDS_ABSOLUTE | FLAG_HOLDS_FIXED;
	if ((box->flags & mask) != holding) {
		box->flags = (box->flags & ~mask) | holding;
		if (!fresh) {
			cell_reset_positioned(layout, box);
		}
	}
}

void cell_append(struct box *parent, struct box *box)
{
	box->parent = parent;
	box->next = NULL;
	box->prev = parent->last;
	*(parent->last ? &parent->last->next : &parent->first) = box;
	parent->last = box;
	if (parent->pseudo == BOX_ANONYMOUS && (box->containing || box->flags & FLAG_ESCAPES)) {
		parent->flags |= FLAG_ESCAPES; // a new box around one that is kept
	}
	overflow_note_child(parent, box);
}

void cell_unlink(struct box *box)
{
	struct box *parent = box->parent;
	if (!parent) {
		return;
	}
	*(box->prev ? &box->prev->next : &parent->first) = box->next;
	*(box->next ? &box->next->prev : &parent->last) = box->prev;
	box->parent = box->prev = box->next = NULL;
}

void cell_drop_lines(struct layout *layout, struct box *box)
{
	UNUSED(layout);
	struct cell *cell = cell_of(box);
	mem_free(cell->items);
	mem_free(cell->fragments);
	mem_free(box->lines);
	cell->items = NULL;
	cell->fragments = NULL;
	cell->item_count = 0;
	box->lines = NULL;
	box->line_count = 0;
}

void cell_forget_layout(struct box *box)
{
	struct cell *cell = cell_of(box);
	cell->laid = false;
	cell->measure_count = cell->measure_next = 0;
	cell->extent.min = NAN;
}

static void unqueue(struct layout *layout, struct cell *cell)
{
	for (int i = layout->queue_deepest; i >= 0; i--) {
		for (struct cell **at = &layout->queue[i]; *at; at = &(*at)->next_queued) {
			if (*at == cell) {
				*at = cell->next_queued;
				return;
			}
		}
	}
}

void cell_set_loose(struct layout *layout, struct box *box)
{
	struct cell *cell = cell_of(box);
	box->flags |= FLAG_LOOSE;
	cell->next_loose = layout->loose;
	layout->loose = cell;
}

static void unset_loose(struct layout *layout, struct cell *cell)
{
	struct cell **at = &layout->loose;
	while (*at && *at != cell) {
		at = &(*at)->next_loose;
	}
	*at = cell->next_loose;
}

static void free_one(struct layout *layout, struct box *box)
{
	struct cell *cell = cell_of(box);
	if (box->flags & FLAG_QUEUED) {
		unqueue(layout, cell);
	}
	if (box->flags & FLAG_LOOSE) {
		unset_loose(layout, cell);
	}
	if (box->containing) {
		positioned_unregister(box);
	}
	for (struct box *held = box->positioned; held;) {
		struct box *next = held->next_positioned;
		held->containing = held->next_positioned = NULL;
		held = next;
	}
	cell_unlink(box);
	if (box->node->box == box) {
		box->node->box = NULL;
	}
	cell_drop_lines(layout, box);
	layout->shaper.unref(layout->shaper.user, cell->run);
	unref_style(layout, cell);
	if (layout->root == box) {
		layout->root = NULL;
	}
	layout->live--;
	mem_free(cell);
}

void cell_drop_root_lines(struct layout *layout, struct box *box)
{
	while (box->parent && (box->kind == BOX_TEXT || box->kind == BOX_INLINE)) {
		box = box->parent;
	}
	cell_drop_lines(layout, box);
}

void cell_free(struct layout *layout, struct box *box)
{
	if (box->parent) {
		cell_drop_root_lines(layout, box->parent); // they name it
	}
	for (struct box *cur = box; cur;) {
		while (cur->first) {
			cur = cur->first;
		}
		struct box *above = cur == box ? NULL : cur->parent;
		free_one(layout, cur);
		cur = above;
	}
}

void cell_queue(struct layout *layout, struct box *box)
{
	while (box->kind == BOX_TEXT || box->kind == BOX_INLINE) {
		if (!box->parent) {
			return;
		}
		box = box->parent;
	}
	if (box->flags & FLAG_QUEUED) {
		return;
	}
	int depth = 0;
	for (const struct box *up = box->parent; up; up = up->parent) {
		depth++;
	}
	depth = int_min(depth, LAYOUT_QUEUE - 1);
	struct cell *cell = cell_of(box);
	box->flags |= FLAG_QUEUED;
	cell->next_queued = layout->queue[depth];
	layout->queue[depth] = cell;
	layout->queue_deepest = int_max(layout->queue_deepest, depth);
}
