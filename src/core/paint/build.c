// Boxes to display list in the stacking order of CSS 2.1 Appendix E.
#include "core/paint/builder.h"

#include <string.h>

enum { DEPTH_MAX = 900 };

/* Where a box lies. Frames outlive the walk (scratch arena): a stacking context is painted after
 * the walk that found it, and its positioned descendants look for their containing block upward. */
struct frame {
	const struct box *box;
	struct frame *up;
	float x, y;             // of the border box, in current coordinates, scrolled
	struct point flat;      // the same without any scrolling
	struct point scroll;    // what shifts the children
	const struct clip *outer, *inner; // clips on the box itself, on its content
	unsigned depth;
};

struct entry;

struct entry_list {
	struct entry *first, **end;
};

/* What paints together as if it were one: an element with its floats and its in-flow content. */
struct layer {
	struct entry_list blocks, floats, inlines;
};

/* Positioned descendants and stacking contexts of one stacking context. */
struct stack {
	struct entry_list negative, zero, positive;
};

struct entry {
	struct frame *frame;
	struct layer *layer; // NULL: a stacking context of its own, or a plain block
	bool context;
	int z;
	struct entry *next;
};

static void paint_context(struct builder *b, struct frame *frame);

/* Collecting */

static struct entry *entry_add(struct builder *b, struct entry_list *list, struct frame *frame)
{
	struct entry *entry = arena_alloc(&b->scratch, sizeof(*entry));
	entry->frame = frame;
	if (!list->end) {
		list->end = &list->first;
	}
	*list->end = entry;
	list->end = &entry->next;
	return entry;
}

/* Behind those of the same z: tree order. */
static void entry_insert(struct builder *b, struct entry_list *list, struct frame *frame, int z)
{
	struct entry **at = &list->first;
	while (*at && (*at)->z <= z) {
		at = &(*at)->next;
	}
	struct entry *entry = arena_alloc(&b->scratch, sizeof(*entry));
	*entry = (struct entry){.frame = frame, .context = true, .z = z, .next = *at};
	*at = entry;
}

static struct layer *layer_new(struct builder *b, struct entry *entry)
{
	entry->layer = arena_alloc(&b->scratch, sizeof(*entry->layer));
	return entry->layer;
}

static bool is_item_of_flex(const struct box *box)
{
	return box->parent && (box->parent->kind == BOX_FLEX || box->parent->kind == BOX_GRID);
}

static bool is_context(const struct box *box)
{
	return box->pseudo != BOX_ANONYMOUS && box->kind != BOX_INLINE && box->kind != BOX_TEXT
		&& (style_stacks(box->style) || (is_item_of_flex(box) && !box->style->z_auto));
}

static bool clips_content(const struct box *box)
{
	return box->scrolls || box->style->overflow_x == OVERFLOW_CLIP || box->style->overflow_y == OVERFLOW_CLIP;
}

static bool scrolls_by_node(const struct box *box)
{
	return box->scrolls && box->node && (box->pseudo == BOX_ELEMENT) && box->node->box == box;
}

static void place_in(struct frame *frame, const struct frame *holder, bool scrolled)
{
	frame->x = holder->x + frame->flat.x - holder->flat.x - (scrolled ? holder->scroll.x : 0);
	frame->y = holder->y + frame->flat.y - holder->flat.y - (scrolled ? holder->scroll.y : 0);
	frame->outer = holder->inner;
}

static const struct frame *frame_of_containing(const struct frame *up, const struct box *box)
{
	const struct frame *last = up;
	for (const struct frame *f = up; f; f = f->up) {
		if (f->box == box->containing) {
			return f;
		}
		last = f;
	}
	return last; // the root
}

static struct frame frame_below(struct frame *up, const struct box *box)
{
	struct frame draft = {.box = box, .up = up, .depth = up->depth + 1}, *frame = &draft;
	frame->flat = (struct point){up->flat.x + box->rect.x + box->sticky.x, up->flat.y + box->rect.y + box->sticky.y};
	bool positioned = box->pseudo != BOX_ANONYMOUS
		&& (box->style->position == POSITION_ABSOLUTE || box->style->position == POSITION_FIXED);
	if (positioned) {
		const struct frame *holder = frame_of_containing(up, box);
		bool page = !holder->up;
		place_in(frame, holder, true);
		if (page && box->style->position == POSITION_FIXED) { // the viewport does not scroll
			frame->x = frame->flat.x;
			frame->y = frame->flat.y;
			frame->outer = NULL;
		}
	} else {
		place_in(frame, up, true);
	}
	if (scrolls_by_node(box)) {
		frame->scroll = box->node->scroll;
	}
	frame->inner = frame->outer;
	return draft;
}

static struct frame *frame_keep(struct builder *b, const struct frame *draft)
{
	struct frame *frame = arena_alloc(&b->scratch, sizeof(*frame));
	*frame = *draft;
	return frame;
}

/* Nothing of the box and what is below it can be seen: most rows of a long list. */
static bool is_out_of_sight(struct builder *b, const struct frame *frame)
{
	const struct box *box = frame->box;
	struct rect rect;
	if (b->keep_all || box->kind == BOX_INLINE || !box_covers(box, &rect)) {
		return false;
	}
	if (box->style->transform_count) {
		rect = matrix_bounds(box_transform(box), rect);
	}
	rect = rect_intersect(matrix_bounds(b->matrix, rect_move(rect, frame->x, frame->y)), b->cull);
	return rect_empty(frame->outer ? rect_intersect(rect, frame->outer->bounds) : rect);
}

/* The overflow clip is made when the box is met in a walk whose transform is the one that holds
 * inside of it. The root's overflow is the viewport's. */
static void frame_clip(struct builder *b, struct frame *frame)
{
	const struct box *box = frame->box;
	if (!frame->up || !clips_content(box) || box->kind == BOX_INLINE || box->kind == BOX_TEXT) {
		return;
	}
	struct rounded shape = rounded_of_style(box->style, (struct rect){frame->x, frame->y, box->rect.width, box->rect.height});
	shape = rounded_inset(shape, box->border);
	frame->inner = clip_add(b, frame->outer, &shape);
}

static void collect_children(struct builder *b, struct frame *frame, struct layer *layer, struct stack *stack);

static void collect(struct builder *b, struct frame *frame, struct layer *layer, struct stack *stack)
{
	const struct box *box = frame->box;
	const struct style *style = box->style;
	bool positioned = style->position != POSITION_STATIC && box->pseudo != BOX_ANONYMOUS && box->kind != BOX_INLINE;
	if (is_context(box)) {
		bool ordered = (positioned || is_item_of_flex(box)) && !style->z_auto;
		int z = ordered ? style->z_index : 0;
		if (z) {
			entry_insert(b, z < 0 ? &stack->negative : &stack->positive, frame, z);
		} else {
			entry_add(b, &stack->zero, frame)->context = true;
		}
		return;
	}
	frame_clip(b, frame);
	if (positioned) {
		collect_children(b, frame, layer_new(b, entry_add(b, &stack->zero, frame)), stack);
	} else if (box->out_of_flow) {
		collect_children(b, frame, layer_new(b, entry_add(b, &layer->floats, frame)), stack);
	} else if (box->kind == BOX_INLINE) {
		collect_children(b, frame, layer, stack);
	} else if (box->inline_level || is_item_of_flex(box)) {
		collect_children(b, frame, layer_new(b, entry_add(b, &layer->inlines, frame)), stack);
	} else {
		entry_add(b, &layer->blocks, frame);
		if (box->inline_root || box->kind == BOX_REPLACED) {
			entry_add(b, &layer->inlines, frame);
		}
		collect_children(b, frame, layer, stack);
	}
}

static void collect_children(struct builder *b, struct frame *frame, struct layer *layer, struct stack *stack)
{
	if (frame->depth >= DEPTH_MAX || frame->box->kind == BOX_REPLACED) {
		return;
	}
	for (const struct box *child = frame->box->first; child; child = child->next) {
		if (child->kind == BOX_TEXT || !child->style) {
			continue;
		}
		struct frame draft = frame_below(frame, child);
		if (!is_out_of_sight(b, &draft)) {
			collect(b, frame_keep(b, &draft), layer, stack);
		}
	}
}

/* Painting one box */

static struct rect frame_rect(const struct frame *frame)
{
	return (struct rect){frame->x, frame->y, frame->box->rect.width, frame->box->rect.height};
}

static struct decoration decoration_of(const struct frame *frame)
{
	const struct box *box = frame->box;
	return (struct decoration){.style = box->style, .rect = frame_rect(frame), .border = box->border, .padding = box->padding,
		.is_root = !frame->up};
}

static void paint_lines(struct builder *b, struct frame *frame, bool ink_only);

static void paint_text_through(struct builder *b, struct frame *frame, const struct decoration *d)
{
	struct scope scope = scope_push_group(b, 1, NULL, 0);
	decorate_text_layers(b, d);
	size_t mask = scope_push_mask(b);
	paint_lines(b, frame, true);
	for (const struct box *child = frame->box->first; child; child = child->next) {
		if (child->kind != BOX_TEXT && child->inline_root && child->style) {
			struct frame below = frame_below(frame, child);
			paint_lines(b, &below, true);
		}
	}
	scope_pop_mask(b, mask);
	scope_pop(b, &scope);
}

static void paint_box(struct builder *b, struct frame *frame)
{
	const struct box *box = frame->box;
	if (box->pseudo == BOX_ANONYMOUS) {
		return;
	}
	clip_set(b, frame->outer);
	struct decoration d = decoration_of(frame);
	decorate(b, &d);
	if (decoration_clips_to_text(box->style) && box->style->visibility == VISIBILITY_VISIBLE) {
		paint_text_through(b, frame, &d);
	}
}

static void paint_replaced(struct builder *b, struct frame *frame)
{
	const struct box *box = frame->box;
	if (box->style->visibility != VISIBILITY_VISIBLE) {
		return;
	}
	clip_set(b, frame->outer);
	struct insets by = {box->border.top + box->padding.top, box->border.right + box->padding.right,
		box->border.bottom + box->padding.bottom, box->border.left + box->padding.left};
	struct rounded shape = rounded_inset(rounded_of_style(box->style, frame_rect(frame)), by);
	struct paint_item *item = emit(b, PAINT_REPLACED, shape.rect, &shape);
	if (item) {
		item->replaced.node = box->node;
		item->replaced.style = box->style;
		item->hash = hash_word(hash_word(item->hash, box->style->color), (uint32_t)(box->style->font_size * 16));
		item->hash = hash_float(hash_float(item->hash, box->style->object_position_x), box->style->object_position_y);
		if (b->ops && b->ops->replaced_hash && box->node) {
			item->hash = hash_word(item->hash, b->ops->replaced_hash(b->ops->user, box->node));
		}
	}
}

/* Text */

static uint32_t hash_text(uint32_t hash, const struct fragment *f, const struct style *style, color_t color)
{
	struct str text = str_slice(f->run->text, f->from, f->to);
	hash = hash_bytes(hash, text.at, text.len);
	hash = hash_bytes(hash, style->font_family.at, style->font_family.len);
	hash = hash_word(hash_float(hash, style->font_size), (uint32_t)style->font_weight << 2 | style->font_style);
	hash = hash_float(hash_float(hash, style->letter_spacing), style->word_spacing);
	return hash_word(hash_float(hash, f->extra_space), color << 1 | f->ellipsis);
}

static void emit_text(struct builder *b, struct point origin, const struct fragment *f, color_t color, float blur)
{
	const struct style *style = f->box->style;
	const struct text_metrics *m = &f->run->metrics;
	float reach = style->font_size * 0.5f + blur;
	struct rect area = {origin.x - reach, origin.y - m->ascent - reach, f->rect.width + 2 * reach,
		m->ascent + m->descent + 2 * reach};
	if (f->ellipsis) {
		area.width += style->font_size;
	}
	struct paint_item *item = (color & 0xFF) ? emit(b, PAINT_TEXT, area, NULL) : NULL;
	if (item) {
		item->text.run = f->run;
		item->text.from = f->from;
		item->text.to = size_min(f->to, f->run->text.len);
		item->text.origin = origin;
		item->text.extra_space = f->extra_space;
		item->text.color = color;
		item->text.style = style;
		item->text.ellipsis = f->ellipsis;
		item->text.blur = blur;
		item->hash = hash_float(hash_text(item->hash, f, style, color), blur);
	}
}

static void emit_line(struct builder *b, struct point origin, const struct fragment *f, const struct style *style, unsigned line)
{
	float size = f->box->style->font_size, ascent = f->run->metrics.ascent, thickness = float_max(size / 10, 1);
	float y = line == TEXT_UNDERLINE ? origin.y + float_max(ceilf(thickness / 2), 1)
		: line == TEXT_OVERLINE ? origin.y - ascent : origin.y - ascent / 3 - thickness / 2;
	struct rect rect = {origin.x, y, f->rect.width, thickness};
	color_t color = style->text_decoration_color;
	struct paint_item *item = emit(b, PAINT_TEXT_LINE, rect, NULL);
	if (item) {
		item->line.rect = rect;
		item->line.color = color;
		item->line.style = style->text_decoration_style;
		item->hash = hash_word(hash_word(item->hash, color), style->text_decoration_style);
	}
}

/* Decorations of an element run through all its in-flow inline content (CSS Text Decoration 3, 2.1). */
static void emit_decorations(struct builder *b, struct point origin, const struct fragment *f, unsigned which)
{
	for (const struct box *box = f->box->parent; box; box = box->parent) {
		unsigned lines = box->pseudo == BOX_ANONYMOUS ? 0 : box->style->text_decoration & which;
		for (unsigned line = TEXT_UNDERLINE; lines && line <= TEXT_LINE_THROUGH; line <<= 1) {
			if (lines & line) {
				emit_line(b, origin, f, box->style, line);
			}
		}
		if (box->out_of_flow || (box->inline_level && box->kind != BOX_INLINE)) {
			return;
		}
	}
}

static void paint_text(struct builder *b, struct point origin, const struct fragment *f, bool ink_only)
{
	const struct style *style = f->box->style;
	if (!f->run || style->visibility != VISIBILITY_VISIBLE || f->from > f->run->text.len || f->to < f->from) {
		return;
	}
	if (ink_only) {
		emit_text(b, origin, f, 0xFF, 0);
		return;
	}
	for (size_t i = style->text_shadow_count; i-- > 0;) {
		const struct box_shadow *shadow = &style->text_shadows[i];
		emit_text(b, (struct point){origin.x + shadow->x, origin.y + shadow->y}, f, shadow->color, shadow->blur);
	}
	emit_decorations(b, origin, f, TEXT_UNDERLINE | TEXT_OVERLINE);
	emit_text(b, origin, f, style->color, 0);
	emit_decorations(b, origin, f, TEXT_LINE_THROUGH);
}

/* A part of a span: background and borders, without those of edges that lie in other lines. */
static void paint_span(struct builder *b, const struct frame *frame, const struct fragment *f)
{
	struct decoration d = {.style = f->box->style, .border = f->box->border, .padding = f->box->padding,
		.rect = rect_move(f->rect, frame->x - frame->scroll.x, frame->y - frame->scroll.y)};
	if (!f->first) {
		d.hidden_sides |= 1u << SIDE_LEFT;
		d.border.left = d.padding.left = 0;
	}
	if (!f->last) {
		d.hidden_sides |= 1u << SIDE_RIGHT;
		d.border.right = d.padding.right = 0;
	}
	if (f->box->pseudo != BOX_ANONYMOUS) {
		decorate(b, &d);
	}
}

/* Spans do not open contexts here: their opacity is put on each of their fragments. */
static float fragment_opacity(const struct fragment *f, const struct box *root)
{
	float opacity = 1;
	for (const struct box *box = f->box; box && box != root; box = box->parent) {
		if (box->kind == BOX_INLINE && box->pseudo != BOX_ANONYMOUS) {
			opacity *= float_clamp(box->style->opacity, 0, 1);
		}
	}
	return opacity;
}

static void paint_fragment(struct builder *b, struct frame *frame, const struct fragment *f, bool ink_only)
{
	if (f->box->kind != BOX_TEXT && f->box->kind != BOX_INLINE) {
		return; // an atomic box: painted by its own entry
	}
	float opacity = ink_only ? 1 : fragment_opacity(f, frame->box);
	struct scope scope;
	if (opacity <= 0) {
		return;
	}
	if (opacity < 1) {
		scope = scope_push_group(b, opacity, NULL, 0);
	}
	if (f->box->kind == BOX_TEXT) {
		struct point origin = {frame->x - frame->scroll.x + f->rect.x, frame->y - frame->scroll.y + f->baseline};
		paint_text(b, origin, f, ink_only);
	} else if (!ink_only) {
		paint_span(b, frame, f);
	}
	if (opacity < 1) {
		scope_pop(b, &scope);
	}
}

static void paint_lines(struct builder *b, struct frame *frame, bool ink_only)
{
	const struct box *box = frame->box;
	if (!box->line_count) {
		return;
	}
	if (!ink_only) {
		clip_set(b, frame->inner);
	}
	for (size_t i = 0; i < box->line_count; i++) {
		for (size_t k = 0; k < box->lines[i].count; k++) {
			paint_fragment(b, frame, &box->lines[i].fragments[k], ink_only);
		}
	}
}

/* Painting layers and contexts */

static void paint_layer(struct builder *b, struct frame *frame, struct layer *layer);

static void paint_entry(struct builder *b, struct entry *entry)
{
	if (entry->context) {
		paint_context(b, entry->frame);
	} else if (entry->layer) {
		paint_box(b, entry->frame);
		paint_layer(b, entry->frame, entry->layer);
	}
}

/* Own content of a box: its lines, or what the component paints. */
static void paint_content(struct builder *b, struct frame *frame)
{
	if (frame->box->kind == BOX_REPLACED) {
		paint_replaced(b, frame);
	} else if (frame->box->inline_root) {
		paint_lines(b, frame, false);
	}
}

/* Appendix E, steps 4 to 7, for what is below `frame`. */
static void paint_layer(struct builder *b, struct frame *frame, struct layer *layer)
{
	for (struct entry *e = layer->blocks.first; e; e = e->next) {
		paint_box(b, e->frame);
	}
	for (struct entry *e = layer->floats.first; e; e = e->next) {
		paint_entry(b, e);
	}
	paint_content(b, frame);
	for (struct entry *e = layer->inlines.first; e; e = e->next) {
		if (e->layer) {
			paint_entry(b, e);
		} else {
			paint_content(b, e->frame);
		}
	}
}

static void paint_stacked(struct builder *b, struct frame *frame)
{
	struct layer layer = {0};
	struct stack stack = {0};
	frame_clip(b, frame);
	collect_children(b, frame, &layer, &stack);
	paint_box(b, frame);
	for (struct entry *e = stack.negative.first; e; e = e->next) {
		paint_context(b, e->frame);
	}
	paint_layer(b, frame, &layer);
	for (struct entry *e = stack.zero.first; e; e = e->next) {
		paint_entry(b, e);
	}
	for (struct entry *e = stack.positive.first; e; e = e->next) {
		paint_context(b, e->frame);
	}
}

static struct matrix frame_transform(const struct frame *frame)
{
	struct matrix own = box_transform(frame->box);
	return matrix_multiply(matrix_multiply(matrix_translate(frame->x, frame->y), own), matrix_translate(-frame->x, -frame->y));
}

static void paint_context(struct builder *b, struct frame *frame)
{
	const struct style *style = frame->box->style;
	float opacity = float_clamp(style->opacity, 0, 1);
	bool mask = style->mask_image.kind != IMAGE_NONE;
	bool group = opacity < 1 || style->filter_count || mask;
	struct scope moved, grouped;
	if (opacity == 0) {
		return;
	}
	clip_set(b, frame->outer);
	if (style->transform_count) {
		struct matrix matrix = frame_transform(frame);
		if (fabsf(matrix.a * matrix.d - matrix.b * matrix.c) < 1e-9f || !isfinite(matrix.a + matrix.e + matrix.f)) {
			return;
		}
		moved = scope_push_transform(b, matrix);
	}
	if (group) {
		grouped = scope_push_group(b, opacity, style->filters, style->filter_count);
	}
	paint_stacked(b, frame);
	if (mask) {
		struct decoration d = decoration_of(frame);
		size_t at = scope_push_mask(b);
		decorate_mask(b, &d);
		scope_pop_mask(b, at);
	}
	if (group) {
		scope_pop(b, &grouped);
	}
	if (style->transform_count) {
		scope_pop(b, &moved);
	}
}

void paint_build(struct display_list *list, const struct box *root, struct size viewport, const struct paint_ops *ops)
{
	list->size = viewport;
	if (!root || !root->style) {
		return;
	}
	struct builder b = {.list = list, .ops = ops, .matrix = MATRIX_IDENTITY, .state = 1,
		.cull = {0, 0, viewport.width, viewport.height}};
	arena_init(&b.scratch);
	struct frame *frame = arena_alloc(&b.scratch, sizeof(*frame));
	frame->box = root;
	frame->flat = (struct point){root->rect.x, root->rect.y};
	/* The page scrolls as a whole, its own box too, so that the children need no further shift. */
	struct point scroll = root->node ? root->node->scroll : (struct point){0, 0};
	frame->x = root->rect.x - scroll.x;
	frame->y = root->rect.y - scroll.y;
	paint_context(&b, frame);
	clip_set(&b, NULL);
	arena_finish(&b.scratch);
}
