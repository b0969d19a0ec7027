/* What exists, told from the rows: wx.canIUse. */
#include "runtime/api/api.h"

static bool in_list(const char *list, struct str name)
{
	struct str rest = str_of(list), piece;
	while (rest.at && str_split(&rest, '|', &piece)) {
		if (str_eq(piece, name)) {
			return true;
		}
	}
	return false;
}

static const struct schema *find_row(const struct schema *rows, struct str name)
{
	for (; rows && rows->name; rows++) {
		if (str_is(name, rows->name)) {
			return rows;
		}
	}
	return NULL;
}

/* "param" and "param.option" below rows. */
static bool describes(const struct schema *rows, struct str param, struct str option)
{
	const struct schema *row = find_row(rows, param);
	if (!row || !option.len) {
		return row != NULL;
	}
	return in_list(row->choices, option) || find_row(row->fields, option);
}

static bool api_has(const struct api *api, struct str method, struct str param, struct str option)
{
	if (!method.len) {
		return true;
	}
	if (str_is(method, "object")) {
		return !param.len || str_is(param, "success") || str_is(param, "fail") || str_is(param, "complete")
			|| describes(api->parameters, param, option);
	}
	if (str_is(method, "success") || str_is(method, "callback") || str_is(method, "return")) {
		return !param.len || describes(api->result, param, option);
	}
	/* The short form "showModal.cancel", and methods of what a call gives. */
	return describes(api->parameters, method, param) || describes(api->result, method, param) || in_list(api->methods, method)
		|| (api->makes && in_list(api->makes->methods, method));
}

static bool component_has(const struct component *component, struct str attribute, struct str option)
{
	if (!attribute.len) {
		return true;
	}
	if (str_starts(attribute, STR("bind")) && in_list(component->events, str_slice(attribute, 4, attribute.len))) {
		return true;
	}
	return describes(component->attributes, attribute, option);
}

bool api_can_use(struct str what)
{
	struct str parts[4] = {{0}}, rest = what;
	for (size_t i = 0; i < ARRAY_LEN(parts) && rest.at && str_split(&rest, '.', &parts[i]); i++) {
	}
	const struct api *api = api_find(parts[0]);
	if (api && !api_is_planned(api)) {
		return api_has(api, parts[1], parts[2], parts[3]);
	}
	atom_t tag = atom_find(parts[0]);
	const struct component *component = tag ? component_find(tag) : NULL;
	if (component) {
		return component_has(component, parts[1], parts[2]);
	}
	for (size_t i = 0; api_class_at(i); i++) {
		if (str_is(parts[0], api_class_at(i)->name)) {
			return !parts[1].len || in_list(api_class_at(i)->methods, parts[1]);
		}
	}
	return false;
}
