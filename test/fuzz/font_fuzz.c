/* Fonts that pages bring along: any bytes are a font or are refused, and text is shaped with what came. */
#include "border/gfx/text.h"
#include "core/wxss/cascade.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static struct gfx_fonts *fonts; // finding the engine's own set takes long
	if (!fonts) {
		fonts = gfx_fonts_create(NULL);
	}
	struct str file = {(const char *)bytes, size};
	if (gfx_fonts_add(fonts, STR("fuzz"), file, 400, false) == 0) {
		struct wxss_env env = {.width = 100, .height = 100, .dpr = 2, .root_font_size = 16};
		struct cascade *cascade = cascade_create(&env, NULL);
		struct tree tree;
		tree_init(&tree);
		struct node *node = node_create(&tree, NODE_ELEMENT, atom_of("view"));
		struct value text = value_string(STR("font-family: fuzz; font-size: 20px"));
		node_set_style(node, text);
		value_unref(text);
		struct style *style = cascade_element(cascade, node, NULL);
		struct text_shaper shaper = gfx_fonts_shaper(fonts);
		struct text_run *run = shaper.shape(shaper.user, STR("ab 1\xe4\xb8\xad\xee\x80\x80"), style);
		shaper.unref(shaper.user, run);
		style_unref(style);
		node_destroy(node);
		tree_finish(&tree);
		cascade_destroy(cascade);
	}
	return 0;
}
