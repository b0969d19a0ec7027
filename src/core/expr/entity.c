/* Character references: the names that mini programs use, and all numbers. */
#include "core/expr/entity.h"

static const struct {
	const char *name;
	uint32_t code_point;
} entities[] = {
	{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}, {"nbsp", 0xa0}, {"ensp", 0x2002},
	{"emsp", 0x2003}, {"thinsp", 0x2009}, {"copy", 0xa9}, {"reg", 0xae}, {"trade", 0x2122}, {"hellip", 0x2026},
	{"mdash", 0x2014}, {"ndash", 0x2013}, {"lsquo", 0x2018}, {"rsquo", 0x2019}, {"ldquo", 0x201c}, {"rdquo", 0x201d},
	{"laquo", 0xab}, {"raquo", 0xbb}, {"bull", 0x2022}, {"middot", 0xb7}, {"times", 0xd7}, {"divide", 0xf7},
	{"yen", 0xa5}, {"euro", 0x20ac}, {"pound", 0xa3}, {"cent", 0xa2}, {"deg", 0xb0}, {"plusmn", 0xb1}, {"sect", 0xa7},
	{"para", 0xb6}, {"larr", 0x2190}, {"uarr", 0x2191}, {"rarr", 0x2192}, {"darr", 0x2193}, {"harr", 0x2194},
	{"check", 0x2713}, {"cross", 0x2717}, {"star", 0x2606}, {"starf", 0x2605}, {"hearts", 0x2665}, {"infin", 0x221e},
	{"ne", 0x2260}, {"le", 0x2264}, {"ge", 0x2265}, {"shy", 0xad}, {"zwj", 0x200d}, {"zwnj", 0x200c}, {"lsaquo", 0x2039},
	{"rsaquo", 0x203a}, {"permil", 0x2030}, {"prime", 0x2032}, {"iexcl", 0xa1}, {"iquest", 0xbf}, {"frac12", 0xbd},
	{"frac14", 0xbc}, {"frac34", 0xbe}, {"sup2", 0xb2}, {"sup3", 0xb3}, {"micro", 0xb5}, {"minus", 0x2212},
	{NULL, 0},
};

#define NAME_MAX_LEN 8

static bool digit_value(char c, unsigned radix, unsigned *ret_digit)
{
	char low = (char)(c | 0x20);
	unsigned digit = c >= '0' && c <= '9' ? (unsigned)(c - '0') : low >= 'a' && low <= 'f' ? (unsigned)(low - 'a') + 10 : 99;
	*ret_digit = digit;
	return digit < radix;
}

/* Behind "&#"; the length of digits and ";" or 0. */
static size_t read_number(struct str s, uint32_t *ret_code_point)
{
	size_t pos = 0, from;
	unsigned radix = 10, digit;
	if (s.len && (s.at[0] | 0x20) == 'x') {
		radix = 16;
		pos = 1;
	}
	uint32_t code_point = 0;
	for (from = pos; pos < s.len && digit_value(s.at[pos], radix, &digit); pos++) {
		code_point = code_point > 0x10ffff ? code_point : code_point * radix + digit;
	}
	if (pos == from || pos >= s.len || s.at[pos] != ';') {
		return 0;
	}
	bool valid = code_point > 0 && code_point <= 0x10ffff && !(code_point >= 0xd800 && code_point < 0xe000);
	*ret_code_point = valid ? code_point : 0xfffd;
	return pos + 1;
}

/* At "&": the length of the whole reference, or 0 when it is none. */
static size_t read_reference(struct str s, uint32_t *ret_code_point)
{
	if (s.len > 2 && s.at[1] == '#') {
		size_t len = read_number(str_slice(s, 2, s.len), ret_code_point);
		return len ? len + 2 : 0;
	}
	size_t end = str_find_char(str_slice(s, 1, NAME_MAX_LEN + 2), ';');
	if (end == SIZE_MAX) {
		return 0;
	}
	struct str name = str_slice(s, 1, end + 1);
	for (size_t i = 0; entities[i].name; i++) {
		if (str_is(name, entities[i].name)) {
			*ret_code_point = entities[i].code_point;
			return name.len + 2;
		}
	}
	return 0;
}

/* At "\\": the length of the escape and what it stands for; 0: the backslash is meant. */
static size_t read_escape(struct str s, bool node, uint32_t *ret_code_point)
{
	char c = s.len > 1 ? s.at[1] : 0;
	if (c == 'n' || c == 't' || c == 'r') {
		*ret_code_point = c == 'n' ? '\n' : c == 't' ? '\t' : '\r';
		return 2;
	}
	size_t end = 1;
	if (!c || (node && c != '\\')) {
		return 0;
	}
	*ret_code_point = str_utf8_next(s, &end);
	return end;
}

void entity_decode(struct str text, bool node, struct strbuf *out)
{
	size_t from = 0;
	for (size_t pos = 0; pos < text.len;) {
		uint32_t code_point;
		size_t len = 0;
		if (text.at[pos] == '&') {
			len = read_reference(str_slice(text, pos, text.len), &code_point);
		} else if (text.at[pos] == '\r' && pos + 1 < text.len && text.at[pos + 1] == '\n') {
			code_point = '\n';
			len = 2;
		} else if (text.at[pos] == '\\') {
			len = read_escape(str_slice(text, pos, text.len), node, &code_point);
		}
		if (!len) {
			pos++;
			continue;
		}
		strbuf_add(out, str_slice(text, from, pos));
		strbuf_add_code_point(out, code_point);
		pos += len;
		from = pos;
	}
	strbuf_add(out, str_slice(text, from, text.len));
}

void entity_encode(struct str text, struct strbuf *out)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];
		if (c == '&' || c == '<' || c == '"') {
			strbuf_add_text(out, c == '&' ? "&amp;" : c == '<' ? "&lt;" : "&quot;");
		} else if (c == '{' || c == '\\') {
			strbuf_printf(out, "&#%d;", c);
		} else {
			strbuf_add_char(out, c);
		}
	}
}
