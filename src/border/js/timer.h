/* setTimeout, setInterval and their clear functions: the callbacks and their arguments stay in
 * JavaScript under a number; the host keeps the time (ops->timer_start). */
#ifndef MINA_JS_TIMER_H
#define MINA_JS_TIMER_H

#include "border/js/engine.h"

/* Runs the callback; errors are reported. A timeout is forgotten first. Stale: nothing happens. */
void js_timer_fire(struct js_engine *engine, uint32_t id);

#endif
