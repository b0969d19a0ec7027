/* Values against rows: what is wrong, what to say, and what to fill in. */
#include "core/value/schema.h"

#include "core/value/json.h"

#include <string.h>

#define DEPTH_MAX 32
#define NAME_LEN_MAX 64

struct check {
	void (*report)(void *user, const struct schema_problem *problem);
	void *user;
	struct strbuf path;
	int depth;
	bool good;
};

/* Levenshtein distance without regard to ASCII case; names longer than NAME_LEN_MAX are far. */
static unsigned distance(struct str a, struct str b)
{
	unsigned row[NAME_LEN_MAX + 1];
	if (a.len > NAME_LEN_MAX || b.len > NAME_LEN_MAX) {
		return UINT32_MAX;
	}
	for (unsigned j = 0; j <= b.len; j++) {
		row[j] = j;
	}
	for (unsigned i = 1; i <= a.len; i++) {
		unsigned diagonal = row[0];
		row[0] = i;
		for (unsigned j = 1; j <= b.len; j++) {
			bool same = str_eq_nocase(str_slice(a, i - 1, i), str_slice(b, j - 1, j));
			unsigned best = diagonal + !same;
			best = row[j] + 1 < best ? row[j] + 1 : best;
			best = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
			diagonal = row[j];
			row[j] = best;
		}
	}
	return row[b.len];
}

/* At most a third of the letters may differ: a suggestion that is far off misleads. */
static bool is_near(unsigned d, struct str name)
{
	return d <= name.len / 3 || (d <= 1 && name.len > 1);
}

const char *schema_nearest(const struct schema *rows, struct str name)
{
	const char *nearest = NULL;
	unsigned best = UINT32_MAX;
	for (const struct schema *row = rows; row && row->name; row++) {
		unsigned d = distance(name, str_of(row->name));
		if (d < best) {
			best = d;
			nearest = row->name;
		}
	}
	return nearest && is_near(best, name) ? nearest : NULL;
}

const struct schema *schema_find(const struct schema *rows, struct str name)
{
	for (const struct schema *row = rows; row && row->name; row++) {
		if (str_is(name, row->name)) {
			return row;
		}
	}
	return NULL;
}

static bool is_color(struct str text)
{
	bool length = text.len == 4 || text.len == 7 || text.len == 9;
	if (!length || text.at[0] != '#') {
		return false;
	}
	for (size_t i = 1; i < text.len; i++) {
		char c = (char)(text.at[i] | 0x20);
		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
			return false;
		}
	}
	return true;
}

static bool type_fits(enum schema_type type, struct value v)
{
	switch (type) {
	case SCHEMA_ANY:
		return true;
	case SCHEMA_STRING:
	case SCHEMA_COLOR:
		return v.type == VALUE_STRING;
	case SCHEMA_NUMBER:
		return v.type == VALUE_NUMBER;
	case SCHEMA_BOOL:
		return v.type == VALUE_BOOL;
	case SCHEMA_ARRAY:
		return v.type == VALUE_ARRAY;
	case SCHEMA_OBJECT:
		return v.type == VALUE_OBJECT;
	case SCHEMA_FUNCTION:
		return v.type == VALUE_FUNCTION || value_has(v, STR("$fn")); // as one crosses from the logic layer
	}
	return false;
}

/* Choices are "a|b|c". */
static bool is_choice(const char *choices, struct str text)
{
	struct str rest = str_of(choices), piece;
	while (str_split(&rest, '|', &piece)) {
		if (str_eq(piece, text)) {
			return true;
		}
	}
	return false;
}

static bool content_fits(const struct schema *row, struct value v)
{
	if (v.type != VALUE_STRING) {
		return true;
	}
	bool color = row->type != SCHEMA_COLOR || is_color(value_str(v));
	return color && (!row->choices || is_choice(row->choices, value_str(v)));
}

static void report(struct check *c, enum schema_problem_kind kind, const struct schema *row, struct value found,
	const char *nearest)
{
	c->good = c->good && kind == SCHEMA_UNKNOWN_KEY;
	if (c->report) {
		struct schema_problem problem = {kind, c->path.at ? c->path.at : "", row, found, nearest};
		c->report(c->user, &problem);
	}
}

static void report_choice(struct check *c, const struct schema *row, struct value found)
{
	struct str rest = str_of(row->choices), piece, best_piece = {0};
	unsigned best = UINT32_MAX;
	while (str_split(&rest, '|', &piece)) {
		unsigned d = distance(value_str(found), piece);
		if (d < best) {
			best = d;
			best_piece = piece;
		}
	}
	char nearest[NAME_LEN_MAX + 1] = "";
	bool near = best_piece.len && is_near(best, value_str(found));
	if (near) {
		memcpy(nearest, best_piece.at, best_piece.len);
	}
	report(c, SCHEMA_NOT_A_CHOICE, row, found, near ? nearest : NULL);
}

static size_t enter(struct check *c, struct str key)
{
	size_t len = c->path.len;
	if (len) {
		strbuf_add_char(&c->path, '.');
	}
	strbuf_add(&c->path, key);
	return len;
}

static size_t enter_index(struct check *c, size_t index)
{
	size_t len = c->path.len;
	strbuf_printf(&c->path, "[%zu]", index);
	return len;
}

static void leave(struct check *c, size_t len)
{
	c->path.len = len;
	c->path.at[len] = 0;
}

static void check_object(struct check *c, const struct schema *rows, struct value object);

static void check_array(struct check *c, const struct schema *row, struct value array)
{
	for (size_t i = 0; i < value_len(array); i++) {
		struct value item = value_at(array, i);
		size_t mark = enter_index(c, i);
		if (!type_fits(row->item, item) || (row->fields && row->item == SCHEMA_ANY && item.type != VALUE_OBJECT)) {
			report(c, SCHEMA_WRONG_TYPE, row, item, NULL);
		} else if (row->fields && item.type == VALUE_OBJECT) {
			check_object(c, row->fields, item);
		}
		leave(c, mark);
	}
}

static void check_row(struct check *c, const struct schema *row, struct value v);

static void check_map(struct check *c, const struct schema *row, struct value object)
{
	for (size_t i = 0; row->fields && i < value_count(object); i++) {
		size_t mark = enter(c, value_key(object, i));
		check_row(c, row->fields, value_entry(object, i));
		leave(c, mark);
	}
}

/* v is present. */
static void check_row(struct check *c, const struct schema *row, struct value v)
{
	if (!type_fits(row->type, v)) {
		report(c, SCHEMA_WRONG_TYPE, row, v, NULL);
	} else if (v.type == VALUE_STRING && row->choices && !is_choice(row->choices, value_str(v))) {
		report_choice(c, row, v);
	} else if (!content_fits(row, v)) {
		report(c, SCHEMA_NOT_A_CHOICE, row, v, NULL);
	} else if (c->depth < DEPTH_MAX) {
		c->depth++;
		if (row->type == SCHEMA_ARRAY) {
			check_array(c, row, v);
		} else if (row->type == SCHEMA_OBJECT && row->flags & SCHEMA_MAP) {
			check_map(c, row, v);
		} else if (row->type == SCHEMA_OBJECT && row->fields) {
			check_object(c, row->fields, v);
		}
		c->depth--;
	}
}

static void check_object(struct check *c, const struct schema *rows, struct value object)
{
	for (const struct schema *row = rows; row->name; row++) {
		struct value v = value_get_text(object, row->name);
		size_t mark = enter(c, str_of(row->name));
		if (v.type != VALUE_UNDEFINED) {
			check_row(c, row, v);
		} else if (row->flags & SCHEMA_REQUIRED) {
			report(c, SCHEMA_MISSING, row, v, NULL);
		}
		leave(c, mark);
	}
	for (size_t i = 0; i < value_count(object); i++) {
		struct str key = value_key(object, i);
		if (!schema_find(rows, key)) {
			size_t mark = enter(c, key);
			report(c, SCHEMA_UNKNOWN_KEY, NULL, value_entry(object, i), schema_nearest(rows, key));
			leave(c, mark);
		}
	}
}

bool schema_check(const struct schema *rows, struct value object,
	void (*on_problem)(void *user, const struct schema_problem *problem), void *user)
{
	struct check c = {.report = on_problem, .user = user, .good = true};
	if (object.type == VALUE_OBJECT) {
		check_object(&c, rows, object);
	} else {
		report(&c, SCHEMA_WRONG_TYPE, NULL, object, NULL);
	}
	strbuf_finish(&c.path);
	return c.good;
}

/* What a lax program means: "12" where a number is wanted, 1 or "true" where a boolean is. */
static struct value coerced(enum schema_type type, struct value v)
{
	if (type == SCHEMA_NUMBER && v.type == VALUE_STRING && str_trim(value_str(v)).len) {
		double number = value_to_number(v);
		return isnan(number) ? value_undefined() : value_number(number);
	}
	if (type == SCHEMA_BOOL && v.type == VALUE_NUMBER) {
		return value_bool(value_to_bool(v));
	}
	if (type == SCHEMA_BOOL && v.type == VALUE_STRING) {
		bool no = str_is(value_str(v), "false");
		return no || str_is(value_str(v), "true") ? value_bool(!no) : value_undefined();
	}
	return value_undefined();
}

static struct value fallback_of(const struct schema *row)
{
	struct value v = value_undefined();
	if (row->fallback) {
		int status = json_parse(str_of(row->fallback), &v, NULL);
		assert(status == 0);
		UNUSED(status);
	}
	return v;
}

static struct value fill(const struct schema *rows, struct value object, int depth);

/* New; undefined: leave the key out. */
static struct value fill_row(const struct schema *row, struct value v, int depth)
{
	if (v.type != VALUE_UNDEFINED && !type_fits(row->type, v)) {
		v = coerced(row->type, v);
	}
	if (v.type == VALUE_UNDEFINED || !content_fits(row, v)) {
		return fallback_of(row);
	}
	if (!row->fields || depth >= DEPTH_MAX || row->flags & SCHEMA_MAP) {
		return value_ref(v);
	}
	if (v.type == VALUE_OBJECT) {
		return fill(row->fields, v, depth + 1);
	}
	if (v.type != VALUE_ARRAY) {
		return value_ref(v);
	}
	struct value array = value_array_new(value_len(v));
	for (size_t i = 0; i < value_len(v); i++) {
		struct value item = value_at(v, i);
		value_array_push(&array,
			item.type == VALUE_OBJECT ? fill(row->fields, item, depth + 1) : value_ref(item));
	}
	return array;
}

static struct value fill(const struct schema *rows, struct value object, int depth)
{
	struct value filled = value_object_new(value_count(object));
	for (size_t i = 0; i < value_count(object); i++) {
		const struct schema *row = schema_find(rows, value_key(object, i));
		struct value v = value_entry(object, i);
		v = row ? fill_row(row, v, depth) : value_ref(v);
		if (v.type != VALUE_UNDEFINED) {
			value_object_set_shared(&filled, value_ref(value_key_value(object, i)), v);
		}
	}
	for (const struct schema *row = rows; row->name; row++) {
		if (row->fallback && !value_has(object, str_of(row->name))) {
			value_object_set_text(&filled, row->name, fallback_of(row));
		}
	}
	return filled;
}

struct value schema_fill(const struct schema *rows, struct value object)
{
	return fill(rows, object, 0);
}

/* A required parameter must have its exact type; an optional one may be null or convertible. */
static bool call_fits(const struct schema *row, struct value v)
{
	if (row->flags & SCHEMA_REQUIRED) {
		return type_fits(row->type, v);
	}
	return value_is_nullish(v) || type_fits(row->type, v) || row->type == SCHEMA_BOOL
		|| coerced(row->type, v).type != VALUE_UNDEFINED;
}

static bool call_error(const struct schema *rows, struct value object, struct str path, int depth, struct strbuf *out)
{
	for (const struct schema *row = rows; row && row->name; row++) {
		struct value v = value_get_text(object, row->name);
		if (!call_fits(row, v)) {
			strbuf_printf(out, "parameter error: " STR_FMT ".%s should be %s instead of %s;", STR_ARG(path), row->name,
				schema_type_text(row->type), value_type_name(v.type));
			return true;
		}
		if (row->flags & SCHEMA_REQUIRED && !content_fits(row, v)) {
			strbuf_printf(out, "invalid %s \"" STR_FMT "\"", row->name, STR_ARG(value_str(v)));
			return true;
		}
		if (v.type == VALUE_OBJECT && row->fields && !(row->flags & SCHEMA_MAP) && depth < DEPTH_MAX) {
			struct strbuf inner = {0};
			strbuf_printf(&inner, STR_FMT ".%s", STR_ARG(path), row->name);
			bool bad = call_error(row->fields, v, strbuf_str(&inner), depth + 1, out);
			strbuf_finish(&inner);
			if (bad) {
				return true;
			}
		}
	}
	return false;
}

bool schema_call_error(const struct schema *rows, struct value parameters, struct strbuf *out)
{
	return call_error(rows, parameters, STR("parameter"), 0, out);
}

int schema_version_compare(struct str a, struct str b)
{
	while (a.at || b.at) {
		struct str part[2] = {{0}};
		double number[2] = {0, 0};
		str_split(&a, '.', &part[0]);
		str_split(&b, '.', &part[1]);
		for (int i = 0; i < 2; i++) {
			if (!str_to_number(part[i], &number[i])) {
				number[i] = 0;
			}
		}
		if (number[0] != number[1]) {
			return number[0] < number[1] ? -1 : 1;
		}
	}
	return 0;
}

const char *schema_type_text(enum schema_type type)
{
	static const char *const names[] = {
		"Any", "String", "Number", "Boolean", "Array", "Object", "Function", "String",
	};
	return names[type];
}
