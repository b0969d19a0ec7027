/* The wx API: one row a call, one file a group. A row names its parameters and results as schemas;
 * checking, defaults, error texts, `wx.canIUse`, the promise and the callbacks come from it.
 *
 * To add one: write the function and its row in the group's file. Nothing else. The function gets
 * a call whose parameters are checked and filled, and ends it exactly once with
 * api_call_succeed() or api_call_fail(). It never sees the script engine. */
#ifndef MINA_API_API_H
#define MINA_API_API_H

#include "core/value/schema.h"
#include "host/device.h"
#include "host/file.h"
#include "host/net.h"
#include "host/request.h"
#include "host/screen.h"
#include "host/ui.h"
#include "runtime/app/app.h"

enum api_kind {
	API_SYNC,    // returns at once
	API_ASYNC,   // success / fail / complete, or a promise
	API_TASK,    // as ASYNC, and gives an object with methods
	API_EVENT,   // onXxx and offXxx
	API_FACTORY, // makes an object of a class
};

struct api_call;
struct api_object;
struct api;

struct api_class {
	const char *name;
	const char *methods; // "select|selectAll|exec"
	/* `args` is an array. Returns {value}, {self: true}, {owner: true}, {object, class} or {error}; new. */
	struct value (*method)(struct api_object *object, struct str method, struct value args);
	void (*destroy)(struct api_object *object); // frees object->state; may be NULL
	const char *since;   // base library versions of the methods, "1.4.0|1.6.0"; NULL: always
	/* Any of these may be NULL. */
	const struct api *calls;         // asynchronous methods: rows as of API_ASYNC, with call->object
	const char *events;              // "Play|Pause": onPlay() and offPlay(), told by app_object_emit(); such an object lives until its
	                                 // method destroy(), or as long as the app
	const struct schema *properties; // got and set by name
	struct value (*get)(struct api_object *object, struct str name);               // new
	void (*set)(struct api_object *object, struct str name, struct value value);   // lent
	void (*media)(struct api_object *object); // a media file has come, perhaps one that it waits for
	bool single;                     // one for the whole program
};

struct api_object {
	const struct api_class *class;
	struct api_dispatcher *dispatcher;
	struct app *app;
	slot_id id;
	void *state;
};

struct api {
	const char *name; // without "wx."
	enum api_kind kind;
	const char *since;                 // base library version, NULL: always
	const char *doc;                   // one sentence
	const struct schema *parameters;   // NULL: none
	const struct schema *result;       // without errMsg; NULL: nothing but errMsg
	const char *fails;                 // texts after "NAME:fail ", "|" between
	void (*call)(struct api_call *call); // SYNC, ASYNC, TASK
	const char *methods;               // TASK: "abort|onProgressUpdate"
	/* TASK: a method of the task object. New value; {errMsg} settles the method's own callbacks. */
	struct value (*task)(struct api_call *call, struct str method, struct value args);
	const struct api_class *makes;     // FACTORY
	void (*made)(struct api_object *object, struct value args); // FACTORY: fills a new object
};

/* One call in flight. Borrowed by its group until settled. */
struct api_call {
	const struct api *api;
	struct api_dispatcher *dispatcher;
	struct app *app;
	uint32_t id;                 // the logic layer's number; 0: sync
	struct value parameters;     // checked and filled
	struct value args;           // SYNC: all arguments
	bool settled;
	bool ok;
	struct value result;         // SYNC: what it returns, or the error's text
	struct host_request request; // for the one host request that most calls make
	/* Of a call that no script made (api_start): told its end, with a node of a page. NULL: nobody asks. */
	void (*ended)(struct api_call *call, bool ok, struct value result);
	slot_id page, node;
	slot_id object;              // whose method it is, api_object_get(); 0: nobody's
	void *state;                 // the group's; freed by mem_free when the call ends
	struct api_call *prev, *next; // dispatcher.calls
};

/* Exactly once. `result` is consumed; errMsg "name:ok" is added. SYNC: it is the returned value. */
void api_call_succeed(struct api_call *call, struct value result);
/* errMsg "name:fail TEXT". */
void api_call_fail(struct api_call *call, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* The same with more fields (errCode, errno); consumes fields. */
void api_call_fail_with(struct api_call *call, struct value fields, const char *text);
/* The usual end: the host's answer as it is. Sets request.on_finish. */
void api_call_forward(struct api_call *call);
struct str api_call_text(const struct api_call *call, const char *key);      // a string parameter, lent
double api_call_number(const struct api_call *call, const char *key, double fallback);

struct api_dispatcher;
/* Hangs the wx API into the app; ends with the app. */
struct api_dispatcher *api_install(struct app *app);
/* A call that no script made, for a component's node: `ended` (may be NULL) is told its end. parameters are lent. */
void api_start(struct api_dispatcher *dispatcher, const struct api *api, struct value parameters, struct page *page, slot_id node,
	void (*ended)(struct api_call *call, bool ok, struct value result));
struct api_object *api_object_make(struct api_dispatcher *dispatcher, const struct api_class *class, void *state);
struct api_object *api_object_single(struct api_dispatcher *dispatcher, const struct api_class *class); // NULL: there is none yet
struct api_object *api_object_get(struct api_dispatcher *dispatcher, slot_id id); // NULL: released
struct value api_object_value(const struct api_object *object); // {object, class}
/* A call in flight, by its id: what it asked for takes its time, and something else tells its end. NULL: it has ended. */
struct api_call *api_call_find(struct api_dispatcher *dispatcher, uint32_t id);
/* All calls of a row that are in flight. `each` may end them. */
void api_calls_each(struct api_dispatcher *dispatcher, const struct api *api, void (*each)(struct api_call *call));
struct app *api_dispatcher_app(const struct api_dispatcher *dispatcher);
/* Work for after the next frame (queries, nextTick). `look` (may be NULL) of all that wait is called before the first `run`,
 * whose script may change what there is to see. `run` is called exactly once; not alive: the app ends, only free. */
void api_after_frame(struct api_dispatcher *dispatcher, void (*look)(void *user), void (*run)(void *user, bool alive), void *user);

/* Groups: rows end with a NULL name. */
extern const struct api api_base_rows[], api_network_rows[], api_storage_rows[], api_system_rows[], api_ui_rows[],
	api_route_rows[], api_query_rows[], api_animation_rows[], api_observe_rows[], api_media_rows[], api_sound_rows[], api_map_rows[], api_share_rows[], api_open_rows[],
	api_keyboard_rows[], api_canvas_rows[], api_image_rows[], api_planned_rows[];
extern const struct api api_share_handler; // what onShareAppMessage gets and gives
extern const struct api_class api_canvas, api_scroll_view_context, api_selector_query, api_nodes_ref, api_animation, api_intersection_observer, api_video_context, api_map_context, api_audio_context, api_camera_context, api_live_player_context, api_live_pusher_context, api_inner_audio, api_background_audio, api_media_query_observer;
/* context.c: what NodesRef.node gives of a node ({$object, class}), new; null: it has nothing of its own. */
struct value api_context_of_node(struct api_dispatcher *dispatcher, const struct page *page, const struct node *node, slot_id scope);
/* canvas.c: what NodesRef.node gives of a <canvas>; and pictures that were on their way have come. */
struct value api_canvas_of_node(struct api_dispatcher *dispatcher, const struct page *page, const struct node *node);
void api_canvas_picture(struct api_dispatcher *dispatcher);
/* observe.c: what observers of the page have seen in its latest frame. */
void api_observe_tell(struct app *app, struct page *page);
const struct api *api_find(struct str name);
const struct api *api_at(size_t index); // all rows in order; NULL past the end
/* Has the base library that the program asks for that method? (describe.c) */
bool api_class_has(const struct app *app, const struct api_class *class, struct str method);
bool api_is_planned(const struct api *api); // planned.c: fails with "not supported"
const struct api_class *api_class_at(size_t index);
/* media.c, camera.c: what a context asks of its component (*ret new; false: there is none), the camera's calls, and its leave to look. */
bool api_media_ask(struct api_object *object, struct str method, struct value args, struct value *ret);
extern const struct api api_camera_calls[], api_live_player_calls[], api_live_pusher_calls[];
/* Ends a call with what its component gave: {bytes (JPEG), width, height} becomes a file, {errMsg} its failure. `picture` is lent. */
void api_camera_save(struct api_call *call, struct value picture);
/* live.c: a live component asks the host for its camera, its microphone or its source. */
void api_live_open(struct api_dispatcher *dispatcher, struct page *page, struct value data, slot_id node);
void api_camera_open(struct api_dispatcher *dispatcher, struct page *page, struct value data, slot_id node);
/* intent.c: what a built-in component asks for (navigator, button open-type). data is lent. */
void api_intent(struct api_dispatcher *dispatcher, struct app *app, struct page *page, const char *kind, struct value data, slot_id node);
/* open.c: what a button's open-type asks for, and what <open-data> shows. */
void api_open_button(struct api_dispatcher *dispatcher, struct app *app, struct page *page, struct value data, slot_id node);
void api_nickname(struct api_dispatcher *dispatcher, struct page *page, struct value data, slot_id node);
/* map.c: what a map says later: mapLocation (it wants to know where the device is), mapEnd {call, pin, done}, mapTell {pin, detail}. */
void api_map_intent(struct api_dispatcher *dispatcher, struct app *app, struct page *page, struct str name, struct value data,
	slot_id node);
void api_form_id(struct api_dispatcher *dispatcher, struct page *page, struct value data, slot_id node);
void api_open_data(struct api_dispatcher *dispatcher, struct page *page, struct value data, slot_id node);
/* web_view.c */
void api_web_view(struct api_dispatcher *dispatcher, struct app *app, struct page *page, struct value data, slot_id node);
/* wx.canIUse: "request", "request.object.method", "button.open-type.share" (describe.c). */
bool api_can_use(const struct app *app, struct str what);

#endif
