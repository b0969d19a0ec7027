/* inotify over a folder and all in it. A burst of changes (an editor's, a build's) is told once, when nothing has come for a
 * while. */
#include "door/simulator/inside.h"

#include "base/map.h"

#include <dirent.h>
#include <errno.h>
#include <glib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#define QUIET_US 60000 // without news
#define DEPTH_MAX 32
#define EVENTS (IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO)

struct place {
	int number;
	char *path; // in the folder: "" or "pages/"
};

struct watch {
	int file;
	char *folder;
	VEC(struct place) places;
	struct map changed; // path -> itself
	int64_t latest;     // of news; 0: none
};

static void add_folder(struct watch *watch, const char *path, int depth);

static bool is_meant(const char *name)
{
	return name[0] != '.' && strcmp(name, "node_modules") != 0;
}

static void add_inside(struct watch *watch, const char *path, const char *full, int depth)
{
	DIR *folder = opendir(full);
	for (struct dirent *entry; folder && (entry = readdir(folder));) {
		struct strbuf inner = {0}, place = {0};
		struct stat facts;
		strbuf_printf(&inner, "%s%s/", path, entry->d_name);
		strbuf_printf(&place, "%s/%s", full, entry->d_name);
		if (is_meant(entry->d_name) && lstat(place.at, &facts) == 0 && S_ISDIR(facts.st_mode)) {
			add_folder(watch, inner.at, depth + 1);
		}
		strbuf_finish(&inner);
		strbuf_finish(&place);
	}
	if (folder) {
		closedir(folder);
	}
}

static void add_folder(struct watch *watch, const char *path, int depth)
{
	struct strbuf full = {0};
	strbuf_printf(&full, "%s/%s", watch->folder, path);
	int number = depth < DEPTH_MAX ? inotify_add_watch(watch->file, full.at, EVENTS | IN_ONLYDIR) : -1;
	if (number >= 0) {
		struct place place = {number, mem_strdup(path, strlen(path))};
		vec_push(&watch->places, place);
		add_inside(watch, path, full.at, depth);
	}
	strbuf_finish(&full);
}

struct watch *watch_create(const char *folder)
{
	struct stat facts;
	int file = stat(folder, &facts) == 0 && S_ISDIR(facts.st_mode) ? inotify_init1(IN_NONBLOCK | IN_CLOEXEC) : -1;
	if (file < 0) {
		return NULL;
	}
	struct watch *watch = mem_alloc(sizeof(*watch));
	watch->file = file;
	watch->folder = mem_strdup(folder, strlen(folder));
	add_folder(watch, "", 0);
	return watch;
}

void watch_destroy(struct watch *watch)
{
	if (!watch) {
		return;
	}
	close(watch->file);
	for (size_t i = 0; i < watch->places.len; i++) {
		mem_free(watch->places.at[i].path);
	}
	vec_finish(&watch->places);
	map_finish(&watch->changed);
	mem_free(watch->folder);
	mem_free(watch);
}

static const char *find_place(const struct watch *watch, int number)
{
	for (size_t i = 0; i < watch->places.len; i++) {
		if (watch->places.at[i].number == number) {
			return watch->places.at[i].path;
		}
	}
	return NULL;
}

static void take_event(struct watch *watch, const struct inotify_event *event)
{
	const char *place = find_place(watch, event->wd);
	if (!place || !event->len || !is_meant(event->name)) {
		return;
	}
	struct strbuf path = {0};
	strbuf_printf(&path, "%s%s", place, event->name);
	if (event->mask & IN_ISDIR) {
		strbuf_add_char(&path, '/');
		if (event->mask & (IN_CREATE | IN_MOVED_TO)) {
			add_folder(watch, path.at, 1);
		}
	}
	if (!(event->mask & IN_CREATE) || event->mask & IN_ISDIR) { // of a file: its end of writing follows
		map_set(&watch->changed, strbuf_str(&path), watch);
		watch->latest = g_get_monotonic_time();
	}
	strbuf_finish(&path);
}

bool watch_take(struct watch *watch, void (*changed)(void *user, struct str path), void *user)
{
	_Alignas(struct inotify_event) char buffer[16384];
	for (ssize_t size; (size = read(watch->file, buffer, sizeof(buffer))) > 0;) {
		for (char *at = buffer; at < buffer + size;) {
			const struct inotify_event *event = (const struct inotify_event *)(void *)at;
			take_event(watch, event);
			at += sizeof(*event) + event->len;
		}
	}
	if (!watch->latest || g_get_monotonic_time() - watch->latest < QUIET_US) {
		return false;
	}
	MAP_EACH(&watch->changed, entry) {
		changed(user, entry->key);
	}
	map_finish(&watch->changed);
	watch->changed = (struct map){0};
	watch->latest = 0;
	return true;
}
