/* Navigation bar and tab bar: their state, and what of the screen they leave to the page. */
#include "runtime/app/inside.h"

struct page_bar *page_bar(struct page *page)
{
	return &page->bar;
}

color_t app_parse_color(struct str text, color_t fallback)
{
	color_t color;
	return component_parse_color(text, &color) ? color : fallback;
}

static void page_bar_colors(struct page *page)
{
	const struct page_config *config = page->config;
	page->bar.background = app_parse_color(config->navigation_bar_background_color, 0x000000ff);
	page->bar.dark_text = str_is(config->navigation_bar_text_style, "black");
}

void page_bar_init(struct page *page)
{
	const struct page_config *config = page->config;
	config_theme_page(page->app->config, page->config, app_is_dark(page->app) ? "dark" : "light");
	page_bar_colors(page);
	page->bar.custom = str_is(config->navigation_style, "custom");
	strbuf_add(&page->bar.title, config->navigation_bar_title_text);
}

bool app_is_tab(const struct app *app, struct str path)
{
	struct value list = value_get_text(app->config->tab_bar, "list");
	for (size_t i = 0; i < value_len(list); i++) {
		struct str tab = value_str(value_get_text(value_at(list, i), "pagePath"));
		while (tab.len && tab.at[0] == '/') {
			tab = str_slice(tab, 1, tab.len);
		}
		if (str_eq(tab, path)) {
			return true;
		}
	}
	return false;
}

struct rect app_page_area(const struct app *app, const struct page *page)
{
	struct host_screen_info screen = app->host->screen->info(app->host);
	struct rect area = {0, 0, screen.width, screen.height};
	if (!app->options.chrome || page->bar.full) {
		return area;
	}
	if (!page->bar.custom) {
		area.y = screen.status_bar_height + screen.navigation_bar_height;
		area.height -= area.y;
	}
	bool custom_tab = value_to_bool(value_get_text(app->config->tab_bar, "custom"));
	if (app_is_tab(app, page_path(page)) && !custom_tab) {
		bool top = str_is(value_str(value_get_text(app->config->tab_bar, "position")), "top");
		float height = screen.tab_bar_height + (top ? 0 : screen.safe_area.bottom);
		area.y += top ? height : 0;
		area.height -= height;
	}
	area.height = float_max(area.height, 0);
	return area;
}

struct rect app_window(const struct app *app)
{
	const struct page *page = app->opening ? app->opening : app_top(app);
	if (page) {
		return app_page_area(app, page);
	}
	struct host_screen_info screen = app->host->screen->info(app->host);
	float above = app->options.chrome ? screen.status_bar_height + screen.navigation_bar_height : 0;
	return (struct rect){0, above, screen.width, screen.height - above};
}

/* env(safe-area-inset-*): what of the screen's insets reaches into the page. Bars keep them away,
 * and without the chrome the page is taken for one below a navigation bar, unless it draws its own. */
struct insets app_page_insets(const struct app *app, const struct page *page)
{
	struct host_screen_info screen = app->host->screen->info(app->host);
	struct insets insets = screen.safe_area;
	struct rect area = app_page_area(app, page);
	insets.top = page->bar.custom ? float_max(insets.top - area.y, 0) : 0;
	if (app->options.chrome) {
		insets.bottom = float_max(insets.bottom - (screen.height - rect_bottom(area)), 0);
	}
	return insets;
}

void page_set_full(struct page *page, slot_id node)
{
	struct app *app = page->app;
	if (page->bar.full == node) {
		return;
	}
	page->bar.full = node;
	struct wxss_env env = app_page_env(app, page);
	view_resize(page->view, &env);
	app_want_frame(app);
}

struct wxss_env app_page_env(const struct app *app, const struct page *page)
{
	struct host_screen_info screen = app->host->screen->info(app->host);
	struct rect area = app_page_area(app, page);
	return (struct wxss_env){area.width, area.height, screen.dpr, 16, screen.dark, app_page_insets(app, page)};
}

void page_orient(struct page *page)
{
	struct app *app = page->app;
	struct str wanted = value_str(value_get_text(page->config->raw, "pageOrientation"));
	if (!app->host->screen->orient) {
		return;
	}
	app->turning = true;
	app->host->screen->orient(app->host, str_is(wanted, "landscape") ? HOST_ORIENTATION_LANDSCAPE : str_is(wanted, "auto")
		? HOST_ORIENTATION_AUTO : HOST_ORIENTATION_PORTRAIT, value_to_bool(value_get_text(app->config->raw, "resizable")));
	app->turning = false;
}

bool app_has_theme(const struct app *app)
{
	return value_to_bool(value_get_text(app->config->raw, "darkmode"));
}

bool app_is_dark(const struct app *app)
{
	return app->host->screen->info(app->host).dark && app_has_theme(app);
}

/* What the program itself has set (wx.setNavigationBarColor) gives way, as the bar's colours are the theme's again. */
static void theme_page(struct page *page, const char *theme)
{
	struct wxss_env env = app_page_env(page->app, page);
	if (config_theme_page(page->app->config, page->config, theme)) {
		page_bar_colors(page);
	}
	view_resize(page->view, &env);
}

/* A program without a dark look hears nothing of it; its style sheets ask by prefers-color-scheme whether it has one or not. */
void app_theme_changed(struct app *app, struct value detail)
{
	const char *theme = app_is_dark(app) ? "dark" : "light";
	config_theme_app(app->config, theme);
	for (size_t i = 0; i < app->pages.len; i++) {
		theme_page(app->pages.at[i], theme);
	}
	for (size_t i = 0; i < app->hidden.len; i++) {
		theme_page(app->hidden.at[i], theme);
	}
	if (app_has_theme(app)) {
		app_emit(app, "onThemeChange", value_ref(detail));
	}
	app_want_frame(app);
	app_present(app);
}
