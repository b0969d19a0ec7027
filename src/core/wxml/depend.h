/* What the parts of a program read, as bits, so that skipping what did not change is a few integer
 * comparisons. A `struct depend` belongs to a frame (a file's content or a template's): a tree of
 * the paths that its expressions read, each with a bit. Beyond DEPEND_BITS paths share bits:
 * then more than needed may be looked at, never less. */
#ifndef MINA_WXML_DEPEND_H
#define MINA_WXML_DEPEND_H

#include "base/mem.h"
#include "base/vec.h"
#include "core/expr/expr.h"

#define DEPEND_WORDS 4
#define DEPEND_BITS (DEPEND_WORDS * 64)

struct mask {
	uint64_t word[DEPEND_WORDS];
};

static inline bool mask_meets(const struct mask *a, const struct mask *b)
{
	uint64_t common = 0;
	for (int i = 0; i < DEPEND_WORDS; i++) {
		common |= a->word[i] & b->word[i];
	}
	return common != 0;
}

static inline void mask_add(struct mask *mask, const struct mask *more)
{
	for (int i = 0; i < DEPEND_WORDS; i++) {
		mask->word[i] |= more->word[i];
	}
}

struct depend_path {
	struct str key;           // data key or step
	int slot;                 // root of a slot: its number; else -1
	int bit;                  // -1: only longer paths are read
	uint32_t first, next;     // position + 1: longer paths, and the next of the same length
};

struct depend {
	VEC(struct depend_path) paths;
	uint32_t first; // of the roots
	int bits;       // handed out
	struct map index; // spelled path -> position + 1
};

void depend_finish(struct depend *depend);
/* Adds the bits of what the expression reads; NULL reads nothing. */
void depend_add(struct depend *depend, const struct expr *expr, struct mask *mask);
void depend_add_slot(struct depend *depend, unsigned slot, struct mask *mask);
/* Adds the bits of all paths that begin with this data key. */
void depend_add_key(const struct depend *depend, struct str key, struct mask *mask);
/* Adds the bits of all data paths that differ between two data objects. */
void depend_compare(const struct depend *depend, struct value before, struct value after, struct mask *mask);
/* The same for a slot: `root` from depend_slot(), 0 is nothing. */
void depend_compare_slot(const struct depend *depend, uint32_t root, struct value before, struct value after,
	struct mask *mask);
uint32_t depend_slot(const struct depend *depend, unsigned slot);

#endif
