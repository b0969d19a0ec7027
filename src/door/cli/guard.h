/* Ends the process when the mini program's promise jobs never come to an end: nothing else can stop
 * them (see mina_options.on_script). */
#ifndef MINA_CLI_GUARD_H
#define MINA_CLI_GUARD_H

#include <pthread.h>
#include <stdbool.h>

struct guard {
	pthread_t thread;
	pthread_mutex_t mutex;
	pthread_cond_t wake;
	bool watching, stop;
	double since; // ms of computing when the turn began; 0: none is on
	double limit; // ms
};

/* `guard` is zeroed; a thread watches it until guard_finish(). time_limit: what one endless loop is
 * given, in ms; the process has GUARD_FACTOR times as long. */
#define GUARD_FACTOR 3
#define GUARD_TIME_LIMIT 5000
void guard_start(struct guard *guard, double time_limit);
void guard_finish(struct guard *guard);
void guard_turn(struct guard *guard, bool begins);

#endif
