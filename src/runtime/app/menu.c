/* The capsule's menu (右上角菜单): what it offers on the current page, and what a choice does. */
#include "runtime/app/inside.h"

static bool share_message(struct app *app) { return app_share_shown(app, APP_SHARE_MESSAGE); }
static bool share_timeline(struct app *app) { return app_share_shown(app, APP_SHARE_TIMELINE); }
static bool add_favorite(struct app *app) { return app_share_shown(app, APP_SHARE_FAVORITE); }

static bool not_home(struct app *app)
{
	struct page *top = app_top(app);
	return top && !str_eq(page_path(top), app->config->entry);
}

static void do_message(struct app *app) { app_share(app, app_top(app), APP_SHARE_MESSAGE, 0); }
static void do_timeline(struct app *app) { app_share(app, app_top(app), APP_SHARE_TIMELINE, 0); }
static void do_favorite(struct app *app) { app_share(app, app_top(app), APP_SHARE_FAVORITE, 0); }

static void do_home(struct app *app)
{
	struct strbuf url = {0}, error = {0};
	strbuf_printf(&url, "/" STR_FMT, STR_ARG(app->config->entry));
	struct app_route_request request = {.route = ROUTE_RELAUNCH, .url = strbuf_str(&url)};
	app_route(app, &request, &error);
	strbuf_finish(&url);
	strbuf_finish(&error);
}

static const struct menu_row {
	const char *id;
	enum host_word label;
	bool (*shown)(struct app *app);
	void (*choose)(struct app *app);
} rows[] = {
	{"share", HOST_WORD_SHARE, share_message, do_message},
	{"timeline", HOST_WORD_SHARE_TIMELINE, share_timeline, do_timeline},
	{"favorite", HOST_WORD_FAVORITE, add_favorite, do_favorite},
	{"home", HOST_WORD_HOME, not_home, do_home},
};

struct value app_menu_items(struct app *app)
{
	struct value items = value_array_new(ARRAY_LEN(rows));
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		if (app_top(app) && rows[i].shown(app)) {
			struct value item = value_object_new(2);
			value_object_set_text(&item, "id", value_text(rows[i].id));
			value_object_set_text(&item, "label", value_string(app_word(app, rows[i].label)));
			value_array_push(&items, item);
		}
	}
	return items;
}

bool app_menu_choose(struct app *app, struct str id)
{
	app->menu_open = false;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		if (str_is(id, rows[i].id)) {
			bool there = app_top(app) && rows[i].shown(app);
			if (there) {
				rows[i].choose(app);
			}
			return there;
		}
	}
	return false;
}
