/* Attributes: what their names mean. */
#include "core/wxml/compile.h"

#include "core/expr/entity.h"

#include <string.h>

static const struct {
	const char *prefix;
	unsigned flags;
} event_prefixes[] = {
	{"capture-mut-bind:", NODE_BIND_CAPTURE | NODE_BIND_MUT},
	{"capture-catch:", NODE_BIND_CAPTURE | NODE_BIND_CATCH},
	{"capture-bind:", NODE_BIND_CAPTURE},
	{"mut-bind:", NODE_BIND_MUT},
	{"catch:", NODE_BIND_CATCH},
	{"bind:", 0},
	{"mut-bind", NODE_BIND_MUT},
	{"catch", NODE_BIND_CATCH},
	{"bind", 0},
};

static const char *const controls[] = {
	"wx:for", "wx:for-items", "wx:for-item", "wx:for-index", "wx:for-key", "wx:key", "wx:if", "wx:elif", "wx:else",
};

static struct expr_place value_place(const struct compiler *c, const struct markup_attr *attr)
{
	return (struct expr_place){c->source->path, attr->value_line, attr->value_column};
}

struct binding compile_binding(struct compiler *c, const struct markup_attr *attr, enum compile_value kind, struct mask *reads)
{
	struct binding binding = {0};
	if (!attr->has_value) {
		binding.literal = kind == COMPILE_STRING ? expr_pool_string(&c->set->pool, STR("")) : value_bool(true);
		return binding;
	}
	struct expr_place place = value_place(c, attr);
	binding.expr = kind == COMPILE_OBJECT ? expr_compile_object(&c->set->pool, attr->value, c->scope, place, c->set->diags)
		: expr_compile(&c->set->pool, attr->value, 0, c->scope, place, c->set->diags);
	if (binding.expr) {
		depend_add(&c->frame->depend, binding.expr, &binding.reads);
		mask_add(reads, &binding.reads);
		return binding;
	}
	struct strbuf text = {0};
	entity_decode(attr->value, false, &text);
	binding.literal = expr_pool_string(&c->set->pool, strbuf_str(&text));
	strbuf_finish(&text);
	return binding;
}

/* How many letters have to be changed, added, left out or swapped with the next to get from one
 * short name to the other, up to 3. */
static int distance(struct str a, const char *b)
{
	int rows[3][32]; // of two letters before, one before, this one
	size_t len = strlen(b);
	if (a.len > 30 || len > 30) {
		return 3;
	}
	for (size_t k = 0; k <= len; k++) {
		rows[0][k] = (int)k;
	}
	for (size_t i = 0; i < a.len; i++) {
		const int *far = rows[(i + 2) % 3], *near = rows[i % 3];
		int *row = rows[(i + 1) % 3];
		row[0] = (int)i + 1;
		for (size_t k = 0; k < len; k++) {
			row[k + 1] = int_min(near[k] + (a.at[i] != b[k]), int_min(near[k + 1], row[k]) + 1);
			if (i > 0 && k > 0 && a.at[i] == b[k - 1] && a.at[i - 1] == b[k]) {
				row[k + 1] = int_min(row[k + 1], far[k - 1] + 1);
			}
		}
	}
	return int_min(rows[a.len % 3][len], 3);
}

/* wx:... that is no control attribute, and what other frameworks write. */
static void warn_unknown(struct compiler *c, const struct markup_attr *attr)
{
	const char *hint = NULL;
	int nearest = 3;
	for (size_t i = 0; i < ARRAY_LEN(controls); i++) {
		int d = distance(attr->name, controls[i]);
		if (d < nearest) {
			nearest = d;
			hint = controls[i];
		}
	}
	if (str_is(attr->name, "wx:item") || str_is(attr->name, "wx:index")) {
		hint = str_is(attr->name, "wx:item") ? "wx:for-item" : "wx:for-index";
	}
	diag_add(c->set->diags, DIAG_WARNING, c->source->path, attr->line, attr->column, "There is no attribute " STR_FMT "%s%s%s",
		STR_ARG(attr->name), hint ? ": did you mean " : ": it is left out.", hint ? hint : "", hint ? "?" : "");
}

static bool is_control(struct str name)
{
	for (size_t i = 0; i < ARRAY_LEN(controls); i++) {
		if (str_is(name, controls[i])) {
			return true;
		}
	}
	return false;
}

static void warn_foreign(struct compiler *c, const struct markup_attr *attr)
{
	static const struct {
		const char *prefix, *instead;
	} foreign[] = {
		{"@", "bind:event"}, {":", "name=\"{{...}}\""}, {"v-", "wx:if, wx:for or bind:event"}, {"a:", "wx:if or wx:for"},
		{"s-", "wx:if or wx:for"}, {"tt:", "wx:if or wx:for"}, {"qq:", "wx:if or wx:for"},
	};
	for (size_t i = 0; i < ARRAY_LEN(foreign); i++) {
		if (str_starts(attr->name, str_of(foreign[i].prefix))) {
			diag_add(c->set->diags, DIAG_WARNING, c->source->path, attr->line, attr->column,
				STR_FMT " is not WXML: use %s.", STR_ARG(attr->name), foreign[i].instead);
		}
	}
}

static bool event_name(struct str name, struct attr *attr)
{
	for (size_t i = 0; i < ARRAY_LEN(event_prefixes); i++) {
		struct str prefix = str_of(event_prefixes[i].prefix);
		if (str_starts(name, prefix) && name.len > prefix.len) {
			attr->kind = ATTR_BIND;
			attr->name = atom_intern(str_slice(name, prefix.len, name.len));
			attr->flags = event_prefixes[i].flags;
			return true;
		}
	}
	return false;
}

static struct str keep_key(struct compiler *c, struct strbuf *text)
{
	struct str key = value_str(expr_pool_string(&c->set->pool, strbuf_str(text)));
	strbuf_finish(text);
	return key;
}

/* Fills in all but the binding; false: the attribute has no meaning at run time. */
static bool classify(struct compiler *c, const struct markup_attr *from, bool slot, struct attr *attr)
{
	struct str name = from->name;
	struct strbuf key = {0};
	attr->kind = ATTR_PLAIN;
	attr->written = name;
	if (str_starts(name, STR("wx:"))) {
		if (!is_control(name)) {
			warn_unknown(c, from);
		}
		return false;
	}
	if (str_is(name, "id")) {
		attr->kind = ATTR_ID;
	} else if (str_is(name, "class")) {
		attr->kind = ATTR_CLASS;
	} else if (str_is(name, "style")) {
		attr->kind = ATTR_STYLE;
	} else if (str_is(name, "slot") && !slot) {
		attr->kind = ATTR_SLOT;
	} else if (str_is(name, "name") && slot) {
		attr->kind = ATTR_NAME;
	} else if (str_starts(name, STR("data-")) && name.len > 5) {
		attr->kind = ATTR_DATA;
		node_dataset_key(str_slice(name, 5, name.len), &key);
		attr->key = keep_key(c, &key);
	} else if (str_starts(name, STR("mark:")) && name.len > 5) {
		attr->kind = ATTR_MARK;
		strbuf_add(&key, str_slice(name, 5, name.len));
		attr->key = keep_key(c, &key);
	} else if (!event_name(name, attr)) {
		warn_foreign(c, from);
		attr->name = atom_intern(name);
	}
	return true;
}

static bool wants_text(enum attr_kind kind)
{
	return kind != ATTR_PLAIN && kind != ATTR_DATA && kind != ATTR_MARK;
}

struct attr_list {
	VEC(struct attr) literal, dynamic;
	struct value written; // what part->written will be
};

static void add_attr(struct attr_list *list, struct attr attr)
{
	if (attr.written.len) {
		list->written = list->written.type == VALUE_OBJECT ? list->written : value_object_new(4);
		value_object_set(&list->written, attr.written, attr.binding.expr ? value_undefined() : value_ref(attr.binding.literal));
	}
	if (attr.binding.expr) {
		vec_push(&list->dynamic, attr);
	} else {
		vec_push(&list->literal, attr);
	}
}

/* model:value="{{path}}" is value="{{path}}", and where a change is written to. */
static void add_model(struct compiler *c, const struct markup_attr *from, struct attr_list *list, struct part *part)
{
	struct attr attr = {.kind = ATTR_PLAIN, .name = atom_intern(str_slice(from->name, 6, from->name.len))};
	attr.written = str_slice(from->name, 6, from->name.len);
	attr.binding = compile_binding(c, from, COMPILE_PLAIN, &part->own);
	add_attr(list, attr);
	if (!attr.binding.expr || !expr_is_path(attr.binding.expr)) {
		diag_add(c->set->diags, DIAG_WARNING, c->source->path, from->line, from->column,
			STR_FMT " has to be a single path such as {{name}}: changes are not written back.", STR_ARG(from->name));
		return;
	}
	attr.kind = ATTR_MODEL;
	attr.name = atom_intern(from->name);
	attr.written = (struct str){0};
	/* The path has an index in it, which may change without the value. */
	const struct expr_read *read;
	expr_reads(attr.binding.expr, &read);
	if (read->is_slot) {
		for (const struct expr_scope *scope = c->scope; scope; scope = scope->outer) {
			if (scope->kind == EXPR_SLOT && scope->number % 2 == 1) {
				depend_add_slot(&c->frame->depend, scope->number, &attr.binding.reads);
			}
		}
		mask_add(&part->own, &attr.binding.reads);
	}
	add_attr(list, attr);
}

static void *keep(struct compiler *c, const void *items, size_t count, size_t size)
{
	void *copy = arena_alloc_array(&c->set->pool.arena, count, size);
	if (count) {
		memcpy(copy, items, count * size);
	}
	return copy;
}

static void keep_classes(struct compiler *c, struct str text, struct part *part)
{
	VEC(atom_t) classes = {0};
	while (text = str_trim(text), text.len) {
		size_t len = 0;
		while (len < text.len && !(text.at[len] == ' ' || (text.at[len] >= '\t' && text.at[len] <= '\r'))) {
			len++;
		}
		vec_push(&classes, atom_intern(str_slice(text, 0, len)));
		text = str_slice(text, len, text.len);
	}
	part->classes = keep(c, classes.at, classes.len, sizeof(*classes.at));
	part->class_count = classes.len;
	vec_finish(&classes);
}

/* Literal classes and data are prepared once; the other attributes are kept, literal ones first. */
static void finish_attrs(struct compiler *c, struct attr_list *list, struct part *part)
{
	VEC(struct attr) all = {0};
	struct value dataset = value_undefined();
	for (size_t i = 0; i < list->literal.len; i++) {
		struct attr *attr = &list->literal.at[i];
		if (attr->kind == ATTR_CLASS) {
			keep_classes(c, value_str(attr->binding.literal), part);
		} else if (attr->kind == ATTR_DATA) {
			dataset = dataset.type == VALUE_OBJECT ? dataset : value_object_new(list->literal.len);
			value_object_set(&dataset, attr->key, value_ref(attr->binding.literal));
		} else {
			vec_push(&all, *attr);
		}
	}
	part->literal_count = all.len;
	for (size_t i = 0; i < list->dynamic.len; i++) {
		vec_push(&all, list->dynamic.at[i]);
	}
	part->attrs = keep(c, all.at, all.len, sizeof(*all.at));
	part->attr_count = all.len;
	part->dataset = dataset.type == VALUE_OBJECT ? expr_pool_own(&c->set->pool, dataset) : dataset;
	part->written = list->written.type == VALUE_OBJECT ? expr_pool_own(&c->set->pool, list->written) : list->written;
	vec_finish(&all);
	vec_finish(&list->literal);
	vec_finish(&list->dynamic);
}

/* bindtap beside bind:tap: the one without a colon is heard, wherever they stand (the vendor's tool, as weapp-vite's tests have it). */
static bool is_overruled(const struct markup *element, struct str name)
{
	static const char *const verbs[] = {"bind:", "catch:", "mut-bind:"};
	bool found = false;
	for (size_t i = 0; i < ARRAY_LEN(verbs) && !found; i++) {
		struct str verb = str_of(verbs[i]), event = str_slice(name, verb.len, name.len);
		struct strbuf other = {0};
		if (str_starts(name, verb) && event.len && str_find_char(event, '-') == SIZE_MAX) {
			strbuf_add(&other, str_slice(verb, 0, verb.len - 1));
			strbuf_add(&other, event);
			found = markup_attr(element, other.at);
		}
		strbuf_finish(&other);
	}
	return found;
}

void compile_attributes(struct compiler *c, const struct markup *element, struct part *part)
{
	struct attr_list list = {0};
	bool slot = part->kind == PART_SLOT;
	for (size_t i = 0; i < element->attr_count; i++) {
		const struct markup_attr *from = &element->attrs[i];
		struct attr attr = {0};
		if (is_overruled(element, from->name)) {
			continue;
		}
		if (str_starts(from->name, STR("model:")) && from->name.len > 6) {
			add_model(c, from, &list, part);
		} else if (classify(c, from, slot, &attr)) {
			attr.binding = compile_binding(c, from, wants_text(attr.kind) ? COMPILE_STRING : COMPILE_PLAIN, &part->own);
			add_attr(&list, attr);
		}
	}
	if (c->block_slot && !markup_attr(element, "slot")) {
		struct attr attr = {.kind = slot ? ATTR_PLAIN : ATTR_SLOT, .name = atom_of("slot")};
		attr.binding = compile_binding(c, c->block_slot, COMPILE_STRING, &part->own);
		add_attr(&list, attr);
	}
	finish_attrs(c, &list, part);
}
