/* Start, turns and end of one mini program (framework.md, section 4). */
#include "runtime/app/inside.h"

struct host *app_host(struct app *app)
{
	return app->host;
}

const struct app_config *app_config(const struct app *app)
{
	return app->config;
}

struct str app_appid(const struct app *app)
{
	struct str given = str_of(app->options.appid);
	given = given.len ? given : app->config->appid;
	return given.len ? given : STR("touristappid");
}

struct str app_name(const struct app *app)
{
	struct str given = app->name.len ? strbuf_str(&app->name) : str_of(app->options.name);
	given = given.len ? given : value_str(value_get_text(app->package->project, "projectname"));
	return given.len ? given : app_appid(app);
}

void app_set_name(struct app *app, struct str name)
{
	if (name.len) {
		struct strbuf copy = {0};
		strbuf_add(&copy, name);
		strbuf_finish(&app->name);
		app->name = copy;
	}
}

struct value app_launch_options(const struct app *app)
{
	return app->launch_options;
}

struct value app_enter_options(const struct app *app)
{
	return app->enter_options;
}

struct page *app_top(const struct app *app)
{
	return app->pages.len ? vec_last(&app->pages) : NULL;
}

size_t app_page_count(const struct app *app)
{
	return app->pages.len;
}

struct page *app_page_at(const struct app *app, size_t index)
{
	return app->pages.at[index];
}

struct page *app_page_by_id(const struct app *app, slot_id id)
{
	struct instance *instance = app_instance(app, id);
	return instance && !instance->owner ? instance->page : NULL;
}

void app_set_api(struct app *app, const struct app_api *api)
{
	app->api = *api;
}

/* --- frames --- */

static void plan_tick(struct app *app)
{
	struct page *top = app_top(app);
	double due = top ? fmin(view_next_due(top->view), page_script_due(top)) : INFINITY;
	due = fmin(due, app_wheels_due(app));
	if (isfinite(due)) {
		host_timer_start(app->host, &app->tick_timer, fmax(0, due - host_monotonic(app->host)));
	}
}

static void on_frame(struct host_timer *timer)
{
	struct app *app = CONTAINER_OF(timer, struct app, frame_timer);
	struct page *top = app_top(app);
	if (top && !app->ending) {
		page_frame(top, host_monotonic(app->host));
		plan_tick(app);
	}
}

static void on_tick(struct host_timer *timer)
{
	struct app *app = CONTAINER_OF(timer, struct app, tick_timer);
	struct page *top = app_top(app);
	if (top && !app->ending) {
		app_wheels_advance(app, false);
		view_tick(top->view, host_monotonic(app->host));
		page_drain(top);
		app_want_frame(app);
	}
}

void app_want_frame(struct app *app)
{
	if (!app->ending && app->launched && !app->options.logic) { // else frames are asked for
		app->host->screen->frame(app->host, &app->frame_timer);
	}
}

bool app_unsettled(const struct app *app)
{
	return app->routes.len || host_timer_armed(&app->frame_timer);
}

uint32_t app_frames(const struct app *app)
{
	return app->frames;
}

void app_present(struct app *app)
{
	if (app->options.on_present && !app->ending) {
		app->options.on_present(app->options.user);
	}
}

/* --- what the host says --- */

/* A point of the screen on the page, which may stand higher than its place. */
static struct point page_point(struct app *app, struct page *page, struct point at)
{
	struct rect area = app_page_area(app, page);
	return (struct point){at.x - area.x, at.y - area.y + view_lift(page->view)};
}

static void on_touch(struct host_listener *listener, const struct host_touch *touch)
{
	static const enum view_touch_phase phases[] = {VIEW_TOUCH_START, VIEW_TOUCH_MOVE, VIEW_TOUCH_END, VIEW_TOUCH_CANCEL};
	struct app *app = CONTAINER_OF(listener, struct app, listener);
	struct page *top = app_top(app);
	if (!top || !app->shown || app_chrome_touch(app, touch)) {
		return;
	}
	struct view_touch inside = {touch->id, phases[touch->phase], page_point(app, top, (struct point){touch->x, touch->y}), touch->time};
	view_touch(top->view, &inside);
	page_drain(top);
	plan_tick(app);
}

void app_wheel(struct app *app, struct point at, float dx, float dy)
{
	struct page *top = app_top(app);
	struct value overlay = app_chrome_overlay(app);
	bool covered = !top || !app->shown || value_has(overlay, STR("modal")) || value_has(overlay, STR("actionSheet")) ||
		value_has(overlay, STR("picker")) || value_has(overlay, STR("share")) || value_has(overlay, STR("menu"));
	value_unref(overlay);
	if (!covered && rect_contains(app_page_area(app, top), at)) {
		view_wheel(top->view, page_point(app, top, at), dx, dy);
		page_drain(top);
		plan_tick(app);
	}
}

bool app_caret(struct app *app, struct rect *ret_rect)
{
	struct page *top = app_top(app);
	struct node *node = top && app->shown ? view_focused(top->view) : NULL;
	struct value place;
	if (!node) {
		return false;
	}
	struct rect area = app_page_area(app, top);
	struct rect at = view_node_rect(top->view, node);
	if (view_ask(top->view, node->id, STR("caret"), value_undefined(), &place)) {
		at = (struct rect){(float)value_to_number(value_get_text(place, "x")), (float)value_to_number(value_get_text(place, "y")), 0,
			(float)value_to_number(value_get_text(place, "height"))};
		value_unref(place);
	}
	*ret_rect = (struct rect){at.x + area.x, at.y + area.y - view_lift(top->view), at.width, at.height};
	return true;
}

bool app_tap(struct app *app, struct str selector)
{
	struct page *top = app_top(app);
	if (!top || !view_tap_selector(top->view, selector, host_monotonic(app->host))) {
		return false;
	}
	page_drain(top);
	plan_tick(app);
	return true;
}

void app_js_call(struct app *app, const char *name, struct value argument)
{
	struct value args[] = {value_text(name), argument};
	value_unref(app_js(app, "callApp", 2, args));
}

static void resize(struct app *app, struct value detail)
{
	for (size_t i = 0; i < app->pages.len; i++) {
		struct wxss_env env = app_page_env(app, app->pages.at[i]);
		view_resize(app->pages.at[i]->view, &env);
	}
	for (size_t i = 0; i < app->hidden.len; i++) {
		struct wxss_env env = app_page_env(app, app->hidden.at[i]);
		view_resize(app->hidden.at[i]->view, &env);
	}
	app_emit(app, "onWindowResize", value_ref(detail));
	if (app_top(app) && !app->turning) { // a page that is about to go does not hear of it
		struct value args = value_array_new(1);
		value_array_push(&args, value_ref(detail));
		value_unref(page_call(app_top(app), "onResize", args));
	}
	app_want_frame(app);
}

/* It covers the lower end of the screen, and of the page what reaches down there. */
static void keyboard_height(struct app *app, struct page *top, float height)
{
	float below = app->host->screen->info(app->host).height - rect_bottom(app_page_area(app, top));
	view_keyboard(top->view, height, float_max(0, height - below));
	struct value detail = value_object_new(1);
	value_object_set_text(&detail, "height", value_number(height));
	app_emit(app, "onKeyboardHeightChange", detail);
}

static void ask_focused(struct page *top, const char *what, struct value with)
{
	const struct node *node = view_focused(top->view);
	struct value ret = value_undefined();
	if (node) {
		view_ask(top->view, node->id, str_of(what), with, &ret);
	}
	value_unref(ret);
}

static void keyboard(struct app *app, struct value detail)
{
	struct page *top = app_top(app);
	struct str type = value_str(value_get_text(detail, "type"));
	if (!top) {
		return;
	}
	if (str_is(type, "input")) {
		view_type(top->view, value_str(value_get_text(detail, "value")),
			(int)fmax(0, fmin(value_to_number(value_get_text(detail, "cursor")), 1e6)));
	} else if (str_is(type, "confirm")) {
		view_confirm(top->view);
	} else if (str_is(type, "hide")) {
		view_blur(top->view);
		keyboard_height(app, top, 0);
	} else if (str_is(type, "height")) {
		keyboard_height(app, top, (float)value_to_number(value_get_text(detail, "height")));
	} else if (str_is(type, "select")) {
		ask_focused(top, "select", detail);
	} else if (str_is(type, "composition")) {
		ask_focused(top, "composition", detail);
	}
	page_drain(top);
}

/* The first way back leads out of the full screen. */
static bool leave_full_screen(struct app *app)
{
	struct page *top = app_top(app);
	struct value ignored;
	if (!top || !top->bar.full) {
		return false;
	}
	bool left = view_ask(top->view, top->bar.full, STR("exitFullScreen"), value_undefined(), &ignored);
	page_drain(top);
	return left;
}

static void on_event(struct host_listener *listener, enum host_event event, struct value detail)
{
	struct app *app = CONTAINER_OF(listener, struct app, listener);
	static const struct {
		enum host_event event;
		const char *name;
	} simple[] = {
		{HOST_EVENT_NETWORK, "onNetworkStatusChange"},
		{HOST_EVENT_MEMORY, "onMemoryWarning"},
		{HOST_EVENT_CAPTURE_SCREEN, "onUserCaptureScreen"},
		{HOST_EVENT_ACCELEROMETER, "onAccelerometerChange"},
		{HOST_EVENT_COMPASS, "onCompassChange"},
		{HOST_EVENT_GYROSCOPE, "onGyroscopeChange"},
		{HOST_EVENT_DEVICE_MOTION, "onDeviceMotionChange"},
		{HOST_EVENT_LOCATION, "onLocationChange"},
	};
	if (event == HOST_EVENT_MEMORY) {
		app_memory_warned(app);
	}
	for (size_t i = 0; i < ARRAY_LEN(simple); i++) {
		if (simple[i].event == event) {
			app_emit(app, simple[i].name, value_ref(detail));
			return;
		}
	}
	struct strbuf ignored = {0};
	struct app_route_request back = {.route = ROUTE_BACK, .delta = 1};
	switch (event) {
	case HOST_EVENT_SHOW:
		app_enter(app, detail);
		break;
	case HOST_EVENT_HIDE:
		app_leave(app);
		break;
	case HOST_EVENT_THEME:
		app_theme_changed(app, detail);
		break;
	case HOST_EVENT_RESIZE:
		resize(app, detail);
		break;
	case HOST_EVENT_KEYBOARD:
		keyboard(app, detail);
		break;
	case HOST_EVENT_MENU:
		app_menu_choose(app, value_str(value_get_text(detail, "item")));
		break;
	case HOST_EVENT_OVERLAY:
		app_wheels_forget(app);
		app_present(app);
		break;
	case HOST_EVENT_BACK:
		if (!leave_full_screen(app)) {
			app_route(app, &back, &ignored);
		}
		break;
	default:
		break;
	}
	strbuf_finish(&ignored);
}

/* --- start and end --- */

struct app *app_create(const struct app_options *options)
{
	struct app *app = mem_alloc(sizeof(*app));
	app->options = *options;
	app->host = options->host;
	app->finger = -1;
	app->frame_timer.fire = on_frame;
	app->tick_timer.fire = on_tick;
	app->listener.on_event = on_event;
	app->listener.on_touch = on_touch;
	app->package = package_open(app->host->package, options->diags);
	app->config = app->package ? config_load_app(app->package, options->diags) : NULL;
	if (app->config && app_is_dark(app)) {
		config_theme_app(app->config, "dark");
	}
	if (!app->config || !app->config->pages.len) {
		app_destroy(app);
		return NULL;
	}
	app_version_init(app);
	app_enter_init(app);
	app_load_start(app);
	host_listen(app->host, &app->listener);
	return app;
}

void app_destroy(struct app *app)
{
	if (!app) {
		return;
	}
	app->ending = true;
	if (app->listener.listening) {
		host_unlisten(app->host, &app->listener);
	}
	host_timer_stop(app->host, &app->frame_timer);
	host_timer_stop(app->host, &app->tick_timer);
	host_timer_stop(app->host, &app->route_timer);
	host_timer_stop(app->host, &app->lent_timer);
	host_timer_stop(app->host, &app->expire_timer);
	app_share_stop(app);
	app_wheels_free(app);
	if (app->api.finish) {
		app->api.finish(app->api.user);
	}
	for (size_t i = 0; i < app->routes.len; i++) {
		strbuf_finish(&app->routes.at[i].path);
		strbuf_finish(&app->routes.at[i].query_text);
	}
	vec_finish(&app->routes);
	js_pin_id calls = app->calls;
	app->calls = 0; // no more calls into JS
	while (app->pages.len) {
		app->pages.len--;
		page_close(app->pages.at[app->pages.len]);
	}
	while (app->hidden.len) {
		app->hidden.len--;
		page_close(app->hidden.at[app->hidden.len]);
	}
	vec_finish(&app->pages);
	vec_finish(&app->hidden);
	slot_table_finish(&app->instances);
	app_script_stop(app);
	if (app->engine) {
		js_pin_drop(app->engine, app->options.logic ? 0 : calls);
		js_pin_drop(app->engine, app->attached);
		app_engine_stop(app);
	}
	for (size_t i = 0; i < app->lent.len; i++) {
		host_bytes_unref(app->lent.at[i]);
	}
	vec_finish(&app->lent);
	if (app->wxml) {
		app_load_stop(app);
	}
	definitions_finish(app);
	value_unref(app->steps);
	map_finish(&app->warned_tags);
	config_app_destroy(app->config);
	package_close(app->package);
	value_unref(app->launch_options);
	value_unref(app->enter_options);
	strbuf_finish(&app->lib_version);
	strbuf_finish(&app->name);
	mem_free(app);
}

static bool run_module(struct app *app, struct str file)
{
	if (!app->options.logic) {
		return js_module_run(app->engine, file) == 0;
	}
	struct value args[] = {value_string(file)};
	struct value result = app_js(app, "run", 1, args);
	bool good = value_to_bool(result);
	value_unref(result);
	return good;
}

/* The script of a page, or "app". False: there is none, or it threw. */
bool app_run_script(struct app *app, struct str path)
{
	struct strbuf file = {0};
	strbuf_printf(&file, STR_FMT ".js", STR_ARG(path));
	bool good = false;
	if (package_has(app->package, strbuf_str(&file))) {
		struct value args[] = {value_string(path)};
		value_unref(app_js(app, "define", 1, args));
		good = run_module(app, strbuf_str(&file));
		struct value none[] = {value_text("")};
		value_unref(app_js(app, "define", 1, none));
	} else {
		app_report(app, DIAG_ERROR, strbuf_str(&file), 0, 0, "The script is missing: add the file, or take the page out of app.json");
	}
	strbuf_finish(&file);
	return good;
}

static struct value launch_options(const struct app *app, const struct app_launch *launch, struct str path, struct str query)
{
	struct value options = value_object_new(4);
	value_object_set_text(&options, "path", value_string(path));
	value_object_set_text(&options, "query", app_parse_query(query));
	value_object_set_text(&options, "scene", value_number(launch->scene ? launch->scene : 1001));
	value_object_set_text(&options, "shareTicket", value_undefined());
	value_object_set_text(&options, "referrerInfo", value_object_new(0));
	for (size_t i = 0; i < value_count(launch->extra); i++) {
		value_object_set(&options, value_key(launch->extra, i), value_ref(value_entry(launch->extra, i)));
	}
	return app_entry_gate(app, options);
}

/* All page scripts of the main package run at launch, as in WeChat; a sub-package's when it is
 * entered, and lazyCodeLoading leaves them to their first use. */
static void run_page_scripts(struct app *app)
{
	for (size_t i = 0; !app->config->lazy_code_loading && i < app->config->pages.len; i++) {
		struct str path = app->config->pages.at[i];
		if (!config_sub_package_of(app->config, path)) {
			app_run_script(app, path);
		}
	}
}

/* A way in that leads nowhere. App.onPageNotFound may redirect while it runs; else WeChat's own "page not found" page would be shown. */
int app_page_not_found(struct app *app, struct str path, struct value query)
{
	struct value info = value_object_new(3);
	value_object_set_text(&info, "path", value_string(path));
	value_object_set_text(&info, "query", value_ref(query));
	value_object_set_text(&info, "isEntryPage", value_bool(true));
	app_js_call(app, "onPageNotFound", value_ref(info));
	app_emit(app, "onPageNotFound", info);
	size_t waiting = app->routes.len;
	app_route_run(app);
	bool handled = app->pages.len && waiting; // with a jump of its own
	app_report(app, handled ? DIAG_WARNING : DIAG_ERROR, STR("app.json"), 0, 0,
		"page \"" STR_FMT "\" is not found: add it to \"pages\"", STR_ARG(path));
	return app->pages.len ? 0 : 1;
}

int app_launch(struct app *app, const struct app_launch *launch)
{
	size_t mark = str_find_char(launch->path, '?');
	struct str path = str_slice(launch->path, 0, mark == SIZE_MAX ? launch->path.len : mark);
	struct str query_text = mark == SIZE_MAX ? STR("") : str_slice(launch->path, mark + 1, launch->path.len);
	while (path.len && path.at[0] == '/') {
		path = str_slice(path, 1, path.len);
	}
	path = path.len ? path : app->config->entry;
	if (!app_engine_start(app)) {
		return 1;
	}
	app->launch_options = launch_options(app, launch, path, query_text);
	app->enter_options = value_ref(app->launch_options);
	app->launched = app->shown = true;
	struct value args[] = {value_ref(app->launch_options)};
	value_unref(app_js(app, "launch", 1, args));
	if (package_has(app->package, STR("app.js"))) {
		run_module(app, STR("app.js"));
	} else {
		app_report(app, DIAG_ERROR, STR("app.js"), 0, 0, "The file is missing: a mini program needs an app.js that calls App({})");
	}
	run_page_scripts(app);
	if (app->routes.len) { // a jump out of onLaunch takes the entry page's place
		app_route_run(app);
		return app->pages.len ? 0 : 1;
	}
	if (!config_has_page(app->config, path)) {
		return app_page_not_found(app, path, value_get_text(app->launch_options, "query"));
	}
	struct page *page = page_open(app, path, value_get_text(app->launch_options, "query"));
	vec_push(&app->pages, page);
	struct value query = value_array_new(1);
	value_array_push(&query, value_ref(page->query));
	value_unref(page_call(page, "onLoad", query));
	page_show(page);
	app_want_frame(app);
	return 0;
}
