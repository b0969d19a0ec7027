/* Puts boxes into a box. What cannot stand side by side gets anonymous boxes around it: inline
 * content among blocks (CSS 2.1, 9.2.1.1), text in flex and grid containers, rows and cells
 * without their table (17.2.1). An inline box with a block in it becomes a plain block itself. */
#include "core/layout/layout.h"

static bool is_row_group(const struct box *box)
{
	return box->kind == BOX_BLOCK && box->style->display == DISPLAY_TABLE_ROW_GROUP;
}

static bool is_table_part(const struct box *box)
{
	return !box->out_of_flow && (box->kind == BOX_TABLE_ROW || box->kind == BOX_TABLE_CELL || is_row_group(box));
}

static bool is_blank(const struct box *box)
{
	return box->kind == BOX_TEXT && box->flags & FLAG_BLANK;
}

static struct box *make_anonymous(struct layout *layout, struct box *parent, enum box_kind kind, enum display display)
{
	struct box *box = cell_create(layout, parent->node, BOX_ANONYMOUS, kind);
	cell_set_style(layout, box, anonymous_style(layout, parent, display));
	return box;
}

/* Takes list[from, to) and puts one box in its place that holds them. */
static struct box *wrap(struct layout *layout, struct box *parent, box_list *list, size_t from, size_t to,
	enum box_kind kind, enum display display)
{
	struct box *box = make_anonymous(layout, parent, kind, display);
	box->parent = parent; // already: for the styles of what is wrapped inside
	box_list inner = {0};
	for (size_t i = from; i < to; i++) {
		vec_push(&inner, list->at[i]);
	}
	memmove(list->at + from + 1, list->at + to, (list->len - to) * sizeof(*list->at));
	list->len -= to - from - 1;
	list->at[from] = box;
	structure_fill(layout, box, &inner);
	vec_finish(&inner);
	return box;
}

static void drop_blanks(struct layout *layout, box_list *list, size_t from, size_t *to)
{
	size_t kept = from;
	for (size_t i = from; i < list->len; i++) {
		if (i < *to && is_blank(list->at[i])) {
			cell_free(layout, list->at[i]);
		} else {
			list->at[kept++] = list->at[i];
		}
	}
	*to -= list->len - kept;
	list->len = kept;
}

static bool belongs_inline(const struct box *box)
{
	return box->inline_level;
}

/* An absolutely positioned child of a flex container is not part of the text beside it. */
static bool goes_along(const struct box *parent, const struct box *box)
{
	return is_blank(box) || (box->out_of_flow && parent->kind != BOX_FLEX && parent->kind != BOX_GRID);
}

/* Wraps every stretch of boxes that `belongs` to: blanks and boxes out of flow go along inside a
 * stretch, and a stretch of nothing else is not wrapped. In a block, what is out of flow after the
 * last line box's content goes along too: a float there stands beside that line. */
static void wrap_stretches(struct layout *layout, struct box *parent, box_list *list, bool (*belongs)(const struct box *),
	enum box_kind kind, enum display display)
{
	bool tail = belongs == belongs_inline && parent->kind != BOX_FLEX && parent->kind != BOX_GRID;
	for (size_t i = 0; i < list->len; i++) {
		size_t to = i, last = i;
		bool any = false;
		while (to < list->len && (belongs(list->at[to]) || goes_along(parent, list->at[to]))) {
			if (belongs(list->at[to]) && !is_blank(list->at[to]) && !list->at[to]->out_of_flow) {
				any = true;
				last = to;
			} else if (any && tail && list->at[to]->out_of_flow) {
				last = to;
			}
			to++;
		}
		if (!any) {
			drop_blanks(layout, list, i, &to);
			i = to;
			continue;
		}
		while (is_blank(list->at[i])) {
			cell_free(layout, list->at[i]);
			memmove(list->at + i, list->at + i + 1, (list->len - i - 1) * sizeof(*list->at));
			list->len--;
			last--;
		}
		wrap(layout, parent, list, i, last + 1, kind, display);
	}
}

static bool belongs_not_row(const struct box *box)
{
	return box->kind != BOX_TABLE_ROW && !is_row_group(box);
}

static bool belongs_not_cell(const struct box *box)
{
	return box->kind != BOX_TABLE_CELL;
}

/* Cells and rows outside of a table. */
static void wrap_table_parts(struct layout *layout, struct box *parent, box_list *list)
{
	for (size_t i = 0; i < list->len; i++) {
		if (!is_table_part(list->at[i])) {
			continue;
		}
		size_t to = i + 1, last = i;
		for (; to < list->len && (is_table_part(list->at[to]) || is_blank(list->at[to])); to++) {
			last = is_table_part(list->at[to]) ? to : last;
		}
		struct box *table = wrap(layout, parent, list, i, last + 1, BOX_TABLE, DISPLAY_TABLE);
		table->inline_level = parent->kind == BOX_INLINE;
	}
}

static void link_all(struct box *box, const box_list *list)
{
	for (size_t i = 0; i < list->len; i++) {
		cell_append(box, list->at[i]);
	}
}

static void fill_block(struct layout *layout, struct box *box, box_list *list)
{
	bool blocks = false, lines = false;
	for (size_t i = 0; i < list->len; i++) {
		const struct box *child = list->at[i];
		blocks |= !child->inline_level && !child->out_of_flow;
		lines |= child->inline_level && !child->out_of_flow && !is_blank(child);
	}
	box->inline_root = !blocks && lines;
	if (blocks && box->kind == BOX_INLINE) {
		box->kind = BOX_BLOCK;
		box->inline_level = false;
		box->flags |= FLAG_SPLIT;
		cell_set_style(layout, box, box->style);
	}
	if (box->kind == BOX_INLINE) {
		box->inline_root = false;
	} else if (!box->inline_root) {
		wrap_stretches(layout, box, list, belongs_inline, BOX_BLOCK, DISPLAY_BLOCK);
	}
}

void structure_fill(struct layout *layout, struct box *box, box_list *list)
{
	box->inline_root = false;
	if (box->kind == BOX_TABLE || is_row_group(box)) {
		wrap_stretches(layout, box, list, belongs_not_row, BOX_TABLE_ROW, DISPLAY_TABLE_ROW);
	} else if (box->kind == BOX_TABLE_ROW) {
		wrap_stretches(layout, box, list, belongs_not_cell, BOX_TABLE_CELL, DISPLAY_TABLE_CELL);
	} else {
		wrap_table_parts(layout, box, list);
		if (box->kind == BOX_FLEX || box->kind == BOX_GRID) {
			wrap_stretches(layout, box, list, belongs_inline, BOX_BLOCK, DISPLAY_BLOCK);
		} else {
			fill_block(layout, box, list);
		}
	}
	link_all(box, list);
}
