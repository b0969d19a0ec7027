/* Contexts of the media components: what a script asks of a <video>, <audio> and their kin by its id. */
#include "runtime/api/api.h"

struct media_context {
	slot_id page, scope;
	struct strbuf ident; // empty: the page's only one
	const char *tag;
};

static struct value nothing(void)
{
	return value_object_new(0);
}

/* The component that the context stands for, now; it may come later than the context. */
static slot_id find_node(const struct api_object *object, struct page **ret_page)
{
	const struct media_context *context = object->state;
	*ret_page = app_page_by_id(object->app, context->page);
	return *ret_page ? view_find(page_view(*ret_page), context->scope, context->tag, strbuf_str(&context->ident)) : 0;
}

bool api_media_ask(struct api_object *object, struct str method, struct value args, struct value *ret)
{
	struct page *page;
	slot_id node = find_node(object, &page);
	*ret = value_undefined();
	if (!node) {
		return false;
	}
	view_tick(page_view(page), host_monotonic(app_host(object->app)));
	return view_ask(page_view(page), node, method, args, ret);
}

static struct value method(struct api_object *object, struct str name, struct value args)
{
	struct value result;
	api_media_ask(object, name, args, &result);
	value_unref(result);
	return nothing();
}

static void destroy(struct api_object *object)
{
	struct media_context *context = object->state;
	strbuf_finish(&context->ident);
	mem_free(context);
}

static slot_id id_of(struct value number)
{
	return value_is(number, VALUE_NUMBER) && number.number >= 1 && number.number <= UINT32_MAX ? (slot_id)number.number : 0;
}

/* (id, component) or, of what a page has only one of, (component). */
static void make(struct api_object *object, struct value ident, struct value component, const char *tag)
{
	struct media_context *context = mem_alloc(sizeof(*context));
	struct page *top = app_top(object->app);
	slot_id page = id_of(value_get_text(component, "$instance"));
	*context = (struct media_context){page ? page : top ? page_id(top) : 0, id_of(value_get_text(component, "$node")), {0}, tag};
	if (value_is(ident, VALUE_STRING) || value_is(ident, VALUE_NUMBER)) {
		value_to_text(ident, &context->ident);
	}
	object->state = context;
}

static void made_video(struct api_object *object, struct value args)
{
	make(object, value_at(args, 0), value_at(args, 1), "video");
}

const struct api_class api_video_context = {
	"VideoContext",
	"play|pause|stop|seek|sendDanmu|playbackRate|requestFullScreen|exitFullScreen|showStatusBar|hideStatusBar|exitPictureInPicture"
	"|requestBackgroundPlayback|exitBackgroundPlayback",
	method, destroy, "|||||1.4.0|1.4.0|1.4.0|2.1.0|2.1.0|2.11.0|2.14.3|2.14.3",
};

static void made_audio(struct api_object *object, struct value args)
{
	make(object, value_at(args, 0), value_at(args, 1), "audio");
}

const struct api_class api_audio_context = {"AudioContext", "setSrc|play|pause|seek", method, destroy};

/* A page has one: (component). */
static void made_camera(struct api_object *object, struct value args)
{
	make(object, value_undefined(), value_at(args, 0), "camera");
}

static struct value no_method(struct api_object *object, struct str name, struct value args)
{
	return nothing();
}

const struct api_class api_camera_context = {"CameraContext", NULL, no_method, destroy, .calls = api_camera_calls};

static void made_live_player(struct api_object *object, struct value args)
{
	make(object, value_at(args, 0), value_at(args, 1), "live-player");
}

/* A page has one: (component). */
static void made_live_pusher(struct api_object *object, struct value args)
{
	make(object, value_undefined(), value_at(args, 0), "live-pusher");
}

const struct api_class api_live_player_context = {"LivePlayerContext", NULL, no_method, destroy, .calls = api_live_player_calls};
const struct api_class api_live_pusher_context = {"LivePusherContext", NULL, no_method, destroy, .calls = api_live_pusher_calls};

const struct api api_media_rows[] = {
	{"createVideoContext", API_FACTORY, NULL, .doc = "Plays the <video> with an id.", .makes = &api_video_context, .made = made_video},
	{"createAudioContext", API_FACTORY, NULL, .doc = "Plays the <audio> with an id.", .makes = &api_audio_context, .made = made_audio},
	{"createCameraContext", API_FACTORY, "1.6.0", .doc = "Asks the page's <camera>.", .makes = &api_camera_context, .made = made_camera},
	{"createLivePlayerContext", API_FACTORY, "1.7.0", .doc = "Plays the <live-player> with an id.", .makes = &api_live_player_context,
		.made = made_live_player},
	{"createLivePusherContext", API_FACTORY, "1.7.0", .doc = "Steers the page's <live-pusher>.", .makes = &api_live_pusher_context,
		.made = made_live_pusher},
	{0},
};
