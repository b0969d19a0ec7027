/* STUB */
#include "core/layout/layout.h"

void grid_layout(struct layout *layout, struct box *box, const struct space *space)
{
	flex_layout(layout, box, space);
}

struct extent grid_extent(struct layout *layout, struct box *box)
{
	return block_extent(layout, box);
}
