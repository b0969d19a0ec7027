/* The timer queue of both worlds, and running a host for a while. */
#include "host/clock.h"

static bool before(const struct host_timer *a, const struct host_timer *b)
{
	return a->due != b->due ? a->due < b->due : a->order < b->order;
}

static void put(struct host_timer_queue *queue, size_t index, struct host_timer *timer)
{
	queue->heap.at[index] = timer;
	timer->place = index + 1;
}

static void sift_up(struct host_timer_queue *queue, size_t index, struct host_timer *timer)
{
	while (index > 0) {
		size_t parent = (index - 1) / 2;
		if (!before(timer, queue->heap.at[parent])) {
			break;
		}
		put(queue, index, queue->heap.at[parent]);
		index = parent;
	}
	put(queue, index, timer);
}

static void sift_down(struct host_timer_queue *queue, size_t index, struct host_timer *timer)
{
	for (;;) {
		size_t child = index * 2 + 1;
		if (child >= queue->heap.len) {
			break;
		}
		if (child + 1 < queue->heap.len && before(queue->heap.at[child + 1], queue->heap.at[child])) {
			child++;
		}
		if (!before(queue->heap.at[child], timer)) {
			break;
		}
		put(queue, index, queue->heap.at[child]);
		index = child;
	}
	put(queue, index, timer);
}

void host_timer_queue_finish(struct host_timer_queue *queue)
{
	assert(queue->heap.len == 0 && "a timer outlives its clock");
	vec_finish(&queue->heap);
}

void host_timer_queue_add(struct host_timer_queue *queue, struct host_timer *timer, double due)
{
	assert(!host_timer_armed(timer));
	timer->due = due;
	timer->order = queue->order++;
	vec_push(&queue->heap, timer);
	sift_up(queue, queue->heap.len - 1, timer);
}

void host_timer_queue_remove(struct host_timer_queue *queue, struct host_timer *timer)
{
	if (!host_timer_armed(timer)) {
		return;
	}
	size_t index = timer->place - 1;
	assert(index < queue->heap.len && queue->heap.at[index] == timer);
	timer->place = 0;
	struct host_timer *moved = queue->heap.at[--queue->heap.len];
	if (moved == timer) {
		return;
	}
	if (index > 0 && before(moved, queue->heap.at[(index - 1) / 2])) {
		sift_up(queue, index, moved);
	} else {
		sift_down(queue, index, moved);
	}
}

struct host_timer *host_timer_queue_first(const struct host_timer_queue *queue)
{
	return queue->heap.len ? queue->heap.at[0] : NULL;
}

bool host_timer_queue_fire(struct host_timer_queue *queue, double now)
{
	struct host_timer *timer = host_timer_queue_first(queue);
	if (!timer || timer->due > now) {
		return false;
	}
	host_timer_queue_remove(queue, timer);
	timer->fire(timer);
	return true;
}

void host_timer_start(struct host *host, struct host_timer *timer, double delay)
{
	host->clock->timer_stop(host, timer);
	host->clock->timer_start(host, timer, delay > 0 ? delay : 0);
}

void host_timer_stop(struct host *host, struct host_timer *timer)
{
	if (host_timer_armed(timer)) {
		host->clock->timer_stop(host, timer);
	}
}

double host_now(struct host *host)
{
	return host->clock->now(host);
}

double host_monotonic(struct host *host)
{
	return host->clock->monotonic(host);
}

void host_run(struct host *host, double ms)
{
	double deadline = host_monotonic(host) + (ms > 0 ? ms : 0);
	while (host->clock->step(host, deadline)) {
	}
}

bool host_run_until(struct host *host, double ms, bool (*done)(void *user), void *user)
{
	double deadline = host_monotonic(host) + (ms > 0 ? ms : 0);
	while (!done(user)) {
		if (!host->clock->step(host, deadline)) {
			return done(user);
		}
	}
	return true;
}
