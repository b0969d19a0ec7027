/* A token scanner of JavaScript, just good enough to tell code from strings, comments and regular
 * expressions. What it takes wrongly costs a warning at most. */
#include "core/package/script.h"

#include <string.h>

enum last { // the token before, as far as it matters
	LAST_OTHER,   // an operator or the beginning: a "/" begins a regular expression
	LAST_OPERAND, // a name, number or closing bracket: a "/" divides
	LAST_DOT,
	LAST_REQUIRE, // require
	LAST_CALL,    // require(
	LAST_FROM,    // from, import
};

struct scan {
	struct str text;
	size_t at;
	enum last last;
	void (*found)(void *user, struct str spec, size_t offset);
	void *user;
};

static char look(const struct scan *s, size_t ahead)
{
	return s->at + ahead < s->text.len ? s->text.at[s->at + ahead] : '\0';
}

static bool is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' || (c & 0x80);
}

/* False: no comment here. */
static bool skip_comment(struct scan *s)
{
	struct str rest = str_slice(s->text, s->at, s->text.len);
	size_t len;
	if (look(s, 1) == '/') {
		len = str_find_char(rest, '\n');
	} else if (look(s, 1) == '*') {
		len = str_find(str_slice(rest, 2, rest.len), STR("*/"));
		len = len == SIZE_MAX ? len : len + 4;
	} else {
		return false;
	}
	s->at += size_min(len, rest.len);
	return true;
}

/* A regular expression ends on its line; a "/" inside [ ] does not end it. */
static void skip_regex(struct scan *s)
{
	bool in_class = false;
	for (s->at++; s->at < s->text.len && look(s, 0) != '\n'; s->at++) {
		char c = look(s, 0);
		if (c == '\\') {
			s->at++;
		} else if (c == '/' && !in_class) {
			s->at++;
			break;
		} else {
			in_class = c == '[' || (in_class && c != ']');
		}
	}
	s->last = LAST_OPERAND;
}

/* Up to the closing quote; what stands in ${ } of a template counts as text. */
static void skip_string(struct scan *s, struct str *ret_inside)
{
	char quote = look(s, 0);
	size_t from = ++s->at;
	while (s->at < s->text.len && look(s, 0) != quote && (quote == '`' || look(s, 0) != '\n')) {
		s->at += look(s, 0) == '\\' ? 2 : 1;
	}
	s->at = size_min(s->at, s->text.len);
	*ret_inside = str_slice(s->text, from, s->at);
	s->at += s->at < s->text.len && look(s, 0) == quote;
}

static void take_string(struct scan *s)
{
	size_t offset = s->at;
	struct str spec;
	bool plain = look(s, 0) != '`';
	skip_string(s, &spec);
	size_t end = s->at;
	while (end < s->text.len && s->text.at[end] && strchr(" \t\r\n", s->text.at[end])) {
		end++;
	}
	bool closed = s->last == LAST_CALL && end < s->text.len && s->text.at[end] == ')';
	if (plain && spec.len && (closed || s->last == LAST_FROM) && str_find_char(spec, '\\') == SIZE_MAX) {
		s->found(s->user, spec, offset);
	}
	s->last = LAST_OPERAND;
}

/* After these words a "/" begins a regular expression. */
static bool takes_operand(struct str word)
{
	static const char *const words[] = {"return", "typeof", "case", "in", "of", "delete", "void", "throw", "new", "else", "do"};
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		if (str_is(word, words[i])) {
			return true;
		}
	}
	return false;
}

static void take_word(struct scan *s)
{
	size_t from = s->at;
	while (is_name_char(look(s, 0))) {
		s->at++;
	}
	struct str word = str_slice(s->text, from, s->at);
	bool member = s->last == LAST_DOT;
	s->last = LAST_OPERAND;
	if (!member && str_is(word, "require")) {
		s->last = LAST_REQUIRE;
	} else if (!member && (str_is(word, "from") || str_is(word, "import"))) {
		s->last = LAST_FROM;
	} else if (!member && takes_operand(word)) {
		s->last = LAST_OTHER;
	}
}

static void take_mark(struct scan *s)
{
	char c = look(s, 0);
	s->at++;
	if (c == '(' && s->last == LAST_REQUIRE) {
		s->last = LAST_CALL;
	} else if (c == ')' || c == ']' || c == '}') {
		s->last = LAST_OPERAND;
	} else {
		s->last = c == '.' && look(s, 0) != '.' ? LAST_DOT : LAST_OTHER;
	}
}

void script_requires(struct str text, void (*found)(void *user, struct str spec, size_t offset), void *user)
{
	struct scan s = {text, 0, LAST_OTHER, found, user};
	while (s.at < text.len) {
		char c = look(&s, 0);
		if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
			s.at++;
		} else if (c == '/' && skip_comment(&s)) {
			continue;
		} else if (c == '/' && s.last != LAST_OPERAND) {
			skip_regex(&s);
		} else if (c == '"' || c == '\'' || c == '`') {
			take_string(&s);
		} else if (is_name_char(c)) {
			take_word(&s);
		} else {
			take_mark(&s);
		}
	}
}
