/* Where lines end: takes items from a cursor on until the line is full, remembering the last place
 * where it may break. */
#include "core/layout/layout.h"

#define ATOMIC_CHARACTER 0xfffc // what an atomic inline counts as, as in UAX 14
#define SLACK 0.02f             // sums of rounded widths

float inline_edge_start(const struct box *span)
{
	return span->margin.left + span->border.left + span->padding.left;
}

float inline_edge_end(const struct box *span)
{
	return span->margin.right + span->border.right + span->padding.right;
}

static bool is_wide(uint32_t c)
{
	return (c >= 0x2e80 && c < 0xa4d0) || (c >= 0xac00 && c < 0xd7b0) || (c >= 0xf900 && c < 0xfb00)
		|| (c >= 0xfe30 && c < 0xfe50) || (c >= 0xff00 && c < 0xff61) || (c >= 0x1f300 && c < 0x40000);
}

static bool is_one_of(uint32_t c, const char *utf8)
{
	struct str set = str_of(utf8);
	for (size_t pos = 0; pos < set.len;) {
		if (str_utf8_next(set, &pos) == c) {
			return true;
		}
	}
	return false;
}

/* May a line break between two items? The rules of UAX 14 that matter between Latin, CJK and boxes.
 * letters: break-all, where letters and signs part as ideographs do. */
static bool breaks_between(uint32_t before, uint32_t after, bool letters)
{
	if (before == 0 || after == 0 || before == 0xa0 || after == 0xa0 || before == 0x2060 || after == 0x2060) {
		return false;
	}
	if (after == ' ' || after == '\n' || after == 0x200b) {
		return false;
	}
	if (before == ' ' || before == 0x200b) {
		return true;
	}
	bool beside_box = before == ATOMIC_CHARACTER || after == ATOMIC_CHARACTER; // LB20 comes before some of these rules
	if (beside_box && (is_one_of(after, "-：；…%％") || is_one_of(before, "$￥"))) {
		return true;
	}
	if (letters && after == '-') {
		return true; // as Blink does
	}
	if (is_one_of(after, "!),-./:;?]}、。〉》」』】〕！），．：；？］｝”’…％%")) {
		return false;
	}
	if (is_one_of(before, "([{〈《「『【〔（［｛“‘$￥")) {
		return false;
	}
	if (letters) {
		return !is_one_of(before, "\"'") && !is_one_of(after, "\"'");
	}
	return before == '-' || is_wide(before) || is_wide(after) || before == ATOMIC_CHARACTER || after == ATOMIC_CHARACTER;
}

static void remember(struct break_line *line, struct cursor at, float solid)
{
	line->best = at;
	line->best_solid = solid;
	line->has_best = true;
}

static void set_gap(struct break_line *line, struct cursor at)
{
	line->gap = at;
	line->gap_solid = line->solid;
}

static bool stop_at_best(struct break_line *line)
{
	line->end = line->best;
	line->solid = line->best_solid;
	return true;
}

static bool too_wide(const struct break_line *line, float width)
{
	return line->mode != BREAK_MAX && width > line->available + SLACK;
}

/* Between two boxes the style of what they both lie in decides (CSS Text 3, 5.1); behind a text that
 * wraps a line may end in any case, as in Blink. */
static bool wraps_between(const struct break_line *line, const struct box *before, const struct box *after)
{
	if (before->kind == BOX_TEXT && text_wraps(before->style)) {
		return true;
	}
	for (const struct box *one = before->parent; one; one = one->parent) {
		for (const struct box *other = after->parent; other; other = other == line->root ? NULL : other->parent) {
			if (one == other) {
				return text_wraps(one->style);
			}
		}
	}
	return false;
}

/* A break before content that begins with `c`: at the gap behind the content before. */
static void break_before(struct break_line *line, uint32_t c, const struct box *box)
{
	if (line->any && line->last) { // the content before says whether letters part
		bool letters = line->last->style->word_break == WORD_BREAK_BREAK_ALL;
		if (breaks_between(line->before, c, letters) && wraps_between(line, line->last, box)) {
			remember(line, line->gap, line->gap_solid);
		}
	}
	line->last = box;
}

static uint32_t first_character(struct str text, size_t at)
{
	return at < text.len ? str_utf8_next(text, &at) : 0;
}

static uint32_t last_character(struct str text)
{
	size_t at = text.len;
	while (at > 0 && ((unsigned char)text.at[at - 1] & 0xc0) == 0x80) {
		at--;
	}
	at -= at > 0;
	return first_character(text, at);
}

/* The next byte after `from` where a break of that strength stands, or the end. */
static size_t next_break(const struct text_run *run, size_t from, uint8_t strength)
{
	size_t at = from + 1;
	while (at < run->text.len && run->breaks[at] < strength && run->text.at[at - 1] != '\n') {
		at++;
	}
	return at;
}

/* Under word-break: break-all. */
static size_t next_letter_break(const struct text_run *run, size_t from)
{
	size_t at = next_break(run, from, TEXT_BREAK_CLUSTER);
	while (at < run->text.len && run->breaks[at] < TEXT_BREAK_ALLOWED && run->text.at[at - 1] != '\n' &&
		!breaks_between(last_character(str_slice(run->text, from, at)), first_character(run->text, at), true)) {
		at = next_break(run, at, TEXT_BREAK_CLUSTER);
	}
	return at;
}

/* The most clusters of [from, to) that fit; at least one when the line is empty. */
static size_t fit_clusters(const struct break_line *line, const struct text_run *run, size_t from, size_t to, float before)
{
	size_t best = from;
	for (size_t at = next_break(run, from, TEXT_BREAK_CLUSTER); at < to; at = next_break(run, at, TEXT_BREAK_CLUSTER)) {
		bool over = before + snap_up(run->x[at] - run->x[from]) > line->available + SLACK;
		if (over && (line->any || best > from)) {
			break;
		}
		best = at;
		if (over) {
			break;
		}
	}
	return best;
}

static bool breaks_anywhere(const struct break_line *line, const struct style *style)
{
	if (line->mode == BREAK_MIN) {
		return style->overflow_wrap == OVERFLOW_WRAP_ANYWHERE || style->word_break == WORD_BREAK_BREAK_WORD;
	}
	return style->overflow_wrap != OVERFLOW_WRAP_NORMAL || style->word_break == WORD_BREAK_BREAK_WORD;
}

static size_t solid_end(const struct text_run *run, const struct style *style, size_t from, size_t to)
{
	if (to > from && run->text.at[to - 1] == '\n') {
		to--;
	}
	if (style->white_space == WHITE_SPACE_PRE || style->white_space == WHITE_SPACE_BREAK_SPACES) {
		return to;
	}
	while (to > from && (run->text.at[to - 1] == ' ' || run->text.at[to - 1] == '\t')) {
		to--;
	}
	return to;
}

/* Is there something on the line before that place in a text? */
static bool can_stop(const struct break_line *line, size_t from, size_t start)
{
	return from > start || line->gap.item > line->start.item || line->gap.at > line->start.at;
}

/* The ends of spans directly behind a line feed still stand on its line, as in Blink. */
static void take_ends(struct break_line *line)
{
	const struct cell *cell = cell_of(line->root);
	while (line->end.at == 0 && line->end.item < cell->item_count && cell->items[line->end.item].kind == ITEM_CLOSE) {
		float edge = inline_edge_end(cell->items[line->end.item].box);
		line->x += edge;
		line->solid += edge;
		line->end.item++;
	}
}

/* True: the line ends in or before this text. */
static bool take_text(struct break_line *line, size_t item, size_t start)
{
	const struct box *box = cell_of(line->root)->items[item].box;
	const struct text_run *run = cell_of(box)->run;
	const struct style *style = box->style;
	bool wraps = text_wraps(style);
	float base = line->x;
	break_before(line, first_character(run->text, start), box);
	bool letters = style->word_break == WORD_BREAK_BREAK_ALL;
	for (size_t from = start, to; from < run->text.len; from = to) {
		to = letters ? next_letter_break(run, from) : next_break(run, from, TEXT_BREAK_ALLOWED);
		size_t end = solid_end(run, style, from, to);
		float width = base + snap_up(run->x[end] - run->x[start]);
		if (end > from && too_wide(line, width)) {
			line->spilled |= wraps;
			if (line->has_best) {
				return stop_at_best(line);
			}
			size_t cut = from;
			if (wraps && breaks_anywhere(line, style)) {
				cut = fit_clusters(line, run, from, end, base + run->x[from] - run->x[start]);
			}
			if (cut > from || (line->any && wraps && breaks_anywhere(line, style) && can_stop(line, from, start))) {
				line->end = cut > start ? (struct cursor){item, cut} : line->gap;
				line->solid = cut > from ? base + snap_up(run->x[cut] - run->x[start]) : line->solid;
				line->any = true;
				return true;
			}
		}
		line->any = line->any || end > from || text_keeps_spaces(style);
		line->solid = end > from ? width : line->solid;
		line->x = base + snap_up(run->x[to] - run->x[start]);
		if (run->text.at[to - 1] == '\n') {
			line->end = to < run->text.len ? (struct cursor){item, to} : (struct cursor){item + 1, 0};
			line->forced = true;
			take_ends(line);
			return true;
		}
		if (to < run->text.len && wraps) {
			remember(line, (struct cursor){item, to}, line->solid);
		}
	}
	line->before = last_character(run->text);
	set_gap(line, (struct cursor){item + 1, 0});
	return false;
}

static float atomic_width(const struct break_line *line, struct box *box)
{
	if (line->mode == BREAK_LAYOUT) {
		return box->rect.width + margins_x(box); // was laid out before the lines
	}
	struct extent extent = size_contribution(line->layout, box);
	return line->mode == BREAK_MIN ? extent.min : extent.max;
}

static bool take_atomic(struct break_line *line, size_t item)
{
	struct box *box = cell_of(line->root)->items[item].box;
	break_before(line, ATOMIC_CHARACTER, box);
	float width = atomic_width(line, box);
	if (too_wide(line, line->x + width)) {
		line->spilled |= text_wraps(box->parent->style);
		if (line->has_best) {
			return stop_at_best(line);
		}
	}
	line->x = line->solid = line->x + width;
	line->any = true;
	line->before = ATOMIC_CHARACTER;
	set_gap(line, (struct cursor){item + 1, 0});
	return false;
}

/* Does the end of a span at `to` belong to the content before `from`, as the ends of what was open
 * there and empty spans do? */
static bool nothing_between(const struct break_line *line, size_t from, size_t to)
{
	const struct inline_item *items = cell_of(line->root)->items;
	int open = 0;
	for (size_t i = from; i < to; i++) {
		if (items[i].kind != ITEM_OPEN && items[i].kind != ITEM_CLOSE) {
			return false;
		}
		open += items[i].kind == ITEM_OPEN ? 1 : -1;
	}
	return open <= 1;
}

/* Is there nothing but other ends between the content and that end of a span? */
static bool ends_content(const struct break_line *line, size_t item)
{
	const struct inline_item *items = cell_of(line->root)->items;
	while (item > 0 && items[item].kind == ITEM_CLOSE) {
		item--;
	}
	return items[item].kind == ITEM_TEXT || items[item].kind == ITEM_ATOMIC;
}

/* True: the line ends before, since what the span ends with does not fit. */
static bool take_edge(struct break_line *line, size_t item, bool opens)
{
	const struct box *box = cell_of(line->root)->items[item].box;
	float edge = opens ? inline_edge_start(box) : inline_edge_end(box);
	line->x += edge;
	if (inline_has_edge(box, opens ? SIDE_LEFT : SIDE_RIGHT)) {
		bool behind_space = line->any && line->before == ' ' && line->last && opens;
		if (behind_space && edge > 0 && too_wide(line, line->x) && wraps_between(line, line->last, box)) {
			line->x -= edge;
			remember(line, line->gap, line->gap_solid);
			return stop_at_best(line); // what a span begins with goes down by itself, if it has to
		}
		line->any = true;
		line->solid += edge;
	}
	if (!opens && line->gap.at == 0 && nothing_between(line, line->gap.item, item)) {
		struct cursor before = line->gap;
		set_gap(line, (struct cursor){item + 1, 0});
		if (line->has_best && line->best.item == before.item && line->best.at == 0) {
			remember(line, line->gap, line->gap_solid);
		}
	}
	return !opens && ends_content(line, item) && edge > 0 && too_wide(line, line->solid) && line->has_best && stop_at_best(line);
}

static void take_float(struct break_line *line, size_t item)
{
	if (line->mode == BREAK_LAYOUT) {
		line->on_float(line, item);
		return;
	}
	struct extent extent = size_contribution(line->layout, cell_of(line->root)->items[item].box);
	float width = float_max(0, line->mode == BREAK_MIN ? extent.min : extent.max);
	line->available = float_max(line->available, width); // the widest counts in BREAK_MIN
	if (line->mode == BREAK_MAX) {
		line->x += width;
		line->solid += width;
	} else {
		line->solid = float_max(line->solid, width);
	}
}

void break_line_run(struct break_line *line, struct cursor start)
{
	const struct cell *cell = cell_of(line->root);
	line->x = line->solid = 0;
	line->gap_solid = 0;
	line->any = line->forced = line->has_best = line->spilled = false;
	line->before = 0;
	line->last = NULL;
	line->start = line->gap = start;
	for (size_t i = start.item; i < cell->item_count; i++) {
		bool ended = false;
		switch (cell->items[i].kind) {
		case ITEM_TEXT:
			ended = take_text(line, i, i == start.item ? start.at : 0);
			break;
		case ITEM_ATOMIC:
			ended = take_atomic(line, i);
			break;
		case ITEM_OPEN:
		case ITEM_CLOSE:
			ended = take_edge(line, i, cell->items[i].kind == ITEM_OPEN);
			break;
		case ITEM_FLOAT:
			take_float(line, i);
			break;
		case ITEM_POSITIONED:
			if (line->gap.item == i && line->gap.at == 0) {
				line->gap.item = i + 1; // it stays where the content before it ends
			}
			break;
		}
		if (ended) {
			return;
		}
	}
	line->end = (struct cursor){cell->item_count, 0};
}
