/* The keyboard that stands above the page while something has the focus: keys by the field's type, and what a finger on them
 * types. Its looks are ours. */
#include "runtime/app/inside.h"

#define ROWS_MAX 5
#define KEYS_MAX 10
#define BAR 40.0f // with 完成, above a textarea's keys

enum special { KEY_NONE, KEY_DELETE, KEY_CONFIRM, KEY_SPACE };

static const struct { // what is not a character to type
	const char *name;
	enum special special;
	enum host_word word;
} specials[] = {{"<", KEY_DELETE, HOST_WORD_DELETE}, {">", KEY_CONFIRM, HOST_WORD_DONE}, {" ", KEY_SPACE, HOST_WORD_SPACE}};

typedef const char *key_rows[ROWS_MAX][KEYS_MAX];

static const key_rows letters = {
	{"1", "2", "3", "4", "5", "6", "7", "8", "9", "0"},
	{"q", "w", "e", "r", "t", "y", "u", "i", "o", "p"},
	{"a", "s", "d", "f", "g", "h", "j", "k", "l"},
	{"z", "x", "c", "v", "b", "n", "m", "<"},
	{",", " ", ".", ">"},
};
static const key_rows numbers = {{"1", "2", "3"}, {"4", "5", "6"}, {"7", "8", "9"}, {"", "0", "<"}};
static const key_rows digits = {{"1", "2", "3"}, {"4", "5", "6"}, {"7", "8", "9"}, {".", "0", "<"}};
static const key_rows identity = {{"1", "2", "3"}, {"4", "5", "6"}, {"7", "8", "9"}, {"X", "0", "<"}};

struct board {
	const key_rows *keys;
	size_t rows;
	bool multiple, has_bar;
	struct rect rect, bar;
	enum host_word confirm; // what its key says
};

static enum host_word confirm_word(struct value parameters, bool multiple)
{
	static const struct {
		const char *type;
		enum host_word word;
	} labels[] = {{"send", HOST_WORD_SEND}, {"search", HOST_WORD_SEARCH}, {"next", HOST_WORD_NEXT}, {"go", HOST_WORD_GO}, {"done", HOST_WORD_DONE}};
	struct str type = value_str(value_get_text(parameters, "confirmType"));
	for (size_t i = 0; i < ARRAY_LEN(labels); i++) {
		if (str_is(type, labels[i].type)) {
			return labels[i].word;
		}
	}
	return multiple ? HOST_WORD_RETURN : HOST_WORD_DONE;
}

static struct board board_of(const struct app *app, struct value keyboard)
{
	struct host_screen_info screen = app->host->screen->info(app->host);
	struct value parameters = value_get_text(keyboard, "parameters");
	struct str type = value_str(value_get_text(parameters, "type"));
	float height = (float)value_to_number(value_get_text(keyboard, "height"));
	struct board board = {.multiple = value_to_bool(value_get_text(parameters, "multiple"))};
	board.keys = board.multiple ? &letters : str_is(type, "number") ? &numbers : str_is(type, "digit") ? &digits
		: str_is(type, "idcard") ? &identity : &letters;
	board.rows = board.keys == &letters ? 5 : 4;
	board.rect = (struct rect){0, screen.height - height, screen.width, height};
	board.has_bar = board.multiple && value_to_bool(value_get_text(parameters, "showConfirmBar"));
	board.bar = (struct rect){screen.width - 70, board.rect.y, 70, BAR};
	board.confirm = confirm_word(parameters, board.multiple);
	return board;
}

/* Empty: there is no such key. */
static struct rect key_rect(const struct board *board, size_t row, size_t column)
{
	size_t count = 0;
	while (count < KEYS_MAX && (*board->keys)[row][count]) {
		count++;
	}
	float top = board->has_bar ? BAR : 0, height = (board->rect.height - top) / (float)board->rows;
	bool narrow = board->keys == &letters && row > 0 && row < 4;
	float width = narrow ? board->rect.width / KEYS_MAX : board->rect.width / (float)count;
	float left = narrow ? (board->rect.width - width * (float)count) / 2 : 0;
	return column < count ? (struct rect){left + width * (float)column, board->rect.y + top + height * (float)row, width, height}
		: (struct rect){0};
}

static enum special special_of(struct str key)
{
	for (size_t i = 0; i < ARRAY_LEN(specials); i++) {
		if (str_is(key, specials[i].name)) {
			return specials[i].special;
		}
	}
	return KEY_NONE;
}

/* What stands on a key. */
static struct str label_of(const struct app *app, const struct board *board, struct str key)
{
	for (size_t i = 0; i < ARRAY_LEN(specials); i++) {
		if (str_is(key, specials[i].name)) {
			return app_word(app, specials[i].special == KEY_CONFIRM ? board->confirm : specials[i].word);
		}
	}
	return key;
}

void app_keyboard_draw(struct app *app, struct gfx_canvas *canvas, struct value keyboard)
{
	struct board board = board_of(app, keyboard);
	app_chrome_fill(canvas, board.rect, app_look(app, 0xd5d8ddff), 0);
	if (board.has_bar) {
		app_chrome_fill(canvas, (struct rect){0, board.rect.y, board.rect.width, BAR}, app_look(app, 0xf7f7f7ff), 0);
		app_chrome_text(app, canvas, board.bar, app_word(app, HOST_WORD_DONE), 16, 400, 0x07c160ff);
	}
	for (size_t row = 0; row < board.rows; row++) {
		for (size_t column = 0; column < KEYS_MAX && (*board.keys)[row][column]; column++) {
			struct str key = str_of((*board.keys)[row][column]);
			struct rect rect = rect_inset(key_rect(&board, row, column), (struct insets){3, 3, 3, 3});
			bool confirm = special_of(key) == KEY_CONFIRM;
			if (key.len) {
				app_chrome_fill(canvas, rect, confirm ? 0x07c160ff : app_look(app, 0xffffffff), 5);
				struct str label = label_of(app, &board, key);
				app_chrome_text(app, canvas, rect, label, label.len > 3 && rect.width < 40 ? 13 : 17, 400, confirm ? 0xffffffff : app_look(app, 0x000000ff));
			}
		}
	}
}

/* --- what a finger types --- */

static void answer(struct app *app, const char *type, struct strbuf *text, double cursor)
{
	struct value answer = value_object_new(3);
	value_object_set_text(&answer, "type", value_text(type));
	if (text) {
		value_object_set_text(&answer, "value", value_take(text));
		value_object_set_text(&answer, "cursor", value_number(cursor));
	}
	app->host->ui->answer(app->host, "keyboard", answer);
	value_unref(answer);
}

/* The key takes the place of what is selected, or stands at the caret. NULL: the character before the caret goes. */
static void type_key(struct app *app, struct value parameters, const char *key)
{
	struct str old = value_str(value_get_text(parameters, "value"));
	size_t from = str_utf16_at(old, value_to_number(value_get_text(parameters, "selectionStart")));
	size_t to = str_utf16_at(old, value_to_number(value_get_text(parameters, "selectionEnd")));
	bool takes = !key && from == to && from > 0;
	do {
		from -= takes;
	} while (takes && from > 0 && ((unsigned char)old.at[from] & 0xc0) == 0x80);
	struct strbuf text = {0};
	strbuf_add(&text, str_slice(old, 0, from));
	strbuf_add_text(&text, key ? key : "");
	double cursor = (double)str_utf16_len(strbuf_str(&text));
	strbuf_add(&text, str_slice(old, to, old.len));
	answer(app, "input", &text, cursor);
}

static void press_key(struct app *app, const struct board *board, struct value parameters, struct str key)
{
	switch (special_of(key)) {
	case KEY_NONE:
		type_key(app, parameters, key.at);
		break;
	case KEY_SPACE:
		type_key(app, parameters, " ");
		break;
	case KEY_DELETE:
		type_key(app, parameters, NULL);
		break;
	case KEY_CONFIRM:
		if (board->multiple && board->confirm == HOST_WORD_RETURN) {
			type_key(app, parameters, "\n");
		} else {
			answer(app, "confirm", NULL, 0);
		}
		break;
	}
}

bool app_keyboard_at(struct app *app, struct point at)
{
	struct value overlay = app_chrome_overlay(app), keyboard = value_get_text(overlay, "keyboard");
	bool hit = value_is(keyboard, VALUE_OBJECT) && rect_contains(board_of(app, keyboard).rect, at);
	value_unref(overlay);
	return hit;
}

bool app_keyboard_tap(struct app *app, struct point at)
{
	if (!app_keyboard_at(app, at)) {
		return false;
	}
	struct value overlay = app_chrome_overlay(app), keyboard = value_get_text(overlay, "keyboard");
	struct board board = board_of(app, keyboard);
	if (board.has_bar && rect_contains(board.bar, at)) {
		answer(app, "confirm", NULL, 0);
	}
	for (size_t row = 0; row < board.rows; row++) {
		for (size_t column = 0; column < KEYS_MAX && (*board.keys)[row][column]; column++) {
			struct str key = str_of((*board.keys)[row][column]);
			if (key.len && rect_contains(key_rect(&board, row, column), at)) {
				press_key(app, &board, value_get_text(keyboard, "parameters"), key);
			}
		}
	}
	value_unref(overlay);
	return true;
}
