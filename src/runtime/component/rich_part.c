/* The parts of rich text that paint themselves: pictures, and what stands before the items of lists. */
#include "runtime/component/rich.h"

/* --- pictures --- */

struct picture {
	struct strbuf url;
	bool known;
	struct size natural;
};

static void picture_created(struct node *node)
{
	node->state_data = mem_alloc(sizeof(struct picture));
}

static void picture_destroyed(struct component_host *host, struct node *node)
{
	struct picture *picture = node->state_data;
	strbuf_finish(&picture->url);
	mem_free(picture);
	node->state_data = NULL;
}

/* The element of the page that it is a part of: addresses are as seen from there. */
static const struct node *page_element(const struct node *node)
{
	while (node->parent) {
		node = node->parent;
	}
	return node->host ? node->host : node;
}

static void picture_changed(struct component_host *host, struct node *node, atom_t name)
{
	struct picture *picture = node->state_data;
	struct str src = component_text(node, "src");
	strbuf_clear(&picture->url);
	if (src.len) {
		host->resolve(host, page_element(node), src, &picture->url);
	}
	struct str url = strbuf_str(&picture->url);
	bool known = url.len && host->picture(host, url, &picture->natural) > 0;
	if (known != picture->known) {
		picture->known = known;
		node_mark(node, NODE_DIRTY_LAYOUT | NODE_DIRTY_PAINT);
	}
}

static void picture_intrinsic(struct component_host *host, const struct node *node, struct intrinsic *ret)
{
	const struct picture *picture = node->state_data;
	*ret = (struct intrinsic){0, 0, 0};
	if (picture->known && picture->natural.width > 0 && picture->natural.height > 0) {
		*ret = (struct intrinsic){picture->natural.width, picture->natural.height, picture->natural.width / picture->natural.height};
	}
}

static void picture_paint(struct component_host *host, const struct node *node, const struct style *style,
	struct gfx_canvas *canvas, struct rect content)
{
	const struct picture *picture = node->state_data;
	if (picture->known) {
		host->draw_picture(host, canvas, strbuf_str(&picture->url), content);
	}
}

static uint32_t picture_looks(struct component_host *host, const struct node *node)
{
	const struct picture *picture = node->state_data;
	return str_hash(strbuf_str(&picture->url)) + picture->known;
}

static const struct component picture_row = {
	.tag = "mina-html-img",
	.flags = COMPONENT_REPLACED | COMPONENT_LOADS,
	.destroyed = picture_destroyed,
	.changed = picture_changed,
	.intrinsic = picture_intrinsic,
	.paint = picture_paint,
	.looks = picture_looks,
};

struct node *rich_picture(struct tree *tree, struct value src)
{
	struct node *node = node_create(tree, NODE_ELEMENT, atom_of(picture_row.tag));
	node->component = &picture_row;
	picture_created(node);
	node_set_attr(node, atom_of("src"), src);
	return node;
}

/* --- markers --- */

static bool is_bullet(enum list_style kind)
{
	return kind == LIST_STYLE_DISC || kind == LIST_STYLE_CIRCLE || kind == LIST_STYLE_SQUARE;
}

/* a, b, ... z, aa, ab */
static void add_letters(unsigned number, char first, struct strbuf *out)
{
	char digits[16];
	size_t count = 0;
	for (; number > 0 && count < sizeof(digits); number = (number - 1) / 26) {
		digits[count++] = (char)(first + (char)((number - 1) % 26));
	}
	while (count > 0) {
		strbuf_add_char(out, digits[--count]);
	}
}

static void add_roman(unsigned number, bool upper, struct strbuf *out)
{
	static const struct { unsigned value; const char *lower, *upper; } steps[] = {{1000, "m", "M"}, {900, "cm", "CM"},
		{500, "d", "D"}, {400, "cd", "CD"}, {100, "c", "C"}, {90, "xc", "XC"}, {50, "l", "L"}, {40, "xl", "XL"}, {10, "x", "X"},
		{9, "ix", "IX"}, {5, "v", "V"}, {4, "iv", "IV"}, {1, "i", "I"}};
	for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
		for (; number >= steps[i].value; number -= steps[i].value) {
			strbuf_add_text(out, upper ? steps[i].upper : steps[i].lower);
		}
	}
}

/* "3. "; what a kind cannot count is decimal. */
static void marker_text(const struct node *node, enum list_style kind, struct strbuf *out)
{
	int number = (int)component_number(node, "value", 1);
	bool letters = number > 0 && (kind == LIST_STYLE_LOWER_ALPHA || kind == LIST_STYLE_UPPER_ALPHA);
	bool roman = number > 0 && number < 4000 && (kind == LIST_STYLE_LOWER_ROMAN || kind == LIST_STYLE_UPPER_ROMAN);
	if (letters) {
		add_letters((unsigned)number, kind == LIST_STYLE_LOWER_ALPHA ? 'a' : 'A', out);
	} else if (roman) {
		add_roman((unsigned)number, kind == LIST_STYLE_UPPER_ROMAN, out);
	} else {
		strbuf_printf(out, "%d", number);
	}
	strbuf_add_text(out, ". ");
}

/* Sizes of a bullet, as Blink has them. */
static float bullet_edge(struct text_metrics metrics)
{
	return floorf((floorf(metrics.ascent) * 2 / 3 + 1) / 2);
}

static void marker_intrinsic(struct component_host *host, const struct node *node, struct intrinsic *ret)
{
	const struct style *style = node->style;
	*ret = (struct intrinsic){0, 0, 0};
	if (!style || style->list_style == LIST_STYLE_NONE) {
		return;
	}
	struct text_metrics metrics = host->shaper.metrics(host->shaper.user, style);
	ret->height = style_line_height(style, metrics.ascent + metrics.descent);
	if (is_bullet(style->list_style)) {
		float offset = floorf(metrics.ascent) * 2 / 3;
		ret->width = floorf(offset) + 1 + bullet_edge(metrics);
		return;
	}
	struct strbuf text = {0};
	marker_text(node, style->list_style, &text);
	struct text_run *run = host->shaper.shape(host->shaper.user, strbuf_str(&text), style);
	ret->width = run->width;
	host->shaper.unref(host->shaper.user, run);
	strbuf_finish(&text);
}

static void paint_bullet(struct gfx_canvas *canvas, enum list_style kind, struct text_metrics metrics, struct point at)
{
	float edge = bullet_edge(metrics), ascent = floorf(metrics.ascent);
	float top = at.y + floorf(3 * (ascent - ascent * 2 / 3) / 2) + 1;
	struct rect rect = {at.x, top, edge, edge};
	gfx_canvas_begin(canvas);
	if (kind == LIST_STYLE_SQUARE) {
		gfx_canvas_rect(canvas, rect);
	} else {
		float inset = kind == LIST_STYLE_CIRCLE ? 0.5f : 0;
		gfx_canvas_arc(canvas, rect.x + edge / 2, rect.y + edge / 2, edge / 2 - inset, 0, 6.2831853f, false);
	}
	if (kind == LIST_STYLE_CIRCLE) {
		gfx_canvas_set_line(canvas, 1, GFX_CAP_BUTT, GFX_JOIN_MITER, 10);
		gfx_canvas_stroke(canvas);
	} else {
		gfx_canvas_fill(canvas, false);
	}
}

static void marker_paint(struct component_host *host, const struct node *node, const struct style *style,
	struct gfx_canvas *canvas, struct rect content)
{
	if (style->list_style == LIST_STYLE_NONE) {
		return;
	}
	struct text_metrics metrics = host->shaper.metrics(host->shaper.user, style);
	float above = (content.height - metrics.ascent - metrics.descent) / 2;
	gfx_canvas_set_color(canvas, style->color);
	if (is_bullet(style->list_style)) {
		paint_bullet(canvas, style->list_style, metrics, (struct point){content.x, content.y + above});
		return;
	}
	struct strbuf text = {0};
	marker_text(node, style->list_style, &text);
	gfx_canvas_line_text(canvas, strbuf_str(&text), style, (struct point){content.x, content.y + above + metrics.ascent});
	strbuf_finish(&text);
}

static uint32_t marker_looks(struct component_host *host, const struct node *node)
{
	uint32_t looks = (uint32_t)(int)component_number(node, "value", 1) * 2654435761u;
	return node->style ? looks ^ node->style->color ^ (uint32_t)node->style->list_style << 5 : looks;
}

static const struct component marker_row = {
	.tag = "mina-html-marker",
	.flags = COMPONENT_REPLACED,
	.intrinsic = marker_intrinsic,
	.paint = marker_paint,
	.looks = marker_looks,
};

struct node *rich_marker(struct tree *tree, int number)
{
	struct node *node = node_create(tree, NODE_ELEMENT, atom_of(marker_row.tag));
	node->component = &marker_row;
	node_set_attr(node, atom_of("value"), value_number(number));
	return node;
}
