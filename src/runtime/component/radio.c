/* <radio> and the group in which one is checked. */
#include "runtime/component/check.h"
#include "runtime/component/list.h"

static const struct schema attributes[] = {
	{"value", SCHEMA_STRING, .doc = "what the group's change event names"},
	{"disabled", SCHEMA_BOOL, .fallback = "false"},
	{"checked", SCHEMA_BOOL, .fallback = "false"},
	{"color", SCHEMA_COLOR},
	{0},
};

static const struct schema group_attributes[] = {
	{"name", SCHEMA_STRING, .doc = "its key in a form's values"},
	{0},
};

static void created(struct component_host *host, struct node *node)
{
	check_created(node, true);
}

static void clear(void *user, struct node *node)
{
	check_set(node, node == user);
}

/* Of a group's radios one is checked at most: the one that was last. */
static void changed(struct component_host *host, struct node *node, atom_t name)
{
	bool takes = !name || str_is(atom_str(name), "checked");
	bool on = takes ? component_flag(node, "checked") : check_is_on(node);
	struct node *group = takes && on ? check_group(node, "radio-group") : NULL;
	if (group) {
		check_each(group, "radio", clear, node);
	}
	check_set(node, on);
}

static void tapped(struct component_host *host, struct node *node, const struct component_tap *tap)
{
	if (component_flag(node, "disabled") || check_is_on(node)) {
		return;
	}
	struct node *group = check_group(node, "radio-group");
	if (!group) {
		check_set(node, true);
		return;
	}
	check_each(group, "radio", clear, node);
	struct value detail = value_object_new(1);
	value_object_set_text(&detail, "value", check_value(node));
	host->emit(host, group, "change", detail);
}

static void find_checked(void *user, struct node *node)
{
	if (check_is_on(node)) {
		value_unref(*(struct value *)user);
		*(struct value *)user = check_value(node);
	}
}

static struct value group_value(struct component_host *host, const struct node *group)
{
	struct value found = value_text("");
	check_each(group, "radio", find_checked, &found);
	return found;
}

static void group_reset(struct component_host *host, struct node *group)
{
	check_each(group, "radio", clear, NULL);
}

const struct component component_radio = {
	.tag = "radio",
	.doc = "One of several of which one is checked (单选).",
	.attributes = attributes,
	.flags = COMPONENT_CONTROL,
	.created = created,
	.destroyed = check_destroyed,
	.changed = changed,
	.tapped = tapped,
};

const struct component component_radio_group = {
	.tag = "radio-group",
	.doc = "The radios of one question.",
	.attributes = group_attributes,
	.events = "change",
	.style = "radio-group { display: block }\n",
	.value = group_value,
	.reset = group_reset,
};
