/* A client's WebSocket over libsoup. */
#include "border/net/ws.h"

#include "base/mem.h"
#include "border/net/session.h"

#define ABNORMAL 1006
#define CLOSE_WAIT_S 5 // for a server that does not answer the closing handshake

struct ws {
	struct http_session *session;
	struct ws_events events;
	void *user;
	SoupMessage *message;
	SoupWebsocketConnection *connection; // NULL until open
	GCancellable *cancellable;
	gulong all_handler;
	GSource *timer;
	bool silent, timed_out, closing;
	int close_code;
};

static void stop_timer(struct ws *ws)
{
	if (ws->timer) {
		g_source_destroy(ws->timer);
		g_clear_pointer(&ws->timer, g_source_unref);
	}
}

static void free_ws(struct ws *ws)
{
	stop_timer(ws);
	if (ws->connection) {
		g_signal_handlers_disconnect_by_data(ws->connection, ws);
		g_object_unref(ws->connection);
		ws->session->sockets--;
	}
	g_signal_handler_disconnect(ws->session->all, ws->all_handler);
	g_clear_object(&ws->message);
	g_object_unref(ws->cancellable);
	mem_free(ws);
}

static void end(struct ws *ws, int code, struct str reason)
{
	struct ws_events events = ws->events;
	void *user = ws->user;
	bool silent = ws->silent;
	struct strbuf text = {0}; // the reason may belong to the connection
	strbuf_add(&text, reason);
	free_ws(ws);
	if (!silent) {
		events.on_close(user, code, strbuf_str(&text));
	}
	strbuf_finish(&text);
}

static void on_message(SoupWebsocketConnection *connection, gint type, GBytes *bytes, gpointer user)
{
	struct ws *ws = user;
	gsize len;
	const char *at = g_bytes_get_data(bytes, &len);
	UNUSED(connection);
	ws->events.on_message(ws->user, type == SOUP_WEBSOCKET_DATA_TEXT, (struct str){at, len});
}

static void on_error(SoupWebsocketConnection *connection, GError *error, gpointer user)
{
	struct ws *ws = user;
	UNUSED(connection);
	ws->events.on_error(ws->user, error->message);
}

static void on_closed(SoupWebsocketConnection *connection, gpointer user)
{
	int code = soup_websocket_connection_get_close_code(connection);
	end(user, code ? code : ABNORMAL, str_of(soup_websocket_connection_get_close_data(connection)));
}

static gboolean time_over(gpointer user)
{
	struct ws *ws = user;
	ws->timed_out = true;
	g_cancellable_cancel(ws->cancellable);
	return G_SOURCE_REMOVE;
}

/* Fails on a later turn: events never come out of ws_open(). */
static gboolean refuse_url(gpointer user)
{
	struct ws *ws = user;
	ws->session->pending--;
	if (!ws->silent) {
		ws->events.on_error(ws->user, "invalid url");
	}
	end(ws, ABNORMAL, STR("invalid url"));
	return G_SOURCE_REMOVE;
}

static void cancel_one(GCancellable *all, gpointer user)
{
	UNUSED(all);
	g_cancellable_cancel(user);
}

static void fail_to_connect(struct ws *ws, GError *error)
{
	const char *text = ws->timed_out ? "timeout" : error->message;
	if (ws->closing) { // asked for by the owner: not an error
		end(ws, ws->close_code, STR(""));
	} else {
		if (!ws->silent) {
			ws->events.on_error(ws->user, text);
		}
		end(ws, ABNORMAL, str_of(text));
	}
	g_error_free(error);
}

static void connected(GObject *object, GAsyncResult *result, gpointer user)
{
	struct ws *ws = user;
	GError *error = NULL;
	SoupWebsocketConnection *connection = soup_session_websocket_connect_finish(SOUP_SESSION(object), result, &error);
	ws->session->pending--;
	stop_timer(ws);
	if (!connection) {
		fail_to_connect(ws, error);
		return;
	}
	ws->connection = connection;
	ws->session->sockets++;
	if (ws->silent || ws->closing) {
		int code = ws->close_code;
		soup_websocket_connection_close(connection, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, NULL);
		end(ws, code, STR(""));
		return;
	}
	soup_websocket_connection_set_max_incoming_payload_size(connection, WS_MESSAGE_MAX);
	g_signal_connect(connection, "message", G_CALLBACK(on_message), ws);
	g_signal_connect(connection, "error", G_CALLBACK(on_error), ws);
	g_signal_connect(connection, "closed", G_CALLBACK(on_closed), ws);
	struct value headers = http_read_headers(soup_message_get_response_headers(ws->message), NULL);
	const char *protocol = soup_websocket_connection_get_protocol(connection);
	ws->events.on_open(ws->user, headers, protocol ? protocol : "");
	value_unref(headers);
}

static gboolean closing_took_too_long(gpointer user)
{
	end(user, ABNORMAL, STR("the closing handshake was not answered"));
	return G_SOURCE_REMOVE;
}

static GSource *add_timer(struct ws *ws, double ms, GSourceFunc run)
{
	GSource *source = g_timeout_source_new(ms < 1 ? 0 : ms > 3600000 ? 3600000 : (guint)ms);
	g_source_set_callback(source, run, ws, NULL);
	g_source_attach(source, ws->session->context);
	return source;
}

static char **protocol_list(struct value protocols)
{
	size_t count = value_len(protocols);
	if (count == 0) {
		return NULL;
	}
	char **list = g_new0(char *, count + 1);
	for (size_t i = 0; i < count; i++) {
		struct str text = value_str(value_at(protocols, i));
		list[i] = g_strndup(text.at ? text.at : "", text.len);
	}
	return list;
}

struct ws *ws_open(struct http_session *session, const struct ws_request *request, const struct ws_events *events, void *user)
{
	struct ws *ws = mem_alloc(sizeof(*ws));
	ws->session = session;
	ws->events = *events;
	ws->user = user;
	ws->cancellable = g_cancellable_new();
	ws->all_handler = g_signal_connect(session->all, "cancelled", G_CALLBACK(cancel_one), ws->cancellable);
	session->pending++;
	GUri *uri = http_parse_url(request->url, "ws", "wss");
	if (!uri) {
		ws->timer = add_timer(ws, 0, refuse_url);
		return ws;
	}
	ws->message = soup_message_new_from_uri("GET", uri);
	g_uri_unref(uri);
	http_add_headers(ws->message, request->headers);
	if (request->timeout > 0) {
		ws->timer = add_timer(ws, request->timeout, time_over);
	}
	char **protocols = protocol_list(request->protocols);
	soup_session_websocket_connect_async(session->soup, ws->message, NULL, protocols, G_PRIORITY_DEFAULT, ws->cancellable,
		connected, ws);
	g_strfreev(protocols);
	return ws;
}

bool ws_send(struct ws *ws, bool is_text, struct str data)
{
	if (!ws->connection || data.len > WS_MESSAGE_MAX ||
		soup_websocket_connection_get_state(ws->connection) != SOUP_WEBSOCKET_STATE_OPEN ||
		(is_text && !str_utf8_valid(data))) {
		return false;
	}
	GBytes *bytes = g_bytes_new(data.at, data.len);
	soup_websocket_connection_send_message(ws->connection, is_text ? SOUP_WEBSOCKET_DATA_TEXT : SOUP_WEBSOCKET_DATA_BINARY,
		bytes);
	g_bytes_unref(bytes);
	return true;
}

/* libsoup takes codes that a client may send only; others become "normal". */
static int allowed_code(int code)
{
	return code == 1000 || (code >= 3000 && code <= 4999) ? code : 1000;
}

void ws_close(struct ws *ws, int code, struct str reason)
{
	if (ws->closing) {
		return;
	}
	ws->closing = true;
	ws->close_code = allowed_code(code);
	if (!ws->connection) {
		g_cancellable_cancel(ws->cancellable);
		return;
	}
	if (soup_websocket_connection_get_state(ws->connection) == SOUP_WEBSOCKET_STATE_OPEN) {
		size_t len = size_min(reason.len, 123); // RFC 6455, 5.5
		while (len > 0 && len < reason.len && ((unsigned char)reason.at[len] & 0xc0) == 0x80) {
			len--;
		}
		char *text = mem_strdup(reason.at ? reason.at : "", len);
		ws->timer = add_timer(ws, CLOSE_WAIT_S * 1000, closing_took_too_long);
		soup_websocket_connection_close(ws->connection, (gushort)ws->close_code, len ? text : NULL);
		mem_free(text);
	}
}

void ws_drop(struct ws *ws)
{
	ws->silent = true;
	if (!ws->connection) { // its callback frees it
		g_cancellable_cancel(ws->cancellable);
		return;
	}
	g_signal_handlers_disconnect_by_data(ws->connection, ws);
	if (soup_websocket_connection_get_state(ws->connection) == SOUP_WEBSOCKET_STATE_OPEN) {
		soup_websocket_connection_close(ws->connection, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, NULL);
	}
	free_ws(ws);
}
