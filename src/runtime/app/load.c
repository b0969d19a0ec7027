/* The package's files as what they are used for: script text, WXML programs, WXSS sheets, pictures, fonts. */
#include "runtime/app/inside.h"

bool app_load_text(struct app *app, struct str path, struct strbuf *ret_text)
{
	return package_read(app->package, path, ret_text);
}

/* Texts of templates live as long as the set. */
static bool load_wxml(void *user, struct str path, struct str *ret_text)
{
	struct app *app = user;
	struct strbuf *text = map_get(&app->wxml_texts, path);
	if (!text) {
		text = mem_alloc(sizeof(*text));
		if (!app_load_text(app, path, text)) {
			strbuf_finish(text);
			mem_free(text);
			return false;
		}
		map_set(&app->wxml_texts, path, text);
	}
	*ret_text = strbuf_str(text);
	return true;
}

struct import_texts { // of one sheet_parse
	struct app *app;
	VEC(char *) texts;
};

static bool load_import(void *user, struct str from, struct str path, struct str *ret_path, struct str *ret_text)
{
	struct import_texts *texts = user;
	struct strbuf resolved = {0}, text = {0};
	if (!resolve_sheet(texts->app->package, from, path, &resolved) || !app_load_text(texts->app, strbuf_str(&resolved), &text)) {
		strbuf_finish(&resolved);
		strbuf_finish(&text);
		return false;
	}
	size_t path_len = resolved.len, text_len = text.len;
	char *path_text = strbuf_steal(&resolved), *sheet_text = strbuf_steal(&text);
	vec_push(&texts->texts, path_text);
	vec_push(&texts->texts, sheet_text);
	*ret_path = (struct str){path_text, path_len};
	*ret_text = (struct str){sheet_text, text_len};
	return true;
}

struct sheet *app_read_sheet(struct app *app, struct str path)
{
	struct strbuf text = {0};
	struct sheet *sheet = NULL;
	if (app_load_text(app, path, &text)) {
		struct import_texts texts = {app, {0}};
		struct sheet_loader loader = {load_import, &texts};
		sheet = sheet_parse(path, strbuf_str(&text), &loader, app->options.diags);
		for (size_t i = 0; i < texts.texts.len; i++) {
			mem_free(texts.texts.at[i]);
		}
		vec_finish(&texts.texts);
		app_load_fonts(app, sheet);
	}
	strbuf_finish(&text);
	return sheet;
}

const struct sheet *app_load_sheet(struct app *app, struct str path)
{
	if (!map_has(&app->sheets, path)) {
		map_set(&app->sheets, path, app_read_sheet(app, path));
	}
	return map_get(&app->sheets, path);
}

static struct app_fetch *start_fetch(struct app *app, struct str url, const struct font_face *face);

static bool is_far(struct str url)
{
	return str_starts(url, STR("http://")) || str_starts(url, STR("https://")) || str_starts(url, STR("//"));
}

/* data: fonts and package fonts at once; those over the network come when they come. */
void app_load_fonts(struct app *app, const struct sheet *sheet)
{
	struct font_face face;
	for (size_t i = 0; sheet_font_face(sheet, i, &face); i++) {
		if (is_far(face.url)) {
			start_fetch(app, face.url, &face);
			continue;
		}
		struct strbuf bytes = {0};
		if (gfx_data_url_decode(face.url, &bytes) || app_load_text(app, face.url, &bytes)) {
			gfx_fonts_add(app->options.fonts, face.family, strbuf_str(&bytes), face.weight, face.italic);
		}
		strbuf_finish(&bytes);
	}
}

/* --- pictures --- */

/* From the page at the top; "/a.png" and "a.png" of the package, temporary files, addresses. */
void app_resolve_picture(const struct app *app, struct str src, struct strbuf *ret_url)
{
	const struct page *top = app_top(app);
	size_t before = ret_url->len;
	struct strbuf plain = {0};
	if (is_far(src) || str_find(src, STR("://")) != SIZE_MAX || str_starts(src, STR("data:"))) {
		strbuf_add(ret_url, src);
		return;
	}
	resolve_join(top ? page_path(top) : STR(""), src, ret_url);
	resolve_join(STR(""), src, &plain); // many write it as seen from the root
	if (!package_has(app->package, (struct str){ret_url->at + before, ret_url->len - before}) && package_has(app->package, strbuf_str(&plain))) {
		ret_url->len = before;
		strbuf_add(ret_url, strbuf_str(&plain));
	}
	strbuf_finish(&plain);
}

int app_picture(struct app *app, struct str url, struct gfx_image **ret_image)
{
	return gfx_image_cache_get(app->images, url, ret_image);
}

bool app_picture_bytes(struct app *app, struct str url, struct strbuf *ret_bytes)
{
	return gfx_data_url_decode(url, ret_bytes) || app_load_near(app, url, ret_bytes) == 1;
}

struct gfx_fonts *app_fonts(struct app *app) { return app->options.fonts; }
slot_id app_opening(const struct app *app) { return app->opening ? page_id(app->opening) : 0; }

static void tell_pictures(struct app *app, struct str url)
{
	if (app->api.picture_ready) {
		app->api.picture_ready(app->api.user);
	}
	for (size_t i = 0; i < app->pages.len; i++) {
		view_picture_ready(app->pages.at[i]->view, url);
		page_drain(app->pages.at[i]);
	}
	app_want_frame(app);
}

static void take_font(struct app *app, const struct font_face *face, struct str bytes)
{
	if (!bytes.len || gfx_fonts_add(app->options.fonts, face->family, bytes, face->weight, face->italic)) {
		app_log(app, APP_LOG_WARN, "Failed to load font " STR_FMT, STR_ARG(face->url));
		return;
	}
	for (size_t i = 0; !app->ending && i < app->pages.len; i++) {
		view_fonts_changed(app->pages.at[i]->view);
	}
	app_want_frame(app);
}

static void fetched(struct host_request *request, enum host_outcome outcome, struct value result)
{
	struct app_fetch *fetch = CONTAINER_OF(request, struct app_fetch, request);
	struct app *app = fetch->app;
	for (struct app_fetch **at = &app->fetches; *at; at = &(*at)->next) {
		if (*at == fetch) {
			*at = fetch->next;
			break;
		}
	}
	double status = value_to_number(value_get_text(result, "statusCode"));
	bool good = outcome == HOST_OK && status >= 200 && status < 300 && request->bytes;
	struct str bytes = good ? host_bytes_str(request->bytes) : (struct str){0};
	if (fetch->face.family.len) {
		take_font(app, &fetch->face, bytes);
	} else if (fetch->media) {
		app_media_arrived(app, strbuf_str(&fetch->url), good ? &bytes : NULL);
	} else {
		gfx_image_cache_supply(app->images, strbuf_str(&fetch->url), bytes);
		if (!app->ending) {
			tell_pictures(app, strbuf_str(&fetch->url));
		}
	}
	strbuf_finish(&fetch->url);
	mem_free(fetch);
}

int app_load_near(struct app *app, struct str url, struct strbuf *ret_bytes)
{
	if (str_starts(url, STR("wxfile://"))) {
		struct value parameters = value_object_new(1);
		struct host_answer answer = {0};
		value_object_set_text(&parameters, "path", value_string(url));
		enum host_outcome outcome = HOST_ASK(app->host, file, read, parameters, NULL, &answer);
		if (outcome == HOST_OK && answer.bytes) {
			strbuf_add(ret_bytes, host_bytes_str(answer.bytes));
		}
		host_answer_finish(&answer);
		value_unref(parameters);
		return outcome == HOST_OK ? 1 : -1;
	}
	if (is_far(url)) {
		return 0;
	}
	size_t mark = str_find_char(url, '?');
	return app_load_text(app, str_slice(url, 0, mark == SIZE_MAX ? url.len : mark), ret_bytes) ? 1 : -1;
}

/* 1: *ret_bytes has them; 0: on their way; -1: cannot be had. */
static int load_picture(void *user, struct str url, struct strbuf *ret_bytes)
{
	struct app *app = user;
	int near = app_load_near(app, url, ret_bytes);
	return near ? near : start_fetch(app, url, NULL) ? 0 : -1;
}

bool app_load_media(struct app *app, struct str url)
{
	struct app_fetch *fetch = start_fetch(app, url, NULL);
	if (fetch) {
		fetch->media = true;
	}
	return fetch != NULL;
}

static struct app_fetch *start_fetch(struct app *app, struct str url, const struct font_face *face)
{
	if (!HOST_HAS(app->host, net, request)) {
		return NULL;
	}
	struct app_fetch *fetch = mem_alloc(sizeof(*fetch));
	fetch->app = app;
	fetch->request.on_finish = fetched;
	fetch->face = face ? *face : (struct font_face){0};
	fetch->next = app->fetches;
	app->fetches = fetch;
	strbuf_add(&fetch->url, url);
	struct strbuf address = {0};
	strbuf_add_text(&address, str_starts(url, STR("//")) ? "https:" : "");
	strbuf_add(&address, url);
	struct value parameters = value_object_new(1);
	value_object_set_text(&parameters, "url", value_take(&address));
	HOST_CALL(app->host, net, request, parameters, &fetch->request);
	value_unref(parameters);
	return fetch;
}

void app_load_start(struct app *app)
{
	struct wxml_loader loader = {load_wxml, app};
	app->wxml = wxml_set_create(loader, app->options.diags);
	if (app->config && app->config->glass_easel) {
		wxml_set_empty_null(app->wxml);
	}
	app->images = gfx_image_cache_create(load_picture, app);
	app->shaper = gfx_fonts_shaper(app->options.fonts);
	app->gfx.fonts = app->options.fonts;
	app->gfx.images = app->images;
	struct strbuf text = {0};
	component_default_style(app->config && app->config->style_v2, &text);
	app->defaults = sheet_parse(STR("built-in"), strbuf_str(&text), NULL, NULL);
	strbuf_finish(&text);
}

void app_load_stop(struct app *app)
{
	while (app->fetches) {
		struct app_fetch *fetch = app->fetches;
		app->fetches = fetch->next;
		host_request_drop(&fetch->request);
		strbuf_finish(&fetch->url);
		mem_free(fetch);
	}
	app_media_stop(app);
	wxml_set_destroy(app->wxml);
	gfx_context_finish(&app->gfx);
	gfx_surface_destroy(app->page_surface);
	gfx_image_cache_destroy(app->images);
	MAP_EACH(&app->wxml_texts, entry) {
		strbuf_finish(entry->value);
		mem_free(entry->value);
	}
	map_finish(&app->wxml_texts);
	MAP_EACH(&app->sheets, entry) {
		if (entry->value) {
			sheet_destroy(entry->value);
		}
	}
	map_finish(&app->sheets);
	for (size_t i = 0; i < app->retired_sheets.len; i++) {
		sheet_destroy(app->retired_sheets.at[i]);
	}
	vec_finish(&app->retired_sheets);
	sheet_destroy(app->defaults);
}
