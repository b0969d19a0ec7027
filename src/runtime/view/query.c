/* wx.createSelectorQuery: facts about nodes as the latest frame has them. */
#include "runtime/view/inside.h"

#define RESULTS_MAX 10000

static bool wants(struct value fields, const char *name)
{
	return value_to_bool(value_get_text(fields, name));
}

static void put(struct value *object, const char *key, double number)
{
	value_object_set_text(object, key, value_number(number));
}

/* left, top and so on are relative to the visible part of the page. */
static void put_rect(const struct view *view, const struct node *node, struct value *result, bool edges, bool size)
{
	struct rect rect = node->box ? box_page_rect(node->box, true) : (struct rect){0};
	rect.y -= node == view->tree.root ? 0 : view->tree.root->scroll.y;
	if (edges) {
		put(result, "left", rect.x);
		put(result, "right", rect_right(rect));
		put(result, "top", rect.y);
		put(result, "bottom", rect_bottom(rect));
	}
	if (size) {
		put(result, "width", rect.width);
		put(result, "height", rect.height);
	}
}

/* A built-in's own scroller stands inside of it. */
static const struct node *scroller_of(const struct node *node)
{
	return node->component && node->shadow && node->shadow->first ? node->shadow->first : node;
}

static void put_scroll(const struct view *view, const struct node *node, struct value *result)
{
	const struct node *scroller = scroller_of(node);
	bool page = node == view->tree.root;
	struct rect port = scroller->box ? box_padding_rect(scroller->box) : (struct rect){0};
	struct size content = scroller->box ? scroller->box->content : (struct size){0};
	put(result, "scrollLeft", scroller->scroll.x);
	put(result, "scrollTop", scroller->scroll.y);
	put(result, "scrollWidth", page ? view->config.env.width : float_max(port.width, content.width));
	put(result, "scrollHeight", page ? view_scroll_height(view) : float_max(port.height, content.height));
}

static void put_viewport(const struct view *view, struct value fields, struct value *result)
{
	const struct wxss_env *env = &view->config.env;
	if (wants(fields, "id")) {
		value_object_set_text(result, "id", value_text(""));
	}
	if (wants(fields, "dataset")) {
		value_object_set_text(result, "dataset", value_object_new(0));
	}
	if (wants(fields, "rect")) {
		put(result, "left", 0);
		put(result, "right", 0);
		put(result, "top", 0);
		put(result, "bottom", 0);
	}
	if (wants(fields, "size")) {
		put(result, "width", env->width);
		put(result, "height", env->height);
	}
	if (wants(fields, "scrollOffset")) {
		put_scroll(view, view->tree.root, result);
	}
}

static void put_attributes(const struct node *node, struct value names, struct value *result)
{
	for (size_t i = 0; i < value_len(names); i++) {
		struct str name = value_str(value_at(names, i));
		struct strbuf dashed = {0};
		for (size_t k = 0; k < name.len; k++) {
			bool upper = name.at[k] >= 'A' && name.at[k] <= 'Z';
			strbuf_add_text(&dashed, upper ? "-" : "");
			strbuf_add_char(&dashed, upper ? (char)(name.at[k] + 32) : name.at[k]);
		}
		struct value found = node_attr(node, atom_find(name));
		if (value_is(found, VALUE_UNDEFINED)) {
			found = node_attr(node, atom_find(strbuf_str(&dashed)));
		}
		if (!value_is(found, VALUE_UNDEFINED)) {
			value_object_set(result, name, value_ref(found));
		}
		strbuf_finish(&dashed);
	}
}

static void put_computed(const struct node *node, struct value names, struct value *result)
{
	for (size_t i = 0; i < value_len(names) && node->style; i++) {
		struct str name = value_str(value_at(names, i));
		struct strbuf text = {0};
		if (style_print_property(node->style, name, &text)) {
			value_object_set(result, name, value_take(&text));
		}
		strbuf_finish(&text);
	}
}

static struct value facts(const struct view *view, const struct node *node, struct value fields)
{
	struct value result = value_object_new(8);
	if (wants(fields, "id")) {
		value_object_set_text(&result, "id", value_string(atom_str(node->ident)));
	}
	if (wants(fields, "dataset")) {
		value_object_set_text(&result, "dataset",
			value_is(node->dataset, VALUE_OBJECT) ? value_ref(node->dataset) : value_object_new(0));
	}
	if (wants(fields, "mark")) {
		value_object_set_text(&result, "mark",
			value_is(node->marks, VALUE_OBJECT) ? value_ref(node->marks) : value_object_new(0));
	}
	put_rect(view, node, &result, wants(fields, "rect"), wants(fields, "size"));
	if (wants(fields, "scrollOffset")) {
		put_scroll(view, node, &result);
	}
	put_attributes(node, value_get_text(fields, "properties"), &result);
	put_computed(node, value_get_text(fields, "computedStyle"), &result);
	if (wants(fields, "node") || wants(fields, "context")) {
		value_object_set_text(&result, "nodeId", value_number(node->id));
	}
	return result;
}

static struct value answer(struct view *view, struct value request)
{
	struct value fields = value_get_text(request, "fields");
	if (wants(request, "viewport")) {
		struct value result = value_object_new(4);
		put_viewport(view, fields, &result);
		return result;
	}
	struct node *root = view->tree.root;
	double scope = value_to_number(value_get_text(request, "scope"));
	if (scope > 0) {
		struct node *host = view_node(view, (slot_id)scope);
		root = host && host->shadow ? host->shadow : host;
	}
	bool single = wants(request, "single");
	struct node **nodes = mem_alloc_array(RESULTS_MAX, sizeof(*nodes));
	size_t count = root ? selector_query(root, value_str(value_get_text(request, "selector")), nodes, single ? 1 : RESULTS_MAX) : 0;
	struct value result = value_null();
	if (single && count) {
		result = facts(view, nodes[0], fields);
	} else if (!single) {
		result = value_array_new(count);
		for (size_t i = 0; i < size_min(count, RESULTS_MAX); i++) {
			value_array_push(&result, facts(view, nodes[i], fields));
		}
	}
	mem_free(nodes);
	return result;
}

struct value view_query(struct view *view, struct value requests)
{
	struct value results = value_array_new(value_len(requests));
	for (size_t i = 0; i < value_len(requests); i++) {
		value_array_push(&results, answer(view, value_at(requests, i)));
	}
	return results;
}
