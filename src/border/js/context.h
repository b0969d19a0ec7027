/* The inside of an engine, for the files of this folder only: nobody else sees JavaScriptCore.
 * Every entry from C stands between js_enter() and js_leave(); the outermost pair bounds the time
 * that is allowed, and its end runs the pending promise jobs. */
#ifndef MINA_JS_CONTEXT_H
#define MINA_JS_CONTEXT_H

#include "base/map.h"
#include "base/slot.h"
#include "border/js/engine.h"

#include <JavaScriptCore/JavaScript.h>

typedef JSValueRef (*js_native)(struct js_engine *engine, size_t argc, const JSValueRef *argv,
	JSValueRef *exception);

struct js_native_row {
	const char *name;
	js_native call;
};

/* What a native function object carries. */
struct js_native_slot {
	struct js_engine *engine;
	js_native call;
};

/* Functions that the embedded scripts leave for C on their `realm` object. */
enum js_realm_function {
	JS_REALM_RUN,      // module.js: (path) runs a file
	JS_REALM_LOADED,   // module.js: (path) has it been run
	JS_REALM_FIRE,     // realm.js: (timer id)
	JS_REALM_DESCRIBE, // realm.js: (thrown) to plain data
	JS_REALM_REJECTED, // realm.js: (reason, promise) tells the prelude
	JS_REALM_COUNT,
};

struct js_engine {
	struct js_engine_config config;
	JSContextGroupRef group;
	JSGlobalContextRef context;
	JSClassRef native_class; // of the native functions, see native.c
	struct js_native_slot *natives;
	JSObjectRef realm[JS_REALM_COUNT]; // protected
	JSObjectRef door;                  // protected; the prelude's `native`
	struct slot_table pins;  // JSObjectRef, protected
	struct slot_table bytes; // struct host_bytes
	struct map modules;      // path to struct js_module (module.c)
	uint32_t search;         // number of the last search through them
	int depth;               // of js_enter()
	/* From a place of what was evaluated to one of the file, for stacks; NULL: files of the package. */
	void (*place)(const struct js_engine *engine, struct str file, int *line, int *column);
	struct {
		double began; // ms of this thread's computing when the outermost call began
		bool armed;   // the limit is next to nothing, see watchdog.c
		bool stopped;
		char *stack;  // as JavaScriptCore writes it: "#0 name() at url:line"
	} watch;
};

void js_enter(struct js_engine *engine);
void js_leave(struct js_engine *engine);

/* native.c: an object with all native functions of the engine, for the embedded scripts; they
 * live as long as the engine. */
JSObjectRef js_native_table(struct js_engine *engine);

/* watchdog.c */
void js_watchdog_start(struct js_engine *engine);
void js_watchdog_enter(struct js_engine *engine);  // outermost only
void js_watchdog_leave(struct js_engine *engine);  // reports when it stopped something
bool js_watchdog_settle(struct js_engine *engine); // the same without a report: true when it did
void js_watchdog_resume(struct js_engine *engine); // a native function returns

/* module.c: [factory, is an ES module, runs in a live scope, [specifiers]] of a package file, for
 * module.js. `scope` are the names that all modules see, "a,b". */
JSValueRef js_module_compile(struct js_engine *engine, struct str path, struct str scope, JSValueRef *exception);
void js_modules_finish(struct js_engine *engine);
/* Characters that stand before the file's own text on its first line. */
size_t js_module_prefix(const struct js_engine *engine, struct str path);
/* The file's text as it is in the package; 1: there is none. */
int js_module_read(struct js_engine *engine, struct str path, struct strbuf *ret_text);

/* thrown.c: reports an exception to ops->error. */
void js_report(struct js_engine *engine, enum js_error_kind kind, JSValueRef thrown);
void js_report_stopped(struct js_engine *engine);
/* JavaScriptCore's "name@url:line:column" lines as "    at name (url:line:column)", only those of
 * the package's own files. */
void js_frames(const struct js_engine *engine, struct str stack, struct strbuf *out);

/* pin.c, binary.c: for the engine's end. */
slot_id js_pin_add(struct js_engine *engine, JSObjectRef object);
JSObjectRef js_pin_object(const struct js_engine *engine, slot_id pin); // NULL: stale
void js_pins_finish(struct js_engine *engine);
void js_bytes_finish(struct js_engine *engine);
JSValueRef js_bytes_to_js(struct js_engine *engine, slot_id id, JSValueRef *exception);
slot_id js_bytes_from_js(struct js_engine *engine, JSValueRef value, JSValueRef *exception);

/* bridge.c */
JSStringRef js_string_new(struct str text); // owner releases it
void js_string_add(JSStringRef string, struct strbuf *out);
JSValueRef js_text(struct js_engine *engine, struct str text);
/* 0; 1: an exception was thrown (cycle, too deep). `pin_functions`: else they are undefined. */
int js_value_in(struct js_engine *engine, JSValueRef from, bool pin_functions, struct value *ret_value,
	JSValueRef *exception);
JSValueRef js_value_out(struct js_engine *engine, struct value from);
JSObjectRef js_property_object(struct js_engine *engine, JSObjectRef object, const char *name); // NULL: none
void js_set(struct js_engine *engine, JSObjectRef object, const char *name, JSValueRef value);
JSValueRef js_throw(struct js_engine *engine, struct str message, JSValueRef *exception);

/* Exported by JavaScriptCore but not in its installed headers; weak, so that an absent one can be
 * told at start instead of failing to link. */
typedef bool (*js_should_stop)(JSContextRef context, void *user);
__attribute__((weak)) void JSContextGroupSetExecutionTimeLimit(
	JSContextGroupRef group, double seconds, js_should_stop callback, void *user);
__attribute__((weak)) void JSGlobalContextSetUnhandledRejectionCallback(
	JSGlobalContextRef context, JSObjectRef function, JSValueRef *exception);
__attribute__((weak)) void JSGlobalContextSetEvalEnabled(
	JSGlobalContextRef context, bool enabled, JSStringRef message);
__attribute__((weak)) JSStringRef JSContextCreateBacktrace(JSContextRef context, unsigned frames);
__attribute__((weak)) void JSLock(JSContextRef context);
__attribute__((weak)) void JSUnlock(JSContextRef context);

#endif
