/* Reading and writing JSON: strict (RFC 8259), fast, bounded. */
#ifndef MINA_VALUE_JSON_H
#define MINA_VALUE_JSON_H

#include "core/value/value.h"

struct json_error {
	size_t offset; // bytes; diag_place() makes line and column of it
	const char *text; // static: what was expected
};

#define JSON_DEPTH_MAX 512

/* 0: *ret_value is new. 1: not JSON, *ret_error (may be NULL) says where; *ret_value untouched. A
 * leading UTF-8 BOM is skipped. Lone surrogates (\ud800) become U+FFFD. */
int json_parse(struct str text, struct value *ret_value, struct json_error *ret_error);
int json_parse_object(struct str text, struct value *ret_value, struct json_error *ret_error); // nothing else will do
/* As JSON.stringify: undefined and functions are left out of objects and null in arrays, NaN and
 * infinities are null. At the top level undefined writes nothing. */
void json_write(struct value v, struct strbuf *out);
/* The same with line ends and `indent` spaces a level. */
void json_write_pretty(struct value v, int indent, struct strbuf *out);
/* One string literal with quotes. */
void json_write_string(struct str text, struct strbuf *out);

#endif
