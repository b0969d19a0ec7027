/* What people write to each other: texts, cards, posts, favorites, and what is sent on. */
#include "base/mem.h"
#include "host/sim/society.h"

#include <string.h>

static const char timeline[] = "timeline", favorites_prefix[] = "favorites:";

static struct str copy(struct str text)
{
	return (struct str){mem_strdup(text.at, text.len), text.len};
}

/* Consumes text, card and picture. */
static struct sim_message *message_new(struct sim_society *society, struct str chat, struct str from, double at, struct value text,
	struct value card, struct host_bytes *picture)
{
	struct sim_message *message = mem_alloc(sizeof(*message));
	struct strbuf id = {0};
	society->edits++;
	strbuf_printf(&id, "m%u", ++society->sent);
	*message = (struct sim_message){.id = copy(strbuf_str(&id)), .chat = copy(chat), .from = copy(from), .at = at, .text = text,
		.card = card, .picture = picture};
	strbuf_finish(&id);
	return message;
}

struct sim_message *sim_society_send_text(struct sim_society *society, struct str chat, struct str from, double at, struct value text)
{
	struct sim_message *message = message_new(society, chat, from, at, text, value_undefined(), NULL);
	vec_push(&society->messages, message);
	return message;
}

struct sim_message *sim_society_send_card(struct sim_society *society, struct str chat, struct str from, double at, struct value card,
	struct host_bytes *picture)
{
	struct sim_message *message = message_new(society, chat, from, at, value_undefined(), card, picture);
	vec_push(&society->messages, message);
	return message;
}

struct sim_message *sim_society_post(struct sim_society *society, struct str from, double at, struct value card, struct host_bytes *picture)
{
	struct sim_message *message = message_new(society, str_of(timeline), from, at, value_undefined(), card, picture);
	vec_push(&society->posts, message);
	return message;
}

struct sim_message *sim_society_favor(struct sim_society *society, struct str from, double at, struct value card, struct host_bytes *picture)
{
	struct strbuf chat = {0};
	strbuf_printf(&chat, "%s" STR_FMT, favorites_prefix, STR_ARG(from));
	struct sim_message *message = message_new(society, strbuf_str(&chat), from, at, value_undefined(), card, picture);
	strbuf_finish(&chat);
	vec_push(&society->favorites, message);
	return message;
}

static struct sim_message *find(struct sim_message *const *at, size_t count, struct str id)
{
	for (size_t i = 0; i < count; i++) {
		if (str_eq(at[i]->id, id)) {
			return at[i];
		}
	}
	return NULL;
}

struct sim_message *sim_society_message(const struct sim_society *society, struct str id)
{
	struct sim_message *message = find(society->messages.at, society->messages.len, id);
	message = message ? message : find(society->posts.at, society->posts.len, id);
	return message ? message : find(society->favorites.at, society->favorites.len, id);
}

static bool take_out(struct sim_message **at, size_t *len, struct str id)
{
	for (size_t i = 0; i < *len; i++) {
		if (str_eq(at[i]->id, id)) {
			sim_message_free(at[i]);
			memmove(&at[i], &at[i + 1], (*len - i - 1) * sizeof(*at));
			--*len;
			return true;
		}
	}
	return false;
}

bool sim_society_delete(struct sim_society *society, struct str id)
{
	bool found = take_out(society->messages.at, &society->messages.len, id) || take_out(society->posts.at, &society->posts.len, id)
		|| take_out(society->favorites.at, &society->favorites.len, id);
	society->edits += found;
	return found;
}

bool sim_society_sees(const struct sim_society *society, const struct sim_message *message, struct str person)
{
	if (str_is(message->chat, timeline)) {
		return str_eq(message->from, person) || sim_society_are_friends(society, message->from, person);
	}
	if (str_starts(message->chat, STR("favorites:"))) {
		return str_eq(message->from, person);
	}
	return sim_society_in_chat(society, message->chat, person);
}

struct sim_message *sim_society_forward(struct sim_society *society, struct str id, struct str person, struct str chat, double at,
	const char **ret_error)
{
	const struct sim_message *message = sim_society_message(society, id);
	if (!message || !sim_society_sees(society, message, person)) {
		*ret_error = "no such message";
		return NULL;
	}
	if (value_to_bool(value_get_text(message->card, "withShareTicket"))) {
		*ret_error = "a card with a share ticket cannot be forwarded";
		return NULL;
	}
	if (value_to_bool(value_get_text(message->card, "private"))) {
		*ret_error = "a private card cannot be forwarded";
		return NULL;
	}
	struct value to = sim_society_chat_id(society, person, chat);
	if (!value_is(to, VALUE_STRING)) {
		*ret_error = "no such chat";
		return NULL;
	}
	struct sim_message *sent;
	if (value_is(message->card, VALUE_OBJECT)) {
		struct value card = value_unshared(value_ref(message->card));
		value_object_set_text(&card, "forwardedFrom", value_string(message->id));
		sent = sim_society_send_card(society, value_str(to), person, at, card, host_bytes_ref(message->picture));
	} else {
		sent = sim_society_send_text(society, value_str(to), person, at, value_ref(message->text));
	}
	value_unref(to);
	return sent;
}

struct value sim_message_describe(const struct sim_message *message)
{
	struct value all = value_object_new(5);
	bool is_card = value_is(message->card, VALUE_OBJECT);
	value_object_set_text(&all, "id", value_string(message->id));
	value_object_set_text(&all, "chat", value_string(message->chat));
	value_object_set_text(&all, "from", value_string(message->from));
	value_object_set_text(&all, "at", value_number(message->at));
	value_object_set_text(&all, is_card ? "card" : "text", value_ref(is_card ? message->card : message->text));
	return all;
}
