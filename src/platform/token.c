/* Access tokens (接口调用凭证): for two hours; a new one leaves the one before it five minutes more. Stable tokens are
 * a line of their own (server.md 1). What is kept for a token is its hash; a line changes and its tokens with it in one
 * step, and who comes second at the same moment reads again. */
#include "platform/inside.h"

#define TOKEN_BYTES 102 // 136 characters
#define STABLE_REST_MS (5.0 * 60 * 1000) // so near to its end a stable token is made anew
#define FORCED_A_DAY 20
#define FORCED_GAP_MS 30000.0
#define DAY_MS 86400000.0
#define TRIES 100 // of a change that others keep overtaking

/* A program's tokens as they stood when it was read. */
struct line {
	const char *table;
	struct str appid;
	struct strbuf text; // as the store has it; at NULL: none yet
	struct value value; // {token, expires, before?: a hash in its overlap, day?, forced?, last?}, or undefined
};

static void line_finish(struct line *line)
{
	value_unref(line->value);
	strbuf_finish(&line->text);
}

static int line_read(struct platform *platform, const char *table, struct str appid, struct line *ret_line)
{
	*ret_line = (struct line){.table = table, .appid = appid};
	int outcome = platform->store->engine->get(platform->store, str_of(table), appid, 0, &ret_line->text);
	if (outcome == STORE_OK) {
		json_parse(strbuf_str(&ret_line->text), &ret_line->value, NULL);
	}
	return outcome == STORE_FAILED ? STORE_FAILED : STORE_OK;
}

static double number_of(const struct line *line, const char *key)
{
	return value_to_number(value_get_text(line->value, key));
}

/* The text under a token's hash: "appid end". */
static void write_token(struct str appid, double ends, struct strbuf *out)
{
	strbuf_printf(out, STR_FMT " %.0f", STR_ARG(appid), ends);
}

/* Puts `next` for the line with the token of it. What it replaces gets the overlap, unless it ends sooner by itself; with
 * `forced` a token that still was in the overlap before ends at once. */
static int line_change(struct platform *platform, const struct line *line, struct value *next, bool forced, double now)
{
	struct strbuf hash = {0}, old_hash = {0}, json = {0}, text = {0}, old_text = {0};
	struct str old = value_str(value_get_text(line->value, "token")), before = value_str(value_get_text(line->value, "before"));
	double ends = value_to_number(value_get_text(*next, "expires")), old_ends = now + PLATFORM_TOKEN_OVERLAP_MS;
	bool overlaps = old.len && number_of(line, "expires") > old_ends;
	seal_sha256_hex(value_str(value_get_text(*next, "token")), &hash);
	write_token(line->appid, ends, &text);
	/* A token that ended by itself is told from an unknown one for a day more; one that was replaced is "not latest". */
	struct store_record records[4] = {{0}, {STR("tokens"), strbuf_str(&hash), strbuf_str(&text), ends + DAY_MS}};
	size_t count = 2;
	if (overlaps) {
		seal_sha256_hex(old, &old_hash);
		write_token(line->appid, old_ends, &old_text);
		records[count++] = (struct store_record){STR("tokens"), strbuf_str(&old_hash), strbuf_str(&old_text), old_ends};
		value_object_set_text(next, "before", value_string(strbuf_str(&old_hash)));
	}
	if (forced && before.len) {
		records[count++] = (struct store_record){STR("tokens"), before, STR("0 0"), now};
	}
	json_write(*next, &json);
	records[0] = (struct store_record){str_of(line->table), line->appid, strbuf_str(&json), 0};
	struct str expected = line->text.at ? strbuf_str(&line->text) : (struct str){0};
	int outcome = platform->store->engine->swap(platform->store, records, count, expected);
	strbuf_finish(&hash);
	strbuf_finish(&old_hash);
	strbuf_finish(&json);
	strbuf_finish(&text);
	strbuf_finish(&old_text);
	return outcome;
}

static void answer(struct str token, double rest, struct value *ret_result)
{
	struct value result = value_object_new(2);
	value_object_set_text(&result, "access_token", value_string(token));
	value_object_set_text(&result, "expires_in", value_number(floor(rest / 1000)));
	*ret_result = result;
}

/* A new token; `next` (consumed) holds what else the line keeps. STORE_OK with the answer. */
static int renew(struct platform *platform, const struct line *line, struct value next, bool forced, struct value *ret_result)
{
	struct strbuf token = {0};
	uint8_t bytes[TOKEN_BYTES];
	double now = platform_now(platform);
	platform_random(platform, bytes, sizeof(bytes));
	seal_base64url((struct str){(char *)bytes, sizeof(bytes)}, &token);
	value_object_set_text(&next, "token", value_string(strbuf_str(&token)));
	value_object_set_text(&next, "expires", value_number(now + PLATFORM_TOKEN_MS));
	int outcome = line_change(platform, line, &next, forced, now);
	if (outcome == STORE_OK) {
		answer(strbuf_str(&token), PLATFORM_TOKEN_MS, ret_result);
	}
	value_unref(next);
	strbuf_finish(&token);
	return outcome;
}

/* --- the two routes --- */

/* How a new token is had: STORE_OK with *ret_status told (an errcode, *ret_result), else an outcome of the store's. */
typedef int (*way)(struct platform *platform, const struct line *line, struct value given, int *ret_status, struct value *ret_result);

static int plain_way(struct platform *platform, const struct line *line, struct value given, int *ret_status, struct value *ret_result)
{
	UNUSED(given);
	*ret_status = ERRCODE_OK;
	return renew(platform, line, value_object_new(3), false, ret_result);
}

/* What the line says of forcing, for the next one: {day, forced, last}; `more` forces today. */
static struct value count_forced(const struct line *line, double now, bool more)
{
	double day = floor(now / DAY_MS), last = more ? now : number_of(line, "last");
	double forced = number_of(line, "day") == day ? number_of(line, "forced") : 0;
	struct value counts = value_object_new(6);
	value_object_set_text(&counts, "day", value_number(day));
	value_object_set_text(&counts, "forced", value_number(forced + more));
	if (isfinite(last)) {
		value_object_set_text(&counts, "last", value_number(last));
	}
	return counts;
}

/* Forced: 20 times a day; within 30 s after the last time it is not made anew (getStableAccessToken). */
static int stable_way(struct platform *platform, const struct line *line, struct value given, int *ret_status, struct value *ret_result)
{
	double now = platform_now(platform), rest = number_of(line, "expires") - now, since = now - number_of(line, "last");
	bool soon = since >= 0 && since < FORCED_GAP_MS;
	bool forced = value_to_bool(value_get_text(given, "force_refresh")) && !soon;
	*ret_status = ERRCODE_OK;
	if (!forced && rest > STABLE_REST_MS) {
		answer(value_str(value_get_text(line->value, "token")), rest, ret_result);
		return STORE_OK;
	}
	struct value next = count_forced(line, now, forced);
	if (forced && value_to_number(value_get_text(next, "forced")) > FORCED_A_DAY) {
		value_unref(next);
		*ret_status = platform_fail(ret_result, ERRCODE_FREQUENCY, "reach max api daily quota limit");
		return STORE_OK;
	}
	return renew(platform, line, next, forced, ret_result);
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

static int get_token(struct platform *platform, const char *table, way way, struct value given, struct value *ret_result)
{
	int status = ERRCODE_OK, outcome = STORE_OTHER;
	for (int i = 0; i < TRIES && (outcome == STORE_OTHER || outcome == STORE_ABSENT); i++) {
		struct line line;
		outcome = line_read(platform, table, value_str(value_get_text(given, "appid")), &line);
		outcome = outcome == STORE_OK ? way(platform, &line, given, &status, ret_result) : outcome;
		line_finish(&line);
	}
	return outcome == STORE_OK ? status : platform_store_failed(ret_result);
}

int token_plain(struct platform *platform, struct value given, struct value *ret_result)
{
	int status = check_account(platform, given, ERRCODE_CREDENTIAL, ret_result);
	return status == ERRCODE_OK ? get_token(platform, "token", plain_way, given, ret_result) : status;
}

int token_stable(struct platform *platform, struct value given, struct value *ret_result)
{
	int status = check_account(platform, given, ERRCODE_SECRET, ret_result);
	return status == ERRCODE_OK ? get_token(platform, "stable_token", stable_way, given, ret_result) : status;
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
