/* A platform with a clock of its own, and what its hosts and servers ask it. */
#ifndef MINA_TEST_UNIT_PLATFORM_SCENE_H
#define MINA_TEST_UNIT_PLATFORM_SCENE_H

#include "harness/test.h"

#include "base/mem.h"
#include "core/value/json.h"
#include "platform/platform.h"
#include "platform/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

static inline double now_of(void *user) { return ((struct fixture *)user)->now; }

static inline void random_of(void *user, uint8_t *bytes, size_t len)
{
	struct fixture *fixture = user;
	for (size_t i = 0; i < len; i++) {
		fixture->random = fixture->random * 6364136223846793005u + 1442695040888963407u;
		bytes[i] = (uint8_t)(fixture->random >> 56);
	}
}

static inline struct value parse(const char *text)
{
	struct value value = value_undefined();
	CHECK(json_parse(str_of(text), &value, NULL) == 0);
	return value;
}

static inline void begin(struct fixture *fixture, struct store *store, bool seeded)
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

static inline void end(struct fixture *fixture)
{
	platform_destroy(fixture->platform);
	fixture->platform = NULL;
}

/* {appid, person, ...more}: the result, new. */
static inline struct value host(struct fixture *fixture, const char *operation, const char *parameters, int *ret_status)
{
	struct value given = parse(parameters), result = value_undefined();
	*ret_status = platform_host(fixture->platform, str_of(operation), given, &result);
	value_unref(given);
	return result;
}

static inline struct value good(struct fixture *fixture, const char *operation, const char *parameters)
{
	int status = 0;
	struct value result = host(fixture, operation, parameters, &status);
	CHECK_NUM(status, 0);
	return result;
}

static inline int refused(struct fixture *fixture, const char *operation, const char *parameters)
{
	int status = 0;
	value_unref(host(fixture, operation, parameters, &status));
	return status;
}

static inline struct value serve(struct fixture *fixture, const char *method, const char *path, const char *query, const char *body)
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

static inline int errcode(struct value answer)
{
	struct value code = value_get_text(answer, "errcode");
	int number = value_is(code, VALUE_NUMBER) ? (int)code.number : 0;
	value_unref(answer);
	return number;
}

static inline struct str get(struct value object, const char *key) { return value_str(value_get_text(object, key)); }

static inline char *redeem_url(const char *code)
{
	static char text[400];
	snprintf(text, sizeof(text), "{\"appid\": \"wxa\", \"secret\": \"sa\", \"grant_type\": \"authorization_code\", \"js_code\": \"%s\"}", code);
	return text;
}

/* Logs in as a person's program and gives the session {openid, session_key}, new. */
static inline struct value log_in(struct fixture *f, const char *appid, const char *person)
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

/* --- files --- */

static inline char *temporary(void)
{
	static char path[64];
	strcpy(path, "/tmp/mina-store-XXXXXX");
	int file = mkstemp(path);
	CHECK(file >= 0);
	close(file);
	return path;
}

static inline void remove_store(const char *path)
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

static inline struct store *open_sqlite(const char *path)
{
	char *error = NULL;
	struct store *store = store_sqlite_open(path, &error);
	if (!store) {
		test_fail(__FILE__, __LINE__, "%s", error);
	}
	return store;
}

#endif
