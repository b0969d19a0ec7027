/* wx.createAnimation: styles and transforms are gathered by a chain, step() closes a group, export()
 * gives the groups for the attribute `animation`, whose player is runtime/view/play.c. What a step has
 * set holds in the steps after it. */
#include "runtime/api/api.h"

struct choreography {
	struct value option;  // {transformOrigin, transition: {duration, timingFunction, delay}}
	struct value current; // object: what holds -> {type, args}
	struct value pending; // array: set since the last step
	struct value actions; // array: steps since the last export
};

/* ---- options ---- */

static struct value number_of(struct value options, struct value before, const char *key)
{
	double number = value_to_number(value_get_text(options, key));
	return isfinite(number) && !value_is_nullish(value_get_text(options, key)) ? value_number(number)
		: value_ref(value_get_text(before, key));
}

static struct value text_of(struct value options, struct value before, const char *key)
{
	struct value given = value_get_text(options, key);
	return value_ref(value_str(given).len ? given : value_get_text(before, key));
}

/* The options over those of `before`, {transformOrigin, transition}; new. */
static struct value option_over(struct value before, struct value options)
{
	struct value transition = value_object_new(3), old = value_get_text(before, "transition"), result = value_object_new(2);
	value_object_set_text(&transition, "duration", number_of(options, old, "duration"));
	value_object_set_text(&transition, "timingFunction", text_of(options, old, "timingFunction"));
	value_object_set_text(&transition, "delay", number_of(options, old, "delay"));
	value_object_set_text(&result, "transformOrigin", text_of(options, before, "transformOrigin"));
	value_object_set_text(&result, "transition", transition);
	return result;
}

static struct value default_option(void)
{
	struct value transition = value_object_new(3), result = value_object_new(2);
	value_object_set_text(&transition, "duration", value_number(400));
	value_object_set_text(&transition, "timingFunction", value_text("linear"));
	value_object_set_text(&transition, "delay", value_number(0));
	value_object_set_text(&result, "transformOrigin", value_text("50% 50% 0"));
	value_object_set_text(&result, "transition", transition);
	return result;
}

/* ---- the chain ---- */

struct style_row {
	const char *method, *property;
	bool length; // a number is px
};

static const struct style_row styles[] = {
	{"opacity", "opacity", false}, {"backgroundColor", "background-color", false}, {"width", "width", true},
	{"height", "height", true}, {"left", "left", true}, {"right", "right", true}, {"top", "top", true}, {"bottom", "bottom", true},
};

struct transform_row {
	const char *method;
	size_t count;    // arguments
	double fallback; // of one that is missing
};

static const struct transform_row transforms[] = {
	{"matrix", 6, 0}, {"matrix3d", 16, 0}, {"rotate", 1, 0}, {"rotate3d", 4, 0}, {"rotateX", 1, 0}, {"rotateY", 1, 0},
	{"rotateZ", 1, 0}, {"scale", 2, 1}, {"scale3d", 3, 1}, {"scaleX", 1, 1}, {"scaleY", 1, 1}, {"scaleZ", 1, 1}, {"skew", 2, 0},
	{"skewX", 1, 0}, {"skewY", 1, 0}, {"translate", 2, 0}, {"translate3d", 3, 0}, {"translateX", 1, 0}, {"translateY", 1, 0},
	{"translateZ", 1, 0},
};

static struct value style_args(const struct style_row *row, struct value item)
{
	struct value args = value_array_new(2);
	value_array_push(&args, value_text(row->property));
	if (row->length && value_is(item, VALUE_NUMBER)) {
		struct strbuf text = {0};
		value_to_text(item, &text);
		strbuf_add_text(&text, "px");
		value_array_push(&args, value_take(&text));
	} else {
		value_array_push(&args, value_ref(item));
	}
	return args;
}

/* As many as the function has: rotate(0, 0) is common, and one too many would make the whole step invalid. */
static struct value transform_args(const struct transform_row *row, struct value given)
{
	bool scale = str_is(str_of(row->method), "scale");
	struct value args = value_array_new(row->count);
	for (size_t i = 0; i < row->count; i++) {
		struct value item = value_at(given, i);
		if (scale && i == 1 && value_is_nullish(item)) {
			item = value_at(args, 0); // both ways alike
		}
		value_array_push(&args, value_is_nullish(item) ? value_number(row->fallback) : value_ref(item));
	}
	return args;
}

/* {type, args}, new; undefined: no such method. */
static struct value animate_of(struct str method, struct value given)
{
	struct value args = value_undefined(), animate;
	const char *type = "style";
	for (size_t i = 0; i < ARRAY_LEN(styles); i++) {
		if (str_is(method, styles[i].method)) {
			args = style_args(&styles[i], value_at(given, 0));
		}
	}
	for (size_t i = 0; i < ARRAY_LEN(transforms); i++) {
		if (str_is(method, transforms[i].method)) {
			args = transform_args(&transforms[i], given);
			type = transforms[i].method;
		}
	}
	if (value_is(args, VALUE_UNDEFINED)) {
		return args;
	}
	animate = value_object_new(2);
	value_object_set_text(&animate, "type", value_text(type));
	value_object_set_text(&animate, "args", args);
	return animate;
}

static void step(struct choreography *animation, struct value options)
{
	for (size_t i = 0; i < value_len(animation->pending); i++) {
		struct value animate = value_at(animation->pending, i);
		struct str type = value_str(value_get_text(animate, "type"));
		struct strbuf key = {0};
		strbuf_add(&key, type);
		if (str_is(type, "style")) {
			strbuf_printf(&key, "." STR_FMT, STR_ARG(value_str(value_at(value_get_text(animate, "args"), 0))));
		}
		value_object_set(&animation->current, strbuf_str(&key), value_ref(animate));
		strbuf_finish(&key);
	}
	value_unref(animation->pending);
	animation->pending = value_array_new(4);
	struct value action = value_object_new(2), animates = value_array_new(value_count(animation->current));
	for (size_t i = 0; i < value_count(animation->current); i++) {
		value_array_push(&animates, value_ref(value_entry(animation->current, i)));
	}
	value_object_set_text(&action, "animates", animates);
	value_object_set_text(&action, "option", option_over(animation->option, options));
	value_array_push(&animation->actions, action);
}

static struct value method(struct api_object *object, struct str method, struct value args)
{
	struct choreography *animation = object->state;
	struct value result = value_object_new(1);
	if (str_is(method, "export")) {
		struct value data = value_object_new(1);
		value_object_set_text(&data, "actions", animation->actions);
		animation->actions = value_array_new(2);
		value_object_set_text(&result, "value", data);
		return result;
	}
	if (str_is(method, "step")) {
		step(animation, value_at(args, 0));
	} else {
		struct value animate = animate_of(method, args);
		if (!value_is(animate, VALUE_UNDEFINED)) {
			value_array_push(&animation->pending, animate);
		}
	}
	value_object_set_text(&result, "self", value_bool(true));
	return result;
}

static void destroy(struct api_object *object)
{
	struct choreography *animation = object->state;
	value_unref(animation->option);
	value_unref(animation->current);
	value_unref(animation->pending);
	value_unref(animation->actions);
	mem_free(animation);
}

static void made(struct api_object *object, struct value args)
{
	struct choreography *animation = mem_alloc(sizeof(*animation));
	struct value fallback = default_option();
	animation->option = option_over(fallback, value_at(args, 0));
	animation->current = value_object_new(8);
	animation->pending = value_array_new(4);
	animation->actions = value_array_new(2);
	object->state = animation;
	value_unref(fallback);
}

const struct api_class api_animation = {
	"Animation",
	"export|step|matrix|matrix3d|rotate|rotate3d|rotateX|rotateY|rotateZ|scale|scale3d|scaleX|scaleY|scaleZ|skew|skewX|skewY"
	"|translate|translate3d|translateX|translateY|translateZ|opacity|backgroundColor|width|height|left|right|top|bottom",
	method, destroy,
};

static const struct schema create_rows[] = {
	{"duration", SCHEMA_NUMBER, .fallback = "400", .doc = "ms"},
	{"timingFunction", SCHEMA_STRING, .fallback = "\"linear\""},
	{"delay", SCHEMA_NUMBER, .fallback = "0", .doc = "ms"},
	{"transformOrigin", SCHEMA_STRING, .fallback = "\"50% 50% 0\""},
	{0},
};

const struct api api_animation_rows[] = {
	{"createAnimation", API_FACTORY, NULL, .doc = "Describes steps for the attribute animation.", .parameters = create_rows,
		.makes = &api_animation, .made = made},
	{0},
};
