/* What the files of this folder share of an app and its pages. Nobody else includes this. */
#ifndef MINA_APP_INSIDE_H
#define MINA_APP_INSIDE_H

#include "border/gfx/cairo.h"
#include "border/js/binary.h"
#include "border/js/bridge.h"
#include "border/js/engine.h"
#include "border/js/module.h"
#include "border/js/timer.h"
#include "core/package/resolve.h"
#include "host/file.h"
#include "host/net.h"
#include "host/request.h"
#include "host/screen.h"
#include "host/ui.h"
#include "runtime/app/app.h"

#define APP_PAGES_MAX 10 // framework.md 1.1: page stack

struct app_timer { // one setTimeout or setInterval
	struct host_timer timer;
	struct app *app;
	uint32_t id;
	double ms;
	bool repeat;
};

struct app_route_item { // queued
	struct app_route_request request; // url owned
	struct strbuf path, query_text;   // resolved
};

struct app_fetch { // a picture or a font on its way over the network
	struct host_request request;
	struct app *app;
	struct strbuf url;
	struct font_face face; // lent by its sheet; without a family: a picture
	struct app_fetch *next;
};

struct app {
	struct app_options options;
	struct host *host;
	struct host_listener listener;
	struct js_engine *engine;
	js_pin_id calls; // the prelude's functions
	struct app_api api;
	struct package *package;
	struct app_config *config;
	struct wxml_set *wxml;
	struct map wxml_texts; // path -> struct strbuf, lives as long as the set
	struct map sheets;     // path -> struct sheet
	struct sheet *defaults;
	struct gfx_image_cache *images;
	struct text_shaper shaper;
	struct gfx_context gfx;
	struct gfx_surface *page_surface; // with chrome: the page area
	VEC(struct page *) pages;  // the stack
	VEC(struct page *) hidden; // tab pages that are not in the stack
	struct slot_table page_ids;
	VEC(struct app_timer *) timers;
	VEC(struct app_route_item) routes;
	struct host_timer route_timer, frame_timer, tick_timer;
	struct app_fetch *fetches;
	struct value launch_options;
	VEC(struct host_bytes *) lent; // bytes taken out in this turn
	struct host_timer lent_timer;
	bool launched, shown, in_error, ending, not_found_told;
	unsigned warned_size;
	struct map warned_tags;
	struct point press;  // where the finger on the chrome went down
	int finger;          // its id, -1: none
};

struct page {
	struct app *app;
	slot_id id;
	struct strbuf path;
	struct value query, data;
	struct page_config *config;
	const struct sheet *scope_sheets[2];
	struct view *view;
	struct page_bar bar;
	VEC(struct path) changed; // since the last frame
	VEC(uint32_t) callbacks;  // setData callbacks waiting for the frame
	bool rendered, ready, visible, everything, pulling;
};

/* engine.c: the script engine of an app. */
bool app_engine_start(struct app *app);
void app_engine_stop(struct app *app);
/* A call of a prelude function; args are consumed. New result. */
struct value app_js(struct app *app, const char *name, size_t count, struct value *args);
void app_report(struct app *app, enum diag_severity severity, struct str file, int line, int column, const char *fmt, ...)
	PRINTF_LIKE(6, 7);
/* load.c: files of the package as programs and sheets. */
bool app_load_text(struct app *app, struct str path, struct strbuf *ret_text);
void app_load_start(struct app *app);
void app_load_stop(struct app *app);
const struct sheet *app_load_sheet(struct app *app, struct str path); // NULL: there is none
void app_load_fonts(struct app *app, const struct sheet *sheet);
/* page.c */
struct page *page_open(struct app *app, struct str path, struct value query); // pushes nothing; never NULL
void page_close(struct page *page);
void page_show(struct page *page);
void page_hide(struct page *page);
void page_frame(struct page *page, double now);
void page_drain(struct page *page); // calls the handlers that the view has gathered
void page_apply_json(struct page *page, struct str json, uint32_t callback); // setdata.c
/* app.c: the script of a page, or "app"; false: there is none, or it threw. */
bool app_run_script(struct app *app, struct str path);
/* route.c */
void app_route_run(struct app *app); // performs what is queued
struct value app_parse_query(struct str text);
/* bar.c */
void page_bar_init(struct page *page);
/* chrome.c: bars and overlays around the page. */
void app_chrome_draw(struct app *app, struct gfx_canvas *canvas);
/* chrome_touch.c: true when the touch was on a bar or an overlay. */
bool app_chrome_touch(struct app *app, const struct host_touch *touch);
/* Where the parts of the chrome stand, for both; screen coordinates. */
struct rect app_chrome_back(const struct app *app); // empty: there is none
struct rect app_chrome_tab_bar(const struct app *app);
struct rect app_chrome_tab(const struct app *app, size_t index);
struct chrome_modal { struct rect box, cancel, confirm; }; // cancel is empty without one
struct chrome_modal app_chrome_modal(const struct app *app, struct value parameters);
struct rect app_chrome_sheet_item(const struct app *app, struct value parameters, size_t index); // [count] is cancel

#endif
