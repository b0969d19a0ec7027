/* What built-in components ask of the app: the same ways as the wx calls of that name. */
#include "runtime/api/api.h"

static void navigate(struct app *app, struct page *page, struct value data)
{
	static const struct {
		const char *open_type;
		enum app_route route;
		const char *name;
	} ways[] = {
		{"navigate", ROUTE_NAVIGATE, "navigateTo"},
		{"navigateTo", ROUTE_NAVIGATE, "navigateTo"},
		{"redirect", ROUTE_REDIRECT, "redirectTo"},
		{"redirectTo", ROUTE_REDIRECT, "redirectTo"},
		{"switchTab", ROUTE_SWITCH_TAB, "switchTab"},
		{"reLaunch", ROUTE_RELAUNCH, "reLaunch"},
		{"navigateBack", ROUTE_BACK, "navigateBack"},
	};
	struct str open_type = value_str(value_get_text(data, "openType"));
	for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
		if (!str_is(open_type, ways[i].open_type)) {
			continue;
		}
		struct strbuf error = {0};
		struct app_route_request request = {
			.route = ways[i].route,
			.url = value_str(value_get_text(data, "url")),
			.delta = (int)fmax(1, fmin(1e6, value_to_number(value_get_text(data, "delta")))),
		};
		if (!app_route(app, &request, &error)) {
			app_log(app, APP_LOG_WARN, "%s:fail %s", ways[i].name, error.at);
		}
		strbuf_finish(&error);
		return;
	}
	app_log(app, APP_LOG_WARN, "navigator: open-type \"" STR_FMT "\" is not supported", STR_ARG(open_type));
}

/* <navigation-bar>: as wx.setNavigationBarTitle and its kin, for its own page. */
static void set_navigation_bar(struct app *app, struct page *page, struct value data)
{
	struct page_bar *bar = page_bar(page);
	struct value title = value_get_text(data, "title"), loading = value_get_text(data, "loading");
	struct str front = value_str(value_get_text(data, "frontColor"));
	if (value_is(title, VALUE_STRING)) {
		strbuf_clear(&bar->title);
		strbuf_add(&bar->title, value_str(title));
	}
	bar->loading = value_is(loading, VALUE_UNDEFINED) ? bar->loading : value_to_bool(loading);
	if (str_eq_nocase(front, STR("#000000")) || str_eq_nocase(front, STR("#ffffff"))) {
		bar->dark_text = str_is(front, "#000000");
	} else if (front.len) {
		app_log(app, APP_LOG_WARN, "navigation-bar: front-color has to be #ffffff or #000000, not \"" STR_FMT "\"", STR_ARG(front));
	}
	bar->background = app_parse_color(value_str(value_get_text(data, "backgroundColor")), bar->background);
	app_want_frame(app);
	app_present(app);
}

static void show_keyboard(struct api_call *call)
{
	api_call_forward(call);
	HOST_CALL(app_host(call->app), ui, show_keyboard, call->parameters, &call->request);
}

static void hide_keyboard(struct api_call *call)
{
	api_call_forward(call);
	HOST_CALL(app_host(call->app), ui, hide_keyboard, call->parameters, &call->request);
}

static void tell_node(struct api_call *call, struct value what)
{
	struct page *page = app_page_by_id(call->app, call->page);
	if (page) {
		view_answer(page_view(page), call->node, what);
		page_settle(page);
	}
}

/* A wheel has come to rest. */
static void picker_turned(struct host_request *request, enum host_progress kind, struct value detail, struct host_bytes *bytes)
{
	tell_node(CONTAINER_OF(request, struct api_call, request), detail);
}

static void picker_ended(struct api_call *call, bool ok, struct value result)
{
	tell_node(call, ok ? result : value_undefined());
}

static void show_picker(struct api_call *call)
{
	api_call_forward(call);
	call->request.on_progress = picker_turned;
	HOST_CALL(app_host(call->app), ui, show_picker, call->parameters, &call->request);
}

static const struct api show_picker_row = {"showPicker", API_ASYNC, .call = show_picker};

/* The keyboard comes and goes with the focus; what is typed comes back as host events. */
static const struct api show_keyboard_row = {"showKeyboard", API_ASYNC, .call = show_keyboard};
static const struct api hide_keyboard_row = {"hideKeyboard", API_ASYNC, .call = hide_keyboard};

void api_intent(struct api_dispatcher *dispatcher, struct app *app, struct page *page, const char *kind, struct value data, slot_id node)
{
	struct str name = str_of(kind);
	if (str_is(name, "navigate")) {
		navigate(app, page, data);
	} else if (str_is(name, "keyboard")) {
		bool open = value_to_bool(value_get_text(data, "open"));
		api_start(dispatcher, open ? &show_keyboard_row : &hide_keyboard_row, data, page, node, NULL);
	} else if (str_is(name, "picker")) {
		api_start(dispatcher, &show_picker_row, data, page, node, picker_ended);
	} else if (str_is(name, "pickerUpdate") && app_host(app)->ui && app_host(app)->ui->update) {
		app_host(app)->ui->update(app_host(app), "picker", data);
	} else if (str_is(name, "open")) {
		api_open_button(dispatcher, app, page, data, node);
	} else if (str_is(name, "nickname")) {
		api_nickname(dispatcher, page, data, node);
	} else if (str_is(name, "formId")) {
		api_form_id(dispatcher, page, data, node);
	} else if (str_is(name, "camera")) {
		api_camera_open(dispatcher, page, data, node);
	} else if (str_is(name, "live")) {
		api_live_open(dispatcher, page, data, node);
	} else if (str_is(name, "fullscreen")) {
		page_set_full(page, value_to_bool(value_get_text(data, "on")) ? node : 0);
	} else if (str_is(name, "navigationBar")) {
		set_navigation_bar(app, page, data);
	} else if (str_is(name, "webView")) {
		api_web_view(dispatcher, app, page, data, node);
	} else if (str_starts(name, STR("map"))) {
		api_map_intent(dispatcher, app, page, name, data, node);
	} else if (str_is(name, "openData")) {
		api_open_data(dispatcher, page, data, node);
	}
}
