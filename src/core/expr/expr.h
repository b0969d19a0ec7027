/* The expressions of {{ }}: parsed and compiled once, run often. A binding is an attribute value
 * or text with any number of {{ }} parts. */
#ifndef MINA_EXPR_EXPR_H
#define MINA_EXPR_EXPR_H

#include "base/diag.h"
#include "base/mem.h"
#include "core/value/value.h"

struct expr; // compiled, in the caller's arena, immutable

struct expr_place { // for diagnostics: where `text` begins
	struct str file;
	int line, column;
};

/* A read path of an expression, for knowing when to run it again: root name, then static steps as
 * far as they are static. `a.b[c].d` reads a.b (up to the dynamic step) and c. */
struct expr_read {
	struct str root;
	const struct str *steps; // names or digits
	size_t count;
};

/* Compiles a whole attribute value or text ("a {{b}} c"); NULL when it has no {{ }}: a literal.
 * A single {{x}} keeps the type, anything more is concatenated to text. Broken parts give a
 * diagnostic and evaluate as the official compiler would show them, or undefined. */
const struct expr *expr_compile(struct arena *arena, struct str text, struct expr_place place, struct diag_list *diags);
/* The inside of <template data="{{...}}">: `a, b: 1, ...c` without braces makes an object. */
const struct expr *expr_compile_object(struct arena *arena, struct str text, struct expr_place place, struct diag_list *diags);
size_t expr_reads(const struct expr *expr, const struct expr_read **ret_reads);

/* Names are looked up innermost first; undefined when no scope has it. */
struct expr_scope {
	const struct expr_scope *outer;
	struct value object;          // names are its keys (data, template data), or
	struct str item_name, index_name; // of a wx:for when names_only
	struct value item, index;
	bool is_for;
};

struct expr_env {
	/* module.member(...) of WXS; VALUE_FUNCTION values come from scopes. NULL: undefined. */
	struct value (*call)(void *user, uint32_t function, const struct value *args, size_t count);
	void *user;
};

/* A new value. Never fails: a member of undefined is undefined. Text conversion of undefined and
 * null inside concatenation is "" (framework.md 7.1). */
struct value expr_run(const struct expr *expr, const struct expr_scope *scope, const struct expr_env *env);
/* Normal spelling, fully parenthesised, for golden tests; parse(print(parse(x))) is a fixed point. */
void expr_print(const struct expr *expr, struct strbuf *out);

#endif
