/* What moves a map: fingers, what a script asks for, and what they tell of it (regionchange). */
#include "runtime/component/map.h"

#include "runtime/component/screen.h"

#define FLY_MS 325.0   // time in which a map let go loses most of its speed
#define FLY_MIN 0.05f  // CSS px per ms at which it stands
#define SKEW_MAX 40.0
#define SKEW_PER_PX 0.2 // degrees

struct map_pose map_pose_of(const struct map *map)
{
	return (struct map_pose){map->view.centre, map->view.scale, map->view.rotate, map->view.skew};
}

static double clamp(double value, double low, double high)
{
	return value > low ? (value < high ? value : high) : low;
}

void map_pose_set(struct component_host *host, struct node *node, struct map_pose pose)
{
	struct map *map = map_of(node);
	double min, max;
	map_scale_limits(node, &min, &max);
	double turns = isfinite(pose.rotate) ? fmod(pose.rotate, 360) : 0;
	if (map->bounded) {
		struct spot a = mercator_spot(map->bounds.southwest), b = mercator_spot(map->bounds.northeast);
		pose.centre.x = clamp(pose.centre.x - floor(pose.centre.x), fmin(a.x, b.x), fmax(a.x, b.x));
		pose.centre.y = clamp(pose.centre.y, fmin(a.y, b.y), fmax(a.y, b.y));
	}
	map->view.centre = (struct spot){pose.centre.x - floor(pose.centre.x), clamp(pose.centre.y, 0, 1)};
	map->view.scale = clamp(pose.scale, min, max);
	map->view.rotate = turns < 0 ? turns + 360 : turns;
	map->view.skew = clamp(pose.skew, 0, SKEW_MAX);
}

/* --- regionchange: begin, and end when all is still --- */

static void tell(struct component_host *host, struct node *node, const char *type, const char *cause)
{
	const struct map *map = map_of(node);
	struct value detail = value_object_new(7), more = value_object_new(1), region = value_object_new(2);
	struct span span = mercator_span(&map->view);
	value_object_set_text(&region, "northeast", map_place_value(span.northeast));
	value_object_set_text(&region, "southwest", map_place_value(span.southwest));
	value_object_set_text(&detail, "type", value_text(type));
	value_object_set_text(&detail, "causedBy", value_text(cause));
	value_object_set_text(&detail, "rotate", value_number(map->view.rotate));
	value_object_set_text(&detail, "skew", value_number(map->view.skew));
	value_object_set_text(&detail, "scale", value_number(map->view.scale));
	value_object_set_text(&detail, "centerLocation", map_place_value(mercator_place(map->view.centre)));
	value_object_set_text(&detail, "region", region);
	value_object_set_text(&more, "causedBy", value_text(cause));
	host->emit_as(host, node, "regionchange", type, detail, more);
}

void map_region_begin(struct component_host *host, struct node *node, const char *cause, bool gesture)
{
	struct map *map = map_of(node);
	bool fresh = !map->cause;
	map->cause = cause;
	if (fresh) {
		tell(host, node, "begin", gesture ? "gesture" : "update");
	}
}

void map_region_end(struct component_host *host, struct node *node)
{
	struct map *map = map_of(node);
	const char *cause = map->cause;
	map->cause = NULL;
	if (cause) {
		tell(host, node, "end", cause);
	}
}

/* --- motions --- */

void map_glide(struct component_host *host, struct node *node, struct map_pose to, double duration, const char *cause)
{
	struct map *map = map_of(node);
	map->motion = MAP_GLIDES;
	map->from = map_pose_of(map);
	map->to = to;
	map->to.centre.x -= round(to.centre.x - map->from.centre.x); // the short way round
	map->start = host->now;
	map->duration = duration;
	map->cause = cause;
	map_wake(host, node);
}

static double mix(double a, double b, double share)
{
	return share >= 1 ? b : a + (b - a) * share;
}

bool map_advance(struct component_host *host, struct node *node, bool settle)
{
	struct map *map = map_of(node);
	if (map->motion == MAP_GLIDES) {
		double share = settle || map->duration <= 0 ? 1 : clamp((host->now - map->start) / map->duration, 0, 1);
		double eased = share * share * (3 - 2 * share);
		map_pose_set(host, node, (struct map_pose){{mix(map->from.centre.x, map->to.centre.x, eased),
			mix(map->from.centre.y, map->to.centre.y, eased)}, mix(map->from.scale, map->to.scale, eased),
			mix(map->from.rotate, map->to.rotate, eased), mix(map->from.skew, map->to.skew, eased)});
		map->motion = share >= 1 ? MAP_RESTS : MAP_GLIDES;
	} else if (map->motion == MAP_FLIES) {
		double passed = settle ? 1e4 : host->now - map->moved_at, left = exp(-passed / FLY_MS);
		float way = (float)(FLY_MS * (1 - left));
		struct point middle = mercator_to_screen(&map->view, map->view.centre);
		struct point at = {middle.x - map->speed.x * way, middle.y - map->speed.y * way};
		struct map_pose pose = map_pose_of(map);
		pose.centre = mercator_from_screen(&map->view, at);
		map_pose_set(host, node, pose);
		map->speed = (struct point){map->speed.x * (float)left, map->speed.y * (float)left};
		map->moved_at = host->now;
		map->motion = hypotf(map->speed.x, map->speed.y) > FLY_MIN ? MAP_FLIES : MAP_RESTS;
	} else {
		return false;
	}
	if (map->motion == MAP_RESTS) {
		map_touch(host, node);
		map_region_end(host, node);
	}
	return map->motion != MAP_RESTS;
}

void map_include(struct component_host *host, struct node *node, struct value points, struct value padding, bool animated)
{
	struct map *map = map_of(node);
	VEC(struct place) places = {0};
	double min, max, sides[4];
	for (size_t i = 0; i < value_len(points); i++) {
		struct place place;
		if (map_place(value_at(points, i), &place)) {
			vec_push(&places, place);
		}
	}
	for (size_t i = 0; i < 4; i++) {
		double side = value_to_number(value_at(padding, i));
		sides[i] = isfinite(side) && side > 0 ? side : 0;
	}
	map_scale_limits(node, &min, &max);
	struct mercator_view next = map->view;
	mercator_fit(&next, places.at, places.len, (struct insets){(float)sides[0], (float)sides[1], (float)sides[2], (float)sides[3]},
		min, max);
	if (places.len && map->measured) {
		map_region_begin(host, node, "update", false);
		map_glide(host, node, (struct map_pose){next.centre, next.scale, next.rotate, next.skew}, animated ? 300 : 0, "update");
	}
	vec_finish(&places);
}

/* --- fingers --- */

static struct map_finger *finger_of(struct map *map, int id)
{
	for (int i = 0; i < map->finger_count; i++) {
		if (map->fingers[i].id == id) {
			return &map->fingers[i];
		}
	}
	return NULL;
}

static bool can(const struct node *node, const char *attribute, const char *setting)
{
	return map_flag(node, attribute, setting, str_is(str_of(setting), "enableZoom") || str_is(str_of(setting), "enableScroll"));
}

static void take_grip(struct map *map)
{
	map->grip = map->view;
	map->grip_at[0] = map->fingers[0].at;
	map->grip_at[1] = map->fingers[map->finger_count - 1].at;
}

static struct point middle(struct point a, struct point b)
{
	return (struct point){(a.x + b.x) / 2, (a.y + b.y) / 2};
}

/* Two fingers: the spot that was between them stays between them. */
static void pinch(struct component_host *host, struct node *node)
{
	struct map *map = map_of(node);
	struct point a = map->fingers[0].at, b = map->fingers[1].at, a0 = map->grip_at[0], b0 = map->grip_at[1];
	double before = (double)hypotf(b0.x - a0.x, b0.y - a0.y), now = (double)hypotf(b.x - a.x, b.y - a.y);
	struct mercator_view next = map->grip;
	struct point from = middle(a0, b0), to = middle(a, b);
	double min, max;
	map_scale_limits(node, &min, &max);
	if (can(node, "enable-zoom", "enableZoom") && before > 1 && now > 1) {
		next.scale = clamp(next.scale + log2(now / before), min, max);
	}
	if (can(node, "enable-rotate", "enableRotate")) {
		next.rotate += ((double)atan2f(b.y - a.y, b.x - a.x) - (double)atan2f(b0.y - a0.y, b0.x - a0.x)) * 180 / M_PI;
	}
	if (can(node, "enable-overlooking", "enableOverlooking") && fabs(now - before) < 20) {
		next.skew = clamp(next.skew + (double)(from.y - to.y) * SKEW_PER_PX, 0, SKEW_MAX);
	}
	if (!can(node, "enable-scroll", "enableScroll")) {
		from = to = mercator_to_screen(&map->grip, map->grip.centre);
	}
	struct spot centre = mercator_centre_for(&next, mercator_from_screen(&map->grip, from), to);
	map_pose_set(host, node, (struct map_pose){centre, next.scale, next.rotate, next.skew});
	map_touch(host, node);
}

static void drag(struct component_host *host, struct node *node, struct point by)
{
	struct map *map = map_of(node);
	struct point centre = mercator_to_screen(&map->view, map->view.centre);
	struct map_pose pose = map_pose_of(map);
	pose.centre = mercator_from_screen(&map->view, (struct point){centre.x - by.x, centre.y - by.y});
	map_pose_set(host, node, pose);
	map_touch(host, node);
}

static bool begins(struct component_host *host, struct node *node, const struct component_touch *touch)
{
	struct map *map = map_of(node);
	if (map->motion == MAP_FLIES) {
		map->motion = MAP_HELD;
	}
	if (map->finger_count == 2 || finger_of(map, touch->id)) {
		return false;
	}
	map->fingers[map->finger_count++] = (struct map_finger){touch->id, touch->at};
	if (map->finger_count < 2 || !(can(node, "enable-zoom", "enableZoom") || can(node, "enable-rotate", "enableRotate")
		|| can(node, "enable-overlooking", "enableOverlooking"))) {
		return false;
	}
	map->pinched = true;
	map->motion = MAP_HELD;
	take_grip(map);
	map_region_begin(host, node, "scale", true);
	return true;
}

static bool pans(struct component_host *host, struct node *node, const struct component_touch *touch)
{
	struct map *map = map_of(node);
	if (map->pinched) {
		return finger_of(map, touch->id) != NULL;
	}
	if (!can(node, "enable-scroll", "enableScroll") || !finger_of(map, touch->id)) {
		return false;
	}
	map->dragged = true;
	map->motion = MAP_HELD;
	map_region_begin(host, node, "drag", true);
	return true;
}

static void ends(struct component_host *host, struct node *node, const struct component_touch *touch)
{
	struct map *map = map_of(node);
	struct map_finger *finger = finger_of(map, touch->id);
	if (!finger) {
		return;
	}
	*finger = map->fingers[--map->finger_count];
	if (map->finger_count == 1) { // the other one goes on by itself
		map->dragged = map->dragged || map->pinched;
		map->tired = map->tired || map->pinched;
		map->pinched = false;
		return;
	}
	bool quick = map->dragged && !map->tired && touch->phase == COMPONENT_TOUCH_END && hypotf(touch->velocity.x, touch->velocity.y) > 4 * FLY_MIN;
	bool held = map->motion == MAP_HELD;
	map->dragged = map->pinched = map->tired = false;
	if (held && quick && can(node, "enable-scroll", "enableScroll")) {
		map->motion = MAP_FLIES;
		map->speed = touch->velocity;
		map->moved_at = host->now;
		map_wake(host, node);
	} else if (held) {
		map->motion = MAP_RESTS;
		map_region_end(host, node);
	}
}

bool map_touched(struct component_host *host, struct node *node, const struct component_touch *touch)
{
	struct map *map = map_of(node);
	struct map_finger *finger = finger_of(map, touch->id);
	switch (touch->phase) {
	case COMPONENT_TOUCH_START:
		return begins(host, node, touch);
	case COMPONENT_TOUCH_PAN:
	case COMPONENT_TOUCH_MOVE:
		if (touch->phase == COMPONENT_TOUCH_PAN && !pans(host, node, touch)) {
			return false;
		}
		if (finger && map->pinched && map->finger_count == 2) {
			finger->at = touch->at;
			pinch(host, node);
		} else if (finger && map->dragged) {
			drag(host, node, (struct point){touch->at.x - finger->at.x, touch->at.y - finger->at.y});
			finger->at = touch->at;
		}
		return true;
	case COMPONENT_TOUCH_END:
	case COMPONENT_TOUCH_CANCEL:
		ends(host, node, touch);
		return true;
	}
	return false;
}
