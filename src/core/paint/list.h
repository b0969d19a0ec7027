/* The display list: what a page looks like, as plain rows in paint order. Cairo draws it, a trace
 * prints it, its hashes give the damage. Coordinates are CSS px of the current transform. The
 * list owns what its rows point to (arena); text runs and styles are borrowed from the boxes and
 * valid until the next layout. */
#ifndef MINA_PAINT_LIST_H
#define MINA_PAINT_LIST_H

#include "core/layout/box.h"
#include "core/layout/rounded.h"

enum paint_kind {
	PAINT_PUSH_CLIP,      // rounded rectangle
	PAINT_PUSH_TRANSFORM,
	PAINT_PUSH_GROUP,     // opacity and filters apply to what follows up to POP
	PAINT_POP,
	PAINT_COLOR,          // filled rounded rectangle
	PAINT_IMAGE,          // background layer with an url, clipped to a rounded rectangle
	PAINT_GRADIENT,
	PAINT_BORDER,
	PAINT_SHADOW,         // outer or inset
	PAINT_TEXT,
	PAINT_TEXT_LINE,      // underline, line-through
	PAINT_REPLACED,       // a built-in component paints itself into rect
	PAINT_MASK,           // in a group: what follows up to its POP keeps of the group only where it covers
};

struct paint_item {
	enum paint_kind kind;
	struct rect bounds;   // what it may touch, in page coordinates (device-independent px)
	uint32_t hash;        // of everything that decides its pixels
	struct rounded shape; // clip, colour, gradient, image, border: outer edge, shadow: box
	union {
		struct matrix transform;
		struct { float opacity; const struct filter_step *filters; size_t filter_count; } group;
		color_t color;
		/* tile: first tile, CSS px; step: from one tile to the next, larger than the tile for `space` */
		struct { const struct style_image *image; struct rect tile; enum repeat repeat_x, repeat_y; struct size step; } image;
		struct { const struct style_image *image; struct rect tile; enum repeat repeat_x, repeat_y; struct size step; } gradient;
		struct { struct border_side side[4]; } border;
		struct box_shadow shadow;
		/* origin: baseline start; blur: of a text shadow, 0 for the text itself */
		struct { const struct text_run *run; size_t from, to; struct point origin; float extra_space;
			color_t color; const struct style *style; bool ellipsis; float blur; } text;
		struct { struct rect rect; color_t color; enum border_style style; } line;
		struct { const struct node *node; const struct style *style; } replaced; // shape: its content box
	};
};

struct display_list {
	struct arena arena;
	VEC(struct paint_item) items;
	struct size size; // of the viewport, CSS px
	color_t canvas;   // what lies under everything: white unless set otherwise after clearing
};

void display_list_init(struct display_list *list);
void display_list_finish(struct display_list *list);
void display_list_clear(struct display_list *list);

/* How paint asks about pictures and components, answered above. */
struct paint_ops {
	/* Natural size of a picture in CSS px; false when not (yet) there. */
	bool (*image_size)(void *user, struct str url, struct size *ret_size);
	/* Hash of a replaced element's looks, for damage. */
	uint32_t (*replaced_hash)(void *user, const struct node *node);
	void *user;
};

/* paint/build.c: stacking order of CSS 2.1 Appendix E with z-index, into a cleared list. The page
 * scroll is the scroll offset of the root box's node. root may be NULL. ops may be NULL. */
void paint_build(struct display_list *list, const struct box *root, struct size viewport, const struct paint_ops *ops);
/* paint/trace.c: one line an item, indented by nesting: the golden tests' format. */
void paint_trace(const struct display_list *list, struct strbuf *out);
/* paint/damage.c: what a surface shows, as one hash for each 64 px cell of the viewport. All zero: nothing. */
struct paint_cells {
	struct size size;
	uint32_t *hashes;
};
void paint_cells_finish(struct paint_cells *cells); // they show nothing then
/* The rectangles (viewport px) in which the list is not what is shown; at most max, which is at least 1.
 * Returns the count. The list is what is shown afterwards. */
size_t paint_damage(struct paint_cells *shown, const struct display_list *list, struct rect *ret_rects, size_t max);

#endif
