/* A platform's start and end: its keys, which the store keeps, and the world that it serves. */
#include "platform/inside.h"

#include <openssl/rand.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

double platform_now(struct platform *platform)
{
	return platform->config.now(platform->config.user);
}

void platform_random(struct platform *platform, uint8_t *bytes, size_t len)
{
	if (platform->config.random) {
		platform->config.random(platform->config.user, bytes, len);
	} else if (RAND_bytes(bytes, (int)len) != 1) {
		abort(); // a generator that fails must not give keys
	}
}

int platform_fail(struct value *ret_result, int code, const char *text)
{
	struct value result = value_object_new(1);
	value_object_set_text(&result, "errmsg", value_text(text));
	*ret_result = result;
	return code;
}

int platform_store_failed(struct value *ret_result)
{
	return platform_fail(ret_result, ERRCODE_BUSY, "system error");
}

/* --- keys --- */

#define VERSIONS_MAX 254

/* The key of that name, made by whoever comes first. */
static bool load_key(struct platform *platform, const char *name, uint8_t ret_key[SEAL_KEY_SIZE])
{
	struct strbuf fresh = {0}, text = {0}, bytes = {0};
	uint8_t made[SEAL_KEY_SIZE];
	struct store *store = platform->store;
	bool good = false;
	int outcome = store->engine->get(store, STR("keys"), str_of(name), 0, &text);
	if (outcome == STORE_ABSENT) {
		platform_random(platform, made, sizeof(made));
		seal_base64((struct str){(char *)made, sizeof(made)}, &fresh);
		struct store_record record = {STR("keys"), str_of(name), strbuf_str(&fresh), 0};
		outcome = store->engine->add(store, &record);
		if (outcome == STORE_OK || outcome == STORE_OTHER) {
			outcome = store->engine->get(store, STR("keys"), str_of(name), 0, &text);
		}
	}
	if (outcome == STORE_OK && seal_base64_decode(strbuf_str(&text), &bytes) && bytes.len == SEAL_KEY_SIZE) {
		memcpy(ret_key, bytes.at, SEAL_KEY_SIZE);
		good = true;
	}
	strbuf_finish(&fresh);
	strbuf_finish(&text);
	strbuf_finish(&bytes);
	return good;
}

/* Versions go round; one number is always free, and tells the newest from the oldest. */
static uint8_t next_version(uint8_t version)
{
	return version == 255 ? 1 : (uint8_t)(version + 1);
}

static bool load_seal_key(struct platform *platform, uint8_t version)
{
	char name[20];
	struct seal_key key = {.version = version};
	snprintf(name, sizeof(name), "seal-%03u", version);
	if (!load_key(platform, name, key.bytes)) {
		return false;
	}
	vec_push(&platform->ring.keys, key);
	return true;
}

static void count_seal_key(void *user, const struct store_record *record)
{
	uint8_t *versions = user;
	double version;
	if (str_starts(record->key, STR("seal-")) && str_to_number(str_slice(record->key, 5, record->key.len), &version)) {
		versions[(uint8_t)version] = 1;
	}
}

static bool load_keys(struct platform *platform)
{
	uint8_t versions[256] = {0};
	struct store *store = platform->store;
	bool good = load_key(platform, "openid", platform->openid_key) && load_key(platform, "unionid", platform->unionid_key)
		&& load_key(platform, "openGId", platform->group_key)
		&& store->engine->list(store, STR("keys"), count_seal_key, versions) == STORE_OK;
	uint8_t newest = 1;
	for (unsigned version = 1; version < 256; version++) {
		newest = versions[version] && !versions[next_version((uint8_t)version)] ? (uint8_t)version : newest;
	}
	uint8_t version = newest;
	do {
		version = next_version(version);
		good = good && (!versions[version] || load_seal_key(platform, version));
	} while (version != newest);
	return good && (platform->ring.keys.len || load_seal_key(platform, 1));
}

static void forget_oldest(struct platform *platform)
{
	char name[20];
	snprintf(name, sizeof(name), "seal-%03u", platform->ring.keys.at[0].version);
	platform->store->engine->remove(platform->store, STR("keys"), str_of(name));
	vec_remove(&platform->ring.keys, 0);
}

void platform_rotate_keys(struct platform *platform, bool forget_older)
{
	pthread_mutex_lock(&platform->lock);
	if (platform->ring.keys.len == VERSIONS_MAX) {
		forget_oldest(platform);
	}
	bool made = load_seal_key(platform, next_version(vec_last(&platform->ring.keys).version));
	while (made && forget_older && platform->ring.keys.len > 1) {
		forget_oldest(platform);
	}
	pthread_mutex_unlock(&platform->lock);
}

/* --- start and end --- */

struct platform *platform_create(const struct platform_config *config, char **ret_error)
{
	struct platform *platform = mem_alloc(sizeof(*platform));
	platform->config = *config;
	platform->store = config->store;
	strbuf_add(&platform->host_key, str_of(config->host_key));
	pthread_mutex_init(&platform->lock, NULL);
	if (!load_keys(platform)) {
		*ret_error = mem_strdup("the store cannot be used", strlen("the store cannot be used"));
		platform_destroy(platform);
		return NULL;
	}
	return platform;
}

void platform_destroy(struct platform *platform)
{
	if (!platform) {
		return;
	}
	platform->store->engine->destroy(platform->store);
	value_unref(platform->world);
	vec_finish(&platform->ring.keys);
	MAP_EACH(&platform->rates, entry) {
		mem_free(entry->value);
	}
	map_finish(&platform->rates);
	strbuf_finish(&platform->host_key);
	pthread_mutex_destroy(&platform->lock);
	mem_free(platform);
}

/* A copy of its own, so that no other thread counts references of it. */
void platform_set_world(struct platform *platform, struct value world)
{
	struct strbuf json = {0};
	struct value copy = value_undefined();
	json_write(world, &json);
	json_parse(strbuf_str(&json), &copy, NULL);
	strbuf_finish(&json);
	pthread_mutex_lock(&platform->lock);
	struct value before = platform->world;
	platform->world = copy;
	pthread_mutex_unlock(&platform->lock);
	value_unref(before);
}
