/* The limit of computing time. JavaScriptCore measures it from each entry into a script; should_stop()
 * counts from the outermost call. What it cannot end is a chain of promise jobs that goes on for
 * ever, each an entry of its own: asking at every entry ends the process (VMTraps.cpp asserts that
 * one question is pending), and there is no other door into the queue. */
#include "border/js/context.h"

#include "base/mem.h"

#include <time.h>

#define PULSE_MS 0.001
#define STACK_FRAMES 12

static double thread_time(void)
{
	struct timespec now;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void keep_stack(struct js_engine *engine)
{
	JSStringRef trace = JSContextCreateBacktrace(engine->context, STACK_FRAMES);
	struct strbuf text = {0};
	if (trace) {
		js_string_add(trace, &text);
		JSStringRelease(trace);
	}
	mem_free(engine->watch.stack);
	engine->watch.stack = strbuf_steal(&text);
}

static bool should_stop(JSContextRef context, void *user);

static void set_limit(struct js_engine *engine, double ms)
{
	JSContextGroupSetExecutionTimeLimit(engine->group, ms / 1e3, should_stop, engine);
}

static void pulse(struct js_engine *engine)
{
	if (!engine->watch.armed) {
		engine->watch.armed = true;
		set_limit(engine, PULSE_MS);
	}
}

static void rest(struct js_engine *engine)
{
	if (engine->watch.armed) {
		engine->watch.armed = false;
		set_limit(engine, engine->config.time_limit);
	}
}

static bool should_stop(JSContextRef context, void *user)
{
	struct js_engine *engine = user;
	if (engine->watch.stopped) {
		return true;
	}
	double elapsed = thread_time() - engine->watch.began;
	if (elapsed < engine->config.time_limit) {
		return false;
	}
	engine->watch.stopped = true;
	keep_stack(engine);
	return true;
}

void js_watchdog_start(struct js_engine *engine)
{
	set_limit(engine, engine->config.time_limit);
}

void js_watchdog_enter(struct js_engine *engine)
{
	engine->watch.began = thread_time();
	engine->watch.stopped = false;
}

void js_watchdog_resume(struct js_engine *engine)
{
	if (engine->watch.stopped) {
		pulse(engine); // what called the native function is to end too
	}
}

bool js_watchdog_settle(struct js_engine *engine)
{
	rest(engine);
	if (engine->watch.stopped) {
		// a stop inside of a promise job ends one more entry, the next one: let it be this
		JSStringRef nothing = JSStringCreateWithUTF8CString("0");
		JSEvaluateScript(engine->context, nothing, NULL, NULL, 1, NULL);
		JSStringRelease(nothing);
	}
	return engine->watch.stopped;
}

void js_watchdog_leave(struct js_engine *engine)
{
	if (js_watchdog_settle(engine)) {
		js_report_stopped(engine);
	}
}
