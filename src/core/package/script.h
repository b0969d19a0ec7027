/* Which modules a script asks for, without running or fully parsing it. */
#ifndef MINA_PACKAGE_SCRIPT_H
#define MINA_PACKAGE_SCRIPT_H

#include "base/str.h"

/* Calls `found` for each require('spec') with one literal argument, and for each `from 'spec'` and
 * `import 'spec'`, outside comments and strings. `offset` is that of the literal's quote. Specs
 * with escapes are left out. */
void script_requires(struct str text, void (*found)(void *user, struct str spec, size_t offset), void *user);

#endif
