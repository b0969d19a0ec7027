/* Binary data across the border. A `struct host_bytes` is put under an id, the id crosses as a
 * number, and the other side takes it out once: native.buffer(id) gives an ArrayBuffer,
 * native.bytes(x) puts the bytes of an ArrayBuffer or view and gives the id. */
#ifndef MINA_JS_BINARY_H
#define MINA_JS_BINARY_H

#include "border/js/engine.h"
#include "host/host.h"

/* Takes over one reference. When it is the only one, JavaScript gets the memory itself, no copy. */
uint32_t js_bytes_put(struct js_engine *engine, struct host_bytes *bytes);
/* The caller owns the reference; NULL when the id is stale. */
struct host_bytes *js_bytes_take(struct js_engine *engine, uint32_t id);

#endif
