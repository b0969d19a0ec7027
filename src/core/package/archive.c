/* Reading the index of a .wxapkg archive; every number in it is mistrusted. */
#include "core/package/archive.h"

#include <string.h>

#define HEAD_LEN 14
#define ENTRY_MIN 12 // an empty name, offset and length
#define NAME_MAX_LEN 4096

struct reader {
	struct str bytes;
	size_t at;
	struct str name; // of the archive, for diagnostics
	struct diag_list *diags;
};

static int refuse(const struct reader *r, const char *text)
{
	diag_add(r->diags, DIAG_ERROR, r->name, 0, 0, "%s", text);
	return 1;
}

/* The caller has made sure that four bytes are there. */
static uint32_t read_u32(struct reader *r)
{
	const unsigned char *at = (const unsigned char *)r->bytes.at + r->at;
	r->at += 4;
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* No empty, "." or ".." segment, no NUL byte. */
static bool is_inside(struct str name)
{
	struct str piece;
	if (!name.len || name.len > NAME_MAX_LEN || str_find_char(name, '\0') != SIZE_MAX || str_ends(name, STR("/"))) {
		return false;
	}
	while (str_split(&name, '/', &piece)) {
		if (!piece.len || str_is(piece, ".") || str_is(piece, "..")) {
			return false;
		}
	}
	return true;
}

static int read_head(struct reader *r, size_t *ret_index_end)
{
	if (str_starts(r->bytes, STR("V1MMWX"))) {
		return refuse(r, "The archive is encrypted (WeChat for Windows does that): give the plain .wxapkg or the source folder");
	}
	if (r->bytes.len < HEAD_LEN || (unsigned char)r->bytes.at[0] != 0xbe || (unsigned char)r->bytes.at[13] != 0xed) {
		return refuse(r, "This is no .wxapkg archive, or it is cut off in its head: make or fetch it again");
	}
	r->at = 5;
	size_t index_len = read_u32(r);
	r->at = HEAD_LEN;
	if (index_len < 4 || index_len > r->bytes.len - HEAD_LEN) {
		return refuse(r, "The archive is cut off in its index: make or fetch it again");
	}
	*ret_index_end = HEAD_LEN + index_len;
	return 0;
}

static void add_file(struct reader *r, struct archive *archive, struct str name, size_t offset, size_t len)
{
	while (name.len && name.at[0] == '/') {
		name = str_slice(name, 1, name.len);
	}
	if (!is_inside(name)) {
		diag_add(r->diags, DIAG_ERROR, r->name, 0, 0,
			"The archive holds a file whose name is empty or leaves the package; it is left out: \"" STR_FMT "\"",
			STR_ARG(str_slice(name, 0, 200)));
	} else if (offset > r->bytes.len || len > r->bytes.len - offset) {
		diag_add(r->diags, DIAG_ERROR, r->name, 0, 0,
			"The archive is cut off: \"" STR_FMT "\" lies behind its end; make or fetch it again", STR_ARG(name));
	} else if (map_has(&archive->by_name, name)) {
		diag_add(r->diags, DIAG_ERROR, r->name, 0, 0, "The archive holds \"" STR_FMT "\" twice; the first one counts",
			STR_ARG(name));
	} else {
		struct archive_file *file = &archive->files[archive->count++];
		*file = (struct archive_file){name, str_slice(r->bytes, offset, offset + len)};
		map_set(&archive->by_name, name, file);
	}
}

static int read_index(struct reader *r, size_t end, struct archive *archive)
{
	size_t count = read_u32(r);
	if (count > (end - r->at) / ENTRY_MIN) {
		return refuse(r, "The archive's index names more files than it has room for: make or fetch it again");
	}
	archive->files = mem_alloc_array(count, sizeof(*archive->files));
	for (size_t i = 0; i < count; i++) {
		if (end - r->at < 4) {
			return refuse(r, "The archive's index is cut off: make or fetch it again");
		}
		size_t name_len = read_u32(r);
		if (name_len > end - r->at || end - r->at - name_len < 8) {
			return refuse(r, "The archive's index is cut off: make or fetch it again");
		}
		struct str name = str_slice(r->bytes, r->at, r->at + name_len);
		r->at += name_len;
		size_t offset = read_u32(r), len = read_u32(r);
		add_file(r, archive, name, offset, len);
	}
	return 0;
}

int archive_read(struct str bytes, struct str name, struct archive *ret_archive, struct diag_list *diags)
{
	struct reader r = {bytes, 0, name, diags};
	struct archive archive = {0};
	size_t index_end;
	if (read_head(&r, &index_end)) {
		return 1;
	}
	if (read_index(&r, index_end, &archive)) {
		archive_finish(&archive);
		return 1;
	}
	*ret_archive = archive;
	return 0;
}

void archive_finish(struct archive *archive)
{
	map_finish(&archive->by_name);
	mem_free(archive->files);
	*archive = (struct archive){0};
}

bool archive_find(const struct archive *archive, struct str path, struct str *ret_body)
{
	const struct archive_file *file = map_get(&archive->by_name, path);
	if (!file) {
		return false;
	}
	*ret_body = file->body;
	return true;
}
