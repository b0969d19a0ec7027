/* Encryption, signatures and pushed messages, held to the published vectors. */
#include "harness/test.h"

#include "base/mem.h"
#include "core/value/json.h"
#include "platform/push.h"
#include "platform/seal.h"

#include <stdlib.h>
#include <string.h>

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
	struct strbuf none = {0}; // the published digest of nothing under no key (RFC 2104 with SHA-256)
	seal_session_mac(STR(""), STR(""), &none);
	CHECK_STR(strbuf_str(&none), "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
	strbuf_finish(&none);
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

static struct value find_negative(struct value v7, const char *name)
{
	struct value list = value_get_text(v7, "negative");
	for (size_t i = 0; i < value_len(list); i++) {
		if (str_is(get(value_at(list, i), "name"), name)) {
			return value_at(list, i);
		}
	}
	test_fail(__FILE__, __LINE__, "no negative vector \"%s\"", name);
	return value_undefined();
}

/* Timestamps and nonces that would join to the same text: only what has a timestamp's form gets a signature. */
static void test_ambiguous(void)
{
	struct value v7 = read_vector("v7_hmac_and_negative.json"), v = find_negative(v7, "sort+concat ambiguity"), pairs = value_get_text(v, "pairs");
	struct push_account account = {.token = get(v, "token")};
	CHECK_NUM(value_len(pairs), 3);
	for (size_t i = 0; i < value_len(pairs); i++) {
		struct strbuf text = {0};
		struct str timestamp = get(value_at(pairs, i), "timestamp");
		bool formed = push_signature(&account, timestamp, get(value_at(pairs, i), "nonce"), (struct str){0}, &text);
		CHECK(formed == (timestamp.len == 10));
		CHECK_STR(strbuf_str(&text), formed ? get(v, "same_signature").at : "");
		strbuf_finish(&text);
	}
	value_unref(v7);
}

/* encryptedData has no integrity: a forged iv changes the first block, and nobody can notice. A wrong key or a cut text is
 * noticed by its padding. */
static void test_forged(void)
{
	struct value v = read_vector("v1_encryptedData.json"), v7 = read_vector("v7_hmac_and_negative.json");
	struct value noise = find_negative(v7, "WxJava testDecrypt vector");
	struct strbuf iv = {0}, forged = {0}, text = {0};
	const char *plain = get(v, "plaintext").at, wanted[] = "{\"openId\":\"AAAAA";
	CHECK(seal_base64_decode(get(v, "iv"), &iv));
	for (size_t i = 0; i < 16; i++) {
		iv.at[i] = (char)(iv.at[i] ^ plain[i] ^ wanted[i]);
	}
	seal_base64(strbuf_str(&iv), &forged);
	CHECK_NUM(seal_open_data(get(v, "sessionKey"), get(v, "enc"), strbuf_str(&forged), &text), 0);
	CHECK(str_starts(strbuf_str(&text), STR("{\"openId\":\"AAAAA0egBJY1zhBYw2KhdUfwVJJE\"")));
	CHECK(str_ends(strbuf_str(&text), STR("\"appid\":\"wx4f4bc4dec97d474b\"}}")));
	strbuf_clear(&text);
	CHECK_NUM(seal_open_data(get(noise, "sessionKey"), get(v, "enc"), get(noise, "iv"), &text), 1);
	struct str enc = get(v, "enc");
	for (size_t i = 0; i < enc.len; i++) { // whole blocks are cut, too: what then is last is no padding
		CHECK_NUM(seal_open_data(get(v, "sessionKey"), str_slice(enc, 0, i), get(v, "iv"), &text), 1);
	}
	CHECK_NUM(text.len, 0);
	value_unref(v);
	value_unref(v7);
	strbuf_finish(&iv);
	strbuf_finish(&forged);
	strbuf_finish(&text);
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

static const struct test_case cases[] = {
	{"open data", test_open_data},
	{"signatures", test_signatures},
	{"push", test_push},
	{"push refused", test_push_refused},
	{"ambiguous", test_ambiguous},
	{"forged", test_forged},
	{"base64", test_base64},
};
TEST_MAIN(cases)
