/* The pull-down of a scroll-view: a sheet above its content that a finger bares. Past the threshold
 * it stays open until refresher-triggered says false. */
#include "runtime/component/scroll_refresher.h"

#define MOTION_MS 250.0
#define FOLLOW 0.5 // of the finger's way

static struct node *add(struct node *parent, const char *tag, struct node *before)
{
	struct node *element = node_create(parent->tree, NODE_ELEMENT, atom_of(tag));
	node_insert(parent, element, before);
	return element;
}

void refresher_create(struct refresher *refresher, struct node *shadow, struct node *pulled)
{
	refresher->pulled = pulled;
	refresher->sheet = add(shadow, "mina-scroll-refresher", pulled);
	for (int i = 0; i < 3; i++) {
		add(refresher->sheet, "mina-scroll-dot", NULL);
	}
}

static double threshold_of(struct component_host *host, const struct node *node)
{
	return fmax(1, component_length(host, node, "refresher-threshold", 45));
}

static void set_style(struct node *node, struct strbuf *text)
{
	struct value style = value_take(text);
	node_set_style(node, style);
	value_unref(style);
}

static void show(const struct refresher *refresher, const struct node *node)
{
	struct strbuf text = {0};
	struct str look = component_text(node, "refresher-default-style"), background = component_text(node, "refresher-background");
	if (refresher->shift > 0) {
		strbuf_printf(&text, "transform:translateY(%gpx)", refresher->shift);
	}
	set_style(refresher->pulled, &text);
	if (!component_flag(node, "refresher-enabled")) {
		strbuf_add_text(&text, "display:none");
	} else {
		strbuf_printf(&text, "height:%gpx;margin-bottom:%gpx;background:" STR_FMT, refresher->shift, -refresher->shift, STR_ARG(background.len ? background : STR("#FFF")));
	}
	set_style(refresher->sheet, &text);
	for (struct node *dot = refresher->sheet->first; dot; dot = dot->next) {
		if (dot->kind == NODE_SLOT) {
			continue;
		}
		strbuf_add_text(&text, str_is(look, "none") ? "display:none" : str_is(look, "white") ? "background:#fff" : "");
		set_style(dot, &text);
	}
}

static void tell(struct component_host *host, struct node *node, const char *event, const struct refresher *refresher)
{
	struct value detail = value_object_new(1);
	value_object_set_text(&detail, "dy", value_number(round(refresher->shift * 100) / 100));
	host->emit(host, node, event, detail);
}

static void move_to(struct refresher *refresher, struct component_host *host, struct node *node, double to)
{
	refresher->from = refresher->shift;
	refresher->to = to;
	refresher->began = host->now;
	refresher->moving = true;
	host->wake(host, node, host->now);
}

static void open_it(struct refresher *refresher, struct component_host *host, struct node *node)
{
	refresher->open = true;
	move_to(refresher, host, node, threshold_of(host, node));
	tell(host, node, "refresherrefresh", refresher);
}

/* The author's own sheet has a slot only while there may be one: a host with one slot shows all in its first. */
static void offer_slot(struct refresher *refresher, struct node *node, bool on)
{
	struct node *slot = refresher->sheet->last;
	slot = slot->kind == NODE_SLOT ? slot : NULL;
	node->multiple_slots = on;
	if (on && !slot) {
		slot = node_create(node->tree, NODE_SLOT, atom_of("slot"));
		slot->slot_name = atom_of("refresher");
		node_insert(refresher->sheet, slot, NULL);
		node_ask_slots(slot);
	} else if (!on && slot) {
		node_remove(slot);
		node_destroy(slot);
		node_ask_slots(refresher->pulled->first->first);
	}
}

void refresher_changed(struct refresher *refresher, struct component_host *host, struct node *node, atom_t name)
{
	struct str which = atom_str(name);
	offer_slot(refresher, node, component_flag(node, "refresher-enabled"));
	bool asked = component_flag(node, "refresher-triggered");
	if ((!name ? asked : str_is(which, "refresher-triggered")) && component_flag(node, "refresher-enabled")) {
		if (asked && !refresher->open) {
			open_it(refresher, host, node);
		} else if (!asked && refresher->open) {
			refresher->open = false;
			if (!refresher->held) {
				move_to(refresher, host, node, 0);
			}
		}
	}
	show(refresher, node);
}

bool refresher_can_pull(const struct refresher *refresher, const struct node *node)
{
	return component_flag(node, "refresher-enabled") && component_flag(node, "scroll-y") && !refresher->open;
}

double refresher_drag(struct refresher *refresher, struct component_host *host, struct node *node, double by)
{
	double over = 0;
	refresher->held = true;
	refresher->moving = false;
	refresher->raw += by;
	if (refresher->raw < 0) {
		over = -refresher->raw;
		refresher->raw = 0;
	}
	double shift = refresher->raw * FOLLOW;
	if (shift != refresher->shift) {
		refresher->shift = shift;
		show(refresher, node);
		tell(host, node, "refresherpulling", refresher);
	}
	return over;
}

void refresher_let_go(struct refresher *refresher, struct component_host *host, struct node *node, bool cancelled)
{
	refresher->held = false;
	refresher->raw = 0;
	if (refresher->shift <= 0) {
		return;
	}
	if (!cancelled && refresher->shift >= threshold_of(host, node)) {
		open_it(refresher, host, node);
	} else {
		tell(host, node, "refresherabort", refresher);
		move_to(refresher, host, node, 0);
	}
}

void refresher_woken(struct refresher *refresher, struct component_host *host, struct node *node, bool settle)
{
	if (!refresher->moving) {
		return;
	}
	double t = settle ? 1 : fmin(1, (host->now - refresher->began) / MOTION_MS);
	refresher->shift = refresher->from + (refresher->to - refresher->from) * t * (2 - t);
	if (t >= 1) {
		refresher->moving = false;
		if (refresher->to <= 0) {
			tell(host, node, "refresherrestore", refresher);
		}
	} else {
		host->wake(host, node, host->now);
	}
	show(refresher, node);
}
