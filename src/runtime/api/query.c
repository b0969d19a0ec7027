/* wx.createSelectorQuery: requests are gathered by a chain and answered after the next frame. */
#include "runtime/api/api.h"

#include "core/value/json.h"

struct query {
	struct value requests;  // array for view_query()
	struct value callbacks; // array: pin of each request's own callback, 0: none
	double scope;           // node id of a component's host; 0: the page
	double page;            // id of the page, 0: the top one when it is executed
};

struct nodes_ref {
	slot_id query;
	struct value request; // {selector, single, viewport, scope}
};

struct execution {
	struct api_dispatcher *dispatcher;
	struct app *app;
	struct value requests, callbacks;
	double page;
	uint32_t pin; // exec's callback, 0: none
};

static struct value key_value(const char *key, struct value item)
{
	struct value object = value_object_new(1);
	value_object_set_text(&object, key, item);
	return object;
}

static uint32_t pin_of(struct value argument)
{
	struct value pin = value_get_text(argument, "$fn");
	return value_is(pin, VALUE_NUMBER) ? (uint32_t)pin.number : 0;
}

static void run(void *user, bool alive)
{
	struct execution *execution = user;
	struct page *page = !alive ? NULL : execution->page ? app_page_by_id(execution->app, (slot_id)execution->page) : app_top(execution->app);
	struct value results = page ? view_query(page_view(page), execution->requests) : value_array_new(0);
	for (size_t i = 0; alive && i < value_len(execution->callbacks); i++) {
		uint32_t pin = (uint32_t)value_to_number(value_at(execution->callbacks, i));
		if (pin) {
			struct value args = value_array_new(1);
			value_array_push(&args, value_ref(value_at(results, i)));
			app_call_pinned(execution->app, pin, true, args);
		}
	}
	if (alive && execution->pin) {
		struct value args = value_array_new(1);
		value_array_push(&args, value_ref(results));
		app_call_pinned(execution->app, execution->pin, false, args);
	}
	value_unref(results);
	value_unref(execution->requests);
	value_unref(execution->callbacks);
	mem_free(execution);
}

static struct value query_method(struct api_object *object, struct str method, struct value args)
{
	struct query *query = object->state;
	if (str_is(method, "in")) {
		double id = value_to_number(value_get_text(value_at(args, 0), "$instance"));
		query->page = id > 0 ? id : 0;
		return key_value("self", value_bool(true));
	}
	if (str_is(method, "exec")) {
		struct execution *execution = mem_alloc(sizeof(*execution));
		*execution = (struct execution){object->dispatcher, object->app, value_ref(query->requests),
			value_ref(query->callbacks), query->page, pin_of(value_at(args, 0))};
		api_after_frame(object->dispatcher, run, execution);
		return key_value("self", value_bool(true));
	}
	struct nodes_ref *ref = mem_alloc(sizeof(*ref));
	ref->query = object->id;
	ref->request = value_object_new(4);
	value_object_set_text(&ref->request, "selector", value_ref(value_at(args, 0)));
	value_object_set_text(&ref->request, "single", value_bool(str_is(method, "select")));
	value_object_set_text(&ref->request, "viewport", value_bool(str_is(method, "selectViewport")));
	return api_object_value(api_object_make(object->dispatcher, &api_nodes_ref, ref));
}

static void query_destroy(struct api_object *object)
{
	struct query *query = object->state;
	for (size_t i = 0; i < value_len(query->callbacks); i++) {
		app_unpin(object->app, (uint32_t)value_to_number(value_at(query->callbacks, i)));
	}
	value_unref(query->requests);
	value_unref(query->callbacks);
	mem_free(query);
}

/* What boundingClientRect, scrollOffset and their kin stand for. */
static const struct {
	const char *method, *fields;
} shorthands[] = {
	{"boundingClientRect", "{\"id\":true,\"dataset\":true,\"rect\":true,\"size\":true}"},
	{"scrollOffset", "{\"id\":true,\"dataset\":true,\"scrollOffset\":true}"},
	{"context", "{\"context\":true}"},
	{"node", "{\"node\":true}"},
};

static struct value fields_of(struct str method, struct value args)
{
	for (size_t i = 0; i < ARRAY_LEN(shorthands); i++) {
		struct value fields;
		if (str_is(method, shorthands[i].method) && !json_parse(str_of(shorthands[i].fields), &fields, NULL)) {
			return fields;
		}
	}
	return value_ref(value_at(args, 0)); // fields({...}, callback)
}

static struct value ref_method(struct api_object *object, struct str method, struct value args)
{
	struct nodes_ref *ref = object->state;
	struct api_object *owner = api_object_get(object->dispatcher, ref->query);
	struct query *query = owner ? owner->state : NULL;
	if (!query) {
		return key_value("error", value_text("the query is gone"));
	}
	struct value request = value_unshared(value_ref(ref->request));
	value_object_set_text(&request, "fields", fields_of(method, args));
	query->requests = value_unshared(query->requests);
	value_array_push(&query->requests, request);
	uint32_t pin = pin_of(value_at(args, str_is(method, "fields") ? 1 : 0));
	query->callbacks = value_unshared(query->callbacks);
	value_array_push(&query->callbacks, value_number(pin));
	return key_value("owner", value_bool(true));
}

static void ref_destroy(struct api_object *object)
{
	struct nodes_ref *ref = object->state;
	value_unref(ref->request);
	mem_free(ref);
}

static void made(struct api_object *object, struct value args)
{
	struct query *query = mem_alloc(sizeof(*query));
	query->requests = value_array_new(2);
	query->callbacks = value_array_new(2);
	object->state = query;
}

const struct api_class api_selector_query = {
	"SelectorQuery", "in|select|selectAll|selectViewport|exec", query_method, query_destroy,
};

const struct api_class api_nodes_ref = {
	"NodesRef", "boundingClientRect|scrollOffset|fields|context|node", ref_method, ref_destroy,
};

struct tick {
	struct app *app;
	uint32_t pin;
};

static void tick(void *user, bool alive)
{
	struct tick *next = user;
	if (alive) {
		app_call_pinned(next->app, next->pin, false, value_array_new(0));
	}
	mem_free(next);
}

static void next_tick(struct api_call *call)
{
	struct tick *next = mem_alloc(sizeof(*next));
	*next = (struct tick){call->app, pin_of(value_at(call->args, 0))};
	api_after_frame(call->dispatcher, tick, next);
	api_call_succeed(call, value_undefined());
}

const struct api api_query_rows[] = {
	{"createSelectorQuery", API_FACTORY, "1.4.0", .doc = "Asks for positions and attributes of nodes.",
		.makes = &api_selector_query, .made = made},
	{"nextTick", API_SYNC, "2.2.3", .doc = "Calls back after the next frame.", .call = next_tick},
	{0},
};
