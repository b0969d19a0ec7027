/* Tool.*: the tool itself, the person who uses it, and what stands above the page. */
#include "door/automation/command.h"

#include "host/sim/sim_platform.h"
#include "host/ui.h"
#include "platform/platform.h"

#define OLDEST "2.7.3" // that the client talks to

/* --- about --- */

static void get_info(struct command_call *call)
{
	struct value info = value_object_new(2);
	struct str played = call_app(call) ? app_lib_version(call_app(call)) : STR("");
	bool old = played.len && schema_version_compare(played, STR(OLDEST)) < 0;
	value_object_set_text(&info, "SDKVersion", played.len && !old ? value_string(played) : value_text("dev"));
	value_object_set_text(&info, "version", value_text(mina_version()));
	call_succeed(call, info);
}

static void close_tool(struct command_call *call)
{
	call->automation->quitting = true;
	call_succeed(call, value_object_new(0));
}

static void enable_remote_debug(struct command_call *call)
{
	call_fail(call, "remote debugging is not supported: the app runs inside mina, on no phone");
}

/* Newer tools compile anew; here the program starts anew. */
static void compile(struct command_call *call)
{
	struct mina *mina = call->automation->mina;
	mina_end(mina);
	mina_launch(mina, value_undefined());
	if (mina_alive(mina)) {
		call_succeed(call, value_object_new(0));
	} else {
		call_fail(call, "the app does not start");
	}
}

/* What the program has stored. */
static void clear_cache(struct command_call *call)
{
	struct host_answer answer = {0};
	if (call->automation->mina->sim) {
		host_storage_clear(&call->automation->mina->sim->storage, value_undefined(), &answer);
	}
	host_answer_finish(&answer);
	call_succeed(call, value_object_new(0));
}

/* --- people --- */

static struct value openid_of(struct mina *mina, struct str person)
{
	struct platform *platform = sim_world_platform(mina->sim->world);
	return platform ? platform_openid(platform, sim_host_appid(mina->sim), person) : value_string(person);
}

static void get_test_accounts(struct command_call *call)
{
	struct mina *mina = call->automation->mina;
	struct value people = mina->sim ? value_get_text(mina->sim->world->society.world, "people") : value_undefined();
	struct value accounts = value_array_new(value_len(people));
	for (size_t i = 0; i < value_len(people); i++) {
		struct value person = value_at(people, i), account = value_object_new(3);
		value_object_set_text(&account, "nickName", value_ref(value_get_text(person, "nickName")));
		value_object_set_text(&account, "openid", openid_of(mina, value_str(value_get_text(person, "id"))));
		value_object_set_text(&account, "person", value_ref(value_get_text(person, "id")));
		value_array_push(&accounts, account);
	}
	call_succeed_with(call, "accounts", accounts);
}

/* A ticket stands for who uses the tool: here for a person of the world. */
static void get_ticket(struct command_call *call)
{
	struct mina *mina = call->automation->mina;
	struct value result = value_object_new(2);
	value_object_set_text(&result, "ticket", mina->sim ? value_string(sim_host_person(mina->sim)) : value_text(""));
	value_object_set_text(&result, "expiredTime", value_number(mina->host ? floor(host_now(mina->host) / 1000) + 7200 : 0));
	call_succeed(call, result);
}

static void set_ticket(struct command_call *call)
{
	struct mina *mina = call->automation->mina;
	struct str ticket = call_text(call, "ticket");
	if (mina->sim && str_eq(ticket, sim_host_person(mina->sim))) {
		call_succeed(call, value_object_new(0));
	} else {
		call_fail(call, "no ticket of the person who runs the app: start `mina auto` with --auto-account " STR_FMT, STR_ARG(ticket));
	}
}

static void refresh_ticket(struct command_call *call)
{
	call_succeed(call, value_object_new(0));
}

/* --- what was found wrong with the program --- */

static void put_escaped(struct strbuf *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '<' || *text == '&') {
			strbuf_add_text(out, *text == '<' ? "&lt;" : "&amp;");
		} else {
			strbuf_add_char(out, *text);
		}
	}
}

static void stop_audits(struct command_call *call)
{
	struct value list = value_array_new(8), data = value_object_new(2), result = value_object_new(2);
	struct mina_diagnostic found;
	struct strbuf report = {0}, text = {0};
	strbuf_add_text(&report, "<!DOCTYPE html><meta charset=\"utf-8\"><title>mina</title><ul>");
	for (size_t i = 0; mina_diagnostic_at(call->automation->mina, i, &found); i++) {
		struct value row = value_object_new(5);
		value_object_set_text(&row, "error", value_bool(found.error));
		value_object_set_text(&row, "file", value_text(found.file));
		value_object_set_text(&row, "line", value_number(found.line));
		value_object_set_text(&row, "text", value_text(found.text));
		value_array_push(&list, row);
		strbuf_printf(&report, "<li>%s ", found.error ? "error" : "warning");
		put_escaped(&report, found.file);
		strbuf_printf(&report, ":%d ", found.line);
		put_escaped(&report, found.text);
		strbuf_add_text(&report, "</li>");
	}
	strbuf_add_text(&report, "</ul>");
	value_object_set_text(&data, "errors", value_number((double)mina_error_count(call->automation->mina)));
	value_object_set_text(&data, "diagnostics", list);
	json_write(data, &text);
	value_unref(data);
	value_object_set_text(&result, "data", value_take(&text));
	value_object_set_text(&result, "report", value_take(&report));
	call_succeed(call, result);
}

/* --- native: bars and dialogs --- */

/* The person answers what is open; undefined is cancel. Consumes answer. */
static void answer(struct command_call *call, const char *kind, struct value given)
{
	struct host *host = call->automation->mina->host;
	bool open = host->ui && host->ui->answer && host->ui->answer(host, kind, given);
	value_unref(given);
	if (open) {
		call_succeed(call, value_object_new(0));
	} else {
		call_fail(call, "no %s is open", kind);
	}
}

static bool is_open(struct command_call *call, const char *kind)
{
	struct host *host = call->automation->mina->host;
	struct value overlay = host->ui && host->ui->overlay ? host->ui->overlay(host) : value_undefined();
	bool open = value_has(overlay, str_of(kind));
	value_unref(overlay);
	return open;
}

static void answer_picker(struct command_call *call, bool confirmed)
{
	if (app_picker_answer(call_app(call), confirmed)) {
		call_succeed(call, value_object_new(0));
	} else {
		call_fail(call, "no picker is open");
	}
}

/* The wheels' column turns to a row. */
static void turn_picker(struct command_call *call, struct value data)
{
	double column = value_to_number(value_get_text(data, "column")), index = value_to_number(value_get_text(data, "index"));
	bool good = column >= 0 && column < 100 && index >= 0 && index < 1e6;
	if (!is_open(call, "picker")) {
		call_fail(call, "no picker is open");
	} else if (good && app_picker_turn(call_app(call), (int)column, (int)index)) {
		call_succeed(call, value_object_new(0));
	} else {
		call_fail(call, "the picker has no such row: {column, index} are numbers from 0");
	}
}

static void confirm_picker(struct command_call *call, struct value data)
{
	UNUSED(data);
	answer_picker(call, true);
}

static void cancel_picker(struct command_call *call, struct value data)
{
	UNUSED(data);
	answer_picker(call, false);
}

/* {index}: the item of an action sheet that is tapped; absent: it is put away. */
static void choose_action(struct command_call *call, struct value data)
{
	struct value index = value_get_text(data, "index"), given = value_undefined();
	if (value_is(index, VALUE_NUMBER)) {
		given = value_object_new(1);
		value_object_set_text(&given, "tapIndex", value_ref(index));
	}
	answer(call, "actionSheet", given);
}

/* A picker's sheet has the same two buttons. */
static void confirm_modal(struct command_call *call, struct value data)
{
	if (!is_open(call, "modal") && is_open(call, "picker")) {
		answer_picker(call, true);
		return;
	}
	struct value confirmed = value_object_new(2);
	value_object_set_text(&confirmed, "confirm", value_bool(true));
	if (!value_is_nullish(value_get_text(data, "content"))) {
		value_object_set_text(&confirmed, "content", value_ref(value_get_text(data, "content")));
	}
	answer(call, "modal", confirmed);
}

static void cancel_modal(struct command_call *call, struct value data)
{
	UNUSED(data);
	bool modal = is_open(call, "modal");
	if (!modal && is_open(call, "picker")) {
		answer_picker(call, false);
	} else {
		answer(call, !modal && is_open(call, "actionSheet") ? "actionSheet" : "modal", value_undefined());
	}
}

static void authorize_allow(struct command_call *call, struct value data)
{
	UNUSED(data);
	answer(call, "permission", value_object_new(0));
}

static void authorize_cancel(struct command_call *call, struct value data)
{
	UNUSED(data);
	answer(call, "permission", value_undefined());
}

/* {chats: ["group:family"]}; without them the first chat that is offered. */
static void share_confirm(struct command_call *call, struct value data)
{
	struct host *host = call->automation->mina->host;
	struct value overlay = host->ui && host->ui->overlay ? host->ui->overlay(host) : value_object_new(0);
	struct value offered = value_get_text(value_get_text(overlay, "share"), "chats"), chats = value_get_text(data, "chats");
	struct value given = value_object_new(1), chosen = value_array_new(1);
	if (!value_len(chats)) {
		value_array_push(&chosen, value_ref(value_get_text(value_at(offered, 0), "id")));
	}
	value_object_set_text(&given, "chats", value_len(chats) ? value_ref(chats) : value_ref(chosen));
	value_unref(chosen);
	value_unref(overlay);
	answer(call, "share", given);
}

static void share_cancel(struct command_call *call, struct value data)
{
	UNUSED(data);
	answer(call, "share", value_undefined());
}

static void close_payment(struct command_call *call, struct value data)
{
	UNUSED(data);
	call_fail(call, "no payment dialog is open");
}

static void route(struct command_call *call, enum app_route kind, struct str url)
{
	struct app_route_request request = {.route = kind, .url = url, .delta = 1};
	struct strbuf error = {0};
	if (app_route(call_app(call), &request, &error)) {
		call_succeed(call, value_object_new(0));
	} else {
		call_fail(call, "%s", error.at);
	}
	strbuf_finish(&error);
}

static void go_home(struct command_call *call, struct value data)
{
	UNUSED(data);
	app_menu_choose(call_app(call), STR("home")); // it is not offered at home
	call_succeed(call, value_object_new(0));
}

static void navigate_left(struct command_call *call, struct value data)
{
	UNUSED(data);
	route(call, ROUTE_BACK, STR(""));
}

static void switch_tab(struct command_call *call, struct value data)
{
	struct strbuf url = {0};
	struct str given = value_str(value_is(data, VALUE_STRING) ? data : value_get_text(data, "url"));
	strbuf_printf(&url, "%s" STR_FMT, given.len && given.at[0] != '/' ? "/" : "", STR_ARG(given));
	route(call, ROUTE_SWITCH_TAB, strbuf_str(&url));
	strbuf_finish(&url);
}

static const struct native {
	const char *name;
	void (*run)(struct command_call *call, struct value data);
} natives[] = {
	{"goHome", go_home},
	{"navigateLeft", navigate_left},
	{"switchTab", switch_tab},
	{"confirmModal", confirm_modal},
	{"cancelModal", cancel_modal},
	{"authorizeAllow", authorize_allow},
	{"authorizeCancel", authorize_cancel},
	{"shareConfirm", share_confirm},
	{"shareCancel", share_cancel},
	{"closePaymentDialog", close_payment},
	{"turnPicker", turn_picker}, // from here on: not of the official client, which sends them by native().sendNative()
	{"confirmPicker", confirm_picker},
	{"cancelPicker", cancel_picker},
	{"chooseAction", choose_action},
};

static void native(struct command_call *call)
{
	struct str name = call_text(call, "method");
	for (size_t i = 0; i < ARRAY_LEN(natives); i++) {
		if (str_is(name, natives[i].name)) {
			natives[i].run(call, call_value(call, "data"));
			return;
		}
	}
	call_fail(call, "native." STR_FMT " not exists", STR_ARG(name));
}

static const struct schema none_rows[] = {{0}};

static const struct schema ticket_rows[] = {
	{"ticket", SCHEMA_STRING, SCHEMA_REQUIRED},
	{0},
};

static const struct schema native_rows[] = {
	{"method", SCHEMA_STRING, SCHEMA_REQUIRED, .doc = "goHome, confirmModal, shareConfirm ..."},
	{"data", SCHEMA_ANY},
	{0},
};

const struct command command_tool_rows[] = {
	{"Tool.getInfo", COMMAND_LOOKS | COMMAND_NO_APP, "Versions of base library and tool.", none_rows, get_info},
	{"Tool.close", COMMAND_LOOKS | COMMAND_NO_APP, "The server ends once it has answered.", none_rows, close_tool},
	{"Tool.compile", COMMAND_NO_APP, "The program starts anew.", NULL, compile},
	{"Tool.clearCache", COMMAND_NO_APP, "The program's storage is emptied.", NULL, clear_cache},
	{"Tool.enableRemoteDebug", COMMAND_LOOKS | COMMAND_NO_APP, "Always fails: there is no phone.", NULL, enable_remote_debug},
	{"Tool.getTestAccounts", COMMAND_LOOKS | COMMAND_NO_APP, "The people of the world.", none_rows, get_test_accounts},
	{"Tool.getTicket", COMMAND_LOOKS | COMMAND_NO_APP, "Who runs the app.", none_rows, get_ticket},
	{"Tool.setTicket", COMMAND_LOOKS | COMMAND_NO_APP, "The same person, or it fails.", ticket_rows, set_ticket},
	{"Tool.refreshTicket", COMMAND_LOOKS | COMMAND_NO_APP, "Nothing: tickets do not end here.", none_rows, refresh_ticket},
	{"Tool.stopAudits", COMMAND_LOOKS | COMMAND_NO_APP, "What was found wrong with the program.", none_rows, stop_audits},
	{"Tool.native", 0, "The person's hand on bars and dialogs.", native_rows, native},
	{0},
};
