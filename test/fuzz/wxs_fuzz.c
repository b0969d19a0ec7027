/* WXS: any text is checked, written as JavaScript and run without harm; what it is written as has the
 * lines of the source, and a place of it is a place of the source. */
#include "border/js/dialect.h"
#include "border/js/wxs.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void on_problem(void *user, size_t at, const char *text)
{
	struct str *source = user;
	if (at > source->len) {
		abort();
	}
	struct dialect_place place = dialect_locate(*source, at);
	if (place.line < 1 || place.column < 1) {
		abort();
	}
}

static void on_require(void *user, size_t at, struct str path) { on_problem(user, at, ""); }

static size_t lines(struct str text)
{
	size_t count = 0;
	for (size_t i = 0; i < text.len; i++) {
		count += text.at[i] == '\n';
	}
	return count;
}

static void scan(struct str source)
{
	dialect_check(source, on_problem, &source);
	dialect_requires(source, on_require, &source);
	struct dialect dialect;
	dialect_write(source, &dialect);
	size_t added = lines(strbuf_str(&dialect.text)) - lines(source);
	if (added < 1 || added > 2) {
		abort();
	}
	dialect_source(&dialect, (struct dialect_place){1, 5});
	dialect_finish(&dialect);
}

/* A run of what is no endless loop at first sight: the limit is long, for a fuzzer. */
static void run(struct str source)
{
	static const struct js_engine_ops engine_ops;
	static const struct wxs_ops ops;
	struct js_engine_config config = {.ops = &engine_ops, .time_limit = 20};
	struct js_engine *engine = js_engine_create(&config);
	struct wxs *wxs = wxs_create(engine, &ops, NULL);
	wxs_define(wxs, STR("a.wxml"), STR("m"), (struct str){0}, source, 2, 3);
	struct value exports = wxs_exports(wxs, STR("a.wxml"), STR("m"));
	for (size_t i = 0; i < value_count(exports) && i < 5; i++) {
		struct value item = value_entry(exports, i);
		if (value_is(item, VALUE_FUNCTION)) {
			value_unref(wxs_call(wxs, item.function, &item, 1));
			wxs_handle(wxs, item.function, value_undefined(), 1, 2, 3);
		}
	}
	wxs_frame(wxs, 1, 1);
	wxs_forget(wxs, 1, 0);
	wxs_destroy(wxs);
	js_engine_destroy(engine);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str source = {(const char *)data, size};
	scan(source);
	if (size < 4000 && str_hash(source) % 8 == 0) { // a world costs more than all of the rest
		run(source);
	}
	return 0;
}
