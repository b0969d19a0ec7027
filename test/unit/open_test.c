/* The open platform and sharing as several simulated hosts of one world have them, the platform being inside. */
#include "harness/test.h"

#include "core/value/json.h"
#include "host/open.h"
#include "host/sim/sim.h"
#include "platform/platform.h"

#define APPID STR("wx0123456789abcdef")

struct probe {
	struct host_request request;
	int finished;
	enum host_outcome outcome;
	struct value result;
};

static void finish(struct host_request *request, enum host_outcome outcome, struct value result)
{
	struct probe *probe = CONTAINER_OF(request, struct probe, request);
	probe->finished++;
	probe->outcome = outcome;
	value_unref(probe->result);
	probe->result = value_ref(result);
}

static struct value json(const char *text)
{
	struct value value = value_undefined();
	CHECK(json_parse(str_of(text), &value, NULL) == 0);
	return value;
}

static struct sim_host *device(struct sim_world *world, const char *person)
{
	struct sim_host *sim = sim_host_create(world);
	CHECK_NUM(sim_host_set_person(sim, str_of(person)), 0);
	sim_host_set_program(sim, APPID, STR("Test"));
	return sim;
}

static struct str error_of(const struct probe *probe)
{
	return value_str(value_get_text(probe->result, "errMsg"));
}

static struct probe ask(struct sim_host *sim, host_call call, const char *parameters, double ms)
{
	struct probe probe = {.request.on_finish = finish};
	struct value given = json(parameters);
	host_start(&sim->host, call, given, &probe.request);
	CHECK_NUM(probe.finished, 0);
	sim_host_advance(sim, ms);
	CHECK_NUM(probe.finished, 1);
	value_unref(given);
	return probe;
}

/* A share that the person answers; answer NULL: cancel. */
static struct probe share(struct sim_host *sim, const char *card, const char *answer)
{
	struct probe probe = {.request.on_finish = finish};
	struct value given = json(card), choice = answer ? json(answer) : value_undefined();
	HOST_CALL(&sim->host, open, share, given, &probe.request);
	sim_host_advance(sim, 5);
	CHECK_NUM(probe.finished, 0);
	CHECK(sim->host.ui->answer(&sim->host, "share", choice));
	sim_host_advance(sim, 5);
	CHECK_NUM(probe.finished, 1);
	value_unref(given);
	value_unref(choice);
	return probe;
}

static struct probe open_card(struct sim_host *sim, const char *message, bool anyway)
{
	struct probe probe = {.request.on_finish = finish};
	sim_host_open_card(sim, str_of(message), anyway, &probe.request);
	CHECK_NUM(probe.finished, 0);
	sim_host_advance(sim, 5);
	CHECK_NUM(probe.finished, 1);
	return probe;
}

#define EXPECT_FAIL(probe_, want_outcome, want_text) \
	do { \
		struct probe p_ = (probe_); \
		CHECK_NUM(p_.outcome, want_outcome); \
		CHECK_STR(error_of(&p_), want_text); \
		value_unref(p_.result); \
	} while (0)

#define TICKET_CARD "{\"title\":\"T\",\"path\":\"/pages/a/b?x=1&y=%20\",\"withShareTicket\":true}"

static struct probe share_info(struct sim_host *sim, struct value ticket)
{
	struct strbuf text = {0};
	strbuf_add_text(&text, "{\"shareTicket\":");
	json_write(ticket, &text);
	strbuf_add_char(&text, '}');
	struct probe probe = ask(sim, sim->host.open->share_info, text.at, 5);
	strbuf_finish(&text);
	return probe;
}

/* Alice shares to a group and to bob: one ticket, which is hers; bob's comes with the card; both end with their lives. */
static void test_round_trip(void)
{
	struct sim_world *world = sim_world_create(3);
	struct sim_host *alice = device(world, "alice"), *bob = device(world, "bob"), *dave = device(world, "dave");
	struct probe sent = share(alice, TICKET_CARD, "{\"chats\":[\"group:family\",\"bob\",\"family\"]}");
	struct value tickets = value_get_text(sent.result, "shareTickets");
	CHECK_NUM(sent.outcome, HOST_OK);
	CHECK_NUM(value_len(tickets), 1);
	CHECK_NUM(world->society.messages.len, 4); // two of the default world, one a chat
	EXPECT_FAIL(share_info(alice, value_at(tickets, 0)), HOST_FAIL, "login first");
	struct probe login = ask(alice, alice->host.open->login, "{}", 5), info = share_info(alice, value_at(tickets, 0));
	CHECK_NUM(info.outcome, HOST_OK);
	CHECK(value_str(value_get_text(info.result, "encryptedData")).len > 0);
	value_unref(login.result);
	value_unref(info.result);

	struct probe entry = open_card(bob, "m3", false);
	struct value ticket = value_get_text(entry.result, "shareTicket"), query = value_get_text(entry.result, "query");
	CHECK_STR(value_str(value_get_text(entry.result, "path")), "pages/a/b");
	CHECK_STR(value_str(value_get_text(query, "y")), "%20");
	CHECK_NUM(value_get_text(entry.result, "scene").number, 1044);
	value_unref(ask(bob, bob->host.open->login, "{}", 5).result);
	EXPECT_FAIL(share_info(bob, value_at(tickets, 0)), HOST_FAIL, "invalid shareTicket"); // alice's
	info = share_info(bob, ticket);
	CHECK_NUM(info.outcome, HOST_OK);
	value_unref(info.result);
	info = ask(bob, bob->host.open->group_info, "{}", 5);
	CHECK_NUM(info.outcome, HOST_OK);
	value_unref(info.result);
	sim_host_begin_life(bob);
	EXPECT_FAIL(share_info(bob, ticket), HOST_FAIL, "invalid shareTicket");
	EXPECT_FAIL(ask(bob, bob->host.open->group_info, "{}", 5), HOST_FAIL, "not entered from a group");
	value_unref(entry.result);

	entry = open_card(bob, "m4", false);
	CHECK_NUM(value_get_text(entry.result, "scene").number, 1007);
	CHECK(!value_has(entry.result, STR("shareTicket")));
	value_unref(entry.result);
	EXPECT_FAIL(open_card(dave, "m3", false), HOST_DENIED, "it is in a chat of others");
	entry = open_card(dave, "m3", true);
	CHECK_NUM(value_get_text(entry.result, "scene").number, 1008);
	CHECK(!value_has(entry.result, STR("shareTicket")));
	value_unref(entry.result);
	EXPECT_FAIL(open_card(dave, "m99", true), HOST_NOT_FOUND, "there is no such card");
	sim_host_set_program(dave, STR("wx-other"), STR(""));
	EXPECT_FAIL(open_card(dave, "m3", true), HOST_FAIL, "it is another mini program's");
	value_unref(sent.result);
	sim_host_destroy(alice);
	sim_host_destroy(bob);
	sim_host_destroy(dave);
	sim_world_destroy(world);
}

static void test_refusals(void)
{
	struct sim_world *world = sim_world_create(3);
	struct sim_host *bob = device(world, "bob");
	size_t before = world->society.messages.len;
	EXPECT_FAIL(share(bob, TICKET_CARD, NULL), HOST_CANCEL, "cancel");
	EXPECT_FAIL(share(bob, TICKET_CARD, "{\"chats\":[]}"), HOST_CANCEL, "cancel");
	EXPECT_FAIL(share(bob, TICKET_CARD, "{\"chats\":[\"group:work\",\"dave\",7]}"), HOST_CANCEL, "cancel"); // none is his
	EXPECT_FAIL(share(bob, TICKET_CARD, "{\"fail\":\"network\"}"), HOST_FAIL, "network");
	CHECK_NUM(world->society.messages.len, before);
	EXPECT_FAIL(ask(bob, bob->host.open->check_session, "{}", 5), HOST_FAIL, "session expired");
	EXPECT_FAIL(ask(bob, bob->host.open->user_info, "{\"withCredentials\":true}", 5), HOST_FAIL, "login first");
	struct probe user = ask(bob, bob->host.open->user_info, "{}", 5);
	CHECK_NUM(user.outcome, HOST_OK);
	CHECK(!value_has(user.result, STR("encryptedData")));
	value_unref(user.result);
	sim_host_destroy(bob);
	sim_world_destroy(world);
}

static void test_settings(void)
{
	static const char world_json[] = "{\"people\":[{\"id\":\"a\",\"settings\":{\"scope.userInfo\":false,\"scope.werun\":false}}]}";
	struct sim_world *world = sim_world_create(3);
	CHECK_NUM(sim_world_load(world, STR("world.json"), str_of(world_json), NULL), 0);
	struct sim_host *sim = device(world, "a");
	EXPECT_FAIL(ask(sim, sim->host.open->user_info, "{}", 5), HOST_DENIED, "auth deny");
	EXPECT_FAIL(ask(sim, sim->host.open->we_run, "{}", 5), HOST_DENIED, "auth deny");
	EXPECT_FAIL(ask(sim, sim->host.open->phone_number, "{}", 5), HOST_FAIL, "cancel to bind phone");
	CHECK_NUM(sim_host_set_person(sim, STR("alice")), 1);
	sim_host_destroy(sim);
	sim_world_destroy(world);
}

static void test_scripts(void)
{
	struct sim_world *world = sim_world_create(3);
	struct sim_host *alice = device(world, "alice");
	size_t before = world->society.messages.len;
	CHECK_NUM(sim_host_load_script(alice, STR("{\"answers\":{\"shareAppMessage\":[{\"chats\":[\"family\"],\"$delay\":3},{\"fail\":\"network\"}],"
		"\"getShareInfo\":{\"encryptedData\":\"x\",\"iv\":\"y\",\"$delay\":300}}}"), NULL), 0);
	struct probe sent = ask(alice, alice->host.open->share, TICKET_CARD, 10);
	CHECK_NUM(sent.outcome, HOST_OK);
	CHECK_NUM(value_len(value_get_text(sent.result, "shareTickets")), 1);
	CHECK_NUM(world->society.messages.len, before + 1);
	value_unref(sent.result);
	EXPECT_FAIL(ask(alice, alice->host.open->share, TICKET_CARD, 10), HOST_FAIL, "network");
	EXPECT_FAIL(ask(alice, alice->host.open->share_info, "{\"shareTicket\":\"t\",\"timeout\":100}", 150), HOST_TIMEOUT, "timeout");
	struct probe info = ask(alice, alice->host.open->share_info, "{\"shareTicket\":\"t\",\"timeout\":1000}", 350);
	CHECK_NUM(info.outcome, HOST_OK);
	value_unref(info.result);
	sim_host_destroy(alice);
	sim_world_destroy(world);
}

/* The program ends, or gives up, while the picker is open or its ticket under way. */
static void test_giving_up(void)
{
	struct sim_world *world = sim_world_create(3);
	struct sim_host *alice = device(world, "alice");
	struct value card = json(TICKET_CARD), choice = json("{\"chats\":[\"family\"]}");
	struct probe probe = {.request.on_finish = finish};
	HOST_CALL(&alice->host, open, share, card, &probe.request);
	host_request_abort(&probe.request);
	sim_host_advance(alice, 5);
	CHECK_NUM(probe.finished, 1);
	CHECK_NUM(probe.outcome, HOST_ABORTED);
	CHECK(!alice->host.ui->answer(&alice->host, "share", choice));
	HOST_CALL(&alice->host, open, share, card, &probe.request);
	alice->host.ui->answer(&alice->host, "share", choice);
	host_request_drop(&probe.request);
	HOST_CALL(&alice->host, open, share, card, &probe.request);
	alice->host.ui->answer(&alice->host, "share", choice);
	alice->host.clock->step(&alice->host, host_monotonic(&alice->host)); // the choice; the ticket comes a turn later
	host_request_drop(&probe.request);
	sim_host_advance(alice, 5);
	CHECK_NUM(probe.finished, 1);
	value_unref(probe.result);
	value_unref(card);
	value_unref(choice);
	sim_host_destroy(alice);
	sim_world_destroy(world);
}

static const struct test_case cases[] = {
	{"a share, its tickets, and who opens it", test_round_trip},
	{"cancel, failure, no session", test_refusals},
	{"what a person refuses or has not", test_settings},
	{"scripted choices and delays", test_scripts},
	{"a share that is given up", test_giving_up},
};
TEST_MAIN(cases)
