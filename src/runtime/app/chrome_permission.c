/* The sheet by which a program asks to be allowed something: who asks, for what, why, and two buttons. */
#include "runtime/app/inside.h"

#define HEIGHT 224.0f
#define BUTTON_WIDTH 120.0f
#define BUTTON_HEIGHT 40.0f
#define LINES 2

struct sheet_places {
	struct rect sheet, reject, allow;
};

static struct sheet_places place(const struct app *app)
{
	struct host_screen_info screen = app->host->screen->info(app->host);
	float height = HEIGHT + screen.safe_area.bottom, top = screen.height - height, middle = screen.width / 2;
	return (struct sheet_places){
		.sheet = {0, top, screen.width, height},
		.reject = {middle - 10 - BUTTON_WIDTH, top + HEIGHT - 24 - BUTTON_HEIGHT, BUTTON_WIDTH, BUTTON_HEIGHT},
		.allow = {middle + 10, top + HEIGHT - 24 - BUTTON_HEIGHT, BUTTON_WIDTH, BUTTON_HEIGHT},
	};
}

/* Why, in the program's own words: app.json's permission[scope].desc. */
static struct str reason_of(const struct app *app, struct value parameters, struct str scope)
{
	struct str given = value_str(value_get_text(parameters, "desc"));
	struct value declared = value_get(value_get_text(app->config->raw, "permission"), scope);
	return given.len ? given : value_str(value_get_text(declared, "desc"));
}

void app_permission_draw(struct app *app, struct gfx_canvas *canvas, struct value parameters)
{
	struct sheet_places at = place(app);
	struct str scope = value_str(value_get_text(parameters, "scope")), name = app_name(app), lines[LINES];
	struct style style = {.font_size = 13, .font_weight = 400, .font_family = STR("")};
	struct strbuf asks = {0};
	strbuf_printf(&asks, STR_FMT " " STR_FMT, STR_ARG(name.len ? name : app_word(app, HOST_WORD_MINI_PROGRAM)),
		STR_ARG(app_word(app, HOST_WORD_ASKS_FOR)));
	size_t count = app_chrome_lines(app, reason_of(app, parameters, scope), &style, at.sheet.width - 48, lines, LINES);
	app_chrome_fill(canvas, at.sheet, app_look(app, 0xffffffff), 12);
	app_chrome_text(app, canvas, (struct rect){0, at.sheet.y + 22, at.sheet.width, 20}, strbuf_str(&asks), 14, 400, app_look(app, 0x00000099));
	app_chrome_text(app, canvas, (struct rect){0, at.sheet.y + 52, at.sheet.width, 26}, app_word(app, host_scope_word(scope)), 17, 600, app_look(app, 0x000000ff));
	for (size_t i = 0; i < count; i++) {
		app_chrome_text(app, canvas, (struct rect){0, at.sheet.y + 90 + 20 * (float)i, at.sheet.width, 20}, lines[i], 13, 400, app_look(app, 0x00000099));
	}
	app_chrome_fill(canvas, at.reject, app_look(app, 0xf2f2f2ff), 5);
	app_chrome_text(app, canvas, at.reject, app_word(app, HOST_WORD_REJECT), 16, 500, 0x06ae56ff);
	app_chrome_fill(canvas, at.allow, 0x07c160ff, 5);
	app_chrome_text(app, canvas, at.allow, app_word(app, HOST_WORD_ALLOW), 16, 500, 0xffffffff);
	strbuf_finish(&asks);
}

void app_permission_tap(struct app *app, struct value parameters, struct point at)
{
	struct sheet_places places = place(app);
	UNUSED(parameters);
	if (rect_contains(places.allow, at)) {
		struct value yes = value_object_new(0);
		app->host->ui->answer(app->host, "permission", yes);
		value_unref(yes);
	} else if (rect_contains(places.reject, at)) {
		app->host->ui->answer(app->host, "permission", value_undefined());
	}
}
