/* <rich-text>: a list of nodes, or HTML, as elements that no script of the page reaches. They have the scope of the
 * rich-text itself, so that classes of the page's sheet meet them; events in it are the rich-text's own. */
#include "core/html/html.h"
#include "runtime/component/list.h"
#include "runtime/component/rich.h"

#define DEPTH_MAX 200

static const struct schema attributes[] = {
	{"nodes", SCHEMA_ANY, .fallback = "[]", .doc = "node list, or HTML text"},
	{"space", SCHEMA_STRING, .choices = "ensp|emsp|nbsp", .since = "2.4.1", .doc = "shows consecutive spaces, this wide"},
	{"user-select", SCHEMA_BOOL, .fallback = "false", .since = "2.24.0", .doc = "the text may be selected"},
	{"mode", SCHEMA_STRING, .fallback = "\"default\"", .choices = "default|compat|aggressive|inline-block|web", .since = "2.31.1",
		.doc = "of another renderer (Skyline)"},
	{0},
};

struct listing { // the list that an item stands in
	int next; // number
};

struct building {
	struct component_host *host;
	struct node *rich;
	const char *space; // what a space becomes; NULL: it stays
	size_t left;       // nodes that may still come
};

static void build_list(struct building *b, struct node *parent, struct value nodes, struct listing *listing, int depth);

static const char *space_of(const struct node *node)
{
	struct str space = component_text(node, "space");
	return str_is(space, "ensp") ? "\u2002" : str_is(space, "emsp") ? "\u2003" : str_is(space, "nbsp") ? "\u00a0" : NULL;
}

static void build_text(struct building *b, struct node *parent, struct value written)
{
	struct strbuf source = {0}, text = {0};
	if (!value_is_nullish(written)) {
		value_to_text(written, &source);
	}
	html_decode(strbuf_str(&source), &text);
	if (b->space) {
		struct str rest = strbuf_str(&text);
		strbuf_clear(&source);
		for (size_t i = 0; i < rest.len; i++) {
			strbuf_add(&source, rest.at[i] == ' ' ? str_of(b->space) : str_slice(rest, i, i + 1));
		}
		struct strbuf before = text;
		text = source;
		source = before;
	}
	struct value value = value_take(&text);
	struct node *node = node_create(parent->tree, NODE_TEXT, 0);
	node_set_text(node, value);
	node_insert(parent, node, NULL);
	value_unref(value);
	strbuf_finish(&source);
}

static bool may_have(const struct rich_tag *tag, struct str name)
{
	struct str rest = str_of(tag->attributes), piece;
	while (str_split(&rest, '|', &piece)) {
		if (str_eq(piece, name)) {
			return true;
		}
	}
	return false;
}

/* The attributes that the tag may have, by their names in lower case. New. */
static struct value trusted_attrs(const struct rich_tag *tag, struct value attrs)
{
	struct value trusted = value_object_new(4);
	for (size_t i = 0; i < value_count(attrs); i++) {
		struct strbuf name = {0};
		struct str key = value_key(attrs, i);
		for (size_t k = 0; k < key.len; k++) {
			strbuf_add_char(&name, (char)(key.at[k] >= 'A' && key.at[k] <= 'Z' ? key.at[k] | 0x20 : key.at[k]));
		}
		struct str lower = strbuf_str(&name);
		if (str_is(lower, "class") || str_is(lower, "style") || may_have(tag, lower)) {
			value_object_set(&trusted, lower, value_ref(value_entry(attrs, i)));
		}
		strbuf_finish(&name);
	}
	return trusted;
}

static void set_attrs(struct node *node, const struct rich_tag *tag, struct value attrs)
{
	struct strbuf hints = {0};
	rich_tag_hints(str_of(tag->name), attrs, &hints);
	struct value text = value_take(&hints);
	node_set_hint_style(node, text);
	value_unref(text);
	node_set_classes(node, value_str(value_get_text(attrs, "class")));
	node_set_style(node, value_get_text(attrs, "style"));
	for (size_t i = 0; i < value_count(attrs); i++) {
		struct str name = value_key(attrs, i);
		if (!str_is(name, "class") && !str_is(name, "style")) {
			node_set_attr(node, atom_intern(name), value_entry(attrs, i));
		}
	}
}

static struct node *make_element(struct building *b, const struct rich_tag *tag, struct value attrs)
{
	if (str_is(str_of(tag->name), "img")) {
		return rich_picture(b->rich->tree, value_get_text(attrs, "src"));
	}
	struct strbuf name = {0};
	strbuf_printf(&name, "mina-html-%s", tag->name);
	struct node *node = node_create(b->rich->tree, NODE_ELEMENT, atom_intern(strbuf_str(&name)));
	strbuf_finish(&name);
	return node;
}

/* The marker stands on the item's first line: in a block that the item begins with. */
static void put_marker(struct node *item, int number)
{
	struct node *block = item;
	for (struct node *child = item->first; child;) {
		bool blank = child->kind == NODE_TEXT && !str_trim(value_str(child->text)).len;
		bool inside = child->kind == NODE_ELEMENT
			&& (str_is(atom_str(child->tag), "mina-html-p") || str_is(atom_str(child->tag), "mina-html-div"));
		block = inside ? child : block;
		child = inside ? child->first : blank ? child->next : NULL;
	}
	node_insert(block, rich_marker(item->tree, number), block->first);
}

/* The widths of <col> are those of the first row's cells. */
static struct node *first_row(struct node *table)
{
	for (struct node *child = table->first; child; child = child->next) {
		struct str tag = atom_str(child->tag);
		bool section = str_is(tag, "mina-html-tbody") || str_is(tag, "mina-html-thead") || str_is(tag, "mina-html-tfoot");
		struct node *row = str_is(tag, "mina-html-tr") ? child : section ? first_row(child) : NULL;
		if (row) {
			return row;
		}
	}
	return NULL;
}

static void give_widths(struct node *columns, struct node **cell)
{
	for (struct node *column = columns; column; column = column->next) {
		if (str_is(atom_str(column->tag), "mina-html-colgroup") && column->first) {
			give_widths(column->first, cell);
		} else if (str_is(atom_str(column->tag), "mina-html-col") || str_is(atom_str(column->tag), "mina-html-colgroup")) {
			int span = (int)fmax(1, fmin(component_number(column, "span", 1), 1000));
			struct strbuf hint = {0};
			strbuf_add(&hint, value_str(column->hint_style));
			strbuf_add_text(&hint, hint.len ? "box-sizing:border-box" : "");
			struct value width = value_take(&hint);
			for (; span > 0 && *cell; span--) {
				if (!value_str((*cell)->hint_style).len) {
					node_set_hint_style(*cell, width);
				}
				*cell = node_sibling_after(*cell);
			}
			value_unref(width);
		}
	}
}

/* The feet stand behind all rows; captions before the table, as block level text. */
static void order_table(struct node *table)
{
	struct node *last = table->last;
	for (struct node *child = table->first, *next; child; child = next) {
		struct str tag = atom_str(child->tag);
		next = child == last ? NULL : child->next;
		if (str_is(tag, "mina-html-tfoot")) {
			node_insert(table, child, NULL);
		} else if (str_is(tag, "mina-html-caption")) {
			node_insert(table->parent, child, table);
		}
	}
}

static void finish_table(struct node *table)
{
	order_table(table);
	struct node *row = first_row(table), *cell = row ? row->first : NULL;
	while (cell && cell->kind != NODE_ELEMENT) {
		cell = cell->next;
	}
	if (cell) {
		give_widths(table->first, &cell);
	}
}

/* Each <rt> stands above what is before it: both go into one box. */
static void finish_ruby(struct node *ruby)
{
	struct node *from = ruby->first;
	for (struct node *child = ruby->first, *next; child; child = next) {
		next = child->next;
		if (!str_is(atom_str(child->tag), "mina-html-rt")) {
			continue;
		}
		struct node *pair = node_create(ruby->tree, NODE_ELEMENT, atom_of("mina-html-ruby-pair"));
		struct node *base = node_create(ruby->tree, NODE_ELEMENT, atom_of("mina-html-ruby-base"));
		node_insert(ruby, pair, from);
		node_insert(pair, base, NULL);
		for (struct node *part = pair->next; part != child; part = pair->next) { // up to the <rt>
			node_insert(base, part, NULL);
		}
		node_insert(pair, child, base);
		from = next;
	}
}

static void build_element(struct building *b, struct node *parent, struct value item, struct listing *listing, int depth)
{
	const struct rich_tag *tag = rich_tag_find(str_trim(value_str(value_get_text(item, "name"))));
	if (!tag) {
		return; // with all that is in it
	}
	struct str name = str_of(tag->name);
	if (str_is(name, "br")) {
		struct node *line_end = node_create(parent->tree, NODE_ELEMENT, atom_of("mina-html-br"));
		node_insert(parent, line_end, NULL);
		struct value line_feed = value_text("\n");
		build_text(b, line_end, line_feed);
		value_unref(line_feed);
		return;
	}
	struct value attrs = trusted_attrs(tag, value_get_text(item, "attrs"));
	struct node *node = make_element(b, tag, attrs);
	node->scope = b->rich->scope;
	set_attrs(node, tag, attrs);
	value_unref(attrs);
	struct listing inner = {(int)fmax(-1e9, fmin(component_number(node, "start", 1), 1e9))};
	node_insert(parent, node, NULL);
	if (str_is(name, "img")) {
		node->component->changed(b->host, node, 0);
	} else if (!str_is(name, "hr")) {
		build_list(b, node, value_get_text(item, "children"), &inner, depth + 1);
	}
	if (str_is(name, "li")) {
		put_marker(node, listing ? listing->next++ : 1);
	} else if (str_is(name, "table")) {
		finish_table(node);
	} else if (str_is(name, "ruby")) {
		finish_ruby(node);
	}
}

static void build_list(struct building *b, struct node *parent, struct value nodes, struct listing *listing, int depth)
{
	for (size_t i = 0; i < value_len(nodes) && depth < DEPTH_MAX && b->left > 0; i++) {
		struct value item = value_at(nodes, i);
		b->left--;
		if (str_is(value_str(value_get_text(item, "type")), "text")) {
			build_text(b, parent, value_get_text(item, "text"));
		} else {
			build_element(b, parent, item, listing, depth);
		}
	}
}

static void created(struct component_host *host, struct node *node)
{
	node_attach_shadow(node);
}

static void changed(struct component_host *host, struct node *node, atom_t name)
{
	struct str which = atom_str(name);
	if (name && !str_is(which, "nodes") && !str_is(which, "space")) {
		return;
	}
	struct node *root = node->shadow;
	while (root->first) {
		struct node *old = root->first;
		node_remove(old);
		node_destroy(old);
	}
	struct building building = {host, node, space_of(node), HTML_NODES_MAX};
	struct value nodes = node_attr_text(node, "nodes");
	if (value_is(nodes, VALUE_STRING)) {
		struct value parsed = html_parse(value_str(nodes));
		build_list(&building, root, parsed, NULL, 0);
		value_unref(parsed);
	} else {
		build_list(&building, root, nodes, NULL, 0);
	}
}

const struct component component_rich_text = {
	.tag = "rich-text",
	.since = "1.4.0",
	.doc = "Formatted text from a list of nodes or from HTML (富文本).",
	.attributes = attributes,
	.style = "rich-text { display: block }\n"
		"mina-html-ruby-pair { display: inline-block; text-align: center }\n"
		"mina-html-ruby-base { display: block }\n",
	.created = created,
	.changed = changed,
};
