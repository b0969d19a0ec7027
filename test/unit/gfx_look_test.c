/* What styles look like, against the formulas of their specifications. */
#include "harness/test.h"

#include "border/gfx/cairo.h"

#include <stdio.h>
#include <string.h>

#include "scene.h"

enum { LEFT = 20, TOP = 20, WIDTH = 60, HEIGHT = 40 };

static struct gfx_surface *surface;

/* A view of 60 x 40 at (20, 20) on a clear canvas, one device px a px. */
static void look(const char *style)
{
	struct strbuf sheet = {0};
	struct scene scene;
	struct size viewport = {100, 80};
	strbuf_printf(&sheet, "page { padding: 20px } view { box-sizing: border-box; width: 60px; height: 40px; %s }", style);
	scene_init(&scene, text_shaper_fixed(), viewport, 1, strbuf_str(&sheet), STR("view"));
	struct display_list list;
	display_list_init(&list);
	list.canvas = 0;
	paint_build(&list, scene.root, viewport, NULL);
	struct gfx_context context = {0};
	gfx_surface_destroy(surface);
	surface = gfx_surface_create(100, 80);
	gfx_draw(surface, &list, 1, NULL, 0, &context);
	gfx_context_finish(&context);
	display_list_finish(&list);
	scene_finish(&scene);
	strbuf_finish(&sheet);
}

static void look_finish(void)
{
	gfx_surface_destroy(surface);
	surface = NULL;
}

static color_t pixel(int x, int y)
{
	uint8_t p[4];
	gfx_surface_get_rgba(surface, x, y, 1, 1, p);
	return (color_t)p[0] << 24 | (color_t)p[1] << 16 | (color_t)p[2] << 8 | p[3];
}

static bool near(color_t a, color_t b, int gap)
{
	for (int shift = 0; shift <= 24; shift += 8) {
		int by = (int)(a >> shift & 255) - (int)(b >> shift & 255);
		if (by > gap || by < -gap) {
			return false;
		}
	}
	return true;
}

/* --- gradients --- */

struct stop {
	double at;
	color_t color;
};

enum kind { LINEAR, RADIAL, CONIC };

struct gradient {
	const char *css;
	enum kind kind;
	double a[4]; // linear: degrees, length; radial: centre, radii; conic: centre, degrees
	struct stop stops[4];
	bool repeats;
};

/* How far a point is along the gradient: CSS Images 3, chapter 3. */
static double place(const struct gradient *g, double x, double y)
{
	const double *a = g->a;
	if (g->kind == LINEAR) {
		double angle = a[0] * M_PI / 180;
		return ((x - WIDTH / 2.0) * sin(angle) - (y - HEIGHT / 2.0) * cos(angle)) / a[1] + 0.5;
	}
	if (g->kind == RADIAL) {
		return hypot((x - a[0]) / a[2], (y - a[1]) / a[3]);
	}
	double turn = (atan2(x - a[0], a[1] - y) * 180 / M_PI - a[2]) / 360;
	return turn - floor(turn);
}

/* Premultiplied parts at t. */
static void color_at(const struct gradient *g, double t, double ret[4])
{
	size_t count = 0;
	while (count < ARRAY_LEN(g->stops) && (count == 0 || g->stops[count].color)) {
		count++;
	}
	double first = g->stops[0].at, span = g->stops[count - 1].at - first;
	t = g->repeats ? first + (t - first) - floor((t - first) / span) * span : t;
	size_t i = 0;
	while (i < count && t >= g->stops[i].at) {
		i++;
	}
	const struct stop *a = &g->stops[i ? i - 1 : 0], *b = &g->stops[i < count ? i : count - 1];
	double mix = b->at > a->at ? (t - a->at) / (b->at - a->at) : 0;
	for (int k = 0; k < 4; k++) {
		double va = a->color >> (24 - 8 * k) & 255, vb = b->color >> (24 - 8 * k) & 255;
		va *= k < 3 ? (a->color & 255) / 255.0 : 1;
		vb *= k < 3 ? (b->color & 255) / 255.0 : 1;
		ret[k] = va + (vb - va) * mix;
	}
}

/* Between the least and the most of what lies within a px: hard stops are allowed any share of both. */
static bool gradient_fits(const struct gradient *g, int x, int y)
{
	double low[4] = {255, 255, 255, 255}, high[4] = {0};
	for (int i = 0; i < 25; i++) {
		double part[4];
		color_at(g, place(g, x + 0.5 + (i % 5 - 2) * 0.3, y + 0.5 + (i / 5 - 2) * 0.3), part);
		for (int k = 0; k < 4; k++) {
			low[k] = fmin(low[k], part[k]);
			high[k] = fmax(high[k], part[k]);
		}
	}
	color_t got = pixel(LEFT + x, TOP + y);
	for (int k = 0; k < 4; k++) {
		double part = (got >> (24 - 8 * k) & 255) * (k < 3 ? (got & 255) / 255.0 : 1);
		if (part < low[k] - 4 || part > high[k] + 4) {
			return false;
		}
	}
	return true;
}

#define DARK 0x343434FF
#define LIGHT 0xDDDDDDFF
#define ASH 0x545454FF
#define PALE 0xA8A8A8FF
#define RED 0xFF0000FF
#define LIME 0x00FF00FF
#define BLUE 0x0000FFFF
#define RED_BLUE {{0, RED}, {1, BLUE}}

static const struct gradient gradients[] = {
	{"linear-gradient(red, blue)", LINEAR, {180, 40}, RED_BLUE, false},
	{"linear-gradient(.25turn, red, lime, blue)", LINEAR, {90, 60}, {{0, RED}, {0.5, LIME}, {1, BLUE}}, false},
	{"linear-gradient(45deg, red, blue)", LINEAR, {45, 70.7107}, RED_BLUE, false},                // 60 sin + 40 cos
	{"linear-gradient(-60deg, red, blue)", LINEAR, {300, 71.9615}, RED_BLUE, false},
	{"linear-gradient(to bottom right, red, blue)", LINEAR, {146.31, 66.5641}, RED_BLUE, false}, // atan2(h, -w)
	{"linear-gradient(to left, red 15px, blue 45px)", LINEAR, {270, 60}, {{0.25, RED}, {0.75, BLUE}}, false},
	{"linear-gradient(to right, red -30px, blue 100%)", LINEAR, {90, 60}, {{-0.5, RED}, {1, BLUE}}, false},
	{"linear-gradient(to right, red 50%, blue 0)", LINEAR, {90, 60}, {{0.5, RED}, {0.5, BLUE}}, false},
	{"linear-gradient(to right, red 20% 60%, blue)", LINEAR, {90, 60}, {{0.2, RED}, {0.6, RED}, {1, BLUE}}, false},
	{"linear-gradient(to right, rgba(255,0,0,0), blue)", LINEAR, {90, 60}, {{0, 0xFF000000}, {1, BLUE}}, false},
	{"linear-gradient(to right, rgba(255,0,0,.2), rgba(0,0,255,.8))", LINEAR, {90, 60}, {{0, 0xFF000033}, {1, 0x0000FFCC}}, false},
	{"repeating-linear-gradient(to right, red, blue 10px)", LINEAR, {90, 60}, {{0, RED}, {1 / 6.0, BLUE}}, true},
	{"repeating-linear-gradient(90deg, red -4px, lime 2px, blue 8px)", LINEAR, {90, 60}, {{-4 / 60.0, RED}, {2 / 60.0, LIME}, {8 / 60.0, BLUE}}, true},
	{"repeating-linear-gradient(90deg, red 20px, blue 20px)", LINEAR, {90, 60}, {{0, BLUE}, {1, BLUE}}, false},
	{"radial-gradient(red, blue)", RADIAL, {30, 20, 42.4264, 28.2843}, RED_BLUE, false},
	{"radial-gradient(circle, red, blue)", RADIAL, {30, 20, 36.0555, 36.0555}, RED_BLUE, false},
	{"radial-gradient(closest-side, red, blue)", RADIAL, {30, 20, 30, 20}, RED_BLUE, false},
	{"radial-gradient(closest-side at 15px 10px, red, blue)", RADIAL, {15, 10, 15, 10}, RED_BLUE, false},
	{"radial-gradient(circle closest-side at 25% 75%, red, lime, blue)", RADIAL, {15, 30, 10, 10}, {{0, RED}, {0.5, LIME}, {1, BLUE}}, false},
	{"radial-gradient(closest-corner at 15px 10px, red, blue)", RADIAL, {15, 10, 21.2132, 14.1421}, RED_BLUE, false},
	{"radial-gradient(circle closest-corner at 15px 10px, red, blue)", RADIAL, {15, 10, 18.0278, 18.0278}, RED_BLUE, false},
	{"radial-gradient(farthest-side at 15px 10px, red, blue)", RADIAL, {15, 10, 45, 30}, RED_BLUE, false},
	{"radial-gradient(circle farthest-side at right 10px, red, blue)", RADIAL, {60, 10, 60, 60}, RED_BLUE, false},
	{"radial-gradient(farthest-corner at 15px 10px, red, blue)", RADIAL, {15, 10, 63.6396, 42.4264}, RED_BLUE, false},
	{"radial-gradient(circle at -10px 20px, red, blue)", RADIAL, {-10, 20, 72.8011, 72.8011}, RED_BLUE, false},
	{"radial-gradient(20px 10px, red, blue)", RADIAL, {30, 20, 20, 10}, RED_BLUE, false},
	{"radial-gradient(50% 25% at left bottom, red, blue)", RADIAL, {0, 40, 30, 10}, RED_BLUE, false},
	{"radial-gradient(20px at center, red 25%, blue 15px)", RADIAL, {30, 20, 20, 20}, {{0.25, RED}, {0.75, BLUE}}, false},
	{"radial-gradient(20px, rgba(0,0,0,0), red)", RADIAL, {30, 20, 20, 20}, {{0, 0}, {1, RED}}, false},
	{"radial-gradient(circle 10px, red -10px, blue 10px, lime 20px)", RADIAL, {30, 20, 10, 10}, {{-1, RED}, {1, BLUE}, {2, LIME}}, false},
	{"radial-gradient(closest-side at 30px 0, red, lime, blue)", RADIAL, {30, 0, 1, 1}, {{0, BLUE}, {1, BLUE}}, false}, // no height
	{"radial-gradient(circle closest-side at 0 0, red, blue)", RADIAL, {0, 0, 1, 1}, {{0, BLUE}, {1, BLUE}}, false},
	{"repeating-radial-gradient(circle 10px, red, blue)", RADIAL, {30, 20, 10, 10}, RED_BLUE, true},
	{"repeating-radial-gradient(20px 10px, red 50%, blue)", RADIAL, {30, 20, 20, 10}, {{0.5, RED}, {1, BLUE}}, true},
	{"repeating-radial-gradient(circle 10px, red -5px, blue 10px)", RADIAL, {30, 20, 10, 10}, {{-0.5, RED}, {1, BLUE}}, true},
	{"repeating-radial-gradient(circle 10px, red 5px, blue 5px)", RADIAL, {30, 20, 10, 10}, {{0, BLUE}, {1, BLUE}}, false},
	{"conic-gradient(red, blue)", CONIC, {30, 20, 0}, RED_BLUE, false},
	{"conic-gradient(from 90deg at 25% 75%, red, lime, blue)", CONIC, {15, 30, 90}, {{0, RED}, {0.5, LIME}, {1, BLUE}}, false},
	{"conic-gradient(red 90deg, blue 90deg 180deg, lime 0)", CONIC, {30, 20, 0}, {{0.25, RED}, {0.25, BLUE}, {0.5, BLUE}, {0.5, LIME}}, false},
	{"conic-gradient(rgba(255,0,0,0), blue)", CONIC, {30, 20, 0}, {{0, 0xFF000000}, {1, BLUE}}, false},
	{"repeating-conic-gradient(from 30deg, red 10%, blue 30%)", CONIC, {30, 20, 30}, {{0.1, RED}, {0.3, BLUE}}, true},
	{"repeating-conic-gradient(red 10%, blue 10%)", CONIC, {30, 20, 0}, {{0, BLUE}, {1, BLUE}}, false},
};

static void gradient(void)
{
	for (size_t i = 0; i < ARRAY_LEN(gradients); i++) {
		const struct gradient *g = &gradients[i];
		char style[200];
		snprintf(style, sizeof(style), "background: %s", g->css);
		look(style);
		size_t bad = 0;
		for (int y = 0; y < HEIGHT; y++) {
			for (int x = 0; x < WIDTH; x++) {
				bool middle = g->kind == CONIC && hypot(x + 0.5 - g->a[0], y + 0.5 - g->a[1]) < 3;
				if (!middle && !gradient_fits(g, x, y) && !bad++) {
					test_fail(__FILE__, __LINE__, "%s: %08x at %d, %d", g->css, pixel(LEFT + x, TOP + y), x, y);
				}
			}
		}
	}
	look_finish();
}

/* --- filters --- */

static void filter_colors(void)
{
	static const struct {
		const char *css;
		color_t warm, cold; // of #c85028 and #1e78fa: the matrices of Filter Effects 1, chapter 8
	} rows[] = {
		{"brightness(.5)", 0x642814FF, 0x0F3C7DFF},
		{"brightness(160%)", 0xFF8040FF, 0x30C0FFFF},
		{"brightness(0)", 0x000000FF, 0x000000FF},
		{"contrast(.3)", 0x957165FF, 0x627DA4FF},
		{"contrast(2)", 0xFF2000FF, 0x0070FFFF},
		{"contrast(0)", 0x808080FF, 0x808080FF},
		{"grayscale(1)", 0x676767FF, 0x6E6E6EFF},
		{"grayscale(40%)", 0xA15941FF, 0x3E74C2FF},
		{"grayscale(7)", 0x676767FF, 0x6E6E6EFF},
		{"invert(1)", 0x37AFD7FF, 0xE18705FF},
		{"invert(30%)", 0x9C6C5CFF, 0x587CB0FF},
		{"saturate(0)", 0x676767FF, 0x6E6E6EFF},
		{"saturate(.2)", 0x7A625AFF, 0x5E708AFF},
		{"saturate(3)", 0xFF2300FF, 0x008CFFFF},
		{"sepia(1)", 0x948366FF, 0x978769FF},
		{"sepia(.4)", 0xB36541FF, 0x4F7EC0FF},
		{"hue-rotate(90deg)", 0x288305FF, 0xFA3DBEFF},
		{"hue-rotate(-.5turn)", 0x057DA5FF, 0xBE6400FF},
		{"hue-rotate(200grad)", 0x057DA5FF, 0xBE6400FF},
		{"grayscale(1) sepia(1)", 0x8B7B60FF, 0x958567FF},
		{"sepia(1) grayscale(1)", 0x858585FF, 0x888888FF},
		{"invert(1) contrast(1.5)", 0x13C7FFFF, 0xFF8B00FF},
	};
	for (size_t i = 0; i < 2 * ARRAY_LEN(rows); i++) {
		char style[200];
		snprintf(style, sizeof(style), "background: %s; filter: %s", i % 2 ? "#1e78fa" : "#c85028", rows[i / 2].css);
		look(style);
		color_t want = i % 2 ? rows[i / 2].cold : rows[i / 2].warm, got = pixel(50, 40);
		if (!near(got, want, 2) || pixel(10, 40)) {
			test_fail(__FILE__, __LINE__, "%s: %08x, not %08x", style, got, want);
		}
	}
	/* On half clear colours: straight ones are turned. */
	look("background: rgba(200, 80, 40, .5); filter: invert(1)");
	CHECK(near(pixel(50, 40), 0x37AFD780, 3));
	look("background: red; filter: opacity(.4)");
	CHECK(near(pixel(50, 40), 0xFF000066, 2));
	look("background: rgba(255, 0, 0, .5); filter: opacity(50%) opacity(.5)");
	CHECK(near(pixel(50, 40), 0xFF000020, 4));
	look_finish();
}

/* The share of a normal distribution beyond `at`. */
static double beyond(double at, double deviation)
{
	return erfc(at / (deviation * sqrt(2))) / 2;
}

static double cover(int at, int from, int to, double deviation)
{
	return beyond(from - at - 0.5, deviation) - beyond(to - at - 0.5, deviation);
}

static void check_blur(const char *style, double deviation, int dx, int dy)
{
	look(style);
	for (int x = 0; x < 100; x++) {
		for (int y = 0; y < 80; y++) {
			double want = 255 * cover(x, LEFT + dx, LEFT + dx + WIDTH, deviation) * cover(y, TOP + dy, TOP + dy + HEIGHT, deviation);
			double got = pixel(x, y) & 255;
			bool box = dx && x >= LEFT && x < LEFT + WIDTH && y >= TOP && y < TOP + HEIGHT;
			if (!box && fabs(got - want) > 9) {
				test_fail(__FILE__, __LINE__, "%s: alpha %g at %d, %d, not %g", style, got, x, y, want);
				return;
			}
		}
	}
}

/* Lengths are the deviation in filters, twice the deviation in shadows. */
static void blurs(void)
{
	check_blur("background: black; filter: blur(1px)", 1, 0, 0);
	check_blur("background: black; filter: blur(3px)", 3, 0, 0);
	check_blur("background: black; filter: blur(6px)", 6, 0, 0);
	check_blur("background: black; filter: drop-shadow(8px 5px 3px red)", 3, 8, 5);
	check_blur("background: black; box-shadow: 8px 5px 6px red", 3, 8, 5);
	check_blur("background: black; box-shadow: -7px -5px 12px red", 6, -7, -5);
	look("background: black; filter: drop-shadow(4px -3px 0 rgba(255, 0, 0, .5))");
	CHECK(near(pixel(82, 30), 0xFF000080, 1) && near(pixel(50, 18), 0xFF000080, 1) && pixel(50, 40) == 0x000000FF);
	CHECK(!pixel(84, 30) && !pixel(50, 16) && !pixel(22, 18) && !pixel(50, 60));
	/* Steps go one after the other: the shadow's shadow, a blurred shadow. */
	look("background: black; filter: drop-shadow(5px 0 0 red) drop-shadow(5px 0 0 blue)");
	CHECK(pixel(82, 40) == 0xFF0000FF && pixel(87, 40) == 0x0000FFFF && !pixel(91, 40));
	look("background: black; filter: drop-shadow(10px 0 0 red) grayscale(1)");
	CHECK(near(pixel(85, 40), 0x363636FF, 2));
	look_finish();
}

/* --- shadows --- */

struct spot {
	int x, y;
	color_t color;
};

struct spots {
	const char *style;
	struct spot spots[8];
};

static void check_spots(const struct spots *rows, size_t count, int gap)
{
	for (size_t i = 0; i < count; i++) {
		look(rows[i].style);
		for (const struct spot *s = rows[i].spots; s->x; s++) {
			if (!near(pixel(s->x, s->y), s->color, gap)) {
				test_fail(__FILE__, __LINE__, "%s: %08x at %d, %d, not %08x", rows[i].style, pixel(s->x, s->y), s->x, s->y, s->color);
			}
		}
	}
	look_finish();
}

static void sharp_shadows(void)
{
	static const struct spots rows[] = {
		{"box-shadow: 5px 7px 0 red", {{84, 66, RED}, {85, 40, 0}, {50, 67, 0}, {79, 40, 0}, {24, 62, 0}, {25, 62, RED}}}, // not under the box
		{"box-shadow: 0 0 0 4px red", {{16, 16, RED}, {83, 63, RED}, {15, 40, 0}, {84, 40, 0}, {50, 40, 0}}},
		{"box-shadow: 0 0 0 4px red; border-radius: 10px", {{50, 16, RED}, {17, 17, 0}, {21, 21, RED}, {24, 24, 0}}}, // radius 14 outside
		{"box-shadow: 0 15px 0 -5px red", {{25, 61, RED}, {24, 61, 0}, {74, 69, RED}, {75, 61, 0}, {50, 70, 0}}},
		{"box-shadow: 5px 0 0 red, 10px 0 0 blue", {{82, 40, RED}, {87, 40, BLUE}}}, // the first is on top
		{"box-shadow: inset 5px 7px 0 red", {{24, 40, RED}, {25, 40, 0}, {50, 26, RED}, {50, 27, 0}, {79, 59, 0}, {19, 40, 0}}},
		{"box-shadow: inset 0 0 0 4px red", {{23, 40, RED}, {24, 40, 0}, {76, 40, RED}, {75, 40, 0}, {50, 56, RED}, {50, 55, 0}}},
		{"box-shadow: inset 0 0 0 30px red", {{50, 40, RED}, {19, 40, 0}, {20, 20, RED}}}, // no hole is left
		{"border: 3px solid blue; box-shadow: inset 2px 0 0 red", {{22, 40, BLUE}, {23, 40, RED}, {24, 40, RED}, {25, 40, 0}}},
		{"box-shadow: inset 0 0 0 4px red; border-radius: 20px", {{21, 21, 0}, {22, 40, RED}, {50, 21, RED}, {27, 27, RED}, {31, 31, 0}}},
	};
	check_spots(rows, ARRAY_LEN(rows), 2);
	/* An inset blur: half at the edge, by the distribution from there. */
	look("box-shadow: inset 0 0 6px red");
	for (int x = 20; x < 32; x++) {
		CHECK(fabs((pixel(x, 40) & 255) - 255 * beyond(x + 0.5 - 20, 3)) < 9);
	}
	CHECK(!pixel(19, 40) && !pixel(50, 40));
	look_finish();
}

/* --- borders --- */

static void bevels(void)
{
	/* Of #888 (0.533) a third darker and lighter; of black a third lighter and two. */
	static const struct spots rows[] = {
		{"border: 8px inset #888", {{50, 24, DARK}, {24, 40, DARK}, {50, 56, LIGHT}, {76, 40, LIGHT}, {50, 40, 0}}},
		{"border: 8px outset #888", {{50, 24, LIGHT}, {24, 40, LIGHT}, {50, 56, DARK}, {76, 40, DARK}}},
		{"border: 8px groove #888", {{50, 21, DARK}, {50, 26, LIGHT}, {50, 53, DARK}, {50, 58, LIGHT}, {21, 40, DARK}, {78, 40, LIGHT}}},
		{"border: 8px ridge #888", {{50, 21, LIGHT}, {50, 26, DARK}, {50, 53, LIGHT}, {50, 58, DARK}, {26, 40, DARK}, {73, 40, LIGHT}}},
		{"border: 8px inset #888", {{22, 22, DARK}, {25, 25, DARK}, {74, 54, LIGHT}, {77, 57, LIGHT}}}, // no seam where they meet
		{"border: 8px inset black", {{50, 24, ASH}, {50, 56, PALE}}},
		{"border: 8px outset white", {{50, 24, 0xFFFFFFFF}, {50, 56, 0xABABABFF}}},
		{"border: 8px inset rgba(136,136,136,.5)", {{50, 24, 0x34343480}, {50, 56, 0xDDDDDD80}}},
		{"border: 1px groove #888", {{50, 20, 0x888888FF}, {50, 59, 0x888888FF}}},
		{"border: 8px groove #888; border-radius: 16px", {{50, 21, DARK}, {50, 26, LIGHT}, {50, 53, DARK}, {50, 58, LIGHT}, {22, 22, 0}}},
		{"border: 8px inset red; border-radius: 50%", {{50, 24, 0xAB0000FF}, {50, 56, RED}, {50, 40, 0}}},
	};
	check_spots(rows, ARRAY_LEN(rows), 2);
}

static void lines(void)
{
	static const struct spots rows[] = {
		{"border: 6px double red", {{50, 20, RED}, {50, 21, RED}, {50, 22, 0}, {50, 23, 0}, {50, 24, RED}, {50, 25, RED}, {50, 26, 0}}},
		{"border: 2px double red", {{50, 20, RED}, {50, 21, RED}, {50, 22, 0}}}, // no room for a gap
		{"border: 9px double; border-color: red blue; border-radius: 20px", {{50, 21, RED}, {50, 24, 0}, {50, 27, RED}, {21, 40, BLUE}, {24, 40, 0}, {27, 40, BLUE}, {21, 21, 0}}},
		{"border-style: solid; border-width: 4px 8px 12px 16px; border-color: red lime blue black", {{50, 23, RED}, {50, 24, 0}, {72, 40, LIME}, {71, 40, 0}, {50, 48, BLUE}, {50, 47, 0}, {35, 40, 0x000000FF}}},
		{"border-style: solid; border-width: 4px 8px 12px 16px; border-color: red lime blue black", {{36, 40, 0}, {30, 21, RED}, {22, 23, 0x000000FF}, {24, 54, 0x000000FF}, {26, 58, BLUE}}}, // mitres 4:1 and 4:3
		{"border: 10px solid; border-color: red blue; border-radius: 50%", {{50, 25, RED}, {25, 40, BLUE}, {22, 22, 0}, {50, 40, 0}, {50, 31, 0}}},
		{"border: 10px solid rgba(255, 0, 0, .5)", {{22, 22, 0xFF000080}, {29, 29, 0xFF000080}, {50, 25, 0xFF000080}}}, // corners once
		{"border: 10px solid red; border-top-color: transparent", {{24, 55, RED}, {22, 57, RED}, {75, 55, RED}, {50, 25, 0}}},
		{"border: 10px solid red; border-top-color: transparent; border-radius: 50%", {{29, 52, RED}, {70, 52, RED}, {50, 25, 0}, {50, 55, RED}}},
		{"border: 0 solid red; border-top-width: 5px", {{20, 24, RED}, {79, 20, RED}, {50, 25, 0}, {20, 30, 0}}},
		{"width: 0; height: 0; border: 20px solid transparent; border-bottom-color: red", {{40, 58, RED}, {40, 50, RED}, {40, 38, 0}, {22, 50, 0}, {58, 50, 0}}},
		{"border: 15px solid red; border-radius: 10px", {{35, 35, 0}, {34, 34, RED}, {20, 20, 0}, {64, 44, 0}, {50, 34, RED}}}, // inner corners are sharp
		{"border: 4px solid red; border-radius: 30px / 20px", {{50, 21, RED}, {21, 40, RED}, {50, 40, 0}, {24, 24, 0}, {75, 55, 0}}},
	};
	check_spots(rows, ARRAY_LEN(rows), 2);
}

/* Runs of ink along a row; `ends`: it starts and ends with ink. */
static size_t runs(int y, int from, int to, size_t *ret_ink, bool *ret_ends)
{
	size_t count = 0, ink = 0;
	bool before = false;
	for (int x = from; x < to; x++) {
		bool now = (pixel(x, y) & 255) > 127;
		count += now && !before;
		ink += now;
		before = now;
	}
	*ret_ink = ink;
	*ret_ends = before && (pixel(from, y) & 255) > 127;
	return count;
}

static void dashes(void)
{
	size_t ink;
	bool ends;
	look("border: 4px dashed red"); // twice as long as wide, gaps as long as it is wide, stretched: 60 is 5 * 8 + 4 * 5
	CHECK_NUM(runs(21, 20, 80, &ink, &ends), 5);
	CHECK(ink >= 38 && ink <= 42 && ends);
	look("border: 1px dotted red"); // squares, whole ones: 60 is 30 dots, 28 gaps of 1 and one of 2
	CHECK_NUM(runs(20, 20, 80, &ink, &ends), 30);
	CHECK(ends && ink == 30 && pixel(20, 20) == RED && pixel(79, 59) == RED && pixel(79, 20) == RED && pixel(20, 59) == RED);
	for (int x = 20; x < 80; x++) {
		CHECK(pixel(x, 20) == RED || pixel(x, 20) == 0);
	}
	look("border: 1px dotted rgba(255, 0, 0, .5)");
	CHECK(near(pixel(20, 20), 0xFF000080, 1));
	look("border: 3px dotted red");
	CHECK_NUM(runs(21, 20, 80, &ink, &ends), 10);
	CHECK(ends && ink == 30 && pixel(22, 20) == RED);
	look("border: 6px dotted red"); // round: 60 is 5 discs and 4 gaps of 7.5, or 6 discs and 5 gaps of 4.8
	size_t discs = runs(23, 20, 80, &ink, &ends);
	CHECK((discs == 5 || discs == 6) && ink >= discs * 6 - 2 && ink <= discs * 6 + 2);
	CHECK(!near(pixel(20, 20), RED, 60) && near(pixel(23, 22), RED, 2));
	look("border: 4px dashed red; border-radius: 20px"); // on the middle of the ring, all around
	CHECK(runs(21, 40, 60, &ink, &ends) >= 1 && ink >= 8 && ink <= 17);
	CHECK(!pixel(22, 22) && !pixel(50, 40));
	look("border: 10px solid red; border-top-style: dotted; border-left: none");
	CHECK(pixel(75, 40) == RED && !pixel(25, 40) && near(pixel(24, 25), RED, 2) && !pixel(20, 20));
	look_finish();
}

static const struct test_case cases[] = {
	{"gradient", gradient}, {"filter_colors", filter_colors}, {"blurs", blurs}, {"sharp_shadows", sharp_shadows}, {"bevels", bevels},
	{"lines", lines}, {"dashes", dashes},
};

TEST_MAIN(cases)
