/* The background-* longhands, which share one list of layers: background-image makes the layers,
 * the others fill in their part and repeat their values as often as needed. */
#include "core/wxss/property.h"

#include "core/wxss/image.h"
#include "core/wxss/share.h"

#define LAYERS_MAX 32

static void init_layer(struct background_layer *layer)
{
	memset(layer, 0, sizeof(*layer));
	layer->x = layer->y = wxss_length_percent(0);
	layer->origin = BACKGROUND_PADDING_BOX;
	layer->clip = BACKGROUND_BORDER_BOX;
}

/* The style's own layers, to be changed. */
static struct background_layer *own_layers(struct style *style)
{
	struct background_layer *old = style->backgrounds;
	if (old && !wxss_share_is_last(old)) {
		size_t size = style->background_count * sizeof(*old);
		style->backgrounds = wxss_share_alloc(size);
		memcpy(style->backgrounds, old, size);
		for (size_t i = 0; i < style->background_count; i++) {
			wxss_image_ref(&style->backgrounds[i].image);
		}
		wxss_layers_unref(old, style->background_count);
	}
	return style->backgrounds;
}

static bool read_repeat(struct wxss_reader *r, struct background_layer *layer)
{
	int x, y;
	if (wxss_read_keyword(r, KW_repeat_x)) {
		x = REPEAT_REPEAT;
		y = REPEAT_NO_REPEAT;
	} else if (wxss_read_keyword(r, KW_repeat_y)) {
		x = REPEAT_NO_REPEAT;
		y = REPEAT_REPEAT;
	} else if (!wxss_read_choice(r, wxss_choices_repeat, &x)) {
		return false;
	} else if (!wxss_read_choice(r, wxss_choices_repeat, &y)) {
		y = x;
	}
	layer->repeat_x = (enum repeat)x;
	layer->repeat_y = (enum repeat)y;
	return true;
}

static bool read_size(struct wxss_reader *r, struct background_layer *layer)
{
	layer->width = layer->height = (struct length){0};
	layer->size_kind = BACKGROUND_SIZE_LENGTHS;
	if (wxss_read_keyword(r, KW_cover)) {
		layer->size_kind = BACKGROUND_SIZE_COVER;
	} else if (wxss_read_keyword(r, KW_contain)) {
		layer->size_kind = BACKGROUND_SIZE_CONTAIN;
	} else if (wxss_read_length(r, F_PERCENT | F_AUTO, &layer->width)) {
		(void)wxss_read_length(r, F_PERCENT | F_AUTO, &layer->height);
	} else {
		return false;
	}
	return true;
}

/* One item of the longhand's list into one layer. */
static bool read_item(struct wxss_reader *r, enum wxss_property_id id, const struct wxss_property *row,
	struct background_layer *layer)
{
	int value;
	switch (id) {
	case PROPERTY_background_position_x: return wxss_read_position_axis(r, false, &layer->x);
	case PROPERTY_background_position_y: return wxss_read_position_axis(r, true, &layer->y);
	case PROPERTY_background_repeat: return read_repeat(r, layer);
	case PROPERTY_background_size: return read_size(r, layer);
	default: break;
	}
	if (!wxss_read_choice(r, row->choices, &value)) {
		return false;
	}
	if (id == PROPERTY_background_attachment) {
		layer->fixed = value != 0;
	} else if (id == PROPERTY_background_clip) {
		layer->clip = (enum background_box)value;
	} else {
		layer->origin = (enum background_box)value;
		return value != BACKGROUND_TEXT;
	}
	return true;
}

static void copy_item(enum wxss_property_id id, struct background_layer *to, const struct background_layer *from)
{
	switch (id) {
	case PROPERTY_background_position_x: to->x = from->x; break;
	case PROPERTY_background_position_y: to->y = from->y; break;
	case PROPERTY_background_repeat:
		to->repeat_x = from->repeat_x;
		to->repeat_y = from->repeat_y;
		break;
	case PROPERTY_background_size:
		to->size_kind = from->size_kind;
		to->width = from->width;
		to->height = from->height;
		break;
	case PROPERTY_background_attachment: to->fixed = from->fixed; break;
	case PROPERTY_background_clip: to->clip = from->clip; break;
	case PROPERTY_background_origin: to->origin = from->origin; break;
	default: break;
	}
}

static enum wxss_property_id id_of(const struct wxss_property *row) { return (enum wxss_property_id)(row - wxss_properties); }

static bool read_images(struct wxss_reader *r, struct style *style)
{
	struct background_layer layers[LAYERS_MAX];
	size_t count = 0;
	bool good, any = false;
	do {
		init_layer(&layers[count]);
		good = wxss_read_image(r, &layers[count].image);
		any = any || (good && layers[count].image.kind != IMAGE_NONE);
		count += good;
	} while (good && wxss_read_comma(r) && count < LAYERS_MAX);
	if (!good || !any) { // without a picture no layer is needed
		for (size_t i = 0; i < count; i++) {
			wxss_image_unref(&layers[i].image);
		}
		count = 0;
	}
	if (!good) {
		return false;
	}
	for (size_t i = 0; i < count && i < style->background_count; i++) { // keyframes keep the rest of the layer
		for (int id = PROPERTY_background_attachment; id <= PROPERTY_background_size; id++) {
			copy_item((enum wxss_property_id)id, &layers[i], &style->backgrounds[i]);
		}
	}
	wxss_layers_unref(style->backgrounds, style->background_count);
	style->backgrounds = wxss_share_alloc(count * sizeof(*layers));
	style->background_count = count;
	if (count) {
		memcpy(style->backgrounds, layers, count * sizeof(*layers));
	}
	return true;
}

static bool read_background(struct wxss_reader *r, const struct wxss_property *row, struct style *style)
{
	enum wxss_property_id id = id_of(row);
	if (id == PROPERTY_background_image) {
		return read_images(r, style);
	}
	struct background_layer items[LAYERS_MAX];
	size_t count = 0;
	do {
		init_layer(&items[count]);
		if (!read_item(r, id, row, &items[count++])) {
			return false;
		}
	} while (wxss_read_comma(r) && count < LAYERS_MAX);
	struct background_layer *layers = own_layers(style);
	for (size_t i = 0; i < style->background_count; i++) {
		copy_item(id, &layers[i], &items[i % count]);
	}
	return true;
}

static void print_item(enum wxss_property_id id, const struct wxss_property *row, const struct background_layer *layer,
	struct strbuf *out)
{
	switch (id) {
	case PROPERTY_background_image: wxss_print_image(&layer->image, out); break;
	case PROPERTY_background_position_x: wxss_print_length(layer->x, 0, out); break;
	case PROPERTY_background_position_y: wxss_print_length(layer->y, 0, out); break;
	case PROPERTY_background_repeat:
		strbuf_add_text(out, wxss_choice_text(row->choices, (int)layer->repeat_x));
		if (layer->repeat_x != layer->repeat_y) {
			strbuf_printf(out, " %s", wxss_choice_text(row->choices, (int)layer->repeat_y));
		}
		break;
	case PROPERTY_background_size:
		if (layer->size_kind != BACKGROUND_SIZE_LENGTHS) {
			strbuf_add_text(out, layer->size_kind == BACKGROUND_SIZE_COVER ? "cover" : "contain");
			break;
		}
		wxss_print_length(layer->width, F_AUTO, out);
		if (!length_is_auto(layer->height)) {
			strbuf_add_char(out, ' ');
			wxss_print_length(layer->height, F_AUTO, out);
		}
		break;
	case PROPERTY_background_attachment: strbuf_add_text(out, layer->fixed ? "fixed" : "scroll"); break;
	case PROPERTY_background_clip: strbuf_add_text(out, wxss_choice_text(row->choices, (int)layer->clip)); break;
	default: strbuf_add_text(out, wxss_choice_text(row->choices, (int)layer->origin)); break;
	}
}

static void print_background(const struct style *style, const struct wxss_property *row, struct strbuf *out)
{
	struct background_layer initial;
	init_layer(&initial);
	if (!style->background_count) {
		print_item(id_of(row), row, &initial, out);
	}
	for (size_t i = 0; i < style->background_count; i++) {
		strbuf_add_text(out, i ? ", " : "");
		print_item(id_of(row), row, &style->backgrounds[i], out);
	}
}

static bool layer_equal(const struct background_layer *a, const struct background_layer *b)
{
	return wxss_image_equal(&a->image, &b->image) && wxss_length_equal(a->x, b->x) && wxss_length_equal(a->y, b->y)
		&& a->size_kind == b->size_kind && wxss_length_equal(a->width, b->width) && wxss_length_equal(a->height, b->height)
		&& a->repeat_x == b->repeat_x && a->repeat_y == b->repeat_y && a->origin == b->origin && a->clip == b->clip
		&& a->fixed == b->fixed;
}

/* The whole list is compared once, by background-image. */
static bool equal_background(const struct style *a, const struct style *b, const struct wxss_property *row)
{
	if (id_of(row) != PROPERTY_background_image || a->backgrounds == b->backgrounds) {
		return true;
	}
	bool equal = a->background_count == b->background_count;
	for (size_t i = 0; equal && i < a->background_count; i++) {
		equal = layer_equal(&a->backgrounds[i], &b->backgrounds[i]);
	}
	return equal;
}

static void copy_background(struct style *to, const struct style *from, const struct wxss_property *row)
{
	enum wxss_property_id id = id_of(row);
	if (id == PROPERTY_background_image) {
		void *layers = wxss_share_ref(from->backgrounds);
		wxss_layers_unref(to->backgrounds, to->background_count);
		to->backgrounds = layers;
		to->background_count = from->background_count;
		return;
	}
	if (to->backgrounds == from->backgrounds) {
		return;
	}
	struct background_layer initial, *layers = own_layers(to);
	init_layer(&initial);
	for (size_t i = 0; i < to->background_count; i++) {
		copy_item(id, &layers[i], from->background_count ? &from->backgrounds[i % from->background_count] : &initial);
	}
}

/* Positions and sizes of the same number of layers move; pictures jump. */
static bool mix_background(struct style *out, const struct style *a, const struct style *b, const struct wxss_property *row, float t)
{
	enum wxss_property_id id = id_of(row);
	if (a->background_count != b->background_count || out->background_count != a->background_count) {
		return false;
	}
	bool moves = id == PROPERTY_background_position_x || id == PROPERTY_background_position_y || id == PROPERTY_background_size;
	for (size_t i = 0; moves && i < a->background_count; i++) {
		moves = a->backgrounds[i].size_kind == b->backgrounds[i].size_kind;
	}
	if (!moves) {
		return false;
	}
	struct background_layer *layers = own_layers(out);
	for (size_t i = 0; i < out->background_count; i++) {
		const struct background_layer *x = &a->backgrounds[i], *y = &b->backgrounds[i];
		if (id == PROPERTY_background_position_x) {
			layers[i].x = wxss_length_mix(x->x, y->x, t);
		} else if (id == PROPERTY_background_position_y) {
			layers[i].y = wxss_length_mix(x->y, y->y, t);
		} else {
			layers[i].width = wxss_length_mix(x->width, y->width, t);
			layers[i].height = wxss_length_mix(x->height, y->height, t);
		}
	}
	return true;
}

/* ---- mask-size and mask-repeat: of the first layer alone, kept in the style itself ---- */

static bool read_mask_size(struct wxss_reader *r, const struct wxss_property *row, struct style *style)
{
	struct background_layer layer;
	if (!read_size(r, &layer)) {
		return false;
	}
	style->mask_size = layer.size_kind;
	style->mask_width = layer.width;
	style->mask_height = layer.height;
	return true;
}

static void print_mask_size(const struct style *style, const struct wxss_property *row, struct strbuf *out)
{
	const struct background_layer layer = {.size_kind = style->mask_size, .width = style->mask_width, .height = style->mask_height};
	print_item(PROPERTY_background_size, row, &layer, out);
}

static bool equal_mask_size(const struct style *a, const struct style *b, const struct wxss_property *row)
{
	return a->mask_size == b->mask_size && wxss_length_equal(a->mask_width, b->mask_width)
		&& wxss_length_equal(a->mask_height, b->mask_height);
}

static void copy_mask_size(struct style *to, const struct style *from, const struct wxss_property *row)
{
	to->mask_size = from->mask_size;
	to->mask_width = from->mask_width;
	to->mask_height = from->mask_height;
}

static bool mix_mask_size(struct style *out, const struct style *a, const struct style *b, const struct wxss_property *row, float t)
{
	if (a->mask_size != b->mask_size || a->mask_size != BACKGROUND_SIZE_LENGTHS) {
		return false;
	}
	out->mask_size = BACKGROUND_SIZE_LENGTHS;
	out->mask_width = wxss_length_mix(a->mask_width, b->mask_width, t);
	out->mask_height = wxss_length_mix(a->mask_height, b->mask_height, t);
	return true;
}

static bool read_mask_repeat(struct wxss_reader *r, const struct wxss_property *row, struct style *style)
{
	struct background_layer layer;
	if (!read_repeat(r, &layer)) {
		return false;
	}
	style->mask_repeat_x = layer.repeat_x;
	style->mask_repeat_y = layer.repeat_y;
	return true;
}

static void print_mask_repeat(const struct style *style, const struct wxss_property *row, struct strbuf *out)
{
	const struct background_layer layer = {.repeat_x = style->mask_repeat_x, .repeat_y = style->mask_repeat_y};
	print_item(PROPERTY_background_repeat, row, &layer, out);
}

const struct wxss_type wxss_type_mask_size = {read_mask_size, print_mask_size, equal_mask_size, copy_mask_size, mix_mask_size, 0};
const struct wxss_type wxss_type_mask_repeat = {read_mask_repeat, print_mask_repeat, NULL, NULL, NULL, 2 * sizeof(enum repeat)};
const struct wxss_type wxss_type_background = {read_background, print_background, equal_background, copy_background,
	mix_background, 0};
