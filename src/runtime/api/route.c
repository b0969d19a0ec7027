/* Page routes: navigateTo, redirectTo, switchTab, reLaunch, navigateBack. */
#include "runtime/api/api.h"

static const struct schema url_parameters[] = {
	{"url", SCHEMA_STRING, SCHEMA_REQUIRED, .doc = "page path, relative or absolute, with ?query"},
	{0},
};

static const struct schema back_parameters[] = {
	{"delta", SCHEMA_NUMBER, .fallback = "1", .doc = "how many pages; more than there are: to the first"},
	{0},
};

static void done(void *user)
{
	api_call_succeed(user, value_object_new(1));
}

static void start(struct api_call *call, enum app_route route)
{
	struct strbuf error = {0};
	struct app_route_request request = {
		.route = route,
		.url = api_call_text(call, "url"),
		.delta = (int)fmax(-1e6, fmin(1e6, api_call_number(call, "delta", 1))),
		.call = route == ROUTE_NAVIGATE ? call->id : 0,
		.done = done,
		.user = call,
	};
	if (!app_route(call->app, &request, &error)) {
		api_call_fail(call, "%s", error.at);
	}
	strbuf_finish(&error);
}

static void navigate_to(struct api_call *call)
{
	start(call, ROUTE_NAVIGATE);
}

static void redirect_to(struct api_call *call)
{
	start(call, ROUTE_REDIRECT);
}

static void switch_tab(struct api_call *call)
{
	start(call, ROUTE_SWITCH_TAB);
}

static void relaunch(struct api_call *call)
{
	start(call, ROUTE_RELAUNCH);
}

static void navigate_back(struct api_call *call)
{
	start(call, ROUTE_BACK);
}

const struct api api_route_rows[] = {
	{"navigateTo", API_ASYNC, .doc = "Opens a page above the current one.", .parameters = url_parameters,
		.fails = "can not navigateTo a tabbar page|page \"PATH\" is not found|webview count limit exceed", .call = navigate_to},
	{"redirectTo", API_ASYNC, .doc = "Closes the current page and opens another.", .parameters = url_parameters,
		.fails = "can not redirectTo a tabbar page|page \"PATH\" is not found", .call = redirect_to},
	{"switchTab", API_ASYNC, .doc = "Goes to a tab page and closes all others.", .parameters = url_parameters,
		.fails = "can not switch to no-tabBar page|page \"PATH\" is not found", .call = switch_tab},
	{"reLaunch", API_ASYNC, "1.1.0", .doc = "Closes all pages and opens one.", .parameters = url_parameters,
		.fails = "page \"PATH\" is not found", .call = relaunch},
	{"navigateBack", API_ASYNC, .doc = "Closes the current page, or several.", .parameters = back_parameters,
		.fails = "cannot navigate back at first page", .call = navigate_back},
	{0},
};
