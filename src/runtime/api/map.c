/* wx.createMapContext: what a script asks of a <map> by its id. */
#include "runtime/api/api.h"

#include "host/location.h"

struct map_context {
	slot_id page, scope;
	struct strbuf ident;
};

/* The map that the context stands for, now; it may come later than the context. */
static bool ask(const struct api_object *object, const char *what, struct value with, struct value *ret)
{
	const struct map_context *context = object->state;
	struct page *page = app_page_by_id(object->app, context->page);
	slot_id node = page ? view_find(page_view(page), context->scope, "map", strbuf_str(&context->ident)) : 0;
	*ret = value_undefined();
	if (!node) {
		return false;
	}
	view_tick(page_view(page), host_monotonic(app_host(object->app)));
	return view_ask(page_view(page), node, str_of(what), with, ret);
}

/* What the map gives ends the call; undefined: an intent of its will (api_map_intent). */
static void question(struct api_call *call)
{
	const struct api_object *object = api_object_get(call->dispatcher, call->object);
	struct value with = value_unshared(value_ref(call->parameters)), result = value_undefined();
	value_object_set_text(&with, "$call", value_number(call->id));
	bool known = object && ask(object, call->api->name, with, &result);
	struct str error = value_str(value_get_text(result, "errMsg"));
	value_unref(with);
	if (!known) {
		api_call_fail(call, "there is no such map");
	} else if (error.len) {
		api_call_fail(call, STR_FMT, STR_ARG(error));
	} else if (!value_is(result, VALUE_UNDEFINED)) {
		api_call_succeed(call, value_ref(result));
	}
	value_unref(result);
}

static void open_app(struct api_call *call)
{
	struct value parameters = value_unshared(value_ref(call->parameters));
	value_object_set_text(&parameters, "name", value_ref(value_get_text(call->parameters, "destination")));
	api_call_forward(call);
	HOST_CALL(app_host(call->app), location, show, parameters, &call->request);
	value_unref(parameters);
}

static void never(struct api_call *call)
{
	api_call_fail(call, "not supported");
}

/* on(event, callback): one function an event. */
static struct value method(struct api_object *object, struct str name, struct value args)
{
	struct value before;
	if (!ask(object, "on", args, &before)) {
		before = value_ref(value_get_text(value_at(args, 1), "$fn"));
	}
	if (value_is(before, VALUE_NUMBER)) {
		app_unpin(object->app, (uint32_t)before.number);
	}
	value_unref(before);
	return value_object_new(0);
}

static void destroy(struct api_object *object)
{
	struct map_context *context = object->state;
	strbuf_finish(&context->ident);
	mem_free(context);
}

static slot_id id_of(struct value number)
{
	return value_is(number, VALUE_NUMBER) && number.number >= 1 && number.number <= UINT32_MAX ? (slot_id)number.number : 0;
}

static void made(struct api_object *object, struct value args)
{
	struct map_context *context = mem_alloc(sizeof(*context));
	struct page *top = app_top(object->app);
	struct value component = value_at(args, 1);
	slot_id page = id_of(value_get_text(component, "$instance"));
	*context = (struct map_context){page ? page : top ? page_id(top) : 0, id_of(value_get_text(component, "$node")), {0}};
	value_to_text(value_at(args, 0), &context->ident);
	object->state = context;
}

/* --- what a map has to say later --- */

static const struct schema place_rows[] = {{"latitude", SCHEMA_NUMBER}, {"longitude", SCHEMA_NUMBER}, {0}};

static void located(struct api_call *call, bool ok, struct value result)
{
	struct page *page = app_page_by_id(call->app, call->page);
	if (ok && page) {
		view_answer(page_view(page), call->node, result);
	}
}

static void locate(struct api_call *call)
{
	api_call_forward(call);
	HOST_CALL(app_host(call->app), location, get, call->parameters, &call->request);
}

void api_map_intent(struct api_dispatcher *dispatcher, struct app *app, struct page *page, struct str name, struct value data,
	slot_id node)
{
	static const struct api where = {"getLocation", API_ASYNC, .result = place_rows, .call = locate};
	slot_id pin = id_of(value_get_text(data, "pin")), id = id_of(value_get_text(data, "call"));
	struct value args = value_array_new(1);
	if (str_is(name, "mapLocation")) {
		struct value parameters = value_object_new(1);
		value_object_set_text(&parameters, "type", value_text("gcj02"));
		api_start(dispatcher, &where, parameters, page, node, located);
		value_unref(parameters);
	} else if (str_is(name, "mapTell")) {
		value_array_push(&args, value_ref(value_get_text(data, "detail")));
		app_call_pinned(app, pin, true, value_ref(args));
	} else {
		struct api_call *call = id ? api_call_find(dispatcher, id) : NULL;
		if (call && value_to_bool(value_get_text(data, "done"))) {
			api_call_succeed(call, value_object_new(1));
		} else if (call) {
			api_call_fail(call, "interrupted");
		}
		if (pin) {
			app_call_pinned(app, pin, false, value_ref(args));
		}
	}
	value_unref(args);
}

static const struct schema id_rows[] = {{"id", SCHEMA_STRING, SCHEMA_REQUIRED}, {0}};
static const struct schema scale_rows[] = {{"scale", SCHEMA_NUMBER}, {0}};
static const struct schema rotate_rows[] = {{"rotate", SCHEMA_NUMBER}, {0}};
static const struct schema skew_rows[] = {{"skew", SCHEMA_NUMBER}, {0}};
static const struct schema point_rows[] = {
	{"x", SCHEMA_NUMBER, SCHEMA_REQUIRED, .doc = "from the map's left edge, CSS px"}, {"y", SCHEMA_NUMBER, SCHEMA_REQUIRED}, {0}};
static const struct schema at_rows[] = {{"latitude", SCHEMA_NUMBER, SCHEMA_REQUIRED}, {"longitude", SCHEMA_NUMBER, SCHEMA_REQUIRED}, {0}};
static const struct schema region_rows[] = {
	{"southwest", SCHEMA_OBJECT, SCHEMA_REQUIRED, .fields = place_rows}, {"northeast", SCHEMA_OBJECT, SCHEMA_REQUIRED, .fields = place_rows}, {0}};
static const struct schema move_rows[] = {
	{"latitude", SCHEMA_NUMBER, .since = "2.8.0"}, {"longitude", SCHEMA_NUMBER, .since = "2.8.0"}, {0}};
static const struct schema include_rows[] = {
	{"points", SCHEMA_ARRAY, SCHEMA_REQUIRED, .fields = place_rows},
	{"padding", SCHEMA_ARRAY, .doc = "[top, right, bottom, left], CSS px"}, {0}};
static const struct schema translate_rows[] = {
	{"markerId", SCHEMA_NUMBER, SCHEMA_REQUIRED}, {"destination", SCHEMA_OBJECT, SCHEMA_REQUIRED, .fields = place_rows},
	{"autoRotate", SCHEMA_BOOL, .doc = "turns to where it goes"}, {"rotate", SCHEMA_NUMBER, .doc = "degrees that it turns to"},
	{"moveWithRotate", SCHEMA_BOOL, .fallback = "false", .since = "2.13.0"},
	{"duration", SCHEMA_NUMBER, .fallback = "1000", .doc = "ms, of the turn and of the way each"}, {"animationEnd", SCHEMA_FUNCTION}, {0}};
static const struct schema along_rows[] = {
	{"markerId", SCHEMA_NUMBER, SCHEMA_REQUIRED}, {"path", SCHEMA_ARRAY, SCHEMA_REQUIRED, .fields = place_rows},
	{"autoRotate", SCHEMA_BOOL, .fallback = "true"}, {"duration", SCHEMA_NUMBER, SCHEMA_REQUIRED, .doc = "ms"},
	{"precision", SCHEMA_NUMBER, .doc = "metres between interpolatepoint events"}, {0}};
static const struct schema add_rows[] = {
	{"markers", SCHEMA_ARRAY, SCHEMA_REQUIRED}, {"clear", SCHEMA_BOOL, .fallback = "false"}, {0}};
static const struct schema remove_rows[] = {{"markerIds", SCHEMA_ARRAY, SCHEMA_REQUIRED}, {0}};
static const struct schema offset_rows[] = {
	{"offset", SCHEMA_ARRAY, SCHEMA_REQUIRED, .doc = "[x, y], shares of the size, 0.25 to 0.75"}, {0}};
static const struct schema icon_rows[] = {{"iconPath", SCHEMA_STRING}, {0}};
static const struct schema cluster_rows[] = {
	{"enableDefaultStyle", SCHEMA_BOOL, .fallback = "true"}, {"zoomOnClick", SCHEMA_BOOL, .fallback = "true"},
	{"gridSize", SCHEMA_NUMBER, .fallback = "60", .doc = "CSS px within which markers join"}, {0}};
static const struct schema overlay_rows[] = {
	{"id", SCHEMA_STRING, SCHEMA_REQUIRED}, {"src", SCHEMA_STRING, SCHEMA_REQUIRED},
	{"bounds", SCHEMA_OBJECT, SCHEMA_REQUIRED, .fields = region_rows}, {"visible", SCHEMA_BOOL, .fallback = "true"},
	{"zIndex", SCHEMA_NUMBER, .fallback = "1"}, {"opacity", SCHEMA_NUMBER, .fallback = "1"}, {0}};
static const struct schema arc_rows[] = {
	{"id", SCHEMA_NUMBER, SCHEMA_REQUIRED}, {"start", SCHEMA_OBJECT, SCHEMA_REQUIRED, .fields = place_rows},
	{"end", SCHEMA_OBJECT, SCHEMA_REQUIRED, .fields = place_rows}, {"pass", SCHEMA_OBJECT, .fields = place_rows},
	{"angle", SCHEMA_NUMBER, .doc = "degrees"}, {"width", SCHEMA_NUMBER, .fallback = "5"}, {"color", SCHEMA_ANY}, {0}};
static const struct schema arc_id_rows[] = {{"id", SCHEMA_NUMBER, SCHEMA_REQUIRED}, {0}};
static const struct schema app_rows[] = {
	{"latitude", SCHEMA_NUMBER, SCHEMA_REQUIRED}, {"longitude", SCHEMA_NUMBER, SCHEMA_REQUIRED},
	{"destination", SCHEMA_STRING, SCHEMA_REQUIRED, .doc = "its name"}, {0}};

static const struct api calls[] = {
	{"getCenterLocation", API_ASYNC, .doc = "Where the centre is, gcj02.", .parameters = icon_rows, .result = place_rows, .call = question},
	{"moveToLocation", API_ASYNC, "1.2.0", .doc = "Moves the centre to where the device is.", .parameters = move_rows, .call = question},
	{"translateMarker", API_ASYNC, "1.2.0", .doc = "Moves a marker.", .parameters = translate_rows, .call = question},
	{"includePoints", API_ASYNC, "1.2.0", .doc = "Shows all points.", .parameters = include_rows, .call = question},
	{"getRegion", API_ASYNC, "1.4.0", .doc = "What is seen.", .result = region_rows, .call = question},
	{"getScale", API_ASYNC, "1.4.0", .doc = "The scale.", .result = scale_rows, .call = question},
	{"getRotate", API_ASYNC, "2.8.0", .doc = "How it is turned, degrees.", .result = rotate_rows, .call = question},
	{"getSkew", API_ASYNC, "2.8.0", .doc = "How it is tilted, degrees.", .result = skew_rows, .call = question},
	{"setCenterOffset", API_ASYNC, "2.10.0", .doc = "Where in the map its centre stands.", .parameters = offset_rows, .call = question},
	{"addMarkers", API_ASYNC, "2.13.0", .doc = "Adds markers.", .parameters = add_rows, .call = question},
	{"removeMarkers", API_ASYNC, "2.13.0", .doc = "Removes markers.", .parameters = remove_rows, .call = question},
	{"moveAlong", API_ASYNC, "2.13.0", .doc = "Moves a marker along a path; answers at its end.", .parameters = along_rows, .call = question},
	{"initMarkerCluster", API_ASYNC, "2.13.0", .doc = "How markers with joinCluster join.", .parameters = cluster_rows, .call = question},
	{"toScreenLocation", API_ASYNC, "2.14.0", .doc = "Where on the map a place is, CSS px.", .parameters = at_rows, .result = point_rows, .call = question},
	{"fromScreenLocation", API_ASYNC, "2.14.0", .doc = "The place at a point.", .parameters = point_rows, .result = place_rows, .call = question},
	{"openMapApp", API_ASYNC, "2.14.0", .doc = "Opens the place in another map.", .parameters = app_rows, .call = open_app},
	{"addGroundOverlay", API_ASYNC, "2.14.0", .doc = "Lays a picture on the map.", .parameters = overlay_rows, .call = question},
	{"updateGroundOverlay", API_ASYNC, "2.14.0", .doc = "Changes such a picture.", .parameters = overlay_rows, .call = question},
	{"removeGroundOverlay", API_ASYNC, "2.14.0", .doc = "Takes it away.", .parameters = id_rows, .call = question},
	{"setLocMarkerIcon", API_ASYNC, "2.16.0", .doc = "The picture of where the device is.", .parameters = icon_rows, .call = question},
	{"setBoundary", API_ASYNC, "2.22.0", .doc = "The centre stays within.", .parameters = region_rows, .call = question},
	{"addArc", API_ASYNC, "2.22.0", .doc = "Draws an arc.", .parameters = arc_rows, .call = question},
	{"removeArc", API_ASYNC, "2.22.0", .doc = "Takes it away.", .parameters = arc_id_rows, .call = question},
	{"eraseLines", API_ASYNC, "2.5.0", .doc = "Not supported.", .call = never},
	{"addCustomLayer", API_ASYNC, "2.12.0", .doc = "Not supported.", .call = never},
	{"removeCustomLayer", API_ASYNC, "2.12.0", .doc = "Not supported.", .call = never},
	{"addVisualLayer", API_ASYNC, "2.20.1", .doc = "Not supported.", .call = never},
	{"removeVisualLayer", API_ASYNC, "2.20.1", .doc = "Not supported.", .call = never},
	{"executeVisualLayerCommand", API_ASYNC, "2.26.0", .doc = "Not supported.", .call = never},
	{0},
};

const struct api_class api_map_context = {"MapContext", "on", method, destroy, "2.13.0", calls};

const struct api api_map_rows[] = {
	{"createMapContext", API_FACTORY, NULL, .doc = "Asks and moves the <map> with an id.", .makes = &api_map_context, .made = made},
	{0},
};
