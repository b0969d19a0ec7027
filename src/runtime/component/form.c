/* <form>: what the controls in it are worth when its submit button is tapped. Controls say so themselves
 * (struct component: value, reset); those inside custom components count when a built-in behavior
 * says so (enum node_form_role). */
#include "runtime/component/form.h"

#include "runtime/component/list.h"

static const struct schema attributes[] = {
	{"report-submit", SCHEMA_BOOL, .fallback = "false", .doc = "ask for a formId, for a template message (模板消息)"},
	{"report-submit-timeout", SCHEMA_NUMBER, .fallback = "0", .since = "2.6.2",
		.doc = "ms to wait for it; then it says requestFormId:fail"},
	{0},
};

struct pending { // a submit that waits for its formId
	unsigned number; // of the question
	struct value detail;
	double until;
};

struct form {
	VEC(struct pending) pending;
	unsigned asked, answered; // questions; they are answered in their order
};

/* --- which controls are its own --- */

static const struct node *root_of(const struct node *node)
{
	while (node->parent) {
		node = node->parent;
	}
	return node;
}

static bool encloses(const struct node *outer, const struct node *root)
{
	while (root && root != outer) {
		root = root->host ? root_of(root->host) : NULL;
	}
	return root != NULL;
}

/* May something in the tree `from` be reached from a node in the tree `to`? Out of every component in between there has to be a way. */
static bool opens(const struct node *from, const struct node *to, unsigned role)
{
	while (!encloses(from, to)) {
		if (!from->host || !(from->host->form_roles & role)) {
			return false;
		}
		from = root_of(from->host);
	}
	return true;
}

/* Every control and custom field below the node that the form sees, in the order of the page. */
struct walk {
	struct component_host *host;
	const struct node *root; // of the form's tree
	void (*each)(struct walk *walk, struct node *node);
	struct value values;
};

static void visit(struct walk *walk, struct node *node)
{
	bool field = node->form_roles & NODE_FORM_FIELD || (node->component && node->component->value);
	if (field && opens(root_of(node), walk->root, NODE_FORM_GROUP)) {
		walk->each(walk, node);
	}
	if (node->kind == NODE_SLOT && node->shown.len) {
		for (size_t i = 0; i < node->shown.len; i++) {
			visit(walk, node->shown.at[i]);
		}
		return;
	}
	struct node *child = node->shadow ? node->shadow->first : node->first;
	for (; child; child = child->next) {
		visit(walk, child);
	}
}

static void visit_all(struct walk *walk, struct node *form)
{
	walk->root = root_of(form);
	for (struct node *child = form->first; child; child = child->next) {
		visit(walk, child);
	}
}

static void add_value(struct walk *walk, struct node *node)
{
	bool custom = node->form_roles & NODE_FORM_FIELD;
	struct value name = custom ? walk->host->property(walk->host, node, "name") : node_attr_text(node, "name");
	struct strbuf key = {0};
	if (!value_is_nullish(name)) {
		value_to_text(name, &key);
	}
	if (key.len) {
		value_object_set(&walk->values, strbuf_str(&key), custom ? value_ref(walk->host->property(walk->host, node, "value"))
			: node->component->value(walk->host, node));
	}
	strbuf_finish(&key);
}

static void reset_one(struct walk *walk, struct node *node)
{
	if (node->component && node->component->reset) {
		node->component->reset(walk->host, node);
	}
}

/* --- submit and reset --- */

static struct node *form_around(const struct node *button)
{
	const struct node *root = root_of(button);
	for (struct node *up = node_event_parent(button); up; up = node_event_parent(up)) {
		if (up->component == &component_form) {
			return opens(root, root_of(up), NODE_FORM_BUTTON) ? up : NULL;
		}
	}
	return NULL;
}

static void wake(struct component_host *host, struct node *node)
{
	const struct form *form = node->state_data;
	double at = INFINITY;
	for (size_t i = 0; i < form->pending.len; i++) {
		at = fmin(at, form->pending.at[i].until);
	}
	host->wake(host, node, at);
}

static void submit(struct component_host *host, struct node *node, struct value detail)
{
	struct form *form = node->state_data;
	if (!component_flag(node, "report-submit")) {
		host->emit(host, node, "submit", detail);
		return;
	}
	double timeout = component_number(node, "report-submit-timeout", 0);
	struct pending pending = {++form->asked, detail, timeout > 0 ? host->now + timeout : INFINITY};
	vec_push(&form->pending, pending);
	host->intent(host, node, "formId", value_object_new(0));
	wake(host, node);
}

/* Consumes form_id. */
static void finish(struct component_host *host, struct node *node, size_t index, struct value form_id)
{
	struct form *form = node->state_data;
	struct value detail = value_unshared(form->pending.at[index].detail);
	vec_remove(&form->pending, index);
	value_object_set_text(&detail, "formId", form_id);
	host->emit(host, node, "submit", detail);
}

static void answered(struct component_host *host, struct node *node, struct value answer)
{
	struct form *form = node->state_data;
	unsigned number = ++form->answered;
	for (size_t i = 0; i < form->pending.len; i++) {
		if (form->pending.at[i].number == number) {
			struct value id = value_get_text(answer, "formId");
			finish(host, node, i, value_ref(value_is(id, VALUE_STRING) ? id : value_get_text(answer, "errMsg")));
			wake(host, node);
			return;
		}
	}
}

static void woken(struct component_host *host, struct node *node, bool settle)
{
	struct form *form = node->state_data;
	for (size_t i = 0; i < form->pending.len;) {
		if (form->pending.at[i].until <= host->now) {
			finish(host, node, i, value_text("requestFormId:fail timeout"));
		} else {
			i++;
		}
	}
	wake(host, node);
}

static void created(struct component_host *host, struct node *node)
{
	node->state_data = mem_alloc(sizeof(struct form));
}

static void destroyed(struct component_host *host, struct node *node)
{
	struct form *form = node->state_data;
	for (size_t i = 0; i < form->pending.len; i++) {
		value_unref(form->pending.at[i].detail);
	}
	vec_finish(&form->pending);
	mem_free(form);
	node->state_data = NULL;
}

void form_press(struct component_host *host, struct node *button, struct str form_type)
{
	struct node *form = form_around(button);
	if (!form) {
		return;
	}
	struct value detail = value_object_new(3);
	struct walk walk = {.host = host};
	if (str_is(form_type, "submit")) {
		walk.each = add_value;
		walk.values = value_object_new(8);
		visit_all(&walk, form);
		value_object_set_text(&detail, "value", walk.values);
		value_object_set_text(&detail, "target", host->target(host, button));
		submit(host, form, detail);
	} else if (str_is(form_type, "reset")) {
		walk.each = reset_one;
		visit_all(&walk, form);
		value_object_set_text(&detail, "target", host->target(host, button));
		host->emit(host, form, "reset", detail);
	} else {
		value_unref(detail);
	}
}

const struct component component_form = {
	.tag = "form",
	.doc = "Controls whose values are submitted together (表单).",
	.attributes = attributes,
	.events = "submit|reset",
	.style = "form { display: block }\n",
	.created = created,
	.destroyed = destroyed,
	.woken = woken,
	.answered = answered,
};
