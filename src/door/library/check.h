/* Every mistake of a package that can be seen without running it. */
#ifndef MINA_LIBRARY_CHECK_H
#define MINA_LIBRARY_CHECK_H

#include "base/diag.h"
#include "host/host.h"

/* Configuration and files (core/package), then the templates, sheets and scripts of all pages and
 * of the components that they use. */
void library_check(struct host_source *source, struct diag_list *diags);

#endif
