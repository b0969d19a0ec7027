/* The chat picker of a share: a sheet with a row a chat, of which several may be ticked. */
#include "runtime/app/inside.h"

#define ROW 52.0f
#define HEAD 56.0f
#define ROWS_MAX 64

struct picker {
	struct rect sheet, cancel, send;
	size_t rows; // those that fit
};

static struct picker place(const struct app *app, struct value parameters)
{
	struct host_screen_info screen = app->host->screen->info(app->host);
	struct picker picker;
	float bottom = screen.safe_area.bottom, room = screen.height - screen.status_bar_height - 44 - HEAD - bottom;
	picker.rows = size_min(size_min(value_len(value_get_text(parameters, "chats")), ROWS_MAX), (size_t)float_max(0, room / ROW));
	float height = HEAD + ROW * (float)picker.rows + bottom;
	picker.sheet = (struct rect){0, screen.height - height, screen.width, height};
	picker.cancel = (struct rect){0, picker.sheet.y, 80, HEAD};
	picker.send = (struct rect){screen.width - 80, picker.sheet.y, 80, HEAD};
	return picker;
}

static struct rect row_at(const struct picker *picker, size_t index)
{
	return (struct rect){0, picker->sheet.y + HEAD + ROW * (float)index, picker->sheet.width, ROW};
}

void app_picker_draw(struct app *app, struct gfx_canvas *canvas, struct value parameters)
{
	struct picker picker = place(app, parameters);
	struct value chats = value_get_text(parameters, "chats");
	app_chrome_fill(canvas, picker.sheet, app_look(app, 0xf7f7f7ff), 12);
	app_chrome_text(app, canvas, picker.cancel, app_word(app, HOST_WORD_CANCEL), 16, 400, app_look(app, 0x000000ff));
	struct rect title = {80, picker.sheet.y, picker.sheet.width - 160, HEAD};
	app_chrome_text(app, canvas, title, app_word(app, HOST_WORD_SEND_TO), 17, 600, app_look(app, 0x000000ff));
	app_chrome_text(app, canvas, picker.send, app_word(app, HOST_WORD_SEND), 16, 500, app->chosen ? 0x07c160ff : app_look(app, 0x0000004d));
	for (size_t i = 0; i < picker.rows; i++) {
		struct value chat = value_at(chats, i);
		struct rect row = row_at(&picker, i);
		struct str name = value_str(value_get_text(chat, "name"));
		bool group = str_is(value_str(value_get_text(chat, "kind")), "group"), on = app->chosen >> i & 1;
		app_chrome_fill(canvas, row, app_look(app, 0xffffffff), 0);
		app_chrome_fill(canvas, (struct rect){16, row.y, row.width - 16, .5f}, app_look(app, 0x0000001a), 0);
		app_chrome_fill(canvas, (struct rect){16, row.y + 16, 20, 20}, on ? 0x07c160ff : 0xd8d8d8ff, 10);
		if (on) {
			gfx_canvas_set_color(canvas, 0xffffffff);
			gfx_canvas_set_line(canvas, 2, GFX_CAP_ROUND, GFX_JOIN_ROUND, 10);
			gfx_canvas_begin(canvas);
			gfx_canvas_move_to(canvas, 21, row.y + 26);
			gfx_canvas_line_to(canvas, 25, row.y + 30);
			gfx_canvas_line_to(canvas, 31, row.y + 22);
			gfx_canvas_stroke(canvas);
		}
		app_chrome_fill(canvas, (struct rect){48, row.y + 8, 36, 36}, group ? 0x10aeffff : 0xfa9d3bff, 6);
		size_t first = 0;
		if (name.len) {
			str_utf8_next(name, &first);
		}
		app_chrome_text(app, canvas, (struct rect){48, row.y + 8, 36, 36}, str_slice(name, 0, first), 16, 500, 0xffffffff);
		struct style style = {.font_size = 16, .font_weight = 400, .font_family = STR(""), .color = 0x000000ff};
		gfx_canvas_set_color(canvas, app_look(app, 0x000000ff));
		gfx_canvas_line_text(canvas, name, &style, (struct point){96, row.y + ROW / 2 + 6});
	}
}

static void send(struct app *app, struct value chats, size_t rows)
{
	struct value chosen = value_array_new(4), answer = value_object_new(1);
	for (size_t i = 0; i < rows; i++) {
		if (app->chosen >> i & 1) {
			value_array_push(&chosen, value_ref(value_get_text(value_at(chats, i), "id")));
		}
	}
	value_object_set_text(&answer, "chats", chosen);
	app->host->ui->answer(app->host, "share", answer);
	value_unref(answer);
}

void app_picker_tap(struct app *app, struct value parameters, struct point at)
{
	struct picker picker = place(app, parameters);
	struct value chats = value_get_text(parameters, "chats");
	if (rect_contains(picker.cancel, at) || !rect_contains(picker.sheet, at)) {
		app->host->ui->answer(app->host, "share", value_undefined());
	} else if (rect_contains(picker.send, at) && app->chosen) {
		send(app, chats, picker.rows);
	}
	for (size_t i = 0; i < picker.rows; i++) {
		if (rect_contains(row_at(&picker, i), at)) {
			app->chosen ^= (uint64_t)1 << i;
		}
	}
}
