/* HTML text to nodes: the tokens and the tree of the HTML standard (13.2.5, 13.2.6) as far as a fragment needs them:
 * tags that are left out, elements that overlap, what stands in a table but in no cell. */
#include "core/html/html.h"

#include "base/mem.h"
#include "base/vec.h"
#include "core/html/tag.h"

#define FORMATTING_MAX 32 // how many elements may go on behind a foreign end tag

struct attr {
	struct str name, value; // value: as written
};

struct element {
	struct str name; // empty: text
	struct str text;
	unsigned flags;
	struct attr *attrs;
	size_t attr_count;
	struct element *parent, *first, *last, *prev, *next;
};

struct parser {
	struct arena arena;
	struct str text;
	size_t pos, nodes;
	struct element root;
	VEC(struct element *) open;   // from the outermost; the root is not among them
	VEC(struct element *) active; // formatting elements in order; NULL: a border that a cell sets
};

struct tag {
	struct str name;
	struct attr attrs[HTML_ATTRS_MAX];
	size_t attr_count;
};

/* --- the tree --- */

static void unlink_element(struct element *element)
{
	struct element *parent = element->parent;
	if (!parent) {
		return;
	}
	*(element->prev ? &element->prev->next : &parent->first) = element->next;
	*(element->next ? &element->next->prev : &parent->last) = element->prev;
	element->parent = element->prev = element->next = NULL;
}

/* What would come to stand inside of itself stays where it is: what stood in a table may be open before it. */
static void insert_element(struct element *parent, struct element *element, struct element *before)
{
	for (const struct element *up = element->first ? parent : NULL; up; up = up->parent) {
		if (up == element) {
			return;
		}
	}
	if (element == before) {
		return;
	}
	unlink_element(element);
	struct element *after = before ? before->prev : parent->last;
	element->parent = parent;
	element->prev = after;
	element->next = before;
	*(after ? &after->next : &parent->first) = element;
	*(before ? &before->prev : &parent->last) = element;
}

static struct element *current(struct parser *p)
{
	return p->open.len ? p->open.at[p->open.len - 1] : &p->root;
}

/* What is no part of a table stands before it. */
static void append(struct parser *p, struct element *parent, struct element *element, bool fits_table)
{
	if (fits_table || !(parent->flags & HTML_TABLE_PART)) {
		insert_element(parent, element, NULL);
		return;
	}
	for (size_t i = p->open.len; i > 0; i--) {
		struct element *table = p->open.at[i - 1];
		if (str_is(table->name, "table")) {
			insert_element(table->parent ? table->parent : &p->root, element, table->parent ? table : NULL);
			return;
		}
	}
	insert_element(parent, element, NULL);
}

static struct element *element_new(struct parser *p, const struct tag *tag)
{
	struct element *element = arena_alloc(&p->arena, sizeof(*element));
	element->name = tag->name;
	element->flags = html_tag_flags(tag->name);
	element->attrs = arena_alloc_array(&p->arena, tag->attr_count, sizeof(struct attr));
	element->attr_count = tag->attr_count;
	if (tag->attr_count) {
		memcpy(element->attrs, tag->attrs, tag->attr_count * sizeof(struct attr));
	}
	p->nodes++;
	return element;
}

static struct element *element_copy(struct parser *p, const struct element *from)
{
	struct element *element = arena_alloc(&p->arena, sizeof(*element));
	*element = (struct element){.name = from->name, .flags = from->flags, .attrs = from->attrs, .attr_count = from->attr_count};
	p->nodes++;
	return element;
}

/* An element that is full to the depth's limit is not opened: what follows stands beside it. */
static void open_element(struct parser *p, struct element *element)
{
	if (p->open.len < HTML_DEPTH_MAX) {
		vec_push(&p->open, element);
	}
}

static bool is_in(struct element *const *list, size_t count, const struct element *element, size_t *ret_at)
{
	for (size_t i = 0; i < count; i++) {
		if (list[i] == element) {
			*ret_at = i;
			return true;
		}
	}
	return false;
}

static bool is_open(const struct parser *p, const struct element *element)
{
	size_t at;
	return is_in(p->open.at, p->open.len, element, &at);
}

/* The innermost open element of that name that no element with one of the flags hides. SIZE_MAX: none. */
static size_t find_open(const struct parser *p, const char *name, unsigned hides)
{
	for (size_t i = p->open.len; i > 0; i--) {
		const struct element *element = p->open.at[i - 1];
		if (str_is(element->name, name)) {
			return i - 1;
		}
		if (element->flags & hides) {
			break;
		}
	}
	return SIZE_MAX;
}

static void close_to(struct parser *p, size_t index) // that one too
{
	p->open.len = size_min(p->open.len, index);
}

static bool close_name(struct parser *p, const char *name, unsigned hides)
{
	size_t at = find_open(p, name, hides);
	if (at != SIZE_MAX) {
		close_to(p, at);
	}
	return at != SIZE_MAX;
}

/* --- formatting elements --- */

static void remember_formatting(struct parser *p, struct element *element)
{
	if (p->active.len >= FORMATTING_MAX) {
		vec_remove(&p->active, 0);
	}
	vec_push(&p->active, element);
}

static void forget_to_border(struct parser *p)
{
	while (p->active.len) {
		struct element *last = p->active.at[--p->active.len];
		if (!last) {
			return;
		}
	}
}

/* Those that an end tag of another element closed begin again. */
static void reconstruct(struct parser *p)
{
	size_t from = p->active.len;
	while (from > 0 && p->active.at[from - 1] && !is_open(p, p->active.at[from - 1])) {
		from--;
	}
	for (size_t i = from; i < p->active.len && p->nodes < HTML_NODES_MAX; i++) {
		struct element *again = element_copy(p, p->active.at[i]);
		append(p, current(p), again, false);
		open_element(p, again);
		p->active.at[i] = again;
	}
}

/* The formatting elements between `above` and the block are copied into the way to it (adoption agency, inner loop).
 * Gives what has to be put into the common ancestor. */
static struct element *adopt_way(struct parser *p, size_t above, size_t block, size_t *bookmark)
{
	struct element *furthest = p->open.at[block], *last = furthest;
	int steps = 0;
	for (size_t i = block; i-- > above + 1;) {
		struct element *node = p->open.at[i];
		size_t listed;
		bool active = is_in(p->active.at, p->active.len, node, &listed);
		if (++steps > 3 && active) {
			vec_remove(&p->active, listed);
			*bookmark -= listed < *bookmark;
			active = false;
		}
		if (!active) {
			vec_remove(&p->open, i);
			continue;
		}
		struct element *copy = element_copy(p, node);
		p->open.at[i] = p->active.at[listed] = copy;
		*bookmark = last == furthest ? listed + 1 : *bookmark;
		insert_element(copy, last, NULL);
		last = copy;
	}
	return last;
}

/* One round. False: there is nothing more to do. */
static bool adopt(struct parser *p, struct str name)
{
	size_t listed = p->active.len;
	while (listed > 0 && p->active.at[listed - 1] && !str_eq(p->active.at[listed - 1]->name, name)) {
		listed--;
	}
	if (listed == 0 || !p->active.at[listed - 1]) {
		return false;
	}
	struct element *format = p->active.at[--listed];
	size_t at, block;
	if (!is_in(p->open.at, p->open.len, format, &at)) {
		vec_remove(&p->active, listed);
		return false;
	}
	for (block = at + 1; block < p->open.len && !(p->open.at[block]->flags & HTML_SPECIAL); block++) {
		continue;
	}
	if (block == p->open.len) {
		close_to(p, at);
		vec_remove(&p->active, listed);
		return false;
	}
	struct element *ancestor = at ? p->open.at[at - 1] : &p->root, *furthest = p->open.at[block];
	size_t bookmark = listed;
	struct element *last = adopt_way(p, at, block, &bookmark);
	append(p, ancestor, last, false);
	struct element *copy = element_copy(p, format);
	while (furthest->first) {
		insert_element(copy, furthest->first, NULL);
	}
	insert_element(furthest, copy, NULL);
	if (is_in(p->active.at, p->active.len, format, &listed)) {
		vec_remove(&p->active, listed);
		bookmark -= listed < bookmark;
	}
	vec_insert(&p->active, size_min(bookmark, p->active.len), copy);
	vec_remove(&p->open, at);
	if (is_in(p->open.at, p->open.len, furthest, &block)) {
		vec_insert(&p->open, block + 1, copy);
	}
	return p->nodes < HTML_NODES_MAX;
}

/* --- tags --- */

static void close_paragraph(struct parser *p)
{
	size_t at = find_open(p, "p", HTML_SCOPE);
	if (at != SIZE_MAX) {
		close_to(p, at);
	}
}

/* li, dd, dt: an open one ends, unless another block stands between. */
static void close_item(struct parser *p, struct str name)
{
	bool li = str_is(name, "li");
	for (size_t i = p->open.len; i > 0; i--) {
		struct element *element = p->open.at[i - 1];
		bool same = li ? str_is(element->name, "li") : str_is(element->name, "dd") || str_is(element->name, "dt");
		if (same) {
			close_to(p, i - 1);
			return;
		}
		bool passes = str_is(element->name, "p") || str_is(element->name, "div") || str_is(element->name, "address");
		if (element->flags & HTML_SPECIAL && !passes) {
			return;
		}
	}
}

static void open_named(struct parser *p, const char *name)
{
	struct tag tag = {.name = str_of(name)};
	struct element *element = element_new(p, &tag);
	append(p, current(p), element, true);
	open_element(p, element);
}

static bool is_section(struct str name)
{
	return str_is(name, "tbody") || str_is(name, "thead") || str_is(name, "tfoot");
}

static bool is_cell(struct str name)
{
	return str_is(name, "td") || str_is(name, "th") || str_is(name, "caption");
}

/* Closes what is open inside of the innermost table down to one of these parts of it; false: there is no table. */
static bool back_to(struct parser *p, bool section, bool row)
{
	size_t table = find_open(p, "table", 0);
	if (table == SIZE_MAX) {
		return false;
	}
	size_t from = table + 1;
	while (from < p->open.len && ((section && is_section(p->open.at[from]->name)) || (row && str_is(p->open.at[from]->name, "tr")))) {
		from++;
	}
	for (size_t i = from; i < p->open.len; i++) {
		if (is_cell(p->open.at[i]->name)) {
			forget_to_border(p);
		}
	}
	close_to(p, from);
	return true;
}

/* True: it is a part of a table, and stands where it belongs. */
static bool open_table_part(struct parser *p, const struct tag *tag)
{
	bool cell = str_is(tag->name, "td") || str_is(tag->name, "th"), row = str_is(tag->name, "tr");
	bool column = str_is(tag->name, "col"), caption = str_is(tag->name, "caption");
	bool part = is_section(tag->name) || caption || str_is(tag->name, "colgroup");
	if (!(cell || row || column || part)) {
		return false;
	}
	if (column && str_is(current(p)->name, "colgroup")) {
		append(p, current(p), element_new(p, tag), true);
		return true;
	}
	bool table = back_to(p, cell || row, cell);
	if (table && (cell || row) && str_is(current(p)->name, "table")) {
		open_named(p, "tbody");
	}
	if (table && cell && !str_is(current(p)->name, "tr")) {
		open_named(p, "tr");
	}
	if (table && column) {
		open_named(p, "colgroup");
	}
	struct element *element = element_new(p, tag);
	append(p, current(p), element, true);
	if (!column) {
		open_element(p, element);
	}
	if (cell || caption) {
		remember_formatting(p, NULL);
	}
	return true;
}

static void read_raw(struct parser *p, struct element *element)
{
	size_t end = p->pos;
	for (; end < p->text.len; end++) {
		struct str rest = str_slice(p->text, end, p->text.len);
		size_t name_end = 2 + element->name.len;
		if (rest.len >= name_end && rest.at[0] == '<' && rest.at[1] == '/'
			&& str_eq_nocase(str_slice(rest, 2, name_end), element->name)
			&& (rest.len == name_end || !((rest.at[name_end] | 0x20) >= 'a' && (rest.at[name_end] | 0x20) <= 'z'))) {
			break;
		}
	}
	struct element *text = arena_alloc(&p->arena, sizeof(*text));
	text->text = str_slice(p->text, p->pos, end);
	if (text->text.len) {
		insert_element(element, text, NULL);
	}
	size_t close = str_find_char(str_slice(p->text, end, p->text.len), '>');
	p->pos = close == SIZE_MAX ? p->text.len : end + close + 1;
}

static void start_tag(struct parser *p, const struct tag *tag)
{
	unsigned flags = html_tag_flags(tag->name);
	if (str_is(tag->name, "html") || str_is(tag->name, "body") || str_is(tag->name, "head") || open_table_part(p, tag)) {
		return;
	}
	if (flags & HTML_BLOCK || str_is(tag->name, "li") || str_is(tag->name, "dd") || str_is(tag->name, "dt")) {
		if (!(flags & HTML_BLOCK)) {
			close_item(p, tag->name);
		}
		close_paragraph(p);
		if (flags & HTML_HEADING && current(p)->flags & HTML_HEADING) {
			p->open.len--;
		}
	} else {
		if (str_is(tag->name, "a")) {
			adopt(p, tag->name);
		}
		if (str_is(tag->name, "rt") || str_is(tag->name, "rp")) {
			bool again = str_is(current(p)->name, "rt") || str_is(current(p)->name, "rp");
			p->open.len -= again;
		}
		reconstruct(p);
	}
	struct element *element = element_new(p, tag);
	append(p, current(p), element, false);
	if (flags & HTML_RAW) {
		read_raw(p, element);
	} else if (!(flags & HTML_VOID)) {
		open_element(p, element);
		if (flags & HTML_FORMATTING) {
			remember_formatting(p, element);
		}
	}
	if (str_is(tag->name, "pre") && p->pos < p->text.len && p->text.at[p->pos] == '\n') {
		p->pos++; // a line feed at its beginning does not count
	}
}

static void end_heading(struct parser *p)
{
	for (size_t i = p->open.len; i > 0 && !(p->open.at[i - 1]->flags & HTML_SCOPE); i--) {
		if (p->open.at[i - 1]->flags & HTML_HEADING) {
			close_to(p, i - 1);
			return;
		}
	}
}

static void end_ordinary(struct parser *p, struct str name)
{
	for (size_t i = p->open.len; i > 0; i--) {
		if (str_eq(p->open.at[i - 1]->name, name)) {
			close_to(p, i - 1);
			return;
		}
		if (p->open.at[i - 1]->flags & HTML_SPECIAL) {
			return;
		}
	}
}

static void end_tag(struct parser *p, const struct tag *tag)
{
	unsigned flags = html_tag_flags(tag->name);
	const char *name = tag->name.at; // ends with a zero
	if (str_is(tag->name, "br") || (str_is(tag->name, "p") && find_open(p, "p", HTML_SCOPE) == SIZE_MAX)) {
		start_tag(p, &(struct tag){.name = tag->name});
		close_to(p, str_is(tag->name, "p") && p->open.len ? p->open.len - 1 : p->open.len);
	} else if (flags & HTML_FORMATTING) {
		for (int round = 0; round < 8 && adopt(p, tag->name); round++) {
			continue;
		}
	} else if (flags & HTML_HEADING) {
		end_heading(p);
	} else if (is_cell(tag->name)) {
		if (close_name(p, name, HTML_TABLE_PART)) {
			forget_to_border(p);
		}
	} else if (str_is(tag->name, "table")) {
		if (find_open(p, name, 0) != SIZE_MAX) {
			back_to(p, false, false);
			close_name(p, name, 0);
		}
	} else if (flags & HTML_TABLE_PART) {
		size_t at = find_open(p, name, 0), table = find_open(p, "table", 0);
		if (at != SIZE_MAX && (table == SIZE_MAX || at > table)) {
			back_to(p, true, str_is(tag->name, "tr"));
			close_to(p, at);
		}
	} else if (flags & HTML_SPECIAL) {
		close_name(p, name, HTML_SCOPE | (str_is(tag->name, "li") ? HTML_LIST : 0U));
	} else {
		end_ordinary(p, tag->name);
	}
}

/* --- tokens --- */

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool is_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static char at(const struct parser *p, size_t ahead)
{
	return p->pos + ahead < p->text.len ? p->text.at[p->pos + ahead] : 0;
}

static struct str lower(struct parser *p, struct str s)
{
	char *copy = arena_strdup(&p->arena, s.at, s.len);
	for (size_t i = 0; i < s.len; i++) {
		copy[i] = (char)(copy[i] >= 'A' && copy[i] <= 'Z' ? copy[i] | 0x20 : copy[i]);
	}
	return (struct str){copy, s.len};
}

static struct str read_until(struct parser *p, const char *stops)
{
	size_t from = p->pos;
	while (p->pos < p->text.len && !is_space(p->text.at[p->pos]) && !strchr(stops, p->text.at[p->pos])) {
		p->pos++;
	}
	return str_slice(p->text, from, p->pos);
}

static void skip_space(struct parser *p)
{
	while (p->pos < p->text.len && is_space(p->text.at[p->pos])) {
		p->pos++;
	}
}

static struct str read_value(struct parser *p)
{
	p->pos++;
	skip_space(p);
	char quote = at(p, 0);
	if (quote != '"' && quote != '\'') {
		return read_until(p, ">");
	}
	size_t from = ++p->pos, len = str_find_char(str_slice(p->text, from, p->text.len), quote);
	size_t end = len == SIZE_MAX ? p->text.len : from + len;
	p->pos = size_min(end + 1, p->text.len);
	return str_slice(p->text, from, end);
}

static void add_attr(struct parser *p, struct tag *tag, struct str name, struct str value)
{
	for (size_t i = 0; i < tag->attr_count; i++) {
		if (str_eq_nocase(tag->attrs[i].name, name)) {
			return; // the first one counts
		}
	}
	if (tag->attr_count < HTML_ATTRS_MAX) {
		tag->attrs[tag->attr_count++] = (struct attr){lower(p, name), value};
	}
}

/* Behind "<" or "</", at the name. */
static void read_tag(struct parser *p, struct tag *tag)
{
	tag->name = lower(p, read_until(p, "/>"));
	tag->attr_count = 0;
	for (;;) {
		while (p->pos < p->text.len && (is_space(p->text.at[p->pos]) || p->text.at[p->pos] == '/')) {
			p->pos++;
		}
		if (p->pos >= p->text.len) {
			return;
		}
		if (p->text.at[p->pos] == '>') {
			p->pos++;
			return;
		}
		size_t from = p->pos++; // any character may begin a name, "=" too
		while (p->pos < p->text.len && !is_space(p->text.at[p->pos]) && !strchr("/>=", p->text.at[p->pos])) {
			p->pos++;
		}
		struct str name = str_slice(p->text, from, p->pos), value = {0};
		skip_space(p);
		if (at(p, 0) == '=') {
			value = read_value(p);
		}
		add_attr(p, tag, name, value);
	}
}

/* "<!...", "<?...", "</3": what is no tag, but no text either. */
static void skip_comment(struct parser *p)
{
	bool comment = at(p, 1) == '!' && at(p, 2) == '-' && at(p, 3) == '-';
	struct str rest = str_slice(p->text, p->pos, p->text.len);
	if (comment && (at(p, 4) == '>' || (at(p, 4) == '-' && at(p, 5) == '>'))) {
		p->pos += at(p, 4) == '>' ? 5 : 6;
		return;
	}
	size_t end = comment ? str_find(str_slice(rest, 4, rest.len), STR("-->")) : str_find_char(rest, '>');
	p->pos = end == SIZE_MAX ? p->text.len : p->pos + end + (comment ? 7 : 1);
}

static void add_text(struct parser *p, struct str text)
{
	bool blank = !str_trim(text).len, part = current(p)->flags & HTML_TABLE_PART;
	if (!blank) {
		reconstruct(p);
	}
	struct element *element = arena_alloc(&p->arena, sizeof(*element));
	element->text = text;
	p->nodes++;
	append(p, current(p), element, blank && part);
}

static void read_text(struct parser *p)
{
	size_t from = p->pos++;
	while (p->pos < p->text.len && p->text.at[p->pos] != '<') {
		p->pos++;
	}
	add_text(p, str_slice(p->text, from, p->pos));
}

static void read_all(struct parser *p)
{
	struct tag tag;
	while (p->pos < p->text.len && p->nodes < HTML_NODES_MAX) {
		bool angle = at(p, 0) == '<';
		if (angle && is_letter(at(p, 1))) {
			p->pos++;
			read_tag(p, &tag);
			start_tag(p, &tag);
		} else if (angle && at(p, 1) == '/' && is_letter(at(p, 2))) {
			p->pos += 2;
			read_tag(p, &tag);
			end_tag(p, &tag);
		} else if (angle && (at(p, 1) == '!' || at(p, 1) == '?' || (at(p, 1) == '/' && at(p, 2)))) {
			skip_comment(p);
		} else {
			read_text(p);
		}
	}
}

/* --- values --- */

static struct value children_value(const struct element *parent, int depth);

static struct value attrs_value(const struct element *element)
{
	struct value attrs = value_object_new(element->attr_count);
	for (size_t i = 0; i < element->attr_count; i++) {
		struct strbuf text = {0};
		html_decode(element->attrs[i].value, &text);
		value_object_set(&attrs, element->attrs[i].name, value_take(&text));
	}
	return attrs;
}

static struct value element_value(const struct element *element, int depth)
{
	struct value node = value_object_new(3);
	if (!element->name.len) {
		value_object_set_text(&node, "type", value_text("text"));
		value_object_set_text(&node, "text", value_string(element->text));
		return node;
	}
	value_object_set_text(&node, "name", value_string(element->name));
	if (element->attr_count) {
		value_object_set_text(&node, "attrs", attrs_value(element));
	}
	if (element->first) {
		value_object_set_text(&node, "children", children_value(element, depth + 1));
	}
	return node;
}

/* Adoption may nest deeper than elements were ever open. */
static struct value children_value(const struct element *parent, int depth)
{
	struct value list = value_array_new(8);
	for (const struct element *child = parent->first; child && depth < 2 * HTML_DEPTH_MAX; child = child->next) {
		value_array_push(&list, element_value(child, depth));
	}
	return list;
}

struct value html_parse(struct str text)
{
	struct parser parser = {.text = text};
	arena_init(&parser.arena);
	read_all(&parser);
	struct value list = children_value(&parser.root, 0);
	vec_finish(&parser.open);
	vec_finish(&parser.active);
	arena_finish(&parser.arena);
	return list;
}
