/* The platform: logins, tickets, tokens, updatable messages, as hosts and servers ask for them. */
#include "platform_scene.h"

#include "platform/seal.h"

/* --- logins --- */

static void test_login(void)
{
	struct fixture f = {0};
	begin(&f, store_memory_create(), true);
	CHECK_NUM(refused(&f, "checkSession", "{\"appid\": \"wxa\", \"person\": \"alice\"}"), 87009);
	CHECK_NUM(refused(&f, "login", "{\"appid\": \"wxz\", \"person\": \"alice\"}"), 40013);
	CHECK_NUM(refused(&f, "login", "{\"appid\": \"wxa\", \"person\": \"zoe\"}"), 40003);
	CHECK_NUM(refused(&f, "nothing", "{\"appid\": \"wxa\", \"person\": \"alice\"}"), 40066);
	struct value login = good(&f, "login", "{\"appid\": \"wxa\", \"person\": \"alice\"}");
	char code[64];
	strcpy(code, get(login, "code").at);
	CHECK_NUM(strlen(code), 32);
	/* what may be wrong in a request costs nothing */
	CHECK_NUM(errcode(serve(&f, "GET", "/sns/jscode2session", "{}", "")), 41002);
	CHECK_NUM(errcode(serve(&f, "GET", "/sns/jscode2session", "{\"appid\": \"wxa\"}", "")), 41004);
	CHECK_NUM(errcode(serve(&f, "GET", "/sns/jscode2session", "{\"appid\": \"wxa\", \"secret\": \"sa\"}", "")), 41008);
	CHECK_NUM(errcode(serve(&f, "GET", "/sns/jscode2session", "{\"appid\": \"wxa\", \"secret\": \"sa\", \"js_code\": \"x\"}", "")), 40002);
	for (size_t i = 0; i < strlen(code); i++) {
		code[i] ^= 1;
		CHECK_NUM(errcode(serve(&f, "GET", "/sns/jscode2session", redeem_url(code), "")), 40029);
		code[i] ^= 1;
	}
	struct value foreign = value_undefined();
	foreign = serve(&f, "GET", "/sns/jscode2session",
		"{\"appid\": \"wxb\", \"secret\": \"sb\", \"grant_type\": \"authorization_code\", \"js_code\": \"x\"}", "");
	CHECK_NUM(errcode(foreign), 40029);
	struct value session = serve(&f, "GET", "/sns/jscode2session", redeem_url(code), "");
	CHECK_NUM(get(session, "openid").len, 28);
	CHECK_NUM(get(session, "session_key").len, 24);
	CHECK_NUM(get(session, "unionid").len, 28);
	CHECK_NUM(errcode(serve(&f, "GET", "/sns/jscode2session", redeem_url(code), "")), 40163);
	value_unref(login);
	/* five minutes */
	login = good(&f, "login", "{\"appid\": \"wxa\", \"person\": \"alice\"}");
	f.now += 5 * 60 * 1000;
	CHECK_NUM(errcode(serve(&f, "GET", "/sns/jscode2session", redeem_url(get(login, "code").at), "")), 40029);
	/* a new login: what is sealed now does not open with the key before */
	struct value info = good(&f, "userInfo", "{\"appid\": \"wxa\", \"person\": \"alice\", \"withCredentials\": true}");
	struct strbuf text = {0}, signature = {0};
	CHECK(seal_open_data(get(session, "session_key"), get(info, "encryptedData"), get(info, "iv"), &text)
		|| str_find(strbuf_str(&text), STR("watermark")) == SIZE_MAX);
	seal_signature(get(info, "rawData"), get(session, "session_key"), &signature);
	CHECK(!str_eq(strbuf_str(&signature), get(info, "signature")));
	/* three days without use end it, each use renews it */
	f.now += PLATFORM_SESSION_MS - 1000;
	value_unref(good(&f, "checkSession", "{\"appid\": \"wxa\", \"person\": \"alice\"}"));
	f.now += PLATFORM_SESSION_MS - 1000;
	value_unref(good(&f, "checkSession", "{\"appid\": \"wxa\", \"person\": \"alice\"}"));
	f.now += PLATFORM_SESSION_MS;
	CHECK_NUM(refused(&f, "checkSession", "{\"appid\": \"wxa\", \"person\": \"alice\"}"), 87009);
	/* a hundred times a minute */
	int refusals = 0;
	for (int i = 0; i < 102; i++) {
		value_unref(login);
		login = good(&f, "login", "{\"appid\": \"wxa\", \"person\": \"alice\"}");
		int status = errcode(serve(&f, "GET", "/sns/jscode2session", redeem_url(get(login, "code").at), ""));
		CHECK(status == 0 || status == 45011);
		refusals += status == 45011;
	}
	CHECK_NUM(refusals, 2);
	f.now += 60000; // the code that was refused is still good
	CHECK_NUM(errcode(serve(&f, "GET", "/sns/jscode2session", redeem_url(get(login, "code").at), "")), 0);
	CHECK_NUM(errcode(serve(&f, "HEAD", "/sns/jscode2session", redeem_url(get(login, "code").at), "")), 43002);
	value_unref(info);
	value_unref(login);
	value_unref(session);
	strbuf_finish(&text);
	strbuf_finish(&signature);
	end(&f);
}


/* --- codes, bent in every way --- */

static int redeem_text(struct fixture *f, const char *appid, const char *secret, struct str code)
{
	struct strbuf json = {0};
	struct value query = value_object_new(4), answer = value_undefined();
	value_object_set_text(&query, "appid", value_text(appid));
	value_object_set_text(&query, "secret", value_text(secret));
	value_object_set_text(&query, "grant_type", value_text("authorization_code"));
	value_object_set_text(&query, "js_code", value_string(code));
	CHECK_NUM(platform_serve(f->platform, STR("GET"), STR("/sns/jscode2session"), query, STR(""), STR(""), &json), 200);
	CHECK(json_parse(strbuf_str(&json), &answer, NULL) == 0);
	value_unref(query);
	strbuf_finish(&json);
	return errcode(answer);
}

static void test_codes_refused(void)
{
	struct fixture f = {0};
	begin(&f, store_memory_create(), true);
	struct value login = good(&f, "login", "{\"appid\": \"wxa\", \"person\": \"alice\"}");
	struct str code = get(login, "code");
	char *copy = mem_strdup(code.at, code.len);
	for (size_t i = 0; i < code.len; i++) {
		CHECK_NUM(redeem_text(&f, "wxa", "sa", str_slice(code, 0, i)), i ? 40029 : 41008);
		for (int bit = 0; bit < 8; bit++) {
			copy[i] = (char)(code.at[i] ^ 1 << bit);
			CHECK_NUM(redeem_text(&f, "wxa", "sa", (struct str){copy, code.len}), 40029);
		}
		copy[i] = code.at[i];
	}
	mem_free(copy);
	/* another program's attempt, and one with a wrong secret, leave it to its owner */
	CHECK_NUM(redeem_text(&f, "wxb", "sb", code), 40029);
	CHECK_NUM(redeem_text(&f, "wxa", "sb", code), 40125);
	CHECK_NUM(redeem_text(&f, "wxz", "sa", code), 40013);
	CHECK_NUM(redeem_text(&f, "wxa", "sa", code), 0);
	CHECK_NUM(redeem_text(&f, "wxa", "sa", code), 40163);
	value_unref(login);
	end(&f);
}

static void test_identities(void)
{
	static const struct {
		const char *appid, *person;
	} who[] = {{"wxa", "alice"}, {"wxb", "alice"}, {"wxc", "alice"}, {"wxa", "bob"}};
	struct fixture f = {0};
	struct value sessions[ARRAY_LEN(who)];
	begin(&f, store_memory_create(), true);
	for (size_t i = 0; i < ARRAY_LEN(who); i++) {
		sessions[i] = log_in(&f, who[i].appid, who[i].person);
		struct str openid = get(sessions[i], "openid");
		CHECK(openid.len == 28 && openid.at[0] == 'o');
		for (size_t k = 0; k < i; k++) {
			CHECK(!str_eq(openid, get(sessions[k], "openid")));
			CHECK(!str_eq(get(sessions[i], "session_key"), get(sessions[k], "session_key")));
		}
	}
	CHECK(get(sessions[0], "unionid").len == 28 && str_eq(get(sessions[0], "unionid"), get(sessions[1], "unionid")));
	CHECK(!value_has(sessions[2], STR("unionid"))); // of an entity that has no other program
	CHECK(!str_eq(get(sessions[0], "unionid"), get(sessions[3], "unionid")));
	struct value again = log_in(&f, "wxa", "alice");
	CHECK(str_eq(get(again, "openid"), get(sessions[0], "openid")));
	value_unref(again);
	for (size_t i = 0; i < ARRAY_LEN(who); i++) {
		value_unref(sessions[i]);
	}
	end(&f);
}

static struct value open_sealed(struct value session, struct value sealed)
{
	struct strbuf text = {0};
	struct value open = value_undefined();
	CHECK_NUM(seal_open_data(get(session, "session_key"), get(sealed, "encryptedData"), get(sealed, "iv"), &text), 0);
	CHECK(json_parse(strbuf_str(&text), &open, NULL) == 0);
	strbuf_finish(&text);
	value_unref(sealed);
	return open;
}

static void test_open_facts(void)
{
	struct fixture f = {0};
	begin(&f, store_memory_create(), true);
	CHECK_NUM(refused(&f, "userInfo", "{\"appid\": \"wxa\", \"person\": \"alice\", \"withCredentials\": true}"), 87009);
	struct value bare = good(&f, "userInfo", "{\"appid\": \"wxa\", \"person\": \"alice\"}");
	CHECK(!value_has(bare, STR("encryptedData")) && value_has(bare, STR("rawData")));
	struct value session = log_in(&f, "wxa", "alice");
	struct value info = good(&f, "userInfo", "{\"appid\": \"wxa\", \"person\": \"alice\"}");
	struct value open = open_sealed(session, value_ref(info));
	CHECK_STR(get(open, "openId"), get(session, "openid").at);
	CHECK_STR(get(open, "nickName"), "爱丽丝");
	CHECK_STR(get(value_get_text(open, "watermark"), "appid"), "wxa");
	CHECK_NUM(value_get_text(value_get_text(open, "watermark"), "timestamp").number, 1523844000);
	struct strbuf signature = {0};
	seal_signature(get(info, "rawData"), get(session, "session_key"), &signature);
	CHECK_STR(strbuf_str(&signature), get(info, "signature").at);
	strbuf_finish(&signature);
	value_unref(bare);
	value_unref(info);
	value_unref(open);
	/* phone: sealed, and by code once */
	struct value phone = good(&f, "phoneNumber", "{\"appid\": \"wxa\", \"person\": \"alice\"}");
	struct strbuf body = {0}, query = {0};
	strbuf_printf(&body, "{\"code\": \"%s\"}", get(phone, "code").at);
	open = open_sealed(session, phone);
	CHECK_STR(get(open, "purePhoneNumber"), "13800000001");
	value_unref(open);
	CHECK_NUM(refused(&f, "phoneNumber", "{\"appid\": \"wxa\", \"person\": \"bob\"}"), 40097);
	struct value token = serve(&f, "GET", "/cgi-bin/token", "{\"grant_type\": \"client_credential\", \"appid\": \"wxa\", \"secret\": \"sa\"}", "");
	strbuf_printf(&query, "{\"access_token\": \"%s\"}", get(token, "access_token").at);
	struct value answer = serve(&f, "POST", "/wxa/business/getuserphonenumber", query.at, body.at);
	CHECK_STR(get(value_get_text(answer, "phone_info"), "phoneNumber"), "13800000001");
	value_unref(answer);
	CHECK_NUM(errcode(serve(&f, "POST", "/wxa/business/getuserphonenumber", query.at, body.at)), 40029);
	value_unref(token);
	strbuf_finish(&body);
	strbuf_finish(&query);
	/* steps: thirty days, the last is today's */
	struct value run = good(&f, "weRunData", "{\"appid\": \"wxa\", \"person\": \"alice\"}");
	open = open_sealed(session, run);
	struct value days = value_get_text(open, "stepInfoList");
	CHECK_NUM(value_len(days), 30);
	CHECK_NUM(value_get_text(value_at(days, 29), "step").number, 3);
	CHECK_NUM(value_get_text(value_at(days, 26), "step").number, 0);
	CHECK_NUM(value_get_text(value_at(days, 29), "timestamp").number, 1523808000); // midnight in China
	value_unref(open);
	value_unref(session);
	end(&f);
}

/* --- tickets --- */

static struct strbuf ticket_call(const char *appid, const char *person, const char *life, struct str ticket)
{
	struct strbuf text = {0};
	strbuf_printf(&text, "{\"appid\": \"%s\", \"person\": \"%s\", \"life\": \"%s\", \"shareTicket\": \"" STR_FMT "\"}", appid, person, life,
		STR_ARG(ticket));
	return text;
}

static struct value gid_of(struct fixture *f, const char *appid, const char *person, const char *life, const char *group)
{
	struct strbuf text = {0};
	struct value session = log_in(f, appid, person);
	strbuf_printf(&text, "{\"appid\": \"%s\", \"person\": \"%s\", \"life\": \"%s\", \"group\": \"%s\", \"purpose\": \"opener\"}", appid, person,
		life, group);
	struct value ticket = good(f, "issueTicket", text.at);
	struct strbuf call = ticket_call(appid, person, life, get(ticket, "shareTicket"));
	struct value open = open_sealed(session, good(f, "shareInfo", call.at)), gid = value_ref(value_get_text(open, "openGId"));
	value_unref(open);
	value_unref(ticket);
	value_unref(session);
	strbuf_finish(&text);
	strbuf_finish(&call);
	return gid;
}

static void test_groups(void)
{
	struct fixture f = {0};
	begin(&f, store_memory_create(), true);
	struct value one = gid_of(&f, "wxa", "alice", "l1", "family"), same = gid_of(&f, "wxa", "bob", "l2", "family");
	struct value other = gid_of(&f, "wxa", "alice", "l1", "work"), program = gid_of(&f, "wxb", "alice", "l1", "family");
	CHECK(value_str(one).len == 28 && value_str(one).at[0] == 'G');
	CHECK(value_equal(one, same));
	CHECK(!value_equal(one, other) && !value_equal(one, program) && !value_equal(other, program));
	CHECK_NUM(refused(&f, "issueTicket", "{\"appid\": \"wxa\", \"person\": \"dave\", \"life\": \"l\", \"group\": \"family\", \"purpose\": \"opener\"}"), 85001);
	CHECK_NUM(refused(&f, "issueTicket", "{\"appid\": \"wxa\", \"person\": \"alice\", \"life\": \"l\", \"group\": \"none\", \"purpose\": \"opener\"}"), 85001);
	struct strbuf call = {0};
	strbuf_printf(&call, "{\"appid\": \"wxa\", \"person\": \"bob\", \"type\": \"groupName\", \"openGid\": \"%s\"}", value_str(one).at);
	struct value shown = good(&f, "openData", call.at);
	CHECK_STR(get(shown, "text"), "一家人");
	value_unref(shown);
	strbuf_clear(&call);
	strbuf_printf(&call, "{\"appid\": \"wxa\", \"person\": \"dave\", \"type\": \"groupName\", \"openGid\": \"%s\"}", value_str(one).at);
	CHECK_NUM(refused(&f, "openData", call.at), 40097);
	strbuf_finish(&call);
	value_unref(one);
	value_unref(same);
	value_unref(other);
	value_unref(program);
	end(&f);
}

/* Why a ticket is refused, in words for whoever writes the program. */
static void check_reason(struct fixture *f, const char *appid, const char *person, const char *life, struct str ticket, const char *reason)
{
	struct strbuf call = ticket_call(appid, person, life, ticket);
	int status = 0;
	struct value result = host(f, "shareInfo", call.at, &status);
	CHECK_NUM(status, 40097);
	CHECK(str_starts(value_str(value_get_text(result, "errmsg")), STR("invalid shareTicket: ")));
	CHECK_STR(str_slice(value_str(value_get_text(result, "errmsg")), 21, SIZE_MAX), reason);
	value_unref(result);
	strbuf_finish(&call);
}

static int try_ticket(struct fixture *f, const char *appid, const char *person, const char *life, struct str ticket)
{
	struct strbuf call = ticket_call(appid, person, life, ticket);
	int status = refused(f, "shareInfo", call.at);
	strbuf_finish(&call);
	return status;
}

static void test_tickets_refused(void)
{
	struct fixture f = {0};
	begin(&f, store_memory_create(), true);
	value_unref(log_in(&f, "wxa", "alice"));
	value_unref(log_in(&f, "wxa", "bob"));
	value_unref(log_in(&f, "wxb", "alice"));
	struct value issued = good(&f, "issueTicket",
		"{\"appid\": \"wxa\", \"person\": \"alice\", \"life\": \"l\", \"group\": \"family\", \"purpose\": \"sender\"}");
	struct str ticket = get(issued, "shareTicket");
	CHECK_NUM(try_ticket(&f, "wxa", "alice", "l", ticket), 0);
	CHECK_NUM(try_ticket(&f, "wxa", "alice", "l", ticket), 0); // as often as it is asked for, in its life cycle
	check_reason(&f, "wxa", "alice", "m", ticket, "of another life cycle of the program");
	check_reason(&f, "wxa", "bob", "l", ticket, "of another person");
	check_reason(&f, "wxb", "alice", "l", ticket, "of another program");
	check_reason(&f, "wxa", "alice", "l", STR("AAAA"), "not sealed here, or changed since");
	for (size_t len = 0; len < ticket.len; len++) {
		CHECK_NUM(try_ticket(&f, "wxa", "alice", "l", str_slice(ticket, 0, len)), 40097);
	}
	/* every bit that base64url can carry, at every position */
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
	char *copy = mem_strdup(ticket.at, ticket.len);
	for (size_t i = 0; i < ticket.len; i++) {
		for (int bit = 0; bit < 6; bit++) {
			size_t digit = (size_t)(strchr(digits, ticket.at[i]) - digits);
			copy[i] = digits[digit ^ (size_t)1 << bit];
			CHECK_NUM(try_ticket(&f, "wxa", "alice", "l", str_of(copy)), 40097);
		}
		copy[i] = ticket.at[i];
	}
	mem_free(copy);
	/* an older key opens until it is forgotten */
	platform_rotate_keys(f.platform, false);
	CHECK_NUM(try_ticket(&f, "wxa", "alice", "l", ticket), 0);
	platform_rotate_keys(f.platform, true);
	CHECK_NUM(try_ticket(&f, "wxa", "alice", "l", ticket), 40097);
	value_unref(issued);
	/* a private message's ticket is none of a group's */
	issued = good(&f, "issueTicket",
		"{\"appid\": \"wxa\", \"person\": \"alice\", \"life\": \"l\", \"chat\": \"c\", \"activityId\": \"x\", \"purpose\": \"private\"}");
	check_reason(&f, "wxa", "alice", "l", get(issued, "shareTicket"), "of a private message, not of a group");
	struct strbuf call = ticket_call("wxa", "alice", "l", get(issued, "shareTicket"));
	struct value allowed = good(&f, "privateMessage", call.at);
	CHECK(value_to_bool(value_get_text(allowed, "valid")) && value_has(allowed, STR("encryptedData")));
	strbuf_finish(&call);
	value_unref(allowed);
	value_unref(issued);
	end(&f);
}

/* Who left the group learns nothing more of it, with the tickets that were good. */
static void test_left_group(void)
{
	struct fixture f = {0};
	begin(&f, store_memory_create(), true);
	value_unref(log_in(&f, "wxa", "bob"));
	struct value shared = good(&f, "issueTicket", "{\"appid\": \"wxa\", \"person\": \"bob\", \"life\": \"l\", \"group\": \"family\", \"purpose\": \"opener\"}");
	struct value secret = good(&f, "issueTicket",
		"{\"appid\": \"wxa\", \"person\": \"bob\", \"life\": \"l\", \"group\": \"family\", \"chat\": \"c\", \"activityId\": \"x\", \"purpose\": \"private\"}");
	struct strbuf call = ticket_call("wxa", "bob", "l", get(secret, "shareTicket"));
	struct value allowed = good(&f, "privateMessage", call.at);
	CHECK(value_get_text(allowed, "valid").boolean && value_has(allowed, STR("iv")));
	value_unref(allowed);
	CHECK_NUM(try_ticket(&f, "wxa", "bob", "l", get(shared, "shareTicket")), 0);
	struct value world = parse("{\"people\": [{\"id\": \"bob\"}], \"groups\": [{\"id\": \"family\", \"members\": [\"alice\"]}],"
		" \"programs\": [{\"appid\": \"wxa\", \"secret\": \"sa\"}]}");
	platform_set_world(f.platform, world);
	allowed = good(&f, "privateMessage", call.at);
	CHECK(!value_get_text(allowed, "valid").boolean && !value_has(allowed, STR("iv")));
	check_reason(&f, "wxa", "bob", "l", get(shared, "shareTicket"), "of a group that the person has left");
	CHECK_NUM(refused(&f, "groupEnterInfo", "{\"appid\": \"wxa\", \"person\": \"bob\", \"group\": \"family\"}"), 85001);
	value_unref(allowed);
	value_unref(world);
	value_unref(shared);
	value_unref(secret);
	strbuf_finish(&call);
	end(&f);
}

/* Keys, sessions and codes outlive the process; versions of the key that seals go round, and the newest is known again. */
static void test_reopened(void)
{
	char *path = temporary();
	struct fixture f = {0};
	begin(&f, open_sqlite(path), false);
	struct value session = log_in(&f, "wxa", "alice"), login = good(&f, "login", "{\"appid\": \"wxa\", \"person\": \"bob\"}");
	struct value issued = good(&f, "issueTicket",
		"{\"appid\": \"wxa\", \"person\": \"alice\", \"life\": \"l\", \"group\": \"family\", \"purpose\": \"sender\"}");
	for (int i = 0; i < 3; i++) {
		end(&f);
		begin(&f, open_sqlite(path), false);
		CHECK_NUM(try_ticket(&f, "wxa", "alice", "l", get(issued, "shareTicket")), 0);
		platform_rotate_keys(f.platform, false);
	}
	CHECK_NUM(redeem_text(&f, "wxa", "sa", get(login, "code")), 0);
	for (int i = 0; i < 100; i++) {
		platform_rotate_keys(f.platform, false);
	}
	struct value newer = good(&f, "issueTicket",
		"{\"appid\": \"wxa\", \"person\": \"alice\", \"life\": \"l\", \"group\": \"family\", \"purpose\": \"sender\"}");
	for (int i = 0; i < 200; i++) {
		platform_rotate_keys(f.platform, false);
	}
	CHECK_NUM(try_ticket(&f, "wxa", "alice", "l", get(issued, "shareTicket")), 40097); // 255 versions ago
	end(&f);
	begin(&f, open_sqlite(path), false);
	CHECK_NUM(try_ticket(&f, "wxa", "alice", "l", get(newer, "shareTicket")), 0);
	platform_rotate_keys(f.platform, true);
	CHECK_NUM(try_ticket(&f, "wxa", "alice", "l", get(newer, "shareTicket")), 40097);
	value_unref(newer);
	newer = good(&f, "issueTicket",
		"{\"appid\": \"wxa\", \"person\": \"alice\", \"life\": \"l\", \"group\": \"family\", \"purpose\": \"sender\"}");
	end(&f);
	begin(&f, open_sqlite(path), false);
	CHECK_NUM(try_ticket(&f, "wxa", "alice", "l", get(newer, "shareTicket")), 0);
	struct value again = log_in(&f, "wxa", "alice");
	CHECK(str_eq(get(again, "openid"), get(session, "openid")));
	value_unref(again);
	value_unref(newer);
	value_unref(issued);
	value_unref(login);
	value_unref(session);
	end(&f);
	remove_store(path);
}

/* --- tokens and activities --- */

static struct value new_token(struct fixture *f, struct strbuf *ret_query)
{
	struct value answer = serve(f, "GET", "/cgi-bin/token", "{\"grant_type\": \"client_credential\", \"appid\": \"wxa\", \"secret\": \"sa\"}", "");
	strbuf_clear(ret_query);
	strbuf_printf(ret_query, "{\"access_token\": \"%s\"}", get(answer, "access_token").at);
	return answer;
}

static int use_token(struct fixture *f, const struct strbuf *query)
{
	return errcode(serve(f, "GET", "/cgi-bin/message/wxopen/activityid/create", query->at, ""));
}

static void test_tokens(void)
{
	struct fixture f = {0};
	struct strbuf first = {0}, second = {0}, leaked = {0};
	begin(&f, store_memory_create(), true);
	CHECK_NUM(errcode(serve(&f, "GET", "/cgi-bin/token", "{\"grant_type\": \"x\", \"appid\": \"wxa\", \"secret\": \"sa\"}", "")), 40002);
	CHECK_NUM(errcode(serve(&f, "GET", "/cgi-bin/token", "{\"grant_type\": \"client_credential\", \"appid\": \"wx\", \"secret\": \"sa\"}", "")), 40013);
	CHECK_NUM(errcode(serve(&f, "GET", "/cgi-bin/token", "{\"grant_type\": \"client_credential\", \"appid\": \"wxa\", \"secret\": \"s\"}", "")), 40001);
	struct value token = new_token(&f, &first);
	CHECK(get(token, "access_token").len >= 136);
	CHECK_NUM(value_get_text(token, "expires_in").number, 7200);
	value_unref(token);
	value_unref(new_token(&f, &second));
	CHECK_NUM(use_token(&f, &first), 0);
	f.now += 5 * 60 * 1000;
	CHECK_NUM(use_token(&f, &first), 40001); // not latest
	CHECK_NUM(use_token(&f, &second), 0);
	f.now += 2 * 3600 * 1000;
	CHECK_NUM(use_token(&f, &second), 42001);
	f.now += 3 * 86400000.0;
	CHECK_NUM(use_token(&f, &second), 40001);
	CHECK_NUM(errcode(serve(&f, "GET", "/cgi-bin/message/wxopen/activityid/create", "{}", "")), 41001);
	/* stable tokens: the same until near their end */
	const char *body = "{\"grant_type\": \"client_credential\", \"appid\": \"wxa\", \"secret\": \"sa\"}";
	const char *force = "{\"grant_type\": \"client_credential\", \"appid\": \"wxa\", \"secret\": \"sa\", \"force_refresh\": true}";
	struct value one = serve(&f, "POST", "/cgi-bin/stable_token", "{}", body), two = serve(&f, "POST", "/cgi-bin/stable_token", "{}", body);
	CHECK(value_equal(one, two));
	value_unref(new_token(&f, &first)); // of another line
	f.now += 60000;
	value_unref(two);
	two = serve(&f, "POST", "/cgi-bin/stable_token", "{}", body);
	CHECK(str_eq(get(one, "access_token"), get(two, "access_token")));
	CHECK_NUM(value_get_text(two, "expires_in").number, 7140);
	value_unref(two);
	strbuf_printf(&leaked, "{\"access_token\": \"%s\"}", get(one, "access_token").at);
	two = serve(&f, "POST", "/cgi-bin/stable_token", "{}", force);
	CHECK(!str_eq(get(one, "access_token"), get(two, "access_token")));
	value_unref(one);
	f.now += 29000; // too soon: the same again
	one = serve(&f, "POST", "/cgi-bin/stable_token", "{}", force);
	CHECK(str_eq(get(one, "access_token"), get(two, "access_token")));
	CHECK_NUM(value_get_text(one, "expires_in").number, 7171);
	/* forced twice: the token that leaked ends at once, the one between has its five minutes */
	CHECK_NUM(use_token(&f, &leaked), 0);
	f.now += 1000;
	strbuf_clear(&first);
	strbuf_printf(&first, "{\"access_token\": \"%s\"}", get(two, "access_token").at);
	value_unref(two);
	two = serve(&f, "POST", "/cgi-bin/stable_token", "{}", force);
	CHECK_NUM(use_token(&f, &leaked), 40001);
	CHECK_NUM(use_token(&f, &first), 0);
	f.now += 7200000 - 5 * 60 * 1000;
	value_unref(one);
	one = serve(&f, "POST", "/cgi-bin/stable_token", "{}", body);
	CHECK(!str_eq(get(one, "access_token"), get(two, "access_token")));
	for (int i = 0; i < 25; i++) { // twenty a day
		f.now += 30000;
		int code = errcode(serve(&f, "POST", "/cgi-bin/stable_token", "{}", force));
		CHECK_NUM(code, i < 18 ? 0 : 45009);
	}
	CHECK_NUM(errcode(serve(&f, "POST", "/cgi-bin/stable_token", "{}", "{\"grant_type\": \"client_credential\", \"appid\": \"wxa\", \"secret\": \"\"}")), 41004);
	CHECK_NUM(errcode(serve(&f, "POST", "/cgi-bin/stable_token", "{}", "{\"grant_type\": \"client_credential\", \"appid\": \"wxa\", \"secret\": \"x\"}")), 40125);
	CHECK_NUM(errcode(serve(&f, "POST", "/cgi-bin/stable_token", "{}", "")), 44002);
	CHECK_NUM(errcode(serve(&f, "POST", "/cgi-bin/stable_token", "{}", "{")), 47001);
	CHECK_NUM(errcode(serve(&f, "GET", "/cgi-bin/stable_token", "{}", "")), 43002);
	CHECK_NUM(errcode(serve(&f, "POST", "/wxa/checksession", "{}", "")), 43001);
	CHECK_NUM(errcode(serve(&f, "GET", "/nowhere", "{}", "")), 40066);
	value_unref(one);
	value_unref(two);
	strbuf_finish(&first);
	strbuf_finish(&second);
	strbuf_finish(&leaked);
	end(&f);
}

static void test_check_session(void)
{
	struct fixture f = {0};
	struct strbuf query = {0}, mac = {0}, token = {0};
	begin(&f, store_memory_create(), true);
	value_unref(new_token(&f, &token));
	struct value session = log_in(&f, "wxa", "alice"), fields = parse(token.at);
	seal_session_mac(get(session, "session_key"), STR(""), &mac);
	strbuf_printf(&query, "{\"access_token\": \"%s\", \"openid\": \"%s\", \"signature\": \"%s\", \"sig_method\": \"hmac_sha256\"}",
		get(fields, "access_token").at, get(session, "openid").at, mac.at);
	struct value answer = serve(&f, "GET", "/wxa/checksession", query.at, "");
	CHECK_STR(get(answer, "errmsg"), "ok");
	CHECK_NUM(errcode(answer), 0);
	value_unref(log_in(&f, "wxa", "alice"));
	CHECK_NUM(errcode(serve(&f, "GET", "/wxa/checksession", query.at, "")), 87009);
	value_unref(session);
	value_unref(fields);
	strbuf_finish(&query);
	strbuf_finish(&mac);
	strbuf_finish(&token);
	end(&f);
}

#define JOINED "{\"name\": \"member_count\", \"value\": \"2\"}, {\"name\": \"room_limit\", \"value\": \"5\"}"
#define VERSION(version) "{\"name\": \"path\", \"value\": \"pages/a?b=c\"}, {\"name\": \"version_type\", \"value\": \"" version "\"}"

static int send_state(struct fixture *f, const struct strbuf *token, struct str id, const char *state, const char *parameters)
{
	struct strbuf body = {0};
	strbuf_printf(&body, "{\"activity_id\": \"" STR_FMT "\", \"target_state\": %s, \"template_info\": {\"parameter_list\": [%s]}}", STR_ARG(id),
		state, parameters);
	int code = errcode(serve(f, "POST", "/cgi-bin/message/wxopen/updatablemsg/send", token->at, body.at));
	strbuf_finish(&body);
	return code;
}

static void check_shown(struct fixture *f, struct str id, const char *template, const char *text, const char *color)
{
	struct strbuf call = {0};
	strbuf_printf(&call, "{\"appid\": \"wxa\", \"person\": \"alice\", \"activityId\": \"" STR_FMT "\", \"templateInfo\": {\"templateId\": \"%s\","
		" \"parameterList\": [{\"name\": \"member_count\", \"value\": \"1\"}, {\"name\": \"room_limit\", \"value\": \"3\"}]}}", STR_ARG(id),
		template);
	struct value shown = good(f, "activity", call.at);
	CHECK_STR(get(shown, "text"), text);
	CHECK_STR(get(shown, "color"), color);
	value_unref(shown);
	strbuf_finish(&call);
}

static void test_activities(void)
{
	static const char start[] = "21B034D08C5615B9889CE362BB957B1EE69A584B", full[] = "666F374D69D16C932E45D7E7D9F10CEF6177F5F5";
	struct fixture f = {0};
	struct strbuf token = {0};
	begin(&f, store_memory_create(), true);
	value_unref(new_token(&f, &token));
	struct value made = serve(&f, "GET", "/cgi-bin/message/wxopen/activityid/create", token.at, "");
	struct str id = get(made, "activity_id");
	CHECK_NUM(value_get_text(made, "expiration_time").number, 1523844000 + 86400);
	check_shown(&f, id, "", "成员正在加入，当前 1/3 人", "#FA9D39");
	check_shown(&f, id, full, "成员正在加入，当前 1/3 人", "#10AEFF");
	CHECK_NUM(send_state(&f, &token, STR("none"), "0", JOINED), 47501);
	CHECK_NUM(send_state(&f, &token, id, "3", JOINED), 47502);
	CHECK_NUM(send_state(&f, &token, id, "-1", JOINED), 47502);
	CHECK_NUM(send_state(&f, &token, id, "0.5", JOINED), 47502);
	CHECK_NUM(send_state(&f, &token, id, "1", VERSION("stable")), 47503);
	CHECK_NUM(send_state(&f, &token, id, "0", "{\"name\": \"title\", \"value\": \"x\"}"), 47001);
	CHECK_NUM(send_state(&f, &token, id, "0", "{\"name\": \"member_count\", \"value\": 2}"), 47001);
	CHECK_NUM(send_state(&f, &token, id, "0", "7"), 47001);
	CHECK_NUM(send_state(&f, &token, id, "0", "{\"name\": \"member_count\", \"value\": \"2\"}"), 47001);
	CHECK_NUM(send_state(&f, &token, id, "1", JOINED), 47001);
	CHECK_NUM(send_state(&f, &token, id, "1", "{\"name\": \"path\", \"value\": \"pages/a\"}"), 47001);
	CHECK_NUM(send_state(&f, &token, id, "0", JOINED), 0);
	check_shown(&f, id, "", "成员正在加入，当前 2/5 人", "#FA9D39");
	CHECK_NUM(send_state(&f, &token, id, "1", VERSION("release")), 0);
	check_shown(&f, id, "", "已开始", "#CCCCCC");
	check_shown(&f, id, start, "已开始", "#07C160");
	check_shown(&f, id, full, "已到齐", "#07C160");
	CHECK_NUM(send_state(&f, &token, id, "0", JOINED), 47502);
	CHECK_NUM(send_state(&f, &token, id, "1", VERSION("release")), 47502);
	CHECK_NUM(send_state(&f, &token, id, "2", ""), 0);
	check_shown(&f, id, start, "已结束", "#CCCCCC");
	CHECK_NUM(send_state(&f, &token, id, "2", ""), 47502);
	value_unref(made);
	/* a day later it shows that it has ended, as it was left */
	made = serve(&f, "POST", "/cgi-bin/message/wxopen/activityid/create", token.at, "");
	id = get(made, "activity_id");
	f.now += 86400000;
	value_unref(new_token(&f, &token));
	CHECK_NUM(send_state(&f, &token, id, "2", ""), 47504);
	check_shown(&f, id, full, "已结束", "#CCCCCC");
	check_shown(&f, id, "", "已结束", "#00ff00");
	value_unref(made);
	strbuf_finish(&token);
	end(&f);
}

/* --- routes --- */

/* What is wrong with a call, told by the documented errcode. $ is an access token that holds. */
static const struct {
	const char *method, *path, *query, *body;
	int code;
} wrong_calls[] = {
	{"GET", "", "{}", "", 40066},
	{"GET", "/", "{}", "", 40066},
	{"GET", "/cgi-bin/token/", "{}", "", 40066},
	{"GET", "/CGI-BIN/TOKEN", "{}", "", 40066},
	{"PUT", "/sns/jscode2session", "{}", "", 43002},
	{"POST", "/sns/jscode2session", "{}", "", 41002},
	{"GET", "/cgi-bin/token", "{}", "", 41002},
	{"GET", "/cgi-bin/token", "{\"appid\": \"wxa\"}", "", 41004},
	{"GET", "/cgi-bin/token", "{\"appid\": \"wxa\", \"secret\": \"sa\"}", "", 40002},
	{"GET", "/cgi-bin/stable_token", "{}", "", 43002},
	{"POST", "/cgi-bin/stable_token", "{}", "", 44002},
	{"POST", "/cgi-bin/stable_token", "{}", "  \n", 44002},
	{"POST", "/cgi-bin/stable_token", "{}", "[]", 47001},
	{"POST", "/cgi-bin/stable_token", "{}", "{\"appid\": {}}", 47001},
	{"POST", "/cgi-bin/stable_token", "{}", "{}", 41002},
	{"POST", "/cgi-bin/stable_token", "{}", "{\"appid\": \"wxa\", \"secret\": \"sa\", \"grant_type\": \"authorization_code\"}", 40002},
	{"POST", "/wxa/checksession", "$", "", 43001},
	{"GET", "/wxa/checksession", "{}", "", 41001},
	{"GET", "/wxa/checksession", "{\"access_token\": \"x\"}", "", 40001},
	{"GET", "/wxa/checksession", "$", "", 40003},
	{"GET", "/cgi-bin/message/wxopen/activityid/create", "{\"access_token\": \"\"}", "", 41001},
	{"GET", "/cgi-bin/message/wxopen/updatablemsg/send", "$", "", 43002},
	{"POST", "/cgi-bin/message/wxopen/updatablemsg/send", "{}", "{}", 41001},
	{"POST", "/cgi-bin/message/wxopen/updatablemsg/send", "$", "", 44002},
	{"POST", "/cgi-bin/message/wxopen/updatablemsg/send", "$", "{", 47001},
	{"POST", "/cgi-bin/message/wxopen/updatablemsg/send", "$", "{\"activity_id\": \"x\"}", 47001},
	{"POST", "/wxa/business/getuserphonenumber", "$", "{}", 47001},
	{"POST", "/wxa/business/getuserphonenumber", "$", "{\"code\": \"x\"}", 40029},
	{"GET", "/host/login", "{}", "", 43002},
	{"POST", "/host/login", "{}", "", 44002},
	{"POST", "/host/login", "{}", "7", 47001},
	{"POST", "/host/login", "{}", "{}", 40013},
	{"POST", "/host/login", "{}", "{\"appid\": \"wxa\", \"person\": \"zoe\"}", 40003},
	{"POST", "/host/", "{}", "{\"appid\": \"wxa\", \"person\": \"bob\"}", 40066},
	{"POST", "/host/issueTicket", "{}", "{\"appid\": \"wxa\", \"person\": \"bob\"}", 40097},
	{"POST", "/host/issueTicket", "{}", "{\"appid\": \"wxa\", \"person\": \"bob\", \"life\": \"l\", \"purpose\": \"theft\"}", 40097},
	{"POST", "/host/activity", "{}", "{\"appid\": \"wxa\", \"person\": \"bob\", \"activityId\": \"x\"}", 47501},
	{"POST", "/host/openData", "{}", "{\"appid\": \"wxa\", \"person\": \"bob\", \"type\": \"x\"}", 40097},
};

static void test_routes(void)
{
	struct fixture f = {0};
	struct strbuf token = {0};
	begin(&f, store_memory_create(), true);
	value_unref(new_token(&f, &token));
	for (size_t i = 0; i < ARRAY_LEN(wrong_calls); i++) {
		const char *query = wrong_calls[i].query[0] == '$' ? token.at : wrong_calls[i].query;
		struct value answer = serve(&f, wrong_calls[i].method, wrong_calls[i].path, query, wrong_calls[i].body);
		int code = errcode(value_ref(answer));
		if (code != wrong_calls[i].code || !get(answer, "errmsg").len) {
			test_fail(__FILE__, __LINE__, "%s %s %s: %d, expected %d", wrong_calls[i].method, wrong_calls[i].path, wrong_calls[i].body, code,
				wrong_calls[i].code);
		}
		value_unref(answer);
	}
	strbuf_finish(&token);
	end(&f);
}

/* Hosts show their key; a platform without one serves none. */
static void test_host_key(void)
{
	static const char *const keys[] = {"", "x", "K", "kk", "k\n"};
	struct fixture f = {0};
	struct value query = value_object_new(0);
	const struct str body = STR("{\"appid\": \"wxa\", \"person\": \"bob\"}");
	struct strbuf json = {0};
	begin(&f, store_memory_create(), true);
	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		strbuf_clear(&json);
		CHECK_NUM(platform_serve(f.platform, STR("POST"), STR("/host/login"), query, body, str_of(keys[i]), &json), 401);
		CHECK_STR(strbuf_str(&json), "{\"errcode\":40101,\"errmsg\":\"invalid host key\"}");
	}
	strbuf_clear(&json);
	CHECK_NUM(platform_serve(f.platform, STR("POST"), STR("/host/login"), query, body, STR("k"), &json), 200);
	CHECK(str_starts(strbuf_str(&json), STR("{\"code\":\"")));
	end(&f);
	char *error = NULL;
	struct platform_config config = {.store = store_memory_create(), .now = now_of, .user = &f};
	struct platform *platform = platform_create(&config, &error);
	CHECK_NUM(platform_serve(platform, STR("POST"), STR("/host/login"), query, body, STR(""), &json), 401);
	platform_destroy(platform);
	value_unref(query);
	strbuf_finish(&json);
}

/* --- a store that fails: everything says so (-1, try again), and nothing is told that is not kept --- */

struct broken {
	struct store store;
	struct store *inner;
	struct store_engine engine;
	bool fails;
};

static struct store *inner_of(struct store *store) { return ((struct broken *)store)->fails ? NULL : ((struct broken *)store)->inner; }

static int broken_put(struct store *store, const struct store_record *records, size_t count)
{
	struct store *inner = inner_of(store);
	return inner ? inner->engine->put(inner, records, count) : STORE_FAILED;
}

static int broken_add(struct store *store, const struct store_record *record)
{
	struct store *inner = inner_of(store);
	return inner ? inner->engine->add(inner, record) : STORE_FAILED;
}

static int broken_get(struct store *store, struct str table, struct str key, double now, struct strbuf *ret_text)
{
	struct store *inner = inner_of(store);
	return inner ? inner->engine->get(inner, table, key, now, ret_text) : STORE_FAILED;
}

static int broken_take(struct store *store, struct str table, struct str key, double now, struct str mark, struct strbuf *ret_text)
{
	struct store *inner = inner_of(store);
	return inner ? inner->engine->take(inner, table, key, now, mark, ret_text) : STORE_FAILED;
}

static int broken_swap(struct store *store, const struct store_record *records, size_t count, struct str old)
{
	struct store *inner = inner_of(store);
	return inner ? inner->engine->swap(inner, records, count, old) : STORE_FAILED;
}

static int broken_list(struct store *store, struct str table, void (*each)(void *user, const struct store_record *record), void *user)
{
	struct store *inner = inner_of(store);
	return inner ? inner->engine->list(inner, table, each, user) : STORE_FAILED;
}

static void broken_destroy(struct store *store)
{
	struct broken *broken = (struct broken *)store;
	broken->inner->engine->destroy(broken->inner);
}

static void test_broken_store(void)
{
	struct broken broken = {.inner = store_memory_create(),
		.engine = {broken_put, broken_add, broken_get, broken_take, broken_swap, NULL, broken_list, NULL, broken_destroy}};
	static const char *const hosted[] = {"login", "userInfo", "phoneNumber", "weRunData", "checkSession", "groupEnterInfo"};
	const char *client = "{\"grant_type\": \"client_credential\", \"appid\": \"wxa\", \"secret\": \"sa\"}";
	struct fixture f = {0};
	struct strbuf token = {0}, ticket = {0};
	broken.store.engine = &broken.engine;
	begin(&f, &broken.store, true);
	value_unref(new_token(&f, &token));
	struct value login = good(&f, "login", "{\"appid\": \"wxa\", \"person\": \"alice\"}");
	broken.fails = true;
	for (size_t i = 0; i < ARRAY_LEN(hosted); i++) {
		int code = refused(&f, hosted[i], "{\"appid\": \"wxa\", \"person\": \"alice\", \"withCredentials\": true, \"group\": \"family\"}");
		if (code != -1) {
			test_fail(__FILE__, __LINE__, "%s: %d", hosted[i], code);
		}
	}
	CHECK_NUM(refused(&f, "activity", "{\"appid\": \"wxa\", \"person\": \"alice\", \"activityId\": \"x\"}"), -1);
	CHECK_NUM(redeem_text(&f, "wxa", "sa", get(login, "code")), -1);
	CHECK_NUM(errcode(serve(&f, "GET", "/cgi-bin/token", client, "")), -1);
	CHECK_NUM(errcode(serve(&f, "POST", "/cgi-bin/stable_token", "{}", client)), -1);
	CHECK_NUM(errcode(serve(&f, "GET", "/cgi-bin/message/wxopen/activityid/create", token.at, "")), -1);
	broken.fails = false;
	CHECK_NUM(redeem_text(&f, "wxa", "sa", get(login, "code")), 0); // it was not used up
	end(&f);
	broken = (struct broken){.store = broken.store, .inner = store_memory_create(), .engine = broken.engine, .fails = true};
	struct platform_config config = {.store = &broken.store, .now = now_of, .user = &f};
	char *error = NULL;
	CHECK(!platform_create(&config, &error) && error);
	mem_free(error);
	value_unref(login);
	strbuf_finish(&token);
	strbuf_finish(&ticket);
}

static const struct test_case cases[] = {
	{"login", test_login},
	{"codes refused", test_codes_refused},
	{"identities", test_identities},
	{"open facts", test_open_facts},
	{"groups", test_groups},
	{"tickets refused", test_tickets_refused},
	{"left group", test_left_group},
	{"reopened", test_reopened},
	{"tokens", test_tokens},
	{"checksession", test_check_session},
	{"activities", test_activities},
	{"routes", test_routes},
	{"host key", test_host_key},
	{"broken store", test_broken_store},
};
TEST_MAIN(cases)
