/* Shapes and lines of text on a component's canvas. */
#include "runtime/component/pen.h"

void pen_fill(struct gfx_canvas *canvas, struct rect rect, color_t color, float radius)
{
	struct rounded shape = {rect, {radius, radius, radius, radius}, {radius, radius, radius, radius}};
	gfx_canvas_set_color(canvas, color);
	gfx_canvas_begin(canvas);
	gfx_canvas_rounded(canvas, &shape);
	gfx_canvas_fill(canvas, false);
}

void pen_disc(struct gfx_canvas *canvas, struct point middle, float radius, color_t color)
{
	gfx_canvas_set_color(canvas, color);
	gfx_canvas_begin(canvas);
	gfx_canvas_arc(canvas, middle.x, middle.y, radius, 0, 6.2831853f, false);
	gfx_canvas_fill(canvas, false);
}

static void trace(struct gfx_canvas *canvas, const struct point *points, size_t count, color_t color)
{
	gfx_canvas_set_color(canvas, color);
	gfx_canvas_begin(canvas);
	for (size_t i = 0; i < count; i++) {
		if (i) {
			gfx_canvas_line_to(canvas, points[i].x, points[i].y);
		} else {
			gfx_canvas_move_to(canvas, points[i].x, points[i].y);
		}
	}
}

void pen_polygon(struct gfx_canvas *canvas, const struct point *points, size_t count, color_t color)
{
	trace(canvas, points, count, color);
	gfx_canvas_close(canvas);
	gfx_canvas_fill(canvas, false);
}

void pen_lines(struct gfx_canvas *canvas, const struct point *points, size_t count, float width, color_t color)
{
	trace(canvas, points, count, color);
	gfx_canvas_set_line(canvas, width, GFX_CAP_BUTT, GFX_JOIN_MITER, 10);
	gfx_canvas_stroke(canvas);
}

static struct style style_of(float size)
{
	return (struct style){.font_size = size, .font_weight = 400, .font_family = STR("")};
}

float pen_text_width(const struct component_host *host, struct str text, float size)
{
	struct style style = style_of(size);
	struct text_run *run = host->shaper.shape(host->shaper.user, text, &style);
	float width = run->width;
	host->shaper.unref(host->shaper.user, run);
	return width;
}

/* As many characters as fit beside an ellipsis. */
static void cut(const struct component_host *host, struct str text, float size, float width, struct strbuf *out)
{
	struct style style = style_of(size);
	struct text_run *run = host->shaper.shape(host->shaper.user, text, &style);
	float room = width - pen_text_width(host, STR("\u2026"), size);
	size_t end = 0;
	for (size_t pos = 0; pos < text.len;) {
		str_utf8_next(text, &pos);
		if (run->x[pos] > room) {
			break;
		}
		end = pos;
	}
	host->shaper.unref(host->shaper.user, run);
	strbuf_add(out, str_slice(text, 0, end));
	strbuf_add_text(out, "\u2026");
}

void pen_text(const struct component_host *host, struct gfx_canvas *canvas, struct str text, float size, color_t color, struct point at,
	enum pen_align align, float width)
{
	struct style style = style_of(size);
	struct strbuf shorter = {0};
	float whole = pen_text_width(host, text, size);
	if (width > 0 && whole > width) {
		cut(host, text, size, width, &shorter);
		text = strbuf_str(&shorter);
		whole = pen_text_width(host, text, size);
	}
	style.color = color;
	gfx_canvas_set_color(canvas, color);
	float x = at.x - (align == PEN_CENTER ? whole / 2 : align == PEN_RIGHT ? whole : 0);
	gfx_canvas_line_text(canvas, text, &style, (struct point){x, at.y + size * 0.36f});
	strbuf_finish(&shorter);
}

void pen_time(double seconds, struct strbuf *out)
{
	long whole = seconds > 0 && seconds < 1e8 ? (long)seconds : 0;
	if (whole >= 3600) {
		strbuf_printf(out, "%ld:", whole / 3600);
	}
	strbuf_printf(out, "%02ld:%02ld", whole / 60 % 60, whole % 60);
}

struct rect pen_fit(struct str how, struct size natural, struct rect box)
{
	if (str_is(how, "fill") || !(natural.width > 0 && natural.height > 0)) {
		return box;
	}
	float x = box.width / natural.width, y = box.height / natural.height;
	float scale = str_is(how, "cover") ? float_max(x, y) : float_min(x, y);
	return pen_middle(box, natural.width * scale, natural.height * scale);
}

struct rect pen_middle(struct rect box, float width, float height)
{
	return (struct rect){box.x + (box.width - width) / 2, box.y + (box.height - height) / 2, width, height};
}
