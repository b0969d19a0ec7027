/* What moves elements: CSS animations and transitions (motion.c), the animation attribute (play.c),
 * this.animate (animate.c). One record an element or pseudo-element that has any of them. */
#ifndef MINA_VIEW_MOTION_H
#define MINA_VIEW_MOTION_H

#include "core/wxss/compute.h"
#include "runtime/view/view.h"

enum motion_part { MOTION_SELF, MOTION_BEFORE, MOTION_AFTER, MOTION_PARTS };
enum motion_phase { MOTION_IDLE, MOTION_WAITS, MOTION_ACTIVE, MOTION_OVER };

struct motion_run { // a CSS animation
	atom_t name;
	size_t index;            // into style->animations
	double start, held;      // ms; held: its own time while it is paused or frozen
	enum motion_phase phase; // the last one told
	double iteration;        // and the turn
	bool paused, frozen, unknown, claimed;
};

struct motion_way { // a CSS transition
	enum wxss_property_id id;
	double start;
	struct transition timing;
	/* `origin` is where a way back leads to; `share` is how much of the whole way this one is (CSS
	 * Transitions 3.1, reversing). References. */
	struct style *from, *origin;
	float share;
	bool ended;
};

struct motion {
	slot_id node;
	enum motion_part part;
	bool ended;         // nothing of it changes by time alone
	struct style *base; // what the cascade said last, without any motion; a reference
	VEC(struct motion_run) runs;
	VEC(struct motion_way) ways;
	struct play *play;  // NULL: the element never had an animation attribute
	VEC(struct scripted *) scripted;
};

struct motion_batch { // one call of this.animate
	unsigned id;
	uint32_t callback; // 0: none
	size_t left;       // elements on which it still runs
};

struct animate_request {
	slot_id host;          // of the component; 0: the page
	struct value selector;
	struct value given;    // keyframes, or what is to be cleared
	struct value timeline;
	double duration;
	uint32_t callback;
	bool clear;
};

struct motion_state {
	VEC(uint32_t) at; // by a node's slot index * MOTION_PARTS + part: index into view->motions + 1
	struct wxss_text_cache texts;
	bool has_texts;
	unsigned last_batch;
	VEC(struct motion_batch) batches;
	VEC(struct animate_request) waiting; // for the next frame
};

/* motion.c */
struct motion *view_motion_of(struct view *view, slot_id node, enum motion_part part); // NULL: nothing moves it
struct motion *view_motion_make(struct view *view, slot_id node, enum motion_part part);
struct motion_event {
	const char *type, *key; // key: "propertyName" or "animationName"
	struct str name;
	double elapsed;         // ms
	enum motion_part part;
};
void view_motion_tell(struct view *view, struct node *node, const struct motion_event *event);
/* Would the property have a way to go from a to b? */
bool view_motion_differs(struct view *view, enum wxss_property_id id, const struct style *a, const struct style *b);
/* `base` with the declarations of a style text on top. New reference. */
struct style *view_motion_over(struct view *view, const struct node *node, const struct style *base, struct str text);
struct wxss_compute view_motion_compute(struct view *view, const struct node *node);

/* play.c */
struct style *view_play_apply(struct view *view, const struct node *node, struct play *play, struct style *style);
bool view_play_advance(struct view *view, struct node *node, struct play *play); // false: it rests
void view_play_finish(struct play *play); // at its end at once
bool view_play_rests(const struct play *play);
bool view_play_sets(const struct play *play, enum wxss_property_id id); // above what the cascade says
void view_play_destroy(struct play *play); // NULL is fine
/* `name(arguments)` of a transform in CSS, with px and deg where numbers have none. False: no such function. */
bool view_play_function(struct str name, struct value args, struct strbuf *out);
/* backgroundColor -> background-color. */
void view_play_dashed(struct str name, struct strbuf *out);

/* animate.c */
struct style *view_animate_apply(struct view *view, const struct node *node, struct motion *motion, struct style *style);
bool view_animate_advance(struct view *view, struct motion *motion); // false: nothing of it moves
void view_animate_finish(struct view *view, struct motion *motion);
bool view_animate_rests(const struct motion *motion);
void view_animate_forget(struct view *view, struct motion *motion);
void view_animate_start_waiting(struct view *view);

#endif
