/* Encrypted message push (消息推送, 安全模式): what WeChat posts to a program's server and gets back (server.md 3.6).
 * No state. */
#ifndef MINA_PLATFORM_PUSH_H
#define MINA_PLATFORM_PUSH_H

#include "base/str.h"

struct push_account {
	struct str token, aes_key, appid; // aes_key: the 43 characters of EncodingAESKey
};

/* sha1 hex of the parts in byte order, joined: `signature` without, `msg_signature` with `encrypt`. False: timestamp is no
 * ten digits or nonce is empty or too long, which would let parts be told apart differently. */
bool push_signature(const struct push_account *account, struct str timestamp, struct str nonce, struct str encrypt, struct strbuf *out);
/* 0; 1: aes_key is none. */
int push_encrypt(const struct push_account *account, const uint8_t random[16], struct str message, struct strbuf *ret_base64);
/* 0 with message and random; 1: not for this account, or no such frame. */
int push_decrypt(const struct push_account *account, struct str base64, struct strbuf *ret_message, uint8_t ret_random[16]);

#endif
