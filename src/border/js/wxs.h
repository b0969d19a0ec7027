/* WXS, the view layer's own script language (视图层脚本): a world of its own beside the logic layer,
 * in the same engine. Nothing of the logic layer can be reached from it, and nothing of it runs
 * when a WXS function does. What the language is, is what this world has: objects whose
 * `constructor` is a text, getDate, getRegExp, no other globals, no way to make code out of text.
 * A module is run once, on first use. Everything that a script throws is reported, and gives
 * undefined; a script that goes on for ever is stopped by the engine's limit. */
#ifndef MINA_JS_WXS_H
#define MINA_JS_WXS_H

#include "border/js/engine.h"

struct wxs;

struct wxs_ops {
	/* The text of a package file. 0; 1: there is none. */
	int (*load)(void *user, struct str path, struct strbuf *ret_text);
	void (*console)(void *user, struct str text);
	void (*error)(void *user, const struct js_error *error); // thrown by a script, or the file cannot be compiled
	/* Something that WXS has not, or a file that is missing; the script runs nevertheless where it can. */
	void (*problem)(void *user, struct str file, int line, int column, const char *text);
	/* A method of a ComponentDescriptor (组件描述符); `args` is an array. New value. selectComponent gives a
	 * node's id (0 or undefined: none), selectAllComponents an array of ids. */
	struct value (*descriptor)(void *user, uint32_t page, uint32_t node, struct str method, struct value args);
	double (*now)(void *user); // ms since the epoch
};

/* `ops` lives as long as the wxs, and any of them may be NULL; the wxs ends before the engine. The world is made when the
 * first module is used. */
struct wxs *wxs_create(struct js_engine *engine, const struct wxs_ops *ops, void *user);
void wxs_destroy(struct wxs *wxs); // NULL is fine

/* Declares module `name` of the wxml file `file`: the package file `path`, or, when that is empty, `text`, which begins at
 * `line` and `column` of `file`. Again the same: nothing happens; otherwise the new one counts. */
void wxs_define(struct wxs *wxs, struct str file, struct str name, struct str path, struct str text, int line, int column);
/* The exports of a module, as they are when it has run; functions are VALUE_FUNCTION and live as long as the wxs, the same
 * function under the same id. Lent, for as long as the wxs. undefined: there is none. */
struct value wxs_exports(struct wxs *wxs, struct str file, struct str name);
/* New value. */
struct value wxs_call(struct wxs *wxs, uint32_t function, const struct value *args, size_t count);
/* function(event, ownerInstance); event.instance is made from (page, node). True: it returned false, which stops the event
 * and its default. `owner`: the node of the component or page whose template has the node. */
bool wxs_handle(struct wxs *wxs, uint32_t function, struct value event, uint32_t page, uint32_t node, uint32_t owner);
/* change:prop: function(newValue, oldValue, ownerInstance, instance). */
void wxs_changed(struct wxs *wxs, uint32_t function, struct value next, struct value before, uint32_t page, uint32_t node, uint32_t owner);

/* What scripts gave to requestAnimationFrame and setTimeout of a descriptor. The times are those of ops->now. */
bool wxs_wants_frame(const struct wxs *wxs, uint32_t page); // requestAnimationFrame
double wxs_due(const struct wxs *wxs, uint32_t page);       // the earliest timeout; INFINITY: none
/* Runs the timeouts that are due, in order, then what was asked for the next frame before this call began. */
void wxs_frame(struct wxs *wxs, uint32_t page, double now);
/* The node is gone, and with it its descriptor, state and timers; 0: the whole page. */
void wxs_forget(struct wxs *wxs, uint32_t page, uint32_t node);

#endif
