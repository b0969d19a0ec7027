/* The store in an SQLite file. Threads queue their operations; whoever finds nobody at work leads: it runs the whole
 * queue in one transaction, commits once, and wakes the others (group commit). An operation is answered only after
 * its commit has reached the disk (WAL, synchronous=FULL). */
#include "base/mem.h"
#include "platform/store.h"

#include <pthread.h>
#include <sqlite3.h>

#define SCHEMA_VERSION 1
#define BUSY_MS 10000

struct sqlite;

enum statement { PUT, ADD, GET, MARK, SWAP, REMOVE, LIST, SWEEP, BEGIN, COMMIT, ROLLBACK, STATEMENTS };

static const char *const statement_texts[] = {
	[PUT] = "INSERT INTO records (tab, key, text, expires, taken) VALUES (?1, ?2, ?3, ?4, NULL) ON CONFLICT (tab, key) DO UPDATE SET "
		"text = excluded.text, expires = excluded.expires, taken = NULL",
	[ADD] = "INSERT INTO records (tab, key, text, expires) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (tab, key) DO NOTHING",
	[GET] = "SELECT text, expires, taken FROM records WHERE tab = ?1 AND key = ?2",
	[MARK] = "UPDATE records SET taken = ?3 WHERE tab = ?1 AND key = ?2",
	[SWAP] = "UPDATE records SET text = ?3, expires = ?4 WHERE tab = ?1 AND key = ?2",
	[REMOVE] = "DELETE FROM records WHERE tab = ?1 AND key = ?2",
	[LIST] = "SELECT key, text, expires FROM records WHERE tab = ?1 ORDER BY key",
	[SWEEP] = "DELETE FROM records WHERE expires > 0 AND expires <= ?1",
	[BEGIN] = "BEGIN IMMEDIATE",
	[COMMIT] = "COMMIT",
	[ROLLBACK] = "ROLLBACK",
};

struct job { // on the stack of the thread that waits for it
	int (*run)(struct sqlite *sqlite, struct job *job);
	bool writes, done;
	int outcome;
	const struct store_record *records;
	size_t count;
	struct str table, key, extra;
	double now;
	struct strbuf *out;
	void (*each)(void *user, const struct store_record *record);
	void *user;
	struct job *next;
};

struct sqlite {
	struct store store;
	sqlite3 *file;
	sqlite3_stmt *statements[STATEMENTS];
	pthread_mutex_t lock;
	pthread_cond_t woken;
	struct job *first, *last;
	bool leading;
};

static void bind_text(sqlite3_stmt *statement, int at, struct str text)
{
	sqlite3_bind_blob(statement, at, text.at ? text.at : "", (int)text.len, SQLITE_STATIC);
}

static struct str column_text(sqlite3_stmt *statement, int at)
{
	const void *bytes = sqlite3_column_blob(statement, at);
	return (struct str){bytes, bytes ? (size_t)sqlite3_column_bytes(statement, at) : 0};
}

static sqlite3_stmt *ready(struct sqlite *sqlite, enum statement which, struct str table, struct str key)
{
	sqlite3_stmt *statement = sqlite->statements[which];
	sqlite3_reset(statement);
	sqlite3_clear_bindings(statement);
	bind_text(statement, 1, table);
	bind_text(statement, 2, key);
	return statement;
}

/* Runs a statement that gives no rows. False: the engine failed. */
static bool done(sqlite3_stmt *statement)
{
	int status = sqlite3_step(statement);
	sqlite3_reset(statement);
	return status == SQLITE_DONE;
}

static bool plain(struct sqlite *sqlite, enum statement which)
{
	sqlite3_reset(sqlite->statements[which]);
	return done(sqlite->statements[which]);
}

static bool write_record(struct sqlite *sqlite, enum statement which, const struct store_record *record)
{
	sqlite3_stmt *statement = ready(sqlite, which, record->table, record->key);
	bind_text(statement, 3, record->text);
	sqlite3_bind_double(statement, 4, record->expires);
	return done(statement);
}

/* --- the jobs, inside the transaction --- */

static int run_put(struct sqlite *sqlite, struct job *job)
{
	for (size_t i = 0; i < job->count; i++) {
		if (!write_record(sqlite, PUT, &job->records[i])) {
			return STORE_FAILED;
		}
	}
	return STORE_OK;
}

static int run_add(struct sqlite *sqlite, struct job *job)
{
	if (!write_record(sqlite, ADD, job->records)) {
		return STORE_FAILED;
	}
	return sqlite3_changes(sqlite->file) ? STORE_OK : STORE_OTHER;
}

/* The record as it stands. taken: NULL, or the mark of who took it (may be NULL: not asked for). */
static int look(struct sqlite *sqlite, struct job *job, struct strbuf *ret_text, double *ret_expires, bool *ret_taken, struct strbuf *ret_mark)
{
	sqlite3_stmt *statement = ready(sqlite, GET, job->table, job->key);
	int status = sqlite3_step(statement), outcome = status == SQLITE_ROW ? STORE_OK : status == SQLITE_DONE ? STORE_ABSENT : STORE_FAILED;
	if (outcome == STORE_OK) {
		strbuf_add(ret_text, column_text(statement, 0));
		*ret_expires = sqlite3_column_double(statement, 1);
		*ret_taken = sqlite3_column_type(statement, 2) != SQLITE_NULL;
		strbuf_add(ret_mark, column_text(statement, 2));
	}
	sqlite3_reset(statement);
	return outcome;
}

static int run_get(struct sqlite *sqlite, struct job *job)
{
	struct strbuf text = {0}, mark = {0};
	double expires = 0;
	bool taken = false;
	int outcome = look(sqlite, job, &text, &expires, &taken, &mark);
	outcome = outcome == STORE_OK && expires && expires <= job->now ? STORE_EXPIRED : outcome;
	if (outcome == STORE_OK) {
		strbuf_add(job->out, strbuf_str(&text));
	}
	strbuf_finish(&text);
	strbuf_finish(&mark);
	return outcome;
}

static int run_take(struct sqlite *sqlite, struct job *job)
{
	struct strbuf text = {0}, mark = {0};
	double expires = 0;
	bool taken = false;
	int outcome = look(sqlite, job, &text, &expires, &taken, &mark);
	if (outcome == STORE_OK && taken && !str_eq(strbuf_str(&mark), job->extra)) {
		outcome = STORE_TAKEN;
	} else if (outcome == STORE_OK && expires && expires <= job->now) {
		outcome = STORE_EXPIRED;
	} else if (outcome == STORE_OK) {
		sqlite3_stmt *statement = ready(sqlite, MARK, job->table, job->key);
		bind_text(statement, 3, job->extra);
		outcome = done(statement) ? STORE_OK : STORE_FAILED;
	}
	if (outcome == STORE_OK) {
		strbuf_add(job->out, strbuf_str(&text));
	}
	strbuf_finish(&text);
	strbuf_finish(&mark);
	return outcome;
}

static int run_swap(struct sqlite *sqlite, struct job *job)
{
	struct strbuf text = {0}, mark = {0};
	double expires = 0;
	bool taken = false;
	const struct store_record *record = job->records;
	int outcome = look(sqlite, job, &text, &expires, &taken, &mark);
	if (outcome == STORE_OK) {
		bool same = str_eq(strbuf_str(&text), record->text) && expires == record->expires;
		outcome = same ? STORE_OK : !job->extra.at || !str_eq(strbuf_str(&text), job->extra) ? STORE_OTHER
			: write_record(sqlite, SWAP, record) ? STORE_OK : STORE_FAILED;
	} else if (outcome == STORE_ABSENT && !job->extra.at) {
		outcome = write_record(sqlite, PUT, record) ? STORE_OK : STORE_FAILED;
	}
	for (size_t i = 1; i < job->count && outcome == STORE_OK; i++) {
		outcome = write_record(sqlite, PUT, &job->records[i]) ? STORE_OK : STORE_FAILED;
	}
	strbuf_finish(&text);
	strbuf_finish(&mark);
	return outcome;
}

static int run_remove(struct sqlite *sqlite, struct job *job)
{
	return done(ready(sqlite, REMOVE, job->table, job->key)) ? STORE_OK : STORE_FAILED;
}

static int run_list(struct sqlite *sqlite, struct job *job)
{
	sqlite3_stmt *statement = ready(sqlite, LIST, job->table, STR(""));
	int status;
	while ((status = sqlite3_step(statement)) == SQLITE_ROW) {
		struct store_record record = {job->table, column_text(statement, 0), column_text(statement, 1),
			sqlite3_column_double(statement, 2)};
		job->each(job->user, &record);
	}
	sqlite3_reset(statement);
	return status == SQLITE_DONE ? STORE_OK : STORE_FAILED;
}

static int run_sweep(struct sqlite *sqlite, struct job *job)
{
	sqlite3_stmt *statement = sqlite->statements[SWEEP];
	sqlite3_reset(statement);
	sqlite3_bind_double(statement, 1, job->now);
	return done(statement) ? STORE_OK : STORE_FAILED;
}

/* --- group commit --- */

/* Without the lock. One failing job fails the whole group: nothing of it is kept, and all may try again. */
static void run_group(struct sqlite *sqlite, struct job *group)
{
	bool writes = false, good = true;
	for (struct job *job = group; job; job = job->next) {
		writes |= job->writes;
	}
	good = !writes || plain(sqlite, BEGIN);
	for (struct job *job = group; job; job = job->next) {
		job->outcome = good ? job->run(sqlite, job) : STORE_FAILED;
		good = good && job->outcome != STORE_FAILED;
	}
	if (writes && !(good && plain(sqlite, COMMIT))) {
		plain(sqlite, ROLLBACK);
		for (struct job *job = group; job; job = job->next) {
			job->outcome = STORE_FAILED;
		}
	}
}

static int submit(struct store *store, struct job *job)
{
	struct sqlite *sqlite = (struct sqlite *)store;
	pthread_mutex_lock(&sqlite->lock);
	if (sqlite->last) {
		sqlite->last->next = job;
	} else {
		sqlite->first = job;
	}
	sqlite->last = job;
	while (!job->done) {
		if (sqlite->leading) {
			pthread_cond_wait(&sqlite->woken, &sqlite->lock);
			continue;
		}
		struct job *group = sqlite->first;
		sqlite->first = sqlite->last = NULL;
		sqlite->leading = true;
		pthread_mutex_unlock(&sqlite->lock);
		run_group(sqlite, group);
		pthread_mutex_lock(&sqlite->lock);
		for (struct job *next; group; group = next) {
			next = group->next; // the waiter may leave with its job as soon as it is done
			group->done = true;
		}
		sqlite->leading = false;
		pthread_cond_broadcast(&sqlite->woken);
	}
	pthread_mutex_unlock(&sqlite->lock);
	return job->outcome;
}

/* --- the engine --- */

static int put(struct store *store, const struct store_record *records, size_t count)
{
	struct job job = {.run = run_put, .writes = true, .records = records, .count = count};
	return submit(store, &job);
}

static int add(struct store *store, const struct store_record *record)
{
	struct job job = {.run = run_add, .writes = true, .records = record, .count = 1};
	return submit(store, &job);
}

static int get(struct store *store, struct str table, struct str key, double now, struct strbuf *ret_text)
{
	struct job job = {.run = run_get, .table = table, .key = key, .now = now, .out = ret_text};
	return submit(store, &job);
}

static int take(struct store *store, struct str table, struct str key, double now, struct str mark, struct strbuf *ret_text)
{
	struct job job = {.run = run_take, .writes = true, .table = table, .key = key, .now = now, .extra = mark, .out = ret_text};
	return submit(store, &job);
}

static int swap(struct store *store, const struct store_record *records, size_t count, struct str old)
{
	struct job job = {.run = run_swap, .writes = true, .records = records, .count = count, .table = records->table,
		.key = records->key, .extra = old};
	return submit(store, &job);
}

static int remove_record(struct store *store, struct str table, struct str key)
{
	struct job job = {.run = run_remove, .writes = true, .table = table, .key = key};
	return submit(store, &job);
}

static int list(struct store *store, struct str table, void (*each)(void *user, const struct store_record *record), void *user)
{
	struct job job = {.run = run_list, .table = table, .each = each, .user = user};
	return submit(store, &job);
}

static int sweep(struct store *store, double now)
{
	struct job job = {.run = run_sweep, .writes = true, .now = now};
	return submit(store, &job);
}

static void destroy(struct store *store)
{
	struct sqlite *sqlite = (struct sqlite *)store;
	for (size_t i = 0; i < STATEMENTS; i++) {
		sqlite3_finalize(sqlite->statements[i]);
	}
	sqlite3_close(sqlite->file);
	pthread_mutex_destroy(&sqlite->lock);
	pthread_cond_destroy(&sqlite->woken);
	mem_free(sqlite);
}

static const struct store_engine engine = {put, add, get, take, swap, remove_record, list, sweep, destroy};

static bool run_text(struct sqlite *sqlite, const char *text)
{
	return sqlite3_exec(sqlite->file, text, NULL, NULL, NULL) == SQLITE_OK;
}

/* -1: the engine failed. */
static int ask_number(struct sqlite *sqlite, const char *text)
{
	sqlite3_stmt *statement = NULL;
	int number = -1;
	if (sqlite3_prepare_v2(sqlite->file, text, -1, &statement, NULL) == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW) {
		number = sqlite3_column_int(statement, 0);
	}
	sqlite3_finalize(statement);
	return number;
}

/* NULL: it can be used. What SQLite says of a failure lasts until its next call. */
static const char *set_up(struct sqlite *sqlite)
{
	static const char tables[] = "BEGIN IMMEDIATE; CREATE TABLE IF NOT EXISTS records (tab BLOB NOT NULL, key BLOB NOT NULL, "
		"text BLOB NOT NULL, expires REAL NOT NULL, taken BLOB, PRIMARY KEY (tab, key)) WITHOUT ROWID; "
		"CREATE INDEX IF NOT EXISTS records_expires ON records (expires) WHERE expires > 0; PRAGMA user_version = 1; COMMIT";
	sqlite3_busy_timeout(sqlite->file, BUSY_MS);
	/* Whoever makes the tables at the same moment does so in one step: counted first, they cannot look like another's. */
	int count = ask_number(sqlite, "SELECT count(*) FROM sqlite_master");
	int version = count < 0 ? -1 : ask_number(sqlite, "PRAGMA user_version");
	if (version < 0) {
		return sqlite3_errmsg(sqlite->file);
	}
	if (version > SCHEMA_VERSION) {
		return "this file is of a newer mina";
	}
	if (version == 0 && count > 0) {
		return "this is the database of another program";
	}
	bool good = run_text(sqlite, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL") && (version || run_text(sqlite, tables));
	for (size_t i = 0; good && i < STATEMENTS; i++) {
		good = sqlite3_prepare_v3(sqlite->file, statement_texts[i], -1, SQLITE_PREPARE_PERSISTENT, &sqlite->statements[i], NULL) == SQLITE_OK;
	}
	return good ? NULL : sqlite3_errmsg(sqlite->file);
}

struct store *store_sqlite_open(const char *path, char **ret_error)
{
	struct sqlite *sqlite = mem_alloc(sizeof(*sqlite));
	sqlite->store.engine = &engine;
	pthread_mutex_init(&sqlite->lock, NULL);
	pthread_cond_init(&sqlite->woken, NULL);
	int status = sqlite3_open_v2(path, &sqlite->file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX, NULL);
	const char *reason = status == SQLITE_OK ? set_up(sqlite) : sqlite3_errmsg(sqlite->file);
	if (!reason) {
		return &sqlite->store;
	}
	struct strbuf text = {0};
	strbuf_printf(&text, "%s: %s", path, reason);
	*ret_error = strbuf_steal(&text);
	destroy(&sqlite->store);
	return NULL;
}
