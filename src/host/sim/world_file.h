/* Reading a world.json: its rows, what is wrong in it, and the world as the society keeps it. */
#ifndef MINA_HOST_SIM_WORLD_FILE_H
#define MINA_HOST_SIM_WORLD_FILE_H

#include "base/diag.h"
#include "core/value/value.h"

/* 0: *ret_world is new: {people[], friends[]?, groups[], programs[], messages[], clock{}?}, where each person, group
 * and program is whole (defaults filled in) and each id names somebody. Messages and friends that cannot be are
 * left out. 1: it is no world. What is wrong goes to diags (may be NULL). */
int world_file_read(struct str name, struct str json, struct diag_list *diags, struct value *ret_world);
/* Adds what a program lacks: a name, a secret that depends on the appid alone. Consumes; new. */
struct value world_file_complete_program(struct value program);
/* The item of an array of objects whose `key` is `id`; lent; undefined: none. */
struct value world_file_find(struct value array, const char *key, struct str id);

#endif
