/* Encryption, signatures and keyed digests, all out of OpenSSL: what the platform's other files are
 * made of. Text in, text out; binary views where a name says bytes. Thread-safe, no state. */
#ifndef MINA_PLATFORM_SEAL_H
#define MINA_PLATFORM_SEAL_H

#include "base/vec.h"
#include "base/str.h"

#define SEAL_KEY_SIZE 32

/* One version of the key that seals tickets; the last of a ring seals, all open. */
struct seal_key {
	uint8_t version; // from 1
	uint8_t bytes[SEAL_KEY_SIZE];
};

struct seal_ring {
	VEC(struct seal_key) keys; // by version
};

/* Canonical forms only: no blanks, no wrong padding, no set bits beyond the end; false leaves out as it was. */
bool seal_base64_decode(struct str text, struct strbuf *out);
void seal_base64(struct str bytes, struct strbuf *out);
bool seal_base64url_decode(struct str text, struct strbuf *out); // without padding
void seal_base64url(struct str bytes, struct strbuf *out);

void seal_sha256_hex(struct str text, struct strbuf *out);
void seal_sha1_hex(struct str text, struct strbuf *out);
/* HMAC-SHA256 over a NUL b. */
void seal_mac(const uint8_t key[SEAL_KEY_SIZE], struct str a, struct str b, uint8_t ret_mac[32]);
bool seal_equal(struct str a, struct str b); // in constant time for equal lengths

/* Open data (share.md 9): AES-128-CBC with PKCS#7 under the session_key. 0; 1: bad base64, lengths or padding. */
int seal_open_data(struct str session_key, struct str data, struct str iv, struct strbuf *ret_text);
/* iv: 16 bytes; *out gets base64. 1: that is no session_key. */
int seal_close_data(struct str session_key, const uint8_t iv[16], struct str text, struct strbuf *out);
/* getUserInfo's signature: hex of sha1(rawData + session_key). */
void seal_signature(struct str raw_data, struct str session_key, struct strbuf *out);
/* hex of HMAC-SHA256(session_key as text, body): wx.request's and checksession's. */
void seal_session_mac(struct str session_key, struct str body, struct strbuf *out);

/* AES-256-GCM: version, nonce, text, tag, as base64url. `purpose` is bound in: what was sealed for one opens for no other. */
void seal_lock(const struct seal_ring *ring, struct str purpose, const uint8_t nonce[12], struct str text, struct strbuf *out);
int seal_unlock(const struct seal_ring *ring, struct str purpose, struct str sealed, struct strbuf *ret_text); // 1: refused

/* AES-256-CBC without OpenSSL's padding, for push.c; `size` is a multiple of 16. False: OpenSSL refuses. */
bool seal_cbc256(bool encrypt, const uint8_t key[32], const uint8_t *in, size_t size, uint8_t *ret_out);

#endif
