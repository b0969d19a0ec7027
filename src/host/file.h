/* Files and key-value storage. Four roots, told apart by how a path begins:
 *
 *     wxfile://usr/...      user data (wx.env.USER_DATA_PATH), read and write
 *     wxfile://tmp_...      temporary files: flat, made by the host, gone with the program
 *     wxfile://store_...    saved files: flat, made by the host, kept
 *     anything else         the package, read only: "/images/a.png", "images/a.png"
 *
 * All slots are questions, answered at once, for the *Sync APIs; host_start_ask() is the
 * asynchronous form. Errors are WeChat's sentences, such as
 * `no such file or directory, open 'PATH'`, `permission denied, open 'PATH'`. */
#ifndef MINA_HOST_FILE_H
#define MINA_HOST_FILE_H

#include "host/host.h"

#define HOST_FILE_USER "wxfile://usr"
#define HOST_FILE_TEMP "wxfile://tmp_"
#define HOST_FILE_SAVED "wxfile://store_"
#define HOST_FILE_SIZE_MAX ((size_t)10 << 20)    // one file that a program reads or writes
#define HOST_FILE_SAVED_MAX ((size_t)10 << 20)   // all saved files
#define HOST_FILE_USER_MAX ((size_t)200 << 20)   // user data and saved files together
#define HOST_STORE_ITEM_MAX ((size_t)1 << 20)    // JSON bytes of one entry
#define HOST_STORE_TOTAL_MAX ((size_t)10 << 20)
#define HOST_FILE_PATH_MAX 4096

enum host_root {
	HOST_ROOT_PACKAGE,
	HOST_ROOT_USER,
	HOST_ROOT_TEMP,
	HOST_ROOT_SAVED,
	HOST_ROOT_NONE, // no path: empty, with a NUL byte, too long, leaving its root, foreign scheme
};

/* Where package files come from: a folder (host/linux), memory (host/sim), an archive (the app).
 * Paths are normalised, relative, without a leading "/". */
struct host_source {
	/* HOST_OK, HOST_NOT_FOUND, HOST_TOO_LARGE, HOST_FAIL. */
	enum host_outcome (*read)(struct host_source *source, struct str path, struct host_bytes **ret_bytes);
	/* HOST_OK or HOST_NOT_FOUND; a folder has size 0. */
	enum host_outcome (*stat)(struct host_source *source, struct str path, bool *ret_is_folder, size_t *ret_size);
	/* New array of names (strings) in byte order, not recursive; "" is the root. */
	enum host_outcome (*list)(struct host_source *source, struct str folder, struct value *ret_names);
	void (*destroy)(struct host_source *source); // called by the owner; may be NULL
};

/* Parameters -> results. Flags default to false. */
struct host_file {
	host_ask read;   // {path, position?, length?} -> bytes
	host_ask write;  // {path, append} + body -> {}; the folder must exist
	host_ask stat;   // {path} -> {isFile, isDirectory, size, mode, lastAccessedTime, lastModifiedTime} (s)
	host_ask list;   // {path} -> {files: [names in byte order]}
	host_ask mkdir;  // {path, recursive}
	host_ask rmdir;  // {path, recursive}
	host_ask unlink; // {path}: user data, temporary and saved files
	host_ask rename; // {from, to}
	host_ask copy;   // {from, to}
	host_ask truncate; // {path, length}
	host_ask temp;   // {extension?: "png"} + body -> {path: "wxfile://tmp_..."}: a new temporary file
	host_ask save;   // {from (temporary), to? (user data)} -> {path: "wxfile://store_..." or to}; moves
	host_ask saved;  // {} -> {files: [{path, size, createTime (s)}]} in order of saving
};

/* wx.setStorage and its kin. Data is any JSON-like value; undefined counts as "". */
struct host_store {
	host_ask get;    // {key} -> {data}; HOST_NOT_FOUND "data not found"
	host_ask set;    // {key, data}; HOST_TOO_LARGE at the limits, then nothing has changed
	host_ask remove; // {key}; an absent one is fine
	host_ask clear;  // {}
	host_ask info;   // {} -> {keys[], currentSize, limitSize} (KB, rounded up)
};

/* Which root a path belongs to; *ret_relative is then the normalised path below it, without "./",
 * "..", doubled or leading "/" ("" is the root itself; for temporary and saved files the whole
 * name "tmp_..."). A query part is not cut off. */
enum host_root host_file_resolve(struct str path, struct strbuf *ret_relative);

#endif
