/* The inner element that a player's component paints. */
#include "runtime/component/screen.h"

#include "runtime/component/list.h"

struct node *screen_create(struct node *node)
{
	struct node *shadow = node_attach_shadow(node);
	struct node *screen = node_create(node->tree, NODE_ELEMENT, atom_of("mina-screen"));
	screen->component = &component_screen;
	node_insert(shadow, screen, NULL);
	node_insert(shadow, node_create(node->tree, NODE_SLOT, atom_of("slot")), NULL);
	return screen;
}

bool screen_point(const struct node *screen, struct point page, struct point *ret_point, struct size *ret_size)
{
	struct matrix back;
	if (!screen->box || !matrix_invert(box_page_matrix(screen->box), &back)) {
		return false;
	}
	*ret_point = matrix_apply(back, page);
	if (ret_size) {
		*ret_size = screen_size(screen);
	}
	return true;
}

struct size screen_size(const struct node *screen)
{
	return screen->box ? (struct size){screen->box->rect.width, screen->box->rect.height} : (struct size){0, 0};
}

/* The component that the screen stands in. */
static const struct node *owner(const struct node *screen)
{
	const struct node *host = screen->parent ? screen->parent->host : NULL;
	return host && host->component ? host : NULL;
}

static void paint(struct component_host *host, const struct node *node, const struct style *style, struct gfx_canvas *canvas,
	struct rect content)
{
	const struct node *at = owner(node);
	if (at && at->component->paint && at->state_data) {
		at->component->paint(host, at, style, canvas, content);
	}
}

static uint32_t looks(struct component_host *host, const struct node *node)
{
	const struct node *at = owner(node);
	return at && at->component->looks && at->state_data ? at->component->looks(host, at) : 0;
}

const struct component component_screen = {
	.tag = "mina-screen",
	.doc = "What a player paints.",
	.style = "mina-screen { display: block; position: absolute; left: 0; top: 0; width: 100%; height: 100% }\n",
	.flags = COMPONENT_REPLACED,
	.paint = paint,
	.looks = looks,
};
