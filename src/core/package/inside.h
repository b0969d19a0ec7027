/* What the files of the check share. Nobody else includes this. */
#ifndef MINA_PACKAGE_INSIDE_H
#define MINA_PACKAGE_INSIDE_H

#include "core/package/config.h"

struct check {
	struct package *package;
	struct app_config *config;
	struct diag_list *diags;
	struct document ext; // ext.json when it counts; else empty
	struct map pages;      // paths that were seen
	struct map components; // paths without suffix that were seen, each also in queue
	struct map scripts;    // the same of scripts
	VEC(char *) component_queue, script_queue; // owned
};

/* check_app.c: what app.json and ext.json name. `document` is one of the two. */
void check_app(struct check *check, const struct document *document);
/* What counts of a key: undefined when the document is app.json and ext.json has the key too. */
struct value check_given(const struct check *check, const struct document *document, const char *key);

/* check_page.c: pages, components and scripts. */
void check_page(struct check *check, const struct document *document, const char *where, struct str path);
void check_using(struct check *check, const struct document *document, const struct document *placeholders);
/* Puts a component or script on its queue; false when it was there before. */
bool check_queue_component(struct check *check, struct str path);
void check_queue_script(struct check *check, struct str path);
void check_run_queues(struct check *check);
/* Appends what a missing path was probably meant to be: ` (there is "X": ...)`. */
void check_hint(struct check *check, struct str path, struct strbuf *out);

/* check_size.c: what WeChat would refuse to upload. */
void check_size(struct check *check);

#endif
