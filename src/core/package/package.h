/* A mini program's files: those of a host_source below the miniprogramRoot that
 * project.config.json names, told apart into the main package and its sub-packages. Paths are
 * relative to the mini program's root; "/a", "./a" and "a" are the same file. The package borrows
 * its source and the list of diagnostics; both outlive it. */
#ifndef MINA_PACKAGE_PACKAGE_H
#define MINA_PACKAGE_PACKAGE_H

#include "base/diag.h"
#include "core/value/value.h"

struct host_source;

/* A sub-package: the files below `root`. */
struct package_part {
	struct str root; // "packageA/b", without slashes at its ends
	struct str name; // "" when it has none
	bool independent;
};

struct package {
	struct host_source *source;
	struct diag_list *diags;
	struct strbuf prefix; // "" or "miniprogram/"
	struct value project; // project.config.json, or undefined
	VEC(struct package_part) parts; // of the last config_load_app()
	struct value alias; // app.json's resolveAlias, or undefined
	struct value extended; // app.json's useExtendedLib, or undefined
	struct arena arena; // the texts of parts
};

/* NULL when source is NULL. */
struct package *package_open(struct host_source *source, struct diag_list *diags);
void package_close(struct package *package);

/* Appends a file's bytes. Text (.js .json .wxml .wxss .wxs) comes as valid UTF-8 without a byte
 * order mark; what had to be mended is reported. False: no such file, or not to be read. */
bool package_read(struct package *package, struct str path, struct strbuf *out);
bool package_has(struct package *package, struct str path); // a file, not a folder
bool package_has_folder(struct package *package, struct str path);
/* The size of a file in bytes, or SIZE_MAX. */
size_t package_size(struct package *package, struct str path);
/* The file that `path` was probably meant to be: the same letters in other case. False: none. */
bool package_nearest(struct package *package, struct str path, struct strbuf *out);

/* The sub-package that a path lies in; NULL is the main package. */
const struct package_part *package_part_of(const struct package *package, struct str path);
/* May a file at `from` use one at `to`? Sub-packages see themselves and, unless they are
 * independent, the main package; the main package sees itself (framework.md, section 2.3). */
bool package_visible(const struct package *package, struct str from, struct str to);

#endif
