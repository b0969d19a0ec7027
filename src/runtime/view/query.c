/* wx.createSelectorQuery: facts about nodes as the latest frame has them. */
#include "core/value/json.h"
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

struct rect view_client_rect(const struct view *view, const struct node *node)
{
	struct rect rect = node->box ? box_page_rect(node->box, true) : (struct rect){0};
	return node->box ? rect_move(rect, 0, -view->tree.root->scroll.y) : rect;
}

static void put_rect(const struct view *view, const struct node *node, struct value *result, bool edges, bool size)
{
	struct rect rect = view_client_rect(view, node);
	if (edges) {
		put(result, "left", rect.x);
		put(result, "right", (double)rect.x + rect.width); // browsers add in double, too
		put(result, "top", rect.y);
		put(result, "bottom", (double)rect.y + rect.height);
	}
	if (size) {
		put(result, "width", rect.width);
		put(result, "height", rect.height);
	}
}

/* A built-in's own scroller stands inside of it, last. */
struct node *view_scroller_of(struct node *node)
{
	return node->component && node->shadow && node->shadow->last ? node->shadow->last : node;
}

static void put_scroll(const struct view *view, struct node *node, struct value *result)
{
	const struct node *scroller = view_scroller_of(node);
	bool page = node == view->tree.root;
	struct rect port = scroller->box ? box_padding_rect(scroller->box) : (struct rect){0};
	struct size content = scroller->box ? scroller->box->content : (struct size){0};
	put(result, "scrollLeft", scroller->scroll.x);
	put(result, "scrollTop", scroller->scroll.y);
	/* Browsers give whole numbers for these two. */
	put(result, "scrollWidth", roundf(page ? view->config.env.width : float_max(port.width, content.width)));
	put(result, "scrollHeight", roundf(page ? view_scroll_height(view) : float_max(port.height, content.height)));
}

static void put_viewport(const struct view *view, const struct view_search *search, struct value *result)
{
	const struct wxss_env *env = &view->config.env;
	struct value fields = search->fields;
	if (wants(fields, "id")) {
		value_object_set_text(result, "id", value_text(""));
	}
	if (wants(fields, "dataset")) {
		value_object_set_text(result, "dataset", value_object_new(0));
	}
	if (wants(fields, "mark")) {
		value_object_set_text(result, "mark", value_object_new(0));
	}
	if (wants(fields, "rect")) {
		put(result, "left", 0);
		put(result, "right", env->width);
		put(result, "top", 0);
		put(result, "bottom", env->height);
	}
	if (wants(fields, "size")) {
		put(result, "width", env->width);
		put(result, "height", env->height);
	}
	if (wants(fields, "scrollOffset")) {
		put_scroll(view, view->tree.root, result);
	}
	if (search->found) {
		search->found(search->user, NULL, result);
	}
}

/* "scrollX" as the name of an attribute, "backgroundColor" as that of a property: "scroll-x", "background-color". */
static void add_dashed(struct str name, struct strbuf *out)
{
	for (size_t i = 0; i < name.len; i++) {
		bool upper = name.at[i] >= 'A' && name.at[i] <= 'Z';
		strbuf_add_text(out, upper ? "-" : "");
		strbuf_add_char(out, upper ? (char)(name.at[i] + 32) : name.at[i]);
	}
}

/* What an attribute of a built-in component is: its value by the row's type, or the default. New. */
static struct value attribute_value(const struct node *node, const struct schema *row)
{
	struct value found = node_attr_text(node, row->name), fallback = value_undefined();
	if (row->fallback) {
		(void)json_parse(str_of(row->fallback), &fallback, NULL);
	}
	if (row->type == SCHEMA_BOOL) {
		return value_bool(value_is(found, VALUE_UNDEFINED) ? value_to_bool(fallback) : component_flag(node, row->name));
	}
	if (row->type == SCHEMA_NUMBER) {
		double number = value_is(found, VALUE_UNDEFINED) ? NAN : value_to_number(found);
		return isnan(number) ? fallback : value_number(number);
	}
	if (value_is(found, VALUE_UNDEFINED)) {
		return fallback;
	}
	value_unref(fallback);
	return value_ref(found);
}

static void put_attributes(const struct node *node, struct value names, struct value *result)
{
	for (size_t i = 0; i < value_len(names); i++) {
		struct str name = value_str(value_at(names, i));
		struct strbuf dashed = {0};
		add_dashed(name, &dashed);
		const struct schema *row = node->component ? schema_find(node->component->attributes, strbuf_str(&dashed)) : NULL;
		struct value found = row ? attribute_value(node, row) : value_ref(node_attr(node, atom_find(strbuf_str(&dashed))));
		if (value_is(found, VALUE_UNDEFINED)) {
			found = value_ref(node_attr(node, atom_find(name)));
		}
		if (!value_is(found, VALUE_UNDEFINED)) {
			value_object_set(result, name, found);
		}
		strbuf_finish(&dashed);
	}
}

static void print_px(float px, struct strbuf *out)
{
	strbuf_printf(out, "%gpx", (double)px); // six digits, as browsers write a length
}

/* Sizes, margins and paddings of a box are what layout made of them (CSSOM 9, resolved values). */
static bool print_used(const struct box *box, struct str name, struct strbuf *out)
{
	static const char *const sides[] = {"top", "right", "bottom", "left"};
	struct insets edges = {box->border.top + box->padding.top, box->border.right + box->padding.right,
		box->border.bottom + box->padding.bottom, box->border.left + box->padding.left};
	bool whole = box->style->box_sizing == BOX_SIZING_BORDER;
	if (box->kind == BOX_INLINE || box->kind == BOX_TEXT) {
		return false;
	}
	if (str_is(name, "width")) {
		print_px(float_max(0, box->rect.width - (whole ? 0 : edges.left + edges.right)), out);
		return true;
	}
	if (str_is(name, "height")) {
		print_px(float_max(0, box->rect.height - (whole ? 0 : edges.top + edges.bottom)), out);
		return true;
	}
	const struct insets *used = str_starts(name, STR("margin")) ? &box->margin : str_starts(name, STR("padding")) ? &box->padding : NULL;
	if (!used) {
		return false;
	}
	const float by[] = {used->top, used->right, used->bottom, used->left};
	struct str side = str_slice(name, used == &box->margin ? 6 : 7, name.len);
	for (size_t i = 0; side.len && i < ARRAY_LEN(sides); i++) {
		if (side.at[0] == '-' && str_is(str_slice(side, 1, side.len), sides[i])) {
			print_px(by[i], out);
			return true;
		}
	}
	size_t count = by[1] != by[3] ? 4 : by[0] != by[2] ? 3 : by[0] != by[1] ? 2 : 1;
	for (size_t i = 0; !side.len && i < count; i++) {
		strbuf_add_text(out, i ? " " : "");
		print_px(by[i], out);
	}
	return !side.len;
}

static void put_computed(const struct node *node, struct value names, struct value *result)
{
	for (size_t i = 0; i < value_len(names) && node->style; i++) {
		struct str name = value_str(value_at(names, i));
		struct strbuf dashed = {0}, text = {0};
		if (str_starts(name, STR("--"))) {
			strbuf_add(&dashed, name);
		} else {
			add_dashed(name, &dashed);
		}
		bool used = node->box && print_used(node->box, strbuf_str(&dashed), &text);
		if (used || style_print_property(node->style, strbuf_str(&dashed), &text)) {
			value_object_set(result, name, value_take(&text));
		}
		strbuf_finish(&dashed);
		strbuf_finish(&text);
	}
}

/* The marks of a node and of those around it, the nearest first (glass-easel: collectMarks). */
static struct value collect_marks(const struct node *node)
{
	struct value all = value_object_new(2);
	for (; node; node = node_scope_parent(node)) {
		for (size_t i = 0; i < value_count(node->marks); i++) {
			if (!value_has(all, value_key(node->marks, i))) {
				value_object_set(&all, value_key(node->marks, i), value_ref(value_entry(node->marks, i)));
			}
		}
	}
	return all;
}

static struct value facts(const struct view *view, struct node *node, const struct view_search *search)
{
	struct value fields = search->fields;
	struct value result = value_object_new(8);
	if (wants(fields, "id")) {
		value_object_set_text(&result, "id", value_string(atom_str(node->ident)));
	}
	if (wants(fields, "dataset")) {
		value_object_set_text(&result, "dataset",
			value_is(node->dataset, VALUE_OBJECT) ? value_ref(node->dataset) : value_object_new(0));
	}
	if (wants(fields, "mark")) {
		value_object_set_text(&result, "mark", collect_marks(node));
	}
	put_rect(view, node, &result, wants(fields, "rect"), wants(fields, "size"));
	if (wants(fields, "scrollOffset")) {
		put_scroll(view, node, &result);
	}
	put_attributes(node, value_get_text(fields, "properties"), &result);
	put_computed(node, value_get_text(fields, "computedStyle"), &result);
	if (search->found) {
		search->found(search->user, node, &result);
	}
	return result;
}

struct node *view_scope_root(struct view *view, slot_id scope)
{
	struct node *root = scope ? view_node(view, scope) : view->tree.root;
	return root && root->shadow ? root->shadow : root;
}

static const struct node *find_among(const struct node *parent, const char *tag, atom_t ident)
{
	for (const struct node *child = parent->first; child; child = child->next) {
		bool fits = child->component && str_is(str_of(child->component->tag), tag) && (!ident || child->ident == ident);
		const struct node *found = fits ? child : find_among(child, tag, ident);
		found = !found && !ident && child->shadow ? find_among(child->shadow, tag, ident) : found;
		if (found) {
			return found;
		}
	}
	return NULL;
}

slot_id view_find(struct view *view, slot_id scope, const char *tag, struct str ident)
{
	atom_t name = ident.len ? atom_find(ident) : 0;
	const struct node *root = view_scope_root(view, ident.len ? scope : 0), *found;
	found = root && (name || !ident.len) ? find_among(root, tag, name) : NULL;
	return found ? found->id : 0;
}

void view_rules(struct view *view, const struct node *node, void (*each)(void *user, const struct cascade_rule *rule), void *user)
{
	cascade_rules(view->cascade, node, each, user);
}

static const struct node *find_canvas(const struct node *parent, struct str name)
{
	for (const struct node *child = parent->first; child; child = child->next) {
		bool canvas = child->component && child->component->drawing;
		bool fits = canvas && (str_eq(component_text(child, "canvas-id"), name) || (child->ident && str_eq(atom_str(child->ident), name)));
		const struct node *found = fits ? child : find_canvas(child, name);
		if (found) {
			return found;
		}
	}
	return NULL;
}

slot_id view_find_canvas(struct view *view, slot_id scope, struct str name)
{
	const struct node *root = view_scope_root(view, scope), *found = root && name.len ? find_canvas(root, name) : NULL;
	return found ? found->id : 0;
}

struct gfx_drawing *view_drawing(struct view *view, slot_id id)
{
	struct node *node = view_node(view, id);
	return node && node->component && node->component->drawing && node->state_data ? node->component->drawing(&view->host, node) : NULL;
}

static struct value list_of(const struct view *view, struct node *root, const struct view_search *search)
{
	struct node **nodes = mem_alloc_array(RESULTS_MAX, sizeof(*nodes));
	size_t count = root ? size_min(selector_query(root, search->selector, nodes, RESULTS_MAX), RESULTS_MAX) : 0;
	struct value list = value_array_new(count);
	for (size_t i = 0; i < count; i++) {
		value_array_push(&list, facts(view, nodes[i], search));
	}
	mem_free(nodes);
	return list;
}

struct value view_query(struct view *view, const struct view_search *search)
{
	struct node *root = view_scope_root(view, search->scope), *node;
	struct value result = value_null();
	if (search->viewport) {
		result = value_object_new(4);
		put_viewport(view, search, &result);
	} else if (search->all) {
		result = list_of(view, root, search);
	} else if (root && selector_query(root, search->selector, &node, 1)) {
		result = facts(view, node, search);
	}
	return result;
}

struct value view_node_facts(struct view *view, slot_id id, struct value fields)
{
	struct node *node = view_node(view, id);
	struct view_search search = {.fields = fields};
	return node ? facts(view, node, &search) : value_undefined();
}

struct node *view_hit(struct view *view, struct point at)
{
	struct node *root = view->tree.root;
	return root->box ? hit_test(root->box, at) : NULL;
}

bool view_point_inside(struct view *view, slot_id scroller, slot_id scope, struct str selector, struct point *ret_point)
{
	struct node *root = view_scope_root(view, scope), *node = view_node(view, scroller), *inner;
	inner = node ? view_scroller_of(node) : NULL;
	if (!root || !inner || !inner->box || !selector_query(root, selector, &node, 1) || !node->box) {
		return false;
	}
	struct rect at = box_page_rect(node->box, false), port = box_page_rect(inner->box, false);
	*ret_point = (struct point){inner->scroll.x + at.x - port.x, inner->scroll.y + at.y - port.y};
	return true;
}
