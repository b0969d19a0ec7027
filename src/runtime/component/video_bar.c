/* The controls of a video: what is where, and what it looks like. */
#include "runtime/component/pen.h"
#include "runtime/component/screen.h"
#include "runtime/component/video.h"

#define BAR_SHOWN 5000.0 // ms
#define WHITE 0xffffffffu
#define GREY 0xcbcbcbffu
#define GREEN 0x48c23dff

/* Takes a part off the left or the right of what is left of the bar. */
static struct rect take(struct rect *rest, float width, bool right)
{
	width = float_min(width, rest->width);
	struct rect part = {right ? rect_right(*rest) - width : rest->x, rest->y, width, rest->height};
	rest->x += right ? 0 : width;
	rest->width -= width;
	return part;
}

static bool button_in_middle(const struct node *node)
{
	return str_is(component_text(node, "play-btn-position"), "center");
}

/* Where and whether the big button stands: over the poster, and with play-btn-position="center" instead of the one in the bar. */
static bool has_centre(const struct node *node, bool cover)
{
	const struct video *video = node->state_data;
	return (cover || video->player.ended) ? video_flag(node, "show-center-play-btn", true)
		: button_in_middle(node) && video->bar && video_flag(node, "show-play-btn", true);
}

static void lay_bar(const struct component_host *host, const struct node *node, struct rect bar, struct video_layout *ret)
{
	struct rect rest = rect_inset(bar, (struct insets){0, 16, 0, 16});
	struct strbuf total = {0};
	ret->bar = bar;
	if (video_flag(node, "show-play-btn", true) && !button_in_middle(node)) {
		ret->play = take(&rest, 30, false);
	}
	if (video_flag(node, "show-fullscreen-btn", true)) {
		ret->full = take(&rest, 34, true);
	}
	if (video_flag(node, "show-mute-btn", false)) {
		ret->mute = take(&rest, 34, true);
	}
	if (video_flag(node, "enable-danmu", false) && video_flag(node, "danmu-btn", false)) {
		ret->danmu = pen_middle(take(&rest, 65, true), 48, 20);
	}
	bool wide = bar.width > 240; // documented: an absent show-progress shows it from 240 px on
	if (video_flag(node, "show-progress", wide)) {
		pen_time(video_duration(node), &total);
		float width = pen_text_width(host, strbuf_str(&total), 12);
		strbuf_finish(&total);
		ret->elapsed = take(&rest, width, false);
		ret->total = take(&rest, width, true);
		ret->track = rect_inset(rest, (struct insets){0, 12, 0, 12});
	}
}

void video_layout(const struct component_host *host, const struct node *node, struct video_layout *ret)
{
	const struct video *video = node->state_data;
	struct size size = screen_size(video->screen);
	struct rect all = {0, 0, size.width, size.height};
	bool controls = video_flag(node, "controls", true);
	*ret = (struct video_layout){.cover = !video->started};
	if (!controls) {
		return;
	}
	if (has_centre(node, ret->cover)) {
		ret->centre = pen_middle(all, 60, 60);
	}
	bool covered = ret->cover && !rect_empty(ret->centre) && !video->full; // the big button comes instead of the bar
	if (video->bar && !covered && !video->locked) {
		lay_bar(host, node, (struct rect){0, size.height - VIDEO_BAR_HEIGHT, size.width, VIDEO_BAR_HEIGHT}, ret);
		ret->back = video->full ? (struct rect){0, 0, VIDEO_BAR_HEIGHT, VIDEO_BAR_HEIGHT} : (struct rect){0};
		bool titled = video->full && component_text(node, "title").len > 0;
		ret->title = titled ? (struct rect){ret->back.width + 12, 0, float_max(size.width - ret->back.width - 24, 0), VIDEO_BAR_HEIGHT}
			: (struct rect){0};
	}
	if (video->bar && video->full && video_flag(node, "show-screen-lock-button", false)) {
		ret->lock = (struct rect){8, size.height / 2 - 20, 40, 40};
	}
}

void video_show_bar(struct component_host *host, struct node *node, bool on)
{
	struct video *video = node->state_data;
	bool before = video->bar;
	video->bar = on;
	video->bar_until = host->now + BAR_SHOWN;
	if (before != on) {
		struct value detail = value_object_new(1);
		value_object_set_text(&detail, "show", value_bool(on));
		host->emit(host, node, "controlstoggle", detail);
	}
}

static void draw_play(struct gfx_canvas *canvas, struct rect at, float size, bool playing)
{
	struct rect box = pen_middle(at, size * .86f, size);
	if (playing) {
		pen_fill(canvas, (struct rect){box.x, box.y, box.width * .3f, box.height}, WHITE, 0);
		pen_fill(canvas, (struct rect){box.x + box.width * .7f, box.y, box.width * .3f, box.height}, WHITE, 0);
		return;
	}
	struct point corners[] = {{box.x, box.y}, {rect_right(box), box.y + box.height / 2}, {box.x, rect_bottom(box)}};
	pen_polygon(canvas, corners, 3, WHITE);
}

static void draw_corners(struct gfx_canvas *canvas, struct rect at, bool full)
{
	struct rect box = pen_middle(at, 16, 16);
	for (int i = 0; i < 4; i++) {
		float x = i & 1 ? rect_right(box) : box.x, y = i & 2 ? rect_bottom(box) : box.y;
		float dx = i & 1 ? -5 : 5, dy = i & 2 ? -5 : 5;
		struct point out[] = {{x + dx, y}, {x, y}, {x, y + dy}};
		struct point in[] = {{x, y + dy}, {x + dx, y + dy}, {x + dx, y}};
		pen_lines(canvas, full ? in : out, 3, 2, WHITE);
	}
}

static void draw_speaker(struct gfx_canvas *canvas, struct rect at, bool muted)
{
	struct rect box = pen_middle(at, 16, 16);
	struct point body[] = {{box.x, box.y + 5}, {box.x + 4, box.y + 5}, {box.x + 9, box.y + 1}, {box.x + 9, box.y + 15},
		{box.x + 4, box.y + 11}, {box.x, box.y + 11}};
	pen_polygon(canvas, body, ARRAY_LEN(body), WHITE);
	if (muted) {
		pen_lines(canvas, (struct point[]){{box.x + 11, box.y + 5}, {box.x + 16, box.y + 11}}, 2, 1.5f, WHITE);
		pen_lines(canvas, (struct point[]){{box.x + 16, box.y + 5}, {box.x + 11, box.y + 11}}, 2, 1.5f, WHITE);
		return;
	}
	gfx_canvas_begin(canvas);
	gfx_canvas_arc(canvas, box.x + 9, box.y + 8, 5, -.8f, .8f, false);
	gfx_canvas_set_line(canvas, 1.5f, GFX_CAP_BUTT, GFX_JOIN_MITER, 10);
	gfx_canvas_stroke(canvas);
}

static void draw_lock(struct gfx_canvas *canvas, struct rect at, bool locked)
{
	struct rect box = pen_middle(at, 14, 11);
	pen_fill(canvas, pen_middle(at, 36, 36), 0x00000080, 18);
	pen_fill(canvas, (struct rect){box.x, box.y + 3, box.width, box.height}, WHITE, 2);
	gfx_canvas_begin(canvas);
	gfx_canvas_arc(canvas, box.x + (locked ? 7 : 12), box.y + 3, 4, 3.1415927f, 6.2831853f, false);
	gfx_canvas_set_line(canvas, 2, GFX_CAP_BUTT, GFX_JOIN_MITER, 10);
	gfx_canvas_stroke(canvas);
}

/* What is played of a track 2 px high. */
static void draw_track(struct gfx_canvas *canvas, struct rect track, double share, bool buffered, bool ball)
{
	struct rect line = {track.x, track.y + track.height / 2 - 1, track.width, 2};
	share = share > 0 ? fmin(share, 1) : 0;
	pen_fill(canvas, line, buffered ? 0xffffff99 : 0xffffff66, 1);
	line.width = track.width * (float)share;
	pen_fill(canvas, line, WHITE, 1);
	if (ball) {
		pen_disc(canvas, (struct point){rect_right(line), track.y + track.height / 2}, 8, WHITE);
	}
}

static void draw_label(struct component_host *host, struct gfx_canvas *canvas, struct rect at, double seconds, color_t color)
{
	struct strbuf text = {0};
	pen_time(seconds, &text);
	struct point middle = {at.x + at.width / 2, at.y + at.height / 2};
	pen_text(host, canvas, strbuf_str(&text), 12, color, middle, PEN_CENTER, 0);
	strbuf_finish(&text);
}

static void draw_danmu_button(struct component_host *host, struct gfx_canvas *canvas, struct rect at, bool on)
{
	color_t color = on ? GREEN : WHITE;
	struct rounded shape = {at, {5, 5, 5, 5}, {5, 5, 5, 5}};
	gfx_canvas_set_color(canvas, color);
	gfx_canvas_set_line(canvas, 1, GFX_CAP_BUTT, GFX_JOIN_MITER, 10);
	gfx_canvas_begin(canvas);
	gfx_canvas_rounded(canvas, &shape);
	gfx_canvas_stroke(canvas);
	pen_text(host, canvas, host_word(HOST_WORD_DANMU, host->english), 13, color, (struct point){at.x + at.width / 2, at.y + at.height / 2}, PEN_CENTER, 0);
}

static void draw_bar(struct component_host *host, const struct node *node, struct gfx_canvas *canvas, const struct video_layout *lay,
	double at)
{
	const struct video *video = node->state_data;
	double duration = video_duration(node);
	pen_fill(canvas, lay->bar, 0x00000080, 0);
	if (!rect_empty(lay->play)) {
		draw_play(canvas, (struct rect){lay->play.x, lay->play.y, 13, lay->play.height}, 15, video->player.playing);
	}
	if (!rect_empty(lay->track)) {
		draw_label(host, canvas, lay->elapsed, at, GREY);
		draw_label(host, canvas, lay->total, duration, GREY);
		draw_track(canvas, lay->track, duration > 0 ? at / duration : 0, video->source && video->source->state == MEDIA_READY, true);
	}
	if (!rect_empty(lay->danmu)) {
		draw_danmu_button(host, canvas, lay->danmu, video->danmu_on);
	}
	if (!rect_empty(lay->mute)) {
		draw_speaker(canvas, lay->mute, video->muted);
	}
	if (!rect_empty(lay->full)) {
		draw_corners(canvas, lay->full, video->full);
	}
}

/* What a sliding finger changes, in the middle of the picture. */
static void draw_hint(struct component_host *host, const struct node *node, struct gfx_canvas *canvas, struct rect all)
{
	const struct video *video = node->state_data;
	struct strbuf text = {0};
	if (video->hold == VIDEO_HOLD_PROGRESS) {
		pen_time(video->hold_to, &text);
		strbuf_add_text(&text, " / ");
		pen_time(video_duration(node), &text);
	} else if (video->hold == VIDEO_HOLD_VOLUME || video->hold == VIDEO_HOLD_BRIGHTNESS) {
		struct str what = host_word(video->hold == VIDEO_HOLD_VOLUME ? HOST_WORD_VOLUME : HOST_WORD_BRIGHTNESS, host->english);
		strbuf_printf(&text, STR_FMT " %d%%", STR_ARG(what), (int)lround(video->hold_to * 100));
	}
	if (text.len) {
		struct rect box = pen_middle(all, pen_text_width(host, strbuf_str(&text), 14) + 24, 36);
		pen_fill(canvas, box, 0x000000b3, 5);
		pen_text(host, canvas, strbuf_str(&text), 14, WHITE, (struct point){box.x + box.width / 2, box.y + 18}, PEN_CENTER, 0);
	}
	strbuf_finish(&text);
}

static void draw_top(struct component_host *host, const struct node *node, struct gfx_canvas *canvas, const struct video_layout *lay)
{
	if (!rect_empty(lay->back) || !rect_empty(lay->title)) {
		pen_fill(canvas, (struct rect){0, 0, lay->bar.width, VIDEO_BAR_HEIGHT}, 0x00000080, 0);
	}
	if (!rect_empty(lay->back)) {
		float y = VIDEO_BAR_HEIGHT / 2;
		pen_lines(canvas, (struct point[]){{27, y - 8}, {19, y}, {27, y + 8}}, 3, 2, WHITE);
	}
	if (!rect_empty(lay->title)) {
		pen_text(host, canvas, component_text(node, "title"), 16, WHITE, (struct point){lay->title.x, VIDEO_BAR_HEIGHT / 2}, PEN_LEFT,
			lay->title.width);
	}
}

void video_paint_bar(struct component_host *host, const struct node *node, struct gfx_canvas *canvas, struct size size)
{
	const struct video *video = node->state_data;
	struct rect all = {0, 0, size.width, size.height};
	struct video_layout lay;
	video_layout(host, node, &lay);
	double at = video->hold == VIDEO_HOLD_BALL || video->hold == VIDEO_HOLD_PROGRESS ? video->hold_to : player_at(&video->player, host->now);
	draw_top(host, node, canvas, &lay);
	if (!rect_empty(lay.bar)) {
		draw_bar(host, node, canvas, &lay, at);
	} else if (video->started && !video->failed && video_flag(node, "controls", true) && video_flag(node, "show-bottom-progress", true)) {
		double duration = video_duration(node);
		draw_track(canvas, (struct rect){0, size.height - 2, size.width, 2}, duration > 0 ? at / duration : 0, false, false);
	}
	if (!rect_empty(lay.centre)) {
		if (lay.cover) {
			pen_fill(canvas, all, 0x00000033, 0);
		}
		pen_disc(canvas, (struct point){size.width / 2, size.height / 2}, 30, 0x00000080);
		struct rect mark = rect_move(lay.centre, video->player.playing ? 0 : 3, 0);
		draw_play(canvas, mark, 26, video->player.playing);
		if (lay.cover && video_duration(node) > 0) {
			draw_label(host, canvas, (struct rect){0, rect_bottom(lay.centre) + 2, size.width, 20}, video_duration(node), WHITE);
		}
	}
	if (!rect_empty(lay.lock)) {
		draw_lock(canvas, lay.lock, video->locked);
	}
	draw_hint(host, node, canvas, all);
}
