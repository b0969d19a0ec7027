/* A WXML file as it is written: elements, attributes, texts. parse.c makes it, compile.c reads it,
 * print.c prints it. In the set's arena; texts are views of the file. */
#ifndef MINA_WXML_MARKUP_H
#define MINA_WXML_MARKUP_H

#include "base/diag.h"
#include "base/mem.h"

enum markup_kind {
	MARKUP_ELEMENT, // the root is an element without a tag
	MARKUP_TEXT,
};

struct markup_attr {
	struct str name, value; // value: between the quotes, references not decoded
	bool has_value;
	int line, column;             // of the name
	int value_line, value_column; // behind the quote
};

struct markup {
	enum markup_kind kind;
	struct str tag;  // as written
	struct str text; // as written; of <wxs>: the script
	int line, column;
	struct markup_attr *attrs;
	size_t attr_count;
	struct markup *parent, *first, *last, *next;
};

/* Deeper elements become siblings of the element at this depth. */
#define MARKUP_DEPTH_MAX 500

/* Never NULL: what cannot be read gives diagnostics. */
struct markup *markup_parse(struct arena *arena, struct str text, struct str file, struct diag_list *diags);
const struct markup_attr *markup_attr(const struct markup *element, const char *name); // NULL: absent
/* Only white space, spelled without references. */
bool markup_is_blank(struct str text);
/* Normal spelling: parsing it again gives the same. */
void markup_print(const struct markup *root, struct strbuf *out);

#endif
