// The view layer's scripts: a global object of their own, modules, calls in both directions.
#include "border/js/wxs.h"

#include "base/map.h"
#include "base/vec.h"
#include "border/js/context.h"
#include "border/js/dialect.h"
#include "core/package/resolve.h"
#include "core/value/json.h"

#include <string.h>

#define ARGUMENTS_MAX 16
#define DIRECT_MAX 3 // arguments with a function of wxs.js of their own
#define SEEN_BITS 4096

extern const char js_wxs[];
extern const unsigned long js_wxs_len;

enum realm_function {
	REALM_CALL, // for 0 to DIRECT_MAX arguments, then for any number
	REALM_EXPORTS = REALM_CALL + DIRECT_MAX + 2,
	REALM_HANDLE,
	REALM_CHANGED,
	REALM_FIRE,
	REALM_UNWISH,
	REALM_UNDEFINE,
	REALM_FORGET,
	REALM_COUNT,
};

static const char *const realm_names[REALM_COUNT] = {
	"call0", "call1", "call2", "call3", "call", "exports", "handle", "changed", "fire", "unwish", "undefine", "forget"};

struct module {
	struct str key;   // the map's: a package path, or "file#name"
	struct str file;  // as errors name it; what its requires are relative to. The key's text
	struct strbuf text;
	bool inside;      // stands in a wxml file, at line and column
	int line, column; // of the text's first character
	bool loaded, missing, ran;
	struct dialect dialect;
	struct value exports;
};

/* A <wxs> of a wxml file. */
struct declaration {
	struct module *module;
	int line, column;
	bool told; // that its file is missing
};

/* A timeout, or (due below 0) an animation frame. */
struct wish {
	uint32_t id, page, node;
	double due;
};

typedef JSValueRef (*wxs_native)(struct wxs *wxs, size_t argc, const JSValueRef *argv, JSValueRef *exception);

struct native_slot {
	struct wxs *wxs;
	wxs_native call;
};

struct wxs {
	struct js_engine world; // as far as values and errors need one; its context is the scripts' own; made on first use
	bool usable;            // the world's script has run
	struct js_engine *engine;
	const struct wxs_ops *ops;
	void *user;
	JSClassRef native_class;
	struct native_slot *natives;
	JSObjectRef realm[REALM_COUNT];  // protected
	VEC(JSObjectRef) functions;      // by id - 1; protected
	struct map modules;              // key to struct module
	struct map declarations;         // "file#name" to struct declaration
	struct module *compiling;
	VEC(struct value) retired;       // exports of modules that were declared anew
	VEC(struct wish) wishes;
	struct value result;             // what the present call gives, when it is no scalar
	uint64_t seen[SEEN_BITS / 64];   // nodes that ever had a descriptor, by hash
};

/* --- in and out --- */

static JSContextRef context(const struct wxs *wxs) { return wxs->world.context; }

/* As js_enter(), but no turn of the logic layer begins. That the time began long ago means: what
 * JavaScriptCore itself has measured since the entry counts. */
static void enter(struct wxs *wxs)
{
	struct js_engine *engine = wxs->engine;
	if (engine->depth++ == 0) {
		JSLock(context(wxs));
		engine->watch.began = -INFINITY;
		engine->watch.stopped = false;
	}
}

static void leave(struct wxs *wxs)
{
	struct js_engine *engine = wxs->engine;
	if (engine->depth == 1) {
		JSUnlock(context(wxs));
		if (js_watchdog_settle(engine)) {
			wxs->world.watch.stack = engine->watch.stack;
			js_report_stopped(&wxs->world);
			wxs->world.watch.stack = NULL;
		}
	}
	engine->depth--;
}

static void report(struct wxs *wxs, JSValueRef thrown)
{
	wxs->world.watch.stopped = wxs->engine->watch.stopped;
	js_report(&wxs->world, JS_ERROR_UNCAUGHT, thrown);
}

/* NULL: it threw, and that was reported. */
static JSValueRef run(struct wxs *wxs, enum realm_function function, const JSValueRef *args, size_t count)
{
	JSValueRef thrown = NULL;
	JSValueRef result = JSObjectCallAsFunction(context(wxs), wxs->realm[function], NULL, count, args, &thrown);
	if (thrown) {
		report(wxs, thrown);
	}
	return thrown ? NULL : result;
}

static JSValueRef number(const struct wxs *wxs, double n) { return JSValueMakeNumber(context(wxs), n); }

static struct value take_result(struct wxs *wxs, JSValueRef result)
{
	struct value value = wxs->result;
	wxs->result = value_undefined();
	if (value_is(value, VALUE_UNDEFINED) && result) {
		js_value_in(&wxs->world, result, false, &value, NULL);
	}
	return value;
}

static void tell(struct wxs *wxs, struct str file, struct dialect_place place, const char *text)
{
	if (wxs->ops->problem) {
		wxs->ops->problem(wxs->user, file, place.line, place.column, text);
	}
}

/* --- modules --- */

static struct module *module_new(struct wxs *wxs, struct str key)
{
	struct module *module = mem_alloc(sizeof(*module));
	map_set(&wxs->modules, key, module);
	module->key = module->file = wxs->modules.entries[wxs->modules.len - 1].key;
	module->line = module->column = 1;
	return module;
}

static struct module *file_module(struct wxs *wxs, struct str path)
{
	struct module *module = map_get(&wxs->modules, path);
	return module ? module : module_new(wxs, path);
}

static bool is_there(struct wxs *wxs, struct module *module)
{
	if (!module->loaded) {
		module->loaded = true;
		module->missing = !wxs->ops->load || wxs->ops->load(wxs->user, module->key, &module->text);
	}
	return !module->missing;
}

/* A path as a script of `from` writes it, as a path of the package. */
static void join(struct str from, struct str spec, struct strbuf *out)
{
	resolve_join(from, spec, out);
	if (!str_ends(strbuf_str(out), STR(".wxs"))) {
		strbuf_add_text(out, ".wxs");
	}
}

static struct dialect_place in_file(const struct module *module, struct dialect_place place)
{
	place.column += place.line == 1 ? module->column - 1 : 0;
	place.line += module->line - 1;
	return place;
}

struct check {
	struct wxs *wxs;
	struct module *module;
};

static struct dialect_place place_of(const struct check *check, size_t at)
{
	return in_file(check->module, dialect_locate(strbuf_str(&check->module->text), at));
}

static void on_problem(void *user, size_t at, const char *text)
{
	struct check *check = user;
	tell(check->wxs, check->module->file, place_of(check, at), text);
}

static void on_require(void *user, size_t at, struct str spec)
{
	struct check *check = user;
	struct strbuf path = {0}, text = {0};
	join(check->module->file, spec, &path);
	if (!str_ends(spec, STR(".wxs"))) {
		strbuf_printf(&text, "require: '" STR_FMT "' does not name a .wxs file", STR_ARG(spec));
	} else if (!is_there(check->wxs, file_module(check->wxs, strbuf_str(&path)))) {
		strbuf_printf(&text, "require: there is no file " STR_FMT, STR_ARG(strbuf_str(&path)));
	}
	if (text.len) {
		tell(check->wxs, check->module->file, place_of(check, at), text.at);
	}
	strbuf_finish(&path);
	strbuf_finish(&text);
}

static JSValueRef compile(struct wxs *wxs, struct module *module, JSValueRef *exception)
{
	struct check check = {wxs, module};
	struct str source = strbuf_str(&module->text);
	dialect_check(source, on_problem, &check);
	dialect_requires(source, on_require, &check);
	dialect_finish(&module->dialect);
	dialect_write(source, &module->dialect);
	wxs->compiling = module;
	JSStringRef url = js_string_new(module->file), raw = js_string_new(source);
	JSStringRef text = js_string_new(strbuf_str(&module->dialect.text));
	JSValueRef result = NULL;
	if (!module->dialect.stray || JSCheckScriptSyntax(context(wxs), raw, url, module->line, exception)) {
		result = JSEvaluateScript(context(wxs), text, NULL, url, module->line, exception);
	}
	JSStringRelease(url);
	JSStringRelease(raw);
	JSStringRelease(text);
	return result;
}

/* The source text of errors, for thrown.c. */
static int on_load(void *user, struct str path, struct strbuf *ret_text)
{
	const struct module *module = ((struct wxs *)user)->compiling;
	if (!module || !str_eq(path, module->file)) {
		return 1;
	}
	for (int i = 1; i < module->line; i++) {
		strbuf_add_char(ret_text, '\n');
	}
	for (int i = 1; i < module->column; i++) {
		strbuf_add_char(ret_text, ' ');
	}
	strbuf_add(ret_text, strbuf_str(&module->text));
	return 0;
}

static int last_line(const struct module *module)
{
	return dialect_locate(strbuf_str(&module->text), module->text.len).line + module->line - 1;
}

/* Where a place of the evaluated text is in the file. */
static void on_place(const struct js_engine *world, struct str file, int *line, int *column)
{
	const struct wxs *wxs = CONTAINER_OF(world, struct wxs, world);
	MAP_EACH(&wxs->modules, entry) {
		const struct module *module = entry->value;
		if (!str_eq(file, module->file) || *line < module->line || *line > last_line(module)) {
			continue;
		}
		struct dialect_place place = {.line = *line - module->line + 1, .column = *column};
		*column = *column > 0 ? in_file(module, dialect_source(&module->dialect, place)).column : 0;
		return;
	}
}

static void on_error(void *user, const struct js_error *error)
{
	struct wxs *wxs = user;
	if (wxs->ops->error) {
		wxs->ops->error(wxs->user, error);
	}
}

static const struct js_engine_ops world_ops = {.error = on_error, .load = on_load};

/* --- what the scripts' side calls --- */

static double number_arg(struct wxs *wxs, size_t argc, const JSValueRef *argv, size_t index)
{
	return index < argc ? JSValueToNumber(context(wxs), argv[index], NULL) : 0;
}

static uint32_t id_arg(struct wxs *wxs, size_t argc, const JSValueRef *argv, size_t index)
{
	double n = number_arg(wxs, argc, argv, index);
	return n >= 0 && n <= UINT32_MAX ? (uint32_t)n : 0;
}

static void text_arg(struct wxs *wxs, size_t argc, const JSValueRef *argv, size_t index, struct strbuf *out)
{
	JSStringRef text = index < argc ? JSValueToStringCopy(context(wxs), argv[index], NULL) : NULL;
	if (text) {
		js_string_add(text, out);
		JSStringRelease(text);
	}
}

static JSValueRef nothing(struct wxs *wxs) { return JSValueMakeUndefined(context(wxs)); }

static JSValueRef call_compile(struct wxs *wxs, size_t argc, const JSValueRef *argv, JSValueRef *exception)
{
	struct strbuf key = {0};
	text_arg(wxs, argc, argv, 0, &key);
	struct module *module = map_get(&wxs->modules, strbuf_str(&key));
	strbuf_finish(&key);
	JSValueRef factory = module ? compile(wxs, module, exception) : NULL;
	return factory ? factory : nothing(wxs);
}

/* The key of what `require` names; "": there is none, which the check has told. */
static JSValueRef call_resolve(struct wxs *wxs, size_t argc, const JSValueRef *argv, JSValueRef *exception)
{
	struct strbuf key = {0}, spec = {0}, path = {0};
	text_arg(wxs, argc, argv, 0, &key);
	text_arg(wxs, argc, argv, 1, &spec);
	const struct module *from = map_get(&wxs->modules, strbuf_str(&key));
	if (from) {
		join(from->file, strbuf_str(&spec), &path);
	}
	bool found = from && is_there(wxs, file_module(wxs, strbuf_str(&path)));
	JSValueRef result = js_text(&wxs->world, found ? strbuf_str(&path) : STR(""));
	strbuf_finish(&key);
	strbuf_finish(&spec);
	strbuf_finish(&path);
	return result;
}

static JSValueRef call_console(struct wxs *wxs, size_t argc, const JSValueRef *argv, JSValueRef *exception)
{
	struct strbuf text = {0};
	text_arg(wxs, argc, argv, 0, &text);
	if (wxs->ops->console) {
		wxs->ops->console(wxs->user, strbuf_str(&text));
	}
	strbuf_finish(&text);
	return nothing(wxs);
}

static JSValueRef call_now(struct wxs *wxs, size_t argc, const JSValueRef *argv, JSValueRef *exception)
{
	return number(wxs, wxs->ops->now ? floor(wxs->ops->now(wxs->user)) : 0);
}

static JSValueRef call_report(struct wxs *wxs, size_t argc, const JSValueRef *argv, JSValueRef *exception)
{
	report(wxs, argc ? argv[0] : nothing(wxs));
	return nothing(wxs);
}

static JSValueRef call_keep(struct wxs *wxs, size_t argc, const JSValueRef *argv, JSValueRef *exception)
{
	JSObjectRef function = (JSObjectRef)argv[0]; // wxs.js gives functions only
	JSValueProtect(context(wxs), function);
	vec_push(&wxs->functions, function);
	return number(wxs, (double)wxs->functions.len);
}

static struct value mark_function(struct value mark)
{
	uint32_t id = (uint32_t)value_to_number(mark);
	return id ? value_function(id) : value_undefined();
}

/* Puts functions where wxs.js left their numbers. Consumes `value`. */
static struct value with_functions(struct value value)
{
	struct str mark = {"\0f", 2};
	if (value_has(value, mark)) {
		struct value function = mark_function(value_get(value, mark));
		value_unref(value);
		return function;
	}
	value = value_unshared(value);
	for (size_t i = 0; i < value_len(value); i++) {
		value_array_set(&value, i, with_functions(value_array_take(&value, i)));
	}
	for (size_t i = 0; i < value_count(value); i++) {
		struct value key = value_ref(value_key_value(value, i));
		struct value item = with_functions(value_object_take(&value, value_str(key)));
		value_object_set_shared(&value, key, item);
	}
	return value;
}

/* A function's number, or JSON and how many functions it holds. */
static JSValueRef call_result(struct wxs *wxs, size_t argc, const JSValueRef *argv, JSValueRef *exception)
{
	struct value result = value_undefined();
	if (argc && JSValueIsNumber(context(wxs), argv[0])) {
		result = mark_function(value_number(number_arg(wxs, argc, argv, 0)));
	} else {
		struct strbuf text = {0};
		text_arg(wxs, argc, argv, 0, &text);
		if (json_parse(strbuf_str(&text), &result, NULL)) {
			js_throw(&wxs->world, STR("the data is nested too deeply"), exception);
		} else if (number_arg(wxs, argc, argv, 1) > 0) {
			result = with_functions(result);
		}
		strbuf_finish(&text);
	}
	value_unref(wxs->result);
	wxs->result = result;
	return nothing(wxs);
}

static uint32_t seen_bit(uint32_t page, uint32_t node) { return (page * 0x9e3779b1u ^ node * 0x85ebca6bu) >> 20; }

static JSValueRef call_seen(struct wxs *wxs, size_t argc, const JSValueRef *argv, JSValueRef *exception)
{
	uint32_t bit = seen_bit(id_arg(wxs, argc, argv, 0), id_arg(wxs, argc, argv, 1));
	wxs->seen[bit / 64] |= (uint64_t)1 << bit % 64;
	return nothing(wxs);
}

static JSValueRef call_descriptor(struct wxs *wxs, size_t argc, const JSValueRef *argv, JSValueRef *exception)
{
	struct value args = value_undefined();
	if (!wxs->ops->descriptor || argc < 4 || js_value_in(&wxs->world, argv[3], false, &args, exception)) {
		return nothing(wxs);
	}
	struct strbuf method = {0};
	text_arg(wxs, argc, argv, 2, &method);
	struct value result = wxs->ops->descriptor(
		wxs->user, id_arg(wxs, argc, argv, 0), id_arg(wxs, argc, argv, 1), strbuf_str(&method), args);
	JSValueRef out = js_value_out(&wxs->world, result);
	strbuf_finish(&method);
	value_unref(args);
	value_unref(result);
	return out;
}

static JSValueRef call_wish(struct wxs *wxs, size_t argc, const JSValueRef *argv, JSValueRef *exception)
{
	struct wish wish = {.id = id_arg(wxs, argc, argv, 0),
		.page = id_arg(wxs, argc, argv, 1),
		.node = id_arg(wxs, argc, argv, 2),
		.due = number_arg(wxs, argc, argv, 3)};
	vec_push(&wxs->wishes, wish);
	return nothing(wxs);
}

static size_t find_wish(const struct wxs *wxs, uint32_t id)
{
	for (size_t i = 0; i < wxs->wishes.len; i++) {
		if (wxs->wishes.at[i].id == id) {
			return i;
		}
	}
	return SIZE_MAX;
}

static JSValueRef call_unwish(struct wxs *wxs, size_t argc, const JSValueRef *argv, JSValueRef *exception)
{
	size_t index = find_wish(wxs, id_arg(wxs, argc, argv, 0));
	if (index != SIZE_MAX) {
		vec_remove(&wxs->wishes, index);
	}
	return nothing(wxs);
}

static const struct {
	const char *name;
	wxs_native call;
} natives[] = {
	{"compile", call_compile},
	{"resolve", call_resolve},
	{"console", call_console},
	{"now", call_now},
	{"report", call_report},
	{"keep", call_keep},
	{"result", call_result},
	{"seen", call_seen},
	{"descriptor", call_descriptor},
	{"wish", call_wish},
	{"unwish", call_unwish},
};

/* --- the world --- */

static JSValueRef call_native(JSContextRef unused, JSObjectRef function, JSObjectRef self, size_t argc, const JSValueRef argv[],
	JSValueRef *exception)
{
	const struct native_slot *slot = JSObjectGetPrivate(function);
	JSValueRef result = slot->call(slot->wxs, argc, argv, exception);
	js_watchdog_resume(slot->wxs->engine);
	return result;
}

static JSObjectRef native_table(struct wxs *wxs)
{
	JSClassDefinition definition = kJSClassDefinitionEmpty;
	definition.className = "Function";
	definition.callAsFunction = call_native;
	wxs->native_class = JSClassCreate(&definition);
	wxs->natives = mem_alloc_array(ARRAY_LEN(natives), sizeof(*wxs->natives));
	JSObjectRef table = JSObjectMake(context(wxs), NULL, NULL);
	for (size_t i = 0; i < ARRAY_LEN(natives); i++) {
		wxs->natives[i] = (struct native_slot){wxs, natives[i].call};
		js_set(&wxs->world, table, natives[i].name, JSObjectMake(context(wxs), wxs->native_class, &wxs->natives[i]));
	}
	return table;
}

static JSObjectRef protected_property(struct wxs *wxs, JSObjectRef object, const char *name)
{
	JSObjectRef property = js_property_object(&wxs->world, object, name);
	if (property) {
		JSValueProtect(context(wxs), property);
	}
	return property;
}

static bool run_world_script(struct wxs *wxs)
{
	JSObjectRef realm = JSObjectMake(context(wxs), NULL, NULL);
	uint64_t seed = wxs->engine->config.random_seed;
	JSValueRef args[] = {native_table(wxs), realm, number(wxs, (uint32_t)seed), number(wxs, (uint32_t)(seed >> 32))};
	JSStringRef text = js_string_new((struct str){js_wxs, js_wxs_len}), url = JSStringCreateWithUTF8CString("mina:wxs");
	JSValueRef thrown = NULL, function = JSEvaluateScript(context(wxs), text, NULL, url, 1, &thrown);
	JSStringRelease(text);
	JSStringRelease(url);
	if (function && !thrown) {
		JSObjectCallAsFunction(context(wxs), (JSObjectRef)function, NULL, ARRAY_LEN(args), args, &thrown);
	}
	bool fine = function && !thrown;
	wxs->world.realm[JS_REALM_DESCRIBE] = protected_property(wxs, realm, "describe");
	if (thrown) {
		report(wxs, thrown);
	}
	for (size_t i = 0; i < REALM_COUNT && fine; i++) {
		wxs->realm[i] = protected_property(wxs, realm, realm_names[i]);
		fine = wxs->realm[i];
	}
	return fine;
}

/* Some milliseconds of work, left until a module is used. False: there is no world, which was reported. */
static bool make_world(struct wxs *wxs)
{
	if (!wxs->world.context) {
		wxs->world.context = JSGlobalContextCreateInGroup(wxs->engine->group, NULL);
		enter(wxs);
		wxs->usable = run_world_script(wxs);
		JSStringRef message = JSStringCreateWithUTF8CString("WXS makes no code out of text");
		JSGlobalContextSetEvalEnabled(wxs->world.context, false, message);
		JSStringRelease(message);
		leave(wxs);
	}
	return wxs->usable;
}

struct wxs *wxs_create(struct js_engine *engine, const struct wxs_ops *ops, void *user)
{
	struct wxs *wxs = mem_alloc(sizeof(*wxs));
	wxs->engine = engine;
	wxs->ops = ops;
	wxs->user = user;
	wxs->world.config = (struct js_engine_config){.ops = &world_ops, .user = wxs, .time_limit = engine->config.time_limit};
	wxs->world.place = on_place;
	return wxs;
}

static void world_destroy(struct wxs *wxs)
{
	for (size_t i = 0; i < wxs->functions.len; i++) {
		JSValueUnprotect(context(wxs), wxs->functions.at[i]);
	}
	for (size_t i = 0; i < REALM_COUNT; i++) {
		if (wxs->realm[i]) {
			JSValueUnprotect(context(wxs), wxs->realm[i]);
		}
	}
	if (wxs->world.realm[JS_REALM_DESCRIBE]) {
		JSValueUnprotect(context(wxs), wxs->world.realm[JS_REALM_DESCRIBE]);
	}
	JSGlobalContextRelease(wxs->world.context);
	JSClassRelease(wxs->native_class);
}

static void module_destroy(struct module *module)
{
	strbuf_finish(&module->text);
	dialect_finish(&module->dialect);
	value_unref(module->exports);
	mem_free(module);
}

void wxs_destroy(struct wxs *wxs)
{
	if (!wxs) {
		return;
	}
	if (wxs->world.context) {
		world_destroy(wxs);
	}
	mem_free(wxs->natives);
	MAP_EACH(&wxs->modules, entry) {
		module_destroy(entry->value);
	}
	MAP_EACH(&wxs->declarations, entry) {
		mem_free(entry->value);
	}
	for (size_t i = 0; i < wxs->retired.len; i++) {
		value_unref(wxs->retired.at[i]);
	}
	map_finish(&wxs->modules);
	map_finish(&wxs->declarations);
	vec_finish(&wxs->retired);
	vec_finish(&wxs->functions);
	vec_finish(&wxs->wishes);
	value_unref(wxs->result);
	mem_free(wxs);
}

/* --- declarations and exports --- */

static void key_of(struct str file, struct str name, struct strbuf *out)
{
	strbuf_add(out, file);
	strbuf_add_char(out, '#');
	strbuf_add(out, name);
}

/* The module of an inline <wxs>; one that has run already and is another now is to run again. */
static struct module *inline_module(struct wxs *wxs, struct str key, size_t file_len, struct str text, int line, int column)
{
	struct module *module = map_get(&wxs->modules, key);
	if (module && str_eq(strbuf_str(&module->text), text) && module->line == line && module->column == column) {
		return module;
	}
	if (!module) {
		module = module_new(wxs, key);
	} else if (module->ran) {
		vec_push(&wxs->retired, module->exports);
		module->exports = value_undefined();
		module->ran = false;
		enter(wxs);
		JSValueRef arg = js_text(&wxs->world, key);
		run(wxs, REALM_UNDEFINE, &arg, 1);
		leave(wxs);
	}
	module->file = str_slice(module->key, 0, file_len);
	strbuf_clear(&module->text);
	strbuf_add(&module->text, text);
	module->loaded = true;
	module->line = int_max(line, 1);
	module->column = int_max(column, 1);
	return module;
}

void wxs_define(struct wxs *wxs, struct str file, struct str name, struct str path, struct str text, int line, int column)
{
	struct strbuf key = {0};
	key_of(file, name, &key);
	struct declaration *declaration = map_get(&wxs->declarations, strbuf_str(&key));
	if (!declaration) {
		declaration = mem_alloc(sizeof(*declaration));
		map_set(&wxs->declarations, strbuf_str(&key), declaration);
	}
	struct module *module = path.len ? file_module(wxs, path) : inline_module(wxs, strbuf_str(&key), file.len, text, line, column);
	if (declaration->module != module) {
		*declaration = (struct declaration){module, line, column, false};
	}
	strbuf_finish(&key);
}

struct value wxs_exports(struct wxs *wxs, struct str file, struct str name)
{
	struct strbuf key = {0};
	key_of(file, name, &key);
	struct declaration *declaration = map_get(&wxs->declarations, strbuf_str(&key));
	strbuf_finish(&key);
	if (!declaration) {
		return value_undefined();
	}
	struct module *module = declaration->module;
	if (!is_there(wxs, module)) {
		if (!declaration->told) {
			struct strbuf text = {0};
			strbuf_printf(&text, "<wxs>: there is no file " STR_FMT, STR_ARG(module->key));
			tell(wxs, file, (struct dialect_place){declaration->line, declaration->column}, text.at);
			strbuf_finish(&text);
			declaration->told = true;
		}
		return value_undefined();
	}
	if (!module->ran && make_world(wxs)) {
		module->ran = true;
		enter(wxs);
		JSValueRef arg = js_text(&wxs->world, module->key);
		module->exports = take_result(wxs, run(wxs, REALM_EXPORTS, &arg, 1));
		leave(wxs);
	}
	return module->exports;
}

/* --- calls --- */

static JSObjectRef function_of(const struct wxs *wxs, uint32_t id)
{
	return id > 0 && id <= wxs->functions.len ? wxs->functions.at[id - 1] : NULL;
}

static JSValueRef out_value(struct wxs *wxs, struct value value)
{
	if (value_is(value, VALUE_FUNCTION)) {
		JSObjectRef function = function_of(wxs, value.function);
		return function ? function : nothing(wxs);
	}
	return js_value_out(&wxs->world, value);
}

struct value wxs_call(struct wxs *wxs, uint32_t id, const struct value *args, size_t count)
{
	JSValueRef given[ARGUMENTS_MAX + 1] = {function_of(wxs, id)};
	if (!given[0]) {
		return value_undefined();
	}
	count = size_min(count, ARGUMENTS_MAX);
	enter(wxs);
	for (size_t i = 0; i < count; i++) {
		given[i + 1] = out_value(wxs, args[i]);
	}
	enum realm_function call = REALM_CALL + (enum realm_function)size_min(count, DIRECT_MAX + 1);
	struct value result = take_result(wxs, run(wxs, call, given, count + 1));
	leave(wxs);
	return result;
}

bool wxs_handle(struct wxs *wxs, uint32_t function, struct value event, uint32_t page, uint32_t node, uint32_t owner)
{
	JSObjectRef object = function_of(wxs, function);
	if (!object) {
		return false;
	}
	enter(wxs);
	JSValueRef args[] = {object, out_value(wxs, event), number(wxs, page), number(wxs, node), number(wxs, owner)};
	JSValueRef result = run(wxs, REALM_HANDLE, args, ARRAY_LEN(args));
	bool stops = result && JSValueToBoolean(context(wxs), result);
	leave(wxs);
	return stops;
}

void wxs_changed(struct wxs *wxs, uint32_t function, struct value next, struct value before, uint32_t page, uint32_t node, uint32_t owner)
{
	JSObjectRef object = function_of(wxs, function);
	if (!object) {
		return;
	}
	enter(wxs);
	JSValueRef args[] = {object, out_value(wxs, next), out_value(wxs, before), number(wxs, page), number(wxs, node),
		number(wxs, owner)};
	run(wxs, REALM_CHANGED, args, ARRAY_LEN(args));
	leave(wxs);
}

/* --- time --- */

bool wxs_wants_frame(const struct wxs *wxs, uint32_t page)
{
	for (size_t i = 0; i < wxs->wishes.len; i++) {
		if (wxs->wishes.at[i].page == page && wxs->wishes.at[i].due < 0) {
			return true;
		}
	}
	return false;
}

double wxs_due(const struct wxs *wxs, uint32_t page)
{
	double due = INFINITY;
	for (size_t i = 0; i < wxs->wishes.len; i++) {
		const struct wish *wish = &wxs->wishes.at[i];
		if (wish->page == page && wish->due >= 0) {
			due = fmin(due, wish->due);
		}
	}
	return due;
}

/* Timeouts by their time, then frames; each kind in the order in which it was asked for. */
static bool is_before(const struct wish *a, const struct wish *b)
{
	if ((a->due < 0) != (b->due < 0)) {
		return b->due < 0;
	}
	return a->due < b->due || (a->due == b->due && a->id < b->id);
}

void wxs_frame(struct wxs *wxs, uint32_t page, double now)
{
	VEC(struct wish) due = {0};
	for (size_t i = 0; i < wxs->wishes.len; i++) {
		const struct wish *wish = &wxs->wishes.at[i];
		if (wish->page != page || wish->due > now) {
			continue;
		}
		size_t at = due.len;
		while (at > 0 && is_before(wish, &due.at[at - 1])) {
			at--;
		}
		vec_insert(&due, at, *wish);
	}
	if (due.len) {
		enter(wxs);
		for (size_t i = 0; i < due.len; i++) {
			size_t index = find_wish(wxs, due.at[i].id);
			if (index == SIZE_MAX) {
				continue; // one before it took it back
			}
			vec_remove(&wxs->wishes, index);
			JSValueRef args[] = {number(wxs, due.at[i].id), number(wxs, now)};
			run(wxs, REALM_FIRE, args, ARRAY_LEN(args));
		}
		leave(wxs);
	}
	vec_finish(&due);
}

void wxs_forget(struct wxs *wxs, uint32_t page, uint32_t node)
{
	uint32_t bit = seen_bit(page, node);
	if (!wxs->usable || (node && !(wxs->seen[bit / 64] >> bit % 64 & 1))) {
		return;
	}
	enter(wxs);
	for (size_t i = wxs->wishes.len; i > 0; i--) {
		const struct wish wish = wxs->wishes.at[i - 1];
		if (wish.page == page && (!node || wish.node == node)) {
			vec_remove(&wxs->wishes, i - 1);
			JSValueRef arg = number(wxs, wish.id);
			run(wxs, REALM_UNWISH, &arg, 1);
		}
	}
	JSValueRef args[] = {number(wxs, page), number(wxs, node)};
	run(wxs, REALM_FORGET, args, ARRAY_LEN(args));
	leave(wxs);
}
