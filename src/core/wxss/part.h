/* Component values: what a declaration's value is made of, read once from text. Numbers carry
 * their unit, keywords their number, colours and calculations are read. */
#ifndef MINA_WXSS_PART_H
#define MINA_WXSS_PART_H

#include "core/wxss/calc.h"
#include "core/wxss/keyword.h"
#include "core/wxss/style.h"

enum wxss_part_kind {
	PART_IDENT,
	PART_NUMBER, // with its unit
	PART_CALC,
	PART_COLOR,
	PART_STRING,
	PART_URL,
	PART_FUNCTION,
	PART_COMMA,
	PART_SLASH,
	PART_HASH,  // not a colour
	PART_OTHER, // any other single character
};

struct wxss_part {
	uint8_t kind; // enum wxss_part_kind
	uint8_t unit; // NUMBER
	bool integer; // NUMBER: written without a point
	char delim;   // OTHER
	enum wxss_keyword keyword; // IDENT, FUNCTION; 0 when not a word of CSS
	union {
		float number;
		color_t color;
		uint32_t count; // FUNCTION: items
	};
	struct str text; // IDENT, STRING, URL, FUNCTION, HASH: unescaped; COLOR: the name if it was one
	union {
		const struct wxss_part *items;
		const struct wxss_calc *calc;
	};
};

struct wxss_parts {
	const struct wxss_part *at;
	size_t count;
};

/* Everything goes to the arena; views into `text` may stay, so it must live as long. `file`: what
 * relative url()s are resolved against ("" keeps them). False: not a value (bad string, unmatched
 * bracket, {}). */
bool wxss_parts_parse(struct str text, struct str file, struct arena *arena, struct wxss_parts *ret_parts);
void wxss_parts_print(struct wxss_parts parts, struct strbuf *out);
bool wxss_part_equal(const struct wxss_part *a, const struct wxss_part *b); // of single parts, no functions

/* A package path as written in file `from`: "../a.png" in "x/y.wxss" is "/a.png"; what has a
 * scheme, or a leading slash, stays. */
struct str wxss_resolve_path(struct arena *arena, struct str from, struct str path);

#endif
