/* The pictures of the simulated lens and of a simulated live source, and photographs of them. */
#include "runtime/component/scene.h"

#include "border/gfx/cairo.h"
#include "border/gfx/png.h"
#include "runtime/component/pen.h"

#define PHOTO_SCALE 2.0f
#define ROUND_SECONDS 4.0 // the disc of a live source goes from end to end in so long

static void draw_lens(struct gfx_canvas *canvas, struct rect at, bool front)
{
	float w = at.width, h = at.height, edge = float_min(w, h);
	struct point middle = {at.x + w / 2, at.y + h / 2};
	if (front) {
		pen_fill(canvas, at, 0xd9cbb8ff, 0);
		pen_disc(canvas, (struct point){middle.x, at.y + h * 1.05f}, edge * .45f, 0x3f6e9cff);
		pen_disc(canvas, middle, edge * .28f, 0xf2c9a1ff);
		pen_disc(canvas, (struct point){middle.x - edge * .1f, middle.y - edge * .05f}, edge * .03f, 0x333333ff);
		pen_disc(canvas, (struct point){middle.x + edge * .1f, middle.y - edge * .05f}, edge * .03f, 0x333333ff);
		return;
	}
	pen_fill(canvas, at, 0x8ec7f0ff, 0);
	pen_disc(canvas, (struct point){at.x + w * .75f, at.y + h * .25f}, edge * .1f, 0xffe27aff);
	struct point far[] = {{at.x, at.y + h * .7f}, {at.x + w * .3f, at.y + h * .4f}, {at.x + w * .55f, at.y + h * .65f},
		{at.x + w * .8f, at.y + h * .48f}, {at.x + w, at.y + h * .7f}};
	pen_polygon(canvas, far, ARRAY_LEN(far), 0x7792a8ff);
	pen_fill(canvas, (struct rect){at.x, at.y + h * .7f, w, h * .3f}, 0x6fae5bff, 0);
}

/* Colour bars, and below them a disc that moves on with the seconds. */
static void draw_live(struct gfx_canvas *canvas, struct rect at, double seconds)
{
	static const color_t bars[] = {0xc0c0c0ff, 0xc0c000ff, 0x00c0c0ff, 0x00c000ff, 0xc000c0ff, 0xc00000ff, 0x0000c0ff};
	float step = at.width / ARRAY_LEN(bars), radius = float_min(at.width, at.height) * .1f;
	float along = (float)(fmod(seconds, ROUND_SECONDS) / ROUND_SECONDS);
	pen_fill(canvas, at, 0x202020ff, 0);
	for (size_t i = 0; i < ARRAY_LEN(bars); i++) {
		pen_fill(canvas, (struct rect){at.x + step * (float)i, at.y, step, at.height * .7f}, bars[i], 0);
	}
	pen_disc(canvas, (struct point){at.x + radius + (at.width - radius * 2) * along, at.y + at.height * .85f}, radius, 0xffffffff);
}

void scene_draw(struct gfx_canvas *canvas, const struct scene *scene, struct rect at)
{
	if (scene->kind == SCENE_LIVE) {
		draw_live(canvas, at, scene->seconds);
	} else {
		draw_lens(canvas, at, scene->front);
	}
}

struct value scene_photograph(const struct scene *scene, struct size size, struct str quality)
{
	struct gfx_surface *surface = gfx_surface_create((int)(size.width * PHOTO_SCALE), (int)(size.height * PHOTO_SCALE));
	struct value result = value_object_new(3);
	struct gfx_context context = {0};
	struct strbuf bytes = {0};
	if (surface) {
		struct gfx_canvas *canvas = gfx_canvas_create(surface, &context, PHOTO_SCALE);
		scene_draw(canvas, scene, (struct rect){0, 0, size.width, size.height});
		gfx_canvas_destroy(canvas);
		gfx_jpeg_encode(surface, str_is(quality, "high") ? 95 : str_is(quality, "low") ? 50 : 80, &bytes);
		value_object_set_text(&result, "width", value_number(gfx_surface_width(surface)));
		value_object_set_text(&result, "height", value_number(gfx_surface_height(surface)));
	}
	if (bytes.len) {
		value_object_set_text(&result, "bytes", value_take(&bytes));
	} else {
		value_object_set_text(&result, "errMsg", value_text("there is no room for a picture"));
	}
	strbuf_finish(&bytes);
	gfx_context_finish(&context);
	gfx_surface_destroy(surface);
	return result;
}
