/* Web Mercator (EPSG:3857) and the similarity that puts it on a screen. */
#include "runtime/component/mercator.h"

#define EARTH_RADIUS 6378137.0 // metres
#define TILE 256.0

static double radians(double degrees)
{
	return degrees * M_PI / 180;
}

static double within(double value, double low, double high)
{
	return value > low ? (value < high ? value : high) : low; // NaN is low
}

struct spot mercator_spot(struct place place)
{
	double latitude = radians(within(place.latitude, -MERCATOR_LIMIT, MERCATOR_LIMIT));
	double longitude = isfinite(place.longitude) ? place.longitude : 0;
	return (struct spot){longitude / 360 + 0.5, 0.5 - asinh(tan(latitude)) / (2 * M_PI)};
}

struct place mercator_place(struct spot spot)
{
	double x = spot.x - floor(spot.x);
	return (struct place){atan(sinh((0.5 - spot.y) * 2 * M_PI)) * 180 / M_PI, x * 360 - 180};
}

double mercator_metres(struct place a, struct place b)
{
	double up = sin(radians(b.latitude - a.latitude) / 2), side = sin(radians(b.longitude - a.longitude) / 2);
	double h = up * up + cos(radians(a.latitude)) * cos(radians(b.latitude)) * side * side;
	return 2 * EARTH_RADIUS * asin(sqrt(within(h, 0, 1)));
}

double mercator_metres_per_px(double latitude, double scale)
{
	return cos(radians(within(latitude, -MERCATOR_LIMIT, MERCATOR_LIMIT))) * 2 * M_PI * EARTH_RADIUS / (TILE * exp2(scale));
}

double mercator_bearing(struct place from, struct place to)
{
	struct spot a = mercator_spot(from), b = mercator_spot(to);
	double degrees = atan2(b.x - a.x, a.y - b.y) * 180 / M_PI;
	return degrees < 0 ? degrees + 360 : degrees;
}

struct place mercator_between(struct place a, struct place b, double share)
{
	struct spot from = mercator_spot(a), to = mercator_spot(b);
	return share >= 1 ? b : mercator_place((struct spot){from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share});
}

static struct point middle_of(const struct mercator_view *view)
{
	return (struct point){view->size.width * view->offset.x, view->size.height * view->offset.y};
}

/* CSS px on the untilted, unturned map. */
static struct spot forward(const struct mercator_view *view, double dx, double dy)
{
	double angle = radians(view->rotate), c = cos(angle), s = sin(angle), world = TILE * exp2(view->scale);
	return (struct spot){(dx * c - dy * s) * world, (dx * s + dy * c) * world * cos(radians(view->skew))};
}

static struct spot backward(const struct mercator_view *view, double x, double y)
{
	double angle = radians(view->rotate), c = cos(angle), s = sin(angle), world = TILE * exp2(view->scale);
	y /= cos(radians(view->skew));
	return (struct spot){(x * c + y * s) / world, (y * c - x * s) / world};
}

struct point mercator_to_screen(const struct mercator_view *view, struct spot spot)
{
	double dx = spot.x - view->centre.x;
	dx -= round(dx);
	struct spot at = forward(view, dx, spot.y - view->centre.y);
	struct point middle = middle_of(view);
	return (struct point){(float)(at.x + (double)middle.x), (float)(at.y + (double)middle.y)};
}

struct spot mercator_from_screen(const struct mercator_view *view, struct point at)
{
	struct point middle = middle_of(view);
	struct spot by = backward(view, (double)(at.x - middle.x), (double)(at.y - middle.y));
	return (struct spot){view->centre.x + by.x, view->centre.y + by.y};
}

struct spot mercator_centre_for(const struct mercator_view *view, struct spot spot, struct point at)
{
	struct point middle = middle_of(view);
	struct spot by = backward(view, (double)(at.x - middle.x), (double)(at.y - middle.y));
	return (struct spot){spot.x - by.x, within(spot.y - by.y, 0, 1)};
}

struct span mercator_span(const struct mercator_view *view)
{
	float w = view->size.width, h = view->size.height;
	struct point corners[] = {{0, 0}, {w, 0}, {0, h}, {w, h}};
	double left = INFINITY, right = -INFINITY, top = INFINITY, bottom = -INFINITY;
	for (size_t i = 0; i < ARRAY_LEN(corners); i++) {
		struct spot spot = mercator_from_screen(view, corners[i]);
		left = fmin(left, spot.x);
		right = fmax(right, spot.x);
		top = fmin(top, spot.y);
		bottom = fmax(bottom, spot.y);
	}
	return (struct span){mercator_place((struct spot){left, bottom}), mercator_place((struct spot){right, top})};
}

void mercator_fit(struct mercator_view *view, const struct place *places, size_t count, struct insets padding, double min, double max)
{
	double left = INFINITY, right = -INFINITY, top = INFINITY, bottom = -INFINITY;
	struct mercator_view unit = *view;
	unit.scale = 0;
	unit.centre = (struct spot){0, 0};
	for (size_t i = 0; i < count; i++) {
		struct spot spot = mercator_spot(places[i]), at = forward(&unit, spot.x, spot.y);
		left = fmin(left, at.x);
		right = fmax(right, at.x);
		top = fmin(top, at.y);
		bottom = fmax(bottom, at.y);
	}
	if (!count || !isfinite(left + right + top + bottom)) {
		return;
	}
	double width = fmax((double)(view->size.width - padding.left - padding.right), 1);
	double height = fmax((double)(view->size.height - padding.top - padding.bottom), 1);
	double scale = log2(fmin(width / fmax(right - left, 1e-12), height / fmax(bottom - top, 1e-12)));
	view->scale = within(scale, min, max);
	struct spot middle = backward(&unit, (left + right) / 2, (top + bottom) / 2);
	struct point at = {padding.left + (float)width / 2, padding.top + (float)height / 2};
	view->centre = mercator_centre_for(view, middle, at);
}
