/* The measurer of tests: fixed widths, so that expected numbers can be computed in the head. */
#include "core/layout/text.h"

#include "base/mem.h"

static bool is_wide(uint32_t c)
{
	return c >= 0x2e80;
}

/* May a line break between the two? The core of UAX 14 that CJK and Latin text need. */
static enum text_break break_between(uint32_t before, uint32_t after, bool keep_all)
{
	if (before == '\n') {
		return TEXT_BREAK_MUST;
	}
	if (after == ' ' || after == '\n' || before == 0xa0 || after == 0xa0) {
		return TEXT_BREAK_NONE;
	}
	if (before == ' ' || before == '-' || before == 0x200b) {
		return TEXT_BREAK_ALLOWED;
	}
	bool closes = after == 0x3002 || after == 0xff0c || after == 0xff01 || after == 0xff09;
	bool opens = before == 0xff08 || before == 0x300a;
	if ((is_wide(before) || is_wide(after)) && !closes && !opens && !keep_all) {
		return TEXT_BREAK_ALLOWED;
	}
	return TEXT_BREAK_CLUSTER;
}

static bool is_cjk(uint32_t c)
{
	return (c >= 0x2e80 && c < 0xa4d0) || (c >= 0xf900 && c < 0xfb00) || (c >= 0xfe30 && c < 0xfe50)
		|| (c >= 0xff00 && c < 0xfff0) || c >= 0x1f300;
}

bool text_expands_at(struct str text, size_t at)
{
	if (at == 0 || (at < text.len && ((unsigned char)text.at[at] & 0xc0) == 0x80)) {
		return false; // inside a character
	}
	size_t before = at - 1, behind = at;
	while (before > 0 && ((unsigned char)text.at[before] & 0xc0) == 0x80) {
		before--;
	}
	return text.at[before] == ' ' || is_cjk(str_utf8_next(text, &before))
		|| (at < text.len && is_cjk(str_utf8_next(text, &behind)));
}

static struct text_metrics fixed_metrics(void *user, const struct style *style)
{
	float size = style->font_size;
	return (struct text_metrics){roundf(size * 0.8f), roundf(size * 0.2f), size * 0.5f};
}

static struct text_run *fixed_shape(void *user, struct str text, const struct style *style)
{
	struct text_run *run = mem_alloc(sizeof(*run));
	run->refs = 1;
	run->text = (struct str){mem_strdup(text.at, text.len), text.len};
	run->metrics = fixed_metrics(user, style);
	run->x = mem_alloc_array(text.len + 1, sizeof(*run->x));
	run->breaks = mem_alloc(text.len + 1);
	uint32_t before = 0;
	float x = 0;
	for (size_t pos = 0; pos < text.len;) {
		size_t from = pos;
		uint32_t c = str_utf8_next(text, &pos);
		run->breaks[from] = from ? (uint8_t)break_between(before, c, style->word_break == WORD_BREAK_KEEP_ALL) : TEXT_BREAK_NONE;
		for (size_t i = from; i < pos; i++) {
			run->x[i] = x;
		}
		if (c != '\n') {
			x += (is_wide(c) ? 1 : c == 0x200b ? 0 : 0.5f) * style->font_size + style->letter_spacing;
			x += c == ' ' ? style->word_spacing : 0;
		}
		before = c;
	}
	run->x[text.len] = run->width = x;
	run->breaks[text.len] = before == '\n' ? TEXT_BREAK_MUST : TEXT_BREAK_NONE;
	return run;
}

static void fixed_unref(void *user, struct text_run *run)
{
	if (run && --run->refs == 0) {
		mem_free((char *)(uintptr_t)run->text.at);
		mem_free(run->x);
		mem_free(run->breaks);
		mem_free(run);
	}
}

struct text_shaper text_shaper_fixed(void)
{
	return (struct text_shaper){fixed_shape, fixed_unref, fixed_metrics, NULL};
}
