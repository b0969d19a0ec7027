/* One conformance test of both stores, many threads at them, damaged files, and a process that is killed. */
#include "platform_scene.h"

#include "platform/seal.h"

#include <pthread.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>

static void note(void *user, const struct store_record *record)
{
	strbuf_printf(user, STR_FMT "=" STR_FMT "@%g ", STR_ARG(record->key), STR_ARG(record->text), record->expires);
}

/* One block of behaviour for every engine. */
static void conform(struct store *store)
{
	const struct store_engine *e = store->engine;
	struct strbuf text = {0};
	struct store_record two[] = {{STR("t"), STR("b"), STR("2"), 0}, {STR("t"), STR("a"), STR("1"), 100}};
	CHECK_NUM(e->get(store, STR("t"), STR("a"), 0, &text), STORE_ABSENT);
	CHECK_NUM(e->put(store, two, 2), STORE_OK);
	CHECK_NUM(e->put(store, two, 2), STORE_OK);
	CHECK_NUM(e->get(store, STR("t"), STR("a"), 99, &text), STORE_OK);
	CHECK_STR(strbuf_str(&text), "1");
	CHECK_NUM(e->get(store, STR("t"), STR("a"), 100, &text), STORE_EXPIRED);
	CHECK_NUM(e->get(store, STR("t"), STR("b"), 1e15, &text), STORE_OK);
	CHECK_NUM(e->get(store, STR("u"), STR("a"), 0, &text), STORE_ABSENT);
	CHECK_NUM(e->add(store, &(struct store_record){STR("t"), STR("a"), STR("9"), 0}), STORE_OTHER);
	CHECK_NUM(e->add(store, &(struct store_record){STR("t"), STR("c\0d"), STR("3"), 0}), STORE_OK);
	strbuf_clear(&text);
	CHECK_NUM(e->list(store, STR("t"), note, &text), STORE_OK);
	CHECK_NUM(text.len, 20); // printf ends at the NUL of "c\0d"
	CHECK_NUM(e->get(store, STR("t"), STR("c\0d"), 0, &text), STORE_OK);
	strbuf_clear(&text);
	/* once, for one attempt */
	CHECK_NUM(e->take(store, STR("t"), STR("b"), 5, STR("m"), &text), STORE_OK);
	CHECK_NUM(e->take(store, STR("t"), STR("b"), 5, STR("m"), &text), STORE_OK);
	CHECK_NUM(e->take(store, STR("t"), STR("b"), 5, STR("n"), &text), STORE_TAKEN);
	CHECK_NUM(e->take(store, STR("t"), STR("a"), 100, STR("m"), &text), STORE_EXPIRED);
	CHECK_NUM(e->take(store, STR("t"), STR("z"), 0, STR("m"), &text), STORE_ABSENT);
	CHECK_STR(strbuf_str(&text), "22");
	CHECK_NUM(e->put(store, two, 1), STORE_OK); // anew
	CHECK_NUM(e->take(store, STR("t"), STR("b"), 5, STR("n"), &text), STORE_OK);
	/* compare and set */
	struct store_record other = {STR("t"), STR("a"), STR("5"), 200};
	CHECK_NUM(e->swap(store, &other, 1, STR("0")), STORE_OTHER);
	CHECK_NUM(e->swap(store, &other, 1, STR("1")), STORE_OK);
	CHECK_NUM(e->swap(store, &other, 1, STR("1")), STORE_OK); // a repeated call
	CHECK_NUM(e->swap(store, &(struct store_record){STR("t"), STR("z"), STR(""), 0}, 1, STR("")), STORE_ABSENT);
	strbuf_clear(&text);
	CHECK_NUM(e->get(store, STR("t"), STR("a"), 150, &text), STORE_OK);
	CHECK_STR(strbuf_str(&text), "5");
	strbuf_clear(&text);
	/* with others, and where there is none yet; all or nothing */
	struct store_record first[] = {{STR("s"), STR("line"), STR("one"), 0}, {STR("s"), STR("token"), STR("x"), 0}};
	struct store_record second[] = {{STR("s"), STR("line"), STR("two"), 0}, {STR("s"), STR("token"), STR("y"), 0}};
	CHECK_NUM(e->swap(store, first, 2, STR("none")), STORE_ABSENT);
	CHECK_NUM(e->get(store, STR("s"), STR("token"), 0, &text), STORE_ABSENT);
	CHECK_NUM(e->swap(store, first, 2, (struct str){0}), STORE_OK);
	CHECK_NUM(e->swap(store, first, 2, (struct str){0}), STORE_OK);
	CHECK_NUM(e->swap(store, second, 2, (struct str){0}), STORE_OTHER);
	CHECK_NUM(e->swap(store, second, 2, STR("three")), STORE_OTHER);
	CHECK_NUM(e->get(store, STR("s"), STR("token"), 0, &text), STORE_OK);
	CHECK_NUM(e->swap(store, second, 2, STR("one")), STORE_OK);
	CHECK_NUM(e->get(store, STR("s"), STR("token"), 0, &text), STORE_OK);
	CHECK_STR(strbuf_str(&text), "xy");
	CHECK_NUM(e->sweep(store, 200), STORE_OK);
	CHECK_NUM(e->get(store, STR("t"), STR("a"), 0, &text), STORE_ABSENT);
	CHECK_NUM(e->remove(store, STR("t"), STR("b")), STORE_OK);
	CHECK_NUM(e->remove(store, STR("t"), STR("b")), STORE_OK);
	CHECK_NUM(e->get(store, STR("t"), STR("b"), 0, &text), STORE_ABSENT);
	strbuf_finish(&text);
	e->destroy(store);
}

static void test_store_memory(void) { conform(store_memory_create()); }

static void test_store_sqlite(void)
{
	char *path = temporary(), *error = NULL;
	conform(open_sqlite(path));
	struct store *store = open_sqlite(path); // what was kept is there again
	struct strbuf text = {0};
	CHECK_NUM(store->engine->list(store, STR("t"), note, &text), STORE_OK);
	CHECK(text.len > 0);
	store->engine->destroy(store);
	CHECK(!store_open(STR("redis:x"), &error) && strstr(error, "sqlite:FILE"));
	mem_free(error);
	strbuf_finish(&text);
	remove_store(path);
}

static void run_sql(const char *path, const char *text)
{
	sqlite3 *file = NULL;
	CHECK(sqlite3_open(path, &file) == SQLITE_OK);
	CHECK(sqlite3_exec(file, text, NULL, NULL, NULL) == SQLITE_OK);
	sqlite3_close(file);
}

static void check_refused(const char *path, const char *reason)
{
	char *error = NULL;
	struct store *store = store_sqlite_open(path, &error);
	if (store || !strstr(error, path) || !strstr(error, reason)) {
		test_fail(__FILE__, __LINE__, "%s instead of %s", store ? "opened" : error, reason);
	}
	mem_free(error);
	if (store) {
		store->engine->destroy(store);
	}
}

/* What cannot be used is told with the file's name, and is left as it was. */
static void test_files_refused(void)
{
	char *path = temporary(), bytes[8192], *error = NULL;
	FILE *file = fopen(path, "wb");
	fputs("this is no database, but long enough to be taken for a damaged one ............................................", file);
	fclose(file);
	check_refused(path, "not a database");
	remove_store(path);
	run_sql(path, "CREATE TABLE records (mine TEXT)");
	check_refused(path, "another program");
	remove_store(path);
	struct store *store = open_sqlite(path);
	store->engine->destroy(store);
	run_sql(path, "PRAGMA user_version = 2");
	check_refused(path, "newer mina");
	run_sql(path, "PRAGMA user_version = 1; DROP TABLE records");
	check_refused(path, "no such table");
	remove_store(path);
	check_refused("/nowhere/at/all", "unable to open");
	/* damaged inside: told when it is read, and nothing crashes */
	store = open_sqlite(path);
	for (int i = 0; i < 500; i++) {
		struct strbuf key = {0};
		strbuf_printf(&key, "key %d with a text of some length", i);
		CHECK_NUM(store->engine->put(store, &(struct store_record){STR("t"), strbuf_str(&key), strbuf_str(&key), 0}, 1), STORE_OK);
		strbuf_finish(&key);
	}
	store->engine->destroy(store);
	file = fopen(path, "r+b");
	memset(bytes, 0xa5, sizeof(bytes));
	for (long at = 8192; fseek(file, at, SEEK_SET) == 0 && at < 65536; at += 8192) {
		CHECK(fwrite(bytes, 1, 4096, file) == 4096);
	}
	fclose(file);
	store = store_sqlite_open(path, &error);
	if (store) {
		struct strbuf text = {0};
		CHECK_NUM(store->engine->list(store, STR("t"), note, &text), STORE_FAILED);
		store->engine->destroy(store);
		strbuf_finish(&text);
	}
	mem_free(error);
	remove_store(path);
}

/* --- many at once --- */

enum { COUNTERS = 8, TURNS = 50 };

/* Adds one by compare and set, as often as it is overtaken; a waste record goes along. */
static void *count_up(void *user)
{
	struct store *store = user;
	for (int i = 0; i < TURNS;) {
		struct strbuf text = {0}, next = {0};
		double number = 0;
		int outcome = store->engine->get(store, STR("n"), STR("n"), 0, &text);
		str_to_number(strbuf_str(&text), &number);
		strbuf_add_number(&next, number + 1);
		struct store_record records[] = {{STR("n"), STR("n"), strbuf_str(&next), 0}, {STR("m"), strbuf_str(&next), STR(""), 0}};
		i += store->engine->swap(store, records, 2, outcome == STORE_OK ? strbuf_str(&text) : (struct str){0}) == STORE_OK;
		strbuf_finish(&text);
		strbuf_finish(&next);
	}
	return NULL;
}

/* A swap that meets its own text says that it was done before: two counters may take the same step, never lose one. */
static void count_at_once(struct store *store)
{
	pthread_t threads[COUNTERS];
	struct strbuf text = {0}, listed = {0};
	double number = 0;
	for (size_t i = 0; i < COUNTERS; i++) {
		CHECK(pthread_create(&threads[i], NULL, count_up, store) == 0);
	}
	for (size_t i = 0; i < COUNTERS; i++) {
		pthread_join(threads[i], NULL);
	}
	CHECK_NUM(store->engine->get(store, STR("n"), STR("n"), 0, &text), STORE_OK);
	CHECK(str_to_number(strbuf_str(&text), &number) && number >= TURNS && number <= COUNTERS * TURNS);
	CHECK_NUM(store->engine->list(store, STR("m"), note, &listed), STORE_OK);
	size_t records = 0;
	for (size_t i = 0; i < listed.len; i++) {
		records += listed.at[i] == '=';
	}
	CHECK_NUM(records, number);
	strbuf_finish(&text);
	strbuf_finish(&listed);
	store->engine->destroy(store);
}

static void test_counted_at_once(void)
{
	char *path = temporary();
	count_at_once(store_memory_create());
	count_at_once(open_sqlite(path));
	remove_store(path);
}

struct attempt {
	struct fixture *fixture;
	const char *query;
	int code;
};

static void *redeem(void *user)
{
	struct attempt *attempt = user;
	attempt->code = errcode(serve(attempt->fixture, "GET", "/sns/jscode2session", attempt->query, ""));
	return NULL;
}

static void redeem_at_once(struct store *store)
{
	enum { THREADS = 64 };
	struct fixture f = {0};
	struct attempt attempts[THREADS];
	pthread_t threads[THREADS];
	begin(&f, store, false);
	struct value login = good(&f, "login", "{\"appid\": \"wxa\", \"person\": \"alice\"}");
	char *query = redeem_url(get(login, "code").at);
	for (size_t i = 0; i < THREADS; i++) {
		attempts[i] = (struct attempt){&f, query, -1};
		CHECK(pthread_create(&threads[i], NULL, redeem, &attempts[i]) == 0);
	}
	int won = 0, used = 0;
	for (size_t i = 0; i < THREADS; i++) {
		pthread_join(threads[i], NULL);
		won += attempts[i].code == 0;
		used += attempts[i].code == 40163;
	}
	CHECK_NUM(won, 1);
	CHECK_NUM(used, THREADS - 1);
	value_unref(login);
	end(&f);
}

static void test_redeem_once(void)
{
	char *path = temporary();
	redeem_at_once(store_memory_create());
	redeem_at_once(open_sqlite(path));
	remove_store(path);
}

struct asking {
	struct fixture *fixture;
	const char *path;
	struct strbuf token;
};

static void *ask_token(void *user)
{
	struct asking *asking = user;
	static const char given[] = "{\"grant_type\": \"client_credential\", \"appid\": \"wxa\", \"secret\": \"sa\"}";
	bool stable = strstr(asking->path, "stable");
	struct value answer = serve(asking->fixture, stable ? "POST" : "GET", asking->path, stable ? "{}" : given, stable ? given : "");
	strbuf_add(&asking->token, get(answer, "access_token"));
	value_unref(answer);
	return NULL;
}

/* Sixteen servers of a program ask at the same moment. All get the same stable token; of the others, five minutes later
 * one alone holds. */
static void ask_at_once(struct store *store, const char *path, size_t *ret_different, size_t *ret_good)
{
	enum { SERVERS = 16 };
	struct fixture f = {0};
	struct asking asking[SERVERS];
	pthread_t threads[SERVERS];
	begin(&f, store, false);
	for (size_t i = 0; i < SERVERS; i++) {
		asking[i] = (struct asking){.fixture = &f, .path = path};
		CHECK(pthread_create(&threads[i], NULL, ask_token, &asking[i]) == 0);
	}
	*ret_different = *ret_good = 0;
	for (size_t i = 0; i < SERVERS; i++) {
		pthread_join(threads[i], NULL);
		*ret_different += !str_eq(strbuf_str(&asking[i].token), strbuf_str(&asking[0].token));
	}
	f.now += PLATFORM_TOKEN_OVERLAP_MS;
	for (size_t i = 0; i < SERVERS; i++) {
		struct strbuf query = {0};
		strbuf_printf(&query, "{\"access_token\": \"" STR_FMT "\"}", STR_ARG(strbuf_str(&asking[i].token)));
		*ret_good += errcode(serve(&f, "GET", "/cgi-bin/message/wxopen/activityid/create", query.at, "")) == 0;
		strbuf_finish(&query);
		strbuf_finish(&asking[i].token);
	}
	end(&f);
}

static void test_tokens_at_once(void)
{
	char *path = temporary();
	size_t different = 0, held = 0;
	for (int sqlite = 0; sqlite < 2; sqlite++) {
		ask_at_once(sqlite ? open_sqlite(path) : store_memory_create(), "/cgi-bin/stable_token", &different, &held);
		CHECK_NUM(different, 0);
		CHECK_NUM(held, 16);
		ask_at_once(sqlite ? open_sqlite(path) : store_memory_create(), "/cgi-bin/token", &different, &held);
		CHECK_NUM(held, 1);
	}
	remove_store(path);
}

/* Logs in a thousand times and writes what was acknowledged to the pipe, a line each. */
static void log_in_for_ever(const char *path, int pipe)
{
	struct fixture f = {0};
	begin(&f, open_sqlite(path), false);
	for (int i = 0; i < 1000; i++) {
		const char *person = i % 2 ? "alice" : "bob";
		struct strbuf given = {0};
		f.now += 2000; // a hundred a minute are allowed
		strbuf_printf(&given, "{\"appid\": \"wxa\", \"person\": \"%s\"}", person);
		struct value login = good(&f, "login", given.at), session = serve(&f, "GET", "/sns/jscode2session", redeem_url(get(login, "code").at), "");
		char line[200];
		int len = snprintf(line, sizeof(line), "%s %s %s\n", person, get(login, "code").at, get(session, "session_key").at);
		if (write(pipe, line, (size_t)len) != len) {
			_exit(1);
		}
		value_unref(login);
		value_unref(session);
		strbuf_finish(&given);
	}
	_exit(0);
}

/* An acknowledged login after kill -9: its code is kept with its key, and was taken. */
static bool is_kept(struct store *store, const char *code, const char *key)
{
	struct strbuf hash = {0}, text = {0};
	seal_sha256_hex(str_of(code), &hash);
	bool kept = store->engine->get(store, STR("codes"), strbuf_str(&hash), 0, &text) == STORE_OK
		&& str_find(strbuf_str(&text), str_of(key)) != SIZE_MAX
		&& store->engine->take(store, STR("codes"), strbuf_str(&hash), 0, STR("another"), &text) == STORE_TAKEN;
	strbuf_finish(&hash);
	strbuf_finish(&text);
	return kept;
}

/* The session in force is that of the last acknowledged login, or of the one that the kill cut off. */
static bool is_in_force(struct store *store, const char *name, const char *key)
{
	struct strbuf text = {0};
	CHECK_NUM(store->engine->get(store, STR("sessions"), str_of(name), 0, &text), STORE_OK);
	bool same = str_is(strbuf_str(&text), key);
	strbuf_finish(&text);
	return same;
}

struct login {
	char person[20], code[60], key[60];
};

static void test_killed(void)
{
	static struct login logins[1000];
	char *path = temporary();
	int pipes[2], count = 0, lost = 0, last[2] = {-1, -1};
	CHECK(pipe(pipes) == 0);
	pid_t child = fork();
	if (child == 0) {
		close(pipes[0]);
		log_in_for_ever(path, pipes[1]);
	}
	close(pipes[1]);
	FILE *file = fdopen(pipes[0], "r");
	for (struct login *at = logins; count < 1000 && fscanf(file, "%19s %59s %59s", at->person, at->code, at->key) == 3; at = &logins[count]) {
		if (strlen(at->key) != 24) {
			break; // cut off while it was written
		}
		last[at->person[0] == 'b'] = count;
		if (++count == 300) {
			kill(child, SIGKILL); // what is in the pipe was acknowledged too
		}
	}
	fclose(file);
	waitpid(child, NULL, 0);
	CHECK(count >= 300 && count < 1000);
	struct store *store = open_sqlite(path);
	for (int i = 0; i < count; i++) {
		lost += !is_kept(store, logins[i].code, logins[i].key);
	}
	CHECK_NUM(lost, 0);
	CHECK(is_in_force(store, "wxa/alice", logins[last[0]].key) + is_in_force(store, "wxa/bob", logins[last[1]].key) >= 1);
	store->engine->destroy(store);
	remove_store(path);
}

static const struct test_case cases[] = {
	{"memory", test_store_memory},
	{"sqlite", test_store_sqlite},
	{"files refused", test_files_refused},
	{"counted at once", test_counted_at_once},
	{"tokens at once", test_tokens_at_once},
	{"redeem once", test_redeem_once},
	{"killed", test_killed},
};
TEST_MAIN(cases)
