/* The host: everything a mini program's engine cannot compute by itself. Two worlds of equal rank
 * stand behind it, host/sim (virtual time, scripted answers, memory) and host/linux (this
 * machine); an embedding may bring its own. A part is a table of functions; a part that is NULL,
 * or a slot that is NULL, is an absent capability: HOST_CALL and HOST_ASK answer it in one place
 * with HOST_UNSUPPORTED. Only `clock` must be there.
 *
 * All data that crosses is `struct value` plus, for binary data, `struct host_bytes`, so that the
 * same tables can be carried over a pipe. The program owns the host; it outlives the app. One
 * thread. One `struct host` serves one mini program. */
#ifndef MINA_HOST_HOST_H
#define MINA_HOST_HOST_H

#include "core/value/value.h"

struct host_clock;    // clock.h: time, timers, zone, randomness, the run loop
struct host_net;      // net.h: HTTP, WebSocket
struct host_file;     // file.h: package, temporary, saved and user files
struct host_store;    // file.h: key-value storage
struct host_ui;       // ui.h: toast, modal, action sheet, picker, keyboard
struct host_screen;   // screen.h: viewport, frames, touches
struct host_device;   // device.h: facts, clipboard, network type, sensors
struct host_media;    // media.h: images, sound, video, camera
struct host_location; // location.h
struct host_open;     // open.h: login, share, payment, settings, other mini programs
struct host_source;   // file.h: where the package's own files come from
struct host_listener;
struct host_walk;
struct host_request;
struct host_touch;

struct host {
	const struct host_clock *clock;
	const struct host_net *net;
	const struct host_file *file;
	const struct host_store *store;
	const struct host_ui *ui;
	const struct host_screen *screen;
	const struct host_device *device;
	const struct host_media *media;
	const struct host_location *location;
	const struct host_open *open;
	struct host_source *package; // borrowed; NULL: no package files. Set by who opens the app.
	struct host_listener *listeners;
	struct host_walk *walks; // host_tell()s going on, innermost first
	void *user; // the world's own; nobody else looks at it
};

/* What became of a call. Anything but HOST_OK comes with the value {errMsg: TEXT}, where TEXT is
 * what follows "xxx:fail " in WeChat's message, and possibly errCode / errno. */
enum host_outcome {
	HOST_OK,
	HOST_FAIL,        // anything not named below
	HOST_CANCEL,      // the person dismissed it: "cancel"
	HOST_DENIED,      // "auth deny", "permission denied"
	HOST_TIMEOUT,     // "timeout"
	HOST_ABORTED,     // abort was asked for: "abort"
	HOST_NOT_FOUND,   // no such file, key or address
	HOST_TOO_LARGE,   // a size limit
	HOST_UNSUPPORTED, // "not supported"
};

/* Binary data: reference-counted and immutable once it has been handed on. */
struct host_bytes {
	uint8_t *at;
	size_t len;
	uint32_t refs;
};

struct host_bytes *host_bytes_new(const void *at, size_t len); // copies; at NULL: zeroed
struct host_bytes *host_bytes_take(struct strbuf *buf);        // empties buf
struct host_bytes *host_bytes_ref(struct host_bytes *bytes);   // NULL gives NULL
void host_bytes_unref(struct host_bytes *bytes);
struct str host_bytes_str(const struct host_bytes *bytes); // lent; NULL gives the empty view

/* What an immediate question gives back; finish it whatever the outcome was. */
struct host_answer {
	struct value value;
	struct host_bytes *bytes;
};
void host_answer_finish(struct host_answer *answer);

/* The two shapes of almost all slots. `parameters` is lent for the duration of the call. A call
 * finishes through the request (request.h), never before it has returned. A question is answered
 * at once and always writes *ret_answer; `body` may be NULL. */
typedef void (*host_call)(struct host *host, struct value parameters, struct host_request *request);
typedef enum host_outcome (*host_ask)(struct host *host, struct value parameters,
	struct host_bytes *body, struct host_answer *ret_answer);

/* HOST_CALL(host, media, choose_image, parameters, request);
 * outcome = HOST_ASK(host, file, read, parameters, body, &answer); */
#define HOST_CALL(host, part, slot, parameters, request) \
	host_start(host, (host)->part ? (host)->part->slot : NULL, parameters, request)
#define HOST_ASK(host, part, slot, parameters, body, ret_answer) \
	host_question(host, (host)->part ? (host)->part->slot : NULL, parameters, body, ret_answer)
#define HOST_HAS(host, part, slot) ((host)->part && (host)->part->slot)
void host_start(struct host *host, host_call call, struct value parameters, struct host_request *request);
enum host_outcome host_question(struct host *host, host_ask ask, struct value parameters,
	struct host_bytes *body, struct host_answer *ret_answer);
/* An ask in the asynchronous form (wx.readFile beside readFileSync): asked now, with request->body,
 * finished on the next turn. */
void host_start_ask(struct host *host, host_ask ask, struct value parameters, struct host_request *request);

struct value host_error(const char *text); // new: {errMsg: text}
/* Fills an answer with an error and gives the outcome back: `return host_refuse(...)`. */
enum host_outcome host_refuse(struct host_answer *ret_answer, enum host_outcome outcome, const char *text);
const char *host_outcome_text(enum host_outcome outcome); // the words quoted above

/* What the host says without having been asked. `detail` is what the wx.onXxx listener gets. */
enum host_event {
	HOST_EVENT_SHOW,           // the program comes to the front; {scene, query{}, path?, referrerInfo?}
	HOST_EVENT_HIDE,
	HOST_EVENT_RESIZE,         // the screen's facts changed; {size: {windowWidth, windowHeight}}
	HOST_EVENT_NETWORK,        // onNetworkStatusChange: {isConnected, networkType}
	HOST_EVENT_MEMORY,         // onMemoryWarning: {level}
	HOST_EVENT_THEME,          // onThemeChange: {theme}
	HOST_EVENT_KEYBOARD,       // {id, type: "input"|"confirm"|"height"|"hide", value, cursor, height}
	HOST_EVENT_CAPTURE_SCREEN, // onUserCaptureScreen
	HOST_EVENT_ACCELEROMETER,  // {x, y, z}
	HOST_EVENT_COMPASS,        // {direction, accuracy}
	HOST_EVENT_GYROSCOPE,      // {x, y, z}
	HOST_EVENT_DEVICE_MOTION,  // {alpha, beta, gamma}
	HOST_EVENT_LOCATION,       // onLocationChange
	HOST_EVENT_BACK,           // the back button or edge swipe
	HOST_EVENT_MENU,           // capsule menu: {item: "share"|"timeline"|"favorite"|"close"|"home"}
	HOST_EVENT_OVERLAY,        // what is open above the page changed; no detail
	HOST_EVENT_OTHER,          // {name: "onXxx", detail}
};

struct host_listener {
	void (*on_event)(struct host_listener *listener, enum host_event event, struct value detail); // may be NULL
	void (*on_touch)(struct host_listener *listener, const struct host_touch *touch);             // may be NULL
	struct host_listener *next;
	bool listening;
};

/* In order of joining. A listener may leave, and others may join, while an event is told. */
void host_listen(struct host *host, struct host_listener *listener);
void host_unlisten(struct host *host, struct host_listener *listener);
void host_tell(struct host *host, enum host_event event, struct value detail); // detail lent
void host_tell_touch(struct host *host, const struct host_touch *touch);

#endif
