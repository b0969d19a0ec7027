/* Files and storage in memory, and a package in memory. */
#include "host/sim/part.h"

#include <stdlib.h>
#include <string.h>

struct sim_file {
	bool folder;
	struct strbuf data;
	double created, modified;
};

struct memory_source {
	struct host_source source;
	struct value files;
};

static struct sim_host *sim_of_volume(struct host_volume *volume) { return volume->user; }

/* User data and saved files count; temporary ones do not. */
static bool counts(struct str name) { return !str_starts(name, STR("tmp_")); }

static struct sim_file *find(struct sim_host *sim, struct str name) { return map_get(&sim->files, name); }

static struct sim_file *add(struct sim_host *sim, struct str name, bool folder)
{
	struct sim_file *file = mem_alloc(sizeof(*file));
	file->folder = folder;
	file->created = file->modified = host_now(&sim->host);
	map_set(&sim->files, name, file);
	return file;
}

static void free_file(struct sim_file *file)
{
	strbuf_finish(&file->data);
	mem_free(file);
}

/* The rest of `path` below `folder` ("" is the top), or a view with at NULL. */
static struct str below(struct str path, struct str folder)
{
	if (folder.len == 0) {
		return path;
	}
	if (path.len > folder.len + 1 && str_starts(path, folder) && path.at[folder.len] == '/') {
		return str_slice(path, folder.len + 1, path.len);
	}
	return (struct str){NULL, 0};
}

static int compare_names(const void *a, const void *b)
{
	return str_compare(value_str(*(const struct value *)a), value_str(*(const struct value *)b));
}

static struct value sorted(struct value *at, size_t len)
{
	if (len) {
		qsort(at, len, sizeof(*at), compare_names);
	}
	struct value names = value_array_new(len);
	for (size_t i = 0; i < len; i++) {
		value_array_push(&names, at[i]);
	}
	return names;
}

static enum host_outcome volume_stat(struct host_volume *volume, struct str name, struct host_file_facts *ret_facts)
{
	struct sim_file *file = find(sim_of_volume(volume), name);
	if (!file && !str_is(name, "usr")) {
		return HOST_NOT_FOUND;
	}
	*ret_facts = file ? (struct host_file_facts){file->folder, file->data.len, file->created, file->modified, file->modified}
		: (struct host_file_facts){.folder = true, .created = SIM_EPOCH, .accessed = SIM_EPOCH, .modified = SIM_EPOCH};
	return HOST_OK;
}

static enum host_outcome volume_read(struct host_volume *volume, struct str name, struct host_bytes **ret_bytes)
{
	struct sim_file *file = find(sim_of_volume(volume), name);
	if (!file || file->folder) {
		return HOST_NOT_FOUND;
	}
	*ret_bytes = host_bytes_new(file->data.at, file->data.len);
	return HOST_OK;
}

static enum host_outcome volume_write(struct host_volume *volume, struct str name, struct str data, bool append)
{
	struct sim_host *sim = sim_of_volume(volume);
	struct sim_file *file = find(sim, name);
	if (!file) {
		file = add(sim, name, false);
	}
	size_t old = file->data.len;
	if (!append) {
		strbuf_clear(&file->data);
	}
	strbuf_add(&file->data, data);
	file->modified = host_now(&sim->host);
	sim->files_used += counts(name) ? file->data.len - old : 0;
	return HOST_OK;
}

static enum host_outcome volume_list(struct host_volume *volume, struct str name, struct value *ret_names)
{
	VEC(struct value) names = {0};
	MAP_EACH(&sim_of_volume(volume)->files, entry) {
		struct str rest = below(entry->key, name);
		if (rest.len && str_find_char(rest, '/') == SIZE_MAX) {
			vec_push(&names, value_string(rest));
		}
	}
	*ret_names = sorted(names.at, names.len);
	vec_finish(&names);
	return HOST_OK;
}

static enum host_outcome volume_mkdir(struct host_volume *volume, struct str name)
{
	add(sim_of_volume(volume), name, true);
	return HOST_OK;
}

static enum host_outcome volume_remove(struct host_volume *volume, struct str name)
{
	struct sim_host *sim = sim_of_volume(volume);
	MAP_EACH(&sim->files, entry) {
		if (name.len && below(entry->key, name).len) {
			return HOST_FAIL;
		}
	}
	struct sim_file *file = map_remove(&sim->files, name);
	if (!file) {
		return HOST_NOT_FOUND;
	}
	sim->files_used -= counts(name) ? file->data.len : 0;
	free_file(file);
	return HOST_OK;
}

static void move(struct sim_host *sim, struct str from, struct str to)
{
	struct sim_file *file = map_remove(&sim->files, from);
	struct sim_file *old = map_get(&sim->files, to);
	size_t replaced = old ? old->data.len : 0;
	map_set(&sim->files, to, file);
	sim->files_used += (counts(to) ? file->data.len - replaced : 0) - (counts(from) ? file->data.len : 0);
	if (str_starts(to, STR("store_"))) {
		file->created = host_now(&sim->host);
	}
	if (old) {
		free_file(old);
	}
}

static enum host_outcome volume_rename(struct host_volume *volume, struct str from, struct str to)
{
	struct sim_host *sim = sim_of_volume(volume);
	if (!find(sim, from)) {
		return HOST_NOT_FOUND;
	}
	VEC(char *) inside = {0};
	MAP_EACH(&sim->files, entry) {
		if (below(entry->key, from).len) {
			vec_push(&inside, mem_strdup(entry->key.at, entry->key.len));
		}
	}
	move(sim, from, to);
	for (size_t i = 0; i < inside.len; i++) {
		struct str old = str_of(inside.at[i]);
		struct strbuf path = {0};
		strbuf_printf(&path, STR_FMT "/" STR_FMT, STR_ARG(to), STR_ARG(below(old, from)));
		move(sim, old, strbuf_str(&path));
		strbuf_finish(&path);
		mem_free(inside.at[i]);
	}
	vec_finish(&inside);
	return HOST_OK;
}

static size_t volume_used(struct host_volume *volume) { return sim_of_volume(volume)->files_used; }

static enum host_outcome source_read(struct host_source *source, struct str path, struct host_bytes **ret_bytes)
{
	struct memory_source *memory = (struct memory_source *)(void *)source;
	struct value text = value_get(memory->files, path);
	if (!value_is(text, VALUE_STRING)) {
		return HOST_NOT_FOUND;
	}
	*ret_bytes = host_bytes_new(value_str(text).at, value_str(text).len);
	return HOST_OK;
}

static enum host_outcome source_stat(struct host_source *source, struct str path, bool *ret_is_folder, size_t *ret_size)
{
	struct memory_source *memory = (struct memory_source *)(void *)source;
	struct value text = value_get(memory->files, path);
	if (value_is(text, VALUE_STRING)) {
		*ret_is_folder = false;
		*ret_size = value_str(text).len;
		return HOST_OK;
	}
	for (size_t i = 0; i < value_count(memory->files); i++) {
		if (below(value_key(memory->files, i), path).len) {
			*ret_is_folder = true;
			*ret_size = 0;
			return HOST_OK;
		}
	}
	return HOST_NOT_FOUND;
}

static enum host_outcome source_list(struct host_source *source, struct str folder, struct value *ret_names)
{
	struct memory_source *memory = (struct memory_source *)(void *)source;
	struct map seen = {0};
	VEC(struct value) names = {0};
	for (size_t i = 0; i < value_count(memory->files); i++) {
		struct str rest = below(value_key(memory->files, i), folder);
		size_t slash = str_find_char(rest, '/');
		struct str name = slash == SIZE_MAX ? rest : str_slice(rest, 0, slash);
		if (name.len && !map_has(&seen, name)) {
			map_set(&seen, name, memory);
			vec_push(&names, value_string(name));
		}
	}
	bool found = names.len > 0 || folder.len == 0;
	struct value list = sorted(names.at, names.len);
	vec_finish(&names);
	map_finish(&seen);
	if (!found) {
		value_unref(list);
		return HOST_NOT_FOUND;
	}
	*ret_names = list;
	return HOST_OK;
}

static void source_destroy(struct host_source *source)
{
	struct memory_source *memory = (struct memory_source *)(void *)source;
	value_unref(memory->files);
	mem_free(memory);
}

struct host_source *sim_source_create(struct value files)
{
	struct memory_source *memory = mem_alloc(sizeof(*memory));
	memory->source = (struct host_source){source_read, source_stat, source_list, source_destroy};
	memory->files = value_ref(files);
	return &memory->source;
}

void sim_file_put(struct sim_host *sim, struct str path, struct str data)
{
	struct strbuf relative = {0};
	enum host_root root = host_file_resolve(path, &relative);
	if (root == HOST_ROOT_USER && relative.len) {
		struct strbuf name = {0};
		strbuf_add_text(&name, "usr/");
		for (size_t i = 0; i < relative.len; i++) {
			if (relative.at[i] == '/' && !find(sim, strbuf_str(&name))) {
				add(sim, strbuf_str(&name), true);
			}
			strbuf_add_char(&name, relative.at[i]);
		}
		volume_write(&sim->volume, strbuf_str(&name), data, false);
		strbuf_finish(&name);
	} else if (root == HOST_ROOT_TEMP || root == HOST_ROOT_SAVED) {
		volume_write(&sim->volume, strbuf_str(&relative), data, false);
	}
	strbuf_finish(&relative);
}

void sim_file_finish(struct sim_host *sim)
{
	MAP_EACH(&sim->files, entry) {
		free_file(entry->value);
	}
	map_finish(&sim->files);
}

const struct host_volume_kind sim_volume_kind = {
	.stat = volume_stat,
	.read = volume_read,
	.write = volume_write,
	.list = volume_list,
	.mkdir = volume_mkdir,
	.remove = volume_remove,
	.rename = volume_rename,
	.used = volume_used,
};

#define FILE_FUNCTION(slot, verb) \
	static enum host_outcome file_##slot(struct host *host, struct value parameters, struct host_bytes *body, \
		struct host_answer *ret_answer) \
	{ \
		return host_volume_do(&sim_of(host)->volume, verb, parameters, body, ret_answer); \
	}
HOST_VOLUME_SLOTS(FILE_FUNCTION)
#define FILE_ROW(slot, verb) .slot = file_##slot,
const struct host_file sim_file = {HOST_VOLUME_SLOTS(FILE_ROW)};

#define STORE_SLOTS(X) X(get) X(set) X(remove) X(clear) X(info)
#define STORE_FUNCTION(slot) \
	static enum host_outcome store_##slot(struct host *host, struct value parameters, struct host_bytes *body, \
		struct host_answer *ret_answer) \
	{ \
		UNUSED(body); \
		return host_storage_##slot(&sim_of(host)->storage, parameters, ret_answer); \
	}
STORE_SLOTS(STORE_FUNCTION)
#define STORE_ROW(slot) .slot = store_##slot,
const struct host_store sim_store = {STORE_SLOTS(STORE_ROW)};
