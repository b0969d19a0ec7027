/* What the files of this folder share of a platform. Nobody else includes this.
 *
 * `struct value` counts its references without a lock: the world is read under platform->lock, and
 * what is taken out of it is copied as text. Values that one call makes belong to its thread. */
#ifndef MINA_PLATFORM_INSIDE_H
#define MINA_PLATFORM_INSIDE_H

#include "base/map.h"
#include "base/mem.h"
#include "core/value/json.h"
#include "core/value/schema.h"
#include "platform/platform.h"
#include "platform/seal.h"
#include "platform/store.h"

#include <pthread.h>

/* WeChat's errcodes, as far as clients rely on them (server.md). */
enum errcode {
	ERRCODE_BUSY = -1,
	ERRCODE_OK = 0,
	ERRCODE_CREDENTIAL = 40001,   // access_token or secret
	ERRCODE_GRANT_TYPE = 40002,
	ERRCODE_OPENID = 40003,
	ERRCODE_APPID = 40013,
	ERRCODE_CODE = 40029,
	ERRCODE_URL = 40066,
	ERRCODE_ARGUMENT = 40097,
	ERRCODE_SECRET = 40125,
	ERRCODE_CODE_USED = 40163,
	ERRCODE_NO_TOKEN = 41001,
	ERRCODE_NO_APPID = 41002,
	ERRCODE_NO_SECRET = 41004,
	ERRCODE_NO_CODE = 41008,
	ERRCODE_TOKEN_EXPIRED = 42001,
	ERRCODE_WANTS_GET = 43001,
	ERRCODE_WANTS_POST = 43002,
	ERRCODE_EMPTY = 44002,
	ERRCODE_FREQUENCY = 45009,
	ERRCODE_RATE = 45011,
	ERRCODE_FORMAT = 47001,
	ERRCODE_ACTIVITY = 47501,     // no such activity
	ERRCODE_STATE = 47502,        // target_state is none, or not after the state that it is in
	ERRCODE_VERSION = 47503,      // version_type is none
	ERRCODE_ACTIVITY_ENDED = 47504,
	ERRCODE_NOT_MEMBER = 85001,
	ERRCODE_SIGNATURE = 87009,    // also: there is no session
	ERRCODE_HOST_KEY = 40101,     // ours: the host key is wrong
};

struct rate { // of one person in one program
	double since;
	unsigned count;
};

struct platform {
	struct platform_config config;
	struct store *store;
	struct strbuf host_key;
	pthread_mutex_t lock; // of all below
	struct value world;
	struct seal_ring ring;
	uint8_t openid_key[SEAL_KEY_SIZE], unionid_key[SEAL_KEY_SIZE], group_key[SEAL_KEY_SIZE];
	struct map rates; // "appid person" -> struct rate
	unsigned logins;  // since the store was swept
};

/* A program's facts, copied; finish it. */
struct account {
	struct strbuf appid, secret, entity;
	bool shares_entity; // unionid is told at login
};

/* platform.c */
double platform_now(struct platform *platform);
void platform_random(struct platform *platform, uint8_t *bytes, size_t len);
/* {errmsg: text}, and the code back: `return platform_fail(...)`. */
int platform_fail(struct value *ret_result, int code, const char *text);
int platform_store_failed(struct value *ret_result); // ERRCODE_BUSY "system error"

/* account.c */
bool account_find(struct platform *platform, struct str appid, struct account *ret_account); // false: no such program
void account_finish(struct account *account);
bool account_has_person(struct platform *platform, struct str person);
bool account_is_member(struct platform *platform, struct str group, struct str person);
/* A copy of a person's facts, as JSON would carry them: new, this thread's own; undefined: nobody. */
struct value account_person(struct platform *platform, struct str person);
struct value account_openid(struct platform *platform, struct str appid, struct str person); // new strings
struct value account_unionid(struct platform *platform, const struct account *account, struct str person);
struct value account_open_gid(struct platform *platform, struct str appid, struct str group);
/* The person behind an openid of a program, and the group's name behind an openGId for a member; new, undefined: none. */
struct value account_by_openid(struct platform *platform, struct str appid, struct str openid);
struct value account_group_name(struct platform *platform, struct str appid, struct str open_gid, struct str person);

/* session.c */
int session_login(struct platform *platform, struct value parameters, struct value *ret_result);
int session_check(struct platform *platform, struct value parameters, struct value *ret_result);
int session_redeem(struct platform *platform, struct value query, struct value *ret_result);
int session_verify(struct platform *platform, struct str appid, struct value query, struct value *ret_result); // checksession
/* {encryptedData, iv} of `open` (consumed) with its watermark; ERRCODE_SIGNATURE "login first" without a session. What else
 * goes with it is signed by the same key: *ret_key, which may be NULL. */
int session_seal(struct platform *platform, struct str appid, struct str person, struct value open, struct strbuf *ret_key,
	struct value *ret_result);

/* ticket.c */
struct value ticket_issue(struct platform *platform, struct value payload); // consumes; a new string
/* The payload of a ticket that appid, person and life of `parameters` fit: new; undefined: refused, *ret_reason (static) says why. */
struct value ticket_open(struct platform *platform, struct value parameters, const char **ret_reason);

/* token.c */
int token_plain(struct platform *platform, struct value given, struct value *ret_result);  // /cgi-bin/token
int token_stable(struct platform *platform, struct value given, struct value *ret_result); // /cgi-bin/stable_token
/* 0 with the appid in *ret_appid, or an errcode with errmsg in *ret_result. */
int token_check(struct platform *platform, struct str token, struct strbuf *ret_appid, struct value *ret_result);

/* activity.c */
int activity_create(struct platform *platform, struct str appid, struct value *ret_result);
int activity_send(struct platform *platform, struct str appid, struct value given, struct value *ret_result);
int activity_look(struct platform *platform, struct value parameters, struct value *ret_result); // what a card shows

/* host.c */
int host_user_phone(struct platform *platform, struct str appid, struct value given, struct value *ret_result);

#endif
