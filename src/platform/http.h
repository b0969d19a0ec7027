/* The open platform as an HTTP server: libmicrohttpd's threads take the exchanges, platform_serve() answers them. Always
 * JSON; 200 also with an errcode, as WeChat's; 401 for a wrong host key, 413 for a body above 2 MB. */
#ifndef MINA_PLATFORM_HTTP_H
#define MINA_PLATFORM_HTTP_H

#include "platform/platform.h"

struct platform_server;

struct platform_server_config {
	struct platform *platform; // borrowed, outlives the server
	const char *address;       // NULL: 127.0.0.1
	uint16_t port;             // 0: any free one
	unsigned threads;          // 0: 4
	unsigned timeout;          // s that a silent connection may take; 0: 30
};

/* NULL with a reason, freed with mem_free(). */
struct platform_server *platform_server_create(const struct platform_server_config *config, char **ret_error);
uint16_t platform_server_port(const struct platform_server *server);
/* Takes no new connections, and waits for the exchanges that are under way. NULL is fine. */
void platform_server_destroy(struct platform_server *server);

#endif
