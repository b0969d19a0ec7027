/* The engine's life: heap, realm, prelude, and the pair that stands around every entry. */
#include "border/js/engine.h"

#include "base/mem.h"
#include "border/js/context.h"

#include <stdlib.h>
#include <time.h>

#define TIME_LIMIT_MS 10000

extern const char js_realm[];
extern const unsigned long js_realm_len;
extern const char js_console[];
extern const unsigned long js_console_len;
extern const char js_module[];
extern const unsigned long js_module_len;

static const char *const realm_names[JS_REALM_COUNT] = {
	[JS_REALM_RUN] = "run",
	[JS_REALM_LOADED] = "loaded",
	[JS_REALM_FIRE] = "fire",
	[JS_REALM_DESCRIBE] = "describe",
	[JS_REALM_REJECTED] = "rejected",
};

const char *js_engine_problem(void)
{
	bool whole = JSContextGroupSetExecutionTimeLimit && JSGlobalContextSetUnhandledRejectionCallback &&
		JSGlobalContextSetEvalEnabled && JSContextCreateBacktrace && JSLock && JSUnlock;
	return whole ? NULL : "this build of JavaScriptCore lacks the time limit or the rejection callback";
}

/* --- entering and leaving --- */

static void tell_turn(struct js_engine *engine, bool begins)
{
	if (engine->config.ops->turn) {
		engine->config.ops->turn(engine->config.user, begins);
	}
}

void js_enter(struct js_engine *engine)
{
	if (engine->depth++ == 0) {
		JSLock(engine->context);
		js_watchdog_enter(engine);
		tell_turn(engine, true);
	}
}

void js_leave(struct js_engine *engine)
{
	assert(engine->depth > 0);
	if (engine->depth == 1) {
		JSUnlock(engine->context); // runs the pending promise jobs
		js_watchdog_leave(engine);
		tell_turn(engine, false);
	}
	engine->depth--;
}

/* --- making the realm --- */

static JSValueRef on_rejection(JSContextRef context, JSObjectRef function, JSObjectRef self, size_t argc,
	const JSValueRef argv[], JSValueRef *exception)
{
	struct js_engine *engine = JSObjectGetPrivate(function);
	JSValueRef undefined = JSValueMakeUndefined(context);
	JSValueRef args[] = {argc > 1 ? argv[1] : undefined, argc > 0 ? argv[0] : undefined};
	js_report(engine, JS_ERROR_REJECTION, args[0]);
	JSObjectCallAsFunction(context, engine->realm[JS_REALM_REJECTED], NULL, 2, args, NULL);
	return undefined;
}

static void watch_rejections(struct js_engine *engine)
{
	JSClassDefinition definition = kJSClassDefinitionEmpty;
	definition.className = "Function";
	definition.callAsFunction = on_rejection;
	JSClassRef class = JSClassCreate(&definition);
	JSGlobalContextSetUnhandledRejectionCallback(engine->context, JSObjectMake(engine->context, class, engine), NULL);
	JSClassRelease(class);
}

static JSValueRef evaluate(struct js_engine *engine, struct str source, const char *url, int line, JSValueRef *exception)
{
	JSStringRef text = js_string_new(source), name = JSStringCreateWithUTF8CString(url);
	JSValueRef result = JSEvaluateScript(engine->context, text, NULL, name, line, exception);
	JSStringRelease(text);
	JSStringRelease(name);
	return result;
}

/* Evaluates a function expression and calls it; what it threw, or NULL. */
static JSValueRef call_script(struct js_engine *engine, struct str source, const char *url, int line, const JSValueRef *args,
	size_t count)
{
	JSValueRef thrown = NULL, function = evaluate(engine, source, url, line, &thrown);
	if (function && !thrown && JSValueIsObject(engine->context, function)) {
		JSObjectCallAsFunction(engine->context, (JSObjectRef)function, NULL, count, args, &thrown);
	}
	return thrown;
}

static bool run_script(struct js_engine *engine, struct str source, const char *url, int line, const JSValueRef *args,
	size_t count)
{
	JSValueRef thrown = call_script(engine, source, url, line, args, count);
	if (thrown) {
		js_report(engine, JS_ERROR_UNCAUGHT, thrown);
	}
	return !thrown;
}

static bool make_realm(struct js_engine *engine)
{
	JSObjectRef realm = JSObjectMake(engine->context, NULL, NULL);
	JSValueProtect(engine->context, realm);
	JSValueRef args[] = {js_native_table(engine), realm};
	JSValueProtect(engine->context, args[0]);
	bool fine = run_script(engine, (struct str){js_realm, js_realm_len}, "mina:realm", 1, args, 2) &&
		run_script(engine, (struct str){js_console, js_console_len}, "mina:console", 1, args, 2) &&
		run_script(engine, (struct str){js_module, js_module_len}, "mina:module", 1, args, 2);
	for (int i = 0; i < JS_REALM_COUNT && fine; i++) {
		engine->realm[i] = js_property_object(engine, realm, realm_names[i]);
		fine = engine->realm[i];
		if (fine) {
			JSValueProtect(engine->context, engine->realm[i]);
		}
	}
	engine->door = fine ? js_property_object(engine, realm, "door") : NULL;
	if (engine->door) {
		JSValueProtect(engine->context, engine->door);
	}
	JSValueUnprotect(engine->context, args[0]);
	JSValueUnprotect(engine->context, realm);
	return engine->door;
}

struct js_engine *js_engine_create(const struct js_engine_config *config)
{
	if (js_engine_problem()) {
		return NULL;
	}
	if (config->time_zone) {
		setenv("TZ", config->time_zone, 1);
		tzset();
	}
	struct js_engine *engine = mem_alloc(sizeof(*engine));
	engine->config = *config;
	if (!(engine->config.time_limit > 0)) {
		engine->config.time_limit = TIME_LIMIT_MS;
	}
	engine->group = JSContextGroupCreate();
	engine->context = JSGlobalContextCreateInGroup(engine->group, NULL);
	js_watchdog_start(engine);
	js_enter(engine);
	bool fine = make_realm(engine);
	if (fine) {
		watch_rejections(engine);
	}
	js_leave(engine);
	if (!fine) {
		js_engine_destroy(engine);
		return NULL;
	}
	return engine;
}

void js_engine_destroy(struct js_engine *engine)
{
	if (!engine) {
		return;
	}
	assert(engine->depth == 0);
	js_pins_finish(engine);
	js_bytes_finish(engine);
	for (int i = 0; i < JS_REALM_COUNT; i++) {
		if (engine->realm[i]) {
			JSValueUnprotect(engine->context, engine->realm[i]);
		}
	}
	if (engine->door) {
		JSValueUnprotect(engine->context, engine->door);
	}
	JSGlobalContextRelease(engine->context);
	JSContextGroupRelease(engine->group);
	if (engine->native_class) {
		JSClassRelease(engine->native_class);
	}
	mem_free(engine->natives);
	js_modules_finish(engine);
	mem_free(engine->watch.stack);
	mem_free(engine);
}

int js_engine_eval(struct js_engine *engine, struct str source, const char *url, int first_line)
{
	js_enter(engine);
	JSValueRef door = engine->door;
	bool fine = run_script(engine, source, url, first_line, &door, 1);
	js_leave(engine);
	return !fine;
}

int js_engine_try(struct js_engine *engine, struct str source, const char *url, struct strbuf *ret_message)
{
	js_enter(engine);
	JSValueRef door = engine->door, thrown = call_script(engine, source, url, 1, &door, 1);
	JSStringRef text = thrown ? JSValueToStringCopy(engine->context, thrown, NULL) : NULL;
	if (text) {
		js_string_add(text, ret_message);
		JSStringRelease(text);
	}
	js_leave(engine);
	return thrown ? 1 : 0;
}

void js_engine_seal(struct js_engine *engine)
{
	JSStringRef message = JSStringCreateWithUTF8CString("code from strings is not allowed in a mini program");
	JSGlobalContextSetEvalEnabled(engine->context, false, message);
	JSStringRelease(message);
}

bool js_engine_stopped(const struct js_engine *engine) { return engine->watch.stopped; }
