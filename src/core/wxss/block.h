/* Declaration blocks: `{ ... }`, keyframes and style="" alike. Shorthands are already taken apart;
 * values with var() wait as text until an element is styled. */
#ifndef MINA_WXSS_BLOCK_H
#define MINA_WXSS_BLOCK_H

#include "base/diag.h"
#include "core/wxss/property.h"

enum wxss_decl_kind {
	DECL_VALUE,
	DECL_WIDE,    // inherit, initial, unset, revert
	DECL_PENDING, // has var()
	DECL_CUSTOM,  // --name: text
};

struct wxss_decl {
	enum wxss_property_id property;
	enum wxss_decl_kind kind;
	bool important;
	enum wxss_keyword wide;
	atom_t custom;
	struct wxss_parts parts; // VALUE
	struct str text;         // PENDING, CUSTOM: the value
	struct str written;      // PENDING: the property as written, maybe a shorthand
};

struct wxss_block {
	const struct wxss_decl *decls; // in order; of the same property the last wins
	size_t count;
	bool important, custom; // has some
	bool attr;              // uses attr(): the result depends on more than the rule
	struct str file, text;  // where it is written: the whole text, which lives as long as the arena
	size_t offset;          // ... behind its brace
};

/* What text is read from. Everything goes to the arena; `text` must live as long. */
struct wxss_source {
	struct arena *arena;
	struct str file, text;
	struct diag_list *diags; // may be NULL
	struct map *warned;      // property names already told; may be NULL
	size_t *warnings;        // how many this sheet has had; may be NULL
};

/* `braces`: lex stands behind a "{" and is left behind its "}". Without: up to the end. */
void wxss_block_parse(const struct wxss_source *source, struct wxss_lex *lex, bool braces, struct wxss_block *ret_block);
void wxss_block_print(const struct wxss_block *block, const char *indent, struct strbuf *out);
/* @supports (name: value). */
bool wxss_block_supports(const struct wxss_source *source, struct str name, struct str value);
void wxss_source_warn(const struct wxss_source *source, size_t offset, const char *fmt, ...) PRINTF_LIKE(3, 4);

/* ---- shorthand.c ---- */

struct wxss_declare { // takes one declaration apart
	struct arena *arena;
	VEC(struct wxss_decl) decls; // what came of it
	struct style scratch;        // values are tried out on it
	struct wxss_reader env;
	bool important;
};

void wxss_declare_init(struct wxss_declare *declare, struct arena *arena);
void wxss_declare_finish(struct wxss_declare *declare);
/* Appends the longhands of `name: value`. 0: done; 1: the property is unknown; 2: the value is
 * invalid; 3: known, but nothing to do. */
int wxss_declare(struct wxss_declare *declare, struct str file, struct str name, struct str value, bool important);
/* The longhands of a shorthand (0: it is none), for transitions. */
size_t wxss_shorthand_longhands(struct str name, const enum wxss_property_id **ret_ids);

#endif
