/* Drawing: what is drawn again equals what is drawn at once; pictures in and out; text. */
#include "harness/test.h"

#include "border/gfx/cairo.h"
#include "border/gfx/png.h"

#include <string.h>

#include "scene.h"

/* --- damage --- */

static uint32_t next_random(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 8;
}

static const char *const looks[] = {"background: red", "background: linear-gradient(30deg, #fff, rgba(0,0,255,.3))", "border: 2px dashed blue",
	"border-radius: 12px; background: #0a0", "box-shadow: 2px 3px 6px 1px rgba(0,0,0,.5)", "opacity: .4; background: orange",
	"transform: rotate(20deg); background: #ccc", "transform: scale(1.7) translate(10px, 4px); background: purple",
	"overflow: hidden; border-radius: 9px; border: 1px solid #333", "position: absolute; left: 60px; top: 40px; background: teal; width: 50px",
	"position: fixed; right: 3px; bottom: 5px; background: navy; width: 30px", "margin-top: -8px; background: pink",
	"text-decoration: underline; color: red", "text-shadow: 3px 3px 4px blue", "filter: blur(3px); background: #88f", "display: flex",
	"box-shadow: inset 0 0 9px #f00; background: white", "color: #fff; background: black; font-weight: bold", "font-size: 22px",
	"z-index: 3; position: relative; background: #eef", "visibility: hidden", "outline: 3px solid lime",
	"-webkit-background-clip: text; color: transparent; background-image: linear-gradient(red, blue)", "letter-spacing: 2px; font-style: italic"};
static const char *const texts[] = {"mina", "小程序 text", "转发给朋友", "AVAWA fi ffl", "😀 emoji", "3.14159265"};

/* A few lines of the tree's format; the same seed gives the same tree, but for the line `other`. */
static void make_tree(uint32_t seed, size_t other, uint32_t change, struct strbuf *out)
{
	size_t depth = 0;
	for (size_t i = 0; i < 9; i++) {
		uint32_t own = i == other ? seed + change : seed;
		for (size_t k = 0; k < depth; k++) {
			strbuf_add_text(out, "  ");
		}
		uint32_t first = next_random(&own), second = next_random(&own);
		bool text = depth > 0 && first % 3 == 0;
		if (text) {
			strbuf_printf(out, "\"%s\"\n", texts[second % ARRAY_LEN(texts)]);
		} else {
			strbuf_printf(out, "view style=\"height: %upx; %s\"\n", 10 + first % 40, looks[second % ARRAY_LEN(looks)]);
		}
		next_random(&seed);
		next_random(&seed);
		depth = text ? depth : next_random(&seed) % (depth + 2);
	}
}

struct picture {
	struct scene scene;
	struct display_list list;
};

static void picture_init(struct picture *picture, struct gfx_fonts *fonts, struct str tree)
{
	struct size viewport = {180, 240};
	scene_init(&picture->scene, gfx_fonts_shaper(fonts), viewport, 2, STR("page { background: #fff }"), tree);
	display_list_init(&picture->list);
	picture->list.canvas = 0xFFFFFFFF;
	paint_build(&picture->list, picture->scene.root, viewport, NULL);
}

static void picture_finish(struct picture *picture)
{
	display_list_finish(&picture->list);
	scene_finish(&picture->scene);
}

static size_t different(const struct gfx_surface *a, const struct gfx_surface *b)
{
	size_t stride, other, count = 0;
	const uint8_t *x = gfx_surface_pixels(a, &stride), *y = gfx_surface_pixels(b, &other);
	for (int row = 0; row < gfx_surface_height(a); row++) {
		for (int column = 0; column < gfx_surface_width(a) * 4; column++) {
			int gap = x[(size_t)row * stride + (size_t)column] - y[(size_t)row * other + (size_t)column];
			count += gap > 16 || gap < -16; // the coverage of a slanted edge depends on the clip, a little
		}
	}
	return count;
}

static void damage(void)
{
	struct gfx_fonts *fonts = gfx_fonts_create(NULL);
	for (uint32_t start = 1; start <= 60; start++) {
		uint32_t seed = start * 104729;
		struct strbuf one = {0}, two = {0};
		make_tree(seed, start % 9, 0, &one);
		make_tree(seed, start % 9, 1 + start * 31, &two);
		struct picture before, after;
		struct gfx_context context = {.fonts = fonts};
		picture_init(&before, fonts, strbuf_str(&one));
		picture_init(&after, fonts, strbuf_str(&two));
		struct gfx_surface *again = gfx_surface_create(360, 480), *fresh = gfx_surface_create(360, 480);
		gfx_show(again, &before.list, 2, &context);
		gfx_show(again, &after.list, 2, &context);
		gfx_draw(fresh, &after.list, 2, NULL, 0, &context);
		size_t gap = different(again, fresh);
		if (gap) {
			struct strbuf trace = {0};
			paint_trace(&after.list, &trace);
			test_fail(__FILE__, __LINE__, "seed %u: %zu bytes differ\nbefore\n%s\nafter\n%s\n%s", start, gap, one.at, two.at, trace.at);
			strbuf_finish(&trace);
		}
		gfx_surface_destroy(again);
		gfx_surface_destroy(fresh);
		picture_finish(&before);
		picture_finish(&after);
		gfx_context_finish(&context);
		strbuf_finish(&one);
		strbuf_finish(&two);
	}
	gfx_fonts_destroy(fonts);
}

/* --- pictures --- */

static void png_and_back(void)
{
	struct gfx_surface *surface = gfx_surface_create(7, 5);
	uint8_t pixels[7 * 5 * 4], back[7 * 5 * 4];
	for (size_t i = 0; i < sizeof(pixels); i++) {
		pixels[i] = (uint8_t)(i % 4 == 3 ? 255 : i * 37);
	}
	gfx_surface_put_rgba(surface, 0, 0, 7, 5, pixels);
	struct strbuf png = {0};
	CHECK(gfx_png_encode(surface, &png));
	struct gfx_image *image = NULL;
	CHECK_NUM(gfx_image_decode(strbuf_str(&png), &image), GFX_IMAGE_OK);
	CHECK_NUM(gfx_image_size(image).width, 7);
	CHECK_STR(str_of(gfx_image_format(image)), "png");
	struct gfx_surface *copy = gfx_surface_create(7, 5);
	struct gfx_context context = {0};
	struct gfx_canvas *canvas = gfx_canvas_create(copy, &context, 1);
	gfx_canvas_image(canvas, image, (struct rect){0}, (struct rect){0, 0, 7, 5});
	gfx_canvas_destroy(canvas);
	gfx_surface_get_rgba(copy, 0, 0, 7, 5, back);
	CHECK(memcmp(pixels, back, sizeof(pixels)) == 0);
	/* Every shorter file is broken, or gives what there is, and never harms. */
	for (size_t len = 0; len < png.len; len++) {
		struct gfx_image *part = NULL;
		char *exact = mem_strdup(png.at, len);
		if (gfx_image_decode((struct str){exact, len}, &part) == GFX_IMAGE_OK) {
			gfx_image_unref(part);
		}
		mem_free(exact);
	}
	gfx_image_unref(image);
	gfx_context_finish(&context);
	gfx_surface_destroy(surface);
	gfx_surface_destroy(copy);
	strbuf_finish(&png);
}

static enum gfx_image_outcome decode(struct str bytes)
{
	struct gfx_image *image = NULL;
	enum gfx_image_outcome outcome = gfx_image_decode(bytes, &image);
	gfx_image_unref(image);
	return outcome;
}

static void broken_pictures(void)
{
	CHECK_NUM(decode(STR("")), GFX_IMAGE_UNKNOWN);
	CHECK_NUM(decode(STR("<html>not found</html>")), GFX_IMAGE_UNKNOWN);
	CHECK(decode(STR("\x89PNG\r\n\x1a\n")) != GFX_IMAGE_OK);
	CHECK(decode(STR("GIF89a\xff\xff\xff\xff\x80\0\0")) != GFX_IMAGE_OK);
	CHECK(decode(STR("BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\xff\xff\xff\x7f\xff\xff\xff\x7f\1\0\x18\0")) != GFX_IMAGE_OK);
	CHECK(decode(STR("\xff\xd8\xff\xe0")) != GFX_IMAGE_OK);
	CHECK(decode(STR("RIFF\x20\0\0\0WEBPVP8 ")) != GFX_IMAGE_OK);
	CHECK(decode(STR("<svg xmlns='http://www.w3.org/2000/svg' width='1e9' height='1e9'/>")) != GFX_IMAGE_BROKEN);
	CHECK(decode(STR("<svg")) != GFX_IMAGE_OK);
	CHECK_NUM(decode(STR("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 20 10'><rect width='5' height='5'/></svg>")), GFX_IMAGE_OK);
	CHECK(gfx_surface_create(0, 5) == NULL);
	CHECK(gfx_surface_create(16385, 1) == NULL);
	CHECK(gfx_surface_create(16384, 16384) == NULL);
}

/* The picture drawn at its size onto nothing. */
static struct gfx_surface *drawn(struct gfx_image *image)
{
	struct size size = gfx_image_size(image);
	struct gfx_surface *surface = gfx_surface_create((int)size.width, (int)size.height);
	struct gfx_context context = {0};
	struct gfx_canvas *canvas = gfx_canvas_create(surface, &context, 1);
	gfx_canvas_image(canvas, image, (struct rect){0}, (struct rect){0, 0, size.width, size.height});
	gfx_canvas_destroy(canvas);
	gfx_context_finish(&context);
	return surface;
}

static uint32_t pixel(const struct gfx_surface *surface, int x, int y)
{
	uint8_t rgba[4];
	gfx_surface_get_rgba(surface, x, y, 1, 1, rgba);
	return (uint32_t)rgba[0] << 24 | (uint32_t)rgba[1] << 16 | (uint32_t)rgba[2] << 8 | rgba[3];
}

/* A GIF of 2 x 11 in 16 greys, each row in its own: a clear code before each index keeps codes at 5 bits. */
static void make_gif(const uint8_t *rows, bool interlaced, int transparent, struct strbuf *out)
{
	strbuf_add(out, (struct str){"GIF89a\2\0\13\0\x83\0\0", 13});
	for (int i = 0; i < 48; i++) {
		strbuf_add_char(out, (char)(i / 3 * 17));
	}
	const char control[8] = {0x21, (char)0xF9, 4, transparent >= 0, 0, 0, (char)transparent, 0};
	strbuf_add(out, (struct str){control, 8});
	const char frame[11] = {0x2C, 0, 0, 0, 0, 2, 0, 11, 0, interlaced ? 0x40 : 0, 4};
	strbuf_add(out, (struct str){frame, 11});
	uint8_t bits[64] = {0};
	size_t at = 0;
	for (int i = 0; i <= 44; i++) {
		unsigned code = i == 44 ? 17 : i % 2 ? rows[i / 4] : 16;
		for (int k = 0; k < 5; k++, at++) {
			bits[at / 8] |= (uint8_t)((code >> k & 1) << at % 8);
		}
	}
	strbuf_add_char(out, (char)((at + 7) / 8));
	strbuf_add(out, (struct str){(const char *)bits, (at + 7) / 8});
	strbuf_add(out, (struct str){"\0;", 2});
}

static void gif_rows(void)
{
	static const uint8_t plain[11] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, passes[11] = {0, 8, 4, 2, 6, 10, 1, 3, 5, 7, 9};
	for (int interlaced = 0; interlaced < 2; interlaced++) {
		struct strbuf gif = {0};
		struct gfx_image *image = NULL;
		make_gif(interlaced ? passes : plain, interlaced, 5, &gif);
		CHECK_NUM(gfx_image_decode(strbuf_str(&gif), &image), GFX_IMAGE_OK);
		CHECK_STR(str_of(gfx_image_format(image)), "gif");
		struct gfx_surface *surface = drawn(image);
		CHECK_NUM(gfx_surface_height(surface), 11);
		for (uint32_t y = 0; y < 11; y++) {
			CHECK(pixel(surface, 1, (int)y) == (y == 5 ? 0 : y * 0x11111100 | 0xFF));
		}
		gfx_surface_destroy(surface);
		gfx_image_unref(image);
		for (size_t len = 0; len < gif.len; len++) {
			char *part = mem_strdup(gif.at, len);
			if (gfx_image_decode((struct str){part, len}, &image) == GFX_IMAGE_OK) {
				gfx_image_unref(image);
			}
			mem_free(part);
		}
		strbuf_finish(&gif);
	}
}

/* Quarters of 16 x 8: red, lime, blue, white; row by row. */
static struct gfx_surface *quarters(void)
{
	static const uint8_t colors[4][4] = {{255, 0, 0, 255}, {0, 255, 0, 255}, {0, 0, 255, 255}, {255, 255, 255, 255}};
	uint8_t pixels[32 * 16 * 4];
	for (int i = 0; i < 32 * 16; i++) {
		memcpy(pixels + i * 4, colors[(i % 32 >= 16) + (i / 32 >= 8) * 2], 4);
	}
	struct gfx_surface *surface = gfx_surface_create(32, 16);
	gfx_surface_put_rgba(surface, 0, 0, 32, 16, pixels);
	return surface;
}

static char quarter_at(const struct gfx_surface *surface, int x, int y)
{
	uint32_t p = pixel(surface, x, y);
	bool r = p >> 24 > 128, g = (p >> 16 & 255) > 128, b = (p >> 8 & 255) > 128;
	return r && g && b ? 'w' : r ? 'r' : g ? 'g' : b ? 'b' : '?';
}

/* EXIF 2.3, 4.6.4: which side of what is stored is the top and which the left of what is shown. */
static void jpeg_orientation(void)
{
	static const char *const shown[9] = {"rgbw", "rgbw", "grwb", "wbgr", "bwrg", "rbgw", "brwg", "wgbr", "gwrb"};
	struct gfx_surface *surface = quarters();
	struct strbuf jpeg = {0};
	strbuf_add_char(&jpeg, '.'); // what is there stays
	CHECK(gfx_jpeg_encode(surface, 95, &jpeg) && jpeg.at[0] == '.');
	gfx_surface_destroy(surface);
	for (int i = 0; i < 20; i++) {
		int orientation = i % 10; // 0 and 9 are none
		bool big = i >= 10;
		char exif[36] = "\xFF\xE1\0\42Exif\0";
		memcpy(exif + 10, big ? "MM\0*\0\0\0\10\0\1\1\22\0\3\0\0\0\1\0" : "II*\0\10\0\0\0\1\0\22\1\3\0\1\0\0\0", 19);
		exif[big ? 29 : 28] = (char)orientation;
		struct strbuf bytes = {0};
		strbuf_add(&bytes, (struct str){jpeg.at + 1, 2});
		strbuf_add(&bytes, (struct str){exif, sizeof(exif)});
		strbuf_add(&bytes, (struct str){jpeg.at + 3, jpeg.len - 3});
		struct gfx_image *image = NULL;
		CHECK_NUM(gfx_image_decode(strbuf_str(&bytes), &image), GFX_IMAGE_OK);
		bool turned = orientation >= 5 && orientation <= 8;
		CHECK_NUM(gfx_image_size(image).width, turned ? 16 : 32);
		CHECK_NUM(gfx_image_size(image).height, turned ? 32 : 16);
		struct gfx_surface *back = drawn(image);
		int w = gfx_surface_width(back), h = gfx_surface_height(back);
		char seen[5] = {quarter_at(back, w / 4, h / 4), quarter_at(back, w * 3 / 4, h / 4), quarter_at(back, w / 4, h * 3 / 4),
			quarter_at(back, w * 3 / 4, h * 3 / 4)};
		CHECK_STR(str_of(seen), shown[orientation % 9]);
		gfx_surface_destroy(back);
		gfx_image_unref(image);
		strbuf_finish(&bytes);
	}
	strbuf_finish(&jpeg);
}

static void jpeg_and_back(void)
{
	struct gfx_surface *surface = quarters();
	struct gfx_image *image = NULL;
	struct strbuf fine = {0}, rough = {0};
	gfx_surface_put_rgba(surface, 0, 0, 1, 1, (const uint8_t[]){255, 0, 0, 255});
	CHECK(gfx_jpeg_encode(surface, 1000, &fine) && gfx_jpeg_encode(surface, -5, &rough) && rough.len < fine.len);
	CHECK_NUM(gfx_image_decode(strbuf_str(&fine), &image), GFX_IMAGE_OK);
	CHECK_STR(str_of(gfx_image_format(image)), "jpeg");
	struct gfx_surface *back = drawn(image);
	for (int i = 0; i < 4; i++) { // the middles of the quarters, within a JPEG's means
		uint32_t want = pixel(surface, i % 2 * 16 + 8, i / 2 * 8 + 4), got = pixel(back, i % 2 * 16 + 8, i / 2 * 8 + 4);
		for (int shift = 0; shift <= 24; shift += 8) {
			int gap = (int)(want >> shift & 255) - (int)(got >> shift & 255);
			CHECK(gap > -12 && gap < 12);
		}
	}
	gfx_surface_destroy(back);
	gfx_surface_destroy(surface);
	gfx_image_unref(image);
	/* What is clear lies on black: JPEG has no alpha. */
	surface = gfx_surface_create(16, 16);
	fine.len = 0;
	CHECK(gfx_jpeg_encode(surface, 90, &fine));
	CHECK_NUM(gfx_image_decode(strbuf_str(&fine), &image), GFX_IMAGE_OK);
	back = drawn(image);
	CHECK(pixel(back, 8, 8) == 0xFF);
	gfx_surface_destroy(back);
	gfx_surface_destroy(surface);
	gfx_image_unref(image);
	strbuf_finish(&fine);
	strbuf_finish(&rough);
}

static void data_urls(void)
{
	static const struct {
		const char *url, *bytes;
	} rows[] = {
		{"data:,a%20b", "a b"}, {"data:text/plain;base64,bWluYQ==", "mina"}, {"data:;base64,bWluYQ", "mina"}, {"data:image/svg+xml;utf8,<svg/>", "<svg/>"},
		{"data:x;charset=utf-8;base64,%62WluYQ==", "mina"}, {"data:base64", NULL}, {"data:;base64,****", NULL}, {"http://x", NULL},
	};
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct strbuf bytes = {0};
		bool good = gfx_data_url_decode(str_of(rows[i].url), &bytes);
		if (good != (rows[i].bytes != NULL) || (good && !str_is(strbuf_str(&bytes), rows[i].bytes))) {
			test_fail(__FILE__, __LINE__, "%s gives %s", rows[i].url, bytes.at ? bytes.at : "nothing");
		}
		strbuf_finish(&bytes);
	}
}

static int asked;

static int load(void *user, struct str url, struct strbuf *ret_bytes)
{
	(void)user;
	asked++;
	if (str_is(url, "there")) {
		strbuf_add_text(ret_bytes, "<svg xmlns='http://www.w3.org/2000/svg' width='4' height='3'/>");
		return 1;
	}
	return str_is(url, "later") ? 0 : -1;
}

static void cache(void)
{
	struct gfx_image_cache *images = gfx_image_cache_create(load, NULL);
	struct gfx_image *image;
	asked = 0;
	CHECK_NUM(gfx_image_cache_get(images, STR("there"), &image), 1);
	CHECK_NUM(gfx_image_cache_get(images, STR("there"), &image), 1);
	CHECK_NUM(asked, 1);
	CHECK_NUM(gfx_image_cache_get(images, STR("gone"), &image), -1);
	CHECK_NUM(gfx_image_cache_get(images, STR("gone"), &image), -1);
	CHECK_NUM(asked, 2);
	CHECK_NUM(gfx_image_cache_get(images, STR("later"), &image), 0);
	CHECK_NUM(gfx_image_cache_get(images, STR("later"), &image), 0);
	CHECK_NUM(asked, 3);
	gfx_image_cache_supply(images, STR("later"), STR("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"));
	CHECK_NUM(gfx_image_cache_get(images, STR("later"), &image), 1);
	CHECK_NUM(gfx_image_size(image).width, 9);
	gfx_image_cache_forget(images, STR("gone"));
	gfx_image_cache_get(images, STR("gone"), &image);
	CHECK_NUM(asked, 4);
	gfx_image_cache_destroy(images);
}

/* --- drawing --- */

static void canvas(void)
{
	struct gfx_surface *surface = gfx_surface_create(40, 40);
	struct gfx_context context = {0};
	struct gfx_canvas *c = gfx_canvas_create(surface, &context, 2);
	gfx_canvas_set_color(c, 0xFF0000FF);
	gfx_canvas_rect(c, (struct rect){5, 5, 10, 10});
	gfx_canvas_fill(c, false);
	CHECK(pixel(surface, 9, 9) == 0);
	CHECK(pixel(surface, 10, 10) == 0xFF0000FF);
	CHECK(pixel(surface, 29, 29) == 0xFF0000FF);
	CHECK(pixel(surface, 30, 30) == 0);
	CHECK(gfx_canvas_in_path(c, 6, 6, false) && !gfx_canvas_in_path(c, 4, 6, false));
	gfx_canvas_begin(c);
	gfx_canvas_save(c);
	gfx_canvas_transform(c, matrix_translate(10, 0));
	gfx_canvas_set_alpha(c, 0.5F);
	gfx_canvas_set_color(c, 0x0000FFFF);
	gfx_canvas_rect(c, (struct rect){0, 0, 5, 5});
	gfx_canvas_fill(c, false);
	gfx_canvas_restore(c);
	CHECK((pixel(surface, 22, 2) & 0xFF) >= 127 && (pixel(surface, 22, 2) & 0xFF) <= 128);
	/* What makes no sense draws nothing and does not end the drawing. */
	gfx_canvas_restore(c);
	gfx_canvas_transform(c, (struct matrix){0, 0, 0, 0, 0, 0});
	gfx_canvas_begin(c);
	gfx_canvas_arc(c, NAN, 0, -1, 0, INFINITY, false);
	gfx_canvas_ellipse(c, 1, 1, 0, -4, NAN, 0, 1, true);
	gfx_canvas_line_to(c, INFINITY, 1);
	gfx_canvas_fill(c, true);
	gfx_canvas_set_transform(c, MATRIX_IDENTITY);
	gfx_canvas_begin(c);
	gfx_canvas_rect(c, (struct rect){0, 15, 2, 2});
	gfx_canvas_set_color(c, 0x00FF00FF);
	gfx_canvas_fill(c, false);
	CHECK(pixel(surface, 1, 31) == 0x00FF00FF);
	gfx_canvas_clear(c, (struct rect){0, 0, 20, 20});
	CHECK(pixel(surface, 12, 12) == 0);
	gfx_canvas_destroy(c);
	gfx_context_finish(&context);
	gfx_surface_destroy(surface);
}

/* --- text --- */

static void shaping(void)
{
	struct gfx_fonts *fonts = gfx_fonts_create(NULL);
	struct scene scene;
	scene_init(&scene, gfx_fonts_shaper(fonts), (struct size){300, 300}, 2, STR("view { font-size: 20px; display: inline-block }"),
		STR("view\n  \"转发\"\nview\n  \"转发转发\"\nview\n  \"mina\"\nview style=\"font-weight: bold\"\n  \"mina\"\nview\n  \"😀\"\nview style=\"letter-spacing: 5px\"\n  \"mina\""));
	float widths[6];
	struct node *node = scene.tree.root->first;
	for (size_t i = 0; i < ARRAY_LEN(widths); i++, node = node->next) {
		widths[i] = node->box->rect.width;
	}
	CHECK_NUM(widths[0], 40); // a CJK character is as wide as the font is large
	CHECK_NUM(widths[1], 80);
	CHECK(widths[2] > 30 && widths[3] > widths[2]);
	CHECK(widths[4] > 15);
	CHECK(fabsf(widths[5] - widths[2] - 20) < 0.1F);
	CHECK_NUM(scene.tree.root->first->box->rect.height, 29); // 1.448 em
	scene_finish(&scene);
	CHECK(gfx_fonts_add(fonts, STR("x"), STR("no font"), 0, false) == 1);
	CHECK(gfx_fonts_add(fonts, STR("x"), STR("wOFF\0\1\0\0"), 0, false) == 1);
	gfx_fonts_destroy(fonts);
}

static const struct test_case cases[] = {
	{"damage", damage}, {"png_and_back", png_and_back}, {"broken_pictures", broken_pictures}, {"gif_rows", gif_rows},
	{"jpeg_orientation", jpeg_orientation}, {"jpeg_and_back", jpeg_and_back}, {"data_urls", data_urls}, {"cache", cache},
	{"canvas", canvas}, {"shaping", shaping},
};

TEST_MAIN(cases)
