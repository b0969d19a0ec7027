/* What both worlds share: timers in order, requests finished once, listeners, paths, storage. */
#include "core/value/json.h"
#include "host/request.h"
#include "host/screen.h"
#include "host/storage.h"
#include "harness/test.h"

/* A host with nothing but a clock that stands where the test puts it. */
struct bare {
	struct host host;
	struct host_timer_queue queue;
	double time;
};

static double bare_now(struct host *host) { return ((struct bare *)(void *)host)->time; }
static void bare_start(struct host *host, struct host_timer *timer, double delay)
{
	struct bare *bare = (struct bare *)(void *)host;
	host_timer_queue_add(&bare->queue, timer, bare->time + delay);
}
static void bare_stop(struct host *host, struct host_timer *timer)
{
	host_timer_queue_remove(&((struct bare *)(void *)host)->queue, timer);
}
static bool bare_step(struct host *host, double deadline)
{
	struct bare *bare = (struct bare *)(void *)host;
	if (host_timer_queue_fire(&bare->queue, bare->time)) {
		return true;
	}
	struct host_timer *first = host_timer_queue_first(&bare->queue);
	bare->time = first && first->due < deadline ? first->due : deadline;
	return first && first->due <= deadline;
}
static const struct host_clock bare_clock = {.now = bare_now, .monotonic = bare_now, .timer_start = bare_start,
	.timer_stop = bare_stop, .step = bare_step};

struct mark {
	struct host_timer timer;
	struct strbuf *log;
	char letter;
	struct bare *again;
};

static void fire_mark(struct host_timer *timer)
{
	struct mark *mark = CONTAINER_OF(timer, struct mark, timer);
	strbuf_add_char(mark->log, mark->letter);
	if (mark->again) {
		struct bare *bare = mark->again;
		mark->again = NULL;
		host_timer_start(&bare->host, timer, 0);
	}
}

static void test_timer_order(void)
{
	struct bare bare = {.host = {.clock = &bare_clock}};
	struct strbuf log = {0};
	struct mark marks[6];
	const double delays[] = {30, 10, 10, 0, 20, 10};
	for (int i = 0; i < 6; i++) {
		marks[i] = (struct mark){{.fire = fire_mark}, &log, (char)('a' + i)};
		host_timer_start(&bare.host, &marks[i].timer, delays[i]);
	}
	marks[3].again = &bare;
	host_timer_stop(&bare.host, &marks[2].timer);
	host_timer_stop(&bare.host, &marks[2].timer);
	host_run(&bare.host, 9);
	CHECK_STR(strbuf_str(&log), "dd");
	CHECK_NUM(bare.time, 9);
	host_timer_start(&bare.host, &marks[1].timer, 1); // restart: now behind f
	host_run(&bare.host, 100);
	CHECK_STR(strbuf_str(&log), "ddfbea");
	CHECK_NUM(bare.time, 109);
	strbuf_finish(&log);
	host_timer_queue_finish(&bare.queue);
}

static void test_timer_heap(void)
{
	struct bare bare = {.host = {.clock = &bare_clock}};
	struct strbuf log = {0};
	static struct mark marks[300];
	unsigned state = 7;
	for (int i = 0; i < 300; i++) {
		state = state * 1103515245u + 12345u;
		marks[i] = (struct mark){{.fire = fire_mark}, &log, 'x'};
		host_timer_start(&bare.host, &marks[i].timer, state >> 16 & 63);
	}
	for (int i = 0; i < 300; i += 3) {
		host_timer_stop(&bare.host, &marks[i].timer);
	}
	double last = -1;
	uint64_t order = 0;
	struct host_timer *first;
	while ((first = host_timer_queue_first(&bare.queue))) {
		CHECK(first->due > last || (first->due == last && first->order > order));
		last = first->due;
		order = first->order;
		bare.time = first->due;
		CHECK(host_timer_queue_fire(&bare.queue, bare.time));
	}
	CHECK_NUM(log.len, 200);
	strbuf_finish(&log);
	host_timer_queue_finish(&bare.queue);
}

struct probe {
	struct host_request request;
	int finished;
	enum host_outcome outcome;
	struct value result;
	struct strbuf bytes;
	int released;
};

static void probe_finish(struct host_request *request, enum host_outcome outcome, struct value result)
{
	struct probe *probe = CONTAINER_OF(request, struct probe, request);
	probe->finished++;
	probe->outcome = outcome;
	value_unref(probe->result);
	probe->result = value_ref(result);
	strbuf_clear(&probe->bytes);
	strbuf_add(&probe->bytes, host_bytes_str(request->bytes));
}

static void probe_clear(struct probe *probe)
{
	value_unref(probe->result);
	strbuf_finish(&probe->bytes);
}

static void count_release(struct host_request *request)
{
	(*(int *)request->operation)++;
}

static void wait_for_ever(struct host *host, struct value parameters, struct host_request *request)
{
	UNUSED(host);
	UNUSED(parameters);
	request->operation = &CONTAINER_OF(request, struct probe, request)->released;
	request->release = count_release;
}

static enum host_outcome ask_echo(struct host *host, struct value parameters, struct host_bytes *body,
	struct host_answer *ret_answer)
{
	UNUSED(host);
	ret_answer->value = value_ref(parameters);
	ret_answer->bytes = host_bytes_ref(body);
	return HOST_OK;
}

static void test_request(void)
{
	struct bare bare = {.host = {.clock = &bare_clock}};
	struct probe probe = {.request = {.on_finish = probe_finish}};
	HOST_CALL(&bare.host, screen, set_brightness, value_undefined(), &probe.request);
	CHECK_NUM(probe.finished, 0);
	host_run(&bare.host, 0);
	CHECK_NUM(probe.finished, 1);
	CHECK_NUM(probe.outcome, HOST_UNSUPPORTED);
	CHECK_STR(value_str(value_get_text(probe.result, "errMsg")), "not supported");

	host_start(&bare.host, wait_for_ever, value_undefined(), &probe.request);
	host_run(&bare.host, 1000);
	CHECK_NUM(probe.finished, 1);
	host_request_abort(&probe.request);
	host_request_abort(&probe.request);
	CHECK_NUM(probe.released, 1);
	CHECK_NUM(probe.finished, 1);
	host_run(&bare.host, 0);
	CHECK_NUM(probe.finished, 2);
	CHECK_NUM(probe.outcome, HOST_ABORTED);
	host_request_abort(&probe.request); // over: nothing
	host_run(&bare.host, 10);
	CHECK_NUM(probe.finished, 2);

	host_start(&bare.host, wait_for_ever, value_undefined(), &probe.request);
	host_request_drop(&probe.request);
	host_run(&bare.host, 10);
	CHECK_NUM(probe.finished, 2);
	CHECK_NUM(probe.released, 2);
	CHECK(!host_request_active(&probe.request));

	probe.request.body = host_bytes_new("ab", 2);
	host_start_ask(&bare.host, ask_echo, value_number(4), &probe.request);
	CHECK_NUM(probe.finished, 2);
	host_run(&bare.host, 0);
	CHECK_NUM(probe.finished, 3);
	CHECK_NUM(probe.result.number, 4);
	CHECK_STR(strbuf_str(&probe.bytes), "ab");
	probe_clear(&probe);
	host_timer_queue_finish(&bare.queue);
}

struct ear {
	struct host_listener listener;
	struct host *host;
	struct ear *removes;
	int heard;
};

static void hear(struct host_listener *listener, enum host_event event, struct value detail)
{
	struct ear *ear = CONTAINER_OF(listener, struct ear, listener);
	UNUSED(event);
	UNUSED(detail);
	ear->heard++;
	if (ear->removes) {
		host_unlisten(ear->host, &ear->removes->listener);
	}
}

static void test_listeners(void)
{
	struct host host = {0};
	struct ear ears[3];
	for (int i = 0; i < 3; i++) {
		ears[i] = (struct ear){{.on_event = hear}, &host};
		host_listen(&host, &ears[i].listener);
	}
	ears[0].removes = &ears[1];
	ears[2].removes = &ears[2];
	host_tell(&host, HOST_EVENT_HIDE, value_undefined());
	host_tell(&host, HOST_EVENT_HIDE, value_undefined());
	CHECK_NUM(ears[0].heard, 2);
	CHECK_NUM(ears[1].heard, 0);
	CHECK_NUM(ears[2].heard, 1);
	host_unlisten(&host, &ears[0].listener);
	CHECK(host.listeners == NULL);
}

static void check_path(const char *path, enum host_root root, const char *relative)
{
	struct strbuf out = {0};
	CHECK_NUM(host_file_resolve(str_of(path), &out), root);
	CHECK_STR(strbuf_str(&out), relative);
	strbuf_finish(&out);
}

static void test_paths(void)
{
	check_path("/images/a.png", HOST_ROOT_PACKAGE, "images/a.png");
	check_path("./images/../b//c.png", HOST_ROOT_PACKAGE, "b/c.png");
	check_path("/", HOST_ROOT_PACKAGE, "");
	check_path("../a", HOST_ROOT_NONE, "");
	check_path("a/../../b", HOST_ROOT_NONE, "");
	check_path("wxfile://usr", HOST_ROOT_USER, "");
	check_path("wxfile://usr/a/./b/", HOST_ROOT_USER, "a/b");
	check_path("wxfile://usr/../tmp_1", HOST_ROOT_NONE, "");
	check_path("wxfile://usrx/a", HOST_ROOT_NONE, "");
	check_path("wxfile://tmp_12.png", HOST_ROOT_TEMP, "tmp_12.png");
	check_path("wxfile://tmp_1/../../x", HOST_ROOT_NONE, "");
	check_path("wxfile://store_1", HOST_ROOT_SAVED, "store_1");
	check_path("wxfile:///etc/passwd", HOST_ROOT_NONE, "");
	check_path("file:///etc/passwd", HOST_ROOT_NONE, "");
	check_path("", HOST_ROOT_NONE, "");
	struct strbuf out = {0};
	CHECK_NUM(host_file_resolve(STR("a\0b"), &out), HOST_ROOT_NONE);
	strbuf_finish(&out);
}

static enum host_outcome set(struct host_storage *storage, const char *key, struct value data)
{
	struct value parameters = value_object_new(2);
	value_object_set_text(&parameters, "key", value_text(key));
	value_object_set_text(&parameters, "data", data);
	struct host_answer answer = {0};
	enum host_outcome outcome = host_storage_set(storage, parameters, &answer);
	host_answer_finish(&answer);
	value_unref(parameters);
	return outcome;
}

static struct value text_of_length(size_t len)
{
	struct strbuf text = {0};
	for (size_t i = 0; i < len; i++) {
		strbuf_add_char(&text, 'x');
	}
	return value_take(&text);
}

static void test_storage(void)
{
	struct host_storage storage = {0};
	struct host_answer answer = {0};
	CHECK_NUM(set(&storage, "b", value_number(1)), HOST_OK);
	CHECK_NUM(set(&storage, "a", value_undefined()), HOST_OK);
	CHECK_NUM(set(&storage, "b", value_bool(true)), HOST_OK);
	CHECK_NUM(set(&storage, "big", text_of_length(HOST_STORE_ITEM_MAX)), HOST_TOO_LARGE);
	char key[] = "k0";
	for (int i = 0; i < 10; i++) {
		key[1] = (char)('0' + i);
		CHECK_NUM(set(&storage, key, text_of_length(HOST_STORE_ITEM_MAX - 100)), HOST_OK);
	}
	CHECK_NUM(set(&storage, "more", text_of_length(2000)), HOST_TOO_LARGE);
	CHECK_NUM(set(&storage, "k3", value_number(0)), HOST_OK); // smaller than before: fits
	CHECK_NUM(host_storage_info(&storage, value_undefined(), &answer), HOST_OK);
	CHECK_NUM(value_len(value_get_text(answer.value, "keys")), 12);
	CHECK_STR(value_str(value_at(value_get_text(answer.value, "keys"), 0)), "b");
	CHECK_NUM(value_get_text(answer.value, "limitSize").number, 10240);
	host_answer_finish(&answer);
	CHECK_NUM(host_storage_clear(&storage, value_undefined(), &answer), HOST_OK);
	CHECK_NUM(storage.total, 0);
	host_answer_finish(&answer);
	host_storage_finish(&storage);
}

static const struct test_case cases[] = {
	{"timers fire by due time, then by order of starting", test_timer_order},
	{"the timer heap keeps its order when timers are stopped", test_timer_heap},
	{"a request finishes exactly once", test_request},
	{"listeners may leave while an event is told", test_listeners},
	{"paths stay inside their root", test_paths},
	{"storage has its limits", test_storage},
};
TEST_MAIN(cases)
