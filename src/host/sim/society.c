/* Who there is in a simulated world, who knows whom, and the chats between them. chat.c has what is written there. */
#include "host/sim/society.h"

#include "base/mem.h"
#include "host/sim/world_file.h"
#include "platform/seal.h"

static const char group_prefix[] = "group:", single_prefix[] = "single:", person_prefix[] = "person:";

static struct str after(struct str text, const char *prefix)
{
	return str_slice(text, strlen(prefix), text.len);
}

static bool begins(struct str text, const char *prefix)
{
	return str_starts(text, str_of(prefix));
}

static struct value list_of(const struct sim_society *society, const char *key)
{
	return value_get_text(society->world, key);
}

static bool has_text(struct value array, struct str text)
{
	for (size_t i = 0; i < value_len(array); i++) {
		if (str_eq(value_str(value_at(array, i)), text)) {
			return true;
		}
	}
	return false;
}

/* "single:alice,bob"; new. */
static struct value single_id(struct str one, struct str two)
{
	struct strbuf id = {0};
	bool in_order = str_compare(one, two) < 0;
	struct str first = in_order ? one : two, second = in_order ? two : one;
	strbuf_printf(&id, "%s" STR_FMT "," STR_FMT, single_prefix, STR_ARG(first), STR_ARG(second));
	return value_take(&id);
}

static struct value group_id(struct str group)
{
	struct strbuf id = {0};
	strbuf_printf(&id, "%s" STR_FMT, group_prefix, STR_ARG(group));
	return value_take(&id);
}

/* The other one of a single chat; empty: it is none of this person's. */
static struct str other_of(struct str chat, struct str person)
{
	struct str rest = after(chat, single_prefix), first;
	if (!begins(chat, single_prefix) || !str_split(&rest, ',', &first)) {
		return (struct str){NULL, 0};
	}
	return str_eq(first, person) ? rest : str_eq(rest, person) ? first : (struct str){NULL, 0};
}

static bool has_written(const struct sim_society *society, struct str chat)
{
	for (size_t i = 0; i < society->messages.len; i++) {
		if (str_eq(society->messages.at[i]->chat, chat)) {
			return true;
		}
	}
	return false;
}

void sim_message_free(struct sim_message *message)
{
	mem_free((char *)message->id.at);
	mem_free((char *)message->chat.at);
	mem_free((char *)message->from.at);
	value_unref(message->text);
	value_unref(message->card);
	host_bytes_unref(message->picture);
	mem_free(message);
}

static void drop_messages(struct sim_society *society)
{
	for (size_t i = 0; i < society->messages.len; i++) {
		sim_message_free(society->messages.at[i]);
	}
	for (size_t i = 0; i < society->posts.len; i++) {
		sim_message_free(society->posts.at[i]);
	}
	for (size_t i = 0; i < society->favorites.len; i++) {
		sim_message_free(society->favorites.at[i]);
	}
	vec_finish(&society->messages);
	vec_finish(&society->posts);
	vec_finish(&society->favorites);
	society->sent = 0;
}

/* The program's name is what a card shows. */
static struct value file_card(const struct sim_society *society, struct value card)
{
	struct value whole = value_unshared(value_ref(card)), program = sim_society_program(society, value_str(value_get_text(card, "appid")));
	struct value name = value_get_text(program, "name");
	struct str path = value_str(value_get_text(card, "path"));
	value_object_set_text(&whole, "name", value_ref(value_is(name, VALUE_STRING) ? name : value_get_text(card, "appid")));
	value_object_set_text(&whole, "page", value_string(str_slice(path, 0, size_min(str_find_char(path, '?'), path.len))));
	value_object_remove(&whole, STR("picture"));
	return whole;
}

static struct host_bytes *file_picture(struct value card)
{
	struct str text = value_str(value_get_text(card, "picture"));
	struct strbuf bytes = {0};
	if (str_starts(text, STR("base64:")) && seal_base64_decode(str_slice(text, strlen("base64:"), text.len), &bytes)) {
		return host_bytes_take(&bytes);
	}
	strbuf_finish(&bytes);
	return NULL;
}

/* A message of a file counts as written when the world begins, unless it says when, also to somebody who is no friend (yet). */
static void take_message(struct sim_society *society, struct value row, double now)
{
	struct str from = value_str(value_get_text(row, "from")), said = value_str(value_get_text(row, "chat"));
	struct value chat = sim_society_chat_id(society, from, said), card = value_get_text(row, "card");
	struct value written = value_get_text(row, "at");
	double at = value_is(written, VALUE_NUMBER) ? written.number : now;
	struct str other = begins(said, person_prefix) ? after(said, person_prefix) : said;
	if (value_is(chat, VALUE_UNDEFINED) && value_is(sim_society_person(society, other), VALUE_OBJECT) && !str_eq(other, from)) {
		chat = single_id(from, other);
	}
	if (value_is(chat, VALUE_STRING) && value_is(card, VALUE_OBJECT)) {
		sim_society_send_card(society, value_str(chat), from, at, file_card(society, card), file_picture(card));
	} else if (value_is(chat, VALUE_STRING)) {
		sim_society_send_text(society, value_str(chat), from, at, value_ref(value_get_text(row, "text")));
	}
	value_unref(chat);
}

void sim_society_init(struct sim_society *society)
{
	*society = (struct sim_society){0};
	int status = sim_society_load(society, STR(""), (struct str){sim_world_default, sim_world_default_len}, NULL);
	assert(status == 0 && "the default world is a world");
	UNUSED(status);
}

void sim_society_finish(struct sim_society *society)
{
	drop_messages(society);
	value_unref(society->world);
	*society = (struct sim_society){0};
}

int sim_society_load(struct sim_society *society, struct str name, struct str json, struct diag_list *diags)
{
	struct value world = value_undefined();
	if (world_file_read(name, json, diags, &world)) {
		return 1;
	}
	drop_messages(society);
	value_unref(society->world);
	struct value messages = value_object_take(&world, STR("messages"));
	value_object_remove(&world, STR("messages"));
	society->world = world;
	society->edits++;
	struct value now = value_get_text(value_get_text(world, "clock"), "now");
	for (size_t i = 0; i < value_len(messages); i++) {
		take_message(society, value_at(messages, i), value_is(now, VALUE_NUMBER) ? now.number : SIM_EPOCH);
	}
	value_unref(messages);
	return 0;
}

void sim_society_add_program(struct sim_society *society, struct value program)
{
	struct str appid = value_str(value_get_text(program, "appid"));
	struct value old = sim_society_program(society, appid), programs = value_array_new(4), all = list_of(society, "programs");
	struct value whole = value_unshared(value_ref(program));
	bool unnamed = str_eq(value_str(value_get_text(old, "name")), appid);
	for (size_t i = 0; i < value_count(old); i++) { // what is known stays
		if (unnamed && str_is(value_key(old, i), "name") && value_str(value_get_text(program, "name")).len) {
			continue;
		}
		value_object_set(&whole, value_key(old, i), value_ref(value_entry(old, i)));
	}
	whole = world_file_complete_program(whole);
	if (appid.len && !value_equal(whole, old)) {
		bool replaced = false;
		for (size_t i = 0; i < value_len(all); i++) {
			bool same = value_identical(value_at(all, i), old);
			value_array_push(&programs, value_ref(same ? whole : value_at(all, i)));
			replaced = replaced || same;
		}
		if (!replaced) {
			value_array_push(&programs, value_ref(whole));
		}
		society->world = value_unshared(society->world);
		value_object_set_text(&society->world, "programs", value_ref(programs));
		society->edits++;
	}
	value_unref(programs);
	value_unref(whole);
	value_unref(program);
}

struct value sim_society_person(const struct sim_society *society, struct str id)
{
	return world_file_find(list_of(society, "people"), "id", id);
}

struct value sim_society_group(const struct sim_society *society, struct str id)
{
	return world_file_find(list_of(society, "groups"), "id", id);
}

struct value sim_society_program(const struct sim_society *society, struct str appid)
{
	return world_file_find(list_of(society, "programs"), "appid", appid);
}

bool sim_society_is_member(const struct sim_society *society, struct str group, struct str person)
{
	return has_text(value_get_text(sim_society_group(society, group), "members"), person);
}

bool sim_society_are_friends(const struct sim_society *society, struct str one, struct str two)
{
	struct value friends = list_of(society, "friends");
	if (str_eq(one, two)) {
		return false;
	}
	for (size_t i = 0; i < value_len(friends); i++) {
		if (has_text(value_at(friends, i), one) && has_text(value_at(friends, i), two)) {
			return true;
		}
	}
	return !value_is(friends, VALUE_ARRAY);
}

static struct value describe_single(struct value person, struct str other)
{
	struct value chat = value_object_new(5), members = value_array_new(2), them = value_get_text(person, "id");
	value_array_push(&members, value_string(other));
	value_array_push(&members, value_ref(them));
	value_object_set_text(&chat, "id", single_id(value_str(them), other));
	value_object_set_text(&chat, "name", value_ref(value_get_text(person, "nickName")));
	value_object_set_text(&chat, "kind", value_text("single"));
	value_object_set_text(&chat, "members", members);
	value_object_set_text(&chat, "person", value_ref(them));
	return chat;
}

struct value sim_society_chats(const struct sim_society *society, struct str person)
{
	struct value chats = value_array_new(8), groups = list_of(society, "groups"), people = list_of(society, "people");
	for (size_t i = 0; i < value_len(groups); i++) {
		struct value group = value_at(groups, i);
		if (has_text(value_get_text(group, "members"), person)) {
			struct value chat = value_object_new(4);
			value_object_set_text(&chat, "id", group_id(value_str(value_get_text(group, "id"))));
			value_object_set_text(&chat, "name", value_ref(value_get_text(group, "name")));
			value_object_set_text(&chat, "kind", value_text("group"));
			value_object_set_text(&chat, "members", value_ref(value_get_text(group, "members")));
			value_array_push(&chats, chat);
		}
	}
	for (size_t i = 0; i < value_len(people) && value_is(sim_society_person(society, person), VALUE_OBJECT); i++) {
		struct value other = value_at(people, i), id = sim_society_chat_id(society, person, value_str(value_get_text(other, "id")));
		if (begins(value_str(id), single_prefix)) {
			value_array_push(&chats, describe_single(other, person));
		}
		value_unref(id);
	}
	return chats;
}

struct value sim_society_chat_id(const struct sim_society *society, struct str person, struct str said)
{
	bool is_group = begins(said, group_prefix), is_person = begins(said, person_prefix);
	struct str id = is_group ? after(said, group_prefix) : is_person ? after(said, person_prefix)
		: begins(said, single_prefix) ? other_of(said, person) : said;
	if (!is_group && value_is(sim_society_person(society, id), VALUE_OBJECT)) {
		struct value chat = single_id(person, id);
		bool own = value_is(sim_society_person(society, person), VALUE_OBJECT) && !str_eq(person, id);
		if (own && (sim_society_are_friends(society, person, id) || has_written(society, value_str(chat)))) {
			return chat;
		}
		value_unref(chat);
		return value_undefined();
	}
	return !is_person && sim_society_is_member(society, id, person) ? group_id(id) : value_undefined();
}

enum sim_chat_kind sim_chat_kind(struct str chat, struct str *ret_group)
{
	if (begins(chat, group_prefix)) {
		*ret_group = after(chat, group_prefix);
		return SIM_CHAT_GROUP;
	}
	return begins(chat, single_prefix) ? SIM_CHAT_SINGLE : SIM_CHAT_NONE;
}

bool sim_society_in_chat(const struct sim_society *society, struct str chat, struct str person)
{
	struct str group;
	if (sim_chat_kind(chat, &group) == SIM_CHAT_GROUP) {
		return sim_society_is_member(society, group, person);
	}
	return other_of(chat, person).len > 0;
}
