/* <page-meta>: properties of the page that stand in its template: the root font size and a style. */
#include "runtime/component/list.h"

/* The reader's text size as WeUI's values assume it (unsourced). */

static const struct schema attributes[] = {
	{"background-text-style", SCHEMA_STRING, .choices = "dark|light", .since = "2.9.0", .doc = "of what a pull-down uncovers"},
	{"background-color", SCHEMA_COLOR, .since = "2.9.0", .doc = "of the window behind the page"},
	{"background-color-top", SCHEMA_COLOR, .since = "2.9.0"},
	{"background-color-bottom", SCHEMA_COLOR, .since = "2.9.0"},
	{"root-background-color", SCHEMA_COLOR, .since = "2.12.1", .doc = "of the page where its content has none"},
	{"scroll-top", SCHEMA_STRING, .since = "2.9.0", .doc = "px or rpx; acts when it changes"},
	{"scroll-duration", SCHEMA_NUMBER, .fallback = "300", .since = "2.9.0", .doc = "ms"},
	{"page-style", SCHEMA_STRING, .since = "2.9.0", .doc = "style of the page element"},
	{"page-font-size", SCHEMA_STRING, .since = "2.11.0", .doc = "of the page element: \"20px\", or system"},
	{"root-font-size", SCHEMA_STRING, .since = "2.9.0", .doc = "of rem: \"20px\", or system"},
	{0},
};

struct meta {
	struct size viewport; // that was told
	double to;            // where scroll-top goes; NAN: nothing waits
};

static void created(struct component_host *host, struct node *node)
{
	struct meta *meta = mem_alloc(sizeof(*meta));
	*meta = (struct meta){host->viewport, NAN};
	node->state_data = meta;
}

static void destroyed(struct component_host *host, struct node *node)
{
	mem_free(node->state_data);
	node->state_data = NULL;
}

static double font_size(const struct component_host *host, const struct node *node, const char *name)
{
	double px = str_is(component_text(node, name), "system") ? host->system_font_size : component_length(host, node, name, 16);
	return fmax(1, fmin(px, 200));
}

static struct value page_style(const struct component_host *host, const struct node *node)
{
	struct strbuf style = {0};
	struct value size = node_attr_text(node, "page-font-size");
	if (!value_is_nullish(size)) {
		strbuf_printf(&style, "font-size:%gpx;", font_size(host, node, "page-font-size"));
	}
	strbuf_add(&style, component_text(node, "page-style"));
	return value_take(&style);
}

static struct value ground_style(const struct node *node)
{
	struct strbuf style = {0};
	color_t color;
	if (component_parse_color(component_text(node, "root-background-color"), &color)) {
		strbuf_printf(&style, "background-color:#%08x", color);
	}
	return value_take(&style);
}

static void changed(struct component_host *host, struct node *node, atom_t name)
{
	struct meta *meta = node->state_data;
	if (!name || str_is(atom_str(name), "scroll-top")) {
		meta->to = component_length(host, node, "scroll-top", NAN);
		node_mark(node, NODE_DIRTY_LAYOUT);
	}
	bool sized = !value_is_nullish(node_attr_text(node, "root-font-size"));
	struct value style = page_style(host, node), ground = ground_style(node);
	host->page_meta(host, sized ? (float)font_size(host, node, "root-font-size") : 16, style, ground);
	value_unref(style);
	value_unref(ground);
}

static void tell_resize(struct component_host *host, struct node *node)
{
	struct value size = value_object_new(2), detail = value_object_new(1);
	value_object_set_text(&size, "windowWidth", value_number(host->viewport.width));
	value_object_set_text(&size, "windowHeight", value_number(host->viewport.height));
	value_object_set_text(&detail, "size", size);
	host->emit(host, node, "resize", detail);
}

static void laid_out(struct component_host *host, struct node *node)
{
	struct meta *meta = node->state_data;
	if (meta->viewport.width != host->viewport.width || meta->viewport.height != host->viewport.height) {
		meta->viewport = host->viewport;
		tell_resize(host, node);
	}
	if (!isnan(meta->to)) {
		double duration = fmax(0, component_number(node, "scroll-duration", 300));
		host->scroll_page(host, (float)meta->to, duration);
		host->wake(host, node, host->now + duration);
		meta->to = NAN;
	}
}

static void woken(struct component_host *host, struct node *node, bool settle)
{
	host->emit(host, node, "scrolldone", value_object_new(0));
}

static void scrolled(struct component_host *host, struct node *node, struct node *scroller, struct point by)
{
	struct value detail = value_object_new(1);
	value_object_set_text(&detail, "scrollTop", value_number(scroller->scroll.y));
	host->emit(host, node, "scroll", detail);
}

const struct component component_page_meta = {
	.tag = "page-meta",
	.since = "2.9.0",
	.doc = "Properties of the page (页面属性配置节点); the first node of a page.",
	.attributes = attributes,
	.events = "resize|scroll|scrolldone",
	.style = "page-meta { display: none }\n",
	.flags = COMPONENT_PAGE,
	.created = created,
	.destroyed = destroyed,
	.changed = changed,
	.laid_out = laid_out,
	.woken = woken,
	.scrolled = scrolled,
};
