/* World.*: the people of a world, their groups and chats, whoever runs a program there. */
#include "door/automation/command.h"

#include "core/value/json.h"
#include "host/sim/device.h"
#include "platform/seal.h"

struct sim_world *automation_world(const struct automation *automation)
{
	const struct mina *mina = automation->mina;
	return automation->config.society ? automation->config.society->world : mina && mina->sim ? mina->sim->world : NULL;
}

/* NULL: the call has failed. */
static struct sim_world *world_of(struct command_call *call)
{
	struct sim_world *world = automation_world(call->automation);
	if (!world) {
		call_fail(call, "there is no simulated world");
	}
	return world;
}

static void done(struct command_call *call)
{
	call_succeed(call, value_object_new(0));
}

static bool runs(const struct sim_world *world, struct str person)
{
	for (size_t i = 0; i < world->hosts.len; i++) {
		if (str_eq(sim_host_person(world->hosts.at[i]), person)) {
			return true;
		}
	}
	return false;
}

/* --- people --- */

static void get_people(struct command_call *call)
{
	struct sim_world *world = world_of(call);
	if (!world) {
		return;
	}
	struct value people = value_get_text(world->society.world, "people"), list = value_array_new(value_len(people));
	for (size_t i = 0; i < value_len(people); i++) {
		struct value row = value_unshared(value_ref(value_at(people, i)));
		value_object_set_text(&row, "runs", value_bool(runs(world, value_str(value_get_text(row, "id")))));
		value_array_push(&list, row);
	}
	call_succeed_with(call, "people", list);
}

/* Their phones are what they are said to be now. */
static void tell_phones(struct sim_world *world, struct str person, struct value given)
{
	struct value device = value_get_text(given, "device"), language = value_get_text(given, "language"), all;
	all = value_is(device, VALUE_OBJECT) ? value_unshared(value_ref(device)) : value_object_new(1);
	if (value_is(language, VALUE_STRING)) {
		value_object_set_text(&all, "language", value_ref(language));
	}
	for (size_t i = 0; i < world->hosts.len; i++) {
		struct sim_host *sim = world->hosts.at[i];
		if (str_eq(sim_host_person(sim), person)) {
			sim_device_change(sim, all);
		}
	}
	value_unref(all);
}

static void put(struct command_call *call, const char *list)
{
	struct sim_world *world = world_of(call);
	struct strbuf error = {0};
	if (world && sim_society_put(&world->society, list, call->parameters, &error)) {
		call_fail(call, "%s", error.at);
	} else if (world) {
		tell_phones(world, call_text(call, "id"), call->parameters);
		done(call);
	}
	strbuf_finish(&error);
}

static void put_person(struct command_call *call) { put(call, "people"); }

/* A name in any script becomes an id: "group1", "group2" ... */
static void put_group(struct command_call *call)
{
	struct sim_world *world = world_of(call);
	if (!world) {
		return;
	}
	if (!call_text(call, "id").len) {
		struct strbuf id = {0};
		for (int number = 1; !id.len || value_is(sim_society_group(&world->society, strbuf_str(&id)), VALUE_OBJECT); number++) {
			strbuf_clear(&id);
			strbuf_printf(&id, "group%d", number);
		}
		call->parameters = value_unshared(call->parameters);
		value_object_set_text(&call->parameters, "id", value_take(&id));
	}
	put(call, "groups");
}

static void remove_person(struct command_call *call)
{
	struct sim_world *world = world_of(call);
	struct strbuf error = {0};
	struct str id = call_text(call, "id");
	if (world && runs(world, id)) {
		call_fail(call, "a program of " STR_FMT " runs: close their phone first", STR_ARG(id));
	} else if (world && sim_society_remove_person(&world->society, id, &error)) {
		call_fail(call, "%s", error.at);
	} else if (world) {
		done(call);
	}
	strbuf_finish(&error);
}

static void get_groups(struct command_call *call)
{
	struct sim_world *world = world_of(call);
	if (world) {
		call_succeed_with(call, "groups", value_ref(value_get_text(world->society.world, "groups")));
	}
}

static void remove_group(struct command_call *call)
{
	struct sim_world *world = world_of(call);
	struct strbuf error = {0};
	if (world && sim_society_remove_group(&world->society, call_text(call, "id"), &error)) {
		call_fail(call, "%s", error.at);
	} else if (world) {
		done(call);
	}
	strbuf_finish(&error);
}

static void get_programs(struct command_call *call)
{
	struct sim_world *world = world_of(call);
	if (world) {
		call_succeed_with(call, "programs", value_ref(value_get_text(world->society.world, "programs")));
	}
}

/* --- chats --- */

/* The chats of a person, each with its latest message and how many there are. */
static void get_chats(struct command_call *call)
{
	struct sim_world *world = world_of(call);
	if (!world) {
		return;
	}
	struct sim_society *society = &world->society;
	struct value chats = sim_society_chats(society, call_text(call, "person")), list = value_array_new(value_len(chats));
	for (size_t i = 0; i < value_len(chats); i++) {
		struct value chat = value_unshared(value_ref(value_at(chats, i)));
		struct str id = value_str(value_get_text(chat, "id"));
		const struct sim_message *last = NULL;
		double count = 0;
		for (size_t j = 0; j < society->messages.len; j++) {
			if (str_eq(society->messages.at[j]->chat, id)) {
				last = society->messages.at[j];
				count++;
			}
		}
		value_object_set_text(&chat, "count", value_number(count));
		if (last) {
			value_object_set_text(&chat, "last", sim_message_describe(last));
		}
		value_array_push(&list, chat);
	}
	value_unref(chats);
	call_succeed_with(call, "chats", list);
}

static void add_messages(struct value *list, const struct sim_society *society, struct sim_message *const *at, size_t count, struct str chat,
	struct str person)
{
	for (size_t i = 0; i < count; i++) {
		bool meant = !chat.len || str_eq(at[i]->chat, chat);
		if (meant && (!person.len || sim_society_sees(society, at[i], person))) {
			struct value row = sim_message_describe(at[i]);
			value_object_set_text(&row, "hasPicture", value_bool(at[i]->picture));
			value_array_push(list, row);
		}
	}
}

/* Of a chat ("timeline" and "favorites:alice" too), or all; those that a person sees, or everybody's. */
static void get_messages(struct command_call *call)
{
	struct sim_world *world = world_of(call);
	struct str person = call_text(call, "person"), said = call_text(call, "chat");
	if (!world) {
		return;
	}
	const struct sim_society *society = &world->society;
	struct value known = person.len && said.len ? sim_society_chat_id(society, person, said) : value_undefined();
	struct str chat = value_is(known, VALUE_STRING) ? value_str(known) : said;
	struct value list = value_array_new(society->messages.len);
	add_messages(&list, society, society->messages.at, society->messages.len, chat, person);
	if (chat.len) {
		add_messages(&list, society, society->posts.at, society->posts.len, chat, person);
		add_messages(&list, society, society->favorites.at, society->favorites.len, chat, person);
	}
	value_unref(known);
	call_succeed_with(call, "messages", list);
}

static void say(struct command_call *call)
{
	struct sim_world *world = world_of(call);
	struct str person = call_text(call, "person");
	if (!world) {
		return;
	}
	struct value chat = sim_society_chat_id(&world->society, person, call_text(call, "chat"));
	if (value_is(chat, VALUE_STRING)) {
		struct sim_message *message = sim_society_send_text(&world->society, value_str(chat), person, sim_world_now(world),
			value_ref(call_value(call, "text")));
		call_succeed_with(call, "message", value_string(message->id));
	} else {
		call_fail(call, STR_FMT " has no chat " STR_FMT, STR_ARG(person), STR_ARG(call_text(call, "chat")));
	}
	value_unref(chat);
}

static void forward(struct command_call *call)
{
	struct sim_world *world = world_of(call);
	const char *error = NULL;
	if (!world) {
		return;
	}
	struct sim_message *message = sim_society_forward(&world->society, call_text(call, "message"), call_text(call, "person"),
		call_text(call, "chat"), sim_world_now(world), &error);
	if (message) {
		call_succeed_with(call, "message", value_string(message->id));
	} else {
		call_fail(call, "%s", error);
	}
}

static void delete_message(struct command_call *call)
{
	struct sim_world *world = world_of(call);
	if (world && sim_society_delete(&world->society, call_text(call, "message"))) {
		done(call);
	} else if (world) {
		call_fail(call, "there is no message " STR_FMT, STR_ARG(call_text(call, "message")));
	}
}

static void get_card_picture(struct command_call *call)
{
	struct sim_world *world = world_of(call);
	const struct sim_message *message = world ? sim_society_message(&world->society, call_text(call, "message")) : NULL;
	struct strbuf text = {0};
	if (message && message->picture) {
		seal_base64(host_bytes_str(message->picture), &text);
		call_succeed_with(call, "data", value_take(&text));
	} else if (world) {
		call_fail(call, "that is no card with a picture: " STR_FMT, STR_ARG(call_text(call, "message")));
	}
}

static void export_world(struct command_call *call)
{
	struct sim_world *world = world_of(call);
	if (world) {
		call_succeed_with(call, "world", sim_society_export(&world->society, sim_world_now(world)));
	}
}

/* --- rows --- */

static const struct schema none_rows[] = {{0}};
static const struct schema id_rows[] = {{"id", SCHEMA_STRING, SCHEMA_REQUIRED, .doc = "the person's or the group's"}, {0}};
static const struct schema person_rows[] = {
	{"id", SCHEMA_STRING, SCHEMA_REQUIRED, .doc = "Latin letters, digits, _ - and .", .zh = "拉丁字母、数字、_ - ."},
	{"nickName", SCHEMA_STRING, .doc = "what others see", .zh = "昵称"},
	{"avatarUrl", SCHEMA_STRING, .doc = "address of the profile photo", .zh = "头像地址"},
	{"gender", SCHEMA_NUMBER, .doc = "0 unknown, 1 male, 2 female", .zh = "0 未知，1 男，2 女"},
	{"language", SCHEMA_STRING, .choices = SIM_LANGUAGES, .doc = "of their phone", .zh = "手机的语言"},
	{"device", SCHEMA_OBJECT, .doc = "{name: \"iPhone X\", theme, orientation, fontSizeSetting, ...}", .zh = "设备"},
	{0},
};
static const struct schema group_rows[] = {
	{"id", SCHEMA_STRING, .doc = "of the group that changes; absent: a new one", .zh = "群的标识；不写则新建"},
	{"name", SCHEMA_STRING, .doc = "what its members see", .zh = "群名称"},
	{"members", SCHEMA_ARRAY, .item = SCHEMA_STRING, .doc = "ids of all that are in it", .zh = "所有成员"},
	{0},
};
static const struct schema of_person_rows[] = {{"person", SCHEMA_STRING, SCHEMA_REQUIRED, .doc = "whose: bob"}, {0}};
static const struct schema messages_rows[] = {
	{"person", SCHEMA_STRING, .doc = "as this person sees them; absent: all"},
	{"chat", SCHEMA_STRING, .doc = "group:family, bob, single:alice,bob, timeline, favorites:bob; absent: all chats"},
	{0},
};
static const struct schema say_rows[] = {
	{"person", SCHEMA_STRING, SCHEMA_REQUIRED, .doc = "who writes"},
	{"chat", SCHEMA_STRING, SCHEMA_REQUIRED, .doc = "where"},
	{"text", SCHEMA_STRING, SCHEMA_REQUIRED, .doc = "what"},
	{0},
};
static const struct schema forward_rows[] = {
	{"person", SCHEMA_STRING, SCHEMA_REQUIRED, .doc = "who sends it on"},
	{"message", SCHEMA_STRING, SCHEMA_REQUIRED, .doc = "what"},
	{"chat", SCHEMA_STRING, SCHEMA_REQUIRED, .doc = "where to"},
	{0},
};
static const struct schema message_rows[] = {{"message", SCHEMA_STRING, SCHEMA_REQUIRED, .doc = "its id: m1"}, {0}};

const struct command command_society_rows[] = {
	{"World.getPeople", COMMAND_LOOKS | COMMAND_NO_APP, "Everybody, as world.json has them; runs: a program of theirs does.", none_rows, get_people},
	{"World.putPerson", COMMAND_NO_APP, "A new person, or what changes of one; null takes a key away.", person_rows, put_person},
	{"World.removePerson", COMMAND_NO_APP, "A person goes, with all that they wrote.", id_rows, remove_person},
	{"World.getGroups", COMMAND_LOOKS | COMMAND_NO_APP, "All groups.", none_rows, get_groups},
	{"World.putGroup", COMMAND_NO_APP, "A new group, or what changes of one.", group_rows, put_group},
	{"World.removeGroup", COMMAND_NO_APP, "A group goes, with all that was written in it.", id_rows, remove_group},
	{"World.getPrograms", COMMAND_LOOKS | COMMAND_NO_APP, "The mini programs that are known.", none_rows, get_programs},
	{"World.getChats", COMMAND_LOOKS | COMMAND_NO_APP, "A person's chats, with the latest message.", of_person_rows, get_chats},
	{"World.getMessages", COMMAND_LOOKS | COMMAND_NO_APP, "What was written, in order.", messages_rows, get_messages},
	{"World.say", COMMAND_NO_APP, "A person writes.", say_rows, say},
	{"World.forward", COMMAND_NO_APP, "A person sends a message on.", forward_rows, forward},
	{"World.deleteMessage", COMMAND_NO_APP, "A message goes.", message_rows, delete_message},
	{"World.getCardPicture", COMMAND_LOOKS | COMMAND_NO_APP, "A card's picture, PNG in base64.", message_rows, get_card_picture},
	{"World.export", COMMAND_LOOKS | COMMAND_NO_APP, "A world.json that begins as this world is now.", none_rows, export_world},
	{0},
};
