/* How long a command's effect takes: until the logic layer's turns are done and the frame that they ask for is there. */
#include "door/automation/command.h"

#include "host/clock.h"

#define TURNS_MAX 400   // a program that never rests
#define FRAME_MS 50.0   // that a frame may be away
#define QUIET_MS 400.0  // virtual time: nothing is due so soon
#define LIMIT_MS 3000.0 // virtual time that one command takes at most

void automation_frames(struct automation *automation)
{
	struct mina *mina = automation->mina;
	for (int i = 0; i < TURNS_MAX && mina->app && mina->host; i++) {
		struct host *host = mina->host;
		double now = host_monotonic(host), due = host->clock->next_due ? host->clock->next_due(host) : INFINITY;
		bool waits = app_unsettled(mina->app);
		if (due > now && !waits) {
			return;
		}
		if (!host->clock->step(host, waits ? now + FRAME_MS : now)) {
			return;
		}
	}
}

void automation_settle(struct automation *automation)
{
	mina_settle(automation->mina, QUIET_MS, LIMIT_MS);
	automation_frames(automation);
}

void automation_pass(struct automation *automation, double ms)
{
	mina_advance(automation->mina, ms);
	automation_frames(automation);
}
