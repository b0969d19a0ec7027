/* setData on this side of the border: one JSON string, applied copy-on-write; the view is patched
 * with the next frame, however many calls came before it (framework.md, section 5.1). */
#include "core/value/json.h"
#include "runtime/app/inside.h"

#define CHANGES_MAX 512 // more at once: everything is looked at again

static void apply(struct page *page, struct str name, struct value item)
{
	struct path path = {0};
	const char *problem = NULL;
	if (path_parse(name, &path, &problem) || path_set(&page->data, &path, value_ref(item))) {
		app_report(page->app, DIAG_WARNING, strbuf_str(&page->path), 0, 0, "setData: %s: " STR_FMT,
			problem ? problem : "the index in the path is too large", STR_ARG(name));
		path_finish(&path);
		return;
	}
	if (page->changed.len >= CHANGES_MAX) {
		page->everything = true;
		path_finish(&path);
		return;
	}
	vec_push(&page->changed, path);
}

void page_apply_json(struct page *page, struct str json, uint32_t callback)
{
	struct value patch;
	struct json_error error;
	if (json_parse(json, &patch, &error)) {
		app_report(page->app, DIAG_WARNING, strbuf_str(&page->path), 0, 0, "setData: the data is no JSON: %s", error.text);
		patch = value_undefined();
	}
	for (size_t i = 0; i < value_count(patch); i++) {
		apply(page, value_key(patch, i), value_entry(patch, i));
	}
	value_unref(patch);
	if (callback) {
		vec_push(&page->callbacks, callback);
	}
	app_want_frame(page->app);
}
