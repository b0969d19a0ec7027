/* JSON and setData paths: print of parse is a fixed point; a set path reads back. */
#include "core/value/json.h"
#include "core/value/path.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool ok)
{
	if (!ok) {
		abort();
	}
}

static void round_trip(struct value v)
{
	struct strbuf first = {0}, second = {0};
	struct value again;
	json_write(v, &first);
	require(str_utf8_valid(strbuf_str(&first)));
	require(json_parse(strbuf_str(&first), &again, NULL) == 0);
	json_write(again, &second);
	require(str_eq(strbuf_str(&first), strbuf_str(&second)));
	value_unref(again);
	strbuf_clear(&second);
	value_to_text(v, &second);
	value_to_number(v);
	strbuf_finish(&first);
	strbuf_finish(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = {(const char *)data, size};
	struct value v = value_null();
	struct json_error error;
	if (json_parse(text, &v, &error)) {
		require(error.offset <= size && error.text);
	} else {
		round_trip(v);
	}
	/* The first line as a path into the value of the rest. */
	struct str rest = text, line;
	struct path path;
	const char *why = NULL;
	if (str_split(&rest, '\n', &line) && str_utf8_valid(line) && path_parse(line, &path, &why) == 0) {
		size_t sum = 0;
		for (size_t i = 0; i < path.segments.len; i++) {
			sum += path.segments.at[i].is_index ? path.segments.at[i].index : 0;
		}
		if (sum < 1000) { // larger ones only cost time
			struct value root = value_ref(v);
			path_set(&root, &path, value_number(42));
			path_get(root, &path);
			round_trip(root);
			value_unref(root);
		}
		path_finish(&path);
	}
	value_unref(v);
	return 0;
}
