/* The platform's core: published vectors, one conformance test of both stores, tickets, sessions, tokens. */
#include "harness/test.h"

#include "base/mem.h"
#include "core/value/json.h"
#include "platform/platform.h"
#include "platform/push.h"
#include "platform/seal.h"
#include "platform/store.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char world_text[] = "{\"people\": ["
	"{\"id\": \"alice\", \"nickName\": \"爱丽丝\", \"gender\": 2, \"language\": \"zh_CN\", \"city\": \"Guangzhou\", \"province\": \"Guangdong\","
	" \"country\": \"China\", \"avatarUrl\": \"\", \"phone\": {\"countryCode\": \"86\", \"purePhoneNumber\": \"13800000001\"}, \"steps\": [1, 2, 3]},"
	"{\"id\": \"bob\", \"nickName\": \"鲍勃\"}, {\"id\": \"dave\", \"nickName\": \"戴夫\"}],"
	" \"groups\": [{\"id\": \"family\", \"name\": \"一家人\", \"members\": [\"alice\", \"bob\"]},"
	" {\"id\": \"work\", \"name\": \"项目组\", \"members\": [\"alice\", \"dave\"]}],"
	" \"programs\": [{\"appid\": \"wxa\", \"name\": \"A\", \"secret\": \"sa\", \"entity\": \"e\"},"
	" {\"appid\": \"wxb\", \"name\": \"B\", \"secret\": \"sb\", \"entity\": \"e\"}, {\"appid\": \"wxc\", \"name\": \"C\", \"secret\": \"sc\"}]}";

struct fixture {
	struct platform *platform;
	double now;
	uint64_t random;
};

static double now_of(void *user) { return ((struct fixture *)user)->now; }

static void random_of(void *user, uint8_t *bytes, size_t len)
{
	struct fixture *fixture = user;
	for (size_t i = 0; i < len; i++) {
		fixture->random = fixture->random * 6364136223846793005u + 1442695040888963407u;
		bytes[i] = (uint8_t)(fixture->random >> 56);
	}
}

static struct value parse(const char *text)
{
	struct value value = value_undefined();
	CHECK(json_parse(str_of(text), &value, NULL) == 0);
	return value;
}

static void begin(struct fixture *fixture, struct store *store, bool seeded)
{
	struct platform_config config = {.store = store, .now = now_of, .random = seeded ? random_of : NULL, .user = fixture,
		.host_key = "k"};
	char *error = NULL;
	fixture->now = fixture->now ? fixture->now : 1523844000000;
	fixture->platform = platform_create(&config, &error);
	CHECK(fixture->platform);
	struct value world = parse(world_text);
	platform_set_world(fixture->platform, world);
	value_unref(world);
}

static void end(struct fixture *fixture)
{
	platform_destroy(fixture->platform);
	fixture->platform = NULL;
}

/* {appid, person, ...more}: the result, new. */
static struct value host(struct fixture *fixture, const char *operation, const char *parameters, int *ret_status)
{
	struct value given = parse(parameters), result = value_undefined();
	*ret_status = platform_host(fixture->platform, str_of(operation), given, &result);
	value_unref(given);
	return result;
}

static struct value good(struct fixture *fixture, const char *operation, const char *parameters)
{
	int status = 0;
	struct value result = host(fixture, operation, parameters, &status);
	CHECK_NUM(status, 0);
	return result;
}

static int refused(struct fixture *fixture, const char *operation, const char *parameters)
{
	int status = 0;
	value_unref(host(fixture, operation, parameters, &status));
	return status;
}

static struct value serve(struct fixture *fixture, const char *method, const char *path, const char *query, const char *body)
{
	struct strbuf json = {0};
	struct value given = parse(query), answer = value_undefined();
	int status = platform_serve(fixture->platform, str_of(method), str_of(path), given, str_of(body), STR("k"), &json);
	CHECK_NUM(status, 200);
	CHECK(json_parse(strbuf_str(&json), &answer, NULL) == 0);
	CHECK(str_find_char(strbuf_str(&json), '\n') == SIZE_MAX);
	value_unref(given);
	strbuf_finish(&json);
	return answer;
}

static int errcode(struct value answer)
{
	struct value code = value_get_text(answer, "errcode");
	int number = value_is(code, VALUE_NUMBER) ? (int)code.number : 0;
	value_unref(answer);
	return number;
}

/* --- vectors (the shared table's, as published) --- */

static struct value read_vector(const char *name)
{
	struct strbuf path = {0};
	struct value value = value_undefined();
	strbuf_printf(&path, "test/data/vectors/%s", name);
	struct strbuf text = test_read(path.at);
	CHECK(json_parse(strbuf_str(&text), &value, NULL) == 0);
	strbuf_finish(&text);
	strbuf_finish(&path);
	return value;
}

static struct str get(struct value object, const char *key) { return value_str(value_get_text(object, key)); }

static void test_open_data(void)
{
	struct value v = read_vector("v1_encryptedData.json");
	struct strbuf text = {0}, iv = {0}, again = {0};
	CHECK_NUM(seal_open_data(get(v, "sessionKey"), get(v, "enc"), get(v, "iv"), &text), 0);
	CHECK_STR(strbuf_str(&text), get(v, "plaintext").at);
	CHECK(seal_base64_decode(get(v, "iv"), &iv) && iv.len == 16);
	CHECK_NUM(seal_close_data(get(v, "sessionKey"), (uint8_t *)iv.at, strbuf_str(&text), &again), 0);
	CHECK_STR(strbuf_str(&again), get(v, "enc").at);
	value_unref(v);
	strbuf_finish(&text);
	strbuf_finish(&iv);
	strbuf_finish(&again);
}

static void test_signatures(void)
{
	struct value list = read_vector("v2_rawdata_signature.json"), v7 = read_vector("v7_hmac_and_negative.json");
	for (size_t i = 0; i < value_len(list); i++) {
		struct value v = value_at(list, i);
		struct strbuf text = {0};
		seal_signature(get(v, "rawData"), get(v, "session_key"), &text);
		CHECK_STR(strbuf_str(&text), get(v, "signature").at);
		strbuf_finish(&text);
	}
	struct value rule = value_get_text(v7, "hmac_session_signature"), cases = value_get_text(rule, "cases");
	CHECK(value_len(list) == 2 && value_len(cases) == 2);
	for (size_t i = 0; i < value_len(cases); i++) {
		struct strbuf text = {0};
		seal_session_mac(get(rule, "session_key"), get(value_at(cases, i), "body"), &text);
		CHECK_STR(strbuf_str(&text), get(value_at(cases, i), "signature").at);
		strbuf_finish(&text);
	}
	value_unref(list);
	value_unref(v7);
}

static void check_push(struct push_account *account, struct str timestamp, struct str nonce, struct value v, const char *plain,
	const char *random16)
{
	struct strbuf text = {0}, again = {0}, signature = {0};
	uint8_t random[16];
	CHECK(push_signature(account, timestamp, nonce, get(v, "encrypt"), &signature));
	CHECK_STR(strbuf_str(&signature), get(v, "msg_signature").at);
	CHECK_NUM(push_decrypt(account, get(v, "encrypt"), &text, random), 0);
	CHECK_STR(strbuf_str(&text), plain);
	if (random16) {
		CHECK(memcmp(random, random16, 16) == 0);
	}
	CHECK_NUM(push_encrypt(account, random, strbuf_str(&text), &again), 0);
	CHECK_STR(strbuf_str(&again), get(v, "encrypt").at);
	strbuf_finish(&text);
	strbuf_finish(&again);
	strbuf_finish(&signature);
}

static void test_push(void)
{
	struct value v = read_vector("o_official_push.json"), part = value_get_text(v, "url_verify");
	struct push_account account = {get(v, "token"), get(v, "encodingAESKey"), get(v, "appid")};
	struct strbuf text = {0};
	CHECK(push_signature(&account, get(part, "timestamp"), get(part, "nonce"), (struct str){0}, &text));
	CHECK_STR(strbuf_str(&text), get(part, "signature").at);
	strbuf_clear(&text);
	part = value_get_text(v, "plain_push");
	CHECK(push_signature(&account, get(part, "timestamp"), get(part, "nonce"), (struct str){0}, &text));
	CHECK_STR(strbuf_str(&text), get(part, "signature").at);
	strbuf_finish(&text);
	part = value_get_text(v, "secure_push");
	check_push(&account, get(part, "timestamp"), get(part, "nonce"), part, get(part, "msg").at, get(part, "random16").at);
	part = value_get_text(v, "reply");
	struct strbuf stamp = {0};
	strbuf_add_number(&stamp, value_to_number(value_get_text(part, "timestamp")));
	check_push(&account, strbuf_str(&stamp), get(part, "nonce"), part, get(part, "msg").at, get(part, "random16").at);
	strbuf_finish(&stamp);
	value_unref(v);

	v = read_vector("v4_msg_aes256.json");
	account = (struct push_account){get(v, "token"), get(v, "encodingAESKey"), get(v, "appId")};
	struct value cases = value_get_text(v, "cases");
	for (size_t i = 0; i < value_len(cases); i++) {
		check_push(&account, get(v, "timestamp"), get(v, "nonce"), value_at(cases, i), get(value_at(cases, i), "msg").at,
			get(v, "random16").at);
	}
	value_unref(v);
	v = read_vector("v5_v6_msg.json");
	for (size_t i = 0; i < value_len(v); i++) {
		part = value_at(v, i);
		account = (struct push_account){get(part, "token"), get(part, "encodingAESKey"), get(part, "id")};
		check_push(&account, get(part, "timestamp"), get(part, "nonce"), part, get(part, "plain").at, NULL);
	}
	value_unref(v);
}

/* Forged frames: a length beyond the end, its top bit, padding of 0 or above 32, another appid; signatures whose parts
 * could be cut elsewhere. */
static void test_push_refused(void)
{
	struct value v = read_vector("o_official_push.json");
	struct push_account account = {get(v, "token"), get(v, "encodingAESKey"), get(v, "appid")}, other = account;
	struct strbuf sealed = {0}, text = {0};
	uint8_t random[16] = "abcdefghijklmnop", key[32] = {0}, frame[64], out[64];
	other.appid = STR("wx0000000000000000");
	CHECK_NUM(push_encrypt(&account, random, STR("hello"), &sealed), 0);
	CHECK_NUM(push_decrypt(&other, strbuf_str(&sealed), &text, random), 1);
	for (size_t i = 0; i < sealed.len; i += 4) { // whole groups: what is left is base64 of another length
		CHECK_NUM(push_decrypt(&account, str_slice(strbuf_str(&sealed), 0, i), &text, random), 1);
	}
	static const struct {
		uint8_t length[4], pad;
	} forged[] = {{{0x80, 0, 0, 5}, 32}, {{0, 0, 0, 100}, 32}, {{0, 0, 0, 5}, 0}, {{0, 0, 0, 5}, 33}, {{0xff, 0xff, 0xff, 0xff}, 1}};
	for (size_t i = 0; i < ARRAY_LEN(forged); i++) {
		memset(frame, forged[i].pad, sizeof(frame));
		memcpy(frame + 16, forged[i].length, 4);
		strbuf_clear(&sealed);
		CHECK(seal_cbc256(true, key, frame, sizeof(frame), out));
		seal_base64((struct str){(char *)out, sizeof(out)}, &sealed);
		CHECK_NUM(push_decrypt(&account, strbuf_str(&sealed), &text, random), 1);
	}
	CHECK(!push_signature(&account, STR("1514711"), STR("4921714036504"), (struct str){0}, &text));
	CHECK(!push_signature(&account, STR("151471149x"), STR("1"), (struct str){0}, &text));
	CHECK(!push_signature(&account, STR("1514711492"), STR(""), (struct str){0}, &text));
	CHECK(text.len == 0);
	strbuf_finish(&sealed);
	strbuf_finish(&text);
	value_unref(v);
}

static void test_base64(void)
{
	static const char *const refused_texts[] = {"A", "AB", "ABC", "AB==C", "AA=A", "AB==AB==", "A===", "====", "AAB=", "AAA\n", "AA A", "AB=="};
	struct strbuf out = {0};
	for (size_t i = 0; i < ARRAY_LEN(refused_texts); i++) {
		if (seal_base64_decode(str_of(refused_texts[i]), &out)) {
			test_fail(__FILE__, __LINE__, "decoded %s", refused_texts[i]);
		}
	}
	CHECK(out.len == 0);
	CHECK(seal_base64_decode(STR(""), &out) && out.len == 0);
	CHECK(seal_base64_decode(STR("AAA="), &out) && out.len == 2);
	CHECK(seal_base64_decode(STR("/+8="), &out) && out.len == 4);
	CHECK(!seal_base64url_decode(STR("AAB"), &out) && seal_base64url_decode(STR("AAA"), &out));
	/* A wrong key gives noise or bad padding, never a crash; a forged iv is not noticed: there is no integrity in it. */
	CHECK_NUM(seal_open_data(STR("short"), STR("AAAA"), STR("AAAA"), &out), 1);
	strbuf_finish(&out);
}

/* --- stores --- */

static char *temporary(void)
{
	static char path[64];
	strcpy(path, "/tmp/mina-store-XXXXXX");
	int file = mkstemp(path);
	CHECK(file >= 0);
	close(file);
	return path;
}

static void remove_store(const char *path)
{
	struct strbuf name = {0};
	unlink(path);
	strbuf_printf(&name, "%s-wal", path);
	unlink(name.at);
	strbuf_clear(&name);
	strbuf_printf(&name, "%s-shm", path);
	unlink(name.at);
	strbuf_finish(&name);
}

static struct store *open_sqlite(const char *path)
{
	char *error = NULL;
	struct store *store = store_sqlite_open(path, &error);
	if (!store) {
		test_fail(__FILE__, __LINE__, "%s", error);
	}
	return store;
}

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
	FILE *file = fopen(path, "wb");
	fputs("this is no database, but long enough to be taken for a damaged one ............................................", file);
	fclose(file);
	CHECK(!store_sqlite_open(path, &error) && error && strstr(error, path));
	mem_free(error);
	CHECK(!store_open(STR("redis:x"), &error) && strstr(error, "sqlite:FILE"));
	mem_free(error);
	CHECK(!store_sqlite_open("/nowhere/at/all", &error));
	mem_free(error);
	strbuf_finish(&text);
	remove_store(path);
}

/* --- logins --- */

static char *redeem_url(const char *code)
{
	static char text[400];
	snprintf(text, sizeof(text), "{\"appid\": \"wxa\", \"secret\": \"sa\", \"grant_type\": \"authorization_code\", \"js_code\": \"%s\"}", code);
	return text;
}

static void test_login(void)
{
	struct fixture f = {0};
	begin(&f, store_memory_create(), true);
	CHECK_NUM(refused(&f, "checkSession", "{\"appid\": \"wxa\", \"person\": \"alice\"}"), 87009);
	CHECK_NUM(refused(&f, "login", "{\"appid\": \"wxz\", \"person\": \"alice\"}"), 40013);
	CHECK_NUM(refused(&f, "login", "{\"appid\": \"wxa\", \"person\": \"zoe\"}"), 40003);
	CHECK_NUM(refused(&f, "nothing", "{\"appid\": \"wxa\", \"person\": \"alice\"}"), 40066);
	struct value login = good(&f, "login", "{\"appid\": \"wxa\", \"person\": \"alice\"}");
	char code[64];
	strcpy(code, get(login, "code").at);
	CHECK_NUM(strlen(code), 32);
	/* what may be wrong in a request costs nothing */
	CHECK_NUM(errcode(serve(&f, "GET", "/sns/jscode2session", "{}", "")), 41002);
	CHECK_NUM(errcode(serve(&f, "GET", "/sns/jscode2session", "{\"appid\": \"wxa\"}", "")), 41004);
	CHECK_NUM(errcode(serve(&f, "GET", "/sns/jscode2session", "{\"appid\": \"wxa\", \"secret\": \"sa\"}", "")), 41008);
	CHECK_NUM(errcode(serve(&f, "GET", "/sns/jscode2session", "{\"appid\": \"wxa\", \"secret\": \"sa\", \"js_code\": \"x\"}", "")), 40002);
	for (size_t i = 0; i < strlen(code); i++) {
		code[i] ^= 1;
		CHECK_NUM(errcode(serve(&f, "GET", "/sns/jscode2session", redeem_url(code), "")), 40029);
		code[i] ^= 1;
	}
	struct value foreign = value_undefined();
	foreign = serve(&f, "GET", "/sns/jscode2session",
		"{\"appid\": \"wxb\", \"secret\": \"sb\", \"grant_type\": \"authorization_code\", \"js_code\": \"x\"}", "");
	CHECK_NUM(errcode(foreign), 40029);
	struct value session = serve(&f, "GET", "/sns/jscode2session", redeem_url(code), "");
	CHECK_NUM(get(session, "openid").len, 28);
	CHECK_NUM(get(session, "session_key").len, 24);
	CHECK_NUM(get(session, "unionid").len, 28);
	CHECK_NUM(errcode(serve(&f, "GET", "/sns/jscode2session", redeem_url(code), "")), 40163);
	value_unref(login);
	/* five minutes */
	login = good(&f, "login", "{\"appid\": \"wxa\", \"person\": \"alice\"}");
	f.now += 5 * 60 * 1000;
	CHECK_NUM(errcode(serve(&f, "GET", "/sns/jscode2session", redeem_url(get(login, "code").at), "")), 40029);
	/* a new login: what is sealed now does not open with the key before */
	struct value info = good(&f, "userInfo", "{\"appid\": \"wxa\", \"person\": \"alice\", \"withCredentials\": true}");
	struct strbuf text = {0}, signature = {0};
	CHECK(seal_open_data(get(session, "session_key"), get(info, "encryptedData"), get(info, "iv"), &text)
		|| str_find(strbuf_str(&text), STR("watermark")) == SIZE_MAX);
	seal_signature(get(info, "rawData"), get(session, "session_key"), &signature);
	CHECK(!str_eq(strbuf_str(&signature), get(info, "signature")));
	/* three days without use end it, each use renews it */
	f.now += PLATFORM_SESSION_MS - 1000;
	value_unref(good(&f, "checkSession", "{\"appid\": \"wxa\", \"person\": \"alice\"}"));
	f.now += PLATFORM_SESSION_MS - 1000;
	value_unref(good(&f, "checkSession", "{\"appid\": \"wxa\", \"person\": \"alice\"}"));
	f.now += PLATFORM_SESSION_MS;
	CHECK_NUM(refused(&f, "checkSession", "{\"appid\": \"wxa\", \"person\": \"alice\"}"), 87009);
	/* a hundred times a minute */
	int refusals = 0;
	for (int i = 0; i < 102; i++) {
		value_unref(login);
		login = good(&f, "login", "{\"appid\": \"wxa\", \"person\": \"alice\"}");
		int status = errcode(serve(&f, "GET", "/sns/jscode2session", redeem_url(get(login, "code").at), ""));
		CHECK(status == 0 || status == 45011);
		refusals += status == 45011;
	}
	CHECK_NUM(refusals, 2);
	f.now += 60000; // the code that was refused is still good
	CHECK_NUM(errcode(serve(&f, "GET", "/sns/jscode2session", redeem_url(get(login, "code").at), "")), 0);
	CHECK_NUM(errcode(serve(&f, "HEAD", "/sns/jscode2session", redeem_url(get(login, "code").at), "")), 43002);
	value_unref(info);
	value_unref(login);
	value_unref(session);
	strbuf_finish(&text);
	strbuf_finish(&signature);
	end(&f);
}

/* Logs in as a person's program and gives the session {openid, session_key}, new. */
static struct value log_in(struct fixture *f, const char *appid, const char *person)
{
	struct strbuf given = {0}, query = {0};
	strbuf_printf(&given, "{\"appid\": \"%s\", \"person\": \"%s\"}", appid, person);
	struct value login = good(f, "login", given.at);
	strbuf_printf(&query, "{\"appid\": \"%s\", \"secret\": \"s%s\", \"grant_type\": \"authorization_code\", \"js_code\": \"%s\"}", appid, appid + 2,
		get(login, "code").at);
	struct value session = serve(f, "GET", "/sns/jscode2session", query.at, "");
	value_unref(login);
	strbuf_finish(&given);
	strbuf_finish(&query);
	return session;
}

static struct value open_sealed(struct value session, struct value sealed)
{
	struct strbuf text = {0};
	struct value open = value_undefined();
	CHECK_NUM(seal_open_data(get(session, "session_key"), get(sealed, "encryptedData"), get(sealed, "iv"), &text), 0);
	CHECK(json_parse(strbuf_str(&text), &open, NULL) == 0);
	strbuf_finish(&text);
	value_unref(sealed);
	return open;
}

static void test_open_facts(void)
{
	struct fixture f = {0};
	begin(&f, store_memory_create(), true);
	CHECK_NUM(refused(&f, "userInfo", "{\"appid\": \"wxa\", \"person\": \"alice\", \"withCredentials\": true}"), 87009);
	struct value bare = good(&f, "userInfo", "{\"appid\": \"wxa\", \"person\": \"alice\"}");
	CHECK(!value_has(bare, STR("encryptedData")) && value_has(bare, STR("rawData")));
	struct value session = log_in(&f, "wxa", "alice");
	struct value info = good(&f, "userInfo", "{\"appid\": \"wxa\", \"person\": \"alice\"}");
	struct value open = open_sealed(session, value_ref(info));
	CHECK_STR(get(open, "openId"), get(session, "openid").at);
	CHECK_STR(get(open, "nickName"), "爱丽丝");
	CHECK_STR(get(value_get_text(open, "watermark"), "appid"), "wxa");
	CHECK_NUM(value_get_text(value_get_text(open, "watermark"), "timestamp").number, 1523844000);
	struct strbuf signature = {0};
	seal_signature(get(info, "rawData"), get(session, "session_key"), &signature);
	CHECK_STR(strbuf_str(&signature), get(info, "signature").at);
	strbuf_finish(&signature);
	value_unref(bare);
	value_unref(info);
	value_unref(open);
	/* phone: sealed, and by code once */
	struct value phone = good(&f, "phoneNumber", "{\"appid\": \"wxa\", \"person\": \"alice\"}");
	struct strbuf body = {0}, query = {0};
	strbuf_printf(&body, "{\"code\": \"%s\"}", get(phone, "code").at);
	open = open_sealed(session, phone);
	CHECK_STR(get(open, "purePhoneNumber"), "13800000001");
	value_unref(open);
	CHECK_NUM(refused(&f, "phoneNumber", "{\"appid\": \"wxa\", \"person\": \"bob\"}"), 40097);
	struct value token = serve(&f, "GET", "/cgi-bin/token", "{\"grant_type\": \"client_credential\", \"appid\": \"wxa\", \"secret\": \"sa\"}", "");
	strbuf_printf(&query, "{\"access_token\": \"%s\"}", get(token, "access_token").at);
	struct value answer = serve(&f, "POST", "/wxa/business/getuserphonenumber", query.at, body.at);
	CHECK_STR(get(value_get_text(answer, "phone_info"), "phoneNumber"), "13800000001");
	value_unref(answer);
	CHECK_NUM(errcode(serve(&f, "POST", "/wxa/business/getuserphonenumber", query.at, body.at)), 40029);
	value_unref(token);
	strbuf_finish(&body);
	strbuf_finish(&query);
	/* steps: thirty days, the last is today's */
	struct value run = good(&f, "weRunData", "{\"appid\": \"wxa\", \"person\": \"alice\"}");
	open = open_sealed(session, run);
	struct value days = value_get_text(open, "stepInfoList");
	CHECK_NUM(value_len(days), 30);
	CHECK_NUM(value_get_text(value_at(days, 29), "step").number, 3);
	CHECK_NUM(value_get_text(value_at(days, 26), "step").number, 0);
	CHECK_NUM(value_get_text(value_at(days, 29), "timestamp").number, 1523808000); // midnight in China
	value_unref(open);
	value_unref(session);
	end(&f);
}

/* --- tickets --- */

static struct strbuf ticket_call(const char *appid, const char *person, const char *life, struct str ticket)
{
	struct strbuf text = {0};
	strbuf_printf(&text, "{\"appid\": \"%s\", \"person\": \"%s\", \"life\": \"%s\", \"shareTicket\": \"" STR_FMT "\"}", appid, person, life,
		STR_ARG(ticket));
	return text;
}

static struct value gid_of(struct fixture *f, const char *appid, const char *person, const char *life, const char *group)
{
	struct strbuf text = {0};
	struct value session = log_in(f, appid, person);
	strbuf_printf(&text, "{\"appid\": \"%s\", \"person\": \"%s\", \"life\": \"%s\", \"group\": \"%s\", \"purpose\": \"opener\"}", appid, person,
		life, group);
	struct value ticket = good(f, "issueTicket", text.at);
	struct strbuf call = ticket_call(appid, person, life, get(ticket, "shareTicket"));
	struct value open = open_sealed(session, good(f, "shareInfo", call.at)), gid = value_ref(value_get_text(open, "openGId"));
	value_unref(open);
	value_unref(ticket);
	value_unref(session);
	strbuf_finish(&text);
	strbuf_finish(&call);
	return gid;
}

static void test_groups(void)
{
	struct fixture f = {0};
	begin(&f, store_memory_create(), true);
	struct value one = gid_of(&f, "wxa", "alice", "l1", "family"), same = gid_of(&f, "wxa", "bob", "l2", "family");
	struct value other = gid_of(&f, "wxa", "alice", "l1", "work"), program = gid_of(&f, "wxb", "alice", "l1", "family");
	CHECK(value_str(one).len == 28 && value_str(one).at[0] == 'G');
	CHECK(value_equal(one, same));
	CHECK(!value_equal(one, other) && !value_equal(one, program) && !value_equal(other, program));
	CHECK_NUM(refused(&f, "issueTicket", "{\"appid\": \"wxa\", \"person\": \"dave\", \"life\": \"l\", \"group\": \"family\", \"purpose\": \"opener\"}"), 85001);
	CHECK_NUM(refused(&f, "issueTicket", "{\"appid\": \"wxa\", \"person\": \"alice\", \"life\": \"l\", \"group\": \"none\", \"purpose\": \"opener\"}"), 85001);
	struct strbuf call = {0};
	strbuf_printf(&call, "{\"appid\": \"wxa\", \"person\": \"bob\", \"type\": \"groupName\", \"openGid\": \"%s\"}", value_str(one).at);
	struct value shown = good(&f, "openData", call.at);
	CHECK_STR(get(shown, "text"), "一家人");
	value_unref(shown);
	strbuf_clear(&call);
	strbuf_printf(&call, "{\"appid\": \"wxa\", \"person\": \"dave\", \"type\": \"groupName\", \"openGid\": \"%s\"}", value_str(one).at);
	CHECK_NUM(refused(&f, "openData", call.at), 40097);
	strbuf_finish(&call);
	value_unref(one);
	value_unref(same);
	value_unref(other);
	value_unref(program);
	end(&f);
}

static int try_ticket(struct fixture *f, const char *appid, const char *person, const char *life, struct str ticket)
{
	struct strbuf call = ticket_call(appid, person, life, ticket);
	int status = refused(f, "shareInfo", call.at);
	strbuf_finish(&call);
	return status;
}

static void test_tickets_refused(void)
{
	struct fixture f = {0};
	begin(&f, store_memory_create(), true);
	value_unref(log_in(&f, "wxa", "alice"));
	value_unref(log_in(&f, "wxa", "bob"));
	value_unref(log_in(&f, "wxb", "alice"));
	struct value issued = good(&f, "issueTicket",
		"{\"appid\": \"wxa\", \"person\": \"alice\", \"life\": \"l\", \"group\": \"family\", \"purpose\": \"sender\"}");
	struct str ticket = get(issued, "shareTicket");
	CHECK_NUM(try_ticket(&f, "wxa", "alice", "l", ticket), 0);
	CHECK_NUM(try_ticket(&f, "wxa", "alice", "l", ticket), 0); // as often as it is asked for, in its life cycle
	CHECK_NUM(try_ticket(&f, "wxa", "alice", "m", ticket), 40097);
	CHECK_NUM(try_ticket(&f, "wxa", "bob", "l", ticket), 40097);
	CHECK_NUM(try_ticket(&f, "wxb", "alice", "l", ticket), 40097);
	for (size_t len = 0; len < ticket.len; len++) {
		CHECK_NUM(try_ticket(&f, "wxa", "alice", "l", str_slice(ticket, 0, len)), 40097);
	}
	/* every bit that base64url can carry, at every position */
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
	char *copy = mem_strdup(ticket.at, ticket.len);
	for (size_t i = 0; i < ticket.len; i++) {
		for (int bit = 0; bit < 6; bit++) {
			size_t digit = (size_t)(strchr(digits, ticket.at[i]) - digits);
			copy[i] = digits[digit ^ (size_t)1 << bit];
			CHECK_NUM(try_ticket(&f, "wxa", "alice", "l", str_of(copy)), 40097);
		}
		copy[i] = ticket.at[i];
	}
	mem_free(copy);
	/* an older key opens until it is forgotten */
	platform_rotate_keys(f.platform, false);
	CHECK_NUM(try_ticket(&f, "wxa", "alice", "l", ticket), 0);
	platform_rotate_keys(f.platform, true);
	CHECK_NUM(try_ticket(&f, "wxa", "alice", "l", ticket), 40097);
	value_unref(issued);
	/* a private message's ticket is none of a group's */
	issued = good(&f, "issueTicket",
		"{\"appid\": \"wxa\", \"person\": \"alice\", \"life\": \"l\", \"chat\": \"c\", \"activityId\": \"x\", \"purpose\": \"private\"}");
	CHECK_NUM(try_ticket(&f, "wxa", "alice", "l", get(issued, "shareTicket")), 40097);
	struct strbuf call = ticket_call("wxa", "alice", "l", get(issued, "shareTicket"));
	struct value allowed = good(&f, "privateMessage", call.at);
	CHECK(value_to_bool(value_get_text(allowed, "valid")) && value_has(allowed, STR("encryptedData")));
	strbuf_finish(&call);
	value_unref(allowed);
	value_unref(issued);
	end(&f);
}

/* --- tokens and activities --- */

static struct value new_token(struct fixture *f, struct strbuf *ret_query)
{
	struct value answer = serve(f, "GET", "/cgi-bin/token", "{\"grant_type\": \"client_credential\", \"appid\": \"wxa\", \"secret\": \"sa\"}", "");
	strbuf_clear(ret_query);
	strbuf_printf(ret_query, "{\"access_token\": \"%s\"}", get(answer, "access_token").at);
	return answer;
}

static int use_token(struct fixture *f, const struct strbuf *query)
{
	return errcode(serve(f, "GET", "/cgi-bin/message/wxopen/activityid/create", query->at, ""));
}

static void test_tokens(void)
{
	struct fixture f = {0};
	struct strbuf first = {0}, second = {0};
	begin(&f, store_memory_create(), true);
	CHECK_NUM(errcode(serve(&f, "GET", "/cgi-bin/token", "{\"grant_type\": \"x\", \"appid\": \"wxa\", \"secret\": \"sa\"}", "")), 40002);
	CHECK_NUM(errcode(serve(&f, "GET", "/cgi-bin/token", "{\"grant_type\": \"client_credential\", \"appid\": \"wx\", \"secret\": \"sa\"}", "")), 40013);
	CHECK_NUM(errcode(serve(&f, "GET", "/cgi-bin/token", "{\"grant_type\": \"client_credential\", \"appid\": \"wxa\", \"secret\": \"s\"}", "")), 40001);
	struct value token = new_token(&f, &first);
	CHECK(get(token, "access_token").len >= 136);
	CHECK_NUM(value_get_text(token, "expires_in").number, 7200);
	value_unref(token);
	value_unref(new_token(&f, &second));
	CHECK_NUM(use_token(&f, &first), 0);
	f.now += 5 * 60 * 1000;
	CHECK_NUM(use_token(&f, &first), 40001); // not latest
	CHECK_NUM(use_token(&f, &second), 0);
	f.now += 2 * 3600 * 1000;
	CHECK_NUM(use_token(&f, &second), 42001);
	f.now += 3 * 86400000.0;
	CHECK_NUM(use_token(&f, &second), 40001);
	CHECK_NUM(errcode(serve(&f, "GET", "/cgi-bin/message/wxopen/activityid/create", "{}", "")), 41001);
	/* stable tokens: the same until near their end */
	const char *body = "{\"grant_type\": \"client_credential\", \"appid\": \"wxa\", \"secret\": \"sa\"}";
	const char *force = "{\"grant_type\": \"client_credential\", \"appid\": \"wxa\", \"secret\": \"sa\", \"force_refresh\": true}";
	struct value one = serve(&f, "POST", "/cgi-bin/stable_token", "{}", body), two = serve(&f, "POST", "/cgi-bin/stable_token", "{}", body);
	CHECK(value_equal(one, two));
	value_unref(new_token(&f, &first)); // of another line
	f.now += 60000;
	value_unref(two);
	two = serve(&f, "POST", "/cgi-bin/stable_token", "{}", body);
	CHECK(str_eq(get(one, "access_token"), get(two, "access_token")));
	CHECK_NUM(value_get_text(two, "expires_in").number, 7140);
	value_unref(two);
	two = serve(&f, "POST", "/cgi-bin/stable_token", "{}", force);
	CHECK(!str_eq(get(one, "access_token"), get(two, "access_token")));
	value_unref(one);
	f.now += 29000; // too soon: the same again
	one = serve(&f, "POST", "/cgi-bin/stable_token", "{}", force);
	CHECK(str_eq(get(one, "access_token"), get(two, "access_token")));
	CHECK_NUM(value_get_text(one, "expires_in").number, 7171);
	f.now += 7171000 - 5 * 60 * 1000;
	value_unref(one);
	one = serve(&f, "POST", "/cgi-bin/stable_token", "{}", body);
	CHECK(!str_eq(get(one, "access_token"), get(two, "access_token")));
	for (int i = 0; i < 25; i++) { // twenty a day
		f.now += 30000;
		int code = errcode(serve(&f, "POST", "/cgi-bin/stable_token", "{}", force));
		CHECK_NUM(code, i < 19 ? 0 : 45009);
	}
	CHECK_NUM(errcode(serve(&f, "POST", "/cgi-bin/stable_token", "{}", "{\"grant_type\": \"client_credential\", \"appid\": \"wxa\", \"secret\": \"\"}")), 41004);
	CHECK_NUM(errcode(serve(&f, "POST", "/cgi-bin/stable_token", "{}", "{\"grant_type\": \"client_credential\", \"appid\": \"wxa\", \"secret\": \"x\"}")), 40125);
	CHECK_NUM(errcode(serve(&f, "POST", "/cgi-bin/stable_token", "{}", "")), 44002);
	CHECK_NUM(errcode(serve(&f, "POST", "/cgi-bin/stable_token", "{}", "{")), 47001);
	CHECK_NUM(errcode(serve(&f, "GET", "/cgi-bin/stable_token", "{}", "")), 43002);
	CHECK_NUM(errcode(serve(&f, "POST", "/wxa/checksession", "{}", "")), 43001);
	CHECK_NUM(errcode(serve(&f, "GET", "/nowhere", "{}", "")), 40066);
	value_unref(one);
	value_unref(two);
	strbuf_finish(&first);
	strbuf_finish(&second);
	end(&f);
}

static void test_check_session(void)
{
	struct fixture f = {0};
	struct strbuf query = {0}, mac = {0}, token = {0};
	begin(&f, store_memory_create(), true);
	value_unref(new_token(&f, &token));
	struct value session = log_in(&f, "wxa", "alice"), fields = parse(token.at);
	seal_session_mac(get(session, "session_key"), STR(""), &mac);
	strbuf_printf(&query, "{\"access_token\": \"%s\", \"openid\": \"%s\", \"signature\": \"%s\", \"sig_method\": \"hmac_sha256\"}",
		get(fields, "access_token").at, get(session, "openid").at, mac.at);
	struct value answer = serve(&f, "GET", "/wxa/checksession", query.at, "");
	CHECK_STR(get(answer, "errmsg"), "ok");
	CHECK_NUM(errcode(answer), 0);
	value_unref(log_in(&f, "wxa", "alice"));
	CHECK_NUM(errcode(serve(&f, "GET", "/wxa/checksession", query.at, "")), 87009);
	value_unref(session);
	value_unref(fields);
	strbuf_finish(&query);
	strbuf_finish(&mac);
	strbuf_finish(&token);
	end(&f);
}

static int send_state(struct fixture *f, const struct strbuf *token, struct str id, const char *state)
{
	struct strbuf body = {0};
	strbuf_printf(&body, "{\"activity_id\": \"" STR_FMT "\", \"target_state\": %s, \"template_info\": {\"parameter_list\": ["
		"{\"name\": \"member_count\", \"value\": \"2\"}, {\"name\": \"room_limit\", \"value\": \"5\"}]}}", STR_ARG(id), state);
	int code = errcode(serve(f, "POST", "/cgi-bin/message/wxopen/updatablemsg/send", token->at, body.at));
	strbuf_finish(&body);
	return code;
}

static void check_shown(struct fixture *f, struct str id, const char *text, const char *color)
{
	struct strbuf call = {0};
	strbuf_printf(&call, "{\"appid\": \"wxa\", \"person\": \"alice\", \"activityId\": \"" STR_FMT "\", \"templateInfo\": {\"parameterList\": "
		"[{\"name\": \"member_count\", \"value\": \"1\"}, {\"name\": \"room_limit\", \"value\": \"3\"}]}}", STR_ARG(id));
	struct value shown = good(f, "activity", call.at);
	CHECK_STR(get(shown, "text"), text);
	CHECK_STR(get(shown, "color"), color);
	value_unref(shown);
	strbuf_finish(&call);
}

static void test_activities(void)
{
	struct fixture f = {0};
	struct strbuf token = {0};
	begin(&f, store_memory_create(), true);
	value_unref(new_token(&f, &token));
	struct value made = serve(&f, "GET", "/cgi-bin/message/wxopen/activityid/create", token.at, "");
	struct str id = get(made, "activity_id");
	CHECK_NUM(value_get_text(made, "expiration_time").number, 1523844000 + 86400);
	check_shown(&f, id, "成员正在加入，当前 1/3 人", "#FA9D39");
	CHECK_NUM(send_state(&f, &token, STR("none"), "0"), 47501);
	CHECK_NUM(send_state(&f, &token, id, "3"), 47502);
	CHECK_NUM(send_state(&f, &token, id, "0.5"), 47502);
	CHECK_NUM(send_state(&f, &token, id, "0"), 0);
	check_shown(&f, id, "成员正在加入，当前 2/5 人", "#FA9D39");
	CHECK_NUM(send_state(&f, &token, id, "1"), 0);
	check_shown(&f, id, "已开始", "#CCCCCC");
	CHECK_NUM(send_state(&f, &token, id, "0"), 47503);
	CHECK_NUM(send_state(&f, &token, id, "2"), 0);
	CHECK_NUM(send_state(&f, &token, id, "2"), 47503);
	f.now += 86400000;
	value_unref(new_token(&f, &token));
	CHECK_NUM(send_state(&f, &token, id, "2"), 47504);
	value_unref(made);
	strbuf_finish(&token);
	end(&f);
}

/* --- many at once, and a process that dies --- */

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

/* Logs in a thousand times and writes what was acknowledged to the pipe, a line each. */
static void log_in_for_ever(const char *path, int pipe)
{
	struct fixture f = {0};
	begin(&f, open_sqlite(path), false);
	for (int i = 0; i < 1000; i++) {
		f.now += 2000; // a hundred a minute are allowed
		struct value session = log_in(&f, "wxa", i % 2 ? "alice" : "bob");
		char line[200];
		int len = snprintf(line, sizeof(line), "%s %s\n", i % 2 ? "alice" : "bob", get(session, "session_key").at);
		if (write(pipe, line, (size_t)len) != len) {
			_exit(1);
		}
		value_unref(session);
	}
	_exit(0);
}

/* The latest acknowledged key of each person is in force after kill -9. A login may have been kept whose answer was
 * not written yet: then that one is, and nobody was told of it. */
static void test_killed(void)
{
	char *path = temporary();
	int pipes[2];
	CHECK(pipe(pipes) == 0);
	pid_t child = fork();
	if (child == 0) {
		close(pipes[0]);
		log_in_for_ever(path, pipes[1]);
	}
	close(pipes[1]);
	FILE *file = fdopen(pipes[0], "r");
	char person[20], key[60], last[2][60] = {"", ""};
	int count = 0;
	while (count < 200 && fscanf(file, "%19s %59s", person, key) == 2) {
		strcpy(last[person[0] == 'b'], key);
		count++;
	}
	kill(child, SIGKILL);
	while (fscanf(file, "%19s %59s", person, key) == 2) { // acknowledged before it died
		if (strlen(key) == 24) {
			strcpy(last[person[0] == 'b'], key);
			count++;
		}
	}
	fclose(file);
	waitpid(child, NULL, 0);
	CHECK(count >= 200);
	struct store *store = open_sqlite(path);
	int lost = 0;
	for (int i = 0; i < 2; i++) {
		struct strbuf text = {0};
		CHECK_NUM(store->engine->get(store, STR("sessions"), i ? STR("wxa/bob") : STR("wxa/alice"), 0, &text), STORE_OK);
		lost += !str_is(strbuf_str(&text), last[i]);
		strbuf_finish(&text);
	}
	CHECK(lost <= 1); // the login that was cut off
	store->engine->destroy(store);
	remove_store(path);
}

static const struct test_case cases[] = {
	{"open data", test_open_data},
	{"signatures", test_signatures},
	{"push", test_push},
	{"push refused", test_push_refused},
	{"base64", test_base64},
	{"store memory", test_store_memory},
	{"store sqlite", test_store_sqlite},
	{"login", test_login},
	{"open facts", test_open_facts},
	{"groups", test_groups},
	{"tickets refused", test_tickets_refused},
	{"tokens", test_tokens},
	{"checksession", test_check_session},
	{"activities", test_activities},
	{"redeem once", test_redeem_once},
	{"killed", test_killed},
};
TEST_MAIN(cases)
