// What WXS has not, and WXS as the text of a JavaScript function.
#include "border/js/dialect.h"

#include "base/map.h"
#include "border/js/token.h"

#include <stdio.h>
#include <string.h>

#define PROBLEMS_MAX 50
#define NAMES_MAX 2000 // undeclared ones; a file with more is none

/* A place in a text that is read forwards. */
struct cursor {
	size_t at, start; // of the line
	int line;         // from 0
};

static bool among(struct str word, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (str_is(word, list[i])) {
			return true;
		}
	}
	return false;
}

/* Moves on to `at`, which is not before where the cursor stands. */
static struct dialect_place move_to(struct cursor *cursor, struct str source, size_t at)
{
	for (; cursor->at < at && cursor->at < source.len; cursor->at++) {
		size_t i = cursor->at;
		if (source.at[i] == '\n' || (source.at[i] == '\r' && !(i + 1 < source.len && source.at[i + 1] == '\n'))) {
			cursor->line++;
			cursor->start = i + 1;
		}
	}
	size_t end = size_min(at, source.len);
	int column = (int)str_utf16_len(str_slice(source, cursor->start, end)) + 1;
	return (struct dialect_place){.line = cursor->line + 1, .column = column};
}

struct dialect_place dialect_locate(struct str source, size_t at)
{
	struct cursor cursor = {0};
	return move_to(&cursor, source, at);
}

/* --- what WXS has not --- */

struct check {
	struct js_tokenizer tokens;
	struct js_token last; // the one before the present one
	void (*problem)(void *user, size_t at, const char *text);
	void *user;
	int count;
};

static void tell(struct check *check, struct js_token token, const char *text)
{
	if (check->count++ < PROBLEMS_MAX) {
		check->problem(check->user, token.start, text);
	}
}

static const char *const words[] = {"new", "class", "const", "try", "catch", "finally", "throw", "instanceof", "in", "with",
	"import", "export", "extends", "super", "yield", "await", "enum"};
static const char *const fresh_operators[] = {"**", "**=", "?.", "?\?", "?\?=", "&&=", "||="};

/* Is the innermost bracket the { of an object literal? */
static bool in_object(const struct js_tokenizer *t)
{
	return t->brackets.len > 0 && vec_last(&t->brackets).open == '{' && vec_last(&t->brackets).control;
}

static bool starts_statement(const struct check *check)
{
	static const char *const before[] = {";", "{", "}", ")", "else", "do", ":"};
	struct str last = js_token_text(&check->tokens, check->last);
	bool asked = check->tokens.brackets.len > 0 ? vec_last(&check->tokens.brackets).asked : check->tokens.asked;
	return check->last.type == JS_TOKEN_END || (!asked && among(last, before, ARRAY_LEN(before)));
}

static bool ends_value(struct js_token token, struct str text)
{
	return token.type == JS_TOKEN_NAME || str_is(text, "]") || str_is(text, "}");
}

static void check_name(struct check *check, struct js_token token, struct str word)
{
	struct js_token next = js_token_peek(&check->tokens);
	struct str last = js_token_text(&check->tokens, check->last);
	char text[80];
	for (size_t i = 0; i < word.len; i++) {
		unsigned char c = (unsigned char)word.at[i];
		if (c == '$' || c == '\\' || c == '#' || c == '@' || c >= 0x80) {
			tell(check, token, c == '$' ? "WXS has no `$` in names" : "a name of WXS has letters, digits and _ only");
			return;
		}
	}
	if (token.property || (in_object(&check->tokens) && js_token_is(&check->tokens, next, ":"))) {
		return;
	}
	if (among(word, words, ARRAY_LEN(words))) {
		snprintf(text, sizeof(text), "WXS has no `" STR_FMT "`", STR_ARG(word));
		tell(check, token, text);
	} else if (str_is(word, "let") && (next.type == JS_TOKEN_NAME || js_token_is(&check->tokens, next, "[") ||
			js_token_is(&check->tokens, next, "{"))) {
		tell(check, token, "WXS has no `let`");
	} else if (str_is(word, "async") && (next.type == JS_TOKEN_NAME && !next.line_before)) {
		tell(check, token, "WXS has no `async`");
	} else if (str_is(word, "of") && ends_value(check->last, last) && !token.line_before &&
		check->tokens.brackets.len > 0 && vec_last(&check->tokens.brackets).control) {
		tell(check, token, "WXS has no `for (... of ...)`");
	} else if (js_token_is(&check->tokens, next, ":") && !str_is(word, "default") && !str_is(last, "case") &&
		!in_object(&check->tokens) && starts_statement(check)) {
		tell(check, token, "WXS has no labels");
	}
}

static void check_token(struct check *check, struct js_token token)
{
	struct str text = js_token_text(&check->tokens, token);
	switch (token.type) {
	case JS_TOKEN_NAME:
		check_name(check, token, text);
		break;
	case JS_TOKEN_TEMPLATE:
		if (text.at[0] == '`') {
			tell(check, token, "WXS has no template strings");
		}
		break;
	case JS_TOKEN_REGEXP:
		tell(check, token, "WXS has no regular expression literals; use getRegExp()");
		break;
	case JS_TOKEN_PUNCTUATOR:
		if (str_is(text, "=>")) {
			tell(check, token, "WXS has no arrow functions");
		} else if (str_is(text, "...")) {
			tell(check, token, "WXS has no `...`");
		} else if (str_is(text, "*") && js_token_is(&check->tokens, check->last, "function")) {
			tell(check, token, "WXS has no generators");
		} else if (among(text, fresh_operators, ARRAY_LEN(fresh_operators))) {
			char message[40];
			snprintf(message, sizeof(message), "WXS has no `" STR_FMT "`", STR_ARG(text));
			tell(check, token, message);
		}
		break;
	default:
		break;
	}
}

void dialect_check(struct str source, void (*problem)(void *user, size_t at, const char *text), void *user)
{
	struct check check = {.problem = problem, .user = user};
	js_tokenizer_init(&check.tokens, source);
	for (;;) {
		struct js_token token = js_token_next(&check.tokens);
		if (token.type == JS_TOKEN_END) {
			break;
		}
		check_token(&check, token);
		check.last = token;
	}
	js_tokenizer_finish(&check.tokens);
}

void dialect_requires(struct str source, void (*each)(void *user, size_t at, struct str path), void *user)
{
	struct js_tokenizer tokens;
	js_tokenizer_init(&tokens, source);
	int step = 0; // 1: require, 2: its bracket
	for (;;) {
		struct js_token token = js_token_next(&tokens);
		if (token.type == JS_TOKEN_END) {
			break;
		}
		if (step == 2 && token.type == JS_TOKEN_STRING && token.end > token.start + 2) {
			each(user, token.start, str_slice(source, token.start + 1, token.end - 1));
		}
		bool name = token.type == JS_TOKEN_NAME && !token.property && js_token_is(&tokens, token, "require");
		step = name ? 1 : step == 1 && js_token_is(&tokens, token, "(") ? 2 : 0;
	}
	js_tokenizer_finish(&tokens);
}

/* --- undeclared names --- */

/* Never made a variable: words of the language, what the world has, the parameters. */
static const char *const taken[] = {"break", "case", "catch", "class", "const", "continue", "debugger", "default", "delete",
	"do", "else", "enum", "export", "extends", "false", "finally", "for", "function", "if", "import", "in", "instanceof", "let",
	"new", "null", "return", "super", "switch", "this", "throw", "true", "try", "typeof", "var", "void", "while", "with", "yield",
	"await", "async", "of", "arguments", "eval", "module", "exports", "require", "undefined", "NaN", "Infinity", "parseInt",
	"parseFloat", "isNaN", "isFinite", "decodeURI", "decodeURIComponent", "encodeURI", "encodeURIComponent", "Math", "JSON",
	"Number", "Date", "console", "getDate", "getRegExp", "static", "implements", "interface", "package", "private", "protected",
	"public", "get", "set"};
static const char *const assignments[] = {"=", "+=", "-=", "*=", "/=", "%=", "<<=", ">>=", ">>>=", "&=", "|=", "^=", "**=",
	"&&=", "||=", "?\?=", "++", "--", "in", "of"};

static bool is_plain_name(struct str word)
{
	for (size_t i = 0; i < word.len; i++) {
		unsigned char c = (unsigned char)word.at[i];
		if (c == '\\' || c == '#' || c == '@' || c >= 0x80) {
			return false;
		}
	}
	return word.len > 0 && word.len < 100;
}

struct names {
	struct map assigned, fixed; // fixed: let, const and class may not be declared twice
};

static void see_name(struct names *names, struct js_tokenizer *t, struct js_token token, struct js_token last)
{
	struct str word = js_token_text(t, token), before = js_token_text(t, last);
	if (token.property || !is_plain_name(word) || among(word, taken, ARRAY_LEN(taken))) {
		return;
	}
	if (last.type == JS_TOKEN_NAME && (str_is(before, "let") || str_is(before, "const") || str_is(before, "class"))) {
		map_set(&names->fixed, word, names);
		return;
	}
	struct js_token next = js_token_peek(t);
	bool prefix = last.type == JS_TOKEN_PUNCTUATOR && (str_is(before, "++") || str_is(before, "--"));
	if (prefix || (next.type != JS_TOKEN_STRING && among(js_token_text(t, next), assignments, ARRAY_LEN(assignments)))) {
		map_set(&names->assigned, word, names);
	}
}

/* Every name that is assigned to somewhere: declaring one that is declared anyway changes nothing.
 * Lists behind let and const, and patterns, make the file keep its names to itself. */
static void add_names(struct str source, struct strbuf *out, bool *ret_stray)
{
	struct names names = {0};
	struct js_tokenizer tokens;
	struct js_token last = {0};
	js_tokenizer_init(&tokens, source);
	bool lexical = false;
	for (;;) {
		struct js_token token = js_token_next(&tokens);
		if (token.type == JS_TOKEN_END) {
			break;
		}
		if (token.type == JS_TOKEN_NAME) {
			struct str word = js_token_text(&tokens, token);
			lexical |= !token.property && (str_is(word, "let") || str_is(word, "const") || str_is(word, "class"));
			see_name(&names, &tokens, token, last);
		}
		last = token;
	}
	*ret_stray = tokens.unbalanced;
	js_tokenizer_finish(&tokens);
	size_t count = 0;
	MAP_EACH(&names.assigned, entry) {
		if (!map_has(&names.fixed, entry->key) && !lexical && count++ < NAMES_MAX) {
			strbuf_add_text(out, count == 1 ? "var " : ",");
			strbuf_add(out, entry->key);
		}
	}
	strbuf_add_text(out, count ? ";" : "");
	map_finish(&names.assigned);
	map_finish(&names.fixed);
}

/* --- the text --- */

static bool is_hex(struct str s, size_t at, size_t count)
{
	for (size_t i = at; i < at + count; i++) {
		if (i >= s.len || !strchr("0123456789abcdefABCDEF", s.at[i]) || !s.at[i]) {
			return false;
		}
	}
	return true;
}

/* Is the backslash at `at` of a string token one that JavaScript understands as WXS does? */
static bool is_escape(struct str s, size_t at)
{
	if (at + 1 >= s.len) {
		return true;
	}
	unsigned char c = (unsigned char)s.at[at + 1];
	if (c == 'x') {
		return is_hex(s, at + 2, 2);
	}
	if (c == 'u') {
		return is_hex(s, at + 2, 4);
	}
	return c == '\0' || strchr("nrt'\"\\\n\r", c) || (c == 0xe2 && str_starts(str_slice(s, at + 2, s.len), STR("\x80")));
}

static void add_string(struct str source, struct js_token token, struct cursor *cursor, struct dialect *out)
{
	for (size_t i = token.start; i < token.end; i++) {
		if (source.at[i] != '\\') {
			strbuf_add_char(&out->text, source.at[i]);
			continue;
		}
		if (!is_escape(str_slice(source, 0, token.end), i)) {
			struct dialect_place place = move_to(cursor, source, i);
			vec_push(&out->added, place);
			strbuf_add_char(&out->text, '\\');
			strbuf_add_char(&out->text, '\\');
			continue;
		}
		strbuf_add_char(&out->text, '\\');
		if (i + 1 < token.end) {
			strbuf_add_char(&out->text, source.at[++i]);
		}
	}
}

/* Does a comment that begins with / and * go on to the end of the file? `rest` holds spaces and comments only. */
static bool is_open_comment(struct str rest)
{
	for (size_t i = 0; i + 1 < rest.len; i++) {
		if (rest.at[i] != '/') {
			continue;
		}
		if (rest.at[i + 1] == '/') {
			while (i < rest.len && rest.at[i] != '\n' && rest.at[i] != '\r') {
				i++;
			}
		} else if (rest.at[i + 1] == '*') {
			size_t end = str_find(str_slice(rest, i + 2, rest.len), STR("*/"));
			if (end == SIZE_MAX) {
				return true;
			}
			i += end + 3;
		}
	}
	return false;
}

void dialect_write(struct str source, struct dialect *ret_dialect)
{
	*ret_dialect = (struct dialect){0};
	strbuf_add_text(&ret_dialect->text, "(function(module,exports,require){;");
	add_names(source, &ret_dialect->text, &ret_dialect->stray);
	ret_dialect->prefix = ret_dialect->text.len;
	struct js_tokenizer tokens;
	js_tokenizer_init(&tokens, source);
	size_t done = 0, last = 0;
	struct cursor cursor = {0};
	for (;;) {
		struct js_token token = js_token_next(&tokens);
		if (token.type == JS_TOKEN_END) {
			break;
		}
		last = token.end;
		if (token.type == JS_TOKEN_STRING) {
			strbuf_add(&ret_dialect->text, str_slice(source, done, token.start));
			add_string(source, token, &cursor, ret_dialect);
			done = token.end;
		}
	}
	js_tokenizer_finish(&tokens);
	struct str rest = str_slice(source, last, source.len);
	strbuf_add(&ret_dialect->text, str_slice(source, done, source.len));
	strbuf_add_text(&ret_dialect->text, is_open_comment(rest) ? "*/\n})" : "\n})");
}

void dialect_finish(struct dialect *dialect)
{
	strbuf_finish(&dialect->text);
	vec_finish(&dialect->added);
}

struct dialect_place dialect_source(const struct dialect *dialect, struct dialect_place place)
{
	if (place.line == 1) {
		place.column = int_max(place.column - (int)dialect->prefix, 1);
	}
	int moved = 0;
	for (size_t i = 0; i < dialect->added.len; i++) {
		struct dialect_place added = dialect->added.at[i];
		moved += added.line == place.line && added.column + moved < place.column;
	}
	place.column -= moved;
	return place;
}
