/* Atoms: one number per distinct name (tags, classes, attributes, properties), so that names are
 * compared as numbers. The table is one of the two pieces of global state; an atom is never
 * freed, so only names out of packages become atoms, never user data. Nothing may depend on the
 * order of the numbers. Not thread-safe: the engine is one thread. */
#ifndef MINA_BASE_ATOM_H
#define MINA_BASE_ATOM_H

#include "base/str.h"

typedef uint32_t atom_t; // 0 is "no name"

atom_t atom_intern(struct str name);
atom_t atom_of(const char *zero_terminated);
/* The number if the name was ever interned, else 0; never adds. */
atom_t atom_find(struct str name);
/* Lives until the program ends; also zero-terminated. atom 0 gives "". */
struct str atom_str(atom_t atom);
const char *atom_text(atom_t atom);
/* For leak checkers: forgets everything. No atom may be in use. */
void atom_reset(void);

#endif
