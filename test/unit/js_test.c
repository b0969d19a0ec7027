/* The script engine against a host of files in memory. */
#include "border/js/binary.h"
#include "border/js/bridge.h"
#include "border/js/module.h"
#include "border/js/timer.h"
#include "core/value/json.h"
#include "harness/test.h"

#include <string.h>

struct file {
	const char *path, *text;
};

struct world {
	const struct file *files;
	size_t file_count;
	struct js_engine *engine;
	struct strbuf log;    // console, errors and door calls, a line each
	js_pin_id pin;        // the last function or object given by invoke("pin")
	uint32_t timer, bytes;
	bool has_timer;
};

static int on_invoke(void *user, struct str op, struct value args, struct value *ret_result)
{
	struct world *world = user;
	if (str_is(op, "pin")) {
		world->pin = value_is(value_at(args, 0), VALUE_FUNCTION) ? value_at(args, 0).function
																 : (js_pin_id)value_to_number(value_at(args, 0));
	} else if (str_is(op, "fail")) {
		*ret_result = value_text("refused");
		return 1;
	} else if (str_is(op, "bytes")) {
		struct host_bytes *bytes = js_bytes_take(world->engine, (uint32_t)value_to_number(value_at(args, 0)));
		strbuf_printf(&world->log, "bytes " STR_FMT "\n", STR_ARG(host_bytes_str(bytes)));
		*ret_result = value_number(js_bytes_put(world->engine, bytes));
	} else if (str_is(op, "echo")) {
		*ret_result = value_ref(value_at(args, 0));
	} else if (str_is(op, "call")) {
		struct value result;
		int failed = js_call(world->engine, world->pin, NULL, 0, &result);
		strbuf_printf(&world->log, "called %d\n", failed);
		value_unref(result);
	}
	return 0;
}

static void on_console(void *user, enum js_console_level level, struct str text, struct value args)
{
	strbuf_printf(&((struct world *)user)->log, "%c " STR_FMT "\n", "LIWED"[level], STR_ARG(text));
}

static void on_error(void *user, const struct js_error *error)
{
	static const char *const kinds[] = {"syntax", "uncaught", "rejection", "stopped"};
	struct world *world = user;
	strbuf_printf(&world->log, "%s %s:%d:%d %s\n", kinds[error->kind], error->file, error->line, error->column, error->message);
	if (error->stack[0]) {
		strbuf_printf(&world->log, "%s\n", error->stack);
	}
}

static const struct file *find(struct world *world, struct str path)
{
	for (size_t i = 0; i < world->file_count; i++) {
		if (str_is(path, world->files[i].path)) {
			return &world->files[i];
		}
	}
	return NULL;
}

static int on_resolve(void *user, struct str from, struct str spec, struct strbuf *ret_path)
{
	strbuf_add(ret_path, str_starts(spec, STR("./")) ? str_slice(spec, 2, spec.len) : spec);
	if (!find(user, strbuf_str(ret_path))) {
		strbuf_clear(ret_path);
		return 1;
	}
	return 0;
}

static int on_load(void *user, struct str path, struct strbuf *ret_source)
{
	const struct file *file = find(user, path);
	if (file) {
		strbuf_add_text(ret_source, file->text);
	}
	return !file;
}

static void on_timer_start(void *user, uint32_t id, double ms, bool repeat)
{
	struct world *world = user;
	world->timer = id;
	strbuf_printf(&world->log, "start %g%s\n", ms, repeat ? " repeat" : "");
}

static void on_timer_stop(void *user, uint32_t id) { strbuf_printf(&((struct world *)user)->log, "stop\n"); }
static double on_now(void *user) { return 1700000000123.0; }

static const struct js_engine_ops ops = {
	.invoke = on_invoke,
	.console = on_console,
	.error = on_error,
	.resolve = on_resolve,
	.load = on_load,
	.timer_start = on_timer_start,
	.timer_stop = on_timer_stop,
	.now = on_now,
	.monotonic = on_now,
};

static void open_world(struct world *world, const struct file *files, size_t count)
{
	*world = (struct world){.files = files, .file_count = count};
	struct js_engine_config config = {.ops = &ops, .user = world, .random_seed = 7, .time_limit = 300};
	world->engine = js_engine_create(&config);
	CHECK(world->engine);
	CHECK(!js_engine_eval(world->engine,
		STR("(function (native) { 'use strict';\n"
			"native.scope({ door: native.invoke, pin: (x) => native.invoke('pin', typeof x === 'function' ? x : native.pin(x)),\n"
			"  bytes: native.bytes, buffer: native.buffer }); })"),
		"mina:test", 1));
	js_engine_seal(world->engine);
}

static void close_world(struct world *world)
{
	js_engine_destroy(world->engine);
	strbuf_finish(&world->log);
}

/* Runs the first file and compares all that was said. */
static void expect(const struct file *files, size_t count, const char *log)
{
	struct world world;
	open_world(&world, files, count);
	js_module_run(world.engine, str_of(files[0].path));
	CHECK_STR(strbuf_str(&world.log), log);
	close_world(&world);
}
#define EXPECT(log, ...) \
	do { \
		const struct file files_[] = {__VA_ARGS__}; \
		expect(files_, ARRAY_LEN(files_), log); \
	} while (0)

static void modules(void)
{
	EXPECT("L b runs\nL 3 3\nL true\n", {"a.js", "const b = require('./b.js'); console.log(b.x, require('b.js').x);\n"
											"console.log(module.exports === exports)"},
		{"b.js", "console.log('b runs'); exports.x = 3"});
	EXPECT("L { n: 1 }\n", {"a.js", "console.log(require('d.json'))"}, {"d.json", "{\"n\": 1}"});
	EXPECT("L 1 undefined\nL 1 2\n", {"a.js", "exports.one = 1; require('b.js'); exports.two = 2; console.log(require('b.js').one, exports.two)"},
		{"b.js", "const a = require('a.js'); exports.one = a.one; console.log(a.one, a.two)"});
	EXPECT("uncaught a.js:2:8 Error: module 'no' is not defined, required by a.js\n    at a.js:2:8\n",
		{"a.js", "\nrequire('no')"});
}

static void es_modules(void)
{
	EXPECT("L 1 2 { one: 1, default: 2 }\n",
		{"a.js", "import two, { one } from './b.js'\nimport * as all from './b.js'\nconsole.log(one, two, all)"},
		{"b.js", "export const one = 1\nexport default 2"});
	EXPECT("L 1\nL 2\n", {"a.js", "import { n, up } from './b.js'\nconsole.log(n); up(); console.log(n)"},
		{"b.js", "export let n = 1\nexport function up() { n++ }"});
	EXPECT("L { x: 1 } 1\n", {"a.js", "import c, { x } from './c.js'\nconsole.log(c, x)"}, {"c.js", "module.exports = { x: 1 }"});
	EXPECT("L even true\n", {"a.js", "import { even } from './e.js'\nconsole.log('even', even(10))"},
		{"e.js", "import { odd } from './o.js'\nexport function even(n) { return n === 0 || odd(n - 1) }"},
		{"o.js", "import { even } from './e.js'\nexport const odd = (n) => n !== 0 && even(n - 1)"});
	EXPECT("L 5\n", {"a.js", "import('./b.js').then((b) => console.log(b.five))"}, {"b.js", "export const five = 5"});
	EXPECT("L 1 2 3\n", {"a.js", "import { x, y, z } from './b.js'\nconsole.log(x, y, z)"},
		{"b.js", "export * from './c.js'\nexport { y as z } from './d.js'\nexport { x as y } from './d.js'"}, {"c.js", "export const x = 1"},
		{"d.js", "export const x = 2, y = 3"});
}

static void errors(void)
{
	EXPECT("uncaught a.js:3:4 TypeError: undefined is not an object (evaluating 'x.y')\n    at f (a.js:3:4)\n    at a.js:5:2\n",
		{"a.js", "function f() {\n  let x\n  x.y.z\n}\nf()"});
	EXPECT("syntax a.js:2:9 SyntaxError: Unexpected token ';'\n", {"a.js", "let a = 1\nlet b = ;"});
	EXPECT("uncaught a.js:1:19 Error: here\n    at a.js:1:19\n", {"a.js", "   throw new Error('here')"});
	EXPECT("rejection a.js:1:25 Error: later\n    at a.js:1:25\n", {"a.js", "Promise.reject(new Error('later'))"});
	EXPECT("uncaught :0:0 text\n", {"a.js", "throw 'text'"});
	EXPECT("L caught Error: refused\n", {"a.js", "try { door('fail') } catch (e) { console.log('caught ' + e) }"});
	EXPECT("uncaught b.js:2:21 Error: in b\n    at f (b.js:2:21)\n    at a.js:2:4\n",
		{"a.js", "import { f } from './b.js'\n  f()"}, {"b.js", "export function f() {\n     throw new Error('in b')\n}"});
}

static void isolation(void)
{
	EXPECT("L EvalError\nL EvalError\nL EvalError\nL undefined undefined undefined\nL object\nL EvalError\n",
		{"a.js", "const t = (f) => { try { f(); console.log('ran') } catch (e) { console.log(e.name) } }\n"
				 "t(() => eval('1')); t(() => new Function('return 1')()); t(() => (async () => {}).constructor('1'))\n"
				 "console.log(typeof WebAssembly, typeof native, typeof realm)\n"
				 "console.log(typeof Function('return this')())\n"
				 "t(() => (() => {}).constructor.constructor('return 1')())"});
	// a bracket too many must not end the function around the file
	EXPECT("syntax a.js:1:1 SyntaxError: Unexpected token '}'\n", {"a.js", "}); console.log('out'); (function () {"});
	EXPECT("L undefined\n", {"a.js", "require('b.js'); console.log(typeof hidden)"}, {"b.js", "var hidden = 1"});
}

static void endless(void)
{
	struct world world;
	const struct file files[] = {
		{"loop.js", "function spin() {\n  while (true) {}\n}\nspin()"},
		{"job.js", "Promise.resolve().then(() => { while (true) {} })"},
		{"nested.js", "pin(() => { while (true) {} })\ndoor('call')\nwhile (true) {}"},
		{"fine.js", "console.log('fine')"},
	};
	open_world(&world, files, ARRAY_LEN(files));
	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		strbuf_clear(&world.log);
		js_module_run(world.engine, str_of(files[i].path));
		CHECK(js_engine_stopped(world.engine) == (i < 3));
		struct str log = strbuf_str(&world.log);
		CHECK(i == 3 ? str_is(log, "L fine\n") : str_find(log, STR("endless loop")) != SIZE_MAX);
		CHECK(i != 0 || str_starts(log, STR("stopped loop.js:")));
	}
	close_world(&world);
}

static void bridge(void)
{
	struct world world;
	const struct file files[] = {{"a.js", "pin({ n: 1, add(a, b) { return { sum: this.n + a + b.x, t: '\\u4e2d\\0z' } }, bad() { throw new Error('bad') } })\n"
										 "console.log(door('echo', { a: [1, null, '\\ud83d\\ude00'], f() {}, u: undefined }), door('echo', 'x'), door('echo'))\n"
										 "const cycle = {}; cycle.self = cycle\ntry { door('echo', cycle) } catch (e) { console.log(e.name) }\n"
										 "console.log(String.fromCharCode(...new Uint8Array(buffer(door('bytes', bytes(new Uint8Array([104, 105])))))))"}};
	open_world(&world, files, 1);
	js_module_run(world.engine, STR("a.js"));
	CHECK_STR(strbuf_str(&world.log), "L { a: [1, null, '\xf0\x9f\x98\x80'] } x undefined\nL TypeError\nbytes hi\nL hi\n");
	struct value args[] = {value_number(2), value_object_new(1)}, result;
	value_object_set_text(&args[1], "x", value_number(3));
	CHECK(js_call_method(world.engine, world.pin, STR("add"), args, 2, &result) == 0);
	CHECK_NUM(value_to_number(value_get_text(result, "sum")), 6);
	CHECK(str_eq(value_str(value_get_text(result, "t")), (struct str){"\xe4\xb8\xad\0z", 5}));
	value_unref(result);
	value_unref(args[1]);
	CHECK(js_call_method(world.engine, world.pin, STR("none"), NULL, 0, NULL) == 2);
	strbuf_clear(&world.log);
	CHECK(js_call_method(world.engine, world.pin, STR("bad"), NULL, 0, NULL) == 1);
	CHECK(str_starts(strbuf_str(&world.log), STR("uncaught a.js:1:")));
	struct value n = js_get(world.engine, world.pin, STR("n"));
	CHECK_NUM(value_to_number(n), 1);
	js_pin_drop(world.engine, world.pin);
	CHECK(!js_pin_live(world.engine, world.pin));
	CHECK(js_call_method(world.engine, world.pin, STR("add"), NULL, 0, NULL) == 2);
	CHECK_NUM(js_pin_count(world.engine), 0);
	close_world(&world);
}

static void timers(void)
{
	struct world world;
	const struct file files[] = {{"a.js", "setTimeout((x) => console.log('t', x), 5, 9)\nconst i = setInterval(() => { console.log('i'); clearInterval(i) }, 7)"}};
	open_world(&world, files, 1);
	js_module_run(world.engine, STR("a.js"));
	uint32_t interval = world.timer;
	js_timer_fire(world.engine, interval - 1);
	js_timer_fire(world.engine, interval - 1);
	js_timer_fire(world.engine, interval);
	js_timer_fire(world.engine, interval);
	CHECK_STR(strbuf_str(&world.log), "start 5\nstart 7 repeat\nL t 9\nL i\nstop\n");
	close_world(&world);
}

static void time_and_chance(void)
{
	EXPECT("L 1700000000123 1700000000123\nL 1700000000123\nL true true\nL 1970\n",
		{"a.js", "console.log(Date.now(), +new Date())\nconsole.log(new Date(1700000000123).getTime())\n"
				 "console.log(new Date() instanceof Date, Math.random() !== Math.random())\nconsole.log(new Date(0).getUTCFullYear())"});
	struct world one, two;
	const struct file files[] = {{"a.js", "console.log(Math.random(), Math.random())"}};
	open_world(&one, files, 1);
	open_world(&two, files, 1);
	js_module_run(one.engine, STR("a.js"));
	js_module_run(two.engine, STR("a.js"));
	CHECK(one.log.len > 4 && str_eq(strbuf_str(&one.log), strbuf_str(&two.log)));
	close_world(&one);
	close_world(&two);
}

static void console(void)
{
	EXPECT("L a 1 true null undefined\nL { a: { b: [1, 2, { c: 3 }] }, f: [Function: f] }\nW w\nE e\nL x=5 y\nL [1, 'two']\nL <ref *1>\n",
		{"a.js", "console.log('a', 1, true, null, undefined)\nconsole.log({ a: { b: [1, 2, { c: 3 }] }, f() {} })\n"
				 "console.warn('w'); console.error('e'); console.log('x=%d %s', 5, 'y'); console.log([1, 'two']); console.log('<ref *1>')"});
}

int main(int argc, char **argv)
{
	static const struct test_case cases[] = {
		{"modules", modules},
		{"es_modules", es_modules},
		{"errors", errors},
		{"isolation", isolation},
		{"endless", endless},
		{"bridge", bridge},
		{"timers", timers},
		{"time_and_chance", time_and_chance},
		{"console", console},
	};
	return test_main(argc, argv, cases, ARRAY_LEN(cases));
}
