/* The screen: its measures, its frames, and the touches on it (which come through
 * host_listener.on_touch). Lengths are CSS px unless a name says otherwise. */
#ifndef MINA_HOST_SCREEN_H
#define MINA_HOST_SCREEN_H

#include "base/geom.h"
#include "host/clock.h"

/* How a page wants to be shown (pageOrientation). */
enum host_orientation {
	HOST_ORIENTATION_PORTRAIT,
	HOST_ORIENTATION_LANDSCAPE,
	HOST_ORIENTATION_AUTO, // as the device is held
};

enum host_touch_phase {
	HOST_TOUCH_START,
	HOST_TOUCH_MOVE,
	HOST_TOUCH_END,
	HOST_TOUCH_CANCEL,
};

/* One finger's change; coordinates from the screen's top left corner. */
struct host_touch {
	int id; // the same from start to end; small numbers
	enum host_touch_phase phase;
	float x, y;
	float force;
	double time; // monotonic ms
};

struct host_screen_info {
	float width, height; // the whole screen, status bar included
	float dpr;           // device px per CSS px
	float status_bar_height;
	struct insets safe_area; // distances of the safe area from the edges
	struct rect menu_button; // the capsule (getMenuButtonBoundingClientRect)
	float navigation_bar_height; // below the status bar: 44
	float tab_bar_height;        // without the safe area: 48
	bool dark;
	bool english;    // the language of what the host draws (words.h)
	float font_size; // CSS px: what the person has set for texts, 17 by default
};

/* {left, top, right, bottom, width, height}, as getSystemInfo has it. New. */
struct value host_screen_safe_area(const struct host_screen_info *screen);

/* Tells the listeners of the screen's size (HOST_EVENT_RESIZE). */
void host_tell_resize(struct host *host, const struct host_screen_info *screen);

struct host_screen {
	struct host_screen_info (*info)(struct host *host);
	/* Arms the timer for the next frame (60 a second; virtual time: at multiples of 1000/60 ms).
	 * An armed timer stays as it is. Stopped by host_timer_stop(). */
	void (*frame)(struct host *host, struct host_timer *timer);
	/* The page that shows next, or now, wants that; of a program that is resizable on tablets. The screen's measures are those of
	 * the outcome at once, and are told when they have changed. NULL: the screen does not turn. */
	void (*orient)(struct host *host, enum host_orientation wanted, bool resizable);
	host_call set_brightness; // {value 0..1}
	host_call get_brightness; // {} -> {value}
	host_call set_keep_on;    // {keepScreenOn}
};

#endif
