/* random(16), length(4, big endian), message, appid under AES-256-CBC with blocks of 32 (server.md 3.6). */
#include "platform/push.h"

#include "base/mem.h"
#include "platform/seal.h"

#include <string.h>

#define BLOCK 32
#define HEAD 20
#define NONCE_MAX 128

static void add_sorted(struct str *parts, size_t count, struct strbuf *out)
{
	for (size_t i = 1; i < count; i++) {
		for (size_t k = i; k > 0 && str_compare(parts[k - 1], parts[k]) > 0; k--) {
			struct str swap = parts[k];
			parts[k] = parts[k - 1];
			parts[k - 1] = swap;
		}
	}
	for (size_t i = 0; i < count; i++) {
		strbuf_add(out, parts[i]);
	}
}

static bool is_timestamp(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] < '0' || text.at[i] > '9') {
			return false;
		}
	}
	return text.len == 10;
}

bool push_signature(const struct push_account *account, struct str timestamp, struct str nonce, struct str encrypt, struct strbuf *out)
{
	struct str parts[] = {account->token, timestamp, nonce, encrypt};
	struct strbuf text = {0};
	if (!is_timestamp(timestamp) || !nonce.len || nonce.len > NONCE_MAX) {
		return false;
	}
	add_sorted(parts, encrypt.len ? 4 : 3, &text);
	seal_sha1_hex(strbuf_str(&text), out);
	strbuf_finish(&text);
	return true;
}

/* EncodingAESKey is base64 without its "=", and, as some keys have it, with bits beyond the 32nd byte. */
static bool read_key(struct str text, uint8_t ret_key[32])
{
	struct strbuf copy = {0}, bytes = {0};
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *last = text.len == 43 && text.at[42] ? strchr(digits, text.at[42]) : NULL;
	if (last) {
		strbuf_add(&copy, str_slice(text, 0, 42));
		strbuf_add_char(&copy, digits[(last - digits) & ~3]);
		strbuf_add_char(&copy, '=');
	}
	bool good = last && seal_base64_decode(strbuf_str(&copy), &bytes) && bytes.len == 32;
	if (good) {
		memcpy(ret_key, bytes.at, 32);
	}
	strbuf_finish(&copy);
	strbuf_finish(&bytes);
	return good;
}

int push_encrypt(const struct push_account *account, const uint8_t random[16], struct str message, struct strbuf *ret_base64)
{
	uint8_t key[32];
	struct strbuf frame = {0};
	if (!read_key(account->aes_key, key)) {
		return 1;
	}
	strbuf_add(&frame, (struct str){(const char *)random, 16});
	for (int shift = 24; shift >= 0; shift -= 8) {
		strbuf_add_char(&frame, (char)(message.len >> shift & 0xff));
	}
	strbuf_add(&frame, message);
	strbuf_add(&frame, account->appid);
	size_t pad = BLOCK - frame.len % BLOCK;
	for (size_t i = 0; i < pad; i++) {
		strbuf_add_char(&frame, (char)pad);
	}
	uint8_t *sealed = mem_alloc(frame.len + 16);
	bool good = seal_cbc256(true, key, (uint8_t *)frame.at, frame.len, sealed);
	if (good) {
		seal_base64((struct str){(char *)sealed, frame.len}, ret_base64);
	}
	mem_free(sealed);
	strbuf_finish(&frame);
	return good ? 0 : 1;
}

/* The frame without its padding, or nothing. */
static struct str unpad(const uint8_t *frame, size_t size)
{
	size_t pad = size ? frame[size - 1] : 0;
	if (pad < 1 || pad > BLOCK || pad > size) {
		return (struct str){0};
	}
	for (size_t i = 0; i < pad; i++) {
		if (frame[size - 1 - i] != pad) {
			return (struct str){0};
		}
	}
	return (struct str){(const char *)frame, size - pad};
}

static bool read_frame(const struct push_account *account, struct str frame, struct strbuf *ret_message, uint8_t ret_random[16])
{
	if (frame.len < HEAD) {
		return false;
	}
	const uint8_t *at = (const uint8_t *)frame.at;
	size_t len = (size_t)at[16] << 24 | (size_t)at[17] << 16 | (size_t)at[18] << 8 | at[19];
	if (len > frame.len - HEAD || !str_eq(str_slice(frame, HEAD + len, frame.len), account->appid)) {
		return false;
	}
	memcpy(ret_random, at, 16);
	strbuf_add(ret_message, str_slice(frame, HEAD, HEAD + len));
	return true;
}

int push_decrypt(const struct push_account *account, struct str base64, struct strbuf *ret_message, uint8_t ret_random[16])
{
	uint8_t key[32];
	struct strbuf sealed = {0};
	bool good = read_key(account->aes_key, key) && seal_base64_decode(base64, &sealed) && sealed.len && sealed.len % 16 == 0;
	if (good) {
		uint8_t *frame = mem_alloc(sealed.len + 16);
		good = seal_cbc256(false, key, (uint8_t *)sealed.at, sealed.len, frame)
			&& read_frame(account, unpad(frame, sealed.len), ret_message, ret_random);
		mem_free(frame);
	}
	strbuf_finish(&sealed);
	return good ? 0 : 1;
}
