/* Built-in components (内置组件): one file each, whose row stands at its top. A component gives a
 * tag its attributes, default style, inner tree and behaviour; what is only looks is WXSS in the
 * row. To add one: write the file, add its row to the list in registry.c.
 *
 * A component never sees the page's script: it emits events and intents through `struct
 * component_host`, which the view implements. Its own state is node->state_data: allocated by
 * `created`, freed by `destroyed`. Elements inside a component have tags that begin with "mina-":
 * no program names those, and "wx-view" in WXSS means view. */
#ifndef MINA_COMPONENT_COMPONENT_H
#define MINA_COMPONENT_COMPONENT_H

#include "border/gfx/canvas.h"
#include "core/layout/box.h"
#include "core/tree/node.h"
#include "core/value/schema.h"
#include "host/words.h"

struct component_host;
struct gfx_drawing;  // border/gfx/drawing.h
struct gfx_fonts;
struct media_source; // border/media/source.h

enum component_flags {
	COMPONENT_REPLACED = 1 << 0, // paints itself; children generate no boxes
	COMPONENT_HOVER = 1 << 1,    // has hover-class; hover_* give its defaults
	COMPONENT_CONTROL = 1 << 3,  // a label's tap goes to it
	COMPONENT_MUTE = 1 << 4,     // while disabled its own handlers hear no tap
	COMPONENT_PAGE = 1 << 9,     // a child of the page element: scrolled() tells of the page itself
	COMPONENT_LOADS = 1 << 6,    // changed(0) is called when a picture or a media file has come
	COMPONENT_TAPS = 1 << 5,     // a label's tap is a tap event of it, too
	COMPONENT_OWN_TAPS = 1 << 7, // a finger's tap on its insides is no event: tapped() makes what there is to tell
	COMPONENT_POINTS = 1 << 8,   // touches on it say where in it they are: x, y
};

/* What the touch machinery tells the component under the finger. */
struct component_tap {
	struct point page; // page coordinates, CSS px
	const struct node *target; // what the finger was on; NULL: no finger was
};

/* A finger, for components that follow one (swiper, slider, movable-view). */
enum component_touch_phase {
	COMPONENT_TOUCH_START,  // to every component around the target, from within: true takes the finger at once
	COMPONENT_TOUCH_PAN,    // it has gone too far for a tap, `by` is the whole way; from within, until one says true or something scrolls
	COMPONENT_TOUCH_MOVE,   // to whoever has it, and after each step to the component whose inner box it scrolls
	COMPONENT_TOUCH_END,    // to the same; true: what was scrolled does not glide on
	COMPONENT_TOUCH_CANCEL, // to whoever has it when it is taken away; and at its end to all others that heard of its start
};
struct component_touch {
	enum component_touch_phase phase;
	int id;
	struct point start, at; // viewport coordinates, CSS px
	struct point by;        // since the last one
	struct point velocity;  // of END: CSS px per ms
};

struct component {
	const char *tag;
	const char *since;             // base library version, NULL: always
	const char *doc;               // one sentence
	const struct schema *attributes;
	const char *events;            // "load|error": those it emits itself
	const char *style;             // default WXSS
	const char *style_v2;          // in addition for app.json "style": "v2"
	unsigned flags;
	const char *hover_class;       // default, NULL: none
	int hover_start_ms, hover_stay_ms;
	/* Any of these may be NULL. `created`: before attributes; may build an inner tree by
	 * node_attach_shadow(). `changed`: after the first attributes (name 0), then for each that
	 * changed. */
	void (*created)(struct component_host *host, struct node *node);
	void (*destroyed)(struct component_host *host, struct node *node);
	void (*changed)(struct component_host *host, struct node *node, atom_t name);
	void (*intrinsic)(struct component_host *host, const struct node *node, struct intrinsic *ret);
	void (*paint)(struct component_host *host, const struct node *node, const struct style *style,
		struct gfx_canvas *canvas, struct rect content);
	uint32_t (*looks)(struct component_host *host, const struct node *node); // hash of what paint reads
	void (*tapped)(struct component_host *host, struct node *node, const struct component_tap *tap);
	bool (*touched)(struct component_host *host, struct node *node, const struct component_touch *touch);
	/* The time that wake() named has come. `settle`: no later frame will show the rest of what moves, jump to its end. */
	void (*woken)(struct component_host *host, struct node *node, bool settle);
	void (*laid_out)(struct component_host *host, struct node *node); // after each layout that touched it
	void (*scrolled)(struct component_host *host, struct node *node, struct node *scroller, struct point by);
	/* Keyboard: the whole new text, cursor in UTF-16 units; `confirm` for the confirm key. */
	void (*typed)(struct component_host *host, struct node *node, struct str text, int cursor);
	void (*confirmed)(struct component_host *host, struct node *node);
	void (*focused)(struct component_host *host, struct node *node, bool on);
	/* What the keyboard has to know of it (host/ui.h, showKeyboard); new. */
	struct value (*keyboard)(struct component_host *host, const struct node *node);
	/* How far the page has to go up when the keyboard covers so much of its lower end, CSS px. */
	float (*lift)(struct component_host *host, const struct node *node, float covered);
	/* What a text that stands in it shows instead. False: the text itself. */
	bool (*rewrite)(const struct node *node, struct str text, struct strbuf *out);
	/* Something that a script asks of it: a context (wx.createVideoContext), automation. Lent; false: it does not know that. */
	bool (*asked)(struct component_host *host, struct node *node, struct str what, struct value with, struct value *ret);
	/* The bitmap that scripts draw on (canvas); lent. */
	struct gfx_drawing *(*drawing)(struct component_host *host, struct node *node);
	/* In a form (表单): what the control is worth, new; and emptied, as WeChat's reset does: not back to its attributes. */
	struct value (*value)(struct component_host *host, const struct node *node);
	void (*reset)(struct component_host *host, struct node *node);
	void (*shown)(struct component_host *host, struct node *node, bool on); // the page comes to be seen, or goes
	/* What became of an intent that asks the host for something. Lent. */
	void (*answered)(struct component_host *host, struct node *node, struct value answer);
};

/* What the view does for components. */
struct component_host {
	/* An event of the component: does not bubble. detail is consumed. */
	void (*emit)(struct component_host *host, struct node *node, const char *event, struct value detail);
	/* The same for events of old that say more beside detail (markertap: markerId): `more`, an object, is consumed; `said` is what
	 * handlers are told as its type (NULL: event). */
	void (*emit_as)(struct component_host *host, struct node *node, const char *event, const char *said, struct value detail,
		struct value more);
	/* A tap event at the node, as if the finger had been there: bubbles. */
	void (*tap)(struct component_host *host, struct node *node, const struct component_tap *tap);
	/* What events say of a node: {id, offsetLeft, offsetTop, dataset}. New. */
	struct value (*target)(struct component_host *host, struct node *node);
	/* A property of a custom component. Lent; undefined when it has none of that name. */
	struct value (*property)(struct component_host *host, const struct node *node, const char *name);
	/* Something that the app or the host has to do: "navigate" {url, openType, delta}. Consumes data. */
	void (*intent)(struct component_host *host, struct node *node, const char *kind, struct value data);
	/* The package path or URL that `src` names, as seen from the file whose template has the node. */
	void (*resolve)(struct component_host *host, const struct node *node, struct str src, struct strbuf *out);
	/* Natural size of a picture: 1 known, 0 on its way (the component's changed(0) is called when it is there), -1 cannot be had. */
	int (*picture)(struct component_host *host, struct str url, struct size *ret_size);
	/* A media file, a new reference: when it is still waiting, changed(0) is called once it is not (COMPONENT_LOADS). Never NULL. */
	struct media_source *(*media)(struct component_host *host, struct str url);
	void (*draw_picture)(struct component_host *host, struct gfx_canvas *canvas, struct str url, struct rect target);
	void (*focus)(struct component_host *host, struct node *node); // NULL node: blur
	/* Scrolls node so that its offset is `to`, clamped; animated over 300 ms when asked. */
	void (*scroll)(struct component_host *host, struct node *scroller, struct point to, bool animated);
	/* Lets it glide on from that speed (CSS px per ms, as offsets grow). */
	void (*fling)(struct component_host *host, struct node *scroller, struct point velocity);
	/* Calls the component's woken() once, at the first frame not before `at` (ms, as `now`); INFINITY takes that back. */
	void (*wake)(struct component_host *host, struct node *node, double at);
	/* While on, the way back asks it "back" instead of leaving the page. */
	void (*take_back)(struct component_host *host, struct node *node, bool on);
	/* rem in CSS px, the page element's style and the colour behind it (strings, lent). */
	void (*page_meta)(struct component_host *host, float root_font_size, struct value style, struct value ground);
	void (*scroll_page)(struct component_host *host, float top, double duration);
	struct text_shaper shaper;
	struct gfx_fonts *fonts; // for bitmaps; NULL: there are none
	float dpr;
	struct size viewport; // CSS px
	float keyboard;        // how much of its lower end the keyboard covers now, CSS px
	float keyboard_height; // how high it is when it is there
	double now;  // ms, host clock
	double wall; // what makes of it ms since 1970 in local time
	bool english;           // the language of what is drawn beside the page's own texts (host/words.h)
	float system_font_size; // CSS px: what the person has set
	struct str map_tiles; // address of a map's tiles with {x}, {y}, {z}; empty: there are none
};

/* NULL: no such built-in. */
const struct component *component_find(atom_t tag);
const struct component *component_at(size_t index); // all rows in order; NULL past the end
/* Names of built-ins that exist in WeChat but not here yet. */
bool component_is_planned(struct str tag);
/* The default sheet of all components, v2 looks in addition when asked. */
void component_default_style(bool v2, struct strbuf *out);

/* Any colour of CSS but currentColor: "#fff", "red", "rgba(0, 0, 0, .5)". False leaves *ret_color. */
bool component_parse_color(struct str text, color_t *ret_color);
/* Attributes by the row's types: numbers from "12", booleans as WXML has them (any text is true). */
bool component_flag(const struct node *node, const char *name);
double component_number(const struct node *node, const char *name, double fallback);
struct str component_text(const struct node *node, const char *name); // lent; "" when absent or no string
/* "12", 12, "12px", "24rpx" in CSS px. */
double component_length(const struct component_host *host, const struct node *node, const char *name, double fallback);

#endif
