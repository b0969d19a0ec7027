/* A loopback server over SoupServer. */
#include "border/net/server.h"

#include "base/vec.h"
#include "border/net/session.h"

#include <stdio.h>

#define BODY_MAX ((size_t)64 << 20)
#define SOCKETS_MAX 64

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

struct server {
	struct server_config config;
	SoupServer *soup;
	GMainContext *context;
	uint16_t port;
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

static void check_origin(SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user)
{
	SoupMessageHeaders *headers = soup_server_message_get_request_headers(message);
	struct str host = str_of(soup_message_headers_get_one(headers, "Host"));
	struct str origin = str_of(soup_message_headers_get_one(headers, "Origin"));
	UNUSED(soup);
	UNUSED(path);
	UNUSED(query);
	bool same = origin.len == 0 || (str_starts(origin, STR("http://")) &&
		(((const struct server *)user)->config.address ? str_eq(str_slice(origin, strlen("http://"), origin.len), host)
		: is_own_address(user, str_slice(origin, strlen("http://"), origin.len))));
	bool small = soup_message_headers_get_content_length(headers) <= (goffset)BODY_MAX;
	if (!is_own_address(user, host) || !same || !small) {
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
	const char *upgrade = soup_message_headers_get_one(soup_server_message_get_request_headers(message), "Upgrade");
	if (server->config.on_socket && str_eq_nocase(str_of(upgrade), STR("websocket"))) {
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

static void drop_source(GSource **source)
{
	if (*source) {
		g_source_destroy(*source);
		g_source_unref(*source);
		*source = NULL;
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
	socket->server = server;
	socket->connection = g_object_ref(connection);
	vec_push(&server->sockets, socket);
	soup_websocket_connection_set_max_incoming_payload_size(connection, server->config.message_max ? server->config.message_max : BODY_MAX);
	g_signal_connect(connection, "message", G_CALLBACK(socket_message), socket);
	g_signal_connect(connection, "closed", G_CALLBACK(socket_closed), socket);
	server->config.on_socket(server->config.user, socket, str_of(path),
		str_of(g_uri_get_query(soup_server_message_get_uri(message))));
}

static uint16_t port_of(SoupServer *soup)
{
	GSList *uris = soup_server_get_uris(soup);
	int port = uris ? g_uri_get_port(uris->data) : 0;
	g_slist_free_full(uris, (GDestroyNotify)g_uri_unref);
	return (uint16_t)port;
}

static bool start_listening(struct server *server, GError **error)
{
	const struct server_config *config = &server->config;
	if (!config->address) {
		return soup_server_listen_local(server->soup, config->port, SOUP_SERVER_LISTEN_IPV4_ONLY, error);
	}
	GSocketAddress *address = g_inet_socket_address_new_from_string(config->address, config->port);
	if (!address) {
		g_set_error(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "%s is no numeric address", config->address);
		return false;
	}
	bool good = soup_server_listen(server->soup, address, 0, error);
	g_object_unref(address);
	return good;
}

struct server *server_create(const struct server_config *config, char **ret_error)
{
	struct server *server = mem_alloc(sizeof(*server));
	GError *error = NULL;
	server->config = *config;
	server->context = g_main_context_ref_thread_default();
	server->soup = soup_server_new("server-header", "mina ", NULL);
	soup_server_remove_websocket_extension(server->soup, SOUP_TYPE_WEBSOCKET_EXTENSION_DEFLATE); // frames are compressed already
	if (!start_listening(server, &error)) {
		*ret_error = mem_strdup(error->message, strlen(error->message));
		g_error_free(error);
		server_destroy(server);
		return NULL;
	}
	server->port = port_of(server->soup);
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
	soup_server_disconnect(server->soup);
	g_object_unref(server->soup);
	while (g_main_context_iteration(server->context, FALSE)) { // connections that close
	}
	g_main_context_unref(server->context);
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
