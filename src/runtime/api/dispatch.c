/* From the logic layer's calls to the groups' functions, and back: checks, callbacks, exactly once. */
#include "runtime/api/api.h"

struct after_frame {
	void (*look)(void *user);
	void (*run)(void *user, bool alive);
	void *user;
	uint32_t frame; // app_frames() when it was asked for
};

struct api_dispatcher {
	struct app *app;
	struct api_call *calls; // in flight
	struct slot_table objects;
	VEC(struct after_frame) after;
	struct map listening;
	bool finishing;
};

static void free_call(struct api_call *call)
{
	struct api_dispatcher *dispatcher = call->dispatcher;
	if (call->prev) {
		call->prev->next = call->next;
	} else if (dispatcher->calls == call) {
		dispatcher->calls = call->next;
	}
	if (call->next) {
		call->next->prev = call->prev;
	}
	value_unref(call->parameters);
	value_unref(call->args);
	value_unref(call->result);
	mem_free(call->state);
	mem_free(call);
}

static struct api_call *make_call(struct api_dispatcher *dispatcher, const struct api *api, uint32_t id)
{
	struct api_call *call = mem_alloc(sizeof(*call));
	call->api = api;
	call->dispatcher = dispatcher;
	call->app = dispatcher->app;
	call->id = id;
	call->next = dispatcher->calls;
	if (call->next) {
		call->next->prev = call;
	}
	dispatcher->calls = call;
	return call;
}

static struct value with_message(const struct api_call *call, struct value result, const char *text)
{
	struct strbuf message = {0};
	strbuf_printf(&message, "%s:%s", call->api->name, text);
	struct value object = value_is(result, VALUE_OBJECT) ? value_unshared(result) : value_object_new(1);
	value_object_set_text(&object, "errMsg", value_take(&message));
	return object;
}

/* To who looks in: a call of the program's, or its end. */
static void tell_watcher(const struct api_call *call, const char *kind, const char *key, struct value item)
{
	struct value event = value_object_new(6);
	value_object_set_text(&event, "kind", value_text(kind));
	value_object_set_text(&event, "id", value_number(call->id));
	value_object_set_text(&event, "name", value_text(call->api->name));
	value_object_set_text(&event, "sync", value_bool(call->api->kind == API_SYNC));
	value_object_set_text(&event, "ok", value_bool(call->ok));
	value_object_set_text(&event, key, value_ref(item));
	app_watch_tell(call->app, event);
}

/* Asynchronous ends wait for the next turn, so that a callback never runs before the call has
 * returned. */
static void settle_later(struct host_timer *timer)
{
	struct api_call *call = CONTAINER_OF(timer, struct api_call, request.later);
	struct app *app = call->app;
	uint32_t id = call->id;
	bool ok = call->ok;
	struct value result = value_ref(call->result);
	if (id && app_is_watched(app)) {
		tell_watcher(call, "called", "result", result);
	}
	if (call->ended) {
		call->ended(call, ok, result);
	}
	free_call(call);
	if (id) {
		app_settle(app, id, ok, result);
	} else {
		value_unref(result);
	}
}

static void end_call(struct api_call *call, bool ok, struct value result)
{
	assert(!call->settled);
	call->settled = true;
	call->ok = ok;
	call->result = result;
	if (call->api->kind != API_SYNC) {
		call->request.later.fire = settle_later;
		host_timer_start(app_host(call->app), &call->request.later, 0);
	}
}

/* Takes away what the base library that the program asks for does not have. Consumes and gives the object. */
static struct value without_newer(const struct app *app, const struct schema *rows, struct value object)
{
	for (; rows && rows->name; rows++) {
		if (!app_since(app, rows->since) && value_has(object, str_of(rows->name))) {
			object = value_unshared(object);
			value_object_remove(&object, str_of(rows->name));
		}
	}
	return object;
}

void api_call_succeed(struct api_call *call, struct value result)
{
	if (value_is(result, VALUE_OBJECT)) {
		result = without_newer(call->app, call->api->result, result);
	}
	end_call(call, true, call->api->kind == API_SYNC ? result : with_message(call, result, "ok"));
}

void api_call_fail_with(struct api_call *call, struct value fields, const char *text)
{
	struct strbuf whole = {0};
	strbuf_add_text(&whole, text[0] ? "fail " : "fail");
	strbuf_add_text(&whole, text);
	end_call(call, false, with_message(call, fields, whole.at));
	strbuf_finish(&whole);
}

void api_call_fail(struct api_call *call, const char *fmt, ...)
{
	struct strbuf text = {0};
	va_list args;
	va_start(args, fmt);
	strbuf_vprintf(&text, fmt, args);
	va_end(args);
	api_call_fail_with(call, value_object_new(1), text.at ? text.at : "");
	strbuf_finish(&text);
}

static void forwarded(struct host_request *request, enum host_outcome outcome, struct value result)
{
	struct api_call *call = CONTAINER_OF(request, struct api_call, request);
	if (outcome == HOST_OK) {
		api_call_succeed(call, value_ref(result));
		return;
	}
	struct str text = value_str(value_get_text(result, "errMsg"));
	struct strbuf copy = {0};
	strbuf_add(&copy, text.len ? text : str_of(host_outcome_text(outcome)));
	api_call_fail_with(call, value_ref(result), copy.at);
	strbuf_finish(&copy);
}

void api_call_forward(struct api_call *call)
{
	call->request.on_finish = forwarded;
}

struct str api_call_text(const struct api_call *call, const char *key)
{
	return value_str(value_get_text(call->parameters, key));
}

double api_call_number(const struct api_call *call, const char *key, double fallback)
{
	struct value found = value_get_text(call->parameters, key);
	return value_is(found, VALUE_NUMBER) ? found.number : fallback;
}

/* The first parameter that does not fit ends the call with the one error text for all of them. */
static bool check(struct api_call *call, struct value given)
{
	if (!call->api->parameters) {
		call->parameters = value_ref(given);
		return true;
	}
	struct strbuf problem = {0};
	bool wrong = schema_call_error(call->api->parameters, given, &problem);
	if (wrong) {
		api_call_fail(call, "%s", problem.at);
	} else {
		call->parameters = without_newer(call->app, call->api->parameters, schema_fill(call->api->parameters, given));
	}
	strbuf_finish(&problem);
	return !wrong;
}

void api_start(struct api_dispatcher *dispatcher, const struct api *api, struct value parameters, struct page *page, slot_id node,
	void (*ended)(struct api_call *call, bool ok, struct value result))
{
	struct api_call *call = make_call(dispatcher, api, 0);
	call->page = page_id(page);
	call->node = node;
	call->ended = ended;
	if (check(call, parameters)) {
		api->call(call);
	}
}

static void start(void *user, struct str name, uint32_t id, struct value parameters)
{
	struct api_dispatcher *dispatcher = user;
	const struct api *api = api_find(name);
	if (!api || dispatcher->finishing) {
		return;
	}
	struct api_call *call = make_call(dispatcher, api, id);
	if (app_is_watched(dispatcher->app)) {
		tell_watcher(call, "call", "parameters", parameters);
	}
	if (check(call, parameters)) {
		api->call(call);
	}
}

static struct value sync(void *user, struct str name, struct value args)
{
	struct api_dispatcher *dispatcher = user;
	const struct api *api = api_find(name);
	struct value answer = value_object_new(1);
	if (!api || api->kind != API_SYNC) {
		return answer;
	}
	struct api_call *call = make_call(dispatcher, api, 0);
	call->args = value_ref(args);
	call->parameters = value_ref(value_at(args, 0));
	if (app_is_watched(dispatcher->app)) {
		tell_watcher(call, "call", "parameters", args);
	}
	api->call(call);
	assert(call->settled);
	if (app_is_watched(dispatcher->app)) {
		tell_watcher(call, "called", "result", call->result);
	}
	value_object_set_text(&answer, call->ok ? "value" : "error",
		value_ref(call->ok ? call->result : value_get_text(call->result, "errMsg")));
	free_call(call);
	return answer;
}

static struct value task(void *user, uint32_t id, struct str method, struct value args)
{
	struct api_dispatcher *dispatcher = user;
	for (struct api_call *call = dispatcher->calls; call; call = call->next) {
		if (call->id == id && call->api->task && !call->settled) {
			return call->api->task(call, method, args);
		}
	}
	return value_null();
}

struct api_call *api_call_find(struct api_dispatcher *dispatcher, uint32_t id)
{
	struct api_call *call = dispatcher->calls;
	while (call && (call->id != id || call->settled)) {
		call = call->next;
	}
	return call;
}

struct api_object *api_object_make(struct api_dispatcher *dispatcher, const struct api_class *class, void *state)
{
	struct api_object *object = mem_alloc(sizeof(*object));
	*object = (struct api_object){class, dispatcher, dispatcher->app, 0, state};
	object->id = slot_add(&dispatcher->objects, object);
	return object;
}

struct api_object *api_object_get(struct api_dispatcher *dispatcher, slot_id id)
{
	return slot_get(&dispatcher->objects, id);
}

struct api_object *api_object_single(struct api_dispatcher *dispatcher, const struct api_class *class)
{
	for (uint32_t i = 0; i < dispatcher->objects.len; i++) {
		struct api_object *object = dispatcher->objects.entries[i].ptr;
		if (object && object->class == class) {
			return object;
		}
	}
	return NULL;
}

static void media_ready(void *user, struct media_source *source)
{
	struct api_dispatcher *dispatcher = user;
	for (uint32_t i = 0; i < dispatcher->objects.len; i++) {
		struct api_object *object = dispatcher->objects.entries[i].ptr;
		if (object && object->class->media) {
			object->class->media(object);
		}
	}
}

static void picture_ready(void *user)
{
	api_canvas_picture(user);
}

void api_calls_each(struct api_dispatcher *dispatcher, const struct api *api, void (*each)(struct api_call *call))
{
	for (struct api_call *call = dispatcher->calls, *next; call; call = next) {
		next = call->next;
		if (call->api == api && !call->settled) {
			each(call);
		}
	}
}

struct app *api_dispatcher_app(const struct api_dispatcher *dispatcher) { return dispatcher->app; }

struct value api_object_value(const struct api_object *object)
{
	struct value value = value_object_new(2);
	value_object_set_text(&value, "object", value_number(object->id));
	value_object_set_text(&value, "class", value_text(object->class->name));
	return value;
}

static void free_object(struct api_dispatcher *dispatcher, struct api_object *object)
{
	slot_remove(&dispatcher->objects, object->id);
	if (object->class->destroy) {
		object->class->destroy(object);
	}
	mem_free(object);
}

static struct value create(void *user, struct str name, struct value args)
{
	struct api_dispatcher *dispatcher = user;
	const struct api *api = api_find(name);
	if (!api || api->kind != API_FACTORY) {
		return value_object_new(0);
	}
	struct api_object *object = api->makes->single ? api_object_single(dispatcher, api->makes) : NULL;
	if (!object) {
		object = api_object_make(dispatcher, api->makes, NULL);
		api->made(object, args);
	}
	return api_object_value(object);
}

static struct value method(void *user, slot_id id, struct str name, struct value args)
{
	struct api_dispatcher *dispatcher = user;
	struct api_object *object = slot_get(&dispatcher->objects, id);
	return object ? object->class->method(object, name, args) : value_null();
}

static void object_call(void *user, slot_id id, struct str name, uint32_t number, struct value parameters)
{
	struct api_dispatcher *dispatcher = user;
	struct api_object *object = slot_get(&dispatcher->objects, id);
	const struct api *row = object ? object->class->calls : NULL;
	while (row && row->name && !str_is(name, row->name)) {
		row++;
	}
	if (!row || !row->name || dispatcher->finishing) {
		return;
	}
	struct api_call *call = make_call(dispatcher, row, number);
	call->object = id;
	if (check(call, parameters)) {
		row->call(call);
	}
}

static struct value object_get(void *user, slot_id id, struct str name)
{
	struct api_dispatcher *dispatcher = user;
	struct api_object *object = slot_get(&dispatcher->objects, id);
	return object && object->class->get ? object->class->get(object, name) : value_undefined();
}

static void object_set(void *user, slot_id id, struct str name, struct value value)
{
	struct api_dispatcher *dispatcher = user;
	struct api_object *object = slot_get(&dispatcher->objects, id);
	if (object && object->class->set) {
		object->class->set(object, name, value);
	}
}

static void release(void *user, slot_id id)
{
	struct api_dispatcher *dispatcher = user;
	struct api_object *object = slot_get(&dispatcher->objects, id);
	if (object) {
		free_object(dispatcher, object);
	}
}

static void listen_to(void *user, struct str name, bool on)
{
	struct api_dispatcher *dispatcher = user;
	if (on) {
		map_set(&dispatcher->listening, name, dispatcher);
	} else {
		map_remove(&dispatcher->listening, name);
	}
}

static void run_after_frame(struct api_dispatcher *dispatcher)
{
	size_t count = 0; // what this frame's own callbacks have asked for waits for the next one
	while (count < dispatcher->after.len && dispatcher->after.at[count].frame != app_frames(dispatcher->app)) {
		count++;
	}
	for (size_t i = 0; i < count; i++) {
		if (dispatcher->after.at[i].look) {
			dispatcher->after.at[i].look(dispatcher->after.at[i].user);
		}
	}
	for (size_t i = 0; i < count; i++) {
		struct after_frame after = dispatcher->after.at[i];
		after.run(after.user, true);
	}
	dispatcher->after.len -= count;
	if (dispatcher->after.len) {
		memmove(dispatcher->after.at, dispatcher->after.at + count, dispatcher->after.len * sizeof(*dispatcher->after.at));
	}
}

static void frame_done(void *user, struct page *page)
{
	struct api_dispatcher *dispatcher = user;
	slot_id id = page_id(page);
	run_after_frame(dispatcher);
	api_observe_tell(dispatcher->app, app_page_by_id(dispatcher->app, id));
}

void api_after_frame(struct api_dispatcher *dispatcher, void (*look)(void *user), void (*run)(void *user, bool alive), void *user)
{
	struct after_frame after = {look, run, user, app_frames(dispatcher->app)};
	vec_push(&dispatcher->after, after);
	app_want_frame(dispatcher->app);
}

/* What a component asks for: the same ways as the wx calls. */
static void intent(void *user, struct page *page, const char *kind, struct value data, slot_id node)
{
	struct api_dispatcher *dispatcher = user;
	api_intent(dispatcher, dispatcher->app, page, kind, data, node);
}

static void finish(void *user)
{
	struct api_dispatcher *dispatcher = user;
	struct host *host = app_host(dispatcher->app);
	dispatcher->finishing = true;
	while (dispatcher->calls) {
		struct api_call *call = dispatcher->calls;
		host_request_drop(&call->request);
		host_timer_stop(host, &call->request.later);
		free_call(call);
	}
	for (uint32_t i = 0; i < dispatcher->objects.len; i++) {
		if (dispatcher->objects.entries[i].ptr) {
			free_object(dispatcher, dispatcher->objects.entries[i].ptr);
		}
	}
	slot_table_finish(&dispatcher->objects);
	for (size_t i = 0; i < dispatcher->after.len; i++) {
		dispatcher->after.at[i].run(dispatcher->after.at[i].user, false);
	}
	vec_finish(&dispatcher->after);
	map_finish(&dispatcher->listening);
	mem_free(dispatcher);
}

static void push_names(struct value *list, const char *names)
{
	struct str rest = str_of(names), name;
	while (rest.at && str_split(&rest, '|', &name)) {
		value_array_push(list, value_string(name));
	}
}

static struct value describe_class(const struct app *app, const struct api_class *class)
{
	struct value entry = value_object_new(5), methods = value_array_new(8), calls = value_array_new(8), events = value_array_new(8);
	struct value properties = value_array_new(8);
	for (const struct api *row = class->calls; row && row->name; row++) {
		if (app_since(app, row->since)) {
			value_array_push(&calls, value_text(row->name));
		}
	}
	for (const struct schema *row = class->properties; row && row->name; row++) {
		if (app_since(app, row->since)) {
			value_array_push(&properties, value_text(row->name));
		}
	}
	push_names(&events, class->events);
	struct str rest = str_of(class->methods), name;
	while (rest.at && str_split(&rest, '|', &name)) {
		if (api_class_has(app, class, name)) {
			value_array_push(&methods, value_string(name));
		}
	}
	value_object_set_text(&entry, "name", value_text(class->name));
	value_object_set_text(&entry, "methods", methods);
	value_object_set_text(&entry, "calls", calls);
	value_object_set_text(&entry, "events", events);
	value_object_set_text(&entry, "properties", properties);
	return entry;
}

static struct value table(void *user)
{
	static const char *const kinds[] = {"sync", "async", "task", "event", "factory"};
	const struct app *app = ((struct api_dispatcher *)user)->app;
	struct value apis = value_array_new(128), classes = value_array_new(8);
	const struct api *api;
	for (size_t i = 0; (api = api_at(i)); i++) {
		if (!app_since(app, api->since)) {
			continue;
		}
		struct value row = value_object_new(3), methods = value_array_new(4);
		push_names(&methods, api->methods);
		value_object_set_text(&row, "name", value_text(api->name));
		bool inert = api->kind == API_SYNC && api_is_planned(api);
		value_object_set_text(&row, "kind", value_text(inert ? "inert" : kinds[api->kind]));
		value_object_set_text(&row, "methods", methods);
		value_array_push(&apis, row);
	}
	for (size_t i = 0; api_class_at(i); i++) {
		value_array_push(&classes, describe_class(app, api_class_at(i)));
	}
	struct value result = value_object_new(2);
	value_object_set_text(&result, "apis", apis);
	value_object_set_text(&result, "classes", classes);
	return result;
}

struct api_dispatcher *api_install(struct app *app)
{
	struct api_dispatcher *dispatcher = mem_alloc(sizeof(*dispatcher));
	dispatcher->app = app;
	struct app_api api = {
		.user = dispatcher,
		.table = table,
		.call = start,
		.sync = sync,
		.task = task,
		.create = create,
		.method = method,
		.object_call = object_call,
		.object_get = object_get,
		.object_set = object_set,
		.release = release,
		.listen = listen_to,
		.intent = intent,
		.frame_done = frame_done,
		.media_ready = media_ready,
		.picture_ready = picture_ready,
		.finish = finish,
	};
	app_set_api(app, &api);
	return dispatcher;
}
