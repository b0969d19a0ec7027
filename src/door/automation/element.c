/* Element.*: what an element is, and what its kind can do. */
#include "door/automation/command.h"

#include "core/wxss/match.h"
#include "runtime/component/component.h"

/* --- finding --- */

static void answer_one(struct command_call *call, struct node **nodes, size_t count)
{
	if (count) {
		call_succeed(call, automation_describe(nodes[0]));
	} else {
		call_fail(call, "no such element");
	}
	mem_free(nodes);
}

static void answer_all(struct command_call *call, struct node **nodes, size_t count)
{
	struct value list = value_array_new(count);
	for (size_t i = 0; i < count; i++) {
		value_array_push(&list, automation_describe(nodes[i]));
	}
	mem_free(nodes);
	call_succeed_with(call, "elements", list);
}

void element_find(struct command_call *call, struct node *root, bool all)
{
	struct node **nodes;
	size_t count = automation_find(root, call_text(call, "selector"), all, &nodes);
	(all ? answer_all : answer_one)(call, nodes, count);
}

void element_find_xpath(struct command_call *call, struct node *root, struct node *context, bool all)
{
	struct node **nodes;
	size_t count;
	const char *error;
	if (!automation_xpath(root, context, call_text(call, "selector"), &nodes, &count, &error)) {
		call_fail(call, "the XPath cannot be understood: %s", error);
		return;
	}
	(all ? answer_all : answer_one)(call, nodes, count);
}

static void find(struct command_call *call, bool all)
{
	struct page *page;
	struct node *node = call_node(call, &page);
	if (node) {
		element_find(call, node, all);
	}
}

static void get_element(struct command_call *call) { find(call, false); }
static void get_elements(struct command_call *call) { find(call, true); }

static void find_xpath(struct command_call *call, bool all)
{
	struct page *page;
	struct node *node = call_node(call, &page);
	if (node) {
		element_find_xpath(call, view_root(page_view(page)), node, all);
	}
}

static void get_element_by_xpath(struct command_call *call) { find_xpath(call, false); }
static void get_elements_by_xpath(struct command_call *call) { find_xpath(call, true); }

/* --- facts --- */

/* One item for each of the names. */
static void answer_names(struct command_call *call, const char *key, struct value (*one)(struct page *page, struct node *node, struct str name))
{
	struct page *page;
	struct node *node = call_node(call, &page);
	struct value names = call_value(call, "names");
	if (!node) {
		return;
	}
	struct value list = value_array_new(value_len(names));
	for (size_t i = 0; i < value_len(names); i++) {
		struct value item = one(page, node, value_str(value_at(names, i)));
		value_array_push(&list, value_is(item, VALUE_UNDEFINED) ? value_null() : item);
	}
	call_succeed_with(call, key, list);
}

static struct value attribute_of(struct page *page, struct node *node, struct str name)
{
	struct strbuf text = {0};
	UNUSED(page);
	if (!wxss_node_attribute(node, atom_intern(name), &text)) {
		strbuf_finish(&text);
		return value_null();
	}
	return value_take(&text);
}

static void get_attributes(struct command_call *call) { answer_names(call, "attributes", attribute_of); }

/* What view_node_facts() says under one of its fields. */
static struct value asked_facts(struct page *page, struct node *node, const char *field, struct str name)
{
	struct value fields = value_object_new(1), names = value_array_new(1);
	value_array_push(&names, value_string(name));
	value_object_set_text(&fields, field, names);
	struct value facts = view_node_facts(page_view(page), node->id, fields);
	struct value found = value_ref(value_get(facts, name));
	value_unref(fields);
	value_unref(facts);
	return found;
}

static struct value style_of(struct page *page, struct node *node, struct str name)
{
	struct value found = asked_facts(page, node, "computedStyle", name);
	return value_is(found, VALUE_UNDEFINED) ? value_text("") : found;
}

static void get_styles(struct command_call *call) { answer_names(call, "styles", style_of); }

/* "hover-class" as "hoverClass" */
static void camel(struct str name, struct strbuf *out)
{
	for (size_t i = 0; i < name.len; i++) {
		bool dash = name.at[i] == '-' && i + 1 < name.len && name.at[i + 1] >= 'a' && name.at[i + 1] <= 'z';
		strbuf_add_char(out, dash ? (char)(name.at[++i] - 32) : name.at[i]);
	}
}

/* The names that the client may ask for. */
static struct value public_properties(const struct node *node)
{
	struct value names = value_object_new(16);
	const struct schema *row = node->component ? node->component->attributes : NULL;
	value_object_set_text(&names, "id", value_bool(true));
	value_object_set_text(&names, "dataset", value_bool(true));
	for (; row && row->name; row++) {
		struct strbuf name = {0};
		camel(str_of(row->name), &name);
		value_object_set(&names, strbuf_str(&name), value_bool(true));
		value_object_set_text(&names, row->name, value_bool(true));
		strbuf_finish(&name);
	}
	for (size_t i = 0; i < node->attrs.len; i++) {
		value_object_set(&names, atom_str(node->attrs.at[i].name), value_bool(true));
	}
	return names;
}

/* Where a movable-view stands, as the client asks for it. */
static struct value translation(struct page *page, struct node *node, const char *side)
{
	struct value told, found = value_null();
	if (view_ask(page_view(page), node->id, STR("translate"), value_undefined(), &told)) {
		found = value_ref(value_get_text(told, side));
		value_unref(told);
	}
	return found;
}

/* What a control is worth now: a slider that was dragged, a field that was typed into. */
static bool live(struct page *page, struct node *node, struct str name, struct value *ret)
{
	bool toggles = str_is(atom_str(node->tag), "switch") || str_is(atom_str(node->tag), "checkbox") || str_is(atom_str(node->tag), "radio");
	if (toggles && str_is(name, "checked")) {
		*ret = value_bool(node->state & NODE_CHECKED);
		return true;
	}
	return !toggles && str_is(name, "value") && view_worth(page_view(page), node->id, ret);
}

/* As it is now; else its attribute. */
static struct value property_of(struct page *page, struct node *node, struct str name)
{
	struct value told;
	if (str_is(name, "_translateX") || str_is(name, "_translateY")) {
		return translation(page, node, str_ends(name, STR("X")) ? "x" : "y");
	}
	if (str_is(name, "__propPublic")) {
		return public_properties(node);
	}
	if (str_is(name, "id")) {
		return value_string(atom_str(node->ident));
	}
	if (str_is(name, "dataset")) {
		return value_is(node->dataset, VALUE_OBJECT) ? value_ref(node->dataset) : value_object_new(0);
	}
	if (live(page, node, name, &told)) {
		return told;
	}
	return asked_facts(page, node, "properties", name);
}

static void get_properties(struct command_call *call)
{
	struct page *page;
	struct node *node = call_node(call, &page);
	if (node && node->instance) {
		struct value args = value_array_new(2);
		value_array_push(&args, value_number(node->instance));
		value_array_push(&args, value_ref(call_value(call, "names")));
		call_script(call, "getProperties", args);
	} else if (node) {
		answer_names(call, "properties", property_of);
	}
}

static struct value scroll_fact(struct page *page, struct node *node, struct str name)
{
	struct value fields = value_object_new(1);
	value_object_set_text(&fields, "scrollOffset", value_bool(true));
	struct value facts = view_node_facts(page_view(page), node->id, fields);
	struct value found = value_ref(value_get(facts, name));
	value_unref(fields);
	value_unref(facts);
	return found;
}

static struct value dom_property_of(struct page *page, struct node *node, struct str name)
{
	struct strbuf text = {0};
	struct rect rect = view_node_rect(page_view(page), node);
	if (str_is(name, "innerText") || str_is(name, "textContent")) {
		automation_text(node, &text);
		return value_take(&text);
	}
	if (str_is(name, "innerHTML") || str_is(name, "outerHTML")) {
		automation_wxml(node, str_is(name, "outerHTML"), &text);
		return value_take(&text);
	}
	if (str_is(name, "tagName")) {
		return value_string(atom_str(node->tag));
	}
	const struct {
		const char *name;
		float number;
	} numbers[] = {{"offsetWidth", rect.width}, {"offsetHeight", rect.height}, {"clientWidth", rect.width}, {"clientHeight", rect.height},
		{"offsetLeft", rect.x}, {"offsetTop", rect.y + view_scroll_top(page_view(page))}};
	for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
		if (str_is(name, numbers[i].name)) {
			return value_number(roundf(numbers[i].number));
		}
	}
	if (str_starts(name, STR("scroll"))) {
		return scroll_fact(page, node, name);
	}
	return attribute_of(page, node, str_is(name, "className") ? STR("class") : name);
}

static void get_dom_properties(struct command_call *call) { answer_names(call, "properties", dom_property_of); }

static void get_offset(struct command_call *call)
{
	struct page *page;
	struct node *node = call_node(call, &page);
	if (node) {
		struct rect rect = view_node_rect(page_view(page), node);
		struct value offset = value_object_new(2);
		value_object_set_text(&offset, "left", value_number(rect.x));
		value_object_set_text(&offset, "top", value_number(rect.y + view_scroll_top(page_view(page))));
		call_succeed(call, offset);
	}
}

static void get_wxml(struct command_call *call)
{
	struct page *page;
	struct node *node = call_node(call, &page);
	struct strbuf text = {0};
	if (node) {
		automation_wxml(node, str_is(call_text(call, "type"), "outer"), &text);
		call_succeed_with(call, "wxml", value_take(&text));
	}
}

/* --- custom components --- */

/* Calls a function of the attached script with the component's number, and what else it is given (consumed). */
static void ask_component(struct command_call *call, const char *function, struct value more)
{
	struct page *page;
	struct node *node = call_node(call, &page);
	if (node && !node->instance) {
		call_fail(call, "<" STR_FMT "> is no custom component", STR_ARG(atom_str(node->tag)));
	} else if (node) {
		struct value args = value_array_new(4);
		value_array_push(&args, value_number(node->instance));
		value_array_push(&args, value_text("component"));
		for (size_t i = 0; i < value_len(more); i++) {
			value_array_push(&args, value_ref(value_at(more, i)));
		}
		call_script(call, function, args);
	}
	value_unref(more);
}

static struct value list_of(struct value one)
{
	struct value list = value_array_new(2);
	value_array_push(&list, value_ref(one));
	return list;
}

static void get_data(struct command_call *call) { ask_component(call, "getData", list_of(call_value(call, "path"))); }
static void set_data(struct command_call *call) { ask_component(call, "setData", list_of(call_value(call, "data"))); }

static void call_method(struct command_call *call)
{
	struct value more = list_of(call_value(call, "method"));
	value_array_push(&more, value_ref(call_value(call, "args")));
	ask_component(call, "callMethod", more);
}

static void trigger(struct command_call *call)
{
	struct page *page;
	struct node *node = call_node(call, &page);
	if (!node) {
		return;
	}
	if (node->instance) {
		struct value args = value_array_new(3);
		value_array_push(&args, value_number(node->instance));
		value_array_push(&args, value_ref(call_value(call, "type")));
		value_array_push(&args, value_ref(call_value(call, "detail")));
		call_script(call, "trigger", args);
		return;
	}
	struct value detail = call_value(call, "detail");
	view_emit(page_view(page), node->id, atom_text(atom_intern(call_text(call, "type"))),
		value_is_nullish(detail) ? value_object_new(0) : value_ref(detail));
	page_settle(page);
	call_succeed(call, value_object_new(0));
}

/* A video's context, by the functions that wx has for it. */
static void call_context_method(struct command_call *call)
{
	struct page *page;
	struct node *node = call_node(call, &page);
	if (!node) {
		return;
	}
	struct str tag = atom_str(node->tag);
	struct strbuf make = {0};
	struct value args = value_array_new(5);
	if (str_is(tag, "video")) {
		strbuf_add_text(&make, "createVideoContext");
	} else {
		strbuf_printf(&make, "create%c" STR_FMT "Context", tag.len ? tag.at[0] & ~32 : 'X', STR_ARG(str_slice(tag, 1, tag.len)));
	}
	value_array_push(&args, value_number(view_owner(node) ? view_owner(node) : page_id(page)));
	value_array_push(&args, value_take(&make));
	value_array_push(&args, value_string(atom_str(node->ident)));
	value_array_push(&args, value_ref(call_value(call, "method")));
	value_array_push(&args, value_ref(call_value(call, "args")));
	call_script(call, "callContext", args);
}

/* --- what the kinds of elements can do --- */

static void done(struct command_call *call, struct page *page)
{
	page_settle(page);
	call_succeed_with(call, "result", value_undefined());
}

static void type_text(struct command_call *call, struct page *page, struct node *node, struct value args)
{
	struct strbuf text = {0};
	value_to_text(value_at(args, 0), &text);
	if (view_type_into(page_view(page), node->id, strbuf_str(&text))) {
		done(call, page);
	} else {
		call_fail(call, "<" STR_FMT "> takes no text", STR_ARG(atom_str(node->tag)));
	}
	strbuf_finish(&text);
}

static void scroll_to(struct command_call *call, struct page *page, struct node *node, struct value args)
{
	struct point to = {(float)value_to_number(value_at(args, 0)), (float)value_to_number(value_at(args, 1))};
	view_scroll_inside(page_view(page), node->id, to, 0, host_monotonic(call->automation->mina->host));
	done(call, page);
}

static void scroll_facts(struct command_call *call, struct page *page, struct node *node, struct value args)
{
	struct str name = call_text(call, "functionName");
	size_t dot = str_find_char(name, '.');
	UNUSED(args);
	call_succeed_with(call, "result", scroll_fact(page, node, str_slice(name, dot + 1, name.len)));
}

static void switch_tap(struct command_call *call, struct page *page, struct node *node, struct value args)
{
	UNUSED(args);
	automation_tap(call, page, node);
}

/* What the component itself knows by that name. */
static void ask(struct command_call *call, struct page *page, struct node *node, struct value args)
{
	struct str name = call_text(call, "functionName");
	size_t dot = str_find_char(name, '.');
	struct value told;
	if (view_ask(page_view(page), node->id, str_slice(name, dot + 1, name.len), args, &told)) {
		page_settle(page);
		call_succeed_with(call, "result", told);
	} else {
		call_fail(call, STR_FMT " not exists", STR_ARG(name));
	}
}

static const struct element_function {
	const char *name;
	void (*run)(struct command_call *call, struct page *page, struct node *node, struct value args);
} functions[] = {
	{"input.input", type_text},
	{"textarea.input", type_text},
	{"scroll-view.scrollTo", scroll_to},
	{"scroll-view.scrollTop", scroll_facts},
	{"scroll-view.scrollLeft", scroll_facts},
	{"scroll-view.scrollWidth", scroll_facts},
	{"scroll-view.scrollHeight", scroll_facts},
	{"switch.tap", switch_tap},
};

static void call_function(struct command_call *call)
{
	struct page *page;
	struct node *node = call_node(call, &page);
	if (!node) {
		return;
	}
	struct str name = call_text(call, "functionName"), tag = atom_str(node->tag);
	size_t dot = str_find_char(name, '.');
	if (dot == SIZE_MAX || !str_eq(str_slice(name, 0, dot), tag)) {
		call_fail(call, "<" STR_FMT "> has no function " STR_FMT, STR_ARG(tag), STR_ARG(name));
		return;
	}
	for (size_t i = 0; i < ARRAY_LEN(functions); i++) {
		if (str_is(name, functions[i].name)) {
			functions[i].run(call, page, node, call_value(call, "args"));
			return;
		}
	}
	ask(call, page, node, call_value(call, "args"));
}

/* --- rows --- */

static const struct schema element_rows[] = {COMMAND_ELEMENT, {0}};

static const struct schema selector_rows[] = {
	COMMAND_ELEMENT,
	{"selector", SCHEMA_STRING, SCHEMA_REQUIRED},
	{0},
};

static const struct schema names_rows[] = {
	COMMAND_ELEMENT,
	{"names", SCHEMA_ARRAY, SCHEMA_REQUIRED, .item = SCHEMA_STRING},
	{0},
};

static const struct schema wxml_rows[] = {
	COMMAND_ELEMENT,
	{"type", SCHEMA_STRING, .fallback = "\"inner\"", .choices = "inner|outer"},
	{0},
};

static const struct schema path_rows[] = {
	COMMAND_ELEMENT,
	{"path", SCHEMA_STRING, .doc = "a.b[0]; absent: all data"},
	{0},
};

static const struct schema data_rows[] = {
	COMMAND_ELEMENT,
	{"data", SCHEMA_OBJECT, SCHEMA_REQUIRED},
	{0},
};

static const struct schema method_rows[] = {
	COMMAND_ELEMENT,
	{"method", SCHEMA_STRING, SCHEMA_REQUIRED},
	{"args", SCHEMA_ARRAY, .fallback = "[]"},
	{0},
};

static const struct schema trigger_rows[] = {
	COMMAND_ELEMENT,
	{"type", SCHEMA_STRING, SCHEMA_REQUIRED},
	{"detail", SCHEMA_ANY},
	{0},
};

static const struct schema function_rows[] = {
	COMMAND_ELEMENT,
	{"functionName", SCHEMA_STRING, SCHEMA_REQUIRED, .doc = "input.input, swiper.swipeTo ..."},
	{"args", SCHEMA_ARRAY, .fallback = "[]"},
	{0},
};

const struct command command_element_rows[] = {
	{"Element.getElement", COMMAND_LOOKS, "The first element below it that matches.", selector_rows, get_element},
	{"Element.getElements", COMMAND_LOOKS, "All elements below it that match.", selector_rows, get_elements},
	{"Element.getElementByXpath", COMMAND_LOOKS, "The first element that the XPath names.", selector_rows, get_element_by_xpath},
	{"Element.getElementsByXpath", COMMAND_LOOKS, "All elements that the XPath names.", selector_rows, get_elements_by_xpath},
	{"Element.getAttributes", COMMAND_LOOKS, "Attributes as texts; null where there is none.", names_rows, get_attributes},
	{"Element.getProperties", COMMAND_LOOKS, "Properties of a component, with their types.", names_rows, get_properties},
	{"Element.getDOMProperties", COMMAND_LOOKS, "innerText, offsetWidth, offsetHeight ...", names_rows, get_dom_properties},
	{"Element.getStyles", COMMAND_LOOKS, "Computed styles as texts.", names_rows, get_styles},
	{"Element.getOffset", COMMAND_LOOKS, "Where it stands on the page, CSS px.", element_rows, get_offset},
	{"Element.getWXML", COMMAND_LOOKS, "It, or what is in it, as markup.", wxml_rows, get_wxml},
	{"Element.getData", COMMAND_LOOKS, "Data of a custom component.", path_rows, get_data},
	{"Element.setData", 0, "setData of a custom component.", data_rows, set_data},
	{"Element.callMethod", 0, "A method of a custom component.", method_rows, call_method},
	{"Element.triggerEvent", 0, "An event of the component itself; does not bubble.", trigger_rows, trigger},
	{"Element.callFunction", 0, "What its kind can do.", function_rows, call_function},
	{"Element.callContextMethod", 0, "A method of its context, as wx.createVideoContext gives it.", method_rows, call_context_method},
	{0},
};
