/* A JSON file of a package whose values know their place: diagnostics name the line and column of
 * the value they speak about. Comments are read over; a comma too many is reported and read over.
 * Owns its text and value; borrows the list of diagnostics. */
#ifndef MINA_PACKAGE_DOCUMENT_H
#define MINA_PACKAGE_DOCUMENT_H

#include "base/diag.h"
#include "core/value/schema.h"

struct package;

struct document {
	struct strbuf file; // as the package names it
	struct strbuf text; // comments are blanks
	struct value value; // undefined when it could not be read
	struct diag_list *diags;
	bool lax; // unknown keys are nobody's affair
};

/* 0: the file was read. 1: there is none, or it is empty. 2: it is no JSON object, which is
 * reported. In every case *ret_document is to be finished. */
int document_load(struct package *package, struct str path, struct diag_list *diags, struct document *ret_document);
void document_finish(struct document *document);

/* Byte offset of the value at `path` ("tabBar.list[2].pagePath"), or of its key; of the innermost
 * container that is there when the path leads nowhere. */
size_t document_offset(const struct document *document, const char *path, bool of_key);
/* A diagnostic at the value, or at the key, that `path` leads to. */
void document_report(const struct document *document, enum diag_severity severity, const char *path, bool at_key,
	const char *fmt, ...) PRINTF_LIKE(5, 6);
/* Reports what does not fit the rows: an error for structure (what is required, arrays, objects),
 * a warning for single values, which then fall back to their default, and for unknown keys. */
void document_check(const struct document *document, const struct schema *rows);

#endif
