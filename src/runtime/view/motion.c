/* CSS animations and transitions of one page: which run, since when, and what style they give at
 * the view's time. Their events (animationstart, transitionend ...) bubble. */
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
	style_unref(view->motions.at[index].from);
	style_unref(view->motions.at[index].to);
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

static float progress_of(const struct view *view, const struct motion *motion, const struct transition *transition)
{
	double time = view->now - motion->start - transition->delay;
	return transition->duration <= 0 ? (time >= 0 ? 1 : 0) : (float)fmax(0, fmin(1, time / transition->duration));
}

static struct style *apply_transitions(struct view *view, struct node *node, struct style *style)
{
	for (size_t i = 0; i < view->motions.len; i++) {
		struct motion *motion = &view->motions.at[i];
		if (motion->node != node->id || !motion->transition || motion->ended
			|| motion->index >= motion->to->transition_count) {
			continue;
		}
		const struct transition *transition = &motion->to->transitions[motion->index];
		float progress = timing_apply(transition->timing, progress_of(view, motion, transition));
		struct style *mixed = cascade_mix(view->cascade, motion->from, style, transition, progress);
		if (mixed) {
			style_unref(style);
			style = mixed;
		}
	}
	return style;
}

struct style *view_motion_apply(struct view *view, struct node *node, struct style *style)
{
	drop_unnamed(view, node, style);
	style = apply_animations(view, node, style);
	return apply_transitions(view, node, style);
}

/* `before` is what was shown, `after` what the cascade says now. A running transition whose target
 * stays goes on; a new target starts from what is shown. */
void view_motion_start_transitions(struct view *view, struct node *node, const struct style *before, const struct style *after)
{
	if (!view->first_frame_done || before->display == DISPLAY_NONE) {
		return;
	}
	for (size_t i = 0; i < after->transition_count; i++) {
		const struct transition *transition = &after->transitions[i];
		struct motion *running = find(view, node->id, true, transition->property);
		if (running && !style_difference(running->to, after)) {
			continue;
		}
		if (transition->duration + transition->delay <= 0 || !style_difference(before, after)) {
			continue;
		}
		if (!running) {
			vec_add_zeroed(&view->motions);
			running = &vec_last(&view->motions);
		}
		style_unref(running->from);
		style_unref(running->to);
		*running = (struct motion){.node = node->id, .transition = true, .name = transition->property, .index = i,
			.start = view->now, .from = style_ref(before), .to = style_ref(after)};
		view_ask_frame(view);
	}
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
			const struct transition *transition = &motion->to->transitions[motion->index];
			if (progress_of(view, motion, transition) >= 1) {
				atom_t name = motion->name;
				drop(view, i--);
				tell(view, node, "transitionend", "propertyName", name);
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
			drop(view, i - 1);
			continue;
		}
		const struct style *style = node ? node->style : NULL;
		bool endless = style && motion->index < style->animation_count && isinf(style->animations[motion->index].count);
		motion->start = endless ? view->now : -1e12;
		motion->ended = true;
	}
}
