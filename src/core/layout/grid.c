/* Grid containers (CSS Grid 1): placement (chapter 8) row by row, track sizing (chapter 11), alignment
 * (chapter 10). There are no named areas and no dense packing. */
#include "core/layout/layout.h"

#define GRID_TRACKS_MAX 1000 // of an axis
#define GRID_CELLS_MAX (1u << 20)

struct grid_span {
	size_t from, to; // tracks; from SIZE_MAX: to be placed
	size_t count;
};

struct grid_item {
	struct box *box;
	struct grid_span column, row;
};

struct grid_track {
	struct track style;
	float base, limit; // limit LAYOUT_LIMIT: no limit
	float at;          // from the content box's edge
};

struct grid_axis {
	VEC(struct grid_track) tracks;
	size_t given; // explicit tracks
	float gap;
	float room;   // content box; NAN: open
	float used;   // all tracks and gaps
};

struct grid {
	struct layout *layout;
	struct box *box;
	struct grid_axis columns, rows;
	VEC(struct grid_item) items;
	VEC(bool) taken; // row by row, columns.tracks.len wide
	size_t taken_rows;
};

/* --- explicit tracks --- */

static float resolve_gap(struct length gap, float base)
{
	return gap.kind == LENGTH_FIXED ? float_max(0, snap(length_resolve(gap, base == base ? base : 0))) : 0;
}

static bool is_definite(struct length length, float room)
{
	return length.kind == LENGTH_FIXED && (room == room || !length_has_percent(length));
}

static float resolve_track(struct length length, float room)
{
	return length_has_percent(length) ? float_max(0, snap(length_resolve(length, room))) : float_max(0, snap(length.px));
}

static void add_track(struct grid_axis *axis, struct track style)
{
	struct grid_track track = {.style = style};
	if (axis->tracks.len < GRID_TRACKS_MAX) {
		vec_push(&axis->tracks, track);
	}
}

/* 7.2.3.2: how often the tracks of repeat(auto-fill) fit. */
static size_t automatic_times(const struct grid_axis *axis, const struct track *at, size_t count)
{
	float once = 0, others = 0;
	size_t tracks = 0, repeated = 0;
	for (size_t i = 0; i < count; i++) {
		struct length size = is_definite(at[i].max, axis->room) && at[i].fraction == 0 ? at[i].max : at[i].min;
		float px = is_definite(size, axis->room) ? resolve_track(size, axis->room) : 0;
		*(at[i].automatic ? &once : &others) += px;
		tracks += !at[i].automatic;
		repeated += at[i].automatic;
	}
	once += axis->gap * (float)repeated;
	float room = axis->room - others - axis->gap * ((float)tracks - 1);
	if (!(axis->room == axis->room) || !(once > 0) || !(room >= once)) {
		return 1;
	}
	return (size_t)float_min(floorf(room / once + 0.001f), GRID_TRACKS_MAX);
}

static void add_explicit(struct grid_axis *axis, const struct track *at, size_t count)
{
	size_t times = automatic_times(axis, at, count);
	for (size_t i = 0; i < count;) {
		size_t end = i;
		while (end < count && at[end].automatic) {
			end++;
		}
		for (size_t k = 0; end > i && k < times; k++) {
			for (size_t n = i; n < end; n++) {
				add_track(axis, at[n]);
			}
		}
		if (end == i) {
			add_track(axis, at[end++]);
		}
		i = end;
	}
	axis->given = axis->tracks.len;
}

static void grow_axis(struct grid_axis *axis, size_t count)
{
	while (axis->tracks.len < count && axis->tracks.len < GRID_TRACKS_MAX) {
		add_track(axis, (struct track){0});
	}
}

/* --- 8: placement --- */

/* A line number as a track index; lines before the first are the first. */
static size_t line_index(int line, size_t given)
{
	long at = line > 0 ? (long)line - 1 : (long)given + 1 + line;
	return at < 0 ? 0 : (size_t)int_min((int)at, GRID_TRACKS_MAX - 1);
}

static struct grid_span make_span(int start, int end, int span, size_t given)
{
	struct grid_span result = {SIZE_MAX, 0, (size_t)int_max(1, int_min(span, GRID_TRACKS_MAX))};
	if (start && end) {
		size_t a = line_index(start, given), b = line_index(end, given);
		result.from = a < b ? a : b;
		result.count = a == b ? 1 : a < b ? b - a : a - b;
	} else if (start) {
		result.from = line_index(start, given);
	} else if (end) {
		size_t last = line_index(end, given);
		result.from = last > result.count ? last - result.count : 0;
	}
	if (result.from != SIZE_MAX) {
		result.to = result.from + result.count;
	}
	return result;
}

static int order_of(const struct box *box)
{
	return box_is_plain(box) ? 0 : box->style->order;
}

static void collect_items(struct grid *g)
{
	for (struct box *child = g->box->first; child; child = child->next) {
		if (box_is_positioned(child)) {
			continue;
		}
		struct grid_item item = {.box = child, .column = {SIZE_MAX, 0, 1}, .row = {SIZE_MAX, 0, 1}};
		if (!box_is_plain(child)) {
			const struct style *s = child->style;
			item.column = make_span(s->grid_column_start, s->grid_column_end, s->grid_column_span, g->columns.given);
			item.row = make_span(s->grid_row_start, s->grid_row_end, s->grid_row_span, g->rows.given);
		}
		vec_push(&g->items, item);
		for (size_t k = g->items.len - 1; k > 0 && order_of(g->items.at[k - 1].box) > order_of(child); k--) {
			struct grid_item swap = g->items.at[k - 1];
			g->items.at[k - 1] = g->items.at[k];
			g->items.at[k] = swap;
		}
	}
}

static bool is_free(const struct grid *g, const struct grid_item *item, size_t column, size_t row)
{
	size_t width = g->columns.tracks.len;
	for (size_t y = row; y < row + item->row.count && y < g->taken_rows; y++) {
		for (size_t x = column; x < column + item->column.count && x < width; x++) {
			if (g->taken.at[y * width + x]) {
				return false;
			}
		}
	}
	return true;
}

static void take(struct grid *g, struct grid_item *item, size_t column, size_t row)
{
	size_t width = g->columns.tracks.len, limit = GRID_CELLS_MAX / (width ? width : 1);
	limit = limit < GRID_TRACKS_MAX ? limit : GRID_TRACKS_MAX;
	row = row < limit ? row : limit - 1;
	item->row.count = row + item->row.count > limit ? limit - row : item->row.count;
	item->column.count = column + item->column.count > width ? width - column : item->column.count;
	item->column = (struct grid_span){column, column + item->column.count, item->column.count};
	item->row = (struct grid_span){row, row + item->row.count, item->row.count};
	grow_axis(&g->rows, item->row.to);
	while (g->taken_rows < item->row.to) {
		for (size_t i = 0; i < width; i++) {
			vec_push(&g->taken, false);
		}
		g->taken_rows++;
	}
	for (size_t y = item->row.from; y < item->row.to; y++) {
		for (size_t x = item->column.from; x < item->column.to; x++) {
			g->taken.at[y * width + x] = true;
		}
	}
}

/* 8.5: first what has its place, then what has its row, then the rest, forwards from a cursor. */
static void place_items(struct grid *g)
{
	size_t width = 1, x = 0, y = 0;
	for (size_t i = 0; i < g->items.len; i++) {
		const struct grid_span *span = &g->items.at[i].column;
		size_t need = span->from == SIZE_MAX ? span->count : span->to;
		width = need > width ? need : width;
	}
	grow_axis(&g->columns, width);
	width = g->columns.tracks.len;
	for (size_t i = 0; i < g->items.len; i++) {
		struct grid_item *item = &g->items.at[i];
		if (item->row.from != SIZE_MAX && item->column.from != SIZE_MAX) {
			take(g, item, item->column.from < width ? item->column.from : width - 1, item->row.from);
		}
	}
	for (size_t i = 0; i < g->items.len; i++) {
		struct grid_item *item = &g->items.at[i];
		if (item->row.from != SIZE_MAX && item->column.from == SIZE_MAX) {
			size_t column = 0;
			while (column + item->column.count < width && !is_free(g, item, column, item->row.from)) {
				column++;
			}
			take(g, item, column, item->row.from);
		}
	}
	for (size_t i = 0; i < g->items.len; i++) {
		struct grid_item *item = &g->items.at[i];
		if (item->row.to) {
			continue;
		}
		bool fixed = item->column.from != SIZE_MAX;
		if (fixed) {
			size_t column = item->column.from < width ? item->column.from : width - 1;
			y += column < x;
			x = column;
		}
		while (y < GRID_TRACKS_MAX && (x + item->column.count > width || !is_free(g, item, x, y))) {
			bool next = fixed || x + 1 + item->column.count > width;
			x = fixed ? x : next ? 0 : x + 1;
			y += next;
			if (fixed && x + item->column.count > width) {
				break;
			}
		}
		take(g, item, x, y);
	}
}

/* --- 11: track sizing --- */

static bool is_flexible(const struct grid_track *track) { return track->style.fraction > 0; }

/* 11.4: initial sizes. */
static void init_tracks(struct grid_axis *axis)
{
	for (size_t i = 0; i < axis->tracks.len; i++) {
		struct grid_track *track = &axis->tracks.at[i];
		const struct track *s = &track->style;
		track->base = is_definite(s->min, axis->room) ? resolve_track(s->min, axis->room) : 0;
		bool limited = !is_flexible(track) && is_definite(s->max, axis->room);
		track->limit = limited ? float_max(resolve_track(s->max, axis->room), track->base) : LAYOUT_LIMIT;
		if (!limited && is_definite(s->min, axis->room) && is_flexible(track)) {
			track->limit = LAYOUT_LIMIT;
		}
	}
}

static float sum_base(const struct grid_axis *axis, size_t from, size_t to)
{
	float sum = to > from ? axis->gap * (float)(to - from - 1) : 0;
	for (size_t i = from; i < to; i++) {
		sum += axis->tracks.at[i].base;
	}
	return sum;
}

/* What an item needs at least and would like at most along an axis, margins included. */
static struct extent item_extent(struct grid *g, const struct grid_item *item, bool column);

static bool grows_min(const struct grid_axis *axis, const struct grid_track *track)
{
	return !is_definite(track->style.min, axis->room);
}

static bool grows_max(const struct grid_axis *axis, const struct grid_track *track)
{
	return !is_flexible(track) && !is_definite(track->style.max, axis->room);
}

/* 11.5.3: what several tracks lack for an item is shared by those whose size depends on content; by the
 * flexible ones alone when there are any. */
static void spread_span(struct grid_axis *axis, const struct grid_span *span, float need)
{
	float lack = need - sum_base(axis, span->from, span->to);
	size_t flexible = 0, open = 0;
	for (size_t i = span->from; i < span->to; i++) {
		const struct grid_track *track = &axis->tracks.at[i];
		flexible += is_flexible(track) && grows_min(axis, track);
		open += grows_min(axis, track);
	}
	for (size_t i = span->from; i < span->to && lack > 0; i++) {
		struct grid_track *track = &axis->tracks.at[i];
		if (grows_min(axis, track) && (!flexible || is_flexible(track))) {
			track->base += lack / (float)(flexible ? flexible : open);
		}
	}
}

/* 11.5: content. `wants` keeps the largest wish of each track whose limit is its content's. */
static void size_by_content(struct grid *g, struct grid_axis *axis, bool column, float *wants)
{
	for (size_t i = 0; i < g->items.len; i++) {
		const struct grid_item *item = &g->items.at[i];
		const struct grid_span *span = column ? &item->column : &item->row;
		if (span->count != 1) {
			continue;
		}
		struct grid_track *track = &axis->tracks.at[span->from];
		if (!grows_min(axis, track) && !grows_max(axis, track)) {
			continue;
		}
		struct extent extent = item_extent(g, item, column);
		if (grows_min(axis, track)) {
			float need = track->style.min.kind == LENGTH_MAX_CONTENT ? extent.max : extent.min;
			track->base = float_max(track->base, float_min(need, is_flexible(track) ? need : track->limit));
		}
		wants[span->from] = float_max(wants[span->from], track->style.max.kind == LENGTH_MIN_CONTENT ? extent.min : extent.max);
	}
	for (size_t i = 0; i < g->items.len; i++) {
		const struct grid_item *item = &g->items.at[i];
		const struct grid_span *span = column ? &item->column : &item->row;
		if (span->count > 1) {
			spread_span(axis, span, item_extent(g, item, column).min);
		}
	}
	for (size_t i = 0; i < axis->tracks.len; i++) {
		struct grid_track *track = &axis->tracks.at[i];
		if (grows_max(axis, track)) {
			track->limit = float_max(track->base, wants[i]);
		} else {
			track->limit = float_max(track->limit, track->base);
		}
	}
}

/* 11.6: room goes to the tracks below their limits, alike. */
static void maximize(struct grid_axis *axis)
{
	bool open = axis->room != axis->room;
	for (size_t round = 0; round <= axis->tracks.len; round++) {
		float spare = open ? LAYOUT_LIMIT : axis->room - sum_base(axis, 0, axis->tracks.len);
		size_t count = 0;
		for (size_t i = 0; i < axis->tracks.len; i++) {
			count += !is_flexible(&axis->tracks.at[i]) && axis->tracks.at[i].base < axis->tracks.at[i].limit;
		}
		if (!count || spare <= 0.001f) {
			return;
		}
		for (size_t i = 0; i < axis->tracks.len; i++) {
			struct grid_track *track = &axis->tracks.at[i];
			if (!is_flexible(track) && track->base < track->limit) {
				track->base = float_min(track->limit, track->base + spare / (float)count);
			}
		}
	}
}

/* 11.7: what one fr is. A track that would shrink below its base is as one without fr. */
static float find_fraction(const struct grid_axis *axis, const float *wants)
{
	float fraction = 0, limit = LAYOUT_LIMIT;
	if (axis->room != axis->room) {
		for (size_t i = 0; i < axis->tracks.len; i++) {
			const struct grid_track *track = &axis->tracks.at[i];
			if (is_flexible(track)) {
				fraction = float_max(fraction, float_max(track->base, wants[i]) / float_max(track->style.fraction, 1));
			}
		}
		return fraction;
	}
	for (size_t round = 0; round <= axis->tracks.len; round++) {
		float room = axis->room - (axis->tracks.len ? axis->gap * (float)(axis->tracks.len - 1) : 0), sum = 0;
		for (size_t i = 0; i < axis->tracks.len; i++) {
			const struct grid_track *track = &axis->tracks.at[i];
			bool bends = is_flexible(track) && !(track->base > limit * track->style.fraction);
			room -= bends ? 0 : track->base;
			sum += bends ? track->style.fraction : 0;
		}
		fraction = sum > 0 ? float_max(0, room) / float_max(sum, 1) : 0;
		if (sum <= 0 || fraction >= limit) {
			return fraction;
		}
		limit = fraction;
	}
	return fraction;
}

static void expand_flexible(struct grid_axis *axis, const float *wants)
{
	float fraction = find_fraction(axis, wants);
	for (size_t i = 0; i < axis->tracks.len; i++) {
		struct grid_track *track = &axis->tracks.at[i];
		if (is_flexible(track)) {
			track->base = float_max(track->base, fraction * track->style.fraction);
		}
	}
}

/* 11.8: automatic tracks share what is left. */
static void stretch_automatic(struct grid_axis *axis, enum align content)
{
	if (axis->room != axis->room || (content != ALIGN_NORMAL && content != ALIGN_STRETCH && content != ALIGN_AUTO)) {
		return;
	}
	float spare = axis->room - sum_base(axis, 0, axis->tracks.len);
	size_t count = 0;
	for (size_t i = 0; i < axis->tracks.len; i++) {
		count += !is_flexible(&axis->tracks.at[i]) && length_is_auto(axis->tracks.at[i].style.max);
	}
	for (size_t i = 0; i < axis->tracks.len && count && spare > 0; i++) {
		struct grid_track *track = &axis->tracks.at[i];
		if (!is_flexible(track) && length_is_auto(track->style.max)) {
			track->base += spare / (float)count;
		}
	}
}

static void size_tracks(struct grid *g, struct grid_axis *axis, bool column)
{
	float *wants = mem_alloc_array(axis->tracks.len + 1, sizeof(*wants));
	init_tracks(axis);
	size_by_content(g, axis, column, wants);
	maximize(axis);
	expand_flexible(axis, wants);
	const struct style *s = g->box->style;
	stretch_automatic(axis, column ? s->justify_content : s->align_content);
	mem_free(wants);
}

/* 10.5: tracks within the room, by justify-content or align-content. */
static void align_tracks(struct grid_axis *axis, enum align content)
{
	float sum = sum_base(axis, 0, axis->tracks.len), spare = axis->room == axis->room ? axis->room - sum : 0, first = 0, between = 0;
	float n = (float)axis->tracks.len;
	switch (content) {
	case ALIGN_CENTER: first = spare / 2; break;
	case ALIGN_FLEX_END:
	case ALIGN_RIGHT:
	case ALIGN_END: first = spare; break;
	case ALIGN_SPACE_BETWEEN: between = spare > 0 && n > 1 ? spare / (n - 1) : 0; break;
	case ALIGN_SPACE_AROUND: between = spare > 0 && n > 0 ? spare / n : 0; first = between / 2; break;
	case ALIGN_SPACE_EVENLY: first = between = spare > 0 ? spare / (n + 1) : 0; break;
	default: break;
	}
	float at = first;
	for (size_t i = 0; i < axis->tracks.len; i++) {
		axis->tracks.at[i].at = at;
		at += axis->tracks.at[i].base + axis->gap + between;
	}
	axis->used = sum;
}

/* --- items --- */

static float area_start(const struct grid_axis *axis, const struct grid_span *span) { return snap_near(axis->tracks.at[span->from].at); }

static float area_size(const struct grid_axis *axis, const struct grid_span *span)
{
	const struct grid_track *last = &axis->tracks.at[span->to - 1];
	return float_max(0, snap_near(last->at + last->base) - area_start(axis, span));
}

static enum align align_of(const struct grid *g, const struct grid_item *item, bool column)
{
	const struct style *own = item->box->style, *all = g->box->style;
	enum align self = box_is_plain(item->box) ? ALIGN_AUTO : column ? own->justify_self : own->align_self;
	enum align align = self != ALIGN_AUTO ? self : column ? all->justify_items : all->align_items;
	if (align == ALIGN_AUTO || align == ALIGN_NORMAL) { // a picture keeps its size
		return item->box->kind == BOX_REPLACED ? ALIGN_START : ALIGN_STRETCH;
	}
	return align;
}

static bool margin_is_auto(const struct grid_item *item, enum side side)
{
	return !box_is_plain(item->box) && length_is_auto(item->box->style->margin[side]);
}

/* The space of an item in its area; the height is open while the rows are sized. */
static struct space item_space(const struct grid *g, const struct grid_item *item, float height)
{
	float width = area_size(&g->columns, &item->column);
	struct space space = {width, height, NAN, NAN, true, true, 0};
	size_edges(item->box, width);
	const struct style *s = item->box->style;
	bool plain = box_is_plain(item->box), replaced = item->box->kind == BOX_REPLACED;
	bool free_width = plain || (length_is_auto(s->width) && (s->aspect_ratio <= 0 || length_is_auto(s->height)));
	if (free_width && !replaced && align_of(g, item, true) == ALIGN_STRETCH && !margin_is_auto(item, SIDE_LEFT)
		&& !margin_is_auto(item, SIDE_RIGHT)) {
		space.set_width = size_clamp_width(g->layout, item->box, width - margins_x(item->box), width);
	}
	bool free_height = plain || (length_is_auto(s->height) && s->aspect_ratio <= 0);
	if (height == height && free_height && !replaced && align_of(g, item, false) == ALIGN_STRETCH
		&& !margin_is_auto(item, SIDE_TOP) && !margin_is_auto(item, SIDE_BOTTOM)) {
		space.set_height = size_clamp_height(item->box, height - margins_y(item->box), height);
	}
	return space;
}

static struct extent item_extent(struct grid *g, const struct grid_item *item, bool column)
{
	if (column) {
		struct extent extent = size_contribution(g->layout, item->box);
		bool shrinks = item->box->scrolls && !box_is_plain(item->box) && item->box->style->width.kind == LENGTH_AUTO;
		extent.min = shrinks ? float_min(extent.min, edges_x(item->box)) : extent.min;
		return extent;
	}
	struct space space = item_space(g, item, NAN);
	struct outcome outcome = place_measure(g->layout, item->box, &space);
	size_edges(item->box, space.width);
	float height = outcome.size.height + margins_y(item->box);
	return (struct extent){height, height};
}

/* Where a box of that outer size starts in a room. */
static float offset_in(enum align align, float spare)
{
	switch (align) {
	case ALIGN_CENTER: return snap(spare / 2);
	case ALIGN_FLEX_END:
	case ALIGN_RIGHT:
	case ALIGN_END: return spare;
	default: return 0;
	}
}

static void lay_out_item(struct grid *g, struct grid_item *item)
{
	struct box *box = item->box;
	float width = area_size(&g->columns, &item->column), height = area_size(&g->rows, &item->row);
	struct space space = item_space(g, item, height);
	place_box(g->layout, box, &space, NULL);
	float spare_x = width - box->rect.width - margins_x(box), spare_y = height - box->rect.height - margins_y(box);
	bool left = margin_is_auto(item, SIDE_LEFT), right = margin_is_auto(item, SIDE_RIGHT);
	bool top = margin_is_auto(item, SIDE_TOP), bottom = margin_is_auto(item, SIDE_BOTTOM);
	float x = left || right ? 0 : offset_in(align_of(g, item, true), spare_x);
	float y = top || bottom ? 0 : offset_in(align_of(g, item, false), spare_y);
	box->margin.left += left && spare_x > 0 ? (right ? snap(spare_x / 2) : spare_x) : 0;
	box->margin.top += top && spare_y > 0 ? (bottom ? snap(spare_y / 2) : spare_y) : 0;
	box->rect.x = snap(g->box->border.left + g->box->padding.left + area_start(&g->columns, &item->column) + box->margin.left + x);
	box->rect.y = snap(g->box->border.top + g->box->padding.top + area_start(&g->rows, &item->row) + box->margin.top + y);
	block_shift_relative(box, width, height);
}

static void drop(struct grid *g)
{
	vec_finish(&g->columns.tracks);
	vec_finish(&g->rows.tracks);
	vec_finish(&g->items);
	vec_finish(&g->taken);
}

static void set_up(struct grid *g, struct layout *layout, struct box *box, float width, float height)
{
	const struct style *s = box->style;
	g->layout = layout;
	g->box = box;
	g->columns.room = width;
	g->rows.room = height;
	g->columns.gap = resolve_gap(s->column_gap, width);
	g->rows.gap = resolve_gap(s->row_gap, height);
	add_explicit(&g->columns, s->grid_columns, s->grid_column_count);
	add_explicit(&g->rows, s->grid_rows, s->grid_row_count);
	collect_items(g);
	place_items(g);
}

static void finish(struct grid *g)
{
	struct cell *own = cell_of(g->box);
	const struct box *first = g->items.len ? g->items.at[0].box : NULL;
	if (first) {
		float baseline = cell_of(first)->outcome.first_baseline;
		own->outcome.first_baseline = first->rect.y + (baseline == baseline ? baseline : first->rect.height);
		own->outcome.last_baseline = own->outcome.first_baseline;
	}
	for (struct box *child = g->box->first; child; child = child->next) {
		if (box_is_positioned(child)) {
			positioned_set_static(g->layout, child, g->box->border.left + g->box->padding.left,
				g->box->border.top + g->box->padding.top);
		}
	}
}

void grid_layout(struct layout *layout, struct box *box, const struct space *space)
{
	struct grid grid = {0}, *g = &grid;
	box->rect.width = size_width(layout, box, space);
	float width = float_max(0, box->rect.width - edges_x(box)), height = size_definite_height(box, space);
	if (height != height && space->set_height == space->set_height) {
		height = float_max(0, snap(space->set_height) - edges_y(box));
	}
	set_up(g, layout, box, width, height);
	size_tracks(g, &g->columns, true);
	align_tracks(&g->columns, box->style->justify_content);
	size_tracks(g, &g->rows, false);
	align_tracks(&g->rows, box->style->align_content);
	box->rect.height = size_height(box, space, snap_near(g->rows.used) + edges_y(box));
	float inner = box->rect.height - edges_y(box);
	if (g->rows.room != g->rows.room && inner > g->rows.used + 0.01f) { // a minimum height: now it is known
		g->rows.room = inner;
		stretch_automatic(&g->rows, box->style->align_content);
		align_tracks(&g->rows, box->style->align_content);
	}
	for (size_t i = 0; i < g->items.len; i++) {
		lay_out_item(g, &g->items.at[i]);
	}
	finish(g);
	drop(g);
}

struct extent grid_extent(struct layout *layout, struct box *box)
{
	struct grid grid = {0}, *g = &grid;
	set_up(g, layout, box, NAN, NAN);
	struct grid_axis *axis = &g->columns;
	float *wants = mem_alloc_array(axis->tracks.len + 1, sizeof(*wants));
	init_tracks(axis);
	size_by_content(g, axis, true, wants);
	struct extent extent = {sum_base(axis, 0, axis->tracks.len), 0};
	maximize(axis);
	expand_flexible(axis, wants);
	extent.max = float_max(extent.min, sum_base(axis, 0, axis->tracks.len));
	mem_free(wants);
	drop(g);
	return (struct extent){snap_up(extent.min), snap_up(extent.max)};
}
