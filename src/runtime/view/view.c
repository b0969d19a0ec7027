/* One page's view: puts tree, template, cascade, layout and components together, frame by frame. */
#include "runtime/view/inside.h"

static void on_free(void *user, struct node *node)
{
	struct view *view = user;
	if (node->scripted && view->config.forget) {
		view->config.forget(view->config.user, node);
	}
	view_motion_forget(view, node->id);
	view_touch_forget(view, node->id);
	view_component_free(view, node);
	if (view->layout) {
		layout_forget(view->layout, node);
	}
	style_unref(node->style);
	style_unref(node->before_style);
	style_unref(node->after_style);
	node->style = node->before_style = node->after_style = NULL;
}

void view_ask_frame(struct view *view)
{
	if (!view->frame_asked) {
		view->frame_asked = true;
		if (view->config.wants_frame) {
			view->config.wants_frame(view->config.user);
		}
	}
}

static bool reaches(void *user, atom_t name, unsigned state)
{
	struct view *view = user;
	return (name && cascade_name_reaches(view->cascade, name)) || (state && cascade_state_reaches(view->cascade, state));
}

static void on_dirty(void *user)
{
	view_ask_frame(user);
}

void view_element_created(struct view *view, struct node *node, struct sheet_scope *scope)
{
	node->scope = scope;
	view_component_created(view, node);
}

void view_element_ready(struct view *view, struct node *node)
{
	view_play_attribute(view, node);
	if (node->component && node->component->changed) {
		node->component->changed(&view->host, node, 0);
	}
}

void view_element_changed(struct view *view, struct node *node, atom_t name)
{
	if (str_is(atom_str(name), "animation")) {
		view_play_attribute(view, node);
	}
	if (node->component && node->component->changed) {
		node->component->changed(&view->host, node, name);
	}
}

static bool replaced(void *user, const struct node *node, struct intrinsic *ret)
{
	struct view *view = user;
	if (node->kind != NODE_ELEMENT || !node->component || !(node->component->flags & COMPONENT_REPLACED)) {
		return false;
	}
	*ret = (struct intrinsic){NAN, NAN, 0};
	if (node->component->intrinsic) {
		node->component->intrinsic(&view->host, node, ret);
	}
	return true;
}

struct view *view_create(const struct view_config *config)
{
	struct view *view = mem_alloc(sizeof(*view));
	view->config = *config;
	view->config.path.at = mem_strdup(config->path.at, config->path.len);
	tree_init(&view->tree);
	view->tree.on_free = on_free;
	view->tree.on_dirty = on_dirty;
	view->tree.reaches = reaches;
	view->tree.user = view;
	view_component_init(view);
	display_list_init(&view->list);
	view->cascade = cascade_create(&config->env, config->defaults);
	view->layout = layout_create(config->shaper, (struct layout_ops){replaced, view});
	struct node *root = node_create(&view->tree, NODE_ELEMENT, atom_of("page"));
	root->scope = config->scope;
	view->tree.root = root;
	node_mark(root, NODE_DIRTY_ALL);
	return view;
}

void view_destroy(struct view *view)
{
	if (!view) {
		return;
	}
	view_observe_finish(view);
	display_list_finish(&view->list);
	tree_finish(&view->tree);
	layout_destroy(view->layout);
	cascade_destroy(view->cascade);
	for (size_t i = view->taken; i < view->calls.len; i++) {
		view_call_finish(&view->calls.at[i]);
	}
	assert(view->motions.len == 0);
	vec_finish(&view->calls);
	vec_finish(&view->hovers);
	vec_finish(&view->motions);
	view_motion_end(view);
	vec_finish(&view->glides);
	vec_finish(&view->scrollers);
	vec_finish(&view->backs);
	vec_finish(&view->wakes);
	mem_free((char *)view->config.path.at);
	mem_free(view);
}

struct tree *view_tree(struct view *view)
{
	return &view->tree;
}

struct node *view_root(struct view *view)
{
	return view->tree.root;
}

void view_push_call(struct view *view, const struct view_call *call)
{
	vec_push(&view->calls, *call);
}

bool view_take_call(struct view *view, struct view_call *ret_call)
{
	if (view->taken == view->calls.len) {
		vec_clear(&view->calls);
		view->taken = 0;
		return false;
	}
	*ret_call = view->calls.at[view->taken++];
	return true;
}

size_t view_call_count(const struct view *view)
{
	return view->calls.len - view->taken;
}

bool view_take_call_after(struct view *view, size_t count, struct view_call *ret_call)
{
	if (view_call_count(view) <= count) {
		return false;
	}
	*ret_call = view->calls.at[view->taken + count];
	vec_remove(&view->calls, view->taken + count);
	return true;
}

void view_call_finish(struct view_call *call)
{
	value_unref(call->handler);
	value_unref(call->data);
	*call = (struct view_call){0};
}

/* Takes all marks off, down the flat tree as they lie: a group, which is never marked itself, may
 * hold marked elements. */
static void clear_marks(struct node *node)
{
	node->dirty = 0;
	if (node->shadow) {
		node->shadow->dirty = 0;
	}
	for (struct node *child = node_flat_first(node); child; child = node_flat_next(child)) {
		if (child->dirty) {
			clear_marks(child);
		}
	}
}

void view_fonts_changed(struct view *view)
{
	display_list_clear(&view->list); // it borrows the old texts
	view->list_valid = false;
	layout_destroy(view->layout);
	view->layout = layout_create(view->config.shaper, (struct layout_ops){replaced, view});
	node_mark(view->tree.root, NODE_DIRTY_ALL);
}

static void find_lift(struct view *view)
{
	const struct node *node = view_focused(view);
	bool asks = node && node->component->lift && view->host.keyboard > 0;
	view->lift = asks ? node->component->lift(&view->host, node, view->host.keyboard) : 0;
	view->lift_due = false;
}

bool view_frame(struct view *view, double now)
{
	view->now = now;
	view->host.now = now;
	view->frame_asked = false;
	struct node *root = view->tree.root;
	view_scroll_advance(view);
	view_component_wake(view, false);
	view_motion_advance(view);
	if (view->lift_due) {
		node_mark(root, NODE_DIRTY_PAINT);
	}
	if (!root->dirty) {
		return false;
	}
	/* What a component learns from a layout (scroll-into-view, widthFix) may ask for another; two
	 * rounds settle it, more would be a loop. */
	for (int round = 0; root->dirty && round < 3; round++) {
		view_restyle(view);
		layout_run(view->layout, root, (struct size){view->config.env.width, view->config.env.height});
		clear_marks(root);
		view->first_frame_done = true;
		view_component_laid_out(view);
		view_scroll_after_layout(view);
	}
	if (view->lift_due) {
		find_lift(view);
	}
	view_observe_look(view);
	view->list_valid = false;
	return true;
}

bool view_is_settled(const struct view *view)
{
	return view->first_frame_done && !view->tree.root->dirty;
}

double view_next_due(const struct view *view)
{
	double due = fmin(view_touch_due(view), view_component_due(view));
	if (view->glides.len) {
		due = fmin(due, view->now + 1000.0 / 60);
	}
	for (size_t i = 0; i < view->motions.len; i++) {
		if (!view->motions.at[i].ended) {
			due = fmin(due, view->now + 1000.0 / 60);
		}
	}
	return due;
}

void view_tick(struct view *view, double now)
{
	view->now = now;
	view->host.now = now;
	view_touch_tick(view);
}

void view_settle(struct view *view, double now)
{
	for (size_t i = 0; i < view->glides.len; i++) {
		view->glides.at[i].duration = 0;
	}
	view_component_wake(view, true);
	view_motion_finish(view);
	view_frame(view, now);
}

void view_set_root_font_size(struct view *view, float px)
{
	view->config.env.root_font_size = px;
	cascade_set_env(view->cascade, &view->config.env);
	node_mark(view->tree.root, NODE_DIRTY_ALL | NODE_DIRTY_SUBTREE_STYLE);
}

void view_resize(struct view *view, const struct wxss_env *env)
{
	float root_font_size = view->config.env.root_font_size; // page-meta's
	view->config.env = *env;
	view->host.viewport = (struct size){env->width, env->height};
	view->lift_due = true;
	view_set_root_font_size(view, root_font_size);
}

static bool image_size(void *user, struct str url, struct size *ret_size)
{
	struct view *view = user;
	return view->host.picture(&view->host, url, ret_size) > 0;
}

static uint32_t replaced_hash(void *user, const struct node *node)
{
	struct view *view = user;
	return node->component && node->component->looks ? node->component->looks(&view->host, node) : 0;
}

const struct display_list *view_display_list(struct view *view)
{
	if (!view->list_valid && view->tree.root->box) {
		struct paint_ops ops = {image_size, replaced_hash, view};
		display_list_clear(&view->list);
		paint_build(&view->list, view->tree.root->box,
			(struct size){view->config.env.width, view->config.env.height}, &ops);
		view->list_valid = true;
	}
	return &view->list;
}

void view_paint_replaced(struct view *view, const struct paint_item *item, struct gfx_canvas *canvas)
{
	const struct node *node = item->replaced.node;
	if (node->component && node->component->paint) {
		node->component->paint(&view->host, node, item->replaced.style, canvas, item->shape.rect);
	}
}

struct rect view_node_rect(struct view *view, const struct node *node)
{
	struct rect rect = node->box ? box_page_rect(node->box, true) : (struct rect){0};
	rect.y -= view_scroll_top(view);
	return rect;
}

struct node *view_focused(const struct view *view)
{
	return view->focus ? view_node(view, view->focus) : NULL;
}

void view_type(struct view *view, struct str text, int cursor)
{
	struct node *node = view_focused(view);
	if (node && node->component->typed) {
		view->lift_due = true; // it may be higher now
		node->component->typed(&view->host, node, text, cursor);
	}
}

bool view_type_into(struct view *view, slot_id id, struct str text)
{
	struct node *node = view_node(view, id);
	bool can = node && node->component && node->component->typed;
	if (can) {
		node->component->typed(&view->host, node, text, (int)str_utf16_len(text));
	}
	return can;
}

void view_confirm(struct view *view)
{
	struct node *node = view_focused(view);
	if (node && node->component->confirmed) {
		node->component->confirmed(&view->host, node);
	}
}

void view_blur(struct view *view)
{
	view->host.focus(&view->host, NULL);
}

void view_keyboard(struct view *view, float height, float covered)
{
	struct node *node = view->typing ? view_node(view, view->typing) : NULL, *focused = view_focused(view);
	node = focused ? focused : node;
	view->host.keyboard = covered;
	view->lift_due = true;
	view->typing = height > 0 && node ? node->id : 0;
	if (node && node->component && node->component->asked) {
		struct value ret = value_undefined();
		node->component->asked(&view->host, node, STR("keyboard"), value_number(height), &ret);
		value_unref(ret);
	}
	view_ask_frame(view);
}

float view_lift(const struct view *view)
{
	return view->lift;
}
