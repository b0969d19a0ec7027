/* Access tokens (接口调用凭证): for two hours; a new one leaves the one before it five minutes more. Stable tokens are
 * a line of their own (server.md 1). What is kept is a token's hash. */
#include "platform/inside.h"

#define TOKEN_BYTES 102 // 136 characters
#define STABLE_REST_MS (5.0 * 60 * 1000) // so near to its end a stable token is made anew
#define FORCED_A_DAY 20
#define FORCED_GAP_MS 30000.0
#define DAY_MS 86400000.0

/* The program's current token: {token, expires, day, forced, last}. */
static struct value read_line(struct platform *platform, const char *table, struct str appid, struct strbuf *ret_text)
{
	struct value line = value_undefined();
	if (platform->store->engine->get(platform->store, str_of(table), appid, 0, ret_text) == STORE_OK) {
		json_parse(strbuf_str(ret_text), &line, NULL);
	}
	return line;
}

static struct store_record token_record(struct str hash, struct str appid, double expires)
{
	/* Ended tokens are told from unknown ones: their record stays a day longer. */
	return (struct store_record){STR("tokens"), hash, appid, expires + DAY_MS};
}

/* The text under a token's hash: "appid end". */
static void write_token(struct str appid, double ends, struct strbuf *out)
{
	strbuf_printf(out, STR_FMT " %.0f", STR_ARG(appid), ends);
}

static bool keep(struct platform *platform, const char *table, struct str appid, struct value line, struct str before, double now)
{
	struct strbuf hash = {0}, old_hash = {0}, json = {0}, text = {0}, old_text = {0};
	struct str token = value_str(value_get_text(line, "token"));
	double ends = value_to_number(value_get_text(line, "expires"));
	seal_sha256_hex(token, &hash);
	write_token(appid, ends, &text);
	json_write(line, &json);
	struct store_record records[3] = {
		{str_of(table), appid, strbuf_str(&json), 0},
		token_record(strbuf_str(&hash), strbuf_str(&text), ends),
	};
	size_t count = 2;
	if (before.len && !str_eq(before, token)) {
		seal_sha256_hex(before, &old_hash);
		write_token(appid, now + PLATFORM_TOKEN_OVERLAP_MS, &old_text);
		records[count++] = token_record(strbuf_str(&old_hash), strbuf_str(&old_text), now + PLATFORM_TOKEN_OVERLAP_MS);
	}
	bool good = platform->store->engine->put(platform->store, records, count) == STORE_OK;
	strbuf_finish(&hash);
	strbuf_finish(&old_hash);
	strbuf_finish(&json);
	strbuf_finish(&text);
	strbuf_finish(&old_text);
	return good;
}

/* A token that had ended by itself does not get the overlap. */
static struct str still_good(struct value line, double now)
{
	bool good = value_to_number(value_get_text(line, "expires")) > now + PLATFORM_TOKEN_OVERLAP_MS;
	return good ? value_str(value_get_text(line, "token")) : (struct str){0};
}

static int renew(struct platform *platform, const char *table, struct str appid, struct value old, struct value counts,
	struct value *ret_result)
{
	struct strbuf token = {0};
	uint8_t bytes[TOKEN_BYTES];
	double now = platform_now(platform);
	platform_random(platform, bytes, sizeof(bytes));
	seal_base64url((struct str){(char *)bytes, sizeof(bytes)}, &token);
	struct value line = value_is(counts, VALUE_OBJECT) ? counts : value_object_new(2);
	value_object_set_text(&line, "token", value_take(&token));
	value_object_set_text(&line, "expires", value_number(now + PLATFORM_TOKEN_MS));
	if (!keep(platform, table, appid, line, still_good(old, now), now)) {
		value_unref(line);
		return platform_store_failed(ret_result);
	}
	struct value result = value_object_new(2);
	value_object_set_text(&result, "access_token", value_ref(value_get_text(line, "token")));
	value_object_set_text(&result, "expires_in", value_number(PLATFORM_TOKEN_MS / 1000));
	*ret_result = result;
	value_unref(line);
	return ERRCODE_OK;
}

static int check_account(struct platform *platform, struct value given, int wrong_secret, struct value *ret_result)
{
	struct str appid = value_str(value_get_text(given, "appid")), secret = value_str(value_get_text(given, "secret"));
	struct account account;
	if (!appid.len) {
		return platform_fail(ret_result, ERRCODE_NO_APPID, "appid missing");
	}
	if (!secret.len) {
		return platform_fail(ret_result, ERRCODE_NO_SECRET, "appsecret missing");
	}
	if (!str_is(value_str(value_get_text(given, "grant_type")), "client_credential")) {
		return platform_fail(ret_result, ERRCODE_GRANT_TYPE, "invalid grant_type");
	}
	if (!account_find(platform, appid, &account)) {
		return platform_fail(ret_result, ERRCODE_APPID, "invalid appid");
	}
	bool good = seal_equal(strbuf_str(&account.secret), secret);
	account_finish(&account);
	return good ? ERRCODE_OK : platform_fail(ret_result, wrong_secret,
		wrong_secret == ERRCODE_SECRET ? "invalid appsecret" : "invalid credential, appsecret is invalid");
}

int token_plain(struct platform *platform, struct value given, struct value *ret_result)
{
	struct strbuf text = {0};
	struct str appid = value_str(value_get_text(given, "appid"));
	int status = check_account(platform, given, ERRCODE_CREDENTIAL, ret_result);
	if (status != ERRCODE_OK) {
		return status;
	}
	struct value line = read_line(platform, "token", appid, &text);
	status = renew(platform, "token", appid, line, value_undefined(), ret_result);
	value_unref(line);
	strbuf_finish(&text);
	return status;
}

/* How often it was forced today: WeChat allows 20 a day and one in 30 s. ERRCODE_FREQUENCY, or ERRCODE_OK with the new counts. */
static int count_force(struct value line, double now, struct value *ret_counts, struct value *ret_result)
{
	double day = floor(now / DAY_MS), last = value_to_number(value_get_text(line, "last"));
	bool today = value_to_number(value_get_text(line, "day")) == day;
	double forced = today ? value_to_number(value_get_text(line, "forced")) : 0;
	if (forced >= FORCED_A_DAY || (isfinite(last) && now - last < FORCED_GAP_MS)) {
		return platform_fail(ret_result, ERRCODE_FREQUENCY, "reach max api daily quota limit");
	}
	*ret_counts = value_object_new(5);
	value_object_set_text(ret_counts, "day", value_number(day));
	value_object_set_text(ret_counts, "forced", value_number(forced + 1));
	value_object_set_text(ret_counts, "last", value_number(now));
	return ERRCODE_OK;
}

int token_stable(struct platform *platform, struct value given, struct value *ret_result)
{
	struct strbuf text = {0};
	struct str appid = value_str(value_get_text(given, "appid"));
	int status = check_account(platform, given, ERRCODE_SECRET, ret_result);
	if (status != ERRCODE_OK) {
		return status;
	}
	struct value line = read_line(platform, "stable_token", appid, &text), counts = value_undefined();
	double now = platform_now(platform), rest = value_to_number(value_get_text(line, "expires")) - now;
	if (value_to_bool(value_get_text(given, "force_refresh"))) {
		status = count_force(line, now, &counts, ret_result);
		status = status == ERRCODE_OK ? renew(platform, "stable_token", appid, line, counts, ret_result) : status;
	} else if (rest > STABLE_REST_MS) {
		struct value result = value_object_new(2);
		value_object_set_text(&result, "access_token", value_ref(value_get_text(line, "token")));
		value_object_set_text(&result, "expires_in", value_number(floor(rest / 1000)));
		*ret_result = result;
	} else {
		counts = value_is(line, VALUE_OBJECT) ? value_unshared(value_ref(line)) : value_undefined();
		status = renew(platform, "stable_token", appid, line, counts, ret_result);
	}
	value_unref(line);
	strbuf_finish(&text);
	return status;
}

int token_check(struct platform *platform, struct str token, struct strbuf *ret_appid, struct value *ret_result)
{
	struct strbuf hash = {0}, text = {0};
	double now = platform_now(platform), ends = 0;
	if (!token.len) {
		return platform_fail(ret_result, ERRCODE_NO_TOKEN, "access_token missing");
	}
	seal_sha256_hex(token, &hash);
	int outcome = platform->store->engine->get(platform->store, STR("tokens"), strbuf_str(&hash), now, &text);
	size_t blank = str_rfind_char(strbuf_str(&text), ' ');
	bool found = outcome == STORE_OK && blank != SIZE_MAX
		&& str_to_number(str_slice(strbuf_str(&text), blank + 1, text.len), &ends);
	if (found) {
		strbuf_add(ret_appid, str_slice(strbuf_str(&text), 0, blank));
	}
	strbuf_finish(&hash);
	strbuf_finish(&text);
	if (outcome == STORE_FAILED) {
		return platform_store_failed(ret_result);
	}
	if (!found) {
		return platform_fail(ret_result, ERRCODE_CREDENTIAL, "invalid credential, access_token is invalid or not latest");
	}
	return ends > now ? ERRCODE_OK : platform_fail(ret_result, ERRCODE_TOKEN_EXPIRED, "access_token expired");
}
