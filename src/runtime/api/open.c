/* Who the person is (开放接口): login, session, profile, phone number, WeRun; and the buttons that ask for it. */
#include "runtime/api/api.h"

#include "host/media.h"
#include "host/open.h"

#define FORWARD(name, slot) \
	static void name(struct api_call *call) \
	{ \
		api_call_forward(call); \
		HOST_CALL(app_host(call->app), open, slot, call->parameters, &call->request); \
	}

FORWARD(login, login)
FORWARD(check_session, check_session)
FORWARD(user_info, user_info)
FORWARD(user_profile, user_profile)
FORWARD(we_run, we_run)
FORWARD(phone_number, phone_number)
FORWARD(open_data, open_data)
FORWARD(form_id, template_form)
FORWARD(nickname, nickname)
FORWARD(contact, contact)
FORWARD(feedback, feedback)
FORWARD(setting, setting)
FORWARD(open_setting, open_setting)

static const struct schema scope_parameters[] = {
	{"scope", SCHEMA_STRING, SCHEMA_REQUIRED, .doc = "scope.userInfo, scope.userLocation, scope.address, ..."},
	{0},
};

static const struct schema setting_result[] = {
	{"authSetting", SCHEMA_OBJECT, .doc = "{scope: allowed} of what was asked for already"},
	{0},
};

/* Asks at once, without the call that needs it (authorize.html). */
static void authorize(struct api_call *call)
{
	static const char scopes[] = "|scope.userInfo|scope.userLocation|scope.userLocationBackground|scope.userFuzzyLocation|scope.address|"
		"scope.invoiceTitle|scope.invoice|scope.werun|scope.record|scope.writePhotosAlbum|scope.camera|scope.bluetooth|"
		"scope.addPhoneContact|scope.addPhoneCalendar|";
	struct strbuf wanted = {0};
	strbuf_printf(&wanted, "|" STR_FMT "|", STR_ARG(api_call_text(call, "scope")));
	bool known = str_find(str_of(scopes), strbuf_str(&wanted)) != SIZE_MAX;
	strbuf_finish(&wanted);
	if (!known) {
		api_call_fail(call, "invalid scope");
		return;
	}
	api_call_forward(call);
	HOST_CALL(app_host(call->app), ui, ask_permission, call->parameters, &call->request);
}

static const struct schema timeout_parameters[] = {
	{"timeout", SCHEMA_NUMBER, .since = "1.9.90", .doc = "ms"},
	{0},
};

static const struct schema login_result[] = {
	{"code", SCHEMA_STRING, .doc = "for jscode2session: once, within five minutes"},
	{0},
};

static const struct schema user_parameters[] = {
	{"withCredentials", SCHEMA_BOOL, .since = "1.1.0", .doc = "true: sealed data too, after wx.login; absent: if there is a session"},
	{"lang", SCHEMA_STRING, .fallback = "\"en\"", .choices = "en|zh_CN|zh_TW", .since = "1.3.0"},
	{"timeout", SCHEMA_NUMBER, .since = "1.9.90", .doc = "ms"},
	{0},
};

static const struct schema profile_parameters[] = {
	{"desc", SCHEMA_STRING, SCHEMA_REQUIRED, .doc = "what for, at most 30 characters"},
	{"lang", SCHEMA_STRING, .fallback = "\"en\"", .choices = "en|zh_CN|zh_TW"},
	{0},
};

static const struct schema user_fields[] = {
	{"nickName", SCHEMA_STRING},
	{"avatarUrl", SCHEMA_STRING},
	{"gender", SCHEMA_NUMBER, .doc = "0 unknown, 1 male, 2 female"},
	{"city", SCHEMA_STRING},
	{"province", SCHEMA_STRING},
	{"country", SCHEMA_STRING},
	{"language", SCHEMA_STRING},
	{0},
};

static const struct schema user_result[] = {
	{"userInfo", SCHEMA_OBJECT, .fields = user_fields},
	{"rawData", SCHEMA_STRING, .doc = "userInfo's text, which the signature is of"},
	{"signature", SCHEMA_STRING, .doc = "sha1(rawData + session_key)"},
	{"encryptedData", SCHEMA_STRING, .since = "1.1.0", .doc = "base64; userInfo with openId, unionId, watermark"},
	{"iv", SCHEMA_STRING, .since = "1.1.0"},
	{0},
};

static const struct schema sealed_result[] = {
	{"encryptedData", SCHEMA_STRING},
	{"iv", SCHEMA_STRING},
	{0},
};

const struct api api_open_rows[] = {
	{"login", API_ASYNC, .doc = "A code for the program's server; makes a new session_key (登录).", .parameters = timeout_parameters,
		.result = login_result, .fails = "invalid appid|timeout", .call = login},
	{"checkSession", API_ASYNC, .doc = "Does the session_key still hold?", .fails = "session expired", .call = check_session},
	{"getUserInfo", API_ASYNC, .doc = "The person's profile (用户信息).", .parameters = user_parameters, .result = user_result,
		.fails = "auth deny|login first", .call = user_info},
	{"getUserProfile", API_ASYNC, "2.10.4", .doc = "The person's profile, asked for each time.", .parameters = profile_parameters,
		.result = user_result, .fails = "auth deny", .call = user_profile},
	{"authorize", API_ASYNC, "1.2.0", .doc = "Asks the person for a scope before it is needed (授权).", .parameters = scope_parameters,
		.fails = "auth deny|invalid scope", .call = authorize},
	{"getSetting", API_ASYNC, "1.2.0", .doc = "What the person has allowed so far.", .result = setting_result, .call = setting},
	{"openSetting", API_ASYNC, "1.1.0", .doc = "Lets the person change it.", .result = setting_result, .call = open_setting},
	{"getWeRunData", API_ASYNC, "1.2.0", .doc = "Steps of the last 30 days, sealed (微信运动).", .parameters = timeout_parameters,
		.result = sealed_result, .fails = "auth deny|login first", .call = we_run},
	{0},
};

/* --- components that ask --- */

static const struct api phone_number_row = {"getPhoneNumber", API_ASYNC, .call = phone_number};
static const struct api form_id_row = {"requestFormId", API_ASYNC, .call = form_id};
static const struct api nickname_row = {"nicknameReview", API_ASYNC, .call = nickname};
static const struct api open_data_row = {"open-data", API_ASYNC, .call = open_data};

/* Only where a native app's card led here (share.md 9). */
static void launch_app(struct api_call *call)
{
	double scene = value_to_number(value_get_text(app_enter_options(call->app), "scene"));
	double first = value_to_number(value_get_text(app_launch_options(call->app), "scene"));
	bool keeps = (scene == 1089 || scene == 1090) && first == 1036;
	if (scene != 1036 && !keeps) {
		api_call_fail(call, "invalid scene");
		return;
	}
	api_call_forward(call);
	HOST_CALL(app_host(call->app), open, launch_app, call->parameters, &call->request);
}

/* A picture of the person's; what it is called is the same for all of them. */
static void choose_avatar(struct api_call *call)
{
	struct value one = value_object_new(1);
	value_object_set_text(&one, "count", value_number(1));
	api_call_forward(call);
	HOST_CALL(app_host(call->app), media, choose_image, one, &call->request);
	value_unref(one);
}

static const struct api contact_row = {"enterContact", API_ASYNC, .call = contact};
static const struct api feedback_row = {"feedback", API_ASYNC, .call = feedback};
static const struct api launch_app_row = {"launchApp", API_ASYNC, .call = launch_app};
static const struct api avatar_row = {"chooseAvatar", API_ASYNC, .call = choose_avatar};
static const struct api realtime_number_row = {"getRealtimePhoneNumber", API_ASYNC, .call = phone_number};

static struct page *page_of(const struct api_call *call)
{
	return app_page_by_id(call->app, call->page);
}

static void emit(struct api_call *call, const char *event, struct value detail)
{
	struct page *page = page_of(call);
	if (!page) {
		value_unref(detail);
		return;
	}
	view_emit(page_view(page), call->node, event, detail);
	page_settle(page);
}

static void tell_user(struct api_call *call, bool ok, struct value result)
{
	emit(call, "getuserinfo", value_ref(result));
}

/* The one text that WeChat writes without a blank (api.tsv). */
static void tell_phone(struct api_call *call, bool ok, struct value result)
{
	struct value detail = value_unshared(value_ref(result));
	if (str_is(value_str(value_get_text(result, "errMsg")), "getPhoneNumber:fail cancel to bind phone")) {
		value_object_set_text(&detail, "errMsg", value_text("getPhoneNumber:fail:cancel to bind phone"));
	}
	emit(call, "getphonenumber", detail);
}

static void tell_realtime_number(struct api_call *call, bool ok, struct value result)
{
	emit(call, "getrealtimephonenumber", value_ref(result));
}

static void tell_setting(struct api_call *call, bool ok, struct value result)
{
	emit(call, "opensetting", value_ref(result));
}

static void tell_launch(struct api_call *call, bool ok, struct value result)
{
	emit(call, ok ? "launchapp" : "error", value_ref(result));
}

static void tell_contact(struct api_call *call, bool ok, struct value result)
{
	emit(call, "contact", value_ref(result));
}

static void tell_avatar(struct api_call *call, bool ok, struct value result)
{
	struct value detail = value_object_new(2), url = value_at(value_get_text(result, "tempFilePaths"), 0);
	value_object_set_text(&detail, "errMsg", value_ref(value_get_text(result, "errMsg")));
	if (ok) {
		value_object_set_text(&detail, "avatarUrl", value_ref(url));
	}
	emit(call, "chooseavatar", detail);
}

static void show_open_data(struct api_call *call, bool ok, struct value result)
{
	struct page *page = page_of(call);
	if (page) {
		view_answer(page_view(page), call->node, ok ? result : value_undefined());
	}
}

static void tell_component(struct api_call *call, bool ok, struct value result)
{
	struct page *page = page_of(call);
	if (page) {
		view_answer(page_view(page), call->node, result);
		page_settle(page);
	}
}

/* Where nobody looks at it there is nothing to tell. */
static void tell_nickname(struct api_call *call, bool ok, struct value result)
{
	if (ok) {
		tell_component(call, ok, result);
	}
}

void api_open_button(struct api_dispatcher *dispatcher, struct app *app, struct page *page, struct value data, slot_id node)
{
	const struct {
		const char *open_type;
		const struct api *row;
		void (*ended)(struct api_call *call, bool ok, struct value result);
	} types[] = {
		{"getUserInfo", api_find(STR("getUserInfo")), tell_user},
		{"getPhoneNumber", &phone_number_row, tell_phone},
		{"getRealtimePhoneNumber", &realtime_number_row, tell_realtime_number},
		{"openSetting", api_find(STR("openSetting")), tell_setting},
		{"contact", &contact_row, tell_contact},
		{"feedback", &feedback_row, NULL},
		{"launchApp", &launch_app_row, tell_launch},
		{"chooseAvatar", &avatar_row, tell_avatar},
	};
	struct str open_type = value_str(value_get_text(data, "openType"));
	if (str_is(open_type, "share")) {
		app_share(app, page, APP_SHARE_MESSAGE, node); // without a handler nothing happens (share.md 6)
		return;
	}
	for (size_t i = 0; i < ARRAY_LEN(types); i++) {
		if (str_is(open_type, types[i].open_type)) {
			api_start(dispatcher, types[i].row, data, page, node, types[i].ended);
			return;
		}
	}
	app_log(app, APP_LOG_WARN, "button: open-type \"" STR_FMT "\" is not supported yet", STR_ARG(open_type));
}

void api_open_data(struct api_dispatcher *dispatcher, struct page *page, struct value data, slot_id node)
{
	api_start(dispatcher, &open_data_row, data, page, node, show_open_data);
}

void api_form_id(struct api_dispatcher *dispatcher, struct page *page, struct value data, slot_id node)
{
	api_start(dispatcher, &form_id_row, data, page, node, tell_component);
}

void api_nickname(struct api_dispatcher *dispatcher, struct page *page, struct value data, slot_id node)
{
	api_start(dispatcher, &nickname_row, data, page, node, tell_nickname);
}
