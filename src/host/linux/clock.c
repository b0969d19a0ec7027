/* Real time: the timer queue on a GLib main context. */
#include "host/linux/part.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

static double monotonic_of(const struct linux_host *linux_host)
{
	return (double)g_get_monotonic_time() / 1000 - linux_host->start;
}

/* Sets when the context wakes: at `until` (ms) or the earliest timer. */
static void set_wake(struct linux_host *linux_host, double until)
{
	struct host_timer *first = host_timer_queue_first(&linux_host->queue);
	double due = first && first->due < until ? first->due : until;
	g_source_set_ready_time(linux_host->wake, isinf(due) ? -1 : (gint64)ceil((due + linux_host->start) * 1000));
}

/* Runs when an embedding's own loop drives the context, or step() waits. */
static gboolean wake(GSource *source, GSourceFunc callback, gpointer user)
{
	UNUSED(callback);
	UNUSED(user);
	struct linux_host *linux_host = *(struct linux_host **)(void *)(source + 1);
	host_timer_queue_fire(&linux_host->queue, monotonic_of(linux_host));
	set_wake(linux_host, INFINITY);
	return G_SOURCE_CONTINUE;
}

static GSourceFuncs wake_functions = {.dispatch = wake};

void linux_clock_init(struct linux_host *linux_host)
{
	linux_host->start = (double)g_get_monotonic_time() / 1000;
	linux_host->context = g_main_context_ref_thread_default();
	linux_host->wake = g_source_new(&wake_functions, sizeof(GSource) + sizeof(linux_host));
	*(struct linux_host **)(void *)(linux_host->wake + 1) = linux_host;
	g_source_attach(linux_host->wake, linux_host->context);
}

void linux_clock_finish(struct linux_host *linux_host)
{
	g_source_destroy(linux_host->wake);
	g_source_unref(linux_host->wake);
	g_main_context_unref(linux_host->context);
	host_timer_queue_finish(&linux_host->queue);
}

static double now(struct host *host) { return UNUSED(host), floor((double)g_get_real_time() / 1000); }
static double monotonic(struct host *host) { return monotonic_of(linux_of(host)); }

static int zone_offset(struct host *host, double at)
{
	gint64 seconds = at > -6e13 && at < 6e13 ? (gint64)floor(at / 1000) : 0;
	GTimeZone *zone = g_time_zone_new_identifier(linux_of(host)->time_zone);
	if (!zone) {
		return 0;
	}
	int interval = g_time_zone_find_interval(zone, G_TIME_TYPE_UNIVERSAL, seconds);
	int offset = interval < 0 ? 0 : g_time_zone_get_offset(zone, interval) / 60;
	g_time_zone_unref(zone);
	return offset;
}

static const char *zone_name(struct host *host) { return linux_of(host)->time_zone; }

static uint64_t random_bits(struct host *host)
{
	uint64_t bits = 0;
	UNUSED(host);
	if (getrandom(&bits, sizeof(bits), 0) != (ssize_t)sizeof(bits)) {
		bits = (uint64_t)g_get_monotonic_time() * 0x9e3779b97f4a7c15u;
	}
	return bits;
}

static void timer_start(struct host *host, struct host_timer *timer, double delay)
{
	struct linux_host *linux_host = linux_of(host);
	host_timer_queue_add(&linux_host->queue, timer, monotonic_of(linux_host) + (delay > 0 ? delay : 0));
	set_wake(linux_host, INFINITY);
}

static void timer_stop(struct host *host, struct host_timer *timer)
{
	host_timer_queue_remove(&linux_of(host)->queue, timer);
}

static bool step(struct host *host, double deadline)
{
	struct linux_host *linux_host = linux_of(host);
	g_source_set_ready_time(linux_host->wake, -1); // timers are fired here, in turn with input
	bool something = g_main_context_iteration(linux_host->context, FALSE);
	double time = monotonic_of(linux_host);
	if (host_timer_queue_fire(&linux_host->queue, time < deadline ? time : deadline) || something) {
		set_wake(linux_host, INFINITY);
		return true;
	}
	if (time >= deadline) {
		set_wake(linux_host, INFINITY);
		return false;
	}
	set_wake(linux_host, deadline);
	while (!g_main_context_iteration(linux_host->context, TRUE)) { // setting a time ends the first wait at once, with nothing
	}
	return true;
}

static size_t in_flight(struct host *host) { return linux_of(host)->in_flight; }

static double next_due(struct host *host)
{
	struct host_timer *first = host_timer_queue_first(&linux_of(host)->queue);
	return first ? first->due : INFINITY;
}

const struct host_clock linux_clock = {
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
