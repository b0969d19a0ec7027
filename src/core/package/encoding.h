/* What text a file's bytes mean. All text of a mini program is UTF-8; what editors on Windows
 * leave behind (byte order marks, UTF-16, GBK) is recognised, so that it can be named and, where
 * possible, read all the same. */
#ifndef MINA_PACKAGE_ENCODING_H
#define MINA_PACKAGE_ENCODING_H

#include "base/str.h"

enum encoding_problem {
	ENCODING_FINE,
	ENCODING_MARK,  // a UTF-8 byte order mark, left out
	ENCODING_UTF16, // converted
	ENCODING_BROKEN, // no UTF-8: each bad byte became U+FFFD
};

/* Appends valid UTF-8 to out. ENCODING_BROKEN: *ret_offset (may be NULL) is where in the appended
 * text the first U+FFFD stands. */
enum encoding_problem encoding_decode(struct str raw, struct strbuf *out, size_t *ret_offset);

#endif
