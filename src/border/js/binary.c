/* Binary data: host bytes under an id, ArrayBuffers on the other side. */
#include "border/js/binary.h"

#include "border/js/context.h"

uint32_t js_bytes_put(struct js_engine *engine, struct host_bytes *bytes) { return slot_add(&engine->bytes, bytes); }

struct host_bytes *js_bytes_take(struct js_engine *engine, uint32_t id) { return slot_remove(&engine->bytes, id); }

static void release(void *at, void *bytes) { host_bytes_unref(bytes); }

JSValueRef js_bytes_to_js(struct js_engine *engine, slot_id id, JSValueRef *exception)
{
	struct host_bytes *bytes = js_bytes_take(engine, id);
	if (!bytes) {
		return JSValueMakeUndefined(engine->context);
	}
	if (bytes->refs > 1) {
		struct host_bytes *copy = host_bytes_new(bytes->at, bytes->len);
		host_bytes_unref(bytes);
		bytes = copy;
	}
	// JavaScriptCore calls release() also when it fails
	return JSObjectMakeArrayBufferWithBytesNoCopy(
		engine->context, bytes->at, bytes->len, release, bytes, exception);
}

slot_id js_bytes_from_js(struct js_engine *engine, JSValueRef value, JSValueRef *exception)
{
	JSContextRef context = engine->context;
	JSTypedArrayType type = JSValueGetTypedArrayType(context, value, exception);
	if (type == kJSTypedArrayTypeNone || !JSValueIsObject(context, value)) {
		return 0;
	}
	JSObjectRef object = (JSObjectRef)value;
	bool whole = type == kJSTypedArrayTypeArrayBuffer;
	const uint8_t *at = whole ? JSObjectGetArrayBufferBytesPtr(context, object, exception)
							  : JSObjectGetTypedArrayBytesPtr(context, object, exception);
	size_t len = whole ? JSObjectGetArrayBufferByteLength(context, object, exception)
					   : JSObjectGetTypedArrayByteLength(context, object, exception);
	size_t offset = whole ? 0 : JSObjectGetTypedArrayByteOffset(context, object, exception);
	return js_bytes_put(engine, host_bytes_new(at ? at + offset : NULL, at ? len : 0));
}

void js_bytes_finish(struct js_engine *engine)
{
	for (uint32_t i = 0; i < engine->bytes.len; i++) {
		struct slot_entry *entry = &engine->bytes.entries[i];
		if (entry->ptr) {
			host_bytes_unref(entry->ptr);
			entry->ptr = NULL;
			engine->bytes.live--;
		}
	}
	slot_table_finish(&engine->bytes);
}
