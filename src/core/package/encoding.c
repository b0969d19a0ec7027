/* UTF-8 with and without a mark, UTF-16 in both byte orders, and anything else. */
#include "core/package/encoding.h"

static uint32_t unit_at(struct str raw, size_t at, bool big)
{
	unsigned char a = (unsigned char)raw.at[at], b = (unsigned char)raw.at[at + 1];
	return big ? (uint32_t)a << 8 | b : (uint32_t)b << 8 | a;
}

static void decode_utf16(struct str raw, bool big, struct strbuf *out)
{
	size_t at = 0;
	while (at + 1 < raw.len) {
		uint32_t unit = unit_at(raw, at, big);
		at += 2;
		if (unit >= 0xd800 && unit < 0xdc00 && at + 1 < raw.len) {
			uint32_t low = unit_at(raw, at, big);
			if (low >= 0xdc00 && low < 0xe000) {
				unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
				at += 2;
			}
		}
		bool lone = unit >= 0xd800 && unit < 0xe000;
		strbuf_add_code_point(out, lone ? 0xfffd : unit);
	}
	if (at < raw.len) {
		strbuf_add_code_point(out, 0xfffd);
	}
}

/* UTF-16 without a mark: of its first units most have one zero byte, always on the same side. */
static bool looks_utf16(struct str raw, bool *ret_big)
{
	size_t zeros[2] = {0, 0}, len = size_min(raw.len, 256) & ~(size_t)1;
	for (size_t i = 0; i < len; i++) {
		zeros[i & 1] += raw.at[i] == '\0';
	}
	*ret_big = zeros[0] > 0;
	return len >= 4 && (zeros[0] == 0 || zeros[1] == 0) && (zeros[0] + zeros[1]) * 4 > len;
}

static void decode_broken(struct str raw, struct strbuf *out, size_t *ret_offset)
{
	size_t base = out->len, offset = SIZE_MAX;
	for (size_t at = 0; at < raw.len;) {
		size_t from = at, len = out->len;
		uint32_t code = str_utf8_next(raw, &at);
		if (code == 0xfffd && at - from == 1 && offset == SIZE_MAX) {
			offset = len - base;
		}
		strbuf_add_code_point(out, code);
	}
	if (ret_offset) {
		*ret_offset = offset == SIZE_MAX ? 0 : offset;
	}
}

enum encoding_problem encoding_decode(struct str raw, struct strbuf *out, size_t *ret_offset)
{
	bool little = str_starts(raw, STR("\xff\xfe")), big = str_starts(raw, STR("\xfe\xff"));
	if (little || big) {
		decode_utf16(str_slice(raw, 2, raw.len), big, out);
		return ENCODING_UTF16;
	}
	if (looks_utf16(raw, &big)) {
		decode_utf16(raw, big, out);
		return ENCODING_UTF16;
	}
	bool mark = str_starts(raw, STR("\xef\xbb\xbf"));
	raw = str_slice(raw, mark ? 3 : 0, raw.len);
	if (!str_utf8_valid(raw)) {
		decode_broken(raw, out, ret_offset);
		return ENCODING_BROKEN;
	}
	strbuf_add(out, raw);
	return mark ? ENCODING_MARK : ENCODING_FINE;
}
