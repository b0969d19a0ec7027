// Shadows: masks blurred once and kept; the blur that filters and text shadows share.
#include "border/gfx/painter.h"

#include <string.h>

enum { MASKS_MAX = 256, MASK_BYTES_MAX = 16 << 20, MASK_SIDE_MAX = 4096 };

/* Blur */

struct lane {
	uint8_t *at;
	ptrdiff_t step;
	int len;
};

/* One box of 2 * radius + 1 (plus one to the left when uneven) over a lane. */
static void box_lane(const struct lane *lane, int left, int right, uint8_t *line)
{
	int size = left + right + 1;
	unsigned sum = 0, scale = (1u << 24) / (unsigned)size;
	for (int i = 0; i < lane->len; i++) {
		line[i] = lane->at[i * lane->step];
	}
	for (int i = 0; i < right && i < lane->len; i++) {
		sum += line[i];
	}
	for (int i = 0; i < lane->len; i++) {
		sum += i + right < lane->len ? line[i + right] : 0;
		lane->at[i * lane->step] = (uint8_t)(((uint64_t)sum * scale + (1u << 23)) >> 24);
		sum -= i - left >= 0 ? line[i - left] : 0;
	}
}

static void gauss_lane(const struct lane *lane, const float *kernel, int reach, uint8_t *line)
{
	for (int i = 0; i < lane->len; i++) {
		line[i] = lane->at[i * lane->step];
	}
	for (int i = 0; i < lane->len; i++) {
		float sum = 0.5f;
		for (int k = -reach; k <= reach; k++) {
			sum += i + k >= 0 && i + k < lane->len ? kernel[k + reach] * line[i + k] : 0;
		}
		lane->at[i * lane->step] = (uint8_t)float_min(sum, 255);
	}
}

/* Three boxes (SVG 1.1, feGaussianBlur), or the true kernel when it is small. */
static void blur_lane(const struct lane *lane, float sigma, const float *kernel, int reach, uint8_t *line)
{
	if (sigma < 2) {
		gauss_lane(lane, kernel, reach, line);
		return;
	}
	int d = (int)floorf(sigma * 3 * sqrtf(2 * (float)M_PI) / 4 + 0.5f), half = d / 2;
	if (d % 2) {
		for (int i = 0; i < 3; i++) {
			box_lane(lane, half, half, line);
		}
	} else {
		box_lane(lane, half, half - 1, line);
		box_lane(lane, half - 1, half, line);
		box_lane(lane, half, half, line);
	}
}

void blur_pixels(uint8_t *pixels, int width, int height, int stride, int bpp, float sigma)
{
	if (!(sigma > 0.1f) || width < 1 || height < 1) {
		return;
	}
	sigma = float_min(sigma, 500);
	float kernel[15], sum = 0;
	int reach = int_min((int)ceilf(sigma * 3), 7);
	for (int k = -reach; k <= reach; k++) {
		kernel[k + reach] = expf(-(float)(k * k) / (2 * sigma * sigma));
		sum += kernel[k + reach];
	}
	for (int k = 0; k <= 2 * reach; k++) {
		kernel[k] /= sum;
	}
	uint8_t *line = mem_alloc((size_t)int_max(width, height));
	for (int c = 0; c < bpp; c++) {
		for (int y = 0; y < height; y++) {
			struct lane lane = {pixels + (ptrdiff_t)y * stride + c, bpp, width};
			blur_lane(&lane, sigma, kernel, reach, line);
		}
		for (int x = 0; x < width; x++) {
			struct lane lane = {pixels + (ptrdiff_t)x * bpp + c, stride, height};
			blur_lane(&lane, sigma, kernel, reach, line);
		}
	}
	mem_free(line);
}

/* Masks */

struct mask_key { // everything relative to the box's corner, in local px
	float width, height, x, y, spread, sigma;
	float radius[8];
	bool inset;
};

struct mask {
	struct mask_key key;
	cairo_surface_t *surface;
	int left, top; // of the mask, from the box's corner
	size_t bytes;
	unsigned used;
};

struct gfx_cache {
	struct mask masks[MASKS_MAX];
	size_t count, bytes;
	unsigned clock;
};

void gfx_cache_destroy(struct gfx_cache *cache)
{
	for (size_t i = 0; cache && i < cache->count; i++) {
		cairo_surface_destroy(cache->masks[i].surface);
	}
	mem_free(cache);
}

static struct rounded grow(struct rounded shape, float by)
{
	shape.rect = rect_inset(shape.rect, (struct insets){-by, -by, -by, -by});
	shape.rect.width = float_max(shape.rect.width, 0);
	shape.rect.height = float_max(shape.rect.height, 0);
	for (int i = 0; i < 4; i++) {
		if (shape.radius_x[i] > 0 && shape.radius_y[i] > 0) {
			shape.radius_x[i] = float_max(shape.radius_x[i] + by, 0);
			shape.radius_y[i] = float_max(shape.radius_y[i] + by, 0);
		}
	}
	return shape;
}

static struct rounded key_box(const struct mask_key *key)
{
	struct rounded box = {.rect = {0, 0, key->width, key->height}};
	memcpy(box.radius_x, key->radius, sizeof(box.radius_x));
	memcpy(box.radius_y, key->radius + 4, sizeof(box.radius_y));
	return box;
}

static void fill_shape(cairo_t *cr, const struct rounded *shape, cairo_operator_t op)
{
	cairo_set_operator(cr, op);
	cairo_set_source_rgba(cr, 0, 0, 0, 1);
	painter_path_rounded(cr, shape);
	cairo_fill(cr);
}

static void blur_surface(cairo_surface_t *surface, float sigma)
{
	cairo_surface_flush(surface);
	blur_pixels(cairo_image_surface_get_data(surface), cairo_image_surface_get_width(surface),
		cairo_image_surface_get_height(surface), cairo_image_surface_get_stride(surface), 1, sigma);
	cairo_surface_mark_dirty(surface);
}

/* Outer: the blurred shape without what lies under the box. */
static void make_outer(struct mask *mask, const struct mask_key *key)
{
	struct rounded box = key_box(key), shape = grow(box, key->spread);
	shape.rect = rect_move(shape.rect, key->x, key->y);
	float pad = ceilf(key->sigma * 3) + 1;
	mask->left = (int)floorf(shape.rect.x - pad);
	mask->top = (int)floorf(shape.rect.y - pad);
	int width = (int)ceilf(rect_right(shape.rect) + pad) - mask->left, height = (int)ceilf(rect_bottom(shape.rect) + pad) - mask->top;
	mask->surface = cairo_image_surface_create(CAIRO_FORMAT_A8, width, height);
	cairo_t *cr = cairo_create(mask->surface);
	cairo_translate(cr, -mask->left, -mask->top);
	fill_shape(cr, &shape, CAIRO_OPERATOR_OVER);
	blur_surface(mask->surface, key->sigma);
	fill_shape(cr, &box, CAIRO_OPERATOR_DEST_OUT);
	cairo_destroy(cr);
}

/* Inset: what the blurred hole leaves of the box. */
static void make_inset(struct mask *mask, const struct mask_key *key)
{
	struct rounded box = key_box(key), hole = grow(box, -key->spread);
	hole.rect = rect_move(hole.rect, key->x, key->y);
	int pad = (int)ceilf(key->sigma * 3) + 1;
	mask->left = mask->top = -pad;
	mask->surface = cairo_image_surface_create(CAIRO_FORMAT_A8, (int)key->width + 2 * pad, (int)key->height + 2 * pad);
	cairo_t *cr = cairo_create(mask->surface);
	cairo_paint(cr);
	cairo_translate(cr, pad, pad);
	if (!rect_empty(hole.rect)) {
		fill_shape(cr, &hole, CAIRO_OPERATOR_DEST_OUT);
	}
	blur_surface(mask->surface, key->sigma);
	fill_shape(cr, &box, CAIRO_OPERATOR_DEST_IN);
	cairo_destroy(cr);
}

static struct mask *mask_slot(struct gfx_cache *cache)
{
	if (cache->count < MASKS_MAX && cache->bytes < MASK_BYTES_MAX) {
		return &cache->masks[cache->count++];
	}
	struct mask *oldest = &cache->masks[0];
	for (size_t i = 1; i < cache->count; i++) {
		oldest = cache->masks[i].used < oldest->used ? &cache->masks[i] : oldest;
	}
	cairo_surface_destroy(oldest->surface);
	cache->bytes -= oldest->bytes;
	*oldest = (struct mask){0};
	return oldest;
}

static const struct mask *mask_get(struct gfx_context *context, const struct mask_key *key)
{
	if (!context->cache) {
		context->cache = mem_alloc(sizeof(*context->cache));
	}
	struct gfx_cache *cache = context->cache;
	for (size_t i = 0; i < cache->count; i++) {
		if (!memcmp(&cache->masks[i].key, key, sizeof(*key))) {
			cache->masks[i].used = ++cache->clock;
			return &cache->masks[i];
		}
	}
	struct mask *mask = mask_slot(cache);
	memcpy(&mask->key, key, sizeof(*key));
	mask->used = ++cache->clock;
	if (key->inset) {
		make_inset(mask, key);
	} else {
		make_outer(mask, key);
	}
	mask->bytes = (size_t)cairo_image_surface_get_stride(mask->surface) * (size_t)cairo_image_surface_get_height(mask->surface);
	cache->bytes += mask->bytes;
	return mask;
}

/* Without blur, or too large to blur: two paths. */
static void paint_sharp(struct painter *p, const struct rounded *box, const struct box_shadow *shadow, float dpr)
{
	struct rounded shape = grow(*box, (shadow->inset ? -shadow->spread : shadow->spread) * dpr);
	shape.rect = rect_move(shape.rect, shadow->x * dpr, shadow->y * dpr);
	cairo_t *cr = p->cr;
	cairo_save(cr);
	cairo_set_fill_rule(cr, CAIRO_FILL_RULE_EVEN_ODD);
	if (shadow->inset) {
		painter_path_rounded(cr, box);
		cairo_clip(cr);
		painter_path_rect(cr, rect_inset(box->rect, (struct insets){-1, -1, -1, -1}));
		if (!rect_empty(shape.rect)) {
			painter_path_rounded(cr, &shape);
		}
	} else {
		struct rect around = rect_union(box->rect, shape.rect);
		painter_path_rect(cr, rect_inset(around, (struct insets){-1, -1, -1, -1}));
		painter_path_rounded(cr, box);
		cairo_clip(cr);
		painter_path_rounded(cr, &shape);
	}
	painter_set_color(cr, shadow->color);
	cairo_fill(cr);
	cairo_restore(cr);
}

void painter_shadow(struct painter *p, const struct paint_item *item)
{
	struct rounded box = painter_snap(p, &item->shape);
	const struct box_shadow *shadow = &item->shadow;
	if (!(box.rect.width >= 0) || !(box.rect.height >= 0)) {
		return;
	}
	struct mask_key key;
	memset(&key, 0, sizeof(key)); // compared as bytes
	key.width = box.rect.width;
	key.height = box.rect.height;
	key.x = shadow->x * p->dpr;
	key.y = shadow->y * p->dpr;
	key.spread = shadow->spread * p->dpr;
	key.sigma = shadow->blur * p->dpr / 2;
	key.inset = shadow->inset;
	memcpy(key.radius, box.radius_x, sizeof(box.radius_x));
	memcpy(key.radius + 4, box.radius_y, sizeof(box.radius_y));
	float reach = 6 * key.sigma + 2 * fabsf(key.spread) + 8;
	if (key.sigma <= 0.1f || !(key.width + reach < MASK_SIDE_MAX) || !(key.height + reach < MASK_SIDE_MAX)
		|| !(fabsf(key.x) + fabsf(key.y) < 1e5f)) {
		paint_sharp(p, &box, shadow, p->dpr);
		return;
	}
	const struct mask *mask = mask_get(p->context, &key);
	painter_set_color(p->cr, shadow->color);
	cairo_mask_surface(p->cr, mask->surface, (double)box.rect.x + mask->left, (double)box.rect.y + mask->top);
}
