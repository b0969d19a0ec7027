/* Values across the border. Scalars cross as themselves; an array or object crosses as one JSON
 * string, which is several times faster than walking it, so inside it undefined and functions are
 * lost as in JSON.stringify. A function that is itself an argument crosses as VALUE_FUNCTION: JS
 * to C it is pinned and the receiver owns the pin; C to JS the pin must be live and stays the
 * caller's. A Date is its ISO text, an ArrayBuffer {}: see binary.h. */
#ifndef MINA_JS_BRIDGE_H
#define MINA_JS_BRIDGE_H

#include "border/js/pin.h"

/* Calls a pinned function. 0; 1: it threw, which was reported, or the pin is stale or no function
 * (then nothing is reported). Arguments are lent. ret_result may be NULL; it is new, and undefined
 * unless 0 is returned. Pending promise jobs run before the outermost call returns. */
int js_call(struct js_engine *engine, js_pin_id pin, const struct value *args, size_t count,
	struct value *ret_result);
/* The method `name` of the pinned object, with the object as `this`. 2: there is no such function. */
int js_call_method(struct js_engine *engine, js_pin_id object, struct str name,
	const struct value *args, size_t count, struct value *ret_result);
/* A property of a pinned object: new; undefined when it throws (not reported) or the pin is stale. */
struct value js_get(struct js_engine *engine, js_pin_id object, struct str name);

#endif
