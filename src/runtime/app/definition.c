/* Finds a component's files, runs its script once, and reads what the script says of it. */
#include "runtime/app/definition.h"

#include "runtime/app/inside.h"

#include <string.h>

static const struct {
	const char *name;
	enum property_type type;
} types[] = {
	{"any", PROPERTY_ANY}, {"string", PROPERTY_STRING}, {"number", PROPERTY_NUMBER}, {"boolean", PROPERTY_BOOLEAN},
	{"object", PROPERTY_OBJECT}, {"array", PROPERTY_ARRAY}, {"function", PROPERTY_FUNCTION},
};

static enum property_type type_of(struct value name)
{
	for (size_t i = 0; i < ARRAY_LEN(types); i++) {
		if (str_is(value_str(name), types[i].name)) {
			return types[i].type;
		}
	}
	return PROPERTY_ANY;
}

const char *property_type_name(enum property_type type)
{
	switch (type) {
	case PROPERTY_STRING: return "String";
	case PROPERTY_NUMBER: return "Number";
	case PROPERTY_BOOLEAN: return "Boolean";
	case PROPERTY_OBJECT: return "Object";
	case PROPERTY_ARRAY: return "Array";
	case PROPERTY_FUNCTION: return "Function";
	default: return "any";
	}
}

/* "myProp" as "my-prop". */
static atom_t dashed(struct str name)
{
	struct strbuf text = {0};
	for (size_t i = 0; i < name.len; i++) {
		char c = name.at[i];
		if (c >= 'A' && c <= 'Z') {
			strbuf_add_char(&text, '-');
			c = (char)(c - 'A' + 'a');
		}
		strbuf_add_char(&text, c);
	}
	atom_t atom = atom_intern(strbuf_str(&text));
	strbuf_finish(&text);
	return atom;
}

static void read_properties(struct definition *definition)
{
	struct value list = value_get_text(definition->description, "properties");
	for (size_t i = 0; i < value_len(list); i++) {
		struct value row = value_at(list, i), optional = value_get_text(row, "optional");
		struct property property = {
			.name = value_str(value_get_text(row, "name")),
			.type = type_of(value_get_text(row, "type")),
			.fallback = value_get_text(row, "value"),
		};
		property.camel = atom_intern(property.name);
		property.dashed = dashed(property.name);
		for (size_t k = 0; k < value_len(optional); k++) {
			property.optional |= type_of(value_at(optional, k));
		}
		vec_push(&definition->properties, property);
	}
	struct value classes = value_get_text(definition->description, "externalClasses");
	for (size_t i = 0; i < value_len(classes); i++) {
		atom_t name = atom_intern(value_str(value_at(classes, i)));
		vec_push(&definition->external_classes, name);
	}
}

static enum isolation isolation_of(const struct definition *definition, bool page)
{
	static const char *const names[] = {"isolated", "apply-shared", "shared", "page-isolated", "page-apply-shared", "page-shared"};
	struct value options = value_get_text(definition->description, "options");
	struct value own = value_get_text(options, "styleIsolation");
	struct str name = value_str(value_is(own, VALUE_STRING) ? own : value_get_text(definition->config->raw, "styleIsolation"));
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		if (str_is(name, names[i])) {
			return (enum isolation)i;
		}
	}
	return page ? SHARED : value_to_bool(value_get_text(options, "addGlobalClass")) ? APPLY_SHARED : ISOLATED;
}

static bool option(const struct definition *definition, const char *name)
{
	return value_to_bool(value_get_text(value_get_text(definition->description, "options"), name))
		|| value_to_bool(value_get_text(definition->config->raw, name));
}

static void describe(struct definition *definition, bool page)
{
	struct app *app = definition->app;
	struct value args[] = {value_number(definition->number), value_string(strbuf_str(&definition->path))};
	definition->description = app_js(app, "describe", 2, args);
	if (value_to_bool(value_get_text(definition->description, "marks"))) {
		struct value decoded = app_decode_functions(definition->description);
		value_unref(definition->description);
		definition->description = decoded;
		app->functions = true;
	}
	definition->data = value_get_text(definition->description, "data");
	definition->observed = value_to_bool(value_get_text(definition->description, "observed"));
	definition->watched = value_to_bool(value_get_text(definition->description, "watched"));
	definition->quiet = value_to_bool(value_get_text(definition->description, "quiet"));
	definition->mute = value_to_bool(value_get_text(definition->description, "mute"));
	definition->moves = value_to_bool(value_get_text(definition->description, "moves"));
	definition->has_created = value_to_bool(value_get_text(definition->description, "created"));
	read_properties(definition);
	definition->isolation = isolation_of(definition, page);
	definition->multiple_slots = option(definition, "multipleSlots") || option(definition, "dynamicSlots");
	definition->form_roles = (unsigned)value_to_number(value_get_text(definition->description, "formRoles"));
	definition->hollow = !page && option(definition, "virtualHost");
}

/* --- the tags it uses --- */

static void add_used(struct definition *definition, struct value map, struct str file)
{
	for (size_t i = 0; i < value_count(map); i++) {
		struct used used = {.tag = atom_intern(value_key(map, i)), .path = value_entry(map, i), .file = file};
		if (!definition_uses(definition, used.tag)) {
			vec_push(&definition->used, used);
		}
	}
}

static void read_used(struct definition *definition)
{
	const struct app_config *config = definition->app->config;
	struct value generics = value_get_text(definition->config->raw, "componentGenerics");
	add_used(definition, definition->config->using_components, strbuf_str(&definition->path));
	add_used(definition, config->using_components, STR("app"));
	for (size_t i = 0; i < value_count(generics); i++) {
		struct used generic = {.tag = atom_intern(value_key(generics, i)),
			.path = value_get_text(value_entry(generics, i), "default"), .file = strbuf_str(&definition->path)};
		vec_push(&definition->generics, generic);
	}
}

bool definition_uses(const struct definition *definition, atom_t tag)
{
	for (size_t i = 0; i < definition->used.len; i++) {
		if (definition->used.at[i].tag == tag) {
			return true;
		}
	}
	return false;
}

static void look_up(struct definition *definition, struct used *used)
{
	struct app *app = definition->app;
	struct strbuf path = {0};
	used->looked_up = true;
	if (!value_str(used->path).len) {
		return;
	}
	int found = resolve_component(app->package, used->file, value_str(used->path), &path);
	if (found == 0) {
		used->definition = definition_get(app, strbuf_str(&path), false);
	} else {
		struct strbuf file = {0};
		strbuf_printf(&file, STR_FMT ".json", STR_ARG(used->file));
		app_report(app, found == 3 ? DIAG_WARNING : DIAG_ERROR, strbuf_str(&file), 0, 0,
			found == 3 ? "Component \"" STR_FMT "\" is not in this package: it is laid out as a plain box (using by \"" STR_FMT "\")"
				: "Component is not found in path \"" STR_FMT "\" (using by \"" STR_FMT "\")",
			STR_ARG(value_str(used->path)), STR_ARG(strbuf_str(&definition->path)));
		strbuf_finish(&file);
	}
	strbuf_finish(&path);
}

struct definition *definition_find_used(struct definition *definition, atom_t tag)
{
	for (size_t i = 0; i < definition->used.len; i++) {
		if (definition->used.at[i].tag == tag) {
			if (!definition->used.at[i].looked_up) {
				look_up(definition, &definition->used.at[i]);
			}
			return definition->used.at[i].definition;
		}
	}
	return NULL;
}

/* --- tags of the template --- */

static void see_tag(void *user, atom_t tag, struct str file, int line, int column)
{
	struct definition *definition = user;
	struct app *app = definition->app;
	struct str name = atom_str(tag);
	bool generic = false;
	for (size_t i = 0; i < definition->generics.len; i++) {
		generic = generic || definition->generics.at[i].tag == tag;
	}
	if (generic || definition_uses(definition, tag)) {
		definition->leaf = false;
		return;
	}
	if (component_find(tag) || map_has(&app->warned_tags, name)) {
		return;
	}
	map_set(&app->warned_tags, name, app);
	diag_add(app->options.diags, DIAG_WARNING, file, line, column, "<" STR_FMT ">: %s; it is laid out as a plain box",
		STR_ARG(name), component_is_planned(name) ? "this built-in component is not there yet" : "there is no such component");
}

static void see_module(void *user, const struct wxml_module *module)
{
	UNUSED(module);
	((struct definition *)user)->scripted = true;
}

/* --- what a change reaches --- */

static bool is_calm_attribute(void *user, atom_t tag, atom_t attribute)
{
	struct definition *definition = user;
	for (size_t i = 0; i < definition->generics.len; i++) {
		if (definition->generics.at[i].tag == tag) {
			return false;
		}
	}
	const struct definition *inner = NULL;
	for (size_t i = 0; i < definition->used.len; i++) {
		if (definition->used.at[i].tag == tag) {
			inner = definition->used.at[i].definition; // NULL: none of it has been made
		}
	}
	const struct property *property = inner ? definition_property(inner, attribute) : NULL;
	return !property || (inner->quiet && !inner->told && definition_is_calm((struct definition *)inner, property->name));
}

bool definition_is_calm(struct definition *definition, struct str key)
{
	atom_t name = atom_intern(key);
	size_t at = 0;
	while (at < definition->calm.len && definition->calm.at[at].key != name) {
		at++;
	}
	unsigned epoch = definition->app->calm_epoch;
	if (at == definition->calm.len) {
		vec_push(&definition->calm, ((struct calm_key){.key = name, .epoch = epoch - 1}));
	}
	if (definition->calm.at[at].epoch != epoch) {
		definition->calm.at[at] = (struct calm_key){name, false, epoch}; // for who asks while it is looked up: a component in itself
		bool calm = definition->program && wxml_program_reaches(definition->program, key, is_calm_attribute, definition);
		definition->calm.at[at].calm = calm;
	}
	return definition->calm.at[at].calm;
}

/* --- making --- */

static bool run_script(struct app *app, struct str path, bool page)
{
	struct strbuf script = {0};
	strbuf_printf(&script, STR_FMT ".js", STR_ARG(path));
	bool good = true;
	bool ran = !app->options.logic && js_module_loaded(app->engine, strbuf_str(&script));
	if (!ran && (page || package_has(app->package, strbuf_str(&script)))) {
		good = app_run_script(app, path);
	}
	strbuf_finish(&script);
	return good;
}

static struct definition *make(struct app *app, struct str path, bool page)
{
	struct definition *definition = mem_alloc(sizeof(*definition));
	struct strbuf file = {0};
	definition->app = app;
	app->calm_epoch++;
	definition->leaf = true;
	strbuf_add(&definition->path, path);
	vec_push(&app->definitions, definition);
	definition->number = (uint32_t)app->definitions.len;
	map_set(&app->definition_paths, path, definition);
	definition->config = config_load_page(app->package, app->config, path, app->options.diags);
	run_script(app, path, page);
	describe(definition, page);
	read_used(definition);
	strbuf_printf(&file, STR_FMT ".wxml", STR_ARG(path));
	definition->program = wxml_set_get(app->wxml, strbuf_str(&file));
	strbuf_clear(&file);
	strbuf_printf(&file, STR_FMT ".wxss", STR_ARG(path));
	definition->sheet = app_load_sheet(app, strbuf_str(&file));
	strbuf_finish(&file);
	wxml_set_modules(app->wxml, see_module, definition);
	if (definition->scripted) {
		app_script_define(app);
	}
	if (definition->program) {
		wxml_program_tags(definition->program, see_tag, definition);
	}
	return definition;
}

struct definition *definition_get(struct app *app, struct str path, bool page)
{
	struct definition *definition = map_get(&app->definition_paths, path);
	if (!definition) {
		definition = make(app, path, page);
	}
	if (!page && !value_is(definition->description, VALUE_OBJECT)) {
		if (!map_has(&app->warned_tags, path)) {
			map_set(&app->warned_tags, path, app);
			app_report(app, DIAG_ERROR, path, 0, 0, "Component \"" STR_FMT "\" has not been registered yet.", STR_ARG(path));
		}
		return NULL;
	}
	return definition;
}

void definitions_finish(struct app *app)
{
	for (size_t i = 0; i < app->definitions.len; i++) {
		struct definition *definition = app->definitions.at[i];
		config_page_destroy(definition->config);
		value_unref(definition->description);
		strbuf_finish(&definition->path);
		vec_finish(&definition->used);
		vec_finish(&definition->generics);
		vec_finish(&definition->calm);
		vec_finish(&definition->properties);
		vec_finish(&definition->external_classes);
		mem_free(definition);
	}
	vec_finish(&app->definitions);
	map_finish(&app->definition_paths);
}

/* --- properties --- */

/* "is-12-hour" as "is12Hour", as the official compiler has it: a dash raises the next letter. 0: nobody is called so. */
static atom_t camelized(struct str name)
{
	struct strbuf text = {0};
	bool up = false;
	for (size_t i = 0; i < name.len; i++) {
		char c = name.at[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		if (c != '-') {
			strbuf_add_char(&text, up && c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c);
		}
		up = c == '-' || (up && !letter);
	}
	atom_t atom = atom_find(strbuf_str(&text));
	strbuf_finish(&text);
	return atom;
}

static const struct property *find_property(const struct definition *definition, atom_t attribute)
{
	for (size_t i = 0; i < definition->properties.len; i++) {
		const struct property *property = &definition->properties.at[i];
		if (property->dashed == attribute || property->camel == attribute) {
			return property;
		}
	}
	return NULL;
}

const struct property *definition_property(const struct definition *definition, atom_t attribute)
{
	const struct property *property = find_property(definition, attribute);
	if (property || !definition->properties.len || str_find_char(atom_str(attribute), '-') == SIZE_MAX) {
		return property;
	}
	atom_t camel = camelized(atom_str(attribute));
	return camel ? find_property(definition, camel) : NULL;
}

static bool is_of(unsigned types_mask, struct value value)
{
	switch (value.type) {
	case VALUE_STRING: return types_mask & PROPERTY_STRING;
	case VALUE_NUMBER: return types_mask & PROPERTY_NUMBER && isfinite(value.number);
	case VALUE_BOOL: return types_mask & PROPERTY_BOOLEAN;
	case VALUE_NULL:
	case VALUE_OBJECT: return types_mask & PROPERTY_OBJECT;
	case VALUE_ARRAY: return types_mask & PROPERTY_ARRAY;
	case VALUE_FUNCTION: return types_mask & PROPERTY_FUNCTION;
	default: return false;
	}
}

static struct value as_string(struct value given)
{
	struct strbuf text = {0};
	if (given.type == VALUE_STRING) {
		return value_ref(given);
	}
	value_to_text(given, &text);
	return value_take(&text);
}

/* For what cannot be converted: the type's own, whatever the property's is. */
static struct value fallback_of(enum property_type type)
{
	switch (type) {
	case PROPERTY_STRING: return value_string(STR(""));
	case PROPERTY_NUMBER: return value_number(0);
	case PROPERTY_ARRAY: return value_array_new(0);
	default: return value_null();
	}
}

bool property_convert(const struct property *property, struct value given, struct value *ret_value)
{
	*ret_value = value_undefined();
	bool optional = is_of(property->optional, given) || (property->optional & PROPERTY_ANY && given.type != VALUE_UNDEFINED);
	double number;
	if (optional) {
		*ret_value = value_ref(given);
		return true;
	}
	switch (property->type) {
	case PROPERTY_STRING:
		if (!value_is_nullish(given)) {
			*ret_value = as_string(given);
			return given.type != VALUE_OBJECT && given.type != VALUE_ARRAY;
		}
		break;
	case PROPERTY_NUMBER:
		number = value_to_number(given);
		if (isfinite(number) && given.type != VALUE_UNDEFINED) {
			*ret_value = value_number(number);
			return true;
		}
		break;
	case PROPERTY_BOOLEAN:
		*ret_value = value_bool(value_to_bool(given));
		return true;
	case PROPERTY_OBJECT:
		if (given.type == VALUE_NULL || given.type == VALUE_OBJECT || given.type == VALUE_ARRAY) {
			*ret_value = value_ref(given);
			return true;
		}
		break;
	case PROPERTY_ARRAY:
		if (given.type == VALUE_ARRAY) {
			*ret_value = value_ref(given);
			return true;
		}
		break;
	case PROPERTY_FUNCTION:
		if (given.type == VALUE_FUNCTION) {
			*ret_value = value_ref(given);
			return true;
		}
		break;
	default:
		if (given.type != VALUE_UNDEFINED) {
			*ret_value = value_ref(given);
			return true;
		}
	}
	*ret_value = property->type == PROPERTY_FUNCTION ? value_ref(property->fallback) : fallback_of(property->type);
	return property->type == PROPERTY_ANY;
}
