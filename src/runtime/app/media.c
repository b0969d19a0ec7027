/* Media files by address: from the package, the program's own files, or the network. One fetch for all that want the same. */
#include "runtime/app/inside.h"

#include "border/media/source.h"

/* What nobody else holds any more. */
static void forget_unused(struct app *app)
{
	for (size_t i = app->media.len; i > 0; i--) {
		struct media_source *source = app->media.at[i - 1];
		if (source->refs == 1 && source->state != MEDIA_WAITING) {
			media_source_unref(source);
			vec_remove(&app->media, i - 1);
		}
	}
}

static void tell(struct app *app, struct media_source *source)
{
	struct str url = strbuf_str(&source->url);
	for (size_t i = 0; !app->ending && i < app->pages.len; i++) {
		view_tick(app->pages.at[i]->view, host_monotonic(app->host));
		view_picture_ready(app->pages.at[i]->view, url);
		page_drain(app->pages.at[i]);
	}
	if (!app->ending && app->api.media_ready) {
		app->api.media_ready(app->api.user, source);
	}
	app_want_frame(app);
}

void app_media_arrived(struct app *app, struct str url, const struct str *bytes)
{
	for (size_t i = 0; i < app->media.len; i++) {
		struct media_source *source = app->media.at[i];
		if (source->state == MEDIA_WAITING && str_eq(strbuf_str(&source->url), url)) {
			struct strbuf copy = {0};
			strbuf_add(&copy, bytes ? *bytes : (struct str){0});
			media_source_supply(source, bytes ? &copy : NULL);
			tell(app, media_source_ref(source));
			media_source_unref(source);
			return;
		}
	}
}

/* 1: there; -1: cannot be had; 0: on its way. */
static int load(struct app *app, struct str url, struct strbuf *ret_bytes)
{
	if (str_starts(url, STR("data:"))) {
		return gfx_data_url_decode(url, ret_bytes) ? 1 : -1;
	}
	int near = app_load_near(app, url, ret_bytes);
	return near ? near : app_load_media(app, url) ? 0 : -1;
}

/* On a later turn than it was asked for, so that the first frame does not wait for decoders; one file a turn. */
static void read(struct host_timer *timer)
{
	struct app *app = CONTAINER_OF(timer, struct app, media_timer);
	for (size_t i = 0; i < app->media.len; i++) {
		struct media_source *source = app->media.at[i];
		if (source->state != MEDIA_WAITING || source->asked) {
			continue;
		}
		struct strbuf bytes = {0};
		source->asked = true;
		int found = load(app, strbuf_str(&source->url), &bytes);
		host_timer_start(app->host, timer, 0);
		if (found) {
			media_source_supply(source, found > 0 ? &bytes : NULL);
			tell(app, media_source_ref(source));
			media_source_unref(source);
		}
		strbuf_finish(&bytes);
		return;
	}
}

struct media_source *app_media(struct app *app, struct str url)
{
	forget_unused(app);
	for (size_t i = 0; i < app->media.len; i++) {
		if (str_eq(strbuf_str(&app->media.at[i]->url), url)) {
			return media_source_ref(app->media.at[i]);
		}
	}
	struct media_source *source = media_source_create(url);
	vec_push(&app->media, source);
	app->media_timer.fire = read;
	if (!host_timer_armed(&app->media_timer)) {
		host_timer_start(app->host, &app->media_timer, 0);
	}
	return media_source_ref(source);
}

void app_media_stop(struct app *app)
{
	host_timer_stop(app->host, &app->media_timer);
	for (size_t i = 0; i < app->media.len; i++) {
		media_source_unref(app->media.at[i]);
	}
	vec_finish(&app->media);
}
