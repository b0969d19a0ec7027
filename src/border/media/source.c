/* Media files by address. */
#include "border/media/source.h"

#include "base/mem.h"

struct media_source *media_source_create(struct str url)
{
	struct media_source *source = mem_alloc(sizeof(*source));
	source->refs = 1;
	strbuf_add(&source->url, url);
	return source;
}

struct media_source *media_source_ref(struct media_source *source)
{
	source->refs++;
	return source;
}

void media_source_unref(struct media_source *source)
{
	if (!source || --source->refs) {
		return;
	}
	media_reader_close(source->spare);
	strbuf_finish(&source->url);
	strbuf_finish(&source->bytes);
	mem_free(source);
}

void media_source_supply(struct media_source *source, struct strbuf *bytes)
{
	if (source->state != MEDIA_WAITING) {
		return;
	}
	if (!bytes) {
		source->state = MEDIA_MISSING;
		return;
	}
	source->bytes = *bytes;
	*bytes = (struct strbuf){0};
	source->outcome = media_reader_open(strbuf_str(&source->bytes), &source->facts, &source->spare);
	source->state = source->outcome == MEDIA_OK ? MEDIA_READY : MEDIA_FAILED;
}

struct media_reader *media_source_read(struct media_source *source)
{
	struct media_reader *reader = source->spare;
	source->spare = NULL;
	if (!reader && source->state == MEDIA_READY) {
		struct media_facts facts;
		media_reader_open(strbuf_str(&source->bytes), &facts, &reader);
	}
	return reader;
}
