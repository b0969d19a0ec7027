/* The open platform (微信开放平台): who a person is for each mini program, login sessions, share
 * tickets, sealed open data, access tokens, updatable messages. A library first: http.c and the
 * command `mina platform` are routes over platform_serve(); a simulated host calls platform_host()
 * directly, or the same operations over HTTP.
 *
 * A `struct platform` belongs to who created it and owns its store. Any thread may call; every
 * operation is atomic. Nothing here reads a clock or makes a random number by itself: both come
 * from the configuration, so that an embedded platform is as deterministic as its world. */
#ifndef MINA_PLATFORM_PLATFORM_H
#define MINA_PLATFORM_PLATFORM_H

#include "core/value/value.h"

struct platform;
struct store;

#define PLATFORM_CODE_MS (5.0 * 60 * 1000)             // a js_code's life (server.md 1)
#define PLATFORM_SESSION_MS (3.0 * 24 * 3600 * 1000)   // an unused session's; each use renews it (unsourced)
#define PLATFORM_TOKEN_MS (2.0 * 3600 * 1000)          // an access token's life
#define PLATFORM_TOKEN_OVERLAP_MS (5.0 * 60 * 1000)    // the one before it still holds so long
#define PLATFORM_ACTIVITY_MS (24.0 * 3600 * 1000)      // an updatable message's life

struct platform_config {
	struct store *store;       // owned by the platform from then on
	double (*now)(void *user); // ms since 1970
	/* Fills bytes; NULL: OpenSSL's generator. A simulated world gives its own seeded one: then keys and
	 * codes are the same in each run, and of course no secret. */
	void (*random)(void *user, uint8_t *bytes, size_t len);
	void *user;
	const char *host_key; // what platform_serve() demands of hosts that act for people; NULL: it serves no hosts
};

/* NULL with a reason (freed with mem_free) when the store cannot be used. */
struct platform *platform_create(const struct platform_config *config, char **ret_error);
void platform_destroy(struct platform *platform); // NULL is fine

/* Who there is: {people: [{id, nickName, gender, language, city, province, country, avatarUrl,
 * phone: {countryCode, purePhoneNumber}, steps: [numbers, the last is today's]}],
 * groups: [{id, name, members: [ids]}], programs: [{appid, name, secret, entity}]}, as a checked
 * world.json has it. Replaces what was there; lent. A program without `entity` is one of its own. */
void platform_set_world(struct platform *platform, struct value world);

/* What a host asks on behalf of a person who runs a mini program. `parameters` is lent and always
 * has appid and person (a person's id). Gives 0 with a new *ret_result (an object), or an errcode
 * of WeChat's with a new *ret_result {errmsg}. Operations (host.c has the rows):
 *
 *     login            {} -> {code}; makes a new session_key: the one before it no longer opens anything
 *     checkSession     {} -> {}; 87009 when there is no session or it has expired
 *     userInfo         {withCredentials?: bool, lang?} -> {userInfo{}, rawData, and with a session signature, encryptedData, iv}
 *     phoneNumber      {} -> {encryptedData, iv, code}
 *     weRunData        {} -> {encryptedData, iv}
 *     issueTicket      {group, life, purpose: "sender"|"opener"|"private"} -> {shareTicket}; 85001 not a member of the group.
 *                      purpose private: {chat} instead of group, {activityId}
 *     shareInfo        {shareTicket, life} -> {encryptedData, iv} of {openGId}
 *     groupEnterInfo   {group, life} -> {encryptedData, iv} of {opengid}
 *     privateMessage   {shareTicket, life} -> {valid, encryptedData?, iv?} of {activityId}
 *     openData         {type, openGid?, lang?} -> {text} or {url}
 *     activity         {activityId} -> {state, text, color, expired, path?}: how an updatable message's card looks now; path is
 *                      what its server wants opened since it has started
 *
 * `life`: a text that names one life cycle of the program on the person's device: a ticket is good in it alone. */
int platform_host(struct platform *platform, struct str operation, struct value parameters, struct value *ret_result);

/* Who a person is to a program; a new string. */
struct value platform_openid(struct platform *platform, struct str appid, struct str person);

/* One HTTP exchange, without the HTTP: `query` an object of decoded strings, body as it came. The
 * answer is always compact JSON without a newline; the return value is the HTTP status: 200 also
 * with an errcode, as WeChat's. `host_key` is the X-Mina-Host-Key header's value, or empty. */
int platform_serve(struct platform *platform, struct str method, struct str path, struct value query, struct str body,
	struct str host_key, struct strbuf *ret_json);

/* A new version of the key that seals tickets; what older ones sealed still opens, until it is forgotten. */
void platform_rotate_keys(struct platform *platform, bool forget_older);

#endif
