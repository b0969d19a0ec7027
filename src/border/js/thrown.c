/* Exceptions, rejections and stops as struct js_error. */
#include "border/js/context.h"

#include "base/mem.h"
#include "border/js/token.h"

#include <string.h>

/* One line of a stack: name@url:line:column. */
struct frame {
	struct str name, file;
	int line, column;
};

/* Cuts ":123" off the end of *text. */
static bool cut_number(struct str *text, int *ret_number)
{
	size_t colon = str_rfind_char(*text, ':');
	double number;
	if (colon == SIZE_MAX || !str_to_number(str_slice(*text, colon + 1, text->len), &number) || number < 0 ||
		number > INT32_MAX) {
		return false;
	}
	*ret_number = (int)number;
	*text = str_slice(*text, 0, colon);
	return true;
}

/* Of a line of Error.stack ("name@url:1:2") or of a back trace ("#0 name() at url:1"); false: no
 * file of the package. */
static bool parse_frame(const struct js_engine *engine, struct str line, struct frame *ret_frame)
{
	struct str place = line, name = {0};
	size_t at = str_find(line, STR("() at "));
	if (line.len && line.at[0] == '#' && at != SIZE_MAX) {
		size_t space = str_find_char(line, ' ');
		name = space < at ? str_slice(line, space + 1, at) : name;
		place = str_slice(line, at + 6, line.len);
	} else if ((at = str_find_char(line, '@')) != SIZE_MAX) {
		name = str_slice(line, 0, at);
		place = str_slice(line, at + 1, line.len);
	}
	*ret_frame = (struct frame){.name = name};
	int last;
	if (!cut_number(&place, &last)) {
		return false;
	}
	if (cut_number(&place, &ret_frame->line)) {
		ret_frame->column = last;
	} else {
		ret_frame->line = last;
	}
	if (!place.len || str_starts(place, STR("mina:")) || str_starts(place, STR("["))) {
		return false;
	}
	ret_frame->file = place;
	if (str_is(name, "global code") || str_is(name, "module code") || str_is(name, "eval code")) {
		ret_frame->name = (struct str){0};
	}
	if (engine->place) {
		engine->place(engine, place, &ret_frame->line, &ret_frame->column);
	} else if (ret_frame->line == 1) {
		int prefix = (int)js_module_prefix(engine, place);
		ret_frame->column = ret_frame->column > prefix ? ret_frame->column - prefix : 0;
	}
	return true;
}

void js_frames(const struct js_engine *engine, struct str stack, struct strbuf *out)
{
	struct str line;
	struct frame frame;
	while (str_split(&stack, '\n', &line)) {
		if (!parse_frame(engine, line, &frame)) {
			continue;
		}
		strbuf_add_text(out, out->len ? "\n    at " : "    at ");
		if (frame.name.len) {
			strbuf_printf(out, STR_FMT " (", STR_ARG(frame.name));
		}
		strbuf_printf(out, STR_FMT ":%d", STR_ARG(frame.file), frame.line);
		if (frame.column) {
			strbuf_printf(out, ":%d", frame.column);
		}
		strbuf_add_text(out, frame.name.len ? ")" : "");
	}
}

static bool first_frame(const struct js_engine *engine, struct str stack, struct frame *ret_frame)
{
	struct str line;
	while (str_split(&stack, '\n', &line)) {
		if (parse_frame(engine, line, ret_frame)) {
			return true;
		}
	}
	return false;
}

/* JavaScriptCore gives a syntax error a line only; the column is that of the token that its message
 * names between quotes, else of the line's first character. */
static int syntax_column(struct js_engine *engine, struct str file, int line, struct str message)
{
	struct strbuf text = {0};
	if (js_module_read(engine, file, &text)) {
		strbuf_finish(&text);
		return 0;
	}
	struct str rest = strbuf_str(&text), row = {0};
	for (int i = 0; i < line; i++) {
		if (!str_split(&rest, '\n', &row)) {
			row = (struct str){0};
			break;
		}
	}
	int column = 0;
	size_t open = str_find_char(message, '\'');
	size_t close = str_rfind_char(message, '\'');
	size_t at = SIZE_MAX;
	if (open != SIZE_MAX && close > open + 1) {
		at = str_find(row, str_slice(message, open + 1, close));
	}
	if (at == SIZE_MAX) {
		for (at = 0; at < row.len && (row.at[at] == ' ' || row.at[at] == '\t'); at++) {
		}
	}
	column = (int)str_utf16_len(str_slice(row, 0, at)) + 1;
	strbuf_finish(&text);
	return column;
}

static void tell(struct js_engine *engine, struct js_error *error, struct str raw_stack)
{
	struct strbuf stack = {0}, file = {0};
	struct frame frame;
	js_frames(engine, raw_stack, &stack);
	if (!error->file && first_frame(engine, raw_stack, &frame)) {
		strbuf_add(&file, frame.file);
		error->file = file.at;
		error->line = frame.line;
		error->column = frame.column;
	}
	error->file = error->file ? error->file : "";
	error->stack = stack.at ? stack.at : "";
	if (engine->config.ops->error) {
		engine->config.ops->error(engine->config.user, error);
	}
	strbuf_finish(&stack);
	strbuf_finish(&file);
}

void js_report(struct js_engine *engine, enum js_error_kind kind, JSValueRef thrown)
{
	if (engine->watch.stopped) {
		return; // the stop itself is reported, once
	}
	JSValueRef failed = NULL, described = NULL;
	if (thrown && engine->realm[JS_REALM_DESCRIBE]) {
		described = JSObjectCallAsFunction(engine->context, engine->realm[JS_REALM_DESCRIBE], NULL, 1, &thrown, &failed);
	}
	struct value info = value_undefined(), plain = value_undefined();
	if (described && !failed) {
		js_value_in(engine, described, false, &info, NULL);
	}
	if (thrown && (value_to_bool(value_get_text(info, "plain")) || !JSValueIsObject(engine->context, thrown))) {
		js_value_in(engine, thrown, false, &plain, NULL);
	}
	struct str message = value_str(value_get_text(info, "message"));
	struct str url = value_str(value_get_text(info, "url"));
	struct js_error error = {.kind = kind, .message = message.len ? message.at : "unknown error", .thrown = plain};
	if (value_to_bool(value_get_text(info, "syntax")) && url.len && !str_starts(url, STR("mina:"))) {
		error.kind = kind == JS_ERROR_UNCAUGHT ? JS_ERROR_SYNTAX : kind;
		error.file = url.at;
		error.line = (int)value_to_number(value_get_text(info, "line"));
		error.column = syntax_column(engine, url, error.line, message);
	}
	tell(engine, &error, value_str(value_get_text(info, "stack")));
	value_unref(info);
	value_unref(plain);
}

void js_report_stopped(struct js_engine *engine)
{
	struct strbuf text = {0};
	strbuf_printf(&text, "The script computed for more than %g seconds without a pause and was stopped (an endless loop?)",
		engine->config.time_limit / 1e3);
	struct js_error error = {.kind = JS_ERROR_STOPPED, .message = text.at};
	tell(engine, &error, str_of(engine->watch.stack));
	strbuf_finish(&text);
}
