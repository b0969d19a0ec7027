/* this.animate and this.clearAnimation: keyframes that a script gives for the elements that a selector
 * finds, over time or along a scroll offset. What they end with stays until it is cleared. */
#include "runtime/view/inside.h"

#include "core/wxss/keyframe.h"

#define TARGETS_MAX 4000
#define FRAMES_MAX 256
#define STACK_MAX 64 // on one element; older ones give way

typedef uint64_t property_set[(PROPERTY_COUNT + 63) / 64];

struct script_frames { // the keyframes of one call, shared by its elements
	unsigned refs;
	struct sheet *sheet;
	const struct wxss_keyframes *keyframes;
	property_set set; // what they declare
};

struct scripted { // on one element
	struct script_frames *frames;
	unsigned batch;
	bool waits, ended, scrolls, horizontal;
	bool asked; // for the frame behind the scroller's first layout
	double start, duration;
	slot_id scroller;
	float from, to;       // scroll offsets, px; to NAN: the end
	double range, shown;  // ms that the offsets stand for; the time that is shown
	property_set cleared; // by clearAnimation
};

static void set_add(property_set set, enum wxss_property_id id) { set[id / 64] |= (uint64_t)1 << (id % 64); }

static bool set_has(const property_set set, enum wxss_property_id id) { return set[id / 64] >> (id % 64) & 1; }

/* ---- keyframes: objects as WXSS ---- */

static bool is_unitless(enum wxss_property_id id)
{
	return id == PROPERTY_opacity || id == PROPERTY_z_index || id == PROPERTY_flex_grow || id == PROPERTY_flex_shrink
		|| id == PROPERTY_order || id == PROPERTY_font_weight || id == PROPERTY_line_height || id == PROPERTY_aspect_ratio;
}

static bool is_value(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (strchr("{};", text.at[i])) {
			return false; // one value, not a piece of a sheet
		}
	}
	return text.len > 0;
}

static void add_declaration(struct str key, struct value item, struct strbuf *out)
{
	struct strbuf name = {0}, text = {0};
	view_play_dashed(key, &name);
	value_to_text(item, &text);
	if (value_is(item, VALUE_NUMBER) && item.number != 0 && !is_unitless(wxss_property_find(strbuf_str(&name)))) {
		strbuf_add_text(&text, "px");
	}
	if (is_value(strbuf_str(&text)) && is_value(strbuf_str(&name))) {
		strbuf_printf(out, STR_FMT ": " STR_FMT "; ", STR_ARG(strbuf_str(&name)), STR_ARG(strbuf_str(&text)));
	}
	strbuf_finish(&name);
	strbuf_finish(&text);
}

static void add_frame(struct value frame, double at, struct strbuf *out)
{
	struct strbuf transform = {0};
	struct value ease = value_get_text(frame, "ease");
	ease = value_is_nullish(ease) ? value_get_text(frame, "easing") : ease;
	strbuf_printf(out, "%.5f%% { ", at * 100);
	if (is_value(value_str(ease))) {
		strbuf_printf(out, "animation-timing-function: " STR_FMT "; ", STR_ARG(value_str(ease)));
	}
	for (size_t i = 0; i < value_count(frame); i++) {
		struct str key = value_key(frame, i);
		struct value item = value_entry(frame, i);
		if (str_is(key, "offset") || str_is(key, "ease") || str_is(key, "easing") || str_is(key, "composite") || value_is_nullish(item)) {
			continue;
		}
		size_t before = transform.len;
		strbuf_add_text(&transform, before ? " " : "");
		if (str_is(key, "transform")) {
			value_to_text(item, &transform);
		} else if (!view_play_function(key, item, &transform)) {
			transform.len = before;
			add_declaration(key, item, out);
		}
	}
	if (transform.len && is_value(strbuf_str(&transform))) {
		strbuf_printf(out, "transform: " STR_FMT "; ", STR_ARG(strbuf_str(&transform)));
	}
	strbuf_add_text(out, "}\n");
	strbuf_finish(&transform);
}

/* Offsets that are not given lie evenly between those that are (Web Animations 1, 5.3.2). */
static void spread_offsets(struct value frames, size_t count, double *offsets)
{
	for (size_t i = 0; i < count; i++) {
		struct value offset = value_get_text(value_at(frames, i), "offset");
		offsets[i] = value_is_nullish(offset) ? NAN : fmin(fmax(value_to_number(offset), 0), 1);
	}
	offsets[count - 1] = isnan(offsets[count - 1]) ? 1 : offsets[count - 1];
	offsets[0] = isnan(offsets[0]) ? 0 : offsets[0];
	for (size_t i = 1, last = 0; i < count; i++) {
		if (isnan(offsets[i])) {
			continue;
		}
		for (size_t k = last + 1; k < i; k++) {
			offsets[k] = offsets[last] + (offsets[i] - offsets[last]) * (double)(k - last) / (double)(i - last);
		}
		last = i;
	}
}

static struct script_frames *make_frames(struct value list)
{
	size_t count = size_min(value_len(list), FRAMES_MAX);
	double offsets[FRAMES_MAX];
	struct strbuf text = {0};
	if (!count) {
		return NULL;
	}
	spread_offsets(list, count, offsets);
	strbuf_add_text(&text, "@keyframes script {\n");
	for (size_t i = 0; i < count; i++) {
		add_frame(value_at(list, i), offsets[i], &text);
	}
	strbuf_add_text(&text, "}");
	struct script_frames *frames = mem_alloc(sizeof(*frames));
	frames->refs = 1;
	frames->sheet = sheet_parse(STR("animate"), strbuf_str(&text), NULL, NULL);
	frames->keyframes = frames->sheet->keyframes.len ? &frames->sheet->keyframes.at[0] : NULL;
	for (size_t i = 0; frames->keyframes && i < frames->keyframes->count; i++) {
		const struct wxss_block *block = frames->keyframes->frames[i].block;
		for (size_t k = 0; k < block->count; k++) {
			if (block->decls[k].property < PROPERTY_COUNT) {
				set_add(frames->set, block->decls[k].property);
			}
		}
	}
	strbuf_finish(&text);
	return frames;
}

static void unref_frames(struct script_frames *frames)
{
	if (frames && --frames->refs == 0) {
		sheet_destroy(frames->sheet);
		mem_free(frames);
	}
}

/* ---- ends ---- */

static void call_back(struct view *view, uint32_t callback)
{
	if (callback) {
		struct view_call call = {.kind = VIEW_ANIMATED, .data = value_number(callback)};
		view_push_call(view, &call);
	}
}

/* One element less: the last one tells the callback. */
static void leave_batch(struct view *view, struct scripted *scripted)
{
	for (size_t i = 0; scripted->batch && i < view->motion.batches.len; i++) {
		struct motion_batch *batch = &view->motion.batches.at[i];
		if (batch->id == scripted->batch && --batch->left == 0) {
			call_back(view, batch->callback);
			vec_remove(&view->motion.batches, i);
		}
	}
	scripted->batch = 0;
}

static void remove_at(struct view *view, struct motion *motion, size_t index)
{
	struct scripted *scripted = motion->scripted.at[index];
	leave_batch(view, scripted);
	unref_frames(scripted->frames);
	mem_free(scripted);
	vec_remove(&motion->scripted, index);
}

void view_animate_forget(struct view *view, struct motion *motion)
{
	while (motion->scripted.len) {
		remove_at(view, motion, motion->scripted.len - 1);
	}
}

/* An ended one has nothing to say any more when a later ended one sets all that it sets. */
static void remove_hidden(struct view *view, struct motion *motion)
{
	property_set above = {0};
	for (size_t i = motion->scripted.len; i > 0; i--) {
		const struct scripted *scripted = motion->scripted.at[i - 1];
		bool hidden = scripted->ended && !scripted->scrolls;
		for (size_t k = 0; k < ARRAY_LEN(above); k++) {
			hidden = hidden && !(scripted->frames->set[k] & ~above[k] & ~scripted->cleared[k]);
		}
		for (size_t k = 0; !hidden && scripted->ended && k < ARRAY_LEN(above); k++) {
			above[k] |= scripted->frames->set[k] & ~scripted->cleared[k];
		}
		if (hidden) {
			remove_at(view, motion, i - 1);
		}
	}
}

/* ---- time ---- */

static float scroll_end(const struct view *view, const struct node *node, bool horizontal)
{
	if (node == view->tree.root) {
		return horizontal ? 0 : float_max(0, view_scroll_height(view) - view->config.env.height);
	}
	struct point max = node->box ? box_scroll_max(node->box) : (struct point){0, 0};
	return float_max(0, horizontal ? max.x : max.y);
}

static double scroll_time(const struct view *view, const struct scripted *scripted)
{
	const struct node *node = view_node(view, scripted->scroller);
	if (!node) {
		return scripted->shown;
	}
	float offset = scripted->horizontal ? node->scroll.x : node->scroll.y;
	float to = isnan(scripted->to) ? scroll_end(view, node, scripted->horizontal) : scripted->to;
	float share = to > scripted->from ? (offset - scripted->from) / (to - scripted->from) : offset > scripted->from ? 1 : 0;
	return fmin(float_clamp(share, 0, 1) * scripted->range, scripted->duration);
}

static double time_of(const struct view *view, const struct scripted *scripted)
{
	return scripted->scrolls ? scroll_time(view, scripted) : scripted->waits ? 0
		: scripted->ended ? scripted->duration : fmin(view->now - scripted->start, scripted->duration);
}

struct style *view_animate_apply(struct view *view, const struct node *node, struct motion *motion, struct style *style)
{
	for (size_t i = 0; i < motion->scripted.len; i++) {
		struct scripted *scripted = motion->scripted.at[i];
		if (scripted->waits) {
			scripted->waits = false;
			scripted->start = view->now;
		}
		scripted->shown = time_of(view, scripted);
		const struct node *scroller = scripted->scrolls ? view_node(view, scripted->scroller) : NULL;
		if (scroller && !scroller->box) {
			scripted->shown = NAN; // how far it scrolls is known after its first layout
			if (!scripted->asked) {
				view_ask_frame(view);
			}
			scripted->asked = true;
		}
		struct wxss_compute compute = view_motion_compute(view, node);
		struct animation animation = {.duration = (float)scripted->duration, .count = 1, .timing = {TIMING_CUBIC, 0, 0, 1, 1, 0},
			.fill = ANIMATION_FILL_BOTH};
		bool running;
		double time = isnan(scripted->shown) ? 0 : scripted->shown;
		struct style *moved = wxss_keyframes_at(&compute, scripted->frames->keyframes, style, &animation, time, &running);
		for (int id = 0; moved && id < PROPERTY_COUNT; id++) {
			if (set_has(scripted->cleared, (enum wxss_property_id)id)) {
				wxss_property_copy((enum wxss_property_id)id, moved, style);
			}
		}
		if (moved) {
			style_unref(style);
			style = moved;
		}
	}
	return style;
}

bool view_animate_advance(struct view *view, struct motion *motion)
{
	bool moves = false, ended = false;
	for (size_t i = 0; i < motion->scripted.len; i++) {
		struct scripted *scripted = motion->scripted.at[i];
		if (scripted->scrolls) {
			const struct node *scroller = view_node(view, scripted->scroller);
			moves |= scroller && scroller->box && scroll_time(view, scripted) != scripted->shown;
		} else if (!scripted->ended) {
			moves = true;
			scripted->ended = !scripted->waits && view->now - scripted->start >= scripted->duration;
			ended |= scripted->ended;
			if (scripted->ended) {
				leave_batch(view, scripted);
			}
		}
	}
	if (ended) {
		remove_hidden(view, motion);
	}
	return moves;
}

void view_animate_finish(struct view *view, struct motion *motion)
{
	for (size_t i = 0; i < motion->scripted.len; i++) {
		struct scripted *scripted = motion->scripted.at[i];
		scripted->waits = false;
		scripted->ended = true;
		leave_batch(view, scripted);
	}
}

bool view_animate_rests(const struct motion *motion)
{
	for (size_t i = 0; i < motion->scripted.len; i++) {
		if (!motion->scripted.at[i]->scrolls && !motion->scripted.at[i]->ended) {
			return false;
		}
	}
	return true;
}

/* ---- starting and clearing ---- */

static struct node *scope_root(struct view *view, struct node *host)
{
	return !host ? view->tree.root : host->shadow ? host->shadow : host;
}

static double number_or(struct value value, double fallback)
{
	double number = value_is_nullish(value) ? fallback : value_to_number(value);
	return isfinite(number) ? number : fallback;
}

static bool set_timeline(struct node *root, struct value timeline, struct scripted *ret)
{
	if (!value_is(timeline, VALUE_OBJECT)) {
		return true;
	}
	struct node *found = NULL;
	if (!selector_query(root, value_str(value_get_text(timeline, "scrollSource")), &found, 1)) {
		return false;
	}
	ret->scrolls = true;
	ret->scroller = view_scroller_of(found)->id;
	ret->horizontal = str_is(value_str(value_get_text(timeline, "orientation")), "horizontal");
	ret->from = (float)number_or(value_get_text(timeline, "startScrollOffset"), 0);
	ret->to = (float)number_or(value_get_text(timeline, "endScrollOffset"), NAN);
	ret->range = fmax(number_or(value_get_text(timeline, "timeRange"), ret->duration), 0);
	return true;
}

static void start_on(struct view *view, struct node *node, const struct scripted *model)
{
	struct motion *motion = view_motion_make(view, node->id, MOTION_SELF);
	struct scripted *scripted = mem_alloc(sizeof(*scripted));
	*scripted = *model;
	scripted->frames->refs++;
	if (motion->scripted.len >= STACK_MAX) {
		remove_at(view, motion, 0);
	}
	vec_push(&motion->scripted, scripted);
	motion->ended = false;
	node_mark(node, NODE_DIRTY_STYLE);
}

static void start(struct view *view, struct node *root, const struct animate_request *request)
{
	struct scripted model = {.waits = true, .duration = fmax(number_or(value_number(request->duration), 0), 0), .shown = NAN};
	model.frames = make_frames(request->given);
	struct node **nodes = mem_alloc_array(TARGETS_MAX, sizeof(struct node *));
	size_t count = 0;
	if (model.frames && model.frames->keyframes && set_timeline(root, request->timeline, &model)) {
		count = size_min(selector_query(root, value_str(request->selector), nodes, TARGETS_MAX), TARGETS_MAX);
	}
	if (count && !model.scrolls) {
		struct motion_batch batch = {++view->motion.last_batch, request->callback, count};
		model.batch = batch.id;
		vec_push(&view->motion.batches, batch);
	} else {
		call_back(view, request->callback);
	}
	for (size_t i = 0; i < count; i++) {
		start_on(view, nodes[i], &model);
	}
	mem_free(nodes);
	unref_frames(model.frames);
}

/* The properties that the options name; all when there are none. */
static bool named_properties(struct value options, property_set set)
{
	if (!value_is(options, VALUE_OBJECT) || !value_count(options)) {
		return false;
	}
	for (size_t i = 0; i < value_count(options); i++) {
		struct strbuf name = {0}, function = {0};
		const enum wxss_property_id *ids;
		if (!value_to_bool(value_entry(options, i))) {
			continue;
		}
		bool transform = view_play_function(value_key(options, i), value_undefined(), &function);
		view_play_dashed(value_key(options, i), &name);
		size_t count = wxss_shorthand_longhands(strbuf_str(&name), &ids);
		enum wxss_property_id one = transform ? PROPERTY_transform : wxss_property_find(strbuf_str(&name));
		for (size_t k = 0; k < count; k++) {
			set_add(set, ids[k]);
		}
		if (one < PROPERTY_COUNT) {
			set_add(set, one);
		}
		strbuf_finish(&name);
		strbuf_finish(&function);
	}
	return true;
}

static void clear(struct view *view, struct node *root, const struct animate_request *request)
{
	struct node **nodes = mem_alloc_array(TARGETS_MAX, sizeof(struct node *));
	size_t count = size_min(selector_query(root, value_str(request->selector), nodes, TARGETS_MAX), TARGETS_MAX);
	property_set set = {0};
	bool named = named_properties(request->given, set);
	for (size_t i = 0; i < count; i++) {
		struct motion *motion = view_motion_of(view, nodes[i]->id, MOTION_SELF);
		if (!motion || !motion->scripted.len) {
			continue;
		}
		if (!named) {
			view_animate_forget(view, motion);
		}
		for (size_t k = 0; k < motion->scripted.len; k++) {
			for (size_t n = 0; n < ARRAY_LEN(set); n++) {
				motion->scripted.at[k]->cleared[n] |= set[n];
			}
		}
		node_mark(nodes[i], NODE_DIRTY_STYLE);
	}
	mem_free(nodes);
	call_back(view, request->callback);
}

/* They wait for the next frame: what the script has set before them is in the tree only then. */
void view_animate(struct view *view, struct node *scope_host, struct str selector, struct value keyframes, double duration,
	struct value timeline, uint32_t callback)
{
	struct animate_request request = {scope_host ? scope_host->id : 0, value_string(selector), value_ref(keyframes),
		value_ref(timeline), duration, callback, false};
	vec_push(&view->motion.waiting, request);
	view_ask_frame(view);
}

void view_clear_animation(struct view *view, struct node *scope_host, struct str selector, struct value options, uint32_t callback)
{
	struct animate_request request = {scope_host ? scope_host->id : 0, value_string(selector), value_ref(options),
		value_undefined(), 0, callback, true};
	vec_push(&view->motion.waiting, request);
	view_ask_frame(view);
}

void view_animate_start_waiting(struct view *view)
{
	for (size_t i = 0; i < view->motion.waiting.len; i++) {
		struct animate_request request = view->motion.waiting.at[i];
		struct node *host = view_node(view, request.host);
		if (request.host && !host) {
			call_back(view, request.callback);
		} else {
			(request.clear ? clear : start)(view, scope_root(view, host), &request);
		}
		value_unref(request.selector);
		value_unref(request.given);
		value_unref(request.timeline);
	}
	vec_clear(&view->motion.waiting);
}
