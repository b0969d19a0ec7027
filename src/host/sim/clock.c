/* The clock of a simulated host is its world's. */
#include "host/sim/part.h"

static double now(struct host *host)
{
	return sim_world_now(sim_of(host)->world);
}

static double monotonic(struct host *host) { return sim_of(host)->world->time; }
static int zone_offset(struct host *host, double at) { return UNUSED(host), UNUSED(at), SIM_ZONE_OFFSET; }
static const char *zone_name(struct host *host) { return UNUSED(host), SIM_ZONE; }
static uint64_t random_bits(struct host *host) { return sim_world_random(sim_of(host)->world); }

static void timer_start(struct host *host, struct host_timer *timer, double delay)
{
	struct sim_world *world = sim_of(host)->world;
	host_timer_queue_add(&world->queue, timer, world->time + (delay > 0 ? delay : 0));
}

static void timer_stop(struct host *host, struct host_timer *timer)
{
	host_timer_queue_remove(&sim_of(host)->world->queue, timer);
}

static bool step(struct host *host, double deadline) { return sim_world_step(sim_of(host)->world, deadline); }
static size_t in_flight(struct host *host) { return sim_of(host)->world->in_flight; }

static double next_due(struct host *host)
{
	struct host_timer *first = host_timer_queue_first(&sim_of(host)->world->queue);
	return first ? first->due : INFINITY;
}

const struct host_clock sim_clock = {
	.now = now,
	.monotonic = monotonic,
	.zone_offset = zone_offset,
	.zone_name = zone_name,
	.random = random_bits,
	.timer_start = timer_start,
	.timer_stop = timer_stop,
	.step = step,
	.in_flight = in_flight,
	.next_due = next_due,
};
