/* A map from text to pointer that keeps insertion order. Keys are copied; values are borrowed. */
#ifndef MINA_BASE_MAP_H
#define MINA_BASE_MAP_H

#include "base/str.h"

struct map_entry {
	struct str key; // owned by the map, zero-terminated; at == NULL after removal
	void *value;
};

struct map {
	struct map_entry *entries; // insertion order; removed ones have key.at == NULL
	size_t len, cap;           // len counts removed entries too
	size_t live;
	uint32_t *buckets; // index + 1 into entries
	uint32_t mask;
};

void map_finish(struct map *map); // zeroed memory is an empty map
void *map_get(const struct map *map, struct str key);
bool map_has(const struct map *map, struct str key);
/* Returns the value that was there before, or NULL. */
void *map_set(struct map *map, struct str key, void *value);
void *map_remove(struct map *map, struct str key);

#define MAP_EACH(map, entry) \
	for (struct map_entry *entry = (map)->entries; (map)->len > 0 && entry < (map)->entries + (map)->len; entry++) \
		if (entry->key.at)

#endif
