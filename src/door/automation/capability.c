/* Capabilities of the simulated device, a row each: what its sensors and its person give to the program. A row answers a call of
 * the host, tells an event, or both. */
#include "door/automation/command.h"

#include "core/value/json.h"
#include "host/device.h"
#include "host/location.h"
#include "host/media.h"
#include "host/open.h"

struct capability {
	const char *api;   // the call of the host that it answers; NULL: none
	enum host_event event;
	bool tells;        // the event, with the parameters as its detail
	const char *fixed; // JSON of what is not asked for; NULL: nothing
};

static const struct capability *row_of(const struct command_call *call) { return call->command->row; }

/* "outcome" other than ok: the call fails so. */
static struct value answer_of(struct command_call *call)
{
	struct value answer = value_object_new(value_count(call->parameters)), fixed = value_undefined();
	struct str outcome = call_text(call, "outcome");
	if (outcome.len && !str_is(outcome, "ok")) {
		value_object_set_text(&answer, "$fail", value_string(outcome));
		return answer;
	}
	if (row_of(call)->fixed && json_parse(str_of(row_of(call)->fixed), &fixed, NULL) == 0) {
		value_unref(answer);
		answer = value_unshared(fixed);
	}
	for (size_t i = 0; i < value_count(call->parameters); i++) {
		if (!str_is(value_key(call->parameters, i), "outcome")) {
			value_object_set(&answer, value_key(call->parameters, i), value_ref(value_entry(call->parameters, i)));
		}
	}
	return answer;
}

static void set(struct command_call *call)
{
	struct sim_host *sim = automation_sim(call);
	const struct capability *row = row_of(call);
	if (!sim) {
		return;
	}
	struct value answer = answer_of(call);
	if (row->api) {
		sim_host_answer(sim, row->api, answer);
	}
	if (row->tells && !value_has(answer, STR("$fail"))) {
		host_tell(&sim->host, row->event, answer);
	}
	value_unref(answer);
	call_succeed(call, value_object_new(0));
}

static struct value now(struct command_call *call)
{
	struct sim_host *sim = call->automation->mina->sim;
	if (!sim || !row_of(call)->api) {
		return value_undefined();
	}
	struct value answer = sim_answer_now(sim, row_of(call)->api), fail = value_get_text(answer, "$fail");
	if (value_is(answer, VALUE_OBJECT)) {
		answer = value_unshared(answer);
		value_object_set_text(&answer, "outcome", value_is(fail, VALUE_STRING) ? value_ref(fail) : value_text("ok"));
	}
	return answer;
}

static void set_clipboard(struct command_call *call)
{
	struct sim_host *sim = automation_sim(call);
	if (sim) {
		value_unref(sim->clipboard);
		sim->clipboard = value_ref(call_value(call, "data"));
		call_succeed(call, value_object_new(0));
	}
}

static struct value clipboard_now(struct command_call *call)
{
	struct sim_host *sim = call->automation->mina->sim;
	struct value all = value_object_new(1);
	value_object_set_text(&all, "data", sim && value_is(sim->clipboard, VALUE_STRING) ? value_ref(sim->clipboard) : value_text(""));
	return all;
}

/* Any call of the host: {result} or a failure, after a delay. */
static void set_answer(struct command_call *call)
{
	struct sim_host *sim = automation_sim(call);
	struct value result = call_value(call, "result"), answer;
	struct str outcome = call_text(call, "outcome"), api = call_text(call, "api");
	if (!sim) {
		return;
	}
	size_t known = 0;
	while (sim_host_call_name(known) && !str_is(api, sim_host_call_name(known))) {
		known++;
	}
	if (!sim_host_call_name(known)) {
		call_fail(call, "the host has no call " STR_FMT, STR_ARG(api));
		return;
	}
	if (str_is(outcome, "as before")) {
		sim_host_answer(sim, sim_host_call_name(known), value_undefined());
		call_succeed(call, value_object_new(0));
		return;
	}
	answer = value_object_new(3);
	if (outcome.len && !str_is(outcome, "ok")) {
		value_object_set_text(&answer, "$fail", value_string(outcome));
	} else {
		value_object_set_text(&answer, "$result", value_is(result, VALUE_UNDEFINED) ? value_object_new(0) : value_ref(result));
	}
	value_object_set_text(&answer, "$delay", value_ref(call_value(call, "delay")));
	sim_host_answer(sim, sim_host_call_name(known), answer);
	value_unref(answer);
	call_succeed(call, value_object_new(0));
}

/* {api: answer} of all that were scripted. */
static struct value answers_now(struct command_call *call)
{
	struct sim_host *sim = call->automation->mina->sim;
	struct value all = value_object_new(1), scripted = value_object_new(4);
	for (size_t i = 0; sim && sim_host_call_name(i); i++) {
		struct value answer = sim_script_answer_now(&sim->script, sim_host_call_name(i));
		if (!value_is(answer, VALUE_UNDEFINED)) {
			value_object_set_text(&scripted, sim_host_call_name(i), value_ref(answer));
		}
	}
	value_object_set_text(&all, "answers", scripted);
	return all;
}

static void put_file(struct command_call *call)
{
	struct sim_host *sim = automation_sim(call);
	struct value script, files;
	if (!sim) {
		return;
	}
	files = value_object_new(1);
	script = value_object_new(1);
	value_object_set(&files, call_text(call, "path"), value_ref(call_value(call, "content")));
	value_object_set_text(&script, "files", files);
	sim_host_apply_script(sim, script);
	value_unref(script);
	call_succeed(call, value_object_new(0));
}

static void set_clock(struct command_call *call)
{
	struct sim_host *sim = automation_sim(call);
	if (sim) {
		sim_world_set_now(sim->world, call->parameters);
		call_succeed(call, value_object_new(0));
	}
}

static struct value clock_now(struct command_call *call)
{
	struct sim_host *sim = call->automation->mina->sim;
	struct value all = value_object_new(1);
	value_object_set_text(&all, "now", value_number(sim ? sim_world_now(sim->world) : 0));
	return all;
}

/* --- rows --- */

#define CALL_NAME(slot, name) name "|"
#define CALL_NAMES HOST_DEVICE_CALLS(CALL_NAME) HOST_LOCATION_CALLS(CALL_NAME) HOST_MEDIA_CALLS(CALL_NAME) HOST_OPEN_CALLS(CALL_NAME) \
	HOST_UI_CALLS(CALL_NAME)

#define OUTCOME(fallback_json) {"outcome", SCHEMA_STRING, .fallback = fallback_json, .choices = "ok|cancel|auth deny|timeout|system error", \
	.doc = "how it ends", .zh = "结果"}
#define AXIS(axis) {axis, SCHEMA_NUMBER, .fallback = "0", .doc = axis, .zh = axis}

static const struct schema location_rows[] = {
	{"latitude", SCHEMA_NUMBER, .fallback = "23.12908", .doc = "degrees north", .zh = "纬度"},
	{"longitude", SCHEMA_NUMBER, .fallback = "113.26436", .doc = "degrees east", .zh = "经度"},
	{"speed", SCHEMA_NUMBER, .fallback = "-1", .doc = "m/s; -1: unknown", .zh = "速度（m/s），-1 为未知"},
	{"accuracy", SCHEMA_NUMBER, .fallback = "65", .doc = "m", .zh = "精度（米）"},
	{"altitude", SCHEMA_NUMBER, .fallback = "0", .doc = "m", .zh = "高度（米）"},
	{"verticalAccuracy", SCHEMA_NUMBER, .fallback = "65", .doc = "m", .zh = "垂直精度（米）"},
	{"horizontalAccuracy", SCHEMA_NUMBER, .fallback = "65", .doc = "m", .zh = "水平精度（米）"},
	OUTCOME("\"ok\""),
	{0},
};
static const struct schema place_rows[] = {
	{"name", SCHEMA_STRING, .fallback = "\"广州塔\"", .doc = "of the place", .zh = "名称"},
	{"address", SCHEMA_STRING, .fallback = "\"广东省广州市海珠区\"", .doc = "of the place", .zh = "地址"},
	{"latitude", SCHEMA_NUMBER, .fallback = "23.10647", .doc = "degrees north", .zh = "纬度"},
	{"longitude", SCHEMA_NUMBER, .fallback = "113.32446", .doc = "degrees east", .zh = "经度"},
	OUTCOME("\"ok\""),
	{0},
};
static const struct schema battery_rows[] = {
	{"level", SCHEMA_NUMBER, .fallback = "100", .doc = "percent", .zh = "电量（%）"},
	{"isCharging", SCHEMA_BOOL, .fallback = "false", .doc = "it is on a charger", .zh = "正在充电"},
	{0},
};
static const struct schema clipboard_rows[] = {{"data", SCHEMA_STRING, .fallback = "\"\"", .doc = "text", .zh = "文本"}, {0}};
static const struct schema scan_rows[] = {
	{"result", SCHEMA_STRING, .fallback = "\"\"", .doc = "what the code says", .zh = "码的内容"},
	{"scanType", SCHEMA_STRING, .fallback = "\"QR_CODE\"", .choices = "QR_CODE|AZTEC|CODABAR|CODE_39|CODE_93|CODE_128|DATA_MATRIX|EAN_8|EAN_13|"
		"ITF|MAXICODE|PDF_417|RSS_14|RSS_EXPANDED|UPC_A|UPC_E|UPC_EAN_EXTENSION|WX_CODE|CODE_25", .doc = "its kind", .zh = "码的类型"},
	{"charSet", SCHEMA_STRING, .fallback = "\"utf-8\"", .doc = "its characters", .zh = "字符集"},
	OUTCOME("\"ok\""),
	{0},
};
static const struct schema axes_rows[] = {AXIS("x"), AXIS("y"), AXIS("z"), {0}};
static const struct schema compass_rows[] = {
	{"direction", SCHEMA_NUMBER, .fallback = "0", .doc = "degrees from north", .zh = "与正北的夹角（度）"},
	{"accuracy", SCHEMA_ANY, .fallback = "5", .doc = "degrees (iOS), or high, medium, low, no-contact, unreliable (Android)",
		.zh = "精度：度数（iOS）或 high、medium、low 等（Android）"},
	{0},
};
static const struct schema motion_rows[] = {AXIS("alpha"), AXIS("beta"), AXIS("gamma"), {0}};
static const struct schema none_rows[] = {{0}};
static const struct schema pay_rows[] = {OUTCOME("\"cancel\""), {0}};
static const struct schema address_rows[] = {
	{"userName", SCHEMA_STRING, .fallback = "\"张三\"", .doc = "who", .zh = "收货人"},
	{"postalCode", SCHEMA_STRING, .fallback = "\"510000\"", .doc = "post code", .zh = "邮编"},
	{"provinceName", SCHEMA_STRING, .fallback = "\"广东省\"", .doc = "province", .zh = "省"},
	{"cityName", SCHEMA_STRING, .fallback = "\"广州市\"", .doc = "city", .zh = "市"},
	{"countyName", SCHEMA_STRING, .fallback = "\"海珠区\"", .doc = "district", .zh = "区"},
	{"detailInfo", SCHEMA_STRING, .fallback = "\"新港中路397号\"", .doc = "street", .zh = "详细地址"},
	{"nationalCode", SCHEMA_STRING, .fallback = "\"510000\"", .doc = "code of the district", .zh = "国家码"},
	{"telNumber", SCHEMA_STRING, .fallback = "\"020-81167888\"", .doc = "telephone", .zh = "电话"},
	OUTCOME("\"ok\""),
	{0},
};
static const struct schema answer_rows[] = {
	{"api", SCHEMA_STRING, SCHEMA_REQUIRED, .choices = CALL_NAMES, .doc = "the call of the host", .zh = "接口"},
	{"outcome", SCHEMA_STRING, .fallback = "\"ok\"", .choices = "ok|cancel|auth deny|timeout|system error|as before",
		.doc = "how it ends; as before: the host decides again", .zh = "结果；as before：恢复默认"},
	{"result", SCHEMA_ANY, .doc = "what success gets: {\"tempFilePaths\": [...]}", .zh = "成功时的结果"},
	{"delay", SCHEMA_NUMBER, .fallback = "0", .doc = "ms until then", .zh = "延迟（毫秒）"},
	{0},
};
static const struct schema file_rows[] = {
	{"path", SCHEMA_STRING, SCHEMA_REQUIRED, .doc = "wxfile://usr/a.txt", .zh = "路径，如 wxfile://usr/a.txt"},
	{"content", SCHEMA_STRING, SCHEMA_REQUIRED, .doc = "text, or base64:... of bytes", .zh = "文本，或 base64:… 表示二进制"},
	{0},
};
static const struct schema clock_rows[] = {{"now", SCHEMA_NUMBER, SCHEMA_REQUIRED, .doc = "ms since 1970", .zh = "自 1970 年起的毫秒数"}, {0}};

static const struct capability location = {"getLocation", HOST_EVENT_LOCATION, true}, place = {"chooseLocation"}, battery = {"getBatteryInfo"},
	scan = {"scanCode"}, accelerometer = {NULL, HOST_EVENT_ACCELEROMETER, true}, gyroscope = {NULL, HOST_EVENT_GYROSCOPE, true},
	compass = {NULL, HOST_EVENT_COMPASS, true}, motion = {NULL, HOST_EVENT_DEVICE_MOTION, true},
	capture = {NULL, HOST_EVENT_CAPTURE_SCREEN, true}, pay = {"requestPayment"}, phone = {"makePhoneCall"},
	address = {"chooseAddress"};

const struct command command_capability_rows[] = {
	{"Mina.setLocation", COMMAND_NO_APP, "Where the device is.", location_rows, set, "location", "设备的位置", now, &location},
	{"Mina.setPlace", COMMAND_NO_APP, "What the person chooses on the map (wx.chooseLocation).", place_rows, set, "location", "在地图上选择的地点（wx.chooseLocation）", now,
		&place},
	{"Mina.setAccelerometer", COMMAND_NO_APP, "How it is shaken, in g.", axes_rows, set, "sensors", "加速度（g）", NULL, &accelerometer},
	{"Mina.setGyroscope", COMMAND_NO_APP, "How it turns, in rad/s.", axes_rows, set, "sensors", "陀螺仪（rad/s）", NULL, &gyroscope},
	{"Mina.setCompass", COMMAND_NO_APP, "Where it points.", compass_rows, set, "sensors", "罗盘", NULL, &compass},
	{"Mina.setDeviceMotion", COMMAND_NO_APP, "How it is held, in degrees.", motion_rows, set, "sensors", "设备方向（度）", NULL, &motion},
	{"Mina.setBattery", COMMAND_NO_APP, "How full the battery is.", battery_rows, set, "device", "电量", now, &battery},
	{"Mina.setClipboard", COMMAND_NO_APP, "What is on the clipboard.", clipboard_rows, set_clipboard, "device", "剪贴板", clipboard_now},
	{"Mina.captureScreen", COMMAND_NO_APP, "The person takes a screenshot (wx.onUserCaptureScreen).", none_rows, set, "device",
		"用户截屏（wx.onUserCaptureScreen）", NULL, &capture},
	{"Mina.setClock", COMMAND_NO_APP, "What time it is.", clock_rows, set_clock, "time", "现在的时间", clock_now},
	{"Mina.setScanResult", COMMAND_NO_APP, "What wx.scanCode sees.", scan_rows, set, "answers", "wx.scanCode 扫到的内容", now, &scan},
	{"Mina.setPayment", COMMAND_NO_APP, "Whether the person pays.", pay_rows, set, "answers", "是否付款", now, &pay},
	{"Mina.setPhoneCall", COMMAND_NO_APP, "Whether the person calls (wx.makePhoneCall).", pay_rows, set, "answers", "是否拨打电话", now, &phone},
	{"Mina.setAddress", COMMAND_NO_APP, "The address that the person chooses.", address_rows, set, "answers", "选择的收货地址", now, &address},
	{"Mina.setAnswer", COMMAND_NO_APP, "What any call of the host is answered.", answer_rows, set_answer, "answers", "任意接口的应答", answers_now},
	{"Mina.putFile", COMMAND_NO_APP, "A file that the program finds.", file_rows, put_file, "storage", "放入一个文件"},
	{0},
};
