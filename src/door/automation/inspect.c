/* Inspect.*: what a developer looks at beside the phone: the tree and its styles, data, storage, and what happens. */
#include "door/automation/command.h"

#include "core/value/json.h"
#include "core/wxss/cascade.h"
#include "runtime/view/view.h"

#include <time.h>

#define TREE_DEPTH_MAX 400

static void done(struct command_call *call)
{
	call_succeed(call, value_object_new(0));
}

/* --- the tree --- */

static struct value rect_value(struct rect rect)
{
	struct value value = value_object_new(4);
	value_object_set_text(&value, "x", value_number(rect.x));
	value_object_set_text(&value, "y", value_number(rect.y));
	value_object_set_text(&value, "width", value_number(rect.width));
	value_object_set_text(&value, "height", value_number(rect.height));
	return value;
}

static struct value attributes_of(const struct node *node)
{
	struct value list = value_object_new(node->attrs.len + 3);
	if (node->ident) {
		value_object_set_text(&list, "id", value_string(atom_str(node->ident)));
	}
	if (node->classes.len) {
		struct strbuf classes = {0};
		for (size_t i = 0; i < node->classes.len; i++) {
			strbuf_add_text(&classes, i ? " " : "");
			strbuf_add(&classes, atom_str(node->classes.at[i]));
		}
		value_object_set_text(&list, "class", value_take(&classes));
	}
	if (value_str(node->inline_style).len) {
		value_object_set_text(&list, "style", value_ref(node->inline_style));
	}
	for (size_t i = 0; i < node->attrs.len; i++) {
		value_object_set(&list, atom_str(node->attrs.at[i].name), value_ref(node->attrs.at[i].value));
	}
	return list;
}

struct listing {
	struct value list;
	int depth;
};

static void describe(void *user, struct node *node);

static struct value children_of(struct node *node, int depth)
{
	struct listing inside = {value_array_new(4), depth + 1};
	if (depth < TREE_DEPTH_MAX) {
		automation_children(node, describe, &inside);
	}
	return inside.list;
}

/* {node, tag, attributes, component?, children} or {text} */
static void describe(void *user, struct node *node)
{
	struct listing *listing = user;
	struct value row = value_object_new(5);
	if (node->kind == NODE_TEXT) {
		value_object_set_text(&row, "text", value_ref(node->text));
	} else {
		value_object_set_text(&row, "node", value_number(node->id));
		value_object_set_text(&row, "tag", value_string(atom_str(node->tag)));
		value_object_set_text(&row, "attributes", attributes_of(node));
		if (node->instance) {
			value_object_set_text(&row, "component", value_bool(true));
		}
		value_object_set_text(&row, "children", children_of(node, listing->depth));
	}
	value_array_push(&listing->list, row);
}

static struct page *top_of(struct command_call *call)
{
	return app_top(call_app(call));
}

static struct node *node_of(struct command_call *call)
{
	double id = value_to_number(call_value(call, "node"));
	struct page *page = top_of(call);
	struct node *node = page && id >= 1 && id <= UINT32_MAX ? slot_get(&view_tree(page_view(page))->ids, (slot_id)id) : NULL;
	if (!node) {
		call_fail(call, "the element is gone");
	}
	return node;
}

static void get_tree(struct command_call *call)
{
	struct page *page = top_of(call);
	struct value result = value_object_new(2);
	value_object_set_text(&result, "path", value_string(page_path(page)));
	value_object_set_text(&result, "children", children_of(view_root(page_view(page)), 0));
	call_succeed(call, result);
}

/* On the screen. */
static struct rect screen_rect(struct command_call *call, const struct node *node)
{
	struct page *page = top_of(call);
	struct rect area = app_page_area(call_app(call), page), rect = view_node_rect(page_view(page), node);
	rect.x += area.x;
	rect.y += area.y - view_lift(page_view(page));
	return rect;
}

static void node_at(struct command_call *call)
{
	struct page *page = top_of(call);
	struct rect area = app_page_area(call_app(call), page);
	struct point at = {(float)value_to_number(call_value(call, "x")) - area.x, (float)value_to_number(call_value(call, "y")) - area.y};
	struct node *node = view_hit(page_view(page), at);
	while (node && (node->kind != NODE_ELEMENT || str_starts(atom_str(node->tag), STR("mina-")))) { // insides of built-ins
		node = node->parent ? node->parent : node->host;
	}
	struct value result = value_object_new(2);
	if (node) {
		value_object_set_text(&result, "node", value_number(node->id));
		value_object_set_text(&result, "rect", rect_value(screen_rect(call, node)));
	}
	call_succeed(call, result);
}

static void get_pages(struct command_call *call)
{
	const struct app_config *config = app_config(call_app(call));
	struct value list = value_array_new(config->pages.len);
	for (size_t i = 0; i < config->pages.len; i++) {
		value_array_push(&list, value_string(config->pages.at[i]));
	}
	call_succeed_with(call, "pages", list);
}

/* --- styles --- */

static void add_rule(void *user, const struct cascade_rule *rule)
{
	struct value *list = user, row = value_object_new(5);
	value_object_set_text(&row, "selector", value_string(rule->selector));
	value_object_set_text(&row, "declarations", value_string(rule->declarations));
	value_object_set_text(&row, "file", value_string(rule->file));
	value_object_set_text(&row, "line", value_number(rule->line));
	value_object_set_text(&row, "builtin", value_bool(rule->builtin));
	value_array_push(list, row);
}

static struct value edges(const struct insets *insets)
{
	struct value list = value_array_new(4);
	const float sides[] = {insets->top, insets->right, insets->bottom, insets->left};
	for (size_t i = 0; i < ARRAY_LEN(sides); i++) {
		value_array_push(&list, value_number(sides[i]));
	}
	return list;
}

/* {rect, margin?, border?, padding?: [top, right, bottom, left]} */
static struct value box_of(struct command_call *call, const struct node *node)
{
	struct value value = value_object_new(4);
	value_object_set_text(&value, "rect", rect_value(screen_rect(call, node)));
	if (node->box) {
		value_object_set_text(&value, "margin", edges(&node->box->margin));
		value_object_set_text(&value, "border", edges(&node->box->border));
		value_object_set_text(&value, "padding", edges(&node->box->padding));
	}
	return value;
}

static void get_style(struct command_call *call)
{
	struct node *node = node_of(call);
	if (!node) {
		return;
	}
	struct value rules = value_array_new(8), result = value_object_new(4);
	struct strbuf computed = {0};
	view_rules(page_view(top_of(call)), node, add_rule, &rules);
	if (node->style) {
		style_print(node->style, &computed);
	}
	value_object_set_text(&result, "rules", rules);
	value_object_set_text(&result, "inline", value_string(value_str(node->inline_style)));
	value_object_set_text(&result, "computed", value_take(&computed));
	value_object_set_text(&result, "box", box_of(call, node));
	call_succeed(call, result);
}

static void set_style(struct command_call *call)
{
	struct node *node = node_of(call);
	if (node) {
		node_set_style(node, call_value(call, "text"));
		app_want_frame(call_app(call));
		done(call);
	}
}

/* --- data --- */

static void get_app_data(struct command_call *call)
{
	struct app *app = call_app(call);
	struct value list = value_array_new(app_page_count(app));
	for (size_t i = 0; i < app_page_count(app); i++) {
		struct page *page = app_page_at(app, i);
		struct value row = value_object_new(3);
		value_object_set_text(&row, "pageId", value_number(page_id(page)));
		value_object_set_text(&row, "path", value_string(page_path(page)));
		value_object_set_text(&row, "data", value_ref(page_data(page)));
		value_array_push(&list, row);
	}
	call_succeed_with(call, "pages", list);
}

static void set_app_data(struct command_call *call)
{
	struct page *page = call_page(call);
	if (page) {
		page_set_data(page, value_ref(call_value(call, "data")));
		done(call);
	}
}

/* --- storage --- */

static struct host_storage *storage_of(struct command_call *call)
{
	struct sim_host *sim = call->automation->mina->sim;
	if (!sim) {
		call_fail(call, "there is no simulated world");
	}
	return sim ? &sim->storage : NULL;
}

static void get_storage(struct command_call *call)
{
	struct host_storage *storage = storage_of(call);
	struct value result = value_object_new(3);
	if (!storage) {
		value_unref(result);
		return;
	}
	value_object_set_text(&result, "items", host_storage_dump(storage));
	value_object_set_text(&result, "bytes", value_number((double)storage->total));
	value_object_set_text(&result, "limit", value_number(storage->limit ? (double)storage->limit : 10.0 * 1024 * 1024));
	call_succeed(call, result);
}

/* One of the storage's own calls, as the program makes them. */
static void ask_storage(struct command_call *call, enum host_outcome (*ask)(struct host_storage *storage, struct value parameters,
	struct host_answer *ret_answer))
{
	struct host_storage *storage = storage_of(call);
	struct host_answer answer = {0};
	if (!storage) {
		return;
	}
	if (ask(storage, call->parameters, &answer) == HOST_OK) {
		done(call);
	} else {
		call_fail(call, STR_FMT, STR_ARG(value_str(value_get_text(answer.value, "errMsg"))));
	}
	host_answer_finish(&answer);
}

static void set_item(struct command_call *call) { ask_storage(call, host_storage_set); }
static void remove_item(struct command_call *call) { ask_storage(call, host_storage_remove); }
static void clear_items(struct command_call *call) { ask_storage(call, host_storage_clear); }

/* --- what happens --- */

static double machine_clock(void *user)
{
	struct timespec now;
	UNUSED(user);
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1000 + (double)now.tv_nsec / 1e6;
}

/* {$bytes}: how many there are is told, not what they are. */
static void on_event(void *user, struct value event)
{
	struct automation *automation = user;
	struct value told = value_unshared(value_ref(event));
	value_object_set_text(&told, "at", value_number(host_now(automation->mina->host)));
	automation_tell(automation, "Inspect.happened", told, false);
}

void inspect_attach(struct automation *automation)
{
	struct app *app = automation->mina->app;
	struct app_watcher watcher = {on_event, machine_clock, automation};
	if (app && automation->recording) {
		app_watch(app, &watcher);
	}
}

static void record(struct command_call *call)
{
	struct app_watcher nobody = {0};
	call->automation->recording = value_to_bool(call_value(call, "on"));
	if (call->automation->recording) {
		inspect_attach(call->automation);
	} else {
		app_watch(call_app(call), &nobody);
	}
	done(call);
}

static const struct schema none_rows[] = {{0}};
static const struct schema point_rows[] = {{"x", SCHEMA_NUMBER, SCHEMA_REQUIRED, .doc = "of the screen, CSS px"}, {"y", SCHEMA_NUMBER, SCHEMA_REQUIRED}, {0}};
static const struct schema node_rows[] = {{"node", SCHEMA_NUMBER, SCHEMA_REQUIRED, .doc = "its number in the tree"}, {0}};

static const struct schema style_rows[] = {
	{"node", SCHEMA_NUMBER, SCHEMA_REQUIRED}, {"text", SCHEMA_STRING, SCHEMA_REQUIRED, .doc = "its whole inline style"}, {0}};

static const struct schema data_rows[] = {
	{"pageId", SCHEMA_NUMBER, SCHEMA_REQUIRED}, {"data", SCHEMA_OBJECT, SCHEMA_REQUIRED, .doc = "paths and values, as setData has them"}, {0}};

static const struct schema item_rows[] = {{"key", SCHEMA_STRING, SCHEMA_REQUIRED}, {"data", SCHEMA_ANY}, {0}};
static const struct schema key_rows[] = {{"key", SCHEMA_STRING, SCHEMA_REQUIRED}, {0}};
static const struct schema record_rows[] = {{"on", SCHEMA_BOOL, .fallback = "true", .doc = "Inspect.happened tells of calls, setData and frames"}, {0}};

const struct command command_inspect_rows[] = {
	{"Inspect.getTree", COMMAND_LOOKS, "The page's elements as they are shown, components with their insides.", none_rows, get_tree},
	{"Inspect.getPages", COMMAND_LOOKS, "The paths of all pages of app.json.", none_rows, get_pages},
	{"Inspect.nodeAt", COMMAND_LOOKS, "The element at a point of the screen.", point_rows, node_at},
	{"Inspect.getStyle", COMMAND_LOOKS, "Rules that match an element, its computed style and its box.", node_rows, get_style},
	{"Inspect.setStyle", 0, "Another inline style, until the program sets one.", style_rows, set_style},
	{"Inspect.getAppData", COMMAND_LOOKS, "The data of all pages that are open.", none_rows, get_app_data},
	{"Inspect.setAppData", 0, "As setData on a page.", data_rows, set_app_data},
	{"Inspect.getStorage", COMMAND_LOOKS | COMMAND_NO_APP, "What wx.setStorage has kept.", none_rows, get_storage},
	{"Inspect.setStorageItem", COMMAND_NO_APP, "One item of it.", item_rows, set_item},
	{"Inspect.removeStorageItem", COMMAND_NO_APP, "One item less.", key_rows, remove_item},
	{"Inspect.clearStorage", COMMAND_NO_APP, "All of it goes.", none_rows, clear_items},
	{"Inspect.record", COMMAND_LOOKS, "What happens in the program is told, or no longer.", record_rows, record},
	{0},
};
