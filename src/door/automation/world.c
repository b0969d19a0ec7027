/* Mina.*: what the vendor's client does not know of: time, people and cards, the network, the device, the person's answers. */
#include "door/automation/command.h"

#include "host/sim/device.h"
#include "host/ui.h"

#define ADVANCE_MAX (24.0 * 3600 * 1000)

static void done(struct command_call *call)
{
	call_succeed(call, value_object_new(0));
}

/* NULL: the call has failed. */
struct sim_host *automation_sim(struct command_call *call)
{
	struct sim_host *sim = call->automation->mina->sim;
	if (!sim) {
		call_fail(call, "there is no simulated world");
	}
	return sim;
}

/* --- time --- */

static void advance(struct command_call *call)
{
	double ms = value_to_number(call_value(call, "ms"));
	call->automation->pressed = 0; // the client itself says how long it holds
	automation_pass(call->automation, fmax(0, fmin(ms, ADVANCE_MAX)));
	done(call);
}

static void settle(struct command_call *call)
{
	double limit = value_to_number(call_value(call, "limit")), quiet = value_to_number(call_value(call, "quiet"));
	mina_settle(call->automation->mina, fmax(0, quiet), fmax(0, fmin(limit, ADVANCE_MAX)));
	done(call);
}

static void get_time(struct command_call *call)
{
	struct host *host = call->automation->mina->host;
	struct value result = value_object_new(2);
	value_object_set_text(&result, "now", value_number(host ? host_now(host) : 0));
	value_object_set_text(&result, "elapsed", value_number(host ? host_monotonic(host) : 0));
	call_succeed(call, result);
}

/* --- people, chats, cards --- */

static void get_world(struct command_call *call)
{
	struct sim_host *sim = automation_sim(call);
	if (!sim) {
		return;
	}
	struct value world = sim->world->society.world, result = value_object_new(4);
	value_object_set_text(&result, "me", value_string(sim_host_person(sim)));
	value_object_set_text(&result, "people", value_ref(value_get_text(world, "people")));
	value_object_set_text(&result, "groups", value_ref(value_get_text(world, "groups")));
	value_object_set_text(&result, "chats", sim_society_chats(&sim->world->society, sim_host_person(sim)));
	call_succeed(call, result);
}

/* Those that the person sees. */
static void get_messages(struct command_call *call)
{
	struct sim_host *sim = automation_sim(call);
	struct str said = call_text(call, "chat");
	if (!sim) {
		return;
	}
	const struct sim_society *society = &sim->world->society;
	struct value chat = said.len ? sim_society_chat_id(society, sim_host_person(sim), said) : value_undefined();
	struct value list = value_array_new(society->messages.len);
	for (size_t i = 0; i < society->messages.len; i++) {
		const struct sim_message *message = society->messages.at[i];
		bool meant = said.len ? str_eq(message->chat, value_str(chat)) : sim_society_sees(society, message, sim_host_person(sim));
		if (meant) {
			value_array_push(&list, sim_message_describe(message));
		}
	}
	value_unref(chat);
	call_succeed_with(call, "messages", list);
}

static void say(struct command_call *call)
{
	struct sim_host *sim = automation_sim(call);
	if (!sim) {
		return;
	}
	struct sim_society *society = &sim->world->society;
	struct value chat = sim_society_chat_id(society, sim_host_person(sim), call_text(call, "chat"));
	if (value_str(chat).len) {
		struct sim_message *message = sim_society_send_text(society, value_str(chat), sim_host_person(sim), sim_world_now(sim->world),
			value_ref(call_value(call, "text")));
		call_succeed_with(call, "message", value_string(message->id));
	} else {
		call_fail(call, "no such chat: " STR_FMT, STR_ARG(call_text(call, "chat")));
	}
	value_unref(chat);
}

static void open_card(struct command_call *call)
{
	struct strbuf id = {0};
	strbuf_add(&id, call_text(call, "message"));
	if (mina_open_card(call->automation->mina, id.at ? id.at : "")) {
		call_fail(call, "the card %s cannot be opened", id.at ? id.at : "");
	} else {
		done(call);
	}
	strbuf_finish(&id);
}

static void get_menu(struct command_call *call)
{
	call_succeed_with(call, "items", app_menu_items(call_app(call)));
}

static void choose_menu(struct command_call *call)
{
	if (app_menu_choose(call_app(call), call_text(call, "item"))) {
		done(call);
	} else {
		call_fail(call, "the menu does not offer " STR_FMT, STR_ARG(call_text(call, "item")));
	}
}

static void get_share(struct command_call *call)
{
	struct value record = app_share_record(call_app(call));
	call_succeed_with(call, "share", value_is(record, VALUE_OBJECT) ? value_ref(record) : value_null());
}

/* --- what stands above the page --- */

static void get_overlay(struct command_call *call)
{
	struct host *host = call->automation->mina->host;
	bool has = host && host->ui && host->ui->overlay;
	call_succeed_with(call, "overlay", has ? host->ui->overlay(host) : value_object_new(0));
}

static void answer(struct command_call *call)
{
	struct host *host = call->automation->mina->host;
	struct strbuf kind = {0};
	struct value given = call_value(call, "answer");
	strbuf_add(&kind, call_text(call, "kind"));
	if (host->ui && host->ui->answer(host, kind.at ? kind.at : "", value_is_nullish(given) ? value_undefined() : given)) {
		done(call);
	} else {
		call_fail(call, "no %s is open", kind.at ? kind.at : "such thing");
	}
	strbuf_finish(&kind);
}

/* A finger on the glass, whatever is there: bars, dialogs, the keyboard, the page. */
static void touch(struct command_call *call)
{
	static const char *const names[] = {[MINA_TOUCH_START] = "start", [MINA_TOUCH_MOVE] = "move", [MINA_TOUCH_END] = "end",
		[MINA_TOUCH_CANCEL] = "cancel"};
	double finger = value_to_number(call_value(call, "finger"));
	double x = value_to_number(call_value(call, "x")), y = value_to_number(call_value(call, "y"));
	if (!(finger >= 0 && finger < 10 && fabs(x) < 1e6 && fabs(y) < 1e6)) {
		call_fail(call, "finger is a number from 0 to 9, x and y are CSS px of the screen");
		return;
	}
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		if (str_is(call_text(call, "phase"), names[i])) {
			mina_touch(call->automation->mina, (int)finger, (enum mina_touch_phase)i, (float)x, (float)y);
		}
	}
	done(call);
}

/* --- network, device, permissions --- */

/* rules: as script.md's "request"; absent: as they are. */
static void set_network(struct command_call *call)
{
	struct sim_host *sim = automation_sim(call);
	if (!sim) {
		return;
	}
	if (value_is(call_value(call, "rules"), VALUE_ARRAY)) {
		sim_script_set_first(&sim->script, call_value(call, "rules"));
	}
	sim_speed_set(sim, call->parameters);
	done(call);
}

static void apply_script(struct command_call *call)
{
	struct sim_host *sim = automation_sim(call);
	if (sim) {
		sim_host_apply_script(sim, call_value(call, "script"));
		done(call);
	}
}

/* {screen: {width, height, dpr, dark ...}, facts: what getSystemInfo says} */
static void set_device(struct command_call *call)
{
	struct sim_host *sim = automation_sim(call);
	struct mina *mina = call->automation->mina;
	if (!sim) {
		return;
	}
	sim_device_change(sim, call->parameters);
	sim_host_apply_script(sim, call->parameters); // single measures and facts are over those of a model
	if (sim->screen.width != mina->width || sim->screen.height != mina->height || sim->screen.dpr != mina->dpr) {
		mina_resize(mina, mina->width, mina->height, mina->dpr); // that cannot be drawn
	}
	done(call);
}

/* {allow: null}: it is asked for again. */
static void set_permission(struct command_call *call)
{
	struct sim_host *sim = automation_sim(call);
	struct value allow = call_value(call, "allow");
	if (sim) {
		sim_person_settle(sim, call_text(call, "scope"), value_is(allow, VALUE_BOOL) ? allow : value_undefined());
		done(call);
	}
}

static void set_quota(struct command_call *call)
{
	struct sim_host *sim = automation_sim(call);
	if (sim) {
		double bytes = value_to_number(call_value(call, "bytes"));
		sim->storage.limit = bytes >= 0 && bytes < 1e12 ? (size_t)bytes : 0;
		done(call);
	}
}

static void warn_memory(struct command_call *call)
{
	mina_warn_memory(call->automation->mina, (int)value_to_number(call_value(call, "level")));
	done(call);
}

/* An event of the device: what its wx.onXxx listeners get. */
static void tell(struct command_call *call)
{
	static const struct {
		const char *name;
		enum host_event event;
	} rows[] = {{"networkStatusChange", HOST_EVENT_NETWORK}, {"themeChange", HOST_EVENT_THEME}, {"userCaptureScreen", HOST_EVENT_CAPTURE_SCREEN},
		{"accelerometerChange", HOST_EVENT_ACCELEROMETER}, {"compassChange", HOST_EVENT_COMPASS}, {"gyroscopeChange", HOST_EVENT_GYROSCOPE},
		{"deviceMotionChange", HOST_EVENT_DEVICE_MOTION}, {"locationChange", HOST_EVENT_LOCATION}};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		if (str_is(call_text(call, "event"), rows[i].name)) {
			host_tell(call->automation->mina->host, rows[i].event, call_value(call, "detail"));
			done(call);
			return;
		}
	}
	call_fail(call, "there is no event " STR_FMT, STR_ARG(call_text(call, "event")));
}

/* --- what is now, for forms --- */

static struct value network_now(struct command_call *call)
{
	struct sim_host *sim = call->automation->mina->sim;
	return sim ? sim_speed_describe(sim) : value_undefined();
}

static struct value device_now(struct command_call *call)
{
	struct sim_host *sim = call->automation->mina->sim;
	return sim ? sim_device_describe(sim) : value_undefined();
}

/* {scopes: {"scope.camera": true}}: what has been decided. */
static struct value permission_now(struct command_call *call)
{
	struct sim_host *sim = call->automation->mina->sim;
	struct value all = value_object_new(1);
	value_object_set_text(&all, "scopes", sim && value_is(sim->scopes, VALUE_OBJECT) ? value_ref(sim->scopes) : value_object_new(0));
	return all;
}

static struct value quota_now(struct command_call *call)
{
	struct sim_host *sim = call->automation->mina->sim;
	struct value all = value_object_new(1);
	value_object_set_text(&all, "bytes", value_number(sim ? (double)sim->storage.limit : 0));
	return all;
}

static void describe(struct command_call *call)
{
	call_succeed(call, automation_describe_commands(call));
}

/* --- life --- */

static void leave(struct command_call *call)
{
	mina_leave(call->automation->mina);
	done(call);
}

static void enter(struct command_call *call)
{
	struct strbuf launch = {0};
	struct value given = call_value(call, "launch");
	if (value_is(given, VALUE_OBJECT)) {
		json_write(given, &launch);
	}
	mina_enter(call->automation->mina, launch.at);
	strbuf_finish(&launch);
	done(call);
}

static void restart(struct command_call *call)
{
	struct mina *mina = call->automation->mina;
	mina_end(mina);
	mina_launch(mina, value_is(call_value(call, "launch"), VALUE_OBJECT) ? call_value(call, "launch") : value_undefined());
	if (mina_alive(mina)) {
		done(call);
	} else {
		call_fail(call, "the app does not start");
	}
}

static void get_diagnostics(struct command_call *call)
{
	struct mina_diagnostic found;
	struct value list = value_array_new(8);
	for (size_t i = 0; mina_diagnostic_at(call->automation->mina, i, &found); i++) {
		struct value row = value_object_new(5);
		value_object_set_text(&row, "error", value_bool(found.error));
		value_object_set_text(&row, "file", value_text(found.file));
		value_object_set_text(&row, "line", value_number(found.line));
		value_object_set_text(&row, "column", value_number(found.column));
		value_object_set_text(&row, "text", value_text(found.text));
		value_array_push(&list, row);
	}
	call_succeed_with(call, "diagnostics", list);
}

/* --- rows --- */

static const struct schema none_rows[] = {{0}};
static const struct schema advance_rows[] = {{"ms", SCHEMA_NUMBER, SCHEMA_REQUIRED, .doc = "ms of the world's clock", .zh = "毫秒"}, {0}};

static const struct schema settle_rows[] = {
	{"quiet", SCHEMA_NUMBER, .fallback = "400", .doc = "ms in which nothing is due"},
	{"limit", SCHEMA_NUMBER, .fallback = "3000", .doc = "ms that pass at most"},
	{0},
};

static const struct schema chat_rows[] = {{"chat", SCHEMA_STRING, .doc = "group:family, bob; absent: all that the person sees"}, {0}};

static const struct schema say_rows[] = {
	{"chat", SCHEMA_STRING, SCHEMA_REQUIRED},
	{"text", SCHEMA_STRING, SCHEMA_REQUIRED},
	{0},
};

static const struct schema message_rows[] = {{"message", SCHEMA_STRING, SCHEMA_REQUIRED, .doc = "its id: m1"}, {0}};
static const struct schema item_rows[] = {{"item", SCHEMA_STRING, SCHEMA_REQUIRED, .choices = "share|timeline|favorite|home"}, {0}};

static const struct schema answer_rows[] = {
	{"kind", SCHEMA_STRING, SCHEMA_REQUIRED, .choices = "modal|actionSheet|picker|permission|share|keyboard"},
	{"answer", SCHEMA_ANY, .doc = "{confirm: true}, {tapIndex: 1}, {chats: [\"bob\"]} ...; absent: cancel"},
	{0},
};

static const struct schema touch_rows[] = {
	{"phase", SCHEMA_STRING, SCHEMA_REQUIRED, .choices = "start|move|end|cancel"},
	{"x", SCHEMA_NUMBER, SCHEMA_REQUIRED, .doc = "CSS px from the screen's left"},
	{"y", SCHEMA_NUMBER, SCHEMA_REQUIRED, .doc = "CSS px from the screen's top"},
	{"finger", SCHEMA_NUMBER, .fallback = "0"},
	{0},
};

static const struct schema network_rows[] = {
	{"speed", SCHEMA_STRING, .choices = SIM_SPEEDS, .doc = "the line: how long an answer is on its way, and how much comes at once", .zh = "线路：延迟与带宽"},
	{"type", SCHEMA_STRING, .choices = "none|2g|3g|4g|5g|wifi|unknown", .doc = "what getNetworkType says, by default the line's; none: every request fails",
		.zh = "getNetworkType 的结果；none：所有请求失败"},
	{"latency", SCHEMA_NUMBER, .doc = "ms in each direction", .zh = "单向延迟（毫秒）"},
	{"download", SCHEMA_NUMBER, .doc = "kbit/s; 0: without a limit", .zh = "下行带宽（kbit/s），0 为不限"},
	{"upload", SCHEMA_NUMBER, .doc = "kbit/s; 0: without a limit", .zh = "上行带宽（kbit/s），0 为不限"},
	{"rules", SCHEMA_ARRAY, .item = SCHEMA_OBJECT, .doc = "before all others: {url, method, times, delay, reply | fail}; [] takes them back",
		.zh = "优先的应答规则：{url, method, times, delay, reply 或 fail}；[] 清除"},
	{0},
};

static const struct schema script_rows[] = {{"script", SCHEMA_OBJECT, SCHEMA_REQUIRED, .doc = "as --script has it", .zh = "与 --script 相同"}, {0}};

static const struct schema device_rows[] = {
	{"name", SCHEMA_STRING, .choices = SIM_MODEL_NAMES, .doc = "the model", .zh = "机型"},
	{"orientation", SCHEMA_STRING, .choices = SIM_ORIENTATIONS, .doc = "how it is held; a page's pageOrientation says whether it turns", .zh = "握持方向；页面的 pageOrientation 决定是否旋转"},
	{"theme", SCHEMA_STRING, .choices = SIM_THEMES, .doc = "the look of the system", .zh = "系统主题"},
	{"language", SCHEMA_STRING, .choices = SIM_LANGUAGES, .doc = "of WeChat, and of all that the host draws", .zh = "微信的语言，也是界面文字的语言"},
	{"fontSizeSetting", SCHEMA_NUMBER, .doc = "CSS px of texts that follow the system (page-meta)", .zh = "字体大小（CSS px），page-meta 的 system"},
	{"screen", SCHEMA_OBJECT, .doc = "{width, height, dpr, statusBarHeight, safeArea, dark}", .zh = "屏幕：{width, height, dpr, statusBarHeight, safeArea, dark}"},
	{"facts", SCHEMA_OBJECT, .doc = "what getSystemInfo says", .zh = "getSystemInfo 的结果"},
	{0},
};

static const struct schema permission_rows[] = {
	{"scope", SCHEMA_STRING, SCHEMA_REQUIRED, .choices = "scope.userInfo|scope.userLocation|scope.userFuzzyLocation|scope.userLocationBackground|"
		"scope.address|scope.invoiceTitle|scope.invoice|scope.werun|scope.record|scope.writePhotosAlbum|scope.camera|scope.bluetooth|"
		"scope.addPhoneContact|scope.addPhoneCalendar", .doc = "what is allowed", .zh = "权限"},
	{"allow", SCHEMA_ANY, .choices = "true|false|null", .doc = "true, false; null: the person is asked again", .zh = "true 允许，false 拒绝，null 再次询问"},
	{0},
};

static const struct schema quota_rows[] = {{"bytes", SCHEMA_NUMBER, SCHEMA_REQUIRED, .doc = "of wx.setStorage; 0: WeChat's 10 MB", .zh = "wx.setStorage 的字节数；0 为微信的 10 MB"}, {0}};
static const struct schema level_rows[] = {{"level", SCHEMA_NUMBER, .fallback = "10", .doc = "5, 10, 15", .zh = "级别：5、10、15"}, {0}};

static const struct schema tell_rows[] = {
	{"event", SCHEMA_STRING, SCHEMA_REQUIRED, .doc = "accelerometerChange, themeChange ...: wx.on... without \"on\""},
	{"detail", SCHEMA_OBJECT, .fallback = "{}"},
	{0},
};

static const struct schema launch_rows[] = {{"launch", SCHEMA_OBJECT, .doc = "{path, query, scene, ...}", .zh = "{path, query, scene, ...}"}, {0}};

const struct command command_mina_rows[] = {
	{"Mina.describe", COMMAND_LOOKS | COMMAND_NO_APP, "The commands that a form can be made of, and what they have set.", none_rows, describe},
	{"Mina.advance", 0, "Time passes.", advance_rows, advance, .panel = "time",
		.zh = "让时间过去"},
	{"Mina.settle", 0, "Time passes until nothing is due soon.", settle_rows, settle},
	{"Mina.getTime", COMMAND_LOOKS, "The world's clock.", none_rows, get_time},
	{"Mina.getWorld", COMMAND_LOOKS | COMMAND_NO_APP, "People, groups, and the person's chats.", none_rows, get_world},
	{"Mina.getMessages", COMMAND_LOOKS | COMMAND_NO_APP, "Messages and cards.", chat_rows, get_messages},
	{"Mina.say", COMMAND_NO_APP, "The person writes to a chat.", say_rows, say},
	{"Mina.openCard", COMMAND_NO_APP, "The person taps a card.", message_rows, open_card},
	{"Mina.getMenu", COMMAND_LOOKS, "What the capsule's menu offers.", none_rows, get_menu},
	{"Mina.chooseMenu", 0, "The person chooses an item of it.", item_rows, choose_menu},
	{"Mina.getShare", COMMAND_LOOKS, "The latest share, and how it ended.", none_rows, get_share},
	{"Mina.getOverlay", COMMAND_LOOKS, "Dialogs, toast and keyboard that are open.", none_rows, get_overlay},
	{"Mina.answer", 0, "The person answers a dialog.", answer_rows, answer},
	{"Mina.touch", COMMAND_TOUCH, "A finger on the screen, whatever is there.", touch_rows, touch},
	{"Mina.setNetwork", COMMAND_NO_APP, "What the network answers, and of which kind it is.", network_rows, set_network, .panel = "network",
		.zh = "网络的速度、类型，以及由谁应答", .now = network_now},
	{"Mina.applyScript", COMMAND_NO_APP, "Anything that a script of the simulated world can have.", script_rows, apply_script, .panel = "script",
		.zh = "模拟世界脚本里能写的一切"},
	{"Mina.setDevice", COMMAND_NO_APP, "Screen and facts of the device.", device_rows, set_device, .panel = "device",
		.zh = "机型、方向、主题、语言、字体大小，以及设备信息", .now = device_now},
	{"Mina.setPermission", COMMAND_NO_APP, "What the person has allowed.", permission_rows, set_permission, .panel = "permissions",
		.zh = "这个人允许了什么", .now = permission_now},
	{"Mina.setStorageQuota", COMMAND_NO_APP, "How much wx.setStorage may keep.", quota_rows, set_quota, .panel = "storage",
		.zh = "wx.setStorage 最多能保存多少", .now = quota_now},
	{"Mina.warnMemory", 0, "The system is short of memory.", level_rows, warn_memory, .panel = "device",
		.zh = "系统内存不足"},
	{"Mina.tell", 0, "An event of the device.", tell_rows, tell},
	{"Mina.leave", 0, "The program goes to the background.", none_rows, leave, .panel = "life",
		.zh = "小程序退到后台"},
	{"Mina.enter", COMMAND_NO_APP, "It comes back, or starts anew.", launch_rows, enter, .panel = "life",
		.zh = "小程序回到前台，或重新启动"},
	{"Mina.restart", COMMAND_NO_APP, "It ends and starts.", launch_rows, restart},
	{"Mina.getDiagnostics", COMMAND_LOOKS | COMMAND_NO_APP, "What was found wrong.", none_rows, get_diagnostics},
	{0},
};
