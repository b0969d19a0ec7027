/* app.json, ext.json and page.json as structures. */
#include "core/package/config.h"

#include "core/package/resolve.h"
#include "core/package/rows.h"

#include <string.h>

#define THEME_DEPTH_MAX 16

/* --- theme.json: {light: {name: value}, dark: {...}} --- */

static struct value themed(struct value variables, struct value v, int depth)
{
	struct str text = value_str(v);
	if (text.len > 1 && text.at[0] == '@') {
		struct value found = value_get(variables, str_slice(text, 1, text.len));
		return value_ref(value_is(found, VALUE_STRING) ? found : v);
	}
	if (depth >= THEME_DEPTH_MAX || (!value_is(v, VALUE_OBJECT) && !value_is(v, VALUE_ARRAY))) {
		return value_ref(v);
	}
	struct value copy = value_is(v, VALUE_OBJECT) ? value_object_new(value_count(v)) : value_array_new(value_len(v));
	for (size_t i = 0; i < value_count(v); i++) {
		value_object_set(&copy, value_key(v, i), themed(variables, value_entry(v, i), depth + 1));
	}
	for (size_t i = 0; i < value_len(v); i++) {
		value_array_push(&copy, themed(variables, value_at(v, i), depth + 1));
	}
	return copy;
}

struct value config_themed(const struct app_config *config, struct value v, const char *theme)
{
	struct value variables = value_get_text(config->theme, theme);
	return value_is(variables, VALUE_OBJECT) ? themed(variables, v, 0) : value_ref(v);
}

static void load_theme(struct app_config *config, struct diag_list *diags)
{
	static const char *const parts[] = {"window", "tabBar"};
	struct str path = value_str(value_get_text(config->raw, "themeLocation"));
	struct document document;
	if (!path.len) {
		return;
	}
	if (document_load(config->package, path, diags, &document) == 0) {
		config->theme = value_ref(document.value);
	}
	document_finish(&document);
	config->named = value_object_new(2);
	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		struct value part = value_get_text(config->raw, parts[i]);
		if (value_is(part, VALUE_OBJECT)) {
			value_object_set_text(&config->named, parts[i], value_ref(part));
			value_object_set_text(&config->raw, parts[i], config_themed(config, part, "light"));
		}
	}
}

/* --- pages and sub-packages --- */

static struct str trim_slashes(struct str path)
{
	while (path.len && path.at[0] == '/') {
		path = str_slice(path, 1, path.len);
	}
	while (path.len && path.at[path.len - 1] == '/') {
		path = str_slice(path, 0, path.len - 1);
	}
	return path;
}

static void add_page(struct app_config *config, struct str root, struct value page)
{
	struct strbuf path = {0};
	resolve_join(STR(""), root, &path);
	if (path.len) {
		strbuf_add_char(&path, '/');
	}
	strbuf_add(&path, trim_slashes(value_str(page)));
	struct str text = strbuf_str(&path);
	static const char *const suffixes[] = {".wxml", ".html", ".js"};
	for (size_t i = 0; i < ARRAY_LEN(suffixes); i++) { // some write the file; package_check() tells them
		if (str_ends(text, str_of(suffixes[i]))) {
			text.len -= strlen(suffixes[i]);
			break;
		}
	}
	if (value_is(page, VALUE_STRING) && text.len && !config_has_page(config, text)) {
		struct str copy = {arena_strdup(&config->arena, text.at, text.len), text.len};
		vec_push(&config->pages, copy);
	}
	strbuf_finish(&path);
}

static void add_part(struct app_config *config, struct value item)
{
	struct package *package = config->package;
	struct strbuf path = {0};
	resolve_join(STR(""), value_str(value_get_text(item, "root")), &path);
	struct str root = strbuf_str(&path), name = value_str(value_get_text(item, "name"));
	if (root.len) {
		struct package_part part = {
			.root = {arena_strdup(&package->arena, root.at, root.len), root.len},
			.name = {arena_strdup(&package->arena, name.at, name.len), name.len},
			.independent = value_to_bool(value_get_text(item, "independent")),
		};
		vec_push(&package->parts, part);
	}
	struct value pages = value_get_text(item, "pages");
	for (size_t i = 0; i < value_len(pages); i++) {
		add_page(config, root, value_at(pages, i));
	}
	strbuf_finish(&path);
}

static void set_pages(struct app_config *config)
{
	static const char *const keys[] = {"subPackages", "subpackages"};
	struct value pages = value_get_text(config->raw, "pages");
	vec_clear(&config->package->parts);
	for (size_t i = 0; i < value_len(pages); i++) {
		add_page(config, STR(""), value_at(pages, i));
	}
	config->main_count = config->pages.len;
	for (size_t k = 0; k < ARRAY_LEN(keys); k++) {
		struct value list = value_get_text(config->raw, keys[k]);
		for (size_t i = 0; i < value_len(list); i++) {
			add_part(config, value_at(list, i));
		}
	}
	struct str entry = trim_slashes(value_str(value_get_text(config->raw, "entryPagePath")));
	config->entry = config->pages.len ? config->pages.at[0] : STR("");
	for (size_t i = 0; entry.len && i < config->pages.len; i++) {
		if (str_eq(config->pages.at[i], entry)) {
			config->entry = config->pages.at[i];
		}
	}
}

/* --- app.json --- */

/* ext.json's own keys stay out; any key of app.json replaces it (framework.md, section 2.4). */
static void apply_ext(struct app_config *config, struct diag_list *diags)
{
	static const char *const own[] = {"extEnable", "extAppid", "ext", "extPages", "directCommit"};
	struct document document;
	if (document_load(config->package, STR("ext.json"), diags, &document) == 0) {
		document_check(&document, rows_ext);
		struct value ext = document.value;
		bool enabled = value_to_bool(value_get_text(ext, "extEnable"));
		for (size_t i = 0; enabled && i < value_count(ext); i++) {
			bool is_own = false;
			for (size_t k = 0; k < ARRAY_LEN(own); k++) {
				is_own = is_own || str_is(value_key(ext, i), own[k]);
			}
			if (!is_own) {
				value_object_set(&config->raw, value_key(ext, i), value_ref(value_entry(ext, i)));
			}
		}
		config->ext = enabled ? value_ref(ext) : value_undefined();
	}
	document_finish(&document);
}

static void report_no_app(struct package *package, struct diag_list *diags)
{
	static const char *const folders[] = {"miniprogram", "src", "dist", "client"};
	if (package_has(package, STR("app-config.json"))) {
		diag_add(diags, DIAG_ERROR, STR("app.json"), 0, 0,
			"There is no app.json but an app-config.json: this package was compiled by WeChat's tool; give the sources");
		return;
	}
	struct strbuf path = {0};
	for (size_t i = 0; i < ARRAY_LEN(folders); i++) {
		strbuf_clear(&path);
		strbuf_printf(&path, "%s/app.json", folders[i]);
		if (package_has(package, strbuf_str(&path))) {
			diag_add(diags, DIAG_ERROR, STR("app.json"), 0, 0,
				"There is no app.json, but one in \"%s\": set miniprogramRoot to \"%s/\" in project.config.json, or open that folder",
				folders[i], folders[i]);
			strbuf_finish(&path);
			return;
		}
	}
	strbuf_finish(&path);
	diag_add(diags, DIAG_ERROR, STR("app.json"), 0, 0,
		"There is no app.json: add one with {\"pages\": [\"pages/index/index\"]}, or open the folder that has it");
}

static struct str find_appid(const struct app_config *config)
{
	struct str ext = value_str(value_get_text(config->ext, "extAppid"));
	return ext.len ? ext : value_str(value_get_text(config->package->project, "appid"));
}

struct app_config *config_load_app(struct package *package, struct diag_list *diags)
{
	struct app_config *config = mem_alloc(sizeof(*config));
	config->package = package;
	arena_init(&config->arena);
	if (document_load(package, STR("app.json"), diags, &config->document)) {
		if (!package_has(package, STR("app.json"))) {
			report_no_app(package, diags);
		}
		config_app_destroy(config);
		return NULL;
	}
	document_check(&config->document, rows_app);
	config->raw = value_unshared(value_ref(config->document.value));
	apply_ext(config, diags);
	load_theme(config, diags);
	struct value raw = schema_fill(rows_app, config->raw);
	value_unref(config->raw);
	config->raw = raw;
	value_unref(package->alias);
	value_unref(package->extended);
	package->alias = value_ref(value_get_text(raw, "resolveAlias"));
	package->extended = value_ref(value_get_text(raw, "useExtendedLib"));
	set_pages(config);
	if (!config->pages.len && value_is(value_get_text(config->document.value, "pages"), VALUE_ARRAY)) {
		document_report(&config->document, DIAG_ERROR, "pages", false, "\"pages\" is empty: name at least one page");
	}
	config->tab_bar = value_get_text(raw, "tabBar");
	config->using_components = value_get_text(raw, "usingComponents");
	config->appid = find_appid(config);
	config->style_v2 = str_is(value_str(value_get_text(raw, "style")), "v2");
	config->glass_easel = str_is(value_str(value_get_text(raw, "componentFramework")), "glass-easel")
		|| str_is(value_str(value_get_text(raw, "renderer")), "skyline");
	config->lazy_code_loading = value_str(value_get_text(raw, "lazyCodeLoading")).len > 0;
	return config;
}

void config_app_destroy(struct app_config *config)
{
	if (!config) {
		return;
	}
	vec_finish(&config->pages);
	document_finish(&config->document);
	value_unref(config->raw);
	value_unref(config->ext);
	value_unref(config->theme);
	value_unref(config->named);
	arena_finish(&config->arena);
	mem_free(config);
}

bool config_has_page(const struct app_config *config, struct str path)
{
	for (size_t i = 0; i < config->pages.len; i++) {
		if (str_eq(config->pages.at[i], path)) {
			return true;
		}
	}
	return false;
}

const struct package_part *config_sub_package_of(const struct app_config *config, struct str path)
{
	return package_part_of(config->package, path);
}

/* --- pages --- */

static void overlay(struct value *target, struct value over)
{
	for (size_t i = 0; i < value_count(over); i++) {
		value_object_set(target, value_key(over, i), value_ref(value_entry(over, i)));
	}
}

static struct value merged(struct package *package, const struct app_config *config, struct str path, struct diag_list *diags)
{
	struct value all = value_object_new(16);
	struct strbuf file = {0};
	struct document document;
	strbuf_printf(&file, STR_FMT ".json", STR_ARG(path));
	struct value window = value_get_text(config->named, "window");
	overlay(&all, value_is(window, VALUE_OBJECT) ? window : value_get_text(config->raw, "window"));
	if (document_load(package, strbuf_str(&file), diags, &document) == 0) {
		document_check(&document, rows_page);
		overlay(&all, document.value);
	}
	document_finish(&document);
	strbuf_finish(&file);
	overlay(&all, value_get(value_get_text(config->ext, "extPages"), path));
	return all;
}

/* Texts that the fields lend from raw. */
static void take_fields(struct page_config *page)
{
	const struct {
		const char *key;
		struct str *field;
	} texts[] = {
		{"navigationBarBackgroundColor", &page->navigation_bar_background_color},
		{"navigationBarTextStyle", &page->navigation_bar_text_style},
		{"navigationStyle", &page->navigation_style},
		{"navigationBarTitleText", &page->navigation_bar_title_text},
		{"backgroundColor", &page->background_color},
		{"backgroundTextStyle", &page->background_text_style},
	};
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		*texts[i].field = value_str(value_get_text(page->raw, texts[i].key));
	}
	page->using_components = value_get_text(page->raw, "usingComponents");
}

bool config_theme_page(const struct app_config *config, struct page_config *page, const char *theme)
{
	struct value colors = config_themed(config, page->named, theme), raw = schema_fill(rows_page, colors);
	bool changed = !value_equal(raw, page->raw);
	value_unref(colors);
	if (changed) { // else what lends from it goes on doing so
		value_unref(page->raw);
		page->raw = value_ref(raw);
		take_fields(page);
	}
	value_unref(raw);
	return changed;
}

void config_theme_app(struct app_config *config, const char *theme)
{
	struct value tab_bar = value_get_text(config->named, "tabBar");
	if (value_is(config->theme, VALUE_OBJECT) && value_is(tab_bar, VALUE_OBJECT)) {
		struct value part = value_object_new(1), filled;
		value_object_set_text(&part, "tabBar", config_themed(config, tab_bar, theme));
		filled = schema_fill(rows_app, part);
		config->raw = value_unshared(config->raw);
		value_object_set_text(&config->raw, "tabBar", value_ref(value_get_text(filled, "tabBar")));
		config->tab_bar = value_get_text(config->raw, "tabBar");
		config->using_components = value_get_text(config->raw, "usingComponents");
		value_unref(part);
		value_unref(filled);
	}
}

struct page_config *config_load_page(struct package *package, const struct app_config *config, struct str path,
	struct diag_list *diags)
{
	struct page_config *page = mem_alloc(sizeof(*page));
	*page = (struct page_config){.named = merged(package, config, path, diags)};
	config_theme_page(config, page, "light");
	page->enable_pull_down_refresh = value_to_bool(value_get_text(page->raw, "enablePullDownRefresh"));
	page->disable_scroll = value_to_bool(value_get_text(page->raw, "disableScroll"));
	page->is_component = value_to_bool(value_get_text(page->raw, "component"));
	page->on_reach_bottom_distance = value_to_number(value_get_text(page->raw, "onReachBottomDistance"));
	return page;
}

void config_page_destroy(struct page_config *config)
{
	if (config) {
		value_unref(config->raw);
		value_unref(config->named);
		mem_free(config);
	}
}
