/* Sounds that scripts play: wx.createInnerAudioContext and the one background audio. They play on the host's clock, and to be
 * heard they would need a loudspeaker: what they tell is the same without. */
#include "runtime/api/api.h"

#include "border/media/source.h"
#include "core/media/player.h"

#include <string.h>

struct sound_event {
	const char *name;
	struct value detail;
};

struct sound {
	struct app *app;
	slot_id object;
	bool background;   // setting its src plays it
	struct value kept; // properties as they were set
	struct media_source *source;
	struct player player;
	struct host_timer timer;
	bool wanted, told, stopped;
	VEC(struct sound_event) events; // to be told on a later turn
};

static const struct schema inner_properties[], background_properties[];

static double now_of(const struct sound *sound)
{
	return host_monotonic(app_host(sound->app));
}

static void emit(struct sound *sound, const char *event, struct value detail)
{
	vec_push(&sound->events, ((struct sound_event){event, detail}));
}

/* Old listeners of wx hear of the background audio, too. Consumes detail. */
static void tell_script(struct sound *sound, const char *event, struct value detail)
{
	struct strbuf name = {0};
	if (sound->background && (strcmp(event, "Play") == 0 || strcmp(event, "Pause") == 0 || strcmp(event, "Stop") == 0)) {
		strbuf_printf(&name, "onBackgroundAudio%s", event);
		app_emit(sound->app, name.at, value_object_new(0));
		strbuf_finish(&name);
	}
	app_object_emit(sound->app, sound->object, event, detail);
}

static void tell(struct sound *sound, const char *event)
{
	emit(sound, event, value_object_new(0));
}

static struct value kept(const struct sound *sound, const char *name)
{
	return value_get_text(sound->kept, name);
}

static double kept_number(const struct sound *sound, const char *name, double fallback)
{
	struct value value = kept(sound, name);
	double number = value_is_nullish(value) ? fallback : value_to_number(value);
	return isfinite(number) ? number : fallback;
}

static void plan(struct sound *sound)
{
	struct host *host = app_host(sound->app);
	double due = player_due(&sound->player), now = now_of(sound);
	host_timer_stop(host, &sound->timer);
	if (sound->events.len || (sound->source && !sound->told && sound->source->state != MEDIA_WAITING)) {
		due = now;
	}
	if (due < INFINITY) {
		host_timer_start(host, &sound->timer, fmax(due - now, 0));
	}
}

static void begin(struct sound *sound)
{
	sound->wanted = sound->stopped = false;
	player_set_rate(&sound->player, fmin(fmax(kept_number(sound, "playbackRate", 1), 0.5), 2), now_of(sound));
	player_play(&sound->player, now_of(sound));
	tell(sound, "Play");
}

static void fail(struct sound *sound)
{
	bool missing = sound->source->state == MEDIA_MISSING, far = str_find(strbuf_str(&sound->source->url), STR("://")) != SIZE_MAX;
	int code = !missing ? 10004 : far ? 10002 : 10003;
	struct value detail = value_object_new(2);
	sound->wanted = false;
	value_object_set_text(&detail, "errMsg", value_text(code == 10004 ? "format error" : code == 10002 ? "network error" : "file error"));
	value_object_set_text(&detail, "errCode", value_number(code));
	emit(sound, "Error", detail);
}

static void arrive(struct sound *sound)
{
	sound->told = true;
	if (sound->source->state != MEDIA_READY) {
		fail(sound);
		return;
	}
	player_init(&sound->player, sound->source->facts.duration);
	player_seek(&sound->player, kept_number(sound, "startTime", 0), now_of(sound));
	sound->player.loop = value_to_bool(kept(sound, "loop"));
	tell(sound, "Canplay");
	if (sound->wanted) {
		begin(sound);
	}
}

/* The file has come, or the player's time. */
static void look(struct host_timer *timer)
{
	struct sound *sound = CONTAINER_OF(timer, struct sound, timer);
	if (sound->source && !sound->told && sound->source->state != MEDIA_WAITING) {
		arrive(sound);
	}
	for (enum player_news news; (news = player_next(&sound->player, now_of(sound))) != PLAYER_NOTHING;) {
		tell(sound, news == PLAYER_ENDED ? "Ended" : "TimeUpdate");
	}
	while (sound->events.len) { // what listeners do may add to them
		struct sound_event event = sound->events.at[0];
		vec_remove(&sound->events, 0);
		tell_script(sound, event.name, event.detail);
	}
	plan(sound);
}

static void drop(struct sound *sound)
{
	host_timer_stop(app_host(sound->app), &sound->timer);
	media_source_unref(sound->source);
	sound->source = NULL;
	sound->wanted = sound->told = false;
	player_init(&sound->player, 0);
}

static void forget_events(struct sound *sound)
{
	for (size_t i = 0; i < sound->events.len; i++) {
		value_unref(sound->events.at[i].detail);
	}
	vec_clear(&sound->events);
}

static void set_src(struct sound *sound, struct str src)
{
	drop(sound);
	while (src.len && src.at[0] == '/' && !str_starts(src, STR("//"))) {
		src = str_slice(src, 1, src.len);
	}
	if (src.len) {
		sound->source = app_media(sound->app, src);
		sound->wanted = sound->background || value_to_bool(kept(sound, "autoplay"));
	}
	plan(sound);
}

static void play(struct sound *sound)
{
	if (!sound->source || sound->player.playing) {
		return;
	}
	if (!sound->told) {
		sound->wanted = true;
		tell(sound, "Waiting");
	} else if (sound->source->state == MEDIA_READY) {
		begin(sound);
	} else {
		fail(sound);
	}
}

static void pause(struct sound *sound)
{
	bool playing = sound->player.playing;
	sound->wanted = false;
	player_pause(&sound->player, now_of(sound));
	if (playing) {
		tell(sound, "Pause");
	}
}

static void stop(struct sound *sound)
{
	bool on = sound->player.playing || sound->player.position > 0 || sound->wanted;
	sound->wanted = false;
	sound->stopped = true;
	player_pause(&sound->player, now_of(sound));
	player_seek(&sound->player, 0, now_of(sound));
	if (on) {
		tell(sound, "Stop");
	}
}

static void seek(struct sound *sound, double to)
{
	if (!sound->told || sound->source->state != MEDIA_READY) {
		return;
	}
	if (!sound->background) {
		tell(sound, "Seeking");
	}
	player_seek(&sound->player, to, now_of(sound));
	if (!sound->background) {
		tell(sound, "Seeked");
	}
}

static struct value method(struct api_object *object, struct str name, struct value args)
{
	struct sound *sound = object->state;
	if (str_is(name, "destroy")) {
		drop(sound);
		forget_events(sound);
	} else if (str_is(name, "play")) {
		play(sound);
	} else if (str_is(name, "pause")) {
		pause(sound);
	} else if (str_is(name, "stop")) {
		stop(sound);
	} else if (str_is(name, "seek")) {
		seek(sound, value_to_number(value_at(args, 0)));
	}
	plan(sound);
	return value_object_new(0);
}

static struct value get(struct api_object *object, struct str name)
{
	struct sound *sound = object->state;
	bool ready = sound->source && sound->source->state == MEDIA_READY;
	if (str_is(name, "duration")) {
		return value_number(ready ? sound->source->facts.duration : 0);
	}
	if (str_is(name, "currentTime")) {
		return value_number(round(player_at(&sound->player, now_of(sound)) * 1e6) / 1e6);
	}
	if (str_is(name, "paused")) {
		return value_bool(!sound->player.playing);
	}
	if (str_is(name, "buffered")) {
		return value_number(ready ? sound->source->facts.duration : 0);
	}
	return value_ref(value_get(sound->kept, name));
}

static bool is_read_only(struct str name)
{
	return str_is(name, "duration") || str_is(name, "currentTime") || str_is(name, "paused") || str_is(name, "buffered");
}

static void set(struct api_object *object, struct str name, struct value value)
{
	struct sound *sound = object->state;
	if (is_read_only(name)) {
		return;
	}
	sound->kept = value_unshared(sound->kept);
	value_object_set(&sound->kept, name, value_ref(value));
	if (str_is(name, "src")) {
		set_src(sound, value_str(value));
	} else if (str_is(name, "loop")) {
		sound->player.loop = value_to_bool(value);
	} else if (str_is(name, "playbackRate")) {
		player_set_rate(&sound->player, fmin(fmax(kept_number(sound, "playbackRate", 1), 0.5), 2), now_of(sound));
		plan(sound);
	} else if (str_is(name, "autoplay") && value_to_bool(value) && sound->source && !sound->told) {
		sound->wanted = true;
	}
}

static void media(struct api_object *object)
{
	plan(object->state);
}

static void destroy(struct api_object *object)
{
	struct sound *sound = object->state;
	drop(sound);
	forget_events(sound);
	vec_finish(&sound->events);
	value_unref(sound->kept);
	mem_free(sound);
}

static void make(struct api_object *object, bool background, const struct schema *properties)
{
	struct sound *sound = mem_alloc(sizeof(*sound));
	object->state = sound;
	sound->app = object->app;
	sound->object = object->id;
	sound->background = background;
	sound->timer.fire = look;
	sound->kept = schema_fill(properties, value_undefined());
	player_init(&sound->player, 0);
}

static void made_inner(struct api_object *object, struct value args)
{
	make(object, false, inner_properties);
}

static void made_background(struct api_object *object, struct value args)
{
	make(object, true, background_properties);
}

const struct api_class api_inner_audio = {
	"InnerAudioContext", "play|pause|stop|seek|destroy", method, destroy,
	.events = "Canplay|Play|Pause|Stop|Ended|TimeUpdate|Error|Waiting|Seeking|Seeked",
	.properties = inner_properties, .get = get, .set = set, .media = media,
};

const struct api_class api_background_audio = {
	"BackgroundAudioManager", "play|pause|stop|seek", method, destroy,
	.events = "Canplay|Play|Pause|Stop|Ended|TimeUpdate|Prev|Next|Error|Waiting",
	.properties = background_properties, .get = get, .set = set, .media = media, .single = true,
};

static const struct schema inner_properties[] = {
	{"src", SCHEMA_STRING, .fallback = "\"\"", .doc = "package path, network address, wxfile: or data: URI"},
	{"startTime", SCHEMA_NUMBER, .fallback = "0", .doc = "s"},
	{"autoplay", SCHEMA_BOOL, .fallback = "false"},
	{"loop", SCHEMA_BOOL, .fallback = "false"},
	{"obeyMuteSwitch", SCHEMA_BOOL, .fallback = "true"},
	{"volume", SCHEMA_NUMBER, .fallback = "1", .since = "1.9.90", .doc = "0 to 1"},
	{"playbackRate", SCHEMA_NUMBER, .fallback = "1", .since = "2.11.0", .doc = "0.5 to 2"},
	{"referrerPolicy", SCHEMA_STRING, .fallback = "\"no-referrer\"", .since = "2.13.0"},
	{"duration", SCHEMA_NUMBER, .doc = "s, read only"},
	{"currentTime", SCHEMA_NUMBER, .doc = "s, read only"},
	{"paused", SCHEMA_BOOL, .doc = "or stopped; read only"},
	{"buffered", SCHEMA_NUMBER, .doc = "s, read only"},
	{0},
};

static const struct schema background_properties[] = {
	{"src", SCHEMA_STRING, .fallback = "\"\"", .doc = "setting it plays"},
	{"startTime", SCHEMA_NUMBER, .fallback = "0", .doc = "s"},
	{"title", SCHEMA_STRING, .fallback = "\"\""},
	{"epname", SCHEMA_STRING, .fallback = "\"\""},
	{"singer", SCHEMA_STRING, .fallback = "\"\""},
	{"coverImgUrl", SCHEMA_STRING, .fallback = "\"\""},
	{"webUrl", SCHEMA_STRING, .fallback = "\"\""},
	{"protocol", SCHEMA_STRING, .fallback = "\"http\"", .since = "1.9.94"},
	{"playbackRate", SCHEMA_NUMBER, .fallback = "1", .since = "2.11.0"},
	{"referrerPolicy", SCHEMA_STRING, .fallback = "\"no-referrer\"", .since = "2.13.0"},
	{"duration", SCHEMA_NUMBER, .doc = "s, read only"},
	{"currentTime", SCHEMA_NUMBER, .doc = "s, read only"},
	{"paused", SCHEMA_BOOL, .doc = "or stopped; read only"},
	{"buffered", SCHEMA_NUMBER, .doc = "s, read only"},
	{0},
};

/* --- the functions of before 1.2.0: the same one background audio --- */

static struct api_object *background(struct api_call *call)
{
	struct api_object *object = api_object_single(call->dispatcher, &api_background_audio);
	if (!object) {
		object = api_object_make(call->dispatcher, &api_background_audio, NULL);
		made_background(object, value_undefined());
	}
	return object;
}

static void old_play(struct api_call *call)
{
	static const struct { const char *from, *to; } names[] = {{"title", "title"}, {"coverImgUrl", "coverImgUrl"}, {"dataUrl", "src"}};
	struct api_object *object = background(call);
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		set(object, str_of(names[i].to), value_get_text(call->parameters, names[i].from));
	}
	api_call_succeed(call, value_object_new(0));
}

static void old_command(struct api_call *call)
{
	struct str name = str_of(call->api->name);
	struct api_object *object = background(call);
	struct value args = value_array_new(1);
	value_array_push(&args, value_ref(value_get_text(call->parameters, "position")));
	struct str verb = str_slice(name, 0, str_find(name, STR("Background")));
	value_unref(method(object, verb, args));
	value_unref(args);
	api_call_succeed(call, value_object_new(0));
}

static void old_state(struct api_call *call)
{
	struct api_object *object = background(call);
	struct sound *sound = object->state;
	bool nothing = !sound->source || sound->stopped || sound->player.ended;
	struct value result = value_object_new(5);
	value_object_set_text(&result, "status", value_number(nothing ? 2 : sound->player.playing ? 1 : 0));
	if (!nothing) {
		value_object_set_text(&result, "duration", get(object, STR("duration")));
		value_object_set_text(&result, "currentPosition", get(object, STR("currentTime")));
		value_object_set_text(&result, "downloadPercent", value_number(sound->source->state == MEDIA_READY ? 100 : 0));
		value_object_set_text(&result, "dataUrl", value_ref(kept(sound, "src")));
	}
	api_call_succeed(call, result);
}

static const struct schema play_rows[] = {
	{"dataUrl", SCHEMA_STRING, SCHEMA_REQUIRED}, {"title", SCHEMA_STRING}, {"coverImgUrl", SCHEMA_STRING}, {0},
};
static const struct schema seek_rows[] = {{"position", SCHEMA_NUMBER, SCHEMA_REQUIRED, .doc = "s"}, {0}};
static const struct schema state_rows[] = {
	{"status", SCHEMA_NUMBER, .doc = "2: nothing, 1: plays, 0: paused"},
	{"duration", SCHEMA_NUMBER, .doc = "s"},
	{"currentPosition", SCHEMA_NUMBER, .doc = "s"},
	{"downloadPercent", SCHEMA_NUMBER},
	{"dataUrl", SCHEMA_STRING},
	{0},
};

const struct api api_sound_rows[] = {
	{"createInnerAudioContext", API_FACTORY, "1.6.0", .doc = "A player of sounds.", .makes = &api_inner_audio, .made = made_inner},
	{"getBackgroundAudioManager", API_FACTORY, "1.2.0", .doc = "The background audio, one for the program.", .makes = &api_background_audio,
		.made = made_background},
	{"playBackgroundAudio", API_ASYNC, NULL, .parameters = play_rows, .call = old_play},
	{"pauseBackgroundAudio", API_ASYNC, NULL, .call = old_command},
	{"seekBackgroundAudio", API_ASYNC, NULL, .parameters = seek_rows, .call = old_command},
	{"stopBackgroundAudio", API_ASYNC, NULL, .call = old_command},
	{"getBackgroundAudioPlayerState", API_ASYNC, NULL, .result = state_rows, .call = old_state},
	{"onBackgroundAudioPlay", API_EVENT, NULL},
	{"onBackgroundAudioPause", API_EVENT, NULL},
	{"onBackgroundAudioStop", API_EVENT, NULL},
	{0},
};
