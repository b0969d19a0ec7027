/* One line box: fragments side by side, then up and down by CSS 2.1 chapter 10.8. While a line is
 * made, a fragment's y is from the baseline of the span it lies in. */
#include "core/layout/layout.h"

struct level { // a span that is open, or the root
	struct box *box;
	size_t fragment;      // of the span; SIZE_MAX for the root
	size_t first;         // its fragments begin here
	float above, below;   // all it holds, from its baseline
	struct text_metrics text;
};

struct hanging { // aligned to the line's top or bottom when its height is known
	size_t from, to;
	float above, below;
	bool top;
};

struct line_maker {
	struct line_flow *flow;
	const struct line_range *range;
	VEC(struct level) levels;
	VEC(struct hanging) hangings;
	size_t start;        // its first fragment
	size_t trim_item, trim_to; // the last text ends here: hanging spaces are cut
	size_t last_text;          // item: its end is the line's; SIZE_MAX: none is
	float x, extra;      // extra: justification, per space
};

static struct text_metrics metrics_of(const struct line_maker *maker, const struct style *style)
{
	const struct text_shaper *shaper = &maker->flow->layout->shaper;
	return shaper->metrics(shaper->user, style);
}

/* Half-leading; the part above is a whole number of px, as in Blink. */
static void unite_text(struct level *level, const struct style *style, struct text_metrics text)
{
	float natural = text.ascent + text.descent;
	float height = snap(style_line_height(style, natural));
	float lead = floorf((height - natural) / 2);
	float above = text.ascent + lead;
	level->above = float_max(level->above, above);
	level->below = float_max(level->below, height - above);
}

static void push_level(struct line_maker *maker, struct box *box, size_t fragment)
{
	struct level level = {box, fragment, maker->flow->fragments.len, -LAYOUT_LIMIT, -LAYOUT_LIMIT, metrics_of(maker, box->style)};
	if (fragment != SIZE_MAX) {
		level.first = fragment;
	}
	unite_text(&level, box->style, level.text);
	vec_push(&maker->levels, level);
}

static struct fragment *add_fragment(struct line_maker *maker, struct box *box, float y, float width, float height)
{
	struct fragment fragment = {.box = box, .rect = {maker->x, y, width, height}};
	vec_push(&maker->flow->fragments, fragment);
	return &vec_last(&maker->flow->fragments);
}

static void open_span(struct line_maker *maker, struct box *box, bool first)
{
	struct text_metrics text = metrics_of(maker, box->style);
	maker->x += first ? box->margin.left : 0;
	float top = box->border.top + box->padding.top;
	struct fragment *fragment = add_fragment(maker, box, -text.ascent - top, 0, text.ascent + text.descent + edges_y(box));
	fragment->first = first;
	maker->x += first ? box->border.left + box->padding.left : 0;
	push_level(maker, box, maker->flow->fragments.len - 1);
}

static void shift(struct line_maker *maker, size_t from, size_t to, float dy)
{
	for (size_t i = from; i < to; i++) {
		maker->flow->fragments.at[i].rect.y += dy;
	}
}

/* How far down vertical-align moves something of that size below its parent's baseline. */
static float align_shift(const struct style *style, const struct level *parent, float above, float below)
{
	switch (style->vertical_align) {
	case VERTICAL_ALIGN_SUB:
		return snap(parent->box->style->font_size / 5 + 1);
	case VERTICAL_ALIGN_SUPER:
		return -snap(parent->box->style->font_size / 3 + 1);
	case VERTICAL_ALIGN_MIDDLE:
		return snap((above - below) / 2) - snap_near(parent->text.x_height / 2);
	case VERTICAL_ALIGN_TEXT_TOP:
		return above - parent->text.ascent;
	case VERTICAL_ALIGN_TEXT_BOTTOM:
		return parent->text.descent - below;
	case VERTICAL_ALIGN_LENGTH: {
		float height = style_line_height(style, parent->text.ascent + parent->text.descent);
		return -snap(length_resolve(style->vertical_align_length, height));
	}
	default:
		return 0;
	}
}

/* Fragments from `from` on, of that height, take their place beside the parent's baseline. */
static void align(struct line_maker *maker, const struct style *style, size_t from, float above, float below)
{
	struct level *parent = &vec_last(&maker->levels);
	size_t to = maker->flow->fragments.len;
	if (style->vertical_align == VERTICAL_ALIGN_TOP || style->vertical_align == VERTICAL_ALIGN_BOTTOM) {
		struct hanging hanging = {from, to, above, below, style->vertical_align == VERTICAL_ALIGN_TOP};
		vec_push(&maker->hangings, hanging);
		return;
	}
	float dy = align_shift(style, parent, above, below);
	shift(maker, from, to, dy);
	parent->above = float_max(parent->above, above - dy);
	parent->below = float_max(parent->below, below + dy);
}

static bool is_hanging(const struct style *style)
{
	return style->vertical_align == VERTICAL_ALIGN_TOP || style->vertical_align == VERTICAL_ALIGN_BOTTOM;
}

/* What is aligned to the top or bottom of the line, or of a span that is so itself and begins with
 * fragment `first`, gets its place and may make that higher. It has gone along when spans around it
 * were moved and stays that far off, as in Blink. */
static void place_hangings(struct line_maker *maker, size_t first, float *above, float *below)
{
	size_t from = 0;
	while (from < maker->hangings.len && maker->hangings.at[from].from < first) {
		from++;
	}
	for (size_t i = from; i < maker->hangings.len; i++) {
		struct hanging *hanging = &maker->hangings.at[i];
		float more = hanging->above + hanging->below - (*above + *below);
		*(hanging->top ? below : above) += float_max(0, more);
	}
	for (size_t i = from; i < maker->hangings.len; i++) {
		struct hanging *hanging = &maker->hangings.at[i];
		shift(maker, hanging->from, hanging->to, hanging->top ? hanging->above - *above : *below - hanging->below);
	}
	maker->hangings.len = from;
}

static void close_span(struct line_maker *maker, bool last)
{
	struct level level = vec_last(&maker->levels);
	maker->levels.len--;
	struct box *box = level.box;
	maker->x += last ? box->border.right + box->padding.right : 0;
	struct fragment *fragment = &maker->flow->fragments.at[level.fragment];
	fragment->rect.width = float_max(0, maker->x - fragment->rect.x);
	fragment->last = last;
	maker->x += last ? box->margin.right : 0;
	if (is_hanging(box->style)) {
		place_hangings(maker, level.first, &level.above, &level.below);
	}
	align(maker, box->style, level.first, level.above, level.below);
}

/* Where the extra space of a justified line goes in a text, its end included but for the line's. */
static size_t count_gaps(const struct line_maker *maker, size_t item, size_t from, size_t to)
{
	const struct text_run *run = cell_of(cell_of(maker->flow->root)->items[item].box)->run;
	size_t count = 0, end = item == maker->last_text ? to : to + 1;
	for (size_t i = from + 1; i < end; i++) {
		count += text_expands_at(run->text, i);
	}
	return count;
}

static void text_bounds(const struct line_maker *maker, size_t item, size_t *ret_from, size_t *ret_to)
{
	const struct line_range *range = maker->range;
	const struct text_run *run = cell_of(cell_of(maker->flow->root)->items[item].box)->run;
	*ret_from = item == range->from.item ? range->from.at : 0;
	*ret_to = item == range->to.item ? range->to.at : run->text.len;
	if (item == maker->trim_item) {
		*ret_to = size_min(*ret_to, maker->trim_to);
	}
	if (*ret_to > *ret_from && run->text.at[*ret_to - 1] == '\n') {
		(*ret_to)--;
	}
	*ret_from = size_min(*ret_from, *ret_to);
}

static void put_text(struct line_maker *maker, size_t item)
{
	struct box *box = cell_of(maker->flow->root)->items[item].box;
	struct text_run *run = cell_of(box)->run;
	size_t from, to;
	text_bounds(maker, item, &from, &to);
	struct level *level = &vec_last(&maker->levels);
	if (box->style->line_height.kind == LINE_HEIGHT_NORMAL) {
		unite_text(level, box->style, run->metrics);
	}
	if (to == from && run->text.len && item != maker->range->from.item) {
		return;
	}
	float width = snap_up(run->x[to] - run->x[from]);
	if (maker->extra > 0) {
		width = snap_up(run->x[to] - run->x[from] + (float)count_gaps(maker, item, from, to) * maker->extra);
	}
	struct fragment *fragment = add_fragment(maker, box, -run->metrics.ascent, width, run->metrics.ascent + run->metrics.descent);
	fragment->run = run;
	fragment->from = from;
	fragment->to = to;
	fragment->extra_space = maker->extra;
	maker->x += width;
}

/* An inline block stands on its last line, if nothing is clipped; else its margin edge does. */
static float atomic_ascent(const struct box *box)
{
	const struct cell *cell = cell_of(box);
	float baseline = box->kind == BOX_BLOCK ? cell->outcome.last_baseline : cell->outcome.first_baseline;
	bool hidden = box->kind == BOX_REPLACED || (box->kind == BOX_BLOCK && box->scrolls);
	return baseline != baseline || hidden ? box->margin.top + box->rect.height + box->margin.bottom : box->margin.top + baseline;
}

static void put_atomic(struct line_maker *maker, struct box *box)
{
	float above = atomic_ascent(box), height = box->rect.height + margins_y(box);
	maker->x += box->margin.left;
	add_fragment(maker, box, box->margin.top - above, box->rect.width, box->rect.height);
	maker->x += box->rect.width + box->margin.right;
	align(maker, box->style, maker->flow->fragments.len - 1, above, height - above);
}

/* Where a positioned box would stand: for line_finish, in the root's frame. A block-level one
 * begins a line of its own. */
static void put_static(struct line_flow *flow, struct box *box, float x, float y, float next_y, bool any)
{
	struct cell *cell = cell_of(box);
	bool block = !box->style->inline_origin;
	positioned_set_static(flow->layout, box, block ? flow->content.x : x, block && any ? next_y : y);
	cell->at_align = (struct point){0, 0};
}

static void put_item(struct line_maker *maker, size_t i)
{
	struct line_flow *flow = maker->flow;
	const struct inline_item *item = &cell_of(flow->root)->items[i];
	switch (item->kind) {
	case ITEM_TEXT:
		put_text(maker, i);
		break;
	case ITEM_ATOMIC:
		put_atomic(maker, item->box);
		break;
	case ITEM_OPEN:
		open_span(maker, item->box, true);
		vec_push(&flow->open, item->box);
		break;
	case ITEM_CLOSE:
		close_span(maker, true);
		flow->open.len--;
		break;
	default:
		break;
	}
}

/* The last item before range->to, inclusive of a text that ends inside. */
static size_t items_end(const struct line_range *range)
{
	return range->to.item + (range->to.at > 0);
}

static void find_trim(struct line_maker *maker)
{
	const struct line_range *range = maker->range;
	const struct cell *cell = cell_of(maker->flow->root);
	maker->trim_item = maker->last_text = SIZE_MAX;
	bool trimmed = false;
	for (size_t i = items_end(range); i-- > range->from.item;) {
		if (cell->items[i].kind == ITEM_ATOMIC) {
			return;
		}
		if (cell->items[i].kind != ITEM_TEXT) {
			continue;
		}
		const struct box *box = cell->items[i].box;
		const struct text_run *run = cell_of(box)->run;
		size_t from, to;
		text_bounds(maker, i, &from, &to);
		size_t end = to;
		while (end > from && run->text.at[end - 1] == ' ' && !text_keeps_spaces(box->style)) {
			end--;
		}
		if (!trimmed) {
			maker->trim_item = i;
			maker->trim_to = end;
			trimmed = to > end;
		}
		if (end > from || text_keeps_spaces(box->style)) {
			maker->last_text = i;
			return;
		}
	}
}

static float align_start(struct line_maker *maker)
{
	const struct line_range *range = maker->range;
	const struct style *style = maker->flow->root->style;
	float spare = range->available - range->indent - range->solid;
	enum text_align how = style->text_align;
	if (spare <= 0) {
		return 0;
	}
	if (how == TEXT_ALIGN_JUSTIFY && !range->last) {
		size_t gaps = 0;
		for (size_t i = range->from.item; i < items_end(range); i++) {
			const struct inline_item *item = &cell_of(maker->flow->root)->items[i];
			if (item->kind == ITEM_TEXT) {
				size_t from, to;
				text_bounds(maker, i, &from, &to);
				gaps += count_gaps(maker, i, from, to);
			}
		}
		maker->extra = gaps ? spare / (float)gaps : 0;
		return 0;
	}
	bool right = how == TEXT_ALIGN_RIGHT || (how == TEXT_ALIGN_END && !style->rtl) || (how == TEXT_ALIGN_START && style->rtl);
	return how == TEXT_ALIGN_CENTER ? snap(spare / 2) : right ? spare : 0;
}

static float ellipsis_width(const struct line_flow *flow)
{
	const struct text_shaper *shaper = &flow->layout->shaper;
	struct text_run *run = shaper->shape(shaper->user, STR("\xe2\x80\xa6"), flow->root->style);
	float width = snap_up(run->width);
	shaper->unref(shaper->user, run);
	return width;
}

/* Cuts what lies behind `right` and puts an ellipsis there; `always`: also when everything fits. */
static void put_ellipsis(struct line_maker *maker, float right, bool always)
{
	struct line_flow *flow = maker->flow;
	if (!always && maker->x <= right + 0.02f) {
		return;
	}
	float limit = right - ellipsis_width(flow);
	size_t last = SIZE_MAX;
	bool cut = false;
	for (size_t i = maker->start; i < flow->fragments.len; i++) {
		struct fragment *fragment = &flow->fragments.at[i];
		if (fragment->box->kind == BOX_INLINE) {
			continue;
		}
		if (cut || (fragment->rect.x >= limit && last != SIZE_MAX)) {
			cut = true;
			fragment->to = fragment->from; // behind the ellipsis
			continue;
		}
		if (!fragment->run) {
			cut = rect_right(fragment->rect) > limit;
			last = cut ? last : i;
			continue;
		}
		size_t to = fragment->from;
		for (size_t at = to; at <= fragment->to; at++) {
			bool cluster = at == fragment->to || fragment->run->breaks[at] >= TEXT_BREAK_CLUSTER;
			to = cluster && fragment->rect.x + fragment->run->x[at] - fragment->run->x[fragment->from] <= limit + 0.02f ? at : to;
		}
		cut = to < fragment->to;
		fragment->to = to;
		last = i;
	}
	for (size_t i = last; i < flow->fragments.len && i != SIZE_MAX; i--) {
		if (flow->fragments.at[i].run) {
			flow->fragments.at[i].ellipsis = true;
			break;
		}
	}
}

static void put_statics(struct line_maker *maker, float start, float height)
{
	const struct line_range *range = maker->range;
	struct line_flow *flow = maker->flow;
	float x = start;
	size_t fragment = maker->start;
	bool any = false;
	for (size_t i = range->from.item; i < items_end(range); i++) {
		const struct inline_item *item = &cell_of(flow->root)->items[i];
		if (item->kind == ITEM_POSITIONED) {
			put_static(flow, item->box, x, range->y, range->y + height, any);
			continue;
		}
		for (size_t k = fragment; k < flow->fragments.len && item->kind != ITEM_FLOAT; k++) {
			const struct fragment *f = &flow->fragments.at[k];
			if (f->box == item->box) {
				bool content = item->kind == ITEM_TEXT || item->kind == ITEM_ATOMIC;
				any |= content || inline_has_edge(item->box, item->kind == ITEM_OPEN ? SIDE_LEFT : SIDE_RIGHT);
				x = content || item->kind == ITEM_CLOSE ? rect_right(f->rect)
					: f->rect.x + item->box->border.left + item->box->padding.left;
				break;
			}
		}
	}
}

float line_empty_start(const struct style *style, float left, float width)
{
	enum text_align how = style->text_align;
	bool right = how == TEXT_ALIGN_RIGHT || (how == TEXT_ALIGN_END && !style->rtl) || (how == TEXT_ALIGN_START && style->rtl);
	return left + (how == TEXT_ALIGN_CENTER ? snap(width / 2) : right ? width : 0);
}

float line_add(struct line_flow *flow, const struct line_range *range)
{
	struct line_maker maker = {.flow = flow, .range = range, .start = flow->fragments.len};
	find_trim(&maker);
	maker.x = range->left + range->indent + align_start(&maker);
	float start = maker.x;
	push_level(&maker, flow->root, SIZE_MAX);
	for (size_t i = 0; i < flow->open.len; i++) {
		open_span(&maker, flow->open.at[i], false);
	}
	for (size_t i = range->from.item; i < items_end(range); i++) {
		put_item(&maker, i);
	}
	while (maker.levels.len > 1) {
		close_span(&maker, false);
	}
	struct level root = maker.levels.at[0];
	place_hangings(&maker, 0, &root.above, &root.below);
	float height = snap(root.above + root.below);
	float baseline = range->y + root.above;
	bool ends = flow->root->style->text_overflow == TEXT_OVERFLOW_ELLIPSIS && flow->root->scrolls;
	if (range->clamp || ends) {
		put_ellipsis(&maker, range->left + range->available, range->clamp);
	}
	for (size_t i = maker.start; i < flow->fragments.len; i++) {
		struct fragment *fragment = &flow->fragments.at[i];
		fragment->rect.y += baseline;
		if (fragment->run) {
			fragment->baseline = fragment->rect.y + fragment->run->metrics.ascent;
		}
	}
	put_statics(&maker, start, height);
	struct line line = {{start, range->y, float_max(0, maker.x - start), height}, baseline, NULL, flow->fragments.len - maker.start};
	vec_push(&flow->lines, line);
	vec_finish(&maker.levels);
	vec_finish(&maker.hangings);
	return height;
}

void line_skip(struct line_flow *flow, const struct line_range *range)
{
	for (size_t i = range->from.item; i < items_end(range); i++) {
		const struct inline_item *item = &cell_of(flow->root)->items[i];
		if (item->kind == ITEM_POSITIONED) {
			float start = range->left + range->indent;
			start = line_empty_start(flow->root->style, start, range->available - range->indent);
			put_static(flow, item->box, start, range->y, range->y, false);
		} else if (item->kind == ITEM_OPEN || item->kind == ITEM_TEXT) {
			item->box->rect = (struct rect){range->left, range->y, 0, 0};
		}
		if (item->kind == ITEM_OPEN) {
			vec_push(&flow->open, item->box);
		} else if (item->kind == ITEM_CLOSE) {
			flow->open.len--;
		}
	}
}

void line_begin(struct line_flow *flow)
{
	const struct cell *cell = cell_of(flow->root);
	for (size_t i = 0; i < cell->item_count; i++) {
		if (cell->items[i].kind == ITEM_OPEN || cell->items[i].kind == ITEM_TEXT) {
			cell->items[i].box->rect = (struct rect){flow->content.x, flow->content.y, -1, 0};
		}
	}
}

static void unite(struct rect *rect, struct rect more)
{
	if (rect->width < 0) {
		*rect = more;
		return;
	}
	float right = float_max(rect_right(*rect), rect_right(more)), bottom = float_max(rect_bottom(*rect), rect_bottom(more));
	rect->x = float_min(rect->x, more.x);
	rect->y = float_min(rect->y, more.y);
	rect->width = right - rect->x;
	rect->height = bottom - rect->y;
}

/* Relative positions move the fragments of spans, and all that is in them. */
static bool is_in(const struct line_flow *flow, const struct box *box, const struct box *span)
{
	while (box && box != flow->root && box != span) {
		box = box->parent;
	}
	return box == span;
}

static void shift_relative(struct line_flow *flow, const struct box *span, float dx, float dy)
{
	const struct cell *cell = cell_of(flow->root);
	for (size_t i = 0; i < flow->fragments.len; i++) {
		struct fragment *fragment = &flow->fragments.at[i];
		if (is_in(flow, fragment->box, span)) {
			fragment->rect.x += dx;
			fragment->rect.y += dy;
			fragment->baseline += dy;
		}
	}
	for (size_t i = 0; i < cell->item_count; i++) {
		struct box *box = cell->items[i].box;
		if (cell->items[i].kind == ITEM_POSITIONED && is_in(flow, box, span)) {
			cell_of(box)->at.x += dx;
			cell_of(box)->at.y += dy;
		} else if (cell->items[i].kind == ITEM_FLOAT && is_in(flow, box, span)) {
			box->rect.x += dx;
			box->rect.y += dy;
		}
	}
}

static void apply_relative(struct line_flow *flow)
{
	const struct cell *cell = cell_of(flow->root);
	for (size_t i = 0; i < cell->item_count; i++) {
		struct box *box = cell->items[i].box;
		bool can = cell->items[i].kind == ITEM_OPEN || cell->items[i].kind == ITEM_ATOMIC;
		if (can && box->style->position == POSITION_RELATIVE) {
			struct rect rect = box->rect;
			box->rect.x = box->rect.y = 0;
			block_shift_relative(box, flow->content.width, flow->content.height);
			float dx = box->rect.x, dy = box->rect.y;
			box->rect = rect;
			if (dx != 0 || dy != 0) {
				shift_relative(flow, box, dx, dy);
			}
		}
	}
}

void line_finish(struct line_flow *flow)
{
	struct cell *cell = cell_of(flow->root);
	apply_relative(flow);
	size_t next = 0;
	for (size_t i = 0; i < flow->lines.len; i++) {
		flow->lines.at[i].fragments = flow->fragments.at + next;
		next += flow->lines.at[i].count;
	}
	/* Spans and texts cover their fragments; empty ones count only where there are no others. */
	for (size_t i = 0; i < flow->fragments.len; i++) {
		struct fragment *fragment = &flow->fragments.at[i];
		if (fragment->box->kind == BOX_TEXT || fragment->box->kind == BOX_INLINE) {
			if (fragment->rect.width > 0) {
				unite(&fragment->box->rect, fragment->rect);
			}
		} else {
			fragment->box->rect.x = fragment->rect.x;
			fragment->box->rect.y = fragment->rect.y;
		}
	}
	for (size_t i = 0; i < flow->fragments.len; i++) {
		struct fragment *fragment = &flow->fragments.at[i];
		if ((fragment->box->kind == BOX_TEXT || fragment->box->kind == BOX_INLINE) && fragment->box->rect.width < 0) {
			unite(&fragment->box->rect, fragment->rect);
		}
	}
	/* From the root's frame to the parent's, children first. */
	for (size_t i = cell->item_count; i-- > 0;) {
		struct box *box = cell->items[i].box;
		if (cell->items[i].kind == ITEM_CLOSE) {
			continue;
		}
		box->rect.width = float_max(box->rect.width, 0);
		if (box->parent != flow->root) {
			if (cell->items[i].kind == ITEM_POSITIONED) {
				cell_of(box)->at.x -= box->parent->rect.x;
				cell_of(box)->at.y -= box->parent->rect.y;
			} else {
				box->rect.x -= box->parent->rect.x;
				box->rect.y -= box->parent->rect.y;
			}
		}
	}
	mem_free(cell->fragments);
	mem_free(flow->root->lines);
	cell->fragments = flow->fragments.at;
	flow->root->lines = flow->lines.at;
	flow->root->line_count = flow->lines.len;
	vec_finish(&flow->open);
}
