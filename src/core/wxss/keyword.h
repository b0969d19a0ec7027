/* The words that CSS itself knows, as numbers: keyword.def holds them in byte order. */
#ifndef MINA_WXSS_KEYWORD_H
#define MINA_WXSS_KEYWORD_H

#include "base/str.h"

enum wxss_keyword {
	KW_UNKNOWN,
#define KEYWORD(name, text) KW_##name,
#include "core/wxss/keyword.def"
#undef KEYWORD
	KW_COUNT
};

enum wxss_keyword wxss_keyword_find(struct str name); // ASCII case does not matter
const char *wxss_keyword_text(enum wxss_keyword keyword);

#endif
