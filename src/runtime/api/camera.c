/* The camera: its component's leave to look, and CameraContext. */
#include "runtime/api/api.h"

#include "host/media.h"

static void opened(struct api_call *call, bool ok, struct value result)
{
	struct page *page = app_page_by_id(call->app, call->page);
	struct value answer = value_unshared(value_ref(result));
	value_object_set_text(&answer, "ok", value_bool(ok));
	if (page) {
		view_answer(page_view(page), call->node, answer);
	}
	value_unref(answer);
}

static void open_camera(struct api_call *call)
{
	api_call_forward(call);
	HOST_CALL(app_host(call->app), media, camera, call->parameters, &call->request);
}

static const struct api open_row = {"insertCamera", API_ASYNC, .call = open_camera};

void api_camera_open(struct api_dispatcher *dispatcher, struct page *page, struct value data, slot_id node)
{
	api_start(dispatcher, &open_row, data, page, node, opened);
}

void api_camera_save(struct api_call *call, struct value picture)
{
	struct value file = value_object_new(1);
	struct host_answer answer = {0};
	struct str bytes = value_str(value_get_text(picture, "bytes"));
	struct host_bytes *body = bytes.len ? host_bytes_new(bytes.at, bytes.len) : NULL;
	value_object_set_text(&file, "extension", value_text("jpg"));
	if (!body) {
		struct str text = value_str(value_get_text(picture, "errMsg"));
		api_call_fail(call, STR_FMT, STR_ARG(text));
	} else if (HOST_ASK(app_host(call->app), file, temp, file, body, &answer) != HOST_OK) {
		api_call_fail(call, "cannot save the photo");
	} else {
		struct value result = value_object_new(3);
		value_object_set_text(&result, "tempImagePath", value_ref(value_get_text(answer.value, "path")));
		value_object_set_text(&result, "width", value_ref(value_get_text(picture, "width")));
		value_object_set_text(&result, "height", value_ref(value_get_text(picture, "height")));
		api_call_succeed(call, result);
	}
	host_answer_finish(&answer);
	host_bytes_unref(body);
	value_unref(file);
}

static void take_photo(struct api_call *call)
{
	struct api_object *object = api_object_get(call->dispatcher, call->object);
	struct value photo;
	if (!object || !api_media_ask(object, STR("takePhoto"), call->parameters, &photo)) {
		api_call_fail(call, "there is no camera");
		return;
	}
	api_camera_save(call, photo);
	value_unref(photo);
}

static void no_record(struct api_call *call)
{
	api_call_fail(call, "not supported");
}

static const struct schema photo_rows[] = {
	{"quality", SCHEMA_STRING, .fallback = "\"normal\"", .choices = "high|normal|low"}, {0},
};
static const struct schema photo_result[] = {
	{"tempImagePath", SCHEMA_STRING}, {"width", SCHEMA_NUMBER, .doc = "px"}, {"height", SCHEMA_NUMBER, .doc = "px"}, {0},
};

const struct api api_camera_calls[] = {
	{"takePhoto", API_ASYNC, "1.6.0", .doc = "What the camera sees, as a JPEG file.", .parameters = photo_rows, .result = photo_result,
		.call = take_photo},
	{"startRecord", API_ASYNC, "1.6.0", .doc = "Fails: nothing here records.", .call = no_record},
	{"stopRecord", API_ASYNC, "1.6.0", .doc = "Fails: nothing here records.", .call = no_record},
	{0},
};
