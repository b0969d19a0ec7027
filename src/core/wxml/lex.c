/* From text to tokens. Every character is looked at a bounded number of times. */
#include "core/wxml/lex.h"

#include "core/expr/expr.h"

#define SPACE_MAX 16 // between "</" and the name

void lex_init(struct lex *lex, struct str text, struct str file, struct diag_list *diags)
{
	*lex = (struct lex){.text = text, .file = file, .diags = diags, .line = 1, .column = 1};
	if (str_starts(text, STR("\xef\xbb\xbf"))) {
		lex->pos = lex->place_at = 3;
	}
}

/* Offsets must not go back. */
static void place(struct lex *lex, size_t offset, int *ret_line, int *ret_column)
{
	for (; lex->place_at < offset; lex->place_at++) {
		char c = lex->text.at[lex->place_at];
		if (c == '\n') {
			lex->line++;
			lex->column = 1;
		} else if (((unsigned char)c & 0xc0) != 0x80) {
			lex->column++;
		}
	}
	*ret_line = lex->line;
	*ret_column = lex->column;
}

static void report(struct lex *lex, enum diag_severity severity, size_t offset, const char *text)
{
	int line, column;
	place(lex, offset, &line, &column);
	diag_add(lex->diags, severity, lex->file, line, column, "%s", text);
}

static char at(const struct lex *lex, size_t offset)
{
	return offset < lex->text.len ? lex->text.at[offset] : 0;
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_tag_start(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_tag_char(char c)
{
	return is_tag_start(c) || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == ':';
}

static struct str rest(const struct lex *lex, size_t from)
{
	return str_slice(lex->text, from, lex->text.len);
}

/* Behind "</": where the name begins; white space before it is forgiven. */
static size_t close_name(const struct lex *lex, size_t offset)
{
	size_t pos = offset;
	while (is_space(at(lex, pos)) && pos < offset + SPACE_MAX) {
		pos++;
	}
	return is_tag_start(at(lex, pos)) ? pos : offset;
}

/* Does markup begin at this "<"? */
static bool is_markup(const struct lex *lex, size_t offset)
{
	char next = at(lex, offset + 1);
	if (next == '/') {
		char c = at(lex, close_name(lex, offset + 2));
		return is_tag_start(c) || c == '>';
	}
	return is_tag_start(next) || next == '!' || next == '?';
}

static void skip_space(struct lex *lex)
{
	while (is_space(at(lex, lex->pos))) {
		lex->pos++;
	}
}

/* <!-- -->, <!doctype>, <?xml?>, </>. */
static void skip_declaration(struct lex *lex)
{
	bool comment = str_starts(rest(lex, lex->pos), STR("<!--"));
	struct str end = comment ? STR("-->") : STR(">");
	size_t from = lex->pos + (comment ? 4 : 2), hit = str_find(rest(lex, from), end);
	if (!comment) {
		report(lex, DIAG_WARNING, lex->pos, "This is not WXML and is left out: use <!-- --> for comments.");
	} else if (hit == SIZE_MAX) {
		report(lex, DIAG_ERROR, lex->pos, "The comment has no end: add -->.");
	}
	lex->pos = hit == SIZE_MAX ? lex->text.len : from + hit + end.len;
}

static void lex_text(struct lex *lex, struct lex_token *token)
{
	size_t from = lex->pos, pos = from;
	place(lex, from, &token->line, &token->column);
	while (pos < lex->text.len) {
		char c = lex->text.at[pos];
		if (c == '<' && is_markup(lex, pos)) {
			break;
		}
		if (c == '<') {
			report(lex, DIAG_WARNING, pos, "A < in a text should be written as &lt;.");
		}
		if (c == '{' && at(lex, pos + 1) == '{') {
			size_t end = expr_close(lex->text, pos + 2);
			pos = end == SIZE_MAX ? pos + 2 : end;
		} else {
			pos++;
		}
	}
	token->kind = LEX_TEXT;
	token->text = str_slice(lex->text, from, pos);
	lex->pos = pos;
}

/* Are the quotes inside of {{ }} part of its expression, or did somebody forget a brace? They are
 * when they pair up and none looks like the beginning of the next attribute's value. */
static bool quotes_inside(struct str inside, char quote)
{
	size_t count = 0;
	for (size_t i = 0; i < inside.len; i++) {
		if (inside.at[i] != quote) {
			continue;
		}
		count++;
		bool value = i >= 2 && inside.at[i - 1] == '=' && (is_tag_char(inside.at[i - 2]) && inside.at[i - 2] != '=');
		if (value || (i >= 1 && inside.at[i - 1] == '}')) {
			return false;
		}
	}
	return count % 2 == 0;
}

/* Behind the opening quote: the offset of the closing one, or SIZE_MAX. */
static size_t value_end(const struct lex *lex, size_t from, char quote)
{
	for (size_t pos = from; pos < lex->text.len;) {
		char c = lex->text.at[pos];
		if (c == quote) {
			return pos;
		}
		if (c == '\\' && (at(lex, pos + 1) == quote || at(lex, pos + 1) == '\\')) {
			pos++;
		}
		pos++;
		if (c == '{' && at(lex, pos) == '{') {
			size_t end = expr_close(lex->text, pos + 1);
			if (end != SIZE_MAX && quotes_inside(str_slice(lex->text, pos + 1, end), quote)) {
				pos = end;
			}
		}
	}
	return SIZE_MAX;
}

static size_t bare_end(const struct lex *lex, size_t from)
{
	size_t pos = from;
	while (pos < lex->text.len) {
		char c = lex->text.at[pos];
		if (is_space(c) || c == '>' || (c == '/' && at(lex, pos + 1) == '>')) {
			break;
		}
		size_t end = c == '{' && at(lex, pos + 1) == '{' ? expr_close(lex->text, pos + 2) : SIZE_MAX;
		pos = end == SIZE_MAX ? pos + 1 : end;
	}
	return pos;
}

static bool is_name_end(char c)
{
	return !c || is_space(c) || c == '=' || c == '>' || c == '/' || c == '<' || c == '"' || c == '\'';
}

/* `a= b="c"`: the next attribute stands where a value should. */
static bool at_next_attr(const struct lex *lex, size_t space)
{
	size_t pos = lex->pos;
	while (!is_name_end(at(lex, pos))) {
		pos++;
	}
	return lex->pos > space && at(lex, pos) == '=' && pos > lex->pos;
}

/* Behind "=". */
static void lex_value(struct lex *lex, struct markup_attr *attr)
{
	size_t space = lex->pos;
	skip_space(lex);
	char quote = at(lex, lex->pos);
	size_t from = lex->pos, end, behind;
	if (quote == '"' || quote == '\'') {
		from++;
		end = value_end(lex, from, quote);
		behind = end + 1;
		if (end == SIZE_MAX) {
			report(lex, DIAG_ERROR, lex->pos, "The value has no closing quote.");
			behind = end = bare_end(lex, from);
		}
	} else {
		bool next = at_next_attr(lex, space);
		behind = end = next ? from : bare_end(lex, from);
		if (end == from) {
			report(lex, DIAG_ERROR, from, "There is no value behind the =: write name=\"value\".");
		}
		if (next) {
			return;
		}
	}
	place(lex, from, &attr->value_line, &attr->value_column);
	attr->value = str_slice(lex->text, from, end);
	attr->has_value = true;
	lex->pos = behind;
}

static struct markup_attr *find_attr(struct lex_token *token, struct str name)
{
	for (size_t i = 0; i < token->attrs.len; i++) {
		if (str_eq(token->attrs.at[i].name, name)) {
			return &token->attrs.at[i];
		}
	}
	return NULL;
}

#define ATTRS_COMPARED 64 // a longer list is not searched for names that come twice

static void lex_attr(struct lex *lex, struct lex_token *token)
{
	struct markup_attr attr = {0};
	size_t from = lex->pos;
	place(lex, from, &attr.line, &attr.column);
	while (!is_name_end(at(lex, lex->pos))) {
		lex->pos++;
	}
	attr.name = str_slice(lex->text, from, lex->pos);
	size_t behind = lex->pos;
	skip_space(lex);
	if (at(lex, lex->pos) == '=') {
		lex->pos++;
		lex_value(lex, &attr);
	} else {
		lex->pos = behind;
	}
	if (str_starts(attr.name, STR("{{"))) {
		diag_add(lex->diags, DIAG_ERROR, lex->file, attr.line, attr.column, "{{ }} cannot stand for a whole attribute: write name=\"{{...}}\".");
		return;
	}
	struct markup_attr *before = token->attrs.len <= ATTRS_COMPARED ? find_attr(token, attr.name) : NULL;
	if (before) {
		diag_add(lex->diags, DIAG_WARNING, lex->file, attr.line, attr.column,
			"The attribute " STR_FMT " is there twice: only the last one counts.", STR_ARG(attr.name));
		*before = attr;
	} else {
		vec_push(&token->attrs, attr);
	}
}

/* Up to and with ">". */
static void lex_attrs(struct lex *lex, struct lex_token *token)
{
	for (;;) {
		skip_space(lex);
		char c = at(lex, lex->pos);
		if (c == '>') {
			lex->pos++;
			return;
		}
		if (c == '/' && at(lex, lex->pos + 1) == '>') {
			token->closed = true;
			lex->pos += 2;
			return;
		}
		if (!c || c == '<') {
			diag_add(lex->diags, DIAG_ERROR, lex->file, token->line, token->column, "The tag has no end: add >.");
			if (lex->pos < lex->text.len && !c) {
				lex->pos++;
			}
			return;
		}
		if (is_name_end(c) || c == ',' || c == ';') {
			report(lex, DIAG_ERROR, lex->pos, "This does not belong into a tag and is left out.");
			lex->pos++;
			continue;
		}
		lex_attr(lex, token);
	}
}

static void lex_tag(struct lex *lex, struct lex_token *token)
{
	bool close = at(lex, lex->pos + 1) == '/';
	place(lex, lex->pos, &token->line, &token->column);
	size_t from = close ? close_name(lex, lex->pos + 2) : lex->pos + 1;
	lex->pos = from;
	while (is_tag_char(at(lex, lex->pos))) {
		lex->pos++;
	}
	token->kind = close ? LEX_CLOSE : LEX_OPEN;
	token->text = str_slice(lex->text, from, lex->pos);
	lex_attrs(lex, token);
}

void lex_next(struct lex *lex, struct lex_token *token)
{
	vec_clear(&token->attrs);
	token->closed = false;
	token->kind = LEX_END;
	while (at(lex, lex->pos) == '<' && is_markup(lex, lex->pos)) {
		char next = at(lex, lex->pos + 1);
		if (next != '!' && next != '?' && !(next == '/' && at(lex, lex->pos + 2) == '>')) {
			lex_tag(lex, token);
			return;
		}
		skip_declaration(lex);
	}
	if (lex->pos < lex->text.len) {
		lex_text(lex, token);
		return;
	}
	place(lex, lex->pos, &token->line, &token->column);
}

struct str lex_raw(struct lex *lex, const char *tag)
{
	size_t from = lex->pos, pos = from;
	struct str name = str_of(tag);
	for (; pos < lex->text.len; pos++) {
		if (lex->text.at[pos] == '<' && at(lex, pos + 1) == '/' && !is_tag_char(at(lex, pos + 2 + name.len))
			&& str_eq_nocase(str_slice(lex->text, pos + 2, pos + 2 + name.len), name)) {
			break;
		}
	}
	lex->pos = pos;
	return str_slice(lex->text, from, pos);
}
