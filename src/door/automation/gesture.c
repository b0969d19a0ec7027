/* Fingers on an element, wherever it is: as the vendor's tool makes them at the element itself, not at what lies above it. */
#include "door/automation/command.h"

#define FINGER 90 // where the client names none: not one of the person's own

static struct point middle(struct page *page, const struct node *node)
{
	struct rect rect = view_node_rect(page_view(page), node);
	return (struct point){rect.x + rect.width / 2, rect.y + rect.height / 2};
}

/* A component hears the finger inside, where it is; the rest at itself. */
static slot_id target_at(struct page *page, struct node *node, struct point at)
{
	struct node *hit = node->instance ? view_hit(page_view(page), at) : NULL;
	while (hit && hit->kind != NODE_ELEMENT) {
		hit = node_flat_parent(hit);
	}
	for (struct node *up = hit; up; up = node_event_parent(up)) {
		if (up == node) {
			return hit->id;
		}
	}
	return node->id;
}

static void touch(struct page *page, struct node *node, int finger, enum view_touch_phase phase, struct point at, double now)
{
	struct view_touch made = {finger, phase, at, now, 0};
	if (phase == VIEW_TOUCH_START) {
		made.target = target_at(page, node, at);
	}
	view_touch(page_view(page), &made);
}

/* The picker's sheet stands over all: fingers that are on the picker while it is open are on its sheet. */
static bool has_sheet(struct command_call *call, const struct node *node)
{
	struct host *host = call->automation->mina->host;
	if (!str_is(atom_str(node->tag), "picker") || !host->ui || !host->ui->overlay) {
		return false;
	}
	struct value overlay = host->ui->overlay(host);
	bool open = value_has(overlay, STR("picker"));
	value_unref(overlay);
	return open;
}

static void touch_glass(struct command_call *call, struct page *page, int finger, enum view_touch_phase phase, struct point at)
{
	static const enum mina_touch_phase phases[] = {[VIEW_TOUCH_START] = MINA_TOUCH_START, [VIEW_TOUCH_MOVE] = MINA_TOUCH_MOVE,
		[VIEW_TOUCH_END] = MINA_TOUCH_END, [VIEW_TOUCH_CANCEL] = MINA_TOUCH_CANCEL};
	struct rect area = app_page_area(call_app(call), page);
	mina_touch(call->automation->mina, finger, phases[phase], area.x + at.x, area.y + at.y);
}

void automation_tap(struct command_call *call, struct page *page, struct node *node)
{
	struct point at = middle(page, node);
	double now = host_monotonic(call->automation->mina->host);
	slot_id id = node->id;
	struct view *view = page_view(page);
	touch(page, node, FINGER, VIEW_TOUCH_START, at, now);
	node = slot_get(&view_tree(view)->ids, id);
	if (node) {
		touch(page, node, FINGER, VIEW_TOUCH_END, at, now);
	}
	page_settle(page);
	call_succeed(call, value_object_new(0));
}

/* --- touchstart, touchmove, touchend, touchcancel --- */

static double coordinate(struct value touch, const char *client, const char *page, double scrolled, double fallback)
{
	struct value seen = value_get_text(touch, client), whole = value_get_text(touch, page);
	if (value_is(seen, VALUE_NUMBER)) {
		return seen.number;
	}
	return value_is(whole, VALUE_NUMBER) ? whole.number - scrolled : fallback;
}

static void touch_all(struct command_call *call, enum view_touch_phase phase)
{
	struct page *page;
	struct node *node = call_node(call, &page);
	if (!node) {
		return;
	}
	struct value list = call_value(call, "changedTouches");
	list = value_len(list) ? list : call_value(call, "touches");
	struct point fallback = middle(page, node);
	double now = host_monotonic(call->automation->mina->host), scrolled = view_scroll_top(page_view(page));
	slot_id id = node->id;
	for (size_t i = 0; i < size_max(value_len(list), 1) && node; i++) {
		struct value one = value_at(list, i), named = value_get_text(one, "identifier");
		struct point at = {(float)coordinate(one, "clientX", "pageX", 0, fallback.x),
			(float)coordinate(one, "clientY", "pageY", scrolled, fallback.y)};
		int finger = value_is(named, VALUE_NUMBER) && named.number >= 0 && named.number < 1000 ? (int)named.number : (int)i;
		if (has_sheet(call, node)) {
			touch_glass(call, page, finger, phase, at);
		} else {
			touch(page, node, finger, phase, at, now);
		}
		node = slot_get(&view_tree(page_view(page))->ids, id);
	}
	page_settle(page);
	call_succeed(call, value_object_new(0));
}

static void touch_start(struct command_call *call)
{
	touch_all(call, VIEW_TOUCH_START);
	call->automation->pressed = (slot_id)value_to_number(call_value(call, "elementId"));
}

static void touch_move(struct command_call *call)
{
	call->automation->pressed = 0;
	touch_all(call, VIEW_TOUCH_MOVE);
}

/* The client's longpress() is a start, 350 ms of its own sleep, an end: on virtual time that sleep is made up for here. */
static void touch_end(struct command_call *call)
{
	bool held = call->automation->pressed && call->automation->pressed == (slot_id)value_to_number(call_value(call, "elementId"));
	call->automation->pressed = 0;
	if (held && call->automation->config.virtual_time) {
		automation_pass(call->automation, 351);
	}
	touch_all(call, VIEW_TOUCH_END);
}

static void touch_cancel(struct command_call *call)
{
	call->automation->pressed = 0;
	touch_all(call, VIEW_TOUCH_CANCEL);
}

static void tap(struct command_call *call)
{
	struct page *page;
	struct node *node = call_node(call, &page);
	if (node) {
		automation_tap(call, page, node);
	}
}

static void dispatch(struct command_call *call)
{
	struct page *page;
	struct node *node = call_node(call, &page);
	if (!node) {
		return;
	}
	struct value changed = call_value(call, "changedTouches");
	struct view_event event = {
		.type = atom_text(atom_intern(call_text(call, "eventName"))),
		.detail = value_is_nullish(call_value(call, "detail")) ? value_object_new(0) : value_ref(call_value(call, "detail")),
		.touches = call_value(call, "touches"),
		.changed = value_is_nullish(changed) ? call_value(call, "changeTouches") : changed,
		.bubbles = true,
		.composed = true,
	};
	view_dispatch(page_view(page), node, &event);
	page_settle(page);
	call_succeed(call, value_object_new(0));
}

static const struct schema element_rows[] = {COMMAND_ELEMENT, {0}};

static const struct schema touch_rows[] = {
	COMMAND_ELEMENT,
	{"touches", SCHEMA_ARRAY, .doc = "[{identifier, pageX, pageY, clientX, clientY}]; the element's middle where none is given"},
	{"changedTouches", SCHEMA_ARRAY, .doc = "those that this is about; absent: all touches"},
	{0},
};

static const struct schema dispatch_rows[] = {
	COMMAND_ELEMENT,
	{"eventName", SCHEMA_STRING, SCHEMA_REQUIRED},
	{"touches", SCHEMA_ARRAY},
	{"changedTouches", SCHEMA_ARRAY},
	{"changeTouches", SCHEMA_ARRAY, .doc = "the same, as the client spells it"},
	{"detail", SCHEMA_ANY},
	{0},
};

const struct command command_gesture_rows[] = {
	{"Element.tap", 0, "A finger goes down and up at the element.", element_rows, tap},
	{"Element.touchstart", COMMAND_TOUCH, "Fingers go down.", touch_rows, touch_start},
	{"Element.touchmove", COMMAND_TOUCH, "Fingers move.", touch_rows, touch_move},
	{"Element.touchend", 0, "Fingers go up: a tap, or what a long press or a drag ends with.", touch_rows, touch_end},
	{"Element.touchcancel", 0, "Fingers are taken away.", touch_rows, touch_cancel},
	{"Element.dispatchEvent", 0, "An event that bubbles, without a finger.", dispatch_rows, dispatch},
	{0},
};
