/* A wheel of items that a finger turns and that comes to rest on one of them: a column of picker-view, a column of the picker's sheet. Numbers only. */
#ifndef MINA_COMPONENT_WHEEL_H
#define MINA_COMPONENT_WHEEL_H

#include "base/base.h"

struct wheel {
	int count;
	double item;     // CSS px an item is high
	double position; // in items; 0 is the first
	double raw;      // where a finger would have it if there were no ends
	double from, to, began, duration; // of a motion, ms
	bool held, moving;
};

/* The item that stands in the middle, or will when the motion has ended. */
int wheel_index(const struct wheel *wheel);
void wheel_jump(struct wheel *wheel, int index);
void wheel_turn(struct wheel *wheel, int index, double now); // there by and by
void wheel_grab(struct wheel *wheel);
void wheel_drag(struct wheel *wheel, double by); // CSS px, as the finger went
void wheel_release(struct wheel *wheel, double velocity, double now); // CSS px per ms
/* True: it has just come to rest. `settle`: at once. */
bool wheel_advance(struct wheel *wheel, double now, bool settle);
void wheel_resize(struct wheel *wheel, int count, double item); // stays at its index, or at the last

#endif
