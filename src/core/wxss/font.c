/* The types of font and text properties, and of generated content. */
#include "core/wxss/property.h"

#include "core/wxss/color.h"
#include "core/wxss/match.h"
#include "core/wxss/share.h"

#define FONT_SIZE_MAX 1e6f

static bool read_font_size(struct wxss_reader *r, const struct wxss_property *row, struct style *style)
{
	static const struct wxss_choice sizes[] = {{KW_xx_small, 9}, {KW_x_small, 10}, {KW_small, 13}, {KW_medium, 16},
		{KW_large, 18}, {KW_x_large, 24}, {KW_xx_large, 32}, {KW_xxx_large, 48}, {0}};
	int px;
	struct length length;
	if (wxss_read_choice(r, sizes, &px)) {
		style->font_size = (float)px;
	} else if (wxss_read_keyword(r, KW_larger)) {
		style->font_size = r->units->font_size * 1.2f;
	} else if (wxss_read_keyword(r, KW_smaller)) {
		style->font_size = r->units->font_size / 1.2f;
	} else if (wxss_read_length(r, F_PERCENT, &length)) {
		style->font_size = float_max(length_resolve(length, r->units->font_size), 0);
	} else {
		return false;
	}
	style->font_size = float_min(style->font_size, FONT_SIZE_MAX); // em of em of em ...
	return true;
}

static void print_font_size(const struct style *style, const struct wxss_property *row, struct strbuf *out)
{
	wxss_print_px(style->font_size, out);
}

static bool mix_font_size(struct style *out, const struct style *a, const struct style *b, const struct wxss_property *row, float t)
{
	out->font_size = float_max(wxss_mix(a->font_size, b->font_size, t), 0);
	return true;
}

/* ---- font-family ---- */

static bool read_font_family(struct wxss_reader *r, const struct wxss_property *row, struct style *style)
{
	struct strbuf text = {0};
	bool expects = true, word = false;
	for (; r->at < r->end; r->at++) {
		if (r->at->kind == PART_COMMA) {
			if (expects) {
				break;
			}
			expects = true;
			word = false;
			strbuf_add_text(&text, ", ");
		} else if (r->at->kind == PART_STRING && expects) {
			expects = false;
			wxss_print_string(r->at->text, &text);
		} else if (r->at->kind == PART_IDENT && (expects || word)) {
			strbuf_add_text(&text, word ? " " : "");
			wxss_print_ident(r->at->text, &text);
			expects = false;
			word = true;
		} else {
			break;
		}
	}
	bool good = wxss_read_end(r) && !expects;
	if (good) {
		(void)wxss_share_unref((void *)style->font_family.at);
		style->font_family = wxss_share_text(strbuf_str(&text));
	}
	strbuf_finish(&text);
	return good;
}

static void print_font_family(const struct style *style, const struct wxss_property *row, struct strbuf *out)
{
	strbuf_add(out, style->font_family);
}

static bool equal_font_family(const struct style *a, const struct style *b, const struct wxss_property *row)
{
	return str_eq(a->font_family, b->font_family);
}

static void copy_font_family(struct style *to, const struct style *from, const struct wxss_property *row)
{
	(void)wxss_share_ref(from->font_family.at);
	(void)wxss_share_unref((void *)to->font_family.at);
	to->font_family = from->font_family;
}

/* ---- font-weight ---- */

static bool read_font_weight(struct wxss_reader *r, const struct wxss_property *row, struct style *style)
{
	static const struct wxss_choice weights[] = {{KW_normal, 400}, {KW_bold, 700}, {0}};
	int inherited = r->parent->font_weight, weight;
	if (wxss_read_choice(r, weights, &weight)) {
		style->font_weight = weight;
	} else if (wxss_read_keyword(r, KW_bolder)) {
		style->font_weight = inherited < 350 ? 400 : inherited < 550 ? 700 : int_max(900, inherited);
	} else if (wxss_read_keyword(r, KW_lighter)) {
		style->font_weight = inherited < 550 ? int_min(100, inherited) : inherited < 750 ? 400 : 700;
	} else {
		float number;
		if (!wxss_read_number(r, &number) || number < 1 || number > 1000) {
			return false;
		}
		style->font_weight = (int)number;
	}
	return true;
}

static void print_font_weight(const struct style *style, const struct wxss_property *row, struct strbuf *out)
{
	strbuf_printf(out, "%d", style->font_weight);
}

static bool mix_font_weight(struct style *out, const struct style *a, const struct style *b, const struct wxss_property *row, float t)
{
	float mixed = wxss_mix((float)a->font_weight, (float)b->font_weight, t);
	out->font_weight = (int)roundf(float_clamp(mixed, 1, 1000));
	return true;
}

/* ---- line-height ---- */

static bool read_line_height(struct wxss_reader *r, const struct wxss_property *row, struct style *style)
{
	float number;
	struct length length;
	if (wxss_read_keyword(r, KW_normal)) {
		style->line_height = (struct line_height){LINE_HEIGHT_NORMAL, 0};
	} else if (wxss_read_number(r, &number)) {
		style->line_height = (struct line_height){LINE_HEIGHT_NUMBER, number};
		return number >= 0;
	} else if (wxss_read_length(r, F_PERCENT, &length)) {
		style->line_height = (struct line_height){LINE_HEIGHT_PX, length_resolve(length, r->units->font_size)};
	} else {
		return false;
	}
	return true;
}

static void print_line_height(const struct style *style, const struct wxss_property *row, struct strbuf *out)
{
	if (style->line_height.kind == LINE_HEIGHT_NORMAL) {
		strbuf_add_text(out, "normal");
	} else {
		wxss_print_px(style_line_height(style, 0), out);
	}
}

static bool mix_line_height(struct style *out, const struct style *a, const struct style *b, const struct wxss_property *row, float t)
{
	if (a->line_height.kind != b->line_height.kind || a->line_height.kind == LINE_HEIGHT_NORMAL) {
		return false;
	}
	out->line_height.kind = a->line_height.kind;
	out->line_height.value = float_max(wxss_mix(a->line_height.value, b->line_height.value, t), 0);
	return true;
}

/* ---- -webkit-text-fill-color: the colour of the text alone; the cascade applies it last ---- */

static bool read_text_fill(struct wxss_reader *r, const struct wxss_property *row, struct style *style)
{
	return wxss_read_color(r, &style->color);
}

static void print_text_fill(const struct style *style, const struct wxss_property *row, struct strbuf *out)
{
	wxss_color_print(style->color, out);
}

static bool equal_text_fill(const struct style *a, const struct style *b, const struct wxss_property *row)
{
	return true; // `color` tells
}

static void copy_text_fill(struct style *to, const struct style *from, const struct wxss_property *row) {}

/* ---- content ---- */

static bool add_attr(struct wxss_reader *r, const struct wxss_part *function, struct strbuf *text)
{
	if (function->count < 1 || function->items[0].kind != PART_IDENT) {
		return false;
	}
	if (r->node) {
		(void)wxss_node_attribute(r->node, atom_intern(function->items[0].text), text);
	}
	return true;
}

static bool read_content_part(struct wxss_reader *r, struct strbuf *text)
{
	struct wxss_reader inner;
	const struct wxss_part *function;
	if (wxss_read_function(r, &inner, &function)) {
		// counters are not kept: they print as nothing
		return function->keyword == KW_attr ? add_attr(r, function, text)
			: function->keyword == KW_counter || function->keyword == KW_counters;
	}
	if (r->at->kind == PART_STRING) {
		strbuf_add(text, r->at->text);
	} else if (r->at->kind != PART_IDENT) {
		return false;
	} else if (r->at->keyword == KW_open_quote) {
		strbuf_add_text(text, "\xe2\x80\x9c");
	} else if (r->at->keyword == KW_close_quote) {
		strbuf_add_text(text, "\xe2\x80\x9d");
	} else if (r->at->keyword != KW_no_open_quote && r->at->keyword != KW_no_close_quote) {
		return false;
	}
	r->at++;
	return true;
}

static void set_content(struct style *style, enum content_kind kind, struct str text)
{
	(void)wxss_share_unref((void *)style->content.at);
	style->content_kind = kind;
	style->content = wxss_share_text(text);
}

static bool read_content(struct wxss_reader *r, const struct wxss_property *row, struct style *style)
{
	if (wxss_read_keyword(r, KW_normal)) {
		set_content(style, CONTENT_NORMAL, STR(""));
	} else if (wxss_read_keyword(r, KW_none)) {
		set_content(style, CONTENT_NONE, STR(""));
	} else if (r->at < r->end && r->at->kind == PART_URL) {
		set_content(style, CONTENT_URL, r->at->text);
		r->at++;
	} else {
		struct strbuf text = {0};
		bool good = r->at < r->end;
		while (good && r->at < r->end) {
			good = read_content_part(r, &text);
		}
		if (good) {
			set_content(style, CONTENT_TEXT, strbuf_str(&text));
		}
		strbuf_finish(&text);
		return good;
	}
	return true;
}

static void print_content(const struct style *style, const struct wxss_property *row, struct strbuf *out)
{
	if (style->content_kind == CONTENT_TEXT) {
		wxss_print_string(style->content, out);
	} else if (style->content_kind == CONTENT_URL) {
		strbuf_add_text(out, "url(");
		wxss_print_string(style->content, out);
		strbuf_add_char(out, ')');
	} else {
		strbuf_add_text(out, style->content_kind == CONTENT_NONE ? "none" : "normal");
	}
}

static bool equal_content(const struct style *a, const struct style *b, const struct wxss_property *row)
{
	return a->content_kind == b->content_kind && str_eq(a->content, b->content);
}

static void copy_content(struct style *to, const struct style *from, const struct wxss_property *row)
{
	(void)wxss_share_ref(from->content.at);
	(void)wxss_share_unref((void *)to->content.at);
	to->content_kind = from->content_kind;
	to->content = from->content;
}

const struct wxss_type wxss_type_font_size = {read_font_size, print_font_size, NULL, NULL, mix_font_size, sizeof(float)};
const struct wxss_type wxss_type_font_family = {read_font_family, print_font_family, equal_font_family, copy_font_family, NULL, 0};
const struct wxss_type wxss_type_font_weight = {read_font_weight, print_font_weight, NULL, NULL, mix_font_weight, sizeof(int)};
const struct wxss_type wxss_type_line_height = {read_line_height, print_line_height, NULL, NULL, mix_line_height,
	sizeof(struct line_height)};
const struct wxss_type wxss_type_text_fill = {read_text_fill, print_text_fill, equal_text_fill, copy_text_fill, NULL, 0};
const struct wxss_type wxss_type_content = {read_content, print_content, equal_content, copy_content, NULL, 0};
