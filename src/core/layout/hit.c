/* Hit testing: the painting order of CSS 2.1 Appendix E, walked from the top down. Points are in
 * page coordinates; each box that is asked brings the point into its own. */
#include "core/layout/hit.h"

#include "core/layout/rounded.h"
#include <stdlib.h>

#define DEPTH_MAX 4000

struct layer { // a positioned box or stacking context of one context
	const struct box *box;
	int z;
	size_t order;
};

typedef VEC(struct layer) layer_list;

static struct node *hit_context(const struct box *box, struct point at, int depth);

static bool is_own_kind(const struct box *box)
{
	return box->pseudo != BOX_ANONYMOUS && box->kind != BOX_INLINE && box->kind != BOX_TEXT;
}

static bool is_context(const struct box *box)
{
	bool item = box->parent && (box->parent->kind == BOX_FLEX || box->parent->kind == BOX_GRID);
	return is_own_kind(box) && (style_stacks(box->style) || (item && !box->style->z_auto));
}

static bool is_layer(const struct box *box)
{
	return is_context(box) || (is_own_kind(box) && box->style->position != POSITION_STATIC);
}

static bool clips(const struct box *box)
{
	return box->scrolls || box->style->overflow_x == OVERFLOW_CLIP || box->style->overflow_y == OVERFLOW_CLIP;
}

static bool local_point(const struct box *box, struct point at, struct point *ret_local)
{
	struct matrix inverse;
	if (!matrix_invert(box_page_matrix(box), &inverse)) {
		return false;
	}
	*ret_local = matrix_apply(inverse, at);
	return true;
}

static struct rounded border_edge(const struct box *box)
{
	return rounded_of_style(box->style, (struct rect){0, 0, box->rect.width, box->rect.height});
}

static bool border_edge_contains(const struct box *box, struct point at)
{
	struct rounded edge = border_edge(box);
	return rounded_contains(&edge, at);
}

static bool padding_edge_contains(const struct box *box, struct point at)
{
	struct rounded edge = rounded_inset(border_edge(box), box->border);
	return rounded_contains(&edge, at);
}

/* Does a box around hide what lies at the point? */
static bool is_clipped(const struct box *box, struct point at)
{
	for (const struct box *up = box->containing ? box->containing : box->parent; up && up->parent;
		up = up->containing ? up->containing : up->parent) {
		struct point local;
		if (clips(up) && (!local_point(up, at, &local) || !padding_edge_contains(up, local))) {
			return true;
		}
	}
	return false;
}

static bool takes_touches(const struct box *box)
{
	return box->style->visibility == VISIBILITY_VISIBLE && box->style->pointer_events == POINTER_EVENTS_AUTO;
}

static struct node *element_of(const struct box *box)
{
	struct node *node = box->node;
	return node && node->kind == NODE_TEXT ? node_flat_parent(node) : node;
}

/* Text and spans lie in the lines of their inline root. */
static struct node *hit_lines(const struct box *box, struct point at)
{
	struct point local;
	if (!box->line_count || !local_point(box, at, &local)) {
		return NULL;
	}
	for (size_t i = box->line_count; i > 0; i--) {
		const struct line *line = &box->lines[i - 1];
		for (size_t k = line->count; k > 0; k--) {
			const struct fragment *fragment = &line->fragments[k - 1];
			bool inside = fragment->box->kind == BOX_TEXT || fragment->box->kind == BOX_INLINE;
			if (inside && rect_contains(fragment->rect, local) && takes_touches(fragment->box) &&
				!is_clipped(fragment->box, at)) {
				return element_of(fragment->box);
			}
		}
	}
	return NULL;
}

static struct node *hit_self(const struct box *box, struct point at)
{
	struct point local;
	bool hit = is_own_kind(box) && takes_touches(box) && local_point(box, at, &local) &&
		border_edge_contains(box, local) && !is_clipped(box, at);
	return hit ? element_of(box) : NULL;
}

/* The point in the coordinates of a box on the way down. */
struct place {
	bool known;
	struct point at;
};

static struct place place_in(const struct box *box, struct point at)
{
	struct place place;
	place.known = local_point(box, at, &place.at);
	return place;
}

/* Of a child in flow, which has no transform. False: neither it nor what is below it lies there. */
static bool place_below(const struct place *place, const struct box *child, struct place *ret_below)
{
	const struct box *box = child->parent;
	struct rect covered;
	*ret_below = *place;
	ret_below->at.x -= child->rect.x;
	ret_below->at.y -= child->rect.y;
	if (box->scrolls && box->node && box->parent) {
		ret_below->at.x += box->node->scroll.x;
		ret_below->at.y += box->node->scroll.y;
	}
	bool inside = child->kind == BOX_INLINE || child->kind == BOX_TEXT;
	return inside || !place->known || !box_covers(child, &covered) || rect_contains(covered, ret_below->at);
}

/* What is not positioned, from the last to the first; the box itself comes last. */
static struct node *hit_flow(const struct box *box, struct point at, const struct place *place, int depth, bool self)
{
	if (depth > DEPTH_MAX) {
		return NULL;
	}
	for (const struct box *child = box->last; child; child = child->prev) {
		struct place below;
		bool asked = !is_layer(child) && place_below(place, child, &below);
		struct node *node = asked ? hit_flow(child, at, &below, depth + 1, true) : NULL;
		if (node) {
			return node;
		}
	}
	struct node *node = hit_lines(box, at);
	return node || !self ? node : hit_self(box, at);
}

static void gather(const struct box *box, struct point at, const struct place *place, layer_list *layers, int depth)
{
	if (depth > DEPTH_MAX) {
		return;
	}
	for (const struct box *child = box->first; child; child = child->next) {
		bool context = is_context(child);
		struct place below;
		if (context || is_layer(child)) {
			struct layer layer = {child, child->style->z_auto ? 0 : child->style->z_index, layers->len};
			vec_push(layers, layer);
			below = context ? *place : place_in(child, at);
		} else if (!place_below(place, child, &below)) {
			continue;
		}
		if (!context) {
			gather(child, at, &below, layers, depth + 1);
		}
	}
}

static int from_the_top(const void *a, const void *b)
{
	const struct layer *one = a, *two = b;
	if (one->z != two->z) {
		return one->z > two->z ? -1 : 1;
	}
	return one->order > two->order ? -1 : 1;
}

static struct node *hit_context(const struct box *box, struct point at, int depth)
{
	if (depth > DEPTH_MAX) {
		return NULL;
	}
	layer_list layers = {0};
	struct place place = place_in(box, at);
	gather(box, at, &place, &layers, depth);
	if (layers.len) {
		qsort(layers.at, layers.len, sizeof(*layers.at), from_the_top);
	}
	struct node *node = NULL;
	size_t i = 0;
	for (; i < layers.len && layers.at[i].z >= 0 && !node; i++) {
		const struct box *layer = layers.at[i].box;
		struct place inside = place_in(layer, at);
		node = is_context(layer) ? hit_context(layer, at, depth + 1) : hit_flow(layer, at, &inside, depth + 1, true);
	}
	node = node ? node : hit_flow(box, at, &place, depth + 1, false);
	for (; i < layers.len && !node; i++) {
		node = layers.at[i].z < 0 ? hit_context(layers.at[i].box, at, depth + 1) : NULL;
	}
	vec_finish(&layers);
	return node ? node : hit_self(box, at);
}

struct node *hit_test(const struct box *root, struct point at)
{
	if (root->node) {
		at.x += root->node->scroll.x;
		at.y += root->node->scroll.y;
	}
	return hit_context(root, at, 0);
}
