/* One JavaScript world: a heap and a global object of its own, so that several mini programs run
 * side by side in one process and share nothing. The logic layer of one app owns one engine.
 *
 * The order is: js_engine_create(), js_engine_eval() of the trusted prelude, js_engine_seal(),
 * then js_module_run() (module.h) and js_call() (bridge.h). The prelude's text is one function
 * expression, `(function (native) {...})`; what it gets as `native` is the only door out, and
 * nothing that a mini program can name leads to it:
 *
 *   native.invoke(op, ...args)   ops->invoke; arguments and result cross as bridge.h says
 *   native.pin(x) .unpin(id) .pinned(id)          pin.h
 *   native.bytes(bufferOrView) .buffer(id)        binary.h: put bytes into C, take them out
 *   native.report(error, rejected)                to ops->error
 *   native.inspect(x)                             what console.log would print of x
 *   native.require(path)                          exports of a package file, run on first use
 *   native.loaded(path)                           has it been run
 *   native.scope(object)         names that every module sees, beside the real globals
 *   native.setTimeout ...        the same functions as the globals
 *
 * Real globals (App, Page, wx ...) the prelude simply puts on globalThis. console, the timers,
 * Date, Math.random and performance are there before the prelude runs. */
#ifndef MINA_JS_ENGINE_H
#define MINA_JS_ENGINE_H

#include "core/value/value.h"

struct js_engine;

enum js_error_kind {
	JS_ERROR_SYNTAX,    // a file that cannot be compiled
	JS_ERROR_UNCAUGHT,  // thrown out of a module, handler or timer
	JS_ERROR_REJECTION, // a promise nobody handles
	JS_ERROR_STOPPED,   // the time limit ended an endless loop
};

/* All texts are lent for the duration of the call and never NULL. */
struct js_error {
	enum js_error_kind kind;
	const char *message; // "TypeError: undefined is not an object (evaluating 'a.b')"
	const char *stack;   // "    at name (pages/a/a.js:12:5)" per line, the package's files only
	const char *file;    // path in the package, "" when unknown
	int line, column;    // from 1; 0: unknown
	struct value thrown; // what was thrown when it is no Error, as plain data; else undefined
};

enum js_console_level {
	JS_CONSOLE_LOG,
	JS_CONSOLE_INFO,
	JS_CONSOLE_WARN,
	JS_CONSOLE_ERROR,
	JS_CONSOLE_DEBUG,
};

struct js_engine_ops {
	/* The native door. `args` (an array) is lent; *ret_result (undefined before) is taken over.
	 * 0: the result; 1: throws an Error whose message is the result's text. */
	int (*invoke)(void *user, struct str op, struct value args, struct value *ret_result);
	/* `args` are the logged things as plain data when config->console_values, else undefined. */
	void (*console)(void *user, enum js_console_level level, struct str text, struct value args);
	void (*error)(void *user, const struct js_error *error);
	/* require(spec) in file `from` to a path of the package. 0, or 1: there is none, and the
	 * buffer may hold a message. `from` is "" for js_module_run and native.require. */
	int (*resolve)(void *user, struct str from, struct str spec, struct strbuf *ret_path);
	int (*load)(void *user, struct str path, struct strbuf *ret_source); // 0; 1: there is none
	/* Call js_timer_fire(engine, id) once after ms, or every ms when repeat. */
	void (*timer_start)(void *user, uint32_t id, double ms, bool repeat);
	void (*timer_stop)(void *user, uint32_t id);
	/* The outermost call into a script begins, and has ended with its promise jobs. */
	void (*turn)(void *user, bool begins);
	double (*now)(void *user);       // ms since the epoch, for Date
	double (*monotonic)(void *user); // ms, for performance.now
};

struct js_engine_config {
	const struct js_engine_ops *ops; // lives as long as the engine; any but error may be NULL
	void *user;
	uint64_t random_seed;  // of Math.random
	double time_limit;     // ms of computing in one outermost call; 0: 10,000
	const char *time_zone; // "Asia/Shanghai"; sets TZ of the process; NULL: leave
	bool console_values;
};

/* NULL when this JavaScriptCore lacks a function that the engine needs (js_engine_problem). */
struct js_engine *js_engine_create(const struct js_engine_config *config);
const char *js_engine_problem(void); // NULL: none
/* Drops all pins, bytes and timers. Not from within a call out of the engine. NULL is fine. */
void js_engine_destroy(struct js_engine *engine);

/* Trusted code only; see above. 0, or 1: it threw, and that was reported. `url` should start with
 * "mina:", so that its frames are left out of stacks. */
int js_engine_eval(struct js_engine *engine, struct str source, const char *url, int first_line);
/* The same for code from outside (automation), also behind the seal: what it throws is not reported, but told by
 * *ret_message. */
int js_engine_try(struct js_engine *engine, struct str source, const char *url, struct strbuf *ret_message);
/* No eval and no Function constructor from here on, and the primordial globals are fixed. */
void js_engine_seal(struct js_engine *engine);
/* True after the time limit stopped something, until the next call from outside begins. */
bool js_engine_stopped(const struct js_engine *engine);

#endif
