/* What exists, told from the rows as Markdown: the reference of components and of wx calls. */
#include "door/library/inside.h"
#include "runtime/api/api.h"
#include "runtime/component/component.h"

#define DEPTH_MAX 4

static void add_cell(struct strbuf *out, struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] == '|') {
			strbuf_add_char(out, '\\');
		}
		strbuf_add_char(out, text.at[i]);
	}
}

/* "a|b" with the versions of those that came later. */
static void add_choices(const struct schema *row, struct strbuf *out)
{
	struct str rest = str_of(row->choices), since = str_of(row->choices_since), choice, version = {0};
	const char *sign = "One of ";
	while (rest.at && str_split(&rest, '|', &choice)) {
		bool later = since.at && str_split(&since, '|', &version) && version.len && !str_is(version, "0");
		strbuf_printf(out, "%s`" STR_FMT "`", sign, STR_ARG(choice));
		if (later) {
			strbuf_printf(out, " (" STR_FMT ")", STR_ARG(version));
		}
		sign = ", ";
	}
	strbuf_add_text(out, row->choices ? ". " : "");
}

static void add_rows(const struct schema *rows, const char *before, int depth, struct strbuf *out)
{
	for (const struct schema *row = rows; row && row->name && depth < DEPTH_MAX; row++) {
		bool array = row->type == SCHEMA_ARRAY && row->item != SCHEMA_ANY;
		strbuf_printf(out, "| `%s%s` | %s%s%s | ", before, row->name, schema_type_text(row->type), array ? " of " : "",
			array ? schema_type_text(row->item) : "");
		strbuf_add_text(out, row->fallback ? "`" : row->flags & SCHEMA_REQUIRED ? "required" : "");
		add_cell(out, str_of(row->fallback ? row->fallback : ""));
		strbuf_printf(out, "%s | %s | ", row->fallback ? "`" : "", row->since ? row->since : "");
		add_choices(row, out);
		add_cell(out, str_of(row->doc ? row->doc : ""));
		strbuf_add_text(out, " |\n");
		struct strbuf name = {0};
		strbuf_printf(&name, "%s%s%s.", before, row->name, row->type == SCHEMA_ARRAY ? "[]" : "");
		add_rows(row->fields, name.at, depth + 1, out);
		strbuf_finish(&name);
	}
}

static void add_table(const struct schema *rows, const char *title, struct strbuf *out)
{
	if (rows && rows->name) {
		strbuf_printf(out, "| %s | Type | Default | Since | Meaning |\n|---|---|---|---|---|\n", title);
		add_rows(rows, "", 0, out);
		strbuf_add_char(out, '\n');
	}
}

static void add_list(const char *title, const char *names, struct strbuf *out)
{
	struct str rest = str_of(names), name;
	const char *sign = title;
	while (rest.at && str_split(&rest, '|', &name)) {
		strbuf_printf(out, "%s`" STR_FMT "`", sign, STR_ARG(name));
		sign = ", ";
	}
	strbuf_add_text(out, names && names[0] ? ".\n\n" : "");
}

static void add_component(const struct component *component, struct strbuf *out)
{
	strbuf_printf(out, "## %s\n\n%s", component->tag, component->doc ? component->doc : "");
	strbuf_printf(out, "%s%s%s\n\n", component->since ? " Since " : "", component->since ? component->since : "", component->since ? "." : "");
	add_table(component->attributes, "Attribute", out);
	add_list("Events: ", component->events, out);
}

static void add_call(const struct api *api, struct strbuf *out)
{
	static const char *const kinds[] = {[API_SYNC] = "Returns at once.", [API_ASYNC] = "Answers by success, fail and complete, or a promise.",
		[API_TASK] = "Answers by success, fail and complete, and gives a task.", [API_EVENT] = "An event.", [API_FACTORY] = "Makes an object."};
	strbuf_printf(out, "## wx.%s\n\n%s %s", api->name, api->doc ? api->doc : "", kinds[api->kind]);
	strbuf_printf(out, "%s%s%s\n\n", api->since ? " Since " : "", api->since ? api->since : "", api->since ? "." : "");
	if (api_is_planned(api)) {
		strbuf_add_text(out, "Not there yet: it fails with \"not supported\", and `wx.canIUse` says no.\n\n");
	}
	add_table(api->parameters, "Parameter", out);
	add_table(api->result, "Result", out);
	add_list("Fails with: ", api->fails, out);
	add_list("Methods: ", api->makes ? api->makes->methods : api->methods, out);
}

char *mina_reference(const char *what)
{
	struct strbuf out = {0};
	struct str name = str_of(what);
	bool components = str_is(name, "components"), calls = str_is(name, "api");
	name = str_starts(name, STR("wx.")) ? str_slice(name, 3, name.len) : name;
	for (size_t i = 0; component_at(i); i++) {
		if (components || str_is(name, component_at(i)->tag)) {
			add_component(component_at(i), &out);
		}
	}
	for (size_t i = 0; api_at(i); i++) {
		if (calls || str_is(name, api_at(i)->name)) {
			add_call(api_at(i), &out);
		}
	}
	return out.len ? strbuf_steal(&out) : NULL;
}
