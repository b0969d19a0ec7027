/* What a person does with a running program: leaves it, comes back, opens cards, shares. */
#include "door/library/inside.h"

#include "host/open.h"
#include "host/sim/sim_platform.h"

#define ANSWER_MS 30000.0 // that a host's answer may take

static void finished(struct host_request *request, enum host_outcome outcome, struct value result)
{
	struct waiting *waiting = CONTAINER_OF(request, struct waiting, request);
	waiting->done = true;
	waiting->outcome = outcome;
	waiting->result = value_ref(result);
	waiting->bytes = host_bytes_ref(request->bytes);
}

static bool is_done(void *user)
{
	return ((struct waiting *)user)->done;
}

void waiting_init(struct waiting *waiting)
{
	*waiting = (struct waiting){.request.on_finish = finished};
}

void waiting_end(struct waiting *waiting, struct host *host)
{
	if (!host_run_until(host, ANSWER_MS, is_done, waiting)) {
		host_request_drop(&waiting->request);
		waiting->outcome = HOST_TIMEOUT;
		waiting->result = host_error(host_outcome_text(HOST_TIMEOUT));
	}
}

struct value mina_card_entry(struct mina *mina, const char *message)
{
	struct waiting waiting;
	waiting_init(&waiting);
	sim_host_open_card(mina->sim, str_of(message), mina->options.any_card, &waiting.request);
	waiting_end(&waiting, mina->host);
	host_bytes_unref(waiting.bytes);
	if (waiting.outcome != HOST_OK) {
		diag_add(&mina->diags, DIAG_ERROR, STR(""), 0, 0, "The card %s cannot be opened: " STR_FMT, message,
			STR_ARG(value_str(value_get_text(waiting.result, "errMsg"))));
		value_unref(waiting.result);
		return value_undefined();
	}
	return waiting.result;
}

struct value mina_group_ticket(struct mina *mina, const char *group)
{
	struct waiting waiting;
	struct value asked = value_object_new(4), ticket = value_undefined();
	struct str name = str_of(group);
	name = str_starts(name, STR("group:")) ? str_slice(name, 6, name.len) : name;
	value_object_set_text(&asked, "purpose", value_text("opener"));
	value_object_set_text(&asked, "group", value_string(name));
	value_object_set_text(&asked, "life", value_ref(mina->sim->life));
	waiting_init(&waiting);
	sim_platform_start(mina->sim, "issueTicket", asked, &waiting.request);
	waiting_end(&waiting, mina->host);
	if (waiting.outcome == HOST_OK) {
		ticket = value_ref(value_get_text(waiting.result, "shareTicket"));
	} else {
		diag_add(&mina->diags, DIAG_ERROR, STR(""), 0, 0, "There is no share ticket of the group %s: " STR_FMT, group,
			STR_ARG(value_str(value_get_text(waiting.result, "errMsg"))));
	}
	value_unref(waiting.result);
	host_bytes_unref(waiting.bytes);
	return ticket;
}

void mina_leave(struct mina *mina)
{
	if (mina->host) {
		host_tell(mina->host, HOST_EVENT_HIDE, value_undefined());
	}
}

bool mina_in_front(const struct mina *mina)
{
	return mina->app && app_shown(mina->app);
}

void mina_warn_memory(struct mina *mina, int level)
{
	if (mina->host) {
		struct value detail = value_object_new(1);
		value_object_set_text(&detail, "level", value_number(level));
		host_tell(mina->host, HOST_EVENT_MEMORY, detail);
		value_unref(detail);
	}
}

/* Warm, or cold when the program has ended. Consumes entry. */
static void enter(struct mina *mina, struct value entry)
{
	if (mina->app && !app_expired(mina->app)) {
		host_tell(mina->host, HOST_EVENT_SHOW, entry);
	} else {
		mina_end(mina);
		mina_launch(mina, entry);
	}
	value_unref(entry);
}

int mina_enter(struct mina *mina, const char *launch)
{
	struct value entry = value_undefined();
	if (!mina->host || mina->nobody || (launch && json_parse_object(str_of(launch), &entry, NULL))) {
		return 1;
	}
	enter(mina, entry);
	return 0;
}

int mina_open_card(struct mina *mina, const char *message)
{
	if (!mina->sim || mina->nobody) {
		return 1;
	}
	if (!mina->app || app_expired(mina->app)) { // a cold start: its ticket is of the new life
		mina_end(mina);
		mina->options.card = message;
		mina_launch(mina, value_undefined());
		mina->options.card = NULL;
		return mina_alive(mina) ? 0 : 1;
	}
	struct value entry = mina_card_entry(mina, message);
	if (!value_is(entry, VALUE_OBJECT)) {
		return 1;
	}
	enter(mina, entry);
	return 0;
}

static char *take_json(struct value value)
{
	struct strbuf json = {0};
	json_write(value, &json);
	value_unref(value);
	return strbuf_steal(&json);
}

char *mina_menu(struct mina *mina)
{
	return take_json(mina->app ? app_menu_items(mina->app) : value_array_new(0));
}

int mina_menu_choose(struct mina *mina, const char *id)
{
	return mina->app && app_menu_choose(mina->app, str_of(id)) ? 0 : 1;
}

char *mina_share(struct mina *mina)
{
	struct value record = mina->app ? value_ref(app_share_record(mina->app)) : value_undefined();
	return take_json(value_is(record, VALUE_OBJECT) ? record : value_null());
}

int mina_share_menu(struct mina *mina, const char *verb, const char *parameters)
{
	static const char *const verbs[] = {[APP_SHARE_SHOW] = "show", [APP_SHARE_HIDE] = "hide", [APP_SHARE_UPDATE] = "update"};
	struct value given = value_undefined();
	if (!mina->app || json_parse_object(parameters ? str_of(parameters) : STR("{}"), &given, NULL)) {
		return 1;
	}
	int status = 1;
	for (size_t i = 0; i < ARRAY_LEN(verbs); i++) {
		if (str_is(str_of(verb), verbs[i])) {
			status = app_share_menu(mina->app, (enum app_share_verb)i, given) ? 1 : 0;
		}
	}
	value_unref(given);
	return status;
}

char *mina_overlay(struct mina *mina)
{
	bool has = mina->host && mina->host->ui && mina->host->ui->overlay;
	return take_json(has ? mina->host->ui->overlay(mina->host) : value_object_new(0));
}

char *mina_entered(struct mina *mina)
{
	return take_json(mina->app ? value_ref(app_enter_options(mina->app)) : value_object_new(0));
}

static host_call find_call(const struct host_open *open, const char *name)
{
#define ROW(slot, text) {text, open->slot},
	const struct {
		const char *name;
		host_call call;
	} rows[] = {HOST_OPEN_CALLS(ROW)};
#undef ROW
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		if (str_is(str_of(name), rows[i].name)) {
			return rows[i].call;
		}
	}
	return NULL;
}

char *mina_ask(struct mina *mina, const char *name, const char *parameters)
{
	struct waiting waiting;
	struct value given = value_undefined();
	host_call call = mina->host && mina->host->open ? find_call(mina->host->open, name) : NULL;
	if (!call || json_parse_object(parameters ? str_of(parameters) : STR("{}"), &given, NULL)) {
		return NULL;
	}
	waiting_init(&waiting);
	host_start(mina->host, call, given, &waiting.request);
	waiting_end(&waiting, mina->host);
	host_bytes_unref(waiting.bytes);
	value_unref(given);
	return take_json(waiting.result);
}

/* A card with how its updatable message looks now. New. */
static struct value card_now(struct mina *mina, struct value card)
{
	struct value updatable = value_get_text(card, "updatable"), whole = value_ref(card);
	if (value_is(updatable, VALUE_OBJECT)) {
		struct waiting waiting;
		waiting_init(&waiting);
		sim_platform_start(mina->sim, "activity", value_ref(updatable), &waiting.request);
		waiting_end(&waiting, mina->host);
		whole = value_unshared(whole);
		value_object_set_text(&whole, "state", waiting.result);
	}
	return whole;
}

int mina_card_png(struct mina *mina, const char *id, uint8_t **ret_bytes, size_t *ret_size)
{
	struct strbuf png = {0};
	const struct sim_message *message = mina->sim ? sim_society_message(&mina->sim->world->society, str_of(id)) : NULL;
	if (!mina->app || !message || !value_is(message->card, VALUE_OBJECT)) {
		return 1;
	}
	struct value card = card_now(mina, message->card);
	bool drawn = app_card_bubble(mina->app, card, host_bytes_str(message->picture), &png);
	value_unref(card);
	if (!drawn) {
		strbuf_finish(&png);
		return 1;
	}
	*ret_size = png.len;
	*ret_bytes = (uint8_t *)strbuf_steal(&png);
	return 0;
}
