/* From markup to a frame: control attributes become parts, includes are put in. */
#include "core/wxml/compile.h"

#include "core/expr/entity.h"

#include <string.h>

#define PARTS_MAX 200000 // of one frame, includes counted each time
#define DEPTH_MAX (2 * MARKUP_DEPTH_MAX)

enum todo { // control attributes that are not compiled yet
	TODO_FOR = 1 << 0,
	TODO_IF = 1 << 1,
};

/* Siblings on the way to becoming parts. */
struct level {
	VEC(struct part) parts;
	struct mask reads;
	bool stateful;
};

static void compile_list(struct compiler *c, const struct markup *first, struct level *level);
static void compile_element(struct compiler *c, const struct markup *element, unsigned todo, struct level *level);

static void report(struct compiler *c, enum diag_severity severity, const struct markup *at, const char *text)
{
	diag_add(c->set->diags, severity, c->source->path, at->line, at->column, "%s", text);
}

/* A new part at the end of the level; NULL when there are too many. */
static struct part *add_part(struct compiler *c, struct level *level, enum part_kind kind, const struct markup *at)
{
	if (++c->parts > PARTS_MAX) {
		if (c->parts == PARTS_MAX + 1) {
			report(c, DIAG_ERROR, at, "This page has too many elements: the rest is left out.");
		}
		return NULL;
	}
	vec_add_zeroed(&level->parts);
	struct part *part = &vec_last(&level->parts);
	part->kind = kind;
	part->file = c->source->path;
	part->line = at->line;
	part->column = at->column;
	part->cell = (*c->cells)++;
	return part;
}

/* After the part's own and reads are known. */
static void count_part(struct level *level, struct part *part)
{
	mask_add(&part->reads, &part->own);
	mask_add(&level->reads, &part->reads);
	level->stateful = level->stateful || part->kind == PART_IF || part->kind == PART_FOR || part->kind == PART_USE;
}

static struct parts take_parts(struct compiler *c, struct level *level)
{
	struct part *at = arena_alloc_array(&c->set->pool.arena, level->parts.len, sizeof(*at));
	if (level->parts.len) {
		memcpy(at, level->parts.at, level->parts.len * sizeof(*at));
	}
	struct parts parts = {at, level->parts.len};
	vec_finish(&level->parts);
	return parts;
}

/* `element` with what is still to do, or (NULL) a list, as a body of its own. */
static const struct body *compile_body(struct compiler *c, const struct markup *element, unsigned todo,
	const struct markup *list)
{
	struct body *body = arena_alloc(&c->set->pool.arena, sizeof(*body));
	struct level level = {0};
	unsigned *outer = c->cells;
	c->cells = &body->cells;
	if (element) {
		compile_element(c, element, todo, &level);
	} else {
		compile_list(c, list, &level);
	}
	c->cells = outer;
	body->parts = take_parts(c, &level);
	body->reads = level.reads;
	body->stateful = level.stateful;
	return body;
}

static void add_text(struct compiler *c, const struct markup *markup, struct level *level)
{
	struct part *part = add_part(c, level, PART_TEXT, markup);
	if (!part) {
		return;
	}
	struct expr_place place = {c->source->path, markup->line, markup->column};
	part->text.expr = expr_compile(&c->set->pool, markup->text, EXPR_NODE, c->scope, place, c->set->diags);
	if (part->text.expr) {
		depend_add(&c->frame->depend, part->text.expr, &part->text.reads);
		part->own = part->text.reads;
	} else {
		struct strbuf text = {0};
		entity_decode(markup->text, true, &text);
		part->text.literal = expr_pool_string(&c->set->pool, strbuf_str(&text));
		strbuf_finish(&text);
	}
	count_part(level, part);
}

static const struct markup_attr *for_attr(const struct markup *element)
{
	const struct markup_attr *attr = markup_attr(element, "wx:for");
	return attr ? attr : markup_attr(element, "wx:for-items");
}

/* The name that wx:for-item or wx:for-index gives. */
static struct str variable(struct compiler *c, const struct markup *element, const char *attr_name, struct str usual)
{
	const struct markup_attr *attr = markup_attr(element, attr_name);
	struct str name = attr ? str_trim(attr->value) : usual;
	if (str_find(name, STR("{{")) != SIZE_MAX) {
		diag_add(c->set->diags, DIAG_ERROR, c->source->path, attr->line, attr->column,
			"%s needs a plain name, without {{ }}.", attr_name);
		name = str_trim(str_slice(name, 2, name.len >= 4 ? name.len - 2 : 2));
	}
	return name.len ? name : usual;
}

static void compile_key(struct compiler *c, const struct markup *element, struct loop *loop)
{
	const struct markup_attr *attr = markup_attr(element, "wx:key");
	attr = attr ? attr : markup_attr(element, "wx:for-key");
	struct str key = attr ? str_trim(attr->value) : (struct str){0};
	if (!attr) {
		report(c, DIAG_WARNING, element, "Now you can provide attr `wx:key` for a `wx:for` to improve performance.");
	} else if (str_is(key, "*this") || str_is(key, "*item")) {
		loop->key = KEY_ITEM;
	} else if (str_starts(key, STR("{{"))) {
		diag_add(c->set->diags, DIAG_WARNING, c->source->path, attr->line, attr->column,
			"wx:key takes the name of a field of the item, or *this, without {{ }}: it is ignored.");
	} else if (str_find_char(key, '.') != SIZE_MAX) {
		diag_add(c->set->diags, DIAG_WARNING, c->source->path, attr->line, attr->column,
			"wx:key takes the name of a field of the item, without the item itself and without a dot: it is ignored.");
	} else if (key.len) {
		loop->key = KEY_PROPERTY;
		loop->property = value_str(expr_pool_string(&c->set->pool, key));
	}
}

static void add_for(struct compiler *c, const struct markup *element, unsigned todo, struct level *level)
{
	struct part *part = add_part(c, level, PART_FOR, element);
	if (!part) {
		return;
	}
	struct loop *loop = arena_alloc(&c->set->pool.arena, sizeof(*loop));
	size_t at = level->parts.len - 1;
	part->loop = loop;
	loop->list = compile_binding(c, for_attr(element), COMPILE_STRING, &part->own);
	compile_key(c, element, loop);
	loop->slot = c->frame->slots;
	c->frame->slots += 2;
	vec_push(&c->frame->loops, loop);
	struct expr_scope item = {c->scope, variable(c, element, "wx:for-item", STR("item")), EXPR_SLOT, loop->slot};
	struct expr_scope index = {&item, variable(c, element, "wx:for-index", STR("index")), EXPR_SLOT, loop->slot + 1};
	c->scope = &index;
	loop->body = compile_body(c, element, todo & ~(unsigned)TODO_FOR, NULL);
	c->scope = item.outer;
	loop->item_root = depend_slot(&c->frame->depend, loop->slot);
	loop->index_root = depend_slot(&c->frame->depend, loop->slot + 1);
	part = &level->parts.at[at];
	part->reads = loop->body->reads;
	count_part(level, part);
}

static struct branch compile_branch(struct compiler *c, const struct markup *element, const struct markup_attr *condition,
	unsigned todo, struct part *part)
{
	struct branch branch = {.always = !condition};
	if (condition) {
		branch.condition = compile_binding(c, condition, COMPILE_PLAIN, &part->own);
	}
	struct mask own = part->own; // the part may lie elsewhere after the body was compiled
	branch.body = compile_body(c, element, todo, NULL);
	part->own = own;
	return branch;
}

/* The next sibling that could be wx:elif or wx:else: comments and blank texts between are fine. */
static const struct markup *next_element(const struct markup *element)
{
	const struct markup *next = element->next;
	while (next && next->kind == MARKUP_TEXT && markup_is_blank(next->text)) {
		next = next->next;
	}
	return next && next->kind == MARKUP_ELEMENT ? next : NULL;
}

/* From a wx:if on; returns the last element that belongs to it. */
static const struct markup *add_chain(struct compiler *c, const struct markup *element, bool alone, struct level *level)
{
	struct part *first = add_part(c, level, PART_IF, element);
	if (!first) {
		return element;
	}
	struct part part = *first;
	size_t at = level->parts.len - 1;
	VEC(struct branch) branches = {0};
	const struct markup *last = element;
	vec_push(&branches, compile_branch(c, element, markup_attr(element, "wx:if"), 0, &part));
	for (const struct markup *next = element; !alone && (next = next_element(next));) {
		const struct markup_attr *condition = markup_attr(next, "wx:elif");
		const struct markup_attr *otherwise = markup_attr(next, "wx:else");
		if (!condition && !otherwise) {
			break;
		}
		if (!condition && markup_attr(next, "wx:if")) {
			condition = markup_attr(next, "wx:if");
			report(c, DIAG_WARNING, next, "wx:else together with wx:if is wx:elif.");
		}
		vec_push(&branches, compile_branch(c, next, condition, TODO_FOR, &part));
		last = next;
		if (!condition) {
			break;
		}
	}
	for (size_t i = 0; i < branches.len; i++) {
		mask_add(&part.reads, &branches.at[i].body->reads);
	}
	struct branch *kept = arena_alloc_array(&c->set->pool.arena, branches.len, sizeof(*kept));
	memcpy(kept, branches.at, branches.len * sizeof(*kept));
	part.branches = kept;
	part.branch_count = branches.len;
	vec_finish(&branches);
	count_part(level, &part);
	level->parts.at[at] = part;
	return last;
}

static void add_use(struct compiler *c, const struct markup *element, struct level *level)
{
	struct part *part = add_part(c, level, PART_USE, element);
	if (!part) {
		return;
	}
	struct template_use *use = arena_alloc(&c->set->pool.arena, sizeof(*use));
	const struct markup_attr *data = markup_attr(element, "data");
	use->source = c->source;
	use->is = compile_binding(c, markup_attr(element, "is"), COMPILE_STRING, &part->own);
	if (data) {
		use->data = compile_binding(c, data, COMPILE_OBJECT, &part->own);
	}
	if (data && data->has_value && !use->data.expr && str_trim(data->value).len) {
		diag_add(c->set->diags, DIAG_WARNING, c->source->path, data->line, data->column,
			"The data of a template needs {{ }}: data=\"{{name: value}}\".");
	}
	part->use = use;
	if (!use->is.expr) {
		struct link link = {use, c->source->path, element->line, element->column};
		vec_push(&c->set->links, link);
	}
	count_part(level, part);
}

static void add_element(struct compiler *c, const struct markup *element, enum part_kind kind, struct level *level)
{
	struct part *first = add_part(c, level, kind, element);
	if (!first) {
		return;
	}
	struct part part = *first;
	size_t at = level->parts.len - 1;
	struct level below = {0};
	part.tag = atom_intern(element->tag);
	compile_attributes(c, element, &part);
	const struct markup_attr *block_slot = c->block_slot;
	c->block_slot = NULL;
	compile_list(c, element->first, &below);
	c->block_slot = block_slot;
	part.children = take_parts(c, &below);
	part.reads = below.reads;
	level->stateful = level->stateful || below.stateful;
	count_part(level, &part);
	level->parts.at[at] = part;
}

static const struct expr_scope *module_scope(struct compiler *c, const struct source *source)
{
	const struct expr_scope *scope = c->scope;
	for (size_t i = 0; i < source->modules.len; i++) {
		struct expr_scope *name = arena_alloc(&c->set->pool.arena, sizeof(*name));
		*name = (struct expr_scope){scope, source->modules.at[i]->name, EXPR_MODULE, source->modules.at[i]->number};
		scope = name;
	}
	return scope;
}

static bool includes(const struct origin *origin, const struct source *source)
{
	for (; origin; origin = origin->outer) {
		if (origin->source == source) {
			return true;
		}
	}
	return false;
}

static void add_include(struct compiler *c, const struct markup *element, struct level *level)
{
	const struct markup_attr *src = markup_attr(element, "src");
	if (!src || !src->value.len || str_find(src->value, STR("{{")) != SIZE_MAX) {
		report(c, DIAG_ERROR, element, "include needs src=\"file.wxml\", without {{ }}.");
		return;
	}
	struct str path = wxml_set_resolve(c->set, c->source->path, src->value, ".wxml");
	struct source *target = wxml_set_source(c->set, path);
	if (!target || includes(c->origin, target)) {
		diag_add(c->set->diags, DIAG_ERROR, c->source->path, src->line, src->column,
			target ? STR_FMT " includes itself: it is left out here." : "There is no file " STR_FMT " to include.", STR_ARG(path));
		return;
	}
	struct compiler outer = *c;
	struct origin *origin = arena_alloc(&c->set->pool.arena, sizeof(*origin));
	*origin = (struct origin){target, c->origin};
	c->origin = origin;
	c->scope = module_scope(c, target);
	c->source = target;
	compile_list(c, target->root->first, level);
	c->origin = outer.origin;
	c->scope = outer.scope;
	c->source = outer.source;
}

static void add_block(struct compiler *c, const struct markup *element, struct level *level)
{
	const struct markup_attr *outer = c->block_slot, *slot = markup_attr(element, "slot");
	c->block_slot = slot ? slot : outer;
	compile_list(c, element->first, level);
	c->block_slot = outer;
}

static void compile_bare(struct compiler *c, const struct markup *element, struct level *level)
{
	struct str tag = element->tag;
	if (str_is(tag, "block")) {
		add_block(c, element, level);
	} else if (str_is(tag, "template")) {
		if (markup_attr(element, "is")) {
			add_use(c, element, level);
		} else if (!markup_attr(element, "name")) {
			report(c, DIAG_ERROR, element, "template needs name=\"...\" to define one or is=\"...\" to use one.");
		}
	} else if (str_is(tag, "include")) {
		add_include(c, element, level);
	} else if (str_is(tag, "slot")) {
		add_element(c, element, PART_SLOT, level);
	} else if (!str_is(tag, "import") && !str_is(tag, "wxs")) {
		add_element(c, element, PART_ELEMENT, level);
	}
}

static void compile_element(struct compiler *c, const struct markup *element, unsigned todo, struct level *level)
{
	if ((todo & TODO_FOR) && for_attr(element)) {
		add_for(c, element, todo, level);
	} else if ((todo & TODO_IF) && markup_attr(element, "wx:if")) {
		add_chain(c, element, true, level);
	} else {
		compile_bare(c, element, level);
	}
}

static void compile_list(struct compiler *c, const struct markup *first, struct level *level)
{
	if (++c->depth > DEPTH_MAX) {
		if (first) {
			report(c, DIAG_ERROR, first, "Includes are nested too deep: the rest is left out.");
		}
		c->depth--;
		return;
	}
	for (const struct markup *markup = first; markup && c->parts <= PARTS_MAX; markup = markup->next) {
		if (markup->kind == MARKUP_TEXT) {
			add_text(c, markup, level);
		} else if (markup_attr(markup, "wx:if") && !for_attr(markup)) {
			markup = add_chain(c, markup, false, level);
		} else {
			if (markup_attr(markup, "wx:elif") || markup_attr(markup, "wx:else")) {
				report(c, DIAG_ERROR, markup, "wx:elif and wx:else have to follow an element with wx:if: it is always shown.");
			}
			compile_element(c, markup, TODO_FOR | TODO_IF, level);
		}
	}
	c->depth--;
}

struct wxml_frame *wxml_compile(struct source *source, const struct markup *markup)
{
	struct wxml_set *set = source->set;
	struct wxml_frame *frame = arena_alloc(&set->pool.arena, sizeof(*frame));
	struct origin *origin = arena_alloc(&set->pool.arena, sizeof(*origin));
	struct compiler c = {.set = set, .source = source, .frame = frame, .origin = origin};
	origin->source = source;
	frame->next = set->frames;
	set->frames = frame;
	c.scope = module_scope(&c, source);
	frame->body = compile_body(&c, NULL, 0, markup->first);
	return frame;
}
