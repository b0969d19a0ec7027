// Import and export declarations: found by tokens, overwritten in place, said again in front.
#include "border/js/esm.h"

#include "border/js/token.h"
#include "core/value/json.h"

#include <string.h>

#define NAMES_MAX 100000 // of one declaration

struct scan {
	struct js_tokenizer tokens;
	struct esm_unit *unit;
};

// ---- Texts

static struct str keep(struct scan *scan, struct str text)
{
	return (struct str){arena_strdup(&scan->unit->arena, text.at, text.len), text.len};
}

static int hex_of(char c)
{
	if (c >= '0' && c <= '9') {
		return c - '0';
	}
	c |= 32;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Past the hexadecimal digits of \x41, \u0041 or \u{41}; false: malformed. */
static bool hex_escape(struct str text, size_t *at, uint32_t *ret_code)
{
	char kind = text.at[(*at)++];
	bool braced = kind == 'u' && *at < text.len && text.at[*at] == '{';
	size_t digits = braced ? 6 : kind == 'x' ? 2 : 4;
	*at += braced;
	*ret_code = 0;
	size_t count = 0;
	while (count < digits && *at < text.len && hex_of(text.at[*at]) >= 0) {
		*ret_code = *ret_code * 16 + (uint32_t)hex_of(text.at[(*at)++]);
		count++;
	}
	if (braced && *at < text.len && text.at[*at] == '}') {
		(*at)++;
		return count > 0 && *ret_code <= 0x10ffff;
	}
	return !braced && count == digits;
}

/* What a string literal, or a name with \u in it, stands for. */
static struct str decode(struct scan *scan, struct str text)
{
	if (str_find_char(text, '\\') == SIZE_MAX) {
		return keep(scan, text);
	}
	struct strbuf out = {0};
	for (size_t i = 0; i < text.len;) {
		char c = text.at[i++];
		if (c != '\\' || i >= text.len) {
			strbuf_add_char(&out, c);
			continue;
		}
		c = text.at[i];
		uint32_t code;
		if (c == 'x' || c == 'u') {
			if (hex_escape(text, &i, &code)) {
				strbuf_add_code_point(&out, code);
			}
			continue;
		}
		static const char from[] = "nrtbvf0", to[] = "\n\r\t\b\v\f";
		const char *simple = strchr(from, c);
		if (c && simple) {
			strbuf_add_char(&out, to[simple - from]);
		} else if (c != '\n' && c != '\r') {
			strbuf_add_char(&out, c);
		}
		i++;
	}
	struct str kept = keep(scan, strbuf_str(&out));
	strbuf_finish(&out);
	return kept;
}

static struct str token_text(const struct scan *scan, struct js_token token)
{
	return js_token_text(&scan->tokens, token);
}

static bool is(const struct scan *scan, struct js_token token, const char *text)
{
	return js_token_is(&scan->tokens, token, text);
}

static struct str string_text(struct scan *scan, struct js_token token)
{
	struct str text = token_text(scan, token);
	size_t end = text.len > 1 && text.at[text.len - 1] == text.at[0] ? text.len - 1 : text.len;
	return decode(scan, str_slice(text, 1, end));
}

/* Blanks a piece of the text; a `;` in front keeps the statements before and after it apart. */
static void blank(struct scan *scan, size_t from, size_t to, const char *instead)
{
	char *text = scan->unit->text.at;
	for (size_t i = from; i < to; i++) {
		// the three bytes of U+2028 and U+2029 stay: they count as line ends
		bool line = text[i] == '\n' || text[i] == '\r';
		bool wide = i + 2 < to && memcmp(text + i, "\xe2\x80", 2) == 0 && ((unsigned char)text[i + 2] & 0xfe) == 0xa8;
		if (wide) {
			i += 2;
		} else if (!line) {
			text[i] = ' ';
		}
	}
	size_t len = strlen(instead);
	if (len <= to - from) {
		memcpy(text + from, instead, len);
	}
}

// ---- Lists of names

static struct js_token next(struct scan *scan) { return js_token_next(&scan->tokens); }
static struct js_token peek(struct scan *scan) { return js_token_peek(&scan->tokens); }

static bool next_is(struct scan *scan, const char *text)
{
	if (!is(scan, peek(scan), text)) {
		return false;
	}
	next(scan);
	return true;
}

static bool module_name(struct scan *scan, struct str *ret_name)
{
	struct js_token token = next(scan);
	if (token.type == JS_TOKEN_STRING) {
		*ret_name = string_text(scan, token);
	} else if (token.type == JS_TOKEN_NAME) {
		*ret_name = decode(scan, token_text(scan, token));
	}
	return token.type == JS_TOKEN_STRING || token.type == JS_TOKEN_NAME;
}

typedef VEC(struct esm_name) name_list;

/* "{a, b as c}", behind its opening bracket. */
static bool braced_names(struct scan *scan, name_list *names)
{
	while (!next_is(scan, "}")) {
		struct esm_name name;
		if (names->len >= NAMES_MAX || !module_name(scan, &name.outer)) {
			return false;
		}
		name.local = name.outer;
		if (next_is(scan, "as") && !module_name(scan, &name.local)) {
			return false;
		}
		vec_push(names, name);
		if (!next_is(scan, ",") && !is(scan, peek(scan), "}")) {
			return false;
		}
	}
	return true;
}

/* `from "spec"`, or the string alone; then `with {...}` and the end of the statement. */
static bool from_clause(struct scan *scan, bool from, struct str *ret_spec, size_t *ret_end)
{
	if (from && !next_is(scan, "from")) {
		return false;
	}
	struct js_token spec = next(scan);
	if (spec.type != JS_TOKEN_STRING) {
		return false;
	}
	*ret_spec = string_text(scan, spec);
	*ret_end = spec.end;
	struct js_token after = peek(scan);
	if (is(scan, after, "with") || (is(scan, after, "assert") && !after.line_before)) {
		next(scan);
		if (!next_is(scan, "{")) {
			return false;
		}
		struct js_token token;
		do {
			token = next(scan);
		} while (token.type != JS_TOKEN_END && !is(scan, token, "}"));
		*ret_end = token.end;
	}
	if (is(scan, peek(scan), ";")) {
		*ret_end = next(scan).end;
	}
	return true;
}

static struct esm_import *add_import(struct scan *scan, struct str spec)
{
	vec_add_zeroed(&scan->unit->imports);
	struct esm_import *import = &vec_last(&scan->unit->imports);
	import->spec = spec;
	return import;
}

static void add_export(struct scan *scan, struct str name, struct str local, bool constant)
{
	vec_push(&scan->unit->exports, ((struct esm_export){name, local, constant}));
}

// ---- Import declarations

static bool import_clause(struct scan *scan, name_list *names)
{
	struct js_token token = next(scan);
	if (token.type == JS_TOKEN_NAME) {
		vec_push(names, ((struct esm_name){STR("default"), decode(scan, token_text(scan, token))}));
		if (!next_is(scan, ",")) {
			return true;
		}
		token = next(scan);
	}
	if (is(scan, token, "*")) {
		struct esm_name name = {.outer = STR("*")};
		if (!next_is(scan, "as") || !module_name(scan, &name.local)) {
			return false;
		}
		vec_push(names, name);
		return true;
	}
	return is(scan, token, "{") && braced_names(scan, names);
}

static void import_declaration(struct scan *scan, size_t start)
{
	name_list names = {0};
	struct str spec;
	size_t end;
	bool bare = peek(scan).type == JS_TOKEN_STRING;
	if ((bare || import_clause(scan, &names)) && from_clause(scan, !bare, &spec, &end)) {
		struct esm_import *import = add_import(scan, spec);
		memcpy(&import->names, &names, sizeof(names));
		blank(scan, start, end, ";");
		scan->unit->is_module = true;
		return;
	}
	vec_finish(&names);
}

// ---- Export declarations

/* Skips a default value or an initialiser: to a `,`, `;` or closing bracket of the same depth, or
 * to where a line end ends the statement. */
static void skip_expression(struct scan *scan)
{
	size_t depth = scan->tokens.brackets.len;
	bool first = true;
	for (;;) {
		struct js_token token = peek(scan);
		if (token.type == JS_TOKEN_END) {
			return;
		}
		if (scan->tokens.brackets.len == depth) {
			struct str text = token_text(scan, token);
			bool punctuator = token.type == JS_TOKEN_PUNCTUATOR;
			if (punctuator && (str_is(text, ",") || str_is(text, ";") || str_is(text, ")") ||
				str_is(text, "]") || str_is(text, "}"))) {
				return;
			}
			bool goes_on = token.type == JS_TOKEN_TEMPLATE || str_is(text, "in") || str_is(text, "instanceof") ||
				(punctuator && !str_is(text, "{") && !str_is(text, "++") && !str_is(text, "--") &&
					!str_is(text, "!") && !str_is(text, "~"));
			struct js_token last = scan->tokens.last;
			bool ended = scan->tokens.value || is(scan, last, "}") || is(scan, last, ")");
			if (!first && depth == 0 && token.line_before && !goes_on && ended) {
				return;
			}
		}
		first = false;
		next(scan);
	}
}

static bool binding(struct scan *scan, bool constant, int depth);

/* The inside of a pattern, behind its opening bracket. */
static bool pattern(struct scan *scan, bool object, bool constant, int depth)
{
	const char *close = object ? "}" : "]";
	while (!next_is(scan, close)) {
		struct js_token token = peek(scan);
		if (token.type == JS_TOKEN_END) {
			return false;
		}
		if (next_is(scan, ",") || next_is(scan, "...")) {
			continue;
		}
		if (object) {
			struct js_tokenizer *tokens = &scan->tokens;
			struct js_token key = next(scan);
			if (is(scan, key, "[")) {
				skip_expression(scan);
				next(scan);
			}
			if (!next_is(scan, ":")) {
				if (key.type != JS_TOKEN_NAME) {
					return false;
				}
				struct str name = decode(scan, js_token_text(tokens, key));
				add_export(scan, name, name, constant);
			} else if (!binding(scan, constant, depth)) {
				return false;
			}
		} else if (!binding(scan, constant, depth)) {
			return false;
		}
		if (next_is(scan, "=")) {
			skip_expression(scan);
		}
	}
	return true;
}

static bool binding(struct scan *scan, bool constant, int depth)
{
	struct js_token token = next(scan);
	if (is(scan, token, "{") || is(scan, token, "[")) {
		return depth < 100 && pattern(scan, is(scan, token, "{"), constant, depth + 1);
	}
	if (token.type != JS_TOKEN_NAME) {
		return false;
	}
	struct str name = decode(scan, token_text(scan, token));
	add_export(scan, name, name, constant);
	return true;
}

/* const, let or var, which have been read. */
static void variables(struct scan *scan, bool constant)
{
	do {
		if (!binding(scan, constant, 0)) {
			return;
		}
		if (next_is(scan, "=")) {
			skip_expression(scan);
		}
	} while (next_is(scan, ","));
}

/* The name behind `function`, `async function` or `class`; empty when there is none. */
static struct str declared_name(struct scan *scan, struct js_token first, struct js_token *ret_last)
{
	*ret_last = first;
	if (is(scan, first, "async")) {
		*ret_last = next(scan); // function
	}
	if (is(scan, peek(scan), "*")) {
		*ret_last = next(scan);
	}
	struct js_token name = peek(scan);
	if (name.type != JS_TOKEN_NAME || is(scan, name, "extends")) {
		return (struct str){0};
	}
	next(scan);
	return decode(scan, token_text(scan, name));
}

static bool async_function(struct scan *scan, struct js_token first)
{
	struct js_token after = peek(scan);
	return is(scan, first, "async") && is(scan, after, "function") && !after.line_before;
}

static void export_default(struct scan *scan, size_t start, size_t end)
{
	struct js_token first = peek(scan);
	bool is_class = is(scan, first, "class");
	bool declares = is_class || is(scan, first, "function");
	if (is(scan, first, "async")) {
		struct js_tokenizer saved = scan->tokens;
		saved.brackets.at = NULL; // outside of all brackets
		saved.brackets.len = saved.brackets.cap = 0;
		next(scan);
		declares = async_function(scan, first);
		vec_finish(&scan->tokens.brackets);
		scan->tokens = saved;
	}
	if (!declares) {
		blank(scan, start, end, "var $dflt=");
		add_export(scan, STR("default"), STR("$dflt"), true);
		return;
	}
	next(scan);
	struct js_token last;
	struct str name = declared_name(scan, first, &last);
	if (name.len > 0) {
		blank(scan, start, end, ";");
		add_export(scan, STR("default"), name, false);
		return;
	}
	struct strbuf head = {0};
	strbuf_printf(&head, "%s%s%s $dflt ", is(scan, first, "async") ? "async " : "",
		is_class ? "class" : "function", is(scan, last, "*") ? "*" : "");
	blank(scan, start, last.end, strbuf_str(&head).at);
	strbuf_finish(&head);
	add_export(scan, STR("default"), STR("$dflt"), true);
}

static void export_list(struct scan *scan, size_t start)
{
	name_list names = {0};
	struct str spec;
	if (!braced_names(scan, &names)) {
		vec_finish(&names);
		return;
	}
	size_t end = scan->tokens.at;
	if (is(scan, peek(scan), "from")) {
		if (from_clause(scan, true, &spec, &end)) {
			struct esm_import *import = add_import(scan, spec);
			memcpy(&import->passes, &names, sizeof(names));
			blank(scan, start, end, ";");
			return;
		}
	} else {
		for (size_t i = 0; i < names.len; i++) {
			add_export(scan, names.at[i].local, names.at[i].outer, false);
		}
		if (is(scan, peek(scan), ";")) {
			end = next(scan).end;
		}
		blank(scan, start, end, ";");
	}
	vec_finish(&names);
}

static void export_star(struct scan *scan, size_t start)
{
	struct esm_name name = {.outer = STR("*")};
	bool as = next_is(scan, "as");
	struct str spec;
	size_t end;
	if ((as && !module_name(scan, &name.local)) || !from_clause(scan, true, &spec, &end)) {
		return;
	}
	struct esm_import *import = add_import(scan, spec);
	if (as) {
		vec_push(&import->passes, name);
	}
	import->star = !as;
	blank(scan, start, end, ";");
}

static void export_declaration(struct scan *scan, struct js_token export)
{
	struct js_token token = next(scan);
	scan->unit->is_module = true;
	if (is(scan, token, "{")) {
		export_list(scan, export.start);
	} else if (is(scan, token, "*")) {
		export_star(scan, export.start);
	} else if (is(scan, token, "default")) {
		export_default(scan, export.start, token.end);
	} else if (is(scan, token, "const") || is(scan, token, "let") || is(scan, token, "var")) {
		blank(scan, export.start, export.end, "");
		variables(scan, is(scan, token, "const"));
	} else if (is(scan, token, "class") || is(scan, token, "function") || async_function(scan, token)) {
		struct js_token last;
		blank(scan, export.start, export.end, "");
		struct str name = declared_name(scan, token, &last);
		if (name.len > 0) {
			add_export(scan, name, name, false);
		}
	}
}

// ---- The whole file

static void note_assigned(struct scan *scan, struct js_token name, struct js_token before)
{
	struct js_token after = peek(scan);
	struct str op = token_text(scan, after);
	bool declared = is(scan, before, "let") || is(scan, before, "const") || is(scan, before, "var");
	bool stepped = is(scan, before, "++") || is(scan, before, "--") || str_is(op, "++") || str_is(op, "--");
	bool assigned = after.type == JS_TOKEN_PUNCTUATOR && op.len > 0 && op.at[op.len - 1] == '=' &&
		!str_is(op, "==") && !str_is(op, "===") && !str_is(op, "!=") && !str_is(op, "!==") &&
		!str_is(op, "<=") && !str_is(op, ">=");
	if (!name.property && !declared && (stepped || (assigned && name.depth > 0))) {
		map_set(&scan->unit->assigned, token_text(scan, name), scan);
	}
}

static void note_require(struct scan *scan)
{
	if (!next_is(scan, "(")) {
		return;
	}
	struct js_token spec = peek(scan);
	if (spec.type == JS_TOKEN_STRING) {
		next(scan);
		if (is(scan, peek(scan), ")")) {
			vec_push(&scan->unit->requires, string_text(scan, spec));
		}
	}
}

static void on_import(struct scan *scan, struct js_token token, bool starts)
{
	struct js_token after = peek(scan);
	if (is(scan, after, "(")) {
		blank(scan, token.start, token.end, "$imprt");
	} else if (is(scan, after, ".")) {
		next(scan);
		struct js_token meta = next(scan);
		if (is(scan, meta, "meta")) {
			blank(scan, token.start, meta.end, "$imeta");
		}
	} else if (starts) {
		import_declaration(scan, token.start);
	}
}

/* Can a statement begin behind this token? `{import: 1}` has no such place outside of brackets. */
static bool ends_statement(const struct scan *scan, struct js_token last, bool line_before)
{
	return last.type == JS_TOKEN_END || line_before || is(scan, last, ";") || is(scan, last, "}") ||
		is(scan, last, ")");
}

void esm_scan(struct str source, struct esm_unit *ret_unit)
{
	struct esm_unit *unit = ret_unit;
	*unit = (struct esm_unit){0};
	arena_init(&unit->arena);
	strbuf_add(&unit->text, source);
	if (str_starts(source, STR("#!"))) {
		memcpy(unit->text.at, "//", 2);
	}
	struct scan scan = {.unit = unit};
	js_tokenizer_init(&scan.tokens, source);
	for (;;) {
		struct js_token last = scan.tokens.last;
		struct js_token token = next(&scan);
		if (token.type == JS_TOKEN_END) {
			break;
		}
		if (token.type != JS_TOKEN_NAME || token.property) {
			continue;
		}
		bool starts = token.depth == 0 && ends_statement(&scan, last, token.line_before);
		struct str word = token_text(&scan, token);
		if (str_is(word, "import")) {
			on_import(&scan, token, starts);
		} else if (starts && str_is(word, "export")) {
			export_declaration(&scan, token);
		} else if (str_is(word, "require")) {
			note_require(&scan);
		} else {
			note_assigned(&scan, token, last);
		}
	}
	unit->unbalanced = scan.tokens.unbalanced || scan.tokens.brackets.len > 0;
	js_tokenizer_finish(&scan.tokens);
}

void esm_unit_finish(struct esm_unit *unit)
{
	for (size_t i = 0; i < unit->imports.len; i++) {
		vec_finish(&unit->imports.at[i].names);
		vec_finish(&unit->imports.at[i].passes);
	}
	vec_finish(&unit->imports);
	vec_finish(&unit->exports);
	vec_finish(&unit->requires);
	map_finish(&unit->assigned);
	strbuf_finish(&unit->text);
	arena_finish(&unit->arena);
}

bool esm_is_assigned(const struct esm_unit *unit, struct str name)
{
	for (size_t i = 0; i < unit->exports.len; i++) {
		const struct esm_export *export = &unit->exports.at[i];
		if (str_eq(export->name, name)) {
			return !export->constant && map_has(&unit->assigned, export->local);
		}
	}
	return false;
}

// ---- The first line

static void add_read(size_t import, struct str outer, struct strbuf *out)
{
	if (str_is(outer, "default") || str_is(outer, "*")) {
		strbuf_printf(out, "$i(%zu,%d)", import, str_is(outer, "*") ? 2 : 1);
	} else {
		strbuf_printf(out, "$i(%zu)[", import);
		json_write_string(outer, out);
		strbuf_add_char(out, ']');
	}
}

static void add_getter(struct str name, struct strbuf *out)
{
	strbuf_add_text(out, out->len > 0 && out->at[out->len - 1] != '{' ? "," : "");
	strbuf_add_char(out, '[');
	json_write_string(name, out);
	strbuf_add_text(out, "]:()=>");
}

static bool has_exports(const struct esm_unit *unit)
{
	bool found = unit->exports.len > 0;
	for (size_t i = 0; i < unit->imports.len; i++) {
		found |= unit->imports.at[i].star || unit->imports.at[i].passes.len > 0;
	}
	return found;
}

void esm_head(const struct esm_unit *unit, bool (*is_live)(void *user, size_t import, const struct esm_name *name),
	void *user, struct strbuf *ret_head, struct strbuf *ret_live)
{
	if (has_exports(unit)) {
		strbuf_add_text(ret_head, "$x({");
		for (size_t i = 0; i < unit->exports.len; i++) {
			add_getter(unit->exports.at[i].name, ret_head);
			strbuf_add(ret_head, unit->exports.at[i].local);
		}
		for (size_t i = 0; i < unit->imports.len; i++) {
			const struct esm_import *import = &unit->imports.at[i];
			for (size_t k = 0; k < import->passes.len; k++) {
				add_getter(import->passes.at[k].local, ret_head);
				add_read(i, import->passes.at[k].outer, ret_head);
			}
		}
		strbuf_add_text(ret_head, "});");
	}
	for (size_t i = 0; i < unit->imports.len; i++) {
		const struct esm_import *import = &unit->imports.at[i];
		strbuf_printf(ret_head, import->star ? "$s(%zu);" : "$i(%zu);", i);
		for (size_t k = 0; k < import->names.len; k++) {
			const struct esm_name *name = &import->names.at[k];
			if (is_live(user, i, name)) {
				add_getter(name->local, ret_live);
				add_read(i, name->outer, ret_live);
				continue;
			}
			strbuf_add_text(ret_head, "var ");
			strbuf_add(ret_head, name->local);
			strbuf_add_char(ret_head, '=');
			add_read(i, name->outer, ret_head);
			strbuf_add_char(ret_head, ';');
		}
	}
}
