/* Web Mercator: known tiles, round trips, and what a map shows. */
#include "harness/test.h"

#include "runtime/component/mercator.h"

static bool near_to(double a, double b, double by)
{
	return fabs(a - b) <= by;
}

/* Tile 13/6673/3554 of the usual numbering has the middle of Guangzhou. */
static void tiles(void)
{
	struct spot spot = mercator_spot((struct place){23.12908, 113.26436});
	CHECK(floor(spot.x * 8192) == 6673 && floor(spot.y * 8192) == 3554);
	spot = mercator_spot((struct place){0, 0});
	CHECK(spot.x == 0.5 && spot.y == 0.5);
	spot = mercator_spot((struct place){90, -180});
	CHECK(spot.x == 0 && near_to(spot.y, 0, 1e-9));
	spot = mercator_spot((struct place){NAN, INFINITY});
	CHECK(isfinite(spot.x) && isfinite(spot.y));
}

static void there_and_back(void)
{
	for (double latitude = -80; latitude <= 80; latitude += 20) {
		for (double longitude = -170; longitude <= 170; longitude += 34) {
			struct place place = mercator_place(mercator_spot((struct place){latitude, longitude}));
			CHECK(near_to(place.latitude, latitude, 1e-9) && near_to(place.longitude, longitude, 1e-9));
		}
	}
}

static void distances(void)
{
	struct place beijing = {39.90469, 116.40717}, shanghai = {31.23037, 121.4737};
	CHECK(near_to(mercator_metres(beijing, shanghai), 1068e3, 3e3));
	CHECK(near_to(mercator_metres_per_px(0, 0), 156543.034, 0.001));
	CHECK(near_to(mercator_metres_per_px(60, 10) * 2, mercator_metres_per_px(0, 10), 1e-6));
	CHECK(mercator_bearing((struct place){0, 0}, (struct place){1, 0}) == 0);
	CHECK(near_to(mercator_bearing((struct place){0, 0}, (struct place){0, 1}), 90, 1e-9));
	CHECK(near_to(mercator_bearing((struct place){0, 0}, (struct place){0, -1}), 270, 1e-9));
}

static void views(void)
{
	struct mercator_view view = {mercator_spot((struct place){23.1, 113.3}), 16, 30, 20, {300, 200}, {0.5f, 0.5f}};
	struct point corner = mercator_to_screen(&view, view.centre);
	CHECK(corner.x == 150 && corner.y == 100);
	struct spot spot = mercator_from_screen(&view, (struct point){20, 30});
	corner = mercator_to_screen(&view, spot);
	CHECK(near_to((double)corner.x, 20, 1e-3) && near_to((double)corner.y, 30, 1e-3));
	view.centre = mercator_centre_for(&view, spot, (struct point){290, 5});
	corner = mercator_to_screen(&view, spot);
	CHECK(near_to((double)corner.x, 290, 1e-3) && near_to((double)corner.y, 5, 1e-3));
	/* Turned clockwise by a quarter, north is on the right. */
	view.rotate = 90;
	view.skew = 0;
	struct place here = mercator_place(view.centre);
	struct point north = mercator_to_screen(&view, mercator_spot((struct place){here.latitude + 0.001, here.longitude}));
	CHECK(north.x > 160 && near_to((double)north.y, 100, 1e-2));
	/* Over the date line there is a nearer copy. */
	view.rotate = 0;
	view.scale = 3;
	view.centre = mercator_spot((struct place){0, 179});
	CHECK(mercator_to_screen(&view, mercator_spot((struct place){0, -179})).x > 150);
}

static void fits(void)
{
	struct mercator_view view = {{0.5, 0.5}, 16, 0, 0, {300, 200}, {0.5f, 0.5f}};
	struct place places[] = {{23.0, 113.0}, {23.1, 113.3}};
	mercator_fit(&view, places, 2, (struct insets){20, 10, 20, 10}, 3, 20);
	struct point a = mercator_to_screen(&view, mercator_spot(places[0])), b = mercator_to_screen(&view, mercator_spot(places[1]));
	CHECK(near_to((double)a.x, 10, 0.1) && near_to((double)b.x, 290, 0.1) && a.y <= 180.1f && b.y >= 19.9f);
	mercator_fit(&view, places, 1, (struct insets){0}, 3, 18);
	CHECK(view.scale == 18);
	mercator_fit(&view, places, 0, (struct insets){0}, 3, 18);
	CHECK(view.scale == 18);
	struct span span = mercator_span(&view);
	CHECK(span.southwest.latitude < 23 && span.northeast.latitude > 23 && span.southwest.longitude < 113 && span.northeast.longitude > 113);
}

static const struct test_case cases[] = {
	{"tiles", tiles}, {"there_and_back", there_and_back}, {"distances", distances}, {"views", views}, {"fits", fits},
};

TEST_MAIN(cases)
