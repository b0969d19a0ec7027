/* Values and calls across the border. */
#include "border/js/bridge.h"

#include "base/mem.h"
#include "border/js/context.h"
#include "core/value/json.h"

#include <string.h>

#define ARGUMENTS_MAX 16

/* --- text --- */

/* Text with a zero byte in it, or that is not UTF-8: by code units. */
static JSStringRef string_from_units(struct str text)
{
	JSChar *units = mem_alloc_array(text.len + 1, sizeof(*units));
	size_t count = 0;
	for (size_t i = 0; i < text.len;) {
		uint32_t c = str_utf8_next(text, &i);
		if (c >= 0x10000) {
			units[count++] = (JSChar)(0xd800 + ((c - 0x10000) >> 10));
			units[count++] = (JSChar)(0xdc00 + ((c - 0x10000) & 0x3ff));
		} else {
			units[count++] = (JSChar)c;
		}
	}
	JSStringRef string = JSStringCreateWithCharacters(units, count);
	mem_free(units);
	return string;
}

static bool is_plain_ascii(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.at[i];
		if (c == 0 || c >= 0x80) {
			return false;
		}
	}
	return true;
}

JSStringRef js_string_new(struct str text)
{
	char small[256];
	if (text.len < sizeof(small) && is_plain_ascii(text)) {
		if (text.len) {
			memcpy(small, text.at, text.len);
		}
		small[text.len] = '\0';
		return JSStringCreateWithUTF8CString(small);
	}
	return string_from_units(text);
}

void js_string_add(JSStringRef string, struct strbuf *out)
{
	size_t max = JSStringGetMaximumUTF8CStringSize(string);
	strbuf_reserve(out, max + 1);
	size_t written = JSStringGetUTF8CString(string, out->at + out->len, max);
	if (written) {
		out->len += written - 1;
		out->at[out->len] = '\0';
		return;
	}
	// a lone surrogate somewhere
	const JSChar *units = JSStringGetCharactersPtr(string);
	size_t count = JSStringGetLength(string);
	for (size_t i = 0; i < count; i++) {
		uint32_t c = units[i];
		if (c >= 0xd800 && c < 0xdc00 && i + 1 < count && units[i + 1] >= 0xdc00 && units[i + 1] < 0xe000) {
			c = 0x10000 + ((c - 0xd800) << 10) + (units[++i] - 0xdc00u);
		} else if (c >= 0xd800 && c < 0xe000) {
			c = 0xfffd;
		}
		strbuf_add_code_point(out, c);
	}
}

JSValueRef js_text(struct js_engine *engine, struct str text)
{
	JSStringRef string = js_string_new(text);
	JSValueRef value = JSValueMakeString(engine->context, string);
	JSStringRelease(string);
	return value;
}

JSValueRef js_throw(struct js_engine *engine, struct str message, JSValueRef *exception)
{
	JSValueRef argument = js_text(engine, message);
	JSObjectRef error = JSObjectMakeError(engine->context, 1, &argument, NULL);
	if (exception) {
		*exception = error;
	}
	return JSValueMakeUndefined(engine->context);
}

/* --- properties --- */

JSObjectRef js_property_object(struct js_engine *engine, JSObjectRef object, const char *name)
{
	JSStringRef key = JSStringCreateWithUTF8CString(name);
	JSValueRef value = JSObjectGetProperty(engine->context, object, key, NULL);
	JSStringRelease(key);
	return value && JSValueIsObject(engine->context, value) ? (JSObjectRef)value : NULL;
}

void js_set(struct js_engine *engine, JSObjectRef object, const char *name, JSValueRef value)
{
	JSStringRef key = JSStringCreateWithUTF8CString(name);
	JSObjectSetProperty(engine->context, object, key, value, kJSPropertyAttributeNone, NULL);
	JSStringRelease(key);
}

/* --- values --- */

static int json_in(struct js_engine *engine, JSValueRef from, struct value *ret_value, JSValueRef *exception)
{
	JSValueRef thrown = NULL;
	JSStringRef string = JSValueCreateJSONString(engine->context, from, 0, &thrown);
	if (!string) {
		if (thrown && exception) {
			*exception = thrown;
		}
		return thrown ? 1 : 0; // a function or symbol has no text: undefined
	}
	struct strbuf text = {0};
	js_string_add(string, &text);
	JSStringRelease(string);
	int failed = json_parse(strbuf_str(&text), ret_value, NULL);
	strbuf_finish(&text);
	if (failed) {
		js_throw(engine, STR("the data is nested too deeply"), exception);
	}
	return failed;
}

int js_value_in(struct js_engine *engine, JSValueRef from, bool pin_functions, struct value *ret_value,
	JSValueRef *exception)
{
	*ret_value = value_undefined();
	switch (JSValueGetType(engine->context, from)) {
	case kJSTypeNull:
		*ret_value = value_null();
		return 0;
	case kJSTypeBoolean:
		*ret_value = value_bool(JSValueToBoolean(engine->context, from));
		return 0;
	case kJSTypeNumber:
		*ret_value = value_number(JSValueToNumber(engine->context, from, NULL));
		return 0;
	case kJSTypeString: {
		JSStringRef string = JSValueToStringCopy(engine->context, from, NULL);
		struct strbuf text = {0};
		if (string) {
			js_string_add(string, &text);
			JSStringRelease(string);
		}
		*ret_value = value_take(&text);
		return 0;
	}
	case kJSTypeObject:
		if (JSObjectIsFunction(engine->context, (JSObjectRef)from)) {
			if (pin_functions) {
				*ret_value = value_function(js_pin_add(engine, (JSObjectRef)from));
			}
			return 0;
		}
		return json_in(engine, from, ret_value, exception);
	default:
		return 0;
	}
}

JSValueRef js_value_out(struct js_engine *engine, struct value from)
{
	JSContextRef context = engine->context;
	switch (from.type) {
	case VALUE_NULL:
		return JSValueMakeNull(context);
	case VALUE_BOOL:
		return JSValueMakeBoolean(context, from.boolean);
	case VALUE_NUMBER:
		return JSValueMakeNumber(context, from.number);
	case VALUE_STRING:
		return js_text(engine, value_str(from));
	case VALUE_FUNCTION: {
		JSObjectRef object = js_pin_object(engine, from.function);
		return object ? object : JSValueMakeUndefined(context);
	}
	case VALUE_ARRAY:
	case VALUE_OBJECT: {
		struct strbuf text = {0};
		json_write(from, &text);
		JSStringRef string = js_string_new(strbuf_str(&text));
		strbuf_finish(&text);
		JSValueRef value = JSValueMakeFromJSONString(context, string);
		JSStringRelease(string);
		return value ? value : JSValueMakeNull(context);
	}
	default:
		return JSValueMakeUndefined(context);
	}
}

/* --- calls --- */

static int call(struct js_engine *engine, JSObjectRef function, JSObjectRef self, const struct value *args,
	size_t count, struct value *ret_result)
{
	JSValueRef given[ARGUMENTS_MAX], thrown = NULL;
	count = size_min(count, ARGUMENTS_MAX);
	for (size_t i = 0; i < count; i++) {
		given[i] = js_value_out(engine, args[i]);
	}
	JSValueRef result = JSObjectCallAsFunction(engine->context, function, self, count, given, &thrown);
	int failed = thrown != NULL;
	if (!failed && ret_result) {
		failed = js_value_in(engine, result, true, ret_result, &thrown);
	}
	if (failed) {
		js_report(engine, JS_ERROR_UNCAUGHT, thrown);
	}
	return failed;
}

int js_call(struct js_engine *engine, js_pin_id pin, const struct value *args, size_t count,
	struct value *ret_result)
{
	if (ret_result) {
		*ret_result = value_undefined();
	}
	JSObjectRef function = js_pin_object(engine, pin);
	if (!function || !JSObjectIsFunction(engine->context, function)) {
		return 1;
	}
	js_enter(engine);
	int failed = call(engine, function, NULL, args, count, ret_result);
	js_leave(engine);
	return failed;
}

int js_call_method(struct js_engine *engine, js_pin_id pin, struct str name, const struct value *args, size_t count,
	struct value *ret_result)
{
	if (ret_result) {
		*ret_result = value_undefined();
	}
	JSObjectRef object = js_pin_object(engine, pin);
	if (!object) {
		return 2;
	}
	js_enter(engine);
	JSStringRef key = js_string_new(name);
	JSValueRef thrown = NULL, method = JSObjectGetProperty(engine->context, object, key, &thrown);
	JSStringRelease(key);
	int result = 2;
	if (thrown) {
		js_report(engine, JS_ERROR_UNCAUGHT, thrown);
		result = 1;
	} else if (method && JSValueIsObject(engine->context, method) &&
		JSObjectIsFunction(engine->context, (JSObjectRef)method)) {
		result = call(engine, (JSObjectRef)method, object, args, count, ret_result);
	}
	js_leave(engine);
	return result;
}

struct value js_get(struct js_engine *engine, js_pin_id pin, struct str name)
{
	struct value result = value_undefined();
	JSObjectRef object = js_pin_object(engine, pin);
	if (object) {
		js_enter(engine);
		JSStringRef key = js_string_new(name);
		JSValueRef thrown = NULL, value = JSObjectGetProperty(engine->context, object, key, &thrown);
		JSStringRelease(key);
		if (value && !thrown) {
			js_value_in(engine, value, true, &result, NULL);
		}
		js_leave(engine);
	}
	return result;
}

