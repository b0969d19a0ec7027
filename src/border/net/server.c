/* A loopback server over SoupServer. */
#include "border/net/server.h"

#include "base/vec.h"
#include "border/net/session.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>

#define BODY_MAX ((size_t)64 << 20)
#define SOCKETS_MAX 64
#define CONNECTIONS_MAX 512 // at a time, WebSockets and those that have not said yet what they are
#define GUEST "mina-guest"
#define IDLE_SECONDS 30     // that a connection may stand still; a WebSocket may for ever

struct server_call {
	struct server *server;
	SoupServerMessage *message;
};

struct server_socket {
	struct server *server;
	SoupWebsocketConnection *connection;
	GSource *drained; // waits until libsoup has written all; NULL: it has
	size_t waiting;   // bytes sent since then
	GSource *end;     // of one that did not read
};

/* A connection; ends with it. Its remote address, which libsoup's messages know, names it. */
struct server_guest {
	struct server *server;
	GSocketConnection *connection; // borrowed
	GSocketAddress *remote;
	GSource *timer; // until it stands still for too long; NULL: it may
};

struct server {
	struct server_config config;
	SoupServer *soup;
	GSocketService *listener;
	GMainContext *context;
	uint16_t port;
	unsigned idle_ms;
	VEC(struct server_guest *) guests;
	VEC(struct server_call *) calls;
	VEC(struct server_socket *) sockets;
};

/* "127.0.0.1:PORT", "localhost:PORT"; of one that others may reach any address in numbers: a name could be made to mean this
 * machine by whoever owns it (DNS rebinding). */
static bool is_own_address(const struct server *server, struct str text)
{
	char own[2][32], port[16];
	snprintf(own[0], sizeof(own[0]), "127.0.0.1:%u", server->port);
	snprintf(own[1], sizeof(own[1]), "localhost:%u", server->port);
	snprintf(port, sizeof(port), ":%u", server->port);
	if (server->config.address && str_ends(text, str_of(port))) {
		struct strbuf host = {0};
		strbuf_add(&host, str_slice(text, 0, text.len - strlen(port)));
		bool number = host.len && g_hostname_is_ip_address(host.at);
		strbuf_finish(&host);
		return number || str_is(text, own[1]);
	}
	return str_is(text, own[0]) || str_is(text, own[1]);
}

/* --- connections --- */

static void drop_source(GSource **source)
{
	if (*source) {
		g_source_destroy(*source);
		g_source_unref(*source);
		*source = NULL;
	}
}

static void stop_timer(struct server_guest *guest)
{
	drop_source(&guest->timer);
}

/* libsoup sees the end of what it reads, and tidies up. */
static gboolean on_late(gpointer user)
{
	struct server_guest *guest = user;
	stop_timer(guest);
	g_socket_shutdown(g_socket_connection_get_socket(guest->connection), TRUE, TRUE, NULL);
	return G_SOURCE_REMOVE;
}

static void start_timer(struct server_guest *guest)
{
	stop_timer(guest);
	guest->timer = g_timeout_source_new(guest->server->idle_ms);
	g_source_set_callback(guest->timer, on_late, guest, NULL);
	g_source_attach(guest->timer, guest->server->context);
}

static void forget_guest(struct server_guest *guest)
{
	struct server *server = guest->server;
	for (size_t i = 0; i < server->guests.len; i++) {
		if (server->guests.at[i] == guest) {
			vec_remove(&server->guests, i);
			break;
		}
	}
	stop_timer(guest);
	g_object_set_data(G_OBJECT(guest->remote), GUEST, NULL);
	g_object_unref(guest->remote);
	mem_free(guest);
}

static void on_connection_end(gpointer user, GObject *gone)
{
	UNUSED(gone);
	forget_guest(user);
}

/* libsoup's own listening has no limits: here each connection has, and is watched for a peer that is gone. */
static gboolean on_connection(GSocketService *service, GSocketConnection *connection, GObject *source, gpointer user)
{
	struct server *server = user;
	GSocketAddress *local = g_socket_connection_get_local_address(connection, NULL);
	GSocketAddress *remote = g_socket_connection_get_remote_address(connection, NULL);
	UNUSED(service);
	UNUSED(source);
	if (local && remote && server->guests.len < CONNECTIONS_MAX) {
		struct server_guest *guest = mem_alloc(sizeof(*guest));
		*guest = (struct server_guest){server, connection, g_object_ref(remote), NULL};
		vec_push(&server->guests, guest);
		g_socket_set_keepalive(g_socket_connection_get_socket(connection), TRUE);
		// a small answer behind another would wait for the other side to acknowledge that, 40 ms
		g_socket_set_option(g_socket_connection_get_socket(connection), IPPROTO_TCP, TCP_NODELAY, TRUE, NULL);
		g_object_set_data(G_OBJECT(remote), GUEST, guest);
		g_object_weak_ref(G_OBJECT(connection), on_connection_end, guest);
		start_timer(guest);
		soup_server_accept_iostream(server->soup, G_IO_STREAM(connection), local, remote, NULL);
	} else {
		g_io_stream_close(G_IO_STREAM(connection), NULL, NULL);
	}
	g_clear_object(&local);
	g_clear_object(&remote);
	return TRUE;
}

/* Whether the other side has to go on within the time: yes but for what the program itself is at. */
static void expect(SoupServerMessage *message, bool soon)
{
	GSocketAddress *remote = soup_server_message_get_remote_address(message);
	struct server_guest *guest = remote ? g_object_get_data(G_OBJECT(remote), GUEST) : NULL;
	if (guest) {
		(soon ? start_timer : stop_timer)(guest);
	}
}

static void on_finished(SoupServerMessage *message, gpointer user)
{
	UNUSED(user);
	expect(message, soup_server_message_get_status(message) != SOUP_STATUS_SWITCHING_PROTOCOLS);
}

static bool is_upgrade(const struct server *server, SoupMessageHeaders *headers)
{
	return server->config.on_socket && str_eq_nocase(str_of(soup_message_headers_get_one(headers, "Upgrade")), STR("websocket"));
}

static void check_origin(SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user)
{
	SoupMessageHeaders *headers = soup_server_message_get_request_headers(message);
	struct str host = str_of(soup_message_headers_get_one(headers, "Host"));
	struct str origin = str_of(soup_message_headers_get_one(headers, "Origin"));
	const struct server *server = user;
	UNUSED(soup);
	UNUSED(path);
	UNUSED(query);
	expect(message, true);
	g_signal_connect(message, "finished", G_CALLBACK(on_finished), NULL);
	bool same = origin.len == 0 || (str_starts(origin, STR("http://")) &&
		(((const struct server *)user)->config.address ? str_eq(str_slice(origin, strlen("http://"), origin.len), host)
		: is_own_address(user, str_slice(origin, strlen("http://"), origin.len))));
	bool small = soup_message_headers_get_encoding(headers) != SOUP_ENCODING_CHUNKED // of any length
		&& soup_message_headers_get_content_length(headers) <= (goffset)BODY_MAX;
	if (!is_own_address(server, host) || !same || !small) {
		soup_message_body_set_accumulate(soup_server_message_get_request_body(message), FALSE);
		soup_server_message_set_status(message, small ? SOUP_STATUS_FORBIDDEN : SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, NULL);
	}
}

static void forget_call(struct server_call *call)
{
	struct server *server = call->server;
	for (size_t i = 0; i < server->calls.len; i++) {
		if (server->calls.at[i] == call) {
			vec_remove(&server->calls, i);
			break;
		}
	}
	g_object_unref(call->message);
	mem_free(call);
}

static void handle(SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user)
{
	struct server *server = user;
	UNUSED(soup);
	UNUSED(query);
	if (is_upgrade(server, soup_server_message_get_request_headers(message))) {
		return; // libsoup asks this handler first, then the one for sockets
	}
	SoupMessageBody *body = soup_server_message_get_request_body(message);
	GBytes *bytes = soup_message_body_flatten(body);
	struct server_call *call = mem_alloc(sizeof(*call));
	call->server = server;
	call->message = g_object_ref(message);
	vec_push(&server->calls, call);
	gsize len;
	const char *at = g_bytes_get_data(bytes, &len);
	struct server_request request = {
		.method = str_of(soup_server_message_get_method(message)),
		.path = str_of(path),
		.query = str_of(g_uri_get_query(soup_server_message_get_uri(message))),
		.body = {at, len},
		.headers = http_read_headers(soup_server_message_get_request_headers(message), NULL),
	};
	expect(message, false);
	soup_server_message_pause(message);
	server->config.on_call(server->config.user, call, &request);
	value_unref(request.headers);
	g_bytes_unref(bytes);
}

static void socket_message(SoupWebsocketConnection *connection, gint type, GBytes *bytes, gpointer user)
{
	struct server_socket *socket = user;
	gsize len;
	const char *at = g_bytes_get_data(bytes, &len);
	UNUSED(connection);
	if (socket->server->config.on_socket_message) {
		socket->server->config.on_socket_message(socket->server->config.user, socket, type == SOUP_WEBSOCKET_DATA_TEXT,
			(struct str){at, len});
	}
}

static void end_socket(struct server_socket *socket)
{
	struct server *server = socket->server;
	drop_source(&socket->drained);
	drop_source(&socket->end);
	for (size_t i = 0; i < server->sockets.len; i++) {
		if (server->sockets.at[i] == socket) {
			vec_remove(&server->sockets, i);
			break;
		}
	}
	g_signal_handlers_disconnect_by_data(socket->connection, socket);
	if (server->config.on_socket_close) {
		server->config.on_socket_close(server->config.user, socket);
	}
	g_object_unref(socket->connection);
	mem_free(socket);
}

static void socket_closed(SoupWebsocketConnection *connection, gpointer user)
{
	UNUSED(connection);
	end_socket(user);
}

/* The stream takes more, and libsoup, which comes first, had nothing left for it. */
static gboolean on_drained(GObject *stream, gpointer user)
{
	struct server_socket *socket = user;
	UNUSED(stream);
	socket->waiting = 0;
	drop_source(&socket->drained);
	return G_SOURCE_REMOVE;
}

static void watch_queue(struct server_socket *socket)
{
	GOutputStream *stream = g_io_stream_get_output_stream(soup_websocket_connection_get_io_stream(socket->connection));
	if (!socket->drained && G_IS_POLLABLE_OUTPUT_STREAM(stream)) {
		socket->drained = g_pollable_output_stream_create_source(G_POLLABLE_OUTPUT_STREAM(stream), NULL);
		g_source_set_priority(socket->drained, G_PRIORITY_DEFAULT + 1);
		g_source_set_callback(socket->drained, G_SOURCE_FUNC(on_drained), socket, NULL);
		g_source_attach(socket->drained, socket->server->context);
	}
}

/* Without a farewell, which would wait behind what the other side does not read. */
static gboolean cut_off(gpointer user)
{
	struct server_socket *socket = user;
	GIOStream *stream = g_object_ref(soup_websocket_connection_get_io_stream(socket->connection));
	end_socket(socket);
	g_io_stream_close(stream, NULL, NULL);
	g_object_unref(stream);
	return G_SOURCE_REMOVE;
}

static void plan_end(struct server_socket *socket)
{
	if (!socket->end) {
		socket->end = g_idle_source_new();
		g_source_set_priority(socket->end, G_PRIORITY_DEFAULT);
		g_source_set_callback(socket->end, cut_off, socket, NULL);
		g_source_attach(socket->end, socket->server->context);
	}
}

static void handle_socket(SoupServer *soup, SoupServerMessage *message, const char *path,
	SoupWebsocketConnection *connection, gpointer user)
{
	struct server *server = user;
	struct server_socket *socket = mem_alloc(sizeof(*socket));
	UNUSED(soup);
	if (server->sockets.len >= (server->config.sockets_max ? server->config.sockets_max : SOCKETS_MAX)) {
		soup_websocket_connection_close(connection, 1013, "too many clients");
		mem_free(socket);
		return;
	}
	expect(message, false);
	socket->server = server;
	socket->connection = g_object_ref(connection);
	vec_push(&server->sockets, socket);
	soup_websocket_connection_set_max_incoming_payload_size(connection, server->config.message_max ? server->config.message_max : BODY_MAX);
	g_signal_connect(connection, "message", G_CALLBACK(socket_message), socket);
	g_signal_connect(connection, "closed", G_CALLBACK(socket_closed), socket);
	server->config.on_socket(server->config.user, socket, str_of(path),
		str_of(g_uri_get_query(soup_server_message_get_uri(message))));
}

static bool start_listening(struct server *server, GError **error)
{
	const struct server_config *config = &server->config;
	const char *at = config->address ? config->address : "127.0.0.1";
	GSocketAddress *address = g_inet_socket_address_new_from_string(at, config->port), *found = NULL;
	if (!address) {
		g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "%s is no numeric address", at);
		return false;
	}
	server->listener = g_socket_service_new();
	g_signal_connect(server->listener, "incoming", G_CALLBACK(on_connection), server);
	bool good = g_socket_listener_add_address(G_SOCKET_LISTENER(server->listener), address, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL,
		&found, error);
	server->port = good ? g_inet_socket_address_get_port(G_INET_SOCKET_ADDRESS(found)) : 0;
	g_clear_object(&found);
	g_object_unref(address);
	return good;
}

struct server *server_create(const struct server_config *config, char **ret_error)
{
	struct server *server = mem_alloc(sizeof(*server));
	GError *error = NULL;
	server->config = *config;
	server->idle_ms = 1000 * (config->idle_seconds ? config->idle_seconds : IDLE_SECONDS);
	server->context = g_main_context_ref_thread_default();
	server->soup = soup_server_new("server-header", "mina ", NULL);
	soup_server_remove_websocket_extension(server->soup, SOUP_TYPE_WEBSOCKET_EXTENSION_DEFLATE); // frames are compressed already
	if (!start_listening(server, &error)) {
		*ret_error = mem_strdup(error->message, strlen(error->message));
		g_error_free(error);
		server_destroy(server);
		return NULL;
	}
	soup_server_add_early_handler(server->soup, NULL, check_origin, server, NULL);
	soup_server_add_handler(server->soup, NULL, handle, server, NULL);
	if (config->on_socket) {
		soup_server_add_websocket_handler(server->soup, NULL, NULL, NULL, handle_socket, server, NULL);
	}
	return server;
}

void server_destroy(struct server *server)
{
	if (!server) {
		return;
	}
	while (server->sockets.len) {
		struct server_socket *socket = vec_last(&server->sockets);
		server_socket_close(socket);
		end_socket(socket);
	}
	while (server->calls.len) {
		server_reply(vec_last(&server->calls), SOUP_STATUS_SERVICE_UNAVAILABLE, "text/plain", STR(""), value_undefined());
	}
	if (server->listener) {
		g_socket_service_stop(server->listener);
		g_socket_listener_close(G_SOCKET_LISTENER(server->listener));
		g_object_unref(server->listener);
	}
	soup_server_disconnect(server->soup);
	g_object_unref(server->soup);
	while (g_main_context_iteration(server->context, FALSE)) { // connections that close
	}
	while (server->guests.len) {
		g_object_weak_unref(G_OBJECT(vec_last(&server->guests)->connection), on_connection_end, vec_last(&server->guests));
		forget_guest(vec_last(&server->guests));
	}
	g_main_context_unref(server->context);
	vec_finish(&server->guests);
	vec_finish(&server->calls);
	vec_finish(&server->sockets);
	mem_free(server);
}

uint16_t server_port(const struct server *server)
{
	return server->port;
}

void server_reply(struct server_call *call, int status, const char *content_type, struct str body, struct value headers)
{
	SoupMessageHeaders *list = soup_server_message_get_response_headers(call->message);
	soup_server_message_set_status(call->message, (guint)status, NULL);
	soup_server_message_set_response(call->message, content_type, SOUP_MEMORY_COPY, body.at, body.len);
	soup_message_headers_replace(list, "Cache-Control", "no-store");
	for (size_t i = 0; i < value_count(headers); i++) {
		soup_message_headers_append(list, value_key(headers, i).at, value_str(value_entry(headers, i)).at);
	}
	expect(call->message, true);
	soup_server_message_unpause(call->message);
	forget_call(call);
}

bool server_socket_send(struct server_socket *socket, bool is_text, struct str data)
{
	if (soup_websocket_connection_get_state(socket->connection) != SOUP_WEBSOCKET_STATE_OPEN ||
		(is_text && !str_utf8_valid(data))) {
		return false;
	}
	size_t most = socket->server->config.queue_max ? socket->server->config.queue_max : BODY_MAX;
	if (socket->end || (socket->waiting && socket->waiting + data.len > most)) {
		plan_end(socket);
		return false;
	}
	GBytes *bytes = g_bytes_new(data.at, data.len);
	soup_websocket_connection_send_message(socket->connection,
		is_text ? SOUP_WEBSOCKET_DATA_TEXT : SOUP_WEBSOCKET_DATA_BINARY, bytes);
	g_bytes_unref(bytes);
	socket->waiting += data.len + 1;
	watch_queue(socket);
	return true;
}

bool server_socket_idle(const struct server_socket *socket)
{
	return !socket->waiting;
}

void server_socket_close(struct server_socket *socket)
{
	if (soup_websocket_connection_get_state(socket->connection) == SOUP_WEBSOCKET_STATE_OPEN) {
		soup_websocket_connection_close(socket->connection, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, NULL);
	}
}
