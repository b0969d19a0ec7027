/* CSS Color 4: named, hexadecimal, rgb and hsl colours. */
#include "core/wxss/color.h"

#include "core/wxss/part.h"

struct color_name {
	const char *name;
	uint32_t rgb;
};

static const struct color_name color_names[];
static const size_t color_name_count;

static uint32_t to_byte(double v) { return v <= 0 || v != v ? 0 : v >= 255 ? 255 : (uint32_t)(v + 0.5); }

static color_t pack(double r, double g, double b, double alpha)
{
	return to_byte(r) << 24 | to_byte(g) << 16 | to_byte(b) << 8 | to_byte(alpha * 255);
}

bool wxss_color_named(struct str name, color_t *ret_color)
{
	if (str_eq_nocase(name, STR("transparent"))) {
		*ret_color = 0;
		return true;
	}
	char lower[24];
	if (name.len >= sizeof(lower)) {
		return false;
	}
	for (size_t i = 0; i < name.len; i++) {
		lower[i] = (char)(name.at[i] >= 'A' && name.at[i] <= 'Z' ? name.at[i] + 32 : name.at[i]);
	}
	struct str key = {lower, name.len};
	size_t low = 0, high = color_name_count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = str_compare(key, str_of(color_names[middle].name));
		if (order == 0) {
			*ret_color = color_names[middle].rgb << 8 | 0xff;
			return true;
		}
		if (order < 0) {
			high = middle;
		} else {
			low = middle + 1;
		}
	}
	return false;
}

bool wxss_color_hex(struct str digits, color_t *ret_color)
{
	uint32_t v[8];
	if (digits.len != 3 && digits.len != 4 && digits.len != 6 && digits.len != 8) {
		return false;
	}
	for (size_t i = 0; i < digits.len; i++) {
		char c = digits.at[i];
		if (c >= '0' && c <= '9') {
			v[i] = (uint32_t)(c - '0');
		} else if ((c | 32) >= 'a' && (c | 32) <= 'f') {
			v[i] = (uint32_t)((c | 32) - 'a' + 10);
		} else {
			return false;
		}
	}
	bool brief = digits.len <= 4;
	uint32_t color = 0;
	for (size_t i = 0; i < 4; i++) {
		bool absent = i == 3 && (digits.len == 3 || digits.len == 6);
		uint32_t byte = absent ? 255 : brief ? v[i] * 17 : v[2 * i] * 16 + v[2 * i + 1];
		color = color << 8 | byte;
	}
	*ret_color = color;
	return true;
}

static double hue_part(double p, double q, double t)
{
	t = t < 0 ? t + 1 : t > 1 ? t - 1 : t;
	if (t < 1.0 / 6) {
		return p + (q - p) * 6 * t;
	}
	if (t < 0.5) {
		return q;
	}
	return t < 2.0 / 3 ? p + (q - p) * (2.0 / 3 - t) * 6 : p;
}

static color_t from_hsl(double degrees, double s, double l, double alpha)
{
	double h = fmod(degrees, 360) / 360;
	h = h < 0 ? h + 1 : h;
	s = s < 0 ? 0 : s > 1 ? 1 : s;
	l = l < 0 ? 0 : l > 1 ? 1 : l;
	double q = l < 0.5 ? l * (1 + s) : l + s - l * s, p = 2 * l - q;
	return pack(hue_part(p, q, h + 1.0 / 3) * 255, hue_part(p, q, h) * 255, hue_part(p, q, h - 1.0 / 3) * 255, alpha);
}

/* One argument as an amount; `none` is 0. */
static bool argument(const struct wxss_part *part, struct wxss_amount *ret)
{
	static const struct wxss_units no_units = {0};
	if (part->kind == PART_NUMBER) {
		*ret = wxss_unit_resolve(part->number, part->unit, &no_units);
	} else if (part->kind == PART_CALC) {
		*ret = wxss_calc_resolve(part->calc, &no_units);
	} else if (part->kind == PART_IDENT && part->keyword == KW_none) {
		*ret = (struct wxss_amount){AMOUNT_NUMBER, 0, 0};
	} else {
		return false;
	}
	return ret->kind == AMOUNT_NUMBER || ret->kind == AMOUNT_PERCENT || ret->kind == AMOUNT_ANGLE;
}

bool wxss_color_function(struct str name, const struct wxss_part *args, size_t count, color_t *ret_color)
{
	struct wxss_amount v[4] = {{0}, {0}, {0}, {AMOUNT_NUMBER, 1, 0}};
	size_t n = 0;
	bool comma = false;
	for (size_t i = 0; i < count; i++) {
		if (args[i].kind == PART_COMMA || args[i].kind == PART_SLASH) {
			bool separates = n > 0 && i + 1 < count && (args[i].kind == PART_COMMA || n == 3);
			if (!separates || args[i + 1].kind == PART_COMMA) {
				return false;
			}
			comma = comma || args[i].kind == PART_COMMA;
			continue;
		}
		if (n == 4 || !argument(&args[i], &v[n])) {
			return false;
		}
		n++;
	}
	if (n < 3 || (n == 4 && !comma && args[count - 2].kind != PART_SLASH)) {
		return false;
	}
	double alpha = v[3].kind == AMOUNT_PERCENT ? (double)v[3].percent : (double)v[3].value;
	alpha = alpha < 0 ? 0 : alpha > 1 ? 1 : alpha;
	if ((name.at[0] | 32) == 'h') {
		bool hue = v[0].kind != AMOUNT_PERCENT;
		double s = v[1].kind == AMOUNT_PERCENT ? (double)v[1].percent : (double)v[1].value / 100;
		double l = v[2].kind == AMOUNT_PERCENT ? (double)v[2].percent : (double)v[2].value / 100;
		*ret_color = from_hsl((double)v[0].value, s, l, alpha);
		return hue;
	}
	double rgb[3];
	for (size_t i = 0; i < 3; i++) {
		if (v[i].kind == AMOUNT_ANGLE) {
			return false;
		}
		rgb[i] = v[i].kind == AMOUNT_PERCENT ? (double)v[i].percent * 255 : (double)v[i].value;
	}
	*ret_color = pack(rgb[0], rgb[1], rgb[2], alpha);
	return true;
}

void wxss_color_print_hex(color_t color, struct strbuf *out)
{
	if ((color & 0xff) == 0xff) {
		strbuf_printf(out, "#%06x", color >> 8);
	} else {
		strbuf_printf(out, "#%08x", color);
	}
}

void wxss_color_print(color_t color, struct strbuf *out)
{
	unsigned alpha = color & 0xff;
	strbuf_printf(out, alpha == 255 ? "rgb(%u, %u, %u" : "rgba(%u, %u, %u, ", color >> 24, color >> 16 & 0xff, color >> 8 & 0xff);
	if (alpha != 255) {
		double fraction = round(alpha / 2.55) / 100; // two decimals when they say it all
		if (to_byte(fraction * 255) != alpha) {
			fraction = round(alpha / 0.255) / 1000;
		}
		strbuf_add_number(out, fraction);
	}
	strbuf_add_char(out, ')');
}

color_t wxss_color_mix(color_t a, color_t b, float t)
{
	double alpha_a = (a & 0xff) / 255.0, alpha_b = (b & 0xff) / 255.0, u = (double)t;
	double alpha = alpha_a + (alpha_b - alpha_a) * u;
	if (!(alpha > 0)) {
		return 0;
	}
	double mixed[3];
	for (int i = 0; i < 3; i++) {
		double from = (a >> (24 - 8 * i) & 0xff) * alpha_a, to = (b >> (24 - 8 * i) & 0xff) * alpha_b;
		mixed[i] = (from + (to - from) * u) / alpha;
	}
	return pack(mixed[0], mixed[1], mixed[2], alpha > 1 ? 1 : alpha);
}

static const struct color_name color_names[] = { // in byte order
	{"aliceblue", 0xf0f8ff}, {"antiquewhite", 0xfaebd7}, {"aqua", 0x00ffff}, {"aquamarine", 0x7fffd4},
	{"azure", 0xf0ffff}, {"beige", 0xf5f5dc}, {"bisque", 0xffe4c4}, {"black", 0x000000},
	{"blanchedalmond", 0xffebcd}, {"blue", 0x0000ff}, {"blueviolet", 0x8a2be2}, {"brown", 0xa52a2a},
	{"burlywood", 0xdeb887}, {"cadetblue", 0x5f9ea0}, {"chartreuse", 0x7fff00}, {"chocolate", 0xd2691e},
	{"coral", 0xff7f50}, {"cornflowerblue", 0x6495ed}, {"cornsilk", 0xfff8dc}, {"crimson", 0xdc143c},
	{"cyan", 0x00ffff}, {"darkblue", 0x00008b}, {"darkcyan", 0x008b8b}, {"darkgoldenrod", 0xb8860b},
	{"darkgray", 0xa9a9a9}, {"darkgreen", 0x006400}, {"darkgrey", 0xa9a9a9}, {"darkkhaki", 0xbdb76b},
	{"darkmagenta", 0x8b008b}, {"darkolivegreen", 0x556b2f}, {"darkorange", 0xff8c00},
	{"darkorchid", 0x9932cc}, {"darkred", 0x8b0000}, {"darksalmon", 0xe9967a}, {"darkseagreen", 0x8fbc8f},
	{"darkslateblue", 0x483d8b}, {"darkslategray", 0x2f4f4f}, {"darkslategrey", 0x2f4f4f},
	{"darkturquoise", 0x00ced1}, {"darkviolet", 0x9400d3}, {"deeppink", 0xff1493},
	{"deepskyblue", 0x00bfff}, {"dimgray", 0x696969}, {"dimgrey", 0x696969}, {"dodgerblue", 0x1e90ff},
	{"firebrick", 0xb22222}, {"floralwhite", 0xfffaf0}, {"forestgreen", 0x228b22}, {"fuchsia", 0xff00ff},
	{"gainsboro", 0xdcdcdc}, {"ghostwhite", 0xf8f8ff}, {"gold", 0xffd700}, {"goldenrod", 0xdaa520},
	{"gray", 0x808080}, {"green", 0x008000}, {"greenyellow", 0xadff2f}, {"grey", 0x808080},
	{"honeydew", 0xf0fff0}, {"hotpink", 0xff69b4}, {"indianred", 0xcd5c5c}, {"indigo", 0x4b0082},
	{"ivory", 0xfffff0}, {"khaki", 0xf0e68c}, {"lavender", 0xe6e6fa}, {"lavenderblush", 0xfff0f5},
	{"lawngreen", 0x7cfc00}, {"lemonchiffon", 0xfffacd}, {"lightblue", 0xadd8e6},
	{"lightcoral", 0xf08080}, {"lightcyan", 0xe0ffff}, {"lightgoldenrodyellow", 0xfafad2},
	{"lightgray", 0xd3d3d3}, {"lightgreen", 0x90ee90}, {"lightgrey", 0xd3d3d3}, {"lightpink", 0xffb6c1},
	{"lightsalmon", 0xffa07a}, {"lightseagreen", 0x20b2aa}, {"lightskyblue", 0x87cefa},
	{"lightslategray", 0x778899}, {"lightslategrey", 0x778899}, {"lightsteelblue", 0xb0c4de},
	{"lightyellow", 0xffffe0}, {"lime", 0x00ff00}, {"limegreen", 0x32cd32}, {"linen", 0xfaf0e6},
	{"magenta", 0xff00ff}, {"maroon", 0x800000}, {"mediumaquamarine", 0x66cdaa}, {"mediumblue", 0x0000cd},
	{"mediumorchid", 0xba55d3}, {"mediumpurple", 0x9370db}, {"mediumseagreen", 0x3cb371},
	{"mediumslateblue", 0x7b68ee}, {"mediumspringgreen", 0x00fa9a}, {"mediumturquoise", 0x48d1cc},
	{"mediumvioletred", 0xc71585}, {"midnightblue", 0x191970}, {"mintcream", 0xf5fffa},
	{"mistyrose", 0xffe4e1}, {"moccasin", 0xffe4b5}, {"navajowhite", 0xffdead}, {"navy", 0x000080},
	{"oldlace", 0xfdf5e6}, {"olive", 0x808000}, {"olivedrab", 0x6b8e23}, {"orange", 0xffa500},
	{"orangered", 0xff4500}, {"orchid", 0xda70d6}, {"palegoldenrod", 0xeee8aa}, {"palegreen", 0x98fb98},
	{"paleturquoise", 0xafeeee}, {"palevioletred", 0xdb7093}, {"papayawhip", 0xffefd5},
	{"peachpuff", 0xffdab9}, {"peru", 0xcd853f}, {"pink", 0xffc0cb}, {"plum", 0xdda0dd},
	{"powderblue", 0xb0e0e6}, {"purple", 0x800080}, {"rebeccapurple", 0x663399}, {"red", 0xff0000},
	{"rosybrown", 0xbc8f8f}, {"royalblue", 0x4169e1}, {"saddlebrown", 0x8b4513}, {"salmon", 0xfa8072},
	{"sandybrown", 0xf4a460}, {"seagreen", 0x2e8b57}, {"seashell", 0xfff5ee}, {"sienna", 0xa0522d},
	{"silver", 0xc0c0c0}, {"skyblue", 0x87ceeb}, {"slateblue", 0x6a5acd}, {"slategray", 0x708090},
	{"slategrey", 0x708090}, {"snow", 0xfffafa}, {"springgreen", 0x00ff7f}, {"steelblue", 0x4682b4},
	{"tan", 0xd2b48c}, {"teal", 0x008080}, {"thistle", 0xd8bfd8}, {"tomato", 0xff6347},
	{"turquoise", 0x40e0d0}, {"violet", 0xee82ee}, {"wheat", 0xf5deb3}, {"white", 0xffffff},
	{"whitesmoke", 0xf5f5f5}, {"yellow", 0xffff00}, {"yellowgreen", 0x9acd32},
};
static const size_t color_name_count = ARRAY_LEN(color_names);

bool wxss_color_parse(struct str text, color_t *ret_color)
{
	text = str_trim(text);
	if (text.len && text.at[0] == '#') {
		return wxss_color_hex(str_slice(text, 1, text.len), ret_color);
	}
	if (str_find_char(text, '(') == SIZE_MAX) {
		return wxss_color_named(text, ret_color);
	}
	struct arena arena;
	struct wxss_parts parts;
	arena_init(&arena);
	bool good = wxss_parts_parse(text, STR(""), &arena, &parts) && parts.count == 1 && parts.at[0].kind == PART_COLOR;
	*ret_color = good ? parts.at[0].color : *ret_color;
	arena_finish(&arena);
	return good;
}
