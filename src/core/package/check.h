/* Every mistake of a package that can be seen without running it: its JSON files, the files they
 * name, the paths between them. Templates, sheets and scripts are checked by those who read them. */
#ifndef MINA_PACKAGE_CHECK_H
#define MINA_PACKAGE_CHECK_H

#include "core/package/config.h"

/* Opens the package, checks it and closes it again. */
void package_check(struct host_source *source, struct diag_list *diags);

#endif
