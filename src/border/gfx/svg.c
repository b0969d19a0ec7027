// SVG documents (librsvg). Their texts are set in the engine's own fonts, as all others.
#include "border/gfx/font.h"
#include "border/gfx/picture.h"

#include <librsvg/rsvg.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>

enum { BYTES_MAX = 16 << 20 };

struct svg {
	RsvgHandle *handle;
	bool has_text;
};

bool svg_is(struct str bytes)
{
	struct str head = str_slice(bytes, 0, size_min(bytes.len, 1024));
	return str_find(head, STR("<svg")) != SIZE_MAX || (str_starts(str_trim(head), STR("<?xml")) && str_find(bytes, STR("<svg")) != SIZE_MAX);
}

static struct size natural_size(RsvgHandle *handle)
{
	gdouble width = 0, height = 0;
	if (rsvg_handle_get_intrinsic_size_in_pixels(handle, &width, &height) && width > 0 && height > 0) {
		return (struct size){(float)width, (float)height};
	}
	gboolean has_width, has_height, has_box;
	RsvgLength length_width, length_height;
	RsvgRectangle box;
	rsvg_handle_get_intrinsic_dimensions(handle, &has_width, &length_width, &has_height, &length_height, &has_box, &box);
	if (has_box && box.width > 0 && box.height > 0) {
		return (struct size){(float)box.width, (float)box.height};
	}
	return (struct size){300, 150};
}

enum gfx_image_outcome svg_decode(struct str bytes, struct svg **ret_svg, struct size *ret_size)
{
	if (bytes.len > BYTES_MAX) {
		return GFX_IMAGE_TOO_LARGE;
	}
	RsvgHandle *handle = rsvg_handle_new_from_data((const guint8 *)bytes.at, bytes.len, NULL);
	if (!handle) {
		return GFX_IMAGE_BROKEN;
	}
	struct svg *svg = mem_alloc(sizeof(*svg));
	svg->handle = handle;
	svg->has_text = str_find(bytes, STR("text")) != SIZE_MAX;
	*ret_svg = svg;
	*ret_size = natural_size(handle);
	return GFX_IMAGE_OK;
}

/* librsvg asks for the default font map of the thread, which else is the machine's. */
static PangoFontMap *enter_fonts(FcConfig **ret_config)
{
	PangoFontMap *map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
	*ret_config = font_config_new();
	if (map && *ret_config) {
		pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map), *ret_config);
	}
	pango_cairo_font_map_set_default(PANGO_CAIRO_FONT_MAP(map));
	return map;
}

static void leave_fonts(PangoFontMap *map, FcConfig *config)
{
	pango_cairo_font_map_set_default(NULL);
	if (map) {
		g_object_unref(map);
	}
	if (config) {
		FcConfigDestroy(config);
	}
}

void svg_draw(const struct svg *svg, cairo_surface_t *surface, int width, int height)
{
	const RsvgRectangle viewport = {0, 0, width, height};
	FcConfig *config = NULL;
	PangoFontMap *map = svg->has_text ? enter_fonts(&config) : NULL;
	cairo_t *cr = cairo_create(surface);
	rsvg_handle_render_document(svg->handle, cr, &viewport, NULL);
	cairo_destroy(cr);
	if (svg->has_text) {
		leave_fonts(map, config);
	}
}

void svg_destroy(struct svg *svg)
{
	if (svg) {
		g_object_unref(svg->handle);
		mem_free(svg);
	}
}
