/* wx.getImageInfo: what a picture is, wherever it is. */
#include "runtime/api/api.h"

#include "border/gfx/image.h"
#include "host/request.h"

static void end(struct api_call *call, struct str bytes, struct value path)
{
	struct gfx_image *image = NULL;
	if (gfx_image_decode(bytes, &image) != GFX_IMAGE_OK) {
		api_call_fail(call, "illegal image format");
		value_unref(path);
		return;
	}
	struct size size = gfx_image_size(image);
	struct value result = value_object_new(5);
	value_object_set_text(&result, "width", value_number(size.width));
	value_object_set_text(&result, "height", value_number(size.height));
	value_object_set_text(&result, "path", path);
	value_object_set_text(&result, "orientation", value_text("up"));
	value_object_set_text(&result, "type", value_text(gfx_image_format(image)));
	gfx_image_unref(image);
	api_call_succeed(call, result);
}

/* What came over the network becomes a temporary file. */
static void fetched(struct host_request *request, enum host_outcome outcome, struct value result)
{
	struct api_call *call = CONTAINER_OF(request, struct api_call, request);
	double status = value_to_number(value_get_text(result, "statusCode"));
	struct gfx_image *image = NULL;
	struct host_answer saved = {0};
	if (outcome != HOST_OK || !(status >= 200 && status < 300) || !request->bytes) {
		api_call_fail(call, "download image fail. reason: %s", outcome == HOST_OK ? "statusCode" : host_outcome_text(outcome));
		return;
	}
	struct str bytes = host_bytes_str(request->bytes);
	if (gfx_image_decode(bytes, &image) != GFX_IMAGE_OK) {
		api_call_fail(call, "illegal image format");
		return;
	}
	struct value file = value_object_new(1);
	value_object_set_text(&file, "extension", value_text(gfx_image_format(image)));
	gfx_image_unref(image);
	if (HOST_ASK(app_host(call->app), file, temp, file, request->bytes, &saved) == HOST_OK) {
		end(call, bytes, value_ref(value_get_text(saved.value, "path")));
	} else {
		api_call_fail(call, "cannot save the image");
	}
	host_answer_finish(&saved);
	value_unref(file);
}

static void get_info(struct api_call *call)
{
	struct strbuf url = {0}, bytes = {0};
	app_resolve_picture(call->app, api_call_text(call, "src"), &url);
	struct str place = strbuf_str(&url);
	if (str_starts(place, STR("http://")) || str_starts(place, STR("https://"))) {
		struct value parameters = value_object_new(1);
		value_object_set_text(&parameters, "url", value_string(place));
		call->request.on_finish = fetched;
		HOST_CALL(app_host(call->app), net, request, parameters, &call->request);
		value_unref(parameters);
	} else if (app_picture_bytes(call->app, place, &bytes)) {
		end(call, strbuf_str(&bytes), value_string(place));
	} else {
		api_call_fail(call, "file not found");
	}
	strbuf_finish(&url);
	strbuf_finish(&bytes);
}

static const struct schema info_rows[] = {{"src", SCHEMA_STRING, SCHEMA_REQUIRED, .doc = "of the package, a temporary or saved file, or an address"}, {0}};

static const struct schema info_result[] = {
	{"width", SCHEMA_NUMBER, .doc = "px"}, {"height", SCHEMA_NUMBER, .doc = "px"}, {"path", SCHEMA_STRING, .doc = "where it is on the device"},
	{"orientation", SCHEMA_STRING, .since = "1.9.90", .doc = "up: pictures are read as they lie"}, {"type", SCHEMA_STRING, .since = "1.9.90"}, {0}};

const struct api api_image_rows[] = {
	{"getImageInfo", API_ASYNC, NULL, "Size and format of a picture.", info_rows, info_result,
		"file not found|illegal image format|download image fail. reason: REASON", get_info},
	{0},
};
