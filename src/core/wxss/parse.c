/* The sheet: rules and at-rules (CSS Syntax 3, section 5.4), imports pasted where they stand. */
#include "core/wxss/rule.h"

#include "core/wxss/motion.h"

#define IMPORT_DEPTH_MAX 32
#define IMPORT_BYTES_MAX (16u << 20)
#define NEST_MAX 32
#define RULES_MAX 500000

struct file { // the stack of imports
	struct file *outer;
	struct str path;
};

struct sheet_parser {
	struct sheet *sheet;
	const struct sheet_loader *loader;
	struct wxss_source source; // of the current file
	struct wxss_lex lex;
	const struct wxss_media *media;
	struct file *file;
	int import_depth, nest;
	size_t import_bytes;
};

static void parse_rules(struct sheet_parser *p, bool braces);

static void skip_block(struct sheet_parser *p) { wxss_lex_skip_block(&p->lex, TOK_OPEN_CURLY); }

/* ---- style rules ---- */

static void add_rules(struct sheet_parser *p, const struct wxss_selector_list *list, const struct wxss_block *block)
{
	for (size_t i = 0; i < list->count && p->sheet->rules.len < RULES_MAX; i++) {
		struct wxss_rule rule = {&list->at[i], block, p->media, 0};
		vec_push(&p->sheet->rules, rule);
	}
}

/* lex stands behind the "{". */
static void take_style_rule(struct sheet_parser *p, struct str prelude, size_t offset)
{
	struct wxss_selector_list list;
	const char *error;
	if (!wxss_selector_parse(prelude, &p->sheet->arena, &list, &error)) {
		struct str shown = prelude.len > 80 ? str_slice(prelude, 0, 80) : prelude;
		if (str_find(prelude, STR("-moz-")) == SIZE_MAX && str_find(prelude, STR("-ms-")) == SIZE_MAX) {
			wxss_source_warn(&p->source, offset, "rule dropped, %s: " STR_FMT, error, STR_ARG(shown));
		}
		skip_block(p);
		return;
	}
	struct wxss_block *block = arena_alloc(&p->sheet->arena, sizeof(*block));
	wxss_block_parse(&p->source, &p->lex, true, block);
	add_rules(p, &list, block);
}

/* ---- @keyframes ---- */

/* One place of a keyframe selector: from, to, 30%. */
static bool frame_place(struct str text, float *ret_at)
{
	double number;
	text = str_trim(text);
	if (str_eq_nocase(text, STR("from")) || str_eq_nocase(text, STR("to"))) {
		*ret_at = text.len == 2;
		return true;
	}
	if (!str_ends(text, STR("%")) || !str_to_number(str_slice(text, 0, text.len - 1), &number)) {
		return false;
	}
	*ret_at = (float)number / 100;
	return number >= 0 && number <= 100;
}

static void find_timing(const struct wxss_block *block, struct wxss_keyframe *frame)
{
	static const struct wxss_units units = {16, 16, 375, 667, {0, 0, 0, 0}};
	for (size_t i = 0; i < block->count; i++) {
		const struct wxss_decl *decl = &block->decls[i];
		if (decl->property == PROPERTY_animation_timing_function && decl->kind == DECL_VALUE) {
			struct wxss_reader reader = {.at = decl->parts.at, .end = decl->parts.at + decl->parts.count, .units = &units};
			frame->timed = wxss_read_timing(&reader, &frame->timing);
		}
	}
}

typedef VEC(struct wxss_keyframe) frame_vec;

/* "from, 50%" and the block behind it. */
static void take_frames(struct sheet_parser *p, struct str prelude, size_t offset, frame_vec *frames)
{
	struct wxss_block *block = arena_alloc(&p->sheet->arena, sizeof(*block));
	wxss_block_parse(&p->source, &p->lex, true, block);
	struct str place;
	while (str_split(&prelude, ',', &place)) {
		struct wxss_keyframe frame = {.block = block};
		if (!frame_place(place, &frame.at)) {
			wxss_source_warn(&p->source, offset, "a keyframe is from, to or a percentage, not " STR_FMT, STR_ARG(place));
			continue;
		}
		find_timing(block, &frame);
		size_t i = frames->len;
		while (i > 0 && frames->at[i - 1].at > frame.at) {
			i--;
		}
		vec_insert(frames, i, frame);
	}
}

static struct str without_comments(struct arena *arena, struct str text)
{
	if (str_find(text, STR("/*")) == SIZE_MAX) {
		return text;
	}
	struct wxss_lex lex = {.text = text};
	struct strbuf out = {0};
	for (struct wxss_token token = wxss_lex_next(&lex); token.kind != TOK_EOF; token = wxss_lex_next(&lex)) {
		strbuf_add(&out, token.kind == TOK_SPACE ? STR(" ") : str_slice(text, token.offset, lex.pos));
	}
	struct str result = {arena_strdup(arena, out.at ? out.at : "", out.len), out.len};
	strbuf_finish(&out);
	return result;
}

static void take_keyframes(struct sheet_parser *p, struct str prelude)
{
	struct wxss_lex name_lex = {.text = prelude};
	struct wxss_token name = wxss_lex_next_solid(&name_lex);
	frame_vec frames = {0};
	if (name.kind != TOK_IDENT && name.kind != TOK_STRING) {
		skip_block(p);
		return;
	}
	for (;;) {
		struct wxss_token token = wxss_lex_next_solid(&p->lex);
		size_t from = token.offset;
		while (token.kind != TOK_OPEN_CURLY && token.kind != TOK_CLOSE_CURLY && token.kind != TOK_EOF) {
			token = wxss_lex_next(&p->lex);
		}
		if (token.kind != TOK_OPEN_CURLY) {
			break;
		}
		struct str places = without_comments(&p->sheet->arena, str_slice(p->lex.text, from, token.offset));
		take_frames(p, places, from, &frames);
	}
	struct wxss_keyframe *copy = arena_alloc_array(&p->sheet->arena, frames.len, sizeof(*copy));
	if (frames.len) {
		memcpy(copy, frames.at, frames.len * sizeof(*copy));
	}
	struct wxss_keyframes keyframes = {atom_intern(wxss_unescape(&p->sheet->arena, name.text)), p->media, copy, frames.len};
	vec_push(&p->sheet->keyframes, keyframes);
	vec_finish(&frames);
}

/* ---- @font-face ---- */

static void set_face(struct sheet_parser *p, struct font_face *face, struct str name, struct str value)
{
	struct wxss_parts parts;
	if (!wxss_parts_parse(value, p->source.file, &p->sheet->arena, &parts)) {
		return;
	}
	for (size_t i = 0; i < parts.count; i++) {
		const struct wxss_part *part = &parts.at[i];
		if (str_eq_nocase(name, STR("font-family")) && (part->kind == PART_STRING || part->kind == PART_IDENT)) {
			face->family = part->text;
			return;
		}
		if (str_eq_nocase(name, STR("src")) && part->kind == PART_URL) {
			bool readable = str_find(part->text, STR("svg")) == SIZE_MAX && str_find(part->text, STR("vnd.ms-fontobject")) == SIZE_MAX
				&& str_find(part->text, STR(".eot")) == SIZE_MAX;
			face->url = !face->url.len || readable ? part->text : face->url;
			if (readable) {
				return; // the first one that can be a font for this engine
			}
		} else if (str_eq_nocase(name, STR("font-weight"))) {
			face->weight = part->keyword == KW_bold ? 700 : part->kind == PART_NUMBER ? (int)part->number : 400;
		} else if (str_eq_nocase(name, STR("font-style"))) {
			face->italic = part->keyword == KW_italic || part->keyword == KW_oblique;
		}
	}
}

static void take_font_face(struct sheet_parser *p)
{
	struct font_face face = {.weight = 400};
	for (;;) {
		struct wxss_token token = wxss_lex_next_solid(&p->lex);
		if (token.kind == TOK_EOF || token.kind == TOK_CLOSE_CURLY) {
			break;
		}
		struct str name = token.text;
		size_t from = p->lex.pos;
		bool declared = token.kind == TOK_IDENT && wxss_lex_next_solid(&p->lex).kind == TOK_COLON;
		from = declared ? p->lex.pos : from;
		p->lex.pos = from;
		for (token = wxss_lex_next(&p->lex); token.kind != TOK_SEMICOLON && token.kind != TOK_CLOSE_CURLY && token.kind != TOK_EOF;
			token = wxss_lex_next(&p->lex)) {
			if (wxss_token_opens(token.kind)) {
				wxss_lex_skip_block(&p->lex, token.kind);
			}
		}
		if (declared) {
			set_face(p, &face, name, str_slice(p->lex.text, from, token.offset));
		}
		if (token.kind == TOK_CLOSE_CURLY) {
			break;
		}
	}
	if (face.family.len && face.url.len) {
		vec_push(&p->sheet->faces, face);
	}
}

/* ---- @import ---- */

static bool is_circle(const struct sheet_parser *p, struct str path)
{
	for (const struct file *file = p->file; file; file = file->outer) {
		if (str_eq(file->path, path)) {
			return true;
		}
	}
	return false;
}

static void parse_file(struct sheet_parser *p, struct str path, struct str text, const struct wxss_media *media)
{
	struct sheet_parser inner = *p;
	struct arena *arena = &p->sheet->arena;
	struct file file = {p->file, {arena_strdup(arena, path.at ? path.at : "", path.len), path.len}};
	struct str body = {arena_strdup(arena, text.at ? text.at : "", text.len), text.len};
	if (str_starts(body, STR("\xef\xbb\xbf"))) {
		body = str_slice(body, 3, body.len);
	}
	vec_push(&p->sheet->files, file.path);
	inner.file = &file;
	inner.media = media;
	inner.source.file = file.path;
	inner.source.text = body;
	inner.lex = (struct wxss_lex){.text = body};
	inner.import_depth++;
	parse_rules(&inner, false);
	p->import_bytes = inner.import_bytes;
}

static void take_import(struct sheet_parser *p, struct str prelude, size_t offset)
{
	struct wxss_parts parts;
	struct arena *arena = &p->sheet->arena;
	struct wxss_lex lex = {.text = prelude};
	struct wxss_token token = wxss_lex_next_solid(&lex);
	struct str path, found, text;
	if (token.kind == TOK_STRING || token.kind == TOK_URL) {
		path = wxss_unescape(arena, token.text);
	} else if (token.kind == TOK_FUNCTION && str_eq_nocase(token.text, STR("url"))) {
		wxss_lex_skip_block(&lex, TOK_FUNCTION);
		if (!wxss_parts_parse(str_slice(prelude, token.offset, lex.pos), STR(""), arena, &parts) || parts.count != 1) {
			return;
		}
		path = parts.at[0].text;
	} else {
		wxss_source_warn(&p->source, offset, "@import needs a path in quotes");
		return;
	}
	const struct wxss_media *media = wxss_media_parse(str_slice(prelude, lex.pos, prelude.len), p->media, arena);
	if (!p->loader) {
		return;
	}
	if (!p->loader->load(p->loader->user, p->source.file, path, &found, &text)) {
		wxss_source_warn(&p->source, offset, "@import: \"" STR_FMT "\" is not in the package", STR_ARG(path));
	} else if (is_circle(p, found)) {
		wxss_source_warn(&p->source, offset, "@import: \"" STR_FMT "\" imports itself", STR_ARG(path));
	} else if (p->import_depth >= IMPORT_DEPTH_MAX || p->import_bytes + text.len > IMPORT_BYTES_MAX) {
		wxss_source_warn(&p->source, offset, "@import: too many imports, \"" STR_FMT "\" is left out", STR_ARG(path));
	} else {
		p->import_bytes += text.len + 64;
		parse_file(p, found, text, media);
	}
}

/* ---- @supports ---- */

static bool supports(struct sheet_parser *p, struct wxss_lex *lex, int depth);

/* What stands in brackets: a declaration, or a condition. */
static bool supports_brackets(struct sheet_parser *p, struct str text, int depth)
{
	struct wxss_lex lex = {.text = text};
	struct wxss_token name = wxss_lex_next_solid(&lex);
	if (name.kind == TOK_IDENT && wxss_lex_next_solid(&lex).kind == TOK_COLON) {
		return wxss_block_supports(&p->source, name.text, str_trim(str_slice(text, lex.pos, text.len)));
	}
	lex.pos = 0;
	return depth < NEST_MAX && supports(p, &lex, depth + 1);
}

static bool supports(struct sheet_parser *p, struct wxss_lex *lex, int depth)
{
	bool result = false, first = true, either = false, negated = false;
	for (;;) {
		struct wxss_token token = wxss_lex_next_solid(lex);
		if (token.kind == TOK_EOF) {
			return result;
		}
		if (token.kind == TOK_IDENT) {
			negated = str_eq_nocase(token.text, STR("not")) != negated;
			either = str_eq_nocase(token.text, STR("or"));
			continue;
		}
		if (token.kind != TOK_OPEN_ROUND && token.kind != TOK_FUNCTION) {
			return false;
		}
		size_t from = lex->pos;
		wxss_lex_skip_block(lex, token.kind);
		size_t to = lex->pos > from && lex->text.at[lex->pos - 1] == ')' ? lex->pos - 1 : lex->pos;
		struct str inside = str_slice(lex->text, from, to);
		struct wxss_selector_list list;
		const char *error;
		bool one = token.kind == TOK_OPEN_ROUND ? supports_brackets(p, inside, depth)
			: str_eq_nocase(token.text, STR("selector")) && wxss_selector_parse(inside, &p->sheet->arena, &list, &error);
		one = one != negated;
		result = first ? one : either ? result || one : result && one;
		first = negated = false;
	}
}

/* ---- rules ---- */

static void take_nested(struct sheet_parser *p, const struct wxss_media *media, bool used)
{
	const struct wxss_media *outer = p->media;
	if (!used || p->nest >= NEST_MAX) {
		skip_block(p);
		return;
	}
	p->media = media;
	p->nest++;
	parse_rules(p, true);
	p->nest--;
	p->media = outer;
}

static bool is_name(struct str name, const char *plain)
{
	struct str bare = name.len > 8 && str_eq_nocase(str_slice(name, 0, 8), STR("-webkit-")) ? str_slice(name, 8, name.len) : name;
	return str_eq_nocase(bare, str_of(plain));
}

/* Behind the name; reads the prelude, and the block if there is one. */
static void take_at_rule(struct sheet_parser *p, struct wxss_token name, bool braces)
{
	size_t from = p->lex.pos;
	struct wxss_token token;
	for (;;) {
		token = wxss_lex_next(&p->lex);
		bool ends = token.kind == TOK_SEMICOLON || token.kind == TOK_OPEN_CURLY || token.kind == TOK_EOF;
		if (ends || (token.kind == TOK_CLOSE_CURLY && braces)) {
			break;
		}
		if (wxss_token_opens(token.kind)) {
			wxss_lex_skip_block(&p->lex, token.kind);
		}
	}
	struct str prelude = str_slice(p->lex.text, from, token.offset);
	if (token.kind != TOK_OPEN_CURLY) {
		p->lex.pos = token.kind == TOK_CLOSE_CURLY ? token.offset : p->lex.pos;
		if (is_name(name.text, "import")) {
			take_import(p, prelude, name.offset);
		}
	} else if (is_name(name.text, "media")) {
		take_nested(p, wxss_media_parse(prelude, p->media, &p->sheet->arena), true);
	} else if (is_name(name.text, "supports")) {
		struct wxss_lex lex = {.text = prelude};
		take_nested(p, p->media, supports(p, &lex, 0));
	} else if (is_name(name.text, "layer") || is_name(name.text, "document")) {
		take_nested(p, p->media, is_name(name.text, "layer"));
	} else if (is_name(name.text, "keyframes")) {
		take_keyframes(p, prelude);
	} else if (is_name(name.text, "font-face")) {
		take_font_face(p);
	} else {
		skip_block(p); // @page and what is not known
	}
}

/* From a rule's first token: the prelude up to its "{". */
static void take_qualified_rule(struct sheet_parser *p, struct wxss_token token, bool braces)
{
	size_t from = token.offset;
	for (;; token = wxss_lex_next(&p->lex)) {
		if (token.kind == TOK_OPEN_CURLY) {
			take_style_rule(p, str_trim(str_slice(p->lex.text, from, token.offset)), from);
			return;
		}
		if (token.kind == TOK_EOF || (token.kind == TOK_CLOSE_CURLY && braces)) {
			p->lex.pos = token.offset; // a prelude without a block is no rule
			return;
		}
		if (wxss_token_opens(token.kind)) {
			wxss_lex_skip_block(&p->lex, token.kind);
		}
	}
}

static void parse_rules(struct sheet_parser *p, bool braces)
{
	for (;;) {
		struct wxss_token token = wxss_lex_next(&p->lex);
		switch (token.kind) {
		case TOK_EOF: return;
		case TOK_SPACE:
		case TOK_CDO:
		case TOK_CDC: break;
		case TOK_AT: take_at_rule(p, token, braces); break;
		case TOK_CLOSE_CURLY:
			if (braces) {
				return;
			}
			take_qualified_rule(p, token, braces);
			break;
		default: take_qualified_rule(p, token, braces); break;
		}
	}
}

struct sheet *sheet_parse(struct str file, struct str text, const struct sheet_loader *loader, struct diag_list *diags)
{
	struct sheet *sheet = mem_alloc(sizeof(*sheet));
	struct map warned = {0};
	size_t warnings = 0;
	arena_init(&sheet->arena);
	struct sheet_parser p = {.sheet = sheet, .loader = loader};
	p.source = (struct wxss_source){.arena = &sheet->arena, .diags = diags, .warned = &warned, .warnings = &warnings};
	parse_file(&p, file, text, NULL);
	wxss_index_build(sheet);
	map_finish(&warned);
	return sheet;
}
