/* App.*: the running program as a whole. */
#include "door/automation/command.h"

#include "platform/seal.h"

static struct value describe_page(struct page *page)
{
	struct value object = value_object_new(3);
	value_object_set_text(&object, "pageId", value_number(page_id(page)));
	value_object_set_text(&object, "path", value_string(page_path(page)));
	value_object_set_text(&object, "query", value_ref(page_query(page)));
	return object;
}

static void get_current_page(struct command_call *call)
{
	call_succeed(call, describe_page(app_top(call_app(call))));
}

static void get_page_stack(struct command_call *call)
{
	struct app *app = call_app(call);
	struct value list = value_array_new(app_page_count(app));
	for (size_t i = 0; i < app_page_count(app); i++) {
		value_array_push(&list, describe_page(app_page_at(app, i)));
	}
	call_succeed_with(call, "pageStack", list);
}

/* Plugins have a wx of their own; there are none here. */
static bool is_plugins(struct command_call *call)
{
	struct str plugin = call_text(call, "pluginId");
	if (plugin.len) {
		call_fail(call, "plugin " STR_FMT " not exists: mina runs no plugins", STR_ARG(plugin));
	}
	return plugin.len;
}

static struct value two(struct value one, struct value other)
{
	struct value args = value_array_new(2);
	value_array_push(&args, value_ref(one));
	value_array_push(&args, value_ref(other));
	return args;
}

static void call_wx_method(struct command_call *call)
{
	if (!is_plugins(call)) {
		call_script(call, "callWx", two(call_value(call, "method"), call_value(call, "args")));
	}
}

/* Gives the client's function to the attached script; false: the call has failed. */
static bool give(struct command_call *call)
{
	struct strbuf message = {0};
	bool good = app_attached_give(call_app(call), call_text(call, "functionDeclaration"), &message);
	if (!good) {
		call_fail(call, "functionDeclaration: %s", message.at ? message.at : "cannot be understood");
	}
	strbuf_finish(&message);
	return good;
}

/* {method, result}, {method, functionDeclaration, args}, or {method}: as it was. */
static void mock_wx_method(struct command_call *call)
{
	struct value name = call_value(call, "method"), result = call_value(call, "result");
	struct app *app = call_app(call);
	if (is_plugins(call)) {
		return;
	}
	if (call_text(call, "functionDeclaration").len) {
		if (!give(call)) {
			return;
		}
		value_unref(app_attached(app, "mockFunction", two(name, call_value(call, "args"))));
	} else if (value_has(call->parameters, STR("result"))) {
		value_unref(app_attached(app, "mockResult", two(name, result)));
	} else {
		value_unref(app_attached(app, "restore", two(name, value_undefined())));
	}
	call_succeed(call, value_object_new(0));
}

static void call_function(struct command_call *call)
{
	if (give(call)) {
		struct value args = value_array_new(1);
		value_array_push(&args, value_ref(call_value(call, "args")));
		call_script(call, "callGiven", args);
	}
}

static void add_binding(struct command_call *call)
{
	struct automation *automation = call->automation;
	struct value args = value_array_new(1);
	vec_push(&automation->bindings, value_ref(call_value(call, "name")));
	value_array_push(&args, value_ref(call_value(call, "name")));
	value_unref(app_attached(call_app(call), "bind", args));
	call_succeed(call, value_object_new(0));
}

static void enable_log(struct command_call *call)
{
	struct automation *automation = call->automation;
	for (size_t i = 0; i < automation->clients.len; i++) {
		struct automation_client *client = &automation->clients.at[i];
		client->hears_log = client->hears_log || client->number == call->client;
	}
	automation->listening = true;
	value_unref(app_attached(call_app(call), "listen", value_array_new(0)));
	call_succeed(call, value_object_new(0));
}

static void capture_screenshot(struct command_call *call)
{
	uint8_t *bytes = NULL;
	size_t size = 0;
	struct strbuf text = {0};
	if (mina_png(call->automation->mina, &bytes, &size)) {
		call_fail(call, "the picture cannot be made");
		return;
	}
	seal_base64((struct str){(const char *)bytes, size}, &text);
	mina_free(bytes);
	call_succeed_with(call, "data", value_take(&text));
}

/* The program ends when it has been answered; the server stays. */
static void leave(struct command_call *call)
{
	mina_end(call->automation->mina);
	call_succeed(call, value_object_new(0));
}

static const struct schema none_rows[] = {{0}};

static const struct schema call_rows[] = {
	{"method", SCHEMA_STRING, SCHEMA_REQUIRED},
	{"args", SCHEMA_ARRAY, .fallback = "[]"},
	{"pluginId", SCHEMA_STRING},
	{0},
};

static const struct schema mock_rows[] = {
	{"method", SCHEMA_STRING, SCHEMA_REQUIRED},
	{"result", SCHEMA_ANY, .doc = "what it gives from now on; absent, as functionDeclaration: it is restored"},
	{"functionDeclaration", SCHEMA_STRING, .doc = "a function in its place; this.origin is the one before"},
	{"args", SCHEMA_ARRAY, .fallback = "[]", .doc = "more arguments for that function"},
	{"pluginId", SCHEMA_STRING},
	{0},
};

static const struct schema function_rows[] = {
	{"functionDeclaration", SCHEMA_STRING, SCHEMA_REQUIRED},
	{"args", SCHEMA_ARRAY, .fallback = "[]"},
	{0},
};

static const struct schema binding_rows[] = {
	{"name", SCHEMA_STRING, SCHEMA_REQUIRED},
	{0},
};

const struct command command_app_rows[] = {
	{"App.getCurrentPage", COMMAND_LOOKS, "The page on top.", none_rows, get_current_page},
	{"App.getPageStack", COMMAND_LOOKS, "All pages, the lowest first.", none_rows, get_page_stack},
	{"App.callWxMethod", 0, "A function of wx; one that ends by success or fail is waited for.", call_rows, call_wx_method},
	{"App.mockWxMethod", 0, "Another function, or result, in place of one of wx.", mock_rows, mock_wx_method},
	{"App.callFunction", 0, "Runs a function in the logic layer; a promise is waited for.", function_rows, call_function},
	{"App.addBinding", 0, "A global function whose calls are told as App.bindingCalled.", binding_rows, add_binding},
	{"App.enableLog", 0, "The console is told as App.logAdded from now on.", none_rows, enable_log},
	{"App.captureScreenshot", COMMAND_LOOKS, "The screen, PNG in base64.", none_rows, capture_screenshot},
	{"App.exit", COMMAND_LOOKS | COMMAND_NO_APP, "Ends the program.", none_rows, leave},
	{0},
};
