/* Character references (&lt; &nbsp; &#123;) in literal text of WXML. */
#ifndef MINA_EXPR_ENTITY_H
#define MINA_EXPR_ENTITY_H

#include "base/str.h"

/* Appends text with its references decoded; an unknown one stays as written. A backslash before n, t
 * or r makes the control character; in a text node `\\` is one backslash, and any other backslash
 * stays, while in an attribute every backslash takes the next character as it is. CR LF is LF. */
void entity_decode(struct str text, bool node, struct strbuf *out);
/* The other way round: spelled so that decoding gives text again wherever it stands: in an
 * attribute, and beside other text. */
void entity_encode(struct str text, struct strbuf *out);

#endif
