/* mina.json beside an app: what the app wants of mina itself. All keys may be absent:
 *
 *     {"world": "world.json", "person": "alice", "platform": {"url": "http://127.0.0.1:8080", "key": "..."},
 *      "libVersion": "1.9.90", "shareCallbacks": true, "name": "..."}
 *
 * `world` is a path below the app's folder, or the world itself as an object. */
#ifndef MINA_LIBRARY_SETTINGS_H
#define MINA_LIBRARY_SETTINGS_H

#include "base/diag.h"
#include "host/file.h"

struct library_settings {
	struct value root;   // {} without a file
	struct strbuf world; // world.json's text; empty: none
	struct strbuf world_name; // for its diagnostics
};

void library_settings_load(struct library_settings *settings, struct host_source *source, struct diag_list *diags);
void library_settings_finish(struct library_settings *settings);
/* A text of the file by "a.b", lent; NULL: absent. */
const char *library_settings_text(const struct library_settings *settings, const char *key, const char *inner);

#endif
