/* Ways in and out of a running program: foreground, background, re-entry by scene, its end in the background
 * (framework.md, section 4.1). */
#include "runtime/app/inside.h"

#define BACKGROUND_MS (5.0 * 60 * 1000)
#define MEMORY_WARNING_MS 5000.0

static bool is_one_of(double scene, const short *scenes, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (scene == scenes[i]) {
			return true;
		}
	}
	return false;
}

/* Scenes that open the home page, or keep what is there; all others open their page. */
static bool opens_home(struct value options)
{
	static const short scenes[] = {1001, 1019, 1022, 1023, 1038, 1056};
	return is_one_of(value_to_number(value_get_text(options, "scene")), scenes, ARRAY_LEN(scenes));
}

/* Before 1.4.0 a program that came from a card or a code ended when it was left (pinned programs: share.md 11). */
static bool ends_when_left(const struct app *app)
{
	static const short scenes[] = {1007, 1008, 1011, 1025};
	return !app_since(app, "1.4.0") && !app->pinned
		&& is_one_of(value_to_number(value_get_text(app->enter_options, "scene")), scenes, ARRAY_LEN(scenes));
}

static void expire(struct host_timer *timer)
{
	struct app *app = CONTAINER_OF(timer, struct app, expire_timer);
	app->expired = true;
}

void app_enter_init(struct app *app)
{
	app->expire_timer.fire = expire;
	app->memory_warned = -INFINITY;
}

bool app_shown(const struct app *app)
{
	return app->shown;
}

bool app_expired(const struct app *app)
{
	return app->expired;
}

void app_pin(struct app *app)
{
	app->pinned = true;
}

/* Two warnings within five seconds end the program. */
void app_memory_warned(struct app *app)
{
	double now = host_monotonic(app->host);
	app->expired = app->expired || now - app->memory_warned <= MEMORY_WARNING_MS;
	app->memory_warned = now;
}

/* Closes all pages for this one. */
static void go_to(struct app *app, struct str path, struct value query)
{
	struct strbuf url = {0}, error = {0};
	strbuf_printf(&url, "/" STR_FMT, STR_ARG(path));
	for (size_t i = 0; i < value_count(query); i++) {
		struct str key = value_key(query, i), text = value_str(value_entry(query, i));
		strbuf_printf(&url, "%c" STR_FMT "=" STR_FMT, i ? '&' : '?', STR_ARG(key), STR_ARG(text));
	}
	struct app_route_request request = {.route = ROUTE_RELAUNCH, .url = strbuf_str(&url), .entry = true};
	if (app_route(app, &request, &error)) {
		app_route_run(app);
	} else {
		app_page_not_found(app, path, query);
	}
	strbuf_finish(&url);
	strbuf_finish(&error);
}

struct value app_entry_gate(const struct app *app, struct value options)
{
	static const char *const newer[] = {"scene", "shareTicket", "referrerInfo"};
	for (size_t i = 0; i < ARRAY_LEN(newer) && !app_since(app, "1.1.0"); i++) {
		value_object_remove(&options, str_of(newer[i]));
	}
	return options;
}

static struct value complete(struct app *app, struct value options)
{
	struct value whole = value_object_new(5);
	struct str path = value_str(value_get_text(options, "path"));
	struct value query = value_get_text(options, "query"), scene = value_get_text(options, "scene");
	value_object_set_text(&whole, "path", value_string(path.len ? path : app->config->entry));
	value_object_set_text(&whole, "query", value_is(query, VALUE_OBJECT) ? value_ref(query) : value_object_new(0));
	value_object_set_text(&whole, "scene", value_number(value_is(scene, VALUE_NUMBER) ? scene.number : 1001));
	value_object_set_text(&whole, "shareTicket", value_undefined());
	value_object_set_text(&whole, "referrerInfo", value_object_new(0));
	for (size_t i = 0; i < value_count(options); i++) {
		if (!value_has(whole, value_key(options, i)) || !value_is_nullish(value_entry(options, i))) {
			value_object_set(&whole, value_key(options, i), value_ref(value_entry(options, i)));
		}
	}
	value_object_set_text(&whole, "path", value_string(path.len ? path : app->config->entry));
	return app_entry_gate(app, whole);
}

void app_enter(struct app *app, struct value options)
{
	bool anew = value_is(options, VALUE_OBJECT) && (value_has(options, STR("scene")) || value_has(options, STR("path")));
	if (app->shown && !anew) {
		return;
	}
	app_leave(app); // who taps a card is in a chat
	bool was_home = opens_home(app->enter_options), leaves_page = false;
	host_timer_stop(app->host, &app->expire_timer);
	if (anew) {
		struct value whole = complete(app, options);
		bool home = opens_home(whole);
		leaves_page = home ? !was_home : true;
		value_unref(app->enter_options);
		app->enter_options = whole;
	}
	app->shown = true;
	app_js_call(app, "onShow", value_ref(app->enter_options));
	app_emit(app, "onAppShow", value_ref(app->enter_options));
	if (leaves_page) {
		bool home = opens_home(app->enter_options);
		go_to(app, home ? app->config->entry : value_str(value_get_text(app->enter_options, "path")),
			home ? value_undefined() : value_get_text(app->enter_options, "query"));
	} else if (app_top(app)) {
		page_show(app_top(app));
	}
	app_want_frame(app);
}

void app_leave(struct app *app)
{
	if (!app->shown) {
		return;
	}
	app->shown = false;
	app->menu_open = false;
	if (app_top(app)) {
		page_hide(app_top(app));
	}
	app_js_call(app, "onHide", value_undefined());
	app_emit(app, "onAppHide", value_object_new(0));
	app->expired = app->expired || ends_when_left(app);
	host_timer_start(app->host, &app->expire_timer, BACKGROUND_MS);
	app_present(app);
}
