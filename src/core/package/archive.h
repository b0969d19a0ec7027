/* A .wxapkg archive: an index of names over one stretch of bytes. The archive borrows the bytes;
 * nothing is copied. All numbers are big-endian:
 *
 *     0xbe, info (4), index length (4), bodies' length (4), 0xed,
 *     count (4), then per file: name length (4), name, offset (4) from the first byte, length (4) */
#ifndef MINA_PACKAGE_ARCHIVE_H
#define MINA_PACKAGE_ARCHIVE_H

#include "base/diag.h"

struct archive_file {
	struct str name; // without the leading "/"; view into the bytes
	struct str body; // view into the bytes
};

struct archive {
	struct archive_file *files; // in the order of the index, each name once
	size_t count;
	struct map by_name; // struct archive_file *
};

/* 0: *ret_archive is to be finished. 1: no such archive, or its index is cut off; reported under
 * `name`. A single file that lies outside the bytes, or whose name leaves the package, is reported
 * and left out. */
int archive_read(struct str bytes, struct str name, struct archive *ret_archive, struct diag_list *diags);
void archive_finish(struct archive *archive);
/* `path` without a leading "/". */
bool archive_find(const struct archive *archive, struct str path, struct str *ret_body);

#endif
