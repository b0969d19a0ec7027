/* Page routes (framework.md, section 5.2): checked when asked for, performed in order on a later turn. */
#include "runtime/app/inside.h"

struct value app_parse_query(struct str text)
{
	struct value query = value_object_new(4);
	struct str rest = text, piece;
	while (rest.len && str_split(&rest, '&', &piece)) {
		size_t equals = str_find_char(piece, '=');
		struct str key = str_slice(piece, 0, equals == SIZE_MAX ? piece.len : equals);
		struct str value = equals == SIZE_MAX ? STR("") : str_slice(piece, equals + 1, piece.len);
		if (key.len) {
			value_object_set(&query, key, value_string(value));
		}
	}
	return query;
}

/* "../b/b?x=1" as seen from the top page into "pages/b/b" and "x=1". */
static void split_url(const struct app *app, struct str url, struct strbuf *path, struct strbuf *query)
{
	size_t mark = str_find_char(url, '?');
	struct str name = str_slice(url, 0, mark == SIZE_MAX ? url.len : mark);
	if (mark != SIZE_MAX) {
		strbuf_add(query, str_slice(url, mark + 1, url.len));
	}
	struct strbuf joined = {0};
	const struct page *top = app_top(app);
	if (top && name.len && name.at[0] != '/') {
		struct str base = strbuf_str(&top->path);
		size_t end = str_rfind_char(base, '/');
		strbuf_add(&joined, str_slice(base, 0, end == SIZE_MAX ? 0 : end + 1));
	}
	strbuf_add(&joined, name);
	struct str rest = strbuf_str(&joined), piece;
	while (rest.at && str_split(&rest, '/', &piece)) {
		if (!piece.len || str_is(piece, ".")) {
			continue;
		}
		if (str_is(piece, "..")) {
			size_t end = str_rfind_char(strbuf_str(path), '/');
			path->len = end == SIZE_MAX ? 0 : end;
			continue;
		}
		if (path->len) {
			strbuf_add_char(path, '/');
		}
		strbuf_add(path, piece);
	}
	if (str_ends(strbuf_str(path), STR(".html"))) { // accepted of old
		path->len -= 5;
	}
	if (path->at) {
		path->at[path->len] = 0;
	}
	strbuf_finish(&joined);
}

static const char *const route_names[] = {"navigateTo", "redirectTo", "navigateBack", "switchTab", "reLaunch"};

static bool check(struct app *app, enum app_route route, struct str path, struct strbuf *ret_error)
{
	bool known = config_has_page(app->config, path), tab = app_is_tab(app, path);
	size_t waiting = 0;
	for (size_t i = 0; i < app->routes.len; i++) {
		waiting += app->routes.at[i].request.route == ROUTE_NAVIGATE;
	}
	if (route == ROUTE_BACK) {
		if (app->pages.len + waiting < 2) {
			strbuf_add_text(ret_error, "cannot navigate back at first page");
		}
	} else if (!known) {
		strbuf_printf(ret_error, "page \"" STR_FMT "\" is not found", STR_ARG(path));
	} else if ((route == ROUTE_NAVIGATE || route == ROUTE_REDIRECT) && tab) {
		strbuf_printf(ret_error, "can not %s a tabbar page", route_names[route]);
	} else if (route == ROUTE_SWITCH_TAB && !tab) {
		strbuf_add_text(ret_error, "can not switch to no-tabBar page");
	} else if (route == ROUTE_NAVIGATE && app->pages.len + waiting >= APP_PAGES_MAX) {
		strbuf_add_text(ret_error, "webview count limit exceed");
	}
	return ret_error->len == 0;
}

static void route_turn(struct host_timer *timer)
{
	app_route_run(CONTAINER_OF(timer, struct app, route_timer));
}

bool app_route(struct app *app, const struct app_route_request *request, struct strbuf *ret_error)
{
	if (request->route == ROUTE_BACK && app_top(app) && view_take_back(page_view(app_top(app)))) {
		page_settle(app_top(app));
		if (request->done) {
			request->done(request->user);
		}
		return true;
	}
	struct app_route_item item = {.request = *request};
	split_url(app, request->url, &item.path, &item.query_text);
	if (!check(app, request->route, strbuf_str(&item.path), ret_error)) {
		strbuf_finish(&item.path);
		strbuf_finish(&item.query_text);
		return false;
	}
	item.request.url = (struct str){0};
	vec_push(&app->routes, item);
	app->route_timer.fire = route_turn;
	host_timer_start(app->host, &app->route_timer, 0);
	return true;
}

static struct value one(struct value item)
{
	struct value list = value_array_new(1);
	value_array_push(&list, item);
	return list;
}

static struct page *open_page(struct app *app, struct str path, struct str query_text, uint32_t call)
{
	struct value query = app_parse_query(query_text);
	struct page *page = page_open(app, path, query);
	vec_push(&app->pages, page);
	if (call) {
		struct value args[] = {value_number(page->root.id), value_number(call)};
		value_unref(app_js(app, "openChannel", 2, args));
	}
	value_unref(page_call(page, "onLoad", one(query)));
	page_show(page);
	return page;
}

static void pop(struct app *app)
{
	struct page *page = vec_last(&app->pages);
	app->pages.len--;
	page_close(page);
}

static struct page *find_hidden(struct app *app, struct str path, bool take)
{
	for (size_t i = 0; i < app->hidden.len; i++) {
		struct page *page = app->hidden.at[i];
		if (str_eq(page_path(page), path)) {
			if (take) {
				vec_remove(&app->hidden, i);
			}
			return page;
		}
	}
	return NULL;
}

/* The page to go back to becomes visible; those above it end, the top first. */
static void navigate_back(struct app *app, int delta)
{
	size_t pops = size_min(app->pages.len - 1, (size_t)int_max(delta, 1));
	for (size_t i = 0; i < pops; i++) {
		pop(app);
	}
	page_show(app_top(app));
}

/* The algorithm of framework.md 5.2: at most one instance per tab page. */
static void switch_tab(struct app *app, struct str path)
{
	bool popped = false;
	while (app->pages.len > 1) {
		pop(app);
		popped = true;
	}
	struct page *bottom = app_top(app);
	if (bottom && str_eq(page_path(bottom), path)) {
		if (popped) {
			page_show(bottom);
		}
		return;
	}
	if (bottom) {
		if (app_is_tab(app, page_path(bottom))) {
			if (!popped) {
				page_hide(bottom);
			}
			app->pages.len--;
			vec_push(&app->hidden, bottom);
		} else {
			pop(app);
		}
	}
	struct page *page = find_hidden(app, path, true);
	if (page) {
		vec_push(&app->pages, page);
		page_show(page);
	} else {
		open_page(app, path, STR(""), 0);
	}
}

static void close_all(struct app *app)
{
	while (app->pages.len) {
		pop(app);
	}
	while (app->hidden.len) {
		struct page *page = vec_last(&app->hidden);
		app->hidden.len--;
		page_close(page);
	}
}

static void perform(struct app *app, struct app_route_item *item)
{
	struct str path = strbuf_str(&item->path), query = strbuf_str(&item->query_text);
	switch (item->request.route) {
	case ROUTE_NAVIGATE:
		if (app_top(app)) {
			page_hide(app_top(app));
		}
		open_page(app, path, query, item->request.call);
		break;
	case ROUTE_REDIRECT:
		if (app->pages.len) {
			pop(app);
		}
		open_page(app, path, query, 0);
		break;
	case ROUTE_BACK:
		if (app->pages.len > 1) {
			navigate_back(app, item->request.delta);
		}
		break;
	case ROUTE_SWITCH_TAB:
		switch_tab(app, path);
		break;
	case ROUTE_RELAUNCH:
		close_all(app);
		open_page(app, path, app_is_tab(app, path) && !item->request.entry ? STR("") : query, 0);
		break;
	}
}

void app_route_run(struct app *app)
{
	while (app->routes.len && !app->ending) {
		struct app_route_item item = app->routes.at[0];
		vec_remove(&app->routes, 0);
		perform(app, &item);
		if (item.request.done) {
			item.request.done(item.request.user);
		}
		strbuf_finish(&item.path);
		strbuf_finish(&item.query_text);
	}
	app_want_frame(app);
}
