/* Whole packages ("@ path" begins a file, as in test/data/package.dat): the check ends, its places
 * lie in the files, what has no error can be loaded, and what resolves is there. */
#include "core/package/check.h"
#include "core/package/resolve.h"

#include "../unit/memory_source.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool ok)
{
	if (!ok) {
		abort();
	}
}

static void check_places(const struct diag_list *diags)
{
	for (size_t i = 0; i < diags->items.len; i++) {
		const struct diag *diag = &diags->items.at[i];
		require(diag->line >= 0 && diag->column >= (diag->line > 0) && diag->text[0]);
	}
}

static void load_pages(struct package *package, struct app_config *app)
{
	struct strbuf path = {0};
	for (size_t i = 0; i < app->pages.len && i < 50; i++) {
		struct str page = app->pages.at[i];
		struct page_config *config = config_load_page(package, app, page, NULL);
		require(config_has_page(app, page) && value_is(config->raw, VALUE_OBJECT));
		for (size_t k = 0; k < value_count(config->using_components) && k < 20; k++) {
			strbuf_clear(&path);
			resolve_component(package, page, value_str(value_entry(config->using_components, k)), &path);
		}
		config_page_destroy(config);
	}
	strbuf_finish(&path);
}

/* Each file asks for each name that the package has. */
static void resolve_all(struct package *package, const struct memory *memory)
{
	struct strbuf path = {0};
	for (size_t i = 0; i < memory->names.len && i < 12; i++) {
		for (size_t k = 0; k < memory->names.len && k < 12; k++) {
			strbuf_clear(&path);
			int status = resolve_require(package, memory->names.at[i], memory->names.at[k], &path);
			require(status == 1 || package_has(package, strbuf_str(&path)));
			strbuf_clear(&path);
			if (resolve_asset(memory->names.at[i], memory->names.at[k], &path)) {
				require(path.len && path.at[0] != '/' && !str_starts(strbuf_str(&path), STR("../")));
			}
		}
	}
	strbuf_finish(&path);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct memory memory = {0};
	struct diag_list diags = {0};
	memory_fill(&memory, (struct str){(const char *)data, size});
	package_check(&memory.source, &diags);
	check_places(&diags);
	struct package *package = package_open(&memory.source, NULL);
	struct app_config *app = config_load_app(package, NULL);
	require(app || diags.errors);
	if (app) {
		require(app->pages.len || diags.errors);
		load_pages(package, app);
		resolve_all(package, &memory);
	}
	config_app_destroy(app);
	package_close(package);
	diag_list_finish(&diags);
	memory_finish(&memory);
	return 0;
}
