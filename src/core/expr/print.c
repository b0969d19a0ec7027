/* The normal spelling of a binding. */
#include "core/expr/syntax.h"

#include "core/expr/code.h"
#include "core/expr/entity.h"

static void print(const struct syntax *node, struct strbuf *out);

static void print_string(struct str text, struct strbuf *out)
{
	strbuf_add_char(out, '\'');
	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];
		if (c == '\\' || c == '\'') {
			strbuf_add_char(out, '\\');
			strbuf_add_char(out, c);
		} else if (c == '\n') {
			strbuf_add_text(out, "\\n");
		} else if ((unsigned char)c < 0x20 || c == '"' || c == '<' || c == '{' || c == '}' || c == '&') {
			strbuf_printf(out, "\\x%02x", (unsigned)c); // so that it can stand in an attribute
		} else {
			strbuf_add_char(out, c);
		}
	}
	strbuf_add_char(out, '\'');
}

static bool is_name(struct str text)
{
	if (!text.len || !syntax_is_name_start(text.at[0])) {
		return false;
	}
	for (size_t i = 0; i < text.len; i++) {
		if (!syntax_is_name_char(text.at[i]) || (unsigned char)text.at[i] >= 0x80) {
			return false;
		}
	}
	return true;
}

static void print_value(struct value v, struct strbuf *out)
{
	if (v.type == VALUE_STRING) {
		print_string(value_str(v), out);
	} else if (v.type == VALUE_NUMBER && isinf(v.number)) {
		strbuf_add_text(out, "1e999");
	} else {
		value_to_text(v, out);
	}
}

static void print_list(const struct syntax *list, struct strbuf *out)
{
	for (const struct syntax *item = list; item; item = item->next) {
		print(item, out);
		if (item->next) {
			strbuf_add_text(out, ", ");
		}
	}
}

static void print_field(const struct syntax *node, struct strbuf *out)
{
	if (is_name(node->text)) {
		strbuf_add(out, node->text);
	} else {
		print_string(node->text, out);
	}
	strbuf_add_text(out, ": ");
	print(node->a, out);
}

static void print_of(const struct syntax *node, struct strbuf *out)
{
	bool number = node->kind == SYNTAX_VALUE && node->value.type == VALUE_NUMBER;
	strbuf_add_text(out, number ? "(" : "");
	print(node, out);
	strbuf_add_text(out, number ? ")" : "");
}

static void print(const struct syntax *node, struct strbuf *out)
{
	switch (node->kind) {
	case SYNTAX_VALUE:
		print_value(node->value, out);
		break;
	case SYNTAX_NAME:
		strbuf_add(out, node->text);
		break;
	case SYNTAX_MEMBER:
		print_of(node->a, out);
		strbuf_printf(out, "." STR_FMT, STR_ARG(node->text));
		break;
	case SYNTAX_INDEX:
		print_of(node->a, out);
		strbuf_add_char(out, '[');
		print(node->b, out);
		strbuf_add_char(out, ']');
		break;
	case SYNTAX_CALL:
		print_of(node->a, out);
		strbuf_add_char(out, '(');
		print_list(node->list, out);
		strbuf_add_char(out, ')');
		break;
	case SYNTAX_UNARY:
		strbuf_printf(out, "(%s", syntax_op_text(node->op));
		print(node->a, out);
		strbuf_add_char(out, ')');
		break;
	case SYNTAX_BINARY:
		strbuf_add_char(out, '(');
		print(node->a, out);
		strbuf_printf(out, node->op == OP_COMMA ? "%s " : " %s ", syntax_op_text(node->op));
		print(node->b, out);
		strbuf_add_char(out, ')');
		break;
	case SYNTAX_CONDITION:
		strbuf_add_char(out, '(');
		print(node->a, out);
		strbuf_add_text(out, " ? ");
		print(node->b, out);
		strbuf_add_text(out, " : ");
		print(node->c, out);
		strbuf_add_char(out, ')');
		break;
	case SYNTAX_ARRAY:
		strbuf_add_char(out, '[');
		print_list(node->list, out);
		strbuf_add_char(out, ']');
		break;
	case SYNTAX_OBJECT:
		strbuf_add_char(out, '{');
		print_list(node->list, out);
		strbuf_add_char(out, '}');
		break;
	case SYNTAX_FIELD:
		print_field(node, out);
		break;
	case SYNTAX_SPREAD:
		strbuf_add_text(out, "...");
		print(node->a, out);
		break;
	case SYNTAX_JOIN:
		break; // only at the top
	}
}

/* fields: `a` here would be read as an object, so what is none needs parentheses. */
static void print_part(const struct syntax *node, bool fields, struct strbuf *out)
{
	bool object = node->kind == SYNTAX_OBJECT, wrap = fields && !object;
	if (node->piece) {
		entity_encode(value_str(node->value), out);
		return;
	}
	strbuf_add_text(out, wrap ? "{{(" : "{{");
	if (object && node->list) {
		print_list(node->list, out);
	} else {
		print(node, out);
	}
	strbuf_add_text(out, wrap ? ")}}" : "}}");
}

void expr_print(const struct expr *expr, struct strbuf *out)
{
	const struct syntax *node = expr->syntax;
	if (node->kind != SYNTAX_JOIN) {
		print_part(node, expr->object, out);
		return;
	}
	for (const struct syntax *part = node->list; part; part = part->next) {
		print_part(part, expr->object && part == node->list, out);
	}
}
