/* What a map looks like: tiles or the plain map, areas and lines, pictures on the ground, the place of the device, controls. */
#include "runtime/component/map.h"

#include "runtime/component/pen.h"

#define TILE 256.0
#define TILES_MAX 400
#define TILE_SCALE_MAX 18
#define LINE_POINTS_MAX 100000

struct brush { // where and with what
	struct component_host *host;
	const struct node *node;
	const struct map *map;
	struct gfx_canvas *canvas;
	struct point origin;
};

static struct point on(const struct brush *b, struct spot spot)
{
	struct point at = mercator_to_screen(&b->map->view, spot);
	return (struct point){at.x + b->origin.x, at.y + b->origin.y};
}

/* --- ground: tiles --- */

static void tile_url(struct str pattern, int z, long x, long y, struct strbuf *out)
{
	for (size_t i = 0; i < pattern.len; i++) {
		struct str rest = str_slice(pattern, i, pattern.len);
		if (str_starts(rest, STR("{z}"))) {
			strbuf_printf(out, "%d", z);
			i += 2;
		} else if (str_starts(rest, STR("{x}"))) {
			strbuf_printf(out, "%ld", x);
			i += 2;
		} else if (str_starts(rest, STR("{y}"))) {
			strbuf_printf(out, "%ld", y);
			i += 2;
		} else {
			strbuf_add_char(out, pattern.at[i]);
		}
	}
}

struct tiles {
	int z;
	long left, top, right, bottom; // the last ones included; x may be beyond the world
	long count;                    // in a row of the world
};

static struct tiles tiles_of(const struct mercator_view *view)
{
	float w = view->size.width, h = view->size.height;
	struct point corners[] = {{0, 0}, {w, 0}, {0, h}, {w, h}};
	struct tiles tiles = {.z = (int)fmin(fmax(round(view->scale), 0), TILE_SCALE_MAX)};
	double left = INFINITY, right = -INFINITY, top = INFINITY, bottom = -INFINITY;
	tiles.count = 1L << tiles.z;
	for (size_t i = 0; i < ARRAY_LEN(corners); i++) {
		struct spot spot = mercator_from_screen(view, corners[i]);
		left = fmin(left, spot.x);
		right = fmax(right, spot.x);
		top = fmin(top, spot.y);
		bottom = fmax(bottom, spot.y);
	}
	tiles.left = (long)floor(left * (double)tiles.count);
	tiles.right = (long)floor(right * (double)tiles.count);
	tiles.top = (long)fmax(floor(top * (double)tiles.count), 0);
	tiles.bottom = (long)fmin(floor(bottom * (double)tiles.count), (double)(tiles.count - 1));
	return tiles;
}

/* For each tile that is seen. */
static void each_tile(struct component_host *host, const struct mercator_view *view,
	void (*visit)(void *user, struct str url, const struct tiles *tiles, long x, long y), void *user)
{
	struct tiles tiles = tiles_of(view);
	int left = TILES_MAX;
	struct strbuf url = {0};
	for (long y = tiles.top; y <= tiles.bottom; y++) {
		for (long x = tiles.left; x <= tiles.right && left-- > 0; x++) {
			strbuf_clear(&url);
			tile_url(host->map_tiles, tiles.z, ((x % tiles.count) + tiles.count) % tiles.count, y, &url);
			visit(user, strbuf_str(&url), &tiles, x, y);
		}
	}
	strbuf_finish(&url);
}

static void paint_tile(void *user, struct str url, const struct tiles *tiles, long x, long y)
{
	const struct brush *b = user;
	const struct mercator_view *view = &b->map->view;
	struct size natural;
	if (b->host->picture(b->host, url, &natural) <= 0) {
		return;
	}
	double count = (double)tiles->count, size = TILE * exp2(view->scale - tiles->z);
	struct spot spot = {view->centre.x, view->centre.y};
	float dx = (float)(((double)x / count - spot.x) * count * size), dy = (float)(((double)y / count - spot.y) * count * size);
	bool straight = view->rotate == 0 && view->skew == 0;
	struct rect target = {dx, dy, (float)size, (float)size};
	if (straight) { // no seams
		target = (struct rect){roundf(dx), roundf(dy), roundf(dx + (float)size) - roundf(dx), roundf(dy + (float)size) - roundf(dy)};
	}
	gfx_canvas_save(b->canvas);
	struct point middle = {b->origin.x + view->size.width * view->offset.x, b->origin.y + view->size.height * view->offset.y};
	middle = straight ? (struct point){roundf(middle.x), roundf(middle.y)} : middle;
	gfx_canvas_transform(b->canvas, matrix_translate(middle.x, middle.y));
	gfx_canvas_transform(b->canvas, matrix_scale(1, (float)cos(view->skew * M_PI / 180)));
	gfx_canvas_transform(b->canvas, matrix_rotate((float)(view->rotate * M_PI / 180)));
	b->host->draw_picture(b->host, b->canvas, url, target);
	gfx_canvas_restore(b->canvas);
}

struct waiting {
	struct component_host *host;
	bool any;
};

static void look_at_tile(void *user, struct str url, const struct tiles *tiles, long x, long y)
{
	struct waiting *waiting = user;
	struct size natural;
	waiting->any = waiting->host->picture(waiting->host, url, &natural) == 0 || waiting->any;
}

bool map_tiles_wait(struct component_host *host, const struct node *node)
{
	struct waiting waiting = {host, false};
	if (host->map_tiles.len) {
		each_tile(host, &map_of(node)->view, look_at_tile, &waiting);
	}
	return waiting.any;
}

/* --- ground: the plain map, a graticule of streets that are nowhere else --- */

struct plain_colors {
	color_t land, other, fine, street, words;
};

static void plain_line(const struct brush *b, struct spot from, struct spot to, float width, color_t color)
{
	struct point points[] = {on(b, from), on(b, to)};
	pen_lines(b->canvas, points, 2, width, color);
}

/* "113.32" as precise as lines of `step` degrees need it, and the side of the world. */
static void plain_label(const struct brush *b, double degrees, double step, bool vertical, struct point at, color_t color)
{
	struct strbuf text = {0};
	int digits = (int)fmin(fmax(ceil(-log10(step)), 0), 6);
	const char *side = vertical ? (degrees < 0 ? "S" : "N") : degrees < 0 ? "W" : "E";
	strbuf_printf(&text, "%.*f\u00B0%s", digits, fabs(degrees), side);
	pen_text(b->host, b->canvas, strbuf_str(&text), 9, color, at, PEN_LEFT, 0);
	strbuf_finish(&text);
}

static const struct plain_colors *plain_colors(const struct node *node)
{
	static const struct plain_colors day = {0xF4F1EAFF, 0xEEEADFFF, 0xFFFFFFB0, 0xFFFFFFFF, 0x9A9484FF};
	static const struct plain_colors dark = {0x24332BFF, 0x1E2C25FF, 0x3A4B4070, 0x4A5F51FF, 0xB5C4B5FF};
	return map_flag(node, "enable-satellite", "enableSatellite", false) ? &dark : &day;
}

static void plain_cell(const struct brush *b, double x, double y, double cell, color_t color)
{
	struct spot corners[] = {{x, y}, {x + cell, y}, {x + cell, y + cell}, {x, y + cell}};
	struct point points[4];
	for (size_t i = 0; i < 4; i++) {
		points[i] = on(b, corners[i]);
	}
	pen_polygon(b->canvas, points, 4, color);
}

/* Lines of degrees would be uneven to the north: streets are lines of the square world, and are named by their degrees. */
static void paint_plain(const struct brush *b, struct rect content)
{
	const struct mercator_view *view = &b->map->view;
	const struct plain_colors *colors = plain_colors(b->node);
	struct tiles tiles = tiles_of(view);
	double cell = 1.0 / (double)tiles.count / 2;
	pen_fill(b->canvas, content, colors->land, 0);
	if ((tiles.right - tiles.left) * (tiles.bottom - tiles.top) > TILES_MAX) {
		return;
	}
	double left = (double)tiles.left * 2 * cell, right = (double)(tiles.right + 1) * 2 * cell;
	double top = (double)tiles.top * 2 * cell, bottom = (double)(tiles.bottom + 1) * 2 * cell;
	for (long y = tiles.top * 2; y < (tiles.bottom + 1) * 2; y++) {
		for (long x = tiles.left * 2; x < (tiles.right + 1) * 2; x++) {
			if ((x + y) & 1) {
				plain_cell(b, (double)x * cell, (double)y * cell, cell, colors->other);
			}
		}
	}
	for (long i = tiles.left * 8; i <= (tiles.right + 1) * 8; i++) {
		double x = (double)i * cell / 4;
		plain_line(b, (struct spot){x, top}, (struct spot){x, bottom}, i % 4 ? 1 : 4, i % 4 ? colors->fine : colors->street);
	}
	for (long i = tiles.top * 8; i <= (tiles.bottom + 1) * 8; i++) {
		double y = (double)i * cell / 4;
		plain_line(b, (struct spot){left, y}, (struct spot){right, y}, i % 4 ? 1 : 4, i % 4 ? colors->fine : colors->street);
	}
	for (long y = tiles.top * 2; y < (tiles.bottom + 1) * 2; y++) {
		for (long x = tiles.left * 2; x < (tiles.right + 1) * 2; x++) {
			struct spot spot = {(double)x * cell, (double)y * cell};
			struct place place = mercator_place(spot);
			struct point at = on(b, spot);
			plain_label(b, place.longitude, cell * 36, false, (struct point){at.x + 5, at.y + 10}, colors->words);
			plain_label(b, place.latitude, cell * 36, true, (struct point){at.x + 5, at.y + 21}, colors->words);
		}
	}
}

/* --- areas and lines --- */

static size_t trace(const struct brush *b, struct value points)
{
	size_t count = 0;
	gfx_canvas_begin(b->canvas);
	for (size_t i = 0; i < value_len(points) && count < LINE_POINTS_MAX; i++) {
		struct place place;
		if (map_place(value_at(points, i), &place)) {
			struct point at = on(b, mercator_spot(place));
			if (count++) {
				gfx_canvas_line_to(b->canvas, at.x, at.y);
			} else {
				gfx_canvas_move_to(b->canvas, at.x, at.y);
			}
		}
	}
	return count;
}

static void stroke(const struct brush *b, color_t color, double width, bool round)
{
	if ((color & 255) && width > 0) {
		gfx_canvas_set_color(b->canvas, color);
		gfx_canvas_set_line(b->canvas, (float)fmin(width, 500), round ? GFX_CAP_ROUND : GFX_CAP_BUTT, GFX_JOIN_ROUND, 10);
		gfx_canvas_stroke(b->canvas);
	}
}

static void set_dashes(const struct brush *b, struct value list, double on_length, double off_length)
{
	float dashes[2] = {(float)on_length, (float)off_length};
	for (size_t i = 0; i < 2 && i < value_len(list); i++) {
		double given = value_to_number(value_at(list, i));
		dashes[i] = isfinite(given) && given >= 0 ? (float)given : dashes[i];
	}
	gfx_canvas_set_dash(b->canvas, dashes, 2, 0);
}

static void paint_polygon(const struct brush *b, struct value polygon)
{
	gfx_canvas_save(b->canvas);
	if (trace(b, value_get_text(polygon, "points")) > 1) {
		color_t fill = map_color(polygon, "fillColor", 0);
		gfx_canvas_close(b->canvas);
		if (fill & 255) {
			gfx_canvas_set_color(b->canvas, fill);
			gfx_canvas_fill(b->canvas, false);
		}
		if (value_len(value_get_text(polygon, "dashArray")) >= 2) {
			set_dashes(b, value_get_text(polygon, "dashArray"), 0, 0);
		}
		stroke(b, map_color(polygon, "strokeColor", 0x000000FF), map_length(b->host, polygon, "strokeWidth", 2), false);
	}
	gfx_canvas_restore(b->canvas);
}

static void paint_circle(const struct brush *b, struct value circle)
{
	struct place place;
	if (!map_place(circle, &place)) {
		return;
	}
	const struct mercator_view *view = &b->map->view;
	struct point at = on(b, mercator_spot(place));
	double radius = fabs(map_number(circle, "radius", 0)) / mercator_metres_per_px(place.latitude, view->scale);
	color_t fill = map_color(circle, "fillColor", 0);
	gfx_canvas_save(b->canvas);
	gfx_canvas_begin(b->canvas);
	gfx_canvas_ellipse(b->canvas, at.x, at.y, (float)fmin(radius, 1e6), (float)(fmin(radius, 1e6) * cos(view->skew * M_PI / 180)), 0, 0,
		6.2831853f, false);
	if (fill & 255) {
		gfx_canvas_set_color(b->canvas, fill);
		gfx_canvas_fill(b->canvas, false);
	}
	stroke(b, map_color(circle, "color", 0x000000FF), map_length(b->host, circle, "strokeWidth", 1), false);
	gfx_canvas_restore(b->canvas);
}

/* White arrow heads along the line, or its own pictures. */
static void paint_arrows(const struct brush *b, struct value line, double width)
{
	struct value points = value_get_text(line, "points");
	struct str path = value_str(value_get_text(line, "arrowIconPath"));
	struct strbuf icon = {0};
	struct place a, c;
	struct size natural;
	float left = 20, size = (float)fmax(width, 4) * 0.5f;
	if (path.len) {
		b->host->resolve(b->host, b->node, path, &icon);
	}
	bool pictured = icon.len && b->host->picture(b->host, strbuf_str(&icon), &natural) > 0;
	for (size_t i = 1, drawn = 0; i < value_len(points); i++) {
		if (!map_place(value_at(points, i - 1), &a) || !map_place(value_at(points, i), &c)) {
			continue;
		}
		struct point from = on(b, mercator_spot(a)), to = on(b, mercator_spot(c));
		float length = hypotf(to.x - from.x, to.y - from.y), at = left;
		for (; at < length && drawn < 2000; at += 40, drawn++) {
			gfx_canvas_save(b->canvas);
			gfx_canvas_transform(b->canvas, matrix_translate(from.x + (to.x - from.x) * at / length, from.y + (to.y - from.y) * at / length));
			gfx_canvas_transform(b->canvas, matrix_rotate(atan2f(to.y - from.y, to.x - from.x)));
			if (pictured) {
				b->host->draw_picture(b->host, b->canvas, strbuf_str(&icon), (struct rect){-size, -size, 2 * size, 2 * size});
			} else {
				pen_lines(b->canvas, (struct point[]){{-size / 2, -size / 1.4f}, {size / 2, 0}, {-size / 2, size / 1.4f}}, 3, 1.5f, 0xFFFFFFFF);
			}
			gfx_canvas_restore(b->canvas);
		}
		left = at - length;
	}
	strbuf_finish(&icon);
}

/* Each part between two points in a colour of its own (彩虹线); the last one serves the rest. */
static void paint_rainbow(const struct brush *b, struct value line, struct value colors, double width)
{
	struct value points = value_get_text(line, "points");
	struct place from, to;
	for (size_t i = 1; i < value_len(points) && i < LINE_POINTS_MAX; i++) {
		color_t color = 0x000000FF;
		component_parse_color(value_str(value_at(colors, size_min(i - 1, value_len(colors) - 1))), &color);
		if (map_place(value_at(points, i - 1), &from) && map_place(value_at(points, i), &to)) {
			struct point ends[] = {on(b, mercator_spot(from)), on(b, mercator_spot(to))};
			gfx_canvas_begin(b->canvas);
			gfx_canvas_move_to(b->canvas, ends[0].x, ends[0].y);
			gfx_canvas_line_to(b->canvas, ends[1].x, ends[1].y);
			stroke(b, color, width, true);
		}
	}
}

static void paint_polyline(const struct brush *b, struct value line)
{
	double width = map_length(b->host, line, "width", 3), border = map_length(b->host, line, "borderWidth", 0);
	struct value colors = value_get_text(line, "colorList");
	bool dotted = value_to_bool(value_get_text(line, "dottedLine"));
	gfx_canvas_save(b->canvas);
	if (trace(b, value_get_text(line, "points")) > 1) {
		if (border > 0) {
			stroke(b, map_color(line, "borderColor", 0), width + 2 * border, true);
		}
		if (dotted) {
			set_dashes(b, value_undefined(), fmax(width * 2, 4), fmax(width * 2, 4));
		}
		if (value_len(colors)) {
			paint_rainbow(b, line, colors, width);
		} else {
			stroke(b, map_color(line, "color", 0x000000FF), width, !dotted);
		}
	}
	gfx_canvas_restore(b->canvas);
	if (value_to_bool(value_get_text(line, "arrowLine"))) {
		paint_arrows(b, line, width);
	}
}

/* An arc of addArc: through `pass`, or with an angle at its start. */
static void paint_arc(const struct brush *b, struct value arc)
{
	struct place start, end, pass;
	if (!map_place(value_get_text(arc, "start"), &start) || !map_place(value_get_text(arc, "end"), &end)) {
		return;
	}
	struct point from = on(b, mercator_spot(start)), to = on(b, mercator_spot(end));
	struct point middle = {(from.x + to.x) / 2, (from.y + to.y) / 2}, control;
	double angle = map_number(arc, "angle", NAN);
	if (isfinite(angle)) {
		float reach = (float)tan(fmin(fmax(angle, -80), 80) * M_PI / 180) / 2;
		control = (struct point){middle.x + (to.y - from.y) * reach, middle.y - (to.x - from.x) * reach};
	} else if (map_place(value_get_text(arc, "pass"), &pass)) {
		struct point at = on(b, mercator_spot(pass));
		control = (struct point){2 * at.x - middle.x, 2 * at.y - middle.y};
	} else {
		control = middle;
	}
	gfx_canvas_save(b->canvas);
	gfx_canvas_begin(b->canvas);
	gfx_canvas_move_to(b->canvas, from.x, from.y);
	gfx_canvas_quad_to(b->canvas, control.x, control.y, to.x, to.y);
	stroke(b, map_color(arc, "color", 0x000000FF), map_number(arc, "width", 5), true);
	gfx_canvas_restore(b->canvas);
}

static void paint_overlay(const struct brush *b, struct value overlay)
{
	struct place low, high;
	struct value bounds = value_get_text(overlay, "bounds"), visible = value_get_text(overlay, "visible");
	struct size natural;
	struct strbuf url = {0};
	b->host->resolve(b->host, b->node, value_str(value_get_text(overlay, "src")), &url);
	bool seen = value_is_nullish(visible) || value_to_bool(visible);
	if (seen && map_place(value_get_text(bounds, "southwest"), &low) && map_place(value_get_text(bounds, "northeast"), &high)
		&& b->host->picture(b->host, strbuf_str(&url), &natural) > 0) {
		struct point a = on(b, mercator_spot(low)), c = on(b, mercator_spot(high));
		struct rect box = {float_min(a.x, c.x), float_min(a.y, c.y), fabsf(c.x - a.x), fabsf(c.y - a.y)};
		gfx_canvas_save(b->canvas);
		gfx_canvas_set_alpha(b->canvas, (float)fmin(fmax(map_number(overlay, "opacity", 1), 0), 1));
		b->host->draw_picture(b->host, b->canvas, strbuf_str(&url), box);
		gfx_canvas_restore(b->canvas);
	}
	strbuf_finish(&url);
}

/* --- above all --- */

static void paint_location(const struct brush *b)
{
	struct point at = on(b, mercator_spot(b->map->location));
	struct size natural;
	struct str icon = strbuf_str(&b->map->location_icon);
	if (icon.len && b->host->picture(b->host, icon, &natural) > 0) {
		struct rect box = {at.x - natural.width / 2, at.y - natural.height / 2, natural.width, natural.height};
		b->host->draw_picture(b->host, b->canvas, icon, box);
		return;
	}
	pen_disc(b->canvas, at, 22, 0x4A90FF33);
	pen_polygon(b->canvas, (struct point[]){{at.x, at.y - 15}, {at.x + 5, at.y - 8}, {at.x - 5, at.y - 8}}, 3, 0x3478F6FF);
	pen_disc(b->canvas, at, 8, 0xFFFFFFFF);
	pen_disc(b->canvas, at, 6, 0x3478F6FF);
}

struct rect map_control_box(struct component_host *host, const struct node *node, struct value control)
{
	struct value position = value_get_text(control, "position");
	struct strbuf url = {0};
	struct size natural = {0};
	host->resolve(host, node, value_str(value_get_text(control, "iconPath")), &url);
	natural = url.len && host->picture(host, strbuf_str(&url), &natural) > 0 ? natural : (struct size){0, 0};
	strbuf_finish(&url);
	return (struct rect){(float)map_length(host, position, "left", 0), (float)map_length(host, position, "top", 0),
		(float)map_length(host, position, "width", (double)natural.width), (float)map_length(host, position, "height", (double)natural.height)};
}

static void paint_control(const struct brush *b, struct value control)
{
	struct strbuf url = {0};
	struct size natural;
	struct rect box = rect_move(map_control_box(b->host, b->node, control), b->origin.x, b->origin.y);
	b->host->resolve(b->host, b->node, value_str(value_get_text(control, "iconPath")), &url);
	if (url.len && b->host->picture(b->host, strbuf_str(&url), &natural) > 0) {
		b->host->draw_picture(b->host, b->canvas, strbuf_str(&url), box);
	}
	strbuf_finish(&url);
}

/* A round number of metres that is not wider than 80 px. */
static void paint_scale(const struct brush *b, struct rect content)
{
	double per_px = mercator_metres_per_px(mercator_place(b->map->view.centre).latitude, b->map->view.scale);
	double most = per_px * 80, unit = pow(10, floor(log10(most)));
	double metres = unit * (most / unit >= 5 ? 5 : most / unit >= 2 ? 2 : 1);
	float width = (float)(metres / per_px), x = content.x + 10, y = rect_bottom(content) - 12;
	struct strbuf text = {0};
	strbuf_printf(&text, metres >= 1000 ? "%g\u516C\u91CC" : "%g\u7C73", metres >= 1000 ? metres / 1000 : metres);
	struct point points[] = {{x, y - 4}, {x, y}, {x + width, y}, {x + width, y - 4}};
	bool dark = map_flag(b->node, "enable-satellite", "enableSatellite", false);
	color_t ink = dark ? 0xFFFFFFFF : 0x555555FF;
	pen_lines(b->canvas, points, 4, 3, dark ? 0x00000080 : 0xFFFFFFFF);
	pen_lines(b->canvas, points, 4, 1.5f, ink);
	pen_text(b->host, b->canvas, strbuf_str(&text), 10, ink, (struct point){x + width / 2, y - 9}, PEN_CENTER, 0);
	strbuf_finish(&text);
}

static void paint_compass(const struct brush *b, struct rect content)
{
	struct point at = {content.x + 26, content.y + 26};
	float angle = (float)(b->map->view.rotate * M_PI / 180), s = sinf(angle), c = cosf(angle);
	struct point north = {at.x + 14 * s, at.y - 14 * c}, south = {at.x - 14 * s, at.y + 14 * c};
	struct point east = {at.x + 4.5f * c, at.y + 4.5f * s}, west = {at.x - 4.5f * c, at.y - 4.5f * s};
	pen_disc(b->canvas, at, 18, 0x00000022);
	pen_disc(b->canvas, at, 17, 0xFFFFFFFF);
	pen_polygon(b->canvas, (struct point[]){north, east, west}, 3, 0xE64340FF);
	pen_polygon(b->canvas, (struct point[]){south, east, west}, 3, 0xC8C8C8FF);
}

static void each(const struct brush *b, struct value list, void (*paint)(const struct brush *b, struct value item))
{
	for (size_t i = 0; i < value_len(list); i++) {
		paint(b, value_at(list, i));
	}
}

void map_paint(struct component_host *host, const struct node *node, const struct style *style, struct gfx_canvas *canvas,
	struct rect content)
{
	struct brush b = {host, node, map_of(node), canvas, {content.x, content.y}};
	gfx_canvas_save(canvas);
	gfx_canvas_begin(canvas);
	gfx_canvas_rect(canvas, content);
	gfx_canvas_clip(canvas, false);
	if (host->map_tiles.len) {
		pen_fill(canvas, content, plain_colors(node)->land, 0);
		each_tile(host, &b.map->view, paint_tile, &b);
	} else {
		paint_plain(&b, content);
	}
	each(&b, b.map->overlays, paint_overlay);
	each(&b, node_attr_text(node, "polygons"), paint_polygon);
	each(&b, node_attr_text(node, "circles"), paint_circle);
	each(&b, node_attr_text(node, "polyline"), paint_polyline);
	each(&b, b.map->arcs, paint_arc);
	if (b.map->located && map_flag(node, "show-location", "showLocation", false)) {
		paint_location(&b);
	}
	map_clusters_paint(host, node, canvas, b.origin);
	map_markers_paint(host, node, canvas, b.origin);
	each(&b, node_attr_text(node, "controls"), paint_control);
	if (map_flag(node, "show-scale", "showScale", false)) {
		paint_scale(&b, content);
	}
	if (map_flag(node, "show-compass", "showCompass", false)) {
		paint_compass(&b, content);
	}
	gfx_canvas_restore(canvas);
}
