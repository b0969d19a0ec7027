/* The types of properties whose value is one plain thing: a word, a length, a number, a colour. */
#include "core/wxss/property.h"

#include "core/wxss/color.h"

#define FIELD(type, style, row) ((type *)wxss_field(style, row))
#define FIELD_CONST(type, style, row) ((const type *)wxss_field_const(style, row))

/* ---- keywords ---- */

static bool read_choice(struct wxss_reader *r, const struct wxss_property *row, struct style *style)
{
	return wxss_read_choice(r, row->choices, FIELD(int, style, row));
}

static void print_choice(const struct style *style, const struct wxss_property *row, struct strbuf *out)
{
	strbuf_add_text(out, wxss_choice_text(row->choices, *FIELD_CONST(int, style, row)));
}

/* Discrete, but for visibility, which is visible as long as it is not wholly hidden. */
static bool mix_choice(struct style *out, const struct style *a, const struct style *b, const struct wxss_property *row, float t)
{
	if (row->offset != offsetof(struct style, visibility)) {
		return false;
	}
	bool visible = (t < 1 && a->visibility == VISIBILITY_VISIBLE) || (t > 0 && b->visibility == VISIBILITY_VISIBLE);
	out->visibility = visible ? VISIBILITY_VISIBLE : t < 0.5f ? a->visibility : b->visibility;
	return true;
}

static bool read_flag(struct wxss_reader *r, const struct wxss_property *row, struct style *style)
{
	int value;
	if (!wxss_read_choice(r, row->choices, &value)) {
		return false;
	}
	*FIELD(bool, style, row) = value != 0;
	return true;
}

static void print_flag(const struct style *style, const struct wxss_property *row, struct strbuf *out)
{
	strbuf_add_text(out, wxss_choice_text(row->choices, *FIELD_CONST(bool, style, row)));
}

/* ---- lengths ---- */

static bool read_length(struct wxss_reader *r, const struct wxss_property *row, struct style *style)
{
	return wxss_read_length(r, row->flags, FIELD(struct length, style, row));
}

static void print_length(const struct style *style, const struct wxss_property *row, struct strbuf *out)
{
	wxss_print_length(*FIELD_CONST(struct length, style, row), row->flags, out);
}

static bool mix_length(struct style *out, const struct style *a, const struct style *b, const struct wxss_property *row, float t)
{
	struct length from = *FIELD_CONST(struct length, a, row), to = *FIELD_CONST(struct length, b, row);
	if (from.kind != LENGTH_FIXED || to.kind != LENGTH_FIXED) {
		return false;
	}
	struct length mixed = wxss_length_mix(from, to, t);
	if (!(row->flags & F_NEGATIVE)) { // a bouncing timing function overshoots
		mixed.px = mixed.percent == 0 ? float_max(mixed.px, 0) : mixed.px; // of both together layout sees to it
		mixed.percent = mixed.px == 0 ? float_max(mixed.percent, 0) : mixed.percent;
	}
	*FIELD(struct length, out, row) = mixed;
	return true;
}

static bool read_px(struct wxss_reader *r, const struct wxss_property *row, struct style *style)
{
	if ((row->flags & F_NORMAL && wxss_read_keyword(r, KW_normal)) || (row->flags & F_NONE && wxss_read_keyword(r, KW_none))) {
		*FIELD(float, style, row) = 0;
		return true;
	}
	return wxss_read_px(r, row->flags & F_NEGATIVE, FIELD(float, style, row));
}

static void print_px(const struct style *style, const struct wxss_property *row, struct strbuf *out)
{
	float px = *FIELD_CONST(float, style, row);
	if (px == 0 && row->flags & (F_NORMAL | F_NONE)) {
		strbuf_add_text(out, row->flags & F_NONE ? "none" : "normal");
	} else {
		wxss_print_px(px, out);
	}
}

static bool mix_float(struct style *out, const struct style *a, const struct style *b, const struct wxss_property *row, float t)
{
	float mixed = wxss_mix(*FIELD_CONST(float, a, row), *FIELD_CONST(float, b, row), t);
	*FIELD(float, out, row) = row->flags & F_NEGATIVE ? mixed : float_max(mixed, 0);
	if (row->offset == offsetof(struct style, opacity)) {
		out->opacity = float_clamp(mixed, 0, 1);
	}
	return true;
}

static bool read_line_width(struct wxss_reader *r, const struct wxss_property *row, struct style *style)
{
	static const struct wxss_choice widths[] = {{KW_thin, 1}, {KW_medium, 3}, {KW_thick, 5}, {0}};
	int px;
	if (wxss_read_choice(r, widths, &px)) {
		*FIELD(float, style, row) = (float)px;
		return true;
	}
	return wxss_read_px(r, false, FIELD(float, style, row));
}

/* ---- numbers ---- */

static bool read_number(struct wxss_reader *r, const struct wxss_property *row, struct style *style)
{
	float number;
	bool good = row->flags & F_PERCENT ? wxss_read_number_or_percent(r, &number) : wxss_read_number(r, &number);
	if (!good || (number < 0 && !(row->flags & F_PERCENT))) {
		return false;
	}
	*FIELD(float, style, row) = row->flags & F_PERCENT ? float_clamp(number, 0, 1) : number;
	return true;
}

static void print_number(const struct style *style, const struct wxss_property *row, struct strbuf *out)
{
	wxss_print_number((double)*FIELD_CONST(float, style, row), out);
}

static bool read_integer(struct wxss_reader *r, const struct wxss_property *row, struct style *style)
{
	return wxss_read_integer(r, FIELD(int, style, row));
}

static void print_integer(const struct style *style, const struct wxss_property *row, struct strbuf *out)
{
	strbuf_printf(out, "%d", *FIELD_CONST(int, style, row));
}

static bool mix_integer(struct style *out, const struct style *a, const struct style *b, const struct wxss_property *row, float t)
{
	*FIELD(int, out, row) = (int)roundf(wxss_mix((float)*FIELD_CONST(int, a, row), (float)*FIELD_CONST(int, b, row), t));
	return true;
}

static bool read_clamp(struct wxss_reader *r, const struct wxss_property *row, struct style *style)
{
	int lines;
	if (wxss_read_keyword(r, KW_none)) {
		style->line_clamp = 0;
		return true;
	}
	if (!wxss_read_integer(r, &lines) || lines < 1) {
		return false;
	}
	style->line_clamp = lines;
	return true;
}

static void print_clamp(const struct style *style, const struct wxss_property *row, struct strbuf *out)
{
	if (style->line_clamp) {
		strbuf_printf(out, "%d", style->line_clamp);
	} else {
		strbuf_add_text(out, "none");
	}
}

static bool read_z_index(struct wxss_reader *r, const struct wxss_property *row, struct style *style)
{
	style->z_auto = wxss_read_keyword(r, KW_auto);
	style->z_index = 0;
	return style->z_auto || wxss_read_integer(r, &style->z_index);
}

static void print_z_index(const struct style *style, const struct wxss_property *row, struct strbuf *out)
{
	if (style->z_auto) {
		strbuf_add_text(out, "auto");
	} else {
		strbuf_printf(out, "%d", style->z_index);
	}
}

static bool equal_z_index(const struct style *a, const struct style *b, const struct wxss_property *row)
{
	return a->z_auto == b->z_auto && a->z_index == b->z_index;
}

static void copy_z_index(struct style *to, const struct style *from, const struct wxss_property *row)
{
	to->z_auto = from->z_auto;
	to->z_index = from->z_index;
}

static bool mix_z_index(struct style *out, const struct style *a, const struct style *b, const struct wxss_property *row, float t)
{
	if (a->z_auto || b->z_auto) {
		return false;
	}
	out->z_auto = false;
	return mix_integer(out, a, b, row, t);
}

static bool read_ratio(struct wxss_reader *r, const struct wxss_property *row, struct style *style)
{
	float width, height = 1;
	bool automatic = wxss_read_keyword(r, KW_auto);
	if (!wxss_read_number(r, &width)) {
		style->aspect_ratio = 0;
		return automatic;
	}
	if (wxss_read_slash(r) && !wxss_read_number(r, &height)) {
		return false;
	}
	(void)(automatic || wxss_read_keyword(r, KW_auto));
	style->aspect_ratio = width > 0 && height > 0 ? width / height : 0;
	return width >= 0 && height >= 0;
}

static void print_ratio(const struct style *style, const struct wxss_property *row, struct strbuf *out)
{
	if (style->aspect_ratio > 0) {
		wxss_print_number((double)style->aspect_ratio, out);
	} else {
		strbuf_add_text(out, "auto");
	}
}

static bool mix_ratio(struct style *out, const struct style *a, const struct style *b, const struct wxss_property *row, float t)
{
	return a->aspect_ratio > 0 && b->aspect_ratio > 0 && mix_float(out, a, b, row, t);
}

/* ---- colours ---- */

static bool read_color(struct wxss_reader *r, const struct wxss_property *row, struct style *style)
{
	return wxss_read_color(r, FIELD(color_t, style, row));
}

static void print_color(const struct style *style, const struct wxss_property *row, struct strbuf *out)
{
	wxss_color_print(*FIELD_CONST(color_t, style, row), out);
}

static bool mix_color(struct style *out, const struct style *a, const struct style *b, const struct wxss_property *row, float t)
{
	*FIELD(color_t, out, row) = wxss_color_mix(*FIELD_CONST(color_t, a, row), *FIELD_CONST(color_t, b, row), t);
	return true;
}

/* ---- two lengths ---- */

/* The horizontal radii are an array, the vertical ones the array behind it. */
#define RADIUS_Y (offsetof(struct style, radius_y) - offsetof(struct style, radius_x))

static struct wxss_property radius_y_row(const struct wxss_property *row)
{
	struct wxss_property y = *row;
	y.offset += RADIUS_Y;
	return y;
}

static bool read_radius(struct wxss_reader *r, const struct wxss_property *row, struct style *style)
{
	struct wxss_property y = radius_y_row(row);
	struct length *x_field = FIELD(struct length, style, row), *y_field = FIELD(struct length, style, &y);
	if (!wxss_read_length(r, F_PERCENT, x_field)) {
		return false;
	}
	*y_field = *x_field;
	return wxss_read_end(r) || wxss_read_length(r, F_PERCENT, y_field);
}

static void print_radius(const struct style *style, const struct wxss_property *row, struct strbuf *out)
{
	struct wxss_property y = radius_y_row(row);
	print_length(style, row, out);
	if (!wxss_length_equal(*FIELD_CONST(struct length, style, row), *FIELD_CONST(struct length, style, &y))) {
		strbuf_add_char(out, ' ');
		print_length(style, &y, out);
	}
}

static bool equal_radius(const struct style *a, const struct style *b, const struct wxss_property *row)
{
	struct wxss_property y = radius_y_row(row);
	return wxss_length_equal(*FIELD_CONST(struct length, a, row), *FIELD_CONST(struct length, b, row))
		&& wxss_length_equal(*FIELD_CONST(struct length, a, &y), *FIELD_CONST(struct length, b, &y));
}

static void copy_radius(struct style *to, const struct style *from, const struct wxss_property *row)
{
	struct wxss_property y = radius_y_row(row);
	*FIELD(struct length, to, row) = *FIELD_CONST(struct length, from, row);
	*FIELD(struct length, to, &y) = *FIELD_CONST(struct length, from, &y);
}

static bool mix_radius(struct style *out, const struct style *a, const struct style *b, const struct wxss_property *row, float t)
{
	struct wxss_property y = radius_y_row(row);
	return mix_length(out, a, b, row, t) && mix_length(out, a, b, &y, t);
}

/* transform-origin: a position, and a depth that means nothing in the plane. */
static bool read_pair(struct wxss_reader *r, const struct wxss_property *row, struct style *style)
{
	struct length *pair = FIELD(struct length, style, row);
	float depth;
	if (!wxss_read_position(r, &pair[0], &pair[1])) {
		return false;
	}
	return wxss_read_end(r) || wxss_read_px(r, true, &depth);
}

static void print_pair(const struct style *style, const struct wxss_property *row, struct strbuf *out)
{
	const struct length *pair = FIELD_CONST(struct length, style, row);
	wxss_print_length(pair[0], 0, out);
	strbuf_add_char(out, ' ');
	wxss_print_length(pair[1], 0, out);
}

static bool mix_pair(struct style *out, const struct style *a, const struct style *b, const struct wxss_property *row, float t)
{
	const struct length *from = FIELD_CONST(struct length, a, row), *to = FIELD_CONST(struct length, b, row);
	struct length *pair = FIELD(struct length, out, row);
	pair[0] = wxss_length_mix(from[0], to[0], t);
	pair[1] = wxss_length_mix(from[1], to[1], t);
	return true;
}

static bool read_spacing(struct wxss_reader *r, const struct wxss_property *row, struct style *style)
{
	if (!wxss_read_px(r, false, &style->border_spacing_x)) {
		return false;
	}
	style->border_spacing_y = style->border_spacing_x;
	return wxss_read_end(r) || wxss_read_px(r, false, &style->border_spacing_y);
}

static bool mix_spacing(struct style *out, const struct style *a, const struct style *b, const struct wxss_property *row, float t)
{
	out->border_spacing_x = float_max(wxss_mix(a->border_spacing_x, b->border_spacing_x, t), 0);
	out->border_spacing_y = float_max(wxss_mix(a->border_spacing_y, b->border_spacing_y, t), 0);
	return true;
}

static void print_spacing(const struct style *style, const struct wxss_property *row, struct strbuf *out)
{
	wxss_print_px(style->border_spacing_x, out);
	strbuf_add_char(out, ' ');
	wxss_print_px(style->border_spacing_y, out);
}

/* Only the share of the free space is kept: offsets in px count as none. */
static bool read_object_position(struct wxss_reader *r, const struct wxss_property *row, struct style *style)
{
	struct length x, y;
	if (!wxss_read_position(r, &x, &y)) {
		return false;
	}
	style->object_position_x = x.percent;
	style->object_position_y = y.percent;
	return true;
}

static void print_object_position(const struct style *style, const struct wxss_property *row, struct strbuf *out)
{
	wxss_print_length(wxss_length_percent(style->object_position_x), 0, out);
	strbuf_add_char(out, ' ');
	wxss_print_length(wxss_length_percent(style->object_position_y), 0, out);
}

static bool mix_object_position(struct style *out, const struct style *a, const struct style *b,
	const struct wxss_property *row, float t)
{
	out->object_position_x = wxss_mix(a->object_position_x, b->object_position_x, t);
	out->object_position_y = wxss_mix(a->object_position_y, b->object_position_y, t);
	return true;
}

/* ---- text ---- */

static bool read_decoration(struct wxss_reader *r, const struct wxss_property *row, struct style *style)
{
	static const struct wxss_choice lines[] = {{KW_underline, TEXT_UNDERLINE}, {KW_overline, TEXT_OVERLINE},
		{KW_line_through, TEXT_LINE_THROUGH}, {KW_blink, 0}, {0}};
	int bit;
	style->text_decoration = 0;
	if (wxss_read_keyword(r, KW_none)) {
		return true;
	}
	const struct wxss_part *from = r->at;
	while (wxss_read_choice(r, lines, &bit)) {
		style->text_decoration |= (unsigned)bit;
	}
	return r->at > from;
}

static void print_decoration(const struct style *style, const struct wxss_property *row, struct strbuf *out)
{
	unsigned bits = style->text_decoration;
	if (!bits) {
		strbuf_add_text(out, "none");
		return;
	}
	strbuf_add_text(out, bits & TEXT_UNDERLINE ? "underline" : "");
	strbuf_add_text(out, bits & TEXT_OVERLINE ? bits & TEXT_UNDERLINE ? " overline" : "overline" : "");
	strbuf_add_text(out, bits & TEXT_LINE_THROUGH ? bits == TEXT_LINE_THROUGH ? "line-through" : " line-through" : "");
}

static bool read_vertical_align(struct wxss_reader *r, const struct wxss_property *row, struct style *style)
{
	int value;
	style->vertical_align_length = (struct length){0};
	if (wxss_read_choice(r, row->choices, &value)) {
		style->vertical_align = (enum vertical_align)value;
		return true;
	}
	style->vertical_align = VERTICAL_ALIGN_LENGTH;
	return wxss_read_length(r, F_PERCENT | F_NEGATIVE, &style->vertical_align_length);
}

static void print_vertical_align(const struct style *style, const struct wxss_property *row, struct strbuf *out)
{
	if (style->vertical_align == VERTICAL_ALIGN_LENGTH) {
		wxss_print_length(style->vertical_align_length, 0, out);
	} else {
		strbuf_add_text(out, wxss_choice_text(row->choices, (int)style->vertical_align));
	}
}

static bool mix_vertical_align(struct style *out, const struct style *a, const struct style *b, const struct wxss_property *row, float t)
{
	if (a->vertical_align != VERTICAL_ALIGN_LENGTH || b->vertical_align != VERTICAL_ALIGN_LENGTH) {
		return false;
	}
	out->vertical_align = VERTICAL_ALIGN_LENGTH;
	out->vertical_align_length = wxss_length_mix(a->vertical_align_length, b->vertical_align_length, t);
	return true;
}

const struct wxss_type wxss_type_choice = {read_choice, print_choice, NULL, NULL, mix_choice, sizeof(int)};
const struct wxss_type wxss_type_flag = {read_flag, print_flag, NULL, NULL, NULL, sizeof(bool)};
const struct wxss_type wxss_type_length = {read_length, print_length, NULL, NULL, mix_length, sizeof(struct length)};
const struct wxss_type wxss_type_px = {read_px, print_px, NULL, NULL, mix_float, sizeof(float)};
const struct wxss_type wxss_type_line_width = {read_line_width, print_px, NULL, NULL, mix_float, sizeof(float)};
const struct wxss_type wxss_type_number = {read_number, print_number, NULL, NULL, mix_float, sizeof(float)};
const struct wxss_type wxss_type_integer = {read_integer, print_integer, NULL, NULL, mix_integer, sizeof(int)};
const struct wxss_type wxss_type_clamp = {read_clamp, print_clamp, NULL, NULL, NULL, sizeof(int)};
const struct wxss_type wxss_type_z_index = {read_z_index, print_z_index, equal_z_index, copy_z_index, mix_z_index, 0};
const struct wxss_type wxss_type_ratio = {read_ratio, print_ratio, NULL, NULL, mix_ratio, sizeof(float)};
const struct wxss_type wxss_type_color = {read_color, print_color, NULL, NULL, mix_color, sizeof(color_t)};
const struct wxss_type wxss_type_radius = {read_radius, print_radius, equal_radius, copy_radius, mix_radius, 0};
const struct wxss_type wxss_type_pair = {read_pair, print_pair, NULL, NULL, mix_pair, 2 * sizeof(struct length)};
const struct wxss_type wxss_type_spacing = {read_spacing, print_spacing, NULL, NULL, mix_spacing, 2 * sizeof(float)};
const struct wxss_type wxss_type_object_position = {read_object_position, print_object_position, NULL, NULL,
	mix_object_position, 2 * sizeof(float)};
const struct wxss_type wxss_type_decoration = {read_decoration, print_decoration, NULL, NULL, NULL, sizeof(unsigned)};
const struct wxss_type wxss_type_vertical_align = {read_vertical_align, print_vertical_align, NULL, NULL, mix_vertical_align,
	sizeof(enum vertical_align) + sizeof(struct length)};
