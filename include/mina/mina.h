/* mina: run a WeChat Mini Program (微信小程序) inside your own program.
 *
 * A `mina` is one running mini program. It owns its host world, fonts and script engine; several may
 * run side by side in one process, all on the thread that made them. Nothing happens between calls:
 * you feed it touches and time, and take frames, console lines and diagnostics.
 *
 *     struct mina_options options = {.app = "path/to/app", .width = 375, .height = 667, .dpr = 2};
 *     struct mina *mina = mina_open(&options);
 *     mina_advance(mina, 300);                       // ms
 *     mina_touch(mina, 0, MINA_TOUCH_START, 100, 200);
 *     mina_touch(mina, 0, MINA_TOUCH_END, 100, 200);
 *     mina_advance(mina, 300);
 *     struct mina_frame frame;
 *     mina_frame(mina, &frame);                      // 32-bit pixels
 *     mina_close(mina);
 *
 * Text is UTF-8 and zero-terminated. Strings that are given out are lent until the next call on the
 * same mina, unless they come as `char *`: those are freed with mina_free(). Lengths are CSS px,
 * times ms. Functions that can fail return 0 for success. */
#ifndef MINA_MINA_H
#define MINA_MINA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define MINA_API __attribute__((visibility("default")))

struct mina;

enum mina_level { MINA_DEBUG, MINA_LOG, MINA_INFO, MINA_WARN, MINA_ERROR };

enum mina_world {
	MINA_SIMULATED, // virtual time, files and storage in memory, scripted answers: deterministic
	MINA_REAL,      // this machine's clock, network and files
};

/* Are success, fail and complete of onShareAppMessage called? WeChat does not since 2018-10-10. */
enum mina_share_callbacks {
	MINA_SHARE_CALLBACKS_AUTO, // unless the program asks for base library 2.3.0 or later
	MINA_SHARE_CALLBACKS_ON,
	MINA_SHARE_CALLBACKS_OFF,
};

struct mina_options {
	const char *app;    // a folder (with app.json, or a project.config.json that names it), or a .wxapkg archive; NULL: where the
	                    // society's world says that the program of `card` is
	const char *page;   // "pages/a/b?x=1"; NULL: the first page of app.json
	int scene;          // scene value; 0: 1001
	const char *launch; // more launch options as a JSON object (shareTicket, referrerInfo); NULL: none
	float width, height; // of the page area, or of the whole screen with `chrome`; 0: 375 x 667, or the person's own
	float dpr;          // device px per CSS px; 0: 2, or the person's own
	bool chrome;        // draw status bar, navigation bar and tab bar
	const char *appid;  // NULL: project.config.json's, or "touristappid"
	const char *name;   // of the mini program; NULL: the world's, project.config.json's projectname, or the appid
	const char *lib_version; // the base library that is played: "1.9.90"; NULL: mina.json's or project.config.json's libVersion
	const char *map_tiles; // address of <map>'s tiles with {z}, {x} and {y}; NULL: mina.json's mapTiles, or a plain map
	enum mina_share_callbacks share_callbacks;
	struct mina_society *society; // simulated world: the people among whom it runs, borrowed; NULL: a world of its own
	const char *person; // who runs it, "alice"; NULL: mina.json's, or the first of the world
	const char *card;   // id of a message of the society: the program is opened by this card; page, scene and launch do not count
	const char *group;  // a group of the person's: the program is opened as from a card with a share ticket there (scene 1044)
	bool any_card;      // also when the card is in a chat that is not the person's
	enum mina_world world;
	const char *data;   // real world: the folder that keeps storage and files of all programs; NULL: $XDG_DATA_HOME/mina
	                    // or ~/.local/share/mina; "": nothing is kept
	const char *id;     // real world: whose storage and files these are; NULL: the app's place on this machine
	const char *script; // JSON text: what the simulated world answers (docs/script.md); NULL: nothing
	const char *fixtures; // folder that answers GET requests: FOLDER/HOST/PATH; NULL: none
	bool allow_network; // simulated world: requests that nothing answers go out for real, and time waits for them
	bool asks;          // simulated world: wx.authorize waits for mina_answer(mina, "permission", "{}"), where the world says nothing
	bool live;          // time does not wait: mina_advance() is given the time that really passed
	double time_limit;  // ms of script in one turn until it is stopped; 0: 5000
	/* The program's console, and later diagnostics. May be NULL. `file` is "" and line 0 when unknown. */
	void (*on_console)(void *user, enum mina_level level, const char *text, const char *file, int line);
	/* Something can be seen that was not there: take a frame. May be NULL. */
	void (*on_frame)(void *user);
	/* A turn of script begins, and has ended. An endless loop is stopped after time_limit, but a chain of
	 * promise jobs that goes on for ever is not: who must survive it watches the time between the two
	 * from another thread, and ends the process. May be NULL. */
	void (*on_script)(void *user, bool begins);
	void *user;
};

/* A mistake in the package, or an error of its scripts. */
struct mina_diagnostic {
	bool error;       // else a warning
	const char *file; // as the package names it, "" when none is meant
	int line, column; // from 1; 0: the whole file
	const char *text; // what is wrong and what to do
};

/* Opens the package, runs app.js and the first page. Never NULL: when there is nothing to run,
 * mina_alive() is false and the diagnostics say why. */
MINA_API struct mina *mina_open(const struct mina_options *options);
MINA_API void mina_close(struct mina *mina); // NULL is fine
MINA_API bool mina_alive(const struct mina *mina); // a page is open

/* Time: runs everything that is due within ms. */
MINA_API void mina_advance(struct mina *mina, double ms);
/* Runs until no timer is due within `quiet` ms and no exchange is in flight, at most `limit` ms. */
MINA_API void mina_settle(struct mina *mina, double quiet, double limit);
/* Finite animations jump to their end, endless ones to their beginning: for pictures. */
MINA_API void mina_freeze(struct mina *mina);

enum mina_touch_phase { MINA_TOUCH_START, MINA_TOUCH_MOVE, MINA_TOUCH_END, MINA_TOUCH_CANCEL };
/* A finger at a point of the frame. id: small number, the same from start to end. */
MINA_API void mina_touch(struct mina *mina, int id, enum mina_touch_phase phase, float x, float y);
/* A tap in the middle of the first element of the current page that matches. 1: there is none. */
MINA_API int mina_tap(struct mina *mina, const char *selector);
/* Text for the focused input: its whole new content. 1: nothing has the focus. */
MINA_API int mina_type(struct mina *mina, const char *text);
/* The keyboard's confirm key (完成). 1: nothing has the focus. */
MINA_API int mina_confirm(struct mina *mina);
MINA_API void mina_back(struct mina *mina);
/* setData on the current page with a JSON object. 1: that is no JSON object. */
MINA_API int mina_set_data(struct mina *mina, const char *json);
/* The person's answer to an open dialog: kind "modal", "actionSheet" ...; answer: JSON, NULL: cancel. 1: none is open. */
MINA_API int mina_answer(struct mina *mina, const char *kind, const char *json);
/* 0 leaves a measure as it is. A size that cannot be drawn (a side above 16,384 or 67 million device px) is ignored. */
MINA_API void mina_resize(struct mina *mina, float width, float height, float dpr);

/* --- leaving and coming back, sharing (转发) --- */

/* The person puts the program into the background. It ends there after five minutes: mina_alive() is false then. */
MINA_API void mina_leave(struct mina *mina);
MINA_API bool mina_in_front(const struct mina *mina); // not in the background
/* ... and comes back: launch NULL as it was, else launch options as a JSON object {scene, path, query, ...} (re-entry by
 * scene: framework.md 4.1). A program that has ended starts anew. 1: that is no JSON object. */
MINA_API int mina_enter(struct mina *mina, const char *launch);
/* The system is short of memory: wx.onMemoryWarning with that level (5, 10, 15). Twice within five seconds ends the program. */
MINA_API void mina_warn_memory(struct mina *mina, int level);
/* The person opens a card of a chat, a timeline post or a favorite with it. 1: there is none, or the chat is not theirs. */
MINA_API int mina_open_card(struct mina *mina, const char *message);
/* What the capsule's menu offers: [{"id": "share", "label": "转发"}, ...]; freed with mina_free(). */
MINA_API char *mina_menu(struct mina *mina);
/* The person chooses "share", "timeline", "favorite" or "home" there. 1: it is not offered. A share then waits for
 * mina_answer(mina, "share", "{\"chats\": [\"group:family\"]}"), NULL being cancel, {"fail": "network"} a failure. */
MINA_API int mina_menu_choose(struct mina *mina, const char *id);
/* The latest share: {kind, page, options (what onShareAppMessage got), card, result {errMsg, shareTickets}}, the last
 * once it has ended; "null" before the first. Freed with mina_free(). */
MINA_API char *mina_share(struct mina *mina);
/* As wx.showShareMenu (verb "show"), hideShareMenu ("hide"), updateShareMenu ("update") on the current page. 1: it fails. */
MINA_API int mina_share_menu(struct mina *mina, const char *verb, const char *parameters);
/* What is open above the page, as JSON by kind: "share" {chats, title}, "modal", "actionSheet", "toast" ...; freed with mina_free(). */
MINA_API char *mina_overlay(struct mina *mina);
/* What the latest way in was: {path, query, scene, shareTicket, referrerInfo}; freed with mina_free(). */
MINA_API char *mina_entered(struct mina *mina);
/* Asks the host as the program's wx calls do ("login", "getShareInfo", "checkSession", "getUserInfo" ...), with its result
 * or {"errMsg": TEXT}; time passes until it is there. NULL: no such call, or parameters that are no JSON object. Freed with mina_free(). */
MINA_API char *mina_ask(struct mina *mina, const char *call, const char *parameters);
/* A card as the chat shows it, PNG; freed with mina_free(). 1: there is no such card. */
MINA_API int mina_card_png(struct mina *mina, const char *message, uint8_t **ret_bytes, size_t *ret_size);

/* --- a society: people, groups and chats that several programs share (docs/world.md) --- */

struct mina_society;

struct mina_society_options {
	const char *world;        // world.json's text; NULL: the default world (alice, bob, carol, dave; groups family and work)
	const char *name;         // of that text in diagnostics; NULL: "world.json"
	const char *app;          // an app whose mina.json names world and platform where these options do not; NULL: none
	const char *platform;     // address of an open platform: "http://127.0.0.1:8080"; NULL: one of its own, inside
	const char *platform_key; // that platform's host key
	uint64_t seed;            // of everything random; 0: 1
};

/* Never NULL: what is wrong with the world is a diagnostic, and the default world is taken. All programs of a society
 * share its clock: mina_advance() on any of them passes the time of all. */
MINA_API struct mina_society *mina_society_open(const struct mina_society_options *options);
MINA_API void mina_society_close(struct mina_society *society); // after the programs in it; NULL is fine
MINA_API bool mina_society_diagnostic_at(const struct mina_society *society, size_t index, struct mina_diagnostic *ret_diagnostic);
/* The chats that a person sees: [{id, name, kind, members}]; freed with mina_free(). */
MINA_API char *mina_society_chats(struct mina_society *society, const char *person);
/* A chat's id as a person says it: "group:family" of "family", "single:alice,bob" of alice's "bob"; NULL: they have no such
 * chat. Freed with mina_free(). */
MINA_API char *mina_society_chat(struct mina_society *society, const char *person, const char *said);
/* All messages in order, or those of a chat: [{id, chat, from, at, text | card}]; freed with mina_free(). */
MINA_API char *mina_society_messages(struct mina_society *society, const char *chat);
/* A card's picture, PNG, 5:4; freed with mina_free(). 1: there is none. */
MINA_API int mina_society_picture(struct mina_society *society, const char *message, uint8_t **ret_bytes, size_t *ret_size);
/* A person writes to a chat, or sends a message on: the new message's id, or NULL with a reason (lent). Freed with mina_free(). */
MINA_API char *mina_society_say(struct mina_society *society, const char *person, const char *chat, const char *text,
	const char **ret_reason);
MINA_API char *mina_society_forward(struct mina_society *society, const char *person, const char *message, const char *chat,
	const char **ret_reason);
/* One exchange with the platform, as a program's server has it: path and query as in "/sns/jscode2session?appid=...". The
 * platform inside is asked without HTTP. The answer's JSON, or NULL when it cannot be reached. Freed with mina_free(). */
MINA_API char *mina_society_platform(struct mina_society *society, const char *method, const char *url, const char *body);
/* The program's secret: {appid, name, secret}; NULL: the society does not know the appid. Freed with mina_free(). */
MINA_API char *mina_society_program(struct mina_society *society, const char *appid);
/* The person whose id or nick name `account` is, or openid in the program of the folder `app`: their id, or NULL. Freed with
 * mina_free(). */
MINA_API char *mina_society_account(const struct mina_society *society, const char *account, const char *app);
/* What a server does with encryptedData: the JSON text, or NULL when it does not decrypt. Freed with mina_free(). */
MINA_API char *mina_decrypt(const char *session_key, const char *encrypted_data, const char *iv);

/* The current picture: 32-bit native-endian 0xAARRGGBB, premultiplied (opaque), `stride` bytes a
 * row; lent until the next call. */
struct mina_frame {
	const uint8_t *pixels;
	int width, height, stride; // device px
};
MINA_API void mina_frame(struct mina *mina, struct mina_frame *ret_frame);
/* The same as PNG; freed with mina_free(). */
MINA_API int mina_png(struct mina *mina, uint8_t **ret_bytes, size_t *ret_size);

/* "pages/a/b" of the current page; "" when there is none. */
MINA_API const char *mina_path(struct mina *mina);
MINA_API size_t mina_page_count(const struct mina *mina);
/* Every element and text of the current page with its box, as JSON; freed with mina_free(). */
MINA_API char *mina_boxes(struct mina *mina);
/* The current page's data as JSON; freed with mina_free(). */
MINA_API char *mina_data(struct mina *mina);

/* Everything that was found wrong so far, in order. False past the end. Lent. */
MINA_API bool mina_diagnostic_at(const struct mina *mina, size_t index, struct mina_diagnostic *ret_diagnostic);
MINA_API size_t mina_error_count(const struct mina *mina);
/* Checks a package without running it; the result only has diagnostics, and is closed as the rest. */
MINA_API struct mina *mina_check(const char *app);

/* Single components for tests whose scripts run in another process (clients/simulate): speaks over two
 * descriptors until the other side closes them. Its status is that of a process. */
MINA_API int mina_simulate(int in, int out);

/* What a component ("swiper") or wx call ("wx.request") has here, or all of them ("components", "api"), as Markdown; NULL: there is no
 * such thing. Freed with mina_free(). */
MINA_API char *mina_reference(const char *what);
MINA_API void mina_free(void *memory);
MINA_API const char *mina_version(void);

#ifdef __cplusplus
}
#endif

#endif
