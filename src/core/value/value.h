/* JSON-like values: what crosses every border of the engine (setData, API calls, attributes,
 * configuration). A `struct value` is a small thing passed by value; strings, arrays and objects
 * point to reference-counted, immutable storage that everyone may share. An edit makes a new
 * spine (path.h). Objects keep insertion order. Text is UTF-8. Not thread-safe.
 *
 * Ownership: a function that returns a `struct value` by "new" gives one reference to the caller;
 * getters lend. Builders consume what is put into them. Scalars need no reference but may be
 * ref'd and unref'd like the rest. Zeroed memory is undefined. */
#ifndef MINA_VALUE_VALUE_H
#define MINA_VALUE_VALUE_H

#include "base/str.h"

enum value_type {
	VALUE_UNDEFINED,
	VALUE_NULL,
	VALUE_BOOL,
	VALUE_NUMBER,
	VALUE_STRING,
	VALUE_ARRAY,
	VALUE_OBJECT,
	VALUE_FUNCTION, // a WXS function or a callback: an id that only its owner understands
};

struct value_string; // ref-counted text
struct value_array;
struct value_object;

struct value {
	enum value_type type;
	union {
		bool boolean;
		double number;
		struct value_string *string;
		struct value_array *array;
		struct value_object *object;
		uint32_t function;
	};
};

#define VALUE_UNDEFINED_INIT ((struct value){.type = VALUE_UNDEFINED})

static inline struct value value_undefined(void) { return (struct value){.type = VALUE_UNDEFINED}; }
static inline struct value value_null(void) { return (struct value){.type = VALUE_NULL}; }
static inline struct value value_bool(bool b) { return (struct value){.type = VALUE_BOOL, .boolean = b}; }
static inline struct value value_number(double n) { return (struct value){.type = VALUE_NUMBER, .number = n}; }
static inline struct value value_function(uint32_t id) { return (struct value){.type = VALUE_FUNCTION, .function = id}; }
struct value value_string(struct str text);         // new; copies
struct value value_text(const char *zero_terminated); // new; copies
struct value value_take(struct strbuf *buf);        // new; empties buf

struct value value_ref(struct value v);
void value_unref(struct value v);

static inline bool value_is(struct value v, enum value_type type) { return v.type == type; }
static inline bool value_is_nullish(struct value v) { return v.type <= VALUE_NULL; }
const char *value_type_name(enum value_type type); // "Undefined" "Null" "Boolean" "Number" "String" "Array" "Object" "Function"

/* Text of a VALUE_STRING, else the empty view. Lives as long as the value; zero-terminated. */
struct str value_str(struct value v);
/* JavaScript's conversions (objects: "[object Object]", arrays joined by ","). */
double value_to_number(struct value v);
bool value_to_bool(struct value v);
void value_to_text(struct value v, struct strbuf *out);

/* Arrays: length of anything else is 0; out of range is undefined. */
size_t value_len(struct value array);
struct value value_at(struct value array, size_t index); // lent
size_t value_index_of(struct str name); // "0" leads into an array as in JavaScript; SIZE_MAX: that is no index
/* Objects: a missing key, or no object, is undefined. */
struct value value_get(struct value object, struct str key); // lent
struct value value_get_text(struct value object, const char *key); // lent
bool value_has(struct value object, struct str key);
size_t value_count(struct value object);
struct str value_key(struct value object, size_t index); // in order
struct value value_entry(struct value object, size_t index); // lent
struct value value_key_value(struct value object, size_t index); // the key as a string; lent

/* The same storage, or equal scalars (NaN is identical to NaN): O(1), or O(n) for two strings. */
bool value_identical(struct value a, struct value b);
/* Deep equality. */
bool value_equal(struct value a, struct value b);
/* How deep value_equal, value_to_text and json_write go down; what lies deeper is unequal, "" and
 * null. A parsed value is never that deep (JSON_DEPTH_MAX). */
#define VALUE_DEPTH_MAX 2048

/* Builders: make a new array or object item by item, then take it. A later key of the same name
 * replaces the value but keeps its place, as in JavaScript. */
struct value value_array_new(size_t capacity);
void value_array_push(struct value *array, struct value item);   // consumes item; *array must be unshared
struct value value_object_new(size_t capacity);
void value_object_set(struct value *object, struct str key, struct value item); // consumes item; unshared
void value_object_set_text(struct value *object, const char *key, struct value item);
/* The same with the text of `key`, a string that is consumed and shared instead of copied. */
void value_object_set_shared(struct value *object, struct value key, struct value item);
bool value_object_remove(struct value *object, struct str key); // unshared
/* Replaces the item; a longer index first fills the array up with undefined. Consumes item. */
void value_array_set(struct value *array, size_t index, struct value item); // unshared
/* Moves the item out (the caller owns it) and leaves undefined in its place, so that the item can
 * be edited without a copy and then set again. Absent: undefined. */
struct value value_array_take(struct value *array, size_t index);       // unshared
struct value value_object_take(struct value *object, struct str key); // unshared
/* A new array or object with the same items, of which the caller holds the only reference;
 * consumes v. Gives v itself when it already is unshared. */
struct value value_unshared(struct value v);

#endif
