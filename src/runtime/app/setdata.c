/* setData on this side of the border: one JSON string, applied copy-on-write. A template without components is run with the
 * next frame, however many calls came before it; one with components at once, for the script may ask for them in the very
 * next line (framework.md, sections 5.1 and 10). */
#include "core/value/json.h"
#include "runtime/app/inside.h"

#include <math.h>

#define FUNCTION_BASE 0x80000000u // numbers below are WXS functions
#define DEPTH_MAX 200

/* --- functions inside of data --- */

static struct value encode(struct value value, int depth);

static struct value encode_items(struct value value, int depth)
{
	struct value copy = value_is(value, VALUE_ARRAY) ? value_array_new(value_len(value)) : value_object_new(value_count(value));
	for (size_t i = 0; i < value_len(value); i++) {
		value_array_push(&copy, encode(value_at(value, i), depth + 1));
	}
	for (size_t i = 0; i < value_count(value); i++) {
		value_object_set_shared(&copy, value_ref(value_key_value(value, i)), encode(value_entry(value, i), depth + 1));
	}
	return copy;
}

static struct value encode(struct value value, int depth)
{
	if (value_is(value, VALUE_FUNCTION) && value.function >= FUNCTION_BASE) {
		struct value mark = value_object_new(1);
		value_object_set_text(&mark, "$fn", value_number(value.function - FUNCTION_BASE));
		return mark;
	}
	if (value_is(value, VALUE_NUMBER) && !isfinite(value.number)) {
		struct value mark = value_object_new(1);
		value_object_set_text(&mark, "$number", value_text(isnan(value.number) ? "NaN" : value.number > 0 ? "Infinity" : "-Infinity"));
		return mark;
	}
	bool deep = value_is(value, VALUE_ARRAY) || value_is(value, VALUE_OBJECT);
	return deep && depth < DEPTH_MAX ? encode_items(value, depth) : value_ref(value);
}

struct value app_encode_functions(struct app *app, struct value value)
{
	if (!app->functions) {
		return value;
	}
	struct value copy = encode(value, 0);
	value_unref(value);
	return copy;
}

static struct value decode(struct value value, int depth)
{
	if (value_is(value, VALUE_ARRAY) && depth < DEPTH_MAX) {
		struct value copy = value_array_new(value_len(value));
		for (size_t i = 0; i < value_len(value); i++) {
			value_array_push(&copy, decode(value_at(value, i), depth + 1));
		}
		return copy;
	}
	if (value_is(value, VALUE_OBJECT) && depth < DEPTH_MAX) {
		if (value_has(value, STR("$fn"))) {
			return value_function(FUNCTION_BASE + (uint32_t)value_to_number(value_get_text(value, "$fn")));
		}
		struct str number = value_str(value_get_text(value, "$number"));
		if (number.len) {
			return value_number(str_is(number, "NaN") ? (double)NAN : str_is(number, "Infinity") ? (double)INFINITY : -(double)INFINITY);
		}
		if (value_has(value, STR("$undefined"))) {
			return value_undefined();
		}
		struct value copy = value_object_new(value_count(value));
		for (size_t i = 0; i < value_count(value); i++) {
			value_object_set_shared(&copy, value_ref(value_key_value(value, i)), decode(value_entry(value, i), depth + 1));
		}
		return copy;
	}
	return value_ref(value);
}

struct value app_decode_functions(struct value value)
{
	return decode(value, 0);
}

/* --- setData --- */

/* The patches name nothing but keys whose changes can wait. */
static bool is_calm(const struct instance *instance, struct value patches)
{
	const struct definition *definition = instance->definition; // an observed one may have properties that its template has not seen
	bool calm = instance->render && !definition->leaf && !definition->observed && !instance->app->options.logic && value_is(patches, VALUE_OBJECT);
	for (size_t i = 0; calm && i < value_count(patches); i++) {
		struct str key = value_key(patches, i);
		size_t end = 0;
		while (end < key.len && key.at[end] != '.' && key.at[end] != '[' && key.at[end] != '\\') {
			end++;
		}
		calm = (end == key.len || key.at[end] != '\\') && definition_is_calm(instance->definition, str_slice(key, 0, end));
	}
	return calm;
}

static void tell_patch(struct app *app, struct str page, struct value patches, double began)
{
	struct value event = value_object_new(5);
	struct strbuf text = {0};
	json_write(patches, &text);
	value_object_set_text(&event, "kind", value_text("setData"));
	value_object_set_text(&event, "page", value_string(page));
	value_object_set_text(&event, "bytes", value_number((double)text.len));
	value_object_set_text(&event, "ms", value_number(app_watch_clock(app) - began));
	strbuf_finish(&text);
	app_watch_tell(app, event);
}

struct value app_set_data(struct app *app, slot_id id, struct value patches, uint32_t callback)
{
	struct instance *instance = app_instance(app, id);
	if (!instance || !instance->definition) {
		return value_undefined();
	}
	bool calm = is_calm(instance, patches);
	double began = app_watch_clock(app);
	struct str path = page_path(instance->page);
	if (!calm && !instance->definition->leaf) {
		page_render_calm(instance->page); // what it takes away has seen the changes before
	}
	instance_patch(instance, patches);
	if (callback) {
		vec_push(&instance->page->callbacks, callback);
	}
	if (instance->page->view && calm) {
		instance_defer(instance);
	} else if (instance->page->view) {
		instance_show(instance);
	}
	if (app_is_watched(app)) {
		tell_patch(app, path, patches, began);
	}
	return app_encode_functions(app, app_take_steps(app));
}
