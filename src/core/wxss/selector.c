/* Parses and prints selectors. */
#include "core/wxss/selector.h"

#include "base/vec.h"
#include "core/tree/node.h"
#include "core/wxss/cascade.h"

#define SELECTOR_DEPTH_MAX 6
#define COMPOUNDS_MAX 64
#define SIMPLES_MAX 64

struct selector_parser {
	struct wxss_lex lex;
	struct wxss_token token; // the one to look at
	struct arena *arena;
	int depth;
	const char *error;
};

struct building { // one complex selector, left to right
	struct wxss_compound compounds[COMPOUNDS_MAX];
	size_t count;
	unsigned a, b, c; // specificity
	struct wxss_selector selector;
};

struct pseudo_row {
	const char *name;
	struct wxss_simple simple;
};

static const struct pseudo_row pseudo_rows[];
static const char *const other_elements[];

static bool parse_list(struct selector_parser *p, struct wxss_selector_list *ret_list);

static void advance(struct selector_parser *p) { p->token = wxss_lex_next(&p->lex); }

static bool fail(struct selector_parser *p, const char *error)
{
	p->error = error;
	return false;
}

static bool is_delim(const struct selector_parser *p, char c) { return p->token.kind == TOK_DELIM && p->token.delim == c; }

static void skip_space(struct selector_parser *p)
{
	while (p->token.kind == TOK_SPACE) {
		advance(p);
	}
}

static atom_t intern(struct selector_parser *p, struct str text) { return atom_intern(wxss_unescape(p->arena, text)); }

static unsigned bounded(unsigned n) { return n > 1023 ? 1023 : n; }

uint8_t wxss_selector_hash(enum wxss_simple_kind kind, atom_t name)
{
	uint32_t hash = (name * 3u + (uint32_t)kind) * 2654435761u;
	return (uint8_t)(hash >> 24);
}

/* ---- simple selectors ---- */

/* Where nodes keep it is settled here, once, and not for every element that is matched. */
static void place_attr(struct selector_parser *p, struct wxss_simple *simple)
{
	struct str name = atom_str(simple->name);
	simple->place = str_is(name, "class") ? ATTR_CLASS : str_is(name, "id") ? ATTR_ID : str_is(name, "style") ? ATTR_STYLE
		: str_starts(name, STR("data-")) ? ATTR_DATA : ATTR_PLAIN;
	if (simple->place == ATTR_DATA) {
		struct strbuf key = {0};
		node_dataset_key(str_slice(name, 5, name.len), &key);
		simple->key = (struct str){arena_strdup(p->arena, key.at ? key.at : "", key.len), key.len};
		strbuf_finish(&key);
	}
}

/* [name], [name op value], [name op value i]; the token is behind the bracket. */
static bool parse_attr(struct selector_parser *p, struct wxss_simple *simple)
{
	skip_space(p);
	if (p->token.kind != TOK_IDENT) {
		return fail(p, "an attribute name is missing");
	}
	simple->kind = SIMPLE_ATTR;
	simple->name = intern(p, p->token.text);
	place_attr(p, simple);
	advance(p);
	skip_space(p);
	if (p->token.kind == TOK_CLOSE_SQUARE) {
		advance(p);
		return true;
	}
	static const char marks[] = {'=', '~', '|', '^', '$', '*'};
	char mark = p->token.kind == TOK_DELIM ? p->token.delim : 0;
	for (size_t i = 0; i < sizeof(marks); i++) {
		simple->op = mark == marks[i] ? (enum wxss_attr_op)(ATTR_EQUAL + i) : simple->op;
	}
	advance(p);
	if (simple->op > ATTR_EQUAL && is_delim(p, '=')) {
		advance(p);
	} else if (simple->op != ATTR_EQUAL) {
		return fail(p, "an attribute selector is not understood");
	}
	skip_space(p);
	if (p->token.kind != TOK_IDENT && p->token.kind != TOK_STRING) {
		bool bare = p->token.kind == TOK_NUMBER;
		return fail(p, bare ? "an attribute value that begins with a digit needs quotes" : "an attribute value is missing");
	}
	simple->value = wxss_unescape(p->arena, p->token.text);
	advance(p);
	skip_space(p);
	if (p->token.kind == TOK_IDENT) {
		simple->nocase = str_eq_nocase(p->token.text, STR("i"));
		advance(p);
		skip_space(p);
	}
	if (p->token.kind != TOK_CLOSE_SQUARE) {
		return fail(p, "] is missing");
	}
	advance(p);
	return true;
}

static bool parse_signed(struct str text, int *ret)
{
	double number;
	if (!text.len || !str_to_number(text.at[0] == '+' ? str_slice(text, 1, text.len) : text, &number) || number != floor(number)
		|| fabs(number) > 1e6) {
		return false;
	}
	*ret = (int)number;
	return true;
}

/* "odd", "2n+1", "-n+3", "4" without its white space. */
static bool parse_an_plus_b(struct str text, int *ret_a, int *ret_b)
{
	if (str_eq_nocase(text, STR("odd")) || str_eq_nocase(text, STR("even"))) {
		*ret_a = 2;
		*ret_b = text.len == 3;
		return true;
	}
	size_t n = size_min(str_find_char(text, 'n'), str_find_char(text, 'N'));
	if (n == SIZE_MAX) {
		*ret_a = 0;
		return parse_signed(text, ret_b);
	}
	struct str head = str_slice(text, 0, n), tail = str_slice(text, n + 1, text.len);
	*ret_b = 0;
	if (!head.len || str_is(head, "+") || str_is(head, "-")) {
		*ret_a = head.len && head.at[0] == '-' ? -1 : 1;
	} else if (!parse_signed(head, ret_a)) {
		return false;
	}
	return !tail.len || ((tail.at[0] == '+' || tail.at[0] == '-') && parse_signed(tail, ret_b));
}

static bool parse_nth(struct selector_parser *p, struct wxss_simple *simple)
{
	char text[32];
	size_t len = 0;
	while (p->token.kind != TOK_CLOSE_ROUND && p->token.kind != TOK_EOF) {
		if (p->token.kind == TOK_IDENT && str_eq_nocase(p->token.text, STR("of"))) {
			break;
		}
		struct str raw = str_slice(p->lex.text, p->token.offset, p->lex.pos);
		for (size_t i = 0; p->token.kind != TOK_SPACE && i < raw.len; i++) {
			if (len == sizeof(text)) {
				return fail(p, "an+b is not understood");
			}
			text[len++] = raw.at[i];
		}
		advance(p);
	}
	if (!parse_an_plus_b((struct str){text, len}, &simple->a, &simple->b)) {
		return fail(p, "an+b is not understood");
	}
	if (p->token.kind == TOK_IDENT) {
		struct wxss_selector_list *list = arena_alloc(p->arena, sizeof(*list));
		advance(p);
		simple->list = list;
		return !simple->of_type && parse_list(p, list);
	}
	return true;
}

static uint32_t greatest(const struct wxss_selector_list *list)
{
	uint32_t most = 0;
	for (size_t i = 0; list && i < list->count; i++) {
		most = list->at[i].specificity > most ? list->at[i].specificity : most;
	}
	return most;
}

static void add_specificity(struct building *b, uint32_t packed)
{
	b->a = bounded(b->a + (packed >> 20));
	b->b = bounded(b->b + (packed >> 10 & 1023));
	b->c = bounded(b->c + (packed & 1023));
}

static const struct pseudo_row *find_pseudo(struct str name, bool function)
{
	for (const struct pseudo_row *row = pseudo_rows; row->name; row++) {
		struct str known = str_of(row->name);
		bool takes = known.at[known.len - 1] == '(';
		known.len -= takes;
		if (takes == function && str_eq_nocase(name, known)) {
			return row;
		}
	}
	return NULL;
}

/* The token is the function; leaves it at the ")". */
static bool parse_arguments(struct selector_parser *p, struct wxss_simple *simple)
{
	bool good = true;
	if (simple->kind == SIMPLE_NEVER) {
		wxss_lex_skip_block(&p->lex, TOK_FUNCTION);
		p->token.kind = TOK_CLOSE_ROUND;
		return true;
	}
	if (++p->depth > SELECTOR_DEPTH_MAX) {
		return fail(p, "too deep");
	}
	advance(p);
	if (simple->kind == SIMPLE_NTH) {
		good = parse_nth(p, simple);
	} else {
		struct wxss_selector_list *list = arena_alloc(p->arena, sizeof(*list));
		simple->list = list;
		good = parse_list(p, list);
	}
	p->depth--;
	return good && p->token.kind == TOK_CLOSE_ROUND;
}

/* Behind ":"; the token is a name or a function. */
static bool parse_pseudo_class(struct selector_parser *p, struct building *b, struct wxss_simple *simple)
{
	bool function = p->token.kind == TOK_FUNCTION;
	struct str name = p->token.text;
	const struct pseudo_row *row = find_pseudo(name, function);
	if (!row) {
		return fail(p, "an unknown pseudo-class");
	}
	*simple = row->simple;
	simple->value = name;
	simple->function = function;
	if (function && !parse_arguments(p, simple)) {
		return fail(p, p->error ? p->error : ") is missing");
	}
	advance(p);
	bool class_like = simple->kind != SIMPLE_NOT && simple->kind != SIMPLE_IS;
	add_specificity(b, class_like ? 1 << 10 : 0);
	add_specificity(b, simple->where ? 0 : greatest(simple->list));
	return true;
}

/* Behind "::", or a pseudo-element of CSS 2 with one colon. */
static bool parse_pseudo_element(struct selector_parser *p, struct building *b)
{
	struct str name = p->token.text;
	bool function = p->token.kind == TOK_FUNCTION;
	bool other = name.len > 8 && str_eq_nocase(str_slice(name, 0, 8), STR("-webkit-"));
	for (size_t i = 0; other_elements[i]; i++) {
		other = other || str_eq_nocase(name, str_of(other_elements[i]));
	}
	if (str_eq_nocase(name, STR("before"))) {
		b->selector.pseudo = PSEUDO_BEFORE;
	} else if (str_eq_nocase(name, STR("after"))) {
		b->selector.pseudo = PSEUDO_AFTER;
	} else if (other) {
		b->selector.pseudo = PSEUDO_OTHER;
	} else {
		return fail(p, "an unknown pseudo-element");
	}
	if (function) {
		wxss_lex_skip_block(&p->lex, TOK_FUNCTION);
	}
	advance(p);
	while (p->token.kind == TOK_COLON) { // ::after:hover
		b->selector.pseudo = PSEUDO_OTHER;
		advance(p);
		if (p->token.kind != TOK_IDENT) {
			return fail(p, "a name is missing after \":\"");
		}
		advance(p);
	}
	add_specificity(b, 1);
	return true;
}

static bool is_element_name(struct str name)
{
	return str_eq_nocase(name, STR("before")) || str_eq_nocase(name, STR("after")) || str_eq_nocase(name, STR("first-line"))
		|| str_eq_nocase(name, STR("first-letter"));
}

/* WXML's tags are WeChat's custom elements: `wx-view` is `view`, the document's body the page. */
static atom_t type_name(struct selector_parser *p, struct str raw)
{
	struct str name = wxss_unescape(p->arena, raw);
	if (str_starts(name, STR("wx-")) && name.len > 3) {
		name = str_slice(name, 3, name.len);
	}
	return str_is(name, "body") ? atom_of("page") : atom_intern(name);
}

/* 1: read a simple selector; 0: the compound ends; -1: wrong. */
static int parse_simple(struct selector_parser *p, struct building *b, bool first, struct wxss_simple *simple)
{
	memset(simple, 0, sizeof(*simple));
	if (p->token.kind == TOK_IDENT && first) {
		simple->kind = SIMPLE_TYPE;
		simple->name = type_name(p, p->token.text);
		add_specificity(b, 1);
		advance(p);
		return 1;
	}
	if (p->token.kind == TOK_HASH) {
		simple->kind = SIMPLE_ID;
		simple->name = intern(p, p->token.text);
		add_specificity(b, 1 << 20);
		advance(p);
		return 1;
	}
	if (is_delim(p, '.')) {
		advance(p);
		if (p->token.kind != TOK_IDENT) {
			return fail(p, "a class name is missing after \".\"") ? 1 : -1;
		}
		simple->kind = SIMPLE_CLASS;
		simple->name = intern(p, p->token.text);
		add_specificity(b, 1 << 10);
		advance(p);
		return 1;
	}
	if (p->token.kind == TOK_OPEN_SQUARE) {
		advance(p);
		add_specificity(b, 1 << 10);
		return parse_attr(p, simple) ? 1 : -1;
	}
	return 0;
}

/* The next simple selector of the compound, pseudos included; as parse_simple. */
static int parse_next(struct selector_parser *p, struct building *b, bool first, struct wxss_simple *simple)
{
	if (p->token.kind != TOK_COLON) {
		return parse_simple(p, b, first, simple);
	}
	advance(p);
	bool element = p->token.kind == TOK_COLON;
	if (element) {
		advance(p);
	}
	if (p->token.kind != TOK_IDENT && p->token.kind != TOK_FUNCTION) {
		return fail(p, "a name is missing after \":\"") ? 1 : -1;
	}
	if (element || is_element_name(p->token.text)) {
		return parse_pseudo_element(p, b) ? 0 : -1;
	}
	return parse_pseudo_class(p, b, simple) ? 1 : -1;
}

static bool parse_compound(struct selector_parser *p, struct building *b)
{
	struct wxss_simple simples[SIMPLES_MAX];
	size_t count = 0;
	bool star = is_delim(p, '*');
	if (star) {
		advance(p);
	}
	int more;
	while ((more = count < SIMPLES_MAX ? parse_next(p, b, !star && count == 0, &simples[count]) : -1) > 0) {
		count++;
	}
	if (more < 0) {
		return false;
	}
	if (!star && !count && b->selector.pseudo == PSEUDO_NONE) {
		return fail(p, "a selector is missing");
	}
	struct wxss_compound *compound = &b->compounds[b->count++];
	struct wxss_simple *copy = arena_alloc_array(p->arena, count, sizeof(*copy));
	if (count) {
		memcpy(copy, simples, count * sizeof(*copy));
	}
	*compound = (struct wxss_compound){copy, count, COMBINATOR_DESCENDANT};
	return true;
}

/* ---- complex selectors ---- */

/* 1: a combinator, 0: the selector ends, -1: wrong. */
static int parse_combinator(struct selector_parser *p, enum wxss_combinator *ret)
{
	bool space = p->token.kind == TOK_SPACE;
	skip_space(p);
	*ret = COMBINATOR_DESCENDANT;
	if (is_delim(p, '>')) {
		*ret = COMBINATOR_CHILD;
		advance(p);
		if (is_delim(p, '>')) {
			advance(p);
			if (!is_delim(p, '>')) {
				return -1;
			}
			*ret = COMBINATOR_DEEP;
			advance(p);
		}
	} else if (is_delim(p, '+') || is_delim(p, '~')) {
		*ret = is_delim(p, '+') ? COMBINATOR_NEXT : COMBINATOR_SUBSEQUENT;
		advance(p);
	} else if (is_delim(p, '/')) {
		advance(p);
		if (p->token.kind != TOK_IDENT || !str_eq_nocase(p->token.text, STR("deep"))) {
			return -1;
		}
		advance(p);
		if (!is_delim(p, '/')) {
			return -1;
		}
		*ret = COMBINATOR_DEEP;
		advance(p);
	} else if (!space || p->token.kind == TOK_EOF || p->token.kind == TOK_COMMA || p->token.kind == TOK_CLOSE_ROUND) {
		return 0;
	}
	skip_space(p);
	return 1;
}

static void add_hashes(struct wxss_selector *selector, const struct wxss_compound *compound)
{
	for (size_t i = 0; i < compound->count && selector->hash_count < WXSS_HASHES_MAX; i++) {
		const struct wxss_simple *simple = &compound->simples[i];
		if (simple->kind == SIMPLE_TYPE || simple->kind == SIMPLE_ID || simple->kind == SIMPLE_CLASS) {
			selector->hashes[selector->hash_count++] = wxss_selector_hash(simple->kind, simple->name);
		}
	}
}

static unsigned demands_of(const struct wxss_compound *compound, bool *ret_lists)
{
	unsigned demands = 0;
	for (size_t i = 0; i < compound->count; i++) {
		const struct wxss_simple *simple = &compound->simples[i];
		demands |= simple->kind == SIMPLE_NTH ? (unsigned)CASCADE_POSITIONS : simple->kind == SIMPLE_EMPTY ? (unsigned)CASCADE_CHILDREN
			: simple->kind == SIMPLE_FOCUS_WITHIN ? (unsigned)CASCADE_FOCUS_WITHIN : 0;
		if (simple->kind == SIMPLE_NTH && simple->list) {
			demands |= CASCADE_SIBLINGS | (simple->last ? (unsigned)CASCADE_SIBLINGS_BEFORE : 0);
		}
		*ret_lists = *ret_lists || simple->list;
		for (size_t k = 0; simple->list && k < simple->list->count; k++) {
			demands |= simple->list->at[k].demands;
		}
	}
	return demands;
}

/* Siblings that matter left of a descendant combinator matter to all below them. */
static unsigned all_demands(const struct wxss_compound *compounds, size_t count, bool *ret_lists)
{
	unsigned demands = 0;
	bool below = false;
	for (size_t i = 0; i < count; i++) {
		enum wxss_combinator to_right = i > 0 ? compounds[i - 1].combinator : COMBINATOR_NEXT;
		bool beside = to_right == COMBINATOR_NEXT || to_right == COMBINATOR_SUBSEQUENT;
		unsigned own = demands_of(&compounds[i], ret_lists) | (i > 0 && beside ? (unsigned)CASCADE_SIBLINGS : 0);
		below = below || !beside;
		demands |= own | (below && own & (CASCADE_SIBLINGS | CASCADE_POSITIONS) ? (unsigned)CASCADE_SIBLINGS_BELOW : 0);
	}
	return demands;
}

static unsigned reach_bit(atom_t name)
{
	return (unsigned)name * 0x9E3779B1u >> 24;
}

void wxss_reach_add(struct wxss_reach *reach, const struct wxss_reach *more)
{
	for (size_t i = 0; i < ARRAY_LEN(reach->names); i++) {
		reach->names[i] |= more->names[i];
	}
	reach->states |= more->states;
}

bool wxss_reach_has(const struct wxss_reach *reach, atom_t name)
{
	unsigned bit = reach_bit(name);
	return reach->names[bit / 64] >> bit % 64 & 1;
}

static void add_reach(struct wxss_reach *reach, const struct wxss_compound *compound, bool subject)
{
	for (size_t i = 0; i < compound->count; i++) {
		const struct wxss_simple *simple = &compound->simples[i];
		bool data = simple->kind == SIMPLE_ATTR && simple->place == ATTR_DATA;
		unsigned bit = reach_bit(data ? atom_of("data-") : simple->name);
		if (!subject && simple->name) {
			reach->names[bit / 64] |= (uint64_t)1 << bit % 64;
		}
		if (!subject) {
			reach->states |= simple->bits | (simple->kind == SIMPLE_FOCUS_WITHIN ? (unsigned)NODE_FOCUS : 0);
		}
		/* Inside of a list, the subject's own names are taken as well: better too many. */
		for (size_t k = 0; simple->list && k < simple->list->count; k++) {
			const struct wxss_selector *inner = &simple->list->at[k];
			for (size_t n = 0; n < inner->count; n++) {
				add_reach(reach, &inner->compounds[n], false);
			}
		}
	}
}

/* Turns the parts round and notes what helps matching. */
static struct wxss_selector finish(struct selector_parser *p, struct building *b)
{
	struct wxss_selector selector = b->selector;
	struct wxss_compound *compounds = arena_alloc_array(p->arena, b->count, sizeof(*compounds));
	bool ancestor = false, border = false;
	for (size_t i = 0; i < b->count; i++) {
		compounds[i] = b->compounds[b->count - 1 - i];
		if (i > 0) {
			enum wxss_combinator to_right = compounds[i - 1].combinator;
			ancestor = to_right == COMBINATOR_DESCENDANT || to_right == COMBINATOR_CHILD || to_right == COMBINATOR_DEEP;
			border = border || to_right == COMBINATOR_DEEP;
			selector.deep = selector.deep || to_right == COMBINATOR_DEEP;
		}
		if (ancestor && !border) { // beyond a shadow border the filter does not reach
			add_hashes(&selector, &compounds[i]);
		}
	}
	for (size_t i = 0; i < b->count; i++) {
		add_reach(&selector.reach, &compounds[i], i == 0);
	}
	for (size_t i = 0; i < compounds[0].count; i++) {
		selector.host = selector.host || compounds[0].simples[i].kind == SIMPLE_HOST;
	}
	selector.compounds = compounds;
	selector.count = b->count;
	selector.demands = all_demands(compounds, b->count, &selector.lists);
	selector.specificity = b->a << 20 | b->b << 10 | b->c;
	return selector;
}

static bool parse_complex(struct selector_parser *p, struct wxss_selector *ret_selector)
{
	struct building b = {.count = 0};
	enum wxss_combinator combinator;
	int more;
	skip_space(p);
	do {
		if (b.count == COMPOUNDS_MAX || b.selector.pseudo != PSEUDO_NONE) {
			return fail(p, b.selector.pseudo ? "a pseudo-element must be last" : "too long");
		}
		if (!parse_compound(p, &b)) {
			return false;
		}
		more = parse_combinator(p, &combinator);
		if (more > 0) {
			// kept at the left compound for now; finish() needs it at the right one
			b.compounds[b.count - 1].combinator = combinator;
		}
	} while (more > 0);
	if (more < 0) {
		return fail(p, "a combinator is not understood");
	}
	for (size_t i = b.count; i-- > 1;) {
		b.compounds[i].combinator = b.compounds[i - 1].combinator;
	}
	b.compounds[0].combinator = COMBINATOR_DESCENDANT;
	*ret_selector = finish(p, &b);
	return true;
}

static bool parse_list(struct selector_parser *p, struct wxss_selector_list *ret_list)
{
	VEC(struct wxss_selector) selectors = {0};
	bool good;
	for (;;) {
		struct wxss_selector selector;
		good = parse_complex(p, &selector);
		if (good) {
			vec_push(&selectors, selector);
		}
		if (!good || p->token.kind != TOK_COMMA) {
			break;
		}
		advance(p);
	}
	if (good) {
		struct wxss_selector *copy = arena_alloc_array(p->arena, selectors.len, sizeof(*copy));
		memcpy(copy, selectors.at, selectors.len * sizeof(*copy));
		*ret_list = (struct wxss_selector_list){copy, selectors.len};
	}
	vec_finish(&selectors);
	return good;
}

bool wxss_selector_parse(struct str text, struct arena *arena, struct wxss_selector_list *ret_list, const char **ret_error)
{
	struct selector_parser p = {.lex = {.text = text}, .arena = arena};
	struct wxss_selector_list list;
	advance(&p);
	bool good = parse_list(&p, &list) && (p.token.kind == TOK_EOF || fail(&p, "a character that belongs to no selector"));
	if (good) {
		*ret_list = list;
	} else {
		*ret_error = p.error ? p.error : "not a selector";
	}
	return good;
}

/* ---- printing ---- */

static void print_list(const struct wxss_selector_list *list, struct strbuf *out)
{
	for (size_t i = 0; i < list->count; i++) {
		strbuf_add_text(out, i ? ", " : "");
		wxss_selector_print(&list->at[i], out);
	}
}

static void print_attr(const struct wxss_simple *simple, struct strbuf *out)
{
	static const char *const marks[] = {"", "=", "~=", "|=", "^=", "$=", "*="};
	strbuf_add_char(out, '[');
	wxss_print_ident(atom_str(simple->name), out);
	strbuf_add_text(out, marks[simple->op]);
	if (simple->op != ATTR_PRESENT) {
		wxss_print_string(simple->value, out);
	}
	strbuf_add_text(out, simple->nocase ? " i]" : "]");
}

static void print_simple(const struct wxss_simple *simple, struct strbuf *out)
{
	switch (simple->kind) {
	case SIMPLE_TYPE: wxss_print_ident(atom_str(simple->name), out); return;
	case SIMPLE_ID: strbuf_add_char(out, '#'); wxss_print_ident(atom_str(simple->name), out); return;
	case SIMPLE_CLASS: strbuf_add_char(out, '.'); wxss_print_ident(atom_str(simple->name), out); return;
	case SIMPLE_ATTR: print_attr(simple, out); return;
	default: break;
	}
	strbuf_add_char(out, ':');
	for (size_t i = 0; i < simple->value.len; i++) {
		char c = simple->value.at[i];
		strbuf_add_char(out, (char)(c >= 'A' && c <= 'Z' ? c + 32 : c));
	}
	bool counted = simple->kind == SIMPLE_NTH && simple->function;
	strbuf_add_text(out, simple->function ? "(" : "");
	if (counted) {
		strbuf_printf(out, "%dn%+d%s", simple->a, simple->b, simple->list ? " of " : "");
	}
	if (simple->list) {
		print_list(simple->list, out);
	}
	strbuf_add_text(out, simple->function ? ")" : "");
}

void wxss_selector_print(const struct wxss_selector *selector, struct strbuf *out)
{
	static const char *const words[] = {" ", " > ", " + ", " ~ ", " >>> "};
	static const char *const pseudos[] = {"", "::before", "::after", "::-webkit-other"};
	for (size_t i = selector->count; i-- > 0;) {
		const struct wxss_compound *compound = &selector->compounds[i];
		bool bare = i == 0 && selector->pseudo != PSEUDO_NONE;
		strbuf_add_text(out, compound->count || bare ? "" : "*");
		for (size_t k = 0; k < compound->count; k++) {
			print_simple(&compound->simples[k], out);
		}
		strbuf_add_text(out, i > 0 ? words[compound[-1].combinator] : "");
	}
	strbuf_add_text(out, pseudos[selector->pseudo]);
}

#define NEVER {.kind = SIMPLE_NEVER}

static const struct pseudo_row pseudo_rows[] = { // a name that ends in "(" takes arguments
	{"active", {.kind = SIMPLE_STATE, .bits = NODE_HOVER}},
	{"hover", {.kind = SIMPLE_STATE, .bits = NODE_HOVER}},
	{"focus", {.kind = SIMPLE_STATE, .bits = NODE_FOCUS}},
	{"focus-visible", {.kind = SIMPLE_STATE, .bits = NODE_FOCUS}},
	{"focus-within", {.kind = SIMPLE_FOCUS_WITHIN}},
	{"checked", {.kind = SIMPLE_STATE, .bits = NODE_CHECKED}},
	{"disabled", {.kind = SIMPLE_STATE, .bits = NODE_DISABLED}},
	{"enabled", {.kind = SIMPLE_NOT_STATE, .bits = NODE_DISABLED}},
	{"root", {.kind = SIMPLE_ROOT}},
	{"empty", {.kind = SIMPLE_EMPTY}},
	{"first-child", {.kind = SIMPLE_NTH, .b = 1}},
	{"last-child", {.kind = SIMPLE_NTH, .b = 1, .last = true}},
	{"only-child", {.kind = SIMPLE_NTH, .only = true}},
	{"first-of-type", {.kind = SIMPLE_NTH, .b = 1, .of_type = true}},
	{"last-of-type", {.kind = SIMPLE_NTH, .b = 1, .last = true, .of_type = true}},
	{"only-of-type", {.kind = SIMPLE_NTH, .only = true, .of_type = true}},
	{"nth-child(", {.kind = SIMPLE_NTH}},
	{"nth-last-child(", {.kind = SIMPLE_NTH, .last = true}},
	{"nth-of-type(", {.kind = SIMPLE_NTH, .of_type = true}},
	{"nth-last-of-type(", {.kind = SIMPLE_NTH, .last = true, .of_type = true}},
	{"not(", {.kind = SIMPLE_NOT}},
	{"is(", {.kind = SIMPLE_IS}},
	{"matches(", {.kind = SIMPLE_IS}},
	{"-webkit-any(", {.kind = SIMPLE_IS}},
	{"where(", {.kind = SIMPLE_IS, .where = true}},
	{"host", {.kind = SIMPLE_HOST}},
	{"host(", {.kind = SIMPLE_HOST}},
	{"visited", NEVER},
	{"link", NEVER},
	{"any-link", NEVER},
	{"target", NEVER},
	{"valid", NEVER},
	{"invalid", NEVER},
	{"required", NEVER},
	{"optional", NEVER},
	{"read-only", NEVER},
	{"read-write", NEVER},
	{"placeholder-shown", NEVER},
	{"indeterminate", NEVER},
	{"default", NEVER},
	{"in-range", NEVER},
	{"out-of-range", NEVER},
	{"autofill", NEVER},
	{"-webkit-autofill", NEVER},
	{"horizontal", NEVER},
	{"vertical", NEVER},
	{"fullscreen", NEVER},
	{"defined", NEVER},
	{"lang(", NEVER},
	{"dir(", NEVER},
	{"has(", NEVER},
	{"host-context(", NEVER},
	{NULL, NEVER},
};

static const char *const other_elements[] = {"first-letter", "first-line", "selection", "placeholder", "marker", "backdrop",
	"cue", "slotted", "part", "file-selector-button", NULL};
