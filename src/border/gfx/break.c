// Where a line may break (UAX 14) and where clusters begin (UAX 29), by Pango's tables.
#include "border/gfx/font.h"

#include <pango/pango.h>
#include <string.h>

static bool is_word_char(uint32_t c)
{
	return g_unichar_isalnum(c);
}

static bool is_cjk(uint32_t c)
{
	return (c >= 0x2E80 && c < 0xD7B0 && !(c >= 0x3000 && c <= 0x3004) && !(c >= 0x3008 && c <= 0x3020))
		|| (c >= 0xF900 && c < 0xFB00) || (c >= 0x20000 && c < 0x40000);
}

static bool one_of(uint32_t c, const char *set)
{
	return c && c < 0x80 && strchr(set, (int)c);
}

/* Between two ASCII characters browsers do not follow UAX 14: paths and numbers stay whole, a
 * hyphen and a question mark let go. Measured on the reference. `last` is what stands before `before`. */
static bool ascii_break(uint32_t last, uint32_t before, uint32_t after)
{
	if (before == '-') {
		return g_ascii_isdigit((char)after) ? last < 0x80 && g_ascii_isalnum((char)last) : !one_of(after, "!$),./:;?]}");
	}
	if (before == '?') {
		return !one_of(after, "!\"'),./:;?]}");
	}
	return one_of(after, "(<[{") && one_of(before, "!|}\"#&*=>~%),.:;]+\\");
}

/* Chinese quotation marks open and close as brackets do; UAX 14 knows no direction of them. */
static bool quote_break(bool allowed, uint32_t before, uint32_t after)
{
	if (after == 0x201C && before != 0x201C) {
		return one_of(before, "!|}$%),.:;]+\\-/?") || before == 0x201D || before == 0x2014 || before == 0x2026
			|| (before >= 0x2E80 && allowed) || (before >= 0x2E80 && g_unichar_type(before) != G_UNICODE_OPEN_PUNCTUATION);
	}
	if (before == 0x201D) {
		return one_of(after, "#$%&(*+<=>@[\\^_`{~") || after == 0x2014 || after == 0xB7 || after == 0xFFE5 || after == 0xFF05
			|| g_unichar_isalnum(after) || g_unichar_type(after) == G_UNICODE_OPEN_PUNCTUATION;
	}
	return allowed;
}

static uint8_t break_at(const PangoLogAttr *attr, uint32_t last, uint32_t before, uint32_t after, enum word_break word_break)
{
	if (before == '\n') {
		return TEXT_BREAK_MUST;
	}
	if (!attr->is_cursor_position) {
		return TEXT_BREAK_NONE;
	}
	bool allowed = attr->is_line_break && !attr->is_mandatory_break;
	if (before > ' ' && before < 0x7F && after > ' ' && after < 0x7F) {
		allowed = ascii_break(last, before, after);
	} else if (before > ' ' && after > ' ') {
		allowed = quote_break(allowed, before, after);
	}
	if (word_break == WORD_BREAK_KEEP_ALL && allowed && is_word_char(before) && is_word_char(after)
		&& (is_cjk(before) || is_cjk(after))) {
		allowed = false;
	}
	if (word_break == WORD_BREAK_BREAK_ALL && is_word_char(before) && is_word_char(after)) {
		allowed = true;
	}
	return allowed ? TEXT_BREAK_ALLOWED : TEXT_BREAK_CLUSTER;
}

void text_find_breaks(struct str text, enum word_break word_break, uint8_t *ret_breaks)
{
	memset(ret_breaks, TEXT_BREAK_NONE, text.len + 1);
	if (!text.len) {
		return;
	}
	size_t count = 0;
	for (size_t pos = 0; pos < text.len; count++) {
		str_utf8_next(text, &pos);
	}
	PangoLogAttr *attrs = mem_alloc_array(count + 1, sizeof(*attrs));
	pango_get_log_attrs(text.at, (int)text.len, -1, pango_language_from_string("zh-cn"), attrs, (int)count + 1);
	uint32_t last = 0, before = 0;
	size_t pos = 0;
	for (size_t i = 0; i <= count; i++) {
		size_t start = pos;
		uint32_t c = pos < text.len ? str_utf8_next(text, &pos) : 0;
		if (i > 0) {
			ret_breaks[start] = i < count ? break_at(&attrs[i], last, before, c, word_break)
				: before == '\n' ? TEXT_BREAK_MUST : TEXT_BREAK_NONE;
		}
		last = before;
		before = c;
	}
	mem_free(attrs);
}
