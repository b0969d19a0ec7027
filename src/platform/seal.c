/* OpenSSL behind the few forms that the platform uses. */
#include "platform/seal.h"

#include "base/mem.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

#define NONCE 12
#define TAG 16
#define TEXT_MAX ((size_t)1 << 22)

/* OpenSSL fails at these only without memory, and then nothing may go on with a digest that is none. */
static void must(bool good)
{
	if (!good) {
		abort();
	}
}

/* --- base64 --- */

static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static const char url[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

static void encode(struct str bytes, const char *alphabet, bool pads, struct strbuf *out)
{
	for (size_t i = 0; i < bytes.len; i += 3) {
		size_t left = bytes.len - i;
		uint32_t group = (uint32_t)(uint8_t)bytes.at[i] << 16;
		group |= left > 1 ? (uint32_t)(uint8_t)bytes.at[i + 1] << 8 : 0;
		group |= left > 2 ? (uint32_t)(uint8_t)bytes.at[i + 2] : 0;
		for (size_t k = 0; k < 4; k++) {
			if (k <= left) {
				strbuf_add_char(out, alphabet[group >> (18 - 6 * k) & 63]);
			} else if (pads) {
				strbuf_add_char(out, '=');
			}
		}
	}
}

static bool decode(struct str text, const char *alphabet, struct strbuf *out)
{
	size_t before = out->len;
	uint32_t group = 0;
	unsigned bits = 0;
	for (size_t i = 0; i < text.len; i++) {
		const char *at = text.at[i] ? strchr(alphabet, text.at[i]) : NULL;
		if (!at) {
			out->len = before;
			return false;
		}
		group = group << 6 | (uint32_t)(at - alphabet);
		bits += 6;
		if (bits >= 8) {
			bits -= 8;
			strbuf_add_char(out, (char)(group >> bits & 0xff));
		}
	}
	if (bits == 6 || (group & ((1u << bits) - 1))) { // a lone digit, or bits beyond the last byte
		out->len = before;
		return false;
	}
	return true;
}

bool seal_base64_decode(struct str text, struct strbuf *out)
{
	size_t pads = 0;
	while (pads < 2 && pads < text.len && text.at[text.len - 1 - pads] == '=') {
		pads++;
	}
	return text.len % 4 == 0 && (text.len - pads) % 4 == (4 - pads) % 4 && decode(str_slice(text, 0, text.len - pads), plain, out);
}

void seal_base64(struct str bytes, struct strbuf *out)
{
	encode(bytes, plain, true, out);
}

bool seal_base64url_decode(struct str text, struct strbuf *out)
{
	return decode(text, url, out);
}

void seal_base64url(struct str bytes, struct strbuf *out)
{
	encode(bytes, url, false, out);
}

/* --- digests --- */

static void add_hex(const uint8_t *bytes, size_t size, struct strbuf *out)
{
	for (size_t i = 0; i < size; i++) {
		strbuf_printf(out, "%02x", bytes[i]);
	}
}

static void digest_hex(const EVP_MD *kind, struct str text, struct strbuf *out)
{
	uint8_t digest[EVP_MAX_MD_SIZE];
	unsigned size = 0;
	must(EVP_Digest(text.at ? text.at : "", text.len, digest, &size, kind, NULL) == 1);
	add_hex(digest, size, out);
}

void seal_sha256_hex(struct str text, struct strbuf *out)
{
	digest_hex(EVP_sha256(), text, out);
}

void seal_sha1_hex(struct str text, struct strbuf *out)
{
	digest_hex(EVP_sha1(), text, out);
}

static void hmac(const void *key, size_t key_size, struct str text, uint8_t ret_mac[32])
{
	size_t size = 0;
	const uint8_t *at = (const uint8_t *)(text.at ? text.at : "");
	must(EVP_Q_mac(NULL, "HMAC", NULL, "SHA256", NULL, key, key_size, at, text.len, ret_mac, 32, &size) && size == 32);
}

void seal_mac(const uint8_t key[SEAL_KEY_SIZE], struct str a, struct str b, uint8_t ret_mac[32])
{
	struct strbuf text = {0};
	strbuf_add(&text, a);
	strbuf_add_char(&text, '\0');
	strbuf_add(&text, b);
	hmac(key, SEAL_KEY_SIZE, strbuf_str(&text), ret_mac);
	strbuf_finish(&text);
}

bool seal_equal(struct str a, struct str b)
{
	return a.len == b.len && (!a.len || CRYPTO_memcmp(a.at, b.at, a.len) == 0);
}

void seal_signature(struct str raw_data, struct str session_key, struct strbuf *out)
{
	struct strbuf text = {0};
	strbuf_add(&text, raw_data);
	strbuf_add(&text, session_key);
	seal_sha1_hex(strbuf_str(&text), out);
	strbuf_finish(&text);
}

void seal_session_mac(struct str session_key, struct str body, struct strbuf *out)
{
	uint8_t mac[32];
	hmac(session_key.at ? session_key.at : "", session_key.len, body, mac);
	add_hex(mac, sizeof(mac), out);
}

/* --- AES-128-CBC: open data --- */

/* One-shot CBC; *ret_size of what was written, -1: refused. */
static int cbc(const EVP_CIPHER *kind, bool encrypt, bool pads, const uint8_t *key, const uint8_t *iv, const uint8_t *in, size_t size,
	uint8_t *out)
{
	EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
	int first = 0, last = 0;
	bool good = context && size <= TEXT_MAX && EVP_CipherInit_ex(context, kind, NULL, key, iv, encrypt) == 1;
	good = good && EVP_CIPHER_CTX_set_padding(context, pads) == 1;
	good = good && EVP_CipherUpdate(context, out, &first, in, (int)size) == 1;
	good = good && EVP_CipherFinal_ex(context, out + first, &last) == 1;
	EVP_CIPHER_CTX_free(context);
	return good ? first + last : -1;
}

int seal_open_data(struct str session_key, struct str data, struct str iv, struct strbuf *ret_text)
{
	struct strbuf key = {0}, start = {0}, sealed = {0};
	bool good = seal_base64_decode(session_key, &key) && seal_base64_decode(iv, &start) && seal_base64_decode(data, &sealed);
	good = good && key.len == 16 && start.len == 16 && sealed.len && sealed.len % 16 == 0;
	if (good) {
		uint8_t *out = mem_alloc(sealed.len + 16);
		int size = cbc(EVP_aes_128_cbc(), false, true, (uint8_t *)key.at, (uint8_t *)start.at, (uint8_t *)sealed.at, sealed.len, out);
		good = size >= 0;
		if (good) {
			strbuf_add(ret_text, (struct str){(char *)out, (size_t)size});
		}
		mem_free(out);
	}
	strbuf_finish(&key);
	strbuf_finish(&start);
	strbuf_finish(&sealed);
	return good ? 0 : 1;
}

int seal_close_data(struct str session_key, const uint8_t iv[16], struct str text, struct strbuf *out)
{
	struct strbuf key = {0};
	bool good = seal_base64_decode(session_key, &key) && key.len == 16;
	if (good) {
		uint8_t *sealed = mem_alloc(text.len + 32);
		int size = cbc(EVP_aes_128_cbc(), true, true, (uint8_t *)key.at, iv, (const uint8_t *)(text.at ? text.at : ""), text.len, sealed);
		good = size >= 0;
		if (good) {
			seal_base64((struct str){(char *)sealed, (size_t)size}, out);
		}
		mem_free(sealed);
	}
	strbuf_finish(&key);
	return good ? 0 : 1;
}

bool seal_cbc256(bool encrypt, const uint8_t key[32], const uint8_t *in, size_t size, uint8_t *ret_out)
{
	return size % 16 == 0 && cbc(EVP_aes_256_cbc(), encrypt, false, key, key, in, size, ret_out) == (int)size;
}

/* --- AES-256-GCM: tickets --- */

static const struct seal_key *find_key(const struct seal_ring *ring, uint8_t version)
{
	for (size_t i = 0; i < ring->keys.len; i++) {
		if (ring->keys.at[i].version == version) {
			return &ring->keys.at[i];
		}
	}
	return NULL;
}

static bool gcm(const struct seal_key *key, bool encrypt, struct str purpose, const uint8_t *nonce, struct str in, uint8_t *out,
	uint8_t *tag)
{
	EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
	int size = 0, last = 0, bound = 0;
	uint8_t end[16];
	bool good = context && EVP_CipherInit_ex(context, EVP_aes_256_gcm(), NULL, key->bytes, nonce, encrypt) == 1;
	good = good && EVP_CipherUpdate(context, NULL, &bound, &key->version, 1) == 1;
	good = good && EVP_CipherUpdate(context, NULL, &bound, (const uint8_t *)purpose.at, (int)purpose.len) == 1;
	good = good && EVP_CipherUpdate(context, out, &size, (const uint8_t *)(in.at ? in.at : ""), (int)in.len) == 1;
	good = good && (encrypt || EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, TAG, tag) == 1);
	good = good && EVP_CipherFinal_ex(context, end, &last) == 1;
	good = good && (!encrypt || EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, TAG, tag) == 1);
	EVP_CIPHER_CTX_free(context);
	return good;
}

void seal_lock(const struct seal_ring *ring, struct str purpose, const uint8_t nonce[12], struct str text, struct strbuf *out)
{
	const struct seal_key *key = &vec_last(&ring->keys);
	size_t size = 1 + NONCE + text.len + TAG;
	uint8_t *bytes = mem_alloc(size);
	bytes[0] = key->version;
	memcpy(bytes + 1, nonce, NONCE);
	must(gcm(key, true, purpose, nonce, text, bytes + 1 + NONCE, bytes + 1 + NONCE + text.len));
	seal_base64url((struct str){(char *)bytes, size}, out);
	mem_free(bytes);
}

int seal_unlock(const struct seal_ring *ring, struct str purpose, struct str sealed, struct strbuf *ret_text)
{
	struct strbuf bytes = {0};
	bool good = sealed.len <= 4096 && seal_base64url_decode(sealed, &bytes) && bytes.len >= 1 + NONCE + TAG;
	const struct seal_key *key = good ? find_key(ring, (uint8_t)bytes.at[0]) : NULL;
	if (key) {
		size_t size = bytes.len - 1 - NONCE - TAG;
		uint8_t *out = mem_alloc(size + 16);
		const uint8_t *at = (const uint8_t *)bytes.at;
		good = gcm(key, false, purpose, at + 1, (struct str){bytes.at + 1 + NONCE, size}, out, (uint8_t *)bytes.at + bytes.len - TAG);
		if (good) {
			strbuf_add(ret_text, (struct str){(char *)out, size});
		}
		mem_free(out);
	}
	strbuf_finish(&bytes);
	return key && good ? 0 : 1;
}
