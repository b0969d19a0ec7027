/* <switch>: on or off. */
#include "runtime/component/check.h"
#include "runtime/component/list.h"

static const struct schema attributes[] = {
	{"checked", SCHEMA_BOOL, .fallback = "false"},
	{"disabled", SCHEMA_BOOL, .fallback = "false"},
	{"name", SCHEMA_STRING, .doc = "its key in a form's values"},
	{"type", SCHEMA_STRING, .fallback = "\"switch\"", .choices = "switch|checkbox"},
	{"color", SCHEMA_COLOR, .fallback = "\"#04BE02\""},
	{0},
};

struct toggle {
	struct check check; // its box is seen with type="checkbox"
	struct node *track; // seen otherwise
};

static void hide(struct node *node)
{
	struct value style = value_text("display:none");
	node_set_style(node, style);
	value_unref(style);
}

static void show(struct node *node)
{
	struct toggle *toggle = node->state_data;
	if (str_is(component_text(node, "type"), "checkbox")) {
		check_set(node, toggle->check.on);
		hide(toggle->track);
		return;
	}
	hide(toggle->check.box);
	struct strbuf style = {0};
	struct str color = component_text(node, "color");
	color = color.len ? color : STR("#04BE02");
	if (toggle->check.on) {
		strbuf_printf(&style, "background:" STR_FMT ";border-color:" STR_FMT ";", STR_ARG(color), STR_ARG(color));
	}
	strbuf_add_text(&style, component_flag(node, "disabled") ? "opacity:.7" : "");
	struct value text = value_take(&style);
	node_set_style(toggle->track, text);
	value_unref(text);
	node_set_classes(toggle->track, toggle->check.on ? STR("wx-switch-input wx-switch-input-checked") : STR("wx-switch-input"));
	node_set_state(node, NODE_CHECKED, toggle->check.on);
}

static void created(struct component_host *host, struct node *node)
{
	struct toggle *toggle = mem_alloc(sizeof(*toggle));
	node->state_data = toggle;
	struct node *wrapper = node_create(node->tree, NODE_ELEMENT, atom_of("mina-check-wrapper"));
	toggle->track = node_create(node->tree, NODE_ELEMENT, atom_of("mina-switch-track"));
	toggle->track->scope = node->scope; // pages restyle it by its class
	node_insert(node_attach_shadow(node), wrapper, NULL);
	toggle->check.box = check_box_create(node, false);
	node_insert(wrapper, toggle->track, NULL);
	node_insert(wrapper, toggle->check.box, NULL);
}

static void changed(struct component_host *host, struct node *node, atom_t name)
{
	struct toggle *toggle = node->state_data;
	if (!name || str_is(atom_str(name), "checked")) {
		toggle->check.on = component_flag(node, "checked");
	}
	show(node);
}

static void tapped(struct component_host *host, struct node *node, const struct component_tap *tap)
{
	struct toggle *toggle = node->state_data;
	if (component_flag(node, "disabled")) {
		return;
	}
	toggle->check.on = !toggle->check.on;
	show(node);
	struct value detail = value_object_new(1);
	value_object_set_text(&detail, "value", value_bool(toggle->check.on));
	host->emit(host, node, "change", detail);
}

static struct value value(struct component_host *host, const struct node *node)
{
	return value_bool(check_is_on(node));
}

static void reset(struct component_host *host, struct node *node)
{
	struct toggle *toggle = node->state_data;
	toggle->check.on = false;
	show(node);
}

const struct component component_switch = {
	.tag = "switch",
	.doc = "On or off (开关选择器).",
	.attributes = attributes,
	.events = "change",
	.style = "switch { display: inline-block }\n"
		"mina-switch-track { display: block; position: relative; width: 52px; height: 32px; margin-right: 5px;"
		" border: 1px solid #dfdfdf; border-radius: 16px; box-sizing: border-box; background: #dfdfdf }\n"
		"mina-switch-track::before { content: ''; position: absolute; left: 0; top: 0; width: 50px; height: 30px;"
		" border-radius: 15px; background: #fdfdfd }\n"
		"mina-switch-track::after { content: ''; position: absolute; left: 0; top: 0; width: 30px; height: 30px;"
		" border-radius: 15px; background: #fff; box-shadow: 0 1px 3px rgba(0,0,0,.4) }\n"
		"mina-switch-track.wx-switch-input-checked::before { transform: scale(0) }\n"
		"mina-switch-track.wx-switch-input-checked::after { transform: translateX(20px) }\n",
	.flags = COMPONENT_CONTROL,
	.created = created,
	.destroyed = check_destroyed,
	.changed = changed,
	.tapped = tapped,
	.value = value,
	.reset = reset,
};
