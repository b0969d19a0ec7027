/* WXS (视图层脚本) of an app: its modules, its handlers, and what a ComponentDescriptor can do to an element. The logic layer
 * hears of it by callMethod and triggerEvent only. */
#include "border/js/wxs.h"

#include "runtime/app/inside.h"

#define FOUND_MAX 2000

static int load(void *user, struct str path, struct strbuf *ret_text)
{
	return app_load_text(user, path, ret_text) ? 0 : 1;
}

static void console(void *user, struct str text)
{
	app_log(user, APP_LOG_LOG, STR_FMT, STR_ARG(text));
}

static void error(void *user, const struct js_error *error_of)
{
	struct app *app = user;
	app_report(app, DIAG_ERROR, str_of(error_of->file), error_of->line, error_of->column, "%s", error_of->message);
}

static void problem(void *user, struct str file, int line, int column, const char *text)
{
	app_report(user, DIAG_WARNING, file, line, column, "%s", text);
}

static double now(void *user)
{
	return host_now(((struct app *)user)->host);
}

/* --- what a descriptor does --- */

/* setStyle: an object, or a text. */
static struct value style_text(struct value given)
{
	struct strbuf text = {0};
	if (!value_is(given, VALUE_OBJECT)) {
		return value_ref(given);
	}
	for (size_t i = 0; i < value_count(given); i++) {
		struct str key = value_key(given, i);
		for (size_t k = 0; k < key.len; k++) {
			bool upper = key.at[k] >= 'A' && key.at[k] <= 'Z' && !str_starts(key, STR("--"));
			strbuf_add_text(&text, upper ? "-" : "");
			strbuf_add_char(&text, upper ? (char)(key.at[k] - 'A' + 'a') : key.at[k]);
		}
		strbuf_add_char(&text, ':');
		value_to_text(value_entry(given, i), &text);
		strbuf_add_char(&text, ';');
	}
	return value_take(&text);
}

static void each_class(struct node *node, struct value list, bool on)
{
	size_t count = value_is(list, VALUE_ARRAY) ? value_len(list) : 1;
	for (size_t i = 0; i < count; i++) {
		struct str rest = value_str(value_is(list, VALUE_ARRAY) ? value_at(list, i) : list), name;
		while (rest = str_trim(rest), rest.len && str_split(&rest, ' ', &name)) {
			node_set_script_class(node, atom_intern(name), on);
		}
	}
}

/* These, and no others. */
static void set_classes(struct node *node, struct value list)
{
	for (size_t i = node->classes.len; i > 0; i--) {
		node_set_script_class(node, node->classes.at[i - 1], false);
	}
	each_class(node, list, true);
}

static struct node *root_below(struct page *page, struct node *node)
{
	return node->shadow ? node->shadow : node == view_root(page->view) ? node : NULL;
}

static struct value find(struct page *page, struct node *node, struct str selector, bool all)
{
	struct node *root = root_below(page, node), *hits[FOUND_MAX];
	size_t count = root ? selector_query(root, selector, hits, all ? FOUND_MAX : 1) : 0;
	if (!all) {
		if (count) {
			hits[0]->scripted = true;
		}
		return value_number(count ? hits[0]->id : 0);
	}
	struct value ids = value_array_new(count);
	for (size_t i = 0; i < size_min(count, FOUND_MAX); i++) {
		hits[i]->scripted = true;
		value_array_push(&ids, value_number(hits[i]->id));
	}
	return ids;
}

static struct value rect_of(struct page *page, const struct node *node)
{
	static const char *const names[] = {"left", "top", "right", "bottom", "width", "height"};
	struct rect rect = view_node_rect(page->view, node);
	double numbers[] = {rect.x, rect.y, rect.x + rect.width, rect.y + rect.height, rect.width, rect.height};
	struct value result = value_object_new(ARRAY_LEN(names));
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		value_object_set_text(&result, names[i], value_number(numbers[i]));
	}
	return result;
}

static struct value computed(const struct node *node, struct value names)
{
	struct value result = value_object_new(value_len(names));
	for (size_t i = 0; node->style && i < value_len(names); i++) {
		struct strbuf text = {0};
		style_print_property(node->style, value_str(value_at(names, i)), &text);
		value_object_set(&result, value_str(value_at(names, i)), value_take(&text));
	}
	return result;
}

/* callMethod: of the component that the node is the host of, else of the one whose template has it. */
static void call_method(struct page *page, const struct node *node, struct value args)
{
	struct view_call call = {.kind = VIEW_METHOD, .instance = node->instance ? node->instance : view_owner(node),
		.handler = value_ref(value_at(args, 0)), .data = value_array_new(1), .node = node->id};
	value_array_push(&call.data, value_ref(value_at(args, 1)));
	view_push_call(page->view, &call);
}

static void trigger(struct page *page, struct node *node, struct value args)
{
	struct value options = value_at(args, 2);
	struct view_event event = {
		.type = atom_str(atom_intern(value_str(value_at(args, 0)))).at,
		.detail = value_ref(value_at(args, 1)),
		.bubbles = value_to_bool(value_get_text(options, "bubbles")),
		.composed = value_to_bool(value_get_text(options, "composed")),
		.no_capture = !value_to_bool(value_get_text(options, "capturePhase")),
	};
	view_dispatch(page->view, node, &event);
}

static struct value descriptor(void *user, uint32_t page_id_of, uint32_t node_id, struct str method, struct value args)
{
	struct page *page = app_page_by_id(user, page_id_of);
	struct node *node = page ? slot_get(&view_tree(page->view)->ids, node_id) : NULL;
	if (!node) {
		return value_undefined();
	}
	struct str text = value_str(value_at(args, 0));
	if (str_is(method, "setStyle")) {
		struct value style = style_text(value_at(args, 0));
		node_set_script_style(node, style);
		value_unref(style);
	} else if (str_is(method, "addClass") || str_is(method, "removeClass")) {
		each_class(node, value_at(args, 0), str_is(method, "addClass"));
	} else if (str_is(method, "setClass")) {
		set_classes(node, value_at(args, 0));
	} else if (str_is(method, "hasClass")) {
		return value_bool(text.len && node_has_class(node, atom_intern(text)));
	} else if (str_is(method, "getDataset")) {
		return value_is(node->dataset, VALUE_OBJECT) ? value_ref(node->dataset) : value_object_new(0);
	} else if (str_is(method, "selectComponent") || str_is(method, "selectAllComponents")) {
		return find(page, node, text, str_is(method, "selectAllComponents"));
	} else if (str_is(method, "getBoundingClientRect")) {
		return rect_of(page, node);
	} else if (str_is(method, "getComputedStyle")) {
		return computed(node, value_at(args, 0));
	} else if (str_is(method, "callMethod")) {
		call_method(page, node, args);
	} else if (str_is(method, "triggerEvent")) {
		trigger(page, node, args);
	}
	return value_undefined();
}

static const struct wxs_ops wxs_ops = {
	.load = load,
	.console = console,
	.error = error,
	.problem = problem,
	.descriptor = descriptor,
	.now = now,
};

/* --- modules --- */

static void define(void *user, const struct wxml_module *module)
{
	wxs_define(user, module->file, module->name, module->path, module->text, module->line, module->column);
}

void app_script_define(struct app *app)
{
	if (!app->wxs) {
		app->wxs = wxs_create(app->engine, &wxs_ops, app);
	}
	if (app->wxs) {
		wxml_set_modules(app->wxml, define, app->wxs);
	}
}

struct value app_script_module(void *user, struct str file, struct str module)
{
	struct app *app = ((struct instance *)user)->app;
	return app->wxs ? wxs_exports(app->wxs, file, module) : value_undefined();
}

struct value app_script_call(void *user, uint32_t function, const struct value *args, size_t count)
{
	struct app *app = ((struct instance *)user)->app;
	return app->wxs ? wxs_call(app->wxs, function, args, count) : value_undefined();
}

void app_script_stop(struct app *app)
{
	wxs_destroy(app->wxs);
	app->wxs = NULL;
}

/* --- handlers --- */

static slot_id owner_node(struct page *page, const struct node *node)
{
	struct instance *owner = app_instance(page->app, view_owner(node));
	return owner ? owner->node : page->root.node;
}

bool page_script_handle(void *user, struct node *node, uint32_t function, struct value event)
{
	struct page *page = user;
	node->scripted = true;
	return page->app->wxs && wxs_handle(page->app->wxs, function, event, page->root.id, node->id, owner_node(page, node));
}

void page_script_forget(void *user, struct node *node)
{
	struct page *page = user;
	if (page->app->wxs) {
		wxs_forget(page->app->wxs, page->root.id, node->id);
	}
}

/* --- change:prop --- */

static struct str changing(const struct node *node, size_t i)
{
	struct str name = atom_str(node->attrs.at[i].name);
	bool is = value_is(node->attrs.at[i].value, VALUE_FUNCTION) && str_starts(name, STR("change:"));
	return is ? str_slice(name, 7, name.len) : (struct str){0};
}

/* A property that a handler looks at has another value: it is called when the frame stands. */
void page_script_watch(struct page *page, struct node *node, atom_t name)
{
	for (size_t i = 0; i < node->attrs.len; i++) {
		struct str watched = changing(node, i);
		if (!watched.len || (name && atom_intern(watched) != name)) {
			continue;
		}
		struct page_watch *found = NULL;
		for (size_t k = 0; k < page->watches.len && !found; k++) {
			struct page_watch *watch = &page->watches.at[k];
			found = watch->node == node->id && watch->name == atom_intern(watched) ? watch : NULL;
		}
		if (!found) {
			struct page_watch fresh = {.node = node->id, .name = atom_intern(watched)};
			vec_push(&page->watches, fresh);
			found = &vec_last(&page->watches);
		}
		found->changed = page->watched = true;
	}
}

static void call_watch(struct page *page, struct page_watch *watch, struct node *node)
{
	struct strbuf name = {0};
	strbuf_printf(&name, "change:" STR_FMT, STR_ARG(atom_str(watch->name)));
	struct value handler = node_attr(node, atom_intern(strbuf_str(&name))), next = value_ref(node_attr(node, watch->name));
	struct value before = watch->value;
	strbuf_finish(&name);
	watch->changed = false;
	watch->value = next;
	node->scripted = true;
	if (value_is(handler, VALUE_FUNCTION) && page->app->wxs && !value_identical(before, next)) {
		wxs_changed(page->app->wxs, handler.function, next, before, page->root.id, node->id, owner_node(page, node));
	}
	value_unref(before);
}

void page_script_frame(struct page *page)
{
	struct app *app = page->app;
	for (size_t i = 0; page->watched && i < page->watches.len; i++) {
		struct node *node = slot_get(&view_tree(page->view)->ids, page->watches.at[i].node);
		if (!node) {
			value_unref(page->watches.at[i].value);
			vec_remove(&page->watches, i);
			i--;
		} else if (page->watches.at[i].changed) {
			call_watch(page, &page->watches.at[i], node);
		}
	}
	page->watched = false;
	if (app->wxs) {
		wxs_frame(app->wxs, page->root.id, host_now(app->host));
		if (wxs_wants_frame(app->wxs, page->root.id)) {
			app_want_frame(app);
		}
	}
}

double page_script_due(const struct page *page)
{
	double due = page->app->wxs ? wxs_due(page->app->wxs, page->root.id) : INFINITY;
	return isfinite(due) ? due - host_now(page->app->host) + host_monotonic(page->app->host) : INFINITY;
}

void page_script_finish(struct page *page)
{
	for (size_t i = 0; i < page->watches.len; i++) {
		value_unref(page->watches.at[i].value);
	}
	vec_finish(&page->watches);
	if (page->app->wxs) {
		wxs_forget(page->app->wxs, page->root.id, 0);
	}
}
