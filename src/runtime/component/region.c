/* The table of divisions, and how it is walked. */
#include "runtime/component/region.h"

static const struct region regions[] = {
#include "region.inc"
};

/* Is it directly below `parent`? */
static bool is_child(unsigned code, unsigned parent)
{
	if (!parent) {
		return code % 10000 == 0;
	}
	if (parent % 10000 == 0) {
		return code / 10000 == parent / 10000 && code % 10000 != 0 && code % 100 == 0;
	}
	return parent % 100 == 0 && code / 100 == parent / 100 && code % 100 != 0;
}

/* Where the codes from `parent` on begin. */
static size_t first_from(unsigned parent)
{
	size_t low = 0, high = ARRAY_LEN(regions);
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (regions[middle].code < parent) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low;
}

const struct region *region_child(unsigned parent, size_t index)
{
	unsigned span = !parent ? 1000000 : parent % 10000 == 0 ? 10000 : 100;
	for (size_t i = first_from(parent); i < ARRAY_LEN(regions) && regions[i].code < parent + span; i++) {
		if (is_child(regions[i].code, parent) && index-- == 0) {
			return &regions[i];
		}
	}
	return NULL;
}

const struct region *region_find(unsigned parent, struct str name)
{
	const struct region *near = NULL, *region;
	for (size_t i = 0; (region = region_child(parent, i)); i++) {
		if (str_is(name, region->name)) {
			return region;
		}
		near = !near && name.len >= 6 && str_starts(str_of(region->name), name) ? region : near; // two characters at least
	}
	return near;
}
