/* mina share APP: one round trip of 转发: somebody shares, others open the card, and what each side saw is printed. */
#include "core/value/json.h"
#include "door/cli/cli.h"
#include "door/cli/guard.h"

#include <stdio.h>
#include <string.h>

#define STEP_MS 20
#define LIMIT_MS 20000 // a promise of the page (3 s), a picture over the network (10 s)

struct trip {
	const struct cli_args *args;
	struct mina_society *society;
	struct mina_options options; // of every program
	struct guard guard;
	struct value report; // --json
	struct value cards;  // messages that were sent
	bool failed;   // the trip cannot go on
	size_t errors; // of the programs
};

static struct value take_json(char *text)
{
	struct value value = value_undefined();
	if (text) {
		json_parse(str_of(text), &value, NULL);
		mina_free(text);
	}
	return value;
}

/* A line of the report: indented text, or a member of `side` with --json. Consumes item. */
static void tell(struct trip *trip, struct value *side, const char *key, struct value item)
{
	if (!cli_flag(trip->args, "json") && !value_is(item, VALUE_UNDEFINED)) {
		struct strbuf text = {0};
		if (value_is(item, VALUE_STRING)) {
			strbuf_add(&text, value_str(item));
		} else {
			json_write(item, &text);
		}
		printf("  %-18s %s\n", key, text.at ? text.at : "");
		strbuf_finish(&text);
	}
	value_object_set_text(side, key, item);
}

static void begin(struct trip *trip, struct value *side, const char *person, const char *what, const char *which)
{
	*side = value_object_new(8);
	value_object_set_text(side, "person", value_text(person));
	if (!cli_flag(trip->args, "json")) {
		printf("%s %s %s\n", person, what, which);
	}
}

static void complain(struct trip *trip, const char *text)
{
	fprintf(stderr, "mina share: %s\n", text);
	trip->failed = true;
}

static void on_script(void *user, bool begins)
{
	guard_turn(&((struct trip *)user)->guard, begins);
}

static struct mina *open_as(struct trip *trip, const char *person, const char *card)
{
	struct mina_options options = trip->options;
	options.person = person;
	options.card = card;
	options.page = card ? NULL : options.page;
	struct mina *mina = mina_open(&options);
	size_t printed = 0;
	if (mina_alive(mina)) {
		mina_advance(mina, cli_number(trip->args, "settle", 300));
	}
	trip->errors += cli_print_diagnostics(mina, &printed);
	trip->failed |= !mina_alive(mina);
	return mina;
}

/* Does as a server does with a share ticket: login, code for session_key, getShareInfo, decryption. New; undefined: no. */
static struct value open_gid(struct trip *trip, struct mina *mina, struct value program, struct str ticket)
{
	struct strbuf url = {0}, parameters = {0};
	struct value login = take_json(mina_ask(mina, "login", NULL)), gid = value_undefined();
	strbuf_printf(&url, "/sns/jscode2session?appid=" STR_FMT "&secret=" STR_FMT "&js_code=" STR_FMT "&grant_type=authorization_code",
		STR_ARG(value_str(value_get_text(program, "appid"))), STR_ARG(value_str(value_get_text(program, "secret"))),
		STR_ARG(value_str(value_get_text(login, "code"))));
	struct value session = take_json(mina_society_platform(trip->society, "GET", url.at, NULL));
	strbuf_add_text(&parameters, "{\"shareTicket\":");
	json_write_string(ticket, &parameters);
	strbuf_add_char(&parameters, '}');
	struct value info = take_json(mina_ask(mina, "getShareInfo", parameters.at));
	struct str key = value_str(value_get_text(session, "session_key"));
	struct str data = value_str(value_get_text(info, "encryptedData")), iv = value_str(value_get_text(info, "iv"));
	if (key.len && data.len && iv.len) {
		struct value plain = take_json(mina_decrypt(key.at, data.at, iv.at));
		gid = value_ref(value_get_text(plain, "openGId"));
		value_unref(plain);
	}
	strbuf_finish(&url);
	strbuf_finish(&parameters);
	value_unref(login);
	value_unref(session);
	value_unref(info);
	return gid;
}

static struct value program_of(struct trip *trip, struct value messages)
{
	for (size_t i = value_len(messages); i > 0; i--) {
		struct str appid = value_str(value_get_text(value_get_text(value_at(messages, i - 1), "card"), "appid"));
		if (appid.len) {
			return take_json(mina_society_program(trip->society, appid.at));
		}
	}
	return value_undefined();
}

/* --- the sender --- */

static bool wait_for(struct mina *mina, bool (*is_there)(struct mina *mina))
{
	for (double passed = 0; passed < LIMIT_MS; passed += STEP_MS) {
		if (is_there(mina)) {
			return true;
		}
		mina_advance(mina, STEP_MS);
	}
	return is_there(mina);
}

static bool has_ended(struct mina *mina)
{
	struct value record = take_json(mina_share(mina));
	bool there = value_has(record, STR("result"));
	value_unref(record);
	return there;
}

static bool asks(struct mina *mina)
{
	struct value overlay = take_json(mina_overlay(mina));
	bool there = value_has(overlay, STR("share"));
	value_unref(overlay);
	return there || has_ended(mina);
}

static bool start(struct trip *trip, struct mina *mina)
{
	const char *button = cli_text(trip->args, "button", NULL);
	if (cli_flag(trip->args, "with-ticket")) {
		mina_share_menu(mina, "update", "{\"withShareTicket\": true}");
	}
	if (button && mina_tap(mina, button)) {
		complain(trip, "nothing on the page matches --button");
		return false;
	}
	if (!button && mina_menu_choose(mina, "share")) {
		complain(trip, "the menu has no share item (转发): the page has no onShareAppMessage, or hides it");
		return false;
	}
	if (!wait_for(mina, asks)) {
		complain(trip, "nothing was shared: the page has no onShareAppMessage, or the button is none of open-type=\"share\"");
		return false;
	}
	return true;
}

/* {"chats": [...]}, {"fail": TEXT}, or nothing for cancel. */
static void answer(struct trip *trip, struct mina *mina)
{
	struct strbuf json = {0};
	const char *fail = cli_text(trip->args, "fail", NULL);
	if (cli_flag(trip->args, "cancel")) {
		mina_answer(mina, "share", NULL);
		return;
	}
	struct value object = value_object_new(2), chats = value_array_new(4);
	for (size_t i = 0; i < trip->args->given.len; i++) {
		if (strcmp(trip->args->given.at[i].option->name, "to") == 0) {
			value_array_push(&chats, value_text(trip->args->given.at[i].text));
		}
	}
	value_object_set_text(&object, "chats", chats);
	if (fail) {
		value_object_set_text(&object, "fail", value_text(fail));
	}
	json_write(object, &json);
	mina_answer(mina, "share", json.at);
	value_unref(object);
	strbuf_finish(&json);
}

static void tell_tickets(struct trip *trip, struct mina *mina, struct value *side, struct value program, struct value tickets)
{
	struct value gids = value_array_new(2);
	for (size_t i = 0; i < value_len(tickets); i++) {
		value_array_push(&gids, open_gid(trip, mina, program, value_str(value_at(tickets, i))));
	}
	tell(trip, side, "shareTickets", value_ref(tickets));
	tell(trip, side, "openGId", gids);
}

static void tell_sent(struct trip *trip, struct mina *mina, struct value *side, size_t before)
{
	struct value record = take_json(mina_share(mina)), messages = take_json(mina_society_messages(trip->society, NULL));
	struct value result = value_get_text(record, "result"), sent = value_array_new(2);
	for (size_t i = before; i < value_len(messages); i++) {
		value_array_push(&trip->cards, value_ref(value_at(messages, i)));
		value_array_push(&sent, value_ref(value_at(messages, i)));
	}
	struct value program = program_of(trip, messages);
	tell(trip, side, "onShareAppMessage", value_ref(value_get_text(record, "options")));
	tell(trip, side, "card", value_ref(value_get_text(record, "card")));
	tell(trip, side, "errMsg", value_ref(value_get_text(result, "errMsg")));
	for (size_t i = 0; i < value_len(sent) && !cli_flag(trip->args, "json"); i++) {
		struct value message = value_at(sent, i);
		printf("  %-18s " STR_FMT " in " STR_FMT "\n", "sent", STR_ARG(value_str(value_get_text(message, "id"))),
			STR_ARG(value_str(value_get_text(message, "chat"))));
	}
	value_object_set_text(side, "sent", sent);
	if (value_len(value_get_text(result, "shareTickets"))) {
		tell_tickets(trip, mina, side, program, value_get_text(result, "shareTickets"));
	}
	value_unref(program);
	value_unref(messages);
	value_unref(record);
}

static void write_card(struct trip *trip, struct mina *mina)
{
	const char *out = cli_text(trip->args, "card", NULL);
	uint8_t *bytes = NULL;
	size_t size = 0;
	if (!out || !value_len(trip->cards)) {
		return;
	}
	if (mina_card_png(mina, value_str(value_get_text(value_at(trip->cards, 0), "id")).at, &bytes, &size) || !cli_write_file(out, bytes, size)) {
		complain(trip, "the card cannot be written");
	}
	mina_free(bytes);
}

/* False: some --to is no chat of theirs. */
static bool check_chats(struct trip *trip, const char *person)
{
	for (size_t i = 0; i < trip->args->given.len; i++) {
		const struct cli_given *given = &trip->args->given.at[i];
		if (strcmp(given->option->name, "to") == 0) {
			char *chat = mina_society_chat(trip->society, person, given->text);
			if (!chat) {
				fprintf(stderr, "mina share: %s has no chat %s: name a group of theirs (group:family) or a friend\n", person, given->text);
				trip->failed = true;
			}
			mina_free(chat);
		}
	}
	return !trip->failed;
}

static struct mina *share(struct trip *trip, const char *person)
{
	struct value side, messages = take_json(mina_society_messages(trip->society, NULL));
	size_t before = value_len(messages);
	value_unref(messages);
	struct mina *mina = open_as(trip, person, NULL);
	if (!mina_alive(mina) || !check_chats(trip, person) || !start(trip, mina)) {
		trip->failed = true;
		return mina;
	}
	begin(trip, &side, person, "shares", mina_path(mina));
	answer(trip, mina);
	if (!wait_for(mina, has_ended)) {
		complain(trip, "the share did not end");
	}
	tell_sent(trip, mina, &side, before);
	write_card(trip, mina);
	value_object_set_text(&trip->report, "shares", side);
	return mina;
}

/* --- who opens the card --- */

static void open_card(struct trip *trip, const char *person, struct str card, struct value *list)
{
	struct value side;
	begin(trip, &side, person, "opens", card.at);
	value_object_set_text(&side, "message", value_string(card));
	struct mina *mina = open_as(trip, person, card.at);
	struct value entered = take_json(mina_entered(mina));
	struct str ticket = value_str(value_get_text(entered, "shareTicket"));
	if (value_has(entered, STR("scene"))) {
		tell(trip, &side, "scene", value_ref(value_get_text(entered, "scene")));
		tell(trip, &side, "launch", value_ref(entered));
		tell(trip, &side, "page", mina_alive(mina) ? value_text(mina_path(mina)) : value_null());
	}
	if (ticket.len) {
		struct value messages = take_json(mina_society_messages(trip->society, NULL)), program = program_of(trip, messages);
		tell(trip, &side, "openGId", open_gid(trip, mina, program, ticket));
		value_unref(program);
		value_unref(messages);
	}
	value_unref(entered);
	value_array_push(list, side);
	mina_close(mina);
}

static bool is_in(struct value chats, struct str chat)
{
	for (size_t i = 0; i < value_len(chats); i++) {
		if (str_eq(value_str(value_get_text(value_at(chats, i), "id")), chat)) {
			return true;
		}
	}
	return false;
}

/* The cards that the person sees; a stranger to all of them is shown the first. */
static void open_as_one(struct trip *trip, const char *person, struct value *list)
{
	struct value chats = take_json(mina_society_chats(trip->society, person));
	size_t seen = 0;
	for (size_t i = 0; i < value_len(trip->cards); i++) {
		struct value card = value_at(trip->cards, i);
		bool sent = str_is(value_str(value_get_text(card, "from")), person);
		bool theirs = is_in(chats, value_str(value_get_text(card, "chat"))) && (!sent || value_len(trip->cards) == 1);
		bool last = i + 1 == value_len(trip->cards);
		if (theirs || (last && !seen)) {
			open_card(trip, person, value_str(value_get_text(theirs ? card : value_at(trip->cards, 0), "id")), list);
			seen++;
		}
	}
	value_unref(chats);
}

static void open_all(struct trip *trip)
{
	struct value list = value_array_new(4);
	for (size_t i = 0; i < trip->args->given.len; i++) {
		const struct cli_given *given = &trip->args->given.at[i];
		if (strcmp(given->option->name, "open-as") == 0) {
			open_as_one(trip, given->text, &list);
		}
	}
	value_object_set_text(&trip->report, "opens", list);
}

/* --- the command --- */

static bool open_society(struct trip *trip, struct strbuf *world)
{
	const char *path = cli_text(trip->args, "world", NULL);
	if (path && !cli_read_file(path, world)) {
		return false;
	}
	struct mina_society_options options = {
		.world = path ? world->at : NULL,
		.name = path,
		.app = trip->args->words.at[0],
		.platform = cli_text(trip->args, "platform", NULL),
		.platform_key = cli_text(trip->args, "platform-key", NULL),
	};
	trip->society = mina_society_open(&options);
	return cli_print_society(trip->society) == 0;
}

static void travel(struct trip *trip)
{
	struct mina *sender = share(trip, cli_text(trip->args, "as", "alice"));
	if (!trip->failed) {
		open_all(trip);
	}
	mina_close(sender);
	if (cli_flag(trip->args, "json")) {
		struct strbuf text = {0};
		json_write_pretty(trip->report, 2, &text);
		printf("%s\n", text.at);
		strbuf_finish(&text);
	}
}

static int run(const struct cli_args *args)
{
	const char *callbacks = cli_text(args, "callbacks", "auto");
	bool known = strcmp(callbacks, "auto") == 0 || strcmp(callbacks, "on") == 0 || strcmp(callbacks, "off") == 0;
	if (args->words.len != 1 || !known || (!cli_text(args, "to", NULL) && !cli_flag(args, "cancel"))) {
		fprintf(stderr, "mina share: give one APP, and --to CHAT or --cancel\nTry: mina share --help\n");
		return CLI_USAGE;
	}
	struct trip trip = {.args = args, .report = value_object_new(2), .cards = value_array_new(2)};
	struct strbuf world = {0}, script = {0};
	const char *script_path = cli_text(args, "script", NULL);
	if (script_path && !cli_read_file(script_path, &script)) {
		value_unref(trip.report);
		value_unref(trip.cards);
		return CLI_USAGE;
	}
	trip.options = (struct mina_options){
		.app = args->words.at[0],
		.page = cli_text(args, "page", NULL),
		.lib_version = cli_text(args, "lib-version", NULL),
		.share_callbacks = callbacks[1] == 'n' ? MINA_SHARE_CALLBACKS_ON : callbacks[1] == 'f' ? MINA_SHARE_CALLBACKS_OFF : 0,
		.allow_network = cli_flag(args, "network"),
		.fixtures = cli_text(args, "fixtures", NULL),
		.script = script.at,
		.any_card = true,
		.on_console = cli_flag(args, "quiet") ? NULL : cli_console,
		.on_script = on_script,
		.user = &trip,
	};
	bool good = open_society(&trip, &world);
	if (good) {
		guard_start(&trip.guard, GUARD_TIME_LIMIT);
		trip.options.society = trip.society;
		travel(&trip);
		guard_finish(&trip.guard);
	}
	mina_society_close(trip.society);
	value_unref(trip.report);
	value_unref(trip.cards);
	strbuf_finish(&world);
	strbuf_finish(&script);
	return good && !trip.failed && !trip.errors ? CLI_FINE : CLI_ERRORS;
}

static const struct cli_option options[] = {
	{"as", CLI_TEXT, "PERSON", "who shares; alice"},
	{"to", CLI_LIST, "CHAT", "group:family, or a person; may be repeated"},
	{"page", CLI_TEXT, "PATH?QUERY", "the page that is shared; the first of app.json by default"},
	{"button", CLI_TEXT, "SELECTOR", "tap this button (open-type=\"share\") instead of the menu's item"},
	{"open-as", CLI_LIST, "PERSON", "who opens what was sent; may be repeated"},
	{"card", CLI_TEXT, "FILE", "the card as the chat shows it, PNG"},
	{"with-ticket", CLI_FLAG, NULL, "as if the page had asked for share tickets (withShareTicket)"},
	{"cancel", CLI_FLAG, NULL, "dismiss the chat picker"},
	{"fail", CLI_TEXT, "TEXT", "let sending fail: network, rejected ..."},
	{"world", CLI_TEXT, "FILE", "world.json: people, groups, programs (docs/world.md)"},
	{"platform", CLI_TEXT, "URL", "a running `mina platform`; one inside by default"},
	{"platform-key", CLI_TEXT, "KEY", "its host key"},
	{"lib-version", CLI_TEXT, "VERSION", "the base library (基础库) that is played: 1.9.90"},
	{"callbacks", CLI_TEXT, "on|off", "are success, fail, complete called? As the version says by default"},
	{"settle", CLI_NUMBER, "MS", "virtual time to wait after a start; 300"},
	{"script", CLI_TEXT, "FILE", "JSON: what the simulated network and person answer"},
	{"fixtures", CLI_TEXT, "FOLDER", "answers GET requests: FOLDER/HOST/PATH"},
	{"network", CLI_FLAG, NULL, "let requests that nothing answers go out for real"},
	{"json", CLI_FLAG, NULL, "print one JSON object"},
	{"quiet", CLI_FLAG, NULL, "do not print the mini programs' console"},
	{0},
};

const struct cli_command cli_share = {
	.name = "share",
	.usage = "APP --as PERSON --to CHAT [--page P] [--button SELECTOR] [--open-as PERSON]... [--card out.png] [OPTION]...",
	.help = "Shares a page to people and groups (转发), opens the card as others, and prints what each side saw.",
	.options = options,
	.run = run,
};
