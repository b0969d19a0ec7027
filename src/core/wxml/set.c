/* All WXML files of an app: loading, imports, templates, WXS modules. */
#include "core/wxml/program.h"

#include <string.h>


struct wxml_set *wxml_set_create(struct wxml_loader loader, struct diag_list *diags)
{
	struct wxml_set *set = mem_alloc(sizeof(*set));
	set->loader = loader;
	set->diags = diags;
	expr_pool_init(&set->pool);
	return set;
}

void wxml_set_empty_null(struct wxml_set *set)
{
	set->pool.empty_null = true;
}

void wxml_set_destroy(struct wxml_set *set)
{
	if (!set) {
		return;
	}
	for (struct wxml_frame *frame = set->frames; frame; frame = frame->next) {
		depend_finish(&frame->depend);
		vec_finish(&frame->loops);
	}
	for (size_t i = 0; i < set->order.len; i++) {
		struct source *source = set->order.at[i];
		map_finish(&source->templates);
		vec_finish(&source->imports);
		vec_finish(&source->includes);
		vec_finish(&source->sight);
		vec_finish(&source->modules);
	}
	map_finish(&set->sources);
	vec_finish(&set->order);
	vec_finish(&set->modules);
	vec_finish(&set->links);
	expr_pool_finish(&set->pool);
	mem_free(set);
}

static struct str keep_text(struct wxml_set *set, struct str text)
{
	return value_str(expr_pool_string(&set->pool, text));
}

struct str wxml_set_resolve(struct wxml_set *set, struct str file, struct str src, const char *suffix)
{
	struct strbuf path = {0};
	src = str_trim(src);
	size_t slash = str_rfind_char(file, '/');
	if (!str_starts(src, STR("/")) && slash != SIZE_MAX) {
		strbuf_add(&path, str_slice(file, 0, slash));
	}
	struct str rest = src, step;
	while (str_split(&rest, '/', &step)) {
		if (str_is(step, "..")) {
			size_t cut = str_rfind_char(strbuf_str(&path), '/');
			path.len = cut == SIZE_MAX ? 0 : cut;
		} else if (step.len && !str_is(step, ".")) {
			strbuf_add_text(&path, path.len ? "/" : "");
			strbuf_add(&path, step);
		}
	}
	if (!str_ends(strbuf_str(&path), str_of(suffix))) {
		strbuf_add_text(&path, suffix);
	}
	struct str kept = keep_text(set, strbuf_str(&path));
	strbuf_finish(&path);
	return kept;
}

static void collect_template(struct source *source, const struct markup *element)
{
	const struct markup_attr *name = markup_attr(element, "name");
	if (!name || markup_attr(element, "is")) {
		return;
	}
	if (map_has(&source->templates, name->value)) {
		diag_add(source->set->diags, DIAG_WARNING, source->path, element->line, element->column,
			"Template `" STR_FMT "` is being redefined.", STR_ARG(name->value));
	}
	struct wxml_template *template = arena_alloc(&source->set->pool.arena, sizeof(*template));
	*template = (struct wxml_template){.name = name->value, .source = source, .markup = element};
	map_set(&source->templates, name->value, template);
}

static void collect_import(struct source *source, const struct markup *element)
{
	const struct markup_attr *src = markup_attr(element, "src");
	if (!src || !src->value.len) {
		diag_add(source->set->diags, DIAG_ERROR, source->path, element->line, element->column,
			"import needs src=\"file.wxml\".");
		return;
	}
	struct import import = {.line = src->line, .column = src->column};
	import.path = wxml_set_resolve(source->set, source->path, src->value, ".wxml");
	vec_push(&source->imports, import);
}

static void collect_include(struct source *source, const struct markup *element)
{
	const struct markup_attr *src = markup_attr(element, "src");
	if (src && src->value.len) {
		vec_push(&source->includes, wxml_set_resolve(source->set, source->path, src->value, ".wxml"));
	}
}

static bool is_module_name(struct str name)
{
	for (size_t i = 0; i < name.len; i++) {
		char c = name.at[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
		if (!letter && !(i > 0 && c >= '0' && c <= '9')) {
			return false;
		}
	}
	return name.len > 0;
}

static void collect_module(struct source *source, const struct markup *element)
{
	struct wxml_set *set = source->set;
	const struct markup_attr *name = markup_attr(element, "module"), *src = markup_attr(element, "src");
	if (!name || !is_module_name(name->value)) {
		diag_add(set->diags, DIAG_ERROR, source->path, element->line, element->column,
			"wxs needs module=\"name\", a name of letters, digits and _.");
		return;
	}
	struct module *module = arena_alloc(&set->pool.arena, sizeof(*module));
	*module = (struct module){.source = source, .name = name->value, .line = element->line, .column = element->column};
	module->number = (unsigned)set->modules.len;
	if (str_trim(element->text).len == 0 && src && src->value.len) {
		module->path = wxml_set_resolve(set, source->path, src->value, ".wxs");
	} else {
		module->text = element->text;
		if (element->text.len) {
			diag_place(source->text, (size_t)(element->text.at - source->text.at), &module->line, &module->column);
		}
	}
	vec_push(&set->modules, module);
	for (size_t i = 0; i < source->modules.len; i++) {
		if (str_eq(source->modules.at[i]->name, module->name)) {
			diag_add(set->diags, DIAG_WARNING, source->path, element->line, element->column,
				"There is another wxs module " STR_FMT " above: the last one counts.", STR_ARG(module->name));
			source->modules.at[i] = module;
			return;
		}
	}
	vec_push(&source->modules, module);
}

static void collect(struct source *source, const struct markup *first)
{
	for (const struct markup *markup = first; markup; markup = markup->next) {
		if (markup->kind != MARKUP_ELEMENT) {
			continue;
		}
		if (str_is(markup->tag, "template")) {
			collect_template(source, markup);
		} else if (str_is(markup->tag, "import")) {
			collect_import(source, markup);
		} else if (str_is(markup->tag, "include")) {
			collect_include(source, markup);
		} else if (str_is(markup->tag, "wxs")) {
			collect_module(source, markup);
		}
		collect(source, markup->first); // at most MARKUP_DEPTH_MAX deep
	}
}

struct source *wxml_set_source(struct wxml_set *set, struct str path)
{
	if (map_has(&set->sources, path)) {
		return map_get(&set->sources, path);
	}
	struct str text;
	if (!set->loader.load || !set->loader.load(set->loader.user, path, &text)) {
		map_set(&set->sources, path, NULL);
		return NULL;
	}
	struct source *source = arena_alloc(&set->pool.arena, sizeof(*source));
	source->set = set;
	source->path = keep_text(set, path);
	source->text = text;
	map_set(&set->sources, path, source);
	vec_push(&set->order, source);
	source->root = markup_parse(&set->pool.arena, text, source->path, set->diags);
	collect(source, source->root->first);
	return source;
}

const struct wxml_template *wxml_find_template(const struct source *source, struct str name)
{
	const struct wxml_template *template = NULL;
	for (size_t i = 0; !template && i < source->sight.len; i++) {
		template = map_get(&source->sight.at[i]->templates, name);
	}
	return template;
}

static void see(struct source *source, const struct source *target)
{
	if (target) {
		vec_push(&source->sight, target);
	}
}

/* When all files are loaded. What is included is looked through in breadth. */
static void look_around(struct source *source)
{
	struct map met = {0};
	VEC(const struct source *) files = {0};
	see(source, source);
	for (size_t i = source->imports.len; i > 0; i--) {
		see(source, source->imports.at[i - 1].source);
	}
	map_set(&met, source->path, source);
	vec_push(&files, source);
	for (size_t at = 0; at < files.len; at++) {
		const struct source *file = files.at[at];
		for (size_t i = 0; at > 0 && i < file->imports.len; i++) {
			see(source, file->imports.at[i].source);
		}
		for (size_t i = 0; i < file->includes.len; i++) {
			const struct source *target = map_get(&source->set->sources, file->includes.at[i]);
			if (target && !map_has(&met, target->path)) {
				map_set(&met, target->path, source);
				vec_push(&files, target);
			}
		}
	}
	map_finish(&met);
	vec_finish(&files);
}

/* Loads a file's imports and compiles its templates. */
static void complete(struct source *source)
{
	for (size_t i = 0; i < source->imports.len; i++) {
		struct import *import = &source->imports.at[i];
		import->source = wxml_set_source(source->set, import->path);
		if (!import->source) {
			diag_add(source->set->diags, DIAG_ERROR, source->path, import->line, import->column,
				"There is no file " STR_FMT " to import.", STR_ARG(import->path));
		}
	}
	MAP_EACH(&source->templates, entry) {
		struct wxml_template *template = entry->value;
		template->frame = wxml_compile(source, template->markup);
	}
}

static void link_templates(struct wxml_set *set)
{
	for (size_t i = 0; i < set->links.len; i++) {
		struct link *link = &set->links.at[i];
		struct str name = value_str(link->use->is.literal);
		link->use->known = wxml_find_template(link->use->source, name);
		if (!link->use->known) {
			diag_add(set->diags, DIAG_WARNING, link->file, link->line, link->column,
				"Template `" STR_FMT "` not found: define it in this file or import the file that does.", STR_ARG(name));
		}
	}
	vec_clear(&set->links);
}

const struct wxml_program *wxml_set_get(struct wxml_set *set, struct str path)
{
	struct source *source = wxml_set_source(set, path);
	if (!source) {
		diag_add(set->diags, DIAG_ERROR, path, 0, 0, "There is no such file.");
		return NULL;
	}
	if (source->program) {
		return source->program;
	}
	struct wxml_program *program = arena_alloc(&set->pool.arena, sizeof(*program));
	program->source = source;
	program->frame = wxml_compile(source, source->root);
	source->program = program;
	size_t first = set->completed;
	while (set->completed < set->order.len) { // compiling may load more files
		complete(set->order.at[set->completed++]);
	}
	for (size_t i = first; i < set->order.len; i++) {
		look_around(set->order.at[i]);
	}
	link_templates(set);
	return program;
}

struct tag_walk {
	void (*each)(void *user, atom_t tag, struct str file, int line, int column);
	void *user;
};

static void walk_tags(const struct tag_walk *walk, const struct parts *parts);

static void walk_part(const struct tag_walk *walk, const struct part *part)
{
	if (part->kind == PART_ELEMENT) {
		walk->each(walk->user, part->tag, part->file, part->line, part->column);
	}
	walk_tags(walk, &part->children);
	for (size_t i = 0; i < part->branch_count; i++) {
		walk_tags(walk, &part->branches[i].body->parts);
	}
	if (part->loop) {
		walk_tags(walk, &part->loop->body->parts);
	}
}

static void walk_tags(const struct tag_walk *walk, const struct parts *parts)
{
	for (size_t i = 0; i < parts->count; i++) {
		walk_part(walk, &parts->at[i]);
	}
}

static void walk_templates(const struct tag_walk *walk, const struct source *source)
{
	MAP_EACH(&source->templates, entry) {
		const struct wxml_template *template = entry->value;
		walk_tags(walk, &template->frame->body->parts);
	}
}

void wxml_program_tags(const struct wxml_program *program, void (*each)(void *user, atom_t tag, struct str file, int line, int column), void *user)
{
	struct tag_walk walk = {each, user};
	walk_tags(&walk, &program->frame->body->parts);
	for (size_t i = 0; i < program->source->sight.len; i++) {
		walk_templates(&walk, program->source->sight.at[i]);
	}
}

struct reach_walk {
	struct mask mask;
	bool (*each)(void *user, atom_t tag, atom_t attribute);
	void *user;
};

static bool reach_parts(const struct reach_walk *walk, const struct parts *parts);

static bool reach_attributes(const struct reach_walk *walk, const struct part *part)
{
	for (size_t i = part->literal_count; i < part->attr_count; i++) {
		const struct attr *attr = &part->attrs[i];
		if (!mask_meets(&attr->binding.reads, &walk->mask)) {
			continue;
		}
		bool places = attr->kind == ATTR_SLOT || attr->kind == ATTR_NAME || attr->kind == ATTR_MODEL;
		if (places || !walk->each(walk->user, part->tag, atom_intern(attr->written))) {
			return false;
		}
	}
	return true;
}

static bool reach_part(const struct reach_walk *walk, const struct part *part)
{
	if (!mask_meets(&part->reads, &walk->mask)) {
		return true;
	}
	bool plain = part->kind == PART_ELEMENT || part->kind == PART_TEXT;
	bool calm = plain ? reach_attributes(walk, part) : !mask_meets(&part->own, &walk->mask);
	calm = calm && reach_parts(walk, &part->children);
	for (size_t i = 0; calm && i < part->branch_count; i++) {
		calm = reach_parts(walk, &part->branches[i].body->parts);
	}
	return calm && (!part->loop || reach_parts(walk, &part->loop->body->parts));
}

static bool reach_parts(const struct reach_walk *walk, const struct parts *parts)
{
	for (size_t i = 0; i < parts->count; i++) {
		if (!reach_part(walk, &parts->at[i])) {
			return false;
		}
	}
	return true;
}

bool wxml_program_reaches(const struct wxml_program *program, struct str key, bool (*each)(void *user, atom_t tag, atom_t attribute), void *user)
{
	struct reach_walk walk = {.each = each, .user = user};
	depend_add_key(&program->frame->depend, key, &walk.mask);
	return reach_parts(&walk, &program->frame->body->parts);
}

void wxml_program_print(const struct wxml_program *program, struct strbuf *out)
{
	markup_print(program->source->root, out);
}

void wxml_set_modules(const struct wxml_set *set, void (*each)(void *user, const struct wxml_module *module), void *user)
{
	for (size_t i = 0; i < set->modules.len; i++) {
		const struct module *module = set->modules.at[i];
		struct wxml_module row = {
			.file = module->source->path, .name = module->name, .path = module->path, .text = module->text,
			.line = module->line, .column = module->column,
		};
		each(user, &row);
	}
}
