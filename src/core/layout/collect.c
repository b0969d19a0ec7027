/* The content of an inline root as a row of items, with white space collapsed across spans (CSS
 * Text 3, 4.1) and each text shaped once. Kept until something in it changes. */
#include "core/layout/layout.h"

struct collector {
	struct layout *layout;
	VEC(struct inline_item) items;
	struct strbuf text;
	bool after_space; // a collapsible space here goes away
	uint32_t before;  // the last character kept
};

bool text_keeps_spaces(const struct style *style)
{
	return style->white_space == WHITE_SPACE_PRE || style->white_space == WHITE_SPACE_PRE_WRAP
		|| style->white_space == WHITE_SPACE_BREAK_SPACES;
}

bool text_wraps(const struct style *style)
{
	return style->white_space != WHITE_SPACE_NOWRAP && style->white_space != WHITE_SPACE_PRE;
}

static bool keeps_lines(const struct style *style)
{
	return text_keeps_spaces(style) || style->white_space == WHITE_SPACE_PRE_LINE;
}

static bool is_space(uint32_t c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static uint32_t transform(uint32_t c, enum text_transform how, bool starts_word)
{
	bool up = how == TEXT_TRANSFORM_UPPERCASE || (how == TEXT_TRANSFORM_CAPITALIZE && starts_word);
	bool latin_lower = (c >= 0xe0 && c <= 0xfe && c != 0xf7), latin_upper = (c >= 0xc0 && c <= 0xde && c != 0xd7);
	if (up && ((c >= 'a' && c <= 'z') || latin_lower)) {
		return c - 32;
	}
	if (how == TEXT_TRANSFORM_LOWERCASE && ((c >= 'A' && c <= 'Z') || latin_upper)) {
		return c + 32;
	}
	return c;
}

static void put(struct collector *c, uint32_t code, const struct style *style)
{
	bool starts_word = !c->before || is_space(c->before) || c->before == 0xa0;
	strbuf_add_code_point(&c->text, transform(code, style->text_transform, starts_word));
	c->before = code;
}

static void put_line_feed(struct collector *c)
{
	while (c->text.len && c->text.at[c->text.len - 1] == ' ') {
		c->text.at[--c->text.len] = '\0';
	}
	strbuf_add_char(&c->text, '\n');
	c->before = '\n';
	c->after_space = true;
}

/* A stretch of collapsible white space. As in Blink, a line feed in it is a space even between two
 * Chinese characters (CSS Text 3, 4.1.3, would let it be nothing). */
static void put_space(struct collector *c)
{
	if (!c->after_space) {
		strbuf_add_char(&c->text, ' ');
		c->before = ' ';
		c->after_space = true;
	}
}

static void collapse(struct collector *c, struct str text, const struct style *style)
{
	bool lines = keeps_lines(style);
	for (size_t pos = 0; pos < text.len;) {
		size_t from = pos;
		uint32_t code = str_utf8_next(text, &pos);
		if (!is_space(code)) {
			put(c, code, style);
			c->after_space = false;
			continue;
		}
		bool line_feed = false;
		for (pos = from; pos < text.len && is_space((unsigned char)text.at[pos]); pos++) {
			if (text.at[pos] == '\n' && lines) {
				put_line_feed(c);
			}
			line_feed |= text.at[pos] == '\n';
		}
		if (!(lines && line_feed)) {
			put_space(c);
		}
	}
}

static void keep(struct collector *c, struct str text, const struct style *style)
{
	for (size_t pos = 0; pos < text.len;) {
		uint32_t code = str_utf8_next(text, &pos);
		if (code != '\r' && code != '\f') {
			put(c, code, style);
		}
	}
	c->after_space = false;
}

static struct str source_text(const struct box *box)
{
	return box->pseudo == BOX_ELEMENT ? node_shown_text(box->node) : box->style->content;
}

static void add_item(struct collector *c, enum inline_kind kind, struct box *box)
{
	struct inline_item item = {kind, box};
	vec_push(&c->items, item);
}

static void collect_text(struct collector *c, struct box *box)
{
	struct cell *cell = cell_of(box);
	struct text_shaper *shaper = &c->layout->shaper;
	strbuf_clear(&c->text);
	(text_keeps_spaces(box->style) ? keep : collapse)(c, source_text(box), box->style);
	struct text_run *before = cell->run;
	cell->run = c->text.len ? shaper->shape(shaper->user, strbuf_str(&c->text), box->style) : NULL;
	if (before) {
		shaper->unref(shaper->user, before);
	}
	if (cell->run && cell->run->text.len) {
		add_item(c, ITEM_TEXT, box);
	}
}

static void collect_children(struct collector *c, struct box *parent)
{
	for (struct box *box = parent->first; box; box = box->next) {
		if (box_is_positioned(box)) {
			add_item(c, ITEM_POSITIONED, box);
		} else if (box->out_of_flow) {
			add_item(c, ITEM_FLOAT, box);
		} else if (box->kind == BOX_TEXT) {
			collect_text(c, box);
		} else if (box->kind == BOX_INLINE) {
			add_item(c, ITEM_OPEN, box);
			collect_children(c, box);
			add_item(c, ITEM_CLOSE, box);
		} else {
			add_item(c, ITEM_ATOMIC, box);
			c->after_space = false;
			c->before = 0xfffc;
		}
	}
}

void inline_collect(struct layout *layout, struct box *root)
{
	struct cell *cell = cell_of(root);
	if (cell->items) {
		return;
	}
	struct collector c = {.layout = layout, .after_space = true};
	vec_reserve(&c.items, 1);
	collect_children(&c, root);
	cell->items = c.items.at;
	cell->item_count = c.items.len;
	strbuf_finish(&c.text);
}

static bool is_zero(struct length length)
{
	return length.kind != LENGTH_FIXED || (length.px == 0 && length.percent == 0);
}

bool inline_has_edge(const struct box *span, enum side side)
{
	const struct style *s = span->style;
	return !is_zero(s->margin[side]) || !is_zero(s->padding[side]) || s->border[side].width > 0;
}

static bool span_has_edge(const struct box *span)
{
	return inline_has_edge(span, SIDE_LEFT) || inline_has_edge(span, SIDE_RIGHT);
}

static bool text_has_content(const struct box *box)
{
	struct str text = source_text(box);
	if (text_keeps_spaces(box->style)) {
		return text.len > 0;
	}
	bool lines = keeps_lines(box->style);
	for (size_t i = 0; i < text.len; i++) {
		if (!is_space((unsigned char)text.at[i]) || (lines && text.at[i] == '\n')) {
			return true;
		}
	}
	return false;
}

bool inline_has_content(const struct box *root)
{
	for (const struct box *box = root->first; box; box = box->next) {
		if (box->out_of_flow) {
			continue;
		}
		bool atomic = box->kind != BOX_TEXT && box->kind != BOX_INLINE;
		if (atomic || (box->kind == BOX_TEXT && text_has_content(box))
			|| (box->kind == BOX_INLINE && (span_has_edge(box) || inline_has_content(box)))) {
			return true;
		}
	}
	return false;
}
