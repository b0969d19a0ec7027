/* <video>: a media file with controls, bullet comments and a full screen. The picture is what the file shows at the player's
 * time on the view's clock: the same time gives the same picture. */
#include "runtime/component/video.h"

#include "border/gfx/cairo.h"
#include "runtime/component/list.h"
#include "runtime/component/pen.h"
#include "runtime/component/screen.h"

#define FRAME_MS (1000.0 / 30)

static const struct schema attributes[] = {
	{"src", SCHEMA_STRING, .doc = "package path, network address, wxfile: or data: URI"},
	{"duration", SCHEMA_NUMBER, .since = "1.1.0", .doc = "s, shown instead of the file's own"},
	{"controls", SCHEMA_BOOL, .fallback = "true"},
	{"danmu-list", SCHEMA_ARRAY, .item = SCHEMA_OBJECT, .doc = "{text, color, time (s)}"},
	{"danmu-btn", SCHEMA_BOOL, .fallback = "false", .doc = "read once"},
	{"enable-danmu", SCHEMA_BOOL, .fallback = "false", .doc = "read once"},
	{"autoplay", SCHEMA_BOOL, .fallback = "false"},
	{"loop", SCHEMA_BOOL, .fallback = "false", .since = "1.4.0"},
	{"muted", SCHEMA_BOOL, .fallback = "false", .since = "1.4.0"},
	{"initial-time", SCHEMA_NUMBER, .fallback = "0", .since = "1.6.0", .doc = "s"},
	{"page-gesture", SCHEMA_BOOL, .fallback = "false", .since = "1.6.0", .doc = "the older name of vslide-gesture"},
	{"direction", SCHEMA_NUMBER, .since = "1.7.0", .doc = "of the full screen: 0, 90, -90; absent: by the picture's shape"},
	{"show-progress", SCHEMA_BOOL, .since = "1.9.0", .doc = "absent: when wider than 240 px"},
	{"show-fullscreen-btn", SCHEMA_BOOL, .fallback = "true", .since = "1.9.0"},
	{"show-play-btn", SCHEMA_BOOL, .fallback = "true", .since = "1.9.0"},
	{"show-center-play-btn", SCHEMA_BOOL, .fallback = "true", .since = "1.9.0"},
	{"enable-progress-gesture", SCHEMA_BOOL, .fallback = "true", .since = "1.9.0"},
	{"object-fit", SCHEMA_STRING, .fallback = "\"contain\"", .choices = "contain|fill|cover"},
	{"objectFit", SCHEMA_STRING, .choices = "contain|fill|cover", .doc = "the older name of object-fit"},
	{"poster", SCHEMA_STRING, .doc = "cover; only with controls"},
	{"show-mute-btn", SCHEMA_BOOL, .fallback = "false", .since = "2.4.0"},
	{"title", SCHEMA_STRING, .since = "2.4.0"},
	{"play-btn-position", SCHEMA_STRING, .fallback = "\"bottom\"", .choices = "bottom|center", .since = "2.4.0"},
	{"enable-play-gesture", SCHEMA_BOOL, .fallback = "false", .since = "2.4.0", .doc = "two taps play and pause"},
	{"auto-pause-if-navigate", SCHEMA_BOOL, .fallback = "true", .since = "2.5.0"},
	{"auto-pause-if-open-native", SCHEMA_BOOL, .fallback = "true", .since = "2.5.0"},
	{"vslide-gesture", SCHEMA_BOOL, .fallback = "false", .since = "2.6.2"},
	{"vslide-gesture-in-fullscreen", SCHEMA_BOOL, .fallback = "true", .since = "2.6.2"},
	{"show-bottom-progress", SCHEMA_BOOL, .fallback = "true", .since = "2.8.0"},
	{"ad-unit-id", SCHEMA_STRING, .since = "2.8.1", .doc = "not simulated"},
	{"poster-for-crawler", SCHEMA_STRING},
	{"show-casting-button", SCHEMA_BOOL, .fallback = "false", .since = "2.10.2", .doc = "not simulated"},
	{"picture-in-picture-mode", SCHEMA_ANY, .since = "2.11.0", .doc = "push, pop; not simulated"},
	{"picture-in-picture-show-progress", SCHEMA_BOOL, .fallback = "false", .since = "2.11.0", .doc = "not simulated"},
	{"enable-auto-rotation", SCHEMA_BOOL, .fallback = "false", .since = "2.11.0", .doc = "not simulated: the phone stays upright"},
	{"show-screen-lock-button", SCHEMA_BOOL, .fallback = "false", .since = "2.11.0"},
	{"show-snapshot-button", SCHEMA_BOOL, .fallback = "false", .since = "2.13.0", .doc = "not simulated"},
	{"show-background-playback-button", SCHEMA_BOOL, .fallback = "false", .since = "2.14.3", .doc = "not simulated"},
	{"background-poster", SCHEMA_STRING, .since = "2.14.3", .doc = "not simulated"},
	{"referrer-policy", SCHEMA_STRING, .fallback = "\"no-referrer\"", .choices = "origin|no-referrer", .since = "2.13.0"},
	{"is-drm", SCHEMA_BOOL, .fallback = "false", .since = "2.19.3", .doc = "not simulated"},
	{"is-live", SCHEMA_BOOL, .fallback = "false", .since = "2.28.1"},
	{"provision-url", SCHEMA_STRING, .since = "2.19.3", .doc = "not simulated"},
	{"certificate-url", SCHEMA_STRING, .since = "2.19.3", .doc = "not simulated"},
	{"license-url", SCHEMA_STRING, .since = "2.19.3", .doc = "not simulated"},
	{"preferred-peak-bit-rate", SCHEMA_NUMBER, .since = "2.28.0", .doc = "bit/s; not simulated"},
	{0},
};

bool video_flag(const struct node *node, const char *name, bool fallback)
{
	struct value value = node_attr_text(node, name);
	return value_is(value, VALUE_UNDEFINED) ? fallback : value_to_bool(value);
}

double video_duration(const struct node *node)
{
	const struct video *video = node->state_data;
	double forced = component_number(node, "duration", 0);
	return forced > 0 ? forced : video->source && video->source->state == MEDIA_READY ? video->source->facts.duration : 0;
}

static void plan(struct component_host *host, struct node *node)
{
	struct video *video = node->state_data;
	double due = player_due(&video->player);
	if (video->player.playing && !video->hidden) {
		due = fmin(due, host->now + FRAME_MS);
	}
	if (video->flying.len) {
		due = fmin(due, host->now + 1);
	}
	if (video->bar && video->player.playing) {
		due = fmin(due, fmax(video->bar_until, host->now + 1));
	}
	host->wake(host, node, due);
}

void video_repaint(struct component_host *host, struct node *node)
{
	struct video *video = node->state_data;
	node_mark(video->screen, NODE_DIRTY_PAINT);
	plan(host, node);
}

static struct value detail_of(const char *key, double number)
{
	struct value detail = value_object_new(2);
	value_object_set_text(&detail, key, value_number(number));
	return detail;
}

static void emit_time(struct component_host *host, struct node *node)
{
	const struct video *video = node->state_data;
	struct value detail = detail_of("currentTime", round(player_at(&video->player, host->now) * 1e6) / 1e6);
	value_object_set_text(&detail, "duration", value_number(video->player.duration));
	host->emit(host, node, "timeupdate", detail);
}

void video_play(struct component_host *host, struct node *node)
{
	struct video *video = node->state_data;
	if (video->player.playing || video->failed || !video->source) {
		return;
	}
	video->wanted = true;
	if (video->source->state != MEDIA_READY || !video->told) {
		host->emit(host, node, "waiting", value_object_new(0));
		return;
	}
	video->wanted = false;
	video->started = true;
	video->picture_at = NAN;
	player_play(&video->player, host->now);
	video->bar_until = host->now + 5000;
	host->emit(host, node, "play", value_object_new(0));
	video_repaint(host, node);
}

void video_pause(struct component_host *host, struct node *node)
{
	struct video *video = node->state_data;
	video->wanted = false;
	if (video->player.playing) {
		player_pause(&video->player, host->now);
		host->emit(host, node, "pause", value_object_new(0));
		video_repaint(host, node);
	}
}

void video_seek(struct component_host *host, struct node *node, double to)
{
	struct video *video = node->state_data;
	if (!video->source || video->source->state != MEDIA_READY) {
		return;
	}
	player_seek(&video->player, to, host->now);
	host->emit(host, node, "seekcomplete", detail_of("position", round(video->player.position * 1000)));
	emit_time(host, node);
	video_repaint(host, node);
}

static void stop(struct component_host *host, struct node *node)
{
	struct video *video = node->state_data;
	video_pause(host, node);
	player_seek(&video->player, 0, host->now);
	video->started = false;
	video_repaint(host, node);
}

/* Everything of the file that was shown. */
static void drop(struct video *video)
{
	media_reader_close(video->reader);
	media_source_unref(video->source);
	video->reader = NULL;
	video->source = NULL;
	gfx_surface_destroy(video->picture);
	video->picture = NULL;
	video->picture_at = NAN;
	video->started = video->told = video->failed = video->wanted = false;
	player_init(&video->player, 0);
}

static void fail(struct component_host *host, struct node *node)
{
	struct video *video = node->state_data;
	const char *text = video->source->state == MEDIA_MISSING ? "MEDIA_ERR_NETWORK"
		: video->source->outcome == MEDIA_BROKEN ? "MEDIA_ERR_DECODE" : "MEDIA_ERR_SRC_NOT_SUPPORTED";
	struct value detail = value_object_new(1);
	video->failed = true;
	video->wanted = false;
	value_object_set_text(&detail, "errMsg", value_text(text));
	host->emit(host, node, "error", detail);
}

/* The file is there, or will never be. */
static void arrive(struct component_host *host, struct node *node)
{
	struct video *video = node->state_data;
	if (!video->source || video->told || video->source->state == MEDIA_WAITING) {
		return;
	}
	video->told = true;
	if (video->source->state != MEDIA_READY) {
		fail(host, node);
		return;
	}
	const struct media_facts *facts = &video->source->facts;
	player_init(&video->player, facts->duration);
	player_seek(&video->player, component_number(node, "initial-time", 0), host->now);
	video->reader = media_source_read(video->source);
	struct value detail = detail_of("width", facts->width);
	value_object_set_text(&detail, "height", value_number(facts->height));
	value_object_set_text(&detail, "duration", value_number(facts->duration));
	host->emit(host, node, "loadedmetadata", detail);
	host->emit(host, node, "progress", detail_of("buffered", 100));
	if (video->wanted || component_flag(node, "autoplay")) {
		video_play(host, node);
	}
}

static bool resolve(struct component_host *host, struct node *node, const char *name, struct strbuf *kept)
{
	struct strbuf url = {0};
	struct str src = component_text(node, name);
	if (src.len) {
		host->resolve(host, node, src, &url);
	}
	bool same = str_eq(strbuf_str(&url), strbuf_str(kept));
	strbuf_finish(kept);
	*kept = url;
	return !same;
}

static void load(struct component_host *host, struct node *node)
{
	struct video *video = node->state_data;
	if (resolve(host, node, "src", &video->url)) {
		drop(video);
		video->source = video->url.len ? host->media(host, strbuf_str(&video->url)) : NULL;
	}
	arrive(host, node);
}

static void tell_full(struct component_host *host, struct node *node, bool on)
{
	struct value data = value_object_new(1);
	value_object_set_text(&data, "on", value_bool(on));
	host->intent(host, node, "fullscreen", data);
}

static void created(struct component_host *host, struct node *node)
{
	struct video *video = mem_alloc(sizeof(*video));
	node->state_data = video;
	video->screen = screen_create(node);
	video->picture_at = NAN;
	video->tapped_at = -INFINITY;
	video->bar = true;
	video->volume = 1;
	video->brightness = 0.5;
	player_init(&video->player, 0);
}

static void destroyed(struct component_host *host, struct node *node)
{
	struct video *video = node->state_data;
	if (video->full) {
		tell_full(host, node, false);
	}
	drop(video);
	video_danmu_finish(video);
	strbuf_finish(&video->url);
	strbuf_finish(&video->poster);
	mem_free(video);
	node->state_data = NULL;
}

static void changed(struct component_host *host, struct node *node, atom_t name)
{
	struct video *video = node->state_data;
	struct str which = atom_str(name);
	if (!name && !video->ready) {
		video->ready = true;
		video->danmu_on = component_flag(node, "enable-danmu");
		video->muted = component_flag(node, "muted");
		video_danmu_load(node);
	} else if (str_is(which, "muted")) {
		video->muted = component_flag(node, "muted");
	} else if (str_is(which, "danmu-list")) {
		video_danmu_load(node);
	} else if (str_is(which, "autoplay") && component_flag(node, "autoplay") && !video->started) {
		video_play(host, node);
	}
	if (resolve(host, node, "poster", &video->poster) || !name) {
		struct size natural;
		if (video->poster.len) {
			host->picture(host, strbuf_str(&video->poster), &natural);
		}
	}
	load(host, node);
	video->player.loop = component_flag(node, "loop");
	video_repaint(host, node);
}

static void woken(struct component_host *host, struct node *node, bool settle)
{
	struct video *video = node->state_data;
	for (enum player_news news; (news = player_next(&video->player, host->now)) != PLAYER_NOTHING;) {
		if (news == PLAYER_TICKED) {
			emit_time(host, node);
		} else if (news == PLAYER_ENDED) {
			emit_time(host, node);
			host->emit(host, node, "ended", value_object_new(0));
			video_show_bar(host, node, true);
		} else {
			video->passed = 0;
		}
	}
	double at = player_at(&video->player, host->now);
	if (at > video->passed && at < video->passed + 1) { // a seek jumps over what lies between
		video_danmu_pass(host, node, video->passed, at);
	}
	video->passed = at;
	video_danmu_move(host, node);
	if (video->bar && video->player.playing && host->now >= video->bar_until && video->hold != VIDEO_HOLD_BALL) {
		video_show_bar(host, node, false);
	}
	video_repaint(host, node);
	UNUSED(settle);
}

static void shown(struct component_host *host, struct node *node, bool on)
{
	struct video *video = node->state_data;
	video->hidden = !on;
	if (!on) {
		video_set_full(host, node, false, value_undefined());
	}
	if (!on && !video->in_background && video_flag(node, "auto-pause-if-navigate", true)) {
		video_pause(host, node);
	}
	plan(host, node);
}

/* --- full screen --- */

/* Across the whole screen, turned by 0, 90 or -90 degrees around its middle. */
struct value video_full_style(int direction)
{
	struct strbuf text = {0};
	strbuf_add_text(&text, "position:fixed;margin:0;padding:0;border:0;border-radius:0;max-width:none;max-height:none;min-width:0;"
		"min-height:0;z-index:2147483647;display:block;opacity:1;visibility:visible;");
	if (direction) {
		strbuf_printf(&text, "width:100vh;height:100vw;left:calc(50vw - 50vh);top:calc(50vh - 50vw);transform:rotate(%ddeg)", direction);
	} else {
		strbuf_add_text(&text, "width:100vw;height:100vh;left:0;top:0;transform:none");
	}
	return value_take(&text);
}

void video_set_full(struct component_host *host, struct node *node, bool on, struct value direction)
{
	struct video *video = node->state_data;
	if (video->full == on) {
		return;
	}
	const struct media_facts *facts = video->source ? &video->source->facts : NULL;
	double turn = value_is_nullish(direction) ? NAN : value_to_number(direction);
	bool wide = facts && facts->width > facts->height;
	if (on) {
		video->direction = isnan(turn) ? (wide ? 90 : 0) : turn > 0 ? 90 : turn < 0 ? -90 : 0;
	}
	video->full = on;
	video->locked = false;
	struct value style = on ? video_full_style(video->direction) : value_undefined(), detail = value_object_new(2);
	node_set_placed_style(node, style);
	value_unref(style);
	tell_full(host, node, on);
	value_object_set_text(&detail, "fullScreen", value_bool(on));
	value_object_set_text(&detail, "direction", value_text(on && video->direction ? "horizontal" : "vertical"));
	host->emit(host, node, "fullscreenchange", detail);
	video_repaint(host, node);
}

/* --- what scripts ask --- */

static void ask_danmu(struct component_host *host, struct node *node, struct value with)
{
	video_danmu_send(host, node, value_str(value_get_text(with, "text")), value_get_text(with, "color"), NAN);
	video_repaint(host, node);
}

static bool asked(struct component_host *host, struct node *node, struct str what, struct value with, struct value *ret)
{
	struct video *video = node->state_data;
	struct value first = value_at(with, 0);
	UNUSED(ret);
	if (str_is(what, "play")) {
		video_play(host, node);
	} else if (str_is(what, "pause")) {
		video_pause(host, node);
	} else if (str_is(what, "stop")) {
		stop(host, node);
	} else if (str_is(what, "seek")) {
		video_seek(host, node, value_to_number(first));
	} else if (str_is(what, "playbackRate")) {
		player_set_rate(&video->player, value_to_number(first), host->now);
		plan(host, node);
	} else if (str_is(what, "sendDanmu")) {
		ask_danmu(host, node, first);
	} else if (str_is(what, "requestFullScreen")) {
		struct value direction = value_get_text(first, "direction");
		video_set_full(host, node, true, value_is_nullish(direction) ? node_attr_text(node, "direction") : direction);
	} else if (str_is(what, "exitFullScreen")) {
		video_set_full(host, node, false, value_undefined());
	} else if (str_is(what, "requestBackgroundPlayback")) {
		video->in_background = true;
	} else if (str_is(what, "exitBackgroundPlayback")) {
		video->in_background = false;
	} else {
		return false;
	}
	return true;
}

/* --- looks --- */

/* The frame at the player's time, as a surface that the video keeps. */
static struct gfx_surface *frame_now(struct video *video, double now)
{
	struct media_frame frame;
	double at = player_at(&video->player, now);
	if (!video->reader || at == video->picture_at || !media_reader_frame(video->reader, at, &frame)) {
		return video->picture;
	}
	video->picture_at = at;
	if (!video->picture || gfx_surface_width(video->picture) != frame.width || gfx_surface_height(video->picture) != frame.height) {
		gfx_surface_destroy(video->picture);
		video->picture = gfx_surface_create(frame.width, frame.height);
	}
	if (video->picture) {
		gfx_surface_put_rgba(video->picture, 0, 0, frame.width, frame.height, frame.rgba);
	}
	return video->picture;
}

static void paint(struct component_host *host, const struct node *node, const struct style *style, struct gfx_canvas *canvas,
	struct rect content)
{
	struct video *video = node->state_data;
	struct rect all = {0, 0, content.width, content.height};
	struct str fit = component_text(node, "object-fit");
	struct size natural;
	bool covered = !video->started && video->poster.len && video_flag(node, "controls", true);
	fit = fit.len ? fit : component_text(node, "objectFit");
	gfx_canvas_save(canvas);
	gfx_canvas_transform(canvas, matrix_translate(content.x, content.y));
	pen_fill(canvas, all, 0x000000ff, 0);
	if (covered && host->picture(host, strbuf_str(&video->poster), &natural) > 0) {
		host->draw_picture(host, canvas, strbuf_str(&video->poster), pen_fit(fit, natural, all));
	} else if (video->reader && video->source->facts.video) {
		struct gfx_surface *picture = frame_now(video, host->now);
		if (picture) {
			natural = (struct size){(float)video->source->facts.width, (float)video->source->facts.height};
			gfx_canvas_surface(canvas, picture, (struct rect){0}, pen_fit(fit, natural, all));
		}
	}
	if (video->danmu_on) {
		video_danmu_paint(host, node, canvas, (struct size){content.width, content.height});
	}
	video_paint_bar(host, node, canvas, (struct size){content.width, content.height});
	gfx_canvas_restore(canvas);
	UNUSED(style);
}

static uint32_t mix(uint32_t hash, double number)
{
	return (hash ^ (uint32_t)(int64_t)(isfinite(number) ? fmod(number, 1e9) : -1)) * 16777619u;
}

static uint32_t looks(struct component_host *host, const struct node *node)
{
	const struct video *video = node->state_data;
	uint32_t hash = str_hash(strbuf_str(&video->url)) * 31 + str_hash(strbuf_str(&video->poster));
	unsigned flags = video->started | video->bar << 1 | video->muted << 2 | video->danmu_on << 3 | video->locked << 4 | video->full << 5
		| video->player.playing << 6 | video->failed << 7 | (video->source ? video->source->state << 8 : 0) | (unsigned)video->hold << 12;
	struct size natural;
	hash = mix(mix(hash, player_at(&video->player, host->now) * 1e4), flags);
	hash = mix(mix(hash, video->hold_to * 1e4), video->flying.len ? host->now * 10 : -2);
	hash = mix(hash, video->poster.len ? host->picture(host, strbuf_str(&video->poster), &natural) : 2);
	for (size_t i = 0; i < node->attrs.len; i++) { // most of them are seen
		struct value value = node->attrs.at[i].value;
		hash = hash * 31 + (value_is(value, VALUE_STRING) ? str_hash(value_str(value)) : mix(7, value_to_number(value)));
	}
	return hash;
}

const struct component component_video = {
	.tag = "video",
	.doc = "A video (视频).",
	.attributes = attributes,
	.events = "play|pause|ended|timeupdate|fullscreenchange|waiting|error|progress|loadedmetadata|controlstoggle|seekcomplete",
	.style = "video { display: inline-block; position: relative; width: 300px; height: 225px; overflow: hidden;"
		" background-color: #000 }\n",
	.flags = COMPONENT_LOADS,
	.created = created,
	.destroyed = destroyed,
	.changed = changed,
	.paint = paint,
	.looks = looks,
	.tapped = video_tapped,
	.touched = video_touched,
	.woken = woken,
	.shown = shown,
	.asked = asked,
};
