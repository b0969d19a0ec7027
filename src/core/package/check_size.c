/* How large the package is, against what WeChat takes (framework.md, section 1.1). */
#include "core/package/inside.h"
#include "host/file.h"

#define PART_MAX ((size_t)2 << 20)    // main package, each sub-package
#define WHOLE_MAX ((size_t)30 << 20)  // all together
#define FILES_MAX 20000
#define DEPTH_MAX 32

struct measure {
	struct check *check;
	size_t *sizes; // of the main package, then of each part
	size_t whole, files;
};

/* packOptions.ignore of project.config.json: [{type, value}], no wildcards. */
static bool is_ignored(const struct measure *m, struct str path, bool is_folder)
{
	struct value rules = value_get_text(value_get_text(m->check->package->project, "packOptions"), "ignore");
	struct str name = path;
	for (size_t i = 0; i < path.len; i++) {
		if (path.at[i] == '/') {
			name = str_slice(path, i + 1, path.len);
		}
	}
	for (size_t i = 0; i < value_len(rules); i++) {
		struct str type = value_str(value_get_text(value_at(rules, i), "type"));
		struct str text = value_str(value_get_text(value_at(rules, i), "value"));
		while (str_starts(text, STR("/")) || str_starts(text, STR("./"))) {
			text = str_slice(text, text.at[0] == '.' ? 2 : 1, text.len);
		}
		while (str_ends(text, STR("/"))) {
			text.len--;
		}
		bool hit = !text.len ? false
			: is_folder ? str_is(type, "folder") && str_eq(path, text)
			: str_is(type, "file") ? str_eq(path, text)
			: str_is(type, "suffix") ? str_ends(name, text)
			: str_is(type, "prefix") && str_starts(name, text);
		if (hit) {
			return true;
		}
	}
	return str_starts(name, STR(".")) || (is_folder && str_is(name, "node_modules"));
}

static void add_file(struct measure *m, struct str path, size_t size)
{
	const struct package *package = m->check->package;
	const struct package_part *part = package_part_of(package, path);
	m->sizes[part ? (size_t)(part - package->parts.at) + 1 : 0] += size;
	m->whole += size;
	m->files++;
}

static void add_folder(struct measure *m, struct str folder, int depth)
{
	struct package *package = m->check->package;
	struct host_source *source = package->source;
	struct strbuf full = {0};
	struct value names = value_undefined();
	strbuf_add(&full, strbuf_str(&package->prefix));
	strbuf_add(&full, folder);
	struct str where = strbuf_str(&full);
	where.len -= str_ends(where, STR("/"));
	if (depth < DEPTH_MAX && source->list && source->list(source, where, &names) == HOST_OK) {
		for (size_t i = 0; i < value_len(names) && m->files < FILES_MAX; i++) {
			struct strbuf path = {0};
			strbuf_add(&path, folder);
			strbuf_add(&path, value_str(value_at(names, i)));
			size_t size = package_size(package, strbuf_str(&path));
			if (!is_ignored(m, strbuf_str(&path), size == SIZE_MAX)) {
				if (size != SIZE_MAX) {
					add_file(m, strbuf_str(&path), size);
				} else {
					strbuf_add_char(&path, '/');
					add_folder(m, strbuf_str(&path), depth + 1);
				}
			}
			strbuf_finish(&path);
		}
	}
	value_unref(names);
	strbuf_finish(&full);
}

static double megabytes(size_t size)
{
	return (double)size / (1 << 20);
}

void check_size(struct check *check)
{
	const struct package *package = check->package;
	struct measure m = {.check = check, .sizes = mem_alloc_array(package->parts.len + 1, sizeof(size_t))};
	const struct document *document = &check->config->document;
	add_folder(&m, STR(""), 0);
	if (m.sizes[0] > PART_MAX) {
		document_report(document, DIAG_WARNING, "pages", true, "the main package has %.2f MB: WeChat uploads at most %.0f MB, so move "
			"pages into sub-packages, make pictures smaller, or leave files out by packOptions.ignore",
			megabytes(m.sizes[0]), megabytes(PART_MAX));
	}
	for (size_t i = 0; i < package->parts.len; i++) {
		if (m.sizes[i + 1] > PART_MAX) {
			document_report(document, DIAG_WARNING, "subPackages", true, "the sub-package \"" STR_FMT "\" has %.2f MB: WeChat uploads "
				"at most %.0f MB, so divide it", STR_ARG(package->parts.at[i].root), megabytes(m.sizes[i + 1]), megabytes(PART_MAX));
		}
	}
	if (m.whole > WHOLE_MAX) {
		document_report(document, DIAG_WARNING, "pages", true, "all packages together have %.2f MB: WeChat uploads at most %.0f MB",
			megabytes(m.whole), megabytes(WHOLE_MAX));
	}
	mem_free(m.sizes);
}
