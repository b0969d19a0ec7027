/* The animation attribute: what wx.createAnimation exported, played step by step. In WeChat each step
 * sets the element's style and its transition; here a step is a style text on top of what the cascade
 * says, and where the element stands between two of them follows from the time alone. */
#include "runtime/view/inside.h"

#include "core/wxss/motion.h"
#include "core/wxss/share.h"

#define STEPS_MAX 512
#define STEP_PROPERTIES_MAX 64

struct play_property {
	enum wxss_property_id id;
	bool changed; // there is a way from the step before
};

struct play_step {
	double at;            // ms since the first one began
	double delay, duration;
	struct timing timing;
	struct value overlay; // object: property -> value, all that is set from this step on
	VEC(struct play_property) properties; // that move
	struct style *style;  // over play->base; made when needed
	bool begun, told;
};

struct play {
	struct play_step *steps;
	size_t count;
	double start;
	bool waits, finished, ended;
	struct style *from; // what was shown before the first step; NULL: nothing was
	struct style *base; // what the steps' styles were made over
	uint64_t set[(PROPERTY_COUNT + 63) / 64]; // what any step's overlay sets
};

/* ---- values ---- */

void view_play_dashed(struct str name, struct strbuf *out)
{
	for (size_t i = 0; i < name.len; i++) {
		bool upper = name.at[i] >= 'A' && name.at[i] <= 'Z';
		strbuf_add_text(out, upper ? "-" : "");
		strbuf_add_char(out, upper ? (char)(name.at[i] + 32) : name.at[i]);
	}
}

struct function_row {
	const char *name, *unit;
	size_t bare; // so many arguments stand without the unit
};

static const struct function_row functions[] = {
	{"translate", "px", 0}, {"translate3d", "px", 0}, {"translateX", "px", 0}, {"translateY", "px", 0}, {"translateZ", "px", 0},
	{"rotate", "deg", 0}, {"rotate3d", "deg", 3}, {"rotateX", "deg", 0}, {"rotateY", "deg", 0}, {"rotateZ", "deg", 0},
	{"scale", "", 0}, {"scale3d", "", 0}, {"scaleX", "", 0}, {"scaleY", "", 0}, {"scaleZ", "", 0},
	{"skew", "deg", 0}, {"skewX", "deg", 0}, {"skewY", "deg", 0}, {"matrix", "", 0}, {"matrix3d", "", 0},
};

static void add_argument(struct value argument, const char *unit, struct strbuf *out)
{
	struct str text = str_trim(value_str(argument));
	value_to_text(argument, out);
	if (value_is(argument, VALUE_NUMBER) || (text.len && !isnan(value_to_number(argument)))) {
		strbuf_add_text(out, unit);
	}
}

bool view_play_function(struct str name, struct value args, struct strbuf *out)
{
	for (size_t i = 0; i < ARRAY_LEN(functions); i++) {
		const struct function_row *row = &functions[i];
		if (!str_is(name, row->name)) {
			continue;
		}
		bool list = value_is(args, VALUE_ARRAY);
		size_t count = list ? value_len(args) : 1;
		strbuf_printf(out, "%s(", row->name);
		for (size_t k = 0; k < count; k++) {
			strbuf_add_text(out, k ? ", " : "");
			add_argument(list ? value_at(args, k) : args, k < row->bare ? "" : row->unit, out);
		}
		strbuf_add_char(out, ')');
		return true;
	}
	return false;
}

/* ---- from an export to steps ---- */

static void set_text(struct value *overlay, struct str name, struct strbuf *text)
{
	struct str value = strbuf_str(text);
	for (size_t i = 0; i < value.len; i++) {
		if (strchr("{};", value.at[i])) {
			return; // one value, not a piece of a sheet
		}
	}
	value_object_set(overlay, name, value_string(value));
}

/* The properties that a name stands for: itself, or a shorthand's longhands. */
static size_t ids_of(struct str name, enum wxss_property_id *one, const enum wxss_property_id **ret_ids)
{
	size_t count = wxss_shorthand_longhands(name, ret_ids);
	if (!count) {
		*one = wxss_property_find(name);
		*ret_ids = one;
		count = *one < PROPERTY_COUNT;
	}
	return count;
}

static void add_property(struct play_step *step, struct str name)
{
	enum wxss_property_id one;
	const enum wxss_property_id *ids;
	size_t count = ids_of(name, &one, &ids);
	for (size_t i = 0; i < count && step->properties.len < STEP_PROPERTIES_MAX; i++) {
		struct play_property property = {.id = ids[i]};
		vec_push(&step->properties, property);
	}
}

static void note_set(struct play *play, struct value overlay)
{
	for (size_t i = 0; i < value_count(overlay); i++) {
		enum wxss_property_id one;
		const enum wxss_property_id *ids;
		size_t count = ids_of(value_key(overlay, i), &one, &ids);
		for (size_t k = 0; k < count; k++) {
			play->set[ids[k] / 64] |= (uint64_t)1 << (ids[k] % 64);
		}
	}
}

/* A step names all transforms that hold from it on: those of steps before it are gone. */
static void set_animates(struct play_step *step, struct value animates)
{
	struct strbuf transform = {0};
	for (size_t i = 0; i < value_len(animates); i++) {
		struct value animate = value_at(animates, i), args = value_get_text(animate, "args");
		struct str type = value_str(value_get_text(animate, "type"));
		if (!str_is(type, "style")) {
			strbuf_add_text(&transform, transform.len ? " " : "");
			(void)view_play_function(type, args, &transform);
			continue;
		}
		struct strbuf name = {0}, text = {0};
		view_play_dashed(value_str(value_at(args, 0)), &name);
		bool bare = str_is(strbuf_str(&name), "opacity") || str_is(strbuf_str(&name), "z-index");
		add_argument(value_at(args, 1), bare ? "" : "px", &text);
		set_text(&step->overlay, strbuf_str(&name), &text);
		add_property(step, strbuf_str(&name));
		strbuf_finish(&name);
		strbuf_finish(&text);
	}
	if (transform.len) {
		set_text(&step->overlay, STR("transform"), &transform);
	} else {
		value_object_remove(&step->overlay, STR("transform"));
	}
	add_property(step, STR("transform"));
	strbuf_finish(&transform);
}

static double number_or(struct value value, double fallback)
{
	double number = value_is_nullish(value) ? fallback : value_to_number(value);
	return isfinite(number) ? number : fallback;
}

/* `overlay`: of the step before; lent. */
static void set_step(struct play_step *step, struct value action, struct value overlay)
{
	struct value option = value_get_text(action, "option"), transition = value_get_text(option, "transition");
	struct value origin = value_get_text(option, "transformOrigin");
	step->overlay = value_object_new(value_count(overlay) + 2);
	for (size_t i = 0; i < value_count(overlay); i++) {
		value_object_set(&step->overlay, value_key(overlay, i), value_ref(value_entry(overlay, i)));
	}
	step->duration = fmax(number_or(value_get_text(transition, "duration"), 400), 0);
	step->delay = fmax(number_or(value_get_text(transition, "delay"), 0), -step->duration);
	step->timing = (struct timing){TIMING_CUBIC, 0, 0, 1, 1, 0};
	(void)wxss_timing_parse(value_str(value_get_text(transition, "timingFunction")), &step->timing);
	set_animates(step, value_get_text(action, "animates"));
	if (value_str(origin).len) {
		struct strbuf text = {0};
		strbuf_add(&text, value_str(origin));
		set_text(&step->overlay, STR("transform-origin"), &text);
		strbuf_finish(&text);
	}
}

static void forget_styles(struct play *play)
{
	for (size_t i = 0; i < play->count; i++) {
		style_unref(play->steps[i].style);
		play->steps[i].style = NULL;
	}
	style_unref(play->base);
	play->base = NULL;
}

void view_play_destroy(struct play *play)
{
	if (!play) {
		return;
	}
	forget_styles(play);
	for (size_t i = 0; i < play->count; i++) {
		value_unref(play->steps[i].overlay);
		vec_finish(&play->steps[i].properties);
	}
	style_unref(play->from);
	mem_free(play->steps);
	mem_free(play);
}

/* ---- time ---- */

static double time_of(const struct view *view, const struct play *play)
{
	return play->waits ? 0 : play->finished ? INFINITY : view->now - play->start;
}

static double end_of(const struct play_step *step) { return step->at + step->delay + step->duration; }

/* The step that the element is in or was in last. */
static size_t step_at(const struct play *play, double time)
{
	size_t index = 0;
	while (index + 1 < play->count && play->steps[index + 1].at <= time) {
		index++;
	}
	return index;
}

void view_play_attribute(struct view *view, struct node *node)
{
	struct value actions = value_get_text(node_attr_text(node, "animation"), "actions");
	size_t count = size_min(value_len(actions), STEPS_MAX);
	if (!count) {
		return; // what was set stays
	}
	struct motion *motion = view_motion_make(view, node->id, MOTION_SELF);
	struct play *old = motion->play, *play = mem_alloc(sizeof(*play));
	*play = (struct play){.steps = mem_alloc_array(count, sizeof(*play->steps)), .count = count, .waits = true};
	struct value overlay = old ? old->steps[step_at(old, time_of(view, old))].overlay : value_undefined();
	double at = 0;
	for (size_t i = 0; i < count; i++) {
		play->steps[i].at = at;
		set_step(&play->steps[i], value_at(actions, i), overlay);
		overlay = play->steps[i].overlay;
		note_set(play, overlay);
		at = end_of(&play->steps[i]);
	}
	play->from = node->style && node->box ? style_ref(node->style) : NULL;
	motion->play = play;
	motion->ended = false;
	view_play_destroy(old);
	node_mark(node, NODE_DIRTY_STYLE);
}

/* ---- styles ---- */

static struct style *style_of_step(struct view *view, const struct node *node, struct play *play, size_t index)
{
	struct play_step *step = &play->steps[index];
	if (!step->style) {
		struct strbuf text = {0};
		for (size_t i = 0; i < value_count(step->overlay); i++) {
			strbuf_printf(&text, STR_FMT ": " STR_FMT "; ", STR_ARG(value_key(step->overlay, i)),
				STR_ARG(value_str(value_entry(step->overlay, i))));
		}
		step->style = view_motion_over(view, node, play->base, strbuf_str(&text));
		strbuf_finish(&text);
	}
	return step->style;
}

static struct style *style_before(struct view *view, const struct node *node, struct play *play, size_t index)
{
	return index ? style_of_step(view, node, play, index - 1) : play->from;
}

/* Which properties have a way to go is known when a step begins. */
static void begin_step(struct view *view, const struct node *node, struct play *play, size_t index)
{
	struct play_step *step = &play->steps[index];
	const struct style *to = style_of_step(view, node, play, index), *from = style_before(view, node, play, index);
	step->begun = true;
	for (size_t i = 0; from && i < step->properties.len; i++) {
		struct play_property *property = &step->properties.at[i];
		property->changed = view_motion_differs(view, property->id, from, to);
	}
}

struct style *view_play_apply(struct view *view, const struct node *node, struct play *play, struct style *style)
{
	if (play->waits) {
		play->waits = false;
		play->start = view->now;
	}
	if (play->base != style) {
		forget_styles(play);
		play->base = style_ref(style);
	}
	double time = time_of(view, play);
	size_t index = step_at(play, time);
	struct play_step *step = &play->steps[index];
	if (!step->begun) {
		begin_step(view, node, play, index);
	}
	const struct style *to = style_of_step(view, node, play, index), *from = style_before(view, node, play, index);
	double local = time - step->at - step->delay;
	style_unref(style);
	if (!from || local >= step->duration) {
		return style_ref(to);
	}
	float progress = local < 0 ? 0 : timing_apply(step->timing, (float)(local / step->duration));
	struct style *mixed = wxss_style_copy(to);
	for (size_t i = 0; i < step->properties.len; i++) {
		if (step->properties.at[i].changed) {
			const struct wxss_property *row = &wxss_properties[step->properties.at[i].id];
			(void)row->type->mix(mixed, from, to, row, progress);
		}
	}
	return mixed;
}

/* ---- frames ---- */

static void tell_end(struct view *view, struct node *node, const struct play_step *step)
{
	for (size_t i = 0; i < step->properties.len; i++) {
		if (step->properties.at[i].changed) {
			struct str name = str_of(wxss_properties[step->properties.at[i].id].name);
			struct motion_event event = {"transitionend", "propertyName", name, step->duration, MOTION_SELF};
			view_motion_tell(view, node, &event);
		}
	}
}

bool view_play_advance(struct view *view, struct node *node, struct play *play)
{
	double time = time_of(view, play);
	if (play->ended || !play->base) {
		return !play->ended;
	}
	for (size_t i = 0; i < play->count && end_of(&play->steps[i]) <= time; i++) {
		struct play_step *step = &play->steps[i];
		if (step->told) {
			continue;
		}
		if (!step->begun) {
			begin_step(view, node, play, i);
		}
		step->told = true;
		if (step->delay + step->duration > 0 && !play->finished) {
			tell_end(view, node, step);
		}
	}
	play->ended = play->steps[play->count - 1].told;
	return true;
}

void view_play_finish(struct play *play)
{
	play->waits = false;
	play->finished = play->ended = true;
}

bool view_play_sets(const struct play *play, enum wxss_property_id id)
{
	return play->set[id / 64] >> (id % 64) & 1;
}

bool view_play_rests(const struct play *play)
{
	return play->ended;
}
