/* Character references of HTML. */
#include "core/html/html.h"

struct entity {
	const char *name;
	uint32_t code_point;
};

static const struct entity entities[];

#define NAME_MAX_LEN 8
#define LATIN_COUNT 106 // the first so many need no semicolon

static size_t digits_of(struct str s, unsigned radix, uint32_t *ret_code_point)
{
	size_t pos = 0;
	uint32_t code_point = 0;
	for (; pos < s.len; pos++) {
		char c = s.at[pos], low = (char)(c | 0x20);
		unsigned digit = c >= '0' && c <= '9' ? (unsigned)(c - '0') : low >= 'a' && low <= 'f' ? (unsigned)(low - 'a') + 10 : 99;
		if (digit >= radix) {
			break;
		}
		code_point = code_point > 0x10ffff ? code_point : code_point * radix + digit;
	}
	*ret_code_point = code_point;
	return pos;
}

/* Numbers from 0x80 to 0x9f mean what Windows has there. */
static uint32_t repaired(uint32_t code_point)
{
	static const uint16_t windows[32] = {0x20ac, 0x81, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
		0x2039, 0x0152, 0x8d, 0x017d, 0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161,
		0x203a, 0x0153, 0x9d, 0x017e, 0x0178};
	if (code_point >= 0x80 && code_point < 0xa0) {
		return windows[code_point - 0x80];
	}
	bool valid = code_point > 0 && code_point <= 0x10ffff && !(code_point >= 0xd800 && code_point < 0xe000);
	return valid ? code_point : 0xfffd;
}

static size_t read_number(struct str s, uint32_t *ret_code_point)
{
	bool hex = s.len > 2 && (s.at[2] | 0x20) == 'x';
	size_t from = hex ? 3 : 2, len = digits_of(str_slice(s, from, s.len), hex ? 16 : 10, ret_code_point);
	if (!len) {
		return 0;
	}
	*ret_code_point = repaired(*ret_code_point);
	from += len;
	return from + (from < s.len && s.at[from] == ';');
}

static bool is_alnum(char c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* At "&": the length of the whole reference, or 0 when it is none. */
static size_t read_reference(struct str s, uint32_t *ret_code_point)
{
	if (s.len > 2 && s.at[1] == '#') {
		return read_number(s, ret_code_point);
	}
	size_t end = 1;
	while (end < s.len && end <= NAME_MAX_LEN && is_alnum(s.at[end])) {
		end++;
	}
	struct str name = str_slice(s, 1, end);
	bool closed = end < s.len && s.at[end] == ';';
	size_t found = 0;
	for (size_t i = 0; name.len && entities[i].name; i++) {
		struct str known = str_of(entities[i].name);
		bool whole = closed && str_eq(name, known);
		if (whole || (!found && i < LATIN_COUNT && str_starts(name, known))) {
			*ret_code_point = entities[i].code_point;
			found = 1 + known.len + whole;
		}
		if (whole) {
			break;
		}
	}
	return found;
}

void html_decode(struct str text, struct strbuf *out)
{
	size_t from = 0;
	for (size_t pos = 0; pos < text.len;) {
		uint32_t code_point = 0;
		size_t len = text.at[pos] == '&' ? read_reference(str_slice(text, pos, text.len), &code_point) : 0;
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

/* HTML 4.01, and apos. Longer names stand before those that they begin with. */
static const struct entity entities[] = {
	{"curren", 0xa4}, {"brvbar", 0xa6}, {"plusmn", 0xb1}, {"middot", 0xb7}, {"frac14", 0xbc}, {"frac12", 0xbd},
	{"frac34", 0xbe}, {"iquest", 0xbf}, {"Agrave", 0xc0}, {"Aacute", 0xc1}, {"Atilde", 0xc3}, {"Ccedil", 0xc7},
	{"Egrave", 0xc8}, {"Eacute", 0xc9}, {"Igrave", 0xcc}, {"Iacute", 0xcd}, {"Ntilde", 0xd1}, {"Ograve", 0xd2},
	{"Oacute", 0xd3}, {"Otilde", 0xd5}, {"Oslash", 0xd8}, {"Ugrave", 0xd9}, {"Uacute", 0xda}, {"Yacute", 0xdd},
	{"agrave", 0xe0}, {"aacute", 0xe1}, {"atilde", 0xe3}, {"ccedil", 0xe7}, {"egrave", 0xe8}, {"eacute", 0xe9},
	{"igrave", 0xec}, {"iacute", 0xed}, {"ntilde", 0xf1}, {"ograve", 0xf2}, {"oacute", 0xf3}, {"otilde", 0xf5},
	{"divide", 0xf7}, {"oslash", 0xf8}, {"ugrave", 0xf9}, {"uacute", 0xfa}, {"yacute", 0xfd}, {"iexcl", 0xa1},
	{"pound", 0xa3}, {"laquo", 0xab}, {"acute", 0xb4}, {"micro", 0xb5}, {"cedil", 0xb8}, {"raquo", 0xbb},
	{"Acirc", 0xc2}, {"Aring", 0xc5}, {"AElig", 0xc6}, {"Ecirc", 0xca}, {"Icirc", 0xce}, {"Ocirc", 0xd4},
	{"times", 0xd7}, {"Ucirc", 0xdb}, {"THORN", 0xde}, {"szlig", 0xdf}, {"acirc", 0xe2}, {"aring", 0xe5},
	{"aelig", 0xe6}, {"ecirc", 0xea}, {"icirc", 0xee}, {"ocirc", 0xf4}, {"ucirc", 0xfb}, {"thorn", 0xfe},
	{"QUOT", 0x22}, {"quot", 0x22}, {"nbsp", 0xa0}, {"cent", 0xa2}, {"sect", 0xa7}, {"COPY", 0xa9}, {"copy", 0xa9},
	{"ordf", 0xaa}, {"macr", 0xaf}, {"sup2", 0xb2}, {"sup3", 0xb3}, {"para", 0xb6}, {"sup1", 0xb9}, {"ordm", 0xba},
	{"Auml", 0xc4}, {"Euml", 0xcb}, {"Iuml", 0xcf}, {"Ouml", 0xd6}, {"Uuml", 0xdc}, {"auml", 0xe4}, {"euml", 0xeb},
	{"iuml", 0xef}, {"ouml", 0xf6}, {"uuml", 0xfc}, {"yuml", 0xff}, {"AMP", 0x26}, {"amp", 0x26}, {"yen", 0xa5},
	{"uml", 0xa8}, {"not", 0xac}, {"shy", 0xad}, {"REG", 0xae}, {"reg", 0xae}, {"deg", 0xb0}, {"ETH", 0xd0},
	{"eth", 0xf0}, {"LT", 0x3c}, {"lt", 0x3c}, {"GT", 0x3e}, {"gt", 0x3e}, {"apos", 0x27}, {"OElig", 0x152},
	{"oelig", 0x153}, {"Scaron", 0x160}, {"scaron", 0x161}, {"Yuml", 0x178}, {"fnof", 0x192}, {"circ", 0x2c6},
	{"tilde", 0x2dc}, {"Alpha", 0x391}, {"Beta", 0x392}, {"Gamma", 0x393}, {"Delta", 0x394}, {"Epsilon", 0x395},
	{"Zeta", 0x396}, {"Eta", 0x397}, {"Theta", 0x398}, {"Iota", 0x399}, {"Kappa", 0x39a}, {"Lambda", 0x39b},
	{"Mu", 0x39c}, {"Nu", 0x39d}, {"Xi", 0x39e}, {"Omicron", 0x39f}, {"Pi", 0x3a0}, {"Rho", 0x3a1}, {"Sigma", 0x3a3},
	{"Tau", 0x3a4}, {"Upsilon", 0x3a5}, {"Phi", 0x3a6}, {"Chi", 0x3a7}, {"Psi", 0x3a8}, {"Omega", 0x3a9},
	{"alpha", 0x3b1}, {"beta", 0x3b2}, {"gamma", 0x3b3}, {"delta", 0x3b4}, {"epsilon", 0x3b5}, {"zeta", 0x3b6},
	{"eta", 0x3b7}, {"theta", 0x3b8}, {"iota", 0x3b9}, {"kappa", 0x3ba}, {"lambda", 0x3bb}, {"mu", 0x3bc},
	{"nu", 0x3bd}, {"xi", 0x3be}, {"omicron", 0x3bf}, {"pi", 0x3c0}, {"rho", 0x3c1}, {"sigmaf", 0x3c2},
	{"sigma", 0x3c3}, {"tau", 0x3c4}, {"upsilon", 0x3c5}, {"phi", 0x3c6}, {"chi", 0x3c7}, {"psi", 0x3c8},
	{"omega", 0x3c9}, {"thetasym", 0x3d1}, {"upsih", 0x3d2}, {"piv", 0x3d6}, {"ensp", 0x2002}, {"emsp", 0x2003},
	{"thinsp", 0x2009}, {"zwnj", 0x200c}, {"zwj", 0x200d}, {"lrm", 0x200e}, {"rlm", 0x200f}, {"ndash", 0x2013},
	{"mdash", 0x2014}, {"lsquo", 0x2018}, {"rsquo", 0x2019}, {"sbquo", 0x201a}, {"ldquo", 0x201c}, {"rdquo", 0x201d},
	{"bdquo", 0x201e}, {"dagger", 0x2020}, {"Dagger", 0x2021}, {"bull", 0x2022}, {"hellip", 0x2026}, {"permil", 0x2030},
	{"prime", 0x2032}, {"Prime", 0x2033}, {"lsaquo", 0x2039}, {"rsaquo", 0x203a}, {"oline", 0x203e}, {"frasl", 0x2044},
	{"euro", 0x20ac}, {"image", 0x2111}, {"weierp", 0x2118}, {"real", 0x211c}, {"trade", 0x2122}, {"alefsym", 0x2135},
	{"larr", 0x2190}, {"uarr", 0x2191}, {"rarr", 0x2192}, {"darr", 0x2193}, {"harr", 0x2194}, {"crarr", 0x21b5},
	{"lArr", 0x21d0}, {"uArr", 0x21d1}, {"rArr", 0x21d2}, {"dArr", 0x21d3}, {"hArr", 0x21d4}, {"forall", 0x2200},
	{"part", 0x2202}, {"exist", 0x2203}, {"empty", 0x2205}, {"nabla", 0x2207}, {"isin", 0x2208}, {"notin", 0x2209},
	{"ni", 0x220b}, {"prod", 0x220f}, {"sum", 0x2211}, {"minus", 0x2212}, {"lowast", 0x2217}, {"radic", 0x221a},
	{"prop", 0x221d}, {"infin", 0x221e}, {"ang", 0x2220}, {"and", 0x2227}, {"or", 0x2228}, {"cap", 0x2229},
	{"cup", 0x222a}, {"int", 0x222b}, {"there4", 0x2234}, {"sim", 0x223c}, {"cong", 0x2245}, {"asymp", 0x2248},
	{"ne", 0x2260}, {"equiv", 0x2261}, {"le", 0x2264}, {"ge", 0x2265}, {"sub", 0x2282}, {"sup", 0x2283},
	{"nsub", 0x2284}, {"sube", 0x2286}, {"supe", 0x2287}, {"oplus", 0x2295}, {"otimes", 0x2297}, {"perp", 0x22a5},
	{"sdot", 0x22c5}, {"lceil", 0x2308}, {"rceil", 0x2309}, {"lfloor", 0x230a}, {"rfloor", 0x230b}, {"lang", 0x2329},
	{"rang", 0x232a}, {"loz", 0x25ca}, {"starf", 0x2605}, {"star", 0x2606}, {"spades", 0x2660}, {"clubs", 0x2663},
	{"hearts", 0x2665}, {"diams", 0x2666}, {"check", 0x2713}, {"cross", 0x2717},
	{NULL, 0},
};
