/* A live connection: its course in time, its state codes and its network figures. */
#include "runtime/component/live.h"

#define FRAME_MS (1000.0 / 30)
#define NET_MS 2000.0    // between two netstatus
#define DECODE_MS 100.0  // from the connection to the first picture
#define RETRIES 3
#define MAX_STALLS 1000
#define MAX_SIDE 8192    // px

static const struct {
	int code;
	const char *text;
} texts[] = {
	{1001, "connected to the server"}, {1002, "handshake done, pushing"}, {1003, "the camera is open"}, {1006, "the bit rate changed"},
	{1007, "first frame"}, {1008, "the encoder started"}, {1101, "the uplink is bad"}, {1102, "connecting again"},
	{-1301, "the camera cannot be opened"}, {-1302, "the microphone cannot be opened"}, {-1307, "gave up connecting"},
	{2001, "connected to the server"}, {2002, "pulling"}, {2003, "first frame"}, {2004, "playing"}, {2006, "ended"}, {2007, "loading"},
	{2008, "the decoder started"}, {2009, "the resolution is known"}, {2103, "connecting again"}, {-2301, "gave up connecting"},
	{3002, "the server cannot be reached"}, {3004, "the server closed the connection"},
};

void live_finish(struct live *live)
{
	vec_finish(&live->steps);
}

bool live_has_picture(const struct live *live)
{
	return live->phase == LIVE_RUNNING || live->phase == LIVE_OVER;
}

double live_seconds(const struct live *live, double now)
{
	return fmax(0, ((isnan(live->held) ? now : live->held) - live->began) / 1000);
}

static void plan(struct component_host *host, struct node *node)
{
	struct live *live = node->state_data;
	double due = INFINITY;
	if (live->next < live->steps.len) {
		due = live->steps.at[live->next].at;
	}
	if (live->phase == LIVE_RUNNING) {
		due = fmin(due, live->net_at);
		due = isnan(live->held) && !live->hidden ? fmin(due, host->now + FRAME_MS) : due;
	}
	host->wake(host, node, due);
	node_mark(live->screen, NODE_DIRTY_PAINT);
}

void live_tell(struct component_host *host, struct node *node, int code)
{
	struct value detail = value_object_new(2);
	value_object_set_text(&detail, "code", value_number(code));
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		if (texts[i].code == code) {
			value_object_set_text(&detail, "message", value_text(texts[i].text));
		}
	}
	host->emit(host, node, "statechange", detail);
}

void live_ask(struct component_host *host, struct node *node, const char *what, struct str src)
{
	struct live *live = node->state_data;
	struct value data = value_object_new(4);
	live->turn++;
	value_object_set_text(&data, "command", value_text("open"));
	value_object_set_text(&data, "what", value_text(what));
	value_object_set_text(&data, "src", value_string(src));
	value_object_set_text(&data, "turn", value_number(live->turn));
	host->intent(host, node, "live", data);
}

bool live_is_late(const struct live *live, struct value answer)
{
	return value_to_number(value_get_text(answer, "turn")) != live->turn;
}

static double figure(struct value course, const char *key, double fallback)
{
	double number = value_to_number(value_get_text(course, key));
	return isfinite(number) && number >= 0 ? number : fallback;
}

static void add(struct live *live, double at, int code)
{
	if (code) {
		size_t i = live->steps.len;
		vec_push(&live->steps, ((struct live_step){at, code}));
		for (; i > 0 && live->steps.at[i - 1].at > at; i--) { // what is said later of the same moment comes later
			live->steps.at[i] = live->steps.at[i - 1];
		}
		live->steps.at[i] = (struct live_step){at, code};
	}
}

static void add_failure(struct live *live, double at, double apart, int code)
{
	add(live, at, code);
	for (int i = 1; i <= RETRIES; i++) {
		add(live, at + apart * i, live->codes->again);
	}
	add(live, at + apart * (RETRIES + 1), live->codes->given_up);
}

void live_run(struct component_host *host, struct node *node, struct value course)
{
	struct live *live = node->state_data;
	const struct live_codes *codes = live->codes;
	double connect = fmax(1, figure(course, "connect", 200)), at = host->now + connect, end = figure(course, "end", -1);
	struct value stalls = value_get_text(course, "stalls");
	live->phase = LIVE_CONNECTING;
	live->steps.len = live->next = 0;
	live->natural = (struct size){(float)fmin(MAX_SIDE, fmax(1, figure(course, "width", 640))),
		(float)fmin(MAX_SIDE, fmax(1, figure(course, "height", 360)))};
	if (value_to_bool(value_get_text(course, "refuse"))) {
		add_failure(live, at, connect, codes->refused);
		plan(host, node);
		return;
	}
	add(live, at, codes->connected);
	add(live, at, codes->running);
	at += DECODE_MS;
	for (size_t i = 0; i < ARRAY_LEN(codes->first); i++) {
		add(live, at, codes->first[i]);
	}
	for (size_t i = 0; i < value_len(stalls) && i < MAX_STALLS; i++) {
		double from = at + figure(value_at(stalls, i), "at", 0);
		add(live, from, codes->stalls);
		add(live, from + figure(value_at(stalls, i), "for", 0), codes->goes_on);
	}
	if (end >= 0 && codes->again && codes->ended == 3004) {
		add_failure(live, at + end, connect, codes->ended);
	} else if (end >= 0) {
		add(live, at + end, codes->ended);
	}
	plan(host, node);
}

void live_stop(struct component_host *host, struct node *node)
{
	struct live *live = node->state_data;
	live->turn++;
	live->phase = LIVE_IDLE;
	live->steps.len = live->next = 0;
	live->paused = live->stalled = false;
	live->held = NAN;
	plan(host, node);
}

/* A live picture goes on from where its source is by then. */
static void hold(struct component_host *host, struct live *live)
{
	bool still = live->paused || live->stalled || live->phase == LIVE_OVER;
	if (!still || isnan(live->held)) {
		live->held = still ? host->now : NAN;
	}
}

void live_pause(struct component_host *host, struct node *node, bool on)
{
	struct live *live = node->state_data;
	live->paused = on;
	hold(host, live);
	plan(host, node);
}

static void take_step(struct component_host *host, struct node *node, int code)
{
	struct live *live = node->state_data;
	const struct live_codes *codes = live->codes;
	if (live->phase == LIVE_CONNECTING && code == codes->first[0]) {
		live->phase = LIVE_RUNNING;
		live->began = host->now;
		live->net_at = host->now + NET_MS;
	} else if (code == codes->stalls) {
		live->stalled = true;
	} else if (code == codes->goes_on) {
		live->stalled = false;
	}
	if (code == codes->ended || code == codes->given_up) {
		live->phase = live_has_picture(live) ? LIVE_OVER : LIVE_IDLE;
		live->stalled = false;
	}
	hold(host, live);
	live_tell(host, node, code);
}

/* What a steady line of that picture has; nothing comes while it stalls. */
static void tell_net(struct component_host *host, struct node *node)
{
	const struct live *live = node->state_data;
	struct value detail = value_object_new(1), info = value_object_new(8);
	bool flows = !live->paused && !live->stalled;
	value_object_set_text(&info, "videoBitrate", value_number(flows ? 800 : 0));
	value_object_set_text(&info, "audioBitrate", value_number(flows ? 48 : 0));
	value_object_set_text(&info, "videoFPS", value_number(flows ? 15 : 0));
	value_object_set_text(&info, "videoGOP", value_number(2));
	value_object_set_text(&info, "netSpeed", value_number(flows ? 848 : 0));
	value_object_set_text(&info, "netJitter", value_number(0));
	value_object_set_text(&info, "videoWidth", value_number(live->natural.width));
	value_object_set_text(&info, "videoHeight", value_number(live->natural.height));
	value_object_set_text(&detail, "info", info);
	host->emit(host, node, "netstatus", detail);
}

void live_woken(struct component_host *host, struct node *node, bool settle)
{
	struct live *live = node->state_data;
	UNUSED(settle);
	while (live->next < live->steps.len && live->steps.at[live->next].at <= host->now) {
		take_step(host, node, live->steps.at[live->next++].code);
	}
	if (live->phase == LIVE_RUNNING && live->net_at <= host->now) {
		live->net_at = host->now + NET_MS;
		tell_net(host, node);
	}
	plan(host, node);
}
