/* Login (登录): a code for the program's server, once and within five minutes; the session_key that it stands for is
 * in force from wx.login on, and what was sealed before no longer opens with it (share.md 9, server.md 1). */
#include "platform/inside.h"

#include <string.h>

#define CODE_LENGTH 32
#define SWEEP_LOGINS 1000
#define SWEEP_AFTER_MS 86400000.0
#define RATE_LIMIT 100 // jscode2session, a person and minute

static struct value parse(const struct strbuf *text)
{
	struct value value = value_undefined();
	json_parse(strbuf_str(text), &value, NULL);
	return value;
}

static void name_session(struct str appid, struct str person, struct strbuf *out)
{
	strbuf_printf(out, STR_FMT "/" STR_FMT, STR_ARG(appid), STR_ARG(person));
}

/* Letters and digits alike: bytes that would make some likelier are thrown away. */
static void make_code(struct platform *platform, struct strbuf *out)
{
	static const char letters[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
	while (out->len < CODE_LENGTH) {
		uint8_t bytes[CODE_LENGTH];
		platform_random(platform, bytes, sizeof(bytes));
		for (size_t i = 0; i < sizeof(bytes) && out->len < CODE_LENGTH; i++) {
			if (bytes[i] < 248) {
				strbuf_add_char(out, letters[bytes[i] % 62]);
			}
		}
	}
}

/* --- the session --- */

static bool keep(struct platform *platform, struct str code, struct str appid, struct str person, struct str key, double now)
{
	struct strbuf hash = {0}, session = {0}, name = {0};
	struct value record = value_object_new(3);
	value_object_set_text(&record, "appid", value_string(appid));
	value_object_set_text(&record, "person", value_string(person));
	value_object_set_text(&record, "session_key", value_string(key));
	json_write(record, &session);
	seal_sha256_hex(code, &hash);
	name_session(appid, person, &name);
	struct store_record records[] = {
		{STR("codes"), strbuf_str(&hash), strbuf_str(&session), now + PLATFORM_CODE_MS},
		{STR("sessions"), strbuf_str(&name), key, now + PLATFORM_SESSION_MS},
	};
	bool good = platform->store->engine->put(platform->store, records, ARRAY_LEN(records)) == STORE_OK;
	value_unref(record);
	strbuf_finish(&hash);
	strbuf_finish(&session);
	strbuf_finish(&name);
	return good;
}

/* Codes and sessions that have ended go now and then. They stay a day, so that a used code is told from none. */
static void sweep(struct platform *platform, double now)
{
	pthread_mutex_lock(&platform->lock);
	bool due = ++platform->logins % SWEEP_LOGINS == 0;
	pthread_mutex_unlock(&platform->lock);
	if (due) {
		platform->store->engine->sweep(platform->store, now - SWEEP_AFTER_MS);
	}
}

int session_login(struct platform *platform, struct value parameters, struct value *ret_result)
{
	struct str appid = value_str(value_get_text(parameters, "appid")), person = value_str(value_get_text(parameters, "person"));
	struct strbuf code = {0}, key = {0};
	uint8_t bytes[16];
	platform_random(platform, bytes, sizeof(bytes));
	seal_base64((struct str){(char *)bytes, sizeof(bytes)}, &key);
	make_code(platform, &code);
	double now = platform_now(platform);
	bool good = keep(platform, strbuf_str(&code), appid, person, strbuf_str(&key), now);
	sweep(platform, now);
	strbuf_finish(&key);
	if (!good) {
		strbuf_finish(&code);
		return platform_store_failed(ret_result);
	}
	struct value result = value_object_new(1);
	value_object_set_text(&result, "code", value_take(&code));
	*ret_result = result;
	return ERRCODE_OK;
}

/* ERRCODE_OK with the key in force, renewed by this use; ERRCODE_SIGNATURE: none; ERRCODE_BUSY: nobody knows. */
static int find_key(struct platform *platform, struct str appid, struct str person, struct strbuf *ret_key)
{
	struct strbuf name = {0}, key = {0};
	double now = platform_now(platform);
	struct store *store = platform->store;
	name_session(appid, person, &name);
	int outcome = store->engine->get(store, STR("sessions"), strbuf_str(&name), now, &key);
	if (outcome == STORE_OK) { // a login in between keeps its own key: then this swap does nothing
		struct store_record renewed = {STR("sessions"), strbuf_str(&name), strbuf_str(&key), now + PLATFORM_SESSION_MS};
		store->engine->swap(store, &renewed, 1, strbuf_str(&key));
		strbuf_add(ret_key, strbuf_str(&key));
	}
	strbuf_finish(&name);
	strbuf_finish(&key);
	return outcome == STORE_OK ? ERRCODE_OK : outcome == STORE_FAILED ? ERRCODE_BUSY : ERRCODE_SIGNATURE;
}

static int refuse(int code, const char *text, struct value *ret_result)
{
	return code == ERRCODE_BUSY ? platform_store_failed(ret_result) : platform_fail(ret_result, code, text);
}

int session_check(struct platform *platform, struct value parameters, struct value *ret_result)
{
	struct strbuf key = {0};
	int status = find_key(platform, value_str(value_get_text(parameters, "appid")), value_str(value_get_text(parameters, "person")),
		&key);
	strbuf_finish(&key);
	if (status != ERRCODE_OK) {
		return refuse(status, "session expired", ret_result);
	}
	*ret_result = value_object_new(0);
	return ERRCODE_OK;
}

/* Without a session WeChat has no key to seal with. */
int session_seal(struct platform *platform, struct str appid, struct str person, struct value open, struct strbuf *ret_key,
	struct value *ret_result)
{
	struct strbuf key = {0}, json = {0}, data = {0}, start = {0};
	uint8_t iv[16];
	int status = find_key(platform, appid, person, &key);
	if (status != ERRCODE_OK) {
		value_unref(open);
		return refuse(status, "login first", ret_result);
	}
	struct value mark = value_object_new(2);
	value_object_set_text(&mark, "timestamp", value_number(floor(platform_now(platform) / 1000)));
	value_object_set_text(&mark, "appid", value_string(appid));
	value_object_set_text(&open, "watermark", mark);
	json_write(open, &json);
	platform_random(platform, iv, sizeof(iv));
	seal_close_data(strbuf_str(&key), iv, strbuf_str(&json), &data);
	seal_base64((struct str){(char *)iv, sizeof(iv)}, &start);
	struct value result = value_object_new(2);
	value_object_set_text(&result, "encryptedData", value_take(&data));
	value_object_set_text(&result, "iv", value_take(&start));
	*ret_result = result;
	if (ret_key) {
		strbuf_add(ret_key, strbuf_str(&key));
	}
	value_unref(open);
	strbuf_finish(&key);
	strbuf_finish(&json);
	return ERRCODE_OK;
}

/* --- the server's side --- */

static bool too_often(struct platform *platform, struct str appid, struct str person)
{
	struct strbuf name = {0};
	double now = platform_now(platform);
	name_session(appid, person, &name);
	pthread_mutex_lock(&platform->lock);
	struct rate *rate = map_get(&platform->rates, strbuf_str(&name));
	if (!rate) {
		rate = mem_alloc(sizeof(*rate));
		rate->since = now;
		map_set(&platform->rates, strbuf_str(&name), rate);
	}
	if (now - rate->since >= 60000 || now < rate->since) {
		*rate = (struct rate){.since = now};
	}
	bool often = ++rate->count > RATE_LIMIT;
	pthread_mutex_unlock(&platform->lock);
	strbuf_finish(&name);
	return often;
}

static struct value answer(struct platform *platform, const struct account *account, struct value session)
{
	struct str person = value_str(value_get_text(session, "person"));
	struct value result = value_object_new(3);
	value_object_set_text(&result, "session_key", value_string(value_str(value_get_text(session, "session_key"))));
	value_object_set_text(&result, "openid", account_openid(platform, strbuf_str(&account->appid), person));
	if (account->shares_entity) { // the person knows another program of the same entity (UnionID机制说明)
		value_object_set_text(&result, "unionid", account_unionid(platform, account, person));
	}
	return result;
}

/* Whose code it is, before it is used up: a foreign program's attempt does not cost the owner the code. */
static int redeem(struct platform *platform, const struct account *account, struct str code, struct value *ret_result)
{
	struct store *store = platform->store;
	struct strbuf hash = {0}, text = {0}, taken = {0};
	double now = platform_now(platform);
	uint8_t mark[16];
	platform_random(platform, mark, sizeof(mark));
	seal_sha256_hex(code, &hash);
	int outcome = store->engine->get(store, STR("codes"), strbuf_str(&hash), now, &text);
	struct value session = parse(&text);
	if (outcome == STORE_OK && !str_eq(value_str(value_get_text(session, "appid")), strbuf_str(&account->appid))) {
		outcome = STORE_ABSENT;
	}
	bool often = outcome == STORE_OK && too_often(platform, strbuf_str(&account->appid), value_str(value_get_text(session, "person")));
	if (outcome == STORE_OK && !often) {
		outcome = store->engine->take(store, STR("codes"), strbuf_str(&hash), now, (struct str){(char *)mark, sizeof(mark)}, &taken);
	}
	int code_of = often ? platform_fail(ret_result, ERRCODE_RATE, "api minute-quota reach limit, must slower, retry next minute")
		: outcome == STORE_FAILED ? platform_store_failed(ret_result)
		: outcome == STORE_TAKEN ? platform_fail(ret_result, ERRCODE_CODE_USED, "code been used")
		: outcome != STORE_OK ? platform_fail(ret_result, ERRCODE_CODE, "invalid code") : ERRCODE_OK;
	if (code_of == ERRCODE_OK) {
		*ret_result = answer(platform, account, session);
	}
	value_unref(session);
	strbuf_finish(&hash);
	strbuf_finish(&text);
	strbuf_finish(&taken);
	return code_of;
}

int session_redeem(struct platform *platform, struct value query, struct value *ret_result)
{
	struct str appid = value_str(value_get_text(query, "appid")), secret = value_str(value_get_text(query, "secret"));
	struct str code = value_str(value_get_text(query, "js_code")), grant = value_str(value_get_text(query, "grant_type"));
	struct account account;
	if (!appid.len) {
		return platform_fail(ret_result, ERRCODE_NO_APPID, "appid missing");
	}
	if (!secret.len) {
		return platform_fail(ret_result, ERRCODE_NO_SECRET, "appsecret missing");
	}
	if (!code.len) {
		return platform_fail(ret_result, ERRCODE_NO_CODE, "missing code");
	}
	if (!str_is(grant, "authorization_code")) {
		return platform_fail(ret_result, ERRCODE_GRANT_TYPE, "invalid grant_type");
	}
	if (!account_find(platform, appid, &account)) {
		return platform_fail(ret_result, ERRCODE_APPID, "invalid appid");
	}
	int status = seal_equal(strbuf_str(&account.secret), secret) ? redeem(platform, &account, code, ret_result)
		: platform_fail(ret_result, ERRCODE_SECRET, "invalid appsecret");
	account_finish(&account);
	return status;
}

int session_verify(struct platform *platform, struct str appid, struct value query, struct value *ret_result)
{
	struct str openid = value_str(value_get_text(query, "openid")), given = value_str(value_get_text(query, "signature"));
	struct strbuf key = {0}, wanted = {0};
	struct value person = account_by_openid(platform, appid, openid);
	if (!value_is(person, VALUE_STRING)) {
		return platform_fail(ret_result, ERRCODE_OPENID, "invalid openid");
	}
	bool known = str_is(value_str(value_get_text(query, "sig_method")), "hmac_sha256");
	int status = known ? find_key(platform, appid, value_str(person), &key) : ERRCODE_SIGNATURE;
	seal_session_mac(strbuf_str(&key), STR(""), &wanted);
	status = status == ERRCODE_OK && !seal_equal(strbuf_str(&wanted), given) ? ERRCODE_SIGNATURE : status;
	value_unref(person);
	strbuf_finish(&key);
	strbuf_finish(&wanted);
	if (status != ERRCODE_OK) {
		return refuse(status, "invalid signature", ret_result);
	}
	*ret_result = value_object_new(0);
	return ERRCODE_OK;
}
