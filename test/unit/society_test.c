/* The people of a simulated world: what a world.json makes, what is wrong in it, chats as each person sees them, what is
 * sent and sent on. */
#include "harness/test.h"

#include "base/mem.h"
#include "core/value/json.h"
#include "host/sim/society.h"

static void print_diags(const struct diag_list *diags, struct strbuf *out)
{
	for (size_t i = 0; i < diags->items.len; i++) {
		const struct diag *diag = &diags->items.at[i];
		strbuf_printf(out, "%d:%d: %s: %s\n", diag->line, diag->column, diag->severity == DIAG_ERROR ? "error" : "warning", diag->text);
	}
}

static void print_value(const char *head, struct value value, struct strbuf *out)
{
	strbuf_add_text(out, head);
	json_write(value, out);
	strbuf_add_char(out, '\n');
	value_unref(value);
}

/* Each person's chats, by id and name. */
static void print_chats(const struct sim_society *society, struct strbuf *out)
{
	struct value people = value_get_text(society->world, "people");
	for (size_t i = 0; i < value_len(people); i++) {
		struct str id = value_str(value_get_text(value_at(people, i), "id"));
		struct value chats = sim_society_chats(society, id);
		strbuf_printf(out, STR_FMT " sees", STR_ARG(id));
		for (size_t k = 0; k < value_len(chats); k++) {
			strbuf_printf(out, " " STR_FMT "(" STR_FMT ")", STR_ARG(value_str(value_get_text(value_at(chats, k), "id"))),
				STR_ARG(value_str(value_get_text(value_at(chats, k), "name"))));
		}
		strbuf_add_char(out, '\n');
		value_unref(chats);
	}
}

static void run_block(const struct test_block *block, struct strbuf *out)
{
	struct sim_society society;
	struct diag_list diags = {0};
	sim_society_init(&society);
	int status = sim_society_load(&society, STR("world.json"), block->section(block, "world"), &diags);
	print_diags(&diags, out);
	if (status) {
		strbuf_add_text(out, "refused\n");
	} else {
		print_value("programs ", value_ref(value_get_text(society.world, "programs")), out);
		print_chats(&society, out);
		for (size_t i = 0; i < society.messages.len; i++) {
			print_value("", sim_message_describe(society.messages.at[i]), out);
		}
	}
	diag_list_finish(&diags);
	sim_society_finish(&society);
}

static void test_worlds(void) { test_dat("world.dat", run_block); }

static struct value card_of(const char *json)
{
	struct value card = value_undefined();
	CHECK(json_parse(str_of(json), &card, NULL) == 0);
	return card;
}

static void check_chat(const struct sim_society *society, const char *person, const char *said, const char *want)
{
	struct value chat = sim_society_chat_id(society, str_of(person), str_of(said));
	CHECK_STR(value_str(chat), want);
	value_unref(chat);
}

static void test_names(void)
{
	struct sim_society society;
	struct str group = {0};
	sim_society_init(&society);
	check_chat(&society, "alice", "group:family", "group:family");
	check_chat(&society, "alice", "family", "group:family");
	check_chat(&society, "alice", "bob", "single:alice,bob");
	check_chat(&society, "bob", "person:alice", "single:alice,bob");
	check_chat(&society, "bob", "single:alice,bob", "single:alice,bob");
	check_chat(&society, "bob", "group:work", ""); // not a member
	check_chat(&society, "bob", "dave", "");       // no friend
	check_chat(&society, "bob", "bob", "");
	check_chat(&society, "bob", "single:alice,carol", "");
	check_chat(&society, "zoe", "family", "");
	CHECK(sim_chat_kind(STR("group:family"), &group) == SIM_CHAT_GROUP && str_is(group, "family"));
	CHECK(sim_chat_kind(STR("single:alice,bob"), &group) == SIM_CHAT_SINGLE);
	CHECK(sim_chat_kind(STR("timeline"), &group) == SIM_CHAT_NONE);
	CHECK(sim_society_is_member(&society, STR("work"), STR("dave")) && !sim_society_is_member(&society, STR("work"), STR("bob")));
	CHECK(sim_society_in_chat(&society, STR("single:alice,bob"), STR("bob")) && !sim_society_in_chat(&society, STR("single:alice,bob"), STR("carol")));
	sim_society_finish(&society);
}

static const char *try_forward(struct sim_society *society, const char *id, const char *person, const char *chat)
{
	const char *reason = NULL;
	struct sim_message *message = sim_society_forward(society, str_of(id), str_of(person), str_of(chat), 5, &reason);
	return message ? message->id.at : reason;
}

static void test_forwarding(void)
{
	struct sim_society society;
	sim_society_init(&society);
	sim_society_send_card(&society, STR("group:family"), STR("alice"), 1, card_of("{\"appid\": \"wx\", \"title\": \"T\"}"),
		host_bytes_new("png", 3));
	sim_society_send_card(&society, STR("group:family"), STR("alice"), 2, card_of("{\"appid\": \"wx\", \"withShareTicket\": true}"), NULL);
	sim_society_send_card(&society, STR("single:alice,bob"), STR("alice"), 3, card_of("{\"appid\": \"wx\", \"private\": {}}"), NULL);
	sim_society_send_text(&society, STR("group:family"), STR("alice"), 4, value_text("hi"));
	CHECK_STR(str_of(try_forward(&society, "m3", "carol", "dave")), "m7");
	CHECK_STR(str_of(try_forward(&society, "m7", "dave", "group:work")), "m8"); // sent on again
	CHECK_STR(str_of(try_forward(&society, "m3", "dave", "carol")), "no such message");
	CHECK_STR(str_of(try_forward(&society, "m3", "bob", "dave")), "no such chat");
	CHECK_STR(str_of(try_forward(&society, "m4", "bob", "carol")), "a card with a share ticket cannot be forwarded");
	CHECK_STR(str_of(try_forward(&society, "m5", "bob", "carol")), "a private card cannot be forwarded");
	CHECK_STR(str_of(try_forward(&society, "m6", "bob", "carol")), "m9");
	CHECK_STR(str_of(try_forward(&society, "m99", "bob", "carol")), "no such message");
	struct sim_message *sent = sim_society_message(&society, STR("m8"));
	CHECK(sent && sent->picture && sent->picture->len == 3);
	struct strbuf out = {0};
	print_value("", sim_message_describe(sent), &out);
	CHECK_STR(strbuf_str(&out), "{\"id\":\"m8\",\"chat\":\"group:work\",\"from\":\"dave\",\"at\":5,\"card\":{\"appid\":\"wx\",\"title\":\"T\",\"forwardedFrom\":\"m7\"}}\n");
	strbuf_finish(&out);
	sim_society_finish(&society);
}

static const struct test_case cases[] = {
	{"worlds", test_worlds},
	{"names", test_names},
	{"forwarding", test_forwarding},
};
TEST_MAIN(cases)
