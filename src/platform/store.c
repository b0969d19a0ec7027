/* Stores by name, as the command line gives them. */
#include "platform/store.h"

#include "base/mem.h"

struct store *store_open(struct str name, char **ret_error)
{
	struct strbuf text = {0};
	if (!name.len || str_is(name, "memory")) {
		return store_memory_create();
	}
	if (str_starts(name, STR("sqlite:")) && name.len > 7) {
		strbuf_add(&text, str_slice(name, 7, name.len));
		struct store *store = store_sqlite_open(text.at, ret_error);
		strbuf_finish(&text);
		return store;
	}
	strbuf_printf(&text, "there is no store \"" STR_FMT "\": memory, or sqlite:FILE", STR_ARG(name));
	*ret_error = strbuf_steal(&text);
	return NULL;
}
