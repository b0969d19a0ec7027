/* Provinces, cities and districts of China (省市区), by their codes of GB/T 2260: 440000 has 440100 has 440103. */
#ifndef MINA_COMPONENT_REGION_H
#define MINA_COMPONENT_REGION_H

#include "base/str.h"

struct region {
	unsigned code;
	const char *name;
};

/* The division at that index below `parent` (0: the provinces); NULL past the end. */
const struct region *region_child(unsigned parent, size_t index);
/* The one of that name below `parent`, "北京" for "北京市" too; NULL: there is none. */
const struct region *region_find(unsigned parent, struct str name);

#endif
