/* Where in a text a person types: between the fragments of its lines. */
#include "runtime/component/caret.h"

#define COLOR 0x07c160ff // WeChat's green
#define SELECTION_ALPHA 0x4d
#define WIDTH 2

struct caret {
	struct node *line;
	bool on;
	size_t from, to;
};

/* A place in the lines of a box. */
struct place {
	const struct line *line;
	const struct fragment *fragment;
};

/* The last fragment that begins at or before `at`: behind a line feed or a wrap that is the next line. */
static bool find(const struct box *box, size_t at, struct place *ret)
{
	bool found = false;
	for (size_t i = 0; i < box->line_count; i++) {
		const struct line *line = &box->lines[i];
		for (size_t j = 0; j < line->count; j++) {
			const struct fragment *fragment = &line->fragments[j];
			if (fragment->run && (!found || fragment->from <= at)) {
				*ret = (struct place){line, fragment};
				found = true;
			}
		}
	}
	return found;
}

static float offset_in(const struct fragment *fragment, size_t at)
{
	size_t end = size_min(fragment->to, fragment->run->text.len);
	at = size_min(at > fragment->from ? at : fragment->from, end);
	return fragment->rect.x + fragment->run->x[at] - fragment->run->x[fragment->from];
}

/* Of the lines' frame in page coordinates. */
static struct point origin_of(const struct node *line)
{
	struct rect rect = box_page_rect(line->box, false);
	return (struct point){rect.x - line->scroll.x, rect.y - line->scroll.y};
}

bool caret_place(const struct node *line, size_t at, struct rect *ret_rect)
{
	struct place place;
	if (!line->box || !find(line->box, at, &place)) {
		return false;
	}
	struct point origin = origin_of(line);
	*ret_rect = (struct rect){origin.x + offset_in(place.fragment, at), origin.y + place.fragment->rect.y, 0,
		place.fragment->rect.height};
	return true;
}

static size_t nearest_in(const struct fragment *fragment, float x)
{
	size_t best = fragment->from, end = size_min(fragment->to, fragment->run->text.len);
	for (size_t at = fragment->from; at <= end; at++) {
		bool whole = at == end || ((unsigned char)fragment->run->text.at[at] & 0xc0) != 0x80;
		if (whole && fabsf(offset_in(fragment, at) - x) < fabsf(offset_in(fragment, best) - x)) {
			best = at;
		}
	}
	return best;
}

size_t caret_nearest(const struct node *line, struct point page)
{
	size_t best = 0;
	struct point origin = line->box ? origin_of(line) : (struct point){0};
	for (size_t i = 0; line->box && i < line->box->line_count; i++) {
		const struct line *row = &line->box->lines[i];
		for (size_t j = 0; j < row->count; j++) {
			const struct fragment *fragment = &row->fragments[j];
			bool below = i > 0 && page.y < origin.y + row->rect.y;
			if (fragment->run && !below) {
				best = nearest_in(fragment, page.x - origin.x);
			}
		}
	}
	return best;
}

/* --- its picture --- */

static color_t color_of(const struct node *node)
{
	color_t color = COLOR;
	while (node->parent) {
		node = node->parent;
	}
	if (node->host) {
		component_parse_color(component_text(node->host, "cursor-color"), &color);
	}
	return color;
}

/* Calls each for the caret, or for what is selected of every line, relative to the node's own box. */
static void each_mark(const struct node *node, void (*each)(void *user, struct rect rect), void *user)
{
	const struct caret *caret = node->state_data;
	struct rect own = node->box ? box_page_rect(node->box, false) : (struct rect){0}, at;
	if (!caret->on || !node->box || !caret_place(caret->line, caret->to, &at)) {
		return;
	}
	if (caret->from == caret->to) {
		float left = float_clamp(at.x - own.x - WIDTH / 2.0f, 0, float_max(0, own.width - WIDTH));
		each(user, (struct rect){left, at.y - own.y, WIDTH, at.height});
		return;
	}
	struct point origin = origin_of(caret->line);
	const struct box *box = caret->line->box;
	for (size_t i = 0; i < box->line_count; i++) {
		for (size_t j = 0; j < box->lines[i].count; j++) {
			const struct fragment *fragment = &box->lines[i].fragments[j];
			if (fragment->run && fragment->from < caret->to && fragment->to > caret->from) {
				float left = offset_in(fragment, caret->from), right = offset_in(fragment, caret->to);
				each(user, (struct rect){origin.x + left - own.x, origin.y + fragment->rect.y - own.y, right - left,
					fragment->rect.height});
			}
		}
	}
}

struct brush {
	struct gfx_canvas *canvas;
	struct point origin;
};

static void draw(void *user, struct rect rect)
{
	struct brush *brush = user;
	rect.x += brush->origin.x;
	rect.y += brush->origin.y;
	gfx_canvas_begin(brush->canvas);
	gfx_canvas_rect(brush->canvas, rect);
	gfx_canvas_fill(brush->canvas, false);
}

static void paint(struct component_host *host, const struct node *node, const struct style *style,
	struct gfx_canvas *canvas, struct rect content)
{
	const struct caret *caret = node->state_data;
	struct brush brush = {canvas, {content.x, content.y}};
	color_t color = color_of(node);
	gfx_canvas_save(canvas);
	gfx_canvas_begin(canvas);
	gfx_canvas_rect(canvas, content);
	gfx_canvas_clip(canvas, false);
	gfx_canvas_set_color(canvas, caret->from == caret->to ? color : (color & 0xffffff00) | SELECTION_ALPHA);
	each_mark(node, draw, &brush);
	gfx_canvas_restore(canvas);
}

static void add_hash(void *user, struct rect rect)
{
	uint32_t *hash = user;
	*hash = *hash * 31 + str_hash((struct str){(const char *)&rect, sizeof(rect)});
}

static uint32_t looks(struct component_host *host, const struct node *node)
{
	uint32_t hash = color_of(node);
	each_mark(node, add_hash, &hash);
	return hash;
}

static void destroyed(struct component_host *host, struct node *node)
{
	mem_free(node->state_data);
	node->state_data = NULL;
}

static const struct component mark = {
	.tag = "mina-field-caret",
	.flags = COMPONENT_REPLACED,
	.paint = paint,
	.looks = looks,
	.destroyed = destroyed,
};

struct node *caret_create(struct node *line)
{
	struct node *node = node_create(line->tree, NODE_ELEMENT, atom_of("mina-field-caret"));
	struct caret *caret = mem_alloc(sizeof(*caret));
	caret->line = line;
	node->component = &mark;
	node->state_data = caret;
	return node;
}

void caret_set(struct node *node, bool on, size_t from, size_t to)
{
	struct caret *caret = node->state_data;
	if (caret->on != on || caret->from != from || caret->to != to) {
		caret->on = on;
		caret->from = from;
		caret->to = to;
		node_mark(node, NODE_DIRTY_PAINT);
	}
}
