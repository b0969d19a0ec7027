/* What package.json says of a package's files. Sources: Node.js's documentation of packages (main, exports), the browser field's
 * specification. */
#include "door/npm/npm.h"

#include "core/package/resolve.h"
#include "core/value/json.h"

#include <glib.h>

static bool is_file(const char *folder, struct str path)
{
	struct strbuf full = {0};
	strbuf_printf(&full, "%s/" STR_FMT, folder, STR_ARG(path));
	bool found = g_file_test(full.at, G_FILE_TEST_IS_REGULAR);
	strbuf_finish(&full);
	return found;
}

static bool read_json(const char *folder, struct str path, struct value *ret_value)
{
	struct strbuf full = {0};
	gchar *text = NULL;
	gsize size = 0;
	strbuf_printf(&full, "%s/" STR_FMT, folder, STR_ARG(path));
	bool good = g_file_get_contents(full.at, &text, &size, NULL) && json_parse_object((struct str){text, size}, ret_value, NULL) == 0;
	g_free(text);
	strbuf_finish(&full);
	return good;
}

static bool try_ends(const char *folder, struct str path, const char *const *ends, size_t count, struct strbuf *ret_path)
{
	for (size_t i = 0; i < count; i++) {
		struct strbuf file = {0};
		strbuf_add(&file, path);
		strbuf_add_text(&file, ends[i]);
		bool found = is_file(folder, strbuf_str(&file));
		if (found) {
			strbuf_add(ret_path, strbuf_str(&file));
		}
		strbuf_finish(&file);
		if (found) {
			return true;
		}
	}
	return false;
}

bool npm_find_file(const char *folder, struct str path, struct strbuf *ret_path)
{
	static const char *const ends[] = {"", ".js", ".json", ".cjs", ".mjs"}, *const inside[] = {"/index.js", "/index.json", "/index.cjs"};
	struct strbuf inner = {0}, entry = {0};
	struct value package = value_undefined();
	bool found = try_ends(folder, path, ends, ARRAY_LEN(ends), ret_path);
	strbuf_printf(&inner, STR_FMT "/package.json", STR_ARG(path));
	if (!found && path.len && read_json(folder, strbuf_str(&inner), &package)) {
		struct str main = value_str(value_get_text(package, "main"));
		resolve_join(strbuf_str(&inner), main, &entry);
		found = main.len && (try_ends(folder, strbuf_str(&entry), ends, ARRAY_LEN(ends), ret_path)
			|| try_ends(folder, strbuf_str(&entry), inside, ARRAY_LEN(inside), ret_path));
	}
	value_unref(package);
	strbuf_finish(&inner);
	strbuf_finish(&entry);
	return found || try_ends(folder, path, inside, ARRAY_LEN(inside), ret_path);
}

struct value npm_read_package(const char *folder)
{
	struct value package = value_undefined();
	return read_json(folder, STR("package.json"), &package) ? package : value_undefined();
}

bool npm_browser(const char *folder, struct value package, struct str path, struct strbuf *ret_path)
{
	struct value map = value_get_text(package, "browser");
	for (size_t i = 0; value_is(map, VALUE_OBJECT) && i < value_count(map); i++) {
		struct str key = value_key(map, i);
		struct value to = value_entry(map, i);
		struct strbuf file = {0};
		bool meant = str_eq(key, path);
		if (str_starts(key, STR("./"))) {
			resolve_join(STR(""), key, &file);
			struct strbuf found = {0};
			meant = str_eq(strbuf_str(&file), path) || (npm_find_file(folder, strbuf_str(&file), &found) && str_eq(strbuf_str(&found), path));
			strbuf_finish(&found);
		}
		strbuf_clear(&file);
		resolve_join(STR(""), value_str(to), &file);
		bool good = meant && (value_is(to, VALUE_BOOL) || (str_starts(value_str(to), STR(".")) && npm_find_file(folder, strbuf_str(&file), ret_path)));
		strbuf_finish(&file);
		if (good) {
			return true;
		}
	}
	return false;
}

/* The first path that a condition's branch gives. */
static struct str exported(struct value node, int depth)
{
	static const char *const conditions[] = {"browser", "require", "default", "import", "node"};
	if (value_is(node, VALUE_ARRAY)) {
		return exported(value_at(node, 0), depth + 1);
	}
	for (size_t i = 0; value_is(node, VALUE_OBJECT) && depth < 8 && i < ARRAY_LEN(conditions); i++) {
		struct str path = exported(value_get_text(node, conditions[i]), depth + 1);
		if (path.len) {
			return path;
		}
	}
	return value_str(node);
}

static bool find(const char *folder, struct str path, struct strbuf *ret_path)
{
	struct strbuf joined = {0};
	resolve_join(STR(""), path, &joined);
	bool found = path.len && npm_find_file(folder, strbuf_str(&joined), ret_path);
	strbuf_finish(&joined);
	return found;
}

bool npm_find_entry(const char *folder, struct value package, struct strbuf *ret_path)
{
	struct value exports = value_get_text(package, "exports"), root = value_get_text(exports, ".");
	struct str paths[] = {value_str(value_get_text(package, "browser")), value_str(value_get_text(package, "main")),
		value_str(value_get_text(package, "module")), exported(value_is(root, VALUE_UNDEFINED) ? exports : root, 0), STR("index")};
	struct strbuf main = {0};
	for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
		if (find(folder, paths[i], &main) && !str_ends(strbuf_str(&main), STR(".json"))) {
			bool other = npm_browser(folder, package, strbuf_str(&main), ret_path);
			if (!other) {
				strbuf_add(ret_path, strbuf_str(&main));
			}
			strbuf_finish(&main);
			return true;
		}
		strbuf_clear(&main);
	}
	strbuf_finish(&main);
	return false;
}

bool npm_find_inner(const char *folder, struct value package, struct str path, struct strbuf *ret_path)
{
	struct value exports = value_get_text(package, "exports");
	struct strbuf key = {0};
	strbuf_printf(&key, "./" STR_FMT, STR_ARG(path));
	bool found = find(folder, exported(value_get(exports, strbuf_str(&key)), 0), ret_path) || find(folder, path, ret_path);
	strbuf_finish(&key);
	return found;
}
