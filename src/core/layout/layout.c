/* A layout from frame to frame: updates the boxes, then lays out again what was touched, from the
 * deepest box upwards, as far as a parent can see a difference. */
#include "core/layout/layout.h"

struct layout *layout_create(struct text_shaper shaper, struct layout_ops ops)
{
	struct layout *layout = mem_alloc(sizeof(*layout));
	layout->shaper = shaper;
	layout->ops = ops;
	return layout;
}

void layout_destroy(struct layout *layout)
{
	if (!layout) {
		return;
	}
	if (layout->root) {
		cell_free(layout, layout->root);
	}
	assert(layout->live == 0);
	if (layout->latest) {
		anonymous_unref(layout, &layout->latest->style);
	}
	mem_free(layout);
}

static struct cell *take_deepest(struct layout *layout)
{
	while (layout->queue_deepest > 0 && !layout->queue[layout->queue_deepest]) {
		layout->queue_deepest--;
	}
	struct cell *cell = layout->queue[layout->queue_deepest];
	if (cell) {
		layout->queue[layout->queue_deepest] = cell->next_queued;
		cell->next_queued = NULL;
		cell->box.flags &= ~(unsigned)FLAG_QUEUED;
	}
	return cell;
}

static void settle(struct layout *layout)
{
	for (struct cell *cell; (cell = take_deepest(layout));) {
		struct box *box = &cell->box;
		if (box == layout->root) {
			cell_forget_layout(box);
			place_root(layout);
		} else if (place_again(layout, box) && box->parent) {
			cell_queue(layout, box->parent);
		}
	}
}

struct box *layout_run(struct layout *layout, struct node *root, struct size viewport)
{
	viewport.width = float_clamp(viewport.width, 0, LAYOUT_LIMIT);
	viewport.height = float_clamp(viewport.height, 0, LAYOUT_LIMIT);
	bool resized = viewport.width != layout->viewport.width || viewport.height != layout->viewport.height;
	layout->viewport = viewport;
	layout->laid = 0;
	build_update(layout, root);
	if (layout->root && resized) {
		cell_queue(layout, layout->root);
	}
	settle(layout);
	return layout->root;
}

static void forget_box(struct layout *layout, struct box *box)
{
	if (box->parent) {
		cell_forget_layout(box->parent);
		cell_queue(layout, box->parent);
	}
	cell_free(layout, box);
}

void layout_forget(struct layout *layout, struct node *node)
{
	for (struct cell *cell = layout->loose, *next; cell && !node->box; cell = next) {
		next = cell->next_loose;
		if (cell->box.node == node) {
			forget_box(layout, &cell->box);
		}
	}
	if (node->box) {
		forget_box(layout, node->box);
	}
}
