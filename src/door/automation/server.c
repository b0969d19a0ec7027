/* A WebSocket server on the loopback interface, and the passing of real time. */
#include "door/automation/server.h"

#include "border/net/server.h"
#include "door/automation/automation.h"
#include "base/vec.h"

#include <glib-unix.h>
#include <glib.h>
#include <stdio.h>

#define TURN_MS 16
#define CLIENTS_MAX 64
#define MESSAGE_MAX ((size_t)32 << 20)
#define QUEUE_MAX ((size_t)64 << 20)
#define FAREWELL_MS 500 // that the last answer may take to go out

struct peer {
	struct server_socket *socket;
	unsigned client;
};

struct service {
	const struct automation_server_options *options;
	struct automation *automation;
	struct server *server;
	GMainLoop *loop;
	gint64 last; // monotonic, microseconds
	bool quitting;
	gint64 quit_at;
	VEC(struct peer) peers;
};

static struct peer *find_peer(struct service *service, const struct server_socket *socket, unsigned client)
{
	for (size_t i = 0; i < service->peers.len; i++) {
		struct peer *peer = &service->peers.at[i];
		if (socket ? peer->socket == socket : peer->client == client) {
			return peer;
		}
	}
	return NULL;
}

static void on_socket(void *user, struct server_socket *socket, struct str path, struct str query)
{
	struct service *service = user;
	(void)path;
	(void)query;
	struct peer peer = {socket, automation_join(service->automation)};
	vec_push(&service->peers, peer);
}

static void on_socket_close(void *user, struct server_socket *socket)
{
	struct service *service = user;
	struct peer *peer = find_peer(service, socket, 0);
	if (peer) {
		automation_leave(service->automation, peer->client);
		vec_remove(&service->peers, (size_t)(peer - service->peers.at));
	}
}

static void on_message(void *user, struct server_socket *socket, bool is_text, struct str data)
{
	struct service *service = user;
	struct peer *peer = find_peer(service, socket, 0);
	if (peer && !service->quitting) {
		automation_receive(service->automation, peer->client, is_text ? data : STR("a message that is no text"));
		service->last = g_get_monotonic_time(); // what a command took is not passed twice
	}
}

static void on_send(void *user, unsigned client, struct str text)
{
	struct service *service = user;
	struct peer *peer = find_peer(service, NULL, client);
	if (peer) {
		server_socket_send(peer->socket, true, text);
	}
}

static void on_quit(void *user)
{
	struct service *service = user;
	service->quitting = true;
	service->quit_at = g_get_monotonic_time() + FAREWELL_MS * 1000;
}

/* A person who looks with a browser. */
static void on_call(void *user, struct server_call *call, const struct server_request *request)
{
	(void)user;
	(void)request;
	server_reply(call, 426, "text/plain", STR("Automation of a mini program: connect with a WebSocket, as miniprogram-automator does.\n"),
		value_undefined());
}

static bool all_sent(const struct service *service)
{
	for (size_t i = 0; i < service->peers.len; i++) {
		if (!server_socket_idle(service->peers.at[i].socket)) {
			return false;
		}
	}
	return true;
}

static gboolean turn(gpointer user)
{
	struct service *service = user;
	gint64 now = g_get_monotonic_time();
	if (service->quitting) {
		if (all_sent(service) || now >= service->quit_at) {
			g_main_loop_quit(service->loop);
		}
		return G_SOURCE_CONTINUE;
	}
	if (!service->options->virtual_time) {
		mina_advance(service->options->mina, (double)(now - service->last) / 1000);
		service->last = g_get_monotonic_time();
		automation_turn(service->automation);
	}
	if (service->options->turn) {
		service->options->turn(service->options->user);
	}
	return G_SOURCE_CONTINUE;
}

static gboolean stop(gpointer user)
{
	struct service *service = user;
	g_main_loop_quit(service->loop);
	return G_SOURCE_CONTINUE;
}

static void run(struct service *service)
{
	service->loop = g_main_loop_new(NULL, FALSE);
	service->last = g_get_monotonic_time();
	guint sources[] = {g_timeout_add(TURN_MS, turn, service), g_unix_signal_add(SIGINT, stop, service),
		g_unix_signal_add(SIGTERM, stop, service)};
	if (service->options->ready) {
		service->options->ready(service->options->user, server_port(service->server));
	}
	g_main_loop_run(service->loop);
	for (size_t i = 0; i < ARRAY_LEN(sources); i++) {
		g_source_remove(sources[i]);
	}
	g_main_loop_unref(service->loop);
}

int automation_serve(const struct automation_server_options *options)
{
	struct service service = {.options = options};
	struct automation_config automation = {.mina = options->mina, .virtual_time = options->virtual_time, .send = on_send,
		.quit = on_quit, .user = &service};
	struct server_config config = {
		.port = (uint16_t)options->port,
		.user = &service,
		.on_call = on_call,
		.on_socket = on_socket,
		.on_socket_message = on_message,
		.on_socket_close = on_socket_close,
		.message_max = MESSAGE_MAX,
		.queue_max = QUEUE_MAX,
		.sockets_max = CLIENTS_MAX,
	};
	char *error = NULL;
	service.server = server_create(&config, &error);
	if (!service.server) {
		fprintf(stderr, "mina auto: %s\n", error ? error : "the server cannot start");
		mem_free(error);
		return 1;
	}
	service.automation = automation_create(&automation);
	run(&service);
	server_destroy(service.server);
	automation_destroy(service.automation);
	vec_finish(&service.peers);
	return 0;
}
