/* Contexts of nodes: the objects that NodesRef.context and NodesRef.node give. */
#include "runtime/api/api.h"

struct context {
	slot_id page, node;
	slot_id scope; // where the query searched
};

static double number_of(struct value options, const char *key, double fallback)
{
	struct value found = value_get_text(options, key);
	return value_is(found, VALUE_NUMBER) && isfinite(found.number) ? found.number : fallback;
}

/* scrollTo({top, left, duration, animated}), scrollIntoView(selector, {animated}). */
static struct value scroll_view_method(struct api_object *object, struct str method, struct value args)
{
	const struct context *context = object->state;
	struct page *page = app_page_by_id(object->app, context->page);
	bool into = str_is(method, "scrollIntoView");
	struct value options = value_at(args, into ? 1 : 0), animated = value_get_text(options, "animated");
	double now = host_monotonic(app_host(object->app)), duration = number_of(options, "duration", 300);
	duration = value_is(animated, VALUE_UNDEFINED) || value_to_bool(animated) ? duration : 0;
	struct point to = {(float)number_of(options, "left", NAN), (float)number_of(options, "top", NAN)};
	if (page && (!into || view_point_inside(page_view(page), context->node, context->scope, value_str(value_at(args, 0)), &to))) {
		view_scroll_inside(page_view(page), context->node, to, duration, now);
	}
	return value_null();
}

static void destroy(struct api_object *object)
{
	mem_free(object->state);
}

const struct api_class api_scroll_view_context = {
	"ScrollViewContext", "scrollTo|scrollIntoView", scroll_view_method, destroy, "2.14.4|2.14.4",
};

struct value api_context_of_node(struct api_dispatcher *dispatcher, const struct page *page, const struct node *node, slot_id scope)
{
	if (node && node->component && node->component->drawing) {
		return api_canvas_of_node(dispatcher, page, node);
	}
	if (!node || !node->component || !str_is(str_of(node->component->tag), "scroll-view") || !component_flag(node, "enhanced")) {
		return value_null();
	}
	struct context *context = mem_alloc(sizeof(*context));
	*context = (struct context){page_id(page), node->id, scope};
	struct api_object *object = api_object_make(dispatcher, &api_scroll_view_context, context);
	struct value value = value_object_new(2);
	value_object_set_text(&value, "$object", value_number(object->id));
	value_object_set_text(&value, "class", value_text(object->class->name));
	return value;
}
