/* Widths and heights: what lengths come to, percentages, limits, box-sizing, replaced elements,
 * and min-content and max-content widths. */
#include "core/layout/layout.h"

static float resolve_edge(struct length length, float base)
{
	return length.kind == LENGTH_FIXED ? snap(length_resolve(length, base)) : 0;
}

void size_edges(struct box *box, float base)
{
	if (box_is_plain(box)) {
		box->margin = box->padding = box->border = (struct insets){0};
		return;
	}
	const struct style *s = box->style;
	base = base == base ? base : 0;
	box->border = (struct insets){snap(s->border[SIDE_TOP].width), snap(s->border[SIDE_RIGHT].width),
		snap(s->border[SIDE_BOTTOM].width), snap(s->border[SIDE_LEFT].width)};
	box->padding = (struct insets){float_max(0, resolve_edge(s->padding[SIDE_TOP], base)),
		float_max(0, resolve_edge(s->padding[SIDE_RIGHT], base)), float_max(0, resolve_edge(s->padding[SIDE_BOTTOM], base)),
		float_max(0, resolve_edge(s->padding[SIDE_LEFT], base))};
	if (box->kind == BOX_TABLE_CELL || box->kind == BOX_TABLE_ROW) {
		box->margin = (struct insets){0};
		if (box->kind == BOX_TABLE_ROW) {
			box->border = box->padding = (struct insets){0};
		}
		return;
	}
	box->margin = (struct insets){resolve_edge(s->margin[SIDE_TOP], base), resolve_edge(s->margin[SIDE_RIGHT], base),
		resolve_edge(s->margin[SIDE_BOTTOM], base), resolve_edge(s->margin[SIDE_LEFT], base)};
}

float size_resolve(const struct box *box, struct length length, float base, bool vertical)
{
	if (length.kind != LENGTH_FIXED || (length.percent != 0 && base != base)) {
		return NAN;
	}
	float edges = vertical ? edges_y(box) : edges_x(box);
	float size = float_max(0, snap(length.percent != 0 ? length_resolve(length, base) : length.px));
	return box->style->box_sizing == BOX_SIZING_BORDER ? float_max(size, edges) : snap(size + edges);
}

/* min-content, max-content and fit-content, or a fixed length; NAN: auto. */
static float resolve_width(struct layout *layout, struct box *box, struct length length, float base)
{
	struct extent extent;
	switch (length.kind) {
	case LENGTH_FIXED:
		return size_resolve(box, length, base, false);
	case LENGTH_MIN_CONTENT:
		return size_extent_here(layout, box).min;
	case LENGTH_MAX_CONTENT:
		return size_extent_here(layout, box).max;
	case LENGTH_FIT_CONTENT:
		extent = size_extent_here(layout, box);
		return base == base ? float_max(extent.min, float_min(extent.max, base - margins_x(box))) : extent.max;
	default:
		return NAN;
	}
}

float size_clamp_width(struct layout *layout, struct box *box, float width, float base)
{
	if (box_is_plain(box)) {
		return float_max(width, 0);
	}
	float max = resolve_width(layout, box, box->style->max_width, base);
	float min = resolve_width(layout, box, box->style->min_width, base);
	width = max == max ? float_min(width, max) : width;
	width = min == min ? float_max(width, min) : width;
	return float_max(width, edges_x(box));
}

float size_clamp_height(const struct box *box, float height, float base)
{
	if (box_is_plain(box)) {
		return float_max(height, 0);
	}
	float max = size_resolve(box, box->style->max_height, base, true);
	float min = size_resolve(box, box->style->min_height, base, true);
	height = max == max ? float_min(height, max) : height;
	height = min == min ? float_max(height, min) : height;
	return float_max(height, edges_y(box));
}

static float fixed_height(const struct box *box, const struct space *space)
{
	float height = size_resolve(box, box->style->height, space->height, true);
	return height == height ? size_clamp_height(box, height, space->height) : NAN;
}

/* aspect-ratio works on the box that box-sizing names. */
static float ratio_width(const struct box *box, float height)
{
	bool border = box->style->box_sizing == BOX_SIZING_BORDER;
	float inner = border ? height : height - edges_y(box);
	return snap(inner * box->style->aspect_ratio) + (border ? 0 : edges_x(box));
}

static float ratio_height(const struct box *box, float width)
{
	bool border = box->style->box_sizing == BOX_SIZING_BORDER;
	float inner = border ? width : width - edges_x(box);
	return snap(inner / box->style->aspect_ratio) + (border ? 0 : edges_y(box));
}

/* Limits of the height limit an automatic width, too, where there is a ratio. */
static float limit_by_ratio(const struct box *box, const struct space *space, float width)
{
	if (box->style->aspect_ratio > 0) {
		float max = size_resolve(box, box->style->max_height, space->height, true);
		float min = size_resolve(box, box->style->min_height, space->height, true);
		width = max == max ? float_min(width, ratio_width(box, max)) : width;
		width = min == min ? float_max(width, ratio_width(box, min)) : width;
	}
	return width;
}

float size_width(struct layout *layout, struct box *box, const struct space *space)
{
	if (space->set_width == space->set_width) {
		return float_max(snap(space->set_width), edges_x(box));
	}
	float room = space->width - margins_x(box);
	if (box_is_plain(box)) {
		if (!space->shrink && box->kind != BOX_TABLE) {
			return float_max(room, 0);
		}
		struct extent extent = size_extent_here(layout, box);
		return float_max(extent.min, float_min(extent.max, room));
	}
	float width = resolve_width(layout, box, box->style->width, space->width);
	if (width != width && box->style->aspect_ratio > 0) {
		float height = space->set_height == space->set_height ? space->set_height : fixed_height(box, space);
		if (height == height) { // no less than the content, as an automatic minimum
			bool holds_content = box->style->overflow_x == OVERFLOW_VISIBLE && length_is_auto(box->style->min_width);
			width = float_max(ratio_width(box, height), holds_content ? size_extent_here(layout, box).min : 0);
		}
	}
	if (width != width) {
		bool fits = space->shrink || box->kind == BOX_TABLE;
		struct extent extent = fits ? size_extent_here(layout, box) : (struct extent){0};
		width = fits ? float_max(extent.min, float_min(extent.max, room)) : room;
		width = limit_by_ratio(box, space, width);
	}
	return snap(size_clamp_width(layout, box, width, space->width));
}

float size_height(const struct box *box, const struct space *space, float automatic)
{
	if (space->set_height == space->set_height) {
		return float_max(snap(space->set_height), edges_y(box));
	}
	automatic = snap(automatic);
	if (box_is_plain(box) || box->kind == BOX_TABLE_CELL) { // a cell's height is a wish to its row
		return automatic;
	}
	float height = size_resolve(box, box->style->height, space->height, true);
	if (height != height && box->style->aspect_ratio > 0) {
		bool holds_content = box->style->overflow_y == OVERFLOW_VISIBLE && length_is_auto(box->style->min_height);
		height = float_max(ratio_height(box, box->rect.width), holds_content ? automatic : 0);
	}
	return size_clamp_height(box, height == height ? height : automatic, space->height);
}

float size_definite_height(const struct box *box, const struct space *space)
{
	if (space->set_height == space->set_height) {
		return space->definite ? float_max(0, snap(space->set_height) - edges_y(box)) : NAN;
	}
	if (box_is_plain(box) || box->kind == BOX_TABLE_CELL) {
		return box->kind == BOX_TABLE_CELL ? NAN : space->height;
	}
	float height = size_resolve(box, box->style->height, space->height, true);
	if (height != height && box->style->aspect_ratio > 0) {
		height = ratio_height(box, box->rect.width);
	}
	return height == height ? float_max(0, size_clamp_height(box, height, space->height) - edges_y(box)) : NAN;
}

static struct extent content_extent(struct layout *layout, struct box *box)
{
	switch (box->kind) {
	case BOX_FLEX:
		return flex_extent(layout, box);
	case BOX_GRID:
		return grid_extent(layout, box);
	case BOX_TABLE:
		return table_extent(layout, box);
	default:
		return box->inline_root ? inline_extent(layout, box) : block_extent(layout, box);
	}
}

struct extent size_extent(struct layout *layout, struct box *box)
{
	struct cell *cell = cell_of(box);
	if (box->flags & FLAG_QUEUED) {
		cell_forget_layout(box);
	}
	if (cell->extent.min == cell->extent.min) {
		return cell->extent;
	}
	struct insets margin = box->margin, border = box->border, padding = box->padding;
	size_edges(box, 0); // percentages count as nothing here
	struct extent extent;
	if (box->kind == BOX_REPLACED) {
		struct space space = {NAN, NAN, NAN, NAN, true, false};
		extent.min = extent.max = size_replaced(layout, box, &space).width;
	} else {
		extent = content_extent(layout, box);
		extent.min = snap(extent.min + edges_x(box));
		extent.max = float_max(snap(extent.max + edges_x(box)), extent.min);
	}
	box->margin = margin;
	box->border = border;
	box->padding = padding;
	cell->extent = extent;
	return extent;
}

struct extent size_extent_here(struct layout *layout, struct box *box)
{
	struct extent extent = size_extent(layout, box);
	const struct length *padding = box->style->padding;
	if (!box_is_plain(box) && (length_has_percent(padding[SIDE_LEFT]) || length_has_percent(padding[SIDE_RIGHT]))) {
		float more = box->padding.left + box->padding.right - float_max(0, resolve_edge(padding[SIDE_LEFT], 0))
			- float_max(0, resolve_edge(padding[SIDE_RIGHT], 0));
		extent.min += more;
		extent.max += more;
	}
	return extent;
}

static float fixed_only(const struct box *box, struct length length)
{
	return length.percent == 0 ? size_resolve(box, length, NAN, false) : NAN;
}

/* min-width and max-width where no width is known: percentages count for nothing. */
static float contributed_limit(struct layout *layout, struct box *box, struct length length)
{
	if (length.kind == LENGTH_MIN_CONTENT) {
		return size_extent(layout, box).min;
	}
	return length.kind == LENGTH_MAX_CONTENT ? size_extent(layout, box).max : fixed_only(box, length);
}

struct extent size_contribution(struct layout *layout, struct box *box)
{
	struct insets margin = box->margin, border = box->border, padding = box->padding;
	size_edges(box, 0);
	const struct style *s = box->style;
	struct extent extent;
	bool plain = box_is_plain(box);
	float width = plain ? NAN : fixed_only(box, s->width);
	if (width != width && !plain && s->aspect_ratio > 0 && s->height.kind == LENGTH_FIXED && s->height.percent == 0) {
		width = ratio_width(box, size_resolve(box, s->height, NAN, true));
	}
	if (width == width) {
		extent = (struct extent){width, width};
	} else {
		extent = size_extent(layout, box);
		if (!plain && s->width.kind == LENGTH_MIN_CONTENT) {
			extent.max = extent.min;
		} else if (!plain && s->width.kind == LENGTH_MAX_CONTENT) {
			extent.min = extent.max;
		} else if (box->kind == BOX_REPLACED && (length_has_percent(s->width) || length_has_percent(s->max_width))) {
			extent.min = edges_x(box); // may be squeezed to nothing (css-sizing 5.2.2)
		}
	}
	if (!plain) {
		float max = contributed_limit(layout, box, s->max_width), min = contributed_limit(layout, box, s->min_width);
		extent.min = max == max ? float_min(extent.min, max) : extent.min;
		extent.max = max == max ? float_min(extent.max, max) : extent.max;
		extent.min = min == min ? float_max(extent.min, min) : extent.min;
		extent.max = min == min ? float_max(extent.max, min) : extent.max;
	}
	extent.min += margins_x(box);
	extent.max += margins_x(box);
	box->margin = margin;
	box->border = border;
	box->padding = padding;
	return extent;
}

static float positive_or(float value, float fallback)
{
	return value == value && value >= 0 ? float_min(value, LAYOUT_LIMIT) : fallback;
}

/* CSS 2.1, 10.3.2 and 10.6.2, with the limits of 10.4: a ratio is kept when one side is limited. */
struct size size_replaced(struct layout *layout, struct box *box, const struct space *space)
{
	const struct style *s = box->style;
	const struct intrinsic *own = &cell_of(box)->intrinsic;
	float dx = edges_x(box), dy = edges_y(box);
	float ratio = s->aspect_ratio > 0 ? s->aspect_ratio : own->ratio > 0 ? own->ratio : 0;
	float natural_width = positive_or(own->width, own->height == own->height && ratio > 0 ? own->height * ratio : 300);
	float natural_height = s->aspect_ratio > 0 ? natural_width / ratio
		: positive_or(own->height, ratio > 0 ? natural_width / ratio : 150);
	float width = space->set_width, height = space->set_height;
	if (width != width && s->width.kind == LENGTH_FIXED) {
		width = size_resolve(box, s->width, space->width, false);
	}
	if (height != height) {
		height = size_resolve(box, s->height, space->height, true);
	}
	bool free_width = width != width, free_height = height != height;
	if (free_width) {
		width = (free_height || ratio == 0 ? natural_width : (height - dy) * ratio) + dx;
	}
	if (space->set_width != space->set_width) {
		float limited = size_clamp_width(layout, box, width, space->width);
		width = limited;
	}
	if (free_height) {
		bool follows = ratio > 0 && (!free_width || width != natural_width + dx);
		height = (follows ? (width - dx) / ratio : natural_height) + dy;
	}
	if (space->set_height != space->set_height) {
		float limited = size_clamp_height(box, height, space->height);
		if (limited != height && free_width && free_height && ratio > 0) {
			width = size_clamp_width(layout, box, (limited - dy) * ratio + dx, space->width);
		}
		height = limited;
	}
	return (struct size){snap(float_max(width, dx)), snap(float_max(height, dy))};
}
