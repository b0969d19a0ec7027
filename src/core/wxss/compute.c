/* The computed-value stage: CSS Cascade 4, sections 4.2 to 7, CSS Display 3, section 2.7. */
#include "core/wxss/compute.h"

#define TEXTS_MAX 8000 // about as many as styles are shared
#define TEXT_BYTES_MAX (4u << 20)

/* ---- texts ---- */

void wxss_text_cache_init(struct wxss_text_cache *cache)
{
	memset(cache, 0, sizeof(*cache));
	arena_init(&cache->arena);
}

void wxss_text_cache_finish(struct wxss_text_cache *cache)
{
	map_finish(&cache->blocks);
	arena_finish(&cache->arena);
}

bool wxss_text_cache_full(const struct wxss_text_cache *cache)
{
	return cache->blocks.len >= TEXTS_MAX || cache->arena.used >= TEXT_BYTES_MAX;
}

void wxss_text_cache_clear(struct wxss_text_cache *cache)
{
	map_finish(&cache->blocks);
	memset(&cache->blocks, 0, sizeof(cache->blocks));
	arena_clear(&cache->arena);
	cache->arena.used = 0;
}

const struct wxss_block *wxss_text_block(struct wxss_text_cache *cache, struct str text)
{
	struct wxss_block *block = map_get(&cache->blocks, text);
	if (!block) {
		struct str copy = {arena_strdup(&cache->arena, text.at ? text.at : "", text.len), text.len};
		struct wxss_source source = {.arena = &cache->arena, .text = copy};
		struct wxss_lex lex = {.text = copy};
		block = arena_alloc(&cache->arena, sizeof(*block));
		wxss_block_parse(&source, &lex, false, block);
		(void)map_set(&cache->blocks, text, block);
	}
	return block;
}

/* ---- winners ---- */

static bool is_reverted(const struct wxss_winners *w, enum wxss_property_id id) { return w->reverted[id / 64] >> (id % 64) & 1; }

void wxss_winners_add(struct wxss_winners *w, const struct wxss_block *block, bool important, bool builtin)
{
	if (important && !block->important) {
		return;
	}
	for (size_t i = block->count; i-- > 0;) {
		const struct wxss_decl *decl = &block->decls[i];
		if (decl->important != important) {
			continue;
		}
		if (decl->kind == DECL_CUSTOM) {
			vec_push(&w->custom, decl);
			continue;
		}
		enum wxss_property_id id = decl->property;
		if (!w->at[id]) {
			w->at[id] = decl;
			if (decl->kind == DECL_WIDE && decl->wide == KW_revert && !builtin) {
				w->reverted[id / 64] |= (uint64_t)1 << (id % 64);
			}
		} else if (builtin && is_reverted(w, id)) {
			w->at[id] = decl;
			w->reverted[id / 64] &= ~((uint64_t)1 << (id % 64));
		}
	}
}

/* ---- applying ---- */

struct application {
	const struct wxss_compute *compute;
	struct wxss_winners *winners;
	struct style *style;
	struct wxss_units units;
	struct wxss_reader env;
	const struct style *parent; // initial values for the root
	struct style initial;
	bool inherited_from;
};

/* The pending declaration with its var()s replaced, or NULL: invalid, which means unset. */
static const struct wxss_decl *substitute(struct application *a, const struct wxss_decl *decl)
{
	struct strbuf text = {0};
	const struct wxss_decl *found = NULL;
	wxss_print_ident(decl->written, &text);
	strbuf_add_char(&text, ':');
	struct strbuf value = {0};
	if (wxss_vars_substitute(a->style->vars, decl->text, &value) && str_trim(strbuf_str(&value)).len) {
		strbuf_add(&text, strbuf_str(&value));
		const struct wxss_block *block = wxss_text_block(a->compute->texts, strbuf_str(&text));
		for (size_t i = 0; i < block->count; i++) {
			const struct wxss_decl *one = &block->decls[i];
			found = one->property == decl->property && one->kind != DECL_PENDING ? one : found;
		}
	}
	strbuf_finish(&value);
	strbuf_finish(&text);
	return found;
}

static void apply_wide(struct application *a, enum wxss_property_id id, enum wxss_keyword wide)
{
	bool inherits = wxss_properties[id].flags & F_INHERIT;
	bool from_parent = wide == KW_inherit || (wide != KW_initial && inherits);
	a->inherited_from = a->inherited_from || (from_parent && !inherits);
	const struct style *from = from_parent ? a->parent : &a->initial;
	wxss_property_copy(id, a->style, from);
}

/* An undeclared or initial border colour is currentColor: the initial style carries it. */
static void set_current_color(struct style *style, color_t color)
{
	for (int i = 0; i < 4; i++) {
		style->border[i].color = color;
	}
	style->outline.color = style->text_decoration_color = color;
}

static void apply(struct application *a, enum wxss_property_id id)
{
	const struct wxss_decl *decl = a->winners->at[id];
	if (!decl) {
		return;
	}
	if (decl->kind == DECL_PENDING) {
		decl = substitute(a, decl);
		if (!decl) {
			apply_wide(a, id, KW_unset);
			return;
		}
	}
	if (decl->kind == DECL_WIDE) {
		apply_wide(a, id, decl->wide);
		return;
	}
	if (!wxss_property_read(id, decl->parts, &a->env, a->style)) {
		apply_wide(a, id, KW_unset); // right as written, but not with these units
	}
}

static void compute_vars(struct application *a)
{
	struct wxss_winners *w = a->winners;
	if (!w->custom.len) {
		return;
	}
	for (size_t i = 0, k = w->custom.len - 1; i < k; i++, k--) { // weakest first, so that later ones win
		const struct wxss_decl *swap = w->custom.at[i];
		w->custom.at[i] = w->custom.at[k];
		w->custom.at[k] = swap;
	}
	struct style_vars *inherited = a->style->vars;
	a->style->vars = wxss_vars_compute(inherited, w->custom.at, w->custom.len);
	wxss_vars_unref(inherited);
}

static void apply_all(struct application *a, bool fresh)
{
	compute_vars(a);
	a->units.font_size = a->parent->font_size;
	apply(a, PROPERTY_font_size);
	a->units.font_size = a->style->font_size;
	a->env.current = a->parent->color;
	apply(a, PROPERTY_color);
	a->env.current = a->style->color;
	set_current_color(&a->initial, a->style->color);
	if (fresh) {
		set_current_color(a->style, a->style->color);
	}
	apply(a, PROPERTY_background_image);
	apply(a, PROPERTY_animation_name);
	apply(a, PROPERTY_transition_property);
	for (int i = 0; i < PROPERTY_COUNT; i++) {
		if (!(wxss_properties[i].flags & F_ORDER) && i != PROPERTY_text_fill_color && a->winners->at[i]) {
			apply(a, (enum wxss_property_id)i);
		}
	}
	apply(a, PROPERTY_text_fill_color);
}

/* ---- corrections ---- */

static enum display blockified(enum display display)
{
	switch (display) {
	case DISPLAY_INLINE:
	case DISPLAY_INLINE_BLOCK:
	case DISPLAY_TABLE_ROW:
	case DISPLAY_TABLE_CELL:
	case DISPLAY_TABLE_ROW_GROUP: return DISPLAY_BLOCK;
	case DISPLAY_INLINE_FLEX: return DISPLAY_FLEX;
	case DISPLAY_INLINE_GRID: return DISPLAY_GRID;
	case DISPLAY_INLINE_TABLE: return DISPLAY_TABLE;
	case DISPLAY_WEBKIT_INLINE_BOX: return DISPLAY_WEBKIT_BOX;
	default: return display;
	}
}

static void correct(struct style *style, const struct style *parent)
{
	bool out_of_flow = style->position == POSITION_ABSOLUTE || style->position == POSITION_FIXED;
	if (out_of_flow) {
		style->float_side = FLOAT_NONE;
	}
	style->inline_origin = style->display != DISPLAY_CONTENTS && style->display != blockified(style->display);
	bool item = parent && wxss_style_holds_items(parent) && style->display != DISPLAY_CONTENTS;
	if (item && !out_of_flow) {
		style->float_side = FLOAT_NONE;
	}
	if (out_of_flow || item || style->float_side != FLOAT_NONE || (!parent && style->display != DISPLAY_CONTENTS)) {
		style->display = blockified(style->display);
	}
	for (int i = 0; i < 4; i++) {
		struct border_side *side = &style->border[i];
		side->width = side->style <= BORDER_STYLE_HIDDEN ? 0 : side->width;
	}
	style->outline.width = style->outline.style <= BORDER_STYLE_HIDDEN ? 0 : style->outline.width;
	bool x_free = style->overflow_x == OVERFLOW_VISIBLE || style->overflow_x == OVERFLOW_CLIP;
	bool y_free = style->overflow_y == OVERFLOW_VISIBLE || style->overflow_y == OVERFLOW_CLIP;
	if (x_free != y_free) { // one that scrolls makes the other clip
		style->overflow_x = !x_free ? style->overflow_x : style->overflow_x == OVERFLOW_VISIBLE ? OVERFLOW_AUTO : OVERFLOW_HIDDEN;
		style->overflow_y = !y_free ? style->overflow_y : style->overflow_y == OVERFLOW_VISIBLE ? OVERFLOW_AUTO : OVERFLOW_HIDDEN;
	}
	if (!(style->font_size >= 0)) {
		style->font_size = 0;
	}
}

static void begin(struct application *a, const struct wxss_compute *compute, struct wxss_winners *winners)
{
	const struct wxss_env *env = compute->env;
	memset(a, 0, sizeof(*a));
	a->compute = compute;
	a->winners = winners;
	wxss_style_init(&a->initial);
	a->parent = compute->parent ? compute->parent : &a->initial;
	a->units = (struct wxss_units){16, env->root_font_size > 0 ? env->root_font_size : 16, env->width, env->height, env->safe_area};
	a->env = (struct wxss_reader){.units = &a->units, .parent = a->parent, .node = compute->node};
}

static void mark_parent(const struct application *a)
{
	if (a->inherited_from && a->compute->parent) {
		((struct style *)a->compute->parent)->inherited_from = true; // a note, not part of the value
	}
}

struct style *wxss_compute_style(const struct wxss_compute *compute, struct wxss_winners *winners, bool *ret_inherits)
{
	struct application a;
	begin(&a, compute, winners);
	a.style = wxss_style_create(compute->parent);
	apply_all(&a, true);
	correct(a.style, compute->parent);
	mark_parent(&a);
	*ret_inherits = a.inherited_from;
	return a.style;
}

struct style *wxss_compute_over(const struct wxss_compute *compute, const struct style *base, struct wxss_winners *winners)
{
	struct application a;
	begin(&a, compute, winners);
	a.style = wxss_style_copy(base);
	apply_all(&a, false);
	correct(a.style, compute->parent);
	mark_parent(&a);
	return a.style;
}
