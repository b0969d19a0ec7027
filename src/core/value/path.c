/* setData paths: reading, looking up, and setting copy-on-write. */
#include "core/value/path.h"

#include "core/value/json.h"

#include <string.h>

void path_finish(struct path *path)
{
	vec_finish(&path->segments);
	strbuf_finish(&path->text);
}

/* Ends the name that began at *from in path->text; an empty one (as in "a..b") is skipped, as
 * WeChat does. */
static void end_name(struct path *path, size_t *from)
{
	if (path->text.len > *from) {
		struct path_segment segment = {.key = {path->text.at + *from, path->text.len - *from}};
		vec_push(&path->segments, segment);
	}
	*from = path->text.len;
}

/* Behind "[". */
static const char *read_index(struct str text, size_t *pos, struct path *path)
{
	struct path_segment segment = {.is_index = true};
	size_t from = *pos;
	for (; *pos < text.len && text.at[*pos] != ']'; ++*pos) {
		char c = text.at[*pos];
		if (c < '0' || c > '9') {
			return "Only digits (0-9) can be put inside [] in the path string";
		}
		if (segment.index <= PATH_INDEX_MAX) {
			segment.index = segment.index * 10 + (size_t)(c - '0');
		}
	}
	if (*pos == text.len) {
		return "The [ has no ] in the path string";
	}
	if (*pos == from) {
		return "There should be digits inside [] in the path string";
	}
	++*pos;
	vec_push(&path->segments, segment);
	return NULL;
}

static const char *read_segments(struct str text, struct path *path)
{
	size_t from = 0;
	for (size_t pos = 0; pos < text.len;) {
		char c = text.at[pos++];
		if (c == '\\' && pos < text.len) {
			strbuf_add_char(&path->text, text.at[pos++]);
		} else if (c == '.') {
			end_name(path, &from);
		} else if (c == '[') {
			end_name(path, &from);
			if (path->segments.len == 0) {
				return "The path string should not start with []";
			}
			const char *error = read_index(text, &pos, path);
			if (error) {
				return error;
			}
		} else if (c == ']') {
			return "There should be a [ before ] in the path string";
		} else {
			strbuf_add_char(&path->text, c);
		}
		if (path->segments.len >= JSON_DEPTH_MAX) {
			return "There are too many parts in the path string";
		}
	}
	end_name(path, &from);
	return path->segments.len ? NULL : "The path string should not be empty";
}

int path_parse(struct str text, struct path *ret_path, const char **ret_error)
{
	struct path path = {0};
	strbuf_reserve(&path.text, text.len); // never moves: the segments point into it
	const char *error = read_segments(text, &path);
	if (error) {
		path_finish(&path);
		if (ret_error) {
			*ret_error = error;
		}
		return 1;
	}
	*ret_path = path;
	return 0;
}

static struct value set_at(struct value cur, const struct path *path, size_t depth, struct value item)
{
	if (depth == path->segments.len) {
		value_unref(cur);
		return item;
	}
	const struct path_segment *segment = &path->segments.at[depth];
	bool fits = cur.type == VALUE_ARRAY || (!segment->is_index && cur.type == VALUE_OBJECT);
	if (!fits) {
		value_unref(cur);
		cur = segment->is_index ? value_array_new(0) : value_object_new(1);
	}
	cur = value_unshared(cur);
	if (cur.type == VALUE_OBJECT) {
		struct value child = value_object_take(&cur, segment->key);
		value_object_set(&cur, segment->key, set_at(child, path, depth + 1, item));
		return cur;
	}
	size_t index = segment->is_index ? segment->index : value_index_of(segment->key);
	if (index > PATH_INDEX_MAX) { // another property of an array is lost on the way to the view
		value_unref(item);
		return cur;
	}
	struct value child = value_array_take(&cur, index);
	value_array_set(&cur, index, set_at(child, path, depth + 1, item));
	return cur;
}

int path_set(struct value *root, const struct path *path, struct value item)
{
	size_t sum = 0; // bounds what all steps of one path can allocate
	for (size_t i = 0; i < path->segments.len; i++) {
		const struct path_segment *segment = &path->segments.at[i];
		size_t index = segment->is_index ? segment->index : value_index_of(segment->key);
		sum += index == SIZE_MAX || (!segment->is_index && index > PATH_INDEX_MAX) ? 0 : index;
		if (sum > PATH_INDEX_MAX) {
			value_unref(item);
			return 1;
		}
	}
	*root = set_at(*root, path, 0, item);
	return 0;
}

struct value path_get(struct value root, const struct path *path)
{
	for (size_t i = 0; i < path->segments.len; i++) {
		const struct path_segment *segment = &path->segments.at[i];
		if (root.type == VALUE_ARRAY) {
			root = value_at(root, segment->is_index ? segment->index : value_index_of(segment->key));
		} else {
			root = segment->is_index ? value_undefined() : value_get(root, segment->key);
		}
	}
	return root;
}
