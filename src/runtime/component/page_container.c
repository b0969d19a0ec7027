/* <page-container>: a page within the page (假页). The way back closes it before it leaves the page. */
#include "runtime/component/list.h"

#define SLIDE_DOWN 60 // CSS px: a finger that has gone that far down closes it

static const struct schema attributes[] = {
	{"show", SCHEMA_BOOL, .fallback = "false"},
	{"duration", SCHEMA_NUMBER, .fallback = "300", .doc = "of its motion, ms"},
	{"z-index", SCHEMA_NUMBER, .fallback = "100"},
	{"overlay", SCHEMA_BOOL, .fallback = "true", .doc = "the page behind is dimmed"},
	{"position", SCHEMA_STRING, .fallback = "\"bottom\"", .choices = "top|bottom|right|center"},
	{"round", SCHEMA_BOOL, .fallback = "false", .doc = "rounded corners"},
	{"close-on-slide-down", SCHEMA_BOOL, .fallback = "false"},
	{"overlay-style", SCHEMA_STRING},
	{"custom-style", SCHEMA_STRING},
	{0},
};

enum state { HIDDEN, ENTERING, SHOWN, LEAVING };

struct container {
	struct node *overlay, *box;
	enum state state;
	double end; // of the motion; NAN: it begins with the next frame
};

static void show(struct node *node);

/* --- how it looks --- */

static bool has_overlay(const struct node *node)
{
	return value_is(node_attr_text(node, "overlay"), VALUE_UNDEFINED) || component_flag(node, "overlay");
}

static double duration(const struct node *node)
{
	return fmax(0, component_number(node, "duration", 300));
}

static const char *position(const struct node *node)
{
	static const char *const all[] = {"top", "right", "center"};
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		if (str_is(component_text(node, "position"), all[i])) {
			return all[i];
		}
	}
	return "bottom";
}

static void add_motion(const struct node *node, const char *what, struct strbuf *style)
{
	const struct container *container = node->state_data;
	if (container->state == ENTERING || container->state == LEAVING) {
		strbuf_printf(style, "animation:mina-page-%s %gms ease%s both;", what, duration(node),
			container->state == LEAVING ? " reverse" : "");
	}
}

static void take_style(struct node *node, struct strbuf *style)
{
	struct value text = value_take(style);
	node_set_style(node, text);
	value_unref(text);
}

static void show(struct node *node)
{
	struct container *container = node->state_data;
	struct strbuf style = {0};
	bool hidden = container->state == HIDDEN;
	const char *side = position(node);
	strbuf_printf(&style, "z-index:%d;", (int)fmax(-1e6, fmin(component_number(node, "z-index", 100), 1e6)));
	strbuf_add(&style, component_text(node, "overlay-style"));
	strbuf_add_text(&style, hidden || !has_overlay(node) ? ";display:none;" : ";");
	add_motion(node, "fade", &style);
	take_style(container->overlay, &style);
	strbuf_printf(&style, "z-index:%d;", (int)fmax(-1e6, fmin(component_number(node, "z-index", 100), 1e6)));
	if (component_flag(node, "round")) {
		bool top = str_is(str_of(side), "top"), bottom = str_is(str_of(side), "bottom");
		strbuf_add_text(&style, bottom ? "border-radius:20px 20px 0 0;" : top ? "border-radius:0 0 20px 20px;" : "border-radius:20px;");
	}
	strbuf_add(&style, component_text(node, "custom-style"));
	strbuf_add_text(&style, hidden ? ";display:none;" : ";");
	add_motion(node, side, &style);
	take_style(container->box, &style);
	struct strbuf names = {0};
	strbuf_printf(&names, "mina-page-%s", side);
	node_set_classes(container->box, strbuf_str(&names));
	strbuf_finish(&names);
}

/* --- coming and going --- */

static void tell(struct component_host *host, struct node *node, const char *event)
{
	host->emit(host, node, event, value_object_new(0));
}

static void move(struct component_host *host, struct node *node, bool in)
{
	struct container *container = node->state_data;
	bool was_in = container->state == ENTERING || container->state == SHOWN;
	if (in == was_in) {
		return;
	}
	tell(host, node, in ? "beforeenter" : "beforeleave");
	container->state = in ? ENTERING : LEAVING;
	container->end = NAN;
	tell(host, node, in ? "enter" : "leave");
	show(node);
	host->take_back(host, node, in);
	host->wake(host, node, host->now);
}

static void woken(struct component_host *host, struct node *node, bool settle)
{
	struct container *container = node->state_data;
	if (container->state != ENTERING && container->state != LEAVING) {
		return;
	}
	container->end = isnan(container->end) ? host->now + duration(node) : container->end;
	if (!settle && host->now < container->end) {
		host->wake(host, node, container->end);
		return;
	}
	bool in = container->state == ENTERING;
	container->state = in ? SHOWN : HIDDEN;
	show(node);
	tell(host, node, in ? "afterenter" : "afterleave");
}

static void tapped_overlay(struct component_host *host, struct node *overlay, const struct component_tap *tap)
{
	struct node *node = overlay->parent->host;
	tell(host, node, "clickoverlay");
	move(host, node, false);
}

static bool asked(struct component_host *host, struct node *node, struct str what, struct value with, struct value *ret)
{
	if (!str_is(what, "back")) {
		return false;
	}
	move(host, node, false);
	return true;
}

static bool touched(struct component_host *host, struct node *node, const struct component_touch *touch)
{
	const struct container *container = node->state_data;
	if (container->state != SHOWN || !component_flag(node, "close-on-slide-down")) {
		return false;
	}
	switch (touch->phase) {
	case COMPONENT_TOUCH_PAN:
		return touch->by.y > fabsf(touch->by.x);
	case COMPONENT_TOUCH_END:
		if (touch->at.y - touch->start.y > SLIDE_DOWN) {
			move(host, node, false);
		}
		return true;
	default:
		return false;
	}
}

/* --- life --- */

/* An inner component: a tap on it is not one on the page. */
static const struct component overlay_row = {
	.tag = "mina-page-overlay",
	.tapped = tapped_overlay,
};

static void created(struct component_host *host, struct node *node)
{
	struct container *container = mem_alloc(sizeof(*container));
	struct node *root = node_attach_shadow(node);
	node->state_data = container;
	container->overlay = node_create(node->tree, NODE_ELEMENT, atom_of(overlay_row.tag));
	container->overlay->component = &overlay_row;
	container->box = node_create(node->tree, NODE_ELEMENT, atom_of("mina-page-box"));
	node_insert(root, container->overlay, NULL);
	node_insert(root, container->box, NULL);
	node_insert(container->box, node_create(node->tree, NODE_SLOT, atom_of("slot")), NULL);
}

static void destroyed(struct component_host *host, struct node *node)
{
	mem_free(node->state_data);
	node->state_data = NULL;
}

static void changed(struct component_host *host, struct node *node, atom_t name)
{
	if (!name || str_is(atom_str(name), "show")) {
		move(host, node, component_flag(node, "show"));
	}
	show(node);
}

const struct component component_page_container = {
	.tag = "page-container",
	.since = "2.16.0",
	.doc = "A page within the page; the way back closes it (页面容器).",
	.attributes = attributes,
	.events = "beforeenter|enter|afterenter|beforeleave|leave|afterleave|clickoverlay",
	.style = "page-container { display: block }\n"
		"mina-page-overlay { display: block; position: fixed; left: 0; top: 0; width: 100%; height: 100%;"
		" background-color: rgba(0,0,0,.7) }\n"
		"mina-page-box { display: block; position: fixed; box-sizing: border-box; overflow: auto; max-height: 100%;"
		" background-color: #fff }\n"
		".mina-page-bottom { left: 0; bottom: 0; width: 100% }\n"
		".mina-page-top { left: 0; top: 0; width: 100% }\n"
		".mina-page-right { right: 0; top: 0; width: 100%; height: 100% }\n"
		".mina-page-center { left: 50%; top: 50%; transform: translate(-50%, -50%) }\n"
		"@keyframes mina-page-fade { from { opacity: 0 } }\n"
		"@keyframes mina-page-center { from { opacity: 0 } }\n"
		"@keyframes mina-page-bottom { from { transform: translateY(100%) } }\n"
		"@keyframes mina-page-top { from { transform: translateY(-100%) } }\n"
		"@keyframes mina-page-right { from { transform: translateX(100%) } }\n",
	.created = created,
	.destroyed = destroyed,
	.changed = changed,
	.touched = touched,
	.woken = woken,
	.asked = asked,
};
