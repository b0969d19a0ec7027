/* Messages to calls, calls to answers, and events. */
#include "door/automation/command.h"

#define CALLS_MAX 4096 // in flight

extern const char automation_script[]; // automation.js
extern const unsigned long automation_script_len;

/* --- what goes out --- */

static void send_value(struct automation *automation, unsigned client, struct value message)
{
	struct strbuf text = {0};
	json_write(message, &text);
	automation->config.send(automation->config.user, client, strbuf_str(&text));
	strbuf_finish(&text);
	value_unref(message);
}

static void send_error(struct automation *automation, unsigned client, struct value id, struct str text)
{
	struct value message = value_object_new(2), error = value_object_new(1);
	value_object_set_text(&error, "message", value_string(text));
	value_object_set_text(&message, "id", value_is(id, VALUE_UNDEFINED) ? value_null() : value_ref(id));
	value_object_set_text(&message, "error", error);
	send_value(automation, client, message);
}

void automation_tell(struct automation *automation, const char *method, struct value parameters, bool log)
{
	for (size_t i = 0; i < automation->clients.len; i++) {
		if (!log || automation->clients.at[i].hears_log) {
			struct value message = value_object_new(2);
			value_object_set_text(&message, "method", value_text(method));
			value_object_set_text(&message, "params", value_ref(parameters));
			send_value(automation, automation->clients.at[i].number, message);
		}
	}
	value_unref(parameters);
}

static bool is_client(const struct automation *automation, unsigned number)
{
	for (size_t i = 0; i < automation->clients.len; i++) {
		if (automation->clients.at[i].number == number) {
			return true;
		}
	}
	return false;
}

static void free_call(struct command_call *call)
{
	value_unref(call->id);
	value_unref(call->parameters);
	value_unref(call->result);
	mem_free(call);
}

/* Answers what is done, in the order in which it was asked. */
static void flush(struct automation *automation)
{
	for (size_t i = 0; i < automation->calls.len;) {
		struct command_call *call = automation->calls.at[i];
		if (!call->done) {
			i++;
			continue;
		}
		vec_remove(&automation->calls, i);
		if (!call->ok) {
			send_error(automation, call->client, call->id, value_str(call->result));
		} else if (is_client(automation, call->client)) {
			struct value message = value_object_new(2);
			value_object_set_text(&message, "id", value_ref(call->id));
			value_object_set_text(&message, "result", value_ref(call->result));
			send_value(automation, call->client, message);
		}
		free_call(call);
	}
	if (automation->quitting) {
		automation->quitting = false;
		automation->config.quit(automation->config.user);
	}
}

/* --- a call's end --- */

static void end(struct command_call *call, bool ok, struct value result)
{
	if (call->done) {
		value_unref(result);
		return;
	}
	call->done = true;
	call->ok = ok;
	call->result = result;
}

void call_succeed(struct command_call *call, struct value result)
{
	end(call, true, result);
}

void call_succeed_with(struct command_call *call, const char *key, struct value item)
{
	struct value result = value_object_new(1);
	if (!value_is(item, VALUE_UNDEFINED)) {
		value_object_set_text(&result, key, item);
	}
	end(call, true, result);
}

void call_fail(struct command_call *call, const char *fmt, ...)
{
	struct strbuf text = {0};
	va_list args;
	va_start(args, fmt);
	strbuf_vprintf(&text, fmt, args);
	va_end(args);
	end(call, false, value_take(&text));
}

/* --- the script side --- */

static struct command_call *find_call(struct automation *automation, struct value number)
{
	for (size_t i = 0; i < automation->calls.len; i++) {
		if (automation->calls.at[i]->number == (uint32_t)value_to_number(number)) {
			return automation->calls.at[i];
		}
	}
	return NULL;
}

/* What the client wants under which name. */
static const char *result_key(const struct command_call *call)
{
	static const struct {
		const char *command, *key;
	} keys[] = {{"Page.getData", "data"}, {"Element.getData", "data"}, {"Element.getProperties", "properties"}, {"Page.setData", NULL},
		{"Element.setData", NULL}, {"Element.triggerEvent", NULL}};
	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		if (str_is(str_of(call->command->name), keys[i].command)) {
			return keys[i].key;
		}
	}
	return "result";
}

static void tell_exception(struct automation *automation, struct value args)
{
	struct value parameters = value_object_new(2);
	value_object_set_text(&parameters, "message", value_ref(value_at(args, 1)));
	value_object_set_text(&parameters, "stack", value_ref(value_at(args, 2)));
	automation_tell(automation, "App.exceptionThrown", parameters, false);
}

/* ["done", call, value], ["failed", call, text], ["log", type, args], ["binding", name, args], ["exception", message, stack] */
static void on_tell(void *user, struct value args)
{
	struct automation *automation = user;
	struct str what = value_str(value_at(args, 0));
	if (str_is(what, "exception")) {
		tell_exception(automation, args);
	} else if (str_is(what, "log") || str_is(what, "binding")) {
		bool log = str_is(what, "log");
		struct value parameters = value_object_new(2);
		value_object_set_text(&parameters, log ? "type" : "name", value_ref(value_at(args, 1)));
		value_object_set_text(&parameters, "args", value_ref(value_at(args, 2)));
		if (value_str(value_at(args, 3)).len) {
			value_object_set_text(&parameters, "place", value_ref(value_at(args, 3)));
		}
		automation_tell(automation, log ? "App.logAdded" : "App.bindingCalled", parameters, log);
	} else {
		struct command_call *call = find_call(automation, value_at(args, 1));
		if (call && str_is(what, "done")) {
			const char *key = result_key(call);
			call_succeed_with(call, key ? key : "", key ? value_ref(value_at(args, 2)) : value_undefined());
		} else if (call) {
			call_fail(call, STR_FMT, STR_ARG(value_str(value_at(args, 2))));
		}
	}
}

static void script(struct app *app, const char *name, struct value item)
{
	struct value args = value_array_new(1);
	value_array_push(&args, item);
	value_unref(app_attached(app, name, args));
}

/* The program may have ended and started anew since the last time. */
static void attach(struct automation *automation)
{
	struct app *app = automation->mina ? automation->mina->app : NULL;
	struct app_attachment attachment = {{automation_script, automation_script_len}, on_tell, automation};
	if (!app || app_has_attachment(app) || !app_attach(app, &attachment)) {
		return;
	}
	for (size_t i = 0; i < automation->bindings.len; i++) {
		script(app, "bind", value_ref(automation->bindings.at[i]));
	}
	if (automation->listening) {
		value_unref(app_attached(app, "listen", value_array_new(0)));
	}
	inspect_attach(automation);
}

void call_script(struct command_call *call, const char *function, struct value given)
{
	struct value args = value_array_new(value_len(given) + 1);
	value_array_push(&args, value_number(call->number));
	for (size_t i = 0; i < value_len(given); i++) {
		value_array_push(&args, value_ref(value_at(given, i)));
	}
	value_unref(given);
	value_unref(app_attached(call_app(call), function, args));
}

/* --- what handlers ask of a call --- */

struct str call_text(const struct command_call *call, const char *key)
{
	return value_str(value_get_text(call->parameters, key));
}

struct value call_value(const struct command_call *call, const char *key)
{
	return value_get_text(call->parameters, key);
}

struct app *call_app(const struct command_call *call)
{
	return call->automation->mina->app;
}

struct page *call_page(struct command_call *call)
{
	double id = value_to_number(call_value(call, "pageId"));
	struct page *page = id > 0 && id <= UINT32_MAX ? app_page_by_id(call_app(call), (slot_id)id) : NULL;
	if (!page) {
		call_fail(call, "there is no page %.0f any more", isfinite(id) ? id : 0);
	}
	return page;
}

struct node *call_node(struct command_call *call, struct page **ret_page)
{
	struct page *page = call_page(call);
	double id = value_to_number(call_value(call, "elementId"));
	struct node *node = page && id > 0 && id <= UINT32_MAX ? slot_get(&view_tree(page_view(page))->ids, (slot_id)id) : NULL;
	*ret_page = page;
	if (page && !node) {
		call_fail(call, "the element is gone");
	}
	return node;
}

/* --- what comes in --- */

bool automation_group(const struct automation *automation, size_t index, const struct command **ret_rows)
{
	const struct command *const groups[] = {automation->config.rows, command_society_rows, command_tool_rows, command_app_rows, command_page_rows,
		command_element_rows, command_gesture_rows, command_mina_rows, command_inspect_rows, command_capability_rows};
	bool there = index < (automation->mina ? ARRAY_LEN(groups) : automation->config.society ? 2 : 1);
	if (there) {
		*ret_rows = groups[index];
	}
	return there;
}

static const struct command *find_command(const struct automation *automation, struct str name)
{
	const struct command *group;
	for (size_t i = 0; automation_group(automation, i, &group); i++) {
		for (const struct command *row = group; row && row->name; row++) {
			if (str_is(name, row->name)) {
				return row;
			}
		}
	}
	return NULL;
}

static void run(struct command_call *call, struct value given)
{
	const struct command *command = call->command;
	struct strbuf problem = {0};
	bool alive = call->automation->mina && mina_alive(call->automation->mina);
	if (command->parameters && schema_call_error(command->parameters, given, &problem)) {
		call_fail(call, "%s", problem.at);
	} else if (!alive && !(command->flags & COMMAND_NO_APP)) {
		call_fail(call, "the app is not running");
	} else {
		call->parameters = command->parameters ? schema_fill(command->parameters, given) : value_ref(given);
		command->run(call);
	}
	strbuf_finish(&problem);
}

static struct command_call *make_call(struct automation *automation, unsigned client, const struct command *command, struct value id)
{
	struct command_call *call = mem_alloc(sizeof(*call));
	*call = (struct command_call){.automation = automation, .command = command, .client = client, .id = value_ref(id)};
	call->number = ++automation->last_call;
	vec_push(&automation->calls, call);
	return call;
}

/* Whoever listens hears once of all that has happened between people since. */
static void tell_world(struct automation *automation)
{
	struct sim_world *world = automation_world(automation);
	if (world && world->society.edits != automation->edits_told && automation->clients.len) {
		struct value detail = value_object_new(1);
		automation->edits_told = world->society.edits;
		value_object_set_text(&detail, "edits", value_number(automation->edits_told));
		automation_tell(automation, "World.changed", detail, false);
	}
}

static void dispatch(struct automation *automation, unsigned client, struct value message)
{
	struct value id = value_get_text(message, "id"), given = value_get_text(message, "params");
	struct str method = value_str(value_get_text(message, "method"));
	const struct command *command = find_command(automation, method);
	struct strbuf error = {0};
	if (!value_is(message, VALUE_OBJECT) || !(value_is(id, VALUE_STRING) || value_is(id, VALUE_NUMBER))) {
		strbuf_add_text(&error, "a message is an object {id, method, params}");
	} else if (!command) {
		strbuf_printf(&error, "unknown method " STR_FMT, (int)size_min(method.len, 100), method.at ? method.at : "");
	} else if (!value_is_nullish(given) && !value_is(given, VALUE_OBJECT)) {
		strbuf_add_text(&error, "params should be an object");
	} else if (automation->calls.len >= CALLS_MAX) {
		strbuf_add_text(&error, "too many calls wait for an answer");
	}
	if (error.len) {
		send_error(automation, client, id, strbuf_str(&error));
		strbuf_finish(&error);
		return;
	}
	automation_frames(automation);
	attach(automation);
	struct command_call *call = make_call(automation, client, command, id);
	run(call, given);
	if (!(command->flags & COMMAND_LOOKS)) {
		if (automation->config.virtual_time && !(command->flags & COMMAND_TOUCH)) {
			automation_settle(automation, call);
		} else {
			automation_frames(automation);
		}
	}
	flush(automation);
}

void automation_receive(struct automation *automation, unsigned client, struct str text)
{
	struct value message;
	struct json_error error;
	if (json_parse(text, &message, &error)) {
		struct strbuf words = {0};
		strbuf_printf(&words, "the message is no JSON: %s at byte %zu", error.text, error.offset);
		send_error(automation, client, value_undefined(), strbuf_str(&words));
		strbuf_finish(&words);
		return;
	}
	dispatch(automation, client, message);
	tell_world(automation);
	value_unref(message);
}

void automation_turn(struct automation *automation)
{
	tell_world(automation);
	for (size_t i = 0; i < automation->calls.len; i++) {
		if (automation->calls.at[i]->done) {
			automation_frames(automation);
			break;
		}
	}
	flush(automation);
}

/* --- coming and going --- */

struct automation *automation_create(const struct automation_config *config)
{
	struct automation *automation = mem_alloc(sizeof(*automation));
	automation->config = *config;
	automation->mina = config->mina;
	attach(automation);
	automation->edits_told = automation_world(automation) ? automation_world(automation)->society.edits : 0;
	return automation;
}

void automation_destroy(struct automation *automation)
{
	for (size_t i = 0; i < automation->calls.len; i++) {
		free_call(automation->calls.at[i]);
	}
	for (size_t i = 0; i < automation->bindings.len; i++) {
		value_unref(automation->bindings.at[i]);
	}
	if (automation->mina && automation->mina->app) {
		app_detach(automation->mina->app);
	}
	vec_finish(&automation->bindings);
	vec_finish(&automation->calls);
	vec_finish(&automation->clients);
	mem_free(automation);
}

unsigned automation_join(struct automation *automation)
{
	struct automation_client client = {.number = ++automation->last_client};
	vec_push(&automation->clients, client);
	return client.number;
}

void automation_leave(struct automation *automation, unsigned number)
{
	for (size_t i = 0; i < automation->clients.len; i++) {
		if (automation->clients.at[i].number == number) {
			vec_remove(&automation->clients, i);
			break;
		}
	}
	for (size_t i = automation->calls.len; i > 0; i--) {
		if (automation->calls.at[i - 1]->client == number) {
			free_call(automation->calls.at[i - 1]);
			vec_remove(&automation->calls, i - 1);
		}
	}
}
