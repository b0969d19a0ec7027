/* <progress>: a bar, and the share of it that is done. With `active` it grows, `duration` ms for each percent. */
#include "runtime/component/list.h"

static const struct schema attributes[] = {
	{"percent", SCHEMA_NUMBER, .fallback = "0", .doc = "0 to 100"},
	{"show-info", SCHEMA_BOOL, .fallback = "false", .doc = "the percentage stands at the right"},
	{"border-radius", SCHEMA_NUMBER, .fallback = "0", .since = "2.3.1", .doc = "CSS px, or a length"},
	{"font-size", SCHEMA_NUMBER, .fallback = "16", .since = "2.3.1", .doc = "of the percentage"},
	{"stroke-width", SCHEMA_NUMBER, .fallback = "6", .doc = "height of the bar"},
	{"color", SCHEMA_COLOR, .fallback = "\"#09BB07\"", .doc = "of what is done; activeColor wins"},
	{"activeColor", SCHEMA_COLOR, .fallback = "\"#09BB07\""},
	{"backgroundColor", SCHEMA_COLOR, .fallback = "\"#EBEBEB\""},
	{"active", SCHEMA_BOOL, .fallback = "false", .doc = "grows from left to right"},
	{"active-mode", SCHEMA_STRING, .fallback = "\"backwards\"", .choices = "backwards|forwards", .since = "1.7.0",
		.doc = "begins again at 0, or goes on from where it was"},
	{"duration", SCHEMA_NUMBER, .fallback = "30", .since = "2.8.2", .doc = "ms for one percent"},
	{0},
};

struct progress {
	struct node *bar, *inner, *info, *text;
	double target, shown, from; // percent
	double before;              // the last target
	double start;               // of what runs, ms; NAN: with the next frame
	bool running;
};

static void append(struct node *parent, struct node **ret_node, const char *tag)
{
	*ret_node = node_create(parent->tree, NODE_ELEMENT, atom_of(tag));
	node_insert(parent, *ret_node, NULL);
}

static void created(struct component_host *host, struct node *node)
{
	struct progress *progress = mem_alloc(sizeof(*progress));
	node->state_data = progress;
	struct node *root = node_attach_shadow(node);
	append(root, &progress->bar, "mina-progress-bar");
	append(progress->bar, &progress->inner, "mina-progress-inner");
	append(root, &progress->info, "mina-progress-info");
	progress->text = node_create(node->tree, NODE_TEXT, 0);
	node_insert(progress->info, progress->text, NULL);
}

static void destroyed(struct component_host *host, struct node *node)
{
	mem_free(node->state_data);
	node->state_data = NULL;
}

static void take_style(struct node *node, struct strbuf *style)
{
	struct value text = value_take(style);
	node_set_style(node, text);
	value_unref(text);
}

static void add_color(struct strbuf *style, const struct node *node, const char *name, color_t fallback)
{
	color_t color = fallback;
	component_parse_color(component_text(node, name), &color);
	strbuf_printf(style, "background:#%08x;", color);
}

static void show(struct component_host *host, struct node *node)
{
	struct progress *progress = node->state_data;
	struct strbuf style = {0};
	color_t done = 0x09bb07ff;
	component_parse_color(component_text(node, "color"), &done);
	strbuf_printf(&style, "height:%gpx;border-radius:%gpx;", fmax(0, component_length(host, node, "stroke-width", 6)),
		fmax(0, component_length(host, node, "border-radius", 0)));
	add_color(&style, node, "backgroundColor", 0xebebebff);
	take_style(progress->bar, &style);
	strbuf_printf(&style, "width:%g%%;", progress->shown);
	add_color(&style, node, "activeColor", done);
	take_style(progress->inner, &style);
	bool info = component_flag(node, "show-info");
	strbuf_printf(&style, info ? "font-size:%gpx" : "display:none", fmax(0, component_length(host, node, "font-size", 16)));
	take_style(progress->info, &style);
	strbuf_add_number(&style, progress->shown);
	strbuf_add_char(&style, '%');
	struct value text = value_take(&style);
	node_set_text(progress->text, text);
	value_unref(text);
}

static void finish(struct component_host *host, struct node *node)
{
	struct progress *progress = node->state_data;
	progress->running = false;
	progress->shown = progress->target;
	show(host, node);
	struct value detail = value_object_new(1);
	value_object_set_text(&detail, "curPercent", value_number(progress->target));
	host->emit(host, node, "activeend", detail);
}

/* It grows by whole percents. */
static void woken(struct component_host *host, struct node *node, bool settle)
{
	struct progress *progress = node->state_data;
	if (!progress->running) {
		return;
	}
	if (isnan(progress->start)) { // now all attributes are there
		bool forwards = str_is(component_text(node, "active-mode"), "forwards");
		progress->start = host->now;
		progress->from = forwards ? fmin(progress->before, progress->target) : 0;
	}
	double each = fmax(1, component_number(node, "duration", 30));
	double steps = floor((host->now - progress->start) / each), percent = progress->from + steps;
	if (settle || percent >= progress->target) {
		finish(host, node);
		return;
	}
	progress->shown = percent;
	show(host, node);
	host->wake(host, node, progress->start + (steps + 1) * each);
}

static void aim(struct component_host *host, struct node *node)
{
	struct progress *progress = node->state_data;
	progress->before = progress->target;
	progress->target = fmax(0, fmin(component_number(node, "percent", 0), 100));
	progress->running = component_flag(node, "active");
	if (progress->running) {
		progress->start = NAN;
		host->wake(host, node, host->now);
	} else {
		progress->shown = progress->target;
	}
}

static void changed(struct component_host *host, struct node *node, atom_t name)
{
	if (!name || str_is(atom_str(name), "percent") || str_is(atom_str(name), "active")) {
		aim(host, node);
	}
	show(host, node);
}

const struct component component_progress = {
	.tag = "progress",
	.doc = "How far something has come (进度条).",
	.attributes = attributes,
	.events = "activeend",
	.style = "progress { display: flex; align-items: center }\n"
		"mina-progress-bar { display: block; flex: 1; overflow: hidden }\n"
		"mina-progress-inner { display: block; width: 0; height: 100% }\n"
		"mina-progress-info { display: block; min-width: 2em; margin-left: 15px; font-size: 16px }\n",
	.created = created,
	.destroyed = destroyed,
	.changed = changed,
	.woken = woken,
};
