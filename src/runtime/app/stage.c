/* Components alone on a stage, for a logic layer in another process that tests them: each in a page of its own, its tree as
 * the templates wrote it, and events that nobody's finger made. */
#include "runtime/app/inside.h"

#include <math.h>

#define FOUND_MAX 20000
#define BIND_LISTENER (1u << 8) // beside the template's own bindings

static struct page *page_of(struct app *app, struct value id)
{
	return app_page_by_id(app, (slot_id)value_to_number(id));
}

static struct node *node_at(struct page *page, struct value id)
{
	return page ? slot_get(&view_tree(page->view)->ids, (slot_id)value_to_number(id)) : NULL;
}

/* --- what JSON cannot carry --- */

static struct value marked(struct value value);

static struct value mark(const char *name, struct value item)
{
	struct value object = value_object_new(1);
	value_object_set_text(&object, name, item);
	return object;
}

static struct value marked_items(struct value value)
{
	struct value copy = value_is(value, VALUE_ARRAY) ? value_array_new(value_len(value)) : value_object_new(value_count(value));
	for (size_t i = 0; i < value_len(value); i++) {
		value_array_push(&copy, marked(value_at(value, i)));
	}
	for (size_t i = 0; i < value_count(value); i++) {
		value_object_set(&copy, value_key(value, i), marked(value_entry(value, i)));
	}
	return copy;
}

/* undefined, functions and numbers that are none by marks; values are trees of bounded depth. */
static struct value marked(struct value value)
{
	switch (value.type) {
	case VALUE_UNDEFINED:
		return mark("$undefined", value_number(1));
	case VALUE_NUMBER:
		return isfinite(value.number) ? value
			: mark("$number", value_text(isnan(value.number) ? "NaN" : value.number > 0 ? "Infinity" : "-Infinity"));
	case VALUE_FUNCTION:
		return mark("$function", value_number(value.function));
	case VALUE_ARRAY:
	case VALUE_OBJECT:
		return marked_items(value);
	default:
		return value_ref(value);
	}
}

/* --- the tree --- */

static void put(struct page *page, const struct node *node, struct value *out);
static void put_children(struct page *page, const struct node *node, struct value *out);

static struct value class_list(const struct node *node)
{
	struct value list = value_array_new(node->classes.len);
	for (size_t i = 0; i < node->classes.len; i++) {
		value_array_push(&list, value_string(atom_str(node->classes.at[i])));
	}
	return list;
}

static struct value style_of(const struct node *node)
{
	struct strbuf text = {0};
	strbuf_add(&text, value_str(node->inline_style));
	if (value_str(node->script_style).len) {
		strbuf_add_text(&text, text.len ? ";" : "");
		strbuf_add(&text, value_str(node->script_style));
	}
	return value_take(&text);
}

/* What a component was given and no slot of it shows. */
static void put_spare(struct page *page, const struct node *node, struct value *out)
{
	for (const struct node *child = node->first; child; child = child->next) {
		if (child->kind == NODE_GROUP) {
			put_spare(page, child, out);
		} else if (!child->assigned) {
			put(page, child, out);
		}
	}
}

static struct value describe(struct page *page, const struct node *node)
{
	struct value object = value_object_new(10);
	value_object_set_text(&object, "id", value_number(node->id));
	if (node->kind == NODE_TEXT) {
		value_object_set_text(&object, "text", value_string(value_str(node->text)));
		return object;
	}
	slot_id owner = view_owner(node);
	value_object_set_text(&object, "tag", value_string(atom_str(node->tag)));
	value_object_set_text(&object, "instance", value_number(node->instance));
	value_object_set_text(&object, "owner", value_number(owner ? owner : page->root.id));
	value_object_set_text(&object, "hollow", value_bool(node->hollow));
	value_object_set_text(&object, "written", value_is(node->written, VALUE_OBJECT) ? marked(node->written) : value_object_new(0));
	value_object_set_text(&object, "ident", value_string(atom_str(node->ident)));
	value_object_set_text(&object, "classes", class_list(node));
	value_object_set_text(&object, "style", style_of(node));
	struct value children = value_array_new(4);
	put_children(page, node->instance && node->shadow ? node->shadow : node, &children);
	value_object_set_text(&object, "children", children);
	if (node->instance && node->shadow) {
		struct value spare = value_array_new(0);
		put_spare(page, node, &spare);
		value_object_set_text(&object, "spare", spare);
	}
	return object;
}

static void put(struct page *page, const struct node *node, struct value *out)
{
	if (node->kind == NODE_ELEMENT || node->kind == NODE_TEXT) {
		value_array_push(out, describe(page, node));
	} else if (node->kind == NODE_SLOT && node->shown.len) {
		for (size_t i = 0; i < node->shown.len; i++) {
			put(page, node->shown.at[i], out);
		}
	} else {
		put_children(page, node, out);
	}
}

/* As they are shown: what a slot shows is in its place. What a built-in component has inside is its own affair. */
static void put_children(struct page *page, const struct node *node, struct value *out)
{
	for (const struct node *child = node->first; child; child = child->next) {
		put(page, child, out);
	}
}

/* (page): the component on it */
static struct value op_tree(struct app *app, struct value args)
{
	struct page *page = page_of(app, value_at(args, 0));
	struct value list = value_array_new(1);
	if (page) {
		page_render_dirty(page);
		tree_assign_slots(view_tree(page->view));
		put_children(page, view_root(page->view), &list);
	}
	return list;
}

/* --- coming and going --- */

static void set_attribute(struct node *node, struct str name, struct value value)
{
	if (str_is(name, "id")) {
		node_set_id(node, value_str(value));
	} else if (str_is(name, "class")) {
		node_set_classes(node, value_str(value));
	} else if (str_is(name, "style")) {
		node_set_style(node, value);
	} else if (str_starts(name, STR("data-"))) {
		struct strbuf key = {0};
		node_dataset_key(str_slice(name, 5, name.len), &key);
		node_set_data(node, strbuf_str(&key), value);
		strbuf_finish(&key);
	} else {
		node_set_attr(node, atom_intern(name), value);
	}
}

/* (path, tag, properties): {page, node, instance, steps}; undefined: there is no such component */
static struct value op_render(struct app *app, struct value args)
{
	struct definition *definition = definition_get(app, value_str(value_at(args, 0)), false);
	struct value result = value_object_new(4), none = value_object_new(0);
	if (!definition) {
		value_unref(none);
		return result;
	}
	struct page *page = page_open(app, STR("stage"), none);
	value_unref(none);
	vec_push(&app->pages, page);
	page->visible = true;
	struct node *node = node_create(view_tree(page->view), NODE_ELEMENT, atom_intern(value_str(value_at(args, 1))));
	struct value given = app_decode_functions(value_at(args, 2));
	app->functions = true;
	node->scope = page->root.scope;
	for (size_t i = 0; i < value_count(given); i++) {
		set_attribute(node, value_key(given, i), value_entry(given, i));
	}
	value_unref(given);
	slot_id instance = instance_put(&page->root, definition, node);
	value_object_set_text(&result, "page", value_number(page->root.id));
	value_object_set_text(&result, "node", value_number(node->id));
	value_object_set_text(&result, "instance", value_number(instance));
	value_object_set_text(&result, "steps", app_encode_functions(app, app_take_steps(app)));
	return result;
}

/* What a component's own template has, the component, and what it was given. */
static void list_ready(const struct node *node, struct value *ids)
{
	if (node->instance && node->shadow) {
		list_ready(node->shadow, ids);
	}
	if (node->instance) {
		value_array_push(ids, value_number(node->instance));
	}
	for (const struct node *child = node->first; child; child = child->next) {
		list_ready(child, ids);
	}
}

/* (instance, on): [those that are attached, or detached; those that are ready then, in the order of that] */
static struct value op_attach(struct app *app, struct value args)
{
	struct instance *instance = app_instance(app, (slot_id)value_to_number(value_at(args, 0)));
	struct value lists = value_array_new(2), ready = value_array_new(8);
	if (instance && instance->owner) {
		bool on = value_to_bool(value_at(args, 1));
		value_array_push(&lists, on ? instance_attach(instance) : instance_detach(instance));
		list_ready(slot_get(&view_tree(instance->page->view)->ids, instance->node), &ready);
	}
	value_array_push(&lists, ready);
	return lists;
}

/* --- looking and touching --- */

/* (instance, selector, all): numbers of nodes */
static struct value op_find(struct app *app, struct value args)
{
	struct instance *instance = app_instance(app, (slot_id)value_to_number(value_at(args, 0)));
	struct value found = value_array_new(4);
	if (!instance || !instance->definition) {
		return found;
	}
	page_render_dirty(instance->page);
	bool all = value_to_bool(value_at(args, 2));
	struct node **nodes = mem_alloc_array(all ? FOUND_MAX : 1, sizeof(*nodes));
	size_t count = selector_query(instance_root(instance), value_str(value_at(args, 1)), nodes, all ? FOUND_MAX : 1);
	for (size_t i = 0; i < size_min(count, all ? FOUND_MAX : 1); i++) {
		value_array_push(&found, value_number(nodes[i]->id));
		value_array_push(&found, value_number(nodes[i]->instance));
	}
	mem_free(nodes);
	return found;
}

/* (page, node, name, detail, touches, changedTouches): [instance, handler, event, ...] of one that bubbles and is composed */
static struct value op_dispatch(struct app *app, struct value args)
{
	struct page *page = page_of(app, value_at(args, 0));
	struct node *node = node_at(page, value_at(args, 1));
	if (!node) {
		return value_array_new(0);
	}
	struct view_event event = {.type = atom_str(atom_intern(value_str(value_at(args, 2)))).at, .bubbles = true, .composed = true,
		.detail = value_ref(value_at(args, 3)), .touches = value_at(args, 4), .changed = value_at(args, 5)};
	return page_gather(page, node, &event);
}

/* (page, node, event, capture, handler): a listener beside the template's; null takes it away */
static struct value op_listen(struct app *app, struct value args)
{
	struct node *node = node_at(page_of(app, value_at(args, 0)), value_at(args, 1));
	struct value handler = value_at(args, 4);
	if (node) {
		unsigned flags = BIND_LISTENER | (value_to_bool(value_at(args, 3)) ? NODE_BIND_CAPTURE : 0);
		node_set_bind(node, atom_intern(value_str(value_at(args, 2))), flags, value_is_nullish(handler) ? value_undefined() : handler);
	}
	return value_undefined();
}

/* (): what waits for a frame, on all pages. Without boxes: built-in components do nothing by themselves here. */
static struct value op_frame(struct app *app, struct value args)
{
	UNUSED(args);
	for (size_t i = 0; i < app->pages.len; i++) {
		struct page *page = app->pages.at[i];
		page_render_dirty(page);
		tree_assign_slots(view_tree(page->view));
		page_framed(page);
	}
	return value_undefined();
}

/* (page, node): its box on the page, {left, top, width, height} */
static struct value op_rect(struct app *app, struct value args)
{
	struct page *page = page_of(app, value_at(args, 0));
	struct node *node = node_at(page, value_at(args, 1));
	struct value result = value_object_new(4);
	if (page) {
		page_render_dirty(page);
		view_frame(page->view, host_monotonic(app->host));
	}
	struct rect rect = node ? view_node_rect(page->view, node) : (struct rect){0};
	value_object_set_text(&result, "left", value_number(rect.x));
	value_object_set_text(&result, "top", value_number(rect.y));
	value_object_set_text(&result, "width", value_number(rect.width));
	value_object_set_text(&result, "height", value_number(rect.height));
	return result;
}

static const struct op {
	const char *name;
	struct value (*run)(struct app *app, struct value args);
} ops[] = {
	{"stageRender", op_render},
	{"stageAttach", op_attach},
	{"stageTree", op_tree},
	{"stageFind", op_find},
	{"stageDispatch", op_dispatch},
	{"stageListen", op_listen},
	{"stageFrame", op_frame},
	{"stageRect", op_rect},
};

bool app_stage_op(struct app *app, struct str name, struct value args, struct value *ret_result)
{
	for (size_t i = 0; i < ARRAY_LEN(ops); i++) {
		if (str_is(name, ops[i].name)) {
			*ret_result = ops[i].run(app, args);
			return true;
		}
	}
	return false;
}
