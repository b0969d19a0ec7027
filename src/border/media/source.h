/* A media file that is on its way or there: bytes and facts, shared by all that play it. */
#ifndef MINA_MEDIA_SOURCE_H
#define MINA_MEDIA_SOURCE_H

#include "border/media/reader.h"

enum media_state {
	MEDIA_WAITING,
	MEDIA_READY,
	MEDIA_MISSING, // the bytes cannot be had
	MEDIA_FAILED,  // they are there, and `outcome` says what is wrong with them
};

struct media_source {
	unsigned refs;
	enum media_state state;
	bool asked; // for its bytes
	enum media_outcome outcome;
	struct media_facts facts;
	struct strbuf url, bytes;
	struct media_reader *spare; // the one that found the facts, for who reads first
};

struct media_source *media_source_create(struct str url); // waits
struct media_source *media_source_ref(struct media_source *source);
void media_source_unref(struct media_source *source); // NULL is fine
/* The bytes, which are taken; NULL: they cannot be had. Looks at the facts. */
void media_source_supply(struct media_source *source, struct strbuf *bytes);
/* A reader of one's own, to be closed before the source is let go. NULL: it is not ready. */
struct media_reader *media_source_read(struct media_source *source);

#endif
