/* Custom properties and var(). */
#ifndef MINA_WXSS_VARS_H
#define MINA_WXSS_VARS_H

#include "core/wxss/block.h"
#include "core/wxss/share.h"

/* What an element has: its own declarations (later ones win) over its parent's. A new reference;
 * `parent` itself, ref'd, when nothing is declared. */
struct style_vars *wxss_vars_compute(struct style_vars *parent, const struct wxss_decl *const *decls, size_t count);
/* Replaces every var() in the text. False: one has neither value nor fallback. */
bool wxss_vars_substitute(const struct style_vars *vars, struct str text, struct strbuf *out);

#endif
