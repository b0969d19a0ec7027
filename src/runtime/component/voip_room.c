/* <voip-room>: a member's picture in a call. There are no calls here: it says so in its place. */
#include "runtime/component/list.h"
#include "runtime/component/pen.h"
#include "runtime/component/screen.h"

static const struct schema attributes[] = {
	{"openid", SCHEMA_STRING, .doc = "of the member"},
	{"mode", SCHEMA_STRING, .fallback = "\"camera\"", .choices = "camera|video"},
	{"device-position", SCHEMA_STRING, .fallback = "\"front\"", .choices = "front|back"},
	{"object-fit", SCHEMA_STRING, .fallback = "\"fill\"", .choices = "fill|contain|cover", .since = "2.25.1"},
	{0},
};

struct room {
	bool told;
};

static void created(struct component_host *host, struct node *node)
{
	node->state_data = mem_alloc(sizeof(struct room));
	screen_create(node);
}

static void destroyed(struct component_host *host, struct node *node)
{
	mem_free(node->state_data);
	node->state_data = NULL;
}

static void changed(struct component_host *host, struct node *node, atom_t name)
{
	struct room *room = node->state_data;
	if (!room->told) {
		struct value detail = value_object_new(2);
		room->told = true;
		value_object_set_text(&detail, "errMsg", value_text("voip-room:fail not supported"));
		host->emit(host, node, "error", detail);
	}
}

static void paint(struct component_host *host, const struct node *node, const struct style *style, struct gfx_canvas *canvas,
	struct rect content)
{
	struct point middle = {content.x + content.width / 2, content.y + content.height / 2};
	pen_fill(canvas, content, 0x222222ff, 0);
	pen_text(host, canvas, host_word(HOST_WORD_NO_CALLS, host->english), 14, 0xccccccff, middle, PEN_CENTER, float_max(content.width - 16, 1));
}

const struct component component_voip_room = {
	.tag = "voip-room",
	.since = "2.11.0",
	.doc = "A member of a call (多人音视频对话); there are no calls here, it tells error.",
	.attributes = attributes,
	.events = "error",
	.style = "voip-room { display: inline-block; position: relative; width: 300px; height: 225px; overflow: hidden }\n",
	.created = created,
	.destroyed = destroyed,
	.changed = changed,
	.paint = paint,
};
