/* From tokens to markup, as forgiving as can be: what is not closed is closed where its parent
 * ends, and what was never opened is left out. */
#include "core/wxml/lex.h"

#include <string.h>

/* Elements without content: when their end tag is missing, what follows is not theirs. */
static const char *const leaves[] = {
	"input", "image", "icon", "import", "include", "progress", "slider", "switch", "radio", "checkbox", "br", "hr", "img",
	"camera", "audio", "live-player", "live-pusher",
};

struct open {
	struct markup *element;
	struct markup *into; // who gets the children: itself, or at the depth limit an outer one
	size_t *count;       // of open elements with this tag
};

struct builder {
	struct arena *arena;
	struct lex lex;
	VEC(struct open) open; // [0] is the root
	struct map counts;     // tag -> size_t in the arena
	bool told_depth;
};

bool markup_is_blank(struct str text)
{
	return str_trim(text).len == 0;
}

const struct markup_attr *markup_attr(const struct markup *element, const char *name)
{
	for (size_t i = 0; i < element->attr_count; i++) {
		if (str_is(element->attrs[i].name, name)) {
			return &element->attrs[i];
		}
	}
	return NULL;
}

static void append(struct markup *parent, struct markup *child)
{
	child->parent = parent;
	child->next = NULL;
	*(parent->last ? &parent->last->next : &parent->first) = child;
	parent->last = child;
}

static bool is_leaf(struct str tag)
{
	for (size_t i = 0; i < ARRAY_LEN(leaves); i++) {
		if (str_is(tag, leaves[i])) {
			return true;
		}
	}
	return false;
}

/* The tag as it is written, because components may be named with capitals; but what gives the file
 * its structure is known in any spelling. */
static struct str tag_name(struct builder *b, const struct lex_token *token)
{
	static const char *const structure[] = {"block", "template", "import", "include", "wxs", "slot"};
	for (size_t i = 0; i < ARRAY_LEN(structure); i++) {
		if (!str_eq_nocase(token->text, str_of(structure[i])) || str_is(token->text, structure[i])) {
			continue;
		}
		if (token->kind == LEX_OPEN) {
			diag_add(b->lex.diags, DIAG_WARNING, b->lex.file, token->line, token->column, "This tag is written in lower case: <%s>.",
				structure[i]);
		}
		return str_of(structure[i]);
	}
	return token->text;
}

static size_t *tag_count(struct builder *b, struct str tag)
{
	size_t *count = map_get(&b->counts, tag);
	if (!count) {
		count = arena_alloc(b->arena, sizeof(*count));
		map_set(&b->counts, tag, count);
	}
	return count;
}

static void push(struct builder *b, struct markup *element)
{
	struct open open = {element, element, tag_count(b, element->tag)};
	if (b->open.len > MARKUP_DEPTH_MAX) {
		open.into = vec_last(&b->open).into;
		if (!b->told_depth) {
			diag_add(b->lex.diags, DIAG_ERROR, b->lex.file, element->line, element->column,
				"Elements are nested deeper than %d levels: from here on they become siblings.", MARKUP_DEPTH_MAX);
			b->told_depth = true;
		}
	}
	*open.count += 1;
	vec_push(&b->open, open);
}

/* Takes the innermost open element off. When it should have been closed, says so. */
static void pop(struct builder *b, bool closed)
{
	struct open open = vec_last(&b->open);
	struct markup *element = open.element;
	b->open.len--;
	*open.count -= 1;
	if (closed) {
		return;
	}
	diag_add(b->lex.diags, DIAG_ERROR, b->lex.file, element->line, element->column, "<" STR_FMT "> is not closed: add </" STR_FMT ">%s.",
		STR_ARG(element->tag), STR_ARG(element->tag), is_leaf(element->tag) ? " or write />" : "");
	if (is_leaf(element->tag) && open.into == element) {
		struct markup *child = element->first;
		element->first = element->last = NULL;
		while (child) {
			struct markup *next = child->next;
			append(element->parent, child);
			child = next;
		}
	}
}

static void add_text(struct builder *b, const struct lex_token *token)
{
	struct markup *into = vec_last(&b->open).into;
	if (markup_is_blank(token->text)) {
		return;
	}
	struct markup *text = arena_alloc(b->arena, sizeof(*text));
	text->kind = MARKUP_TEXT;
	text->text = token->text;
	text->line = token->line;
	text->column = token->column;
	append(into, text);
}

static void add_element(struct builder *b, const struct lex_token *token)
{
	struct markup *element = arena_alloc(b->arena, sizeof(*element));
	element->kind = MARKUP_ELEMENT;
	element->tag = tag_name(b, token);
	element->line = token->line;
	element->column = token->column;
	element->attr_count = token->attrs.len;
	element->attrs = arena_alloc_array(b->arena, token->attrs.len, sizeof(*element->attrs));
	if (token->attrs.len) {
		memcpy(element->attrs, token->attrs.at, token->attrs.len * sizeof(*element->attrs));
	}
	append(vec_last(&b->open).into, element);
	if (token->closed) {
		return;
	}
	push(b, element);
	if (str_is(element->tag, "wxs")) {
		element->text = lex_raw(&b->lex, "wxs");
	}
}

static void close_element(struct builder *b, const struct lex_token *token)
{
	struct str tag = tag_name(b, token);
	size_t *count = map_get(&b->counts, tag);
	if (!count || !*count) {
		diag_add(b->lex.diags, DIAG_ERROR, b->lex.file, token->line, token->column,
			"</" STR_FMT "> closes nothing: there is no open <" STR_FMT ">.", STR_ARG(tag), STR_ARG(tag));
		return;
	}
	while (!str_eq(vec_last(&b->open).element->tag, tag)) {
		pop(b, false);
	}
	pop(b, true);
}

struct markup *markup_parse(struct arena *arena, struct str text, struct str file, struct diag_list *diags)
{
	struct builder b = {.arena = arena};
	struct lex_token token = {0};
	struct markup *root = arena_alloc(arena, sizeof(*root));
	root->line = root->column = 1;
	lex_init(&b.lex, text, file, diags);
	push(&b, root);
	do {
		lex_next(&b.lex, &token);
		if (token.kind == LEX_TEXT) {
			add_text(&b, &token);
		} else if (token.kind == LEX_OPEN) {
			add_element(&b, &token);
		} else if (token.kind == LEX_CLOSE) {
			close_element(&b, &token);
		}
	} while (token.kind != LEX_END);
	while (b.open.len > 1) {
		pop(&b, false);
	}
	vec_finish(&token.attrs);
	vec_finish(&b.open);
	map_finish(&b.counts);
	return root;
}
