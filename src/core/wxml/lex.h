/* The tokens of WXML. */
#ifndef MINA_WXML_LEX_H
#define MINA_WXML_LEX_H

#include "core/wxml/markup.h"

enum lex_kind {
	LEX_END,
	LEX_TEXT,
	LEX_OPEN,  // <tag attrs>
	LEX_CLOSE, // </tag>
};

struct lex_token {
	enum lex_kind kind;
	struct str text; // of a text; of a tag its name as written
	int line, column;
	VEC(struct markup_attr) attrs;
	bool closed; // <tag/>
};

struct lex {
	struct str text, file;
	struct diag_list *diags;
	size_t pos;
	size_t place_at; // line and column are of this offset
	int line, column;
};

void lex_init(struct lex *lex, struct str text, struct str file, struct diag_list *diags);
/* Comments are left out. The token's attrs are reused; the owner finishes them at the end. */
void lex_next(struct lex *lex, struct lex_token *token);
/* Behind <wxs>: everything up to </wxs>, which is not taken. */
struct str lex_raw(struct lex *lex, const char *tag);

#endif
