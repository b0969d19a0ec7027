/* HTML fragments: any text gives a list of nodes within the limits. */
#include "core/html/html.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t count(struct value list, int depth)
{
	size_t all = value_len(list);
	if (depth > 2 * HTML_DEPTH_MAX) {
		abort();
	}
	for (size_t i = 0; i < value_len(list); i++) {
		struct value node = value_at(list, i);
		bool text = !value_str(value_get_text(node, "name")).len;
		if (text != value_is(value_get_text(node, "text"), VALUE_STRING)) {
			abort();
		}
		struct strbuf decoded = {0};
		html_decode(value_str(value_get_text(node, "text")), &decoded);
		strbuf_finish(&decoded);
		all += count(value_get_text(node, "children"), depth + 1);
	}
	return all;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct value nodes = html_parse((struct str){(const char *)data, size});
	if (count(nodes, 0) > 2 * HTML_NODES_MAX) {
		abort();
	}
	value_unref(nodes);
	return 0;
}
