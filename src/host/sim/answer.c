/* What a simulated device, messenger and person answer when the script says nothing. */
#include "host/sim/device.h"
#include "host/sim/part.h"

#include <string.h>

struct answer_row {
	const char *name;   // the wx API
	const char *result; // JSON; NULL: fails
	const char *fail;   // "cancel" ...
	/* Instead of both: a result that has to be computed. Gives a new value. */
	struct value (*compute)(struct sim_host *sim, struct value parameters);
	const char *scope;  // that the person has to allow; NULL: none
};

extern const struct answer_row sim_answer_rows[];

static struct value set_clipboard(struct sim_host *sim, struct value parameters)
{
	value_unref(sim->clipboard);
	sim->clipboard = value_ref(value_get_text(parameters, "data"));
	return value_object_new(0);
}

static struct value get_clipboard(struct sim_host *sim, struct value parameters)
{
	UNUSED(parameters);
	struct value result = value_object_new(1);
	value_object_set_text(&result, "data", value_is(sim->clipboard, VALUE_STRING) ? value_ref(sim->clipboard) : value_text(""));
	return result;
}

static struct value subscribe(struct sim_host *sim, struct value parameters)
{
	UNUSED(sim);
	struct value ids = value_get_text(parameters, "tmplIds"), result = value_object_new(value_len(ids));
	for (size_t i = 0; i < value_len(ids); i++) {
		value_object_set(&result, value_str(value_at(ids, i)), value_text("accept"));
	}
	return result;
}

/* What the script's "live" says of the address; all of them can be had where it says nothing. */
static struct value live_source(struct sim_host *sim, struct value parameters)
{
	struct value all = sim_script_get(&sim->script, "live"), source = value_object_new(6);
	struct str src = value_str(value_get_text(parameters, "src"));
	value_object_set_text(&source, "connect", value_number(200));
	value_object_set_text(&source, "width", value_number(640));
	value_object_set_text(&source, "height", value_number(360));
	for (size_t i = 0; i < value_count(all); i++) {
		struct value row = value_entry(all, i);
		for (size_t k = 0; sim_script_matches(value_key(all, i), src) && k < value_count(row); k++) {
			value_object_set(&source, value_key(row, k), value_ref(value_entry(row, k)));
		}
	}
	return source;
}

static void set_facts(struct sim_host *sim, struct value *facts)
{
	const struct host_screen_info *screen = &sim->screen;
	value_object_set_text(facts, "pixelRatio", value_number(screen->dpr));
	value_object_set_text(facts, "screenWidth", value_number(screen->width));
	value_object_set_text(facts, "screenHeight", value_number(screen->height));
	value_object_set_text(facts, "windowWidth", value_number(screen->width));
	value_object_set_text(facts, "windowHeight",
		value_number(screen->height - screen->status_bar_height - screen->navigation_bar_height));
	value_object_set_text(facts, "statusBarHeight", value_number(screen->status_bar_height));
	value_object_set_text(facts, "safeArea", host_screen_safe_area(screen));
	value_object_set_text(facts, "theme", value_text(screen->dark ? "dark" : "light"));
}

static struct value facts(struct host *host)
{
	static const char fixed[] = "{\"errMsg\":\"\",\"brand\":\"devtools\",\"model\":\"iPhone 6\",\"system\":\"iOS 10.0.1\","
		"\"platform\":\"devtools\",\"language\":\"zh_CN\",\"version\":\"8.0.50\",\"SDKVersion\":\"3.5.0\","
		"\"fontSizeSetting\":16,\"benchmarkLevel\":1,\"deviceOrientation\":\"portrait\",\"enableDebug\":false,"
		"\"albumAuthorized\":true,\"cameraAuthorized\":true,\"locationAuthorized\":true,"
		"\"microphoneAuthorized\":true,\"notificationAuthorized\":true,\"bluetoothEnabled\":true,"
		"\"locationEnabled\":true,\"wifiEnabled\":true,\"host\":{\"appId\":\"\",\"env\":\"WeChat\"}}";
	struct sim_host *sim = sim_of(host);
	struct value all = value_undefined();
	json_parse(str_of(fixed), &all, NULL);
	value_object_remove(&all, STR("errMsg"));
	set_facts(sim, &all);
	sim_person_set_facts(sim, &all);
	sim_device_facts(sim, &all);
	struct value scripted = sim_script_get(&sim->script, "facts");
	for (size_t i = 0; i < value_count(scripted); i++) {
		value_object_set(&all, value_key(scripted, i), value_ref(value_entry(scripted, i)));
	}
	return all;
}

bool sim_answer_scripted(struct sim_host *sim, const char *name, struct host_request *request)
{
	enum host_outcome outcome;
	struct value result;
	double delay;
	if (!sim_script_answer(&sim->script, name, &outcome, &result, &delay)) {
		return false;
	}
	if (strcmp(name, "showModal") == 0 && outcome == HOST_OK) {
		struct value whole = host_overlay_modal_result(result);
		value_unref(result);
		result = whole;
	}
	host_request_finish_later(request, delay, outcome, result);
	return true;
}

/* What the row says, to somebody who allows it. */
static void give(struct sim_host *sim, const struct answer_row *row, struct value parameters, struct host_request *request)
{
	if (row->scope && !sim_person_allows(sim, str_of(row->scope))) {
		host_request_fail_later(request, HOST_DENIED, "auth deny");
	} else if (row->compute) {
		host_request_finish_later(request, 0, HOST_OK, row->compute(sim, parameters));
	} else if (row->result) {
		struct value result = value_undefined();
		json_parse(str_of(row->result), &result, NULL);
		host_request_finish_later(request, 0, HOST_OK, result);
	} else if (row->fail) {
		host_request_fail_later(request, sim_script_outcome(str_of(row->fail)), row->fail);
	} else {
		host_request_fail_later(request, HOST_UNSUPPORTED, host_outcome_text(HOST_UNSUPPORTED));
	}
}

struct asking { // the person is asked before a device is used
	struct sim_host *sim;
	const struct answer_row *row;
	struct value parameters;
	struct host_request *outer;
	struct host_request inner;
};

static void release_asking(struct host_request *request)
{
	struct asking *asking = request->operation;
	host_request_drop(&asking->inner);
	value_unref(asking->parameters);
	mem_free(asking);
}

static void asked(struct host_request *inner, enum host_outcome outcome, struct value result)
{
	struct asking *asking = CONTAINER_OF(inner, struct asking, inner);
	struct host_request *outer = asking->outer;
	UNUSED(outcome); // the person's settings have it
	UNUSED(result);
	outer->release = NULL;
	outer->operation = NULL;
	give(asking->sim, asking->row, asking->parameters, outer);
	value_unref(asking->parameters);
	mem_free(asking);
}

static void ask_first(struct sim_host *sim, const struct answer_row *row, struct value parameters, struct host_request *request)
{
	struct asking *asking = mem_alloc(sizeof(*asking));
	struct value shown = value_object_new(1);
	*asking = (struct asking){.sim = sim, .row = row, .parameters = value_ref(parameters), .outer = request, .inner.on_finish = asked};
	request->operation = asking;
	request->release = release_asking;
	value_object_set_text(&shown, "scope", value_text(row->scope));
	host_request_begin(&asking->inner, &sim->host);
	host_overlay_ask(&sim->overlay, HOST_OVERLAY_PERMISSION, shown, &asking->inner);
	asking->inner.starting = false;
	value_unref(shown);
}

void sim_answer(struct host *host, const char *name, struct value parameters, struct host_request *request)
{
	struct sim_host *sim = sim_of(host);
	if (sim_answer_scripted(sim, name, request)) {
		return;
	}
	const struct answer_row *row = sim_answer_rows;
	while (row->name && strcmp(row->name, name) != 0) {
		row++;
	}
	if (row->scope && sim_person_asks(sim, str_of(row->scope))) {
		ask_first(sim, row, parameters, request);
	} else {
		give(sim, row, parameters, request);
	}
}

struct value sim_answer_now(struct sim_host *sim, const char *name)
{
	struct value scripted = sim_script_answer_now(&sim->script, name), result = value_undefined();
	if (!value_is(scripted, VALUE_UNDEFINED)) {
		return value_ref(scripted);
	}
	for (const struct answer_row *row = sim_answer_rows; row->name; row++) {
		if (strcmp(row->name, name) == 0 && row->result) {
			json_parse(str_of(row->result), &result, NULL);
		} else if (strcmp(row->name, name) == 0 && row->fail) {
			result = value_object_new(1);
			value_object_set_text(&result, "$fail", value_text(row->fail));
		}
	}
	return result;
}

#define CALL_NAME(slot, name) name,

const char *sim_host_call_name(size_t index)
{
	static const char *const names[] = {HOST_DEVICE_CALLS(CALL_NAME) HOST_LOCATION_CALLS(CALL_NAME) HOST_MEDIA_CALLS(CALL_NAME)
		HOST_OPEN_CALLS(CALL_NAME) HOST_UI_CALLS(CALL_NAME)};
	return index < ARRAY_LEN(names) ? names[index] : NULL;
}

#define FUNCTION(slot, name) \
	static void call_##slot(struct host *host, struct value parameters, struct host_request *request) \
	{ \
		sim_answer(host, name, parameters, request); \
	}
#define ROW(slot, name) .slot = call_##slot,
HOST_DEVICE_CALLS(FUNCTION)
const struct host_device sim_device = {.facts = facts, HOST_DEVICE_CALLS(ROW)};
HOST_MEDIA_CALLS(FUNCTION)
const struct host_media sim_media = {HOST_MEDIA_CALLS(ROW)};
HOST_LOCATION_CALLS(FUNCTION)
const struct host_location sim_location = {HOST_LOCATION_CALLS(ROW)};

#define PLACE "{\"latitude\":23.12908,\"longitude\":113.26436,\"speed\":-1,\"accuracy\":65,\"altitude\":0," \
	"\"verticalAccuracy\":65,\"horizontalAccuracy\":65}"

/* What is not listed is "not supported". */
const struct answer_row sim_answer_rows[] = {
	{"getNetworkType", "{\"networkType\":\"wifi\",\"isConnected\":true}"},
	{"getBatteryInfo", "{\"level\":100,\"isCharging\":false}"},
	{"vibrateShort", "{}"},
	{"vibrateLong", "{}"},
	{"setClipboardData", .compute = set_clipboard},
	{"getClipboardData", .compute = get_clipboard},
	{"makePhoneCall", "{}"},
	{"addPhoneContact", "{}", .scope = "scope.addPhoneContact"},
	{"scanCode", .fail = "cancel"},
	{"startAccelerometer", "{}"},
	{"startCompass", "{}"},
	{"startGyroscope", "{}"},
	{"startDeviceMotionListening", "{}"},
	{"chooseImage", .fail = "cancel"},
	{"chooseVideo", .fail = "cancel"},
	{"chooseMedia", .fail = "cancel"},
	{"chooseMessageFile", .fail = "cancel"},
	{"camera", "{}", .scope = "scope.camera"},
	{"livePlayer", .compute = live_source},
	{"livePusher", .compute = live_source, .scope = "scope.record"},
	{"previewImage", "{}"},
	{"previewMedia", "{}"},
	{"saveImageToPhotosAlbum", "{}", .scope = "scope.writePhotosAlbum"},
	{"saveVideoToPhotosAlbum", "{}", .scope = "scope.writePhotosAlbum"},
	{"openDocument", "{}"},
	{"getLocation", PLACE, .scope = "scope.userLocation"},
	{"chooseLocation", .fail = "cancel"},
	{"openLocation", "{}"},
	{"startLocationUpdate", "{}", .scope = "scope.userLocation"},
	{"requestPayment", .fail = "cancel"},
	{"requestSubscribeMessage", .compute = subscribe},
	{"navigateToMiniProgram", "{}"},
	{"navigateBackMiniProgram", "{}"},
	{"exitMiniProgram", "{}"},
	{"chooseAddress", .fail = "cancel"},
	{"chooseInvoiceTitle", .fail = "cancel"},
	{"addCard", .fail = "cancel"},
	{"openCard", "{}"},
	{"openCustomerServiceChat", "{}"},
	{"launchApp", "{}"},
	{"feedback", "{}"},
	{"reportAnalytics", "{}"},
	{"formId", "{\"formId\":\"the formId is a mock one\"}"},
	{"nicknameReview", "{\"pass\":true,\"timeout\":false}"},
	{"getUpdateManager", "{\"hasUpdate\":false}"},
	{NULL},
};
