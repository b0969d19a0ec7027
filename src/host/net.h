/* The network: HTTP exchanges and WebSockets. Downloads and uploads are composed above (request
 * plus file->temp; a multipart body). */
#ifndef MINA_HOST_NET_H
#define MINA_HOST_NET_H

#include "host/host.h"

#define HOST_NET_BODY_MAX ((size_t)64 << 20)

/* A WebSocket, embedded in its owner. on_close is the last call (also after on_error, and when it
 * never opened), after which the host does not touch the memory. */
struct host_socket {
	void (*on_open)(struct host_socket *socket, struct value detail); // {header{}, protocol}
	/* is_text: `bytes` is UTF-8. Lent. */
	void (*on_message)(struct host_socket *socket, bool is_text, struct host_bytes *bytes);
	void (*on_error)(struct host_socket *socket, const char *text);
	void (*on_close)(struct host_socket *socket, int code, struct str reason);
	struct host *host; // not NULL: the host holds it
	void *operation;   // the host's own
};

struct host_net {
	/* {url, method = "GET", header{}, timeout (ms, default 60000), redirect = "follow"|"manual"};
	 * body: request->body. -> {statusCode, header{}, cookies[], url}; the data is request->bytes.
	 * A repeated header is joined by ", " (Set-Cookie by ","); cookies lists each Set-Cookie.
	 * Any status code is HOST_OK. Failing texts: "timeout", "abort", "invalid url", and others
	 * that name the reason. Progress: HEADERS, UPLOAD, DOWNLOAD, and CHUNK. */
	host_call request;
	/* {url, header{}, protocols[], timeout}. The callbacks come on later turns. */
	void (*socket_open)(struct host *host, struct value parameters, struct host_socket *socket);
	/* False: not open. */
	bool (*socket_send)(struct host_socket *socket, bool is_text, struct host_bytes *bytes);
	void (*socket_close)(struct host_socket *socket, int code, struct str reason); // on_close follows
	void (*socket_drop)(struct host_socket *socket); // tearing down: no more callbacks
};

/* False: this host has no sockets (the API answers "not supported"). */
bool host_socket_open(struct host *host, struct value parameters, struct host_socket *socket);
bool host_socket_send(struct host_socket *socket, bool is_text, struct host_bytes *bytes);
void host_socket_close(struct host_socket *socket, int code, struct str reason);
void host_socket_drop(struct host_socket *socket); // not open: nothing happens

#endif
