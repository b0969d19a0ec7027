/* The way of automation's messages: WebSockets at a loopback port, and the time between them. */
#ifndef MINA_AUTOMATION_SERVER_H
#define MINA_AUTOMATION_SERVER_H

#include "mina/mina.h"

struct automation_server_options {
	struct mina *mina;       // borrowed; on_script may stop it from outside
	int port;                // 0: any that is free
	bool virtual_time;
	/* The app of another person of the same world, whom a client asks for by the path of its address: ws://127.0.0.1:9420/bob.
	 * NULL, or a NULL result: there is nobody of that name. Closed by the server's end. */
	struct mina *(*open)(void *user, const char *person);
	/* Called once it listens; may be NULL. */
	void (*ready)(void *user, int port);
	/* Called in each turn; may be NULL. */
	void (*turn)(void *user);
	void *user;
};

/* Serves until a client closes the tool, or SIGINT or SIGTERM comes. 0; 1: the port cannot be had, a message was printed. */
int automation_serve(const struct automation_server_options *options);

#endif
