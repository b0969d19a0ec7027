/* <contact-button>: the small button of customer service, which button open-type="contact" took the place of. */
#include "runtime/component/list.h"

static const struct schema attributes[] = {
	{"size", SCHEMA_NUMBER, .fallback = "18", .doc = "18 to 27, CSS px"},
	{"type", SCHEMA_STRING, .fallback = "\"default-dark\"", .choices = "default-dark|default-light"},
	{"session-from", SCHEMA_STRING, .doc = "told to the service with the session"},
	{0},
};

static double edge(const struct component_host *host, const struct node *node)
{
	return fmax(18, fmin(component_length(host, node, "size", 18), 27));
}

static void intrinsic(struct component_host *host, const struct node *node, struct intrinsic *ret)
{
	float size = (float)edge(host, node);
	*ret = (struct intrinsic){size, size, 1};
}

static color_t ink(const struct node *node)
{
	return str_is(component_text(node, "type"), "default-light") ? 0xffffffff : 0x353535ff;
}

/* A speech bubble with three points. */
static void paint(struct component_host *host, const struct node *node, const struct style *style,
	struct gfx_canvas *canvas, struct rect content)
{
	gfx_canvas_save(canvas);
	gfx_canvas_transform(canvas, matrix_translate(content.x, content.y));
	gfx_canvas_transform(canvas, matrix_scale(content.width / 24, content.height / 24));
	gfx_canvas_set_color(canvas, ink(node));
	gfx_canvas_set_line(canvas, 1.5f, GFX_CAP_ROUND, GFX_JOIN_ROUND, 10);
	gfx_canvas_begin(canvas);
	gfx_canvas_ellipse(canvas, 12, 11, 10, 8.5f, 0, 2.2f, 8.1f, false);
	gfx_canvas_line_to(canvas, 5, 22);
	gfx_canvas_close(canvas);
	gfx_canvas_stroke(canvas);
	for (int i = -1; i <= 1; i++) {
		gfx_canvas_begin(canvas);
		gfx_canvas_arc(canvas, 12 + 4.5f * (float)i, 11, 1.3f, 0, 6.2831853f, false);
		gfx_canvas_fill(canvas, false);
	}
	gfx_canvas_restore(canvas);
}

static uint32_t looks(struct component_host *host, const struct node *node)
{
	return ink(node);
}

static void changed(struct component_host *host, struct node *node, atom_t name)
{
	node_mark(node, NODE_DIRTY_LAYOUT | NODE_DIRTY_PAINT);
}

static void tapped(struct component_host *host, struct node *node, const struct component_tap *tap)
{
	struct value data = value_object_new(2);
	value_object_set_text(&data, "openType", value_text("contact"));
	value_object_set_text(&data, "sessionFrom", value_ref(node_attr_text(node, "session-from")));
	host->intent(host, node, "open", data);
}

const struct component component_contact_button = {
	.tag = "contact-button",
	.doc = "Opens customer service (客服会话按钮).",
	.attributes = attributes,
	.events = "contact",
	.style = "contact-button { display: inline-block }\n",
	.flags = COMPONENT_REPLACED,
	.changed = changed,
	.intrinsic = intrinsic,
	.paint = paint,
	.looks = looks,
	.tapped = tapped,
};
