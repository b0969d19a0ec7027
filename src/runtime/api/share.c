/* 转发 (share.md): the share menu of the current page, what a share ticket opens, and the rows of the page's handler. */
#include "runtime/api/api.h"

#include "host/open.h"

#define MESSAGE_ROWS \
	{"isUpdatableMessage", SCHEMA_BOOL, .since = "2.4.0", .doc = "the card is a dynamic message (动态消息)"}, \
	{"activityId", SCHEMA_STRING, .since = "2.4.0", .doc = "from activityid/create on the server"}, \
	{"templateInfo", SCHEMA_OBJECT, .fields = template_fields, .since = "2.4.0", .doc = "what the dynamic message says"}, \
	{"toDoActivityId", SCHEMA_STRING, .since = "2.11.0", .doc = "of a group to-do (群待办)"}, \
	{"isPrivateMessage", SCHEMA_BOOL, .since = "2.13.0", .doc = "only those it was sent to may open it (私密消息)"}

static const struct schema parameter_fields[] = {
	{"name", SCHEMA_STRING, SCHEMA_REQUIRED, .doc = "member_count, room_limit, path, version_type"},
	{"value", SCHEMA_STRING, SCHEMA_REQUIRED},
	{0},
};

static const struct schema template_fields[] = {
	{"templateId", SCHEMA_STRING},
	{"parameterList", SCHEMA_ARRAY, .item = SCHEMA_OBJECT, .fields = parameter_fields},
	{0},
};

static const struct schema show_parameters[] = {
	{"withShareTicket", SCHEMA_BOOL, .fallback = "false", .since = "1.1.0", .doc = "cards to groups carry a share ticket"},
	{"menus", SCHEMA_ARRAY, .item = SCHEMA_STRING, .choices = "shareAppMessage|shareTimeline", .since = "2.11.3",
		.doc = "the items to show; [shareAppMessage] when absent"},
	{0},
};

static const struct schema hide_parameters[] = {
	{"menus", SCHEMA_ARRAY, .item = SCHEMA_STRING, .choices = "shareAppMessage|shareTimeline", .since = "2.11.3",
		.doc = "the items to hide; both when absent"},
	{0},
};

static const struct schema update_parameters[] = {
	{"withShareTicket", SCHEMA_BOOL, .since = "1.1.0", .doc = "cards to groups carry a share ticket; absent: as it was"},
	MESSAGE_ROWS,
	{0},
};

static void change(struct api_call *call, enum app_share_verb verb)
{
	const char *error = app_share_menu(call->app, verb, call->parameters);
	if (error) {
		api_call_fail(call, "%s", error);
	} else {
		api_call_succeed(call, value_object_new(1));
	}
}

static void show(struct api_call *call)
{
	change(call, APP_SHARE_SHOW);
}

static void hide(struct api_call *call)
{
	change(call, APP_SHARE_HIDE);
}

static void update(struct api_call *call)
{
	bool dynamic = value_to_bool(value_get_text(call->parameters, "isUpdatableMessage"))
		|| value_to_bool(value_get_text(call->parameters, "isPrivateMessage"));
	if (dynamic && !api_call_text(call, "activityId").len) {
		api_call_fail(call, "invalid activityId");
		return;
	}
	change(call, APP_SHARE_UPDATE);
}

static const struct schema info_parameters[] = {
	{"shareTicket", SCHEMA_STRING, SCHEMA_REQUIRED},
	{"timeout", SCHEMA_NUMBER, .since = "1.9.90", .doc = "ms"},
	{0},
};

static const struct schema sealed_result[] = {
	{"encryptedData", SCHEMA_STRING, .doc = "base64; AES-128-CBC under the session_key (share.md 9)"},
	{"iv", SCHEMA_STRING, .doc = "base64"},
	{0},
};

static void share_info(struct api_call *call)
{
	api_call_forward(call);
	HOST_CALL(app_host(call->app), open, share_info, call->parameters, &call->request);
}

static void group_info(struct api_call *call)
{
	api_call_forward(call);
	HOST_CALL(app_host(call->app), open, group_info, call->parameters, &call->request);
}

static const struct schema private_parameters[] = {
	{"shareTicket", SCHEMA_STRING, SCHEMA_REQUIRED},
	{0},
};

static const struct schema private_result[] = {
	{"valid", SCHEMA_BOOL, .doc = "the card was sent to this person"},
	{"encryptedData", SCHEMA_STRING, .doc = "base64; {activityId} under the session_key"},
	{"iv", SCHEMA_STRING},
	{0},
};

static void private_message(struct api_call *call)
{
	api_call_forward(call);
	HOST_CALL(app_host(call->app), open, private_message, call->parameters, &call->request);
}

const struct api api_share_rows[] = {
	{"showShareMenu", API_ASYNC, "1.1.0", .doc = "Shows the current page's share item (显示转发按钮).", .parameters = show_parameters,
		.fails = "shareTimeline must be shown together with shareAppMessage", .call = show},
	{"hideShareMenu", API_ASYNC, "1.1.0", .doc = "Hides the current page's share item (隐藏转发按钮).", .parameters = hide_parameters,
		.call = hide},
	{"updateShareMenu", API_ASYNC, "1.2.0", .doc = "Changes how the current page is shared (更新转发属性).",
		.parameters = update_parameters, .fails = "invalid activityId", .call = update},
	{"getShareInfo", API_ASYNC, "1.1.0", .doc = "What a share ticket opens: the group's openGId, sealed (获取转发详细信息).",
		.parameters = info_parameters, .result = sealed_result, .fails = "invalid shareTicket|login first|timeout", .call = share_info},
	{"getGroupEnterInfo", API_ASYNC, "2.10.4", .doc = "The group that the program was entered from, sealed.",
		.result = sealed_result, .fails = "not entered from a group|login first", .call = group_info},
	{"authPrivateMessage", API_ASYNC, "2.13.0", .doc = "May this person open the private card? (验证私密消息)",
		.parameters = private_parameters, .result = private_result, .fails = "invalid shareTicket", .call = private_message},
	{0},
};

/* --- Page.onShareAppMessage, for wx.canIUse and the reference --- */

static const struct schema handler_options[] = {
	{"from", SCHEMA_STRING, .choices = "button|menu", .since = "1.2.4", .doc = "where the share began"},
	{"target", SCHEMA_OBJECT, .since = "1.2.4", .doc = "the button, as event.target; absent for the menu"},
	{"webViewUrl", SCHEMA_STRING, .since = "1.6.4", .doc = "what the page's web-view shows"},
	{0},
};

static const struct schema handler_result[] = {
	{"title", SCHEMA_STRING, .doc = "default: the mini program's name"},
	{"path", SCHEMA_STRING, .doc = "default: the current page with its query"},
	{"imageUrl", SCHEMA_STRING, .since = "1.5.0", .doc = "package path, local file or address of a PNG or JPEG; default: the page"},
	{"promise", SCHEMA_ANY, .since = "2.12.0", .doc = "what it gives within 3 s counts"},
	{"success", SCHEMA_FUNCTION, .since = "1.1.0"},
	{"fail", SCHEMA_FUNCTION, .since = "1.1.0"},
	{"complete", SCHEMA_FUNCTION, .since = "1.1.0"},
	{0},
};

const struct api api_share_handler = {
	"onShareAppMessage", API_EVENT, .doc = "Page's share handler (share.md 2 and 3).", .parameters = handler_options,
	.result = handler_result, .fails = "cancel|(detail message)",
};
