/* Reads a declaration's value into component values (CSS Syntax 3, section 5.3.7) and prints them. */
#include "core/wxss/part.h"

#include "base/vec.h"
#include "core/wxss/color.h"

#define PART_DEPTH_MAX 16
#define PARTS_MAX 20000

struct part_parser {
	struct wxss_lex lex;
	struct str file;
	struct arena *arena;
	int depth;
	size_t total;
};

typedef VEC(struct wxss_part) part_vec;

static bool parse_list(struct part_parser *p, bool inside, struct wxss_parts *ret_parts);

static bool has_scheme(struct str path)
{
	for (size_t i = 0; i < path.len; i++) {
		char c = path.at[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		if (c == ':') {
			return i > 0;
		}
		if (!letter && (i == 0 || !((c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.'))) {
			return false;
		}
	}
	return false;
}

struct str wxss_resolve_path(struct arena *arena, struct str from, struct str path)
{
	if (!from.len || !path.len || path.at[0] == '/' || path.at[0] == '#' || has_scheme(path)) {
		return path;
	}
	size_t slash = str_rfind_char(from, '/');
	struct strbuf out = {0};
	if (slash != SIZE_MAX) {
		strbuf_add(&out, str_slice(from, 0, slash));
	}
	struct str piece;
	while (str_split(&path, '/', &piece)) {
		if (str_is(piece, "..")) {
			size_t cut = str_rfind_char(strbuf_str(&out), '/');
			out.len = cut == SIZE_MAX ? 0 : cut;
		} else if (piece.len && !str_is(piece, ".")) {
			strbuf_printf(&out, "%s" STR_FMT, out.len ? "/" : "", STR_ARG(piece));
		}
	}
	char *text = arena_alloc(arena, out.len + 2);
	text[0] = '/';
	bool rooted = out.len && out.at[0] == '/';
	if (out.len) {
		memcpy(text + !rooted, out.at, out.len);
	}
	struct str result = {text, out.len + !rooted};
	strbuf_finish(&out);
	return result;
}

static bool read_number(struct wxss_token token, struct wxss_part *part)
{
	enum wxss_unit unit = UNIT_NUMBER;
	float factor = 1;
	if (token.unit.len && !wxss_unit_find(token.unit, &unit, &factor)) {
		return false;
	}
	part->kind = PART_NUMBER;
	part->unit = (uint8_t)unit;
	part->integer = token.integer && !token.unit.len;
	part->number = wxss_unit_scaled(token.number, factor);
	return true;
}

static bool read_url(struct part_parser *p, struct str text, struct wxss_part *part)
{
	part->kind = PART_URL;
	part->text = wxss_resolve_path(p->arena, p->file, wxss_unescape(p->arena, text));
	return true;
}

/* url("...") behind the bracket. */
static bool read_quoted_url(struct part_parser *p, struct wxss_part *part)
{
	struct wxss_token token = wxss_lex_next_solid(&p->lex);
	if (token.kind != TOK_STRING) {
		return false;
	}
	read_url(p, token.text, part);
	token = wxss_lex_next_solid(&p->lex);
	return token.kind == TOK_CLOSE_ROUND || token.kind == TOK_EOF;
}

static bool read_function(struct part_parser *p, struct str raw_name, struct wxss_part *part)
{
	struct str name = wxss_unescape(p->arena, raw_name);
	if (str_eq_nocase(name, STR("url"))) {
		return read_quoted_url(p, part);
	}
	if (wxss_calc_is_function(name)) {
		part->kind = PART_CALC;
		part->calc = wxss_calc_parse(&p->lex, name, p->arena);
		return part->calc != NULL;
	}
	struct wxss_parts items;
	if (++p->depth > PART_DEPTH_MAX || !parse_list(p, true, &items)) {
		return false;
	}
	p->depth--;
	if (str_eq_nocase(name, STR("rgb")) || str_eq_nocase(name, STR("rgba")) || str_eq_nocase(name, STR("hsl"))
		|| str_eq_nocase(name, STR("hsla"))) {
		part->kind = PART_COLOR;
		return wxss_color_function(name, items.at, items.count, &part->color);
	}
	part->kind = PART_FUNCTION;
	part->keyword = wxss_keyword_find(name);
	part->text = name;
	part->items = items.at;
	part->count = (uint32_t)items.count;
	return true;
}

/* False: this token makes the value invalid. */
static bool read_part(struct part_parser *p, struct wxss_token token, struct wxss_part *part)
{
	switch (token.kind) {
	case TOK_IDENT:
		part->kind = PART_IDENT;
		part->text = wxss_unescape(p->arena, token.text);
		part->keyword = wxss_keyword_find(part->text);
		return true;
	case TOK_NUMBER: return read_number(token, part);
	case TOK_FUNCTION: return read_function(p, token.text, part);
	case TOK_URL: return read_url(p, token.text, part);
	case TOK_STRING:
		part->kind = PART_STRING;
		part->text = wxss_unescape(p->arena, token.text);
		return true;
	case TOK_HASH:
		part->kind = wxss_color_hex(token.text, &part->color) ? PART_COLOR : PART_HASH;
		part->text = wxss_unescape(p->arena, token.text);
		return true;
	case TOK_COMMA: part->kind = PART_COMMA; return true;
	case TOK_OPEN_SQUARE:
	case TOK_CLOSE_SQUARE:
	case TOK_COLON:
	case TOK_DELIM:
		part->kind = token.delim == '/' ? PART_SLASH : PART_OTHER;
		part->delim = token.delim;
		return token.delim != '!';
	default: return false; // bad strings and urls, brackets and braces
	}
}

static bool parse_list(struct part_parser *p, bool inside, struct wxss_parts *ret_parts)
{
	part_vec parts = {0};
	bool good = true;
	for (;;) {
		struct wxss_token token = wxss_lex_next_solid(&p->lex);
		if (token.kind == TOK_EOF || (inside && token.kind == TOK_CLOSE_ROUND)) {
			break;
		}
		vec_add_zeroed(&parts);
		struct wxss_part part = {0};
		good = ++p->total < PARTS_MAX && read_part(p, token, &part);
		if (!good) {
			break;
		}
		vec_last(&parts) = part;
	}
	if (good) {
		struct wxss_part *copy = arena_alloc_array(p->arena, parts.len, sizeof(*copy));
		if (parts.len) {
			memcpy(copy, parts.at, parts.len * sizeof(*copy));
		}
		*ret_parts = (struct wxss_parts){copy, parts.len};
	}
	vec_finish(&parts);
	return good;
}

bool wxss_parts_parse(struct str text, struct str file, struct arena *arena, struct wxss_parts *ret_parts)
{
	struct part_parser p = {.lex = {.text = text}, .file = file, .arena = arena};
	return parse_list(&p, false, ret_parts);
}

static void print_part(const struct wxss_part *part, struct strbuf *out)
{
	switch (part->kind) {
	case PART_IDENT:
		if (part->keyword) {
			strbuf_add_text(out, wxss_keyword_text(part->keyword));
		} else {
			wxss_print_ident(part->text, out);
		}
		break;
	case PART_NUMBER: wxss_unit_print(part->number, part->unit, out); break;
	case PART_CALC: wxss_calc_print(part->calc, out); break;
	case PART_COLOR: wxss_color_print_hex(part->color, out); break;
	case PART_STRING: wxss_print_string(part->text, out); break;
	case PART_URL:
		strbuf_add_text(out, "url(");
		wxss_print_string(part->text, out);
		strbuf_add_char(out, ')');
		break;
	case PART_FUNCTION:
		wxss_print_ident(part->text, out);
		strbuf_add_char(out, '(');
		wxss_parts_print((struct wxss_parts){part->items, part->count}, out);
		strbuf_add_char(out, ')');
		break;
	case PART_COMMA: strbuf_add_char(out, ','); break;
	case PART_SLASH: strbuf_add_char(out, '/'); break;
	case PART_HASH:
		strbuf_add_char(out, '#');
		wxss_print_ident(part->text, out);
		break;
	default: strbuf_add_char(out, part->delim); break;
	}
}

void wxss_parts_print(struct wxss_parts parts, struct strbuf *out)
{
	for (size_t i = 0; i < parts.count; i++) {
		if (i > 0 && parts.at[i].kind != PART_COMMA) {
			strbuf_add_char(out, ' ');
		}
		print_part(&parts.at[i], out);
	}
}

bool wxss_part_equal(const struct wxss_part *a, const struct wxss_part *b)
{
	if (a->kind != b->kind) {
		return false;
	}
	switch (a->kind) {
	case PART_IDENT:
	case PART_STRING:
	case PART_URL: return str_eq(a->text, b->text);
	case PART_NUMBER: return a->number == b->number && a->unit == b->unit;
	case PART_COLOR: return a->color == b->color;
	default: return false;
	}
}
