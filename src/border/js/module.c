/* Package files as modules: what is compiled, and which imports must stay live. */
#include "border/js/module.h"

#include "base/mem.h"
#include "border/js/context.h"
#include "border/js/esm.h"
#include "border/js/token.h"

#include <string.h>

/* What is known of a file's imports and exports. */
struct js_module {
	struct str path; // the map's key
	bool missing;    // no such file
	bool live;       // runs inside `with`
	size_t prefix;   // characters in front of the file's first line
	struct strbuf source;
	struct esm_unit unit;
	VEC(struct js_module *) imports;  // by index of unit.imports; NULL: none
	VEC(struct js_module *) requires;
	bool linked;   // the two lists are filled
	bool checked;
	uint32_t mark; // of the search that saw it last
};

/* The names given to the function around a file. */
#define PARAMETERS "module,exports,require,$imprt"
#define ESM_PARAMETERS PARAMETERS ",$imeta,$x,$i,$s,$l"

static bool is_json(struct str path) { return str_ends(path, STR(".json")); }

int js_module_read(struct js_engine *engine, struct str path, struct strbuf *ret_text)
{
	const struct js_engine_ops *ops = engine->config.ops;
	return !ops->load || ops->load(engine->config.user, path, ret_text);
}

/* The file's record; scanned on first use. */
static struct js_module *module_of(struct js_engine *engine, struct str path)
{
	struct js_module *module = map_get(&engine->modules, path);
	if (module) {
		return module;
	}
	module = mem_alloc(sizeof(*module));
	map_set(&engine->modules, path, module);
	module->path = engine->modules.entries[engine->modules.len - 1].key;
	module->missing = js_module_read(engine, path, &module->source);
	if (!module->missing && !is_json(path)) {
		esm_scan(strbuf_str(&module->source), &module->unit);
	}
	return module;
}

static struct js_module *dependency(struct js_engine *engine, struct str from, struct str spec)
{
	struct strbuf path = {0};
	const struct js_engine_ops *ops = engine->config.ops;
	struct js_module *found = NULL;
	if (ops->resolve && !ops->resolve(engine->config.user, from, spec, &path)) {
		found = module_of(engine, strbuf_str(&path));
	}
	strbuf_finish(&path);
	return found;
}

static void link_module(struct js_engine *engine, struct js_module *module)
{
	if (module->linked) {
		return;
	}
	module->linked = true;
	for (size_t i = 0; i < module->unit.imports.len; i++) {
		vec_push(&module->imports, dependency(engine, module->path, module->unit.imports.at[i].spec));
	}
	for (size_t i = 0; i < module->unit.requires.len; i++) {
		struct js_module *other = dependency(engine, module->path, module->unit.requires.at[i]);
		if (other) {
			vec_push(&module->requires, other);
		}
	}
}

/* Does running `from` lead to `target` again? */
static bool leads_to(struct js_engine *engine, struct js_module *from, const struct js_module *target)
{
	VEC(struct js_module *) open = {0};
	uint32_t mark = ++engine->search;
	vec_push(&open, from);
	bool found = false;
	while (open.len && !found) {
		struct js_module *module = open.at[--open.len];
		if (module->mark == mark) {
			continue;
		}
		module->mark = mark;
		found = module == target;
		link_module(engine, module);
		for (size_t i = 0; i < module->imports.len; i++) {
			if (module->imports.at[i]) {
				vec_push(&open, module->imports.at[i]);
			}
		}
		for (size_t i = 0; i < module->requires.len; i++) {
			vec_push(&open, module->requires.at[i]);
		}
	}
	vec_finish(&open);
	return found;
}

struct compile {
	struct js_engine *engine;
	struct js_module *module;
	VEC(signed char) circular; // by import: -1 not asked yet
};

/* Must an imported name follow its variable? */
static bool is_live(void *user, size_t import, const struct esm_name *name)
{
	struct compile *compile = user;
	struct js_module *other = compile->module->imports.at[import];
	if (!other || other->missing) {
		return false;
	}
	if (other->unit.is_module && esm_is_assigned(&other->unit, name->outer)) {
		return true;
	}
	if (str_is(name->outer, "*")) {
		return false; // the namespace itself never changes
	}
	signed char *circular = &compile->circular.at[import];
	if (*circular < 0) {
		*circular = leads_to(compile->engine, other, compile->module);
	}
	return *circular;
}

static void write_factory(struct js_engine *engine, struct js_module *module, struct str scope, struct strbuf *out)
{
	strbuf_add_text(out, "(");
	if (scope.len) {
		strbuf_printf(out, "function(" STR_FMT "){return ", STR_ARG(scope));
	}
	strbuf_add_text(out, "function(");
	if (!module->unit.is_module) {
		strbuf_add_text(out, PARAMETERS "){");
	} else {
		link_module(engine, module);
		struct compile compile = {.engine = engine, .module = module};
		for (size_t i = 0; i < module->imports.len; i++) {
			vec_push(&compile.circular, -1);
		}
		struct strbuf head = {0}, live = {0};
		esm_head(&module->unit, is_live, &compile, &head, &live);
		module->live = live.len > 0;
		strbuf_add_text(out, ESM_PARAMETERS "){");
		if (module->live) {
			strbuf_add_text(out, "with($l({");
			strbuf_add(out, strbuf_str(&live));
			strbuf_add_text(out, "})){return function(){");
		}
		strbuf_add_text(out, "\"use strict\";");
		strbuf_add(out, strbuf_str(&head));
		strbuf_finish(&head);
		strbuf_finish(&live);
		vec_finish(&compile.circular);
	}
	module->prefix = out->len;
	struct str text = strbuf_str(&module->unit.text);
	if (str_starts(text, STR("\xef\xbb\xbf"))) {
		text = str_slice(text, 3, text.len);
	}
	if (str_starts(text, STR("#!"))) {
		strbuf_add_text(out, "//");
	}
	strbuf_add(out, text);
	strbuf_add_text(out, "\n}");
	strbuf_add_text(out, module->live ? "}}" : "");
	strbuf_add_text(out, scope.len ? "})" : ")");
}

static JSValueRef evaluate(struct js_engine *engine, struct str text, struct str path, JSValueRef *exception)
{
	JSStringRef script = js_string_new(text), url = js_string_new(path);
	JSValueRef result = JSEvaluateScript(engine->context, script, NULL, url, 1, exception);
	JSStringRelease(script);
	JSStringRelease(url);
	return result;
}

/* The error of a file that closes a bracket it has not opened: such a file could end the function
 * around it. The bracket alone, on its line, gives JavaScriptCore's own sentence. False: none. */
static bool find_stray_bracket(struct js_engine *engine, struct js_module *module, JSValueRef *exception)
{
	if (!module->unit.unbalanced) {
		return false;
	}
	struct str source = strbuf_str(&module->source);
	struct js_tokenizer tokens;
	struct js_token token;
	js_tokenizer_init(&tokens, source);
	do {
		token = js_token_next(&tokens);
	} while (token.type != JS_TOKEN_END && !tokens.unbalanced);
	js_tokenizer_finish(&tokens);
	if (token.type == JS_TOKEN_END) {
		return false; // one is missing: the compiler sees it
	}
	struct strbuf text = {0};
	for (size_t i = 0; i < token.start; i++) {
		if (source.at[i] == '\n') {
			strbuf_add_char(&text, '\n');
		}
	}
	strbuf_add_text(&text, source.at[token.start] == ')' ? "[" : "("); // else it says "Parser error"
	strbuf_add(&text, str_slice(source, token.start, token.end));
	bool found = !evaluate(engine, strbuf_str(&text), module->path, exception);
	strbuf_finish(&text);
	return found;
}

JSValueRef js_module_compile(struct js_engine *engine, struct str path, struct str scope, JSValueRef *exception)
{
	struct js_module *module = module_of(engine, path);
	struct strbuf text = {0};
	JSValueRef undefined = JSValueMakeUndefined(engine->context);
	if (module->missing) {
		strbuf_printf(&text, "module '" STR_FMT "' is not defined", STR_ARG(path));
		js_throw(engine, strbuf_str(&text), exception);
		strbuf_finish(&text);
		return undefined;
	}
	if (find_stray_bracket(engine, module, exception)) {
		return undefined;
	}
	write_factory(engine, module, scope, &text);
	JSValueRef factory = evaluate(engine, strbuf_str(&text), path, exception);
	strbuf_finish(&text);
	if (!factory) {
		return undefined;
	}
	VEC(JSValueRef) specs = {0};
	for (size_t i = 0; i < module->unit.imports.len; i++) {
		vec_push(&specs, js_text(engine, module->unit.imports.at[i].spec));
	}
	JSValueRef parts[] = {factory, JSValueMakeBoolean(engine->context, module->unit.is_module),
		JSValueMakeBoolean(engine->context, module->live),
		JSObjectMakeArray(engine->context, specs.len, specs.at, NULL)};
	vec_finish(&specs);
	return JSObjectMakeArray(engine->context, ARRAY_LEN(parts), parts, NULL);
}

size_t js_module_prefix(const struct js_engine *engine, struct str path)
{
	const struct js_module *module = map_get(&engine->modules, path);
	return module ? module->prefix : 0;
}

void js_modules_finish(struct js_engine *engine)
{
	MAP_EACH(&engine->modules, entry) {
		struct js_module *module = entry->value;
		strbuf_finish(&module->source);
		esm_unit_finish(&module->unit);
		vec_finish(&module->imports);
		vec_finish(&module->requires);
		mem_free(module);
	}
	map_finish(&engine->modules);
}

int js_module_run(struct js_engine *engine, struct str path)
{
	js_enter(engine);
	JSValueRef thrown = NULL, name = js_text(engine, path);
	JSObjectCallAsFunction(engine->context, engine->realm[JS_REALM_RUN], NULL, 1, &name, &thrown);
	if (thrown) {
		js_report(engine, JS_ERROR_UNCAUGHT, thrown);
	}
	js_leave(engine);
	return thrown != NULL;
}

static void check_one(struct js_engine *engine, struct js_module *module)
{
	JSValueRef thrown = NULL;
	js_module_compile(engine, module->path, (struct str){0}, &thrown);
	if (thrown) {
		js_report(engine, JS_ERROR_SYNTAX, thrown);
	}
	link_module(engine, module);
}

void js_module_check(struct js_engine *engine, struct str path)
{
	js_enter(engine);
	VEC(struct js_module *) open = {0};
	vec_push(&open, module_of(engine, path));
	while (open.len) {
		struct js_module *module = open.at[--open.len];
		if (!module || module->checked || module->missing || is_json(module->path)) {
			continue;
		}
		module->checked = true;
		check_one(engine, module);
		for (size_t i = 0; i < module->imports.len; i++) {
			vec_push(&open, module->imports.at[i]);
		}
		for (size_t i = 0; i < module->requires.len; i++) {
			vec_push(&open, module->requires.at[i]);
		}
	}
	vec_finish(&open);
	js_leave(engine);
}

bool js_module_loaded(struct js_engine *engine, struct str path)
{
	js_enter(engine);
	JSValueRef name = js_text(engine, path);
	JSValueRef result = JSObjectCallAsFunction(engine->context, engine->realm[JS_REALM_LOADED], NULL, 1, &name, NULL);
	bool loaded = result && JSValueToBoolean(engine->context, result);
	js_leave(engine);
	return loaded;
}
