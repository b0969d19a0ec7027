/* Shadows and filters. */
#include "core/wxss/property.h"

#include "core/wxss/color.h"
#include "core/wxss/share.h"

#define LIST_MAX 64

static size_t *count_field(struct style *style, const struct wxss_property *row)
{
	return (size_t *)(void *)((char *)wxss_field(style, row) + sizeof(void *));
}

static void *list_at(const struct style *style, const struct wxss_property *row, size_t *ret_count)
{
	const char *field = wxss_field_const(style, row);
	void *at;
	memcpy(&at, field, sizeof(at));
	memcpy(ret_count, field + sizeof(at), sizeof(*ret_count));
	return at;
}

void *wxss_list_replace(struct style *style, const struct wxss_property *row, size_t count, size_t item_size)
{
	void **field = wxss_field(style, row);
	(void)wxss_share_unref(*field);
	*field = wxss_share_alloc(count * item_size);
	*count_field(style, row) = count;
	return *field;
}

void wxss_list_copy(struct style *to, const struct style *from, const struct wxss_property *row)
{
	void **field = wxss_field(to, row);
	size_t count;
	void *at = wxss_share_ref(list_at(from, row, &count));
	(void)wxss_share_unref(*field);
	*field = at;
	*count_field(to, row) = count;
}

bool wxss_list_equal_bytes(const struct style *a, const struct style *b, const struct wxss_property *row)
{
	size_t count_a, count_b;
	const void *at_a = list_at(a, row, &count_a), *at_b = list_at(b, row, &count_b);
	return at_a == at_b
		|| (count_a == count_b && wxss_share_size(at_a) == wxss_share_size(at_b)
			&& (!at_a || memcmp(at_a, at_b, wxss_share_size(at_a)) == 0));
}

/* ---- shadows ---- */

/* offset-x offset-y [blur [spread]], and in any order around it a colour and `inset`. */
static bool read_shadow(struct wxss_reader *r, bool box, struct box_shadow *shadow)
{
	bool lengths = false, color = false, inset = false;
	shadow->color = r->current;
	while (r->at < r->end && r->at->kind != PART_COMMA) {
		if (!lengths && wxss_read_px(r, true, &shadow->x)) {
			lengths = true;
			if (!wxss_read_px(r, true, &shadow->y)) {
				return false;
			}
			if (wxss_read_px(r, false, &shadow->blur) && box) {
				(void)wxss_read_px(r, true, &shadow->spread);
			}
		} else if (!color && wxss_read_color(r, &shadow->color)) {
			color = true;
		} else if (box && !inset && wxss_read_keyword(r, KW_inset)) {
			inset = shadow->inset = true;
		} else {
			return false;
		}
	}
	return lengths;
}

static bool read_shadows(struct wxss_reader *r, const struct wxss_property *row, struct style *style)
{
	struct box_shadow items[LIST_MAX];
	size_t count = 0;
	if (!wxss_read_keyword(r, KW_none)) {
		do {
			memset(&items[count], 0, sizeof(items[count]));
			if (!read_shadow(r, row->offset == offsetof(struct style, shadows), &items[count++])) {
				return false;
			}
		} while (wxss_read_comma(r) && count < LIST_MAX);
	}
	void *at = wxss_list_replace(style, row, count, sizeof(*items));
	if (at) {
		memcpy(at, items, count * sizeof(*items));
	}
	return true;
}

static void print_shadow(const struct box_shadow *shadow, bool box, struct strbuf *out)
{
	wxss_color_print(shadow->color, out);
	const float lengths[] = {shadow->x, shadow->y, shadow->blur, shadow->spread};
	for (size_t i = 0; i < (box ? 4 : 3); i++) {
		strbuf_add_char(out, ' ');
		wxss_print_px(lengths[i], out);
	}
	strbuf_add_text(out, shadow->inset ? " inset" : "");
}

static void print_shadows(const struct style *style, const struct wxss_property *row, struct strbuf *out)
{
	size_t count;
	const struct box_shadow *items = list_at(style, row, &count);
	strbuf_add_text(out, count ? "" : "none");
	for (size_t i = 0; i < count; i++) {
		strbuf_add_text(out, i ? ", " : "");
		print_shadow(&items[i], row->offset == offsetof(struct style, shadows), out);
	}
}

static struct box_shadow mix_shadow(const struct box_shadow *a, const struct box_shadow *b, float t)
{
	struct box_shadow mixed;
	memset(&mixed, 0, sizeof(mixed));
	mixed.x = wxss_mix(a->x, b->x, t);
	mixed.y = wxss_mix(a->y, b->y, t);
	mixed.blur = float_max(wxss_mix(a->blur, b->blur, t), 0);
	mixed.spread = wxss_mix(a->spread, b->spread, t);
	mixed.color = wxss_color_mix(a->color, b->color, t);
	mixed.inset = a->inset;
	return mixed;
}

/* A shorter list is filled up with transparent shadows. */
static bool mix_shadows(struct style *out, const struct style *a, const struct style *b, const struct wxss_property *row, float t)
{
	size_t count_a, count_b;
	const struct box_shadow *from = list_at(a, row, &count_a), *to = list_at(b, row, &count_b);
	struct box_shadow items[LIST_MAX];
	size_t count = size_max(count_a, count_b);
	for (size_t i = 0; i < count; i++) {
		struct box_shadow empty = {.inset = i < count_a ? from[i].inset : to[i].inset};
		const struct box_shadow *x = i < count_a ? &from[i] : &empty, *y = i < count_b ? &to[i] : &empty;
		if (x->inset != y->inset) {
			return false;
		}
		items[i] = mix_shadow(x, y, t);
	}
	struct box_shadow *at = wxss_list_replace(out, row, count, sizeof(*items));
	for (size_t i = 0; i < count; i++) {
		memcpy(&at[i], &items[i], sizeof(*at));
	}
	return true;
}

/* ---- filters ---- */

struct filter_row {
	enum wxss_keyword keyword;
	enum filter_kind kind;
	float neutral; // the amount that does nothing
};

static const struct filter_row filter_rows[] = {
	{KW_blur, FILTER_BLUR, 0}, {KW_brightness, FILTER_BRIGHTNESS, 1}, {KW_contrast, FILTER_CONTRAST, 1},
	{KW_grayscale, FILTER_GRAYSCALE, 0}, {KW_invert, FILTER_INVERT, 0}, {KW_opacity, FILTER_OPACITY, 1},
	{KW_saturate, FILTER_SATURATE, 1}, {KW_sepia, FILTER_SEPIA, 0}, {KW_hue_rotate, FILTER_HUE_ROTATE, 0},
	{KW_drop_shadow, FILTER_DROP_SHADOW, 0},
};

static const struct filter_row *filter_row(enum filter_kind kind) { return &filter_rows[kind]; } // same order as the enum

static bool read_filter(struct wxss_reader *r, struct filter_step *step)
{
	struct wxss_reader inner;
	const struct wxss_part *function;
	if (!wxss_read_function(r, &inner, &function)) {
		return false;
	}
	for (size_t i = 0; i < ARRAY_LEN(filter_rows); i++) {
		const struct filter_row *row = &filter_rows[i];
		if (row->keyword != function->keyword) {
			continue;
		}
		bool empty = wxss_read_end(&inner), good;
		step->kind = row->kind;
		if (row->kind == FILTER_DROP_SHADOW) {
			good = read_shadow(&inner, false, &step->shadow);
		} else if (empty) {
			step->amount = row->kind == FILTER_BLUR || row->kind == FILTER_HUE_ROTATE ? 0 : 1;
			good = true;
		} else if (row->kind == FILTER_BLUR) {
			good = wxss_read_px(&inner, false, &step->amount);
		} else if (row->kind == FILTER_HUE_ROTATE) {
			good = wxss_read_angle(&inner, &step->amount);
		} else {
			good = wxss_read_number_or_percent(&inner, &step->amount) && step->amount >= 0;
		}
		return good && wxss_read_end(&inner);
	}
	return false;
}

static bool read_filters(struct wxss_reader *r, const struct wxss_property *row, struct style *style)
{
	struct filter_step items[LIST_MAX];
	size_t count = 0;
	if (!wxss_read_keyword(r, KW_none)) {
		do {
			memset(&items[count], 0, sizeof(items[count]));
			if (!read_filter(r, &items[count++])) {
				return false;
			}
		} while (!wxss_read_end(r) && count < LIST_MAX);
	}
	void *at = wxss_list_replace(style, row, count, sizeof(*items));
	if (at) {
		memcpy(at, items, count * sizeof(*items));
	}
	return true;
}

static void print_filters(const struct style *style, const struct wxss_property *row, struct strbuf *out)
{
	size_t count;
	const struct filter_step *items = list_at(style, row, &count);
	strbuf_add_text(out, count ? "" : "none");
	for (size_t i = 0; i < count; i++) {
		strbuf_printf(out, "%s%s(", i ? " " : "", wxss_keyword_text(filter_row(items[i].kind)->keyword));
		if (items[i].kind == FILTER_DROP_SHADOW) {
			print_shadow(&items[i].shadow, false, out);
		} else if (items[i].kind == FILTER_BLUR) {
			wxss_print_px(items[i].amount, out);
		} else if (items[i].kind == FILTER_HUE_ROTATE) {
			strbuf_add_number(out, round((double)items[i].amount * 57295.77951308232) / 1000);
			strbuf_add_text(out, "deg");
		} else {
			wxss_print_number((double)items[i].amount, out);
		}
		strbuf_add_char(out, ')');
	}
}

static bool mix_filters(struct style *out, const struct style *a, const struct style *b, const struct wxss_property *row, float t)
{
	size_t count_a, count_b;
	const struct filter_step *from = list_at(a, row, &count_a), *to = list_at(b, row, &count_b);
	struct filter_step items[LIST_MAX];
	size_t count = size_max(count_a, count_b);
	memset(items, 0, count * sizeof(*items));
	for (size_t i = 0; i < count; i++) {
		enum filter_kind kind = i < count_a ? from[i].kind : to[i].kind;
		struct filter_step neutral = {.kind = kind, .amount = filter_row(kind)->neutral};
		const struct filter_step *x = i < count_a ? &from[i] : &neutral, *y = i < count_b ? &to[i] : &neutral;
		if (x->kind != y->kind) {
			return false;
		}
		items[i].kind = kind;
		items[i].amount = wxss_mix(x->amount, y->amount, t);
		items[i].amount = kind == FILTER_HUE_ROTATE ? items[i].amount : float_max(items[i].amount, 0);
		items[i].shadow = mix_shadow(&x->shadow, &y->shadow, t);
	}
	struct filter_step *at = wxss_list_replace(out, row, count, sizeof(*items));
	for (size_t i = 0; i < count; i++) {
		memcpy(&at[i], &items[i], sizeof(*at));
	}
	return true;
}

const struct wxss_type wxss_type_shadows = {read_shadows, print_shadows, wxss_list_equal_bytes, wxss_list_copy, mix_shadows, 0};
const struct wxss_type wxss_type_filters = {read_filters, print_filters, wxss_list_equal_bytes, wxss_list_copy, mix_filters, 0};
