/* Package files as modules. Each file runs once, on first use, in a function scope of its own with
 * `module`, `exports` and `require`; a require that runs in a circle gets the exports made so far.
 * Lines are the file's own, and stacks name it by its path in the package. Files with import and
 * export are rewritten by esm.h first. A path that ends in ".json" gives the parsed data. */
#ifndef MINA_JS_MODULE_H
#define MINA_JS_MODULE_H

#include "border/js/engine.h"

/* Runs the file unless it has run. 0; 1: it threw or is not there, and that was reported. A file
 * that threw is forgotten, so that a later require runs it again. */
int js_module_run(struct js_engine *engine, struct str path);
/* Compiles the file, and what it requires or imports by a literal path, without running anything;
 * files that were checked are not checked again. Reports what cannot be compiled. */
void js_module_check(struct js_engine *engine, struct str path);
bool js_module_loaded(struct js_engine *engine, struct str path);

#endif
