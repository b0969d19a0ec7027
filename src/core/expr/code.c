/* From syntax to byte code, and the list of what is read. */
#include "core/expr/code.h"

struct coder {
	struct expr_pool *pool;
	const struct expr_scope *scope;
	VEC(struct code) code;
	VEC(struct value) constants;
	VEC(struct expr_read) reads;
	uint32_t depth, deepest;
};

static void emit(struct coder *c, enum code_op op, size_t n, int change)
{
	struct code code = {op, (uint32_t)n};
	vec_push(&c->code, code);
	c->depth = (uint32_t)((int)c->depth + change);
	c->deepest = c->depth > c->deepest ? c->depth : c->deepest;
}

static size_t constant(struct coder *c, struct value value)
{
	for (size_t i = 0; i < c->constants.len && i < 32; i++) {
		if (value_identical(c->constants.at[i], value)) {
			return i;
		}
	}
	vec_push(&c->constants, value);
	return c->constants.len - 1;
}

static size_t text_constant(struct coder *c, struct str text)
{
	return constant(c, expr_pool_string(c->pool, text));
}

/* A jump whose target follows; patch() sets it to here. */
static size_t emit_jump(struct coder *c, enum code_op op, int change)
{
	emit(c, op, 0, change);
	return c->code.len - 1;
}

static void patch(struct coder *c, size_t jump)
{
	c->code.at[jump].n = (uint32_t)c->code.len;
}

static const struct expr_scope *find_scope(const struct coder *c, struct str name)
{
	const struct expr_scope *scope = c->scope;
	while (scope && !str_eq(scope->name, name)) {
		scope = scope->outer;
	}
	return scope;
}

static void compile(struct coder *c, const struct syntax *node);

static void compile_name(struct coder *c, struct str name)
{
	const struct expr_scope *scope = find_scope(c, name);
	if (!scope) {
		emit(c, CODE_DATA, text_constant(c, name), 1);
	} else {
		emit(c, scope->kind == EXPR_SLOT ? CODE_SLOT : CODE_MODULE, scope->number, 1);
	}
}

static void compile_binary(struct coder *c, const struct syntax *node)
{
	enum code_op keep = node->op == OP_AND ? CODE_ELSE_KEEP : node->op == OP_OR ? CODE_THEN_KEEP : CODE_SOME_KEEP;
	compile(c, node->a);
	if (node->op == OP_AND || node->op == OP_OR || node->op == OP_NULLISH) {
		size_t jump = emit_jump(c, keep, -1);
		compile(c, node->b);
		patch(c, jump);
	} else if (node->op == OP_COMMA) {
		emit(c, CODE_POP, 0, -1);
		compile(c, node->b);
	} else {
		compile(c, node->b);
		emit(c, CODE_BINARY, node->op, -1);
	}
}

static void compile_condition(struct coder *c, const struct syntax *node)
{
	compile(c, node->a);
	size_t no = emit_jump(c, CODE_JUMP_IF_NOT, -1);
	compile(c, node->b);
	size_t end = emit_jump(c, CODE_JUMP, -1);
	patch(c, no);
	compile(c, node->c);
	patch(c, end);
}

static void compile_list(struct coder *c, const struct syntax *node)
{
	bool array = node->kind == SYNTAX_ARRAY;
	emit(c, array ? CODE_ARRAY : CODE_OBJECT, 0, 1);
	for (const struct syntax *item = node->list; item; item = item->next) {
		bool spread = item->kind == SYNTAX_SPREAD, field = item->kind == SYNTAX_FIELD;
		compile(c, spread || field ? item->a : item);
		if (spread) {
			emit(c, array ? CODE_ITEMS : CODE_FIELDS, 0, -1);
		} else if (field) {
			emit(c, CODE_FIELD, text_constant(c, item->text), -1);
		} else {
			emit(c, CODE_ITEM, 0, -1);
		}
	}
}

/* The items one after the other on the stack; returns how many. A spread argument counts as one. */
static int compile_items(struct coder *c, const struct syntax *list)
{
	int count = 0;
	for (const struct syntax *item = list; item; item = item->next) {
		compile(c, item->kind == SYNTAX_SPREAD ? item->a : item);
		count++;
	}
	return count;
}

static void compile(struct coder *c, const struct syntax *node)
{
	int count;
	switch (node->kind) {
	case SYNTAX_VALUE:
		emit(c, CODE_CONST, constant(c, node->value), 1);
		break;
	case SYNTAX_NAME:
		compile_name(c, node->text);
		break;
	case SYNTAX_MEMBER:
		compile(c, node->a);
		emit(c, CODE_MEMBER, text_constant(c, node->text), 0);
		break;
	case SYNTAX_INDEX:
		compile(c, node->a);
		compile(c, node->b);
		emit(c, CODE_INDEX, 0, -1);
		break;
	case SYNTAX_CALL:
		compile(c, node->a);
		count = compile_items(c, node->list);
		emit(c, CODE_CALL, (size_t)count, -count);
		break;
	case SYNTAX_UNARY:
		compile(c, node->a);
		emit(c, CODE_UNARY, node->op, 0);
		break;
	case SYNTAX_BINARY:
		compile_binary(c, node);
		break;
	case SYNTAX_CONDITION:
		compile_condition(c, node);
		break;
	case SYNTAX_ARRAY:
	case SYNTAX_OBJECT:
		compile_list(c, node);
		break;
	case SYNTAX_JOIN:
		count = compile_items(c, node->list);
		emit(c, CODE_JOIN, (size_t)count, 1 - count);
		break;
	case SYNTAX_FIELD:
	case SYNTAX_SPREAD:
		break; // only inside of lists
	}
}

/* A static step's name, or false. */
static bool static_step(const struct coder *c, const struct syntax *node, struct str *ret_step)
{
	if (node->kind == SYNTAX_MEMBER) {
		*ret_step = value_str(expr_pool_string(c->pool, node->text));
		return true;
	}
	if (node->kind != SYNTAX_INDEX || node->b->kind != SYNTAX_VALUE) {
		return false;
	}
	struct strbuf text = {0};
	value_to_text(node->b->value, &text);
	*ret_step = value_str(expr_pool_string(c->pool, strbuf_str(&text)));
	strbuf_finish(&text);
	return true;
}

static bool same_read(const struct expr_read *a, const struct expr_read *b)
{
	if (a->is_slot != b->is_slot || a->slot != b->slot || a->count != b->count || !str_eq(a->root, b->root)) {
		return false;
	}
	for (size_t i = 0; i < a->count; i++) {
		if (!str_eq(a->steps[i], b->steps[i])) {
			return false;
		}
	}
	return true;
}

static void add_read(struct coder *c, struct expr_read read)
{
	for (size_t i = 0; i < c->reads.len && i < 64; i++) {
		if (same_read(&c->reads.at[i], &read)) {
			return;
		}
	}
	vec_push(&c->reads, read);
}

/* A path with static steps down to a name: adds it and returns true. */
static bool read_path(struct coder *c, const struct syntax *node)
{
	const struct syntax *root = node;
	struct str step;
	size_t count = 0;
	for (; static_step(c, root, &step); root = root->a) {
		count++;
	}
	if (root->kind != SYNTAX_NAME) {
		return false;
	}
	const struct expr_scope *scope = find_scope(c, root->text);
	if (scope && scope->kind == EXPR_MODULE) {
		return true;
	}
	struct str *steps = arena_alloc_array(&c->pool->arena, count, sizeof(*steps));
	const struct syntax *up = node;
	for (size_t i = count; i > 0; i--, up = up->a) {
		static_step(c, up, &steps[i - 1]);
	}
	struct expr_read read = {.is_slot = scope, .slot = scope ? scope->number : 0, .steps = steps, .count = count};
	if (!scope) {
		read.root = value_str(expr_pool_string(c->pool, root->text));
	}
	add_read(c, read);
	return true;
}

static void collect_reads(struct coder *c, const struct syntax *node)
{
	if (!node || read_path(c, node)) {
		return;
	}
	collect_reads(c, node->a);
	collect_reads(c, node->b);
	collect_reads(c, node->c);
	for (const struct syntax *item = node->list; item; item = item->next) {
		collect_reads(c, item);
	}
}

static void *keep(struct expr_pool *pool, const void *items, size_t count, size_t size)
{
	void *copy = arena_alloc_array(&pool->arena, count, size);
	if (count) {
		memcpy(copy, items, count * size);
	}
	return copy;
}

struct expr *code_compile(struct expr_pool *pool, const struct syntax *syntax, const struct expr_scope *scope)
{
	struct coder c = {.pool = pool, .scope = scope};
	compile(&c, syntax);
	emit(&c, CODE_END, 0, 0);
	collect_reads(&c, syntax);
	struct expr *expr = arena_alloc(&pool->arena, sizeof(*expr));
	expr->code = keep(pool, c.code.at, c.code.len, sizeof(*c.code.at));
	expr->constants = keep(pool, c.constants.at, c.constants.len, sizeof(*c.constants.at));
	expr->reads = keep(pool, c.reads.at, c.reads.len, sizeof(*c.reads.at));
	expr->read_count = (uint32_t)c.reads.len;
	expr->stack = c.deepest;
	expr->syntax = syntax;
	vec_finish(&c.code);
	vec_finish(&c.constants);
	vec_finish(&c.reads);
	return expr;
}

void expr_pool_init(struct expr_pool *pool)
{
	*pool = (struct expr_pool){0};
	arena_init(&pool->arena);
}

void expr_pool_finish(struct expr_pool *pool)
{
	for (size_t i = 0; i < pool->values.len; i++) {
		value_unref(pool->values.at[i]);
	}
	vec_finish(&pool->values);
	map_finish(&pool->strings);
	arena_finish(&pool->arena);
}

struct value expr_pool_string(struct expr_pool *pool, struct str text)
{
	size_t number = (size_t)(uintptr_t)map_get(&pool->strings, text);
	if (!number) {
		vec_push(&pool->values, value_string(text));
		number = pool->values.len;
		map_set(&pool->strings, text, (void *)(uintptr_t)number);
	}
	return pool->values.at[number - 1];
}

struct value expr_pool_own(struct expr_pool *pool, struct value value)
{
	vec_push(&pool->values, value);
	return value;
}

static const struct expr *compile_text(struct expr_pool *pool, struct str text, unsigned flags, bool object,
	const struct expr_scope *scope, struct expr_place place, struct diag_list *diags)
{
	struct syntax *syntax = syntax_parse(pool, text, flags, object, place, diags);
	struct expr *expr = syntax ? code_compile(pool, syntax, scope) : NULL;
	if (expr) {
		expr->object = object;
		expr->empty_null = pool->empty_null;
	}
	return expr;
}

const struct expr *expr_compile(struct expr_pool *pool, struct str text, unsigned flags, const struct expr_scope *scope,
	struct expr_place place, struct diag_list *diags)
{
	return compile_text(pool, text, flags, false, scope, place, diags);
}

const struct expr *expr_compile_object(struct expr_pool *pool, struct str text, const struct expr_scope *scope,
	struct expr_place place, struct diag_list *diags)
{
	return compile_text(pool, text, 0, true, scope, place, diags);
}

size_t expr_reads(const struct expr *expr, const struct expr_read **ret_reads)
{
	*ret_reads = expr->reads;
	return expr->read_count;
}

static bool calls(const struct syntax *node)
{
	for (; node; node = node->next) {
		if (node->kind == SYNTAX_CALL || calls(node->a) || calls(node->b) || calls(node->c) || calls(node->list)) {
			return true;
		}
	}
	return false;
}

bool expr_calls(const struct expr *expr)
{
	return calls(expr->syntax);
}

bool expr_is_path(const struct expr *expr)
{
	const struct syntax *node = expr->syntax;
	while (node->kind == SYNTAX_MEMBER || (node->kind == SYNTAX_INDEX && node->b->kind == SYNTAX_VALUE)) {
		node = node->a;
	}
	return node->kind == SYNTAX_NAME && expr->read_count == 1;
}
