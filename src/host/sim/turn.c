/* One turn of the world's clock: virtual time jumps from one due timer to the next. */
#include "host/sim/world.h"

/* A program that starts timers of no delay for ever must not stop the world's time. */
#define TURNS_MAX 20000
#define REAL_WAIT_MS 1000.0

static bool fire_due(struct sim_world *world, double deadline)
{
	double until = world->time < deadline ? world->time : deadline;
	if (!host_timer_queue_fire(&world->queue, until)) {
		return false;
	}
	if (++world->turns >= TURNS_MAX) {
		world->turns = 0;
		world->time += 1;
	}
	return true;
}

static void move_time(struct sim_world *world, double to)
{
	if (to > world->time) {
		world->time = to;
		world->turns = 0;
	}
}

/* With a socket open to the real world the virtual clock walks instead of jumping. */
static bool walk(struct sim_world *world, double to)
{
	double start = host_monotonic(world->real);
	bool something = world->real->clock->step(world->real, start + (to - world->time));
	double passed = host_monotonic(world->real) - start;
	if (something && passed < to - world->time) {
		move_time(world, world->time + passed);
		return true;
	}
	return false;
}

bool sim_world_step(struct sim_world *world, double deadline)
{
	if (world->turns == 0 && world->real && (world->in_flight || world->sockets)) {
		world->real->clock->step(world->real, host_monotonic(world->real)); // what is there already
	}
	if (fire_due(world, deadline)) {
		return true;
	}
	if (world->in_flight && world->real && !world->live) {
		world->real->clock->step(world->real, host_monotonic(world->real) + REAL_WAIT_MS);
		return true;
	}
	struct host_timer *first = host_timer_queue_first(&world->queue);
	double to = first && first->due < deadline ? first->due : deadline;
	if (to > world->time && world->sockets && world->real && !world->live && walk(world, to)) {
		return true;
	}
	move_time(world, to);
	return first && first->due <= deadline;
}
