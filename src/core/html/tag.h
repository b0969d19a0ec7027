/* What the parser knows of tags. Nobody else includes this. */
#ifndef MINA_HTML_TAG_H
#define MINA_HTML_TAG_H

#include "base/str.h"

enum html_tag_flags {
	HTML_VOID = 1 << 0,       // has no end tag
	HTML_SPECIAL = 1 << 1,    // formatting ends at it
	HTML_BLOCK = 1 << 2,      // ends a paragraph
	HTML_FORMATTING = 1 << 3, // goes on behind an end tag that was not its own
	HTML_RAW = 1 << 4,        // what is in it is text
	HTML_SCOPE = 1 << 5,      // end tags do not reach through it
	HTML_LIST = 1 << 6,       // nor those of list items through it
	HTML_HEADING = 1 << 7,
	HTML_TABLE_PART = 1 << 8, // table, tbody, thead, tfoot, tr: hold no text
};

unsigned html_tag_flags(struct str name); // 0: an ordinary one

#endif
