/* Reference-counted JSON-like values. */
#include "core/value/value.h"

#include "base/mem.h"

#include <string.h>

struct value_string {
	uint32_t refs;
	uint32_t hash; // 0: not computed
	size_t len;
	char at[]; // zero-terminated
};

/* Both containers keep their items behind the header while they fit, so that a parsed one is one
 * allocation. `next_dead` links what value_unref has still to free. */
struct value_array {
	uint32_t refs;
	size_t len, cap;
	struct value *items;
	struct value_array *next_dead;
	struct value own[];
};

struct value_field {
	struct value_string *key;
	struct value value;
};

struct value_object {
	uint32_t refs;
	uint32_t mask;   // of index
	size_t len, cap;
	struct value_field *fields;
	uint32_t *index; // position + 1 by hash; NULL until a look-up among many keys
	struct value_object *next_dead;
	struct value_field own[];
};

#define INDEX_ABOVE 8

static void *alloc_raw(size_t size)
{
	return mem_realloc(NULL, size, 1);
}

static struct value_string *string_new(const char *at, size_t len)
{
	struct value_string *string = alloc_raw(sizeof(*string) + len + 1);
	string->refs = 1;
	string->hash = 0;
	string->len = len;
	if (len) {
		memcpy(string->at, at, len);
	}
	string->at[len] = 0;
	return string;
}

static void string_unref(struct value_string *string)
{
	if (--string->refs == 0) {
		mem_free(string);
	}
}

static struct str string_str(const struct value_string *string)
{
	return (struct str){string->at, string->len};
}

static uint32_t string_hash(struct value_string *string)
{
	if (!string->hash) {
		uint32_t hash = str_hash(string_str(string));
		string->hash = hash ? hash : 1;
	}
	return string->hash;
}

struct value value_string(struct str text)
{
	return (struct value){.type = VALUE_STRING, .string = string_new(text.at, text.len)};
}

struct value value_text(const char *zero_terminated)
{
	return value_string(str_of(zero_terminated));
}

struct value value_take(struct strbuf *buf)
{
	struct value v = value_string(strbuf_str(buf));
	strbuf_finish(buf);
	return v;
}

struct value value_ref(struct value v)
{
	if (v.type == VALUE_STRING) {
		v.string->refs++;
	} else if (v.type == VALUE_ARRAY) {
		v.array->refs++;
	} else if (v.type == VALUE_OBJECT) {
		v.object->refs++;
	}
	return v;
}

/* Containers wait in two lists instead of on the C stack: no depth can overflow it. */
struct dead {
	struct value_array *arrays;
	struct value_object *objects;
};

static inline void drop(struct value v, struct dead *dead)
{
	if (v.type == VALUE_STRING) {
		string_unref(v.string);
	} else if (v.type == VALUE_ARRAY && --v.array->refs == 0) {
		v.array->next_dead = dead->arrays;
		dead->arrays = v.array;
	} else if (v.type == VALUE_OBJECT && --v.object->refs == 0) {
		v.object->next_dead = dead->objects;
		dead->objects = v.object;
	}
}

void value_unref(struct value v)
{
	struct dead dead = {0};
	drop(v, &dead);
	while (dead.arrays || dead.objects) {
		struct value_array *array = dead.arrays;
		if (array) {
			dead.arrays = array->next_dead;
			for (size_t i = 0; i < array->len; i++) {
				drop(array->items[i], &dead);
			}
			if (array->items != array->own) {
				mem_free(array->items);
			}
			mem_free(array);
			continue;
		}
		struct value_object *object = dead.objects;
		dead.objects = object->next_dead;
		for (size_t i = 0; i < object->len; i++) {
			string_unref(object->fields[i].key);
			drop(object->fields[i].value, &dead);
		}
		if (object->fields != object->own) {
			mem_free(object->fields);
		}
		mem_free(object->index);
		mem_free(object);
	}
}

const char *value_type_name(enum value_type type)
{
	static const char *const names[] = {
		"Undefined", "Null", "Boolean", "Number", "String", "Array", "Object", "Function",
	};
	return names[type];
}

struct str value_str(struct value v)
{
	return v.type == VALUE_STRING ? string_str(v.string) : (struct str){0};
}

/* Arrays. */

struct value value_array_new(size_t capacity)
{
	struct value_array *array = alloc_raw(sizeof(*array) + capacity * sizeof(struct value));
	*array = (struct value_array){.refs = 1, .cap = capacity};
	array->items = array->own;
	return (struct value){.type = VALUE_ARRAY, .array = array};
}

static void array_grow(struct value_array *array, size_t cap)
{
	bool own = array->items == array->own;
	struct value *items = mem_realloc(own ? NULL : array->items, cap, sizeof(*items));
	if (own && array->len) {
		memcpy(items, array->own, array->len * sizeof(*items));
	}
	array->items = items;
	array->cap = cap;
}

void value_array_push(struct value *array, struct value item)
{
	struct value_array *a = array->array;
	assert(array->type == VALUE_ARRAY && a->refs == 1);
	if (a->len == a->cap) {
		array_grow(a, a->cap * 2 + 4);
	}
	a->items[a->len++] = item;
}

void value_array_set(struct value *array, size_t index, struct value item)
{
	struct value_array *a = array->array;
	assert(array->type == VALUE_ARRAY && a->refs == 1);
	if (index >= a->cap) {
		array_grow(a, size_max(index + 1, a->cap * 2));
	}
	while (a->len <= index) {
		a->items[a->len++] = value_undefined();
	}
	value_unref(a->items[index]);
	a->items[index] = item;
}

struct value value_array_take(struct value *array, size_t index)
{
	struct value_array *a = array->array;
	assert(array->type == VALUE_ARRAY && a->refs == 1);
	if (index >= a->len) {
		return value_undefined();
	}
	struct value item = a->items[index];
	a->items[index] = value_undefined();
	return item;
}

size_t value_index_of(struct str key)
{
	size_t index = 0;
	if (key.len == 0 || key.len > 9 || (key.at[0] == '0' && key.len > 1)) {
		return SIZE_MAX;
	}
	for (size_t i = 0; i < key.len; i++) {
		if (key.at[i] < '0' || key.at[i] > '9') {
			return SIZE_MAX;
		}
		index = index * 10 + (size_t)(key.at[i] - '0');
	}
	return index;
}

size_t value_len(struct value array)
{
	return array.type == VALUE_ARRAY ? array.array->len : 0;
}

struct value value_at(struct value array, size_t index)
{
	return index < value_len(array) ? array.array->items[index] : value_undefined();
}

/* Objects. */

struct value value_object_new(size_t capacity)
{
	struct value_object *object = alloc_raw(sizeof(*object) + capacity * sizeof(struct value_field));
	*object = (struct value_object){.refs = 1, .cap = capacity};
	object->fields = object->own;
	return (struct value){.type = VALUE_OBJECT, .object = object};
}

static void object_grow(struct value_object *object)
{
	size_t cap = object->cap * 2 + 4;
	bool own = object->fields == object->own;
	struct value_field *fields = mem_realloc(own ? NULL : object->fields, cap, sizeof(*fields));
	if (own && object->len) {
		memcpy(fields, object->own, object->len * sizeof(*fields));
	}
	object->fields = fields;
	object->cap = cap;
}

static void index_add(struct value_object *object, size_t position)
{
	uint32_t at = string_hash(object->fields[position].key) & object->mask;
	while (object->index[at]) {
		at = (at + 1) & object->mask;
	}
	object->index[at] = (uint32_t)position + 1;
}

static void index_build(struct value_object *object)
{
	size_t size = 32;
	while (size < object->len * 2 + 2) {
		size *= 2;
	}
	mem_free(object->index);
	object->index = mem_alloc_array(size, sizeof(*object->index));
	object->mask = (uint32_t)size - 1;
	for (size_t i = 0; i < object->len; i++) {
		index_add(object, i);
	}
}

static bool same_key(const struct value_string *key, struct str text)
{
	return key->len == text.len && memcmp(key->at, text.at ? text.at : "", text.len) == 0;
}

/* Position of the key, or SIZE_MAX. `hash` 0: not known yet. */
static size_t object_find(struct value_object *object, struct str key, uint32_t hash)
{
	if (object->len <= INDEX_ABOVE) {
		for (size_t i = 0; i < object->len; i++) {
			if (same_key(object->fields[i].key, key)) {
				return i;
			}
		}
		return SIZE_MAX;
	}
	if (!object->index) {
		index_build(object);
	}
	if (!hash) {
		hash = str_hash(key);
		hash = hash ? hash : 1;
	}
	for (uint32_t at = hash & object->mask; object->index[at]; at = (at + 1) & object->mask) {
		size_t position = object->index[at] - 1;
		struct value_string *found = object->fields[position].key;
		if (string_hash(found) == hash && same_key(found, key)) {
			return position;
		}
	}
	return SIZE_MAX;
}

/* Consumes the key and the item. */
static void object_append(struct value_object *object, struct value_string *key, struct value item)
{
	if (object->len == object->cap) {
		object_grow(object);
	}
	object->fields[object->len++] = (struct value_field){key, item};
	if (object->index && object->len * 2 > object->mask) {
		index_build(object);
	} else if (object->index) {
		index_add(object, object->len - 1);
	}
}

static void field_replace(struct value_object *object, size_t position, struct value item)
{
	struct value old = object->fields[position].value;
	object->fields[position].value = item;
	value_unref(old);
}

void value_object_set(struct value *object, struct str key, struct value item)
{
	struct value_object *o = object->object;
	assert(object->type == VALUE_OBJECT && o->refs == 1);
	size_t position = object_find(o, key, 0);
	if (position != SIZE_MAX) {
		field_replace(o, position, item);
	} else {
		object_append(o, string_new(key.at, key.len), item);
	}
}

void value_object_set_shared(struct value *object, struct value key, struct value item)
{
	struct value_object *o = object->object;
	assert(object->type == VALUE_OBJECT && o->refs == 1 && key.type == VALUE_STRING);
	uint32_t hash = o->len > INDEX_ABOVE ? string_hash(key.string) : 0;
	size_t position = object_find(o, string_str(key.string), hash);
	if (position != SIZE_MAX) {
		field_replace(o, position, item);
		string_unref(key.string);
	} else {
		object_append(o, key.string, item);
	}
}

void value_object_set_text(struct value *object, const char *key, struct value item)
{
	value_object_set(object, str_of(key), item);
}

bool value_object_remove(struct value *object, struct str key)
{
	struct value_object *o = object->object;
	assert(object->type == VALUE_OBJECT && o->refs == 1);
	size_t position = object_find(o, key, 0);
	if (position == SIZE_MAX) {
		return false;
	}
	struct value_field old = o->fields[position];
	o->len--;
	memmove(o->fields + position, o->fields + position + 1, (o->len - position) * sizeof(*o->fields));
	mem_free(o->index);
	o->index = NULL;
	string_unref(old.key);
	value_unref(old.value);
	return true;
}

struct value value_object_take(struct value *object, struct str key)
{
	struct value_object *o = object->object;
	assert(object->type == VALUE_OBJECT && o->refs == 1);
	size_t position = object_find(o, key, 0);
	if (position == SIZE_MAX) {
		return value_undefined();
	}
	struct value item = o->fields[position].value;
	o->fields[position].value = value_undefined();
	return item;
}

struct value value_get(struct value object, struct str key)
{
	if (object.type != VALUE_OBJECT) {
		return value_undefined();
	}
	size_t position = object_find(object.object, key, 0);
	return position == SIZE_MAX ? value_undefined() : object.object->fields[position].value;
}

struct value value_get_text(struct value object, const char *key)
{
	return value_get(object, str_of(key));
}

bool value_has(struct value object, struct str key)
{
	return object.type == VALUE_OBJECT && object_find(object.object, key, 0) != SIZE_MAX;
}

size_t value_count(struct value object)
{
	return object.type == VALUE_OBJECT ? object.object->len : 0;
}

struct str value_key(struct value object, size_t index)
{
	return index < value_count(object) ? string_str(object.object->fields[index].key) : (struct str){0};
}

struct value value_key_value(struct value object, size_t index)
{
	if (index >= value_count(object)) {
		return value_undefined();
	}
	return (struct value){.type = VALUE_STRING, .string = object.object->fields[index].key};
}

struct value value_entry(struct value object, size_t index)
{
	return index < value_count(object) ? object.object->fields[index].value : value_undefined();
}

static bool is_unshared(struct value v)
{
	return v.type == VALUE_ARRAY ? v.array->refs == 1 : v.type != VALUE_OBJECT || v.object->refs == 1;
}

struct value value_unshared(struct value v)
{
	if (is_unshared(v)) {
		return v;
	}
	struct value copy;
	if (v.type == VALUE_ARRAY) {
		size_t len = v.array->len;
		copy = value_array_new(len);
		for (size_t i = 0; i < len; i++) {
			copy.array->items[i] = value_ref(v.array->items[i]);
		}
		copy.array->len = len;
	} else {
		size_t len = v.object->len;
		copy = value_object_new(len);
		for (size_t i = 0; i < len; i++) {
			copy.object->fields[i] = v.object->fields[i];
			copy.object->fields[i].key->refs++;
			value_ref(copy.object->fields[i].value);
		}
		copy.object->len = len;
	}
	value_unref(v);
	return copy;
}
