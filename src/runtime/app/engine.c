/* The app's script engine: the prelude, the door out of it, modules, timers, errors. */
#include "runtime/app/inside.h"

extern const char app_prelude[]; // prelude.js
extern const unsigned long app_prelude_len;
extern const char app_component[]; // component.js
extern const unsigned long app_component_len;
extern const char app_canvas[]; // canvas.js
extern const unsigned long app_canvas_len;

struct value app_js(struct app *app, const char *name, size_t count, struct value *args)
{
	struct value result = value_undefined();
	if (app->options.logic) {
		struct value list = value_array_new(count);
		for (size_t i = 0; i < count; i++) {
			value_array_push(&list, value_ref(args[i]));
		}
		result = app->options.logic->call(app->options.logic->user, name, list);
		value_unref(list);
	} else if (app->engine && app->calls) {
		js_call_method(app->engine, app->calls, str_of(name), args, count, &result);
	}
	for (size_t i = 0; i < count; i++) {
		value_unref(args[i]);
	}
	return result;
}

static void js_void(struct app *app, const char *name, size_t count, struct value *args)
{
	value_unref(app_js(app, name, count, args));
}

/* --- the door: one row a word of the prelude --- */

static struct value op_ready(struct app *app, struct value args)
{
	app->calls = (js_pin_id)value_to_number(value_at(args, 0));
	return value_undefined();
}

static struct value op_table(struct app *app, struct value args)
{
	return app->api.table ? app->api.table(app->api.user) : value_null();
}

static struct value op_pages(struct app *app, struct value args)
{
	struct value ids = value_array_new(app->pages.len);
	for (size_t i = 0; i < app->pages.len; i++) {
		value_array_push(&ids, value_number(app->pages.at[i]->root.id));
	}
	return ids;
}

static struct value op_api(struct app *app, struct value args)
{
	app->api.call(app->api.user, value_str(value_at(args, 0)), (uint32_t)value_to_number(value_at(args, 1)),
		value_at(args, 2));
	return value_undefined();
}

static struct value op_sync(struct app *app, struct value args)
{
	return app->api.sync(app->api.user, value_str(value_at(args, 0)), value_at(args, 1));
}

static struct value op_task(struct app *app, struct value args)
{
	return app->api.task(app->api.user, (uint32_t)value_to_number(value_at(args, 0)), value_str(value_at(args, 1)),
		value_at(args, 2));
}

static struct value op_create(struct app *app, struct value args)
{
	return app->api.create(app->api.user, value_str(value_at(args, 0)), value_at(args, 1));
}

static struct value op_method(struct app *app, struct value args)
{
	return app->api.method(app->api.user, (slot_id)value_to_number(value_at(args, 0)), value_str(value_at(args, 1)),
		value_at(args, 2));
}

static struct value op_object_call(struct app *app, struct value args)
{
	app->api.object_call(app->api.user, (slot_id)value_to_number(value_at(args, 0)), value_str(value_at(args, 1)),
		(uint32_t)value_to_number(value_at(args, 2)), value_at(args, 3));
	return value_undefined();
}

static struct value op_object_get(struct app *app, struct value args)
{
	return app->api.object_get(app->api.user, (slot_id)value_to_number(value_at(args, 0)), value_str(value_at(args, 1)));
}

static struct value op_object_set(struct app *app, struct value args)
{
	app->api.object_set(app->api.user, (slot_id)value_to_number(value_at(args, 0)), value_str(value_at(args, 1)), value_at(args, 2));
	return value_undefined();
}

static struct value op_release(struct app *app, struct value args)
{
	app->api.release(app->api.user, (slot_id)value_to_number(value_at(args, 0)));
	return value_undefined();
}

static struct value op_listen(struct app *app, struct value args)
{
	app->api.listen(app->api.user, value_str(value_at(args, 0)), value_to_bool(value_at(args, 1)));
	return value_undefined();
}

static struct value op_shared(struct app *app, struct value args)
{
	app_share_resolved(app, (uint32_t)value_to_number(value_at(args, 0)), value_at(args, 1));
	return value_undefined();
}

static const struct op {
	const char *name;
	struct value (*run)(struct app *app, struct value args);
} ops[] = {
	{"api", op_api},
	{"sync", op_sync},
	{"task", op_task},
	{"create", op_create},
	{"method", op_method},
	{"objectCall", op_object_call},
	{"objectGet", op_object_get},
	{"objectSet", op_object_set},
	{"release", op_release},
	{"listen", op_listen},
	{"pages", op_pages},
	{"table", op_table},
	{"shared", op_shared},
	{"ready", op_ready},
};

static int invoke(void *user, struct str name, struct value args, struct value *ret_result)
{
	struct app *app = user;
	if (app->ending) {
		return 0;
	}
	if (app_instance_op(app, name, args, ret_result) || app_attach_op(app, name, args, ret_result)) {
		return 0;
	}
	for (size_t i = 0; i < ARRAY_LEN(ops); i++) {
		if (str_is(name, ops[i].name)) {
			*ret_result = ops[i].run(app, args);
			return 0;
		}
	}
	if (app->options.logic && app_stage_op(app, name, args, ret_result)) {
		return 0;
	}
	*ret_result = value_text("no such operation");
	return 1;
}

struct value app_invoke(struct app *app, struct str name, struct value args)
{
	struct value result = value_undefined();
	invoke(app, name, args, &result);
	return result;
}

/* --- console and errors --- */

static void console(void *user, enum js_console_level level, struct str text, struct value args)
{
	static const enum app_log_level levels[] = {APP_LOG_LOG, APP_LOG_INFO, APP_LOG_WARN, APP_LOG_ERROR, APP_LOG_DEBUG};
	struct app *app = user;
	if (app->options.on_console) {
		app->options.on_console(app->options.user, levels[level], text, (struct str){0}, 0);
	}
}

void app_report(struct app *app, enum diag_severity severity, struct str file, int line, int column, const char *fmt, ...)
{
	struct strbuf text = {0};
	va_list args;
	va_start(args, fmt);
	strbuf_vprintf(&text, fmt, args);
	va_end(args);
	diag_add(app->options.diags, severity, file, line, column, "%s", text.at ? text.at : "");
	strbuf_finish(&text);
}

/* A script error is a diagnostic, a line on the console and App.onError's message (error + stack).
 * An error inside onError itself ends here. */
static void on_error(void *user, const struct js_error *error)
{
	struct app *app = user;
	const char *prefix = error->kind == JS_ERROR_REJECTION ? "Uncaught (in promise) " : "";
	app_report(app, DIAG_ERROR, str_of(error->file), error->line, error->column, "%s%s", prefix, error->message);
	struct strbuf text = {0};
	strbuf_printf(&text, "%s%s%s%s", prefix, error->message, error->stack[0] ? "\n" : "", error->stack);
	if (app->options.on_console) {
		app->options.on_console(app->options.user, APP_LOG_ERROR, strbuf_str(&text), str_of(error->file), error->line);
	}
	app_attach_error(app, error->message, error->stack);
	if (app->calls && !app->in_error && !app->ending && error->kind != JS_ERROR_STOPPED) {
		app->in_error = true;
		const char *what = error->kind == JS_ERROR_REJECTION ? "onUnhandledRejection" : "onError";
		struct value argument = value_string(strbuf_str(&text));
		if (error->kind == JS_ERROR_REJECTION) {
			struct value rejection = value_object_new(1);
			value_object_set_text(&rejection, "reason", argument);
			argument = rejection;
			struct value on_error_args[] = {value_text("onError"), value_string(strbuf_str(&text))};
			js_void(app, "callApp", 2, on_error_args);
		}
		struct value args[] = {value_text(what), value_ref(argument)};
		js_void(app, "callApp", 2, args);
		struct value event[] = {value_text(what), argument};
		js_void(app, "emit", 2, event);
		app->in_error = false;
	}
	strbuf_finish(&text);
}

/* --- modules --- */

static int resolve(void *user, struct str from, struct str spec, struct strbuf *ret_path)
{
	struct app *app = user;
	if (!from.len) {
		strbuf_add(ret_path, spec);
		return 0;
	}
	return resolve_require(app->package, from, spec, ret_path) ? 1 : 0;
}

static int load(void *user, struct str path, struct strbuf *ret_source)
{
	return app_load_text(user, path, ret_source) ? 0 : 1;
}

/* --- timers --- */

static void fire(struct host_timer *timer)
{
	struct app_timer *entry = CONTAINER_OF(timer, struct app_timer, timer);
	struct app *app = entry->app;
	uint32_t id = entry->id;
	if (entry->repeat) {
		host_timer_start(app->host, &entry->timer, fmax(entry->ms, 1));
	} else {
		for (size_t i = 0; i < app->timers.len; i++) {
			if (app->timers.at[i] == entry) {
				app->timers.at[i] = vec_last(&app->timers);
				app->timers.len--;
				break;
			}
		}
		mem_free(entry);
	}
	js_timer_fire(app->engine, id);
}

static void timer_start(void *user, uint32_t id, double ms, bool repeat)
{
	struct app *app = user;
	struct app_timer *entry = mem_alloc(sizeof(*entry));
	*entry = (struct app_timer){.timer.fire = fire, .app = app, .id = id, .ms = ms, .repeat = repeat};
	vec_push(&app->timers, entry);
	host_timer_start(app->host, &entry->timer, ms);
}

static void timer_stop(void *user, uint32_t id)
{
	struct app *app = user;
	for (size_t i = 0; i < app->timers.len; i++) {
		struct app_timer *entry = app->timers.at[i];
		if (entry->id == id) {
			host_timer_stop(app->host, &entry->timer);
			mem_free(entry);
			app->timers.at[i] = vec_last(&app->timers);
			app->timers.len--;
			return;
		}
	}
}

static double now(void *user)
{
	return host_now(((struct app *)user)->host);
}

static double monotonic(void *user)
{
	return host_monotonic(((struct app *)user)->host);
}

static void turn(void *user, bool begins)
{
	struct app *app = user;
	if (app->options.on_script) {
		app->options.on_script(app->options.user, begins);
	}
}

static const struct js_engine_ops engine_ops = {
	.turn = turn,
	.invoke = invoke,
	.console = console,
	.error = on_error,
	.resolve = resolve,
	.load = load,
	.timer_start = timer_start,
	.timer_stop = timer_stop,
	.now = now,
	.monotonic = monotonic,
};

bool app_engine_start(struct app *app)
{
	struct host *host = app->host;
	struct str prelude = {app_prelude, app_prelude_len}, component = {app_component, app_component_len};
	struct str canvas = {app_canvas, app_canvas_len};
	struct js_engine_config config = {
		.ops = &engine_ops,
		.user = app,
		.random_seed = host->clock->random(host),
		.time_limit = app->options.script_time_limit_ms > 0 ? app->options.script_time_limit_ms : 5000,
		.time_zone = host->clock->zone_name ? host->clock->zone_name(host) : NULL,
	};
	app->engine = js_engine_create(&config);
	if (!app->engine) {
		app_report(app, DIAG_ERROR, STR(""), 0, 0, "The script engine cannot start: %s", js_engine_problem());
		return false;
	}
	if (app->options.logic) { // the engine is for view scripts alone
		struct value args[] = {value_string(component), value_string(prelude), value_string(canvas)};
		js_void(app, "boot", 3, args);
		return app->calls != 0;
	}
	if (js_engine_eval(app->engine, component, "mina:component", 1) || js_engine_eval(app->engine, canvas, "mina:canvas", 1) ||
		 js_engine_eval(app->engine, prelude, "mina:prelude", 1) || !app->calls) {
		return false;
	}
	js_engine_seal(app->engine);
	return true;
}

void app_engine_stop(struct app *app)
{
	for (size_t i = 0; i < app->timers.len; i++) {
		host_timer_stop(app->host, &app->timers.at[i]->timer);
		mem_free(app->timers.at[i]);
	}
	vec_finish(&app->timers);
	js_engine_destroy(app->engine);
	app->engine = NULL;
}

/* --- what runtime/api gives back --- */

void app_settle(struct app *app, uint32_t call, bool ok, struct value result)
{
	struct value args[] = {value_number(call), value_bool(ok), result};
	js_void(app, "settle", 3, args);
}

void app_progress(struct app *app, uint32_t call, const char *name, struct value detail)
{
	struct value args[] = {value_number(call), value_text(name), detail};
	js_void(app, "progress", 3, args);
}

void app_emit(struct app *app, const char *event, struct value detail)
{
	struct value args[] = {value_text(event), detail};
	js_void(app, "emit", 2, args);
}

void app_object_emit(struct app *app, slot_id object, const char *event, struct value detail)
{
	struct value args[] = {value_number(object), value_text(event), detail};
	js_void(app, "objectEvent", 3, args);
}

void app_call_pinned(struct app *app, uint32_t pin, bool keep, struct value list)
{
	struct value args[10] = {value_number(pin), value_bool(keep)};
	size_t count = size_min(value_len(list), ARRAY_LEN(args) - 2);
	for (size_t i = 0; i < count; i++) {
		args[i + 2] = value_ref(value_at(list, i));
	}
	value_unref(list);
	js_void(app, "callPinned", count + 2, args);
}

void app_unpin(struct app *app, uint32_t pin)
{
	struct value args[] = {value_number(pin)};
	js_void(app, "unpin", 1, args);
}

void app_log(struct app *app, enum app_log_level level, const char *fmt, ...)
{
	struct strbuf text = {0};
	va_list args;
	va_start(args, fmt);
	strbuf_vprintf(&text, fmt, args);
	va_end(args);
	if (app->options.on_console) {
		app->options.on_console(app->options.user, level, strbuf_str(&text), (struct str){0}, 0);
	}
	strbuf_finish(&text);
}

struct value app_bytes_out(struct app *app, struct str bytes)
{
	struct value value = value_object_new(1);
	if (app->options.logic) {
		return value; // as JSON has it
	}
	value_object_set_text(&value, "$bytes", value_number(js_bytes_put(app->engine, host_bytes_new(bytes.at, bytes.len))));
	return value;
}

static void drop_lent(struct host_timer *timer)
{
	struct app *app = CONTAINER_OF(timer, struct app, lent_timer);
	for (size_t i = 0; i < app->lent.len; i++) {
		host_bytes_unref(app->lent.at[i]);
	}
	vec_clear(&app->lent);
}

bool app_bytes_in(struct app *app, struct value value, struct str *ret_bytes)
{
	if (app->options.logic || !value_is(value_get_text(value, "$bytes"), VALUE_NUMBER)) {
		return false;
	}
	struct host_bytes *bytes = js_bytes_take(app->engine, (uint32_t)value_get_text(value, "$bytes").number);
	if (!bytes) {
		return false;
	}
	vec_push(&app->lent, bytes);
	app->lent_timer.fire = drop_lent;
	host_timer_start(app->host, &app->lent_timer, 0);
	*ret_bytes = host_bytes_str(bytes);
	return true;
}
