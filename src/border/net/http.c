/* HTTP exchanges over a SoupSession. */
#include "border/net/http.h"

#include "base/mem.h"
#include "border/net/session.h"

#define CHUNK 65536
#define CONNECTIONS_PER_HOST 10 // as many as wx.request may have in flight

struct http_exchange {
	struct http_session *session;
	struct http_events events;
	void *user;
	SoupMessage *message;
	GCancellable *cancellable;
	gulong all_handler;
	GInputStream *stream;
	GSource *timer;
	bool silent, timed_out;
	struct value head;
	struct strbuf body;
	size_t expected;
	size_t sent, to_send;
};

static bool is_token(struct str name)
{
	for (size_t i = 0; i < name.len; i++) {
		unsigned char c = (unsigned char)name.at[i];
		if (c <= ' ' || c >= 0x7f || str_find_char(STR("()<>@,;:\\\"/[]?={}"), (char)c) != SIZE_MAX) {
			return false;
		}
	}
	return name.len > 0;
}

static bool is_field(struct str text)
{
	return str_find_char(text, '\r') == SIZE_MAX && str_find_char(text, '\n') == SIZE_MAX &&
		str_find_char(text, '\0') == SIZE_MAX;
}

/* What the library computes itself, and what would break the framing. */
static bool is_reserved(struct str name)
{
	static const char *const reserved[] = {"host", "content-length", "transfer-encoding", "connection", "upgrade",
		"keep-alive", "te", "trailer", "expect"};
	for (size_t i = 0; i < ARRAY_LEN(reserved); i++) {
		if (str_eq_nocase(name, str_of(reserved[i]))) {
			return true;
		}
	}
	return false;
}

static void free_exchange(struct http_exchange *exchange)
{
	if (exchange->timer) {
		g_source_destroy(exchange->timer);
		g_source_unref(exchange->timer);
	}
	g_signal_handler_disconnect(exchange->session->all, exchange->all_handler);
	g_clear_object(&exchange->stream);
	g_clear_object(&exchange->message);
	g_clear_object(&exchange->cancellable);
	value_unref(exchange->head);
	strbuf_finish(&exchange->body);
	exchange->session->pending--;
	mem_free(exchange);
}

static void finish(struct http_exchange *exchange, enum http_outcome outcome, const char *text)
{
	if (!exchange->silent) {
		exchange->silent = true;
		exchange->events.on_done(exchange->user, outcome, text, exchange->head, &exchange->body);
	}
	free_exchange(exchange);
}

static void finish_error(struct http_exchange *exchange, GError *error)
{
	bool late = exchange->timed_out || g_error_matches(error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
	finish(exchange, late ? HTTP_TIMED_OUT : HTTP_FAILED, late ? "timeout" : error->message);
	g_error_free(error);
}

static void read_more(struct http_exchange *exchange);

static void read_done(GObject *object, GAsyncResult *result, gpointer user)
{
	struct http_exchange *exchange = user;
	GError *error = NULL;
	GBytes *bytes = g_input_stream_read_bytes_finish(G_INPUT_STREAM(object), result, &error);
	if (!bytes) {
		finish_error(exchange, error);
		return;
	}
	gsize len;
	const char *at = g_bytes_get_data(bytes, &len);
	bool end = len == 0, too_large = exchange->body.len + len > HTTP_BODY_MAX;
	if (!end && !too_large) {
		strbuf_add(&exchange->body, (struct str){at, len});
		if (exchange->events.on_chunk && !exchange->silent) {
			exchange->events.on_chunk(exchange->user, (struct str){at, len}, exchange->body.len, exchange->expected);
		}
	}
	g_bytes_unref(bytes);
	if (too_large) {
		finish(exchange, HTTP_TOO_LARGE, "the answer is larger than 64 MB");
	} else if (end) {
		finish(exchange, HTTP_OK, "");
	} else {
		read_more(exchange);
	}
}

static void read_more(struct http_exchange *exchange)
{
	g_input_stream_read_bytes_async(exchange->stream, CHUNK, G_PRIORITY_DEFAULT, exchange->cancellable, read_done, exchange);
}

static struct value read_head(struct http_exchange *exchange)
{
	SoupMessageHeaders *headers = soup_message_get_response_headers(exchange->message);
	struct value cookies, head = value_object_new(4);
	char *url = g_uri_to_string_partial(soup_message_get_uri(exchange->message), G_URI_HIDE_PASSWORD);
	value_object_set_text(&head, "statusCode", value_number(soup_message_get_status(exchange->message)));
	value_object_set_text(&head, "header", http_read_headers(headers, &cookies));
	value_object_set_text(&head, "cookies", cookies);
	value_object_set_text(&head, "url", value_text(url));
	g_free(url);
	bool plain = soup_message_headers_get_encoding(headers) == SOUP_ENCODING_CONTENT_LENGTH &&
		!soup_message_headers_get_one(headers, "Content-Encoding");
	exchange->expected = plain ? (size_t)soup_message_headers_get_content_length(headers) : 0;
	return head;
}

static void send_done(GObject *object, GAsyncResult *result, gpointer user)
{
	struct http_exchange *exchange = user;
	GError *error = NULL;
	exchange->stream = soup_session_send_finish(SOUP_SESSION(object), result, &error);
	if (!exchange->stream) {
		finish_error(exchange, error);
		return;
	}
	exchange->head = read_head(exchange);
	if (exchange->expected > HTTP_BODY_MAX) {
		finish(exchange, HTTP_TOO_LARGE, "the answer is larger than 64 MB");
		return;
	}
	if (exchange->events.on_head && !exchange->silent) {
		exchange->events.on_head(exchange->user, exchange->head);
	}
	read_more(exchange);
}

static gboolean time_over(gpointer user)
{
	struct http_exchange *exchange = user;
	exchange->timed_out = true;
	g_cancellable_cancel(exchange->cancellable);
	return G_SOURCE_REMOVE;
}

static gboolean refuse_url(gpointer user)
{
	finish(user, HTTP_BAD_URL, "invalid url");
	return G_SOURCE_REMOVE;
}

static void wrote_body(SoupMessage *message, guint len, gpointer user)
{
	struct http_exchange *exchange = user;
	UNUSED(message);
	exchange->sent += len;
	if (exchange->events.on_sent && !exchange->silent) {
		exchange->events.on_sent(exchange->user, exchange->sent, exchange->to_send);
	}
}

static void cancel_one(GCancellable *all, gpointer user)
{
	UNUSED(all);
	g_cancellable_cancel(user);
}

/* ms; fires `run` on the session's context. */
static GSource *add_timer(struct http_exchange *exchange, double ms, GSourceFunc run)
{
	GSource *source = g_timeout_source_new(ms < 1 ? 0 : ms > 3600000 ? 3600000 : (guint)ms);
	g_source_set_callback(source, run, exchange, NULL);
	g_source_attach(source, exchange->session->context);
	return source;
}

static SoupMessage *make_message(const struct http_request *request)
{
	GUri *uri = http_parse_url(request->url, "http", "https");
	if (!uri || !(request->method.len == 0 || is_token(request->method))) {
		g_clear_pointer(&uri, g_uri_unref);
		return NULL;
	}
	char *method = request->method.len ? mem_strdup(request->method.at, request->method.len) : mem_strdup("GET", 3);
	SoupMessage *message = soup_message_new_from_uri(method, uri);
	mem_free(method);
	g_uri_unref(uri);
	if (request->body.len) {
		GBytes *bytes = g_bytes_new(request->body.at, request->body.len);
		soup_message_set_request_body_from_bytes(message, NULL, bytes);
		g_bytes_unref(bytes);
	}
	if (request->no_redirect) {
		soup_message_add_flags(message, SOUP_MESSAGE_NO_REDIRECT);
	}
	http_add_headers(message, request->headers);
	return message;
}

GUri *http_parse_url(struct str url, const char *first_scheme, const char *second_scheme)
{
	struct strbuf text = {0};
	for (size_t i = 0; i < url.len; i++) {
		unsigned char c = (unsigned char)url.at[i];
		if (c == 0) {
			strbuf_finish(&text);
			return NULL;
		}
		if (c <= ' ' || c >= 0x7f || str_find_char(STR("\"<>\\^`{|}"), (char)c) != SIZE_MAX) {
			strbuf_printf(&text, "%%%02X", c);
		} else {
			strbuf_add_char(&text, (char)c);
		}
	}
	GUri *uri = text.len ? g_uri_parse(text.at, SOUP_HTTP_URI_FLAGS, NULL) : NULL;
	strbuf_finish(&text);
	const char *scheme = uri ? g_uri_get_scheme(uri) : NULL, *host = uri ? g_uri_get_host(uri) : NULL;
	if (uri && !(host && *host && (g_str_equal(scheme, first_scheme) || g_str_equal(scheme, second_scheme)))) {
		g_uri_unref(uri);
		return NULL;
	}
	return uri;
}

void http_add_headers(SoupMessage *message, struct value headers)
{
	SoupMessageHeaders *list = soup_message_get_request_headers(message);
	for (size_t i = 0; i < value_count(headers); i++) {
		struct str name = value_key(headers, i);
		struct strbuf text = {0};
		value_to_text(value_entry(headers, i), &text);
		if (is_token(name) && !is_reserved(name) && is_field(strbuf_str(&text))) {
			soup_message_headers_replace(list, name.at, text.len ? text.at : "");
		}
		strbuf_finish(&text);
	}
}

struct value http_read_headers(SoupMessageHeaders *headers, struct value *ret_cookies)
{
	struct value all = value_object_new(8), cookies = value_array_new(0);
	SoupMessageHeadersIter iter;
	const char *name, *text;
	soup_message_headers_iter_init(&iter, headers);
	while (soup_message_headers_iter_next(&iter, &name, &text)) {
		bool is_cookie = str_eq_nocase(str_of(name), STR("set-cookie"));
		struct value before = value_get_text(all, name);
		struct strbuf joined = {0};
		if (value_is(before, VALUE_STRING)) {
			strbuf_add(&joined, value_str(before));
			strbuf_add_text(&joined, is_cookie ? "," : ", ");
		}
		strbuf_add_text(&joined, text);
		value_object_set_text(&all, name, value_take(&joined));
		if (is_cookie) {
			value_array_push(&cookies, value_text(text));
		}
	}
	if (ret_cookies) {
		*ret_cookies = cookies;
	} else {
		value_unref(cookies);
	}
	return all;
}

struct http_session *http_session_create(void)
{
	struct http_session *session = mem_alloc(sizeof(*session));
	session->context = g_main_context_ref_thread_default();
	session->all = g_cancellable_new();
	session->soup = soup_session_new_with_options("proxy-resolver", NULL, "max-conns-per-host", CONNECTIONS_PER_HOST,
		"user-agent", "mina", "timeout", 0, NULL);
	/* wx.connectSocket: perMessageDeflate is off unless asked for; it also keeps messages to their limit. */
	soup_session_remove_feature_by_type(session->soup, SOUP_TYPE_WEBSOCKET_EXTENSION_MANAGER);
	return session;
}

void http_session_destroy(struct http_session *session)
{
	if (!session) {
		return;
	}
	assert(session->sockets == 0 && "a WebSocket outlives its session");
	g_cancellable_cancel(session->all);
	while (session->pending) {
		g_main_context_iteration(session->context, TRUE);
	}
	soup_session_abort(session->soup);
	g_object_unref(session->soup);
	while (g_main_context_iteration(session->context, FALSE)) { // connections that close
	}
	g_object_unref(session->all);
	g_main_context_unref(session->context);
	mem_free(session);
}

struct http_exchange *http_start(struct http_session *session, const struct http_request *request,
	const struct http_events *events, void *user)
{
	struct http_exchange *exchange = mem_alloc(sizeof(*exchange));
	exchange->session = session;
	exchange->events = *events;
	exchange->user = user;
	exchange->cancellable = g_cancellable_new();
	exchange->to_send = request->body.len;
	exchange->all_handler = g_signal_connect(session->all, "cancelled", G_CALLBACK(cancel_one), exchange->cancellable);
	session->pending++;
	exchange->message = make_message(request);
	if (!exchange->message) {
		exchange->timer = add_timer(exchange, 0, refuse_url);
		return exchange;
	}
	if (request->timeout > 0) {
		exchange->timer = add_timer(exchange, request->timeout, time_over);
	}
	if (exchange->to_send) {
		g_signal_connect(exchange->message, "wrote-body-data", G_CALLBACK(wrote_body), exchange);
	}
	soup_session_send_async(session->soup, exchange->message, G_PRIORITY_DEFAULT, exchange->cancellable, send_done, exchange);
	return exchange;
}

void http_cancel(struct http_exchange *exchange)
{
	exchange->silent = true;
	g_cancellable_cancel(exchange->cancellable); // an exchange that was refused ends by its timer
}
