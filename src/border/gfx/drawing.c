/* The commands of a canvas: one row a command, and what it keeps beside gfx_canvas. */
#include "border/gfx/drawing.h"

#include "base/mem.h"
#include "base/vec.h"
#include "border/gfx/cairo.h"
#include "border/gfx/png.h"
#include "core/wxss/color.h"

#include <string.h>

#define SIDE_MAX 8192
#define AREA_MAX (32 << 20) // device px
#define STOPS_MAX 64
#define NEST_MAX 4 // of paths in paths

enum stand { STAND_START, STAND_END, STAND_LEFT, STAND_RIGHT, STAND_CENTER };
enum baseline { BASELINE_ALPHABETIC, BASELINE_TOP, BASELINE_HANGING, BASELINE_MIDDLE, BASELINE_IDEOGRAPHIC, BASELINE_BOTTOM };

/* What save() keeps that gfx_canvas does not. */
struct look {
	struct value fill, stroke; // paints
	float width, miter, dash_offset;
	enum gfx_cap cap;
	enum gfx_join join;
	float dashes[16];
	size_t dash_count;
	float font_size;
	int font_weight;
	enum font_style font_style;
	struct value family;
	enum stand align;
	enum baseline baseline;
};

struct gfx_drawing {
	struct gfx_context context;
	struct gfx_surface *surface;
	struct gfx_canvas *canvas;
	float width, height, scale;
	unsigned version;
	VEC(struct look) looks; // the last counts
	const struct gfx_drawing_pictures *pictures; // while commands run
	int nest;
};

static struct look *look_of(struct gfx_drawing *drawing) { return &vec_last(&drawing->looks); }

/* --- beginning and end --- */

static struct look first_look(void)
{
	return (struct look){.fill = value_text("#000000"), .stroke = value_text("#000000"), .width = 1, .miter = 10, .font_size = 10,
		.font_weight = 400, .family = value_text("sans-serif"), .align = STAND_START};
}

static struct look copy_look(const struct look *look)
{
	struct look copy = *look;
	value_ref(copy.fill);
	value_ref(copy.stroke);
	value_ref(copy.family);
	return copy;
}

static void finish_look(struct look *look)
{
	value_unref(look->fill);
	value_unref(look->stroke);
	value_unref(look->family);
}

static void drop(struct gfx_drawing *drawing)
{
	for (size_t i = 0; i < drawing->looks.len; i++) {
		finish_look(&drawing->looks.at[i]);
	}
	drawing->looks.len = 0;
	gfx_canvas_destroy(drawing->canvas);
	gfx_surface_destroy(drawing->surface);
	drawing->canvas = NULL;
	drawing->surface = NULL;
}

static float side(float length, float scale)
{
	return isfinite(length) ? float_clamp(length, 1 / scale, SIDE_MAX / scale) : 1 / scale;
}

void gfx_drawing_resize(struct gfx_drawing *drawing, float width, float height, float scale)
{
	drop(drawing);
	drawing->scale = scale > 0 && scale <= 8 ? scale : scale == 0 && drawing->scale > 0 ? drawing->scale : 1;
	drawing->width = side(width, drawing->scale);
	drawing->height = side(height, drawing->scale);
	int columns = int_max(1, (int)lroundf(drawing->width * drawing->scale)), rows = int_max(1, (int)lroundf(drawing->height * drawing->scale));
	if ((long long)columns * rows > AREA_MAX) {
		rows = int_max(1, AREA_MAX / columns);
		drawing->height = (float)rows / drawing->scale;
	}
	drawing->surface = gfx_surface_create(columns, rows);
	drawing->canvas = gfx_canvas_create(drawing->surface, &drawing->context, drawing->scale);
	vec_push(&drawing->looks, first_look());
	drawing->version++;
}

struct gfx_drawing *gfx_drawing_create(float width, float height, float scale, struct gfx_fonts *fonts)
{
	struct gfx_drawing *drawing = mem_alloc(sizeof(*drawing));
	drawing->context.fonts = fonts;
	gfx_drawing_resize(drawing, width, height, scale);
	return drawing;
}

void gfx_drawing_destroy(struct gfx_drawing *drawing)
{
	if (drawing) {
		drop(drawing);
		vec_finish(&drawing->looks);
		gfx_context_finish(&drawing->context);
		mem_free(drawing);
	}
}

struct size gfx_drawing_size(const struct gfx_drawing *drawing) { return (struct size){drawing->width, drawing->height}; }
struct gfx_surface *gfx_drawing_surface(struct gfx_drawing *drawing) { return drawing->surface; }
unsigned gfx_drawing_version(const struct gfx_drawing *drawing) { return drawing->version; }

/* --- arguments --- */

static float number(struct value args, size_t index)
{
	struct value value = value_at(args, index);
	return value_is(value, VALUE_NUMBER) ? (float)value.number : NAN;
}

static struct rect rect_at(struct value args, size_t index)
{
	struct rect rect = {number(args, index), number(args, index + 1), number(args, index + 2), number(args, index + 3)};
	if (rect.width < 0) {
		rect.x += rect.width;
		rect.width = -rect.width;
	}
	if (rect.height < 0) {
		rect.y += rect.height;
		rect.height = -rect.height;
	}
	return rect;
}

static bool is_rect(struct rect rect)
{
	return isfinite(rect.x) && isfinite(rect.y) && isfinite(rect.width) && isfinite(rect.height);
}

/* A word of a list of words, by its place; -1: none of them. */
static int word(struct value value, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (str_is(value_str(value), words[i])) {
			return (int)i;
		}
	}
	return -1;
}

/* --- paints --- */

static size_t read_stops(struct value list, struct gradient_stop *stops)
{
	size_t count = 0;
	for (size_t i = 0; i + 1 < value_len(list) && count < STOPS_MAX; i += 2) {
		struct gradient_stop stop = {0};
		float at = number(list, i);
		stop.at.percent = at;
		if (isfinite(at) && wxss_color_parse(value_str(value_at(list, i + 1)), &stop.color)) {
			size_t place = count++;
			while (place > 0 && stops[place - 1].at.percent > at) { // in their order, equal ones as they came
				stops[place] = stops[place - 1];
				place--;
			}
			stops[place] = stop;
		}
	}
	return count;
}

static struct gfx_image *find_image(const struct gfx_drawing *drawing, struct value picture)
{
	return drawing->pictures ? drawing->pictures->image(drawing->pictures->user, value_str(picture)) : NULL;
}

static struct gfx_drawing *find_drawing(const struct gfx_drawing *drawing, struct value picture)
{
	return drawing->pictures ? drawing->pictures->drawing(drawing->pictures->user, picture.number) : NULL;
}

static void apply_pattern(struct gfx_drawing *drawing, struct value paint)
{
	struct value picture = value_at(paint, 1);
	struct str repeat = value_str(value_at(paint, 2));
	bool x = !str_is(repeat, "no-repeat") && !str_is(repeat, "repeat-y"), y = !str_is(repeat, "no-repeat") && !str_is(repeat, "repeat-x");
	if (value_is(picture, VALUE_STRING)) {
		struct gfx_image *image = find_image(drawing, picture);
		if (image) {
			gfx_canvas_set_pattern(drawing->canvas, image, x, y);
			return;
		}
	} else if (value_is(picture, VALUE_NUMBER)) {
		struct gfx_drawing *other = find_drawing(drawing, picture);
		if (other && other != drawing) {
			gfx_canvas_set_surface_pattern(drawing->canvas, other->surface, 1 / other->scale, x, y);
			return;
		}
	}
	gfx_canvas_set_color(drawing->canvas, 0);
}

static void apply_paint(struct gfx_drawing *drawing, struct value paint)
{
	struct gradient_stop stops[STOPS_MAX];
	color_t color = 0;
	if (value_is(paint, VALUE_STRING)) {
		wxss_color_parse(value_str(paint), &color);
		gfx_canvas_set_color(drawing->canvas, color);
		return;
	}
	struct str kind = value_str(value_at(paint, 0));
	if (str_is(kind, "linear")) {
		size_t count = read_stops(value_at(paint, 5), stops);
		gfx_canvas_set_linear(drawing->canvas, number(paint, 1), number(paint, 2), number(paint, 3), number(paint, 4), stops, count);
	} else if (str_is(kind, "radial")) {
		size_t count = read_stops(value_at(paint, 7), stops);
		gfx_canvas_set_radial(drawing->canvas, number(paint, 1), number(paint, 2), number(paint, 3), number(paint, 4), number(paint, 5),
			number(paint, 6), stops, count);
	} else if (str_is(kind, "pattern")) {
		apply_pattern(drawing, paint);
	}
}

static bool is_paint(struct value value)
{
	color_t color;
	return value_is(value, VALUE_ARRAY) || (value_is(value, VALUE_STRING) && wxss_color_parse(value_str(value), &color));
}

static void set_paint(struct value *slot, struct value paint)
{
	if (is_paint(paint)) {
		value_ref(paint);
		value_unref(*slot);
		*slot = paint;
	}
}

static void use_fill(struct gfx_drawing *drawing) { apply_paint(drawing, look_of(drawing)->fill); }

static void use_stroke(struct gfx_drawing *drawing)
{
	const struct look *look = look_of(drawing);
	apply_paint(drawing, look->stroke);
	gfx_canvas_set_line(drawing->canvas, look->width, look->cap, look->join, look->miter);
	gfx_canvas_set_dash(drawing->canvas, look->dashes, look->dash_count, look->dash_offset);
}

/* --- commands --- */

static void do_save(struct gfx_drawing *drawing, struct value args)
{
	if (drawing->looks.len < 1000) {
		gfx_canvas_save(drawing->canvas);
		vec_push(&drawing->looks, copy_look(look_of(drawing)));
	}
}

static void do_restore(struct gfx_drawing *drawing, struct value args)
{
	if (drawing->looks.len > 1) {
		struct gfx_path *path = gfx_canvas_take_path(drawing->canvas);
		gfx_canvas_restore(drawing->canvas); // which in Cairo takes the path back, too
		gfx_canvas_put_path(drawing->canvas, path);
		finish_look(look_of(drawing));
		drawing->looks.len--;
	}
}

static void do_reset(struct gfx_drawing *drawing, struct value args)
{
	gfx_drawing_resize(drawing, drawing->width, drawing->height, drawing->scale);
}

static struct matrix matrix_of(struct value args)
{
	return (struct matrix){number(args, 0), number(args, 1), number(args, 2), number(args, 3), number(args, 4), number(args, 5)};
}

static void do_transform(struct gfx_drawing *drawing, struct value args) { gfx_canvas_transform(drawing->canvas, matrix_of(args)); }
static void do_set_transform(struct gfx_drawing *drawing, struct value args) { gfx_canvas_set_transform(drawing->canvas, matrix_of(args)); }

static void do_scale(struct gfx_drawing *drawing, struct value args)
{
	gfx_canvas_transform(drawing->canvas, (struct matrix){number(args, 0), 0, 0, number(args, 1), 0, 0});
}

static void do_rotate(struct gfx_drawing *drawing, struct value args)
{
	float angle = number(args, 0), c = cosf(angle), s = sinf(angle);
	gfx_canvas_transform(drawing->canvas, (struct matrix){c, s, -s, c, 0, 0});
}

static void do_translate(struct gfx_drawing *drawing, struct value args)
{
	gfx_canvas_transform(drawing->canvas, (struct matrix){1, 0, 0, 1, number(args, 0), number(args, 1)});
}

static void do_begin_path(struct gfx_drawing *drawing, struct value args) { gfx_canvas_begin(drawing->canvas); }
static void do_close_path(struct gfx_drawing *drawing, struct value args) { gfx_canvas_close(drawing->canvas); }
static void do_move_to(struct gfx_drawing *drawing, struct value args) { gfx_canvas_move_to(drawing->canvas, number(args, 0), number(args, 1)); }
static void do_line_to(struct gfx_drawing *drawing, struct value args) { gfx_canvas_line_to(drawing->canvas, number(args, 0), number(args, 1)); }

static void do_curve_to(struct gfx_drawing *drawing, struct value args)
{
	gfx_canvas_curve_to(drawing->canvas, number(args, 0), number(args, 1), number(args, 2), number(args, 3), number(args, 4), number(args, 5));
}

static void do_quad_to(struct gfx_drawing *drawing, struct value args)
{
	gfx_canvas_quad_to(drawing->canvas, number(args, 0), number(args, 1), number(args, 2), number(args, 3));
}

static void do_arc(struct gfx_drawing *drawing, struct value args)
{
	gfx_canvas_arc(drawing->canvas, number(args, 0), number(args, 1), number(args, 2), number(args, 3), number(args, 4),
		value_to_bool(value_at(args, 5)));
}

static void do_ellipse(struct gfx_drawing *drawing, struct value args)
{
	gfx_canvas_ellipse(drawing->canvas, number(args, 0), number(args, 1), number(args, 2), number(args, 3), number(args, 4), number(args, 5),
		number(args, 6), value_to_bool(value_at(args, 7)));
}

static void do_arc_to(struct gfx_drawing *drawing, struct value args)
{
	gfx_canvas_arc_to(drawing->canvas, number(args, 0), number(args, 1), number(args, 2), number(args, 3), number(args, 4));
}

/* Not gfx_canvas_rect(), which takes negative sides away: a hole is drawn the other way round. */
static void do_rect(struct gfx_drawing *drawing, struct value args)
{
	float x = number(args, 0), y = number(args, 1), width = number(args, 2), height = number(args, 3);
	if (isfinite(x) && isfinite(y) && isfinite(width) && isfinite(height)) {
		gfx_canvas_move_to(drawing->canvas, x, y);
		gfx_canvas_line_to(drawing->canvas, x + width, y);
		gfx_canvas_line_to(drawing->canvas, x + width, y + height);
		gfx_canvas_line_to(drawing->canvas, x, y + height);
		gfx_canvas_close(drawing->canvas);
		gfx_canvas_move_to(drawing->canvas, x, y);
	}
}

/* Radii: top left, top right, bottom right, bottom left. */
static void do_round_rect(struct gfx_drawing *drawing, struct value args)
{
	struct rect rect = rect_at(args, 0);
	struct rounded shape = {.rect = rect};
	struct value radii = value_at(args, 4);
	for (size_t i = 0; i < 4; i++) {
		float radius = number(radii, i);
		shape.radius_x[i] = shape.radius_y[i] = radius > 0 ? radius : 0;
	}
	if (is_rect(shape.rect)) {
		gfx_canvas_rounded(drawing->canvas, &shape);
	}
}

static void do_fill(struct gfx_drawing *drawing, struct value args)
{
	use_fill(drawing);
	gfx_canvas_fill(drawing->canvas, value_to_bool(value_at(args, 0)));
}

static void do_stroke(struct gfx_drawing *drawing, struct value args)
{
	use_stroke(drawing);
	gfx_canvas_stroke(drawing->canvas);
}

static void do_clip(struct gfx_drawing *drawing, struct value args)
{
	gfx_canvas_clip(drawing->canvas, value_to_bool(value_at(args, 0)));
}

static void run(struct gfx_drawing *drawing, struct value commands);

/* A path of its own (Path2D), then what is done with it. */
static void with_path(struct gfx_drawing *drawing, struct value path, void (*act)(struct gfx_drawing *drawing, struct value args), struct value args)
{
	if (drawing->nest < NEST_MAX) {
		struct gfx_path *before = gfx_canvas_take_path(drawing->canvas);
		drawing->nest++;
		run(drawing, path);
		drawing->nest--;
		act(drawing, args);
		gfx_canvas_put_path(drawing->canvas, before);
	}
}

static void with_rule(struct gfx_drawing *drawing, struct value args, void (*act)(struct gfx_drawing *drawing, struct value args))
{
	struct value rule = value_array_new(1);
	value_array_push(&rule, value_ref(value_at(args, 1)));
	with_path(drawing, value_at(args, 0), act, rule);
	value_unref(rule);
}

static void do_fill_path(struct gfx_drawing *drawing, struct value args) { with_rule(drawing, args, do_fill); }
static void do_stroke_path(struct gfx_drawing *drawing, struct value args) { with_rule(drawing, args, do_stroke); }
static void do_clip_path(struct gfx_drawing *drawing, struct value args) { with_rule(drawing, args, do_clip); }

/* Path2D.addPath: its commands, under a transform. */
static void do_add_path(struct gfx_drawing *drawing, struct value args)
{
	struct matrix before = gfx_canvas_get_transform(drawing->canvas);
	if (drawing->nest < NEST_MAX) {
		drawing->nest++;
		do_transform(drawing, value_at(args, 1));
		run(drawing, value_at(args, 0));
		gfx_canvas_set_transform(drawing->canvas, before);
		drawing->nest--;
	}
}

static void rectangle(struct gfx_drawing *drawing, struct value args, bool stroke)
{
	struct rect rect = rect_at(args, 0);
	if (!is_rect(rect)) {
		return;
	}
	struct gfx_path *before = gfx_canvas_take_path(drawing->canvas);
	gfx_canvas_rect(drawing->canvas, rect);
	if (stroke) {
		use_stroke(drawing);
		gfx_canvas_stroke(drawing->canvas);
	} else {
		use_fill(drawing);
		gfx_canvas_fill(drawing->canvas, false);
	}
	gfx_canvas_put_path(drawing->canvas, before);
}

static void do_fill_rect(struct gfx_drawing *drawing, struct value args) { rectangle(drawing, args, false); }
static void do_stroke_rect(struct gfx_drawing *drawing, struct value args) { rectangle(drawing, args, true); }

static void do_clear_rect(struct gfx_drawing *drawing, struct value args)
{
	struct rect rect = rect_at(args, 0);
	if (is_rect(rect)) {
		struct gfx_path *before = gfx_canvas_take_path(drawing->canvas);
		gfx_canvas_clear(drawing->canvas, rect);
		gfx_canvas_put_path(drawing->canvas, before);
	}
}

/* --- text --- */

static float baseline_of(const struct look *look, const struct text_run *run)
{
	switch (look->baseline) {
	case BASELINE_TOP:
	case BASELINE_HANGING:
		return look->baseline == BASELINE_TOP ? run->metrics.ascent : run->metrics.ascent * .8f;
	case BASELINE_MIDDLE:
		return (run->metrics.ascent - run->metrics.descent) / 2;
	case BASELINE_BOTTOM:
	case BASELINE_IDEOGRAPHIC:
		return -run->metrics.descent;
	default:
		return 0;
	}
}

static void text(struct gfx_drawing *drawing, struct value args, bool stroke)
{
	const struct look *look = look_of(drawing);
	struct style style = {.font_size = look->font_size, .font_weight = look->font_weight, .font_style = look->font_style,
		.font_family = value_str(look->family)};
	struct text_shaper shaper = gfx_fonts_shaper(drawing->context.fonts);
	float x = number(args, 1), y = number(args, 2), most = number(args, 3);
	struct text_run *shaped = isfinite(x) && isfinite(y) && !(most <= 0) ? shaper.shape(shaper.user, value_str(value_at(args, 0)), &style) : NULL;
	if (!shaped) {
		return;
	}
	float width = shaped->width, squeeze = most < width && width > 0 ? most / width : 1;
	float shift = look->align == STAND_CENTER ? width / 2 : look->align == STAND_END || look->align == STAND_RIGHT ? width : 0;
	struct point origin = {-shift, baseline_of(look, shaped)};
	struct matrix before = gfx_canvas_get_transform(drawing->canvas);
	struct gfx_path *path = gfx_canvas_take_path(drawing->canvas);
	gfx_canvas_transform(drawing->canvas, (struct matrix){squeeze, 0, 0, 1, x, y});
	if (stroke) {
		gfx_canvas_text_path(drawing->canvas, shaped, origin);
		use_stroke(drawing);
		gfx_canvas_stroke(drawing->canvas);
	} else {
		// a paint is where it was, not where the text is
		gfx_canvas_set_transform(drawing->canvas, before);
		use_fill(drawing);
		if (value_is(look->fill, VALUE_STRING)) {
			gfx_canvas_transform(drawing->canvas, (struct matrix){squeeze, 0, 0, 1, x, y});
		} else {
			origin.x += x;
			origin.y += y;
		}
		gfx_canvas_text(drawing->canvas, shaped, 0, shaped->text.len, origin);
	}
	gfx_canvas_set_transform(drawing->canvas, before);
	gfx_canvas_put_path(drawing->canvas, path);
	shaper.unref(shaper.user, shaped);
}

static void do_fill_text(struct gfx_drawing *drawing, struct value args) { text(drawing, args, false); }
static void do_stroke_text(struct gfx_drawing *drawing, struct value args) { text(drawing, args, true); }

/* --- pictures --- */

/* picture, source (4, null: all of it), target x, y, width, height (null: the source's). */
static void do_draw_image(struct gfx_drawing *drawing, struct value args)
{
	struct value picture = value_at(args, 0);
	struct gfx_image *image = NULL;
	struct gfx_drawing *other = NULL;
	if (value_is(picture, VALUE_STRING)) {
		image = find_image(drawing, picture);
	} else if (value_is(picture, VALUE_NUMBER)) {
		other = find_drawing(drawing, picture);
	}
	if (!image && !other) {
		return;
	}
	struct size size = image ? gfx_image_size(image) : gfx_drawing_size(other);
	struct rect source = {0, 0, size.width, size.height}, target = rect_at(args, 5);
	if (isfinite(number(args, 1))) {
		source = rect_at(args, 1);
	}
	target.width = isfinite(target.width) ? target.width : source.width;
	target.height = isfinite(target.height) ? target.height : source.height;
	if (!is_rect(source) || !is_rect(target) || source.width <= 0 || source.height <= 0) {
		return;
	}
	if (image) {
		gfx_canvas_image(drawing->canvas, image, source, target);
		return;
	}
	float scale = other->scale;
	struct rect pixels = {source.x * scale, source.y * scale, source.width * scale, source.height * scale};
	gfx_canvas_surface(drawing->canvas, other->surface, pixels, target);
}

/* --- looks --- */

static void do_fill_style(struct gfx_drawing *drawing, struct value args) { set_paint(&look_of(drawing)->fill, value_at(args, 0)); }
static void do_stroke_style(struct gfx_drawing *drawing, struct value args) { set_paint(&look_of(drawing)->stroke, value_at(args, 0)); }
static void do_alpha(struct gfx_drawing *drawing, struct value args) { gfx_canvas_set_alpha(drawing->canvas, number(args, 0)); }

static void do_operator(struct gfx_drawing *drawing, struct value args)
{
	static const char *const words[] = {"source-over", "source-in", "source-out", "source-atop", "destination-over", "destination-in",
		"destination-out", "destination-atop", "lighter", "copy", "xor", "multiply", "screen", "overlay", "darken", "lighten",
		"color-dodge", "color-burn", "hard-light", "soft-light", "difference", "exclusion", "hue", "saturation", "color", "luminosity"};
	int found = word(value_at(args, 0), words, ARRAY_LEN(words));
	if (found >= 0) {
		gfx_canvas_set_operator(drawing->canvas, (enum gfx_operator)found);
	}
}

static void do_line_width(struct gfx_drawing *drawing, struct value args)
{
	float width = number(args, 0);
	look_of(drawing)->width = width > 0 && isfinite(width) ? width : look_of(drawing)->width;
}

static void do_line_cap(struct gfx_drawing *drawing, struct value args)
{
	static const char *const words[] = {"butt", "round", "square"};
	int found = word(value_at(args, 0), words, ARRAY_LEN(words));
	look_of(drawing)->cap = found >= 0 ? (enum gfx_cap)found : look_of(drawing)->cap;
}

static void do_line_join(struct gfx_drawing *drawing, struct value args)
{
	static const char *const words[] = {"miter", "round", "bevel"};
	int found = word(value_at(args, 0), words, ARRAY_LEN(words));
	look_of(drawing)->join = found >= 0 ? (enum gfx_join)found : look_of(drawing)->join;
}

static void do_miter_limit(struct gfx_drawing *drawing, struct value args)
{
	float limit = number(args, 0);
	look_of(drawing)->miter = limit > 0 && isfinite(limit) ? limit : look_of(drawing)->miter;
}

/* An odd list is said twice. */
static void do_line_dash(struct gfx_drawing *drawing, struct value args)
{
	struct value list = value_at(args, 0);
	struct look *look = look_of(drawing);
	size_t count = value_len(list), twice = count % 2 ? count * 2 : count;
	for (size_t i = 0; i < count; i++) {
		if (!(number(list, i) >= 0)) {
			return;
		}
	}
	look->dash_count = size_min(twice, ARRAY_LEN(look->dashes));
	for (size_t i = 0; i < look->dash_count; i++) {
		look->dashes[i] = number(list, i % count);
	}
}

static void do_dash_offset(struct gfx_drawing *drawing, struct value args)
{
	float offset = number(args, 0);
	look_of(drawing)->dash_offset = isfinite(offset) ? offset : 0;
}

static void do_shadow(struct gfx_drawing *drawing, struct value args)
{
	struct box_shadow shadow = {.x = number(args, 0), .y = number(args, 1), .blur = number(args, 2)};
	wxss_color_parse(value_str(value_at(args, 3)), &shadow.color);
	gfx_canvas_set_shadow(drawing->canvas, shadow);
}

static void do_font(struct gfx_drawing *drawing, struct value args)
{
	struct style style = {0};
	struct look *look = look_of(drawing);
	if (gfx_drawing_font(value_str(value_at(args, 0)), &style)) {
		look->font_size = style.font_size;
		look->font_weight = style.font_weight;
		look->font_style = style.font_style;
		value_unref(look->family);
		look->family = value_string(style.font_family);
	}
}

static void do_font_size(struct gfx_drawing *drawing, struct value args)
{
	float size = number(args, 0);
	look_of(drawing)->font_size = size > 0 && size <= 2000 ? size : look_of(drawing)->font_size;
}

static void do_align(struct gfx_drawing *drawing, struct value args)
{
	static const char *const words[] = {"start", "end", "left", "right", "center"};
	int found = word(value_at(args, 0), words, ARRAY_LEN(words));
	look_of(drawing)->align = found >= 0 ? (enum stand)found : look_of(drawing)->align;
}

static void do_baseline(struct gfx_drawing *drawing, struct value args)
{
	static const char *const words[] = {"alphabetic", "top", "hanging", "middle", "ideographic", "bottom"};
	int found = word(value_at(args, 0), words, ARRAY_LEN(words));
	look_of(drawing)->baseline = found >= 0 ? (enum baseline)found : value_is(value_at(args, 0), VALUE_STRING) &&
		str_is(value_str(value_at(args, 0)), "normal") ? BASELINE_ALPHABETIC : look_of(drawing)->baseline;
}

static const struct command {
	const char *name;
	void (*act)(struct gfx_drawing *drawing, struct value args);
} commands_of_all[] = {
	{"save", do_save}, {"restore", do_restore}, {"reset", do_reset}, {"transform", do_transform},
	{"setTransform", do_set_transform}, {"scale", do_scale}, {"rotate", do_rotate}, {"translate", do_translate},
	{"beginPath", do_begin_path}, {"closePath", do_close_path}, {"moveTo", do_move_to}, {"lineTo", do_line_to},
	{"bezierCurveTo", do_curve_to}, {"quadraticCurveTo", do_quad_to}, {"arc", do_arc}, {"ellipse", do_ellipse},
	{"arcTo", do_arc_to}, {"rect", do_rect}, {"roundRect", do_round_rect}, {"addPath", do_add_path},
	{"fill", do_fill}, {"stroke", do_stroke}, {"clip", do_clip}, {"fillPath", do_fill_path}, {"strokePath", do_stroke_path},
	{"clipPath", do_clip_path}, {"fillRect", do_fill_rect}, {"strokeRect", do_stroke_rect}, {"clearRect", do_clear_rect},
	{"fillText", do_fill_text}, {"strokeText", do_stroke_text}, {"drawImage", do_draw_image}, {"fillStyle", do_fill_style},
	{"strokeStyle", do_stroke_style}, {"globalAlpha", do_alpha}, {"globalCompositeOperation", do_operator},
	{"lineWidth", do_line_width}, {"lineCap", do_line_cap}, {"lineJoin", do_line_join}, {"miterLimit", do_miter_limit},
	{"lineDash", do_line_dash}, {"lineDashOffset", do_dash_offset}, {"shadow", do_shadow}, {"font", do_font},
	{"fontSize", do_font_size}, {"textAlign", do_align}, {"textBaseline", do_baseline},
};

static const struct command *find_command(struct str name)
{
	for (size_t i = 0; i < ARRAY_LEN(commands_of_all); i++) {
		if (str_is(name, commands_of_all[i].name)) {
			return &commands_of_all[i];
		}
	}
	return NULL;
}

/* [name, [arguments], name, [arguments], ...] */
static void run(struct gfx_drawing *drawing, struct value commands)
{
	for (size_t i = 0; i + 1 < value_len(commands); i += 2) {
		const struct command *command = find_command(value_str(value_at(commands, i)));
		if (command) {
			command->act(drawing, value_at(commands, i + 1));
		}
	}
}

void gfx_drawing_run(struct gfx_drawing *drawing, struct value commands, const struct gfx_drawing_pictures *pictures)
{
	drawing->pictures = pictures;
	run(drawing, commands);
	drawing->pictures = NULL;
	drawing->version++;
}

bool gfx_drawing_in_path(struct gfx_drawing *drawing, struct value path, float x, float y, bool stroke, bool even_odd)
{
	struct gfx_path *before = NULL;
	bool own = value_is(path, VALUE_ARRAY), inside;
	if (own) {
		before = gfx_canvas_take_path(drawing->canvas);
		run(drawing, path);
	}
	if (stroke) {
		use_stroke(drawing);
	}
	inside = stroke ? gfx_canvas_in_stroke(drawing->canvas, x, y) : gfx_canvas_in_path(drawing->canvas, x, y, even_odd);
	if (own) {
		gfx_canvas_put_path(drawing->canvas, before);
	}
	return inside;
}

/* --- pixels --- */

static bool is_part(struct rect part, int columns, int rows)
{
	return is_rect(part) && part.width > 0 && part.height > 0 && columns > 0 && rows > 0 && columns <= SIDE_MAX && rows <= SIDE_MAX
		&& (long long)columns * rows <= AREA_MAX && fabsf(part.x) < 1e6f && fabsf(part.y) < 1e6f;
}

static bool is_plain(const struct gfx_drawing *drawing, struct rect part, int columns, int rows)
{
	return part.width * drawing->scale == (float)columns && part.height * drawing->scale == (float)rows
		&& part.x * drawing->scale == floorf(part.x * drawing->scale) && part.y * drawing->scale == floorf(part.y * drawing->scale);
}

/* A part of it as a surface of its own; NULL: it cannot be had. */
static struct gfx_surface *cut(struct gfx_drawing *drawing, struct rect part, int columns, int rows)
{
	struct gfx_surface *surface = is_part(part, columns, rows) ? gfx_surface_create(columns, rows) : NULL;
	if (surface) {
		struct gfx_canvas *canvas = gfx_canvas_create(surface, &drawing->context, 1);
		float sx = (float)columns / part.width, sy = (float)rows / part.height;
		struct rect target = {-part.x * sx, -part.y * sy, drawing->width * sx, drawing->height * sy};
		struct rect source = {0, 0, (float)gfx_surface_width(drawing->surface), (float)gfx_surface_height(drawing->surface)};
		gfx_canvas_surface(canvas, drawing->surface, source, target);
		gfx_canvas_destroy(canvas);
	}
	return surface;
}

void gfx_drawing_read(struct gfx_drawing *drawing, struct rect part, int columns, int rows, uint8_t *ret_rgba)
{
	if (is_part(part, columns, rows) && is_plain(drawing, part, columns, rows)) {
		gfx_surface_get_rgba(drawing->surface, (int)(part.x * drawing->scale), (int)(part.y * drawing->scale), columns, rows, ret_rgba);
		return;
	}
	struct gfx_surface *surface = cut(drawing, part, columns, rows);
	memset(ret_rgba, 0, (size_t)int_max(0, columns) * (size_t)int_max(0, rows) * 4);
	if (surface) {
		gfx_surface_get_rgba(surface, 0, 0, columns, rows, ret_rgba);
	}
	gfx_surface_destroy(surface);
}

void gfx_drawing_write(struct gfx_drawing *drawing, struct rect part, int columns, int rows, const uint8_t *rgba)
{
	if (!is_part(part, columns, rows)) {
		return;
	}
	drawing->version++;
	if (is_plain(drawing, part, columns, rows)) {
		gfx_surface_put_rgba(drawing->surface, (int)(part.x * drawing->scale), (int)(part.y * drawing->scale), columns, rows, rgba);
		return;
	}
	struct gfx_surface *surface = gfx_surface_create(columns, rows);
	struct gfx_canvas *canvas = gfx_canvas_create(drawing->surface, &drawing->context, drawing->scale);
	gfx_surface_put_rgba(surface, 0, 0, columns, rows, rgba);
	gfx_canvas_clear(canvas, part);
	gfx_canvas_surface(canvas, surface, (struct rect){0}, part);
	gfx_canvas_destroy(canvas);
	gfx_surface_destroy(surface);
}

/* JPEG has no transparency: black, as a browser makes it. */
static void put_ground(struct gfx_surface *surface, struct gfx_context *context)
{
	struct gfx_canvas *canvas = gfx_canvas_create(surface, context, 1);
	gfx_canvas_set_operator(canvas, GFX_DESTINATION_OVER);
	gfx_canvas_set_color(canvas, 0x000000ff);
	gfx_canvas_rect(canvas, (struct rect){0, 0, (float)gfx_surface_width(surface), (float)gfx_surface_height(surface)});
	gfx_canvas_fill(canvas, false);
	gfx_canvas_destroy(canvas);
}

bool gfx_drawing_encode(struct gfx_drawing *drawing, struct rect part, int columns, int rows, bool jpeg, int quality, struct strbuf *out)
{
	struct gfx_surface *surface = cut(drawing, part, columns, rows);
	if (surface && jpeg) {
		put_ground(surface, &drawing->context);
	}
	bool good = surface && (jpeg ? gfx_jpeg_encode(surface, quality, out) : gfx_png_encode(surface, out));
	gfx_surface_destroy(surface);
	return good;
}
