/* The sheet of a <picker>: wheels of texts, cancel and confirm. The component has the columns; here
 * is only how they stand and turn. */
#include "runtime/app/inside.h"
#include "runtime/component/wheel.h"

#define HEAD 56.0f
#define ITEM 48.0f
#define SEEN 5 // items of a wheel
#define WHEELS_MAX 16
#define FRAME_MS (1000.0 / 60)

struct chrome_wheels {
	struct value parameters; // that the wheels stand for
	struct wheel wheels[WHEELS_MAX];
	int count, held; // held: the wheel under the finger, -1: none
	struct host_touch last;
	struct point velocity;
};

static struct rect sheet_of(const struct app *app)
{
	struct host_screen_info screen = app->host->screen->info(app->host);
	float height = HEAD + ITEM * SEEN + screen.safe_area.bottom;
	return (struct rect){0, screen.height - height, screen.width, height};
}

static struct rect wheel_rect(const struct app *app, int index)
{
	struct rect sheet = sheet_of(app);
	float width = (sheet.width - 32) / (float)int_max(1, app->wheels->count);
	return (struct rect){16 + width * (float)index, sheet.y + HEAD, width, ITEM * SEEN};
}

static struct rect cancel_rect(const struct app *app)
{
	struct rect sheet = sheet_of(app);
	return (struct rect){0, sheet.y, 72, HEAD};
}

static struct rect confirm_rect(const struct app *app)
{
	struct rect sheet = sheet_of(app);
	return (struct rect){rect_right(sheet) - 72, sheet.y, 72, HEAD};
}

void app_wheels_free(struct app *app)
{
	if (app->wheels) {
		value_unref(app->wheels->parameters);
		mem_free(app->wheels);
		app->wheels = NULL;
	}
}

void app_wheels_forget(struct app *app)
{
	struct value overlay = app->wheels ? app_chrome_overlay(app) : value_undefined();
	if (!value_has(overlay, STR("picker"))) {
		app_wheels_free(app);
	}
	value_unref(overlay);
}

/* The wheels for these parameters; one that a finger or a motion has stays where it is. */
static struct chrome_wheels *wheels_for(struct app *app, struct value parameters)
{
	struct value columns = value_get_text(parameters, "columns"), index = value_get_text(parameters, "index");
	if (!app->wheels) {
		app->wheels = mem_alloc(sizeof(*app->wheels));
		app->wheels->parameters = value_undefined();
		app->wheels->held = -1;
	}
	struct chrome_wheels *wheels = app->wheels;
	if (value_identical(wheels->parameters, parameters)) {
		return wheels;
	}
	value_ref(parameters);
	value_unref(wheels->parameters);
	wheels->parameters = parameters;
	wheels->count = (int)size_min(value_len(columns), WHEELS_MAX);
	for (int i = 0; i < wheels->count; i++) {
		struct wheel *wheel = &wheels->wheels[i];
		wheel_resize(wheel, (int)value_len(value_at(columns, (size_t)i)), ITEM);
		double at = value_to_number(value_at(index, (size_t)i));
		if (!wheel->held && !wheel->moving) {
			wheel_jump(wheel, at >= 0 && at < 1e6 ? (int)at : 0);
		}
	}
	return wheels;
}

static void draw_wheel(struct app *app, struct gfx_canvas *canvas, int index, struct value texts)
{
	const struct wheel *wheel = &app->wheels->wheels[index];
	struct rect area = wheel_rect(app, index);
	float middle = area.y + area.height / 2;
	int first = (int)floor(wheel->position) - SEEN / 2 - 1;
	for (int i = int_max(first, 0); i <= first + SEEN + 3 && i < wheel->count; i++) {
		float y = middle + (float)(i - wheel->position) * ITEM, away = fminf(1, fabsf(y - middle) / (ITEM * SEEN / 2));
		struct rect row = {area.x, y - ITEM / 2, area.width, ITEM};
		if (row.y < area.y - ITEM / 2 || row.y > rect_bottom(area) - ITEM / 2) {
			continue;
		}
		color_t ink = app_is_dark(app) ? 0xffffff00 : 0, color = ink | (color_t)lroundf(255 * (away < .05F ? 1 : .6F - .5F * away));
		app_chrome_text(app, canvas, row, value_str(value_at(texts, (size_t)i)), 17, 400, color);
	}
}

void app_wheels_draw(struct app *app, struct gfx_canvas *canvas, struct value parameters)
{
	struct chrome_wheels *wheels = wheels_for(app, parameters);
	struct rect sheet = sheet_of(app), head = {72, sheet.y, sheet.width - 144, HEAD};
	struct value columns = value_get_text(parameters, "columns");
	app_chrome_fill(canvas, sheet, app_look(app, 0xffffffff), 12);
	app_chrome_fill(canvas, (struct rect){16, sheet.y + HEAD + ITEM * (SEEN / 2), sheet.width - 32, ITEM}, app_look(app, 0xf2f2f2ff), 8);
	for (int i = 0; i < wheels->count; i++) {
		draw_wheel(app, canvas, i, value_at(columns, (size_t)i));
	}
	app_chrome_fill(canvas, (struct rect){0, sheet.y, sheet.width, HEAD}, app_look(app, 0xffffffff), 12);
	app_chrome_text(app, canvas, cancel_rect(app), app_word(app, HOST_WORD_CANCEL), 17, 400, app_look(app, 0x000000e5));
	app_chrome_text(app, canvas, head, value_str(value_get_text(parameters, "headerText")), 17, 600, app_look(app, 0x000000e5));
	app_chrome_text(app, canvas, confirm_rect(app), app_word(app, HOST_WORD_CONFIRM), 17, 500, 0x07c160ff);
}

/* --- fingers --- */

static int wheel_at(const struct app *app, struct point at)
{
	for (int i = 0; i < app->wheels->count; i++) {
		if (rect_contains(wheel_rect(app, i), at)) {
			return i;
		}
	}
	return -1;
}

/* Turning goes on with the ticks of the page below. */
static void keep_turning(struct app *app)
{
	app_present(app);
	app_want_frame(app);
}

static void answer(struct app *app, struct value result)
{
	app->host->ui->answer(app->host, "picker", result);
	value_unref(result);
}

/* With the wheels as they stand. */
static void confirm(struct app *app, struct value parameters)
{
	const struct chrome_wheels *wheels = wheels_for(app, parameters);
	struct value result = value_object_new(1), index = value_array_new(3);
	for (int i = 0; i < wheels->count; i++) {
		value_array_push(&index, value_number(wheel_index(&wheels->wheels[i])));
	}
	value_object_set_text(&result, "index", index);
	app_wheels_free(app);
	answer(app, result);
}

bool app_picker_answer(struct app *app, bool confirmed)
{
	struct value overlay = app_chrome_overlay(app), parameters = value_get_text(overlay, "picker");
	bool open = value_is(parameters, VALUE_OBJECT);
	if (open && confirmed) {
		confirm(app, parameters);
	} else if (open) {
		app_wheels_free(app);
		answer(app, value_undefined());
	}
	value_unref(overlay);
	return open;
}

bool app_picker_turn(struct app *app, int column, int index)
{
	struct value overlay = app_chrome_overlay(app), parameters = value_get_text(overlay, "picker");
	struct chrome_wheels *wheels = value_is(parameters, VALUE_OBJECT) ? wheels_for(app, parameters) : NULL;
	bool there = wheels && column >= 0 && column < wheels->count && index >= 0 && index < wheels->wheels[column].count;
	if (there) {
		wheel_turn(&wheels->wheels[column], index, host_monotonic(app->host));
		app_wheels_advance(app, true);
		app_present(app);
	}
	value_unref(overlay);
	return there;
}

void app_wheels_tap(struct app *app, struct value parameters, struct point at)
{
	struct chrome_wheels *wheels = wheels_for(app, parameters);
	if (rect_contains(confirm_rect(app), at)) {
		confirm(app, parameters);
	} else if (rect_contains(cancel_rect(app), at) || !rect_contains(sheet_of(app), at)) {
		app_wheels_free(app);
		answer(app, value_undefined());
	} else {
		int hit = wheel_at(app, at);
		if (hit >= 0) {
			struct rect area = wheel_rect(app, hit);
			double by = round((at.y - area.y - area.height / 2) / ITEM);
			wheel_turn(&wheels->wheels[hit], (int)(wheel_index(&wheels->wheels[hit]) + by), host_monotonic(app->host));
			keep_turning(app);
		}
	}
}

void app_wheels_touch(struct app *app, struct value parameters, const struct host_touch *touch)
{
	struct chrome_wheels *wheels = wheels_for(app, parameters);
	float by = touch->y - wheels->last.y;
	double passed = touch->time - wheels->last.time;
	struct wheel *wheel = wheels->held >= 0 && wheels->held < wheels->count ? &wheels->wheels[wheels->held] : NULL;
	switch (touch->phase) {
	case HOST_TOUCH_START:
		wheels->held = wheel_at(app, (struct point){touch->x, touch->y});
		wheels->velocity = (struct point){0, 0};
		break;
	case HOST_TOUCH_MOVE:
		if (wheel && (wheel->held || fabsf(touch->y - app->press.y) >= 10)) {
			if (!wheel->held) {
				wheel_grab(wheel);
				by = touch->y - app->press.y;
			}
			wheel_drag(wheel, by);
			wheels->velocity.y = passed > 0 ? by / (float)passed : wheels->velocity.y;
			keep_turning(app);
		}
		break;
	case HOST_TOUCH_END:
	case HOST_TOUCH_CANCEL:
		if (wheel && wheel->held) {
			wheel_release(wheel, passed > 100 ? 0 : wheels->velocity.y, touch->time);
			keep_turning(app);
		}
		wheels->held = -1;
		break;
	}
	wheels->last = *touch;
}

/* --- time --- */

void app_wheels_advance(struct app *app, bool settle)
{
	for (int i = 0; app->wheels && i < app->wheels->count; i++) {
		struct wheel *wheel = &app->wheels->wheels[i];
		bool moved = wheel->moving;
		if (wheel_advance(wheel, host_monotonic(app->host), settle)) {
			struct value turned = value_object_new(2);
			value_object_set_text(&turned, "column", value_number(i));
			value_object_set_text(&turned, "value", value_number(wheel_index(wheel)));
			answer(app, turned);
		}
		if (moved) {
			app_present(app);
		}
	}
}

double app_wheels_due(const struct app *app)
{
	for (int i = 0; app->wheels && i < app->wheels->count; i++) {
		if (app->wheels->wheels[i].moving) {
			return host_monotonic(app->host) + FRAME_MS;
		}
	}
	return INFINITY;
}
