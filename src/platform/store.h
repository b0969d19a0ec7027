/* Where the platform keeps what must outlive it. An engine keeps records: a text under a table and a
 * key, with an end. Every operation is one atomic call that may be repeated after a lost answer:
 * doing it twice leaves what doing it once leaves. So the same interface fits memory, SQLite and,
 * later, a server. Any thread may call. One conformance test runs over all engines.
 *
 * Outcomes: 0 done; > 0 as below; < 0 the engine failed (disk, lock): nothing is known to be kept. */
#ifndef MINA_PLATFORM_STORE_H
#define MINA_PLATFORM_STORE_H

#include "base/str.h"

enum store_outcome {
	STORE_FAILED = -1,
	STORE_OK = 0,
	STORE_ABSENT = 1,  // there is no such record
	STORE_EXPIRED = 2, // there was: it has ended
	STORE_TAKEN = 3,   // it was taken before
	STORE_OTHER = 4,   // add: there is one already; swap: it is not what was expected: read again
};

struct store_record {
	struct str table, key, text; // lent
	double expires;              // ms since 1970; 0: never
};

struct store;

struct store_engine {
	/* All records or none; what was under their keys is replaced, also its having been taken. */
	int (*put)(struct store *store, const struct store_record *records, size_t count);
	int (*add)(struct store *store, const struct store_record *record);
	int (*get)(struct store *store, struct str table, struct str key, double now, struct strbuf *ret_text);
	/* As get, for exactly one caller. `mark` names the caller's attempt: the same mark may take it again. */
	int (*take)(struct store *store, struct str table, struct str key, double now, struct str mark, struct strbuf *ret_text);
	/* Replaces the first record if its text is `old` (old.at NULL: makes it if there is none), and with it puts the others. */
	int (*swap)(struct store *store, const struct store_record *records, size_t count, struct str old);
	int (*remove)(struct store *store, struct str table, struct str key); // absent is fine
	/* Calls each with all records of a table, by key in byte order. */
	int (*list)(struct store *store, struct str table, void (*each)(void *user, const struct store_record *record), void *user);
	int (*sweep)(struct store *store, double now); // forgets what has ended
	void (*destroy)(struct store *store);
};

struct store {
	const struct store_engine *engine;
};

struct store *store_memory_create(void);
/* Opens or makes the file (WAL, synchronous=FULL, group commit). NULL with a reason, freed with mem_free(). */
struct store *store_sqlite_open(const char *path, char **ret_error);
/* "memory" or "sqlite:FILE". NULL with a reason. */
struct store *store_open(struct str name, char **ret_error);

#endif
