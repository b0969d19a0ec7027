/* Styles of anonymous boxes: the inherited part of the parent's, the initial rest. */
#include "core/layout/layout.h"

static void copy_inherited(struct style *to, const struct style *from)
{
	to->color = from->color;
	to->font_size = from->font_size;
	to->font_family = from->font_family;
	to->font_weight = from->font_weight;
	to->font_style = from->font_style;
	to->line_height = from->line_height;
	to->letter_spacing = from->letter_spacing;
	to->word_spacing = from->word_spacing;
	to->text_indent = from->text_indent;
	to->text_align = from->text_align;
	to->white_space = from->white_space;
	to->word_break = from->word_break;
	to->overflow_wrap = from->overflow_wrap;
	to->text_transform = from->text_transform;
	to->visibility = from->visibility;
	to->pointer_events = from->pointer_events;
	to->list_style = from->list_style;
	to->rtl = from->rtl;
	to->text_shadows = from->text_shadows;
	to->text_shadow_count = from->text_shadow_count;
	to->vars = from->vars;
}

static void set_initial(struct style *style)
{
	const struct length zero = {.kind = LENGTH_FIXED};
	for (int i = 0; i < 4; i++) {
		style->margin[i] = style->padding[i] = style->radius_x[i] = style->radius_y[i] = zero;
	}
	style->origin_x = style->origin_y = (struct length){.kind = LENGTH_FIXED, .percent = 0.5f};
	style->z_auto = true;
	style->flex_shrink = 1;
	style->opacity = 1;
	style->grid_column_span = style->grid_row_span = 1;
}

static void drop(struct anonymous *anonymous)
{
	if (--anonymous->style.refs == 0) {
		style_unref(anonymous->parent);
		mem_free(anonymous);
	}
}

const struct style *anonymous_style(struct layout *layout, const struct box *around, enum display display)
{
	while (around->pseudo == BOX_ANONYMOUS) { // inherits the same
		around = around->parent;
	}
	const struct style *parent = around->style;
	struct anonymous *latest = layout->latest;
	if (latest && latest->parent == parent && latest->style.display == display) {
		latest->style.refs++;
		return &latest->style;
	}
	struct anonymous *made = mem_alloc(sizeof(*made));
	made->parent = style_ref(parent);
	set_initial(&made->style);
	copy_inherited(&made->style, parent);
	made->style.display = display;
	made->style.refs = 2; // the caller's and the layout's
	if (latest) {
		drop(latest);
	}
	layout->latest = made;
	return &made->style;
}

void anonymous_unref(struct layout *layout, const struct style *style)
{
	UNUSED(layout);
	if (style) {
		drop(CONTAINER_OF((struct style *)(uintptr_t)style, struct anonymous, style));
	}
}
