/* JSON files: tolerant reading, places of values, and the sentences for what is wrong in them. */
#include "core/package/document.h"

#include "core/package/package.h"
#include "core/value/json.h"

#include <string.h>

/* --- places: a scan of text that json_parse has accepted --- */

struct scan {
	struct str text;
	size_t at;
};

static void skip_space(struct scan *s)
{
	while (s->at < s->text.len && strchr(" \t\r\n", s->text.at[s->at]) && s->text.at[s->at]) {
		s->at++;
	}
}

static char look(const struct scan *s)
{
	return s->at < s->text.len ? s->text.at[s->at] : '\0';
}

/* At the opening quote; the text between the quotes, escapes as they stand. */
static struct str skip_string(struct scan *s)
{
	size_t from = ++s->at;
	while (s->at < s->text.len && s->text.at[s->at] != '"') {
		s->at += s->text.at[s->at] == '\\' ? 2 : 1;
	}
	s->at = size_min(s->at, s->text.len);
	struct str inside = str_slice(s->text, from, s->at);
	s->at = size_min(s->at + 1, s->text.len);
	return inside;
}

static void skip_value(struct scan *s)
{
	size_t depth = 0;
	do {
		skip_space(s);
		char c = look(s);
		if (s->at >= s->text.len) {
			return;
		}
		if (c == '"') {
			skip_string(s);
			continue;
		}
		depth += c == '{' || c == '[';
		if (c == '}' || c == ']') {
			if (!depth) {
				return;
			}
			depth--;
		} else if (c == ',' && !depth) {
			return;
		}
		s->at++;
		skip_space(s);
	} while (depth || (look(s) && !strchr(",]}", look(s))));
}

/* Does `path` begin with this key as a whole segment? *ret_rest is what follows. */
static bool takes(struct str path, struct str key, struct str *ret_rest)
{
	struct str rest = str_slice(path, key.len, path.len);
	if (!str_starts(path, key) || (rest.len && rest.at[0] != '.' && rest.at[0] != '[')) {
		return false;
	}
	*ret_rest = rest.len && rest.at[0] == '.' ? str_slice(rest, 1, rest.len) : rest;
	return true;
}

struct place {
	size_t key, value; // offsets of the best match so far
};

static bool find(struct scan s, struct str path, struct place *place);

/* Keys may hold dots, so each member whose key begins the path is tried. */
static bool find_member(struct scan *s, struct str path, struct place *place)
{
	s->at++;
	for (skip_space(s); look(s) == '"'; skip_space(s)) {
		size_t key_at = s->at;
		struct str key = skip_string(s), rest;
		skip_space(s);
		s->at += look(s) == ':';
		skip_space(s);
		if (takes(path, key, &rest)) {
			struct place inner = {key_at, s->at};
			if (find(*s, rest, &inner) || !rest.len) {
				*place = inner;
				return true;
			}
			*place = (struct place){inner.value, inner.value};
		}
		skip_value(s);
		skip_space(s);
		s->at += look(s) == ',';
	}
	return false;
}

static bool find_item(struct scan *s, struct str path, struct place *place)
{
	size_t index = 0, i = 1;
	for (; i < path.len && path.at[i] >= '0' && path.at[i] <= '9' && index < 1000000; i++) {
		index = index * 10 + (size_t)(path.at[i] - '0');
	}
	i += i < path.len && path.at[i] == ']';
	i += i < path.len && path.at[i] == '.';
	s->at++;
	for (; index > 0; index--) {
		skip_value(s);
		skip_space(s);
		if (look(s) != ',') {
			return false;
		}
		s->at++;
	}
	skip_space(s);
	place->key = place->value = s->at;
	return find(*s, str_slice(path, i, path.len), place);
}

static bool find(struct scan s, struct str path, struct place *place)
{
	if (!path.len) {
		return true;
	}
	skip_space(&s);
	if (path.at[0] == '[') {
		return look(&s) == '[' && find_item(&s, path, place);
	}
	return look(&s) == '{' && find_member(&s, path, place);
}

size_t document_offset(const struct document *document, const char *path, bool of_key)
{
	struct scan s = {strbuf_str(&document->text), 0};
	skip_space(&s);
	struct place place = {s.at, s.at};
	find(s, str_of(path), &place);
	return of_key ? place.key : place.value;
}

/* --- diagnostics --- */

static void report_at(const struct document *document, enum diag_severity severity, size_t offset, const char *text)
{
	int line, column;
	diag_place(strbuf_str(&document->text), offset, &line, &column);
	diag_add(document->diags, severity, strbuf_str(&document->file), line, column, "%s", text);
}

void document_report(const struct document *document, enum diag_severity severity, const char *path, bool at_key,
	const char *fmt, ...)
{
	struct strbuf text = {0};
	va_list args;
	va_start(args, fmt);
	strbuf_vprintf(&text, fmt, args);
	va_end(args);
	report_at(document, severity, document_offset(document, path, at_key), text.at ? text.at : "");
	strbuf_finish(&text);
}

static const char *how_to_write(enum schema_type type)
{
	switch (type) {
	case SCHEMA_STRING:
		return "a string: write it in double quotes";
	case SCHEMA_COLOR:
		return "a colour: write it as \"#rrggbb\"";
	case SCHEMA_NUMBER:
		return "a number: write it without quotes";
	case SCHEMA_BOOL:
		return "true or false, without quotes";
	case SCHEMA_ARRAY:
		return "an array: write [ ... ]";
	case SCHEMA_OBJECT:
		return "an object: write { ... }";
	default:
		return "another kind of value";
	}
}

static void report_type(const struct document *document, const struct schema_problem *problem)
{
	const struct schema *row = problem->row;
	size_t len = strlen(problem->path);
	bool item = row->type == SCHEMA_ARRAY && len && problem->path[len - 1] == ']';
	enum schema_type type = !item ? row->type : row->item == SCHEMA_ANY ? SCHEMA_OBJECT : row->item;
	bool structure = row->flags & SCHEMA_REQUIRED || type == SCHEMA_ARRAY || type == SCHEMA_OBJECT;
	document_report(document, structure ? DIAG_ERROR : DIAG_WARNING, problem->path, false, "\"%s\" is %s but must be %s",
		problem->path, value_type_name(problem->found.type), how_to_write(type));
}

static void report_choice(const struct document *document, const struct schema_problem *problem)
{
	struct str found = value_str(problem->found);
	if (problem->row->type == SCHEMA_COLOR) {
		if (!str_starts(found, STR("@"))) { // "@name" is a variable of theme.json
			document_report(document, DIAG_WARNING, problem->path, false,
				"\"%s\" is \"" STR_FMT "\", which is no colour: write it as \"#rrggbb\"", problem->path, STR_ARG(found));
		}
		return;
	}
	struct strbuf choices = {0};
	struct str rest = str_of(problem->row->choices), piece;
	while (str_split(&rest, '|', &piece)) {
		strbuf_printf(&choices, "%s\"" STR_FMT "\"", !choices.len ? "" : rest.at ? ", " : " or ", STR_ARG(piece));
	}
	if (!str_starts(found, STR("@"))) {
		document_report(document, DIAG_WARNING, problem->path, false, "\"%s\" is \"" STR_FMT "\": write %s", problem->path,
			STR_ARG(found), choices.at ? choices.at : "");
	}
	strbuf_finish(&choices);
}

static void report_problem(void *user, const struct schema_problem *problem)
{
	const struct document *document = user;
	switch (problem->kind) {
	case SCHEMA_WRONG_TYPE:
		report_type(document, problem);
		break;
	case SCHEMA_MISSING:
		document_report(document, DIAG_ERROR, problem->path, false, "\"%s\" is missing: add it", problem->path);
		break;
	case SCHEMA_NOT_A_CHOICE:
		report_choice(document, problem);
		break;
	case SCHEMA_UNKNOWN_KEY:
		if (document->lax) {
			break;
		}
		if (problem->nearest) {
			document_report(document, DIAG_WARNING, problem->path, true, "there is no key \"%s\": write \"%s\", or remove it",
				problem->path, problem->nearest);
		} else {
			document_report(document, DIAG_WARNING, problem->path, true, "there is no key \"%s\": remove it", problem->path);
		}
		break;
	}
}

void document_check(const struct document *document, const struct schema *rows)
{
	if (value_is(document->value, VALUE_OBJECT)) {
		schema_check(rows, document->value, report_problem, (void *)document);
	}
}

/* --- reading --- */

static void blank(char *at, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		at[i] = at[i] == '\n' ? '\n' : ' ';
	}
}

/* At a '/': makes the comment blanks. False: it is none. A multi-byte character becomes one blank
 * a byte; only columns behind a comment on its line shift by that. */
static bool blank_comment(struct document *document, size_t at)
{
	struct str text = str_slice(strbuf_str(&document->text), at, document->text.len);
	size_t len;
	if (str_starts(text, STR("//"))) {
		len = str_find_char(text, '\n');
	} else if (str_starts(text, STR("/*"))) {
		len = str_find(str_slice(text, 2, text.len), STR("*/"));
		len = len == SIZE_MAX ? len : len + 4;
	} else {
		return false;
	}
	blank(document->text.at + at, size_min(len, text.len));
	return true;
}

/* Comments become blanks, and so do commas before a closing bracket, which are reported. */
static void mend(struct document *document)
{
	struct scan s = {strbuf_str(&document->text), 0};
	size_t comma = SIZE_MAX;
	while (s.at < s.text.len) {
		char c = s.text.at[s.at];
		if (c == '"') {
			skip_string(&s);
			comma = SIZE_MAX;
			continue;
		}
		if (c == '/' && blank_comment(document, s.at)) {
			continue;
		}
		if ((c == ']' || c == '}') && comma != SIZE_MAX) {
			report_at(document, DIAG_ERROR, comma, "There is a , before the end: remove it");
			document->text.at[comma] = ' ';
		}
		if (c == ',') {
			comma = comma == SIZE_MAX ? s.at : SIZE_MAX;
		} else if (!strchr(" \t\r\n", c)) {
			comma = SIZE_MAX;
		}
		s.at++;
	}
}

static void report_parse(const struct document *document, const struct json_error *error)
{
	struct strbuf text = {0};
	strbuf_printf(&text, "The JSON cannot be read: %s", error->text);
	report_at(document, DIAG_ERROR, error->offset, text.at);
	strbuf_finish(&text);
}

static int parse(struct document *document)
{
	struct json_error error;
	if (!str_trim(strbuf_str(&document->text)).len) {
		bool app = str_is(strbuf_str(&document->file), "app.json"); // alone cannot do without content
		report_at(document, app ? DIAG_ERROR : DIAG_WARNING, 0,
			app ? "The file is empty: write {\"pages\": [\"pages/index/index\"]}" : "The file is empty: write {}");
		return 1;
	}
	mend(document);
	if (json_parse(strbuf_str(&document->text), &document->value, &error)) {
		report_parse(document, &error);
		return 2;
	}
	if (!value_is(document->value, VALUE_OBJECT)) {
		report_at(document, DIAG_ERROR, document_offset(document, "", false), "The file must hold an object: write { ... }");
		value_unref(document->value);
		document->value = value_undefined();
		return 2;
	}
	return 0;
}

static void start(struct str file, struct diag_list *diags, struct document *ret_document)
{
	*ret_document = (struct document){.diags = diags};
	strbuf_add(&ret_document->file, file);
}

int document_load(struct package *package, struct str path, struct diag_list *diags, struct document *ret_document)
{
	start(path, diags, ret_document);
	return package_read(package, path, &ret_document->text) ? parse(ret_document) : 1;
}

void document_finish(struct document *document)
{
	strbuf_finish(&document->file);
	strbuf_finish(&document->text);
	value_unref(document->value);
	*document = (struct document){0};
}
