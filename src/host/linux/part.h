/* The parts that linux.c puts together; each file of this folder gives one table. */
#ifndef MINA_HOST_LINUX_PART_H
#define MINA_HOST_LINUX_PART_H

#include "host/device.h"
#include "host/linux/linux.h"
#include "host/net.h"

extern const struct host_clock linux_clock;
extern const struct host_net linux_net;
extern const struct host_file linux_file;
extern const struct host_store linux_store;
extern const struct host_ui linux_ui;
extern const struct host_screen linux_screen;
extern const struct host_device linux_device;
extern const struct host_volume_kind linux_volume_kind;

void linux_clock_init(struct linux_host *linux_host);
void linux_clock_finish(struct linux_host *linux_host);
/* False: the folder cannot be made. */
bool linux_file_init(struct linux_host *linux_host, const struct linux_config *config);
void linux_file_finish(struct linux_host *linux_host);
void linux_store_init(struct linux_host *linux_host);
void linux_store_finish(struct linux_host *linux_host); // writes what is not written yet

/* Opens a normalised relative path below a folder; no symbolic link is followed unless it stays
 * inside and `follow` is set. -1 with errno. */
int linux_beneath(int folder, struct str path, int flags, bool follow);
/* A whole file of at most `most` bytes. */
enum host_outcome linux_read_all(int fd, size_t most, struct host_bytes **ret_bytes);

#endif
