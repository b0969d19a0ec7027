/* The walk over a package: app.json and what it names, each page, each component, each script. */
#include "core/package/check.h"

#include "core/package/inside.h"
#include "core/package/resolve.h"
#include "core/package/rows.h"

/* What plugin.json names; "/" begins at its folder. */
static void check_plugin_files(struct package *project, const struct document *document)
{
	struct value components = value_get_text(document->value, "publicComponents");
	struct str file = strbuf_str(&document->file), main = value_str(value_get_text(document->value, "main"));
	struct strbuf path = {0}, where = {0};
	for (size_t i = 0; i < value_count(components); i++) {
		struct str spec = value_str(value_entry(components, i));
		spec = str_slice(spec, str_starts(spec, STR("/")), spec.len);
		strbuf_clear(&path);
		strbuf_clear(&where);
		strbuf_printf(&where, "publicComponents." STR_FMT, STR_ARG(value_key(components, i)));
		if (resolve_component(project, file, spec, &path) == 1) {
			document_report(document, DIAG_ERROR, where.at, false,
				"Component is not found in path \"%s\": add its files, or correct the path", path.at ? path.at : "");
		}
	}
	strbuf_clear(&path);
	resolve_join(file, str_slice(main, str_starts(main, STR("/")), main.len), &path);
	if (main.len && !package_has(project, strbuf_str(&path))) {
		document_report(document, DIAG_ERROR, "main", false, "there is no script \"%s\": add it, or correct the path",
			path.at ? path.at : "");
	}
	strbuf_finish(&path);
	strbuf_finish(&where);
}

/* The plugin of the same project lies beside miniprogramRoot. */
static void check_plugin(struct check *check, struct host_source *source)
{
	struct str root = value_str(value_get_text(check->package->project, "pluginRoot"));
	struct package project = {.source = source, .diags = check->diags};
	struct strbuf file = {0};
	if (root.len) {
		struct document document;
		resolve_join(STR(""), root, &file);
		strbuf_add_text(&file, file.len ? "/plugin.json" : "plugin.json");
		if (document_load(&project, strbuf_str(&file), check->diags, &document) == 0) {
			document_check(&document, rows_plugin);
			check_plugin_files(&project, &document);
		}
		document_finish(&document);
		strbuf_finish(&file);
	}
}

static void check_all(struct check *check, struct host_source *source)
{
	if (value_is(check->config->ext, VALUE_OBJECT)) { // read once more for its places; what is wrong inside has been said
		document_load(check->package, STR("ext.json"), NULL, &check->ext);
		check->ext.diags = check->diags;
	}
	if (package_has(check->package, STR("app.js"))) {
		check_queue_script(check, STR("app.js"));
	} else {
		diag_add(check->diags, DIAG_ERROR, STR("app.js"), 0, 0,
			"The file is missing: a mini program needs an app.js that calls App({})");
	}
	check_app(check, &check->config->document);
	check_app(check, &check->ext);
	check_run_queues(check);
	check_plugin(check, source);
	check_size(check);
}

void package_check(struct host_source *source, struct diag_list *diags)
{
	struct check check = {.package = package_open(source, diags), .diags = diags};
	if (!check.package) {
		return;
	}
	check.config = config_load_app(check.package, diags);
	if (check.config) {
		check_all(&check, source);
	}
	document_finish(&check.ext);
	map_finish(&check.pages);
	map_finish(&check.components);
	map_finish(&check.scripts);
	vec_finish(&check.component_queue);
	vec_finish(&check.script_queue);
	config_app_destroy(check.config);
	package_close(check.package);
}
