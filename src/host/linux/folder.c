/* Folders that cannot be left: opening below a folder, and a folder as a package's source. */
#include "base/vec.h"
#include "host/linux/part.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define PACKAGE_FILE_MAX ((size_t)64 << 20)

struct folder_source {
	struct host_source source;
	int folder;
};

/* Without openat2 (an old kernel, a sandbox): step by step, no symbolic link at all. */
static int walk(int folder, char *path, int flags)
{
	int at = dup(folder);
	char *name = path;
	while (at >= 0) {
		char *slash = strchr(name, '/');
		if (slash) {
			*slash = '\0';
		}
		int next = openat(at, name, slash ? O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC : flags | O_NOFOLLOW | O_CLOEXEC, 0600);
		int error = errno;
		close(at);
		errno = error;
		if (!slash || next < 0) {
			return next;
		}
		at = next;
		name = slash + 1;
	}
	return -1;
}

int linux_beneath(int folder, struct str path, int flags, bool follow)
{
	if (path.len > HOST_FILE_PATH_MAX) {
		errno = ENAMETOOLONG;
		return -1;
	}
	char *text = path.len ? mem_strdup(path.at, path.len) : mem_strdup(".", 1);
	struct open_how how = {
		.flags = (unsigned)(flags | O_CLOEXEC),
		.mode = flags & O_CREAT ? 0600 : 0,
		.resolve = RESOLVE_BENEATH | (follow ? RESOLVE_NO_MAGICLINKS : RESOLVE_NO_SYMLINKS),
	};
	int fd = (int)syscall(SYS_openat2, folder, text, &how, sizeof(how));
	if (fd < 0 && (errno == ENOSYS || errno == EPERM)) {
		fd = walk(folder, text, flags);
	}
	int error = errno;
	mem_free(text);
	errno = error;
	return fd;
}

enum host_outcome linux_read_all(int fd, size_t most, struct host_bytes **ret_bytes)
{
	struct stat facts;
	if (fstat(fd, &facts) != 0 || !S_ISREG(facts.st_mode)) {
		return HOST_NOT_FOUND; // a folder, a device, a pipe
	}
	if ((size_t)facts.st_size > most) {
		return HOST_TOO_LARGE;
	}
	struct strbuf text = {0};
	for (;;) {
		strbuf_reserve(&text, 65536 > facts.st_size ? (size_t)facts.st_size + 1 : 65536);
		ssize_t got = read(fd, text.at + text.len, text.cap - text.len - 1);
		if (got < 0 && errno == EINTR) {
			continue;
		}
		if (got < 0 || text.len + (size_t)got > most) {
			strbuf_finish(&text);
			return got < 0 ? HOST_FAIL : HOST_TOO_LARGE;
		}
		if (got == 0) {
			break;
		}
		text.len += (size_t)got;
		text.at[text.len] = '\0';
	}
	*ret_bytes = host_bytes_take(&text);
	return HOST_OK;
}

static enum host_outcome folder_read(struct host_source *source, struct str path, struct host_bytes **ret_bytes)
{
	struct folder_source *folder = (struct folder_source *)(void *)source;
	int fd = linux_beneath(folder->folder, path, O_RDONLY | O_NONBLOCK, true);
	if (fd < 0) {
		return HOST_NOT_FOUND;
	}
	enum host_outcome outcome = linux_read_all(fd, PACKAGE_FILE_MAX, ret_bytes);
	close(fd);
	return outcome;
}

static enum host_outcome folder_stat(struct host_source *source, struct str path, bool *ret_is_folder, size_t *ret_size)
{
	struct folder_source *folder = (struct folder_source *)(void *)source;
	struct stat facts;
	int fd = linux_beneath(folder->folder, path, O_PATH, true);
	bool found = fd >= 0 && fstat(fd, &facts) == 0 && (S_ISREG(facts.st_mode) || S_ISDIR(facts.st_mode));
	if (fd >= 0) {
		close(fd);
	}
	if (!found) {
		return HOST_NOT_FOUND;
	}
	*ret_is_folder = S_ISDIR(facts.st_mode);
	*ret_size = S_ISREG(facts.st_mode) ? (size_t)facts.st_size : 0;
	return HOST_OK;
}

static int compare_names(const void *a, const void *b)
{
	return str_compare(value_str(*(const struct value *)a), value_str(*(const struct value *)b));
}

static enum host_outcome folder_list(struct host_source *source, struct str path, struct value *ret_names)
{
	struct folder_source *folder = (struct folder_source *)(void *)source;
	int fd = linux_beneath(folder->folder, path, O_RDONLY | O_DIRECTORY, true);
	DIR *stream = fd >= 0 ? fdopendir(fd) : NULL;
	if (!stream) {
		if (fd >= 0) {
			close(fd);
		}
		return HOST_NOT_FOUND;
	}
	VEC(struct value) names = {0};
	struct dirent *entry;
	while ((entry = readdir(stream))) {
		struct str name = str_of(entry->d_name);
		if (!str_is(name, ".") && !str_is(name, "..")) {
			vec_push(&names, value_string(name));
		}
	}
	closedir(stream);
	if (names.len) {
		qsort(names.at, names.len, sizeof(*names.at), compare_names);
	}
	*ret_names = value_array_new(names.len);
	for (size_t i = 0; i < names.len; i++) {
		value_array_push(ret_names, names.at[i]);
	}
	vec_finish(&names);
	return HOST_OK;
}

static void folder_destroy(struct host_source *source)
{
	struct folder_source *folder = (struct folder_source *)(void *)source;
	close(folder->folder);
	mem_free(folder);
}

struct host_source *linux_folder_open(const char *path)
{
	int fd = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0) {
		return NULL;
	}
	struct folder_source *folder = mem_alloc(sizeof(*folder));
	folder->source = (struct host_source){folder_read, folder_stat, folder_list, folder_destroy};
	folder->folder = fd;
	return &folder->source;
}
