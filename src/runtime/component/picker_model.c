/* The columns of selector, multiSelector, time, date and region. */
#include "runtime/component/picker_model.h"

#include "host/words.h"

#include <stdio.h>

#include "runtime/component/region.h"

/* ---- numbers of time and date ---- */

static int days_of(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return month == 2 && leap ? 29 : days[(month + 11) % 12];
}

/* "2024-5-1" or "9:05": its numbers, what is missing stays. False: it begins with none. */
static bool read_numbers(struct value value, int numbers[3])
{
	struct str text = str_trim(value_str(value));
	size_t pos = 0;
	int got = 0;
	for (; got < 3 && pos < text.len && text.at[pos] >= '0' && text.at[pos] <= '9'; got++) {
		int number = 0;
		for (; pos < text.len && text.at[pos] >= '0' && text.at[pos] <= '9'; pos++) {
			number = int_min(number * 10 + (text.at[pos] - '0'), 9999);
		}
		numbers[got] = number;
		pos += pos < text.len; // one sign between them
	}
	return got > 0;
}

static int compare(const int *a, const int *b, int count)
{
	for (int i = 0; i < count; i++) {
		if (a[i] != b[i]) {
			return a[i] < b[i] ? -1 : 1;
		}
	}
	return 0;
}

/* The numbers that a column may show, given those before it. */
static void span_of(const struct picker_model *model, const int *chosen, int column, int *ret_low, int *ret_high)
{
	bool date = model->mode == PICKER_DATE;
	int high = date ? (column == 0 ? model->to[0] : column == 1 ? 12 : days_of(chosen[0], chosen[1])) : column == 0 ? 23 : 59;
	int low = date ? (column == 0 ? model->from[0] : 1) : 0;
	if (compare(chosen, model->from, column) <= 0) {
		low = model->from[column];
	}
	if (compare(chosen, model->to, column) >= 0) {
		high = int_min(high, model->to[column]);
	}
	*ret_low = low;
	*ret_high = int_max(low, high);
}

static struct value number_text(const struct picker_model *model, int column, int number)
{
	static const enum host_word units[] = {HOST_WORD_YEAR, HOST_WORD_MONTH, HOST_WORD_DAY};
	struct strbuf text = {0};
	if (model->mode == PICKER_DATE) {
		strbuf_printf(&text, "%d", number);
		strbuf_add(&text, host_word(units[column], model->english));
	} else {
		strbuf_printf(&text, "%02d", number);
	}
	return value_take(&text);
}

/* Columns and indexes for the numbers nearest to those. */
static void choose_numbers(struct picker_model *model, const int wanted[3])
{
	int chosen[3] = {wanted[0], wanted[1], wanted[2]}, high;
	value_unref(model->texts);
	model->texts = value_array_new(3);
	for (int column = 0; column < model->count; column++) {
		span_of(model, chosen, column, &model->low[column], &high);
		chosen[column] = int_min(int_max(chosen[column], model->low[column]), high);
		model->index[column] = chosen[column] - model->low[column];
		struct value list = value_array_new((size_t)(high - model->low[column] + 1));
		for (int number = model->low[column]; number <= high; number++) {
			value_array_push(&list, number_text(model, column, number));
		}
		value_array_push(&model->texts, list);
	}
}

static void init_numbers(struct picker_model *model, const struct picker_given *given)
{
	bool date = model->mode == PICKER_DATE;
	int from[3] = {date ? 1900 : 0, date, date}, to[3] = {date ? 2099 : 23, date ? 12 : 59, 31};
	int now[3] = {date ? given->today[0] : 0, date ? given->today[1] : 0, given->today[2]};
	read_numbers(given->start, from);
	read_numbers(given->end, to);
	read_numbers(given->value, now);
	model->count = !date || str_is(given->fields, "month") ? 2 : str_is(given->fields, "year") ? 1 : 3;
	to[0] = date ? int_min(to[0], from[0] + 1000) : int_min(to[0], 23); // a wheel has an end
	for (int i = 0; i < 3; i++) {
		model->from[i] = from[i];
		model->to[i] = compare(from, to, 3) > 0 ? from[i] : to[i];
	}
	choose_numbers(model, now);
}

/* ---- regions ---- */

/* From that column on: the divisions below what is chosen before it. code[column] is wanted, or the first is taken. */
static void choose_regions(struct picker_model *model)
{
	value_unref(model->texts);
	model->texts = value_array_new(3);
	unsigned parent = 0;
	bool open = true; // nothing is chosen below a custom item
	for (int column = 0; column < model->count; column++) {
		struct value list = value_array_new(32);
		unsigned wanted = model->code[column];
		const struct region *region, *first = region_child(parent, 0);
		bool custom = model->custom.len > 0, found = false;
		if (custom) {
			value_array_push(&list, value_string(model->custom));
		}
		model->index[column] = 0;
		for (size_t i = 0; open && (region = region_child(parent, i)); i++) {
			if (region->code == wanted) {
				model->index[column] = (int)i + custom;
				found = true;
			}
			value_array_push(&list, value_text(region->name));
		}
		model->code[column] = found ? wanted : custom || !open || !first ? 0 : first->code;
		open = open && model->code[column];
		parent = model->code[column];
		value_array_push(&model->texts, list);
	}
}

static void take_regions(struct picker_model *model, struct value names)
{
	unsigned parent = 0;
	for (int column = 0; column < model->count; column++) {
		const struct region *region = column && !parent ? NULL : region_find(parent, value_str(value_at(names, (size_t)column)));
		model->code[column] = parent = region ? region->code : 0;
	}
	choose_regions(model);
}

/* ---- lists ---- */

static struct value item_text(struct value item, struct str key)
{
	struct strbuf text = {0};
	value_to_text(value_is(item, VALUE_OBJECT) && key.len ? value_get(item, key) : item, &text);
	return value_take(&text);
}

static struct value list_texts(struct value range, struct str key)
{
	struct value list = value_array_new(value_len(range));
	for (size_t i = 0; i < value_len(range); i++) {
		value_array_push(&list, item_text(value_at(range, i), key));
	}
	return list;
}

static int inside(const struct picker_model *model, int column, double index)
{
	double last = (double)value_len(value_at(model->texts, (size_t)column)) - 1;
	return isfinite(index) ? (int)fmax(0, fmin(index, last)) : 0;
}

static void take_indexes(struct picker_model *model, struct value value)
{
	for (int i = 0; i < model->count; i++) {
		struct value one = model->mode == PICKER_MULTI ? value_at(value, (size_t)i) : value;
		model->index[i] = inside(model, i, value_to_number(one));
	}
}

static void init_lists(struct picker_model *model, const struct picker_given *given)
{
	bool multi = model->mode == PICKER_MULTI;
	model->count = multi ? (int)size_min(value_len(given->range), PICKER_COLUMNS_MAX) : 1;
	model->texts = value_array_new((size_t)model->count);
	for (int i = 0; i < model->count; i++) {
		value_array_push(&model->texts, list_texts(multi ? value_at(given->range, (size_t)i) : given->range, given->range_key));
	}
	take_indexes(model, given->value);
}

/* ---- the whole ---- */

void picker_model_init(struct picker_model *model, const struct picker_given *given)
{
	static const char *const modes[] = {"selector", "multiSelector", "time", "date", "region"};
	*model = (struct picker_model){.english = given->english};
	for (size_t i = 0; i < ARRAY_LEN(modes); i++) {
		model->mode = str_is(given->mode, modes[i]) ? (enum picker_mode)i : model->mode;
	}
	if (model->mode == PICKER_REGION) {
		model->count = str_is(given->level, "province") ? 1 : str_is(given->level, "city") ? 2 : 3;
		model->kept = value_string(given->custom_item);
		model->custom = value_str(model->kept);
		take_regions(model, given->value);
	} else if (model->mode == PICKER_TIME || model->mode == PICKER_DATE) {
		init_numbers(model, given);
	} else {
		init_lists(model, given);
	}
}

void picker_model_finish(struct picker_model *model)
{
	value_unref(model->texts);
	value_unref(model->kept);
	*model = (struct picker_model){0};
}

void picker_model_turn(struct picker_model *model, int column, int index)
{
	if (column < 0 || column >= model->count) {
		return;
	}
	model->index[column] = inside(model, column, index);
	if (model->mode == PICKER_REGION) {
		int custom = model->custom.len > 0, at = model->index[column] - custom;
		const struct region *region = at >= 0 ? region_child(column ? model->code[column - 1] : 0, (size_t)at) : NULL;
		model->code[column] = region ? region->code : 0;
		choose_regions(model);
	} else if (model->mode == PICKER_TIME || model->mode == PICKER_DATE) {
		int chosen[3] = {0};
		for (int i = 0; i < model->count; i++) {
			chosen[i] = model->low[i] + model->index[i];
		}
		choose_numbers(model, chosen);
	}
}

void picker_model_take(struct picker_model *model, struct value value)
{
	int numbers[3];
	for (int i = 0; i < 3; i++) {
		numbers[i] = model->low[i] + model->index[i];
	}
	if (value_is_nullish(value)) {
		return;
	}
	if (model->mode == PICKER_REGION) {
		take_regions(model, value);
	} else if (model->mode == PICKER_TIME || model->mode == PICKER_DATE) {
		if (read_numbers(value, numbers)) {
			choose_numbers(model, numbers);
		}
	} else {
		take_indexes(model, value);
	}
}

static struct value joined(const struct picker_model *model)
{
	struct strbuf text = {0};
	for (int i = 0; i < model->count; i++) {
		bool year = model->mode == PICKER_DATE && i == 0;
		strbuf_printf(&text, "%s%0*d", i == 0 ? "" : model->mode == PICKER_DATE ? "-" : ":", year ? 4 : 2, model->low[i] + model->index[i]);
	}
	return value_take(&text);
}

/* The index of a selector is a text, as WeChat's is (unsourced); those of multiSelector are numbers. */
static struct value indexes(const struct picker_model *model)
{
	if (model->mode == PICKER_SELECTOR) {
		char text[16];
		snprintf(text, sizeof(text), "%d", model->index[0]);
		return value_text(text);
	}
	struct value list = value_array_new((size_t)model->count);
	for (int i = 0; i < model->count; i++) {
		value_array_push(&list, value_number(model->index[i]));
	}
	return list;
}

struct value picker_model_detail(const struct picker_model *model)
{
	struct value detail = value_object_new(2);
	if (model->mode == PICKER_REGION) {
		struct value names = value_array_new(3), codes = value_array_new(3);
		for (int i = 0; i < model->count; i++) {
			char code[16] = "";
			if (model->code[i]) {
				snprintf(code, sizeof(code), "%u", model->code[i]);
				value_array_push(&codes, value_text(code));
			}
			value_array_push(&names, value_ref(value_at(value_at(model->texts, (size_t)i), (size_t)model->index[i])));
		}
		value_object_set_text(&detail, "value", names);
		value_object_set_text(&detail, "code", codes);
	} else if (model->mode == PICKER_TIME || model->mode == PICKER_DATE) {
		value_object_set_text(&detail, "value", joined(model));
	} else {
		value_object_set_text(&detail, "value", indexes(model));
	}
	return detail;
}

struct value picker_model_sheet(const struct picker_model *model)
{
	struct value sheet = value_object_new(4), index = value_array_new((size_t)model->count);
	for (int i = 0; i < model->count; i++) {
		value_array_push(&index, value_number(model->index[i]));
	}
	value_object_set_text(&sheet, "columns", value_ref(model->texts));
	value_object_set_text(&sheet, "index", index);
	return sheet;
}
