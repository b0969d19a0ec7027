// Cutting JavaScript into tokens.
#include "border/js/token.h"

#include <string.h>

#define BRACKETS_MAX 100000 // deeper ones are not remembered; JavaScriptCore refuses such a file

static bool is_name_byte(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
		c == '$' || c == '\\' || c >= 0x80;
}

static bool is_digit(unsigned char c) { return c >= '0' && c <= '9'; }

static unsigned char byte_at(const struct js_tokenizer *t, size_t at)
{
	return at < t->text.len ? (unsigned char)t->text.at[at] : 0;
}

/* U+2028 and U+2029 are line ends, U+00A0, U+FEFF, U+3000 and U+2000 to U+200A, U+202F, U+205F,
 * U+1680 are spaces. Returns the length of one that stands here, else 0. */
static size_t wide_space(const struct js_tokenizer *t, size_t at, bool *ret_line)
{
	unsigned char a = byte_at(t, at), b = byte_at(t, at + 1), c = byte_at(t, at + 2);
	if (a == 0xc2 && b == 0xa0) {
		return 2;
	}
	if (a == 0xe2 && b == 0x80) {
		if (c == 0xa8 || c == 0xa9) {
			*ret_line = true;
			return 3;
		}
		return (c >= 0x80 && c <= 0x8a) || c == 0xaf ? 3 : 0;
	}
	if ((a == 0xef && b == 0xbb && c == 0xbf) || (a == 0xe3 && b == 0x80 && c == 0x80) ||
		(a == 0xe2 && b == 0x81 && c == 0x9f) || (a == 0xe1 && b == 0x9a && c == 0x80)) {
		return 3;
	}
	return 0;
}

/* Past a comment that begins at `at`, or `at` itself when none does. */
static size_t skip_comment(const struct js_tokenizer *t, size_t at, bool *ret_line)
{
	if (byte_at(t, at) != '/') {
		return at;
	}
	if (byte_at(t, at + 1) == '/') {
		bool line = false;
		while (at < t->text.len && t->text.at[at] != '\n' && t->text.at[at] != '\r') {
			wide_space(t, at, &line);
			if (line) {
				break;
			}
			at++;
		}
		return at;
	}
	if (byte_at(t, at + 1) == '*') {
		for (at += 2; at < t->text.len; at++) {
			char c = t->text.at[at];
			if (c == '\n' || c == '\r') {
				*ret_line = true;
			} else if (c == '*' && byte_at(t, at + 1) == '/') {
				return at + 2;
			}
		}
	}
	return at;
}

static size_t skip_space(const struct js_tokenizer *t, size_t at, bool *ret_line)
{
	for (;;) {
		unsigned char c = byte_at(t, at);
		size_t before = at;
		if (at < t->text.len && (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f')) {
			*ret_line |= c == '\n' || c == '\r';
			at++;
		} else if (c >= 0x80) {
			at += wide_space(t, at, ret_line);
		} else if (c == '/') {
			at = skip_comment(t, at, ret_line);
		}
		if (at == before) {
			return at;
		}
	}
}

/* A string ends at its line's end too: an unterminated one must not swallow the file. */
static size_t skip_string(const struct js_tokenizer *t, size_t at)
{
	char quote = t->text.at[at];
	for (at++; at < t->text.len; at++) {
		char c = t->text.at[at];
		if (c == '\\') {
			if (byte_at(t, at + 1) == '\r' && byte_at(t, at + 2) == '\n') {
				at++;
			}
			at++;
		} else if (c == quote) {
			return at + 1;
		} else if (c == '\n' || c == '\r') {
			return at;
		}
	}
	return t->text.len;
}

static size_t skip_regexp(const struct js_tokenizer *t, size_t at)
{
	bool in_class = false;
	for (at++; at < t->text.len; at++) {
		char c = t->text.at[at];
		if (c == '\\') {
			at++;
		} else if (c == '\n' || c == '\r') {
			return at;
		} else if (c == '[') {
			in_class = true;
		} else if (c == ']') {
			in_class = false;
		} else if (c == '/' && !in_class) {
			at++;
			while (at < t->text.len && is_name_byte((unsigned char)t->text.at[at])) {
				at++;
			}
			return at;
		}
	}
	return t->text.len;
}

static size_t skip_number(const struct js_tokenizer *t, size_t at)
{
	bool hex = byte_at(t, at) == '0' && (byte_at(t, at + 1) | 32) == 'x';
	while (at < t->text.len) {
		unsigned char c = (unsigned char)t->text.at[at];
		bool sign = (c == '+' || c == '-') && !hex && (byte_at(t, at - 1) | 32) == 'e';
		if (!is_name_byte(c) && c != '.' && !sign) {
			break;
		}
		at++;
	}
	return at;
}

/* From behind ` or }; *ret_hole: it ended with ${. */
static size_t skip_template(const struct js_tokenizer *t, size_t at, bool *ret_hole)
{
	*ret_hole = false;
	for (; at < t->text.len; at++) {
		char c = t->text.at[at];
		if (c == '\\') {
			at++;
		} else if (c == '`') {
			return at + 1;
		} else if (c == '$' && byte_at(t, at + 1) == '{') {
			*ret_hole = true;
			return at + 2;
		}
	}
	return t->text.len;
}

static const char *const operators[] = {
	">>>=", "...", "===", "!==", "**=", "<<=", ">>=", ">>>", "&&=", "||=", "?\?=", "=>", "==", "!=", "<=",
	">=", "&&", "||", "?\?", "?.", "++", "--", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<", ">>", "**",
};

static size_t skip_operator(const struct js_tokenizer *t, size_t at)
{
	if (at + 1 >= t->text.len || !memchr("=>&|?.+-*<", t->text.at[at + 1], 10)) {
		return at + 1;
	}
	struct str rest = str_slice(t->text, at, size_min(at + 4, t->text.len));
	for (size_t i = 0; i < ARRAY_LEN(operators); i++) {
		struct str op = str_of(operators[i]);
		if (str_starts(rest, op)) {
			// `a?.5:b` is no optional chain
			return at + (str_is(op, "?.") && is_digit(byte_at(t, at + 2)) ? 1 : op.len);
		}
	}
	return at + 1;
}

static bool one_of(struct str word, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (str_is(word, list[i])) {
			return true;
		}
	}
	return false;
}

/* Keywords behind which an expression begins, and those of them behind which a block may. */
static const char *const before_expression[] = {"return", "typeof", "instanceof", "in", "new", "delete",
	"void", "throw", "case", "do", "else", "yield", "await", "extends", "default", "finally", "try"};
static const char *const before_block[] = {"do", "else", "finally", "try"};
static const char *const before_condition[] = {"if", "while", "for", "with"};

static void push_bracket(struct js_tokenizer *t, char open, bool control)
{
	if (t->brackets.len < BRACKETS_MAX) {
		struct js_bracket bracket = {.open = open, .control = control};
		vec_push(&t->brackets, bracket);
	}
}

static unsigned *asked(struct js_tokenizer *t)
{
	return t->brackets.len > 0 ? &vec_last(&t->brackets).asked : &t->asked;
}

/* Does a `{` here open an object literal? */
static bool opens_object(struct js_tokenizer *t)
{
	struct js_token last = t->last;
	if (t->block_next || last.type == JS_TOKEN_END || t->value) {
		return false;
	}
	if (last.type == JS_TOKEN_TEMPLATE || last.type == JS_TOKEN_NAME) {
		return true; // behind ${, and behind return and the like
	}
	struct str text = js_token_text(t, last);
	const struct js_bracket *around = t->brackets.len > 0 ? &vec_last(&t->brackets) : NULL;
	if (str_is(text, ";") || str_is(text, "{") || str_is(text, "}") || str_is(text, ")") || str_is(text, "=>")) {
		return false;
	}
	if (str_is(text, ":")) {
		// of a property, of a condition (marked by its ?), or of a label or case
		return t->ternary || (around && (around->open != '{' || around->control));
	}
	return true;
}

static void on_name(struct js_tokenizer *t, struct js_token *token)
{
	struct str word = js_token_text(t, *token);
	struct str last = js_token_text(t, t->last);
	bool for_await = t->control && str_is(word, "await") && str_is(last, "for");
	token->property = t->last.type == JS_TOKEN_PUNCTUATOR && (str_is(last, ".") || str_is(last, "?."));
	t->block_next = false;
	t->control = for_await;
	t->value = true;
	if (token->property || for_await) {
		return;
	}
	if (one_of(word, before_condition, ARRAY_LEN(before_condition))) {
		t->control = true;
	} else if (one_of(word, before_expression, ARRAY_LEN(before_expression))) {
		t->value = false;
		t->block_next = one_of(word, before_block, ARRAY_LEN(before_block));
	}
}

static void on_open(struct js_tokenizer *t, char c)
{
	bool control = c == '{' ? opens_object(t) : c == '(' && t->control;
	push_bracket(t, c, control);
	t->value = t->control = t->block_next = false;
}

/* Sets what may follow a closing bracket. */
static void on_close(struct js_tokenizer *t, char c)
{
	char open = c == ')' ? '(' : c == ']' ? '[' : '{';
	struct js_bracket bracket = {.open = open};
	if (t->brackets.len > 0) {
		bracket = vec_last(&t->brackets);
		t->brackets.len--;
	} else {
		t->unbalanced = true;
	}
	t->unbalanced |= bracket.open != open;
	t->control = false;
	t->block_next = c == ')';
	t->value = c == ']' || (c == ')' ? !bracket.control : bracket.control);
}

static void on_operator(struct js_tokenizer *t, struct str op)
{
	bool was_value = t->value;
	t->value = t->control = t->block_next = t->ternary = false;
	if (str_is(op, "++") || str_is(op, "--")) {
		t->value = was_value; // behind a value it is the postfix form
	} else if (str_is(op, "?")) {
		(*asked(t))++;
	} else if (str_is(op, ":") && *asked(t) > 0) {
		(*asked(t))--;
		t->ternary = true;
	}
}

static void on_punctuator(struct js_tokenizer *t, struct js_token *token)
{
	unsigned char c = (unsigned char)t->text.at[token->start];
	if (c == '(' || c == '[' || c == '{') {
		token->end = token->start + 1;
		on_open(t, (char)c);
	} else if (c == ')' || c == ']' || c == '}') {
		token->end = token->start + 1;
		on_close(t, (char)c);
		token->depth = t->brackets.len;
	} else {
		token->end = skip_operator(t, token->start);
		on_operator(t, js_token_text(t, *token));
	}
}

static void on_template(struct js_tokenizer *t, struct js_token *token)
{
	bool hole;
	token->type = JS_TOKEN_TEMPLATE;
	token->end = skip_template(t, token->start + 1, &hole);
	if (t->text.at[token->start] == '}') {
		t->brackets.len--;
	}
	token->depth = t->brackets.len;
	if (hole) {
		push_bracket(t, '$', false);
	}
	t->value = !hole;
	t->control = t->block_next = false;
}

static void on_literal(struct js_tokenizer *t)
{
	t->value = true;
	t->control = t->block_next = false;
}

void js_tokenizer_init(struct js_tokenizer *tokenizer, struct str text)
{
	*tokenizer = (struct js_tokenizer){.text = text};
	if (str_starts(text, STR("#!"))) {
		tokenizer->at = size_min(str_find_char(text, '\n'), text.len);
	}
}

void js_tokenizer_finish(struct js_tokenizer *tokenizer)
{
	vec_finish(&tokenizer->brackets);
}

struct js_token js_token_next(struct js_tokenizer *t)
{
	struct js_token token = {.depth = t->brackets.len};
	token.start = token.end = t->at = skip_space(t, t->at, &token.line_before);
	if (token.start >= t->text.len) {
		return token;
	}
	unsigned char c = (unsigned char)t->text.at[token.start];
	bool in_hole = t->brackets.len > 0 && vec_last(&t->brackets).open == '$';
	if (c == '"' || c == '\'') {
		token.type = JS_TOKEN_STRING;
		token.end = skip_string(t, token.start);
		on_literal(t);
	} else if (c == '`' || (c == '}' && in_hole)) {
		on_template(t, &token);
	} else if (is_digit(c) || (c == '.' && is_digit(byte_at(t, token.start + 1)))) {
		token.type = JS_TOKEN_NUMBER;
		token.end = skip_number(t, token.start);
		on_literal(t);
	} else if (is_name_byte(c) || c == '#' || c == '@') {
		token.type = JS_TOKEN_NAME;
		token.end = token.start + 1;
		while (token.end < t->text.len && is_name_byte((unsigned char)t->text.at[token.end])) {
			bool line = false;
			if (wide_space(t, token.end, &line) > 0) {
				break;
			}
			token.end++;
		}
		on_name(t, &token);
	} else if (c == '/' && !t->value) {
		token.type = JS_TOKEN_REGEXP;
		token.end = skip_regexp(t, token.start);
		on_literal(t);
	} else {
		token.type = JS_TOKEN_PUNCTUATOR;
		on_punctuator(t, &token);
	}
	token.end = size_min(token.end, t->text.len);
	t->at = token.end;
	t->last = token;
	return token;
}

struct js_token js_token_peek(const struct js_tokenizer *tokenizer)
{
	struct js_tokenizer copy = *tokenizer;
	copy.brackets.at = NULL;
	copy.brackets.len = copy.brackets.cap = 0;
	if (tokenizer->brackets.len > 0) {
		vec_push(&copy.brackets, vec_last(&tokenizer->brackets));
	}
	struct js_token token = js_token_next(&copy);
	token.depth += tokenizer->brackets.len - (tokenizer->brackets.len > 0 ? 1 : 0);
	js_tokenizer_finish(&copy);
	return token;
}

struct str js_token_text(const struct js_tokenizer *tokenizer, struct js_token token)
{
	return str_slice(tokenizer->text, token.start, token.end);
}

bool js_token_is(const struct js_tokenizer *tokenizer, struct js_token token, const char *text)
{
	return token.type != JS_TOKEN_STRING && str_is(js_token_text(tokenizer, token), text);
}
