/* Runs byte code. The stack holds lent values; what an instruction makes anew is kept in a list of
 * temporaries until the run ends, so that scalar work touches no reference count. */
#include "core/expr/code.h"

#include <stdlib.h>

#define STACK_INLINE 32
#define MADE_INLINE 8

struct machine {
	const struct expr *expr;
	const struct expr_env *env;
	struct value *top; // the topmost value
	struct value *made;
	size_t made_len, made_cap;
	struct value made_inline[MADE_INLINE];
};

/* Keeps a new value until the run ends. */
static struct value hold(struct machine *m, struct value value)
{
	if (value.type < VALUE_STRING) {
		return value;
	}
	if (m->made_len == m->made_cap) {
		bool first = m->made == m->made_inline;
		struct value *grown = mem_realloc(first ? NULL : m->made, m->made_cap * 2, sizeof(*grown));
		if (first) {
			memcpy(grown, m->made_inline, sizeof(m->made_inline));
		}
		m->made = grown;
		m->made_cap *= 2;
	}
	m->made[m->made_len++] = value;
	return value;
}

struct value expr_member(struct value of, struct str key)
{
	if (of.type == VALUE_OBJECT) {
		return value_get(of, key);
	}
	if (of.type != VALUE_ARRAY && of.type != VALUE_STRING) {
		return value_undefined();
	}
	if (str_eq(key, STR("length"))) {
		return value_number((double)(of.type == VALUE_ARRAY ? value_len(of) : str_utf16_len(value_str(of))));
	}
	return value_at(of, value_index_of(key));
}

/* The character at a UTF-16 position. One beyond the basic plane is whole at its first half. */
static struct value character(struct machine *m, struct value string, size_t index)
{
	struct str s = value_str(string);
	size_t pos = 0;
	if (index >= s.len) {
		return value_undefined();
	}
	for (size_t unit = 0; pos < s.len;) {
		size_t from = pos;
		uint32_t code_point = str_utf8_next(s, &pos);
		if (unit == index) {
			return hold(m, value_string(str_slice(s, from, pos)));
		}
		unit += code_point > 0xffff ? 2 : 1;
		if (unit > index) {
			return hold(m, value_text("\xef\xbf\xbd"));
		}
	}
	return value_undefined();
}

static struct value member(struct machine *m, struct value of, struct str key)
{
	if (of.type == VALUE_STRING && key.len && key.at[0] >= '0' && key.at[0] <= '9') {
		return character(m, of, value_index_of(key));
	}
	return expr_member(of, key);
}

static struct value index_value(struct machine *m, struct value of, struct value key)
{
	bool whole = key.type == VALUE_NUMBER && key.number >= 0 && key.number < 1e15 && key.number == floor(key.number);
	if (whole && of.type == VALUE_ARRAY) {
		return value_at(of, (size_t)key.number);
	}
	if (whole && of.type == VALUE_STRING) {
		return character(m, of, (size_t)key.number);
	}
	if (key.type == VALUE_STRING) {
		return member(m, of, value_str(key));
	}
	if (value_is_nullish(of)) {
		return value_undefined();
	}
	struct strbuf text = {0};
	value_to_text(key, &text);
	struct value found = member(m, of, strbuf_str(&text));
	strbuf_finish(&text);
	return found;
}

static double to_integer_modulo(struct value v)
{
	double number = value_to_number(v);
	if (!isfinite(number)) {
		return 0;
	}
	number = fmod(trunc(number), 4294967296.0);
	return number < 0 ? number + 4294967296.0 : number;
}

static uint32_t to_uint32(struct value v)
{
	return (uint32_t)to_integer_modulo(v);
}

static int32_t to_int32(struct value v)
{
	uint32_t bits = to_uint32(v);
	return bits < 0x80000000u ? (int32_t)bits : (int32_t)(bits - 0x80000000u) - 0x7fffffff - 1;
}

static const char *type_of(struct value v)
{
	static const char *const names[] = {
		"undefined", "object", "boolean", "number", "string", "object", "object", "function",
	};
	return names[v.type];
}

static struct value unary(struct machine *m, enum syntax_op op, struct value v)
{
	switch (op) {
	case OP_NOT:
		return value_bool(!value_to_bool(v));
	case OP_MINUS:
		return value_number(0 - value_to_number(v)); // never -0
	case OP_PLUS:
		return value_number(value_to_number(v));
	case OP_BIT_NOT:
		return value_number(~to_int32(v));
	case OP_TYPEOF:
		return hold(m, value_text(type_of(v)));
	default:
		return value_undefined();
	}
}

static bool is_reference(struct value v)
{
	return v.type >= VALUE_ARRAY;
}

/* ToPrimitive: texts of arrays and objects. */
static struct value primitive(struct machine *m, struct value v)
{
	if (!is_reference(v)) {
		return v;
	}
	struct strbuf text = {0};
	value_to_text(v, &text);
	return hold(m, value_take(&text));
}

static struct value add(struct machine *m, struct value a, struct value b)
{
	a = primitive(m, a);
	b = primitive(m, b);
	if (a.type != VALUE_STRING && b.type != VALUE_STRING) {
		return value_number(value_to_number(a) + value_to_number(b));
	}
	struct strbuf text = {0};
	value_to_text(a, &text);
	value_to_text(b, &text);
	return hold(m, value_take(&text));
}

static bool same(struct value a, struct value b)
{
	return a.type == VALUE_NUMBER && b.type == VALUE_NUMBER ? a.number == b.number : value_identical(a, b);
}

/* == of ECMAScript. */
static bool equal(struct machine *m, struct value a, struct value b)
{
	if (a.type == b.type) {
		return same(a, b);
	}
	if (value_is_nullish(a) || value_is_nullish(b)) {
		return value_is_nullish(a) && value_is_nullish(b);
	}
	if (is_reference(a) && is_reference(b)) {
		return false;
	}
	a = primitive(m, a);
	b = primitive(m, b);
	return a.type == b.type ? same(a, b) : value_to_number(a) == value_to_number(b);
}

/* Strings are compared by bytes: the order of code points. */
static bool ordered(struct machine *m, enum syntax_op op, struct value a, struct value b)
{
	a = primitive(m, a);
	b = primitive(m, b);
	double x, y;
	if (a.type == VALUE_STRING && b.type == VALUE_STRING) {
		x = str_compare(value_str(a), value_str(b));
		y = 0;
	} else {
		x = value_to_number(a);
		y = value_to_number(b);
	}
	return op == OP_LESS ? x < y : op == OP_GREATER ? x > y : op == OP_LESS_EQUAL ? x <= y : x >= y;
}

static bool contains(struct value key, struct value object)
{
	struct strbuf text = {0};
	value_to_text(key, &text);
	struct str name = strbuf_str(&text);
	bool found = object.type == VALUE_ARRAY ? value_index_of(name) < value_len(object) : value_has(object, name);
	strbuf_finish(&text);
	return found;
}

static double bits(enum syntax_op op, struct value a, struct value b)
{
	int32_t x = to_int32(a), y = to_int32(b);
	unsigned by = to_uint32(b) & 31;
	switch (op) {
	case OP_BIT_OR:
		return x | y;
	case OP_BIT_XOR:
		return x ^ y;
	case OP_BIT_AND:
		return x & y;
	case OP_SHIFT_LEFT:
		return to_int32(value_number((double)((uint32_t)x << by)));
	case OP_SHIFT_RIGHT:
		return x >> by;
	default:
		return (double)(to_uint32(a) >> by);
	}
}

static struct value binary(struct machine *m, enum syntax_op op, struct value a, struct value b)
{
	switch (op) {
	case OP_ADD:
		return add(m, a, b);
	case OP_SUBTRACT:
		return value_number(value_to_number(a) - value_to_number(b));
	case OP_MULTIPLY:
		return value_number(value_to_number(a) * value_to_number(b));
	case OP_DIVIDE:
		return value_number(value_to_number(a) / value_to_number(b));
	case OP_REMAINDER:
		return value_number(fmod(value_to_number(a), value_to_number(b)));
	case OP_EQUAL:
		return value_bool(equal(m, a, b));
	case OP_NOT_EQUAL:
		return value_bool(!equal(m, a, b));
	case OP_SAME:
		return value_bool(same(a, b));
	case OP_NOT_SAME:
		return value_bool(!same(a, b));
	case OP_LESS:
	case OP_GREATER:
	case OP_LESS_EQUAL:
	case OP_GREATER_EQUAL:
		return value_bool(ordered(m, op, a, b));
	case OP_IN:
		return value_bool(contains(a, b));
	case OP_INSTANCEOF:
		return value_bool(false); // no constructor is in sight
	default:
		return value_number(bits(op, a, b));
	}
}

static struct value join(struct machine *m, const struct value *parts, size_t count)
{
	struct strbuf text = {0};
	for (size_t i = 0; i < count; i++) {
		if (parts[i].type != VALUE_UNDEFINED && !(m->expr->empty_null && parts[i].type == VALUE_NULL)) {
			value_to_text(parts[i], &text);
		}
	}
	return hold(m, value_take(&text));
}

static void spread_items(struct machine *m, struct value *array, struct value of)
{
	for (size_t i = 0; i < value_len(of); i++) {
		value_array_push(array, value_ref(value_at(of, i)));
	}
	struct str s = value_str(of);
	for (size_t pos = 0; pos < s.len;) {
		size_t from = pos;
		str_utf8_next(s, &pos);
		value_array_push(array, value_string(str_slice(s, from, pos)));
	}
}

static void spread_field(struct value *object, size_t index, struct value item)
{
	struct strbuf key = {0};
	strbuf_printf(&key, "%zu", index);
	value_object_set(object, strbuf_str(&key), item);
	strbuf_finish(&key);
}

static void spread_fields(struct value *object, struct value of)
{
	for (size_t i = 0; i < value_count(of); i++) {
		value_object_set_shared(object, value_ref(value_key_value(of, i)), value_ref(value_entry(of, i)));
	}
	for (size_t i = 0; i < value_len(of); i++) {
		spread_field(object, i, value_ref(value_at(of, i)));
	}
	struct str s = value_str(of);
	for (size_t pos = 0, unit = 0; pos < s.len;) { // a character beyond the basic plane is whole at its first half
		size_t from = pos;
		uint32_t code_point = str_utf8_next(s, &pos);
		spread_field(object, unit, value_string(str_slice(s, from, pos)));
		unit += code_point > 0xffff ? 2 : 1;
	}
}

static struct value call(struct machine *m, const struct value *function, size_t count)
{
	if (function->type != VALUE_FUNCTION || !m->env->call) {
		return value_undefined();
	}
	return hold(m, m->env->call(m->env->user, function->function, function + 1, count));
}

static struct value run(struct machine *m)
{
	const struct expr_env *env = m->env;
	const struct value *constants = m->expr->constants;
	struct value *top = m->top;
	for (const struct code *code = m->expr->code;; code++) {
		uint32_t n = code->n;
		switch ((enum code_op)code->op) {
		case CODE_CONST:
			*++top = constants[n];
			break;
		case CODE_DATA:
			*++top = value_get(env->data, value_str(constants[n]));
			break;
		case CODE_SLOT:
			*++top = env->slots[n];
			break;
		case CODE_MODULE:
			*++top = env->module ? env->module(env->user, n) : value_undefined();
			break;
		case CODE_MEMBER:
			*top = member(m, *top, value_str(constants[n]));
			break;
		case CODE_INDEX:
			top--;
			*top = index_value(m, top[0], top[1]);
			break;
		case CODE_POP:
			top--;
			break;
		case CODE_UNARY:
			*top = unary(m, (enum syntax_op)n, *top);
			break;
		case CODE_BINARY:
			top--;
			*top = binary(m, (enum syntax_op)n, top[0], top[1]);
			break;
		case CODE_JUMP:
			code = m->expr->code + n - 1;
			break;
		case CODE_JUMP_IF_NOT:
			code = value_to_bool(*top--) ? code : m->expr->code + n - 1;
			break;
		case CODE_ELSE_KEEP:
		case CODE_THEN_KEEP:
			if (value_to_bool(*top) == (code->op == CODE_THEN_KEEP)) {
				code = m->expr->code + n - 1;
			} else {
				top--;
			}
			break;
		case CODE_SOME_KEEP:
			if (!value_is_nullish(*top)) {
				code = m->expr->code + n - 1;
			} else {
				top--;
			}
			break;
		case CODE_ARRAY:
			*++top = hold(m, value_array_new(4));
			break;
		case CODE_ITEM:
			top--;
			value_array_push(top, value_ref(top[1]));
			break;
		case CODE_ITEMS:
			top--;
			spread_items(m, top, top[1]);
			break;
		case CODE_OBJECT:
			*++top = hold(m, value_object_new(4));
			break;
		case CODE_FIELD:
			top--;
			value_object_set_shared(top, value_ref(constants[n]), value_ref(top[1]));
			break;
		case CODE_FIELDS:
			top--;
			spread_fields(top, top[1]);
			break;
		case CODE_CALL:
			top -= n;
			*top = call(m, top, n);
			break;
		case CODE_JOIN:
			top = top - n + 1;
			*top = join(m, top, n);
			break;
		case CODE_END:
			return *top;
		}
	}
}

struct value expr_run(const struct expr *expr, const struct expr_env *env)
{
	struct value local[STACK_INLINE];
	struct machine m = {.expr = expr, .env = env, .made_cap = MADE_INLINE};
	bool deep = expr->stack + 1 > STACK_INLINE;
	struct value *stack = deep ? mem_realloc(NULL, expr->stack + 1, sizeof(*stack)) : local;
	m.top = stack; // the lowest place stays empty
	m.made = m.made_inline;
	struct value result = value_ref(run(&m));
	for (size_t i = 0; i < m.made_len; i++) {
		value_unref(m.made[i]);
	}
	if (m.made != m.made_inline) {
		mem_free(m.made);
	}
	if (deep) {
		mem_free(stack);
	}
	return result;
}
