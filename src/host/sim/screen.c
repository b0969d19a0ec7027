/* A screen of which only the measures exist; frames come at multiples of 1000/60 ms. */
#include "host/sim/part.h"

static struct host_screen_info info(struct host *host) { return sim_of(host)->screen; }

static void frame(struct host *host, struct host_timer *timer)
{
	if (host_timer_armed(timer)) {
		return;
	}
	struct sim_world *world = sim_of(host)->world;
	/* The n-th frame is computed anew each time, so that no rounding adds up. */
	double next = floor(world->time / SIM_FRAME_MS + 1e-6) + 1;
	host_timer_queue_add(&world->queue, timer, next * SIM_FRAME_MS);
}

static void set_brightness(struct host *host, struct value parameters, struct host_request *request)
{
	double wanted = value_to_number(value_get_text(parameters, "value"));
	sim_of(host)->brightness = wanted >= 0 && wanted <= 1 ? wanted : sim_of(host)->brightness;
	host_request_finish_later(request, 0, HOST_OK, value_object_new(0));
}

static void get_brightness(struct host *host, struct value parameters, struct host_request *request)
{
	UNUSED(parameters);
	struct value result = value_object_new(1);
	value_object_set_text(&result, "value", value_number(sim_of(host)->brightness));
	host_request_finish_later(request, 0, HOST_OK, result);
}

static void set_keep_on(struct host *host, struct value parameters, struct host_request *request)
{
	UNUSED(host);
	UNUSED(parameters);
	host_request_finish_later(request, 0, HOST_OK, value_object_new(0));
}

static float number_of(struct value object, const char *key, float fallback, float most)
{
	struct value v = value_get_text(object, key);
	return value_is(v, VALUE_NUMBER) && v.number >= 0 && v.number <= most ? (float)v.number : fallback;
}

/* {width, height, dpr, statusBarHeight, dark, safeArea: {top, right, bottom, left}} over what is. */
void sim_screen_apply(struct sim_host *sim, struct value object)
{
	struct host_screen_info *screen = &sim->screen;
	screen->width = number_of(object, "width", screen->width, 10000);
	screen->height = number_of(object, "height", screen->height, 10000);
	screen->dpr = number_of(object, "dpr", screen->dpr, 8);
	screen->status_bar_height = number_of(object, "statusBarHeight", screen->status_bar_height, 1000);
	screen->navigation_bar_height = number_of(object, "navigationBarHeight", screen->navigation_bar_height, 1000);
	screen->tab_bar_height = number_of(object, "tabBarHeight", screen->tab_bar_height, 1000);
	struct value dark = value_get_text(object, "dark"), safe = value_get_text(object, "safeArea");
	if (value_is(dark, VALUE_BOOL)) {
		screen->dark = dark.boolean;
	}
	screen->safe_area.top = number_of(safe, "top", screen->status_bar_height, 1000);
	screen->safe_area.right = number_of(safe, "right", screen->safe_area.right, 1000);
	screen->safe_area.bottom = number_of(safe, "bottom", screen->safe_area.bottom, 1000);
	screen->safe_area.left = number_of(safe, "left", screen->safe_area.left, 1000);
	sim_screen_place(sim);
}

void sim_screen_place(struct sim_host *sim)
{
	struct host_screen_info *screen = &sim->screen;
	/* The capsule: 87 x 32, 7 px from the right, 4 px below the status bar, as the official tool's. */
	screen->menu_button = (struct rect){screen->width - screen->safe_area.right - 94, screen->status_bar_height + 4, 87, 32};
}

static void orient(struct host *host, enum host_orientation wanted, bool resizable)
{
	struct sim_host *sim = sim_of(host);
	bool before = sim->turned;
	sim->page_orientation = wanted;
	sim->page_resizable = resizable;
	sim_device_orient(sim);
	if (sim->turned != before) {
		host_tell_resize(host, &sim->screen);
	}
}

const struct host_screen sim_screen = {
	.info = info,
	.frame = frame,
	.orient = orient,
	.set_brightness = set_brightness,
	.get_brightness = get_brightness,
	.set_keep_on = set_keep_on,
};
