/* Time, timers, zone and randomness, and the loop that moves them. Everything that happens in a
 * program happens inside a timer's or a request's callback out of host_run(). */
#ifndef MINA_HOST_CLOCK_H
#define MINA_HOST_CLOCK_H

#include "base/vec.h"
#include "host/host.h"

/* Embedded in whoever waits; zeroed memory with `fire` set is an idle timer. It fires once, and is
 * idle again before `fire` is called, so that `fire` may start it anew or free it. */
struct host_timer {
	void (*fire)(struct host_timer *timer);
	double due;     // monotonic ms
	uint64_t order; // equal due times fire in the order they were started
	size_t place;   // in the queue, from 1; 0 is idle
};

struct host_clock {
	double (*now)(struct host *host);       // ms since 1970-01-01T00:00:00Z, what Date shows
	double (*monotonic)(struct host *host); // ms from some start, never goes back
	/* Minutes east of UTC at a time (ms since the epoch): +480 in Shanghai. */
	int (*zone_offset)(struct host *host, double at);
	const char *(*zone_name)(struct host *host); // "Asia/Shanghai"; sets JS's time zone
	uint64_t (*random)(struct host *host);       // seeds Math.random, names of temporary files
	/* Starts an idle timer; delay < 0 and NaN are 0. A delay of 0 fires on a later turn, never
	 * before timer_start returned. */
	void (*timer_start)(struct host *host, struct host_timer *timer, double delay);
	void (*timer_stop)(struct host *host, struct host_timer *timer); // idle: nothing happens
	/* One turn. Runs the earliest due timer, or what input and output brought; when neither is
	 * there it waits (virtual time: jumps) until something is, at most until `deadline`
	 * (monotonic ms). False: the deadline is reached and nothing more is due by then. Virtual
	 * time never passes a real operation in flight: it waits for it in real time. */
	bool (*step)(struct host *host, double deadline);
	/* How many operations, apart from timers, may still bring something (HTTP, sockets). */
	size_t (*in_flight)(struct host *host);
	/* Optional (NULL): the due time of the earliest timer, INFINITY when there is none. For an
	 * embedding with a loop of its own. */
	double (*next_due)(struct host *host);
};

static inline bool host_timer_armed(const struct host_timer *timer) { return timer->place != 0; }
/* Restarts also when armed. */
void host_timer_start(struct host *host, struct host_timer *timer, double delay);
void host_timer_stop(struct host *host, struct host_timer *timer);

double host_now(struct host *host);
double host_monotonic(struct host *host);
/* Runs everything due within the next ms milliseconds, in order; afterwards the clock stands there. */
void host_run(struct host *host, double ms);
/* Runs until done(user) says true (checked before every turn) or the time is up; false: time up. */
bool host_run_until(struct host *host, double ms, bool (*done)(void *user), void *user);

/* The queue that the worlds build their clocks from: a heap by (due, order). */
struct host_timer_queue {
	VEC(struct host_timer *) heap;
	uint64_t order;
};
void host_timer_queue_finish(struct host_timer_queue *queue); // asserts that it is empty
void host_timer_queue_add(struct host_timer_queue *queue, struct host_timer *timer, double due);
void host_timer_queue_remove(struct host_timer_queue *queue, struct host_timer *timer);
struct host_timer *host_timer_queue_first(const struct host_timer_queue *queue); // NULL: empty
/* Takes the first timer off and fires it when it is due at `now`. */
bool host_timer_queue_fire(struct host_timer_queue *queue, double now);

#endif
