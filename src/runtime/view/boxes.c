/* Every element and text of the page with its box, as JSON: the format of the oracle's boxes.json
 * (page coordinates, CSS px, rounded to 1/1000, tree order). */
#include "core/value/json.h"
#include "runtime/view/inside.h"

struct tag_count {
	atom_t tag;
	int count;
};

struct counts { // of siblings by tag, for the paths
	VEC(struct tag_count) tags;
};

static int count_of(struct counts *counts, atom_t tag)
{
	for (size_t i = 0; i < counts->tags.len; i++) {
		if (counts->tags.at[i].tag == tag) {
			return ++counts->tags.at[i].count;
		}
	}
	struct tag_count fresh = {tag, 0};
	vec_push(&counts->tags, fresh);
	return 0;
}

static double rounded(float number)
{
	double scaled = floor((double)number * 1000 + 0.5) / 1000;
	return scaled == 0 ? 0 : scaled;
}

static void put_rect(struct strbuf *out, struct rect rect)
{
	const char *names[] = {"\"x\":", ",\"y\":", ",\"width\":", ",\"height\":"};
	rect = rect_bounded(rect, 1e9F);
	float numbers[] = {rect.x, rect.y, rect.width, rect.height};
	for (int i = 0; i < 4; i++) {
		strbuf_add_text(out, names[i]);
		strbuf_add_number(out, rounded(numbers[i]));
	}
}

/* The fragments of a text's or span's box, in page coordinates. */
static void each_fragment(const struct box *box, bool whole_run, void (*each)(void *user, struct rect rect), void *user)
{
	const struct box *root = box->parent;
	while (root && !(root->inline_root && root->line_count)) {
		root = root->parent;
	}
	if (!root) {
		return;
	}
	struct matrix matrix = box_page_matrix(root);
	for (size_t i = 0; i < root->line_count; i++) {
		for (size_t k = 0; k < root->lines[i].count; k++) {
			const struct fragment *fragment = &root->lines[i].fragments[k];
			if (fragment->box == box && (!whole_run || fragment->rect.width > 0)) {
				each(user, matrix_bounds(matrix, fragment->rect));
			}
		}
	}
}

struct text_lines {
	struct strbuf json;
	struct rect bounds;
	size_t count;
};

static void add_line(void *user, struct rect rect)
{
	struct text_lines *lines = user;
	lines->bounds = rect_union(lines->bounds, rect);
	strbuf_add_text(&lines->json, lines->count++ ? ",{" : "{");
	put_rect(&lines->json, rect);
	strbuf_add_char(&lines->json, '}');
}

static void put_text(struct view *view, const struct node *node, struct str parent, struct counts *counts, struct strbuf *out)
{
	struct str text = value_str(node->text);
	if (!str_trim(text).len) {
		return;
	}
	int index = count_of(counts, atom_of("#text"));
	struct text_lines lines = {0};
	if (node->box) {
		each_fragment(node->box, true, add_line, &lines);
	}
	if (lines.count) {
		strbuf_add_text(out, ",\n{\"path\":");
		struct strbuf path = {0};
		strbuf_printf(&path, STR_FMT ">#text[%d]", STR_ARG(parent), index);
		json_write_string(strbuf_str(&path), out);
		strbuf_finish(&path);
		strbuf_add_text(out, ",\"tag\":\"#text\",\"text\":");
		json_write_string(text, out);
		strbuf_add_char(out, ',');
		put_rect(out, lines.bounds);
		strbuf_printf(out, ",\"lines\":[%s]}", lines.json.at);
	}
	strbuf_finish(&lines.json);
}

static void put_classes(const struct node *node, struct strbuf *out)
{
	struct strbuf classes = {0};
	for (size_t i = 0; i < node->classes.len; i++) {
		strbuf_add_text(&classes, i ? " " : "");
		strbuf_add(&classes, atom_str(node->classes.at[i]));
	}
	json_write_string(strbuf_str(&classes), out);
	strbuf_finish(&classes);
}

static void put_scroll_size(struct view *view, const struct node *node, struct strbuf *out)
{
	const struct box *box = node->box;
	struct size size = {0, 0};
	if (node == view->tree.root) {
		size = (struct size){view->config.env.width, view_scroll_height(view)};
	} else if (box && box->kind != BOX_INLINE) {
		struct rect port = box_padding_rect(box);
		size = (struct size){float_max(port.width, box->content.width), float_max(port.height, box->content.height)};
	}
	strbuf_printf(out, ",\"scrollWidth\":%d,\"scrollHeight\":%d", (int)lroundf(float_clamp(size.width, 0, 1e9F)), (int)lroundf(float_clamp(size.height, 0, 1e9F)));
}

static void put_children(struct view *view, const struct node *node, struct str path, struct counts *counts, struct strbuf *out);

static void put_element(struct view *view, const struct node *node, struct str path, struct strbuf *out)
{
	strbuf_add_text(out, node == view->tree.root ? "{\"path\":" : ",\n{\"path\":");
	json_write_string(path, out);
	strbuf_add_text(out, ",\"tag\":");
	json_write_string(atom_str(node->tag), out);
	if (node->ident) {
		strbuf_add_text(out, ",\"id\":");
		json_write_string(atom_str(node->ident), out);
	}
	strbuf_add_text(out, ",\"class\":");
	put_classes(node, out);
	strbuf_add_char(out, ',');
	put_rect(out, node->box ? box_page_rect(node->box, true) : (struct rect){0});
	put_scroll_size(view, node, out);
	strbuf_add_text(out, node->box ? "}" : ",\"hidden\":true}");
	struct counts counts = {0};
	put_children(view, node, path, &counts, out);
	vec_finish(&counts.tags);
}

/* Elements of the page and its components: of a built-in's inner tree only what its slot shows counts. */
static void put_child(struct view *view, const struct node *child, struct str path, struct counts *counts, struct strbuf *out)
{
	if (child->kind == NODE_TEXT) {
		put_text(view, child, path, counts, out);
	} else if (child->kind == NODE_ELEMENT && !child->hollow) {
		struct strbuf below = {0};
		strbuf_printf(&below, STR_FMT ">%s[%d]", STR_ARG(path), atom_text(child->tag), count_of(counts, child->tag));
		put_element(view, child, strbuf_str(&below), out);
		strbuf_finish(&below);
	} else {
		put_children(view, child, path, counts, out);
	}
}

static void put_children(struct view *view, const struct node *node, struct str path, struct counts *counts, struct strbuf *out)
{
	if (node->shadow && !node->component) {
		put_children(view, node->shadow, path, counts, out);
		return;
	}
	if (node->kind == NODE_SLOT) {
		for (size_t i = 0; i < node->shown.len; i++) {
			put_child(view, node->shown.at[i], path, counts, out);
		}
		return;
	}
	for (const struct node *child = node->first; child; child = child->next) {
		put_child(view, child, path, counts, out);
	}
}

void view_boxes(struct view *view, struct strbuf *out)
{
	strbuf_printf(out, "{\"width\":%d,\"height\":%d,\"dpr\":", (int)view->config.env.width, (int)view->config.env.height);
	strbuf_add_number(out, view->config.env.dpr);
	strbuf_add_text(out, ",\"boxes\":[\n");
	put_element(view, view->tree.root, STR("page"), out);
	strbuf_add_text(out, "\n]}\n");
}
