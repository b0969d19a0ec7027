/* The readers of single values that all properties are made of. */
#include "core/wxss/reader.h"

#include "core/wxss/color.h"
#include "core/wxss/property.h"

#define RADIANS_PER_DEGREE 0.01745329252f
/* 0% of a width, a height or a flex-basis: nothing of what is known, but automatic where the base is open, as any
 * percentage there; 0px is not. */
#define ZERO_PERCENT 1e-30f

bool wxss_read_amount(struct wxss_reader *r, struct wxss_amount *ret)
{
	if (r->at == r->end) {
		return false;
	}
	if (r->at->kind == PART_NUMBER) {
		*ret = wxss_unit_resolve(r->at->number, r->at->unit, r->units);
	} else if (r->at->kind == PART_CALC) {
		*ret = wxss_calc_resolve(r->at->calc, r->units);
	} else {
		return false;
	}
	r->at++;
	return true;
}

static bool read_length_keyword(struct wxss_reader *r, unsigned flags, struct length *ret)
{
	enum length_kind kind = LENGTH_AUTO;
	bool good = false;
	switch (r->at->keyword) {
	case KW_auto: good = flags & F_AUTO; break;
	case KW_none: good = flags & F_NONE; break;
	case KW_normal: good = flags & F_NORMAL; break;
	case KW_stretch:
	case KW__webkit_fill_available: good = flags & F_SIZES; break;
	case KW_min_content: good = flags & F_SIZES; kind = LENGTH_MIN_CONTENT; break;
	case KW_content: good = flags & F_CONTENT; kind = LENGTH_MAX_CONTENT; break;
	case KW_max_content: good = flags & F_SIZES; kind = LENGTH_MAX_CONTENT; break;
	case KW_fit_content:
	case KW__webkit_fit_content: good = flags & F_SIZES; kind = LENGTH_FIT_CONTENT; break;
	default: break;
	}
	if (good) {
		*ret = (struct length){.kind = kind};
		r->at++;
	}
	return good;
}

bool wxss_read_length(struct wxss_reader *r, unsigned flags, struct length *ret)
{
	if (r->at == r->end) {
		return false;
	}
	if (r->at->kind == PART_IDENT) {
		return read_length_keyword(r, flags, ret);
	}
	struct wxss_reader before = *r;
	struct wxss_amount amount;
	bool good = wxss_read_amount(r, &amount);
	if (good && amount.kind == AMOUNT_NUMBER) {
		good = amount.value == 0 && before.at->kind == PART_NUMBER; // a bare 0 is a length
	} else {
		good = good && (amount.kind == AMOUNT_LENGTH || amount.kind == AMOUNT_PERCENT);
	}
	good = good && ((flags & F_PERCENT) || amount.kind != AMOUNT_PERCENT);
	bool negative = good && (amount.value < 0 || amount.percent < 0);
	if (negative && !(flags & F_NEGATIVE)) {
		good = before.at->kind == PART_CALC; // calc() is clamped, a literal is wrong
		if (good && amount.kind != AMOUNT_LENGTH) {
			amount.percent = 0;
		} else if (good && amount.percent == 0) {
			amount.value = 0;
		}
	}
	if (!good) {
		*r = before;
		return false;
	}
	if (flags & F_SIZES && amount.kind == AMOUNT_PERCENT && amount.percent == 0) {
		amount.percent = ZERO_PERCENT;
	}
	*ret = (struct length){LENGTH_FIXED, amount.value, amount.percent};
	return true;
}

bool wxss_read_px(struct wxss_reader *r, bool negative, float *ret)
{
	struct length length;
	if (!wxss_read_length(r, negative ? F_NEGATIVE : 0, &length)) {
		return false;
	}
	*ret = length.px;
	return true;
}

static bool read_kind(struct wxss_reader *r, enum wxss_amount_kind kind, struct wxss_amount *ret)
{
	struct wxss_reader before = *r;
	if (wxss_read_amount(r, ret) && ret->kind == kind) {
		return true;
	}
	*r = before;
	return false;
}

bool wxss_read_number(struct wxss_reader *r, float *ret)
{
	struct wxss_amount amount;
	if (!read_kind(r, AMOUNT_NUMBER, &amount)) {
		return false;
	}
	*ret = amount.value;
	return true;
}

bool wxss_read_integer(struct wxss_reader *r, int *ret)
{
	bool good = r->at < r->end && (r->at->kind == PART_CALC || r->at->integer);
	struct wxss_amount amount;
	if (!good || !read_kind(r, AMOUNT_NUMBER, &amount)) {
		return false;
	}
	*ret = (int)roundf(float_clamp(amount.value, -1e9f, 1e9f));
	return true;
}

bool wxss_read_number_or_percent(struct wxss_reader *r, float *ret)
{
	struct wxss_amount amount;
	if (wxss_read_number(r, ret)) {
		return true;
	}
	if (!read_kind(r, AMOUNT_PERCENT, &amount)) {
		return false;
	}
	*ret = amount.percent;
	return true;
}

bool wxss_read_angle(struct wxss_reader *r, float *ret_radians)
{
	struct wxss_reader before = *r;
	struct wxss_amount amount;
	if (wxss_read_amount(r, &amount) && (amount.kind == AMOUNT_ANGLE || (amount.kind == AMOUNT_NUMBER && amount.value == 0))) {
		*ret_radians = amount.value * RADIANS_PER_DEGREE;
		return true;
	}
	*r = before;
	return false;
}

bool wxss_read_time(struct wxss_reader *r, float *ret_ms)
{
	struct wxss_amount amount;
	if (!read_kind(r, AMOUNT_TIME, &amount)) {
		return false;
	}
	*ret_ms = amount.value;
	return true;
}

bool wxss_read_color(struct wxss_reader *r, color_t *ret)
{
	if (r->at == r->end) {
		return false;
	}
	const struct wxss_part *part = r->at;
	if (part->kind == PART_COLOR) {
		*ret = part->color;
	} else if (part->kind == PART_IDENT && part->keyword == KW_currentcolor) {
		*ret = r->current;
	} else if (part->kind != PART_IDENT || !wxss_color_named(part->text, ret)) {
		return false;
	}
	r->at++;
	return true;
}

bool wxss_read_keyword(struct wxss_reader *r, enum wxss_keyword keyword)
{
	if (r->at == r->end || r->at->kind != PART_IDENT || r->at->keyword != keyword) {
		return false;
	}
	r->at++;
	return true;
}

bool wxss_read_choice(struct wxss_reader *r, const struct wxss_choice *choices, int *ret)
{
	if (r->at == r->end || r->at->kind != PART_IDENT || !r->at->keyword) {
		return false;
	}
	for (const struct wxss_choice *c = choices; c->keyword; c++) {
		if (c->keyword == r->at->keyword) {
			*ret = c->value;
			r->at++;
			return true;
		}
	}
	return false;
}

static bool read_kind_of_part(struct wxss_reader *r, enum wxss_part_kind kind)
{
	if (r->at == r->end || r->at->kind != kind) {
		return false;
	}
	r->at++;
	return true;
}

bool wxss_read_comma(struct wxss_reader *r) { return read_kind_of_part(r, PART_COMMA); }

bool wxss_read_slash(struct wxss_reader *r) { return read_kind_of_part(r, PART_SLASH); }

bool wxss_read_function(struct wxss_reader *r, struct wxss_reader *ret_inner, const struct wxss_part **ret_function)
{
	if (r->at == r->end || r->at->kind != PART_FUNCTION) {
		return false;
	}
	*ret_function = r->at;
	*ret_inner = *r;
	ret_inner->at = r->at->items;
	ret_inner->end = r->at->items + r->at->count;
	r->at++;
	return true;
}

/* ---- positions ---- */

/* -1 for left and top, 1 for right and bottom, 0 for center; false when it is no side of this axis. */
static bool read_side(struct wxss_reader *r, bool vertical, int *ret)
{
	static const struct wxss_choice sides[2][4] = {
		{{KW_left, -1}, {KW_right, 1}, {KW_center, 0}, {0}},
		{{KW_top, -1}, {KW_bottom, 1}, {KW_center, 0}, {0}},
	};
	return wxss_read_choice(r, sides[vertical], ret);
}

static struct length side_length(int side, struct length offset)
{
	return side < 0 ? offset : side > 0 ? (struct length){LENGTH_FIXED, -offset.px, 1 - offset.percent}
		: wxss_length_percent(0.5f);
}

bool wxss_read_position_axis(struct wxss_reader *r, bool vertical, struct length *ret)
{
	int side;
	struct length offset = wxss_length_px(0);
	if (!read_side(r, vertical, &side)) {
		return wxss_read_length(r, F_PERCENT | F_NEGATIVE, ret);
	}
	if (side != 0) {
		(void)wxss_read_length(r, F_PERCENT | F_NEGATIVE, &offset);
	}
	*ret = side_length(side, offset);
	return true;
}

/* "right 10px top 5px", "right top 5px", in both orders. */
static bool read_sides_with_offsets(struct wxss_reader *r, struct length *ret_x, struct length *ret_y)
{
	struct wxss_reader before = *r;
	struct length x, y;
	int side;
	bool vertical_first = !read_side(r, false, &side);
	*r = before;
	bool good = wxss_read_position_axis(r, vertical_first, vertical_first ? &y : &x);
	const struct wxss_part *second = r->at;
	good = good && read_side(r, !vertical_first, &side);
	r->at = second;
	good = good && wxss_read_position_axis(r, !vertical_first, vertical_first ? &x : &y) && r->at - before.at > 2;
	if (!good) {
		*r = before;
		return false;
	}
	*ret_x = x;
	*ret_y = y;
	return true;
}

static bool read_one(struct wxss_reader *r, bool vertical, struct length *ret)
{
	int side;
	if (read_side(r, vertical, &side)) {
		*ret = side_length(side, wxss_length_px(0));
		return true;
	}
	return wxss_read_length(r, F_PERCENT | F_NEGATIVE, ret);
}

bool wxss_read_position(struct wxss_reader *r, struct length *ret_x, struct length *ret_y)
{
	if (read_sides_with_offsets(r, ret_x, ret_y)) {
		return true;
	}
	struct wxss_reader before = *r;
	struct length x, y = wxss_length_percent(0.5f);
	if (read_one(r, false, &x)) {
		(void)read_one(r, true, &y);
		if (r->at < r->end && before.at + 1 == r->at && before.at->keyword == KW_center && read_one(r, false, &x)) {
			y = wxss_length_percent(0.5f); // "center left"
		}
	} else if (read_one(r, true, &y)) {
		x = wxss_length_percent(0.5f);
		int side;
		if (read_side(r, false, &side)) { // "top left"
			x = side_length(side, wxss_length_px(0));
		}
	} else {
		return false;
	}
	*ret_x = x;
	*ret_y = y;
	return true;
}

/* ---- printing and mixing ---- */

const char *wxss_choice_text(const struct wxss_choice *choices, int value)
{
	for (const struct wxss_choice *c = choices; c->keyword; c++) {
		if (c->value == value) {
			return wxss_keyword_text(c->keyword);
		}
	}
	return "";
}

static void print_rounded(double number, struct strbuf *out)
{
	double rounded = round(number * 1e4) / 1e4;
	strbuf_add_number(out, rounded == 0 ? 0 : rounded);
}

void wxss_print_px(float px, struct strbuf *out)
{
	print_rounded((double)px, out);
	strbuf_add_text(out, "px");
}

void wxss_print_length(struct length length, unsigned flags, struct strbuf *out)
{
	static const char *const words[] = {"auto", "", "min-content", "max-content", "fit-content"};
	if (length.kind == LENGTH_AUTO) {
		strbuf_add_text(out, flags & F_NONE ? "none" : flags & F_NORMAL ? "normal" : "auto");
	} else if (length.kind != LENGTH_FIXED) {
		strbuf_add_text(out, words[length.kind]);
	} else if (length.percent == 0) {
		wxss_print_px(length.px, out);
	} else {
		strbuf_add_text(out, length.px != 0 ? "calc(" : "");
		print_rounded((double)length.percent * 100, out);
		strbuf_add_char(out, '%');
		if (length.px != 0) {
			strbuf_add_text(out, length.px < 0 ? " - " : " + ");
			wxss_print_px(fabsf(length.px), out);
			strbuf_add_char(out, ')');
		}
	}
}

struct length wxss_length_mix(struct length a, struct length b, float t)
{
	if (a.kind != LENGTH_FIXED || b.kind != LENGTH_FIXED) {
		return t < 0.5f ? a : b;
	}
	return (struct length){LENGTH_FIXED, wxss_mix(a.px, b.px, t), wxss_mix(a.percent, b.percent, t)};
}
