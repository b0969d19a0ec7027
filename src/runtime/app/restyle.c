/* A style sheet that has changed while the program runs: read anew, with all that imports it, and nothing else is lost. */
#include "runtime/app/inside.h"

static void replace_in(const struct sheet **list, size_t count, const struct sheet *old, const struct sheet *fresh)
{
	for (size_t i = 0; i < count; i++) {
		list[i] = list[i] == old ? fresh : list[i];
	}
}

static void replace_on(struct page *page, const struct sheet *old, const struct sheet *fresh)
{
	for (size_t i = 0; i < page->scopes.len; i++) {
		struct page_scope *scope = page->scopes.at[i];
		replace_in(scope->sheets.at, scope->sheets.len, old, fresh);
		replace_in(scope->leaks.at, scope->leaks.len, old, fresh);
		replace_in(&scope->scope.host_sheet, 1, old, fresh);
	}
	if (page->view) {
		node_mark(view_root(page->view), NODE_DIRTY_STYLE | NODE_DIRTY_SUBTREE_STYLE);
	}
}

static void replace(struct app *app, const struct sheet *old, const struct sheet *fresh)
{
	for (size_t i = 0; i < app->definitions.len; i++) {
		replace_in(&app->definitions.at[i]->sheet, 1, old, fresh);
	}
	for (size_t i = 0; i < app->pages.len; i++) {
		replace_on(app->pages.at[i], old, fresh);
	}
	for (size_t i = 0; i < app->hidden.len; i++) {
		replace_on(app->hidden.at[i], old, fresh);
	}
}

bool app_reload_sheet(struct app *app, struct str file)
{
	struct str path = file, prefix = strbuf_str(&app->package->prefix);
	if (prefix.len && str_starts(file, prefix)) {
		path = str_slice(file, prefix.len, file.len);
	}
	bool done = false;
	MAP_EACH(&app->sheets, entry) {
		struct sheet *old = entry->value;
		struct sheet *fresh = old && sheet_reads(old, path) ? app_read_sheet(app, entry->key) : NULL;
		if (!fresh) {
			continue; // another one's, or it is gone
		}
		entry->value = fresh;
		replace(app, old, fresh);
		vec_push(&app->retired_sheets, old);
		done = true;
	}
	if (done) {
		app_want_frame(app);
	}
	return done;
}
