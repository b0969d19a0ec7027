/* The simulated host: virtual time, scripts, files, dialogs, sockets. */
#include "host/device.h"
#include "host/location.h"
#include "host/media.h"
#include "host/net.h"
#include "host/open.h"
#include "host/sim/sim.h"
#include "harness/test.h"

#include <string.h>

/* One call and what came of it, as text: "12 ok {...} BYTES". */
struct probe {
	struct host_request request;
	struct strbuf log;
	int finished;
};

static void finish(struct host_request *request, enum host_outcome outcome, struct value result)
{
	struct probe *probe = CONTAINER_OF(request, struct probe, request);
	probe->finished++;
	strbuf_add_text(&probe->log, host_outcome_text(outcome));
	strbuf_add_char(&probe->log, ' ');
	json_write(result, &probe->log);
	if (request->bytes) {
		strbuf_add_char(&probe->log, ' ');
		strbuf_add(&probe->log, host_bytes_str(request->bytes));
	}
}

static struct value json(const char *text)
{
	struct value v = value_undefined();
	CHECK_NUM(json_parse(str_of(text), &v, NULL), 0);
	return v;
}

static void script(struct sim_host *sim, const char *text)
{
	struct json_error error;
	CHECK_NUM(sim_host_load_script(sim, str_of(text), &error), 0);
}

#define EXPECT(sim, part, slot, parameters, ms, want) \
	do { \
		struct probe probe_ = {.request = {.on_finish = finish}}; \
		struct value parameters_ = json(parameters); \
		HOST_CALL(&(sim)->host, part, slot, parameters_, &probe_.request); \
		value_unref(parameters_); \
		CHECK_NUM(probe_.finished, 0); \
		sim_host_advance(sim, ms); \
		CHECK_NUM(probe_.finished, 1); \
		CHECK_STR(strbuf_str(&probe_.log), want); \
		strbuf_finish(&probe_.log); \
	} while (0)

static struct host_bytes *bytes_of(const char *text)
{
	return text ? host_bytes_new(text, strlen(text)) : NULL;
}

#define EXPECT_ASK(sim, part, slot, parameters, body, want) \
	do { \
		struct value parameters_ = json(parameters); \
		struct host_bytes *body_ = bytes_of(body); \
		struct host_answer answer_; \
		struct strbuf log_ = {0}; \
		enum host_outcome outcome_ = HOST_ASK(&(sim)->host, part, slot, parameters_, body_, &answer_); \
		strbuf_printf(&log_, "%d ", (int)outcome_); \
		json_write(answer_.value, &log_); \
		if (answer_.bytes) { \
			strbuf_add_char(&log_, ' '); \
			strbuf_add(&log_, host_bytes_str(answer_.bytes)); \
		} \
		CHECK_STR(strbuf_str(&log_), want); \
		strbuf_finish(&log_); \
		host_answer_finish(&answer_); \
		host_bytes_unref(body_); \
		value_unref(parameters_); \
	} while (0)

static void test_time(void)
{
	struct sim_host *sim = sim_host_create(NULL);
	CHECK_NUM(host_now(&sim->host), SIM_EPOCH);
	sim_host_advance(sim, 1234.5);
	CHECK_NUM(host_monotonic(&sim->host), 1234.5);
	CHECK_NUM(host_now(&sim->host), SIM_EPOCH + 1234);
	CHECK_NUM(sim->host.clock->zone_offset(&sim->host, 0), 480);
	script(sim, "{\"clock\": {\"now\": 0}}");
	CHECK_NUM(host_now(&sim->host), 0);
	sim_host_destroy(sim);
}

struct ticker {
	struct host_timer timer;
	struct sim_host *sim;
	int count;
	bool frames;
};

static void tick(struct host_timer *timer)
{
	struct ticker *ticker = CONTAINER_OF(timer, struct ticker, timer);
	ticker->count++;
	if (ticker->frames) {
		ticker->sim->host.screen->frame(&ticker->sim->host, timer);
	} else {
		host_timer_start(&ticker->sim->host, timer, 0);
	}
}

static void test_endless_timers(void)
{
	struct sim_host *sim = sim_host_create(NULL);
	struct ticker ticker = {{.fire = tick}, sim};
	host_timer_start(&sim->host, &ticker.timer, 0);
	sim_host_advance(sim, 3);
	CHECK(ticker.count >= 60000 && ticker.count < 90000);
	host_timer_stop(&sim->host, &ticker.timer);
	sim_host_destroy(sim);
}

static void test_frames(void)
{
	struct sim_host *sim = sim_host_create(NULL);
	struct ticker ticker = {{.fire = tick}, sim, 0, true};
	sim_host_advance(sim, 5);
	sim->host.screen->frame(&sim->host, &ticker.timer);
	sim->host.screen->frame(&sim->host, &ticker.timer);
	sim_host_advance(sim, 1000);
	CHECK_NUM(ticker.count, 60);
	host_timer_stop(&sim->host, &ticker.timer);
	sim_host_destroy(sim);
}

static void test_requests(void)
{
	struct sim_host *sim = sim_host_create(NULL);
	script(sim, "{\"request\": ["
		"{\"url\": \"https://a.b/once\", \"times\": 1, \"reply\": {\"statusCode\": 201, \"data\": {\"n\": 1}}},"
		"{\"url\": \"https://a.b/*\", \"method\": \"POST\", \"reply\": {\"data\": \"posted\", \"header\": {\"x\": \"y\"}}},"
		"{\"url\": \"https://a.b/slow\", \"delay\": 500, \"reply\": {\"bytes\": \"base64:aGk=\"}},"
		"{\"url\": \"https://a.b/dead\", \"fail\": \"timeout\"}]}");
	EXPECT(sim, net, request, "{\"url\": \"https://a.b/once\"}", 0,
		"ok {\"statusCode\":201,\"header\":{\"Content-Type\":\"application/json; charset=utf-8\"},\"cookies\":[]} {\"n\":1}");
	EXPECT(sim, net, request, "{\"url\": \"https://a.b/once\"}", 0,
		"not found {\"errMsg\":\"no network: nothing answers for this address\"}");
	EXPECT(sim, net, request, "{\"url\": \"https://a.b/x?y=1\", \"method\": \"POST\"}", 0,
		"ok {\"statusCode\":200,\"header\":{\"x\":\"y\",\"Content-Type\":\"text/html; charset=utf-8\"},\"cookies\":[]} posted");
	EXPECT(sim, net, request, "{\"url\": \"https://a.b/slow\"}", 500,
		"ok {\"statusCode\":200,\"header\":{\"Content-Type\":\"application/octet-stream\"},\"cookies\":[]} hi");
	EXPECT(sim, net, request, "{\"url\": \"https://a.b/slow\", \"timeout\": 100}", 100, "timeout {\"errMsg\":\"timeout\"}");
	EXPECT(sim, net, request, "{\"url\": \"https://a.b/dead\", \"timeout\": 3000}", 3000, "timeout {\"errMsg\":\"timeout\"}");
	struct value files = json("{\"f.test/data/list.json\": \"[1]\", \"f.test/a b?c=1\": \"x\"}");
	sim->fixtures = sim_source_create(files);
	value_unref(files);
	EXPECT(sim, net, request, "{\"url\": \"https://f.test/data/list?page=2\"}", 0,
		"ok {\"statusCode\":200,\"header\":{\"Content-Type\":\"application/json; charset=utf-8\"},\"cookies\":[]} [1]");
	EXPECT(sim, net, request, "{\"url\": \"https://f.test/a%20b?c=1\"}", 0,
		"ok {\"statusCode\":200,\"header\":{\"Content-Type\":\"application/octet-stream\"},\"cookies\":[]} x");
	EXPECT(sim, net, request, "{\"url\": \"https://f.test/../../etc/passwd\"}", 0,
		"not found {\"errMsg\":\"no network: nothing answers for this address\"}");
	sim->fixtures->destroy(sim->fixtures);
	sim_host_destroy(sim);
}

static void test_abort(void)
{
	struct sim_host *sim = sim_host_create(NULL);
	script(sim, "{\"request\": [{\"url\": \"*\", \"delay\": 50, \"reply\": {}}]}");
	struct probe probe = {.request = {.on_finish = finish}};
	struct value parameters = json("{\"url\": \"https://a.b/\"}");
	HOST_CALL(&sim->host, net, request, parameters, &probe.request);
	sim_host_advance(sim, 10);
	host_request_abort(&probe.request);
	CHECK_NUM(probe.finished, 0);
	sim_host_advance(sim, 1000);
	CHECK_NUM(probe.finished, 1);
	CHECK_STR(strbuf_str(&probe.log), "abort {\"errMsg\":\"abort\"}");
	HOST_CALL(&sim->host, net, request, parameters, &probe.request);
	host_request_drop(&probe.request);
	sim_host_advance(sim, 1000);
	CHECK_NUM(probe.finished, 1);
	value_unref(parameters);
	strbuf_finish(&probe.log);
	sim_host_destroy(sim);
}

static void test_answers(void)
{
	struct sim_host *sim = sim_host_create(NULL);
	script(sim, "{\"answers\": {\"scanCode\": [{\"result\": \"1\"}, {\"$fail\": \"cancel\", \"$delay\": 40}],"
		"\"getLocation\": {\"latitude\": 1}, \"wifi\": {\"$result\": [1]}}}");
	EXPECT(sim, device, scan_code, "{}", 0, "ok {\"result\":\"1\"}");
	EXPECT(sim, device, scan_code, "{}", 40, "cancel {\"errMsg\":\"cancel\"}");
	EXPECT(sim, device, scan_code, "{}", 0, "cancel {\"errMsg\":\"cancel\"}"); // used up: the default
	EXPECT(sim, location, get, "{}", 0, "ok {\"latitude\":1}");
	EXPECT(sim, device, wifi, "{}", 0, "ok [1]");
	EXPECT(sim, device, nfc, "{}", 0, "not supported {\"errMsg\":\"not supported\"}");
	EXPECT(sim, device, set_clipboard, "{\"data\": \"x\"}", 0, "ok {}");
	EXPECT(sim, device, get_clipboard, "{}", 0, "ok {\"data\":\"x\"}");
	EXPECT(sim, open, login, "{}", 0, "ok {\"code\":\"kBmv0wyYT7qCw2UqtvWwvBAi464VmHNA\"}");
	struct json_error error;
	CHECK_NUM(sim_host_load_script(sim, STR("[]"), &error), 1);
	CHECK_NUM(sim_host_load_script(sim, STR("{"), &error), 1);
	sim_host_destroy(sim);
}

static void check_overlay(struct sim_host *sim, const char *want)
{
	struct value overlay = sim->host.ui->overlay(&sim->host);
	struct strbuf text = {0};
	json_write(overlay, &text);
	CHECK_STR(strbuf_str(&text), want);
	strbuf_finish(&text);
	value_unref(overlay);
}

static void test_dialogs(void)
{
	struct sim_host *sim = sim_host_create(NULL);
	struct probe probe = {.request = {.on_finish = finish}};
	struct value parameters = json("{\"title\": \"t\"}"), yes = json("{\"confirm\": true}");
	HOST_CALL(&sim->host, ui, show_modal, parameters, &probe.request);
	sim_host_advance(sim, 9999);
	CHECK_NUM(probe.finished, 0);
	check_overlay(sim, "{\"modal\":{\"title\":\"t\"}}");
	CHECK(!sim->host.ui->answer(&sim->host, "picker", yes));
	CHECK(sim->host.ui->answer(&sim->host, "modal", yes));
	CHECK(!sim->host.ui->answer(&sim->host, "modal", yes));
	sim_host_advance(sim, 0);
	CHECK_STR(strbuf_str(&probe.log), "ok {\"confirm\":true,\"cancel\":false}");
	check_overlay(sim, "{}");
	strbuf_clear(&probe.log);
	HOST_CALL(&sim->host, ui, show_action_sheet, parameters, &probe.request);
	CHECK(sim->host.ui->answer(&sim->host, "actionSheet", value_undefined()));
	sim_host_advance(sim, 0);
	CHECK_STR(strbuf_str(&probe.log), "cancel {\"errMsg\":\"cancel\"}");
	HOST_CALL(&sim->host, ui, show_modal, parameters, &probe.request);
	host_request_drop(&probe.request);
	check_overlay(sim, "{}");
	script(sim, "{\"answers\": {\"showModal\": {\"confirm\": true, \"cancel\": false}}}");
	EXPECT(sim, ui, show_modal, "{}", 0, "ok {\"confirm\":true,\"cancel\":false}");
	EXPECT(sim, ui, show_toast, "{\"title\": \"a\"}", 0, "ok {}");
	check_overlay(sim, "{\"toast\":{\"title\":\"a\",\"loading\":false,\"until\":11499}}");
	sim_host_advance(sim, 1500);
	check_overlay(sim, "{}");
	EXPECT(sim, ui, show_loading, "{\"title\": \"b\"}", 0, "ok {}");
	sim_host_advance(sim, 99999);
	check_overlay(sim, "{\"toast\":{\"title\":\"b\",\"loading\":true,\"until\":null}}");
	EXPECT(sim, ui, hide_loading, "{}", 0, "ok {}");
	check_overlay(sim, "{}");
	value_unref(parameters);
	value_unref(yes);
	strbuf_finish(&probe.log);
	sim_host_destroy(sim);
}

struct keys {
	struct host_listener listener;
	struct strbuf log;
};

static void hear_keys(struct host_listener *listener, enum host_event event, struct value detail)
{
	struct keys *keys = CONTAINER_OF(listener, struct keys, listener);
	CHECK_NUM(event, HOST_EVENT_KEYBOARD);
	json_write(detail, &keys->log);
}

static bool answer(struct sim_host *sim, const char *kind, const char *text)
{
	struct value given = json(text);
	bool open = sim->host.ui->answer(&sim->host, kind, given);
	value_unref(given);
	return open;
}

static void test_keyboard(void)
{
	struct sim_host *sim = sim_host_create(NULL);
	struct keys keys = {.listener = {.on_event = hear_keys}};
	host_listen(&sim->host, &keys.listener);
	CHECK(!answer(sim, "keyboard", "{\"type\": \"input\"}"));
	EXPECT(sim, ui, show_keyboard, "{\"id\": 3, \"value\": \"a\"}", 0, "ok {}");
	CHECK(answer(sim, "keyboard", "{\"type\": \"input\", \"value\": \"ab\", \"cursor\": 2}"));
	check_overlay(sim, "{\"keyboard\":{\"parameters\":{\"id\":3,\"value\":\"a\"},\"height\":260}}");
	CHECK(answer(sim, "keyboard", "{\"type\": \"confirm\", \"value\": \"ab\"}"));
	check_overlay(sim, "{}");
	CHECK_STR(strbuf_str(&keys.log), "{\"id\":3,\"type\":\"height\",\"height\":260}"
		"{\"id\":3,\"type\":\"input\",\"height\":260,\"value\":\"ab\",\"cursor\":2}"
		"{\"id\":3,\"type\":\"confirm\",\"height\":260,\"value\":\"ab\"}"
		"{\"id\":3,\"type\":\"hide\",\"height\":0,\"value\":\"ab\"}");
	strbuf_clear(&keys.log);
	EXPECT(sim, ui, show_keyboard, "{\"id\": 4, \"confirmHold\": true}", 0, "ok {}");
	CHECK(answer(sim, "keyboard", "{\"type\": \"confirm\"}"));
	EXPECT(sim, ui, hide_keyboard, "{}", 0, "ok {}");
	EXPECT(sim, ui, hide_keyboard, "{}", 0, "ok {}");
	CHECK_STR(strbuf_str(&keys.log), "{\"id\":4,\"type\":\"height\",\"height\":260}"
		"{\"id\":4,\"type\":\"confirm\",\"height\":260}{\"id\":4,\"type\":\"hide\",\"height\":0}");
	EXPECT(sim, ui, ask_permission, "{}", 0, "ok {}");
	script(sim, "{\"answers\": {\"authorize\": {\"$fail\": \"auth deny\"}}}");
	EXPECT(sim, ui, ask_permission, "{}", 0, "auth deny {\"errMsg\":\"auth deny\"}");
	host_unlisten(&sim->host, &keys.listener);
	strbuf_finish(&keys.log);
	sim_host_destroy(sim);
}

static void test_file_limits(void)
{
	struct sim_host *sim = sim_host_create(NULL);
	struct host_bytes *large = host_bytes_new(NULL, HOST_FILE_SIZE_MAX), *larger = host_bytes_new(NULL, HOST_FILE_SIZE_MAX + 1);
	struct host_answer given;
	struct value path = json("{\"path\": \"wxfile://usr/a\"}"), more = json("{\"path\": \"wxfile://usr/a\", \"append\": true}");
	CHECK_NUM(HOST_ASK(&sim->host, file, write, path, larger, &given), HOST_TOO_LARGE);
	CHECK_STR(value_str(value_get_text(given.value, "errMsg")), "the maximum size of the file storage limit is exceeded");
	host_answer_finish(&given);
	CHECK_NUM(HOST_ASK(&sim->host, file, write, path, large, &given), HOST_OK);
	host_answer_finish(&given);
	struct host_bytes *one = bytes_of("x");
	CHECK_NUM(HOST_ASK(&sim->host, file, write, more, one, &given), HOST_TOO_LARGE);
	host_answer_finish(&given);
	host_bytes_unref(one);
	for (int i = 0; i < 19; i++) {
		struct strbuf name = {0};
		strbuf_printf(&name, "{\"path\": \"wxfile://usr/%d\"}", i);
		struct value next = json(name.at);
		CHECK_NUM(HOST_ASK(&sim->host, file, write, next, large, &given), HOST_OK);
		host_answer_finish(&given);
		value_unref(next);
		strbuf_finish(&name);
	}
	struct value last = json("{\"path\": \"wxfile://usr/last\"}");
	CHECK_NUM(HOST_ASK(&sim->host, file, write, last, large, &given), HOST_TOO_LARGE);
	host_answer_finish(&given);
	CHECK_NUM(HOST_ASK(&sim->host, file, unlink, path, NULL, &given), HOST_OK);
	host_answer_finish(&given);
	CHECK_NUM(HOST_ASK(&sim->host, file, write, last, large, &given), HOST_OK);
	host_answer_finish(&given);
	value_unref(path);
	value_unref(more);
	value_unref(last);
	host_bytes_unref(large);
	host_bytes_unref(larger);
	sim_host_destroy(sim);
}

static void test_files(void)
{
	struct sim_host *sim = sim_host_create(NULL);
	struct value files = json("{\"app.json\": \"{}\", \"images/a.png\": \"PNG\", \"images/b/c\": \"\"}");
	sim->host.package = sim_source_create(files);
	value_unref(files);
	EXPECT_ASK(sim, file, read, "{\"path\": \"/images/a.png\"}", NULL, "0 {} PNG");
	EXPECT_ASK(sim, file, list, "{\"path\": \"images\"}", NULL, "0 {\"files\":[\"a.png\",\"b\"]}");
	EXPECT_ASK(sim, file, read, "{\"path\": \"nope\"}", NULL, "6 {\"errMsg\":\"no such file or directory, open 'nope'\"}");
	EXPECT_ASK(sim, file, read, "{\"path\": \"../x\"}", NULL, "3 {\"errMsg\":\"permission denied, open '../x'\"}");
	EXPECT_ASK(sim, file, write, "{\"path\": \"/a.txt\"}", "x", "3 {\"errMsg\":\"permission denied, open '/a.txt'\"}");
	EXPECT_ASK(sim, file, write, "{\"path\": \"wxfile://usr/d/a\"}", "x",
		"6 {\"errMsg\":\"no such file or directory, open 'wxfile://usr/d/a'\"}");
	EXPECT_ASK(sim, file, mkdir, "{\"path\": \"wxfile://usr/d/e\"}", NULL,
		"6 {\"errMsg\":\"no such file or directory 'wxfile://usr/d/e'\"}");
	EXPECT_ASK(sim, file, mkdir, "{\"path\": \"wxfile://usr/d/e\", \"recursive\": true}", NULL, "0 {}");
	EXPECT_ASK(sim, file, write, "{\"path\": \"wxfile://usr/d/a\"}", "hello", "0 {}");
	EXPECT_ASK(sim, file, write, "{\"path\": \"wxfile://usr/d/a\", \"append\": true}", "!", "0 {}");
	EXPECT_ASK(sim, file, read, "{\"path\": \"wxfile://usr/d/a\", \"position\": 1, \"length\": 4}", NULL, "0 {} ello");
	EXPECT_ASK(sim, file, read, "{\"path\": \"wxfile://usr/d/a\", \"position\": 9}", NULL,
		"1 {\"errMsg\":\"the value of \\\"position\\\" is out of range\"}");
	EXPECT_ASK(sim, file, truncate, "{\"path\": \"wxfile://usr/d/a\", \"length\": 2}", NULL, "0 {}");
	EXPECT_ASK(sim, file, rename, "{\"from\": \"wxfile://usr/d\", \"to\": \"wxfile://usr/d/e/f\"}", NULL,
		"6 {\"errMsg\":\"no such file or directory, rename 'wxfile://usr/d' -> 'wxfile://usr/d/e/f'\"}");
	EXPECT_ASK(sim, file, rename, "{\"from\": \"wxfile://usr/d\", \"to\": \"wxfile://usr/g\"}", NULL, "0 {}");
	EXPECT_ASK(sim, file, list, "{\"path\": \"wxfile://usr/g\"}", NULL, "0 {\"files\":[\"a\",\"e\"]}");
	EXPECT_ASK(sim, file, copy, "{\"from\": \"/images/a.png\", \"to\": \"wxfile://usr/g/p.png\"}", NULL, "0 {}");
	EXPECT_ASK(sim, file, stat, "{\"path\": \"wxfile://usr/g/p.png\"}", NULL, "0 {\"isFile\":true,\"isDirectory\":false,"
		"\"size\":3,\"mode\":33188,\"lastAccessedTime\":1523844000,\"lastModifiedTime\":1523844000}");
	EXPECT_ASK(sim, file, rmdir, "{\"path\": \"wxfile://usr/g\"}", NULL, "1 {\"errMsg\":\"directory not empty\"}");
	EXPECT_ASK(sim, file, unlink, "{\"path\": \"wxfile://usr/g\"}", NULL,
		"1 {\"errMsg\":\"operation not permitted, unlink 'wxfile://usr/g'\"}");
	EXPECT_ASK(sim, file, rmdir, "{\"path\": \"wxfile://usr/g\", \"recursive\": true}", NULL, "0 {}");
	CHECK_NUM(sim->files_used, 0);
	EXPECT_ASK(sim, file, rmdir, "{\"path\": \"wxfile://usr\", \"recursive\": true}", NULL,
		"3 {\"errMsg\":\"permission denied, open 'wxfile://usr'\"}");
	sim->host.package->destroy(sim->host.package);
	sim_host_destroy(sim);
}

static void test_temporary_files(void)
{
	struct sim_host *sim = sim_host_create(NULL);
	EXPECT_ASK(sim, file, temp, "{\"extension\": \"png\"}", "PNG",
		"0 {\"path\":\"wxfile://tmp_910a2dec89025cc1beeb8da1658eec67.png\"}");
	EXPECT_ASK(sim, file, save, "{\"from\": \"wxfile://tmp_910a2dec89025cc1beeb8da1658eec67.png\"}", NULL,
		"0 {\"path\":\"wxfile://store_f893a2eefb32555e71c18690ee42c90b.png\"}");
	EXPECT_ASK(sim, file, save, "{\"from\": \"wxfile://tmp_910a2dec89025cc1beeb8da1658eec67.png\"}", NULL,
		"6 {\"errMsg\":\"tempFilePath file not exist\"}");
	EXPECT_ASK(sim, file, saved, "{}", NULL, "0 {\"files\":[{\"path\":\"wxfile://store_f893a2eefb32555e71c18690ee42c90b.png\","
		"\"size\":3,\"createTime\":1523844000}]}");
	CHECK_NUM(sim->files_used, 3);
	EXPECT_ASK(sim, file, unlink, "{\"path\": \"wxfile://store_f893a2eefb32555e71c18690ee42c90b.png\"}", NULL, "0 {}");
	script(sim, "{\"files\": {\"wxfile://usr/x/y.txt\": \"hi\"}, \"storage\": {\"k\": [1]}}");
	EXPECT_ASK(sim, file, read, "{\"path\": \"wxfile://usr/x/y.txt\"}", NULL, "0 {} hi");
	EXPECT_ASK(sim, store, get, "{\"key\": \"k\"}", NULL, "0 {\"data\":[1]}");
	EXPECT_ASK(sim, store, remove, "{\"key\": \"k\"}", NULL, "0 {}");
	EXPECT_ASK(sim, store, get, "{\"key\": \"k\"}", NULL, "6 {\"errMsg\":\"data not found\"}");
	EXPECT_ASK(sim, store, info, "{}", NULL, "0 {\"keys\":[],\"currentSize\":0,\"limitSize\":10240}");
	sim_host_destroy(sim);
}

struct wire {
	struct host_socket socket;
	struct strbuf log;
};

static void wire_open(struct host_socket *socket, struct value detail)
{
	UNUSED(detail);
	strbuf_add_text(&CONTAINER_OF(socket, struct wire, socket)->log, "open;");
}

static void wire_message(struct host_socket *socket, bool is_text, struct host_bytes *bytes)
{
	struct wire *wire = CONTAINER_OF(socket, struct wire, socket);
	strbuf_printf(&wire->log, "%s " STR_FMT ";", is_text ? "text" : "binary", STR_ARG(host_bytes_str(bytes)));
}

static void wire_error(struct host_socket *socket, const char *text)
{
	UNUSED(text);
	strbuf_add_text(&CONTAINER_OF(socket, struct wire, socket)->log, "error;");
}

static void wire_close(struct host_socket *socket, int code, struct str reason)
{
	strbuf_printf(&CONTAINER_OF(socket, struct wire, socket)->log, "close %d " STR_FMT ";", code, STR_ARG(reason));
}

static void test_sockets(void)
{
	struct sim_host *sim = sim_host_create(NULL);
	script(sim, "{\"socket\": [{\"url\": \"wss://a/*\", \"open\": [\"hello\"], \"echo\": true, "
		"\"replies\": [{\"to\": \"ping*\", \"send\": [{\"pong\": 1}]}]}]}");
	struct wire wire = {{wire_open, wire_message, wire_error, wire_close}};
	struct value parameters = json("{\"url\": \"wss://a/b\"}"), wrong = json("{\"url\": \"wss://c\"}");
	struct host_bytes *ping = host_bytes_new("ping1", 5);
	CHECK(host_socket_open(&sim->host, parameters, &wire.socket));
	CHECK(!host_socket_send(&wire.socket, true, ping));
	sim_host_advance(sim, 0);
	CHECK(host_socket_send(&wire.socket, false, ping));
	host_socket_close(&wire.socket, 1000, STR("bye"));
	host_socket_close(&wire.socket, 1000, STR("bye"));
	sim_host_advance(sim, 0);
	CHECK_STR(strbuf_str(&wire.log), "open;text hello;binary ping1;text {\"pong\":1};close 1000 bye;");
	strbuf_clear(&wire.log);
	CHECK(host_socket_open(&sim->host, wrong, &wire.socket));
	sim_host_advance(sim, 0);
	CHECK_STR(strbuf_str(&wire.log), "error;close 1006 abnormal closure;");
	strbuf_clear(&wire.log);
	CHECK(host_socket_open(&sim->host, parameters, &wire.socket));
	host_socket_drop(&wire.socket);
	sim_host_advance(sim, 0);
	CHECK_STR(strbuf_str(&wire.log), "");
	host_bytes_unref(ping);
	value_unref(parameters);
	value_unref(wrong);
	strbuf_finish(&wire.log);
	sim_host_destroy(sim);
}

static void test_world(void)
{
	struct sim_world *world = sim_world_create(5);
	struct sim_host *one = sim_host_create(world), *two = sim_host_create(world);
	sim_host_advance(one, 10);
	CHECK_NUM(host_monotonic(&two->host), 10);
	sim_host_destroy(one);
	sim_host_destroy(two);
	sim_world_destroy(world);
}

static void test_facts(void)
{
	struct sim_host *sim = sim_host_create(NULL);
	script(sim, "{\"screen\": {\"width\": 414, \"height\": 896, \"dpr\": 3, \"statusBarHeight\": 44, "
		"\"safeArea\": {\"bottom\": 34}}, \"facts\": {\"model\": \"X\"}}");
	struct value facts = sim->host.device->facts(&sim->host);
	CHECK_NUM(value_get_text(facts, "windowHeight").number, 896 - 44 - 44);
	CHECK_NUM(value_get_text(value_get_text(facts, "safeArea"), "bottom").number, 862);
	CHECK_STR(value_str(value_get_text(facts, "model")), "X");
	value_unref(facts);
	sim_host_destroy(sim);
}

static const struct test_case cases[] = {
	{"virtual time", test_time},
	{"timers of no delay do not stop time", test_endless_timers},
	{"sixty frames a second", test_frames},
	{"scripted requests and fixtures", test_requests},
	{"abort and drop", test_abort},
	{"scripted answers in order, then defaults", test_answers},
	{"dialogs wait for a person", test_dialogs},
	{"the keyboard tells what is typed", test_keyboard},
	{"files", test_files},
	{"files have their limits", test_file_limits},
	{"temporary files, saved files, storage", test_temporary_files},
	{"scripted sockets", test_sockets},
	{"programs of one world share its clock", test_world},
	{"device facts", test_facts},
};
TEST_MAIN(cases)
