/* What the parts of paint share while a list is built: the emitter, which knows the current
 * transform, clips and groups and gives every item its bounds and hash. Inside paint only. */
#ifndef MINA_PAINT_BUILDER_H
#define MINA_PAINT_BUILDER_H

#include "core/paint/list.h"

/* An overflow clip and those around it; lives in the builder's scratch arena. */
struct clip {
	const struct clip *up;
	unsigned depth;
	struct rounded shape;
	struct rect bounds; // page coordinates, of the whole chain
	uint32_t hash;
};

struct builder {
	struct display_list *list;
	const struct paint_ops *ops;
	struct arena scratch;
	struct matrix matrix;     // to page coordinates
	const struct clip *clip;  // clips pushed now
	const struct clip *floor; // those that lie outside of the innermost group or transform
	uint32_t state;           // hash of transforms and groups
	struct rect cull;         // nothing outside of it is seen
	bool keep_all;            // inside a blurring filter what is outside may matter
};

/* A pushed transform or group, to be closed in reverse order. */
struct scope {
	size_t item;
	struct matrix matrix;
	const struct clip *floor;
	uint32_t state;
	bool keep_all, transform;
};

uint32_t hash_bytes(uint32_t hash, const void *bytes, size_t len);
uint32_t hash_float(uint32_t hash, float value);
uint32_t hash_word(uint32_t hash, uint32_t value);
uint32_t hash_rounded(uint32_t hash, const struct rounded *shape);
uint32_t hash_image(uint32_t hash, const struct style_image *image);

const struct clip *clip_add(struct builder *b, const struct clip *up, const struct rounded *shape);
/* Makes `clip` (NULL: none) the current clips by popping and pushing. */
void clip_set(struct builder *b, const struct clip *clip);
/* The item that will be drawn into `area` (current coordinates), or NULL when nobody would see it. The
 * caller fills the union; hash covers kind, area, shape and state, and is completed by the caller. */
struct paint_item *emit(struct builder *b, enum paint_kind kind, struct rect area, const struct rounded *shape);

struct scope scope_push_transform(struct builder *b, struct matrix matrix);
struct scope scope_push_group(struct builder *b, float opacity, const struct filter_step *filters, size_t filter_count);
/* Everything emitted so far in the group is masked by what comes until the returned item's scope_pop_mask. */
size_t scope_push_mask(struct builder *b);
void scope_pop_mask(struct builder *b, size_t mask);
void scope_pop(struct builder *b, const struct scope *scope);

/* decorate.c: background, borders, shadows and outline of a box whose border box is `rect`. */
struct decoration {
	const struct style *style;
	struct rect rect;
	struct insets border, padding;
	bool is_root;            // its background covers the viewport
	unsigned hidden_sides;   // bits of enum side: a span's inner edges have neither border nor radius
};
void decorate(struct builder *b, const struct decoration *d);
/* Does any layer paint through the text (background-clip: text)? Those are left out by decorate(). */
bool decoration_clips_to_text(const struct style *style);
void decorate_text_layers(struct builder *b, const struct decoration *d);
void decorate_mask(struct builder *b, const struct decoration *d);

#endif
