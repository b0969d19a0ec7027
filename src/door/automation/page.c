/* Page.*: one page of the stack. */
#include "door/automation/command.h"

static void find(struct command_call *call, bool all)
{
	struct page *page = call_page(call);
	if (page) {
		element_find(call, view_root(page_view(page)), all);
	}
}

static void get_element(struct command_call *call) { find(call, false); }
static void get_elements(struct command_call *call) { find(call, true); }

static void find_xpath(struct command_call *call, bool all)
{
	struct page *page = call_page(call);
	if (page) {
		element_find_xpath(call, view_root(page_view(page)), NULL, all);
	}
}

static void get_element_by_xpath(struct command_call *call) { find_xpath(call, false); }
static void get_elements_by_xpath(struct command_call *call) { find_xpath(call, true); }

static void ask_page(struct command_call *call, const char *function, const char *first, const char *second)
{
	struct page *page = call_page(call);
	if (page) {
		struct value args = value_array_new(4);
		value_array_push(&args, value_number(page_id(page)));
		value_array_push(&args, value_text("page"));
		value_array_push(&args, value_ref(call_value(call, first)));
		if (second) {
			value_array_push(&args, value_ref(call_value(call, second)));
		}
		call_script(call, function, args);
	}
}

static void get_data(struct command_call *call) { ask_page(call, "getData", "path", NULL); }
static void set_data(struct command_call *call) { ask_page(call, "setData", "data", NULL); }
static void call_method(struct command_call *call) { ask_page(call, "callMethod", "method", "args"); }

/* What a browser's window says of itself, as far as a page has it. */
static struct value window_property(struct command_call *call, struct page *page, struct str name)
{
	struct view *view = page_view(page);
	struct rect area = app_page_area(call_app(call), page);
	float height = view_scroll_height(view), top = view_scroll_top(view);
	double ratio = call->automation->mina->dpr;
	const struct {
		const char *name;
		double number;
	} rows[] = {
		{"document.documentElement.scrollWidth", area.width}, {"document.documentElement.scrollHeight", height},
		{"document.documentElement.scrollTop", top}, {"document.documentElement.scrollLeft", 0},
		{"document.documentElement.clientWidth", area.width}, {"document.documentElement.clientHeight", area.height},
		{"document.body.scrollWidth", area.width}, {"document.body.scrollHeight", height}, {"document.body.scrollTop", top},
		{"document.body.clientWidth", area.width}, {"document.body.clientHeight", height}, {"scrollX", 0}, {"scrollY", top},
		{"pageXOffset", 0}, {"pageYOffset", top}, {"innerWidth", area.width}, {"innerHeight", area.height}, {"devicePixelRatio", ratio},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		if (str_is(name, rows[i].name)) {
			return value_number(str_ends(name, STR("Height")) ? round(rows[i].number) : rows[i].number);
		}
	}
	return value_null();
}

static void get_window_properties(struct command_call *call)
{
	struct page *page = call_page(call);
	struct value names = call_value(call, "names");
	if (page) {
		struct value list = value_array_new(value_len(names));
		for (size_t i = 0; i < value_len(names); i++) {
			value_array_push(&list, window_property(call, page, value_str(value_at(names, i))));
		}
		call_succeed_with(call, "properties", list);
	}
}

static const struct schema selector_rows[] = {
	COMMAND_PAGE,
	{"selector", SCHEMA_STRING, SCHEMA_REQUIRED},
	{0},
};

static const struct schema path_rows[] = {
	COMMAND_PAGE,
	{"path", SCHEMA_STRING, .doc = "a.b[0]; absent: all data"},
	{0},
};

static const struct schema data_rows[] = {
	COMMAND_PAGE,
	{"data", SCHEMA_OBJECT, SCHEMA_REQUIRED, .doc = "as setData has it, with paths for keys"},
	{0},
};

static const struct schema method_rows[] = {
	COMMAND_PAGE,
	{"method", SCHEMA_STRING, SCHEMA_REQUIRED},
	{"args", SCHEMA_ARRAY, .fallback = "[]"},
	{0},
};

static const struct schema names_rows[] = {
	COMMAND_PAGE,
	{"names", SCHEMA_ARRAY, SCHEMA_REQUIRED, .item = SCHEMA_STRING, .doc = "document.documentElement.scrollTop, scrollY ..."},
	{0},
};

const struct command command_page_rows[] = {
	{"Page.getElement", COMMAND_LOOKS, "The first element that matches; fails when none does.", selector_rows, get_element},
	{"Page.getElements", COMMAND_LOOKS, "All elements that match.", selector_rows, get_elements},
	{"Page.getElementByXpath", COMMAND_LOOKS, "The first element that the XPath names; fails when there is none.", selector_rows,
		get_element_by_xpath},
	{"Page.getElementsByXpath", COMMAND_LOOKS, "All elements that the XPath names.", selector_rows, get_elements_by_xpath},
	{"Page.getData", COMMAND_LOOKS, "The page's data.", path_rows, get_data},
	{"Page.setData", 0, "setData of the page; answered when it is shown.", data_rows, set_data},
	{"Page.callMethod", 0, "A method of the page.", method_rows, call_method},
	{"Page.getWindowProperties", COMMAND_LOOKS, "Sizes and scroll offsets of the page's window.", names_rows, get_window_properties},
	{0},
};
