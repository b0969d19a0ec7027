/* wx.createSelectorQuery: requests are gathered by a chain and answered after the next frame. */
#include "runtime/api/api.h"

#include "core/value/json.h"

/* What a SelectorQuery has gathered. Executions that wait for their frame hold it, too: a program need not keep the object. */
struct query {
	int refs;
	struct api_dispatcher *dispatcher;
	struct app *app;
	struct value requests;  // array of {selector, method, page, scope, fields}
	struct value callbacks; // array: pin of each request's own callback, 0: none
	struct value page;      // in(): id of the page, and node id of a component's host; undefined: the top page
	struct value scope;
};

struct nodes_ref {
	slot_id query;
	struct value request; // without its fields
};

struct execution {
	struct query *query;
	size_t count; // of requests, when it was asked for
	slot_id page; // of those that name none
	uint32_t pin; // exec's callback, 0: none
	struct value results, all; // for the requests' callbacks, and for exec's
	bool known, looked;
};

static struct value key_value(const char *key, struct value item)
{
	struct value object = value_object_new(1);
	value_object_set_text(&object, key, item);
	return object;
}

static uint32_t id_of(struct value number)
{
	return value_is(number, VALUE_NUMBER) ? (uint32_t)number.number : 0;
}

static uint32_t pin_of(struct value argument)
{
	return id_of(value_get_text(argument, "$fn"));
}

static void release(struct query *query)
{
	if (--query->refs > 0) {
		return;
	}
	for (size_t i = 0; i < value_len(query->callbacks); i++) {
		uint32_t pin = id_of(value_at(query->callbacks, i));
		if (pin) {
			app_unpin(query->app, pin);
		}
	}
	value_unref(query->requests);
	value_unref(query->callbacks);
	value_unref(query->page);
	value_unref(query->scope);
	mem_free(query);
}

static void call_back(struct app *app, uint32_t pin, bool keep, struct value result)
{
	if (pin) {
		struct value args = value_array_new(1);
		value_array_push(&args, value_ref(result));
		app_call_pinned(app, pin, keep, args);
	}
}

/* Fields that came later than the base library that the program asks for are not told. */
static const struct {
	const char *name, *since;
} later_fields[] = {{"computedStyle", "2.1.0"}, {"context", "2.4.2"}, {"node", "2.7.0"}, {"mark", "2.7.1"}, {"ref", "3.3.0"}};

static struct value known_fields(const struct app *app, struct value given)
{
	struct value fields = value_is(given, VALUE_OBJECT) ? value_ref(given) : value_object_new(0);
	for (size_t i = 0; i < ARRAY_LEN(later_fields); i++) {
		struct str name = str_of(later_fields[i].name);
		if (value_has(fields, name) && !app_since(app, later_fields[i].since)) {
			fields = value_unshared(fields);
			value_object_remove(&fields, name);
		}
	}
	return fields;
}

struct finding {
	struct query *query;
	const struct page *page;
	struct value fields;
	slot_id scope;
	bool heard; // somebody gets what is found: only then are objects made
};

static bool wants(const struct finding *finding, const char *field)
{
	return value_to_bool(value_get_text(finding->fields, field));
}

/* Properties of custom components, and contexts. Components with a `context` (video, editor, map...) and references (Skyline) are
 * not there yet. */
static void found(void *user, const struct node *node, struct value *result)
{
	struct finding *finding = user;
	struct value names = value_get_text(finding->fields, "properties");
	for (size_t i = 0; node && node->instance && i < value_len(names); i++) {
		struct str name = value_str(value_at(names, i));
		struct value property = app_property(finding->query->app, node->instance, name);
		if (!value_is(property, VALUE_UNDEFINED)) {
			value_object_set(result, name, value_ref(property));
		}
	}
	if (wants(finding, "context")) {
		value_object_set_text(result, "context", value_null());
	}
	if (wants(finding, "node")) {
		value_object_set_text(result, "node", !finding->heard ? value_null()
			: api_context_of_node(finding->query->dispatcher, finding->page, node, finding->scope));
	}
	if (wants(finding, "ref")) {
		value_object_set_text(result, "ref", value_null());
	}
}

static struct value ask(struct query *query, struct page *page, struct value request, bool heard)
{
	struct str method = value_str(value_get_text(request, "method"));
	struct finding finding = {query, page, known_fields(query->app, value_get_text(request, "fields")),
		id_of(value_get_text(request, "scope")), heard};
	struct view_search search = {
		.selector = value_str(value_get_text(request, "selector")),
		.all = str_is(method, "selectAll"),
		.viewport = str_is(method, "selectViewport"),
		.scope = finding.scope,
		.fields = finding.fields,
		.found = found,
		.user = &finding,
	};
	struct value result = view_query(page_view(page), &search);
	value_unref(finding.fields);
	return result;
}

static struct page *page_asked(const struct execution *execution, struct value request)
{
	slot_id id = id_of(value_get_text(request, "page"));
	id = id ? id : execution->page;
	return id ? app_page_by_id(execution->query->app, id) : app_top(execution->query->app);
}

/* For the requests' own callbacks, or for that of exec(): an object is made for each that gets it, for each lets go of it
 * alone. A page that has gone tells nothing. */
static bool look_up(const struct execution *execution, bool own, struct value *results)
{
	struct query *query = execution->query;
	for (size_t i = 0; i < execution->count; i++) {
		struct value request = value_at(query->requests, i);
		struct page *page = page_asked(execution, request);
		if (!page) {
			return false;
		}
		value_array_push(results, ask(query, page, request, own ? id_of(value_at(query->callbacks, i)) > 0 : execution->pin > 0));
	}
	return true;
}

static bool wants_objects(const struct query *query)
{
	bool any = false;
	for (size_t i = 0; i < value_len(query->requests); i++) {
		any = any || value_to_bool(value_get_text(value_get_text(value_at(query->requests, i), "fields"), "node"));
	}
	return any;
}

static void look(void *user)
{
	struct execution *execution = user;
	if (execution->looked) {
		return;
	}
	execution->looked = true;
	execution->results = value_array_new(execution->count);
	execution->known = look_up(execution, true, &execution->results);
	if (execution->known && execution->pin && wants_objects(execution->query)) {
		execution->all = value_array_new(execution->count);
		(void)look_up(execution, false, &execution->all);
	} else {
		execution->all = value_ref(execution->results);
	}
}

static void run(void *user, bool alive)
{
	struct execution *execution = user;
	struct query *query = execution->query;
	bool known = alive && execution->known;
	for (size_t i = 0; known && i < execution->count; i++) {
		known = page_asked(execution, value_at(query->requests, i)) != NULL; // it may have gone since
	}
	for (size_t i = 0; known && i < execution->count; i++) {
		call_back(query->app, id_of(value_at(query->callbacks, i)), true, value_at(execution->results, i));
	}
	if (known) {
		call_back(query->app, execution->pin, false, execution->all);
	} else if (execution->pin) {
		app_unpin(query->app, execution->pin);
	}
	value_unref(execution->results);
	value_unref(execution->all);
	release(query);
	mem_free(execution);
}

/* What is asked is what is to be seen now: a setData that comes later in the same turn does not count, as in WeChat, whose messages to the
 * view layer keep their order. When something waits for the frame already, that frame is looked at. */
static bool is_settled(const struct execution *execution)
{
	bool settled = true;
	for (size_t i = 0; settled && i < execution->count; i++) {
		const struct page *page = page_asked(execution, value_at(execution->query->requests, i));
		settled = page && page_is_settled(page);
	}
	return settled;
}

static void execute(struct api_object *object, struct value callback)
{
	struct query *query = object->state;
	struct page *top = app_top(object->app);
	struct execution *execution = mem_alloc(sizeof(*execution));
	*execution = (struct execution){.query = query, .count = value_len(query->requests), .page = top ? page_id(top) : 0,
		.pin = pin_of(callback)};
	query->refs++;
	api_after_frame(object->dispatcher, look, run, execution);
	if (is_settled(execution)) {
		look(execution);
	}
}

static struct value query_method(struct api_object *object, struct str method, struct value args)
{
	struct query *query = object->state;
	if (str_is(method, "in")) { // counts for what is selected from now on
		value_unref(query->page);
		value_unref(query->scope);
		query->page = value_ref(value_get_text(value_at(args, 0), "$instance"));
		query->scope = value_ref(value_get_text(value_at(args, 0), "$node"));
		return key_value("self", value_bool(true));
	}
	if (str_is(method, "exec")) {
		execute(object, value_at(args, 0));
		return key_value("self", value_bool(true));
	}
	struct nodes_ref *ref = mem_alloc(sizeof(*ref));
	ref->query = object->id;
	ref->request = value_object_new(5);
	value_object_set_text(&ref->request, "selector", value_ref(value_at(args, 0)));
	value_object_set_text(&ref->request, "method", value_string(method));
	value_object_set_text(&ref->request, "page", value_ref(query->page));
	value_object_set_text(&ref->request, "scope", value_ref(query->scope));
	return api_object_value(api_object_make(object->dispatcher, &api_nodes_ref, ref));
}

static void query_destroy(struct api_object *object)
{
	release(object->state);
}

/* What boundingClientRect, scrollOffset and their kin stand for. */
static const struct {
	const char *method, *fields;
} shorthands[] = {
	{"boundingClientRect", "{\"id\":true,\"dataset\":true,\"rect\":true,\"size\":true}"},
	{"scrollOffset", "{\"id\":true,\"dataset\":true,\"scrollOffset\":true}"},
	{"context", "{\"context\":true}"},
	{"node", "{\"node\":true}"},
	{"ref", "{\"ref\":true}"},
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
	query->refs = 1;
	query->dispatcher = object->dispatcher;
	query->app = object->app;
	query->requests = value_array_new(2);
	query->callbacks = value_array_new(2);
	object->state = query;
}

const struct api_class api_selector_query = {
	"SelectorQuery", "in|select|selectAll|selectViewport|exec", query_method, query_destroy,
};

const struct api_class api_nodes_ref = {
	"NodesRef", "boundingClientRect|scrollOffset|fields|context|node|ref", ref_method, ref_destroy,
	"1.4.0|1.4.0|1.4.0|2.4.2|2.7.0|3.3.0",
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
	api_after_frame(call->dispatcher, NULL, tick, next);
	api_call_succeed(call, value_undefined());
}

const struct api api_query_rows[] = {
	{"createSelectorQuery", API_FACTORY, "1.4.0", .doc = "Asks for positions and attributes of nodes.",
		.makes = &api_selector_query, .made = made},
	{"nextTick", API_SYNC, "2.2.3", .doc = "Calls back after the next frame.", .call = next_tick},
	{0},
};
