/* <live-pusher>: sends what a simulated camera sees to a live address of the host. Camera and microphone are asked for one after the other. */
#include "runtime/component/list.h"
#include "runtime/component/live.h"
#include "runtime/component/pen.h"
#include "runtime/component/scene.h"
#include "runtime/component/screen.h"
#include "runtime/component/video.h"

static const struct schema attributes[] = {
	{"url", SCHEMA_STRING, .doc = "address to push to, flv or rtmp"},
	{"mode", SCHEMA_STRING, .fallback = "\"RTC\"", .choices = "SD|HD|FHD|RTC"},
	{"autopush", SCHEMA_BOOL, .fallback = "false"},
	{"muted", SCHEMA_BOOL, .fallback = "false", .doc = "nobody hears a simulated microphone in any case"},
	{"enable-camera", SCHEMA_BOOL, .fallback = "true"},
	{"auto-focus", SCHEMA_BOOL, .fallback = "true", .doc = "a simulated lens is always sharp"},
	{"orientation", SCHEMA_STRING, .fallback = "\"vertical\"", .choices = "vertical|horizontal"},
	{"beauty", SCHEMA_NUMBER, .fallback = "0", .doc = "not simulated"},
	{"whiteness", SCHEMA_NUMBER, .fallback = "0", .doc = "not simulated"},
	{"aspect", SCHEMA_STRING, .fallback = "\"9:16\"", .choices = "3:4|9:16"},
	{"min-bitrate", SCHEMA_NUMBER, .fallback = "200"},
	{"max-bitrate", SCHEMA_NUMBER, .fallback = "1000"},
	{"waiting-image", SCHEMA_STRING, .doc = "pushed in the background; nobody sees it here"},
	{"waiting-image-hash", SCHEMA_STRING},
	{"background-mute", SCHEMA_BOOL, .fallback = "false"},
	{"device-position", SCHEMA_STRING, .fallback = "\"front\"", .choices = "front|back", .since = "2.3.0", .doc = "read once"},
	{0},
};

static const struct live_codes codes = {.connected = 1001, .running = 1002, .first = {1008, 1007}, .stalls = 1101, .goes_on = 1006,
	.ended = 3004, .refused = 3002, .again = 1102, .given_up = -1307};

struct pusher_state {
	struct live live; // first: live.h takes the state for it
	bool ready, pushed, back, torch, open, preview; // pushed: by autopush; open: the camera is
};

static void created(struct component_host *host, struct node *node)
{
	struct pusher_state *state = mem_alloc(sizeof(*state));
	UNUSED(host);
	*state = (struct pusher_state){.live = {.codes = &codes, .held = NAN}};
	node->state_data = state;
	state->live.screen = screen_create(node);
}

static void destroyed(struct component_host *host, struct node *node)
{
	struct pusher_state *state = node->state_data;
	UNUSED(host);
	live_finish(&state->live);
	mem_free(state);
	node->state_data = NULL;
}

static void start(struct component_host *host, struct node *node)
{
	struct pusher_state *state = node->state_data;
	if (state->live.phase != LIVE_IDLE && state->live.phase != LIVE_OVER) {
		return;
	}
	live_stop(host, node);
	state->live.phase = LIVE_OPENING;
	live_ask(host, node, video_flag(node, "enable-camera", true) && !state->open ? "camera" : "push", component_text(node, "url"));
}

static void changed(struct component_host *host, struct node *node, atom_t name)
{
	struct pusher_state *state = node->state_data;
	UNUSED(name);
	if (!state->ready) {
		state->back = str_is(component_text(node, "device-position"), "back");
		state->ready = true;
	}
	if (!state->pushed && component_flag(node, "autopush") && component_text(node, "url").len) {
		state->pushed = true;
		start(host, node);
	}
	node_mark(state->live.screen, NODE_DIRTY_PAINT);
}

static void refuse(struct component_host *host, struct node *node, bool camera, struct value answer)
{
	struct value detail = value_object_new(2);
	live_stop(host, node);
	value_object_set_text(&detail, "errMsg", value_ref(value_get_text(answer, "errMsg")));
	value_object_set_text(&detail, "errCode", value_number(camera ? 1001 : 1002));
	live_tell(host, node, camera ? -1301 : -1302);
	host->emit(host, node, "error", detail);
}

static void answered(struct component_host *host, struct node *node, struct value answer)
{
	struct pusher_state *state = node->state_data;
	bool camera = str_is(value_str(value_get_text(answer, "what")), "camera");
	if (live_is_late(&state->live, answer)) {
		return;
	}
	if (!value_to_bool(value_get_text(answer, "ok"))) {
		refuse(host, node, camera, answer);
	} else if (!camera) {
		live_run(host, node, answer);
	} else {
		state->open = true;
		live_tell(host, node, 1003);
		if (state->live.phase == LIVE_OPENING) {
			live_ask(host, node, "push", component_text(node, "url"));
		} else {
			state->preview = true;
		}
		node_mark(state->live.screen, NODE_DIRTY_PAINT);
	}
}

static void shown(struct component_host *host, struct node *node, bool on)
{
	struct live *live = node->state_data;
	UNUSED(host);
	live->hidden = !on;
}

static bool sees(const struct pusher_state *state, const struct node *node)
{
	return state->open && video_flag(node, "enable-camera", true) && (state->preview || state->live.phase != LIVE_IDLE);
}

static void paint(struct component_host *host, const struct node *node, const struct style *style, struct gfx_canvas *canvas,
	struct rect content)
{
	const struct pusher_state *state = node->state_data;
	struct scene scene = {.kind = SCENE_LENS, .front = !state->back};
	UNUSED(host);
	UNUSED(style);
	pen_fill(canvas, content, 0x000000ff, 0);
	if (sees(state, node)) {
		scene_draw(canvas, &scene, content);
	}
}

static uint32_t looks(struct component_host *host, const struct node *node)
{
	const struct pusher_state *state = node->state_data;
	UNUSED(host);
	return sees(state, node) * 2u + state->back;
}

static struct value problem(const char *text)
{
	struct value result = value_object_new(1);
	value_object_set_text(&result, "errMsg", value_text(text));
	return result;
}

static struct value snapshot(const struct pusher_state *state, const struct node *node, struct value with)
{
	struct scene scene = {.kind = SCENE_LENS, .front = !state->back};
	bool small = str_is(value_str(value_get_text(with, "quality")), "compressed");
	return sees(state, node) ? scene_photograph(&scene, screen_size(state->live.screen), small ? STR("low") : STR("high"))
		: problem("the camera is not open");
}

static struct value switch_torch(struct pusher_state *state, const struct node *node)
{
	if (!sees(state, node) || !state->back) {
		return problem(state->back ? "the camera is not open" : "the front lens has no lamp");
	}
	state->torch = !state->torch;
	return value_undefined();
}

static void stop(struct component_host *host, struct node *node)
{
	struct pusher_state *state = node->state_data;
	state->open = state->preview = state->torch = false;
	live_stop(host, node);
}

static bool asked(struct component_host *host, struct node *node, struct str what, struct value with, struct value *ret)
{
	struct pusher_state *state = node->state_data;
	*ret = value_undefined();
	if (str_is(what, "start")) {
		*ret = component_text(node, "url").len ? value_undefined() : problem("url is empty");
		if (component_text(node, "url").len) {
			start(host, node);
		}
	} else if (str_is(what, "stop")) {
		stop(host, node);
	} else if (str_is(what, "pause") || str_is(what, "resume")) {
		live_pause(host, node, str_is(what, "pause"));
	} else if (str_is(what, "switchCamera")) {
		state->back = !state->back;
		state->torch = false;
	} else if (str_is(what, "snapshot")) {
		*ret = snapshot(state, node, with);
	} else if (str_is(what, "toggleTorch")) {
		*ret = switch_torch(state, node);
	} else if (str_is(what, "startPreview") && !state->open && state->live.phase == LIVE_IDLE) {
		live_ask(host, node, "camera", component_text(node, "url"));
	} else if (str_is(what, "startPreview") || str_is(what, "stopPreview")) {
		state->preview = str_is(what, "startPreview");
		state->open = state->preview || (state->open && state->live.phase != LIVE_IDLE);
	} else {
		return false;
	}
	node_mark(state->live.screen, NODE_DIRTY_PAINT);
	return true;
}

const struct component component_live_pusher = {
	.tag = "live-pusher",
	.since = "1.7.0",
	.doc = "Pushes what a camera sees to a live address (实时音视频录制), simulated.",
	.attributes = attributes,
	.events = "statechange|netstatus|error",
	.style = "live-pusher { display: inline-block; position: relative; width: 300px; height: 225px; overflow: hidden }\n",
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
