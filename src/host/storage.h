/* Key-value storage (wx.setStorage) in memory, with WeChat's limits. A world embeds one; when it
 * is told of each change it can keep it. */
#ifndef MINA_HOST_STORAGE_H
#define MINA_HOST_STORAGE_H

#include "base/map.h"
#include "host/file.h"

struct host_storage {
	struct map items; // key -> struct host_storage_item, in the order of first setting
	size_t total;     // bytes: keys and JSON texts
	size_t limit;     // of the total; 0: WeChat's
	/* May be NULL. `data` undefined: removed; key NULL: everything was cleared. */
	void (*on_change)(struct host_storage *storage, struct str key, struct value data);
};

void host_storage_finish(struct host_storage *storage); // zeroed memory is an empty storage
/* All items as one object {key: data}, new; and the way back (does not call on_change). */
struct value host_storage_dump(const struct host_storage *storage);
void host_storage_load(struct host_storage *storage, struct value object);

enum host_outcome host_storage_get(struct host_storage *storage, struct value parameters, struct host_answer *ret_answer);
enum host_outcome host_storage_set(struct host_storage *storage, struct value parameters, struct host_answer *ret_answer);
enum host_outcome host_storage_remove(struct host_storage *storage, struct value parameters, struct host_answer *ret_answer);
enum host_outcome host_storage_clear(struct host_storage *storage, struct value parameters, struct host_answer *ret_answer);
enum host_outcome host_storage_info(struct host_storage *storage, struct value parameters, struct host_answer *ret_answer);

#endif
