/* Fingers on a video: its buttons, the progress, and slides over the picture. */
#include "runtime/component/screen.h"
#include "runtime/component/video.h"

#define DOUBLE_TAP 300.0 // ms

static bool hit(struct rect part, struct point at)
{
	return !rect_empty(part) && rect_contains(rect_inset(part, (struct insets){-6, -4, -6, -4}), at);
}

static void toggle_play(struct component_host *host, struct node *node)
{
	const struct video *video = node->state_data;
	if (video->player.playing || video->wanted) {
		video_pause(host, node);
	} else {
		video_play(host, node);
	}
}

/* A button at that point; false: there is none. */
static bool press(struct component_host *host, struct node *node, const struct video_layout *lay, struct point at)
{
	struct video *video = node->state_data;
	if (hit(lay->lock, at)) {
		video->locked = !video->locked;
	} else if (hit(lay->centre, at) || hit(lay->play, at)) {
		toggle_play(host, node);
	} else if (hit(lay->full, at)) {
		video_set_full(host, node, !video->full, node_attr_text(node, "direction"));
	} else if (hit(lay->back, at)) {
		video_set_full(host, node, false, value_undefined());
	} else if (hit(lay->mute, at)) {
		video->muted = !video->muted;
	} else if (hit(lay->danmu, at)) {
		video->danmu_on = !video->danmu_on;
	} else {
		return false;
	}
	video->bar_until = fmax(video->bar_until, host->now + 5000);
	return true;
}

void video_tapped(struct component_host *host, struct node *node, const struct component_tap *tap)
{
	struct video *video = node->state_data;
	struct video_layout lay;
	struct point at;
	if (!screen_point(video->screen, tap->page, &at, NULL) || (tap->target && tap->target != video->screen && tap->target != node)) {
		return;
	}
	video_layout(host, node, &lay);
	if (!press(host, node, &lay, at) && !hit(lay.bar, at)) {
		bool twice = host->now - video->tapped_at <= DOUBLE_TAP;
		video->tapped_at = twice ? -INFINITY : host->now;
		if (twice && video_flag(node, "enable-play-gesture", false) && !video->locked) {
			toggle_play(host, node);
		} else if (video->started && video_flag(node, "controls", true)) {
			video_show_bar(host, node, !video->bar);
		}
	}
	video_repaint(host, node);
}

static double share_of(struct rect track, float x)
{
	return track.width > 0 ? fmin(fmax((x - track.x) / track.width, 0), 1) : 0;
}

static bool vertical_allowed(const struct node *node)
{
	const struct video *video = node->state_data;
	return video->full ? video_flag(node, "vslide-gesture-in-fullscreen", true)
		: video_flag(node, "vslide-gesture", false) || video_flag(node, "page-gesture", false);
}

/* Which slide it is, decided when the finger has gone too far for a tap. `by` is in the screen's own directions. */
static bool begin_slide(struct component_host *host, struct node *node, struct point at, struct point by)
{
	struct video *video = node->state_data;
	bool sideways = fabsf(by.x) > fabsf(by.y);
	if (!video->started || video->locked || video->hold != VIDEO_HOLD_WAITS) {
		return false;
	}
	if (sideways && video_flag(node, "enable-progress-gesture", true) && video_duration(node) > 0) {
		video->hold = VIDEO_HOLD_PROGRESS;
		video->hold_from = video->hold_to = player_at(&video->player, host->now);
		return true;
	}
	if (!sideways && vertical_allowed(node)) {
		bool right = at.x > screen_size(video->screen).width / 2;
		video->hold = right ? VIDEO_HOLD_VOLUME : VIDEO_HOLD_BRIGHTNESS;
		video->hold_from = video->hold_to = right ? video->volume : video->brightness;
		return true;
	}
	video->hold = VIDEO_HOLD_NOTHING;
	return false;
}

static void slide(struct node *node, struct rect track, struct point start, struct point at)
{
	struct video *video = node->state_data;
	struct size size = screen_size(video->screen);
	double duration = video_duration(node);
	switch (video->hold) {
	case VIDEO_HOLD_BALL:
		video->hold_to = share_of(track, at.x) * duration;
		break;
	case VIDEO_HOLD_PROGRESS: // the whole width is the whole video, at most 3 minutes
		video->hold_to = fmin(fmax(video->hold_from + (at.x - start.x) / float_max(size.width, 1) * fmin(duration, 180), 0), duration);
		break;
	case VIDEO_HOLD_VOLUME:
	case VIDEO_HOLD_BRIGHTNESS:
		video->hold_to = fmin(fmax(video->hold_from - (at.y - start.y) / float_max(size.height, 1), 0), 1);
		break;
	default:
		break;
	}
}

static void let_go(struct component_host *host, struct node *node, bool taken_away)
{
	struct video *video = node->state_data;
	enum video_hold hold = video->hold;
	video->hold = VIDEO_HOLD_NOTHING;
	if (taken_away) {
		return;
	}
	if (hold == VIDEO_HOLD_BALL || hold == VIDEO_HOLD_PROGRESS) {
		video_seek(host, node, video->hold_to);
	} else if (hold == VIDEO_HOLD_VOLUME) {
		video->volume = video->hold_to;
	} else if (hold == VIDEO_HOLD_BRIGHTNESS) {
		video->brightness = video->hold_to;
	}
}

bool video_touched(struct component_host *host, struct node *node, const struct component_touch *touch)
{
	struct video *video = node->state_data;
	struct video_layout lay;
	struct point start, at;
	float scroll = node->tree->root->scroll.y; // from the viewport to the page
	if (!screen_point(video->screen, (struct point){touch->start.x, touch->start.y + scroll}, &start, NULL)
		|| !screen_point(video->screen, (struct point){touch->at.x, touch->at.y + scroll}, &at, NULL)) {
		return false;
	}
	bool took = false;
	video_layout(host, node, &lay);
	switch (touch->phase) {
	case COMPONENT_TOUCH_START:
		took = hit(lay.track, at) && video->started && !video->locked;
		video->hold = took ? VIDEO_HOLD_BALL : VIDEO_HOLD_WAITS;
		slide(node, lay.track, start, at);
		break;
	case COMPONENT_TOUCH_PAN:
		took = begin_slide(host, node, start, (struct point){at.x - start.x, at.y - start.y});
		break;
	case COMPONENT_TOUCH_MOVE:
		slide(node, lay.track, start, at);
		break;
	case COMPONENT_TOUCH_END:
	case COMPONENT_TOUCH_CANCEL:
		let_go(host, node, touch->phase == COMPONENT_TOUCH_CANCEL);
		break;
	}
	if (video->hold == VIDEO_HOLD_BALL) {
		video->bar_until = host->now + 5000;
	}
	video_repaint(host, node);
	return took;
}
