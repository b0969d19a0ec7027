/* Flex containers: CSS Flexbox 1 chapter 9, one function a step. Sizes of items are border boxes;
 * "main" and "cross" are widths or heights by the container's direction. */
#include "core/layout/layout.h"

struct flex_item {
	struct box *box;
	float basis, hypothetical, main; // main sizes, border box
	float min, max;                  // of the main size
	float cross;                     // border box
	float baseline;                  // from its margin edge; without one its lower border edge is
	float main_at, cross_at;         // of the border box, from the content box's edge
	float grow, shrink;
	float auto_height;               // column: its natural height; NAN: not measured
	bool frozen;
};

struct flex_line {
	size_t from, to;
	float cross, cross_at;
	float above; // baseline-aligned items reach this far above the line's baseline
};

struct flex {
	struct layout *layout;
	struct box *box;
	const struct space *space;
	bool row, reverse, wrap, wrap_reverse;
	float width;           // content box
	float height;          // definite content height, or NAN
	float main, cross;     // content box; NAN: not known yet
	float main_gap, cross_gap;
	VEC(struct flex_item) items;
	VEC(struct flex_line) lines;
};

static bool is_webkit_box(const struct style *s)
{
	return s->display == DISPLAY_WEBKIT_BOX || s->display == DISPLAY_WEBKIT_INLINE_BOX;
}

bool flex_is_row(const struct style *s)
{
	return is_webkit_box(s) ? !s->box_orient_vertical : s->flex_direction == FLEX_ROW || s->flex_direction == FLEX_ROW_REVERSE;
}

static float resolve_gap(struct length gap, float base)
{
	return gap.kind == LENGTH_FIXED ? float_max(0, snap(length_resolve(gap, base == base ? base : 0))) : 0;
}

static bool margin_is_auto(const struct flex_item *item, enum side side)
{
	return !box_is_plain(item->box) && length_is_auto(item->box->style->margin[side]);
}

static enum side main_start(const struct flex *f)
{
	return f->row ? (f->reverse ? SIDE_RIGHT : SIDE_LEFT) : (f->reverse ? SIDE_BOTTOM : SIDE_TOP);
}

static enum side main_end(const struct flex *f)
{
	return (enum side)((main_start(f) + 2) % 4);
}

static float *margin_at(struct box *box, enum side side)
{
	return side == SIDE_TOP ? &box->margin.top : side == SIDE_RIGHT ? &box->margin.right
		: side == SIDE_BOTTOM ? &box->margin.bottom : &box->margin.left;
}

static float main_margins(const struct flex *f, const struct box *box)
{
	return f->row ? margins_x(box) : margins_y(box);
}

static float cross_margins(const struct flex *f, const struct box *box)
{
	return f->row ? margins_y(box) : margins_x(box);
}

static enum align align_of(const struct flex *f, const struct flex_item *item)
{
	enum align self = box_is_plain(item->box) ? ALIGN_AUTO : item->box->style->align_self;
	enum align align = self != ALIGN_AUTO ? self : f->box->style->align_items;
	return align == ALIGN_AUTO || align == ALIGN_NORMAL ? ALIGN_STRETCH : align;
}

static bool cross_margin_auto(const struct flex *f, const struct flex_item *item)
{
	return f->row ? margin_is_auto(item, SIDE_TOP) || margin_is_auto(item, SIDE_BOTTOM)
		: margin_is_auto(item, SIDE_LEFT) || margin_is_auto(item, SIDE_RIGHT);
}

static bool has_auto_cross(const struct flex *f, const struct box *box)
{
	if (box_is_plain(box)) {
		return true;
	}
	const struct style *s = box->style;
	struct length length = f->row ? s->height : s->width;
	return length_is_auto(length);
}

static bool stretches(const struct flex *f, const struct flex_item *item)
{
	return align_of(f, item) == ALIGN_STRETCH && has_auto_cross(f, item->box) && !cross_margin_auto(f, item);
}

static struct space item_space(const struct flex *f)
{
	return (struct space){f->width, f->height, NAN, NAN, false, false};
}

/* 9.1: items in `order`; boxes out of flow are not items. */
static void collect_items(struct flex *f)
{
	bool ordered = false;
	for (struct box *child = f->box->first; child; child = child->next) {
		if (box_is_positioned(child)) {
			continue;
		}
		struct flex_item item = {.box = child, .auto_height = NAN, .shrink = 1};
		if (!box_is_plain(child)) {
			item.grow = float_clamp(child->style->flex_grow, 0, LAYOUT_LIMIT);
			item.shrink = float_clamp(child->style->flex_shrink, 0, LAYOUT_LIMIT);
			ordered |= child->style->order != 0;
		}
		size_edges(child, f->width);
		vec_push(&f->items, item);
	}
	for (size_t i = 1; ordered && i < f->items.len; i++) { // stable
		struct flex_item item = f->items.at[i];
		size_t k = i;
		int order = box_is_plain(item.box) ? 0 : item.box->style->order;
		while (k > 0 && (box_is_plain(f->items.at[k - 1].box) ? 0 : f->items.at[k - 1].box->style->order) > order) {
			f->items.at[k] = f->items.at[k - 1];
			k--;
		}
		f->items.at[k] = item;
	}
}

/* The height of an item of a column that nothing but its content decides. */
static float natural_height(struct flex *f, struct flex_item *item)
{
	if (item->auto_height != item->auto_height) {
		struct space space = item_space(f);
		bool stretch = !f->wrap && stretches(f, item);
		space.shrink = !stretch;
		if (item->box->kind == BOX_REPLACED && stretch) {
			space.set_width = size_clamp_width(f->layout, item->box, f->width - margins_x(item->box), f->width);
		}
		item->auto_height = place_measure(f->layout, item->box, &space).size.height;
		size_edges(item->box, f->width);
	}
	return item->auto_height;
}

/* 9.4, 8 and 11: the cross size that an item is stretched to, when that is known beforehand. */
static float stretched_cross(const struct flex *f, const struct flex_item *item)
{
	if (f->wrap || f->cross != f->cross || !stretches(f, item)) {
		return NAN;
	}
	float cross = f->cross - cross_margins(f, item->box);
	return f->row ? size_clamp_height(item->box, snap(cross), f->height)
		: size_clamp_width(f->layout, item->box, snap(cross), f->width);
}

/* A replaced item by itself, but for the cross size when that is given. */
static float replaced_main(struct flex *f, const struct flex_item *item)
{
	struct space space = item_space(f);
	*(f->row ? &space.set_height : &space.set_width) = stretched_cross(f, item);
	struct size size = size_replaced(f->layout, item->box, &space);
	return f->row ? size.width : size.height;
}

/* Where the content of a laid out box ends, whatever its height. */
static float content_bottom(const struct box *box)
{
	float bottom = box->border.top + box->padding.top;
	for (size_t i = 0; i < box->line_count; i++) {
		bottom = float_max(bottom, rect_bottom(box->lines[i].rect));
	}
	for (const struct box *child = box->inline_root ? NULL : box->first; child; child = child->next) {
		bottom = box_is_positioned(child) ? bottom : float_max(bottom, rect_bottom(child->rect) + child->margin.bottom);
	}
	return bottom;
}

/* The same without regard to a width (height) that is set. */
static float natural_main(struct flex *f, const struct flex_item *item)
{
	const struct intrinsic *own = &cell_of(item->box)->intrinsic;
	const struct style *s = item->box->style;
	bool crossed = size_resolve(item->box, f->row ? s->height : s->width, f->row ? f->height : f->width, f->row) >= 0
		|| stretched_cross(f, item) >= 0;
	float natural = f->row ? own->width : own->height;
	if (!(natural >= 0) || (crossed && own->ratio > 0) || s->aspect_ratio > 0) {
		return replaced_main(f, item);
	}
	return float_min(natural, LAYOUT_LIMIT) + (f->row ? edges_x(item->box) : edges_y(item->box));
}

/* The main size that the content asks for: with an automatic width or height. */
static float content_size(struct flex *f, struct flex_item *item)
{
	struct box *box = item->box;
	if (f->row) {
		if (box->kind == BOX_REPLACED) {
			return replaced_main(f, item);
		}
		bool ratio = !box_is_plain(box) && box->style->aspect_ratio > 0;
		float height = ratio ? size_resolve(box, box->style->height, f->height, true) : NAN;
		height = ratio && height != height ? stretched_cross(f, item) : height;
		if (height == height) {
			struct space space = item_space(f);
			space.set_height = height;
			space.shrink = true;
			return size_width(f->layout, box, &space);
		}
		return size_extent_here(f->layout, box).max;
	}
	if (box_is_plain(box) || length_is_auto(box->style->height)) {
		return natural_height(f, item);
	}
	/* A height is set but flex-basis overrules it: how high is the content? */
	if (box->kind == BOX_REPLACED) {
		return replaced_main(f, item);
	}
	struct space space = item_space(f);
	space.shrink = !stretches(f, item);
	place_box(f->layout, box, &space, NULL);
	return content_bottom(box) + box->padding.bottom + box->border.bottom;
}

/* 9.2, 3: flex base size. */
static float base_size(struct flex *f, struct flex_item *item)
{
	struct box *box = item->box;
	if (box_is_plain(box)) {
		return content_size(f, item);
	}
	const struct style *s = box->style;
	float base = f->row ? f->width : f->main;
	struct length basis = s->flex_basis;
	if (basis.kind == LENGTH_FIXED) {
		float size = size_resolve(box, basis, base, !f->row);
		if (size == size) {
			return size;
		}
		return content_size(f, item);
	}
	if (basis.kind == LENGTH_AUTO) {
		struct length own = f->row ? s->width : s->height;
		if (own.kind == LENGTH_MIN_CONTENT && f->row) {
			return size_extent_here(f->layout, box).min;
		}
		float size = size_resolve(box, own, f->row ? f->width : f->height, !f->row);
		if (size == size) {
			return size;
		}
	}
	return content_size(f, item);
}

/* 4.5: what an item does not shrink below when its min-width (min-height) is auto. */
static float automatic_minimum(struct flex *f, struct flex_item *item)
{
	struct box *box = item->box;
	if (box->scrolls) {
		return 0;
	}
	float content = f->row ? size_extent_here(f->layout, box).min : content_size(f, item);
	if (box->kind == BOX_REPLACED) {
		content = natural_main(f, item);
	}
	if (!box_is_plain(box)) {
		struct length own = f->row ? box->style->width : box->style->height;
		float specified = size_resolve(box, own, f->row ? f->width : f->height, !f->row);
		content = specified == specified ? float_min(content, specified) : content;
	}
	return float_min(content, item->max);
}

static void resolve_limits(struct flex *f, struct flex_item *item)
{
	struct box *box = item->box;
	item->max = LAYOUT_LIMIT;
	float edges = f->row ? edges_x(box) : edges_y(box);
	if (box_is_plain(box)) {
		item->min = automatic_minimum(f, item);
		return;
	}
	const struct style *s = box->style;
	float base = f->row ? f->width : f->height;
	struct length max = f->row ? s->max_width : s->max_height, min = f->row ? s->min_width : s->min_height;
	float limit = size_resolve(box, max, base, !f->row);
	item->max = limit == limit ? limit : LAYOUT_LIMIT;
	limit = size_resolve(box, min, base, !f->row);
	if (f->row && min.kind > LENGTH_FIXED) {
		struct extent extent = size_extent_here(f->layout, box);
		limit = min.kind == LENGTH_MIN_CONTENT ? extent.min : extent.max;
	}
	bool automatic = length_is_auto(min);
	item->min = float_max(automatic ? automatic_minimum(f, item) : limit == limit ? limit : 0, edges);
	item->max = float_max(item->max, edges);
}

/* 9.2, 3: base sizes and hypothetical main sizes. */
static void size_items(struct flex *f)
{
	for (size_t i = 0; i < f->items.len; i++) {
		struct flex_item *item = &f->items.at[i];
		item->basis = base_size(f, item);
		resolve_limits(f, item);
		item->hypothetical = float_max(float_min(item->basis, item->max), item->min);
		item->main = item->hypothetical;
	}
}

/* 9.3, 5: flex lines. */
static void collect_lines(struct flex *f)
{
	size_t from = 0;
	float used = 0;
	for (size_t i = 0; i < f->items.len; i++) {
		const struct flex_item *item = &f->items.at[i];
		float outer = item->hypothetical + main_margins(f, item->box);
		float next = used + (i > from ? f->main_gap : 0) + outer;
		if (f->wrap && i > from && f->main == f->main && next > f->main + 0.001f) {
			struct flex_line line = {.from = from, .to = i};
			vec_push(&f->lines, line);
			from = i;
			next = outer;
		}
		used = next;
	}
	if (f->items.len > from) {
		struct flex_line line = {.from = from, .to = f->items.len};
		vec_push(&f->lines, line);
	}
}

static float line_main(const struct flex *f, const struct flex_line *line, bool hypothetical)
{
	float sum = line->to > line->from ? f->main_gap * (float)(line->to - line->from - 1) : 0;
	for (size_t i = line->from; i < line->to; i++) {
		const struct flex_item *item = &f->items.at[i];
		sum += (hypothetical ? item->hypothetical : item->main) + main_margins(f, item->box);
	}
	return sum;
}

/* 9.2, 4: the main size of a column without a definite height is its content's, within limits. */
static void size_main(struct flex *f)
{
	if (f->main == f->main) {
		return;
	}
	float most = 0;
	for (size_t i = 0; i < f->lines.len; i++) {
		most = float_max(most, line_main(f, &f->lines.at[i], true));
	}
	float height = size_height(f->box, f->space, most + edges_y(f->box));
	f->main = float_max(0, height - edges_y(f->box));
}

/* 9.7, 4c: shares out what is left among the items that are not frozen. */
static void share(struct flex *f, const struct flex_line *line, bool grow, float left)
{
	double total = 0, factors = 0;
	for (size_t i = line->from; i < line->to; i++) {
		const struct flex_item *item = &f->items.at[i];
		if (!item->frozen) {
			float inner = item->basis - (f->row ? edges_x(item->box) : edges_y(item->box));
			total += grow ? item->grow : (double)item->shrink * inner;
			factors += grow ? item->grow : item->shrink;
		}
	}
	if (factors < 1) {
		left = (float)(left * factors);
	}
	for (size_t i = line->from; i < line->to; i++) {
		struct flex_item *item = &f->items.at[i];
		if (!item->frozen) {
			float inner = item->basis - (f->row ? edges_x(item->box) : edges_y(item->box));
			double weight = grow ? item->grow : (double)item->shrink * inner;
			float more = total > 0 ? (float)(left * weight / total) : 0;
			item->main = item->basis + snap_near(more);
		}
	}
}

/* 9.7, 4d and 4e: clamps, and freezes those that are off; true: all are frozen. */
static bool freeze(struct flex *f, const struct flex_line *line)
{
	float violation = 0;
	for (size_t i = line->from; i < line->to; i++) {
		struct flex_item *item = &f->items.at[i];
		if (!item->frozen) {
			violation += float_max(float_min(item->main, item->max), item->min) - item->main;
		}
	}
	bool all = true;
	for (size_t i = line->from; i < line->to; i++) {
		struct flex_item *item = &f->items.at[i];
		if (item->frozen) {
			continue;
		}
		float clamped = float_max(float_min(item->main, item->max), item->min);
		bool low = clamped > item->main, high = clamped < item->main;
		item->frozen = violation == 0 || (violation > 0 && low) || (violation < 0 && high);
		if (item->frozen) {
			item->main = clamped;
		}
		all &= item->frozen;
	}
	return all;
}

/* 9.7: flexible lengths. */
static void resolve_flexible(struct flex *f, const struct flex_line *line)
{
	bool grow = line_main(f, line, true) < f->main;
	for (size_t i = line->from; i < line->to; i++) {
		struct flex_item *item = &f->items.at[i];
		float factor = grow ? item->grow : item->shrink;
		item->frozen = factor == 0 || (grow ? item->basis > item->hypothetical : item->basis < item->hypothetical);
		item->main = item->frozen ? item->hypothetical : item->basis;
	}
	for (size_t round = 0; round <= line->to - line->from; round++) {
		float used = f->main_gap * (float)(line->to - line->from - 1);
		bool any = false;
		for (size_t i = line->from; i < line->to; i++) {
			const struct flex_item *item = &f->items.at[i];
			used += (item->frozen ? item->main : item->basis) + main_margins(f, item->box);
			any |= !item->frozen;
		}
		if (!any) {
			break;
		}
		share(f, line, grow, f->main - used);
		if (freeze(f, line)) {
			break;
		}
	}
	for (size_t i = line->from; i < line->to; i++) {
		f->items.at[i].main = snap(f->items.at[i].main);
	}
}

static struct space measured_space(struct flex *f, const struct flex_item *item)
{
	struct space space = item_space(f);
	if (f->row) {
		space.set_width = item->main;
		return space;
	}
	space.shrink = f->wrap || !stretches(f, item);
	/* As high as it is by itself, and not definite: the measure that step 3 took will do. */
	if (item->main != item->auto_height || f->height == f->height || item->box->kind == BOX_REPLACED) {
		float own = size_definite_height(item->box, &space); // which nothing stretched or shrank
		space.set_height = item->main;
		space.definite = f->height == f->height || own == float_max(0, snap(item->main) - edges_y(item->box));
	}
	if (item->box->kind == BOX_REPLACED && !space.shrink) {
		space.set_width = size_clamp_width(f->layout, item->box, f->width - margins_x(item->box), f->width);
	}
	return space;
}

/* 9.4, 7: hypothetical cross sizes. */
static void size_cross(struct flex *f)
{
	for (size_t i = 0; i < f->items.len; i++) {
		struct flex_item *item = &f->items.at[i];
		struct space space = measured_space(f, item);
		struct outcome outcome = place_measure(f->layout, item->box, &space);
		size_edges(item->box, f->width);
		item->cross = f->row ? outcome.size.height : outcome.size.width;
		bool has = outcome.first_baseline == outcome.first_baseline;
		item->baseline = item->box->margin.top + (has ? outcome.first_baseline : outcome.size.height);
	}
}

static bool baseline_aligned(const struct flex *f, const struct flex_item *item)
{
	return f->row && align_of(f, item) == ALIGN_BASELINE && !cross_margin_auto(f, item);
}

/* 9.4, 8: the cross size of each line. */
static void size_lines(struct flex *f)
{
	for (size_t i = 0; i < f->lines.len; i++) {
		struct flex_line *line = &f->lines.at[i];
		float above = -LAYOUT_LIMIT, below = -LAYOUT_LIMIT, most = 0;
		for (size_t k = line->from; k < line->to; k++) {
			const struct flex_item *item = &f->items.at[k];
			float outer = item->cross + cross_margins(f, item->box);
			if (baseline_aligned(f, item)) {
				float baseline = item->baseline;
				above = float_max(above, baseline);
				below = float_max(below, outer - baseline);
			} else {
				most = float_max(most, outer);
			}
		}
		line->above = above;
		line->cross = above > -LAYOUT_LIMIT ? float_max(most, above + below) : most;
	}
	if (!f->wrap && f->lines.len == 1 && f->cross == f->cross) {
		f->lines.at[0].cross = f->cross;
	} else if (!f->wrap && f->lines.len == 1 && f->row) {
		float height = size_height(f->box, f->space, f->lines.at[0].cross + edges_y(f->box));
		f->lines.at[0].cross = float_max(0, height - edges_y(f->box)); // min-height and max-height
	}
}

static float lines_cross(const struct flex *f)
{
	float sum = f->lines.len ? f->cross_gap * (float)(f->lines.len - 1) : 0;
	for (size_t i = 0; i < f->lines.len; i++) {
		sum += f->lines.at[i].cross;
	}
	return sum;
}

/* 9.6, 15: the container's cross size. */
static void size_container_cross(struct flex *f)
{
	if (f->cross == f->cross) {
		return;
	}
	float height = size_height(f->box, f->space, lines_cross(f) + edges_y(f->box));
	f->cross = float_max(0, height - edges_y(f->box));
}

/* 9.4, 9: align-content: stretch. */
static void stretch_lines(struct flex *f)
{
	enum align content = f->box->style->align_content;
	bool stretch = content == ALIGN_AUTO || content == ALIGN_NORMAL || content == ALIGN_STRETCH;
	float spare = f->cross - lines_cross(f);
	if (!f->wrap || !stretch || spare <= 0 || f->lines.len == 0) {
		return;
	}
	for (size_t i = 0; i < f->lines.len; i++) {
		f->lines.at[i].cross = snap(f->lines.at[i].cross + spare / (float)f->lines.len);
	}
}

/* 9.4, 11: used cross sizes; lays every item out for good. */
static void lay_out_items(struct flex *f)
{
	for (size_t l = 0; l < f->lines.len; l++) {
		const struct flex_line *line = &f->lines.at[l];
		for (size_t i = line->from; i < line->to; i++) {
			struct flex_item *item = &f->items.at[i];
			struct box *box = item->box;
			struct space space = measured_space(f, item);
			if (stretches(f, item)) {
				float room = line->cross - cross_margins(f, box);
				item->cross = f->row ? size_clamp_height(box, snap(room), f->height)
					: size_clamp_width(f->layout, box, snap(room), f->width);
				*(f->row ? &space.set_height : &space.set_width) = item->cross;
				space.definite = f->row ? true : space.definite;
				space.shrink = false;
				if (!f->row && !f->wrap && item->cross == snap(float_max(f->width - margins_x(box), edges_x(box)))
					&& box->kind != BOX_REPLACED && box->kind != BOX_TABLE) {
					space.set_width = NAN; // what filling gives: the measure will do
				}
			}
			place_box(f->layout, box, &space, NULL);
			item->cross = f->row ? box->rect.height : box->rect.width;
		}
	}
}

/* Offset before the first and between the others, for `count` things with `spare` room. */
static void distribute(enum align align, float spare, size_t count, bool reverse, float *ret_first, float *ret_between)
{
	*ret_first = *ret_between = 0;
	float n = (float)count;
	if (spare <= 0 && (align == ALIGN_SPACE_AROUND || align == ALIGN_SPACE_EVENLY)) {
		*ret_first = reverse ? spare : 0; // they fall back to `start`
		return;
	}
	switch (align) {
	case ALIGN_FLEX_END:
	case ALIGN_END:
	case ALIGN_RIGHT:
		*ret_first = spare;
		break;
	case ALIGN_CENTER:
		*ret_first = snap(spare / 2);
		break;
	case ALIGN_SPACE_BETWEEN:
		*ret_between = spare > 0 && count > 1 ? spare / (n - 1) : 0;
		break;
	case ALIGN_SPACE_AROUND:
		*ret_between = count ? spare / n : 0;
		*ret_first = count ? spare / n / 2 : 0;
		break;
	case ALIGN_SPACE_EVENLY:
		*ret_between = *ret_first = spare / (n + 1);
		break;
	default:
		break;
	}
}

/* `start` and `end`, `left` and `right` do not turn round with the direction. */
static enum align physical(enum align align, bool reverse)
{
	bool start = align == ALIGN_START || align == ALIGN_LEFT, end = align == ALIGN_END || align == ALIGN_RIGHT;
	if (start || end) {
		return start != reverse ? ALIGN_FLEX_START : ALIGN_FLEX_END;
	}
	return align;
}

/* 9.5, 12: automatic main margins take the room; else justify-content. */
static void align_main(struct flex *f, const struct flex_line *line)
{
	float spare = f->main - line_main(f, line, false);
	size_t autos = 0;
	for (size_t i = line->from; i < line->to; i++) {
		autos += margin_is_auto(&f->items.at[i], main_start(f)) + margin_is_auto(&f->items.at[i], main_end(f));
	}
	float first = 0, between = 0;
	if (autos == 0) {
		distribute(physical(f->box->style->justify_content, f->reverse), spare, line->to - line->from, f->reverse, &first, &between);
	}
	float each = autos && spare > 0 ? spare / (float)autos : 0, at = first;
	for (size_t i = line->from; i < line->to; i++) {
		struct flex_item *item = &f->items.at[i];
		float *start = margin_at(item->box, main_start(f)), *end = margin_at(item->box, main_end(f));
		*start += margin_is_auto(item, main_start(f)) ? each : 0;
		*end += margin_is_auto(item, main_end(f)) ? each : 0;
		at += *start;
		item->main_at = f->reverse ? f->main - at - item->main : at;
		at += item->main + *end + between + f->main_gap;
	}
}

/* 9.6, 13 and 14: automatic cross margins, align-self. */
static void align_cross(struct flex *f, const struct flex_line *line)
{
	for (size_t i = line->from; i < line->to; i++) {
		struct flex_item *item = &f->items.at[i];
		enum side start = f->row ? SIDE_TOP : SIDE_LEFT, end = f->row ? SIDE_BOTTOM : SIDE_RIGHT;
		float spare = line->cross - item->cross - cross_margins(f, item->box);
		bool before = margin_is_auto(item, start), after = margin_is_auto(item, end);
		float at = 0;
		enum align align = align_of(f, item);
		bool at_end = align == ALIGN_FLEX_END || (align == ALIGN_END && !f->wrap_reverse) || (align == ALIGN_START && f->wrap_reverse);
		if (before || after) {
			float room = float_max(0, spare);
			*margin_at(item->box, start) += before ? (after ? snap(room / 2) : room) : 0;
			*margin_at(item->box, end) += after ? (before ? room - snap(room / 2) : room) : 0;
		} else if (align == ALIGN_CENTER) {
			at = snap(spare / 2);
		} else if (baseline_aligned(f, item)) {
			at = line->above - item->baseline;
		} else if (at_end != f->wrap_reverse) { // the cross axis may run backwards
			at = spare;
		}
		item->cross_at = line->cross_at + at + *margin_at(item->box, start);
	}
}

/* 9.6, 16: align-content. */
static void align_lines(struct flex *f)
{
	float first = 0, between = 0;
	enum align content = f->box->style->align_content;
	if (f->wrap) {
		distribute(physical(content, f->wrap_reverse), f->cross - lines_cross(f), f->lines.len, f->wrap_reverse, &first, &between);
	}
	float at = first;
	for (size_t i = 0; i < f->lines.len; i++) {
		struct flex_line *line = &f->lines.at[i];
		line->cross_at = snap(f->wrap_reverse ? f->cross - at - line->cross : at);
		at += line->cross + between + f->cross_gap;
	}
}

static void place_items(struct flex *f)
{
	float left = f->box->border.left + f->box->padding.left, top = f->box->border.top + f->box->padding.top;
	for (size_t i = 0; i < f->items.len; i++) {
		struct flex_item *item = &f->items.at[i];
		struct box *box = item->box;
		box->rect.x = snap(left + (f->row ? item->main_at : item->cross_at));
		box->rect.y = snap(top + (f->row ? item->cross_at : item->main_at));
	}
}

static void set_baselines(struct flex *f)
{
	struct cell *own = cell_of(f->box);
	if (!f->lines.len) {
		return;
	}
	/* What stands first on the page. */
	const struct flex_line *line = &f->lines.at[f->wrap_reverse ? f->lines.len - 1 : 0];
	const struct flex_item *chosen = &f->items.at[f->reverse ? line->to - 1 : line->from];
	for (size_t i = line->from; i < line->to; i++) {
		if (baseline_aligned(f, &f->items.at[i])) {
			chosen = &f->items.at[i];
			break;
		}
	}
	const struct cell *cell = cell_of(chosen->box);
	float baseline = cell->outcome.first_baseline;
	own->outcome.first_baseline = chosen->box->rect.y + (baseline == baseline ? baseline : chosen->box->rect.height);
	own->outcome.last_baseline = own->outcome.first_baseline;
}

static float static_align(enum align align)
{
	switch (align) {
	case ALIGN_CENTER:
	case ALIGN_SPACE_AROUND:
	case ALIGN_SPACE_EVENLY:
		return 0.5f;
	case ALIGN_FLEX_END:
	case ALIGN_END:
	case ALIGN_RIGHT:
		return 1;
	default:
		return 0;
	}
}

/* 4.1: an absolutely positioned child stands where it would as the only item. */
static void place_statics(struct flex *f)
{
	for (struct box *child = f->box->first; child; child = child->next) {
		if (!box_is_positioned(child)) {
			continue;
		}
		struct flex_item item = {.box = child};
		float main = static_align(physical(f->box->style->justify_content, f->reverse));
		float cross = static_align(align_of(f, &item));
		main = f->reverse ? 1 - main : main;
		cross = f->wrap_reverse ? 1 - cross : cross;
		struct point align = f->row ? (struct point){main, cross} : (struct point){cross, main};
		float left = f->box->border.left + f->box->padding.left, top = f->box->border.top + f->box->padding.top;
		float height = f->row ? f->cross : f->main;
		positioned_set_static(f->layout, child, left + align.x * f->width, top + align.y * height);
		cell_of(child)->at_align = align;
	}
}

void flex_layout(struct layout *layout, struct box *box, const struct space *space)
{
	const struct style *s = box->style;
	box->rect.width = size_width(layout, box, space);
	struct flex f = {.layout = layout, .box = box, .space = space, .row = flex_is_row(s)};
	bool webkit = is_webkit_box(s);
	f.reverse = !webkit && (s->flex_direction == FLEX_ROW_REVERSE || s->flex_direction == FLEX_COLUMN_REVERSE);
	f.wrap = !webkit && s->flex_wrap != FLEX_NOWRAP;
	f.wrap_reverse = f.wrap && s->flex_wrap == FLEX_WRAP_REVERSE;
	f.width = float_max(0, box->rect.width - edges_x(box));
	f.height = size_definite_height(box, space);
	float known = space->set_height == space->set_height ? float_max(0, snap(space->set_height) - edges_y(box)) : f.height;
	f.main = f.row ? f.width : known;
	f.cross = f.row ? known : f.width;
	float column = resolve_gap(s->column_gap, f.width), row = resolve_gap(s->row_gap, f.height);
	f.main_gap = f.row ? column : row;
	f.cross_gap = f.row ? row : column;
	collect_items(&f);
	size_items(&f);
	collect_lines(&f);
	size_main(&f);
	for (size_t i = 0; i < f.lines.len; i++) {
		resolve_flexible(&f, &f.lines.at[i]);
	}
	size_cross(&f);
	size_lines(&f);
	size_container_cross(&f);
	stretch_lines(&f);
	align_lines(&f);
	lay_out_items(&f);
	for (size_t i = 0; i < f.lines.len; i++) {
		align_main(&f, &f.lines.at[i]);
		align_cross(&f, &f.lines.at[i]);
	}
	box->rect.height = float_max(0, (f.row ? f.cross : f.main)) + edges_y(box);
	place_items(&f);
	set_baselines(&f);
	for (size_t i = 0; i < f.items.len; i++) {
		block_shift_relative(f.items.at[i].box, f.width, f.height);
	}
	place_statics(&f);
	vec_finish(&f.items);
	vec_finish(&f.lines);
}

/* 9.9.1, as Blink has it: an item that may not grow (shrink) to its contribution keeps its base size. */
static struct extent row_contribution(struct layout *layout, struct box *child)
{
	struct extent own = size_contribution(layout, child);
	if (box_is_plain(child)) {
		return own;
	}
	const struct style *s = child->style;
	struct insets margin = child->margin, border = child->border, padding = child->padding;
	size_edges(child, 0);
	float margins = margins_x(child), base = size_resolve(child, s->flex_basis, NAN, false);
	if (base != base && s->flex_basis.kind == LENGTH_AUTO) {
		base = size_resolve(child, s->width, NAN, false);
	}
	struct extent content = size_extent(layout, child);
	bool fixed = base == base;
	base = fixed ? base : content.max;
	float min = size_resolve(child, s->min_width, NAN, false), max = size_resolve(child, s->max_width, NAN, false);
	if (min != min) {
		float width = size_resolve(child, s->width, NAN, false);
		min = child->scrolls || !length_is_auto(s->min_width) ? 0 : width == width ? float_min(content.min, width) : content.min;
		min = max == max ? float_min(min, max) : min;
	}
	float kept = margins + float_max(max == max ? float_min(base, max) : base, min);
	base += margins;
	bool grows = s->flex_grow > 0, shrinks = s->flex_shrink > 0;
	if (fixed) {
		own.min = (own.min > base && !grows) || (own.min < base && !shrinks) ? kept : own.min;
		own.max = (own.max > base && !grows) || (own.max < base && !shrinks) ? kept : own.max;
	}
	child->margin = margin;
	child->border = border;
	child->padding = padding;
	return own;
}

struct extent flex_extent(struct layout *layout, struct box *box)
{
	const struct style *s = box->style;
	bool row = flex_is_row(s), wrap = !is_webkit_box(s) && s->flex_wrap != FLEX_NOWRAP;
	float gap = resolve_gap(s->column_gap, 0);
	struct extent extent = {0};
	size_t count = 0;
	for (struct box *child = box->first; child; child = child->next) {
		if (box_is_positioned(child)) {
			continue;
		}
		struct extent own = row ? row_contribution(layout, child) : size_contribution(layout, child);
		extent.min = row && !wrap ? extent.min + own.min + (count ? gap : 0) : float_max(extent.min, own.min);
		extent.max = row ? extent.max + own.max + (count ? gap : 0) : float_max(extent.max, own.max);
		count++;
	}
	return extent;
}
