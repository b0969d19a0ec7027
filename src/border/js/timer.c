/* Timers: the host keeps the time, JavaScript keeps the callback. */
#include "border/js/timer.h"

#include "border/js/context.h"

void js_timer_fire(struct js_engine *engine, uint32_t id)
{
	js_enter(engine);
	JSValueRef thrown = NULL, number = JSValueMakeNumber(engine->context, id);
	JSObjectCallAsFunction(engine->context, engine->realm[JS_REALM_FIRE], NULL, 1, &number, &thrown);
	if (thrown) {
		js_report(engine, JS_ERROR_UNCAUGHT, thrown);
	}
	js_leave(engine);
}
