/* The tokenizer of CSS Syntax 3, and its inverse for names, strings and numbers. */
#include "core/wxss/lex.h"

#define NESTING_MAX 256
#define NUMBER_MAX 1e9

static int peek(const struct wxss_lex *lex, size_t ahead)
{
	return lex->pos + ahead < lex->text.len ? (unsigned char)lex->text.at[lex->pos + ahead] : -1;
}

static bool is_newline(int c) { return c == '\n' || c == '\r' || c == '\f'; }
static bool is_space(int c) { return c == ' ' || c == '\t' || is_newline(c); }
static bool is_digit(int c) { return c >= '0' && c <= '9'; }
static bool is_name_start(int c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80; }
static bool is_name(int c) { return is_name_start(c) || is_digit(c) || c == '-'; }

static int hex_value(int c)
{
	return is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool is_escape(int a, int b) { return a == '\\' && b >= 0 && !is_newline(b); }

static bool starts_ident(int a, int b, int c)
{
	if (a == '-') {
		return is_name_start(b) || b == '-' || is_escape(b, c);
	}
	return is_name_start(a) || is_escape(a, b);
}

static bool starts_number(int a, int b, int c)
{
	if (a == '+' || a == '-') {
		return is_digit(b) || (b == '.' && is_digit(c));
	}
	return is_digit(a) || (a == '.' && is_digit(b));
}

/* At a backslash that starts an escape: up to six digits and one white space, or one character. */
static void skip_escape(struct wxss_lex *lex)
{
	size_t digits = 0;
	lex->pos++;
	while (digits < 6 && hex_value(peek(lex, digits)) >= 0) {
		digits++;
	}
	lex->pos += digits ? digits : 1;
	if (digits && is_space(peek(lex, 0))) {
		lex->pos += peek(lex, 0) == '\r' && peek(lex, 1) == '\n' ? 2 : 1;
	}
}

static struct str take_name(struct wxss_lex *lex)
{
	size_t from = lex->pos;
	for (;;) {
		int c = peek(lex, 0);
		if (is_name(c)) {
			lex->pos++;
		} else if (is_escape(c, peek(lex, 1))) {
			skip_escape(lex);
		} else {
			return str_slice(lex->text, from, lex->pos);
		}
	}
}

static bool skip_comment(struct wxss_lex *lex)
{
	if (peek(lex, 0) != '/' || peek(lex, 1) != '*') {
		return false;
	}
	size_t end = str_find(str_slice(lex->text, lex->pos + 2, lex->text.len), STR("*/"));
	lex->pos = end == SIZE_MAX ? lex->text.len : lex->pos + 2 + end + 2;
	return true;
}

static void take_space(struct wxss_lex *lex)
{
	for (;;) {
		if (is_space(peek(lex, 0))) {
			lex->pos++;
		} else if (!skip_comment(lex)) {
			return;
		}
	}
}

static void take_string(struct wxss_lex *lex, struct wxss_token *token)
{
	int quote = peek(lex, 0);
	size_t from = ++lex->pos;
	for (;;) {
		int c = peek(lex, 0);
		if (c < 0 || c == quote) {
			token->kind = TOK_STRING;
			token->text = str_slice(lex->text, from, lex->pos);
			lex->pos += c == quote;
			return;
		}
		if (is_newline(c)) { // unterminated: the string ends with its line
			token->kind = TOK_BAD_STRING;
			token->text = str_slice(lex->text, from, lex->pos);
			return;
		}
		lex->pos += c == '\\' && peek(lex, 1) >= 0 ? 2 : 1;
	}
}

static void take_digits(struct wxss_lex *lex)
{
	while (is_digit(peek(lex, 0))) {
		lex->pos++;
	}
}

static void take_number(struct wxss_lex *lex, struct wxss_token *token)
{
	size_t from = lex->pos;
	token->kind = TOK_NUMBER;
	token->integer = true;
	if (peek(lex, 0) == '+' || peek(lex, 0) == '-') {
		token->sign = true;
		from += peek(lex, 0) == '+';
		lex->pos++;
	}
	take_digits(lex);
	if (peek(lex, 0) == '.' && is_digit(peek(lex, 1))) {
		token->integer = false;
		lex->pos++;
		take_digits(lex);
	}
	int e = peek(lex, 0), sign = peek(lex, 1);
	size_t skip = sign == '+' || sign == '-' ? 2 : 1;
	if ((e == 'e' || e == 'E') && is_digit(peek(lex, skip))) {
		token->integer = false;
		lex->pos += skip;
		take_digits(lex);
	}
	double number = 0;
	if (!str_to_number(str_slice(lex->text, from, lex->pos), &number) || number != number) {
		number = 0;
	}
	token->number = number > NUMBER_MAX ? NUMBER_MAX : number < -NUMBER_MAX ? -NUMBER_MAX : number;
	if (peek(lex, 0) == '%') {
		lex->pos++;
		token->unit = STR("%");
	} else if (starts_ident(peek(lex, 0), peek(lex, 1), peek(lex, 2))) {
		token->unit = take_name(lex);
	}
}

static void take_bad_url(struct wxss_lex *lex, struct wxss_token *token)
{
	token->kind = TOK_BAD_URL;
	for (;;) {
		int c = peek(lex, 0);
		if (c < 0) {
			return;
		}
		lex->pos += is_escape(c, peek(lex, 1)) ? 2 : 1;
		if (c == ')') {
			return;
		}
	}
}

/* Behind "url(" and white space, not at a quote. */
static void take_url(struct wxss_lex *lex, struct wxss_token *token)
{
	size_t from = lex->pos;
	token->kind = TOK_URL;
	for (;;) {
		int c = peek(lex, 0);
		if (c < 0 || c == ')' || is_space(c)) {
			token->text = str_slice(lex->text, from, lex->pos);
			while (is_space(peek(lex, 0))) {
				lex->pos++;
			}
			if (peek(lex, 0) < 0 || peek(lex, 0) == ')') {
				lex->pos += peek(lex, 0) == ')';
				return;
			}
			take_bad_url(lex, token);
			return;
		}
		if (c == '"' || c == '\'' || c == '(' || c < 0x20 || c == 0x7f || (c == '\\' && !is_escape(c, peek(lex, 1)))) {
			take_bad_url(lex, token);
			return;
		}
		if (c == '\\') {
			skip_escape(lex);
		} else {
			lex->pos++;
		}
	}
}

static void take_ident(struct wxss_lex *lex, struct wxss_token *token)
{
	token->kind = TOK_IDENT;
	token->text = take_name(lex);
	if (peek(lex, 0) != '(') {
		return;
	}
	lex->pos++;
	token->kind = TOK_FUNCTION;
	if (!str_eq_nocase(token->text, STR("url"))) {
		return;
	}
	size_t ahead = 0;
	while (is_space(peek(lex, ahead))) {
		ahead++;
	}
	if (peek(lex, ahead) != '"' && peek(lex, ahead) != '\'') {
		lex->pos += ahead;
		take_url(lex, token);
	}
}

static enum wxss_token_kind punctuation(int c)
{
	switch (c) {
	case ':': return TOK_COLON;
	case ';': return TOK_SEMICOLON;
	case ',': return TOK_COMMA;
	case '[': return TOK_OPEN_SQUARE;
	case ']': return TOK_CLOSE_SQUARE;
	case '(': return TOK_OPEN_ROUND;
	case ')': return TOK_CLOSE_ROUND;
	case '{': return TOK_OPEN_CURLY;
	case '}': return TOK_CLOSE_CURLY;
	default: return TOK_DELIM;
	}
}

static bool looking_at(const struct wxss_lex *lex, struct str what)
{
	return str_starts(str_slice(lex->text, lex->pos, lex->text.len), what);
}

struct wxss_token wxss_lex_next(struct wxss_lex *lex)
{
	struct wxss_token token = {.offset = lex->pos};
	int a = peek(lex, 0), b = peek(lex, 1), c = peek(lex, 2);
	if (a < 0) {
		return token;
	}
	if (is_space(a) || (a == '/' && b == '*')) {
		take_space(lex);
		token.kind = TOK_SPACE;
	} else if (a == '"' || a == '\'') {
		take_string(lex, &token);
	} else if (a == '#' && (is_name(b) || is_escape(b, c))) {
		lex->pos++;
		token.kind = TOK_HASH;
		token.text = take_name(lex);
	} else if (starts_number(a, b, c)) {
		take_number(lex, &token);
	} else if (looking_at(lex, STR("-->"))) {
		lex->pos += 3;
		token.kind = TOK_CDC;
	} else if (starts_ident(a, b, c)) {
		take_ident(lex, &token);
	} else if (a == '@' && starts_ident(b, c, peek(lex, 3))) {
		lex->pos++;
		token.kind = TOK_AT;
		token.text = take_name(lex);
	} else if (looking_at(lex, STR("<!--"))) {
		lex->pos += 4;
		token.kind = TOK_CDO;
	} else {
		lex->pos++;
		token.kind = punctuation(a);
		token.delim = (char)a;
	}
	return token;
}

struct wxss_token wxss_lex_next_solid(struct wxss_lex *lex)
{
	struct wxss_token token;
	do {
		token = wxss_lex_next(lex);
	} while (token.kind == TOK_SPACE);
	return token;
}

bool wxss_token_opens(enum wxss_token_kind kind)
{
	return kind == TOK_FUNCTION || kind == TOK_OPEN_ROUND || kind == TOK_OPEN_SQUARE || kind == TOK_OPEN_CURLY;
}

void wxss_lex_skip_block(struct wxss_lex *lex, enum wxss_token_kind open)
{
	unsigned char close[NESTING_MAX];
	size_t depth = 0, beyond = 0;
	for (enum wxss_token_kind kind = open;; kind = wxss_lex_next(lex).kind) {
		if (wxss_token_opens(kind)) {
			if (depth == NESTING_MAX) {
				beyond++; // deeper than any sane sheet: only counted
			} else {
				close[depth++] = kind == TOK_OPEN_SQUARE ? TOK_CLOSE_SQUARE : kind == TOK_OPEN_CURLY ? TOK_CLOSE_CURLY : TOK_CLOSE_ROUND;
			}
		} else if (kind == TOK_EOF) {
			return;
		} else if (beyond) {
			beyond -= kind == TOK_CLOSE_SQUARE || kind == TOK_CLOSE_ROUND || kind == TOK_CLOSE_CURLY;
		} else if (kind == close[depth - 1] && --depth == 0) {
			return;
		}
	}
}

/* Of white space at the end of the text: does its last comment miss its end? */
static bool is_open_comment(struct str space)
{
	size_t at = 0;
	for (size_t from = 0; (at = str_find(str_slice(space, from, space.len), STR("/*"))) != SIZE_MAX;) {
		size_t end = str_find(str_slice(space, from + at + 2, space.len), STR("*/"));
		if (end == SIZE_MAX) {
			return true;
		}
		from += at + 2 + end + 2;
	}
	return false;
}

/* What has to stand behind the last token, if it is not whole. */
static void close_token(struct wxss_token token, struct str raw, struct strbuf *out)
{
	char last = raw.len ? raw.at[raw.len - 1] : 0;
	bool quoted = token.kind == TOK_STRING && (raw.len < 2 || raw.len == token.text.len + 1);
	size_t slashes = 0;
	while (slashes < raw.len && raw.at[raw.len - 1 - slashes] == '\\') {
		slashes++;
	}
	if (slashes % 2 == 1 && (quoted || token.kind == TOK_DELIM)) {
		out->len--; // would escape what comes behind it
	}
	if (quoted) {
		strbuf_add_char(out, raw.at[0]);
	} else if ((token.kind == TOK_URL && last != ')') || (token.kind == TOK_BAD_URL && last != ')')) {
		strbuf_add_char(out, ')');
	} else if (token.kind == TOK_SPACE && is_open_comment(raw)) {
		strbuf_add_text(out, last == '*' && raw.len > 2 ? "/" : "*/");
	}
}

struct str wxss_close_text(struct arena *arena, struct str text)
{
	char close[NESTING_MAX];
	size_t depth = 0, start = 0;
	struct wxss_lex lex = {.text = text};
	struct wxss_token token, last = {0};
	while ((token = wxss_lex_next(&lex)).kind != TOK_EOF) {
		last = token;
		start = token.offset;
		char c = token.kind == TOK_CLOSE_SQUARE ? ']' : token.kind == TOK_CLOSE_ROUND ? ')' : token.kind == TOK_CLOSE_CURLY ? '}' : 0;
		if (wxss_token_opens(token.kind) && depth < NESTING_MAX) {
			close[depth++] = token.kind == TOK_OPEN_SQUARE ? ']' : token.kind == TOK_OPEN_CURLY ? '}' : ')';
		} else if (c && depth && close[depth - 1] == c) {
			depth--;
		}
	}
	struct strbuf out = {0};
	strbuf_add(&out, text);
	close_token(last, str_slice(text, start, text.len), &out);
	while (depth) {
		strbuf_add_char(&out, close[--depth]);
	}
	if (!str_eq(strbuf_str(&out), text)) {
		text = (struct str){arena_strdup(arena, out.at, out.len), out.len};
	}
	strbuf_finish(&out);
	return text;
}

static size_t unescape_one(struct str text, size_t i, struct strbuf *out)
{
	// text.at[i] follows a backslash
	if (is_newline((unsigned char)text.at[i])) {
		return i + 1 + (text.at[i] == '\r' && i + 1 < text.len && text.at[i + 1] == '\n');
	}
	uint32_t code = 0;
	size_t digits = 0;
	while (digits < 6 && i + digits < text.len && hex_value((unsigned char)text.at[i + digits]) >= 0) {
		code = code * 16 + (uint32_t)hex_value((unsigned char)text.at[i + digits]);
		digits++;
	}
	if (!digits) {
		strbuf_add_char(out, text.at[i]);
		return i + 1;
	}
	bool bad = code == 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff);
	strbuf_add_code_point(out, bad ? 0xfffd : code);
	i += digits;
	if (i < text.len && is_space((unsigned char)text.at[i])) {
		i += text.at[i] == '\r' && i + 1 < text.len && text.at[i + 1] == '\n' ? 2 : 1;
	}
	return i;
}

struct str wxss_unescape(struct arena *arena, struct str text)
{
	if (str_find_char(text, '\\') == SIZE_MAX) {
		return text;
	}
	struct strbuf out = {0};
	for (size_t i = 0; i < text.len;) {
		if (text.at[i] != '\\') {
			strbuf_add_char(&out, text.at[i++]);
		} else if (i + 1 < text.len) {
			i = unescape_one(text, i + 1, &out);
		} else {
			i++;
		}
	}
	struct str result = {arena_strdup(arena, out.at ? out.at : "", out.len), out.len};
	strbuf_finish(&out);
	return result;
}

void wxss_print_ident(struct str name, struct strbuf *out)
{
	for (size_t i = 0; i < name.len; i++) {
		int c = (unsigned char)name.at[i];
		bool lead = i == 0 || (i == 1 && name.at[0] == '-');
		if (c < 0x20 || c == 0x7f || (is_digit(c) && lead)) {
			strbuf_printf(out, "\\%x ", (unsigned)c);
		} else if (!is_name(c) || (c == '-' && name.len == 1)) {
			strbuf_add_char(out, '\\');
			strbuf_add_char(out, (char)c);
		} else {
			strbuf_add_char(out, (char)c);
		}
	}
}

void wxss_print_string(struct str text, struct strbuf *out)
{
	strbuf_add_char(out, '"');
	for (size_t i = 0; i < text.len; i++) {
		int c = (unsigned char)text.at[i];
		if (c == '"' || c == '\\') {
			strbuf_add_char(out, '\\');
			strbuf_add_char(out, (char)c);
		} else if (c < 0x20 || c == 0x7f) {
			strbuf_printf(out, "\\%x ", (unsigned)c);
		} else {
			strbuf_add_char(out, (char)c);
		}
	}
	strbuf_add_char(out, '"');
}

void wxss_print_number(double number, struct strbuf *out)
{
	double rounded = round(number * 1e6) / 1e6;
	strbuf_add_number(out, rounded == 0 ? 0 : rounded); // no "-0"
}
