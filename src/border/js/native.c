/* The C functions that the embedded scripts get: one row a function. */
#include "border/js/context.h"

#include "base/mem.h"
#include "border/js/bridge.h"

#include <math.h>

#define ARGUMENTS_MAX 32

static JSValueRef undefined(struct js_engine *engine) { return JSValueMakeUndefined(engine->context); }

static double number_arg(struct js_engine *engine, size_t argc, const JSValueRef *argv, size_t index)
{
	return index < argc ? JSValueToNumber(engine->context, argv[index], NULL) : NAN;
}

static uint32_t id_arg(struct js_engine *engine, size_t argc, const JSValueRef *argv, size_t index)
{
	double number = number_arg(engine, argc, argv, index);
	return number >= 0 && number <= UINT32_MAX ? (uint32_t)number : 0;
}

static void text_arg(struct js_engine *engine, size_t argc, const JSValueRef *argv, size_t index, struct strbuf *out)
{
	JSStringRef text = index < argc ? JSValueToStringCopy(engine->context, argv[index], NULL) : NULL;
	if (text) {
		js_string_add(text, out);
		JSStringRelease(text);
	}
}

static JSValueRef array(struct js_engine *engine, size_t count, const JSValueRef *items)
{
	return JSObjectMakeArray(engine->context, count, items, NULL);
}

/* --- the door --- */

static JSValueRef call_invoke(struct js_engine *engine, size_t argc, const JSValueRef *argv, JSValueRef *exception)
{
	if (!engine->config.ops->invoke || !argc) {
		return undefined(engine);
	}
	struct strbuf name = {0};
	text_arg(engine, argc, argv, 0, &name);
	struct value args = value_array_new(argc);
	int failed = 0;
	for (size_t i = 1; i < argc && !failed; i++) {
		struct value arg = value_undefined();
		failed = js_value_in(engine, argv[i], true, &arg, exception);
		value_array_push(&args, arg);
	}
	JSValueRef out = undefined(engine);
	if (!failed) {
		struct value result = value_undefined();
		if (engine->config.ops->invoke(engine->config.user, strbuf_str(&name), args, &result)) {
			out = js_throw(engine, value_str(result), exception);
		} else {
			out = js_value_out(engine, result);
		}
		value_unref(result);
	}
	value_unref(args);
	strbuf_finish(&name);
	return out;
}

static JSValueRef call_pin(struct js_engine *engine, size_t argc, const JSValueRef *argv, JSValueRef *exception)
{
	if (!argc || !JSValueIsObject(engine->context, argv[0])) {
		return JSValueMakeNumber(engine->context, 0);
	}
	return JSValueMakeNumber(engine->context, js_pin_add(engine, (JSObjectRef)argv[0]));
}

static JSValueRef call_unpin(struct js_engine *engine, size_t argc, const JSValueRef *argv, JSValueRef *exception)
{
	js_pin_drop(engine, id_arg(engine, argc, argv, 0));
	return undefined(engine);
}

static JSValueRef call_pinned(struct js_engine *engine, size_t argc, const JSValueRef *argv, JSValueRef *exception)
{
	JSObjectRef object = js_pin_object(engine, id_arg(engine, argc, argv, 0));
	return object ? object : undefined(engine);
}

static JSValueRef call_bytes(struct js_engine *engine, size_t argc, const JSValueRef *argv, JSValueRef *exception)
{
	return JSValueMakeNumber(engine->context, argc ? js_bytes_from_js(engine, argv[0], exception) : 0);
}

static JSValueRef call_buffer(struct js_engine *engine, size_t argc, const JSValueRef *argv, JSValueRef *exception)
{
	return js_bytes_to_js(engine, id_arg(engine, argc, argv, 0), exception);
}

/* --- time, chance, timers --- */

static JSValueRef call_now(struct js_engine *engine, size_t argc, const JSValueRef *argv, JSValueRef *exception)
{
	const struct js_engine_ops *ops = engine->config.ops;
	return JSValueMakeNumber(engine->context, ops->now ? floor(ops->now(engine->config.user)) : 0);
}

static JSValueRef call_monotonic(struct js_engine *engine, size_t argc, const JSValueRef *argv, JSValueRef *exception)
{
	const struct js_engine_ops *ops = engine->config.ops;
	return JSValueMakeNumber(engine->context, ops->monotonic ? ops->monotonic(engine->config.user) : 0);
}

static JSValueRef call_seed(struct js_engine *engine, size_t argc, const JSValueRef *argv, JSValueRef *exception)
{
	uint64_t seed = engine->config.random_seed;
	JSValueRef halves[] = {JSValueMakeNumber(engine->context, (double)(uint32_t)seed),
		JSValueMakeNumber(engine->context, (double)(uint32_t)(seed >> 32))};
	return array(engine, 2, halves);
}

static JSValueRef call_timer_start(struct js_engine *engine, size_t argc, const JSValueRef *argv, JSValueRef *exception)
{
	if (engine->config.ops->timer_start) {
		double ms = number_arg(engine, argc, argv, 1);
		bool repeat = argc > 2 && JSValueToBoolean(engine->context, argv[2]);
		// a delay beyond 31 bits fires at once, as in every browser
		engine->config.ops->timer_start(
			engine->config.user, id_arg(engine, argc, argv, 0), ms > INT32_MAX || !(ms > 0) ? 0 : floor(ms), repeat);
	}
	return undefined(engine);
}

static JSValueRef call_timer_stop(struct js_engine *engine, size_t argc, const JSValueRef *argv, JSValueRef *exception)
{
	if (engine->config.ops->timer_stop) {
		engine->config.ops->timer_stop(engine->config.user, id_arg(engine, argc, argv, 0));
	}
	return undefined(engine);
}

/* --- console and errors --- */

static JSValueRef call_print(struct js_engine *engine, size_t argc, const JSValueRef *argv, JSValueRef *exception)
{
	if (!engine->config.ops->console) {
		return undefined(engine);
	}
	struct strbuf text = {0};
	text_arg(engine, argc, argv, 1, &text);
	struct value args = value_undefined();
	if (argc > 2) {
		js_value_in(engine, argv[2], false, &args, NULL);
	}
	engine->config.ops->console(
		engine->config.user, (enum js_console_level)id_arg(engine, argc, argv, 0), strbuf_str(&text), args);
	value_unref(args);
	strbuf_finish(&text);
	return undefined(engine);
}

static JSValueRef call_report(struct js_engine *engine, size_t argc, const JSValueRef *argv, JSValueRef *exception)
{
	bool rejected = argc > 1 && JSValueToBoolean(engine->context, argv[1]);
	js_report(engine, rejected ? JS_ERROR_REJECTION : JS_ERROR_UNCAUGHT, argc ? argv[0] : undefined(engine));
	return undefined(engine);
}

static JSValueRef call_frames(struct js_engine *engine, size_t argc, const JSValueRef *argv, JSValueRef *exception)
{
	struct strbuf stack = {0}, out = {0};
	text_arg(engine, argc, argv, 0, &stack);
	js_frames(engine, strbuf_str(&stack), &out);
	JSValueRef text = js_text(engine, strbuf_str(&out));
	strbuf_finish(&stack);
	strbuf_finish(&out);
	return text;
}

/* --- modules --- */

static JSValueRef call_resolve(struct js_engine *engine, size_t argc, const JSValueRef *argv, JSValueRef *exception)
{
	struct strbuf from = {0}, spec = {0}, path = {0};
	text_arg(engine, argc, argv, 0, &from);
	text_arg(engine, argc, argv, 1, &spec);
	JSValueRef result;
	if (engine->config.ops->resolve &&
		!engine->config.ops->resolve(engine->config.user, strbuf_str(&from), strbuf_str(&spec), &path)) {
		result = js_text(engine, strbuf_str(&path));
	} else {
		if (!path.len) {
			strbuf_printf(&path, "module '" STR_FMT "' is not defined, required by " STR_FMT, STR_ARG(strbuf_str(&spec)),
				STR_ARG(from.len ? strbuf_str(&from) : STR("the framework")));
		}
		result = js_throw(engine, strbuf_str(&path), exception);
	}
	strbuf_finish(&from);
	strbuf_finish(&spec);
	strbuf_finish(&path);
	return result;
}

static JSValueRef call_read(struct js_engine *engine, size_t argc, const JSValueRef *argv, JSValueRef *exception)
{
	struct strbuf path = {0}, text = {0};
	text_arg(engine, argc, argv, 0, &path);
	JSValueRef result;
	if (js_module_read(engine, strbuf_str(&path), &text)) {
		strbuf_clear(&text);
		strbuf_printf(&text, "module '%s' is not defined", path.at ? path.at : "");
		result = js_throw(engine, strbuf_str(&text), exception);
	} else {
		result = js_text(engine, strbuf_str(&text));
	}
	strbuf_finish(&path);
	strbuf_finish(&text);
	return result;
}

static JSValueRef call_compile(struct js_engine *engine, size_t argc, const JSValueRef *argv, JSValueRef *exception)
{
	struct strbuf path = {0}, scope = {0};
	text_arg(engine, argc, argv, 0, &path);
	text_arg(engine, argc, argv, 1, &scope);
	JSValueRef result = js_module_compile(engine, strbuf_str(&path), strbuf_str(&scope), exception);
	strbuf_finish(&path);
	strbuf_finish(&scope);
	return result;
}

static const struct js_native_row rows[] = {
	{"invoke", call_invoke},
	{"pin", call_pin},
	{"unpin", call_unpin},
	{"pinned", call_pinned},
	{"bytes", call_bytes},
	{"buffer", call_buffer},
	{"now", call_now},
	{"monotonic", call_monotonic},
	{"seed", call_seed},
	{"timerStart", call_timer_start},
	{"timerStop", call_timer_stop},
	{"print", call_print},
	{"report", call_report},
	{"frames", call_frames},
	{"resolve", call_resolve},
	{"read", call_read},
	{"compile", call_compile},
};

static JSValueRef call(JSContextRef context, JSObjectRef function, JSObjectRef self, size_t argc,
	const JSValueRef argv[], JSValueRef *exception)
{
	struct js_native_slot *slot = JSObjectGetPrivate(function);
	JSValueRef result = slot->call(slot->engine, size_min(argc, ARGUMENTS_MAX), argv, exception);
	js_watchdog_resume(slot->engine);
	return result;
}

JSObjectRef js_native_table(struct js_engine *engine)
{
	JSClassDefinition definition = kJSClassDefinitionEmpty;
	definition.className = "Function";
	definition.callAsFunction = call;
	engine->native_class = JSClassCreate(&definition);
	engine->natives = mem_alloc_array(ARRAY_LEN(rows), sizeof(*engine->natives));
	JSObjectRef table = JSObjectMake(engine->context, NULL, NULL);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		engine->natives[i] = (struct js_native_slot){engine, rows[i].call};
		js_set(engine, table, rows[i].name, JSObjectMake(engine->context, engine->native_class, &engine->natives[i]));
	}
	js_set(engine, table, "values", JSValueMakeBoolean(engine->context, engine->config.console_values));
	return table;
}
