/* A program's files on disk, in a folder of its own. */
#include "base/vec.h"
#include "host/linux/part.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define TEMP_FILE_MAX ((size_t)64 << 20)

static struct linux_host *linux_of_volume(struct host_volume *volume) { return volume->user; }

static bool counts(struct str name) { return !str_starts(name, STR("tmp_")); }

/* Opens the folder that a name is in; *ret_last is the last part, zero-terminated, owned by `buf`. */
static int open_parent(struct host_volume *volume, struct str name, struct strbuf *buf, const char **ret_last)
{
	strbuf_clear(buf);
	strbuf_add(buf, name);
	size_t slash = str_rfind_char(name, '/');
	struct str parent = slash == SIZE_MAX ? STR("") : str_slice(name, 0, slash);
	*ret_last = buf->at + (slash == SIZE_MAX ? 0 : slash + 1);
	return linux_beneath(linux_of_volume(volume)->folder, parent, O_PATH | O_DIRECTORY, false);
}

static double ms_of(struct timespec time) { return (double)time.tv_sec * 1000 + (double)time.tv_nsec / 1e6; }

static enum host_outcome volume_stat(struct host_volume *volume, struct str name, struct host_file_facts *ret_facts)
{
	struct stat facts;
	int fd = linux_beneath(linux_of_volume(volume)->folder, name, O_PATH | O_NOFOLLOW, false);
	bool found = fd >= 0 && fstat(fd, &facts) == 0 && (S_ISREG(facts.st_mode) || S_ISDIR(facts.st_mode));
	if (fd >= 0) {
		close(fd);
	}
	if (!found) {
		return HOST_NOT_FOUND;
	}
	*ret_facts = (struct host_file_facts){S_ISDIR(facts.st_mode), S_ISREG(facts.st_mode) ? (size_t)facts.st_size : 0,
		ms_of(facts.st_mtim), ms_of(facts.st_atim), ms_of(facts.st_mtim)};
	return HOST_OK;
}

static enum host_outcome volume_read(struct host_volume *volume, struct str name, struct host_bytes **ret_bytes)
{
	int fd = linux_beneath(linux_of_volume(volume)->folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, false);
	if (fd < 0) {
		return HOST_NOT_FOUND;
	}
	enum host_outcome outcome = linux_read_all(fd, TEMP_FILE_MAX, ret_bytes);
	close(fd);
	return outcome;
}

static bool write_all(int fd, struct str data)
{
	size_t done = 0;
	while (done < data.len) {
		ssize_t wrote = write(fd, data.at + done, data.len - done);
		if (wrote < 0 && errno == EINTR) {
			continue;
		}
		if (wrote <= 0) {
			return false;
		}
		done += (size_t)wrote;
	}
	return true;
}

static enum host_outcome volume_write(struct host_volume *volume, struct str name, struct str data, bool append)
{
	struct linux_host *linux_host = linux_of_volume(volume);
	struct host_file_facts old = {0};
	volume_stat(volume, name, &old);
	int flags = O_WRONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK | (append ? O_APPEND : O_TRUNC);
	int fd = linux_beneath(linux_host->folder, name, flags, false);
	if (fd < 0) {
		return HOST_FAIL;
	}
	bool ok = write_all(fd, data);
	ok = close(fd) == 0 && ok;
	if (counts(name)) {
		linux_host->used += data.len - (append ? 0 : old.size);
	}
	return ok ? HOST_OK : HOST_FAIL;
}

static enum host_outcome volume_list(struct host_volume *volume, struct str name, struct value *ret_names)
{
	struct strbuf path = {0};
	strbuf_printf(&path, "%s/" STR_FMT, linux_of_volume(volume)->folder_path, STR_ARG(name));
	struct host_source *source = linux_folder_open(path.at);
	strbuf_finish(&path);
	if (!source) {
		return HOST_NOT_FOUND;
	}
	enum host_outcome outcome = source->list(source, STR(""), ret_names);
	source->destroy(source);
	return outcome;
}

static enum host_outcome volume_mkdir(struct host_volume *volume, struct str name)
{
	struct strbuf buf = {0};
	const char *last;
	int parent = open_parent(volume, name, &buf, &last);
	bool ok = parent >= 0 && mkdirat(parent, last, 0700) == 0;
	if (parent >= 0) {
		close(parent);
	}
	strbuf_finish(&buf);
	return ok ? HOST_OK : HOST_FAIL;
}

static enum host_outcome volume_remove(struct host_volume *volume, struct str name)
{
	struct host_file_facts facts;
	struct strbuf buf = {0};
	const char *last;
	if (volume_stat(volume, name, &facts) != HOST_OK) {
		return HOST_NOT_FOUND;
	}
	int parent = open_parent(volume, name, &buf, &last);
	bool ok = parent >= 0 && unlinkat(parent, last, facts.folder ? AT_REMOVEDIR : 0) == 0;
	if (parent >= 0) {
		close(parent);
	}
	strbuf_finish(&buf);
	if (ok && counts(name)) {
		linux_of_volume(volume)->used -= facts.size;
	}
	return ok ? HOST_OK : HOST_FAIL;
}

static enum host_outcome volume_rename(struct host_volume *volume, struct str from, struct str to)
{
	struct linux_host *linux_host = linux_of_volume(volume);
	struct host_file_facts facts, old = {0};
	struct strbuf from_buf = {0}, to_buf = {0};
	const char *from_last, *to_last;
	if (volume_stat(volume, from, &facts) != HOST_OK) {
		return HOST_NOT_FOUND;
	}
	volume_stat(volume, to, &old);
	int from_parent = open_parent(volume, from, &from_buf, &from_last);
	int to_parent = open_parent(volume, to, &to_buf, &to_last);
	bool ok = from_parent >= 0 && to_parent >= 0 && renameat(from_parent, from_last, to_parent, to_last) == 0;
	if (ok && str_starts(to, STR("store_"))) {
		utimensat(to_parent, to_last, NULL, AT_SYMLINK_NOFOLLOW); // the time of saving
	}
	if (from_parent >= 0) {
		close(from_parent);
	}
	if (to_parent >= 0) {
		close(to_parent);
	}
	strbuf_finish(&from_buf);
	strbuf_finish(&to_buf);
	if (ok) {
		linux_host->used += (counts(to) ? facts.size - old.size : 0) - (counts(from) ? facts.size : 0);
	}
	return ok ? HOST_OK : HOST_FAIL;
}

static size_t volume_used(struct host_volume *volume) { return linux_of_volume(volume)->used; }

/* Sums up what counts, and removes temporary files of an earlier run. */
static size_t measure(struct host_volume *volume, struct str name, int depth)
{
	struct value names;
	size_t sum = 0;
	if (depth > 64 || volume_list(volume, name, &names) != HOST_OK) {
		return 0;
	}
	for (size_t i = 0; i < value_len(names); i++) {
		struct str last = value_str(value_at(names, i));
		struct strbuf path = {0};
		strbuf_printf(&path, STR_FMT "%s" STR_FMT, STR_ARG(name), name.len ? "/" : "", STR_ARG(last));
		struct host_file_facts facts;
		bool found = volume_stat(volume, strbuf_str(&path), &facts) == HOST_OK;
		if (found && name.len == 0 && str_starts(last, STR("tmp_"))) {
			volume_remove(volume, strbuf_str(&path));
		} else if (found && facts.folder) {
			sum += measure(volume, strbuf_str(&path), depth + 1);
		} else if (found && (name.len || str_starts(last, STR("store_")))) {
			sum += facts.size;
		}
		strbuf_finish(&path);
	}
	value_unref(names);
	return sum;
}

static void remove_all(struct host_volume *volume, struct str name, int depth)
{
	struct value names;
	if (depth > 4096 || volume_list(volume, name, &names) != HOST_OK) {
		return;
	}
	for (size_t i = 0; i < value_len(names); i++) {
		struct strbuf path = {0};
		strbuf_printf(&path, STR_FMT "%s" STR_FMT, STR_ARG(name), name.len ? "/" : "", STR_ARG(value_str(value_at(names, i))));
		struct host_file_facts facts;
		if (volume_stat(volume, strbuf_str(&path), &facts) == HOST_OK && facts.folder) {
			remove_all(volume, strbuf_str(&path), depth + 1);
		}
		volume_remove(volume, strbuf_str(&path));
		strbuf_finish(&path);
	}
	value_unref(names);
}

static void add_app_id(struct strbuf *path, const char *app_id)
{
	for (const char *c = app_id && *app_id ? app_id : "app"; *c; c++) {
		bool plain = g_ascii_isalnum(*c) || *c == '_' || *c == '-';
		strbuf_add_char(path, plain ? *c : '_');
	}
}

/* The path of the program's data folder, which exists afterwards. False: it cannot be made. */
static bool make_folder(struct linux_host *linux_host, const struct linux_config *config)
{
	struct strbuf path = {0};
	if (config->data && !*config->data) {
		strbuf_printf(&path, "%s/mina-XXXXXX", g_get_tmp_dir());
		linux_host->forget = true;
		linux_host->folder_path = strbuf_steal(&path);
		return mkdtemp(linux_host->folder_path) != NULL;
	}
	if (config->data) {
		strbuf_add_text(&path, config->data);
	} else {
		strbuf_printf(&path, "%s/mina", g_get_user_data_dir());
	}
	strbuf_add_char(&path, '/');
	add_app_id(&path, config->app_id);
	linux_host->folder_path = strbuf_steal(&path);
	return g_mkdir_with_parents(linux_host->folder_path, 0700) == 0;
}

bool linux_file_init(struct linux_host *linux_host, const struct linux_config *config)
{
	linux_host->folder = -1;
	linux_host->volume = (struct host_volume){&linux_volume_kind, &linux_host->host, linux_host};
	if (!make_folder(linux_host, config)) {
		return false;
	}
	linux_host->folder = open(linux_host->folder_path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (linux_host->folder < 0 || (mkdirat(linux_host->folder, "usr", 0700) != 0 && errno != EEXIST)) {
		return false;
	}
	linux_host->used = measure(&linux_host->volume, STR(""), 0);
	return true;
}

void linux_file_finish(struct linux_host *linux_host)
{
	if (linux_host->folder >= 0) {
		measure(&linux_host->volume, STR(""), 0); // temporary files go
		if (linux_host->forget) {
			remove_all(&linux_host->volume, STR(""), 0);
			rmdir(linux_host->folder_path);
		}
		close(linux_host->folder);
	}
	mem_free(linux_host->folder_path);
}

const struct host_volume_kind linux_volume_kind = {
	.stat = volume_stat,
	.read = volume_read,
	.write = volume_write,
	.list = volume_list,
	.mkdir = volume_mkdir,
	.remove = volume_remove,
	.rename = volume_rename,
	.used = volume_used,
};

#define FILE_FUNCTION(slot, verb) \
	static enum host_outcome file_##slot(struct host *host, struct value parameters, struct host_bytes *body, \
		struct host_answer *ret_answer) \
	{ \
		return host_volume_do(&linux_of(host)->volume, verb, parameters, body, ret_answer); \
	}
HOST_VOLUME_SLOTS(FILE_FUNCTION)
#define FILE_ROW(slot, verb) .slot = file_##slot,
const struct host_file linux_file = {HOST_VOLUME_SLOTS(FILE_ROW)};
