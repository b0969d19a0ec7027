/* Grid tracks and lines. */
#include "core/wxss/property.h"

#include "core/wxss/share.h"

#define TRACKS_MAX 1000

struct track_list {
	struct track at[TRACKS_MAX];
	size_t count;
};

/* The two pointers of struct style stand before the two counts: not the usual pointer and count. */
static size_t *count_field(struct style *style, const struct wxss_property *row)
{
	return row->offset == offsetof(struct style, grid_columns) ? &style->grid_column_count : &style->grid_row_count;
}

static bool read_breadth(struct wxss_reader *r, struct length *length, float *fraction)
{
	struct wxss_reader before = *r;
	struct wxss_amount amount;
	*length = (struct length){0};
	if (wxss_read_amount(r, &amount) && amount.kind == AMOUNT_FR) {
		*fraction = amount.value;
		return amount.value >= 0;
	}
	*r = before;
	return wxss_read_length(r, F_PERCENT | F_AUTO | F_SIZES, length);
}

static bool read_track(struct wxss_reader *r, struct track *track)
{
	struct wxss_reader before = *r, inner;
	const struct wxss_part *function;
	float none = 0;
	memset(track, 0, sizeof(*track));
	if (!wxss_read_function(r, &inner, &function)) {
		bool good = read_breadth(r, &track->max, &track->fraction);
		track->min = track->max;
		return good;
	}
	bool good = false;
	if (function->keyword == KW_minmax) {
		good = read_breadth(&inner, &track->min, &none) && none == 0 && wxss_read_comma(&inner)
			&& read_breadth(&inner, &track->max, &track->fraction);
	} else if (function->keyword == KW_fit_content) {
		good = wxss_read_length(&inner, F_PERCENT, &track->max);
	}
	if (!good || !wxss_read_end(&inner)) {
		*r = before;
		return false;
	}
	return true;
}

static void skip_line_names(struct wxss_reader *r)
{
	if (r->at < r->end && r->at->kind == PART_OTHER && r->at->delim == '[') {
		while (r->at < r->end && !(r->at->kind == PART_OTHER && r->at->delim == ']')) {
			r->at++;
		}
		r->at += r->at < r->end;
	}
}

/* repeat(n, tracks); auto-fill and auto-fit give one repetition, marked: the container is not known here. */
static bool read_repeat(struct wxss_reader *r, struct track_list *list)
{
	struct wxss_reader inner;
	const struct wxss_part *function;
	int times = 1;
	if (r->at == r->end || r->at->kind != PART_FUNCTION || r->at->keyword != KW_repeat
		|| !wxss_read_function(r, &inner, &function)) {
		return false;
	}
	bool automatic = wxss_read_keyword(&inner, KW_auto_fill) || wxss_read_keyword(&inner, KW_auto_fit);
	if ((!automatic && (!wxss_read_integer(&inner, &times) || times < 1)) || !wxss_read_comma(&inner)) {
		return false;
	}
	size_t from = list->count;
	while (!wxss_read_end(&inner)) {
		skip_line_names(&inner);
		if (wxss_read_end(&inner)) {
			break;
		}
		if (list->count == TRACKS_MAX || !read_track(&inner, &list->at[list->count++])) {
			return false;
		}
	}
	size_t once = list->count - from;
	for (size_t i = from; automatic && i < list->count; i++) {
		list->at[i].automatic = true;
	}
	for (size_t i = once; once && i < once * (size_t)times && list->count < TRACKS_MAX; i++) {
		list->at[list->count] = list->at[list->count - once];
		list->count++;
	}
	return once > 0;
}

static bool read_tracks(struct wxss_reader *r, const struct wxss_property *row, struct style *style)
{
	struct track_list list;
	list.count = 0;
	if (!wxss_read_keyword(r, KW_none)) {
		while (!wxss_read_end(r)) {
			skip_line_names(r);
			if (wxss_read_end(r)) {
				break;
			}
			bool repeat = r->at->kind == PART_FUNCTION && r->at->keyword == KW_repeat;
			if (list.count == TRACKS_MAX || !(repeat ? read_repeat(r, &list) : read_track(r, &list.at[list.count++]))) {
				return false;
			}
		}
		if (!list.count) {
			return false;
		}
	}
	struct track **field = wxss_field(style, row);
	(void)wxss_share_unref(*field);
	*field = wxss_share_alloc(list.count * sizeof(**field));
	*count_field(style, row) = list.count;
	for (size_t i = 0; i < list.count; i++) {
		(*field)[i] = list.at[i];
	}
	return true;
}

static void print_breadth(struct length length, float fraction, struct strbuf *out)
{
	if (fraction > 0) {
		wxss_print_number((double)fraction, out);
		strbuf_add_text(out, "fr");
	} else {
		wxss_print_length(length, 0, out);
	}
}

static void print_tracks(const struct style *style, const struct wxss_property *row, struct strbuf *out)
{
	bool columns = row->offset == offsetof(struct style, grid_columns);
	const struct track *at = columns ? style->grid_columns : style->grid_rows;
	size_t count = columns ? style->grid_column_count : style->grid_row_count;
	strbuf_add_text(out, count ? "" : "none");
	for (size_t i = 0; i < count; i++) {
		strbuf_add_text(out, i ? " " : "");
		strbuf_add_text(out, at[i].automatic && (!i || !at[i - 1].automatic) ? "repeat(auto-fill, " : "");
		bool plain = at[i].fraction > 0 ? at[i].min.kind == LENGTH_AUTO : wxss_length_equal(at[i].min, at[i].max);
		if (plain) {
			print_breadth(at[i].max, at[i].fraction, out);
		} else {
			strbuf_add_text(out, "minmax(");
			wxss_print_length(at[i].min, 0, out);
			strbuf_add_text(out, ", ");
			print_breadth(at[i].max, at[i].fraction, out);
			strbuf_add_char(out, ')');
		}
		strbuf_add_text(out, at[i].automatic && (i + 1 == count || !at[i + 1].automatic) ? ")" : "");
	}
}

static void copy_tracks(struct style *to, const struct style *from, const struct wxss_property *row)
{
	struct track **field = wxss_field(to, row);
	struct track *const *source = wxss_field_const(from, row);
	struct track *at = wxss_share_ref(*source);
	(void)wxss_share_unref(*field);
	*field = at;
	*count_field(to, row) = *count_field((struct style *)from, row);
}

static bool equal_tracks(const struct style *a, const struct style *b, const struct wxss_property *row)
{
	bool columns = row->offset == offsetof(struct style, grid_columns);
	const struct track *x = columns ? a->grid_columns : a->grid_rows, *y = columns ? b->grid_columns : b->grid_rows;
	size_t count = columns ? a->grid_column_count : a->grid_row_count;
	return count == (columns ? b->grid_column_count : b->grid_row_count)
		&& (x == y || memcmp(x, y, count * sizeof(*x)) == 0);
}

static bool mix_track(const struct track *x, const struct track *y, float t, struct track *ret)
{
	bool fraction = x->fraction > 0;
	bool fixed = x->max.kind == LENGTH_FIXED && y->max.kind == LENGTH_FIXED && x->min.kind == LENGTH_FIXED && y->min.kind == LENGTH_FIXED;
	*ret = *x;
	if (x->automatic || y->automatic || fraction != (y->fraction > 0) || x->min.kind != y->min.kind || x->max.kind != y->max.kind) {
		return false;
	}
	if (fraction) {
		ret->fraction = float_max(wxss_mix(x->fraction, y->fraction, t), 0);
	} else if (fixed) {
		ret->min = wxss_length_mix(x->min, y->min, t);
		ret->max = wxss_length_mix(x->max, y->max, t);
	}
	return true;
}

/* Track by track, when there are as many (CSS Grid 2, section 7.2.5). */
static bool mix_tracks(struct style *out, const struct style *a, const struct style *b, const struct wxss_property *row, float t)
{
	const struct track *x = *(struct track *const *)wxss_field_const(a, row), *y = *(struct track *const *)wxss_field_const(b, row);
	size_t count = *count_field((struct style *)a, row);
	struct track mixed[TRACKS_MAX];
	if (count != *count_field((struct style *)b, row) || count > TRACKS_MAX) {
		return false;
	}
	for (size_t i = 0; i < count; i++) {
		if (!mix_track(&x[i], &y[i], t, &mixed[i])) {
			return false;
		}
	}
	struct track **field = wxss_field(out, row);
	(void)wxss_share_unref(*field);
	*field = wxss_share_alloc(count * sizeof(**field));
	*count_field(out, row) = count;
	for (size_t i = 0; i < count; i++) {
		(*field)[i] = mixed[i];
	}
	return true;
}

/* ---- lines ---- */

static int *line_span(struct style *style, const struct wxss_property *row)
{
	bool column = row->offset == offsetof(struct style, grid_column_start) || row->offset == offsetof(struct style, grid_column_end);
	return column ? &style->grid_column_span : &style->grid_row_span;
}

static bool read_grid_line(struct wxss_reader *r, const struct wxss_property *row, struct style *style)
{
	int *line = wxss_field(style, row), number;
	*line = 0;
	if (wxss_read_keyword(r, KW_auto)) {
		return true;
	}
	bool span = wxss_read_keyword(r, KW_span);
	if (!wxss_read_integer(r, &number) || number == 0 || number > 10000 || number < -10000 || (span && number < 0)) {
		return false;
	}
	if (span) {
		*line_span(style, row) = number;
	} else {
		*line = number;
	}
	return true;
}

static void print_grid_line(const struct style *style, const struct wxss_property *row, struct strbuf *out)
{
	int line = *(const int *)wxss_field_const(style, row), span = *line_span((struct style *)style, row);
	bool end = row->offset == offsetof(struct style, grid_column_end) || row->offset == offsetof(struct style, grid_row_end);
	if (line) {
		strbuf_printf(out, "%d", line);
	} else if (end && span != 1) {
		strbuf_printf(out, "span %d", span);
	} else {
		strbuf_add_text(out, "auto");
	}
}

static bool equal_grid_line(const struct style *a, const struct style *b, const struct wxss_property *row)
{
	return *(const int *)wxss_field_const(a, row) == *(const int *)wxss_field_const(b, row)
		&& *line_span((struct style *)a, row) == *line_span((struct style *)b, row);
}

static void copy_grid_line(struct style *to, const struct style *from, const struct wxss_property *row)
{
	*(int *)wxss_field(to, row) = *(const int *)wxss_field_const(from, row);
	*line_span(to, row) = *line_span((struct style *)from, row);
}

const struct wxss_type wxss_type_tracks = {read_tracks, print_tracks, equal_tracks, copy_tracks, mix_tracks, 0};
const struct wxss_type wxss_type_grid_line = {read_grid_line, print_grid_line, equal_grid_line, copy_grid_line, NULL, 0};
