/* Inside border/net: what HTTP exchanges and WebSockets of one session share. */
#ifndef MINA_NET_SESSION_H
#define MINA_NET_SESSION_H

#include "border/net/http.h"

#include <libsoup/soup.h>

struct http_session {
	SoupSession *soup;
	GMainContext *context;
	GCancellable *all;  // cancelled when the session ends
	size_t pending;     // exchanges whose callbacks are still to come
	size_t sockets;     // open WebSockets
};

/* NULL: not a URL of one of the schemes ("http\0https\0"). */
GUri *http_parse_url(struct str url, const char *first_scheme, const char *second_scheme);
void http_add_headers(SoupMessage *message, struct value headers);
/* {name: value}; repeated ones joined by ", ", Set-Cookie by ",", and listed in *ret_cookies (may be NULL). */
struct value http_read_headers(SoupMessageHeaders *headers, struct value *ret_cookies);

#endif
