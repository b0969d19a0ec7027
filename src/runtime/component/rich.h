/* What the files of rich-text share. Nobody else includes this. */
#ifndef MINA_COMPONENT_RICH_H
#define MINA_COMPONENT_RICH_H

#include "runtime/component/component.h"

/* A tag that rich text may have (受信任的节点). */
struct rich_tag {
	const char *name;
	const char *attributes; // "width|height": those that it may have beside class and style; NULL: none
	const char *style;      // its default looks, as WXSS; NULL: an inline box
};

/* NULL: not trusted. The name's case does not matter. */
const struct rich_tag *rich_tag_find(struct str name);
/* The looks of all tags. */
void rich_tag_style(struct strbuf *out);
/* What its attributes say of its looks, as a style; "width: 30%". */
void rich_tag_hints(struct str tag, struct value attrs, struct strbuf *out);

/* rich_part.c: elements that paint themselves. */
/* A picture of its natural size. src: as written. */
struct node *rich_picture(struct tree *tree, struct value src);
/* What stands before an item of a list; its looks are its style's list-style-type. */
struct node *rich_marker(struct tree *tree, int number);

#endif
