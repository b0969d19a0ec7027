/* What stands above the page: toast, loading, modal, action sheet; navigation bar, tab bar,
 * pull-down and scrolling. */
#include "runtime/api/api.h"

#define FORWARD(name, part, slot) \
	static void name(struct api_call *call) \
	{ \
		api_call_forward(call); \
		HOST_CALL(app_host(call->app), part, slot, call->parameters, &call->request); \
	}

FORWARD(show_toast, ui, show_toast)
FORWARD(hide_toast, ui, hide_toast)
FORWARD(show_loading, ui, show_loading)
FORWARD(hide_loading, ui, hide_loading)
FORWARD(show_modal, ui, show_modal)

static const struct schema toast_parameters[] = {
	{"title", SCHEMA_STRING, SCHEMA_REQUIRED},
	{"icon", SCHEMA_STRING, .fallback = "\"success\"", .doc = "success, loading, none, error"},
	{"image", SCHEMA_STRING, .since = "1.1.0"},
	{"duration", SCHEMA_NUMBER, .fallback = "1500", .doc = "ms"},
	{"mask", SCHEMA_BOOL, .fallback = "false"},
	{0},
};

static const struct schema loading_parameters[] = {
	{"title", SCHEMA_STRING, SCHEMA_REQUIRED},
	{"mask", SCHEMA_BOOL, .fallback = "false"},
	{0},
};

static const struct schema modal_parameters[] = {
	{"title", SCHEMA_STRING, .fallback = "\"\""},
	{"content", SCHEMA_STRING, .fallback = "\"\""},
	{"showCancel", SCHEMA_BOOL, .fallback = "true"},
	{"cancelText", SCHEMA_STRING, .doc = "at most 4 characters; 取消 (Cancel) by the device's language"},
	{"cancelColor", SCHEMA_COLOR, .fallback = "\"#000000\""},
	{"confirmText", SCHEMA_STRING, .doc = "at most 4 characters; 确定 (OK) by the device's language"},
	{"confirmColor", SCHEMA_COLOR, .fallback = "\"#3CC51F\""},
	{"editable", SCHEMA_BOOL, .fallback = "false", .since = "2.17.1"},
	{"placeholderText", SCHEMA_STRING, .since = "2.17.1"},
	{0},
};

static const struct schema modal_result[] = {
	{"confirm", SCHEMA_BOOL},
	{"cancel", SCHEMA_BOOL, .since = "1.1.0"},
	{0},
};

static const struct schema sheet_parameters[] = {
	{"itemList", SCHEMA_ARRAY, SCHEMA_REQUIRED, .item = SCHEMA_STRING, .doc = "1 to 6 labels"},
	{"itemColor", SCHEMA_COLOR, .fallback = "\"#000000\""},
	{0},
};

static const struct schema sheet_result[] = {
	{"tapIndex", SCHEMA_NUMBER, .doc = "from 0, top to bottom"},
	{0},
};

static void show_action_sheet(struct api_call *call)
{
	size_t count = value_len(value_get_text(call->parameters, "itemList"));
	if (count < 1 || count > 6) {
		api_call_fail(call, count ? "parameter error: itemList should not be large than 6"
			: "parameter error: parameter.itemList should have at least 1 item;");
		return;
	}
	api_call_forward(call);
	HOST_CALL(app_host(call->app), ui, show_action_sheet, call->parameters, &call->request);
}

static const struct schema title_parameters[] = {
	{"title", SCHEMA_STRING, SCHEMA_REQUIRED},
	{0},
};

static void bar_done(struct api_call *call)
{
	app_want_frame(call->app);
	app_present(call->app);
	api_call_succeed(call, value_object_new(1));
}

static struct page_bar *bar_of(struct api_call *call)
{
	struct page *page = app_top(call->app);
	if (!page) {
		api_call_fail(call, "no page");
	}
	return page ? page_bar(page) : NULL;
}

static void set_title(struct api_call *call)
{
	struct page_bar *bar = bar_of(call);
	if (bar) {
		strbuf_clear(&bar->title);
		strbuf_add(&bar->title, api_call_text(call, "title"));
		bar_done(call);
	}
}

static const struct schema color_parameters[] = {
	{"frontColor", SCHEMA_STRING, SCHEMA_REQUIRED, .doc = "#ffffff or #000000"},
	{"backgroundColor", SCHEMA_STRING, SCHEMA_REQUIRED},
	{"animation", SCHEMA_OBJECT},
	{0},
};

static void set_color(struct api_call *call)
{
	struct page_bar *bar = bar_of(call);
	struct str front = api_call_text(call, "frontColor");
	bool black = str_eq_nocase(front, STR("#000000"));
	if (!bar) {
		return;
	}
	if (!black && !str_eq_nocase(front, STR("#ffffff"))) {
		api_call_fail(call, "invalid frontColor \"" STR_FMT "\"", STR_ARG(front));
		return;
	}
	bar->dark_text = black;
	bar->background = app_parse_color(api_call_text(call, "backgroundColor"), bar->background);
	bar_done(call);
}

static void show_bar_loading(struct api_call *call)
{
	struct page_bar *bar = bar_of(call);
	if (bar) {
		bar->loading = true;
		bar_done(call);
	}
}

static void hide_bar_loading(struct api_call *call)
{
	struct page_bar *bar = bar_of(call);
	if (bar) {
		bar->loading = false;
		bar_done(call);
	}
}

static void stop_pull_down(struct api_call *call)
{
	struct page *page = app_top(call->app);
	if (page) {
		view_stop_pull_down(page_view(page));
	}
	api_call_succeed(call, value_object_new(1));
}

static void start_pull_down(struct api_call *call)
{
	struct page *page = app_top(call->app);
	api_call_succeed(call, value_object_new(1));
	if (page) {
		value_unref(page_call(page, "onPullDownRefresh", value_array_new(0)));
	}
}

static const struct schema scroll_parameters[] = {
	{"scrollTop", SCHEMA_NUMBER, .doc = "CSS px"},
	{"selector", SCHEMA_STRING, .since = "2.7.3"},
	{"duration", SCHEMA_NUMBER, .fallback = "300", .doc = "ms"},
	{0},
};

static void page_scroll_to(struct api_call *call)
{
	struct page *page = app_top(call->app);
	struct str selector = api_call_text(call, "selector");
	double top = api_call_number(call, "scrollTop", NAN);
	if (!page) {
		api_call_fail(call, "no page");
		return;
	}
	if (isnan(top) && selector.len) {
		struct node *node = NULL;
		bool found = selector_query(view_root(page_view(page)), selector, &node, 1) && node->box;
		top = found ? box_page_rect(node->box, false).y : NAN;
	}
	if (isnan(top)) {
		api_call_fail(call, selector.len ? "selector not found" : "parameter error: parameter.scrollTop should be Number instead of Undefined;");
		return;
	}
	view_scroll_to(page_view(page), (float)top, api_call_number(call, "duration", 300), host_monotonic(app_host(call->app)));
	api_call_succeed(call, value_object_new(1));
}

const struct api api_ui_rows[] = {
	{"showToast", API_ASYNC, .doc = "Shows a short message.", .parameters = toast_parameters, .call = show_toast},
	{"hideToast", API_ASYNC, .doc = "Takes the message away.", .call = hide_toast},
	{"showLoading", API_ASYNC, "1.1.0", .doc = "Shows a message until hideLoading.", .parameters = loading_parameters,
		.call = show_loading},
	{"hideLoading", API_ASYNC, "1.1.0", .doc = "Takes it away.", .call = hide_loading},
	{"showModal", API_ASYNC, .doc = "Asks a person yes or no.", .parameters = modal_parameters, .result = modal_result,
		.call = show_modal},
	{"showActionSheet", API_ASYNC, .doc = "Lets a person choose among up to six.", .parameters = sheet_parameters,
		.result = sheet_result, .fails = "cancel", .call = show_action_sheet},
	{"setNavigationBarTitle", API_ASYNC, .doc = "Sets the current page's title.", .parameters = title_parameters,
		.call = set_title},
	{"setNavigationBarColor", API_ASYNC, "1.4.0", .doc = "Sets the navigation bar's colours.",
		.parameters = color_parameters, .call = set_color},
	{"showNavigationBarLoading", API_ASYNC, .doc = "Shows that something loads.", .call = show_bar_loading},
	{"hideNavigationBarLoading", API_ASYNC, .doc = "Takes that away.", .call = hide_bar_loading},
	{"startPullDownRefresh", API_ASYNC, "1.5.0", .doc = "As if the person had pulled the page down.", .call = start_pull_down},
	{"stopPullDownRefresh", API_ASYNC, .doc = "Ends the pull-down's loading look.", .call = stop_pull_down},
	{"pageScrollTo", API_ASYNC, "1.4.0", .doc = "Scrolls the page.", .parameters = scroll_parameters, .call = page_scroll_to},
	{0},
};
