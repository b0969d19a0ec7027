/* The state of one compilation: a file's content or a template's. */
#ifndef MINA_WXML_COMPILE_H
#define MINA_WXML_COMPILE_H

#include "core/wxml/program.h"

struct compiler {
	struct wxml_set *set;
	struct source *source; // of the markup at hand
	struct wxml_frame *frame;
	const struct expr_scope *scope;
	const struct origin *origin;
	unsigned *cells;       // of the body at hand
	const struct markup_attr *block_slot; // slot="x" of an enclosing block
	int depth;
	size_t parts;          // made so far
};

enum compile_value {
	COMPILE_PLAIN,  // no value: true
	COMPILE_STRING, // no value: ""
	COMPILE_OBJECT, // data of a template
};

/* The value of an attribute, its reads added to *reads as well. */
struct binding compile_binding(struct compiler *c, const struct markup_attr *attr, enum compile_value kind, struct mask *reads);
/* attribute.c: everything but control attributes, into part. */
void compile_attributes(struct compiler *c, const struct markup *element, struct part *part);

#endif
