/* The computed style of one element or pseudo-element: what layout and paint read. Immutable after
 * the cascade, reference-counted and shared by all elements whose style is the same. Lengths are
 * CSS px, resolved but for percentages; colours are 0xRRGGBBAA, not premultiplied; angles are
 * radians, times ms. Made only by wxss/cascade.c. */
#ifndef MINA_WXSS_STYLE_H
#define MINA_WXSS_STYLE_H

#include "base/atom.h"
#include "base/geom.h"
#include "base/str.h"

enum length_kind {
	LENGTH_AUTO, // also "none" of max-width, "normal" of gap
	LENGTH_FIXED, // px + percent of the base; calc() becomes this
	LENGTH_MIN_CONTENT,
	LENGTH_MAX_CONTENT,
	LENGTH_FIT_CONTENT,
};

struct length {
	enum length_kind kind;
	float px, percent; // percent: 50% is 0.5
};

static inline bool length_is_auto(struct length l) { return l.kind == LENGTH_AUTO; }
static inline bool length_has_percent(struct length l) { return l.kind == LENGTH_FIXED && l.percent != 0; }
static inline float length_resolve(struct length l, float base) { return l.px + l.percent * base; } // LENGTH_FIXED only

typedef uint32_t color_t; // 0xRRGGBBAA

/* All keyword enums start with the initial value unless noted. */
enum display { DISPLAY_INLINE, DISPLAY_BLOCK, DISPLAY_INLINE_BLOCK, DISPLAY_FLEX, DISPLAY_INLINE_FLEX, DISPLAY_NONE,
	DISPLAY_CONTENTS, DISPLAY_GRID, DISPLAY_INLINE_GRID, DISPLAY_TABLE, DISPLAY_INLINE_TABLE, DISPLAY_TABLE_ROW,
	DISPLAY_TABLE_CELL, DISPLAY_TABLE_ROW_GROUP, DISPLAY_LIST_ITEM, DISPLAY_WEBKIT_BOX, DISPLAY_WEBKIT_INLINE_BOX };
enum position { POSITION_STATIC, POSITION_RELATIVE, POSITION_ABSOLUTE, POSITION_FIXED, POSITION_STICKY };
enum float_side { FLOAT_NONE, FLOAT_LEFT, FLOAT_RIGHT };
enum clear_side { CLEAR_NONE, CLEAR_LEFT, CLEAR_RIGHT, CLEAR_BOTH };
enum overflow { OVERFLOW_VISIBLE, OVERFLOW_HIDDEN, OVERFLOW_SCROLL, OVERFLOW_AUTO, OVERFLOW_CLIP };
enum box_sizing { BOX_SIZING_CONTENT, BOX_SIZING_BORDER };
enum visibility { VISIBILITY_VISIBLE, VISIBILITY_HIDDEN, VISIBILITY_COLLAPSE };
enum flex_direction { FLEX_ROW, FLEX_ROW_REVERSE, FLEX_COLUMN, FLEX_COLUMN_REVERSE };
enum flex_wrap { FLEX_NOWRAP, FLEX_WRAP, FLEX_WRAP_REVERSE };
enum align { ALIGN_AUTO, ALIGN_NORMAL, ALIGN_STRETCH, ALIGN_FLEX_START, ALIGN_FLEX_END, ALIGN_CENTER, ALIGN_BASELINE,
	ALIGN_SPACE_BETWEEN, ALIGN_SPACE_AROUND, ALIGN_SPACE_EVENLY, ALIGN_START, ALIGN_END, ALIGN_LEFT, ALIGN_RIGHT };
enum text_align { TEXT_ALIGN_START, TEXT_ALIGN_LEFT, TEXT_ALIGN_CENTER, TEXT_ALIGN_RIGHT, TEXT_ALIGN_END, TEXT_ALIGN_JUSTIFY };
enum white_space { WHITE_SPACE_NORMAL, WHITE_SPACE_NOWRAP, WHITE_SPACE_PRE, WHITE_SPACE_PRE_WRAP, WHITE_SPACE_PRE_LINE, WHITE_SPACE_BREAK_SPACES };
enum word_break { WORD_BREAK_NORMAL, WORD_BREAK_BREAK_ALL, WORD_BREAK_KEEP_ALL, WORD_BREAK_BREAK_WORD };
enum overflow_wrap { OVERFLOW_WRAP_NORMAL, OVERFLOW_WRAP_BREAK_WORD, OVERFLOW_WRAP_ANYWHERE };
enum text_overflow { TEXT_OVERFLOW_CLIP, TEXT_OVERFLOW_ELLIPSIS };
enum text_transform { TEXT_TRANSFORM_NONE, TEXT_TRANSFORM_UPPERCASE, TEXT_TRANSFORM_LOWERCASE, TEXT_TRANSFORM_CAPITALIZE };
enum text_decoration_line { TEXT_UNDERLINE = 1, TEXT_OVERLINE = 2, TEXT_LINE_THROUGH = 4 }; // bits
enum font_style { FONT_STYLE_NORMAL, FONT_STYLE_ITALIC, FONT_STYLE_OBLIQUE };
enum vertical_align { VERTICAL_ALIGN_BASELINE, VERTICAL_ALIGN_TOP, VERTICAL_ALIGN_MIDDLE, VERTICAL_ALIGN_BOTTOM,
	VERTICAL_ALIGN_SUB, VERTICAL_ALIGN_SUPER, VERTICAL_ALIGN_TEXT_TOP, VERTICAL_ALIGN_TEXT_BOTTOM, VERTICAL_ALIGN_LENGTH };
enum border_style { BORDER_STYLE_NONE, BORDER_STYLE_HIDDEN, BORDER_STYLE_SOLID, BORDER_STYLE_DASHED, BORDER_STYLE_DOTTED,
	BORDER_STYLE_DOUBLE, BORDER_STYLE_GROOVE, BORDER_STYLE_RIDGE, BORDER_STYLE_INSET, BORDER_STYLE_OUTSET };
enum repeat { REPEAT_REPEAT, REPEAT_NO_REPEAT, REPEAT_SPACE, REPEAT_ROUND };
enum background_box { BACKGROUND_BORDER_BOX, BACKGROUND_PADDING_BOX, BACKGROUND_CONTENT_BOX, BACKGROUND_TEXT };
enum background_size { BACKGROUND_SIZE_LENGTHS, BACKGROUND_SIZE_COVER, BACKGROUND_SIZE_CONTAIN };
enum pointer_events { POINTER_EVENTS_AUTO, POINTER_EVENTS_NONE };
enum list_style { LIST_STYLE_DISC, LIST_STYLE_NONE, LIST_STYLE_DECIMAL, LIST_STYLE_CIRCLE, LIST_STYLE_SQUARE,
	LIST_STYLE_LOWER_ALPHA, LIST_STYLE_UPPER_ALPHA, LIST_STYLE_LOWER_ROMAN, LIST_STYLE_UPPER_ROMAN };
enum side { SIDE_TOP, SIDE_RIGHT, SIDE_BOTTOM, SIDE_LEFT };
enum corner { CORNER_TOP_LEFT, CORNER_TOP_RIGHT, CORNER_BOTTOM_RIGHT, CORNER_BOTTOM_LEFT };

enum line_height_kind { LINE_HEIGHT_NORMAL, LINE_HEIGHT_NUMBER, LINE_HEIGHT_PX };
struct line_height {
	enum line_height_kind kind;
	float value;
};

struct border_side {
	float width; // 0 when the style is none
	enum border_style style;
	color_t color; // currentColor is resolved
};

struct gradient_stop {
	color_t color;
	struct length at; // LENGTH_AUTO: spread evenly between its neighbours
};

enum image_kind { IMAGE_NONE, IMAGE_URL, IMAGE_LINEAR, IMAGE_RADIAL, IMAGE_CONIC };
enum gradient_corner { GRADIENT_ANGLE, GRADIENT_TO_CORNER };
enum radial_size { RADIAL_FARTHEST_CORNER, RADIAL_CLOSEST_SIDE, RADIAL_CLOSEST_CORNER, RADIAL_FARTHEST_SIDE, RADIAL_LENGTHS };
struct style_image { // one layer's picture; immutable, owned by the style
	enum image_kind kind;
	struct str url; // IMAGE_URL: as written, already resolved against the sheet's file for package paths
	bool repeating, circle;
	enum gradient_corner corner;
	float angle;     // linear: CSS angle (0 is to top, clockwise); conic: from
	int to_x, to_y;  // GRADIENT_TO_CORNER: -1, 0, 1
	enum radial_size radial_size;
	struct length radius_x, radius_y, center_x, center_y;
	struct gradient_stop *stops;
	size_t stop_count;
};

struct background_layer {
	struct style_image image;
	struct length x, y; // position; percent of (area - picture)
	enum background_size size_kind;
	struct length width, height;
	enum repeat repeat_x, repeat_y;
	enum background_box origin, clip;
	bool fixed;
};

struct box_shadow {
	float x, y, blur, spread;
	color_t color;
	bool inset;
};

enum transform_kind { TRANSFORM_MATRIX, TRANSFORM_TRANSLATE };
enum transform_function { TRANSFORM_AS_MATRIX, TRANSFORM_ROTATE, TRANSFORM_SCALE, TRANSFORM_SKEW, TRANSFORM_ROTATE_3D };
struct transform_step { // applied left to right as in CSS
	enum transform_kind kind;
	struct matrix matrix;  // 3D functions are flattened to their 2D part
	struct length x, y;    // TRANSFORM_TRANSLATE: percent of the border box
	/* What the matrix was made of, so that motion mixes angles and factors, not matrices: ROTATE
	 * and ROTATE_3D angle (x, y, z), SCALE and SKEW x, y. Others need not look. */
	enum transform_function function;
	float args[4];
};

enum filter_kind { FILTER_BLUR, FILTER_BRIGHTNESS, FILTER_CONTRAST, FILTER_GRAYSCALE, FILTER_INVERT, FILTER_OPACITY,
	FILTER_SATURATE, FILTER_SEPIA, FILTER_HUE_ROTATE, FILTER_DROP_SHADOW };
struct filter_step {
	enum filter_kind kind;
	float amount; // px, factor or radians
	struct box_shadow shadow;
};

enum timing_kind { TIMING_CUBIC, TIMING_STEPS_END, TIMING_STEPS_START, TIMING_STEPS_NONE, TIMING_STEPS_BOTH };
struct timing {
	enum timing_kind kind;
	float x1, y1, x2, y2; // cubic-bezier
	int steps;
};
enum animation_fill { ANIMATION_FILL_NONE, ANIMATION_FILL_FORWARDS, ANIMATION_FILL_BACKWARDS, ANIMATION_FILL_BOTH };
enum animation_direction { ANIMATION_NORMAL, ANIMATION_REVERSE, ANIMATION_ALTERNATE, ANIMATION_ALTERNATE_REVERSE };
struct animation {
	atom_t name; // of @keyframes; 0: none
	float duration, delay, count; // count may be INFINITY
	struct timing timing;
	enum animation_fill fill;
	enum animation_direction direction;
	bool paused;
};
struct transition {
	atom_t property; // atom of the property name, or of "all"
	float duration, delay;
	struct timing timing;
};

enum content_kind { CONTENT_NORMAL, CONTENT_NONE, CONTENT_TEXT, CONTENT_URL };

struct track { // one grid track; minmax() keeps both sides
	struct length min, max;
	float fraction; // fr, 0 when none
	bool automatic; // of repeat(auto-fill): as often as there is room
};

struct style {
	unsigned refs;
	/* inherited */
	color_t color;
	float font_size;
	struct str font_family; // the list as written: `"PingFang SC", sans-serif`; "" is the default
	int font_weight;        // 1 to 1000
	enum font_style font_style;
	struct line_height line_height;
	float letter_spacing, word_spacing;
	struct length text_indent;
	enum text_align text_align;
	enum white_space white_space;
	enum word_break word_break;
	enum overflow_wrap overflow_wrap;
	enum text_transform text_transform;
	enum visibility visibility;
	enum pointer_events pointer_events;
	enum list_style list_style;
	bool rtl;
	struct box_shadow *text_shadows;
	size_t text_shadow_count;
	struct style_vars *vars; // custom properties, opaque
	/* box */
	enum display display;
	enum position position;
	enum float_side float_side;
	enum clear_side clear;
	enum overflow overflow_x, overflow_y;
	enum box_sizing box_sizing;
	struct length width, height, min_width, min_height, max_width, max_height; // max AUTO: none
	struct length margin[4], padding[4], inset[4]; // by enum side; inset: top right bottom left
	float aspect_ratio; // width / height, 0: auto
	bool inline_origin; // the display was inline-level before a float or position made it a block's
	int z_index;
	bool z_auto;
	enum vertical_align vertical_align;
	struct length vertical_align_length; // percent of the line height
	/* flex and grid */
	enum flex_direction flex_direction;
	enum flex_wrap flex_wrap;
	float flex_grow, flex_shrink;
	struct length flex_basis; // LENGTH_AUTO; "content" is LENGTH_MAX_CONTENT
	int order;
	enum align justify_content, align_items, align_self, align_content, justify_items, justify_self;
	struct length row_gap, column_gap;
	struct track *grid_columns, *grid_rows;
	size_t grid_column_count, grid_row_count;
	int grid_column_start, grid_column_end, grid_row_start, grid_row_end; // 0: auto; negative from the end
	int grid_column_span, grid_row_span; // 1 unless "span n"
	/* -webkit-box */
	bool box_orient_vertical;
	int line_clamp; // 0: none
	/* decoration */
	color_t background_color;
	struct background_layer *backgrounds; // first is on top
	size_t background_count;
	struct border_side border[4];
	struct length radius_x[4], radius_y[4]; // by enum corner
	struct box_shadow *shadows; // first is on top
	size_t shadow_count;
	struct border_side outline;
	float outline_offset;
	float opacity;
	struct transform_step *transforms;
	size_t transform_count;
	struct length origin_x, origin_y;
	float perspective;
	struct filter_step *filters;
	size_t filter_count;
	struct filter_step *backdrop_filters;
	size_t backdrop_filter_count;
	struct style_image mask_image;
	struct length mask_x, mask_y; // as those of a background layer
	struct length mask_width, mask_height;
	enum background_size mask_size;
	enum repeat mask_repeat_x, mask_repeat_y;
	enum text_overflow text_overflow;
	unsigned text_decoration; // enum text_decoration_line bits
	color_t text_decoration_color;
	enum border_style text_decoration_style;
	enum content_kind content_kind; // pseudo-elements
	struct str content;
	float object_position_x, object_position_y;
	bool border_collapse, table_fixed;
	float border_spacing_x, border_spacing_y;
	/* motion */
	struct animation *animations;
	size_t animation_count;
	struct transition *transitions;
	size_t transition_count;
	/* A child took over (`inherit`) what is not inherited by itself: changes concern it as well. */
	bool inherited_from;
	/* Of what children take over, so that the cascade finds styles whose children can be shared. */
	uint32_t heirs_hash;
};

struct style *style_ref(const struct style *style);
void style_unref(struct style *style); // NULL is fine
/* The used line height in px; ascent + descent of the font is `normal`. */
static inline float style_line_height(const struct style *style, float normal)
{
	return style->line_height.kind == LINE_HEIGHT_NORMAL ? normal
		: style->line_height.kind == LINE_HEIGHT_NUMBER ? style->line_height.value * style->font_size
		: style->line_height.value;
}
/* Has this element a stacking context of its own? */
bool style_stacks(const struct style *style);

#endif
