/* The JSON reader: one pass, items wait on one stack until their container's size is known, and
 * equal keys share their text. */
#include "core/value/json.h"

#include "base/vec.h"

#include <string.h>

#define KEY_CACHE 64 // a power of two

struct reader {
	const char *from, *at, *end;
	VEC(struct value) stack; // items of open containers; an object's are key, value, key, value
	struct value keys[KEY_CACHE];
	struct strbuf text; // of a string with escapes
	const char *error;
	int depth;
};

static int fail(struct reader *r, const char *what)
{
	r->error = what;
	return 1;
}

static inline void skip_space(struct reader *r)
{
	while (r->at < r->end && (*r->at == ' ' || *r->at == '\n' || *r->at == '\r' || *r->at == '\t')) {
		r->at++;
	}
}

/* Four hexadecimal digits at r->at, or a negative number. */
static int hex4(const struct reader *r, const char *at)
{
	int code = 0;
	if (r->end - at < 4) {
		return -1;
	}
	for (int i = 0; i < 4; i++) {
		char c = at[i], l = (char)(c | 0x20);
		int digit = c >= '0' && c <= '9' ? c - '0' : l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
		if (digit < 0) {
			return -1;
		}
		code = code << 4 | digit;
	}
	return code;
}

/* Behind "\u". Lone surrogates become U+FFFD, as text is UTF-8. */
static int read_unicode(struct reader *r)
{
	int code = hex4(r, r->at);
	if (code < 0) {
		return fail(r, "expected four hexadecimal digits after \\u");
	}
	r->at += 4;
	if (code >= 0xd800 && code < 0xdc00 && r->end - r->at >= 6 && r->at[0] == '\\' && r->at[1] == 'u') {
		int low = hex4(r, r->at + 2);
		if (low >= 0xdc00 && low < 0xe000) {
			code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
			r->at += 6;
		}
	}
	strbuf_add_code_point(&r->text, (uint32_t)code);
	return 0;
}

static int read_escape(struct reader *r)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	if (r->at == r->end) {
		return fail(r, "the string has no end");
	}
	char c = *r->at;
	if (c == 'u') {
		r->at++;
		return read_unicode(r);
	}
	const char *hit = c ? strchr(from, c) : NULL;
	if (!hit) {
		return fail(r, "unknown escape in a string");
	}
	r->at++;
	strbuf_add_char(&r->text, to[hit - from]);
	return 0;
}

/* Malformed bytes become U+FFFD each. */
static void repair_utf8(struct reader *r, struct str raw)
{
	struct strbuf good = {0};
	strbuf_reserve(&good, raw.len);
	for (size_t pos = 0; pos < raw.len;) {
		strbuf_add_code_point(&good, str_utf8_next(raw, &pos));
	}
	strbuf_finish(&r->text);
	r->text = good;
}

/* Behind the opening quote. *ret_text is borrowed from the input or from r->text. */
static int read_string(struct reader *r, struct str *ret_text)
{
	const char *from = r->at;
	unsigned char high = 0;
	bool plain = true;
	strbuf_clear(&r->text);
	for (;;) {
		const char *run = r->at;
		while (r->at < r->end && *r->at != '"' && *r->at != '\\' && (unsigned char)*r->at >= 0x20) {
			high |= (unsigned char)*r->at++;
		}
		if (r->at == r->end) {
			return fail(r, "the string has no end");
		}
		if (*r->at == '"' && plain) {
			*ret_text = (struct str){from, (size_t)(r->at - from)};
			break;
		}
		strbuf_add(&r->text, (struct str){run, (size_t)(r->at - run)});
		if (*r->at == '"') {
			*ret_text = strbuf_str(&r->text);
			break;
		}
		if (*r->at != '\\') {
			return fail(r, "a string may not hold a line end or another control character; write \\n");
		}
		plain = false;
		r->at++;
		if (read_escape(r)) {
			return 1;
		}
	}
	r->at++;
	if (high >= 0x80 && !str_utf8_valid(*ret_text)) {
		repair_utf8(r, *ret_text);
		*ret_text = strbuf_str(&r->text);
	}
	return 0;
}

static struct value key_shared(struct reader *r, struct str text)
{
	if (text.len == 0 || text.len > 40) {
		return value_string(text);
	}
	size_t mix = (unsigned char)text.at[0] * 31u + (unsigned char)text.at[text.len - 1] * 7u + text.len;
	struct value *slot = &r->keys[mix & (KEY_CACHE - 1)];
	if (slot->type != VALUE_STRING || !str_eq(value_str(*slot), text)) {
		value_unref(*slot);
		*slot = value_string(text);
	}
	return value_ref(*slot);
}

/* Clinger's fast path: 15 digits and a power of ten up to 22 are both exact doubles. */
static bool fast_number(double mantissa, int digits, int exponent, double *ret_number)
{
	static const double powers[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14,
		1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
	if (digits > 15 || exponent > 22 || exponent < -22) {
		return false;
	}
	*ret_number = exponent < 0 ? mantissa / powers[-exponent] : mantissa * powers[exponent];
	return true;
}

static inline bool digit_at(const struct reader *r)
{
	return r->at < r->end && *r->at >= '0' && *r->at <= '9';
}

static int read_number(struct reader *r, struct value *ret_value)
{
	const char *from = r->at;
	bool negative = *r->at == '-';
	int64_t mantissa = 0;
	int digits = 0, exponent = 0;
	r->at += negative;
	if (!digit_at(r)) {
		return fail(r, "expected a digit");
	}
	const char *first = r->at;
	for (; digit_at(r); r->at++) {
		mantissa = digits < 18 ? mantissa * 10 + (*r->at - '0') : mantissa;
		digits += digits < 1000;
	}
	if (*first == '0' && r->at - first > 1) {
		r->at = first;
		return fail(r, "a number may not begin with 0");
	}
	if (r->at < r->end && *r->at == '.') {
		r->at++;
		if (!digit_at(r)) {
			return fail(r, "expected a digit after the point");
		}
		for (; digit_at(r); r->at++) {
			mantissa = digits < 18 ? mantissa * 10 + (*r->at - '0') : mantissa;
			digits += digits < 1000;
			exponent -= exponent > -1000;
		}
	}
	if (r->at < r->end && (*r->at | 0x20) == 'e') {
		r->at++;
		bool down = r->at < r->end && *r->at == '-';
		r->at += r->at < r->end && (*r->at == '-' || *r->at == '+');
		if (!digit_at(r)) {
			return fail(r, "expected a digit in the exponent");
		}
		int power = 0;
		for (; digit_at(r); r->at++) {
			power = power < 10000 ? power * 10 + (*r->at - '0') : power;
		}
		exponent += down ? -power : power;
	}
	double number;
	if (fast_number((double)mantissa, digits, exponent, &number)) {
		number = negative ? -number : number;
	} else {
		str_to_number((struct str){from, (size_t)(r->at - from)}, &number);
	}
	*ret_value = value_number(number);
	return 0;
}

static int read_word(struct reader *r, struct value *ret_value)
{
	static const struct {
		struct str text;
		struct value value;
	} words[] = {
		{{"true", 4}, {.type = VALUE_BOOL, .boolean = true}},
		{{"false", 5}, {.type = VALUE_BOOL}},
		{{"null", 4}, {.type = VALUE_NULL}},
	};
	struct str rest = {r->at, (size_t)(r->end - r->at)};
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		if (str_starts(rest, words[i].text)) {
			r->at += words[i].text.len;
			*ret_value = words[i].value;
			return 0;
		}
	}
	if (str_starts(rest, STR("//")) || str_starts(rest, STR("/*"))) {
		return fail(r, "JSON has no comments: remove it");
	}
	return fail(r, "expected a value: a string, number, object, array, true, false or null");
}

static bool closes_after_comma(struct reader *r, char close)
{
	skip_space(r);
	if (r->at == r->end || *r->at != close) {
		return false;
	}
	fail(r, "there is a , before the end: remove it");
	return true;
}

static int read_value(struct reader *r, struct value *ret_value);

static int read_array(struct reader *r, struct value *ret_value)
{
	size_t base = r->stack.len;
	skip_space(r);
	if (r->at < r->end && *r->at == ']') {
		r->at++;
		*ret_value = value_array_new(0);
		return 0;
	}
	for (;;) {
		struct value item;
		if (read_value(r, &item)) {
			return 1;
		}
		vec_push(&r->stack, item);
		skip_space(r);
		if (r->at < r->end && *r->at == ',') {
			r->at++;
			if (closes_after_comma(r, ']')) {
				return 1;
			}
			continue;
		}
		if (r->at < r->end && *r->at == ']') {
			r->at++;
			break;
		}
		return fail(r, "expected , or ] after an array item");
	}
	*ret_value = value_array_new(r->stack.len - base);
	for (size_t i = base; i < r->stack.len; i++) {
		value_array_push(ret_value, r->stack.at[i]);
	}
	r->stack.len = base;
	return 0;
}

static int read_member(struct reader *r)
{
	struct str name;
	skip_space(r);
	if (r->end - r->at > 1 && r->at[0] == '/' && (r->at[1] == '/' || r->at[1] == '*')) {
		return fail(r, "JSON has no comments: remove it");
	}
	if (r->at == r->end || *r->at != '"') {
		return fail(r, "expected a key in double quotes");
	}
	r->at++;
	if (read_string(r, &name)) {
		return 1;
	}
	vec_push(&r->stack, key_shared(r, name));
	skip_space(r);
	if (r->at == r->end || *r->at != ':') {
		return fail(r, "expected : after a key");
	}
	r->at++;
	struct value item;
	if (read_value(r, &item)) {
		return 1;
	}
	vec_push(&r->stack, item);
	return 0;
}

static int read_object(struct reader *r, struct value *ret_value)
{
	size_t base = r->stack.len;
	skip_space(r);
	if (r->at < r->end && *r->at == '}') {
		r->at++;
		*ret_value = value_object_new(0);
		return 0;
	}
	for (;;) {
		if (read_member(r)) {
			return 1;
		}
		skip_space(r);
		if (r->at < r->end && *r->at == ',') {
			r->at++;
			if (closes_after_comma(r, '}')) {
				return 1;
			}
			continue;
		}
		if (r->at < r->end && *r->at == '}') {
			r->at++;
			break;
		}
		return fail(r, "expected , or } after a value");
	}
	*ret_value = value_object_new((r->stack.len - base) / 2);
	for (size_t i = base; i < r->stack.len; i += 2) {
		value_object_set_shared(ret_value, r->stack.at[i], r->stack.at[i + 1]);
	}
	r->stack.len = base;
	return 0;
}

static int read_value(struct reader *r, struct value *ret_value)
{
	skip_space(r);
	char c = r->at < r->end ? *r->at : 0;
	if (c == '"') {
		struct str text;
		r->at++;
		if (read_string(r, &text)) {
			return 1;
		}
		*ret_value = value_string(text);
		return 0;
	}
	if (c == '-' || (c >= '0' && c <= '9')) {
		return read_number(r, ret_value);
	}
	if (c != '{' && c != '[') {
		return read_word(r, ret_value);
	}
	if (++r->depth > JSON_DEPTH_MAX) {
		return fail(r, "nested too deeply");
	}
	r->at++;
	int status = c == '{' ? read_object(r, ret_value) : read_array(r, ret_value);
	r->depth--;
	return status;
}

int json_parse(struct str text, struct value *ret_value, struct json_error *ret_error)
{
	struct reader r = {.from = text.at, .at = text.at, .end = text.at + text.len};
	struct value v = value_undefined();
	if (str_starts(text, STR("\xef\xbb\xbf"))) {
		r.at += 3;
	}
	int status = read_value(&r, &v);
	if (!status) {
		skip_space(&r);
		if (r.at != r.end) {
			value_unref(v);
			status = fail(&r, "expected the end of the text");
		}
	}
	if (!status) {
		*ret_value = v;
	} else if (ret_error) {
		*ret_error = (struct json_error){(size_t)(r.at - r.from), r.error};
	}
	for (size_t i = 0; i < r.stack.len; i++) {
		value_unref(r.stack.at[i]);
	}
	for (size_t i = 0; i < KEY_CACHE; i++) {
		value_unref(r.keys[i]);
	}
	vec_finish(&r.stack);
	strbuf_finish(&r.text);
	return status;
}

int json_parse_object(struct str text, struct value *ret_value, struct json_error *ret_error)
{
	struct value object = value_undefined();
	if (json_parse(text, &object, ret_error)) {
		return 1;
	}
	if (object.type != VALUE_OBJECT) {
		value_unref(object);
		if (ret_error) {
			*ret_error = (struct json_error){0, "an object expected"};
		}
		return 1;
	}
	*ret_value = object;
	return 0;
}
