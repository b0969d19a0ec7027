/* Tables (CSS 2.1 chapter 17, CSS Tables 3 for the widths): automatic and fixed column widths, row
 * heights, vertical alignment in cells. How many columns and rows a cell spans is what its style's grid-column and
 * grid-row say of spans: that is how rich-text's cells have it. Rows and groups of rows are laid out by their table alone. */
#include "core/layout/layout.h"

#define SPAN_MAX 1000
#define COLUMNS_MAX 4000 // a cell further right spans one

struct table_cell {
	struct box *box;
	size_t row, column;
	size_t rows, columns; // that it spans
	float natural; // height of its content, border box
	float baseline; // of that content; NAN: aligned otherwise
};

struct table_row {
	struct box *box, *group; // group NULL: the table's own
	float height;
	float above;      // baseline-aligned cells reach this far above the row's baseline
	bool has_height;  // the row's style or a cell's asks for one
	float y;          // from the table's content box
};

struct table_column {
	float min, max;  // of the content
	float percent;   // 0: none
	bool fixed;      // a width in px
	float width;
	float x;         // from the row's left edge
	size_t taken;    // the first row that no cell from above reaches into
};

struct table {
	struct layout *layout;
	struct box *box;
	float gap_x, gap_y;   // between cells; borders that collapse lie on each other: less than 0
	float edge_x, edge_y; // before the first and behind the last
	float width, height; // content box; height NAN: of the rows
	VEC(struct table_row) rows;
	VEC(struct table_cell) cells;
	VEC(struct table_column) columns;
};

/* --- what there is --- */

static bool is_group(const struct box *box)
{
	return box->kind == BOX_BLOCK && !box->out_of_flow && box->style->display == DISPLAY_TABLE_ROW_GROUP;
}

static size_t span_of(const struct box *box, bool columns)
{
	int span = box_is_plain(box) ? 1 : columns ? box->style->grid_column_span : box->style->grid_row_span;
	return (size_t)int_max(1, span < SPAN_MAX ? span : SPAN_MAX);
}

static void add_row(struct table *t, struct box *row, struct box *group)
{
	size_t at = t->rows.len, column = 0;
	for (struct box *child = row->first; child; child = child->next) {
		if (child->out_of_flow) {
			continue;
		}
		while (column < t->columns.len && t->columns.at[column].taken > at) {
			column++;
		}
		struct table_cell cell = {child, at, column, span_of(child, false), span_of(child, true), 0, NAN};
		cell.columns = column + cell.columns > COLUMNS_MAX ? 1 : cell.columns;
		for (size_t end = column + cell.columns; column < end; column++) {
			if (t->columns.len == column) {
				vec_push(&t->columns, ((struct table_column){0}));
			}
			t->columns.at[column].taken = size_max(t->columns.at[column].taken, at + cell.rows);
		}
		vec_push(&t->cells, cell);
	}
	struct table_row record = {.box = row, .group = group};
	vec_push(&t->rows, record);
}

/* Spans end with their group of rows, and with the last column that a cell begins in. */
static void clamp_spans(struct table *t)
{
	size_t columns = 0;
	for (size_t i = 0; i < t->cells.len; i++) {
		struct table_cell *cell = &t->cells.at[i];
		columns = size_max(columns, cell->column + 1);
		cell->rows = size_min(cell->rows, t->rows.len - cell->row);
		while (t->rows.at[cell->row + cell->rows - 1].group != t->rows.at[cell->row].group) {
			cell->rows--;
		}
	}
	t->columns.len = columns;
	for (size_t i = 0; i < t->cells.len; i++) {
		t->cells.at[i].columns = size_min(t->cells.at[i].columns, columns - t->cells.at[i].column);
	}
}

/* Borders of neighbours are one when both have one: the cells lie on each other by that much, and on the table's. Which one
 * of two different ones is seen is not decided as CSS does. */
static void collapse_borders(struct table *t)
{
	float widest[4] = {0};
	for (size_t i = 0; i < t->cells.len; i++) {
		const struct box *box = t->cells.at[i].box;
		for (int side = 0; side < 4 && !box_is_plain(box); side++) {
			widest[side] = float_max(widest[side], box->style->border[side].width);
		}
	}
	const struct border_side *outer = t->box->style->border;
	bool plain = box_is_plain(t->box);
	t->gap_x = -float_min(widest[SIDE_LEFT], widest[SIDE_RIGHT]);
	t->gap_y = -float_min(widest[SIDE_TOP], widest[SIDE_BOTTOM]);
	t->edge_x = plain ? 0 : -float_min(outer[SIDE_LEFT].width, widest[SIDE_LEFT]);
	t->edge_y = plain ? 0 : -float_min(outer[SIDE_TOP].width, widest[SIDE_TOP]);
}

static void collect(struct table *t, struct layout *layout, struct box *box)
{
	t->layout = layout;
	t->box = box;
	for (struct box *child = box->first; child; child = child->next) {
		if (child->kind == BOX_TABLE_ROW && !child->out_of_flow) {
			add_row(t, child, NULL);
		} else if (is_group(child)) {
			for (struct box *row = child->first; row; row = row->next) {
				if (row->kind == BOX_TABLE_ROW && !row->out_of_flow) {
					add_row(t, row, child);
				}
			}
		}
	}
	clamp_spans(t);
	if (box->style->border_collapse) {
		collapse_borders(t);
	} else {
		t->gap_x = t->edge_x = float_clamp(box->style->border_spacing_x, 0, LAYOUT_LIMIT);
		t->gap_y = t->edge_y = float_clamp(box->style->border_spacing_y, 0, LAYOUT_LIMIT);
	}
}

static void drop(struct table *t)
{
	vec_finish(&t->rows);
	vec_finish(&t->cells);
	vec_finish(&t->columns);
}

/* --- widths of columns --- */

static bool is_fixed_layout(const struct table *t)
{
	const struct style *s = t->box->style;
	return !box_is_plain(t->box) && s->table_fixed && !length_is_auto(s->width);
}

/* What a cell asks of its columns: its extent, as `fixed` when its width is in px; or a share of the table. Only widths speak
 * under table-layout: fixed. */
static struct extent cell_extent(struct table *t, const struct table_cell *cell, bool *ret_fixed, float *ret_percent)
{
	struct box *box = cell->box;
	const struct length *width = box_is_plain(box) ? NULL : &box->style->width;
	bool has = width && width->kind == LENGTH_FIXED, fixed_layout = is_fixed_layout(t);
	struct extent own = fixed_layout ? (struct extent){0} : size_extent(t->layout, box);
	size_edges(box, 0);
	*ret_fixed = false;
	*ret_percent = has && width->percent > 0 ? float_min(width->percent, 1) : 0;
	if (has && *ret_percent == 0) {
		float size = size_resolve(box, *width, NAN, false);
		if (size == size && (size > edges_x(box) || fixed_layout)) {
			*ret_fixed = true;
			own.max = float_max(size, own.min);
			own.min = fixed_layout ? size : own.min;
		}
	}
	if (!box_is_plain(box)) {
		float min = size_resolve(box, box->style->min_width, NAN, false);
		own.min = min == min ? float_max(own.min, min) : own.min;
	}
	return own;
}

static void measure_column(struct table *t, const struct table_cell *cell)
{
	struct table_column *column = &t->columns.at[cell->column];
	bool fixed;
	float percent;
	struct extent own = cell_extent(t, cell, &fixed, &percent);
	column->percent = float_max(column->percent, percent);
	column->fixed |= fixed;
	column->min = float_max(column->min, own.min);
	column->max = float_max(float_max(column->max, own.max), column->min);
}

/* What the cell needs beyond its columns goes to them in proportion to their widest content. */
static void measure_span(struct table *t, const struct table_cell *cell)
{
	bool fixed;
	float percent, min = t->gap_x * (float)(cell->columns - 1), max = min, weight = 0, shared = 0;
	struct extent own = cell_extent(t, cell, &fixed, &percent);
	struct table_column *columns = &t->columns.at[cell->column];
	size_t open = 0;
	for (size_t i = 0; i < cell->columns; i++) {
		min += columns[i].min;
		max += columns[i].max;
		weight += columns[i].max;
		shared += columns[i].percent;
		open += columns[i].percent == 0;
	}
	for (size_t i = 0; i < cell->columns; i++) {
		float part = weight > 0 ? columns[i].max / weight : 1 / (float)cell->columns;
		columns[i].fixed |= fixed;
		columns[i].min += float_max(0, own.min - min) * part;
		columns[i].max = float_max(columns[i].max + float_max(0, own.max - max) * part, columns[i].min);
		if (columns[i].percent == 0 && percent > shared) {
			columns[i].percent = (percent - shared) / (float)open;
		}
	}
}

static void measure_columns(struct table *t)
{
	bool first_only = is_fixed_layout(t);
	for (int spans = 0; spans < 2; spans++) {
		for (size_t i = 0; i < t->cells.len; i++) {
			const struct table_cell *cell = &t->cells.at[i];
			if ((cell->columns > 1) == spans && !(first_only && cell->row > 0)) {
				(spans ? measure_span : measure_column)(t, cell);
			}
		}
	}
	float left = 1;
	for (size_t i = 0; i < t->columns.len; i++) { // together they are at most all
		struct table_column *column = &t->columns.at[i];
		column->percent = float_min(column->percent, left);
		left -= column->percent;
	}
}

static float all_spacing_x(const struct table *t)
{
	return t->columns.len ? t->gap_x * (float)(t->columns.len - 1) + 2 * t->edge_x : 0;
}

/* CSS Tables 3, 3.9.3.2: the four guesses, each at least as wide as the one before. */
enum guess { GUESS_MIN, GUESS_PERCENT, GUESS_FIXED, GUESS_MAX };

static float guess_width(const struct table_column *column, enum guess guess, float room)
{
	if (column->percent > 0) {
		return guess >= GUESS_PERCENT ? float_max(column->min, column->percent * room) : column->min;
	}
	bool wide = guess == GUESS_MAX || (guess == GUESS_FIXED && column->fixed);
	return wide ? column->max : column->min;
}

static float guess_sum(const struct table *t, enum guess guess, float room)
{
	float sum = 0;
	for (size_t i = 0; i < t->columns.len; i++) {
		sum += guess_width(&t->columns.at[i], guess, room);
	}
	return sum;
}

/* What a column counts when more than its widest guess is to be spread: first those without a width,
 * then those with one in px, then percentages; 0: nothing. */
static float excess_weight(const struct table_column *column, int round)
{
	switch (round) {
	case 0: return column->percent > 0 || column->fixed ? 0 : column->max;
	case 1: return column->percent == 0 && column->fixed ? column->max : 0;
	case 2: return column->percent;
	default: return column->percent > 0 || column->fixed ? 0 : 1;
	}
}

static void spread_excess(struct table *t, float excess)
{
	static const int order[] = {0, 3, 1, 2};
	for (size_t k = 0; k < ARRAY_LEN(order); k++) {
		float sum = 0;
		for (size_t i = 0; i < t->columns.len; i++) {
			sum += excess_weight(&t->columns.at[i], order[k]);
		}
		for (size_t i = 0; i < t->columns.len && sum > 0; i++) {
			t->columns.at[i].width += excess * (excess_weight(&t->columns.at[i], order[k]) / sum);
		}
		if (sum > 0) {
			return;
		}
	}
}

/* Under table-layout: fixed, columns without a width share what is left alike. */
static void size_columns_fixed(struct table *t, float room)
{
	float used = 0;
	size_t open = 0;
	for (size_t i = 0; i < t->columns.len; i++) {
		struct table_column *column = &t->columns.at[i];
		column->width = column->percent > 0 ? column->percent * room : column->fixed ? column->max : 0;
		used += column->width;
		open += column->percent == 0 && !column->fixed;
	}
	for (size_t i = 0; i < t->columns.len; i++) {
		struct table_column *column = &t->columns.at[i];
		if (open && column->percent == 0 && !column->fixed) {
			column->width = float_max(0, room - used) / (float)open;
		} else if (!open && used > 0 && used < room) {
			column->width *= room / used;
		}
	}
}

static void size_columns(struct table *t)
{
	float room = float_max(0, t->width - all_spacing_x(t));
	if (is_fixed_layout(t)) {
		size_columns_fixed(t, room);
	} else {
		enum guess guess = GUESS_MIN;
		while (guess < GUESS_MAX && guess_sum(t, guess + 1, room) <= room) {
			guess++;
		}
		float low = guess_sum(t, guess, room), high = guess < GUESS_MAX ? guess_sum(t, guess + 1, room) : low;
		float part = high > low ? float_clamp((room - low) / (high - low), 0, 1) : 0;
		for (size_t i = 0; i < t->columns.len; i++) {
			struct table_column *column = &t->columns.at[i];
			float from = guess_width(column, guess, room);
			float to = guess < GUESS_MAX ? guess_width(column, guess + 1, room) : from;
			column->width = from + (to - from) * part;
		}
		if (guess == GUESS_MAX && room > low) {
			spread_excess(t, room - low);
		}
	}
	float exact = 0, given = 0; // no px is lost by rounding
	for (size_t i = 0; i < t->columns.len; i++) {
		struct table_column *column = &t->columns.at[i];
		exact += column->width;
		column->width = snap_near(exact - given);
		column->x = given + t->gap_x * (float)i;
		given += column->width;
	}
}

/* --- heights of rows --- */

static enum vertical_align cell_align(const struct table_cell *cell)
{
	return box_is_plain(cell->box) ? VERTICAL_ALIGN_BASELINE : cell->box->style->vertical_align;
}

static bool is_baseline(const struct table_cell *cell)
{
	enum vertical_align align = cell_align(cell);
	return align != VERTICAL_ALIGN_TOP && align != VERTICAL_ALIGN_MIDDLE && align != VERTICAL_ALIGN_BOTTOM;
}

static float own_height(const struct box *box)
{
	if (box_is_plain(box)) {
		return 0;
	}
	float height = size_resolve(box, box->style->height, NAN, true), min = size_resolve(box, box->style->min_height, NAN, true);
	return float_max(height == height ? height : 0, min == min ? min : 0);
}

static struct space cell_space(const struct table *t, const struct table_cell *cell)
{
	const struct table_column *last = &t->columns.at[cell->column + cell->columns - 1];
	return (struct space){t->width, NAN, last->x + last->width - t->columns.at[cell->column].x, NAN, false, false, 0};
}

static float spanned_height(const struct table *t, const struct table_cell *cell)
{
	float height = t->gap_y * (float)(cell->rows - 1);
	for (size_t i = 0; i < cell->rows; i++) {
		height += t->rows.at[cell->row + i].height;
	}
	return height;
}

/* What the cell needs beyond its rows goes to them in proportion; to the last one when all are empty. */
static void stretch_rows(struct table *t, const struct table_cell *cell)
{
	float height = spanned_height(t, cell), of = height - t->gap_y * (float)(cell->rows - 1);
	float more = float_max(cell->natural, own_height(cell->box)) - height;
	for (size_t i = 0; i < cell->rows && more > 0; i++) {
		struct table_row *row = &t->rows.at[cell->row + i];
		float part = of > 0 ? row->height / of : i + 1 == cell->rows;
		row->height = snap(row->height + more * part);
	}
}

static void size_rows(struct table *t)
{
	for (size_t i = 0; i < t->cells.len; i++) {
		struct table_cell *cell = &t->cells.at[i];
		struct table_row *row = &t->rows.at[cell->row];
		struct space space = cell_space(t, cell);
		struct outcome outcome = place_measure(t->layout, cell->box, &space);
		size_edges(cell->box, t->width);
		cell->natural = outcome.size.height;
		if (cell->rows == 1) {
			row->has_height = row->has_height || own_height(cell->box) > 0;
			row->height = float_max(row->height, float_max(cell->natural, own_height(cell->box)));
		}
		if (is_baseline(cell)) {
			bool has = outcome.first_baseline == outcome.first_baseline;
			cell->baseline = has ? outcome.first_baseline : cell->natural - cell->box->border.bottom - cell->box->padding.bottom;
			row->above = float_max(row->above, cell->baseline);
		}
	}
	for (size_t i = 0; i < t->cells.len; i++) {
		const struct table_cell *cell = &t->cells.at[i];
		struct table_row *row = &t->rows.at[cell->row];
		if (cell->baseline == cell->baseline && cell->rows == 1) {
			row->height = float_max(row->height, row->above - cell->baseline + cell->natural);
		}
	}
	for (size_t i = 0; i < t->rows.len; i++) {
		struct table_row *row = &t->rows.at[i];
		size_edges(row->box, t->width);
		float height = own_height(row->box);
		row->has_height = row->has_height || height > 0;
		row->height = float_max(row->height, height);
	}
	for (size_t i = 0; i < t->cells.len; i++) {
		if (t->cells.at[i].rows > 1) {
			stretch_rows(t, &t->cells.at[i]);
		}
	}
}

/* A table higher than its rows: those without a height of their own grow, in proportion. */
static void grow_rows(struct table *t)
{
	float sum = t->rows.len ? t->gap_y * (float)(t->rows.len - 1) + 2 * t->edge_y : 0, open = 0;
	size_t open_count = 0;
	for (size_t i = 0; i < t->rows.len; i++) {
		sum += t->rows.at[i].height;
		open += t->rows.at[i].has_height ? 0 : t->rows.at[i].height;
		open_count += !t->rows.at[i].has_height;
	}
	float more = t->height == t->height ? t->height - sum : 0, of = open_count ? open : sum;
	for (size_t i = 0; i < t->rows.len && more > 0; i++) {
		struct table_row *row = &t->rows.at[i];
		if (!open_count || !row->has_height) {
			float part = of > 0 ? row->height / of : 1 / (float)(open_count ? open_count : t->rows.len);
			row->height = snap(row->height + more * part);
		}
	}
	float y = t->edge_y;
	for (size_t i = 0; i < t->rows.len; i++) {
		t->rows.at[i].y = y;
		y += t->rows.at[i].height + (i + 1 < t->rows.len ? t->gap_y : t->edge_y);
	}
	t->height = float_max(t->height == t->height ? t->height : 0, t->rows.len ? y : 0);
}

/* --- places --- */

static float cell_drop(const struct table_cell *cell, const struct table_row *row, float height)
{
	float spare = height - cell->natural;
	switch (cell_align(cell)) {
	case VERTICAL_ALIGN_TOP: return 0;
	case VERTICAL_ALIGN_MIDDLE: return float_max(0, snap(spare / 2));
	case VERTICAL_ALIGN_BOTTOM: return float_max(0, spare);
	default: return float_max(0, snap(row->above - cell->baseline));
	}
}

static void place_cells(struct table *t)
{
	for (size_t i = 0; i < t->cells.len; i++) {
		struct table_cell *cell = &t->cells.at[i];
		const struct table_row *row = &t->rows.at[cell->row];
		struct space space = cell_space(t, cell);
		space.set_height = spanned_height(t, cell);
		space.definite = row->has_height || !length_is_auto(t->box->style->height);
		space.drop = cell_drop(cell, row, space.set_height);
		place_box(t->layout, cell->box, &space, NULL);
		cell->box->rect.x = t->columns.at[cell->column].x;
		cell->box->rect.y = 0;
		block_shift_relative(cell->box, t->width, NAN);
	}
}

/* What is out of flow inside of a part of the table: its static position is the part's corner. */
static void place_strays(struct table *t, struct box *part)
{
	float left = part->border.left + part->padding.left, top = part->border.top + part->padding.top;
	for (struct box *child = part->first; child; child = child->next) {
		if (box_is_positioned(child)) {
			positioned_set_static(t->layout, child, left, top);
		} else if (child->out_of_flow) {
			struct space space = {t->width, NAN, NAN, NAN, true, false, 0};
			place_box(t->layout, child, &space, NULL);
			child->rect.x = left + child->margin.left;
			child->rect.y = top + child->margin.top;
		}
	}
}

static void finish_part(struct table *t, struct box *part)
{
	place_strays(t, part);
	cell_of(part)->outcome = (struct outcome){.size = {part->rect.width, part->rect.height}, .first_baseline = NAN,
		.last_baseline = NAN};
	positioned_layout_all(t->layout, part);
	overflow_compute(t->layout, part);
}

static void place_rows(struct table *t)
{
	struct box *box = t->box;
	float left = box->border.left + box->padding.left + t->edge_x, top = box->border.top + box->padding.top;
	float width = float_max(0, t->width - 2 * t->edge_x);
	for (size_t i = 0; i < t->rows.len; i++) {
		struct table_row *row = &t->rows.at[i];
		struct box *group = row->group;
		bool first = group && (i == 0 || t->rows.at[i - 1].group != group);
		if (first) {
			group->margin = group->border = group->padding = (struct insets){0};
			group->rect = (struct rect){left, top + row->y, width, 0};
		}
		row->box->rect = (struct rect){group ? 0 : left, top + row->y - (group ? group->rect.y : 0), width, row->height};
		finish_part(t, row->box);
		block_shift_relative(row->box, t->width, NAN);
		if (group) {
			group->rect.height = top + row->y + row->height - group->rect.y;
		}
		if (group && (i + 1 == t->rows.len || t->rows.at[i + 1].group != group)) {
			finish_part(t, group);
		}
	}
	for (struct box *child = box->first; child; child = child->next) {
		if (is_group(child) && !child->first) {
			child->rect = (struct rect){left, top, width, 0};
			finish_part(t, child);
		}
	}
}

void table_layout(struct layout *layout, struct box *box, const struct space *space)
{
	struct table table = {0}, *t = &table;
	collect(t, layout, box);
	measure_columns(t);
	box->rect.width = size_width(layout, box, space);
	t->width = box->rect.width - edges_x(box);
	if (!is_fixed_layout(t)) {
		t->width = float_max(t->width, snap_up(guess_sum(t, GUESS_MIN, 0) + all_spacing_x(t)));
	}
	size_columns(t);
	if (is_fixed_layout(t)) {
		float sum = all_spacing_x(t);
		for (size_t i = 0; i < t->columns.len; i++) {
			sum += t->columns.at[i].width;
		}
		t->width = float_max(t->width, sum);
	}
	box->rect.width = t->width + edges_x(box);
	float asked = size_height(box, space, edges_y(box)) - edges_y(box);
	size_rows(t);
	t->height = asked > 0 ? asked : NAN;
	grow_rows(t);
	place_cells(t);
	box->rect.height = snap(t->height + edges_y(box));
	place_rows(t);
	place_strays(t, box);
	struct cell *own = cell_of(box);
	if (t->rows.len) {
		const struct table_row *row = &t->rows.at[0];
		own->outcome.first_baseline = box->border.top + box->padding.top + row->y + (row->above > 0 ? row->above : row->height);
		own->outcome.last_baseline = own->outcome.first_baseline;
	}
	drop(t);
}

/* A percentage makes the table wide enough for its column to have it. */
struct extent table_extent(struct layout *layout, struct box *box)
{
	struct table table = {0}, *t = &table;
	collect(t, layout, box);
	measure_columns(t);
	struct extent extent = {guess_sum(t, GUESS_MIN, 0) + all_spacing_x(t), 0};
	float max = 0, others = 0, left = 1;
	for (size_t i = 0; i < t->columns.len; i++) {
		const struct table_column *column = &t->columns.at[i];
		max += column->max;
		left -= column->percent;
		others += column->percent > 0 ? 0 : column->max;
	}
	for (size_t i = 0; i < t->columns.len; i++) {
		const struct table_column *column = &t->columns.at[i];
		max = column->percent > 0 ? float_max(max, column->max / column->percent) : max;
	}
	max = left < 1 && others > 0 ? float_max(max, others / float_max(left, 1e-4f)) : max;
	extent.min = snap_up(extent.min);
	extent.max = float_max(snap_up(float_min(max, LAYOUT_LIMIT) + all_spacing_x(t)), extent.min);
	drop(t);
	return extent;
}
