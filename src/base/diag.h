/* Diagnostics: what is wrong with a package, as data. Each has a place (file as the package names
 * it, line and column from 1, both 0 when the whole file is meant) and a sentence that says what
 * to do. The list owns its texts. A place and text that were already reported are not repeated. */
#ifndef MINA_BASE_DIAG_H
#define MINA_BASE_DIAG_H

#include "base/map.h"
#include "base/vec.h"

enum diag_severity {
	DIAG_WARNING,
	DIAG_ERROR,
};

struct diag {
	enum diag_severity severity;
	char *file; // relative to the package root; "" when there is none
	int line, column;
	char *text;
};

struct diag_list {
	VEC(struct diag) items;
	struct map seen;
	size_t errors, warnings;
	/* Called for each new diagnostic when set; `user` is passed through. */
	void (*on_add)(void *user, const struct diag *diag);
	void *user;
};

void diag_list_finish(struct diag_list *list); // zeroed memory is an empty list
/* Nothing happens when list is NULL. At most 1000 are kept; errors and warnings go on counting. */
void diag_add(struct diag_list *list, enum diag_severity severity, struct str file, int line, int column,
	const char *fmt, ...) PRINTF_LIKE(6, 7);
/* "file:line:column: error: text" without a line end. */
void diag_print(const struct diag *diag, struct strbuf *out);
/* Line and column (in code points), from 1, of a byte offset in text. */
void diag_place(struct str text, size_t offset, int *ret_line, int *ret_column);

#endif
