/* Which rows of a list stay where they are when the list is put into another order. */
#ifndef MINA_WXML_REORDER_H
#define MINA_WXML_REORDER_H

#include "base/base.h"

#define REORDER_NEW SIZE_MAX

/* `was`: for each row in its new place, its old place, or REORDER_NEW. Sets stays[i] for a longest
 * set of old rows that keep their order among each other: all others have to be moved. */
void reorder_stays(const size_t *was, size_t count, bool *stays);

#endif
