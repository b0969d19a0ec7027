/* What path a file means by the text it writes: require, usingComponents, and paths of resources.
 * Results are relative to the mini program's root, without a leading "/", and are appended. */
#ifndef MINA_PACKAGE_RESOLVE_H
#define MINA_PACKAGE_RESOLVE_H

#include "core/package/package.h"

/* `spec` as seen from the file `from` ("" is the root): "/a" begins at the root, anything else at
 * the folder of `from`; "." and ".." are carried out and stop at the root. */
void resolve_join(struct str from, struct str spec, struct strbuf *out);

/* require(spec) in the file `from`: relative and absolute paths, resolveAlias, miniprogram_npm from
 * the folder of `from` upwards; ".js", "/index.js" and ".json" are added as needed; last, a bare
 * name counts from the root. 0: found. 1: there is no such module. 2: found, and written, but in a
 * package that `from` does not see. */
int resolve_require(struct package *package, struct str from, struct str spec, struct strbuf *ret_path);

/* A path of usingComponents in the JSON file `from`; *ret_path is the component's path without a
 * suffix ("components/a/index"). 0: found. 1: there is none; the place where it should be is
 * written. 2: as above. 3: it is not of this package ("plugin://...", an extended library). */
int resolve_component(struct package *package, struct str from, struct str spec, struct strbuf *ret_path);

/* @import of a sheet: relative to the file, from the root, or out of miniprogram_npm. False: there is none. */
bool resolve_sheet(struct package *package, struct str from, struct str spec, struct strbuf *ret_path);

/* A picture, sheet or template. False: not a path of the package (empty, data:, https:, ...). The
 * file need not be there; a query is not cut off. */
bool resolve_asset(struct str from, struct str path, struct strbuf *ret_path);

#endif
