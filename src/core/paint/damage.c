// Damage: the viewport in cells of 64 px; each cell's hash is that of the items that touch it, in order.
#include "core/paint/list.h"

enum { CELL = 64, CELLS_MAX = 1 << 16 };

struct grid {
	int columns, rows;
};

static uint32_t mix(uint32_t hash, uint32_t value)
{
	hash = (hash ^ value) * 0x9E3779B1u;
	return hash ^ hash >> 15;
}

static void fill_cells(const struct display_list *list, struct grid grid, uint32_t *cells)
{
	for (int i = 0; i < grid.columns * grid.rows; i++) {
		cells[i] = list->canvas;
	}
	for (size_t i = 0; i < list->items.len; i++) {
		const struct paint_item *item = &list->items.at[i];
		if (item->kind <= PAINT_POP || rect_empty(item->bounds)) {
			continue;
		}
		int x0 = (int)float_clamp(floorf((item->bounds.x - 1) / CELL), 0, (float)grid.columns);
		int y0 = (int)float_clamp(floorf((item->bounds.y - 1) / CELL), 0, (float)grid.rows);
		int x1 = (int)float_clamp(ceilf((rect_right(item->bounds) + 1) / CELL), 0, (float)grid.columns);
		int y1 = (int)float_clamp(ceilf((rect_bottom(item->bounds) + 1) / CELL), 0, (float)grid.rows);
		for (int y = y0; y < y1; y++) {
			for (int x = x0; x < x1; x++) {
				cells[y * grid.columns + x] = mix(cells[y * grid.columns + x], item->hash);
			}
		}
	}
}

static bool differ(const uint32_t *a, const uint32_t *b, int from, int to)
{
	for (int i = from; i < to; i++) {
		if (a[i] == b[i]) {
			return false;
		}
	}
	return true;
}

/* The largest rectangle of differing cells whose top left is (x, y), widest row first; marks them equal. */
static struct rect take_rect(uint32_t *a, const uint32_t *b, struct grid grid, int x, int y)
{
	int right = x + 1, bottom = y + 1;
	while (right < grid.columns && a[y * grid.columns + right] != b[y * grid.columns + right]) {
		right++;
	}
	while (bottom < grid.rows && differ(a, b, bottom * grid.columns + x, bottom * grid.columns + right)) {
		bottom++;
	}
	for (int row = y; row < bottom; row++) {
		for (int column = x; column < right; column++) {
			a[row * grid.columns + column] = b[row * grid.columns + column];
		}
	}
	return (struct rect){(float)(x * CELL), (float)(y * CELL), (float)((right - x) * CELL), (float)((bottom - y) * CELL)};
}

void paint_cells_finish(struct paint_cells *cells)
{
	mem_free(cells->hashes);
	*cells = (struct paint_cells){0};
}

/* The rectangles of cells that are not the same; `before` is spent. */
static size_t take_rects(uint32_t *before, const uint32_t *after, struct grid grid, struct rect all, struct rect *ret_rects, size_t max)
{
	size_t count = 0;
	for (int y = 0; y < grid.rows; y++) {
		for (int x = 0; x < grid.columns; x++) {
			if (before[y * grid.columns + x] == after[y * grid.columns + x]) {
				continue;
			}
			struct rect rect = rect_intersect(take_rect(before, after, grid, x, y), all);
			if (count < max) {
				ret_rects[count++] = rect;
			} else {
				ret_rects[max - 1] = rect_union(ret_rects[max - 1], rect);
			}
		}
	}
	return count;
}

size_t paint_damage(struct paint_cells *shown, const struct display_list *list, struct rect *ret_rects, size_t max)
{
	struct rect all = {0, 0, list->size.width, list->size.height};
	struct grid grid = {(int)ceilf(float_min(all.width, 1e5f) / CELL), (int)ceilf(float_min(all.height, 1e5f) / CELL)};
	bool countable = !rect_empty(all) && (long)grid.columns * grid.rows <= CELLS_MAX;
	bool known = countable && shown->hashes && shown->size.width == all.width && shown->size.height == all.height;
	struct paint_cells now = {.size = list->size};
	if (countable) {
		now.hashes = mem_alloc_array((size_t)(grid.columns * grid.rows), sizeof(*now.hashes));
		fill_cells(list, grid, now.hashes);
	}
	size_t count = max && !rect_empty(all);
	if (known) {
		count = take_rects(shown->hashes, now.hashes, grid, all, ret_rects, max);
	} else if (count) {
		ret_rects[0] = all;
	}
	paint_cells_finish(shown);
	*shown = now;
	return count;
}
