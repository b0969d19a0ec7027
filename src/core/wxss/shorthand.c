/* One declaration into longhands: CSS shorthands, each by one of a few ways of splitting. */
#include "core/wxss/block.h"

#include "core/wxss/image.h"
#include "core/wxss/share.h"

#define LONGHANDS_MAX 12
#define COUNT(name) (sizeof(name) / sizeof((name)[0]))

struct shorthand {
	const char *name;
	const enum wxss_property_id *ids;
	size_t count;
	bool (*expand)(struct wxss_declare *d, const struct shorthand *row, struct wxss_parts parts);
};

typedef VEC(struct wxss_part) part_vec;

static const struct shorthand shorthands[];

static const struct wxss_part part_comma = {.kind = PART_COMMA};

/* The words and numbers that stand for what a shorthand leaves out. */
#define WORD(name, string) static const struct wxss_part part_##name = {.kind = PART_IDENT, .keyword = KW_##name, .text = {string, sizeof(string) - 1}}
WORD(auto, "auto");
WORD(none, "none");
WORD(normal, "normal");
WORD(ease, "ease");
WORD(running, "running");
WORD(all, "all");
WORD(center, "center");
WORD(repeat, "repeat");
WORD(scroll, "scroll");
WORD(padding_box, "padding-box");
WORD(border_box, "border-box");
static const struct wxss_part part_zero = {.kind = PART_NUMBER, .integer = true};
static const struct wxss_part part_one = {.kind = PART_NUMBER, .integer = true, .number = 1};
static const struct wxss_part part_zero_percent = {.kind = PART_NUMBER, .unit = UNIT_PERCENT};
static const struct wxss_part part_zero_ms = {.kind = PART_NUMBER, .unit = UNIT_MS};

/* ---- emitting ---- */

static struct wxss_parts keep(struct wxss_declare *d, const struct wxss_part *at, size_t count)
{
	struct wxss_part *copy = arena_alloc_array(d->arena, count, sizeof(*copy));
	if (count) {
		memcpy(copy, at, count * sizeof(*copy));
	}
	return (struct wxss_parts){copy, count};
}

/* Does this value fit the longhand? */
static bool fits(struct wxss_declare *d, enum wxss_property_id id, const struct wxss_part *at, size_t count)
{
	return wxss_property_read(id, (struct wxss_parts){at, count}, &d->env, &d->scratch);
}

/* `at` must live in the arena or be static. */
static bool emit(struct wxss_declare *d, enum wxss_property_id id, const struct wxss_part *at, size_t count)
{
	if (!fits(d, id, at, count)) {
		return false;
	}
	struct wxss_decl decl = {.property = id, .kind = DECL_VALUE, .important = d->important, .parts = {at, count}};
	vec_push(&d->decls, decl);
	return true;
}

static void emit_wide(struct wxss_declare *d, enum wxss_property_id id, enum wxss_keyword wide)
{
	struct wxss_decl decl = {.property = id, .kind = DECL_WIDE, .important = d->important, .wide = wide};
	vec_push(&d->decls, decl);
}

static bool emit_list(struct wxss_declare *d, enum wxss_property_id id, const part_vec *list)
{
	struct wxss_parts kept = keep(d, list->at, list->len);
	return emit(d, id, kept.at, kept.count);
}

static void push_parts(part_vec *list, const struct wxss_part *at, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		vec_push(list, at[i]);
	}
}

/* ---- ways of splitting ---- */

static size_t find_kind(struct wxss_parts parts, enum wxss_part_kind kind)
{
	size_t i = 0;
	while (i < parts.count && parts.at[i].kind != kind) {
		i++;
	}
	return i;
}

/* One to four values for top, right, bottom, left; one or two for two longhands. */
static bool expand_sides(struct wxss_declare *d, const struct shorthand *row, struct wxss_parts parts)
{
	size_t n = parts.count;
	if (n < 1 || n > row->count) {
		return false;
	}
	for (size_t i = 0; i < row->count; i++) {
		size_t from = i < n ? i : i == 3 && n > 1 ? 1 : i == 2 ? 0 : n > 1 && i == 1 ? 1 : 0;
		if (!emit(d, row->ids[i], &parts.at[from], 1)) {
			return false;
		}
	}
	return true;
}

/* overflow, gap, place-*: the second is as the first when it is left out. place-items: start, end. */
static bool expand_two(struct wxss_declare *d, const struct shorthand *row, struct wxss_parts parts)
{
	return parts.count >= 1 && parts.count <= 2 && emit(d, row->ids[0], &parts.at[0], 1)
		&& emit(d, row->ids[1], &parts.at[parts.count - 1], 1);
}

static bool expand_radius(struct wxss_declare *d, const struct shorthand *row, struct wxss_parts parts)
{
	size_t slash = find_kind(parts, PART_SLASH);
	const struct wxss_part *x = parts.at, *y = slash < parts.count ? parts.at + slash + 1 : parts.at;
	size_t nx = slash, ny = slash < parts.count ? parts.count - slash - 1 : slash;
	if (nx < 1 || nx > 4 || ny < 1 || ny > 4) {
		return false;
	}
	static const size_t from[4][4] = {{0, 0, 0, 0}, {0, 1, 0, 1}, {0, 1, 2, 1}, {0, 1, 2, 3}}; // by how many there are
	for (size_t i = 0; i < 4; i++) {
		struct wxss_part pair[2] = {x[from[nx - 1][i]], y[from[ny - 1][i]]};
		struct wxss_parts kept = keep(d, pair, wxss_part_equal(&pair[0], &pair[1]) ? 1 : 2);
		if (!emit(d, row->ids[i], kept.at, kept.count)) {
			return false;
		}
	}
	return true;
}

/* Each part goes to the first longhand that is free and takes it; the rest are initial. The
 * longhands repeat for the sides of `border`: groups of `group`. */
static bool expand_any(struct wxss_declare *d, const struct shorthand *row, struct wxss_parts parts, size_t group)
{
	part_vec found[LONGHANDS_MAX] = {{0}};
	bool good = parts.count > 0;
	for (size_t i = 0; good && i < parts.count; i++) {
		good = false;
		for (size_t k = 0; k < group && !good; k++) {
			bool lines = row->ids[k] == PROPERTY_text_decoration_line && found[k].len < 3; // "underline overline"
			if ((!found[k].len || lines) && fits(d, row->ids[k], &parts.at[i], 1)) {
				vec_push(&found[k], parts.at[i]);
				good = true;
			}
		}
	}
	for (size_t k = 0; good && k < row->count; k++) {
		if (found[k % group].len) {
			good = emit_list(d, row->ids[k], &found[k % group]);
		} else {
			emit_wide(d, row->ids[k], KW_initial);
		}
	}
	for (size_t k = 0; k < group; k++) {
		vec_finish(&found[k]);
	}
	return good;
}

static bool expand_any_order(struct wxss_declare *d, const struct shorthand *row, struct wxss_parts parts)
{
	return expand_any(d, row, parts, row->count);
}

static bool expand_border(struct wxss_declare *d, const struct shorthand *row, struct wxss_parts parts)
{
	return expand_any(d, row, parts, 3);
}

/* `list-style: none` and its position and image, which are not kept. */
static bool expand_list_style(struct wxss_declare *d, const struct shorthand *row, struct wxss_parts parts)
{
	const struct wxss_part *type = NULL;
	for (size_t i = 0; i < parts.count; i++) {
		if (fits(d, PROPERTY_list_style_type, &parts.at[i], 1)) {
			type = &parts.at[i];
		} else if (parts.at[i].kind != PART_IDENT && parts.at[i].kind != PART_URL) {
			return false;
		}
	}
	if (!type) {
		emit_wide(d, PROPERTY_list_style_type, KW_initial);
	}
	return !type || emit(d, PROPERTY_list_style_type, type, 1);
}

static bool expand_flex(struct wxss_declare *d, const struct shorthand *row, struct wxss_parts parts)
{
	const struct wxss_part *grow = NULL, *shrink = NULL, *basis = NULL;
	if (parts.count == 1 && parts.at[0].keyword == KW_none) {
		return emit(d, PROPERTY_flex_grow, &part_zero, 1) && emit(d, PROPERTY_flex_shrink, &part_zero, 1)
			&& emit(d, PROPERTY_flex_basis, &part_auto, 1);
	}
	for (size_t i = 0; i < parts.count; i++) {
		const struct wxss_part *part = &parts.at[i];
		if (!grow && fits(d, PROPERTY_flex_grow, part, 1)) {
			grow = part;
		} else if (grow && !shrink && i > 0 && grow == part - 1 && fits(d, PROPERTY_flex_shrink, part, 1)) {
			shrink = part;
		} else if (!basis && fits(d, PROPERTY_flex_basis, part, 1)) {
			basis = part;
		} else {
			return false;
		}
	}
	return emit(d, PROPERTY_flex_grow, grow ? grow : &part_one, 1) && emit(d, PROPERTY_flex_shrink, shrink ? shrink : &part_one, 1)
		&& emit(d, PROPERTY_flex_basis, basis ? basis : &part_zero_percent, 1); // 0%, as browsers: of an open size it is the content's
}

/* [style || variant || weight || stretch]? size [/ line-height]? family */
static bool expand_font(struct wxss_declare *d, const struct shorthand *row, struct wxss_parts parts)
{
	const struct wxss_part *style = &part_normal, *weight = &part_normal, *height = &part_normal;
	size_t i = 0;
	for (; i < parts.count && !fits(d, PROPERTY_font_size, &parts.at[i], 1); i++) {
		const struct wxss_part *part = &parts.at[i];
		if (fits(d, PROPERTY_font_style, part, 1)) {
			style = part->keyword == KW_normal ? style : part;
		} else if (fits(d, PROPERTY_font_weight, part, 1)) {
			weight = part->keyword == KW_normal ? weight : part;
		} else if (part->kind != PART_IDENT) {
			return false;
		}
	}
	if (i + 1 >= parts.count) {
		return false;
	}
	const struct wxss_part *size = &parts.at[i++];
	if (parts.at[i].kind == PART_SLASH && i + 1 < parts.count) {
		height = &parts.at[i + 1];
		i += 2;
	}
	return i < parts.count && emit(d, PROPERTY_font_style, style, 1) && emit(d, PROPERTY_font_weight, weight, 1)
		&& emit(d, PROPERTY_font_size, size, 1) && emit(d, PROPERTY_line_height, height, 1)
		&& emit(d, PROPERTY_font_family, parts.at + i, parts.count - i);
}

/* a / b / c / d for grid lines; what is left out is auto. */
static bool expand_lines(struct wxss_declare *d, const struct shorthand *row, struct wxss_parts parts)
{
	for (size_t k = 0; k < row->count; k++) {
		size_t slash = find_kind(parts, PART_SLASH);
		if (!(slash ? emit(d, row->ids[k], parts.at, slash) : k > 0 && emit(d, row->ids[k], &part_auto, 1))) {
			return false;
		}
		size_t skip = size_min(slash + 1, parts.count);
		parts = (struct wxss_parts){parts.at + skip, parts.count - skip};
	}
	return !parts.count;
}

static bool expand_grid_template(struct wxss_declare *d, const struct shorthand *row, struct wxss_parts parts)
{
	size_t slash = find_kind(parts, PART_SLASH);
	if (slash == parts.count) {
		return parts.count == 1 && parts.at[0].keyword == KW_none && emit(d, row->ids[0], parts.at, 1) && emit(d, row->ids[1], parts.at, 1);
	}
	return emit(d, row->ids[0], parts.at, slash) && emit(d, row->ids[1], parts.at + slash + 1, parts.count - slash - 1);
}

/* ---- comma-separated shorthands ---- */

struct layered { // one list per longhand, filled layer by layer
	const struct shorthand *row;
	part_vec lists[LONGHANDS_MAX];
	bool set[LONGHANDS_MAX]; // in this layer
};

static void begin_layer(struct layered *layers, bool first)
{
	for (size_t k = 0; k < layers->row->count; k++) {
		layers->set[k] = false;
		if (!first) {
			vec_push(&layers->lists[k], part_comma);
		}
	}
}

static void set_layer(struct layered *layers, size_t k, const struct wxss_part *at, size_t count)
{
	push_parts(&layers->lists[k], at, count);
	layers->set[k] = true;
}

static bool finish_layers(struct wxss_declare *d, struct layered *layers, bool good)
{
	for (size_t k = 0; k < layers->row->count; k++) {
		good = good && emit_list(d, layers->row->ids[k], &layers->lists[k]);
		vec_finish(&layers->lists[k]);
	}
	return good;
}

/* Each item's parts go to the first free longhand that takes them, in the order of the row. */
static bool expand_items(struct wxss_declare *d, const struct shorthand *row, struct wxss_parts parts,
	const struct wxss_part *const *initial)
{
	struct layered layers = {.row = row};
	bool good = parts.count > 0;
	for (bool first = true; good; first = false) {
		size_t comma = find_kind(parts, PART_COMMA);
		begin_layer(&layers, first);
		good = comma > 0;
		for (size_t i = 0; good && i < comma; i++) {
			size_t k = 0;
			while (k < row->count && (layers.set[k] || !fits(d, row->ids[k], &parts.at[i], 1))) {
				k++;
			}
			good = k < row->count;
			if (good) {
				set_layer(&layers, k, &parts.at[i], 1);
			}
		}
		for (size_t k = 0; k < row->count; k++) {
			if (!layers.set[k]) {
				set_layer(&layers, k, initial[k], 1);
			}
		}
		if (comma == parts.count) {
			break;
		}
		parts = (struct wxss_parts){parts.at + comma + 1, parts.count - comma - 1};
	}
	return finish_layers(d, &layers, good);
}

static bool expand_animation(struct wxss_declare *d, const struct shorthand *row, struct wxss_parts parts)
{
	static const struct wxss_part *const initial[] = {&part_zero_ms, &part_zero_ms, &part_ease, &part_one, &part_normal,
		&part_none, &part_running, &part_none};
	return expand_items(d, row, parts, initial);
}

static bool expand_transition(struct wxss_declare *d, const struct shorthand *row, struct wxss_parts parts)
{
	static const struct wxss_part *const initial[] = {&part_zero_ms, &part_zero_ms, &part_ease, &part_all};
	return expand_items(d, row, parts, initial);
}

/* ---- background ---- */

enum background_slot { SLOT_IMAGE, SLOT_X, SLOT_Y, SLOT_SIZE, SLOT_REPEAT, SLOT_ATTACHMENT, SLOT_ORIGIN, SLOT_CLIP };

static bool is_position(const struct wxss_part *part)
{
	bool side = part->keyword == KW_left || part->keyword == KW_right || part->keyword == KW_top || part->keyword == KW_bottom
		|| part->keyword == KW_center;
	return part->kind == PART_NUMBER || part->kind == PART_CALC || (part->kind == PART_IDENT && side);
}

static bool is_vertical(const struct wxss_part *part) { return part->keyword == KW_top || part->keyword == KW_bottom; }
static bool is_horizontal(const struct wxss_part *part) { return part->keyword == KW_left || part->keyword == KW_right; }

/* One to four parts of a position into those of each axis. */
static bool split_position(const struct wxss_part *at, size_t n, struct wxss_parts *ret_x, struct wxss_parts *ret_y)
{
	struct wxss_parts first = {at, 1}, second = {&part_center, 1};
	bool swap = is_vertical(&at[0]);
	if (n == 2) {
		second = (struct wxss_parts){at + 1, 1};
		swap = swap || is_horizontal(&at[1]);
	} else if (n > 2) {
		size_t split = at[1].kind == PART_IDENT ? 1 : 2;
		first.count = split;
		second = (struct wxss_parts){at + split, n - split};
		swap = swap || is_horizontal(&at[split]);
	}
	*ret_x = swap ? second : first;
	*ret_y = swap ? first : second;
	return n >= 1 && n <= 4;
}

/* How many parts from here on are a size. */
static size_t size_parts(const struct wxss_part *at, size_t count)
{
	size_t n = 0;
	while (n < count && n < 2 && (at[n].kind == PART_NUMBER || at[n].kind == PART_CALC || at[n].keyword == KW_auto
		|| (n == 0 && (at[n].keyword == KW_cover || at[n].keyword == KW_contain)))) {
		n++;
	}
	return n;
}

/* A position and, behind a slash, a size. Returns how many parts were taken; 0: wrong. */
static size_t take_position(struct layered *layers, const struct wxss_part *at, size_t count)
{
	size_t n = 0;
	struct wxss_parts x, y;
	while (n < count && n < 4 && is_position(&at[n])) {
		n++;
	}
	if (layers->set[SLOT_X] || !split_position(at, n, &x, &y)) {
		return 0;
	}
	set_layer(layers, SLOT_X, x.at, x.count);
	set_layer(layers, SLOT_Y, y.at, y.count);
	if (n == count || at[n].kind != PART_SLASH) {
		return n;
	}
	size_t sized = size_parts(at + n + 1, count - n - 1);
	if (sized) {
		set_layer(layers, SLOT_SIZE, at + n + 1, sized);
	}
	return sized ? n + 1 + sized : 0;
}

/* The other parts of a layer. Returns how many were taken; 0: wrong. */
static size_t take_other(struct wxss_declare *d, struct layered *layers, const struct wxss_part *at, size_t count)
{
	const enum wxss_property_id *ids = layers->row->ids;
	if (!layers->set[SLOT_IMAGE] && fits(d, ids[SLOT_IMAGE], at, 1)) {
		set_layer(layers, SLOT_IMAGE, at, 1);
		return 1;
	}
	for (size_t n = size_min(count, 2); n > 0; n--) {
		if (!layers->set[SLOT_REPEAT] && fits(d, ids[SLOT_REPEAT], at, n)) {
			set_layer(layers, SLOT_REPEAT, at, n);
			return n;
		}
	}
	for (size_t k = SLOT_ATTACHMENT; k <= SLOT_CLIP; k++) {
		if (!layers->set[k] && fits(d, ids[k], at, 1)) {
			set_layer(layers, k, at, 1);
			return 1;
		}
	}
	return 0;
}

static bool take_layer(struct wxss_declare *d, struct layered *layers, struct wxss_parts layer, bool last,
	const struct wxss_part **ret_color)
{
	static const struct wxss_part *const initial[] = {&part_none, &part_zero_percent, &part_zero_percent, &part_auto,
		&part_repeat, &part_scroll, &part_padding_box, &part_border_box};
	for (size_t i = 0; i < layer.count;) {
		size_t taken;
		if (is_position(&layer.at[i])) {
			taken = take_position(layers, layer.at + i, layer.count - i);
		} else {
			taken = take_other(d, layers, layer.at + i, layer.count - i);
			if (!taken && last && !*ret_color && fits(d, PROPERTY_background_color, &layer.at[i], 1)) {
				*ret_color = &layer.at[i];
				taken = 1;
			}
		}
		if (!taken) {
			return false;
		}
		i += taken;
	}
	if (layers->set[SLOT_ORIGIN] && !layers->set[SLOT_CLIP]) { // one box is for both
		set_layer(layers, SLOT_CLIP, &vec_last(&layers->lists[SLOT_ORIGIN]), 1);
	}
	for (size_t k = 0; k < layers->row->count; k++) {
		if (k <= SLOT_CLIP && !layers->set[k]) {
			set_layer(layers, k, initial[k], 1);
		}
	}
	return layer.count > 0;
}

static const enum wxss_property_id background_lists[] = {PROPERTY_background_image, PROPERTY_background_position_x,
	PROPERTY_background_position_y, PROPERTY_background_size, PROPERTY_background_repeat, PROPERTY_background_attachment,
	PROPERTY_background_origin, PROPERTY_background_clip};

static bool expand_background(struct wxss_declare *d, const struct shorthand *row, struct wxss_parts parts)
{
	const struct shorthand lists = {row->name, background_lists, COUNT(background_lists), NULL};
	struct layered layers = {.row = &lists};
	const struct wxss_part *color = NULL;
	bool good = true, last = false;
	for (bool first = true; good && !last; first = false) {
		size_t comma = find_kind(parts, PART_COMMA);
		last = comma == parts.count;
		begin_layer(&layers, first);
		good = take_layer(d, &layers, (struct wxss_parts){parts.at, comma}, last, &color);
		size_t skip = size_min(comma + 1, parts.count);
		parts = (struct wxss_parts){parts.at + skip, parts.count - skip};
	}
	good = finish_layers(d, &layers, good);
	if (good && !color) {
		emit_wide(d, PROPERTY_background_color, KW_initial);
	}
	return good && (!color || emit(d, PROPERTY_background_color, color, 1));
}

static bool expand_position(struct wxss_declare *d, const struct shorthand *row, struct wxss_parts parts)
{
	struct layered layers = {.row = row};
	bool good = true, last = false;
	for (bool first = true; good && !last; first = false) {
		size_t comma = find_kind(parts, PART_COMMA);
		struct wxss_parts x, y;
		last = comma == parts.count;
		begin_layer(&layers, first);
		good = comma > 0 && split_position(parts.at, comma, &x, &y);
		if (good) {
			set_layer(&layers, 0, x.at, x.count);
			set_layer(&layers, 1, y.at, y.count);
		}
		size_t skip = size_min(comma + 1, parts.count);
		parts = (struct wxss_parts){parts.at + skip, parts.count - skip};
	}
	return finish_layers(d, &layers, good);
}

/* ---- mask: the first layer; boxes and modes are read and not kept ---- */

static size_t take_mask_part(struct wxss_declare *d, const struct wxss_part *at, size_t count, struct wxss_parts found[4])
{
	size_t n = 0;
	while (n < count && n < 4 && is_position(&at[n])) {
		n++;
	}
	if (n) {
		found[1] = (struct wxss_parts){at, n};
		size_t sized = n < count && at[n].kind == PART_SLASH ? size_parts(at + n + 1, count - n - 1) : 0;
		if (sized) {
			found[2] = (struct wxss_parts){at + n + 1, sized};
		}
		return n + (sized ? sized + 1 : 0);
	}
	for (n = size_min(count, 2); n > 0; n--) {
		if (fits(d, PROPERTY_mask_repeat, at, n)) {
			found[3] = (struct wxss_parts){at, n};
			return n;
		}
	}
	if (fits(d, PROPERTY_mask_image, at, 1)) {
		found[0] = (struct wxss_parts){at, 1};
		return 1;
	}
	return at->kind == PART_IDENT;
}

static bool expand_mask(struct wxss_declare *d, const struct shorthand *row, struct wxss_parts parts)
{
	struct wxss_parts found[4] = {{0}}; // in the order of the row
	size_t count = find_kind(parts, PART_COMMA);
	for (size_t i = 0; i < count;) {
		size_t taken = take_mask_part(d, parts.at + i, count - i, found);
		if (!taken) {
			return false;
		}
		i += taken;
	}
	for (size_t k = 0; k < row->count; k++) {
		if (!found[k].count) {
			emit_wide(d, row->ids[k], KW_initial);
		} else if (!emit(d, row->ids[k], found[k].at, found[k].count)) {
			return false;
		}
	}
	return found[0].count + found[1].count + found[3].count > 0;
}

/* ---- the way in ---- */

static const struct shorthand *find_shorthand(struct str name)
{
	bool prefixed = name.len > 8 && str_eq_nocase(str_slice(name, 0, 8), STR("-webkit-"));
	name = prefixed ? str_slice(name, 8, name.len) : name;
	for (const struct shorthand *row = shorthands; row->name; row++) {
		if (str_eq_nocase(name, str_of(row->name))) {
			return row;
		}
	}
	return NULL;
}

size_t wxss_shorthand_longhands(struct str name, const enum wxss_property_id **ret_ids)
{
	const struct shorthand *row = find_shorthand(name);
	*ret_ids = row ? row->ids : NULL;
	return row ? row->count : 0;
}

void wxss_declare_init(struct wxss_declare *d, struct arena *arena)
{
	static const struct wxss_units units = {16, 16, 375, 667, {0, 0, 0, 0}};
	memset(d, 0, sizeof(*d));
	d->arena = arena;
	wxss_style_init(&d->scratch);
	d->env = (struct wxss_reader){.units = &units, .current = 0xff, .parent = &d->scratch};
}

void wxss_declare_finish(struct wxss_declare *d)
{
	wxss_style_finish(&d->scratch);
	vec_finish(&d->decls);
}

static enum wxss_keyword wide_keyword(struct wxss_parts parts)
{
	enum wxss_keyword word = parts.count == 1 && parts.at[0].kind == PART_IDENT ? parts.at[0].keyword : KW_UNKNOWN;
	return word == KW_inherit || word == KW_initial || word == KW_unset || word == KW_revert ? word
		: word == KW_revert_layer ? KW_revert : KW_UNKNOWN;
}

static bool has_var(struct str value)
{
	for (size_t i = 0; i + 4 <= value.len; i++) {
		if ((value.at[i] == 'v' || value.at[i] == 'V') && str_eq_nocase(str_slice(value, i, i + 4), STR("var("))) {
			return true;
		}
	}
	return false;
}

static void emit_pending(struct wxss_declare *d, enum wxss_property_id id, struct str name, struct str value)
{
	struct wxss_decl decl = {.property = id, .kind = DECL_PENDING, .important = d->important, .text = value, .written = name};
	vec_push(&d->decls, decl);
}

int wxss_declare(struct wxss_declare *d, struct str file, struct str name, struct str value, bool important)
{
	d->important = important;
	if (str_starts(name, STR("--"))) {
		struct wxss_decl decl = {.property = PROPERTY_CUSTOM, .kind = DECL_CUSTOM, .important = important,
			.custom = atom_intern(name), .text = value};
		vec_push(&d->decls, decl);
		return 0;
	}
	enum wxss_property_id id = wxss_property_find(name);
	const struct shorthand *row = id == PROPERTY_NONE ? find_shorthand(name) : NULL;
	const enum wxss_property_id *ids = row ? row->ids : &id;
	size_t count = row ? row->count : 1, before = d->decls.len;
	if (id == PROPERTY_NONE && !row) {
		return wxss_property_is_ignored(name) ? 3 : 1;
	}
	if (has_var(value)) {
		for (size_t i = 0; i < count; i++) {
			emit_pending(d, ids[i], name, value);
		}
		return 0;
	}
	struct wxss_parts parts;
	if (!wxss_parts_parse(value, file, d->arena, &parts)) {
		return 2;
	}
	enum wxss_keyword wide = wide_keyword(parts);
	for (size_t i = 0; wide && i < count; i++) {
		emit_wide(d, ids[i], wide);
	}
	if (wide || (row ? row->expand(d, row, parts) : emit(d, id, parts.at, parts.count))) {
		return 0;
	}
	d->decls.len = before;
	return 2;
}

/* ---- the rows ---- */

#define P(name) PROPERTY_##name
#define IDS(name, ...) static const enum wxss_property_id ids_##name[] = {__VA_ARGS__}

IDS(animation, P(animation_duration), P(animation_delay), P(animation_timing_function), P(animation_iteration_count),
	P(animation_direction), P(animation_fill_mode), P(animation_play_state), P(animation_name));
IDS(transition, P(transition_duration), P(transition_delay), P(transition_timing_function), P(transition_property));
IDS(background, P(background_image), P(background_position_x), P(background_position_y), P(background_size),
	P(background_repeat), P(background_attachment), P(background_origin), P(background_clip), P(background_color));
IDS(background_position, P(background_position_x), P(background_position_y));
IDS(border, P(border_top_width), P(border_top_style), P(border_top_color), P(border_right_width), P(border_right_style),
	P(border_right_color), P(border_bottom_width), P(border_bottom_style), P(border_bottom_color), P(border_left_width),
	P(border_left_style), P(border_left_color));
IDS(border_top, P(border_top_width), P(border_top_style), P(border_top_color));
IDS(border_right, P(border_right_width), P(border_right_style), P(border_right_color));
IDS(border_bottom, P(border_bottom_width), P(border_bottom_style), P(border_bottom_color));
IDS(border_left, P(border_left_width), P(border_left_style), P(border_left_color));
IDS(border_color, P(border_top_color), P(border_right_color), P(border_bottom_color), P(border_left_color));
IDS(border_style, P(border_top_style), P(border_right_style), P(border_bottom_style), P(border_left_style));
IDS(border_width, P(border_top_width), P(border_right_width), P(border_bottom_width), P(border_left_width));
IDS(border_radius, P(border_top_left_radius), P(border_top_right_radius), P(border_bottom_right_radius),
	P(border_bottom_left_radius));
IDS(flex, P(flex_grow), P(flex_shrink), P(flex_basis));
IDS(flex_flow, P(flex_direction), P(flex_wrap));
IDS(font, P(font_style), P(font_weight), P(font_size), P(line_height), P(font_family));
IDS(gap, P(row_gap), P(column_gap));
IDS(grid_area, P(grid_row_start), P(grid_column_start), P(grid_row_end), P(grid_column_end));
IDS(grid_column, P(grid_column_start), P(grid_column_end));
IDS(grid_row, P(grid_row_start), P(grid_row_end));
IDS(grid_template, P(grid_template_rows), P(grid_template_columns));
IDS(inset, P(top), P(right), P(bottom), P(left));
IDS(inset_block, P(top), P(bottom));
IDS(inset_inline, P(left), P(right));
IDS(list_style, P(list_style_type));
IDS(margin, P(margin_top), P(margin_right), P(margin_bottom), P(margin_left));
IDS(margin_block, P(margin_top), P(margin_bottom));
IDS(margin_inline, P(margin_left), P(margin_right));
IDS(mask, P(mask_image), P(mask_position), P(mask_size), P(mask_repeat));
IDS(outline, P(outline_width), P(outline_style), P(outline_color));
IDS(overflow, P(overflow_x), P(overflow_y));
IDS(padding, P(padding_top), P(padding_right), P(padding_bottom), P(padding_left));
IDS(padding_block, P(padding_top), P(padding_bottom));
IDS(padding_inline, P(padding_left), P(padding_right));
IDS(place_content, P(align_content), P(justify_content));
IDS(place_items, P(align_items), P(justify_items));
IDS(place_self, P(align_self), P(justify_self));
IDS(text_decoration, P(text_decoration_line), P(text_decoration_style), P(text_decoration_color));

static bool expand_all(struct wxss_declare *d, const struct shorthand *row, struct wxss_parts parts) { return false; }

static const enum wxss_property_id ids_all[] = {
#define PROPERTY(id, name, type, field, choices, flags) PROPERTY_##id,
#include "core/wxss/property.def"
#undef PROPERTY
};

#define ROW(name, ids, how) {name, ids_##ids, COUNT(ids_##ids), expand_##how}

static const struct shorthand shorthands[] = {
	ROW("margin", margin, sides),
	ROW("padding", padding, sides),
	ROW("border", border, border),
	ROW("background", background, background),
	ROW("border-radius", border_radius, radius),
	ROW("flex", flex, flex),
	ROW("transition", transition, transition),
	ROW("animation", animation, animation),
	ROW("overflow", overflow, two),
	ROW("border-top", border_top, any_order),
	ROW("border-right", border_right, any_order),
	ROW("border-bottom", border_bottom, any_order),
	ROW("border-left", border_left, any_order),
	ROW("border-color", border_color, sides),
	ROW("border-style", border_style, sides),
	ROW("border-width", border_width, sides),
	ROW("background-position", background_position, position),
	ROW("font", font, font),
	ROW("flex-flow", flex_flow, any_order),
	ROW("gap", gap, two),
	ROW("grid-gap", gap, two),
	ROW("text-decoration", text_decoration, any_order),
	ROW("outline", outline, any_order),
	ROW("list-style", list_style, list_style),
	ROW("inset", inset, sides),
	ROW("inset-block", inset_block, two),
	ROW("inset-inline", inset_inline, two),
	ROW("margin-block", margin_block, two),
	ROW("margin-inline", margin_inline, two),
	ROW("padding-block", padding_block, two),
	ROW("padding-inline", padding_inline, two),
	ROW("place-content", place_content, two),
	ROW("place-items", place_items, two),
	ROW("place-self", place_self, two),
	ROW("grid-area", grid_area, lines),
	ROW("grid-column", grid_column, lines),
	ROW("grid-row", grid_row, lines),
	ROW("grid-template", grid_template, grid_template),
	ROW("mask", mask, mask),
	ROW("all", all, all),
	{NULL, NULL, 0, NULL},
};
