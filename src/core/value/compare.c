/* JavaScript's conversions of values, and their equality. */
#include "core/value/value.h"

#include <string.h>

static bool radix_digits(struct str text, unsigned radix, double *ret_number)
{
	double number = 0;
	for (size_t i = 0; i < text.len; i++) {
		char c = (char)(text.at[i] | 0x20);
		unsigned digit = c >= '0' && c <= '9' ? (unsigned)(c - '0') : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10 : 99;
		if (digit >= radix) {
			return false;
		}
		number = number * radix + digit;
	}
	*ret_number = number;
	return text.len > 0;
}

/* ECMAScript white space is more than ASCII's: no-break space, BOM, line separators. */
static struct str trim(struct str s)
{
	static const char *const wide[] = {"\xc2\xa0", "\xef\xbb\xbf", "\xe2\x80\xa8", "\xe2\x80\xa9", "\xe3\x80\x80"};
	size_t before;
	do {
		before = s.len;
		s = str_trim(s);
		for (size_t i = 0; i < ARRAY_LEN(wide); i++) {
			if (str_starts(s, str_of(wide[i]))) {
				s = str_slice(s, strlen(wide[i]), s.len);
			}
			if (str_ends(s, str_of(wide[i]))) {
				s = str_slice(s, 0, s.len - strlen(wide[i]));
			}
		}
	} while (s.len != before);
	return s;
}

static double text_to_number(struct str text)
{
	double number;
	text = trim(text);
	if (text.len == 0) {
		return 0;
	}
	if (str_to_number(text, &number)) {
		return number;
	}
	if (text.len > 2 && text.at[0] == '0') {
		char kind = (char)(text.at[1] | 0x20);
		unsigned radix = kind == 'x' ? 16 : kind == 'o' ? 8 : kind == 'b' ? 2 : 0;
		if (radix && radix_digits(str_slice(text, 2, text.len), radix, &number)) {
			return number;
		}
	}
	if (str_is(text, "Infinity") || str_is(text, "+Infinity")) {
		return INFINITY;
	}
	return str_is(text, "-Infinity") ? -INFINITY : NAN;
}

double value_to_number(struct value v)
{
	switch (v.type) {
	case VALUE_NULL:
		return 0;
	case VALUE_BOOL:
		return v.boolean;
	case VALUE_NUMBER:
		return v.number;
	case VALUE_STRING:
		return text_to_number(value_str(v));
	case VALUE_ARRAY: {
		struct strbuf text = {0};
		value_to_text(v, &text);
		double number = text_to_number(strbuf_str(&text));
		strbuf_finish(&text);
		return number;
	}
	case VALUE_UNDEFINED:
	case VALUE_OBJECT:
	case VALUE_FUNCTION:
		break;
	}
	return NAN;
}

bool value_to_bool(struct value v)
{
	switch (v.type) {
	case VALUE_UNDEFINED:
	case VALUE_NULL:
		return false;
	case VALUE_BOOL:
		return v.boolean;
	case VALUE_NUMBER:
		return v.number != 0 && !isnan(v.number);
	case VALUE_STRING:
		return value_str(v).len > 0;
	case VALUE_ARRAY:
	case VALUE_OBJECT:
	case VALUE_FUNCTION:
		break;
	}
	return true;
}

static void to_text(struct value v, int depth, struct strbuf *out)
{
	switch (v.type) {
	case VALUE_UNDEFINED:
		strbuf_add_text(out, "undefined");
		break;
	case VALUE_NULL:
		strbuf_add_text(out, "null");
		break;
	case VALUE_BOOL:
		strbuf_add_text(out, v.boolean ? "true" : "false");
		break;
	case VALUE_NUMBER:
		strbuf_add_number(out, v.number);
		break;
	case VALUE_STRING:
		strbuf_add(out, value_str(v));
		break;
	case VALUE_ARRAY:
		for (size_t i = 0; i < value_len(v) && depth < VALUE_DEPTH_MAX; i++) {
			if (i) {
				strbuf_add_char(out, ',');
			}
			if (!value_is_nullish(value_at(v, i))) {
				to_text(value_at(v, i), depth + 1, out);
			}
		}
		break;
	case VALUE_OBJECT:
		strbuf_add_text(out, "[object Object]");
		break;
	case VALUE_FUNCTION:
		strbuf_add_text(out, "[function Function]");
		break;
	}
}

void value_to_text(struct value v, struct strbuf *out)
{
	to_text(v, 0, out);
}

bool value_identical(struct value a, struct value b)
{
	if (a.type != b.type) {
		return false;
	}
	switch (a.type) {
	case VALUE_UNDEFINED:
	case VALUE_NULL:
		return true;
	case VALUE_BOOL:
		return a.boolean == b.boolean;
	case VALUE_NUMBER:
		return a.number == b.number || (isnan(a.number) && isnan(b.number));
	case VALUE_STRING:
		return a.string == b.string || str_eq(value_str(a), value_str(b));
	case VALUE_ARRAY:
		return a.array == b.array;
	case VALUE_OBJECT:
		return a.object == b.object;
	case VALUE_FUNCTION:
		return a.function == b.function;
	}
	return false;
}

static bool equal(struct value a, struct value b, int depth)
{
	if (value_identical(a, b)) {
		return true;
	}
	if (a.type != b.type || depth >= VALUE_DEPTH_MAX) {
		return false;
	}
	if (a.type == VALUE_ARRAY) {
		if (value_len(a) != value_len(b)) {
			return false;
		}
		for (size_t i = 0; i < value_len(a); i++) {
			if (!equal(value_at(a, i), value_at(b, i), depth + 1)) {
				return false;
			}
		}
		return true;
	}
	if (a.type != VALUE_OBJECT || value_count(a) != value_count(b)) {
		return false;
	}
	for (size_t i = 0; i < value_count(a); i++) {
		struct str key = value_key(a, i);
		bool same_place = str_eq(key, value_key(b, i));
		if (!same_place && !value_has(b, key)) {
			return false;
		}
		struct value other = same_place ? value_entry(b, i) : value_get(b, key);
		if (!equal(value_entry(a, i), other, depth + 1)) {
			return false;
		}
	}
	return true;
}

bool value_equal(struct value a, struct value b)
{
	return equal(a, b, 0);
}
