/* <channel-live> and <channel-video>: what WeChat Channels (视频号) shows; no such server is here, and they say so. */
#include "runtime/component/list.h"
#include "runtime/component/placeholder.h"

#define NOT_HERE (-1)

static const struct schema live_attributes[] = {
	{"feed-id", SCHEMA_STRING, .doc = "of the live broadcast"},
	{"finder-user-name", SCHEMA_STRING, .doc = "whose channel"},
	{0},
};

static const struct schema video_attributes[] = {
	{"feed-id", SCHEMA_STRING, .doc = "of the video"},
	{"feed-token", SCHEMA_STRING, .since = "2.31.1"},
	{"finder-user-name", SCHEMA_STRING, .doc = "whose channel"},
	{"autoplay", SCHEMA_BOOL, .fallback = "false"},
	{"loop", SCHEMA_BOOL, .fallback = "false"},
	{"muted", SCHEMA_BOOL, .fallback = "false"},
	{"object-fit", SCHEMA_STRING, .fallback = "\"contain\"", .choices = "fill|contain|cover"},
	{0},
};

static void live_created(struct component_host *host, struct node *node)
{
	placeholder_create(node, host_word(HOST_WORD_CHANNEL_LIVE, host->english));
}

static void video_created(struct component_host *host, struct node *node)
{
	placeholder_create(node, host_word(HOST_WORD_CHANNEL_VIDEO, host->english));
}

static void changed(struct component_host *host, struct node *node, atom_t name)
{
	if (!name || str_is(atom_str(name), "feed-id")) {
		host->emit(host, node, "error", placeholder_error(NOT_HERE, "there are no Channels on this host"));
	}
}

const struct component component_channel_live = {
	.tag = "channel-live",
	.since = "2.15.0",
	.doc = "A live broadcast of Channels (视频号直播).",
	.attributes = live_attributes,
	.events = "error",
	.style = "channel-live, channel-video { display: inline-block; width: 300px; height: 225px }\n"
		"channel-live mina-placeholder, channel-video mina-placeholder { height: 100% }\n",
	.created = live_created,
	.changed = changed,
};

const struct component component_channel_video = {
	.tag = "channel-video",
	.since = "2.25.1",
	.doc = "A video of Channels (视频号视频).",
	.attributes = video_attributes,
	.events = "error",
	.created = video_created,
	.changed = changed,
};
