/* Commands of a canvas: any list draws, or draws nothing; the bitmap can be read afterwards. */
#include "border/gfx/drawing.h"
#include "border/gfx/text.h"
#include "core/value/json.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct gfx_fonts *fonts;

static struct gfx_image *no_image(void *user, struct str url) { return NULL; }
static struct gfx_drawing *itself(void *user, double number) { return number == 1 ? user : NULL; }

static void drop_fonts(void) { gfx_fonts_destroy(fonts); }

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct value commands;
	uint8_t rgba[16 * 8 * 4];
	if (!fonts) {
		fonts = gfx_fonts_create(NULL);
		atexit(drop_fonts);
	}
	if (json_parse((struct str){(const char *)data, size}, &commands, NULL)) {
		return 0;
	}
	struct gfx_drawing *drawing = gfx_drawing_create(60, 40, 1, fonts);
	struct gfx_drawing_pictures pictures = {no_image, itself, drawing};
	gfx_drawing_run(drawing, commands, &pictures);
	gfx_drawing_in_path(drawing, commands, 5, 5, true, false);
	gfx_drawing_read(drawing, (struct rect){-3, -3, 40, 30}, 16, 8, rgba);
	gfx_drawing_destroy(drawing);
	value_unref(commands);
	return 0;
}
