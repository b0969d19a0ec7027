/* A script beside the mini program's own, for whoever looks in from outside: see app.h. */
#include "runtime/app/inside.h"

static struct value op_attach(struct app *app, struct value args)
{
	app->attached = (js_pin_id)value_to_number(value_at(args, 0));
	return value_undefined();
}

static struct value op_tell(struct app *app, struct value args)
{
	app->attachment.tell(app->attachment.user, args);
	return value_undefined();
}

bool app_attach_op(struct app *app, struct str name, struct value args, struct value *ret_result)
{
	bool attach = str_is(name, "attach"), tell = str_is(name, "tell");
	if (app->attachment.tell && (attach || tell)) {
		*ret_result = attach ? op_attach(app, args) : op_tell(app, args);
		return true;
	}
	return false;
}

void app_attach_error(struct app *app, const char *message, const char *stack)
{
	if (app->attachment.tell && !app->ending) {
		struct value args = value_array_new(3);
		value_array_push(&args, value_text("exception"));
		value_array_push(&args, value_text(message));
		value_array_push(&args, value_text(stack));
		app->attachment.tell(app->attachment.user, args);
		value_unref(args);
	}
}

bool app_attach(struct app *app, const struct app_attachment *attachment)
{
	if (!app->engine || app->options.logic) {
		return false;
	}
	app->attachment = *attachment;
	return js_engine_eval(app->engine, attachment->script, "mina:attached", 1) == 0 && app->attached;
}

bool app_has_attachment(const struct app *app)
{
	return app->attachment.tell;
}

void app_detach(struct app *app)
{
	app->attachment = (struct app_attachment){0};
}

struct value app_attached(struct app *app, const char *name, struct value list)
{
	struct value args[8], result = value_undefined();
	size_t count = size_min(value_len(list), ARRAY_LEN(args));
	for (size_t i = 0; i < count; i++) {
		args[i] = value_at(list, i);
	}
	if (app->engine && app->attached && !app->ending) {
		js_call_method(app->engine, app->attached, str_of(name), args, count, &result);
	}
	value_unref(list);
	return result;
}

bool app_attached_give(struct app *app, struct str source, struct strbuf *ret_message)
{
	struct strbuf text = {0};
	if (!app->engine || !app->attached || app->ending) {
		strbuf_add_text(ret_message, "the app is not running");
		return false;
	}
	strbuf_add_text(&text, "(function (native) { native.kit.given(function (App, Page, Component, Behavior, getApp, getCurrentPages, wx) {"
		" return (");
	strbuf_add(&text, source);
	strbuf_add_text(&text, "\n) }) })");
	bool good = js_engine_try(app->engine, strbuf_str(&text), "mina:given", ret_message) == 0;
	strbuf_finish(&text);
	return good;
}

/* --- what happens --- */

void app_watch(struct app *app, const struct app_watcher *watcher) { app->watcher = *watcher; }
bool app_is_watched(const struct app *app) { return app->watcher.tell; }
double app_watch_clock(const struct app *app) { return app->watcher.tell ? app->watcher.clock(app->watcher.user) : 0; }

void app_watch_tell(struct app *app, struct value event)
{
	if (app->watcher.tell) {
		app->watcher.tell(app->watcher.user, event);
	}
	value_unref(event);
}
