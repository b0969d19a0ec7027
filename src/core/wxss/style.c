/* Styles as objects: shared blocks, references, copies, initial values, differences. */
#include "core/wxss/property.h"

#include "core/wxss/cascade.h"
#include "core/wxss/share.h"

/* ---- shared blocks ---- */

struct share_head { // 16 bytes, so that the block behind it is aligned
	size_t size;
	size_t refs;
};

static struct share_head *head_of(const void *block) { return (struct share_head *)(void *)block - 1; }

void *wxss_share_alloc(size_t size)
{
	if (!size) {
		return NULL;
	}
	struct share_head *head = mem_alloc(sizeof(*head) + size);
	head->size = size;
	head->refs = 1;
	return head + 1;
}

void *wxss_share_ref(const void *block)
{
	if (block) {
		head_of(block)->refs++;
	}
	return (void *)block;
}

bool wxss_share_unref(void *block)
{
	if (!block || --head_of(block)->refs) {
		return false;
	}
	mem_free(head_of(block));
	return true;
}

bool wxss_share_is_last(const void *block) { return head_of(block)->refs == 1; }

size_t wxss_share_size(const void *block) { return block ? head_of(block)->size : 0; }

struct str wxss_share_text(struct str text)
{
	if (!text.len) {
		return (struct str){0};
	}
	char *copy = wxss_share_alloc(text.len);
	memcpy(copy, text.at, text.len);
	return (struct str){copy, text.len};
}

void wxss_image_ref(const struct style_image *image)
{
	(void)wxss_share_ref(image->url.at);
	(void)wxss_share_ref(image->stops);
}

void wxss_image_unref(struct style_image *image)
{
	(void)wxss_share_unref((void *)image->url.at);
	(void)wxss_share_unref(image->stops);
	memset(image, 0, sizeof(*image));
}

bool wxss_image_equal(const struct style_image *a, const struct style_image *b)
{
	bool equal = a->kind == b->kind && str_eq(a->url, b->url) && a->repeating == b->repeating && a->circle == b->circle
		&& a->corner == b->corner && a->angle == b->angle && a->to_x == b->to_x && a->to_y == b->to_y
		&& a->radial_size == b->radial_size && wxss_length_equal(a->radius_x, b->radius_x)
		&& wxss_length_equal(a->radius_y, b->radius_y) && wxss_length_equal(a->center_x, b->center_x)
		&& wxss_length_equal(a->center_y, b->center_y) && a->stop_count == b->stop_count;
	return equal && (a->stops == b->stops || memcmp(a->stops, b->stops, a->stop_count * sizeof(*a->stops)) == 0);
}

void wxss_layers_unref(struct background_layer *layers, size_t count)
{
	if (layers && wxss_share_is_last(layers)) {
		for (size_t i = 0; i < count; i++) {
			wxss_image_unref(&layers[i].image);
		}
	}
	(void)wxss_share_unref(layers);
}

/* ---- custom properties ---- */

struct style_vars *wxss_vars_ref(struct style_vars *vars)
{
	if (vars) {
		vars->refs++;
	}
	return vars;
}

void wxss_vars_unref(struct style_vars *vars)
{
	while (vars && --vars->refs == 0) {
		struct style_vars *parent = vars->parent;
		for (size_t i = 0; i < vars->count; i++) {
			mem_free((void *)vars->items[i].text.at);
		}
		mem_free(vars);
		vars = parent;
	}
}

bool wxss_vars_get(const struct style_vars *vars, atom_t name, struct str *ret_text)
{
	for (; vars; vars = vars->parent) {
		size_t low = 0, high = vars->count;
		while (low < high) {
			size_t middle = (low + high) / 2;
			if (vars->items[middle].name < name) {
				low = middle + 1;
			} else {
				high = middle;
			}
		}
		if (low < vars->count && vars->items[low].name == name) {
			*ret_text = vars->items[low].text;
			return !vars->items[low].invalid;
		}
	}
	return false;
}

bool wxss_vars_equal(const struct style_vars *a, const struct style_vars *b)
{
	for (; a != b; a = a->parent, b = b->parent) {
		if (!a || !b || a->count != b->count) {
			return false;
		}
		for (size_t i = 0; i < a->count; i++) {
			const struct wxss_var *x = &a->items[i], *y = &b->items[i];
			if (x->name != y->name || x->invalid != y->invalid || !str_eq(x->text, y->text)) {
				return false;
			}
		}
	}
	return true;
}

/* ---- styles ---- */

void wxss_style_init(struct style *style)
{
	const struct length zero = {LENGTH_FIXED, 0, 0};
	memset(style, 0, sizeof(*style));
	style->refs = 1;
	style->color = 0xff;
	style->font_size = 16;
	style->font_weight = 400;
	style->text_indent = zero;
	for (int i = 0; i < 4; i++) {
		style->margin[i] = style->padding[i] = style->radius_x[i] = style->radius_y[i] = zero;
		style->border[i].width = 3; // medium; 0 in the end, because the style is none
		style->border[i].color = 0xff;
	}
	style->z_auto = true;
	style->flex_shrink = 1;
	style->justify_content = style->align_items = style->align_content = style->justify_items = ALIGN_NORMAL;
	style->grid_column_span = style->grid_row_span = 1;
	style->outline.width = 3;
	style->outline.color = 0xff;
	style->opacity = 1;
	style->origin_x = style->origin_y = (struct length){LENGTH_FIXED, 0, 0.5f};
	style->mask_x = style->mask_y = zero;
	style->text_decoration_color = 0xff;
	style->text_decoration_style = BORDER_STYLE_SOLID;
	style->object_position_x = style->object_position_y = 0.5f;
}

static void inherit(struct style *style, const struct style *parent)
{
	for (int id = 0; id < PROPERTY_COUNT; id++) {
		if (wxss_properties[id].flags & F_INHERIT) {
			wxss_property_copy((enum wxss_property_id)id, style, parent);
		}
	}
	style->vars = wxss_vars_ref(parent->vars);
}

struct style *wxss_style_create(const struct style *parent)
{
	struct style *style = mem_alloc(sizeof(*style));
	wxss_style_init(style);
	if (parent) {
		inherit(style, parent);
	}
	return style;
}

bool wxss_style_holds_items(const struct style *style)
{
	enum display d = style->display;
	bool lines = style->box_orient_vertical && style->line_clamp > 0; // a block of lines
	return d == DISPLAY_FLEX || d == DISPLAY_INLINE_FLEX || d == DISPLAY_GRID || d == DISPLAY_INLINE_GRID
		|| ((d == DISPLAY_WEBKIT_BOX || d == DISPLAY_WEBKIT_INLINE_BOX) && !lines);
}

bool wxss_style_same_heirs(const struct style *a, const struct style *b)
{
	bool same = wxss_style_holds_items(a) == wxss_style_holds_items(b) && wxss_vars_equal(a->vars, b->vars);
	for (int id = 0; same && id < PROPERTY_COUNT; id++) {
		same = !(wxss_properties[id].flags & F_INHERIT) || wxss_property_equal((enum wxss_property_id)id, a, b);
	}
	return same;
}

uint32_t wxss_style_hash_heirs(const struct style *style)
{
	uint32_t hash = wxss_style_holds_items(style) ? 5381 : 1;
	for (int id = 0; id < PROPERTY_COUNT; id++) {
		const struct wxss_property *row = &wxss_properties[id];
		const unsigned char *bytes = wxss_field_const(style, row);
		size_t size = row->flags & F_INHERIT && !row->type->equal ? row->type->size : 0; // the others are compared alone
		for (size_t i = 0; i < size; i++) {
			hash = (hash ^ bytes[i]) * 16777619u;
		}
	}
	return hash;
}

void wxss_style_finish(struct style *style)
{
	void *const blocks[] = {(void *)style->font_family.at, style->text_shadows, style->grid_columns, style->grid_rows,
		style->shadows, style->transforms, style->filters, style->backdrop_filters, (void *)style->content.at,
		style->animations, style->transitions};
	for (size_t i = 0; i < ARRAY_LEN(blocks); i++) {
		(void)wxss_share_unref(blocks[i]);
	}
	wxss_layers_unref(style->backgrounds, style->background_count);
	wxss_image_unref(&style->mask_image);
	wxss_vars_unref(style->vars);
}

struct style *wxss_style_copy(const struct style *style)
{
	struct style *copy = mem_dup(style, sizeof(*style));
	const void *const blocks[] = {style->font_family.at, style->text_shadows, style->grid_columns, style->grid_rows,
		style->shadows, style->transforms, style->filters, style->backdrop_filters, style->content.at, style->animations,
		style->transitions, style->backgrounds};
	for (size_t i = 0; i < ARRAY_LEN(blocks); i++) {
		(void)wxss_share_ref(blocks[i]);
	}
	wxss_image_ref(&style->mask_image);
	(void)wxss_vars_ref(style->vars);
	copy->refs = 1;
	copy->inherited_from = false;
	return copy;
}

struct style *style_ref(const struct style *style)
{
	struct style *counted = (struct style *)style; // the count is not part of the value
	if (counted) {
		counted->refs++;
	}
	return counted;
}

void style_unref(struct style *style)
{
	if (style && --style->refs == 0) {
		wxss_style_finish(style);
		mem_free(style);
	}
}

bool style_stacks(const struct style *style)
{
	bool positioned = style->position != POSITION_STATIC;
	return style->position == POSITION_FIXED || style->position == POSITION_STICKY || (positioned && !style->z_auto)
		|| style->opacity < 1 || style->transform_count || style->perspective > 0 || style->filter_count
		|| style->backdrop_filter_count || style->mask_image.kind != IMAGE_NONE;
}

/* What a change of one property costs beyond its row's flags. */
static unsigned special_cost(enum wxss_property_id id, const struct style *a, const struct style *b)
{
	switch (id) {
	case PROPERTY_transform: // a transformed box contains fixed and absolute ones
		return !a->transform_count != !b->transform_count ? F_LAYOUT : 0;
	case PROPERTY_filter: return !a->filter_count != !b->filter_count ? F_LAYOUT : 0;
	case PROPERTY_display: // children are blockified, or no longer
		return F_INHERIT;
	default: return 0;
	}
}

unsigned style_difference(const struct style *a, const struct style *b)
{
	if (a == b) {
		return 0;
	}
	unsigned flags = 0;
	for (int i = 0; i < PROPERTY_COUNT; i++) {
		enum wxss_property_id id = (enum wxss_property_id)i;
		if (!wxss_property_equal(id, a, b)) {
			flags |= wxss_properties[i].flags | special_cost(id, a, b);
		}
	}
	flags |= a->inline_origin != b->inline_origin ? F_LAYOUT : 0;
	unsigned dirty = (flags & F_LAYOUT ? (unsigned)NODE_DIRTY_LAYOUT : 0) | (flags & F_BOX ? (unsigned)NODE_DIRTY_BOX : 0)
		| (flags & F_PAINT ? (unsigned)NODE_DIRTY_PAINT : 0);
	bool below = flags & F_INHERIT || (dirty && (a->inherited_from || b->inherited_from)) || !wxss_vars_equal(a->vars, b->vars);
	return dirty | (dirty & (NODE_DIRTY_LAYOUT | NODE_DIRTY_BOX) ? (unsigned)NODE_DIRTY_PAINT : 0)
		| (below ? (unsigned)NODE_DIRTY_SUBTREE_STYLE : 0);
}

static void print_value(const struct style *style, enum wxss_property_id id, struct strbuf *out)
{
	wxss_property_print(id, style, out);
}

/* Four sides that are asked for as one: "1px 2px". */
static bool print_sides(const struct style *style, struct str name, struct strbuf *out)
{
	static const struct side_row {
		const char *name;
		enum wxss_property_id sides[4];
	} rows[] = {
		{"margin", {PROPERTY_margin_top, PROPERTY_margin_right, PROPERTY_margin_bottom, PROPERTY_margin_left}},
		{"padding", {PROPERTY_padding_top, PROPERTY_padding_right, PROPERTY_padding_bottom, PROPERTY_padding_left}},
		{"border-width", {PROPERTY_border_top_width, PROPERTY_border_right_width, PROPERTY_border_bottom_width, PROPERTY_border_left_width}},
		{"border-color", {PROPERTY_border_top_color, PROPERTY_border_right_color, PROPERTY_border_bottom_color, PROPERTY_border_left_color}},
		{"border-style", {PROPERTY_border_top_style, PROPERTY_border_right_style, PROPERTY_border_bottom_style, PROPERTY_border_left_style}},
		{"border-radius", {PROPERTY_border_top_left_radius, PROPERTY_border_top_right_radius, PROPERTY_border_bottom_right_radius,
			PROPERTY_border_bottom_left_radius}},
		{"overflow", {PROPERTY_overflow_x, PROPERTY_overflow_y, PROPERTY_overflow_x, PROPERTY_overflow_y}},
		{"inset", {PROPERTY_top, PROPERTY_right, PROPERTY_bottom, PROPERTY_left}},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		if (!str_is(name, rows[i].name)) {
			continue;
		}
		struct strbuf text[4] = {{0}};
		for (size_t k = 0; k < 4; k++) {
			print_value(style, rows[i].sides[k], &text[k]);
		}
		size_t count = !str_eq(strbuf_str(&text[1]), strbuf_str(&text[3])) ? 4
			: !str_eq(strbuf_str(&text[0]), strbuf_str(&text[2])) ? 3
			: !str_eq(strbuf_str(&text[0]), strbuf_str(&text[1])) ? 2 : 1;
		for (size_t k = 0; k < 4; k++) {
			if (k < count) {
				strbuf_add_text(out, k ? " " : "");
				strbuf_add(out, strbuf_str(&text[k]));
			}
			strbuf_finish(&text[k]);
		}
		return true;
	}
	return false;
}

bool style_print_property(const struct style *style, struct str name, struct strbuf *out)
{
	struct str text;
	if (str_starts(name, STR("--"))) {
		if (wxss_vars_get(style->vars, atom_find(name), &text)) {
			strbuf_add(out, text);
		}
		return true;
	}
	enum wxss_property_id id = wxss_property_find(name);
	if (id < PROPERTY_COUNT) {
		print_value(style, id, out);
		return true;
	}
	return print_sides(style, name, out);
}

/* Not worth a line: the width of no border, and a border's colour that is the text's. */
static bool is_derived(const struct style *style, enum wxss_property_id id)
{
	const struct wxss_property *row = &wxss_properties[id];
	if (row->type == &wxss_type_line_width) {
		return *(const float *)wxss_field_const(style, row) == 0;
	}
	bool own = id == PROPERTY_color || id == PROPERTY_background_color;
	return id == PROPERTY_text_fill_color
		|| (row->type == &wxss_type_color && !own && *(const color_t *)wxss_field_const(style, row) == style->color);
}

/* Is the variable declared again between `vars` and the element? */
static bool is_hidden(const struct style_vars *nearest, const struct style_vars *vars, atom_t name)
{
	bool hidden = false;
	for (; nearest != vars && !hidden; nearest = nearest->parent) {
		for (size_t i = 0; i < nearest->count; i++) {
			hidden = hidden || nearest->items[i].name == name;
		}
	}
	return hidden;
}

void style_print(const struct style *style, struct strbuf *out)
{
	struct style initial;
	struct strbuf value = {0}, other = {0};
	wxss_style_init(&initial);
	for (int i = 0; i < PROPERTY_COUNT; i++) {
		enum wxss_property_id id = (enum wxss_property_id)i;
		strbuf_clear(&value);
		strbuf_clear(&other);
		print_value(style, id, &value);
		print_value(&initial, id, &other);
		if (!is_derived(style, id) && !str_eq(strbuf_str(&value), strbuf_str(&other))) {
			strbuf_printf(out, "%s: " STR_FMT "\n", wxss_properties[i].name, STR_ARG(strbuf_str(&value)));
		}
	}
	for (const struct style_vars *vars = style->vars; vars; vars = vars->parent) {
		for (size_t i = 0; i < vars->count; i++) {
			if (!vars->items[i].invalid && !is_hidden(style->vars, vars, vars->items[i].name)) {
				strbuf_printf(out, STR_FMT ": " STR_FMT "\n", STR_ARG(atom_str(vars->items[i].name)), STR_ARG(vars->items[i].text));
			}
		}
	}
	strbuf_finish(&value);
	strbuf_finish(&other);
}
