// The display list as text, one line an item, indented by nesting.
#include "core/paint/list.h"

static void put_number(struct strbuf *out, float value)
{
	strbuf_add_number(out, round((double)value * 100) / 100 + 0.0);
}

static void put_rect(struct strbuf *out, struct rect r)
{
	strbuf_add_char(out, ' ');
	put_number(out, r.x);
	strbuf_add_char(out, ',');
	put_number(out, r.y);
	strbuf_add_char(out, ' ');
	put_number(out, r.width);
	strbuf_add_char(out, 'x');
	put_number(out, r.height);
}

static void put_shape(struct strbuf *out, const struct rounded *shape)
{
	put_rect(out, shape->rect);
	if (rounded_is_rect(shape)) {
		return;
	}
	strbuf_add_text(out, " radius");
	bool same = true;
	for (int i = 1; i < 4; i++) {
		same = same && shape->radius_x[i] == shape->radius_x[0] && shape->radius_y[i] == shape->radius_y[0];
	}
	for (int i = 0; i < (same ? 1 : 4); i++) {
		strbuf_add_char(out, ' ');
		put_number(out, shape->radius_x[i]);
		if (shape->radius_y[i] != shape->radius_x[i]) {
			strbuf_add_char(out, '/');
			put_number(out, shape->radius_y[i]);
		}
	}
}

static void put_color(struct strbuf *out, color_t color)
{
	if ((color & 0xFF) == 0xFF) {
		strbuf_printf(out, " #%06x", color >> 8);
	} else {
		strbuf_printf(out, " #%08x", color);
	}
}

static void put_length(struct strbuf *out, struct length l)
{
	if (l.percent != 0 || l.px == 0) {
		put_number(out, l.percent * 100);
		strbuf_add_char(out, '%');
	}
	if (l.px != 0) {
		strbuf_add_text(out, l.percent != 0 ? "+" : "");
		put_number(out, l.px);
		strbuf_add_text(out, "px");
	}
}

static void put_tile(struct strbuf *out, const struct rect *tile, enum repeat x, enum repeat y)
{
	strbuf_add_text(out, " tile");
	put_rect(out, *tile);
	static const char *const names[] = {"repeat", "no-repeat", "space", "round"};
	strbuf_printf(out, " %s", names[x]);
	if (x != y) {
		strbuf_printf(out, "/%s", names[y]);
	}
}

static void put_gradient(struct strbuf *out, const struct style_image *image)
{
	static const char *const names[] = {"none", "url", "linear", "radial", "conic"};
	strbuf_printf(out, " %s%s", image->repeating ? "repeating-" : "", names[image->kind]);
	if (image->corner == GRADIENT_TO_CORNER) {
		strbuf_printf(out, " to %d,%d", image->to_x, image->to_y);
	} else if (image->kind != IMAGE_RADIAL) {
		strbuf_add_char(out, ' ');
		put_number(out, image->angle * 180 / (float)M_PI);
		strbuf_add_text(out, "deg");
	}
	for (size_t i = 0; i < image->stop_count; i++) {
		put_color(out, image->stops[i].color);
		if (!length_is_auto(image->stops[i].at)) {
			strbuf_add_char(out, ' ');
			put_length(out, image->stops[i].at);
		}
	}
}

static void put_border(struct strbuf *out, const struct border_side side[4])
{
	static const char *const names[] = {"none", "hidden", "solid", "dashed", "dotted", "double", "groove", "ridge", "inset", "outset"};
	static const char *const where[] = {"top", "right", "bottom", "left"};
	bool same = true;
	for (int i = 1; i < 4; i++) {
		same = same && side[i].width == side[0].width && side[i].style == side[0].style && side[i].color == side[0].color;
	}
	for (int i = 0; i < (same ? 1 : 4); i++) {
		if (side[i].width > 0) {
			strbuf_printf(out, " %s", same ? "all" : where[i]);
			strbuf_add_char(out, ' ');
			put_number(out, side[i].width);
			strbuf_printf(out, " %s", names[side[i].style]);
			put_color(out, side[i].color);
		}
	}
}

static void put_text(struct strbuf *out, const struct paint_item *item)
{
	struct str text = str_slice(item->text.run->text, item->text.from, item->text.to);
	strbuf_add_char(out, ' ');
	put_number(out, item->text.origin.x);
	strbuf_add_char(out, ',');
	put_number(out, item->text.origin.y);
	strbuf_add_text(out, " \"");
	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] == '\n') {
			strbuf_add_text(out, "\\n");
		} else {
			strbuf_add_char(out, text.at[i]);
		}
	}
	strbuf_add_text(out, item->text.ellipsis ? "…\" " : "\" ");
	put_number(out, item->text.style->font_size);
	strbuf_add_text(out, "px");
	if (item->text.style->font_weight != 400) {
		strbuf_printf(out, " weight %d", item->text.style->font_weight);
	}
	put_color(out, item->text.color);
	if (item->text.extra_space != 0) {
		strbuf_add_text(out, " spaces+");
		put_number(out, item->text.extra_space);
	}
	if (item->text.blur > 0) {
		strbuf_add_text(out, " blur ");
		put_number(out, item->text.blur);
	}
}

static void put_shadow(struct strbuf *out, const struct paint_item *item)
{
	put_shape(out, &item->shape);
	strbuf_add_text(out, item->shadow.inset ? " inset" : "");
	strbuf_add_text(out, " at ");
	put_number(out, item->shadow.x);
	strbuf_add_char(out, ',');
	put_number(out, item->shadow.y);
	strbuf_add_text(out, " blur ");
	put_number(out, item->shadow.blur);
	strbuf_add_text(out, " spread ");
	put_number(out, item->shadow.spread);
	put_color(out, item->shadow.color);
}

static void put_group(struct strbuf *out, const struct paint_item *item)
{
	static const char *const names[] = {"blur", "brightness", "contrast", "grayscale", "invert", "opacity", "saturate", "sepia",
		"hue-rotate", "drop-shadow"};
	if (item->group.opacity < 1) {
		strbuf_add_text(out, " opacity ");
		put_number(out, item->group.opacity);
	}
	for (size_t i = 0; i < item->group.filter_count; i++) {
		strbuf_printf(out, " %s ", names[item->group.filters[i].kind]);
		put_number(out, item->group.filters[i].amount);
	}
}

static void put_url(struct strbuf *out, struct str url)
{
	strbuf_add_char(out, ' ');
	strbuf_add(out, str_slice(url, 0, size_min(url.len, 60)));
	strbuf_add_text(out, url.len > 60 ? "..." : "");
}

static void put_transform(struct strbuf *out, struct matrix m)
{
	const float parts[6] = {m.a, m.b, m.c, m.d, m.e, m.f};
	for (int i = 0; i < 6; i++) {
		strbuf_add_char(out, ' ');
		strbuf_add_number(out, round((double)parts[i] * 1000) / 1000 + 0.0);
	}
}

static void put_item(struct strbuf *out, const struct paint_item *item)
{
	static const char *const names[] = {"clip", "transform", "group", "pop", "color", "image", "gradient", "border", "shadow", "text",
		"line", "replaced", "mask"};
	strbuf_add_text(out, names[item->kind]);
	switch (item->kind) {
	case PAINT_PUSH_CLIP:
		put_shape(out, &item->shape);
		break;
	case PAINT_PUSH_TRANSFORM:
		put_transform(out, item->transform);
		break;
	case PAINT_PUSH_GROUP:
		put_group(out, item);
		break;
	case PAINT_POP:
	case PAINT_MASK:
		break;
	case PAINT_COLOR:
		put_shape(out, &item->shape);
		put_color(out, item->color);
		break;
	case PAINT_IMAGE:
		put_shape(out, &item->shape);
		put_tile(out, &item->image.tile, item->image.repeat_x, item->image.repeat_y);
		put_url(out, item->image.image->url);
		break;
	case PAINT_GRADIENT:
		put_shape(out, &item->shape);
		put_tile(out, &item->gradient.tile, item->gradient.repeat_x, item->gradient.repeat_y);
		put_gradient(out, item->gradient.image);
		break;
	case PAINT_BORDER:
		put_shape(out, &item->shape);
		put_border(out, item->border.side);
		break;
	case PAINT_SHADOW:
		put_shadow(out, item);
		break;
	case PAINT_TEXT:
		put_text(out, item);
		break;
	case PAINT_TEXT_LINE:
		put_rect(out, item->line.rect);
		put_color(out, item->line.color);
		break;
	case PAINT_REPLACED:
		put_shape(out, &item->shape);
		strbuf_printf(out, " <%s>", item->replaced.node ? atom_text(item->replaced.node->tag) : "");
		break;
	}
}

void paint_trace(const struct display_list *list, struct strbuf *out)
{
	int depth = 0;
	for (size_t i = 0; i < list->items.len; i++) {
		const struct paint_item *item = &list->items.at[i];
		depth -= item->kind == PAINT_POP && depth > 0;
		for (int level = 0; level < depth; level++) {
			strbuf_add_text(out, "  ");
		}
		put_item(out, item);
		strbuf_add_char(out, '\n');
		depth += item->kind <= PAINT_PUSH_GROUP || item->kind == PAINT_MASK;
	}
}
