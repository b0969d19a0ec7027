/* The keyboard of the focused input, as scripts see it. */
#include "runtime/api/api.h"

static struct page *focused_page(struct api_call *call)
{
	struct page *top = app_top(call->app);
	return top && view_focused(page_view(top)) ? top : NULL;
}

static void hide(struct api_call *call)
{
	struct page *page = focused_page(call);
	if (!page) {
		api_call_fail(call, "input not exists!");
		return;
	}
	view_blur(page_view(page));
	api_call_succeed(call, value_object_new(1));
	page_settle(page);
}

static const struct schema range_result[] = {
	{"start", SCHEMA_NUMBER, .doc = "UTF-16 units"},
	{"end", SCHEMA_NUMBER},
	{0},
};

static void range(struct api_call *call)
{
	struct page *page = focused_page(call);
	struct value range = value_undefined();
	if (page && view_ask(page_view(page), view_focused(page_view(page))->id, STR("selection"), value_undefined(), &range)) {
		api_call_succeed(call, range);
	} else {
		api_call_fail(call, "no focused input");
	}
}

const struct api api_keyboard_rows[] = {
	{"hideKeyboard", API_ASYNC, .doc = "Takes the keyboard away.", .fails = "input not exists!", .call = hide},
	{"getSelectedTextRange", API_ASYNC, "2.7.0", .doc = "Where the caret of the focused input stands.", .result = range_result,
		.fails = "no focused input", .call = range},
	{"onKeyboardHeightChange", API_EVENT, "2.7.0", .doc = "The keyboard came or went: {height}."},
	{0},
};
