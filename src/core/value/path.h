/* setData paths: `a.b[0].c` (framework.md, section 5.1). */
#ifndef MINA_VALUE_PATH_H
#define MINA_VALUE_PATH_H

#include "core/value/value.h"

#include "base/vec.h"

struct path_segment {
	struct str key; // for a name; borrowed from `struct path`
	size_t index;   // for [digits]
	bool is_index;
};

struct path {
	VEC(struct path_segment) segments;
	struct strbuf text; // the unescaped names
};

void path_finish(struct path *path);
/* 0, or 1 when the text is no path: *ret_error is then a static sentence part such as WeChat's
 * "Only digits (0-9) can be put inside [] in the path string". "\\" escapes the next character. */
int path_parse(struct str text, struct path *ret_path, const char **ret_error);
/* Copy-on-write: *root becomes a value in which the path leads to `item` (consumed). Shared spines
 * are copied; steps through a non-object make {} or [] by the next segment's kind; arrays grow
 * with undefined up to PATH_INDEX_MAX, beyond which nothing changes and 1 is returned. */
#define PATH_INDEX_MAX 1000000
int path_set(struct value *root, const struct path *path, struct value item);
struct value path_get(struct value root, const struct path *path); // lent

#endif
