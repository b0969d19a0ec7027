/* Reads mina.json and the world that it names. */
#include "door/library/settings.h"

#include "core/value/json.h"
#include "core/value/schema.h"

static const struct schema platform_rows[] = {
	{"url", SCHEMA_STRING, .doc = "where `mina platform` listens; absent: a platform inside the program"},
	{"key", SCHEMA_STRING, .doc = "its host key"},
	{0},
};

static const struct schema rows[] = {
	{"world", SCHEMA_ANY, .doc = "path of a world.json below the app's folder, or the world itself"},
	{"person", SCHEMA_STRING, .doc = "who runs the program"},
	{"platform", SCHEMA_OBJECT, .fields = platform_rows},
	{"libVersion", SCHEMA_STRING, .doc = "the base library that is played"},
	{"shareCallbacks", SCHEMA_BOOL, .doc = "are the callbacks of onShareAppMessage called?"},
	{"mapTiles", SCHEMA_STRING, .doc = "address of a map's tiles, 256 px Web Mercator, with {z}, {x} and {y}; absent: a plain map"},
	{"name", SCHEMA_STRING, .doc = "the mini program's name on cards"},
	{0},
};

static void report(void *user, const struct schema_problem *problem)
{
	struct diag_list *diags = user;
	if (problem->kind == SCHEMA_UNKNOWN_KEY) {
		diag_add(diags, DIAG_WARNING, STR("mina.json"), 0, 0, "unknown key \"%s\"%s%s%s", problem->path,
			problem->nearest ? ": did you mean \"" : "", problem->nearest ? problem->nearest : "", problem->nearest ? "\"?" : "");
	} else {
		diag_add(diags, DIAG_WARNING, STR("mina.json"), 0, 0, "\"%s\" should be %s; it is left out", problem->path,
			schema_type_text(problem->row->type));
	}
}

static void load_world(struct library_settings *settings, struct host_source *source, struct diag_list *diags)
{
	struct value world = value_get_text(settings->root, "world");
	if (value_is(world, VALUE_OBJECT)) {
		json_write(world, &settings->world);
		strbuf_add_text(&settings->world_name, "mina.json");
		return;
	}
	struct str path = value_str(world);
	struct host_bytes *bytes = NULL;
	if (!path.len) {
		return;
	}
	strbuf_add(&settings->world_name, path);
	if (source->read(source, path, &bytes) != HOST_OK) {
		diag_add(diags, DIAG_ERROR, STR("mina.json"), 0, 0, "the world \"" STR_FMT "\" cannot be read", STR_ARG(path));
		return;
	}
	strbuf_add(&settings->world, host_bytes_str(bytes));
	host_bytes_unref(bytes);
}

void library_settings_load(struct library_settings *settings, struct host_source *source, struct diag_list *diags)
{
	struct host_bytes *bytes = NULL;
	struct value root = value_undefined();
	struct json_error error;
	settings->root = value_object_new(0);
	if (!source || source->read(source, STR("mina.json"), &bytes) != HOST_OK) {
		return;
	}
	if (json_parse_object(host_bytes_str(bytes), &root, &error)) {
		int line, column;
		diag_place(host_bytes_str(bytes), error.offset, &line, &column);
		diag_add(diags, DIAG_ERROR, STR("mina.json"), line, column, "%s", error.text);
	} else {
		schema_check(rows, root, report, diags);
		value_unref(settings->root);
		settings->root = schema_fill(rows, root);
		value_unref(root);
		load_world(settings, source, diags);
	}
	host_bytes_unref(bytes);
}

void library_settings_finish(struct library_settings *settings)
{
	value_unref(settings->root);
	strbuf_finish(&settings->world);
	strbuf_finish(&settings->world_name);
	*settings = (struct library_settings){0};
}

const char *library_settings_text(const struct library_settings *settings, const char *key, const char *inner)
{
	struct value found = value_get_text(settings->root, key);
	found = inner ? value_get_text(found, inner) : found;
	struct str text = value_str(found);
	return text.len ? text.at : NULL;
}
