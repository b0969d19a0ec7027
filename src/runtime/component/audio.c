/* <audio>, the component of before 1.6.0: a sound with a card of its own. Its player goes by the view's clock. */
#include "border/media/source.h"
#include "core/media/player.h"
#include "runtime/component/list.h"
#include "runtime/component/pen.h"
#include "runtime/component/screen.h"

#define UNKNOWN_NAME "未知音频"
#define UNKNOWN_AUTHOR "未知作者"
#define EDGE 65.0f // of the poster

static const struct schema attributes[] = {
	{"src", SCHEMA_STRING, .doc = "package path, network address, wxfile: or data: URI"},
	{"loop", SCHEMA_BOOL, .fallback = "false"},
	{"controls", SCHEMA_BOOL, .fallback = "false", .doc = "without them it takes no room"},
	{"poster", SCHEMA_STRING},
	{"name", SCHEMA_STRING, .fallback = "\"" UNKNOWN_NAME "\""},
	{"author", SCHEMA_STRING, .fallback = "\"" UNKNOWN_AUTHOR "\""},
	{0},
};

struct audio {
	struct node *screen;
	struct strbuf url, poster; // resolved
	struct strbuf given;       // by AudioContext.setSrc, instead of the attribute
	struct media_source *source;
	struct player player;
	bool wanted, told, failed;
};

static void repaint(struct component_host *host, struct node *node)
{
	struct audio *audio = node->state_data;
	node_mark(audio->screen, NODE_DIRTY_PAINT);
	host->wake(host, node, player_due(&audio->player));
}

static void play(struct component_host *host, struct node *node)
{
	struct audio *audio = node->state_data;
	audio->wanted = !audio->failed && !audio->player.playing;
	if (audio->wanted && audio->told) {
		audio->wanted = false;
		player_play(&audio->player, host->now);
		host->emit(host, node, "play", value_object_new(0));
	}
	repaint(host, node);
}

static void pause(struct component_host *host, struct node *node)
{
	struct audio *audio = node->state_data;
	audio->wanted = false;
	if (audio->player.playing) {
		player_pause(&audio->player, host->now);
		host->emit(host, node, "pause", value_object_new(0));
	}
	repaint(host, node);
}

/* errMsg is MediaError's code: 2 network, 3 decoding, 4 an unsuitable source. */
static void arrive(struct component_host *host, struct node *node)
{
	struct audio *audio = node->state_data;
	if (!audio->source || audio->told || audio->source->state == MEDIA_WAITING) {
		return;
	}
	audio->told = true;
	if (audio->source->state == MEDIA_READY) {
		player_init(&audio->player, audio->source->facts.duration);
		if (audio->wanted) {
			play(host, node);
		}
		return;
	}
	struct value detail = value_object_new(1);
	int code = audio->source->state == MEDIA_MISSING ? 2 : audio->source->outcome == MEDIA_BROKEN ? 3 : 4;
	audio->failed = true;
	audio->wanted = false;
	value_object_set_text(&detail, "errMsg", value_number(code));
	host->emit(host, node, "error", detail);
}

static void drop(struct audio *audio)
{
	media_source_unref(audio->source);
	audio->source = NULL;
	audio->wanted = audio->told = audio->failed = false;
	player_init(&audio->player, 0);
}

static void resolve(struct component_host *host, struct node *node, struct str src, struct strbuf *out)
{
	strbuf_clear(out);
	if (src.len) {
		host->resolve(host, node, src, out);
	}
}

static void load(struct component_host *host, struct node *node)
{
	struct audio *audio = node->state_data;
	struct strbuf url = {0};
	resolve(host, node, audio->given.len ? strbuf_str(&audio->given) : component_text(node, "src"), &url);
	if (!str_eq(strbuf_str(&url), strbuf_str(&audio->url))) {
		drop(audio);
		audio->source = url.len ? host->media(host, strbuf_str(&url)) : NULL;
	}
	strbuf_finish(&audio->url);
	audio->url = url;
	arrive(host, node);
}

static void created(struct component_host *host, struct node *node)
{
	struct audio *audio = mem_alloc(sizeof(*audio));
	node->state_data = audio;
	audio->screen = screen_create(node);
	player_init(&audio->player, 0);
}

static void destroyed(struct component_host *host, struct node *node)
{
	struct audio *audio = node->state_data;
	drop(audio);
	strbuf_finish(&audio->url);
	strbuf_finish(&audio->poster);
	strbuf_finish(&audio->given);
	mem_free(audio);
	node->state_data = NULL;
}

static void changed(struct component_host *host, struct node *node, atom_t name)
{
	struct audio *audio = node->state_data;
	struct size natural;
	struct value style = component_flag(node, "controls") ? value_undefined() : value_text("display:none");
	node_set_placed_style(node, style);
	value_unref(style);
	if (str_is(atom_str(name), "src")) {
		strbuf_clear(&audio->given);
	}
	resolve(host, node, component_text(node, "poster"), &audio->poster);
	if (audio->poster.len) {
		host->picture(host, strbuf_str(&audio->poster), &natural);
	}
	load(host, node);
	audio->player.loop = component_flag(node, "loop");
	repaint(host, node);
}

static void woken(struct component_host *host, struct node *node, bool settle)
{
	struct audio *audio = node->state_data;
	for (enum player_news news; (news = player_next(&audio->player, host->now)) != PLAYER_NOTHING;) {
		struct value detail = value_object_new(2);
		value_object_set_text(&detail, "currentTime", value_number(round(player_at(&audio->player, host->now) * 1e6) / 1e6));
		value_object_set_text(&detail, "duration", value_number(audio->player.duration));
		host->emit(host, node, "timeupdate", detail);
		if (news == PLAYER_ENDED) {
			host->emit(host, node, "ended", value_object_new(0));
		}
	}
	repaint(host, node);
}

static void tapped(struct component_host *host, struct node *node, const struct component_tap *tap)
{
	struct audio *audio = node->state_data;
	struct point at;
	if (screen_point(audio->screen, tap->page, &at, NULL) && at.x <= EDGE) {
		if (audio->player.playing) {
			pause(host, node);
		} else {
			play(host, node);
		}
	}
}

static bool asked(struct component_host *host, struct node *node, struct str what, struct value with, struct value *ret)
{
	struct audio *audio = node->state_data;
	if (str_is(what, "play")) {
		play(host, node);
	} else if (str_is(what, "pause")) {
		pause(host, node);
	} else if (str_is(what, "seek")) {
		player_seek(&audio->player, value_to_number(value_at(with, 0)), host->now);
		repaint(host, node);
	} else if (str_is(what, "setSrc")) {
		strbuf_clear(&audio->given);
		strbuf_add(&audio->given, value_str(value_at(with, 0)));
		load(host, node);
	} else {
		return false;
	}
	return true;
}

static void draw_button(struct gfx_canvas *canvas, struct point middle, bool playing)
{
	pen_disc(canvas, middle, 12, 0x00000080);
	if (playing) {
		pen_fill(canvas, (struct rect){middle.x - 4.5f, middle.y - 5, 3, 10}, 0xffffffff, 0);
		pen_fill(canvas, (struct rect){middle.x + 1.5f, middle.y - 5, 3, 10}, 0xffffffff, 0);
		return;
	}
	struct point corners[] = {{middle.x - 3.5f, middle.y - 6}, {middle.x + 6, middle.y}, {middle.x - 3.5f, middle.y + 6}};
	pen_polygon(canvas, corners, ARRAY_LEN(corners), 0xffffffff);
}

static void paint(struct component_host *host, const struct node *node, const struct style *style, struct gfx_canvas *canvas,
	struct rect content)
{
	const struct audio *audio = node->state_data;
	struct rect poster = {content.x, content.y, EDGE, EDGE};
	struct str name = component_text(node, "name"), author = component_text(node, "author");
	struct strbuf time = {0};
	struct size natural;
	pen_fill(canvas, content, 0xfcfcfcff, 0);
	pen_fill(canvas, poster, 0xe6e6e6ff, 0);
	if (audio->poster.len && host->picture(host, strbuf_str(&audio->poster), &natural) > 0) {
		host->draw_picture(host, canvas, strbuf_str(&audio->poster), poster);
	}
	draw_button(canvas, (struct point){poster.x + EDGE / 2, poster.y + EDGE / 2}, audio->player.playing);
	pen_time(player_at(&audio->player, host->now), &time);
	float left = rect_right(poster) + 10, right = rect_right(content) - 10, width = pen_text_width(host, strbuf_str(&time), 12);
	pen_text(host, canvas, strbuf_str(&time), 12, 0x888888ff, (struct point){right, content.y + 24}, PEN_RIGHT, 0);
	pen_text(host, canvas, name.len && !str_is(name, UNKNOWN_NAME) ? name : host_word(HOST_WORD_UNKNOWN_SOUND, host->english), 14, 0x353535ff, (struct point){left, content.y + 24}, PEN_LEFT,
		float_max(right - left - width - 10, 1));
	pen_text(host, canvas, author.len && !str_is(author, UNKNOWN_AUTHOR) ? author : host_word(HOST_WORD_UNKNOWN_AUTHOR, host->english), 12, 0x888888ff, (struct point){left, content.y + 47}, PEN_LEFT,
		float_max(right - left, 1));
	strbuf_finish(&time);
}

static uint32_t looks(struct component_host *host, const struct node *node)
{
	const struct audio *audio = node->state_data;
	struct size natural;
	uint32_t hash = str_hash(strbuf_str(&audio->poster)) * 31 + str_hash(component_text(node, "name"));
	hash = hash * 31 + str_hash(component_text(node, "author"));
	hash = hash * 31 + (uint32_t)player_at(&audio->player, host->now) * 2 + audio->player.playing;
	return hash * 4 + (uint32_t)(audio->poster.len ? host->picture(host, strbuf_str(&audio->poster), &natural) + 1 : 3);
}

const struct component component_audio = {
	.tag = "audio",
	.doc = "A sound (音频); no longer cared for since 1.6.0, wx.createInnerAudioContext is.",
	.attributes = attributes,
	.events = "error|play|pause|timeupdate|ended",
	.style = "audio { display: inline-block; position: relative; width: 302px; height: 65px; overflow: hidden; border: 1px solid #e0e0e0;"
		" border-radius: 2.5px; line-height: 0 }\n",
	.flags = COMPONENT_LOADS,
	.created = created,
	.destroyed = destroyed,
	.changed = changed,
	.paint = paint,
	.looks = looks,
	.tapped = tapped,
	.woken = woken,
	.asked = asked,
};
