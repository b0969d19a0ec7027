/* <picker>: a tap on what stands in it opens the host's sheet of wheels from below. */
#include "runtime/component/list.h"
#include "runtime/component/picker_model.h"

static const struct schema attributes[] = {
	{"mode", SCHEMA_STRING, .fallback = "\"selector\"", .choices = "selector|multiSelector|time|date|region",
		.choices_since = "0|1.4.0|0|0|1.4.0"},
	{"disabled", SCHEMA_BOOL, .fallback = "false"},
	{"header-text", SCHEMA_STRING, .since = "2.11.0", .doc = "title of the sheet"},
	{"range", SCHEMA_ARRAY, .fallback = "[]", .doc = "selector: texts or objects; multiSelector: an array of those a column"},
	{"range-key", SCHEMA_STRING, .doc = "the key of the objects in range whose text is shown"},
	{"value", SCHEMA_ANY, .doc = "index, indexes, \"hh:mm\", \"YYYY-MM-DD\" or [province, city, district]"},
	{"start", SCHEMA_STRING, .doc = "time, date: the first that can be chosen"},
	{"end", SCHEMA_STRING, .doc = "time, date: the last that can be chosen"},
	{"fields", SCHEMA_STRING, .fallback = "\"day\"", .choices = "year|month|day", .doc = "how fine a date is"},
	{"custom-item", SCHEMA_STRING, .since = "1.5.0", .doc = "region: a first item of each column, such as 全部"},
	{"level", SCHEMA_STRING, .fallback = "\"region\"", .choices = "province|city|region|sub-district", .since = "2.21.1",
		.doc = "region: how many columns; sub-district is as region, there are no data for it"},
	{"name", SCHEMA_STRING, .doc = "its key in a form's values"},
	{0},
};

struct picker {
	struct picker_model model; // while it is open
	bool open;
	struct value chosen; // by a person, or undefined; wins over the attribute until that changes
};

static void created(struct component_host *host, struct node *node)
{
	struct picker *picker = mem_alloc(sizeof(*picker));
	picker->chosen = value_undefined();
	node->state_data = picker;
}

static void destroyed(struct component_host *host, struct node *node)
{
	struct picker *picker = node->state_data;
	picker_model_finish(&picker->model);
	value_unref(picker->chosen);
	mem_free(picker);
	node->state_data = NULL;
}

/* Year, month and day of a count of days since 1970. */
static void date_of(double wall, int ret_date[3])
{
	int64_t days = (int64_t)floor(wall / 86400000) + 719468, era = (days >= 0 ? days : days - 146096) / 146097;
	int64_t of_era = days - era * 146097, year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * year + year / 4 - year / 100), month = (5 * of_year + 2) / 153;
	ret_date[2] = (int)(of_year - (153 * month + 2) / 5 + 1);
	ret_date[1] = (int)(month < 10 ? month + 3 : month - 9);
	ret_date[0] = (int)(year + era * 400 + (ret_date[1] <= 2));
}

static struct value value_of(const struct node *node)
{
	const struct picker *picker = node->state_data;
	return value_is(picker->chosen, VALUE_UNDEFINED) ? node_attr_text(node, "value") : picker->chosen;
}

static void begin(const struct component_host *host, struct node *node)
{
	struct picker *picker = node->state_data;
	struct picker_given given = {
		.mode = component_text(node, "mode"),
		.range_key = component_text(node, "range-key"),
		.fields = component_text(node, "fields"),
		.custom_item = component_text(node, "custom-item"),
		.level = component_text(node, "level"),
		.range = node_attr_text(node, "range"),
		.value = value_of(node),
		.start = node_attr_text(node, "start"),
		.end = node_attr_text(node, "end"),
		.english = host->english,
	};
	date_of(host->now + host->wall, given.today);
	picker_model_finish(&picker->model);
	picker_model_init(&picker->model, &given);
}

static void show_sheet(struct component_host *host, struct node *node, const char *intent)
{
	struct picker *picker = node->state_data;
	struct value data = picker_model_sheet(&picker->model);
	static const char *const names[] = {"mode", "range", "value", "start", "end", "fields"};
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		value_object_set_text(&data, names[i], value_ref(node_attr_text(node, names[i])));
	}
	value_object_set_text(&data, "headerText", value_ref(node_attr_text(node, "header-text")));
	host->intent(host, node, intent, data);
}

static void tapped(struct component_host *host, struct node *node, const struct component_tap *tap)
{
	struct picker *picker = node->state_data;
	if (component_flag(node, "disabled") || picker->open) {
		return;
	}
	begin(host, node);
	picker->open = true;
	show_sheet(host, node, "picker");
}

static void changed(struct component_host *host, struct node *node, atom_t name)
{
	struct picker *picker = node->state_data;
	bool value = !name || str_is(atom_str(name), "value");
	node_set_state(node, NODE_DISABLED, component_flag(node, "disabled"));
	if (value) {
		value_unref(picker->chosen);
		picker->chosen = value_undefined();
	}
	if (picker->open && name) { // columns that depend on each other (multiSelector) come while it is open
		int index[PICKER_COLUMNS_MAX], count = picker->model.count;
		memcpy(index, picker->model.index, sizeof(index));
		begin(host, node);
		for (int i = 0; i < count && !value; i++) {
			picker_model_turn(&picker->model, i, index[i]);
		}
		show_sheet(host, node, "pickerUpdate");
	}
}

static void column_turned(struct component_host *host, struct node *node, struct value answer)
{
	struct picker *picker = node->state_data;
	double column = value_to_number(value_get_text(answer, "column")), index = value_to_number(value_get_text(answer, "value"));
	if (!(column >= 0 && column < picker->model.count && index >= 0 && index < 1e6)) {
		return;
	}
	picker_model_turn(&picker->model, (int)column, (int)index);
	if (picker->model.mode == PICKER_MULTI) {
		struct value detail = value_object_new(2);
		value_object_set_text(&detail, "column", value_number(column));
		value_object_set_text(&detail, "value", value_number(index));
		host->emit(host, node, "columnchange", detail);
	} else {
		show_sheet(host, node, "pickerUpdate");
	}
}

/* {column, value}: a wheel has come to rest. {value} or {index}: confirmed. Else it was put away. */
static void answered(struct component_host *host, struct node *node, struct value answer)
{
	struct picker *picker = node->state_data;
	struct value index = value_get_text(answer, "index"), given = value_get_text(answer, "value");
	if (!picker->open) {
		return;
	}
	if (value_has(answer, STR("column"))) {
		column_turned(host, node, answer);
		return;
	}
	picker->open = false;
	if (value_is_nullish(index) && value_is_nullish(given)) {
		host->emit(host, node, "cancel", value_object_new(0));
		return;
	}
	for (size_t i = 0; i < value_len(index); i++) {
		double at = value_to_number(value_at(index, i));
		picker_model_turn(&picker->model, (int)i, isfinite(at) ? (int)fmax(0, fmin(at, 1e6)) : 0);
	}
	picker_model_take(&picker->model, given);
	struct value detail = picker_model_detail(&picker->model);
	value_unref(picker->chosen);
	picker->chosen = value_ref(value_get_text(detail, "value"));
	host->emit(host, node, "change", detail);
}

/* pick [value]: as if a person had chosen it. */
static bool asked(struct component_host *host, struct node *node, struct str what, struct value with, struct value *ret)
{
	struct picker *picker = node->state_data;
	if (!str_is(what, "pick") || picker->open) {
		return false;
	}
	begin(host, node);
	picker->open = true;
	struct value answer = value_object_new(1);
	value_object_set_text(&answer, "value", value_ref(value_at(with, 0)));
	answered(host, node, answer);
	value_unref(answer);
	return true;
}

static struct value value(struct component_host *host, const struct node *node)
{
	struct value now = value_of(node);
	struct str mode = component_text(node, "mode");
	if (!value_is_nullish(now)) {
		return value_ref(now);
	}
	if (str_is(mode, "multiSelector") || str_is(mode, "region")) {
		return value_array_new(0);
	}
	return str_is(mode, "time") || str_is(mode, "date") ? value_text("") : value_number(0);
}

static void reset(struct component_host *host, struct node *node)
{
	struct picker *picker = node->state_data;
	struct str mode = component_text(node, "mode");
	value_unref(picker->chosen);
	picker->chosen = str_is(mode, "multiSelector") || str_is(mode, "region") ? value_array_new(0)
		: str_is(mode, "time") || str_is(mode, "date") ? value_text("") : value_number(0);
}

const struct component component_picker = {
	.tag = "picker",
	.doc = "A choice that rises from below (从底部弹起的滚动选择器): of a list, of several, a time, a date, a region.",
	.attributes = attributes,
	.events = "change|columnchange|cancel",
	.style = "picker { display: block }\n",
	.flags = COMPONENT_CONTROL,
	.created = created,
	.destroyed = destroyed,
	.changed = changed,
	.tapped = tapped,
	.answered = answered,
	.asked = asked,
	.value = value,
	.reset = reset,
};
