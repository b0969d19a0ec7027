/* The simulator (模拟器): phones of one world's people in a browser's page, over loopback. One protocol with automation: text
 * messages are its calls and events (automation.h), binary ones are pictures (stream.h). */
#ifndef MINA_SIMULATOR_SIMULATOR_H
#define MINA_SIMULATOR_SIMULATOR_H

#include "mina/mina.h"

struct simulator_options {
	const struct mina_options *app;  // of every phone, but for the person; on_frame and user are the simulator's own
	struct mina_society *society;    // borrowed
	int port;                        // 0: any that is free
	const char *address;             // NULL: this machine only; else where it listens, "0.0.0.0"
	const char *token;               // in every address; NULL: one that nobody can guess
	const char *web;                 // a folder that the pages come from, for who works on them; NULL: those built in
	bool watch;                      // a file that changes starts the program anew
	/* Called once it listens, with the address to open; may be NULL. */
	void (*ready)(void *user, const char *url);
	/* What was found wrong since the last time is printed by the caller; may be NULL. */
	void (*diagnosed)(void *user, const struct mina *mina, size_t *from);
	void *user;
};

/* Serves until SIGINT or SIGTERM comes. 0; 1: the port cannot be had, or the first program does not start (a message was printed). */
int simulator_serve(const struct simulator_options *options);

#endif
