/* A thread that looks at the clock. */
#include "door/cli/guard.h"

#include "door/cli/cli.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

#define LOOK_MS 250

/* What was computed, not what passed: on a busy machine nobody is to blame for waiting. */
static double now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
	return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static void *watch(void *user)
{
	struct guard *guard = user;
	pthread_mutex_lock(&guard->mutex);
	while (!guard->stop) {
		struct timespec until;
		clock_gettime(CLOCK_REALTIME, &until);
		until.tv_nsec += LOOK_MS * 1000000L;
		until.tv_sec += until.tv_nsec / 1000000000L;
		until.tv_nsec %= 1000000000L;
		pthread_cond_timedwait(&guard->wake, &guard->mutex, &until);
		if (guard->since > 0 && now() - guard->since > guard->limit) {
			fprintf(stderr, "error: The script computed for more than %g seconds without an end: most likely a promise or an "
				"async function that goes on for ever.\n", guard->limit / 1000);
			_exit(CLI_ERRORS);
		}
	}
	pthread_mutex_unlock(&guard->mutex);
	return NULL;
}

void guard_start(struct guard *guard, double time_limit)
{
	guard->limit = time_limit * GUARD_FACTOR;
	pthread_mutex_init(&guard->mutex, NULL);
	pthread_cond_init(&guard->wake, NULL);
	guard->watching = pthread_create(&guard->thread, NULL, watch, guard) == 0;
}

void guard_finish(struct guard *guard)
{
	pthread_mutex_lock(&guard->mutex);
	guard->stop = true;
	pthread_cond_signal(&guard->wake);
	pthread_mutex_unlock(&guard->mutex);
	if (guard->watching) {
		pthread_join(guard->thread, NULL);
	}
	pthread_cond_destroy(&guard->wake);
	pthread_mutex_destroy(&guard->mutex);
}

void guard_turn(struct guard *guard, bool begins)
{
	pthread_mutex_lock(&guard->mutex);
	guard->since = begins ? now() : 0;
	pthread_mutex_unlock(&guard->mutex);
}
