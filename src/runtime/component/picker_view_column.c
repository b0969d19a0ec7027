/* <picker-view-column>: one wheel; each child of it is an item, as high as the frame in the middle. */
#include "runtime/component/picker_view.h"
#include "runtime/component/wheel.h"

static const struct schema attributes[] = {{0}};

struct column {
	struct node *mask, *indicator, *content; // inner elements
	struct wheel wheel;
	double space; // CSS px above the frame
	bool placed;
};

static struct node *add_inner(struct node *parent, const char *tag)
{
	struct node *element = node_create(parent->tree, NODE_ELEMENT, atom_of(tag));
	node_insert(parent, element, NULL);
	return element;
}

static void created(struct component_host *host, struct node *node)
{
	struct column *column = mem_alloc(sizeof(*column));
	node->state_data = column;
	struct node *shadow = node_attach_shadow(node);
	column->mask = add_inner(shadow, "mina-picker-mask");
	column->indicator = add_inner(shadow, "mina-picker-indicator");
	column->content = add_inner(shadow, "mina-picker-content");
	node_insert(column->content, node_create(node->tree, NODE_SLOT, atom_of("slot")), NULL);
}

static void destroyed(struct component_host *host, struct node *node)
{
	mem_free(node->state_data);
	node->state_data = NULL;
}

static void set_style(struct node *node, struct strbuf *text)
{
	struct value style = value_take(text);
	node_set_style(node, style);
	value_unref(style);
}

/* ---- looks ---- */

static void show(const struct node *node)
{
	const struct column *column = node->state_data;
	const struct node *view = picker_view_of(node);
	struct strbuf text = {0};
	strbuf_printf(&text, "padding:%gpx 0;transform:translateY(%gpx)", column->space,
		round(-column->wheel.position * column->wheel.item * 100) / 100);
	set_style(column->content, &text);
	strbuf_printf(&text, "background-size:100%% %gpx;", column->space);
	strbuf_add(&text, view ? component_text(view, "mask-style") : STR(""));
	set_style(column->mask, &text);
	strbuf_add(&text, view ? component_text(view, "indicator-style") : STR(""));
	set_style(column->indicator, &text);
}

void picker_column_refresh(struct node *node)
{
	struct column *column = node->state_data;
	const struct node *view = picker_view_of(node);
	column->mask->scope = column->indicator->scope = view ? view->scope : NULL; // their classes are the page's
	node_set_classes(column->mask, view ? component_text(view, "mask-class") : STR(""));
	node_set_classes(column->indicator, view ? component_text(view, "indicator-class") : STR(""));
	show(node);
}

int picker_column_index(const struct node *node)
{
	const struct column *column = node->state_data;
	return wheel_index(&column->wheel);
}

void picker_column_go(struct component_host *host, struct node *node, int index)
{
	struct column *column = node->state_data;
	if (column->placed && !column->wheel.held) {
		wheel_jump(&column->wheel, index);
		show(node);
	}
}

/* Children of one height. Gives back how many there are. */
static int place_items(const struct node *content, double height)
{
	int count = 0;
	struct strbuf text = {0};
	strbuf_printf(&text, "height:%gpx;overflow:hidden", height);
	struct value style = value_take(&text);
	for (struct node *child = node_flat_first(content); child; child = node_flat_next(child)) {
		if (child->kind == NODE_ELEMENT) {
			node_set_placed_style(child, style);
			count++;
		}
	}
	value_unref(style);
	return count;
}

static void laid_out(struct component_host *host, struct node *node)
{
	struct column *column = node->state_data;
	const struct node *view = picker_view_of(node);
	if (!node->box || !column->indicator->box || !view) {
		return;
	}
	if (!column->placed) {
		picker_column_refresh(node); // the picker-view was not around when it was made
	}
	double item = column->indicator->box->rect.height, height = box_padding_rect(node->box).height;
	item = item > 0 ? item : 34;
	double space = fmax(0, (height - item) / 2), before = column->wheel.position;
	int count = place_items(column->content, item);
	wheel_resize(&column->wheel, count, item);
	if (!column->placed && count > 0) {
		column->placed = true;
		wheel_jump(&column->wheel, picker_view_wanted(view, node));
	}
	if (space != column->space || before != column->wheel.position) {
		column->space = space;
		show(node);
	}
}

/* ---- fingers ---- */

static void woken(struct component_host *host, struct node *node, bool settle)
{
	struct column *column = node->state_data;
	struct node *view = picker_view_of(node);
	bool rest = wheel_advance(&column->wheel, host->now, settle);
	show(node);
	if (rest && view) {
		picker_view_ended(host, view);
	} else if (column->wheel.moving) {
		host->wake(host, node, host->now);
	}
}

static bool touched(struct component_host *host, struct node *node, const struct component_touch *touch)
{
	struct column *column = node->state_data;
	struct node *view = picker_view_of(node);
	switch (touch->phase) {
	case COMPONENT_TOUCH_START:
		return false;
	case COMPONENT_TOUCH_PAN:
		if (!view || column->wheel.held || fabsf(touch->by.x) > fabsf(touch->by.y)) {
			return false;
		}
		wheel_grab(&column->wheel);
		picker_view_began(host, view);
		return true;
	case COMPONENT_TOUCH_MOVE:
		wheel_drag(&column->wheel, touch->by.y);
		show(node);
		return true;
	case COMPONENT_TOUCH_END:
	case COMPONENT_TOUCH_CANCEL:
		if (column->wheel.held) {
			wheel_release(&column->wheel, touch->velocity.y, host->now);
			host->wake(host, node, host->now);
			if (view) {
				picker_view_turned(host, view);
			}
		}
		return true;
	}
	return false;
}

/* The item under the finger comes to the middle. */
static void tapped(struct component_host *host, struct node *node, const struct component_tap *tap)
{
	struct column *column = node->state_data;
	struct node *view = picker_view_of(node);
	struct rect rect = node->box ? box_page_rect(node->box, true) : (struct rect){0};
	double by = column->wheel.item > 0 ? round((tap->page.y - rect.y - rect.height / 2) / column->wheel.item) : 0;
	if (view && by != 0) {
		wheel_turn(&column->wheel, (int)(wheel_index(&column->wheel) + by), host->now);
		host->wake(host, node, host->now);
		picker_view_began(host, view);
		picker_view_turned(host, view);
	}
}

const struct component component_picker_view_column = {
	.tag = "picker-view-column",
	.doc = "One wheel of a picker-view; each child is an item.",
	.attributes = attributes,
	.style = "picker-view-column { display: block; flex: 1; position: relative; height: 100%; overflow: hidden }\n"
		"mina-picker-mask { display: block; position: absolute; left: 0; top: 0; width: 100%; height: 100%; z-index: 3;"
		" pointer-events: none;"
		" background-image: linear-gradient(180deg, hsla(0,0%,100%,.95), hsla(0,0%,100%,.6)),"
		" linear-gradient(0deg, hsla(0,0%,100%,.95), hsla(0,0%,100%,.6));"
		" background-position: top, bottom; background-repeat: no-repeat }\n"
		"mina-picker-indicator { display: block; position: absolute; left: 0; top: 50%; width: 100%; height: 34px; z-index: 3;"
		" transform: translateY(-50%); pointer-events: none; border: solid #e5e5e5; border-width: .5px 0;"
		" box-sizing: border-box }\n"
		"mina-picker-content { display: block; position: absolute; left: 0; top: 0; width: 100% }\n",
	.created = created,
	.destroyed = destroyed,
	.woken = woken,
	.laid_out = laid_out,
	.touched = touched,
	.tapped = tapped,
};
