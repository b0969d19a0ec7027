/* HTTP exchanges with the platform, parted by 0x1e: "METHOD PATH\nkey=value\n...\n\nbody". In the text $t is an access token,
 * $c a code of wx.login, $p a phone number's code, $s a share ticket, $a an activity: all hold. Always JSON, never a crash. */
#include "base/mem.h"
#include "core/value/json.h"
#include "platform/platform.h"
#include "platform/store.h"

#include <stdlib.h>
#include <string.h>

#define EXCHANGES 8

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

/* The text under `key` of an answer that must be one. */
static struct value ask(struct platform *platform, const char *method, const char *path, const char *query, const char *body, const char *key)
{
	struct strbuf json = {0};
	struct value given = value_undefined(), answer = value_undefined();
	json_parse(str_of(query), &given, NULL);
	platform_serve(platform, str_of(method), str_of(path), given, str_of(body), STR("k"), &json);
	if (json_parse(strbuf_str(&json), &answer, NULL) || !value_str(value_get_text(answer, key)).len) {
		abort();
	}
	struct value text = value_ref(value_get_text(answer, key));
	value_unref(given);
	value_unref(answer);
	strbuf_finish(&json);
	return text;
}

struct known {
	char letter;
	struct value text;
};

static void get_known(struct platform *platform, struct known known[5])
{
	struct strbuf query = {0};
	known[0] = (struct known){'t', ask(platform, "GET", "/cgi-bin/token", "{\"grant_type\":\"client_credential\",\"appid\":\"wx\",\"secret\":\"s\"}",
		"", "access_token")};
	strbuf_printf(&query, "{\"access_token\":\"%s\"}", value_str(known[0].text).at);
	known[1] = (struct known){'c', ask(platform, "POST", "/host/login", "{}", "{\"appid\":\"wx\",\"person\":\"a\"}", "code")};
	known[2] = (struct known){'p', ask(platform, "POST", "/host/phoneNumber", "{}", "{\"appid\":\"wx\",\"person\":\"a\"}", "code")};
	known[3] = (struct known){'s', ask(platform, "POST", "/host/issueTicket", "{}",
		"{\"appid\":\"wx\",\"person\":\"a\",\"life\":\"l\",\"purpose\":\"sender\",\"group\":\"g\"}", "shareTicket")};
	known[4] = (struct known){'a', ask(platform, "GET", "/cgi-bin/message/wxopen/activityid/create", query.at, "", "activity_id")};
	strbuf_finish(&query);
}

static void put_known(const struct known known[5], struct str text, struct strbuf *out)
{
	for (size_t i = 0; i < text.len; i++) {
		size_t k = 5;
		for (size_t j = 0; j < 5 && text.at[i] == '$' && i + 1 < text.len; j++) {
			k = known[j].letter == text.at[i + 1] ? j : k;
		}
		if (k < 5) {
			strbuf_add(out, value_str(known[k].text));
			i++;
		} else {
			strbuf_add_char(out, text.at[i]);
		}
	}
}

static void exchange(struct platform *platform, struct str rest)
{
	struct value query = value_object_new(4), answer = value_undefined();
	struct str line = {0}, method, path;
	struct strbuf json = {0};
	str_split(&rest, '\n', &line);
	size_t blank = size_min(str_find_char(line, ' '), line.len);
	method = str_slice(line, 0, blank);
	path = str_slice(line, size_min(blank + 1, line.len), line.len);
	while (rest.at && str_split(&rest, '\n', &line) && line.len) {
		size_t equals = size_min(str_find_char(line, '='), line.len);
		value_object_set(&query, str_slice(line, 0, equals), value_string(str_slice(line, size_min(equals + 1, line.len), line.len)));
	}
	platform_serve(platform, method, path, query, rest, STR("k"), &json);
	if (json_parse(strbuf_str(&json), &answer, NULL) || str_find_char(strbuf_str(&json), '\n') != SIZE_MAX) {
		abort();
	}
	value_unref(answer);
	value_unref(query);
	strbuf_finish(&json);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	unsigned turns = 0;
	struct platform_config config = {.store = store_memory_create(), .now = now, .random = random_bytes, .user = &turns, .host_key = "k"};
	char *error = NULL;
	struct platform *platform = platform_create(&config, &error);
	struct value people = value_undefined();
	struct known known[5];
	struct str rest = {(const char *)data, size}, part;
	json_parse(str_of(world), &people, NULL);
	platform_set_world(platform, people);
	get_known(platform, known);
	for (int i = 0; i < EXCHANGES && str_split(&rest, 0x1e, &part); i++) {
		struct strbuf text = {0};
		put_known(known, part, &text);
		exchange(platform, strbuf_str(&text));
		strbuf_finish(&text);
	}
	for (size_t i = 0; i < 5; i++) {
		value_unref(known[i].text);
	}
	value_unref(people);
	platform_destroy(platform);
	return 0;
}
