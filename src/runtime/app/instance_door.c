/* What a component's object asks of its place in the tree: the operations of component.js. */
#include "core/value/json.h"
#include "runtime/app/inside.h"

#define FOUND_MAX 20000

/* Whose page shows what its script believes. */
static struct instance *of(struct app *app, struct value args)
{
	struct instance *instance = app_instance(app, (slot_id)value_to_number(value_at(args, 0)));
	if (!instance || !instance->definition || !instance->page->view) {
		return NULL;
	}
	page_render_calm(instance->page);
	return instance;
}

static struct node *host_of(const struct instance *instance)
{
	return slot_get(&view_tree(instance->page->view)->ids, instance->node);
}

/* (id, callback, patches as JSON, are there marks in it): the steps */
static struct value op_set_data(struct app *app, struct value args)
{
	struct value patches = value_undefined();
	struct str text = value_str(value_at(args, 2));
	struct json_error error;
	if (text.len && json_parse(text, &patches, &error)) {
		app_report(app, DIAG_WARNING, STR(""), 0, 0, "setData: the data is no JSON: %s", error.text);
		patches = value_undefined();
	}
	if (value_to_bool(value_at(args, 3))) {
		struct value decoded = app_decode_functions(patches);
		app->functions = true;
		value_unref(patches);
		patches = decoded;
	}
	struct value steps = app_set_data(app, (slot_id)value_to_number(value_at(args, 0)), patches,
		(uint32_t)value_to_number(value_at(args, 1)));
	value_unref(patches);
	return steps;
}

/* (id, callback, path, scalar): the steps */
static struct value op_set_item(struct app *app, struct value args)
{
	struct value patch = value_object_new(1);
	value_object_set(&patch, value_str(value_at(args, 2)), value_ref(value_at(args, 3)));
	struct value steps = app_set_data(app, (slot_id)value_to_number(value_at(args, 0)), patch, (uint32_t)value_to_number(value_at(args, 1)));
	value_unref(patch);
	return steps;
}

/* (id): the properties that its owner has given so far; undefined: it is gone */
static struct value op_read(struct app *app, struct value args)
{
	struct instance *instance = app_instance(app, (slot_id)value_to_number(value_at(args, 0)));
	if (!instance || !instance->unread) {
		return value_undefined();
	}
	page_render_calm(instance->page);
	if (!instance->definition->told) {
		instance->definition->told = true;
		app->calm_epoch++;
	}
	return app_encode_functions(app, instance_read(instance));
}

/* (id, selector, all): numbers of components; null for an element that is none */
static struct value op_select(struct app *app, struct value args)
{
	struct instance *instance = of(app, args);
	struct node *root = instance ? instance_root(instance) : NULL;
	struct value found = value_array_new(4);
	if (!root) {
		return found;
	}
	bool all = value_to_bool(value_at(args, 2));
	struct node **nodes = mem_alloc_array(all ? FOUND_MAX : 1, sizeof(*nodes));
	size_t count = selector_query(root, value_str(value_at(args, 1)), nodes, all ? FOUND_MAX : 1);
	for (size_t i = 0; i < size_min(count, all ? FOUND_MAX : 1); i++) {
		value_array_push(&found, nodes[i]->instance ? value_number(nodes[i]->instance) : value_null());
	}
	mem_free(nodes);
	return found;
}

/* (id): {id, dataset}, undefined: it is gone */
static struct value op_facts(struct app *app, struct value args)
{
	struct instance *instance = of(app, args);
	struct node *node = instance ? host_of(instance) : NULL;
	if (!node) {
		return value_undefined();
	}
	return instance_facts(node);
}

enum trigger_flags { TRIGGER_BUBBLES = 1, TRIGGER_COMPOSED = 2, TRIGGER_CAPTURE = 4 };

struct value page_gather(struct page *page, struct node *node, const struct view_event *event)
{
	struct value calls = value_array_new(3);
	struct view *view = page->view;
	page_render_dirty(page); // a way through templates and slots that no frame has seen yet
	tree_assign_slots(view_tree(view));
	size_t before = view_call_count(view);
	view_dispatch(view, node, event);
	struct view_call call;
	while (view_take_call_after(view, before, &call)) {
		value_array_push(&calls, value_number(call.instance ? call.instance : page->root.id));
		value_array_push(&calls, value_ref(call.handler));
		value_array_push(&calls, value_ref(call.data));
		view_call_finish(&call);
	}
	return calls;
}

/* (id, name, flags): [instance, handler, event without detail, ...] for each that hears it */
static struct value op_trigger(struct app *app, struct value args)
{
	struct instance *instance = of(app, args);
	struct node *node = instance ? host_of(instance) : NULL;
	if (!node) {
		return value_array_new(0);
	}
	unsigned flags = (unsigned)value_to_number(value_at(args, 2));
	struct str name = value_str(value_at(args, 1));
	struct view_event event = {.type = atom_str(atom_intern(name)).at, .bubbles = flags & TRIGGER_BUBBLES,
		.composed = flags & TRIGGER_COMPOSED, .no_capture = !(flags & TRIGGER_CAPTURE)};
	return page_gather(instance->page, node, &event);
}

static void sort_below(struct app *app, const struct node *node, struct value wanted, struct value *out)
{
	for (const struct node *child = node->first; child; child = child->next) {
		for (size_t i = 0; child->instance && i < value_len(wanted); i++) {
			if (value_to_number(value_at(wanted, i)) == child->instance) {
				value_array_push(out, value_number(child->instance));
			}
		}
		if (child->shadow) {
			sort_below(app, child->shadow, wanted, out);
		}
		sort_below(app, child, wanted, out);
	}
}

/* (id, ids): those below the component's host, in tree order */
static struct value op_sort(struct app *app, struct value args)
{
	struct instance *instance = of(app, args);
	struct node *node = instance ? host_of(instance) : NULL;
	struct value sorted = value_array_new(value_len(value_at(args, 1)));
	if (node) {
		sort_below(app, node, value_at(args, 1), &sorted);
	}
	return sorted;
}

/* (id, selector, keyframes, duration, timeline, callback): this.animate */
static struct value op_animate(struct app *app, struct value args)
{
	struct instance *instance = of(app, args);
	if (instance) {
		struct node *host = instance->owner ? host_of(instance) : NULL;
		view_animate(instance->page->view, host, value_str(value_at(args, 1)), value_at(args, 2), value_to_number(value_at(args, 3)),
			value_at(args, 4), (uint32_t)value_to_number(value_at(args, 5)));
		app_want_frame(app);
	}
	return value_undefined();
}

/* (id, selector, options, callback): this.clearAnimation */
static struct value op_clear_animation(struct app *app, struct value args)
{
	struct instance *instance = of(app, args);
	if (instance) {
		struct node *host = instance->owner ? host_of(instance) : NULL;
		view_clear_animation(instance->page->view, host, value_str(value_at(args, 1)), value_at(args, 2),
			(uint32_t)value_to_number(value_at(args, 3)));
		app_want_frame(app);
	}
	return value_undefined();
}

static const struct op {
	const char *name;
	struct value (*run)(struct app *app, struct value args);
} ops[] = {
	{"setItem", op_set_item},
	{"setData", op_set_data},
	{"read", op_read},
	{"trigger", op_trigger},
	{"select", op_select},
	{"facts", op_facts},
	{"sort", op_sort},
	{"animate", op_animate},
	{"clearAnimation", op_clear_animation},
};

bool app_instance_op(struct app *app, struct str name, struct value args, struct value *ret_result)
{
	for (size_t i = 0; i < ARRAY_LEN(ops); i++) {
		if (str_is(name, ops[i].name)) {
			*ret_result = ops[i].run(app, args);
			return true;
		}
	}
	return false;
}
