/* One page: its instance in the logic layer, its view, its frames and its life cycle
 * (framework.md, section 5). */
#include "runtime/app/inside.h"

slot_id page_id(const struct page *page)
{
	return page->root.id;
}

struct str page_path(const struct page *page)
{
	return strbuf_str(&page->path);
}

bool page_is_settled(const struct page *page)
{
	return page->view && view_is_settled(page->view) && !page->dirty.len && !page->calm.len;
}

struct value page_query(const struct page *page)
{
	return page->query;
}

struct view *page_view(struct page *page)
{
	return page->view;
}

struct value page_data(const struct page *page)
{
	return page->root.data;
}

const struct page_config *page_config(const struct page *page)
{
	return page->config;
}

static void wants_frame(void *user)
{
	struct page *page = user;
	app_want_frame(page->app);
}

static struct value property(void *user, const struct node *node, const char *name)
{
	const struct page *page = user;
	const struct instance *instance = app_instance(page->app, node->instance);
	return instance ? value_get_text(instance->data, name) : value_undefined();
}

static struct media_source *media(void *user, struct str url)
{
	struct page *page = user;
	return app_media(page->app, url);
}

/* What has to be added to monotonic ms for ms since 1970 in the host's zone. */
static double local_wall(struct host *host)
{
	double now = host->clock->now(host);
	return now + host->clock->zone_offset(host, now) * 60000.0 - host_monotonic(host);
}

static void make_view(struct page *page)
{
	struct app *app = page->app;
	struct host_screen_info screen = app->host->screen->info(app->host);
	struct view_config config = {
		.path = strbuf_str(&page->path),
		.scope = page_scope(page, page->root.definition),
		.defaults = app->defaults,
		.env = app_page_env(app, page),
		.shaper = app->shaper,
		.fonts = app->options.fonts,
		.images = app->images,
		.media = media,
		.diags = app->options.diags,
		.pull_down = page->config->enable_pull_down_refresh,
		.no_scroll = page->config->disable_scroll,
		.keyboard_height = app->host->ui ? app->host->ui->keyboard_height : 0,
		.reach_bottom = (float)page->config->on_reach_bottom_distance,
		.english = screen.english,
		.system_font_size = screen.font_size,
		.map_tiles = str_of(app->options.map_tiles),
		.wants_frame = wants_frame,
		.handle = page_script_handle,
		.forget = page_script_forget,
		.property = property,
		.wall = local_wall(app->host),
		.user = page,
	};
	page->view = view_create(&config);
}

/* Components are made with the page, before its onLoad; a page without any is rendered with its first frame. */
static void make_tree(struct page *page)
{
	struct app *app = page->app;
	page->root.node = view_root(page->view)->id;
	page->root.scope = view_root(page->view)->scope;
	instance_show(&page->root);
	bool custom = value_to_bool(value_get_text(app->config->tab_bar, "custom")) && app_is_tab(app, strbuf_str(&page->path));
	slot_id tab_bar = custom ? instance_add_tab_bar(page) : 0;
	struct value steps = app_encode_functions(app, app_take_steps(app));
	struct value args[] = {value_number(page->root.id), steps, instance_attach_page(&page->root), value_number(tab_bar)};
	value_unref(app_js(app, "startPage", 4, args));
}

struct page *page_open(struct app *app, struct str path, struct value query)
{
	struct page *page = mem_alloc(sizeof(*page));
	page->app = app;
	strbuf_add(&page->path, path);
	page->query = value_ref(query);
	instance_init_page(&page->root, page);
	page->root.definition = definition_get(app, path, true);
	page->config = page->root.definition->config;
	page_bar_init(page);
	page_orient(page);
	page_share_init(page);
	struct value args[] = {value_number(page->root.id), value_number(page->root.definition->number), value_ref(query)};
	page->root.data = app_js(app, "createPage", 3, args);
	if (!value_is(page->root.data, VALUE_OBJECT)) {
		app_report(app, DIAG_ERROR, path, 0, 0, "Page \"" STR_FMT "\" has not been registered yet.", STR_ARG(path));
		value_unref(page->root.data);
		page->root.data = value_object_new(0);
	} else if (app->functions) {
		struct value decoded = app_decode_functions(page->root.data);
		value_unref(page->root.data);
		page->root.data = decoded;
	}
	make_view(page);
	const struct page *opening = app->opening;
	app->opening = page;
	make_tree(page);
	app->opening = opening;
	return page;
}

/* The keyboard goes with its page. */
static void drop_keyboard(struct page *page)
{
	if (!page->app->ending && view_focused(page->view)) {
		struct value data = value_object_new(1);
		view_blur(page->view);
		value_object_set_text(&data, "open", value_bool(false));
		if (page->app->api.intent) {
			page->app->api.intent(page->app->api.user, page, "keyboard", data, 0);
		}
		value_unref(data);
	}
}

void page_close(struct page *page)
{
	struct app *app = page->app;
	drop_keyboard(page);
	value_unref(page_call(page, "onUnload", value_array_new(0)));
	instance_detach_page(&page->root);
	struct value args[] = {value_number(page->root.id), app_take_steps(app)};
	value_unref(app_js(app, "dropPage", 2, args));
	for (size_t i = 0; i < page->callbacks.len; i++) {
		app_unpin(app, page->callbacks.at[i]);
	}
	vec_finish(&page->callbacks);
	instance_finish_page(&page->root);
	value_unref(app_take_steps(app));
	page_script_finish(page);
	view_destroy(page->view);
	page_scopes_finish(page);
	vec_finish(&page->dirty);
	vec_finish(&page->calm);
	strbuf_finish(&page->path);
	strbuf_finish(&page->bar.title);
	page_share_finish(page);
	value_unref(page->query);
	mem_free(page);
}

struct value page_call(struct page *page, const char *name, struct value list)
{
	struct value args[8] = {value_number(page->root.id), value_text(name)};
	size_t count = size_min(value_len(list), ARRAY_LEN(args) - 2);
	for (size_t i = 0; i < count; i++) {
		args[i + 2] = value_ref(value_at(list, i));
	}
	value_unref(list);
	return app_js(page->app, "callPage", count + 2, args);
}

void page_set_data(struct page *page, struct value patch)
{
	struct value args[] = {value_number(page->root.id), patch};
	value_unref(app_js(page->app, "setPageData", 2, args));
}

void page_show(struct page *page)
{
	page->visible = true;
	page_orient(page);
	view_show(page->view, true);
	value_unref(page_call(page, "onShow", value_array_new(0)));
	app_want_frame(page->app);
}

void page_hide(struct page *page)
{
	page->visible = false;
	drop_keyboard(page);
	value_unref(page_call(page, "onHide", value_array_new(0)));
	view_tick(page->view, host_monotonic(page->app->host));
	view_show(page->view, false);
	page_drain(page);
}

static struct value one(struct value item)
{
	struct value list = value_array_new(1);
	value_array_push(&list, item);
	return list;
}

/* The answer of an input's handler takes the place of the typed text. */
static void call_handler(struct page *page, const struct view_call *call)
{
	struct value args[] = {value_number(call->instance ? call->instance : page->root.id), value_ref(call->handler), value_ref(call->data)};
	struct value answer = app_js(page->app, "handleEvent", 3, args);
	bool typed = str_is(value_str(value_get_text(call->data, "type")), "input");
	if (typed && !value_is_nullish(answer)) {
		struct value ret;
		view_ask(page->view, call->node, STR("replace"), answer, &ret);
		value_unref(ret);
	}
	value_unref(answer);
}

static void write_model(struct page *page, const struct view_call *call)
{
	struct value args[] = {value_number(call->instance ? call->instance : page->root.id), value_ref(call->handler), value_ref(call->data)};
	value_unref(app_js(page->app, "writeModel", 3, args));
}

/* callMethod of a view script. */
static void call_method(struct page *page, const struct view_call *call)
{
	struct value args[] = {value_number(call->instance ? call->instance : page->root.id), value_ref(call->handler),
		value_ref(value_at(call->data, 0))};
	value_unref(app_js(page->app, "handleEvent", 3, args));
}

void page_drain(struct page *page)
{
	struct app *app = page->app;
	slot_id id = page->root.id;
	struct view_call call;
	/* A handler may close this very page. */
	while (app_page_by_id(app, id) && view_take_call(page->view, &call)) {
		switch (call.kind) {
		case VIEW_HANDLER:
			call_handler(page, &call);
			break;
		case VIEW_METHOD:
			call_method(page, &call);
			break;
		case VIEW_MODEL:
			write_model(page, &call);
			break;
		case VIEW_PAGE_SCROLL:
			value_unref(page_call(page, "onPageScroll", one(value_ref(call.data))));
			break;
		case VIEW_REACH_BOTTOM:
			value_unref(page_call(page, "onReachBottom", value_array_new(0)));
			break;
		case VIEW_PULL_DOWN:
			page->pulling = true;
			value_unref(page_call(page, "onPullDownRefresh", value_array_new(0)));
			break;
		case VIEW_ANIMATED:
			app_call_pinned(app, (uint32_t)value_to_number(call.data), false, value_array_new(0));
			break;
		case VIEW_INTENT:
			if (app->api.intent) {
				app->api.intent(app->api.user, page, call.name, call.data, call.node);
			}
			break;
		}
		view_call_finish(&call);
	}
}

void page_settle(struct page *page)
{
	page_drain(page);
	app_want_frame(page->app);
}

void page_framed(struct page *page)
{
	struct app *app = page->app;
	slot_id id = page->root.id;
	page_script_frame(page);
	size_t count = page->callbacks.len; // of setData calls whose change is on the screen now
	uint32_t *callbacks = mem_dup(page->callbacks.at, count * sizeof(*callbacks));
	vec_clear(&page->callbacks);
	if (app_page_by_id(app, id) && page->fresh) {
		page->fresh = false;
		struct value args[] = {value_number(id)};
		value_unref(app_js(app, "framed", 1, args));
	}
	if (app_page_by_id(app, id) && !page->ready && page->visible) {
		page->ready = true;
		value_unref(page_call(page, "onReady", value_array_new(0)));
	}
	if (app_page_by_id(app, id) && app->api.frame_done) {
		app->api.frame_done(app->api.user, page);
	}
	for (size_t i = 0; i < count; i++) {
		app_call_pinned(app, callbacks[i], false, value_array_new(0));
	}
	mem_free(callbacks);
}

/* ARCHITECTURE, walk 1, steps 7 to 13: patch, styles, boxes; then queries, callbacks, onReady. */
void page_frame(struct page *page, double now)
{
	struct app *app = page->app;
	slot_id id = page->root.id;
	double began = app_watch_clock(app);
	page_render_dirty(page);
	bool changed = view_frame(page->view, now);
	app->frames++;
	if (changed && app_is_watched(app)) {
		struct value event = value_object_new(3);
		value_object_set_text(&event, "kind", value_text("frame"));
		value_object_set_text(&event, "page", value_string(page_path(page)));
		value_object_set_text(&event, "ms", value_number(app_watch_clock(app) - began));
		app_watch_tell(app, event);
	}
	page_framed(page);
	if (app_page_by_id(app, id)) {
		page_drain(page);
	}
	if (changed && app->options.on_present) {
		app->options.on_present(app->options.user);
	}
}
