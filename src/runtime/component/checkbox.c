/* <checkbox> and the group that tells what of it is checked. */
#include "runtime/component/check.h"
#include "runtime/component/list.h"

static const struct schema attributes[] = {
	{"value", SCHEMA_STRING, .doc = "what the group's change event names"},
	{"disabled", SCHEMA_BOOL, .fallback = "false"},
	{"checked", SCHEMA_BOOL, .fallback = "false"},
	{"color", SCHEMA_COLOR, .doc = "of the tick"},
	{0},
};

static const struct schema group_attributes[] = {
	{"name", SCHEMA_STRING, .doc = "its key in a form's values"},
	{0},
};

static void created(struct component_host *host, struct node *node)
{
	check_created(node, false);
}

static void changed(struct component_host *host, struct node *node, atom_t name)
{
	bool takes = !name || str_is(atom_str(name), "checked");
	check_set(node, takes ? component_flag(node, "checked") : check_is_on(node));
}

static void add_checked(void *user, struct node *node)
{
	if (check_is_on(node)) {
		value_array_push(user, check_value(node));
	}
}

static struct value group_value(struct component_host *host, const struct node *group)
{
	struct value values = value_array_new(4);
	check_each(group, "checkbox", add_checked, &values);
	return values;
}

static void clear(void *user, struct node *node)
{
	check_set(node, false);
}

static void group_reset(struct component_host *host, struct node *group)
{
	check_each(group, "checkbox", clear, NULL);
}

static void tapped(struct component_host *host, struct node *node, const struct component_tap *tap)
{
	if (component_flag(node, "disabled")) {
		return;
	}
	check_set(node, !check_is_on(node));
	struct node *group = check_group(node, "checkbox-group");
	if (group) {
		struct value detail = value_object_new(1);
		value_object_set_text(&detail, "value", group_value(host, group));
		host->emit(host, group, "change", detail);
	}
}

const struct component component_checkbox = {
	.tag = "checkbox",
	.doc = "One of several that may be checked (多选).",
	.attributes = attributes,
	.style = "checkbox, radio { display: inline-block }\n"
		"mina-check-wrapper { display: inline-flex; align-items: center; vertical-align: middle }\n"
		"mina-check-box { display: block; box-sizing: content-box; margin-right: 5px; border: 1px solid #d1d1d1;"
		" background: #fff; width: 22px; height: 22px; position: relative; border-radius: 3px }\n"
		"mina-check-box.wx-radio-input { border-radius: 50% }\n"
		"mina-check-box::before { content: ''; font-size: 22px }\n"
		"mina-check-box[disabled] { background: #e1e1e1 }\n",
	.flags = COMPONENT_CONTROL,
	.created = created,
	.destroyed = check_destroyed,
	.changed = changed,
	.tapped = tapped,
};

const struct component component_checkbox_group = {
	.tag = "checkbox-group",
	.doc = "The checkboxes of one question.",
	.attributes = group_attributes,
	.events = "change",
	.style = "checkbox-group { display: block }\n",
	.value = group_value,
	.reset = group_reset,
};
