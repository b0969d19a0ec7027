/* A world's way to the open platform (platform/platform.h): one inside, on the world's clock and randomness, or one at an
 * address, asked over the real network while virtual time waits. To who asks they are the same. */
#ifndef MINA_HOST_SIM_SIM_PLATFORM_H
#define MINA_HOST_SIM_SIM_PLATFORM_H

#include "host/request.h"
#include "host/sim/sim.h"

/* Asks on behalf of the host's person and program: operations, parameters (consumed; appid and person are added) and
 * results are platform_host()'s. `request` has been begun, as a slot's has, and finishes on a later turn: HOST_OK with the
 * result, or a failure with {errMsg}, the platform's own words as wx shows them. */
void sim_platform_ask(struct sim_host *sim, const char *operation, struct value parameters, struct host_request *request);
/* The same with a request of one's own, of which only on_finish is set. */
void sim_platform_start(struct sim_host *sim, const char *operation, struct value parameters, struct host_request *request);
void sim_platform_destroy(struct sim_platform *platform); // NULL is fine

#endif
