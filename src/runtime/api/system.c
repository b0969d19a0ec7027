/* The device: what it is, its network, clipboard, small services. */
#include "runtime/api/api.h"

#define FORWARD(name, slot) \
	static void name(struct api_call *call) \
	{ \
		api_call_forward(call); \
		HOST_CALL(app_host(call->app), device, slot, call->parameters, &call->request); \
	}

FORWARD(network_type, network_type)
FORWARD(vibrate_short, vibrate_short)
FORWARD(vibrate_long, vibrate_long)
FORWARD(set_clipboard, set_clipboard)
FORWARD(get_clipboard, get_clipboard)
FORWARD(phone_call, phone_call)
FORWARD(scan_code, scan_code)

/* The window is what the bars leave of the screen. */
static struct value facts(struct app *app)
{
	struct host *host = app_host(app);
	struct value facts = host->device && host->device->facts ? host->device->facts(host) : value_object_new(4);
	struct rect window = app_window(app);
	struct str version = app_lib_version(app);
	if (version.len) {
		facts = value_unshared(facts);
		value_object_set_text(&facts, "SDKVersion", value_string(version));
	}
	facts = value_unshared(facts);
	value_object_set_text(&facts, "windowWidth", value_number(window.width));
	value_object_set_text(&facts, "windowHeight", value_number(window.height));
	if (!app_has_theme(app)) {
		value_object_remove(&facts, STR("theme")); // only a program with darkmode is told
	}
	return facts;
}

static void system_info(struct api_call *call)
{
	api_call_succeed(call, facts(call->app));
}

static void menu_button(struct api_call *call)
{
	struct rect rect = app_host(call->app)->screen->info(app_host(call->app)).menu_button;
	struct value result = value_object_new(6);
	value_object_set_text(&result, "width", value_number(rect.width));
	value_object_set_text(&result, "height", value_number(rect.height));
	value_object_set_text(&result, "top", value_number(rect.y));
	value_object_set_text(&result, "right", value_number(rect_right(rect)));
	value_object_set_text(&result, "bottom", value_number(rect_bottom(rect)));
	value_object_set_text(&result, "left", value_number(rect.x));
	api_call_succeed(call, result);
}

static const struct schema clipboard_parameters[] = {
	{"data", SCHEMA_STRING, SCHEMA_REQUIRED},
	{0},
};

static const struct schema phone_parameters[] = {
	{"phoneNumber", SCHEMA_STRING, SCHEMA_REQUIRED},
	{0},
};

static const struct schema info_result[] = {
	{"brand", SCHEMA_STRING, .since = "1.5.0"},
	{"model", SCHEMA_STRING},
	{"pixelRatio", SCHEMA_NUMBER},
	{"screenWidth", SCHEMA_NUMBER, .since = "1.1.0"},
	{"screenHeight", SCHEMA_NUMBER, .since = "1.1.0"},
	{"windowWidth", SCHEMA_NUMBER},
	{"windowHeight", SCHEMA_NUMBER},
	{"statusBarHeight", SCHEMA_NUMBER, .since = "1.9.0"},
	{"language", SCHEMA_STRING},
	{"version", SCHEMA_STRING},
	{"system", SCHEMA_STRING},
	{"platform", SCHEMA_STRING},
	{"fontSizeSetting", SCHEMA_NUMBER, .since = "1.5.0"},
	{"SDKVersion", SCHEMA_STRING, .since = "1.1.0"},
	{"safeArea", SCHEMA_OBJECT, .since = "2.7.0"},
	{0},
};

static const struct schema network_result[] = {
	{"networkType", SCHEMA_STRING, .choices = "wifi|2g|3g|4g|5g|unknown|none"},
	{0},
};

const struct api api_system_rows[] = {
	{"getSystemInfo", API_ASYNC, .doc = "Facts about device, screen and WeChat.", .result = info_result,
		.call = system_info},
	{"getSystemInfoSync", API_SYNC, .doc = "getSystemInfo().", .result = info_result, .call = system_info},
	{"getWindowInfo", API_SYNC, "2.20.1", .doc = "The screen's part of getSystemInfo.", .call = system_info},
	{"getDeviceInfo", API_SYNC, "2.20.1", .doc = "The device's part of getSystemInfo.", .call = system_info},
	{"getAppBaseInfo", API_SYNC, "2.20.1", .doc = "WeChat's part of getSystemInfo.", .call = system_info},
	{"getMenuButtonBoundingClientRect", API_SYNC, "2.1.0", .doc = "Where the capsule stands, CSS px.", .call = menu_button},
	{"getNetworkType", API_ASYNC, .doc = "Kind of network.", .result = network_result, .call = network_type},
	{"onNetworkStatusChange", API_EVENT, "1.1.0", .doc = "The network changed: {isConnected, networkType}."},
	{"onMemoryWarning", API_EVENT, "2.0.2", .doc = "Memory is short: {level}."},
	{"onUserCaptureScreen", API_EVENT, "1.4.0", .doc = "The person took a screenshot."},
	{"onWindowResize", API_EVENT, "2.3.0", .doc = "The window's size changed: {size}."},
	{"onThemeChange", API_EVENT, "2.11.0", .doc = "Light or dark: {theme}."},
	{"vibrateShort", API_ASYNC, "1.2.0", .doc = "Vibrates 15 ms.", .call = vibrate_short},
	{"vibrateLong", API_ASYNC, "1.2.0", .doc = "Vibrates 400 ms.", .call = vibrate_long},
	{"setClipboardData", API_ASYNC, "1.1.0", .doc = "Puts text on the clipboard.", .parameters = clipboard_parameters,
		.call = set_clipboard},
	{"getClipboardData", API_ASYNC, "1.1.0", .doc = "The clipboard's text.", .call = get_clipboard},
	{"makePhoneCall", API_ASYNC, .doc = "Calls a number.", .parameters = phone_parameters, .fails = "cancel",
		.call = phone_call},
	{"scanCode", API_ASYNC, .doc = "Scans a code with the camera.", .fails = "cancel", .call = scan_code},
	{0},
};
