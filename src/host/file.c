/* Paths: which root one belongs to, and that it stays there. */
#include "host/file.h"

#include <string.h>

#define SCHEME "wxfile://"

/* Appends the normalised segments; false when ".." would leave the root. */
static bool normalise(struct str path, struct strbuf *out)
{
	size_t base = out->len;
	struct str piece;
	while (str_split(&path, '/', &piece)) {
		if (piece.len == 0 || str_is(piece, ".")) {
			continue;
		}
		if (str_is(piece, "..")) {
			if (out->len == base) {
				return false;
			}
			struct str done = str_slice(strbuf_str(out), base, out->len);
			size_t slash = str_rfind_char(done, '/');
			out->len = base + (slash == SIZE_MAX ? 0 : slash);
			out->at[out->len] = '\0';
			continue;
		}
		if (out->len > base) {
			strbuf_add_char(out, '/');
		}
		strbuf_add(out, piece);
	}
	return true;
}

static bool is_flat_name(struct str name)
{
	return str_find_char(name, '/') == SIZE_MAX && str_find(name, STR("..")) == SIZE_MAX;
}

static enum host_root resolve_scheme(struct str rest, struct strbuf *ret_relative)
{
	if (str_is(rest, "usr") || str_starts(rest, STR("usr/"))) {
		return normalise(str_slice(rest, 3, rest.len), ret_relative) ? HOST_ROOT_USER : HOST_ROOT_NONE;
	}
	bool temp = str_starts(rest, STR("tmp_")), saved = str_starts(rest, STR("store_"));
	if ((temp || saved) && is_flat_name(rest)) {
		strbuf_add(ret_relative, rest);
		return temp ? HOST_ROOT_TEMP : HOST_ROOT_SAVED;
	}
	return HOST_ROOT_NONE;
}

enum host_root host_file_resolve(struct str path, struct strbuf *ret_relative)
{
	strbuf_clear(ret_relative);
	if (path.len == 0 || path.len > HOST_FILE_PATH_MAX || str_find_char(path, '\0') != SIZE_MAX) {
		return HOST_ROOT_NONE;
	}
	enum host_root root = HOST_ROOT_NONE;
	if (str_starts(path, STR(SCHEME))) {
		root = resolve_scheme(str_slice(path, strlen(SCHEME), path.len), ret_relative);
	} else if (str_find(path, STR("://")) == SIZE_MAX) {
		root = normalise(path, ret_relative) ? HOST_ROOT_PACKAGE : HOST_ROOT_NONE;
	}
	if (root == HOST_ROOT_NONE) {
		strbuf_clear(ret_relative);
	}
	return root;
}
