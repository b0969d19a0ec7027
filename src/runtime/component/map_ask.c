/* What a script asks of a map by its MapContext. `with` is the call's parameters; what it gives becomes the call's result, or
 * {errMsg} its error. */
#include "runtime/component/map.h"

#include "runtime/component/screen.h"

static struct value error(const char *text)
{
	struct value value = value_object_new(1);
	value_object_set_text(&value, "errMsg", value_text(text));
	return value;
}

static struct value one(const char *key, struct value item)
{
	struct value value = value_object_new(1);
	value_object_set_text(&value, key, item);
	return value;
}

static struct value get_center(struct component_host *host, struct node *node, struct value with)
{
	return map_place_value(mercator_place(map_of(node)->view.centre));
}

static struct value get_region(struct component_host *host, struct node *node, struct value with)
{
	struct span span = mercator_span(&map_of(node)->view);
	struct value region = value_object_new(2);
	value_object_set_text(&region, "southwest", map_place_value(span.southwest));
	value_object_set_text(&region, "northeast", map_place_value(span.northeast));
	return region;
}

static struct value get_rotate(struct component_host *host, struct node *node, struct value with)
{
	return one("rotate", value_number(map_of(node)->view.rotate));
}

static struct value get_skew(struct component_host *host, struct node *node, struct value with)
{
	return one("skew", value_number(map_of(node)->view.skew));
}

static struct value get_scale(struct component_host *host, struct node *node, struct value with)
{
	return one("scale", value_number(map_of(node)->view.scale));
}

static struct value to_screen(struct component_host *host, struct node *node, struct value with)
{
	struct place place;
	if (!map_place(with, &place)) {
		return error("invalid coordinates");
	}
	struct point at = mercator_to_screen(&map_of(node)->view, mercator_spot(place));
	struct value result = one("x", value_number(at.x));
	value_object_set_text(&result, "y", value_number(at.y));
	return result;
}

static struct value from_screen(struct component_host *host, struct node *node, struct value with)
{
	struct point at = {(float)map_number(with, "x", 0), (float)map_number(with, "y", 0)};
	return map_place_value(mercator_place(mercator_from_screen(&map_of(node)->view, at)));
}

static struct value set_offset(struct component_host *host, struct node *node, struct value with)
{
	struct value offset = value_get_text(with, "offset");
	double x = value_to_number(value_at(offset, 0)), y = value_to_number(value_at(offset, 1));
	if (!isfinite(x) || !isfinite(y)) {
		return error("invalid offset");
	}
	map_of(node)->view.offset = (struct point){float_clamp((float)x, 0.25f, 0.75f), float_clamp((float)y, 0.25f, 0.75f)};
	map_touch(host, node);
	return value_object_new(0);
}

static struct value move_to(struct component_host *host, struct node *node, struct value with)
{
	struct map *map = map_of(node);
	struct place place;
	bool given = map_place(with, &place);
	if (!given && !(map->located && map_flag(node, "show-location", "showLocation", false))) {
		return error("show-location is off, or the place is not known");
	}
	struct map_pose to = map_pose_of(map);
	to.centre = mercator_spot(given ? place : map->location);
	map_region_begin(host, node, "update", false);
	map_glide(host, node, to, 300, "update");
	return value_object_new(0);
}

static struct value include(struct component_host *host, struct node *node, struct value with)
{
	map_include(host, node, value_get_text(with, "points"), value_get_text(with, "padding"), true);
	return value_object_new(0);
}

static uint32_t number_in(struct value value)
{
	return value_is(value, VALUE_NUMBER) && value.number >= 1 && value.number <= UINT32_MAX ? (uint32_t)value.number : 0;
}

static struct map_walk *walk_from(const struct map_marker *marker, struct value with)
{
	struct map_walk *walk = mem_alloc(sizeof(*walk));
	vec_push(&walk->path, marker->at);
	walk->rotate_from = walk->rotate_to = marker->rotate;
	walk->end_pin = number_in(value_get_text(value_get_text(with, "animationEnd"), "$fn"));
	return walk;
}

/* Turns, then goes; moveWithRotate: both at once. Each takes the whole duration. */
static struct value translate(struct component_host *host, struct node *node, struct value with)
{
	struct map_marker *marker = map_marker_find(map_of(node), value_get_text(with, "markerId"));
	struct place to;
	if (!marker || !map_place(value_get_text(with, "destination"), &to)) {
		return error(marker ? "invalid destination" : "markerId is not found");
	}
	struct map_walk *walk = walk_from(marker, with);
	double duration = fmin(fmax(map_number(with, "duration", 1000), 0), 1e7), rotate = map_number(with, "rotate", marker->rotate);
	bool turns = value_to_bool(value_get_text(with, "autoRotate"));
	walk->rotate_to = turns ? mercator_bearing(marker->at, to) : rotate;
	bool together = value_to_bool(value_get_text(with, "moveWithRotate"));
	walk->turn_ms = walk->rotate_to != walk->rotate_from && !together ? duration : 0;
	walk->move_ms = duration;
	if (together) {
		walk->rotate_from = walk->rotate_to;
	}
	vec_push(&walk->path, to);
	map_walk_start(host, node, marker, walk);
	return value_object_new(0);
}

/* Answers at its end: undefined here. */
static struct value move_along(struct component_host *host, struct node *node, struct value with)
{
	struct map_marker *marker = map_marker_find(map_of(node), value_get_text(with, "markerId"));
	struct value path = value_get_text(with, "path"), turns = value_get_text(with, "autoRotate");
	if (!marker) {
		return error("markerId is not found");
	}
	struct map_walk *walk = walk_from(marker, with);
	walk->path.len = 0;
	for (size_t i = 0; i < value_len(path); i++) {
		struct place place;
		if (map_place(value_at(path, i), &place)) {
			vec_push(&walk->path, place);
		}
	}
	if (!walk->path.len) {
		vec_push(&walk->path, marker->at);
	}
	walk->follows = value_is_nullish(turns) || value_to_bool(turns);
	walk->move_ms = fmin(fmax(map_number(with, "duration", 0), 0), 1e7);
	walk->precision = fmax(map_number(with, "precision", 0), 0);
	walk->call = number_in(value_get_text(with, "$call"));
	map_walk_start(host, node, marker, walk);
	return value_undefined();
}

static struct value add_markers(struct component_host *host, struct node *node, struct value with)
{
	struct map *map = map_of(node);
	struct value list = value_get_text(with, "markers");
	for (size_t i = value_to_bool(value_get_text(with, "clear")) ? map->markers.len : 0; i > 0; i--) {
		map_marker_free(&map->markers.at[i - 1]);
		map->markers.len--;
	}
	for (size_t i = 0; i < value_len(list); i++) { // the same id: the new one takes the old one's place
		struct map_marker *old = map_marker_find(map, value_get_text(value_at(list, i), "id"));
		if (old) {
			map_marker_free(old);
			vec_remove(&map->markers, (size_t)(old - map->markers.at));
		}
	}
	map_markers_read(host, node, list, true);
	map_touch(host, node);
	return value_object_new(0);
}

static struct value remove_markers(struct component_host *host, struct node *node, struct value with)
{
	struct map *map = map_of(node);
	struct value ids = value_get_text(with, "markerIds");
	for (size_t i = 0; i < value_len(ids); i++) {
		struct map_marker *old = map_marker_find(map, value_at(ids, i));
		if (old) {
			map_marker_free(old);
			vec_remove(&map->markers, (size_t)(old - map->markers.at));
		}
	}
	map_touch(host, node);
	return value_object_new(0);
}

static struct value set_boundary(struct component_host *host, struct node *node, struct value with)
{
	struct map *map = map_of(node);
	map->bounded = map_place(value_get_text(with, "southwest"), &map->bounds.southwest)
		&& map_place(value_get_text(with, "northeast"), &map->bounds.northeast);
	map_pose_set(host, node, map_pose_of(map));
	map_touch(host, node);
	return value_object_new(0);
}

static struct value set_icon(struct component_host *host, struct node *node, struct value with)
{
	struct map *map = map_of(node);
	struct str path = value_str(value_get_text(with, "iconPath"));
	strbuf_clear(&map->location_icon);
	if (path.len) {
		host->resolve(host, node, path, &map->location_icon);
	}
	map_touch(host, node);
	return value_object_new(0);
}

static struct value set_cluster(struct component_host *host, struct node *node, struct value with)
{
	struct map *map = map_of(node);
	value_unref(map->cluster_option);
	map->cluster_option = value_ref(with);
	map_touch(host, node);
	return value_object_new(0);
}

/* Puts an item with an id into a list, or takes it out. False: it had none of that id. */
static bool set_item(struct value *list, struct value id, struct value item)
{
	struct value next = value_array_new(value_len(*list) + 1);
	bool found = false;
	for (size_t i = 0; i < value_len(*list); i++) {
		bool same = value_equal(value_get_text(value_at(*list, i), "id"), id);
		found = found || same;
		if (!same) {
			value_array_push(&next, value_ref(value_at(*list, i)));
		}
	}
	if (value_is(item, VALUE_OBJECT)) {
		value_array_push(&next, value_ref(item));
	}
	value_unref(*list);
	*list = next;
	return found;
}

static struct value add_overlay(struct component_host *host, struct node *node, struct value with)
{
	set_item(&map_of(node)->overlays, value_get_text(with, "id"), with);
	map_touch(host, node);
	return value_object_new(0);
}

static struct value remove_overlay(struct component_host *host, struct node *node, struct value with)
{
	bool found = set_item(&map_of(node)->overlays, value_get_text(with, "id"), value_undefined());
	map_touch(host, node);
	return found ? value_object_new(0) : error("id is not found");
}

static struct value add_arc(struct component_host *host, struct node *node, struct value with)
{
	set_item(&map_of(node)->arcs, value_get_text(with, "id"), with);
	map_touch(host, node);
	return value_object_new(0);
}

static struct value remove_arc(struct component_host *host, struct node *node, struct value with)
{
	bool found = set_item(&map_of(node)->arcs, value_get_text(with, "id"), value_undefined());
	map_touch(host, node);
	return found ? value_object_new(0) : error("id is not found");
}

/* [event, {$fn}]: the number of the function that was there before, or undefined. */
static struct value listen(struct component_host *host, struct node *node, struct value with)
{
	struct map *map = map_of(node);
	struct str event = value_str(value_at(with, 0));
	struct value before = value_ref(value_get(map->listeners, event));
	map->listeners = value_unshared(map->listeners);
	value_object_set(&map->listeners, event, value_ref(value_get_text(value_at(with, 1), "$fn")));
	return before;
}

static const struct {
	const char *what;
	struct value (*answer)(struct component_host *host, struct node *node, struct value with);
} questions[] = {
	{"getCenterLocation", get_center}, {"getRegion", get_region}, {"getRotate", get_rotate}, {"getSkew", get_skew},
	{"getScale", get_scale}, {"toScreenLocation", to_screen}, {"fromScreenLocation", from_screen}, {"setCenterOffset", set_offset},
	{"moveToLocation", move_to}, {"includePoints", include}, {"translateMarker", translate}, {"moveAlong", move_along},
	{"addMarkers", add_markers}, {"removeMarkers", remove_markers}, {"setBoundary", set_boundary}, {"setLocMarkerIcon", set_icon},
	{"initMarkerCluster", set_cluster}, {"addGroundOverlay", add_overlay}, {"updateGroundOverlay", add_overlay},
	{"removeGroundOverlay", remove_overlay}, {"addArc", add_arc}, {"removeArc", remove_arc}, {"on", listen},
};

bool map_asked(struct component_host *host, struct node *node, struct str what, struct value with, struct value *ret)
{
	for (size_t i = 0; i < ARRAY_LEN(questions); i++) {
		if (str_is(what, questions[i].what)) {
			*ret = questions[i].answer(host, node, with);
			return true;
		}
	}
	return false;
}
