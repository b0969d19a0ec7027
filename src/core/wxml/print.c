/* The normal spelling of a file. */
#include "core/wxml/markup.h"

#include "core/expr/entity.h"
#include "core/expr/expr.h"

struct printer {
	struct expr_pool pool; // of the expressions, which are parsed again here
	struct strbuf *out;
};

static void print_value(struct printer *p, struct str text, unsigned flags, bool object)
{
	struct expr_place nowhere = {0};
	const struct expr *expr = object ? expr_compile_object(&p->pool, text, NULL, nowhere, NULL)
		: expr_compile(&p->pool, text, flags, NULL, nowhere, NULL);
	if (expr) {
		expr_print(expr, p->out);
		return;
	}
	struct strbuf plain = {0};
	entity_decode(text, flags & EXPR_NODE, &plain);
	entity_encode(strbuf_str(&plain), p->out);
	strbuf_finish(&plain);
}

static void print_tag(struct printer *p, const struct markup *element)
{
	bool template = str_is(element->tag, "template");
	strbuf_printf(p->out, "<" STR_FMT, STR_ARG(element->tag));
	for (size_t i = 0; i < element->attr_count; i++) {
		const struct markup_attr *attr = &element->attrs[i];
		strbuf_printf(p->out, " " STR_FMT, STR_ARG(attr->name));
		if (attr->has_value) {
			strbuf_add_text(p->out, "=\"");
			print_value(p, attr->value, 0, template && str_is(attr->name, "data"));
			strbuf_add_char(p->out, '"');
		}
	}
}

/* White space between children would become text. */
static bool is_inline(const struct markup *element)
{
	if (str_is(element->tag, "text")) {
		return true;
	}
	for (const struct markup *child = element->first; child; child = child->next) {
		if (child->kind == MARKUP_TEXT) {
			return true;
		}
	}
	return false;
}

static void print_indent(struct printer *p, int depth)
{
	strbuf_add_char(p->out, '\n');
	for (int i = 0; i < depth; i++) {
		strbuf_add_text(p->out, "  ");
	}
}

/* Texts side by side, which are one when printed: nothing but white space would be left out when
 * it is not spelled as references. */
static const struct markup *print_texts(struct printer *p, const struct markup *first)
{
	struct strbuf plain = {0};
	const struct markup *last = first, *end;
	for (end = first; end && end->kind == MARKUP_TEXT; end = end->next) {
		entity_decode(end->text, true, &plain);
		last = end;
	}
	bool blank = markup_is_blank(strbuf_str(&plain));
	for (size_t i = 0; blank && i < plain.len; i++) {
		strbuf_printf(p->out, "&#%d;", plain.at[i]);
	}
	for (const struct markup *text = first; !blank && text != end; text = text->next) {
		print_value(p, text->text, EXPR_NODE, false);
	}
	strbuf_finish(&plain);
	return last;
}

static void print_children(struct printer *p, const struct markup *element, int depth);

static void print_element(struct printer *p, const struct markup *element, int depth)
{
	print_tag(p, element);
	if (!element->first && !element->text.len) {
		strbuf_add_text(p->out, "/>");
		return;
	}
	strbuf_add_char(p->out, '>');
	strbuf_add(p->out, element->text);
	print_children(p, element, depth);
	strbuf_printf(p->out, "</" STR_FMT ">", STR_ARG(element->tag));
}

static void print_children(struct printer *p, const struct markup *element, int depth)
{
	bool close = is_inline(element) || !element->first;
	for (const struct markup *child = element->first; child; child = child->next) {
		if (!close && (depth >= 0 || p->out->len)) {
			print_indent(p, depth + 1);
		}
		if (child->kind == MARKUP_TEXT) {
			child = print_texts(p, child);
		} else {
			print_element(p, child, depth + 1);
		}
	}
	if (!close && depth >= 0) {
		print_indent(p, depth);
	}
}

void markup_print(const struct markup *root, struct strbuf *out)
{
	struct printer p = {.out = out};
	expr_pool_init(&p.pool);
	print_children(&p, root, -1);
	expr_pool_finish(&p.pool);
}
