/* Open addressing over an insertion-ordered entry list. */
#include "base/map.h"

#include "base/mem.h"

#include <string.h>

#define REMOVED UINT32_MAX

void map_finish(struct map *map)
{
	for (size_t i = 0; i < map->len; i++) {
		mem_free((char *)map->entries[i].key.at);
	}
	mem_free(map->entries);
	mem_free(map->buckets);
	*map = (struct map){0};
}

static uint32_t *find_bucket(const struct map *map, struct str key)
{
	uint32_t at = str_hash(key) & map->mask;
	for (;; at = (at + 1) & map->mask) {
		uint32_t *bucket = &map->buckets[at];
		if (*bucket == 0) {
			return bucket;
		}
		if (*bucket != REMOVED && str_eq(map->entries[*bucket - 1].key, key)) {
			return bucket;
		}
	}
}

static void rehash(struct map *map)
{
	size_t live = 0;
	for (size_t i = 0; i < map->len; i++) {
		if (map->entries[i].key.at) {
			map->entries[live++] = map->entries[i];
		}
	}
	map->len = map->live = live;
	uint32_t size = 8;
	while (size < (live + 1) * 3) {
		size *= 2;
	}
	mem_free(map->buckets);
	map->buckets = mem_alloc_array(size, sizeof(*map->buckets));
	map->mask = size - 1;
	for (size_t i = 0; i < live; i++) {
		*find_bucket(map, map->entries[i].key) = (uint32_t)i + 1;
	}
}

void *map_get(const struct map *map, struct str key)
{
	if (!map->live) {
		return NULL;
	}
	uint32_t bucket = *find_bucket(map, key);
	return bucket ? map->entries[bucket - 1].value : NULL;
}

bool map_has(const struct map *map, struct str key)
{
	return map->live && *find_bucket(map, key) != 0;
}

void *map_set(struct map *map, struct str key, void *value)
{
	if (!map->buckets || (map->len + 1) * 3 > ((size_t)map->mask + 1) * 2) {
		rehash(map);
	}
	uint32_t *bucket = find_bucket(map, key);
	if (*bucket) {
		void *before = map->entries[*bucket - 1].value;
		map->entries[*bucket - 1].value = value;
		return before;
	}
	if (map->len == map->cap) {
		map->cap = map->cap ? map->cap * 2 : 8;
		map->entries = mem_realloc(map->entries, map->cap, sizeof(*map->entries));
	}
	map->entries[map->len++] = (struct map_entry){{mem_strdup(key.at, key.len), key.len}, value};
	map->live++;
	*bucket = (uint32_t)map->len;
	return NULL;
}

void *map_remove(struct map *map, struct str key)
{
	if (!map->live) {
		return NULL;
	}
	uint32_t *bucket = find_bucket(map, key);
	if (!*bucket) {
		return NULL;
	}
	struct map_entry *entry = &map->entries[*bucket - 1];
	void *value = entry->value;
	mem_free((char *)entry->key.at);
	*entry = (struct map_entry){0};
	*bucket = REMOVED;
	map->live--;
	return value;
}
