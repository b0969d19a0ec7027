/* What a picker offers and what is chosen of it: columns of texts, of which the later may depend on
 * the earlier (the days of a month, the cities of a province). No node, no host, no time. */
#ifndef MINA_COMPONENT_PICKER_MODEL_H
#define MINA_COMPONENT_PICKER_MODEL_H

#include "core/value/value.h"

#define PICKER_COLUMNS_MAX 16

enum picker_mode { PICKER_SELECTOR, PICKER_MULTI, PICKER_TIME, PICKER_DATE, PICKER_REGION };

struct picker_given { // the attributes; lent
	struct str mode, range_key, fields, custom_item, level;
	struct value range, value, start, end;
	bool english; // the words of a date
	int today[3]; // year, month, day: where an empty date begins
};

struct picker_model {
	enum picker_mode mode;
	bool english;                    // its words
	int count;                       // columns
	struct value texts;              // an array of arrays of strings
	int index[PICKER_COLUMNS_MAX];
	int low[3], from[3], to[3];      // of time and date: the first number of each column, and the bounds
	unsigned code[3];                // of a region: its codes, 0 for the custom item
	struct str custom;               // region's first item, owned by `kept`
	struct value kept;
};

void picker_model_init(struct picker_model *model, const struct picker_given *given);
void picker_model_finish(struct picker_model *model);
/* Another index in a column; what depends on it follows. */
void picker_model_turn(struct picker_model *model, int column, int index);
/* What an answer's value asks for, as the value attribute does; undefined: nothing. */
void picker_model_take(struct picker_model *model, struct value value);
/* The detail of change: {value}, of a region {value, code} too. New. */
struct value picker_model_detail(const struct picker_model *model);
/* What the host shows: {columns, index}. New. */
struct value picker_model_sheet(const struct picker_model *model);

#endif
