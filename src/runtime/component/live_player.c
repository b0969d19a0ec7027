/* <live-player>: plays a live source of the host. The simulated one sends colour bars with a moving disc. */
#include "runtime/component/list.h"
#include "runtime/component/live.h"
#include "runtime/component/pen.h"
#include "runtime/component/scene.h"
#include "runtime/component/screen.h"
#include "runtime/component/video.h"

static const struct schema attributes[] = {
	{"src", SCHEMA_STRING, .doc = "address of the source, flv or rtmp"},
	{"mode", SCHEMA_STRING, .fallback = "\"live\"", .choices = "live|RTC"},
	{"autoplay", SCHEMA_BOOL, .fallback = "false"},
	{"muted", SCHEMA_BOOL, .fallback = "false", .doc = "nothing is heard of a simulated source in any case"},
	{"orientation", SCHEMA_STRING, .fallback = "\"vertical\"", .choices = "vertical|horizontal"},
	{"object-fit", SCHEMA_STRING, .fallback = "\"contain\"", .choices = "contain|fillCrop"},
	{"background-mute", SCHEMA_BOOL, .fallback = "false"},
	{"min-cache", SCHEMA_NUMBER, .fallback = "1", .doc = "s; a simulated source comes without delay"},
	{"max-cache", SCHEMA_NUMBER, .fallback = "3", .doc = "s"},
	{"sound-mode", SCHEMA_STRING, .fallback = "\"speaker\"", .choices = "speaker|ear", .since = "1.9.90"},
	{"auto-pause-if-navigate", SCHEMA_BOOL, .fallback = "true", .since = "2.5.0"},
	{"auto-pause-if-open-native", SCHEMA_BOOL, .fallback = "true", .since = "2.5.0"},
	{"picture-in-picture-mode", SCHEMA_ANY, .since = "2.10.3", .doc = "push: when another page comes above; pop is not simulated"},
	{0},
};

static const struct live_codes codes = {.connected = 2001, .running = 2002, .first = {2008, 2009, 2003, 2004}, .stalls = 2007,
	.goes_on = 2004, .ended = 2006, .refused = 3002, .again = 2103, .given_up = -2301};

struct player_state {
	struct live live; // first: live.h takes the state for it
	struct strbuf src;
	bool muted, small, left; // small: in picture-in-picture; left: paused because the page went
	int direction;
};

static void created(struct component_host *host, struct node *node)
{
	struct player_state *state = mem_alloc(sizeof(*state));
	UNUSED(host);
	*state = (struct player_state){.live = {.codes = &codes, .held = NAN}};
	node->state_data = state;
	state->live.screen = screen_create(node);
}

static void destroyed(struct component_host *host, struct node *node)
{
	struct player_state *state = node->state_data;
	UNUSED(host);
	live_finish(&state->live);
	strbuf_finish(&state->src);
	mem_free(state);
	node->state_data = NULL;
}

static void play(struct component_host *host, struct node *node)
{
	struct player_state *state = node->state_data;
	if (state->live.phase == LIVE_IDLE || state->live.phase == LIVE_OVER) {
		live_stop(host, node);
		state->live.phase = LIVE_OPENING;
		live_ask(host, node, "play", strbuf_str(&state->src));
	} else {
		live_pause(host, node, false);
	}
}

static void changed(struct component_host *host, struct node *node, atom_t name)
{
	struct player_state *state = node->state_data;
	struct str src = component_text(node, "src");
	state->muted = name && !str_is(atom_str(name), "muted") ? state->muted : component_flag(node, "muted");
	if (!str_eq(src, strbuf_str(&state->src))) {
		bool on = state->live.phase != LIVE_IDLE;
		live_stop(host, node);
		strbuf_clear(&state->src);
		strbuf_add(&state->src, src);
		if (src.len && (on || component_flag(node, "autoplay"))) {
			play(host, node);
		}
	}
	node_mark(state->live.screen, NODE_DIRTY_PAINT);
}

static void answered(struct component_host *host, struct node *node, struct value answer)
{
	struct player_state *state = node->state_data;
	if (live_is_late(&state->live, answer)) {
		return;
	}
	if (value_to_bool(value_get_text(answer, "ok"))) {
		live_run(host, node, answer);
		return;
	}
	struct value detail = value_object_new(1);
	live_stop(host, node);
	value_object_set_text(&detail, "errMsg", value_ref(value_get_text(answer, "errMsg")));
	live_tell(host, node, codes.given_up);
	host->emit(host, node, "error", detail);
}

static void set_full(struct component_host *host, struct node *node, bool on, double turn)
{
	struct player_state *state = node->state_data;
	if (state->live.full == on) {
		return;
	}
	state->live.full = on;
	state->direction = on ? turn > 0 ? 90 : turn < 0 ? -90 : 0 : state->direction;
	struct value style = on ? video_full_style(state->direction) : value_undefined(), data = value_object_new(1), detail = value_object_new(2);
	node_set_placed_style(node, style);
	value_unref(style);
	value_object_set_text(&data, "on", value_bool(on));
	host->intent(host, node, "fullscreen", data);
	value_object_set_text(&detail, "direction", value_text(on && state->direction ? "horizontal" : "vertical"));
	value_object_set_text(&detail, "fullScreen", value_bool(on));
	host->emit(host, node, "fullscreenchange", detail);
}

static bool set_small(struct component_host *host, struct node *node, bool on)
{
	struct player_state *state = node->state_data;
	if (state->small == on) {
		return false;
	}
	state->small = on;
	host->emit(host, node, on ? "enterpictureinpicture" : "leavepictureinpicture", value_object_new(0));
	return true;
}

static bool goes_small(const struct node *node)
{
	struct value mode = node_attr_text(node, "picture-in-picture-mode");
	bool push = value_is(mode, VALUE_STRING) && str_is(value_str(mode), "push");
	for (size_t i = 0; i < value_len(mode); i++) {
		push = push || str_is(value_str(value_at(mode, i)), "push");
	}
	return push;
}

static void shown(struct component_host *host, struct node *node, bool on)
{
	struct player_state *state = node->state_data;
	struct live *live = &state->live;
	live->hidden = !on;
	if (!on) {
		set_full(host, node, false, 0);
		if (live->phase == LIVE_RUNNING && !live->paused && goes_small(node)) {
			set_small(host, node, true);
		} else if (live->phase != LIVE_IDLE && !live->paused && video_flag(node, "auto-pause-if-navigate", true)) {
			state->left = true;
			live_pause(host, node, true);
		}
		return;
	}
	set_small(host, node, false);
	if (state->left) {
		live_pause(host, node, false);
	}
	state->left = false;
}

static struct scene seen(const struct component_host *host, const struct live *live)
{
	return (struct scene){.kind = SCENE_LIVE, .seconds = live_seconds(live, host->now)};
}

static void paint(struct component_host *host, const struct node *node, const struct style *style, struct gfx_canvas *canvas,
	struct rect content)
{
	const struct live *live = node->state_data;
	struct scene scene = seen(host, live);
	struct rect box = content;
	UNUSED(style);
	pen_fill(canvas, content, 0x000000ff, 0);
	if (!live_has_picture(live)) {
		return;
	}
	gfx_canvas_save(canvas);
	gfx_canvas_begin(canvas);
	gfx_canvas_rect(canvas, content);
	gfx_canvas_clip(canvas, false);
	if (str_is(component_text(node, "orientation"), "horizontal")) { // turned by a quarter
		gfx_canvas_transform(canvas, matrix_translate(content.x + content.width / 2, content.y + content.height / 2));
		gfx_canvas_transform(canvas, matrix_rotate((float)M_PI / 2));
		box = (struct rect){-content.height / 2, -content.width / 2, content.height, content.width};
	}
	bool crop = str_is(component_text(node, "object-fit"), "fillCrop");
	scene_draw(canvas, &scene, pen_fit(crop ? STR("cover") : STR("contain"), live->natural, box));
	gfx_canvas_restore(canvas);
}

static uint32_t looks(struct component_host *host, const struct node *node)
{
	const struct live *live = node->state_data;
	uint32_t how = str_is(component_text(node, "orientation"), "horizontal") * 2u + str_is(component_text(node, "object-fit"), "fillCrop");
	return live_has_picture(live) ? 4u + how + 8u * (uint32_t)fmod(live_seconds(live, host->now) * 1000, 4000) : 0;
}

static struct value problem(const char *text)
{
	struct value result = value_object_new(1);
	value_object_set_text(&result, "errMsg", value_text(text));
	return result;
}

static struct value snapshot(const struct component_host *host, const struct live *live, struct value with)
{
	struct scene scene = seen(host, live);
	struct size half = {live->natural.width / 2, live->natural.height / 2}; // a photograph has two px for each
	bool small = str_is(value_str(value_get_text(with, "quality")), "compressed");
	return live_has_picture(live) ? scene_photograph(&scene, half, small ? STR("low") : STR("high")) : problem("there is no picture");
}

static bool asked(struct component_host *host, struct node *node, struct str what, struct value with, struct value *ret)
{
	struct player_state *state = node->state_data;
	*ret = value_undefined();
	if (str_is(what, "play")) {
		*ret = state->src.len ? value_undefined() : problem("src is empty");
		if (state->src.len) {
			play(host, node);
		}
	} else if (str_is(what, "stop")) {
		live_stop(host, node);
	} else if (str_is(what, "pause") || str_is(what, "resume")) {
		live_pause(host, node, str_is(what, "pause"));
	} else if (str_is(what, "mute")) {
		state->muted = !state->muted;
	} else if (str_is(what, "requestFullScreen") || str_is(what, "exitFullScreen")) {
		double turn = value_to_number(value_get_text(with, "direction"));
		set_full(host, node, str_is(what, "requestFullScreen"), isfinite(turn) ? turn : 0);
	} else if (str_is(what, "snapshot")) {
		*ret = snapshot(host, &state->live, with);
	} else if (str_is(what, "requestPictureInPicture")) {
		*ret = state->live.phase != LIVE_RUNNING ? problem("it does not play")
			: set_small(host, node, true) ? value_undefined() : problem("it is in picture-in-picture");
	} else if (str_is(what, "exitPictureInPicture")) {
		*ret = set_small(host, node, false) ? value_undefined() : problem("it is not in picture-in-picture");
	} else {
		return false;
	}
	return true;
}

const struct component component_live_player = {
	.tag = "live-player",
	.since = "1.7.0",
	.doc = "Plays a live source (实时音视频播放), simulated.",
	.attributes = attributes,
	.events = "statechange|fullscreenchange|netstatus|error|enterpictureinpicture|leavepictureinpicture",
	.style = "live-player { display: inline-block; position: relative; width: 300px; height: 225px; overflow: hidden }\n",
	.created = created,
	.destroyed = destroyed,
	.changed = changed,
	.paint = paint,
	.looks = looks,
	.woken = live_woken,
	.shown = shown,
	.asked = asked,
	.answered = answered,
};
