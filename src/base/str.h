/* Text: `struct str` is a borrowed view (not zero-terminated), `struct strbuf` an owned, growing,
 * always zero-terminated buffer. All text is UTF-8. */
#ifndef MINA_BASE_STR_H
#define MINA_BASE_STR_H

#include "base/base.h"

#include <stdarg.h>

struct str {
	const char *at; // NULL only when len is 0
	size_t len;
};

#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})
#define STR_FMT "%.*s"
#define STR_ARG(s) (int)(s).len, (s).at ? (s).at : ""

struct str str_of(const char *zero_terminated); // NULL gives the empty view
struct str str_slice(struct str s, size_t from, size_t to);
bool str_eq(struct str a, struct str b);
bool str_is(struct str a, const char *zero_terminated);
bool str_eq_nocase(struct str a, struct str b); // ASCII only
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
/* Byte order, as strcmp. */
int str_compare(struct str a, struct str b);
/* Byte offset of the first occurrence, or SIZE_MAX. */
size_t str_find(struct str s, struct str what);
size_t str_find_char(struct str s, char c);
size_t str_rfind_char(struct str s, char c);
struct str str_trim(struct str s); // ASCII white space
uint32_t str_hash(struct str s);
/* The whole view as a decimal number ("1", "-.5e3"); false when it is none. Locale-free. */
bool str_to_number(struct str s, double *ret_number);
/* Cuts the next piece up to sep off *rest; false when nothing is left. */
bool str_split(struct str *rest, char sep, struct str *ret_piece);

/* Decodes one code point at s[*pos] and moves *pos behind it. A malformed byte gives U+FFFD and
 * moves by one. *pos must be < s.len. */
uint32_t str_utf8_next(struct str s, size_t *pos);
/* Writes 1 to 4 bytes, returns how many. */
size_t str_utf8_put(uint32_t code_point, char ret_bytes[4]);
bool str_utf8_valid(struct str s);
/* Length in UTF-16 code units, as JavaScript counts. */
size_t str_utf16_len(struct str s);
/* The byte at so many UTF-16 units, never inside a character; past the end: the end. NaN and less than 0: 0. */
size_t str_utf16_at(struct str s, double units);

struct strbuf {
	char *at; // NULL while empty
	size_t len, cap;
};

void strbuf_finish(struct strbuf *buf);
void strbuf_clear(struct strbuf *buf);
void strbuf_reserve(struct strbuf *buf, size_t more);
void strbuf_add(struct strbuf *buf, struct str s);
void strbuf_add_text(struct strbuf *buf, const char *zero_terminated);
void strbuf_add_char(struct strbuf *buf, char c);
void strbuf_add_code_point(struct strbuf *buf, uint32_t code_point);
void strbuf_printf(struct strbuf *buf, const char *fmt, ...) PRINTF_LIKE(2, 3);
void strbuf_vprintf(struct strbuf *buf, const char *fmt, va_list args);
/* A number as JavaScript's String(number) prints it: shortest digits that read back the same. */
void strbuf_add_number(struct strbuf *buf, double number);
void strbuf_add_base64(struct strbuf *buf, struct str bytes);
struct str strbuf_str(const struct strbuf *buf);
/* Gives the zero-terminated text away (never NULL) and empties the buffer. */
char *strbuf_steal(struct strbuf *buf);

#endif
