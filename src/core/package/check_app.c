/* What app.json and ext.json name: pages, sub-packages, tabs, folders, other files. */
#include "core/package/inside.h"
#include "core/package/resolve.h"
#include "core/package/rows.h"

#include <string.h>

#define TABS_MIN 2
#define TABS_MAX 5
#define ICON_SIZE_MAX (40u << 10)
#define NETWORK_TIMEOUT_MAX 60000

struct value check_given(const struct check *check, const struct document *document, const char *key)
{
	bool overridden = document != &check->ext && value_has(check->ext.value, str_of(key));
	return overridden ? value_undefined() : value_get_text(document->value, key);
}

static struct str without_slash(struct str path)
{
	while (path.len && path.at[0] == '/') {
		path = str_slice(path, 1, path.len);
	}
	return path;
}

/* --- pages and sub-packages --- */

/* The path of a page as it is meant; reports how it should have been written. Empty: no path. */
static struct str page_path(const struct document *document, const char *where, struct str text)
{
	static const char *const suffixes[] = {".wxml", ".html", ".js"};
	struct str path = without_slash(text);
	if (!path.len) {
		document_report(document, DIAG_ERROR, where, false, "\"%s\" is empty: write a page's path such as \"pages/index/index\"", where);
		return path;
	}
	if (path.len < text.len) {
		document_report(document, DIAG_WARNING, where, false, "\"" STR_FMT "\": write it without the / at its beginning", STR_ARG(text));
	}
	for (size_t i = 0; i < ARRAY_LEN(suffixes); i++) {
		if (str_ends(path, str_of(suffixes[i]))) {
			document_report(document, DIAG_WARNING, where, false, "\"" STR_FMT "\": write it without %s", STR_ARG(text), suffixes[i]);
			path.len -= strlen(suffixes[i]);
		}
	}
	return path;
}

static void check_pages(struct check *check, const struct document *document, const char *key, struct value pages, struct str root)
{
	struct strbuf where = {0}, full = {0};
	for (size_t i = 0; i < value_len(pages); i++) {
		struct value page = value_at(pages, i);
		strbuf_clear(&where);
		strbuf_clear(&full);
		strbuf_printf(&where, "%s[%zu]", key, i);
		if (!value_is(page, VALUE_STRING)) {
			continue;
		}
		struct str path = page_path(document, where.at, value_str(page));
		if (!path.len) {
			continue;
		}
		strbuf_printf(&full, STR_FMT "%s" STR_FMT, STR_ARG(root), root.len ? "/" : "", STR_ARG(path));
		const struct package_part *part = root.len ? NULL : package_part_of(check->package, path);
		if (part) {
			document_report(document, DIAG_ERROR, where.at, false,
				"the page \"%s\" lies in the sub-package \"" STR_FMT "\": name it there, and not in \"pages\"", full.at,
				STR_ARG(part->root));
		}
		check_page(check, document, where.at, strbuf_str(&full));
	}
	strbuf_finish(&where);
	strbuf_finish(&full);
}

/* The root of one sub-package against those before it. */
static void check_root(struct check *check, const struct document *document, const char *where, struct value list, size_t index,
	struct str root)
{
	struct strbuf other = {0};
	for (size_t i = 0; i < index; i++) {
		strbuf_clear(&other);
		resolve_join(STR(""), value_str(value_get_text(value_at(list, i), "root")), &other);
		struct str o = strbuf_str(&other);
		struct str inner = o.len > root.len ? o : root, outer = o.len > root.len ? root : o;
		if (o.len && str_starts(inner, outer) && (inner.len == outer.len || inner.at[outer.len] == '/')) {
			document_report(document, DIAG_ERROR, where, false,
				"the sub-packages \"%s\" and \"" STR_FMT "\" lie in one another: give each a folder of its own", other.at, STR_ARG(root));
		}
	}
	strbuf_finish(&other);
}

static void check_part(struct check *check, const struct document *document, const char *key, struct value list, size_t index)
{
	struct value item = value_at(list, index), given = value_get_text(item, "root");
	struct strbuf where = {0}, root = {0}, file = {0};
	strbuf_printf(&where, "%s[%zu].root", key, index);
	resolve_join(STR(""), value_str(given), &root);
	if (value_is(given, VALUE_STRING) && !root.len) {
		document_report(document, DIAG_ERROR, where.at, false, "\"%s\" is empty: name the sub-package's folder", where.at);
	} else if (root.len && !package_has_folder(check->package, strbuf_str(&root))) {
		strbuf_finish(&file);
		check_hint(check, strbuf_str(&root), &file);
		document_report(document, DIAG_ERROR, where.at, false, "there is no folder \"%s\"%s: add it, or take the sub-package out", root.at,
			file.at ? file.at : "");
		root.len = 0;
	}
	if (root.len) {
		check_root(check, document, where.at, list, index, strbuf_str(&root));
		strbuf_clear(&where);
		strbuf_printf(&where, "%s[%zu].pages", key, index);
		check_pages(check, document, where.at, value_get_text(item, "pages"), strbuf_str(&root));
		struct str entry = value_str(value_get_text(item, "entry"));
		strbuf_clear(&where);
		strbuf_clear(&file);
		strbuf_printf(&where, "%s[%zu].entry", key, index);
		strbuf_printf(&file, "%s/" STR_FMT, root.at, STR_ARG(entry));
		if (entry.len && !package_has(check->package, strbuf_str(&file))) {
			document_report(document, DIAG_ERROR, where.at, false, "there is no script \"%s\": add it, or take out \"entry\"", file.at);
		}
	}
	strbuf_finish(&where);
	strbuf_finish(&root);
	strbuf_finish(&file);
}

static void check_parts(struct check *check, const struct document *document)
{
	static const char *const keys[] = {"subPackages", "subpackages"};
	for (size_t k = 0; k < ARRAY_LEN(keys); k++) {
		struct value list = check_given(check, document, keys[k]);
		for (size_t i = 0; i < value_len(list); i++) {
			check_part(check, document, keys[k], list, i);
		}
	}
}

/* --- tabs --- */

static void check_icon(struct check *check, const struct document *document, const char *where, struct str path)
{
	if (path.len && path.at[0] == '@') {
		path = value_str(value_get(value_get_text(check->config->theme, "light"), str_slice(path, 1, path.len)));
	}
	struct strbuf file = {0}, hint = {0};
	if (!path.len) {
		return;
	}
	if (!resolve_asset(STR(""), path, &file)) {
		document_report(document, DIAG_ERROR, where, false, "\"" STR_FMT "\": an icon must be a picture in the package", STR_ARG(path));
		return;
	}
	size_t size = package_size(check->package, strbuf_str(&file));
	if (size == SIZE_MAX) {
		check_hint(check, strbuf_str(&file), &hint);
		document_report(document, DIAG_ERROR, where, false, "there is no picture \"%s\"%s: add it, or correct the path", file.at,
			hint.at ? hint.at : "");
	} else if (size > ICON_SIZE_MAX) {
		document_report(document, DIAG_WARNING, where, false, "the icon \"%s\" has %zu KB: WeChat allows 40 KB, so make it smaller",
			file.at, size >> 10);
	}
	strbuf_finish(&file);
	strbuf_finish(&hint);
}

static bool is_main_page(const struct app_config *config, struct str path)
{
	for (size_t i = 0; i < config->main_count; i++) {
		if (str_eq(config->pages.at[i], path)) {
			return true;
		}
	}
	return false;
}

static void check_tab_page(struct check *check, const struct document *document, struct value list, size_t index)
{
	struct str text = value_str(value_get_text(value_at(list, index), "pagePath"));
	struct strbuf where = {0};
	strbuf_printf(&where, "tabBar.list[%zu].pagePath", index);
	struct str path = text.len || value_has(value_at(list, index), STR("pagePath")) ? page_path(document, where.at, text) : text;
	if (path.len && !is_main_page(check->config, path)) {
		document_report(document, DIAG_ERROR, where.at, false, config_has_page(check->config, path)
			? "the tab's page \"" STR_FMT "\" is in a sub-package: move it into the main package's \"pages\""
			: "the tab's page \"" STR_FMT "\" is not in \"pages\": add it there, or correct the path", STR_ARG(path));
	}
	for (size_t i = 0; path.len && i < index; i++) {
		if (str_eq(without_slash(value_str(value_get_text(value_at(list, i), "pagePath"))), path)) {
			document_report(document, DIAG_WARNING, where.at, false, "two tabs show the page \"" STR_FMT "\": take one out", STR_ARG(path));
			break;
		}
	}
	strbuf_finish(&where);
}

static void check_custom_tab_bar(struct check *check, const struct document *document)
{
	struct strbuf path = {0};
	if (resolve_component(check->package, STR("app.json"), STR("/custom-tab-bar/index"), &path)) {
		document_report(document, DIAG_ERROR, "tabBar.custom", false,
			"there is no component \"custom-tab-bar/index\": add it, or take out \"custom\"");
	} else {
		check_queue_component(check, strbuf_str(&path));
	}
	strbuf_finish(&path);
}

static void check_tab_bar(struct check *check, const struct document *document)
{
	static const char *const icons[] = {"iconPath", "selectedIconPath"};
	struct value bar = check_given(check, document, "tabBar"), list = value_get_text(bar, "list");
	size_t count = value_len(list);
	if (value_is(list, VALUE_ARRAY) && (count < TABS_MIN || count > TABS_MAX)) {
		document_report(document, DIAG_ERROR, "tabBar.list", false, "\"tabBar.list\" has %zu items: give it %d to %d", count, TABS_MIN,
			TABS_MAX);
	}
	struct strbuf where = {0};
	for (size_t i = 0; i < count; i++) {
		struct value tab = value_at(list, i);
		if (!value_is(tab, VALUE_OBJECT)) {
			continue;
		}
		check_tab_page(check, document, list, i);
		for (size_t k = 0; k < ARRAY_LEN(icons); k++) {
			strbuf_clear(&where);
			strbuf_printf(&where, "tabBar.list[%zu].%s", i, icons[k]);
			check_icon(check, document, where.at, value_str(value_get_text(tab, icons[k])));
		}
	}
	strbuf_finish(&where);
	if (value_to_bool(value_get_text(bar, "custom"))) {
		check_custom_tab_bar(check, document);
	}
}

/* --- other keys --- */

static void check_preload(struct check *check, const struct document *document)
{
	struct value rules = check_given(check, document, "preloadRule");
	const struct package *package = check->package;
	struct strbuf where = {0};
	for (size_t i = 0; i < value_count(rules); i++) {
		struct str page = value_key(rules, i);
		struct value packages = value_get_text(value_entry(rules, i), "packages");
		strbuf_clear(&where);
		strbuf_printf(&where, "preloadRule." STR_FMT, STR_ARG(page));
		if (!config_has_page(check->config, without_slash(page))) {
			document_report(document, DIAG_WARNING, where.at, true, "there is no page \"" STR_FMT "\": correct the path", STR_ARG(page));
		}
		size_t mark = where.len;
		for (size_t k = 0; k < value_len(packages); k++) {
			struct str name = value_str(value_at(packages, k));
			bool known = !name.len || str_is(name, "__APP__");
			for (size_t n = 0; n < package->parts.len && !known; n++) {
				struct strbuf root = {0};
				resolve_join(STR(""), name, &root);
				known = str_eq(strbuf_str(&root), package->parts.at[n].root) || str_eq(name, package->parts.at[n].name);
				strbuf_finish(&root);
			}
			where.len = mark;
			strbuf_printf(&where, ".packages[%zu]", k);
			if (!known) {
				document_report(document, DIAG_WARNING, where.at, false,
					"there is no sub-package \"" STR_FMT "\": write a root or a name out of \"subPackages\"", STR_ARG(name));
			}
		}
	}
	strbuf_finish(&where);
}

static void check_timeouts(struct check *check, const struct document *document)
{
	struct value timeouts = check_given(check, document, "networkTimeout");
	struct strbuf where = {0};
	for (size_t i = 0; i < value_count(timeouts); i++) {
		struct value ms = value_entry(timeouts, i);
		if (value_is(ms, VALUE_NUMBER) && !(ms.number > 0 && ms.number <= NETWORK_TIMEOUT_MAX)) {
			strbuf_clear(&where);
			strbuf_printf(&where, "networkTimeout." STR_FMT, STR_ARG(value_key(timeouts, i)));
			document_report(document, DIAG_WARNING, where.at, false, "\"%s\" is in milliseconds: write 1 to %d", where.at,
				NETWORK_TIMEOUT_MAX);
		}
	}
	strbuf_finish(&where);
}

static void check_entry(struct check *check, const struct document *document)
{
	struct str entry = value_str(check_given(check, document, "entryPagePath"));
	if (entry.len && !config_has_page(check->config, without_slash(entry))) {
		document_report(document, DIAG_ERROR, "entryPagePath", false, "the page \"" STR_FMT "\" is not in \"pages\": add it there",
			STR_ARG(entry));
	}
}

static void check_file(struct check *check, const struct document *document, const char *key, enum diag_severity severity)
{
	struct str path = value_str(check_given(check, document, key));
	if (path.len && !package_has(check->package, path)) {
		struct strbuf hint = {0};
		check_hint(check, path, &hint);
		document_report(document, severity, key, false, "there is no file \"" STR_FMT "\"%s: add it, or take out \"%s\"", STR_ARG(path),
			hint.at ? hint.at : "", key);
		strbuf_finish(&hint);
	}
}

static void check_workers(struct check *check, const struct document *document)
{
	struct value workers = check_given(check, document, "workers"), path = value_get_text(workers, "path");
	bool is_object = value_is(workers, VALUE_OBJECT);
	const char *where = is_object ? "workers.path" : "workers";
	struct str folder = value_str(is_object ? path : workers);
	if (value_is(workers, VALUE_UNDEFINED)) {
		return;
	}
	if (!folder.len) {
		document_report(document, DIAG_ERROR, where, false, "\"%s\" must name the folder of the workers, as a string", where);
	} else if (!package_has_folder(check->package, folder) && !package_has(check->package, folder)) {
		document_report(document, DIAG_ERROR, where, false, "there is no folder \"" STR_FMT "\": add it, or take out \"workers\"",
			STR_ARG(folder));
	}
}

static void check_alias(struct check *check, const struct document *document)
{
	struct value aliases = check_given(check, document, "resolveAlias");
	struct strbuf where = {0};
	for (size_t i = 0; i < value_count(aliases); i++) {
		struct str key = value_key(aliases, i), to = value_str(value_entry(aliases, i));
		if (str_ends(key, STR("/*")) != str_ends(to, STR("/*"))) {
			strbuf_clear(&where);
			strbuf_printf(&where, "resolveAlias." STR_FMT, STR_ARG(key));
			document_report(document, DIAG_WARNING, where.at, false, "an alias and what it stands for must both end in /*, or neither");
		}
	}
	strbuf_finish(&where);
}

/* Variables of window and tabBar that the theme does not have. */
static void check_variables(struct check *check, const struct document *document, const char *key)
{
	struct value part = check_given(check, document, key), light = value_get_text(check->config->theme, "light");
	struct strbuf where = {0};
	for (size_t i = 0; i < value_count(part); i++) {
		struct str text = value_str(value_entry(part, i));
		if (text.len > 1 && text.at[0] == '@' && !value_has(light, str_slice(text, 1, text.len))
			&& !str_is(value_key(part, i), "navigationBarTitleText")) {
			strbuf_clear(&where);
			strbuf_printf(&where, "%s." STR_FMT, key, STR_ARG(value_key(part, i)));
			document_report(document, DIAG_WARNING, where.at, false,
				"there is no variable \"" STR_FMT "\" in the theme: add it to the file that themeLocation names",
				STR_ARG(str_slice(text, 1, text.len)));
		}
	}
	strbuf_finish(&where);
}

void check_app(struct check *check, const struct document *document)
{
	check_pages(check, document, "pages", check_given(check, document, "pages"), STR(""));
	check_parts(check, document);
	check_entry(check, document);
	check_tab_bar(check, document);
	check_variables(check, document, "window");
	check_variables(check, document, "tabBar");
	check_using(check, document, document);
	check_preload(check, document);
	check_timeouts(check, document);
	check_workers(check, document);
	check_alias(check, document);
	check_file(check, document, "themeLocation", DIAG_ERROR);
	check_file(check, document, "sitemapLocation", DIAG_WARNING);
}
