/* Inside door/simulator: the page's world (one), its phones, and who looks at them. */
#ifndef MINA_SIMULATOR_INSIDE_H
#define MINA_SIMULATOR_INSIDE_H

#include "border/net/server.h"
#include "door/automation/command.h"
#include "door/simulator/simulator.h"
#include "door/simulator/stream.h"

struct simulator;
struct watch;

/* A browser's page that shows a phone. It says how many messages it has shown, and no more than two are on their way: a page that
 * is slow, or does not read at all, misses pictures instead of having them pile up here. */
struct viewer {
	struct server_socket *socket;
	unsigned client;    // of the phone's automation
	struct stream *stream;
	int on_way;         // messages
	bool stale;         // there is a newer picture
	int64_t sent;       // when a picture went out last: monotonic microseconds
	bool hidden;        // nobody sees the page
};

/* A person's phone with the program on it. Owned by the simulator; pages come and go. */
struct phone {
	struct simulator *simulator;
	char *person;
	struct mina *mina;
	struct automation *automation;
	VEC(struct viewer) viewers;
	size_t printed;      // diagnostics
	bool news;           // something may have changed
	struct value state;  // as it was told last
	bool waits_restart;
	/* What it comes back to when its files have changed: the pages that were open, from the lowest, and the way in. Kept while it
	 * does not start. Undefined: its own first page. */
	struct value pages, entry;
};

struct desk_seat {
	struct server_socket *socket;
	unsigned client; // of the desk's automation
};

struct simulator {
	const struct simulator_options *options;
	struct mina_society *society;
	struct server *server;
	struct watch *watch;            // NULL: nothing is watched
	char token[40];
	VEC(struct phone *) phones;     // the first is that of the program's start
	struct automation *desk;        // what belongs to no phone
	VEC(struct desk_seat) seats;
	double origin;                  // ms of this machine's clock when the world's began
	bool stop;
};

/* phone.c */
struct phone *phone_open(struct simulator *simulator, const char *person, const char *card); // NULL: there is nobody of that name
void phone_close(struct phone *phone);
struct phone *phone_find(const struct simulator *simulator, struct str person);
void phone_join(struct phone *phone, struct server_socket *socket);
bool phone_leave(struct phone *phone, const struct server_socket *socket); // false: it is none of this phone's
bool phone_receive(struct phone *phone, struct server_socket *socket, bool is_text, struct str data); // false: likewise
/* After time has passed: answers, state and pictures go out. Gives the ms after which it wants to be called although nothing
 * happens; INFINITY: never. */
double phone_turn(struct phone *phone);
/* The program starts anew where it is: the same pages, the same way in. */
void phone_restart(struct phone *phone);
void phone_start(struct phone *phone, struct value launch); // ... with another way in: launch options
extern const struct command phone_rows[]; // phone_input.c; `automation.owner` is the phone

/* desk.c: chats, people and phones; `automation.owner` is the simulator. */
extern const struct command desk_rows[];
void desk_tell_phones(struct simulator *simulator);

/* assets.c, made by the build */
struct asset {
	const char *path, *type; // "main.js", "text/javascript"
	const char *text;
	unsigned long len;
};
extern const struct asset simulator_assets[]; // ends with a NULL path

/* watch.c: which files of a folder have changed, told once they rest. */
struct watch *watch_create(const char *folder); // NULL: it cannot be watched
void watch_destroy(struct watch *watch);
/* Calls `changed` for each file (its path in the folder) that has; called in each turn. False: nothing has. */
bool watch_take(struct watch *watch, void (*changed)(void *user, struct str path), void *user);

#endif
