/* The view layer (视图层) of one page: its tree, styles, boxes, touches and scroll offsets. It
 * takes data and touches, and gives back calls and intents for the logic layer (逻辑层); it knows
 * neither scripts nor the page stack. Owned by its page. Everything is CSS px and ms. */
#ifndef MINA_VIEW_VIEW_H
#define MINA_VIEW_VIEW_H

#include "border/gfx/image.h"
#include "core/paint/list.h"
#include "base/diag.h"
#include "core/wxss/cascade.h"
#include "runtime/component/component.h"

struct view;

/* What a view borrows from the app; all of it outlives the view. */
struct view_config {
	struct str path;                      // of the page, no suffix: relative resources are resolved against it
	struct sheet_scope *scope;            // of the page's own tree: app.wxss, page.wxss
	const struct sheet *defaults;         // component_default_style(), parsed
	struct wxss_env env;                  // the viewport is env.width x env.height
	struct text_shaper shaper;
	struct gfx_fonts *fonts;              // for canvases; NULL: they stay empty
	struct gfx_image_cache *images;
	struct media_source *(*media)(void *user, struct str url); // a new reference; NULL: there are no media files
	struct diag_list *diags;
	bool pull_down;                       // enablePullDownRefresh
	bool no_scroll;                       // disableScroll
	float reach_bottom;                   // onReachBottomDistance
	double wall;                          // component_host.wall
	float keyboard_height;                // when it is there
	bool english;                         // these three: as component_host has them
	float system_font_size;
	struct str map_tiles;
	/* The first dirty mark since the last frame: the app asks its host for a frame. */
	void (*wants_frame)(void *user);
	/* An event handler that is a function of the view's own script (WXS); true: the event stops there. May be NULL. `event`
	 * is lent. */
	bool (*handle)(void *user, struct node *node, uint32_t function, struct value event);
	/* A node that such a script knows (node->scripted) is about to go. */
	void (*forget)(void *user, struct node *node);
	/* A property of the custom component whose host the node is; lent. May be NULL. */
	struct value (*property)(void *user, const struct node *node, const char *name);
	void *user;
};

enum view_call_kind {
	VIEW_HANDLER,      // call `handler` of the page (instance 0) or of a component instance with `data` = event
	VIEW_METHOD,       // call the method `handler` of the instance with the items of `data`
	VIEW_MODEL,        // model:value: `data` goes to the path `handler` of the instance's data
	VIEW_PAGE_SCROLL,  // data {scrollTop}
	VIEW_REACH_BOTTOM,
	VIEW_PULL_DOWN,
	VIEW_ANIMATED,     // view_animate() or view_clear_animation() is done: data is its callback number
	VIEW_INTENT,       // a component asks: `name` "navigate", "open", "formId", "keyboard"; data
};

struct view_call {
	enum view_call_kind kind;
	slot_id instance;
	const char *name;     // intent; static
	struct value handler; // a string
	struct value data;
	slot_id node;         // where it came from
};

struct view *view_create(const struct view_config *config);
void view_destroy(struct view *view); // NULL is fine
struct tree *view_tree(struct view *view);
struct node *view_root(struct view *view);

/* The oldest waiting call; the caller frees it with view_call_finish(). False: none. */
bool view_take_call(struct view *view, struct view_call *ret_call);
void view_call_finish(struct view_call *call);
/* For one event out of the order: how many calls wait, and the oldest of those that came after so many. */
size_t view_call_count(const struct view *view);
bool view_take_call_after(struct view *view, size_t count, struct view_call *ret_call);

/* For whoever makes the tree (struct wxml_render_ops): what an element is, its first attributes, one that changed. */
void view_element_created(struct view *view, struct node *node, struct sheet_scope *scope);
void view_element_ready(struct view *view, struct node *node);
void view_element_changed(struct view *view, struct node *node, atom_t name);

void view_push_call(struct view *view, const struct view_call *call); // takes its values
struct rect view_node_rect(struct view *view, const struct node *node); // in the viewport; empty: it has no box
slot_id view_owner(const struct node *node); // the component whose template has the node; 0: the page

/* dispatch.c: leaves the calls of all that hear the event, in their order. */
struct view_event {
	const char *type;
	struct value detail;              // consumed
	struct value touches, changed;    // lent; undefined: none
	bool bubbles, composed;
	bool no_capture;                  // it has no way in, only the one out
	const char *said;                 // what handlers are told as its type (a map's "begin" of regionchange); NULL: type
	struct value more;                // fields of the event beside detail; lent
};
void view_dispatch(struct view *view, struct node *target, const struct view_event *event);

/* Styles, boxes, and what hangs on them, for the time `now` (ms, monotonic). True: something that
 * can be seen changed. Nothing to do costs nothing. */
bool view_frame(struct view *view, double now);
bool view_is_settled(const struct view *view); // a frame would find everything in its place already
/* When view_frame() or view_tick() should be called again although nothing marks the tree: running
 * animations, long presses, hover delays. INFINITY: never. */
double view_next_due(const struct view *view);
void view_tick(struct view *view, double now);
/* All finite animations and transitions jump to their end, endless ones stop: for screenshots. */
void view_settle(struct view *view, double now);
void view_resize(struct view *view, const struct wxss_env *env);
/* The display list of the latest frame, built on demand; valid until the next view_frame(). */
const struct display_list *view_display_list(struct view *view);
void view_paint_replaced(struct view *view, const struct paint_item *item, struct gfx_canvas *canvas);
/* What an event's target looks like for a node: {id, offsetLeft, offsetTop, dataset}, new; undefined: it is gone. */
struct value view_target(struct view *view, slot_id node);
/* An event of a component that the app has the answer for; does not bubble. Consumes detail. */
void view_emit(struct view *view, slot_id node, const char *type, struct value detail);
/* The answer to a component's intent. Lent. */
void view_answer(struct view *view, slot_id node, struct value answer);
/* The first element of a built-in with that id that a component's template made (0: the page's); no id: the first anywhere. 0: none. */
slot_id view_find(struct view *view, slot_id scope, const char *tag, struct str ident);
/* A <canvas> by its canvas-id, or its id, in a component's template (0: the page's). 0: there is none. */
slot_id view_find_canvas(struct view *view, slot_id scope, struct str name);
/* The bitmap of a canvas, lent until the next call; NULL: it has none. */
struct gfx_drawing *view_drawing(struct view *view, slot_id node);
/* What a script asks of a component ("swipeTo", [2]); false: it does not know that, or is gone. with: lent, *ret: new. */
bool view_ask(struct view *view, slot_id node, struct str what, struct value with, struct value *ret);
/* What a control is worth in a form, new; false: it is no control. */
bool view_worth(struct view *view, slot_id node, struct value *ret);
/* The way back: true when something on the page took it (an open page-container). */
bool view_take_back(struct view *view);
/* The page comes to be seen, or goes behind another or into the background. */
void view_show(struct view *view, bool on);
/* A picture or a media file that was on its way has come, or cannot be had. */
void view_picture_ready(struct view *view, struct str url);
/* There are new fonts: every text is shaped anew. */
void view_fonts_changed(struct view *view);

/* touch.c */
enum view_touch_phase { VIEW_TOUCH_START, VIEW_TOUCH_MOVE, VIEW_TOUCH_END, VIEW_TOUCH_CANCEL };
struct view_touch {
	int id;
	enum view_touch_phase phase;
	struct point at; // viewport coordinates
	double time;     // ms, monotonic
	slot_id target;  // of a start: this element, whatever lies above it; 0: what is at that point
};
void view_touch(struct view *view, const struct view_touch *touch);
/* A whole tap in the middle of the first element that matches; false: none, or it has no box. */
bool view_tap_selector(struct view *view, struct str selector, double now);

/* scroll.c */
void view_scroll_to(struct view *view, float top, double duration, double now);
void view_scroll_inside(struct view *view, slot_id scroller, struct point to, double duration, double now); // NAN: stays
/* A mouse wheel at a point: the nearest that scrolls that way does, as a finger would move it. */
void view_wheel(struct view *view, struct point at, float dx, float dy);
float view_scroll_top(const struct view *view);
float view_scroll_height(const struct view *view); // of the page's content
void view_stop_pull_down(struct view *view);

/* Keyboard, for the focused element; without one nothing happens. */
struct node *view_focused(const struct view *view);
void view_type(struct view *view, struct str text, int cursor);
/* Into any element that text can be typed into; false: it is none. */
bool view_type_into(struct view *view, slot_id node, struct str text);
void view_confirm(struct view *view);
void view_blur(struct view *view);
/* The keyboard is that high now, and covers so much of the view's lower end. */
void view_keyboard(struct view *view, float height, float covered);
/* How far the whole view has to be drawn higher, for what has the focus not to be covered. */
float view_lift(const struct view *view);

/* query.c: wx.createSelectorQuery: what is asked of the first node that matches (null: none does), or of all of them. */
struct view_search {
	struct str selector;
	bool all, viewport;  // viewport: of no node
	slot_id scope;       // host of the component in which it searches; 0: the page
	struct value fields; // as NodesRef.fields has them; lent
	/* Adds what a view does not know of a node; NULL: of the viewport. May be NULL. */
	void (*found)(void *user, const struct node *node, struct value *result);
	void *user;
};
struct value view_query(struct view *view, const struct view_search *search); // new
/* The same of one node: its fields, new; undefined: it is gone. */
struct value view_node_facts(struct view *view, slot_id node, struct value fields);
/* The rules of a node's style, for people to read (cascade_rules). */
void view_rules(struct view *view, const struct node *node, void (*each)(void *user, const struct cascade_rule *rule), void *user);
/* What a finger at that point touches; NULL: nothing. */
struct node *view_hit(struct view *view, struct point at);
/* The scroll offset of a scroll-view that brings the first node that matches to its start. False: there is none. */
bool view_point_inside(struct view *view, slot_id scroller, slot_id scope, struct str selector, struct point *ret_point);

/* observe.c: what wx.createIntersectionObserver and wx.createMediaQueryObserver ask for is looked at when it begins and
 * after each frame. What there is to tell waits until it is taken. */
struct view_observer {
	uint32_t tag;            // its owner's, of one observer only: comes back with each sighting
	slot_id scope;           // host of the component in which selectors search, and with which it ends; 0: the page
	struct str selector;     // of its targets
	bool all;                // all that match, not the first
	bool clip;               // nativeMode: boxes between target and reference region clip as in a browser
	struct value relatives;  // [{selector (absent: the viewport), margins: {left, top, right, bottom}}]; lent
	struct value thresholds; // numbers; lent
	double initial_ratio;
	/* Exactly once: by view_unobserve(), with its component, or with the view. It may not call back into the view. */
	void (*ended)(void *user, uint32_t tag);
	void *user;
};
struct view_sighting {
	uint32_t tag;
	struct value facts; // the taker's
};
/* How many targets it has; without one it has ended. *ret_missing: selectors of relatives that match nothing, new. */
size_t view_observe(struct view *view, const struct view_observer *observer, struct value *ret_missing);
void view_observe_media(struct view *view, const struct view_observer *observer, struct value descriptor);
void view_unobserve(struct view *view, uint32_t tag);
bool view_take_sighting(struct view *view, struct view_sighting *ret_sighting); // the oldest; false: none
/* animate.c: this.animate on the elements that match at the next frame (scope_host NULL: of the page). keyframes: array of {offset,
 * ease, opacity, translate3d: [...], ...}; duration in ms; timeline: undefined, or {scrollSource, orientation, startScrollOffset,
 * endScrollOffset, timeRange}. callback (0: none) is told once by VIEW_ANIMATED: at the end, or with the frame when there is nothing
 * to wait for. Everything is lent. */
void view_animate(struct view *view, struct node *scope_host, struct str selector, struct value keyframes, double duration,
	struct value timeline, uint32_t callback);
/* options: {opacity: true, ...}: these alone; else all that view_animate() set. */
void view_clear_animation(struct view *view, struct node *scope_host, struct str selector, struct value options, uint32_t callback);
/* boxes.c: every element and text line in tree order, the oracle's format, as JSON. */
void view_boxes(struct view *view, struct strbuf *out);

#endif
