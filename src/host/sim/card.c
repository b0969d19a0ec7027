/* Opening a card: the launch options that a tap on it gives (share.md 6, 7, 11). */
#include "host/sim/part.h"

#include "base/mem.h"
#include "host/sim/sim_platform.h"

enum scene {
	SCENE_SINGLE = 1007,
	SCENE_GROUP = 1008,
	SCENE_FAVORITE = 1010,
	SCENE_TICKET = 1044,
	SCENE_TIMELINE = 1154,
};

enum chat_type { CHAT_TYPE_SINGLE = 1, CHAT_TYPE_GROUP = 3 }; // launch options' chatType (wx.getEnterOptionsSync)

/* A card that waits for its ticket. */
struct opening {
	struct sim_host *sim;
	struct host_request *request;
	struct host_request ticket;
	struct value options, entered;
};

/* "a=1&b=2", as it stands: programs decode it themselves. */
static struct value parse_query(struct str text)
{
	struct value query = value_object_new(4);
	struct str piece;
	while (text.len && str_split(&text, '&', &piece)) {
		size_t equals = size_min(str_find_char(piece, '='), piece.len);
		if (equals > 0) {
			value_object_set(&query, str_slice(piece, 0, equals), value_string(str_slice(piece, size_min(equals + 1, piece.len), piece.len)));
		}
	}
	return query;
}

static struct value options_of(const struct sim_message *message, int scene)
{
	struct str path = value_str(value_get_text(message->card, "path")), group;
	struct value options = value_object_new(6);
	enum sim_chat_kind kind = sim_chat_kind(message->chat, &group);
	while (path.len && path.at[0] == '/') {
		path = str_slice(path, 1, path.len);
	}
	size_t mark = size_min(str_find_char(path, '?'), path.len);
	value_object_set_text(&options, "path", value_string(str_slice(path, 0, mark)));
	value_object_set_text(&options, "query", parse_query(str_slice(path, size_min(mark + 1, path.len), path.len)));
	value_object_set_text(&options, "scene", value_number(scene));
	value_object_set_text(&options, "referrerInfo", value_object_new(0));
	if (kind != SIM_CHAT_NONE) {
		value_object_set_text(&options, "chatType", value_number(kind == SIM_CHAT_GROUP ? CHAT_TYPE_GROUP : CHAT_TYPE_SINGLE));
	}
	return options;
}

static void record(struct sim_host *sim, struct value entered)
{
	value_unref(sim->entered);
	sim->entered = entered;
}

static void free_opening(struct opening *opening)
{
	value_unref(opening->options);
	value_unref(opening->entered);
	mem_free(opening);
}

static void release(struct host_request *request)
{
	struct opening *opening = request->operation;
	host_request_drop(&opening->ticket);
	free_opening(opening);
}

static void ticket_came(struct host_request *inner, enum host_outcome outcome, struct value result)
{
	struct opening *opening = CONTAINER_OF(inner, struct opening, ticket);
	struct host_request *request = opening->request;
	struct value options = value_ref(result);
	if (outcome == HOST_OK) {
		value_unref(options);
		options = value_unshared(value_ref(opening->options));
		value_unref(opening->options);
		opening->options = value_undefined();
		value_object_set_text(&options, "shareTicket", value_ref(value_get_text(result, "shareTicket")));
		record(opening->sim, value_ref(opening->entered));
	}
	request->release = NULL;
	request->operation = NULL;
	free_opening(opening);
	host_request_finish(request, outcome, options);
}

struct value sim_ticket_question(struct sim_host *sim, struct str chat, struct value card, const char *purpose)
{
	struct value question = value_object_new(7), activity = value_get_text(card, "private");
	bool is_private = value_is(activity, VALUE_OBJECT);
	struct str group;
	value_object_set_text(&question, "purpose", value_text(is_private ? "private" : purpose));
	value_object_set_text(&question, "life", value_ref(sim->life));
	if (sim_chat_kind(chat, &group) == SIM_CHAT_GROUP) {
		value_object_set_text(&question, "group", value_string(group));
	}
	if (is_private) {
		struct value id = value_get_text(activity, "activityId");
		value_object_set_text(&question, "chat", value_string(chat));
		if (value_is(id, VALUE_STRING)) {
			value_object_set_text(&question, "activityId", value_ref(id));
		}
	}
	return question;
}

static void open_with_ticket(struct sim_host *sim, struct value options, struct value entered, struct value question,
	struct host_request *request)
{
	struct opening *opening = mem_alloc(sizeof(*opening));
	*opening = (struct opening){sim, request, {.on_finish = ticket_came}, options, entered};
	request->operation = opening;
	request->release = release;
	sim_platform_start(sim, "issueTicket", question, &opening->ticket);
}

/* Who is not in the chat gets no ticket. */
static void open_seen(struct sim_host *sim, const struct sim_message *message, bool own, struct host_request *request)
{
	struct str group;
	enum sim_chat_kind kind = sim_chat_kind(message->chat, &group);
	bool is_private = value_is(value_get_text(message->card, "private"), VALUE_OBJECT) && own && kind != SIM_CHAT_NONE;
	bool shares = value_to_bool(value_get_text(message->card, "withShareTicket")) && own && kind == SIM_CHAT_GROUP;
	int scene = kind == SIM_CHAT_SINGLE ? SCENE_SINGLE : kind == SIM_CHAT_GROUP ? shares ? SCENE_TICKET : SCENE_GROUP
		: str_is(message->chat, "timeline") ? SCENE_TIMELINE : SCENE_FAVORITE;
	struct value options = options_of(message, scene), entered = value_object_new(2);
	value_object_set_text(&entered, "chat", value_string(message->chat));
	value_object_set_text(&entered, "message", value_string(message->id));
	if (shares || is_private) {
		open_with_ticket(sim, options, entered, sim_ticket_question(sim, message->chat, message->card, "opener"), request);
	} else {
		record(sim, entered);
		host_request_finish_later(request, 0, HOST_OK, options);
	}
}

void sim_host_open_card(struct sim_host *sim, struct str id, bool anyway, struct host_request *request)
{
	const struct sim_society *society = &sim->world->society;
	const struct sim_message *message = sim_society_message(society, id);
	bool own = message && sim_society_sees(society, message, sim_host_person(sim));
	host_request_begin(request, &sim->host);
	if (!message || !value_is(message->card, VALUE_OBJECT)) {
		host_request_fail_later(request, HOST_NOT_FOUND, "no such card");
	} else if (!own && !anyway) {
		host_request_fail_later(request, HOST_DENIED, "the card is in no chat of theirs");
	} else {
		open_seen(sim, message, own, request);
	}
	request->starting = false;
}
