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
#include "host/words.h"
#include "runtime/app/app.h"
#include "runtime/app/instance.h"

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

struct app_share_call {
	enum app_share_verb verb;
	struct value parameters;
};

struct page_share { // what wx.showShareMenu and its kin have set
	bool hidden, timeline_hidden, with_ticket;
	struct value updatable, private_message; // {activityId, templateInfo}, {activityId}; undefined: it is none
};

struct app_fetch { // a picture, a font or a media file on its way over the network
	struct host_request request;
	struct app *app;
	struct strbuf url;
	struct font_face face; // lent by its sheet; without a family: a picture
	bool media;            // or a media file
	struct app_fetch *next;
};

struct app_sharing; // share.c: a share on its way

struct app {
	struct app_options options;
	struct host *host;
	struct host_listener listener;
	struct js_engine *engine;
	js_pin_id calls; // the prelude's functions
	struct app_attachment attachment; // tell is NULL: nobody looks in
	struct app_watcher watcher;       // likewise
	js_pin_id attached;               // its functions
	struct app_api api;
	struct package *package;
	struct app_config *config;
	struct wxml_set *wxml;
	struct map wxml_texts; // path -> struct strbuf, lives as long as the set
	struct map sheets;     // path -> struct sheet
	VEC(struct sheet *) retired_sheets; // that others took the place of; styles and animations may still hold their texts
	struct sheet *defaults;
	struct gfx_image_cache *images;
	struct text_shaper shaper;
	struct gfx_context gfx;
	struct gfx_surface *page_surface; // with chrome: the page area
	VEC(struct page *) pages;  // the stack
	const struct page *opening; // while its components are made, before it is in the stack
	VEC(struct page *) hidden; // tab pages that are not in the stack
	struct slot_table instances; // pages' own, and components'
	VEC(struct definition *) definitions;
	struct map definition_paths;
	struct wxs *wxs;             // NULL until a template has a module
	struct value steps;          // gathered for the script side, see instance.h
	unsigned calm_epoch;         // raised by what ends the calm of some definition
	bool functions;              // the script has put functions into data
	VEC(struct app_timer *) timers;
	VEC(struct app_route_item) routes;
	uint32_t frames;
	struct host_timer route_timer, frame_timer, tick_timer;
	struct app_fetch *fetches;
	VEC(struct media_source *) media; // asked for, each held once
	struct host_timer media_timer;
	struct value launch_options, enter_options;
	struct strbuf lib_version, name;
	bool asks_new;             // for 2.3.0 or later
	struct app_sharing *sharing; // at most one
	struct value share_record;   // of the latest, app_share_record()
	uint32_t shares;
	VEC(struct app_share_call) share_before; // wx.showShareMenu and its kin before the first page
	struct host_timer expire_timer;
	double memory_warned;      // monotonic ms, -INFINITY: never
	bool expired, pinned, menu_open;
	uint64_t chosen;           // rows of the chat picker, one bit each
	VEC(struct host_bytes *) lent; // bytes taken out in this turn
	struct host_timer lent_timer;
	bool turning;              // the screen, for a page that comes
	bool launched, shown, in_error, ending, not_found_told;
	unsigned warned_size;
	struct map warned_tags;
	struct chrome_wheels *wheels; // of the picker that is open, chrome_picker.c
	struct point press;  // where the finger on the chrome went down
	int finger;          // its id, -1: none
};

struct page_watch {
	slot_id node;
	atom_t name;        // of the property
	struct value value; // the one that was told last
	bool changed;
};

struct page {
	struct app *app;
	struct strbuf path;
	struct value query;
	struct instance root;     // its number is the page's id
	struct page_config *config; // lent by its definition
	VEC(struct page_scope *) scopes; // of the page itself first, then of the components in it
	size_t instances;         // components in it
	VEC(slot_id) dirty;       // instances whose templates are to be run with the next frame
	VEC(slot_id) calm;        // and those with components in them, which come before
	struct view *view;
	struct page_bar bar;
	struct page_share share;
	VEC(uint32_t) callbacks;  // setData callbacks waiting for the frame
	VEC(struct page_watch) watches; // change:prop handlers
	bool watched;             // some of them are due
	bool ready, visible, pulling;
	bool fresh;               // there are components that have not heard of their first frame
};

struct page_scope { // whose rules reach the nodes of one definition's template on this page
	const struct definition *definition;
	struct sheet_scope scope;
	VEC(const struct sheet *) sheets, leaks;
};

/* engine.c: the script engine of an app. */
bool app_engine_start(struct app *app);
void app_engine_stop(struct app *app);
/* A call of a prelude function; args are consumed. New result. */
struct value app_js(struct app *app, const char *name, size_t count, struct value *args);
void app_report(struct app *app, enum diag_severity severity, struct str file, int line, int column, const char *fmt, ...)
	PRINTF_LIKE(6, 7);
/* view_script.c: WXS. The first three as struct wxml_render_ops has them, with an instance. */
void app_script_define(struct app *app); // the modules of all templates so far
struct value app_script_module(void *instance, struct str file, struct str module);
struct value app_script_call(void *instance, uint32_t function, const struct value *args, size_t count);
void app_script_stop(struct app *app);
bool page_script_handle(void *page, struct node *node, uint32_t function, struct value event);
void page_script_forget(void *page, struct node *node);
void page_script_watch(struct page *page, struct node *node, atom_t name); // 0: all its properties
void page_script_frame(struct page *page);
double page_script_due(const struct page *page); // monotonic ms
void page_script_finish(struct page *page);
/* instance_door.c: false: that operation is another's. */
bool app_instance_op(struct app *app, struct str name, struct value args, struct value *ret_result);
struct value page_gather(struct page *page, struct node *node, const struct view_event *event); // [instance, handler, event, ...]
/* stage.c: the same for a logic layer that puts single components on a stage (clients/simulate). */
bool app_stage_op(struct app *app, struct str name, struct value args, struct value *ret_result);
/* attach.c: the same for the attached script. */
bool app_attach_op(struct app *app, struct str name, struct value args, struct value *ret_result);
void app_attach_error(struct app *app, const char *message, const char *stack);
/* load.c: files of the package as programs and sheets. */
bool app_load_text(struct app *app, struct str path, struct strbuf *ret_text);
void app_load_start(struct app *app);
void app_load_stop(struct app *app);
struct sheet *app_read_sheet(struct app *app, struct str path); // new, from its file; NULL: there is none
const struct sheet *app_load_sheet(struct app *app, struct str path); // NULL: there is none
void app_load_fonts(struct app *app, const struct sheet *sheet);
int app_load_near(struct app *app, struct str url, struct strbuf *ret_bytes); // 1: there; -1: cannot be had; 0: it is on the network
bool app_load_media(struct app *app, struct str url); // over the network; app_media_arrived() follows, but not when false
/* media.c */
void app_media_arrived(struct app *app, struct str url, const struct str *bytes); // NULL: they cannot be had
void app_media_stop(struct app *app);
/* page.c */
struct page *page_open(struct app *app, struct str path, struct value query); // pushes nothing; never NULL
void page_close(struct page *page);
void page_show(struct page *page);
void page_hide(struct page *page);
void page_frame(struct page *page, double now);
void page_framed(struct page *page); // what scripts hear of a frame
void page_drain(struct page *page); // calls the handlers that the view has gathered
/* scope.c: made on first use; as long-lived as the page. */
struct sheet_scope *page_scope(struct page *page, const struct definition *definition);
void page_scopes_finish(struct page *page);
/* setdata.c: what the template's run made of it, or undefined; new. */
struct value app_set_data(struct app *app, slot_id instance, struct value patches, uint32_t callback);
struct value app_encode_functions(struct app *app, struct value value); // consumes; {"$fn": n} for each
struct value app_decode_functions(struct value value);                  // lent; new
/* app.c: the script of a page, or "app"; false: there is none, or it threw. */
bool app_run_script(struct app *app, struct str path);
/* route.c */
void app_route_run(struct app *app); // performs what is queued
struct value app_parse_query(struct str text);
/* version.c */
void app_version_init(struct app *app);
/* enter.c */
void app_enter_init(struct app *app);
void app_memory_warned(struct app *app);
struct value app_entry_gate(const struct app *app, struct value options); // without what the base library does not tell; consumes
/* app.c */
void app_js_call(struct app *app, const char *name, struct value argument); // a life-cycle function of App()
int app_page_not_found(struct app *app, struct str path, struct value query); // 1: no page is open afterwards
/* share.c */
void app_share_stop(struct app *app);
void app_share_resolved(struct app *app, uint32_t number, struct value content); // the page's promise; null: rejected
void page_share_init(struct page *page); // what was asked for before there was a page
void page_share_finish(struct page *page);
bool page_has(struct page *page, const char *function);
/* card.c: pictures of cards, PNG, as wide as the screen. False: the bytes are no PNG or JPEG. */
#define CARD_RATIO 0.8f // height of width, share.md 4
void app_card_page(struct app *app, struct page *page, struct strbuf *ret_png);
bool app_card_picture(struct app *app, struct str bytes, struct strbuf *ret_png);
/* draw.c */
void app_draw_page(struct app *app, struct page *page, struct gfx_surface *surface, float dpr);
/* bar.c */
void page_bar_init(struct page *page);
void page_orient(struct page *page); // the screen turns as it wants to be shown
struct wxss_env app_page_env(const struct app *app, const struct page *page); // what its style sheets see
bool app_is_dark(const struct app *app); // a dark look that the program has (app.json darkmode)
void app_theme_changed(struct app *app, struct value detail);
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
/* What is open above the page, new: the host's overlay, and "menu" (an action sheet's parameters) of the capsule. */
struct value app_chrome_overlay(struct app *app);
/* chrome_permission.c: what a program asks to be allowed. */
void app_permission_draw(struct app *app, struct gfx_canvas *canvas, struct value parameters);
void app_permission_tap(struct app *app, struct value parameters, struct point at);
/* chrome_share.c: the chat picker of a share. */
void app_picker_draw(struct app *app, struct gfx_canvas *canvas, struct value parameters);
void app_picker_tap(struct app *app, struct value parameters, struct point at);
/* chrome_keyboard.c: the keyboard, while the host has it open. */
void app_keyboard_draw(struct app *app, struct gfx_canvas *canvas, struct value keyboard);
bool app_keyboard_at(struct app *app, struct point at); // is it there?
bool app_keyboard_tap(struct app *app, struct point at); // types what it hit; false: it is not there
/* chrome_picker.c: the sheet of a <picker>; a finger turns its wheels. */
void app_wheels_draw(struct app *app, struct gfx_canvas *canvas, struct value parameters);
void app_wheels_tap(struct app *app, struct value parameters, struct point at);
void app_wheels_touch(struct app *app, struct value parameters, const struct host_touch *touch);
void app_wheels_advance(struct app *app, bool settle); // to now; draws anew what has moved
double app_wheels_due(const struct app *app); // INFINITY: nothing turns
void app_wheels_free(struct app *app);
void app_wheels_forget(struct app *app); // if no picker is open any more
/* chrome.c, for others that draw */
color_t app_look(const struct app *app, color_t color); // of the host's own drawing, where the look is dark
struct str app_word(const struct app *app, enum host_word word); // in the language of the device
/* Cuts a text into lines of at most `width` at any character; returns how many, at most max. */
size_t app_chrome_lines(const struct app *app, struct str text, const struct style *style, float width, struct str *ret_lines,
	size_t max);
void app_chrome_fill(struct gfx_canvas *canvas, struct rect rect, color_t color, float radius);
void app_chrome_text(const struct app *app, struct gfx_canvas *canvas, struct rect rect, struct str text, float size, int weight,
	color_t color);

#endif
