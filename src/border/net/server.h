/* A small HTTP and WebSocket server on the loopback interface only, for programs of this machine
 * (mina run, the simulator, automation). Requests whose Host or Origin is not this very server are
 * refused, so that no web page elsewhere can reach it. Runs on the main context of the calling
 * thread. */
#ifndef MINA_NET_SERVER_H
#define MINA_NET_SERVER_H

#include "core/value/value.h"

struct server;
struct server_call;
struct server_socket;

/* One request; lives until it is answered, which may be later than in on_call. */
struct server_request {
	struct str method, path, query; // path is decoded, query is not; the query has no "?"
	struct str body;
	struct value headers;
};

struct server_config {
	uint16_t port; // 0: any that is free
	const char *address; // NULL: this machine only; else a numeric address of it, "0.0.0.0" for all
	void *user;
	void (*on_call)(void *user, struct server_call *call, const struct server_request *request);
	size_t message_max; // bytes of one message in; 0: 64 MiB. A longer one closes its socket
	size_t queue_max;   // bytes that wait for a socket that does not read; 0: 64 MiB. More end it at once
	size_t sockets_max; // at a time; 0: 64. Later ones are closed with status 1013
	unsigned idle_seconds; // that a connection may stand still which is no WebSocket; 0: 30
	/* NULL: no WebSockets. on_socket_close is the last one for a socket. */
	void (*on_socket)(void *user, struct server_socket *socket, struct str path, struct str query);
	void (*on_socket_message)(void *user, struct server_socket *socket, bool is_text, struct str data);
	void (*on_socket_close)(void *user, struct server_socket *socket);
};

/* NULL: *ret_error is a text that the caller frees with mem_free(). */
struct server *server_create(const struct server_config *config, char **ret_error);
/* Closes all sockets (on_socket_close is called) and drops calls that were not answered. */
void server_destroy(struct server *server);
uint16_t server_port(const struct server *server);

/* Answers a call; it is gone afterwards. `headers` may be undefined. */
void server_reply(struct server_call *call, int status, const char *content_type, struct str body, struct value headers);

bool server_socket_send(struct server_socket *socket, bool is_text, struct str data); // false: not open any more
void server_socket_close(struct server_socket *socket);
bool server_socket_idle(const struct server_socket *socket); // all that was sent has gone to the system

#endif
