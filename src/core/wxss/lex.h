/* CSS tokens (CSS Syntax 3, section 4) out of WXSS text, one at a time, without memory of its own:
 * a token's texts are views into the input, still escaped. */
#ifndef MINA_WXSS_LEX_H
#define MINA_WXSS_LEX_H

#include "base/mem.h"
#include "base/str.h"

enum wxss_token_kind {
	TOK_EOF,
	TOK_IDENT,
	TOK_FUNCTION, // text without the "("
	TOK_AT,       // text without the "@"
	TOK_HASH,
	TOK_STRING,
	TOK_BAD_STRING,
	TOK_URL, // unquoted url(); a quoted one is a TOK_FUNCTION
	TOK_BAD_URL,
	TOK_NUMBER, // unit is empty, "%" or a name
	TOK_SPACE,  // white space and comments
	TOK_DELIM,
	TOK_CDO,
	TOK_CDC,
	TOK_COLON,
	TOK_SEMICOLON,
	TOK_COMMA,
	TOK_OPEN_SQUARE,
	TOK_CLOSE_SQUARE,
	TOK_OPEN_ROUND,
	TOK_CLOSE_ROUND,
	TOK_OPEN_CURLY,
	TOK_CLOSE_CURLY,
};

struct wxss_token {
	enum wxss_token_kind kind;
	size_t offset;   // bytes, of the first character
	struct str text; // name or content
	double number;
	bool integer, sign; // "5" but not "5.0"; written with + or -
	struct str unit;
	char delim;
};

struct wxss_lex {
	struct str text;
	size_t pos;
};

struct wxss_token wxss_lex_next(struct wxss_lex *lex);
/* The next token that is no white space. */
struct wxss_token wxss_lex_next_solid(struct wxss_lex *lex);
/* Behind `open` (a function or an opening bracket): skips to behind its closing bracket. */
void wxss_lex_skip_block(struct wxss_lex *lex, enum wxss_token_kind open);
bool wxss_token_opens(enum wxss_token_kind kind);
/* A text that the end of its file cut off, with its open brackets, string or comment closed; the
 * same view when nothing is open. */
struct str wxss_close_text(struct arena *arena, struct str text);

/* With the backslash escapes replaced; the same view when there are none. */
struct str wxss_unescape(struct arena *arena, struct str text);
/* Writes a name so that it reads back as one identifier. */
void wxss_print_ident(struct str name, struct strbuf *out);
void wxss_print_string(struct str text, struct strbuf *out);
/* At most six decimals: the shortest text is stable under reading and printing again. */
void wxss_print_number(double number, struct strbuf *out);

#endif
