/* The property rows, their aliases, and the generic operations on a property's field. */
#include "core/wxss/property.h"

#include "core/wxss/share.h"

struct alias {
	const char *name;
	enum wxss_property_id id;
};

static const struct alias aliases[];
static const char *const ignored[];

static enum wxss_property_id find_row(struct str name)
{
	int low = 0, high = PROPERTY_COUNT - 1;
	char lower[48];
	if (name.len >= sizeof(lower)) {
		return PROPERTY_NONE;
	}
	for (size_t i = 0; i < name.len; i++) {
		lower[i] = (char)(name.at[i] >= 'A' && name.at[i] <= 'Z' ? name.at[i] + 32 : name.at[i]);
	}
	while (low <= high) {
		int middle = (low + high) / 2;
		int order = str_compare((struct str){lower, name.len}, str_of(wxss_properties[middle].name));
		if (order == 0) {
			return (enum wxss_property_id)middle;
		}
		if (order < 0) {
			high = middle - 1;
		} else {
			low = middle + 1;
		}
	}
	return PROPERTY_NONE;
}

enum wxss_property_id wxss_property_find(struct str name)
{
	enum wxss_property_id id = find_row(name);
	if (id != PROPERTY_NONE) {
		return id;
	}
	for (const struct alias *alias = aliases; alias->name; alias++) {
		if (str_eq_nocase(name, str_of(alias->name))) {
			return alias->id;
		}
	}
	if (name.len > 8 && str_eq_nocase(str_slice(name, 0, 8), STR("-webkit-"))) {
		return find_row(str_slice(name, 8, name.len));
	}
	return PROPERTY_NONE;
}

bool wxss_property_is_ignored(struct str name)
{
	for (size_t i = 0; ignored[i]; i++) {
		if (str_eq_nocase(name, str_of(ignored[i]))) {
			return true;
		}
	}
	return false;
}

/* Edit distance with neighbours swapped counted once; above 2 only "far". */
static size_t distance(struct str a, struct str b)
{
	enum { LEN_MAX = 32 };
	size_t rows[3][LEN_MAX + 1];
	if (a.len > LEN_MAX || b.len > LEN_MAX || a.len + 2 < b.len || b.len + 2 < a.len) {
		return 99;
	}
	for (size_t k = 0; k <= b.len; k++) {
		rows[0][k] = k;
		rows[2][k] = 0;
	}
	size_t *now = rows[0];
	for (size_t i = 1; i <= a.len; i++) {
		size_t *before = rows[(i + 1) % 3], *last = rows[(i - 1) % 3];
		now = rows[i % 3];
		now[0] = i;
		for (size_t k = 1; k <= b.len; k++) {
			size_t cost = a.at[i - 1] != b.at[k - 1];
			now[k] = size_min(size_min(last[k] + 1, now[k - 1] + 1), last[k - 1] + cost);
			if (i > 1 && k > 1 && a.at[i - 1] == b.at[k - 2] && a.at[i - 2] == b.at[k - 1]) {
				now[k] = size_min(now[k], before[k - 2] + 1);
			}
		}
	}
	return now[b.len];
}

const char *wxss_property_nearest(struct str name)
{
	static const char *const shorthands[] = {"margin", "padding", "border", "background", "font", "flex", "animation",
		"transition", "overflow", "border-radius", "text-decoration", "outline", "list-style"};
	const char *nearest = NULL;
	size_t best = name.len < 4 ? 2 : 3;
	for (size_t i = 0; i < PROPERTY_COUNT + ARRAY_LEN(shorthands); i++) {
		const char *known = i < PROPERTY_COUNT ? wxss_properties[i].name : shorthands[i - PROPERTY_COUNT];
		size_t d = distance(name, str_of(known));
		if (d < best) {
			best = d;
			nearest = known;
		}
	}
	return nearest;
}

bool wxss_property_read(enum wxss_property_id id, struct wxss_parts parts, const struct wxss_reader *env, struct style *style)
{
	struct wxss_reader reader = *env;
	reader.at = parts.at;
	reader.end = parts.at + parts.count;
	const struct wxss_property *row = &wxss_properties[id];
	return parts.count && row->type->read(&reader, row, style) && wxss_read_end(&reader);
}

void wxss_property_copy(enum wxss_property_id id, struct style *to, const struct style *from)
{
	const struct wxss_property *row = &wxss_properties[id];
	if (row->type->copy) {
		row->type->copy(to, from, row);
	} else {
		memcpy(wxss_field(to, row), wxss_field_const(from, row), row->type->size);
	}
}

bool wxss_property_equal(enum wxss_property_id id, const struct style *a, const struct style *b)
{
	const struct wxss_property *row = &wxss_properties[id];
	if (row->type->equal) {
		return row->type->equal(a, b, row);
	}
	return memcmp(wxss_field_const(a, row), wxss_field_const(b, row), row->type->size) == 0;
}

void wxss_property_print(enum wxss_property_id id, const struct style *style, struct strbuf *out)
{
	wxss_properties[id].type->print(style, &wxss_properties[id], out);
}

const struct wxss_property wxss_properties[PROPERTY_COUNT] = {
#define PROPERTY(id, name, type, field, choices, flags) {name, &wxss_type_##type, offsetof(struct style, field), choices, flags},
#include "core/wxss/property.def"
#undef PROPERTY
};

static const struct alias aliases[] = {
	{"word-wrap", PROPERTY_overflow_wrap},
	{"line-clamp", PROPERTY_line_clamp},
	{"box-orient", PROPERTY_box_orient},
	{"grid-column-gap", PROPERTY_column_gap},
	{"grid-row-gap", PROPERTY_row_gap},
	{"-webkit-box-flex", PROPERTY_flex_grow},
	{"-webkit-box-align", PROPERTY_align_items},
	{"-webkit-box-pack", PROPERTY_justify_content},
	{"-webkit-box-ordinal-group", PROPERTY_order},
	{"margin-block-start", PROPERTY_margin_top},
	{"margin-block-end", PROPERTY_margin_bottom},
	{"margin-inline-start", PROPERTY_margin_left},
	{"margin-inline-end", PROPERTY_margin_right},
	{"-webkit-margin-before", PROPERTY_margin_top},
	{"-webkit-margin-after", PROPERTY_margin_bottom},
	{"-webkit-margin-start", PROPERTY_margin_left},
	{"-webkit-margin-end", PROPERTY_margin_right},
	{"padding-block-start", PROPERTY_padding_top},
	{"padding-block-end", PROPERTY_padding_bottom},
	{"padding-inline-start", PROPERTY_padding_left},
	{"padding-inline-end", PROPERTY_padding_right},
	{"-webkit-padding-before", PROPERTY_padding_top},
	{"-webkit-padding-after", PROPERTY_padding_bottom},
	{"-webkit-padding-start", PROPERTY_padding_left},
	{"-webkit-padding-end", PROPERTY_padding_right},
	{"inset-block-start", PROPERTY_top},
	{"inset-block-end", PROPERTY_bottom},
	{"inset-inline-start", PROPERTY_left},
	{"inset-inline-end", PROPERTY_right},
	{"inline-size", PROPERTY_width},
	{"block-size", PROPERTY_height},
	{"min-inline-size", PROPERTY_min_width},
	{"min-block-size", PROPERTY_min_height},
	{"max-inline-size", PROPERTY_max_width},
	{"max-block-size", PROPERTY_max_height},
	{"border-start-start-radius", PROPERTY_border_top_left_radius},
	{"border-start-end-radius", PROPERTY_border_top_right_radius},
	{"border-end-start-radius", PROPERTY_border_bottom_left_radius},
	{"border-end-end-radius", PROPERTY_border_bottom_right_radius},
	{"-webkit-border-top-left-radius", PROPERTY_border_top_left_radius},
	{NULL, PROPERTY_NONE},
};

static const char *const ignored[] = { // right, but without a meaning on this canvas, or not done
	"cursor", "user-select", "will-change", "touch-action", "resize", "appearance", "hyphens", "text-rendering",
	"backface-visibility", "transform-style", "perspective-origin", "object-fit", "zoom", "clip", "clip-path",
	"mix-blend-mode", "background-blend-mode", "isolation", "font-variant", "font-stretch", "font-display", "font-kerning",
	"font-feature-settings", "font-variation-settings", "font-variant-numeric", "font-smooth", "font-synthesis", "src",
	"unicode-range", "caret-color", "accent-color", "color-scheme", "text-align-last", "text-underline-offset",
	"text-underline-position", "text-decoration-thickness", "text-decoration-skip-ink", "text-size-adjust", "text-orientation",
	"writing-mode", "unicode-bidi", "tab-size", "line-break", "quotes", "counter-increment", "counter-reset", "counter-set",
	"list-style-position", "list-style-image", "table-layout", "caption-side", "empty-cells", "mask-composite",
	"mask-origin", "mask-clip", "mask-mode", "mask-type", "mask-border", "border-image",
	"border-image-source", "border-image-slice", "border-image-width", "border-image-outset", "border-image-repeat",
	"column-count", "column-width", "column-rule", "column-rule-color", "column-rule-style", "column-rule-width", "columns",
	"column-fill", "column-span", "break-inside", "break-after", "break-before", "page-break-inside", "page-break-after",
	"page-break-before", "orphans", "widows", "size", "contain", "content-visibility", "container-type", "container-name",
	"container", "grid-auto-columns", "grid-auto-rows", "grid-auto-flow", "grid-template-areas", "scroll-behavior",
	"scroll-snap-type", "scroll-snap-align", "scroll-snap-stop", "scroll-margin", "scroll-padding", "scrollbar-width",
	"scrollbar-color", "scrollbar-gutter", "overscroll-behavior", "overscroll-behavior-x", "overscroll-behavior-y",
	"overflow-anchor", "overflow-scrolling", "shape-outside", "shape-margin", "shape-rendering", "image-rendering",
	"image-orientation", "fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin",
	"stroke-dasharray", "stroke-dashoffset", "stroke-opacity", "paint-order", "speak", "max-lines", "translate", "rotate",
	"scale", "offset-path", "box-decoration-break", "text-emphasis", "hanging-punctuation", NULL};
