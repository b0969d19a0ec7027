/* Motion: where an animation is at a time, and styles between styles. */
#include "core/wxss/keyframe.h"

#include "core/wxss/share.h"

#define FRAMES_MAX 512

/* ---- time: CSS Animations 1, section 3 ---- */

enum phase { PHASE_BEFORE, PHASE_ACTIVE, PHASE_AFTER };

/* Progress 0..1 in the direction of the iteration. */
static float directed(const struct animation *animation, double iteration, double progress, bool *ret_back)
{
	bool odd = fmod(iteration, 2) >= 1;
	bool back = animation->direction == ANIMATION_REVERSE || (animation->direction == ANIMATION_ALTERNATE && odd)
		|| (animation->direction == ANIMATION_ALTERNATE_REVERSE && !odd);
	*ret_back = back;
	return (float)(back ? 1 - progress : progress);
}

static enum phase progress_at(const struct animation *animation, double time, float *ret_progress, bool *ret_back)
{
	double local = time - (double)animation->delay, duration = (double)animation->duration, count = (double)animation->count;
	if (local < 0) {
		*ret_progress = directed(animation, 0, 0, ret_back);
		return PHASE_BEFORE;
	}
	if (!(duration > 0) || local >= duration * count) { // infinite counts never end, but for an empty duration
		double last = isinf(count) ? 0 : ceil(count) - 1;
		last = last < 0 ? 0 : last;
		*ret_progress = directed(animation, last, isinf(count) ? 1 : count - last, ret_back);
		return PHASE_AFTER;
	}
	double iteration = floor(local / duration);
	*ret_progress = directed(animation, iteration, local / duration - iteration, ret_back);
	return PHASE_ACTIVE;
}

/* ---- frames ---- */

typedef uint64_t property_set[(PROPERTY_COUNT + 63) / 64];

static void set_add(property_set set, enum wxss_property_id id) { set[id / 64] |= (uint64_t)1 << (id % 64); }

static bool set_has(const property_set set, enum wxss_property_id id) { return set[id / 64] >> (id % 64) & 1; }

static bool is_animatable(enum wxss_property_id id)
{
	const struct wxss_type *type = id < PROPERTY_COUNT ? wxss_properties[id].type : NULL;
	return type && type != &wxss_type_animation && type != &wxss_type_transition && id != PROPERTY_display;
}

struct frames {
	const struct wxss_compute *compute;
	const struct wxss_keyframes *keyframes;
	const struct style *base;
	property_set *sets;    // what each frame declares
	struct style **styles; // made when needed
};

static const struct style *frame_style(struct frames *f, size_t index)
{
	if (!f->styles[index]) {
		struct wxss_winners winners;
		memset(&winners, 0, sizeof(winners));
		wxss_winners_add(&winners, f->keyframes->frames[index].block, false, false);
		f->styles[index] = wxss_compute_over(f->compute, f->base, &winners);
		vec_finish(&winners.custom);
	}
	return f->styles[index];
}

/* The last frame up to `progress` that declares the property, and the next one behind. count: none. */
static void find_neighbours(const struct frames *f, enum wxss_property_id id, float progress, size_t count, size_t *ret_before,
	size_t *ret_behind)
{
	*ret_before = *ret_behind = count;
	for (size_t i = 0; i < count; i++) {
		if (!set_has(f->sets[i], id)) {
			continue;
		}
		float at = f->keyframes->frames[i].at;
		if (at <= progress) {
			*ret_before = i;
		} else if (*ret_behind == count || at == f->keyframes->frames[*ret_behind].at) {
			*ret_behind = i;
		}
	}
}

static void mix_or_jump(enum wxss_property_id id, struct style *out, const struct style *a, const struct style *b, float t)
{
	const struct wxss_property *row = &wxss_properties[id];
	if (!row->type->mix || !row->type->mix(out, a, b, row, t)) {
		wxss_property_copy(id, out, t < 0.5f ? a : b);
	}
}

static void apply_frames(struct frames *f, const struct animation *animation, float progress, bool before_jump, size_t count,
	enum wxss_property_id id, struct style *out)
{
	size_t before, behind;
	find_neighbours(f, id, progress, count, &before, &behind);
	const struct wxss_keyframe *frames = f->keyframes->frames;
	float from = before < count ? frames[before].at : 0, to = behind < count ? frames[behind].at : 1;
	const struct style *a = before < count ? frame_style(f, before) : f->base;
	const struct style *b = behind < count ? frame_style(f, behind) : f->base;
	if (before < count && progress >= to && from >= to) { // at the end: the last frame itself
		wxss_property_copy(id, out, a);
		return;
	}
	float t = to > from ? (progress - from) / (to - from) : 1;
	bool timed = before < count && frames[before].timed;
	struct timing timing = timed ? frames[before].timing : animation->timing;
	t = timing_apply(timing, before_jump && timing.kind != TIMING_CUBIC ? t - 1e-6f : t);
	mix_or_jump(id, out, a, b, t);
}

static struct style *style_at(const struct wxss_compute *compute, const struct wxss_keyframes *keyframes,
	const struct style *base, const struct animation *animation, float progress, bool before_jump)
{
	size_t count = size_min(keyframes->count, FRAMES_MAX);
	struct frames f = {compute, keyframes, base, mem_alloc_array(count, sizeof(property_set)),
		mem_alloc_array(count, sizeof(struct style *))};
	property_set all = {0};
	for (size_t i = 0; i < count; i++) {
		const struct wxss_block *block = keyframes->frames[i].block;
		for (size_t k = 0; k < block->count; k++) {
			if (is_animatable(block->decls[k].property) && !block->decls[k].important) {
				set_add(f.sets[i], block->decls[k].property);
				set_add(all, block->decls[k].property);
			}
		}
	}
	struct style *out = wxss_style_copy(base);
	for (int id = 0; id < PROPERTY_COUNT; id++) {
		if (set_has(all, (enum wxss_property_id)id)) {
			apply_frames(&f, animation, progress, before_jump, count, (enum wxss_property_id)id, out);
		}
	}
	for (size_t i = 0; i < count; i++) {
		style_unref(f.styles[i]);
	}
	mem_free(f.styles);
	mem_free(f.sets);
	return out;
}

struct style *wxss_keyframes_at(const struct wxss_compute *compute, const struct wxss_keyframes *keyframes,
	const struct style *base, const struct animation *animation, double time, bool *ret_running)
{
	float progress;
	bool back; // at the edge of a step the before or after phase shows the one that was left (CSS Easing 1, "before flag")
	enum phase phase = progress_at(animation, time, &progress, &back);
	bool backwards = animation->fill == ANIMATION_FILL_BACKWARDS || animation->fill == ANIMATION_FILL_BOTH;
	bool forwards = animation->fill == ANIMATION_FILL_FORWARDS || animation->fill == ANIMATION_FILL_BOTH;
	*ret_running = phase != PHASE_AFTER && !animation->paused;
	if ((phase == PHASE_BEFORE && !backwards) || (phase == PHASE_AFTER && !forwards)) {
		return NULL;
	}
	return style_at(compute, keyframes, base, animation, progress, phase != PHASE_ACTIVE && (phase == PHASE_AFTER) == back);
}

/* ---- transitions ---- */

static void transit(struct style *out, const struct style *from, const struct style *to, enum wxss_property_id id, float progress)
{
	const struct wxss_property *row = &wxss_properties[id];
	bool listed = row->type == &wxss_type_background; // compared as a whole by background-image alone
	if (is_animatable(id) && row->type->mix && (listed || !wxss_property_equal(id, from, to))) {
		(void)row->type->mix(out, from, to, row, progress); // what does not mix is at its end already
	}
}

struct style *cascade_mix(struct cascade *cascade, const struct style *from, const struct style *to,
	const struct transition *transition, float progress)
{
	struct str name = atom_str(transition->property);
	struct style *out = wxss_style_copy(to);
	const enum wxss_property_id *ids;
	size_t count = wxss_shorthand_longhands(name, &ids);
	enum wxss_property_id one = wxss_property_find(name);
	for (size_t i = 0; i < count; i++) {
		transit(out, from, to, ids[i], progress);
	}
	if (one < PROPERTY_COUNT) {
		transit(out, from, to, one, progress);
	}
	return out;
}
