/* WXS: the language by golden blocks; modules, calls, events, descriptors, timers, the border to the
 * logic layer by cases. In a block "m" is the inline script of p/a.wxml, which begins at 3:9. Each exported function is called without arguments, in order. */
#include "border/js/bridge.h"
#include "border/js/module.h"
#include "border/js/wxs.h"
#include "core/value/json.h"
#include "harness/test.h"

#include <string.h>

struct world {
	const struct test_block *block;
	const char *const *files; // path, text, ..., NULL
	struct js_engine *engine;
	struct wxs *wxs;
	struct strbuf log;
	double now;
	struct value answer; // of every descriptor call
	int logic;           // calls into the logic layer
};

/* "@ path" begins a file in the block's section "files". */
static int read_block(const struct test_block *block, struct str path, struct strbuf *out)
{
	struct str rest = block ? block->section(block, "files") : (struct str){0}, line;
	bool found = false, here = false;
	while (str_split(&rest, '\n', &line)) {
		if (str_starts(line, STR("@ "))) {
			here = str_eq(str_slice(line, 2, line.len), path);
			found |= here;
		} else if (here) {
			strbuf_add(out, line);
			strbuf_add_char(out, '\n');
		}
	}
	return !found;
}

static int on_load(void *user, struct str path, struct strbuf *ret_text)
{
	struct world *world = user;
	for (const char *const *file = world->files; file && *file; file += 2) {
		if (str_is(path, file[0])) {
			strbuf_add_text(ret_text, file[1]);
			return 0;
		}
	}
	return read_block(world->block, path, ret_text);
}

static void on_console(void *user, struct str text)
{
	strbuf_printf(&((struct world *)user)->log, "log " STR_FMT "\n", STR_ARG(text));
}

static void on_error(void *user, const struct js_error *error)
{
	static const char *const kinds[] = {"syntax", "uncaught", "rejection", "stopped"};
	strbuf_printf(&((struct world *)user)->log, "%s %s:%d:%d %s\n", kinds[error->kind], error->file, error->line, error->column,
		error->message);
}

static void on_problem(void *user, struct str file, int line, int column, const char *text)
{
	strbuf_printf(&((struct world *)user)->log, "problem " STR_FMT ":%d:%d %s\n", STR_ARG(file), line, column, text);
}

static struct value on_descriptor(void *user, uint32_t page, uint32_t node, struct str method, struct value args)
{
	struct world *world = user;
	strbuf_printf(&world->log, "%u/%u " STR_FMT " ", page, node, STR_ARG(method));
	json_write(args, &world->log);
	strbuf_add_char(&world->log, '\n');
	return value_ref(world->answer);
}

static double on_now(void *user) { return ((struct world *)user)->now; }

static const struct wxs_ops ops = {on_load, on_console, on_error, on_problem, on_descriptor, on_now};

static void on_logic_error(void *user, const struct js_error *error)
{
	strbuf_printf(&((struct world *)user)->log, "logic %s\n", error->message);
}

static void on_turn(void *user, bool begins) { ((struct world *)user)->logic++; }

static int on_invoke(void *user, struct str op, struct value args, struct value *ret_result);

static int on_resolve(void *user, struct str from, struct str spec, struct strbuf *ret_path)
{
	strbuf_add(ret_path, spec);
	return 0;
}

static const struct js_engine_ops engine_ops = {.error = on_logic_error,
	.turn = on_turn,
	.invoke = on_invoke,
	.load = on_load,
	.resolve = on_resolve};

static void world_start(struct world *world)
{
	struct js_engine_config config = {
		.ops = &engine_ops, .user = world, .random_seed = 7, .time_limit = 200, .time_zone = "Asia/Shanghai"};
	world->engine = js_engine_create(&config);
	CHECK(world->engine);
	world->wxs = wxs_create(world->engine, &ops, world);
	CHECK(world->wxs);
	world->logic = 0;
}

static void world_finish(struct world *world)
{
	wxs_destroy(world->wxs);
	js_engine_destroy(world->engine);
	strbuf_finish(&world->log);
	value_unref(world->answer);
}

static void define(struct world *world, const char *text)
{
	wxs_define(world->wxs, STR("p/a.wxml"), STR("m"), (struct str){0}, str_of(text), 3, 9);
}

static struct value exports(struct world *world) { return wxs_exports(world->wxs, STR("p/a.wxml"), STR("m")); }

static uint32_t function(struct world *world, const char *name)
{
	struct value value = value_get_text(exports(world), name);
	CHECK(value_is(value, VALUE_FUNCTION));
	return value.function;
}

static void print(struct value value, struct strbuf *out)
{
	if (value_is(value, VALUE_FUNCTION)) {
		strbuf_printf(out, "function %u", value.function);
	} else if (value_is(value, VALUE_NUMBER)) {
		value_to_text(value, out);
	} else if (value_is(value, VALUE_UNDEFINED)) {
		strbuf_add_text(out, "undefined");
	} else {
		json_write(value, out);
	}
}

/* --- the language --- */

static void call_each(struct world *world)
{
	struct value all = value_ref(exports(world));
	for (size_t i = 0; i < value_count(all); i++) {
		struct value item = value_entry(all, i);
		strbuf_printf(&world->log, STR_FMT ": ", STR_ARG(value_key(all, i)));
		struct strbuf before = world->log;
		world->log = (struct strbuf){0};
		struct value result = value_is(item, VALUE_FUNCTION) ? wxs_call(world->wxs, item.function, NULL, 0) : value_ref(item);
		struct strbuf during = world->log;
		world->log = before;
		print(result, &world->log);
		strbuf_add_char(&world->log, '\n');
		strbuf_add(&world->log, strbuf_str(&during));
		strbuf_finish(&during);
		value_unref(result);
	}
	if (value_is(all, VALUE_FUNCTION) || value_is(all, VALUE_STRING)) {
		strbuf_add_text(&world->log, "exports: ");
		print(all, &world->log);
		strbuf_add_char(&world->log, '\n');
	}
	value_unref(all);
}

static void run_block(const struct test_block *block, struct strbuf *out)
{
	struct world world = {.block = block, .now = 1500000000000};
	world_start(&world);
	wxs_define(world.wxs, STR("p/a.wxml"), STR("m"), (struct str){0}, block->section(block, "m"), 3, 9);
	call_each(&world);
	strbuf_add(out, str_trim(strbuf_str(&world.log)));
	world_finish(&world);
}

static void language(void) { test_dat("wxs.dat", run_block); }

/* --- modules --- */

static void modules(void)
{
	static const char *const files[] = {"u/b.wxs", "var c = require('./c.wxs'); console.log('b'); c.n++; module.exports = {n: c.n, same: c}",
		"u/c.wxs", "console.log('c'); exports.n = 1", NULL};
	struct world world = {.files = files};
	world_start(&world);
	wxs_define(world.wxs, STR("p/a.wxml"), STR("b"), STR("u/b.wxs"), (struct str){0}, 1, 2);
	wxs_define(world.wxs, STR("p/d.wxml"), STR("b2"), STR("u/b.wxs"), (struct str){0}, 1, 2);
	wxs_define(world.wxs, STR("p/d.wxml"), STR("c"), STR("u/c.wxs"), (struct str){0}, 1, 2);
	wxs_define(world.wxs, STR("p/d.wxml"), STR("none"), STR("u/none.wxs"), (struct str){0}, 5, 6);
	CHECK_STR(strbuf_str(&world.log), ""); // nothing runs before it is used
	struct value b = wxs_exports(world.wxs, STR("p/a.wxml"), STR("b"));
	CHECK_NUM(value_to_number(value_get_text(b, "n")), 2);
	CHECK(value_identical(b, wxs_exports(world.wxs, STR("p/d.wxml"), STR("b2"))));
	CHECK_NUM(value_to_number(value_get_text(wxs_exports(world.wxs, STR("p/d.wxml"), STR("c")), "n")), 2);
	CHECK_STR(strbuf_str(&world.log), "log c\nlog b\n");
	strbuf_clear(&world.log);
	CHECK(value_is(wxs_exports(world.wxs, STR("p/d.wxml"), STR("none")), VALUE_UNDEFINED));
	CHECK(value_is(wxs_exports(world.wxs, STR("p/d.wxml"), STR("none")), VALUE_UNDEFINED));
	CHECK(value_is(wxs_exports(world.wxs, STR("p/a.wxml"), STR("x")), VALUE_UNDEFINED));
	CHECK_STR(strbuf_str(&world.log), "problem p/d.wxml:5:6 <wxs>: there is no file u/none.wxs\n");
	world_finish(&world);
}

static void declared_anew(void)
{
	struct world world = {0};
	world_start(&world);
	define(&world, "module.exports = {v: 1, f: function () { return 'one' }}");
	struct value first = exports(&world);
	uint32_t f = function(&world, "f");
	define(&world, "module.exports = {v: 1, f: function () { return 'one' }}");
	CHECK(value_identical(first, exports(&world)));
	define(&world, "module.exports = {v: 2}");
	CHECK_NUM(value_to_number(value_get_text(exports(&world), "v")), 2);
	CHECK_NUM(value_to_number(value_get_text(first, "v")), 1); // is lent for good
	struct value result = wxs_call(world.wxs, f, NULL, 0);
	CHECK_STR(value_str(result), "one");
	value_unref(result);
	CHECK_STR(strbuf_str(&world.log), "");
	world_finish(&world);
}

/* --- calls --- */

static void call(struct world *world, const char *name, const char *args, const char *want)
{
	struct value list = value_undefined();
	CHECK(json_parse(str_of(args), &list, NULL) == 0);
	struct value given[20];
	for (size_t i = 0; i < value_len(list); i++) {
		given[i] = value_at(list, i);
	}
	struct value result = wxs_call(world->wxs, function(world, name), given, value_len(list));
	struct strbuf text = {0};
	print(result, &text);
	CHECK_STR(strbuf_str(&text), want);
	strbuf_finish(&text);
	value_unref(result);
	value_unref(list);
}

static void calls(void)
{
	struct world world = {0};
	world_start(&world);
	define(&world, "function count() { return arguments.length }\n"
				   "function same(x) { return x }\n"
				   "function list() { return [same, {deep: {f: count}}, same] }\n"
				   "function types(a, b, c, d, e, f) { return [a.constructor, b.constructor, c.constructor, d === null, e.constructor, "
				   "f.constructor].join() }\n"
				   "function circle() { var o = {a: 1, l: [2]}; o.o = o; o.l.push(o); return o }\n"
				   "function maker() { return function () { return 1 } }\n"
				   "function date() { return getDate(2018, 0, 2) }\n"
				   "function rx() { return getRegExp('a/b', 'g') }\n"
				   "function nan() { return 0 / 0 }\n"
				   "function bad() { return {get x() { return null.y }} }\n"
				   "module.exports = {count: count, same: same, list: list, types: types, circle: circle, maker: maker, date: date, rx: rx, "
				   "nan: nan, bad: bad}");
	call(&world, "count", "[]", "0");
	call(&world, "count", "[1]", "1");
	call(&world, "count", "[1,2]", "2");
	call(&world, "count", "[1,2,3]", "3");
	call(&world, "count", "[1,2,3,4]", "4");
	call(&world, "count", "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17]", "16");
	call(&world, "same", "[\"中文\\u0000\"]", "\"中文\\u0000\"");
	call(&world, "same", "[null]", "null");
	call(&world, "same", "[true]", "true");
	call(&world, "same", "[-1.5e300]", "-1.5e+300");
	call(&world, "same", "[{\"a\":[1,{\"b\":null}],\"中\":\"\\\"\"}]", "{\"a\":[1,{\"b\":null}],\"中\":\"\\\"\"}");
	call(&world, "types", "[\"\", 1, [], null, {}, true]", "\"String,Number,Array,true,Object,Boolean\"");
	call(&world, "circle", "[]", "{\"a\":1,\"l\":[2,null]}");
	call(&world, "date", "[]", "\"Tue Jan 02 2018 00:00:00 GMT+0800 (China Standard Time)\"");
	call(&world, "rx", "[]", "\"/a\\\\/b/g\"");
	call(&world, "nan", "[]", "NaN");
	uint32_t count = function(&world, "count"), same = function(&world, "same");
	struct value list = wxs_call(world.wxs, function(&world, "list"), NULL, 0);
	CHECK_NUM(value_at(list, 0).function, same);
	CHECK_NUM(value_get_text(value_get_text(value_at(list, 1), "deep"), "f").function, count);
	CHECK_NUM(value_at(list, 2).function, same);
	value_unref(list);
	struct value a = wxs_call(world.wxs, function(&world, "maker"), NULL, 0);
	struct value again = wxs_call(world.wxs, same, &a, 1);
	CHECK(value_is(again, VALUE_FUNCTION) && again.function == a.function);
	CHECK_STR(strbuf_str(&world.log), "");
	call(&world, "bad", "[]", "undefined");
	CHECK(str_starts(strbuf_str(&world.log), STR("uncaught p/a.wxml:12:")));
	struct value none = wxs_call(world.wxs, 99999, NULL, 0);
	CHECK(value_is(none, VALUE_UNDEFINED));
	none = wxs_call(world.wxs, 0, NULL, 0);
	CHECK(value_is(none, VALUE_UNDEFINED));
	world_finish(&world);
}

static void time_limit(void)
{
	struct world world = {0};
	world_start(&world);
	define(&world, "exports.loop = function () { while (true) {} }\nexports.fine = function () { return 1 }");
	struct value result = wxs_call(world.wxs, function(&world, "loop"), NULL, 0);
	CHECK(value_is(result, VALUE_UNDEFINED));
	CHECK(js_engine_stopped(world.engine));
	CHECK_STR(strbuf_str(&world.log),
		"stopped p/a.wxml:3:0 The script computed for more than 0.2 seconds without a pause and was stopped (an endless loop?)\n");
	call(&world, "fine", "[]", "1");
	CHECK(!js_engine_stopped(world.engine));
	CHECK_NUM(world.logic, 0);
	world_finish(&world);
}

/* A module that never ends, and a function that does not while the logic layer waits for it. */
static void time_limit_elsewhere(void)
{
	static const char *const files[] = {"a.js", "call(1)", NULL};
	struct world world = {.files = files};
	world_start(&world);
	define(&world, "exports.early = 1; for (;;) {}");
	CHECK(value_is(exports(&world), VALUE_UNDEFINED) && value_is(exports(&world), VALUE_UNDEFINED));
	CHECK(str_starts(strbuf_str(&world.log), STR("stopped p/a.wxml:3:0 ")));
	CHECK(str_find_char(strbuf_str(&world.log), '\n') == world.log.len - 1); // once
	strbuf_clear(&world.log);
	CHECK(!js_engine_eval(world.engine, STR("(function (native) { globalThis.call = x => native.invoke('wxs', x) })"), "mina:test", 1));
	define(&world, "exports.f = function (x) { while (x) {} return 'done' }");
	exports(&world); // before the logic layer's call has begun
	js_module_run(world.engine, STR("a.js"));
	CHECK(js_engine_stopped(world.engine));
	CHECK(str_starts(strbuf_str(&world.log), STR("logic The script computed")));
	CHECK(str_find_char(strbuf_str(&world.log), '\n') == world.log.len - 1);
	call(&world, "f", "[0]", "\"done\"");
	world_finish(&world);
}

static void deep(void)
{
	struct world world = {0};
	world_start(&world);
	define(&world, "exports.down = function f() { return f() + 1 };"
				   "exports.nest = function () { var o = []; for (var i = 0; i < 5000; i++) o = [o]; return o }");
	struct value result = wxs_call(world.wxs, function(&world, "down"), NULL, 0);
	CHECK(value_is(result, VALUE_UNDEFINED));
	CHECK(str_starts(strbuf_str(&world.log), STR("uncaught p/a.wxml:3:")));
	strbuf_clear(&world.log);
	result = wxs_call(world.wxs, function(&world, "nest"), NULL, 0);
	CHECK(value_is(result, VALUE_UNDEFINED));
	CHECK(world.log.len > 0);
	world_finish(&world);
}

/* --- events --- */

static void events(void)
{
	struct world world = {0};
	world_start(&world);
	define(&world, "exports.tap = function (e, owner) {\n"
				   "  e.instance.setStyle({left: e.touches[0].pageX + 'px'})\n"
				   "  owner.callMethod('moved', {x: e.touches[0].pageX, f: function () {}})\n"
				   "  e.instance.getState().n = (e.instance.getState().n || 0) + 1\n"
				   "  console.log(e.type, e.instance === owner, e.instance.getState().n, e.instance.constructor)\n"
				   "  return e.type !== 'stop' && undefined\n"
				   "}\n"
				   "exports.fail = function (e) { return e.a.b }\n"
				   "exports.changed = function (next, before, owner, instance) {\n"
				   "  console.log(JSON.stringify([next, before]), owner === instance); instance.addClass('x')\n"
				   "}");
	uint32_t tap = function(&world, "tap");
	struct value event = value_undefined();
	json_parse(STR("{\"type\":\"tap\",\"touches\":[{\"pageX\":12}]}"), &event, NULL);
	CHECK(!wxs_handle(world.wxs, tap, event, 1, 7, 3));
	CHECK(!wxs_handle(world.wxs, tap, event, 1, 3, 3));
	CHECK(!wxs_handle(world.wxs, tap, event, 1, 7, 3));
	value_unref(event);
	json_parse(STR("{\"type\":\"stop\",\"touches\":[{}]}"), &event, NULL);
	CHECK(wxs_handle(world.wxs, tap, event, 2, 7, 7));
	value_unref(event);
	CHECK(!wxs_handle(world.wxs, function(&world, "fail"), value_undefined(), 2, 7, 7));
	CHECK(!wxs_handle(world.wxs, 9999, value_undefined(), 2, 7, 7));
	wxs_changed(world.wxs, function(&world, "changed"), value_number(2), value_undefined(), 1, 5, 6);
	CHECK_STR(strbuf_str(&world.log), "1/7 setStyle [{\"left\":\"12px\"}]\n"
									  "1/3 callMethod [\"moved\",{\"x\":12,\"f\":null}]\n"
									  "log tap false 1 Object\n"
									  "1/3 setStyle [{\"left\":\"12px\"}]\n"
									  "1/3 callMethod [\"moved\",{\"x\":12,\"f\":null}]\n"
									  "log tap true 1 Object\n"
									  "1/7 setStyle [{\"left\":\"12px\"}]\n"
									  "1/3 callMethod [\"moved\",{\"x\":12,\"f\":null}]\n"
									  "log tap false 2 Object\n"
									  "2/7 setStyle [{\"left\":\"undefinedpx\"}]\n"
									  "2/7 callMethod [\"moved\",{\"f\":null}]\n"
									  "log stop true 1 Object\n"
									  "uncaught p/a.wxml:10:41 TypeError: undefined is not an object (evaluating 'e.a.b')\n"
									  "log [2,null] false\n"
									  "1/5 addClass [\"x\"]\n");
	CHECK_NUM(world.logic, 0); // the logic layer was not touched
	world_finish(&world);
}

static void handle(struct world *world, const char *name, const char *answer)
{
	value_unref(world->answer);
	world->answer = value_undefined();
	if (answer) {
		json_parse(str_of(answer), &world->answer, NULL);
	}
	strbuf_clear(&world->log);
	wxs_handle(world->wxs, function(world, name), value_undefined(), 1, 2, 4);
}

static void descriptors(void)
{
	struct world world = {0};
	world_start(&world);
	define(&world, "exports.one = function (e) { var a = e.instance.selectComponent('.a'); console.log(a && a === e.instance) }\n"
				   "exports.all = function (e) { var l = e.instance.selectAllComponents('.b'); console.log(l.length, l[0] === "
				   "e.instance, l.constructor); if (l[1]) l[1].removeClass('r') }\n"
				   "exports.rest = function (e, o) { var i = e.instance; console.log(i.hasClass('h'), JSON.stringify(i.getDataset())); "
				   "i.triggerEvent('x', {a: 1}, {bubbles: true}); i.getComputedStyle(['width']); i.getBoundingClientRect(); "
				   "o.setStyle('color: red') }\n"
				   "exports.foreign = function (e) { ({f: e.instance.setStyle}).f('x') }\n"
				   "exports.out = function (e) { e.instance.callMethod('m', {toJSON: function f() { console.log(f.caller, typeof f.caller); "
				   "return 'json' }, get x() { return 1 }}); e.instance.setTimeout(function t() { console.log(t.caller) }, {valueOf: function v() "
				   "{ console.log(v.caller); return 0 }}); require({toString: function s() { console.log(s.caller); return './x.wxs' }}) }\n"
				   "exports.fixed = function (e) { e.instance.setStyle = 1; e.instance.own = 2; console.log(e.instance.own, typeof "
				   "e.instance.setStyle) }");
	handle(&world, "one", "2");
	CHECK_STR(strbuf_str(&world.log), "1/2 selectComponent [\".a\"]\nlog true\n");
	handle(&world, "one", "0");
	CHECK_STR(strbuf_str(&world.log), "1/2 selectComponent [\".a\"]\nlog undefined\n");
	handle(&world, "one", NULL);
	CHECK_STR(strbuf_str(&world.log), "1/2 selectComponent [\".a\"]\nlog undefined\n");
	handle(&world, "all", "[2,9]");
	CHECK_STR(strbuf_str(&world.log), "1/2 selectAllComponents [\".b\"]\nlog 2 true Array\n1/9 removeClass [\"r\"]\n");
	handle(&world, "all", NULL);
	CHECK_STR(strbuf_str(&world.log), "1/2 selectAllComponents [\".b\"]\nlog 0 false Array\n");
	handle(&world, "rest", "{\"d\":1}");
	CHECK_STR(strbuf_str(&world.log), "1/2 hasClass [\"h\"]\n1/2 getDataset []\nlog [object Object] {\"d\":1}\n"
									  "1/2 triggerEvent [\"x\",{\"a\":1},{\"bubbles\":true}]\n1/2 getComputedStyle [[\"width\"]]\n"
									  "1/2 getBoundingClientRect []\n1/4 setStyle [\"color: red\"]\n");
	handle(&world, "foreign", NULL);
	CHECK(str_starts(strbuf_str(&world.log), STR("uncaught p/a.wxml:6:")));
	handle(&world, "out", NULL); // nothing that C calls a script from can be seen by it
	wxs_frame(world.wxs, 1, 0);
	CHECK_STR(strbuf_str(&world.log), "log null object\n1/2 callMethod [\"m\",\"json\"]\nlog null\nlog null\nlog null\n");
	handle(&world, "fixed", NULL);
	CHECK_STR(strbuf_str(&world.log), "log 2 function\n");
	world_finish(&world);
}

static void timers(void)
{
	struct world world = {.now = 1000};
	world_start(&world);
	define(&world, "var id\n"
				   "exports.start = function (e, o) {\n"
				   "  e.instance.setTimeout(function (x) { console.log('late', x) }, 50, 'arg')\n"
				   "  e.instance.setTimeout(function () { console.log('soon'); o.clearTimeout(id); o.setTimeout(function () { "
				   "console.log('again') }, 0) }, '10')\n"
				   "  id = o.setTimeout(function () { console.log('never') }, 10)\n"
				   "  o.requestAnimationFrame(function step(t) { console.log('frame', t); if (t < 1040) o.requestAnimationFrame(step) })\n"
				   "}\n"
				   "exports.fail = function (e) { e.instance.setTimeout('x', 1) }");
	CHECK(!wxs_wants_frame(world.wxs, 1));
	CHECK(isinf(wxs_due(world.wxs, 1)));
	handle(&world, "start", NULL);
	CHECK(wxs_wants_frame(world.wxs, 1) && !wxs_wants_frame(world.wxs, 2));
	CHECK_NUM(wxs_due(world.wxs, 1), 1010);
	wxs_frame(world.wxs, 2, 1016);
	wxs_frame(world.wxs, 1, 1005);
	CHECK_STR(strbuf_str(&world.log), "log frame 1005\n");
	world.now = 1016;
	wxs_frame(world.wxs, 1, 1016);
	CHECK_STR(strbuf_str(&world.log), "log frame 1005\nlog soon\nlog frame 1016\n");
	CHECK_NUM(wxs_due(world.wxs, 1), 1016);
	wxs_frame(world.wxs, 1, 1060);
	CHECK_STR(strbuf_str(&world.log), "log frame 1005\nlog soon\nlog frame 1016\nlog again\nlog late arg\nlog frame 1060\n");
	CHECK(!wxs_wants_frame(world.wxs, 1) && isinf(wxs_due(world.wxs, 1)));
	handle(&world, "fail", NULL);
	CHECK(str_starts(strbuf_str(&world.log), STR("uncaught p/a.wxml:10:")));
	CHECK(isinf(wxs_due(world.wxs, 1)));
	world_finish(&world);
}

static void forgetting(void)
{
	struct world world = {.now = 1000};
	world_start(&world);
	define(&world, "exports.f = function (e, o) { var s = e.instance.getState(); s.n = (s.n || 0) + 1; console.log(s.n);"
				   "e.instance.setTimeout(function () { console.log('node') }, 1); o.setTimeout(function () { console.log('owner') }, 1) }");
	handle(&world, "f", NULL);
	wxs_forget(world.wxs, 1, 99); // never seen
	wxs_forget(world.wxs, 1, 2);
	wxs_frame(world.wxs, 1, 2000);
	CHECK_STR(strbuf_str(&world.log), "log 1\nlog owner\n");
	handle(&world, "f", NULL);
	CHECK_STR(strbuf_str(&world.log), "log 1\n");
	wxs_forget(world.wxs, 1, 0);
	wxs_forget(world.wxs, 5, 0);
	CHECK(isinf(wxs_due(world.wxs, 1)));
	world_finish(&world);
}

/* --- the logic layer --- */

static int on_invoke(void *user, struct str op, struct value args, struct value *ret_result)
{
	struct world *world = user;
	struct value given = value_at(args, 0);
	*ret_result = wxs_call(world->wxs, function(world, "f"), &given, 1);
	return 0;
}

/* A template that is rendered within a call of the logic layer. */
static void within_logic(void)
{
	static const char *const files[] = {"a.js", "function sloppy() { return call('x') }\ncall(sloppy()); globalThis.leak = 1", "b.js",
		"globalThis.after = call({a: 1})", NULL};
	struct world world = {.files = files};
	world_start(&world);
	CHECK(!js_engine_eval(world.engine, STR("(function (native) { globalThis.call = x => native.invoke('wxs', x) })"), "mina:test", 1));
	define(&world, "exports.f = function f(x) { console.log(f.caller, arguments.callee.caller, typeof leak, typeof call, x.constructor);"
				   "return x }");
	CHECK(!js_module_run(world.engine, STR("a.js")));
	CHECK(!js_module_run(world.engine, STR("b.js")));
	CHECK_STR(strbuf_str(&world.log), "log null null undefined undefined String\nlog null null undefined undefined String\n"
									  "log null null undefined undefined Object\n");
	world_finish(&world);
}

static void two_worlds(void)
{
	struct world world = {0};
	world_start(&world);
	struct wxs *other = wxs_create(world.engine, &ops, &world);
	wxs_define(other, STR("p/a.wxml"), STR("m"), (struct str){0}, STR("exports.f = function () { return 'other' }"), 1, 1);
	define(&world, "exports.f = function () { return 'one' }");
	call(&world, "f", "[]", "\"one\"");
	struct value result = wxs_call(other, value_get_text(wxs_exports(other, STR("p/a.wxml"), STR("m")), "f").function, NULL, 0);
	CHECK_STR(value_str(result), "other");
	value_unref(result);
	wxs_destroy(other);
	call(&world, "f", "[]", "\"one\"");
	wxs_destroy(NULL);
	world_finish(&world);
}

static const struct test_case cases[] = {
	{"language", language},
	{"modules", modules},
	{"declared_anew", declared_anew},
	{"calls", calls},
	{"time_limit", time_limit},
	{"time_limit_elsewhere", time_limit_elsewhere},
	{"deep", deep},
	{"events", events},
	{"descriptors", descriptors},
	{"timers", timers},
	{"forgetting", forgetting},
	{"within_logic", within_logic},
	{"two_worlds", two_worlds},
};
TEST_MAIN(cases)
