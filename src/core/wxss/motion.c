/* The animation-* and transition-* longhands, which share one list each, and timing functions. */
#include "core/wxss/motion.h"

#include "core/wxss/block.h"
#include "core/wxss/cascade.h"
#include "core/wxss/share.h"

#define ITEMS_MAX 64

/* ---- timing functions ---- */

static const struct timing timing_ease = {TIMING_CUBIC, 0.25f, 0.1f, 0.25f, 1, 0};

static bool read_cubic(struct wxss_reader *r, struct timing *timing)
{
	float v[4];
	for (size_t i = 0; i < 4; i++) {
		if ((i > 0 && !wxss_read_comma(r)) || !wxss_read_number(r, &v[i])) {
			return false;
		}
	}
	*timing = (struct timing){TIMING_CUBIC, v[0], v[1], v[2], v[3], 0};
	return v[0] >= 0 && v[0] <= 1 && v[2] >= 0 && v[2] <= 1;
}

static bool read_steps(struct wxss_reader *r, struct timing *timing)
{
	static const struct wxss_choice sides[] = {{KW_end, TIMING_STEPS_END}, {KW_jump_end, TIMING_STEPS_END},
		{KW_start, TIMING_STEPS_START}, {KW_jump_start, TIMING_STEPS_START}, {KW_jump_none, TIMING_STEPS_NONE},
		{KW_jump_both, TIMING_STEPS_BOTH}, {0}};
	int steps, side = TIMING_STEPS_END;
	if (!wxss_read_integer(r, &steps) || steps < 1 || (wxss_read_comma(r) && !wxss_read_choice(r, sides, &side))) {
		return false;
	}
	*timing = (struct timing){.kind = (enum timing_kind)side, .steps = steps};
	return side != TIMING_STEPS_NONE || steps > 1;
}

struct timing_row {
	enum wxss_keyword keyword;
	struct timing timing;
};

static const struct timing_row timing_rows[] = {
	{KW_ease, {TIMING_CUBIC, 0.25f, 0.1f, 0.25f, 1, 0}},
	{KW_linear, {TIMING_CUBIC, 0, 0, 1, 1, 0}},
	{KW_ease_in, {TIMING_CUBIC, 0.42f, 0, 1, 1, 0}},
	{KW_ease_out, {TIMING_CUBIC, 0, 0, 0.58f, 1, 0}},
	{KW_ease_in_out, {TIMING_CUBIC, 0.42f, 0, 0.58f, 1, 0}},
	{KW_step_start, {TIMING_STEPS_START, 0, 0, 0, 0, 1}},
	{KW_step_end, {TIMING_STEPS_END, 0, 0, 0, 0, 1}},
};

bool wxss_read_timing(struct wxss_reader *r, struct timing *ret)
{
	struct wxss_reader before = *r, inner;
	const struct wxss_part *function;
	for (size_t i = 0; i < ARRAY_LEN(timing_rows); i++) {
		if (wxss_read_keyword(r, timing_rows[i].keyword)) {
			*ret = timing_rows[i].timing;
			return true;
		}
	}
	if (wxss_read_function(r, &inner, &function)) {
		bool good = function->keyword == KW_cubic_bezier ? read_cubic(&inner, ret)
			: function->keyword == KW_steps && read_steps(&inner, ret);
		if (good && wxss_read_end(&inner)) {
			return true;
		}
	}
	*r = before;
	return false;
}

bool wxss_timing_equal(struct timing a, struct timing b)
{
	return a.kind == b.kind && a.x1 == b.x1 && a.y1 == b.y1 && a.x2 == b.x2 && a.y2 == b.y2 && a.steps == b.steps;
}

void wxss_print_timing(struct timing timing, struct strbuf *out)
{
	for (size_t i = 0; i < ARRAY_LEN(timing_rows); i++) {
		if (wxss_timing_equal(timing, timing_rows[i].timing)) {
			strbuf_add_text(out, wxss_keyword_text(timing_rows[i].keyword));
			return;
		}
	}
	if (timing.kind != TIMING_CUBIC) {
		static const char *const sides[] = {"", "end", "start", "jump-none", "jump-both"};
		strbuf_printf(out, "steps(%d, %s)", timing.steps, sides[timing.kind]);
		return;
	}
	const float v[] = {timing.x1, timing.y1, timing.x2, timing.y2};
	strbuf_add_text(out, "cubic-bezier(");
	for (size_t i = 0; i < 4; i++) {
		strbuf_add_text(out, i ? ", " : "");
		wxss_print_number((double)v[i], out);
	}
	strbuf_add_char(out, ')');
}

static float bezier(float a, float b, float t)
{
	float u = 1 - t;
	return 3 * u * u * t * a + 3 * u * t * t * b + t * t * t;
}

/* x(t) never falls while x1 and x2 are between 0 and 1, so halving finds t. */
static float apply_cubic(struct timing timing, float x)
{
	float low = 0, high = 1;
	for (int i = 0; i < 24; i++) {
		float middle = (low + high) / 2;
		if (bezier(timing.x1, timing.x2, middle) < x) {
			low = middle;
		} else {
			high = middle;
		}
	}
	return bezier(timing.y1, timing.y2, (low + high) / 2);
}

float timing_apply(struct timing timing, float progress)
{
	if (timing.kind != TIMING_CUBIC) {
		float steps = (float)int_max(timing.steps, 1);
		bool at_start = timing.kind == TIMING_STEPS_START || timing.kind == TIMING_STEPS_BOTH;
		float jumps = timing.kind == TIMING_STEPS_NONE ? float_max(steps - 1, 1) : timing.kind == TIMING_STEPS_BOTH ? steps + 1 : steps;
		float step = floorf(progress * steps) + (at_start ? 1 : 0);
		return float_clamp(step / jumps, 0, 1);
	}
	if (progress <= 0 || progress >= 1) {
		return progress <= 0 ? 0 : 1;
	}
	bool linear = timing.x1 == timing.y1 && timing.x2 == timing.y2;
	return linear ? progress : apply_cubic(timing, progress);
}

bool wxss_timing_parse(struct str text, struct timing *ret)
{
	static const struct wxss_units units = {16, 16, 375, 667, {0, 0, 0, 0}};
	struct arena arena;
	struct strbuf declaration = {0};
	struct wxss_block block;
	arena_init(&arena);
	strbuf_printf(&declaration, "animation-timing-function: " STR_FMT, STR_ARG(text));
	struct wxss_source source = {.arena = &arena, .text = strbuf_str(&declaration)};
	struct wxss_lex lex = {.text = source.text};
	wxss_block_parse(&source, &lex, false, &block);
	bool good = block.count == 1 && block.decls[0].kind == DECL_VALUE;
	if (good) {
		struct wxss_parts parts = block.decls[0].parts;
		struct wxss_reader reader = {.at = parts.at, .end = parts.at + parts.count, .units = &units};
		good = wxss_read_timing(&reader, ret);
	}
	strbuf_finish(&declaration);
	arena_finish(&arena);
	return good;
}

/* ---- animation-* ---- */

static enum wxss_property_id id_of(const struct wxss_property *row) { return (enum wxss_property_id)(row - wxss_properties); }

static void init_animation(struct animation *animation)
{
	memset(animation, 0, sizeof(*animation));
	animation->count = 1;
	animation->timing = timing_ease;
}

static bool read_animation_name(struct wxss_reader *r, struct animation *animation)
{
	if (r->at == r->end || (r->at->kind != PART_IDENT && r->at->kind != PART_STRING)) {
		return false;
	}
	animation->name = r->at->kind == PART_IDENT && r->at->keyword == KW_none ? 0 : atom_intern(r->at->text);
	r->at++;
	return true;
}

static bool read_animation_item(struct wxss_reader *r, enum wxss_property_id id, const struct wxss_property *row,
	struct animation *item)
{
	int value;
	switch (id) {
	case PROPERTY_animation_name: return read_animation_name(r, item);
	case PROPERTY_animation_delay: return wxss_read_time(r, &item->delay);
	case PROPERTY_animation_duration: return wxss_read_time(r, &item->duration) && item->duration >= 0;
	case PROPERTY_animation_timing_function: return wxss_read_timing(r, &item->timing);
	case PROPERTY_animation_iteration_count:
		if (wxss_read_keyword(r, KW_infinite)) {
			item->count = INFINITY;
			return true;
		}
		return wxss_read_number(r, &item->count) && item->count >= 0;
	default: break;
	}
	if (!wxss_read_choice(r, row->choices, &value)) {
		return false;
	}
	if (id == PROPERTY_animation_direction) {
		item->direction = (enum animation_direction)value;
	} else if (id == PROPERTY_animation_fill_mode) {
		item->fill = (enum animation_fill)value;
	} else {
		item->paused = value != 0;
	}
	return true;
}

static void copy_animation_item(enum wxss_property_id id, struct animation *to, const struct animation *from)
{
	switch (id) {
	case PROPERTY_animation_name: to->name = from->name; break;
	case PROPERTY_animation_delay: to->delay = from->delay; break;
	case PROPERTY_animation_duration: to->duration = from->duration; break;
	case PROPERTY_animation_timing_function: to->timing = from->timing; break;
	case PROPERTY_animation_iteration_count: to->count = from->count; break;
	case PROPERTY_animation_direction: to->direction = from->direction; break;
	case PROPERTY_animation_fill_mode: to->fill = from->fill; break;
	default: to->paused = from->paused; break;
	}
}

/* The style's own items, to be changed. */
static void *own_items(void **field, size_t size)
{
	void *old = *field;
	if (old && !wxss_share_is_last(old)) {
		*field = wxss_share_alloc(size);
		memcpy(*field, old, size);
		(void)wxss_share_unref(old);
	}
	return *field;
}

static struct animation *own_animations(struct style *style)
{
	void *items = style->animations;
	style->animations = own_items(&items, style->animation_count * sizeof(*style->animations));
	return style->animations;
}

static bool read_animation(struct wxss_reader *r, const struct wxss_property *row, struct style *style)
{
	enum wxss_property_id id = id_of(row);
	struct animation items[ITEMS_MAX];
	size_t count = 0;
	do {
		init_animation(&items[count]);
		if (!read_animation_item(r, id, row, &items[count++])) {
			return false;
		}
	} while (wxss_read_comma(r) && count < ITEMS_MAX);
	if (id == PROPERTY_animation_name) {
		count = count == 1 && !items[0].name ? 0 : count;
		struct animation *at = wxss_list_replace(style, row, count, sizeof(*at));
		for (size_t i = 0; i < count; i++) {
			at[i] = items[i];
		}
		return true;
	}
	struct animation *at = own_animations(style);
	for (size_t i = 0; i < style->animation_count; i++) {
		copy_animation_item(id, &at[i], &items[i % count]);
	}
	return true;
}

static void print_time(float ms, struct strbuf *out)
{
	wxss_print_number((double)ms / 1000, out);
	strbuf_add_char(out, 's');
}

static void print_animation_item(enum wxss_property_id id, const struct wxss_property *row, const struct animation *item,
	struct strbuf *out)
{
	switch (id) {
	case PROPERTY_animation_name:
		if (item->name) {
			wxss_print_ident(atom_str(item->name), out);
		} else {
			strbuf_add_text(out, "none");
		}
		break;
	case PROPERTY_animation_delay: print_time(item->delay, out); break;
	case PROPERTY_animation_duration: print_time(item->duration, out); break;
	case PROPERTY_animation_timing_function: wxss_print_timing(item->timing, out); break;
	case PROPERTY_animation_iteration_count:
		if (isinf(item->count)) {
			strbuf_add_text(out, "infinite");
		} else {
			wxss_print_number((double)item->count, out);
		}
		break;
	case PROPERTY_animation_direction: strbuf_add_text(out, wxss_choice_text(row->choices, (int)item->direction)); break;
	case PROPERTY_animation_fill_mode: strbuf_add_text(out, wxss_choice_text(row->choices, (int)item->fill)); break;
	default: strbuf_add_text(out, item->paused ? "paused" : "running"); break;
	}
}

static void print_animation(const struct style *style, const struct wxss_property *row, struct strbuf *out)
{
	struct animation initial;
	init_animation(&initial);
	if (!style->animation_count) {
		print_animation_item(id_of(row), row, &initial, out);
	}
	for (size_t i = 0; i < style->animation_count; i++) {
		strbuf_add_text(out, i ? ", " : "");
		print_animation_item(id_of(row), row, &style->animations[i], out);
	}
}

static bool animation_equal(const struct animation *a, const struct animation *b)
{
	return a->name == b->name && a->duration == b->duration && a->delay == b->delay && a->count == b->count
		&& wxss_timing_equal(a->timing, b->timing) && a->fill == b->fill && a->direction == b->direction
		&& a->paused == b->paused;
}

/* The whole list is compared once, by animation-name. */
static bool equal_animation(const struct style *a, const struct style *b, const struct wxss_property *row)
{
	if (id_of(row) != PROPERTY_animation_name || a->animations == b->animations) {
		return true;
	}
	bool equal = a->animation_count == b->animation_count;
	for (size_t i = 0; equal && i < a->animation_count; i++) {
		equal = animation_equal(&a->animations[i], &b->animations[i]);
	}
	return equal;
}

static void copy_animation(struct style *to, const struct style *from, const struct wxss_property *row)
{
	enum wxss_property_id id = id_of(row);
	if (id == PROPERTY_animation_name) {
		wxss_list_copy(to, from, row);
		return;
	}
	if (to->animations == from->animations) {
		return;
	}
	struct animation initial, *at = own_animations(to);
	init_animation(&initial);
	for (size_t i = 0; i < to->animation_count; i++) {
		copy_animation_item(id, &at[i], from->animation_count ? &from->animations[i % from->animation_count] : &initial);
	}
}

/* ---- transition-* ---- */

atom_t wxss_motion_property(struct str name)
{
	if (str_eq_nocase(name, STR("all"))) {
		return atom_of("all");
	}
	enum wxss_property_id id = wxss_property_find(name);
	if (id < PROPERTY_COUNT) {
		return atom_of(wxss_properties[id].name);
	}
	return atom_intern(str_starts(name, STR("-webkit-")) ? str_slice(name, 8, name.len) : name);
}

static void init_transition(struct transition *transition)
{
	memset(transition, 0, sizeof(*transition));
	transition->property = atom_of("all");
	transition->timing = timing_ease;
}

static bool read_transition_item(struct wxss_reader *r, enum wxss_property_id id, struct transition *item)
{
	switch (id) {
	case PROPERTY_transition_delay: return wxss_read_time(r, &item->delay);
	case PROPERTY_transition_duration: return wxss_read_time(r, &item->duration) && item->duration >= 0;
	case PROPERTY_transition_timing_function: return wxss_read_timing(r, &item->timing);
	default: break;
	}
	if (r->at == r->end || r->at->kind != PART_IDENT) {
		return false;
	}
	item->property = r->at->keyword == KW_none ? 0 : wxss_motion_property(r->at->text);
	r->at++;
	return true;
}

static void copy_transition_item(enum wxss_property_id id, struct transition *to, const struct transition *from)
{
	switch (id) {
	case PROPERTY_transition_delay: to->delay = from->delay; break;
	case PROPERTY_transition_duration: to->duration = from->duration; break;
	case PROPERTY_transition_timing_function: to->timing = from->timing; break;
	default: to->property = from->property; break;
	}
}

static struct transition *own_transitions(struct style *style)
{
	void *items = style->transitions;
	style->transitions = own_items(&items, style->transition_count * sizeof(*style->transitions));
	return style->transitions;
}

static bool read_transition(struct wxss_reader *r, const struct wxss_property *row, struct style *style)
{
	enum wxss_property_id id = id_of(row);
	struct transition items[ITEMS_MAX];
	size_t count = 0;
	do {
		init_transition(&items[count]);
		if (!read_transition_item(r, id, &items[count++])) {
			return false;
		}
	} while (wxss_read_comma(r) && count < ITEMS_MAX);
	if (id == PROPERTY_transition_property || !style->transition_count) { // without a name: all
		size_t total = id != PROPERTY_transition_property ? 1 : count == 1 && !items[0].property ? 0 : count;
		struct transition *at = wxss_list_replace(style, row, total, sizeof(*at));
		for (size_t i = 0; i < total; i++) {
			at[i] = items[i];
		}
		return true;
	}
	struct transition *at = own_transitions(style);
	for (size_t i = 0; i < style->transition_count; i++) {
		copy_transition_item(id, &at[i], &items[i % count]);
	}
	return true;
}

static void print_transition_item(enum wxss_property_id id, const struct transition *item, struct strbuf *out)
{
	switch (id) {
	case PROPERTY_transition_delay: print_time(item->delay, out); break;
	case PROPERTY_transition_duration: print_time(item->duration, out); break;
	case PROPERTY_transition_timing_function: wxss_print_timing(item->timing, out); break;
	default:
		if (item->property) {
			wxss_print_ident(atom_str(item->property), out);
		} else {
			strbuf_add_text(out, "none");
		}
		break;
	}
}

static void print_transition(const struct style *style, const struct wxss_property *row, struct strbuf *out)
{
	struct transition initial;
	init_transition(&initial);
	if (!style->transition_count) {
		print_transition_item(id_of(row), &initial, out);
	}
	for (size_t i = 0; i < style->transition_count; i++) {
		strbuf_add_text(out, i ? ", " : "");
		print_transition_item(id_of(row), &style->transitions[i], out);
	}
}

static bool equal_transition(const struct style *a, const struct style *b, const struct wxss_property *row)
{
	return id_of(row) != PROPERTY_transition_property || wxss_list_equal_bytes(a, b, row); // no padding inside
}

static void copy_transition(struct style *to, const struct style *from, const struct wxss_property *row)
{
	enum wxss_property_id id = id_of(row);
	if (id == PROPERTY_transition_property) {
		wxss_list_copy(to, from, row);
		return;
	}
	if (to->transitions == from->transitions) {
		return;
	}
	struct transition initial, *at = own_transitions(to);
	init_transition(&initial);
	for (size_t i = 0; i < to->transition_count; i++) {
		copy_transition_item(id, &at[i], from->transition_count ? &from->transitions[i % from->transition_count] : &initial);
	}
}

const struct wxss_type wxss_type_animation = {read_animation, print_animation, equal_animation, copy_animation, NULL, 0};
const struct wxss_type wxss_type_transition = {read_transition, print_transition, equal_transition, copy_transition, NULL, 0};
