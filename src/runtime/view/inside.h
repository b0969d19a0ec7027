/* What the files of this folder share of a view. Nobody else includes this. */
#ifndef MINA_VIEW_INSIDE_H
#define MINA_VIEW_INSIDE_H

#include "core/layout/hit.h"
#include "runtime/view/motion.h"
#include "runtime/view/view.h"

#define VIEW_TOUCHES_MAX 10

enum finger_state {
	FINGER_UP,
	FINGER_DOWN,    // may become a tap, a long press or a pan
	FINGER_PAN,     // scrolls something
	FINGER_PRESSED, // a long press was told
	FINGER_MOVED,   // moved too far for a tap, nothing to scroll
};

struct finger {
	enum finger_state state;
	int id;
	slot_id target;
	struct point start, at;
	double start_time;
	slot_id scroller; // of a pan; 0: the page
	slot_id owner;    // the component that has it; 0: none
	bool horizontal;
	bool pulling;     // drags the page down from its top
	struct trail { struct point at; double time; } trail[8]; // where it was last, for its velocity
	unsigned trail_count; // ever
};

struct hover { // a pressed look that is on, or will be, or will go
	slot_id node;
	atom_t class_name;
	double on_at, off_at; // NAN: not planned
	bool shown;
};

struct glide { // a scroll on its way
	slot_id node;    // 0: the page
	struct point from, to;
	double start, duration;
	bool fling;      // slows down by itself, as after a finger let go
};

struct wake { // a component that wants to hear of the time
	slot_id node;
	double at;
};

struct view_watch; // observe.c

struct view {
	struct view_config config;
	struct tree tree;
	struct cascade *cascade;
	struct layout *layout;
	struct component_host host;
	struct display_list list;
	bool list_valid, frame_asked, first_frame_done;
	double now, created;
	VEC(struct view_call) calls; // from `taken` on
	size_t taken;
	struct finger fingers[VIEW_TOUCHES_MAX];
	VEC(struct hover) hovers;
	VEC(struct motion) motions;
	struct motion_state motion;
	VEC(struct glide) glides;
	VEC(slot_id) scrollers; // components that want laid_out()
	VEC(struct wake) wakes;
	VEC(slot_id) backs; // components that the way back asks first; the last one before the others
	slot_id focus, typing; // typing: the last that had it, while the keyboard is there
	float lift;     // how far the page has gone up before the keyboard
	bool lift_due;  // with the next frame it may be another
	VEC(struct view_watch *) watches;
	VEC(struct view_sighting) sightings; // from `sightings_taken` on
	size_t sightings_taken;
	bool at_bottom, pulled;
};

static inline struct node *view_node(const struct view *view, slot_id id) { return slot_get(&view->tree.ids, id); }

/* view.c */
void view_ask_frame(struct view *view);
void view_set_root_font_size(struct view *view, float px);
/* restyle.c: brings all styles up to date; true when any changed. */
bool view_restyle(struct view *view);
/* motion.c */
struct style *view_motion_apply(struct view *view, struct node *node, struct style *style); // consumes and gives a reference
void view_motion_start_transitions(struct view *view, struct node *node, const struct style *before, const struct style *after);
void view_motion_forget(struct view *view, slot_id node);
bool view_motion_advance(struct view *view); // marks what moves; false: nothing is running
void view_motion_finish(struct view *view);
struct style *view_motion_pseudo(struct view *view, struct node *node, struct style *style, bool after); // as apply; NULL is fine
void view_motion_end(struct view *view);
/* play.c: the animation attribute came or changed. */
void view_play_attribute(struct view *view, struct node *node);
/* dispatch.c */
/* scroll.c */
struct node *view_scroller_at(struct view *view, struct node *from, bool horizontal, float by);
void view_scroll_node(struct view *view, struct node *node, struct point to);
void view_scroll_by(struct view *view, struct node *node, float dx, float dy); // NULL: the page
void view_scroll_advance(struct view *view);
/* Goes on after a finger that let go at so many CSS px per ms. NULL: the page. */
void view_scroll_fling(struct view *view, struct node *node, struct point velocity);
void view_scroll_hold(struct view *view, struct node *target); // a finger stops what glides around it
void view_scroll_after_layout(struct view *view);
/* touch.c */
void view_touch_tick(struct view *view);
double view_touch_due(const struct view *view);
void view_touch_forget(struct view *view, slot_id node);
void view_touch_tap(struct view *view, struct node *node, struct point page); // tells a tap that no finger made there
/* query.c */
struct rect view_client_rect(const struct view *view, const struct node *node); // as seen: relative to the viewport
struct node *view_scope_root(struct view *view, slot_id scope); // where the selectors of a component, or of the page, search
struct node *view_scroller_of(struct node *node); // a built-in's own scroller stands inside of it
/* observe.c */
void view_observe_look(struct view *view);
void view_observe_finish(struct view *view);
/* component.c: the component_host of this view. */
void view_component_init(struct view *view);
void view_component_created(struct view *view, struct node *node);
void view_component_free(struct view *view, struct node *node);
void view_component_laid_out(struct view *view);
void view_component_wake(struct view *view, bool settle);
double view_component_due(const struct view *view);

#endif
