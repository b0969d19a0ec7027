/* Fragments of HTML, as rich text is written: text to a list of nodes, the way a browser would read it, whatever
 * the text. Nodes are what rich-text's `nodes` takes: {name, attrs, children} and {type: "text", text}. Nothing is
 * judged here: which tags are trusted is the reader's affair. */
#ifndef MINA_HTML_HTML_H
#define MINA_HTML_HTML_H

#include "core/value/value.h"

#define HTML_DEPTH_MAX 128   // what stands deeper stands beside its parents
#define HTML_NODES_MAX 20000 // what comes later is left out
#define HTML_ATTRS_MAX 64

/* A new array of nodes; never fails. Names are in lower case; references are decoded in attributes, but not in
 * texts: those of a node list have them, too. */
struct value html_parse(struct str text);
/* Appends text with its character references decoded: the names of HTML 4, with or without the semicolon where HTML
 * allows that, and numbers. An unknown one stays as written. */
void html_decode(struct str text, struct strbuf *out);

#endif
