/* <icon>: nine documented pictures and those of the first release, drawn with our own shapes in the
 * documented colours. */
#include "runtime/component/list.h"

static const struct schema attributes[] = {
	{"type", SCHEMA_STRING,
		.choices = "success|success_no_circle|info|warn|waiting|cancel|download|search|clear|circle|success_circle|"
			"info_circle|waiting_circle|safe_success|safe_warn",
		.doc = "which picture"},
	{"size", SCHEMA_NUMBER, .fallback = "23", .doc = "edge, CSS px"},
	{"color", SCHEMA_COLOR, .doc = "instead of the picture's own colour"},
	{0},
};

enum shape_kind {
	SHAPE_NONE,
	SHAPE_DISC,
	SHAPE_RING,
	SHAPE_LENS,
	SHAPE_SHIELD,
};

/* One picture on a 24 x 24 grid: a ground shape and up to three polylines; NAN lifts the pen. */
struct shape {
	const char *type;
	color_t color;
	enum shape_kind ground;
	bool on_ground; // the lines are white on the disc
	float width;
	float points[16]; // x, y pairs, NAN NAN lifts the pen, 0 0 ends
};

static const struct shape shapes[];

static const struct shape *find_shape(const struct node *node)
{
	struct str type = component_text(node, "type");
	for (const struct shape *shape = shapes; shape->type; shape++) {
		if (str_is(type, shape->type)) {
			return shape;
		}
	}
	return NULL;
}

/* The element whose shadow the picture stands in. */
static const struct node *host_of(const struct node *picture)
{
	return picture->parent->host;
}

static void intrinsic(struct component_host *host, const struct node *node, struct intrinsic *ret)
{
	float size = (float)component_length(host, host_of(node), "size", 23);
	*ret = (struct intrinsic){size, size, 0};
}

/* The attribute's colour if the sheet's parser understands it, else the picture's own. */
static color_t shape_color(const struct node *node, const struct shape *shape)
{
	color_t color;
	return component_parse_color(component_text(node, "color"), &color) ? color : shape->color;
}

static void stroke_lines(struct gfx_canvas *canvas, const struct shape *shape)
{
	bool down = false;
	gfx_canvas_begin(canvas);
	for (size_t i = 0; i + 1 < ARRAY_LEN(shape->points); i += 2) {
		float x = shape->points[i], y = shape->points[i + 1];
		if (x == 0 && y == 0) {
			break;
		}
		if (isnan(x)) {
			down = false;
			continue;
		}
		if (down) {
			gfx_canvas_line_to(canvas, x, y);
		} else {
			gfx_canvas_move_to(canvas, x, y);
		}
		down = true;
	}
	gfx_canvas_stroke(canvas);
}

static void fill_shield(struct gfx_canvas *canvas)
{
	static const float edge[] = {12, 1.5f, 20.5f, 4.5f, 20.5f, 11, 18.5f, 17, 12, 22.5f, 5.5f, 17, 3.5f, 11, 3.5f, 4.5f};
	gfx_canvas_begin(canvas);
	gfx_canvas_move_to(canvas, edge[0], edge[1]);
	for (size_t i = 2; i < ARRAY_LEN(edge); i += 2) {
		gfx_canvas_line_to(canvas, edge[i], edge[i + 1]);
	}
	gfx_canvas_fill(canvas, false);
}

/* The picture's box is as wide as the icon, so that its baseline is the box's; in it the picture stands as text would. */
static float share_before(const struct style *style)
{
	switch (style->text_align) {
	case TEXT_ALIGN_CENTER:
		return .5f;
	case TEXT_ALIGN_RIGHT:
		return 1;
	case TEXT_ALIGN_END:
		return style->rtl ? 0 : 1;
	case TEXT_ALIGN_START:
	case TEXT_ALIGN_JUSTIFY:
		return style->rtl ? 1 : 0;
	case TEXT_ALIGN_LEFT:
		return 0;
	}
	return 0;
}

static void paint(struct component_host *host, const struct node *node, const struct style *style,
	struct gfx_canvas *canvas, struct rect content)
{
	const struct shape *shape = find_shape(host_of(node));
	if (!shape || rect_empty(content)) {
		return;
	}
	color_t color = shape_color(host_of(node), shape);
	float free = (content.width - content.height) * share_before(style);
	gfx_canvas_save(canvas);
	gfx_canvas_transform(canvas, matrix_translate(content.x + free, content.y));
	gfx_canvas_transform(canvas, matrix_scale(content.height / 24, content.height / 24));
	gfx_canvas_set_color(canvas, color);
	if (shape->ground == SHAPE_SHIELD) {
		fill_shield(canvas);
	} else if (shape->ground != SHAPE_NONE) {
		gfx_canvas_begin(canvas);
		bool lens = shape->ground == SHAPE_LENS;
		float radius = lens ? 6.5f : shape->ground == SHAPE_DISC ? 10 : 9.5f;
		gfx_canvas_arc(canvas, lens ? 10.5f : 12, lens ? 10.5f : 12, radius, 0, 6.2831853f, false);
		if (shape->ground == SHAPE_DISC) {
			gfx_canvas_fill(canvas, false);
		} else {
			gfx_canvas_set_line(canvas, lens ? 2 : 1, GFX_CAP_ROUND, GFX_JOIN_ROUND, 10);
			gfx_canvas_stroke(canvas);
		}
	}
	gfx_canvas_set_color(canvas, shape->on_ground ? 0xffffffff : color);
	gfx_canvas_set_line(canvas, shape->width, GFX_CAP_ROUND, GFX_JOIN_ROUND, 10);
	stroke_lines(canvas, shape);
	gfx_canvas_restore(canvas);
}

static uint32_t looks(struct component_host *host, const struct node *node)
{
	const struct shape *shape = find_shape(host_of(node));
	uint32_t place = node->style ? (uint32_t)(share_before(node->style) * 2) : 0;
	return shape ? ((uint32_t)(shape - shapes + 1) * 4 + place) * 2654435761u ^ shape_color(host_of(node), shape) : 0;
}

/* An inner component: no template can name it. */
static const struct component picture = {
	.tag = "mina-icon-picture",
	.flags = COMPONENT_REPLACED,
	.intrinsic = intrinsic,
	.paint = paint,
	.looks = looks,
};

static void created(struct component_host *host, struct node *node)
{
	struct node *inner = node_create(node->tree, NODE_ELEMENT, atom_of(picture.tag));
	inner->component = &picture;
	node_insert(node_attach_shadow(node), inner, NULL);
}

static void changed(struct component_host *host, struct node *node, atom_t name)
{
	struct strbuf style = {0};
	strbuf_printf(&style, "min-width:%gpx", component_length(host, node, "size", 23));
	struct value text = value_take(&style);
	node_set_style(node->shadow->first, text);
	value_unref(text);
	node_mark(node->shadow->first, NODE_DIRTY_LAYOUT | NODE_DIRTY_PAINT);
}

/* Colours: component/icon (documented samples), weui for the undocumented ones. */
static const struct shape shapes[] = {
	{"success", 0x09bb07ff, SHAPE_DISC, true, 2, {7, 12.5f, 10.5f, 16, 17, 9}},
	{"success_no_circle", 0x09bb07ff, SHAPE_NONE, false, 2.5f, {5, 12.5f, 10, 17.5f, 20, 7}},
	{"info", 0x10aeffff, SHAPE_DISC, true, 2, {12, 11, 12, 17, NAN, NAN, 12, 7.5f, 12, 7.6f}},
	{"warn", 0xf76260ff, SHAPE_DISC, true, 2, {12, 6.5f, 12, 13.5f, NAN, NAN, 12, 16.9f, 12, 17}},
	{"waiting", 0x10aeffff, SHAPE_DISC, true, 2, {12, 7, 12, 12.5f, 16, 14.5f}},
	{"cancel", 0xf43530ff, SHAPE_RING, false, 1.5f, {8.5f, 8.5f, 15.5f, 15.5f, NAN, NAN, 15.5f, 8.5f, 8.5f, 15.5f}},
	{"download", 0x09bb07ff, SHAPE_RING, false, 1.5f, {12, 6.5f, 12, 15.5f, NAN, NAN, 8.5f, 12.5f, 12, 16, 15.5f, 12.5f}},
	{"search", 0xb2b2b2ff, SHAPE_LENS, false, 2, {15.5f, 15.5f, 21, 21}},
	{"clear", 0xb2b2b2ff, SHAPE_DISC, true, 1.5f, {9, 9, 15, 15, NAN, NAN, 15, 9, 9, 15}},
	{"circle", 0xc9c9c9ff, SHAPE_RING, false, 1, {0}},
	{"success_circle", 0x09bb07ff, SHAPE_RING, false, 1.5f, {7, 12.5f, 10.5f, 16, 17, 9}},
	{"info_circle", 0x10aeffff, SHAPE_RING, false, 1.5f, {12, 11, 12, 17, NAN, NAN, 12, 7.5f, 12, 7.6f}},
	{"waiting_circle", 0x10aeffff, SHAPE_RING, false, 1.5f, {12, 7, 12, 12.5f, 16, 14.5f}},
	{"safe_success", 0x09bb07ff, SHAPE_SHIELD, true, 2, {7.5f, 12, 11, 15.5f, 17, 8.5f}},
	{"safe_warn", 0xffbe00ff, SHAPE_SHIELD, true, 2, {12, 6.5f, 12, 13, NAN, NAN, 12, 16.9f, 12, 17}},
	{0},
};

const struct component component_icon = {
	.tag = "icon",
	.doc = "A picture out of the framework's own set (图标).",
	.attributes = attributes,
	.style = "icon { display: inline-block; font-size: 0; line-height: 0; text-indent: 0; box-sizing: border-box }\n"
		"mina-icon-picture { display: block; width: 100% }\n",
	.created = created,
	.changed = changed,
};
