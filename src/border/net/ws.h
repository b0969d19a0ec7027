/* A WebSocket as a client (RFC 6455), on the main context of its session. */
#ifndef MINA_NET_WS_H
#define MINA_NET_WS_H

#include "border/net/http.h"

#define WS_MESSAGE_MAX ((size_t)16 << 20)

struct ws;

struct ws_request {
	struct str url;         // ws or wss
	struct value headers;   // lent
	struct value protocols; // array of texts; lent
	double timeout;         // ms until it is open; 0: none
};

/* on_close is the last one, exactly once, unless the socket was dropped; the socket is gone then. */
struct ws_events {
	void (*on_open)(void *user, struct value headers, const char *protocol);
	void (*on_message)(void *user, bool is_text, struct str data);
	void (*on_error)(void *user, const char *text);
	void (*on_close)(void *user, int code, struct str reason);
};

struct ws *ws_open(struct http_session *session, const struct ws_request *request, const struct ws_events *events, void *user);
bool ws_send(struct ws *ws, bool is_text, struct str data); // false: not open, or too large
void ws_close(struct ws *ws, int code, struct str reason);  // on_close follows
void ws_drop(struct ws *ws); // no event comes any more

#endif
