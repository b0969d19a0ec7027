/* What WeChat draws around a page: status bar, navigation bar with its capsule, tab bar, toast,
 * modal and action sheet. Sizes: screen.h; looks are ours after the documented ones (unsourced). */
#include "runtime/app/inside.h"

#define BAR_FONT 17.0f
#define TAB_FONT 10.0f
#define MODAL_WIDTH 300.0f
#define SHEET_ROW 56.0f

/* --- where things stand --- */

struct rect app_chrome_back(const struct app *app)
{
	struct host_screen_info screen = app->host->screen->info(app->host);
	if (app->pages.len < 2 || app_top(app)->bar.custom) {
		return (struct rect){0};
	}
	return (struct rect){screen.safe_area.left, screen.status_bar_height, 48, screen.navigation_bar_height};
}

struct rect app_chrome_tab_bar(const struct app *app)
{
	struct host_screen_info screen = app->host->screen->info(app->host);
	struct page *top = app_top(app);
	if (!top || !app_is_tab(app, page_path(top)) || value_to_bool(value_get_text(app->config->tab_bar, "custom"))) {
		return (struct rect){0};
	}
	struct rect area = app_page_area(app, top);
	bool above = str_is(value_str(value_get_text(app->config->tab_bar, "position")), "top");
	return (struct rect){0, above ? area.y - screen.tab_bar_height : rect_bottom(area), screen.width, screen.tab_bar_height};
}

struct rect app_chrome_tab(const struct app *app, size_t index)
{
	struct rect bar = app_chrome_tab_bar(app);
	size_t count = value_len(value_get_text(app->config->tab_bar, "list"));
	if (rect_empty(bar) || index >= count) {
		return (struct rect){0};
	}
	float width = bar.width / (float)count;
	return (struct rect){width * (float)index, bar.y, width, bar.height};
}

struct str app_word(const struct app *app, enum host_word word)
{
	return host_word(word, app->host->screen->info(app->host).english);
}

/* Grounds and inks of what the host draws, as they are in the light, and in the dark look of a program that has one. */
color_t app_look(const struct app *app, color_t color)
{
	static const struct {
		color_t light, dark;
	} rows[] = {
		{0xffffffff, 0x2c2c2cff}, // sheets, keys
		{0xf7f7f7ff, 0x1e1e1eff}, // between them
		{0xf2f2f2ff, 0x3c3c3cff}, // what is marked on a sheet
		{0xd5d8ddff, 0x191919ff}, // below keys
		{0x0000001a, 0xffffff1a}, // lines
		{0x000000ff, 0xffffffd9}, // texts
		{0x000000e5, 0xffffffd9},
		{0x00000099, 0xffffff99},
		{0x808080ff, 0xffffff99},
		{0x0000004d, 0xffffff4d},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows) && app_is_dark(app); i++) {
		if (rows[i].light == color) {
			return rows[i].dark;
		}
	}
	return color;
}

static struct style text_style(float size, int weight)
{
	return (struct style){.font_size = size, .font_weight = weight, .font_family = STR("")};
}

static float text_width(const struct app *app, struct str text, const struct style *style)
{
	struct text_run *run = app->shaper.shape(app->shaper.user, text, style);
	float width = run->width;
	app->shaper.unref(app->shaper.user, run);
	return width;
}

/* Cuts a text into lines of at most `width` at any character; returns how many, at most max. */
size_t app_chrome_lines(const struct app *app, struct str text, const struct style *style, float width, struct str *ret_lines,
	size_t max)
{
	size_t count = 0;
	struct str rest = text, line;
	while (count < max && rest.at && str_split(&rest, '\n', &line)) {
		while (line.len && count < max) {
			struct text_run *run = app->shaper.shape(app->shaper.user, line, style);
			size_t end = line.len;
			for (size_t i = 1; i < line.len && run->width > width; i++) {
				bool starts = ((unsigned char)line.at[i] & 0xc0) != 0x80;
				if (starts && run->x[i] > width) {
					break;
				}
				end = starts ? i : end;
			}
			app->shaper.unref(app->shaper.user, run);
			ret_lines[count++] = str_slice(line, 0, end);
			line = str_slice(line, end, line.len);
		}
	}
	return count;
}

#define MODAL_LINES 12
#define TOAST_WIDTH 260 // at most, CSS px

struct chrome_modal app_chrome_modal(const struct app *app, struct value parameters)
{
	struct host_screen_info screen = app->host->screen->info(app->host);
	struct style style = text_style(15, 400);
	struct str lines[MODAL_LINES], title = value_str(value_get_text(parameters, "title"));
	size_t count = app_chrome_lines(app, value_str(value_get_text(parameters, "content")), &style, MODAL_WIDTH - 48, lines, MODAL_LINES);
	float height = (title.len ? 60 : 24) + (float)count * 22 + 24 + 48;
	struct chrome_modal modal;
	modal.box = (struct rect){(screen.width - MODAL_WIDTH) / 2, (screen.height - height) / 2, MODAL_WIDTH, height};
	bool cancel = !value_is(value_get_text(parameters, "showCancel"), VALUE_BOOL)
		|| value_to_bool(value_get_text(parameters, "showCancel"));
	float top = rect_bottom(modal.box) - 48, half = cancel ? MODAL_WIDTH / 2 : 0;
	modal.cancel = (struct rect){modal.box.x, top, half, cancel ? 48 : 0};
	modal.confirm = (struct rect){modal.box.x + half, top, MODAL_WIDTH - half, 48};
	return modal;
}

struct rect app_chrome_sheet_item(const struct app *app, struct value parameters, size_t index)
{
	struct host_screen_info screen = app->host->screen->info(app->host);
	size_t count = value_len(value_get_text(parameters, "itemList"));
	float bottom = screen.height - screen.safe_area.bottom;
	if (index >= count) {
		return (struct rect){0, bottom - SHEET_ROW, screen.width, SHEET_ROW};
	}
	return (struct rect){0, bottom - SHEET_ROW - 8 - SHEET_ROW * (float)(count - index), screen.width, SHEET_ROW};
}

/* --- drawing --- */

void app_chrome_fill(struct gfx_canvas *canvas, struct rect rect, color_t color, float radius)
{
	struct rounded shape = {rect, {radius, radius, radius, radius}, {radius, radius, radius, radius}};
	gfx_canvas_set_color(canvas, color);
	gfx_canvas_begin(canvas);
	gfx_canvas_rounded(canvas, &shape);
	gfx_canvas_fill(canvas, false);
}

void app_chrome_text(const struct app *app, struct gfx_canvas *canvas, struct rect rect, struct str text, float size, int weight,
	color_t color)
{
	struct style style = text_style(size, weight);
	style.color = color;
	float width = text_width(app, text, &style);
	struct point origin = {rect.x + (rect.width - width) / 2, rect.y + rect.height / 2 + size * 0.36f};
	gfx_canvas_set_color(canvas, color);
	gfx_canvas_line_text(canvas, text, &style, origin);
}

static void draw_capsule(struct app *app, struct gfx_canvas *canvas, bool dark)
{
	struct rect at = app->host->screen->info(app->host).menu_button;
	color_t ink = dark ? 0x000000ff : 0xffffffff;
	if (rect_empty(at)) {
		return;
	}
	app_chrome_fill(canvas, at, dark ? 0x00000033 : 0xffffff40, at.height / 2);
	app_chrome_fill(canvas, rect_inset(at, (struct insets){.5f, .5f, .5f, .5f}), dark ? 0xffffff99 : 0x00000026, at.height / 2);
	float x = at.x + at.width / 4, y = at.y + at.height / 2;
	for (int i = -1; i <= 1; i++) {
		float radius = i ? 1.6f : 2.6f;
		gfx_canvas_set_color(canvas, ink);
		gfx_canvas_begin(canvas);
		gfx_canvas_arc(canvas, x + 6.5f * (float)i, y, radius, 0, 6.2831853f, false);
		gfx_canvas_fill(canvas, false);
	}
	app_chrome_fill(canvas, (struct rect){at.x + at.width / 2, at.y + at.height * .22f, .5f, at.height * .56f},
		dark ? 0x00000033 : 0xffffff66, 0);
	x = at.x + at.width * .75f;
	gfx_canvas_set_color(canvas, ink);
	gfx_canvas_set_line(canvas, 2, GFX_CAP_ROUND, GFX_JOIN_ROUND, 10);
	gfx_canvas_begin(canvas);
	gfx_canvas_arc(canvas, x, y, 7.5f, 0, 6.2831853f, false);
	gfx_canvas_stroke(canvas);
	gfx_canvas_begin(canvas);
	gfx_canvas_arc(canvas, x, y, 2.6f, 0, 6.2831853f, false);
	gfx_canvas_fill(canvas, false);
}

static void draw_navigation(struct app *app, struct gfx_canvas *canvas, struct page *page)
{
	struct host_screen_info screen = app->host->screen->info(app->host);
	bool dark = page->bar.dark_text;
	color_t ink = dark ? 0x000000ff : 0xffffffff;
	float top = screen.status_bar_height;
	if (!page->bar.custom) {
		app_chrome_fill(canvas, (struct rect){0, 0, screen.width, top + screen.navigation_bar_height}, page->bar.background, 0);
		struct rect middle = {100, top, screen.width - 200, screen.navigation_bar_height};
		app_chrome_text(app, canvas, middle, strbuf_str(&page->bar.title), BAR_FONT, 600, ink);
	}
	if (top > 0) {
		app_chrome_text(app, canvas, (struct rect){0, 0, screen.width, top}, STR("10:00"), 12, 600, ink);
	}
	struct rect back = app_chrome_back(app);
	if (!rect_empty(back)) {
		float x = back.x + 16, y = back.y + back.height / 2;
		gfx_canvas_set_color(canvas, ink);
		gfx_canvas_set_line(canvas, 2, GFX_CAP_ROUND, GFX_JOIN_ROUND, 10);
		gfx_canvas_begin(canvas);
		gfx_canvas_move_to(canvas, x + 9, y - 9);
		gfx_canvas_line_to(canvas, x, y);
		gfx_canvas_line_to(canvas, x + 9, y + 9);
		gfx_canvas_stroke(canvas);
	}
	if (page->bar.loading) {
		gfx_canvas_set_color(canvas, ink);
		gfx_canvas_set_line(canvas, 2, GFX_CAP_ROUND, GFX_JOIN_ROUND, 10);
		gfx_canvas_begin(canvas);
		gfx_canvas_arc(canvas, 76, top + screen.navigation_bar_height / 2, 8, 0, 4.5f, false);
		gfx_canvas_stroke(canvas);
	}
	draw_capsule(app, canvas, dark);
}

static void draw_tab(struct app *app, struct gfx_canvas *canvas, size_t index, bool selected)
{
	struct value tab_bar = app->config->tab_bar, item = value_at(value_get_text(tab_bar, "list"), index);
	struct rect at = app_chrome_tab(app, index);
	struct str icon = value_str(value_get_text(item, selected ? "selectedIconPath" : "iconPath"));
	color_t color = app_parse_color(value_str(value_get_text(tab_bar, selected ? "selectedColor" : "color")),
		selected ? 0x3cc51fff : 0x7a7e83ff);
	bool above = str_is(value_str(value_get_text(tab_bar, "position")), "top");
	struct gfx_image *image = NULL;
	while (icon.len && (icon.at[0] == '/' || icon.at[0] == '.')) {
		icon = str_slice(icon, 1, icon.len);
	}
	if (icon.len && !above && gfx_image_cache_get(app->images, icon, &image) > 0) {
		gfx_canvas_image(canvas, image, (struct rect){0}, (struct rect){at.x + at.width / 2 - 13, at.y + 4, 26, 26});
		at.y += 28;
		at.height -= 28;
		app_chrome_text(app, canvas, at, value_str(value_get_text(item, "text")), TAB_FONT, 400, color);
		return;
	}
	app_chrome_text(app, canvas, at, value_str(value_get_text(item, "text")), 14, 400, color);
	if (above && selected) {
		app_chrome_fill(canvas, (struct rect){at.x, rect_bottom(at) - 2, at.width, 2}, color, 0);
	}
}

static void draw_tab_bar(struct app *app, struct gfx_canvas *canvas, struct page *page)
{
	struct rect bar = app_chrome_tab_bar(app);
	struct value tab_bar = app->config->tab_bar, list = value_get_text(tab_bar, "list");
	if (rect_empty(bar)) {
		return;
	}
	struct rect ground = bar;
	bool above = str_is(value_str(value_get_text(tab_bar, "position")), "top");
	ground.height += above ? 0 : app->host->screen->info(app->host).safe_area.bottom;
	app_chrome_fill(canvas, ground, app_parse_color(value_str(value_get_text(tab_bar, "backgroundColor")), 0xffffffff), 0);
	bool white = str_is(value_str(value_get_text(tab_bar, "borderStyle")), "white");
	app_chrome_fill(canvas, (struct rect){0, above ? rect_bottom(bar) - .5f : bar.y, bar.width, .5f}, white ? 0xffffffff : 0x00000055, 0);
	for (size_t i = 0; i < value_len(list); i++) {
		struct str path = value_str(value_get_text(value_at(list, i), "pagePath"));
		while (path.len && path.at[0] == '/') {
			path = str_slice(path, 1, path.len);
		}
		draw_tab(app, canvas, i, str_eq(path, page_path(page)));
	}
}

static void draw_toast(struct app *app, struct gfx_canvas *canvas, struct value toast)
{
	struct host_screen_info screen = app->host->screen->info(app->host);
	struct str title = value_str(value_get_text(toast, "title")), icon = value_str(value_get_text(toast, "icon"));
	bool loading = value_to_bool(value_get_text(toast, "loading")) || str_is(icon, "loading");
	struct str picture = value_str(value_get_text(toast, "image")), lines[2];
	bool bare = str_is(icon, "none") && !loading && !picture.len;
	struct style style = text_style(bare ? 15 : 14, 400);
	size_t count = bare ? app_chrome_lines(app, title, &style, TOAST_WIDTH - 40, lines, ARRAY_LEN(lines)) : 0;
	float text = count > 1 ? TOAST_WIDTH - 40 : text_width(app, title, &style);
	float width = bare ? text + 40 : float_max(136, text + 32);
	float height = bare ? 24 + 22 * (float)int_max((int)count, 1) : 136;
	struct rect box = {(screen.width - width) / 2, (screen.height - height) / 2 - 20, width, height};
	app_chrome_fill(canvas, box, 0x4c4c4cf2, 8);
	if (bare) {
		for (size_t i = 0; i < count; i++) {
			app_chrome_text(app, canvas, (struct rect){box.x, box.y + 12 + 22 * (float)i, width, 22}, lines[i], 15, 400, 0xffffffff);
		}
		return;
	}
	float x = box.x + box.width / 2, y = box.y + 54;
	struct gfx_image *image = NULL;
	while (picture.len && (picture.at[0] == '/' || picture.at[0] == '.')) {
		picture = str_slice(picture, 1, picture.len);
	}
	if (picture.len && gfx_image_cache_get(app->images, picture, &image) > 0) {
		gfx_canvas_image(canvas, image, (struct rect){0}, (struct rect){x - 22, y - 22, 44, 44});
		app_chrome_text(app, canvas, (struct rect){box.x, box.y + 96, box.width, 24}, title, 14, 400, 0xffffffff);
		return;
	}
	gfx_canvas_set_color(canvas, 0xffffffff);
	gfx_canvas_set_line(canvas, 3, GFX_CAP_ROUND, GFX_JOIN_ROUND, 10);
	gfx_canvas_begin(canvas);
	if (loading) {
		gfx_canvas_arc(canvas, x, y, 18, 0, 4.7f, false);
	} else if (str_is(icon, "error")) {
		gfx_canvas_move_to(canvas, x - 14, y - 14);
		gfx_canvas_line_to(canvas, x + 14, y + 14);
		gfx_canvas_move_to(canvas, x + 14, y - 14);
		gfx_canvas_line_to(canvas, x - 14, y + 14);
	} else {
		gfx_canvas_move_to(canvas, x - 20, y);
		gfx_canvas_line_to(canvas, x - 6, y + 14);
		gfx_canvas_line_to(canvas, x + 20, y - 14);
	}
	gfx_canvas_stroke(canvas);
	app_chrome_text(app, canvas, (struct rect){box.x, box.y + 96, box.width, 24}, title, 14, 400, 0xffffffff);
}

static void draw_modal(struct app *app, struct gfx_canvas *canvas, struct value parameters)
{
	struct chrome_modal modal = app_chrome_modal(app, parameters);
	struct str title = value_str(value_get_text(parameters, "title")), lines[MODAL_LINES];
	struct style style = text_style(15, 400);
	size_t count = app_chrome_lines(app, value_str(value_get_text(parameters, "content")), &style, MODAL_WIDTH - 48, lines, MODAL_LINES);
	app_chrome_fill(canvas, modal.box, app_look(app, 0xffffffff), 8);
	float y = modal.box.y + 24;
	if (title.len) {
		app_chrome_text(app, canvas, (struct rect){modal.box.x, y - 2, MODAL_WIDTH, 24}, title, 17, 600, app_look(app, 0x000000ff));
		y += 36;
	}
	for (size_t i = 0; i < count; i++, y += 22) {
		app_chrome_text(app, canvas, (struct rect){modal.box.x, y, MODAL_WIDTH, 22}, lines[i], 15, 400, title.len ? app_look(app, 0x808080ff) : app_look(app, 0x000000ff));
	}
	app_chrome_fill(canvas, (struct rect){modal.box.x, modal.confirm.y, MODAL_WIDTH, .5f}, app_look(app, 0x0000001a), 0);
	struct str cancel = value_str(value_get_text(parameters, "cancelText"));
	struct str confirm = value_str(value_get_text(parameters, "confirmText"));
	if (!rect_empty(modal.cancel)) {
		app_chrome_text(app, canvas, modal.cancel, cancel.len ? cancel : app_word(app, HOST_WORD_CANCEL), 17, 400,
			app_look(app, app_parse_color(value_str(value_get_text(parameters, "cancelColor")), 0x000000ff)));
		app_chrome_fill(canvas, (struct rect){modal.confirm.x, modal.confirm.y, .5f, 48}, app_look(app, 0x0000001a), 0);
	}
	app_chrome_text(app, canvas, modal.confirm, confirm.len ? confirm : app_word(app, HOST_WORD_CONFIRM), 17, 500,
		app_parse_color(value_str(value_get_text(parameters, "confirmColor")), 0x3cc51fff));
}

static void draw_sheet(struct app *app, struct gfx_canvas *canvas, struct value parameters)
{
	struct value list = value_get_text(parameters, "itemList");
	color_t color = app_look(app, app_parse_color(value_str(value_get_text(parameters, "itemColor")), 0x000000ff));
	struct rect first = app_chrome_sheet_item(app, parameters, 0);
	struct host_screen_info screen = app->host->screen->info(app->host);
	app_chrome_fill(canvas, (struct rect){0, first.y, screen.width, screen.height - first.y}, app_look(app, 0xf7f7f7ff), 0);
	for (size_t i = 0; i <= value_len(list); i++) {
		struct rect row = app_chrome_sheet_item(app, parameters, i);
		bool cancel = i == value_len(list);
		app_chrome_fill(canvas, row, app_look(app, 0xffffffff), 0);
		app_chrome_fill(canvas, (struct rect){0, row.y, row.width, .5f}, app_look(app, 0x0000001a), 0);
		app_chrome_text(app, canvas, row, cancel ? app_word(app, HOST_WORD_CANCEL) : value_str(value_at(list, i)), 17, 400, cancel ? app_look(app, 0x000000ff) : color);
	}
}

static struct value menu_sheet(struct app *app)
{
	struct value items = app_menu_items(app), labels = value_array_new(4), sheet = value_object_new(1);
	for (size_t i = 0; i < value_len(items); i++) {
		value_array_push(&labels, value_ref(value_get_text(value_at(items, i), "label")));
	}
	value_object_set_text(&sheet, "itemList", labels);
	value_unref(items);
	return sheet;
}

struct value app_chrome_overlay(struct app *app)
{
	struct value overlay = app->host->ui && app->host->ui->overlay ? app->host->ui->overlay(app->host) : value_undefined();
	if (app->menu_open && app_top(app)) {
		overlay = value_is(overlay, VALUE_OBJECT) ? value_unshared(overlay) : value_object_new(1);
		value_object_set_text(&overlay, "menu", menu_sheet(app));
	}
	return overlay;
}

void app_chrome_draw(struct app *app, struct gfx_canvas *canvas)
{
	struct page *top = app_top(app);
	if (!top->bar.full) {
		draw_navigation(app, canvas, top);
		draw_tab_bar(app, canvas, top);
	}
	static const struct {
		const char *kind;
		bool shades; // the page behind it
		void (*draw)(struct app *app, struct gfx_canvas *canvas, struct value parameters);
	} kinds[] = {
		{"keyboard", false, app_keyboard_draw},
		{"menu", true, draw_sheet},
		{"picker", true, app_wheels_draw},
		{"share", true, app_picker_draw},
		{"actionSheet", true, draw_sheet},
		{"permission", true, app_permission_draw},
		{"modal", true, draw_modal},
		{"toast", false, draw_toast},
	};
	struct value overlay = app_chrome_overlay(app);
	struct host_screen_info screen = app->host->screen->info(app->host);
	bool shaded = false;
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		struct value parameters = value_get_text(overlay, kinds[i].kind);
		if (!value_is(parameters, VALUE_OBJECT)) {
			continue;
		}
		if (kinds[i].shades && !shaded) {
			shaded = true;
			app_chrome_fill(canvas, (struct rect){0, 0, screen.width, screen.height}, 0x00000080, 0);
		}
		kinds[i].draw(app, canvas, parameters);
	}
	value_unref(overlay);
	if (!app->shown) {
		struct rect whole = {0, 0, screen.width, screen.height};
		app_chrome_fill(canvas, whole, 0x000000b3, 0);
		app_chrome_text(app, canvas, whole, app_word(app, HOST_WORD_IN_BACKGROUND), 15, 400, 0xffffffff);
	}
}
