/* The base library (基础库) that a program asks for, and what is there in it. */
#include "runtime/app/inside.h"

#include "core/value/schema.h"

/* "1.9.90" and the like; the official tool's words for the newest ("latest", "trial") are none. */
static bool is_version(struct str text)
{
	size_t dots = 0, digits = 0;
	for (size_t i = 0; i < text.len; i++) {
		bool digit = text.at[i] >= '0' && text.at[i] <= '9';
		if (!digit && (text.at[i] != '.' || digits == 0)) {
			return false;
		}
		dots += !digit;
		digits = digit ? digits + 1 : 0;
	}
	return dots >= 1 && digits > 0;
}

void app_version_init(struct app *app)
{
	struct str asked = str_of(app->options.lib_version);
	asked = asked.len ? asked : value_str(value_get_text(app->package->project, "libVersion"));
	app->asks_new = asked.len > 0;
	if (is_version(asked)) {
		strbuf_add(&app->lib_version, asked);
		app->asks_new = schema_version_compare(asked, STR("2.3.0")) >= 0;
	}
}

struct str app_lib_version(const struct app *app)
{
	return strbuf_str(&app->lib_version);
}

bool app_since(const struct app *app, const char *since)
{
	return !since || !app->lib_version.len || schema_version_compare(app_lib_version(app), str_of(since)) >= 0;
}
