/* The real network: border/net behind the host's slots. */
#include "base/mem.h"
#include "border/net/ws.h"
#include "host/linux/part.h"
#include "host/request.h"

#define TIMEOUT_MS 60000.0

struct exchange {
	struct linux_host *linux_host;
	struct host_request *request;
	struct http_exchange *http;
	size_t sent_progress, received_progress; // percent told last
};

struct wire {
	struct linux_host *linux_host;
	struct host_socket *socket;
	struct ws *ws;
	bool open;
};

/* Made when it is first needed: many programs never ask for anything. */
static struct http_session *session_of(struct linux_host *linux_host)
{
	if (!linux_host->http) {
		linux_host->http = http_session_create();
	}
	return linux_host->http;
}

static double timeout_of(struct value parameters)
{
	struct value timeout = value_get_text(parameters, "timeout");
	return value_is(timeout, VALUE_NUMBER) && timeout.number > 0 ? timeout.number : TIMEOUT_MS;
}

static void release(struct host_request *request)
{
	struct exchange *exchange = request->operation;
	http_cancel(exchange->http);
	exchange->linux_host->in_flight--;
	mem_free(exchange);
}

static void on_head(void *user, struct value head)
{
	struct exchange *exchange = user;
	host_request_progress(exchange->request, HOST_PROGRESS_HEADERS, head, NULL);
}

/* Tells each per cent once. */
static void tell(struct exchange *exchange, enum host_progress kind, size_t *last, size_t done, size_t total)
{
	size_t progress = total ? done * 100 / total : 0;
	if (!exchange->request->on_progress || progress == *last) {
		return;
	}
	*last = progress;
	bool up = kind == HOST_PROGRESS_UPLOAD;
	struct value detail = value_object_new(3);
	value_object_set_text(&detail, "progress", value_number((double)progress));
	value_object_set_text(&detail, up ? "totalBytesSent" : "totalBytesWritten", value_number((double)done));
	value_object_set_text(&detail, up ? "totalBytesExpectedToSend" : "totalBytesExpectedToWrite", value_number((double)total));
	host_request_progress(exchange->request, kind, detail, NULL);
	value_unref(detail);
}

static void on_sent(void *user, size_t sent, size_t total)
{
	struct exchange *exchange = user;
	tell(exchange, HOST_PROGRESS_UPLOAD, &exchange->sent_progress, sent, total);
}

static void on_chunk(void *user, struct str chunk, size_t received, size_t expected)
{
	struct exchange *exchange = user;
	struct host_request *request = exchange->request;
	if (!request->on_progress) {
		return;
	}
	struct host_bytes *bytes = host_bytes_new(chunk.at, chunk.len);
	host_request_progress(request, HOST_PROGRESS_CHUNK, value_undefined(), bytes);
	host_bytes_unref(bytes);
	if (request->operation == exchange && request->release) { // not aborted meanwhile
		tell(exchange, HOST_PROGRESS_DOWNLOAD, &exchange->received_progress, received, expected);
	}
}

static void on_done(void *user, enum http_outcome outcome, const char *text, struct value head, struct strbuf *body)
{
	static const enum host_outcome outcomes[] = {
		[HTTP_OK] = HOST_OK,
		[HTTP_FAILED] = HOST_FAIL,
		[HTTP_TIMED_OUT] = HOST_TIMEOUT,
		[HTTP_TOO_LARGE] = HOST_TOO_LARGE,
		[HTTP_BAD_URL] = HOST_FAIL,
	};
	struct exchange *exchange = user;
	struct host_request *request = exchange->request;
	exchange->linux_host->in_flight--;
	mem_free(exchange);
	request->release = NULL;
	if (outcome == HTTP_OK) {
		request->bytes = host_bytes_take(body);
		host_request_finish(request, HOST_OK, value_ref(head));
	} else {
		host_request_finish(request, outcomes[outcome], host_error(text));
	}
}

static void net_request(struct host *host, struct value parameters, struct host_request *request)
{
	static const struct http_events events = {on_head, on_sent, on_chunk, on_done};
	struct linux_host *linux_host = linux_of(host);
	struct exchange *exchange = mem_alloc(sizeof(*exchange));
	struct http_request http = {
		.method = value_str(value_get_text(parameters, "method")),
		.url = value_str(value_get_text(parameters, "url")),
		.headers = value_get_text(parameters, "header"),
		.body = host_bytes_str(request->body),
		.timeout = timeout_of(parameters),
		.no_redirect = str_is(value_str(value_get_text(parameters, "redirect")), "manual"),
	};
	exchange->linux_host = linux_host;
	exchange->request = request;
	request->operation = exchange;
	request->release = release;
	linux_host->in_flight++;
	exchange->http = http_start(session_of(linux_host), &http, &events, exchange);
}

static void wire_opened(struct wire *wire)
{
	if (!wire->open) { // an open socket is nothing to wait for
		wire->open = true;
		wire->linux_host->in_flight--;
	}
}

static void ws_opened(void *user, struct value headers, const char *protocol)
{
	struct wire *wire = user;
	struct value detail = value_object_new(2);
	wire_opened(wire);
	value_object_set_text(&detail, "header", value_ref(headers));
	value_object_set_text(&detail, "protocol", value_text(protocol));
	wire->socket->on_open(wire->socket, detail);
	value_unref(detail);
}

static void ws_message(void *user, bool is_text, struct str data)
{
	struct wire *wire = user;
	struct host_bytes *bytes = host_bytes_new(data.at, data.len);
	wire->socket->on_message(wire->socket, is_text, bytes);
	host_bytes_unref(bytes);
}

static void ws_failed(void *user, const char *text)
{
	struct wire *wire = user;
	wire->socket->on_error(wire->socket, text);
}

static void ws_closed(void *user, int code, struct str reason)
{
	struct wire *wire = user;
	struct host_socket *socket = wire->socket;
	wire_opened(wire);
	mem_free(wire);
	socket->host = NULL;
	socket->operation = NULL;
	socket->on_close(socket, code, reason);
}

static void net_socket_open(struct host *host, struct value parameters, struct host_socket *socket)
{
	static const struct ws_events events = {ws_opened, ws_message, ws_failed, ws_closed};
	struct linux_host *linux_host = linux_of(host);
	struct wire *wire = mem_alloc(sizeof(*wire));
	struct ws_request request = {
		.url = value_str(value_get_text(parameters, "url")),
		.headers = value_get_text(parameters, "header"),
		.protocols = value_get_text(parameters, "protocols"),
		.timeout = timeout_of(parameters),
	};
	wire->linux_host = linux_host;
	wire->socket = socket;
	socket->operation = wire;
	linux_host->in_flight++;
	wire->ws = ws_open(session_of(linux_host), &request, &events, wire);
}

static bool net_socket_send(struct host_socket *socket, bool is_text, struct host_bytes *bytes)
{
	struct wire *wire = socket->operation;
	return ws_send(wire->ws, is_text, host_bytes_str(bytes));
}

static void net_socket_close(struct host_socket *socket, int code, struct str reason)
{
	struct wire *wire = socket->operation;
	ws_close(wire->ws, code, reason);
}

static void net_socket_drop(struct host_socket *socket)
{
	struct wire *wire = socket->operation;
	ws_drop(wire->ws);
	wire_opened(wire);
	mem_free(wire);
}

const struct host_net linux_net = {
	.request = net_request,
	.socket_open = net_socket_open,
	.socket_send = net_socket_send,
	.socket_close = net_socket_close,
	.socket_drop = net_socket_drop,
};
