/* <canvas>: a bitmap that a script draws on. With type="2d" it has its own pixels (canvas.width), stretched over its box; without, its
 * units are the box's CSS px, and another size of the box empties it. */
#include "border/gfx/cairo.h"
#include "border/gfx/drawing.h"
#include "runtime/component/list.h"
#include "runtime/component/screen.h"

static const struct schema attributes[] = {
	{"type", SCHEMA_STRING, .choices = "2d|webgl", .since = "2.9.0", .doc = "webgl: getContext gives null here"},
	{"canvas-id", SCHEMA_STRING, .doc = "names it for wx.createCanvasContext; without type"},
	{"disable-scroll", SCHEMA_BOOL, .fallback = "false", .doc = "a finger that moves on it neither scrolls nor pulls the page"},
	{0},
};

struct canvas {
	struct node *screen;
	struct gfx_drawing *drawing; // NULL until something is drawn or measured
	bool plain;                  // without type
};

static void created(struct component_host *host, struct node *node)
{
	struct canvas *canvas = mem_alloc(sizeof(*canvas));
	node->state_data = canvas;
	canvas->screen = screen_create(node);
}

static void destroyed(struct component_host *host, struct node *node)
{
	struct canvas *canvas = node->state_data;
	gfx_drawing_destroy(canvas->drawing);
	mem_free(canvas);
	node->state_data = NULL;
}

static bool is_namesake(const struct node *other, const struct node *node, struct str id)
{
	return other != node && other->component == node->component && str_eq(component_text(other, "canvas-id"), id);
}

/* Of two with one name the later one is hidden, and says so. */
static bool has_namesake(const struct node *node, struct str id)
{
	const struct node *root = node;
	while (root->parent) {
		root = root->parent;
	}
	for (const struct node *at = root; at;) {
		if (at == node) {
			return false;
		}
		if (is_namesake(at, node, id)) {
			return true;
		}
		const struct node *next = at->first;
		while (!next && at && at != root) {
			next = at->next;
			at = at->parent;
		}
		at = next;
	}
	return false;
}

static void changed(struct component_host *host, struct node *node, atom_t name)
{
	struct canvas *canvas = node->state_data;
	struct str id = component_text(node, "canvas-id");
	canvas->plain = component_text(node, "type").len == 0;
	if (name == 0 && id.len && canvas->plain && has_namesake(node, id)) {
		struct value detail = value_object_new(1), hidden = value_text("display: none");
		struct strbuf text = {0};
		strbuf_printf(&text, "canvas-id \"" STR_FMT "\" in this page has already existed", STR_ARG(id));
		value_object_set_text(&detail, "errMsg", value_take(&text));
		node_set_placed_style(node, hidden);
		value_unref(hidden);
		host->emit(host, node, "error", detail);
	}
}

static void laid_out(struct component_host *host, struct node *node)
{
	struct canvas *canvas = node->state_data;
	struct size box = screen_size(canvas->screen);
	if (canvas->drawing && canvas->plain && box.width >= 1 && box.height >= 1) {
		struct size now = gfx_drawing_size(canvas->drawing);
		if (fabsf(now.width - box.width) >= 1 || fabsf(now.height - box.height) >= 1) {
			gfx_drawing_resize(canvas->drawing, box.width, box.height, host->dpr);
			node_mark(canvas->screen, NODE_DIRTY_PAINT);
		}
	}
}

static struct gfx_drawing *drawing(struct component_host *host, struct node *node)
{
	struct canvas *canvas = node->state_data;
	if (!canvas->drawing && host->fonts) {
		struct size box = screen_size(canvas->screen);
		bool sized = canvas->plain && box.width >= 1 && box.height >= 1;
		canvas->drawing = gfx_drawing_create(sized ? box.width : 300, sized ? box.height : 150, canvas->plain ? host->dpr : 1, host->fonts);
	}
	return canvas->drawing;
}

static void paint(struct component_host *host, const struct node *node, const struct style *style, struct gfx_canvas *on, struct rect content)
{
	const struct canvas *canvas = node->state_data;
	if (canvas->drawing) {
		gfx_canvas_surface(on, gfx_drawing_surface(canvas->drawing), (struct rect){0}, content);
	}
}

static uint32_t looks(struct component_host *host, const struct node *node)
{
	const struct canvas *canvas = node->state_data;
	return canvas->drawing ? gfx_drawing_version(canvas->drawing) : 0;
}

/* "drawn": a script has drawn on it. */
static bool asked(struct component_host *host, struct node *node, struct str what, struct value with, struct value *ret)
{
	struct canvas *canvas = node->state_data;
	*ret = value_undefined();
	node_mark(canvas->screen, NODE_DIRTY_PAINT);
	return str_is(what, "drawn");
}

static bool touched(struct component_host *host, struct node *node, const struct component_touch *touch)
{
	return touch->phase == COMPONENT_TOUCH_PAN && component_flag(node, "disable-scroll");
}

const struct component component_canvas = {
	.tag = "canvas",
	.doc = "A bitmap that a script draws on: type=\"2d\", or by CanvasContext.",
	.attributes = attributes,
	.events = "error",
	.style = "canvas { display: block; position: relative; width: 300px; height: 150px; overflow: hidden }\n",
	.flags = COMPONENT_POINTS,
	.created = created,
	.destroyed = destroyed,
	.changed = changed,
	.laid_out = laid_out,
	.drawing = drawing,
	.paint = paint,
	.looks = looks,
	.asked = asked,
	.touched = touched,
};
