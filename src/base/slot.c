/* Generational slots with a free list. */
#include "base/slot.h"

#include "base/mem.h"

#define INDEX_BITS 20
#define GENERATIONS (1u << (32 - INDEX_BITS))

void slot_table_finish(struct slot_table *table)
{
	assert(table->live == 0);
	mem_free(table->entries);
	*table = (struct slot_table){0};
}

slot_id slot_add(struct slot_table *table, void *ptr)
{
	assert(ptr);
	uint32_t index;
	if (table->first_free) {
		index = table->first_free - 1;
		table->first_free = table->entries[index].next_free;
	} else {
		if (table->len == table->cap) {
			table->cap = table->cap ? table->cap * 2 : 16;
			table->entries = mem_realloc(table->entries, table->cap, sizeof(*table->entries));
		}
		index = table->len++;
		assert(index < (1u << INDEX_BITS));
		table->entries[index] = (struct slot_entry){.generation = 1};
	}
	table->entries[index].ptr = ptr;
	table->live++;
	return table->entries[index].generation << INDEX_BITS | index;
}

static struct slot_entry *find(const struct slot_table *table, slot_id id)
{
	uint32_t index = id & ((1u << INDEX_BITS) - 1);
	if (index >= table->len) {
		return NULL;
	}
	struct slot_entry *entry = &table->entries[index];
	return entry->ptr && entry->generation == id >> INDEX_BITS ? entry : NULL;
}

void *slot_get(const struct slot_table *table, slot_id id)
{
	struct slot_entry *entry = find(table, id);
	return entry ? entry->ptr : NULL;
}

void *slot_remove(struct slot_table *table, slot_id id)
{
	struct slot_entry *entry = find(table, id);
	if (!entry) {
		return NULL;
	}
	void *ptr = entry->ptr;
	entry->ptr = NULL;
	entry->generation = (entry->generation + 1) % GENERATIONS;
	if (!entry->generation) {
		entry->generation = 1;
	}
	entry->next_free = table->first_free;
	table->first_free = (uint32_t)(entry - table->entries) + 1;
	table->live--;
	return ptr;
}
