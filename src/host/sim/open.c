/* The open platform and the messenger as the simulated host has them: the script's answer, else the platform's, else
 * answer.c's default. */
#include "host/sim/part.h"
#include "host/sim/sim_platform.h"

#include <string.h>

static void deny(struct host_request *request)
{
	host_request_fail_later(request, HOST_DENIED, host_outcome_text(HOST_DENIED));
}

static struct value with_life(struct sim_host *sim, struct value parameters)
{
	struct value asked = value_object_new(4);
	value_object_set_text(&asked, "shareTicket", value_ref(value_get_text(parameters, "shareTicket")));
	value_object_set_text(&asked, "life", value_ref(sim->life));
	return asked;
}

static void login(struct sim_host *sim, struct value parameters, struct host_request *request)
{
	UNUSED(parameters);
	sim_platform_ask(sim, "login", value_object_new(2), request);
}

static void check_session(struct sim_host *sim, struct value parameters, struct host_request *request)
{
	UNUSED(parameters);
	sim_platform_ask(sim, "checkSession", value_object_new(2), request);
}

static void ask_user(struct sim_host *sim, struct value parameters, bool credentials, struct host_request *request)
{
	struct value asked = value_object_new(4), lang = value_get_text(parameters, "lang"), wants = value_get_text(parameters, "withCredentials");
	if (!sim_person_allows(sim, STR("scope.userInfo"))) {
		value_unref(asked);
		deny(request);
		return;
	}
	if (value_is(lang, VALUE_STRING)) {
		value_object_set_text(&asked, "lang", value_ref(lang));
	}
	if (credentials && value_is(wants, VALUE_BOOL)) {
		value_object_set_text(&asked, "withCredentials", wants);
	}
	sim_platform_ask(sim, "userInfo", asked, request);
}

static void user_info(struct sim_host *sim, struct value parameters, struct host_request *request)
{
	ask_user(sim, parameters, true, request);
}

static void user_profile(struct sim_host *sim, struct value parameters, struct host_request *request)
{
	ask_user(sim, parameters, false, request);
}

static void phone_number(struct sim_host *sim, struct value parameters, struct host_request *request)
{
	UNUSED(parameters);
	sim_platform_ask(sim, "phoneNumber", value_object_new(2), request);
}

static void we_run(struct sim_host *sim, struct value parameters, struct host_request *request)
{
	UNUSED(parameters);
	if (sim_person_allows(sim, STR("scope.werun"))) {
		sim_platform_ask(sim, "weRunData", value_object_new(2), request);
	} else {
		deny(request);
	}
}

/* Only what the program has asked for already (setting.html). */
static void setting(struct sim_host *sim, struct value parameters, struct host_request *request)
{
	struct value result = value_object_new(1);
	UNUSED(parameters);
	value_object_set_text(&result, "authSetting", value_is(sim->scopes, VALUE_OBJECT) ? value_ref(sim->scopes) : value_object_new(0));
	host_request_finish_later(request, 0, HOST_OK, result);
}

static void share(struct sim_host *sim, struct value parameters, struct host_request *request)
{
	sim_share(sim, parameters, value_undefined(), 0, request);
}

static void share_timeline(struct sim_host *sim, struct value parameters, struct host_request *request)
{
	sim_host_announce(sim);
	sim_society_post(&sim->world->society, sim_host_person(sim), sim_world_now(sim->world), sim_share_card(sim, parameters),
		host_bytes_ref(request->body));
	host_request_finish_later(request, 0, HOST_OK, value_object_new(0));
}

static void favorite(struct sim_host *sim, struct value parameters, struct host_request *request)
{
	sim_host_announce(sim);
	sim_society_favor(&sim->world->society, sim_host_person(sim), sim_world_now(sim->world), sim_share_card(sim, parameters),
		host_bytes_ref(request->body));
	host_request_finish_later(request, 0, HOST_OK, value_object_new(0));
}

static void share_info(struct sim_host *sim, struct value parameters, struct host_request *request)
{
	sim_platform_ask(sim, "shareInfo", with_life(sim, parameters), request);
}

static void group_info(struct sim_host *sim, struct value parameters, struct host_request *request)
{
	struct str group = {0}, chat = value_str(value_get_text(sim->entered, "chat"));
	struct value asked = value_object_new(4);
	UNUSED(parameters);
	if (!chat.len || sim_chat_kind(chat, &group) != SIM_CHAT_GROUP) {
		value_unref(asked);
		host_request_fail_later(request, HOST_FAIL, "not entered from a group");
		return;
	}
	value_object_set_text(&asked, "group", value_string(group));
	value_object_set_text(&asked, "life", value_ref(sim->life));
	sim_platform_ask(sim, "groupEnterInfo", asked, request);
}

static void private_message(struct sim_host *sim, struct value parameters, struct host_request *request)
{
	sim_platform_ask(sim, "privateMessage", with_life(sim, parameters), request);
}

static void open_data(struct sim_host *sim, struct value parameters, struct host_request *request)
{
	struct value asked = value_object_new(6);
	for (size_t i = 0; i < value_count(parameters); i++) {
		value_object_set(&asked, value_key(parameters, i), value_ref(value_entry(parameters, i)));
	}
	sim_platform_ask(sim, "openData", asked, request);
}

/* What is not here has answer.c's default. */
static const struct open_row {
	const char *name;
	void (*run)(struct sim_host *sim, struct value parameters, struct host_request *request);
} rows[] = {
	{"login", login},
	{"checkSession", check_session},
	{"getUserInfo", user_info},
	{"getUserProfile", user_profile},
	{"getPhoneNumber", phone_number},
	{"getWeRunData", we_run},
	{"getSetting", setting},
	{"openSetting", setting},
	{"shareAppMessage", share},
	{"shareTimeline", share_timeline},
	{"addToFavorites", favorite},
	{"getShareInfo", share_info},
	{"getGroupEnterInfo", group_info},
	{"authPrivateMessage", private_message},
	{"open-data", open_data},
};

/* A scripted choice of chats is a choice; an answer that comes later than `timeout` is none. */
static bool scripted(struct sim_host *sim, const char *name, struct value parameters, struct host_request *request)
{
	enum host_outcome outcome;
	struct value result, timeout = value_get_text(parameters, "timeout");
	double delay;
	if (!sim_script_answer(&sim->script, name, &outcome, &result, &delay)) {
		return false;
	}
	bool choice = strcmp(name, "shareAppMessage") == 0 && outcome == HOST_OK
		&& (value_has(result, STR("chats")) || value_has(result, STR("fail")));
	if (choice) {
		sim_share(sim, parameters, result, delay, request);
		value_unref(result);
	} else if (value_is(timeout, VALUE_NUMBER) && timeout.number >= 0 && delay > timeout.number) {
		value_unref(result);
		host_request_finish_later(request, timeout.number, HOST_TIMEOUT, host_error(host_outcome_text(HOST_TIMEOUT)));
	} else {
		host_request_finish_later(request, delay, outcome, result);
	}
	return true;
}

static void call(struct host *host, const char *name, struct value parameters, struct host_request *request)
{
	struct sim_host *sim = sim_of(host);
	if (scripted(sim, name, parameters, request)) {
		return;
	}
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		if (strcmp(rows[i].name, name) == 0) {
			rows[i].run(sim, parameters, request);
			return;
		}
	}
	sim_answer(host, name, parameters, request);
}

static struct value account(struct host *host)
{
	struct sim_host *sim = sim_of(host);
	struct value given = sim_script_get(&sim->script, "account"), result = value_object_new(3);
	if (value_is(given, VALUE_OBJECT)) {
		value_unref(result);
		return value_ref(given);
	}
	value_object_set_text(&result, "appId", value_string(sim_host_appid(sim)));
	value_object_set_text(&result, "envVersion", value_text("develop"));
	value_object_set_text(&result, "version", value_text(""));
	return result;
}

#define FUNCTION(slot, name) \
	static void call_##slot(struct host *host, struct value parameters, struct host_request *request) \
	{ \
		call(host, name, parameters, request); \
	}
#define ROW(slot, name) .slot = call_##slot,
HOST_OPEN_CALLS(FUNCTION)
const struct host_open sim_open = {.account = account, HOST_OPEN_CALLS(ROW)};
