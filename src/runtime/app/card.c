/* The picture of a card: the top of the page, or a picture of the program's own, 5:4 (share.md, section 4). */
#include "runtime/app/inside.h"

#include "border/gfx/image.h"
#include "border/gfx/png.h"
#include "host/device.h"

/* A white surface of the card's shape, as wide as the screen in device px. NULL: no memory, no size. */
static struct gfx_surface *make_surface(struct app *app, float ratio)
{
	struct host_screen_info screen = app->host->screen->info(app->host);
	float width = fmaxf(1, fminf(2000, screen.width * screen.dpr));
	return gfx_surface_create((int)lroundf(width), (int)lroundf(fmaxf(1, width * ratio)));
}

static struct gfx_canvas *begin(struct app *app, struct gfx_surface *surface, struct size *ret_size)
{
	struct gfx_canvas *canvas = gfx_canvas_create(surface, &app->gfx, 1);
	*ret_size = (struct size){(float)gfx_surface_width(surface), (float)gfx_surface_height(surface)};
	app_chrome_fill(canvas, (struct rect){0, 0, ret_size->width, ret_size->height}, 0xffffffff, 0);
	return canvas;
}

void app_card_page(struct app *app, struct page *page, struct strbuf *ret_png)
{
	struct host_screen_info screen = app->host->screen->info(app->host);
	struct rect area = app_page_area(app, page);
	struct gfx_surface *card = make_surface(app, CARD_RATIO);
	struct gfx_surface *shot = gfx_surface_create((int)lroundf(area.width * screen.dpr), (int)lroundf(area.height * screen.dpr));
	if (card && shot) {
		struct size size;
		app_draw_page(app, page, shot, screen.dpr);
		struct gfx_canvas *canvas = begin(app, card, &size);
		float height = size.width * (float)gfx_surface_height(shot) / (float)gfx_surface_width(shot);
		gfx_canvas_surface(canvas, shot, (struct rect){0}, (struct rect){0, 0, size.width, height});
		gfx_canvas_destroy(canvas);
		gfx_png_encode(card, ret_png);
	}
	gfx_surface_destroy(shot);
	gfx_surface_destroy(card);
}

/* Until 1.6.x a card on Android was 215:168; what is too high is cropped from the bottom (share.md 4). */
static float ratio_of(struct app *app)
{
	struct value facts = app->host->device && app->host->device->facts ? app->host->device->facts(app->host) : value_undefined();
	bool android = str_is(value_str(value_get_text(facts, "platform")), "android");
	value_unref(facts);
	return android && !app_since(app, "1.7.0") ? 168.f / 215 : CARD_RATIO;
}

/* Covers the card: too wide loses both sides alike, too high its bottom. */
bool app_card_picture(struct app *app, struct str bytes, struct strbuf *ret_png)
{
	struct gfx_image *image = NULL;
	if (!bytes.len || gfx_image_decode(bytes, &image) != GFX_IMAGE_OK) {
		return false;
	}
	struct str format = str_of(gfx_image_format(image));
	struct size natural = gfx_image_size(image), size;
	bool good = (str_is(format, "png") || str_is(format, "jpeg")) && natural.width >= 1 && natural.height >= 1;
	struct gfx_surface *card = good ? make_surface(app, ratio_of(app)) : NULL;
	if (card) {
		struct gfx_canvas *canvas = begin(app, card, &size);
		float scale = float_max(size.width / natural.width, size.height / natural.height);
		struct rect target = {(size.width - natural.width * scale) / 2, 0, natural.width * scale, natural.height * scale};
		gfx_canvas_image(canvas, image, (struct rect){0}, target);
		gfx_canvas_destroy(canvas);
		good = gfx_png_encode(card, ret_png);
	}
	gfx_surface_destroy(card);
	gfx_image_unref(image);
	return good && card;
}
