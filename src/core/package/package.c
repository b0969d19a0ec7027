/* Reading files out of a source: where the mini program's root is, and what encoding text has. */
#include "core/package/package.h"

#include "core/package/document.h"
#include "core/package/encoding.h"
#include "core/package/resolve.h"
#include "core/package/rows.h"
#include "host/file.h"

static bool is_text(struct str path)
{
	static const char *const suffixes[] = {".js", ".json", ".wxml", ".wxss", ".wxs"};
	for (size_t i = 0; i < ARRAY_LEN(suffixes); i++) {
		if (str_ends(path, str_of(suffixes[i]))) {
			return true;
		}
	}
	return false;
}

static void report_encoding(struct package *package, struct str path, enum encoding_problem problem, struct str text,
	size_t offset)
{
	int line, column;
	if (problem == ENCODING_MARK) {
		diag_add(package->diags, DIAG_WARNING, path, 1, 1, "The file begins with a byte order mark: save it as UTF-8 without one");
	} else if (problem == ENCODING_UTF16) {
		diag_add(package->diags, DIAG_ERROR, path, 1, 1, "The file is UTF-16: save it as UTF-8");
	} else if (problem == ENCODING_BROKEN) {
		diag_place(text, offset, &line, &column);
		diag_add(package->diags, DIAG_ERROR, path, line, column,
			"The file is not UTF-8 from here on (perhaps GBK): save it as UTF-8");
	}
}

/* The path as the source knows it: normalised, below the prefix. False: it can be no file. */
static bool source_path(const struct package *package, struct str path, struct strbuf *out)
{
	if (!path.len || path.len > HOST_FILE_PATH_MAX || str_find_char(path, '\0') != SIZE_MAX
		|| str_find(path, STR("://")) != SIZE_MAX) {
		return false;
	}
	strbuf_add(out, strbuf_str(&package->prefix));
	resolve_join(STR(""), path, out);
	return true;
}

static bool read_raw(struct package *package, struct str path, struct host_bytes **ret_bytes)
{
	struct strbuf full = {0};
	bool found = false;
	if (source_path(package, path, &full)) {
		enum host_outcome outcome = package->source->read(package->source, strbuf_str(&full), ret_bytes);
		found = outcome == HOST_OK;
		if (outcome == HOST_TOO_LARGE || outcome == HOST_FAIL) {
			diag_add(package->diags, DIAG_ERROR, path, 0, 0, "%s",
				outcome == HOST_FAIL ? "The file cannot be read: look at its permissions" : "The file is too large: make it smaller");
		}
	}
	strbuf_finish(&full);
	return found;
}

bool package_read(struct package *package, struct str path, struct strbuf *out)
{
	struct host_bytes *bytes = NULL;
	if (!read_raw(package, path, &bytes)) {
		return false;
	}
	if (is_text(path)) {
		size_t base = out->len, offset = 0;
		enum encoding_problem problem = encoding_decode(host_bytes_str(bytes), out, &offset);
		report_encoding(package, path, problem, str_slice(strbuf_str(out), base, out->len), offset);
	} else {
		strbuf_add(out, host_bytes_str(bytes));
	}
	host_bytes_unref(bytes);
	return true;
}

static bool stat_path(struct package *package, struct str path, bool *ret_is_folder, size_t *ret_size)
{
	struct strbuf full = {0};
	bool found = source_path(package, path, &full)
		&& package->source->stat(package->source, strbuf_str(&full), ret_is_folder, ret_size) == HOST_OK;
	strbuf_finish(&full);
	return found;
}

bool package_has(struct package *package, struct str path)
{
	return package_size(package, path) != SIZE_MAX;
}

bool package_has_folder(struct package *package, struct str path)
{
	bool is_folder = false;
	size_t size;
	return stat_path(package, path, &is_folder, &size) && is_folder;
}

size_t package_size(struct package *package, struct str path)
{
	bool is_folder = true;
	size_t size = 0;
	return stat_path(package, path, &is_folder, &size) && !is_folder ? size : SIZE_MAX;
}

/* Appends the name in `folder` that equals `name` but for case. */
static bool nearest_in(struct package *package, struct str folder, struct str name, struct strbuf *out)
{
	struct value names = value_undefined();
	bool found = false;
	if (package->source->list && package->source->list(package->source, folder, &names) == HOST_OK) {
		for (size_t i = 0; i < value_len(names) && !found; i++) {
			struct str other = value_str(value_at(names, i));
			if (str_eq_nocase(other, name)) {
				strbuf_add(out, other);
				found = true;
			}
		}
		value_unref(names);
	}
	return found;
}

bool package_nearest(struct package *package, struct str path, struct strbuf *out)
{
	struct strbuf normal = {0}, full = {0};
	size_t base = out->len;
	resolve_join(STR(""), path, &normal);
	struct str rest = strbuf_str(&normal), piece;
	bool found = rest.len > 0;
	strbuf_add(&full, strbuf_str(&package->prefix));
	while (found && str_split(&rest, '/', &piece)) {
		struct str folder = strbuf_str(&full);
		folder.len -= folder.len && folder.at[folder.len - 1] == '/';
		size_t mark = out->len;
		found = nearest_in(package, folder, piece, out);
		strbuf_add(&full, str_slice(strbuf_str(out), mark, out->len));
		strbuf_add_char(&full, '/');
		if (rest.at) {
			strbuf_add_char(out, '/');
		}
	}
	if (!found && out->at) {
		out->len = base;
		out->at[base] = '\0';
	}
	strbuf_finish(&normal);
	strbuf_finish(&full);
	return found;
}

const struct package_part *package_part_of(const struct package *package, struct str path)
{
	while (path.len && path.at[0] == '/') {
		path = str_slice(path, 1, path.len);
	}
	for (size_t i = 0; i < package->parts.len; i++) {
		struct str root = package->parts.at[i].root;
		if (str_starts(path, root) && path.len > root.len && path.at[root.len] == '/') {
			return &package->parts.at[i];
		}
	}
	return NULL;
}

bool package_visible(const struct package *package, struct str from, struct str to)
{
	const struct package_part *user = package_part_of(package, from), *used = package_part_of(package, to);
	return used ? used == user : !user || !user->independent;
}

/* --- opening --- */

/* miniprogramRoot as a prefix; a wrong one is reported and does not count. */
static void set_prefix(struct package *package, const struct document *project)
{
	struct str root = value_str(value_get_text(project->value, "miniprogramRoot"));
	struct strbuf prefix = {0};
	resolve_join(STR(""), root, &prefix);
	bool is_folder = false;
	size_t size;
	if (prefix.len) {
		enum host_outcome outcome = package->source->stat(package->source, strbuf_str(&prefix), &is_folder, &size);
		if (outcome == HOST_OK && is_folder) {
			strbuf_add_char(&prefix, '/');
			strbuf_add(&package->prefix, strbuf_str(&prefix));
		} else {
			document_report(project, package_has(package, STR("app.json")) ? DIAG_WARNING : DIAG_ERROR, "miniprogramRoot", false,
				"there is no folder \"" STR_FMT "\": correct miniprogramRoot, or take it out when app.json lies beside this file",
				STR_ARG(strbuf_str(&prefix)));
		}
	}
	strbuf_finish(&prefix);
}

struct package *package_open(struct host_source *source, struct diag_list *diags)
{
	if (!source) {
		return NULL;
	}
	struct package *package = mem_alloc(sizeof(*package));
	package->source = source;
	package->diags = diags;
	arena_init(&package->arena);
	struct document project;
	if (document_load(package, STR("project.config.json"), diags, &project) == 0) {
		project.lax = true; // the tools keep many keys of their own there
		document_check(&project, rows_project);
		set_prefix(package, &project);
		package->project = value_ref(project.value);
	}
	document_finish(&project);
	return package;
}

void package_close(struct package *package)
{
	if (!package) {
		return;
	}
	strbuf_finish(&package->prefix);
	value_unref(package->project);
	value_unref(package->alias);
	value_unref(package->extended);
	vec_finish(&package->parts);
	arena_finish(&package->arena);
	mem_free(package);
}
