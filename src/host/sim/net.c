/* The simulated network: scripted rules first, then fixtures, then, when allowed, the real one. */
#include "host/sim/part.h"

#define REQUEST_TIMEOUT_MS 60000.0
#define CLOSED_ABNORMALLY 1006

/* What the owner sees of a socket, in order. */
enum socket_event_kind {
	SOCKET_OPEN,
	SOCKET_TEXT,
	SOCKET_BINARY,
	SOCKET_ERROR,
	SOCKET_CLOSE,
};

struct socket_event {
	enum socket_event_kind kind;
	struct host_bytes *bytes;
	int code;
};

struct sim_exchange {
	struct sim_host *sim;
	struct host_request *outer;
	struct host_timer timer;    // a scripted reply on its way
	struct value reply;         // {statusCode, header, data | bytes}
	struct host_request inner;  // a real exchange
};

struct sim_socket {
	struct sim_host *sim;
	struct host_socket *outer;
	struct value rule; // undefined: a real one
	bool open, closing;
	VEC(struct socket_event) events;
	struct host_timer timer;
	struct host_socket inner;
};

static int base64_digit(char c)
{
	return c >= 'A' && c <= 'Z' ? c - 'A' : c >= 'a' && c <= 'z' ? c - 'a' + 26 : c >= '0' && c <= '9' ? c - '0' + 52
		: c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

static void decode_base64(struct str text, struct strbuf *out)
{
	uint32_t bits = 0;
	int count = 0;
	for (size_t i = 0; i < text.len; i++) {
		int digit = base64_digit(text.at[i]);
		if (digit < 0) {
			continue;
		}
		bits = bits << 6 | (uint32_t)digit;
		count += 6;
		if (count >= 8) {
			count -= 8;
			strbuf_add_char(out, (char)(bits >> count & 0xff));
		}
	}
}

/* The body of a scripted reply: text as it is, anything else as JSON, "bytes": "base64:...". */
static struct host_bytes *body_of(struct value reply)
{
	struct strbuf text = {0};
	struct str binary = value_str(value_get_text(reply, "bytes"));
	struct value data = value_get_text(reply, "data");
	if (binary.len) {
		struct str prefix = STR("base64:");
		decode_base64(str_starts(binary, prefix) ? str_slice(binary, prefix.len, binary.len) : binary, &text);
	} else if (value_is(data, VALUE_STRING)) {
		strbuf_add(&text, value_str(data));
	} else {
		json_write(data, &text);
	}
	return host_bytes_take(&text);
}

static bool has_header(struct value headers, struct str name)
{
	for (size_t i = 0; i < value_count(headers); i++) {
		if (str_eq_nocase(value_key(headers, i), name)) {
			return true;
		}
	}
	return false;
}

static struct value head_of(struct value reply)
{
	struct value headers = value_get_text(reply, "header"), status = value_get_text(reply, "statusCode");
	struct value data = value_get_text(reply, "data"), cookies = value_get_text(reply, "cookies");
	headers = value_is(headers, VALUE_OBJECT) ? value_unshared(value_ref(headers)) : value_object_new(1);
	if (!has_header(headers, STR("content-type"))) {
		bool text = value_is(data, VALUE_STRING), binary = value_has(reply, STR("bytes"));
		value_object_set_text(&headers, "Content-Type", value_text(binary ? "application/octet-stream"
			: text ? "text/html; charset=utf-8" : "application/json; charset=utf-8"));
	}
	struct value head = value_object_new(4);
	value_object_set_text(&head, "statusCode", value_is(status, VALUE_NUMBER) ? status : value_number(200));
	value_object_set_text(&head, "header", headers);
	value_object_set_text(&head, "cookies", value_is(cookies, VALUE_ARRAY) ? value_ref(cookies) : value_array_new(0));
	return head;
}

static void free_exchange(struct sim_exchange *exchange)
{
	host_timer_stop(&exchange->sim->host, &exchange->timer);
	value_unref(exchange->reply);
	mem_free(exchange);
}

static void release_exchange(struct host_request *request)
{
	struct sim_exchange *exchange = request->operation;
	if (host_request_active(&exchange->inner)) {
		host_request_drop(&exchange->inner);
		exchange->sim->world->in_flight--;
	}
	free_exchange(exchange);
}

static struct sim_exchange *exchange_new(struct sim_host *sim, struct host_request *request)
{
	struct sim_exchange *exchange = mem_alloc(sizeof(*exchange));
	exchange->sim = sim;
	exchange->outer = request;
	request->operation = exchange;
	request->release = release_exchange;
	return exchange;
}

/* Whether the exchange is still there: what the request's owner did in a callback may have ended it. */
static bool tell_progress(struct host_request *request, enum host_progress kind, struct value detail, struct host_bytes *bytes)
{
	void *operation = request->operation;
	host_request_progress(request, kind, detail, bytes);
	value_unref(detail);
	return request->operation == operation && request->release == release_exchange;
}

static struct value progress_of(const char *done, const char *expected, size_t len)
{
	struct value detail = value_object_new(3);
	value_object_set_text(&detail, "progress", value_number(100));
	value_object_set_text(&detail, done, value_number((double)len));
	value_object_set_text(&detail, expected, value_number((double)len));
	return detail;
}

/* The owner may abort in any of the callbacks; it may not free the request there. */
static void deliver(struct host_timer *timer)
{
	struct sim_exchange *exchange = CONTAINER_OF(timer, struct sim_exchange, timer);
	struct host_request *request = exchange->outer;
	struct host_bytes *bytes = body_of(exchange->reply);
	struct value head = head_of(exchange->reply);
	bool alive = true;
	if (request->on_progress) {
		size_t sent = host_bytes_str(request->body).len;
		alive = !sent || tell_progress(request, HOST_PROGRESS_UPLOAD,
			progress_of("totalBytesSent", "totalBytesExpectedToSend", sent), NULL);
		alive = alive && tell_progress(request, HOST_PROGRESS_HEADERS, value_ref(head), NULL);
		alive = alive && (!bytes->len || tell_progress(request, HOST_PROGRESS_CHUNK, value_undefined(), bytes));
		alive = alive && tell_progress(request, HOST_PROGRESS_DOWNLOAD,
			progress_of("totalBytesWritten", "totalBytesExpectedToWrite", bytes->len), NULL);
	}
	if (!alive) {
		host_bytes_unref(bytes);
		value_unref(head);
		return;
	}
	request->bytes = bytes;
	request->release = NULL;
	free_exchange(exchange);
	host_request_finish(request, HOST_OK, head);
}

static void start_rule(struct sim_host *sim, struct value rule, double timeout, struct host_request *request)
{
	struct value delay = value_get_text(rule, "delay"), fail = value_get_text(rule, "fail");
	double wait = value_is(delay, VALUE_NUMBER) && delay.number > 0 ? delay.number : 0;
	if (value_is(fail, VALUE_STRING)) {
		struct str text = value_str(fail);
		if (str_is(text, "timeout") && !value_is(delay, VALUE_NUMBER)) {
			wait = timeout;
		}
		host_request_finish_later(request, wait, sim_script_outcome(text), host_error(text.at));
		return;
	}
	if (wait > timeout) {
		host_request_finish_later(request, timeout, HOST_TIMEOUT, host_error(host_outcome_text(HOST_TIMEOUT)));
		return;
	}
	struct sim_exchange *exchange = exchange_new(sim, request);
	exchange->reply = value_ref(value_get_text(rule, "reply"));
	exchange->timer.fire = deliver;
	host_timer_start(&sim->host, &exchange->timer, wait);
}

static int hex_digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool read_fixture(struct host_source *fixtures, struct str name, const char *ending, struct host_bytes **ret_bytes)
{
	struct strbuf path = {0}, relative = {0};
	strbuf_add(&path, name);
	strbuf_add_text(&path, ending);
	bool found = host_file_resolve(strbuf_str(&path), &relative) == HOST_ROOT_PACKAGE &&
		fixtures->read(fixtures, strbuf_str(&relative), ret_bytes) == HOST_OK;
	strbuf_finish(&path);
	strbuf_finish(&relative);
	return found;
}

/* "https://a.b/c?d" is looked for as a.b/c?d, a.b/c?d.json, a.b/c, a.b/c.json. */
static struct host_bytes *find_fixture(struct host_source *fixtures, struct str url, const char **ret_type)
{
	size_t scheme = str_find(url, STR("://"));
	struct strbuf name = {0};
	for (size_t i = scheme == SIZE_MAX ? url.len : scheme + 3; i < url.len && url.at[i] != '#'; i++) {
		bool escaped = url.at[i] == '%' && i + 2 < url.len && hex_digit(url.at[i + 1]) >= 0 && hex_digit(url.at[i + 2]) >= 0;
		strbuf_add_char(&name, escaped ? (char)(hex_digit(url.at[i + 1]) * 16 + hex_digit(url.at[i + 2])) : url.at[i]);
		i += escaped ? 2 : 0;
	}
	struct str full = strbuf_str(&name), bare = str_slice(full, 0, size_min(full.len, str_find_char(full, '?')));
	struct host_bytes *bytes = NULL;
	bool json = str_ends(bare, STR(".json"));
	if (!read_fixture(fixtures, full, "", &bytes) && !read_fixture(fixtures, bare, "", &bytes)) {
		json = read_fixture(fixtures, full, ".json", &bytes) || read_fixture(fixtures, bare, ".json", &bytes);
	}
	*ret_type = json ? "application/json; charset=utf-8" : str_ends(bare, STR(".png")) ? "image/png"
		: str_ends(bare, STR(".jpg")) ? "image/jpeg" : str_ends(bare, STR(".html")) ? "text/html; charset=utf-8"
		: "application/octet-stream";
	strbuf_finish(&name);
	return bytes;
}

static bool start_fixture(struct sim_host *sim, struct str url, struct host_request *request)
{
	const char *type;
	struct host_bytes *bytes = sim->fixtures ? find_fixture(sim->fixtures, url, &type) : NULL;
	if (!bytes) {
		return false;
	}
	struct value headers = value_object_new(1), head = value_object_new(3);
	value_object_set_text(&headers, "Content-Type", value_text(type));
	value_object_set_text(&head, "statusCode", value_number(200));
	value_object_set_text(&head, "header", headers);
	value_object_set_text(&head, "cookies", value_array_new(0));
	request->bytes = bytes;
	host_request_finish_later(request, 0, HOST_OK, head);
	return true;
}

static void real_finished(struct host_request *inner, enum host_outcome outcome, struct value result)
{
	struct sim_exchange *exchange = CONTAINER_OF(inner, struct sim_exchange, inner);
	struct host_request *request = exchange->outer;
	exchange->sim->world->in_flight--;
	request->bytes = host_bytes_ref(inner->bytes);
	request->release = NULL;
	result = value_ref(result);
	free_exchange(exchange);
	host_request_finish(request, outcome, result);
}

static void real_progress(struct host_request *inner, enum host_progress kind, struct value detail, struct host_bytes *bytes)
{
	host_request_progress(CONTAINER_OF(inner, struct sim_exchange, inner)->outer, kind, detail, bytes);
}

static double timeout_of(struct value parameters)
{
	struct value given = value_get_text(parameters, "timeout");
	return value_is(given, VALUE_NUMBER) && given.number > 0 ? given.number : REQUEST_TIMEOUT_MS;
}

static void start_real(struct sim_host *sim, struct value parameters, struct host_request *request)
{
	struct sim_exchange *exchange = exchange_new(sim, request);
	exchange->inner.on_finish = real_finished;
	exchange->inner.on_progress = request->on_progress ? real_progress : NULL;
	exchange->inner.body = host_bytes_ref(request->body);
	sim->world->in_flight++;
	HOST_CALL(sim->world->real, net, request, parameters, &exchange->inner);
}

/* What stands at the other end of the line. */
static void answer(struct host *host, struct value parameters, struct host_request *request)
{
	struct sim_host *sim = sim_of(host);
	struct str url = value_str(value_get_text(parameters, "url")), method = value_str(value_get_text(parameters, "method"));
	bool is_get = method.len == 0 || str_eq_nocase(method, STR("GET"));
	struct value rule = sim_script_request(&sim->script, is_get ? STR("GET") : method, url);
	if (!value_is(rule, VALUE_UNDEFINED)) {
		start_rule(sim, rule, timeout_of(parameters), request);
	} else if (is_get && start_fixture(sim, url, request)) {
		return;
	} else if (sim->real_network && sim->world->real && HOST_HAS(sim->world->real, net, request)) {
		start_real(sim, parameters, request);
	} else {
		host_request_fail_later(request, HOST_NOT_FOUND, "no network: nothing answers for this address");
	}
}

static void net_request(struct host *host, struct value parameters, struct host_request *request)
{
	struct sim_host *sim = sim_of(host);
	if (sim->offline) {
		host_request_fail_later(request, HOST_FAIL, "net::ERR_INTERNET_DISCONNECTED");
	} else if (sim_speed_limits(sim)) {
		sim_speed_request(sim, parameters, answer, timeout_of(parameters), request);
	} else {
		answer(host, parameters, request);
	}
}

static void push_event(struct sim_socket *socket, enum socket_event_kind kind, struct host_bytes *bytes, int code)
{
	struct socket_event event = {kind, bytes, code};
	vec_push(&socket->events, event);
	if (!host_timer_armed(&socket->timer)) {
		host_timer_start(&socket->sim->host, &socket->timer, socket->sim->speed.latency);
	}
}

static void free_socket(struct sim_socket *socket)
{
	host_timer_stop(&socket->sim->host, &socket->timer);
	for (size_t i = 0; i < socket->events.len; i++) {
		host_bytes_unref(socket->events.at[i].bytes);
	}
	vec_finish(&socket->events);
	value_unref(socket->rule);
	mem_free(socket);
}

static void end_socket(struct sim_socket *socket, int code, struct str reason)
{
	struct host_socket *outer = socket->outer;
	free_socket(socket);
	outer->host = NULL;
	outer->operation = NULL;
	outer->on_close(outer, code, reason);
}

static struct value open_detail(void)
{
	struct value detail = value_object_new(2);
	value_object_set_text(&detail, "header", value_object_new(0));
	value_object_set_text(&detail, "protocol", value_text(""));
	return detail;
}

/* One event a turn. */
static void next_event(struct host_timer *timer)
{
	struct sim_socket *socket = CONTAINER_OF(timer, struct sim_socket, timer);
	struct host_socket *outer = socket->outer;
	struct socket_event event = socket->events.at[0];
	vec_remove(&socket->events, 0);
	if (socket->events.len) {
		host_timer_start(&socket->sim->host, timer, 0);
	}
	if (event.kind == SOCKET_OPEN) {
		struct value detail = open_detail();
		socket->open = true;
		outer->on_open(outer, detail);
		value_unref(detail);
	} else if (event.kind == SOCKET_ERROR) {
		outer->on_error(outer, (const char *)event.bytes->at);
	} else if (event.kind == SOCKET_CLOSE) {
		end_socket(socket, event.code, host_bytes_str(event.bytes));
	} else {
		outer->on_message(outer, event.kind == SOCKET_TEXT, event.bytes);
	}
	host_bytes_unref(event.bytes);
}

static struct host_bytes *bytes_of(struct str text) { return host_bytes_new(text.at, text.len); }

static void push_messages(struct sim_socket *socket, struct value messages)
{
	for (size_t i = 0; i < value_len(messages); i++) {
		struct strbuf text = {0};
		struct value message = value_at(messages, i);
		if (value_is(message, VALUE_STRING)) {
			strbuf_add(&text, value_str(message));
		} else {
			json_write(message, &text);
		}
		push_event(socket, SOCKET_TEXT, host_bytes_take(&text), 0);
	}
}

static void real_open(struct host_socket *inner, struct value detail)
{
	struct sim_socket *socket = CONTAINER_OF(inner, struct sim_socket, inner);
	if (!socket->open) {
		socket->open = true;
		socket->sim->world->in_flight--;
		socket->sim->world->sockets++;
	}
	socket->outer->on_open(socket->outer, detail);
}

static void real_message(struct host_socket *inner, bool is_text, struct host_bytes *bytes)
{
	struct host_socket *outer = CONTAINER_OF(inner, struct sim_socket, inner)->outer;
	outer->on_message(outer, is_text, bytes);
}

static void real_error(struct host_socket *inner, const char *text)
{
	struct host_socket *outer = CONTAINER_OF(inner, struct sim_socket, inner)->outer;
	outer->on_error(outer, text);
}

static void leave_real(struct sim_socket *socket)
{
	size_t *count = socket->open ? &socket->sim->world->sockets : &socket->sim->world->in_flight;
	--*count;
}

static void real_close(struct host_socket *inner, int code, struct str reason)
{
	struct sim_socket *socket = CONTAINER_OF(inner, struct sim_socket, inner);
	leave_real(socket);
	end_socket(socket, code, reason);
}

static void net_socket_open(struct host *host, struct value parameters, struct host_socket *outer)
{
	struct sim_host *sim = sim_of(host);
	struct sim_socket *socket = mem_alloc(sizeof(*socket));
	struct host *real = sim->world->real;
	socket->sim = sim;
	socket->outer = outer;
	socket->timer.fire = next_event;
	outer->operation = socket;
	struct value rule = sim_script_socket(&sim->script, value_str(value_get_text(parameters, "url")));
	struct value fail = value_get_text(rule, "fail");
	if (value_is(rule, VALUE_OBJECT) && !value_is(fail, VALUE_STRING)) {
		socket->rule = value_ref(rule);
		push_event(socket, SOCKET_OPEN, NULL, 0);
		push_messages(socket, value_get_text(rule, "open"));
	} else if (!value_is(rule, VALUE_OBJECT) && sim->real_network && real && HOST_HAS(real, net, socket_open)) {
		socket->inner = (struct host_socket){real_open, real_message, real_error, real_close};
		sim->world->in_flight++;
		host_socket_open(real, parameters, &socket->inner);
	} else {
		struct str text = value_is(fail, VALUE_STRING) ? value_str(fail) : STR("no network: nothing answers for this address");
		push_event(socket, SOCKET_ERROR, bytes_of(text), 0);
		push_event(socket, SOCKET_CLOSE, bytes_of(STR("abnormal closure")), CLOSED_ABNORMALLY);
	}
}

static bool net_socket_send(struct host_socket *outer, bool is_text, struct host_bytes *bytes)
{
	struct sim_socket *socket = outer->operation;
	if (!socket->open || socket->closing) {
		return false;
	}
	if (socket->inner.host) {
		return host_socket_send(&socket->inner, is_text, bytes);
	}
	if (value_to_bool(value_get_text(socket->rule, "echo"))) {
		push_event(socket, is_text ? SOCKET_TEXT : SOCKET_BINARY, host_bytes_ref(bytes), 0);
	}
	struct value replies = value_get_text(socket->rule, "replies");
	for (size_t i = 0; i < value_len(replies); i++) {
		struct value reply = value_at(replies, i);
		if (sim_script_matches(value_str(value_get_text(reply, "to")), host_bytes_str(bytes))) {
			push_messages(socket, value_get_text(reply, "send"));
			break;
		}
	}
	return true;
}

static void net_socket_close(struct host_socket *outer, int code, struct str reason)
{
	struct sim_socket *socket = outer->operation;
	if (socket->inner.host) {
		host_socket_close(&socket->inner, code, reason);
	} else if (!socket->closing) {
		socket->closing = true;
		push_event(socket, SOCKET_CLOSE, bytes_of(reason), code);
	}
}

static void net_socket_drop(struct host_socket *outer)
{
	struct sim_socket *socket = outer->operation;
	if (socket->inner.host) {
		host_socket_drop(&socket->inner);
		leave_real(socket);
	}
	free_socket(socket);
}

const struct host_net sim_net = {
	.request = net_request,
	.socket_open = net_socket_open,
	.socket_send = net_socket_send,
	.socket_close = net_socket_close,
	.socket_drop = net_socket_drop,
};
