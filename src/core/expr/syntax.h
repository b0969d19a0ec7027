/* The syntax tree of a binding: parse.c makes it, code.c compiles it, print.c prints it. In the
 * pool's arena. */
#ifndef MINA_EXPR_SYNTAX_H
#define MINA_EXPR_SYNTAX_H

#include "core/expr/expr.h"

enum syntax_kind {
	SYNTAX_VALUE,     // undefined, null, boolean, number, string
	SYNTAX_NAME,
	SYNTAX_MEMBER,    // a.text
	SYNTAX_INDEX,     // a[b]
	SYNTAX_CALL,      // a(list)
	SYNTAX_UNARY,     // op a
	SYNTAX_BINARY,    // a op b
	SYNTAX_CONDITION, // a ? b : c
	SYNTAX_ARRAY,     // list
	SYNTAX_OBJECT,    // list of SYNTAX_FIELD and SYNTAX_SPREAD
	SYNTAX_FIELD,     // text: a
	SYNTAX_SPREAD,    // ...a
	SYNTAX_JOIN,      // list: literal pieces and {{ }} in turn
};

enum syntax_op {
	OP_NOT, OP_MINUS, OP_PLUS, OP_BIT_NOT, OP_TYPEOF, OP_VOID,
	OP_COMMA, OP_NULLISH, OP_OR, OP_AND,
	OP_BIT_OR, OP_BIT_XOR, OP_BIT_AND,
	OP_EQUAL, OP_NOT_EQUAL, OP_SAME, OP_NOT_SAME,
	OP_LESS, OP_GREATER, OP_LESS_EQUAL, OP_GREATER_EQUAL, OP_IN, OP_INSTANCEOF,
	OP_SHIFT_LEFT, OP_SHIFT_RIGHT, OP_SHIFT_RIGHT_ZERO,
	OP_ADD, OP_SUBTRACT,
	OP_MULTIPLY, OP_DIVIDE, OP_REMAINDER,
	OP_COUNT,
};

struct syntax {
	enum syntax_kind kind;
	enum syntax_op op;
	bool piece;         // SYNTAX_VALUE in a join: literal text outside of {{ }}
	int depth;          // levels below, at most SYNTAX_DEPTH_MAX
	struct value value; // SYNTAX_VALUE; owned by the pool
	struct str text;    // name, member or key; in the file or the pool
	struct syntax *a, *b, *c;
	struct syntax *list, *next;
};

#define SYNTAX_DEPTH_MAX 1000

const char *syntax_op_text(enum syntax_op op);
/* The parsed text, or NULL when it is a literal. */
struct syntax *syntax_parse(struct expr_pool *pool, struct str text, unsigned flags, bool object, struct expr_place place,
	struct diag_list *diags);
bool syntax_is_name_start(char c);
bool syntax_is_name_char(char c);

#endif
