/* <picker-view>: columns that turn like wheels, in the page. */
#include "runtime/component/picker_view.h"

static const struct schema attributes[] = {
	{"value", SCHEMA_ARRAY, .item = SCHEMA_NUMBER, .doc = "the index of each column; one too large is the last"},
	{"indicator-style", SCHEMA_STRING, .doc = "style of the frame in the middle; its height is that of an item"},
	{"indicator-class", SCHEMA_STRING, .since = "1.1.0"},
	{"mask-style", SCHEMA_STRING, .since = "1.5.0", .doc = "style of what covers the items around the frame"},
	{"mask-class", SCHEMA_STRING, .since = "1.5.0"},
	{"immediate-change", SCHEMA_BOOL, .fallback = "false", .since = "2.21.1", .doc = "change comes when the finger goes, not when the wheel stops"},
	{"name", SCHEMA_STRING, .doc = "its key in a form's values"},
	{0},
};

struct picker_view {
	struct value told; // what the latest change said, or value asked for
	bool picking;
};

static void created(struct component_host *host, struct node *node)
{
	struct picker_view *view = mem_alloc(sizeof(*view));
	view->told = value_array_new(0);
	node->state_data = view;
	struct node *row = node_create(node->tree, NODE_ELEMENT, atom_of("mina-picker-row"));
	node_insert(node_attach_shadow(node), row, NULL);
	node_insert(row, node_create(node->tree, NODE_SLOT, atom_of("slot")), NULL);
}

static void destroyed(struct component_host *host, struct node *node)
{
	struct picker_view *view = node->state_data;
	value_unref(view->told);
	mem_free(view);
	node->state_data = NULL;
}

static struct node *next_column(const struct node *node, struct node *from)
{
	struct node *column = from ? node_flat_next(from) : node_flat_first(node->shadow->first);
	while (column && column->component != &component_picker_view_column) {
		column = node_flat_next(column);
	}
	return column;
}

/* New. */
static struct value indexes(const struct node *node)
{
	struct value list = value_array_new(3);
	for (struct node *column = next_column(node, NULL); column; column = next_column(node, column)) {
		value_array_push(&list, value_number(picker_column_index(column)));
	}
	return list;
}

struct node *picker_view_of(const struct node *column)
{
	struct node *up = node_flat_parent(column);
	while (up && up->component != &component_picker_view) {
		up = node_flat_parent(up);
	}
	return up;
}

int picker_view_wanted(const struct node *node, const struct node *column)
{
	size_t index = 0;
	struct node *each = next_column(node, NULL);
	for (; each && each != column; each = next_column(node, each)) {
		index++;
	}
	double wanted = value_to_number(value_at(node_attr_text(node, "value"), index));
	return isfinite(wanted) ? (int)fmin(fmax(wanted, 0), 1e6) : 0;
}

static void changed(struct component_host *host, struct node *node, atom_t name)
{
	struct picker_view *view = node->state_data;
	bool value = name && str_is(atom_str(name), "value");
	for (struct node *column = next_column(node, NULL); column; column = next_column(node, column)) {
		if (value) {
			picker_column_go(host, column, picker_view_wanted(node, column));
		}
		picker_column_refresh(column);
	}
	if (value || !name) {
		value_unref(view->told);
		view->told = value_ref(node_attr_text(node, "value"));
	}
}

static void tell(struct component_host *host, struct node *node)
{
	struct picker_view *view = node->state_data;
	struct value now = indexes(node);
	if (value_equal(now, view->told)) {
		value_unref(now);
		return;
	}
	value_unref(view->told);
	view->told = value_ref(now);
	struct value detail = value_object_new(1);
	value_object_set_text(&detail, "value", now);
	host->emit(host, node, "change", detail);
}

void picker_view_began(struct component_host *host, struct node *node)
{
	struct picker_view *view = node->state_data;
	if (!view->picking) {
		view->picking = true;
		host->emit(host, node, "pickstart", value_object_new(0));
	}
}

void picker_view_turned(struct component_host *host, struct node *node)
{
	if (component_flag(node, "immediate-change")) {
		tell(host, node);
	}
}

void picker_view_ended(struct component_host *host, struct node *node)
{
	struct picker_view *view = node->state_data;
	tell(host, node);
	if (view->picking) {
		view->picking = false;
		host->emit(host, node, "pickend", value_object_new(0));
	}
}

static struct value value(struct component_host *host, const struct node *node)
{
	return indexes(node);
}

static void reset(struct component_host *host, struct node *node)
{
	struct picker_view *view = node->state_data;
	for (struct node *column = next_column(node, NULL); column; column = next_column(node, column)) {
		picker_column_go(host, column, 0);
	}
	value_unref(view->told);
	view->told = indexes(node);
}

const struct component component_picker_view = {
	.tag = "picker-view",
	.doc = "Wheels of items in the page (嵌入页面的滚动选择器). Only picker-view-column stands in it.",
	.attributes = attributes,
	.events = "change|pickstart|pickend",
	.style = "picker-view { display: block }\n"
		"mina-picker-row { display: flex; position: relative; overflow: hidden; height: 100% }\n",
	.created = created,
	.destroyed = destroyed,
	.changed = changed,
	.value = value,
	.reset = reset,
};
