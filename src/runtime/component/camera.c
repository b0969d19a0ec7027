/* <camera>: a simulated camera. It sees a landscape, in front a face; a photograph is what it sees. The host says whether the
 * program may look: without one it tells error. */
#include "border/gfx/cairo.h"
#include "border/gfx/png.h"
#include "runtime/component/list.h"
#include "runtime/component/pen.h"
#include "runtime/component/screen.h"

#define PHOTO_SCALE 2.0f

static const struct schema attributes[] = {
	{"mode", SCHEMA_STRING, .fallback = "\"normal\"", .choices = "normal|scanCode", .since = "2.1.0", .doc = "read once"},
	{"resolution", SCHEMA_STRING, .fallback = "\"medium\"", .choices = "low|medium|high", .since = "2.10.0"},
	{"device-position", SCHEMA_STRING, .fallback = "\"back\"", .choices = "front|back"},
	{"flash", SCHEMA_STRING, .fallback = "\"auto\"", .choices = "auto|on|off|torch"},
	{"frame-size", SCHEMA_STRING, .fallback = "\"medium\"", .choices = "small|medium|large", .since = "2.7.0"},
	{0},
};

struct camera {
	struct node *screen;
	bool asked, open;
};

static void created(struct component_host *host, struct node *node)
{
	struct camera *camera = mem_alloc(sizeof(*camera));
	node->state_data = camera;
	camera->screen = screen_create(node);
}

static void destroyed(struct component_host *host, struct node *node)
{
	mem_free(node->state_data);
	node->state_data = NULL;
}

static void changed(struct component_host *host, struct node *node, atom_t name)
{
	struct camera *camera = node->state_data;
	if (!camera->asked) {
		struct value data = value_object_new(2);
		camera->asked = true;
		value_object_set_text(&data, "command", value_text("open"));
		value_object_set_text(&data, "mode", value_string(component_text(node, "mode")));
		host->intent(host, node, "camera", data);
	}
	node_mark(camera->screen, NODE_DIRTY_PAINT);
}

/* {errMsg} when it may not be opened; a `scan` of {result, type} is a code that lies before it. */
static void answered(struct component_host *host, struct node *node, struct value answer)
{
	struct camera *camera = node->state_data;
	struct value detail = value_object_new(2), scan = value_get_text(answer, "scan");
	camera->open = value_to_bool(value_get_text(answer, "ok"));
	node_mark(camera->screen, NODE_DIRTY_PAINT);
	if (!camera->open) {
		value_object_set_text(&detail, "errMsg", value_ref(value_get_text(answer, "errMsg")));
		host->emit(host, node, "error", detail);
		return;
	}
	value_object_set_text(&detail, "maxZoom", value_number(1));
	host->emit(host, node, "initdone", detail);
	if (str_is(component_text(node, "mode"), "scanCode") && value_is(scan, VALUE_OBJECT)) {
		host->emit(host, node, "scancode", value_ref(scan));
	}
}

static void draw_scene(struct gfx_canvas *canvas, struct rect at, bool front)
{
	float w = at.width, h = at.height, edge = float_min(w, h);
	struct point middle = {at.x + w / 2, at.y + h / 2};
	if (front) {
		pen_fill(canvas, at, 0xd9cbb8ff, 0);
		pen_disc(canvas, (struct point){middle.x, at.y + h * 1.05f}, edge * .45f, 0x3f6e9cff);
		pen_disc(canvas, middle, edge * .28f, 0xf2c9a1ff);
		pen_disc(canvas, (struct point){middle.x - edge * .1f, middle.y - edge * .05f}, edge * .03f, 0x333333ff);
		pen_disc(canvas, (struct point){middle.x + edge * .1f, middle.y - edge * .05f}, edge * .03f, 0x333333ff);
		return;
	}
	pen_fill(canvas, at, 0x8ec7f0ff, 0);
	pen_disc(canvas, (struct point){at.x + w * .75f, at.y + h * .25f}, edge * .1f, 0xffe27aff);
	struct point far[] = {{at.x, at.y + h * .7f}, {at.x + w * .3f, at.y + h * .4f}, {at.x + w * .55f, at.y + h * .65f},
		{at.x + w * .8f, at.y + h * .48f}, {at.x + w, at.y + h * .7f}};
	pen_polygon(canvas, far, ARRAY_LEN(far), 0x7792a8ff);
	pen_fill(canvas, (struct rect){at.x, at.y + h * .7f, w, h * .3f}, 0x6fae5bff, 0);
}

static bool in_front(const struct node *node)
{
	return str_is(component_text(node, "device-position"), "front");
}

static void paint(struct component_host *host, const struct node *node, const struct style *style, struct gfx_canvas *canvas,
	struct rect content)
{
	const struct camera *camera = node->state_data;
	pen_fill(canvas, content, 0x000000ff, 0);
	if (camera->open) {
		draw_scene(canvas, content, in_front(node));
	}
}

static uint32_t looks(struct component_host *host, const struct node *node)
{
	const struct camera *camera = node->state_data;
	return camera->open * 2u + in_front(node);
}

/* {bytes (JPEG), width, height}, or {errMsg}. */
static struct value photograph(const struct node *node, struct str quality)
{
	const struct camera *camera = node->state_data;
	struct size size = screen_size(camera->screen);
	struct value result = value_object_new(3);
	struct gfx_surface *surface = camera->open ? gfx_surface_create((int)(size.width * PHOTO_SCALE), (int)(size.height * PHOTO_SCALE)) : NULL;
	struct gfx_context context = {0};
	struct strbuf bytes = {0};
	if (surface) {
		struct gfx_canvas *canvas = gfx_canvas_create(surface, &context, PHOTO_SCALE);
		draw_scene(canvas, (struct rect){0, 0, size.width, size.height}, in_front(node));
		gfx_canvas_destroy(canvas);
		gfx_jpeg_encode(surface, str_is(quality, "high") ? 95 : str_is(quality, "low") ? 50 : 80, &bytes);
		value_object_set_text(&result, "width", value_number(gfx_surface_width(surface)));
		value_object_set_text(&result, "height", value_number(gfx_surface_height(surface)));
	}
	if (bytes.len) {
		value_object_set_text(&result, "bytes", value_take(&bytes));
	} else {
		value_object_set_text(&result, "errMsg", value_text("the camera is not open"));
	}
	strbuf_finish(&bytes);
	gfx_context_finish(&context);
	gfx_surface_destroy(surface);
	return result;
}

static bool asked(struct component_host *host, struct node *node, struct str what, struct value with, struct value *ret)
{
	if (!str_is(what, "takePhoto")) {
		return false;
	}
	*ret = photograph(node, value_str(value_get_text(with, "quality")));
	return true;
}

const struct component component_camera = {
	.tag = "camera",
	.since = "1.6.0",
	.doc = "A camera (相机), simulated.",
	.attributes = attributes,
	.events = "stop|error|initdone|scancode",
	.style = "camera { display: inline-block; position: relative; width: 300px; height: 225px; overflow: hidden }\n",
	.created = created,
	.destroyed = destroyed,
	.changed = changed,
	.paint = paint,
	.looks = looks,
	.asked = asked,
	.answered = answered,
};
