/* What <live-player> and <live-pusher> share: a connection whose course the host tells once (struct host_media, live_play), and which
 * then runs on the view's clock. The component's state begins with it. */
#ifndef MINA_COMPONENT_LIVE_H
#define MINA_COMPONENT_LIVE_H

#include "base/vec.h"
#include "runtime/component/component.h"

enum live_phase {
	LIVE_IDLE,
	LIVE_OPENING,    // the host was asked
	LIVE_CONNECTING, // the course runs, no picture yet
	LIVE_RUNNING,
	LIVE_OVER,       // ended by the other side; the last picture stays
};

struct live_step {
	double at; // ms, as host->now
	int code;  // of statechange
};

/* The codes of one direction. */
struct live_codes {
	int connected, running, first[4]; // first[]: with the first picture, its last one "it runs"; 0: none
	int stalls, goes_on, ended, refused, again, given_up;
};

struct live {
	struct node *screen;
	const struct live_codes *codes;
	enum live_phase phase;
	double turn;          // of the latest question to the host: an answer to an older one counts no more
	double net_at;        // when netstatus is told next
	double began;         // of the picture
	double held;          // the picture stands still as it was then; NAN: it moves
	struct size natural;
	VEC(struct live_step) steps; // in order of time
	size_t next;
	bool paused, stalled, hidden, full;
};

void live_finish(struct live *live);
void live_ask(struct component_host *host, struct node *node, const char *what, struct str src);
bool live_is_late(const struct live *live, struct value answer); // an answer to a question that counts no more
void live_run(struct component_host *host, struct node *node, struct value course); // {refuse, connect, width, height, stalls, end}
void live_stop(struct component_host *host, struct node *node);
void live_pause(struct component_host *host, struct node *node, bool on);
void live_woken(struct component_host *host, struct node *node, bool settle);
void live_tell(struct component_host *host, struct node *node, int code); // statechange
double live_seconds(const struct live *live, double now);   // of the picture
bool live_has_picture(const struct live *live);

#endif
