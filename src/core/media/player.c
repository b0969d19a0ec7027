/* Time in a medium. */
#include "core/media/player.h"

void player_init(struct player *player, double duration)
{
	*player = (struct player){.duration = duration, .rate = 1, .loop = player->loop};
}

double player_at(const struct player *player, double now)
{
	double passed = player->playing && now > player->since ? (now - player->since) / 1000 * player->rate : 0;
	return fmin(player->position + passed, player->duration);
}

static void hold(struct player *player, double now)
{
	player->position = player_at(player, now);
	player->since = now;
}

void player_play(struct player *player, double now)
{
	if (player->playing) {
		return;
	}
	if (player->ended || player->position >= player->duration) {
		player->position = 0;
	}
	player->ended = false;
	player->playing = true;
	player->since = now;
	player->tick = now + PLAYER_TICK_MS;
}

void player_pause(struct player *player, double now)
{
	hold(player, now);
	player->playing = false;
}

void player_seek(struct player *player, double to, double now)
{
	player->position = to > 0 ? fmin(to, player->duration) : 0; // NaN is the start
	player->since = now;
	player->ended = false;
}

void player_set_rate(struct player *player, double rate, double now)
{
	hold(player, now);
	player->rate = rate >= 0.1 ? fmin(rate, 16) : rate > 0 ? 0.1 : 1;
}

static double end_at(const struct player *player)
{
	return player->since + fmax(player->duration - player->position, 0) / player->rate * 1000;
}

double player_due(const struct player *player)
{
	return player->playing ? fmin(player->tick, end_at(player)) : INFINITY;
}

enum player_news player_next(struct player *player, double now)
{
	if (player_due(player) > now) {
		return PLAYER_NOTHING;
	}
	double end = end_at(player);
	if (end > player->tick) {
		player->tick = fmax(player->tick + PLAYER_TICK_MS, now); // one that comes late is told once
		return PLAYER_TICKED;
	}
	if (player->loop && player->duration > 0) {
		player->position = 0;
		player->since = fmax(end, now - PLAYER_TICK_MS); // a loop that is over long since is not told again and again
		return PLAYER_LOOPED;
	}
	player->position = player->duration;
	player->since = now;
	player->playing = false;
	player->ended = true;
	return PLAYER_ENDED;
}
