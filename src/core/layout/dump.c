/* The box tree as text, one box a line, its lines and fragments below it. */
#include "core/layout/layout.h"

static void put_number(struct strbuf *out, float number)
{
	double rounded = floor((double)number * 100 + 0.5) / 100;
	strbuf_add_number(out, rounded == 0 ? 0 : rounded);
}

static void put_rect(struct strbuf *out, struct rect rect)
{
	const float numbers[] = {rect.x, rect.y, rect.width, rect.height};
	const char *separators[] = {" ", ",", " ", "x"};
	for (int i = 0; i < 4; i++) {
		strbuf_add_text(out, separators[i]);
		put_number(out, numbers[i]);
	}
}

static void put_name(struct strbuf *out, const struct box *box)
{
	static const char *kinds[] = {"block", "flex", "grid", "table", "row", "cell", "inline", "text", "replaced"};
	static const char *pseudos[] = {"", "::before", "::after", ""};
	if (box->kind == BOX_TEXT) {
		strbuf_add_text(out, "text");
		return;
	}
	if (box->pseudo == BOX_ANONYMOUS) {
		strbuf_printf(out, "(%s)", kinds[box->kind]);
		return;
	}
	strbuf_printf(out, "%s%s %s", atom_text(box->node->tag), pseudos[box->pseudo], kinds[box->kind]);
}

static void put_flags(struct strbuf *out, const struct box *box)
{
	if (box_is_float(box)) {
		strbuf_add_text(out, " float");
	} else if (box->out_of_flow) {
		strbuf_add_text(out, box->style->position == POSITION_FIXED ? " fixed" : " absolute");
	}
	if (box->scrolls) {
		strbuf_add_text(out, " scrolls ");
		put_number(out, box->content.width);
		strbuf_add_char(out, 'x');
		put_number(out, box->content.height);
	}
}

static void indent(struct strbuf *out, int depth)
{
	for (int i = 0; i < depth; i++) {
		strbuf_add_text(out, "  ");
	}
}

static void put_fragment(struct strbuf *out, const struct fragment *fragment)
{
	if (!fragment->run) {
		strbuf_add_char(out, '<');
		put_name(out, fragment->box);
		strbuf_add_char(out, '>');
	} else {
		struct str text = str_slice(fragment->run->text, fragment->from, fragment->to);
		strbuf_printf(out, "\"" STR_FMT "\"%s", STR_ARG(text), fragment->ellipsis ? "..." : "");
	}
	put_rect(out, fragment->rect);
}

static void put_lines(struct strbuf *out, const struct box *box, int depth)
{
	for (size_t i = 0; i < box->line_count; i++) {
		const struct line *line = &box->lines[i];
		indent(out, depth);
		strbuf_add_text(out, "line");
		put_rect(out, line->rect);
		strbuf_add_text(out, " baseline ");
		put_number(out, line->baseline);
		strbuf_add_char(out, '\n');
		for (size_t k = 0; k < line->count; k++) {
			indent(out, depth + 1);
			put_fragment(out, &line->fragments[k]);
			strbuf_add_char(out, '\n');
		}
	}
}

static void put_box(struct strbuf *out, const struct box *box, int depth)
{
	if (box->kind != BOX_TEXT) {
		indent(out, depth);
		put_name(out, box);
		put_rect(out, box->rect);
		put_flags(out, box);
		struct rect own = box_own_rect(box);
		if (own.x != 0 || own.y != 0 || own.width != box->rect.width || own.height != box->rect.height) {
			strbuf_add_text(out, " covers");
			put_rect(out, own);
		}
		strbuf_add_char(out, '\n');
	}
	put_lines(out, box, depth + 1);
	for (const struct box *child = box->first; child; child = child->next) {
		put_box(out, child, depth + 1);
	}
}

void layout_dump(const struct box *root, struct strbuf *out)
{
	if (root) {
		put_box(out, root, 0);
	}
}
