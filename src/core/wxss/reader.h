/* Reading component values one after another: each function takes what it names and moves on, or
 * returns false and leaves the reader where it was. */
#ifndef MINA_WXSS_READER_H
#define MINA_WXSS_READER_H

#include "core/tree/node.h"
#include "core/wxss/part.h"

struct wxss_reader {
	const struct wxss_part *at, *end;
	const struct wxss_units *units;
	color_t current;            // currentColor
	const struct style *parent; // for what is relative to the parent; never NULL
	const struct node *node;    // for attr(); may be NULL
};

struct wxss_choice { // a table ends with keyword KW_UNKNOWN
	enum wxss_keyword keyword;
	int value;
};

#define X(name) extern const struct wxss_choice wxss_choices_##name[];
X(box_orient) X(align_content) X(align) X(align_self) X(animation_direction) X(animation_fill) X(play_state)
X(attachment) X(background_box) X(repeat) X(border_style) X(border_collapse) X(box_sizing) X(clear) X(direction)
X(display) X(flex_direction) X(flex_wrap) X(float) X(font_style) X(list_style) X(overflow_wrap) X(overflow)
X(pointer_events) X(position) X(text_align) X(decoration_style) X(text_overflow) X(text_transform)
X(vertical_align) X(visibility) X(white_space) X(word_break) X(table_layout)
#undef X

bool wxss_read_amount(struct wxss_reader *reader, struct wxss_amount *ret);
/* flags: F_PERCENT, F_NEGATIVE, F_AUTO ... of property.h. */
bool wxss_read_length(struct wxss_reader *reader, unsigned flags, struct length *ret);
bool wxss_read_px(struct wxss_reader *reader, bool negative, float *ret);
bool wxss_read_number(struct wxss_reader *reader, float *ret);
bool wxss_read_integer(struct wxss_reader *reader, int *ret);
bool wxss_read_number_or_percent(struct wxss_reader *reader, float *ret); // 50% is 0.5
bool wxss_read_angle(struct wxss_reader *reader, float *ret_radians);     // unitless 0 too
bool wxss_read_time(struct wxss_reader *reader, float *ret_ms);
bool wxss_read_color(struct wxss_reader *reader, color_t *ret);
bool wxss_read_keyword(struct wxss_reader *reader, enum wxss_keyword keyword);
bool wxss_read_choice(struct wxss_reader *reader, const struct wxss_choice *choices, int *ret);
bool wxss_read_comma(struct wxss_reader *reader);
bool wxss_read_slash(struct wxss_reader *reader);
/* One to four parts: "center", "left 10px", "right 10% top 2px". */
bool wxss_read_position(struct wxss_reader *reader, struct length *ret_x, struct length *ret_y);
/* One axis: "right 10px", "50%". */
bool wxss_read_position_axis(struct wxss_reader *reader, bool vertical, struct length *ret);
/* A reader for the arguments of the function at reader->at; moves behind it. */
bool wxss_read_function(struct wxss_reader *reader, struct wxss_reader *ret_inner, const struct wxss_part **ret_function);
static inline bool wxss_read_end(const struct wxss_reader *reader) { return reader->at == reader->end; }
const char *wxss_choice_text(const struct wxss_choice *choices, int value);

void wxss_print_px(float px, struct strbuf *out);
void wxss_print_length(struct length length, unsigned flags, struct strbuf *out);
struct length wxss_length_mix(struct length a, struct length b, float t);
static inline float wxss_mix(float a, float b, float t) { return a + (b - a) * t; }
static inline bool wxss_length_equal(struct length a, struct length b)
{
	return a.kind == b.kind && a.px == b.px && a.percent == b.percent;
}
static inline struct length wxss_length_px(float px) { return (struct length){LENGTH_FIXED, px, 0}; }
static inline struct length wxss_length_percent(float percent) { return (struct length){LENGTH_FIXED, 0, percent}; }

#endif
