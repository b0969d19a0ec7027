/* <map>: tiles or a plain map, what stands on it, and fingers that move it (地图). */
#include "runtime/component/map.h"

#include "runtime/component/list.h"
#include "runtime/component/screen.h"

#define HOME_LATITUDE 39.908823 // Beijing: where a map without a place looks
#define HOME_LONGITUDE 116.397470

static const struct schema attributes[] = {
	{"longitude", SCHEMA_NUMBER, .doc = "of the centre, gcj02"},
	{"latitude", SCHEMA_NUMBER, .doc = "of the centre, gcj02"},
	{"scale", SCHEMA_NUMBER, .fallback = "16", .doc = "3 to 20: a world is 256 * 2^scale CSS px wide"},
	{"min-scale", SCHEMA_NUMBER, .fallback = "3", .since = "2.13.0"},
	{"max-scale", SCHEMA_NUMBER, .fallback = "20", .since = "2.13.0"},
	{"markers", SCHEMA_ARRAY, .doc = "[{id, latitude, longitude, iconPath, title, callout, customCallout, label, anchor, ...}]"},
	{"covers", SCHEMA_ARRAY, .doc = "markers of old: [{latitude, longitude, iconPath, rotate}]"},
	{"polyline", SCHEMA_ARRAY, .doc = "[{points, color, width, dottedLine, arrowLine, borderColor, borderWidth, colorList}]"},
	{"polygons", SCHEMA_ARRAY, .since = "2.3.0", .doc = "[{points, strokeWidth, strokeColor, fillColor, dashArray, zIndex}]"},
	{"circles", SCHEMA_ARRAY, .doc = "[{latitude, longitude, color, fillColor, radius (metres), strokeWidth}]"},
	{"controls", SCHEMA_ARRAY, .doc = "[{id, position: {left, top, width, height}, iconPath, clickable}]; cover-view is preferred"},
	{"include-points", SCHEMA_ARRAY, .doc = "[{latitude, longitude}]: scale and centre show them all"},
	{"show-location", SCHEMA_BOOL, .fallback = "false", .doc = "shows where the device is"},
	{"subkey", SCHEMA_STRING, .since = "2.3.0", .doc = "of a style of the maker's maps: accepted, the map looks the same"},
	{"layer-style", SCHEMA_NUMBER, .fallback = "1", .doc = "as subkey"},
	{"rotate", SCHEMA_NUMBER, .fallback = "0", .since = "2.5.0", .doc = "degrees clockwise, 0 to 360"},
	{"skew", SCHEMA_NUMBER, .fallback = "0", .since = "2.5.0", .doc = "degrees of tilt, 0 to 40; without perspective"},
	{"enable-3D", SCHEMA_BOOL, .fallback = "false", .since = "2.3.0", .doc = "accepted: there are no buildings"},
	{"show-compass", SCHEMA_BOOL, .fallback = "false", .since = "2.3.0"},
	{"show-scale", SCHEMA_BOOL, .fallback = "false", .since = "2.8.0"},
	{"enable-overlooking", SCHEMA_BOOL, .fallback = "false", .since = "2.3.0", .doc = "two fingers up or down tilt it"},
	{"enable-auto-max-overlooking", SCHEMA_BOOL, .fallback = "false", .since = "2.24.7", .doc = "accepted"},
	{"enable-zoom", SCHEMA_BOOL, .fallback = "true", .since = "2.3.0"},
	{"enable-scroll", SCHEMA_BOOL, .fallback = "true", .since = "2.3.0"},
	{"enable-rotate", SCHEMA_BOOL, .fallback = "false", .since = "2.3.0"},
	{"enable-satellite", SCHEMA_BOOL, .fallback = "false", .since = "2.7.0", .doc = "the plain map is dark then"},
	{"enable-traffic", SCHEMA_BOOL, .fallback = "false", .since = "2.7.0", .doc = "accepted: nothing is known of traffic"},
	{"enable-poi", SCHEMA_BOOL, .fallback = "true", .since = "2.14.0", .doc = "accepted: the plain map has no points of interest"},
	{"enable-building", SCHEMA_BOOL, .since = "2.14.0", .doc = "accepted"},
	{"setting", SCHEMA_OBJECT, .since = "2.8.2", .doc = "the attributes above in one, in camel case; it goes before them"},
	{0},
};

struct value map_option(const struct node *node, const char *attribute, const char *setting)
{
	struct value found = value_get_text(node_attr_text(node, "setting"), setting);
	return value_is_nullish(found) ? node_attr_text(node, attribute) : found;
}

bool map_flag(const struct node *node, const char *attribute, const char *setting, bool fallback)
{
	struct value found = map_option(node, attribute, setting);
	return value_is_nullish(found) ? fallback : value_to_bool(found);
}

static double number_of(struct value value, double fallback)
{
	double number = value_is_nullish(value) ? NAN : value_to_number(value);
	return isfinite(number) ? number : fallback;
}

double map_number(struct value from, const char *key, double fallback)
{
	return number_of(value_get_text(from, key), fallback);
}

double map_length(const struct component_host *host, struct value from, const char *key, double fallback)
{
	struct value value = value_get_text(from, key);
	struct str text = str_trim(value_str(value));
	double number, unit = str_ends(text, STR("rpx")) ? host->viewport.width / 750 : 1;
	text.len -= str_ends(text, STR("rpx")) ? 3 : str_ends(text, STR("px")) ? 2 : 0;
	if (!text.len) {
		return number_of(value, fallback);
	}
	return str_to_number(text, &number) && isfinite(number) ? number * unit : fallback;
}

color_t map_color(struct value from, const char *key, color_t fallback)
{
	color_t color = fallback;
	struct str text = value_str(value_get_text(from, key));
	return text.len && component_parse_color(text, &color) ? color : fallback;
}

bool map_place(struct value from, struct place *ret_place)
{
	*ret_place = (struct place){map_number(from, "latitude", NAN), map_number(from, "longitude", NAN)};
	return isfinite(ret_place->latitude) && isfinite(ret_place->longitude);
}

struct value map_place_value(struct place place)
{
	struct value value = value_object_new(2);
	value_object_set_text(&value, "longitude", value_number(place.longitude));
	value_object_set_text(&value, "latitude", value_number(place.latitude));
	return value;
}

void map_wake(struct component_host *host, struct node *node)
{
	host->wake(host, node, host->now);
}

void map_touch(struct component_host *host, struct node *node)
{
	struct map *map = map_of(node);
	map->version++;
	map->telling = true;
	node_mark(map->screen, NODE_DIRTY_PAINT);
	if (map->measured) {
		map_clusters_make(host, node);
		map_markers_place(host, node);
		map_callouts_place(host, node);
	}
	map_wake(host, node);
}

void map_scale_limits(const struct node *node, double *ret_min, double *ret_max)
{
	*ret_min = fmin(fmax(number_of(node_attr_text(node, "min-scale"), 3), 3), 20);
	*ret_max = fmax(fmin(number_of(node_attr_text(node, "max-scale"), 20), 20), *ret_min);
}

/* --- life --- */

static void created(struct component_host *host, struct node *node)
{
	struct map *map = mem_alloc(sizeof(*map));
	node->state_data = map;
	map->screen = screen_create(node);
	map->callouts = node_create(node->tree, NODE_ELEMENT, atom_of("mina-map-callouts"));
	struct node *slot = node_create(node->tree, NODE_SLOT, atom_of("slot"));
	node_insert(map->screen->parent, map->callouts, map->screen->next);
	node_insert(map->callouts, slot, NULL);
	struct value name = value_text("callout");
	node_set_attr(slot, atom_of("name"), name);
	node_set_slot_name(slot, atom_of("callout"));
	value_unref(name);
	node->multiple_slots = true;
	map->overlays = value_array_new(0);
	map->arcs = value_array_new(0);
	map->listeners = value_object_new(0);
	map->view.offset = (struct point){0.5f, 0.5f};
	map->view.scale = 16;
	map->view.centre = mercator_spot((struct place){HOME_LATITUDE, HOME_LONGITUDE});
	map->tapped_at = -INFINITY;
}

static void destroyed(struct component_host *host, struct node *node)
{
	struct map *map = map_of(node);
	for (size_t i = 0; i < map->markers.len; i++) {
		map_marker_free(&map->markers.at[i]);
	}
	for (size_t i = 0; i < map->clusters.len; i++) {
		vec_finish(&map->clusters.at[i].members);
	}
	vec_finish(&map->markers);
	vec_finish(&map->clusters);
	value_unref(map->cluster_option);
	value_unref(map->listeners);
	value_unref(map->overlays);
	value_unref(map->arcs);
	strbuf_finish(&map->location_icon);
	mem_free(map);
	node->state_data = NULL;
}

/* What attributes say of the view. A place that is missing stays what it was. */
static void look_where_told(struct component_host *host, struct node *node)
{
	struct map *map = map_of(node);
	struct place now = mercator_place(map->view.centre);
	struct place place = {number_of(node_attr_text(node, "latitude"), now.latitude),
		number_of(node_attr_text(node, "longitude"), now.longitude)};
	struct map_pose pose = {mercator_spot(place), number_of(map_option(node, "scale", "scale"), 16),
		number_of(map_option(node, "rotate", "rotate"), 0), number_of(map_option(node, "skew", "skew"), 0)};
	map_pose_set(host, node, pose);
}

static void turn(struct component_host *host, struct node *node, struct str name)
{
	struct map *map = map_of(node);
	struct map_pose pose = map_pose_of(map);
	struct place place = mercator_place(pose.centre);
	if (str_is(name, "latitude")) {
		pose.centre = mercator_spot((struct place){number_of(node_attr_text(node, "latitude"), place.latitude), place.longitude});
	} else if (str_is(name, "longitude")) {
		pose.centre = mercator_spot((struct place){place.latitude, number_of(node_attr_text(node, "longitude"), place.longitude)});
	} else if (str_is(name, "scale")) {
		pose.scale = number_of(node_attr_text(node, "scale"), 16);
	}
	if (str_is(name, "rotate") || str_is(name, "setting")) {
		pose.rotate = number_of(map_option(node, "rotate", "rotate"), 0);
	}
	if (str_is(name, "skew") || str_is(name, "setting")) {
		pose.skew = number_of(map_option(node, "skew", "skew"), 0);
	}
	map->motion = MAP_RESTS;
	map->turned = true;
	map_pose_set(host, node, pose);
}

static void locate(struct component_host *host, struct node *node)
{
	if (map_flag(node, "show-location", "showLocation", false) && !map_of(node)->located) {
		host->intent(host, node, "mapLocation", value_object_new(0));
	}
}

static void start(struct component_host *host, struct node *node)
{
	look_where_told(host, node);
	map_markers_read(host, node, node_attr_text(node, "covers"), true);
	map_markers_read(host, node, node_attr_text(node, "markers"), false);
	map_of(node)->started = true;
	map_of(node)->fits = value_len(node_attr_text(node, "include-points")) > 0;
	locate(host, node);
}

static void changed(struct component_host *host, struct node *node, atom_t name)
{
	static const char *const views[] = {"latitude", "longitude", "scale", "rotate", "skew", "setting", "min-scale", "max-scale"};
	struct map *map = map_of(node);
	struct str which = atom_str(name);
	if (!map->started) {
		start(host, node);
	}
	for (size_t i = 0; name && i < ARRAY_LEN(views); i++) {
		if (str_is(which, views[i])) {
			turn(host, node, which);
		}
	}
	if (str_is(which, "markers")) {
		map_markers_read(host, node, node_attr_text(node, "markers"), false);
	} else if (str_is(which, "include-points")) {
		map->fits = value_len(node_attr_text(node, "include-points")) > 0;
	} else if (str_is(which, "show-location") || str_is(which, "setting")) {
		locate(host, node);
	}
	map_touch(host, node);
}

static void laid_out(struct component_host *host, struct node *node)
{
	struct map *map = map_of(node);
	struct size size = screen_size(map->screen);
	bool other = size.width != map->view.size.width || size.height != map->view.size.height;
	if (!(size.width > 0 && size.height > 0)) {
		return;
	}
	if (other || !map->measured) {
		map->measured = true;
		map->view.size = size;
		map_touch(host, node);
	}
	if (map->fits) {
		map->fits = false;
		map_include(host, node, node_attr_text(node, "include-points"), value_undefined(), false);
	}
}

static void woken(struct component_host *host, struct node *node, bool settle)
{
	struct map *map = map_of(node);
	if (map->turned && map->measured) {
		map->turned = false;
		map_region_begin(host, node, "update", false);
		map_region_end(host, node);
	}
	bool moves = map_advance(host, node, settle);
	moves = map_markers_advance(host, node, settle) || moves;
	if (moves) {
		map_touch(host, node);
		host->wake(host, node, host->now + 16);
	} else if (map->telling && map->measured && !map_tiles_wait(host, node)) {
		map->telling = false;
		host->emit(host, node, "updated", value_object_new(0));
	}
}

static uint32_t looks(struct component_host *host, const struct node *node)
{
	return map_of(node)->version * 2654435761u;
}

static bool near_location(const struct map *map, struct point at)
{
	struct point dot = mercator_to_screen(&map->view, mercator_spot(map->location));
	return map->located && hypotf(at.x - dot.x, at.y - dot.y) <= 16;
}

static bool tap_control(struct component_host *host, struct node *node, struct point at)
{
	struct value controls = node_attr_text(node, "controls");
	for (size_t i = value_len(controls); i > 0; i--) {
		struct value control = value_at(controls, i - 1), id = value_get_text(control, "id");
		if (value_to_bool(value_get_text(control, "clickable")) && rect_contains(map_control_box(host, node, control), at)) {
			struct value detail = value_object_new(1), more = value_object_new(1);
			value_object_set_text(&detail, "controlId", value_ref(id));
			value_object_set_text(&more, "controlId", value_ref(id));
			host->emit_as(host, node, "controltap", NULL, detail, more);
			return true;
		}
	}
	return false;
}

static void tapped(struct component_host *host, struct node *node, const struct component_tap *tap)
{
	struct map *map = map_of(node);
	struct point at;
	struct value id;
	if (map_custom_callout_at(node, tap->page, &id)) {
		struct value detail = value_object_new(1), more = value_object_new(1);
		value_object_set_text(&detail, "markerId", value_ref(id));
		value_object_set_text(&more, "markerId", value_ref(id));
		host->emit_as(host, node, "callouttap", NULL, detail, more);
		return;
	}
	if (!screen_point(map->screen, tap->page, &at, NULL) || (tap->target && tap->target != map->screen)) {
		return;
	}
	bool twice = host->now - map->tapped_at < 300 && hypotf(at.x - map->tapped.x, at.y - map->tapped.y) < 30;
	map->tapped_at = twice ? -INFINITY : host->now;
	map->tapped = at;
	if (twice && map_flag(node, "enable-zoom", "enableZoom", true)) {
		struct mercator_view next = map->view;
		next.scale = floor(next.scale) + 1;
		struct spot centre = mercator_centre_for(&next, mercator_from_screen(&map->view, at), at);
		map_region_begin(host, node, "scale", true);
		map_glide(host, node, (struct map_pose){centre, next.scale, next.rotate, next.skew}, 200, "scale");
		return;
	}
	if (tap_control(host, node, at) || map_markers_tap(host, node, at)) {
		return;
	}
	struct place place = mercator_place(mercator_from_screen(&map->view, at));
	if (near_location(map, at)) {
		host->emit(host, node, "anchorpointtap", map_place_value(map->location));
		return;
	}
	host->emit(host, node, "tap", map_place_value(place));
}

/* Where the device is. */
static void answered(struct component_host *host, struct node *node, struct value answer)
{
	struct map *map = map_of(node);
	struct place place;
	if (map_place(answer, &place)) {
		map->location = place;
		map->located = true;
		map_touch(host, node);
	}
}

const struct component component_map = {
	.tag = "map",
	.doc = "A map (地图): tiles of mina.json's mapTiles, or a plain one.",
	.attributes = attributes,
	.events = "tap|markertap|labeltap|controltap|callouttap|updated|regionchange|poitap|anchorpointtap|interpolatepoint",
	.style = "map { display: block; position: relative; width: 300px; height: 150px; overflow: hidden }\n"
		"mina-map-callouts { display: block; position: absolute; left: 0; top: 0; width: 0; height: 0 }\n",
	.flags = COMPONENT_LOADS | COMPONENT_OWN_TAPS,
	.created = created,
	.destroyed = destroyed,
	.changed = changed,
	.laid_out = laid_out,
	.woken = woken,
	.paint = map_paint,
	.looks = looks,
	.touched = map_touched,
	.tapped = tapped,
	.asked = map_asked,
	.answered = answered,
};
