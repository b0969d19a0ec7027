/* Sharing on the simulated host: a person chooses chats, tickets are had for the groups, cards are sent. Nothing is sent
 * unless all of it can be. */
#include "host/sim/part.h"
#include "host/sim/sim_platform.h"

struct sharing {
	struct sim_host *sim;
	struct host_request *outer;
	struct host_request inner; // the choice, then a ticket after the other
	struct value parameters, chats, tickets;
	struct value note; // what the person writes with the card; undefined: nothing
	size_t next; // chat whose ticket comes next
};

struct value sim_share_card(struct sim_host *sim, struct value parameters)
{
	struct value program = sim_society_program(&sim->world->society, sim_host_appid(sim)), card = value_object_new(8);
	value_object_set_text(&card, "appid", value_string(sim_host_appid(sim)));
	value_object_set_text(&card, "name", value_ref(value_get_text(program, "name")));
	for (size_t i = 0; i < value_count(parameters); i++) {
		value_object_set(&card, value_key(parameters, i), value_ref(value_entry(parameters, i)));
	}
	return card;
}

static void free_sharing(struct sharing *sharing)
{
	value_unref(sharing->parameters);
	value_unref(sharing->chats);
	value_unref(sharing->tickets);
	value_unref(sharing->note);
	mem_free(sharing);
}

static void release(struct host_request *request)
{
	struct sharing *sharing = request->operation;
	host_request_drop(&sharing->inner);
	free_sharing(sharing);
}

static void end(struct sharing *sharing, enum host_outcome outcome, struct value result)
{
	struct host_request *outer = sharing->outer;
	outer->release = NULL;
	free_sharing(sharing);
	host_request_finish(outer, outcome, result);
}

static void send_cards(struct sharing *sharing)
{
	struct sim_host *sim = sharing->sim;
	struct sim_society *society = &sim->world->society;
	struct value result = value_object_new(1);
	sim_host_announce(sim);
	for (size_t i = 0; i < value_len(sharing->chats); i++) {
		sim_society_send_card(society, value_str(value_at(sharing->chats, i)), sim_host_person(sim), sim_world_now(sim->world),
			sim_share_card(sim, sharing->parameters), host_bytes_ref(sharing->outer->body));
		if (value_str(sharing->note).len) {
			sim_society_send_text(society, value_str(value_at(sharing->chats, i)), sim_host_person(sim), sim_world_now(sim->world),
				value_ref(sharing->note));
		}
	}
	if (value_len(sharing->tickets)) {
		value_object_set_text(&result, "shareTickets", value_ref(sharing->tickets));
	}
	end(sharing, HOST_OK, result);
}

static void next_ticket(struct sharing *sharing);

static void ticketed(struct host_request *inner, enum host_outcome outcome, struct value result)
{
	struct sharing *sharing = CONTAINER_OF(inner, struct sharing, inner);
	if (outcome != HOST_OK) {
		end(sharing, outcome, value_ref(result));
		return;
	}
	value_array_push(&sharing->tickets, value_ref(value_get_text(result, "shareTicket")));
	next_ticket(sharing);
}

/* {purpose, life, group}, and for a private card {purpose, life, chat, activityId, group?}; undefined: this chat has none. */
static struct value ticket_of(struct sharing *sharing, struct str chat)
{
	struct str group = {0};
	struct value private = value_get_text(sharing->parameters, "private"), asked;
	bool secret = value_is(private, VALUE_OBJECT);
	bool grouped = sim_chat_kind(chat, &group) == SIM_CHAT_GROUP && value_to_bool(value_get_text(sharing->parameters, "withShareTicket"));
	if (!secret && !grouped) {
		return value_undefined();
	}
	asked = value_object_new(6);
	value_object_set_text(&asked, "life", value_ref(sharing->sim->life));
	value_object_set_text(&asked, "purpose", value_text(secret ? "private" : "sender"));
	if (grouped) {
		value_object_set_text(&asked, "group", value_string(group));
	}
	if (secret) {
		value_object_set_text(&asked, "chat", value_string(chat));
		value_object_set_text(&asked, "activityId", value_ref(value_get_text(private, "activityId")));
	}
	return asked;
}

static void next_ticket(struct sharing *sharing)
{
	while (sharing->next < value_len(sharing->chats)) {
		struct value asked = ticket_of(sharing, value_str(value_at(sharing->chats, sharing->next++)));
		if (value_is(asked, VALUE_OBJECT)) {
			sharing->inner.on_finish = ticketed;
			sim_platform_start(sharing->sim, "issueTicket", asked, &sharing->inner);
			return;
		}
	}
	send_cards(sharing);
}

static bool has(struct value list, struct str text)
{
	for (size_t i = 0; i < value_len(list); i++) {
		if (str_eq(value_str(value_at(list, i)), text)) {
			return true;
		}
	}
	return false;
}

/* {chats: [...], note?}, {fail: TEXT}, or nothing: cancel. */
static void chosen(struct host_request *inner, enum host_outcome outcome, struct value choice)
{
	struct sharing *sharing = CONTAINER_OF(inner, struct sharing, inner);
	struct sim_society *society = &sharing->sim->world->society;
	struct value said = value_get_text(choice, "chats"), fail = value_get_text(choice, "fail");
	if (outcome == HOST_OK && value_str(fail).len) {
		end(sharing, HOST_FAIL, host_error(value_str(fail).at));
		return;
	}
	for (size_t i = 0; outcome == HOST_OK && i < value_len(said); i++) {
		struct value chat = sim_society_chat_id(society, sim_host_person(sharing->sim), value_str(value_at(said, i)));
		if (value_is(chat, VALUE_STRING) && !has(sharing->chats, value_str(chat))) {
			value_array_push(&sharing->chats, chat);
		} else {
			value_unref(chat);
		}
	}
	if (!value_len(sharing->chats)) {
		end(sharing, HOST_CANCEL, host_error(host_outcome_text(HOST_CANCEL)));
		return;
	}
	sharing->note = value_ref(value_get_text(choice, "note"));
	next_ticket(sharing);
}

static void ask_person(struct sharing *sharing)
{
	struct sim_host *sim = sharing->sim;
	struct value shown = value_object_new(2);
	value_object_set_text(&shown, "chats", sim_society_chats(&sim->world->society, sim_host_person(sim)));
	value_object_set_text(&shown, "title", value_ref(value_get_text(sharing->parameters, "title")));
	host_overlay_ask(&sim->overlay, HOST_OVERLAY_SHARE, shown, &sharing->inner);
	value_unref(shown);
}

void sim_share(struct sim_host *sim, struct value parameters, struct value choice, double delay, struct host_request *request)
{
	struct sharing *sharing = mem_alloc(sizeof(*sharing));
	*sharing = (struct sharing){.sim = sim, .outer = request, .inner.on_finish = chosen, .parameters = value_ref(parameters),
		.chats = value_array_new(2), .tickets = value_array_new(2)};
	request->operation = sharing;
	request->release = release;
	host_request_begin(&sharing->inner, &sim->host);
	if (value_is(choice, VALUE_UNDEFINED)) {
		ask_person(sharing);
	} else {
		host_request_finish_later(&sharing->inner, delay, HOST_OK, value_ref(choice));
	}
	sharing->inner.starting = false;
}
