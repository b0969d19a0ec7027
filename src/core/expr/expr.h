/* The expressions of {{ }}: parsed and compiled once, run often. A binding is an attribute value
 * or text with any number of {{ }} parts. Names are resolved when compiling: variables of wx:for
 * and WXS modules by the scope, everything else is a key of the data.
 *
 * A `struct expr_pool` owns all expressions of one artefact and their constants; its owner may
 * allocate more in its arena. Expressions are immutable and end with their pool. */
#ifndef MINA_EXPR_EXPR_H
#define MINA_EXPR_EXPR_H

#include "base/diag.h"
#include "base/mem.h"
#include "core/value/value.h"

struct expr;

struct expr_pool {
	struct arena arena;
	VEC(struct value) values;
	struct map strings; // text -> position in values + 1
	bool empty_null;    // null joins as "", not as "null"; set before anything is compiled
};

void expr_pool_init(struct expr_pool *pool);
void expr_pool_finish(struct expr_pool *pool);
/* One string value for each text, for the pool's life; lent. */
struct value expr_pool_string(struct expr_pool *pool, struct str text);
/* Takes over a value for the pool's life; lent back. */
struct value expr_pool_own(struct expr_pool *pool, struct value value);

struct expr_place { // for diagnostics: where the text begins
	struct str file;
	int line, column;
};

enum expr_scope_kind {
	EXPR_SLOT,   // item or index of a wx:for: env->slots[number]
	EXPR_MODULE, // a WXS module: env->module(number)
};

struct expr_scope { // names in sight while compiling, innermost first; borrowed for the call
	const struct expr_scope *outer;
	struct str name;
	enum expr_scope_kind kind;
	unsigned number;
};

enum expr_flags {
	EXPR_NODE = 1 << 0, // of a text node, not of an attribute: always text, also of a single {{x}}
};

/* What an expression reads: a data key, or a slot, then static steps as far as they are static.
 * `a.b[c].d` reads a.b (up to the dynamic step) and c. WXS modules never change and are no reads. */
struct expr_read {
	bool is_slot;
	unsigned slot;
	struct str root;         // data key
	const struct str *steps; // names or digits
	size_t count;
};

/* Compiles a whole attribute value or text ("a {{b}} c") as it stands in the file; NULL when it has
 * no {{ }}: a literal, for entity_decode(). A single {{x}} keeps the type, anything more is joined
 * to text; {{}} is "". A broken part gives a diagnostic and is undefined. */
const struct expr *expr_compile(struct expr_pool *pool, struct str text, unsigned flags, const struct expr_scope *scope,
	struct expr_place place, struct diag_list *diags);
/* <template data="{{...}}">: `a, b: 1, ...c` without braces makes an object. */
const struct expr *expr_compile_object(struct expr_pool *pool, struct str text, const struct expr_scope *scope,
	struct expr_place place, struct diag_list *diags);
size_t expr_reads(const struct expr *expr, const struct expr_read **ret_reads);
/* Is it nothing but a path of one read (`a.b`, `item.x`)? Then assigning to it makes sense. */
bool expr_is_path(const struct expr *expr);
bool expr_calls(const struct expr *expr); // does it call a function?

struct expr_env {
	struct value data;          // an object, or undefined
	const struct value *slots;  // lent
	struct value (*module)(void *user, unsigned number); // lent; NULL: undefined
	/* A call of a VALUE_FUNCTION; new value. NULL: undefined. */
	struct value (*call)(void *user, uint32_t function, const struct value *args, size_t count);
	void *user;
};

/* A new value. Never fails: a member of undefined is undefined. A part that is undefined
 * is "" when parts are joined, and null in a pool with empty_null. */
struct value expr_run(const struct expr *expr, const struct expr_env *env);
/* A member as {{ }} reads it: object keys, array items and length, string length. Lent. A single
 * character of a string is undefined here, because it would be a new value. */
struct value expr_member(struct value of, struct str key);
/* Normal spelling, fully parenthesised, for golden tests; parse(print(parse(x))) is a fixed point. */
void expr_print(const struct expr *expr, struct strbuf *out);

/* Behind "{{" at `from`: the offset behind the "}}" that ends the part, strings respected; SIZE_MAX
 * when there is none before the next "{{". For lexers that must not end a text inside of {{ }}. */
size_t expr_close(struct str text, size_t from);

#endif
