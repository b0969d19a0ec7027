/* Declarations into a computed style: winners, var(), inheritance, and the corrections that CSS
 * makes at the end. */
#ifndef MINA_WXSS_COMPUTE_H
#define MINA_WXSS_COMPUTE_H

#include "core/wxss/cascade.h"
#include "core/wxss/vars.h"

/* Blocks read from text once: style="" and what came of var(). */
struct wxss_text_cache {
	struct arena arena;
	struct map blocks;
};

void wxss_text_cache_init(struct wxss_text_cache *cache);
void wxss_text_cache_finish(struct wxss_text_cache *cache);
/* Lent until the cache is cleared. */
const struct wxss_block *wxss_text_block(struct wxss_text_cache *cache, struct str text);
bool wxss_text_cache_full(const struct wxss_text_cache *cache);
void wxss_text_cache_clear(struct wxss_text_cache *cache);

/* The winning declaration of each property; gathered from the strongest block to the weakest. */
struct wxss_winners {
	const struct wxss_decl *at[PROPERTY_COUNT];
	uint64_t reverted[(PROPERTY_COUNT + 63) / 64]; // `revert` waits for the built-in sheet
	VEC(const struct wxss_decl *) custom;          // strongest first
};
/* The declarations of the block that are (or are not) !important; `builtin`: of the defaults. */
void wxss_winners_add(struct wxss_winners *winners, const struct wxss_block *block, bool important, bool builtin);

struct wxss_compute {
	const struct wxss_env *env;
	struct wxss_text_cache *texts;
	const struct style *parent; // NULL: the root
	const struct node *node;    // for attr(); may be NULL
};

/* An element's style; new reference. *ret_inherits: it took over what is not inherited by itself. */
struct style *wxss_compute_style(const struct wxss_compute *compute, struct wxss_winners *winners, bool *ret_inherits);
/* The declarations on top of a finished style, for keyframes. A new style. */
struct style *wxss_compute_over(const struct wxss_compute *compute, const struct style *base, struct wxss_winners *winners);

#endif
