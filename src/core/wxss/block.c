/* Reads and prints declaration lists, dropping what is wrong as CSS Syntax 3, section 5.4.4 says. */
#include "core/wxss/block.h"

#include "core/wxss/share.h"

#define WARNINGS_MAX 500

struct span { // a declaration's value in the text
	size_t from, to;
	bool important;
	bool bad; // an unterminated string
	bool cut; // the text ends before the declaration does
};

void wxss_source_warn(const struct wxss_source *source, size_t offset, const char *fmt, ...)
{
	if (!source->diags || (source->warnings && ++*source->warnings > WARNINGS_MAX)) {
		return;
	}
	struct strbuf text = {0};
	int line, column;
	va_list args;
	va_start(args, fmt);
	strbuf_vprintf(&text, fmt, args);
	va_end(args);
	diag_place(source->text, offset, &line, &column);
	diag_add(source->diags, DIAG_WARNING, source->file, line, column, "%s", text.at);
	strbuf_finish(&text);
}

/* Up to the ";" or "}" that ends the declaration; brackets hide both. lex is left at that character
 * (behind a ";"). */
static struct span take_value(struct wxss_lex *lex, bool braces)
{
	struct span span = {.from = lex->pos};
	struct wxss_token last = {0}, before = {0};
	for (;;) {
		struct wxss_token token = wxss_lex_next(lex);
		span.to = token.offset;
		if (token.kind == TOK_EOF || token.kind == TOK_SEMICOLON) {
			span.cut = token.kind == TOK_EOF;
			break;
		}
		if (token.kind == TOK_CLOSE_CURLY && braces) {
			lex->pos = token.offset;
			break;
		}
		if (wxss_token_opens(token.kind)) {
			wxss_lex_skip_block(lex, token.kind);
		}
		span.bad = span.bad || token.kind == TOK_BAD_STRING || token.kind == TOK_BAD_URL;
		if (token.kind != TOK_SPACE) {
			before = last;
			last = token;
		}
	}
	if (last.kind == TOK_IDENT && str_eq_nocase(last.text, STR("important")) && before.kind == TOK_DELIM && before.delim == '!') {
		span.important = true;
		span.to = before.offset;
	}
	return span;
}

static bool is_hack(struct str name) { return name.len && (name.at[0] == '_' || name.at[0] == '*'); }

/* -webkit-, -moz- and the like, but neither a custom property nor a negative number. */
static bool is_prefixed(struct str name)
{
	return name.len > 1 && name.at[0] == '-' && ((name.at[1] >= 'a' && name.at[1] <= 'z') || (name.at[1] >= 'A' && name.at[1] <= 'Z'));
}

/* Worth no word: vendors' values and old hacks. */
static bool is_foreign_value(struct str value)
{
	return is_prefixed(value) || str_find(value, STR("-webkit-")) != SIZE_MAX || str_find(value, STR("-moz-")) != SIZE_MAX
		|| str_find(value, STR("-ms-")) != SIZE_MAX || str_find(value, STR("-o-")) != SIZE_MAX
		|| str_find(value, STR("progid:")) != SIZE_MAX || str_starts(value, STR("alpha(")) || str_starts(value, STR("expression("))
		|| str_ends(value, STR("\\9")) || str_ends(value, STR("\\0"));
}

static void report(const struct wxss_source *source, int outcome, size_t offset, struct str name, struct str value)
{
	if (outcome == 1 && source->warned && !is_hack(name) && !is_prefixed(name) && !map_has(source->warned, name)) {
		const char *nearest = wxss_property_nearest(name);
		(void)map_set(source->warned, name, (void *)"");
		wxss_source_warn(source, offset, nearest ? "unknown property \"" STR_FMT "\"; did you mean \"%s\"?"
			: "unknown property \"" STR_FMT "\"", STR_ARG(name), nearest);
	} else if (outcome == 2 && !is_prefixed(name) && !is_foreign_value(value)) {
		struct str shown = value.len > 80 ? str_slice(value, 0, 80) : value;
		wxss_source_warn(source, offset, "invalid value for \"" STR_FMT "\": " STR_FMT, STR_ARG(name), STR_ARG(shown));
	}
}

/* At an identifier: one declaration. */
static void take_declaration(const struct wxss_source *source, struct wxss_lex *lex, bool braces, struct wxss_token name_token,
	struct wxss_declare *d)
{
	struct wxss_lex behind_name = *lex;
	if (wxss_lex_next_solid(lex).kind != TOK_COLON) {
		*lex = behind_name;
		(void)take_value(lex, braces);
		wxss_source_warn(source, name_token.offset, "\":\" is missing after \"" STR_FMT "\"", STR_ARG(name_token.text));
		return;
	}
	struct span span = take_value(lex, braces);
	struct str name = wxss_unescape(source->arena, name_token.text);
	struct str value = str_trim(str_slice(lex->text, span.from, span.to));
	struct str whole = span.cut ? wxss_close_text(source->arena, value) : value;
	int outcome = span.bad ? 2 : wxss_declare(d, source->file, name, whole, span.important);
	report(source, outcome, name_token.offset, name, value);
}

/* A nested at-rule: its block or its ";" ends it. */
static void skip_at_rule(struct wxss_lex *lex, bool braces)
{
	for (;;) {
		struct wxss_lex before = *lex;
		struct wxss_token token = wxss_lex_next(lex);
		if (token.kind == TOK_EOF || token.kind == TOK_SEMICOLON) {
			return;
		}
		if (token.kind == TOK_CLOSE_CURLY && braces) {
			*lex = before;
			return;
		}
		if (wxss_token_opens(token.kind)) {
			wxss_lex_skip_block(lex, token.kind);
			if (token.kind == TOK_OPEN_CURLY) {
				return;
			}
		}
	}
}

static void take_list(const struct wxss_source *source, struct wxss_lex *lex, bool braces, struct wxss_declare *d)
{
	for (;;) {
		struct wxss_lex before = *lex;
		struct wxss_token token = wxss_lex_next(lex);
		switch (token.kind) {
		case TOK_EOF: return;
		case TOK_SPACE:
		case TOK_SEMICOLON: break;
		case TOK_IDENT: take_declaration(source, lex, braces, token, d); break;
		case TOK_AT: skip_at_rule(lex, braces); break;
		default: // a "}" too, when nothing was opened
			if (token.kind == TOK_CLOSE_CURLY && braces) {
				return;
			}
			*lex = before;
			(void)take_value(lex, braces);
			break;
		}
	}
}

static bool uses_attr(const struct wxss_decl *decl)
{
	if (decl->property != PROPERTY_content) {
		return false;
	}
	bool found = decl->kind == DECL_PENDING && str_find(decl->text, STR("attr(")) != SIZE_MAX;
	for (size_t i = 0; decl->kind == DECL_VALUE && i < decl->parts.count; i++) {
		found = found || (decl->parts.at[i].kind == PART_FUNCTION && decl->parts.at[i].keyword == KW_attr);
	}
	return found;
}

void wxss_block_parse(const struct wxss_source *source, struct wxss_lex *lex, bool braces, struct wxss_block *ret_block)
{
	struct wxss_declare d;
	size_t offset = lex->pos;
	wxss_declare_init(&d, source->arena);
	take_list(source, lex, braces, &d);
	struct wxss_decl *copy = arena_alloc_array(source->arena, d.decls.len, sizeof(*copy));
	struct wxss_block block = {.decls = copy, .count = d.decls.len, .file = source->file, .text = source->text, .offset = offset};
	for (size_t i = 0; i < d.decls.len; i++) {
		copy[i] = d.decls.at[i];
		block.important = block.important || copy[i].important;
		block.custom = block.custom || copy[i].kind == DECL_CUSTOM;
		block.attr = block.attr || uses_attr(&copy[i]);
	}
	wxss_declare_finish(&d);
	*ret_block = block;
}

bool wxss_block_supports(const struct wxss_source *source, struct str name, struct str value)
{
	struct wxss_declare d;
	wxss_declare_init(&d, source->arena);
	int outcome = wxss_declare(&d, source->file, name, value, false);
	wxss_declare_finish(&d);
	return outcome == 0 || outcome == 3;
}

static void print_decl(const struct wxss_decl *decl, struct strbuf *out)
{
	if (decl->kind == DECL_CUSTOM) {
		wxss_print_ident(atom_str(decl->custom), out);
		strbuf_printf(out, ": " STR_FMT, STR_ARG(decl->text));
	} else if (decl->kind == DECL_PENDING) {
		wxss_print_ident(decl->written, out);
		strbuf_printf(out, ": " STR_FMT, STR_ARG(decl->text));
	} else {
		strbuf_printf(out, "%s: ", wxss_properties[decl->property].name);
		if (decl->kind == DECL_WIDE) {
			strbuf_add_text(out, wxss_keyword_text(decl->wide));
		} else {
			wxss_parts_print(decl->parts, out);
		}
	}
	strbuf_add_text(out, decl->important ? " !important;\n" : ";\n");
}

void wxss_block_print(const struct wxss_block *block, const char *indent, struct strbuf *out)
{
	for (size_t i = 0; i < block->count; i++) {
		const struct wxss_decl *decl = &block->decls[i];
		bool same = i > 0 && decl->kind == DECL_PENDING && decl[-1].kind == DECL_PENDING && decl[-1].text.at == decl->text.at;
		if (!same) { // the longhands of one pending shorthand print once
			strbuf_add_text(out, indent);
			print_decl(decl, out);
		}
	}
}
