/* A .wxapkg archive on disk as a package's source. */
#ifndef MINA_LIBRARY_ARCHIVE_SOURCE_H
#define MINA_LIBRARY_ARCHIVE_SOURCE_H

#include "base/diag.h"
#include "host/file.h"

/* NULL with a diagnostic: it cannot be read, or is no whole archive. destroy() frees it. */
struct host_source *archive_source_open(const char *path, struct diag_list *diags);

#endif
