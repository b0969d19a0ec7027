/* What a view does for its components: events, intents, pictures, focus. */
#include "runtime/view/inside.h"

#include "border/media/source.h"

static struct view *view_of(struct component_host *host)
{
	return CONTAINER_OF(host, struct view, host);
}

/* model:value="{{path}}" (双向绑定): what the person changed is written back, before any handler hears of it. */
static void write_models(struct view *view, const struct node *node, const char *type, struct value detail)
{
	bool changes = str_is(str_of(type), "input") || str_is(str_of(type), "change");
	for (size_t i = 0; changes && i < node->attrs.len; i++) {
		struct str name = atom_str(node->attrs.at[i].name);
		if (str_starts(name, STR("model:"))) {
			bool current = str_is(name, "model:current");
			struct view_call call = {.kind = VIEW_MODEL, .instance = view_owner(node), .handler = value_ref(node->attrs.at[i].value),
				.data = value_ref(value_get_text(detail, current ? "current" : "value")), .node = node->id};
			view_push_call(view, &call);
		}
	}
}

static void emit(struct component_host *host, struct node *node, const char *type, struct value detail)
{
	struct view_event event = {.type = type, .detail = detail};
	write_models(view_of(host), node, type, detail);
	view_dispatch(view_of(host), node, &event);
}

static void emit_as(struct component_host *host, struct node *node, const char *type, const char *said, struct value detail,
	struct value more)
{
	struct view_event event = {.type = type, .detail = detail, .said = said, .more = more};
	view_dispatch(view_of(host), node, &event);
	value_unref(more);
}

static void tap(struct component_host *host, struct node *node, const struct component_tap *at)
{
	view_touch_tap(view_of(host), node, at->page);
}

static struct value target(struct component_host *host, struct node *node)
{
	return view_target(view_of(host), node->id);
}

static struct value property(struct component_host *host, const struct node *node, const char *name)
{
	const struct view_config *config = &view_of(host)->config;
	return node->instance && config->property ? config->property(config->user, node, name) : value_undefined();
}

static void intent(struct component_host *host, struct node *node, const char *kind, struct value data)
{
	struct view_call call = {.kind = VIEW_INTENT, .name = kind, .data = data, .node = node->id};
	view_push_call(view_of(host), &call);
}

/* "a/b.png" in pages/x/x.wxml is pages/x/a/b.png; "/a.png" is a.png. Addresses with a scheme stay. */
static void resolve(struct component_host *host, const struct node *node, struct str src, struct strbuf *out)
{
	struct view *view = view_of(host);
	size_t colon = str_find_char(src, ':'), slash = str_find_char(src, '/');
	if (str_starts(src, STR("//"))) {
		strbuf_add_text(out, "https:");
		strbuf_add(out, src);
		return;
	}
	if (colon != SIZE_MAX && (slash == SIZE_MAX || colon < slash)) {
		strbuf_add(out, src);
		return;
	}
	struct strbuf joined = {0};
	if (src.len && src.at[0] != '/') {
		size_t end = str_rfind_char(view->config.path, '/');
		strbuf_add(&joined, str_slice(view->config.path, 0, end == SIZE_MAX ? 0 : end + 1));
	}
	strbuf_add(&joined, src);
	struct str rest = strbuf_str(&joined), piece;
	while (str_split(&rest, '/', &piece)) {
		if (!piece.len || str_is(piece, ".")) {
			continue;
		}
		if (str_is(piece, "..")) {
			size_t end = str_rfind_char(strbuf_str(out), '/');
			out->len = end == SIZE_MAX ? 0 : end;
			if (out->at) {
				out->at[out->len] = 0;
			}
			continue;
		}
		if (out->len) {
			strbuf_add_char(out, '/');
		}
		strbuf_add(out, piece);
	}
	strbuf_finish(&joined);
}

static int picture(struct component_host *host, struct str url, struct size *ret_size)
{
	struct gfx_image *image = NULL;
	int known = gfx_image_cache_get(view_of(host)->config.images, url, &image);
	if (known > 0) {
		*ret_size = gfx_image_size(image);
	}
	return known;
}

static struct media_source *media(struct component_host *host, struct str url)
{
	const struct view_config *config = &view_of(host)->config;
	if (config->media) {
		return config->media(config->user, url);
	}
	struct media_source *source = media_source_create(url);
	media_source_supply(source, NULL);
	return source;
}

static void draw_picture(struct component_host *host, struct gfx_canvas *canvas, struct str url, struct rect target)
{
	struct gfx_image *image = NULL;
	if (gfx_image_cache_get(view_of(host)->config.images, url, &image) > 0) {
		gfx_canvas_image(canvas, image, (struct rect){0}, target);
	}
}

/* :focus-within looks from the ancestors. */
static void set_focus(struct view *view, struct node *node, bool on)
{
	unsigned marks = NODE_DIRTY_STYLE | (cascade_state_reaches(view->cascade, NODE_FOCUS) ? (unsigned)NODE_DIRTY_SUBTREE_STYLE : 0);
	node_set_state(node, NODE_FOCUS, on);
	if (cascade_demands(view->cascade) & CASCADE_FOCUS_WITHIN) {
		for (struct node *up = node; up; up = node_flat_parent(up)) {
			node_mark(up, marks);
		}
	}
}

static void focus(struct component_host *host, struct node *node)
{
	struct view *view = view_of(host);
	struct node *before = view_focused(view);
	if (before == node) {
		return;
	}
	view->focus = node ? node->id : 0;
	if (before) {
		set_focus(view, before, false);
		if (before->component->focused) {
			before->component->focused(host, before, false);
		}
	}
	view->typing = node ? node->id : view->typing;
	view->lift_due = true;
	struct value data = value_undefined();
	if (node) {
		set_focus(view, node, true);
		if (node->component->focused) {
			node->component->focused(host, node, true);
		}
		data = node->component->keyboard ? node->component->keyboard(host, node) : data;
	}
	data = value_is(data, VALUE_OBJECT) ? data : value_object_new(1);
	value_object_set_text(&data, "open", value_bool(node != NULL));
	struct view_call call = {.kind = VIEW_INTENT, .name = "keyboard", .data = data, .node = node ? node->id : 0};
	view_push_call(view, &call);
}

static void scroll(struct component_host *host, struct node *scroller, struct point to, bool animated)
{
	struct view *view = view_of(host);
	if (!animated) {
		view_scroll_node(view, scroller, to);
		return;
	}
	struct glide glide = {scroller->id, scroller->scroll, to, view->now, 300, false};
	vec_push(&view->glides, glide);
	view_ask_frame(view);
}

static void fling(struct component_host *host, struct node *scroller, struct point velocity)
{
	view_scroll_fling(view_of(host), scroller, velocity);
}

static void wake(struct component_host *host, struct node *node, double at)
{
	struct view *view = view_of(host);
	for (size_t i = view->wakes.len; i > 0; i--) {
		if (view->wakes.at[i - 1].node == node->id) {
			vec_remove(&view->wakes, i - 1);
		}
	}
	if (at < INFINITY) {
		struct wake entry = {node->id, at};
		vec_push(&view->wakes, entry);
		view_ask_frame(view);
	}
}

static void take_back(struct component_host *host, struct node *node, bool on)
{
	struct view *view = view_of(host);
	for (size_t i = view->backs.len; i > 0; i--) {
		if (view->backs.at[i - 1] == node->id) {
			vec_remove(&view->backs, i - 1);
		}
	}
	if (on) {
		vec_push(&view->backs, node->id);
	}
}

bool view_take_back(struct view *view)
{
	struct value ignored = value_undefined();
	bool taken = false;
	while (view->backs.len && !taken) {
		slot_id node = vec_last(&view->backs);
		view->backs.len--;
		taken = view_ask(view, node, STR("back"), value_undefined(), &ignored);
		value_unref(ignored);
	}
	return taken;
}

static void scroll_page(struct component_host *host, float top, double duration)
{
	struct view *view = view_of(host);
	view_scroll_to(view, top, duration, view->now);
}

static void page_meta(struct component_host *host, float root_font_size, struct value style, struct value ground)
{
	struct view *view = view_of(host);
	if (view->config.env.root_font_size != root_font_size) {
		view_set_root_font_size(view, root_font_size);
	}
	node_set_style(view->tree.root, style);
	node_set_hint_style(view->tree.root, ground);
}

void view_component_init(struct view *view)
{
	view->host = (struct component_host){
		.emit = emit,
		.emit_as = emit_as,
		.tap = tap,
		.target = target,
		.property = property,
		.intent = intent,
		.resolve = resolve,
		.picture = picture,
		.draw_picture = draw_picture,
		.media = media,
		.focus = focus,
		.scroll = scroll,
		.fling = fling,
		.wake = wake,
		.take_back = take_back,
		.page_meta = page_meta,
		.scroll_page = scroll_page,
		.shaper = view->config.shaper,
		.fonts = view->config.fonts,
		.dpr = view->config.env.dpr,
		.wall = view->config.wall,
		.viewport = {view->config.env.width, view->config.env.height},
		.keyboard_height = view->config.keyboard_height,
		.english = view->config.english,
		.system_font_size = view->config.system_font_size,
		.map_tiles = view->config.map_tiles,
	};
}

void view_component_created(struct view *view, struct node *node)
{
	node->component = node->kind == NODE_ELEMENT ? component_find(node->tag) : NULL;
	if (node->component && node->component->created) {
		node->component->created(&view->host, node);
	}
	if (node->component && node->component->laid_out) {
		vec_push(&view->scrollers, node->id);
	}
}

void view_component_free(struct view *view, struct node *node)
{
	if (view->focus == node->id) {
		view->focus = 0;
	}
	if (node->component && node->component->destroyed && node->state_data) {
		node->component->destroyed(&view->host, node);
	}
	node->component = NULL;
}

void view_component_laid_out(struct view *view)
{
	for (size_t i = view->scrollers.len; i > 0; i--) {
		struct node *node = view_node(view, view->scrollers.at[i - 1]);
		if (!node) {
			vec_remove(&view->scrollers, i - 1);
		} else if (node->component) {
			node->component->laid_out(&view->host, node);
		}
	}
}

/* Those whose time has come; to settle, all of them. What a component asks for meanwhile is for the next frame. */
void view_component_wake(struct view *view, bool settle)
{
	VEC(slot_id) due = {0};
	for (size_t i = 0; i < view->wakes.len;) {
		if (settle || view->wakes.at[i].at <= view->now) {
			vec_push(&due, view->wakes.at[i].node);
			vec_remove(&view->wakes, i);
		} else {
			i++;
		}
	}
	for (size_t i = 0; i < due.len; i++) {
		struct node *node = view_node(view, due.at[i]);
		if (node && node->component && node->component->woken) {
			node->component->woken(&view->host, node, settle);
		}
	}
	vec_finish(&due);
}

double view_component_due(const struct view *view)
{
	double due = INFINITY;
	for (size_t i = 0; i < view->wakes.len; i++) {
		due = fmin(due, fmax(view->wakes.at[i].at, view->now + 1000.0 / 60));
	}
	return due;
}

/* Every <image> and every background that shows the url looks again. */
static void tell_picture(struct view *view, struct node *node)
{
	if (node->component && (node->component->flags & (COMPONENT_REPLACED | COMPONENT_LOADS)) && node->component->changed) {
		node->component->changed(&view->host, node, 0);
	}
	if (node->style && node->style->background_count) {
		node_mark(node, NODE_DIRTY_PAINT);
	}
	for (struct node *child = node_flat_first(node); child; child = node_flat_next(child)) {
		tell_picture(view, child);
	}
}

void view_picture_ready(struct view *view, struct str url)
{
	UNUSED(url);
	tell_picture(view, view->tree.root);
}

static void tell_shown(struct view *view, struct node *node, bool on)
{
	if (node->component && node->component->shown) {
		node->component->shown(&view->host, node, on);
	}
	for (struct node *child = node_flat_first(node); child; child = node_flat_next(child)) {
		tell_shown(view, child, on);
	}
}

void view_show(struct view *view, bool on)
{
	tell_shown(view, view->tree.root, on);
}

void view_answer(struct view *view, slot_id node, struct value answer)
{
	struct node *found = view_node(view, node);
	if (found && found->component && found->component->answered) {
		found->component->answered(&view->host, found, answer);
	}
}

bool view_ask(struct view *view, slot_id node, struct str what, struct value with, struct value *ret)
{
	struct node *found = view_node(view, node);
	*ret = value_undefined();
	return found && found->component && found->component->asked && found->component->asked(&view->host, found, what, with, ret);
}

bool view_worth(struct view *view, slot_id node, struct value *ret)
{
	struct node *found = view_node(view, node);
	bool can = found && found->component && found->component->value;
	if (can) {
		*ret = found->component->value(&view->host, found);
	}
	return can;
}
