/* Views, buffers, UTF-8 and the number formats of JavaScript. */
#include "base/str.h"

#include "base/mem.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct str str_of(const char *zero_terminated)
{
	return (struct str){zero_terminated, zero_terminated ? strlen(zero_terminated) : 0};
}

struct str str_slice(struct str s, size_t from, size_t to)
{
	to = size_min(to, s.len);
	from = size_min(from, to);
	return (struct str){s.at ? s.at + from : NULL, to - from};
}

bool str_eq(struct str a, struct str b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

bool str_is(struct str a, const char *zero_terminated)
{
	return str_eq(a, str_of(zero_terminated));
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

bool str_eq_nocase(struct str a, struct str b)
{
	if (a.len != b.len) {
		return false;
	}
	for (size_t i = 0; i < a.len; i++) {
		if (lower(a.at[i]) != lower(b.at[i])) {
			return false;
		}
	}
	return true;
}

bool str_starts(struct str s, struct str prefix)
{
	return s.len >= prefix.len && str_eq(str_slice(s, 0, prefix.len), prefix);
}

bool str_ends(struct str s, struct str suffix)
{
	return s.len >= suffix.len && str_eq(str_slice(s, s.len - suffix.len, s.len), suffix);
}

int str_compare(struct str a, struct str b)
{
	size_t len = size_min(a.len, b.len);
	int order = len ? memcmp(a.at, b.at, len) : 0;
	return order ? order : (a.len > b.len) - (a.len < b.len);
}

size_t str_find(struct str s, struct str what)
{
	if (what.len == 0) {
		return 0;
	}
	const char *hit = s.len ? memmem(s.at, s.len, what.at, what.len) : NULL;
	return hit ? (size_t)(hit - s.at) : SIZE_MAX;
}

size_t str_find_char(struct str s, char c)
{
	const char *hit = s.len ? memchr(s.at, c, s.len) : NULL;
	return hit ? (size_t)(hit - s.at) : SIZE_MAX;
}

size_t str_rfind_char(struct str s, char c)
{
	for (size_t i = s.len; i > 0; i--) {
		if (s.at[i - 1] == c) {
			return i - 1;
		}
	}
	return SIZE_MAX;
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str s)
{
	while (s.len && is_space(s.at[0])) {
		s.at++;
		s.len--;
	}
	while (s.len && is_space(s.at[s.len - 1])) {
		s.len--;
	}
	return s;
}

/* FNV-1a, 32 bits. */
uint32_t str_hash(struct str s)
{
	uint32_t hash = 2166136261u;
	for (size_t i = 0; i < s.len; i++) {
		hash = (hash ^ (unsigned char)s.at[i]) * 16777619u;
	}
	return hash;
}

/* Only digits, sign, point and exponent: no hexadecimal, no "inf", no leading space. */
static bool number_shape(struct str s)
{
	size_t i = 0, digits = 0;
	i += i < s.len && (s.at[i] == '-' || s.at[i] == '+');
	for (; i < s.len && s.at[i] >= '0' && s.at[i] <= '9'; i++) {
		digits++;
	}
	if (i < s.len && s.at[i] == '.') {
		for (i++; i < s.len && s.at[i] >= '0' && s.at[i] <= '9'; i++) {
			digits++;
		}
	}
	if (!digits) {
		return false;
	}
	if (i < s.len && (s.at[i] == 'e' || s.at[i] == 'E')) {
		i++;
		i += i < s.len && (s.at[i] == '-' || s.at[i] == '+');
		size_t from = i;
		while (i < s.len && s.at[i] >= '0' && s.at[i] <= '9') {
			i++;
		}
		if (i == from) {
			return false;
		}
	}
	return i == s.len;
}

static locale_t c_locale(void)
{
	static locale_t locale; // a constant, made at first use
	if (!locale) {
		locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
	}
	return locale;
}

bool str_to_number(struct str s, double *ret_number)
{
	if (!number_shape(s)) {
		return false;
	}
	char small[64];
	char *text = s.len < sizeof(small) ? small : mem_alloc(s.len + 1);
	memcpy(text, s.at, s.len);
	text[s.len] = 0;
	*ret_number = strtod_l(text, NULL, c_locale());
	if (text != small) {
		mem_free(text);
	}
	return true;
}

bool str_split(struct str *rest, char sep, struct str *ret_piece)
{
	if (!rest->at) {
		return false;
	}
	size_t at = str_find_char(*rest, sep);
	if (at == SIZE_MAX) {
		*ret_piece = *rest;
		*rest = (struct str){0};
		return true;
	}
	*ret_piece = str_slice(*rest, 0, at);
	*rest = (struct str){rest->at + at + 1, rest->len - at - 1};
	return true;
}

uint32_t str_utf8_next(struct str s, size_t *pos)
{
	const unsigned char *p = (const unsigned char *)s.at + *pos;
	size_t left = s.len - *pos;
	size_t len = p[0] < 0x80 ? 1 : p[0] < 0xc2 ? 0 : p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : p[0] < 0xf5 ? 4 : 0;
	static const unsigned char first_mask[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
	static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
	if (len && len <= left) {
		uint32_t code = p[0] & first_mask[len];
		size_t i = 1;
		while (i < len && (p[i] & 0xc0) == 0x80) {
			code = code << 6 | (p[i++] & 0x3f);
		}
		bool surrogate = code >= 0xd800 && code < 0xe000;
		if (i == len && code >= smallest[len] && code <= 0x10ffff && !surrogate) {
			*pos += len;
			return code;
		}
	}
	*pos += 1;
	return 0xfffd;
}

size_t str_utf8_put(uint32_t c, char ret_bytes[4])
{
	unsigned char *out = (unsigned char *)ret_bytes;
	if (c > 0x10ffff || (c >= 0xd800 && c < 0xe000)) {
		c = 0xfffd;
	}
	if (c < 0x80) {
		out[0] = (unsigned char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (unsigned char)(0xc0 | c >> 6);
		out[1] = (unsigned char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (unsigned char)(0xe0 | c >> 12);
		out[1] = (unsigned char)(0x80 | (c >> 6 & 0x3f));
		out[2] = (unsigned char)(0x80 | (c & 0x3f));
		return 3;
	}
	out[0] = (unsigned char)(0xf0 | c >> 18);
	out[1] = (unsigned char)(0x80 | (c >> 12 & 0x3f));
	out[2] = (unsigned char)(0x80 | (c >> 6 & 0x3f));
	out[3] = (unsigned char)(0x80 | (c & 0x3f));
	return 4;
}

bool str_utf8_valid(struct str s)
{
	for (size_t pos = 0; pos < s.len;) {
		size_t from = pos;
		if (str_utf8_next(s, &pos) == 0xfffd && pos - from != 3) {
			return false;
		}
	}
	return true;
}

size_t str_utf16_len(struct str s)
{
	size_t units = 0;
	for (size_t pos = 0; pos < s.len;) {
		units += str_utf8_next(s, &pos) > 0xffff ? 2 : 1;
	}
	return units;
}

size_t str_utf16_at(struct str s, double units)
{
	size_t pos = 0;
	while (pos < s.len && units > 0) {
		units -= str_utf8_next(s, &pos) > 0xffff ? 2 : 1;
	}
	return pos;
}

void strbuf_finish(struct strbuf *buf)
{
	mem_free(buf->at);
	*buf = (struct strbuf){0};
}

void strbuf_clear(struct strbuf *buf)
{
	buf->len = 0;
	if (buf->at) {
		buf->at[0] = 0;
	}
}

void strbuf_reserve(struct strbuf *buf, size_t more)
{
	size_t need = buf->len + more + 1;
	if (need > buf->cap) {
		buf->cap = size_max(need, buf->cap + buf->cap / 2 + 32);
		buf->at = mem_realloc(buf->at, buf->cap, 1);
	}
}

void strbuf_add(struct strbuf *buf, struct str s)
{
	strbuf_reserve(buf, s.len);
	if (s.len) {
		memcpy(buf->at + buf->len, s.at, s.len);
	}
	buf->len += s.len;
	buf->at[buf->len] = 0;
}

void strbuf_add_text(struct strbuf *buf, const char *zero_terminated)
{
	strbuf_add(buf, str_of(zero_terminated));
}

void strbuf_add_char(struct strbuf *buf, char c)
{
	strbuf_add(buf, (struct str){&c, 1});
}

void strbuf_add_code_point(struct strbuf *buf, uint32_t code_point)
{
	char bytes[4];
	size_t len = str_utf8_put(code_point, bytes);
	strbuf_add(buf, (struct str){bytes, len});
}

void strbuf_vprintf(struct strbuf *buf, const char *fmt, va_list args)
{
	va_list again;
	va_copy(again, args);
	int len = vsnprintf(NULL, 0, fmt, args);
	if (len > 0) {
		strbuf_reserve(buf, (size_t)len);
		vsnprintf(buf->at + buf->len, (size_t)len + 1, fmt, again);
		buf->len += (size_t)len;
	}
	va_end(again);
}

void strbuf_printf(struct strbuf *buf, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	strbuf_vprintf(buf, fmt, args);
	va_end(args);
}

/* Digits and the decimal exponent of the shortest text that reads back as the same number. */
static int shortest_digits(double number, char digits[32], int *ret_exponent)
{
	char text[40];
	locale_t before = uselocale(c_locale());
	for (int precision = 0; precision < 17; precision++) {
		snprintf(text, sizeof(text), "%.*e", precision, number);
		if (strtod(text, NULL) == number) {
			break;
		}
	}
	uselocale(before);
	int count = 0;
	char *p = text;
	for (; *p && *p != 'e'; p++) {
		if (*p != '.') {
			digits[count++] = *p;
		}
	}
	while (count > 1 && digits[count - 1] == '0') {
		count--;
	}
	digits[count] = 0;
	*ret_exponent = atoi(p + 1);
	return count;
}

/* What printf does with "%llu", in a fifth of the time. */
static void add_whole(struct strbuf *buf, uint64_t number)
{
	char digits[20];
	size_t at = sizeof(digits);
	do {
		digits[--at] = (char)('0' + number % 10);
		number /= 10;
	} while (number);
	strbuf_add(buf, (struct str){digits + at, sizeof(digits) - at});
}

/* ECMAScript Number::toString, radix 10. */
void strbuf_add_number(struct strbuf *buf, double number)
{
	if (isnan(number)) {
		strbuf_add_text(buf, "NaN");
		return;
	}
	if (number < 0) {
		strbuf_add_char(buf, '-');
		number = -number;
	}
	if (isinf(number)) {
		strbuf_add_text(buf, "Infinity");
		return;
	}
	if (number < 1e15 && number == floor(number)) {
		add_whole(buf, (uint64_t)number);
		return;
	}
	char digits[32];
	int exponent, count = shortest_digits(number, digits, &exponent);
	int point = exponent + 1; // the position of the decimal point in digits
	if (point > 21 || point < -5) {
		strbuf_add_char(buf, digits[0]);
		if (count > 1) {
			strbuf_printf(buf, ".%s", digits + 1);
		}
		strbuf_printf(buf, "e%c%d", exponent < 0 ? '-' : '+', abs(exponent));
	} else if (point <= 0) {
		strbuf_printf(buf, "0.%.*s%s", -point, "00000", digits);
	} else if (count <= point) {
		strbuf_printf(buf, "%s%.*s", digits, point - count, "000000000000000000000");
	} else {
		strbuf_printf(buf, "%.*s.%s", point, digits, digits + point);
	}
}

void strbuf_add_base64(struct strbuf *buf, struct str bytes)
{
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	strbuf_reserve(buf, (bytes.len + 2) / 3 * 4);
	for (size_t i = 0; i < bytes.len; i += 3) {
		size_t left = bytes.len - i;
		uint32_t group = (uint32_t)(unsigned char)bytes.at[i] << 16;
		group |= left > 1 ? (uint32_t)(unsigned char)bytes.at[i + 1] << 8 : 0;
		group |= left > 2 ? (uint32_t)(unsigned char)bytes.at[i + 2] : 0;
		for (size_t k = 0; k < 4; k++) {
			strbuf_add_char(buf, k <= left ? alphabet[group >> (18 - 6 * k) & 63] : '=');
		}
	}
}

struct str strbuf_str(const struct strbuf *buf)
{
	return (struct str){buf->at ? buf->at : "", buf->len};
}

char *strbuf_steal(struct strbuf *buf)
{
	char *text = buf->at ? buf->at : mem_strdup("", 0);
	*buf = (struct strbuf){0};
	return text;
}
