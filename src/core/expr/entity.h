/* Character references (&lt; &nbsp; &#123;) in literal text of WXML. */
#ifndef MINA_EXPR_ENTITY_H
#define MINA_EXPR_ENTITY_H

#include "base/str.h"

/* Appends text with its references decoded; an unknown one stays as written. lines: a written-out
 * \n becomes a line feed. */
void entity_decode(struct str text, bool lines, struct strbuf *out);
/* The other way round: spelled so that decoding, with or without lines, gives text again wherever
 * it stands: in an attribute, and beside other text. */
void entity_encode(struct str text, struct strbuf *out);

#endif
