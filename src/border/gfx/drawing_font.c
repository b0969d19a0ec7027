/* A context's font as CSS writes it, to a style; and the measures of a text in it. */
#include "border/gfx/drawing.h"

#include "border/gfx/text.h"

#include <string.h>

static bool take_word(struct str *rest, struct str *ret_word)
{
	*rest = str_trim(*rest);
	size_t end = str_find_char(*rest, ' ');
	*ret_word = end == SIZE_MAX ? *rest : str_slice(*rest, 0, end);
	*rest = end == SIZE_MAX ? (struct str){0} : str_slice(*rest, end, rest->len);
	return ret_word->len > 0;
}

/* "14px", "1.2em", "10pt": CSS px. 0: it is no size. */
static float size_of(struct str word)
{
	static const struct {
		const char *unit;
		double px;
	} units[] = {{"px", 1}, {"pt", 96.0 / 72}, {"rem", 16}, {"em", 10}, {"rpx", .5}, {"vw", 3.75}, {"%", .1}};
	size_t slash = str_find_char(word, '/');
	word = slash == SIZE_MAX ? word : str_slice(word, 0, slash);
	for (size_t i = 0; i < ARRAY_LEN(units); i++) {
		double number;
		if (str_ends(word, str_of(units[i].unit)) && str_to_number(str_slice(word, 0, word.len - strlen(units[i].unit)), &number)) {
			return isfinite(number) && number > 0 ? (float)fmin(number * units[i].px, 2000) : 0;
		}
	}
	return 0;
}

/* A word before the size. False: no font has it. */
static bool take_look(struct str word, struct style *style)
{
	double weight;
	if (str_eq_nocase(word, STR("bold")) || str_eq_nocase(word, STR("bolder"))) {
		style->font_weight = 700;
	} else if (str_eq_nocase(word, STR("lighter"))) {
		style->font_weight = 300;
	} else if (str_eq_nocase(word, STR("italic")) || str_eq_nocase(word, STR("oblique"))) {
		style->font_style = FONT_STYLE_ITALIC;
	} else if (str_to_number(word, &weight) && weight >= 1 && weight <= 1000) {
		style->font_weight = (int)weight;
	} else {
		return str_eq_nocase(word, STR("normal")) || str_eq_nocase(word, STR("small-caps"));
	}
	return true;
}

bool gfx_drawing_font(struct str font, struct style *ret_style)
{
	struct style style = *ret_style;
	struct str word;
	style.font_weight = 400;
	style.font_style = FONT_STYLE_NORMAL;
	while (take_word(&font, &word)) {
		float size = size_of(word);
		if (size > 0) {
			font = str_trim(font);
			if (font.len && font.at[0] == '/') { // "14px / 20px sans-serif"
				font = str_slice(font, 1, font.len);
				take_word(&font, &word);
			}
			style.font_size = size;
			style.font_family = str_trim(font);
			*ret_style = style;
			return true;
		}
		if (!take_look(word, &style)) {
			return false;
		}
	}
	return false;
}

struct gfx_text_measure gfx_drawing_measure(struct gfx_fonts *fonts, struct str font, struct str text)
{
	struct style style = {.font_size = 10, .font_weight = 400, .font_family = STR("")};
	struct text_shaper shaper = gfx_fonts_shaper(fonts);
	gfx_drawing_font(font, &style);
	struct text_run *run = shaper.shape(shaper.user, text, &style);
	struct gfx_text_measure measure = {.width = run->width, .right = run->width, .ascent = style.font_size * .76f,
		.descent = style.font_size * .08f, .font_ascent = run->metrics.ascent, .font_descent = run->metrics.descent};
	shaper.unref(shaper.user, run);
	return measure;
}
