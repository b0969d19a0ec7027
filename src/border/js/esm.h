/* ES modules on an engine without a module loader: what a file imports and exports is found by its
 * tokens, and those statements are overwritten in place. The rest of the text, and every line and
 * column of it, stays. What they meant is said by a first line put in front (esm_head):
 *
 *   import a, {b} from './x'     ;                             and in front  var a=$i(0,1),b=$i(0)["b"];
 *   export const c = 1                  const c = 1            and in front  $x({"c":()=>c});
 *   export default expression    var $dflt     = expression
 *   export default function () {}   function $dflt      () {}
 *   export * from './y'          ;                             and in front  $s(1);
 *   import('./z')                $imprt('./z')
 *   import.meta                  $imeta
 *
 * Exports are getters and are there before the first import runs, so functions are callable in
 * circular imports, as everywhere. Imported names are copies, made when the import has run, which
 * keeps them as fast as variables. Where a copy would show (the exporter assigns to the variable
 * later on, or the import is part of a circle), the file runs inside `with (getters)` instead:
 * always the present value, but called functions see that scope object as `this`, not undefined.
 * A name imported from a CommonJS file is a copy unless the import is part of a circle.
 *
 * A file is an ES module when an import or export declaration stands outside of all brackets. It
 * is strict then; `require`, `module` and `exports` go on to work in it. */
#ifndef MINA_JS_ESM_H
#define MINA_JS_ESM_H

#include "base/map.h"
#include "base/mem.h"
#include "base/vec.h"

struct esm_name {
	struct str outer; // in the other file: a name, "default", or "*" for all of it
	struct str local; // here, or, of a re-export, the name given on
};

struct esm_import {
	struct str spec;
	VEC(struct esm_name) names;  // import
	VEC(struct esm_name) passes; // export {outer as local} from; "*": export * as local from
	bool star;                   // export * from
};

struct esm_export {
	struct str name, local;
	bool constant; // const, class, function or default: never assigned again
};

struct esm_unit {
	bool is_module;
	VEC(struct esm_import) imports; // in the order of the text
	VEC(struct esm_export) exports;
	VEC(struct str) requires; // texts of require('...')
	struct map assigned;      // names assigned to inside of brackets, or by ++ and --
	struct strbuf text;       // the rewritten file, as long as the file
	struct arena arena;       // texts of the names
	bool unbalanced;          // brackets do not match
};

/* Never fails: what it does not understand it leaves for the compiler to complain about. */
void esm_scan(struct str source, struct esm_unit *ret_unit);
void esm_unit_finish(struct esm_unit *unit);
/* May `name`, as this unit exports it, change after the unit has run? False for unknown names. */
bool esm_is_assigned(const struct esm_unit *unit, struct str name);
/* The calls for the first line, behind "use strict". is_live(user, import, name) says which
 * imported names must not be copied; those are written as a list of getters to ret_live. */
void esm_head(const struct esm_unit *unit, bool (*is_live)(void *user, size_t import, const struct esm_name *name),
	void *user, struct strbuf *ret_head, struct strbuf *ret_live);

#endif
