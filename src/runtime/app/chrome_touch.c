/* Fingers on bars and overlays: back, tabs, a modal's buttons, an action sheet's rows. */
#include "runtime/app/inside.h"

/* The row of a sheet that was hit; its count is cancel and everything else. */
static size_t sheet_row(struct app *app, struct value sheet, struct point at)
{
	size_t count = value_len(value_get_text(sheet, "itemList")), hit = count;
	for (size_t i = 0; i < count; i++) {
		hit = rect_contains(app_chrome_sheet_item(app, sheet, i), at) ? i : hit;
	}
	return hit;
}

static void tap_modal(struct app *app, struct value modal, struct point at)
{
	struct chrome_modal places = app_chrome_modal(app, modal);
	bool confirm = rect_contains(places.confirm, at);
	if (confirm || rect_contains(places.cancel, at)) {
		struct value answer = value_object_new(2);
		value_object_set_text(&answer, "confirm", value_bool(confirm));
		value_object_set_text(&answer, "cancel", value_bool(!confirm));
		app->host->ui->answer(app->host, "modal", answer);
		value_unref(answer);
	}
}

static void tap_sheet(struct app *app, struct value sheet, struct point at)
{
	size_t hit = sheet_row(app, sheet, at);
	struct value answer = value_undefined();
	if (hit < value_len(value_get_text(sheet, "itemList"))) {
		answer = value_object_new(1);
		value_object_set_text(&answer, "tapIndex", value_number((double)hit));
	}
	app->host->ui->answer(app->host, "actionSheet", answer);
	value_unref(answer);
}

static void tap_menu(struct app *app, struct value sheet, struct point at)
{
	struct value items = app_menu_items(app);
	size_t hit = sheet_row(app, sheet, at);
	app->menu_open = false;
	app_menu_choose(app, value_str(value_get_text(value_at(items, hit), "id")));
	value_unref(items);
}

/* From the topmost down, as app_chrome_draw() draws them from the lowest up. */
static const struct overlay_row {
	const char *kind;
	void (*tap)(struct app *app, struct value parameters, struct point at);
} overlays[] = {
	{"modal", tap_modal},
	{"permission", app_permission_tap},
	{"actionSheet", tap_sheet},
	{"share", app_picker_tap},
	{"picker", app_wheels_tap},
	{"menu", tap_menu},
};

/* True: an overlay took the tap, or keeps it from the page. */
static bool tap_overlay(struct app *app, struct point at)
{
	struct value overlay = app_chrome_overlay(app);
	bool open = false;
	for (size_t i = 0; i < ARRAY_LEN(overlays) && !open; i++) {
		struct value parameters = value_get_text(overlay, overlays[i].kind);
		open = value_is(parameters, VALUE_OBJECT);
		if (open) {
			overlays[i].tap(app, parameters, at);
		}
	}
	value_unref(overlay);
	return open;
}

static bool overlay_open(struct app *app)
{
	struct value overlay = app_chrome_overlay(app);
	bool open = value_to_bool(value_get_text(value_get_text(overlay, "toast"), "mask"));
	for (size_t i = 0; i < ARRAY_LEN(overlays); i++) {
		open |= value_has(overlay, str_of(overlays[i].kind));
	}
	value_unref(overlay);
	return open;
}

/* The left half of the capsule opens the menu, the right one puts the program away. */
static bool tap_capsule(struct app *app, struct point at)
{
	struct rect capsule = app->host->screen->info(app->host).menu_button;
	if (!rect_contains(capsule, at)) {
		return false;
	}
	if (at.x < capsule.x + capsule.width / 2) {
		app->menu_open = true;
		app_present(app);
	} else {
		host_tell(app->host, HOST_EVENT_HIDE, value_undefined());
	}
	return true;
}

static void tap_tab(struct app *app, size_t index)
{
	struct value item = value_at(value_get_text(app->config->tab_bar, "list"), index);
	struct strbuf url = {0}, error = {0};
	struct str path = value_str(value_get_text(item, "pagePath"));
	strbuf_add_text(&url, path.len && path.at[0] == '/' ? "" : "/");
	strbuf_add(&url, path);
	struct app_route_request request = {.route = ROUTE_SWITCH_TAB, .url = strbuf_str(&url)};
	if (app_route(app, &request, &error)) {
		app_route_run(app);
		struct value detail = value_object_new(3), args = value_array_new(1);
		value_object_set_text(&detail, "index", value_number((double)index));
		value_object_set_text(&detail, "pagePath", value_string(path));
		value_object_set_text(&detail, "text", value_ref(value_get_text(item, "text")));
		value_array_push(&args, detail);
		value_unref(page_call(app_top(app), "onTabItemTap", args));
	}
	strbuf_finish(&url);
	strbuf_finish(&error);
}

static void tap(struct app *app, struct point at)
{
	if (tap_overlay(app, at) || app_keyboard_tap(app, at)) {
		app_present(app);
		return;
	}
	if (tap_capsule(app, at)) {
		return;
	}
	if (rect_contains(app_chrome_back(app), at)) {
		struct strbuf error = {0};
		struct app_route_request request = {.route = ROUTE_BACK, .delta = 1};
		app_route(app, &request, &error);
		strbuf_finish(&error);
		return;
	}
	size_t count = value_len(value_get_text(app->config->tab_bar, "list"));
	for (size_t i = 0; i < count; i++) {
		if (rect_contains(app_chrome_tab(app, i), at)) {
			tap_tab(app, i);
			return;
		}
	}
}

static void tell_wheels(struct app *app, const struct host_touch *touch)
{
	struct value overlay = app_chrome_overlay(app), parameters = value_get_text(overlay, "picker");
	if (value_is(parameters, VALUE_OBJECT) && !value_has(overlay, STR("modal"))) {
		app_wheels_touch(app, parameters, touch);
	}
	value_unref(overlay);
}

bool app_chrome_touch(struct app *app, const struct host_touch *touch)
{
	struct point at = {touch->x, touch->y};
	if (!app->options.chrome) {
		return false;
	}
	if (touch->phase == HOST_TOUCH_START) {
		bool outside = !rect_contains(app_page_area(app, app_top(app)), at)
			|| (!app_top(app)->bar.full && rect_contains(app->host->screen->info(app->host).menu_button, at));
		if (!outside && !overlay_open(app) && !app_keyboard_at(app, at)) {
			return false;
		}
		app->finger = touch->id;
		app->press = at;
		tell_wheels(app, touch);
		return true;
	}
	if (touch->id != app->finger) {
		return false;
	}
	tell_wheels(app, touch);
	if (touch->phase == HOST_TOUCH_END || touch->phase == HOST_TOUCH_CANCEL) {
		app->finger = -1;
		if (touch->phase == HOST_TOUCH_END && hypotf(at.x - app->press.x, at.y - app->press.y) < 10) {
			tap(app, at);
		}
	}
	return true;
}
