/* From an event on a node to the calls that the logic layer has to make: capture from the outside
 * in, bubble from the inside out, over shadow borders as `composed` says (framework.md, sections 6
 * and 10.2). */
#include "runtime/view/inside.h"

#define PATH_MAX_NODES 2048

/* The host whose shadow tree holds the node; NULL: the page's own tree. */
static struct node *tree_host(const struct node *node)
{
	while (node->parent) {
		node = node->parent;
	}
	return node->kind == NODE_SHADOW_ROOT ? node->host : NULL;
}

/* The custom component instance whose template has the node; inner trees of built-ins belong to
 * nobody: *ret_builtin. */
static slot_id owner_of(const struct node *node, bool *ret_builtin)
{
	struct node *host = tree_host(node);
	*ret_builtin = host && host->component;
	return host ? host->instance : 0;
}

slot_id view_owner(const struct node *node)
{
	bool builtin;
	return owner_of(node, &builtin);
}

/* What `target` looks like from the tree of `seen_from`: of all that the event passes, the first that is in it. That is
 * the host around a target in a deeper shadow tree, and the slot that shows one of another tree. */
static const struct node *retarget(const struct node *target, const struct node *seen_from)
{
	const struct node *home = tree_host(seen_from);
	for (const struct node *node = target; node;) {
		if (tree_host(node) == home && (node->kind == NODE_ELEMENT || node->kind == NODE_SLOT)) {
			return node;
		}
		node = node->kind == NODE_SHADOW_ROOT ? node->host : node->assigned ? node->assigned : node->parent;
	}
	return target;
}

static struct value describe(const struct node *node)
{
	struct value target = value_object_new(4);
	struct rect rect = node->box ? box_page_rect(node->box, false) : (struct rect){0};
	value_object_set_text(&target, "id", value_string(atom_str(node->ident)));
	value_object_set_text(&target, "offsetLeft", value_number(roundf(rect.x)));
	value_object_set_text(&target, "offsetTop", value_number(roundf(rect.y)));
	value_object_set_text(&target, "dataset",
		value_is(node->dataset, VALUE_OBJECT) ? value_ref(node->dataset) : value_object_new(0));
	return target;
}

/* Marks of the bound node and what is around it; the inner one wins (base library 2.7.1). */
static struct value marks_of(const struct node *target)
{
	struct value marks = value_object_new(0);
	for (const struct node *node = target; node; node = node_flat_parent(node)) {
		for (size_t i = 0; i < value_count(node->marks); i++) {
			struct str key = value_key(node->marks, i);
			if (!value_has(marks, key)) {
				value_object_set(&marks, key, value_ref(value_entry(node->marks, i)));
			}
		}
	}
	return marks;
}

static struct value describe_event(struct view *view, const struct node *current, const struct node *target,
	const struct view_event *event)
{
	const struct node *seen = retarget(target, current);
	struct value object = value_object_new(8);
	value_object_set_text(&object, "type", value_text(event->said ? event->said : event->type));
	value_object_set_text(&object, "timeStamp", value_number(floor(view->now - view->created)));
	value_object_set_text(&object, "target", describe(seen));
	value_object_set_text(&object, "currentTarget", describe(current));
	value_object_set_text(&object, "mark", marks_of(seen));
	value_object_set_text(&object, "detail", value_ref(event->detail));
	if (!value_is_nullish(event->touches)) {
		value_object_set_text(&object, "touches", value_ref(event->touches));
		value_object_set_text(&object, "changedTouches", value_ref(event->changed));
	}
	for (size_t i = 0; i < value_count(event->more); i++) {
		value_object_set(&object, value_key(event->more, i), value_ref(value_entry(event->more, i)));
	}
	return object;
}

/* A function is one of the view's own script and runs here and now; it may stop the event. */
static bool call_handler(struct view *view, struct node *current, const struct node *target, const struct view_event *event,
	struct value handler)
{
	bool builtin;
	slot_id instance = owner_of(current, &builtin);
	if (builtin) {
		return false;
	}
	struct value object = describe_event(view, current, target, event);
	if (value_is(handler, VALUE_FUNCTION)) {
		bool stops = view->config.handle && view->config.handle(view->config.user, current, handler.function, object);
		value_unref(object);
		return stops;
	}
	struct view_call call = {
		.kind = VIEW_HANDLER,
		.instance = instance,
		.handler = value_ref(handler),
		.data = object,
		.node = current->id,
	};
	view_push_call(view, &call);
	return false;
}

struct course { // of one event
	bool stopped;
	bool mutated; // a mut-bind ran: the others are skipped
};

/* A disabled button's own handlers hear no tap, and catch none; those around it do. */
static bool is_mute(const struct node *node, const struct view_event *event)
{
	bool may = node->component && node->component->flags & COMPONENT_MUTE;
	return may && component_flag(node, "disabled") && str_is(str_of(event->type), "tap");
}

static void visit(struct view *view, struct node *node, struct node *target, const struct view_event *event, atom_t type,
	bool capture, struct course *course)
{
	for (size_t i = 0; i < node->binds.len && !course->stopped && !is_mute(node, event); i++) {
		struct node_bind bind = node->binds.at[i];
		if (bind.event != type || capture != ((bind.flags & NODE_BIND_CAPTURE) != 0)) {
			continue;
		}
		bool mutual = bind.flags & NODE_BIND_MUT;
		bool callable = value_str(bind.handler).len || value_is(bind.handler, VALUE_FUNCTION);
		if (!(mutual && course->mutated) && callable) {
			course->mutated |= mutual;
			course->stopped |= call_handler(view, node, target, event, bind.handler);
		}
		bool off = value_is(bind.handler, VALUE_STRING) && !callable; // "" takes a binding off, the catch, too
		if (bind.flags & NODE_BIND_CATCH && !off) {
			course->stopped = true;
		}
	}
}

/* Does the event reach the node? Without `composed` only the tree that uses the target hears it. */
static bool hears(const struct node *node, const struct node *target, const struct view_event *event)
{
	return event->composed || tree_host(node) == tree_host(target);
}

void view_dispatch(struct view *view, struct node *target, const struct view_event *event)
{
	atom_t type = atom_of(event->type);
	struct node *path[PATH_MAX_NODES];
	size_t count = 0;
	for (struct node *node = target; node && count < PATH_MAX_NODES; node = node_event_parent(node)) {
		if (node->kind == NODE_ELEMENT && hears(node, target, event)) {
			path[count++] = node;
		}
	}
	struct course course = {0};
	for (size_t i = event->no_capture ? 0 : count; i > 0 && !course.stopped; i--) {
		visit(view, path[i - 1], target, event, type, true, &course);
	}
	for (size_t i = 0; i < count && !course.stopped; i++) {
		if (event->bubbles || path[i] == target) {
			visit(view, path[i], target, event, type, false, &course);
		}
	}
	value_unref(event->detail);
}

struct value view_target(struct view *view, slot_id node)
{
	struct node *found = view_node(view, node);
	return found ? describe(found) : value_undefined();
}

void view_emit(struct view *view, slot_id node, const char *type, struct value detail)
{
	struct node *found = view_node(view, node);
	struct view_event event = {.type = type, .detail = detail};
	if (found) {
		view_dispatch(view, found, &event);
	} else {
		value_unref(detail);
	}
}
