/* Web Mercator: degrees to the square world of map tiles and back, and what a map shows of it. Pure numbers. The world is 1
 * wide and high, 0 0 its north-west corner; at a scale it is 256 * 2^scale CSS px. Degrees are taken as they come: whether they
 * are gcj02 or wgs84 is their owner's affair. */
#ifndef MINA_COMPONENT_MERCATOR_H
#define MINA_COMPONENT_MERCATOR_H

#include "base/geom.h"

#define MERCATOR_LIMIT 85.05112878 // degrees of latitude where the square ends

struct place {
	double latitude, longitude;
};

struct spot { // of the world
	double x, y;
};

struct span { // of a map
	struct place southwest, northeast;
};

struct spot mercator_spot(struct place place);   // latitude beyond the limit is at the edge
struct place mercator_place(struct spot spot);   // longitude from -180 to 180
double mercator_metres(struct place a, struct place b); // along the globe
double mercator_metres_per_px(double latitude, double scale);
double mercator_bearing(struct place from, struct place to); // degrees clockwise from north on the map, 0 to 360
struct place mercator_between(struct place a, struct place b, double share); // a straight line of the map

/* What is seen: the world turned clockwise by `rotate` and tilted by `skew` degrees around its centre, which stands at `offset`
 * (shares of the size). A tilt makes it lower, without perspective. */
struct mercator_view {
	struct spot centre;
	double scale, rotate, skew;
	struct size size; // CSS px
	struct point offset;
};

struct point mercator_to_screen(const struct mercator_view *view, struct spot spot); // the nearest of the world's repetitions
struct spot mercator_from_screen(const struct mercator_view *view, struct point at); // x may be beyond 0 to 1
/* The centre for which that spot stands there. */
struct spot mercator_centre_for(const struct mercator_view *view, struct spot spot, struct point at);
struct span mercator_span(const struct mercator_view *view);
/* Centre and scale at which all places are seen, as far as min and max let them; without a place nothing changes. */
void mercator_fit(struct mercator_view *view, const struct place *places, size_t count, struct insets padding, double min, double max);

#endif
