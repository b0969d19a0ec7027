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

size_t paint_damage(const struct display_list *before, const struct display_list *after, struct rect *ret_rects, size_t max)
{
	struct rect all = {0, 0, after->size.width, after->size.height};
	if (!max || rect_empty(all)) {
		return 0;
	}
	struct grid grid = {(int)ceilf(float_min(all.width, 1e5f) / CELL), (int)ceilf(float_min(all.height, 1e5f) / CELL)};
	if (before->size.width != after->size.width || before->size.height != after->size.height
		|| (long)grid.columns * grid.rows > CELLS_MAX) {
		ret_rects[0] = all;
		return 1;
	}
	size_t cells = (size_t)(grid.columns * grid.rows), count = 0;
	uint32_t *a = mem_alloc_array(cells * 2, sizeof(*a)), *b = a + cells;
	fill_cells(before, grid, a);
	fill_cells(after, grid, b);
	for (int y = 0; y < grid.rows; y++) {
		for (int x = 0; x < grid.columns; x++) {
			if (a[y * grid.columns + x] == b[y * grid.columns + x]) {
				continue;
			}
			struct rect rect = rect_intersect(take_rect(a, b, grid, x, y), all);
			if (count < max) {
				ret_rects[count++] = rect;
			} else {
				ret_rects[max - 1] = rect_union(ret_rects[max - 1], rect);
			}
		}
	}
	mem_free(a);
	return count;
}
