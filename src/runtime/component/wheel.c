/* A turning wheel: drag, throw, come to rest on an item. */
#include "runtime/component/wheel.h"

#define TURN_MS 200.0
#define THROW_MS 325.0   // how far a throw goes: its speed for that long
#define THROW_LONGEST 1500.0

static double last_of(const struct wheel *wheel)
{
	return wheel->count > 0 ? wheel->count - 1 : 0;
}

static double inside(const struct wheel *wheel, double position)
{
	return fmin(fmax(position, 0), last_of(wheel));
}

int wheel_index(const struct wheel *wheel)
{
	return (int)inside(wheel, round(wheel->moving ? wheel->to : wheel->position));
}

void wheel_jump(struct wheel *wheel, int index)
{
	wheel->moving = false;
	wheel->position = inside(wheel, index);
}

static void move_to(struct wheel *wheel, double to, double duration, double now)
{
	wheel->from = wheel->position;
	wheel->to = inside(wheel, to);
	wheel->began = now;
	wheel->duration = duration;
	wheel->moving = true;
}

void wheel_turn(struct wheel *wheel, int index, double now)
{
	move_to(wheel, index, TURN_MS, now);
}

void wheel_grab(struct wheel *wheel)
{
	wheel->held = true;
	wheel->moving = false;
	wheel->raw = wheel->position;
}

void wheel_drag(struct wheel *wheel, double by)
{
	wheel->raw -= wheel->item > 0 ? by / wheel->item : 0;
	double over = wheel->raw - inside(wheel, wheel->raw); // beyond an end it follows less and less, one item at most
	wheel->position = inside(wheel, wheel->raw) + over / (1 + fabs(over));
}

void wheel_release(struct wheel *wheel, double velocity, double now)
{
	double way = wheel->item > 0 && isfinite(velocity) ? -velocity * THROW_MS / wheel->item : 0;
	double to = inside(wheel, round(wheel->position + way));
	wheel->held = false;
	move_to(wheel, to, fmin(TURN_MS + fabs(to - wheel->position) * 60, THROW_LONGEST), now);
}

bool wheel_advance(struct wheel *wheel, double now, bool settle)
{
	if (!wheel->moving) {
		return false;
	}
	double t = settle || wheel->duration <= 0 ? 1 : fmin(fmax(0, (now - wheel->began) / wheel->duration), 1), left = 1 - t;
	wheel->position = wheel->from + (wheel->to - wheel->from) * (1 - left * left * left);
	wheel->moving = t < 1;
	return t >= 1;
}

void wheel_resize(struct wheel *wheel, int count, double item)
{
	wheel->count = count;
	wheel->item = item;
	if (!wheel->held && !wheel->moving) {
		wheel->position = inside(wheel, wheel->position);
	}
	wheel->to = inside(wheel, wheel->to);
}
