/* One HTTP exchange with the platform: "METHOD PATH\nkey=value\n...\n\nbody". Always JSON, never a crash. */
#include "base/mem.h"
#include "core/value/json.h"
#include "platform/platform.h"
#include "platform/store.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char world[] = "{\"people\": [{\"id\": \"a\", \"phone\": {\"purePhoneNumber\": \"1\"}}], \"groups\": [{\"id\": \"g\", \"name\": \"G\","
	" \"members\": [\"a\"]}], \"programs\": [{\"appid\": \"wx\", \"secret\": \"s\"}]}";

static double now(void *user)
{
	return 1523844000000.0 + 1000.0 * (*(unsigned *)user)++;
}

static void random_bytes(void *user, uint8_t *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		bytes[i] = (uint8_t)(*(unsigned *)user * 31 + i);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	unsigned turns = 0;
	struct platform_config config = {.store = store_memory_create(), .now = now, .random = random_bytes, .user = &turns, .host_key = "k"};
	char *error = NULL;
	struct platform *platform = platform_create(&config, &error);
	struct value people, query = value_object_new(4), answer;
	struct str rest = {(const char *)data, size}, line = {0}, method, path;
	struct strbuf json = {0};
	json_parse(str_of(world), &people, NULL);
	platform_set_world(platform, people);
	str_split(&rest, '\n', &line);
	size_t blank = size_min(str_find_char(line, ' '), line.len);
	method = str_slice(line, 0, blank);
	path = str_slice(line, size_min(blank + 1, line.len), line.len);
	while (rest.at && str_split(&rest, '\n', &line) && line.len) {
		size_t equals = size_min(str_find_char(line, '='), line.len);
		value_object_set(&query, str_slice(line, 0, equals), value_string(str_slice(line, size_min(equals + 1, line.len), line.len)));
	}
	platform_serve(platform, method, path, query, rest, STR("k"), &json);
	if (json_parse(strbuf_str(&json), &answer, NULL)) {
		abort();
	}
	value_unref(answer);
	value_unref(query);
	value_unref(people);
	strbuf_finish(&json);
	platform_destroy(platform);
	return 0;
}
