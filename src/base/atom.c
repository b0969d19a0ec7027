/* The atom table: open addressing over interned names. */
#include "base/atom.h"

#include "base/mem.h"

static struct {
	struct arena arena;
	struct str *names; // [0] is ""
	uint32_t count, cap;
	atom_t *buckets; // power of two, 0 is free
	uint32_t mask;
} table;

static uint32_t find_bucket(struct str name)
{
	uint32_t at = str_hash(name) & table.mask;
	while (table.buckets[at] && !str_eq(table.names[table.buckets[at]], name)) {
		at = (at + 1) & table.mask;
	}
	return at;
}

static void rehash(uint32_t size)
{
	mem_free(table.buckets);
	table.buckets = mem_alloc_array(size, sizeof(*table.buckets));
	table.mask = size - 1;
	for (uint32_t i = 1; i < table.count; i++) {
		table.buckets[find_bucket(table.names[i])] = i;
	}
}

atom_t atom_intern(struct str name)
{
	if (!name.len) {
		return 0;
	}
	if (!table.count) {
		table.count = 1;
		table.cap = 256;
		table.names = mem_alloc_array(table.cap, sizeof(*table.names));
		table.names[0] = STR("");
		rehash(1024);
	}
	uint32_t at = find_bucket(name);
	if (table.buckets[at]) {
		return table.buckets[at];
	}
	if (table.count == table.cap) {
		table.cap *= 2;
		table.names = mem_realloc(table.names, table.cap, sizeof(*table.names));
	}
	atom_t atom = table.count++;
	table.names[atom] = (struct str){arena_strdup(&table.arena, name.at, name.len), name.len};
	table.buckets[at] = atom;
	if (table.count * 2 > table.mask) {
		rehash((table.mask + 1) * 2);
	}
	return atom;
}

atom_t atom_of(const char *zero_terminated)
{
	return atom_intern(str_of(zero_terminated));
}

atom_t atom_find(struct str name)
{
	return table.count && name.len ? table.buckets[find_bucket(name)] : 0;
}

struct str atom_str(atom_t atom)
{
	assert(atom == 0 || atom < table.count);
	return atom ? table.names[atom] : STR("");
}

const char *atom_text(atom_t atom)
{
	return atom_str(atom).at;
}

void atom_reset(void)
{
	arena_finish(&table.arena);
	mem_free(table.names);
	mem_free(table.buckets);
	table.names = NULL;
	table.buckets = NULL;
	table.count = table.cap = table.mask = 0;
}
