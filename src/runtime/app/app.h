/* A running mini program: its package, its logic layer (逻辑层, one script engine), its page stack
 * and its host. `struct app` belongs to the program that embeds it and borrows the host. Everything
 * happens on one thread, inside host_run(). The wx API is not known here: runtime/api hangs itself
 * in through `struct app_api`. */
#ifndef MINA_APP_APP_H
#define MINA_APP_APP_H

#include "core/package/config.h"
#include "host/host.h"
#include "runtime/view/view.h"

struct app;
struct page;
struct media_source;

enum app_log_level { APP_LOG_DEBUG, APP_LOG_LOG, APP_LOG_INFO, APP_LOG_WARN, APP_LOG_ERROR };

/* Are success, fail and complete of onShareAppMessage called? WeChat does not since 2018-10-10, which could be
 * tried with base library 2.3.0 (share.md 14). */
enum app_share_callbacks {
	APP_SHARE_CALLBACKS_AUTO, // unless the program asks for 2.3.0 or later
	APP_SHARE_CALLBACKS_ON,
	APP_SHARE_CALLBACKS_OFF,
};

/* A logic layer (逻辑层) that is not in this process: it runs component.js and prelude.js itself ("boot" brings their text),
 * asks by app_invoke(), and is called by `call` with a list of arguments, lent; the result is new. */
struct app_logic {
	struct value (*call)(void *user, const char *name, struct value args);
	void *user;
};

struct app_options {
	struct host *host;            // borrowed; host->package has the files
	struct gfx_fonts *fonts;      // borrowed
	struct diag_list *diags;      // borrowed: everything that is wrong is added here
	const char *appid;            // NULL: from project.config.json, or "touristappid"
	const char *name;             // of the mini program; NULL: project.config.json's projectname, or the appid
	const char *lib_version;      // the base library that is played; NULL: project.config.json's libVersion
	const char *map_tiles;        // address of <map>'s tiles with {x}, {y}, {z}; NULL: a plain map is drawn
	enum app_share_callbacks share_callbacks;
	const struct app_logic *logic; // NULL: a script engine of the app's own
	bool chrome;                  // navigation and tab bars take their part of the screen
	double script_time_limit_ms;  // of one turn of script; 0: 5000
	/* The mini program's console. `text` is lent. */
	void (*on_console)(void *user, enum app_log_level level, struct str text, struct str file, int line);
	void (*on_present)(void *user); // a frame is ready that looks different
	void (*on_script)(void *user, bool begins); // a turn of script; may be NULL
	void *user;
};

struct app_launch {
	struct str path;      // "pages/a/b" with or without "?x=1"; empty: the entry page
	int scene;            // 0: 1001
	struct value extra;   // shareTicket, referrerInfo ...: merged into the launch options
};

/* Who answers wx calls; api/dispatch.c fills it. Values are new on return, parameters lent. */
struct app_api {
	void *user;
	struct value (*table)(void *user); // {apis: [{name, kind, methods}], classes: [{name, methods, calls, events, properties}]}
	void (*call)(void *user, struct str name, uint32_t id, struct value parameters);
	struct value (*sync)(void *user, struct str name, struct value args);
	struct value (*task)(void *user, uint32_t id, struct str method, struct value args);
	struct value (*create)(void *user, struct str name, struct value args);
	struct value (*method)(void *user, slot_id object, struct str method, struct value args);
	void (*object_call)(void *user, slot_id object, struct str method, uint32_t id, struct value parameters);
	struct value (*object_get)(void *user, slot_id object, struct str property); // new
	void (*object_set)(void *user, slot_id object, struct str property, struct value value);
	void (*release)(void *user, slot_id object);
	void (*listen)(void *user, struct str name, bool on);
	void (*intent)(void *user, struct page *page, const char *kind, struct value data, slot_id node);
	void (*frame_done)(void *user, struct page *page); // queries and nextTick
	void (*media_ready)(void *user, struct media_source *source); // of app_media(); may be NULL
	void (*picture_ready)(void *user);                 // one that app_picture() said was on its way; may be NULL
	void (*finish)(void *user);                        // the app ends: drop all calls
};

/* NULL when there is no usable app.json or no app.js (diagnostics say why). */
struct app *app_create(const struct app_options *options);
void app_set_api(struct app *app, const struct app_api *api); // before app_launch()
/* Stops input, aborts requests, leaves the script engine, pops pages, releases contexts. */
void app_destroy(struct app *app);
/* Runs app.js, the page scripts and opens the first page. 0, or 1: there is no such page (onPageNotFound was told). */
int app_launch(struct app *app, const struct app_launch *launch);

/* For `options.logic`: an operation of the prelude, of component.js, or of stage.c. New result. */
struct value app_invoke(struct app *app, struct str name, struct value args);

struct host *app_host(struct app *app);
struct gfx_fonts *app_fonts(struct app *app);
/* load.c: what a script's path or address of a picture means, and the picture: 1 there (lent), 0 on its way, -1 cannot be had. */
void app_resolve_picture(const struct app *app, struct str src, struct strbuf *ret_url);
int app_picture(struct app *app, struct str url, struct gfx_image **ret_image);
bool app_picture_bytes(struct app *app, struct str url, struct strbuf *ret_bytes); // of one that is on the device: its file; false: none is
slot_id app_opening(const struct app *app); // the page that is being made; 0: none is
/* media.c: a media file, as border/media/source.h has it; a new reference. It comes on a later turn. */
struct media_source *app_media(struct app *app, struct str url);
const struct app_config *app_config(const struct app *app);
struct str app_appid(const struct app *app);
struct value app_launch_options(const struct app *app); // lent
struct value app_enter_options(const struct app *app);  // of the latest way in; lent
bool app_has_theme(const struct app *app); // app.json's darkmode
struct str app_name(const struct app *app); // of the mini program, what a card without a title says
void app_set_name(struct app *app, struct str name); // empty: as it was
/* A card as a chat shows it: name, title, picture (PNG), state of an updatable message. False: no memory. */
bool app_card_bubble(struct app *app, struct value card, struct str picture, struct strbuf *ret_png);

/* attach.c: a program beside the mini program that looks into its logic layer (automation). `script` is a function expression
 * that gets the engine's door as prelude.js does, with `native.kit` of prelude.js; it leaves its functions by
 * send('attach', native.pin({...})) and tells things by send('tell', ...), a list of arguments, lent. An error of the mini
 * program's script is told as ["exception", message, stack]. False: no engine, or the script threw. */
struct app_attachment {
	struct str script;
	void (*tell)(void *user, struct value args);
	void *user;
};
bool app_attach(struct app *app, const struct app_attachment *attachment);
bool app_has_attachment(const struct app *app);
void app_detach(struct app *app); // nothing is told any more
/* Calls one of its functions with the arguments (an array, consumed). New result. */
struct value app_attached(struct app *app, const char *name, struct value args);
/* Code from outside: `source` is a function expression that sees what a file of the package sees; the attached
 * script's `given(fn)` gets it. False: *ret_message says why it is none. */
bool app_attached_give(struct app *app, struct str source, struct strbuf *ret_message);
/* What happens in the program, told to one who looks in: {kind: "call", id, name, parameters}, {kind: "called", id, ok, result},
 * {kind: "setData", page, bytes, ms}, {kind: "frame", page, ms}; lent. `tell` NULL: nobody does, which costs nothing. */
struct app_watcher {
	void (*tell)(void *user, struct value event);
	double (*clock)(void *user); // ms of this machine, for durations
	void *user;
};
void app_watch(struct app *app, const struct app_watcher *watcher);
bool app_is_watched(const struct app *app);
double app_watch_clock(const struct app *app); // 0 when nobody looks
void app_watch_tell(struct app *app, struct value event); // consumes
/* Is a frame of the top page, or a route, on its way? */
bool app_unsettled(const struct app *app);

/* For runtime/api: what goes back into the logic layer. Values are consumed. */
void app_settle(struct app *app, uint32_t call, bool ok, struct value result);
void app_progress(struct app *app, uint32_t call, const char *name, struct value detail);
void app_emit(struct app *app, const char *event, struct value detail);
void app_object_emit(struct app *app, slot_id object, const char *event, struct value detail); // consumes detail
void app_call_pinned(struct app *app, uint32_t pin, bool keep, struct value args); // args: an array
void app_unpin(struct app *app, uint32_t pin);
void app_log(struct app *app, enum app_log_level level, const char *fmt, ...) PRINTF_LIKE(3, 4);
/* Bytes under a number, as {$bytes: id} carries them. */
struct value app_bytes_out(struct app *app, struct str bytes);                 // new {$bytes}
bool app_bytes_in(struct app *app, struct value value, struct str *ret_bytes); // lent until the turn ends
void app_want_frame(struct app *app);
uint32_t app_frames(const struct app *app); // how many were laid out; while callbacks of a frame run, it counts already
void app_present(struct app *app); // something outside the page looks different
/* "#fff", "#ffffff"; anything else gives the fallback. */
color_t app_parse_color(struct str text, color_t fallback);

/* version.c: the base library (基础库) that the program asks for: "1.9.90"; "" when it asks for none, or for the newest. */
struct str app_lib_version(const struct app *app);
bool app_since(const struct app *app, const char *since); // is it there in that version? NULL: always

/* enter.c: life cycle (framework.md 4.1). What host events and doors call. */
void app_enter(struct app *app, struct value options); // to the front; {scene, path, query{}, ...}, undefined: as it was left. Lent
void app_leave(struct app *app);                       // to the background
bool app_shown(const struct app *app);
void app_pin(struct app *app);                         // the person keeps it on top of the chats (置顶): leaving does not end it
/* WeChat has ended the program in the background: the next way in is a cold start, which is the embedder's to make. */
bool app_expired(const struct app *app);

/* share.c: 转发 (share.md). */
enum app_share { APP_SHARE_MESSAGE, APP_SHARE_TIMELINE, APP_SHARE_FAVORITE };
/* Does the menu of the top page show the item? */
bool app_share_shown(struct app *app, enum app_share kind);
/* As if the person had tapped the item, or the button (its node; 0: the menu). False: the page has no handler, or
 * another share is on its way: nothing happens. */
bool app_share(struct app *app, struct page *page, enum app_share kind, slot_id button);
/* The latest share: {kind: "shareAppMessage", page, options (what the handler got), card (what the host got), result
 * ({errMsg, shareTickets?}; absent while it is on its way), callbacks: bool}; undefined: none. Lent. */
struct value app_share_record(const struct app *app);
enum app_share_verb { APP_SHARE_SHOW, APP_SHARE_HIDE, APP_SHARE_UPDATE };
/* wx.showShareMenu and its kin, on the top page; before there is one, on the first. NULL, or why not. */
const char *app_share_menu(struct app *app, enum app_share_verb verb, struct value parameters);

/* menu.c: the capsule's menu: [{id: "share", label}], what is shown now; new. */
struct value app_menu_items(struct app *app);
bool app_menu_choose(struct app *app, struct str id); // false: it is not there

/* chrome_picker.c: what fingers do on a picker's sheet. False: none is open, or it has no such column or row. */
bool app_picker_answer(struct app *app, bool confirmed); // with the wheels as they stand, or put away
bool app_picker_turn(struct app *app, int column, int index); // it has come to rest there

/* Pages. [0] is the bottom of the stack. */
struct page *app_top(const struct app *app); // NULL before launch
size_t app_page_count(const struct app *app);
struct page *app_page_at(const struct app *app, size_t index);
struct page *app_page_by_id(const struct app *app, slot_id id);
/* A property of a custom component, by its node's `instance`; undefined: it has none of that name. Lent. */
struct value app_property(const struct app *app, slot_id instance, struct str name);
slot_id page_id(const struct page *page);
struct str page_path(const struct page *page);
bool page_is_settled(const struct page *page); // nothing waits for the next frame
struct value page_query(const struct page *page); // lent
struct view *page_view(struct page *page);
struct value page_data(const struct page *page);  // lent: what the template sees
const struct page_config *page_config(const struct page *page);
/* Calls a life-cycle or event function of the page with JSON-able arguments (an array, consumed). New result. */
struct value page_call(struct page *page, const char *name, struct value args);
/* Makes the calls that an event from outside has left in the page's view. */
void page_settle(struct page *page);
/* As this.setData(patch) from outside (automation, --set-data). Consumes patch. */
void page_set_data(struct page *page, struct value patch);

/* route.c */
enum app_route { ROUTE_NAVIGATE, ROUTE_REDIRECT, ROUTE_BACK, ROUTE_SWITCH_TAB, ROUTE_RELAUNCH };
/* Checks and queues a route; when it cannot be, gives false and WeChat's words after "xxx:fail " in
 * *ret_error. `done` is called once it is performed. url may be relative to the top page. */
struct app_route_request {
	enum app_route route;
	struct str url;
	int delta;
	uint32_t call; // of navigateTo, for its event channel; 0: none
	bool entry;    // a way in: a tab page, too, gets its query
	void (*done)(void *user);
	void *user;
};
bool app_route(struct app *app, const struct app_route_request *request, struct strbuf *ret_error);

/* bar.c: the navigation bar's and tab bar's state; what chrome.c draws. */
struct page_bar {
	struct strbuf title;
	color_t background;
	bool dark_text;     // navigationBarTextStyle black
	bool loading;
	bool custom;        // navigationStyle custom
	slot_id full;       // the node that has the whole screen, over all bars (a video); 0: none
};
struct page_bar *page_bar(struct page *page);
void page_set_full(struct page *page, slot_id node);
bool app_is_tab(const struct app *app, struct str path);
struct rect app_page_area(const struct app *app, const struct page *page); // on the screen, CSS px
struct rect app_window(const struct app *app); // of the page that is being made, of the top, or of the first to come
struct insets app_page_insets(const struct app *app, const struct page *page); // env(safe-area-inset-*) of the page

/* A mouse wheel over a point of the screen: what is there scrolls by so many CSS px. */
void app_wheel(struct app *app, struct point at, float dx, float dy);
/* Where on the screen the caret of what has the focus stands; false: nothing has it. */
bool app_caret(struct app *app, struct rect *ret_rect);
/* restyle.c: a file of style rules (its path in the package's source) has changed. False: nothing that runs reads it, or it is gone. */
bool app_reload_sheet(struct app *app, struct str file);

/* A tap in the middle of the first element of the top page that matches; false: there is none. */
bool app_tap(struct app *app, struct str selector);
/* draw.c: the current picture into a surface of the page area's, or the screen's, size. */
struct gfx_surface;
void app_draw(struct app *app, struct gfx_surface *surface, float dpr);

#endif
