/* Pages, components and scripts: that their files are there, and what they name. */
#include "core/package/inside.h"
#include "core/package/resolve.h"
#include "core/package/rows.h"
#include "core/package/script.h"

#include <string.h>

void check_hint(struct check *check, struct str path, struct strbuf *out)
{
	struct strbuf nearest = {0}, typed = {0};
	path.len -= str_ends(path, STR(".js")) ? strlen(".js") : 0;
	strbuf_printf(&typed, STR_FMT ".ts", STR_ARG(path));
	if (package_has(check->package, strbuf_str(&typed))) {
		strbuf_printf(out, " (there is \"%s\": compile it to JavaScript first)", typed.at);
	} else if (package_nearest(check->package, path, &nearest)) {
		strbuf_printf(out, " (there is \"%s\": capital and small letters must agree)", nearest.at);
	}
	strbuf_finish(&nearest);
	strbuf_finish(&typed);
}

static bool has(struct check *check, struct str path, const char *suffix)
{
	struct strbuf file = {0};
	strbuf_add(&file, path);
	strbuf_add_text(&file, suffix);
	bool found = package_has(check->package, strbuf_str(&file));
	strbuf_finish(&file);
	return found;
}

/* --- queues --- */

static bool first_time(struct map *seen, struct str path)
{
	return !map_has(seen, path) && (map_set(seen, path, seen), true);
}

bool check_queue_component(struct check *check, struct str path)
{
	bool first = first_time(&check->components, path);
	if (first) {
		vec_push(&check->component_queue, mem_strdup(path.at, path.len));
	}
	return first;
}

void check_queue_script(struct check *check, struct str path)
{
	if (first_time(&check->scripts, path)) {
		vec_push(&check->script_queue, mem_strdup(path.at, path.len));
	}
}

/* --- scripts --- */

struct requires {
	struct check *check;
	struct str file, text;
};

static void report_require(const struct requires *in, enum diag_severity severity, size_t offset, const char *text)
{
	int line, column;
	diag_place(in->text, offset, &line, &column);
	diag_add(in->check->diags, severity, in->file, line, column, "%s", text);
}

/* Only paths that begin with "." are missed: bare names may stand behind a test of the surroundings. */
static void found_require(void *user, struct str spec, size_t offset)
{
	const struct requires *in = user;
	struct strbuf path = {0}, text = {0};
	int status = resolve_require(in->check->package, in->file, spec, &path);
	if (status == 0 && str_ends(strbuf_str(&path), STR(".js"))) {
		check_queue_script(in->check, strbuf_str(&path));
	} else if (status == 1 && spec.at[0] == '.') {
		resolve_join(in->file, spec, &path);
		strbuf_printf(&text, "module \"%s\" is not defined, require args is \"" STR_FMT "\"", path.at ? path.at : "",
			STR_ARG(spec));
		check_hint(in->check, strbuf_str(&path), &text);
		strbuf_add_text(&text, ": add the file, or correct the path");
		report_require(in, DIAG_WARNING, offset, text.at);
	} else if (status == 2) {
		strbuf_printf(&text, "\"%s\" lies in a package that this file does not see: move it into the main package, or into this one",
			path.at);
		report_require(in, DIAG_ERROR, offset, text.at);
	}
	strbuf_finish(&path);
	strbuf_finish(&text);
}

static void check_script(struct check *check, struct str path)
{
	struct strbuf text = {0};
	if (package_read(check->package, path, &text)) {
		struct requires in = {check, path, strbuf_str(&text)};
		script_requires(in.text, found_require, &in);
	}
	strbuf_finish(&text);
}

/* --- usingComponents --- */

static bool is_tag_name(struct str name)
{
	for (size_t i = 0; i < name.len; i++) {
		char c = name.at[i], l = (char)(c | 0x20);
		if (!((l >= 'a' && l <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_')) {
			return false;
		}
	}
	return name.len > 0;
}

static bool plugin_is_declared(struct check *check, struct str alias)
{
	static const char *const keys[] = {"subPackages", "subpackages"};
	if (value_has(value_get_text(check->config->raw, "plugins"), alias)) {
		return true;
	}
	for (size_t k = 0; k < ARRAY_LEN(keys); k++) {
		struct value list = value_get_text(check->config->raw, keys[k]);
		for (size_t i = 0; i < value_len(list); i++) {
			if (value_has(value_get_text(value_at(list, i), "plugins"), alias)) {
				return true;
			}
		}
	}
	return false;
}

static void check_foreign(struct check *check, const struct document *document, const char *where, struct str spec)
{
	if (!str_starts(spec, STR("plugin://"))) {
		return;
	}
	struct str alias = str_slice(spec, strlen("plugin://"), spec.len);
	alias = str_slice(alias, 0, size_min(str_find_char(alias, '/'), alias.len));
	if (!plugin_is_declared(check, alias)) {
		document_report(document, DIAG_ERROR, where, false,
			"there is no plugin \"" STR_FMT "\": declare it in \"plugins\" of app.json, or correct the name", STR_ARG(alias));
	}
}

static void report_missing_component(struct check *check, const struct document *document, const char *where, struct str path,
	struct str spec)
{
	struct strbuf hint = {0}, file = {0};
	strbuf_printf(&file, STR_FMT ".json", STR_ARG(path));
	check_hint(check, strbuf_str(&file), &hint);
	if (!hint.len && spec.len && spec.at[0] != '.' && spec.at[0] != '/' && package_has(check->package, STR("package.json"))) {
		strbuf_add_text(&hint, " (a package of npm must be built into miniprogram_npm first)");
	}
	struct str user = strbuf_str(&document->file);
	user.len -= str_ends(user, STR(".json")) ? strlen(".json") : 0;
	document_report(document, DIAG_ERROR, where, false, "Component is not found in path \"" STR_FMT "\" (using by \"" STR_FMT
		"\")%s: add the component's files, or correct \"" STR_FMT "\" at \"%s\"", STR_ARG(path), STR_ARG(user),
		hint.at ? hint.at : "", STR_ARG(spec), where);
	strbuf_finish(&hint);
	strbuf_finish(&file);
}

/* One path out of usingComponents or componentGenerics. */
static void check_use(struct check *check, const struct document *document, const char *where, struct str spec, bool has_placeholder)
{
	struct strbuf path = {0};
	switch (resolve_component(check->package, strbuf_str(&document->file), spec, &path)) {
	case 0:
		check_queue_component(check, strbuf_str(&path));
		break;
	case 1:
		report_missing_component(check, document, where, strbuf_str(&path), spec);
		break;
	case 2:
		if (!has_placeholder) {
			document_report(document, DIAG_ERROR, where, false, "\"%s\" lies in a package that this file does not see: "
				"move it into the main package, or into this one, or name a componentPlaceholder", path.at);
		}
		check_queue_component(check, strbuf_str(&path));
		break;
	default:
		check_foreign(check, document, where, spec);
	}
	strbuf_finish(&path);
}

static void check_generics(struct check *check, const struct document *document)
{
	struct value generics = value_get_text(document->value, "componentGenerics");
	struct strbuf where = {0};
	for (size_t i = 0; i < value_count(generics); i++) {
		struct value generic = value_entry(generics, i), spec = value_get_text(generic, "default");
		strbuf_clear(&where);
		strbuf_printf(&where, "componentGenerics." STR_FMT, STR_ARG(value_key(generics, i)));
		bool good = (value_is(generic, VALUE_BOOL) && generic.boolean) || value_is(generic, VALUE_OBJECT);
		if (!good || (value_is(generic, VALUE_OBJECT) && value_has(generic, STR("default")) && !value_is(spec, VALUE_STRING))) {
			document_report(document, DIAG_ERROR, where.at, false, "\"%s\" must be true or {\"default\": \"path\"}", where.at);
		} else if (value_is(spec, VALUE_STRING)) {
			strbuf_add_text(&where, ".default");
			check_use(check, document, where.at, value_str(spec), false);
		}
	}
	strbuf_finish(&where);
}

void check_using(struct check *check, const struct document *document, const struct document *placeholders)
{
	struct value using = value_get_text(document->value, "usingComponents");
	struct value own = value_get_text(placeholders->value, "componentPlaceholder");
	struct strbuf where = {0};
	for (size_t i = 0; i < value_count(using); i++) {
		struct str name = value_key(using, i);
		struct value spec = value_entry(using, i);
		strbuf_clear(&where);
		strbuf_printf(&where, "usingComponents." STR_FMT, STR_ARG(name));
		if (!is_tag_name(name)) {
			document_report(document, DIAG_WARNING, where.at, true,
				"\"" STR_FMT "\" cannot be a tag: use small letters, digits, \"-\" and \"_\"", STR_ARG(name));
		}
		if (value_is(spec, VALUE_STRING)) {
			check_use(check, document, where.at, value_str(spec), value_has(own, name));
		}
	}
	strbuf_finish(&where);
	check_generics(check, document);
}

/* --- files of pages and components --- */

/* Colours that name a variable which theme.json does not have. */
static void check_theme(struct check *check, const struct document *document)
{
	struct value light = value_get_text(check->config->theme, "light");
	for (size_t i = 0; i < value_count(document->value); i++) {
		struct str key = value_key(document->value, i), text = value_str(value_entry(document->value, i));
		const struct schema *row = schema_find(rows_page, key);
		bool names_variable = text.len > 1 && text.at[0] == '@' && row && (row->type == SCHEMA_COLOR || row->choices);
		if (names_variable && !value_has(light, str_slice(text, 1, text.len))) {
			document_report(document, DIAG_WARNING, row->name, false,
				"there is no variable \"" STR_FMT "\" in the theme: add it to the file that themeLocation names",
				STR_ARG(str_slice(text, 1, text.len)));
		}
	}
}

/* Reads a text for what its encoding has to be told; what it says is checked by others. */
static void check_text(struct check *check, struct str path, const char *suffix)
{
	struct strbuf file = {0}, text = {0};
	strbuf_add(&file, path);
	strbuf_add_text(&file, suffix);
	package_read(check->package, strbuf_str(&file), &text);
	strbuf_finish(&file);
	strbuf_finish(&text);
}

/* The files that pages and components have in common. */
static void check_files(struct check *check, struct str path, bool is_component)
{
	struct strbuf file = {0};
	struct document document;
	strbuf_printf(&file, STR_FMT ".json", STR_ARG(path));
	if (document_load(check->package, strbuf_str(&file), check->diags, &document) == 0) {
		document_check(&document, rows_page);
		check_theme(check, &document);
		check_using(check, &document, &document);
		if (is_component && !value_to_bool(value_get_text(document.value, "component"))) {
			document_report(&document, DIAG_ERROR, "component", false, "this is used as a component: write \"component\": true");
		}
	}
	document_finish(&document);
	check_text(check, path, ".wxml");
	check_text(check, path, ".wxss");
	strbuf_clear(&file);
	strbuf_printf(&file, STR_FMT ".js", STR_ARG(path));
	if (package_has(check->package, strbuf_str(&file))) {
		check_queue_script(check, strbuf_str(&file));
	}
	strbuf_finish(&file);
}

static void check_component(struct check *check, struct str path)
{
	static const char *const needed[] = {".json", ".js", ".wxml"};
	for (size_t i = 0; i < ARRAY_LEN(needed); i++) {
		if (!has(check, path, needed[i])) {
			struct strbuf file = {0}, hint = {0};
			strbuf_printf(&file, STR_FMT "%s", STR_ARG(path), needed[i]);
			check_hint(check, strbuf_str(&file), &hint);
			diag_add(check->diags, DIAG_ERROR, strbuf_str(&file), 0, 0, "The component's file is missing%s: add it%s",
				hint.at ? hint.at : "", i ? "" : " with {\"component\": true}");
			strbuf_finish(&file);
			strbuf_finish(&hint);
		}
	}
	check_files(check, path, true);
}

static void report_missing_page(struct check *check, const struct document *document, const char *where, struct str path,
	bool has_template)
{
	struct strbuf file = {0}, hint = {0};
	strbuf_printf(&file, STR_FMT "%s", STR_ARG(path), has_template ? ".js" : ".wxml");
	check_hint(check, strbuf_str(&file), &hint);
	document_report(document, DIAG_ERROR, where, false,
		"Could not find the corresponding \"%s\" file of %s%s: add the file, or take the page out", file.at, where,
		hint.at ? hint.at : "");
	strbuf_finish(&file);
	strbuf_finish(&hint);
}

void check_page(struct check *check, const struct document *document, const char *where, struct str path)
{
	if (!first_time(&check->pages, path)) {
		document_report(document, DIAG_WARNING, where, false, "the page \"" STR_FMT "\" is named twice: take one out", STR_ARG(path));
		return;
	}
	bool has_template = has(check, path, ".wxml"), has_script = has(check, path, ".js");
	if (!has_template || !has_script) { // once, also when neither is there
		report_missing_page(check, document, where, path, has_template);
	}
	check_files(check, path, false);
}

void check_run_queues(struct check *check)
{
	for (size_t i = 0; i < check->component_queue.len; i++) { // grows while it runs
		check_component(check, str_of(check->component_queue.at[i]));
	}
	for (size_t i = 0; i < check->script_queue.len; i++) {
		check_script(check, str_of(check->script_queue.at[i]));
	}
	for (size_t i = 0; i < check->component_queue.len; i++) {
		mem_free(check->component_queue.at[i]);
	}
	for (size_t i = 0; i < check->script_queue.len; i++) {
		mem_free(check->script_queue.at[i]);
	}
	vec_clear(&check->component_queue);
	vec_clear(&check->script_queue);
}
