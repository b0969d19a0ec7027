/* Bullet comments (弹幕) over a video: each flies from the right edge to the left in the lane that is free first. */
#include "runtime/component/pen.h"
#include "runtime/component/screen.h"
#include "runtime/component/video.h"

#define FLIGHT 5000.0 // ms over the whole width
#define LANE 22.0f
#define SIZE 16.0f
#define TOP 14.0f     // px that stay free, as below for the bar

static void finish(struct danmu *danmu)
{
	strbuf_finish(&danmu->text);
}

void video_danmu_finish(struct video *video)
{
	for (size_t i = 0; i < video->danmu.len; i++) {
		finish(&video->danmu.at[i]);
	}
	for (size_t i = 0; i < video->flying.len; i++) {
		finish(&video->flying.at[i]);
	}
	vec_finish(&video->danmu);
	vec_finish(&video->flying);
}

static struct danmu make(struct str text, struct value color, double time)
{
	struct danmu danmu = {.time = time, .color = 0xffffffff};
	strbuf_add(&danmu.text, str_slice(text, 0, size_min(text.len, 1000)));
	if (!str_utf8_valid(strbuf_str(&danmu.text))) { // cut inside of a character
		while (danmu.text.len && !str_utf8_valid(strbuf_str(&danmu.text))) {
			danmu.text.at[--danmu.text.len] = 0;
		}
	}
	component_parse_color(value_str(color), &danmu.color);
	return danmu;
}

void video_danmu_load(struct node *node)
{
	struct video *video = node->state_data;
	for (size_t i = 0; i < video->danmu.len; i++) {
		finish(&video->danmu.at[i]);
	}
	vec_clear(&video->danmu);
	struct value list = node_attr_text(node, "danmu-list");
	for (size_t i = 0; i < value_len(list) && i < VIDEO_DANMU_MAX; i++) {
		struct value item = value_at(list, i);
		struct str text = value_str(value_get_text(item, "text"));
		if (text.len) {
			vec_push(&video->danmu, make(text, value_get_text(item, "color"), value_to_number(value_get_text(item, "time"))));
		}
	}
}

/* px from the left edge of the screen */
static float left_of(const struct danmu *danmu, double now, float width)
{
	return width - (float)((now - danmu->start) / FLIGHT) * (width + danmu->width);
}

/* The first lane whose last comment has come in whole; -1: all are full. */
static int free_lane(const struct video *video, double now, struct size size)
{
	int lanes = int_max(1, (int)((size.height - TOP - VIDEO_BAR_HEIGHT) / LANE));
	for (int lane = 0; lane < lanes; lane++) {
		bool used = false;
		for (size_t i = 0; i < video->flying.len; i++) {
			const struct danmu *other = &video->flying.at[i];
			used = used || (other->lane == lane && left_of(other, now, size.width) + other->width + 8 > size.width);
		}
		if (!used) {
			return lane;
		}
	}
	return -1;
}

void video_danmu_send(struct component_host *host, struct node *node, struct str text, struct value color, double time)
{
	struct video *video = node->state_data;
	if (!text.len || video->flying.len >= VIDEO_DANMU_MAX || !video->danmu_on) {
		return;
	}
	struct danmu danmu = make(text, color, time);
	danmu.start = host->now;
	danmu.width = pen_text_width(host, strbuf_str(&danmu.text), SIZE);
	danmu.lane = free_lane(video, host->now, screen_size(video->screen));
	if (danmu.lane < 0) {
		finish(&danmu);
		return;
	}
	vec_push(&video->flying, danmu);
}

void video_danmu_pass(struct component_host *host, struct node *node, double from, double to)
{
	struct video *video = node->state_data;
	for (size_t i = 0; i < video->danmu.len; i++) {
		struct danmu *danmu = &video->danmu.at[i];
		if (danmu->time >= from && danmu->time < to) {
			struct danmu *flyer;
			size_t before = video->flying.len;
			video_danmu_send(host, node, strbuf_str(&danmu->text), value_undefined(), danmu->time);
			if (video->flying.len > before) {
				flyer = &video->flying.at[before];
				flyer->color = danmu->color;
			}
		}
	}
}

bool video_danmu_move(struct component_host *host, struct node *node)
{
	struct video *video = node->state_data;
	for (size_t i = video->flying.len; i > 0; i--) {
		struct danmu *danmu = &video->flying.at[i - 1];
		if (host->now - danmu->start >= FLIGHT || !video->danmu_on) {
			finish(danmu);
			vec_remove(&video->flying, i - 1);
		}
	}
	return video->flying.len > 0;
}

void video_danmu_paint(struct component_host *host, const struct node *node, struct gfx_canvas *canvas, struct size size)
{
	const struct video *video = node->state_data;
	for (size_t i = 0; i < video->flying.len; i++) {
		const struct danmu *danmu = &video->flying.at[i];
		struct point at = {left_of(danmu, host->now, size.width), TOP + LANE * ((float)danmu->lane + .5f)};
		pen_text(host, canvas, strbuf_str(&danmu->text), SIZE, 0x00000099, (struct point){at.x + 1, at.y + 1}, PEN_LEFT, 0);
		pen_text(host, canvas, strbuf_str(&danmu->text), SIZE, danmu->color, at, PEN_LEFT, 0);
	}
}
