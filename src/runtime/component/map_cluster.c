/* Markers with joinCluster that stand close to each other show as one (点聚合). */
#include "runtime/component/map.h"

#include "runtime/component/pen.h"

#include <stdio.h>
#include <string.h>

#define GRID 60.0 // CSS px within which they join
#define RADIUS 20.0f

static bool same_members(const struct map_cluster *a, const struct map_cluster *b)
{
	return a->members.len == b->members.len
		&& memcmp(a->members.at, b->members.at, a->members.len * sizeof(*a->members.at)) == 0;
}

/* Each marker that is free takes the free ones around it. */
static void join(struct map *map, double grid)
{
	for (size_t i = 0; i < map->markers.len; i++) {
		struct map_marker *first = &map->markers.at[i];
		if (first->hidden || !value_to_bool(value_get_text(first->spec, "joinCluster"))) {
			continue;
		}
		struct map_cluster cluster = {.at = mercator_to_screen(&map->view, mercator_spot(first->at))};
		double latitude = 0, longitude = 0;
		for (size_t j = i; j < map->markers.len; j++) {
			struct map_marker *other = &map->markers.at[j];
			struct point at = mercator_to_screen(&map->view, mercator_spot(other->at));
			bool free = !other->hidden && value_to_bool(value_get_text(other->spec, "joinCluster"));
			if (free && (double)hypotf(at.x - cluster.at.x, at.y - cluster.at.y) <= grid) {
				vec_push(&cluster.members, j);
				latitude += other->at.latitude;
				longitude += other->at.longitude;
			}
		}
		if (cluster.members.len < 2) {
			vec_finish(&cluster.members);
			continue;
		}
		double count = (double)cluster.members.len;
		for (size_t j = 0; j < cluster.members.len; j++) {
			map->markers.at[cluster.members.at[j]].hidden = true;
		}
		cluster.centre = (struct place){latitude / count, longitude / count};
		cluster.at = mercator_to_screen(&map->view, mercator_spot(cluster.centre));
		vec_push(&map->clusters, cluster);
	}
}

static struct value describe(const struct map *map, size_t index)
{
	const struct map_cluster *cluster = &map->clusters.at[index];
	struct value info = value_object_new(3), ids = value_array_new(cluster->members.len);
	for (size_t i = 0; i < cluster->members.len; i++) {
		value_array_push(&ids, value_ref(map->markers.at[cluster->members.at[i]].id));
	}
	value_object_set_text(&info, "clusterId", value_number((double)index + 1));
	value_object_set_text(&info, "center", map_place_value(cluster->centre));
	value_object_set_text(&info, "markerIds", ids);
	return info;
}

/* To whoever asked by MapContext.on; consumes detail. */
static void tell(struct component_host *host, struct node *node, const char *event, struct value detail)
{
	struct value pin = value_get_text(map_of(node)->listeners, event), data;
	if (value_is_nullish(pin)) {
		value_unref(detail);
		return;
	}
	data = value_object_new(2);
	value_object_set_text(&data, "pin", value_ref(pin));
	value_object_set_text(&data, "detail", detail);
	host->intent(host, node, "mapTell", data);
}

void map_clusters_make(struct component_host *host, struct node *node)
{
	struct map *map = map_of(node);
	VEC(struct map_cluster) before = {0};
	for (size_t i = 0; i < map->clusters.len; i++) {
		vec_push(&before, map->clusters.at[i]);
	}
	map->clusters.len = 0;
	bool any = false;
	for (size_t i = 0; i < map->markers.len; i++) {
		map->markers.at[i].hidden = false;
		any = any || value_to_bool(value_get_text(map->markers.at[i].spec, "joinCluster"));
	}
	if (any) {
		join(map, fmin(fmax(map_number(map->cluster_option, "gridSize", GRID), 0), 1000));
	}
	struct value fresh = value_array_new(2);
	for (size_t i = 0; i < map->clusters.len; i++) {
		bool known = false;
		for (size_t j = 0; j < before.len; j++) {
			known = known || same_members(&before.at[j], &map->clusters.at[i]);
		}
		if (!known) {
			value_array_push(&fresh, describe(map, i));
		}
	}
	if (value_len(fresh)) {
		struct value detail = value_object_new(1);
		value_object_set_text(&detail, "clusters", fresh);
		tell(host, node, "markerClusterCreate", detail);
	} else {
		value_unref(fresh);
	}
	for (size_t i = 0; i < before.len; i++) {
		vec_finish(&before.at[i].members);
	}
	vec_finish(&before);
}

void map_clusters_paint(struct component_host *host, const struct node *node, struct gfx_canvas *canvas, struct point origin)
{
	const struct map *map = map_of(node);
	struct value plain = value_get_text(map->cluster_option, "enableDefaultStyle");
	for (size_t i = 0; i < map->clusters.len && (value_is_nullish(plain) || value_to_bool(plain)); i++) {
		struct point at = {map->clusters.at[i].at.x + origin.x, map->clusters.at[i].at.y + origin.y};
		char text[24];
		snprintf(text, sizeof(text), "%zu", map->clusters.at[i].members.len);
		pen_disc(canvas, at, RADIUS + 3, 0x3875FF55);
		pen_disc(canvas, at, RADIUS, 0x3875FFFF);
		pen_text(host, canvas, str_of(text), 14, 0xFFFFFFFF, at, PEN_CENTER, 0);
	}
}

bool map_clusters_tap(struct component_host *host, struct node *node, struct point at)
{
	struct map *map = map_of(node);
	for (size_t i = map->clusters.len; i > 0; i--) {
		const struct map_cluster *cluster = &map->clusters.at[i - 1];
		if (hypotf(at.x - cluster->at.x, at.y - cluster->at.y) > RADIUS) {
			continue;
		}
		struct value detail = value_object_new(1), points = value_array_new(cluster->members.len);
		struct value zooms = value_get_text(map->cluster_option, "zoomOnClick");
		for (size_t j = 0; j < cluster->members.len; j++) {
			value_array_push(&points, map_place_value(map->markers.at[cluster->members.at[j]].at));
		}
		value_object_set_text(&detail, "cluster", describe(map, i - 1));
		tell(host, node, "markerClusterClick", detail);
		if (value_is_nullish(zooms) || value_to_bool(zooms)) {
			struct value padding = value_array_new(4);
			for (int side = 0; side < 4; side++) {
				value_array_push(&padding, value_number(GRID / 2));
			}
			map_include(host, node, points, padding, true);
			value_unref(padding);
		}
		value_unref(points);
		return true;
	}
	return false;
}
