/* What a tap on a card opens: scene, page, and a share ticket for the members of its group (share.md, sections 7 and 11). */
#include "host/sim/part.h"
#include "host/sim/sim_platform.h"

#define SCENE_SINGLE 1007
#define SCENE_GROUP 1008
#define SCENE_FAVORITE 1010
#define SCENE_TICKET 1044
#define SCENE_TIMELINE 1154

struct opening { // waits for the platform: first for an updatable message's path, then for a ticket
	struct host_request *outer;
	struct host_request inner;
	struct sim_host *sim;
	struct value entry, ticket; // ticket: what to ask for one, or undefined
};

static void release(struct host_request *request)
{
	struct opening *opening = request->operation;
	host_request_drop(&opening->inner);
	value_unref(opening->entry);
	value_unref(opening->ticket);
	mem_free(opening);
}

/* Takes what is waited for off the caller's request; the opening is gone. */
static void finish(struct opening *opening, enum host_outcome outcome, struct value result)
{
	struct host_request *outer = opening->outer;
	outer->release = NULL;
	value_unref(opening->ticket);
	if (outcome != HOST_OK) {
		value_unref(opening->entry);
	}
	mem_free(opening);
	host_request_finish(outer, outcome, result);
}

static void ticketed(struct host_request *inner, enum host_outcome outcome, struct value result)
{
	struct opening *opening = CONTAINER_OF(inner, struct opening, inner);
	if (outcome == HOST_OK) {
		value_object_set_text(&opening->entry, "shareTicket", value_ref(value_get_text(result, "shareTicket")));
	}
	finish(opening, outcome, outcome == HOST_OK ? opening->entry : value_ref(result));
}

static struct value parse_query(struct str text)
{
	struct value query = value_object_new(4);
	struct str piece;
	while (text.len && str_split(&text, '&', &piece)) {
		size_t equals = size_min(str_find_char(piece, '='), piece.len);
		if (equals) {
			value_object_set(&query, str_slice(piece, 0, equals), value_string(str_slice(piece, size_min(equals + 1, piece.len), piece.len)));
		}
	}
	return query;
}

static void set_path(struct value *entry, struct str path)
{
	while (path.len && path.at[0] == '/') {
		path = str_slice(path, 1, path.len);
	}
	size_t mark = size_min(str_find_char(path, '?'), path.len);
	value_object_set_text(entry, "path", value_string(str_slice(path, 0, mark)));
	value_object_set_text(entry, "query", parse_query(str_slice(path, size_min(mark + 1, path.len), path.len)));
}

static struct value entry_of(struct value card, double scene)
{
	struct value entry = value_object_new(6);
	set_path(&entry, value_str(value_get_text(card, "path")));
	value_object_set_text(&entry, "scene", value_number(scene));
	value_object_set_text(&entry, "referrerInfo", value_object_new(0));
	return entry;
}

/* What the platform is asked for; undefined: this card has no ticket for this person. Tells the scene. */
static struct value ticket_of(struct sim_host *sim, const struct sim_message *message, double *ret_scene)
{
	struct str group = {0}, person = sim_host_person(sim);
	enum sim_chat_kind kind = sim_chat_kind(message->chat, &group);
	struct value private = value_get_text(message->card, "private"), asked;
	bool inside = sim_society_in_chat(&sim->world->society, message->chat, person);
	bool secret = inside && kind != SIM_CHAT_NONE && value_is(private, VALUE_OBJECT);
	bool grouped = inside && kind == SIM_CHAT_GROUP && value_to_bool(value_get_text(message->card, "withShareTicket"));
	*ret_scene = grouped ? SCENE_TICKET : kind == SIM_CHAT_SINGLE ? SCENE_SINGLE : kind == SIM_CHAT_GROUP ? SCENE_GROUP
		: str_starts(message->chat, STR("favorites:")) ? SCENE_FAVORITE : SCENE_TIMELINE;
	if (!secret && !grouped) {
		return value_undefined();
	}
	asked = value_object_new(6);
	value_object_set_text(&asked, "life", value_ref(sim->life));
	value_object_set_text(&asked, "purpose", value_text(secret ? "private" : "opener"));
	if (grouped) {
		value_object_set_text(&asked, "group", value_string(group));
	}
	if (secret) {
		value_object_set_text(&asked, "chat", value_string(message->chat));
		value_object_set_text(&asked, "activityId", value_ref(value_get_text(private, "activityId")));
	}
	return asked;
}

static void ask_ticket(struct opening *opening)
{
	struct value asked = opening->ticket;
	opening->ticket = value_undefined();
	opening->inner = (struct host_request){.on_finish = ticketed};
	sim_platform_start(opening->sim, "issueTicket", asked, &opening->inner);
}

/* A card whose activity is unknown opens as it was sent. */
static void looked(struct host_request *inner, enum host_outcome outcome, struct value result)
{
	struct opening *opening = CONTAINER_OF(inner, struct opening, inner);
	struct str path = outcome == HOST_OK ? value_str(value_get_text(result, "path")) : (struct str){0};
	if (path.len) {
		set_path(&opening->entry, path);
	}
	if (value_is(opening->ticket, VALUE_OBJECT)) {
		ask_ticket(opening);
	} else {
		finish(opening, HOST_OK, opening->entry);
	}
}

static void open_message(struct sim_host *sim, const struct sim_message *message, struct host_request *request)
{
	double scene;
	struct value asked = ticket_of(sim, message, &scene), entry = entry_of(message->card, scene), entered = value_object_new(2);
	value_object_set_text(&entered, "chat", value_string(message->chat));
	value_object_set_text(&entered, "message", value_string(message->id));
	value_unref(sim->entered);
	sim->entered = entered;
	struct value updatable = value_get_text(message->card, "updatable");
	if (value_is(asked, VALUE_UNDEFINED) && !value_is(updatable, VALUE_OBJECT)) {
		host_request_finish_later(request, 0, HOST_OK, entry);
		return;
	}
	struct opening *opening = mem_alloc(sizeof(*opening));
	*opening = (struct opening){.outer = request, .sim = sim, .entry = entry, .ticket = asked};
	request->operation = opening;
	request->release = release;
	if (value_is(updatable, VALUE_OBJECT)) {
		opening->inner.on_finish = looked;
		sim_platform_start(sim, "activity", value_ref(updatable), &opening->inner);
	} else {
		ask_ticket(opening);
	}
}

void sim_host_open_card(struct sim_host *sim, struct str id, bool anyway, struct host_request *request)
{
	const struct sim_society *society = &sim->world->society;
	const struct sim_message *message = sim_society_message(society, id);
	struct str appid = message ? value_str(value_get_text(message->card, "appid")) : (struct str){0};
	host_request_begin(request, &sim->host);
	if (!message || !value_is(message->card, VALUE_OBJECT)) {
		host_request_fail_later(request, HOST_NOT_FOUND, "there is no such card");
	} else if (!anyway && !sim_society_sees(society, message, sim_host_person(sim))) {
		host_request_fail_later(request, HOST_DENIED, "it is in a chat of others");
	} else if (!str_eq(appid, sim_host_appid(sim))) {
		host_request_fail_later(request, HOST_FAIL, "it is another mini program's");
	} else {
		open_message(sim, message, request);
	}
	request->starting = false;
}
