/* Dialogs, screen and device of a Linux host whose window, if any, is drawn by a door. */
#include "core/value/json.h"
#include "host/linux/part.h"

#include <sys/utsname.h>

#define FRAME_MS (1000.0 / 60)

static void finish_empty(struct host_request *request)
{
	host_request_finish_later(request, 0, HOST_OK, value_object_new(0));
}

static void show_toast(struct host *host, struct value parameters, struct host_request *request)
{
	host_overlay_toast(&linux_of(host)->overlay, false, parameters, request);
}

static void hide_toast(struct host *host, struct value parameters, struct host_request *request)
{
	UNUSED(parameters);
	host_overlay_hide_toast(&linux_of(host)->overlay, false, request);
}

static void show_loading(struct host *host, struct value parameters, struct host_request *request)
{
	host_overlay_toast(&linux_of(host)->overlay, true, parameters, request);
}

static void hide_loading(struct host *host, struct value parameters, struct host_request *request)
{
	UNUSED(parameters);
	host_overlay_hide_toast(&linux_of(host)->overlay, true, request);
}

static void show_modal(struct host *host, struct value parameters, struct host_request *request)
{
	host_overlay_ask(&linux_of(host)->overlay, HOST_OVERLAY_MODAL, parameters, request);
}

static void show_action_sheet(struct host *host, struct value parameters, struct host_request *request)
{
	host_overlay_ask(&linux_of(host)->overlay, HOST_OVERLAY_ACTION_SHEET, parameters, request);
}

static void show_picker(struct host *host, struct value parameters, struct host_request *request)
{
	host_overlay_ask(&linux_of(host)->overlay, HOST_OVERLAY_PICKER, parameters, request);
}

static void show_keyboard(struct host *host, struct value parameters, struct host_request *request)
{
	host_overlay_keyboard(&linux_of(host)->overlay, parameters, request);
}

static void hide_keyboard(struct host *host, struct value parameters, struct host_request *request)
{
	UNUSED(parameters);
	host_overlay_hide_keyboard(&linux_of(host)->overlay, request);
}

static void ask_permission(struct host *host, struct value parameters, struct host_request *request)
{
	host_overlay_ask(&linux_of(host)->overlay, HOST_OVERLAY_PERMISSION, parameters, request);
}

static struct value overlay(struct host *host) { return host_overlay_describe(&linux_of(host)->overlay); }

static void update(struct host *host, const char *kind, struct value parameters)
{
	host_overlay_update(&linux_of(host)->overlay, kind, parameters);
}

static bool answer(struct host *host, const char *kind, struct value given)
{
	return host_overlay_answer(&linux_of(host)->overlay, kind, given);
}

static struct host_screen_info info(struct host *host) { return linux_of(host)->screen; }

static void frame(struct host *host, struct host_timer *timer)
{
	if (!host_timer_armed(timer)) {
		double time = host_monotonic(host);
		host_timer_start(host, timer, (floor(time / FRAME_MS) + 1) * FRAME_MS - time);
	}
}

static void set_brightness(struct host *host, struct value parameters, struct host_request *request)
{
	double wanted = value_to_number(value_get_text(parameters, "value"));
	linux_of(host)->brightness = wanted >= 0 && wanted <= 1 ? wanted : linux_of(host)->brightness;
	finish_empty(request);
}

static void get_brightness(struct host *host, struct value parameters, struct host_request *request)
{
	struct value result = value_object_new(1);
	UNUSED(parameters);
	value_object_set_text(&result, "value", value_number(linux_of(host)->brightness));
	host_request_finish_later(request, 0, HOST_OK, result);
}

static void set_keep_on(struct host *host, struct value parameters, struct host_request *request)
{
	UNUSED(host);
	UNUSED(parameters);
	finish_empty(request);
}

static struct value facts(struct host *host)
{
	static const char fixed[] = "{\"brand\":\"mina\",\"model\":\"Linux\",\"platform\":\"linux\",\"language\":\"zh_CN\","
		"\"version\":\"8.0.50\",\"SDKVersion\":\"3.5.0\",\"fontSizeSetting\":16,\"benchmarkLevel\":1,"
		"\"deviceOrientation\":\"portrait\",\"enableDebug\":false,\"host\":{\"appId\":\"\",\"env\":\"WeChat\"}}";
	const struct host_screen_info *screen = &linux_of(host)->screen;
	struct value all = value_undefined();
	struct strbuf system = {0};
	struct utsname name;
	json_parse(str_of(fixed), &all, NULL);
	strbuf_printf(&system, "Linux %s", uname(&name) == 0 ? name.release : "");
	value_object_set_text(&all, "system", value_take(&system));
	value_object_set_text(&all, "pixelRatio", value_number(screen->dpr));
	value_object_set_text(&all, "screenWidth", value_number(screen->width));
	value_object_set_text(&all, "screenHeight", value_number(screen->height));
	value_object_set_text(&all, "windowWidth", value_number(screen->width));
	value_object_set_text(&all, "windowHeight",
		value_number(screen->height - screen->status_bar_height - screen->navigation_bar_height));
	value_object_set_text(&all, "statusBarHeight", value_number(screen->status_bar_height));
	value_object_set_text(&all, "safeArea", host_screen_safe_area(screen));
	value_object_set_text(&all, "theme", value_text(screen->dark ? "dark" : "light"));
	return all;
}

static void set_clipboard(struct host *host, struct value parameters, struct host_request *request)
{
	struct linux_host *linux_host = linux_of(host);
	value_unref(linux_host->clipboard);
	linux_host->clipboard = value_ref(value_get_text(parameters, "data"));
	finish_empty(request);
}

static void get_clipboard(struct host *host, struct value parameters, struct host_request *request)
{
	struct value data = linux_of(host)->clipboard, result = value_object_new(1);
	UNUSED(parameters);
	value_object_set_text(&result, "data", value_is(data, VALUE_STRING) ? value_ref(data) : value_text(""));
	host_request_finish_later(request, 0, HOST_OK, result);
}

static void network_type(struct host *host, struct value parameters, struct host_request *request)
{
	struct value result = value_object_new(2);
	UNUSED(host);
	UNUSED(parameters);
	value_object_set_text(&result, "networkType", value_text("wifi"));
	value_object_set_text(&result, "isConnected", value_bool(true));
	host_request_finish_later(request, 0, HOST_OK, result);
}

const struct host_ui linux_ui = {
	.show_toast = show_toast,
	.hide_toast = hide_toast,
	.show_loading = show_loading,
	.hide_loading = hide_loading,
	.show_modal = show_modal,
	.show_action_sheet = show_action_sheet,
	.show_picker = show_picker,
	.show_keyboard = show_keyboard,
	.hide_keyboard = hide_keyboard,
	.ask_permission = ask_permission,
	.overlay = overlay,
	.answer = answer,
	.update = update,
	.keyboard_height = 260,
};

const struct host_screen linux_screen = {
	.info = info,
	.frame = frame,
	.set_brightness = set_brightness,
	.get_brightness = get_brightness,
	.set_keep_on = set_keep_on,
};

const struct host_device linux_device = {
	.facts = facts,
	.network_type = network_type,
	.set_clipboard = set_clipboard,
	.get_clipboard = get_clipboard,
};
