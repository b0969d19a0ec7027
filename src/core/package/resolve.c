/* Paths: joining, and the search orders of require and usingComponents. */
#include "core/package/resolve.h"

#include "core/package/config.h"

#define NPM STR("miniprogram_npm")
#define SPEC_MAX 4096

/* Appends the segments of `path` to out behind `base`. */
static void walk(struct str path, size_t base, struct strbuf *out)
{
	struct str piece;
	while (str_split(&path, '/', &piece)) {
		if (!piece.len || str_is(piece, ".")) {
			continue;
		}
		if (str_is(piece, "..")) {
			size_t slash = str_rfind_char(str_slice(strbuf_str(out), base, out->len), '/');
			out->len = base + (slash == SIZE_MAX ? 0 : slash);
			if (out->at) {
				out->at[out->len] = '\0';
			}
			continue;
		}
		if (out->len > base) {
			strbuf_add_char(out, '/');
		}
		strbuf_add(out, piece);
	}
}

static struct str folder_of(struct str path)
{
	size_t slash = str_rfind_char(path, '/');
	return str_slice(path, 0, slash == SIZE_MAX ? 0 : slash);
}

void resolve_join(struct str from, struct str spec, struct strbuf *out)
{
	size_t base = out->len;
	if (!spec.len || spec.at[0] != '/') {
		walk(folder_of(from), base, out);
	}
	walk(spec, base, out);
}

static bool has_scheme(struct str path)
{
	size_t i = 0;
	while (i < path.len && ((path.at[i] | 0x20) >= 'a' && (path.at[i] | 0x20) <= 'z')) {
		i++;
	}
	return i > 0 && i < path.len && path.at[i] == ':';
}

bool resolve_asset(struct str from, struct str path, struct strbuf *ret_path)
{
	path = str_trim(path);
	if (!path.len || path.len > SPEC_MAX || has_scheme(path) || str_starts(path, STR("//"))) {
		return false;
	}
	size_t base = ret_path->len;
	resolve_join(from, path, ret_path);
	return ret_path->len > base;
}

/* --- where to look --- */

/* Appends a path when something is there. */
typedef bool (*probe)(struct package *package, struct str path, struct strbuf *out);

static bool is_relative(struct str spec)
{
	return str_starts(spec, STR("./")) || str_starts(spec, STR("../")) || str_is(spec, ".") || str_is(spec, "..");
}

/* What spec stands for by resolveAlias; a "*" at the end of an alias is anything. */
static bool follow_alias(const struct package *package, struct str spec, struct strbuf *out)
{
	for (size_t i = 0; i < value_count(package->alias); i++) {
		struct str key = value_key(package->alias, i), to = value_str(value_entry(package->alias, i));
		bool any = str_ends(key, STR("*"));
		key.len -= any;
		if (any ? str_starts(spec, key) : str_eq(spec, key)) {
			to.len -= any && str_ends(to, STR("*"));
			strbuf_add_char(out, '/');
			strbuf_add(out, to);
			strbuf_add(out, any ? str_slice(spec, key.len, spec.len) : STR(""));
			return true;
		}
	}
	return false;
}

static bool try_join(struct package *package, struct str from, struct str spec, probe is_there, struct strbuf *out)
{
	struct strbuf joined = {0};
	resolve_join(from, spec, &joined);
	bool found = joined.len && is_there(package, strbuf_str(&joined), out);
	strbuf_finish(&joined);
	return found;
}

/* miniprogram_npm in the folder of `from`, then in each above it. */
static bool try_npm(struct package *package, struct str from, struct str spec, probe is_there, struct strbuf *out)
{
	struct strbuf joined = {0};
	bool found = false;
	for (struct str folder = folder_of(from);; folder = folder_of(folder)) {
		strbuf_clear(&joined);
		walk(folder, 0, &joined);
		walk(NPM, 0, &joined);
		size_t inside = joined.len;
		walk(spec, 0, &joined);
		found = joined.len > inside && is_there(package, strbuf_str(&joined), out);
		if (found || !folder.len) {
			break;
		}
	}
	strbuf_finish(&joined);
	return found;
}

static bool search(struct package *package, struct str from, struct str spec, probe is_there, struct strbuf *out)
{
	struct strbuf alias = {0};
	bool found = false;
	if (follow_alias(package, spec, &alias)) {
		found = try_join(package, from, strbuf_str(&alias), is_there, out);
	}
	strbuf_finish(&alias);
	found = found || try_join(package, from, spec, is_there, out);
	if (!found && spec.at[0] != '/' && !is_relative(spec)) {
		found = try_npm(package, from, spec, is_there, out) || try_join(package, STR(""), spec, is_there, out);
	}
	return found;
}

/* --- modules --- */

static bool try_suffix(struct package *package, struct str path, const char *suffix, struct strbuf *out)
{
	struct strbuf file = {0};
	strbuf_add(&file, path);
	strbuf_add_text(&file, suffix);
	bool found = package_has(package, strbuf_str(&file));
	if (found) {
		strbuf_add(out, strbuf_str(&file));
	}
	strbuf_finish(&file);
	return found;
}

static bool is_module(struct package *package, struct str path, struct strbuf *out)
{
	bool whole = str_ends(path, STR(".js")) || str_ends(path, STR(".json"));
	return (whole && try_suffix(package, path, "", out)) || try_suffix(package, path, ".js", out)
		|| try_suffix(package, path, "/index.js", out) || try_suffix(package, path, ".json", out);
}

int resolve_require(struct package *package, struct str from, struct str spec, struct strbuf *ret_path)
{
	size_t base = ret_path->len;
	if (!spec.len || spec.len > SPEC_MAX || !search(package, from, spec, is_module, ret_path)) {
		return 1;
	}
	struct str found = str_slice(strbuf_str(ret_path), base, ret_path->len);
	return package_visible(package, from, found) ? 0 : 2;
}

/* --- sheets --- */

static bool is_file(struct package *package, struct str path, struct strbuf *out)
{
	return try_suffix(package, path, "", out);
}

bool resolve_sheet(struct package *package, struct str from, struct str spec, struct strbuf *ret_path)
{
	return spec.len && spec.len <= SPEC_MAX && search(package, from, spec, is_file, ret_path);
}

/* --- components --- */

static bool is_component_at(struct package *package, struct str path, const char *suffix, struct strbuf *out)
{
	static const char *const files[] = {".json", ".js", ".wxml"};
	struct strbuf base = {0}, ignored = {0};
	strbuf_add(&base, path);
	strbuf_add_text(&base, suffix);
	bool found = false;
	for (size_t i = 0; i < ARRAY_LEN(files) && !found; i++) {
		found = try_suffix(package, strbuf_str(&base), files[i], &ignored);
	}
	if (found) {
		strbuf_add(out, strbuf_str(&base));
	}
	strbuf_finish(&base);
	strbuf_finish(&ignored);
	return found;
}

static bool is_component(struct package *package, struct str path, struct strbuf *out)
{
	return is_component_at(package, path, "", out) || is_component_at(package, path, "/index", out);
}

/* "weui-miniprogram/..." when app.json has useExtendedLib: {weui: true}. */
static bool is_extended(const struct package *package, struct str spec)
{
	bool weui = str_starts(spec, STR("weui-miniprogram/")) && value_to_bool(value_get_text(package->extended, "weui"));
	return weui || (str_starts(spec, STR("kbone")) && value_to_bool(value_get_text(package->extended, "kbone")));
}

int resolve_component(struct package *package, struct str from, struct str spec, struct strbuf *ret_path)
{
	size_t base = ret_path->len;
	if (str_find(spec, STR("://")) != SIZE_MAX) {
		return 3;
	}
	if (!spec.len || spec.len > SPEC_MAX) {
		return 1;
	}
	if (!search(package, from, spec, is_component, ret_path)) {
		if (is_extended(package, spec)) {
			return 3;
		}
		resolve_join(from, spec, ret_path);
		return 1;
	}
	struct str found = str_slice(strbuf_str(ret_path), base, ret_path->len);
	return package_visible(package, from, found) ? 0 : 2;
}
