/* The store that is gone with its process. */
#include "base/map.h"
#include "base/mem.h"
#include "base/vec.h"
#include "platform/store.h"

#include <pthread.h>
#include <stdlib.h>

struct item {
	struct strbuf table, key, text, mark;
	double expires;
	bool taken;
};

struct memory {
	struct store store;
	pthread_mutex_t lock;
	struct map items; // table NUL key -> struct item
};

static struct memory *begin(struct store *store)
{
	struct memory *memory = (struct memory *)store;
	pthread_mutex_lock(&memory->lock);
	return memory;
}

static int end(struct memory *memory, int outcome)
{
	pthread_mutex_unlock(&memory->lock);
	return outcome;
}

static void free_item(struct item *item)
{
	if (item) {
		strbuf_finish(&item->table);
		strbuf_finish(&item->key);
		strbuf_finish(&item->text);
		strbuf_finish(&item->mark);
		mem_free(item);
	}
}

static void name_item(struct str table, struct str key, struct strbuf *out)
{
	strbuf_add(out, table);
	strbuf_add_char(out, '\0');
	strbuf_add(out, key);
}

static struct item *find(struct memory *memory, struct str table, struct str key)
{
	struct strbuf name = {0};
	name_item(table, key, &name);
	struct item *item = map_get(&memory->items, strbuf_str(&name));
	strbuf_finish(&name);
	return item;
}

static void drop(struct memory *memory, struct str table, struct str key)
{
	struct strbuf name = {0};
	name_item(table, key, &name);
	free_item(map_get(&memory->items, strbuf_str(&name)));
	map_remove(&memory->items, strbuf_str(&name));
	strbuf_finish(&name);
}

static void set(struct memory *memory, const struct store_record *record)
{
	struct item *item = mem_alloc(sizeof(*item));
	struct strbuf name = {0};
	strbuf_add(&item->table, record->table);
	strbuf_add(&item->key, record->key);
	strbuf_add(&item->text, record->text);
	item->expires = record->expires;
	drop(memory, record->table, record->key);
	name_item(record->table, record->key, &name);
	map_set(&memory->items, strbuf_str(&name), item);
	strbuf_finish(&name);
}

static int put(struct store *store, const struct store_record *records, size_t count)
{
	struct memory *memory = begin(store);
	for (size_t i = 0; i < count; i++) {
		set(memory, &records[i]);
	}
	return end(memory, STORE_OK);
}

static int add(struct store *store, const struct store_record *record)
{
	struct memory *memory = begin(store);
	if (find(memory, record->table, record->key)) {
		return end(memory, STORE_OTHER);
	}
	set(memory, record);
	return end(memory, STORE_OK);
}

static int look(const struct item *item, double now)
{
	return !item ? STORE_ABSENT : item->expires && item->expires <= now ? STORE_EXPIRED : STORE_OK;
}

static int get(struct store *store, struct str table, struct str key, double now, struct strbuf *ret_text)
{
	struct memory *memory = begin(store);
	struct item *item = find(memory, table, key);
	int outcome = look(item, now);
	if (outcome == STORE_OK) {
		strbuf_add(ret_text, strbuf_str(&item->text));
	}
	return end(memory, outcome);
}

static int take(struct store *store, struct str table, struct str key, double now, struct str mark, struct strbuf *ret_text)
{
	struct memory *memory = begin(store);
	struct item *item = find(memory, table, key);
	int outcome = item && item->taken && !str_eq(strbuf_str(&item->mark), mark) ? STORE_TAKEN : look(item, now);
	if (outcome == STORE_OK) {
		strbuf_add(ret_text, strbuf_str(&item->text));
		item->taken = true;
		strbuf_clear(&item->mark);
		strbuf_add(&item->mark, mark);
	}
	return end(memory, outcome);
}

static int swap(struct store *store, const struct store_record *records, size_t count, struct str old)
{
	struct memory *memory = begin(store);
	struct item *item = find(memory, records->table, records->key);
	if (!item && old.at) {
		return end(memory, STORE_ABSENT);
	}
	bool same = item && str_eq(strbuf_str(&item->text), records->text) && item->expires == records->expires; // done before
	if (item && !same && !(old.at && str_eq(strbuf_str(&item->text), old))) {
		return end(memory, STORE_OTHER);
	}
	if (item) {
		strbuf_clear(&item->text);
		strbuf_add(&item->text, records->text);
		item->expires = records->expires;
	}
	for (size_t i = item ? 1 : 0; i < count; i++) {
		set(memory, &records[i]);
	}
	return end(memory, STORE_OK);
}

static int remove_record(struct store *store, struct str table, struct str key)
{
	struct memory *memory = begin(store);
	drop(memory, table, key);
	return end(memory, STORE_OK);
}

static int by_key(const void *a, const void *b)
{
	return str_compare(strbuf_str(&(*(struct item *const *)a)->key), strbuf_str(&(*(struct item *const *)b)->key));
}

static int list(struct store *store, struct str table, void (*each)(void *user, const struct store_record *record), void *user)
{
	struct memory *memory = begin(store);
	VEC(struct item *) found = {0};
	MAP_EACH(&memory->items, entry) {
		if (str_eq(strbuf_str(&((struct item *)entry->value)->table), table)) {
			vec_push(&found, (struct item *)entry->value);
		}
	}
	if (found.len) {
		qsort(found.at, found.len, sizeof(*found.at), by_key);
	}
	for (size_t i = 0; i < found.len; i++) {
		struct item *item = found.at[i];
		struct store_record record = {table, strbuf_str(&item->key), strbuf_str(&item->text), item->expires};
		each(user, &record);
	}
	vec_finish(&found);
	return end(memory, STORE_OK);
}

static int sweep(struct store *store, double now)
{
	struct memory *memory = begin(store);
	VEC(struct item *) ended = {0};
	MAP_EACH(&memory->items, entry) {
		if (look(entry->value, now) == STORE_EXPIRED) {
			vec_push(&ended, (struct item *)entry->value);
		}
	}
	for (size_t i = 0; i < ended.len; i++) {
		struct strbuf table = ended.at[i]->table, key = ended.at[i]->key;
		ended.at[i]->table = ended.at[i]->key = (struct strbuf){0};
		drop(memory, strbuf_str(&table), strbuf_str(&key));
		strbuf_finish(&table);
		strbuf_finish(&key);
	}
	vec_finish(&ended);
	return end(memory, STORE_OK);
}

static void destroy(struct store *store)
{
	struct memory *memory = (struct memory *)store;
	MAP_EACH(&memory->items, entry) {
		free_item(entry->value);
	}
	map_finish(&memory->items);
	pthread_mutex_destroy(&memory->lock);
	mem_free(memory);
}

static const struct store_engine engine = {put, add, get, take, swap, remove_record, list, sweep, destroy};

struct store *store_memory_create(void)
{
	struct memory *memory = mem_alloc(sizeof(*memory));
	memory->store.engine = &engine;
	pthread_mutex_init(&memory->lock, NULL);
	return &memory->store;
}
