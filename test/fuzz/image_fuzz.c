/* Pictures: any bytes decode or are refused, and what was decoded is scaled and drawn. */
#include "border/gfx/cairo.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct str text = {(const char *)bytes, size};
	struct strbuf data = {0};
	struct gfx_image *image = NULL;
	if (gfx_data_url_decode(text, &data)) {
		text = strbuf_str(&data);
	}
	if (gfx_image_decode(text, &image) == GFX_IMAGE_OK) {
		struct gfx_surface *surface = gfx_surface_create(32, 24);
		struct gfx_context context = {0};
		struct gfx_canvas *canvas = gfx_canvas_create(surface, &context, 2);
		gfx_canvas_image(canvas, image, (struct rect){0}, (struct rect){1, 1, 9, 9});
		gfx_canvas_image(canvas, image, (struct rect){1, 0, 1e6F, 0.5F}, (struct rect){-3, 0, 40, 2});
		gfx_canvas_destroy(canvas);
		gfx_context_finish(&context);
		gfx_surface_destroy(surface);
		gfx_image_unref(image);
	}
	strbuf_finish(&data);
	return 0;
}
