/* CSS animations and transitions of one page: which run, since when, and what style they give at
 * the view's time. Their events (animationstart, transitionend ...) bubble. */
#include "core/wxss/block.h"
#include "core/wxss/property.h"
#include "runtime/view/inside.h"

static struct motion *find(struct view *view, slot_id node, bool transition, atom_t name)
{
	for (size_t i = 0; i < view->motions.len; i++) {
		struct motion *motion = &view->motions.at[i];
		if (motion->node == node && motion->transition == transition && motion->name == name) {
			return motion;
		}
	}
	return NULL;
}

static void drop(struct view *view, size_t index)
{
	style_unref(view->motions.at[index].base);
	style_unref(view->motions.at[index].from);
	style_unref(view->motions.at[index].origin);
	vec_remove(&view->motions, index);
}

void view_motion_forget(struct view *view, slot_id node)
{
	for (size_t i = view->motions.len; i > 0; i--) {
		if (view->motions.at[i - 1].node == node) {
			drop(view, i - 1);
		}
	}
}

static void tell(struct view *view, struct node *node, const char *type, const char *key, atom_t name)
{
	struct value detail = value_object_new(1);
	value_object_set_text(&detail, key, value_string(atom_str(name)));
	struct view_event event = {.type = type, .detail = detail, .bubbles = true};
	view_dispatch(view, node, &event);
}

/* Motions of animations that the new style no longer names end without an event. */
static void drop_unnamed(struct view *view, const struct node *node, const struct style *style)
{
	for (size_t i = view->motions.len; i > 0; i--) {
		struct motion *motion = &view->motions.at[i - 1];
		if (motion->node != node->id || motion->transition) {
			continue;
		}
		bool named = false;
		for (size_t k = 0; k < style->animation_count; k++) {
			named |= style->animations[k].name == motion->name;
		}
		if (!named) {
			drop(view, i - 1);
		}
	}
}

static struct style *apply_animations(struct view *view, struct node *node, struct style *style)
{
	const struct style *base = style;
	struct style *current = style;
	for (size_t i = 0; i < base->animation_count; i++) {
		const struct animation *animation = &base->animations[i];
		if (!animation->name) {
			continue;
		}
		struct motion *motion = find(view, node->id, false, animation->name);
		if (!motion) {
			struct motion fresh = {.node = node->id, .name = animation->name, .start = view->now, .iteration = -1};
			vec_push(&view->motions, fresh);
			motion = &vec_last(&view->motions);
			view_ask_frame(view);
		}
		motion->index = i;
		bool running = false;
		struct style *moved = cascade_animate(view->cascade, node, current, i, view->now - motion->start, &running);
		motion->ended = !running;
		if (moved) {
			style_unref(current);
			current = moved;
		}
	}
	return current;
}

static float progress_of(const struct view *view, const struct motion *motion)
{
	double time = view->now - motion->start - motion->timing.delay;
	return motion->timing.duration <= 0 ? (time >= 0 ? 1 : 0) : (float)fmax(0, fmin(1, time / motion->timing.duration));
}

static struct style *apply_transitions(struct view *view, struct node *node, struct style *style)
{
	for (size_t i = 0; i < view->motions.len; i++) {
		struct motion *motion = &view->motions.at[i];
		if (motion->node != node->id || !motion->transition || motion->ended) {
			continue;
		}
		float progress = timing_apply(motion->timing.timing, progress_of(view, motion));
		struct style *mixed = cascade_mix(view->cascade, motion->from, style, &motion->timing, progress);
		style_unref(style);
		style = mixed;
	}
	return style;
}

/* The next change is measured against what the cascade says, not against what moves. */
static void remember_base(struct view *view, const struct node *node, const struct style *style)
{
	for (size_t i = 0; i < view->motions.len; i++) {
		struct motion *motion = &view->motions.at[i];
		if (motion->node == node->id && motion->base != style) {
			style_unref(motion->base);
			motion->base = style_ref(style);
		}
	}
}

struct style *view_motion_apply(struct view *view, struct node *node, struct style *style)
{
	drop_unnamed(view, node, style);
	struct style *base = style_ref(style);
	style = apply_animations(view, node, style);
	remember_base(view, node, base);
	style_unref(base);
	return apply_transitions(view, node, style);
}

/* Would a transition of the property have a way to go from a to b? */
static bool differs(struct view *view, enum wxss_property_id id, const struct style *a, const struct style *b)
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

static void start_transition(struct view *view, struct node *node, enum wxss_property_id id, const struct transition *transition,
	const struct style *before, const struct style *after)
{
	struct motion fresh = {.node = node->id, .transition = true, .name = atom_of(wxss_properties[id].name), .start = view->now,
		.timing = *transition, .share = 1};
	fresh.timing.property = fresh.name;
	const struct style *origin = before;
	struct motion *running = find(view, node->id, true, fresh.name);
	struct style *base = running ? style_ref(running->base) : NULL;
	if (running && !running->ended && !differs(view, id, running->origin, after)) { // back to where it came from: a shorter way
		float gone = timing_apply(running->timing.timing, progress_of(view, running)) * running->share + 1 - running->share;
		fresh.share = fminf(fabsf(gone), 1);
		fresh.timing.duration *= fresh.share;
		fresh.timing.delay *= fresh.timing.delay < 0 ? fresh.share : 1;
		origin = base;
	}
	if (running) {
		drop(view, (size_t)(running - view->motions.at));
	}
	if (fmaxf(fresh.timing.duration, 0) + fresh.timing.delay > 0 && differs(view, id, before, after)) {
		fresh.base = style_ref(after);
		fresh.from = style_ref(before);
		fresh.origin = style_ref(origin);
		vec_push(&view->motions, fresh);
		view_ask_frame(view);
	}
	style_unref(base);
}

/* What is over, what the style no longer names, and all of an element that is not shown. */
static void drop_transitions(struct view *view, const struct node *node, const struct transition *const *named)
{
	for (size_t i = view->motions.len; i > 0; i--) {
		struct motion *motion = &view->motions.at[i - 1];
		if (motion->node == node->id && motion->transition
			&& (motion->ended || !named[wxss_property_find(atom_str(motion->name))])) {
			drop(view, i - 1);
		}
	}
}

/* `before` is what was shown, `after` what the cascade says now (CSS Transitions 3). A property moves
 * when the cascade's word on it has changed since last time; of several transitions that name it the
 * last one counts. A running one whose end stays goes on, a new end starts from what is shown. */
void view_motion_start_transitions(struct view *view, struct node *node, const struct style *before, const struct style *after)
{
	const struct transition *named[PROPERTY_NONE + 1] = {NULL};
	struct style *base = NULL;
	for (size_t i = 0; i < view->motions.len && !base; i++) {
		base = view->motions.at[i].node == node->id ? style_ref(view->motions.at[i].base) : NULL;
	}
	base = base ? base : style_ref(before);
	bool shown = view->first_frame_done && node->box && after->display != DISPLAY_NONE; // in what is hidden nothing has a box
	for (size_t i = 0; shown && i < after->transition_count; i++) {
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
	for (int id = 0; id < PROPERTY_COUNT; id++) {
		if (named[id] && differs(view, (enum wxss_property_id)id, base, after)) {
			start_transition(view, node, (enum wxss_property_id)id, named[id], before, after);
		}
	}
	named[PROPERTY_NONE] = NULL;
	drop_transitions(view, node, named);
	style_unref(base);
}

/* Marks what moves; tells ends. Events may start new motions, so the list is walked by index. */
bool view_motion_advance(struct view *view)
{
	bool any = false;
	for (size_t i = 0; i < view->motions.len; i++) {
		struct motion *motion = &view->motions.at[i];
		struct node *node = view_node(view, motion->node);
		if (!node || motion->ended) {
			continue;
		}
		any = true;
		node_mark(node, NODE_DIRTY_STYLE);
		if (motion->transition) {
			if (progress_of(view, motion) >= 1) {
				motion->ended = true; // dropped when the element gets its style
				tell(view, node, "transitionend", "propertyName", motion->name);
			}
			continue;
		}
		const struct style *style = node->style;
		if (!style || motion->index >= style->animation_count) {
			continue;
		}
		const struct animation *animation = &style->animations[motion->index];
		double time = view->now - motion->start - animation->delay;
		if (time < 0 || animation->duration <= 0) {
			continue;
		}
		int iteration = (int)fmin(floor(time / animation->duration), 1e9);
		int before = motion->iteration;
		bool over = iteration >= animation->count;
		atom_t name = motion->name;
		motion->iteration = iteration;
		if (before < 0) {
			tell(view, node, "animationstart", "animationName", name);
		} else if (over) {
			tell(view, node, "animationend", "animationName", name);
		} else if (iteration > before) {
			tell(view, node, "animationiteration", "animationName", name);
		}
	}
	return any;
}

/* As if a long time had passed for what ends; what never ends is taken off at its beginning. */
void view_motion_finish(struct view *view)
{
	for (size_t i = view->motions.len; i > 0; i--) {
		struct motion *motion = &view->motions.at[i - 1];
		struct node *node = view_node(view, motion->node);
		if (node) {
			node_mark(node, NODE_DIRTY_STYLE);
		}
		if (motion->transition) {
			motion->ended = true;
			continue;
		}
		const struct style *style = node ? node->style : NULL;
		bool endless = style && motion->index < style->animation_count && isinf(style->animations[motion->index].count);
		motion->start = endless ? view->now : -1e12;
		motion->ended = true;
	}
}
