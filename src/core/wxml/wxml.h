/* WXML: from files to programs, from programs and data to a tree.
 *
 * `struct wxml_set` holds all compiled files of an app, resolves import and include, owns
 * everything in arenas and ends with the app. `struct wxml_render` is one instance of a file's
 * content below one root node (a page root or a shadow root); it keeps the values and block
 * states it needs to patch the tree when data changes. */
#ifndef MINA_WXML_WXML_H
#define MINA_WXML_WXML_H

#include "base/diag.h"
#include "core/tree/node.h"
#include "core/value/path.h"

struct wxml_set;
struct wxml_program;
struct wxml_render;

struct wxml_loader {
	/* `path`: package path with suffix, no leading slash. False: not there. Text is lent until the
	 * set ends. */
	bool (*load)(void *user, struct str path, struct str *ret_text);
	void *user;
};

struct wxml_set *wxml_set_create(struct wxml_loader loader, struct diag_list *diags);
/* Before the first file: null in text and in joined values shows as "", as the component framework glass-easel has it; else "null". */
void wxml_set_empty_null(struct wxml_set *set);
void wxml_set_destroy(struct wxml_set *set);
/* Compiles the file (once) and what it imports and includes. NULL: there is no such file (a
 * diagnostic was added). A broken file gives diagnostics and as much of a program as can be had. */
const struct wxml_program *wxml_set_get(struct wxml_set *set, struct str path);
/* For each tag that the program (with imports) creates: unknown tags, used components. */
void wxml_program_tags(const struct wxml_program *program, void (*each)(void *user, atom_t tag, struct str file, int line, int column), void *user);
/* True: a change of this data key makes and moves nothing in the program's own tree; then each attribute (as written) that reads the
 * key was told, as long as `each` returned true. */
bool wxml_program_reaches(const struct wxml_program *program, struct str key, bool (*each)(void *user, atom_t tag, atom_t attribute), void *user);
struct wxml_module { // a <wxs>: either external (path) or inline (text)
	struct str file, name; // as wxml_render_ops.wxs_module names it
	struct str path;       // package path with suffix, no leading slash; "" when inline
	struct str text;       // the script, which begins at line and column
	int line, column;
};
/* The WXS modules of all files that were compiled so far, in the order in which they were found. */
void wxml_set_modules(const struct wxml_set *set, void (*each)(void *user, const struct wxml_module *module), void *user);
/* Parsed form in normal spelling, for golden tests. */
void wxml_program_print(const struct wxml_program *program, struct strbuf *out);

struct wxml_render_ops {
	/* An element was made (attributes not set yet): the owner attaches scope, component, instance.
	 * May be NULL. */
	void (*created)(void *user, struct node *node);
	/* All attributes are set for the first time, and the node is in its parent; children come next. */
	void (*ready)(void *user, struct node *node);
	/* An attribute of an element changed later. name as written ("value", "my-prop"); also "class" and "style". */
	void (*changed)(void *user, struct node *node, atom_t name, struct value value);
	/* All attributes of the element that a run changes are changed. May be NULL, as those below. */
	void (*updated)(void *user, struct node *node);
	/* Its classes were set, for the first time or anew. */
	void (*classed)(void *user, struct node *node);
	/* What is below the group is complete and in its place: the first run's whole content, or what a later run added. */
	void (*added)(void *user, struct node *group);
	/* A group with all below it was moved; is about to go. */
	void (*moved)(void *user, struct node *group);
	void (*removed)(void *user, struct node *group);
	/* A call of a WXS function: module.member(args). New value. NULL: undefined. */
	struct value (*wxs_call)(void *user, uint32_t function, const struct value *args, size_t count);
	/* The exports of the wxs module `module` of the file `file`: an object whose functions are VALUE_FUNCTION. Lent. */
	struct value (*wxs_module)(void *user, struct str file, struct str module);
	void *user;
	struct diag_list *diags; // run-time warnings: unknown template, duplicate key; may be NULL
	bool keep_written;       // node->written is kept
	bool keep_slots;         // a slot that takes another's place in wx:if, wx:else has its name, as miniprogram-simulate has it
	bool blank_undefined;    // an attribute without a value is "", as what stands over wcc's output has it
};

struct wxml_change { // one changed path of the data, as setData names it
	const struct path *path; // NULL: everything
};

struct wxml_stats { // of the latest run, for tests and bench
	size_t evaluated;  // expressions
	size_t created, removed, moved; // nodes
	size_t skipped;    // blocks whose paths did not change
};

/* ops are copied. root's children belong to the render from now on. */
struct wxml_render *wxml_render_create(const struct wxml_program *program, struct node *root, const struct wxml_render_ops *ops);
void wxml_render_destroy(struct wxml_render *render); // removes what it made
/* First run (changes ignored) or update. `data` is the whole data after the changes; ref'd as needed. */
void wxml_render_run(struct wxml_render *render, struct value data, const struct wxml_change *changes, size_t count);
struct wxml_stats wxml_render_stats(const struct wxml_render *render);

#endif
