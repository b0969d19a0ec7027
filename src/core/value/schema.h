/* The one row shape for what exists many times: API parameters and results, component attributes,
 * app.json keys, commands, routes. Validation, defaults, error texts and the reference pages come
 * from the rows. Rows are static; a table ends with a row whose name is NULL. */
#ifndef MINA_VALUE_SCHEMA_H
#define MINA_VALUE_SCHEMA_H

#include "core/value/value.h"

enum schema_type {
	SCHEMA_ANY,
	SCHEMA_STRING,
	SCHEMA_NUMBER,
	SCHEMA_BOOL,
	SCHEMA_ARRAY,
	SCHEMA_OBJECT,
	SCHEMA_FUNCTION,
	SCHEMA_COLOR, // "#rgb", "#rrggbb", "#rrggbbaa" as a string
};

enum schema_flags {
	SCHEMA_REQUIRED = 1 << 0,
	SCHEMA_MAP = 1 << 1, // an object of any keys, each of the shape `fields[0]`
};

struct schema {
	const char *name;
	enum schema_type type;
	unsigned flags;
	const char *fallback;         // the default as JSON, NULL: none
	const char *choices;          // "a|b|c" for strings, NULL: any
	const char *choices_since;    // their base library versions, "1.1.0|1.2.0|1.3.0"; NULL: the row's
	const struct schema *fields;  // of an object, or of the items of an array of objects
	enum schema_type item;        // type of an array's items, SCHEMA_ANY: any
	const char *since;            // base library version, NULL: always
	const char *doc;              // one sentence: meaning, unit, source
	const char *zh;               // the same in Chinese, for rows that a form is made of; NULL: none
};

enum schema_problem_kind {
	SCHEMA_WRONG_TYPE,
	SCHEMA_MISSING,
	SCHEMA_NOT_A_CHOICE,
	SCHEMA_UNKNOWN_KEY,
};

struct schema_problem {
	enum schema_problem_kind kind;
	const char *path;      // "window.navigationBarTextStyle", "tabBar.list[2].pagePath"
	const struct schema *row; // NULL for an unknown key, and when `object` itself is no object (path "")
	struct value found;    // lent
	const char *nearest;   // for an unknown key or choice: the closest known one, or NULL
};
/* For a wrong item of an array the row is the array's and the path ends in "[2]"; the wanted type
 * is then row->item. A bad colour text is SCHEMA_NOT_A_CHOICE. */

/* Calls `report` for each problem of `object` against the rows; true when there was none but
 * unknown keys. */
bool schema_check(const struct schema *rows, struct value object,
	void (*report)(void *user, const struct schema_problem *problem), void *user);
/* A new object: known keys of the right type kept, wrong ones replaced by the default, absent ones
 * with a default filled in, unknown ones kept. As JavaScript programs are lax, "12" counts as a
 * number, and a number or "true" as a boolean. `object` is lent; no object counts as {}. */
struct value schema_fill(const struct schema *rows, struct value object);
/* WeChat's sentence for the first problem that makes a call fail, without the "api:fail " part:
 * "parameter error: parameter.url should be String instead of Number;". False when there is none. */
bool schema_call_error(const struct schema *rows, struct value parameters, struct strbuf *out);
/* The name in the rows that `name` was probably meant to be, or NULL. */
const char *schema_nearest(const struct schema *rows, struct str name);
/* The row of a key, or NULL. */
const struct schema *schema_find(const struct schema *rows, struct str name);
const char *schema_type_text(enum schema_type type); // "String" "Number" ...
/* Compares "1.9.90" with "2.0.0" part by part: -1, 0, 1. */
int schema_version_compare(struct str a, struct str b);

#endif
