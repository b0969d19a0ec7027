/* .wxapkg archives: whatever the bytes, each file that is listed lies inside them and is found. */
#include "core/package/archive.h"
#include "core/package/encoding.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool ok)
{
	if (!ok) {
		abort();
	}
}

static void check_file(const struct archive *archive, const struct archive_file *file, struct str bytes)
{
	struct str body;
	struct strbuf text = {0};
	require(file->name.len > 0 && file->name.at[0] != '/');
	require(archive_find(archive, file->name, &body) && body.at == file->body.at && body.len == file->body.len);
	require(body.at >= bytes.at && body.at + body.len <= bytes.at + bytes.len);
	encoding_decode(str_slice(body, 0, 4096), &text, NULL);
	require(str_utf8_valid(strbuf_str(&text)));
	strbuf_finish(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str bytes = {(const char *)data, size};
	struct archive archive;
	struct diag_list diags = {0};
	if (archive_read(bytes, STR("a.wxapkg"), &archive, &diags)) {
		require(diags.errors > 0);
	} else {
		for (size_t i = 0; i < archive.count; i++) {
			check_file(&archive, &archive.files[i], bytes);
		}
		archive_finish(&archive);
	}
	diag_list_finish(&diags);
	struct strbuf text = {0};
	size_t offset = 0;
	encoding_decode(bytes, &text, &offset);
	require(str_utf8_valid(strbuf_str(&text)) && offset <= text.len);
	strbuf_finish(&text);
	return 0;
}
