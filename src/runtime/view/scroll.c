/* Scroll offsets: of the page, of scroll containers, gliding ones; onPageScroll and onReachBottom. */
#include "runtime/view/inside.h"

float view_scroll_top(const struct view *view)
{
	return view->tree.root->scroll.y;
}

float view_scroll_height(const struct view *view)
{
	const struct box *box = view->tree.root->box;
	if (!box) {
		return view->config.env.height;
	}
	float content = box->rect.y + float_max(box->rect.height + box->margin.bottom, box->border.top + box->content.height);
	return float_max(view->config.env.height, content);
}

static float page_max(const struct view *view)
{
	return float_max(0, view_scroll_height(view) - view->config.env.height);
}

static void check_bottom(struct view *view)
{
	float left = page_max(view) - view->tree.root->scroll.y;
	bool inside = left <= view->config.reach_bottom;
	if (inside && !view->at_bottom) {
		struct view_call call = {.kind = VIEW_REACH_BOTTOM};
		view_push_call(view, &call);
	}
	view->at_bottom = inside;
}

/* page-meta hears of the page. */
static void tell_children(struct view *view, struct point by)
{
	struct node *root = view->tree.root;
	for (struct node *child = node_flat_first(root), *next; child; child = next) {
		next = node_flat_next(child);
		if (child->component && child->component->flags & COMPONENT_PAGE) {
			child->component->scrolled(&view->host, child, root, by);
		}
	}
}

static void scroll_page(struct view *view, float to)
{
	struct node *root = view->tree.root;
	to = float_clamp(to, 0, page_max(view));
	if (to == root->scroll.y) {
		return;
	}
	struct point by = {0, to - root->scroll.y};
	root->scroll.y = to;
	node_mark(root, NODE_DIRTY_PAINT);
	struct view_call call = {.kind = VIEW_PAGE_SCROLL, .data = value_object_new(1)};
	value_object_set_text(&call.data, "scrollTop", value_number(to));
	view_push_call(view, &call);
	tell_children(view, by);
	check_bottom(view);
}

/* The component around an inner scroller hears of it; others do not. */
static void tell_owner(struct view *view, struct node *scroller, struct point by)
{
	for (struct node *node = scroller; node; node = node_flat_parent(node)) {
		if (node->component && node->component->scrolled) {
			node->component->scrolled(&view->host, node, scroller, by);
			return;
		}
	}
}

void view_scroll_node(struct view *view, struct node *node, struct point to)
{
	if (node == view->tree.root) {
		scroll_page(view, to.y);
		return;
	}
	if (!node->box) {
		return;
	}
	struct point max = box_scroll_max(node->box);
	to.x = float_clamp(to.x, 0, float_max(0, max.x));
	to.y = float_clamp(to.y, 0, float_max(0, max.y));
	struct point by = {to.x - node->scroll.x, to.y - node->scroll.y};
	if (by.x == 0 && by.y == 0) {
		return;
	}
	node->scroll = to;
	node_mark(node, NODE_DIRTY_PAINT);
	tell_owner(view, node, by);
}

void view_scroll_by(struct view *view, struct node *node, float dx, float dy)
{
	node = node ? node : view->tree.root;
	view_scroll_node(view, node, (struct point){node->scroll.x + dx, node->scroll.y + dy});
}

/* The nearest box at or above `from` that a finger can move by some of `by` in that direction, or, when not even the page can, the nearest that
 * scrolls at all; NULL: the page. So an inner box that is at its end hands the finger on (滚动穿透), and never pulls the page down. */
struct node *view_scroller_at(struct view *view, struct node *from, bool horizontal, float by)
{
	struct node *any = NULL;
	for (struct node *node = from; node && node != view->tree.root; node = node_flat_parent(node)) {
		if (!node->box || !node->style) {
			continue;
		}
		enum overflow overflow = horizontal ? node->style->overflow_x : node->style->overflow_y;
		struct point max = box_scroll_max(node->box);
		float end = horizontal ? max.x : max.y, at = horizontal ? node->scroll.x : node->scroll.y;
		if ((overflow != OVERFLOW_SCROLL && overflow != OVERFLOW_AUTO) || end <= 0) {
			continue;
		}
		if (by > 0 ? at < end : at > 0) {
			return node;
		}
		any = any ? any : node;
	}
	float top = view->tree.root->scroll.y;
	bool page = !horizontal && (by > 0 ? top < page_max(view) : top > 0);
	return page && !view->config.no_scroll ? NULL : any;
}

static void stop_glide(struct view *view, slot_id node)
{
	for (size_t i = view->glides.len; i > 0; i--) {
		if (view->glides.at[i - 1].node == node) {
			vec_remove(&view->glides, i - 1);
		}
	}
}

static void glide_to(struct view *view, struct node *node, struct point to, double duration, double now)
{
	view->now = now;
	stop_glide(view, node->id);
	if (!(duration > 0)) {
		view_scroll_node(view, node, to);
		return;
	}
	struct glide glide = {node->id, node->scroll, to, now, duration, false};
	vec_push(&view->glides, glide);
	view_ask_frame(view);
}

void view_scroll_to(struct view *view, float top, double duration, double now)
{
	glide_to(view, view->tree.root, (struct point){0, top}, duration, now);
}

void view_scroll_inside(struct view *view, slot_id id, struct point to, double duration, double now)
{
	struct node *node = view_node(view, id), *scroller = node ? view_scroller_of(node) : NULL;
	if (scroller && scroller->box) {
		struct point max = box_scroll_max(scroller->box);
		to.x = isnan(to.x) ? scroller->scroll.x : float_clamp(to.x, 0, max.x);
		to.y = isnan(to.y) ? scroller->scroll.y : float_clamp(to.y, 0, max.y);
		glide_to(view, scroller, to, duration, now);
	}
}

#define FLING_MS 325.0  // in which a flung scroller's speed falls to 1/e
#define FLING_MIN 0.05f // CSS px per ms under which it stands

void view_scroll_fling(struct view *view, struct node *node, struct point velocity)
{
	node = node ? node : view->tree.root;
	float speed = float_max(fabsf(velocity.x), fabsf(velocity.y));
	if (speed <= FLING_MIN * 2) {
		return;
	}
	stop_glide(view, node->id);
	double duration = FLING_MS * log(speed / FLING_MIN);
	float reach = (float)(FLING_MS * (1 - exp(-duration / FLING_MS)));
	struct point to = {node->scroll.x + velocity.x * reach, node->scroll.y + velocity.y * reach};
	struct glide glide = {node->id, node->scroll, to, view->now, duration, true};
	vec_push(&view->glides, glide);
	view_ask_frame(view);
}

void view_scroll_hold(struct view *view, struct node *target)
{
	for (struct node *node = target; node; node = node_flat_parent(node)) {
		stop_glide(view, node->id);
	}
}

/* How far a glide has come, 0 to 1. */
static float glide_progress(const struct glide *glide, double now)
{
	if (!(glide->duration > 0) || now >= glide->start + glide->duration) {
		return 1;
	}
	double passed = fmax(0, now - glide->start), t = passed / glide->duration;
	return (float)(glide->fling ? (1 - exp(-passed / FLING_MS)) / (1 - exp(-glide->duration / FLING_MS)) : t * (2 - t));
}

void view_scroll_advance(struct view *view)
{
	for (size_t i = 0; i < view->glides.len;) {
		struct glide glide = view->glides.at[i];
		struct node *node = view_node(view, glide.node);
		float eased = glide_progress(&glide, view->now);
		struct point before = node ? node->scroll : (struct point){0};
		if (node) {
			view_scroll_node(view, node, (struct point){glide.from.x + (glide.to.x - glide.from.x) * eased,
				glide.from.y + (glide.to.y - glide.from.y) * eased});
		}
		bool stuck = glide.fling && eased > 0 && node && node->scroll.x == before.x && node->scroll.y == before.y;
		if (!node || stuck || eased >= 1) {
			vec_remove(&view->glides, i);
		} else {
			i++;
		}
	}
}

void view_wheel(struct view *view, struct point at, float dx, float dy)
{
	struct node *from = view_hit(view, at);
	view_scroll_hold(view, from);
	if (dx != 0 && view_scroller_at(view, from, true, dx)) {
		view_scroll_by(view, view_scroller_at(view, from, true, dx), dx, 0);
	}
	struct node *scroller = view_scroller_at(view, from, false, dy);
	if (dy != 0 && (scroller || !view->config.no_scroll)) {
		view_scroll_by(view, scroller, 0, dy);
	}
	view_ask_frame(view);
}

/* Content that became shorter pulls the page back; content that became longer re-arms
 * onReachBottom. A page that is shorter than the screen never reaches its bottom by itself. */
void view_scroll_after_layout(struct view *view)
{
	struct node *root = view->tree.root;
	float max = page_max(view);
	if (root->scroll.y > max) {
		root->scroll.y = max;
		node_mark(root, NODE_DIRTY_PAINT);
	}
	view->at_bottom = max - root->scroll.y <= view->config.reach_bottom;
}

void view_stop_pull_down(struct view *view)
{
	view->pulled = false;
}
