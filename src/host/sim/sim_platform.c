/* Questions to the open platform, inside or at an address. */
#include "host/sim/sim_platform.h"

#include "base/mem.h"
#include "core/value/json.h"
#include "host/net.h"
#include "platform/platform.h"
#include "platform/store.h"

#define TIMEOUT_MS 10000 // of a question to an address
#define STREAM 0x706c6174666f726du // sets the platform's randomness apart from the world's

struct sim_platform {
	struct sim_world *world;
	struct platform *inside; // NULL: at `url`
	struct value known;      // the society as it was last told
	uint64_t random;
	struct strbuf url, key;
	VEC(struct question *) questions; // to an address: one after the other, the first is on its way
};

/* A question to an address. In order, because a login counts for what is asked after it. */
struct question {
	struct sim_host *sim;
	const char *operation; // static
	struct value asked;    // the exchange's parameters
	struct host_request *outer;
	struct host_request inner; // its body is set while it waits
};

/* How an errcode reads in errMsg where that does not depend on the platform's own words. */
static const struct refusal {
	const char *operation; // NULL: any
	double code;
	const char *text;
} refusals[] = {
	{"checkSession", 87009, "session expired"},
	{"phoneNumber", 40097, "cancel to bind phone"},
	{"shareInfo", 40097, "invalid shareTicket"},
	{NULL, 40101, "the platform refuses the host key"},
	{NULL, 87009, "login first"},
};

static double now(void *user)
{
	return sim_world_now(((struct sim_platform *)user)->world);
}

static void fill_random(void *user, uint8_t *bytes, size_t len)
{
	struct sim_platform *platform = user;
	for (size_t i = 0; i < len; i += 8) {
		uint64_t bits = sim_random_next(&platform->random);
		memcpy(bytes + i, &bits, size_min(8, len - i));
	}
}

static struct sim_platform *way_new(struct sim_world *world)
{
	struct sim_platform *platform = mem_alloc(sizeof(*platform));
	platform->world = world;
	platform->random = world->seed ^ STREAM;
	return platform;
}

static struct sim_platform *way(struct sim_world *world)
{
	if (!world->platform) {
		char *error = NULL;
		world->platform = way_new(world);
		struct platform_config config = {store_memory_create(), now, fill_random, world->platform, NULL};
		world->platform->inside = platform_create(&config, &error);
		assert(world->platform->inside && "memory is a store that can be used");
		mem_free(error);
	}
	return world->platform;
}

/* The society changes by replacing its value: the one kept here is another then. */
static void tell_world(struct sim_platform *platform)
{
	struct value world = platform->world->society.world;
	if (platform->inside && !value_identical(platform->known, world)) {
		value_unref(platform->known);
		platform->known = value_ref(world);
		platform_set_world(platform->inside, world);
	}
}

/* {errMsg} of a platform's {errmsg}, which is consumed. New. */
static struct value refusal_of(const char *operation, double code, struct value answer)
{
	struct value text = value_get_text(answer, "errmsg"), error = value_object_new(2);
	const struct refusal *own = NULL;
	for (size_t i = 0; i < ARRAY_LEN(refusals) && !own; i++) {
		bool fits = refusals[i].code == code && (!refusals[i].operation || strcmp(refusals[i].operation, operation) == 0);
		own = fits ? &refusals[i] : NULL;
	}
	bool said = value_is(text, VALUE_STRING) && value_str(text).len;
	value_object_set_text(&error, "errMsg", own ? value_text(own->text) : said ? value_ref(text)
		: value_text(host_outcome_text(HOST_FAIL)));
	value_unref(answer);
	return error;
}

static void ask_inside(struct sim_platform *platform, const char *operation, struct value parameters, struct host_request *request)
{
	struct value answer = value_undefined();
	int code = platform_host(platform->inside, str_of(operation), parameters, &answer);
	host_request_finish_later(request, 0, code ? HOST_FAIL : HOST_OK, code ? refusal_of(operation, code, answer) : answer);
}

/* --- at an address --- */

static void start_first(struct sim_platform *platform)
{
	if (platform->questions.len) {
		struct question *question = platform->questions.at[0];
		HOST_CALL(question->sim->world->real, net, request, question->asked, &question->inner);
	}
}

/* Off the queue, and away; the next one starts. */
static void end_question(struct question *question)
{
	struct sim_platform *platform = question->sim->world->platform;
	bool first = platform->questions.at[0] == question;
	for (size_t i = 0; i < platform->questions.len; i++) {
		if (platform->questions.at[i] == question) {
			vec_remove(&platform->questions, i);
			break;
		}
	}
	question->sim->world->in_flight--;
	value_unref(question->asked);
	mem_free(question);
	if (first) {
		start_first(platform);
	}
}

static void release_question(struct host_request *request)
{
	struct question *question = request->operation;
	if (host_request_active(&question->inner)) {
		host_request_drop(&question->inner);
	} else {
		host_bytes_unref(question->inner.body);
	}
	end_question(question);
}

static void answered(struct host_request *inner, enum host_outcome outcome, struct value result)
{
	struct question *question = CONTAINER_OF(inner, struct question, inner);
	struct host_request *request = question->outer;
	const char *operation = question->operation;
	struct value answer = value_undefined();
	request->release = NULL;
	if (outcome != HOST_OK) {
		answer = value_ref(result);
	} else if (json_parse_object(host_bytes_str(inner->bytes), &answer, NULL)) {
		struct strbuf text = {0};
		strbuf_printf(&text, "the platform answered %g without JSON", value_to_number(value_get_text(result, "statusCode")));
		outcome = HOST_FAIL;
		answer = host_error(text.at);
		strbuf_finish(&text);
	} else {
		struct value code = value_get_text(answer, "errcode");
		bool refused = value_is(code, VALUE_NUMBER) && code.number != 0;
		outcome = refused ? HOST_FAIL : HOST_OK;
		answer = refused ? refusal_of(operation, code.number, answer) : answer;
	}
	end_question(question);
	host_request_finish(request, outcome, answer);
}

static void ask_address(struct sim_host *sim, const char *operation, struct value parameters, struct host_request *request)
{
	struct sim_platform *platform = sim->world->platform;
	struct question *question = mem_alloc(sizeof(*question));
	struct strbuf url = {0}, body = {0};
	struct value asked = value_object_new(4), header = value_object_new(2);
	*question = (struct question){.sim = sim, .operation = operation, .outer = request, .inner.on_finish = answered};
	strbuf_printf(&url, STR_FMT "/host/%s", STR_ARG(strbuf_str(&platform->url)), operation);
	json_write(parameters, &body);
	question->inner.body = host_bytes_take(&body);
	value_object_set_text(&header, "Content-Type", value_text("application/json"));
	value_object_set_text(&header, "X-Mina-Host-Key", value_string(strbuf_str(&platform->key)));
	value_object_set_text(&asked, "url", value_take(&url));
	value_object_set_text(&asked, "method", value_text("POST"));
	value_object_set_text(&asked, "header", header);
	value_object_set_text(&asked, "timeout", value_number(TIMEOUT_MS));
	request->operation = question;
	request->release = release_question;
	sim->world->in_flight++;
	question->asked = asked;
	vec_push(&platform->questions, question);
	if (platform->questions.len == 1) {
		start_first(platform);
	}
}

/* --- both --- */

void sim_platform_ask(struct sim_host *sim, const char *operation, struct value parameters, struct host_request *request)
{
	struct sim_platform *platform = way(sim->world);
	parameters = value_unshared(parameters);
	sim_host_announce(sim);
	value_object_set_text(&parameters, "appid", value_string(sim_host_appid(sim)));
	value_object_set_text(&parameters, "person", value_string(sim_host_person(sim)));
	tell_world(platform);
	if (platform->inside) {
		ask_inside(platform, operation, parameters, request);
	} else {
		ask_address(sim, operation, parameters, request);
	}
	value_unref(parameters);
}

void sim_platform_start(struct sim_host *sim, const char *operation, struct value parameters, struct host_request *request)
{
	host_request_begin(request, &sim->host);
	sim_platform_ask(sim, operation, parameters, request);
	request->starting = false;
}

void sim_platform_destroy(struct sim_platform *platform)
{
	if (!platform) {
		return;
	}
	assert(platform->questions.len == 0 && "a question to the platform is still on its way");
	vec_finish(&platform->questions);
	platform_destroy(platform->inside);
	value_unref(platform->known);
	strbuf_finish(&platform->url);
	strbuf_finish(&platform->key);
	mem_free(platform);
}

int sim_world_use_platform(struct sim_world *world, struct str url, struct str key)
{
	if (!str_starts(url, STR("http://")) && !str_starts(url, STR("https://"))) {
		return 1;
	}
	sim_platform_destroy(world->platform);
	world->platform = way_new(world);
	strbuf_add(&world->platform->url, str_ends(url, STR("/")) ? str_slice(url, 0, url.len - 1) : url);
	strbuf_add(&world->platform->key, key);
	return 0;
}

struct platform *sim_world_platform(struct sim_world *world)
{
	struct sim_platform *platform = way(world);
	tell_world(platform);
	return platform->inside;
}
