/* The keys of a package's JSON files, one row each (framework.md, section 2; later ones by the
 * base library version that brought them). */
#ifndef MINA_PACKAGE_ROWS_H
#define MINA_PACKAGE_ROWS_H

#include "core/value/schema.h"

extern const struct schema rows_app[];     // app.json
extern const struct schema rows_page[];    // the json of a page or component
extern const struct schema rows_ext[];     // ext.json, besides the keys of app.json
extern const struct schema rows_project[]; // project.config.json
extern const struct schema rows_plugin[];  // plugin.json

#endif
