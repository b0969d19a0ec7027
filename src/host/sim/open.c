/* The open platform as a program sees it (open.h): each call is a question to the platform on behalf of the person, unless
 * the script answers it or the person refuses. */
#include "host/sim/part.h"

#include "base/mem.h"
#include "host/sim/sim_platform.h"

struct open_row {
	const char *name;      // the wx API
	const char *operation; // of the platform
	const char *scope;     // which the person may refuse; NULL: none
	bool life;             // tickets are good in the program's life alone
	/* Instead of asking the platform. */
	void (*run)(struct sim_host *sim, struct value parameters, struct host_request *request);
};

extern const struct open_row sim_open_rows[];

/* A call that the script delays. */
struct delayed {
	struct sim_host *sim;
	struct host_timer timer;
	const struct open_row *row;
	struct value parameters;
	struct host_request *request;
};

static void finish(struct host_request *request, struct value result)
{
	host_request_finish_later(request, 0, HOST_OK, result);
}

static bool is_refused(struct sim_host *sim, struct host_request *request)
{
	const char *refuse = sim->world->society.refuse;
	if (refuse) {
		host_request_fail_later(request, HOST_FAIL, refuse);
	}
	return refuse != NULL;
}

static void share_timeline(struct sim_host *sim, struct value parameters, struct host_request *request)
{
	if (!is_refused(sim, request)) {
		sim_society_post(&sim->world->society, sim_host_person(sim), sim_world_now(sim->world), sim_share_card(sim, parameters),
			host_bytes_ref(request->body));
		finish(request, value_object_new(0));
	}
}

static void favorite(struct sim_host *sim, struct value parameters, struct host_request *request)
{
	if (!is_refused(sim, request)) {
		sim_society_favor(&sim->world->society, sim_host_person(sim), sim_world_now(sim->world), sim_share_card(sim, parameters),
			host_bytes_ref(request->body));
		finish(request, value_object_new(0));
	}
}

static void share(struct sim_host *sim, struct value parameters, struct host_request *request)
{
	sim_share(sim, parameters, value_undefined(), 0, request);
}

/* The group whose card was opened last; its ticket is not needed (2.17.3). */
static void group_info(struct sim_host *sim, struct value parameters, struct host_request *request)
{
	UNUSED(parameters);
	struct str group;
	if (sim_chat_kind(value_str(value_get_text(sim->entered, "chat")), &group) != SIM_CHAT_GROUP) {
		host_request_fail_later(request, HOST_FAIL, "not entered from a group");
		return;
	}
	struct value question = value_object_new(4);
	value_object_set_text(&question, "group", value_string(group));
	value_object_set_text(&question, "life", value_ref(sim->life));
	sim_platform_ask(sim, "groupEnterInfo", question, request);
}

static void run(struct sim_host *sim, const struct open_row *row, struct value parameters, struct host_request *request)
{
	if (row->scope && !sim_person_allows(sim, row->scope)) {
		host_request_fail_later(request, HOST_DENIED, host_outcome_text(HOST_DENIED));
	} else if (row->run) {
		row->run(sim, parameters, request);
	} else {
		struct value question = value_is(parameters, VALUE_OBJECT) ? value_unshared(value_ref(parameters)) : value_object_new(3);
		if (row->life) {
			value_object_set_text(&question, "life", value_ref(sim->life));
		}
		sim_platform_ask(sim, row->operation, question, request);
	}
}

static void free_delayed(struct delayed *delayed)
{
	host_timer_stop(&delayed->sim->host, &delayed->timer);
	value_unref(delayed->parameters);
	mem_free(delayed);
}

static void release_delayed(struct host_request *request)
{
	free_delayed(request->operation);
}

static void delay_over(struct host_timer *timer)
{
	struct delayed *delayed = CONTAINER_OF(timer, struct delayed, timer);
	struct host_request *request = delayed->request;
	request->release = NULL;
	request->operation = NULL;
	run(delayed->sim, delayed->row, delayed->parameters, request);
	free_delayed(delayed);
}

static void run_later(struct sim_host *sim, const struct open_row *row, double delay, struct value parameters,
	struct host_request *request)
{
	struct delayed *delayed = mem_alloc(sizeof(*delayed));
	*delayed = (struct delayed){sim, {.fire = delay_over}, row, value_ref(parameters), request};
	request->operation = delayed;
	request->release = release_delayed;
	host_timer_start(&sim->host, &delayed->timer, delay);
}

/* What the script has for it: a whole answer; {$delay} alone, after which the platform answers; or, of a share, {chats}, which is
 * the person's choice. None of them outlasts the call's own `timeout`. */
static bool answer_scripted(struct sim_host *sim, const struct open_row *row, struct value parameters, struct host_request *request)
{
	enum host_outcome outcome;
	struct value result, limit = value_get_text(parameters, "timeout");
	double delay;
	if (!sim_script_answer(&sim->script, row->name, &outcome, &result, &delay)) {
		return false;
	}
	if (value_is(limit, VALUE_NUMBER) && limit.number > 0 && delay > limit.number) {
		host_request_finish_later(request, limit.number, HOST_TIMEOUT, host_error(host_outcome_text(HOST_TIMEOUT)));
	} else if (outcome == HOST_OK && row->run == share && value_is(value_get_text(result, "chats"), VALUE_ARRAY)) {
		sim_share(sim, parameters, result, delay, request);
	} else if (outcome == HOST_OK && delay > 0 && value_is(result, VALUE_OBJECT) && !value_count(result)) {
		run_later(sim, row, delay, parameters, request);
	} else {
		host_request_finish_later(request, delay, outcome, result);
		return true;
	}
	value_unref(result);
	return true;
}

static void start(struct host *host, const char *name, struct value parameters, struct host_request *request)
{
	struct sim_host *sim = sim_of(host);
	const struct open_row *row = sim_open_rows;
	while (row->name && strcmp(row->name, name) != 0) {
		row++;
	}
	if (!row->name) {
		sim_answer(host, name, parameters, request);
	} else if (!answer_scripted(sim, row, parameters, request)) {
		run(sim, row, parameters, request);
	}
}

static struct value account(struct host *host)
{
	struct sim_host *sim = sim_of(host);
	struct value scripted = sim_script_get(&sim->script, "account");
	if (value_is(scripted, VALUE_OBJECT)) {
		return value_ref(scripted);
	}
	struct value account = value_object_new(3);
	value_object_set_text(&account, "appId", value_string(sim_host_appid(sim)));
	value_object_set_text(&account, "envVersion", value_text("develop"));
	value_object_set_text(&account, "version", value_text(""));
	return account;
}

#define FUNCTION(slot, name) \
	static void call_##slot(struct host *host, struct value parameters, struct host_request *request) \
	{ \
		start(host, name, parameters, request); \
	}
#define ROW(slot, name) .slot = call_##slot,
HOST_OPEN_CALLS(FUNCTION)
const struct host_open sim_open = {.account = account, HOST_OPEN_CALLS(ROW)};

/* What is not listed is answer.c's. */
const struct open_row sim_open_rows[] = {
	{"login", "login"},
	{"checkSession", "checkSession"},
	{"getUserInfo", "userInfo", "scope.userInfo"},
	{"getUserProfile", "userInfo"},
	{"getPhoneNumber", "phoneNumber"},
	{"getWeRunData", "weRunData", "scope.werun"},
	{"shareAppMessage", .run = share},
	{"shareTimeline", .run = share_timeline},
	{"addToFavorites", .run = favorite},
	{"getShareInfo", "shareInfo", .life = true},
	{"getGroupEnterInfo", .run = group_info},
	{"authPrivateMessage", "privateMessage", .life = true},
	{"open-data", "openData"},
	{NULL},
};
