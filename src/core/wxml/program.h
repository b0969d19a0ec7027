/* Compiled WXML: what set.c and compile.c make and render.c runs. Everything lies in the set's
 * arena and is immutable once wxml_set_get() returned. */
#ifndef MINA_WXML_PROGRAM_H
#define MINA_WXML_PROGRAM_H

#include "core/wxml/depend.h"
#include "core/wxml/markup.h"
#include "core/wxml/wxml.h"

struct source;

struct binding {
	const struct expr *expr; // NULL: the literal
	struct value literal;    // owned by the pool
	struct mask reads;
};

enum attr_kind {
	ATTR_PLAIN,
	ATTR_ID, ATTR_CLASS, ATTR_STYLE,
	ATTR_DATA,  // key
	ATTR_MARK,  // key
	ATTR_BIND,  // name is the event
	ATTR_SLOT,  // slot="x" on an element
	ATTR_NAME,  // name="x" on <slot>
	ATTR_MODEL, // model:x: the path that a change is written to
};

struct attr {
	enum attr_kind kind;
	atom_t name;    // plain: as written; bind: the event
	struct str written; // the whole name, in the source
	struct str key; // data, mark: in the object
	unsigned flags; // bind: enum node_bind_flags
	struct binding binding;
};

/* A template's data object and the variables of wx:for: the world that expressions see. */
struct wxml_frame {
	struct depend depend;
	const struct body *body;
	unsigned slots; // two for each wx:for: item, index
	VEC(const struct loop *) loops; // by slot / 2
	struct wxml_frame *next; // of the set
};

struct parts {
	const struct part *at;
	size_t count;
};

/* What exists as often as its branch, row or template is shown: one region at run time. */
struct body {
	struct parts parts;
	unsigned cells;
	struct mask reads;
	bool stateful; // holds branches, loops or template uses, at any depth
};

struct branch {
	bool always; // wx:else
	struct binding condition;
	const struct body *body;
};

enum key_kind {
	KEY_NONE,
	KEY_ITEM,     // *this
	KEY_PROPERTY,
};

struct loop {
	struct binding list;
	enum key_kind key;
	struct str property;
	unsigned slot;                  // item; index is slot + 1
	uint32_t item_root, index_root; // in the frame's depend
	const struct body *body;
};

/* The file at hand, and the files that include it. */
struct origin {
	const struct source *source;
	const struct origin *outer;
};

struct template_use {
	struct binding is, data;
	const struct source *source; // where it stands
	const struct wxml_template *known; // of a literal `is`
};

enum part_kind {
	PART_ELEMENT,
	PART_SLOT,
	PART_TEXT,
	PART_IF,
	PART_FOR,
	PART_USE, // of a template
};

struct part {
	enum part_kind kind;
	unsigned cell;
	struct mask reads; // with everything below
	struct mask own;   // attributes, text, conditions, list, data
	struct str file;
	int line, column;
	/* element, slot */
	atom_t tag;
	const struct attr *attrs; // literal ones first
	size_t attr_count, literal_count;
	const atom_t *classes;    // of a literal class attribute
	size_t class_count;
	struct value dataset;     // of literal data attributes; undefined: none
	struct value written;     // all attributes by their names, in order, {{ }} as undefined; undefined: none
	struct parts children;
	/* the others */
	struct binding text;
	const struct branch *branches;
	size_t branch_count;
	const struct loop *loop;
	const struct template_use *use;
};

struct wxml_template {
	struct str name;
	const struct source *source;
	const struct markup *markup;
	struct wxml_frame *frame;
};

struct module {
	struct source *source;
	struct str name;
	struct str path; // of an external one: package path; else empty
	struct str text; // of an inline one
	unsigned number;
	int line, column;
};

struct import {
	struct str path;
	const struct source *source; // NULL: missing
	int line, column;
};

struct source {
	struct wxml_set *set;
	struct str path, text; // text: the loader's
	struct markup *root;
	struct map templates;         // name -> struct wxml_template
	VEC(struct import) imports;
	VEC(struct str) includes;       // paths
	/* Where its templates are looked for: itself, its imports, the last first, then what the files import that it includes. */
	VEC(const struct source *) sight;
	VEC(struct module *) modules;
	const struct wxml_program *program;
	bool completed;
};

struct wxml_program {
	const struct source *source;
	struct wxml_frame *frame;
};

struct link {
	struct template_use *use;
	struct str file;
	int line, column;
};

struct wxml_set {
	struct wxml_loader loader;
	struct diag_list *diags;
	struct expr_pool pool;
	struct map sources; // path -> struct source; NULL for a missing one
	VEC(struct source *) order;
	size_t completed;   // of order
	VEC(struct module *) modules;
	struct wxml_frame *frames;
	VEC(struct link) links; // template uses with a literal name, not looked up yet
};

/* set.c */
struct source *wxml_set_source(struct wxml_set *set, struct str path);
/* The package path that src="..." of a file means. */
struct str wxml_set_resolve(struct wxml_set *set, struct str file, struct str src, const char *suffix);
const struct wxml_template *wxml_find_template(const struct source *source, struct str name); // NULL: unknown
/* compile.c */
struct wxml_frame *wxml_compile(struct source *source, const struct markup *markup);

#endif
