// Faces: where the engine's own set lies, opening files and bytes, and which face shows a character.
#include "border/gfx/font.h"

#include <hb-ot.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include FT_TRUETYPE_TABLES_H

enum { FACES_MAX = 200 };

/* Debian's places, so that a start need not wait for fontconfig; it is asked only when they are empty. */
struct known_font {
	const char *path, *family;
};

static const struct known_font base_regular_paths[2];
static const struct known_font base_bold_paths[2];
static const struct known_font emoji_paths[2];
static const struct known_font more_paths[4];

/* Fontconfig */

static const char config_text[] =
	"<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig>"
	"<dir>/usr/share/fonts/opentype/noto</dir><dir>/usr/share/fonts/truetype/noto</dir>"
	"<cachedir>/var/cache/fontconfig</cachedir><cachedir prefix=\"xdg\">fontconfig</cachedir>"
	"</fontconfig>";

FcConfig *font_config_new(void)
{
	FcConfig *config = FcConfigCreate();
	if (config && (!FcConfigParseAndLoadFromMemory(config, (const FcChar8 *)config_text, FcTrue) || !FcConfigBuildFonts(config))) {
		FcConfigDestroy(config);
		config = NULL;
	}
	return config;
}

static FcConfig *config_get(struct gfx_fonts *fonts)
{
	if (fonts->config || fonts->config_failed) {
		return fonts->config;
	}
	fonts->config = fonts->system_fonts ? FcInitLoadConfigAndFonts() : font_config_new();
	fonts->config_failed = !fonts->config;
	return fonts->config;
}

/* Best file for a family (NULL: any) that has character c (0: any). False: none. */
static bool config_match(struct gfx_fonts *fonts, const char *family, int weight, bool italic, uint32_t c,
	struct strbuf *ret_path, int *ret_index)
{
	FcConfig *config = config_get(fonts);
	if (!config) {
		return false;
	}
	FcPattern *pattern = FcPatternCreate();
	if (family) {
		FcPatternAddString(pattern, FC_FAMILY, (const FcChar8 *)family);
	}
	FcPatternAddInteger(pattern, FC_WEIGHT, FcWeightFromOpenType(weight));
	FcPatternAddInteger(pattern, FC_SLANT, italic ? FC_SLANT_ITALIC : FC_SLANT_ROMAN);
	FcPatternAddString(pattern, FC_LANG, (const FcChar8 *)"zh-cn");
	FcCharSet *set = NULL;
	if (c) {
		set = FcCharSetCreate();
		FcCharSetAddChar(set, c);
		FcPatternAddCharSet(pattern, FC_CHARSET, set);
	}
	FcConfigSubstitute(config, pattern, FcMatchPattern);
	FcDefaultSubstitute(pattern);
	FcResult result = FcResultNoMatch;
	FcPattern *found = FcFontMatch(config, pattern, &result);
	bool ok = false;
	FcChar8 *file = NULL;
	FcCharSet *has = NULL;
	if (found && FcPatternGetString(found, FC_FILE, 0, &file) == FcResultMatch) {
		ok = !c || (FcPatternGetCharSet(found, FC_CHARSET, 0, &has) == FcResultMatch && FcCharSetHasChar(has, c));
		*ret_index = 0;
		FcPatternGetInteger(found, FC_INDEX, 0, ret_index);
		strbuf_clear(ret_path);
		strbuf_add_text(ret_path, (const char *)file);
	}
	if (found) {
		FcPatternDestroy(found);
	}
	if (set) {
		FcCharSetDestroy(set);
	}
	FcPatternDestroy(pattern);
	return ok;
}

/* Opening */

static void face_close(struct font_face *face)
{
	if (face->ft) {
		FT_Done_Face(face->ft);
	}
	hb_font_destroy(face->hb);
	hb_blob_destroy(face->blob);
	mem_free(face->bytes);
	mem_free(face->family);
	mem_free(face);
}

static void face_read_metrics(struct font_face *face)
{
	FT_Face ft = face->ft;
	face->upem = ft->units_per_EM ? ft->units_per_EM : 1000;
	float ascent = ft->ascender, descent = -ft->descender;
	TT_OS2 *os2 = FT_Get_Sfnt_Table(ft, FT_SFNT_OS2);
	if (os2 && os2->version != 0xFFFF && (os2->fsSelection & (1 << 7))) {
		ascent = os2->sTypoAscender;
		descent = -os2->sTypoDescender;
	}
	if (!FT_IS_SCALABLE(ft) && ft->num_fixed_sizes > 0) {
		TT_Header *head = FT_Get_Sfnt_Table(ft, FT_SFNT_HEAD);
		TT_HoriHeader *hhea = FT_Get_Sfnt_Table(ft, FT_SFNT_HHEA);
		face->upem = head && head->Units_Per_EM ? head->Units_Per_EM : 2048;
		ascent = hhea ? hhea->Ascender : face->upem * 0.95f;
		descent = hhea ? -hhea->Descender : face->upem * 0.25f;
		face->color = FT_HAS_COLOR(ft);
		face->strike = ft->available_sizes[0].y_ppem / 64.0f;
		FT_Select_Size(ft, 0);
	}
	face->ascent = float_clamp(ascent, 0, face->upem * 4);
	face->descent = float_clamp(descent, 0, face->upem * 4);
	face->x_height = os2 && os2->version >= 2 && os2->sxHeight > 0 ? os2->sxHeight : face->upem * 0.5f;
}

static bool face_has_feature(hb_face_t *hb, hb_tag_t tag)
{
	unsigned offset = 0;
	for (;;) {
		hb_tag_t tags[32];
		unsigned count = ARRAY_LEN(tags);
		hb_ot_layout_table_get_feature_tags(hb, HB_OT_TAG_GPOS, offset, &count, tags);
		for (unsigned i = 0; i < count; i++) {
			if (tags[i] == tag) {
				return true;
			}
		}
		offset += count;
		if (count < ARRAY_LEN(tags) || offset > 4096) {
			return false;
		}
	}
}

/* The blob becomes the face's, in failure too. */
static unsigned face_open(struct gfx_fonts *fonts, hb_blob_t *blob, int index, const char *family)
{
	unsigned len = 0;
	const char *data = hb_blob_get_data(blob, &len);
	FT_Face ft = NULL;
	if (fonts->faces.len >= FACES_MAX || !len || !fonts->ft
		|| FT_New_Memory_Face(fonts->ft, (const FT_Byte *)data, (FT_Long)len, index, &ft)) {
		hb_blob_destroy(blob);
		return FONT_NONE;
	}
	if (!FT_IS_SFNT(ft) || (!FT_IS_SCALABLE(ft) && ft->num_fixed_sizes < 1)) {
		FT_Done_Face(ft);
		hb_blob_destroy(blob);
		return FONT_NONE;
	}
	FT_Select_Charmap(ft, FT_ENCODING_UNICODE);
	struct font_face *face = mem_alloc(sizeof(*face));
	face->ft = ft;
	face->blob = blob;
	face->family = mem_strdup(family, strlen(family));
	hb_face_t *hb = hb_face_create(blob, (unsigned)index);
	face_read_metrics(face);
	face->hb = hb_font_create(hb);
	hb_ot_font_set_funcs(face->hb);
	hb_font_set_scale(face->hb, (int)face->upem, (int)face->upem);
	face->halt = face_has_feature(hb, HB_TAG('h', 'a', 'l', 't'));
	hb_face_destroy(hb);
	face->weight = ft->style_flags & FT_STYLE_FLAG_BOLD ? 700 : 400;
	face->italic = (ft->style_flags & FT_STYLE_FLAG_ITALIC) != 0;
	vec_push(&fonts->faces, face);
	return (unsigned)fonts->faces.len - 1;
}

static unsigned face_open_file(struct gfx_fonts *fonts, const char *path, int index)
{
	char name[600];
	snprintf(name, sizeof(name), "%s#%d", path, index);
	for (size_t i = 0; i < fonts->faces.len; i++) {
		if (!strcmp(fonts->faces.at[i]->family, name)) {
			return (unsigned)i;
		}
	}
	hb_blob_t *blob = hb_blob_create_from_file_or_fail(path);
	return blob ? face_open(fonts, blob, index, name) : FONT_NONE;
}

/* Which face of a collection has that family name; 0 when it is no collection. */
static int collection_index(struct gfx_fonts *fonts, const char *path, const char *family)
{
	FT_Face ft = NULL;
	for (int i = 0, count = 1; i < count && i < 32; i++) {
		if (FT_New_Face(fonts->ft, path, i, &ft)) {
			return 0;
		}
		count = (int)ft->num_faces;
		bool same = ft->family_name && !strcmp(ft->family_name, family);
		FT_Done_Face(ft);
		if (same) {
			return i;
		}
	}
	return 0;
}

static unsigned open_known(struct gfx_fonts *fonts, const struct known_font *rows, int weight)
{
	for (const struct known_font *row = rows; row->path; row++) {
		if (!access(row->path, R_OK)) {
			bool collection = strstr(row->path, ".ttc") != NULL;
			unsigned face = face_open_file(fonts, row->path,
				collection ? collection_index(fonts, row->path, row->family) : 0);
			if (face != FONT_NONE) {
				return face;
			}
		}
	}
	struct strbuf path = {0};
	int index = 0;
	unsigned face = FONT_NONE;
	if (config_match(fonts, rows->family, weight, false, 0, &path, &index)) {
		face = face_open_file(fonts, path.at, index);
	}
	strbuf_finish(&path);
	return face;
}

void font_open_base(struct gfx_fonts *fonts)
{
	fonts->base_regular = open_known(fonts, base_regular_paths, 400);
	fonts->base_bold = fonts->emoji = FONT_NONE;
}

void font_close_all(struct gfx_fonts *fonts)
{
	for (size_t i = 0; i < fonts->faces.len; i++) {
		face_close(fonts->faces.at[i]);
	}
	vec_finish(&fonts->faces);
	for (size_t i = 0; i < fonts->families.len; i++) {
		mem_free(fonts->families.at[i]);
	}
	vec_finish(&fonts->families);
	MAP_EACH(&fonts->choices, entry) {
		mem_free(entry->value);
	}
	map_finish(&fonts->choices);
	map_finish(&fonts->missing);
	if (fonts->config) {
		FcConfigDestroy(fonts->config);
	}
}

unsigned font_add_bytes(struct gfx_fonts *fonts, void *bytes, size_t len, struct str family, int weight, bool italic)
{
	if (len > 64u << 20) {
		mem_free(bytes);
		return FONT_NONE;
	}
	char *name = mem_strdup(family.at, family.len);
	hb_blob_t *blob = hb_blob_create(bytes, (unsigned)len, HB_MEMORY_MODE_READONLY, NULL, NULL);
	unsigned index = face_open(fonts, blob, 0, name);
	if (index == FONT_NONE) {
		mem_free(bytes);
		mem_free(name);
		return FONT_NONE;
	}
	struct font_face *face = fonts->faces.at[index];
	face->bytes = bytes;
	face->weight = weight > 0 ? weight : 400;
	face->italic = italic;
	for (unsigned i = 0; i < index; i++) {
		struct font_face *old = fonts->faces.at[i];
		if (old->bytes && !old->unused && str_eq_nocase(str_of(old->family), family) && old->weight == face->weight
			&& old->italic == italic) {
			old->unused = true;
		}
	}
	vec_push(&fonts->families, name);
	MAP_EACH(&fonts->choices, entry) {
		mem_free(entry->value);
	}
	map_finish(&fonts->choices);
	fonts->choices = (struct map){0};
	return index;
}

/* Choosing */

bool font_has_char(const struct font_face *face, uint32_t c)
{
	hb_codepoint_t glyph = 0;
	return hb_font_get_nominal_glyph(face->hb, c, &glyph) && glyph;
}

static bool next_family(struct str *rest, struct str *ret_name)
{
	struct str name;
	if (!str_split(rest, ',', &name)) {
		return false;
	}
	name = str_trim(name);
	if (name.len >= 2 && (name.at[0] == '"' || name.at[0] == '\'') && name.at[name.len - 1] == name.at[0]) {
		name = str_slice(name, 1, name.len - 1);
	}
	*ret_name = name;
	return true;
}

/* Distance of a page's face from what is asked for: slant first, then weight. */
static int face_distance(const struct font_face *face, int weight, bool italic)
{
	int distance = face->weight > weight ? face->weight - weight : weight - face->weight;
	return distance + (face->italic != italic ? 2000 : 0);
}

static unsigned page_face(const struct gfx_fonts *fonts, struct str family, int weight, bool italic)
{
	unsigned best = FONT_NONE;
	for (unsigned i = 0; i < fonts->faces.len; i++) {
		const struct font_face *face = fonts->faces.at[i];
		if (!face->bytes || face->unused || !str_eq_nocase(str_of(face->family), family)) {
			continue;
		}
		if (best == FONT_NONE || face_distance(face, weight, italic) < face_distance(fonts->faces.at[best], weight, italic)) {
			best = i;
		}
	}
	return best;
}

static unsigned system_face(struct gfx_fonts *fonts, struct str family, int weight, bool italic)
{
	struct strbuf path = {0};
	int index = 0;
	char *name = mem_strdup(family.at, family.len);
	unsigned face = FONT_NONE;
	if (config_match(fonts, family.len ? name : "sans-serif", weight, italic, 0, &path, &index)) {
		face = face_open_file(fonts, path.at, index);
	}
	mem_free(name);
	strbuf_finish(&path);
	return face;
}

static void choice_push(struct font_choice *choice, unsigned face)
{
	for (size_t i = 0; i < choice->count; i++) {
		if (choice->faces[i] == face) {
			return;
		}
	}
	if (face != FONT_NONE && choice->count < ARRAY_LEN(choice->faces)) {
		choice->faces[choice->count++] = face;
	}
}

static void choose(struct gfx_fonts *fonts, const struct style *style, struct font_choice *choice)
{
	bool italic = style->font_style != FONT_STYLE_NORMAL;
	struct str rest = style->font_family, name;
	while (next_family(&rest, &name)) {
		if (fonts->families.len) {
			choice_push(choice, page_face(fonts, name, style->font_weight, italic));
		}
		if (fonts->system_fonts && choice->count < 4) {
			choice_push(choice, system_face(fonts, name, style->font_weight, italic));
		}
	}
	if (style->font_weight >= 600 && fonts->base_bold == FONT_NONE) {
		fonts->base_bold = open_known(fonts, base_bold_paths, 700);
	}
	choice->base = style->font_weight >= 600 && fonts->base_bold != FONT_NONE ? fonts->base_bold : fonts->base_regular;
	choice_push(choice, choice->base);
}

const struct font_choice *font_choose(struct gfx_fonts *fonts, const struct style *style)
{
	struct strbuf key = {0};
	if (fonts->families.len || fonts->system_fonts) {
		strbuf_add(&key, style->font_family);
	}
	strbuf_printf(&key, "|%d|%d", style->font_weight, style->font_style != FONT_STYLE_NORMAL);
	struct font_choice *choice = map_get(&fonts->choices, strbuf_str(&key));
	if (!choice) {
		choice = mem_alloc(sizeof(*choice));
		choose(fonts, style, choice);
		map_set(&fonts->choices, strbuf_str(&key), choice);
	}
	strbuf_finish(&key);
	return choice;
}

static unsigned fallback_face(struct gfx_fonts *fonts, uint32_t c, int weight)
{
	char key[16];
	snprintf(key, sizeof(key), "%x", c);
	struct map_entry *seen = map_get(&fonts->missing, str_of(key));
	if (seen) {
		return (unsigned)(uintptr_t)seen - 1;
	}
	unsigned found = FONT_NONE;
	for (const struct known_font *row = more_paths; row->path && found == FONT_NONE; row++) {
		unsigned face = access(row->path, R_OK) ? FONT_NONE : face_open_file(fonts, row->path, 0);
		if (face != FONT_NONE && font_has_char(fonts->faces.at[face], c)) {
			found = face;
		}
	}
	struct strbuf path = {0};
	int index = 0;
	if (found == FONT_NONE && config_match(fonts, NULL, weight, false, c, &path, &index)) {
		unsigned face = face_open_file(fonts, path.at, index);
		found = face != FONT_NONE && font_has_char(fonts->faces.at[face], c) ? face : FONT_NONE;
	}
	strbuf_finish(&path);
	if (fonts->missing.live < 20000) {
		map_set(&fonts->missing, str_of(key), (void *)((uintptr_t)found + 1));
	}
	return found;
}

unsigned font_for_char(struct gfx_fonts *fonts, const struct font_choice *choice, uint32_t c, bool emoji)
{
	if (!emoji || (choice->count && choice->faces[0] != choice->base)) {
		for (size_t i = 0; i < choice->count; i++) {
			if (font_has_char(fonts->faces.at[choice->faces[i]], c) && !(emoji && choice->faces[i] == choice->base)) {
				return choice->faces[i];
			}
		}
	}
	if (!fonts->emoji_tried && (emoji || c >= 0x203c)) {
		fonts->emoji_tried = true;
		fonts->emoji = open_known(fonts, emoji_paths, 400);
	}
	if (fonts->emoji != FONT_NONE && emoji && font_has_char(fonts->faces.at[fonts->emoji], c)) {
		return fonts->emoji;
	}
	if (choice->base != FONT_NONE && font_has_char(fonts->faces.at[choice->base], c)) {
		return choice->base;
	}
	if (fonts->emoji != FONT_NONE && c >= 0x203c && font_has_char(fonts->faces.at[fonts->emoji], c)) {
		return fonts->emoji;
	}
	unsigned found = c < 0x20 ? FONT_NONE : fallback_face(fonts, c, 400);
	return found != FONT_NONE ? found : choice->base;
}

/* Tables */

static const struct known_font base_regular_paths[2] = {
	{"/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "Noto Sans CJK SC"},
	{NULL, NULL},
};

static const struct known_font base_bold_paths[2] = {
	{"/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc", "Noto Sans CJK SC"},
	{NULL, NULL},
};

static const struct known_font emoji_paths[2] = {
	{"/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf", "Noto Color Emoji"},
	{NULL, NULL},
};

static const struct known_font more_paths[4] = {
	{"/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf", "Noto Sans"},
	{"/usr/share/fonts/truetype/noto/NotoSansSymbols-Regular.ttf", "Noto Sans Symbols"},
	{"/usr/share/fonts/truetype/noto/NotoSansSymbols2-Regular.ttf", "Noto Sans Symbols2"},
	{NULL, NULL},
};
