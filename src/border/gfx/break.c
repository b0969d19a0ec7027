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

static uint8_t break_at(const PangoLogAttr *attr, uint32_t before, uint32_t after, enum word_break word_break)
{
	if (before == '\n') {
		return TEXT_BREAK_MUST;
	}
	if (!attr->is_cursor_position) {
		return TEXT_BREAK_NONE;
	}
	bool allowed = attr->is_line_break && !attr->is_mandatory_break;
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
	uint32_t before = 0;
	size_t pos = 0;
	for (size_t i = 0; i <= count; i++) {
		size_t start = pos;
		uint32_t c = pos < text.len ? str_utf8_next(text, &pos) : 0;
		if (i > 0) {
			ret_breaks[start] = i < count ? break_at(&attrs[i], before, c, word_break)
				: before == '\n' ? TEXT_BREAK_MUST : TEXT_BREAK_NONE;
		}
		before = c;
	}
	mem_free(attrs);
}
