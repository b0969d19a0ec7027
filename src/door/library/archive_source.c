/* A .wxapkg archive on disk as a package's source. */
#include "door/library/archive_source.h"

#include "core/package/archive.h"

#include <stdio.h>

#define ARCHIVE_MAX ((size_t)256 << 20)

struct archive_source {
	struct host_source source;
	struct strbuf bytes;
	struct archive archive; // views into bytes
};

static struct archive_source *of(struct host_source *source)
{
	return CONTAINER_OF(source, struct archive_source, source);
}

static enum host_outcome read_file(struct host_source *source, struct str path, struct host_bytes **ret_bytes)
{
	struct str body;
	if (!archive_find(&of(source)->archive, path, &body)) {
		return HOST_NOT_FOUND;
	}
	*ret_bytes = host_bytes_new(body.at, body.len);
	return HOST_OK;
}

/* Is `path` a folder, that is, the beginning of a file's name? */
static bool below(struct str name, struct str folder)
{
	return !folder.len || (str_starts(name, folder) && name.len > folder.len && name.at[folder.len] == '/');
}

static enum host_outcome stat_file(struct host_source *source, struct str path, bool *ret_is_folder, size_t *ret_size)
{
	const struct archive *archive = &of(source)->archive;
	struct str body;
	if (archive_find(archive, path, &body)) {
		*ret_is_folder = false;
		*ret_size = body.len;
		return HOST_OK;
	}
	for (size_t i = 0; i < archive->count; i++) {
		if (below(archive->files[i].name, path)) {
			*ret_is_folder = true;
			*ret_size = 0;
			return HOST_OK;
		}
	}
	return HOST_NOT_FOUND;
}

static enum host_outcome list_folder(struct host_source *source, struct str folder, struct value *ret_names)
{
	const struct archive *archive = &of(source)->archive;
	struct map names = {0};
	for (size_t i = 0; i < archive->count; i++) {
		struct str name = archive->files[i].name;
		if (below(name, folder)) {
			struct str rest = str_slice(name, folder.len ? folder.len + 1 : 0, name.len);
			size_t slash = str_find_char(rest, '/');
			map_set(&names, str_slice(rest, 0, slash == SIZE_MAX ? rest.len : slash), &names);
		}
	}
	*ret_names = value_array_new(names.live);
	MAP_EACH(&names, entry) {
		value_array_push(ret_names, value_string(entry->key));
	}
	bool found = names.live > 0;
	map_finish(&names);
	if (!found) {
		value_unref(*ret_names);
		return HOST_NOT_FOUND;
	}
	return HOST_OK;
}

static void destroy(struct host_source *source)
{
	struct archive_source *self = of(source);
	archive_finish(&self->archive);
	strbuf_finish(&self->bytes);
	mem_free(self);
}

static bool read_whole(const char *path, struct strbuf *ret_bytes)
{
	FILE *file = fopen(path, "rb");
	if (!file) {
		return false;
	}
	char chunk[65536];
	size_t len;
	while (ret_bytes->len <= ARCHIVE_MAX && (len = fread(chunk, 1, sizeof(chunk), file)) > 0) {
		strbuf_add(ret_bytes, (struct str){chunk, len});
	}
	bool good = !ferror(file) && ret_bytes->len <= ARCHIVE_MAX;
	fclose(file);
	return good;
}

struct host_source *archive_source_open(const char *path, struct diag_list *diags)
{
	struct archive_source *self = mem_alloc(sizeof(*self));
	self->source = (struct host_source){read_file, stat_file, list_folder, destroy};
	if (!read_whole(path, &self->bytes)) {
		diag_add(diags, DIAG_ERROR, STR(""), 0, 0, "The archive cannot be read, or is larger than 256 MB: %s", path);
		destroy(&self->source);
		return NULL;
	}
	if (archive_read(strbuf_str(&self->bytes), str_of(path), &self->archive, diags)) {
		destroy(&self->source);
		return NULL;
	}
	return &self->source;
}
