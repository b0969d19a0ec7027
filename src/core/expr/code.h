/* The byte code of a binding: code.c writes it, vm.c runs it. A stack machine; every instruction
 * is an operation and a number. */
#ifndef MINA_EXPR_CODE_H
#define MINA_EXPR_CODE_H

#include "core/expr/syntax.h"

enum code_op {
	CODE_CONST,        // push constants[n]
	CODE_DATA,         // push the data's key constants[n]
	CODE_SLOT,         // push slots[n]
	CODE_MODULE,       // push module n
	CODE_MEMBER,       // replace the top by its member constants[n]
	CODE_INDEX,        // a b -> a[b]
	CODE_POP,
	CODE_UNARY,        // n: enum syntax_op
	CODE_BINARY,       // n: enum syntax_op
	CODE_JUMP,         // to n
	CODE_JUMP_IF_NOT,  // pops; jumps when it was false
	CODE_ELSE_KEEP,    // a && b: jumps when the top is false, else pops it
	CODE_THEN_KEEP,    // a || b: jumps when the top is true, else pops it
	CODE_SOME_KEEP,    // a ?? b: jumps when the top is not nullish, else pops it
	CODE_ARRAY,        // push a new array
	CODE_ITEM,         // array item -> array
	CODE_ITEMS,        // array spread -> array
	CODE_OBJECT,       // push a new object
	CODE_FIELD,        // object item -> object, key constants[n]
	CODE_FIELDS,       // object spread -> object
	CODE_CALL,         // function, n arguments -> result
	CODE_JOIN,         // n values -> text
	CODE_END,
};

struct code {
	uint32_t op; // enum code_op
	uint32_t n;
};

struct expr {
	const struct code *code;
	const struct value *constants; // owned by the pool
	uint32_t stack;                // the deepest stack
	uint32_t read_count;
	const struct expr_read *reads;
	const struct syntax *syntax;
	bool object; // the data of a template
	bool empty_null; // null joins as ""
};

struct expr *code_compile(struct expr_pool *pool, const struct syntax *syntax, const struct expr_scope *scope);

#endif
