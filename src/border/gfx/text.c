// The text shaper: splits text into stretches of one face and script, shapes them with HarfBuzz at
// unhinted font units and keeps the runs in a cache.
#include "border/gfx/text.h"

#include "border/gfx/font.h"

#include <hb-ot.h>
#include <string.h>

enum { BUCKETS = 4096, CACHE_COST_MAX = 12 << 20, TEXT_MAX = 1 << 22 };

struct shape_char {
	uint32_t c, offset;
	unsigned face; // FONT_NONE: a control character, no glyph
	hb_script_t script;
	bool halve;    // half-width alternate of CJK punctuation
};

struct shaping {
	struct gfx_fonts *fonts;
	struct gfx_run *run;
	const struct style *style;
	struct shape_char *chars;
	size_t count;
	VEC(struct gfx_run_glyph) glyphs;
	float pen;
};

struct code_range {
	uint32_t from, to;
};

static const struct code_range emoji_ranges[79];
static const struct code_range open_ranges[15], close_ranges[19], middle_ranges[4];

static bool in_ranges(const struct code_range *ranges, size_t count, uint32_t c)
{
	size_t low = 0, high = count;
	while (low < high) {
		size_t mid = (low + high) / 2;
		if (c < ranges[mid].from) {
			high = mid;
		} else if (c > ranges[mid].to) {
			low = mid + 1;
		} else {
			return true;
		}
	}
	return false;
}

/* Metrics */

/* Rounded to CSS px, whatever the screen's density, as WebKit's and Blink's font metrics are: a descent that was
 * rounded down under subpixel positioning takes one from the ascent. */
static struct text_metrics face_metrics(const struct gfx_fonts *fonts, unsigned index, float font_size)
{
	float size = float_clamp(font_size, 0, 10000);
	if (index == FONT_NONE) {
		return (struct text_metrics){roundf(size * 0.8f), roundf(size * 0.2f), size / 2};
	}
	const struct font_face *face = fonts->faces.at[index];
	float scale = size / face->upem;
	float ascent = floorf(face->ascent * scale + 0.5f), descent = floorf(face->descent * scale + 0.5f);
	if (descent < face->descent * scale && ascent >= 1) {
		descent++;
		ascent--;
	}
	return (struct text_metrics){ascent, descent, face->x_height * scale};
}

static struct text_metrics shaper_metrics(void *user, const struct style *style)
{
	struct gfx_fonts *fonts = user;
	const struct font_choice *choice = font_choose(fonts, style);
	return face_metrics(fonts, choice->count ? choice->faces[0] : FONT_NONE, style->font_size);
}

/* Faces for characters */

static bool joins_previous(uint32_t c)
{
	return c == 0x200D || (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0x1F3FB && c <= 0x1F3FF) || c == 0x20E3
		|| (c >= 0xE0020 && c <= 0xE007F) || (c >= 0xE0100 && c <= 0xE01EF);
}

static bool is_mark(uint32_t c)
{
	hb_unicode_general_category_t kind = hb_unicode_general_category(hb_unicode_funcs_get_default(), c);
	return kind == HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK || kind == HB_UNICODE_GENERAL_CATEGORY_ENCLOSING_MARK
		|| kind == HB_UNICODE_GENERAL_CATEGORY_SPACING_MARK;
}

static bool wants_emoji(const struct shape_char *chars, size_t at, size_t count)
{
	uint32_t next = at + 1 < count ? chars[at + 1].c : 0;
	if (next == 0xFE0E) {
		return false;
	}
	return next == 0xFE0F || in_ranges(emoji_ranges, ARRAY_LEN(emoji_ranges), chars[at].c);
}

static void pick_faces(struct shaping *s)
{
	const struct font_choice choice = *font_choose(s->fonts, s->style);
	hb_unicode_funcs_t *unicode = hb_unicode_funcs_get_default();
	uint32_t last_c = 0;
	unsigned last_face = FONT_NONE;
	hb_script_t script = HB_SCRIPT_COMMON;
	for (size_t i = 0; i < s->count; i++) {
		struct shape_char *ch = &s->chars[i];
		hb_script_t own = hb_unicode_script(unicode, ch->c);
		if (own != HB_SCRIPT_COMMON && own != HB_SCRIPT_INHERITED && own != HB_SCRIPT_UNKNOWN) {
			script = own;
		}
		ch->script = script;
		if (ch->c < 0x20 || ch->c == 0x7F || ch->c == 0x2028 || ch->c == 0x2029) {
			ch->face = FONT_NONE;
		} else if (i > 0 && s->chars[i - 1].face != FONT_NONE && (joins_previous(ch->c) || s->chars[i - 1].c == 0x200D)) {
			ch->face = s->chars[i - 1].face;
		} else if (i > 0 && s->chars[i - 1].face != FONT_NONE && ch->c >= 0x300 && is_mark(ch->c)
			&& font_has_char(s->fonts->faces.at[s->chars[i - 1].face], ch->c)) {
			ch->face = s->chars[i - 1].face;
		} else if (ch->c == last_c && !wants_emoji(s->chars, i, s->count)) {
			ch->face = last_face;
		} else {
			ch->face = font_for_char(s->fonts, &choice, ch->c, ch->c >= 0x23 && wants_emoji(s->chars, i, s->count));
			last_c = ch->c;
			last_face = ch->face;
		}
	}
}

/* CSS Text 4 text-spacing-trim `normal` between neighbours: of two adjacent full-width brackets
 * or stops one loses its blank half. */
enum punctuation { PUNCT_OTHER, PUNCT_OPEN, PUNCT_CLOSE, PUNCT_MIDDLE, PUNCT_OPEN_NARROW, PUNCT_CLOSE_NARROW };

static enum punctuation punctuation_of(uint32_t c)
{
	if (c < 0x80) {
		return c == '(' || c == '[' || c == '{' ? PUNCT_OPEN_NARROW
			: c == ')' || c == ']' || c == '}' ? PUNCT_CLOSE_NARROW : PUNCT_OTHER;
	}
	return in_ranges(open_ranges, ARRAY_LEN(open_ranges), c) ? PUNCT_OPEN
		: in_ranges(close_ranges, ARRAY_LEN(close_ranges), c) ? PUNCT_CLOSE
		: in_ranges(middle_ranges, ARRAY_LEN(middle_ranges), c) ? PUNCT_MIDDLE : PUNCT_OTHER;
}

static void mark_halves(struct shaping *s)
{
	enum punctuation last = PUNCT_OTHER;
	for (size_t i = 0; i < s->count; i++) {
		enum punctuation now = punctuation_of(s->chars[i].c);
		if (now == PUNCT_OPEN && last != PUNCT_OTHER && last != PUNCT_CLOSE_NARROW) {
			s->chars[i].halve = true;
		} else if (last == PUNCT_CLOSE && (now == PUNCT_CLOSE || now == PUNCT_MIDDLE || now == PUNCT_CLOSE_NARROW)) {
			s->chars[i - 1].halve = true;
		}
		last = now;
	}
}

/* Shaping */

static size_t collect_features(const struct shaping *s, size_t from, size_t to, size_t end_offset,
	hb_feature_t *features, size_t max)
{
	size_t count = 0;
	if (s->style->letter_spacing != 0) {
		features[count++] = (hb_feature_t){HB_TAG('l', 'i', 'g', 'a'), 0, 0, HB_FEATURE_GLOBAL_END};
		features[count++] = (hb_feature_t){HB_TAG('c', 'l', 'i', 'g'), 0, 0, HB_FEATURE_GLOBAL_END};
	}
	for (size_t i = from; i < to && count < max; i++) {
		if (s->chars[i].halve) {
			unsigned end = i + 1 < to ? s->chars[i + 1].offset : (unsigned)end_offset;
			features[count++] = (hb_feature_t){HB_TAG('h', 'a', 'l', 't'), 1, s->chars[i].offset, end};
		}
	}
	return count;
}

/* Added behind a cluster. */
static float cluster_spacing(const struct shaping *s, uint32_t cluster)
{
	struct str text = s->run->run.text;
	char c = text.at[cluster];
	bool space = c == ' ' || (c == '\xC2' && cluster + 1 < text.len && text.at[cluster + 1] == '\xA0');
	return s->style->letter_spacing + (space ? s->style->word_spacing : 0);
}

static void shape_stretch(struct shaping *s, size_t from, size_t to)
{
	struct gfx_run *run = s->run;
	struct str text = run->run.text;
	size_t start = s->chars[from].offset, end = to < s->count ? s->chars[to].offset : text.len;
	unsigned index = s->chars[from].face;
	const struct font_face *face = s->fonts->faces.at[index];
	hb_buffer_t *buffer = s->fonts->buffer;
	hb_buffer_clear_contents(buffer);
	hb_buffer_add_utf8(buffer, text.at, (int)text.len, (unsigned)start, (int)(end - start));
	hb_buffer_set_script(buffer, s->chars[from].script);
	hb_direction_t direction = hb_script_get_horizontal_direction(s->chars[from].script);
	hb_buffer_set_direction(buffer, direction == HB_DIRECTION_RTL ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
	hb_buffer_set_language(buffer, hb_language_from_string("zh-cn", -1));
	hb_feature_t features[64];
	size_t feature_count = collect_features(s, from, to, end, features, ARRAY_LEN(features));
	hb_shape(face->hb, buffer, features, (unsigned)feature_count);
	unsigned count = 0;
	const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
	const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(buffer, &count);
	float scale = s->style->font_size / face->upem;
	for (unsigned i = 0; i < count; i++) {
		uint32_t cluster = infos[i].cluster < text.len ? infos[i].cluster : (uint32_t)start;
		struct gfx_run_glyph glyph = {.glyph = infos[i].codepoint, .cluster = cluster, .face = (uint16_t)index,
			.x = s->pen + positions[i].x_offset * scale, .y = -positions[i].y_offset * scale};
		float advance = positions[i].x_advance * scale;
		if (i + 1 == count || infos[i + 1].cluster != infos[i].cluster) {
			advance += cluster_spacing(s, cluster);
		}
		vec_push(&s->glyphs, glyph);
		s->pen += advance;
		run->run.x[cluster] = (isnan(run->run.x[cluster]) ? 0 : run->run.x[cluster]) + advance;
	}
}

/* A preserved tab goes to the next of the stops, eight spaces apart, from the run's start. */
static void place_control(struct shaping *s, size_t at)
{
	float advance = 0;
	if (s->chars[at].c == '\t') {
		const struct font_choice *choice = font_choose(s->fonts, s->style);
		hb_codepoint_t glyph = 0;
		float space = s->style->font_size / 4;
		if (choice->base != FONT_NONE) {
			const struct font_face *face = s->fonts->faces.at[choice->base];
			hb_font_get_nominal_glyph(face->hb, ' ', &glyph);
			space = (float)hb_font_get_glyph_h_advance(face->hb, glyph) * s->style->font_size / face->upem;
		}
		float stop = 8 * (space + s->style->letter_spacing + s->style->word_spacing);
		advance = stop > 0 ? (floorf(s->pen / stop) + 1) * stop - s->pen : 0;
	}
	s->run->run.x[s->chars[at].offset] = advance;
	s->pen += advance;
}

/* x[] holds the advance of each cluster at its first byte, NAN elsewhere: makes it the sums. */
static void sum_advances(struct text_run *run)
{
	float pen = 0, start = 0;
	for (size_t i = 0; i < run->text.len; i++) {
		if (!isnan(run->x[i])) {
			start = pen;
			pen += run->x[i];
		}
		run->x[i] = start;
	}
	run->x[run->text.len] = pen;
	run->width = pen;
}

static void shape_all(struct shaping *s)
{
	struct text_run *run = &s->run->run;
	s->chars = mem_alloc_array(run->text.len + 1, sizeof(*s->chars));
	for (size_t pos = 0; pos < run->text.len; s->count++) {
		s->chars[s->count].offset = (uint32_t)pos;
		s->chars[s->count].c = str_utf8_next(run->text, &pos);
	}
	pick_faces(s);
	mark_halves(s);
	for (size_t i = 0; i <= run->text.len; i++) {
		run->x[i] = NAN;
	}
	for (size_t from = 0, to; from < s->count; from = to) {
		to = from + 1;
		if (s->chars[from].face == FONT_NONE) {
			place_control(s, from);
			continue;
		}
		while (to < s->count && s->chars[to].face == s->chars[from].face && s->chars[to].script == s->chars[from].script) {
			to++;
		}
		shape_stretch(s, from, to);
	}
	sum_advances(run);
	s->run->glyphs = s->glyphs.at;
	s->run->glyph_count = s->glyphs.len;
	mem_free(s->chars);
}

/* The cache */

static void make_key(struct gfx_fonts *fonts, struct str text, const struct style *style)
{
	struct {
		float size, letter, word;
		int weight, style, word_break;
	} fixed;
	memset(&fixed, 0, sizeof(fixed));
	fixed.size = style->font_size;
	fixed.letter = style->letter_spacing;
	fixed.word = style->word_spacing;
	fixed.weight = style->font_weight;
	fixed.style = style->font_style != FONT_STYLE_NORMAL;
	fixed.word_break = style->word_break;
	strbuf_clear(&fonts->key);
	strbuf_add(&fonts->key, (struct str){(const char *)&fixed, sizeof(fixed)});
	if (fonts->families.len || fonts->system_fonts) {
		strbuf_add(&fonts->key, style->font_family);
	}
	strbuf_add_char(&fonts->key, '\0');
	strbuf_add(&fonts->key, text);
}

static void age_unlink(struct gfx_fonts *fonts, struct gfx_run *run)
{
	*(run->newer ? &run->newer->older : &fonts->newest) = run->older;
	*(run->older ? &run->older->newer : &fonts->oldest) = run->newer;
	run->newer = run->older = NULL;
}

static void age_push(struct gfx_fonts *fonts, struct gfx_run *run)
{
	run->older = fonts->newest;
	*(fonts->newest ? &fonts->newest->newer : &fonts->oldest) = run;
	fonts->newest = run;
}

static void run_unref(struct gfx_fonts *fonts, struct gfx_run *run)
{
	assert(run->run.refs > 0);
	if (--run->run.refs) {
		return;
	}
	mem_free((char *)(uintptr_t)run->run.text.at);
	mem_free(run->run.x);
	mem_free(run->run.breaks);
	mem_free(run->glyphs);
	mem_free(run->key);
	mem_free(run);
	fonts->live_runs--;
}

static void cache_drop(struct gfx_fonts *fonts, struct gfx_run *run)
{
	struct gfx_run **at = &fonts->buckets[run->hash % BUCKETS];
	while (*at != run) {
		at = &(*at)->chain;
	}
	*at = run->chain;
	age_unlink(fonts, run);
	fonts->run_count--;
	fonts->run_cost -= run->cost;
	run_unref(fonts, run);
}

static void cache_clear(struct gfx_fonts *fonts)
{
	while (fonts->oldest) {
		cache_drop(fonts, fonts->oldest);
	}
}

static struct gfx_run *cache_find(struct gfx_fonts *fonts, uint32_t hash)
{
	struct str key = strbuf_str(&fonts->key);
	for (struct gfx_run *run = fonts->buckets[hash % BUCKETS]; run; run = run->chain) {
		if (run->hash == hash && str_eq((struct str){run->key, run->key_len}, key)) {
			return run;
		}
	}
	return NULL;
}

static void cache_add(struct gfx_fonts *fonts, struct gfx_run *run, uint32_t hash)
{
	run->hash = hash;
	run->key_len = fonts->key.len;
	run->key = mem_dup(fonts->key.at, fonts->key.len);
	run->cost = sizeof(*run) + run->key_len + run->run.text.len * 6 + run->glyph_count * sizeof(*run->glyphs);
	run->chain = fonts->buckets[hash % BUCKETS];
	fonts->buckets[hash % BUCKETS] = run;
	age_push(fonts, run);
	fonts->run_count++;
	fonts->run_cost += run->cost;
	while (fonts->run_cost > CACHE_COST_MAX && fonts->oldest != run) {
		cache_drop(fonts, fonts->oldest);
	}
}

/* The shaper */

static struct text_run *shaper_shape(void *user, struct str text, const struct style *style)
{
	struct gfx_fonts *fonts = user;
	text.len = size_min(text.len, TEXT_MAX);
	make_key(fonts, text, style);
	uint32_t hash = str_hash(strbuf_str(&fonts->key));
	struct gfx_run *run = cache_find(fonts, hash);
	if (run) {
		age_unlink(fonts, run);
		age_push(fonts, run);
		run->run.refs++;
		return &run->run;
	}
	run = mem_alloc(sizeof(*run));
	run->run.refs = 2; // the caller's and the cache's
	run->run.text = (struct str){mem_strdup(text.at, text.len), text.len};
	run->run.x = mem_alloc_array(text.len + 1, sizeof(float));
	run->run.breaks = mem_alloc(text.len + 1);
	run->run.metrics = shaper_metrics(fonts, style);
	run->font_size = style->font_size;
	run->weight = style->font_weight;
	run->italic = style->font_style != FONT_STYLE_NORMAL;
	struct shaping s = {.fonts = fonts, .run = run, .style = style};
	shape_all(&s);
	text_find_breaks(run->run.text, style->word_break, run->run.breaks);
	fonts->live_runs++;
	cache_add(fonts, run, hash);
	return &run->run;
}

static void shaper_unref(void *user, struct text_run *run)
{
	if (run) {
		run_unref(user, CONTAINER_OF(run, struct gfx_run, run));
	}
}

struct gfx_fonts *gfx_fonts_create(const struct gfx_fonts_options *options)
{
	struct gfx_fonts *fonts = mem_alloc(sizeof(*fonts));
	fonts->system_fonts = options && options->system_fonts;
	fonts->buckets = mem_alloc_array(BUCKETS, sizeof(*fonts->buckets));
	fonts->buffer = hb_buffer_create();
	if (FT_Init_FreeType(&fonts->ft)) {
		fonts->ft = NULL;
	}
	font_open_base(fonts);
	return fonts;
}

void gfx_fonts_destroy(struct gfx_fonts *fonts)
{
	if (!fonts) {
		return;
	}
	cache_clear(fonts);
	assert(fonts->live_runs == 0);
	glyph_cache_finish(&fonts->glyphs);
	font_close_all(fonts);
	hb_buffer_destroy(fonts->buffer);
	FT_Done_FreeType(fonts->ft);
	strbuf_finish(&fonts->key);
	mem_free(fonts->gamma);
	mem_free(fonts->buckets);
	mem_free(fonts);
}

int gfx_fonts_add(struct gfx_fonts *fonts, struct str family, struct str bytes, int weight, bool italic)
{
	size_t len = bytes.len;
	void *copy = str_starts(bytes, STR("wOFF")) ? woff_unpack(bytes, &len) : mem_dup(bytes.at, bytes.len);
	if (!copy || font_add_bytes(fonts, copy, len, family, weight, italic) == FONT_NONE) {
		return 1;
	}
	cache_clear(fonts);
	fonts->version++;
	return 0;
}

unsigned gfx_fonts_version(const struct gfx_fonts *fonts)
{
	return fonts->version;
}

struct text_shaper gfx_fonts_shaper(struct gfx_fonts *fonts)
{
	return (struct text_shaper){.shape = shaper_shape, .unref = shaper_unref, .metrics = shaper_metrics, .user = fonts};
}

/* Unicode 15 Emoji_Presentation, neighbours joined where what lies between is unassigned. */
static const struct code_range emoji_ranges[79] = {
	{0x231A, 0x231B}, {0x23E9, 0x23EC}, {0x23F0, 0x23F0}, {0x23F3, 0x23F3}, {0x25FD, 0x25FE}, {0x2614, 0x2615},
	{0x2648, 0x2653}, {0x267F, 0x267F}, {0x2693, 0x2693}, {0x26A1, 0x26A1}, {0x26AA, 0x26AB}, {0x26BD, 0x26BE},
	{0x26C4, 0x26C5}, {0x26CE, 0x26CE}, {0x26D4, 0x26D4}, {0x26EA, 0x26EA}, {0x26F2, 0x26F3}, {0x26F5, 0x26F5},
	{0x26FA, 0x26FA}, {0x26FD, 0x26FD}, {0x2705, 0x2705}, {0x270A, 0x270B}, {0x2728, 0x2728}, {0x274C, 0x274C},
	{0x274E, 0x274E}, {0x2753, 0x2755}, {0x2757, 0x2757}, {0x2795, 0x2797}, {0x27B0, 0x27B0}, {0x27BF, 0x27BF},
	{0x2B1B, 0x2B1C}, {0x2B50, 0x2B50}, {0x2B55, 0x2B55}, {0x1F004, 0x1F004}, {0x1F0CF, 0x1F0CF}, {0x1F18E, 0x1F18E},
	{0x1F191, 0x1F19A}, {0x1F1E6, 0x1F1FF}, {0x1F201, 0x1F201}, {0x1F21A, 0x1F21A}, {0x1F22F, 0x1F22F},
	{0x1F232, 0x1F236}, {0x1F238, 0x1F23A}, {0x1F250, 0x1F251}, {0x1F300, 0x1F320}, {0x1F32D, 0x1F335},
	{0x1F337, 0x1F37C}, {0x1F37E, 0x1F393}, {0x1F3A0, 0x1F3CA}, {0x1F3CF, 0x1F3D3}, {0x1F3E0, 0x1F3F0},
	{0x1F3F4, 0x1F3F4}, {0x1F3F8, 0x1F43E}, {0x1F440, 0x1F440}, {0x1F442, 0x1F4FC}, {0x1F4FF, 0x1F53D},
	{0x1F54B, 0x1F54E}, {0x1F550, 0x1F567}, {0x1F57A, 0x1F57A}, {0x1F595, 0x1F596}, {0x1F5A4, 0x1F5A4},
	{0x1F5FB, 0x1F64F}, {0x1F680, 0x1F6C5}, {0x1F6CC, 0x1F6CC}, {0x1F6D0, 0x1F6D2}, {0x1F6D5, 0x1F6D7},
	{0x1F6DC, 0x1F6DF}, {0x1F6EB, 0x1F6EC}, {0x1F6F4, 0x1F6FC}, {0x1F7E0, 0x1F7EB}, {0x1F7F0, 0x1F7F0},
	{0x1F90C, 0x1F93A}, {0x1F93C, 0x1F945}, {0x1F947, 0x1F9FF}, {0x1FA70, 0x1FA7C}, {0x1FA80, 0x1FA88},
	{0x1FA90, 0x1FABD}, {0x1FABF, 0x1FADB}, {0x1FAE0, 0x1FAF8},
};

static const struct code_range open_ranges[15] = {
	{0x2018, 0x2018}, {0x201C, 0x201C}, {0x3008, 0x3008}, {0x300A, 0x300A}, {0x300C, 0x300C}, {0x300E, 0x300E},
	{0x3010, 0x3010}, {0x3014, 0x3014}, {0x3016, 0x3016}, {0x3018, 0x3018}, {0x301A, 0x301A}, {0x301D, 0x301D},
	{0xFF08, 0xFF08}, {0xFF3B, 0xFF3B}, {0xFF5B, 0xFF5B},
};

static const struct code_range close_ranges[19] = {
	{0x2019, 0x2019}, {0x201D, 0x201D}, {0x3001, 0x3002}, {0x3009, 0x3009}, {0x300B, 0x300B}, {0x300D, 0x300D},
	{0x300F, 0x300F}, {0x3011, 0x3011}, {0x3015, 0x3015}, {0x3017, 0x3017}, {0x3019, 0x3019}, {0x301B, 0x301B},
	{0x301E, 0x301F}, {0xFF09, 0xFF09}, {0xFF0C, 0xFF0C}, {0xFF0E, 0xFF0E}, {0xFF1A, 0xFF1B}, {0xFF3D, 0xFF3D},
	{0xFF5D, 0xFF5D},
};

static const struct code_range middle_ranges[4] = {
	{0x00B7, 0x00B7}, {0x2027, 0x2027}, {0x3000, 0x3000}, {0x30FB, 0x30FB},
};
