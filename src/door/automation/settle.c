/* How long a command's effect takes: until the logic layer's turns are done and the frame that they ask for is there. */
#include "door/automation/command.h"

#include "host/clock.h"
#include "host/ui.h"

#define TURNS_MAX 400   // a program that never rests
#define FRAME_MS 50.0   // that a frame may be away
#define QUIET_MS 400.0  // virtual time: nothing is due so soon
#define LIMIT_MS 3000.0 // virtual time that one command takes at most
#define ANSWER_MS 65000.0 // ... that what it calls is waited for: longer than a request's own limit

void automation_frames(struct automation *automation)
{
	struct mina *mina = automation->mina;
	for (int i = 0; i < TURNS_MAX && mina && mina->app && mina->host; i++) {
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

static bool is_done(void *user)
{
	return ((const struct command_call *)user)->done;
}

/* Somebody has to do something: time alone brings nothing. */
static bool waits_for_person(const struct mina *mina)
{
	static const char *const kinds[] = {"modal", "actionSheet", "picker", "permission", "share"};
	struct value overlay = mina->host->ui && mina->host->ui->overlay ? mina->host->ui->overlay(mina->host) : value_undefined();
	bool open = false;
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		open = open || value_has(overlay, str_of(kinds[i]));
	}
	value_unref(overlay);
	return open;
}

void automation_settle(struct automation *automation, struct command_call *call)
{
	struct mina *mina = automation->mina;
	mina_settle(mina, QUIET_MS, LIMIT_MS);
	if (!call->done && mina->host && !waits_for_person(mina)) {
		host_run_until(mina->host, ANSWER_MS, is_done, call);
	}
	automation_frames(automation);
}

void automation_pass(struct automation *automation, double ms)
{
	mina_advance(automation->mina, ms);
	automation_frames(automation);
}
