/* Where a player is in time: play, pause, seek, loops and ends as plain arithmetic on the times it is told. It decodes
 * nothing and has no clock: whoever owns it asks when it wants to be looked at again. Times are s in the medium and ms of a
 * monotonic clock. */
#ifndef MINA_CORE_MEDIA_PLAYER_H
#define MINA_CORE_MEDIA_PLAYER_H

#include "base/base.h"

#define PLAYER_TICK_MS 250.0 // timeupdate

struct player {
	double duration;  // s; INFINITY: it has no end
	double rate;      // of 1 is as recorded
	bool loop, playing, ended;
	double position;  // s, at `since`
	double since;     // ms
	double tick;      // ms: the next PLAYER_TICK
};

enum player_news {
	PLAYER_NOTHING,
	PLAYER_TICKED,
	PLAYER_LOOPED, // it begins again
	PLAYER_ENDED,  // and stands at the end
};

void player_init(struct player *player, double duration);
double player_at(const struct player *player, double now); // s
void player_play(struct player *player, double now);       // after the end: from the start
void player_pause(struct player *player, double now);
void player_seek(struct player *player, double to, double now);
void player_set_rate(struct player *player, double rate, double now); // bounded to 0.1 and 16
/* When there will be news, ms; INFINITY: not by itself. */
double player_due(const struct player *player);
/* What has happened by now, one thing a call. */
enum player_news player_next(struct player *player, double now);

#endif
