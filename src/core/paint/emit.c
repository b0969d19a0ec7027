// The emitter: items with bounds and hashes, and the stack of clips, transforms and groups.
#include "core/paint/builder.h"

#include <string.h>

static struct rect everywhere(void)
{
	return (struct rect){-1e6f, -1e6f, 2e6f, 2e6f};
}

uint32_t hash_bytes(uint32_t hash, const void *bytes, size_t len)
{
	const uint8_t *p = bytes;
	for (; len >= 4; len -= 4, p += 4) {
		uint32_t word;
		memcpy(&word, p, 4);
		hash = hash_word(hash, word);
	}
	for (; len; len--, p++) {
		hash = hash_word(hash, *p);
	}
	return hash;
}

uint32_t hash_word(uint32_t hash, uint32_t value)
{
	hash = (hash ^ value) * 0x9E3779B1u;
	return hash ^ hash >> 15;
}

uint32_t hash_float(uint32_t hash, float value)
{
	uint32_t word;
	value += 0.0f; // -0 is 0
	memcpy(&word, &value, 4);
	return hash_word(hash, word);
}

static uint32_t hash_rect(uint32_t hash, struct rect r)
{
	return hash_float(hash_float(hash_float(hash_float(hash, r.x), r.y), r.width), r.height);
}

uint32_t hash_rounded(uint32_t hash, const struct rounded *shape)
{
	hash = hash_rect(hash, shape->rect);
	for (int i = 0; i < 4; i++) {
		hash = hash_float(hash_float(hash, shape->radius_x[i]), shape->radius_y[i]);
	}
	return hash;
}

static uint32_t hash_length(uint32_t hash, struct length l)
{
	return hash_float(hash_float(hash_word(hash, l.kind), l.px), l.percent);
}

uint32_t hash_image(uint32_t hash, const struct style_image *image)
{
	hash = hash_word(hash, image->kind);
	if (image->kind == IMAGE_URL) {
		return hash_bytes(hash, image->url.at, image->url.len);
	}
	hash = hash_word(hash, (uint32_t)image->repeating << 1 | image->circle);
	hash = hash_float(hash_word(hash, image->corner), image->angle);
	hash = hash_word(hash_word(hash, (uint32_t)image->to_x), (uint32_t)image->to_y);
	hash = hash_word(hash, image->radial_size);
	hash = hash_length(hash_length(hash, image->radius_x), image->radius_y);
	hash = hash_length(hash_length(hash, image->center_x), image->center_y);
	for (size_t i = 0; i < image->stop_count; i++) {
		hash = hash_length(hash_word(hash, image->stops[i].color), image->stops[i].at);
	}
	return hash;
}

/* Clips */

const struct clip *clip_add(struct builder *b, const struct clip *up, const struct rounded *shape)
{
	struct clip *clip = arena_alloc(&b->scratch, sizeof(*clip));
	clip->up = up;
	clip->depth = up ? up->depth + 1 : 1;
	clip->shape = *shape;
	clip->bounds = matrix_bounds(b->matrix, shape->rect);
	clip->hash = hash_rounded(up ? up->hash : 17, shape);
	if (up) {
		clip->bounds = rect_intersect(clip->bounds, up->bounds);
	}
	return clip;
}

static void push_item(struct builder *b, const struct paint_item *item)
{
	vec_push(&b->list->items, *item);
}

static void pop_item(struct builder *b)
{
	struct display_list *list = b->list;
	if (list->items.len && vec_last(&list->items).kind == PAINT_PUSH_CLIP) {
		list->items.len--; // nothing came in between
		return;
	}
	push_item(b, &(struct paint_item){.kind = PAINT_POP});
}

static void push_clips(struct builder *b, const struct clip *clip, const struct clip *common)
{
	if (!clip || clip == common) {
		return;
	}
	push_clips(b, clip->up, common);
	struct paint_item item = {.kind = PAINT_PUSH_CLIP, .bounds = clip->bounds, .shape = clip->shape, .hash = clip->hash};
	push_item(b, &item);
}

static const struct clip *common_clip(const struct clip *a, const struct clip *b)
{
	while (a != b) {
		unsigned da = a ? a->depth : 0, db = b ? b->depth : 0;
		a = da >= db ? a->up : a;
		b = db > da ? b->up : b;
	}
	return a;
}

static unsigned clip_depth(const struct clip *clip)
{
	return clip ? clip->depth : 0;
}

/* A box that escapes clips outside of its group (fixed inside of an opacity group) cannot leave the
 * group's clips: only what lies above the floor is popped. */
void clip_set(struct builder *b, const struct clip *clip)
{
	if (clip == b->clip) {
		return;
	}
	const struct clip *common = common_clip(b->clip, clip);
	if (clip_depth(common) < clip_depth(b->floor)) {
		common = b->floor;
		clip = clip && clip_depth(common_clip(b->floor, clip)) == clip_depth(b->floor) ? clip : b->floor;
	}
	for (unsigned depth = clip_depth(b->clip); depth > clip_depth(common); depth--) {
		pop_item(b);
	}
	push_clips(b, clip, common);
	b->clip = clip;
}

/* Items */

struct paint_item *emit(struct builder *b, enum paint_kind kind, struct rect area, const struct rounded *shape)
{
	struct rect bounds = matrix_bounds(b->matrix, area);
	if (b->clip) {
		bounds = rect_intersect(bounds, b->clip->bounds);
	}
	if (!b->keep_all) {
		bounds = rect_intersect(bounds, b->cull);
	}
	if (rect_empty(bounds) || !isfinite(bounds.x + bounds.y + bounds.width + bounds.height)) {
		return NULL;
	}
	vec_add_zeroed(&b->list->items);
	struct paint_item *item = &vec_last(&b->list->items);
	item->kind = kind;
	item->bounds = bounds;
	if (shape) {
		item->shape = *shape;
	} else {
		item->shape.rect = area;
	}
	uint32_t hash = hash_word(b->state, kind);
	hash = hash_word(hash, b->clip ? b->clip->hash : 0);
	item->hash = hash_rounded(hash, &item->shape);
	return item;
}

/* Scopes */

static struct scope scope_open(struct builder *b, bool transform)
{
	return (struct scope){.item = b->list->items.len, .matrix = b->matrix, .floor = b->floor, .state = b->state,
		.keep_all = b->keep_all, .transform = transform};
}

struct scope scope_push_transform(struct builder *b, struct matrix matrix)
{
	struct scope scope = scope_open(b, true);
	struct paint_item item = {.kind = PAINT_PUSH_TRANSFORM, .transform = matrix};
	b->matrix = matrix_multiply(b->matrix, matrix);
	const float parts[6] = {matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f};
	for (int i = 0; i < 6; i++) {
		b->state = hash_float(b->state, parts[i]);
	}
	item.hash = b->state;
	push_item(b, &item);
	b->floor = b->clip;
	return scope;
}

static uint32_t hash_filter(uint32_t hash, const struct filter_step *step)
{
	hash = hash_float(hash_word(hash, step->kind), step->amount);
	hash = hash_float(hash_float(hash, step->shadow.x), step->shadow.y);
	return hash_word(hash_float(hash, step->shadow.blur), step->shadow.color);
}

/* How far filters carry ink beyond what is painted. */
static float filter_reach(const struct filter_step *filters, size_t count)
{
	float reach = 0;
	for (size_t i = 0; i < count; i++) {
		if (filters[i].kind == FILTER_BLUR) {
			reach += float_clamp(filters[i].amount, 0, 500) * 3;
		} else if (filters[i].kind == FILTER_DROP_SHADOW) {
			const struct box_shadow *shadow = &filters[i].shadow;
			reach += float_clamp(shadow->blur, 0, 500) * 1.5f + float_clamp(fabsf(shadow->x) + fabsf(shadow->y), 0, 1000);
		}
	}
	return reach;
}

struct scope scope_push_group(struct builder *b, float opacity, const struct filter_step *filters, size_t filter_count)
{
	struct scope scope = scope_open(b, false);
	struct paint_item item = {.kind = PAINT_PUSH_GROUP};
	item.group.opacity = opacity;
	item.group.filters = filters;
	item.group.filter_count = filter_count;
	b->state = hash_float(b->state, opacity);
	for (size_t i = 0; i < filter_count; i++) {
		b->state = hash_filter(b->state, &filters[i]);
	}
	if (filter_reach(filters, filter_count) > 0) {
		b->keep_all = true;
	}
	item.hash = b->state;
	push_item(b, &item);
	b->floor = b->clip;
	return scope;
}

size_t scope_push_mask(struct builder *b)
{
	clip_set(b, b->floor);
	push_item(b, &(struct paint_item){.kind = PAINT_MASK});
	return b->list->items.len - 1;
}

void scope_pop_mask(struct builder *b, size_t mask)
{
	clip_set(b, b->floor);
	struct rect bounds = {0};
	uint32_t hash = 1;
	for (size_t i = mask + 1; i < b->list->items.len; i++) {
		bounds = rect_union(bounds, b->list->items.at[i].bounds);
		hash = hash_word(hash, b->list->items.at[i].hash);
	}
	b->list->items.at[mask].bounds = bounds;
	b->list->items.at[mask].hash = hash;
	push_item(b, &(struct paint_item){.kind = PAINT_POP});
}

/* A group's bounds are those of its content; with a filter that spreads, any change in it may show
 * anywhere in it. */
static void close_group(struct builder *b, const struct scope *scope)
{
	struct paint_item *items = b->list->items.at, *group = &items[scope->item];
	struct rect bounds = {0};
	for (size_t i = scope->item + 1; i < b->list->items.len; i++) {
		if (items[i].kind > PAINT_POP) {
			bounds = rect_union(bounds, items[i].bounds);
		}
	}
	float reach = filter_reach(group->group.filters, group->group.filter_count);
	group->bounds = bounds;
	if (reach > 0) {
		struct rect r = matrix_bounds(b->matrix, (struct rect){0, 0, reach, reach});
		float by = float_max(r.width, r.height);
		group->bounds = rect_inset(bounds, (struct insets){-by, -by, -by, -by});
		if (b->floor) {
			group->bounds = rect_intersect(group->bounds, b->floor->bounds);
		}
		for (size_t i = scope->item + 1; i < b->list->items.len; i++) {
			items[i].bounds = items[i].kind > PAINT_POP ? group->bounds : items[i].bounds;
		}
	}
}

void scope_pop(struct builder *b, const struct scope *scope)
{
	clip_set(b, b->floor);
	if (b->list->items.len == scope->item + 1) {
		b->list->items.len--;
	} else {
		if (!scope->transform) {
			close_group(b, scope);
		} else {
			b->list->items.at[scope->item].bounds = everywhere();
		}
		push_item(b, &(struct paint_item){.kind = PAINT_POP});
	}
	b->matrix = scope->matrix;
	b->floor = scope->floor;
	b->state = scope->state;
	b->keep_all = scope->keep_all;
}
