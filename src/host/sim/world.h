/* A simulated world: one society, one virtual clock, one order of events and one source of
 * randomness for all the programs in it (sim.h). Time stands still unless someone runs a host of
 * the world. */
#ifndef MINA_HOST_SIM_WORLD_H
#define MINA_HOST_SIM_WORLD_H

#include "host/clock.h"
#include "host/sim/society.h"

#define SIM_ZONE "Asia/Shanghai"
#define SIM_ZONE_OFFSET 480
#define SIM_FRAME_MS (1000.0 / 60)

struct platform;
struct sim_host;
struct sim_platform; // sim_platform.h: the way to the open platform

struct sim_world {
	struct sim_society society;
	struct sim_platform *platform; // NULL until somebody asks
	struct host_timer_queue queue;
	double epoch;     // ms since 1970 when the world began
	double time;      // ms since then
	uint64_t random;  // state of the generator
	uint64_t seed;    // what it began with
	uint64_t lives;   // of programs, counted
	unsigned turns;   // timers fired without time having moved
	/* The real world for network that is allowed to be real; borrowed, NULL: none. */
	struct host *real;
	size_t in_flight; // exchanges in the real world: time waits for them
	size_t sockets;   // open real sockets: time passes as in the real world
	bool live;        // whoever runs it passes the time that passed: it waits for neither
	size_t members;
	VEC(struct sim_host *) hosts; // the programs in it, in the order of coming
};

struct sim_world *sim_world_create(uint64_t seed);
void sim_world_destroy(struct sim_world *world); // asserts that no program is left in it
uint64_t sim_world_random(struct sim_world *world);
uint64_t sim_random_next(uint64_t *state); // of a generator beside the world's
double sim_world_now(const struct sim_world *world); // ms since 1970
void sim_world_set_now(struct sim_world *world, struct value clock); // {now}: ms since 1970
/* A world.json: sim_society_load(), and its clock. People who run programs should still be there. */
int sim_world_load(struct sim_world *world, struct str name, struct str json, struct diag_list *diags);
/* The open platform: inside by default, made when it is first asked; or at an address ("https://host:port"), reached over
 * world->real with its host key. 1: that is no address. Nothing may be on its way. */
int sim_world_use_platform(struct sim_world *world, struct str url, struct str key);
struct platform *sim_world_platform(struct sim_world *world); // the one inside, for tools; NULL: it is at an address
/* One turn, as host_clock.step. */
bool sim_world_step(struct sim_world *world, double deadline);

#endif
