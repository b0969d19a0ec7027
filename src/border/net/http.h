/* HTTP as a client, over libsoup: HTTP/1.1 and HTTP/2, no cookies, no proxy, no cache, certificates
 * checked. Everything happens on the GLib main context that was the calling thread's default when
 * the session was made. */
#ifndef MINA_NET_HTTP_H
#define MINA_NET_HTTP_H

#include "core/value/value.h"

#define HTTP_BODY_MAX ((size_t)64 << 20)

struct http_session;
struct http_exchange;

enum http_outcome {
	HTTP_OK, // whatever the status code
	HTTP_FAILED,
	HTTP_TIMED_OUT,
	HTTP_TOO_LARGE,
	HTTP_BAD_URL,
};

struct http_request {
	struct str method;    // "GET" when empty
	struct str url;       // http or https; characters that must be escaped are
	struct value headers; // object of texts; lent. Host, Content-Length and the like are left out
	struct str body;      // copied
	double timeout;       // ms for the whole exchange; 0: none
	bool no_redirect;
};

/* All may be NULL but on_done, which is called exactly once, last, and from the main loop, unless
 * the exchange was cancelled. Everything is lent. */
struct http_events {
	/* {statusCode, header{}, cookies[], url} */
	void (*on_head)(void *user, struct value head);
	void (*on_sent)(void *user, size_t sent, size_t total);
	void (*on_chunk)(void *user, struct str chunk, size_t received, size_t expected); // expected 0: unknown
	/* HTTP_OK: `head` as above and the body, which may be stolen; else why not. */
	void (*on_done)(void *user, enum http_outcome outcome, const char *text, struct value head, struct strbuf *body);
};

struct http_session *http_session_create(void);
/* Cancels what is in flight and lets the main context finish it. */
void http_session_destroy(struct http_session *session);
struct http_exchange *http_start(struct http_session *session, const struct http_request *request,
	const struct http_events *events, void *user);
/* No event comes any more; the exchange is not to be touched. Not from within on_done. */
void http_cancel(struct http_exchange *exchange);

#endif
