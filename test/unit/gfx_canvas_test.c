/* The drawing interface: paths, paint, operators and shadows as HTML's 2D context has them. */
#include "harness/test.h"

#include "border/gfx/cairo.h"
#include "border/gfx/png.h"

#include <string.h>

static struct gfx_surface *surface;
static struct gfx_context context;

static struct gfx_canvas *start(void)
{
	surface = gfx_surface_create(40, 40);
	return gfx_canvas_create(surface, &context, 1);
}

static void end(struct gfx_canvas *c)
{
	gfx_canvas_destroy(c);
	gfx_context_finish(&context);
	gfx_surface_destroy(surface);
}

static color_t pixel(int x, int y)
{
	uint8_t p[4];
	gfx_surface_get_rgba(surface, x, y, 1, 1, p);
	return (color_t)p[0] << 24 | (color_t)p[1] << 16 | (color_t)p[2] << 8 | p[3];
}

#define CHECK_PIXEL(x, y, want) check_pixel(__LINE__, x, y, want)

static void check_pixel(int line, int x, int y, color_t want)
{
	color_t got = pixel(x, y);
	for (int shift = 0; shift <= 24; shift += 8) {
		int gap = (int)(got >> shift & 255) - (int)(want >> shift & 255);
		if (gap > 3 || gap < -3) {
			test_fail(__FILE__, line, "(%d, %d) is %08x, not %08x", x, y, got, want);
			return;
		}
	}
}

static void box(struct gfx_canvas *c, float x, float y, float width, float height)
{
	gfx_canvas_begin(c);
	gfx_canvas_rect(c, (struct rect){x, y, width, height});
	gfx_canvas_fill(c, false);
}

/* --- paths --- */

static void curves(void)
{
	struct gfx_canvas *c = start();
	/* B(1/2) of the quadratic (0,0) (20,40) (40,0) is (20,20), of the cubic (0,0) (0,40) (40,40) (40,0) it is (20,30). */
	gfx_canvas_move_to(c, 0, 0);
	gfx_canvas_quad_to(c, 20, 40, 40, 0);
	CHECK(gfx_canvas_in_path(c, 20, 19.8F, false) && !gfx_canvas_in_path(c, 20, 20.2F, false));
	CHECK(gfx_canvas_in_path(c, 10, 14.8F, false) && !gfx_canvas_in_path(c, 10, 15.2F, false)); // t = 1/4
	gfx_canvas_begin(c);
	gfx_canvas_move_to(c, 0, 0);
	gfx_canvas_curve_to(c, 0, 40, 40, 40, 40, 0);
	CHECK(gfx_canvas_in_path(c, 20, 29.8F, false) && !gfx_canvas_in_path(c, 20, 30.2F, false));
	/* Without a point to start from, a curve starts at its first control point. */
	gfx_canvas_begin(c);
	gfx_canvas_quad_to(c, 10, 10, 30, 10);
	gfx_canvas_line_to(c, 30, 30);
	gfx_canvas_line_to(c, 10, 30);
	CHECK(gfx_canvas_in_path(c, 20, 11, false) && !gfx_canvas_in_path(c, 20, 9, false) && !gfx_canvas_in_path(c, 9, 20, false));
	end(c);
}

static void arcs(void)
{
	struct gfx_canvas *c = start();
	/* Around (20,20) with radius 10, between the lines y = 10 and x = 30; and the other way round. */
	for (int back = 0; back < 2; back++) {
		gfx_canvas_begin(c);
		gfx_canvas_move_to(c, back ? 30 : 10, back ? 40 : 10);
		gfx_canvas_arc_to(c, 30, 10, back ? 10 : 30, back ? 10 : 40, 10);
		gfx_canvas_line_to(c, back ? 10 : 30, back ? 10 : 40);
		gfx_canvas_line_to(c, 10, 40);
		CHECK(gfx_canvas_in_path(c, 20 + 6.9F, 20 - 6.9F, false) && !gfx_canvas_in_path(c, 20 + 7.3F, 20 - 7.3F, false));
		CHECK(gfx_canvas_in_path(c, 12, 11, false) && gfx_canvas_in_path(c, 29, 38, false) && !gfx_canvas_in_path(c, 12, 9, false));
	}
	/* On one line, or with radius 0, it is the line to the corner. */
	gfx_canvas_begin(c);
	gfx_canvas_move_to(c, 0, 0);
	gfx_canvas_arc_to(c, 20, 0, 40, 0, 5);
	gfx_canvas_arc_to(c, 20, 20, 0, 20, 0);
	CHECK(gfx_canvas_in_path(c, 19, 18, false) && !gfx_canvas_in_path(c, 10, 11, false));
	/* A quarter, the three quarters the other way, and more than a turn. */
	gfx_canvas_begin(c);
	gfx_canvas_move_to(c, 20, 20);
	gfx_canvas_arc(c, 20, 20, 10, 0, (float)M_PI / 2, false);
	CHECK(gfx_canvas_in_path(c, 25, 25, false) && !gfx_canvas_in_path(c, 15, 25, false));
	gfx_canvas_begin(c);
	gfx_canvas_move_to(c, 20, 20);
	gfx_canvas_arc(c, 20, 20, 10, 0, (float)M_PI / 2, true);
	CHECK(!gfx_canvas_in_path(c, 25, 25, false) && gfx_canvas_in_path(c, 15, 25, false) && gfx_canvas_in_path(c, 25, 15, false));
	gfx_canvas_begin(c);
	gfx_canvas_arc(c, 20, 20, 10, 1, 9, false);
	CHECK(gfx_canvas_in_path(c, 20, 29, false) && gfx_canvas_in_path(c, 11, 20, false) && !gfx_canvas_in_path(c, 28, 28, false));
	/* Half axes 15 and 5, turned by a quarter. */
	gfx_canvas_begin(c);
	gfx_canvas_ellipse(c, 20, 20, 15, 5, (float)M_PI / 2, 0, 7, false);
	CHECK(gfx_canvas_in_path(c, 20, 34, false) && !gfx_canvas_in_path(c, 26, 20, false) && gfx_canvas_in_path(c, 24, 20, false));
	end(c);
}

static void strokes(void)
{
	struct gfx_canvas *c = start();
	gfx_canvas_set_line(c, 4, GFX_CAP_BUTT, GFX_JOIN_MITER, 10);
	gfx_canvas_move_to(c, 10, 10);
	gfx_canvas_line_to(c, 30, 10);
	gfx_canvas_line_to(c, 30, 30);
	CHECK(gfx_canvas_in_stroke(c, 31.8F, 8.2F) && !gfx_canvas_in_stroke(c, 9, 10) && !gfx_canvas_in_stroke(c, 20, 20));
	gfx_canvas_set_line(c, 4, GFX_CAP_ROUND, GFX_JOIN_ROUND, 10);
	CHECK(!gfx_canvas_in_stroke(c, 31.8F, 8.2F) && gfx_canvas_in_stroke(c, 8.5F, 10) && !gfx_canvas_in_stroke(c, 8.2F, 8.2F));
	gfx_canvas_set_line(c, 4, GFX_CAP_SQUARE, GFX_JOIN_BEVEL, 10);
	CHECK(!gfx_canvas_in_stroke(c, 31.2F, 8.8F) && gfx_canvas_in_stroke(c, 8.2F, 8.2F));
	CHECK(!gfx_canvas_in_stroke(c, 20, 19));
	gfx_canvas_close(c);
	CHECK(gfx_canvas_in_stroke(c, 20, 20));
	/* The point knows no transform, the line's width does. */
	gfx_canvas_transform(c, (struct matrix){2, 0, 0, 2, 3, 0});
	CHECK(gfx_canvas_in_stroke(c, 25, 13.5F) && !gfx_canvas_in_stroke(c, 25, 14.5F));
	CHECK(gfx_canvas_in_path(c, 28, 20, false) && !gfx_canvas_in_path(c, 11, 20, false));
	struct matrix now = gfx_canvas_get_transform(c);
	CHECK(now.a == 2 && now.d == 2 && now.e == 3 && now.f == 0 && now.b == 0);
	gfx_canvas_set_transform(c, MATRIX_IDENTITY);
	/* Dashes of 6 and gaps of 2, one px in. */
	const float dashes[2] = {6, 2};
	gfx_canvas_begin(c);
	gfx_canvas_set_line(c, 2, GFX_CAP_BUTT, GFX_JOIN_MITER, 10);
	gfx_canvas_set_dash(c, dashes, 2, 1);
	gfx_canvas_move_to(c, 0, 35);
	gfx_canvas_line_to(c, 40, 35);
	gfx_canvas_stroke(c);
	for (int x = 0; x < 40; x++) {
		CHECK_PIXEL(x, 35, (x + 1) % 8 < 6 ? 0x000000FF : 0);
	}
	/* One that makes no sense is not taken; none makes the line whole. */
	gfx_canvas_set_dash(c, (const float[]){3, -1}, 2, 0);
	gfx_canvas_set_dash(c, NULL, 0, 0);
	gfx_canvas_stroke(c);
	CHECK_PIXEL(5, 35, 0x000000FF);
	end(c);
}

static void clips(void)
{
	struct gfx_canvas *c = start();
	gfx_canvas_save(c);
	gfx_canvas_rect(c, (struct rect){0, 0, 30, 30});
	gfx_canvas_rect(c, (struct rect){10, 10, 10, 10});
	gfx_canvas_clip(c, true);
	box(c, 0, 0, 40, 40);
	CHECK_PIXEL(5, 5, 0x000000FF);
	CHECK_PIXEL(15, 15, 0);
	CHECK_PIXEL(35, 5, 0);
	gfx_canvas_restore(c);
	gfx_canvas_set_color(c, 0xFF0000FF);
	box(c, 12, 12, 2, 2);
	CHECK_PIXEL(13, 13, 0xFF0000FF);
	end(c);
}

/* --- paint --- */

static const struct gradient_stop red_blue[2] = {{0xFF0000FF, {.percent = 0}}, {0x0000FFFF, {.percent = 1}}};

static void gradients(void)
{
	struct gfx_canvas *c = start();
	gfx_canvas_set_linear(c, 10, 0, 30, 0, red_blue, 2);
	box(c, 0, 0, 40, 10);
	CHECK_PIXEL(2, 2, 0xFF0000FF);
	CHECK_PIXEL(38, 2, 0x0000FFFF);
	for (int x = 10; x < 30; x += 3) { // at the middle of each pixel
		color_t blue = (color_t)((x + 0.5F - 10) / 20 * 255 + 0.5F);
		CHECK_PIXEL(x, 5, (255 - blue) << 24 | blue << 8 | 255);
	}
	/* Alphas are mixed by themselves, colours straight: halfway from clear white to black is half of a grey. */
	const struct gradient_stop fade[2] = {{0xFFFFFF00, {.percent = 0}}, {0x000000FF, {.percent = 1}}};
	gfx_canvas_set_linear(c, 0, 0, 41, 0, fade, 2);
	box(c, 0, 10, 40, 10);
	CHECK_PIXEL(20, 15, 0x80808080);
	/* Two circles: outside of the cone nothing, before and behind it the last colours. */
	gfx_canvas_set_radial(c, 20, 30, 2, 20, 30, 8, red_blue, 2);
	box(c, 0, 20, 40, 20);
	CHECK_PIXEL(20, 30, 0xFF0000FF);
	CHECK_PIXEL(24, 29, 0x94006BFF); // sqrt(4.5 ^ 2 + 0.5 ^ 2) is 2 + 2.53 of 6
	CHECK_PIXEL(30, 30, 0x0000FFFF);
	gfx_canvas_clear(c, (struct rect){0, 0, 40, 40});
	gfx_canvas_set_radial(c, 10, 20, 5, 30, 20, 5, red_blue, 2);
	box(c, 0, 0, 40, 40);
	CHECK_PIXEL(20, 10, 0);
	CHECK(pixel(20, 20) & 255);
	/* From somewhere to just there paints nothing. */
	gfx_canvas_clear(c, (struct rect){0, 0, 40, 40});
	gfx_canvas_set_linear(c, 5, 5, 5, 5, red_blue, 2);
	box(c, 0, 0, 40, 40);
	gfx_canvas_set_radial(c, 5, 5, 5, 5, 5, 5, red_blue, 2);
	box(c, 0, 0, 40, 40);
	gfx_canvas_set_linear(c, 0, 0, 40, 0, NULL, 0);
	box(c, 0, 0, 40, 40);
	CHECK_PIXEL(5, 5, 0);
	CHECK_PIXEL(30, 30, 0);
	end(c);
}

/* 4 x 4: red, with a blue first column. */
static struct gfx_image *tile(void)
{
	uint8_t pixels[64];
	for (int i = 0; i < 16; i++) {
		const uint8_t p[4] = {i % 4 ? 255 : 0, 0, i % 4 ? 0 : 255, 255};
		memcpy(pixels + i * 4, p, 4);
	}
	struct gfx_surface *source = gfx_surface_create(4, 4);
	gfx_surface_put_rgba(source, 0, 0, 4, 4, pixels);
	struct strbuf png = {0};
	struct gfx_image *image = NULL;
	CHECK(gfx_png_encode(source, &png) && gfx_image_decode(strbuf_str(&png), &image) == GFX_IMAGE_OK);
	strbuf_finish(&png);
	gfx_surface_destroy(source);
	return image;
}

static void patterns(void)
{
	struct gfx_canvas *c = start();
	struct gfx_image *image = tile();
	for (int mode = 0; mode < 4; mode++) {
		bool x = mode & 1, y = mode & 2;
		gfx_canvas_clear(c, (struct rect){0, 0, 40, 40});
		gfx_canvas_set_pattern(c, image, x, y);
		gfx_canvas_set_alpha(c, mode == 3 ? 0.5F : 1);
		box(c, 0, 0, 40, 40);
		color_t alpha = mode == 3 ? 0x80 : 0xFF;
		CHECK_PIXEL(0, 0, 0x0000FF00 | alpha);
		CHECK_PIXEL(1, 2, 0xFF000000 | alpha);
		CHECK_PIXEL(8, 1, x ? 0x0000FF00 | alpha : 0);
		CHECK_PIXEL(0, 30, y ? 0x0000FF00 | alpha : 0);
		CHECK_PIXEL(9, 30, x && y ? 0xFF000000 | alpha : 0);
	}
	/* It moves with the transform; the path that is there stays. */
	gfx_canvas_set_alpha(c, 1);
	gfx_canvas_clear(c, (struct rect){0, 0, 40, 40});
	gfx_canvas_set_pattern(c, image, true, false);
	gfx_canvas_transform(c, matrix_translate(2, 10));
	gfx_canvas_begin(c);
	gfx_canvas_rect(c, (struct rect){0, 0, 20, 20});
	gfx_canvas_fill(c, false);
	CHECK_PIXEL(6, 12, 0x0000FFFF);
	CHECK_PIXEL(7, 13, 0xFF0000FF);
	CHECK_PIXEL(7, 15, 0);
	gfx_canvas_set_color(c, 0x00FF00FF);
	gfx_canvas_fill(c, false);
	CHECK_PIXEL(21, 29, 0x00FF00FF);
	gfx_image_unref(image);
	end(c);
}

/* Compositing and Blending 1: red at 60 % over the left of blue at 100 %, on nothing elsewhere. */
static void operators(void)
{
	static const struct {
		enum gfx_operator op;
		color_t source, both, below; // where only the new is, both are, only the old is
	} rows[] = {
		{GFX_SOURCE_OVER, 0xFF000099, 0x990066FF, 0x0000FFFF}, {GFX_SOURCE_IN, 0, 0xFF000099, 0}, {GFX_SOURCE_OUT, 0xFF000099, 0, 0},
		{GFX_SOURCE_ATOP, 0, 0x990066FF, 0x0000FFFF}, {GFX_DESTINATION_OVER, 0xFF000099, 0x0000FFFF, 0x0000FFFF},
		{GFX_DESTINATION_IN, 0, 0x0000FF99, 0}, {GFX_DESTINATION_OUT, 0, 0x0000FF66, 0x0000FFFF},
		{GFX_DESTINATION_ATOP, 0xFF000099, 0x0000FF99, 0}, {GFX_LIGHTER, 0xFF000099, 0x9900FFFF, 0x0000FFFF},
		{GFX_COPY, 0xFF000099, 0xFF000099, 0}, {GFX_XOR, 0xFF000099, 0x0000FF66, 0x0000FFFF},
		{GFX_MULTIPLY, 0xFF000099, 0x000066FF, 0x0000FFFF}, {GFX_SCREEN, 0xFF000099, 0x9900FFFF, 0x0000FFFF},
		{GFX_DARKEN, 0xFF000099, 0x000066FF, 0x0000FFFF}, {GFX_LIGHTEN, 0xFF000099, 0x9900FFFF, 0x0000FFFF},
		{GFX_DIFFERENCE, 0xFF000099, 0x9900FFFF, 0x0000FFFF}, {GFX_EXCLUSION, 0xFF000099, 0x9900FFFF, 0x0000FFFF},
	};
	struct gfx_canvas *c = start();
	for (size_t i = 0; i < 2 * ARRAY_LEN(rows); i++) {
		bool picture = i % 2; // the same of a picture, which has edges of its own
		struct gfx_surface *red = gfx_surface_create(1, 1);
		gfx_surface_put_rgba(red, 0, 0, 1, 1, (const uint8_t[]){255, 0, 0, 0x99});
		gfx_canvas_set_operator(c, GFX_SOURCE_OVER);
		gfx_canvas_clear(c, (struct rect){0, 0, 40, 40});
		gfx_canvas_set_color(c, 0x0000FFFF);
		box(c, 10, 10, 20, 20);
		gfx_canvas_set_operator(c, rows[i / 2].op);
		gfx_canvas_set_color(c, 0xFF000099);
		if (picture) {
			gfx_canvas_surface(c, red, (struct rect){0}, (struct rect){0, 0, 20, 40});
		} else {
			box(c, 0, 0, 20, 40);
		}
		CHECK_PIXEL(5, 20, rows[i / 2].source);
		CHECK_PIXEL(15, 20, rows[i / 2].both);
		CHECK_PIXEL(25, 20, rows[i / 2].below);
		CHECK_PIXEL(35, 20, 0);
		gfx_surface_destroy(red);
	}
	end(c);
}

static void shadows(void)
{
	struct gfx_canvas *c = start();
	gfx_canvas_set_shadow(c, (struct box_shadow){.x = 10, .y = 5, .color = 0x0000FF80});
	gfx_canvas_set_color(c, 0xFF0000FF);
	gfx_canvas_transform(c, matrix_scale(2, 2)); // does not reach the shadow's offset
	box(c, 2, 2, 10, 10);
	CHECK_PIXEL(10, 10, 0xFF0000FF);
	CHECK_PIXEL(28, 20, 0x0000FF80);
	CHECK_PIXEL(33, 28, 0x0000FF80);
	CHECK_PIXEL(34, 20, 0);
	CHECK_PIXEL(28, 8, 0);
	gfx_canvas_set_transform(c, MATRIX_IDENTITY);
	/* The deviation is half of the blur: an edge's profile is the normal distribution's. */
	gfx_canvas_clear(c, (struct rect){0, 0, 40, 40});
	gfx_canvas_set_shadow(c, (struct box_shadow){.y = 10, .blur = 6, .color = 0x000000FF});
	box(c, -20, 0, 80, 20);
	for (int y = 21; y < 38; y++) {
		float want = 255 * 0.5F * erfcf(((float)y + 0.5F - 30) / (3 * sqrtf(2)));
		CHECK(fabsf((float)(pixel(20, y) & 255) - want) < 8);
	}
	/* The shadow comes by the operator as well; without colour, or under its thing alone, there is none. */
	gfx_canvas_clear(c, (struct rect){0, 0, 40, 40});
	gfx_canvas_set_shadow(c, (struct box_shadow){.x = 20, .color = 0x00FF00FF});
	gfx_canvas_set_operator(c, GFX_DESTINATION_OVER);
	box(c, 0, 0, 10, 10);
	CHECK_PIXEL(25, 5, 0x00FF00FF);
	CHECK_PIXEL(5, 5, 0xFF0000FF);
	gfx_canvas_set_operator(c, GFX_DESTINATION_OUT);
	box(c, 0, 0, 10, 5);
	CHECK_PIXEL(25, 2, 0);
	CHECK_PIXEL(5, 2, 0);
	CHECK_PIXEL(25, 7, 0x00FF00FF);
	/* What throws it may lie outside of everything; a stroke's is a stroke. */
	gfx_canvas_set_operator(c, GFX_SOURCE_OVER);
	gfx_canvas_clear(c, (struct rect){0, 0, 40, 40});
	gfx_canvas_set_shadow(c, (struct box_shadow){.x = 1000, .color = 0x00FF00FF});
	gfx_canvas_begin(c);
	gfx_canvas_rect(c, (struct rect){10, 10, 20, 30});
	gfx_canvas_clip(c, false);
	box(c, -1000, 0, 20, 20);
	CHECK_PIXEL(9, 15, 0);
	CHECK_PIXEL(15, 9, 0);
	CHECK_PIXEL(15, 15, 0x00FF00FF);
	CHECK_PIXEL(20, 15, 0);
	gfx_canvas_begin(c);
	gfx_canvas_set_line(c, 4, GFX_CAP_BUTT, GFX_JOIN_MITER, 10);
	gfx_canvas_set_dash(c, (const float[]){5, 5}, 2, 0);
	gfx_canvas_move_to(c, -1000, 30);
	gfx_canvas_line_to(c, -960, 30);
	gfx_canvas_stroke(c);
	CHECK_PIXEL(12, 31, 0x00FF00FF);
	CHECK_PIXEL(17, 31, 0);
	CHECK_PIXEL(12, 33, 0);
	end(c);
}

static void pictures(void)
{
	struct gfx_canvas *c = start();
	struct gfx_image *image = tile();
	gfx_canvas_image(c, image, (struct rect){1, 0, 2, 2}, (struct rect){10, 10, 10, 10}); // a part: all red
	CHECK_PIXEL(14, 14, 0xFF0000FF);
	CHECK_PIXEL(18, 18, 0xFF0000FF);
	CHECK_PIXEL(9, 15, 0);
	CHECK_PIXEL(20, 15, 0);
	gfx_canvas_image(c, image, (struct rect){0}, (struct rect){20, 20, 4, 4});
	CHECK_PIXEL(20, 22, 0x0000FFFF);
	CHECK_PIXEL(21, 22, 0xFF0000FF);
	gfx_image_unref(image);
	end(c);
}

/* --- text --- */

static size_t ink_of(uint8_t least)
{
	size_t count = 0;
	for (int i = 0; i < 40 * 40; i++) {
		count += (pixel(i % 40, i / 40) & 255) >= least;
	}
	return count;
}

static void text(void)
{
	context = (struct gfx_context){.fonts = gfx_fonts_create(NULL)};
	struct text_shaper shaper = gfx_fonts_shaper(context.fonts);
	struct gfx_canvas *c = start();
	struct style style = {.font_size = 30, .font_weight = 400};
	struct text_run *run = shaper.shape(shaper.user, STR("口"), &style);
	gfx_canvas_text(c, run, 0, run->text.len, (struct point){5, 32});
	size_t drawn = ink_of(128), hollow = pixel(20, 20) & 255;
	CHECK(drawn > 100 && hollow == 0);
	/* The outline filled is the text; filled whole, it has no hole. */
	gfx_canvas_clear(c, (struct rect){0, 0, 40, 40});
	gfx_canvas_begin(c);
	gfx_canvas_text_path(c, run, (struct point){5, 32});
	gfx_canvas_fill(c, false);
	size_t filled = ink_of(128);
	CHECK(filled + 30 > drawn && drawn + 30 > filled);
	CHECK(!gfx_canvas_in_path(c, 20, 20, false));
	/* Another operator meets the text at once: what lies around goes, the glyph stays. */
	gfx_canvas_clear(c, (struct rect){0, 0, 40, 40});
	gfx_canvas_set_color(c, 0xFF0000FF);
	box(c, 0, 0, 40, 40);
	gfx_canvas_set_operator(c, GFX_DESTINATION_IN);
	gfx_canvas_text(c, run, 0, run->text.len, (struct point){5, 32});
	CHECK_PIXEL(20, 20, 0);
	CHECK_PIXEL(1, 1, 0);
	size_t kept = ink_of(128);
	CHECK(kept + 30 > drawn && drawn + 30 > kept);
	/* Bold of a face that has none, and of one that has: more ink, an even width for one em. */
	gfx_canvas_set_operator(c, GFX_SOURCE_OVER);
	gfx_canvas_clear(c, (struct rect){0, 0, 40, 40});
	struct style bold = {.font_size = 30, .font_weight = 700};
	CHECK_NUM(gfx_canvas_line_text(c, STR("口"), &bold, (struct point){5, 32}), 30);
	CHECK(ink_of(128) > drawn + 20);
	shaper.unref(shaper.user, run);
	/* A triangle without a bold face is thickened, and is no wider. */
	struct strbuf font = test_read("test/fuzz/corpus/font/triangle.ttf");
	CHECK_NUM(gfx_fonts_add(context.fonts, STR("triangle"), strbuf_str(&font), 400, false), 0);
	strbuf_finish(&font);
	size_t inks[3];
	float widths[3];
	for (int i = 0; i < 3; i++) {
		struct style face = {.font_size = 30, .font_family = STR("triangle"), .font_weight = i == 1 ? 700 : 400,
			.font_style = i == 2 ? FONT_STYLE_ITALIC : FONT_STYLE_NORMAL};
		gfx_canvas_clear(c, (struct rect){0, 0, 40, 40});
		widths[i] = gfx_canvas_line_text(c, STR("a"), &face, (struct point){5, 32});
		inks[i] = ink_of(128);
	}
	CHECK(inks[0] > 100 && inks[1] > inks[0] + 10 && widths[1] == widths[0]);
	CHECK(inks[2] + 12 > inks[0] && inks[0] + 12 > inks[2] && widths[2] == widths[0]); // slanted, as large
	struct gfx_fonts *fonts = context.fonts;
	end(c);
	gfx_fonts_destroy(fonts);
	context = (struct gfx_context){0};
}

static const struct test_case cases[] = {
	{"curves", curves}, {"arcs", arcs}, {"strokes", strokes}, {"clips", clips}, {"gradients", gradients}, {"patterns", patterns},
	{"operators", operators}, {"shadows", shadows}, {"pictures", pictures}, {"text", text},
};

TEST_MAIN(cases)
