/* The box of a checkbox or radio: its inner tree, its tick, its state. It has the class names of
 * WeChat's, and its tick the colour and size of its ::before, so that the rules by which pages restyle
 * them (checkbox .wx-checkbox-input-checked::before) count. */
#include "runtime/component/check.h"

#define DEFAULT_COLOR 0x09bb07ff
#define DISABLED_COLOR 0xadadadff
#define TICK_FONT 22.0F // CSS px of the ::before whose tick is 16 wide

static color_t tick_color(const struct node *host, bool round)
{
	color_t color = DEFAULT_COLOR;
	component_parse_color(component_text(host, "color"), &color);
	return round ? 0xffffffff : component_flag(host, "disabled") ? DISABLED_COLOR : color;
}

static const struct node *host_of(const struct node *inner)
{
	while (inner->parent) {
		inner = inner->parent;
	}
	return inner->host;
}

static bool is_round(const struct node *box)
{
	return node_has_class(box, atom_of("wx-radio-input"));
}

static void paint(struct component_host *host, const struct node *node, const struct style *style,
	struct gfx_canvas *canvas, struct rect content)
{
	const struct node *owner = host_of(node);
	const struct check *check = owner ? owner->state_data : NULL;
	const struct style *tick = node->before_style;
	if (!check || !check->on) {
		return;
	}
	float edge = tick ? tick->font_size * 16 / TICK_FONT : 16, x = content.x + (content.width - edge) / 2, y = content.y + (content.height - edge) / 2;
	gfx_canvas_set_color(canvas, tick ? tick->color : tick_color(owner, is_round(node)));
	gfx_canvas_set_line(canvas, 2, GFX_CAP_ROUND, GFX_JOIN_ROUND, 10);
	gfx_canvas_begin(canvas);
	gfx_canvas_move_to(canvas, x + edge * 4 / 24, y + edge * 12.5f / 24);
	gfx_canvas_line_to(canvas, x + edge * 10 / 24, y + edge * 18.5f / 24);
	gfx_canvas_line_to(canvas, x + edge * 20.5f / 24, y + edge * 7 / 24);
	gfx_canvas_stroke(canvas);
}

static uint32_t looks(struct component_host *host, const struct node *node)
{
	const struct node *owner = host_of(node);
	const struct check *check = owner ? owner->state_data : NULL;
	const struct style *tick = node->before_style;
	return !check || !check->on ? 0 : tick ? tick->color ^ (uint32_t)(tick->font_size * 256) : tick_color(owner, is_round(node));
}

static void intrinsic(struct component_host *host, const struct node *node, struct intrinsic *ret)
{
	*ret = (struct intrinsic){22, 22, 0};
}

/* An inner component: no template can name it. */
static const struct component mark = {
	.tag = "mina-check-box",
	.flags = COMPONENT_REPLACED,
	.intrinsic = intrinsic,
	.paint = paint,
	.looks = looks,
};

struct node *check_box_create(struct node *node, bool round)
{
	struct node *box = node_create(node->tree, NODE_ELEMENT, atom_of("mina-check-box"));
	box->component = &mark;
	box->scope = node->scope;
	node_set_classes(box, round ? STR("wx-radio-input") : STR("wx-checkbox-input"));
	return box;
}

void check_created(struct node *node, bool round)
{
	struct check *check = mem_alloc(sizeof(*check));
	node->state_data = check;
	struct node *wrapper = node_create(node->tree, NODE_ELEMENT, atom_of("mina-check-wrapper"));
	check->box = check_box_create(node, round);
	node_insert(node_attach_shadow(node), wrapper, NULL);
	node_insert(wrapper, check->box, NULL);
	node_insert(wrapper, node_create(node->tree, NODE_SLOT, atom_of("slot")), NULL);
}

void check_destroyed(struct component_host *host, struct node *node)
{
	mem_free(node->state_data);
	node->state_data = NULL;
}

void check_set(struct node *node, bool on)
{
	struct check *check = node->state_data;
	bool round = is_round(check->box), disabled = component_flag(node, "disabled");
	check->on = on;
	node_set_state(node, NODE_CHECKED, on);
	node_set_attr(check->box, atom_of("disabled"), disabled ? value_bool(true) : value_undefined());
	const char *kind = round ? "wx-radio-input" : "wx-checkbox-input";
	struct strbuf style = {0};
	strbuf_printf(&style, "%s%s%s%s%s", kind, on ? " " : "", on ? kind : "", on ? "-checked" : "", disabled ? " wx-check-disabled" : "");
	node_set_classes(check->box, strbuf_str(&style));
	strbuf_clear(&style);
	strbuf_printf(&style, "color:#%08x;", tick_color(node, round));
	if (on && round && !disabled) {
		color_t color = DEFAULT_COLOR;
		component_parse_color(component_text(node, "color"), &color);
		strbuf_printf(&style, "background:#%08x;border-color:#%08x", color, color);
	}
	struct value text = value_take(&style);
	node_set_style(check->box, text);
	value_unref(text);
	node_mark(check->box, NODE_DIRTY_PAINT);
}

bool check_is_on(const struct node *node)
{
	const struct check *check = node->state_data;
	return check && check->on;
}

struct value check_value(const struct node *node)
{
	struct value value = node_attr_text(node, "value");
	struct strbuf text = {0};
	if (!value_is_nullish(value)) {
		value_to_text(value, &text);
	}
	return value_take(&text);
}

struct node *check_group(const struct node *node, const char *tag)
{
	struct node *up = node_flat_parent(node);
	while (up && !(up->component && str_is(str_of(up->component->tag), tag))) {
		up = node_flat_parent(up);
	}
	return up;
}

void check_each(const struct node *node, const char *tag, void (*each)(void *user, struct node *node), void *user)
{
	for (struct node *child = node_flat_first(node); child; child = node_flat_next(child)) {
		if (child->component && str_is(str_of(child->component->tag), tag)) {
			each(user, child);
		}
		check_each(child, tag, each, user);
	}
}
