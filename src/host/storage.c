/* Key-value storage in memory: entries are shared immutable values, sizes are those of their JSON. */
#include "host/storage.h"

#include "base/mem.h"
#include "core/value/json.h"

struct host_storage_item {
	struct value data;
	size_t size;
};

static size_t json_size(struct value data)
{
	struct strbuf text = {0};
	json_write(data, &text);
	size_t size = text.len;
	strbuf_finish(&text);
	return size;
}

static void forget(struct host_storage *storage, struct str key)
{
	struct host_storage_item *item = map_get(&storage->items, key);
	if (item) {
		storage->total -= item->size;
		map_remove(&storage->items, key);
		value_unref(item->data);
		mem_free(item);
	}
}

static void forget_all(struct host_storage *storage)
{
	MAP_EACH(&storage->items, entry) {
		struct host_storage_item *item = entry->value;
		value_unref(item->data);
		mem_free(item);
	}
	map_finish(&storage->items);
	storage->total = 0;
}

/* Consumes data; the key keeps its place. */
static void put(struct host_storage *storage, struct str key, struct value data, size_t size)
{
	struct host_storage_item *item = map_get(&storage->items, key);
	if (item) {
		storage->total -= item->size;
		value_unref(item->data);
	} else {
		item = mem_alloc(sizeof(*item));
		map_set(&storage->items, key, item);
	}
	item->data = data;
	item->size = size;
	storage->total += size;
}

static void changed(struct host_storage *storage, struct str key, struct value data)
{
	if (storage->on_change) {
		storage->on_change(storage, key, data);
	}
}

void host_storage_finish(struct host_storage *storage)
{
	forget_all(storage);
}

struct value host_storage_dump(const struct host_storage *storage)
{
	struct value object = value_object_new(storage->items.live);
	MAP_EACH(&storage->items, entry) {
		const struct host_storage_item *item = entry->value;
		value_object_set(&object, entry->key, value_ref(item->data));
	}
	return object;
}

void host_storage_load(struct host_storage *storage, struct value object)
{
	forget_all(storage);
	for (size_t i = 0; i < value_count(object); i++) {
		struct value data = value_entry(object, i);
		put(storage, value_key(object, i), value_ref(data), value_key(object, i).len + json_size(data));
	}
}

enum host_outcome host_storage_get(struct host_storage *storage, struct value parameters, struct host_answer *ret_answer)
{
	struct host_storage_item *item = map_get(&storage->items, value_str(value_get_text(parameters, "key")));
	if (!item) {
		return host_refuse(ret_answer, HOST_NOT_FOUND, "data not found");
	}
	ret_answer->value = value_object_new(1);
	value_object_set_text(&ret_answer->value, "data", value_ref(item->data));
	return HOST_OK;
}

static size_t limit_of(const struct host_storage *storage)
{
	return storage->limit ? storage->limit : HOST_STORE_TOTAL_MAX;
}

enum host_outcome host_storage_set(struct host_storage *storage, struct value parameters, struct host_answer *ret_answer)
{
	struct str key = value_str(value_get_text(parameters, "key"));
	struct value data = value_get_text(parameters, "data");
	struct value kept = value_is(data, VALUE_UNDEFINED) ? value_text("") : value_ref(data);
	struct host_storage_item *old = map_get(&storage->items, key);
	size_t size = key.len + json_size(kept);
	const char *problem = size > HOST_STORE_ITEM_MAX ? "exceed max size limit of a single item (1MB)"
		: storage->total - (old ? old->size : 0) + size > limit_of(storage) ? "exceed storage max size limit (10MB)"
		: NULL;
	if (problem) {
		value_unref(kept);
		return host_refuse(ret_answer, HOST_TOO_LARGE, problem);
	}
	put(storage, key, kept, size);
	changed(storage, key, kept);
	ret_answer->value = value_object_new(0);
	return HOST_OK;
}

enum host_outcome host_storage_remove(struct host_storage *storage, struct value parameters, struct host_answer *ret_answer)
{
	struct str key = value_str(value_get_text(parameters, "key"));
	if (map_has(&storage->items, key)) {
		forget(storage, key);
		changed(storage, key, value_undefined());
	}
	ret_answer->value = value_object_new(0);
	return HOST_OK;
}

enum host_outcome host_storage_clear(struct host_storage *storage, struct value parameters, struct host_answer *ret_answer)
{
	UNUSED(parameters);
	forget_all(storage);
	changed(storage, (struct str){NULL, 0}, value_undefined());
	ret_answer->value = value_object_new(0);
	return HOST_OK;
}

enum host_outcome host_storage_info(struct host_storage *storage, struct value parameters, struct host_answer *ret_answer)
{
	UNUSED(parameters);
	struct value keys = value_array_new(storage->items.live);
	MAP_EACH(&storage->items, entry) {
		value_array_push(&keys, value_string(entry->key));
	}
	struct value info = value_object_new(3);
	value_object_set_text(&info, "keys", keys);
	value_object_set_text(&info, "currentSize", value_number(ceil((double)storage->total / 1024)));
	value_object_set_text(&info, "limitSize", value_number((double)(limit_of(storage) / 1024)));
	ret_answer->value = info;
	return HOST_OK;
}
