/* Pins: objects of the JavaScript heap that C holds by a generational id. */
#include "border/js/pin.h"

#include "border/js/context.h"

slot_id js_pin_add(struct js_engine *engine, JSObjectRef object)
{
	JSValueProtect(engine->context, object);
	return slot_add(&engine->pins, object);
}

JSObjectRef js_pin_object(const struct js_engine *engine, slot_id pin) { return slot_get(&engine->pins, pin); }

bool js_pin_live(const struct js_engine *engine, js_pin_id pin) { return slot_get(&engine->pins, pin); }

void js_pin_drop(struct js_engine *engine, js_pin_id pin)
{
	JSObjectRef object = slot_remove(&engine->pins, pin);
	if (object) {
		JSValueUnprotect(engine->context, object);
	}
}

size_t js_pin_count(const struct js_engine *engine) { return engine->pins.live; }

void js_pins_finish(struct js_engine *engine)
{
	for (uint32_t i = 0; i < engine->pins.len; i++) {
		struct slot_entry *entry = &engine->pins.entries[i];
		if (entry->ptr) {
			JSValueUnprotect(engine->context, entry->ptr);
			entry->ptr = NULL;
			engine->pins.live--;
		}
	}
	slot_table_finish(&engine->pins);
}
