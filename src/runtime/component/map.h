/* What the files of <map> share of one. Nobody else includes this. */
#ifndef MINA_COMPONENT_MAP_H
#define MINA_COMPONENT_MAP_H

#include "runtime/component/component.h"
#include "runtime/component/mercator.h"

struct map_walk { // a marker on its way
	VEC(struct place) path;  // from where it was on
	double length, start, turn_ms, move_ms, rotate_from, rotate_to;
	bool follows;            // turns as the path does
	double precision, told;  // metres between interpolatepoint events, 0: none; metres told so far
	uint32_t call, end_pin;  // to be told at the end; 0: nothing
};

struct map_marker {
	struct value spec, id;
	struct strbuf icon;      // resolved; empty: the pin
	struct place at;
	double rotate;
	bool open;               // its callout was asked for
	bool added;              // by addMarkers: not of the attribute
	bool hidden;             // stands for itself no more, but is in a cluster
	struct map_walk *walk;   // NULL: it stands
	struct rect icon_box, callout_box, label_box; // of the screen, as placed last; empty: not there
};

struct map_finger {
	int id;
	struct point at; // on the screen
};

struct map_cluster {
	struct point at;
	struct place centre;
	VEC(size_t) members; // of markers, ascending
};

struct map_pose { // what of the view a motion changes
	struct spot centre;
	double scale, rotate, skew;
};

enum map_motion { MAP_RESTS, MAP_HELD, MAP_FLIES, MAP_GLIDES };

struct map {
	struct node *screen, *callouts; // inner; callouts shows what stands in slot="callout"
	struct mercator_view view;
	bool measured, started;
	bool fits;                  // include-points wait for a size
	bool turned;                // attributes have moved it: a regionchange is to be told
	bool telling;               // updated is to be told
	uint32_t version;           // counts what can be seen
	VEC(struct map_marker) markers;
	VEC(struct map_cluster) clusters;
	struct value cluster_option, listeners; // initMarkerCluster's; event -> pin
	struct value overlays, arcs;            // arrays of what addGroundOverlay and addArc got
	struct strbuf location_icon;
	struct place location;
	bool located;
	bool bounded;
	struct span bounds;
	/* The camera's motion. */
	enum map_motion motion;
	const char *cause;          // of the region change that goes on; NULL: none does
	struct map_pose from, to;
	double start, duration, moved_at;
	struct point speed;         // CSS px per ms
	struct map_finger fingers[2];
	int finger_count;
	bool dragged, pinched;
	bool tired;                 // two fingers were on it: the last one does not throw it
	struct mercator_view grip;  // as it was when two fingers had it
	struct point grip_at[2];
	double tapped_at;
	struct point tapped;
};

static inline struct map *map_of(const struct node *node) { return node->state_data; }

/* map.c */
struct value map_option(const struct node *node, const char *attribute, const char *setting); // of `setting` or the attribute; lent
bool map_flag(const struct node *node, const char *attribute, const char *setting, bool fallback);
double map_number(struct value from, const char *key, double fallback);
double map_length(const struct component_host *host, struct value from, const char *key, double fallback); // CSS px
color_t map_color(struct value from, const char *key, color_t fallback);
bool map_place(struct value from, struct place *ret_place); // {latitude, longitude}
struct value map_place_value(struct place place);
void map_touch(struct component_host *host, struct node *node); // something looks different
void map_wake(struct component_host *host, struct node *node);  // with the next frame
void map_scale_limits(const struct node *node, double *ret_min, double *ret_max);

/* map_camera.c */
void map_pose_set(struct component_host *host, struct node *node, struct map_pose pose); // within what is allowed
struct map_pose map_pose_of(const struct map *map);
void map_glide(struct component_host *host, struct node *node, struct map_pose to, double duration, const char *cause);
bool map_advance(struct component_host *host, struct node *node, bool settle); // true: it still moves
void map_region_begin(struct component_host *host, struct node *node, const char *cause, bool gesture);
void map_region_end(struct component_host *host, struct node *node);
bool map_touched(struct component_host *host, struct node *node, const struct component_touch *touch);
void map_include(struct component_host *host, struct node *node, struct value points, struct value padding, bool animated);

/* map_marker.c */
void map_markers_read(struct component_host *host, struct node *node, struct value list, bool added);
void map_marker_free(struct map_marker *marker);
struct map_marker *map_marker_find(struct map *map, struct value id);
void map_markers_place(struct component_host *host, struct node *node); // their boxes, for the view as it is
void map_callouts_place(struct component_host *host, struct node *node); // custom ones: the styles of their nodes
bool map_markers_advance(struct component_host *host, struct node *node, bool settle);
void map_walk_start(struct component_host *host, struct node *node, struct map_marker *marker, struct map_walk *walk);
void map_markers_paint(struct component_host *host, const struct node *node, struct gfx_canvas *canvas, struct point origin);
/* What a tap at a point of the screen means; true: a marker, a label, a callout or a cluster was there. */
bool map_markers_tap(struct component_host *host, struct node *node, struct point at);
bool map_custom_callout_at(const struct node *node, struct point page, struct value *ret_id);

/* map_cluster.c */
void map_clusters_make(struct component_host *host, struct node *node);
void map_clusters_paint(struct component_host *host, const struct node *node, struct gfx_canvas *canvas, struct point origin);
bool map_clusters_tap(struct component_host *host, struct node *node, struct point at);

/* map_paint.c */
void map_paint(struct component_host *host, const struct node *node, const struct style *style, struct gfx_canvas *canvas, struct rect content);
bool map_tiles_wait(struct component_host *host, const struct node *node);
struct rect map_control_box(struct component_host *host, const struct node *node, struct value control);

/* map_ask.c: what MapContext asks. */
bool map_asked(struct component_host *host, struct node *node, struct str what, struct value with, struct value *ret);

#endif
