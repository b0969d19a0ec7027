/* What the files of <video> share. Nobody else includes this. */
#ifndef MINA_COMPONENT_VIDEO_H
#define MINA_COMPONENT_VIDEO_H

#include "base/vec.h"
#include "border/media/source.h"
#include "core/media/player.h"
#include "runtime/component/component.h"

#define VIDEO_BAR_HEIGHT 44.0f
#define VIDEO_DANMU_MAX 1000 // lines at once, and in the list

struct danmu { // a bullet comment (弹幕)
	struct strbuf text;
	color_t color;
	double time;  // s in the video; NAN: a script has sent it
	double start; // ms: when it came in from the right
	float width;
	int lane;     // -1: there is no room for it
};

enum video_hold { // what a finger does
	VIDEO_HOLD_NOTHING,
	VIDEO_HOLD_WAITS,      // it has gone down on the picture
	VIDEO_HOLD_BALL,       // drags the progress
	VIDEO_HOLD_PROGRESS,   // slides over the picture
	VIDEO_HOLD_VOLUME,
	VIDEO_HOLD_BRIGHTNESS,
};

struct video {
	struct node *screen;
	struct strbuf url, poster;  // resolved
	struct media_source *source;
	struct media_reader *reader;
	struct gfx_surface *picture; // the frame shown last
	double picture_at;           // s, NAN: none
	struct player player;
	bool wanted;   // to play as soon as the file is there
	bool started;  // the poster has gone
	bool told;     // loadedmetadata or error
	bool failed;
	bool bar;      // the controls are on the picture
	double bar_until, tapped_at; // ms
	bool muted, danmu_on, locked;
	bool ready;    // its first attributes have been read
	bool hidden, in_background;
	bool full;
	int direction; // of the full screen, degrees
	enum video_hold hold;
	double hold_from, hold_to; // s, or 0 to 1
	double passed; // s: comments before have come
	double volume, brightness;
	VEC(struct danmu) danmu;   // of the list, in their order
	VEC(struct danmu) flying;
};

/* Parts of the controls, in the screen's coordinates; what is not there is empty. */
struct video_layout {
	struct rect bar, play, elapsed, track, total, danmu, mute, full;
	struct rect centre, back, title, lock;
	bool cover; // before the start: poster, with the big button
};

/* video.c */
void video_play(struct component_host *host, struct node *node);
void video_pause(struct component_host *host, struct node *node);
void video_seek(struct component_host *host, struct node *node, double to);
void video_set_full(struct component_host *host, struct node *node, bool on, struct value direction);
struct value video_full_style(int direction); // new: across the whole screen, turned by 0, 90 or -90 degrees
void video_repaint(struct component_host *host, struct node *node); // and asks to be woken for what comes next
bool video_flag(const struct node *node, const char *name, bool fallback); // an attribute that may be absent
/* s. What the attribute says, else the file; 0: not known yet */
double video_duration(const struct node *node);

/* video_bar.c: the controls. */
void video_layout(const struct component_host *host, const struct node *node, struct video_layout *ret);
void video_paint_bar(struct component_host *host, const struct node *node, struct gfx_canvas *canvas, struct size size);
void video_show_bar(struct component_host *host, struct node *node, bool on);

/* video_danmu.c */
void video_danmu_load(struct node *node); // the danmu-list
void video_danmu_pass(struct component_host *host, struct node *node, double from, double to); // s
void video_danmu_send(struct component_host *host, struct node *node, struct str text, struct value color, double time);
bool video_danmu_move(struct component_host *host, struct node *node); // false: nothing flies
void video_danmu_paint(struct component_host *host, const struct node *node, struct gfx_canvas *canvas, struct size size);
void video_danmu_finish(struct video *video);

/* video_touch.c */
void video_tapped(struct component_host *host, struct node *node, const struct component_tap *tap);
bool video_touched(struct component_host *host, struct node *node, const struct component_touch *touch);

#endif
