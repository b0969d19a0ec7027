/* HTTP in front of platform_serve(). */
#include "platform/http.h"

#include "base/mem.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#define BODY_MAX ((size_t)2 << 20)
#define CONNECTIONS_MAX 4000
#define THREADS 4
#define TIMEOUT_S 30

struct platform_server {
	struct MHD_Daemon *daemon;
	struct platform *platform;
};

struct exchange { // one request while it arrives
	struct strbuf body;
	bool too_large;
};

static enum MHD_Result add_argument(void *user, enum MHD_ValueKind kind, const char *key, size_t key_len, const char *text, size_t len)
{
	struct value *query = user;
	struct str name = {key, key_len};
	UNUSED(kind);
	if (!value_has(*query, name)) { // the first of several counts
		value_object_set(query, name, value_string((struct str){text ? text : "", text ? len : 0}));
	}
	return MHD_YES;
}

static enum MHD_Result reply(struct MHD_Connection *connection, unsigned status, struct strbuf *json)
{
	size_t len = json->len;
	char *text = strbuf_steal(json);
	struct MHD_Response *response = MHD_create_response_from_buffer_with_free_callback(len, text, mem_free);
	if (!response) {
		mem_free(text);
		return MHD_NO;
	}
	MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, "application/json; charset=utf-8");
	MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
	enum MHD_Result queued = MHD_queue_response(connection, status, response);
	MHD_destroy_response(response);
	return queued;
}

static enum MHD_Result answer(struct platform_server *server, struct MHD_Connection *connection, const char *url, const char *method,
	const struct exchange *exchange)
{
	struct strbuf json = {0};
	if (exchange->too_large) {
		strbuf_add_text(&json, "{\"errcode\":45001,\"errmsg\":\"the body is larger than 2 MB\"}");
		return reply(connection, MHD_HTTP_CONTENT_TOO_LARGE, &json);
	}
	struct value query = value_object_new(8);
	MHD_get_connection_values_n(connection, MHD_GET_ARGUMENT_KIND, add_argument, &query);
	const char *key = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "X-Mina-Host-Key");
	int status = platform_serve(server->platform, str_of(method), str_of(url), query, strbuf_str(&exchange->body), str_of(key), &json);
	value_unref(query);
	return reply(connection, (unsigned)status, &json);
}

/* Called once with the headers, then for each piece of the body, then without one. */
static enum MHD_Result on_request(void *user, struct MHD_Connection *connection, const char *url, const char *method,
	const char *version, const char *data, size_t *len, void **state)
{
	struct exchange *exchange = *state;
	UNUSED(version);
	if (!exchange) {
		*state = mem_alloc(sizeof(*exchange));
		return MHD_YES;
	}
	if (*len) {
		exchange->too_large |= exchange->body.len + *len > BODY_MAX;
		if (!exchange->too_large) {
			strbuf_add(&exchange->body, (struct str){data, *len});
		}
		*len = 0;
		return MHD_YES;
	}
	return answer(user, connection, url, method, exchange);
}

static void on_completed(void *user, struct MHD_Connection *connection, void **state, enum MHD_RequestTerminationCode why)
{
	struct exchange *exchange = *state;
	UNUSED(user);
	UNUSED(connection);
	UNUSED(why);
	if (exchange) {
		strbuf_finish(&exchange->body);
		mem_free(exchange);
		*state = NULL;
	}
}

static char *complain(const char *what, const char *which)
{
	struct strbuf text = {0};
	strbuf_printf(&text, "%s %s: %s", what, which, strerror(errno));
	return strbuf_steal(&text);
}

struct platform_server *platform_server_create(const struct platform_server_config *config, char **ret_error)
{
	const char *address = config->address ? config->address : "127.0.0.1";
	struct sockaddr_in place = {.sin_family = AF_INET, .sin_port = htons(config->port)};
	errno = EINVAL;
	if (inet_pton(AF_INET, address, &place.sin_addr) != 1) {
		*ret_error = complain("cannot listen at", address);
		return NULL;
	}
	struct platform_server *server = mem_alloc(sizeof(*server));
	server->platform = config->platform;
	struct MHD_OptionItem options[] = {
		{MHD_OPTION_SOCK_ADDR, 0, &place},
		{MHD_OPTION_THREAD_POOL_SIZE, config->threads ? config->threads : THREADS, NULL},
		{MHD_OPTION_CONNECTION_LIMIT, CONNECTIONS_MAX, NULL},
		{MHD_OPTION_CONNECTION_TIMEOUT, config->timeout ? config->timeout : TIMEOUT_S, NULL},
		{MHD_OPTION_STRICT_FOR_CLIENT, 1, NULL},
		{MHD_OPTION_END, 0, NULL},
	};
	server->daemon = MHD_start_daemon(MHD_USE_EPOLL | MHD_USE_INTERNAL_POLLING_THREAD, config->port, NULL, NULL, on_request, server,
		MHD_OPTION_NOTIFY_COMPLETED, on_completed, NULL, MHD_OPTION_ARRAY, options, MHD_OPTION_END);
	if (!server->daemon) {
		*ret_error = complain("cannot listen at", address);
		mem_free(server);
		return NULL;
	}
	return server;
}

uint16_t platform_server_port(const struct platform_server *server)
{
	const union MHD_DaemonInfo *info = MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT);
	return info ? info->port : 0;
}

void platform_server_destroy(struct platform_server *server)
{
	if (server) {
		MHD_stop_daemon(server->daemon);
		mem_free(server);
	}
}
