/* <image>: a picture fitted into its box by one of 14 modes. */
#include "runtime/component/list.h"

static const struct schema attributes[] = {
	{"src", SCHEMA_STRING, .doc = "package path, network address or data: URI"},
	{"mode", SCHEMA_STRING, .fallback = "\"scaleToFill\"",
		.choices = "scaleToFill|aspectFit|aspectFill|widthFix|heightFix|top|bottom|center|left|right|top left|top right|"
			"bottom left|bottom right"},
	{"lazy-load", SCHEMA_BOOL, .fallback = "false", .since = "1.5.0", .doc = "loads when near the screen"},
	{"webp", SCHEMA_BOOL, .fallback = "false", .since = "2.9.0"},
	{"show-menu-by-longpress", SCHEMA_BOOL, .fallback = "false", .since = "2.7.0"},
	{0},
};

enum picture_state {
	PICTURE_NONE,
	PICTURE_LOADING,
	PICTURE_READY,
	PICTURE_FAILED,
};

struct picture {
	struct strbuf url; // resolved
	enum picture_state state;
	struct size natural;
};

static void created(struct component_host *host, struct node *node)
{
	node->state_data = mem_alloc(sizeof(struct picture));
}

static void destroyed(struct component_host *host, struct node *node)
{
	struct picture *picture = node->state_data;
	strbuf_finish(&picture->url);
	mem_free(picture);
	node->state_data = NULL;
}

static void emit_outcome(struct component_host *host, struct node *node, const struct picture *picture)
{
	struct value detail = value_object_new(2);
	if (picture->state == PICTURE_READY) {
		value_object_set_text(&detail, "height", value_number(picture->natural.height));
		value_object_set_text(&detail, "width", value_number(picture->natural.width));
		host->emit(host, node, "load", detail);
		return;
	}
	struct strbuf text = {0};
	struct str src = component_text(node, "src");
	strbuf_printf(&text, "GET " STR_FMT " 404 (Not Found)", STR_ARG(src));
	value_object_set_text(&detail, "errMsg", value_take(&text));
	host->emit(host, node, "error", detail);
}

/* Called with name 0 also when the picture that was on its way has come. */
static void changed(struct component_host *host, struct node *node, atom_t name)
{
	struct picture *picture = node->state_data;
	if (name && !str_is(atom_str(name), "src")) {
		node_mark(node, NODE_DIRTY_LAYOUT | NODE_DIRTY_PAINT);
		return;
	}
	struct strbuf url = {0};
	struct str src = component_text(node, "src");
	if (src.len) {
		host->resolve(host, node, src, &url);
	}
	bool same = str_eq(strbuf_str(&url), strbuf_str(&picture->url));
	strbuf_finish(&picture->url);
	picture->url = url;
	if (same && picture->state != PICTURE_LOADING) {
		return;
	}
	picture->state = PICTURE_NONE;
	if (url.len) {
		int known = host->picture(host, strbuf_str(&url), &picture->natural);
		picture->state = known > 0 ? PICTURE_READY : known < 0 ? PICTURE_FAILED : PICTURE_LOADING;
	}
	node_mark(node, NODE_DIRTY_LAYOUT | NODE_DIRTY_PAINT);
	if (picture->state == PICTURE_READY || picture->state == PICTURE_FAILED) {
		emit_outcome(host, node, picture);
	}
}

/* Its size comes from its style alone: what that leaves open is empty. widthFix and heightFix free one edge (see
 * the row's style); until the picture is there the default height holds. */
static void intrinsic(struct component_host *host, const struct node *node, struct intrinsic *ret)
{
	const struct picture *picture = node->state_data;
	bool known = picture->state == PICTURE_READY && picture->natural.width > 0 && picture->natural.height > 0;
	struct str mode = component_text(node, "mode");
	bool fixes = str_is(mode, "widthFix") || str_is(mode, "heightFix");
	*ret = fixes ? (struct intrinsic){320, 240, 0} : (struct intrinsic){0, 0, 0};
	if (known && fixes) {
		ret->ratio = picture->natural.width / picture->natural.height;
		ret->width = picture->natural.width;
		ret->height = picture->natural.height;
	}
}

/* Where the whole picture comes to lie. */
static struct rect place(struct str mode, struct size natural, struct rect box)
{
	if (str_is(mode, "aspectFit") || str_is(mode, "aspectFill")) {
		float x = box.width / natural.width, y = box.height / natural.height;
		float scale = str_is(mode, "aspectFit") ? float_min(x, y) : float_max(x, y);
		struct size size = {natural.width * scale, natural.height * scale};
		return (struct rect){box.x + (box.width - size.width) / 2, box.y + (box.height - size.height) / 2, size.width,
			size.height};
	}
	bool left = str_find(mode, STR("left")) != SIZE_MAX, right = str_find(mode, STR("right")) != SIZE_MAX;
	bool top = str_starts(mode, STR("top")), bottom = str_starts(mode, STR("bottom"));
	if (!left && !right && !top && !bottom && !str_is(mode, "center")) {
		return box;
	}
	return (struct rect){
		left ? box.x : right ? box.x + box.width - natural.width : box.x + (box.width - natural.width) / 2,
		top ? box.y : bottom ? box.y + box.height - natural.height : box.y + (box.height - natural.height) / 2,
		natural.width, natural.height};
}

static void paint(struct component_host *host, const struct node *node, const struct style *style,
	struct gfx_canvas *canvas, struct rect content)
{
	const struct picture *picture = node->state_data;
	if (picture->state == PICTURE_READY && picture->natural.width > 0 && picture->natural.height > 0) {
		struct rect target = place(component_text(node, "mode"), picture->natural, content);
		host->draw_picture(host, canvas, strbuf_str(&picture->url), target);
	}
}

static uint32_t looks(struct component_host *host, const struct node *node)
{
	const struct picture *picture = node->state_data;
	return str_hash(strbuf_str(&picture->url)) * 31 + str_hash(component_text(node, "mode")) + picture->state;
}

const struct component component_image = {
	.tag = "image",
	.doc = "A picture (图片).",
	.attributes = attributes,
	.events = "load|error",
	.style = "image { display: inline-block; width: 320px; height: 240px; position: relative; overflow: hidden }\n"
		"image[mode=widthFix] { height: auto !important }\n"
		"image[mode=heightFix] { width: auto !important }\n",
	.flags = COMPONENT_REPLACED,
	.created = created,
	.destroyed = destroyed,
	.changed = changed,
	.intrinsic = intrinsic,
	.paint = paint,
	.looks = looks,
};

/* --- cover-image --- */

static const struct schema cover_attributes[] = {
	{"src", SCHEMA_STRING, .doc = "package path or network address"},
	{0},
};

/* It is as wide as it may be, and as high as the picture then is; style may say otherwise. */
static void cover_intrinsic(struct component_host *host, const struct node *node, struct intrinsic *ret)
{
	const struct picture *picture = node->state_data;
	*ret = (struct intrinsic){0, 0, 0};
	if (picture->state == PICTURE_READY && picture->natural.width > 0 && picture->natural.height > 0) {
		*ret = (struct intrinsic){picture->natural.width, picture->natural.height, picture->natural.width / picture->natural.height};
	}
}

const struct component component_cover_image = {
	.tag = "cover-image",
	.since = "1.4.0",
	.doc = "A picture above native components (覆盖在原生组件之上的图片视图).",
	.attributes = cover_attributes,
	.events = "load|error",
	.style = "cover-image { display: inline-block; width: 100% }\n",
	.flags = COMPONENT_REPLACED,
	.created = created,
	.destroyed = destroyed,
	.changed = changed,
	.intrinsic = cover_intrinsic,
	.paint = paint,
	.looks = looks,
};
