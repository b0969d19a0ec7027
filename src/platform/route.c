/* The HTTP interface, without the HTTP: one row a route, with WeChat's errcodes (server.md). */
#include "platform/inside.h"

enum route_flags {
	ROUTE_GET = 1 << 0,
	ROUTE_POST = 1 << 1,
	ROUTE_TOKEN = 1 << 2, // wants access_token
	ROUTE_BODY = 1 << 3,  // a POST's parameters are its JSON body
};

struct exchange {
	struct str method, path, body, host_key;
	struct value query;
	struct value given; // the query, or the body as JSON
	struct str appid;   // of the access token
};

/* --- the functions --- */

static int code_to_session(struct platform *platform, const struct exchange *exchange, struct value *ret_result)
{
	return session_redeem(platform, exchange->query, ret_result);
}

static int plain_token(struct platform *platform, const struct exchange *exchange, struct value *ret_result)
{
	return token_plain(platform, exchange->query, ret_result);
}

static int stable_token(struct platform *platform, const struct exchange *exchange, struct value *ret_result)
{
	return token_stable(platform, exchange->given, ret_result);
}

static int check_session(struct platform *platform, const struct exchange *exchange, struct value *ret_result)
{
	return session_verify(platform, exchange->appid, exchange->query, ret_result);
}

static int create_activity(struct platform *platform, const struct exchange *exchange, struct value *ret_result)
{
	return activity_create(platform, exchange->appid, ret_result);
}

static int send_activity(struct platform *platform, const struct exchange *exchange, struct value *ret_result)
{
	return activity_send(platform, exchange->appid, exchange->given, ret_result);
}

static int user_phone(struct platform *platform, const struct exchange *exchange, struct value *ret_result)
{
	return host_user_phone(platform, exchange->appid, exchange->given, ret_result);
}

static const struct schema code_rows[] = {{"code", SCHEMA_STRING, SCHEMA_REQUIRED}, {0}};
static const struct schema stable_rows[] = {
	{"grant_type", SCHEMA_STRING},
	{"appid", SCHEMA_STRING},
	{"secret", SCHEMA_STRING},
	{"force_refresh", SCHEMA_BOOL, .fallback = "false"},
	{0},
};
static const struct schema send_rows[] = {
	{"activity_id", SCHEMA_STRING, SCHEMA_REQUIRED},
	{"target_state", SCHEMA_NUMBER, SCHEMA_REQUIRED},
	{"template_info", SCHEMA_OBJECT, SCHEMA_REQUIRED},
	{0},
};

static const struct route {
	const char *path;
	unsigned flags;
	const struct schema *body;
	int (*run)(struct platform *platform, const struct exchange *exchange, struct value *ret_result);
} routes[] = {
	{"/sns/jscode2session", ROUTE_GET | ROUTE_POST, NULL, code_to_session},
	{"/cgi-bin/token", ROUTE_GET | ROUTE_POST, NULL, plain_token},
	{"/cgi-bin/stable_token", ROUTE_POST | ROUTE_BODY, stable_rows, stable_token},
	{"/wxa/checksession", ROUTE_GET | ROUTE_TOKEN, NULL, check_session},
	{"/cgi-bin/message/wxopen/activityid/create", ROUTE_GET | ROUTE_POST | ROUTE_TOKEN, NULL, create_activity},
	{"/cgi-bin/message/wxopen/updatablemsg/send", ROUTE_POST | ROUTE_BODY | ROUTE_TOKEN, send_rows, send_activity},
	{"/wxa/business/getuserphonenumber", ROUTE_POST | ROUTE_BODY | ROUTE_TOKEN, code_rows, user_phone},
};

/* --- one exchange --- */

static int check_method(const struct route *route, struct str method, struct value *ret_result)
{
	bool get = str_is(method, "GET"), post = str_is(method, "POST"); // HEAD must not use up a code
	if ((get && route->flags & ROUTE_GET) || (post && route->flags & ROUTE_POST)) {
		return ERRCODE_OK;
	}
	bool wants_post = route->flags & ROUTE_POST;
	return platform_fail(ret_result, wants_post ? ERRCODE_WANTS_POST : ERRCODE_WANTS_GET, wants_post ? "require POST method" : "require GET method");
}

static int read_body(const struct exchange *exchange, const struct schema *rows, struct value *ret_given, struct value *ret_result)
{
	struct strbuf problem = {0};
	struct value body = value_undefined();
	if (!str_trim(exchange->body).len) {
		return platform_fail(ret_result, ERRCODE_EMPTY, "empty post data");
	}
	if (json_parse_object(exchange->body, &body, NULL)) {
		return platform_fail(ret_result, ERRCODE_FORMAT, "data format error");
	}
	int status = ERRCODE_OK;
	if (rows && schema_call_error(rows, body, &problem)) {
		status = platform_fail(ret_result, ERRCODE_FORMAT, "data format error");
	}
	strbuf_finish(&problem);
	*ret_given = status == ERRCODE_OK && rows ? schema_fill(rows, body) : value_ref(body);
	value_unref(body);
	return status;
}

static int run_route(struct platform *platform, const struct route *route, struct exchange *exchange, struct value *ret_result)
{
	struct strbuf appid = {0};
	int status = check_method(route, exchange->method, ret_result);
	if (status == ERRCODE_OK && route->flags & ROUTE_TOKEN) {
		status = token_check(platform, value_str(value_get_text(exchange->query, "access_token")), &appid, ret_result);
		exchange->appid = strbuf_str(&appid);
	}
	if (status == ERRCODE_OK && route->flags & ROUTE_BODY) {
		status = read_body(exchange, route->body, &exchange->given, ret_result);
	}
	if (status == ERRCODE_OK) {
		status = route->run(platform, exchange, ret_result);
	}
	value_unref(exchange->given);
	strbuf_finish(&appid);
	return status;
}

/* Hosts act for people: they show the key that the platform was started with. */
static int run_host(struct platform *platform, struct exchange *exchange, struct str operation, struct value *ret_result)
{
	if (!platform->host_key.len || !seal_equal(strbuf_str(&platform->host_key), exchange->host_key)) {
		return platform_fail(ret_result, ERRCODE_HOST_KEY, "invalid host key");
	}
	if (!str_is(exchange->method, "POST")) {
		return platform_fail(ret_result, ERRCODE_WANTS_POST, "require POST method");
	}
	int status = read_body(exchange, NULL, &exchange->given, ret_result);
	if (status == ERRCODE_OK) {
		status = platform_host(platform, operation, exchange->given, ret_result);
	}
	value_unref(exchange->given);
	return status;
}

/* errcode and errmsg first where something is wrong; answers of success have none unless they say so themselves. */
static void write_answer(int status, struct value result, struct strbuf *out)
{
	struct value whole = result;
	bool bare = status == ERRCODE_OK && value_count(result) == 0;
	if (status != ERRCODE_OK || bare) {
		whole = value_object_new(2);
		value_object_set_text(&whole, "errcode", value_number(status));
		value_object_set_text(&whole, "errmsg", bare ? value_text("ok") : value_ref(value_get_text(result, "errmsg")));
	}
	json_write(whole, out);
	if (status != ERRCODE_OK || bare) {
		value_unref(whole);
	}
}

int platform_serve(struct platform *platform, struct str method, struct str path, struct value query, struct str body,
	struct str host_key, struct strbuf *ret_json)
{
	struct exchange exchange = {method, path, body, host_key, query, value_undefined(), {0}};
	struct value result = value_undefined();
	int status = ERRCODE_URL;
	bool found = str_starts(path, STR("/host/"));
	if (found) {
		status = run_host(platform, &exchange, str_slice(path, 6, path.len), &result);
	}
	for (size_t i = 0; !found && i < ARRAY_LEN(routes); i++) {
		found = str_is(path, routes[i].path);
		if (found) {
			status = run_route(platform, &routes[i], &exchange, &result);
		}
	}
	if (!found) {
		status = platform_fail(&result, ERRCODE_URL, "invalid url");
	}
	write_answer(status, result, ret_json);
	value_unref(result);
	return status == ERRCODE_HOST_KEY ? 401 : 200;
}
