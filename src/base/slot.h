/* Generational ids: what JS, the host and other wings hold instead of a pointer. A stale id finds
 * nothing. The table borrows its pointers. */
#ifndef MINA_BASE_SLOT_H
#define MINA_BASE_SLOT_H

#include "base/base.h"

typedef uint32_t slot_id; // 0 is never valid; 20 bits index, 12 bits generation

struct slot_entry {
	void *ptr; // NULL when free
	uint32_t generation;
	uint32_t next_free; // index + 1
};

struct slot_table {
	struct slot_entry *entries;
	uint32_t len, cap, live, first_free;
};

/* Asserts that the table is empty: a live entry is a leak. */
void slot_table_finish(struct slot_table *table);
slot_id slot_add(struct slot_table *table, void *ptr);
void *slot_get(const struct slot_table *table, slot_id id); // NULL when stale
void *slot_remove(struct slot_table *table, slot_id id);

#endif
