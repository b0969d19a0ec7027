/* Import and export declarations: any text is scanned without harm, keeps its length and its line
 * ends, and gets a first line. */
#include "border/js/esm.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool is_live(void *user, size_t import, const struct esm_name *name) { return (name->local.len + import) % 2; }

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str source = {(const char *)data, size};
	struct esm_unit unit;
	esm_scan(source, &unit);
	struct str text = strbuf_str(&unit.text);
	if (text.len != source.len) {
		abort();
	}
	for (size_t i = 0; i < size; i++) {
		if ((source.at[i] == '\n') != (text.at[i] == '\n')) {
			abort();
		}
	}
	struct strbuf head = {0}, live = {0};
	esm_head(&unit, is_live, NULL, &head, &live);
	esm_is_assigned(&unit, STR("a"));
	strbuf_finish(&head);
	strbuf_finish(&live);
	esm_unit_finish(&unit);
	return 0;
}
