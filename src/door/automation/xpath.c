/* XPath 1.0 over the tree as it is shown: paths with all axes that elements have, predicates, operators and the usual
 * functions. The text is read anew for each node that a predicate looks at: paths are short. */
#include "door/automation/command.h"

#include "core/wxss/match.h"

#define STEPS_MAX 2000000 // reads of a token: bounds what a crafted path costs
#define DEPTH_MAX 64

struct item {
	struct node *node; // NULL: the root above the page
	struct str name;   // of an attribute of the node; empty: the node itself
};

typedef VEC(struct item) items_t;

enum kind { KIND_NODES, KIND_NUMBER, KIND_TEXT, KIND_BOOL };

struct result {
	enum kind kind;
	items_t nodes;
	double number;
	struct strbuf text;
	bool truth;
};

struct place { // what an expression is about
	struct item item;
	size_t position, size;
};

struct reader {
	struct str text;
	size_t at;
	const char *error;
	int depth, steps;
	struct node *root;
	struct place place;
	uint32_t *order; // by index of the node's id, from 1
};

static struct result expression(struct reader *reader);

static void result_finish(struct result *result)
{
	vec_finish(&result->nodes);
	strbuf_finish(&result->text);
}

static void fail(struct reader *reader, const char *error)
{
	reader->error = reader->error ? reader->error : error;
	reader->at = reader->text.len;
}

/* --- the text --- */

static void skip_space(struct reader *reader)
{
	while (reader->at < reader->text.len && strchr(" \t\r\n", reader->text.at[reader->at])) {
		reader->at++;
	}
	if (++reader->steps > STEPS_MAX) {
		fail(reader, "it takes too long");
	}
}

static bool accept(struct reader *reader, const char *token)
{
	skip_space(reader);
	struct str rest = str_slice(reader->text, reader->at, reader->text.len);
	bool there = str_starts(rest, str_of(token));
	reader->at += there ? strlen(token) : 0;
	return there;
}

static bool is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || (unsigned char)c >= 0x80;
}

static struct str name(struct reader *reader)
{
	skip_space(reader);
	size_t from = reader->at;
	while (reader->at < reader->text.len && is_name_char(reader->text.at[reader->at])) {
		reader->at++;
	}
	return str_slice(reader->text, from, reader->at);
}

/* "and" only where an operator may stand. */
static bool accept_word(struct reader *reader, const char *word)
{
	size_t before = reader->at;
	if (str_is(name(reader), word)) {
		return true;
	}
	reader->at = before;
	return false;
}

/* Behind the bracket that closes the one before. */
static void skip_predicate(struct reader *reader)
{
	char quote = 0;
	for (int depth = 1; depth && reader->at < reader->text.len; reader->at++) {
		char c = reader->text.at[reader->at];
		if (quote || c == '"' || c == '\'') {
			quote = !quote ? c : c == quote ? 0 : quote;
		} else {
			depth += (c == '[') - (c == ']');
		}
	}
}

/* --- nodes --- */

static uint32_t order_of(const struct reader *reader, const struct node *node)
{
	return node ? reader->order[node->id & 0xfffff] : 0;
}

static void push_node(void *user, struct node *node)
{
	items_t *items = user;
	struct item item = {.node = node};
	vec_push(items, item);
}

static void children(const struct reader *reader, const struct node *node, items_t *out)
{
	if (node) {
		automation_children((struct node *)node, push_node, out);
	} else {
		push_node(out, reader->root);
	}
}

static void descend(const struct reader *reader, struct node *node, items_t *out)
{
	items_t below = {0};
	children(reader, node, &below);
	for (size_t i = 0; i < below.len; i++) {
		vec_push(out, below.at[i]);
		if (below.at[i].node->kind == NODE_ELEMENT) {
			descend(reader, below.at[i].node, out);
		}
	}
	vec_finish(&below);
}

/* The element around it; false: it is the root. */
static bool parent(const struct reader *reader, struct node *node, struct node **ret_parent)
{
	if (!node) {
		return false;
	}
	*ret_parent = NULL;
	if (node != reader->root) {
		struct node *up = node_event_parent(node);
		while (up && str_starts(atom_str(up->tag), STR("mina-"))) { // inside of a built-in
			up = node_event_parent(up);
		}
		*ret_parent = up;
	}
	return true;
}

static void item_text(struct item item, struct strbuf *out)
{
	struct strbuf text = {0};
	if (item.name.len) {
		if (wxss_node_attribute(item.node, atom_intern(item.name), &text)) {
			strbuf_add(out, strbuf_str(&text));
		}
	} else if (item.node && item.node->kind == NODE_TEXT) {
		strbuf_add(out, value_str(item.node->text));
	} else if (item.node) {
		automation_text(item.node, out);
	}
	strbuf_finish(&text);
}

enum axis { AXIS_CHILD, AXIS_DESCENDANT, AXIS_DESCENDANT_SELF, AXIS_SELF, AXIS_PARENT, AXIS_ANCESTOR, AXIS_ANCESTOR_SELF, AXIS_FOLLOWING,
	AXIS_PRECEDING, AXIS_FOLLOWING_SIBLING, AXIS_PRECEDING_SIBLING, AXIS_ATTRIBUTE, AXIS_COUNT };
static const char *const axis_names[] = {"child", "descendant", "descendant-or-self", "self", "parent", "ancestor", "ancestor-or-self",
	"following", "preceding", "following-sibling", "preceding-sibling", "attribute"};

static void siblings(const struct reader *reader, struct node *node, bool after, items_t *out)
{
	struct node *up;
	items_t all = {0};
	if (parent(reader, node, &up)) {
		children(reader, up, &all);
	}
	bool passed = false;
	for (size_t i = 0; i < all.len; i++) {
		struct item item = all.at[after ? i : all.len - 1 - i];
		if (passed) {
			vec_push(out, item);
		}
		passed = passed || item.node == node;
	}
	vec_finish(&all);
}

static bool is_within(const struct reader *reader, struct node *node, const struct node *outer)
{
	for (struct node *up; parent(reader, node, &up) && up; node = up) {
		if (up == outer) {
			return true;
		}
	}
	return false;
}

/* All before, or behind, the node that are not around or in it. */
static void beyond(const struct reader *reader, struct node *node, bool after, items_t *out)
{
	items_t all = {0};
	descend(reader, NULL, &all);
	for (size_t i = 0; node && i < all.len; i++) {
		struct node *other = all.at[after ? i : all.len - 1 - i].node;
		bool side = after ? order_of(reader, other) > order_of(reader, node) : order_of(reader, other) < order_of(reader, node);
		if (side && !is_within(reader, other, node) && !is_within(reader, node, other)) {
			push_node(out, other);
		}
	}
	vec_finish(&all);
}

static void walk(const struct reader *reader, struct item from, enum axis axis, struct str test, items_t *out)
{
	struct node *node = from.node, *up;
	switch (axis) {
	case AXIS_CHILD:
		children(reader, node, out);
		break;
	case AXIS_DESCENDANT_SELF:
		vec_push(out, from);
		descend(reader, node, out);
		break;
	case AXIS_DESCENDANT:
		descend(reader, node, out);
		break;
	case AXIS_SELF:
		vec_push(out, from);
		break;
	case AXIS_PARENT:
	case AXIS_ANCESTOR:
	case AXIS_ANCESTOR_SELF:
		if (axis == AXIS_ANCESTOR_SELF) {
			vec_push(out, from);
		}
		for (bool on = from.name.len ? (up = node, true) : parent(reader, node, &up); on; on = axis != AXIS_PARENT && parent(reader, up, &up)) {
			push_node(out, up);
		}
		break;
	case AXIS_FOLLOWING:
	case AXIS_PRECEDING:
		beyond(reader, node, axis == AXIS_FOLLOWING, out);
		break;
	case AXIS_FOLLOWING_SIBLING:
	case AXIS_PRECEDING_SIBLING:
		siblings(reader, node, axis == AXIS_FOLLOWING_SIBLING, out);
		break;
	default:
		if (node && node->kind == NODE_ELEMENT && str_is(test, "*")) {
			static const char *const names[] = {"class", "id", "style"};
			for (size_t i = 0; i < ARRAY_LEN(names); i++) {
				struct item item = {node, str_of(names[i])};
				vec_push(out, item);
			}
			for (size_t i = 0; i < node->attrs.len; i++) {
				struct item item = {node, atom_str(node->attrs.at[i].name)};
				vec_push(out, item);
			}
		} else if (node && node->kind == NODE_ELEMENT) {
			struct item item = {node, test};
			vec_push(out, item);
		}
	}
}

/* "view", "*", "text()", "node()"; names as the program writes them, with or without "wx-". */
static bool passes(struct item item, struct str test, bool function)
{
	struct strbuf text = {0};
	if (item.name.len) {
		bool there = wxss_node_attribute(item.node, atom_intern(item.name), &text);
		strbuf_finish(&text);
		return there;
	}
	if (function) {
		return str_is(test, "node") || (item.node && item.node->kind == NODE_TEXT);
	}
	if (!item.node || item.node->kind != NODE_ELEMENT) {
		return false;
	}
	struct str tag = atom_str(item.node->tag);
	struct str bare = str_starts(test, STR("wx-")) ? str_slice(test, 3, test.len) : test;
	return str_is(test, "*") || str_eq(tag, test) || str_eq(tag, bare);
}

/* --- paths --- */

static bool truth_of(const struct result *result)
{
	switch (result->kind) {
	case KIND_NODES:
		return result->nodes.len;
	case KIND_NUMBER:
		return result->number != 0 && !isnan(result->number);
	case KIND_TEXT:
		return result->text.len;
	default:
		return result->truth;
	}
}

/* Predicates behind a step, each for what the one before has left. */
static void filter(struct reader *reader, items_t *items)
{
	while (accept(reader, "[")) {
		size_t from = reader->at, end = from;
		struct place outer = reader->place;
		items_t kept = {0};
		skip_predicate(reader);
		end = reader->at;
		for (size_t i = 0; i < items->len && !reader->error; i++) {
			reader->at = from;
			reader->place = (struct place){items->at[i], i + 1, items->len};
			struct result result = expression(reader);
			if (!accept(reader, "]")) {
				fail(reader, "a predicate does not end with ]");
			}
			if (result.kind == KIND_NUMBER ? result.number == (double)(i + 1) : truth_of(&result)) {
				vec_push(&kept, items->at[i]);
			}
			result_finish(&result);
		}
		reader->place = outer;
		reader->at = reader->error ? reader->text.len : end;
		vec_finish(items);
		*items = kept;
	}
}

static void add_once(items_t *set, const items_t *more)
{
	for (size_t i = 0; i < more->len; i++) {
		bool known = false;
		for (size_t k = set->len; k > 0 && !known; k--) {
			known = set->at[k - 1].node == more->at[i].node && str_eq(set->at[k - 1].name, more->at[i].name);
		}
		if (!known) {
			vec_push(set, more->at[i]);
		}
	}
}

static enum axis read_axis(struct reader *reader)
{
	size_t before = reader->at;
	if (accept(reader, "@")) {
		return AXIS_ATTRIBUTE;
	}
	struct str word = name(reader);
	if (word.len && accept(reader, "::")) {
		for (int i = 0; i < AXIS_COUNT; i++) {
			if (str_is(word, axis_names[i])) {
				return (enum axis)i;
			}
		}
		fail(reader, "there is no such axis");
	}
	reader->at = before;
	return AXIS_CHILD;
}

/* One step for all items of *set. */
static void step(struct reader *reader, items_t *set)
{
	enum axis axis = AXIS_CHILD;
	struct str test = STR("*");
	bool function = false;
	if (accept(reader, "..")) {
		axis = AXIS_PARENT;
		test = STR("node");
		function = true;
	} else if (accept(reader, ".")) {
		axis = AXIS_SELF;
		test = STR("node");
		function = true;
	} else {
		axis = read_axis(reader);
		if (!accept(reader, "*")) {
			test = name(reader);
			function = test.len && accept(reader, "(");
			if (!test.len || (function && !accept(reader, ")"))) {
				fail(reader, "a name is missing");
			}
		}
	}
	items_t all = {0};
	size_t from = reader->at, end = from;
	for (size_t i = 0; i < set->len && !reader->error; i++) {
		items_t walked = {0}, passed = {0};
		walk(reader, set->at[i], axis, test, &walked);
		for (size_t k = 0; k < walked.len; k++) {
			if (passes(walked.at[k], test, function)) {
				vec_push(&passed, walked.at[k]);
			}
		}
		reader->at = from;
		filter(reader, &passed);
		end = reader->at;
		add_once(&all, &passed);
		vec_finish(&walked);
		vec_finish(&passed);
	}
	if (!set->len) {
		filter(reader, &all);
		end = reader->at;
	}
	reader->at = reader->error ? reader->text.len : end;
	vec_finish(set);
	*set = all;
}

static void every_below(struct reader *reader, items_t *set)
{
	items_t all = {0};
	for (size_t i = 0; i < set->len; i++) {
		items_t below = {0};
		walk(reader, set->at[i], AXIS_DESCENDANT_SELF, STR("node"), &below);
		add_once(&all, &below);
		vec_finish(&below);
	}
	vec_finish(set);
	*set = all;
}

static void more_steps(struct reader *reader, items_t *set)
{
	for (;;) {
		if (accept(reader, "//")) {
			every_below(reader, set);
		} else if (!accept(reader, "/")) {
			return;
		}
		step(reader, set);
	}
}

static bool begins_step(struct reader *reader)
{
	skip_space(reader);
	char c = reader->at < reader->text.len ? reader->text.at[reader->at] : 0;
	return c == '@' || c == '.' || c == '*' || is_name_char(c);
}

static struct result path(struct reader *reader)
{
	struct result result = {.kind = KIND_NODES};
	struct item root = {0};
	if (accept(reader, "//")) {
		vec_push(&result.nodes, root);
		every_below(reader, &result.nodes);
		step(reader, &result.nodes);
	} else if (accept(reader, "/")) {
		vec_push(&result.nodes, root);
		if (begins_step(reader)) {
			step(reader, &result.nodes);
		}
	} else {
		vec_push(&result.nodes, reader->place.item);
		step(reader, &result.nodes);
	}
	more_steps(reader, &result.nodes);
	return result;
}

/* --- conversions --- */

static void text_of(const struct result *result, struct strbuf *out)
{
	switch (result->kind) {
	case KIND_NODES:
		if (result->nodes.len) {
			item_text(result->nodes.at[0], out);
		}
		break;
	case KIND_NUMBER:
		strbuf_add_number(out, result->number);
		break;
	case KIND_TEXT:
		strbuf_add(out, strbuf_str(&result->text));
		break;
	default:
		strbuf_add_text(out, result->truth ? "true" : "false");
	}
}

static double number_of(const struct result *result)
{
	struct strbuf text = {0};
	double number = NAN;
	if (result->kind == KIND_NUMBER || result->kind == KIND_BOOL) {
		return result->kind == KIND_NUMBER ? result->number : result->truth;
	}
	text_of(result, &text);
	if (!str_to_number(str_trim(strbuf_str(&text)), &number)) {
		number = NAN;
	}
	strbuf_finish(&text);
	return number;
}

static struct result of_number(double number) { return (struct result){.kind = KIND_NUMBER, .number = number}; }
static struct result of_bool(bool truth) { return (struct result){.kind = KIND_BOOL, .truth = truth}; }

/* --- functions --- */

#define ARGS_MAX 8

struct arguments {
	struct result at[ARGS_MAX];
	struct strbuf text[ARGS_MAX]; // of each
	size_t count;
};

static void normalize(struct str text, struct strbuf *out)
{
	text = str_trim(text);
	for (size_t i = 0; i < text.len; i++) {
		bool blank = strchr(" \t\r\n", text.at[i]);
		if (!blank || out->at[out->len - 1] != ' ') {
			strbuf_add_char(out, blank ? ' ' : text.at[i]);
		}
	}
}

static struct result substring(const struct arguments *args)
{
	struct result result = {.kind = KIND_TEXT};
	struct str text = strbuf_str(&args->text[0]);
	double from = floor(number_of(&args->at[1]) + 0.5), end = args->count > 2 ? from + floor(number_of(&args->at[2]) + 0.5) : INFINITY;
	double index = 1;
	for (size_t pos = 0; pos < text.len; index++) {
		size_t before = pos;
		str_utf8_next(text, &pos);
		if (index >= from && index < end) {
			strbuf_add(&result.text, str_slice(text, before, pos));
		}
	}
	return result;
}

static struct result text_function(struct reader *reader, struct str what, struct arguments *args)
{
	struct result result = {.kind = KIND_TEXT};
	struct str one = strbuf_str(&args->text[0]), two = strbuf_str(&args->text[1]);
	if (str_is(what, "contains")) {
		return of_bool(!two.len || str_find(one, two) != SIZE_MAX);
	}
	if (str_is(what, "starts-with")) {
		return of_bool(str_starts(one, two));
	}
	if (str_is(what, "ends-with")) {
		return of_bool(str_ends(one, two));
	}
	if (str_is(what, "string-length")) {
		return of_number((double)str_utf16_len(one));
	}
	if (str_is(what, "substring")) {
		return substring(args);
	}
	if (str_is(what, "normalize-space")) {
		normalize(one, &result.text);
	} else if (str_is(what, "string")) {
		strbuf_add(&result.text, one);
	} else if (str_is(what, "concat")) {
		for (size_t i = 0; i < args->count; i++) {
			strbuf_add(&result.text, strbuf_str(&args->text[i]));
		}
	} else {
		fail(reader, "there is no such function");
	}
	return result;
}

static struct result call(struct reader *reader, struct str what, struct arguments *args)
{
	struct node *node = reader->place.item.node;
	if (str_is(what, "last") || str_is(what, "position")) {
		return of_number((double)(str_is(what, "last") ? reader->place.size : reader->place.position));
	}
	if (str_is(what, "count")) {
		return of_number((double)args->at[0].nodes.len);
	}
	if (str_is(what, "not") || str_is(what, "boolean")) {
		return of_bool(truth_of(&args->at[0]) == str_is(what, "boolean"));
	}
	if (str_is(what, "true") || str_is(what, "false")) {
		return of_bool(str_is(what, "true"));
	}
	if (str_is(what, "number")) {
		return of_number(number_of(&args->at[0]));
	}
	if (str_is(what, "name") || str_is(what, "local-name")) {
		struct result result = {.kind = KIND_TEXT};
		node = args->count && args->at[0].nodes.len ? args->at[0].nodes.at[0].node : node;
		strbuf_add(&result.text, node && node->kind == NODE_ELEMENT ? atom_str(node->tag) : STR(""));
		return result;
	}
	return text_function(reader, what, args);
}

/* `what` and its bracket were read. */
static struct result function(struct reader *reader, struct str what)
{
	struct arguments args = {0};
	while (!accept(reader, ")") && !reader->error) {
		if (args.count >= ARGS_MAX || (args.count && !accept(reader, ","))) {
			fail(reader, "a function's arguments do not end with )");
			break;
		}
		args.at[args.count++] = expression(reader);
	}
	for (size_t i = 0; i < args.count; i++) {
		text_of(&args.at[i], &args.text[i]);
	}
	if (!args.count) { // what most functions take then
		item_text(reader->place.item, &args.text[0]);
	}
	struct result result = call(reader, what, &args);
	for (size_t i = 0; i < ARGS_MAX; i++) {
		result_finish(&args.at[i]);
		strbuf_finish(&args.text[i]);
	}
	return result;
}

/* --- operators --- */

static struct result primary(struct reader *reader)
{
	skip_space(reader);
	size_t before = reader->at;
	char c = before < reader->text.len ? reader->text.at[before] : 0;
	if (c == '"' || c == '\'') {
		struct result result = {.kind = KIND_TEXT};
		size_t end = str_find_char(str_slice(reader->text, before + 1, reader->text.len), c);
		if (end == SIZE_MAX) {
			fail(reader, "a text does not end");
			return result;
		}
		strbuf_add(&result.text, str_slice(reader->text, before + 1, before + 1 + end));
		reader->at = before + end + 2;
		return result;
	}
	if (c >= '0' && c <= '9') {
		double number = NAN;
		while (reader->at < reader->text.len && strchr("0123456789.", reader->text.at[reader->at])) {
			reader->at++;
		}
		str_to_number(str_slice(reader->text, before, reader->at), &number);
		return of_number(number);
	}
	if (accept(reader, "(")) {
		struct result result = expression(reader);
		if (!accept(reader, ")")) {
			fail(reader, "a bracket is not closed");
		}
		filter(reader, &result.nodes);
		more_steps(reader, &result.nodes);
		return result;
	}
	struct str word = name(reader);
	bool test = str_is(word, "text") || str_is(word, "node");
	if (word.len && !test && accept(reader, "(")) {
		return function(reader, word);
	}
	reader->at = before;
	return path(reader);
}

static int compare_order(const struct reader *reader, struct item a, struct item b)
{
	uint32_t one = order_of(reader, a.node), two = order_of(reader, b.node);
	return one < two ? -1 : one > two;
}

static void sort_items(const struct reader *reader, items_t *items)
{
	for (size_t i = 1; i < items->len; i++) { // nearly in order as a rule
		struct item item = items->at[i];
		size_t k = i;
		for (; k > 0 && compare_order(reader, items->at[k - 1], item) > 0; k--) {
			items->at[k] = items->at[k - 1];
		}
		items->at[k] = item;
	}
}

static struct result united(struct reader *reader)
{
	struct result left = primary(reader);
	while (accept(reader, "|")) {
		struct result right = primary(reader);
		add_once(&left.nodes, &right.nodes);
		result_finish(&right);
	}
	return left;
}

static struct result sum(struct reader *reader)
{
	bool minus = accept(reader, "-");
	struct result left = united(reader);
	if (minus) {
		double number = -number_of(&left);
		result_finish(&left);
		left = of_number(number);
	}
	for (;;) {
		bool add = accept(reader, "+"), take = !add && accept(reader, "-");
		bool divide = !add && !take && accept_word(reader, "div"), rest = !add && !take && !divide && accept_word(reader, "mod");
		if (!add && !take && !divide && !rest) {
			return left;
		}
		struct result right = united(reader);
		double a = number_of(&left), b = number_of(&right);
		result_finish(&left);
		result_finish(&right);
		left = of_number(add ? a + b : take ? a - b : divide ? a / b : fmod(a, b));
	}
}

/* A set of nodes equals a text when one of them does. */
static bool equals(const struct result *left, const struct result *right)
{
	const struct result *set = left->kind == KIND_NODES ? left : right->kind == KIND_NODES ? right : NULL;
	const struct result *other = set == left ? right : left;
	struct strbuf a = {0}, b = {0};
	bool equal = false;
	if (left->kind == KIND_BOOL || right->kind == KIND_BOOL) {
		return truth_of(left) == truth_of(right);
	}
	if (left->kind == KIND_NUMBER || right->kind == KIND_NUMBER) {
		return number_of(left) == number_of(right);
	}
	text_of(other, &b);
	for (size_t i = 0; set && i < set->nodes.len && !equal; i++) {
		strbuf_clear(&a);
		item_text(set->nodes.at[i], &a);
		equal = str_eq(strbuf_str(&a), strbuf_str(&b));
	}
	if (!set) {
		text_of(left, &a);
		equal = str_eq(strbuf_str(&a), strbuf_str(&b));
	}
	strbuf_finish(&a);
	strbuf_finish(&b);
	return equal;
}

static struct result comparison(struct reader *reader)
{
	static const char *const operators[] = {"!=", "<=", ">=", "=", "<", ">"};
	struct result left = sum(reader);
	for (size_t i = 0; i < ARRAY_LEN(operators);) {
		if (!accept(reader, operators[i])) {
			i++;
			continue;
		}
		struct result right = sum(reader);
		double a = number_of(&left), b = number_of(&right);
		bool equal = equals(&left, &right);
		bool truths[] = {!equal, a <= b, a >= b, equal, a < b, a > b};
		result_finish(&left);
		result_finish(&right);
		left = of_bool(truths[i]);
		i = 0;
	}
	return left;
}

static struct result conjunction(struct reader *reader)
{
	struct result left = comparison(reader);
	while (accept_word(reader, "and")) {
		struct result right = comparison(reader);
		bool both = truth_of(&left) && truth_of(&right);
		result_finish(&left);
		result_finish(&right);
		left = of_bool(both);
	}
	return left;
}

static struct result expression(struct reader *reader)
{
	if (reader->depth >= DEPTH_MAX) {
		fail(reader, "it is nested too deeply");
		return of_bool(false);
	}
	reader->depth++;
	struct result left = conjunction(reader);
	while (accept_word(reader, "or")) {
		struct result right = conjunction(reader);
		bool either = truth_of(&left) || truth_of(&right);
		result_finish(&left);
		result_finish(&right);
		left = of_bool(either);
	}
	reader->depth--;
	return left;
}

/* --- the whole --- */

static void number_nodes(struct reader *reader)
{
	items_t all = {0};
	reader->order = mem_alloc_array(reader->root->tree->ids.len + 1, sizeof(*reader->order));
	descend(reader, NULL, &all);
	for (size_t i = 0; i < all.len; i++) {
		reader->order[all.at[i].node->id & 0xfffff] = (uint32_t)i + 1;
	}
	vec_finish(&all);
}

bool automation_xpath(struct node *root, struct node *context, struct str text, struct node ***ret_nodes, size_t *ret_count,
	const char **ret_error)
{
	struct reader reader = {.text = text, .root = root, .place = {{.node = context}, 1, 1}};
	number_nodes(&reader);
	struct result result = expression(&reader);
	skip_space(&reader);
	if (reader.at < text.len) {
		fail(&reader, "something stands behind its end");
	}
	if (result.kind != KIND_NODES) {
		fail(&reader, "it names no nodes");
	}
	VEC(struct node *) found = {0};
	sort_items(&reader, &result.nodes);
	for (size_t i = 0; i < result.nodes.len && !reader.error; i++) {
		struct item item = result.nodes.at[i];
		if (item.node && item.node->kind == NODE_ELEMENT && !item.name.len) {
			vec_push(&found, item.node);
		}
	}
	result_finish(&result);
	mem_free(reader.order);
	*ret_nodes = found.at;
	*ret_count = found.len;
	*ret_error = reader.error;
	if (reader.error) {
		vec_finish(&found);
	}
	return !reader.error;
}
