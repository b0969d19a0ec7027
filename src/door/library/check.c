/* The check of a package: what package_check() sees, and what the compilers say. */
#include "door/library/check.h"

#include "border/js/module.h"
#include "core/package/check.h"
#include "core/package/resolve.h"
#include "core/wxml/wxml.h"
#include "core/wxss/sheet.h"

struct check {
	struct package *package;
	struct app_config *config;
	struct diag_list *diags;
	struct map texts; // path to struct strbuf, kept for the compilers
	struct map seen;  // components
	struct wxml_set *wxml;
	struct js_engine *engine;
};

static bool read_text(struct check *check, struct str path, struct str *ret_text)
{
	struct strbuf *text = map_get(&check->texts, path);
	if (!text) {
		text = mem_alloc(sizeof(*text));
		if (!package_read(check->package, path, text)) {
			strbuf_finish(text);
			mem_free(text);
			return false;
		}
		map_set(&check->texts, path, text);
	}
	*ret_text = strbuf_str(text);
	return true;
}

static bool load_wxml(void *user, struct str path, struct str *ret_text) { return read_text(user, path, ret_text); }

static bool load_sheet(void *user, struct str from, struct str path, struct str *ret_path, struct str *ret_text)
{
	struct check *check = user;
	struct strbuf resolved = {0};
	bool found = resolve_asset(from, path, &resolved) && read_text(check, strbuf_str(&resolved), ret_text);
	if (found) {
		struct strbuf *text = map_get(&check->texts, strbuf_str(&resolved));
		MAP_EACH(&check->texts, entry) {
			*ret_path = entry->value == text ? entry->key : *ret_path;
		}
	}
	strbuf_finish(&resolved);
	return found;
}

static int resolve(void *user, struct str from, struct str spec, struct strbuf *ret_path)
{
	struct check *check = user;
	if (!from.len) {
		strbuf_add(ret_path, spec);
		return 0;
	}
	return resolve_require(check->package, from, spec, ret_path) ? 1 : 0;
}

static int load_script(void *user, struct str path, struct strbuf *ret_text)
{
	return package_read(((struct check *)user)->package, path, ret_text) ? 0 : 1;
}

static void on_error(void *user, const struct js_error *error)
{
	struct check *check = user;
	diag_add(check->diags, DIAG_ERROR, str_of(error->file), error->line, error->column, "%s", error->message);
}

static const struct js_engine_ops script_ops = {.error = on_error, .resolve = resolve, .load = load_script};

static void check_sheet(struct check *check, struct str path)
{
	struct str text;
	if (read_text(check, path, &text)) {
		struct sheet_loader loader = {load_sheet, check};
		sheet_destroy(sheet_parse(path, text, &loader, check->diags));
	}
}

/* The three files of a page or component. */
static void check_unit(struct check *check, struct str path)
{
	struct strbuf file = {0};
	strbuf_printf(&file, STR_FMT ".wxml", STR_ARG(path));
	if (package_has(check->package, strbuf_str(&file))) {
		wxml_set_get(check->wxml, strbuf_str(&file));
	}
	strbuf_clear(&file);
	strbuf_printf(&file, STR_FMT ".wxss", STR_ARG(path));
	check_sheet(check, strbuf_str(&file));
	strbuf_clear(&file);
	strbuf_printf(&file, STR_FMT ".js", STR_ARG(path));
	if (check->engine && package_has(check->package, strbuf_str(&file))) {
		js_module_check(check->engine, strbuf_str(&file));
	}
	strbuf_finish(&file);
}

static void check_components(struct check *check, struct str from, struct value components, int depth)
{
	for (size_t i = 0; i < value_count(components) && depth < 100; i++) {
		struct strbuf path = {0}, json = {0};
		if (resolve_component(check->package, from, value_str(value_entry(components, i)), &path) == 0 &&
			!map_set(&check->seen, strbuf_str(&path), check)) {
			check_unit(check, strbuf_str(&path));
			struct diag_list silent = {0}; // package_check() has told
			struct page_config *config = config_load_page(check->package, check->config, strbuf_str(&path), &silent);
			strbuf_printf(&json, "%s.json", path.at);
			check_components(check, strbuf_str(&json), config->using_components, depth + 1);
			config_page_destroy(config);
			diag_list_finish(&silent);
		}
		strbuf_finish(&path);
		strbuf_finish(&json);
	}
}

static void check_pages(struct check *check)
{
	check_unit(check, STR("app"));
	check_components(check, STR("app.json"), check->config->using_components, 0);
	for (size_t i = 0; i < check->config->pages.len; i++) {
		struct str page = check->config->pages.at[i];
		struct diag_list silent = {0};
		struct page_config *config = config_load_page(check->package, check->config, page, &silent);
		struct strbuf json = {0};
		strbuf_printf(&json, STR_FMT ".json", STR_ARG(page));
		check_unit(check, page);
		check_components(check, strbuf_str(&json), config->using_components, 0);
		config_page_destroy(config);
		diag_list_finish(&silent);
		strbuf_finish(&json);
	}
}

static void check_free(struct check *check)
{
	wxml_set_destroy(check->wxml);
	js_engine_destroy(check->engine);
	MAP_EACH(&check->texts, entry) {
		strbuf_finish(entry->value);
		mem_free(entry->value);
	}
	map_finish(&check->texts);
	map_finish(&check->seen);
}

void library_check(struct host_source *source, struct diag_list *diags)
{
	package_check(source, diags);
	struct diag_list silent = {0};
	struct check check = {.diags = diags};
	check.package = package_open(source, &silent);
	check.config = check.package ? config_load_app(check.package, &silent) : NULL;
	if (check.config) {
		struct wxml_loader loader = {load_wxml, &check};
		struct js_engine_config config = {.ops = &script_ops, .user = &check};
		check.wxml = wxml_set_create(loader, diags);
		check.engine = js_engine_create(&config);
		check_pages(&check);
		check_free(&check);
		config_app_destroy(check.config);
	}
	if (check.package) {
		package_close(check.package);
	}
	diag_list_finish(&silent);
}
