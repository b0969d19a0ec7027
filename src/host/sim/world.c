/* A world's beginning and end, its people and its randomness. */
#include "host/sim/world.h"

#include "base/mem.h"
#include "host/sim/sim_platform.h"

/* splitmix64: small, and the same everywhere. */
uint64_t sim_random_next(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15u;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

uint64_t sim_world_random(struct sim_world *world)
{
	return sim_random_next(&world->random);
}

void sim_world_set_now(struct sim_world *world, struct value clock)
{
	struct value now = value_get_text(clock, "now");
	if (value_is(now, VALUE_NUMBER) && now.number >= 0 && now.number < 8.64e15) {
		world->epoch = now.number - world->time;
	}
}

double sim_world_now(const struct sim_world *world)
{
	return floor(world->epoch + world->time);
}

int sim_world_load(struct sim_world *world, struct str name, struct str json, struct diag_list *diags)
{
	if (sim_society_load(&world->society, name, json, diags)) {
		return 1;
	}
	sim_world_set_now(world, value_get_text(world->society.world, "clock"));
	return 0;
}

struct sim_world *sim_world_create(uint64_t seed)
{
	struct sim_world *world = mem_alloc(sizeof(*world));
	world->epoch = SIM_EPOCH;
	world->random = world->seed = seed;
	sim_society_init(&world->society);
	return world;
}

void sim_world_destroy(struct sim_world *world)
{
	if (!world) {
		return;
	}
	assert(world->members == 0 && "a program is left in the world");
	sim_platform_destroy(world->platform);
	sim_society_finish(&world->society);
	host_timer_queue_finish(&world->queue);
	vec_finish(&world->hosts);
	mem_free(world);
}
