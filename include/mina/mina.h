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

struct mina_options {
	const char *app;    // a folder (with app.json, or a project.config.json that names it), or a .wxapkg archive
	const char *page;   // "pages/a/b?x=1"; NULL: the first page of app.json
	int scene;          // scene value; 0: 1001
	const char *launch; // more launch options as a JSON object (shareTicket, referrerInfo); NULL: none
	float width, height; // of the page area, or of the whole screen with `chrome`; 0: 375 x 667
	float dpr;          // device px per CSS px; 0: 2
	bool chrome;        // draw status bar, navigation bar and tab bar
	enum mina_world world;
	const char *data;   // real world: the folder that keeps storage and files of all programs; NULL: $XDG_DATA_HOME/mina
	                    // or ~/.local/share/mina; "": nothing is kept
	const char *id;     // real world: whose storage and files these are; NULL: the app's place on this machine
	const char *script; // JSON text: what the simulated world answers (docs/script.md); NULL: nothing
	const char *fixtures; // folder that answers GET requests: FOLDER/HOST/PATH; NULL: none
	bool allow_network; // simulated world: requests that nothing answers go out for real, and time waits for them
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
MINA_API void mina_resize(struct mina *mina, float width, float height, float dpr);

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

MINA_API void mina_free(void *memory);
MINA_API const char *mina_version(void);

#ifdef __cplusplus
}
#endif

#endif
