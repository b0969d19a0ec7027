/* How fast the simulated network is: what a script, a folder or the real network answers comes as slowly as it would over such a
 * line, in virtual time, with its progress. */
#ifndef MINA_HOST_SIM_SPEED_H
#define MINA_HOST_SIM_SPEED_H

#include "host/host.h"

struct sim_host;

#define SIM_SPEEDS "full|offline|2g|3g|4g|5g|wifi"

struct sim_speed {
	double latency;    // ms in each direction
	double down, up;   // bytes per ms; 0: any amount at once
	double down_free, up_free; // when the line is free again: transfers take turns on it
	const char *name;  // of the preset; NULL: none, numbers were given
};

/* {speed: one of SIM_SPEEDS, latency: ms, download, upload: kbit/s, type: "3g"}; numbers are over those of the preset. "offline" and
 * type "none" fail every request. The program hears of another type. */
void sim_speed_set(struct sim_host *sim, struct value object);
struct value sim_speed_describe(struct sim_host *sim); // the same keys; new
bool sim_speed_limits(const struct sim_host *sim);
/* An exchange over the line: `answer` is what answers at its other end, as struct host_net's request. */
void sim_speed_request(struct sim_host *sim, struct value parameters, host_call answer, double timeout, struct host_request *request);

#endif
