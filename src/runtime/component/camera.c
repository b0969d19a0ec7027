/* <camera>: a simulated camera. It sees a landscape, in front a face; a photograph is what it sees. The host says whether the
 * program may look: without one it tells error. */
#include "runtime/component/list.h"
#include "runtime/component/pen.h"
#include "runtime/component/scene.h"
#include "runtime/component/screen.h"

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
		struct scene scene = {.kind = SCENE_LENS, .front = in_front(node)};
		scene_draw(canvas, &scene, content);
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
	struct scene scene = {.kind = SCENE_LENS, .front = in_front(node)};
	if (camera->open) {
		return scene_photograph(&scene, screen_size(camera->screen), quality);
	}
	struct value result = value_object_new(1);
	value_object_set_text(&result, "errMsg", value_text("the camera is not open"));
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
