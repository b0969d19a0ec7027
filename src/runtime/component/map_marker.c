/* A map's markers: where they stand and go, their icons, callouts and labels, and what a tap on them means. */
#include "runtime/component/map.h"

#include "runtime/component/pen.h"
#include "runtime/component/screen.h"

#define MARKERS_MAX 20000
#define PIN_WIDTH 22.0f // of the marker without an icon
#define PIN_HEIGHT 30.0f
#define TAIL 6.0f       // below a callout
#define LINE 1.3f       // line height in font sizes

void map_marker_free(struct map_marker *marker)
{
	if (marker->walk) {
		vec_finish(&marker->walk->path);
		mem_free(marker->walk);
	}
	value_unref(marker->spec);
	value_unref(marker->id);
	strbuf_finish(&marker->icon);
}

struct map_marker *map_marker_find(struct map *map, struct value id)
{
	for (size_t i = 0; i < map->markers.len; i++) {
		if (value_equal(map->markers.at[i].id, id) && !value_is_nullish(id)) {
			return &map->markers.at[i];
		}
	}
	return NULL;
}

/* Those of the attribute are all given anew; what was open stays so. */
void map_markers_read(struct component_host *host, struct node *node, struct value list, bool added)
{
	struct map *map = map_of(node);
	VEC(struct map_marker) before = {0};
	for (size_t i = 0; !added && i < map->markers.len;) {
		if (map->markers.at[i].added) {
			i++;
			continue;
		}
		vec_push(&before, map->markers.at[i]);
		vec_remove(&map->markers, i);
	}
	for (size_t i = 0; i < value_len(list) && map->markers.len < MARKERS_MAX; i++) {
		struct value spec = value_at(list, i), id = value_get_text(spec, "id");
		struct map_marker marker = {.added = added};
		if (!map_place(spec, &marker.at)) {
			continue;
		}
		struct str icon = value_str(value_get_text(spec, "iconPath"));
		if (icon.len) {
			host->resolve(host, node, icon, &marker.icon);
		}
		for (size_t j = 0; j < before.len; j++) {
			marker.open = marker.open || (before.at[j].open && value_equal(before.at[j].id, id));
		}
		marker.spec = value_ref(spec);
		marker.id = value_ref(id);
		marker.rotate = map_number(spec, "rotate", 0);
		vec_push(&map->markers, marker);
	}
	for (size_t i = 0; i < before.len; i++) {
		map_marker_free(&before.at[i]);
	}
	vec_finish(&before);
}

/* --- bubbles: callouts and labels are lines of text in a box --- */

struct bubble {
	struct str content;
	float font_size, padding, width, height; // of the whole, borders included
	float border;
};

static void measure(const struct component_host *host, struct value style, struct str content, float padding, struct bubble *ret)
{
	*ret = (struct bubble){.content = content, .font_size = (float)map_length(host, style, "fontSize", 14)};
	ret->font_size = float_clamp(ret->font_size, 1, 200);
	ret->padding = float_clamp((float)map_length(host, style, "padding", (double)padding), 0, 200);
	ret->border = float_clamp((float)map_length(host, style, "borderWidth", 0), 0, 50);
	struct str rest = content, line;
	size_t lines = 0;
	while (str_split(&rest, '\n', &line) && lines++ < 100) {
		ret->width = float_max(ret->width, pen_text_width(host, line, ret->font_size));
	}
	float around = 2 * (ret->padding + ret->border);
	ret->width = ceilf(ret->width) + around;
	ret->height = (float)lines * ret->font_size * LINE + around;
}

static void paint_bubble(struct component_host *host, struct gfx_canvas *canvas, struct value style, struct str content,
	float padding, struct rect box, bool tail)
{
	struct bubble bubble;
	measure(host, style, content, padding, &bubble);
	float radius = float_clamp((float)map_length(host, style, "borderRadius", 0), 0, float_min(box.width, box.height) / 2);
	color_t fill = map_color(style, "bgColor", tail ? 0xFFFFFFFF : 0), line = map_color(style, "borderColor", 0);
	struct str align = value_str(value_get_text(style, "textAlign")), rest = bubble.content, text;
	enum pen_align how = str_is(align, "right") ? PEN_RIGHT : str_is(align, "center") ? PEN_CENTER : PEN_LEFT;
	if (bubble.border > 0 && (line & 255)) {
		pen_fill(canvas, box, line, radius);
	}
	struct rect inner = rect_inset(box, (struct insets){bubble.border, bubble.border, bubble.border, bubble.border});
	if (fill & 255) {
		pen_fill(canvas, inner, fill, float_max(radius - bubble.border, 0));
	}
	if (tail && (fill & 255)) {
		float x = box.x + box.width / 2, y = rect_bottom(box) - 0.5f;
		pen_polygon(canvas, (struct point[]){{x - TAIL, y}, {x + TAIL, y}, {x, y + TAIL}}, 3, fill);
	}
	float left = inner.x + bubble.padding, right = rect_right(inner) - bubble.padding, y = inner.y + bubble.padding;
	float x = how == PEN_LEFT ? left : how == PEN_RIGHT ? right : (left + right) / 2;
	for (size_t i = 0; i < 100 && str_split(&rest, '\n', &text); i++) {
		pen_text(host, canvas, text, bubble.font_size, map_color(style, "color", 0x000000FF),
			(struct point){x, y + bubble.font_size * LINE / 2}, how, 0);
		y += bubble.font_size * LINE;
	}
}

/* What the callout says: a callout's content, or the title as one. */
static struct str callout_of(const struct map_marker *marker, struct value *ret_style)
{
	*ret_style = value_get_text(marker->spec, "callout");
	struct str content = value_str(value_get_text(*ret_style, "content"));
	if (value_is(value_get_text(marker->spec, "customCallout"), VALUE_OBJECT)) {
		return (struct str){0};
	}
	return value_is(*ret_style, VALUE_OBJECT) ? content : value_str(value_get_text(marker->spec, "title"));
}

static bool is_shown(const struct map_marker *marker, const char *key)
{
	struct str display = value_str(value_get_text(value_get_text(marker->spec, key), "display"));
	return !marker->hidden && (marker->open || str_is(display, "ALWAYS"));
}

/* --- boxes --- */

static struct rect icon_box(struct component_host *host, const struct map *map, const struct map_marker *marker)
{
	struct size natural = {PIN_WIDTH, PIN_HEIGHT};
	bool known = marker->icon.len && host->picture(host, strbuf_str(&marker->icon), &natural) > 0;
	natural = known ? natural : (struct size){PIN_WIDTH, PIN_HEIGHT};
	float width = (float)map_length(host, marker->spec, "width", NAN), height = (float)map_length(host, marker->spec, "height", NAN);
	float ratio = natural.width > 0 ? natural.height / natural.width : 1;
	bool wide = isfinite(width), high = isfinite(height);
	width = wide ? width : high && ratio > 0 ? height / ratio : natural.width;
	height = high ? height : wide ? width * ratio : natural.height;
	struct value anchor = value_get_text(marker->spec, "anchor");
	struct point at = mercator_to_screen(&map->view, mercator_spot(marker->at));
	width = float_clamp(width, 0, 2000);
	height = float_clamp(height, 0, 2000);
	return (struct rect){at.x - width * (float)map_number(anchor, "x", 0.5), at.y - height * (float)map_number(anchor, "y", 1), width, height};
}

static void place(struct component_host *host, const struct map *map, struct map_marker *marker)
{
	struct value style, label = value_get_text(marker->spec, "label");
	struct str content = callout_of(marker, &style), text = value_str(value_get_text(label, "content"));
	struct bubble bubble;
	marker->callout_box = marker->label_box = (struct rect){0};
	marker->icon_box = marker->hidden ? (struct rect){0} : icon_box(host, map, marker);
	if (content.len && is_shown(marker, "callout")) {
		measure(host, style, content, 8, &bubble);
		float x = marker->icon_box.x + marker->icon_box.width / 2 - bubble.width / 2 + (float)map_length(host, style, "anchorX", 0);
		float y = marker->icon_box.y - TAIL - bubble.height + (float)map_length(host, style, "anchorY", 0);
		marker->callout_box = (struct rect){x, y, bubble.width, bubble.height};
	}
	if (text.len && !marker->hidden) {
		struct point at = mercator_to_screen(&map->view, mercator_spot(marker->at));
		measure(host, label, text, 0, &bubble);
		float x = (float)map_length(host, label, "anchorX", map_length(host, label, "x", 0));
		float y = (float)map_length(host, label, "anchorY", map_length(host, label, "y", 0));
		marker->label_box = (struct rect){at.x + x, at.y + y, bubble.width, bubble.height};
	}
}

void map_markers_place(struct component_host *host, struct node *node)
{
	struct map *map = map_of(node);
	for (size_t i = 0; i < map->markers.len; i++) {
		place(host, map, &map->markers.at[i]);
	}
}

/* --- custom callouts: nodes with marker-id in slot="callout" --- */

static void place_custom(struct component_host *host, const struct map *map, struct node *child)
{
	struct value id = node_attr_text(child, "marker-id"), style;
	double number = value_to_number(id);
	const struct map_marker *marker = NULL;
	for (size_t i = 0; i < map->markers.len && !marker; i++) {
		struct value own = map->markers.at[i].id;
		bool same = value_equal(own, id) || (value_is(own, VALUE_NUMBER) && own.number == number);
		marker = same && value_is(value_get_text(map->markers.at[i].spec, "customCallout"), VALUE_OBJECT) ? &map->markers.at[i] : NULL;
	}
	struct strbuf text = {0};
	if (marker && is_shown(marker, "customCallout")) {
		struct value custom = value_get_text(marker->spec, "customCallout");
		float x = marker->icon_box.x + marker->icon_box.width / 2 + (float)map_length(host, custom, "anchorX", 0);
		float y = marker->icon_box.y + (float)map_length(host, custom, "anchorY", 0);
		strbuf_printf(&text, "position:absolute;left:%gpx;top:%gpx;transform:translate(-50%%,-100%%)", (double)x, (double)y);
	} else {
		strbuf_add_text(&text, "display:none");
	}
	style = value_take(&text);
	node_set_placed_style(child, style);
	value_unref(style);
}

void map_callouts_place(struct component_host *host, struct node *node)
{
	struct map *map = map_of(node);
	struct value box = value_text("position:absolute;left:0;top:0;width:0;height:0;overflow:visible");
	for (struct node *cover = node_flat_first(map->callouts); cover; cover = node_flat_next(cover)) {
		node_set_placed_style(cover, box);
		for (struct node *child = node_flat_first(cover); child; child = node_flat_next(child)) {
			if (child->kind == NODE_ELEMENT) {
				place_custom(host, map, child);
			}
		}
	}
	value_unref(box);
}

bool map_custom_callout_at(const struct node *node, struct point page, struct value *ret_id)
{
	for (struct node *cover = node_flat_first(map_of(node)->callouts); cover; cover = node_flat_next(cover)) {
		for (struct node *child = node_flat_first(cover); child; child = node_flat_next(child)) {
			if (child->kind == NODE_ELEMENT && child->box && rect_contains(box_page_rect(child->box, true), page)) {
				double number = value_to_number(node_attr_text(child, "marker-id"));
				*ret_id = isfinite(number) ? value_number(number) : node_attr_text(child, "marker-id");
				return true;
			}
		}
	}
	return false;
}

/* --- walks --- */

static void tell_step(struct component_host *host, struct node *node, const struct map_marker *marker, const char *status)
{
	struct value detail = map_place_value(marker->at);
	value_object_set_text(&detail, "markerId", value_ref(marker->id));
	value_object_set_text(&detail, "animationStatus", value_text(status));
	host->emit(host, node, "interpolatepoint", detail);
}

static void end_walk(struct component_host *host, struct node *node, struct map_marker *marker, bool done)
{
	struct map_walk *walk = marker->walk;
	marker->walk = NULL;
	if (walk->precision > 0) {
		tell_step(host, node, marker, done ? "complete" : "stop");
	}
	if (walk->call || walk->end_pin) {
		struct value data = value_object_new(3);
		value_object_set_text(&data, "call", value_number(walk->call));
		value_object_set_text(&data, "pin", value_number(walk->end_pin));
		value_object_set_text(&data, "done", value_bool(done));
		host->intent(host, node, "mapEnd", data);
	}
	vec_finish(&walk->path);
	mem_free(walk);
}

void map_walk_start(struct component_host *host, struct node *node, struct map_marker *marker, struct map_walk *walk)
{
	if (marker->walk) {
		end_walk(host, node, marker, false);
	}
	walk->start = host->now;
	walk->length = 0;
	for (size_t i = 1; i < walk->path.len; i++) {
		walk->length += mercator_metres(walk->path.at[i - 1], walk->path.at[i]);
	}
	marker->walk = walk;
	map_wake(host, node);
}

/* The place after so many metres, and the way the path leads there. */
static struct place along(const struct map_walk *walk, double metres, double *ret_bearing)
{
	for (size_t i = 1; i < walk->path.len; i++) {
		struct place a = walk->path.at[i - 1], b = walk->path.at[i];
		double step = mercator_metres(a, b);
		if (step > 0) {
			*ret_bearing = mercator_bearing(a, b);
		}
		if (metres <= step && step > 0) {
			return mercator_between(a, b, metres / step);
		}
		metres -= step;
	}
	return vec_last(&walk->path);
}

static bool step_walk(struct component_host *host, struct node *node, struct map_marker *marker, bool settle)
{
	struct map_walk *walk = marker->walk;
	double passed = settle ? INFINITY : host->now - walk->start, bearing = walk->rotate_to;
	double turned = walk->turn_ms > 0 ? fmin(fmax(passed / walk->turn_ms, 0), 1) : 1;
	double moving = walk->follows ? passed : passed - walk->turn_ms;
	double moved = walk->move_ms > 0 ? fmin(fmax(moving / walk->move_ms, 0), 1) : moving >= 0 ? 1 : 0;
	marker->rotate = walk->rotate_from + (walk->rotate_to - walk->rotate_from) * turned;
	marker->at = moved >= 1 ? vec_last(&walk->path) : along(walk, walk->length * moved, &bearing);
	if (walk->follows) {
		if (moved >= 1) {
			along(walk, walk->length, &bearing);
		}
		marker->rotate = bearing;
	}
	if (walk->precision > 0 && moved < 1 && walk->length * moved >= walk->told + walk->precision) {
		walk->told = walk->length * moved;
		tell_step(host, node, marker, "interpolating");
	}
	if (moved >= 1 && turned >= 1) {
		end_walk(host, node, marker, true);
		return false;
	}
	return true;
}

bool map_markers_advance(struct component_host *host, struct node *node, bool settle)
{
	struct map *map = map_of(node);
	bool moves = false, any = false;
	for (size_t i = 0; i < map->markers.len; i++) {
		if (map->markers.at[i].walk) {
			any = true;
			moves = step_walk(host, node, &map->markers.at[i], settle) || moves;
		}
	}
	if (any && !moves) {
		map_touch(host, node);
	}
	return moves;
}

/* --- looks --- */

static void paint_pin(struct gfx_canvas *canvas, struct rect box)
{
	float r = box.width / 2, x = box.x + r, y = box.y + r;
	gfx_canvas_begin(canvas);
	gfx_canvas_move_to(canvas, x, rect_bottom(box));
	gfx_canvas_curve_to(canvas, x - r * 0.25f, y + r * 1.2f, x - r, y + r * 0.7f, x - r, y);
	gfx_canvas_arc(canvas, x, y, r, 3.1415927f, 6.2831853f, false);
	gfx_canvas_curve_to(canvas, x + r, y + r * 0.7f, x + r * 0.25f, y + r * 1.2f, x, rect_bottom(box));
	gfx_canvas_close(canvas);
	gfx_canvas_set_color(canvas, 0xE64340FF);
	gfx_canvas_fill(canvas, false);
	pen_disc(canvas, (struct point){x, y}, r * 0.42f, 0xFFFFFFFF);
}

static void paint_icon(struct component_host *host, struct gfx_canvas *canvas, const struct map *map, const struct map_marker *marker,
	struct point origin)
{
	struct point at = mercator_to_screen(&map->view, mercator_spot(marker->at));
	struct rect box = rect_move(marker->icon_box, origin.x, origin.y);
	struct size natural;
	at = (struct point){at.x + origin.x, at.y + origin.y};
	gfx_canvas_save(canvas);
	gfx_canvas_transform(canvas, matrix_translate(at.x, at.y));
	gfx_canvas_transform(canvas, matrix_rotate((float)(marker->rotate * M_PI / 180)));
	gfx_canvas_transform(canvas, matrix_translate(-at.x, -at.y));
	gfx_canvas_set_alpha(canvas, (float)fmin(fmax(map_number(marker->spec, "alpha", 1), 0), 1));
	if (!marker->icon.len || host->picture(host, strbuf_str(&marker->icon), &natural) < 0) {
		paint_pin(canvas, box);
	} else {
		host->draw_picture(host, canvas, strbuf_str(&marker->icon), box);
	}
	gfx_canvas_restore(canvas);
}

/* Higher zIndex later; then as the list has them. */
static size_t *in_order(const struct map *map)
{
	size_t *order = mem_alloc_array(map->markers.len + 1, sizeof(*order));
	for (size_t i = 0; i < map->markers.len; i++) {
		double z = map_number(map->markers.at[i].spec, "zIndex", 0);
		size_t at = i;
		while (at > 0 && map_number(map->markers.at[order[at - 1]].spec, "zIndex", 0) > z) {
			order[at] = order[at - 1];
			at--;
		}
		order[at] = i;
	}
	return order;
}

static bool is_seen(const struct map *map, struct rect box)
{
	return box.x < map->view.size.width + 60 && box.y < map->view.size.height + 60 && rect_right(box) > -60 && rect_bottom(box) > -60;
}

void map_markers_paint(struct component_host *host, const struct node *node, struct gfx_canvas *canvas, struct point origin)
{
	const struct map *map = map_of(node);
	size_t *order = in_order(map);
	for (size_t i = 0; i < map->markers.len; i++) {
		const struct map_marker *marker = &map->markers.at[order[i]];
		struct value label = value_get_text(marker->spec, "label");
		if (!marker->hidden && is_seen(map, marker->icon_box)) {
			paint_icon(host, canvas, map, marker, origin);
		}
		if (!rect_empty(marker->label_box) && is_seen(map, marker->label_box)) {
			paint_bubble(host, canvas, label, value_str(value_get_text(label, "content")), 0,
				rect_move(marker->label_box, origin.x, origin.y), false);
		}
	}
	for (size_t i = 0; i < map->markers.len; i++) {
		const struct map_marker *marker = &map->markers.at[order[i]];
		struct value style;
		struct str content = callout_of(marker, &style);
		if (!rect_empty(marker->callout_box) && is_seen(map, marker->callout_box)) {
			paint_bubble(host, canvas, style, content, 8, rect_move(marker->callout_box, origin.x, origin.y), true);
		}
	}
	mem_free(order);
}

/* --- taps --- */

static void tell(struct component_host *host, struct node *node, const char *event, const struct map_marker *marker)
{
	struct value detail = value_object_new(1), more = value_object_new(1);
	value_object_set_text(&detail, "markerId", value_ref(marker->id));
	value_object_set_text(&more, "markerId", value_ref(marker->id));
	host->emit_as(host, node, event, NULL, detail, more);
}

static void open_only(struct component_host *host, struct node *node, const struct map_marker *which)
{
	struct map *map = map_of(node);
	bool other = false;
	for (size_t i = 0; i < map->markers.len; i++) {
		struct map_marker *marker = &map->markers.at[i];
		other = other || marker->open != (marker == which);
		marker->open = marker == which;
	}
	if (other) {
		map_touch(host, node);
	}
}

bool map_markers_tap(struct component_host *host, struct node *node, struct point at)
{
	struct map *map = map_of(node);
	size_t *order = in_order(map);
	bool heard = false;
	for (size_t i = map->markers.len; i > 0 && !heard; i--) {
		const struct map_marker *marker = &map->markers.at[order[i - 1]];
		if (rect_contains(marker->callout_box, at)) {
			tell(host, node, "callouttap", marker);
			heard = true;
		}
	}
	for (size_t i = map->markers.len; i > 0 && !heard; i--) {
		const struct map_marker *marker = &map->markers.at[order[i - 1]];
		bool icon = rect_contains(marker->icon_box, at);
		if (icon || rect_contains(marker->label_box, at)) {
			tell(host, node, icon ? "markertap" : "labeltap", marker);
			if (icon) {
				open_only(host, node, marker);
			}
			heard = true;
		}
	}
	mem_free(order);
	if (!heard && map_clusters_tap(host, node, at)) {
		return true;
	}
	if (!heard) {
		open_only(host, node, NULL);
	}
	return heard;
}
