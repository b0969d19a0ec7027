/* npm build (构建 npm): the packages of a project's package.json as a mini program can use them, in miniprogram_npm beside it. A
 * package that is made for mini programs (its package.json names `miniprogram`, or it has miniprogram_dist) is copied; of any other,
 * its own modules from `main` on become one index.js, which requires other packages by their names.
 * Source: the vendor's guide to npm support, and what its tool does. */
#ifndef MINA_NPM_NPM_H
#define MINA_NPM_NPM_H

#include "base/diag.h"
#include "base/vec.h"
#include "core/value/value.h"

struct npm_package {
	char *name, *version; // "@vant/weapp", "1.11.7"
	char *place;          // in the project: "miniprogram_npm/@vant/weapp"
	bool bundled;         // else copied
	size_t files;         // that it was made from
};

struct npm_build {
	VEC(struct npm_package) packages; // in the order in which they were built
	struct diag_list diags;           // files are named from the project's folder
};

/* Builds the project in `folder`. 0, or 1: there were errors. The result is finished either way. */
int npm_build(const char *folder, struct npm_build *ret_build);
void npm_build_finish(struct npm_build *build);

/* bundle.c: the modules of the package in `folder` that its entry (a path in it) needs, as one script. What it requires of other
 * packages is told, each once. False: the entry cannot be read. */
struct npm_bundle {
	const char *folder, *shown; // on this machine; as diagnostics have it
	struct diag_list *diags;
	void (*found)(void *user, struct str package); // another package: its name
	/* Where a package of that name is, for a module in `from`; new, NULL: nowhere. Files of it that are required by their paths
	 * ("math-intrinsics/abs") go into this script. */
	char *(*locate)(void *user, const char *from, struct str package);
	void *user;
	size_t files; // out: how many went in
};
bool npm_bundle(struct npm_bundle *bundle, struct str path, struct strbuf *out);
/* entry.c: the file that a path without its end means in a folder: as it is, with .js, .json, as a folder with a package.json's main
 * or index.js. False: none. */
bool npm_find_file(const char *folder, struct str path, struct strbuf *ret_path);
/* What a package's package.json says that stands for a file of its own, or for another package, outside of Node.js ("browser"). False:
 * nothing else does. An empty path: nothing at all, an empty module. */
bool npm_browser(const char *folder, struct value package, struct str path, struct strbuf *ret_path);
/* The first script of a package: browser, main, module, exports, index.js, in that order. False: it has none. */
bool npm_find_entry(const char *folder, struct value package, struct strbuf *ret_path);
/* A path behind the package's name, by its exports or its files. */
bool npm_find_inner(const char *folder, struct value package, struct str path, struct strbuf *ret_path);
struct value npm_read_package(const char *folder); // its package.json, new; undefined: none

#endif
