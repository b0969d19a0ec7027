/* WXS as text. It is JavaScript of 2009 with less in it, and with two rules of its own that no world
 * of objects can give: a backslash in a string stands for itself unless n r t x u ' " \ or a line
 * end follows (`getRegExp('\d+')` is what programs write), and an assignment to a name that nobody
 * declared makes a variable of the module. */
#ifndef MINA_JS_DIALECT_H
#define MINA_JS_DIALECT_H

#include "base/mem.h"
#include "base/str.h"
#include "base/vec.h"

/* What WXS lacks, in order: `at` is the byte offset, `text` lent. At most 50 a file. Never fails. */
void dialect_check(struct str source, void (*problem)(void *user, size_t at, const char *text), void *user);
/* Each require('...') with a literal path: `at` and the text between the quotes. */
void dialect_requires(struct str source, void (*each)(void *user, size_t at, struct str path), void *user);

struct dialect_place {
	int line, column; // from 1, in the source; the column in UTF-16 units
};

struct dialect {
	struct strbuf text;  // the module as a function expression of module, exports and require
	size_t prefix;       // characters in front of the source's first line
	bool stray;          // a bracket closes that was not open: such a text may not be wrapped
	VEC(struct dialect_place) added; // where a character was put in, in order
};

void dialect_write(struct str source, struct dialect *ret_dialect);
void dialect_finish(struct dialect *dialect);
/* Line and column of the source for those of the text. */
struct dialect_place dialect_source(const struct dialect *dialect, struct dialect_place place);
struct dialect_place dialect_locate(struct str source, size_t at);

#endif
