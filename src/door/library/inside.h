/* What the files of this folder share of a running program and of a society. Of others only
 * door/automation includes this. */
#ifndef MINA_LIBRARY_INSIDE_H
#define MINA_LIBRARY_INSIDE_H

#include "mina/mina.h"

#include "border/gfx/cairo.h"
#include "core/value/json.h"
#include "door/library/settings.h"
#include "host/linux/linux.h"
#include "host/sim/sim.h"
#include "runtime/api/api.h"

struct mina {
	struct mina_options options;
	struct library_settings settings;
	struct diag_list diags;
	struct host_source *source, *fixtures;
	struct sim_host *sim;
	struct linux_host *real;
	struct host *host;
	struct gfx_fonts *fonts;
	struct gfx_surface *surface;
	struct host_listener listener; // of the screen
	struct app *app;
	const struct app_logic *logic; // NULL: its scripts run here
	float width, height, dpr;
	char *kept[3]; // texts of options
	bool nobody; // there is no such person: nothing runs
	struct strbuf lent;
};

struct mina_society {
	struct diag_list diags;
	struct sim_world *world;
	struct linux_host *real; // the network to a platform elsewhere; NULL: it is inside
	struct strbuf platform, key; // its address and host key
};

/* person.c: one call of a host whose end is waited for. */
struct waiting {
	struct host_request request; // on_finish is set by waiting_init()
	bool done;
	enum host_outcome outcome;
	struct value result;       // owned by the caller afterwards
	struct host_bytes *bytes;  // likewise
};
void waiting_init(struct waiting *waiting);
void waiting_end(struct waiting *waiting, struct host *host); // time passes until the answer is there

/* mina.c: the host of a program whose options and source are there, and the program. */
void mina_start(struct mina *mina);
/* Starts the program with the given way in, a value as launch options are; undefined: the options' own. */
void mina_launch(struct mina *mina, struct value entry);
void mina_end(struct mina *mina); // the program, not its world
/* society.c: world and platform as the settings and options have them. */
void mina_world_setup(struct sim_world *world, struct linux_host **real, const struct mina_society_options *options,
	const struct library_settings *settings, struct diag_list *diags);
/* person.c: what a card opens, new; undefined: there is no such card for them, which is a diagnostic. */
struct value mina_card_entry(struct mina *mina, const char *message);
/* A share ticket of a group for the person, a new string; undefined: they are not in it, which is a diagnostic. */
struct value mina_group_ticket(struct mina *mina, const char *group);

#endif
