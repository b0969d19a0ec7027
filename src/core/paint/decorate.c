// What a box paints of itself: shadows, background layers, borders, outline, mask.
#include "core/paint/builder.h"

static bool visible(color_t color)
{
	return (color & 0xFF) != 0;
}

static struct rounded outer_shape(const struct decoration *d)
{
	struct rounded shape = rounded_of_style(d->style, d->rect);
	for (int i = 0; i < 4; i++) { // corner i lies between these two sides
		unsigned a = i == 0 || i == 1 ? SIDE_TOP : SIDE_BOTTOM, c = i == 0 || i == 3 ? SIDE_LEFT : SIDE_RIGHT;
		if (d->hidden_sides & (1u << a | 1u << c)) {
			shape.radius_x[i] = shape.radius_y[i] = 0;
		}
	}
	return shape;
}

static struct insets add_insets(struct insets a, struct insets b)
{
	return (struct insets){a.top + b.top, a.right + b.right, a.bottom + b.bottom, a.left + b.left};
}

/* Shadows */

static uint32_t hash_shadow(uint32_t hash, const struct box_shadow *shadow)
{
	hash = hash_float(hash_float(hash_float(hash_float(hash, shadow->x), shadow->y), shadow->blur), shadow->spread);
	return hash_word(hash, shadow->color);
}

static void paint_shadows(struct builder *b, const struct style *style, const struct rounded *shape, bool inset)
{
	for (size_t i = style->shadow_count; i-- > 0;) {
		const struct box_shadow *shadow = &style->shadows[i];
		if (shadow->inset != inset || !visible(shadow->color)) {
			continue;
		}
		struct rect area = shape->rect;
		if (!inset) {
			float by = -(shadow->spread + shadow->blur + 1);
			area = rect_inset(rect_move(area, shadow->x, shadow->y), (struct insets){by, by, by, by});
		}
		struct paint_item *item = emit(b, PAINT_SHADOW, area, shape);
		if (item) {
			item->shadow = *shadow;
			item->hash = hash_shadow(item->hash, shadow);
		}
	}
}

/* Background layers: CSS Backgrounds 3, chapter 3 */

static struct rect layer_area(const struct decoration *d, enum background_box origin)
{
	struct insets by = {0};
	if (origin != BACKGROUND_BORDER_BOX) {
		by = d->border;
	}
	if (origin == BACKGROUND_CONTENT_BOX) {
		by = add_insets(by, d->padding);
	}
	return rect_inset(d->rect, by);
}

static struct size fit_size(struct size natural, struct rect area, bool cover)
{
	float sx = area.width / natural.width, sy = area.height / natural.height;
	float scale = cover ? float_max(sx, sy) : float_min(sx, sy);
	return (struct size){natural.width * scale, natural.height * scale};
}

/* natural: 0 x 0 when the picture has no size of its own (gradients). */
static struct size layer_size(const struct background_layer *layer, struct size natural, struct rect area)
{
	bool sized = natural.width > 0 && natural.height > 0;
	if (layer->size_kind != BACKGROUND_SIZE_LENGTHS) {
		return sized ? fit_size(natural, area, layer->size_kind == BACKGROUND_SIZE_COVER)
			: (struct size){area.width, area.height};
	}
	bool auto_w = length_is_auto(layer->width), auto_h = length_is_auto(layer->height);
	struct size size = {auto_w ? 0 : length_resolve(layer->width, area.width),
		auto_h ? 0 : length_resolve(layer->height, area.height)};
	if (auto_w && auto_h) {
		return sized ? natural : (struct size){area.width, area.height};
	}
	if (auto_w) {
		size.width = sized ? size.height * natural.width / natural.height : area.width;
	}
	if (auto_h) {
		size.height = sized ? size.width * natural.height / natural.width : area.height;
	}
	return size;
}

/* One axis: start and length of the first tile, distance to the next. */
static void place_axis(enum repeat repeat, struct length position, float from, float area, float *size, float *ret_at,
	float *ret_step)
{
	if (repeat == REPEAT_ROUND && *size > 0) {
		*size = area / float_max(roundf(area / *size), 1);
	}
	float at = from + (length_is_auto(position) ? 0 : length_resolve(position, area - *size)), step = *size;
	if (repeat == REPEAT_SPACE && *size > 0 && area >= 2 * *size) {
		float count = floorf(area / *size);
		at = from;
		step = *size + (area - count * *size) / (count - 1);
	}
	*ret_at = at;
	*ret_step = step;
}

static bool natural_size(struct builder *b, const struct style_image *image, struct size *ret_size)
{
	*ret_size = (struct size){0, 0};
	return image->kind != IMAGE_URL || (b->ops && b->ops->image_size && b->ops->image_size(b->ops->user, image->url, ret_size));
}

static struct rounded layer_clip(const struct decoration *d, const struct background_layer *layer, struct rounded outer)
{
	if (layer->clip == BACKGROUND_PADDING_BOX) {
		return rounded_inset(outer, d->border);
	}
	return layer->clip == BACKGROUND_CONTENT_BOX ? rounded_inset(outer, add_insets(d->border, d->padding)) : outer;
}

static void paint_layer(struct builder *b, const struct decoration *d, const struct background_layer *layer,
	const struct rounded *clip)
{
	struct size natural;
	if (layer->image.kind == IMAGE_NONE || !natural_size(b, &layer->image, &natural)) {
		return;
	}
	struct rect area = layer_area(d, layer->origin), tile = {0};
	struct size size = layer_size(layer, natural, area), step;
	place_axis(layer->repeat_x, layer->x, area.x, area.width, &size.width, &tile.x, &step.width);
	place_axis(layer->repeat_y, layer->y, area.y, area.height, &size.height, &tile.y, &step.height);
	tile.width = size.width;
	tile.height = size.height;
	if (rect_empty(tile) || !isfinite(tile.x + tile.y + tile.width + tile.height)) {
		return;
	}
	struct rect inked = clip->rect;
	if (layer->repeat_x == REPEAT_NO_REPEAT && layer->repeat_y == REPEAT_NO_REPEAT) {
		inked = rect_intersect(inked, tile);
	}
	struct paint_item *item = emit(b, layer->image.kind == IMAGE_URL ? PAINT_IMAGE : PAINT_GRADIENT, inked, clip);
	if (!item) {
		return;
	}
	if (item->kind == PAINT_IMAGE) {
		item->image.image = &layer->image;
		item->image.tile = tile;
		item->image.step = step;
		item->image.repeat_x = layer->repeat_x;
		item->image.repeat_y = layer->repeat_y;
	} else {
		item->gradient.image = &layer->image;
		item->gradient.tile = tile;
		item->gradient.step = step;
		item->gradient.repeat_x = layer->repeat_x;
		item->gradient.repeat_y = layer->repeat_y;
	}
	item->hash = hash_image(item->hash, &layer->image);
	item->hash = hash_float(hash_float(hash_float(hash_float(item->hash, tile.x), tile.y), tile.width), tile.height);
	item->hash = hash_word(item->hash, (uint32_t)layer->repeat_x << 8 | layer->repeat_y);
	item->hash = hash_float(hash_float(item->hash, step.width), step.height);
}

static void paint_color(struct builder *b, color_t color, const struct rounded *shape)
{
	if (visible(color)) {
		struct paint_item *item = emit(b, PAINT_COLOR, shape->rect, shape);
		if (item) {
			item->color = color;
			item->hash = hash_word(item->hash, color);
		}
	}
}

static void paint_background(struct builder *b, const struct decoration *d, const struct rounded *outer, bool through_text)
{
	const struct style *style = d->style;
	struct rounded viewport = {.rect = {0, 0, b->list->size.width, b->list->size.height}};
	struct rounded clip = *outer;
	bool text_color = style->background_count && style->backgrounds[style->background_count - 1].clip == BACKGROUND_TEXT;
	if (style->background_count) {
		clip = layer_clip(d, &style->backgrounds[style->background_count - 1], *outer);
	}
	if (text_color == through_text) {
		paint_color(b, style->background_color, d->is_root ? &viewport : &clip);
	}
	for (size_t i = style->background_count; i-- > 0;) {
		const struct background_layer *layer = &style->backgrounds[i];
		if ((layer->clip == BACKGROUND_TEXT) == through_text) {
			clip = layer_clip(d, layer, *outer);
			paint_layer(b, d, layer, d->is_root ? &viewport : &clip);
		}
	}
}

/* Borders */

static bool side_paints(const struct border_side *side)
{
	return side->width > 0 && side->style > BORDER_STYLE_HIDDEN && visible(side->color);
}

static void paint_sides(struct builder *b, const struct rounded *shape, const struct border_side side[4])
{
	if (!side_paints(&side[0]) && !side_paints(&side[1]) && !side_paints(&side[2]) && !side_paints(&side[3])) {
		return;
	}
	struct paint_item *item = emit(b, PAINT_BORDER, shape->rect, shape);
	for (int i = 0; item && i < 4; i++) {
		item->border.side[i] = side[i];
		item->hash = hash_word(hash_word(hash_float(item->hash, side[i].width), side[i].style), side[i].color);
	}
}

static void paint_borders(struct builder *b, const struct decoration *d, const struct rounded *outer)
{
	const float used[4] = {d->border.top, d->border.right, d->border.bottom, d->border.left};
	struct border_side side[4];
	for (int i = 0; i < 4; i++) {
		side[i] = d->style->border[i];
		side[i].width = d->hidden_sides & 1u << i ? 0 : used[i];
	}
	paint_sides(b, outer, side);
}

static void paint_outline(struct builder *b, const struct decoration *d, const struct rounded *outer)
{
	const struct border_side *outline = &d->style->outline;
	if (!side_paints(outline)) {
		return;
	}
	float by = outline->width + d->style->outline_offset;
	struct rounded shape = *outer;
	shape.rect = rect_inset(shape.rect, (struct insets){-by, -by, -by, -by});
	for (int i = 0; i < 4; i++) {
		if (shape.radius_x[i] > 0) {
			shape.radius_x[i] = float_max(shape.radius_x[i] + by, 0);
			shape.radius_y[i] = float_max(shape.radius_y[i] + by, 0);
		}
	}
	const struct border_side side[4] = {*outline, *outline, *outline, *outline};
	paint_sides(b, &shape, side);
}

/* Exported */

bool decoration_clips_to_text(const struct style *style)
{
	for (size_t i = 0; i < style->background_count; i++) {
		if (style->backgrounds[i].clip == BACKGROUND_TEXT) {
			return true;
		}
	}
	return false;
}

void decorate(struct builder *b, const struct decoration *d)
{
	const struct style *style = d->style;
	if (style->visibility != VISIBILITY_VISIBLE) {
		return;
	}
	struct rounded outer = outer_shape(d);
	if (style->shadow_count) {
		paint_shadows(b, style, &outer, false);
	}
	if (visible(style->background_color) || style->background_count) {
		paint_background(b, d, &outer, false);
	}
	if (style->shadow_count) {
		struct rounded inner = rounded_inset(outer, d->border);
		paint_shadows(b, style, &inner, true);
	}
	paint_borders(b, d, &outer);
	paint_outline(b, d, &outer);
}

void decorate_text_layers(struct builder *b, const struct decoration *d)
{
	struct rounded outer = outer_shape(d);
	paint_background(b, d, &outer, true);
}

void decorate_mask(struct builder *b, const struct decoration *d)
{
	const struct style *style = d->style;
	const struct rounded shape = {.rect = d->rect};
	struct background_layer *layer = arena_alloc(&b->list->arena, sizeof(*layer));
	*layer = (struct background_layer){
		.image = style->mask_image,
		.x = style->mask_x,
		.y = style->mask_y,
		.size_kind = style->mask_size,
		.width = style->mask_width,
		.height = style->mask_height,
		.repeat_x = style->mask_repeat_x,
		.repeat_y = style->mask_repeat_y,
		.origin = BACKGROUND_BORDER_BOX,
		.clip = BACKGROUND_BORDER_BOX,
	};
	paint_layer(b, d, layer, &shape);
}
