/* What app.json, ext.json and a page's JSON say, with defaults filled in: the app's configuration
 * and, per page, window and page JSON merged. Both own what they hold and live no longer than the
 * package. Colours that name a variable of theme.json ("@bg") hold its light value. */
#ifndef MINA_PACKAGE_CONFIG_H
#define MINA_PACKAGE_CONFIG_H

#include "core/package/document.h"
#include "core/package/package.h"

struct app_config {
	struct package *package;
	VEC(struct str) pages; // all pages without a suffix; the first main_count are the main package's
	size_t main_count;
	struct value tab_bar, using_components; // lent from raw; undefined when absent
	struct value raw;   // app.json, overridden by ext.json; unknown keys kept
	struct value ext;   // ext.json when its extEnable is true, else undefined
	struct value theme; // theme.json or undefined
	struct value named; // {window, tabBar} with the names of variables in them
	struct str entry;   // the entry page
	struct str appid;   // "" when none is given
	struct document document; // app.json as it stands in the file
	bool style_v2, lazy_code_loading;
	bool glass_easel;   // the component framework; Skyline has no other
	struct arena arena; // texts of pages
};

struct page_config {
	struct value raw; // window, page JSON and extPages merged; defaults filled in
	struct value named; // the same, with the names of variables
	bool enable_pull_down_refresh, disable_scroll, is_component;
	double on_reach_bottom_distance; // px
	struct value using_components;   // the page's own; lent from raw
	struct str navigation_bar_background_color, navigation_bar_text_style, navigation_style,
		navigation_bar_title_text, background_color, background_text_style;
};

/* NULL: there is no app.json that could be read; reported. Reports what is wrong inside app.json and ext.json,
 * not what they name: that is package_check()'s work. Sets the package's sub-packages. */
struct app_config *config_load_app(struct package *package, struct diag_list *diags);
void config_app_destroy(struct app_config *config);
bool config_has_page(const struct app_config *config, struct str path);
/* The sub-package of a page or file; NULL is the main package. */
const struct package_part *config_sub_package_of(const struct app_config *config, struct str path);

/* `path` has no suffix. Never NULL: a page without JSON has the window's settings. */
struct page_config *config_load_page(struct package *package, const struct app_config *config, struct str path,
	struct diag_list *diags);
void config_page_destroy(struct page_config *config);

/* New: v with each text "@name" in it replaced by the theme's variable ("light", "dark"). */
struct value config_themed(const struct app_config *config, struct value v, const char *theme);
/* The colours of tabBar, or of a page, are those of a theme from now on; of a page, true: some are others than before. */
void config_theme_app(struct app_config *config, const char *theme);
bool config_theme_page(const struct app_config *config, struct page_config *page, const char *theme);

#endif
