// Borders: CSS Backgrounds 3, chapter 4. Widths and edges are whole device px.
#include "border/gfx/painter.h"

#define ROUND_DOTS 3 // px of width above which dots are round, below square

enum { TOP = SIDE_TOP, RIGHT = SIDE_RIGHT, BOTTOM = SIDE_BOTTOM, LEFT = SIDE_LEFT };

struct frame_shape {
	struct rounded outer, inner;
	float width[4];
};

static bool side_paints(const struct border_side *side)
{
	return side->width > 0 && side->style > BORDER_STYLE_HIDDEN && (side->color & 0xFF);
}

/* The ring between `from` and `to` of the border's width: 0 is the outer edge, 1 the inner. */
static struct rounded ring_edge(const struct frame_shape *s, float part)
{
	struct insets by = {roundf(s->width[TOP] * part), roundf(s->width[RIGHT] * part), roundf(s->width[BOTTOM] * part),
		roundf(s->width[LEFT] * part)};
	return rounded_inset(s->outer, by);
}

static void fill_ring(cairo_t *cr, const struct frame_shape *s, float from, float to, color_t color)
{
	struct rounded a = ring_edge(s, from), b = ring_edge(s, to);
	cairo_save(cr);
	cairo_set_fill_rule(cr, CAIRO_FILL_RULE_EVEN_ODD);
	painter_path_rounded(cr, &a);
	if (!rect_empty(b.rect)) {
		painter_path_rounded(cr, &b);
	}
	painter_set_color(cr, color);
	cairo_fill(cr);
	cairo_restore(cr);
}

/* The sides of a bevel have the hue of the border's colour, its value a third lower or higher, as in Blink. */
static color_t shade(color_t c, float by)
{
	float value = (float)(c >> 24 > (c >> 16 & 255) ? c >> 24 : c >> 16 & 255);
	value = float_max(value, (float)(c >> 8 & 255)) / 255;
	float goal = float_clamp(value + by, 0, 1);
	color_t out = c & 255;
	for (int shift = 8; shift <= 24; shift += 8) {
		float part = value > 0 ? (float)(c >> shift & 255) / 255 / value : 1; // black brightens to grey
		out |= (color_t)float_min(part * goal * 256, 255) << shift;
	}
	return out;
}

static float luminance(color_t c)
{
	static const float weight[3] = {0.0722f, 0.7152f, 0.2126f};
	float sum = 0;
	for (int i = 0; i < 3; i++) {
		float v = (float)(c >> (8 + 8 * i) & 255) / 255;
		sum += weight[i] * (v <= 0.04045f ? v / 12.92f : powf((v + 0.055f) / 1.055f, 2.4f));
	}
	return sum;
}

/* A colour too dark to be seen darker is brightened for the dark sides, and again for the lit ones. */
static color_t bevel_color(color_t c, bool lit)
{
	color_t dark = shade(c, -0.33f);
	if (luminance(c) + 0.05f < 1.3f * (luminance(dark) + 0.05f)) {
		color_t light = shade(c, 0.33f);
		return lit ? shade(light, 0.33f) : light;
	}
	bool near_white = (c >> 24) >= 0xEB && (c >> 16 & 255) >= 0xEB && (c >> 8 & 255) >= 0xEB;
	return !lit ? dark : near_white ? c : shade(c, 0.33f);
}

/* Dashes that end in a whole one: the gap is stretched or squeezed to fit. */
static double best_gap(double length, double dash, double gap, bool closed)
{
	double available = closed ? length : length + gap;
	double least = floor(available / (dash + gap)), most = least + 1;
	double least_gaps = closed ? least : least - 1, most_gaps = closed ? most : most - 1;
	double wide = least_gaps > 0 ? (length - least * dash) / least_gaps : 0;
	double narrow = most_gaps > 0 ? (length - most * dash) / most_gaps : 0;
	return narrow <= 0 || fabs(wide - gap) < fabs(narrow - gap) ? wide : narrow;
}

static void set_dashes(cairo_t *cr, double length, double width, bool dotted, bool closed)
{
	double dash = dotted ? 0.0 : width * (width >= 3 ? 2 : 3), gap = dotted ? width * 2 : width * (width >= 3 ? 1 : 2);
	if (dotted && width <= ROUND_DOTS) {
		dash = gap = width;
	}
	double fit = best_gap(length, dash, gap, closed);
	if (fit <= 0 || length <= dash) {
		cairo_set_dash(cr, NULL, 0, 0);
	} else {
		const double lengths[2] = {dash, fit};
		cairo_set_dash(cr, lengths, 2, 0);
	}
	cairo_set_line_cap(cr, dotted && width > ROUND_DOTS ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
	cairo_set_line_width(cr, width);
}

static double path_length(cairo_t *cr)
{
	cairo_path_t *path = cairo_copy_path_flat(cr);
	double length = 0, x = 0, y = 0, start_x = 0, start_y = 0;
	for (int i = 0; i < path->num_data; i += path->data[i].header.length) {
		const cairo_path_data_t *data = &path->data[i];
		double to_x = data->header.type == CAIRO_PATH_CLOSE_PATH ? start_x : data[1].point.x;
		double to_y = data->header.type == CAIRO_PATH_CLOSE_PATH ? start_y : data[1].point.y;
		if (data->header.type == CAIRO_PATH_MOVE_TO) {
			start_x = to_x;
			start_y = to_y;
		} else {
			length += hypot(to_x - x, to_y - y);
		}
		x = to_x;
		y = to_y;
	}
	cairo_path_destroy(path);
	return length;
}

/* The middle line of one side from corner to corner, straight. */
static void side_line(cairo_t *cr, const struct frame_shape *s, int side, bool dotted)
{
	struct rect o = s->outer.rect;
	float w = s->width[side] / 2, inset = dotted && s->width[side] > ROUND_DOTS ? w : 0;
	float x0 = o.x + inset, x1 = rect_right(o) - inset, y0 = o.y + inset, y1 = rect_bottom(o) - inset;
	if (side == TOP || side == BOTTOM) {
		float y = side == TOP ? o.y + w : rect_bottom(o) - w;
		cairo_move_to(cr, (double)x0, (double)y);
		cairo_line_to(cr, (double)x1, (double)y);
	} else {
		float x = side == LEFT ? o.x + w : rect_right(o) - w;
		cairo_move_to(cr, (double)x, (double)y0);
		cairo_line_to(cr, (double)x, (double)y1);
	}
}

static bool is_squares(const struct frame_shape *s, int side, const struct border_side *look)
{
	return look->style == BORDER_STYLE_DOTTED && s->width[side] <= ROUND_DOTS && rounded_is_rect(&s->outer);
}

/* Thin dots: squares on whole px, one in each corner. */
static void squares_path(cairo_t *cr, const struct frame_shape *s, int side)
{
	struct rect o = s->outer.rect;
	bool flat = side == TOP || side == BOTTOM;
	float width = s->width[side], length = (flat ? o.width : o.height) - width, count = float_max(floorf(length / (2 * width)), 1);
	for (float i = 0; i <= count && length >= 0; i++) {
		float at = roundf(length * i / count), across = side == RIGHT ? o.width - width : side == BOTTOM ? o.height - width : 0;
		painter_path_rect(cr, (struct rect){o.x + (flat ? at : across), o.y + (flat ? across : at), width, width});
	}
}

static void stroke_dashes(cairo_t *cr, const struct frame_shape *s, int side, const struct border_side *look)
{
	bool dotted = look->style == BORDER_STYLE_DOTTED, round = !rounded_is_rect(&s->outer);
	painter_set_color(cr, look->color);
	if (is_squares(s, side, look)) {
		squares_path(cr, s, side);
		cairo_fill(cr);
		return;
	}
	cairo_save(cr);
	if (round) {
		struct rounded middle = ring_edge(s, 0.5f);
		painter_path_rounded(cr, &middle);
	} else {
		side_line(cr, s, side, dotted);
	}
	set_dashes(cr, path_length(cr), (double)s->width[side], dotted, round);
	cairo_stroke(cr);
	cairo_restore(cr);
}

/* One side's share of the border: between the outer edge, the inner edge and the two mitres. */
static void side_path(cairo_t *cr, const struct frame_shape *s, int side)
{
	struct rect o = s->outer.rect, i = s->inner.rect;
	double ox0 = (double)o.x, oy0 = (double)o.y, ox1 = (double)rect_right(o), oy1 = (double)rect_bottom(o);
	double ix0 = ox0 + (double)s->width[LEFT], iy0 = oy0 + (double)s->width[TOP];
	double ix1 = ox1 - (double)s->width[RIGHT], iy1 = oy1 - (double)s->width[BOTTOM];
	const double outer[4][2] = {{ox0, oy0}, {ox1, oy0}, {ox1, oy1}, {ox0, oy1}};
	double inner[4][2] = {{ix0, iy0}, {ix1, iy0}, {ix1, iy1}, {ix0, iy1}};
	/* A round inner corner may lie beyond the mitre's end: follow the mitre to the middle. */
	if (!rounded_is_rect(&s->inner)) {
		const double middle[2] = {(double)(i.x + i.width / 2), (double)(i.y + i.height / 2)};
		for (int k = 0; k < 4; k++) {
			double dx = inner[k][0] - outer[k][0], dy = inner[k][1] - outer[k][1];
			double tx = dx != 0 ? (middle[0] - outer[k][0]) / dx : 1e9, ty = dy != 0 ? (middle[1] - outer[k][1]) / dy : 1e9;
			double t = fmin(fabs(tx), fabs(ty));
			if (t < 1e8) {
				inner[k][0] = outer[k][0] + dx * t;
				inner[k][1] = outer[k][1] + dy * t;
			}
		}
	}
	int next = (side + 1) % 4;
	cairo_move_to(cr, outer[side][0], outer[side][1]);
	cairo_line_to(cr, outer[next][0], outer[next][1]);
	cairo_line_to(cr, inner[next][0], inner[next][1]);
	cairo_line_to(cr, inner[side][0], inner[side][1]);
	cairo_close_path(cr);
}

static bool is_lit(int side)
{
	return side == TOP || side == LEFT;
}

static color_t bevel(const struct border_side *look, int side, bool raised)
{
	return bevel_color(look->color, is_lit(side) == raised);
}

static void paint_rings(cairo_t *cr, const struct frame_shape *s, int side, const struct border_side *look)
{
	switch (look->style) {
	case BORDER_STYLE_DOUBLE:
		if (s->width[side] >= 3) {
			fill_ring(cr, s, 0, 1 / 3.0f, look->color);
			fill_ring(cr, s, 2 / 3.0f, 1, look->color);
		} else {
			fill_ring(cr, s, 0, 1, look->color);
		}
		break;
	case BORDER_STYLE_GROOVE:
	case BORDER_STYLE_RIDGE:
		if (s->width[side] < 2) { // no room for two halves
			fill_ring(cr, s, 0, 1, look->color);
			break;
		}
		fill_ring(cr, s, 0, 0.5f, bevel(look, side, look->style == BORDER_STYLE_RIDGE));
		fill_ring(cr, s, 0.5f, 1, bevel(look, side, look->style == BORDER_STYLE_GROOVE));
		break;
	case BORDER_STYLE_INSET:
	case BORDER_STYLE_OUTSET:
		fill_ring(cr, s, 0, 1, bevel(look, side, look->style == BORDER_STYLE_OUTSET));
		break;
	default:
		fill_ring(cr, s, 0, 1, look->color);
		break;
	}
}

static bool is_dashed(const struct border_side *side)
{
	return side->style == BORDER_STYLE_DASHED || side->style == BORDER_STYLE_DOTTED;
}

/* Would both be drawn by the same strokes? */
static bool same_looks(const struct frame_shape *s, const struct border_side *side, int a, int b)
{
	bool beveled = side[a].style >= BORDER_STYLE_GROOVE;
	bool narrow = side[a].style == BORDER_STYLE_DOUBLE ? (s->width[a] < 3) != (s->width[b] < 3) : beveled && (s->width[a] < 2) != (s->width[b] < 2);
	return side_paints(&side[b]) && side[a].style == side[b].style && side[a].color == side[b].color && !is_dashed(&side[a]) && !narrow
		&& (!beveled || is_lit(a) == is_lit(b));
}

/* All sides that look as the first does at once: no seam shows where they meet. Returns them as bits. */
static unsigned paint_sides(cairo_t *cr, const struct frame_shape *s, const struct border_side *side, int first)
{
	const struct border_side *look = &side[first];
	unsigned done = 1u << first;
	cairo_save(cr);
	side_path(cr, s, first);
	for (int i = first + 1; i < 4; i++) {
		if (same_looks(s, side, first, i)) {
			side_path(cr, s, i);
			done |= 1u << i;
		}
	}
	if (rounded_is_rect(&s->outer) && look->style == BORDER_STYLE_SOLID) {
		painter_set_color(cr, look->color);
		cairo_fill(cr);
	} else {
		cairo_clip(cr);
		if (is_dashed(look)) {
			stroke_dashes(cr, s, first, look);
		} else {
			paint_rings(cr, s, first, look);
		}
	}
	cairo_restore(cr);
	return done;
}

void painter_border(struct painter *p, const struct paint_item *item)
{
	const struct border_side *side = item->border.side;
	struct frame_shape s = {.outer = painter_snap(p, &item->shape)};
	for (int i = 0; i < 4; i++) {
		s.width[i] = side[i].width > 0 ? float_max(floorf(side[i].width * p->dpr + 0.01f), 1) : 0;
	}
	s.inner = rounded_inset(s.outer, (struct insets){s.width[TOP], s.width[RIGHT], s.width[BOTTOM], s.width[LEFT]});
	bool uniform = side_paints(&side[0]), same_width = true;
	for (int i = 1; i < 4; i++) {
		uniform = uniform && side_paints(&side[i]) && side[i].style == side[0].style && side[i].color == side[0].color;
		same_width = same_width && s.width[i] == s.width[0];
	}
	bool flat = side[0].style == BORDER_STYLE_SOLID || side[0].style == BORDER_STYLE_DOUBLE;
	if (uniform && flat) {
		paint_rings(p->cr, &s, TOP, &side[0]);
		return;
	}
	if (uniform && same_width && is_squares(&s, TOP, &side[0])) {
		for (int i = 0; i < 4; i++) {
			squares_path(p->cr, &s, i);
		}
		painter_set_color(p->cr, side[0].color);
		cairo_fill(p->cr); // at once: the sides share their corners
		return;
	}
	if (uniform && same_width && is_dashed(&side[0]) && !rounded_is_rect(&s.outer)) {
		stroke_dashes(p->cr, &s, TOP, &side[0]);
		return;
	}
	unsigned done = 0;
	for (int i = 0; i < 4; i++) {
		if (side_paints(&side[i]) && !(done >> i & 1)) {
			done |= paint_sides(p->cr, &s, side, i);
		}
	}
}
