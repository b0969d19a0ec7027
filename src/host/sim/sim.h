/* The simulated host of one program of one person: virtual time, files and storage in memory,
 * answers from a script (script.h), no network but what the script, a folder of fixtures or, when
 * allowed, the real world gives. The same program, script and seed give the same bytes. */
#ifndef MINA_HOST_SIM_SIM_H
#define MINA_HOST_SIM_SIM_H

#include "host/overlay.h"
#include "host/screen.h"
#include "host/sim/script.h"
#include "host/sim/world.h"
#include "host/storage.h"
#include "host/volume.h"

struct sim_host {
	struct host host; // first: slots are called with its address
	struct sim_world *world;
	bool owns_world;
	struct sim_script script;
	struct host_volume volume;
	struct map files; // name -> struct sim_file, see file.c
	size_t files_used;
	struct host_storage storage;
	struct host_overlay overlay;
	struct host_screen_info screen;
	struct host_source *fixtures; // borrowed; "HOST/PATH" answers GET requests; may be NULL
	bool real_network;            // requests that nobody answers go to world->real
	struct value clipboard;
	double brightness;
};

/* In a world of its own (world NULL) or among others. Lives until destroyed, which asserts that no
 * request is in flight. */
struct sim_host *sim_host_create(struct sim_world *world);
void sim_host_destroy(struct sim_host *sim);

/* 0, or 1 with a reason. Takes effect at once: screen, storage, files, clock. */
int sim_host_load_script(struct sim_host *sim, struct str json, struct json_error *ret_error);
void sim_host_apply_script(struct sim_host *sim, struct value object);
/* Lets requests without a scripted answer go through another host's network (`real`, borrowed). */
void sim_host_set_real(struct sim_host *sim, struct host *real);

/* Runs all timers that are due within ms milliseconds, in order. */
void sim_host_advance(struct sim_host *sim, double ms);
/* Runs until no timer is due within `quiet` ms and no exchange is in flight, at most `limit` ms. */
void sim_host_settle(struct sim_host *sim, double quiet, double limit);
void sim_host_resize(struct sim_host *sim, float width, float height, float dpr);

/* Package files in memory, for tests: {path: text}. */
struct host_source *sim_source_create(struct value files);

static inline struct sim_host *sim_of(struct host *host) { return (struct sim_host *)(void *)host; }

#endif
