/* A longest increasing subsequence: by patience sorting, in n log n. */
#include "core/wxml/reorder.h"

#include "base/mem.h"

void reorder_stays(const size_t *was, size_t count, bool *stays)
{
	size_t *tails = mem_alloc_array(count + 1, sizeof(*tails));  // row that ends the best sequence of each length
	size_t *before = mem_alloc_array(count + 1, sizeof(*before)); // the row before it, plus one
	size_t length = 0;
	for (size_t i = 0; i < count; i++) {
		stays[i] = false;
		if (was[i] == REORDER_NEW) {
			continue;
		}
		size_t low = 0, high = length;
		while (low < high) {
			size_t middle = (low + high) / 2;
			if (was[tails[middle]] < was[i]) {
				low = middle + 1;
			} else {
				high = middle;
			}
		}
		tails[low] = i;
		before[i] = low ? tails[low - 1] + 1 : 0;
		length = size_max(length, low + 1);
	}
	for (size_t row = length ? tails[length - 1] + 1 : 0; row; row = before[row - 1]) {
		stays[row - 1] = true;
	}
	mem_free(tails);
	mem_free(before);
}
