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

/* One person's app, and who drives it. */
struct seat {
	struct service *service;
	char *person; // NULL: the first one's
	struct mina *mina;
	struct automation *automation;
};

struct peer {
	struct server_socket *socket;
	struct seat *seat;
	unsigned client; // of its seat
};

struct service {
	const struct automation_server_options *options;
	VEC(struct seat *) seats;
	struct server *server;
	GMainLoop *loop;
	gint64 last; // monotonic, microseconds
	bool quitting;
	gint64 quit_at;
	VEC(struct peer) peers;
};

static struct peer *find_peer(struct service *service, const struct server_socket *socket)
{
	for (size_t i = 0; i < service->peers.len; i++) {
		if (service->peers.at[i].socket == socket) {
			return &service->peers.at[i];
		}
	}
	return NULL;
}

/* --- seats --- */

static void on_send(void *user, unsigned client, struct str text)
{
	struct seat *seat = user;
	struct service *service = seat->service;
	for (size_t i = 0; i < service->peers.len; i++) {
		struct peer *peer = &service->peers.at[i];
		if (peer->seat == seat && peer->client == client) {
			server_socket_send(peer->socket, true, text);
		}
	}
}

static void on_quit(void *user)
{
	struct seat *seat = user;
	seat->service->quitting = true;
	seat->service->quit_at = g_get_monotonic_time() + FAREWELL_MS * 1000;
}

static struct seat *add_seat(struct service *service, struct mina *mina, struct str person)
{
	struct seat *seat = mem_alloc(sizeof(*seat));
	struct automation_config config = {.mina = mina, .virtual_time = service->options->virtual_time, .send = on_send, .quit = on_quit,
		.user = seat};
	*seat = (struct seat){service, person.len ? mem_strdup(person.at, person.len) : NULL, mina, NULL};
	seat->automation = automation_create(&config);
	vec_push(&service->seats, seat);
	return seat;
}

static struct seat *find_seat(struct service *service, struct str person)
{
	for (size_t i = 0; i < service->seats.len; i++) {
		if (str_eq(str_of(service->seats.at[i]->person), person)) {
			return service->seats.at[i];
		}
	}
	struct strbuf name = {0};
	strbuf_add(&name, person);
	struct mina *mina = service->options->open ? service->options->open(service->options->user, name.at) : NULL;
	strbuf_finish(&name);
	return mina ? add_seat(service, mina, person) : NULL;
}

/* The first one's app is its owner's. */
static void drop_seats(struct service *service)
{
	while (service->seats.len) {
		struct seat *seat = vec_last(&service->seats);
		service->seats.len--;
		automation_destroy(seat->automation);
		if (service->seats.len) {
			mina_close(seat->mina);
		}
		mem_free(seat->person);
		mem_free(seat);
	}
	vec_finish(&service->seats);
}

/* --- clients --- */

static void on_socket(void *user, struct server_socket *socket, struct str path, struct str query)
{
	struct service *service = user;
	struct seat *seat = find_seat(service, str_slice(path, path.len ? 1 : 0, path.len));
	(void)query;
	if (!seat) {
		server_socket_close(socket);
		return;
	}
	struct peer peer = {socket, seat, automation_join(seat->automation)};
	vec_push(&service->peers, peer);
	service->last = g_get_monotonic_time();
}

static void on_socket_close(void *user, struct server_socket *socket)
{
	struct service *service = user;
	struct peer *peer = find_peer(service, socket);
	if (peer) {
		automation_leave(peer->seat->automation, peer->client);
		vec_remove(&service->peers, (size_t)(peer - service->peers.at));
	}
}

static void on_message(void *user, struct server_socket *socket, bool is_text, struct str data)
{
	struct service *service = user;
	struct peer *peer = find_peer(service, socket);
	if (peer && !service->quitting) {
		automation_receive(peer->seat->automation, peer->client, is_text ? data : STR("a message that is no text"));
		service->last = g_get_monotonic_time(); // what a command took is not passed twice
	}
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
		mina_advance(service->options->mina, (double)(now - service->last) / 1000); // one clock for all
		service->last = g_get_monotonic_time();
		for (size_t i = 0; i < service->seats.len; i++) {
			automation_turn(service->seats.at[i]->automation);
		}
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
	add_seat(&service, options->mina, (struct str){0});
	run(&service);
	server_destroy(service.server);
	drop_seats(&service);
	vec_finish(&service.peers);
	return 0;
}
