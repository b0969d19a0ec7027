/* A parsed WXSS file: rules, @keyframes, @font-face, in one arena. Parsing never fails: what is
 * wrong is skipped as CSS says and reported as a warning. */
#ifndef MINA_WXSS_SHEET_H
#define MINA_WXSS_SHEET_H

#include "base/diag.h"

struct sheet;

/* How @import finds its file: `path` as written, `from` the importing file (package paths, no
 * leading slash). False: not there. *ret_text is lent until sheet_parse returns; *ret_path too. */
struct sheet_loader {
	bool (*load)(void *user, struct str from, struct str path, struct str *ret_path, struct str *ret_text);
	void *user;
};

/* Imports are pasted where they stand (circles are cut with a diagnostic). loader and diags may be NULL. */
struct sheet *sheet_parse(struct str file, struct str text, const struct sheet_loader *loader, struct diag_list *diags);
void sheet_destroy(struct sheet *sheet);
bool sheet_reads(const struct sheet *sheet, struct str file); // is it made of that file, as its own or an imported one?
/* Normal form, for tests: parse(print(parse(x))) prints the same. */
void sheet_print(const struct sheet *sheet, struct strbuf *out);

#endif
