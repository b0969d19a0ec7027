/* wx.createIntersectionObserver and wx.createMediaQueryObserver: observers live in the view of their page, and are told
 * after its frames. */
#include "runtime/api/api.h"

struct start;

struct observer {
	slot_id page; // 0: the top page when it begins
	slot_id scope;      // node id of a component's host; 0: the page
	struct value options, relatives;
	struct start *start; // waits for the next frame; NULL: none
	uint32_t pin;        // of the callback, which is its tag in the view; 0: it does not observe
};

/* One observe(). It outlives its object, which a program need not keep. */
struct start {
	struct observer *observer; // NULL: the object is gone
	struct app *app;
	slot_id page, scope;
	struct value options, relatives;
	struct value what; // the selector, or the media query
	uint32_t pin;      // 0: it was disconnected
};

static struct value answer(const char *key, struct value item)
{
	struct value object = value_object_new(1);
	value_object_set_text(&object, key, item);
	return object;
}

static uint32_t number_of(struct value item)
{
	return value_is(item, VALUE_NUMBER) ? (uint32_t)item.number : 0;
}

static void unpin(void *user, uint32_t pin)
{
	app_unpin(user, pin);
}

void api_observe_tell(struct app *app, struct page *page)
{
	slot_id id = page ? page_id(page) : 0;
	struct view_sighting sighting;
	/* A callback may close the page, or end observers. */
	while (page && view_take_sighting(page_view(page), &sighting)) {
		if (value_has(sighting.facts, STR("intersectionRatio"))) {
			sighting.facts = value_unshared(sighting.facts);
			value_object_set_text(&sighting.facts, "time", value_number(host_now(app_host(app))));
		}
		struct value args = value_array_new(1);
		value_array_push(&args, sighting.facts);
		app_call_pinned(app, sighting.tag, true, args);
		page = app_page_by_id(app, id);
	}
}

static bool flag(const struct app *app, struct value options, const char *name, const char *since)
{
	return app_since(app, since) && value_to_bool(value_get_text(options, name));
}

static void warn_missing(struct app *app, struct str selector, const char *what)
{
	app_log(app, APP_LOG_WARN, "Node \"" STR_FMT "\" is not found. %s", STR_ARG(selector), what);
}

static struct value default_thresholds(void)
{
	struct value list = value_array_new(1);
	value_array_push(&list, value_number(0));
	return list;
}

static void observe(const struct start *start, struct view *view)
{
	struct app *app = start->app;
	struct value thresholds = value_get_text(start->options, "thresholds"), initial = value_get_text(start->options, "initialRatio");
	struct value given = value_is(thresholds, VALUE_ARRAY) ? value_ref(thresholds) : default_thresholds(), missing;
	struct view_observer observer = {
		.tag = start->pin,
		.scope = start->scope,
		.selector = value_str(start->what),
		.all = flag(app, start->options, "observeAll", "2.0.0"),
		.clip = flag(app, start->options, "nativeMode", "3.5.7"),
		.relatives = start->relatives,
		.thresholds = given,
		.initial_ratio = value_is(initial, VALUE_NUMBER) ? initial.number : 0,
		.ended = unpin,
		.user = app,
	};
	size_t count = view_observe(view, &observer, &missing);
	for (size_t i = 0; i < value_len(missing); i++) {
		warn_missing(app, value_str(value_at(missing, i)), "The relative node for intersection observer will be ignored.");
	}
	if (!count) {
		warn_missing(app, value_str(start->what), "Intersection observer will not trigger.");
	}
	value_unref(given);
	value_unref(missing);
}

static struct page *page_of(const struct start *start)
{
	return start->page ? app_page_by_id(start->app, start->page) : app_top(start->app);
}

static void look(void *user)
{
	struct start *start = user;
	struct page *page = page_of(start);
	start->page = page ? page_id(page) : 0;
	if (start->pin && page && value_is(start->what, VALUE_STRING)) {
		observe(start, page_view(page));
	} else if (start->pin && page) {
		struct view_observer observer = {.tag = start->pin, .scope = start->scope, .ended = unpin, .user = start->app};
		view_observe_media(page_view(page), &observer, start->what);
	} else if (start->pin) {
		app_unpin(start->app, start->pin);
	}
	if (start->observer) {
		start->observer->page = start->page;
		start->observer->start = NULL;
		start->observer = NULL;
	}
}

static void run(void *user, bool alive)
{
	struct start *start = user;
	if (start->observer) { // the app ends before the frame has come
		start->observer->start = NULL;
	}
	if (alive && start->pin && start->page) {
		api_observe_tell(start->app, page_of(start));
	}
	value_unref(start->options);
	value_unref(start->relatives);
	value_unref(start->what);
	mem_free(start);
}

static void disconnect(struct api_object *object)
{
	struct observer *observer = object->state;
	struct page *page = app_page_by_id(object->app, observer->page);
	if (observer->start) {
		observer->start->pin = 0;
		app_unpin(object->app, observer->pin);
	} else if (observer->pin && page) {
		view_unobserve(page_view(page), observer->pin);
	}
	observer->pin = 0;
}

static void start_observing(struct api_object *object, struct value what, struct value callback)
{
	struct observer *observer = object->state;
	struct start *start = mem_alloc(sizeof(*start));
	if (observer->start) {
		observer->start->observer = NULL; // it was disconnected, and only waits for its end
	}
	observer->pin = number_of(value_get_text(callback, "$fn"));
	*start = (struct start){observer, object->app, observer->page, observer->scope, value_ref(observer->options),
		value_ref(observer->relatives), value_ref(what), observer->pin};
	observer->start = start;
	api_after_frame(object->dispatcher, look, run, start);
}

static struct value intersection_method(struct api_object *object, struct str method, struct value args)
{
	struct observer *observer = object->state;
	bool viewport = str_is(method, "relativeToViewport");
	if (viewport || str_is(method, "relativeTo")) {
		if (observer->pin) {
			return answer("error", value_text("Relative nodes cannot be added after \"observe\" call in IntersectionObserver"));
		}
		struct value relative = value_object_new(2);
		if (!viewport) {
			value_object_set_text(&relative, "selector", value_ref(value_at(args, 0)));
		}
		value_object_set_text(&relative, "margins", value_ref(value_at(args, viewport ? 0 : 1)));
		observer->relatives = value_unshared(observer->relatives);
		value_array_push(&observer->relatives, relative);
		return answer("self", value_bool(true));
	}
	if (str_is(method, "disconnect")) {
		disconnect(object);
		return value_null();
	}
	if (!value_has(value_at(args, 1), STR("$fn"))) {
		return value_null();
	}
	if (observer->pin) {
		return answer("error", value_text("\"observe\" call can be only called once in IntersectionObserver"));
	}
	struct strbuf selector = {0};
	value_to_text(value_at(args, 0), &selector);
	struct value what = value_take(&selector);
	start_observing(object, what, value_at(args, 1));
	value_unref(what);
	return value_null();
}

static struct value media_method(struct api_object *object, struct str method, struct value args)
{
	bool observes = str_is(method, "observe") && value_has(value_at(args, 1), STR("$fn"));
	if (observes || str_is(method, "disconnect")) {
		disconnect(object); // the latest observe() counts
	}
	if (observes) {
		struct value what = value_is(value_at(args, 0), VALUE_OBJECT) ? value_ref(value_at(args, 0)) : value_object_new(0);
		start_observing(object, what, value_at(args, 1));
		value_unref(what);
	}
	return value_null();
}

static void destroy(struct api_object *object)
{
	struct observer *observer = object->state;
	if (observer->start) {
		observer->start->observer = NULL;
	}
	value_unref(observer->options);
	value_unref(observer->relatives);
	mem_free(observer);
}

/* (component, options), of which either may be left out. */
static void made(struct api_object *object, struct value args)
{
	struct observer *observer = mem_alloc(sizeof(*observer));
	struct value owner = value_at(args, 0), instance = value_get_text(owner, "$instance"), options = value_at(args, 1);
	struct page *top = app_top(object->app);
	observer->page = number_of(instance) ? number_of(instance) : top ? page_id(top) : 0;
	observer->scope = number_of(value_get_text(owner, "$node"));
	options = value_is_nullish(options) && value_is_nullish(instance) ? owner : options;
	observer->options = value_is(options, VALUE_OBJECT) ? value_ref(options) : value_object_new(0);
	observer->relatives = value_array_new(1);
	object->state = observer;
}

const struct api_class api_intersection_observer = {
	"IntersectionObserver", "relativeTo|relativeToViewport|observe|disconnect", intersection_method, destroy,
	"1.9.3|1.9.3|1.9.3|1.9.3",
};

const struct api_class api_media_query_observer = {
	"MediaQueryObserver", "observe|disconnect", media_method, destroy, "2.11.1|2.11.1",
};

const struct api api_observe_rows[] = {
	{"createIntersectionObserver", API_FACTORY, "1.9.3", .doc = "Tells how much of a node lies in a region.",
		.makes = &api_intersection_observer, .made = made},
	{"createMediaQueryObserver", API_FACTORY, "2.11.1", .doc = "Tells when the page's size meets a condition.",
		.makes = &api_media_query_observer, .made = made},
	{0},
};
