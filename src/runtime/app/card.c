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

/* --- the card in a chat: name, title, picture, foot --- */

#define BUBBLE_WIDTH 245.0f // CSS px; looks are ours after WeChat's (unsourced)
#define BUBBLE_PAD 12.0f
#define FOOT 24.0f

static float left_text(struct gfx_canvas *canvas, struct str text, float size, int weight, color_t color, struct point origin)
{
	struct style style = {.font_size = size, .font_weight = weight, .font_family = STR(""), .color = color};
	gfx_canvas_set_color(canvas, color);
	return gfx_canvas_line_text(canvas, text, &style, origin);
}

/* The state of an updatable message: {text, color}. */
static void draw_foot(struct app *app, struct gfx_canvas *canvas, struct value card, float top)
{
	struct value state = value_get_text(card, "state");
	struct str text = value_str(value_get_text(state, "text"));
	color_t color = app_parse_color(value_str(value_get_text(state, "color")), 0x00000080);
	app_chrome_fill(canvas, (struct rect){BUBBLE_PAD, top, BUBBLE_WIDTH - 2 * BUBBLE_PAD, .5f}, 0x0000001a, 0);
	gfx_canvas_set_color(canvas, 0x7d8ce0ff);
	gfx_canvas_set_line(canvas, 1, GFX_CAP_ROUND, GFX_JOIN_ROUND, 10);
	gfx_canvas_begin(canvas);
	gfx_canvas_arc(canvas, BUBBLE_PAD + 5, top + FOOT / 2, 4, 0, 6.2831853f, false);
	gfx_canvas_stroke(canvas);
	left_text(canvas, text.len ? text : app_word(app, HOST_WORD_MINI_PROGRAM), 10, 400, text.len ? color : 0x00000080,
		(struct point){BUBBLE_PAD + 14, top + FOOT / 2 + 4});
}

bool app_card_bubble(struct app *app, struct value card, struct str picture, struct strbuf *ret_png)
{
	struct str name = value_str(value_get_text(card, "name")), title = value_str(value_get_text(card, "title")), lines[2];
	struct style style = {.font_size = 15, .font_weight = 400, .font_family = STR("")};
	float width = BUBBLE_WIDTH - 2 * BUBBLE_PAD, dpr = app->host->screen->info(app->host).dpr;
	size_t count = app_chrome_lines(app, title, &style, width, lines, ARRAY_LEN(lines));
	struct gfx_image *image = NULL;
	float ratio = CARD_RATIO;
	if (picture.len && gfx_image_decode(picture, &image) == GFX_IMAGE_OK) {
		struct size natural = gfx_image_size(image);
		ratio = natural.width > 0 ? natural.height / natural.width : ratio;
	}
	float top = 36 + 21 * (float)count, height = top + 6 + width * ratio + 8 + FOOT;
	struct gfx_surface *surface = gfx_surface_create((int)lroundf(BUBBLE_WIDTH * dpr), (int)lroundf(height * dpr));
	if (!surface) {
		gfx_image_unref(image);
		return false;
	}
	struct gfx_canvas *canvas = gfx_canvas_create(surface, &app->gfx, dpr);
	app_chrome_fill(canvas, (struct rect){0, 0, BUBBLE_WIDTH, height}, 0xffffffff, 6);
	app_chrome_fill(canvas, (struct rect){BUBBLE_PAD, 12, 16, 16}, 0x10aeffff, 8);
	left_text(canvas, name, 12, 400, 0x00000080, (struct point){BUBBLE_PAD + 22, 24.5f});
	for (size_t i = 0; i < count; i++) {
		left_text(canvas, lines[i], 15, 400, 0x000000ff, (struct point){BUBBLE_PAD, 49 + 21 * (float)i});
	}
	if (image) {
		gfx_canvas_image(canvas, image, (struct rect){0}, (struct rect){BUBBLE_PAD, top + 6, width, width * ratio});
	}
	draw_foot(app, canvas, card, top + 6 + width * ratio + 8);
	gfx_canvas_destroy(canvas);
	bool good = gfx_png_encode(surface, ret_png);
	gfx_surface_destroy(surface);
	gfx_image_unref(image);
	return good;
}
