/* Whose rules reach what: styleIsolation (样式隔离), page by page (framework.md 10.5 and the component guide). */
#include "runtime/app/inside.h"

static void add(struct page_scope *scope, const struct sheet *sheet, bool leak)
{
	if (sheet && leak) {
		vec_push(&scope->leaks, sheet);
	} else if (sheet) {
		vec_push(&scope->sheets, sheet);
	}
	scope->scope.sheets = scope->sheets.at;
	scope->scope.count = scope->sheets.len;
	scope->scope.leaks = scope->leaks.at;
	scope->scope.leak_count = scope->leaks.len;
}

static bool takes_shared(const struct page_scope *scope)
{
	enum isolation isolation = scope->definition->isolation;
	return isolation == APPLY_SHARED || isolation == SHARED || isolation == PAGE_APPLY_SHARED || isolation == PAGE_SHARED;
}

/* A shared component's rules reach the page and all that take shared ones, also what is there already. */
static void share(struct page *page, const struct definition *definition)
{
	for (size_t i = 0; i + 1 < page->scopes.len; i++) {
		if (takes_shared(page->scopes.at[i])) {
			add(page->scopes.at[i], definition->sheet, false);
		}
	}
	if (page->view) {
		node_mark(view_root(page->view), NODE_DIRTY_STYLE | NODE_DIRTY_SUBTREE_STYLE);
	}
}

struct sheet_scope *page_scope(struct page *page, const struct definition *definition)
{
	for (size_t i = 0; i < page->scopes.len; i++) {
		if (page->scopes.at[i]->definition == definition) {
			return &page->scopes.at[i]->scope;
		}
	}
	struct page_scope *scope = mem_alloc(sizeof(*scope));
	const struct definition *own = page->root.definition;
	const struct sheet *app_sheet = app_load_sheet(page->app, STR("app.wxss"));
	bool root = definition == own;
	scope->definition = definition;
	vec_push(&page->scopes, scope);
	if (root) {
		add(scope, app_sheet, own->isolation == PAGE_ISOLATED || own->isolation == ISOLATED);
	} else {
		scope->scope.host_sheet = definition->sheet;
		add(scope, app_sheet, !takes_shared(scope));
		add(scope, own->sheet, !takes_shared(scope));
	}
	for (size_t i = 0; takes_shared(scope) && i + 1 < page->scopes.len; i++) {
		const struct definition *other = page->scopes.at[i]->definition;
		if (other != own && other->isolation == SHARED) {
			add(scope, other->sheet, false);
		}
	}
	add(scope, definition->sheet, false);
	if (!root && definition->isolation == SHARED && definition->sheet) {
		share(page, definition);
	}
	return &scope->scope;
}

void page_scopes_finish(struct page *page)
{
	for (size_t i = 0; i < page->scopes.len; i++) {
		vec_finish(&page->scopes.at[i]->sheets);
		vec_finish(&page->scopes.at[i]->leaks);
		mem_free(page->scopes.at[i]);
	}
	vec_finish(&page->scopes);
}
