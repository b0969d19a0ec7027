/* LivePlayerContext and LivePusherContext, and what their components ask of the host: camera, microphone, source. */
#include "runtime/api/api.h"

#include "host/media.h"

static void opened(struct api_call *call, bool ok, struct value result)
{
	struct page *page = app_page_by_id(call->app, call->page);
	struct value answer = value_unshared(value_ref(result));
	value_object_set_text(&answer, "ok", value_bool(ok));
	value_object_set_text(&answer, "turn", value_ref(value_get_text(call->parameters, "turn")));
	value_object_set_text(&answer, "what", value_ref(value_get_text(call->parameters, "what")));
	if (page) {
		view_answer(page_view(page), call->node, answer);
	}
	value_unref(answer);
}

static void open_live(struct api_call *call)
{
	struct str what = api_call_text(call, "what");
	struct host *host = app_host(call->app);
	api_call_forward(call);
	if (str_is(what, "camera")) {
		HOST_CALL(host, media, camera, call->parameters, &call->request);
	} else if (str_is(what, "push")) {
		HOST_CALL(host, media, live_push, call->parameters, &call->request);
	} else {
		HOST_CALL(host, media, live_play, call->parameters, &call->request);
	}
}

void api_live_open(struct api_dispatcher *dispatcher, struct page *page, struct value data, slot_id node)
{
	static const struct api row = {"insertLive", API_ASYNC, .call = open_live};
	api_start(dispatcher, &row, data, page, node, opened);
}

/* Undefined is success; a picture becomes a file. */
static void ask(struct api_call *call)
{
	struct api_object *object = api_object_get(call->dispatcher, call->object);
	struct value result;
	if (!object || !api_media_ask(object, str_of(call->api->name), call->parameters, &result)) {
		api_call_fail(call, "there is no such live component");
		return;
	}
	struct str error = value_str(value_get_text(result, "errMsg"));
	if (error.len) {
		api_call_fail(call, STR_FMT, STR_ARG(error));
	} else if (value_has(result, STR("bytes"))) {
		api_camera_save(call, result);
	} else {
		api_call_succeed(call, value_object_new(0));
	}
	value_unref(result);
}

static void no_casting(struct api_call *call)
{
	api_call_fail(call, "there is no device to cast to");
}

static void no_sound(struct api_call *call)
{
	api_call_fail(call, "not supported: a simulated stream has no sound");
}

static void no_message(struct api_call *call)
{
	api_call_fail(call, "not supported: nobody receives a simulated stream");
}

static const struct schema direction_rows[] = {{"direction", SCHEMA_NUMBER, .fallback = "0", .doc = "0, 90, -90"}, {0}};
static const struct schema snapshot_rows[] = {
	{"quality", SCHEMA_STRING, .fallback = "\"raw\"", .choices = "raw|compressed", .since = "2.10.0"}, {0},
};
static const struct schema snapshot_result[] = {
	{"tempImagePath", SCHEMA_STRING}, {"width", SCHEMA_NUMBER, .doc = "px"}, {"height", SCHEMA_NUMBER, .doc = "px"}, {0},
};
static const struct schema bgm_rows[] = {{"url", SCHEMA_STRING, .flags = SCHEMA_REQUIRED}, {0}};
static const struct schema bgm_volume_rows[] = {{"volume", SCHEMA_STRING, .flags = SCHEMA_REQUIRED, .doc = "0 to 1"}, {0}};
static const struct schema mic_volume_rows[] = {{"volume", SCHEMA_NUMBER, .flags = SCHEMA_REQUIRED, .doc = "0 to 1"}, {0}};
static const struct schema message_rows[] = {{"msg", SCHEMA_STRING}, {0}};

const struct api api_live_player_calls[] = {
	{"play", API_ASYNC, "1.7.0", .doc = "Connects and plays.", .call = ask},
	{"stop", API_ASYNC, "1.7.0", .doc = "Lets go of the source.", .call = ask},
	{"mute", API_ASYNC, "1.7.0", .doc = "Silence, and the next time sound again.", .call = ask},
	{"pause", API_ASYNC, "1.9.90", .doc = "Holds the picture.", .call = ask},
	{"resume", API_ASYNC, "1.9.90", .doc = "Goes on from where the source is now.", .call = ask},
	{"requestFullScreen", API_ASYNC, "1.7.0", .doc = "Over the whole screen.", .parameters = direction_rows, .call = ask},
	{"exitFullScreen", API_ASYNC, "1.7.0", .doc = "Back into the page.", .call = ask},
	{"snapshot", API_ASYNC, "2.7.1", .doc = "What is seen, as a JPEG file.", .parameters = snapshot_rows, .result = snapshot_result,
		.call = ask},
	{"requestPictureInPicture", API_ASYNC, "2.15.0", .doc = "Into the small window, which the simulated phone only tells of.", .call = ask},
	{"exitPictureInPicture", API_ASYNC, "2.11.0", .doc = "Out of the small window.", .call = ask},
	{"startCasting", API_ASYNC, "2.32.0", .doc = "Fails: there is nothing to cast to.", .call = no_casting},
	{"switchCasting", API_ASYNC, "2.32.0", .doc = "Fails: there is nothing to cast to.", .call = no_casting},
	{"reconnectCasting", API_ASYNC, "2.32.0", .doc = "Fails: there is nothing to cast to.", .call = no_casting},
	{"exitCasting", API_ASYNC, "2.32.0", .doc = "Fails: there is nothing to cast to.", .call = no_casting},
	{0},
};

const struct api api_live_pusher_calls[] = {
	{"start", API_ASYNC, "1.7.0", .doc = "Opens camera and microphone, connects and pushes.", .call = ask},
	{"stop", API_ASYNC, "1.7.0", .doc = "Ends pushing and the preview.", .call = ask},
	{"pause", API_ASYNC, "1.7.0", .doc = "Holds the picture.", .call = ask},
	{"resume", API_ASYNC, "1.7.0", .doc = "Pushes on.", .call = ask},
	{"switchCamera", API_ASYNC, "1.7.0", .doc = "The other lens.", .call = ask},
	{"snapshot", API_ASYNC, "1.9.90", .doc = "What is seen, as a JPEG file.", .parameters = snapshot_rows, .result = snapshot_result,
		.call = ask},
	{"toggleTorch", API_ASYNC, "2.1.0", .doc = "The lamp on and off; the front lens has none.", .call = ask},
	{"startPreview", API_ASYNC, "2.7.0", .doc = "Shows what the camera sees without pushing.", .call = ask},
	{"stopPreview", API_ASYNC, "2.7.0", .doc = "Ends the preview.", .call = ask},
	{"playBGM", API_ASYNC, "2.4.0", .doc = "Fails: a simulated stream has no sound.", .parameters = bgm_rows, .call = no_sound},
	{"stopBGM", API_ASYNC, "2.4.0", .doc = "Fails: a simulated stream has no sound.", .call = no_sound},
	{"pauseBGM", API_ASYNC, "2.4.0", .doc = "Fails: a simulated stream has no sound.", .call = no_sound},
	{"resumeBGM", API_ASYNC, "2.4.0", .doc = "Fails: a simulated stream has no sound.", .call = no_sound},
	{"setBGMVolume", API_ASYNC, "2.4.0", .doc = "Fails: a simulated stream has no sound.", .parameters = bgm_volume_rows, .call = no_sound},
	{"setMICVolume", API_ASYNC, "2.10.0", .doc = "Fails: a simulated stream has no sound.", .parameters = mic_volume_rows, .call = no_sound},
	{"sendMessage", API_ASYNC, "2.10.0", .doc = "Fails: nobody receives a simulated stream.", .parameters = message_rows, .call = no_message},
	{0},
};
