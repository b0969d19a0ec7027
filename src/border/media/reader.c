/* A pipeline that decodes as far as it is asked to: source -> decodebin -> RGBA -> appsink. */
#include "border/media/reader.h"

#include "base/mem.h"

#include <gio/gio.h>
#include <gst/app/gstappsink.h>
#include <gst/gst.h>
#include <gst/video/video.h>

#include <math.h>

#define WAIT (10 * GST_SECOND) // for decoders that say nothing
#define PATIENCE (50 * GST_MSECOND)
#define JUMP 2.0               // s: further ahead it is cheaper to seek

struct media_reader {
	GstElement *pipeline, *decode;
	GstAppSink *sink;         // NULL: no video
	struct media_facts facts; // `width` and on are written by the pads' threads, under the lock
	GMutex lock;
	GstSample *shown, *next;  // what was asked for last, and the one after it
	double shown_at, next_at; // s
	bool ended;
	GstVideoFrame mapped;
	bool is_mapped;
};

static const char *media_type(GstCaps *caps)
{
	return caps && gst_caps_get_size(caps) ? gst_structure_get_name(gst_caps_get_structure(caps, 0)) : "";
}

/* Adds a chain of elements to the running pipeline and links the pad to it; gives its last element. NULL: one is missing. */
static GstElement *add_branch(struct media_reader *reader, GstPad *pad, const char *const *names)
{
	GstElement *first = NULL, *last = NULL;
	for (size_t i = 0; names[i]; i++) {
		GstElement *element = gst_element_factory_make(names[i], NULL);
		if (!element) {
			return NULL;
		}
		gst_bin_add(GST_BIN(reader->pipeline), element);
		if (last && !gst_element_link(last, element)) {
			return NULL;
		}
		first = first ? first : element;
		last = element;
	}
	GstPad *entry = gst_element_get_static_pad(first, "sink");
	gst_pad_link(pad, entry);
	gst_object_unref(entry);
	return last;
}

static void start_branch(GstElement *last)
{
	GstPad *pad = gst_element_get_static_pad(last, "sink");
	GstPad *peer = pad ? gst_pad_get_peer(pad) : NULL;
	gst_element_sync_state_with_parent(last);
	if (peer) {
		GstElement *before = gst_pad_get_parent_element(peer);
		if (before && !g_str_has_prefix(GST_OBJECT_NAME(before), "decode")) {
			start_branch(before);
		}
		g_clear_object(&before);
		gst_object_unref(peer);
	}
	g_clear_object(&pad);
}

static void add_video(struct media_reader *reader, GstPad *pad)
{
	static const char *const names[] = {"videoflip", "videoconvert", "appsink", NULL};
	static const char *const plain[] = {"videoconvert", "appsink", NULL};
	GstElementFactory *turns = gst_element_factory_find("videoflip"); // as the file says that it was held
	GstElement *last = add_branch(reader, pad, turns ? names : plain);
	g_clear_object(&turns);
	if (!last) {
		return;
	}
	GstCaps *caps = gst_caps_new_simple("video/x-raw", "format", G_TYPE_STRING, "RGBA", "width", GST_TYPE_INT_RANGE, 1,
		MEDIA_SIDE_MAX, "height", GST_TYPE_INT_RANGE, 1, MEDIA_SIDE_MAX, NULL);
	g_object_set(last, "caps", caps, "sync", FALSE, "max-buffers", 2, NULL);
	gst_caps_unref(caps);
	reader->sink = gst_object_ref(GST_APP_SINK(last));
	reader->facts.video = true;
	start_branch(last);
}

static void on_pad(GstElement *decode, GstPad *pad, gpointer user)
{
	static const char *const quiet[] = {"fakesink", NULL};
	struct media_reader *reader = user;
	GstCaps *caps = gst_pad_get_current_caps(pad);
	const char *type = media_type(caps);
	g_mutex_lock(&reader->lock);
	if (g_str_has_prefix(type, "video/x-raw") && !reader->facts.video) {
		add_video(reader, pad);
	} else if (g_str_has_prefix(type, "audio/x-raw") && !reader->facts.audio) {
		const GstStructure *format = gst_caps_get_structure(caps, 0);
		reader->facts.audio = true;
		gst_structure_get_int(format, "rate", &reader->facts.rate);
		gst_structure_get_int(format, "channels", &reader->facts.channels);
		GstElement *last = add_branch(reader, pad, quiet);
		if (last) {
			g_object_set(last, "sync", FALSE, NULL);
			start_branch(last);
		}
	}
	g_mutex_unlock(&reader->lock);
	g_clear_pointer(&caps, gst_caps_unref);
	UNUSED(decode);
}

static enum media_outcome outcome_of(const GError *error)
{
	if (g_error_matches(error, GST_STREAM_ERROR, GST_STREAM_ERROR_CODEC_NOT_FOUND)
		|| g_error_matches(error, GST_CORE_ERROR, GST_CORE_ERROR_MISSING_PLUGIN)) {
		return MEDIA_UNSUPPORTED;
	}
	bool unknown = g_error_matches(error, GST_STREAM_ERROR, GST_STREAM_ERROR_TYPE_NOT_FOUND)
		|| g_error_matches(error, GST_STREAM_ERROR, GST_STREAM_ERROR_WRONG_TYPE);
	return unknown ? MEDIA_UNKNOWN : MEDIA_BROKEN;
}

static void look_for_task(const GValue *item, gpointer user)
{
	GstPad *pad = g_value_get_object(item);
	bool *works = user;
	GST_OBJECT_LOCK(pad);
	GstTask *task = GST_PAD_TASK(pad);
	*works = *works || (task && gst_task_get_state(task) == GST_TASK_STARTED);
	GST_OBJECT_UNLOCK(pad);
}

static void look_at_pads(const GValue *item, gpointer user)
{
	GstIterator *pads = gst_element_iterate_pads(g_value_get_object(item));
	gst_iterator_foreach(pads, look_for_task, user);
	gst_iterator_free(pads);
}

/* Does any thread of the pipeline still do something? A demuxer that fails at once may do so while decodebin is trying it
 * out, which then keeps the error for itself. */
static bool works(struct media_reader *reader)
{
	bool found = false;
	GstIterator *elements = gst_bin_iterate_recurse(GST_BIN(reader->pipeline));
	bool looked = gst_iterator_foreach(elements, look_at_pads, &found) == GST_ITERATOR_DONE;
	gst_iterator_free(elements);
	return found || !looked;
}

/* Until the pipeline has decoded what lies at the place it was sent to. */
static enum media_outcome settle(struct media_reader *reader)
{
	GstBus *bus = gst_element_get_bus(reader->pipeline);
	GstMessage *message = NULL;
	bool working = true;
	for (GstClockTime waited = 0; !message && working && waited < WAIT; waited += PATIENCE) {
		working = waited == 0 || works(reader); // looked at before the last wait: what it has said by then is there
		message = gst_bus_timed_pop_filtered(bus, PATIENCE, GST_MESSAGE_ASYNC_DONE | GST_MESSAGE_ERROR | GST_MESSAGE_EOS);
	}
	enum media_outcome outcome = message ? MEDIA_OK : MEDIA_BROKEN;
	if (message && GST_MESSAGE_TYPE(message) == GST_MESSAGE_ERROR) {
		GError *error = NULL;
		gst_message_parse_error(message, &error, NULL);
		outcome = outcome_of(error);
		g_clear_error(&error);
	}
	g_clear_pointer(&message, gst_message_unref);
	gst_object_unref(bus);
	return outcome;
}

static struct media_reader *create(struct str bytes)
{
	GError *error = NULL;
	if (!gst_init_check(NULL, NULL, &error)) {
		g_clear_error(&error);
		return NULL;
	}
	struct media_reader *reader = mem_alloc(sizeof(*reader));
	g_mutex_init(&reader->lock);
	reader->pipeline = gst_pipeline_new(NULL);
	GstElement *source = gst_element_factory_make("giostreamsrc", NULL);
	reader->decode = gst_element_factory_make("decodebin", "decode");
	if (!source || !reader->decode) {
		g_clear_object(&source);
		g_clear_object(&reader->decode);
		media_reader_close(reader);
		return NULL;
	}
	GInputStream *stream = g_memory_input_stream_new_from_data(bytes.at, (gssize)bytes.len, NULL);
	g_object_set(source, "stream", stream, NULL);
	g_object_unref(stream);
	gst_bin_add_many(GST_BIN(reader->pipeline), source, reader->decode, NULL);
	gst_element_link(source, reader->decode);
	g_signal_connect(reader->decode, "pad-added", G_CALLBACK(on_pad), reader);
	return reader;
}

static void drop(struct media_reader *reader)
{
	if (reader->is_mapped) {
		gst_video_frame_unmap(&reader->mapped);
		reader->is_mapped = false;
	}
	g_clear_pointer(&reader->shown, gst_sample_unref);
	g_clear_pointer(&reader->next, gst_sample_unref);
}

/* The size to be seen at: pixels that are not square are made wider or narrower. */
static void learn_size(struct media_reader *reader)
{
	GstSample *sample = gst_app_sink_try_pull_preroll(reader->sink, WAIT);
	GstVideoInfo info;
	if (sample && gst_video_info_from_caps(&info, gst_sample_get_caps(sample))) {
		int across = GST_VIDEO_INFO_PAR_N(&info), down = GST_VIDEO_INFO_PAR_D(&info);
		double ratio = across > 0 && down > 0 ? (double)across / down : 1;
		reader->facts.height = GST_VIDEO_INFO_HEIGHT(&info);
		reader->facts.width = (int)lround(fmin(fmax(GST_VIDEO_INFO_WIDTH(&info) * ratio, 1), MEDIA_SIDE_MAX));
	}
	g_clear_pointer(&sample, gst_sample_unref);
}

/* s. Where the file does not say it, everything is decoded once; 0: even that does not tell. */
static double learn_duration(struct media_reader *reader)
{
	gint64 duration = 0, at = 0;
	if (gst_element_query_duration(reader->pipeline, GST_FORMAT_TIME, &duration) && duration > 0) {
		return (double)duration / GST_SECOND;
	}
	GstBus *bus = gst_element_get_bus(reader->pipeline);
	gint64 end = g_get_monotonic_time() + (gint64)WAIT / 1000;
	gst_element_set_state(reader->pipeline, GST_STATE_PLAYING);
	for (bool ended = false; !ended && g_get_monotonic_time() < end;) {
		GstSample *sample = reader->sink ? gst_app_sink_try_pull_sample(reader->sink, WAIT) : NULL;
		g_clear_pointer(&sample, gst_sample_unref);
		GstMessage *message = gst_bus_timed_pop_filtered(bus, sample ? 0 : GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
		ended = message != NULL;
		g_clear_pointer(&message, gst_message_unref);
	}
	if (gst_element_query_duration(reader->pipeline, GST_FORMAT_TIME, &duration) && duration > 0) {
		at = duration;
	} else if (!gst_element_query_position(reader->pipeline, GST_FORMAT_TIME, &at)) {
		at = 0;
	}
	gst_object_unref(bus);
	return (double)at / GST_SECOND;
}

enum media_outcome media_reader_open(struct str bytes, struct media_facts *ret_facts, struct media_reader **ret_reader)
{
	*ret_facts = (struct media_facts){0};
	*ret_reader = NULL;
	if (!bytes.len) {
		return MEDIA_UNKNOWN;
	}
	struct media_reader *reader = create(bytes);
	if (!reader) {
		return MEDIA_UNSUPPORTED;
	}
	gst_element_set_state(reader->pipeline, GST_STATE_PAUSED);
	enum media_outcome outcome = settle(reader);
	if (!outcome && reader->sink) {
		learn_size(reader);
		outcome = reader->facts.width ? MEDIA_OK : MEDIA_BROKEN;
	}
	if (!outcome && !reader->facts.video && !reader->facts.audio) {
		outcome = MEDIA_UNKNOWN;
	}
	if (!outcome) {
		reader->facts.duration = learn_duration(reader);
		outcome = reader->facts.duration > 0 ? MEDIA_OK : MEDIA_BROKEN;
	}
	if (outcome) {
		media_reader_close(reader);
		return outcome;
	}
	*ret_facts = reader->facts;
	*ret_reader = reader;
	return MEDIA_OK;
}

void media_reader_close(struct media_reader *reader)
{
	if (!reader) {
		return;
	}
	gst_element_set_state(reader->pipeline, GST_STATE_NULL);
	drop(reader);
	g_clear_object(&reader->sink);
	gst_object_unref(reader->pipeline);
	g_mutex_clear(&reader->lock);
	mem_free(reader);
}

static double time_of(GstSample *sample)
{
	GstBuffer *buffer = gst_sample_get_buffer(sample);
	GstSegment *segment = gst_sample_get_segment(sample);
	GstClockTime at = buffer ? GST_BUFFER_PTS(buffer) : GST_CLOCK_TIME_NONE;
	guint64 stream = GST_CLOCK_TIME_IS_VALID(at) ? gst_segment_to_stream_time(segment, GST_FORMAT_TIME, at) : GST_CLOCK_TIME_NONE;
	return stream == GST_CLOCK_TIME_NONE ? 0 : (double)stream / GST_SECOND;
}

static bool go_to(struct media_reader *reader, double time)
{
	drop(reader);
	reader->ended = false;
	GstState state = GST_STATE_PAUSED;
	gst_element_set_state(reader->pipeline, state);
	bool gone = gst_element_seek_simple(reader->pipeline, GST_FORMAT_TIME, GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE,
		(gint64)(time * GST_SECOND));
	if (!gone || settle(reader) != MEDIA_OK) {
		reader->ended = true;
		return false;
	}
	gst_element_set_state(reader->pipeline, GST_STATE_PLAYING);
	return true;
}

static void pull(struct media_reader *reader)
{
	GstSample *sample = gst_app_sink_try_pull_sample(reader->sink, WAIT);
	if (!sample) {
		reader->ended = true;
		return;
	}
	if (reader->next) {
		g_clear_pointer(&reader->shown, gst_sample_unref);
		reader->shown = reader->next;
		reader->shown_at = reader->next_at;
	}
	reader->next = sample;
	reader->next_at = time_of(sample);
}

bool media_reader_frame(struct media_reader *reader, double time, struct media_frame *ret_frame)
{
	if (!reader->sink) {
		return false;
	}
	/* The last frame has no end of its own: what lies behind it is it. */
	double last = fmax(0, reader->facts.duration - 0.001);
	time = time > 0 ? fmin(time, last) : 0;
	bool fresh = !reader->shown && !reader->next;
	double newest = reader->next ? reader->next_at : reader->shown_at;
	if (reader->is_mapped) {
		gst_video_frame_unmap(&reader->mapped);
		reader->is_mapped = false;
	}
	if (fresh || (reader->shown && time < reader->shown_at) || (!reader->shown && time < reader->next_at) || time > newest + JUMP) {
		go_to(reader, time);
	}
	while (!reader->ended && (!reader->next || reader->next_at <= time)) {
		pull(reader);
	}
	GstSample *sample = reader->next && (reader->next_at <= time || !reader->shown) ? reader->next : reader->shown;
	GstVideoInfo info;
	if (!sample || !gst_video_info_from_caps(&info, gst_sample_get_caps(sample))
		|| !gst_video_frame_map(&reader->mapped, &info, gst_sample_get_buffer(sample), GST_MAP_READ)) {
		return false;
	}
	reader->is_mapped = true;
	*ret_frame = (struct media_frame){GST_VIDEO_INFO_WIDTH(&info), GST_VIDEO_INFO_HEIGHT(&info),
		GST_VIDEO_FRAME_PLANE_DATA(&reader->mapped, 0)};
	return true;
}
