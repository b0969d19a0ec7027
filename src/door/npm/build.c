/* Which packages a project needs, where they are, and what becomes of each. */
#include "door/npm/npm.h"

#include "base/map.h"
#include "base/mem.h"
#include "core/package/resolve.h"
#include "core/value/json.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>

#define DEPTH_MAX 24
#define PACKAGES_MAX 2000
#define JSON_MAX ((size_t)4 << 20)

/* One package.json of the project, and where its packages go. */
struct pair {
	struct strbuf json, to; // in the project: "miniprogram/package.json", "miniprogram/miniprogram_npm"
};

/* A package that is to be built. */
struct want {
	char *name;
	char *from; // the folder (on this machine) whose node_modules are asked first
	char *user; // who asks for it, as diagnostics name it
};

struct work {
	struct npm_build *build;
	const char *folder;
	VEC(struct pair) pairs;
	VEC(struct want) wants;   // of the pair at hand; grows
	const struct pair *pair;
	const struct want *want;  // the one at hand
	const char *place;        // of it, on this machine
	struct map built;         // names, of the pair at hand
};

static char *join(const char *folder, const char *path)
{
	struct strbuf full = {0};
	strbuf_printf(&full, "%s%s%s", folder, *folder && *path ? "/" : "", path);
	return full.at ? strbuf_steal(&full) : mem_strdup("", 0);
}

static char *copy_of(struct str text) { return mem_strdup(text.at ? text.at : "", text.len); }

static void report(struct work *work, enum diag_severity severity, const char *file, const char *fmt, ...) PRINTF_LIKE(4, 5);

static void report(struct work *work, enum diag_severity severity, const char *file, const char *fmt, ...)
{
	struct strbuf text = {0};
	va_list args;
	va_start(args, fmt);
	strbuf_vprintf(&text, fmt, args);
	va_end(args);
	diag_add(&work->build->diags, severity, str_of(file), 0, 0, "%s", text.at);
	strbuf_finish(&text);
}

/* A JSON file of the project as an object; what is wrong with it is an error. Undefined: none. */
static struct value read_json(struct work *work, const char *full, const char *shown)
{
	gchar *text = NULL;
	gsize size = 0;
	struct value value = value_undefined();
	struct json_error error;
	if (!g_file_get_contents(full, &text, &size, NULL)) {
		return value;
	}
	if (size > JSON_MAX || json_parse_object((struct str){text, size}, &value, &error)) {
		int line = 0, column = 0;
		if (size <= JSON_MAX) {
			diag_place((struct str){text, size}, error.offset, &line, &column);
		}
		diag_add(&work->build->diags, DIAG_ERROR, str_of(shown), line, column, "%s", size > JSON_MAX ? "The file is too large" : error.text);
		value = value_undefined();
	}
	g_free(text);
	return value;
}

/* --- which package.json there are --- */

static void add_pair(struct work *work, const char *json, const char *to)
{
	struct pair pair = {0};
	resolve_join(STR(""), str_of(json), &pair.json);
	resolve_join(STR(""), str_of(to), &pair.to);
	vec_push(&work->pairs, pair);
}

/* Below `path` (in the project), without what npm and the build made. */
static void find_pairs(struct work *work, const char *path, int depth)
{
	char *full = join(work->folder, path), *json = join(path, "package.json"), *there = join(work->folder, json);
	GDir *folder = depth < DEPTH_MAX ? g_dir_open(full, 0, NULL) : NULL;
	if (g_file_test(there, G_FILE_TEST_IS_REGULAR)) {
		char *to = join(path, "miniprogram_npm");
		add_pair(work, json, to);
		mem_free(to);
	}
	for (const char *name; folder && (name = g_dir_read_name(folder));) {
		char *inner = join(path, name), *inside = join(work->folder, inner);
		if (*name != '.' && strcmp(name, "node_modules") != 0 && strcmp(name, "miniprogram_npm") != 0
			&& g_file_test(inside, G_FILE_TEST_IS_DIR) && !g_file_test(inside, G_FILE_TEST_IS_SYMLINK)) {
			find_pairs(work, inner, depth + 1);
		}
		mem_free(inner);
		mem_free(inside);
	}
	if (folder) {
		g_dir_close(folder);
	}
	mem_free(full);
	mem_free(json);
	mem_free(there);
}

static int by_json(const void *one, const void *other)
{
	return strcmp(((const struct pair *)one)->json.at, ((const struct pair *)other)->json.at);
}

/* packNpmRelationList: [{packageJsonPath, miniprogramNpmDistDir}], when the project says so. False: it does not. */
static bool take_relations(struct work *work, struct value project)
{
	struct value setting = value_get_text(project, "setting"), list = value_get_text(setting, "packNpmRelationList");
	if (!value_to_bool(value_get_text(setting, "packNpmManually"))) {
		return false;
	}
	for (size_t i = 0; i < value_len(list); i++) {
		struct value row = value_at(list, i);
		struct str json = value_str(value_get_text(row, "packageJsonPath")), to = value_str(value_get_text(row, "miniprogramNpmDistDir"));
		if (!json.len) {
			report(work, DIAG_ERROR, "project.config.json", "setting.packNpmRelationList[%zu] needs a packageJsonPath", i);
			continue;
		}
		struct strbuf place = {0};
		strbuf_printf(&place, STR_FMT "/miniprogram_npm", STR_ARG(to));
		add_pair(work, json.at, place.at);
		strbuf_finish(&place);
	}
	return true;
}

static void plan(struct work *work)
{
	char *file = join(work->folder, "project.config.json");
	struct value project = read_json(work, file, "project.config.json");
	struct strbuf root = {0};
	resolve_join(STR(""), value_str(value_get_text(project, "miniprogramRoot")), &root);
	if (!take_relations(work, project)) {
		find_pairs(work, root.at ? root.at : "", 0);
		if (work->pairs.len) {
			qsort(work->pairs.at, work->pairs.len, sizeof(struct pair), by_json); // the order of a folder says nothing
		}
		char *own = join(work->folder, "package.json");
		if (!work->pairs.len && g_file_test(own, G_FILE_TEST_IS_REGULAR)) { // beside the program, as many keep it
			char *to = join(root.at ? root.at : "", "miniprogram_npm");
			add_pair(work, "package.json", to);
			mem_free(to);
		}
		mem_free(own);
	}
	if (!work->pairs.len) {
		report(work, DIAG_ERROR, "", "There is no package.json: write one beside app.json, and run npm install there");
	}
	value_unref(project);
	strbuf_finish(&root);
	mem_free(file);
}

/* --- where a package is --- */

static bool is_name(struct str name)
{
	bool good = name.len > 0 && name.len < 215 && name.at[0] != '.' && name.at[0] != '/';
	for (size_t i = 0; i < name.len; i++) {
		good = good && (g_ascii_isalnum(name.at[i]) || strchr("@/._-~", name.at[i]));
	}
	return good && str_find(name, STR("..")) == SIZE_MAX;
}

/* As Node.js looks for it: node_modules of the folder and of those above it. New, real path; NULL: nowhere. */
static char *find_package(const char *from, const char *name)
{
	char *folder = mem_strdup(from, strlen(from)), *found = NULL;
	for (;;) {
		struct strbuf place = {0};
		strbuf_printf(&place, "%s/node_modules/%s", folder, name);
		if (g_file_test(place.at, G_FILE_TEST_IS_DIR)) {
			char *real = realpath(place.at, NULL);
			found = real ? mem_strdup(real, strlen(real)) : NULL;
			free(real);
		}
		strbuf_finish(&place);
		char *slash = strrchr(folder, '/');
		if (found || !slash || slash == folder) {
			break;
		}
		*slash = 0;
	}
	mem_free(folder);
	return found;
}

static void want(struct work *work, struct str name, const char *from, const char *user)
{
	if (!is_name(name)) {
		report(work, DIAG_WARNING, user, "That is no name of a package: " STR_FMT, STR_ARG(name));
		return;
	}
	if (!map_has(&work->built, name) && work->wants.len < PACKAGES_MAX) {
		struct want row = {copy_of(name), mem_strdup(from, strlen(from)), mem_strdup(user, strlen(user))};
		map_set(&work->built, name, work);
		vec_push(&work->wants, row);
	}
}

static void want_all(struct work *work, struct value package, const char *from, const char *user)
{
	struct value list = value_get_text(package, "dependencies");
	for (size_t i = 0; i < value_count(list); i++) {
		want(work, value_key(list, i), from, user);
	}
}

/* --- what becomes of it --- */

static bool remove_all(const char *path, int depth)
{
	if (g_file_test(path, G_FILE_TEST_IS_DIR) && !g_file_test(path, G_FILE_TEST_IS_SYMLINK)) {
		GDir *folder = depth < DEPTH_MAX ? g_dir_open(path, 0, NULL) : NULL;
		for (const char *name; folder && (name = g_dir_read_name(folder));) {
			char *inner = join(path, name);
			remove_all(inner, depth + 1);
			mem_free(inner);
		}
		if (folder) {
			g_dir_close(folder);
		}
	}
	return g_remove(path) == 0;
}

static bool write_file(struct work *work, const char *path, const char *shown, struct str text)
{
	gchar *folder = g_path_get_dirname(path);
	GError *error = NULL;
	bool good = g_mkdir_with_parents(folder, 0777) == 0 && g_file_set_contents(path, text.at ? text.at : "", (gssize)text.len, &error);
	if (!good) {
		report(work, DIAG_ERROR, shown, "The file cannot be written: %s", error ? error->message : g_strerror(errno));
	}
	g_clear_error(&error);
	g_free(folder);
	return good;
}

/* Files that are regular, folders that are none of npm's. */
static void copy_folder(struct work *work, const char *from, const char *to, const char *shown, int depth, size_t *files)
{
	GDir *folder = depth < DEPTH_MAX ? g_dir_open(from, 0, NULL) : NULL;
	for (const char *name; folder && (name = g_dir_read_name(folder));) {
		char *source = join(from, name), *target = join(to, name), *seen = join(shown, name);
		gchar *text = NULL;
		gsize size = 0;
		if (*name == '.' || strcmp(name, "node_modules") == 0 || g_file_test(source, G_FILE_TEST_IS_SYMLINK)) {
			// left out
		} else if (g_file_test(source, G_FILE_TEST_IS_DIR)) {
			copy_folder(work, source, target, seen, depth + 1, files);
		} else if (g_file_get_contents(source, &text, &size, NULL)) {
			*files += write_file(work, target, seen, (struct str){text, size});
		}
		g_free(text);
		mem_free(source);
		mem_free(target);
		mem_free(seen);
	}
	if (folder) {
		g_dir_close(folder);
	}
}

static void on_found(void *user, struct str name)
{
	struct work *work = user;
	want(work, name, work->place, work->want->name);
}

static char *locate(void *user, const char *from, struct str name)
{
	struct strbuf text = {0};
	UNUSED(user);
	strbuf_add(&text, name);
	char *place = is_name(name) ? find_package(from, text.at) : NULL;
	strbuf_finish(&text);
	return place;
}

/* index.js of all that its entry needs; a package without scripts (types, styles alone) gives nothing. */
static bool bundle(struct work *work, struct npm_package *row, struct value package, const char *to)
{
	struct strbuf text = {0}, shown = {0}, entry = {0};
	if (!npm_find_entry(work->place, package, &entry)) {
		report(work, DIAG_WARNING, row->name, "The package has no script that its main names: it is left out");
		return false;
	}
	strbuf_printf(&shown, "node_modules/%s", row->name);
	struct npm_bundle made = {.folder = work->place, .shown = shown.at, .diags = &work->build->diags, .found = on_found, .locate = locate, .user = work};
	bool good = npm_bundle(&made, strbuf_str(&entry), &text);
	if (good) {
		char *file = join(to, "index.js"), *seen = join(row->place, "index.js");
		good = write_file(work, file, seen, strbuf_str(&text));
		mem_free(file);
		mem_free(seen);
	} else {
		report(work, DIAG_WARNING, row->name, "%s cannot be read: the package is left out", entry.at);
	}
	row->files = made.files;
	row->bundled = true;
	strbuf_finish(&text);
	strbuf_finish(&shown);
	strbuf_finish(&entry);
	return good;
}

/* The folder in it that is made for mini programs, new; NULL: there is none. */
static char *find_dist(struct work *work, const struct npm_package *row, struct value package)
{
	struct str named = value_str(value_get_text(package, "miniprogram"));
	struct strbuf path = {0};
	resolve_join(STR(""), named.len ? named : STR("miniprogram_dist"), &path);
	char *full = join(work->place, path.at ? path.at : "");
	bool there = g_file_test(full, G_FILE_TEST_IS_DIR);
	if (named.len && !there) {
		report(work, DIAG_WARNING, row->name, "Its package.json names \"" STR_FMT "\" as its mini program files, which is not there", STR_ARG(named));
	}
	strbuf_finish(&path);
	if (!there) {
		mem_free(full);
		return NULL;
	}
	return full;
}

static void build_package(struct work *work)
{
	char *place = find_package(work->want->from, work->want->name);
	if (!place) {
		bool own = strcmp(work->want->user, work->pair->json.at) == 0; // others may do without
		report(work, own ? DIAG_ERROR : DIAG_WARNING, work->want->user, "The package %s is not in node_modules: run npm install",
			work->want->name);
		return;
	}
	char *json = join(place, "package.json");
	struct value package = read_json(work, json, work->want->name);
	struct npm_package row = {.name = copy_of(str_of(work->want->name)), .version = copy_of(value_str(value_get_text(package, "version")))};
	row.place = join(work->pair->to.at, row.name);
	char *to = join(work->folder, row.place), *dist;
	work->place = place;
	dist = find_dist(work, &row, package);
	if (dist) {
		copy_folder(work, dist, to, row.place, 0, &row.files);
		want_all(work, package, place, row.name);
	} else if (!bundle(work, &row, package, to)) {
		row.files = 0;
	}
	mem_free(dist);
	mem_free(to);
	mem_free(json);
	mem_free(place);
	value_unref(package);
	vec_push(&work->build->packages, row);
}

/* All that one package.json asks for; what an earlier build left there goes. */
static void build_pair(struct work *work, const struct pair *pair)
{
	char *json = join(work->folder, pair->json.at), *to = join(work->folder, pair->to.at), *from = g_path_get_dirname(json);
	struct value package = read_json(work, json, pair->json.at);
	work->pair = pair;
	if (!value_is(package, VALUE_OBJECT) && !g_file_test(json, G_FILE_TEST_IS_REGULAR)) {
		report(work, DIAG_ERROR, pair->json.at, "There is no such file");
	} else if (value_is(package, VALUE_OBJECT)) {
		remove_all(to, 0);
		want_all(work, package, from, pair->json.at);
	}
	for (size_t i = 0; i < work->wants.len; i++) { // grows
		struct want wanted = work->wants.at[i];
		work->want = &wanted;
		build_package(work);
	}
	for (size_t i = 0; i < work->wants.len; i++) {
		mem_free(work->wants.at[i].name);
		mem_free(work->wants.at[i].from);
		mem_free(work->wants.at[i].user);
	}
	vec_finish(&work->wants);
	work->wants.len = 0;
	map_finish(&work->built);
	work->built = (struct map){0};
	value_unref(package);
	mem_free(json);
	mem_free(to);
	g_free(from);
}

int npm_build(const char *folder, struct npm_build *ret_build)
{
	*ret_build = (struct npm_build){0};
	struct work work = {.build = ret_build};
	char *real = realpath(folder, NULL);
	work.folder = real;
	if (!real || !g_file_test(real, G_FILE_TEST_IS_DIR)) {
		diag_add(&ret_build->diags, DIAG_ERROR, STR(""), 0, 0, "There is no such folder: %s", folder);
	} else {
		plan(&work);
	}
	for (size_t i = 0; i < work.pairs.len; i++) {
		build_pair(&work, &work.pairs.at[i]);
	}
	for (size_t i = 0; i < work.pairs.len; i++) {
		strbuf_finish(&work.pairs.at[i].json);
		strbuf_finish(&work.pairs.at[i].to);
	}
	vec_finish(&work.pairs);
	free(real);
	return ret_build->diags.errors ? 1 : 0;
}

void npm_build_finish(struct npm_build *build)
{
	for (size_t i = 0; i < build->packages.len; i++) {
		mem_free(build->packages.at[i].name);
		mem_free(build->packages.at[i].version);
		mem_free(build->packages.at[i].place);
	}
	vec_finish(&build->packages);
	diag_list_finish(&build->diags);
}
