/* A program's files over any kind of writable storage: the rules of the four roots, the limits and
 * WeChat's error sentences, the same in both worlds. A world embeds a volume, brings a kind
 * (memory, a folder on disk) and puts host_volume_* into its `struct host_file`. */
#ifndef MINA_HOST_VOLUME_H
#define MINA_HOST_VOLUME_H

#include "host/file.h"

struct host_volume;

struct host_file_facts {
	bool folder;
	size_t size;
	double created, accessed, modified; // ms since the epoch
};

/* Names are normalised: "usr", "usr/a/b", "tmp_...", "store_..."; "" lists the flat files and
 * "usr". Outcomes: HOST_OK, HOST_NOT_FOUND, HOST_FAIL. */
struct host_volume_kind {
	enum host_outcome (*stat)(struct host_volume *volume, struct str name, struct host_file_facts *ret_facts);
	enum host_outcome (*read)(struct host_volume *volume, struct str name, struct host_bytes **ret_bytes);
	enum host_outcome (*write)(struct host_volume *volume, struct str name, struct str data, bool append);
	enum host_outcome (*list)(struct host_volume *volume, struct str name, struct value *ret_names); // byte order
	enum host_outcome (*mkdir)(struct host_volume *volume, struct str name);
	enum host_outcome (*remove)(struct host_volume *volume, struct str name); // a file or an empty folder
	enum host_outcome (*rename)(struct host_volume *volume, struct str from, struct str to);
	size_t (*used)(struct host_volume *volume); // bytes of user data and saved files
};

struct host_volume {
	const struct host_volume_kind *kind;
	struct host *host; // for time, random names and the package source
	void *user;
};

/* A world's `struct host_file` slots need to find the volume of their host: this table of plain
 * functions on the volume is what they forward to. */
enum host_volume_verb {
	HOST_VOLUME_READ,
	HOST_VOLUME_WRITE,
	HOST_VOLUME_STAT,
	HOST_VOLUME_LIST,
	HOST_VOLUME_MKDIR,
	HOST_VOLUME_RMDIR,
	HOST_VOLUME_UNLINK,
	HOST_VOLUME_RENAME,
	HOST_VOLUME_COPY,
	HOST_VOLUME_TRUNCATE,
	HOST_VOLUME_TEMP,
	HOST_VOLUME_SAVE,
	HOST_VOLUME_SAVED,
};

enum host_outcome host_volume_do(struct host_volume *volume, enum host_volume_verb verb, struct value parameters,
	struct host_bytes *body, struct host_answer *ret_answer);

#define HOST_VOLUME_SLOTS(X) \
	X(read, HOST_VOLUME_READ) \
	X(write, HOST_VOLUME_WRITE) \
	X(stat, HOST_VOLUME_STAT) \
	X(list, HOST_VOLUME_LIST) \
	X(mkdir, HOST_VOLUME_MKDIR) \
	X(rmdir, HOST_VOLUME_RMDIR) \
	X(unlink, HOST_VOLUME_UNLINK) \
	X(rename, HOST_VOLUME_RENAME) \
	X(copy, HOST_VOLUME_COPY) \
	X(truncate, HOST_VOLUME_TRUNCATE) \
	X(temp, HOST_VOLUME_TEMP) \
	X(save, HOST_VOLUME_SAVE) \
	X(saved, HOST_VOLUME_SAVED)

#endif
