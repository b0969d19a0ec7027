/* A simulated world: one virtual clock, one order of events and one source of randomness for all
 * the programs in it (sim.h). Time stands still unless someone runs a host of the world. */
#ifndef MINA_HOST_SIM_WORLD_H
#define MINA_HOST_SIM_WORLD_H

#include "host/clock.h"

#define SIM_EPOCH 1523844000000.0 // 2018-04-16T02:00:00Z, ten in the morning in Shanghai
#define SIM_ZONE "Asia/Shanghai"
#define SIM_ZONE_OFFSET 480
#define SIM_FRAME_MS (1000.0 / 60)

struct sim_world {
	struct host_timer_queue queue;
	double epoch;     // ms since 1970 when the world began
	double time;      // ms since then
	uint64_t random;  // state of the generator
	unsigned turns;   // timers fired without time having moved
	/* The real world for network that is allowed to be real; borrowed, NULL: none. */
	struct host *real;
	size_t in_flight; // exchanges in the real world: time waits for them
	size_t sockets;   // open real sockets: time passes as in the real world
	bool live;        // whoever runs it passes the time that passed: it waits for neither
	size_t members;
};

struct sim_world *sim_world_create(uint64_t seed);
void sim_world_destroy(struct sim_world *world); // asserts that no program is left in it
uint64_t sim_world_random(struct sim_world *world);
/* One turn, as host_clock.step. */
bool sim_world_step(struct sim_world *world, double deadline);

#endif
