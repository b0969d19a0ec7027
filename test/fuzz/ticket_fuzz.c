/* What anybody may hand in as sealed text: tickets, open data, pushed messages, base64. Nothing but what was sealed here
 * opens, and what decodes encodes to itself. */
#include "base/mem.h"
#include "platform/push.h"
#include "platform/seal.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_base64(struct str text, bool (*decode)(struct str, struct strbuf *), void (*encode)(struct str, struct strbuf *))
{
	struct strbuf bytes = {0}, again = {0};
	if (decode(text, &bytes)) {
		encode(strbuf_str(&bytes), &again);
		if (!str_eq(strbuf_str(&again), text)) {
			abort();
		}
	}
	strbuf_finish(&bytes);
	strbuf_finish(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = {(const char *)data, size};
	struct seal_ring ring = {0};
	struct seal_key key = {.version = 1, .bytes = "an example key of 32 bytes ....."};
	struct push_account account = {STR("token"), STR("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), STR("wx")};
	struct strbuf out = {0};
	uint8_t random[16];
	vec_push(&ring.keys, key);
	if (seal_unlock(&ring, STR("share ticket"), text, &out) == 0) {
		abort(); // a forged ticket
	}
	check_base64(text, seal_base64_decode, seal_base64);
	check_base64(text, seal_base64url_decode, seal_base64url);
	size_t half = size / 2;
	seal_open_data(STR("tiihtNczf5v6AKRyjwEUhQ=="), str_slice(text, 0, half), str_slice(text, half, size), &out);
	seal_open_data(str_slice(text, 0, half), str_slice(text, half, size), STR("r7BXXKkLb8qrSNn05n0qiA=="), &out);
	strbuf_clear(&out);
	push_decrypt(&account, text, &out, random);
	push_signature(&account, str_slice(text, 0, size_min(10, size)), str_slice(text, size_min(10, size), size), (struct str){0}, &out);
	vec_finish(&ring.keys);
	strbuf_finish(&out);
	return 0;
}
