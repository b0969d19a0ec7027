/* wx:for: the rows of a list, which follow their items by key when the list changes. */
#include "core/wxml/instance.h"
#include "core/wxml/reorder.h"

#include <math.h>

/* --- lists --- */

static size_t list_length(struct value list)
{
	switch (list.type) {
	case VALUE_ARRAY:
		return value_len(list);
	case VALUE_OBJECT:
		return value_count(list);
	case VALUE_NUMBER:
		return list.number > 0 ? (size_t)fmin(ceil(list.number), 1e9) : 0;
	default:
		return 0;
	}
}

/* Lent. */
static struct value list_item(struct value list, size_t i)
{
	if (list.type == VALUE_NUMBER) {
		return value_number((double)i);
	}
	return list.type == VALUE_OBJECT ? value_entry(list, i) : value_at(list, i);
}

/* Lent. */
static struct value list_index(struct value list, size_t i)
{
	return list.type == VALUE_OBJECT ? value_key_value(list, i) : value_number((double)i);
}

/* A text is a list of its characters. */
static struct value spread_text(struct value list)
{
	struct value characters = value_array_new(0);
	struct str text = value_str(list);
	for (size_t at = 0; at < text.len;) {
		size_t from = at;
		str_utf8_next(text, &at);
		value_array_push(&characters, value_string(str_slice(text, from, at)));
	}
	value_unref(list);
	return characters;
}

/* --- keys --- */

/* Lent; undefined: the item has none. */
static struct value row_key(const struct loop *loop, struct value item)
{
	struct value key = loop->key == KEY_ITEM ? item : expr_member(item, loop->property);
	bool simple = key.type == VALUE_STRING || key.type == VALUE_NUMBER || key.type == VALUE_BOOL;
	return simple ? key : value_undefined();
}

static bool same_key(const struct loop *loop, struct value a, struct value b)
{
	if (loop->key == KEY_NONE || value_identical(a, b)) {
		return true;
	}
	a = row_key(loop, a);
	b = row_key(loop, b);
	return a.type == b.type && value_identical(a, b);
}

/* Keys of different types are different. */
static struct str spell_key(const struct loop *loop, struct value item, struct strbuf *out)
{
	struct value key = row_key(loop, item);
	strbuf_clear(out);
	strbuf_add_char(out, (char)('a' + (int)key.type));
	if (key.type != VALUE_UNDEFINED) {
		value_to_text(key, out);
	}
	return strbuf_str(out);
}

/* Warns, once for each wx:for, about items without a key and keys that two items have. */
static void check_keys(struct wxml_render *render, const struct part *part, struct block *block)
{
	const struct loop *loop = part->loop;
	struct map seen = {0};
	struct strbuf text = {0};
	if (loop->key == KEY_NONE || block->told_key || !render->ops.diags) {
		return;
	}
	for (size_t i = 0; i < block->rows.len && !block->told_key; i++) {
		struct str key = spell_key(loop, block->rows.at[i].item, &text);
		struct str shown = str_slice(key, 1, key.len);
		if (row_key(loop, block->rows.at[i].item).type == VALUE_UNDEFINED) {
			block->told_key = true;
			render_warn(render, part, "An item has no \"" STR_FMT "\" to be its wx:key: rows follow their place in the list.",
				loop->key == KEY_ITEM ? STR("*this") : loop->property);
		} else if (map_set(&seen, key, render)) {
			block->told_key = true;
			render_warn(render, part, "Do not set same key \"" STR_FMT "\" in wx:key.", shown);
		}
	}
	strbuf_finish(&text);
	map_finish(&seen);
}

/* --- rows --- */

static void set_variables(struct world *world, const struct loop *loop, struct value item, struct value index)
{
	world->slots[loop->slot] = item;
	world->slots[loop->slot + 1] = index;
}

static void row_finish(struct wxml_render *render, struct row *row)
{
	region_destroy(render, row->region, row->group);
	value_unref(row->item);
	value_unref(row->index);
	render->live--;
}

static void replace(struct value *slot, struct value value)
{
	struct value old = *slot;
	*slot = value_ref(value);
	value_unref(old);
}

/* Gives the row its item and index, and runs what reads what is new about them. */
static void update_row(struct wxml_render *render, const struct loop *loop, struct row *row, struct value item,
	struct value index, struct world *world, const struct mask *changed)
{
	struct mask mask = *changed;
	bool same_item = value_identical(row->item, item), same_index = value_identical(row->index, index);
	if (!same_item) {
		depend_compare_slot(&world->frame->depend, loop->item_root, row->item, item, &mask);
		replace(&row->item, item);
	}
	if (!same_index) {
		depend_compare_slot(&world->frame->depend, loop->index_root, row->index, index, &mask);
		replace(&row->index, index);
	}
	if (!row->region || !mask_meets(&loop->body->reads, &mask)) {
		render->stats.skipped++;
		return;
	}
	set_variables(world, loop, row->item, row->index);
	region_update(render, row->region, world, &mask);
}

static void make_row(struct wxml_render *render, const struct loop *loop, struct row *row, struct value item,
	struct value index, struct world *world)
{
	row->item = value_ref(item);
	row->index = value_ref(index);
	set_variables(world, loop, row->item, row->index);
	row->region = region_create(render, loop->body, world, row->group);
}

/* --- another order --- */

/* The part of a list between the rows that are the same at its start and at its end. */
struct span {
	size_t start, old_end, new_end;
};

static struct span find_span(const struct loop *loop, const struct block *block, size_t count)
{
	const struct row *rows = block->rows.at;
	struct span span = {0, block->rows.len, count};
	while (span.start < size_min(span.old_end, span.new_end)
		&& same_key(loop, rows[span.start].item, list_item(block->list, span.start))) {
		span.start++;
	}
	while (loop->key != KEY_NONE && size_min(span.old_end, span.new_end) > span.start
		&& same_key(loop, rows[span.old_end - 1].item, list_item(block->list, span.new_end - 1))) {
		span.old_end--;
		span.new_end--;
	}
	return span;
}

/* For each new row of the span the old one that it continues, or REORDER_NEW. Of equal keys, the
 * first continues the first. */
static void match_rows(const struct loop *loop, const struct block *block, const struct span *span, size_t *was)
{
	struct map first = {0}; // key -> position + 1 of the first old row that is not taken
	struct strbuf text = {0};
	size_t *next = mem_alloc_array(span->old_end - span->start + 1, sizeof(*next));
	for (size_t i = span->old_end; i > span->start; i--) {
		struct str key = spell_key(loop, block->rows.at[i - 1].item, &text);
		next[i - 1 - span->start] = (size_t)(uintptr_t)map_set(&first, key, (void *)(uintptr_t)i);
	}
	for (size_t i = span->start; i < span->new_end; i++) {
		struct str key = spell_key(loop, list_item(block->list, i), &text);
		size_t place = (size_t)(uintptr_t)map_get(&first, key);
		was[i - span->start] = place ? place - 1 : REORDER_NEW;
		if (place) {
			map_set(&first, key, (void *)(uintptr_t)next[place - 1 - span->start]);
		}
	}
	mem_free(next);
	strbuf_finish(&text);
	map_finish(&first);
}

/* The groups of the span in their new order: from the end, each before the one behind it. */
static void place_rows(struct wxml_render *render, struct node *parent, struct row *rows, size_t count, const size_t *was,
	struct node *before)
{
	bool *stays = mem_alloc_array(count + 1, sizeof(*stays));
	reorder_stays(was, count, stays);
	for (size_t i = count; i > 0; i--) {
		struct row *row = &rows[i - 1];
		if (!row->group) {
			row->group = render_group(render, parent, before);
			render->live++;
		} else if (!stays[i - 1]) {
			render->stats.moved++;
			node_insert(parent, row->group, before);
			if (render->ops.moved) {
				render->ops.moved(render->ops.user, row->group);
			}
		}
		before = row->group;
	}
	mem_free(stays);
}

/* Afterwards there are `count` rows, in place; new ones have a group only. */
static void arrange_rows(struct wxml_render *render, const struct part *part, struct cell *cell, size_t count,
	const struct span *span)
{
	struct block *block = cell->block;
	size_t fresh = span->new_end - span->start, behind = block->rows.len - span->old_end;
	size_t *was = mem_alloc_array(fresh + 1, sizeof(*was));
	struct row *rows = mem_alloc_array(count + 1, sizeof(*rows));
	match_rows(part->loop, block, span, was);
	for (size_t i = 0; i < fresh; i++) {
		if (was[i] != REORDER_NEW) {
			rows[span->start + i] = block->rows.at[was[i]];
			block->rows.at[was[i]].group = NULL;
		}
	}
	for (size_t i = span->start; i < span->old_end; i++) {
		if (block->rows.at[i].group) {
			row_finish(render, &block->rows.at[i]);
		}
	}
	struct node *before = behind ? block->rows.at[span->old_end].group : NULL;
	place_rows(render, cell->node, rows + span->start, fresh, was, before);
	if (span->start) {
		memcpy(rows, block->rows.at, span->start * sizeof(*rows));
	}
	if (behind) {
		memcpy(rows + span->new_end, block->rows.at + span->old_end, behind * sizeof(*rows));
	}
	mem_free(block->rows.at);
	block->rows.at = rows;
	block->rows.len = count;
	block->rows.cap = count + 1;
	mem_free(was);
}

/* How many of the list's rows there is room for. */
static size_t room_for(struct wxml_render *render, const struct part *part, const struct block *block)
{
	size_t length = list_length(block->list);
	size_t room = block->rows.len + (render->live < render->live_max ? render->live_max - render->live : 0);
	if (length > room) {
		render_warn(render, part, "This list is too long" STR_FMT ": the rest of its rows is left out.", STR(""));
	}
	return size_min(length, room);
}

static void change_rows(struct wxml_render *render, const struct part *part, struct cell *cell, struct world *world,
	const struct mask *changed)
{
	const struct loop *loop = part->loop;
	struct block *block = cell->block;
	size_t count = room_for(render, part, block);
	struct span span = find_span(loop, block, count);
	bool arranged = span.start < span.old_end || span.start < span.new_end, grown = false;
	if (arranged) {
		arrange_rows(render, part, cell, count, &span);
	}
	for (size_t i = 0; i < count; i++) {
		struct row *row = &block->rows.at[i];
		struct value item = list_item(block->list, i), index = list_index(block->list, i);
		bool fresh = arranged && !row->region && row->index.type == VALUE_UNDEFINED;
		if (fresh) {
			make_row(render, loop, row, item, index, world);
			grown = true;
		} else {
			update_row(render, loop, row, item, index, world, changed);
		}
	}
	if (grown) {
		check_keys(render, part, block);
	}
}

static bool take_list(struct wxml_render *render, const struct part *part, struct block *block, const struct world *world)
{
	struct value list = render_evaluate(render, world, &part->loop->list);
	if (list.type == VALUE_STRING) {
		list = spread_text(list);
	} else if (list.type == VALUE_NUMBER && !block->told_number) {
		block->told_number = true;
		render_warn(render, part, "wx:for counts to a number here" STR_FMT ": it is meant for arrays and objects.", STR(""));
	}
	bool same = value_identical(list, block->list);
	value_unref(block->list);
	block->list = list;
	return !same;
}

void rows_update(struct wxml_render *render, const struct part *part, struct cell *cell, struct world *world,
	const struct mask *changed)
{
	static const struct mask nothing;
	const struct loop *loop = part->loop;
	struct block *block = cell->block;
	bool look = !changed || mask_meets(&part->own, changed);
	changed = changed ? changed : &nothing;
	if (look && take_list(render, part, block, world)) {
		change_rows(render, part, cell, world, changed);
	} else if (mask_meets(&loop->body->reads, changed)) {
		for (size_t i = 0; i < block->rows.len; i++) {
			const struct row *row = &block->rows.at[i];
			if (row->region) {
				set_variables(world, loop, row->item, row->index);
				region_update(render, row->region, world, changed);
			}
		}
	} else {
		render->stats.skipped++;
	}
	set_variables(world, loop, value_undefined(), value_undefined());
}

void rows_finish(struct wxml_render *render, struct block *block)
{
	for (size_t i = 0; i < block->rows.len; i++) {
		block->rows.at[i].group = NULL; // goes with the group around all rows
		row_finish(render, &block->rows.at[i]);
	}
	vec_finish(&block->rows);
	value_unref(block->list);
}
