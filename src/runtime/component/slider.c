/* <slider>: a number between two, by a block on a bar. */
#include "runtime/component/list.h"

static const struct schema attributes[] = {
	{"min", SCHEMA_NUMBER, .fallback = "0"},
	{"max", SCHEMA_NUMBER, .fallback = "100"},
	{"step", SCHEMA_NUMBER, .fallback = "1", .doc = "more than 0; the value is min and whole steps"},
	{"disabled", SCHEMA_BOOL, .fallback = "false"},
	{"value", SCHEMA_NUMBER, .fallback = "0"},
	{"color", SCHEMA_COLOR, .fallback = "\"#e9e9e9\"", .doc = "the bar's; backgroundColor is preferred"},
	{"selected-color", SCHEMA_COLOR, .fallback = "\"#1aad19\"", .doc = "activeColor is preferred"},
	{"activeColor", SCHEMA_COLOR, .fallback = "\"#1aad19\""},
	{"backgroundColor", SCHEMA_COLOR, .fallback = "\"#e9e9e9\""},
	{"block-size", SCHEMA_NUMBER, .fallback = "28", .since = "1.9.0", .doc = "CSS px, 12 to 28"},
	{"block-color", SCHEMA_COLOR, .fallback = "\"#ffffff\"", .since = "1.9.0"},
	{"show-value", SCHEMA_BOOL, .fallback = "false"},
	{"name", SCHEMA_STRING, .doc = "its key in a form's values"},
	{0},
};

struct slider {
	struct node *area, *bar, *track, *thumb, *label; // inner elements; the label has one text node
	double value;
	bool held;
	float grip; // from the block's middle to the finger, CSS px
};

static struct node *add_inner(struct node *parent, const char *tag)
{
	struct node *element = node_create(parent->tree, NODE_ELEMENT, atom_of(tag));
	node_insert(parent, element, NULL);
	return element;
}

static void created(struct component_host *host, struct node *node)
{
	struct slider *slider = mem_alloc(sizeof(*slider));
	node->state_data = slider;
	struct node *wrapper = add_inner(node_attach_shadow(node), "mina-slider-wrapper");
	slider->area = add_inner(wrapper, "mina-slider-area");
	slider->bar = add_inner(slider->area, "mina-slider-bar");
	slider->track = add_inner(slider->bar, "mina-slider-track");
	slider->thumb = add_inner(slider->bar, "mina-slider-thumb");
	slider->label = add_inner(wrapper, "mina-slider-value");
	node_insert(slider->label, node_create(node->tree, NODE_TEXT, 0), NULL);
}

static void destroyed(struct component_host *host, struct node *node)
{
	mem_free(node->state_data);
	node->state_data = NULL;
}

/* The newer name counts, unless it is not there. */
static struct str color_of(const struct node *node, const char *name, const char *old, const char *fallback)
{
	struct str color = component_text(node, name);
	color = color.len ? color : component_text(node, old);
	return color.len ? color : str_of(fallback);
}

static void set_style(struct node *node, struct strbuf *text)
{
	struct value style = value_take(text);
	node_set_style(node, style);
	value_unref(style);
}

static void show(struct node *node)
{
	struct slider *slider = node->state_data;
	double min = component_number(node, "min", 0), max = component_number(node, "max", 100);
	double share = max > min ? fmin(fmax((slider->value - min) / (max - min), 0), 1) * 100 : 0;
	double size = fmin(fmax(component_number(node, "block-size", 28), 12), 28);
	struct str bar = color_of(node, "backgroundColor", "color", "#e9e9e9");
	struct str active = color_of(node, "activeColor", "selected-color", "#1aad19"), block = color_of(node, "block-color", "", "#ffffff");
	struct strbuf text = {0};
	strbuf_printf(&text, "background:" STR_FMT, STR_ARG(bar));
	set_style(slider->bar, &text);
	strbuf_printf(&text, "width:%.9g%%;background:" STR_FMT, share, STR_ARG(active));
	set_style(slider->track, &text);
	strbuf_printf(&text, "left:%.9g%%;width:%gpx;height:%gpx;margin:%gpx 0 0 %gpx;background:" STR_FMT, share, size, size, -size / 2,
		-size / 2, STR_ARG(block));
	set_style(slider->thumb, &text);
	if (!component_flag(node, "show-value")) {
		strbuf_add_text(&text, "display:none");
	}
	set_style(slider->label, &text);
	struct value number = value_number(slider->value);
	value_to_text(number, &text);
	struct value label = value_take(&text);
	node_set_text(slider->label->first, label);
	value_unref(label);
}

/* The value nearest to `raw` that min, max and step allow. Steps of 0.1 give 0.3, not 0.30000000000000004. */
static double nearest(const struct node *node, double raw)
{
	double min = component_number(node, "min", 0), max = component_number(node, "max", 100);
	double step = component_number(node, "step", 1);
	step = step > 0 ? step : 1;
	double value = min + round((fmin(fmax(raw, min), fmax(min, max)) - min) / step) * step;
	double digits = 1;
	while (digits < 1e9 && fabs(step * digits - round(step * digits)) > 1e-9 * digits) {
		digits *= 10;
	}
	double from = min * digits == round(min * digits) ? digits : 1e9;
	value = round(value * from) / from;
	return value > max ? fmax(min, max) : value;
}

static void changed(struct component_host *host, struct node *node, atom_t name)
{
	struct slider *slider = node->state_data;
	struct str which = atom_str(name);
	if (!slider->held && (!name || str_is(which, "value") || str_is(which, "min") || str_is(which, "max") || str_is(which, "step"))) {
		bool own = name && !str_is(which, "value"); // a new range keeps what a person has chosen
		slider->value = nearest(node, own ? slider->value : component_number(node, "value", 0));
	}
	node_set_state(node, NODE_DISABLED, component_flag(node, "disabled"));
	show(node);
}

static void tell(struct component_host *host, struct node *node, const char *event)
{
	const struct slider *slider = node->state_data;
	struct value detail = value_object_new(1);
	value_object_set_text(&detail, "value", value_number(slider->value));
	host->emit(host, node, event, detail);
}

/* The value at a place of the bar, page or viewport coordinates as the rectangle is. */
static double value_at_x(const struct node *node, float x)
{
	const struct slider *slider = node->state_data;
	struct rect bar = box_page_rect(slider->bar->box, true);
	double min = component_number(node, "min", 0), max = component_number(node, "max", 100);
	return nearest(node, bar.width > 0 ? min + (max - min) * (x - bar.x) / bar.width : min);
}

static void set(struct component_host *host, struct node *node, double value, const char *event)
{
	struct slider *slider = node->state_data;
	if (value != slider->value || str_is(str_of(event), "change")) {
		slider->value = value;
		show(node);
		tell(host, node, event);
	}
}

static bool can_move(const struct node *node)
{
	const struct slider *slider = node->state_data;
	return slider->bar->box && slider->thumb->box && !component_flag(node, "disabled");
}

static void grip(struct node *node, float x)
{
	struct slider *slider = node->state_data;
	struct rect thumb = box_page_rect(slider->thumb->box, true);
	slider->held = true;
	slider->grip = x - (thumb.x + thumb.width / 2);
	slider->grip = fabsf(slider->grip) > thumb.width ? 0 : slider->grip;
}

static bool touched(struct component_host *host, struct node *node, const struct component_touch *touch)
{
	struct slider *slider = node->state_data;
	switch (touch->phase) {
	case COMPONENT_TOUCH_START:
		return false;
	case COMPONENT_TOUCH_PAN:
		if (slider->held || !can_move(node) || fabsf(touch->by.y) > fabsf(touch->by.x)) {
			return false;
		}
		grip(node, touch->start.x);
		return true;
	case COMPONENT_TOUCH_MOVE:
		if (slider->held && can_move(node)) {
			set(host, node, value_at_x(node, touch->at.x - slider->grip), "changing");
		}
		return true;
	case COMPONENT_TOUCH_END:
	case COMPONENT_TOUCH_CANCEL:
		if (slider->held) {
			slider->held = false;
			tell(host, node, "change");
		}
		return true;
	}
	return false;
}

static void tapped(struct component_host *host, struct node *node, const struct component_tap *tap)
{
	const struct slider *slider = node->state_data;
	struct rect area = slider->area->box ? box_page_rect(slider->area->box, true) : (struct rect){0};
	if (can_move(node) && tap->page.x >= area.x && tap->page.x < rect_right(area)) {
		set(host, node, value_at_x(node, tap->page.x), "change");
	}
}

/* slideTo [value] */
static bool asked(struct component_host *host, struct node *node, struct str what, struct value with, struct value *ret)
{
	if (!str_is(what, "slideTo")) {
		return false;
	}
	double to = value_to_number(value_at(with, 0));
	if (!component_flag(node, "disabled") && isfinite(to)) {
		set(host, node, nearest(node, to), "changing");
		tell(host, node, "change");
	}
	return true;
}

static struct value value(struct component_host *host, const struct node *node)
{
	const struct slider *slider = node->state_data;
	return value_number(slider->value);
}

static void reset(struct component_host *host, struct node *node)
{
	struct slider *slider = node->state_data;
	slider->value = nearest(node, component_number(node, "min", 0));
	show(node);
}

const struct component component_slider = {
	.tag = "slider",
	.doc = "A number between two, by a block on a bar (滑动选择器).",
	.attributes = attributes,
	.events = "change|changing",
	.style = "slider { display: block; margin: 10px 18px; padding: 0 }\n"
		"mina-slider-wrapper { display: flex; align-items: center; min-height: 16px }\n"
		"mina-slider-area { display: block; flex: 1; padding: 8px 0 }\n"
		"mina-slider-bar { display: block; position: relative; height: 2px; border-radius: 5px }\n"
		"mina-slider-track { display: block; height: 100%; border-radius: 6px }\n"
		"mina-slider-thumb { display: block; position: absolute; top: 50%; border-radius: 50%;"
		" box-shadow: 0 0 4px rgba(0, 0, 0, .2) }\n"
		"mina-slider-value { display: block; width: 3ch; color: #888; font-size: 14px; margin-left: 1em }\n",
	.flags = COMPONENT_CONTROL,
	.created = created,
	.destroyed = destroyed,
	.changed = changed,
	.touched = touched,
	.tapped = tapped,
	.asked = asked,
	.value = value,
	.reset = reset,
};
