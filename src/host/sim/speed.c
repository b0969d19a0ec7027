/* Slow lines: each exchange goes up, is answered, and comes down, piece by piece. */
#include "host/sim/speed.h"

#include "host/sim/part.h"

#define PIECE_MS 50.0 // of transfer, so that several share the line and progress can be seen
#define KBIT (1000.0 / 8 / 1000) // bytes per ms

static const struct {
	const char *name, *type;
	double round_trip, down, up; // ms, kbit/s
} presets[] = {
	{"full", "wifi", 0, 0, 0},
	{"offline", "none", 0, 0, 0},
	{"2g", "2g", 800, 280, 256}, // 2g to 4g: as WebPageTest's connections of these names
	{"3g", "3g", 300, 1600, 768},
	{"4g", "4g", 170, 9000, 9000},
	{"5g", "5g", 30, 150000, 50000},
	{"wifi", "wifi", 4, 30000, 15000},
};

enum phase { PHASE_UP, PHASE_ANSWER, PHASE_WAY_DOWN, PHASE_DOWN };

struct transfer {
	struct sim_host *sim;
	struct host_request *outer;
	struct host_request inner;
	struct host_timer timer, limit;
	host_call answer;
	struct value parameters;
	enum phase phase;
	enum host_outcome outcome;
	struct value result;
	struct host_bytes *bytes;
	size_t done, piece; // of the body on its way; the piece that is on the line
};

/* --- one exchange --- */

static void transfer_free(struct transfer *transfer)
{
	host_timer_stop(&transfer->sim->host, &transfer->timer);
	host_timer_stop(&transfer->sim->host, &transfer->limit);
	value_unref(transfer->parameters);
	value_unref(transfer->result);
	host_bytes_unref(transfer->bytes);
	mem_free(transfer);
}

static void release(struct host_request *request)
{
	struct transfer *transfer = request->operation;
	if (host_request_active(&transfer->inner)) {
		host_request_drop(&transfer->inner);
	}
	transfer_free(transfer);
}

static void end(struct transfer *transfer, enum host_outcome outcome, struct value result)
{
	struct host_request *request = transfer->outer;
	request->bytes = host_bytes_ref(transfer->bytes);
	request->release = NULL;
	transfer_free(transfer);
	host_request_finish(request, outcome, result);
}

static void expired(struct host_timer *timer)
{
	struct transfer *transfer = CONTAINER_OF(timer, struct transfer, limit);
	if (host_request_active(&transfer->inner)) {
		host_request_drop(&transfer->inner);
	}
	host_bytes_unref(transfer->bytes);
	transfer->bytes = NULL;
	end(transfer, HOST_TIMEOUT, host_error(host_outcome_text(HOST_TIMEOUT)));
}

/* False: whoever hears of it has ended the request. */
static bool tell(struct transfer *transfer, enum host_progress kind, struct value detail, struct host_bytes *bytes)
{
	struct host_request *request = transfer->outer;
	if (request->on_progress) {
		host_request_progress(request, kind, detail, bytes);
	}
	value_unref(detail);
	host_bytes_unref(bytes);
	return request->operation == transfer && request->release == release;
}

static bool tell_amount(struct transfer *transfer, size_t whole)
{
	bool up = transfer->phase == PHASE_UP;
	struct value detail = value_object_new(3);
	value_object_set_text(&detail, "progress", value_number(floor(whole ? 100.0 * (double)transfer->done / (double)whole : 100)));
	value_object_set_text(&detail, up ? "totalBytesSent" : "totalBytesWritten", value_number((double)transfer->done));
	value_object_set_text(&detail, up ? "totalBytesExpectedToSend" : "totalBytesExpectedToWrite", value_number((double)whole));
	return tell(transfer, up ? HOST_PROGRESS_UPLOAD : HOST_PROGRESS_DOWNLOAD, detail, NULL);
}

/* Puts the next piece on the line when that is free. */
static void next_piece(struct transfer *transfer, size_t whole)
{
	struct sim_speed *speed = &transfer->sim->speed;
	bool up = transfer->phase == PHASE_UP;
	double rate = up ? speed->up : speed->down, now = host_monotonic(&transfer->sim->host), *free_at = up ? &speed->up_free : &speed->down_free;
	size_t left = whole - transfer->done;
	transfer->piece = rate > 0 ? size_min(left, (size_t)fmax(1, rate * PIECE_MS)) : left;
	double start = fmax(now, *free_at), takes = rate > 0 ? (double)transfer->piece / rate : 0;
	*free_at = start + takes;
	host_timer_start(&transfer->sim->host, &transfer->timer, start + takes - now);
}

static void inner_finished(struct host_request *inner, enum host_outcome outcome, struct value result)
{
	struct transfer *transfer = CONTAINER_OF(inner, struct transfer, inner);
	transfer->outcome = outcome;
	transfer->result = value_ref(result);
	transfer->bytes = host_bytes_ref(inner->bytes);
	transfer->phase = PHASE_WAY_DOWN;
	transfer->done = 0;
	host_timer_start(&transfer->sim->host, &transfer->timer, transfer->sim->speed.latency);
}

static void ask(struct transfer *transfer)
{
	transfer->phase = PHASE_ANSWER;
	transfer->inner.on_finish = inner_finished;
	transfer->inner.body = host_bytes_ref(transfer->outer->body);
	host_start(&transfer->sim->host, transfer->answer, transfer->parameters, &transfer->inner);
}

/* The head is there; the body follows. */
static void come_down(struct transfer *transfer)
{
	if (transfer->outcome != HOST_OK) {
		end(transfer, transfer->outcome, value_ref(transfer->result));
		return;
	}
	transfer->phase = PHASE_DOWN;
	if (tell(transfer, HOST_PROGRESS_HEADERS, value_ref(transfer->result), NULL)) {
		next_piece(transfer, host_bytes_str(transfer->bytes).len);
	}
}

static void take_piece(struct transfer *transfer)
{
	struct str body = host_bytes_str(transfer->phase == PHASE_UP ? transfer->outer->body : transfer->bytes);
	size_t from = transfer->done;
	transfer->done += transfer->piece;
	if (transfer->phase == PHASE_DOWN && transfer->piece
		&& !tell(transfer, HOST_PROGRESS_CHUNK, value_undefined(), host_bytes_new(body.at + from, transfer->piece))) {
		return;
	}
	if ((body.len || transfer->phase == PHASE_DOWN) && !tell_amount(transfer, body.len)) {
		return;
	}
	if (transfer->done < body.len) {
		next_piece(transfer, body.len);
	} else if (transfer->phase == PHASE_UP) {
		ask(transfer);
	} else {
		end(transfer, HOST_OK, value_ref(transfer->result));
	}
}

static void fire(struct host_timer *timer)
{
	struct transfer *transfer = CONTAINER_OF(timer, struct transfer, timer);
	if (transfer->phase == PHASE_WAY_DOWN) {
		come_down(transfer);
	} else {
		take_piece(transfer);
	}
}

static void begin(struct host_timer *timer)
{
	struct transfer *transfer = CONTAINER_OF(timer, struct transfer, timer);
	transfer->timer.fire = fire;
	next_piece(transfer, host_bytes_str(transfer->outer->body).len);
}

void sim_speed_request(struct sim_host *sim, struct value parameters, host_call answer, double timeout, struct host_request *request)
{
	struct transfer *transfer = mem_alloc(sizeof(*transfer));
	*transfer = (struct transfer){.sim = sim, .outer = request, .answer = answer, .parameters = value_ref(parameters), .timer.fire = begin,
		.limit.fire = expired};
	request->operation = transfer;
	request->release = release;
	host_timer_start(&sim->host, &transfer->timer, sim->speed.latency);
	host_timer_start(&sim->host, &transfer->limit, timeout);
}

/* --- its settings --- */

bool sim_speed_limits(const struct sim_host *sim)
{
	return sim->speed.latency > 0 || sim->speed.down > 0 || sim->speed.up > 0;
}

static void take_number(struct value object, const char *key, double unit, double *kept)
{
	struct value given = value_get_text(object, key);
	if (value_is(given, VALUE_NUMBER) && given.number >= 0 && given.number < 1e12) {
		*kept = given.number * unit;
	}
}

static void tell_type(struct sim_host *sim, struct str type)
{
	struct value script = value_object_new(1), answers = value_object_new(1), network = value_object_new(2);
	value_object_set_text(&network, "networkType", value_string(type));
	value_object_set_text(&answers, "getNetworkType", value_ref(network));
	value_object_set_text(&script, "answers", answers);
	sim_script_add(&sim->script, script);
	network = value_unshared(network);
	value_object_set_text(&network, "isConnected", value_bool(!str_is(type, "none")));
	host_tell(&sim->host, HOST_EVENT_NETWORK, network);
	value_unref(network);
	value_unref(script);
	value_unref(sim->network_type);
	sim->network_type = value_string(type);
}

void sim_speed_set(struct sim_host *sim, struct value object)
{
	struct sim_speed *speed = &sim->speed;
	struct str name = value_str(value_get_text(object, "speed")), type = value_str(value_get_text(object, "type"));
	for (size_t i = 0; i < ARRAY_LEN(presets); i++) {
		if (str_is(name, presets[i].name)) {
			*speed = (struct sim_speed){presets[i].round_trip / 2, presets[i].down * KBIT, presets[i].up * KBIT, speed->down_free,
				speed->up_free, presets[i].name};
			type = type.len ? type : str_of(presets[i].type);
		}
	}
	take_number(object, "latency", 1, &speed->latency);
	take_number(object, "download", KBIT, &speed->down);
	take_number(object, "upload", KBIT, &speed->up);
	if (type.len) {
		sim->offline = str_is(type, "none");
		tell_type(sim, type);
	}
}

struct value sim_speed_describe(struct sim_host *sim)
{
	const struct sim_speed *speed = &sim->speed;
	struct value all = value_object_new(5);
	value_object_set_text(&all, "speed", value_text(sim->offline ? "offline" : speed->name ? speed->name : "full"));
	value_object_set_text(&all, "type", value_is(sim->network_type, VALUE_STRING) ? value_ref(sim->network_type) : value_text("wifi"));
	value_object_set_text(&all, "latency", value_number(speed->latency));
	value_object_set_text(&all, "download", value_number(round(speed->down / KBIT)));
	value_object_set_text(&all, "upload", value_number(round(speed->up / KBIT)));
	return all;
}
