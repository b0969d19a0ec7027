/* The Linux host of one program: real time on the GLib main context, files in folders, the real
 * network, and whatever of this machine's devices is there. It shows nothing itself: dialogs wait
 * in the overlay until a door (a window, the simulator's page) answers them. */
#ifndef MINA_HOST_LINUX_LINUX_H
#define MINA_HOST_LINUX_LINUX_H

#include "host/overlay.h"
#include "host/screen.h"
#include "host/storage.h"
#include "host/volume.h"

#include <glib.h>

struct http_session;

struct linux_config {
	/* The program's own data: DATA/APPID/{usr,tmp_...,store_...,storage.json}. NULL:
	 * $XDG_DATA_HOME/mina, or ~/.local/share/mina. "" keeps nothing: a new folder under $TMPDIR,
	 * removed at the end. */
	const char *data;
	const char *app_id; // letters, digits, "_" and "-"; others are replaced
	const char *time_zone; // NULL: the system's
};

struct linux_host {
	struct host host; // first: slots are called with its address
	GMainContext *context;
	GSource *wake; // ready when the next timer is due
	struct host_timer_queue queue;
	double start; // g_get_monotonic_time at the beginning, ms
	struct host_volume volume;
	int folder; // of the program's data
	char *folder_path;
	bool forget; // remove the folder at the end
	size_t used; // bytes of user data and saved files
	struct host_storage storage;
	struct host_timer save; // writes storage.json on a later turn
	struct host_overlay overlay;
	struct host_screen_info screen; // a door may set it
	struct http_session *http; // NULL until something is asked for
	size_t in_flight;
	char *time_zone;
	struct value clipboard;
	double brightness;
};

/* NULL: *ret_error is a sentence, freed with mem_free(). */
struct linux_host *linux_host_create(const struct linux_config *config, char **ret_error);
/* Asserts that no request is in flight. */
void linux_host_destroy(struct linux_host *linux_host);
/* The screen's size, CSS px, and device px per CSS px; told to the listeners. */
void linux_host_resize(struct linux_host *linux_host, float width, float height, float dpr);

/* A folder as a package's (or fixtures') source; nothing outside it can be reached, not by "..",
 * not by symbolic links. NULL: no such folder. destroy() frees it. */
struct host_source *linux_folder_open(const char *path);

static inline struct linux_host *linux_of(struct host *host) { return (struct linux_host *)(void *)host; }

#endif
