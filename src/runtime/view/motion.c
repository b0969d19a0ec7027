/* CSS animations and transitions of one page: which run, since when, and what style they give at
 * the view's time. Their events (animationstart, transitionend ...) bubble. */
#include "runtime/view/inside.h"

#include "core/wxss/block.h"
#include "core/wxss/share.h"

#define SLOT_INDEX_BITS 20 // base/slot.h

/* ---- records ---- */

static size_t key_of(slot_id node, enum motion_part part)
{
	return (size_t)(node & ((1u << SLOT_INDEX_BITS) - 1)) * MOTION_PARTS + part;
}

struct motion *view_motion_of(struct view *view, slot_id node, enum motion_part part)
{
	size_t key = key_of(node, part);
	uint32_t at = key < view->motion.at.len ? view->motion.at.at[key] : 0;
	struct motion *motion = at ? &view->motions.at[at - 1] : NULL;
	return motion && motion->node == node ? motion : NULL;
}

static void finish_way(struct motion_way *way)
{
	style_unref(way->from);
	style_unref(way->origin);
}

static void drop(struct view *view, struct motion *motion)
{
	size_t index = (size_t)(motion - view->motions.at);
	view_animate_forget(view, motion);
	for (size_t i = 0; i < motion->ways.len; i++) {
		finish_way(&motion->ways.at[i]);
	}
	style_unref(motion->base);
	view_play_destroy(motion->play);
	vec_finish(&motion->runs);
	vec_finish(&motion->ways);
	vec_finish(&motion->scripted);
	view->motion.at.at[key_of(motion->node, motion->part)] = 0;
	view->motions.len--;
	if (index < view->motions.len) { // the last one takes the empty place
		struct motion *last = &view->motions.at[view->motions.len];
		view->motion.at.at[key_of(last->node, last->part)] = (uint32_t)index + 1;
		view->motions.at[index] = *last;
	}
}

struct motion *view_motion_make(struct view *view, slot_id node, enum motion_part part)
{
	size_t key = key_of(node, part);
	while (view->motion.at.len <= key) {
		vec_push(&view->motion.at, 0);
	}
	struct motion *motion = view_motion_of(view, node, part);
	if (!motion) {
		struct motion fresh = {.node = node, .part = part};
		vec_push(&view->motions, fresh);
		view->motion.at.at[key] = (uint32_t)view->motions.len;
		motion = &vec_last(&view->motions);
		view_ask_frame(view);
	}
	return motion;
}

void view_motion_forget(struct view *view, slot_id node)
{
	for (int part = 0; part < MOTION_PARTS && view->motions.len; part++) {
		struct motion *motion = view_motion_of(view, node, (enum motion_part)part);
		if (motion) {
			drop(view, motion);
		}
	}
}

void view_motion_end(struct view *view)
{
	struct motion_state *state = &view->motion;
	for (size_t i = 0; i < state->waiting.len; i++) {
		value_unref(state->waiting.at[i].selector);
		value_unref(state->waiting.at[i].given);
		value_unref(state->waiting.at[i].timeline);
	}
	if (state->has_texts) {
		wxss_text_cache_finish(&state->texts);
	}
	vec_finish(&state->waiting);
	vec_finish(&state->batches);
	vec_finish(&state->at);
}

/* ---- what the folder's other movers share ---- */

/* detail is what a browser's event has of its own: {propertyName or animationName, elapsedTime in s, pseudoElement}. */
void view_motion_tell(struct view *view, struct node *node, const struct motion_event *event)
{
	static const char *const parts[] = {"", "::before", "::after"};
	struct value detail = value_object_new(3);
	value_object_set_text(&detail, event->key, value_string(event->name));
	value_object_set_text(&detail, "elapsedTime", value_number(round(event->elapsed * 1000) / 1e6));
	value_object_set_text(&detail, "pseudoElement", value_text(parts[event->part]));
	struct view_event told = {.type = event->type, .detail = detail, .bubbles = true};
	view_dispatch(view, node, &told);
}

bool view_motion_differs(struct view *view, enum wxss_property_id id, const struct style *a, const struct style *b)
{
	const struct wxss_property *row = &wxss_properties[id];
	bool listed = row->type == &wxss_type_background; // compared as a whole by background-image alone
	if (a == b || !row->type->mix || (!listed && wxss_property_equal(id, a, b))) {
		return false;
	}
	struct transition whole = {.property = atom_of(row->name)};
	struct style *start = cascade_mix(view->cascade, a, b, &whole, 0); // is b where nothing can be mixed
	bool way = style_difference(start, b) != 0;
	style_unref(start);
	return way;
}

struct wxss_compute view_motion_compute(struct view *view, const struct node *node)
{
	struct motion_state *state = &view->motion;
	if (!state->has_texts) {
		wxss_text_cache_init(&state->texts);
		state->has_texts = true;
	} else if (wxss_text_cache_full(&state->texts)) {
		wxss_text_cache_clear(&state->texts);
	}
	const struct node *parent = node_flat_parent(node);
	return (struct wxss_compute){&view->config.env, &state->texts, parent ? parent->style : NULL, node};
}

struct style *view_motion_over(struct view *view, const struct node *node, const struct style *base, struct str text)
{
	struct wxss_compute compute = view_motion_compute(view, node);
	struct wxss_winners winners;
	memset(&winners, 0, sizeof(winners));
	wxss_winners_add(&winners, wxss_text_block(compute.texts, text), false, false);
	struct style *style = wxss_compute_over(&compute, base, &winners);
	vec_finish(&winners.custom);
	return style;
}

static const struct style *style_of(const struct node *node, enum motion_part part)
{
	return part == MOTION_BEFORE ? node->before_style : part == MOTION_AFTER ? node->after_style : node->style;
}

/* ---- animations: CSS Animations 1 ---- */

static double own_time(const struct view *view, const struct motion_run *run)
{
	return run->paused || run->frozen ? run->held : view->now - run->start;
}

static enum motion_phase phase_at(const struct animation *animation, double time, double *ret_iteration)
{
	double local = time - (double)animation->delay, duration = (double)animation->duration;
	*ret_iteration = 0;
	if (local < 0) {
		return MOTION_WAITS;
	}
	if (!(duration > 0) || local >= duration * (double)animation->count) {
		return MOTION_OVER;
	}
	*ret_iteration = floor(local / duration);
	return MOTION_ACTIVE;
}

/* The run of the n-th animation of the list; a name may stand there twice. */
static struct motion_run *claim_run(struct motion *motion, atom_t name)
{
	for (size_t i = 0; i < motion->runs.len; i++) {
		struct motion_run *run = &motion->runs.at[i];
		if (run->name == name && !run->claimed) {
			run->claimed = true;
			return run;
		}
	}
	return NULL;
}

static void set_paused(struct view *view, struct motion_run *run, bool paused)
{
	if (run->paused == paused || run->frozen) {
		return;
	}
	if (paused) {
		run->held = view->now - run->start;
	} else {
		run->start = view->now - run->held;
		view_ask_frame(view);
	}
	run->paused = paused;
}

static struct style *apply_animations(struct view *view, struct node *node, struct motion *motion, struct style *style)
{
	const struct style *base = style;
	struct style *current = style_ref(style);
	for (size_t i = 0; i < motion->runs.len; i++) {
		motion->runs.at[i].claimed = false;
	}
	for (size_t i = 0; i < base->animation_count; i++) {
		const struct animation *animation = &base->animations[i];
		if (!animation->name) {
			continue;
		}
		struct motion_run *run = claim_run(motion, animation->name);
		if (!run) {
			struct motion_run fresh = {.name = animation->name, .start = view->now, .claimed = true};
			vec_push(&motion->runs, fresh);
			run = &vec_last(&motion->runs);
			view_ask_frame(view);
		}
		run->index = i;
		set_paused(view, run, animation->paused);
		bool running = false;
		double time = own_time(view, run), iteration;
		struct style *moved = cascade_animate(view->cascade, node, current, i, time, &running);
		run->unknown = !moved && !running && !run->paused && phase_at(animation, time, &iteration) != MOTION_OVER;
		if (moved) {
			style_unref(current);
			current = moved;
		}
	}
	style_unref(style);
	for (size_t i = motion->runs.len; i > 0; i--) { // what is no longer named ends without an event
		if (!motion->runs.at[i - 1].claimed) {
			vec_remove(&motion->runs, i - 1);
		}
	}
	return current;
}

/* What happened since the last time it was looked at (CSS Animations 1, section 4.2). */
static void tell_run(struct view *view, struct node *node, enum motion_part part, struct motion_run *run,
	const struct animation *animation, enum motion_phase phase, double iteration)
{
	struct motion_event event = {.key = "animationName", .name = atom_str(run->name), .part = part};
	double duration = (double)animation->duration, whole = duration > 0 ? duration * (double)animation->count : 0;
	bool began = run->phase < MOTION_ACTIVE && phase >= MOTION_ACTIVE, ended = run->phase < MOTION_OVER && phase == MOTION_OVER;
	if (began) {
		event.type = "animationstart";
		event.elapsed = fmin(fmax(-(double)animation->delay, 0), whole);
		view_motion_tell(view, node, &event);
	} else if (run->phase == MOTION_ACTIVE && phase == MOTION_ACTIVE && iteration != run->iteration) {
		event.type = "animationiteration";
		event.elapsed = iteration * duration;
		view_motion_tell(view, node, &event);
	}
	if (ended) {
		event.type = "animationend";
		event.elapsed = whole;
		view_motion_tell(view, node, &event);
	}
	run->phase = phase;
	run->iteration = iteration;
}

static bool run_rests(const struct motion_run *run)
{
	return run->paused || run->frozen || run->unknown || run->phase == MOTION_OVER;
}

static bool advance_runs(struct view *view, struct node *node, struct motion *motion)
{
	const struct style *style = style_of(node, motion->part);
	bool moves = false;
	for (size_t i = 0; style && i < motion->runs.len; i++) {
		struct motion_run *run = &motion->runs.at[i];
		if (run_rests(run) || run->index >= style->animation_count) {
			continue;
		}
		const struct animation *animation = &style->animations[run->index];
		double iteration;
		if (!node->box) { // in what is hidden it begins anew when it is shown
			run->start = view->now;
			run->phase = MOTION_IDLE;
			continue;
		}
		enum motion_phase before = run->phase, phase = phase_at(animation, own_time(view, run), &iteration);
		tell_run(view, node, motion->part, run, animation, phase, iteration);
		moves |= phase != MOTION_WAITS || before != MOTION_WAITS;
	}
	return moves;
}

/* ---- transitions: CSS Transitions 1 ---- */

static struct motion_way *find_way(const struct motion *motion, enum wxss_property_id id)
{
	for (size_t i = 0; motion && i < motion->ways.len; i++) {
		if (motion->ways.at[i].id == id) {
			return &motion->ways.at[i];
		}
	}
	return NULL;
}

static void drop_way(struct motion *motion, struct motion_way *way)
{
	finish_way(way);
	vec_remove(&motion->ways, (size_t)(way - motion->ways.at));
}

/* How far it is, eased; *ret_linear: of its time. */
static float progress_of(const struct view *view, const struct motion_way *way, float *ret_linear)
{
	double time = view->now - way->start - (double)way->timing.delay, duration = (double)way->timing.duration;
	float linear = time < 0 ? 0 : duration <= 0 ? 1 : (float)fmin(1, time / duration);
	if (ret_linear) {
		*ret_linear = linear;
	}
	return time < 0 ? 0 : timing_apply(way->timing.timing, linear);
}

static struct style *apply_transitions(struct view *view, const struct motion *motion, struct style *style)
{
	for (size_t i = 0; i < motion->ways.len; i++) {
		const struct motion_way *way = &motion->ways.at[i];
		if (!way->ended) {
			struct style *mixed = cascade_mix(view->cascade, way->from, style, &way->timing, progress_of(view, way, NULL));
			style_unref(style);
			style = mixed;
		}
	}
	return style;
}

static void start_transition(struct view *view, struct node *node, enum motion_part part, enum wxss_property_id id,
	const struct transition *transition, const struct style *before, const struct style *after)
{
	struct motion_way fresh = {.id = id, .start = view->now, .timing = *transition, .share = 1};
	fresh.timing.property = atom_of(wxss_properties[id].name);
	struct motion *motion = view_motion_of(view, node->id, part);
	struct motion_way *running = find_way(motion, id);
	const struct style *origin = before;
	if (running && !running->ended && !view_motion_differs(view, id, running->origin, after)) { // back to where it came from: a shorter way
		float gone = progress_of(view, running, NULL) * running->share + 1 - running->share;
		fresh.share = fminf(fabsf(gone), 1);
		fresh.timing.duration *= fresh.share;
		fresh.timing.delay *= fresh.timing.delay < 0 ? fresh.share : 1;
		origin = motion->base;
	}
	if (fmaxf(fresh.timing.duration, 0) + fresh.timing.delay > 0 && view_motion_differs(view, id, before, after)) {
		fresh.from = style_ref(before);
		fresh.origin = style_ref(origin);
	}
	if (running) {
		drop_way(motion, running);
	}
	if (fresh.from) {
		motion = motion ? motion : view_motion_make(view, node->id, part);
		vec_push(&motion->ways, fresh);
		view_ask_frame(view);
	}
}

/* What is over, and what the style no longer names. */
static void drop_ways(struct motion *motion, const struct transition *const *named)
{
	for (size_t i = motion ? motion->ways.len : 0; i > 0; i--) {
		struct motion_way *way = &motion->ways.at[i - 1];
		if (way->ended || !named[way->id]) {
			drop_way(motion, way);
		}
	}
}

/* Of several transitions that name a property the last one counts. */
static void name_transitions(const struct style *after, const struct transition **named)
{
	for (size_t i = 0; i < after->transition_count; i++) {
		const enum wxss_property_id *ids;
		const struct transition *transition = &after->transitions[i];
		struct str name = atom_str(transition->property);
		size_t count = wxss_shorthand_longhands(name, &ids);
		enum wxss_property_id one = wxss_property_find(name);
		transition = transition->duration + transition->delay > 0 ? transition : NULL; // "none" is told as "all 0s"
		for (size_t k = 0; k < count; k++) {
			named[ids[k]] = transition;
		}
		named[count ? PROPERTY_NONE : one] = transition;
	}
	named[PROPERTY_NONE] = NULL;
}

static void start_transitions(struct view *view, struct node *node, enum motion_part part, const struct style *before,
	const struct style *after)
{
	const struct motion *motion = view_motion_of(view, node->id, part);
	if (!after->transition_count && !(motion && motion->ways.len)) {
		return;
	}
	const struct transition *named[PROPERTY_NONE + 1] = {NULL};
	struct style *base = style_ref(motion && motion->base ? motion->base : before);
	bool shown = view->first_frame_done && node->box && after->display != DISPLAY_NONE; // in what is hidden nothing has a box
	if (shown) {
		name_transitions(after, named);
	}
	for (int id = 0; id < PROPERTY_COUNT && base != after; id++) {
		if (motion && motion->play && view_play_sets(motion->play, (enum wxss_property_id)id)) {
			named[id] = NULL;
		}
		if (named[id] && view_motion_differs(view, (enum wxss_property_id)id, base, after)) {
			start_transition(view, node, part, (enum wxss_property_id)id, named[id], before, after);
		}
	}
	drop_ways(view_motion_of(view, node->id, part), named);
	style_unref(base);
}

/* `before` is what was shown, `after` what the cascade says now (CSS Transitions 3). A property moves
 * when the cascade's word on it has changed since last time. A running one whose end stays goes on, a
 * new end starts from what is shown. */
void view_motion_start_transitions(struct view *view, struct node *node, const struct style *before, const struct style *after)
{
	start_transitions(view, node, MOTION_SELF, before, after);
}

static bool advance_ways(struct view *view, struct node *node, struct motion *motion)
{
	bool moves = false;
	for (size_t i = 0; i < motion->ways.len; i++) {
		struct motion_way *way = &motion->ways.at[i];
		float linear;
		if (way->ended) {
			continue;
		}
		moves = true;
		(void)progress_of(view, way, &linear);
		if (linear >= 1) {
			way->ended = true; // dropped when the element gets its style
			struct motion_event event = {"transitionend", "propertyName", atom_str(way->timing.property), (double)way->timing.duration, motion->part};
			view_motion_tell(view, node, &event);
		}
	}
	return moves;
}

/* ---- the element's style ---- */

static bool rests(const struct motion *motion)
{
	bool rests = view_animate_rests(motion) && (!motion->play || view_play_rests(motion->play));
	for (size_t i = 0; rests && i < motion->runs.len; i++) {
		rests = run_rests(&motion->runs.at[i]);
	}
	for (size_t i = 0; rests && i < motion->ways.len; i++) {
		rests = motion->ways.at[i].ended;
	}
	return rests;
}

/* From the weakest: the animation attribute, which is a style attribute, CSS animations, the script's, transitions. */
static struct style *apply(struct view *view, struct node *node, enum motion_part part, struct style *style)
{
	struct motion *motion = view_motion_of(view, node->id, part);
	if (!motion && !style->animation_count) {
		return style;
	}
	motion = motion ? motion : view_motion_make(view, node->id, part);
	struct style *base = style_ref(style);
	if (motion->play) {
		style = view_play_apply(view, node, motion->play, style);
	}
	if (motion->runs.len || style->animation_count) {
		style = apply_animations(view, node, motion, style);
	}
	if (motion->scripted.len) {
		style = view_animate_apply(view, node, motion, style);
	}
	style_unref(motion->base); // the next change is measured against what the cascade says, not against what moves
	motion->base = base;
	style = apply_transitions(view, motion, style);
	motion->ended = rests(motion);
	if (!motion->runs.len && !motion->ways.len && !motion->play && !motion->scripted.len) {
		drop(view, motion);
	}
	return style;
}

struct style *view_motion_apply(struct view *view, struct node *node, struct style *style)
{
	return apply(view, node, MOTION_SELF, style);
}

struct style *view_motion_pseudo(struct view *view, struct node *node, struct style *style, bool after)
{
	enum motion_part part = after ? MOTION_AFTER : MOTION_BEFORE;
	const struct style *before = style_of(node, part);
	if (!style) {
		struct motion *motion = view->motions.len ? view_motion_of(view, node->id, part) : NULL;
		if (motion) {
			drop(view, motion);
		}
		return NULL;
	}
	if (before && (style->transition_count || view->motions.len)) {
		start_transitions(view, node, part, before, style);
	}
	return style->animation_count || view->motions.len ? apply(view, node, part, style) : style;
}

/* Marks what moves; tells ends. What is told only waits in the queue of calls: nothing is added here. */
bool view_motion_advance(struct view *view)
{
	bool any = false;
	view_animate_start_waiting(view);
	for (size_t i = 0; i < view->motions.len; i++) {
		struct motion *motion = &view->motions.at[i];
		struct node *node = view_node(view, motion->node);
		if (!node || (motion->ended && !motion->scripted.len)) {
			continue;
		}
		bool moves = advance_runs(view, node, motion);
		moves |= advance_ways(view, node, motion);
		moves |= motion->play && view_play_advance(view, node, motion->play);
		moves |= motion->scripted.len && view_animate_advance(view, motion);
		if (moves) {
			node_mark(node, NODE_DIRTY_STYLE);
			any = true;
		} else {
			motion->ended = rests(motion);
		}
	}
	return any;
}

/* As if a long time had passed for what ends; what never ends is taken off at its beginning. */
void view_motion_finish(struct view *view)
{
	view_animate_start_waiting(view);
	for (size_t i = view->motions.len; i > 0; i--) {
		struct motion *motion = &view->motions.at[i - 1];
		struct node *node = view_node(view, motion->node);
		const struct style *style = node ? style_of(node, motion->part) : NULL;
		if (node) {
			node_mark(node, NODE_DIRTY_STYLE);
		}
		for (size_t k = 0; k < motion->ways.len; k++) {
			motion->ways.at[k].ended = true;
		}
		for (size_t k = 0; k < motion->runs.len; k++) {
			struct motion_run *run = &motion->runs.at[k];
			bool endless = style && run->index < style->animation_count && isinf(style->animations[run->index].count);
			run->held = endless ? 0 : 1e12;
			run->frozen = true;
		}
		if (motion->play) {
			view_play_finish(motion->play);
		}
		view_animate_finish(view, motion);
		motion->ended = true;
	}
}
