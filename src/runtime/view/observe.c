/* What is looked at after each frame for the logic layer: which part of a target lies in its reference region
 * (IntersectionObserver), and whether the page's size meets a condition (MediaQueryObserver). */
#include "runtime/view/inside.h"

#define TARGETS_MAX 10000

struct target {
	slot_id node;
	double ratio; // as it was seen last; at first initialRatio
	atom_t ident;         // these two also of one that went away
	struct value dataset; // an object, or undefined
};

struct relative {
	slot_id node; // 0: the viewport
	struct insets margins;
};

struct view_watch {
	uint32_t tag;
	slot_id scope;
	void (*ended)(void *user, uint32_t tag);
	void *user;
	bool clip;               // what is between a target and its reference region cuts, too
	struct value thresholds;
	VEC(struct relative) relatives; // empty: the viewport
	VEC(struct target) targets;
	struct value descriptor; // of a media query; undefined: it is none
	bool matched, told;
};

/* Edges, so that a part without an area is a part. */
struct region {
	double left, top, right, bottom;
	bool there;
};

static struct region region_of(struct rect rect)
{
	return (struct region){rect.x, rect.y, (double)rect.x + rect.width, (double)rect.y + rect.height, true};
}

static struct region common(struct region a, struct region b)
{
	struct region part = {fmax(a.left, b.left), fmax(a.top, b.top), fmin(a.right, b.right), fmin(a.bottom, b.bottom), true};
	bool there = a.there && b.there && part.right >= part.left && part.bottom >= part.top;
	return there ? part : (struct region){0};
}

static double area(struct region region)
{
	return (region.right - region.left) * (region.bottom - region.top);
}

static struct value edges_value(struct region region, bool size)
{
	struct value object = value_object_new(6);
	value_object_set_text(&object, "left", value_number(region.left));
	value_object_set_text(&object, "right", value_number(region.right));
	value_object_set_text(&object, "top", value_number(region.top));
	value_object_set_text(&object, "bottom", value_number(region.bottom));
	if (size) {
		value_object_set_text(&object, "width", value_number(region.right - region.left));
		value_object_set_text(&object, "height", value_number(region.bottom - region.top));
	}
	return object;
}

static void tell(struct view *view, const struct view_watch *watch, struct value facts)
{
	struct view_sighting sighting = {watch->tag, facts};
	vec_push(&view->sightings, sighting);
}

/* ---- regions ---- */

static struct region viewport(const struct view *view)
{
	return region_of((struct rect){0, 0, view->config.env.width, view->config.env.height});
}

/* What is to be seen of a scroll container's or clipping box's inside. */
static struct region port_of(const struct view *view, const struct box *box)
{
	struct rect rect = matrix_bounds(box_page_matrix(box), box_padding_rect(box));
	return region_of(rect_move(rect, 0, -view->tree.root->scroll.y));
}

static struct region widened(struct region region, struct insets by)
{
	region.left -= by.left;
	region.top -= by.top;
	region.right += by.right;
	region.bottom += by.bottom;
	region.there = region.there && region.right >= region.left && region.bottom >= region.top;
	return region;
}

static struct region relative_region(const struct view *view, const struct relative *relative, bool inside)
{
	const struct node *node = view_node(view, relative->node);
	if (!relative->node) {
		return widened(viewport(view), relative->margins);
	}
	if (!node || !node->box) {
		return (struct region){0};
	}
	struct region region = inside && node->box->scrolls ? port_of(view, node->box) : region_of(view_client_rect(view, node));
	return widened(region, relative->margins);
}

/* Several reference regions count where all of them are. */
static struct region reference(const struct view *view, const struct view_watch *watch)
{
	struct region region = watch->relatives.len ? relative_region(view, &watch->relatives.at[0], watch->clip) : viewport(view);
	for (size_t i = 1; i < watch->relatives.len; i++) {
		region = common(region, relative_region(view, &watch->relatives.at[i], watch->clip));
	}
	return region;
}

/* Cut by every box on the way out to `root` (NULL: the viewport) that clips what it contains. */
static struct region clipped(const struct view *view, const struct box *box, const struct box *root, struct region part)
{
	const struct box *still = NULL; // boxes up to this one do not contain it
	for (const struct box *at = box; at && at != root; at = at->parent) {
		if (at != box && at->scrolls && at->parent && (!still || still == at)) {
			part = common(part, port_of(view, at));
		}
		still = still == at ? NULL : still;
		still = at->containing && !still ? at->containing : still;
	}
	return part;
}

static bool is_inside(const struct box *box, const struct box *root)
{
	while (box && box != root) {
		box = box->parent;
	}
	return box != NULL;
}

/* ---- looking ---- */

/* Does the way from one ratio to the other touch a threshold? */
static bool crosses(struct value thresholds, double before, double now)
{
	for (size_t i = 0; before != now && i < value_len(thresholds); i++) {
		double at = value_to_number(value_at(thresholds, i));
		if ((before <= at && now >= at) || (before >= at && now <= at)) {
			return true;
		}
	}
	return false;
}

static struct region seen_part(const struct view *view, const struct view_watch *watch, const struct box *box, struct region bounds,
	struct region region)
{
	const struct relative *only = watch->relatives.len ? &watch->relatives.at[0] : NULL;
	if (watch->clip) {
		const struct node *node = only && only->node ? view_node(view, only->node) : NULL;
		bounds = clipped(view, box, node ? node->box : NULL, bounds);
	}
	return common(bounds, region);
}

static void look_at(struct view *view, struct view_watch *watch, struct target *target, struct region region)
{
	const struct node *node = view_node(view, target->node);
	struct region bounds = {0}, part = {0};
	if (node && node->box) {
		bounds = region_of(view_client_rect(view, node));
		part = seen_part(view, watch, node->box, bounds, region);
	}
	double whole = area(bounds), ratio = whole > 0 ? fmin(1, area(part) / whole) : part.there;
	double before = target->ratio;
	target->ratio = ratio;
	if (node) {
		struct value old = target->dataset;
		target->ident = node->ident;
		target->dataset = value_ref(node->dataset);
		value_unref(old);
	}
	if (!crosses(watch->thresholds, before, ratio)) {
		return;
	}
	struct value facts = value_object_new(7);
	value_object_set_text(&facts, "id", value_string(atom_str(target->ident)));
	value_object_set_text(&facts, "dataset", value_is(target->dataset, VALUE_OBJECT) ? value_ref(target->dataset) : value_object_new(0));
	value_object_set_text(&facts, "intersectionRatio", value_number(ratio));
	value_object_set_text(&facts, "intersectionRect", edges_value(part, true));
	value_object_set_text(&facts, "boundingClientRect", edges_value(bounds, true));
	value_object_set_text(&facts, "relativeRect", edges_value(region, false));
	tell(view, watch, facts);
}

static void forget_target(struct view_watch *watch, size_t i)
{
	value_unref(watch->targets.at[i].dataset);
	vec_remove(&watch->targets, i);
}

static bool fits_orientation(const struct wxss_env *env, struct value wanted)
{
	bool landscape = env->width > env->height;
	return !value_is(wanted, VALUE_STRING) || str_is(value_str(wanted), landscape ? "landscape" : "portrait");
}

/* Widths and heights are those of the page; what is no number is no condition. */
static bool fits(const struct wxss_env *env, struct value descriptor)
{
	const struct row {
		const char *name;
		float is;
		int sign; // of `is` - wanted, 0: equal
	} rows[] = {
		{"minWidth", env->width, 1}, {"maxWidth", env->width, -1}, {"width", env->width, 0},
		{"minHeight", env->height, 1}, {"maxHeight", env->height, -1}, {"height", env->height, 0},
	};
	bool all = fits_orientation(env, value_get_text(descriptor, "orientation"));
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct value wanted = value_get_text(descriptor, rows[i].name);
		if (value_is(wanted, VALUE_NUMBER)) {
			double more = (double)rows[i].is - wanted.number;
			all = all && (rows[i].sign > 0 ? more >= 0 : rows[i].sign < 0 ? more <= 0 : more == 0);
		}
	}
	return all;
}

static void look_at_size(struct view *view, struct view_watch *watch)
{
	bool matches = fits(&view->config.env, watch->descriptor);
	if (watch->told && matches == watch->matched) {
		return;
	}
	watch->told = true;
	watch->matched = matches;
	struct value facts = value_object_new(1);
	value_object_set_text(&facts, "matches", value_bool(matches));
	tell(view, watch, facts);
}

static void look(struct view *view, struct view_watch *watch)
{
	if (!value_is(watch->descriptor, VALUE_UNDEFINED)) {
		look_at_size(view, watch);
		return;
	}
	struct region region = watch->targets.len ? reference(view, watch) : (struct region){0};
	for (size_t i = watch->targets.len; i > 0; i--) {
		size_t at = watch->targets.len - i; // in tree order, although some go
		look_at(view, watch, &watch->targets.at[at], region);
		if (!view_node(view, watch->targets.at[at].node)) {
			forget_target(watch, at);
		}
	}
}

/* ---- beginning and end ---- */

static struct insets margins_of(struct value margins)
{
	const char *const names[] = {"top", "right", "bottom", "left"};
	float by[4];
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct value side = value_get_text(margins, names[i]);
		by[i] = value_is(side, VALUE_NUMBER) && isfinite(side.number) ? (float)fmax(-1e6, fmin(1e6, side.number)) : 0;
	}
	return (struct insets){by[0], by[1], by[2], by[3]};
}

static void add_relatives(struct view *view, struct node *root, struct view_watch *watch, struct value relatives, struct value *missing)
{
	for (size_t i = 0; i < value_len(relatives); i++) {
		struct value relative = value_at(relatives, i), selector = value_get_text(relative, "selector");
		struct relative entry = {0, margins_of(value_get_text(relative, "margins"))};
		struct node *node = NULL;
		if (value_is(selector, VALUE_STRING)) {
			if (!selector_query(root, value_str(selector), &node, 1)) {
				value_array_push(missing, value_ref(selector));
				continue;
			}
			entry.node = node->id;
		}
		vec_push(&watch->relatives, entry);
	}
}

static void add_targets(struct node *root, struct view_watch *watch, struct str selector, bool all, double ratio)
{
	size_t max = all ? TARGETS_MAX : 1;
	struct node **nodes = mem_alloc_array(max, sizeof(*nodes));
	size_t count = size_min(selector_query(root, selector, nodes, max), max);
	for (size_t i = 0; i < count; i++) {
		struct target target = {nodes[i]->id, ratio, 0, value_undefined()};
		vec_push(&watch->targets, target);
	}
	mem_free(nodes);
}

/* A browser's own observer knows one region, and only one around its targets: else it is asked for in vain. */
static bool can_clip(const struct view *view, const struct view_watch *watch)
{
	const struct node *root = watch->relatives.len == 1 ? view_node(view, watch->relatives.at[0].node) : NULL;
	bool can = watch->relatives.len < 2;
	for (size_t i = 0; can && root && i < watch->targets.len; i++) {
		const struct node *node = view_node(view, watch->targets.at[i].node);
		can = node && node->box && root->box && node != root && is_inside(node->box, root->box);
	}
	return can;
}

static void free_watch(struct view_watch *watch)
{
	while (watch->targets.len) {
		forget_target(watch, watch->targets.len - 1);
	}
	vec_finish(&watch->targets);
	vec_finish(&watch->relatives);
	value_unref(watch->thresholds);
	value_unref(watch->descriptor);
	watch->ended(watch->user, watch->tag);
	mem_free(watch);
}

static struct view_watch *add_watch(struct view *view, const struct view_observer *observer)
{
	struct view_watch *watch = mem_alloc(sizeof(*watch));
	watch->tag = observer->tag;
	watch->scope = observer->scope;
	watch->ended = observer->ended;
	watch->user = observer->user;
	vec_push(&view->watches, watch);
	return watch;
}

size_t view_observe(struct view *view, const struct view_observer *observer, struct value *ret_missing)
{
	struct node *root = view_scope_root(view, observer->scope);
	struct view_watch *watch = add_watch(view, observer);
	*ret_missing = value_array_new(0);
	if (root) {
		watch->thresholds = value_ref(observer->thresholds);
		add_relatives(view, root, watch, observer->relatives, ret_missing);
		add_targets(root, watch, observer->selector, observer->all, observer->initial_ratio);
		watch->clip = observer->clip && can_clip(view, watch);
	}
	size_t count = watch->targets.len;
	if (count) {
		look(view, watch);
	} else {
		view_unobserve(view, observer->tag);
	}
	return count;
}

void view_observe_media(struct view *view, const struct view_observer *observer, struct value descriptor)
{
	struct view_watch *watch = add_watch(view, observer);
	watch->descriptor = value_is(descriptor, VALUE_OBJECT) ? value_ref(descriptor) : value_object_new(0);
	look(view, watch);
}

void view_unobserve(struct view *view, uint32_t tag)
{
	for (size_t i = view->sightings.len; i > view->sightings_taken; i--) {
		if (view->sightings.at[i - 1].tag == tag) {
			value_unref(view->sightings.at[i - 1].facts);
			vec_remove(&view->sightings, i - 1);
		}
	}
	for (size_t i = 0; i < view->watches.len; i++) {
		struct view_watch *watch = view->watches.at[i];
		if (watch->tag == tag) {
			vec_remove(&view->watches, i);
			free_watch(watch);
			return;
		}
	}
}

bool view_take_sighting(struct view *view, struct view_sighting *ret_sighting)
{
	if (view->sightings_taken == view->sightings.len) {
		vec_clear(&view->sightings);
		view->sightings_taken = 0;
		return false;
	}
	*ret_sighting = view->sightings.at[view->sightings_taken++];
	return true;
}

void view_observe_look(struct view *view)
{
	for (size_t i = 0; i < view->watches.len;) {
		struct view_watch *watch = view->watches.at[i];
		if (watch->scope && !view_node(view, watch->scope)) { // its component has gone
			view_unobserve(view, watch->tag);
		} else {
			look(view, watch);
			i++;
		}
	}
}

void view_observe_finish(struct view *view)
{
	while (view->watches.len) {
		view_unobserve(view, vec_last(&view->watches)->tag);
	}
	for (size_t i = view->sightings_taken; i < view->sightings.len; i++) {
		value_unref(view->sightings.at[i].facts);
	}
	vec_finish(&view->watches);
	vec_finish(&view->sightings);
}
