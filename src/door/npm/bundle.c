/* The modules of one package as one script: a table of functions, and a require that knows them. */
#include "door/npm/npm.h"

#include "base/map.h"
#include "base/mem.h"
#include "border/js/esm.h"
#include "core/package/resolve.h"
#include "core/value/json.h"

#include <glib.h>
#include <string.h>

#define FILES_MAX 5000
#define BYTES_MAX ((size_t)32 << 20)

enum { OTHER = -1 }; // a target that is not among the bundle's own

struct module {
	const char *folder; // of its package; the work's
	struct strbuf path, text;
	bool json;
	struct esm_unit unit;
	VEC(int) required, imported; // targets of unit.requires and unit.imports
};

struct work {
	struct npm_bundle *bundle;
	VEC(struct module *) modules;
	struct map places, told;   // whole path -> module; names of other packages
	struct map packages;       // folder -> struct value *, its package.json; keys are lent as folders
	size_t bytes;
};

/* What Node.js has and no mini program does. */
static bool is_node(struct str name)
{
	static const char *const names[] = {"assert", "buffer", "child_process", "cluster", "crypto", "dgram", "dns", "domain", "events", "fs",
		"http", "http2", "https", "inspector", "module", "net", "os", "path", "perf_hooks", "process", "punycode", "querystring",
		"readline", "repl", "stream", "string_decoder", "timers", "tls", "tty", "url", "util", "v8", "vm", "worker_threads", "zlib"};
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		if (str_is(name, names[i])) {
			return true;
		}
	}
	return str_starts(name, STR("node:"));
}

/* "lodash" of "lodash/get", "@a/b" of "@a/b/c". */
static struct str package_name(struct str spec)
{
	size_t end = str_find_char(spec, '/');
	if (end != SIZE_MAX && str_starts(spec, STR("@"))) {
		size_t more = str_find_char(str_slice(spec, end + 1, spec.len), '/');
		end = more == SIZE_MAX ? SIZE_MAX : end + 1 + more;
	}
	return end == SIZE_MAX ? spec : str_slice(spec, 0, end);
}

/* --- which modules there are --- */

static void warn(struct work *work, const struct module *module, struct str spec, const char *what)
{
	struct strbuf file = {0};
	size_t at = str_find(strbuf_str(&module->text), spec);
	int line = 0, column = 0;
	if (at != SIZE_MAX) {
		diag_place(strbuf_str(&module->text), at, &line, &column);
	}
	strbuf_printf(&file, "%s/%s", work->bundle->shown, module->path.at);
	diag_add(work->bundle->diags, DIAG_WARNING, strbuf_str(&file), line, column, "require('" STR_FMT "'): %s", STR_ARG(spec), what);
	strbuf_finish(&file);
}

static int add_module(struct work *work, const char *folder, struct str path);

/* The package.json of a folder, and the folder's name for as long as the work lasts. */
static struct value package_of(struct work *work, const char *folder, const char **ret_folder)
{
	struct value *package = map_get(&work->packages, str_of(folder));
	if (!package) {
		package = mem_alloc(sizeof(*package));
		*package = npm_read_package(folder);
		map_set(&work->packages, str_of(folder), package);
	}
	MAP_EACH(&work->packages, entry) {
		if (entry->value == package) {
			*ret_folder = entry->key.at;
		}
	}
	return *package;
}

/* A file of a package, or what stands for it in a browser. */
static int add_file(struct work *work, const char *folder, struct str path)
{
	const char *kept = folder;
	struct strbuf other = {0};
	struct value package = package_of(work, folder, &kept);
	bool replaced = npm_browser(kept, package, path, &other);
	int target = add_module(work, kept, replaced ? strbuf_str(&other) : path);
	strbuf_finish(&other);
	return target;
}

/* "math-intrinsics/abs": a file of another package. */
static int target_inside(struct work *work, const struct module *module, struct str spec, struct str name)
{
	char *folder = work->bundle->locate(work->bundle->user, module->folder, name);
	struct strbuf found = {0};
	int target = OTHER;
	const char *kept = folder;
	if (folder && npm_find_inner(folder, package_of(work, folder, &kept), str_slice(spec, name.len + 1, spec.len), &found)) {
		target = add_file(work, kept, strbuf_str(&found));
	} else {
		warn(work, module, spec, folder ? "there is no such file in the package" : "the package is not in node_modules");
	}
	strbuf_finish(&found);
	mem_free(folder);
	return target;
}

/* Another package, or a file of it. */
static int target_outside(struct work *work, const struct module *module, struct str spec)
{
	struct str name = package_name(spec);
	struct strbuf other = {0};
	const char *kept = module->folder;
	int target = OTHER;
	if (npm_browser(module->folder, package_of(work, module->folder, &kept), spec, &other)) {
		target = add_module(work, kept, strbuf_str(&other));
	} else if (is_node(name)) {
		warn(work, module, spec, "Node.js's own modules are not in a mini program");
	} else if (name.len < spec.len) {
		target = target_inside(work, module, spec, name);
	} else if (name.len && !map_has(&work->told, name)) {
		map_set(&work->told, name, work);
		work->bundle->found(work->bundle->user, name);
	}
	strbuf_finish(&other);
	return target;
}

/* The module that a spec means in another; OTHER: it is a package's name, or nothing that is there. */
static int target_of(struct work *work, const struct module *module, struct str spec)
{
	struct strbuf joined = {0}, found = {0};
	int target = OTHER;
	if (!str_starts(spec, STR("."))) {
		return target_outside(work, module, spec);
	}
	resolve_join(strbuf_str(&module->path), spec, &joined);
	if (npm_find_file(module->folder, strbuf_str(&joined), &found)) {
		target = add_file(work, module->folder, strbuf_str(&found));
	} else {
		warn(work, module, spec, "there is no such file in the package");
	}
	strbuf_finish(&joined);
	strbuf_finish(&found);
	return target;
}

static int number_of(const struct work *work, const struct module *module)
{
	for (size_t i = 0; i < work->modules.len; i++) {
		if (work->modules.at[i] == module) {
			return (int)i;
		}
	}
	return OTHER;
}

static bool read_text(struct work *work, const char *full, struct strbuf *ret_text)
{
	gchar *text = NULL;
	gsize size = 0;
	bool good = g_file_get_contents(full, &text, &size, NULL) && work->bytes + size <= BYTES_MAX && work->modules.len < FILES_MAX
		&& str_utf8_valid((struct str){text, size});
	if (good) {
		strbuf_add(ret_text, (struct str){text, size});
		work->bytes += size;
	}
	g_free(text);
	return good;
}

/* The number of the module; an empty path is an empty module. OTHER: it cannot be read, or is too much. */
static int add_module(struct work *work, const char *folder, struct str path)
{
	struct strbuf full = {0}, text = {0};
	strbuf_printf(&full, "%s/" STR_FMT, folder, STR_ARG(path));
	struct module *module = map_get(&work->places, strbuf_str(&full));
	if (!module && (!path.len || read_text(work, full.at, &text))) {
		module = mem_alloc(sizeof(*module));
		module->folder = folder;
		module->text = text;
		strbuf_add(&module->path, path.len ? path : STR("(empty)"));
		module->json = str_ends(path, STR(".json"));
		map_set(&work->places, strbuf_str(&full), module);
		vec_push(&work->modules, module);
	}
	strbuf_finish(&full);
	return module ? number_of(work, module) : OTHER;
}

static void look(struct work *work, struct module *module)
{
	if (module->json) {
		return;
	}
	esm_scan(strbuf_str(&module->text), &module->unit);
	for (size_t i = 0; i < module->unit.requires.len; i++) {
		vec_push(&module->required, target_of(work, module, module->unit.requires.at[i]));
	}
	for (size_t i = 0; i < module->unit.imports.len; i++) {
		vec_push(&module->imported, target_of(work, module, module->unit.imports.at[i].spec));
	}
}

/* --- one script --- */

/* Does what `from` imports come back to it? */
static bool leads_to(const struct work *work, int from, int to)
{
	VEC(int) open = {0};
	uint8_t *seen = mem_alloc(work->modules.len + 1);
	bool found = from == to;
	vec_push(&open, from);
	while (open.len && !found) {
		int at = open.at[--open.len];
		const struct module *module = work->modules.at[at];
		for (size_t i = 0; i < module->imported.len + module->required.len; i++) {
			int next = i < module->imported.len ? module->imported.at[i] : module->required.at[i - module->imported.len];
			found = found || next == to;
			if (next >= 0 && !seen[next]) {
				seen[next] = 1;
				vec_push(&open, next);
			}
		}
	}
	vec_finish(&open);
	mem_free(seen);
	return found;
}

struct linking {
	const struct work *work;
	int number;
};

static bool is_live(void *user, size_t import, const struct esm_name *name)
{
	const struct linking *linking = user;
	int target = linking->work->modules.at[linking->number]->imported.at[import];
	if (target < 0) {
		return false;
	}
	const struct module *other = linking->work->modules.at[target];
	return (other->unit.is_module && esm_is_assigned(&other->unit, name->outer))
		|| (!str_is(name->outer, "*") && leads_to(linking->work, target, linking->number));
}

static void write_text(struct strbuf *out, struct str text)
{
	struct value string = value_string(text);
	json_write(string, out);
	value_unref(string);
}

/* {"./a": 1, ...}: its own modules by what it calls them. */
static void write_targets(const struct module *module, struct strbuf *out)
{
	const char *comma = "";
	strbuf_add_text(out, "{");
	for (size_t i = 0; i < module->required.len; i++) {
		if (module->required.at[i] >= 0) {
			strbuf_add_text(out, comma);
			write_text(out, module->unit.requires.at[i]);
			strbuf_printf(out, ":%d", module->required.at[i]);
			comma = ",";
		}
	}
	for (size_t i = 0; i < module->imported.len; i++) {
		if (module->imported.at[i] >= 0) {
			strbuf_add_text(out, comma);
			write_text(out, module->unit.imports.at[i].spec);
			strbuf_printf(out, ":%d", module->imported.at[i]);
			comma = ",";
		}
	}
	strbuf_add_text(out, "}");
}

/* What it imports, in order, for $i. */
static void write_specs(const struct module *module, struct strbuf *out)
{
	strbuf_add_text(out, ",[");
	for (size_t i = 0; i < module->unit.imports.len; i++) {
		strbuf_add_text(out, i ? "," : "");
		write_text(out, module->unit.imports.at[i].spec);
	}
	strbuf_add_text(out, "]");
}

static void write_module(struct work *work, int number, struct strbuf *out)
{
	struct module *module = work->modules.at[number];
	struct strbuf head = {0}, live = {0};
	struct linking linking = {work, number};
	strbuf_printf(out, "%s// %s\n[function (module, exports, require, $x, $i, $s, $l, $imprt, $imeta) {", number ? ",\n" : "", module->path.at);
	if (module->json) {
		strbuf_add_text(out, "module.exports = ");
		strbuf_add(out, str_trim(strbuf_str(&module->text)));
		strbuf_add_text(out, "\n}, {}]");
		return;
	}
	if (module->unit.is_module) {
		esm_head(&module->unit, is_live, &linking, &head, &live);
		if (live.len) {
			strbuf_printf(out, "with ($l({%s})) { return function () {", live.at);
		}
		strbuf_printf(out, "'use strict';%s", head.at ? head.at : "");
	}
	struct str text = strbuf_str(&module->unit.text);
	text = str_starts(text, STR("\xef\xbb\xbf")) ? str_slice(text, 3, text.len) : text;
	strbuf_add_text(out, str_starts(text, STR("#!")) ? "//" : "");
	strbuf_add(out, text);
	strbuf_add_text(out, live.len ? "\n} }\n}, " : "\n}, ");
	write_targets(module, out);
	if (module->unit.is_module) {
		write_specs(module, out);
	}
	strbuf_add_text(out, "]");
	strbuf_finish(&head);
	strbuf_finish(&live);
}

/* Bundlers for the web put a value in its place; a mini program has no such object. */
static bool asks_for_process(const struct work *work)
{
	for (size_t i = 0; i < work->modules.len; i++) {
		if (str_find(strbuf_str(&work->modules.at[i]->text), STR("process.env")) != SIZE_MAX) {
			return true;
		}
	}
	return false;
}

extern const char npm_runtime[]; // runtime.js
extern const unsigned long npm_runtime_len;

bool npm_bundle(struct npm_bundle *bundle, struct str path, struct strbuf *out)
{
	struct work work = {.bundle = bundle};
	const char *folder = bundle->folder;
	package_of(&work, bundle->folder, &folder);
	bool good = add_module(&work, folder, path) == 0;
	for (size_t i = 0; i < work.modules.len; i++) { // grows
		look(&work, work.modules.at[i]);
	}
	if (good) {
		strbuf_add_text(out, "// Made by npm build (mina npm) from the package's files.\nmodule.exports = (function (outer) {\n");
		if (asks_for_process(&work)) {
			strbuf_add_text(out, "  var process = { env: { NODE_ENV: 'production' } };\n");
		}
		strbuf_add_text(out, "return (function (modules) {\n");
		strbuf_add(out, (struct str){npm_runtime, npm_runtime_len});
		strbuf_add_text(out, "})([\n");
		for (size_t i = 0; i < work.modules.len; i++) {
			write_module(&work, (int)i, out);
		}
		strbuf_add_text(out, "\n])\n})(require)\n");
	}
	bundle->files = work.modules.len;
	for (size_t i = 0; i < work.modules.len; i++) {
		struct module *module = work.modules.at[i];
		strbuf_finish(&module->path);
		strbuf_finish(&module->text);
		if (!module->json) {
			esm_unit_finish(&module->unit);
		}
		vec_finish(&module->required);
		vec_finish(&module->imported);
		mem_free(module);
	}
	vec_finish(&work.modules);
	MAP_EACH(&work.packages, entry) {
		value_unref(*(struct value *)entry->value);
		mem_free(entry->value);
	}
	map_finish(&work.packages);
	map_finish(&work.places);
	map_finish(&work.told);
	return good;
}
