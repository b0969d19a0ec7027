/* wx.request: one HTTP exchange and its RequestTask. */
#include "core/value/json.h"
#include "runtime/api/api.h"

static const struct schema request_parameters[] = {
	{"url", SCHEMA_STRING, SCHEMA_REQUIRED},
	{"data", SCHEMA_ANY, .doc = "string, object or ArrayBuffer"},
	{"header", SCHEMA_OBJECT},
	{"method", SCHEMA_STRING, .fallback = "\"GET\"", .doc = "OPTIONS GET HEAD POST PUT DELETE TRACE CONNECT, upper case"},
	{"dataType", SCHEMA_STRING, .fallback = "\"json\"", .doc = "json: the answer is parsed"},
	{"responseType", SCHEMA_STRING, .fallback = "\"text\"", .choices = "text|arraybuffer", .since = "1.7.0"},
	{"timeout", SCHEMA_NUMBER, .since = "2.10.0", .doc = "ms; app.json networkTimeout.request, or 60000"},
	{0},
};

static const struct schema request_result[] = {
	{"data", SCHEMA_ANY},
	{"statusCode", SCHEMA_NUMBER},
	{"header", SCHEMA_OBJECT, .since = "1.2.0"},
	{"cookies", SCHEMA_ARRAY, .since = "2.10.0"},
	{0},
};

static bool is_method(struct str method)
{
	static const char *const methods[] = {"OPTIONS", "GET", "HEAD", "POST", "PUT", "DELETE", "TRACE", "CONNECT", "PATCH"};
	for (size_t i = 0; i < ARRAY_LEN(methods); i++) {
		if (str_eq_nocase(method, str_of(methods[i]))) {
			return true;
		}
	}
	return false;
}

static struct str find_header(struct value headers, const char *name)
{
	for (size_t i = 0; i < value_count(headers); i++) {
		if (str_eq_nocase(value_key(headers, i), str_of(name))) {
			return value_str(value_entry(headers, i));
		}
	}
	return (struct str){0};
}

/* encodeURIComponent. */
static void escape(struct str text, struct strbuf *out)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.at[i];
		bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c && strchr("-_.!~*'()", c));
		if (plain) {
			strbuf_add_char(out, (char)c);
		} else {
			strbuf_printf(out, "%%%02X", c);
		}
	}
}

static void form_text(struct value data, struct strbuf *out)
{
	for (size_t i = 0; i < value_count(data); i++) {
		struct strbuf text = {0};
		struct value item = value_entry(data, i);
		if (value_is(item, VALUE_OBJECT) || value_is(item, VALUE_ARRAY)) {
			json_write(item, &text);
		} else {
			value_to_text(item, &text);
		}
		strbuf_add_text(out, out->len ? "&" : "");
		escape(value_key(data, i), out);
		strbuf_add_char(out, '=');
		escape(strbuf_str(&text), out);
		strbuf_finish(&text);
	}
}

/* GET puts an object's fields behind the url; others send JSON, or a form when the header says so. */
static void put_data(struct api_call *call, struct strbuf *url, struct value *header, struct strbuf *body)
{
	struct value data = value_get_text(call->parameters, "data");
	struct str method = api_call_text(call, "method");
	bool get = str_eq_nocase(method, STR("GET")) || str_eq_nocase(method, STR("HEAD"));
	struct str bytes;
	if (!find_header(*header, "content-type").len && !get) {
		value_object_set_text(header, "content-type", value_text("application/json"));
	}
	struct str type = find_header(*header, "content-type");
	if (app_bytes_in(call->app, data, &bytes)) {
		strbuf_add(body, bytes);
	} else if (value_is(data, VALUE_STRING) && !get) {
		strbuf_add(body, value_str(data));
	} else if (value_is(data, VALUE_OBJECT) && get) {
		struct strbuf query = {0};
		form_text(data, &query);
		if (query.len) {
			strbuf_add_char(url, str_find_char(strbuf_str(url), '?') == SIZE_MAX ? '?' : '&');
			strbuf_add(url, strbuf_str(&query));
		}
		strbuf_finish(&query);
	} else if (value_is(data, VALUE_OBJECT) && str_find(type, STR("x-www-form-urlencoded")) != SIZE_MAX) {
		form_text(data, body);
	} else if (!value_is_nullish(data) && !get) {
		json_write(data, body);
	}
}

static struct value body_value(struct api_call *call, struct str bytes)
{
	if (str_is(api_call_text(call, "responseType"), "arraybuffer")) {
		return app_bytes_out(call->app, bytes);
	}
	if (str_starts(bytes, STR("\xef\xbb\xbf"))) {
		bytes = str_slice(bytes, 3, bytes.len);
	}
	struct value data;
	if (str_is(api_call_text(call, "dataType"), "json") && json_parse(bytes, &data, NULL) == 0) {
		return data;
	}
	if (str_utf8_valid(bytes)) {
		return value_string(bytes);
	}
	struct strbuf text = {0};
	for (size_t pos = 0; pos < bytes.len;) {
		strbuf_add_code_point(&text, str_utf8_next(bytes, &pos));
	}
	return value_take(&text);
}

static void finished(struct host_request *request, enum host_outcome outcome, struct value result)
{
	struct api_call *call = CONTAINER_OF(request, struct api_call, request);
	if (outcome != HOST_OK) {
		struct strbuf text = {0};
		strbuf_add(&text, value_str(value_get_text(result, "errMsg")));
		api_call_fail(call, "%s", text.at ? text.at : host_outcome_text(outcome));
		strbuf_finish(&text);
		return;
	}
	struct value answer = value_object_new(5);
	value_object_set_text(&answer, "data", body_value(call, host_bytes_str(request->bytes)));
	value_object_set_text(&answer, "statusCode", value_ref(value_get_text(result, "statusCode")));
	value_object_set_text(&answer, "header", value_ref(value_get_text(result, "header")));
	value_object_set_text(&answer, "cookies", value_ref(value_get_text(result, "cookies")));
	api_call_succeed(call, answer);
}

static void progress(struct host_request *request, enum host_progress kind, struct value detail, struct host_bytes *bytes)
{
	struct api_call *call = CONTAINER_OF(request, struct api_call, request);
	if (kind == HOST_PROGRESS_HEADERS) {
		app_progress(call->app, call->id, "onHeadersReceived", value_ref(detail));
	} else if (kind == HOST_PROGRESS_CHUNK && value_to_bool(value_get_text(call->parameters, "enableChunked"))) {
		struct value chunk = value_object_new(1);
		value_object_set_text(&chunk, "data", app_bytes_out(call->app, host_bytes_str(bytes)));
		app_progress(call->app, call->id, "onChunkReceived", chunk);
	}
}

static void request(struct api_call *call)
{
	struct str given = api_call_text(call, "url"), method = api_call_text(call, "method");
	if (!str_starts(given, STR("http://")) && !str_starts(given, STR("https://"))) {
		api_call_fail(call, "invalid url \"" STR_FMT "\"", STR_ARG(given));
		return;
	}
	if (!is_method(method)) {
		api_call_fail(call, "method is invalid \"" STR_FMT "\"", STR_ARG(method));
		return;
	}
	struct strbuf url = {0}, body = {0};
	strbuf_add(&url, given);
	struct value header = value_get_text(call->parameters, "header");
	header = value_is(header, VALUE_OBJECT) ? value_unshared(value_ref(header)) : value_object_new(2);
	put_data(call, &url, &header, &body);
	struct value limits = value_get_text(app_config(call->app)->raw, "networkTimeout");
	double timeout = value_to_number(value_get_text(limits, "request"));
	timeout = api_call_number(call, "timeout", timeout > 0 ? timeout : 60000);
	struct value parameters = value_object_new(4);
	value_object_set_text(&parameters, "url", value_take(&url));
	value_object_set_text(&parameters, "method", value_string(method));
	value_object_set_text(&parameters, "header", header);
	value_object_set_text(&parameters, "timeout", value_number(timeout));
	call->request.on_finish = finished;
	call->request.on_progress = progress;
	if (body.len) {
		call->request.body = host_bytes_take(&body);
	}
	strbuf_finish(&body);
	HOST_CALL(app_host(call->app), net, request, parameters, &call->request);
	value_unref(parameters);
}

static struct value request_task(struct api_call *call, struct str method, struct value args)
{
	if (str_is(method, "abort")) {
		host_request_abort(&call->request);
	}
	return value_undefined();
}

const struct api api_network_rows[] = {
	{"request", API_TASK, .doc = "One HTTP exchange; any status code is a success.", .parameters = request_parameters,
		.result = request_result, .fails = "timeout|abort|invalid url|url not in domain list", .call = request,
		.methods = "abort|onHeadersReceived|offHeadersReceived|onChunkReceived|offChunkReceived", .task = request_task},
	{0},
};
