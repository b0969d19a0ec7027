/* What exists, told from the rows: wx.canIUse. */
#include "runtime/api/api.h"

/* Is name in "a|b|c"? *ret_index says where. */
static bool in_list(const char *list, struct str name, size_t *ret_index)
{
	struct str rest = str_of(list), piece;
	for (size_t i = 0; rest.at && str_split(&rest, '|', &piece); i++) {
		if (str_eq(piece, name)) {
			*ret_index = i;
			return true;
		}
	}
	return false;
}

static bool is_method(const char *list, struct str name)
{
	size_t index;
	return in_list(list, name, &index);
}

/* onPlay, offPlay of the event "Play". */
static bool is_listener(const char *events, struct str name)
{
	size_t skip = str_starts(name, STR("on")) ? 2 : str_starts(name, STR("off")) ? 3 : 0;
	return skip && is_method(events, str_slice(name, skip, name.len));
}

static const struct schema *find_row(const struct app *app, const struct schema *rows, struct str name)
{
	for (; rows && rows->name; rows++) {
		if (str_is(name, rows->name)) {
			return app_since(app, rows->since) ? rows : NULL;
		}
	}
	return NULL;
}

/* Is name one of the list, and there by the version that stands at its place in `versions` (NULL: always)? */
static bool has_since(const struct app *app, const char *list, const char *versions, struct str name)
{
	size_t index;
	if (!in_list(list, name, &index)) {
		return false;
	}
	struct str rest = str_of(versions), since = {0};
	for (size_t i = 0; i <= index && rest.at && str_split(&rest, '|', &since); i++) {
	}
	char text[16] = "";
	memcpy(text, since.at ? since.at : "", size_min(since.len, sizeof(text) - 1));
	return !versions || app_since(app, text);
}

static bool has_choice(const struct app *app, const struct schema *row, struct str option)
{
	return has_since(app, row->choices, row->choices_since, option);
}

bool api_class_has(const struct app *app, const struct api_class *class, struct str method)
{
	if (has_since(app, class->methods, class->since, method) || is_listener(class->events, method) || find_row(app, class->properties, method)) {
		return true;
	}
	const struct api *row = class->calls;
	while (row && row->name && !str_is(method, row->name)) {
		row++;
	}
	return row && row->name && app_since(app, row->since);
}

/* "param" and "param.option" below rows. */
static bool describes(const struct app *app, const struct schema *rows, struct str param, struct str option)
{
	const struct schema *row = find_row(app, rows, param);
	if (!row || !option.len) {
		return row != NULL;
	}
	return has_choice(app, row, option) || find_row(app, row->fields, option);
}

static bool api_has(const struct app *app, const struct api *api, struct str method, struct str param, struct str option)
{
	if (!method.len) {
		return true;
	}
	if (str_is(method, "object")) {
		return !param.len || str_is(param, "success") || str_is(param, "fail") || str_is(param, "complete")
			|| describes(app, api->parameters, param, option);
	}
	if (str_is(method, "success") || str_is(method, "callback") || str_is(method, "return")) {
		return !param.len || describes(app, api->result, param, option);
	}
	/* The short form "showModal.cancel", and methods of what a call gives. */
	return describes(app, api->parameters, method, param) || describes(app, api->result, method, param)
		|| is_method(api->methods, method) || (api->makes && api_class_has(app, api->makes, method));
}

static bool component_has(const struct app *app, const struct component *component, struct str attribute, struct str option)
{
	if (!attribute.len) {
		return true;
	}
	if (str_starts(attribute, STR("bind")) && is_method(component->events, str_slice(attribute, 4, attribute.len))) {
		return true;
	}
	return describes(app, component->attributes, attribute, option);
}

bool api_can_use(const struct app *app, struct str what)
{
	struct str parts[4] = {{0}}, rest = what;
	for (size_t i = 0; i < ARRAY_LEN(parts) && rest.at && str_split(&rest, '.', &parts[i]); i++) {
	}
	const struct api *api = api_find(parts[0]);
	if (api && !api_is_planned(api)) {
		return app_since(app, api->since) && api_has(app, api, parts[1], parts[2], parts[3]);
	}
	if (str_is(parts[0], "onShareAppMessage")) { // a function of Page(), with rows of its own
		return api_has(app, &api_share_handler, parts[1], parts[2], parts[3]);
	}
	atom_t tag = atom_find(parts[0]);
	const struct component *component = tag ? component_find(tag) : NULL;
	if (component) {
		return app_since(app, component->since) && component_has(app, component, parts[1], parts[2]);
	}
	for (size_t i = 0; api_class_at(i); i++) {
		const struct api_class *class = api_class_at(i);
		if (str_is(parts[0], class->name)) {
			struct str methods = str_of(class->methods), first = {0};
			(void)str_split(&methods, '|', &first);
			return parts[1].len || first.len ? api_class_has(app, class, parts[1].len ? parts[1] : first) : true;
		}
	}
	return false;
}
