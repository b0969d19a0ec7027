/* From the text of a binding to its syntax tree: recursive descent, JavaScript's precedences. */
#include "core/expr/syntax.h"

#include "core/expr/entity.h"

#include <string.h>

#define NESTING_MAX 200
#define ERRORS_PER_TEXT 20
#define COMMENT_MAX 1000

struct parser {
	struct expr_pool *pool;
	struct str text;
	size_t pos;
	int nesting;
	const char *error; // the first one
	size_t error_at;
};

static const char single_brace[] = "here should be }} instead of }";

static struct syntax *parse_expression(struct parser *p);

static const struct {
	enum syntax_op op;
	const char *text;
	int precedence; // 0: not binary
} operators[] = {
	/* Longer ones before their beginnings. */
	{OP_SHIFT_RIGHT_ZERO, ">>>", 9}, {OP_SAME, "===", 7}, {OP_NOT_SAME, "!==", 7},
	{OP_NULLISH, "??", 1}, {OP_OR, "||", 2}, {OP_AND, "&&", 3}, {OP_EQUAL, "==", 7}, {OP_NOT_EQUAL, "!=", 7},
	{OP_SHIFT_LEFT, "<<", 9}, {OP_SHIFT_RIGHT, ">>", 9}, {OP_LESS_EQUAL, "<=", 8}, {OP_GREATER_EQUAL, ">=", 8},
	{OP_BIT_OR, "|", 4}, {OP_BIT_XOR, "^", 5}, {OP_BIT_AND, "&", 6}, {OP_LESS, "<", 8}, {OP_GREATER, ">", 8},
	{OP_ADD, "+", 10}, {OP_SUBTRACT, "-", 10}, {OP_MULTIPLY, "*", 11}, {OP_DIVIDE, "/", 11}, {OP_REMAINDER, "%", 11},
	{OP_IN, "in", 8}, {OP_INSTANCEOF, "instanceof", 8},
	/* Never found as binary operators. */
	{OP_NOT, "!", 0}, {OP_MINUS, "-", 0}, {OP_PLUS, "+", 0}, {OP_BIT_NOT, "~", 0}, {OP_TYPEOF, "typeof ", 0},
	{OP_VOID, "void ", 0}, {OP_COMMA, ",", 0},
};

const char *syntax_op_text(enum syntax_op op)
{
	for (size_t i = 0; i < ARRAY_LEN(operators); i++) {
		if (operators[i].op == op) {
			return operators[i].text;
		}
	}
	return "";
}

bool syntax_is_name_start(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool syntax_is_name_char(char c)
{
	return syntax_is_name_start(c) || is_digit(c);
}

static char at(const struct parser *p, size_t ahead)
{
	return p->pos + ahead < p->text.len ? p->text.at[p->pos + ahead] : 0;
}

static bool looking_at(const struct parser *p, struct str what)
{
	return str_starts(str_slice(p->text, p->pos, p->text.len), what);
}

static void *fail(struct parser *p, const char *error)
{
	if (!p->error) {
		p->error = error;
		p->error_at = p->pos;
	}
	return NULL;
}

/* White space of ECMAScript and comments. */
static void skip_space(struct parser *p)
{
	static const char *const wide[] = {"\xc2\xa0", "\xef\xbb\xbf", "\xe2\x80\xa8", "\xe2\x80\xa9", "\xe3\x80\x80"};
	while (p->pos < p->text.len) {
		char c = at(p, 0);
		size_t len = c == ' ' || (c >= '\t' && c <= '\r');
		if (!len && c == '/' && at(p, 1) == '*') {
			size_t end = str_find(str_slice(p->text, p->pos + 2, p->pos + COMMENT_MAX), STR("*/"));
			len = end == SIZE_MAX ? 0 : end + 4;
		}
		for (size_t i = 0; !len && (unsigned char)c >= 0x80 && i < ARRAY_LEN(wide); i++) {
			len = looking_at(p, str_of(wide[i])) ? strlen(wide[i]) : 0;
		}
		if (!len) {
			return;
		}
		p->pos += len;
	}
}

/* Skips space, then takes the character if it is there. */
static bool take(struct parser *p, char c)
{
	skip_space(p);
	if (at(p, 0) != c) {
		return false;
	}
	p->pos++;
	return true;
}

static struct syntax *make(struct parser *p, enum syntax_kind kind, struct syntax *a, struct syntax *b, struct syntax *c)
{
	struct syntax *node = arena_alloc(&p->pool->arena, sizeof(*node));
	node->kind = kind;
	node->a = a;
	node->b = b;
	node->c = c;
	node->depth = 1 + int_max(a ? a->depth : 0, int_max(b ? b->depth : 0, c ? c->depth : 0));
	return node->depth > SYNTAX_DEPTH_MAX ? fail(p, "the expression is too long: split it up") : node;
}

static struct syntax *make_value(struct parser *p, struct value value)
{
	struct syntax *node = make(p, SYNTAX_VALUE, NULL, NULL, NULL);
	node->value = value;
	return node;
}

/* Appends to a list that began with *tail == NULL. */
static void append(struct syntax *owner, struct syntax **tail, struct syntax *item)
{
	*(*tail ? &(*tail)->next : &owner->list) = item;
	*tail = item;
	owner->depth = int_max(owner->depth, item->depth + 1);
}

/* No-break space, CJK and full-width punctuation are typing mistakes, not letters. */
static bool at_wide_mark(const struct parser *p)
{
	return looking_at(p, STR("\xc2\xa0")) || looking_at(p, STR("\xe3\x80")) || looking_at(p, STR("\xef\xbc"));
}

static struct str read_name(struct parser *p)
{
	size_t from = p->pos;
	while (syntax_is_name_char(at(p, 0)) && !at_wide_mark(p)) {
		p->pos++;
	}
	return str_slice(p->text, from, p->pos);
}

static bool at_name(const struct parser *p)
{
	return syntax_is_name_start(at(p, 0)) && !at_wide_mark(p);
}

static bool radix_number(struct parser *p, unsigned radix, double *ret_number)
{
	double number = 0;
	size_t from = p->pos += 2;
	for (; p->pos < p->text.len; p->pos++) {
		char c = at(p, 0);
		unsigned digit = is_digit(c) ? (unsigned)(c - '0') : (unsigned)((c | 0x20) - 'a') + 10;
		if (digit >= radix || !syntax_is_name_char(c)) {
			break;
		}
		number = number * radix + digit;
	}
	*ret_number = number;
	return p->pos > from;
}

static void skip_digits(struct parser *p)
{
	while (is_digit(at(p, 0))) {
		p->pos++;
	}
}

static struct syntax *parse_number(struct parser *p)
{
	double number = 0;
	bool good;
	char kind = (char)(at(p, 1) | 0x20);
	if (at(p, 0) == '0' && (kind == 'x' || kind == 'o' || kind == 'b')) {
		good = radix_number(p, kind == 'x' ? 16 : kind == 'o' ? 8 : 2, &number);
	} else {
		size_t from = p->pos;
		skip_digits(p);
		if (at(p, 0) == '.') {
			p->pos++;
			skip_digits(p);
		}
		size_t sign = at(p, 1) == '-' || at(p, 1) == '+';
		if ((at(p, 0) | 0x20) == 'e' && is_digit(at(p, 1 + sign))) {
			p->pos += 1 + sign;
			skip_digits(p);
		}
		good = str_to_number(str_slice(p->text, from, p->pos), &number);
	}
	if (!good || syntax_is_name_start(at(p, 0))) {
		return fail(p, "this is no number: put text into quotes");
	}
	return make_value(p, value_number(number));
}

static bool read_hex(struct parser *p, size_t digits, uint32_t *ret)
{
	uint32_t number = 0;
	for (size_t i = 0; i < digits; i++) {
		char c = at(p, i), low = (char)(c | 0x20);
		if (!is_digit(c) && !(low >= 'a' && low <= 'f')) {
			return false;
		}
		number = number * 16 + (uint32_t)(is_digit(c) ? c - '0' : low - 'a' + 10);
	}
	p->pos += digits;
	*ret = number;
	return true;
}

/* Behind "\u": also two of them for what lies beyond the basic plane. */
static void read_unicode(struct parser *p, struct strbuf *out)
{
	uint32_t high, low;
	if (!read_hex(p, 4, &high)) {
		strbuf_add_char(out, 'u');
		return;
	}
	if (high >= 0xd800 && high < 0xdc00 && at(p, 0) == '\\' && at(p, 1) == 'u') {
		size_t back = p->pos;
		p->pos += 2;
		if (read_hex(p, 4, &low) && low >= 0xdc00 && low < 0xe000) {
			strbuf_add_code_point(out, 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00));
			return;
		}
		p->pos = back;
	}
	strbuf_add_code_point(out, high >= 0xd800 && high < 0xe000 ? 0xfffd : high);
}

static void read_escape(struct parser *p, struct strbuf *out)
{
	static const char from[] = "nrtbfv0", to[] = "\n\r\t\b\f\v";
	uint32_t number;
	char c = at(p, 0);
	const char *hit = c ? strchr(from, c) : NULL;
	p->pos++;
	if (hit) {
		strbuf_add_char(out, to[hit - from]);
	} else if (c == 'u') {
		read_unicode(p, out);
	} else if (c == 'x' && read_hex(p, 2, &number)) {
		strbuf_add_code_point(out, number);
	} else if (c != '\n') {
		strbuf_add_char(out, c);
	}
}

/* Behind the opening quote; quote may be spelled as a character reference. */
static bool read_string(struct parser *p, struct str quote, struct strbuf *out)
{
	while (p->pos < p->text.len) {
		if (looking_at(p, quote)) {
			p->pos += quote.len;
			return true;
		}
		if (at(p, 0) == '\\' && p->pos + 1 < p->text.len) {
			p->pos++;
			read_escape(p, out);
		} else {
			strbuf_add_char(out, p->text.at[p->pos++]);
		}
	}
	return false;
}

/* The opening quote here, or the empty view. */
static struct str quote_here(const struct parser *p)
{
	static const char *const quotes[] = {"'", "\"", "&quot;", "&apos;", "&#39;", "&#34;"};
	for (size_t i = 0; i < ARRAY_LEN(quotes); i++) {
		if (looking_at(p, str_of(quotes[i]))) {
			return str_of(quotes[i]);
		}
	}
	return (struct str){0};
}

static struct syntax *parse_string(struct parser *p, struct str quote)
{
	size_t from = p->pos;
	struct strbuf text = {0};
	p->pos += quote.len;
	bool closed = read_string(p, quote, &text);
	struct syntax *node = NULL;
	if (closed) {
		node = make_value(p, expr_pool_string(p->pool, strbuf_str(&text)));
	} else {
		p->pos = from;
		fail(p, "the text has no closing quote");
	}
	strbuf_finish(&text);
	return node;
}

static struct syntax *parse_spread(struct parser *p)
{
	p->pos += 3;
	struct syntax *of = parse_expression(p);
	return of ? make(p, SYNTAX_SPREAD, of, NULL, NULL) : NULL;
}

/* A word that stands for a value or for a name. */
static struct syntax *make_word(struct parser *p, struct str name)
{
	static const struct {
		const char *name;
		struct value value;
	} words[] = {
		{"true", {.type = VALUE_BOOL, .boolean = true}}, {"false", {.type = VALUE_BOOL}},
		{"null", {.type = VALUE_NULL}}, {"undefined", {.type = VALUE_UNDEFINED}},
	};
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		if (str_is(name, words[i].name)) {
			return make_value(p, words[i].value);
		}
	}
	struct syntax *node = make(p, SYNTAX_NAME, NULL, NULL, NULL);
	node->text = name;
	return node;
}

static struct syntax *parse_field(struct parser *p)
{
	struct syntax *value = NULL;
	struct str key, quote = quote_here(p);
	bool name = at_name(p);
	if (name) {
		key = read_name(p);
	} else if (quote.len || is_digit(at(p, 0))) {
		struct syntax *literal = quote.len ? parse_string(p, quote) : parse_number(p);
		if (!literal) {
			return NULL;
		}
		struct strbuf text = {0};
		value_to_text(literal->value, &text);
		key = value_str(expr_pool_string(p->pool, strbuf_str(&text)));
		strbuf_finish(&text);
	} else {
		return fail(p, "here should be the name of a field");
	}
	if (take(p, ':')) {
		value = parse_expression(p);
	} else if (name) {
		value = make_word(p, key);
	} else {
		fail(p, "here should be a colon and the value of the field");
	}
	struct syntax *field = value ? make(p, SYNTAX_FIELD, value, NULL, NULL) : NULL;
	if (field) {
		field->text = key;
	}
	return field;
}

/* Fields up to `}`, which is not taken: one } for a literal, two for the end of {{ }}. */
static struct syntax *parse_fields(struct parser *p)
{
	struct syntax *object = make(p, SYNTAX_OBJECT, NULL, NULL, NULL), *tail = NULL;
	for (;;) {
		while (take(p, ',')) {
			// an empty place: forgiven
		}
		if (at(p, 0) == '}' || p->pos >= p->text.len) {
			return object;
		}
		struct syntax *item = looking_at(p, STR("...")) ? parse_spread(p) : parse_field(p);
		if (!item) {
			return NULL;
		}
		append(object, &tail, item);
		skip_space(p);
		if (at(p, 0) != ',' && at(p, 0) != '}') {
			return fail(p, "here should be a comma or a closing brace");
		}
	}
}

/* Items up to `end`, which is taken. */
static bool parse_items(struct parser *p, struct syntax *owner, char end)
{
	struct syntax *tail = NULL;
	while (!take(p, end)) {
		struct syntax *item;
		if (at(p, 0) == ',') { // a hole
			item = make_value(p, value_undefined());
		} else {
			item = looking_at(p, STR("...")) ? parse_spread(p) : parse_expression(p);
		}
		if (!item) {
			return false;
		}
		append(owner, &tail, item);
		if (!take(p, ',') && at(p, 0) != end) {
			fail(p, end == ']' ? "here should be a comma or ]" : "here should be a comma or )");
			return false;
		}
	}
	return true;
}

static struct syntax *parse_group(struct parser *p)
{
	struct syntax *inner = parse_expression(p);
	while (inner && take(p, ',')) {
		struct syntax *next = parse_expression(p);
		inner = next ? make(p, SYNTAX_BINARY, inner, next, NULL) : NULL;
		if (inner) {
			inner->op = OP_COMMA;
		}
	}
	return inner && !take(p, ')') ? fail(p, "here should be a closing parenthesis") : inner;
}

static struct syntax *parse_primary(struct parser *p)
{
	struct str quote = quote_here(p);
	char c = at(p, 0);
	if (quote.len) {
		return parse_string(p, quote);
	}
	if (is_digit(c) || (c == '.' && is_digit(at(p, 1)))) {
		return parse_number(p);
	}
	if (at_name(p)) {
		return make_word(p, read_name(p));
	}
	if (c != '(' && c != '[' && c != '{') {
		return fail(p, c ? "here should be a value" : "the expression ends too early");
	}
	p->pos++;
	if (c == '(') {
		return parse_group(p);
	}
	if (c == '{') {
		struct syntax *object = parse_fields(p);
		return object && !take(p, '}') ? fail(p, "here should be a closing brace") : object;
	}
	struct syntax *array = make(p, SYNTAX_ARRAY, NULL, NULL, NULL);
	return parse_items(p, array, ']') ? array : NULL;
}

static struct syntax *parse_member(struct parser *p, struct syntax *of)
{
	skip_space(p);
	if (!at_name(p)) {
		return fail(p, "here should be the name of a member");
	}
	struct syntax *node = make(p, SYNTAX_MEMBER, of, NULL, NULL);
	if (node) {
		node->text = read_name(p);
	}
	return node;
}

static struct syntax *parse_index(struct parser *p, struct syntax *of)
{
	struct syntax *index = parse_expression(p);
	if (index && !take(p, ']')) {
		return fail(p, "here should be ]");
	}
	return index ? make(p, SYNTAX_INDEX, of, index, NULL) : NULL;
}

static struct syntax *parse_postfix(struct parser *p)
{
	struct syntax *node = parse_primary(p);
	while (node) {
		skip_space(p);
		bool optional = at(p, 0) == '?' && at(p, 1) == '.' && !is_digit(at(p, 2));
		if (optional) { // the same as without: a member of nothing is undefined anyway
			p->pos += at(p, 2) == '[' || at(p, 2) == '(' ? 2 : 1;
		}
		if (at(p, 0) == '.' && at(p, 1) != '.') {
			p->pos++;
			node = parse_member(p, node);
		} else if (take(p, '[')) {
			node = parse_index(p, node);
		} else if (take(p, '(')) {
			node = make(p, SYNTAX_CALL, node, NULL, NULL);
			node = node && parse_items(p, node, ')') ? node : NULL;
		} else {
			return node;
		}
	}
	return NULL;
}

/* Does an operand follow the word of `len` bytes here? If not, `typeof` is a name. */
static bool operand_after(const struct parser *p, size_t len)
{
	struct parser ahead = *p;
	ahead.pos += len;
	skip_space(&ahead);
	char c = at(&ahead, 0);
	if (ahead.pos == p->pos + len && syntax_is_name_char(c)) {
		return false; // a longer name
	}
	bool word = at_name(&ahead) && !looking_at(&ahead, STR("in ")) && !looking_at(&ahead, STR("instanceof "));
	bool number = is_digit(c) || (c == '.' && is_digit(at(&ahead, 1)));
	return c && (word || number || strchr("'\"([{!~-+", c));
}

static bool unary_here(struct parser *p, enum syntax_op *ret_op)
{
	char c = at(p, 0);
	if (looking_at(p, STR("typeof")) && operand_after(p, 6)) {
		p->pos += 6;
		*ret_op = OP_TYPEOF;
	} else if (looking_at(p, STR("void")) && operand_after(p, 4)) {
		p->pos += 4;
		*ret_op = OP_VOID;
	} else if (c == '!' || c == '-' || c == '+' || c == '~') {
		p->pos++;
		*ret_op = c == '!' ? OP_NOT : c == '-' ? OP_MINUS : c == '+' ? OP_PLUS : OP_BIT_NOT;
	} else {
		return false;
	}
	return true;
}

static struct syntax *parse_unary(struct parser *p)
{
	enum syntax_op op;
	skip_space(p);
	if (!unary_here(p, &op)) {
		return parse_postfix(p);
	}
	if (++p->nesting > NESTING_MAX) {
		return fail(p, "the expression is nested too deep");
	}
	struct syntax *of = parse_unary(p);
	p->nesting--;
	struct syntax *node = of ? make(p, SYNTAX_UNARY, of, NULL, NULL) : NULL;
	if (node) {
		node->op = op;
	}
	return node;
}

/* The position behind a binary operator here; `&` and `<` may be spelled as references. */
static size_t binary_here(struct parser *p, size_t *ret_row)
{
	struct str rest = str_slice(p->text, p->pos, p->pos + 20);
	char first = at(p, 0);
	char spelled[4];
	size_t used[4] = {0}, len = 0;
	for (size_t pos = 0; len < 3 && pos < rest.len; len++) {
		struct str left = str_slice(rest, pos, rest.len);
		size_t wide = str_starts(left, STR("&lt;")) || str_starts(left, STR("&gt;")) ? 4 : str_starts(left, STR("&amp;")) ? 5 : 1;
		spelled[len] = wide == 1 ? left.at[0] : wide == 5 ? '&' : left.at[1] == 'l' ? '<' : '>';
		used[len] = pos += wide;
	}
	for (size_t i = 0; i < ARRAY_LEN(operators) && operators[i].precedence; i++) {
		size_t want = strlen(operators[i].text);
		if (syntax_is_name_start(first)) {
			char after = at(p, want);
			if (looking_at(p, str_of(operators[i].text)) && !syntax_is_name_char(after)) {
				*ret_row = i;
				return p->pos + want;
			}
		} else if (want <= len && want <= 3 && memcmp(operators[i].text, spelled, want) == 0) {
			*ret_row = i;
			return p->pos + used[want - 1];
		}
	}
	return 0;
}

static struct syntax *parse_binary(struct parser *p, int floor)
{
	struct syntax *left = parse_unary(p);
	while (left) {
		size_t row, behind;
		skip_space(p);
		behind = binary_here(p, &row);
		if (!behind || operators[row].precedence <= floor) {
			return left;
		}
		p->pos = behind;
		struct syntax *right = parse_binary(p, operators[row].precedence);
		left = right ? make(p, SYNTAX_BINARY, left, right, NULL) : NULL;
		if (left) {
			left->op = operators[row].op;
		}
	}
	return NULL;
}

static struct syntax *parse_expression(struct parser *p)
{
	if (++p->nesting > NESTING_MAX) {
		return fail(p, "the expression is nested too deep");
	}
	struct syntax *node = parse_binary(p, 0);
	if (node && take(p, '?')) {
		struct syntax *yes = parse_expression(p), *no = NULL;
		if (yes && !take(p, ':')) {
			fail(p, "here should be a colon: a ? b : c");
		} else if (yes) {
			no = parse_expression(p);
		}
		node = no ? make(p, SYNTAX_CONDITION, node, yes, no) : NULL;
	}
	p->nesting--;
	return node;
}

/* `a: 1`, `a, b` and `...a` are an object without braces. */
static bool fields_here(const struct parser *p)
{
	struct parser ahead = *p;
	skip_space(&ahead);
	if (looking_at(&ahead, STR("..."))) {
		return true;
	}
	struct str quote = quote_here(&ahead);
	bool name = at_name(&ahead);
	if (name) {
		read_name(&ahead);
	} else if (!quote.len || !parse_string(&ahead, quote)) {
		return false;
	}
	skip_space(&ahead);
	return at(&ahead, 0) == ':' || (name && at(&ahead, 0) == ',');
}

/* Behind {{. Takes the closing }}. */
static struct syntax *parse_inside(struct parser *p, bool object)
{
	size_t from = p->pos;
	skip_space(p);
	if (looking_at(p, STR("}}"))) {
		p->pos += 2;
		return object ? make(p, SYNTAX_OBJECT, NULL, NULL, NULL) : make_value(p, expr_pool_string(p->pool, STR("")));
	}
	struct syntax *node = NULL;
	if (object || fields_here(p)) {
		node = parse_fields(p);
		skip_space(p);
		if (object && (!node || !looking_at(p, STR("}}")))) { // an expression that gives the object
			*p = (struct parser){.pool = p->pool, .text = p->text, .pos = from};
			node = NULL;
		}
	}
	if (!node && !p->error) {
		node = parse_expression(p);
	}
	skip_space(p);
	if (node && !looking_at(p, STR("}}"))) {
		return fail(p, at(p, 0) == '}' ? single_brace : "here should be an operator or }}");
	}
	p->pos += 2;
	return node;
}

/* The string that begins at `from`, if it ends on its line and does not reach into other parts:
 * the offset of its closing quote, else `from`. */
static size_t string_end(struct str text, size_t from)
{
	bool tag = false, close = false;
	for (size_t pos = from + 1; pos < text.len && text.at[pos] != '\n'; pos++) {
		char c = text.at[pos], next = pos + 1 < text.len ? text.at[pos + 1] : 0;
		if (c == text.at[from]) {
			return tag && close ? from : pos;
		}
		if (c == '{' && next == '{') {
			return from;
		}
		tag = tag || c == '<';
		close = close || (c == '}' && next == '}');
		pos += c == '\\';
	}
	return from;
}

size_t expr_close(struct str text, size_t from)
{
	for (size_t pos = from; pos + 1 < text.len; pos++) {
		char c = text.at[pos], next = text.at[pos + 1];
		if (c == '}' && next == '}') {
			while (pos + 2 < text.len && text.at[pos + 2] == '}') {
				pos++; // {{ {a: {}}}} and {{{a: 1}}}: the last two
			}
			return pos + 2;
		}
		if (c == '{' && next == '{' && pos > from) {
			return SIZE_MAX;
		}
		if (c == '"' || c == '\'') {
			pos = string_end(text, pos);
		} else if (c == '\\') {
			pos++;
		}
	}
	return SIZE_MAX;
}

struct pieces {
	struct parser parser;
	struct syntax *join, *tail;
	size_t count;
	unsigned flags;
	bool object; // blanks around its parts say nothing
	struct expr_place place;
	struct diag_list *diags;
	int errors;
};

static void add_piece(struct pieces *s, struct str literal)
{
	if (!literal.len) {
		return;
	}
	struct strbuf text = {0};
	entity_decode(literal, s->flags & EXPR_NODE, &text);
	if (!s->object || str_trim(strbuf_str(&text)).len) {
		struct syntax *node = make_value(&s->parser, expr_pool_string(s->parser.pool, strbuf_str(&text)));
		node->piece = true;
		append(s->join, &s->tail, node);
		s->count++;
	}
	strbuf_finish(&text);
}

static void report(struct pieces *s, const char *error, size_t offset)
{
	if (++s->errors > ERRORS_PER_TEXT) {
		return;
	}
	int line, column;
	diag_place(s->parser.text, offset, &line, &column);
	column += line == 1 ? s->place.column - 1 : 0;
	diag_add(s->diags, DIAG_ERROR, s->place.file, s->place.line + line - 1, column, "In {{ }}: %s.", error);
}

/* At the "{{" of `open`: one part, parser.pos behind it. NULL: it has no end, so it is literal. */
static struct syntax *read_part(struct pieces *s, size_t open, bool object)
{
	struct parser *p = &s->parser;
	*p = (struct parser){.pool = p->pool, .text = p->text, .pos = open + 2};
	struct syntax *node = parse_inside(p, object);
	if (node) {
		return node;
	}
	report(s, p->error, p->error_at);
	size_t close = expr_close(p->text, open + 2);
	if (p->error == single_brace) { // {{a}: read once more without the end
		struct str all = p->text;
		size_t end = p->error_at;
		*p = (struct parser){.pool = p->pool, .text = {all.at, end}, .pos = open + 2};
		node = parse_expression(p);
		p->text = all;
		close = end + 1;
	}
	if (close == SIZE_MAX) {
		return NULL;
	}
	p->pos = close;
	p->error = NULL;
	return node ? node : make_value(p, value_undefined());
}

struct syntax *syntax_parse(struct expr_pool *pool, struct str text, unsigned flags, bool object, struct expr_place place,
	struct diag_list *diags)
{
	struct pieces s = {.parser = {.pool = pool, .text = text}, .flags = flags, .object = object, .place = place, .diags = diags};
	s.join = make(&s.parser, SYNTAX_JOIN, NULL, NULL, NULL);
	size_t from = 0, search = 0, parts = 0; // what lies from `from` on is not added yet
	for (;;) {
		size_t open = str_find(str_slice(text, search, text.len), STR("{{"));
		if (open == SIZE_MAX) {
			break;
		}
		open += search;
		struct str before = str_slice(text, from, open);
		search = open + 2;
		struct syntax *part = read_part(&s, open, object && !s.count && str_trim(before).len == 0);
		if (part) {
			add_piece(&s, before);
			append(s.join, &s.tail, part);
			s.count++;
			parts++;
			from = search = s.parser.pos;
		}
	}
	struct str rest = str_slice(text, from, text.len);
	if (!parts) {
		return NULL;
	}
	add_piece(&s, rest);
	return s.count == 1 && !(flags & EXPR_NODE) ? s.join->list : s.join;
}
