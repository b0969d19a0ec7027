/* 转发: the person chooses chats, the card is sent to each, and tickets are asked for those that get one. */
#include "host/sim/part.h"

#include "base/mem.h"
#include "host/sim/sim_platform.h"

struct sharing {
	struct sim_host *sim;
	struct host_request *request; // the program's
	struct host_request step;     // the picker's, then one ticket's after the other
	struct host_timer timer;      // of a scripted choice
	struct value choice;          // the person's
	struct value card;
	struct host_bytes *picture;
	struct value chats, tickets;  // those chosen; what came for them
	size_t next;                  // of `chats`
};

static void free_sharing(struct sharing *sharing)
{
	host_timer_stop(&sharing->sim->host, &sharing->timer);
	value_unref(sharing->choice);
	value_unref(sharing->card);
	value_unref(sharing->chats);
	value_unref(sharing->tickets);
	host_bytes_unref(sharing->picture);
	mem_free(sharing);
}

/* Cards that were sent stay sent. */
static void release(struct host_request *request)
{
	struct sharing *sharing = request->operation;
	host_request_drop(&sharing->step);
	free_sharing(sharing);
}

static void end(struct sharing *sharing, enum host_outcome outcome, struct value result)
{
	struct host_request *request = sharing->request;
	request->release = NULL;
	request->operation = NULL;
	free_sharing(sharing);
	host_request_finish_later(request, 0, outcome, result);
}

static void end_failed(struct sharing *sharing, enum host_outcome outcome, struct str text)
{
	struct value error = value_object_new(1);
	value_object_set_text(&error, "errMsg", value_string(text));
	end(sharing, outcome, error);
}

/* What is asked for a chat's ticket: groups have one with withShareTicket, private cards have one everywhere. */
static bool ticket_question(const struct sharing *sharing, struct str chat, struct value *ret_question)
{
	struct str group;
	struct value activity = value_get_text(sharing->card, "private");
	bool is_private = value_is(activity, VALUE_OBJECT), is_group = sim_chat_kind(chat, &group) == SIM_CHAT_GROUP;
	if (!is_private && !(is_group && value_to_bool(value_get_text(sharing->card, "withShareTicket")))) {
		return false;
	}
	*ret_question = sim_ticket_question(sharing->sim, chat, sharing->card, "sender");
	return true;
}

static void next_ticket(struct sharing *sharing);

static void ticket_came(struct host_request *step, enum host_outcome outcome, struct value result)
{
	struct sharing *sharing = CONTAINER_OF(step, struct sharing, step);
	struct value ticket = value_get_text(result, "shareTicket");
	if (outcome == HOST_OK && value_is(ticket, VALUE_STRING)) {
		value_array_push(&sharing->tickets, value_ref(ticket)); // a platform that fails leaves the card without one
	}
	next_ticket(sharing);
}

static void next_ticket(struct sharing *sharing)
{
	while (sharing->next < value_len(sharing->chats)) {
		struct value question;
		if (ticket_question(sharing, value_str(value_at(sharing->chats, sharing->next++)), &question)) {
			sharing->step = (struct host_request){.on_finish = ticket_came};
			sim_platform_start(sharing->sim, "issueTicket", question, &sharing->step);
			return;
		}
	}
	struct value result = value_object_new(1);
	if (value_len(sharing->tickets)) {
		value_object_set_text(&result, "shareTickets", value_ref(sharing->tickets));
	}
	end(sharing, HOST_OK, result);
}

static bool contains(struct value array, struct value text)
{
	for (size_t i = 0; i < value_len(array); i++) {
		if (value_identical(value_at(array, i), text)) {
			return true;
		}
	}
	return false;
}

/* The chats of a choice that there are, each once. */
static struct value chosen_chats(struct sim_host *sim, struct value choice)
{
	struct value said = value_get_text(choice, "chats"), chats = value_array_new(value_len(said));
	for (size_t i = 0; i < value_len(said); i++) {
		struct value chat = sim_society_chat_id(&sim->world->society, sim_host_person(sim), value_str(value_at(said, i)));
		if (value_is(chat, VALUE_STRING) && !contains(chats, chat)) {
			value_array_push(&chats, value_ref(chat));
		}
		value_unref(chat);
	}
	return chats;
}

static void chosen(struct sharing *sharing, struct value choice)
{
	struct sim_host *sim = sharing->sim;
	struct sim_society *society = &sim->world->society;
	struct value fail = value_get_text(choice, "fail");
	if (value_is(fail, VALUE_STRING) || society->refuse) {
		end_failed(sharing, HOST_FAIL, value_is(fail, VALUE_STRING) ? value_str(fail) : str_of(society->refuse));
		return;
	}
	sharing->chats = chosen_chats(sim, choice);
	sharing->tickets = value_array_new(value_len(sharing->chats));
	if (!value_len(sharing->chats)) {
		end_failed(sharing, HOST_CANCEL, str_of(host_outcome_text(HOST_CANCEL)));
		return;
	}
	for (size_t i = 0; i < value_len(sharing->chats); i++) {
		sim_society_send_card(society, value_str(value_at(sharing->chats, i)), sim_host_person(sim), sim_world_now(sim->world),
			value_ref(sharing->card), host_bytes_ref(sharing->picture));
	}
	next_ticket(sharing);
}

static void picked(struct host_request *step, enum host_outcome outcome, struct value result)
{
	struct sharing *sharing = CONTAINER_OF(step, struct sharing, step);
	if (outcome != HOST_OK) {
		end(sharing, outcome, value_ref(result));
	} else {
		chosen(sharing, result);
	}
}

static void scripted(struct host_timer *timer)
{
	struct sharing *sharing = CONTAINER_OF(timer, struct sharing, timer);
	struct value choice = value_ref(sharing->choice);
	chosen(sharing, choice);
	value_unref(choice);
}

static void open_picker(struct sharing *sharing)
{
	struct sim_host *sim = sharing->sim;
	struct value parameters = value_object_new(2);
	value_object_set_text(&parameters, "chats", sim_society_chats(&sim->world->society, sim_host_person(sim)));
	value_object_set_text(&parameters, "title", value_ref(value_get_text(sharing->card, "title")));
	sharing->step.on_finish = picked;
	host_request_begin(&sharing->step, &sim->host);
	host_overlay_ask(&sim->overlay, HOST_OVERLAY_SHARE, parameters, &sharing->step);
	sharing->step.starting = false;
	value_unref(parameters);
}

struct value sim_share_card(struct sim_host *sim, struct value parameters)
{
	struct value card = value_object_new(value_count(parameters) + 2);
	sim_host_announce(sim);
	struct value program = sim_society_program(&sim->world->society, sim_host_appid(sim));
	value_object_set_text(&card, "appid", value_string(sim_host_appid(sim)));
	value_object_set_text(&card, "name", value_ref(value_get_text(program, "name")));
	for (size_t i = 0; i < value_count(parameters); i++) {
		value_object_set(&card, value_key(parameters, i), value_ref(value_entry(parameters, i)));
	}
	return card;
}

void sim_share(struct sim_host *sim, struct value parameters, struct value choice, double delay, struct host_request *request)
{
	struct sharing *sharing = mem_alloc(sizeof(*sharing));
	sharing->sim = sim;
	sharing->request = request;
	sharing->card = sim_share_card(sim, parameters);
	sharing->picture = host_bytes_ref(request->body);
	sharing->timer.fire = scripted;
	request->operation = sharing;
	request->release = release;
	if (value_is(choice, VALUE_UNDEFINED)) {
		open_picker(sharing);
	} else {
		sharing->choice = value_ref(choice);
		host_timer_start(&sim->host, &sharing->timer, delay);
	}
}
