/* JavaScript tokens, as far as one can cut them without a parser: enough to know what is a string,
 * a comment, a template, a regular expression or code, how deep in brackets it stands, and where
 * lines end. Whether `/` divides or begins a regular expression is decided by the token before it
 * and, after `)` and `}`, by what their opening bracket belonged to. Never fails: an unterminated
 * thing ends with the text. */
#ifndef MINA_JS_TOKEN_H
#define MINA_JS_TOKEN_H

#include "base/str.h"
#include "base/vec.h"

enum js_token_type {
	JS_TOKEN_END,
	JS_TOKEN_NAME, // identifiers, keywords and private names
	JS_TOKEN_NUMBER,
	JS_TOKEN_STRING,
	JS_TOKEN_TEMPLATE, // one piece of text, from ` or } to ${ or `
	JS_TOKEN_REGEXP,
	JS_TOKEN_PUNCTUATOR, // its text is the whole operator
};

struct js_token {
	enum js_token_type type;
	size_t start, end; // bytes
	bool line_before;  // a line end stands between the previous token and this one
	bool property;     // a name after `.` or `?.`
	size_t depth;      // open brackets before an opening one, after a closing one
};

struct js_bracket {
	char open;      // ( [ { or $ for the ${ of a template
	bool control;   // ( of if, while, for, with: a statement follows; { of an object literal
	unsigned asked; // ? of conditional expressions still waiting for their :
};

struct js_tokenizer {
	struct str text;
	size_t at;
	VEC(struct js_bracket) brackets;
	bool value;      // the previous token ends an expression: `/` divides
	bool control;    // the previous token is if, while, for or with
	bool block_next; // a `{` here opens a block, whatever value says
	bool ternary;    // the previous token, if a colon, is that of a condition
	unsigned asked;  // as in js_bracket, outside of all brackets
	struct js_token last;
	bool unbalanced; // a bracket closed that was not open, or another one
};

void js_tokenizer_init(struct js_tokenizer *tokenizer, struct str text);
void js_tokenizer_finish(struct js_tokenizer *tokenizer);
/* The next token; JS_TOKEN_END again and again at the end. */
struct js_token js_token_next(struct js_tokenizer *tokenizer);
/* Looks ahead without moving on. */
struct js_token js_token_peek(const struct js_tokenizer *tokenizer);
struct str js_token_text(const struct js_tokenizer *tokenizer, struct js_token token);
bool js_token_is(const struct js_tokenizer *tokenizer, struct js_token token, const char *text);

#endif
