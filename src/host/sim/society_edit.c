/* Changing who there is, and writing it all down. A change is the whole world with the change in it, read as a file is: what
 * cannot stand in a world.json cannot be changed into. */
#include "host/sim/society.h"

#include "base/mem.h"
#include "core/value/json.h"
#include "host/sim/world_file.h"
#include "platform/seal.h"

/* 0, or 1 with the first reason. Consumes world. */
static int take_world(struct sim_society *society, struct value world, struct strbuf *ret_error)
{
	struct strbuf json = {0};
	struct diag_list diags = {0};
	struct value whole = value_undefined();
	json_write(world, &json);
	value_unref(world);
	int status = world_file_read(STR("world"), strbuf_str(&json), &diags, &whole);
	for (size_t i = 0; i < diags.items.len && ret_error->len == 0; i++) {
		if (diags.items.at[i].severity == DIAG_ERROR) {
			strbuf_add_text(ret_error, diags.items.at[i].text);
			status = 1;
		}
	}
	if (status == 0) {
		value_object_remove(&whole, STR("messages"));
		value_unref(society->world);
		society->world = value_ref(whole);
		society->edits++;
	}
	value_unref(whole);
	diag_list_finish(&diags);
	strbuf_finish(&json);
	return status;
}

/* The array under `key` with the row in place of the one that has its id, or behind all; without a row (undefined): without it. */
static struct value with_row(struct value array, struct str id, struct value row)
{
	struct value list = value_array_new(value_len(array) + 1);
	bool replaced = false;
	for (size_t i = 0; i < value_len(array); i++) {
		struct value old = value_at(array, i);
		bool same = str_eq(value_str(value_get_text(old, "id")), id);
		if (!same || value_is(row, VALUE_OBJECT)) {
			value_array_push(&list, value_ref(same ? row : old));
		}
		replaced = replaced || same;
	}
	if (!replaced && value_is(row, VALUE_OBJECT)) {
		value_array_push(&list, value_ref(row));
	}
	return list;
}

int sim_society_put(struct sim_society *society, const char *list, struct value given, struct strbuf *ret_error)
{
	struct value id = value_get_text(given, "id"), old = world_file_find(value_get_text(society->world, list), "id", value_str(id));
	struct value row = value_is(old, VALUE_OBJECT) ? value_unshared(value_ref(old)) : value_object_new(value_count(given));
	struct value world = value_unshared(value_ref(society->world));
	for (size_t i = 0; i < value_count(given); i++) {
		if (value_is(value_entry(given, i), VALUE_NULL)) {
			value_object_remove(&row, value_key(given, i));
		} else {
			value_object_set(&row, value_key(given, i), value_ref(value_entry(given, i)));
		}
	}
	value_object_set_text(&world, list, with_row(value_get_text(society->world, list), value_str(id), row));
	value_unref(row);
	return take_world(society, world, ret_error);
}

static struct value without_text(struct value array, struct str text)
{
	struct value list = value_array_new(value_len(array));
	for (size_t i = 0; i < value_len(array); i++) {
		if (!str_eq(value_str(value_at(array, i)), text)) {
			value_array_push(&list, value_ref(value_at(array, i)));
		}
	}
	return list;
}

static struct value groups_without(struct value groups, struct str person)
{
	struct value list = value_array_new(value_len(groups));
	for (size_t i = 0; i < value_len(groups); i++) {
		struct value group = value_unshared(value_ref(value_at(groups, i)));
		value_object_set_text(&group, "members", without_text(value_get_text(group, "members"), person));
		value_array_push(&list, group);
	}
	return list;
}

static struct value friends_without(struct value friends, struct str person)
{
	struct value list = value_array_new(value_len(friends));
	for (size_t i = 0; i < value_len(friends); i++) {
		struct value pair = value_at(friends, i);
		if (!str_eq(value_str(value_at(pair, 0)), person) && !str_eq(value_str(value_at(pair, 1)), person)) {
			value_array_push(&list, value_ref(pair));
		}
	}
	return list;
}

/* What they wrote, and what was written to them alone. */
static bool of_person(const struct sim_message *message, struct str person)
{
	struct str group;
	return str_eq(message->from, person)
		|| (sim_chat_kind(message->chat, &group) == SIM_CHAT_SINGLE && sim_society_in_chat(NULL, message->chat, person));
}

int sim_society_remove_person(struct sim_society *society, struct str id, struct strbuf *ret_error)
{
	struct value world = value_unshared(value_ref(society->world)), friends = value_get_text(world, "friends");
	if (!value_is(sim_society_person(society, id), VALUE_OBJECT)) {
		strbuf_printf(ret_error, "there is nobody called " STR_FMT, STR_ARG(id));
		value_unref(world);
		return 1;
	}
	value_object_set_text(&world, "people", with_row(value_get_text(world, "people"), id, value_undefined()));
	value_object_set_text(&world, "groups", groups_without(value_get_text(world, "groups"), id));
	if (value_is(friends, VALUE_ARRAY)) {
		value_object_set_text(&world, "friends", friends_without(friends, id));
	}
	int status = take_world(society, world, ret_error);
	for (size_t i = society->messages.len; status == 0 && i > 0; i--) {
		struct sim_message *message = society->messages.at[i - 1];
		if (of_person(message, id)) {
			sim_society_delete(society, message->id);
		}
	}
	return status;
}

int sim_society_remove_group(struct sim_society *society, struct str id, struct strbuf *ret_error)
{
	struct value world = value_unshared(value_ref(society->world));
	if (!value_is(sim_society_group(society, id), VALUE_OBJECT)) {
		strbuf_printf(ret_error, "there is no group " STR_FMT, STR_ARG(id));
		value_unref(world);
		return 1;
	}
	value_object_set_text(&world, "groups", with_row(value_get_text(world, "groups"), id, value_undefined()));
	int status = take_world(society, world, ret_error);
	for (size_t i = society->messages.len; status == 0 && i > 0; i--) {
		struct sim_message *message = society->messages.at[i - 1];
		struct str group;
		if (sim_chat_kind(message->chat, &group) == SIM_CHAT_GROUP && str_eq(group, id)) {
			sim_society_delete(society, message->id);
		}
	}
	return status;
}

/* --- as a file --- */

/* {chat, from, at, text | card{appid, title, path, withShareTicket, picture?}}: the chat as its writer says it. */
static struct value message_row(const struct sim_message *message)
{
	static const char *const keys[] = {"appid", "title", "path", "withShareTicket"};
	struct value row = value_object_new(4);
	struct str chat = message->chat, rest, first;
	if (str_starts(chat, STR("single:"))) {
		rest = str_slice(chat, strlen("single:"), chat.len);
		str_split(&rest, ',', &first);
		chat = str_eq(first, message->from) ? rest : first;
	}
	value_object_set_text(&row, "chat", value_string(chat));
	value_object_set_text(&row, "from", value_string(message->from));
	value_object_set_text(&row, "at", value_number(message->at));
	if (!value_is(message->card, VALUE_OBJECT)) {
		value_object_set_text(&row, "text", value_ref(message->text));
		return row;
	}
	struct value card = value_object_new(5);
	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		struct value part = value_get_text(message->card, keys[i]);
		if (!value_is_nullish(part)) {
			value_object_set_text(&card, keys[i], value_ref(part));
		}
	}
	if (message->picture) {
		struct strbuf text = {0};
		strbuf_add_text(&text, "base64:");
		seal_base64(host_bytes_str(message->picture), &text);
		value_object_set_text(&card, "picture", value_take(&text));
	}
	value_object_set_text(&row, "card", card);
	return row;
}

struct value sim_society_export(const struct sim_society *society, double now)
{
	struct value world = value_unshared(value_ref(society->world)), messages = value_array_new(society->messages.len), clock = value_object_new(1);
	for (size_t i = 0; i < society->messages.len; i++) {
		value_array_push(&messages, message_row(society->messages.at[i]));
	}
	value_object_set_text(&clock, "now", value_number(now));
	value_object_set_text(&world, "messages", messages);
	value_object_set_text(&world, "clock", clock);
	return world;
}
