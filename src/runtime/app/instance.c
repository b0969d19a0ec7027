/* From a component's data to its part of the tree, and from its owner's attributes to its data. */
#include "runtime/app/inside.h"

#define DEPTH_MAX 64         // components inside of components
#define INSTANCES_MAX 50000  // of a page

struct instance *app_instance(const struct app *app, slot_id id)
{
	return id ? slot_get(&app->instances, id) : NULL;
}

struct value app_property(const struct app *app, slot_id id, struct str name)
{
	const struct instance *instance = app_instance(app, id);
	bool known = instance && definition_property(instance->definition, atom_find(name));
	return known ? value_get(instance->data, name) : value_undefined();
}

static struct node *node_of(const struct instance *instance)
{
	return slot_get(&view_tree(instance->page->view)->ids, instance->node);
}

struct node *instance_root(const struct instance *instance)
{
	struct node *node = node_of(instance);
	return node && instance->owner ? node->shadow : node;
}

struct value instance_facts(const struct node *node)
{
	struct value facts = value_object_new(2);
	value_object_set_text(&facts, "id", value_string(atom_str(node->ident)));
	value_object_set_text(&facts, "dataset",
		value_is(node->dataset, VALUE_OBJECT) ? value_ref(node->dataset) : value_object_new(0));
	return facts;
}

/* --- steps --- */

static void step(struct app *app, enum instance_step kind, double id)
{
	if (!value_is(app->steps, VALUE_ARRAY)) {
		app->steps = value_array_new(32);
	}
	value_array_push(&app->steps, value_number(kind));
	value_array_push(&app->steps, value_number(id));
}

static void step_value(struct app *app, struct value value)
{
	value_array_push(&app->steps, value);
}

static void step_list(struct app *app, enum instance_step kind, struct value ids)
{
	if (!value_len(ids)) {
		value_unref(ids);
		return;
	}
	if (!value_is(app->steps, VALUE_ARRAY)) {
		app->steps = value_array_new(8);
	}
	value_array_push(&app->steps, value_number(kind));
	value_array_push(&app->steps, ids);
}

struct value app_take_steps(struct app *app)
{
	struct value steps = app->steps;
	app->steps = value_undefined();
	return steps;
}

/* --- walks over what lies below a node: `post` leaves first --- */

typedef void (*visit_fn)(struct app *app, struct instance *instance, struct value *ids);

static void walk_before(struct app *app, struct node *node, visit_fn visit, struct value *ids)
{
	struct instance *instance = app_instance(app, node->instance);
	if (instance) {
		visit(app, instance, ids);
		if (node->shadow) {
			walk_before(app, node->shadow, visit, ids);
		}
	}
	for (struct node *child = node->first; child; child = child->next) {
		walk_before(app, child, visit, ids);
	}
}

static void walk_after(struct app *app, struct node *node, visit_fn visit, struct value *ids)
{
	for (struct node *child = node->first; child; child = child->next) {
		walk_after(app, child, visit, ids);
	}
	struct instance *instance = app_instance(app, node->instance);
	if (instance) {
		if (node->shadow) {
			walk_after(app, node->shadow, visit, ids);
		}
		visit(app, instance, ids);
	}
}

static void visit_attach(struct app *app, struct instance *instance, struct value *ids)
{
	UNUSED(app);
	if (!instance->attached) {
		instance->attached = true;
		value_array_push(ids, value_number(instance->id));
	}
}

static void visit_moved(struct app *app, struct instance *instance, struct value *ids)
{
	UNUSED(app);
	if (instance->attached && instance->definition->moves) {
		value_array_push(ids, value_number(instance->id));
	}
}

static void visit_detach(struct app *app, struct instance *instance, struct value *ids)
{
	UNUSED(app);
	if (instance->attached) {
		instance->attached = false;
		value_array_push(ids, value_number(instance->id));
	}
}

static void finish(struct instance *instance)
{
	struct app *app = instance->app;
	wxml_render_destroy(instance->render);
	slot_remove(&app->instances, instance->id);
	value_unref(instance->data);
	value_unref(instance->pending);
	vec_finish(&instance->generics);
	for (size_t i = 0; i < instance->classes.len; i++) {
		vec_finish(&instance->classes.at[i].classes);
	}
	vec_finish(&instance->classes);
}

struct value instance_read(struct instance *instance)
{
	struct value given = value_object_new(4);
	instance->unread = false;
	for (size_t i = 0; i < instance->definition->properties.len; i++) {
		struct str name = instance->definition->properties.at[i].name;
		struct value now = value_get(instance->data, name);
		if (!value_identical(now, value_get(instance->definition->data, name))) {
			value_object_set(&given, name, value_ref(now));
		}
	}
	return given;
}

/* What its object may still be asked for when its node is no more. */
static void visit_leave(struct app *app, struct instance *instance, struct value *ids)
{
	struct node *node = node_of(instance);
	visit_detach(app, instance, ids);
	if (instance->unread && !instance->definition->mute) {
		step(app, STEP_PROPS, instance->id);
		step_value(app, instance_read(instance));
	}
	if (node && (node->ident || value_count(node->dataset))) {
		step(app, STEP_FACTS, instance->id);
		step_value(app, instance_facts(node));
	}
}

static void visit_drop(struct app *app, struct instance *instance, struct value *ids)
{
	struct node *node = node_of(instance);
	value_array_push(ids, value_number(instance->id));
	instance->page->instances--;
	finish(instance);
	mem_free(instance);
	if (node) {
		node->instance = 0;
	}
}

/* --- external classes --- */

static const struct instance_class *find_class(const struct instance *instance, atom_t name)
{
	for (size_t i = 0; i < instance->classes.len; i++) {
		if (instance->classes.at[i].name == name) {
			return &instance->classes.at[i];
		}
	}
	return NULL;
}

static bool is_external(const struct definition *definition, atom_t name)
{
	for (size_t i = 0; i < definition->external_classes.len; i++) {
		if (definition->external_classes.at[i] == name) {
			return true;
		}
	}
	return false;
}

typedef VEC(struct node_class) class_list;

static void add_class(class_list *list, atom_t name, struct sheet_scope *scope)
{
	struct node_class class = {name, scope};
	vec_push(list, class);
}

/* What one name means in the template of `in` beyond its own sheets: an external class, ~class of the page, ^class of the owner. */
static bool add_outer(const struct instance *in, atom_t name, class_list *list)
{
	struct str text = atom_str(name);
	if (text.len > 1 && (text.at[0] == '~' || text.at[0] == '^')) {
		const struct instance *whose = text.at[0] == '~' || !in->owner ? &in->page->root : in->owner;
		add_class(list, atom_intern(str_slice(text, 1, text.len)), whose->scope);
		return true;
	}
	const struct instance_class *class = in->owner ? find_class(in, name) : NULL;
	for (size_t i = 0; class && i < class->classes.len; i++) {
		vec_push(list, class->classes.at[i]);
	}
	return class || (in->owner && is_external(in->definition, name));
}

/* The classes that a text in the template of `in` names, each with the scope of its rules. */
static void resolve_classes(const struct instance *in, struct str text, class_list *list)
{
	while (text = str_trim(text), text.len) {
		size_t len = 0;
		while (len < text.len && !(text.at[len] == ' ' || (text.at[len] >= '\t' && text.at[len] <= '\r'))) {
			len++;
		}
		atom_t name = atom_intern(str_slice(text, 0, len));
		if (!add_outer(in, name, list)) {
			add_class(list, name, in->scope);
		}
		text = str_slice(text, len, text.len);
	}
}

static void set_outer_classes(const struct instance *in, struct node *node)
{
	class_list list = {0};
	for (size_t i = 0; i < node->classes.len; i++) {
		add_outer(in, node->classes.at[i], &list);
	}
	node_set_outer_classes(node, list.at, list.len);
	vec_finish(&list);
}

static bool set_class(struct instance *instance, atom_t name, struct str text);

/* After an external class of `instance` came to stand for something else. */
static void refresh_classes(struct instance *instance, struct node *parent)
{
	for (struct node *node = parent->first; node; node = node->next) {
		if (node->kind == NODE_ELEMENT && node->classes.len) {
			set_outer_classes(instance, node);
		}
		struct instance *inner = app_instance(instance->app, node->instance);
		for (size_t i = 0; inner && i < inner->definition->external_classes.len; i++) {
			atom_t name = inner->definition->external_classes.at[i];
			struct str text = value_str(node_attr(node, name));
			if (text.len && set_class(inner, name, text) && node->shadow) {
				refresh_classes(inner, node->shadow);
			}
		}
		refresh_classes(instance, node);
	}
}

/* True: it stands for something else than before. */
static bool set_class(struct instance *instance, atom_t name, struct str text)
{
	class_list list = {0};
	resolve_classes(instance->owner, text, &list);
	struct instance_class *class = (struct instance_class *)find_class(instance, name);
	if (!class) {
		struct instance_class fresh = {.name = name};
		vec_push(&instance->classes, fresh);
		class = &vec_last(&instance->classes);
	}
	bool same = class->classes.len == list.len;
	for (size_t i = 0; same && i < list.len; i++) {
		same = class->classes.at[i].name == list.at[i].name && class->classes.at[i].scope == list.at[i].scope;
	}
	if (same) {
		vec_finish(&list);
		return false;
	}
	vec_finish(&class->classes);
	class->classes.at = list.at;
	class->classes.len = list.len;
	class->classes.cap = list.cap;
	return true;
}

/* --- attributes of a host --- */

static void take_property(struct instance *instance, const struct property *property, struct value given)
{
	struct value converted;
	if (!property_convert(property, given, &converted)) {
		app_log(instance->app, APP_LOG_WARN, "[Component] property \"" STR_FMT "\" of \"" STR_FMT
			"\" received type-uncompatible value: expected <%s> but got %s", STR_ARG(property->name),
			STR_ARG(strbuf_str(&instance->definition->path)), property_type_name(property->type),
			value_is_nullish(given) ? "null value. Used the default value instead." : property->type == PROPERTY_STRING
			? "object-typed value. Force converted." : "a value of another type. Used the default value instead.");
	}
	struct value before = value_get(instance->data, property->name);
	bool plain = converted.type <= VALUE_STRING || converted.type == VALUE_FUNCTION;
	bool told = instance->fresh && instance->definition->observed; // what it begins with, always
	if (!told && (value_identical(before, converted) || (plain && value_equal(before, converted)))) {
		value_unref(converted);
		return;
	}
	instance->data = value_unshared(instance->data);
	value_object_set(&instance->data, property->name, value_ref(converted));
	instance->changed = true;
	if (instance->unread) {
		value_unref(converted);
		return;
	}
	if (!value_is(instance->pending, VALUE_OBJECT)) {
		instance->pending = value_object_new(4);
	}
	value_object_set(&instance->pending, property->name, converted);
}

static void take_attribute(struct instance *instance, struct node *node, atom_t name, struct value value)
{
	const struct definition *definition = instance->definition;
	const struct property *property = definition_property(definition, name);
	bool own = instance->app->options.logic && (name == atom_of("style") || name == atom_of("class")); // of the host alone
	if (property && !own) {
		take_property(instance, property, value);
	}
	if (is_external(definition, name) && set_class(instance, name, value_str(value)) && !instance->fresh) {
		refresh_classes(instance, node->shadow);
	}
}

static void take_generic(struct instance *instance, atom_t name, struct value value)
{
	struct str text = atom_str(name);
	struct used generic = {.tag = atom_intern(str_slice(text, 8, text.len)), .looked_up = true};
	atom_t tag = atom_intern(value_str(value));
	generic.definition = definition_find_used(instance->owner->definition, tag);
	for (size_t i = 0; !generic.definition && i < instance->owner->generics.len; i++) {
		if (instance->owner->generics.at[i].tag == tag) { // passed on
			generic.definition = instance->owner->generics.at[i].definition;
		}
	}
	vec_push(&instance->generics, generic);
}

/* The properties that the owner has set: the script is told, and the template run. */
static void flush(struct instance *instance)
{
	struct app *app = instance->app;
	bool pending = value_is(instance->pending, VALUE_OBJECT);
	if (!instance->changed && !pending) {
		return;
	}
	instance->changed = false;
	if (pending) {
		step(app, STEP_PROPS, instance->id);
		step_value(app, instance->pending);
		instance->pending = value_undefined();
	}
	if (instance->definition->observed) {
		return; // its observers come first: the script asks for the run
	}
	instance_show(instance);
	if (instance->definition->watched) {
		step(app, STEP_WATCH, instance->id);
	}
}

/* {property: path} of model:property="{{path}}"; 0: none. */
static struct value models_of(const struct instance *instance, const struct node *node)
{
	struct value models = value_number(0);
	for (size_t i = 0; i < node->attrs.len; i++) {
		struct str name = atom_str(node->attrs.at[i].name);
		if (str_starts(name, STR("model:"))) {
			const struct property *property = definition_property(instance->definition, atom_intern(str_slice(name, 6, name.len)));
			if (property) {
				models = value_is(models, VALUE_OBJECT) ? models : value_object_new(2);
				value_object_set(&models, property->name, value_ref(node->attrs.at[i].value));
			}
		}
	}
	return models;
}

static slot_id parent_of(const struct node *node)
{
	for (const struct node *up = node->parent; up; up = up->parent) {
		if (up->instance) {
			return up->instance;
		}
	}
	return 0;
}

/* All of a new host's attributes are there. */
static void start(struct instance *instance, struct node *node)
{
	struct app *app = instance->app;
	const struct definition *definition = instance->definition;
	step(app, STEP_NEW, instance->id);
	step_value(app, value_number(definition->number));
	step_value(app, value_number(instance->owner->id));
	step_value(app, value_number(parent_of(node)));
	step_value(app, value_number(node->id));
	step_value(app, models_of(instance, node));
	for (size_t i = 0; i < node->attrs.len; i++) {
		if (str_starts(atom_str(node->attrs.at[i].name), STR("generic:"))) {
			take_generic(instance, node->attrs.at[i].name, node->attrs.at[i].value);
		} else if (is_external(definition, node->attrs.at[i].name)) {
			set_class(instance, node->attrs.at[i].name, value_str(node->attrs.at[i].value));
		}
	}
	if (is_external(definition, atom_of("class")) && node->classes.len) {
		struct strbuf text = {0};
		for (size_t i = 0; i < node->classes.len; i++) {
			strbuf_add(&text, atom_str(node->classes.at[i]));
			strbuf_add_char(&text, ' ');
		}
		set_class(instance, atom_of("class"), strbuf_str(&text));
		strbuf_finish(&text);
	}
	instance_show(instance);
	if (definition->has_created) {
		step(app, STEP_CREATED, instance->id);
	}
	for (size_t i = 0; definition->properties.len && i < node->attrs.len; i++) {
		const struct property *property = definition_property(definition, node->attrs.at[i].name);
		if (property) {
			take_property(instance, property, node->attrs.at[i].value);
		}
	}
	for (size_t i = 0; app->options.logic && i < value_count(node->written); i++) { // there undefined is given, too
		const struct property *property = definition_property(definition, atom_intern(value_key(node->written, i)));
		if (property && value_is(value_entry(node->written, i), VALUE_UNDEFINED)) {
			take_property(instance, property, value_undefined());
		}
	}
	const struct property *style = definition->properties.len ? definition_property(definition, atom_of("style")) : NULL;
	if (style && !app->options.logic && value_is(node->inline_style, VALUE_STRING)) {
		take_property(instance, style, node->inline_style);
	}
	flush(instance);
	instance->fresh = false;
}

/* --- what the template tells --- */

static struct definition *find_definition(struct instance *in, atom_t tag)
{
	if (in->definition->leaf) {
		return NULL;
	}
	for (size_t i = 0; i < in->generics.len; i++) {
		if (in->generics.at[i].tag == tag) {
			return in->generics.at[i].definition;
		}
	}
	struct definition *definition = definition_find_used(in->definition, tag);
	for (size_t i = 0; !definition && i < in->definition->generics.len; i++) {
		struct used *generic = &in->definition->generics.at[i];
		struct strbuf path = {0};
		if (generic->tag == tag && !generic->looked_up && value_str(generic->path).len
			&& resolve_component(in->app->package, generic->file, value_str(generic->path), &path) == 0) {
			generic->definition = definition_get(in->app, strbuf_str(&path), false);
		}
		strbuf_finish(&path);
		if (generic->tag == tag) {
			generic->looked_up = true;
			definition = generic->definition;
		}
	}
	return definition;
}

static void make(struct instance *owner, struct definition *definition, struct node *node)
{
	struct app *app = owner->app;
	struct instance *instance = mem_alloc(sizeof(*instance));
	*instance = (struct instance){.app = app, .page = owner->page, .definition = definition, .owner = owner, .node = node->id,
		.depth = owner->depth + 1, .fresh = true, .unread = definition->quiet};
	instance->id = slot_add(&app->instances, instance);
	instance->data = value_ref(definition->data);
	if (!value_is(instance->data, VALUE_OBJECT)) {
		instance->data = value_object_new(0);
	}
	instance->scope = page_scope(owner->page, definition);
	node->instance = instance->id;
	node->hollow = definition->hollow;
	node->form_roles = definition->form_roles;
	node->multiple_slots = definition->multiple_slots;
	node_attach_shadow(node)->scope = instance->scope;
	owner->page->instances++;
	owner->page->fresh = true;
}

static void on_created(void *user, struct node *node)
{
	struct instance *owner = user;
	struct definition *definition = find_definition(owner, node->tag);
	bool fits = owner->depth < DEPTH_MAX && owner->page->instances < INSTANCES_MAX;
	if (definition && !fits) {
		app_report(owner->app, DIAG_WARNING, strbuf_str(&owner->definition->path), 0, 0,
			"Components are nested too deeply, or there are too many: <" STR_FMT "> is left out", STR_ARG(atom_str(node->tag)));
	}
	if (definition && fits) {
		node->scope = owner->scope;
		make(owner, definition, node);
	} else {
		view_element_created(owner->page->view, node, owner->scope);
	}
}

static void on_ready(void *user, struct node *node)
{
	struct instance *owner = user;
	struct instance *instance = app_instance(owner->app, node->instance);
	if (instance) {
		start(instance, node);
	} else {
		view_element_ready(owner->page->view, node);
	}
	if (owner->definition->scripted) {
		page_script_watch(owner->page, node, 0);
	}
}

static void on_changed(void *user, struct node *node, atom_t name, struct value value)
{
	struct instance *owner = user;
	struct instance *instance = app_instance(owner->app, node->instance);
	if (instance) {
		take_attribute(instance, node, name, value);
	} else {
		view_element_changed(owner->page->view, node, name);
	}
	if (owner->definition->scripted) {
		page_script_watch(owner->page, node, name);
	}
}

/* On a stage one changed attribute gives all of them anew, as miniprogram-simulate has it: observers hear of each. */
static void give_all(struct instance *instance, const struct node *node)
{
	for (size_t i = 0; i < node->attrs.len; i++) {
		const struct property *property = definition_property(instance->definition, node->attrs.at[i].name);
		if (!property || value_has(instance->pending, property->name)) {
			continue;
		}
		take_property(instance, property, node->attrs.at[i].value);
		if (!value_has(instance->pending, property->name)) {
			value_object_set(&instance->pending, property->name, value_ref(value_get(instance->data, property->name)));
		}
	}
}

static void on_updated(void *user, struct node *node)
{
	struct instance *owner = user;
	struct instance *instance = app_instance(owner->app, node->instance);
	if (instance) {
		if (owner->app->options.logic && value_is(instance->pending, VALUE_OBJECT)) {
			give_all(instance, node);
		}
		flush(instance);
	}
}

static void on_classed(void *user, struct node *node)
{
	struct instance *in = user;
	bool plain = !node->outer_classes.len && !in->definition->external_classes.len;
	for (size_t i = 0; plain && i < node->classes.len; i++) {
		char first = atom_str(node->classes.at[i]).at[0];
		plain = first != '~' && first != '^';
	}
	if (!plain) {
		set_outer_classes(in, node);
	}
}

static void on_added(void *user, struct node *group)
{
	struct instance *in = user;
	if (in->attached && !in->definition->leaf) {
		struct value ids = value_array_new(4);
		walk_before(in->app, group, visit_attach, &ids);
		step_list(in->app, STEP_ATTACH, ids);
	}
}

static void on_moved(void *user, struct node *group)
{
	struct instance *in = user;
	if (in->attached && !in->definition->leaf) {
		struct value ids = value_array_new(4);
		walk_after(in->app, group, visit_moved, &ids);
		step_list(in->app, STEP_MOVED, ids);
	}
}

static void on_removed(void *user, struct node *group)
{
	struct instance *in = user;
	if (!in->definition->leaf) {
		struct value detached = value_array_new(4), dropped = value_array_new(4);
		walk_after(in->app, group, visit_leave, &detached);
		walk_after(in->app, group, visit_drop, &dropped);
		step_list(in->app, STEP_DETACH, detached);
		step_list(in->app, STEP_DROP, dropped);
	}
}

/* --- running templates --- */

void instance_render(struct instance *instance)
{
	struct node *root = instance_root(instance);
	instance->dirty = false;
	if (!instance->render && instance->definition->program && root) {
		struct value options = value_get_text(instance->definition->description, "options");
		struct wxml_render_ops ops = {.created = on_created, .ready = on_ready, .changed = on_changed, .updated = on_updated,
			.classed = on_classed, .added = on_added, .moved = on_moved, .removed = on_removed, .wxs_call = app_script_call,
			.wxs_module = app_script_module, .user = instance,
			.diags = instance->app->options.diags, .keep_written = instance->app->options.logic, .keep_slots = instance->app->options.logic,
			.blank_undefined = value_to_bool(value_get_text(options, "$blank"))};
		instance->render = wxml_render_create(instance->definition->program, root, &ops);
	}
	if (instance->render) {
		wxml_render_run(instance->render, instance->data, NULL, 0);
	}
}

void instance_show(struct instance *instance)
{
	if (!instance->definition->leaf || instance->app->options.logic) { // on a stage each change can be seen
		instance_render(instance);
	} else if (!instance->dirty) {
		instance->dirty = true;
		vec_push(&instance->page->dirty, instance->id);
	}
	app_want_frame(instance->app);
}

/* With the next frame, unless somebody asks before. */
void instance_defer(struct instance *instance)
{
	if (!instance->dirty) {
		instance->dirty = true;
		vec_push(&instance->page->calm, instance->id);
	}
	app_want_frame(instance->app);
}

void page_render_calm(struct page *page)
{
	for (size_t i = 0; i < page->calm.len; i++) {
		struct instance *instance = app_instance(page->app, page->calm.at[i]);
		if (instance && instance->dirty) {
			instance_render(instance);
		}
	}
	vec_clear(&page->calm);
}

void page_render_dirty(struct page *page)
{
	page_render_calm(page);
	for (size_t i = 0; i < page->dirty.len; i++) {
		struct instance *instance = app_instance(page->app, page->dirty.at[i]);
		if (instance && instance->dirty) {
			instance_render(instance);
		}
	}
	vec_clear(&page->dirty);
}

static void patch_one(struct instance *instance, struct str name, struct value item)
{
	struct path path = {0};
	const char *problem = NULL;
	if (path_parse(name, &path, &problem) || path_set(&instance->data, &path, value_ref(item))) {
		app_report(instance->app, DIAG_WARNING, strbuf_str(&instance->definition->path), 0, 0, "setData: %s: " STR_FMT,
			problem ? problem : "the index in the path is too large", STR_ARG(name));
	}
	path_finish(&path);
}

void instance_patch(struct instance *instance, struct value patches)
{
	size_t count = value_is(patches, VALUE_ARRAY) ? value_len(patches) : 1;
	for (size_t k = 0; k < count; k++) {
		struct value patch = value_is(patches, VALUE_ARRAY) ? value_at(patches, k) : patches;
		for (size_t i = 0; i < value_count(patch); i++) {
			patch_one(instance, value_key(patch, i), value_entry(patch, i));
		}
	}
}

/* --- pages --- */

void instance_init_page(struct instance *instance, struct page *page)
{
	*instance = (struct instance){.app = page->app, .page = page};
	instance->id = slot_add(&page->app->instances, instance);
}

struct value instance_attach_page(struct instance *instance)
{
	struct value ids = value_array_new(8);
	instance->attached = true;
	walk_before(instance->app, instance_root(instance), visit_attach, &ids);
	return ids;
}

slot_id instance_put(struct instance *owner, struct definition *definition, struct node *node)
{
	make(owner, definition, node);
	node_insert(view_root(owner->page->view), node, NULL);
	start(app_instance(owner->app, node->instance), node);
	return node->instance;
}

struct value instance_attach(struct instance *instance)
{
	struct value ids = value_array_new(8);
	walk_before(instance->app, node_of(instance), visit_attach, &ids);
	return ids;
}

struct value instance_detach(struct instance *instance)
{
	struct value ids = value_array_new(8);
	walk_after(instance->app, node_of(instance), visit_detach, &ids);
	return ids;
}

slot_id instance_add_tab_bar(struct page *page)
{
	struct app *app = page->app;
	struct strbuf path = {0};
	bool there = resolve_component(app->package, STR(""), STR("/custom-tab-bar/index"), &path) == 0;
	struct definition *definition = there ? definition_get(app, strbuf_str(&path), false) : NULL;
	strbuf_finish(&path);
	if (!definition) {
		return 0;
	}
	instance_render(&page->root); // what it stands on comes first
	struct node *root = view_root(page->view), *node = node_create(root->tree, NODE_ELEMENT, atom_of("custom-tab-bar"));
	node->scope = page->root.scope;
	return instance_put(&page->root, definition, node);
}

void instance_detach_page(struct instance *instance)
{
	struct node *root = instance_root(instance);
	if (root && instance->page->instances) {
		struct value ids = value_array_new(8);
		walk_after(instance->app, root, visit_leave, &ids);
		step_list(instance->app, STEP_DETACH, ids);
	}
}

void instance_finish_page(struct instance *instance)
{
	struct node *root = instance->page->view ? instance_root(instance) : NULL;
	if (root && instance->page->instances) {
		struct value dropped = value_array_new(8);
		walk_after(instance->app, root, visit_drop, &dropped);
		value_unref(dropped);
	}
	finish(instance);
}
