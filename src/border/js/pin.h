/* Pins: what C holds instead of a pointer into the JavaScript heap. A pin keeps its function or
 * object alive until it is dropped. Ids are generational: a stale one finds nothing. */
#ifndef MINA_JS_PIN_H
#define MINA_JS_PIN_H

#include "base/slot.h"
#include "border/js/engine.h"

typedef slot_id js_pin_id; // 0 is never valid

bool js_pin_live(const struct js_engine *engine, js_pin_id pin);
void js_pin_drop(struct js_engine *engine, js_pin_id pin); // stale: nothing happens
size_t js_pin_count(const struct js_engine *engine);

#endif
