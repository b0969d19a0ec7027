/* Which keyword is which number of style.h. When two keywords mean the same, the first is printed. */
#include "core/wxss/reader.h"

const struct wxss_choice wxss_choices_box_orient[] = {
	{KW_horizontal, 0}, {KW_inline_axis, 0}, {KW_vertical, 1}, {KW_block_axis, 1}, {0}};
const struct wxss_choice wxss_choices_align_content[] = {{KW_normal, ALIGN_NORMAL}, {KW_stretch, ALIGN_STRETCH},
	{KW_flex_start, ALIGN_FLEX_START}, {KW_flex_end, ALIGN_FLEX_END}, {KW_center, ALIGN_CENTER}, {KW_baseline, ALIGN_BASELINE},
	{KW_space_between, ALIGN_SPACE_BETWEEN}, {KW_justify, ALIGN_SPACE_BETWEEN}, {KW_space_around, ALIGN_SPACE_AROUND},
	{KW_space_evenly, ALIGN_SPACE_EVENLY}, {KW_start, ALIGN_START}, {KW_end, ALIGN_END}, {KW_left, ALIGN_LEFT},
	{KW_right, ALIGN_RIGHT}, {0}};
const struct wxss_choice wxss_choices_align[] = {{KW_normal, ALIGN_NORMAL}, {KW_stretch, ALIGN_STRETCH},
	{KW_flex_start, ALIGN_FLEX_START}, {KW_flex_end, ALIGN_FLEX_END}, {KW_center, ALIGN_CENTER}, {KW_baseline, ALIGN_BASELINE},
	{KW_start, ALIGN_START}, {KW_end, ALIGN_END}, {KW_self_start, ALIGN_START}, {KW_self_end, ALIGN_END},
	{KW_left, ALIGN_LEFT}, {KW_right, ALIGN_RIGHT}, {0}};
const struct wxss_choice wxss_choices_align_self[] = {{KW_auto, ALIGN_AUTO}, {KW_normal, ALIGN_NORMAL},
	{KW_stretch, ALIGN_STRETCH}, {KW_flex_start, ALIGN_FLEX_START}, {KW_flex_end, ALIGN_FLEX_END}, {KW_center, ALIGN_CENTER},
	{KW_baseline, ALIGN_BASELINE}, {KW_start, ALIGN_START}, {KW_end, ALIGN_END}, {KW_self_start, ALIGN_START},
	{KW_self_end, ALIGN_END}, {KW_left, ALIGN_LEFT}, {KW_right, ALIGN_RIGHT}, {0}};
const struct wxss_choice wxss_choices_animation_direction[] = {{KW_normal, ANIMATION_NORMAL}, {KW_reverse, ANIMATION_REVERSE},
	{KW_alternate, ANIMATION_ALTERNATE}, {KW_alternate_reverse, ANIMATION_ALTERNATE_REVERSE}, {0}};
const struct wxss_choice wxss_choices_animation_fill[] = {{KW_none, ANIMATION_FILL_NONE},
	{KW_forwards, ANIMATION_FILL_FORWARDS}, {KW_backwards, ANIMATION_FILL_BACKWARDS}, {KW_both, ANIMATION_FILL_BOTH}, {0}};
const struct wxss_choice wxss_choices_play_state[] = {{KW_running, 0}, {KW_paused, 1}, {0}};
const struct wxss_choice wxss_choices_attachment[] = {{KW_scroll, 0}, {KW_local, 0}, {KW_fixed, 1}, {0}};
const struct wxss_choice wxss_choices_background_box[] = {{KW_border_box, BACKGROUND_BORDER_BOX},
	{KW_padding_box, BACKGROUND_PADDING_BOX}, {KW_content_box, BACKGROUND_CONTENT_BOX}, {KW_text, BACKGROUND_TEXT}, {0}};
const struct wxss_choice wxss_choices_repeat[] = {{KW_repeat, REPEAT_REPEAT}, {KW_no_repeat, REPEAT_NO_REPEAT},
	{KW_space, REPEAT_SPACE}, {KW_round, REPEAT_ROUND}, {0}};
const struct wxss_choice wxss_choices_border_style[] = {{KW_none, BORDER_STYLE_NONE}, {KW_hidden, BORDER_STYLE_HIDDEN},
	{KW_solid, BORDER_STYLE_SOLID}, {KW_dashed, BORDER_STYLE_DASHED}, {KW_dotted, BORDER_STYLE_DOTTED},
	{KW_double, BORDER_STYLE_DOUBLE}, {KW_groove, BORDER_STYLE_GROOVE}, {KW_ridge, BORDER_STYLE_RIDGE},
	{KW_inset, BORDER_STYLE_INSET}, {KW_outset, BORDER_STYLE_OUTSET}, {KW_auto, BORDER_STYLE_SOLID}, {0}};
const struct wxss_choice wxss_choices_table_layout[] = {{KW_auto, 0}, {KW_fixed, 1}, {0}};
const struct wxss_choice wxss_choices_border_collapse[] = {{KW_separate, 0}, {KW_collapse, 1}, {0}};
const struct wxss_choice wxss_choices_box_sizing[] = {
	{KW_content_box, BOX_SIZING_CONTENT}, {KW_border_box, BOX_SIZING_BORDER}, {0}};
const struct wxss_choice wxss_choices_clear[] = {
	{KW_none, CLEAR_NONE}, {KW_left, CLEAR_LEFT}, {KW_right, CLEAR_RIGHT}, {KW_both, CLEAR_BOTH}, {0}};
const struct wxss_choice wxss_choices_direction[] = {{KW_ltr, 0}, {KW_rtl, 1}, {0}};
const struct wxss_choice wxss_choices_display[] = {{KW_inline, DISPLAY_INLINE}, {KW_block, DISPLAY_BLOCK},
	{KW_flow_root, DISPLAY_BLOCK}, {KW_inline_block, DISPLAY_INLINE_BLOCK}, {KW_flex, DISPLAY_FLEX},
	{KW__webkit_flex, DISPLAY_FLEX}, {KW_inline_flex, DISPLAY_INLINE_FLEX}, {KW__webkit_inline_flex, DISPLAY_INLINE_FLEX},
	{KW_none, DISPLAY_NONE}, {KW_contents, DISPLAY_CONTENTS}, {KW_grid, DISPLAY_GRID}, {KW_inline_grid, DISPLAY_INLINE_GRID},
	{KW_table, DISPLAY_TABLE}, {KW_inline_table, DISPLAY_INLINE_TABLE}, {KW_table_row, DISPLAY_TABLE_ROW},
	{KW_table_cell, DISPLAY_TABLE_CELL}, {KW_table_row_group, DISPLAY_TABLE_ROW_GROUP},
	{KW_table_header_group, DISPLAY_TABLE_ROW_GROUP}, {KW_table_footer_group, DISPLAY_TABLE_ROW_GROUP},
	{KW_table_caption, DISPLAY_BLOCK}, {KW_table_column, DISPLAY_NONE}, {KW_table_column_group, DISPLAY_NONE},
	{KW_list_item, DISPLAY_LIST_ITEM}, {KW__webkit_box, DISPLAY_WEBKIT_BOX},
	{KW__webkit_inline_box, DISPLAY_WEBKIT_INLINE_BOX}, {0}};
const struct wxss_choice wxss_choices_flex_direction[] = {{KW_row, FLEX_ROW}, {KW_row_reverse, FLEX_ROW_REVERSE},
	{KW_column, FLEX_COLUMN}, {KW_column_reverse, FLEX_COLUMN_REVERSE}, {0}};
const struct wxss_choice wxss_choices_flex_wrap[] = {
	{KW_nowrap, FLEX_NOWRAP}, {KW_wrap, FLEX_WRAP}, {KW_wrap_reverse, FLEX_WRAP_REVERSE}, {0}};
const struct wxss_choice wxss_choices_float[] = {{KW_none, FLOAT_NONE}, {KW_left, FLOAT_LEFT}, {KW_right, FLOAT_RIGHT}, {0}};
const struct wxss_choice wxss_choices_font_style[] = {
	{KW_normal, FONT_STYLE_NORMAL}, {KW_italic, FONT_STYLE_ITALIC}, {KW_oblique, FONT_STYLE_OBLIQUE}, {0}};
const struct wxss_choice wxss_choices_list_style[] = {{KW_disc, LIST_STYLE_DISC}, {KW_none, LIST_STYLE_NONE},
	{KW_decimal, LIST_STYLE_DECIMAL}, {KW_circle, LIST_STYLE_CIRCLE}, {KW_square, LIST_STYLE_SQUARE},
	{KW_lower_alpha, LIST_STYLE_LOWER_ALPHA}, {KW_lower_latin, LIST_STYLE_LOWER_ALPHA}, {KW_upper_alpha, LIST_STYLE_UPPER_ALPHA},
	{KW_upper_latin, LIST_STYLE_UPPER_ALPHA}, {KW_lower_roman, LIST_STYLE_LOWER_ROMAN}, {KW_upper_roman, LIST_STYLE_UPPER_ROMAN},
	{0}};
const struct wxss_choice wxss_choices_overflow_wrap[] = {{KW_normal, OVERFLOW_WRAP_NORMAL},
	{KW_break_word, OVERFLOW_WRAP_BREAK_WORD}, {KW_anywhere, OVERFLOW_WRAP_ANYWHERE},
	{0}};
const struct wxss_choice wxss_choices_overflow[] = {{KW_visible, OVERFLOW_VISIBLE}, {KW_hidden, OVERFLOW_HIDDEN},
	{KW_scroll, OVERFLOW_SCROLL}, {KW_auto, OVERFLOW_AUTO}, {KW_overlay, OVERFLOW_AUTO}, {KW_clip, OVERFLOW_CLIP}, {0}};
const struct wxss_choice wxss_choices_pointer_events[] = {{KW_auto, POINTER_EVENTS_AUTO}, {KW_none, POINTER_EVENTS_NONE},
	{KW_all, POINTER_EVENTS_AUTO}, {0}};
const struct wxss_choice wxss_choices_position[] = {{KW_static, POSITION_STATIC}, {KW_relative, POSITION_RELATIVE},
	{KW_absolute, POSITION_ABSOLUTE}, {KW_fixed, POSITION_FIXED}, {KW_sticky, POSITION_STICKY},
	{KW__webkit_sticky, POSITION_STICKY}, {0}};
const struct wxss_choice wxss_choices_text_align[] = {{KW_start, TEXT_ALIGN_START}, {KW_left, TEXT_ALIGN_LEFT},
	{KW_center, TEXT_ALIGN_CENTER}, {KW__webkit_center, TEXT_ALIGN_CENTER}, {KW_right, TEXT_ALIGN_RIGHT},
	{KW_end, TEXT_ALIGN_END}, {KW_justify, TEXT_ALIGN_JUSTIFY}, {0}};
const struct wxss_choice wxss_choices_decoration_style[] = {{KW_solid, BORDER_STYLE_SOLID}, {KW_dashed, BORDER_STYLE_DASHED},
	{KW_dotted, BORDER_STYLE_DOTTED}, {KW_double, BORDER_STYLE_DOUBLE}, {KW_wavy, BORDER_STYLE_GROOVE}, {0}};
const struct wxss_choice wxss_choices_text_overflow[] = {
	{KW_clip, TEXT_OVERFLOW_CLIP}, {KW_ellipsis, TEXT_OVERFLOW_ELLIPSIS}, {0}};
const struct wxss_choice wxss_choices_text_transform[] = {{KW_none, TEXT_TRANSFORM_NONE},
	{KW_uppercase, TEXT_TRANSFORM_UPPERCASE}, {KW_lowercase, TEXT_TRANSFORM_LOWERCASE},
	{KW_capitalize, TEXT_TRANSFORM_CAPITALIZE}, {0}};
const struct wxss_choice wxss_choices_vertical_align[] = {{KW_baseline, VERTICAL_ALIGN_BASELINE}, {KW_top, VERTICAL_ALIGN_TOP},
	{KW_middle, VERTICAL_ALIGN_MIDDLE}, {KW__webkit_baseline_middle, VERTICAL_ALIGN_MIDDLE},
	{KW_bottom, VERTICAL_ALIGN_BOTTOM}, {KW_sub, VERTICAL_ALIGN_SUB}, {KW_super, VERTICAL_ALIGN_SUPER},
	{KW_text_top, VERTICAL_ALIGN_TEXT_TOP}, {KW_text_bottom, VERTICAL_ALIGN_TEXT_BOTTOM}, {0}};
const struct wxss_choice wxss_choices_visibility[] = {
	{KW_visible, VISIBILITY_VISIBLE}, {KW_hidden, VISIBILITY_HIDDEN}, {KW_collapse, VISIBILITY_COLLAPSE}, {0}};
const struct wxss_choice wxss_choices_white_space[] = {{KW_normal, WHITE_SPACE_NORMAL}, {KW_nowrap, WHITE_SPACE_NOWRAP},
	{KW_pre, WHITE_SPACE_PRE}, {KW_pre_wrap, WHITE_SPACE_PRE_WRAP}, {KW_pre_line, WHITE_SPACE_PRE_LINE},
	{KW_break_spaces, WHITE_SPACE_BREAK_SPACES}, {0}};
const struct wxss_choice wxss_choices_word_break[] = {{KW_normal, WORD_BREAK_NORMAL}, {KW_break_all, WORD_BREAK_BREAK_ALL},
	{KW_keep_all, WORD_BREAK_KEEP_ALL}, {KW_break_word, WORD_BREAK_BREAK_WORD}, {0}};
