/* Key-value storage kept in storage.json: written on the turn after a change, replaced as a whole. */
#include "base/mem.h"
#include "core/value/json.h"
#include "host/linux/part.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#define NAME "storage.json"
#define NEW_NAME "storage.json.new"

/* A failed write keeps the old file. */
static void write_storage(struct linux_host *linux_host)
{
	struct strbuf text = {0};
	struct value all = host_storage_dump(&linux_host->storage);
	json_write(all, &text);
	value_unref(all);
	int fd = openat(linux_host->folder, NEW_NAME, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
	size_t done = 0;
	while (fd >= 0 && done < text.len) {
		ssize_t wrote = write(fd, text.at + done, text.len - done);
		if (wrote <= 0 && errno != EINTR) {
			break;
		}
		done += wrote > 0 ? (size_t)wrote : 0;
	}
	if (fd >= 0) {
		bool ok = done == text.len && fdatasync(fd) == 0;
		ok = close(fd) == 0 && ok;
		if (!ok || renameat(linux_host->folder, NEW_NAME, linux_host->folder, NAME) != 0) {
			unlinkat(linux_host->folder, NEW_NAME, 0);
		}
	}
	strbuf_finish(&text);
}

static void save_now(struct host_timer *timer)
{
	write_storage(CONTAINER_OF(timer, struct linux_host, save));
}

static void changed(struct host_storage *storage, struct str key, struct value data)
{
	struct linux_host *linux_host = CONTAINER_OF(storage, struct linux_host, storage);
	UNUSED(key);
	UNUSED(data);
	if (!host_timer_armed(&linux_host->save)) {
		host_timer_start(&linux_host->host, &linux_host->save, 0);
	}
}

void linux_store_init(struct linux_host *linux_host)
{
	linux_host->save.fire = save_now;
	int fd = linux_beneath(linux_host->folder, STR(NAME), O_RDONLY | O_NOFOLLOW | O_NONBLOCK, false);
	struct host_bytes *bytes = NULL;
	if (fd >= 0 && linux_read_all(fd, HOST_STORE_TOTAL_MAX * 2, &bytes) == HOST_OK) {
		struct value all = value_undefined();
		if (json_parse(host_bytes_str(bytes), &all, NULL) == 0) {
			host_storage_load(&linux_host->storage, all);
		}
		value_unref(all);
	}
	host_bytes_unref(bytes);
	if (fd >= 0) {
		close(fd);
	}
	linux_host->storage.on_change = changed;
}

void linux_store_finish(struct linux_host *linux_host)
{
	if (host_timer_armed(&linux_host->save)) {
		host_timer_stop(&linux_host->host, &linux_host->save);
		write_storage(linux_host);
	}
	host_storage_finish(&linux_host->storage);
}

#define STORE_SLOTS(X) X(get) X(set) X(remove) X(clear) X(info)
#define STORE_FUNCTION(slot) \
	static enum host_outcome store_##slot(struct host *host, struct value parameters, struct host_bytes *body, \
		struct host_answer *ret_answer) \
	{ \
		UNUSED(body); \
		return host_storage_##slot(&linux_of(host)->storage, parameters, ret_answer); \
	}
STORE_SLOTS(STORE_FUNCTION)
#define STORE_ROW(slot) .slot = store_##slot,
const struct host_store linux_store = {STORE_SLOTS(STORE_ROW)};
